/** Identity constraints: values, descriptors, the model and libxml2 judge documents alike. */
import { expect, test } from "vitest";
import { decode, fullValidation, validateDocument, ValidationError } from "../../templates/runtime/index.js";
import { validate } from "../../templates/runtime/validate.js";
import { judgesOf, namespace } from "./schemas.js";

const xsi = "http://www.w3.org/2001/XMLSchema-instance";
const repeated = "cvc-identity-constraint.4.1";
const ambiguous = "cvc-identity-constraint.3";
const dangling = "cvc-identity-constraint.4.3";
const simple = (type: string): string => `<xs:element name="v" type="${type}" minOccurs="0" maxOccurs="9"/>`;
const root = (content: string, constraints: string, more = ""): string =>
  `<xs:element name="r"><xs:complexType><xs:sequence>${content}</xs:sequence>${more}</xs:complexType>${constraints}</xs:element>`;
const unique = (selector: string, ...fields: readonly string[]): string =>
  `<xs:unique name="U"><xs:selector xpath="${selector}"/>${fields.map((field) => `<xs:field xpath="${field}"/>`).join("")}</xs:unique>`;
const v = (...texts: readonly string[]): string => texts.map((text) => `<v>${text}</v>`).join("");
const list = '<xs:simpleType name="list"><xs:list itemType="xs:decimal"/></xs:simpleType>';
const union =
  '<xs:simpleType name="union"><xs:union memberTypes="xs:decimal xs:date xs:string"/></xs:simpleType>';

/** What a schema says of the children of its root: nothing, or the clauses that they break; `!` where libxml2 errs. */
const table: readonly (readonly [
  name: string,
  schema: string,
  ...documents: (readonly [content: string, ...clauses: string[]])[],
])[] = [
  [
    "values that are equal in the value space",
    root(simple("xs:decimal"), unique("t:v", ".")),
    [v("1", "2", "10")],
    [v("1", "01.0"), repeated],
    [`!${v("-0", "0")}`, repeated],
    [v("12345678901234567890", "12345678901234567891")],
  ],
  ["booleans", root(simple("xs:boolean"), unique("t:v", ".")), [v("1", "0")], [v("1", "true"), repeated]],
  [
    "moments",
    root(simple("xs:dateTime"), unique("t:v", ".")),
    [v("2026-01-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00+01:00")],
    [v("2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00"), repeated],
    [`!${v("2025-12-31T24:00:00Z", "2026-01-01T00:00:00Z")}`, repeated],
  ],
  ["bytes", root(simple("xs:hexBinary"), unique("t:v", ".")), [v("0a", "0b")], [v("0a", "0A"), repeated]],
  [
    "base64",
    root(simple("xs:base64Binary"), unique("t:v", ".")),
    [v("AQ==", "AA==")],
    [v("AQ==", "A Q = ="), repeated],
  ],
  [
    "floats, as far as they can tell",
    root(simple("xs:float"), unique("t:v", ".")),
    [v("0.1", "0.2", "INF", "-INF", "NaN")],
    [v("0.1", "0.1000000001"), repeated],
    [v("1", "10E-1"), repeated],
    [`!${v("-0", "0")}`, repeated],
    [v("NaN", "NaN"), repeated],
  ],
  [
    "doubles",
    root(simple("xs:double"), unique("t:v", ".")),
    [v("0.1", "0.1000000001")],
    [v("100", "1e2"), repeated],
  ],
  [
    "durations",
    root(simple("xs:duration"), unique("t:v", ".")),
    [v("P1M", "P30D", "P31D", "-P1M", "PT0.1S", "PT0.2S")],
    [v("P1Y", "P12M"), repeated],
    [v("P1DT1H", "PT25H"), repeated],
    [v("PT90S", "PT1M30.0S"), repeated],
    [v("-P0D", "PT0S"), repeated],
  ],
  [
    "times and parts of dates",
    ["time", "gYearMonth", "gMonthDay"]
      .map((type) => `<xs:element name="${type}" type="xs:${type}"/>`)
      .join("") +
      root(
        '<xs:choice minOccurs="0" maxOccurs="9"><xs:element ref="t:time"/><xs:element ref="t:gYearMonth"/><xs:element ref="t:gMonthDay"/></xs:choice>',
        unique("*", "."),
      ),
    ["<time>10:00:00</time><time>10:00:00Z</time><time>10:00:00.5Z</time>"],
    ["!<time>10:30:00Z</time><time>11:00:00+00:30</time>", repeated],
    ["<gYearMonth>2026-01</gYearMonth><gYearMonth>2026-01Z</gYearMonth><gMonthDay>--01-20</gMonthDay>"],
    ["<gYearMonth>2026-01Z</gYearMonth><gYearMonth>2026-01-00:00</gYearMonth>", repeated],
    ["<gMonthDay>--02-29Z</gMonthDay><gMonthDay>--02-29+00:00</gMonthDay>", repeated],
  ],
  [
    "nothing, where an element is nil",
    root(
      '<xs:element name="v" type="xs:int" nillable="true" minOccurs="0" maxOccurs="9"/>',
      unique("t:v", "."),
    ),
    [`!<v xmlns:i="${xsi}" i:nil="true"/><v xmlns:i="${xsi}" i:nil="true"/>${v("1", "2")}`],
    [v("1", "1"), repeated],
  ],
  [
    "a field that leads to elements only",
    root(
      '<xs:element name="p"><xs:complexType><xs:sequence><xs:element name="q"/></xs:sequence></xs:complexType></xs:element>',
      unique("t:p", "t:q"),
    ),
    ["<p><q>1</q></p>", ambiguous],
  ],
  [
    "texts",
    root(simple("xs:token"), unique("t:v", ".")),
    [v("1", "1.0", "A", "a")],
    [v("a  b", " a b "), repeated],
  ],
  [
    "names by their namespace",
    root(simple("xs:QName"), unique("t:v", ".")),
    ['<v xmlns:a="urn:a">a:n</v><v xmlns:a="urn:b">a:n</v><v>n</v>'],
    ['<v xmlns:a="urn:a">a:n</v><v xmlns:b="urn:a">b:n</v>', repeated],
  ],
  [
    "lists, item by item",
    list + root(simple("t:list"), unique("t:v", ".")),
    [v("1 2", "2 1", "1", "1 2 3")],
    [`!${v("1", "")}`],
    [v("1 2", "1.0 02"), repeated],
    [v("", ""), repeated],
  ],
  [
    "unions, by the member that takes the value",
    union + root(simple("t:union"), unique("t:v", ".")),
    [v("1", "a", "2026-01-01")],
    [v("1", "1.0"), repeated],
    [v("2026-01-01Z", "2026-01-01+00:00"), repeated],
  ],
  [
    "several fields, and one that is absent",
    root(
      '<xs:element name="p" minOccurs="0" maxOccurs="9"><xs:complexType><xs:attribute name="a"/><xs:attribute name="b"/></xs:complexType></xs:element>',
      unique("t:p", "@a", "@b"),
    ),
    ['<p a="1" b="2"/><p a="1" b="3"/><p a="2" b="2"/><p a="1"/><p a="1"/><p/>'],
    ['<p a="1" b="2"/><p a="1" b="2"/>', repeated],
  ],
  [
    "a field that finds two values",
    root(
      `<xs:element name="p" minOccurs="0" maxOccurs="9"><xs:complexType><xs:sequence>${simple("xs:int")}</xs:sequence></xs:complexType></xs:element>`,
      unique("t:p", "t:v"),
    ),
    [`<p>${v("1")}</p><p>${v("2")}</p><p/>`],
    [`<p>${v("1", "2")}</p>`, ambiguous],
    [`<p>${v("1", "1")}</p>`, ambiguous],
    [`<p>${v("1")}</p><p>${v("1")}</p>`, repeated],
  ],
  [
    "paths: alternatives, any element, any of a namespace, any depth, axes",
    `<xs:element name="w"><xs:complexType><xs:sequence>${simple("xs:int")}</xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>` +
      root(
        `<xs:choice minOccurs="0" maxOccurs="9"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/>
          <xs:element name="c"><xs:complexType><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element><xs:element ref="t:w"/></xs:choice>`,
        `<xs:unique name="alternatives"><xs:selector xpath="t:a | t:b"/><xs:field xpath="."/></xs:unique>
        <xs:unique name="any"><xs:selector xpath="*"/><xs:field xpath="attribute::n"/></xs:unique>
        <xs:unique name="deep"><xs:selector xpath=".//t:v"/><xs:field xpath="."/></xs:unique>`,
      ),
    ['<a>1</a><b>2</b><c n="1"/><w n="2"><v>1</v></w><w><v>2</v><v>3</v></w>'],
    ["<a>1</a><b>1</b>", repeated],
    ['<c n="1"/><w n="1"/>', repeated],
    ["<w><v>1</v></w><w><v>1</v></w>", repeated],
  ],
  [
    "paths: a namespace, and a step below another",
    `<xs:element name="w"><xs:complexType><xs:sequence>${simple("xs:int")}</xs:sequence></xs:complexType></xs:element>` +
      root(
        '<xs:choice minOccurs="0" maxOccurs="9"><xs:element ref="t:w"/><xs:element name="u" type="xs:int" form="unqualified"/><xs:element name="q" type="xs:int"/></xs:choice>',
        `<xs:unique name="below"><xs:selector xpath="child::t:w/child::t:v"/><xs:field xpath="."/></xs:unique>
        <xs:unique name="local"><xs:selector xpath="u"/><xs:field xpath="."/></xs:unique>
        <xs:unique name="of"><xs:selector xpath="t:q|t:none/t:*"/><xs:field xpath="./."/></xs:unique>
        <xs:unique name="all"><xs:selector xpath="t:w/t:*"/><xs:field xpath="."/></xs:unique>`,
      ),
    ['<w><v>1</v></w><w/><u xmlns="">1</u><q>1</q>'],
    ['<u xmlns="">1</u><u xmlns="">1</u>', repeated],
    ["<q>1</q><q>1</q>", repeated],
    ["<w><v>1</v><v>1</v></w>", repeated, repeated],
  ],
  [
    "keys that come from below: what an element has itself goes first, what two children have is nobody's",
    `<xs:element name="g"><xs:complexType><xs:sequence><xs:element name="i" type="xs:int" minOccurs="0" maxOccurs="9"/>
        <xs:element name="use" type="xs:int" minOccurs="0" maxOccurs="9"/><xs:element ref="t:g" minOccurs="0" maxOccurs="9"/></xs:sequence></xs:complexType>
        <xs:key name="K"><xs:selector xpath="t:i"/><xs:field xpath="."/></xs:key>
        <xs:keyref name="R" refer="t:K"><xs:selector xpath="t:use"/><xs:field xpath="."/></xs:keyref></xs:element>` +
      root('<xs:element ref="t:g"/>', ""),
    ["<g><i>1</i><i>2</i><use>2</use><use>1</use></g>"],
    ["<g><use>1</use><g><i>1</i></g></g>"],
    ["!<g><i>1</i><use>1</use><g><i>1</i></g><g><i>1</i></g></g>"],
    ["<g><use>1</use><g><g><i>1</i></g></g><g><i>2</i></g></g>"],
    ["<g><i>1</i><g><i>1</i></g></g>"],
    ["<g><use>1</use><g><i>1</i></g><g><i>1</i></g></g>", dangling],
    ["<g><i>1</i><g><use>1</use></g></g>", dangling],
    ["<g><i>3</i><use>4</use></g>", dangling],
    ["<g><i>1</i><i>1</i></g>", "cvc-identity-constraint.4.2.2"],
  ],
  [
    "a keyref of fields that are absent refers to nothing",
    root(
      '<xs:element name="p" minOccurs="0" maxOccurs="9"><xs:complexType><xs:attribute name="a"/><xs:attribute name="to"/></xs:complexType></xs:element>',
      `<xs:unique name="U"><xs:selector xpath="t:p"/><xs:field xpath="@a"/></xs:unique>
      <xs:keyref name="R" refer="t:U"><xs:selector xpath="t:p"/><xs:field xpath="@to"/></xs:keyref>`,
    ),
    ['<p a="1"/><p to="1"/><p to="1"/><p/>'],
    ['<p a="1"/><p to="2"/>', dangling],
    ['<p to="2"/>', dangling],
  ],
];

for (const [name, schema, ...documents] of table) {
  test(name, () => {
    const { descriptors, document, independent } = judgesOf(schema);
    const element = descriptors.element(`{${namespace}}r`);
    for (const [content, ...clauses] of documents) {
      const xml = `<r xmlns="${namespace}">${content.replace("!", "")}</r>`;
      const isValid = clauses.length === 0;
      expect([xml, document(xml).map(({ clause }) => clause)]).toEqual([xml, clauses]);
      expect([xml, validateDocument(element, xml).map(({ clause }) => clause)]).toEqual([xml, clauses]);
      expect([xml, validate(element, decode(element, xml)).map(({ clause }) => clause)]).toEqual([
        xml,
        clauses,
      ]);
      expect([xml, independent?.(xml).length === 0]).toEqual([xml, isValid !== content.startsWith("!")]);
      const read = (): unknown => decode(element, xml, { validate: fullValidation });
      if (isValid) expect(read).not.toThrow();
      else expect(read).toThrow(ValidationError);
    }
  });
}
