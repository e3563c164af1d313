import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { noCache, type Cache } from "../../generator/output/cache.js";
import { serviceNames } from "../../generator/page-context.js";
import type { ScalarRule } from "../../generator/service/types.js";
import { readText, shop, siteOf } from "./family.js";

const site = await siteOf(shop);
const pages = new Map(site.files.map(({ path, text }) => [path, text]));
const page = (release: string): string => pages.get(`reports/v${release}.html`) ?? "";

test("a page for each release, and the matrix", () => {
  expect([...pages.keys()].sort()).toEqual([
    "reports/index.html",
    "reports/v1.0.html",
    "reports/v1.1.html",
    "reports/v2.0.html",
    "reports/v2.1.html",
  ]);
});

test.each([...pages])("%s is valid HTML", async (_, text) => {
  const judge = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      // Style and script are inside on purpose, fixed by their hashes; a minus sign begins no long title.
      "require-sri": "off",
      "long-title": "off",
      // Whitespace at line ends and the case of the doctype mean nothing.
      "no-trailing-whitespace": "off",
      // HTML lets an id begin with a digit, and those of findings do.
      "valid-id": ["error", { relaxed: true }],
      // Filters apply while they are set: there is nothing to submit.
      "wcag/h32": "off",
    },
  });
  const { results } = await judge.validateString(text);
  const messages = results.flatMap((result) =>
    result.messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );
  expect(messages).toEqual([]);
});

test.each([...pages])("%s loads nothing and has every id once", (_, text) => {
  expect(text).toContain("default-src &#39;none&#39;");
  expect(text).not.toMatch(/<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\(/iu);
  const ids = [...text.matchAll(/\sid="([^"]*)"/gu)].map((match) => match[1]);
  expect(ids).toHaveLength(new Set(ids).size);
});

test("links between the pages lead somewhere", () => {
  for (const [path, text] of pages) {
    for (const [, href = ""] of text.matchAll(/href="([^"]*)"/gu)) {
      if (href.startsWith("https:")) continue;
      const [file, hash] = href.split("#");
      const target = file === "" ? text : pages.get(`reports/${file ?? ""}`);
      expect(target, `${path}: ${href}`).toBeDefined();
      if (hash !== undefined) expect(target, `${path}: ${href}`).toContain(` id="${hash}"`);
    }
  }
});

test("a release page tells what changed, on both sides, and what it means", () => {
  const text = page("2.0");
  expect(text).toContain("Breaking");
  expect(text).toContain("1.1/schema.xsd");
  expect(text).toContain("2.0/schema.xsd");
  expect(text).toContain("TypeScript of 2.0");
  expect(text).toContain('<svg class="diagram"');
  expect(text).toContain("Reconstructed.");
});

test("a release page shows what breaks: a document for the wire, code for each way of using a type", () => {
  const shown = [...page("2.0").matchAll(/<p class="witness-title">(.*?)<\/p>/gu)].map((match) => match[1]);
  expect(shown).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^A document that is valid in 1\.1 and not in 2\.0: <q>/u),
      "Code that reads: it compiles with 1.1 and not with 2.0",
      "Code that builds: it compiles with 1.1 and not with 2.0",
      "Code that lists everything: it compiles with 1.1 and not with 2.0",
    ]),
  );
  // What is printed again at the end of a run shows findings, not their proofs.
  expect(JSON.stringify(site.newest)).not.toContain('"witness"');
});

test("notes: behaviour with its condition, error codes, where they come from", () => {
  const text = page("1.1");
  expect(text).toContain("Orders of a gift are wrapped.");
  expect(text).toContain("WrapGifts");
  expect(text).toContain("000042");
  expect(text).toContain("In responses of every operation.");
  expect(text).toContain('<a href="https://example.com/notes" rel="noreferrer">');
});

test("a release without a change says so", () => {
  expect(page("2.1")).toContain("The schemas of 2.0 and 2.1 mean the same.");
});

test("the newest comparison is the newest that found something", () => {
  expect(site.newest?.result.to.id).toBe("2.0");
});

test("the same input gives the same bytes", async () => {
  expect(await siteOf(shop)).toEqual(site);
});

test("only the pages whose input changed are made again, and none comes out different", async () => {
  const entries = new Map<string, string>();
  const written: string[] = [];
  const store: Cache = {
    get: (kind, key) => entries.get(`${kind} ${key}`),
    put(kind, key, text) {
      written.push(kind);
      entries.set(`${kind} ${key}`, text);
    },
  };
  const keys = ["a", "b", "c", "d"];
  expect(await siteOf(shop, store, keys)).toEqual(site);
  written.length = 0;
  expect(await siteOf(shop, store, keys)).toEqual(site);
  expect(written.filter((kind) => kind === "report")).toEqual([]);
  await siteOf(shop, store, ["a", "b", "c", "other"]);
  expect(written.filter((kind) => kind === "report")).toHaveLength(1);
});

test("a namespace that changes its name, files that come and go: each page has them", async () => {
  const moved = shop.map((release, index) =>
    index < 2 ? release : { ...release, schema: release.schema.replaceAll("urn:shop", "urn:shop:2") },
  );
  const { files } = await siteOf(moved);
  const text = files.find(({ path }) => path.endsWith("v2.0.html"))?.text ?? "";
  expect(text).toContain("Target namespace changed: urn:shop → urn:shop:2.");
  const [before, after] = [
    await readText("1", shop[0]?.schema ?? ""),
    await readText("2", moved[2]?.schema ?? ""),
  ];
  const services = serviceNames(before, after);
  const of = (ns: string, kind?: "file" | "note" | "namespace"): readonly string[] =>
    services({ component: { ns, type: "x", path: [], ...(kind && { kind }) }, reach: [] } as never);
  expect(of("", "file")).toEqual([]);
  expect(of("", "note")).toEqual([]);
  expect(of("urn:nowhere", "namespace")).toEqual([]);
  expect(of("urn:shop")).toHaveLength(1);
  expect(of("urn:shop:2")).toHaveLength(1);
});

test("a page tells exported names that changed, as the report of two releases does", async () => {
  const place = `<xs:complexType name="Place"><xs:sequence/></xs:complexType>`;
  const release = (id: string, member: string, more: string) => ({
    id,
    schema: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:shop" targetNamespace="urn:shop">
<xs:complexType name="Order"><xs:sequence>${member}</xs:sequence></xs:complexType>${more}</xs:schema>`,
  });
  const inPlace = `<xs:element name="place">${place.replace(` name="Place"`, "")}</xs:element>`;
  const { files } = await siteOf([
    release("1", inPlace, ""),
    release("2", `<xs:element name="place" type="s:Place"/>`, place),
  ]);
  const text = files.find(({ path }) => path.endsWith("v2.html"))?.text ?? "";
  expect(text).toContain("Exported name changed or gone: OrderPlace → Place.");
});

test("a page judges code by the scalars that are asked for, as the report of two releases does", async () => {
  const release = (id: string, type: string) => ({
    id,
    schema: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="count" type="${type}"/></xs:schema>`,
  });
  const family = [release("1", "xs:int"), release("2", "xs:long")];
  const verdictsWith = async (as: ScalarRule["as"]): Promise<readonly unknown[]> => {
    const { newest } = await siteOf(family, noCache, [], [{ type: "xs:long", as }]);
    return (newest?.result.changes ?? []).map(({ rule, source }) => [rule, source?.read]);
  };
  expect(await verdictsWith("bigint")).toEqual([["type.base.widened", "breaking"]]);
  expect(await verdictsWith("number")).toEqual([["type.base.widened", "safe"]]);
});
