/** What redefines a type is told as what it changes of it. */
import { expect, test } from "vitest";
import { diffModels, lineOf, modelOf } from "./schema.js";

const schema = (content: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">${content}</xs:schema>`;
const address = `<xs:complexType name="Address"><xs:sequence><xs:element name="street" type="xs:string"/></xs:sequence></xs:complexType>`;
const order = `<xs:element name="order" type="t:Address"/>`;
const redefined = (more: string): string =>
  `<xs:redefine schemaLocation="common.xsd"><xs:complexType name="Address"><xs:complexContent><xs:extension base="t:Address">
    <xs:sequence>${more}</xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>`;

test.each([
  ["by nothing", "", []],
  [
    "by an element",
    `<xs:element name="country" type="xs:string" minOccurs="0"/>`,
    ["element.added.optional Address/country widening"],
  ],
])("redefined %s", async (_, more, expected) => {
  const before = await modelOf({ "s.xsd": schema(address + order) });
  const after = await modelOf({ "s.xsd": schema(redefined(more) + order), "common.xsd": schema(address) });
  const lines = diffModels(before, after)
    .changes.filter(({ level }) => level !== "info")
    .map(lineOf);
  expect(lines).toEqual(expected);
});
