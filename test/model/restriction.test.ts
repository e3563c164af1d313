/** Restriction of complex types: each rule at its edge, in both editions. */
import { expect, test } from "vitest";
import { complexType, resolveBody, sequence } from "./release.js";

const a = (more: string): string => `<xs:attribute name="a" ${more}/>`;
const any = (more = ""): string => `<xs:anyAttribute ${more}/>`;
const e = (more = 'type="xs:int"'): string => sequence(`<xs:element name="e" ${more}/>`);
const wild = (more = ""): string => sequence(`<xs:any ${more}/>`);
const [attribute, content] = [
  "attribute-not-a-restriction (derivation-ok-restriction.",
  "content-not-a-restriction (",
];
const inclusion = "cos-content-act-restrict";
const choose = (test: string, type: string): string =>
  sequence(
    `<xs:element name="e" type="xs:decimal"><xs:alternative test="${test}" type="xs:${type}"/></xs:element>`,
  );

test.each<[name: string, base: string, own: string, in10: readonly string[], in11?: readonly string[]]>([
  ["an attribute's type derives", a('type="xs:int"'), a('type="xs:short"'), []],
  ["an attribute's type does not derive", a('type="xs:int"'), a('type="xs:long"'), [`${attribute}2.1.2)`]],
  ["an attribute's type is a member of the union before", a('type="t:U"'), a('type="xs:int"'), []],
  [
    "an attribute keeps its value, written otherwise",
    a('type="xs:decimal" fixed="1"'),
    a('type="xs:decimal" fixed="1.0"'),
    [],
  ],
  ["an attribute has another value", a('fixed="1"'), a('fixed="1.0"'), [`${attribute}2.1.3)`]],
  ["an attribute loses its value", a('fixed="1"'), a('use="required"'), [`${attribute}2.1.3)`]],
  ["an attribute gets a value", a(""), a('fixed="1"'), []],
  ["an attribute of the wildcard", any('namespace="##local"'), a(""), []],
  ["an attribute that the wildcard does not admit", any('namespace="##other"'), a(""), [`${attribute}2.2)`]],
  ["a wildcard for less", any(), any('namespace="##local"'), []],
  ["a wildcard for more", any('namespace="##local"'), any(), [`${attribute}4.2)`]],
  ["a stricter wildcard", any('processContents="lax"'), any(), []],
  ["a laxer wildcard", any(), any('processContents="lax"'), [`${attribute}4.3)`]],
  ["no wildcard", any(), "", []],
  ["an attribute that may be absent, no more", a(""), a('use="prohibited"'), []],
  ["nothing, where nothing is required", e('type="xs:int" minOccurs="0"'), "", []],
  ["nothing, where an element is required", e(), "", [`${content}derivation-ok-restriction.5.3.2)`]],
  ["an element, where none may be", "", e(), [`${content}derivation-ok-restriction.5.4)`]],
  ["an element of a derived type", e(), e('type="xs:short"'), []],
  [
    "an element of another type",
    e(),
    e('type="xs:string"'),
    [`${content}rcase-NameAndTypeOK.7)`],
    [`${content}${inclusion})`],
  ],
  [
    "an element keeps its value, written otherwise",
    e('type="xs:decimal" fixed="1"'),
    e('type="xs:decimal" fixed="1.0"'),
    [],
  ],
  [
    "an element loses its value",
    e('type="xs:int" fixed="1"'),
    e(),
    [`${content}rcase-NameAndTypeOK.4)`],
    [`${content}${inclusion})`],
  ],
  ["an element that is no longer nillable", e('type="xs:int" nillable="true"'), e(), []],
  ["an element that blocks more", e(), e('type="xs:int" block="#all"'), []],
  [
    "an element that blocks less",
    e('type="xs:int" block="#all"'),
    e('type="xs:int" block="extension"'),
    [`${content}rcase-NameAndTypeOK.6)`],
    [`${content}${inclusion})`],
  ],
  ["an element for a wildcard", wild(), e(), []],
  [
    "an element that the wildcard does not admit",
    wild('namespace="##other"'),
    e(),
    [`${content}rcase-NSCompat.1)`],
    [`${content}${inclusion})`],
  ],
  [
    "a wildcard for an element",
    e(),
    wild(),
    [`${content}cos-particle-restrict.2)`],
    [`${content}${inclusion})`],
  ],
  ["a wildcard of stricter processing", wild('processContents="skip"'), wild('processContents="lax"'), []],
  [
    "a wildcard of laxer processing",
    wild(),
    wild('processContents="skip"'),
    [`${content}rcase-NSSubset.3)`],
    [`${content}${inclusion})`],
  ],
])("%s", (_, base, own, in10, in11 = in10) => {
  const body =
    '<xs:simpleType name="U"><xs:union memberTypes="xs:int xs:token"/></xs:simpleType>' +
    complexType("B", base) +
    complexType(
      "T",
      `<xs:complexContent><xs:restriction base="t:B">${own}</xs:restriction></xs:complexContent>`,
    );
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors).toEqual(in10);
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors).toEqual(in11);
});

test.each<[name: string, base: string, own: string, ...errors: string[]]>([
  ["an attribute stays inheritable", a('inheritable="true"'), a('inheritable="true"')],
  ["an attribute that is inherited no more", a('inheritable="true"'), a(""), `${attribute}2.1.4)`],
  ["an attribute that is inherited now", a(""), a('inheritable="true"'), `${attribute}2.1.4)`],
  ["the same alternatives", choose("@a", "int"), choose("@a", "int")],
  ["alternatives for another attribute", choose("@a", "int"), choose("@b", "int"), `${content}${inclusion})`],
  ["alternatives of another type", choose("@a", "int"), choose("@a", "long"), `${content}${inclusion})`],
  ["no alternatives any more", choose("@a", "int"), e('type="xs:decimal"'), `${content}${inclusion})`],
  ["names that the wildcard leaves out", wild('notQName="t:x"'), wild('notQName="t:x t:y"')],
  [
    "names that the wildcard let in",
    wild('notQName="t:x"'),
    wild('notQName="t:y"'),
    `${content}${inclusion})`,
  ],
  ["an attribute that the wildcard leaves out", any('notQName="a"'), a(""), `${attribute}2.2)`],
  ["attribute names that the wildcard leaves out", any('notQName="a"'), any('notQName="a b"')],
  ["attribute names that the wildcard let in", any('notQName="a"'), any('notQName="b"'), `${attribute}4.2)`],
  ["what is declared stays left out", wild('notQName="##defined"'), wild('notQName="##defined t:x"')],
  ["an element that the wildcard leaves out", wild('notQName="t:e"'), e(), `${content}${inclusion})`],
])("%s (XSD 1.1)", (_, base, own, ...errors) => {
  const body =
    complexType("B", base) +
    complexType(
      "T",
      `<xs:complexContent><xs:restriction base="t:B">${own}</xs:restriction></xs:complexContent>`,
    );
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors).toEqual(errors);
});
