import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackSuite } from "../../conformance/archive.js";
import { differencesOf, knownCauses } from "../../conformance/libxml2.js";
import { judgeInOnePass } from "../../conformance/one-pass.js";
import { disputedTests, knownFailures, type ConformanceReport } from "../../conformance/summary.js";
import { readSuite, type SuiteTest, type XsdVersion } from "../../conformance/suite.js";

const archive = fileURLToPath(new URL("../../../shared/w3c/xsdtests.tar.xz", import.meta.url));
const present = existsSync(archive);
if (!present) console.warn("the W3C test suite is not there (../shared/w3c): its tests are skipped");

const versions: readonly XsdVersion[] = ["1.0", "1.1"];
const folder = present ? mkdtempSync(join(tmpdir(), "xsd-strata-w3c-")) : "";
const suites = new Map<XsdVersion, ReadonlyMap<string, readonly SuiteTest[]>>();

beforeAll(() => {
  if (!present) return;
  unpackSuite(archive, folder);
  for (const version of versions) {
    const tests = new Map<string, SuiteTest[]>();
    for (const each of readSuite(folder, version)) tests.set(each.id, [...(tests.get(each.id) ?? []), each]);
    suites.set(version, tests);
  }
}, 600_000);
afterAll(() => {
  if (present) rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!present)(
  "a third of the suite: no failure that is not known, no known failure that passes",
  async () => {
    const json = join(folder, "result.json");
    let output = "";
    const status = await new Promise((settle) => {
      const child = spawn(process.execPath, [
        ...["--import", "tsx", "conformance/main.ts", "--suite", folder],
        ...["--xsd", "1.0", "--third", "1", "--json", json],
      ]);
      child.stdout.on("data", (data: Buffer) => (output += data.toString()));
      child.stderr.on("data", (data: Buffer) => (output += data.toString()));
      child.on("exit", settle);
    });
    expect(output).not.toMatch(/NEW|REPAIRED/u);
    expect(status, output).toBe(0);
    const { summary } = JSON.parse(readFileSync(json, "utf8")) as ConformanceReport;
    // That many tests have run.
    expect(summary.schemaValid.total).toBeGreaterThan(2000);
    expect(summary.instanceValid.nist.total).toBeGreaterThan(3000);
  },
  900_000,
);

test.skipIf(!present).each(versions)(
  "what is disputed is marked so by the suite, or is in syntax of the other version (%s)",
  (version) => {
    const marks = /^(?:queried|disputed-test|disputed-spec)$/u;
    const tests = suites.get(version);
    const unfounded = [...disputedTests(version).keys()].filter((id) => {
      const [found] = tests?.get(id) ?? [];
      if (found === undefined) return version === "1.0";
      return !marks.test(found.status) && !isOfOtherVersion(found);
    });
    expect(unfounded).toEqual([]);
    // And everything that the suite marks is listed: none is chosen by its outcome.
    const marked = [...(tests?.values() ?? [])].flat().filter(({ status }) => marks.test(status));
    expect(marked.filter(({ id }) => !disputedTests(version).has(id)).map(({ id }) => id)).toEqual([]);
  },
);

/** The schema says something that only XSD 1.1 can: wildcards with exceptions, or its parts under vc: conditions. */
function isOfOtherVersion({ schemas }: SuiteTest): boolean {
  return schemas.some((path) =>
    /\bnot(?:QName|Namespace)=|\bvc:\w+=/u.test(readFileSync(join(folder, path), "utf8")),
  );
}

test.skipIf(!present).each(versions)(
  "known failures have reasons, and are tests that count (%s)",
  (version) => {
    const tests = suites.get(version);
    const disputed = disputedTests(version);
    for (const { id, reason } of knownFailures(version)) {
      expect(tests?.has(id), id).toBe(true);
      expect(disputed.has(id), id).toBe(false);
      expect(reason.length, id).toBeGreaterThan(30);
    }
  },
);

test.skipIf(!present)(
  "documents validated in the pass that reads them are judged alike, where descriptors know the schema",
  () => {
    const tests = [...(suites.get("1.0")?.values() ?? [])].flat();
    const sample = tests.filter(({ kind, set }) => kind === "instance" && set !== "nistMeta");
    const seen = judgeInOnePass(
      folder,
      sample.filter((_, at) => at % 11 === 5),
      { version: "1.0" },
    );
    expect(seen.filter(({ byModel }) => byModel).length).toBeGreaterThan(150);
    expect(seen.filter(({ byModel }) => !byModel).length).toBeGreaterThan(80);
    const different = seen.filter(({ byModel, inOnePass }) => byModel !== inOnePass);
    expect(different.filter(({ unknown }) => unknown === undefined)).toEqual([]);
    expect(different.length / seen.length).toBeLessThan(0.03);
  },
  300_000,
);

test.skipIf(!present)(
  "where libxml2 judges otherwise, the cause is known",
  () => {
    const known = new Map(knownCauses().flatMap(({ tests, cause }) => tests.map((id) => [id, cause])));
    const found = differencesOf(folder, ({ set }) => set === "sunMeta" || set === "boeingMeta");
    expect(found.filter(({ kind, id }) => !known.has(`${kind} ${id}`))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  },
  300_000,
);

test("each cause of a difference from libxml2 has its clause", () => {
  const all = knownCauses().flatMap(({ tests }) => tests);
  expect(new Set(all).size).toBe(all.length);
  for (const { cause, clause } of knownCauses()) {
    expect(cause.length).toBeGreaterThan(30);
    expect(clause).not.toBe("");
  }
});
