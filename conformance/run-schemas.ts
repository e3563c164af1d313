/**
 * Runs the schema tests: `tsx conformance/run-schemas.ts --suite DIR [--xsd 1.0|1.1] [--set NAME] [--json FILE]
 * [--unresolved strict|lazy|suite] [--only ID]`. Prints the rates and each failure.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isAsExpected, runSchemaTest, type SchemaOutcome } from "./schemas.js";
import { readSuite } from "./suite.js";

const { values } = parseArgs({
  options: {
    suite: { type: "string" },
    xsd: { type: "string", default: "1.0" },
    set: { type: "string" },
    json: { type: "string" },
    unresolved: { type: "string", default: "suite" },
    only: { type: "string" },
    quiet: { type: "boolean", default: false },
  },
});
if (values.suite === undefined) throw new Error("--suite DIR is needed");
const root = values.suite;
const version = values.xsd === "1.1" ? "1.1" : "1.0";
const unresolved =
  values.unresolved === "strict" || values.unresolved === "lazy" ? values.unresolved : "suite";

const tests = readSuite(root, version).filter(
  (test) =>
    test.kind === "schema" &&
    (values.set === undefined ? true : test.set.startsWith(values.set)) &&
    (values.only === undefined ? true : test.id.includes(values.only)),
);
const counts = { valid: { pass: 0, total: 0 }, invalid: { pass: 0, total: 0 } };
const nist = { pass: 0, total: 0 };
const failures: SchemaOutcome[] = [];
let slowest = 0;
for (const test of tests) {
  const outcome = runSchemaTest(root, test, { version, unresolved });
  const expected = isAsExpected(outcome);
  if (expected === undefined) continue;
  const count = test.set === "nistMeta" ? nist : counts[test.validity === "valid" ? "valid" : "invalid"];
  count.total++;
  if (expected) count.pass++;
  else failures.push(outcome);
  slowest = Math.max(slowest, outcome.milliseconds);
}

function reasonOf({ crash, errors, accepted }: SchemaOutcome): string {
  if (crash !== undefined) return `crash: ${crash.split("\n").slice(0, 3).join(" ")}`;
  if (accepted) return "accepted";
  return errors
    .slice(0, 2)
    .map(({ code, clause, message }) => `${code} (${clause ?? ""}): ${message}`)
    .join("; ");
}

const rows = failures.map((outcome) => ({
  id: outcome.test.id,
  kind: outcome.test.validity === "valid" ? "schemaValid" : "schemaInvalid",
  status: outcome.test.status,
  reason: reasonOf(outcome),
  schemas: outcome.test.schemas,
}));
if (!values.quiet)
  for (const row of rows)
    console.log(`${row.kind} ${row.id} [${row.status}] ${row.reason} ${row.schemas.join(" ")}`);
for (const [name, { pass, total }] of Object.entries({ ...counts, nist })) {
  console.log(`${name}: ${pass} of ${total} (${((100 * pass) / Math.max(1, total)).toFixed(2)} %)`);
}
console.log(`slowest: ${slowest.toFixed(0)} ms`);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ xsd: version, counts, nist, failures: rows }, null, 1));
