/** Families of other projects: nothing changes in what means the same, and their histories hold no nonsense. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Change } from "../../generator/diff/index.js";
import { readBundle } from "../bundles/bundle.js";
import { random } from "./mutations.js";
import { diffModels, lineOf, modelOf } from "./schema.js";

const packages = new URL("../../node_modules/", import.meta.url);
type Files = Readonly<Record<string, string>>;

function dmn(version: string): Files {
  const folder = new URL(`@kie-tools/dmn-marshaller/src/schemas/dmn-${version.replace(".", "_")}/`, packages);
  const names = readdirSync(folder).filter((name) => name.endsWith(".xsd"));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

function cycloneDx(version: string): Files {
  const folder = new URL("@cyclonedx/cyclonedx-library/res/schema/", packages);
  const names = [`bom-${version}.SNAPSHOT.xsd`, "spdx.SNAPSHOT.xsd"].filter((name) =>
    existsSync(new URL(name, folder)),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

const bundles: readonly (readonly [name: string, files: () => Files])[] = [
  ["Webex 41.12.0", () => Object.fromEntries(readBundle("41.12.0"))],
  ...["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6"].map(
    (version) => [`DMN ${version}`, () => dmn(version)] as const,
  ),
  ...["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"].map(
    (version) => [`CycloneDX ${version}`, () => cycloneDx(version)] as const,
  ),
];

/** The children of the schema element in another order, imports and includes first. */
function shuffled(text: string, next: () => number): string {
  const head = /^[\s\S]*?<(?:\w+:)?schema\b[^>]*>/u.exec(text)?.[0] ?? "";
  const foot = /<\/(?:\w+:)?schema>\s*$/u.exec(text)?.[0] ?? "";
  const body = text.slice(head.length, text.length - foot.length);
  const parts: string[] = [];
  const token =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)[\w:.-]+(?:"[^"]*"|'[^']*'|[^>"'])*?(\/?)>/gu;
  let depth = 0;
  let start = 0;
  for (const match of body.matchAll(token)) {
    if (!/^<[\w/]/u.test(match[0])) continue;
    if (match[1] === "/") depth--;
    else if (match[2] !== "/") depth++;
    if (depth > 0) continue;
    const end = match.index + match[0].length;
    parts.push(body.slice(start, end));
    start = end;
  }
  const first = parts.filter((part) =>
    /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:\w+:)?(?:import|include|annotation|redefine)\b/u.test(part),
  );
  const rest = parts.filter((part) => !first.includes(part));
  for (let index = rest.length - 1; index > 0; index--) {
    const other = Math.floor(next() * (index + 1));
    [rest[index], rest[other]] = [rest[other] ?? "", rest[index] ?? ""];
  }
  return head + [...first, ...rest].join("") + body.slice(start) + foot;
}

/** Annotations and comments away, other white space. */
function reformatted(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/gu, "")
    .replace(/<((?:\w+:)?)annotation\b[^>]*\/>|<((?:\w+:)?)annotation\b[\s\S]*?<\/\2annotation>/gu, "")
    .replace(/>\s+</gu, ">\n\n<");
}

/** The prefix of XML Schema itself is another one. */
function prefixed(text: string): string {
  const prefix = /xmlns:(\w+)="http:\/\/www\.w3\.org\/2001\/XMLSchema"/u.exec(text)?.[1];
  if (prefix === undefined) return text;
  return text
    .replaceAll(`xmlns:${prefix}=`, "xmlns:zz=")
    .replace(new RegExp(`(</?)${prefix}:`, "gu"), "$1zz:")
    .replace(new RegExp(`((?:type|base|itemType|ref)=")${prefix}:`, "gu"), "$1zz:")
    .replace(/memberTypes="[^"]*"/gu, (list) => list.replaceAll(`${prefix}:`, "zz:"));
}

/** The file is only an include of what it was. */
function included(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) => {
      const inner = name.replace(/([^/]*)\.xsd$/u, "part-$1.xsd");
      const target = /targetNamespace="([^"]*)"/u.exec(text)?.[1];
      const attribute = target === undefined ? "" : ` targetNamespace="${target}"`;
      const outer = `<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"${attribute}><s:include schemaLocation="${inner.replace(/^.*\//u, "")}"/></s:schema>`;
      return [
        [name, outer],
        [inner, text],
      ];
    }),
  );
}

const each =
  (edit: (text: string) => string) =>
  (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, edit(text)]));

const equivalents: readonly (readonly [name: string, edit: (files: Files) => Files])[] = [
  ["itself", (files) => files],
  ["its files in another order", (files) => Object.fromEntries(Object.entries(files).reverse())],
  ["its globals in another order", (files) => each((text) => shuffled(text, random(7)))(files)],
  ["its comments, annotations and white space gone", each(reformatted)],
  ["another prefix for XML Schema", each(prefixed)],
  ["each file included by another", included],
];

test.each(bundles)("%s has not changed in what means the same", { timeout: 600_000 }, async (_name, read) => {
  const files = read();
  const model = await modelOf(files);
  for (const [name, edit] of equivalents) {
    const edited = edit(files);
    const changes = diffModels(model, await modelOf(edited)).changes.filter(
      ({ rule }) => !rule.startsWith("file."),
    );
    expect([name, ...changes.map(lineOf)]).toEqual([name]);
  }
});

// ---------------------------------------------------------------------------------------------- histories

async function compare(
  read: (version: string) => Files,
  from: string,
  to: string,
): Promise<readonly Change[]> {
  return diffModels(await modelOf(read(from), from), await modelOf(read(to), to)).changes;
}

const lines = (changes: readonly Change[], pattern: RegExp): readonly string[] =>
  changes.map(lineOf).filter((line) => pattern.test(line));

test("DMN 1.0 to 1.1: globals renamed by case, nothing renamed to itself, no name taken for a label", async () => {
  const changes = await compare(dmn, "1.0", "1.1");
  expect(
    changes.filter(
      ({ rule, component, formerly }) => rule === "type.renamed" && component.type === formerly?.type,
    ),
  ).toEqual([]);
  expect(lines(changes, /element:(?:import|Import|decision|Decision) /u)).toEqual([
    "element.renamed.case element:import overlap",
    "element.renamed.case element:decision overlap",
  ]);
  expect(lines(changes, /tDMNElement\/@(?:name|label)/u)).toEqual([
    "attribute.removed.optional tDMNElement/@name narrowing",
    "attribute.added.optional tDMNElement/@label widening",
  ]);
  // What all of them inherit is told once, where it is declared.
  expect(lines(changes, /\/@id /u).filter((line) => line.includes("required-to-optional"))).toEqual([
    "attribute.use.required-to-optional tDMNElement/@id widening",
    // It restricted the other one and said so again.
    "attribute.use.required-to-optional tNamedElement/@id widening",
  ]);
});

test("CycloneDX 1.3 to 1.4: the version of a component became optional", async () => {
  expect(lines(await compare(cycloneDx, "1.3", "1.4"), /^element\.occurs/u)).toEqual([
    "element.occurs.required-to-optional component/version widening",
  ]);
});

test("CycloneDX 1.5 to 1.6: dependencies were restructured, and that is one finding at their type", async () => {
  expect(lines(await compare(cycloneDx, "1.5", "1.6"), /dependencyType/u).length).toBeGreaterThan(0);
  const restructured = lines(await compare(cycloneDx, "1.5", "1.6"), /^group\.restructured dependencyType /u);
  expect(restructured.length).toBeLessThanOrEqual(1);
});

test("a long content model is shown where it differs", async () => {
  const schema = (inner: string): Files => ({
    "s.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"><xs:complexType><xs:sequence>${inner}</xs:sequence></xs:complexType></xs:element></xs:schema>`,
  });
  const element = (name: string): string => `<xs:element name="${name}" type="xs:int" minOccurs="0"/>`;
  const letters = [..."abcdefghij"].map(element).join("");
  const old = await modelOf(
    schema(`${letters}${element("x")}${element("y")}${letters.replaceAll('name="', 'name="z')}`),
  );
  const current = await modelOf(
    schema(
      `${letters}<xs:choice>${element("x")}${element("y")}</xs:choice>${letters.replaceAll('name="', 'name="z')}`,
    ),
  );
  const [change] = diffModels(old, current).changes;
  expect([change?.old?.value, change?.new?.value]).toEqual([
    "(..., j?, x?, y?, za?, ...)",
    "(..., j?, (x? | y?), za?, ...)",
  ]);
});
