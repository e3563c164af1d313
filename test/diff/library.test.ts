/** Schemas of types alone, without an element or an operation: others build on them, so each type stands for itself. */
import { expect, test } from "vitest";
import { diffModels, modelOf } from "./schema.js";

const library = (members: string, more = "") =>
  modelOf({
    "s.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:complexType name="Person"><xs:sequence>${members}</xs:sequence></xs:complexType>
  <xs:complexType name="Team"><xs:sequence><xs:element name="head" type="t:Person"/></xs:sequence></xs:complexType>
  ${more}</xs:schema>`,
  });
const name = `<xs:element name="name" type="xs:string"/>`;
const age = (occurs: string): string => `<xs:element name="age" type="xs:int" ${occurs}/>`;

test.each([
  ["a required member is lost", name + age(""), name, "breaking"],
  ["an optional member is new", name, name + age('minOccurs="0"'), "safe"],
  ["a member may be left out", name + age(""), name + age('minOccurs="0"'), "breaking"],
])("%s", async (_, before, after, level) => {
  const { changes } = diffModels(await library(before), await library(after));
  expect(changes.map((change) => [change.level, change.reach])).toEqual([
    [
      level,
      [
        { op: "Person", dir: "request", path: "age" },
        { op: "Person", dir: "response", path: "age" },
      ],
    ],
  ]);
});

test("with an element, what it does not lead to is only told", async () => {
  const element = `<xs:element name="unrelated" type="xs:string"/>`;
  const { changes } = diffModels(await library(name + age(""), element), await library(name, element));
  expect(changes.map(({ level, reach }) => [level, reach])).toEqual([["info", []]]);
});
