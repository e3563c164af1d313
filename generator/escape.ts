/**
 * Text from schemas, notes and messages is data in every target. One function a target; nothing else puts outside
 * text into output. (For a terminal see also `escapeControls` in terminal.ts, for TSDoc `escapeDoc` in emit/docs.ts.)
 */
import { escapeControls, escapeLine } from "./terminal.js";

/** One line for a terminal or a plain text file. */
export function escapePlain(text: string): string {
  return escapeLine(text.replace(/\r\n?/gu, "\n"));
}

/** For element content and quoted attribute values of HTML. */
export function escapeHtml(text: string): string {
  return escapeControls(text.replace(/\r\n?/gu, "\n")).replace(
    /[&<>"']/gu,
    (character) => entities[character] ?? character,
  );
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * For one line of Markdown outside code, in any place (paragraph, heading, list, table cell): no markup, no HTML, no link.
 * A zero-width space keeps `@name`, `#1` and `GH-1` from notifying people and linking issues: sites that do so look at
 * the finished page, where a backslash or an entity is gone.
 */
export function escapeMarkdown(text: string): string {
  return (
    escapePlain(text)
      .replace(/\s+/gu, " ")
      .replace(special, (match) => {
        if (match === "$") return "&#36;";
        if (match === ":") return "&#58;";
        if (match.endsWith(".")) return `${match.slice(0, -1)}&#46;`;
        if (/[@#-]$/u.test(match)) return `${match}&#8203;`;
        return entities[match] ?? `\\${match}`;
      })
      // What begins a heading, list or underline does so at the start of a line only.
      .replace(/^(\s*)([-+=]|#+(?= |$))/u, "$1\\$2")
      .replace(/^(\s*\d+)([.)])(?= |$)/u, "$1\\$2")
  );
}

// Between letters an underscore means nothing, and names are full of them. A colon matters where it makes an address.
const special =
  /[\\`*[\]|~&<>$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|@(?=[\p{L}\p{N}_-])|#(?=\p{N})|\bGH-(?=\p{N})|:(?=\/\/)|(?<=\b(?:mailto|xmpp)):|\bwww\./giu;

/** How many backticks stand in a row at most. */
export const longestFence = (text: string): number =>
  (text.match(/`+/gu) ?? []).reduce((most, run) => Math.max(most, run.length), 0);

/** As inline code in Markdown, table cells included: a fence longer than any run of backticks inside. */
export function codeMarkdown(text: string): string {
  const clean = escapePlain(text).replace(/\s+/gu, " ").replaceAll("|", "\\|");
  const longest = longestFence(clean);
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$|^$/u.test(clean) ? " " : "";
  return `${fence}${pad}${clean}${pad}${fence}`;
}

/** The message of a GitHub workflow command (`::error ::message`). */
export function escapeCommand(text: string): string {
  return escapeControls(text.replace(/\r\n?/gu, "\n")).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

/** A property of a GitHub workflow command. */
export function escapeCommandProperty(text: string): string {
  return escapeCommand(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** A plain text message of SARIF (clause 3.11), where brackets make links. */
export function escapeSarif(text: string): string {
  return escapeControls(text).replace(/[\\[\]]/gu, "\\$&");
}

// JSON lets these stand as they are; a terminal or an editor that shows the text would obey them.
const unsafe = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** A value as JSON with a final newline. Characters that a viewer would obey are escaped, so the value is the same. */
export function printJson(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  const escaped = text.replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${escaped}\n`;
}

/** The beginning of a long text, as many UTF-16 code units at most as are asked for: never half a character. */
export function shortened(text: string, most: number, end = "..."): string {
  return text.length > most ? text.slice(0, most).replace(/[\ud800-\udbff]$/, "") + end : text;
}
