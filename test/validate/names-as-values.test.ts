import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { emitInputOf } from "../../conformance/emission.js";
import { createReport } from "../../generator/diagnostics.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { readDocuments } from "../../generator/schema/bundle.js";
import { decode } from "../../templates/runtime/decode.js";
import { encode } from "../../templates/runtime/encode.js";
import { issuesOf, modelOf } from "./read.js";

const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:p" xmlns:t="urn:t"
  targetNamespace="urn:t" elementFormDefault="qualified">
  <xs:notation name="png" public="image/png"/>
  <xs:notation name="gif" public="image/gif"/>
  <xs:simpleType name="Colour"><xs:restriction base="xs:QName">
    <xs:enumeration value="p:red"/><xs:enumeration value="p:green"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Format"><xs:restriction base="xs:NOTATION">
    <xs:enumeration value="t:png"/><xs:enumeration value="t:gif"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Colours"><xs:list itemType="t:Colour"/></xs:simpleType>
  <xs:simpleType name="NameOrText"><xs:union memberTypes="xs:int xs:QName"/></xs:simpleType>
  <xs:element name="r"><xs:complexType><xs:sequence>
    <xs:element name="fixed" type="xs:QName" fixed="p:one" minOccurs="0"/>
    <xs:element name="preset" type="t:Colour" default="p:red" minOccurs="0"/>
    <xs:element name="list" type="t:Colours" fixed="p:red p:green" minOccurs="0"/>
    <xs:element name="union" type="t:NameOrText" fixed="p:x" minOccurs="0"/>
    <xs:element name="number" type="t:NameOrText" fixed="007" minOccurs="0"/>
    <xs:element name="format" type="t:Format" fixed="t:png" minOccurs="0"/>
    <xs:element ref="t:global" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="own" type="xs:QName" fixed="p:one"/>
  <xs:attribute ref="t:shared"/>
  </xs:complexType></xs:element>
  <xs:element name="global" type="xs:QName" fixed="t:g"/>
  <xs:attribute name="shared" type="t:Format" fixed="t:gif"/>
</xs:schema>`;

const valid = [
  '<r xmlns="urn:t" xmlns:x="urn:p"><fixed>x:one</fixed></r>',
  '<r xmlns="urn:t" xmlns:x="urn:p"><fixed/></r>',
  '<r xmlns="urn:t"><fixed xmlns:t="urn:p">t:one</fixed></r>',
  '<r xmlns="urn:t"><preset/></r>',
  '<r xmlns="urn:t" xmlns:c="urn:p"><preset>c:green</preset></r>',
  '<r xmlns="urn:t" xmlns:c="urn:p" xmlns:d="urn:p"><list>c:red d:green</list></r>',
  '<r xmlns="urn:t" xmlns:c="urn:p"><union>c:x</union></r>',
  '<r xmlns="urn:t"><union/></r>',
  '<r xmlns="urn:t"><number>7</number></r>',
  '<r xmlns="urn:t"><format>png</format></r>',
  '<r xmlns="urn:t" xmlns:c="urn:t"><format>c:png</format></r>',
  '<r xmlns="urn:t" xmlns:c="urn:t"><global>c:g</global></r>',
  '<r xmlns="urn:t" xmlns:c="urn:p" own="c:one"/>',
  '<r xmlns="urn:t" xmlns:t="urn:t" t:shared="gif"/>',
];

const invalid: readonly (readonly [xml: string, code: string])[] = [
  ['<r xmlns="urn:t" xmlns:p="urn:other"><fixed>p:one</fixed></r>', "not-the-fixed-value"],
  ['<r xmlns="urn:t"><fixed>p:one</fixed></r>', "invalid-value"],
  ['<r xmlns="urn:t"><fixed>{urn:p}one</fixed></r>', "invalid-value"],
  ['<r xmlns="urn:t" xmlns:p="urn:other"><preset>p:red</preset></r>', "invalid-value"],
  ['<r xmlns="urn:t"><preset>{urn:p}red</preset></r>', "invalid-value"],
  ['<r xmlns="urn:t" xmlns:p="urn:other"><union>p:x</union></r>', "not-the-fixed-value"],
  ['<r xmlns="urn:t" xmlns:c="urn:p"><list>c:green c:red</list></r>', "not-the-fixed-value"],
  ['<r xmlns="urn:t" xmlns:t="urn:other"><format>t:png</format></r>', "invalid-value"],
  ['<r xmlns="urn:t"><format>gif</format></r>', "not-the-fixed-value"],
  ['<r xmlns="urn:t" xmlns:t="urn:other"><global>t:g</global></r>', "not-the-fixed-value"],
  ['<r xmlns="urn:t" own="one"/>', "not-the-fixed-value"],
  ['<r xmlns="urn:t" xmlns:t="urn:t" t:shared="png"/>', "not-the-fixed-value"],
];

const model = modelOf({ "s.xsd": xsd });

test.each(valid)("the names mean what the schema's mean: %s", (xml) => {
  expect(issuesOf(model, xml)).toEqual([]);
});

test.each(invalid)("a name of another namespace is another value: %s", (xml, code) => {
  expect(issuesOf(model, xml).map((one) => one.code)).toEqual([code]);
});

test("the model holds names of defaults and fixed values as {namespace}local", () => {
  const type =
    model.types["{urn:t}element::r"] ?? Object.values(model.types).find(({ owner }) => owner?.local === "r");
  if (type?.kind !== "complex" || type.content.kind !== "elements") throw new Error("no content");
  const particle = type.content.particle;
  if (particle === undefined || particle.kind !== "sequence") throw new Error("no sequence");
  const presets = particle.particles.map((one) =>
    one.kind === "element" ? [one.name.local, one.fixed ?? one.default] : [],
  );
  expect(presets).toEqual([
    ["fixed", "{urn:p}one"],
    ["preset", "{urn:p}red"],
    ["list", "{urn:p}red {urn:p}green"],
    ["union", "{urn:p}x"],
    ["number", "007"],
    ["format", "{urn:t}png"],
    ["global", "{urn:t}g"],
  ]);
  expect(type.attributes.map(({ name, fixed }) => [name.local, fixed])).toEqual([
    ["own", "{urn:p}one"],
    ["shared", "{urn:t}gif"],
  ]);
  expect(JSON.stringify(model)).not.toContain('"prefixes":{');
});

test("an empty element is read as the name that the schema gives, and written so that it validates", () => {
  const live = liveDescriptors(emitInputOf(model, ""));
  const root = live.element("{urn:t}r");
  const value = decode(root, '<r xmlns="urn:t"><preset/><list/><union/><number/><format/></r>') as Record<
    string,
    unknown
  >;
  expect(value).toMatchObject({
    preset: "{urn:p}red",
    list: ["{urn:p}red", "{urn:p}green"],
    union: "{urn:p}x",
    number: 7,
    format: "{urn:t}png",
  });
  expect(issuesOf(model, encode(root, value))).toEqual([]);
});

test.each([
  ['<xs:element name="e" type="xs:QName" default="nowhere:a"/>', "invalid-value-constraint"],
  ['<xs:attribute name="a" type="xs:QName" fixed="{urn:p}a"/>', "invalid-value-constraint"],
])("a prefix that is not declared is an error of the schema: %s", (declaration, code) => {
  const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${declaration}</xs:schema>`;
  const report = createReport();
  const bundle = {
    release: "t",
    location: "t",
    files: [{ path: "s.xsd", text, digest: text }],
    roots: ["s.xsd"],
    resolveLocation: () => undefined,
  };
  resolveModel("t", readDocuments(bundle, report), bundle, report);
  expect(report.diagnostics.map((one) => one.code)).toEqual([code]);
});

test("a schema that its own names make restrictive may be restricted under other prefixes", () => {
  const restriction = (name: string, prefix: string, uri: string): string =>
    `<xs:complexType name="${name}" xmlns:${prefix}="${uri}"><xs:complexContent><xs:restriction base="Base">
      <xs:attribute name="a" type="xs:QName" fixed="${prefix}:v"/></xs:restriction></xs:complexContent></xs:complexType>`;
  const around = (content: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="Base" xmlns:b="urn:b">
      <xs:attribute name="a" type="xs:QName" fixed="b:v"/></xs:complexType>${content}</xs:schema>`;
  expect(() => modelOf({ "s.xsd": around(restriction("Same", "q", "urn:b")) })).not.toThrow();
  expect(() => modelOf({ "s.xsd": around(restriction("Other", "b", "urn:q")) })).toThrow(/fixed/u);
});

test("libxml2 agrees on enumerations of names", () => {
  using schema = XmlDocument.fromString(xsd);
  using validator = XsdValidator.fromDoc(schema);
  const accepts = (xml: string): boolean => {
    using document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
      return true;
    } catch {
      return false;
    }
  };
  expect(accepts('<r xmlns="urn:t" xmlns:c="urn:p"><preset>c:green</preset></r>')).toBe(true);
  expect(accepts('<r xmlns="urn:t" xmlns:p="urn:other"><preset>p:red</preset></r>')).toBe(false);
});
