/** What bundles and services show beyond one schema file: references between files, requests without responses. */
import { expect, test } from "vitest";
import { inverseEffect } from "../../generator/diff/effects.js";
import { diffReleases, findRule } from "../../generator/diff/index.js";
import { diffModels, lineOf, modelOf } from "./schema.js";
import { readRelease, replaceOnce } from "./webex.js";

type Files = Readonly<Record<string, string>>;

const schema = (inside: string, version = ""): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"${version}>${inside}</xs:schema>`;
const include = (location: string): string => `<xs:include schemaLocation="${location}"/>`;
const root = '<xs:element name="root" type="xs:int"/>';
const other = '<xs:element name="other" type="xs:int"/>';

/** With the preset `all`: old and new files, and what is told of them. */
const references: readonly (readonly [name: string, old: Files, current: Files, lines: readonly string[]])[] =
  [
    [
      "an include more",
      { "a.xsd": schema(root), "b.xsd": schema(other) },
      { "a.xsd": schema(include("b.xsd") + root), "b.xsd": schema(other) },
      ["schema.include.added file:a.xsd equal"],
    ],
    [
      "an include less",
      { "a.xsd": schema(include("b.xsd") + root), "b.xsd": schema(other) },
      { "a.xsd": schema(root), "b.xsd": schema(other) },
      ["schema.include.removed file:a.xsd equal"],
    ],
    [
      "an included file in another folder",
      { "a.xsd": schema(include("b.xsd") + root), "b.xsd": schema(other) },
      { "a.xsd": schema(include("in/b.xsd") + root), "in/b.xsd": schema(other) },
      ["file.moved file:in/b.xsd equal", "schema.location.changed file:a.xsd equal"],
    ],
    [
      "all files in another folder",
      { "a.xsd": schema(include("b.xsd") + root), "b.xsd": schema(other) },
      { "in/a.xsd": schema(include("b.xsd") + root), "in/b.xsd": schema(other) },
      ["file.moved file:in/a.xsd equal", "file.moved file:in/b.xsd equal"],
    ],
    [
      "a version that went to the included file",
      { "a.xsd": schema(root, ' version="2"'), "b.xsd": schema(other, ' version="2"') },
      { "a.xsd": schema(include("b.xsd") + root), "b.xsd": schema(other, ' version="2"') },
      ["schema.include.added file:a.xsd equal"],
    ],
  ];

test.each(references)("%s", async (_name, old, current, lines) => {
  const [before, after] = [await modelOf(old), await modelOf(current)];
  const { changes } = diffModels(before, after, { policy: { preset: "all" } });
  expect(changes.map(lineOf).sort()).toEqual([...lines].sort());
  expect(changes.map(({ level }) => level)).toEqual(changes.map(() => "info"));
  // How files find each other is no finding unless somebody asks.
  const quiet = diffModels(before, after).changes.filter(({ rule }) => !rule.startsWith("file."));
  expect(quiet).toEqual([]);
  const backward = diffModels(after, before, { policy: { preset: "all" } }).changes;
  expect(backward.map(({ rule }) => rule).sort()).toEqual(
    changes.map(({ rule }) => findRule(rule)?.inverse).sort(),
  );
});

test("an operation whose response alone is gone has lost its response, and gets it back", async () => {
  const whole = await readRelease("41.12.0");
  const broken = await readRelease("41.12.0", (files) => {
    for (const [path, text] of files) {
      files.set(
        path,
        text.replace(/<xsd:complexType name="delUserResponse">[\s\S]*?<\/xsd:complexType>/u, ""),
      );
    }
  });
  const options = { policy: { preset: "source" } } as const;
  const [lost, regained] = [
    diffReleases(whole, broken, options).changes,
    diffReleases(broken, whole, options).changes,
  ];
  expect(lost.map(lineOf)).toEqual(["operation.response.removed operation:delUser unknown"]);
  expect(regained.map(lineOf)).toEqual(["operation.response.added operation:delUser unknown"]);
  const [removed, added] = [lost[0], regained[0]];
  expect(removed?.reach.map(({ op, dir }) => `${op} ${dir}`)).toEqual([
    "DelUser request",
    "DelUser response",
  ]);
  expect(removed?.verdicts).toEqual({
    request: { wire: "dangerous" },
    response: { strict: "dangerous", tolerant: "dangerous" },
    ts: { read: "breaking", build: "breaking", meta: "breaking" },
  });
  expect(added?.verdicts).toEqual({
    request: { wire: "dangerous" },
    response: { strict: "dangerous", tolerant: "dangerous" },
    ts: { read: "safe", build: "safe", meta: "breaking" },
  });
  expect(added?.effect).toBe(inverseEffect(removed?.effect ?? "equal"));
  expect(lost.map(({ level }) => level)).toEqual(["breaking"]);
  expect(regained.map(({ level }) => level)).toEqual(["dangerous"]);
  expect([removed?.oldSpan?.file, removed?.newSpan, added?.oldSpan]).toEqual([
    "service/user/user.xsd",
    undefined,
    undefined,
  ]);
  expect(removed?.oldSpan).toEqual(added?.newSpan);
});

const envelopes = [
  [
    "what authenticates a caller",
    '<xsd:extension base="com:securityType"/>',
    '<xsd:extension base="com:securityType"><xsd:sequence><xsd:element name="token2" type="xsd:string"/></xsd:sequence></xsd:extension>',
    "element.added.required securityContextType/token2 disjoint",
    "message/header/securityContext/token2",
  ],
  [
    "the header of a response",
    '<xsd:element name="result" type="serv:resultTypeType">',
    '<xsd:element name="level" type="xsd:int" minOccurs="0"/><xsd:element name="result" type="serv:resultTypeType">',
    "element.added.optional responseType/level widening",
    "message/header/response/level",
  ],
] as const;

test.each(envelopes)("%s is told once, for all operations", async (_name, was, is, line, reached) => {
  const edited = await readRelease("41.12.0", (files) => {
    const path = "service/service.xsd";
    files.set(path, replaceOnce(files.get(path) ?? "", was, is));
  });
  const { changes } = diffReleases(await readRelease("41.12.0"), edited, { policy: { preset: "source" } });
  expect(changes.map(lineOf)).toEqual([line]);
  expect(changes[0]?.reach.map(({ op, dir, path }) => `${op} ${dir} ${path}`)).toEqual([
    `* request ${reached}`,
    `* response ${reached}`,
  ]);
});
