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
  readonly unresolved: "strict" | "lazy";
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
      unresolved: options.unresolved === "lazy" ? "lazy" : "error",
    });
    resolveModel("suite", documents, bundle, report, {
      unresolved: options.unresolved,
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
