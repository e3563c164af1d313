/** A process that runs groups of tests for the command. */
import { openWorkshop } from "./emission.js";
import { runInstanceTest, type Outcome } from "./instances.js";
import { readSuiteSchema, showErrors, type SchemaOptions, type SuiteSchema } from "./schemas.js";
import type { SuiteTest } from "./suite.js";

/** What the command asks a worker to run: tests, those of one schema together. */
export interface Batch {
  readonly root: string;
  readonly groups: readonly (readonly SuiteTest[])[];
  readonly options: SchemaOptions;
}

/** Runs batches that come as messages until the command says that there are no more. */
export function serve(): void {
  const workshop = openWorkshop();
  process.on("exit", workshop.close);
  process.on("message", (batch: Batch | "end") => {
    if (batch === "end") process.exit(0);
    process.send?.(runBatch(batch, workshop));
  });
  process.send?.([]);
}

function runBatch({ root, groups, options }: Batch, workshop: ReturnType<typeof openWorkshop>): Outcome[] {
  const outcomes: Outcome[] = [];
  const compiled: SuiteTest[] = [];
  for (const tests of groups) {
    const [first] = tests;
    if (first === undefined) continue;
    const schema = readSuiteSchema(root, first, options);
    for (const test of tests) {
      if (test.kind === "instance") outcomes.push(runInstanceTest(root, test, schema, options));
      else {
        const failure = schemaFailure(test, schema, workshop);
        if (failure !== undefined) outcomes.push({ test, failure });
        else if (test.validity === "invalid") outcomes.push({ test });
        else compiled.push(test);
      }
    }
  }
  const errors = workshop.compile();
  for (const test of compiled) {
    const failure = errors.get(test.id);
    outcomes.push(
      failure === undefined ? { test } : { test, failure: `the code does not compile: ${failure}` },
    );
  }
  return outcomes;
}

/** Why a schema test fails before its code is compiled. */
function schemaFailure(
  test: SuiteTest,
  { model, errors, crash }: SuiteSchema,
  workshop: ReturnType<typeof openWorkshop>,
): string | undefined {
  if (crash !== undefined || model === undefined) return `crash: ${crash ?? ""}`;
  if (test.validity === "invalid") return errors.length === 0 ? "accepted" : undefined;
  if (errors.length > 0) return showErrors(errors);
  try {
    return workshop.add(test.id, model);
  } catch (error) {
    return `crash: ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 3).join(" ") : String(error)}`;
  }
}

serve();
