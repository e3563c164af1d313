/** A comparison for a terminal: worst first, one finding an entry, the next useful command last. */
import type { Change } from "../diff/index.js";
import { suppressionFor } from "../diff/index.js";
import { escapePlain } from "../escape.js";
import {
  detailOf,
  headline,
  isIgnored,
  levelOrder,
  nameOf,
  prefixIn,
  reachText,
  shownLevel,
  signOf,
  sourceOf,
  titleOf,
} from "./source.js";
import type { ReportInput } from "./source.js";

/** How text is decorated; plain functions where colours are off. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

/** The text report, with a final newline; one line when nothing is found. */
export function formatText(
  input: ReportInput,
  style: TextStyle,
  width = 100,
  program = "xsd-strata",
): string {
  const { result } = input;
  const shown = result.changes.filter((change) => input.show(shownLevel(change)) && !isIgnored(change));
  const lines = [style.bold(escapePlain(headline(result)))];
  if (input.reconstructed) lines.push(style.dim("reconstructed bundles: guesses are marked [guess]"));
  for (const level of levelOrder) {
    const group = shown.filter((change) => shownLevel(change) === level);
    if (group.length === 0) continue;
    const paint = level === "breaking" ? style.red : level === "dangerous" ? style.yellow : style.green;
    lines.push("", paint(level));
    for (const change of group) lines.push(...formatChange(change, input, style, width));
  }
  const ignored = result.changes.filter(isIgnored);
  for (const change of ignored) {
    lines.push(
      style.dim(escapePlain(`ignored  ${nameOf(change, result)}: ${change.suppressed?.reason ?? ""}`)),
    );
  }
  for (const { suppression, why } of result.staleSuppressions) {
    lines.push(style.yellow(escapePlain(`stale suppression (${why}): ${JSON.stringify(suppression)}`)));
  }
  const hidden = result.changes.length - shown.length - ignored.length;
  if (hidden > 0) lines.push("", style.dim(`${hidden} not shown (--show all)`));
  const first = shown[0];
  if (first !== undefined) {
    lines.push("", style.dim(`next: ${program} explain ${first.rule}`));
    if (shownLevel(first) === "breaking" || shownLevel(first) === "dangerous") {
      const entry = JSON.stringify(suppressionFor(first, prefixIn(result)));
      lines.push(style.dim(escapePlain(`to accept it, add to the suppression file: ${entry}`)));
    }
  }
  return `${lines.join("\n")}\n`;
}

function formatChange(
  change: Change,
  input: ReportInput,
  style: TextStyle,
  width: number,
): readonly string[] {
  const { result } = input;
  const name = escapePlain(nameOf(change, result));
  const detail = escapePlain(detailOf(change));
  const guess = change.guess === true ? style.dim(" [guess]") : "";
  const since =
    change.since === undefined || change.since === result.to.id
      ? ""
      : style.dim(` since ${escapePlain(change.since)}`);
  const lines = [
    `  ${signOf(change)} ${style.bold(name)}${detail === "" ? "" : `  ${detail}`}${guess}${since}`,
  ];
  lines.push(`      ${titleOf(change)} ${style.dim(`(${change.rule}, ${change.id})`)}`);
  if (change.reach.length > 0) {
    for (const line of wrap(`reaches ${reachText(change, 8)}`, width - 6))
      lines.push(`      ${escapePlain(line)}`);
  }
  const source = sourceOf(change, input);
  const place = source.new ?? source.old;
  if (place !== undefined)
    lines.push(style.dim(`      ${escapePlain(place.file)}:${place.line}:${place.column}`));
  return lines;
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}
