/** What several releases did to a component: it came, it went, or it became different. */
import { expect, test } from "vitest";
import { evolutionOf, presenceIn } from "../../generator/diff/evolution.js";
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

test("through several releases a component comes, goes and comes again; what was accepted is left out", async () => {
  const of = (...names: readonly string[]): string =>
    schema(item(names.map((name) => `<xs:element name="${name}" type="xs:int" minOccurs="0"/>`).join("")));
  const contents = [["a", "z"], ["a", "b"], ["a"], ["a", "b", "c"], ["c"]];
  const releases = contents.map((_, index) => String(index + 1));
  const models = await Promise.all(
    contents.map((names, index) => modelOf({ "s.xsd": of(...names) }, String(index + 1))),
  );
  const steps = models.slice(1).map((model, index) => {
    const result = diffModels(models[index] as typeof model, model);
    // The user has accepted that a is gone, and that c came is worth a look.
    const changes = result.changes.map((change) => {
      const { path } = change.component;
      if (path[0] === "a") return { ...change, suppressed: { reason: "r" } };
      return path[0] === "c" ? { ...change, suppressed: { reason: "r", as: "info" as const } } : change;
    });
    return { ...result, changes };
  });
  const rows = evolutionOf([...steps]);
  expect(
    rows.map((row) => ({
      at: row.component.path.join("/"),
      since: row.since,
      until: row.until,
      events: row.events.map(({ sign, release }) => sign + release).join(" "),
      there: presenceIn(row, releases)
        .map((there) => (there ? "x" : "-"))
        .join(""),
    })),
  ).toEqual([
    { at: "b", since: "4", until: "4", events: "+2 -3 +4 -5", there: "-x-x-" },
    { at: "c", since: "4", until: undefined, events: "+4", there: "---xx" },
    { at: "z", since: undefined, until: "1", events: "-2", there: "x----" },
  ]);
  expect(rows[1]?.events.map(({ level }) => level)).toEqual(["info"]);
});

test("under its old name a component ends, under the new one it begins", async () => {
  const of = (name: string): string =>
    schema(item(`<xs:element name="a" type="xs:int"/><xs:element name="${name}" type="xs:date"/>`));
  const [old, current] = [
    await modelOf({ "s.xsd": of("startDay") }, "1"),
    await modelOf({ "s.xsd": of("firstDay") }, "2"),
  ];
  const renames = [{ old: "t:Item/startDay", new: "t:Item/firstDay" }];
  const rows = evolutionOf([diffModels(old, current, { renames })]);
  expect(rows.map(({ component, since, until }) => [component.path.join("/"), since, until])).toEqual([
    ["firstDay", "2", undefined],
    ["startDay", undefined, "1"],
  ]);
});
