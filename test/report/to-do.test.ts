/** The line of a finding that says what to do, and what it says about places. */
import { expect, test } from "vitest";
import type { Change, DiffResult } from "../../generator/diff/index.js";
import { nameLikeness } from "../../generator/diff/similarity.js";
import { actionOf } from "../../generator/report/action.js";
import { detailOf } from "../../generator/report/source.js";
import { diffModels, modelOf } from "../diff/schema.js";

async function compare(old: string, current: string): Promise<DiffResult> {
  const schema = (body: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t"><xs:element name="r" type="R"/>${body}</xs:schema>`;
  return diffModels(await modelOf({ "s.xsd": schema(old) }), await modelOf({ "s.xsd": schema(current) }));
}

const type = (content: string): string =>
  `<xs:complexType name="R"><xs:sequence>${content}</xs:sequence></xs:complexType>`;
const element = (name: string, more = 'minOccurs="0"', of = "boolean"): string =>
  `<xs:element name="${name}" type="xs:${of}" ${more}/>`;

const table: readonly (readonly [name: string, old: string, current: string, action: string | undefined])[] =
  [
    [
      "what was optional is required",
      element("a"),
      element("a", ""),
      "adapt writers before readers: documents are refused that were valid; adapt code that builds it: it does not compile with the new types",
    ],
    [
      "a name is another one",
      element("enableEvent", ""),
      element("enableEvents", ""),
      "adapt both sides together: neither understands the other; adapt code that reads or builds it: it does not compile with the new types",
    ],
    [
      "two change places",
      element("a", "") + element("b", "", "int"),
      element("b", "", "int") + element("a", ""),
      "adapt writers together with readers: neither accepts the documents of the other",
    ],
    [
      "another default",
      element("a", 'default="true"'),
      element("a", 'default="false"'),
      "compare what both sides make of it: the same text means something else now",
    ],
    ["something optional more", element("a"), element("a") + element("b"), undefined],
  ];

test.each(table)("to do: %s", async (_, old, current, action) => {
  const result = await compare(type(old), type(current));
  expect(result.changes.map((change) => actionOf(change, result))).toEqual([action]);
});

test("with operations there are callers, clients and a server", async () => {
  const result = await compare(type(element("a")), type(element("a", "")));
  const [change] = result.changes;
  const served = { ...result, to: { ...result.to, operations: 1 } };
  expect(actionOf(change as Change, served)).toMatch(
    /^adapt callers before the server: requests are refused that were valid; adapt code/u,
  );
  const wire = { ...served, policy: { preset: "wire" } } as const;
  expect(actionOf(change as Change, wire)).toBe(
    "adapt callers before the server: requests are refused that were valid",
  );
});

test("an element that moved is told by where it stood and stands", async () => {
  const [a, b, c] = [element("a", ""), element("b", "", "int"), element("c", "", "long")];
  const { changes } = await compare(type(a + b + c), type(c + a + b));
  expect(changes.map((change) => [change.rule, detailOf(change)])).toEqual([
    ["element.reordered.required", "last, after b → first, before a"],
  ]);
});

test("an element that moved to another type is told with the type that had it", async () => {
  const both = (inR: string, inS: string): string =>
    `${type(`<xs:element name="s" type="S"/>${inR}`)}<xs:complexType name="S"><xs:sequence>${inS}${element("k", "", "int")}</xs:sequence></xs:complexType>`;
  const { changes } = await compare(both(element("assist"), ""), both("", element("assist")));
  expect(changes.map((change) => [change.rule, detailOf(change)])).toEqual([
    ["element.moved.likely", "was R/assist (80 % sure: same name, same type xs:boolean)"],
  ]);
});

test("of several that left, the one whose words the new name abbreviates was renamed", async () => {
  const [x, y] = [element("presentation"), element("webTour")];
  const { changes } = await compare(
    type(x + element("applicationShare") + element("desktopShare") + y),
    type(x + element("appShare") + y),
  );
  expect(changes.map(({ rule, component }) => `${rule} ${component.path.join("/")}`).sort()).toEqual([
    "element.removed.optional desktopShare",
    "element.renamed.likely appShare",
  ]);
  expect(nameLikeness("applicationShare", "appShare")).toBeGreaterThan(0.9);
  expect(nameLikeness("hostPIN", "hostPin")).toBe(1);
  expect(nameLikeness("abc", "xyz")).toBe(0);
});

test("what ends with its name does not tell it again: a substitute, a value of an enumeration", async () => {
  const members = (names: readonly string[]): string =>
    `<xs:complexType name="R"><xs:sequence><xs:element ref="head"/></xs:sequence></xs:complexType>` +
    `<xs:element name="head" type="xs:string" abstract="true"/>` +
    names.map((name) => `<xs:element name="${name}" type="xs:string" substitutionGroup="head"/>`).join("");
  const substitutes = await compare(members(["every"]), members(["every", "some"]));
  const added = substitutes.changes.find(({ rule }) => rule === "substitution.member.added");
  expect(added?.component.path.at(-1)).toBe("~some");
  expect(detailOf(added as Change)).not.toContain("some");

  const values = (names: readonly string[]): string =>
    `<xs:simpleType name="R"><xs:restriction base="xs:string">` +
    `${names.map((name) => `<xs:enumeration value="${name}"/>`).join("")}</xs:restriction></xs:simpleType>`;
  const enumerated = await compare(values(["every"]), values(["every", "some"]));
  const value = enumerated.changes.find(({ component }) => component.path.at(-1) === "=some");
  expect(detailOf(value as Change)).not.toContain("some");
});
