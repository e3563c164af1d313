import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import yazl from "yazl";
import { createFolder, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

const notes = `# What the vendor says.
release: "1.0.0"
reconstructed: true # until the download is here
download: offered
schema: unchanged
sources: []
`;

beforeEach(() => {
  folder = createFolder({
    "strata.config.json": `{ "families": { "people": { "source": "xsd", "out": "generated" } } }`,
    "xsd/1.0.0/person.xsd": xsd(`<xs:complexType name="Old"/>`),
    "xsd/1.0.0/release.yaml": notes,
    "xsd/1.0.0/SOURCE.md": "old\n",
    "xsd/1.0.0/NOTICE": "names are the vendor's\n",
  });
});

afterEach(() => {
  folder.remove();
});

const run = (...args: string[]) => strata(["import", ...args], { cwd: folder.path });

const snapshot = (): unknown =>
  folder.list().map((path) => [path, createHash("sha256").update(folder.read(path)).digest("hex")]);

/** A zip in the folder. `mode` makes a link of an entry. */
async function zip(
  name: string,
  entries: Readonly<Record<string, string>>,
  change: (bytes: Buffer) => Buffer = (bytes) => bytes,
  mode?: number,
): Promise<void> {
  const file = new yazl.ZipFile();
  for (const [path, text] of Object.entries(entries)) {
    file.addBuffer(Buffer.from(text), path, mode === undefined ? {} : { mode });
  }
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  folder.write({ [name]: change(Buffer.concat(chunks)) });
}

const download = {
  "vendor/common/common.xsd": xsd(
    `<xs:simpleType name="Name"><xs:restriction base="xs:string"/></xs:simpleType>`,
  ),
  "vendor/service/person.xsd": xsd(
    `<xs:include schemaLocation="../common/common.xsd"/><xs:complexType name="New"><xs:sequence><xs:element name="name" type="t:Name"/></xs:sequence></xs:complexType>`,
  ),
  "vendor/readme.txt": "hello",
  "vendor/install.exe": "MZ",
  "__MACOSX/vendor/._person.xsd": "\u0000\u0005\u0016\u0007",
};

test("a zip becomes a release; what is no schema is named and left out", async () => {
  await zip("download.zip", download);
  const { status, stdout, stderr } = await run("download.zip", "--as", "42.1.0");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain("skipped, no schema: vendor/install.exe\n");
  expect(stderr).toContain("skipped, no schema: vendor/readme.txt\n");
  expect(stderr).toContain("skipped, no schema: __MACOSX/vendor/._person.xsd\n");
  expect(stderr).toContain("xsd/42.1.0: 2 schema files, 2 types, 0 elements\n");
  expect(folder.list("xsd/42.1.0")).toEqual([
    "xsd/42.1.0/SOURCE.md",
    "xsd/42.1.0/common/common.xsd",
    "xsd/42.1.0/service/person.xsd",
  ]);
  expect(folder.read("xsd/42.1.0/common/common.xsd")).toBe(download["vendor/common/common.xsd"]);
  const source = folder.read("xsd/42.1.0/SOURCE.md");
  for (const text of [download["vendor/common/common.xsd"], download["vendor/service/person.xsd"]]) {
    expect(source).toContain(createHash("sha256").update(text).digest("hex"));
  }
  expect(source).toContain("download.zip");
});

test("WSDL documents are schemas too: taken in, replaced, never kept as notes", async () => {
  const wsdl = (name: string): string =>
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:w"><types>${xsd(`<xs:element name="${name}" type="xs:int"/>`)}</types></definitions>`;
  await zip("download.zip", { "api/a.wsdl": wsdl("a"), "api/b.wsdl": wsdl("b") });
  expect((await run("download.zip", "--as", "42.1.0")).stderr).toContain("2 schema files");
  await zip("download.zip", { "api/a.wsdl": wsdl("c") });
  expect(await run("download.zip", "--as", "42.1.0", "--force")).toMatchObject({ status: 0, stdout: "" });
  expect(folder.list("xsd/42.1.0")).toEqual(["xsd/42.1.0/SOURCE.md", "xsd/42.1.0/a.wsdl"]);
  expect(folder.read("xsd/42.1.0/a.wsdl")).toBe(wsdl("c"));
});

test("release.yaml of the bundle is taken where the release has none, and it is about this release", async () => {
  const own = notes.replace("1.0.0", "42.1.0").replace("true # until the download is here", "false");
  folder.write({ "bundle/a/a.xsd": xsd(`<xs:complexType name="A"/>`), "bundle/a/release.yaml": own });
  const first = await run("bundle", "--as", "42.1.0");
  expect(first).toMatchObject({ status: 0 });
  expect(first.stderr).toContain("release.yaml is taken from the bundle\n");
  expect(first.stderr).not.toContain("hint: a release.yaml");
  expect(folder.read("xsd/42.1.0/release.yaml")).toBe(own);
  folder.write({ "bundle/a/release.yaml": own.replace("says", "newer") });
  const second = await run("bundle", "--as", "42.1.0", "--force");
  expect(second.stderr).toContain("skipped: the release.yaml of the bundle, since the release has one\n");
  expect(folder.read("xsd/42.1.0/release.yaml")).toBe(own);
  const other = await run("bundle", "--as", "43.0.0");
  expect(other).toMatchObject({ status: 0 });
  expect(other.stderr).toMatch(/skipped: the release\.yaml of the bundle, since .*"42\.1\.0"/u);
  expect(folder.list("xsd/43.0.0")).toEqual(["xsd/43.0.0/SOURCE.md", "xsd/43.0.0/a.xsd"]);
});

test("types, latest, exports and since follow from a new release by themselves", async () => {
  await strata(["generate"], { cwd: folder.path });
  folder.write({
    "new/person.xsd": xsd(
      `<xs:complexType name="Old"/><xs:complexType name="Fresh"/><xs:simpleType name="Shade"><xs:restriction base="xs:string"><xs:enumeration value="dark"/></xs:restriction></xs:simpleType>`,
    ),
  });
  expect((await run("new", "--as", "42.1.0")).status).toBe(0);
  const { status } = await strata(["generate"], { cwd: folder.path });
  expect(status).toBe(0);
  expect(folder.read("generated/v42.1.0/t.ts")).toMatch(/@since 42\.1\.0\s+\*\/\s+export interface Fresh/u);
  // A value that came with its type does not say so again.
  expect(folder.read("generated/v42.1.0/t.ts")).toMatch(/@since 42\.1\.0 \*\/\s+export type Shade/u);
  expect(folder.read("generated/v42.1.0/t.ts")).not.toContain("(since");
  expect(folder.read("generated/v1.0.0/t.ts")).not.toContain("Fresh");
  const { exports } = JSON.parse(folder.read("generated/package.json")) as {
    exports: Record<string, unknown>;
  };
  expect(exports["./latest"]).toEqual(exports["./v42.1.0"]);
  const { stdout } = await strata(["inspect", "latest", "Fresh"], { cwd: folder.path });
  expect(stdout).toContain("since 42.1.0");
});

test("a release that is there is not replaced without --force", async () => {
  await zip("download.zip", download);
  const before = snapshot();
  const { status, stderr } = await run("download.zip", "--as", "1.0.0");
  expect(status).toBe(2);
  expect(stderr).toContain("--force");
  expect(snapshot()).toEqual(before);
});

test("--force replaces the schemas and keeps the notes with their comments, and other files", async () => {
  await zip("download.zip", download);
  const { status } = await run("download.zip", "--as", "1.0.0", "--force");
  expect(status).toBe(0);
  expect(folder.list("xsd/1.0.0")).toEqual([
    "xsd/1.0.0/NOTICE",
    "xsd/1.0.0/SOURCE.md",
    "xsd/1.0.0/common/common.xsd",
    "xsd/1.0.0/release.yaml",
    "xsd/1.0.0/service/person.xsd",
  ]);
  expect(folder.read("xsd/1.0.0/release.yaml")).toBe(
    notes.replace("reconstructed: true", "reconstructed: false"),
  );
  expect(folder.read("xsd/1.0.0/SOURCE.md")).toContain("download.zip");
  expect(folder.list("xsd").filter((path) => path.includes(".importing"))).toEqual([]);
});

test("--dry-run checks everything and changes nothing", async () => {
  await zip("download.zip", download);
  const before = snapshot();
  const { status, stderr } = await run("download.zip", "--as", "3.0", "--dry-run");
  expect(status).toBe(0);
  expect(stderr).toContain("nothing was changed");
  expect(snapshot()).toEqual(before);
});

test("what a killed import has left goes with the next; a release that it had moved away comes back", async () => {
  const schema = xsd(`<xs:complexType name="Kept"/>`);
  const dead = 2 ** 22 + 1;
  folder.write({
    [`xsd/.importing-2.0.0-${dead}/half.xsd`]: schema,
    [`xsd/.importing-3.0.0-${dead}/new.xsd`]: schema,
    [`xsd/.importing-3.0.0-${dead}.old/person.xsd`]: schema,
    [`xsd/.importing-1.0.0-${dead}.old/person.xsd`]: schema,
    [`xsd/.importing-4.0.0-${process.pid}/at-work.xsd`]: schema,
    "a.xsd": schema,
  });
  expect((await run("a.xsd", "--as", "5.0.0")).status).toBe(0);
  const left = folder.list("xsd").map((path) => path.replace(String(process.pid), "pid"));
  expect(left.filter((path) => !path.startsWith("xsd/1.0.0"))).toEqual([
    "xsd/.importing-4.0.0-pid/at-work.xsd",
    "xsd/3.0.0/person.xsd",
    "xsd/5.0.0/SOURCE.md",
    "xsd/5.0.0/a.xsd",
  ]);
  expect(folder.read("xsd/1.0.0/person.xsd")).toContain("Old");
});

test("a URL is not fetched", async () => {
  const { status, stderr } = await run("http://example.com/a.zip", "--as", "1.0.0");
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "error: import takes a zip or folder, not a URL\nhint: download it first\n",
  });
});

test("one file is a bundle too", async () => {
  folder.write({ "single.xsd": xsd(`<xs:complexType name="A"/>`) });
  expect((await run("single.xsd", "--as", "2.0")).status).toBe(0);
  expect(folder.list("xsd/2.0")).toEqual(["xsd/2.0/SOURCE.md", "xsd/2.0/single.xsd"]);
});

test("without a configuration the release goes to xsd/", async () => {
  const bare = createFolder({ "new/a.xsd": xsd(`<xs:complexType name="A"/>`) });
  try {
    const { status } = await strata(["import", "new", "--as", "1.0"], { cwd: bare.path });
    expect(status).toBe(0);
    expect(bare.list("xsd")).toEqual(["xsd/1.0/SOURCE.md", "xsd/1.0/a.xsd"]);
    bare.write({ "new/a.xsd": xsd(`<xs:complexType name="B"/>`) });
    const again = await strata(["import", "new", "--as", "1.0"], { cwd: bare.path });
    expect(again.status).toBe(2);
    expect(again.stderr).toContain("--force");
    expect(bare.read("xsd/1.0/a.xsd")).toContain('name="A"');
    const family = await strata(["import", "new", "--as", "2.0", "--family", "x"], { cwd: bare.path });
    expect(family.status).toBe(2);
    expect(family.stderr).toContain("--family needs a configuration");
  } finally {
    bare.remove();
  }
});

const good = xsd(`<xs:complexType name="A"/>`);

test.each<[name: string, arrange: () => Promise<unknown> | unknown, says: RegExp]>([
  [
    "it does not compile",
    () => zip("in", { "a.xsd": xsd(`<xs:element name="p" type="t:Persn"/><xs:complexType name="Person"/>`) }),
    /^in\/a\.xsd:2:\d+ error .*Persn[\s\S]*did you mean "t:Person"/mu,
  ],
  ["it holds no XSD", () => zip("in", { "a.txt": "hello" }), /no \.xsd or \.wsdl file/u],
  ["it is no zip", () => folder.write({ in: "no zip at all" }), /error/u],
  ["it is cut off", () => zip("in", { "a.xsd": good }, (bytes) => bytes.subarray(0, -30)), /error/u],
  [
    "a path leaves it",
    () =>
      zip("in", { "aa/a.xsd": good }, (bytes) =>
        Buffer.from(bytes.toString("latin1").replaceAll("aa/a.xsd", "../a.xsd"), "latin1"),
      ),
    /error/u,
  ],
  ["it holds a link", () => zip("in", { "a.xsd": "/etc/passwd" }, undefined, 0o120777), /error/u],
  [
    "the folder holds a link",
    () => {
      folder.write({ "in/a.xsd": good });
      symlinkSync("/etc/passwd", join(folder.path, "in/b.xsd"));
    },
    /link/u,
  ],
  [
    "it has too many entries",
    () => zip("in", Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}.xsd`, good]))),
    /2,?000/u,
  ],
  [
    "it unpacks to too much",
    () => zip("in", { "a.xsd": good, "b.xsd": " ".repeat(201 * 1024 * 1024) }),
    /200 MB/u,
  ],
  [
    "two names differ in case only",
    () => zip("in", { "x/A.xsd": good, "x/a.xsd": good }),
    /"A\.xsd" and "a\.xsd", which are one file on some systems/u,
  ],
  [
    "a file is a folder too",
    () => zip("in", { "a.xsd": good, "a.xsd/b.xsd": good }),
    /"a\.xsd" as a file and, in "a\.xsd\/b\.xsd", as a folder/u,
  ],
  [
    "two names are written with other code points",
    () => zip("in", { "\u00e9.xsd": good, "e\u0301.xsd": good }),
    /which are one file on some systems/u,
  ],
  ["a name has a question mark", () => zip("in", { "a?.xsd": good }), /no file name on every system/u],
  ["a name has a colon", () => zip("in", { "a.xsd:b.xsd": good }), /no file name on every system/u],
  ["it is not there", () => undefined, /error/u],
])("refused, and nothing has changed: %s", async (_name, arrange, says) => {
  await arrange();
  const before = snapshot();
  const { status, stdout, stderr } = await run("in", "--as", "1.0.0", "--force");
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(says);
  expect(stderr).toContain("nothing was imported");
  expect(stderr).not.toMatch(/^\s+at /mu);
  expect(snapshot()).toEqual(before);
});

test("the first release makes the folder that the configuration names, as `init` and the hint of `generate` say", async () => {
  folder.write({ "new/download/order.xsd": good });
  const options = { cwd: join(folder.path, "new") };
  expect((await strata(["init"], options)).stderr).toContain("`xsd-strata import` does that");
  const early = await strata(["generate"], options);
  expect(early.status).toBe(2);
  expect(early.stderr).toContain("hint: `xsd-strata import <zip|folder> --as <release>` makes it");
  // A command in a hint works when it is pasted.
  const byNpx = { ...options, env: { npm_config_user_agent: "npm/10.0.0 node/v20" } };
  expect((await strata(["generate"], byNpx)).stderr).toContain("hint: `npx xsd-strata import <zip|folder>");
  expect((await strata(["explain", "release-is-zip"], byNpx)).stdout).toContain(
    "`npx xsd-strata import <zip>",
  );
  expect((await strata(["import", "download", "--as", "1.0.0", "--dry-run"], options)).status).toBe(0);
  expect(folder.list("new")).toEqual(["new/download/order.xsd", "new/strata.config.json"]);
  expect((await strata(["import", "download", "--as", "1.0.0"], options)).status).toBe(0);
  expect((await strata(["generate"], options)).status).toBe(0);
  folder.write({
    "old/strata.config.json": `{ "families": { "a": { "source": "xsd", "out": "out" } } }`,
    "old/xsd": "",
  });
  const file = await strata(["import", "../new/download", "--as", "1.0.0"], {
    cwd: join(folder.path, "old"),
  });
  expect(file.status).toBe(2);
  expect(file.stderr).toContain("hint: it is a file");
});
