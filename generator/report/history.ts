/** Several releases in one report: what each changed, and which component came, changed or went when. */
import { evolutionOf, presenceIn, type Change, type EvolutionRow } from "../diff/index.js";
import { codeMarkdown, escapeMarkdown, escapePlain, printJson } from "../escape.js";
import { plural } from "../terminal.js";
import { notedLines } from "./markdown.js";
import {
  countsOf,
  headline,
  noteSubject,
  partsOf,
  reconciledText,
  undocumentedIn,
  versionText,
} from "./parts.js";
import { detailOf, levelOrder, nameOf, reachText, shownLevel, signOf, titleOf } from "./source.js";
import { jsonOf } from "./json.js";
import type { ReportInput } from "./source.js";
import { wrap, type TextStyle } from "./text.js";

/** Comparisons of neighbours, oldest first; the first release is only compared with. */
export interface HistoryInput {
  readonly releases: readonly string[];
  readonly steps: readonly ReportInput[];
}

/** The components of the schema that some release touched; files and what notes tell are none. */
function rowsOf({ steps }: HistoryInput): readonly EvolutionRow[] {
  const isComponent = ({ component }: Change): boolean => component.kind !== "file";
  return evolutionOf(
    steps.map(({ result }) => ({ ...result, changes: partsOf(result).schema.filter(isComponent) })),
  );
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
  if (steps.some((step) => step.reconstructed))
    lines.push(
      style.dim("reconstructed schemas, not the vendor's files: what is a guess is marked [guess]"),
      "",
    );
  for (const step of steps) lines.push(...stepLines(step, style, width));
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
      const events = row.events.map(({ release, sign }) => `${sign} ${escapePlain(release)}`);
      const line = `${short.padEnd(widest)}  ${strip(row, releases).join("")}`;
      const told = `  ${[...new Set(events)].join(", ")}`;
      lines.push(line.length + told.length <= width ? `${line}${style.dim(told)}` : line.trimEnd());
    });
    const columns = `${escapePlain(releases[0] ?? "")} to ${escapePlain(releases.at(-1) ?? "")}`;
    lines.push(style.dim(`columns: ${columns}; + came, ~ changed, - went, . there`));
  }
  return `${lines.join("\n")}\n`;
}

/** What one release changed, in a line or two for each change. */
function stepLines(step: ReportInput, style: TextStyle, width: number): readonly string[] {
  const { result } = step;
  const { schema, behaviour, codes, disagreements } = partsOf(result);
  const lines = wrap(escapePlain(headline(result)), width - 2).map((line, index) =>
    style.bold(index === 0 ? line : `  ${line}`),
  );
  const isShown = (change: Change): boolean => step.show(shownLevel(change));
  const isUndocumented = undocumentedIn(result);
  const add = (
    [sign, word, name]: readonly [string, string, string],
    text: string,
    paint: (text: string) => string,
  ): void => {
    const head = `${sign} ${word} ${name}`;
    const [first = "", ...rest] = wrap(`${head}  ${text}`.trimEnd(), width - 2, head.length);
    const after = sign.length + word.length + 1;
    lines.push(`  ${sign} ${paint(word)}${first.slice(after)}`, ...rest.map((line) => `      ${line}`));
  };
  for (const level of levelOrder) {
    const paint = level === "breaking" ? style.red : level === "dangerous" ? style.yellow : style.green;
    for (const change of schema.filter((each) => shownLevel(each) === level && isShown(each))) {
      const detail = detailOf(change);
      const marks = `${change.guess === true ? " [guess]" : ""}${isUndocumented(change) ? " [not in the notes]" : ""}`;
      add(
        [signOf(change), level.padEnd(9), escapePlain(nameOf(change, result))],
        escapePlain(`${titleOf(change)}${detail === "" ? "" : `: ${detail}`}${marks}`),
        paint,
      );
    }
  }
  const noted = [
    ["notes    ", disagreements],
    ["behaviour", behaviour],
    ["code     ", codes],
  ] as const;
  for (const [word, group] of noted) {
    for (const change of group.filter(isShown)) {
      const title = change.rule.startsWith("note.") ? `${titleOf(change)}: ` : "";
      const subject = escapePlain(noteSubject(change, result));
      add([signOf(change), word, subject], escapePlain(`${title}${detailOf(change)}`), style.yellow);
    }
  }
  const all = [...schema, ...disagreements, ...behaviour, ...codes];
  const hidden = all.length - all.filter(isShown).length;
  if (hidden > 0) lines.push(style.dim(`    ${hidden} not shown (--show all)`));
  const reconciled = reconciledText(result);
  if (reconciled !== undefined) lines.push(style.dim(`    release notes: ${reconciled}`));
  return lines;
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
  return printJson(value);
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
  if (steps.some((step) => step.reconstructed))
    lines.push(
      "_Reconstructed schemas, not the vendor's files: they restate documentation, and what is a guess is marked._",
      "",
    );
  for (const step of [...steps].reverse()) {
    const { result } = step;
    const counts = countsOf(result);
    lines.push(`## ${escapeMarkdown(result.to.id)}`, "");
    lines.push(
      escapeMarkdown(
        counts === ""
          ? `No changes since ${result.from.id}.`
          : `Since ${result.from.id}: ${counts} (${versionText(result.summary)}).`,
      ),
      "",
    );
    for (const note of step.notes ?? []) lines.push(escapeMarkdown(note), "");
    const shown = partsOf(result).schema.filter((change) => step.show(shownLevel(change)));
    const isUndocumented = undocumentedIn(result);
    for (const [heading, sign] of headings) {
      const group = shown.filter((change) => signOf(change) === sign);
      if (group.length === 0) continue;
      lines.push(`### ${heading}`, "");
      for (const change of group) {
        const detail = detailOf(change);
        const level = shownLevel(change);
        const mark = level === "breaking" || level === "dangerous" ? ` **${level}**` : "";
        const marks = `${change.guess === true ? " _(guess)_" : ""}${isUndocumented(change) ? " _(not in the notes)_" : ""}`;
        const reach = reachText(change, 3);
        lines.push(
          `- ${codeMarkdown(nameOf(change, result))}${mark}: ${escapeMarkdown(`${titleOf(change)}${detail === "" ? "" : `, ${detail}`}${reach === "" ? "" : `; reaches ${reach}`}`)}${marks}`,
        );
      }
      lines.push("");
    }
    lines.push(...notedLines(step, "###"));
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
    lines.push("", "\\+ came, \\~ changed, − went, • there", "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
