/** Errors in a schema that the user takes as warnings: by flag, by configuration, by the API. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMockSite, generate, readModel } from "../../generator/index.js";
import { tolerable } from "../../generator/tolerable.js";
import { errorText, strictErrors } from "../compile.js";
import { createFolder, root, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const run = (...args: string[]) =>
  strata(args, { cwd: folder.path, env: { STRATA_CACHE: join(folder.path, "cache") } });

const element = (name: string, more = ""): string => `<xs:element name="${name}" type="xs:int" ${more}/>`;
const ambiguous = (more = ""): string =>
  xsd(
    `<xs:element name="r" type="t:R"/><xs:complexType name="R"><xs:choice>
<xs:sequence>${element("a")}${element("b")}</xs:sequence>
<xs:sequence>${element("a")}${element("c")}</xs:sequence>
</xs:choice></xs:complexType>
<xs:complexType name="S"><xs:sequence>${element("a", 'minOccurs="0"')}${element("a")}${more}</xs:sequence></xs:complexType>`,
  );
/** For JSON: a component without where it stands. */
const withoutPlaces = (key: string, value: unknown): unknown =>
  ["at", "extent", "span"].includes(key) ? undefined : value;
const tolerate = ["--tolerate", "ambiguous-content"];

/** Each finding with its place, without severity, and each severity. */
const findingsIn = (stderr: string) => {
  const found = [...stderr.matchAll(/^(\S+:\d+:\d+) (error|warning) (ambiguous-content: .*)$/gmu)];
  return {
    findings: found.map(([, place, , text]) => `${place ?? ""} ${text ?? ""}`),
    severities: [...new Set(found.map(([, , severity]) => severity))],
  };
};

test("generate: refused; with the flag the same findings are warnings; no result is taken for that of the other setting", async () => {
  folder.write({ "in/a.xsd": ambiguous() });
  const args = ["generate", "--bundle", "in", "--out", "out"];
  const refused = await run(...args);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain(
    "hint: where the schema cannot be changed, `--tolerate ambiguous-content`",
  );
  const { findings, severities } = findingsIn(refused.stderr);
  expect(severities).toEqual(["error"]);
  expect(findings).toHaveLength(2);
  expect(folder.list().some((path) => path.startsWith("out/"))).toBe(false);

  const tolerated = await run(...args, ...tolerate);
  expect(tolerated.status).toBe(0);
  expect(findingsIn(tolerated.stderr)).toEqual({ findings, severities: ["warning"] });
  expect(folder.read("out/t.ts")).toContain(
    "export type R = Extensible & ({ a: number; b: number; c?: never } | { a: number; c: number; b?: never });",
  );

  // Warm, the warnings are said again; without the flag nothing of it counts.
  const again = await run(...args, ...tolerate);
  expect(again.stderr).toContain("nothing changed");
  expect(findingsIn(again.stderr)).toEqual({ findings, severities: ["warning"] });
  const strict = await run(...args);
  expect(strict.status).toBe(3);
  expect(findingsIn(strict.stderr)).toEqual({ findings, severities: ["error"] });
});

test("the generated code compiles strictly", async () => {
  folder.write({ "in/a.xsd": ambiguous(element("b", 'minOccurs="0"')) });
  const { ok } = await generate({
    bundle: "in",
    out: "out",
    cwd: folder.path,
    tolerate: ["ambiguous-content"],
    cache: false,
    format: false,
  });
  expect(ok).toBe(true);
  folder.write({
    "package.json": `{ "type": "module" }`,
    "use.ts": `import type { R, S } from "./out/t.js";
export const r: R = { a: 1, c: 2 };
export const s: S = { $content: [{ $name: "a", $value: 1 }] };
// @ts-expect-error one of both
export const both: R = { a: 1, b: 1, c: 2 };
`,
  });
  expect(strictErrors([join(folder.path, "use.ts")]).map(errorText)).toEqual([]);
}, 60_000);

test.each<[name: string, args: readonly string[], prints: string, status?: number]>([
  ["validate", ["validate", "in", "ac.xml"], "1 document valid"],
  ["validate a wrong one", ["validate", "in", "abc.xml"], "abc.xml:1:34 error unexpected-element", 1],
  ["sample", ["sample", "in", "r"], "<t:b>"],
  ["convert", ["convert", "in", "ac.xml", "--to", "json"], '"c": 2'],
  ["inspect", ["inspect", "in", "R"], "R"],
  ["diff", ["diff", "in", "new"], "S"],
  ["history", ["history", "./in", "./new"], "new"],
])("%s takes the flag, and refuses without it", async (_, args, prints, expected = 0) => {
  folder.write({
    "in/a.xsd": ambiguous(),
    "new/a.xsd": ambiguous(element("d", 'minOccurs="0"')),
    "ac.xml": `<r xmlns="urn:t"><a>1</a><c>2</c></r>`,
    "abc.xml": `<r xmlns="urn:t"><a>1</a><b>1</b><c>2</c></r>`,
  });
  const { status, stdout, stderr } = await run(...args, ...tolerate);
  expect(stdout + stderr).toContain(prints);
  expect(findingsIn(stderr).severities).toEqual(["warning"]);
  expect(status, stderr).toBe(expected);
  const refused = await run(...args);
  expect(refused.status).toBe(3);
  expect(findingsIn(refused.stderr).severities).toEqual(["error"]);
});

test("a family of the configuration says it; every command that reads it obeys", async () => {
  const config = (more: string): string =>
    `{ "families": { "f": { "source": "xsd", "out": "out"${more} } } }\n`;
  folder.write({
    "strata.config.json": config(`, "tolerate": ["ambiguous-content"]`),
    "xsd/1.0/a.xsd": ambiguous(),
    "xsd/1.1/a.xsd": ambiguous(element("d", 'minOccurs="0"')),
    "ac.xml": `<r xmlns="urn:t"><a>1</a><c>2</c></r>`,
  });
  const made = await run("generate");
  expect(made.status, made.stderr).toBe(0);
  expect(findingsIn(made.stderr)).toMatchObject({ severities: ["warning"] });
  expect(folder.read("out/v1.1/t.ts")).toContain("export interface S");
  expect((await run("validate", "latest", "ac.xml")).status).toBe(0);
  expect((await run("inspect", "1.1", "S")).stdout).toContain("since");

  folder.write({ "strata.config.json": config("") });
  const refused = await run("generate", "--check");
  expect(refused.status).toBe(3);
  expect(findingsIn(refused.stderr).severities).toEqual(["error"]);
  // The flag says it for a family too.
  expect((await run("generate", "--check", ...tolerate)).status).toBe(0);
});

test("a release is imported where its family, or the flag, tolerates it", async () => {
  const config = (more: string): string =>
    `{ "families": { "f": { "source": "xsd", "out": "out"${more} } } }\n`;
  folder.write({ "strata.config.json": config(""), "xsd/1.0/a.xsd": xsd(""), "in/a.xsd": ambiguous() });
  const args = ["import", "in", "--as", "1.1", "--dry-run"];
  expect((await run(...args)).status).toBe(3);
  expect((await run(...args, ...tolerate)).status).toBe(0);
  folder.write({ "strata.config.json": config(`, "tolerate": ["ambiguous-content"]`) });
  expect((await run(...args)).status).toBe(0);
});

test("other names are mistakes, with what was meant", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "out", "tolerate": ["ambiguous-contents"] } } }`,
    "xsd/1.0/a.xsd": xsd(""),
  });
  const configured = await run("generate");
  expect(configured.status).toBe(2);
  expect(configured.stderr).toContain(`strata.config.json:1:68 error unknown-value`);
  expect(configured.stderr).toContain(`did you mean "ambiguous-content"?`);
  const flagged = await run(
    "generate",
    "--bundle",
    "xsd/1.0",
    "--out",
    "o",
    "--tolerate",
    "ambigous-content",
  );
  expect(flagged.status).toBe(2);
  expect(flagged.stderr).toContain("hint: did you mean ambiguous-content?");
  await expect(
    readModel("xsd/1.0", { cwd: folder.path, tolerate: ["unknown-type" as never] }),
  ).rejects.toThrow(
    'no "unknown-type", known: ambiguous-content, late-schema-element, namespace-not-imported, schema-element-undeclared, unknown-escape, xml-namespace-declared',
  );
});

test("the API takes it", async () => {
  folder.write({ "in/a.xsd": ambiguous() });
  expect((await readModel("in", { cwd: folder.path })).model).toBeUndefined();
  const { model, diagnostics } = await readModel("in", {
    cwd: folder.path,
    tolerate: ["ambiguous-content"],
  });
  expect(Object.keys(model?.types ?? {})).toEqual(["{urn:t}R", "{urn:t}S"]);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
  await expect(createMockSite("in", { cwd: folder.path })).rejects.toThrow("two places");
  await expect(createMockSite("in", { cwd: folder.path, tolerate: ["ambiguous-content"] })).rejects.toThrow(
    "no operations",
  );
});

test("what stands too late in a schema is read as if it stood in its place", async () => {
  const type = (...parts: readonly string[]) =>
    xsd(`<xs:complexType name="T">${parts.join("")}</xs:complexType>`);
  const [attribute, sequence, note] = [
    '<xs:attribute name="k" type="xs:int"/>',
    `<xs:sequence>${element("a")}</xs:sequence>`,
    "<xs:annotation><xs:documentation>A note.</xs:documentation></xs:annotation>",
  ];
  folder.write({
    "late/a.xsd": type(attribute, sequence, note),
    "right/a.xsd": type(note, sequence, attribute),
  });
  const read = async (path: string, more: object = {}) => {
    const { model, diagnostics } = await readModel(path, { cwd: folder.path, ...more });
    const found = diagnostics.map(({ severity, code }) => `${severity} ${code}`);
    return { found, type: model && { ...model.types["{urn:t}T"], span: undefined } };
  };
  const late = await read("late");
  expect(late).toEqual({
    found: ["error late-schema-element", "error late-schema-element"],
    type: undefined,
  });
  const { type: wanted } = await read("right");
  const { found, type: got } = await read("late", { tolerate: ["late-schema-element"] });
  expect(found).toEqual(["warning late-schema-element", "warning late-schema-element"]);
  expect(JSON.stringify(got, withoutPlaces)).toBe(JSON.stringify(wanted, withoutPlaces));
  expect(JSON.stringify(got)).toContain("A note.");
});

test("a schema that declares the namespace of xml:lang anew is read as if it did not", async () => {
  const attributes = (more: string) =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace"${more}><xs:attribute name="lang" type="xs:language"/></xs:schema>`;
  const root = xsd(
    `<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/><xs:complexType name="T"><xs:attribute ref="xml:lang"/></xs:complexType>`,
  );
  folder.write({
    "anew/a.xsd": root,
    "anew/xml.xsd": attributes(' xmlns="http://www.w3.org/XML/1998/namespace"'),
    "right/a.xsd": root,
    "right/xml.xsd": attributes(""),
  });
  const read = async (path: string, more: object = {}) => {
    const { model, diagnostics } = await readModel(path, { cwd: folder.path, ...more });
    const found = diagnostics.map(({ severity, code }) => `${severity} ${code}`);
    return { found, type: model && JSON.stringify(model.types["{urn:t}T"], withoutPlaces) };
  };
  expect(await read("anew")).toEqual({ found: ["error xml-namespace-declared"], type: undefined });
  const { found, type } = await read("anew", { tolerate: ["xml-namespace-declared"] });
  expect(found).toEqual(["warning xml-namespace-declared"]);
  expect(type).toBe((await read("right")).type);
  expect(type).toContain("lang");
});

test("the schema of the configuration lists what can be tolerated", () => {
  const schema = JSON.parse(readFileSync(join(root, "schemas/config.schema.json"), "utf8")) as {
    readonly $defs: { readonly family: { readonly properties: { readonly tolerate: unknown } } };
  };
  expect(schema.$defs.family.properties.tolerate).toMatchObject({ items: { enum: tolerable } });
});
