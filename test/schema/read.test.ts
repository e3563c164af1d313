import { expect, test } from "vitest";
import { tsdoc } from "../../generator/emit/docs.js";
import { plain, read, schema } from "./reading.js";

const xs = (local: string) => ({ namespace: "http://www.w3.org/2001/XMLSchema", local, prefix: "xs" });
const t = (local: string) => ({ namespace: "urn:t", local, prefix: "t" });

/** What one top-level component is read as, places left out. */
function component(inside: string): unknown {
  const { document, findings } = read(schema(inside));
  expect(findings).toEqual([]);
  return plain(document?.components[0]);
}

const once = { minOccurs: 1, maxOccurs: 1 };
const declared = {
  ...once,
  nillable: false,
  abstract: false,
  substitutionGroup: [],
  constraints: [],
  alternatives: [],
};
const empty = { kind: "implicit", attributes: [], assertions: [] };

test("the root, its prefixes and defaults", () => {
  const { document } = read(
    `<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:b="urn:b" targetNamespace=" urn:a " xmlns:a="urn:a" version="1" elementFormDefault="qualified" blockDefault="#all" finalDefault="list extension" defaultAttributes="a:g"><annotation><documentation>one</documentation></annotation><element name="e"/><annotation><documentation>two</documentation></annotation></schema>`,
  );
  expect(plain({ ...document, components: [] })).toEqual({
    file: "test.xsd",
    targetNamespace: "urn:a",
    version: "1",
    elementForm: "qualified",
    attributeForm: "unqualified",
    blockDefault: ["extension", "restriction", "substitution"],
    finalDefault: ["extension", "list"],
    prefixes: [
      ["", "http://www.w3.org/2001/XMLSchema"],
      ["b", "urn:b"],
      ["a", "urn:a"],
    ],
    annotation: { documentation: "one\n\ntwo" },
    defaultAttributes: { namespace: "urn:a", local: "g", prefix: "a" },
    directives: [],
    components: [],
  });
});

test("directives, with what they replace", () => {
  const { document, findings } = read(
    schema(
      `<xs:include schemaLocation="a.xsd"/><xs:import/><xs:import namespace="urn:i"/><xs:import namespace="urn:j" schemaLocation=" j.xsd "/>
       <xs:redefine schemaLocation="r.xsd"><xs:annotation/><xs:simpleType name="r"><xs:restriction base="t:r"/></xs:simpleType></xs:redefine>
       <xs:override schemaLocation="o.xsd"><xs:element name="o"/></xs:override>`,
    ),
  );
  expect(findings).toEqual([]);
  expect(plain(document?.directives)).toEqual([
    { kind: "include", location: "a.xsd" },
    { kind: "import" },
    { kind: "import", namespace: "urn:i" },
    { kind: "import", namespace: "urn:j", location: "j.xsd" },
    {
      kind: "redefine",
      location: "r.xsd",
      components: [
        { kind: "simpleType", name: "r", derivation: { kind: "restriction", base: t("r"), facets: [] } },
      ],
    },
    { kind: "override", location: "o.xsd", components: [{ kind: "element", name: "o", ...declared }] },
  ]);
});

test.each<[string, string, unknown]>([
  ["an element", '<xs:element name="e"/>', { kind: "element", name: "e", ...declared }],
  [
    "an element with everything",
    '<xs:element name="e" id="i" type="xs:int" nillable="1" abstract="true" default=" 1 " block="#all" final="restriction" substitutionGroup="t:a t:b"/>',
    {
      kind: "element",
      name: "e",
      id: "i",
      type: xs("int"),
      ...declared,
      nillable: true,
      abstract: true,
      default: " 1 ",
      namespaces: { xs: xs("").namespace, t: "urn:t" },
      block: ["extension", "restriction", "substitution"],
      final: ["restriction"],
      substitutionGroup: [t("a"), t("b")],
    },
  ],
  [
    "identity constraints",
    '<xs:element name="e"><xs:key name="k"><xs:selector xpath=" .//t:a "/><xs:field xpath="@b"/><xs:field xmlns:u="urn:u" xpath="u:c"/></xs:key><xs:keyref name="r" refer="t:k"><xs:selector xpath="."/><xs:field xpath="."/></xs:keyref><xs:unique ref="t:k"/></xs:element>',
    {
      kind: "element",
      name: "e",
      ...declared,
      constraints: [
        {
          kind: "key",
          name: "k",
          selector: ".//t:a",
          fields: ["@b", "u:c"],
          namespaces: { xs: xs("").namespace, t: "urn:t", u: "urn:u" },
        },
        {
          kind: "keyref",
          name: "r",
          refer: t("k"),
          selector: ".",
          fields: ["."],
          namespaces: { xs: xs("").namespace, t: "urn:t" },
        },
        {
          kind: "unique",
          ref: t("k"),
          selector: ".",
          fields: [],
          namespaces: { xs: xs("").namespace, t: "urn:t" },
        },
      ],
    },
  ],
  [
    "alternatives",
    '<xs:element name="e" type="t:b"><xs:alternative test="@a = 1" type="t:c"/><xs:alternative><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:alternative></xs:element>',
    {
      kind: "element",
      name: "e",
      type: t("b"),
      ...declared,
      alternatives: [
        {
          kind: "alternative",
          test: "@a = 1",
          condition: ["=", ["@", "a"], ["integer", "1"]],
          type: t("c"),
        },
        {
          kind: "alternative",
          inlineType: { kind: "simpleType", derivation: { kind: "list", item: xs("int") } },
        },
      ],
    },
  ],
  [
    "an attribute",
    '<xs:attribute name="a" fixed="" inheritable="true"><xs:annotation><xs:documentation>d</xs:documentation></xs:annotation><xs:simpleType><xs:list><xs:simpleType><xs:union memberTypes="xs:int t:u"/></xs:simpleType></xs:list></xs:simpleType></xs:attribute>',
    {
      kind: "attribute",
      name: "a",
      annotation: { documentation: "d" },
      use: "optional",
      fixed: "",
      namespaces: { xs: xs("").namespace, t: "urn:t" },
      inheritable: true,
      inlineType: {
        kind: "simpleType",
        derivation: {
          kind: "list",
          inlineItem: {
            kind: "simpleType",
            derivation: { kind: "union", members: [xs("int"), t("u")], inlineMembers: [] },
          },
        },
      },
    },
  ],
  [
    "all facets",
    `<xs:simpleType name="s" final="#all"><xs:restriction base="xs:string">${[
      '<xs:length value=" 1 " fixed="true"/>',
      '<xs:pattern value=" a  b "/>',
      '<xs:enumeration value=" x  y "/>',
      '<xs:whiteSpace value="collapse"/>',
      '<xs:assertion test="$value = 1"/>',
      '<xs:explicitTimezone value="required"/>',
    ].join("")}</xs:restriction></xs:simpleType>`,
    {
      kind: "simpleType",
      name: "s",
      final: ["extension", "restriction", "list", "union"],
      derivation: {
        kind: "restriction",
        base: xs("string"),
        facets: [
          ["length", "1", true],
          ["pattern", " a  b ", false],
          ["enumeration", " x  y ", false],
          ["whiteSpace", "collapse", false],
          ["assertion", "$value = 1", false],
          ["explicitTimezone", "required", false],
        ].map(([facet, value, fixed]) => ({
          kind: "facet",
          facet,
          value,
          fixed,
          namespaces: { xs: xs("").namespace, t: "urn:t" },
        })),
      },
    },
  ],
  [
    "a union with members of both kinds",
    '<xs:simpleType name="s"><xs:union memberTypes="t:a"><xs:simpleType><xs:list itemType="t:b"/></xs:simpleType><xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType="t:c"/></xs:simpleType></xs:restriction></xs:simpleType></xs:union></xs:simpleType>',
    {
      kind: "simpleType",
      name: "s",
      derivation: {
        kind: "union",
        members: [t("a")],
        inlineMembers: [
          { kind: "simpleType", derivation: { kind: "list", item: t("b") } },
          {
            kind: "simpleType",
            derivation: {
              kind: "restriction",
              inlineBase: { kind: "simpleType", derivation: { kind: "list", item: t("c") } },
              facets: [],
            },
          },
        ],
      },
    },
  ],
  [
    "an empty complex type",
    '<xs:complexType name="c" abstract="true" block="extension" defaultAttributesApply="false"/>',
    {
      kind: "complexType",
      name: "c",
      abstract: true,
      mixed: false,
      block: ["extension"],
      defaultAttributesApply: false,
      content: empty,
    },
  ],
  [
    "particles",
    '<xs:complexType name="c" mixed="true"><xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element ref="t:e" maxOccurs="9"/><xs:choice><xs:element name="f" form="qualified" type="xs:int"/><xs:sequence/></xs:choice><xs:group ref="t:g" minOccurs="0"/><xs:any namespace="##other" processContents="lax" maxOccurs="2"/></xs:sequence></xs:complexType>',
    {
      kind: "complexType",
      name: "c",
      abstract: false,
      mixed: true,
      content: {
        ...empty,
        particle: {
          kind: "sequence",
          minOccurs: 0,
          maxOccurs: "unbounded",
          particles: [
            { kind: "element", ref: t("e"), ...declared, maxOccurs: 9 },
            {
              kind: "choice",
              ...once,
              particles: [
                { kind: "element", name: "f", form: "qualified", type: xs("int"), ...declared },
                { kind: "sequence", ...once, particles: [] },
              ],
            },
            { kind: "groupRef", ref: t("g"), minOccurs: 0, maxOccurs: 1 },
            {
              kind: "any",
              namespaces: ["##other"],
              processContents: "lax",
              minOccurs: 1,
              maxOccurs: 2,
            },
          ],
        },
      },
    },
  ],
  [
    "attributes and a wildcard",
    '<xs:complexType name="c"><xs:attribute name="a" use="required" type="xs:int"/><xs:attributeGroup ref="t:g"/><xs:attribute ref="xml:lang" use="prohibited"/><xs:anyAttribute notNamespace="##local urn:x" notQName="##defined t:y"/><xs:assert test="@a"/></xs:complexType>',
    {
      kind: "complexType",
      name: "c",
      abstract: false,
      mixed: false,
      content: {
        kind: "implicit",
        attributes: [
          { kind: "attribute", name: "a", type: xs("int"), use: "required" },
          { kind: "attributeGroupRef", ref: t("g") },
          {
            kind: "attribute",
            ref: { namespace: "http://www.w3.org/XML/1998/namespace", local: "lang", prefix: "xml" },
            use: "prohibited",
          },
        ],
        anyAttribute: {
          kind: "anyAttribute",
          namespaces: ["##any"],
          processContents: "strict",
          notNamespaces: ["##local", "urn:x"],
          notNames: ["##defined", { namespace: "urn:t", local: "y" }],
        },
        assertions: [{ kind: "assert", test: "@a" }],
      },
    },
  ],
  [
    "an extension with open content",
    '<xs:complexType name="c"><xs:complexContent mixed="true"><xs:extension base="t:b"><xs:openContent mode="suffix"><xs:any namespace="urn:x"/></xs:openContent><xs:all minOccurs="0"/></xs:extension></xs:complexContent></xs:complexType>',
    {
      kind: "complexType",
      name: "c",
      abstract: false,
      mixed: false,
      content: {
        kind: "complexContent",
        method: "extension",
        base: t("b"),
        mixed: true,
        openContent: {
          kind: "openContent",
          mode: "suffix",
          wildcard: { kind: "any", namespaces: ["urn:x"], processContents: "strict" },
        },
        particle: { kind: "all", minOccurs: 0, maxOccurs: 1, particles: [] },
        attributes: [],
        assertions: [],
      },
    },
  ],
  [
    "simple content",
    '<xs:complexType name="c"><xs:simpleContent><xs:restriction base="t:b"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:minLength value="1"/><xs:attribute name="a" use="prohibited"/></xs:restriction></xs:simpleContent></xs:complexType>',
    {
      kind: "complexType",
      name: "c",
      abstract: false,
      mixed: false,
      content: {
        kind: "simpleContent",
        method: "restriction",
        base: t("b"),
        inlineBase: { kind: "simpleType", derivation: { kind: "list", item: xs("int") } },
        facets: [
          {
            kind: "facet",
            facet: "minLength",
            value: "1",
            fixed: false,
            namespaces: { xs: xs("").namespace, t: "urn:t" },
          },
        ],
        attributes: [{ kind: "attribute", name: "a", use: "prohibited" }],
        assertions: [],
      },
    },
  ],
  [
    "a group",
    '<xs:group name="g"><xs:all><xs:element name="e" minOccurs="0" targetNamespace="urn:o"/></xs:all></xs:group>',
    {
      kind: "group",
      name: "g",
      particle: {
        kind: "all",
        ...once,
        particles: [{ kind: "element", name: "e", targetNamespace: "urn:o", ...declared, minOccurs: 0 }],
      },
    },
  ],
  [
    "an attribute group",
    '<xs:attributeGroup name="g"><xs:anyAttribute namespace="##targetNamespace ##local"/></xs:attributeGroup>',
    {
      kind: "attributeGroup",
      name: "g",
      attributes: [],
      anyAttribute: {
        kind: "anyAttribute",
        namespaces: ["##targetNamespace", "##local"],
        processContents: "strict",
      },
    },
  ],
  [
    "a notation",
    '<xs:notation name="n" public="p" system="s"/>',
    { kind: "notation", name: "n", public: "p", system: "s" },
  ],
])("%s", (_, inside, expected) => {
  expect(component(inside)).toEqual(expected);
});

test("annotations keep text, white space and the XML of appinfo", () => {
  expect(
    component(
      '<xs:element name="e"><xs:annotation><xs:documentation>\n one <b>two</b> &lt; </xs:documentation><xs:appinfo/><xs:appinfo> <x:y xmlns:x="urn:x">&amp;</x:y></xs:appinfo><xs:documentation> </xs:documentation><xs:documentation xml:lang="de">drei</xs:documentation></xs:annotation></xs:element>',
    ),
  ).toMatchObject({
    annotation: {
      documentation: "\n one two < \n\ndrei",
      appinfo: [' <x:y xmlns:x="urn:x">&amp;</x:y>'],
    },
  });
});

test("markup in documentation divides words, paragraphs and items", () => {
  const html =
    "<p>Some <b>bold</b> <code>a &lt; b</code></p><ul><li>one</li><li><p>two</p></li></ul><table><tr><td>1</td><td>2</td></tr></table><pre>\n x\n  y\n</pre>x<br/>y";
  const read = component(
    `<xs:element name="e"><xs:annotation><xs:documentation><div xmlns="http://www.w3.org/1999/xhtml">${html}</div></xs:documentation></xs:annotation></xs:element>`,
  );
  const { documentation = "" } = (read as { annotation?: { documentation?: string } }).annotation ?? {};
  expect(tsdoc({ summary: documentation })).toBe(
    "Some bold `a < b`\n\n- one\n- two\n\n1 2\n\n```\nx\n y\n```\n\nx y",
  );
});

test("places: declarations, references and directives", () => {
  const text = schema('<xs:include schemaLocation="a.xsd"/>\n<xs:element name="e" type=" xs:int "/>');
  const { document } = read(text);
  const at = (place: { start: number; end: number } | undefined) =>
    place === undefined ? undefined : text.slice(place.start, place.end);
  const [element] = document?.components ?? [];
  expect(at(document?.directives[0]?.at)).toBe("a.xsd");
  expect(at(element?.at)).toBe('<xs:element name="e" type=" xs:int "/>');
  expect(element?.kind === "element" ? at(element.type?.at) : "").toBe(" xs:int ");
});

test("a DOCTYPE does no harm: entities in values, defaults, a prefix from the DTD", () => {
  const { document, findings } = read(
    `<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "XMLSchema.dtd" [
       <!ENTITY ns "urn:t"> <!ENTITY item "<xs:element name='item' type='t:type'/>">
       <!ATTLIST xs:schema xmlns:t CDATA "urn:t" elementFormDefault CDATA "qualified">
       <!ENTITY % more "<!ATTLIST xs:complexType id ID #IMPLIED>"> %more; ]>
     <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="&ns;">&item;</xs:schema>`,
  );
  expect(findings).toEqual([]);
  expect(plain(document)).toMatchObject({
    targetNamespace: "urn:t",
    elementForm: "qualified",
    components: [{ kind: "element", name: "item", type: t("type") }],
  });
});

const vc = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"';
test.each([
  ['vc:minVersion="1.1"', true],
  ['vc:minVersion="1.2"', false],
  ['vc:maxVersion="1.1"', false],
  ['vc:maxVersion="1.2"', true],
  ['vc:minVersion=" 1.0 " vc:maxVersion="1.10001"', true],
  ['vc:typeAvailable="xs:int xs:dateTimeStamp"', true],
  ['vc:typeAvailable="xs:int t:type"', false],
  ['vc:typeUnavailable="xs:int t:type"', true],
  ['vc:typeUnavailable="xs:int xs:string"', false],
  ['vc:facetAvailable="xs:assertion"', true],
  ['vc:facetAvailable="xs:precision"', false],
  ['vc:facetUnavailable="xs:maxScale"', true],
])("conditional inclusion: %s keeps: %s", (condition, kept) => {
  // What is left out may be anything.
  const inside = `<xs:element name="e" ${vc} ${condition}${kept ? "" : ' nonsense="1"'}/>`;
  const { document, findings } = read(schema(inside));
  expect(findings).toEqual([]);
  expect(document?.components).toHaveLength(kept ? 1 : 0);
  expect(
    read(schema(`<xs:element name="e" ${vc} ${condition}/>`), { version: "1.0" }).document?.components,
  ).toHaveLength(1);
});

test("conditions that are none", () => {
  expect(read(schema(`<xs:element name="e" ${vc} vc:minversion="9"/>`)).diagnostics).toEqual([
    expect.objectContaining({ severity: "warning", hint: 'did you mean "minVersion"?' }),
  ]);
  expect(
    read(schema(`<xs:element name="e" ${vc} vc:minVersion="x"/>`), { version: "1.1" }).diagnostics,
  ).toEqual([expect.objectContaining({ code: "invalid-attribute-value", severity: "error" })]);
  expect(read(schema("", ` ${vc} vc:minVersion="3"`)).document).toMatchObject({ components: [] });
});

test("xpathDefaultNamespace becomes a prefix", () => {
  const { document, findings } = read(
    schema(
      '<xs:element name="e"><xs:key name="k"><xs:selector xpath="a/t:b"/><xs:field xpath="c" xpathDefaultNamespace="##local"/><xs:field xpath="d/@e" xpathDefaultNamespace="urn:f"/></xs:key></xs:element>',
      ' xpathDefaultNamespace="##targetNamespace"',
    ),
  );
  expect(findings).toEqual([]);
  const [element] = document?.components ?? [];
  const [key] = element?.kind === "element" ? element.constraints : [];
  expect(key?.selector).toBe("t:a/t:b");
  expect(key?.fields).toEqual(["c", "ns0:d/@e"]);
  expect(key?.namespaces.get("ns0")).toBe("urn:f");
});

test("defaultOpenContent goes into the types that it is for", () => {
  const types =
    '<xs:complexType name="a"/><xs:complexType name="b"><xs:sequence><xs:element name="e"/></xs:sequence></xs:complexType><xs:complexType name="c"><xs:openContent mode="none"/><xs:sequence><xs:element name="e"/></xs:sequence></xs:complexType><xs:complexType name="d" mixed="true"/>';
  const modes = (attributes: string) => {
    const { document, findings } = read(
      schema(`<xs:defaultOpenContent mode="suffix"${attributes}><xs:any/></xs:defaultOpenContent>${types}`),
    );
    expect(findings).toEqual([]);
    return document?.components.map((type) =>
      type.kind === "complexType" && type.content.kind === "implicit"
        ? type.content.openContent?.mode
        : undefined,
    );
  };
  expect(modes("")).toEqual([undefined, "suffix", "none", "suffix"]);
  expect(modes(' appliesToEmpty="true"')).toEqual(["suffix", "suffix", "none", "suffix"]);
});

test("defaultOpenContent is for types that the same document redefines, though it stands after them", () => {
  const { document } = read(
    schema(
      '<xs:override schemaLocation="other.xsd"><xs:complexType name="a"><xs:sequence><xs:element name="e"/></xs:sequence></xs:complexType></xs:override><xs:defaultOpenContent mode="suffix"><xs:any/></xs:defaultOpenContent>',
    ),
  );
  const [override] = document?.directives ?? [];
  const [type] = override?.kind === "override" ? override.components : [];
  expect(type).toMatchObject({ name: "a", content: { kind: "implicit", openContent: { mode: "suffix" } } });
});
