import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { indentXml } from "../../generator/cli/indent.js";
import { strata } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "strata-sample-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["examples/order", "purchaseOrder", ["--full", "--seed", "3"]],
  ["examples/order", "order:Price", []],
  ["latest", "getUser", ["--full"]],
  ["latest", "use:getUserResponse", []],
  ["latest", "serv:message", ["--seed", "3"]],
] as const)(
  "sample %s %s %j is valid for validate",
  async (schema, component, flags) => {
    const { stdout, stderr, status } = await strata(["sample", schema, component, ...flags]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<[^>]+>/u);
    const again = await strata(["validate", schema, "-"], { input: stdout });
    expect(again).toMatchObject({ stdout: "1 document valid\n", status: 0 });
  },
  60_000,
);

test("JSON, seeds, and the same every time", async () => {
  const json = async (...more: readonly string[]) => {
    const { stdout, status } = await strata([
      "sample",
      "examples/order",
      "purchaseOrder",
      "--format",
      "json",
      ...more,
    ]);
    expect(status).toBe(0);
    return stdout;
  };
  const [first, second, other, full] = await Promise.all([
    json(),
    json(),
    json("--seed", "2"),
    json("--full"),
  ]);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(Object.keys(JSON.parse(full) as object).length).toBeGreaterThan(
    Object.keys(JSON.parse(first) as object).length,
  );
}, 60_000);

test("mistakes are told with a way out", async () => {
  const file = join(folder, "s.xsd");
  writeFileSync(
    file,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="item" abstract="true"/><xs:element name="book" substitutionGroup="item" type="xs:string"/>
      <xs:complexType name="loop"><xs:sequence><xs:element name="again" type="loop"/></xs:sequence></xs:complexType>
      <xs:complexType name="none" abstract="true"/>
      <xs:simpleType name="impossible"><xs:restriction base="xs:string"><xs:pattern value="a+"/><xs:length value="3"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="hard"><xs:restriction base="impossible"><xs:pattern value="b+"/></xs:restriction></xs:simpleType>
    </xs:schema>`,
  );
  const run = (...args: readonly string[]) => strata(["sample", file, ...args]);
  expect(await run("boook")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('did you mean "book"?') as string,
  });
  expect(await run("item")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("may stand for it: book") as string,
  });
  expect(await run("loop")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("has no end") as string,
  });
  expect(await run("none")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("abstract") as string,
  });
  expect(await run("impossible")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(">aaa<") as string,
  });
  expect(await run("hard")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("a match of") as string,
  });
  expect(await run("book", "--seed", "x")).toMatchObject({ status: 2 });
}, 60_000);

test("white space goes only where there is no text", () => {
  expect(indentXml("<?xml?>\n<a><b></b><c>x<d></d>y</c><e><f>1</f></e><g/></a>")).toBe(
    "<?xml?>\n<a>\n  <b></b>\n  <c>x<d></d>y</c>\n  <e>\n    <f>1</f>\n  </e>\n  <g/>\n</a>\n",
  );
});
