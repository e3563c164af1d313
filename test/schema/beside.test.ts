import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { readSchema } from "../../generator/read-schema.js";
import { pathSource } from "../../generator/source.js";
import { createFolder, xsd } from "../cli/run.js";

let folder: ReturnType<typeof createFolder>;

const XS = `xmlns:xs="http://www.w3.org/2001/XMLSchema"`;

beforeAll(() => {
  folder = createFolder({
    "type.xsd": xsd(`<xs:element name="a" type="t:T"/>`),
    "element.xsd": xsd(
      `<xs:complexType name="A"><xs:sequence><xs:element ref="t:e"/></xs:sequence></xs:complexType>`,
    ),
    "plain.xsd": xsd(`<xs:element name="a" type="t:Plain"/>`),
    "import.xsd": xsd(`<xs:element name="a" type="u:U" xmlns:u="urn:u"/>`),
    "typo.xsd": xsd(`<xs:element name="a" type="t:inner"/>`),
    "x-broken.xsd": `<xs:schema ${XS} targetNamespace="urn:t"><xs:complexType name="T">`,
    "y-declares.xsd": xsd(
      `<xs:complexType name="T"><xs:sequence><xs:element name="inner"/></xs:sequence></xs:complexType><xs:element name="e"/>`,
    ),
    "y-other.xsd": `<xs:schema ${XS} targetNamespace="urn:u"><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>`,
    "y-plain.xsd": `<xs:schema ${XS}><xs:complexType name="Plain"/></xs:schema>`,
  });
});

afterAll(() => {
  folder.remove();
});

test.each<[file: string, hint: string | undefined]>([
  [
    "type.xsd",
    `y-declares.xsd declares it and is not read: add <xs:include schemaLocation="y-declares.xsd"/>`,
  ],
  ["element.xsd", `add <xs:include schemaLocation="y-declares.xsd"/>`],
  ["plain.xsd", `add <xs:include schemaLocation="y-plain.xsd"/>`],
  ["import.xsd", `add <xs:import namespace="urn:u" schemaLocation="y-other.xsd"/>`],
  // A name within a type is none that others refer to.
  ["typo.xsd", undefined],
])("what a reference of %s meant lies beside it", async (file, hint) => {
  const report = createReport();
  expect(await readSchema(pathSource(join(folder.path, file)), report)).toBeUndefined();
  expect(report.diagnostics).toHaveLength(1);
  if (hint === undefined) expect(report.diagnostics[0]?.hint).toBeUndefined();
  else expect(report.diagnostics[0]?.hint).toContain(hint);
});

test("what is an entry is read", async () => {
  const report = createReport();
  const source = pathSource(folder.path, { entry: ["type.xsd", "y-declares.xsd"] });
  expect(await readSchema(source, report)).toBeDefined();
  expect(report.diagnostics).toEqual([]);
});
