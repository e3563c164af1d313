import { expect, test } from "vitest";
import { createReport, type Span } from "../../generator/diagnostics.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";

/** Reads a bundle from texts; gives the ids of its types, where its documents stand, and what was found. */
async function read(texts: Readonly<Record<string, string>>, entries: readonly string[] = []) {
  const report = createReport();
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const bundle = await loadBundle({ path: "memory", files, entries }, report);
  const documents = bundle === undefined ? [] : readDocuments(bundle, report);
  const model = bundle && resolveModel("1", documents, bundle, report);
  const show = ({ file, start, end }: Span): string =>
    `${file} ${(report.textOf(file) ?? "").slice(start, end)}`;
  return {
    files: documents.map(({ file }) => file),
    types: Object.values(model?.types ?? {}).flatMap(({ name }) => name?.local ?? []),
    elements: Object.values(model?.elements ?? {})
      .map(({ name }) => name.local)
      .sort(),
    spans: Object.values(model?.elements ?? {}).map(({ span }) => show(span)),
    findings: report.diagnostics.map(({ code, at }) => (at === undefined ? code : `${code} ${show(at)}`)),
    textOf: (file: string) => report.textOf(file),
  };
}

const wsdl = (types: string, before = ""): string =>
  `<?xml version="1.0"?>
<!-- a <definitions> of messages -->
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a" xmlns:b="urn:b">${before}
<w:types>
${types}
</w:types><w:message name="m"><w:part name="p" element="a:e"/></w:message></w:definitions>`;

const second = `<s:schema targetNamespace="urn:b"><s:simpleType name="T"><s:restriction base="s:token"/></s:simpleType></s:schema>`;

test("schemas of a WSDL document see each other by namespace, and the prefixes around them", async () => {
  const text = wsdl(
    `<s:schema targetNamespace="urn:a"><s:import namespace="urn:b"/><s:element name="e" type="b:T"/></s:schema>
${second}
<s:schema targetNamespace="urn:b"><s:simpleType name="U"><s:restriction base="b:T"/></s:simpleType></s:schema>`,
  );
  const { files, types, elements, spans, findings, textOf } = await read({ "in/a.wsdl": text });
  expect(findings).toEqual([]);
  expect(files).toEqual(["in/a.wsdl#1", "in/a.wsdl#2", "in/a.wsdl#3"]);
  expect(types).toEqual(["T", "U"]);
  expect(elements).toEqual(["e"]);
  expect(spans).toEqual(['in/a.wsdl <s:element name="e" type="b:T"/>']);
  expect(textOf("in/a.wsdl")).toBe(text);
});

test("mistakes are shown where they stand in the document", async () => {
  const wrong = `<s:schema targetNamespace="urn:a"><s:import namespace="urn:b"/>\n<s:element name="e" type="b:Tt"/></s:schema>`;
  expect((await read({ "a.wsdl": wsdl(`${wrong}${second}`) })).findings).toEqual([
    "unknown-type-reference a.wsdl b:Tt",
  ]);
  expect((await read({ "a.wsdl": wsdl(second).replace("</s:schema>", "") })).findings).toEqual([
    "malformed-xml a.wsdl </w:types>",
  ]);
});

test("what a document imports or includes is found: schemas, other documents, each other", async () => {
  const first = wsdl(
    `<s:schema targetNamespace="urn:a"><s:include schemaLocation="in.xsd"/><s:element name="e" type="a:I"/></s:schema>`,
    '<w:import namespace="urn:b" location="b.wsdl"/>',
  );
  const other = `<description xmlns="http://www.w3.org/ns/wsdl"><import namespace="urn:a" location="a.wsdl"/><types><s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"><s:element name="f" type="s:int"/></s:schema></types></description>`;
  const included = `<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"><s:complexType name="I"/></s:schema>`;
  const texts = { "a.wsdl": first, "b.wsdl": other, "in.xsd": included };
  const { files, elements, findings } = await read(texts, ["a.wsdl"]);
  expect(findings).toEqual([]);
  expect(files).toEqual(["a.wsdl#1", "in.xsd", "b.wsdl#1"]);
  expect(elements).toEqual(["e", "f"]);
  // Beside schemas a document is read when it is named.
  const beside = await read(texts);
  expect(beside.files).toEqual(["in.xsd"]);
  expect(beside.findings).toEqual(["wsdl-not-read", "wsdl-not-read"]);
});

test.each([
  ["no schema in it", wsdl(""), ["no-schema-files"]],
  [
    "an import that leads nowhere",
    wsdl(second, '<w:import namespace="urn:c" location="c.wsdl"/>'),
    ['wsdl-import-without-file a.wsdl <w:import namespace="urn:c" location="c.wsdl"/>'],
  ],
  [
    "another language that has definitions",
    '<definitions xmlns="urn:bpmn" about="http://schemas.xmlsoap.org/wsdl/"/>',
    ['not-a-schema a.wsdl <definitions xmlns="urn:bpmn" about="http://schemas.xmlsoap.org/wsdl/"/>'],
  ],
])("%s is said", async (_, text, findings) => {
  expect((await read({ "a.wsdl": text })).findings).toEqual(findings);
});

test("a WSDL document that uses built-in types only has nothing to read, and that is said", async () => {
  const report = createReport();
  const files = new Map([["in/a.wsdl", new TextEncoder().encode(wsdl(""))]]);
  await loadBundle({ path: "memory", files }, report);
  expect(report.diagnostics).toMatchObject([
    {
      code: "no-schema-files",
      message: "in/a.wsdl: a WSDL document without a schema in wsdl:types has nothing to read",
    },
  ]);
});
