/** A comparison for a pull request or a job summary. */
import type { Change } from "../diff/index.js";
import { codeMarkdown, escapeMarkdown } from "../escape.js";
import {
  detailOf,
  headline,
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
      "_Reconstructed bundles: the schemas were restated from documentation; guesses are marked._",
      "",
    );
  for (const note of input.notes ?? []) lines.push(`${escapeMarkdown(note)}`, "");
  const shown = result.changes.filter((change) => input.show(shownLevel(change)) && !isIgnored(change));
  for (const level of levelOrder) {
    const group = shown.filter((change) => shownLevel(change) === level);
    if (group.length === 0) continue;
    lines.push(
      `### ${symbols[level]} ${level} (${group.length})`,
      "",
      "| | component | change | reaches |",
      "|---|---|---|---|",
    );
    for (const change of group) lines.push(row(change, input));
    lines.push("");
    for (const rule of new Set(group.map((change) => change.rule))) {
      const example = group.find((change) => change.rule === rule);
      if (example !== undefined && (level === "breaking" || level === "dangerous")) {
        lines.push(`> ${codeMarkdown(rule)}: ${escapeMarkdown(whyOf(example))}`, "");
      }
    }
  }
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

function row(change: Change, input: ReportInput): string {
  const detail = detailOf(change);
  const source = sourceOf(change, input);
  const place = source.new ?? source.old;
  const cells = [
    codeMarkdown(signOf(change)),
    `${codeMarkdown(nameOf(change, input.result))}${change.guess === true ? " _(guess)_" : ""}`,
    `${escapeMarkdown(titleOf(change))}${detail === "" ? "" : `: ${escapeMarkdown(detail)}`}${place === undefined ? "" : ` <sub>${escapeMarkdown(`${place.file}:${place.line}`)}</sub>`}`,
    escapeMarkdown(reachText(change, 5)),
  ];
  return `| ${cells.join(" | ")} |`;
}
