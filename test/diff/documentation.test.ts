/** Comments and application information beside declarations, compared where documentation is. */
import { expect, test } from "vitest";
import { diffReleases } from "../../generator/diff/index.js";
import { lineOf, modelOf, releaseOf } from "./schema.js";

async function docsOf(old: string, now: string): Promise<string[]> {
  const release = async (body: string) => {
    const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n${body}\n</xs:schema>`;
    return { ...releaseOf(await modelOf({ "s.xsd": text })), textOf: () => text };
  };
  const sides = [await release(old), await release(now)] as const;
  const { changes } = diffReleases(...sides, { policy: { preset: "all" }, docs: true });
  // Without being asked nobody is told.
  expect(diffReleases(...sides, { policy: { preset: "all" } }).changes).toEqual([]);
  return changes.map((change) => `${lineOf(change)} ${change.new?.value ?? ""}`);
}

const record = (inside: string, before = ""): string =>
  `${before}<xs:complexType name="t"><xs:sequence>\n${inside}\n</xs:sequence></xs:complexType>`;
const a = `<xs:element name="a" type="xs:string"/>`;
const b = `<xs:element name="b" type="xs:string"/>`;
const noted = (info: string): string =>
  `<xs:element name="a" type="xs:string"><xs:annotation><xs:appinfo source="urn:x">${info}</xs:appinfo></xs:annotation></xs:element>`;

test.each([
  ["a comment before", `${a}\n${b}`, `${a}\n<!-- About b -->\n${b}`, ["doc.added t/b equal About b"]],
  ["one behind", `${a}\n${b}`, `${a} <!-- About a -->\n${b}`, ["doc.added t/a equal About a"]],
  [
    "it says more",
    `<!-- Old -->${a}`,
    `<!-- Old,\n     no longer used -->${a}`,
    ["doc.deprecation.added t/a equal Old, no longer used"],
  ],
  ["white space", `<!-- Old -->\n${a}`, `<!--Old\n-->\n\n${a}`, []],
  ["application information", noted("<x/>"), noted("<y/>"), ["doc.changed t/a equal <y/>"]],
  [
    "behind comments",
    noted("<x/>"),
    noted("<y/>").replace("<xs:ann", "<!-- c -->\n<!-- d --><xs:ann"),
    ["doc.changed t/a equal <y/>"],
  ],
  [
    "many comments and nothing else",
    `<xs:element name="a">${"<!-- c -->".repeat(60)}</xs:element>`,
    `<xs:element name="a">${"<!-- c -->".repeat(61)}</xs:element>`,
    [],
  ],
  ["the same in another place", noted("<x/>"), `\n\n${noted("<x/>")}`, []],
])("%s", async (_name, old, now, expected) => {
  expect(await docsOf(record(old), record(now))).toEqual(expected);
});

test("types have comments too", async () => {
  expect(await docsOf(record(a), record(a, "<!-- All of it -->\n"))).toEqual(["doc.added t equal All of it"]);
});
