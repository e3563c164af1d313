/** TSDoc from what schemas and release notes say. Text from outside is data: it can neither end a comment nor make a tag. */
import type { Facets } from "../model/types.js";
import type { Remark } from "./types.js";

/** What is known about one declaration. All texts are plain and not escaped. */
export interface DocParts {
  readonly summary?: string | undefined;
  /** What the facets allow, one sentence each; from {@link describeLimits}. */
  readonly limits?: readonly string[];
  /** Values of an enumeration that have documentation or a release of their own. */
  readonly values?: readonly { readonly value: string; readonly text?: string; readonly since?: string }[];
  /** Further sentences of our own. */
  readonly notes?: readonly string[];
  readonly remarks?: readonly Remark[];
  readonly default?: string | undefined;
  readonly since?: string | undefined;
}

/** Documentation that begins by saying that what it is about is deprecated: `Deprecated: ...`, `(deprecated in 2.0)`. */
const saysDeprecated =
  /^[\s([*]*(?:DEPRECATED\b|[Dd]eprecated(?:\s*(?:$|[^\s\w])|\s+(?:as|by|from|in|since|use)\b))/u;

/** The comment for the text that {@link tsdoc} gives, with a line break: "" for none. */
export function docComment(docs: string): string {
  if (docs === "") return "";
  if (!docs.includes("\n")) return `/** ${docs} */\n`;
  const lines = docs.split("\n").map((line) => ` *${line === "" ? "" : ` ${line}`}\n`);
  return `/**\n${lines.join("")} */\n`;
}

/**
 * The text between the comment delimiters, wrapped to `width` columns: "" when there is nothing to say. Lines have no
 * leading asterisks.
 */
export function tsdoc(parts: DocParts, width = 100): string {
  const blocks: string[] = [];
  const summary = parts.summary === undefined ? "" : paragraphs(parts.summary, width);
  if (summary !== "") blocks.push(summary);
  const remarks = parts.remarks ?? [];
  const sentences = [...(parts.limits ?? []), ...(parts.notes ?? [])];
  const remarkLines = remarks
    .filter(({ kind }) => kind !== "deprecated" && kind !== "guess")
    .map(({ text, release }) => (release === "" ? text : `Since ${release}: ${text}`));
  const body: string[] = [];
  if (sentences.length > 0) body.push(wrap(escapeDoc(sentences.join(" ")), width));
  for (const line of remarkLines) body.push(paragraphs(line, width));
  for (const { text } of remarks.filter(({ kind }) => kind === "guess")) {
    body.push(paragraphs(`Not documented, reconstructed: ${text}`, width));
  }
  if (parts.values !== undefined && parts.values.length > 0) {
    body.push(
      parts.values
        .map(({ value, text, since }) => {
          const head = `- ${codeSpan(value)}`;
          const said = [
            text === undefined ? "" : `: ${oneLine(text)}`,
            since === undefined ? "" : ` (since ${since})`,
          ];
          return wrap(head + escapeDoc(said.join("")), width, "  ");
        })
        .join("\n"),
    );
  }
  if (body.length > 0) {
    // A limit alone is shorter and better read without a tag of its own.
    const single = blocks.length === 0 && remarkLines.length === 0 && body.length === 1;
    blocks.push(single ? (body[0] ?? "") : `@remarks\n${body.join("\n\n")}`);
  }
  const tags: string[] = [];
  if (parts.default !== undefined) tags.push(`@default ${codeSpan(parts.default)}`);
  if (parts.since !== undefined) tags.push(`@since ${escapeDoc(oneLine(parts.since))}`);
  const deprecated = remarks.filter(({ kind }) => kind === "deprecated");
  if (deprecated.length === 0 && saysDeprecated.test(parts.summary ?? "")) tags.push("@deprecated");
  for (const { text, release } of deprecated) {
    tags.push(
      wrap(
        `@deprecated ${escapeDoc(oneLine(release === "" ? text : `Since ${release}: ${text}`))}`,
        width,
        "  ",
      ),
    );
  }
  if (tags.length > 0) blocks.push(tags.join("\n"));
  return blocks.join("\n\n");
}

/** Sentences about what facets allow: `At most 100 characters.` */
export function describeLimits(facets: Facets, unit: "character" | "byte" | "item"): readonly string[] {
  const sentences: string[] = [];
  const { length, minLength, maxLength } = facets;
  const some = (count: number): string => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (length !== undefined) sentences.push(`Exactly ${some(length)}.`);
  else if (minLength !== undefined && maxLength !== undefined) {
    sentences.push(
      minLength === maxLength ? `Exactly ${some(maxLength)}.` : `${minLength} to ${some(maxLength)}.`,
    );
  } else if (minLength !== undefined && minLength > 0) sentences.push(`At least ${some(minLength)}.`);
  else if (maxLength !== undefined) sentences.push(`At most ${some(maxLength)}.`);
  const low = facets.minInclusive;
  const high = facets.maxInclusive;
  if (low !== undefined && high !== undefined) sentences.push(`From ${low} to ${high}.`);
  else if (low !== undefined) sentences.push(`At least ${low}.`);
  else if (high !== undefined) sentences.push(`At most ${high}.`);
  if (facets.minExclusive !== undefined) sentences.push(`More than ${facets.minExclusive}.`);
  if (facets.maxExclusive !== undefined) sentences.push(`Less than ${facets.maxExclusive}.`);
  if (facets.totalDigits !== undefined) sentences.push(`At most ${facets.totalDigits} digits.`);
  if (facets.fractionDigits !== undefined && facets.fractionDigits > 0) {
    sentences.push(`At most ${facets.fractionDigits} digits after the point.`);
  }
  for (const alternatives of facets.patterns ?? []) {
    const shown = alternatives.map((pattern) => codeMark + pattern + codeMark).join(" or ");
    if (shown.length <= 200) sentences.push(`Matches ${shown}.`);
  }
  return sentences;
}

/** Encloses what {@link escapeDoc} shows as code; cannot occur in XML text. */
const codeMark = "\u0001";

// Controls, line separators and the marks that reorder text on the screen ("Trojan source").
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const loneSurrogate = /\p{Surrogate}/gu;

const clean = (text: string): string => text.replace(unprintable, " ").replace(loneSurrogate, "\ufffd");
const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** Makes a text harmless inside a TSDoc comment: no end, no tag, no link, no HTML, nothing unprintable. */
export function escapeDoc(text: string): string {
  return text
    .split(codeMark)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapePlain(part)))
    .join("");
}

/** Markdown is understood where documentation is shown, so code in backticks stays code; all else is plain text. */
function escapePlain(text: string): string {
  // As in Markdown, what several backticks open, as many close, so that code may hold a backtick.
  return text
    .split(/(?<!`)(`{1,3})(?!`)([^\n]*?[^`\n])\1(?!`)/u)
    .map((part, index) => (index % 3 === 0 ? escapeText(part) : index % 3 === 2 ? codeSpan(part.trim()) : ""))
    .join("");
}

function escapeText(text: string): string {
  return clean(text)
    .replace(/\\/gu, "\\\\")
    .replace(/\*\//gu, "*\\/")
    .replace(/@/gu, (at, index: number, whole: string) => (/\w/u.test(whole[index - 1] ?? "") ? at : "\\@"))
    .replace(/[{}]/gu, "\\$&")
    .replace(/<(?=[a-z/!?])/giu, "\\<")
    .replace(/`/gu, "\\`");
}

/**
 * A piece of code. Inside backticks nothing can be escaped: what would end comment or span is spelled otherwise, and what
 * a reader of TSDoc would take for a tag stands in quotes instead.
 */
function codeSpan(text: string): string {
  const shown = clean(text);
  if (shown.trim() === "") return `"${shown}"`;
  if (/(?:^|[\s{])@/u.test(shown)) return `"${escapeText(shown)}"`;
  return `\`${shown
    .replace(/\*\//gu, "*\\/")
    .replace(/`/gu, "'")
    .replace(/(?<= ) | (?= )/gu, fixedSpace)}\``;
}

/** A space of code that stands beside another: no line ends there. Cannot occur in XML text. */
const fixedSpace = "\u0002";

/** Paragraphs, list items kept apart, each wrapped; what stands between fences stays as it is. */
function paragraphs(text: string, width: number): string {
  return text
    .split(/^[ \t]*(```+)[ \t]*([\w-]*)[ \t]*\r?\n([^]*?)\r?\n[ \t]*\1[ \t]*$/mu)
    .map((part, index, parts) => {
      if (index % 4 === 0) return wrapped(part, width);
      return index % 4 === 3 ? (fenced(part, parts[index - 1] ?? "") ?? wrapped(part, width)) : "";
    })
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A block of code; undefined where a reader of TSDoc would take something in it for a tag, or for its end. */
function fenced(code: string, language: string): string | undefined {
  const lines = code.split(/\r?\n/u).map((line) => clean(line.replace(/\t/gu, "  ")).trimEnd());
  if (lines.some((line) => /^\s*(?:@|```)|\{@|\*\//u.test(line))) return undefined;
  const indents = lines.filter((line) => line !== "").map((line) => line.search(/\S/u));
  const least = indents.reduce((smallest, indent) => Math.min(smallest, indent), Infinity);
  return ["```" + language, ...lines.map((line) => line.slice(least)), "```"].join("\n");
}

/** What begins an item of a list: `- `, `1. `, and as code lists are written by hand, `1 - `, `01-`, `1 = `. */
const itemMark = /^(?:[-*\u2022] |\d{1,2}(?:[.)] | ?[-\u2013=] ?(?=\p{L})))/u;
const beforeItem = new RegExp(`(?:\\r\\n?|\\n)[ \\t]*(?=${itemMark.source.slice(1)})`, "u");

function wrapped(text: string, width: number): string {
  return text
    .split(/(?:\r\n?|\n)[ \t]*(?:(?:\r\n?|\n)[ \t]*)+/u)
    .map((paragraph) =>
      paragraph
        .trim()
        .split(beforeItem)
        .map((line) => {
          const [mark = ""] = itemMark.exec(line) ?? [];
          return wrap(escapeDoc(oneLine(line)), width, " ".repeat(mark.length));
        })
        .join("\n"),
    )
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** Breaks at spaces; a word longer than the line stays whole. */
function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (word === "") continue;
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  if (line !== "") lines.push(line);
  return lines.join("\n").replaceAll(fixedSpace, " ");
}
