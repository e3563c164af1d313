/** Members of one local name that come from several namespaces: each has its own history and its own findings. */
import { expect, test } from "vitest";
import { createReachFinder, evolutionOf } from "../../generator/diff/index.js";
import { memberAt, memberKey, ownElements } from "../../generator/model/query.js";
import { computeHistory, sinceOf } from "../../generator/release/history.js";
import { resolveTarget } from "../../generator/release/path.js";
import { diffModels, lineOf, modelOf } from "./schema.js";

const vocabulary = (ns: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns}">
  <xs:element name="name" type="xs:string"/>
  <xs:attribute name="kind" type="xs:string"/>
</xs:schema>`;

const modelWith = (release: string, members: string, attributes = "") =>
  modelOf(
    {
      "a.xsd": vocabulary("urn:a/b#c"),
      "b.xsd": vocabulary("urn:b"),
      "s.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a/b#c" xmlns:b="urn:b" xmlns:t="urn:t"
        targetNamespace="urn:t" elementFormDefault="qualified">
  <xs:import namespace="urn:a/b#c" schemaLocation="a.xsd"/>
  <xs:import namespace="urn:b" schemaLocation="b.xsd"/>
  <xs:element name="root" type="t:Root"/>
  <xs:complexType name="Root"><xs:sequence>${members}</xs:sequence>${attributes}</xs:complexType>
</xs:schema>`,
    },
    release,
  );

const a = `<xs:element ref="a:name"/>`;
const b = `<xs:element ref="b:name" minOccurs="0"/>`;
const own = `<xs:element name="name" type="xs:int" minOccurs="0"/>`;
const kind = (prefix: string): string => `<xs:attribute ref="${prefix}:kind"/>`;

test("each has its own history", async () => {
  const models = [
    await modelWith("1.0", a, kind("a")),
    await modelWith("1.1", b + a, kind("a") + kind("b")),
    await modelWith("1.2", b + a + own, kind("a") + kind("b")),
  ];
  const history = computeHistory(models);
  const [, , newest] = models;
  const type = newest?.types["{urn:t}Root"];
  if (newest === undefined || type?.kind !== "complex") throw new Error("no type");
  const members = [...ownElements(newest, type.id), ...type.attributes];
  const since = members.map((member) => [
    member.name.namespace,
    sinceOf(history, memberKey(type.id, member), "1.2"),
  ]);
  expect(since).toEqual([
    ["urn:b", "1.1"],
    ["urn:a/b#c", undefined],
    ["urn:t", "1.2"],
    ["urn:a/b#c", undefined],
    ["urn:b", "1.1"],
  ]);
  // A key leads back to its member, whatever signs the namespace holds.
  for (const member of members) expect(memberAt(newest, memberKey(type.id, member))).toBe(member);
  const [, second] = members;
  if (second === undefined) throw new Error("no second member");
  const reach = createReachFinder(newest, [], []).reachOf(memberKey(type.id, second));
  expect(reach.reach.map(({ path }) => path)).toEqual(["name", "name"]);
  // As release notes name them.
  const found = resolveTarget(
    newest,
    { operations: [] },
    { in: "t:Root", paths: ["b:name"], operations: [], direction: "both" },
  );
  expect(found.places.map(({ key }) => key)).toEqual(["{urn:t}Root/{urn%3Ab}name"]);
});

test.each([
  ["another of the name before it", a, b + a, ["element.added.optional Root/b:name widening"]],
  ["one of its own behind it", a, a + own, ["element.added.optional Root/name widening"]],
  [
    "the first may repeat now",
    b + a,
    b + `<xs:element ref="a:name" maxOccurs="2"/>`,
    ["element.occurs.single-to-many Root/a:name widening"],
  ],
  [
    "one in place of the other",
    a,
    b.replace(' minOccurs="0"', ""),
    ["element.renamed.likely Root/b:name disjoint"],
  ],
])("%s", async (_, before, after, expected) => {
  const { changes } = diffModels(await modelWith("1.0", before), await modelWith("1.1", after));
  expect(changes.map(lineOf)).toEqual(expected);
});

test("attributes of one name are told apart; where code sees no rename, none is told of", async () => {
  const before = await modelWith("1.0", a, kind("a"));
  const more = diffModels(before, await modelWith("1.1", a, kind("a") + kind("b")));
  expect(more.changes.map(lineOf)).toEqual(["attribute.added.optional Root/@b:kind widening"]);
  expect(evolutionOf([more]).map(({ name }) => name)).toEqual(["t:Root/@b:kind"]);
  const other = diffModels(before, await modelWith("1.1", b.replace(' minOccurs="0"', ""), kind("a")));
  expect(other.changes.map(({ verdicts }) => [verdicts.request.wire, verdicts.ts])).toEqual([
    ["breaking", { read: "safe", build: "safe", meta: "safe" }],
  ]);
});
