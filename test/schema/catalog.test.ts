import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { loadCatalogs } from "../../generator/schema/catalog.js";
import { normalizePublicId } from "../../generator/schema/uri.js";
import { describe } from "./reading.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "catalog-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const xml = (inside: string, attributes = ""): string =>
  `<!DOCTYPE catalog PUBLIC "-//OASIS//DTD Entity Resolution XML Catalog V1.0//EN" "http://www.oasis-open.org/committees/entity/release/1.0/catalog.dtd"><catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"${attributes}>${inside}</catalog>`;

async function load(...names: readonly string[]) {
  const report = createReport();
  const catalog = await loadCatalogs(
    names.map((name) => join(folder, name)),
    report,
  );
  const local = (target: string | undefined) => target?.replace(`${folder}/`, "");
  return {
    uri: (name: string) => local(catalog.resolveUri(name)),
    system: (name: string) => local(catalog.resolveSystem(name)),
    public: (name: string) => local(catalog.resolvePublic(name)),
    findings: report.diagnostics.map((finding) => describe(finding, report).replaceAll(`${folder}/`, "")),
  };
}

test("each kind of entry answers what it is for", async () => {
  write({
    "c.xml": xml(
      `<public publicId=" -//A//B   C//EN " uri="public.xsd"/>
       <system systemId="http://a/s" uri="system.xsd"/>
       <uri name="http://a/u" uri="x/uri.xsd"/>
       <uri name="http://a/u" uri="second.xsd"/>
       <uri name="http://a/ü b" uri="encoded.xsd"/>
       <rewriteURI uriStartString="http://a/r/" rewritePrefix="short/"/>
       <rewriteURI uriStartString="http://a/r/long/" rewritePrefix="file:///elsewhere/"/>
       <rewriteSystem systemIdStartString="http://s/" rewritePrefix="http://t/"/>
       <uriSuffix uriSuffix="/v1/a.xsd" uri="suffix.xsd"/>
       <uriSuffix uriSuffix="a.xsd" uri="short-suffix.xsd"/>
       <systemSuffix systemIdSuffix=".dtd" uri="dtd"/>
       <foreign xmlns="urn:f"/>`,
    ),
  });
  const { uri, system, public: publicId, findings } = await load("c.xml");
  expect(findings).toEqual([]);
  expect(publicId("-//A//B C//EN")).toBe("public.xsd");
  expect(publicId("urn:publicid:-:A:B+C:EN")).toBe("public.xsd");
  expect(system("http://a/s")).toBe("system.xsd");
  expect(uri("http://a/s")).toBeUndefined();
  expect(uri("http://a/u")).toBe("x/uri.xsd");
  expect(uri("http://a/%C3%BC%20b")).toBe("encoded.xsd");
  expect(uri("http://a/r/b/c.xsd")).toBe("short/b/c.xsd");
  expect(uri("http://a/r/long/c.xsd")).toBe("/elsewhere/c.xsd");
  expect(system("http://s/x")).toBe("http://t/x");
  expect(uri("http://z/v1/a.xsd")).toBe("suffix.xsd");
  expect(uri("http://z/v2/a.xsd")).toBe("short-suffix.xsd");
  expect(system("http://z/x.dtd")).toBe("dtd");
  expect(uri("http://nowhere")).toBeUndefined();
});

test("groups, xml:base, next catalogs, delegates, cycles", async () => {
  write({
    "c.xml": xml(
      `<group xml:base="in/"><uri name="urn:a" uri="a.xsd"/><group xml:base="er/"><uri name="urn:b" uri="b.xsd"/></group></group>
       <uri name="urn:c" uri="c.xsd" xml:base="own/"/>
       <nextCatalog catalog="next/n.xml"/><nextCatalog catalog="c.xml"/>
       <delegateURI uriStartString="urn:x:" catalog="d.xml"/><delegateURI uriStartString="urn:x:y:" catalog="e.xml"/>`,
      ' prefer="public" xml:base="base/../"',
    ),
    "next/n.xml": xml(
      '<uri name="urn:n" uri="n.xsd"/><uri name="urn:x:n" uri="never.xsd"/><nextCatalog catalog="../c.xml"/>',
    ),
    "d.xml": xml('<uri name="urn:x:1" uri="d1.xsd"/><uri name="urn:x:y:1" uri="d2.xsd"/>'),
    "e.xml": xml('<uri name="urn:x:y:2" uri="e2.xsd"/>'),
  });
  const { uri, findings } = await load("c.xml");
  expect(findings).toEqual([]);
  expect(["urn:a", "urn:b", "urn:c", "urn:n"].map(uri)).toEqual([
    "in/a.xsd",
    "in/er/b.xsd",
    "own/c.xsd",
    "next/n.xsd",
  ]);
  expect(["urn:x:1", "urn:x:y:1", "urn:x:y:2", "urn:x:n"].map(uri)).toEqual([
    "d1.xsd",
    "d2.xsd",
    "e2.xsd",
    undefined,
  ]);
  expect(uri("urn:none")).toBeUndefined();
});

test("a map of URLs and namespaces", async () => {
  write({
    "maps/m.json": '{ "http://a": "a.xsd", "http://b/": "../b/", "urn:p": "/abs.xsd", "__proto__": "p.xsd" }',
  });
  const { uri, system, findings } = await load("maps/m.json");
  expect(findings).toEqual([]);
  expect(["http://a", "http://b/c.xsd", "urn:p", "__proto__"].map(uri)).toEqual([
    "maps/a.xsd",
    "b/c.xsd",
    "/abs.xsd",
    "maps/p.xsd",
  ]);
  expect(system("http://b/c.xsd")).toBe("b/c.xsd");
});

test("mistakes in catalogs, all in one run", async () => {
  write({
    "c.xml": xml(
      '\n<urii name="a" uri="b"/>\n<uri name="a"/>\n<nextCatalog catalog="none.xml"/>\n<nextCatalog catalog="http://a/c.xml"/>',
    ),
    "d.xml": "<catalog/>",
    "m.json": '{ "a": 1 }',
    "n.json": "{ no json",
    "o.json": '{ "http://a": "http://[" }',
  });
  const { findings } = await load("c.xml", "d.xml", "m.json", "n.json", "o.json");
  expect(findings.map((finding) => finding.replace(/ none\.xml|\S*none\.xml/u, " none.xml"))).toEqual([
    "2:1 invalid-catalog a catalog has no element <urii>",
    '3:1 invalid-catalog <uri> of a catalog needs the attribute "uri"',
    '5:1 invalid-catalog the catalog "http://a/c.xml" is no file',
    "1:1 not-a-catalog the root element of d.xml is not a catalog",
    '1:1 not-a-catalog m.json maps "a" to something that is not a text',
    expect.stringMatching(/^1:1 not-a-catalog n\.json is not JSON: /u),
    '1:1 not-a-catalog o.json maps "http://a" to "http://[", which is no file or URL',
    "4:1 missing-catalog the catalog  none.xml cannot be read: there is no such file",
  ]);
});

test.each([
  ["-//A//B", "-//A//B"],
  [" a \n b ", "a b"],
  ["urn:publicid:ISO%2FIEC+8879%3A1986:ENTITIES+x;y", "ISO/IEC 8879:1986//ENTITIES x::y"],
])("public identifier %j is %j", (written, normal) => {
  expect(normalizePublicId(written)).toBe(normal);
});

const schema = (namespace: string, inside = ""): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}">${inside}</xs:schema>`;

test("a catalog brings files of elsewhere into a bundle, and these bring those beside them", async () => {
  write({
    "bundle/a.xsd": schema(
      "urn:a",
      '<xs:import namespace="urn:b" schemaLocation="http://b/b.xsd"/><xs:import namespace="urn:c"/><xs:import namespace="urn:d" schemaLocation="http://d/d.xsd"/>',
    ),
    "bundle/d.xsd": schema("urn:d"),
    "else/b.xsd": schema(
      "urn:b",
      '<xs:include schemaLocation="more/b2.xsd"/><xs:include schemaLocation="../secret.xsd"/>',
    ),
    "else/more/b2.xsd": schema("urn:b"),
    "else/c.xsd": schema("urn:c"),
    "secret.xsd": schema("urn:b"),
    "catalog.xml": xml(
      '<uri name="http://b/b.xsd" uri="else/b.xsd"/><uri name="urn:c" uri="else/c.xsd"/><system systemId="http://d/d.xsd" uri="bundle/d.xsd"/>',
    ),
  });
  const report = createReport();
  const bundle = await loadBundle(
    { path: join(folder, "bundle"), catalogs: [join(folder, "catalog.xml")] },
    report,
  );
  const documents = bundle === undefined ? [] : readDocuments(bundle, report).map(({ file }) => file);
  expect(documents).toEqual(["a.xsd", "../else/b.xsd", "../else/more/b2.xsd", "../else/c.xsd", "d.xsd"]);
  expect(report.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'schema-outside-bundle xs:include names "../secret.xsd", which lies outside the bundle',
  ]);
});
