/** Which errors in a schema a user may turn into warnings. */
import type { Diagnostic } from "./diagnostics.js";

/** Codes of rules that a schema can break and still mean something. `schemas/config.schema.json` lists the same. */
export const tolerable = [
  "ambiguous-content",
  "late-schema-element",
  "namespace-not-imported",
  "schema-element-undeclared",
  "unknown-escape",
  "xml-namespace-declared",
] as const;

export type Tolerable = (typeof tolerable)[number];

/** Whether a code is one of {@link tolerable}. */
export const isTolerable = (code: string): code is Tolerable =>
  (tolerable as readonly string[]).includes(code);

/** An error as it counts: a warning where its code is tolerated; where it may be, the hint says so. */
export function weigh(finding: Diagnostic, tolerated: ReadonlySet<Tolerable> | undefined): Diagnostic {
  const { code, severity, hint } = finding;
  if (severity !== "error" || !isTolerable(code)) return finding;
  if (tolerated?.has(code)) return { ...finding, severity: "warning" };
  const way = `where the schema cannot be changed, \`--tolerate ${code}\` makes this a warning`;
  return { ...finding, hint: hint === undefined ? way : `${hint}; ${way}` };
}
