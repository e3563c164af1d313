/** Witnesses as lines of text. */
import type { Change, DiffResult } from "../diff/index.js";

/** What shows that a change breaks something, in plain lines; not escaped. */
export function witnessLines({ witness }: Change, { from, to }: DiffResult): readonly string[] {
  if (witness === undefined) return [];
  const lines: string[] = [];
  const { xml, validIn, objection, none, code = [] } = witness;
  if (xml !== undefined) {
    const [here, there] = validIn === "new" ? [to.id, from.id] : [from.id, to.id];
    lines.push(`valid in ${here}, not in ${there}:`, ...xml.split("\n").map((line) => `  ${line}`));
    if (objection !== undefined) lines.push(`  ${there} says ${objection}`);
  } else if (none !== undefined) lines.push(`no document shows it: ${none}`);
  for (const { use, source } of code) {
    lines.push(
      `code that ${use}s ${use === "list" ? "everything" : "values"}, compiles with ${from.id}, not with ${to.id}:`,
    );
    lines.push(
      ...source
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
    );
  }
  return lines;
}
