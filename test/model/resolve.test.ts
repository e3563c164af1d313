import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { assignNames } from "../../generator/emit/names.js";
import type { ComplexType, SimpleType } from "../../generator/model/types.js";
import { effectiveElements } from "../../generator/model/query.js";
import { ns, resolveBody, resolveFiles, schema, t, xs } from "./release.js";

const plain = (body: string, attributes = ""): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${attributes}>${body}</xs:schema>`;

function complex(model: { types: Readonly<Record<string, unknown>> }, id: string): ComplexType {
  const type = model.types[id] as ComplexType | undefined;
  if (type?.kind !== "complex") throw new Error(`${id} is no complex type`);
  return type;
}

function simple(model: { types: Readonly<Record<string, unknown>> }, id: string): SimpleType {
  const type = model.types[id] as SimpleType | undefined;
  if (type?.kind !== "simple") throw new Error(`${id} is no simple type`);
  return type;
}

// ---------------------------------------------------------------------------------------------------------------
// Documents
// ---------------------------------------------------------------------------------------------------------------

test("include, and a chameleon that takes the namespace of whoever includes it", () => {
  const { model, errors } = resolveFiles({
    "a.xsd": schema('<xs:include schemaLocation="c.xsd"/><xs:element name="root" type="t:T"/>'),
    "b.xsd": plain(
      '<xs:include schemaLocation="c.xsd"/><xs:element name="root" type="u:T"/>',
      'xmlns:u="urn:u" targetNamespace="urn:u"',
    ),
    "c.xsd": plain(
      '<xs:complexType name="T"><xs:sequence><xs:element ref="e"/></xs:sequence></xs:complexType><xs:element name="e" type="S"/><xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType>',
    ),
  });
  expect(errors).toEqual([]);
  expect(Object.keys(model.types)).toEqual([t("S"), t("T"), "{urn:u}S", "{urn:u}T"].sort(byUri));
  expect(model.elements["{urn:u}e"]?.type).toBe("{urn:u}S");
  expect(effectiveElements(model, t("T"))[0]).toMatchObject({ ref: t("e"), name: { namespace: ns } });
  expect(model.namespaces.map(({ uri, prefix }) => [uri, prefix])).toEqual([
    [ns, "t"],
    ["urn:u", "u"],
  ]);
});

/** The order of the model for this test: both copies of the chameleon at one place, by id. */
function byUri(a: string, b: string): number {
  const local = (id: string): string => id.slice(id.indexOf("}"));
  // In c.xsd, T stands before S.
  if (local(a) !== local(b)) return local(a) > local(b) ? -1 : 1;
  return a < b ? -1 : 1;
}

test("imports in a circle, one of them without schemaLocation", () => {
  const { model, errors } = resolveFiles({
    "t.xsd": schema(
      '<xs:import namespace="urn:u" schemaLocation="u.xsd"/><xs:complexType name="T"><xs:sequence><xs:element name="u" type="u:U"/></xs:sequence></xs:complexType>',
      'xmlns:u="urn:u"',
    ),
    "u.xsd": plain(
      `<xs:import namespace="${ns}"/><xs:complexType name="U"><xs:sequence><xs:element name="t" type="t:T" minOccurs="0"/></xs:sequence></xs:complexType>`,
      `xmlns:t="${ns}" targetNamespace="urn:u"`,
    ),
  });
  expect(errors).toEqual([]);
  expect(effectiveElements(model, "{urn:u}U")[0]?.type).toBe(t("T"));
});

test("a reference to a namespace that the document does not import says what to add", () => {
  const { diagnostics } = resolveFiles({
    "t.xsd": schema('<xs:element name="e" type="u:U"/>', 'xmlns:u="urn:u"'),
    "u.xsd": plain(
      '<xs:simpleType name="U"><xs:restriction base="xs:string"/></xs:simpleType>',
      'targetNamespace="urn:u"',
    ),
  });
  expect(diagnostics).toMatchObject([
    {
      code: "namespace-not-imported",
      clause: "src-resolve.4",
      hint: 'add <xs:import namespace="urn:u"/>; where the schema cannot be changed, `--tolerate namespace-not-imported` makes this a warning',
      at: { file: "t.xsd" },
    },
  ]);
});

test("redefine: types by extension of themselves, groups and attribute groups around themselves", () => {
  const { model, errors } = resolveFiles(
    {
      "t.xsd": schema(
        `<xs:redefine schemaLocation="o.xsd">
           <xs:complexType name="T"><xs:complexContent><xs:extension base="t:T"><xs:sequence><xs:element name="b"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
           <xs:simpleType name="S"><xs:restriction base="t:S"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
           <xs:group name="G"><xs:sequence><xs:group ref="t:G"/><xs:element name="h"/></xs:sequence></xs:group>
           <xs:attributeGroup name="A"><xs:attributeGroup ref="t:A"/><xs:attribute name="y"/></xs:attributeGroup>
         </xs:redefine>`,
      ),
      "o.xsd": schema(
        `<xs:complexType name="T"><xs:sequence><xs:element name="a"/><xs:element name="more" type="t:T" minOccurs="0"/></xs:sequence></xs:complexType>
         <xs:simpleType name="S"><xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
         <xs:group name="G"><xs:sequence><xs:element name="g"/></xs:sequence></xs:group>
         <xs:attributeGroup name="A"><xs:attribute name="x"/></xs:attributeGroup>
         <xs:complexType name="User"><xs:group ref="t:G"/><xs:attributeGroup ref="t:A"/></xs:complexType>`,
      ),
    },
    { roots: ["t.xsd"] },
  );
  expect(errors).toEqual([]);
  const names = (id: string): string[] => effectiveElements(model, id).map(({ name }) => name.local);
  expect(names(t("T"))).toEqual(["a", "more", "b"]);
  expect(complex(model, t("T")).base).toBe(`${t("T")}/$base`);
  // Inside the original, the name means the redefinition.
  expect(effectiveElements(model, t("T"))[1]?.type).toBe(t("T"));
  expect(model.types[`${t("T")}/$base`]).toMatchObject({ owner: { kind: "type", id: t("T"), local: "T" } });
  expect(model.types[`${t("T")}/$base`]?.name).toBeUndefined();
  expect(simple(model, t("S")).facets).toMatchObject({ maxLength: 3 });
  expect(names(t("User"))).toEqual(["g", "h"]);
  expect(complex(model, t("User")).attributes.map(({ name }) => name.local)).toEqual(["x", "y"]);
  expect(Object.keys(model.groups)).toEqual([t("G")]);
});

test("redefinition of a redefinition", () => {
  const step = (location: string, facet: string): string =>
    schema(
      `<xs:redefine schemaLocation="${location}"><xs:simpleType name="S"><xs:restriction base="t:S">${facet}</xs:restriction></xs:simpleType></xs:redefine>`,
    );
  const { model, errors } = resolveFiles(
    {
      "a.xsd": step("b.xsd", '<xs:maxLength value="3"/>'),
      "b.xsd": step("c.xsd", '<xs:minLength value="2"/>'),
      "c.xsd": schema('<xs:simpleType name="S"><xs:restriction base="xs:token"/></xs:simpleType>'),
    },
    { roots: ["a.xsd"] },
  );
  expect(errors).toEqual([]);
  expect(simple(model, t("S")).facets).toMatchObject({ minLength: 2, maxLength: 3 });
  expect(simple(model, t("S")).base).toBe(`${t("S")}/$base`);
  expect(simple(model, `${t("S")}/$base`).base).toBe(`${t("S")}/$base/$base`);
});

test("override replaces what is there, and adds nothing", () => {
  const { model, errors } = resolveFiles(
    {
      "t.xsd": schema(
        `<xs:override schemaLocation="o.xsd">
           <xs:simpleType name="S"><xs:restriction base="xs:int"/></xs:simpleType>
           <xs:simpleType name="Unknown"><xs:restriction base="xs:int"/></xs:simpleType>
         </xs:override>`,
      ),
      "o.xsd": schema(
        '<xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType><xs:element name="e" type="t:S"/>',
      ),
    },
    { roots: ["t.xsd"] },
  );
  expect(errors).toEqual([]);
  expect(Object.keys(model.types)).toEqual([t("S")]);
  expect(simple(model, t("S")).base).toBe(xs("int"));
});

test("the same declaration in two files is one; a different one is an error that names both", () => {
  const one =
    '<xs:complexType name="T"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>';
  const documented = one.replace(
    "<xs:sequence>",
    "<xs:annotation><xs:documentation>x</xs:documentation></xs:annotation>\n<xs:sequence>",
  );
  expect(resolveFiles({ "a.xsd": schema(one), "b.xsd": schema(documented) }).errors).toEqual([]);
  const { diagnostics } = resolveFiles({
    "a.xsd": schema(one),
    "b.xsd": schema(one.replace("xs:int", "xs:long")),
  });
  expect(diagnostics).toMatchObject([
    {
      code: "duplicate-declaration",
      clause: "sch-props-correct.2",
      at: { file: "b.xsd" },
      related: [{ at: { file: "a.xsd" } }],
    },
  ]);
  expect(diagnostics[0]?.message).toContain("a.xsd and b.xsd");
  expect(diagnostics[0]?.hint).toContain("--entry");
  // The same words mean something else where the defaults of the document differ.
  const unqualified = schema(one).replace('elementFormDefault="qualified"', "");
  expect(resolveFiles({ "a.xsd": schema(one), "b.xsd": unqualified }).errors).toEqual([
    "duplicate-declaration (sch-props-correct.2)",
  ]);
  // In one document, twice is always a mistake.
  expect(resolveBody(one + one).errors).toEqual(["duplicate-declaration (sch-props-correct.2)"]);
});

test("releases that have met in one bundle are told by file, not by name", () => {
  const release = (type: string) =>
    schema(["a", "b", "c", "d"].map((name) => `<xs:element name="${name}" type="xs:${type}"/>`).join(""));
  const types = ["int", "long", "short", "byte", "date"];
  const files = Object.fromEntries(types.map((type, index) => [`${String(index + 1)}.xsd`, release(type)]));
  const [found, ...more] = resolveFiles(files).diagnostics;
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    code: "duplicate-declaration",
    message:
      '4 names of the target namespace "urn:t" are declared differently in 1.xsd and in 2.xsd, 3.xsd, 4.xsd and 1 more; the first is the element "a"',
    at: { file: "2.xsd" },
    related: [{ at: { file: "1.xsd" } }],
  });
  expect(found?.hint).toContain("--entry");
  // A few are told one by one, and so is what stands twice in one document.
  const body = '<xs:element name="a" type="xs:date"/><xs:element name="a" type="xs:time"/>';
  expect(
    resolveFiles({ "1.xsd": files["1.xsd"] ?? "", "2.xsd": schema(body) }).diagnostics.map(
      ({ message }) => message,
    ),
  ).toEqual([
    'the element "a" of the target namespace "urn:t" is declared differently in 1.xsd and 2.xsd',
    'the element "a" of the target namespace "urn:t" is declared differently in 1.xsd and 2.xsd',
  ]);
});

test("a schema that declares the xsi: attributes, as W3C has one, changes nothing", () => {
  const names = ["nil", "type", "schemaLocation", "noNamespaceSchemaLocation"];
  const xsi = (attributes: readonly string[]) =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/XMLSchema-instance">${attributes.map((name) => `<xs:attribute name="${name}"/>`).join("")}</xs:schema>`;
  const user = schema(
    '<xs:import namespace="http://www.w3.org/2001/XMLSchema-instance" schemaLocation="xsi.xsd"/><xs:complexType name="T"><xs:attribute ref="xsi:type"/></xs:complexType>',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  );
  const { model, diagnostics } = resolveFiles({ "t.xsd": user, "xsi.xsd": xsi(names) });
  expect(diagnostics).toEqual([]);
  expect(model.attributes).toEqual(
    resolveFiles({ "t.xsd": user.replace(' schemaLocation="xsi.xsd"', "") }).model.attributes,
  );
  expect(resolveFiles({ "xsi.xsd": xsi([...names, "other"]) }).errors).toEqual([
    "forbidden-attribute-declaration (no-xsi)",
  ]);
});

test("xml: and xsi: attributes need no file, and are there only when they are used", () => {
  const { model, errors } = resolveBody(
    `<xs:import namespace="http://www.w3.org/XML/1998/namespace"/>
     <xs:complexType name="T"><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space" use="required"/></xs:complexType>`,
  );
  expect(errors).toEqual([]);
  expect(complex(model, t("T")).attributes.map(({ name, required }) => [name.local, required])).toEqual([
    ["lang", false],
    ["space", true],
  ]);
  const xml = "{http://www.w3.org/XML/1998/namespace}";
  expect(Object.keys(model.attributes).sort()).toEqual([`${xml}lang`, `${xml}space`]);
  expect(simple(model, `${xml}attribute::lang`).members).toEqual([
    xs("language"),
    `${xml}attribute::lang/$member1`,
  ]);
  expect(model.namespaces.map(({ prefix }) => prefix)).toEqual(["xml", "t"]);
  expect(resolveBody('<xs:complexType name="T"/>').model.namespaces.map(({ prefix }) => prefix)).toEqual([
    "t",
  ]);
});

// ---------------------------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------------------------

test("a prefix that tells of its namespace comes before those that each file uses for its own", () => {
  const file = (own: string, more: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${own}" xmlns:ns1="${own}" targetNamespace="${own}" ${more}</xs:schema>`;
  const type = '<xs:complexType name="T"/>';
  const { model } = resolveFiles({
    "order.xsd": file(
      "urn:order",
      `xmlns:cust="urn:customer"><xs:import namespace="urn:customer" schemaLocation="customer.xsd"/>${type}`,
    ),
    "customer.xsd": file("urn:customer", `>${type}`),
  });
  const prefixes = model.namespaces.map(({ uri, prefix }) => [uri, prefix]);
  expect(prefixes).toEqual([
    ["urn:customer", "cust"],
    ["urn:order", "tns"],
  ]);
});

test.each([
  ["http://example.com/2020/purchase-orders#", "purchase-orders", "purchaseOrders"],
  ["http://example.com/my_schema.xsd", "my_schema", "my_schema"],
  ["urn:example:PurchaseOrder:v1_2", "purchaseorder", "purchaseOrder"],
  ["urn:iso:std:iso:20022:tech:xsd:pain.001.001.03", "pain", "pain"],
  ["urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "invoice", "invoice"],
  ["http://example.com/_drafts_", "drafts", "drafts"],
  ["http://www.example.com/schemas/v2.1", "example", "example"],
  ["http://example.com/größe", "ns", "größe"],
  ["http://example.com/p", "p", "p"],
  [`urn:${"-1".repeat(50_000)}-xy`, "xy", "xy"],
])("a namespace without a prefix goes by the word of its URI (%#)", (uri, prefix, module) => {
  const { model } = resolveFiles({
    "a.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${uri}" targetNamespace="${uri}"><xs:complexType name="T"/></xs:schema>`,
  });
  expect(model.namespaces.map((each) => each.prefix)).toEqual([prefix]);
  expect(assignNames(model, undefined, createReport()).module(uri)).toBe(module);
});

test("the namespace of XML has its prefix when a file declares it, which needs no prefix for it", () => {
  const uri = "http://www.w3.org/XML/1998/namespace";
  const { model, errors } = resolveFiles({
    "t.xsd": schema(
      `<xs:import namespace="${uri}" schemaLocation="xml.xsd"/>
       <xs:complexType name="T"><xs:attribute ref="xml:lang"/></xs:complexType>`,
    ),
    "xml.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${uri}">
      <xs:attribute name="lang" type="xs:language"/></xs:schema>`,
  });
  expect(errors).toEqual([]);
  expect(model.namespaces.map(({ prefix }) => prefix)).toEqual(["xml", "t"]);
});

test("anonymous types have ids made from their owners' path", () => {
  const { model, errors } = resolveBody(
    `<xs:element name="root"><xs:complexType><xs:sequence>
       <xs:element name="item"><xs:complexType><xs:sequence><xs:element name="size"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:element></xs:sequence></xs:complexType></xs:element>
     </xs:sequence><xs:attribute name="kind"><xs:simpleType><xs:restriction base="xs:token"/></xs:simpleType></xs:attribute></xs:complexType></xs:element>
     <xs:complexType name="root"><xs:sequence><xs:element name="item"><xs:complexType/></xs:element></xs:sequence></xs:complexType>
     <xs:group name="g"><xs:sequence><xs:element name="item"><xs:complexType/></xs:element></xs:sequence></xs:group>
     <xs:simpleType name="u"><xs:union><xs:simpleType><xs:list><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:list></xs:simpleType></xs:union></xs:simpleType>`,
  );
  expect(errors).toEqual([]);
  expect(new Set(Object.keys(model.types))).toEqual(
    new Set([
      t("element::root"),
      `${t("element::root")}/item`,
      `${t("element::root")}/item/size`,
      `${t("element::root")}/@kind`,
      t("root"),
      `${t("root")}/item`,
      `${t("group::g")}/item`,
      t("u"),
      `${t("u")}/$member1`,
      `${t("u")}/$member1/$item`,
    ]),
  );
  expect(model.types[`${t("element::root")}/item`]?.owner).toEqual({
    kind: "element",
    id: `${t("element::root")}/item`,
    local: "item",
  });
});

test("extension: the base's content first; what a step adds is kept apart", () => {
  const { model } = resolveBody(
    `<xs:complexType name="A"><xs:sequence><xs:element name="a"/></xs:sequence><xs:attribute name="x"/></xs:complexType>
     <xs:complexType name="B"><xs:complexContent><xs:extension base="t:A"><xs:choice><xs:element name="b"/><xs:element name="c"/></xs:choice><xs:attribute name="y"/></xs:extension></xs:complexContent></xs:complexType>`,
  );
  const type = complex(model, t("B"));
  expect(type.content).toMatchObject({
    kind: "elements",
    particle: { kind: "sequence", particles: [{ kind: "sequence" }, { kind: "choice" }] },
    own: { kind: "choice" },
  });
  expect(type.attributes.map(({ name, declaredIn }) => [name.local, declaredIn])).toEqual([
    ["x", t("A")],
    ["y", t("B")],
  ]);
});

test("attributes: groups in place, prohibited ones left out, wildcards united and intersected", () => {
  const { model, errors } = resolveBody(
    `<xs:attributeGroup name="G"><xs:attribute name="a"/><xs:attributeGroup ref="t:H"/><xs:anyAttribute namespace="urn:1 urn:2"/></xs:attributeGroup>
     <xs:attributeGroup name="H"><xs:attribute name="b"/></xs:attributeGroup>
     <xs:complexType name="T"><xs:attribute name="z"/><xs:attributeGroup ref="t:G"/><xs:anyAttribute namespace="urn:2 urn:3"/></xs:complexType>
     <xs:complexType name="E"><xs:complexContent><xs:extension base="t:T"><xs:anyAttribute namespace="urn:4"/></xs:extension></xs:complexContent></xs:complexType>
     <xs:complexType name="R"><xs:complexContent><xs:restriction base="t:T"><xs:attribute name="a" use="prohibited"/><xs:attribute name="b" use="required"/></xs:restriction></xs:complexContent></xs:complexType>`,
  );
  expect(errors).toEqual([]);
  const uses = (id: string): unknown[] =>
    complex(model, id).attributes.map(({ name, required }) => [name.local, required]);
  expect(uses(t("T"))).toEqual([
    ["z", false],
    ["a", false],
    ["b", false],
  ]);
  expect(complex(model, t("T")).anyAttribute?.namespaces).toEqual({ kind: "in", uris: ["urn:2"] });
  expect(complex(model, t("E")).anyAttribute?.namespaces).toEqual({ kind: "in", uris: ["urn:4", "urn:2"] });
  expect(uses(t("R"))).toEqual([
    ["z", false],
    ["b", true],
  ]);
  expect(complex(model, t("R")).anyAttribute).toBeUndefined();
});

test("facets: composed along the derivation", () => {
  const { model, errors } = resolveBody(
    `<xs:simpleType name="A"><xs:restriction base="xs:int"><xs:minInclusive value=" 1 "/><xs:maxInclusive value="100"/><xs:pattern value="[0-9]+"/><xs:pattern value="-"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="B"><xs:restriction base="t:A"><xs:minExclusive value="5"/><xs:pattern value="..?"/><xs:totalDigits value="2" fixed="true"/></xs:restriction></xs:simpleType>`,
  );
  expect(errors).toEqual([]);
  const { facets, ownFacets, builtin, primitive } = simple(model, t("B"));
  expect(facets).toEqual({
    whiteSpace: "collapse",
    fixed: ["whiteSpace", "fractionDigits", "totalDigits"],
    fractionDigits: 0,
    maxInclusive: "100",
    minExclusive: "5",
    totalDigits: 2,
    patterns: [["[\\-+]?[0-9]+"], ["[0-9]+", "-"], ["..?"]],
  });
  expect(ownFacets).toEqual(["minExclusive", "pattern", "totalDigits"]);
  expect([builtin, primitive]).toEqual([xs("int"), xs("decimal")]);
});

test("unions: members of members lie flat unless they were restricted", () => {
  const { model } = resolveBody(
    `<xs:simpleType name="A"><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType>
     <xs:simpleType name="R"><xs:restriction base="t:A"><xs:enumeration value="1"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="B"><xs:union memberTypes="t:A t:R xs:date"/></xs:simpleType>`,
  );
  expect(simple(model, t("B")).members).toEqual([xs("int"), xs("boolean"), t("R"), xs("date")]);
});

test("QName and NOTATION enumerations are expanded names", () => {
  const { model, errors } = resolveBody(
    `<xs:notation name="gif" public="image/gif"/>
     <xs:simpleType name="N"><xs:restriction base="xs:NOTATION"><xs:enumeration value="t:gif"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="Q"><xs:restriction base="xs:QName"><xs:enumeration value="xs:int"/><xs:enumeration value="plain"/></xs:restriction></xs:simpleType>`,
  );
  expect(errors).toEqual([]);
  expect(simple(model, t("N")).facets.enumeration?.map(({ value }) => value)).toEqual([t("gif")]);
  expect(simple(model, t("Q")).facets.enumeration?.map(({ value }) => value)).toEqual([xs("int"), "{}plain"]);
});

test("simple content by every route", () => {
  const { model, errors } = resolveBody(
    `<xs:complexType name="A"><xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent></xs:complexType>
     <xs:complexType name="B"><xs:simpleContent><xs:extension base="t:A"/></xs:simpleContent></xs:complexType>
     <xs:complexType name="C"><xs:simpleContent><xs:restriction base="t:B"><xs:maxLength value="3"/></xs:restriction></xs:simpleContent></xs:complexType>
     <xs:complexType name="D"><xs:simpleContent><xs:restriction base="t:B"><xs:simpleType><xs:restriction base="xs:token"/></xs:simpleType></xs:restriction></xs:simpleContent></xs:complexType>
     <xs:complexType name="M" mixed="true"><xs:sequence><xs:element name="e" minOccurs="0"/></xs:sequence></xs:complexType>
     <xs:complexType name="E"><xs:simpleContent><xs:restriction base="t:M"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType><xs:maxInclusive value="9"/></xs:restriction></xs:simpleContent></xs:complexType>`,
  );
  expect(errors).toEqual([]);
  const text = (id: string): unknown => complex(model, t(id)).content;
  expect(text("B")).toEqual({ kind: "simple", type: xs("string") });
  expect(text("C")).toEqual({ kind: "simple", type: `${t("C")}/$value` });
  expect(simple(model, `${t("C")}/$value`)).toMatchObject({ base: xs("string"), facets: { maxLength: 3 } });
  expect(text("D")).toEqual({ kind: "simple", type: `${t("D")}/$base` });
  expect(simple(model, `${t("E")}/$value`).facets.maxInclusive).toBe("9");
});

test("substitution groups: transitive, without abstract members, block and final respected", () => {
  const { model, errors } = resolveBody(
    `<xs:element name="head" type="xs:string"/>
     <xs:element name="middle" substitutionGroup="t:head" abstract="true"/>
     <xs:element name="leaf" substitutionGroup="t:middle" type="xs:token"/>
     <xs:element name="closed" type="xs:string" block="substitution"/>
     <xs:element name="member" substitutionGroup="t:closed"/>
     <xs:element name="strict" type="xs:string" block="restriction"/>
     <xs:element name="same" substitutionGroup="t:strict"/>
     <xs:element name="narrow" substitutionGroup="t:strict" type="xs:token"/>`,
  );
  expect(errors).toEqual([]);
  expect({ ...model.substitutions }).toEqual({
    [t("head")]: [t("leaf")],
    [t("middle")]: [t("leaf")],
    [t("strict")]: [t("same")],
  });
  expect(model.elements[t("middle")]?.type).toBe(xs("string"));
});

test("content that leads back to where it stands is no circle", () => {
  const { errors } = resolveBody(
    `<xs:group name="list"><xs:sequence><xs:element name="item" minOccurs="0"><xs:complexType><xs:group ref="t:list"/></xs:complexType></xs:element></xs:sequence></xs:group>
     <xs:complexType name="T"><xs:sequence><xs:element name="more" minOccurs="0"><xs:complexType><xs:complexContent><xs:extension base="t:T"/></xs:complexContent></xs:complexType></xs:element></xs:sequence></xs:complexType>`,
  );
  expect(errors).toEqual([]);
});

test("what only XSD 1.1 has is kept, and what is not checked is said", () => {
  const { model, diagnostics } = resolveBody(
    `<xs:complexType name="T"><xs:attribute name="kind"/><xs:assert test="@kind"/></xs:complexType>
     <xs:simpleType name="S"><xs:restriction base="xs:int"><xs:assertion test="$value mod 2 = 0"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="Z"><xs:restriction base="xs:dateTime"><xs:explicitTimezone value="required"/></xs:restriction></xs:simpleType>
     <xs:element name="e" type="t:T"><xs:alternative test="@kind='x'" type="t:T"/></xs:element>`,
  );
  expect(complex(model, t("T")).assertions).toEqual(["@kind"]);
  expect(simple(model, t("S")).assertions).toEqual(["$value mod 2 = 0"]);
  expect(simple(model, t("Z")).facets.explicitTimezone).toBe("required");
  expect(model.elements[t("e")]?.alternatives).toEqual([
    { test: "@kind='x'", condition: ["=", ["@", "kind"], "x"], type: t("T") },
  ]);
  expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([
    "warning assertion-not-checked",
    "warning assertion-not-checked",
  ]);
});

test("lazy: what is not declared is left open, with a warning", () => {
  const body =
    '<xs:complexType name="T"><xs:sequence><xs:element name="a" type="t:Missing"/><xs:element ref="t:gone"/></xs:sequence><xs:attribute ref="t:att"/></xs:complexType>';
  expect(resolveBody(body).errors).toHaveLength(3);
  const { model, errors, diagnostics } = resolveBody(body, { unresolved: "lazy" });
  expect(errors).toEqual([]);
  expect(diagnostics).toHaveLength(3);
  expect(effectiveElements(model, t("T")).map(({ type }) => type)).toEqual([xs("anyType"), xs("anyType")]);
});

test("keys from input never reach a prototype", () => {
  const { model, errors } = resolveBody(
    '<xs:complexType name="__proto__"><xs:sequence><xs:element name="constructor"/></xs:sequence></xs:complexType><xs:element name="toString" type="t:__proto__"/>',
  );
  expect(errors).toEqual([]);
  expect(Object.keys(model.types)).toEqual([t("__proto__")]);
  expect(Object.getPrototypeOf(model.types)).toBeNull();
  expect(Object.getPrototypeOf(model.elements)).toBeNull();
});
