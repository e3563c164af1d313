/** A comparison for a terminal: worst first, one finding an entry, the next useful command last. */
import type { Change, DiffResult } from "../diff/index.js";
import { suppressionFor } from "../diff/index.js";
import { escapePlain } from "../escape.js";
import { plural } from "../terminal.js";
import { actionOf, upgradeAdvice } from "./action.js";
import { headline, noteSubject, partsOf, reconciledText, undocumentedIn } from "./parts.js";
import {
  detailOf,
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
import { witnessLines } from "./witness.js";

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
  const lines = wrap(escapePlain(headline(result)), width - 2).map((line, index) =>
    style.bold(index === 0 ? line : `  ${line}`),
  );
  const { changes, staleSuppressions } = result;
  if (changes.length === 0 && staleSuppressions.length === 0) return `${lines.join("\n")}\n`;
  for (const note of input.notes ?? [])
    lines.push(...wrap(escapePlain(`notes of ${result.to.id}: ${note}`), width));
  for (const text of headerOf(input))
    lines.push(...wrap(text, width - 2).map((line, index) => style.dim(index === 0 ? line : `  ${line}`)));
  const { schema, behaviour, codes, disagreements } = partsOf(result);
  const isShown = (change: Change): boolean => input.show(shownLevel(change));
  let left = input.most ?? Infinity;
  /** As many as may still be listed. */
  const take = (list: readonly Change[]): readonly Change[] => {
    const taken = list.filter(isShown).slice(0, left);
    left -= taken.length;
    return taken;
  };
  const isUndocumented = undocumentedIn(result);
  for (const level of levelOrder) {
    const group = take(schema.filter((change) => shownLevel(change) === level));
    if (group.length === 0) continue;
    const paint = level === "breaking" ? style.red : level === "dangerous" ? style.yellow : style.green;
    lines.push("", paint(level));
    for (const change of group)
      lines.push(...formatChange(change, input, isUndocumented(change), style, width));
  }
  const noted = [
    ["notes and schema disagree", disagreements],
    ["behaviour, as the notes tell it", behaviour],
    ["error codes, as the notes tell them", codes],
  ] as const;
  for (const [title, all] of noted) {
    const group = take(all);
    if (group.length === 0) continue;
    lines.push("", style.yellow(title));
    for (const change of group) lines.push(...formatNote(change, result, style, width));
  }
  const ignored = changes.filter(isIgnored);
  if (ignored.length > 0) lines.push("");
  for (const change of ignored) {
    lines.push(
      style.dim(escapePlain(`ignored  ${nameOf(change, result)}: ${change.suppressed?.reason ?? ""}`)),
    );
  }
  for (const { suppression, why } of staleSuppressions) {
    lines.push(style.yellow(escapePlain(`stale suppression (${why}): ${JSON.stringify(suppression)}`)));
  }
  const byLevel = levelOrder.flatMap((level) => schema.filter((change) => shownLevel(change) === level));
  const listed = [...byLevel, ...disagreements, ...behaviour, ...codes];
  const shown = listed.filter(isShown);
  const hidden = listed.length - shown.length;
  if (hidden > 0) lines.push("", style.dim(`${hidden} not shown (--show all)`));
  const cut = shown.length - (input.most ?? Infinity);
  if (cut > 0) {
    const command = `${program} diff ${result.from.id} ${result.to.id}`;
    lines.push("", `${plural(cut, "more finding")}: ${escapePlain(command)}`);
  }
  lines.push(...nextOf(shown[0], result, program).map((line) => style.dim(escapePlain(line))));
  return `${lines.join("\n")}\n`;
}

/** Lines below the headline that say what the comparison rests on. */
function headerOf({ result, reconstructed }: ReportInput): readonly string[] {
  const reconciled = reconciledText(result);
  return [
    ...(reconstructed
      ? ["reconstructed schemas, not the vendor's files: what is a guess is marked [guess]"]
      : []),
    ...(reconciled === undefined ? [] : [`release notes: ${reconciled}`]),
    ...(result.summary.counts.breaking > 0 && result.from.operations + result.to.operations > 0
      ? [upgradeAdvice[result.summary.upgrade]]
      : []),
  ];
}

/** What to do next: learn about the first finding, and accept it where it breaks something. */
function nextOf(first: Change | undefined, result: DiffResult, program: string): readonly string[] {
  if (first === undefined) return [];
  const accept = shownLevel(first) === "breaking" || shownLevel(first) === "dangerous";
  return [
    "",
    ...(accept
      ? [
          `to accept the first, add this to a file for --ignore, with a reason: ${JSON.stringify(suppressionFor(first, prefixIn(result)))}`,
        ]
      : []),
    `next: ${program} explain ${first.rule}`,
  ];
}

function formatChange(
  change: Change,
  input: ReportInput,
  undocumented: boolean,
  style: TextStyle,
  width: number,
): readonly string[] {
  const { result } = input;
  const name = escapePlain(nameOf(change, result));
  const since =
    change.since === undefined || change.since === result.to.id ? "" : ` since ${escapePlain(change.since)}`;
  const marks = `${change.guess === true ? " [guess]" : ""}${undocumented ? " [not in the notes]" : ""}${since}`;
  const head = `${signOf(change)} ${name}`;
  const detail = escapePlain(detailOf(change));
  const [first = "", ...rest] = wrap(`${head}${detail && `  ${detail}`}${marks}`, width - 2, head.length);
  const lines = [
    `  ${first.slice(0, 2)}${style.bold(first.slice(2, head.length))}${first.slice(head.length)}`,
    ...rest.map((line) => `      ${line}`),
    ...titleLines(change, style, width),
  ];
  if (change.reach.length > 0) lines.push(...indented(`reaches ${escapePlain(reachText(change, 8))}`, width));
  const action = actionOf(change, result);
  if (action !== undefined) lines.push(...indented(`to do: ${escapePlain(action)}`, width));
  const shows = witnessLines(change, result).map((line) => style.dim(`      ${escapePlain(line)}`));
  lines.push(...shows);
  const source = sourceOf(change, input);
  const place = source.new ?? source.old;
  if (place !== undefined)
    lines.push(style.dim(`      ${escapePlain(place.file)}:${place.line}:${place.column}`));
  return lines;
}

/** What kind of change it is, with its rule and id: beside it, or below where there is no room. */
function titleLines(change: Change, style: TextStyle, width: number): readonly string[] {
  const [title, ids] = [titleOf(change), `(${change.rule}, ${change.id})`];
  if (title.length + ids.length + 7 <= width) return [`      ${title} ${style.dim(ids)}`];
  return [...indented(title, width), ...indented(ids, width).map((line) => style.dim(line))];
}

function formatNote(change: Change, result: DiffResult, style: TextStyle, width: number): readonly string[] {
  const subject = escapePlain(noteSubject(change, result));
  const detail = escapePlain(detailOf(change));
  const disagrees = change.rule.startsWith("note.");
  const where = escapePlain(reachText(change, 4));
  if (!disagrees) {
    const isCode = change.rule === "errorcode.added";
    const head = `${signOf(change)} ${subject}`;
    const text = `${head}  ${detail}${isCode && where !== "" ? ` In ${where}.` : ""}`.trimEnd();
    // A subject of many paths is wider than a line.
    const [first = "", ...rest] = wrap(text, width - 2, columns(head) > width - 2 ? 2 : head.length);
    return [
      `  ${first.slice(0, 2)}${style.bold(first.slice(2, head.length))}${first.slice(head.length)}`,
      ...rest.map((line) => `      ${line}`),
    ];
  }
  const lines = [`  ${signOf(change)} ${style.bold(subject)}`, ...titleLines(change, style, width)];
  if (detail !== "") lines.push(...indented(detail, width));
  if (where !== "") lines.push(...indented(`in ${where}`, width));
  return lines;
}

function indented(text: string, width: number): readonly string[] {
  return wrap(text, width - 6).map((line, index) => `      ${index === 0 ? "" : "  "}${line}`);
}

/** Lines of words, none wider than `width` where a word is not; the first `whole` characters stay on one line. */
export function wrap(text: string, width: number, whole = 0): readonly string[] {
  const lines: string[] = [];
  let line = text.slice(0, whole);
  let room = width - columns(line);
  const words = text.slice(whole).split(/(?<= )(?! )/u);
  for (const word of words) {
    const size = columns(word.trimEnd());
    if (size > room && size > 0 && line.trim() !== "" && !beginsCommand.test(word)) {
      lines.push(line.trimEnd());
      line = "";
      room = width - 4;
    }
    line += word;
    room -= columns(word);
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

// Where a job prints the report, a line that begins like this would be taken for a workflow command.
const beginsCommand = /^(?:::|##\[)/u;

/** Columns of a terminal that a text takes: East Asian characters and pictures take two, combining marks none. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    count += wide.test(character) ? 2 : 1;
  }
  return count;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
