/** Mutated documents: our verdict is that of an independent parser, and nothing crashes, hangs or pollutes. */
import { ParseOption, XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import { parse, randomFrom, read, schema } from "./reading.js";

const documents = [
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- c -->\n<s:schema xmlns:s="urn:s" n="u">\n <s:e n="a"><s:d>x &amp; y<![CDATA[<b>]]></s:d></s:e>\n <?pi data?>\n <s:c n=\'c\'/>\n</s:schema>\n',
  '<!DOCTYPE a [<!ENTITY e "text"><!ENTITY f "<b/>"><!ENTITY % p "<!ENTITY g \'q\'>"> %p;\n<!ELEMENT a (b|c)*><!ATTLIST a x CDATA "1" y (p|q) \'p\' z NMTOKENS #IMPLIED><!NOTATION n PUBLIC "x">\n<!-- c --><?pi x?>]><a z=" a  b "><b>&e;</b>&f;&g;&#65;&#x42;</a>',
  "<!DOCTYPE a [<!ENTITY e \"&#13;<b>&#38;#60;</b>&#13;\">]>\r\n<a>x\r&e;\n<c/>\r<?p?>\n<constructor __proto__='1'/>&e;\r\n</a>",
  '<a xmlns="urn:u" xmlns:p="urn:v" p:x="1" x="2"><p:b xmlns:p="urn:w" p:y=\'"\'/><c xmlns="">]]&gt;</c></a>',
];
const fragments = (
  "< > & ' \" / = ! ? -- ]]> <!-- --> <![CDATA[ <? ?> &amp; &#0; &#65; &x; xmlns xml : a é \u{10000} · <a> </a> <b/> xmlns:q='urn:u' q:x='1' " +
  "% %p; ( | ) * # SYSTEM [ ] <!ENTITY 1 . - __proto__ constructor"
)
  .split(" ")
  .concat(" ", "\n", "\r", "\r\n", "\t", "\u0001", "\ufffe");

function mutate(text: string, { next, pick }: ReturnType<typeof randomFrom>): string {
  let result = text;
  for (let count = 1 + next(3); count > 0; count--) {
    const at = next(result.length + 1);
    const rest = result.slice(at);
    switch (next(5)) {
      case 0:
        result = result.slice(0, at) + pick(fragments) + rest;
        break;
      case 1:
        result = result.slice(0, at) + rest.slice(1 + next(4));
        break;
      case 2:
        result = result.slice(0, at) + pick(fragments) + rest.slice(1);
        break;
      case 3:
        result = next(4) === 0 ? result.slice(0, at) : result;
        break;
      default: {
        const from = next(result.length);
        result = result.slice(0, at) + result.slice(from, from + next(20)) + rest;
      }
    }
  }
  return result;
}

/** Why the independent parser refuses a document; undefined when it does not. */
function refusal(text: string): string | undefined {
  const option = ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;
  try {
    XmlDocument.fromString(text, { option }).dispose();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Where we are stricter, with the clause that makes us so. */
const stricter: readonly (readonly [finding: RegExp, why: string])[] = [
  [
    /is not declared/u,
    "an undeclared entity is an error to us even where clause 4.1 lets it be, after a parameter entity",
  ],
  [
    /must not be used inside a declaration/u,
    "clause 2.8, PEs in Internal Subset; seen only where the entity is used",
  ],
  [/is not a version of XML/u, "production 26"],
  [/is not allowed in XML/u, "clause 2.2, Char, in the value of an entity that is not used"],
  [
    /is not a character that XML allows/u,
    "clause 4.1, Legal Character, in the value of an entity that is not used",
  ],
];
/** What the independent parser says of documents that are well-formed. */
const lenient: readonly RegExp[] = [
  // A namespace name that is no URI is no error of well-formedness (Namespaces 2.2).
  /is not a valid URI|is not absolute/u,
  // We were given text, not bytes.
  /encoding/iu,
];

test.each([11, 12, 13])("the verdict on mutated documents is that of libxml2 (seed %i)", (seed) => {
  const random = randomFrom(seed);
  const differences: string[] = [];
  for (let round = 0; round < 3_000; round++) {
    const text = mutate(random.pick(documents), random);
    const { root, diagnostics } = parse(text);
    const ours = diagnostics.find(({ severity }) => severity === "error")?.message;
    expect(root === undefined, text).toBe(ours !== undefined);
    const theirs = refusal(text);
    if ((ours === undefined) === (theirs === undefined)) continue;
    if (ours !== undefined && stricter.some(([finding]) => finding.test(ours))) continue;
    if (theirs !== undefined && lenient.some((reason) => reason.test(theirs))) continue;
    differences.push(`${JSON.stringify(text)}\n  ours: ${ours ?? "fine"}\n  theirs: ${theirs ?? "fine"}`);
  }
  expect(differences, `seed ${String(seed)}`).toEqual([]);
});

const construct = schema(
  `<!-- c --><xs:include schemaLocation="a.xsd"/><xs:import namespace="urn:x"/>
  <xs:redefine schemaLocation="r.xsd"><xs:simpleType name="r"><xs:restriction base="t:r"><xs:maxLength value="1"/></xs:restriction></xs:simpleType></xs:redefine>
  <xs:annotation><xs:documentation xml:lang="en">x <b>y</b></xs:documentation><xs:appinfo source="u"><x y="1"/></xs:appinfo></xs:annotation>
  <xs:notation name="n" public="p"/><xs:attribute name="a" type="xs:string" default="1"/>
  <xs:element name="e" substitutionGroup="t:h" nillable="true" block="#all" final="extension"><xs:complexType mixed="true">
    <xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element ref="t:f" maxOccurs="3"/><xs:choice><xs:any namespace="##other" processContents="lax"/><xs:group ref="t:g"/></xs:choice></xs:sequence>
    <xs:attribute name="b" use="required"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:attribute><xs:attributeGroup ref="t:ag"/><xs:anyAttribute/></xs:complexType>
    <xs:key name="k"><xs:selector xpath=".//t:f | t:g"/><xs:field xpath="@b"/></xs:key></xs:element>
  <xs:complexType name="c"><xs:simpleContent><xs:restriction base="t:d"><xs:enumeration value="1"/><xs:assert test="true()"/></xs:restriction></xs:simpleContent></xs:complexType>
  <xs:simpleType name="u"><xs:union memberTypes="xs:int t:r"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a|b"/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>
  <xs:group name="g"><xs:all><xs:element name="x"/></xs:all></xs:group><xs:attributeGroup name="ag"><xs:attribute ref="t:a"/></xs:attributeGroup>`,
);
const words = (construct.match(/[\w:#]+/gu)?.filter((word) => word.length > 1) ?? []).concat(
  "__proto__",
  "constructor",
  "-1",
  "99999999999999999999",
  "",
  "xs:nothing",
  "q:x",
);

test.each([21, 22, 23])("a mutated schema is read or refused, never more (seed %i)", (seed) => {
  const { next, pick } = randomFrom(seed);
  let read_ = 0;
  for (let round = 0; round < 800; round++) {
    // Words are replaced by other words, so that most mutants are well-formed and reach the reader.
    let text = construct;
    for (let count = 1 + next(3); count > 0; count--) {
      const places = [...text.matchAll(/[\w:#]+/gu)];
      const place = pick(places);
      text = text.slice(0, place.index) + pick(words) + text.slice(place.index + place[0].length);
    }
    if (next(3) === 0) text = mutate(text, { next, pick });
    const { document, diagnostics } = read(text, pick([{}, { version: "1.0" }, { version: "1.1" }] as const));
    if (document !== undefined) read_++;
    else
      expect(
        diagnostics.some(({ severity }) => severity === "error"),
        text,
      ).toBe(true);
    for (const { at } of diagnostics) {
      expect(at, text).toBeDefined();
      expect(at !== undefined && at.start >= 0 && at.start <= at.end && at.end <= text.length, text).toBe(
        true,
      );
    }
  }
  expect(read_).toBeGreaterThan(100);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("a schema that is cut off anywhere is refused with a place", () => {
  for (let end = 0; end < construct.length; end += 7) {
    const { document, findings } = read(construct.slice(0, end));
    expect(document).toBeUndefined();
    expect(findings.length).toBeGreaterThan(0);
  }
});
