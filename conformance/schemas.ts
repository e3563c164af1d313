/** The schema tests of the suite: valid schemas must give a model without errors, invalid ones a diagnostic. */
import { createReport, type Diagnostic } from "../generator/diagnostics.js";
import { resolveModel } from "../generator/model/resolve.js";
import { readDocuments } from "../generator/schema/bundle.js";
import { suiteBundle } from "./bundles.js";
import type { SuiteTest, XsdVersion } from "./suite.js";

/** What became of one schema test. */
export interface SchemaOutcome {
  readonly test: SuiteTest;
  /** No error was found. */
  readonly accepted: boolean;
  readonly errors: readonly Diagnostic[];
  /** Our own failure, which is never an outcome. */
  readonly crash?: string;
  readonly milliseconds: number;
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

/** How references of a test are resolved. */
export function unresolvedOf(test: SuiteTest, { unresolved = "suite" }: SchemaOptions): "strict" | "lazy" {
  if (unresolved !== "suite") return unresolved;
  return setsWithDanglingReferences.some((prefix) => test.id.startsWith(prefix)) ? "lazy" : "strict";
}

/** Reads and resolves the schema of one test. */
export function runSchemaTest(root: string, test: SuiteTest, options: SchemaOptions): SchemaOutcome {
  const start = performance.now();
  const report = createReport();
  let crash: string | undefined;
  try {
    const bundle = suiteBundle(root, test.schemas, options.version, report);
    const documents = readDocuments(bundle, report, {
      version: options.version,
      // A schema document that cannot be found is no error in itself (clauses 4.2.1 and 4.2.3).
      unresolved: "lazy",
    });
    resolveModel("suite", documents, bundle, report, {
      unresolved: unresolvedOf(test, options),
      xsdVersion: options.version,
    });
  } catch (error) {
    crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  return {
    test,
    accepted: errors.length === 0 && crash === undefined,
    errors,
    ...(crash === undefined ? {} : { crash }),
    milliseconds: performance.now() - start,
  };
}

/** Whether the outcome is the expected one; undefined where the suite expects nothing definite. */
export function isAsExpected(outcome: SchemaOutcome): boolean | undefined {
  if (outcome.crash !== undefined) return false;
  switch (outcome.test.validity) {
    case "valid":
      return outcome.accepted;
    case "invalid":
      return !outcome.accepted;
    default:
      return undefined;
  }
}
