/** Several releases in one report: what each changed, and which component came, changed or went when. */
import { evolutionOf, presenceIn, type DiffResult, type EvolutionRow } from "../diff/index.js";
import { codeMarkdown, escapeMarkdown, escapePlain } from "../escape.js";
import {
  detailOf,
  headline,
  isIgnored,
  levelOrder,
  nameOf,
  plural,
  shownLevel,
  signOf,
  titleOf,
} from "./source.js";
import { jsonOf } from "./json.js";
import type { ReportInput } from "./source.js";
import type { TextStyle } from "./text.js";

/** Comparisons of neighbours, oldest first; the first release is only compared with. */
export interface HistoryInput {
  readonly releases: readonly string[];
  readonly steps: readonly ReportInput[];
}

function rowsOf({ steps }: HistoryInput): readonly EvolutionRow[] {
  return evolutionOf(steps.map(({ result }) => result));
}

/** Signs of a row, one a release: `+` came, `~` changed, `-` went, `.` there, blank not there. */
function strip(row: EvolutionRow, releases: readonly string[]): readonly string[] {
  const present = presenceIn(row, releases);
  return releases.map((release, index) => {
    const event = row.events.find((each) => each.release === release);
    return event?.sign ?? (present[index] === true ? "." : " ");
  });
}

/** The history for a terminal, newest release last. */
export function formatHistoryText(input: HistoryInput, style: TextStyle, width = 100): string {
  const { releases, steps } = input;
  const rows = rowsOf(input);
  const lines: string[] = [];
  for (const step of steps) {
    const { result } = step;
    const shown = result.changes.filter((change) => !isIgnored(change) && step.show(shownLevel(change)));
    lines.push(style.bold(escapePlain(headline(result))));
    for (const level of levelOrder) {
      const paint = level === "breaking" ? style.red : level === "dangerous" ? style.yellow : style.green;
      for (const change of shown.filter((each) => shownLevel(each) === level)) {
        const detail = detailOf(change);
        const guess = change.guess === true ? style.dim(" [guess]") : "";
        lines.push(
          `  ${signOf(change)} ${paint(level.padEnd(9))} ${escapePlain(nameOf(change, result))}  ${escapePlain(`${titleOf(change)}${detail === "" ? "" : `: ${detail}`}`)}${guess}`,
        );
      }
    }
    const hidden = result.changes.length - shown.length;
    if (hidden > 0) lines.push(style.dim(`    ${hidden} not shown`));
  }
  if (rows.length > 0) {
    const names = rows.map(({ name }) => escapePlain(name));
    const widest = Math.min(
      Math.max(...names.map((name) => name.length)),
      Math.max(20, width - releases.length - 4),
    );
    lines.push(
      "",
      style.bold(`${plural(rows.length, "component")} in ${plural(releases.length, "release")}`),
    );
    rows.forEach((row, index) => {
      const name = names[index] ?? "";
      const short = name.length > widest ? `${name.slice(0, widest - 3)}...` : name;
      lines.push(`${short.padEnd(widest)}  ${strip(row, releases).join("")}`.trimEnd());
    });
    const columns = `${escapePlain(releases[0] ?? "")} to ${escapePlain(releases.at(-1) ?? "")}`;
    lines.push(style.dim(`columns: ${columns}; + came, ~ changed, - went, . there`));
  }
  return `${lines.join("\n")}\n`;
}

/** The history for programs: comparisons, and a matrix of components by release. */
export function formatHistoryJson(input: HistoryInput): string {
  const value = {
    format: 1,
    tool: "xsd-strata",
    releases: input.releases,
    steps: input.steps.map((step) => jsonOf(step)),
    matrix: rowsOf(input).map(({ component, name, dirs, ops, since, until, events }) => ({
      component,
      name,
      dirs,
      ops,
      since: since ?? null,
      until: until ?? null,
      history: events,
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const headings = [
  ["Added", "+"],
  ["Changed", "~"],
  ["Removed", "-"],
] as const;

/** The history as a changelog, newest release first, and a matrix. */
export function formatHistoryMarkdown(input: HistoryInput): string {
  const { releases, steps } = input;
  const lines = ["# Changes of the schema", ""];
  for (const step of [...steps].reverse()) {
    const { result } = step;
    const shown = result.changes.filter((change) => !isIgnored(change) && step.show(shownLevel(change)));
    lines.push(`## ${escapeMarkdown(result.to.id)}`, "", `${escapeMarkdown(countsOf(result))}`, "");
    for (const note of step.notes ?? []) lines.push(escapeMarkdown(note), "");
    for (const [heading, sign] of headings) {
      const group = shown.filter((change) => signOf(change) === sign);
      if (group.length === 0) continue;
      lines.push(`### ${heading}`, "");
      for (const change of group) {
        const detail = detailOf(change);
        const level = shownLevel(change);
        const mark = level === "breaking" || level === "dangerous" ? ` **${level}**` : "";
        const guess = change.guess === true ? " _(guess)_" : "";
        lines.push(
          `- ${codeMarkdown(nameOf(change, result))}${mark}: ${escapeMarkdown(`${titleOf(change)}${detail === "" ? "" : `, ${detail}`}`)}${guess}`,
        );
      }
      lines.push("");
    }
  }
  const rows = rowsOf(input);
  if (rows.length > 0) {
    lines.push("## Matrix", "");
    lines.push(`| component | ${releases.map(escapeMarkdown).join(" | ")} |`);
    lines.push(`|---|${releases.map(() => ":-:").join("|")}|`);
    const signs: Readonly<Record<string, string>> = { "+": "\\+", "~": "\\~", "-": "−", ".": "•", " ": "" };
    for (const row of rows) {
      const cells = strip(row, releases).map((sign) => signs[sign] ?? "");
      lines.push(`| ${codeMarkdown(row.name)} | ${cells.join(" | ")} |`);
    }
    lines.push("");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function countsOf({ summary, from }: DiffResult): string {
  const parts = levelOrder
    .filter((level) => summary.counts[level] > 0)
    .map((level) => `${summary.counts[level]} ${level}`);
  return parts.length === 0
    ? `No changes since ${from.id}.`
    : `Since ${from.id}: ${parts.join(", ")} (${summary.semver}).`;
}
