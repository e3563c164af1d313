import { expect, test } from "vitest";
import { issuesOf, modelOf, schema } from "./read.js";

const content = (model: string, rest = ""): string =>
  schema(`<xs:element name="r"><xs:complexType>${model}</xs:complexType></xs:element>${rest}`);

/** What XSD 1.1 adds to validation: schema, document, codes. */
test.each<readonly [name: string, xsd: string, xml: string, codes: readonly string[]]>([
  [
    "##defined keeps out what is declared",
    content(
      '<xs:sequence><xs:any notQName="##defined" processContents="lax" maxOccurs="unbounded"/></xs:sequence>',
      '<xs:element name="known"/>',
    ),
    "<r><unknown/><known/></r>",
    ["unexpected-element"],
  ],
  [
    "##definedSibling keeps out what stands beside",
    content(
      '<xs:sequence><xs:element name="a"/><xs:any notQName="##definedSibling" processContents="lax" maxOccurs="unbounded"/></xs:sequence>',
      '<xs:element name="known" type="xs:int"/>',
    ),
    "<r><a/><known>1</known><a/></r>",
    ["unexpected-element"],
  ],
  [
    "##definedSibling keeps out substitutes of a sibling",
    content(
      '<xs:sequence><xs:element ref="h"/><xs:any notQName="##definedSibling" processContents="lax" minOccurs="0"/></xs:sequence>',
      '<xs:element name="h" type="xs:int"/><xs:element name="s" type="xs:int" substitutionGroup="h"/>',
    ),
    "<r><h>1</h><s>1</s></r>",
    ["unexpected-element"],
  ],
  [
    "a sibling that an extension adds counts, whatever the base has",
    `${schema(`<xs:complexType name="B"><xs:sequence><xs:any notQName="##definedSibling" processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
      <xs:element name="b" type="B"/>
      <xs:element name="r"><xs:complexType><xs:complexContent><xs:extension base="B"><xs:sequence><xs:element name="x" minOccurs="0"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:element>`)}`,
    "<r><y/><x/><x/></r>",
    ["unexpected-element"],
  ],
  [
    "names may be given beside keywords",
    content(
      '<xs:sequence><xs:any notQName="no ##defined" processContents="skip" maxOccurs="unbounded"/></xs:sequence>',
    ),
    "<r><yes/><no/></r>",
    ["unexpected-element"],
  ],
  [
    "##defined attributes",
    content('<xs:anyAttribute notQName="##defined" processContents="skip"/>', '<xs:attribute name="known"/>'),
    '<r unknown="1" known="2"/>',
    ["unexpected-attribute"],
  ],
  [
    "open content obeys its exceptions",
    content(
      '<xs:openContent mode="interleave"><xs:any notQName="no" processContents="skip"/></xs:openContent><xs:sequence><xs:element name="a"/></xs:sequence>',
    ),
    "<r><x/><a/><no/></r>",
    ["unexpected-element"],
  ],
  [
    "open content as a suffix",
    content(
      '<xs:openContent mode="suffix"><xs:any processContents="skip"/></xs:openContent><xs:sequence><xs:element name="a" maxOccurs="2"/></xs:sequence>',
    ),
    "<r><a/><x/><a/></r>",
    [],
  ],
  [
    "what a wildcard takes must have the type that its name has beside it",
    content(
      '<xs:sequence><xs:element name="a" type="xs:int"/><xs:any processContents="lax" maxOccurs="unbounded"/></xs:sequence>',
      '<xs:element name="a" type="xs:date"/><xs:element name="b" type="xs:date"/>',
    ),
    "<r><a>1</a><b>2020-01-01</b><a>2020-01-01</a></r>",
    ["inconsistent-type"],
  ],
  [
    "so must what xsi:type says it is, and what a base type has for the name",
    `${schema(`<xs:complexType name="B"><xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:any processContents="lax"/></xs:sequence></xs:complexType>
      <xs:element name="a" type="xs:date"/>
      <xs:element name="r"><xs:complexType><xs:complexContent><xs:restriction base="B"><xs:sequence><xs:any processContents="lax"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType></xs:element>
      <xs:element name="s" type="B"/>`)}`,
    "<r><a>2020-01-01</a></r>",
    ["inconsistent-type"],
  ],
  [
    "a type that attributes choose, after the whole of xsi:type",
    schema(`<xs:complexType name="B"><xs:attribute name="k"/></xs:complexType>
      <xs:complexType name="C"><xs:complexContent><xs:extension base="B"><xs:attribute name="c" use="required"/></xs:extension></xs:complexContent></xs:complexType>
      <xs:complexType name="D"><xs:complexContent><xs:extension base="B"><xs:attribute name="d"/></xs:extension></xs:complexContent></xs:complexType>
      <xs:element name="e" type="B"><xs:alternative test="@k = 'c'" type="C"/><xs:alternative test="@k = 'x'" type="xs:error"/></xs:element>
      <xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="e" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>`),
    `<r xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e/><e k="c" c="1"/><e k="d" i:type="D" d="1"/><e k="c"/><e k="c" i:type="D"/><e k="x"/></r>`,
    ["missing-attribute", "underived-type", "missing-attribute", "forbidden-element"],
  ],
  [
    "an element may have several IDs",
    content('<xs:attribute name="i" type="xs:ID"/><xs:attribute name="j" type="xs:ID"/>'),
    '<r i="a" j="b"/>',
    [],
  ],
  [
    "an ID element names its parent, which may bear the same ID",
    content(
      '<xs:sequence><xs:element name="id" type="xs:ID" maxOccurs="2"/></xs:sequence><xs:attribute name="i" type="xs:ID"/>',
    ),
    '<r i="a"><id>a</id><id>a</id></r>',
    [],
  ],
  [
    "xsi attributes may be required",
    content(
      '<xs:attribute ref="xsi:type" use="required" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
    ).replace("<xs:element", '<xs:import namespace="http://www.w3.org/2001/XMLSchema-instance"/><xs:element'),
    "<r/>",
    ["missing-attribute"],
  ],
])("%s", (_, xsd, xml, codes) => {
  expect(issuesOf(modelOf({ "s.xsd": xsd }), xml, { version: "1.1" }).map(({ code }) => code)).toEqual(codes);
});

test("in XSD 1.0 an ID stands once", () => {
  const model = modelOf({
    "s.xsd": content('<xs:sequence><xs:element name="id" type="xs:ID" maxOccurs="2"/></xs:sequence>'),
  });
  expect(issuesOf(model, "<r><id>a</id><id>a</id></r>").map(({ code }) => code)).toEqual(["repeated-id"]);
});
