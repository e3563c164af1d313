import { expect, test } from "vitest";
import { resolveBody, resolveFiles, schema, t } from "./release.js";

const e = (name: string, occurrence = "", type = "xs:string"): string =>
  `<xs:element name="${name}" type="${type}" ${occurrence}/>`;
const type = (name: string, content: string, attributes = ""): string =>
  `<xs:complexType name="${name}" ${attributes}>${content}</xs:complexType>`;
const simple = (name: string, base: string, facets = "", attributes = ""): string =>
  `<xs:simpleType name="${name}" ${attributes}><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType>`;
const facet = (name: string, value: string, more = ""): string => `<xs:${name} value="${value}" ${more}/>`;
const restriction = (name: string, base: string, content: string): string =>
  type(
    name,
    `<xs:complexContent><xs:restriction base="t:${base}">${content}</xs:restriction></xs:complexContent>`,
  );
const extension = (name: string, base: string, content: string): string =>
  type(
    name,
    `<xs:complexContent><xs:extension base="t:${base}">${content}</xs:extension></xs:complexContent>`,
  );
const seq = (...parts: string[]): string => `<xs:sequence>${parts.join("")}</xs:sequence>`;
const choice = (...parts: string[]): string => `<xs:choice>${parts.join("")}</xs:choice>`;

test.each<[name: string, body: string, want: string]>([
  // Names
  ["unknown type", e("a", "", "t:Missing"), "unknown-type-reference (src-resolve)"],
  [
    "unknown element",
    type("T", seq('<xs:element ref="t:gone"/>')),
    "unknown-element-reference (src-resolve)",
  ],
  [
    "unknown attribute",
    type("T", '<xs:attribute ref="t:gone"/>'),
    "unknown-attribute-reference (src-resolve)",
  ],
  ["unknown group", type("T", '<xs:group ref="t:gone"/>'), "unknown-group-reference (src-resolve)"],
  [
    "unknown attribute group",
    type("T", '<xs:attributeGroup ref="t:gone"/>'),
    "unknown-attribute-group-reference (src-resolve)",
  ],
  [
    "unknown head",
    '<xs:element name="a" substitutionGroup="t:gone"/>',
    "unknown-element-reference (src-resolve)",
  ],
  [
    "unknown notation",
    simple("N", "xs:NOTATION", facet("enumeration", "t:gone")),
    "unknown-notation-reference (enumeration-valid-restriction)",
  ],
  // Circles
  ["a type that is its own base", extension("T", "T", ""), "circular-type (ct-props-correct.3)"],
  ["simple types in a circle", simple("A", "t:B") + simple("B", "t:A"), "circular-type (st-props-correct.2)"],
  [
    "a group in itself",
    `<xs:group name="G">${seq('<xs:group ref="t:G"/>')}</xs:group>`,
    "circular-group (mg-props-correct.2)",
  ],
  [
    "substitution groups in a circle",
    '<xs:element name="a" type="xs:int" substitutionGroup="t:b"/><xs:element name="b" type="xs:int" substitutionGroup="t:a"/>',
    "circular-substitution-group (e-props-correct.6)",
  ],
  // Attribution and consistency
  ["(a?, a)", type("T", seq(e("a", 'minOccurs="0"'), e("a"))), "ambiguous-content (cos-nonambig)"],
  ["(a | (a, b))", type("T", choice(e("a"), seq(e("a"), e("b")))), "ambiguous-content (cos-nonambig)"],
  ["(a{1,2}, a)", type("T", seq(e("a", 'maxOccurs="2"'), e("a"))), "ambiguous-content (cos-nonambig)"],
  [
    "((a{3}){1,2}, a)",
    type(
      "T",
      seq(`<xs:sequence maxOccurs="2">${e("a", 'minOccurs="3" maxOccurs="3"')}</xs:sequence>`, e("a")),
    ),
    "ambiguous-content (cos-nonambig)",
  ],
  [
    "(any*, any)",
    type("T", seq('<xs:any minOccurs="0" maxOccurs="unbounded"/>', "<xs:any/>")),
    "ambiguous-content (cos-nonambig)",
  ],
  [
    "a group twice, optional",
    `<xs:group name="G">${seq(e("a", 'minOccurs="0"'))}</xs:group>${type("T", seq('<xs:group ref="t:G"/>', '<xs:group ref="t:G"/>'))}`,
    "ambiguous-content (cos-nonambig)",
  ],
  [
    "a head and its substitute",
    `<xs:element name="head" type="xs:string"/><xs:element name="m" substitutionGroup="t:head"/>${type("T", choice('<xs:element ref="t:head"/>', '<xs:element ref="t:m"/>'))}`,
    "ambiguous-content (cos-nonambig)",
  ],
  [
    "one name, two types",
    type("T", seq(e("a"), e("b"), e("a", "", "xs:int"))),
    "inconsistent-element-types (cos-element-consistent)",
  ],
  [
    "one name, two tables of alternatives",
    type("B", '<xs:attribute name="k"/>') +
      type(
        "T",
        seq(
          '<xs:element name="a" type="t:B"><xs:alternative test="@k = 1" type="xs:error"/></xs:element>',
          e("b"),
          e("a", "", "t:B"),
        ),
      ),
    "inconsistent-alternatives (cos-element-consistent)",
  ],
  // Alternatives
  [
    "an alternative of another type",
    '<xs:element name="a" type="xs:int"><xs:alternative test="@k" type="xs:string"/></xs:element>',
    "underived-alternative (e-props-correct.7)",
  ],
  [
    "an alternative that the element blocks",
    type("B", '<xs:attribute name="k"/>') +
      extension("T", "B", "") +
      '<xs:element name="a" type="t:B" block="extension"><xs:alternative test="@k" type="t:T"/></xs:element>',
    "underived-alternative (e-props-correct.7)",
  ],
  [
    "no test before the last",
    type("B", '<xs:attribute name="k"/>') +
      '<xs:element name="a" type="t:B"><xs:alternative type="t:B"/><xs:alternative test="@k" type="xs:error"/></xs:element>',
    "alternative-without-test (src-element.5)",
  ],
  // Open content
  [
    "a restriction that is open, of content that is not",
    type("B", seq(e("a"))) +
      restriction("T", "B", `<xs:openContent><xs:any/></xs:openContent>${seq(e("a"))}`),
    "content-not-a-restriction (cos-content-act-restrict)",
  ],
  [
    "a restriction that is open to more",
    type("B", `<xs:openContent><xs:any namespace="urn:x"/></xs:openContent>${seq(e("a"))}`) +
      restriction(
        "T",
        "B",
        `<xs:openContent><xs:any namespace="urn:x urn:y"/></xs:openContent>${seq(e("a"))}`,
      ),
    "content-not-a-restriction (cos-content-act-restrict)",
  ],
  [
    "an extension that is open at the end only",
    type("B", `<xs:openContent><xs:any/></xs:openContent>${seq(e("a"))}`) +
      extension("T", "B", `<xs:openContent mode="suffix"><xs:any/></xs:openContent>${seq(e("b"))}`),
    "open-content-narrowed (cos-ct-extends.1.4.3.2.2.3)",
  ],
  // Groups
  [
    "an all-group in a sequence",
    `<xs:group name="G"><xs:all>${e("a")}</xs:all></xs:group>${type("T", seq('<xs:group ref="t:G"/>'))}`,
    "all-group-nested (cos-all-limited.1)",
  ],
  // Derivation
  [
    "final for extension",
    type("B", "", 'final="extension"') + extension("T", "B", ""),
    "final-type-derived (cos-ct-extends.1.1)",
  ],
  [
    "final for restriction",
    type("B", "", 'final="#all"') + restriction("T", "B", ""),
    "final-type-derived (derivation-ok-restriction.1)",
  ],
  [
    "final for lists",
    simple("B", "xs:int", "", 'final="list"') +
      '<xs:simpleType name="T"><xs:list itemType="t:B"/></xs:simpleType>',
    "final-type-derived (cos-st-restricts.2.3.1.1)",
  ],
  [
    "mixed extends unmixed",
    type("B", seq(e("a"))) +
      type(
        "T",
        `<xs:complexContent mixed="true"><xs:extension base="t:B">${seq(e("b"))}</xs:extension></xs:complexContent>`,
      ),
    "content-kind-mismatch (cos-ct-extends.1.4.3.2.2.1)",
  ],
  [
    "complexContent of a simple type",
    simple("B", "xs:int") + extension("T", "B", ""),
    "not-a-complex-type (src-ct.1)",
  ],
  [
    "simpleContent of element content",
    type("B", seq(e("a"))) + type("T", '<xs:simpleContent><xs:extension base="t:B"/></xs:simpleContent>'),
    "no-simple-content (src-ct.2)",
  ],
  [
    "a simple type restricting a complex one",
    type("B", "") + simple("T", "t:B"),
    "not-a-simple-type (st-props-correct.1)",
  ],
  [
    "an attribute again",
    type("B", '<xs:attribute name="a"/>') + extension("T", "B", '<xs:attribute name="a"/>'),
    "attribute-twice (ct-props-correct.4)",
  ],
  [
    "a list of lists",
    '<xs:simpleType name="L"><xs:list itemType="xs:NMTOKENS"/></xs:simpleType>',
    "list-of-lists (cos-st-restricts.2.1)",
  ],
  [
    "a substitute of another type",
    '<xs:element name="h" type="xs:int"/><xs:element name="m" type="xs:string" substitutionGroup="t:h"/>',
    "substitution-type-mismatch (e-props-correct.4)",
  ],
  [
    "a final head",
    '<xs:element name="h" type="xs:string" final="restriction"/><xs:element name="m" type="xs:token" substitutionGroup="t:h"/>',
    "substitution-type-mismatch (e-props-correct.4)",
  ],
  // Restriction
  [
    "an element more",
    type("B", seq(e("a"), e("b"))) + restriction("T", "B", seq(e("a"), e("b"), e("c"))),
    "content-not-a-restriction (rcase-Recurse.2)",
  ],
  [
    "a required element left out",
    type("B", seq(e("a"), e("b"))) + restriction("T", "B", seq(e("a"))),
    "content-not-a-restriction (rcase-Recurse.2.2)",
  ],
  [
    "more often",
    type("B", seq(e("a"))) + restriction("T", "B", seq(e("a", 'maxOccurs="2"'))),
    "content-not-a-restriction (rcase-NameAndTypeOK.3)",
  ],
  [
    "another type",
    type("B", seq(e("a", "", "xs:int"))) + restriction("T", "B", seq(e("a"))),
    "content-not-a-restriction (rcase-NameAndTypeOK.7)",
  ],
  [
    "nillable",
    type("B", seq(e("a"))) + restriction("T", "B", seq(e("a", 'nillable="true"'))),
    "content-not-a-restriction (rcase-NameAndTypeOK.2)",
  ],
  [
    "a fixed value changed",
    type("B", seq(e("a", 'fixed="x"'))) + restriction("T", "B", seq(e("a", 'fixed="y"'))),
    "content-not-a-restriction (rcase-NameAndTypeOK.4)",
  ],
  [
    "a wider wildcard",
    type("B", seq('<xs:any namespace="urn:a"/>')) + restriction("T", "B", seq("<xs:any/>")),
    "content-not-a-restriction (rcase-NSSubset.2)",
  ],
  [
    "a laxer wildcard",
    type("B", seq('<xs:any processContents="strict"/>')) +
      restriction("T", "B", seq('<xs:any processContents="lax"/>')),
    "content-not-a-restriction (rcase-NSSubset.3)",
  ],
  [
    "a required attribute made optional",
    type("B", '<xs:attribute name="a" use="required"/>') + restriction("T", "B", '<xs:attribute name="a"/>'),
    "attribute-not-a-restriction (derivation-ok-restriction.2.1.1)",
  ],
  [
    "a required attribute prohibited",
    type("B", '<xs:attribute name="a" use="required"/>') +
      restriction("T", "B", '<xs:attribute name="a" use="prohibited"/>'),
    "attribute-not-a-restriction (derivation-ok-restriction.3)",
  ],
  [
    "an attribute that the base has not",
    type("B", "") + restriction("T", "B", '<xs:attribute name="a"/>'),
    "attribute-not-a-restriction (derivation-ok-restriction.2.2)",
  ],
  [
    "an attribute wildcard that the base has not",
    type("B", "") + restriction("T", "B", "<xs:anyAttribute/>"),
    "attribute-not-a-restriction (derivation-ok-restriction.4.1)",
  ],
  // Facets
  [
    "a facet that does not apply",
    simple("T", "xs:boolean", facet("length", "1")),
    "facet-not-applicable (cos-applicable-facets)",
  ],
  ["a facet's value", simple("T", "xs:string", facet("length", "-1")), "invalid-facet-value (length-value)"],
  [
    "a bound of no value",
    simple("T", "xs:date", facet("minInclusive", "2020-02-30")),
    "invalid-facet-value (minInclusive-valid-restriction)",
  ],
  [
    "longer than the base",
    simple("B", "xs:string", facet("maxLength", "3")) + simple("T", "t:B", facet("maxLength", "4")),
    "facet-not-a-restriction (maxLength-valid-restriction)",
  ],
  [
    "min above max",
    simple("T", "xs:string", facet("minLength", "4") + facet("maxLength", "3")),
    "facet-not-a-restriction (minLength-less-than-equal-to-maxLength)",
  ],
  [
    "wider than the base",
    simple("T", "xs:byte", facet("maxInclusive", "128")),
    "facet-not-a-restriction (maxInclusive-valid-restriction)",
  ],
  [
    "a bound between the values of the base",
    simple("B", "xs:int", facet("enumeration", "1") + facet("enumeration", "5")) +
      simple("T", "t:B", facet("minInclusive", "3")),
    "facet-not-a-restriction (minInclusive-valid-restriction)",
  ],
  [
    "bounds that leave nothing",
    simple("T", "xs:positiveInteger", facet("maxExclusive", "1")),
    "facet-not-a-restriction (maxExclusive-valid-restriction)",
  ],
  [
    "both upper bounds",
    simple("T", "xs:int", facet("maxInclusive", "5") + facet("maxExclusive", "5")),
    "facet-not-a-restriction (maxInclusive-maxExclusive)",
  ],
  [
    "a fixed facet changed",
    simple("B", "xs:string", facet("maxLength", "3", 'fixed="true"')) +
      simple("T", "t:B", facet("maxLength", "2")),
    "facet-not-a-restriction (maxLength-valid-restriction)",
  ],
  [
    "less white space",
    simple("T", "xs:token", facet("whiteSpace", "preserve")),
    "facet-not-a-restriction (whiteSpace-valid-restriction)",
  ],
  [
    "more fraction digits than digits",
    simple("T", "xs:decimal", facet("totalDigits", "2") + facet("fractionDigits", "3")),
    "facet-not-a-restriction (fractionDigits-totalDigits)",
  ],
  [
    "an enumeration value",
    simple("T", "xs:int", facet("enumeration", "x")),
    "invalid-enumeration-value (enumeration-valid-restriction)",
  ],
  ["a pattern", simple("T", "xs:string", facet("pattern", "[a")), "invalid-facet-value (pattern-value)"],
  [
    "restricting anySimpleType",
    simple("T", "xs:anySimpleType"),
    "restriction-of-any-simple-type (cos-st-restricts.1.1)",
  ],
  [
    "NOTATION without names",
    e("a", "", "xs:NOTATION"),
    "notation-without-enumeration (enumeration-required-notation)",
  ],
  // Value constraints
  [
    "a default of the wrong type",
    e("a", 'default="x"', "xs:int"),
    "invalid-value-constraint (e-props-correct.2)",
  ],
  [
    "a default that a pattern forbids",
    simple("S", "xs:string", facet("pattern", "\\d{6}")) + e("a", 'default="0000000"', "t:S"),
    "invalid-value-constraint (e-props-correct.2)",
  ],
  [
    "an attribute's fixed value",
    type("T", '<xs:attribute name="a" type="xs:boolean" fixed="yes"/>'),
    "invalid-value-constraint (a-props-correct.2)",
  ],
  [
    "a default where elements are",
    type("B", seq(e("x"))) + e("a", 'default="x"', "t:B"),
    "value-for-element-content (cos-valid-default.2.1)",
  ],
  [
    "a fixed attribute fixed otherwise",
    '<xs:attribute name="g" fixed="1"/>' + type("T", '<xs:attribute ref="t:g" fixed="2"/>'),
    "fixed-value-changed (au-props-correct.2)",
  ],
  // Identity constraints
  [
    "a keyref to nothing",
    `<xs:element name="r"><xs:complexType/><xs:keyref name="k" refer="t:gone"><xs:selector xpath="a"/><xs:field xpath="@id"/></xs:keyref></xs:element>`,
    "unknown-identity-constraint-reference (src-resolve)",
  ],
  [
    "a keyref with another number of fields",
    `<xs:element name="r"><xs:complexType/><xs:key name="k"><xs:selector xpath="a"/><xs:field xpath="@id"/></xs:key><xs:keyref name="f" refer="t:k"><xs:selector xpath="a"/><xs:field xpath="@a"/><xs:field xpath="@b"/></xs:keyref></xs:element>`,
    "keyref-field-count (c-props-correct.2)",
  ],
])("rejected: %s", (_name, body, want) => {
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors).toContain(want);
});

test.each<[name: string, body: string]>([
  ["(a{2}, a)", type("T", seq(e("a", 'minOccurs="2" maxOccurs="2"'), e("a")))],
  ["(a, b) | (c, a)", type("T", choice(seq(e("a"), e("b")), seq(e("c"), e("a"))))],
  [
    "(a?, b)*",
    type(
      "T",
      `<xs:sequence minOccurs="0" maxOccurs="unbounded">${e("a", 'minOccurs="0"')}${e("b")}</xs:sequence>`,
    ),
  ],
  [
    "counts of a million",
    type(
      "T",
      `<xs:sequence maxOccurs="1000000">${e("a", 'maxOccurs="999999"')}${e("b", 'minOccurs="999998" maxOccurs="999999"')}</xs:sequence>`,
    ),
  ],
  [
    "two namespaces of wildcards",
    type("T", seq('<xs:any namespace="urn:1" minOccurs="0"/>', '<xs:any namespace="urn:2"/>')),
  ],
  [
    "a restriction that drops what is optional",
    type("B", seq(e("a", 'minOccurs="0"'), e("b"))) + restriction("T", "B", seq(e("b"))),
  ],
  [
    "a restriction that takes a branch",
    type("B", choice(e("a"), e("b"))) + restriction("T", "B", choice(e("b"))),
  ],
  [
    "a restriction of a wildcard",
    type("B", seq('<xs:any maxOccurs="3"/>')) + restriction("T", "B", seq(e("a"), e("b"))),
  ],
  [
    "an exclusive bound repeated",
    simple("B", "xs:int", facet("maxExclusive", "5")) + simple("T", "t:B", facet("maxExclusive", "5")),
  ],
  [
    "equal values in another form",
    type("B", seq(e("a", 'fixed="1.0"', "xs:decimal"))) +
      restriction("T", "B", seq(e("a", 'fixed="1"', "xs:decimal"))),
  ],
  [
    "a member of a union in a restriction",
    '<xs:simpleType name="U"><xs:union memberTypes="xs:int xs:date"/></xs:simpleType>' +
      type("B", seq(e("a", "", "t:U"))) +
      restriction("T", "B", seq(e("a", "", "xs:int"))),
  ],
])("accepted: %s", (_name, body) => {
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors).toEqual([]);
});

test("attributes added to simple content by way of complexContent: text as XSD 1.0 has it, unless 1.1 is asked for", () => {
  const body =
    type("B", '<xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent>') +
    extension("T", "B", '<xs:attribute name="a"/>');
  const { errors, model } = resolveBody(body);
  expect(errors).toEqual([]);
  expect(model.types[t("T")]).toMatchObject({
    content: { kind: "simple" },
    attributes: [{ name: { local: "a" } }],
  });
  const elements = extension("E", "B", seq(e("x")));
  expect(resolveBody(body + elements).errors).toEqual(["content-kind-mismatch (cos-ct-extends.1.4)"]);
});

test("all mistakes in one run, each with its place and hint", () => {
  const { diagnostics } = resolveBody(
    `${simple("accessControlType", "xs:string")}${e("a", "", "t:accesControlType")}${e("b", "", "xs:strin")}${e("c", "", "t:Nothing")}`,
  );
  expect(diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
    ['no type "t:accesControlType"', 'did you mean "t:accessControlType"?'],
    ['no type "xs:strin"', 'did you mean "xs:string"?'],
    ['no type "t:Nothing"', undefined],
  ]);
  expect(diagnostics.every(({ at }) => at !== undefined && at.file === "t.xsd" && at.end > at.start)).toBe(
    true,
  );
});

test("a name that is in another namespace, and a namespace of which nothing was read", () => {
  const { diagnostics } = resolveFiles({
    "t.xsd": schema(
      '<xs:import namespace="urn:u"/><xs:import namespace="urn:v"/><xs:element name="a" type="u:Here"/><xs:element name="b" type="v:There"/><xs:element name="c" type="v:Elsewhere"/><xs:element name="d" type="xs:unheardOf"/><xs:element name="e" type="xs:unheardOfEither"/>',
      'xmlns:u="urn:u" xmlns:v="urn:v"',
    ),
    "u.xsd":
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:u"><xs:element name="x"/></xs:schema>',
    "w.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:w">${simple("Here", "xs:string")}</xs:schema>`,
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ hint }) => hint)).toEqual([
    'there is one of this name in the namespace "urn:w"',
    'no schema of the namespace "urn:v" was read (told once): name its file in a schemaLocation, or map the namespace to it with --catalog',
    undefined,
    undefined,
  ]);
});

test("names that a file may declare which was not read are told once, whatever they are near to", () => {
  const { diagnostics } = resolveFiles({
    "t.xsd": schema(
      `<xs:include schemaLocation="parts.xsd"/><xs:include schemaLocation="more.xsd"/><xs:element name="a" type="t:nameType"/><xs:element name="b" type="t:sizeType"/><xs:element name="c"><xs:complexType><xs:group ref="t:all"/></xs:complexType></xs:element>${simple("nameTyp", "xs:string")}`,
    ),
    "more.xsd": schema(""),
  });
  expect(diagnostics.map(({ code, message, hint }) => [code, message, hint])).toEqual([
    ["missing-schema-file", 'xs:include names "parts.xsd", but there is no file parts.xsd', undefined],
    [
      "unknown-type-reference",
      'no type "t:nameType"',
      '"parts.xsd", where it may be declared, was not read (told once); did you mean "t:nameTyp"?',
    ],
  ]);
});

test("a redefined group must contain or restrict itself", () => {
  const redefine = (group: string) =>
    resolveFiles(
      {
        "t.xsd": schema(`<xs:redefine schemaLocation="o.xsd">${group}</xs:redefine>`),
        "o.xsd": schema(`<xs:group name="G">${seq(e("a", 'minOccurs="0"'), e("b"))}</xs:group>`),
      },
      { roots: ["t.xsd"] },
    );
  expect(redefine(`<xs:group name="G">${seq(e("b"))}</xs:group>`).errors).toEqual([]);
  expect(redefine(`<xs:group name="G">${seq(e("c"))}</xs:group>`).errors).toEqual([
    "redefinition-not-a-restriction (src-redefine.6.2.2)",
  ]);
  expect(redefine(`<xs:group name="H">${seq(e("c"))}</xs:group>`).errors).toEqual([
    "nothing-to-redefine (src-redefine)",
  ]);
});

test("XSD 1.1 lets an element precede a wildcard that would take it", () => {
  const body = type("T", seq(e("a", 'minOccurs="0"'), `<xs:any namespace="##targetNamespace"/>`));
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors).toEqual([]);
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors).toEqual(["ambiguous-content (cos-nonambig)"]);
});

test("schemas that redefine each other", () => {
  const extending = (other: string, added: string, more = ""): string =>
    schema(
      `<xs:redefine schemaLocation="${other}">${extension("T", "T", seq(e(added)))}</xs:redefine>${more}`,
    );
  const { errors } = resolveFiles(
    {
      "a.xsd": extending("b.xsd", "a"),
      "b.xsd": extending("a.xsd", "b", type("T", seq(e("x")))),
    },
    { roots: ["a.xsd"] },
  );
  expect(errors).toContain("circular-redefinition (src-redefine)");
});

test("an identity constraint that another file repeats on another element is a second one", () => {
  const root = (name: string): string =>
    schema(
      `<xs:element name="${name}"><xs:complexType/><xs:key name="K"><xs:selector xpath="a"/><xs:field xpath="@id"/></xs:key></xs:element>`,
    );
  expect(resolveFiles({ "a.xsd": root("r"), "b.xsd": root("r") }).errors).toEqual([]);
  expect(resolveFiles({ "a.xsd": root("r"), "b.xsd": root("s") }).errors).toEqual([
    "duplicate-declaration (sch-props-correct.2)",
  ]);
});

test("anyURI is a URI reference in XSD 1.0 and any text in 1.1", () => {
  const values = (...texts: string[]): string =>
    simple("U", "xs:anyURI", texts.map((text) => facet("enumeration", text)).join(""));
  const right = values("a", "http://x/y?q#f", "../a b", "\u00E9", "urn:x", "?a:b", "%41");
  expect(resolveBody(right, { xsdVersion: "1.0" }).errors).toEqual([]);
  for (const wrong of [":a", "1a:b", "b:", "%", "%4g", "a#b#c"]) {
    expect(resolveBody(values(wrong), { xsdVersion: "1.0" }).errors, wrong).toHaveLength(1);
    expect(resolveBody(values(wrong), { xsdVersion: "1.1" }).errors, wrong).toEqual([]);
  }
});

const optional = 'minOccurs="0"';

test.each<[name: string, body: string, in10: boolean, in11: boolean]>([
  [
    "a branch taken where the base has an optional choice",
    type("B", seq(`<xs:choice ${optional}>${e("a")}${e("b")}</xs:choice>`)) +
      restriction("T", "B", seq(e("a", optional))),
    false,
    true,
  ],
  [
    "a sequence written out of a repeated choice",
    type("B", `<xs:choice minOccurs="2" maxOccurs="2">${e("a")}${e("b")}</xs:choice>`) +
      restriction("T", "B", seq(e("a"), e("b"))),
    true,
    true,
  ],
  [
    "a choice written out of a sequence of optional parts",
    type("B", seq(e("a", optional), e("b", optional))) + restriction("T", "B", choice(e("a"), e("b"))),
    false,
    true,
  ],
  [
    "parts in another order",
    type("B", seq(e("a", optional), e("b", optional))) +
      restriction("T", "B", seq(e("b", optional), e("a", optional))),
    false,
    false,
  ],
  [
    "too many, by a nested count",
    type("B", seq(e("a", 'maxOccurs="5"'))) +
      restriction("T", "B", `<xs:sequence maxOccurs="2">${e("a", 'maxOccurs="3"')}</xs:sequence>`),
    false,
    false,
  ],
  [
    "any order restricted to one",
    type("B", `<xs:all>${e("a")}${e("b", optional)}</xs:all>`) + restriction("T", "B", seq(e("b"), e("a"))),
    true,
    true,
  ],
  [
    "any order without a required member",
    type("B", `<xs:all>${e("a")}${e("b")}</xs:all>`) + restriction("T", "B", seq(e("b"))),
    false,
    false,
  ],
  [
    "any order restricted to a choice",
    type("B", `<xs:all>${e("a", optional)}${e("b", optional)}</xs:all>`) +
      restriction("T", "B", choice(e("a"), e("b"))),
    false,
    true,
  ],
])("restriction by rules and by language: %s", (_name, body, in10, in11) => {
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors.length === 0).toBe(in10);
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors.length === 0).toBe(in11);
});

test.each<[name: string, body: string, want: string]>([
  [
    "complexContent of simple content",
    type("B", '<xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent>') +
      extension("T", "B", '<xs:attribute name="a"/>'),
    "complex-content-of-simple-content (src-ct.1)",
  ],
  [
    "a declaration of another namespace outside a restriction",
    type("T", seq(e("a", 'targetNamespace="urn:other"'))),
    "foreign-declaration (src-element.4.3)",
  ],
  [
    "a name excluded twice",
    type("T", seq('<xs:any namespace="urn:other" notQName="t:a"/>')),
    "needless-not-name (w-props-correct.4)",
  ],
  [
    "a key taken up as something else",
    `<xs:element name="r"><xs:complexType/><xs:key name="k"><xs:selector xpath="a"/><xs:field xpath="@id"/></xs:key></xs:element>
     <xs:element name="s"><xs:complexType/><xs:unique ref="t:k"/></xs:element>`,
    "identity-constraint-kind (src-identity-constraint.5)",
  ],
])("rejected in XSD 1.1: %s", (_name, body, want) => {
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors).toContain(want);
});

test.each([
  ["(a, b) | (a, c)", choice(seq(e("a"), e("b")), seq(e("a"), e("c")))],
  ["a*, a", seq(e("a", 'minOccurs="0" maxOccurs="unbounded"'), e("a"))],
  ["any*, any", seq('<xs:any minOccurs="0" maxOccurs="unbounded"/>', "<xs:any/>")],
])("%s: tolerated, the same finding is a warning, and nothing else is tolerated", (_, content) => {
  const body = type("T", content);
  const tolerate = ["ambiguous-content"] as const;
  const [strict, ...more] = resolveBody(body).diagnostics;
  expect(more).toEqual([]);
  const { hint, ...finding } = strict ?? {};
  expect(finding).toMatchObject({ code: "ambiguous-content", severity: "error" });
  expect(hint).toContain("--tolerate ambiguous-content");
  const { diagnostics } = resolveBody(body, { tolerate });
  expect(diagnostics).toEqual([{ ...finding, severity: "warning" }]);
  const wrong = resolveBody(body + type("U", seq(e("a"), e("a", "", "xs:int"))), { tolerate });
  expect(wrong.errors).toEqual(["inconsistent-element-types (cos-element-consistent)"]);
  // What was tolerated once is not taken over by who does not tolerate it.
  expect(resolveBody(body).errors).toEqual(["ambiguous-content (cos-nonambig)"]);
});

test("names of namespaces that are not imported mean what another file declares, where that is tolerated", () => {
  const files = {
    "t.xsd": schema(
      '<xs:element name="a" type="u:There"/><xs:element name="b" type="u:Nowhere"/><xs:complexType name="C"><xs:attribute ref="xml:lang"/></xs:complexType>',
      'xmlns:u="urn:u"',
    ),
    "u.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:u">${simple("There", "xs:string")}</xs:schema>`,
  };
  const found = ({ diagnostics }: ReturnType<typeof resolveFiles>) =>
    diagnostics.map(({ severity, message }) => `${severity} ${message.replace(/, which.*/u, "")}`).sort();
  expect(found(resolveFiles(files))).toEqual([
    'error the attribute "xml:lang" is of the namespace "http://www.w3.org/XML/1998/namespace"',
    'error the type "u:Nowhere" is of the namespace "urn:u"',
    'error the type "u:There" is of the namespace "urn:u"',
  ]);
  const tolerant = resolveFiles(files, { tolerate: ["namespace-not-imported"] });
  expect(found(tolerant)).toEqual([
    'error no type "u:Nowhere"',
    'warning the attribute "xml:lang" is of the namespace "http://www.w3.org/XML/1998/namespace"',
    'warning the type "u:There" is of the namespace "urn:u"',
  ]);
  expect(tolerant.model.elements["{urn:t}a"]?.type).toBe("{urn:u}There");
});

test("an element xs:schema in content, as a DataSet of .NET has it, may hold anything, where that is tolerated", () => {
  const body = type("Rows", seq('<xs:element ref="xs:schema"/>', "<xs:any/>"));
  const [error, ...more] = resolveBody(body).diagnostics;
  expect(more).toEqual([]);
  expect(error).toMatchObject({
    code: "schema-element-undeclared",
    severity: "error",
    clause: "src-resolve",
  });
  expect(error?.hint).toContain("`--tolerate schema-element-undeclared` makes this a warning");
  const { model, diagnostics } = resolveBody(body, { tolerate: ["schema-element-undeclared"] });
  expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
  const anyType = "{http://www.w3.org/2001/XMLSchema}anyType";
  expect(Object.values(model.elements).map(({ name, type }) => [name.local, type])).toEqual([
    ["schema", anyType],
  ]);
  // Who does not refer to it has nothing of it; a file that declares it is believed; no other element is made up.
  expect(resolveBody(type("T", "")).model.namespaces.map(({ uri }) => uri)).toEqual(["urn:t"]);
  const namespace = "http://www.w3.org/2001/XMLSchema";
  const files = {
    "t.xsd": schema(`<xs:import namespace="${namespace}" schemaLocation="xs.xsd"/>${body}`),
    "xs.xsd": `<xs:schema xmlns:xs="${namespace}" targetNamespace="${namespace}"><xs:element name="schema" type="xs:string"/></xs:schema>`,
  };
  const declared = resolveFiles(files);
  expect(declared.errors).toEqual([]);
  expect(Object.values(declared.model.elements).map(({ type }) => type)).toEqual([`{${namespace}}string`]);
  const other = resolveBody(type("T", seq('<xs:element ref="xs:element"/>')), {
    tolerate: ["schema-element-undeclared"],
  });
  expect(other.errors).toEqual(["unknown-element-reference (src-resolve)"]);
  const lazy = resolveBody(body, { unresolved: "lazy" });
  expect(lazy.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    "warning unknown-element-reference",
  ]);
});

test.each([
  ["#[0-9]", String.raw`\#[0-9]`, String.raw`\#`],
  [String.raw`\\"[/"]\.`, String.raw`\\\"[\/\"]\.`, String.raw`\" and \/`],
])("%s: needless escapes of a pattern are left out, where that is tolerated", (plain, pattern, escapes) => {
  const body = simple("S", "xs:string", `<xs:pattern value="${pattern.replaceAll('"', "&quot;")}"/>`);
  const [error, ...more] = resolveBody(body).diagnostics;
  expect(more).toEqual([]);
  expect(error).toMatchObject({
    code: "unknown-escape",
    severity: "error",
    message: `"${pattern}" has ${escapes}, which patterns do not know`,
    hint: "where the schema cannot be changed, `--tolerate unknown-escape` makes this a warning",
  });
  const { model, diagnostics } = resolveBody(body, { tolerate: ["unknown-escape"] });
  expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(model.types["{urn:t}S"]).toMatchObject({ facets: { patterns: [[plain]] } });
  const worse = simple("S", "xs:string", String.raw`<xs:pattern value="\#\b"/>`);
  expect(resolveBody(worse, { tolerate: ["unknown-escape"] }).errors).toEqual([
    "invalid-facet-value (pattern-value)",
  ]);
});
