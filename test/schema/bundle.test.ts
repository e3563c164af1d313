import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { loadBundle, readDocuments, type BundleSource } from "../../generator/schema/bundle.js";
import { describe } from "./reading.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A schema of a namespace ("" for none) with an element of the name `e` and these directives. */
function schema(namespace: string, directives = ""): string {
  const target = namespace === "" ? "" : ` targetNamespace="${namespace}"`;
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${target}>${directives}<xs:element name="e"/></xs:schema>`;
}
const include = (location: string): string => `<xs:include schemaLocation="${location}"/>`;
const imports = (namespace: string, location?: string): string =>
  `<xs:import namespace="${namespace}"${location === undefined ? "" : ` schemaLocation="${location}"`}/>`;

async function load(path = "", source: Partial<BundleSource> = {}, lazy = false) {
  const report = createReport();
  const bundle = await loadBundle({ path: join(folder, path), ...source }, report);
  const documents =
    bundle === undefined ? [] : readDocuments(bundle, report, lazy ? { unresolved: "lazy" } : {});
  return {
    bundle,
    files: bundle?.files.map((file) => file.path),
    roots: bundle?.roots,
    documents: documents.map(({ file }) => file),
    findings: report.diagnostics.map((finding) =>
      `${finding.at?.file ?? ""}:${describe(finding, report)}`.replaceAll(folder, "."),
    ),
    hints: report.diagnostics.map(({ hint }) => hint),
    severities: report.diagnostics.map(({ severity }) => severity),
  };
}

test("every .xsd file of a folder is a root; nothing else is read", async () => {
  write({
    "b.xsd": schema("urn:b"),
    "a/c.XSD": schema("urn:c"),
    "a/readme.txt": "no schema",
    "._b.xsd": "resource fork",
    "node_modules/x.xsd": "not mine",
    ".hidden/x.xsd": "not mine",
  });
  const { bundle, files, roots, documents, findings } = await load();
  expect(files).toEqual(["a/c.XSD", "b.xsd"]);
  expect(roots).toEqual(files);
  expect(documents).toEqual(files);
  expect(findings).toEqual([]);
  expect(bundle?.files[1]?.digest).toMatch(/^[0-9a-f]{64}$/u);
});

test("with entries, only what those reach, over all four directives", async () => {
  write({
    "main.xsd": schema(
      "urn:m",
      `${include("x/a.xsd")}${imports("urn:b", "./x/../b.xsd")}<xs:redefine schemaLocation="r.inc"/><xs:override schemaLocation="o.xsd"/>`,
    ),
    "x/a.xsd": schema("urn:m", include("../main.xsd")),
    "b.xsd": schema("urn:b", imports("urn:m", "x/a.xsd")),
    "r.inc": schema(""),
    "o.xsd": schema("urn:m", include("%C3%BC%20%23.xsd")),
    "ü #.xsd": schema("urn:m"),
    "alone.xsd": schema("urn:z"),
  });
  const { files, roots, documents, findings } = await load("", { entries: ["main.xsd"] });
  expect(findings).toEqual([]);
  expect(roots).toEqual(["main.xsd"]);
  expect(files).toEqual(["b.xsd", "main.xsd", "o.xsd", "r.inc", "x/a.xsd", "ü #.xsd"]);
  expect(documents).toEqual(["main.xsd", "x/a.xsd", "b.xsd", "r.inc", "o.xsd", "ü #.xsd"]);
  const byFileSystem = await load("", { entries: [relative(process.cwd(), join(folder, "main.xsd"))] });
  expect(byFileSystem.files).toEqual(files);
});

test("one file by several spellings is one file", async () => {
  write({
    "a.xsd": schema("urn:a", `${include("x/../b.xsd")}${include("./b.xsd")}${include("x\\..\\b.xsd#id")}`),
    "b.xsd": schema("urn:a"),
  });
  const { documents, findings } = await load("a.xsd");
  expect(findings).toEqual([]);
  expect(documents).toEqual(["a.xsd", "b.xsd"]);
});

test("a single file reaches the folder it lies in, and no further", async () => {
  write({
    "in/a.xsd": schema("urn:a", `${include("sub/b.xsd")}${include("../c.xsd")}${include("/etc/d.xsd")}`),
    "in/sub/b.xsd": schema("urn:a", include("../e.xsd")),
    "in/e.xsd": schema("urn:a"),
    "c.xsd": schema("urn:a"),
  });
  const { documents, findings, hints } = await load("in/a.xsd");
  expect(documents).toEqual(["a.xsd", "sub/b.xsd", "e.xsd"]);
  expect(findings).toEqual([
    'a.xsd:1:148 schema-outside-bundle xs:include names "../c.xsd", which lies outside the bundle',
    'a.xsd:1:187 schema-outside-bundle xs:include names "/etc/d.xsd", which lies outside the bundle',
  ]);
  expect(hints).toEqual([
    expect.stringMatching(
      /^give the folder "bundle-[^"/]+" above it, with --entry in\/a\.xsd, or map the location to a file with --catalog$/u,
    ),
    "give the folder that holds all files, with --entry for the file to begin with",
  ]);
});

test("the hint at a schema outside names the WSDL document, not what stands in it", async () => {
  const embedded = (namespace: string, location: string): string =>
    `<w:types xmlns:w="http://schemas.xmlsoap.org/wsdl/">${schema(namespace, include(location))}</w:types>`;
  const definitions = (text: string): string =>
    `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/">${text}</w:definitions>`;
  write({
    "in/a.wsdl": definitions(
      `<w:import namespace="urn:b" location="b.wsdl"/>${embedded("urn:a", "../c.xsd")}`,
    ),
    "in/b.wsdl": definitions(embedded("urn:b", "b.xsd")),
    "in/b.xsd": schema("urn:b"),
    "c.xsd": schema("urn:a"),
  });
  const { findings, hints } = await load("in/a.wsdl");
  expect(findings).toEqual([
    expect.stringMatching(/^a\.wsdl:\S+ schema-outside-bundle /u) as unknown as string,
  ]);
  expect(hints).toEqual([expect.stringMatching(/ above it, with --entry in\/a\.wsdl, or /u)]);
});

test("links are followed inside the bundle only", async () => {
  write({ "in/real.xsd": schema("urn:a"), "out.xsd": schema("urn:b"), "out/o.xsd": schema("urn:c") });
  symlinkSync("real.xsd", join(folder, "in/link.xsd"));
  symlinkSync("../out.xsd", join(folder, "in/outside.xsd"));
  symlinkSync("../out", join(folder, "in/dir"));
  symlinkSync("nowhere", join(folder, "in/broken.xsd"));
  write({ "in/main.xsd": schema("urn:a", include("dir/o.xsd")) });
  const { documents, findings } = await load("in");
  expect(documents).toEqual(["link.xsd", "main.xsd", "real.xsd"]);
  expect(findings).toEqual([
    ":unreadable-file broken.xsd cannot be read: the link leads nowhere, or the name is no text",
    ":link-outside-bundle outside.xsd is a link to a place outside the bundle, and is not read",
    ":link-outside-bundle dir/o.xsd is a link to a place outside the bundle, and is not read",
    'main.xsd:1:108 missing-schema-file xs:include names "dir/o.xsd", but there is no file dir/o.xsd',
  ]);
});

test("a file that is named is read, link or not; links alone are no schema", async () => {
  write({ "in/other.txt": "", "out/o.xsd": schema("urn:c") });
  symlinkSync("../out/o.xsd", join(folder, "in/o.xsd"));
  expect(await load("in/o.xsd")).toMatchObject({ documents: ["o.xsd"], findings: [] });
  const { findings, severities } = await load("in");
  expect(findings.map((one) => one.split(" ")[0])).toEqual([":link-outside-bundle", ":no-schema-files"]);
  expect(severities).toEqual(["warning", "error"]);
});

test("an import without a file is told, unless its namespace is there", async () => {
  write({
    "a.xsd": schema(
      "urn:a",
      `${imports("urn:b")}${imports("urn:nowhere")}${imports("http://www.w3.org/XML/1998/namespace")}`,
    ),
    "b.xsd": schema("urn:b"),
  });
  const { findings, severities } = await load();
  expect(findings).toEqual([
    'a.xsd:1:132 import-without-schema xs:import names no file, and no schema of the namespace "urn:nowhere" was read',
  ]);
  expect(severities).toEqual(["warning"]);
});

test("missing files: names near them, upper and lower case told apart, all in one run", async () => {
  write({
    "a.xsd": schema(
      "urn:a",
      `${include("Common.xsd")}${include("x/comon.xsd")}${imports("urn:n", "none.xsd")}`,
    ),
    "common.xsd": schema("urn:a"),
  });
  const { findings, hints } = await load();
  expect(findings.map((finding) => finding.replace(/^\S+ /u, ""))).toEqual([
    'missing-schema-file xs:include names "Common.xsd", but there is no file Common.xsd',
    'missing-schema-file xs:include names "x/comon.xsd", but there is no file x/comon.xsd',
    'missing-schema-file xs:import names "none.xsd", but there is no file none.xsd',
  ]);
  expect(hints).toEqual(['did you mean "common.xsd"?', 'did you mean "common.xsd"?', undefined]);
  const lazy = await load("", {}, true);
  expect(lazy.severities).toEqual(["warning", "warning", "warning"]);
});

test("what XML Schema lets pass without a file", async () => {
  write({
    "a.xsd": schema(
      "urn:a",
      `${imports("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/xml.xsd")}${imports("http://www.w3.org/2001/XMLSchema")}`,
    ),
  });
  expect((await load()).findings).toEqual([]);
});

test("an import without a location finds the one file of its namespace", async () => {
  write({
    "a.xsd": schema("urn:a", `${imports("urn:b")}${imports("urn:c")}`),
    "b.xsd": schema("urn:b"),
    "c1.xsd": schema("urn:c"),
    "c2.xsd": schema("urn:c"),
  });
  expect((await load("", { entries: ["a.xsd"] })).documents).toEqual(["a.xsd", "b.xsd"]);
});

test("an import that leads nowhere finds the file of its namespace, or of its name, and says so", async () => {
  write({
    "a.xsd": schema(
      "urn:a",
      `${imports("urn:b", "http://example.com/b-1.xsd")}${imports("urn:c", "gone/c2.xsd")}${imports("urn:d", "d.xsd")}${imports("urn:e", "e.xsd")}`,
    ),
    "b.xsd": `<!-- <xs:schema targetNamespace="urn:x"> --><?p?>\n${schema("urn:b")}`,
    "c1.xsd": schema("urn:c"),
    "c2.xsd": schema("urn:c"),
    "d1.xsd": schema("urn:d"),
    "d2.xsd": schema("urn:d"),
    "e1.xsd": `<!DOCTYPE xs:schema [<!ENTITY e "urn:e">]>${schema("&e;")}`,
  });
  const { documents, findings, severities } = await load("", { entries: ["a.xsd"] });
  expect(documents).toEqual(["a.xsd", "b.xsd", "c2.xsd", "e1.xsd"]);
  expect(findings.map((finding) => finding.replace(/^\S+ /u, ""))).toEqual([
    'schema-by-namespace "http://example.com/b-1.xsd" is not there; b.xsd, which has the namespace "urn:b", is read instead',
    'schema-by-namespace "gone/c2.xsd" is not there; c2.xsd, which has the namespace "urn:c", is read instead',
    'schema-by-namespace "e.xsd" is not there; e1.xsd, which has the namespace "urn:e", is read instead',
    'missing-schema-file xs:import names "d.xsd", but there is no file d.xsd',
  ]);
  expect(severities).toEqual(["info", "info", "info", "error"]);
  // Beside a file that is given alone too.
  expect((await load("a.xsd")).documents).toEqual(documents);
});

test("an include of a URL finds the file of its name, beside it or elsewhere, and says so once a site", async () => {
  const site = "http://example.com/2024";
  write({
    "in/a.xsd": schema(
      "urn:a",
      `${include(`${site}/b.xsd`)}${include(`${site}/c.xsd`)}${include(`${site}/far.xsd`)}${include(`${site}/twice.xsd`)}${include(`${site}/other.xsd`)}${include(`${site}/`)}`,
    ),
    "in/b.xsd": schema("urn:a", include("http://example.org/c.xsd")),
    "in/c.xsd": schema(""),
    "far.xsd": schema("urn:a"),
    "in/other.xsd": schema("urn:b"),
    "x/twice.xsd": schema("urn:a"),
    "y/twice.xsd": schema("urn:a"),
  });
  const { documents, findings, severities } = await load("", { entries: ["in/a.xsd"] });
  expect(documents).toEqual(["in/a.xsd", "in/b.xsd", "in/c.xsd", "far.xsd"]);
  expect(findings.map((finding) => finding.replace(/^\S+ /u, ""))).toEqual([
    'schema-by-namespace "http://example.com/2024/b.xsd" is not there; in/b.xsd, which has that name, is read instead (told once)',
    'schema-by-namespace "http://example.org/c.xsd" is not there; in/c.xsd, which has that name, is read instead (told once)',
    ...["twice.xsd", "other.xsd", ""].map(
      (name) =>
        `schema-url-not-mapped xs:include names the URL "${site}/${name}", for which there is no file`,
    ),
  ]);
  expect(severities).toEqual(["info", "info", "error", "error", "error"]);
  // Beside a file that is given alone too, but not elsewhere.
  const alone = await load("in/a.xsd");
  expect(alone.documents).toEqual(["a.xsd", "b.xsd", "c.xsd"]);
});

test("target namespaces that do not fit", async () => {
  write({
    "a.xsd": schema(
      "urn:a",
      `${include("b.xsd")}${imports("urn:x", "b.xsd")}<xs:redefine schemaLocation="b.xsd"/>`,
    ),
    "b.xsd": schema("urn:b", imports("urn:n", "n.xsd")),
    "n.xsd": schema(""),
  });
  const { findings } = await load();
  expect(findings).toEqual([
    'a.xsd:1:108 include-namespace-mismatch xs:include takes in b.xsd, whose target namespace is "urn:b", into a schema whose target namespace is "urn:a"',
    'a.xsd:1:161 import-namespace-mismatch xs:import expects "urn:x" in b.xsd, whose target namespace is "urn:b"',
    'a.xsd:1:198 include-namespace-mismatch xs:redefine takes in b.xsd, whose target namespace is "urn:b", into a schema whose target namespace is "urn:a"',
    'b.xsd:1:125 import-namespace-mismatch xs:import expects "urn:n" in n.xsd, whose target namespace is no namespace',
  ]);
});

test("broken files, each with its own words", async () => {
  write({
    "a.xsd": schema("urn:a", `${include("latin.xsd")}${include("html.xsd")}${include("empty.xsd")}`),
    "latin.xsd": Uint8Array.from([0x3c, 0x61, 0x3e, 0xe9, 0x3c]),
    "html.xsd": "<!DOCTYPE html><p>not found<br>",
    "empty.xsd": "",
    "ebcdic.xsd": Uint8Array.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]),
    "odd.xsd": '<?xml version="1.0" encoding="klingon"?><a/>',
  });
  const { findings } = await load();
  expect(findings).toEqual([
    "ebcdic.xsd:1:1 unknown-encoding ebcdic.xsd: the encoding ebcdic is not known",
    "latin.xsd:1:4 malformed-encoding the file is not utf-8: byte 3 (0xE9) does not fit",
    "odd.xsd:1:1 unknown-encoding odd.xsd: the encoding klingon is not known",
    "html.xsd:1:32 malformed-xml the document ends before </br>",
    "empty.xsd:1:1 malformed-xml the document is empty",
  ]);
});

const text = schema("urn:a").replace("<xs:element", "<!-- ü 会 --><xs:element");
const utf16 = (source: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(source, "utf16le");
  return big ? bytes.swap16() : bytes;
};
test.each<[string, Uint8Array | string, readonly string[]]>([
  ["UTF-8", text, []],
  ["UTF-8 with a mark", `\ufeff${text}`, []],
  ["UTF-16, little endian, with a mark", utf16(`\ufeff${text}`, false), []],
  ["UTF-16, big endian, with a mark", utf16(`\ufeff${text}`, true), []],
  ["UTF-16, big endian, without a mark", utf16(text, true), []],
  ["UTF-16, declared", utf16(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${text}`, false), []],
  [
    "ISO-8859-1",
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text.replace("会", "é")}`, "latin1"),
    [],
  ],
  [
    "a declaration that is wrong",
    `<?xml version="1.0" encoding="UTF-16"?>${text}`,
    ["declared-encoding-differs"],
  ],
  ["CRLF", text.replaceAll(">", ">\r\n"), []],
])("encodings: %s", async (_, content, codes) => {
  write({ "a.xsd": content });
  const { documents, findings } = await load();
  expect(findings.map((finding) => finding.split(" ")[1])).toEqual(codes);
  expect(documents).toEqual(["a.xsd"]);
});

test("a path, an entry or a folder that is not there", async () => {
  write({ "releases/41.1.0/a.xsd": schema("urn:a"), "empty/readme.txt": "" });
  expect((await load("releases/41.1.1")).hints).toEqual(['did you mean "41.1.0"?']);
  const entry = await load("releases/41.1.0", { entries: ["b.xsd", "sub/a.xsd"] });
  expect(entry.bundle).toBeUndefined();
  expect(entry.findings).toEqual([
    ':unknown-entry the entry "b.xsd" is no schema file of the bundle',
    ':unknown-entry the entry "sub/a.xsd" is no schema file of the bundle',
  ]);
  expect((await load("empty")).findings).toEqual([
    ":no-schema-files there are no .xsd or .wsdl files in ./empty",
  ]);
});

test("what is no schema is told by what it is instead", async () => {
  write({
    "page/a.xsd": "<!DOCTYPE html><html><body><p>Not found<br></body></html>",
    "page/b.xsd": "<!doctype html>\n<html lang=en></html>",
    "page.zip": "<html>",
    "linked/readme.txt": "",
    "upper/B.XSD": schema("", include("b.xsd")),
  });
  const webPage = "this is a web page: was it sent in place of the file when that was downloaded?";
  expect((await load("page")).hints).toEqual([webPage, webPage]);
  expect((await load("page.zip")).hints).toEqual([webPage]);
  symlinkSync("../page", join(folder, "linked/sub"));
  expect((await load("linked")).hints).toEqual([
    "sub is a link to a folder, and not followed: name that folder",
  ]);
  symlinkSync("nowhere", join(folder, "broken"));
  expect((await load("broken")).findings).toEqual([
    expect.stringMatching(/missing-bundle.*broken is a link that leads nowhere/u),
  ]);
  // Not the file itself.
  expect((await load("upper/B.XSD")).hints).toEqual([undefined]);
});

test("files that are given, not read", async () => {
  const files = new Map([
    ["a.xsd", new TextEncoder().encode(schema("urn:a", include("b/c.xsd")))],
    ["b/c.xsd", new TextEncoder().encode(schema("urn:a"))],
    ["notes.txt", new Uint8Array()],
  ]);
  const { documents, findings } = await load("nowhere", { files });
  expect(findings).toEqual([]);
  expect(documents).toEqual(["a.xsd", "b/c.xsd"]);
});

test("the network: only when allowed, within limits, with the charset of the answer", async () => {
  write({ "a.xsd": schema("urn:a", imports("urn:b", "http://example.com/x/b.xsd")) });
  const asked: string[] = [];
  const answers = new Map([
    [
      "http://example.com/x/b.xsd",
      schema("urn:b", `${include("c.xsd")}${imports("urn:n", "/none.xsd")}<!-- \xe9 -->`),
    ],
    ["http://example.com/x/c.xsd", schema("urn:b")],
  ]);
  const fetch = (url: string) => {
    asked.push(url);
    const body = answers.get(url);
    return Promise.resolve(
      body === undefined
        ? new Response("", { status: 404 })
        : new Response(Buffer.from(body, "latin1"), {
            headers: { "content-type": "text/xml; charset=ISO-8859-1" },
          }),
    );
  };
  const closed = await load("", { fetch });
  expect(asked).toEqual([]);
  expect(closed.findings).toEqual([
    'a.xsd:1:125 schema-url-not-mapped xs:import names the URL "http://example.com/x/b.xsd", for which there is no file',
  ]);
  const open = await load("", { fetch, allowNetwork: true });
  expect(asked).toEqual([
    "http://example.com/x/b.xsd",
    "http://example.com/x/c.xsd",
    "http://example.com/none.xsd",
  ]);
  expect(open.documents).toEqual(["a.xsd", "http://example.com/x/b.xsd", "http://example.com/x/c.xsd"]);
  expect(open.findings).toEqual([
    "http://example.com/x/b.xsd:1:161 schema-not-fetched http://example.com/none.xsd was not fetched: the server answers 404",
  ]);
});

const moved = (location: string) => new Response("", { status: 302, headers: { location } });

test.each<[string, string, (url: string) => Response, RegExp]>([
  [
    "a redirection to a file",
    "http://example.com/b.xsd",
    () => moved("file:///etc/passwd"),
    /is redirected to file:\/\/\/etc\/passwd$/u,
  ],
  [
    "a redirection to this machine",
    "https://example.com/b.xsd",
    () => moved("https://127.0.0.1/b.xsd"),
    /is redirected to https:\/\/127\.0\.0\.1\/b\.xsd$/u,
  ],
  [
    "a number that is this machine",
    "http://example.com/b.xsd",
    () => moved("http://2130706433/b.xsd"),
    /is redirected to http:\/\/127\.0\.0\.1\/b\.xsd$/u,
  ],
  [
    "a redirection to what clouds tell their machines",
    "http://example.com/b.xsd",
    () => moved("//169.254.169.254/latest"),
    /is redirected to http:\/\/169\.254\.169\.254\/latest$/u,
  ],
  [
    "a redirection out of https",
    "https://example.com/b.xsd",
    () => moved("http://example.com/b.xsd"),
    /is redirected to http:/u,
  ],
  [
    "redirections without end",
    "http://example.com/b.xsd",
    () => moved("b.xsd"),
    /is redirected more than 5 times$/u,
  ],
  [
    "a URL with a password",
    "https://me:secret@example.com/b.xsd",
    () => {
      throw new TypeError("no https://me:secret@example.com/b.xsd");
    },
    /^a\.xsd:1:\d+ schema-not-fetched https:\/\/\*{3}@example\.com\/b\.xsd was not fetched: no https:\/\/\*{3}@/u,
  ],
  [
    "a connection that is refused",
    "http://example.com/b.xsd",
    () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 192.0.2.1:80") });
    },
    /was not fetched: fetch failed \(connect ECONNREFUSED 192\.0\.2\.1:80\)$/u,
  ],
  [
    "an answer that takes too long",
    "http://example.com/b.xsd",
    () => {
      throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    },
    /was not fetched: it took more than 20 s$/u,
  ],
  [
    "a body without end",
    "http://example.com/b.xsd",
    () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.enqueue(new Uint8Array(1 << 20));
          },
        }),
      ),
    /has more than 16777216 bytes$/u,
  ],
])("the network: %s", async (_, location, answer, message) => {
  write({ "a.xsd": schema("urn:a", imports("urn:b", location)) });
  const fetch = (url: string) => Promise.resolve(url).then(answer);
  const { findings, documents } = await load("", { fetch, allowNetwork: true });
  expect(findings[0]).toMatch(message);
  expect(findings.join()).not.toContain("secret");
  expect(documents).toEqual(["a.xsd"]);
});

test("the network: redirections are followed, and private networks may lead to private networks", async () => {
  write({ "a.xsd": schema("urn:a", imports("urn:b", "http://intranet/b.xsd")) });
  const fetch = (url: string) =>
    Promise.resolve(
      url === "http://10.0.0.7/c.xsd" ? new Response(schema("urn:b")) : moved("http://10.0.0.7/c.xsd"),
    );
  expect((await load("", { fetch, allowNetwork: true })).findings).toEqual([]);
});

test("the network: what a moved document names is beside where it is now, and one document is read once", async () => {
  const old = "http://example.com/old";
  const now = "https://example.org/v2";
  write({
    "a.xsd": schema(
      "urn:a",
      `${imports("urn:b", `${old}/b.xsd`)}${imports("urn:c", `${old}/c`)}${imports("urn:b", `${now}/types.xsd`)}`,
    ),
  });
  const answers = new Map([
    [`${old}/b.xsd`, moved(`${now}/b.xsd`)],
    [`${now}/b.xsd`, new Response(schema("urn:b", include("types.xsd") + include(`${old}/types.xsd`)))],
    [`${old}/types.xsd`, moved(`${now}/types.xsd`)],
    [`${old}/c`, moved(`${now}/c?signed=1`)],
    [`${now}/c?signed=1`, new Response(schema("urn:c", include("d.xsd")))],
    [`${now}/d.xsd`, new Response(schema("urn:c"))],
  ]);
  const fetch = (url: string) => {
    const types = new Response(schema("urn:b", '<xs:element name="one"/>'));
    return Promise.resolve(
      answers.get(url) ?? (url === `${now}/types.xsd` ? types : new Response("", { status: 404 })),
    );
  };
  const { findings, documents } = await load("", { fetch, allowNetwork: true });
  expect(findings).toEqual([]);
  expect(documents).toEqual(["a.xsd", `${now}/b.xsd`, `${now}/types.xsd`, `${old}/c`, `${now}/d.xsd`]);
});

test("the network: what is fetched does not lead into this machine", async () => {
  write({ "a.xsd": schema("urn:a", imports("urn:b", "http://example.com/b.xsd")) });
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(schema("urn:b", include("http://localhost:8080/c.xsd"))));
  };
  const { findings } = await load("", { fetch, allowNetwork: true });
  expect(asked).toEqual(["http://example.com/b.xsd"]);
  expect(findings).toEqual([expect.stringMatching(/ schema-url-not-mapped .*localhost:8080/u)]);
});

test("reading is remembered, and so is what there was to say", async () => {
  write({ "1/a.xsd": schema("urn:a", "<xs:elment/>"), "2/a.xsd": schema("urn:a", "<xs:elment/>") });
  const first = await load("1");
  const second = await load("2");
  expect(first.findings).toHaveLength(1);
  expect(second.findings).toEqual(first.findings);
});

test("the bundles of the repository are read without a finding, equal files once", async () => {
  const releases = readdirSync("xsd", { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^\d/u.test(entry.name),
  );
  expect(releases.length).toBeGreaterThan(12);
  const seen = new Map<string, unknown>();
  let shared = 0;
  for (const { name } of releases) {
    const report = createReport();
    const bundle = await loadBundle({ path: join("xsd", name) }, report);
    expect(bundle?.files).toHaveLength(17);
    const documents = bundle === undefined ? [] : readDocuments(bundle, report);
    expect(report.diagnostics).toEqual([]);
    expect(documents.map(({ file }) => file).sort()).toEqual(bundle?.files.map(({ path }) => path));
    for (const document of documents) {
      const digest = bundle?.files.find(({ path }) => path === document.file)?.digest ?? "";
      const key = `${digest} ${document.file}`;
      if (seen.has(key)) {
        shared++;
        expect(seen.get(key)).toBe(document);
      }
      seen.set(key, document);
    }
  }
  expect(shared).toBeGreaterThan(100);
});
