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
  expect(lines.filter((line) => /^(?:element|type) /u.test(line))).toMatchInlineSnapshot(`
    [
      "element t:node . t:element::node 1 -",
      "element t:node label xs:string 1 -",
      "element t:node node t:element::node 0..1 -",
      "type t:T . restriction of xs:anyType -",
      "type t:T a t:group::G/a 0..1 -",
      "type t:T a/x xs:int 1 -",
      "type t:T a/a t:group::G/a 0..1 - = a",
    ]
  `);
});
