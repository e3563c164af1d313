/** What several releases did to a component: it came, it went, or it became different. */
import { expect, test } from "vitest";
import { evolutionOf } from "../../generator/diff/evolution.js";
import { diffModels, modelOf } from "./schema.js";

const schema = (content: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">${content}</xs:schema>`;

const code = (facets: string): string =>
  `<xs:simpleType name="Code"><xs:restriction base="xs:string">${facets}</xs:restriction></xs:simpleType>`;

const item = (members: string, attributes = ""): string =>
  `<xs:complexType name="Item"${attributes}><xs:sequence>${members}</xs:sequence></xs:complexType><xs:element name="item" type="Item"/>`;

test("a facet, a default or a block that came leaves its component where it was", async () => {
  const old = schema(
    code("") + item(`<xs:element name="a" type="Code"/><xs:element name="b" type="xs:int"/>`),
  );
  const current = schema(
    code(`<xs:maxLength value="9"/>`) +
      item(
        `<xs:element name="a" type="Code" nillable="true"/><xs:element name="b" type="xs:int" default="1"/><xs:element name="c" type="Code" minOccurs="0"/>`,
        ` block="extension"`,
      ),
  );
  const models = [await modelOf({ "s.xsd": old }, "1"), await modelOf({ "s.xsd": current }, "2")] as const;
  const rowsOf = (before: 0 | 1, after: 0 | 1): readonly string[] =>
    evolutionOf([diffModels(models[before], models[after])]).map(({ component, since, until, events }) =>
      [
        [component.type, ...component.path].join("/"),
        ...events.map(({ sign }) => sign),
        ...(since === undefined ? [] : ["since"]),
        ...(until === undefined ? [] : ["until"]),
      ].join(" "),
    );
  expect(rowsOf(0, 1)).toEqual(["Code ~", "Item ~", "Item/a ~", "Item/b ~", "Item/c + since"]);
  expect(rowsOf(1, 0)).toEqual(["Code ~", "Item ~", "Item/a ~", "Item/b ~", "Item/c - until"]);
});
