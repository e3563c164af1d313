/** A part of a source text, with the lines in it that a change is about. */

export interface Excerpt {
  /** What it is taken from: a release and a place, or a module. */
  readonly title: string;
  /** The number of the first line; absent where numbers mean nothing. */
  readonly firstLine?: number;
  readonly lines: readonly string[];
  /** Indices of the lines that the change is about, as ranges with both ends included; absent: all of them. */
  readonly focus?: readonly (readonly [first: number, last: number])[];
}

/** The same declaration on both sides. */
export interface Excerpts {
  readonly language: "xml" | "typescript";
  readonly old?: Excerpt;
  readonly new?: Excerpt;
}

/** Lines of a text, each line end counted as one. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n?|\n/u);
}

/** Whole lines around `extent`, with those of `focus` marked; offsets into `text`, end exclusive. */
export function excerptOf(
  text: string,
  title: string,
  extent: { readonly start: number; readonly end: number },
  focus?: { readonly start: number; readonly end: number },
): Excerpt {
  const start = Math.min(extent.start, focus?.start ?? extent.start);
  const line = lineStart(text, start);
  const from = start - line > longLine ? start : line;
  const to = Math.max(extent.end, focus?.end ?? extent.end);
  const lines = linesOf(text.slice(from, to));
  // A schema without line ends: what changed is all that can be shown of it.
  if (focus && to - from > longLine * lines.length) return excerptOf(text, title, focus);
  const indexOf = (offset: number): number => linesOf(text.slice(from, offset)).length - 1;
  return {
    title,
    firstLine: lineNumber(text, from),
    lines: lines.map((line) => line.replaceAll("\t", "  ").trimEnd()),
    ...(focus && { focus: [[indexOf(focus.start), indexOf(Math.max(focus.start, focus.end - 1))]] }),
  };
}

/** More characters than this are no line that anybody reads. */
const longLine = 500;

function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  for (let at = text.indexOf("\r"); at >= 0 && at < offset; at = text.indexOf("\r", at + 1))
    if (text[at + 1] !== "\n" || at + 1 === offset) line++;
  return line;
}

function lineStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
}
