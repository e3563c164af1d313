import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { compileCodecs, interpretCodecs } from "../../templates/runtime/compile.js";
import {
  decode,
  fullValidation,
  ValidationError,
  type DocumentIssue,
} from "../../templates/runtime/index.js";
import { descriptorsOf } from "../validation/schemas.js";
import { issuesOf, modelOf, schema } from "./read.js";

const element = (content: string, rest = ""): string =>
  schema(`<xs:element name="r"><xs:complexType>${content}</xs:complexType></xs:element>${rest}`);
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** Schema, document, the codes of its issues (none: valid). `alone`: libxml2 judges otherwise, for the reason given. */
const cases: readonly (readonly [
  name: string,
  xsd: string,
  xml: string,
  codes: readonly string[],
  alone?: string,
])[] = [
  [
    "sequence",
    element('<xs:sequence><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:sequence>'),
    "<r><a/><b/></r>",
    [],
  ],
  [
    "sequence, order",
    element('<xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence>'),
    "<r><b/><a/></r>",
    ["unexpected-element"],
  ],
  [
    "sequence, too early an end",
    element('<xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence>'),
    "<r><a/></r>",
    ["missing-element"],
  ],
  [
    "choice that repeats",
    element('<xs:choice maxOccurs="unbounded"><xs:element name="p"/><xs:element name="q"/></xs:choice>'),
    "<r><p/><q/><p/></r>",
    [],
  ],
  [
    "large bounds",
    element('<xs:sequence><xs:element name="a" minOccurs="3" maxOccurs="100000"/></xs:sequence>'),
    `<r>${"<a/>".repeat(2000)}</r>`,
    [],
  ],
  [
    "too few",
    element('<xs:sequence><xs:element name="a" minOccurs="3" maxOccurs="100000"/></xs:sequence>'),
    "<r><a/><a/></r>",
    ["missing-element"],
  ],
  [
    "group that repeats",
    element(
      '<xs:sequence minOccurs="2" maxOccurs="3"><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:sequence>',
    ),
    "<r><a/><b/><a/><a/></r>",
    [],
  ],
  [
    "group that repeats too often",
    element(
      '<xs:sequence minOccurs="2" maxOccurs="3"><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:sequence>',
    ),
    "<r><a/><a/><a/><a/></r>",
    ["unexpected-element"],
  ],
  [
    "all in any order",
    element(
      '<xs:all><xs:element name="a"/><xs:element name="b" minOccurs="0"/><xs:element name="c"/></xs:all>',
    ),
    "<r><c/><b/><a/></r>",
    [],
  ],
  [
    "all, twice",
    element('<xs:all><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:all>'),
    "<r><a/><a/></r>",
    ["unexpected-element"],
  ],
  [
    "all, missing",
    element('<xs:all><xs:element name="a"/><xs:element name="b"/></xs:all>'),
    "<r><b/></r>",
    ["missing-element"],
  ],
  [
    "text where elements belong",
    element('<xs:sequence><xs:element name="a"/></xs:sequence>'),
    "<r>x<a/></r>",
    ["unexpected-text"],
  ],
  [
    "mixed",
    element('<xs:sequence><xs:element name="a"/></xs:sequence>').replace(
      "<xs:complexType>",
      '<xs:complexType mixed="true">',
    ),
    "<r>x<a/>y</r>",
    [],
  ],
  [
    "attribute required",
    element('<xs:attribute name="n" type="xs:int" use="required"/>'),
    "<r/>",
    ["missing-attribute"],
  ],
  ["attribute unknown", element('<xs:attribute name="name"/>'), '<r nam="1"/>', ["unexpected-attribute"]],
  [
    "attribute fixed, equal in value",
    element('<xs:attribute name="n" type="xs:decimal" fixed="1.0"/>'),
    '<r n="1.00"/>',
    [],
  ],
  [
    "attribute fixed, other value",
    element('<xs:attribute name="n" type="xs:decimal" fixed="1.0"/>'),
    '<r n="1.1"/>',
    ["not-the-fixed-value"],
  ],
  [
    "facet",
    schema(
      '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="2"/></xs:restriction></xs:simpleType></xs:element>',
    ),
    "<r>𝒳𝒳</r>",
    [],
  ],
  [
    "facet broken",
    schema(
      '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="2"/></xs:restriction></xs:simpleType></xs:element>',
    ),
    "<r>abc</r>",
    ["invalid-value"],
  ],
  [
    "pattern that would take a backtracker forever",
    schema(
      '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a*)*b"/></xs:restriction></xs:simpleType></xs:element>',
    ),
    `<r>${"a".repeat(5000)}</r>`,
    ["invalid-value"],
    "libxml2 gives up",
  ],
  ["nil", schema('<xs:element name="r" type="xs:int" nillable="true"/>'), `<r xsi:nil="true" ${xsi}/>`, []],
  [
    "nil with content",
    schema('<xs:element name="r" type="xs:int" nillable="true"/>'),
    `<r xsi:nil="true" ${xsi}>1</r>`,
    ["content-of-nil"],
  ],
  [
    "not nillable",
    schema('<xs:element name="r" type="xs:string"/>'),
    `<r xsi:nil="true" ${xsi}/>`,
    ["not-nillable"],
  ],
  ["default of an empty element", schema('<xs:element name="r" type="xs:int" default="7"/>'), "<r/>", []],
  [
    "abstract type",
    schema(
      '<xs:element name="r" type="t"/><xs:complexType name="t" abstract="true"/><xs:complexType name="u"><xs:complexContent><xs:extension base="t"/></xs:complexContent></xs:complexType>',
    ),
    "<r/>",
    ["abstract-type"],
  ],
  [
    "xsi:type",
    schema(
      '<xs:element name="r" type="t"/><xs:complexType name="t" abstract="true"/><xs:complexType name="u"><xs:complexContent><xs:extension base="t"/></xs:complexContent></xs:complexType>',
    ),
    `<r xsi:type="u" ${xsi}/>`,
    [],
  ],
  [
    "xsi:type that is blocked",
    schema(
      '<xs:element name="r" type="t" block="extension"/><xs:complexType name="t"/><xs:complexType name="u"><xs:complexContent><xs:extension base="t"/></xs:complexContent></xs:complexType>',
    ),
    `<r xsi:type="u" ${xsi}/>`,
    ["blocked-type"],
  ],
  [
    "xsi:type of a union, restriction blocked",
    schema(
      '<xs:element name="r" type="t" block="restriction"/><xs:simpleType name="t"><xs:union memberTypes="xs:Name"/></xs:simpleType><xs:simpleType name="u"><xs:restriction base="t"><xs:pattern value="a+"/></xs:restriction></xs:simpleType>',
    ),
    `<r xsi:type="u" ${xsi}>a</r>`,
    ["blocked-type"],
  ],
  [
    "xsi:type that has no place for the fixed value",
    schema(
      '<xs:element name="r" type="t" fixed="1"/><xs:simpleType name="l"><xs:list itemType="xs:int"/></xs:simpleType><xs:complexType name="t"><xs:simpleContent><xs:extension base="l"/></xs:simpleContent></xs:complexType><xs:complexType name="u"><xs:simpleContent><xs:restriction base="t"><xs:minLength value="2"/></xs:restriction></xs:simpleContent></xs:complexType>',
    ),
    `<r xsi:type="u" ${xsi}>2 3</r>`,
    ["not-the-fixed-value"],
  ],
  [
    "xsi:type of another list",
    schema('<xs:element name="r"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>'),
    `<r xsi:type="xs:NMTOKENS" ${xsi} xmlns:xs="http://www.w3.org/2001/XMLSchema">1 2</r>`,
    ["underived-type"],
  ],
  [
    "xsi:type of a list",
    schema('<xs:element name="r" type="xs:ENTITIES" nillable="true"/>'),
    `<r xsi:type="xs:ENTITIES" xsi:nil="true" ${xsi} xmlns:xs="http://www.w3.org/2001/XMLSchema"/>`,
    [],
  ],
  [
    "xsi:nil without a declaration",
    schema('<xs:element name="r"/>'),
    `<q xsi:type="xs:int" xsi:nil="true" ${xsi} xmlns:xs="http://www.w3.org/2001/XMLSchema"/>`,
    ["invalid-value"],
    "libxml2 asks for a declaration of the root",
  ],
  [
    "white space that is enumerated and collapsed by one step",
    schema(
      '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value=" "/><xs:enumeration value="a"/><xs:whiteSpace value="collapse"/></xs:restriction></xs:simpleType></xs:element>',
    ),
    "<r> </r>",
    ["invalid-value"],
  ],
  [
    "xsi:type that does not derive",
    schema('<xs:element name="r" type="t"/><xs:complexType name="t"/><xs:complexType name="u"/>'),
    `<r xsi:type="u" ${xsi}/>`,
    ["underived-type"],
  ],
  [
    "substitution",
    schema(
      '<xs:element name="h" type="xs:string" abstract="true"/><xs:element name="m" type="xs:string" substitutionGroup="h"/><xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="h"/></xs:sequence></xs:complexType></xs:element>',
    ),
    "<r><m/></r>",
    [],
  ],
  [
    "abstract head",
    schema(
      '<xs:element name="h" type="xs:string" abstract="true"/><xs:element name="m" type="xs:string" substitutionGroup="h"/><xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="h"/></xs:sequence></xs:complexType></xs:element>',
    ),
    "<r><h/></r>",
    ["abstract-element"],
  ],
  [
    "lax wildcard checks what is declared",
    element(
      '<xs:sequence><xs:any processContents="lax"/></xs:sequence>',
      '<xs:element name="n" type="xs:int"/>',
    ),
    "<r><n>x</n></r>",
    ["invalid-value"],
  ],
  [
    "lax wildcard lets others through",
    element('<xs:sequence><xs:any processContents="lax"/></xs:sequence>'),
    "<r><other><deep/></other></r>",
    [],
  ],
  [
    "strict wildcard",
    element("<xs:sequence><xs:any/></xs:sequence>"),
    "<r><other/></r>",
    ["undeclared-element"],
  ],
  [
    "key twice",
    schema(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="k" type="xs:decimal"/></xs:complexType></xs:element></xs:sequence></xs:complexType><xs:key name="K"><xs:selector xpath="i"/><xs:field xpath="@k"/></xs:key></xs:element>',
    ),
    '<r><i k="1"/><i k="1.0"/></r>',
    ["repeated-key"],
  ],
  [
    "key absent",
    schema(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="k" type="xs:decimal"/></xs:complexType></xs:element></xs:sequence></xs:complexType><xs:key name="K"><xs:selector xpath="i"/><xs:field xpath="@k"/></xs:key></xs:element>',
    ),
    '<r><i k="1"/><i/></r>',
    ["incomplete-key"],
  ],
  [
    "key of a nillable element",
    schema(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="k" type="xs:int" nillable="true" maxOccurs="9"/></xs:sequence></xs:complexType><xs:key name="K"><xs:selector xpath="k"/><xs:field xpath=".|."/></xs:key><xs:unique name="U"><xs:selector xpath="k"/><xs:field xpath="."/></xs:unique></xs:element>',
    ),
    "<r><k>1</k><k>2</k></r>",
    ["incomplete-key", "incomplete-key"],
    "libxml2 leaves this clause out, as does Microsoft",
  ],
  [
    "keyref",
    schema(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="k"/><xs:attribute name="to"/></xs:complexType></xs:element></xs:sequence></xs:complexType><xs:key name="K"><xs:selector xpath="i"/><xs:field xpath="@k"/></xs:key><xs:keyref name="R" refer="K"><xs:selector xpath="i"/><xs:field xpath="@to"/></xs:keyref></xs:element>',
    ),
    '<r><i k="1" to="2"/><i k="2" to="3"/></r>',
    ["dangling-keyref"],
  ],
  [
    "IDREF",
    element('<xs:attribute name="a" type="xs:ID"/><xs:attribute name="b" type="xs:IDREF"/>'),
    '<r a="x" b="y"/>',
    ["dangling-idref"],
    "libxml2 does not look IDREFs up",
  ],
  ["unknown root", schema('<xs:element name="root"/>'), "<rot/>", ["unknown-root"]],
];

test.each(cases.map(([name, ...rest]) => [name, rest] as const))("%s", (_name, [xsd, xml, codes, alone]) => {
  const issues = issuesOf(modelOf({ "schema.xsd": xsd }), xml);
  expect(issues.map(({ code }) => code)).toEqual(codes);
  for (const { at, clause, expected, message, code } of issues) {
    expect(at).toBeDefined();
    expect(clause).toMatch(/^cvc-/u);
    expect(message).toMatch(/^\/\w[^ ]*: /u);
    expect([code, expected]).toEqual([code, expect.stringMatching(/^(?!\/).+$/u)]);
  }
  if (alone === undefined) expect(isValid(xsd, xml)).toBe(codes.length === 0);
});

test.each(cases.map(([name, ...rest]) => [name, rest] as const))(
  "read and validated in one pass: %s",
  (name, [xsd, xml, codes]) => {
    const model = modelOf({ "schema.xsd": xsd });
    const root = /<([\w:]+)/u.exec(xml)?.[1] ?? "";
    const id = Object.keys(model.elements).find((one) =>
      one.endsWith(`}${root.slice(root.indexOf(":") + 1)}`),
    );
    // Without a declaration there is nothing to read it with.
    if (id === undefined) return;
    const descriptor = descriptorsOf(model).element(id);
    for (const use of [interpretCodecs, () => compileCodecs(0)]) {
      use();
      let issues: readonly DocumentIssue[] = [];
      try {
        decode(descriptor, xml, { validate: fullValidation });
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        issues = error.issues;
      }
      expect([name, issues.length > 0, issues]).toEqual([name, codes.length > 0, issues]);
    }
  },
);

/** What libxml2 says. */
function isValid(xsd: string, xml: string): boolean {
  using schemaDocument = XmlDocument.fromString(xsd);
  using validator = XsdValidator.fromDoc(schemaDocument);
  using document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return true;
  } catch {
    return false;
  }
}

test("an issue says what was expected, and what may be meant", () => {
  const model = modelOf({
    "schema.xsd": element(
      '<xs:sequence><xs:element name="firstName"/><xs:element name="lastName"/></xs:sequence>',
    ),
  });
  const [issue] = issuesOf(model, "<r><firstname/></r>");
  expect(issue?.message).toBe('/r/firstname: "firstname" may not stand here: expected firstName');
  expect(issue?.hint).toBe('did you mean "firstName"?');
});

test("facets and enumerations say what they ask for", () => {
  const type = (facets: string) =>
    modelOf({
      "schema.xsd": schema(
        `<xs:element name="r"><xs:simpleType><xs:restriction base="xs:token">${facets}</xs:restriction></xs:simpleType></xs:element>`,
      ),
    });
  const expectedOf = (facets: string) => issuesOf(type(facets), "<r>abc</r>").map(({ expected }) => expected);
  expect(expectedOf('<xs:maxLength value="2"/>')).toEqual(["maxLength 2"]);
  expect(expectedOf('<xs:pattern value="x|y"/><xs:pattern value="z"/>')).toEqual(["a match of x|y or z"]);
  expect(expectedOf('<xs:enumeration value="A"/><xs:enumeration value="B"/>')).toEqual(['one of "A", "B"']);
});

test("deep and wide documents take linear time and bounded stack", () => {
  const model = modelOf({
    "schema.xsd": schema(
      '<xs:element name="n"><xs:complexType><xs:sequence><xs:element ref="n" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>',
    ),
  });
  expect(issuesOf(model, `<n>${"<n/>".repeat(50_000)}</n>`)).toEqual([]);
  expect(issuesOf(model, `${"<n>".repeat(200)}${"</n>".repeat(200)}`)).toEqual([]);
});

test("a choice without anything to choose from says so: no document can satisfy it", () => {
  const none = modelOf({
    "schema.xsd": element('<xs:choice><xs:element name="a" minOccurs="0" maxOccurs="0"/></xs:choice>'),
  });
  expect(issuesOf(none, "<r/>").map(({ message }) => message)).toEqual([
    "/r: nothing is valid content here: the schema has an xs:choice without anything to choose from",
  ]);
});
