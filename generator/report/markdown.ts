/** A comparison for a pull request or a job summary. */
import type { Change } from "../diff/index.js";
import { codeMarkdown, escapeMarkdown, escapePlain, longestFence } from "../escape.js";
import { headline, noteSubject, partsOf, reconciledText, undocumentedIn } from "./parts.js";
import { actionOf, upgradeAdvice } from "./action.js";
import {
  detailOf,
  isIgnored,
  levelOrder,
  nameOf,
  reachText,
  shownLevel,
  signOf,
  sourceOf,
  titleOf,
  whyOf,
} from "./source.js";
import type { ReportInput } from "./source.js";

/** By this a comment is found again, so that a pull request carries one, not many. */
export const commentMarker = "<!-- xsd-strata diff -->";

/** GitHub-flavoured Markdown with a final newline: one section for each comparison. */
export function formatMarkdown(...inputs: readonly ReportInput[]): string {
  return `${commentMarker}\n${inputs.map(formatSection).join("\n")}`;
}

function formatSection(input: ReportInput): string {
  const { result } = input;
  const lines = [`## ${escapeMarkdown(headline(result))}`, ""];
  if (input.reconstructed)
    lines.push(
      "_Reconstructed schemas, not the vendor's files: they restate documentation, and what is a guess is marked._",
      "",
    );
  if (result.summary.counts.breaking > 0 && result.from.operations + result.to.operations > 0)
    lines.push(`${upgradeAdvice[result.summary.upgrade]}`, "");
  for (const note of input.notes ?? []) lines.push(`${escapeMarkdown(note)}`, "");
  const { schema } = partsOf(result);
  const shown = schema.filter((change) => input.show(shownLevel(change)));
  const isUndocumented = undocumentedIn(result);
  for (const level of levelOrder) {
    const group = shown.filter((change) => shownLevel(change) === level);
    if (group.length === 0) continue;
    lines.push(
      `### ${symbols[level]} ${level} (${group.length})`,
      "",
      "| | component | change | reaches |",
      "|---|---|---|---|",
    );
    for (const change of group) lines.push(row(change, input, isUndocumented(change)));
    lines.push("");
    if (level !== "breaking" && level !== "dangerous") continue;
    for (const rule of new Set(group.map((change) => change.rule))) {
      const example = group.find((change) => change.rule === rule);
      if (example !== undefined) lines.push(`- ${codeMarkdown(rule)}: ${escapeMarkdown(whyOf(example))}`);
    }
    lines.push("");
    lines.push(...witnesses(group, input));
  }
  lines.push(...notedLines(input, "###"));
  const ignored = result.changes.filter(isIgnored);
  if (ignored.length > 0) {
    lines.push(`<details><summary>${ignored.length} ignored</summary>`, "");
    for (const change of ignored) {
      lines.push(
        `- ~~${codeMarkdown(nameOf(change, result))}~~ ${escapeMarkdown(change.suppressed?.reason ?? "")}`,
      );
    }
    lines.push("", "</details>", "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

const symbols = { breaking: "⛔", dangerous: "⚠️", safe: "✅", docs: "📝", info: "ℹ️" } as const;

function row(change: Change, input: ReportInput, undocumented: boolean): string {
  const detail = detailOf(change);
  const action = actionOf(change, input.result);
  const source = sourceOf(change, input);
  const place = source.new ?? source.old;
  const marks = `${change.guess === true ? " _(guess)_" : ""}${undocumented ? " _(not in the notes)_" : ""}`;
  const cells = [
    codeMarkdown(signOf(change)),
    `${codeMarkdown(nameOf(change, input.result))}${marks}`,
    `${escapeMarkdown(titleOf(change))}${detail === "" ? "" : `: ${escapeMarkdown(detail)}`}${action === undefined ? "" : `<br>_To do: ${escapeMarkdown(action)}._`}${place === undefined ? "" : ` <sub>${escapeMarkdown(`${place.file}:${place.line}`)}</sub>`}`,
    escapeMarkdown(reachText(change, 5)),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** More examples than this make no comment better. */
const mostWitnesses = 5;

/** Documents that show what breaks, folded away. */
function witnesses(group: readonly Change[], { result }: ReportInput): readonly string[] {
  return group
    .filter(({ witness }) => witness?.xml !== undefined)
    .slice(0, mostWitnesses)
    .flatMap((change) => {
      const { xml = "", validIn } = change.witness ?? {};
      const where =
        validIn === "old"
          ? `valid in ${result.from.id}, not in ${result.to.id}`
          : `valid in ${result.to.id}, not in ${result.from.id}`;
      return [
        `<details><summary>Example for ${escapeMarkdown(nameOf(change, result))}: ${escapeMarkdown(where)}</summary>`,
        "",
        ...fenced(xml, "xml"),
        "",
        "</details>",
        "",
      ];
    });
}

/** A block of code whose fence is longer than any run of backticks in it. */
function fenced(text: string, language: string): readonly string[] {
  const body = text.replace(/\r\n?/gu, "\n").trimEnd().split("\n").map(escapePlain);
  const longest = Math.max(2, longestFence(text));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...body, fence];
}

/** What notes tell beside the schema, and where the two disagree; `heading` is how deep its headings are. */
export function notedLines(input: ReportInput, heading: string): readonly string[] {
  const { result } = input;
  const { behaviour, codes, disagreements } = partsOf(result);
  const isShown = (change: Change): boolean => input.show(shownLevel(change));
  const lines: string[] = [];
  const [said, coded] = [behaviour.filter(isShown), codes.filter(isShown)];
  if (said.length > 0) {
    lines.push(`${heading} 📣 behaviour, as the notes tell it (${said.length})`, "");
    for (const change of said)
      lines.push(`- **${escapeMarkdown(noteSubject(change, result))}**: ${escapeMarkdown(detailOf(change))}`);
    lines.push("");
  }
  if (coded.length > 0) {
    lines.push(`${heading} 🔢 error codes, as the notes tell them (${coded.length})`, "");
    for (const change of coded) {
      const operations = reachText(change, 5);
      const reach = operations === "" ? "" : ` (${operations})`;
      lines.push(
        `- **${escapeMarkdown(noteSubject(change, result))}**: ${escapeMarkdown(`${detailOf(change)}${reach}`)}`,
      );
    }
    lines.push("");
  }
  const reconciled = reconciledText(result);
  if (reconciled === undefined) return lines;
  const undocumented = undocumentedIn(result);
  const silent = partsOf(result).schema.filter(undocumented);
  lines.push(`${heading} 📋 notes and schema`, "", `${sentence(reconciled)}.`, "");
  const wrong = disagreements.filter(isShown);
  if (wrong.length > 0) {
    lines.push("| the notes say | what is so | reaches |", "|---|---|---|");
    for (const change of wrong) {
      const detail = detailOf(change);
      lines.push(
        `| ${codeMarkdown(noteSubject(change, result))} | ${escapeMarkdown(titleOf(change))}${detail === "" ? "" : `: ${escapeMarkdown(detail)}`} | ${escapeMarkdown(reachText(change, 5))} |`,
      );
    }
    lines.push("");
  }
  if (silent.length > 0) {
    const names = silent.map((change) => codeMarkdown(nameOf(change, result))).join(", ");
    lines.push(`In the schema, but in no note: ${names}.`, "");
  }
  return lines;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
