/** What schemas say about their declarations to people: documentation, application information and comments beside them. */
import type { Span } from "../diagnostics.js";
import type { Comparison, Documented, Place } from "./place.js";
import { valueSides } from "./place.js";

/** The text of a schema document, where it is known. */
export type TextOf = (file: string) => string | undefined;

const blank = /[ \t\n\r]/u;
const deprecated = /\b(?:deprecated|obsolete|no longer)\b/iu;

/** Compares what is said about a declaration; white space does not count. */
export function compareDocumentation(
  comparison: Comparison,
  former: Documented,
  current: Documented,
  place: Place,
  textOf: Readonly<Record<"old" | "new", TextOf>>,
): void {
  const old = saidOf(former, textOf.old);
  const now = saidOf(current, textOf.new);
  if (old === now) return;
  const sides = valueSides(old || undefined, now || undefined);
  const [was, is] = [deprecated.test(old), deprecated.test(now)];
  if (is && !was) comparison.add("doc.deprecation.added", place, sides);
  else if (was && !is) comparison.add("doc.deprecation.removed", place, sides);
  else comparison.add(old === "" ? "doc.added" : now === "" ? "doc.removed" : "doc.changed", place, sides);
}

function saidOf({ documentation = "", span }: Documented, textOf: TextOf): string {
  const text = textOf(span.file);
  const beside = text === undefined ? [] : [...commentsBeside(text, span), ...appinfoOf(text, span)];
  return [documentation, ...beside].join(" ").replace(/\s+/gu, " ").trim();
}

/** The comment on lines of its own before a start tag, and the one that follows an empty element on its line. */
function commentsBeside(text: string, { start, end }: Span): string[] {
  const comments: string[] = [];
  let to = start;
  while (blank.test(text.charAt(to - 1))) to--;
  if (text.endsWith("-->", to)) {
    const from = text.lastIndexOf("<!--", to - 3);
    let line = from;
    while (blank.test(text.charAt(line - 1)) && text[line - 1] !== "\n") line--;
    // What shares its line with another declaration is about that one.
    if (from >= 0 && (line === 0 || text[line - 1] === "\n")) comments.push(text.slice(from + 4, to - 3));
  }
  if (text.startsWith("/>", end - 2)) {
    const after = /[ \t]*<!--([^]*?)-->/uy;
    after.lastIndex = end;
    const found = after.exec(text)?.[1];
    if (found !== undefined) comments.push(found);
  }
  return comments;
}

/** What xs:appinfo of the annotation that begins a declaration holds, as it is written. */
function appinfoOf(text: string, { end }: Span): string[] {
  if (text.startsWith("/>", end - 2)) return [];
  let at = end;
  for (;;) {
    while (blank.test(text.charAt(at))) at++;
    if (!text.startsWith("<!--", at)) break;
    at = text.indexOf("-->", at + 4) + 3;
  }
  const annotation = /<((?:[\w.-]+:)?)annotation(?=[\s>])/uy;
  annotation.lastIndex = at;
  const prefix = annotation.exec(text)?.[1];
  if (prefix === undefined) return [];
  const close = text.indexOf(`</${prefix}annotation`, annotation.lastIndex);
  const inside = text.slice(annotation.lastIndex, close < 0 ? undefined : close);
  // Each piece begins after a start tag of xs:appinfo.
  return inside.split(`<${prefix}appinfo`).flatMap((piece, k) => {
    const from = piece.indexOf(">") + 1;
    const to = piece.indexOf(`</${prefix}appinfo`);
    return k > 0 && to >= from ? [piece.slice(from, to)] : [];
  });
}
