import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { createReport } from "../../generator/diagnostics.js";
import { readArchive } from "../../generator/schema/archive.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { archiveLimits, type ArchiveLimits } from "../../generator/schema/zip.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zip-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Packed {
  readonly content?: string | Uint8Array;
  readonly mode?: number;
}

async function pack(entries: Readonly<Record<string, Packed | string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, entry] of Object.entries(entries)) {
    const { content = "", mode = 0o100644 } = typeof entry === "string" ? { content: entry } : entry;
    if (name.endsWith("/")) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(content as string), name, { mode, mtime: new Date(2000, 1, 1) });
  }
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

/** Replaces a name in a packed zip by one of the same length, which the packer would refuse. */
function rename(zip: Buffer, from: string, to: string): Buffer {
  expect(from).toHaveLength(to.length);
  return Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1");
}

async function read(bytes: Buffer, limits?: ArchiveLimits) {
  const path = join(folder, "bundle.zip");
  writeFileSync(path, bytes);
  const report = createReport();
  const files = await readArchive(path, report, "bundle.zip", limits);
  return {
    files: files === undefined ? undefined : [...files.keys()],
    findings: report.diagnostics.map(({ code, message }) => `${code}: ${message}`),
  };
}

test("files of a zip, whatever they are, without folders", async () => {
  const zip = await pack({
    "a/": "",
    "a/b.xsd": "<b/>",
    "c.txt": "c",
    "ü.xsd": "ü",
    "__MACOSX/a/._b.xsd": "fork",
    "a/._b.xsd": "fork",
    ".DS_Store": "x",
  });
  expect(await read(zip)).toEqual({
    files: ["a/b.xsd", "c.txt", "ü.xsd", "__MACOSX/a/._b.xsd", "a/._b.xsd", ".DS_Store"],
    findings: [],
  });
});

test.each<[string, () => Promise<Buffer>, string]>([
  [
    "a path that climbs out",
    async () => rename(await pack({ "aa/evil.xsd": "x" }), "aa/evil", "../evil"),
    'unsafe-archive: bundle.zip holds "../evil.xsd", which would lie outside of it',
  ],
  [
    "a path that climbs out by backslashes",
    async () => rename(await pack({ "aa/aa/evil.xsd": "x" }), "aa/aa/evil", "aa\\..\\..\\x"),
    "unsafe-archive",
  ],
  [
    "an absolute path",
    async () => rename(await pack({ "aetc/passwd": "x" }), "aetc/", "/etc/"),
    'unsafe-archive: bundle.zip holds "/etc/passwd", which would lie outside of it',
  ],
  [
    "a path with a drive",
    async () => rename(await pack({ "aaa/evil.xsd": "x" }), "aaa/", "C:a/"),
    'unsafe-archive: bundle.zip holds "C:a/evil.xsd", which would lie outside of it',
  ],
  [
    "a path with a control character",
    async () => rename(await pack({ "a_b.xsd": "x" }), "a_b", "a\nb"),
    'unsafe-archive: bundle.zip holds "a\\nb.xsd", which is no safe file name',
  ],
  [
    "a link",
    () => pack({ "a.xsd": { content: "/etc/passwd", mode: 0o120777 } }),
    'unsafe-archive: bundle.zip holds "a.xsd", which is a link or a device',
  ],
  [
    "a device",
    () => pack({ "a.xsd": { mode: 0o020666 } }),
    'unsafe-archive: bundle.zip holds "a.xsd", which is a link or a device',
  ],
  [
    "the same path twice",
    async () => rename(await pack({ "a.xsd": "x", "b.xsd": "y" }), "b.xsd", "a.xsd"),
    'unsafe-archive: bundle.zip holds "a.xsd" twice',
  ],
  [
    "too many entries",
    () =>
      pack(
        Object.fromEntries(
          Array.from({ length: archiveLimits.entries + 1 }, (_, i) => [`${String(i)}.xsd`, ""]),
        ),
      ),
    "archive-too-large: bundle.zip has more than 2000 entries",
  ],
  [
    "a file that is cut off",
    async () => (await pack({ "a.xsd": "x".repeat(1000) })).subarray(0, 60),
    "unreadable-archive",
  ],
  [
    "wrong bytes",
    async () => {
      const zip = await pack({ "a.xsd": { content: Buffer.from("abcdefgh") } });
      // The compressed data begins after the local header of 30 bytes and the name.
      zip[36] = (zip[36] ?? 0) ^ 0xff;
      return zip;
    },
    "unreadable-archive",
  ],
  [
    "a wrong checksum",
    async () => {
      const zip = await pack({ "a.xsd": "abc" });
      const central = zip.indexOf("PK\u0001\u0002", 0, "latin1");
      zip[central + 16] = (zip[central + 16] ?? 0) ^ 0xff;
      return zip;
    },
    'unreadable-archive: bundle.zip is damaged: the checksum of "a.xsd" is wrong',
  ],
])("refused: %s", async (_, make, expected) => {
  const { files, findings } = await read(await make());
  expect(files).toBeUndefined();
  expect(findings).toHaveLength(1);
  expect(findings[0]?.slice(0, expected.length)).toBe(expected);
});

test("bytes are counted while inflating, whatever the zip says", async () => {
  const mega = 1024 * 1024;
  expect(archiveLimits.bytes).toBe(200 * mega);
  const zip = await pack({
    "a.bin": { content: new Uint8Array(mega) },
    "b.bin": { content: new Uint8Array(mega + 1) },
  });
  const limits = { entries: 10, bytes: 2 * mega };
  expect(await read(zip, limits)).toEqual({
    files: undefined,
    findings: ["archive-too-large: bundle.zip unpacks to more than 2 MB"],
  });
  expect((await read(zip, { ...limits, bytes: 2 * mega + 1 })).files).toHaveLength(2);
});

test("a zip that claims less than it holds is damaged", async () => {
  const zip = await pack({ "a.bin": { content: new Uint8Array(1024 * 1024) } });
  zip.writeUInt32LE(10, zip.indexOf("PK\u0001\u0002", 0, "latin1") + 24);
  const { files, findings } = await read(zip);
  expect(files).toBeUndefined();
  expect(findings[0]).toMatch(/^unreadable-archive: bundle.zip is damaged: too many bytes/u);
});

test.runIf(process.platform === "linux")("a file whose name is no text is refused", async () => {
  const source = join(folder, "source");
  mkdirSync(source);
  writeFileSync(
    Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0xff, 0xfe]), Buffer.from(".xsd")]),
    "a",
  );
  const report = createReport();
  expect(await readArchive(source, report, "source")).toBeUndefined();
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["unsafe-archive"]);
});

test("a folder is held to the same limits", async () => {
  const source = join(folder, "source");
  mkdirSync(join(source, "x"), { recursive: true });
  writeFileSync(join(source, "x/a.xsd"), "a");
  writeFileSync(join(source, "b.txt"), "b");
  const report = createReport();
  expect([...((await readArchive(source, report)) ?? new Map()).keys()]).toEqual(["b.txt", "x/a.xsd"]);
  symlinkSync("b.txt", join(source, "c.xsd"));
  expect(await readArchive(source, report, "source")).toBeUndefined();
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'source holds "c.xsd", which is a link or a device',
  ]);
});

test("a zip is a bundle; the folder that all schemas share is no part of their paths", async () => {
  const schema = (inside: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">${inside}</xs:schema>`;
  const path = join(folder, "schemas.zip");
  writeFileSync(
    path,
    await pack({
      "v1/readme.pdf": "no schema",
      "v1/xsd/a.xsd": schema('<xs:include schemaLocation="sub/b.xsd"/>'),
      "v1/xsd/sub/b.xsd": schema('<xs:include schemaLocation="../a.xsd"/>'),
      "v1/xsd/c.xsd": schema(""),
    }),
  );
  const report = createReport();
  const bundle = await loadBundle({ path, entries: ["v1/xsd/a.xsd"] }, report);
  expect(report.diagnostics).toEqual([]);
  expect(bundle?.release).toBe("schemas");
  expect(bundle?.files.map((file) => file.path)).toEqual(["a.xsd", "sub/b.xsd"]);
  expect(bundle === undefined ? [] : readDocuments(bundle, report)).toHaveLength(2);
  expect((await loadBundle({ path }, report))?.files).toHaveLength(3);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["a program that unpacks itself", Buffer.from("MZ\x90\0PK\x03\x04", "latin1")],
  ["another archive", Buffer.from([0x1f, 0x8b, 8, 0])],
])("what is called a zip and holds %s is none", async (_, bytes) => {
  const path = join(folder, "schemas.zip");
  writeFileSync(path, bytes);
  const report = createReport();
  expect(await loadBundle({ path }, report)).toBeUndefined();
  expect(report.diagnostics).toEqual([
    {
      code: "unreadable-archive",
      severity: "error",
      message: expect.stringContaining("schemas.zip is called a zip, but does not begin as one") as string,
      hint: expect.stringContaining("give the folder") as string,
    },
  ]);
});

test.each([
  [{ "readme.txt": "no schema" }, undefined],
  [
    { "docs/readme.txt": "no schema", "in/schemas.zip": "x" },
    "it holds a zip: unpack it and name schemas.zip itself",
  ],
  [{ "grammar/a.rng": "x" }, "`trang` converts grammar/a.rng to XSD"],
])("a zip without schemas says so: %o", async (entries, hint) => {
  const path = join(folder, "none.zip");
  writeFileSync(path, await pack(entries));
  const report = createReport();
  expect(await loadBundle({ path }, report)).toBeUndefined();
  expect(report.diagnostics).toEqual([
    {
      code: "no-schema-files",
      severity: "error",
      message: expect.stringMatching(/^there are no \.xsd or \.wsdl files in .*none\.zip$/u) as string,
      ...(hint !== undefined && { hint }),
    },
  ]);
});
