/** Two versions of a declaration side by side: aligned, marked by signs and colours, cut to what a change is about. */
import { plural } from "../terminal.js";
import type { Excerpt, Excerpts } from "./excerpt.js";
import { highlightLines, type Token } from "./highlight.js";
import { html } from "./html.js";
import type { Html } from "./html.js";
import { alignLines, type Row } from "./lines.js";

/** Lines that are shown around what is marked. */
const context = 3;
/** More marked lines than this are cut: a new type can be read in the schema. */
const longest = 60;

/** A table; undefined when there is nothing to show. */
export function sideBySide({ language, old, new: current }: Excerpts): Html | undefined {
  if (old === undefined && current === undefined) return undefined;
  const rows = alignLines(old?.lines ?? [], current?.lines ?? []);
  const parts = cut(rows, old, current);
  const indent = sharedIndent(parts, old, current);
  const tokens = {
    old: highlightLines(old?.lines ?? [], language),
    new: highlightLines(current?.lines ?? [], language),
  };
  const sides = (["old", "new"] as const).filter((side) => (side === "old" ? old : current) !== undefined);
  const excerptOn = (side: "old" | "new"): Excerpt | undefined => (side === "old" ? old : current);
  const numbered = sides.some((side) => excerptOn(side)?.firstLine !== undefined);
  const width = sides.length * (numbered ? 2 : 1);
  const cells = (row: Row, side: "old" | "new"): Html => {
    const index = row[side];
    const excerpt = excerptOn(side);
    const number =
      numbered &&
      html`<td class="number">${index !== undefined && excerpt?.firstLine !== undefined && excerpt.firstLine + index}</td>`;
    if (index === undefined || excerpt === undefined) return html`${number}<td class="none"></td>`;
    const mark = row.same ? "same" : side === "old" ? "gone" : "come";
    const other = side === "old" ? row.new : row.old;
    const changed =
      row.same || other === undefined
        ? undefined
        : changedPart(excerpt.lines[index] ?? "", (side === "old" ? current : old)?.lines[other] ?? "");
    return html`${number}<td class="${mark}"><code>${lineMarkup(tokens[side][index] ?? [], changed, indent)}</code></td>`;
  };
  return html`<div class="listing" role="group" tabindex="0" aria-label="${label(language)}"><table class="${sides.length === 2 ? "two" : "one"}">
<colgroup>${sides.map(() => html`${numbered && html`<col class="number">`}<col>`)}</colgroup>
<thead><tr>${sides.map((side) => html`<th scope="col"${numbered && html` colspan="2"`}>${excerptOn(side)?.title}</th>`)}</tr></thead>
<tbody>${parts.map((part) =>
    typeof part === "number"
      ? html`<tr class="gap"><td colspan="${width}">${plural(part, "line")} not shown</td></tr>
`
      : html`<tr>${sides.map((side) => cells(part, side))}</tr>
`,
  )}</tbody></table></div>`;
}

const label = (language: Excerpts["language"]): string =>
  language === "xml" ? "Schema before and after" : "TypeScript before and after";

/** Rows to show; a number stands for that many rows left out. */
function cut(
  rows: readonly Row[],
  old: Excerpt | undefined,
  current: Excerpt | undefined,
): readonly (Row | number)[] {
  const within = (focus: Excerpt["focus"], index: number | undefined): boolean =>
    index !== undefined && focus?.some(([first, last]) => first <= index && index <= last) === true;
  const focused = (row: Row): boolean => within(old?.focus, row.old) || within(current?.focus, row.new);
  // Without a focus, or where it shows no difference, every difference is what the change is about.
  const anyFocus = rows.some((row) => focused(row));
  const isMarked = (row: Row): boolean => (anyFocus ? focused(row) : !row.same);
  const marked = rows.flatMap((row, index) => (isMarked(row) ? [index] : []));
  const keep = new Set<number>();
  for (const index of marked.slice(0, longest)) {
    for (let near = index - context; near <= index + context; near++) {
      if (near >= 0 && near < rows.length) keep.add(near);
    }
  }
  if (marked.length === 0) rows.slice(0, longest).forEach((_, index) => keep.add(index));
  const parts: (Row | number)[] = [];
  let hidden = 0;
  rows.forEach((row, index) => {
    if (!keep.has(index)) {
      hidden++;
      return;
    }
    if (hidden > 0) parts.push(hidden);
    hidden = 0;
    parts.push(row);
  });
  if (hidden > 0) parts.push(hidden);
  return parts;
}

/** How far all the lines that are shown are indented: that much is left out. */
function sharedIndent(
  parts: readonly (Row | number)[],
  old: Excerpt | undefined,
  current: Excerpt | undefined,
): number {
  let least = Infinity;
  for (const part of parts) {
    if (typeof part === "number") continue;
    const lines = [
      part.old === undefined ? "" : (old?.lines[part.old] ?? ""),
      part.new === undefined ? "" : (current?.lines[part.new] ?? ""),
    ];
    for (const line of lines)
      if (line.trim() !== "") least = Math.min(least, line.length - line.trimStart().length);
  }
  return least === Infinity ? 0 : least;
}

/** Where a replaced line differs from what it replaces; undefined when nothing of it was kept. */
function changedPart(line: string, other: string): readonly [start: number, end: number] | undefined {
  const most = Math.min(line.length, other.length);
  let start = 0;
  while (start < most && line[start] === other[start]) start++;
  let tail = 0;
  while (tail < most - start && line[line.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  const indent = line.length - line.trimStart().length;
  return start <= indent && tail === 0 ? undefined : [start, line.length - tail];
}

function lineMarkup(
  tokens: readonly Token[],
  changed: readonly [start: number, end: number] | undefined,
  indent: number,
): readonly Html[] {
  const pieces: Html[] = [];
  let offset = 0;
  for (const { kind, text } of tokens) {
    const end = offset + text.length;
    const [from, to] = changed ?? [0, 0];
    const cuts = [offset, Math.min(Math.max(from, offset), end), Math.min(Math.max(to, offset), end), end];
    cuts.slice(0, -1).forEach((start, index) => {
      const part = text.slice(
        Math.max(start, indent) - offset,
        Math.max(0, (cuts[index + 1] ?? end) - offset),
      );
      if (part === "") return;
      const inner = kind === "text" ? html`${part}` : html`<span class="t-${kind}">${part}</span>`;
      pieces.push(index === 1 ? html`<b class="part">${inner}</b>` : inner);
    });
    offset = end;
  }
  return pieces;
}
