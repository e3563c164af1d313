/** A release resolved after others is what it is when resolved alone: whatever is taken over, nothing of it shows. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import type { Resolved } from "./release.js";

type Resolve = (files: Readonly<Record<string, string>>) => Resolved;

/** A resolver that knows nothing of earlier ones. */
async function fresh(): Promise<Resolve> {
  vi.resetModules();
  return (await import("./release.js")).resolveFiles;
}

let alone: Resolve;
let together: Resolve;
beforeEach(async () => {
  together = await fresh();
});

async function expectSame(files: Readonly<Record<string, string>>): Promise<Resolved> {
  alone = await fresh();
  const [one, other] = [alone(files), together(files)];
  expect(JSON.stringify(other.model)).toBe(JSON.stringify(one.model));
  expect(other.diagnostics).toEqual(one.diagnostics);
  return other;
}

const document = (ns: string, body: string, attributes = ""): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"${ns === "" ? "" : ` targetNamespace="urn:${ns}"`} ${attributes}>${body}</xs:schema>`;
const imported = (ns: string): string => `<xs:import namespace="urn:${ns}" schemaLocation="${ns}.xsd"/>`;
const type = (name: string, ...members: readonly (readonly [string, string])[]): string =>
  `<xs:complexType name="${name}"><xs:sequence>${members.map(([local, of]) => `<xs:element name="${local}" type="${of}" minOccurs="0"/>`).join("")}</xs:sequence></xs:complexType>`;

const a = document("a", type("A", ["x", "xs:string"]) + `<xs:element name="head" type="a:A"/>`);
const b = document("b", imported("a") + type("B", ["a", "a:A"]));
const c = document("c", imported("b") + type("C", ["b", "b:B"]) + type("D", ["y", "xs:int"]));

test("what did not change is the very same object, what reaches a change is not", async () => {
  const first = together({ "a.xsd": a, "b.xsd": b, "c.xsd": c }).model;
  const changed = c.replace('"y"', '"z"');
  const second = await expectSame({ "a.xsd": a, "b.xsd": b, "c.xsd": changed });
  expect(second.model.types["{urn:a}A"]).toBe(first.types["{urn:a}A"]);
  expect(second.model.types["{urn:b}B"]).toBe(first.types["{urn:b}B"]);
  expect(second.model.types["{urn:c}C"]).not.toBe(first.types["{urn:c}C"]);
  const third = together({ "a.xsd": a.replace('"x"', '"w"'), "b.xsd": b, "c.xsd": changed }).model;
  expect(third.types["{urn:b}B"]).not.toBe(first.types["{urn:b}B"]);
  expect(third.types["{urn:b}B"]?.fingerprint).not.toBe(first.types["{urn:b}B"]?.fingerprint);
});

const lang = `<xs:import namespace="http://www.w3.org/XML/1998/namespace"/>`;
const attribute = `<xs:attribute ref="xml:lang"/>`;

/** Each: releases in order. */
const histories: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  "a namespace loses its last file": [
    { "a.xsd": a, "b.xsd": b },
    { "a.xsd": a, "b.xsd": b.replace('schemaLocation="a.xsd"', "") },
    { "b.xsd": b.replace('schemaLocation="a.xsd"', "") },
  ],
  "a member of a substitution group comes in another namespace": [
    { "a.xsd": a, "b.xsd": b },
    {
      "a.xsd": a,
      "b.xsd": document(
        "b",
        `${imported("a")}<xs:complexType name="E"><xs:complexContent><xs:extension base="a:A"><xs:attribute name="m"/></xs:extension></xs:complexContent></xs:complexType><xs:element name="member" type="b:E" substitutionGroup="a:head"/>`,
      ),
    },
    { "a.xsd": a, "b.xsd": b },
  ],
  "a wildcard excludes what another namespace, which it does not import, declares": [
    "",
    "one",
    "two",
    "",
  ].map((name) => ({
    "a.xsd": document(
      "a",
      `<xs:complexType name="A"><xs:sequence><xs:any notQName="##defined" processContents="lax"/></xs:sequence><xs:anyAttribute notQName="##defined" processContents="lax"/></xs:complexType>`,
    ),
    "b.xsd": document(
      "b",
      name === "" ? "" : `<xs:element name="${name}" type="xs:int"/><xs:attribute name="${name}"/>`,
    ),
  })),
  "a member makes content ambiguous where nothing changed": [
    {
      "a.xsd": document(
        "a",
        `<xs:element name="head" type="xs:string"/><xs:complexType name="A"><xs:sequence><xs:element ref="a:head" minOccurs="0"/><xs:any namespace="urn:b" minOccurs="0" processContents="lax"/></xs:sequence></xs:complexType>`,
      ),
      "b.xsd": b,
    },
    {
      "a.xsd": document(
        "a",
        `<xs:element name="head" type="xs:string"/><xs:complexType name="A"><xs:sequence><xs:element ref="a:head" minOccurs="0"/><xs:any namespace="urn:b" minOccurs="0" processContents="lax"/></xs:sequence></xs:complexType>`,
      ),
      "b.xsd": document(
        "b",
        `${imported("a")}<xs:element name="member" type="xs:string" substitutionGroup="a:head"/>`,
      ),
    },
  ],
  "a built-in attribute is used no more": [
    {
      "a.xsd": document("a", lang + type("A").replace("</xs:complexType>", `${attribute}</xs:complexType>`)),
      "b.xsd": document("b", lang + type("B").replace("</xs:complexType>", `${attribute}</xs:complexType>`)),
    },
    { "a.xsd": document("a", lang + type("A")), "b.xsd": document("b", lang + type("B")) },
    {
      "a.xsd": document("a", lang + type("A")),
      "b.xsd": document("b", lang + type("B").replace("</xs:complexType>", `${attribute}</xs:complexType>`)),
    },
  ],
  "a chameleon changes its colour": [
    {
      "part.xsd": document("", type("P", ["p", "xs:string"])),
      "a.xsd": document("a", `<xs:include schemaLocation="part.xsd"/>${type("A", ["p", "a:P"])}`),
      "b.xsd": document("b", type("B")),
    },
    {
      "part.xsd": document("", type("P", ["p", "xs:string"])),
      "a.xsd": document("a", type("A")),
      "b.xsd": document("b", `<xs:include schemaLocation="part.xsd"/>${type("B", ["p", "b:P"])}`),
    },
  ],
  "a redefinition comes and goes": [
    {
      "part.xsd": document("a", type("A", ["x", "xs:string"])),
      "a.xsd": document("a", `<xs:include schemaLocation="part.xsd"/>`),
      "b.xsd": b,
    },
    {
      "part.xsd": document("a", type("A", ["x", "xs:string"])),
      "a.xsd": document(
        "a",
        `<xs:redefine schemaLocation="part.xsd"><xs:complexType name="A"><xs:complexContent><xs:extension base="a:A"><xs:sequence><xs:element name="more" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>`,
      ),
      "b.xsd": b,
    },
    {
      "part.xsd": document("a", type("A", ["x", "xs:string"])),
      "a.xsd": document("a", `<xs:include schemaLocation="part.xsd"/>`),
      "b.xsd": b,
    },
  ],
  "findings are said each time": [
    { "a.xsd": document("a", type("A", ["x", "a:None"])), "b.xsd": b },
    { "a.xsd": document("a", type("A", ["x", "a:None"])), "b.xsd": b },
    { "a.xsd": a, "b.xsd": b },
    { "a.xsd": document("a", type("A", ["x", "a:None"])), "b.xsd": b },
  ],
  "anonymous types": [
    {
      "a.xsd": a,
      "b.xsd": document(
        "b",
        `${imported("a")}<xs:element name="o"><xs:complexType><xs:sequence><xs:element name="i"><xs:complexType><xs:sequence><xs:element name="n" type="a:A"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
      ),
    },
    {
      "a.xsd": a.replace("</xs:schema>", `${type("Z")}</xs:schema>`),
      "b.xsd": document(
        "b",
        `${imported("a")}<xs:element name="o"><xs:complexType><xs:sequence><xs:element name="i"><xs:complexType><xs:sequence><xs:element name="n" type="a:A"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
      ),
    },
  ],
};

test.each(Object.entries(histories))("%s", async (_, releases) => {
  for (const files of releases) await expectSame(files);
  for (const files of [...releases].reverse()) await expectSame(files);
});

const folder = new URL("../../xsd/", import.meta.url);

test("all releases of a family, forth and back", { timeout: 120_000 }, async () => {
  const files = (release: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(new URL(`${release}/`, folder), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".xsd"))
        .sort()
        .map((path) => [path, readFileSync(new URL(`${release}/${path}`, folder), "utf8")]),
    );
  const releases = ["41.1.0", "41.2.0", "41.12.0"].filter((each) => existsSync(new URL(`${each}/`, folder)));
  expect(releases).toHaveLength(3);
  for (const release of [...releases, ...[...releases].reverse()]) await expectSame(files(release));
});
