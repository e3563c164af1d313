import { expect, test } from "vitest";
import { formatApiReport } from "../../generator/report/api-report.js";
import type { TypeId } from "../../generator/model/types.js";
import { readText, shop } from "./family.js";

const textOf = async (index: number): Promise<readonly string[]> => {
  const release = shop[index];
  if (release === undefined) throw new Error("no such release");
  const { model } = await readText(release.id, release.schema);
  return formatApiReport({ model, operations: [], since: () => undefined })
    .trimEnd()
    .split("\n");
};

test("two releases differ in the lines of what changed", async () => {
  const [before, after] = [await textOf(1), await textOf(2)];
  expect(before.filter((line) => !after.includes(line))).toEqual([
    "type s:Order id xs:string 1 -",
    "type s:Order note xs:string 0..1 -",
  ]);
  expect(after.filter((line) => !before.includes(line))).toEqual([
    "type s:Order id xs:int 1 -",
    "type s:Order customer xs:string 1 -",
    'simple s:State ="LOST" -',
  ]);
});

test("releases that mean the same have the same text", async () => {
  expect(await textOf(3)).toEqual(await textOf(2));
});

const recursive = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:complexType name="Node"><xs:sequence>
    <xs:element name="left" type="t:Node" minOccurs="0"/>
    <xs:choice><xs:element name="leaf" type="xs:int"/><xs:element name="right" type="t:Node" maxOccurs="unbounded"/></xs:choice>
  </xs:sequence><xs:attribute name="id" type="xs:ID" use="required"/></xs:complexType>
  <xs:complexType name="Answer"><xs:sequence><xs:element name="tree" type="t:Node"/><xs:element name="other" type="t:Node"/></xs:sequence></xs:complexType>
</xs:schema>`;

test("a message is spelled out; what came before is named, so recursion ends", async () => {
  const { model } = await readText("1", recursive);
  const operation = {
    service: "s",
    name: "get",
    request: "{urn:t}Node" as TypeId,
    response: "{urn:t}Answer" as TypeId,
    wireType: "",
    safe: true,
  };
  const since = (key: string): string | undefined =>
    key === "{urn:t}Answer/tree" ? "1.10" : key === "{urn:t}Node/leaf" ? "1.9" : undefined;
  const lines = formatApiReport({ model, operations: [operation], since }).split("\n");
  expect(lines.filter((line) => line.startsWith("s.get"))).toEqual([
    "s.get request . t:Node 1 -",
    "s.get request @id xs:ID 1 -",
    "s.get request left t:Node 0..1 - = .",
    "s.get request leaf xs:int 0..1| 1.9",
    "s.get request right t:Node 0..*| - = .",
    "s.get response . t:Answer 1 -",
    "s.get response tree t:Node 1 1.10",
    "s.get response tree/@id xs:ID 1 1.10",
    "s.get response tree/left t:Node 0..1 1.10 = tree",
    "s.get response tree/leaf xs:int 0..1| 1.10",
    "s.get response tree/right t:Node 0..*| 1.10 = tree",
    "s.get response other t:Node 1 - = tree",
  ]);
});

test("types without names end where they hold themselves, by reference or through a group", async () => {
  const { model } = await readText(
    "1",
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:element name="node"><xs:complexType><xs:sequence>
    <xs:element name="label" type="xs:string"/><xs:element ref="t:node" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:group name="G"><xs:sequence><xs:element name="a" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="x" type="xs:int"/><xs:group ref="t:G" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:group>
  <xs:complexType name="T"><xs:group ref="t:G"/></xs:complexType>
</xs:schema>`,
  );
  const lines = formatApiReport({ model, operations: [], since: () => undefined }).split("\n");
  expect(lines.filter((line) => /^(?:element|type|group) /u.test(line))).toMatchInlineSnapshot(`
    [
      "element t:node . t:element::node 1 -",
      "element t:node label xs:string 1 -",
      "element t:node node t:element::node 0..1 -",
      "type t:T . restriction of xs:anyType -",
      "type t:T (group) t:G 1 -",
      "group t:G a t:group::G/a 0..1 -",
      "group t:G a/x xs:int 1 -",
      "group t:G a/(group) t:G 0..1 -",
    ]
  `);
});

test("a named group and what is inherited are spelled out once", async () => {
  const { model } = await readText(
    "1",
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:group name="Inner"><xs:choice><xs:element name="i" type="xs:int"/><xs:any/></xs:choice></xs:group>
  <xs:group name="G"><xs:sequence>
    <xs:element name="x" type="xs:int"/><xs:group ref="t:Inner" maxOccurs="unbounded"/>
  </xs:sequence></xs:group>
  <xs:complexType name="Base"><xs:sequence><xs:group ref="t:G"/></xs:sequence><xs:attribute name="a"/></xs:complexType>
  <xs:complexType name="Derived"><xs:complexContent><xs:extension base="t:Base"><xs:choice>
    <xs:element name="own" type="xs:int"/><xs:group ref="t:G" minOccurs="0"/>
  </xs:choice><xs:attribute name="b"/></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Narrow"><xs:complexContent><xs:restriction base="t:Base"><xs:sequence>
    <xs:element name="x" type="xs:int"/><xs:element name="i" type="xs:int"/>
  </xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
  <xs:element name="e"><xs:complexType><xs:complexContent><xs:extension base="t:Base"/></xs:complexContent></xs:complexType></xs:element>
</xs:schema>`,
  );
  const younger: Readonly<Record<string, string>> = { "{urn:t}Base/x": "1.10", "{urn:t}Derived/x": "1.9" };
  const text = formatApiReport({ model, operations: [], since: (key) => younger[key] });
  expect(text.split("\n").filter((line) => /^(?:element|type|group) /u.test(line))).toMatchInlineSnapshot(`
    [
      "element t:e . t:element::e 1 -",
      "element t:e @a xs:anySimpleType 0..1 -",
      "element t:e (group) t:G 1 -",
      "type t:Base . restriction of xs:anyType -",
      "type t:Base @a xs:anySimpleType 0..1 -",
      "type t:Base (group) t:G 1 -",
      "type t:Derived . extension of t:Base -",
      "type t:Derived @b xs:anySimpleType 0..1 -",
      "type t:Derived own xs:int 0..1| -",
      "type t:Derived (group) t:G 0..1| -",
      "type t:Narrow . restriction of t:Base -",
      "type t:Narrow @a xs:anySimpleType 0..1 -",
      "type t:Narrow x xs:int 1 -",
      "type t:Narrow i xs:int 1 -",
      "group t:Inner i xs:int 0..1| -",
      "group t:Inner * any 0..1| -",
      "group t:G x xs:int 1 1.9",
      "group t:G (group) t:Inner 1..* -",
    ]
  `);
});
