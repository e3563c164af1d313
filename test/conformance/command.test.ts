import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportOf } from "../../conformance/summary.js";
import type { SuiteTest } from "../../conformance/suite.js";

const ns =
  'xmlns="http://www.w3.org/XML/2004/xml-schema-test-suite/" xmlns:xlink="http://www.w3.org/1999/xlink"';
const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';

/** A suite of two groups: what is said of `wrong` is not so. */
const suite: Readonly<Record<string, string>> = {
  "suite.xml": `<testSuite ${ns}><testSetRef xlink:href="meta/own.testSet"/></testSuite>`,
  "meta/own.testSet": `<testSet ${ns} name="own">
    <testGroup name="right">
      <schemaTest name="right"><schemaDocument xlink:href="../data/right.xsd"/><expected validity="valid"/><current status="accepted"/></schemaTest>
      <instanceTest name="v"><instanceDocument xlink:href="../data/v.xml"/><expected validity="valid"/></instanceTest>
      <instanceTest name="i"><instanceDocument xlink:href="../data/i.xml"/><expected validity="invalid"/></instanceTest>
      <instanceTest name="only11" version="1.1"><instanceDocument xlink:href="../data/i.xml"/><expected validity="valid"/></instanceTest>
    </testGroup>
    <testGroup name="broken">
      <schemaTest name="broken"><schemaDocument xlink:href="../data/broken.xsd"/><expected validity="invalid"/></schemaTest>
    </testGroup>
    <testGroup name="wrong">
      <schemaTest name="wrong"><schemaDocument xlink:href="../data/right.xsd"/><expected version="1.1" validity="valid"/><expected version="1.0" validity="invalid"/></schemaTest>
      <instanceTest name="i"><instanceDocument xlink:href="../data/i.xml"/><expected validity="valid"/></instanceTest>
    </testGroup>
  </testSet>`,
  "data/right.xsd": `<xs:schema ${xs}><xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="p" type="xs:int"/><xs:element name="q"/></xs:choice></xs:complexType></xs:element></xs:schema>`,
  "data/broken.xsd": `<xs:schema ${xs}><xs:element name="r" type="nowhere"/></xs:schema>`,
  "data/v.xml": "<r><p>1</p><q/><p>2</p></r>",
  "data/i.xml": "<r><p>one</p></r>",
};

const root = mkdtempSync(join(tmpdir(), "xsd-strata-suite-"));
beforeAll(() => {
  for (const [path, text] of Object.entries(suite)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

function run(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "conformance/main.ts", "--suite", root, "--workers", "1", ...args],
    { encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

test("the command counts, names what is new, and fails because of it", () => {
  const json = join(root, "result.json");
  const { status, output } = run("--json", json);
  expect(status).toBe(1);
  const nist = { pass: 0, total: 0 };
  expect(JSON.parse(readFileSync(json, "utf8"))).toEqual({
    xsd: "1.0",
    summary: {
      schemaValid: { pass: 1, total: 1, disputed: 0, nist },
      schemaInvalid: { pass: 1, total: 2, disputed: 0, nist },
      instanceValid: { pass: 1, total: 2, disputed: 0, nist },
      instanceInvalid: { pass: 1, total: 1, disputed: 0, nist },
    },
    failures: [
      { id: "own/wrong/wrong", kind: "schemaInvalid", reason: "accepted" },
      {
        id: "own/wrong/i",
        kind: "instanceValid",
        reason: expect.stringContaining("invalid-value") as string,
      },
    ],
  });
  expect(output).toContain("NEW schemaInvalid own/wrong/wrong: accepted");
});

test("the other version has other tests and other outcomes", () => {
  const json = join(root, "result11.json");
  run("--xsd", "1.1", "--json", json);
  const { summary } = JSON.parse(readFileSync(json, "utf8")) as {
    summary: Record<string, { pass: number; total: number }>;
  };
  expect(summary["schemaValid"]).toMatchObject({ pass: 2, total: 2 });
  expect(summary["instanceValid"]).toMatchObject({ pass: 1, total: 3 });
});

test.each([
  [["--set", "meta"], 3],
  [["--set", "own"], 3],
  [["--only", "right"], 2],
  [["--set", "other"], 0],
])("%j runs a part", (args, total) => {
  const { output } = run(...args, "--kind", "instance");
  const totals = [...output.matchAll(/documents: .*\(\d+ of (\d+)\), NIST/gu)].map(([, n]) => Number(n));
  expect(totals.reduce((a, b) => a + b, 0)).toBe(total);
});

test.each([[["--xsd", "2.0"]], [["--unresolved", "maybe"]], [["--third", "4"]]])(
  "%j is a mistake",
  (args) => {
    const { status, output } = run(...args);
    expect(status).toBe(2);
    expect(output).toContain("usage:");
  },
);

test("a known failure is not new, and one that passes is to be taken off the list", () => {
  const one = (id: string, validity: string): SuiteTest => ({
    id,
    set: "meta",
    group: "g",
    kind: "instance",
    validity,
    status: "accepted",
    schemas: [],
  });
  const known = [
    { id: "a", kind: "instanceValid", reason: "" },
    { id: "b", kind: "instanceInvalid", reason: "" },
    { id: "not run", kind: "instanceValid", reason: "" },
  ] as const;
  const report = reportOf(
    "1.0",
    [
      { test: one("a", "valid"), failure: "lost" },
      { test: one("b", "invalid") },
      { test: one("c", "valid"), failure: "x" },
    ],
    known,
  );
  expect(report.unexpected.map(({ id }) => id)).toEqual(["c"]);
  expect(report.repaired).toEqual(["instanceInvalid b"]);
});
