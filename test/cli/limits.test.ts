/** Findings about what is asked for and what is too much, by the API as its users call it. */
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generate, readModel } from "../../generator/index.js";
import { maxDepth } from "../../generator/schema/scan.js";
import { createFolder, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const element = xsd(`<xs:element name="a" type="xs:int"/>`);

/** Codes of all findings about a schema in the folder, and the hints of errors. */
async function read(path: string, options: Parameters<typeof readModel>[1] = {}): Promise<string[]> {
  const { diagnostics } = await readModel(path, { cwd: folder.path, ...options });
  return diagnostics.map(({ code, hint }) => (hint === undefined ? code : `${code}: ${hint}`));
}

test("a schema that is not there, with what was meant", async () => {
  folder.write({ "order.xsd": element });
  expect(await read("ordr.xsd")).toEqual(['missing-bundle: did you mean "order.xsd"?']);
});

test("a file that is larger than any schema", async () => {
  folder.write({ "in/a.xsd": element, "in/b.xsd": "" });
  truncateSync(join(folder.path, "in/b.xsd"), 64 * 1024 * 1024 + 1);
  expect(await read("in")).toContain("document-too-large");
});

test("a folder of more schemas than a release can have", async () => {
  mkdirSync(join(folder.path, "in"));
  for (let index = 0; index <= 20_000; index++) writeFileSync(join(folder.path, `in/${index}.xsd`), "");
  expect(await read("in")).toEqual(["bundle-too-large: give the folder of one release"]);
});

test("elements that are nested too deep", async () => {
  const nested = (depth: number): string => "<b>".repeat(depth) + "</b>".repeat(depth);
  // The root, xs:annotation and xs:appinfo are three levels.
  const noted = (depth: number): string =>
    xsd(`<xs:annotation><xs:appinfo>${nested(depth)}</xs:appinfo></xs:annotation>`);
  folder.write({ "deep.xsd": noted(maxDepth - 2), "fine.xsd": noted(maxDepth - 3) });
  expect(await read("deep.xsd")).toEqual(["nesting-limit"]);
  expect(await read("fine.xsd")).toEqual([]);
});

test("catalogs that lead to ever more catalogs", async () => {
  const catalog = (next: number): string =>
    `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><nextCatalog catalog="${next}.xml"/></catalog>`;
  folder.write({ "a.xsd": element });
  for (let index = 0; index < 101; index++) folder.write({ [`${index}.xml`]: catalog(index + 1) });
  expect(await read("a.xsd", { catalog: "0.xml" })).toEqual(["too-many-catalogs"]);
});

test("an entity whose text lies elsewhere is never read", async () => {
  folder.write({
    "a.xsd": `<!DOCTYPE xs:schema [<!ENTITY more SYSTEM "secret.txt">]>\n${element.replace("<xs:element", "&more;<xs:element")}`,
    "secret.txt": "<xs:element name='b' type='xs:int'/>",
  });
  expect(await read("a.xsd")).toEqual([
    expect.stringMatching(/^external-entity-not-read: put its text into/u),
  ]);
});

test("an all-group that repeats, by a reference to its group", async () => {
  folder.write({
    "a.xsd": xsd(`<xs:group name="g"><xs:all><xs:element name="x" type="xs:int"/></xs:all></xs:group>
      <xs:complexType name="T"><xs:group ref="t:g" maxOccurs="2"/></xs:complexType>`),
  });
  expect(await read("a.xsd")).toEqual(["all-group-repeated"]);
});

test.each<[kind: string, text: string, hint: RegExp]>([
  ["a web page", "<!DOCTYPE html>\n<html><body>Not found</body></html>", /web page/u],
  ["RELAX NG", `<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>`, /`trang` converts/u],
  ["a DTD", "<!ELEMENT a (b)>", /DTD, which `trang` converts/u],
  ["JSON Schema", `{ "type": "object" }`, /this is JSON/u],
  ["text", "hello", /is this file XML\?/u],
])("%s in place of a schema", async (_kind, text, hint) => {
  folder.write({ "a.xsd": text });
  expect(await read("a.xsd")).toEqual([expect.stringMatching(hint)]);
});

const families = `{ "families": {
  "first": { "source": "first", "out": "out/first" }, "second": { "source": "second", "out": "out/second" } } }`;

test("a family that there is not, and one folder for several", async () => {
  folder.write({ "strata.config.json": families, "first/1.0/a.xsd": element, "second/1.0/a.xsd": element });
  const codes = async (options: Parameters<typeof generate>[0]): Promise<string[]> =>
    (await generate({ cwd: folder.path, ...options })).diagnostics.map(
      ({ code, hint }) => `${code}: ${hint ?? ""}`,
    );
  expect(await codes({ families: ["frist"] })).toEqual(['unknown-family: did you mean "first"?']);
  expect(await codes({ out: "elsewhere" })).toEqual(["out-for-several-families: choose one with --family"]);
  expect(folder.list()).not.toContain("elsewhere");
});

test("a release that several families have must say whose it is", async () => {
  folder.write({ "strata.config.json": families, "first/1.0/a.xsd": element, "second/1.0/a.xsd": element });
  const { status, stderr } = await strata(["inspect", "1.0"], { cwd: folder.path });
  expect(status).toBe(2);
  expect(stderr).toContain("release-ambiguous");
  expect(stderr).toContain("say which: first/1.0 or second/1.0");
  expect((await strata(["inspect", "second/1.0"], { cwd: folder.path })).status).toBe(0);
});
