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
  const from = lineStart(text, Math.min(extent.start, focus?.start ?? extent.start));
  const to = Math.max(extent.end, focus?.end ?? extent.end);
  const lines = linesOf(text.slice(from, to));
  const indexOf = (offset: number): number => linesOf(text.slice(from, offset)).length - 1;
  return {
    title,
    firstLine: linesOf(text.slice(0, from)).length,
    lines: lines.map((line) => line.replaceAll("\t", "  ").trimEnd()),
    ...(focus && { focus: [[indexOf(focus.start), indexOf(Math.max(focus.start, focus.end - 1))]] }),
  };
}

function lineStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
}
