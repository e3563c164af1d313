/**
 * What generators lose, one row each: all constructs in one schema of several files, with a document that uses them. A row shows what
 * the value is, or what is declared; the document comes out as it went in.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { XmlC14NMode, XmlDocument } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorText, strictErrors } from "../compile.js";
import { createReport } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { emitRelease, runtimeFiles } from "../../generator/emit/index.js";
import { liveDescriptors, type LiveDescriptors } from "../../generator/emit/live.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { decode, decodeResult, encode } from "../../templates/runtime/index.js";

const files: Readonly<Record<string, string>> = {
  // An odd prefix for XSD itself, a DOCTYPE, and folders that refer to each other in a circle.
  "main.xsd": `<!DOCTYPE weird:schema [<!ENTITY main "urn:main">]>
<weird:schema xmlns:weird="http://www.w3.org/2001/XMLSchema" xmlns:m="&main;" xmlns:o="urn:other" targetNamespace="&main;" elementFormDefault="qualified">
  <weird:import namespace="urn:other" schemaLocation="parts/other.xsd"/>
  <weird:include schemaLocation="parts/chameleon.xsd"/>
  <weird:redefine schemaLocation="base.xsd">
    <weird:complexType name="Redefined"><weird:complexContent><weird:extension base="m:Redefined"><weird:sequence>
      <weird:element name="more" type="weird:string"/>
    </weird:sequence></weird:extension></weird:complexContent></weird:complexType>
  </weird:redefine>
  <weird:group name="Name"><weird:sequence><weird:element name="first" type="weird:string"/><weird:element name="last" type="weird:string"/></weird:sequence></weird:group>
  <weird:attributeGroup name="Marks"><weird:attribute name="id" type="weird:ID"/><weird:attribute name="lang" type="weird:language" default="en"/></weird:attributeGroup>
  <weird:element name="root">
    <weird:annotation><weird:documentation>Everything */ at once.</weird:documentation></weird:annotation>
    <weird:complexType>
      <weird:sequence>
        <weird:group ref="m:Name"/>
        <weird:choice><weird:element name="byId" type="weird:long"/><weird:element name="byName" type="weird:string"/><weird:element name="byDate" type="weird:date"/></weird:choice>
        <weird:element name="letters"><weird:complexType><weird:choice maxOccurs="unbounded"><weird:element name="p" type="weird:string"/><weird:element name="q" type="weird:int"/></weird:choice></weird:complexType></weird:element>
        <weird:element name="all" type="m:AllT"/>
        <weird:element ref="m:vehicle" maxOccurs="unbounded"/>
        <weird:element name="shape" type="m:Shape" maxOccurs="unbounded"/>
        <weird:element name="price" type="m:Money"/>
        <weird:element name="size" type="m:Size" maxOccurs="unbounded"/>
        <weird:element name="ints"><weird:simpleType><weird:list itemType="weird:int"/></weird:simpleType></weird:element>
        <weird:element name="odd" type="m:Odd" maxOccurs="unbounded"/>
        <weird:element name="inner"><weird:complexType><weird:sequence><weird:element name="deep"><weird:complexType><weird:attribute name="x" type="weird:int"/></weird:complexType></weird:element></weird:sequence></weird:complexType></weird:element>
        <weird:element name="tree" type="m:Tree"/>
        <weird:element name="open" type="m:Open"/>
        <weird:element name="nil" type="weird:int" nillable="true"/>
        <weird:element name="item" type="m:Item"/>
        <weird:element ref="o:item"/>
        <weird:element name="big" type="weird:long"/>
        <weird:element name="exact" type="weird:decimal"/>
        <weird:element name="when" type="weird:dateTime"/>
        <weird:element name="text" type="m:Text"/>
        <weird:element name="chameleon" type="m:Chameleon"/>
        <weird:element name="redefined" type="m:Redefined"/>
        <weird:element name="dash-name.dot" type="weird:string"/>
        <weird:element name="default" type="weird:string" default="d"/>
        <weird:element name="constructor" type="weird:string"/>
        <weird:element name="__proto__" type="weird:string" minOccurs="0"/>
      </weird:sequence>
      <weird:attributeGroup ref="m:Marks"/>
      <weird:anyAttribute namespace="##other" processContents="lax"/>
    </weird:complexType>
  </weird:element>
  <weird:complexType name="AllT"><weird:all><weird:element name="a" type="weird:string"/><weird:element name="b" type="weird:int" minOccurs="0"/><weird:element name="c" type="weird:boolean"/></weird:all></weird:complexType>
  <weird:complexType name="Vehicle"><weird:sequence/><weird:attribute name="wheels" type="weird:unsignedByte"/></weird:complexType>
  <weird:complexType name="Car"><weird:complexContent><weird:extension base="m:Vehicle"><weird:sequence><weird:element name="doors" type="weird:int"/></weird:sequence></weird:extension></weird:complexContent></weird:complexType>
  <weird:element name="vehicle" type="m:Vehicle" abstract="true"/>
  <weird:element name="bike" type="m:Vehicle" substitutionGroup="m:vehicle"/>
  <weird:element name="car" type="m:Car" substitutionGroup="m:vehicle"/>
  <weird:complexType name="Shape" abstract="true"><weird:sequence><weird:element name="label" type="weird:string" minOccurs="0"/></weird:sequence></weird:complexType>
  <weird:complexType name="Circle"><weird:complexContent><weird:extension base="m:Shape"><weird:sequence><weird:element name="r" type="weird:double"/></weird:sequence></weird:extension></weird:complexContent></weird:complexType>
  <weird:complexType name="Square"><weird:complexContent><weird:extension base="m:Shape"><weird:sequence><weird:element name="side" type="weird:double"/></weird:sequence></weird:extension></weird:complexContent></weird:complexType>
  <weird:complexType name="Money"><weird:simpleContent><weird:extension base="weird:decimal"><weird:attribute name="currency" type="weird:string" use="required"/></weird:extension></weird:simpleContent></weird:complexType>
  <weird:simpleType name="Size"><weird:union memberTypes="weird:int"><weird:simpleType><weird:restriction base="weird:string"><weird:enumeration value="unbounded"/></weird:restriction></weird:simpleType><weird:simpleType><weird:restriction base="weird:string"><weird:enumeration value="a b"/></weird:restriction></weird:simpleType></weird:union></weird:simpleType>
  <weird:simpleType name="Odd"><weird:restriction base="weird:string"><weird:enumeration value="a b"/><weird:enumeration value="it's"/><weird:enumeration value='say "hi"'/><weird:enumeration value="back\\slash"/><weird:enumeration value=""/><weird:enumeration value="1st"/><weird:enumeration value="x-y"/><weird:enumeration value="x_y"/><weird:enumeration value="\${x}\`"/></weird:restriction></weird:simpleType>
  <weird:complexType name="Tree"><weird:sequence><weird:element name="child" type="m:Tree" minOccurs="0" maxOccurs="unbounded"/></weird:sequence><weird:attribute name="n" type="weird:int"/></weird:complexType>
  <weird:complexType name="Open"><weird:sequence><weird:element name="x" type="weird:string"/><weird:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></weird:sequence></weird:complexType>
  <weird:complexType name="Item"><weird:sequence><weird:element name="here" type="weird:string"/></weird:sequence></weird:complexType>
  <weird:complexType name="Text" mixed="true"><weird:choice minOccurs="0" maxOccurs="unbounded"><weird:element name="b" type="weird:string"/><weird:element name="i" type="weird:string"/></weird:choice></weird:complexType>
</weird:schema>`,
  "base.xsd": `<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:m="urn:main" targetNamespace="urn:main" elementFormDefault="qualified"><complexType name="Redefined"><sequence><element name="one" type="string"/></sequence></complexType></schema>`,
  "parts/chameleon.xsd": `<schema xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"><complexType name="Chameleon"><sequence><element name="colour" type="string"/></sequence></complexType></schema>`,
  "parts/other.xsd": `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:other" xmlns:m="urn:main" targetNamespace="urn:other" elementFormDefault="qualified"><xsd:import namespace="urn:main" schemaLocation="../main.xsd"/><xsd:element name="item" type="o:Item"/><xsd:complexType name="Item"><xsd:sequence><xsd:element name="there" type="xsd:int"/><xsd:element name="tree" type="m:Tree" minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:schema>`,
};

const document =
  '<m:root xmlns:m="urn:main" xmlns:o="urn:other" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:z="urn:z" id="r" z:mark="1">' +
  "<m:first>Ada</m:first><m:last>Example</m:last><m:byId>7</m:byId>" +
  "<m:letters><m:p>x</m:p><m:q>1</m:q><m:p>y</m:p></m:letters>" +
  "<m:all><m:c>true</m:c><m:a>x</m:a><m:b>2</m:b></m:all>" +
  '<m:bike wheels="2"></m:bike><m:car wheels="4"><m:doors>5</m:doors></m:car><m:bike></m:bike>' +
  '<m:shape xsi:type="m:Square"><m:side>1.5</m:side></m:shape><m:shape xsi:type="m:Circle"><m:label>c</m:label><m:r>2</m:r></m:shape>' +
  '<m:price currency="EUR">10.10</m:price><m:size>7</m:size><m:size>unbounded</m:size><m:size>a b</m:size><m:ints>1 2 3</m:ints>' +
  '<m:odd>it\'s</m:odd><m:odd>say "hi"</m:odd><m:odd>back\\slash</m:odd><m:odd></m:odd><m:odd>1st</m:odd><m:odd>x-y</m:odd><m:odd>x_y</m:odd><m:odd>${x}`</m:odd>' +
  '<m:inner><m:deep x="3"></m:deep></m:inner><m:tree n="1"><m:child n="2"><m:child></m:child></m:child><m:child></m:child></m:tree>' +
  '<m:open><m:x>t</m:x><z:raw a="1">text<z:b></z:b></z:raw><o:item><o:there>1</o:there></o:item><z:raw></z:raw></m:open>' +
  '<m:nil xsi:nil="true"></m:nil><m:item><m:here>h</m:here></m:item><o:item><o:there>2</o:there></o:item>' +
  "<m:big>9007199254740993</m:big><m:exact>-0.10</m:exact><m:when>2026-05-04T10:15:30.123456+02:00</m:when>" +
  "<m:text>Hello <m:b>bold</m:b> and <m:i>it</m:i> end</m:text><m:chameleon><m:colour>red</m:colour></m:chameleon>" +
  "<m:redefined><m:one>1</m:one><m:more>2</m:more></m:redefined><m:dash-name.dot>d</m:dash-name.dot><m:default>d</m:default>" +
  "<m:constructor>c</m:constructor><m:__proto__>p</m:__proto__></m:root>";

const folder = mkdtempSync(join(tmpdir(), "strata-peers-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const modules = new Map<string, string>();
let live: LiveDescriptors;
let value: Record<string, unknown>;

beforeAll(async () => {
  const report = createReport();
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const bundle = await loadBundle(
    { path: "peers", files: bytes, release: "1", entries: ["main.xsd"] },
    report,
  );
  if (bundle === undefined) throw new Error("the bundle cannot be read");
  const model = resolveModel("1", readDocuments(bundle, report), bundle, report);
  const input = bareInput(model, undefined, {}, report);
  for (const { path, text } of emitRelease(input, report)) modules.set(path, text);
  expect(report.diagnostics).toEqual([]);
  live = liveDescriptors(input);
  const result = decodeResult(live.element("{urn:main}root"), document);
  expect(result.diagnostics).toEqual([]);
  value = result.value as Record<string, unknown>;
});

/** Where a property of the value is; `constructor` and `__proto__` are names like any other. */
const at = (name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);

const values: readonly (readonly [row: string, property: string, value: unknown])[] = [
  ["groups: their elements are properties", "last", "Example"],
  ["a choice: the one that is there", "byId", 7n],
  ["attribute groups, and attributes apart from elements", "@id", "r"],
  ["further attributes, by expanded name", "$anyAttribute", { "{urn:z}mark": "1" }],
  [
    "a repeating choice in order",
    "letters",
    {
      $content: [
        { $name: "p", $value: "x" },
        { $name: "q", $value: 1 },
        { $name: "p", $value: "y" },
      ],
    },
  ],
  ["xs:all", "all", { a: "x", b: 2, c: true }],
  [
    "substitutes in order, each with its element's name",
    "vehicle",
    [
      { $name: "bike", $value: { $type: "m:Vehicle", "@wheels": 2 } },
      { $name: "car", $value: { "@wheels": 4, doors: 5 } },
      { $name: "bike", $value: { $type: "m:Vehicle" } },
    ],
  ],
  [
    "derived types by xsi:type",
    "shape",
    [
      { $type: "m:Square", side: 1.5 },
      { $type: "m:Circle", label: "c", r: 2 },
    ],
  ],
  ["simple content with attributes, and no digit lost", "price", { "@currency": "EUR", $value: "10.10" }],
  ["a union with all its members", "size", [7, "unbounded", "a b"]],
  ["a list", "ints", [1, 2, 3]],
  [
    "odd values of an enumeration",
    "odd",
    ["it's", 'say "hi"', "back\\slash", "", "1st", "x-y", "x_y", "${x}`"],
  ],
  ["anonymous types in each other", "inner", { deep: { "@x": 3 } }],
  ["types that hold themselves", "tree", { "@n": 1, child: [{ "@n": 2, child: [{}] }, {}] }],
  [
    "what a wildcard let in: typed when known, raw otherwise, in order",
    "open",
    {
      x: "t",
      $any: [
        {
          name: "{urn:z}raw",
          prefix: "z",
          attributes: { a: "1" },
          children: ["text", { name: "{urn:z}b", prefix: "z" }],
        },
        { $name: "item", $value: { there: 1 } },
        { name: "{urn:z}raw", prefix: "z" },
      ],
    },
  ],
  ["nil", "nil", null],
  ["one local name in two namespaces: the own one", "item", { here: "h" }],
  ["one local name in two namespaces: the other one", "o:item", { there: 2 }],
  ["numbers beyond 2^53", "big", 9007199254740993n],
  ["decimals as written", "exact", "-0.10"],
  ["microseconds and zone", "when", "2026-05-04T10:15:30.123456+02:00"],
  [
    "mixed text in its place",
    "text",
    { $content: ["Hello ", { $name: "b", $value: "bold" }, " and ", { $name: "i", $value: "it" }, " end"] },
  ],
  ["a chameleon include", "chameleon", { colour: "red" }],
  ["a redefinition", "redefined", { one: "1", more: "2" }],
  ["names that are no identifiers", "dash-name.dot", "d"],
  ["a default that was written", "default", "d"],
  ["names that objects have", "constructor", "c"],
  ["the name that pollutes", "__proto__", "p"],
];

test.each(values)("%s", (_, property, expected) => {
  expect(at(property)).toEqual(expected);
});

test("nothing is there besides, and nothing is polluted", () => {
  expect(Object.keys(value).sort()).toEqual(
    [...new Set([...values.map(([, property]) => property), "first"])].sort(),
  );
  expect(({} as Record<string, unknown>)["p"]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Exclusive canonical form. */
function canonical(text: string): string {
  using parsed = XmlDocument.fromString(text);
  return parsed.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
}

const prefixes = { "urn:main": "m", "urn:other": "o", "urn:z": "z" };

test("the document comes out as it went in", () => {
  const root = live.element("{urn:main}root");
  expect(canonical(encode(root, value as never, { prefixes }))).toBe(canonical(document));
});

test("elements are written in the order of the schema, whatever the order of properties", () => {
  const root = live.element("{urn:main}root");
  const reversed = Object.fromEntries(Object.entries(value).reverse());
  // The order of xs:all is that of its own properties, which stays.
  expect(canonical(encode(root, reversed as never, { prefixes }))).toBe(canonical(document));
});

test("what no schema knows is kept in its place", () => {
  const strange = document
    .replace("<m:last>", '<n:new xmlns:n="urn:new" a="1">t</n:new><m:last z:new="2">')
    .replace("<m:when>", "stray<m:when>");
  const root = live.element("{urn:main}root");
  const { value: read, diagnostics } = decodeResult(root, strange);
  expect(diagnostics.length).toBe(3);
  expect(canonical(encode(root, read as never, { prefixes, check: false }))).toBe(canonical(strange));
});

test("what xsi:type adds to a value of a simple type is kept beside it", () => {
  const typed = document.replace("<m:exact>", '<m:exact xsi:type="m:Money" currency="EUR">');
  const root = live.element("{urn:main}root");
  const { value: read } = decodeResult(root, typed);
  expect(read).toMatchObject({ exact: "-0.10" });
  expect((read as { $unknown: readonly unknown[] }).$unknown).toMatchObject([
    { after: "exact", attributes: { currency: "EUR" } },
  ]);
  expect(canonical(encode(root, read as never, { prefixes }))).toBe(canonical(typed));
});

const declarations: readonly (readonly [row: string, module: string, text: RegExp])[] = [
  ["a choice is a union that excludes", "m.ts", /\| \{ byId: bigint; byName\?: never; byDate\?: never \}/u],
  ["a repeating choice is an array of tagged items", "m.ts", /Tagged<"p", string> \| Tagged<"q", number>/u],
  [
    "an abstract head is not among its substitutes",
    "m.ts",
    /= Tagged<"bike", VehicleAny> \| Tagged<"car", Car>;/u,
  ],
  ["interfaces inherit", "m.ts", /export interface Circle extends Shape \{/u],
  ["derived types are told apart by $type", "m.ts", /\(Circle & \{ \$type: "m:Circle" \}\)/u],
  ["all members of a union", "m.ts", /export type Size = number \| SizeMember \| SizeMember2;/u],
  [
    "simple content",
    "m.ts",
    /export interface Money extends Extensible \{\s*"@currency": string;\s*\/\*\* A decimal number like `12\.50`\. \*\/\s*\$value: string;/u,
  ],
  ["a list is an array", "m.ts", /ints: readonly number\[\];/u],
  ["nil is null", "m.ts", /nil: number \| null;/u],
  ["a long is a bigint", "m.ts", /big: bigint;/u],
  ["the other namespace has its prefix", "m.ts", /"o:item": o\$Item;/u],
  ["a module for each namespace", "o.ts", /export interface Item extends Extensible \{\s*there: number;/u],
  [
    "documentation of a type, which cannot end the comment",
    "m.ts",
    /\/\*\* Everything \*\\?\/ at once\. \*\/\nexport type Root/u,
  ],
  ["documentation of an element", "m.ts", /at once\. \*\/\nexport const rootElement/u],
  ["names that are no identifiers", "m.ts", /"dash-name\.dot": string;/u],
];

test.each(declarations)("declared: %s", (_, module, text) => {
  expect(modules.get(module) ?? [...modules.keys()].join()).toMatch(text);
});

test("it compiles strictly without any package", () => {
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  for (const { path, text } of runtimeFiles([], { importExtension: ".js" })) write(path, text);
  write("package.json", '{ "type": "module" }');
  const paths = [...modules]
    .filter(([path]) => path.endsWith(".ts"))
    .map(([path, text]) => write(path, text));
  expect(strictErrors(paths).map(errorText)).toEqual([]);
  expect([...modules.values()].join("\n").match(/from "(?!\.)[^"]*"/gu)).toBeNull();
});

test("values that break a facet are told with their path", () => {
  const wrong = { ...value, size: [7, "x"], odd: ["nothing"] };
  expect(() => encode(live.element("{urn:main}root"), wrong as never, { prefixes })).toThrow(/\/size\/1/u);
  expect(decode(live.element("{urn:main}root"), document)).toEqual(value);
});
