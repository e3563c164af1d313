/** How an output folder differs from what belongs there, for people and continuous integration. */
import { structuredPatch } from "diff";
import { shortened } from "../escape.js";
import { escapeControls, plural, type Style } from "../terminal.js";
import type { OutputChange, OutputPlan } from "./write.js";

const shownFiles = 3;
const shownLines = 12;

/** The first differing lines of the first differing files; "" when nothing differs. */
export function formatDifferences(plan: OutputPlan, label: string, style: Style): string {
  const { changes } = plan;
  if (changes.length === 0) {
    return plan.manifestChanged ? `the list of generated files in ${label} is not up to date\n` : "";
  }
  const lines = changes.slice(0, shownFiles).flatMap((change) => formatChange(change, label, style));
  const rest = changes.slice(shownFiles);
  for (const { path, kind } of rest.slice(0, 10)) lines.push(`${label}/${path}: ${said[kind]}`);
  if (rest.length > 10) lines.push(`... and ${plural(rest.length - 10, "more file")}`);
  return `${lines.join("\n")}\n`;
}

const said = { added: "missing", changed: "differs", removed: "no longer generated" } as const;

function formatChange({ path, kind, before, after }: OutputChange, label: string, style: Style): string[] {
  const lines = [style.bold(`${label}/${path}: ${said[kind]}`)];
  if (before === undefined || after === undefined) return lines;
  const patch = structuredPatch(path, path, before, after, "", "", { context: 1, timeout: 1000 });
  const hunks = patch?.hunks ?? [];
  const all = hunks.flatMap((hunk) => [
    style.cyan(`@@ line ${hunk.oldStart} @@`),
    ...hunk.lines.map((line) => {
      const text = escapeControls(shortened(line, 160));
      return text.startsWith("-")
        ? style.red(text)
        : text.startsWith("+")
          ? style.green(text)
          : style.dim(text);
    }),
  ]);
  lines.push(...all.slice(0, shownLines));
  if (all.length > shownLines) lines.push(style.dim(`... ${plural(all.length - shownLines, "more line")}`));
  return lines;
}
