/**
 * Runs the W3C XML Schema test suite:
 * `npm run conformance -- --suite DIR [--xsd 1.0|1.1] [--set NAME] [--json FILE] [--unresolved lazy]
 * [--kind schema|instance] [--only ID] [--third 1|2|3]`. The suite is a folder or a tar archive.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { unpackSuite } from "./archive.js";
import type { Outcome } from "./instances.js";
import { readSuite, type SuiteTest, type XsdVersion } from "./suite.js";
import { knownFailures, reportOf, showReport } from "./summary.js";
import type { Batch } from "./worker.js";

const usage =
  "npm run conformance -- --suite DIR [--xsd 1.0|1.1] [--set NAME] [--json FILE] [--unresolved strict|lazy] [--kind schema|instance] [--only ID] [--third 1|2|3]";

/** Enough to keep a compiler busy, few enough for both workers to end at the same time. */
const groupsInBatch = 250;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      suite: { type: "string" },
      xsd: { type: "string", default: "1.0" },
      set: { type: "string" },
      json: { type: "string" },
      unresolved: { type: "string" },
      kind: { type: "string" },
      only: { type: "string" },
      third: { type: "string" },
      workers: { type: "string", default: "2" },
    },
  });
  const { suite: place, xsd, unresolved, third } = values;
  const isVersion = (text: string): text is XsdVersion => text === "1.0" || text === "1.1";
  if (
    place === undefined ||
    !isVersion(xsd) ||
    ![undefined, "strict", "lazy"].includes(unresolved) ||
    ![undefined, "1", "2", "3"].includes(third)
  ) {
    console.error(`usage: ${usage}`);
    return 2;
  }
  const unpacked = statSync(place).isFile() ? mkdtempSync(join(tmpdir(), "xsd-strata-w3c-")) : undefined;
  if (unpacked !== undefined) {
    unpackSuite(place, unpacked);
    process.on("exit", () => rmSync(unpacked, { recursive: true, force: true }));
  }
  const root = unpacked ?? place;
  const start = performance.now();
  const options = {
    version: xsd,
    ...(unresolved !== undefined && { unresolved: unresolved as "strict" | "lazy" }),
  };
  const groups = groupsOf(
    readSuite(root, xsd).filter(
      ({ set, id, kind, validity }) =>
        (validity === "valid" || validity === "invalid") &&
        (values.set === undefined || set.startsWith(values.set) || id.startsWith(`${values.set}/`)) &&
        (values.kind === undefined || kind === values.kind) &&
        (values.only === undefined || id.includes(values.only)),
    ),
  ).filter((_, index) => third === undefined || index % 3 === Number(third) - 1);
  const batches: Batch[] = [];
  for (let at = 0; at < groups.length; at += groupsInBatch)
    batches.push({ root, groups: groups.slice(at, at + groupsInBatch), options });
  const outcomes = await runAll(batches, Math.max(1, Number(values.workers)));
  const report = reportOf(xsd, outcomes, unresolved === undefined ? knownFailures(xsd) : []);
  console.log(showReport(report));
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
  if (values.json !== undefined) {
    const { summary, failures } = report;
    writeFileSync(values.json, `${JSON.stringify({ xsd, summary, failures }, null, 2)}\n`);
  }
  return report.unexpected.length + report.repaired.length === 0 ? 0 : 1;
}

/** Tests that share a schema, in the order of the suite. */
function groupsOf(tests: readonly SuiteTest[]): SuiteTest[][] {
  const groups = new Map<string, SuiteTest[]>();
  for (const test of tests) {
    const key = JSON.stringify([test.id.slice(0, test.id.indexOf("/")), test.group, test.schemas]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [test]);
    else group.push(test);
  }
  return [...groups.values()];
}

/** Gives batches to processes, one after the other as they come free. */
async function runAll(batches: readonly Batch[], workers: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const pending = [...batches];
  const run = (): Promise<void> =>
    new Promise((settle, fail) => {
      const worker = fork(fileURLToPath(new URL("worker.ts", import.meta.url)));
      worker.on("message", (done: Outcome[]) => {
        outcomes.push(...done);
        worker.send(pending.shift() ?? "end");
      });
      worker.on("error", fail);
      worker.on("exit", (code) => {
        if (code === 0) settle();
        else fail(new Error(`a worker ended with ${code}`));
      });
    });
  await Promise.all(Array.from({ length: Math.min(workers, batches.length) }, run));
  return outcomes;
}

process.exitCode = await main();
