/** Changes by the thousand are told in time. */
import { expect, test } from "vitest";
import { compareLanguages, createAlgebra, unlessTooLarge } from "../../generator/diff/language.js";
import { diffModels, modelOf } from "./schema.js";

const schemaOf = (names: readonly string[]): string => {
  const elements = names.map((name) => `<xs:element name="${name}" type="xs:string"/>`);
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="root" type="t"/><xs:complexType name="t"><xs:sequence>${elements.join("")}</xs:sequence></xs:complexType></xs:schema>`;
};
const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

async function rulesOf(before: readonly string[], after: readonly string[]): Promise<ReadonlySet<string>> {
  const [old, current] = await Promise.all(
    [before, after].map((names) => modelOf({ "a.xsd": schemaOf(names) })),
  );
  if (old === undefined || current === undefined) throw new Error("no model");
  return new Set(diffModels(old, current).changes.map(({ rule }) => rule));
}

test("hundreds of elements get names much like many others", async () => {
  const rules = await rulesOf(numbered("customerName", 600), numbered("customerTitle", 600));
  expect(
    [...rules].filter((rule) => /^element\.(?:added|removed|renamed)/u.test(rule)).length,
  ).toBeGreaterThan(0);
}, 60_000);

test("hundreds of elements stand in the reverse order", async () => {
  const names = numbered("e", 400);
  expect([...(await rulesOf(names, names.toReversed()))]).toContain("element.reordered.required");
}, 60_000);

test("languages that begin with thousands of words each are too large to compare, and soon", () => {
  const algebra = createAlgebra();
  const optional = (atom: number) => algebra.repeat(algebra.symbol([atom]), 0, 1);
  const all = Array.from({ length: 6_000 }, (_, atom) => optional(atom));
  const compare = () =>
    compareLanguages(algebra, algebra.sequence(all), algebra.sequence(all.toReversed())).effect;
  expect(unlessTooLarge(compare, "unknown")).toBe("unknown");
  expect(unlessTooLarge(compare, "unknown")).toBe("unknown");
});

test("thousands of values are replaced", async () => {
  const [old, current] = await Promise.all(
    ["old", "new"].map((name) => {
      const values = numbered(name, 3_000).map((value) => `<xs:enumeration value="${value}"/>`);
      return modelOf({
        "a.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="root" type="t"/><xs:simpleType name="t"><xs:restriction base="xs:string">${values.join("")}</xs:restriction></xs:simpleType></xs:schema>`,
      });
    }),
  );
  if (old === undefined || current === undefined) throw new Error("no model");
  const rules = diffModels(old, current).changes.map(({ rule }) => rule);
  expect(rules.filter((rule) => rule === "enum.value.removed")).toHaveLength(3_000);
}, 60_000);

const schema = "http://www.w3.org/2001/XMLSchema";
const listOf = (names: readonly string[], one: (name: string) => string): string => names.map(one).join("");
const enumerated = (name: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:enumeration value="${name}"/></xs:restriction></xs:simpleType>`;

test.each([
  {
    what: "branches of a choice",
    rule: "element.renamed.case",
    count: 1_500,
    text: (n: string) =>
      `<xs:element name="root"><xs:complexType><xs:choice>${listOf(numbered(n, 1_500), (name) => `<xs:element name="${name}" type="xs:string"/>`)}</xs:choice></xs:complexType></xs:element>`,
  },
  {
    what: "members of a union",
    rule: "union.member.removed",
    count: 400,
    text: (n: string) =>
      `<xs:element name="root" type="u"/><xs:simpleType name="u"><xs:union memberTypes="${numbered(n, 400).join(" ")}"/></xs:simpleType>${listOf(numbered(n, 400), enumerated)}`,
  },
])(
  "many $what are renamed",
  async ({ rule, count, text }) => {
    const [old, current] = await Promise.all(
      ["kind", "Kind"].map((name) =>
        modelOf({ "a.xsd": `<xs:schema xmlns:xs="${schema}">${text(name)}</xs:schema>` }),
      ),
    );
    if (old === undefined || current === undefined) throw new Error("no model");
    const start = process.cpuUsage();
    const rules = diffModels(old, current).changes.map((change) => change.rule);
    expect(rules.filter((each) => each === rule).length).toBe(count);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(15);
  },
  60_000,
);
