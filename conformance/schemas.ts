/** The schema tests of the suite: valid schemas must give a model without errors, invalid ones a diagnostic. */
import { createReport, type Diagnostic, type Span } from "../generator/diagnostics.js";
import { resolveModel } from "../generator/model/resolve.js";
import type { Model } from "../generator/model/types.js";
import { readDocuments } from "../generator/schema/bundle.js";
import { suiteBundle } from "./bundles.js";
import type { SuiteTest, XsdVersion } from "./suite.js";

/** What a test's schema documents gave. */
export interface SuiteSchema {
  /** Absent after a crash. */
  readonly model?: Model;
  readonly errors: readonly Diagnostic[];
  /** Where references that lead nowhere were let stand. */
  readonly unresolved?: readonly Span[];
  /** Our own failure, which is never an outcome. */
  readonly crash?: string;
}

export interface SchemaOptions {
  readonly version: XsdVersion;
  /** Where references to what is not declared may stand: nowhere, everywhere, or where the suite says so (the default). */
  readonly unresolved?: "strict" | "lazy" | "suite";
}

/**
 * Test sets whose schemas are valid although they refer to what is not declared (Part 1, clause 5.3 lets a processor
 * find that out when it is used); elsewhere the suite expects such references to be errors.
 */
const setsWithDanglingReferences = ["Missing/"];

function unresolvedOf({ id }: Pick<SuiteTest, "id">, { unresolved = "suite" }: SchemaOptions) {
  if (unresolved !== "suite") return unresolved;
  return setsWithDanglingReferences.some((prefix) => id.startsWith(prefix)) ? "lazy" : "strict";
}

/** Reads and resolves the schema documents of one test. */
export function readSuiteSchema(
  root: string,
  test: Pick<SuiteTest, "id" | "schemas">,
  options: SchemaOptions,
): SuiteSchema {
  const report = createReport();
  const errors = (): readonly Diagnostic[] =>
    report.diagnostics.filter(({ severity }) => severity === "error");
  try {
    const bundle = suiteBundle(root, test.schemas, options.version, report);
    const documents = readDocuments(bundle, report, {
      version: options.version,
      // A schema document that cannot be found is no error in itself (clauses 4.2.1 and 4.2.3).
      unresolved: "lazy",
    });
    const model = resolveModel("suite", documents, bundle, report, {
      unresolved: unresolvedOf(test, options),
      xsdVersion: options.version,
    });
    // The head of a substitution group is not needed to use a member.
    const unresolved = report.diagnostics.flatMap(({ severity, code, at }) =>
      severity === "warning" && code === "unknown-type-reference" && at !== undefined ? [at] : [],
    );
    return { model, errors: errors(), unresolved };
  } catch (error) {
    return { errors: errors(), crash: crashOf(error) };
  }
}

/** A thrown value with the place it came from. */
export function crashOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message).split("\n").slice(0, 4).join(" ").replaceAll(/\s+/gu, " ");
}

/** Diagnostics for a list of failures. */
export function showErrors(errors: readonly Diagnostic[]): string {
  return errors
    .slice(0, 2)
    .map(({ code, clause, message }) => `${code}${clause === undefined ? "" : ` (${clause})`}: ${message}`)
    .join("; ");
}
