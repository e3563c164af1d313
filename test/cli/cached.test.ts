/** Runs with a warm cache: as fast as nothing to do can be, and never blind to a change. */
import { createHash } from "node:crypto";
import { cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFolder, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const run = async (...args: string[]) => {
  const env = { STRATA_CACHE: join(folder.path, "cache") };
  const { status, stderr } = await strata(["generate", ...args, "--profile"], { cwd: folder.path, env });
  expect(status, stderr).toBe(0);
  return {
    stderr,
    isRead: /^ {2}read files /mu.test(stderr),
    isUnchanged: stderr.includes("nothing changed"),
  };
};

const type = (name: string, more = ""): string =>
  `<xs:complexType name="${name}"><xs:sequence>${more}</xs:sequence></xs:complexType>`;
const including = xsd(`<xs:include schemaLocation="more/part.xsd"/>${type("Whole")}`);

test.each([
  ["a folder", "in"],
  ["a file", "in/whole.xsd"],
])("%s: nothing is read again until a file that was reached changes", async (_name, bundle) => {
  folder.write({ "in/whole.xsd": including, "in/more/part.xsd": xsd(type("Part")) });
  const args = ["--bundle", bundle, "--out", "out"];
  expect(await run(...args)).toMatchObject({ isRead: true, isUnchanged: false });
  expect(await run(...args)).toMatchObject({ isRead: false, isUnchanged: true });
  folder.write({ "in/more/part.xsd": xsd(type("Part") + type("Added")) });
  expect(await run(...args)).toMatchObject({ isRead: true, isUnchanged: false });
  expect(folder.read("out/t.ts")).toContain("interface Added");
  // What was there before is known still.
  folder.write({ "in/more/part.xsd": xsd(type("Part")) });
  await run(...args);
  expect(folder.read("out/t.ts")).not.toContain("interface Added");
});

test("warm: output that was deleted comes back without reading a schema", async () => {
  folder.write({ "in/whole.xsd": xsd(type("Whole")) });
  const args = ["--bundle", "in", "--out", "out"];
  await run(...args);
  const before = folder.list("out").map((path) => folder.read(path));
  rmSync(join(folder.path, "out"), { recursive: true });
  expect((await run(...args)).isRead).toBe(false);
  expect(folder.list("out").map((path) => folder.read(path))).toEqual(before);
});

test("a catalog: what it maps to, itself, and files that it makes appear are watched over", async () => {
  const importing = xsd(
    `<xs:import namespace="urn:o" schemaLocation="http://e.example/o.xsd"/>${type("Whole", `<xs:element name="x" type="o:T" xmlns:o="urn:o"/>`)}`,
  );
  const other = (body: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">${body}</xs:schema>`;
  folder.write({
    "in/whole.xsd": importing,
    "lib/o.xsd": other(type("T")),
    "lib/o2.xsd": other(type("T") + type("Two")),
    "catalog.json": `{ "http://e.example/o.xsd": "lib/o.xsd" }`,
  });
  const args = ["--bundle", "in", "--out", "out", "--catalog", "catalog.json"];
  expect((await run(...args)).isRead).toBe(true);
  expect((await run(...args)).isRead).toBe(false);
  folder.write({ "lib/o.xsd": other(type("T") + type("More")) });
  expect((await run(...args)).isRead).toBe(true);
  expect(folder.read("out/o.ts")).toContain("interface More");
  folder.write({ "catalog.json": `{ "http://e.example/o.xsd": "lib/o2.xsd" }` });
  await run(...args);
  expect(folder.read("out/o.ts")).toContain("interface Two");
  // The same folder at another place is the same content.
  cpSync(folder.path, `${folder.path}-moved`, { recursive: true });
  try {
    const env = { STRATA_CACHE: join(folder.path, "cache") };
    const { stderr } = await strata(["generate", ...args, "--profile"], { cwd: `${folder.path}-moved`, env });
    expect(stderr).not.toMatch(/^ {2}read files /mu);
    expect(stderr).toContain("nothing changed");
  } finally {
    rmSync(`${folder.path}-moved`, { recursive: true });
  }
});

test("an emitter of the user's runs each time; what is built in is not made again", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "out", "emitters": ["emit.mjs"] } } }`,
    "xsd/1.0/a.xsd": xsd(type("A")),
    "other.txt": "one",
    "emit.mjs": `import { readFileSync } from "node:fs";
export const emit = (input) => [{ path: input.options.folder + "other.txt", text: readFileSync("other.txt", "utf8") }];`,
  });
  await run();
  folder.write({ "other.txt": "two" });
  const { stderr } = await run();
  expect(folder.read("out/v1.0/other.txt")).toBe("two");
  expect(stderr).toContain("1 file written");
  expect(stderr).not.toMatch(/^ {2}api /mu);
});

test("entries name no place, so that machines can share them", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "out" } } }`,
    "xsd/1.0/a.xsd": xsd(type("A")),
    "xsd/1.1/a.xsd": xsd(type("A") + type("B")),
  });
  await run();
  const entries = folder.list("cache");
  expect(entries.length).toBeGreaterThan(5);
  for (const path of entries) expect(folder.read(path), path).not.toContain(folder.path);
});

test("an entry that somebody has forged cannot write outside of the output folder", async () => {
  folder.write({ "in/whole.xsd": xsd(type("Whole")) });
  const args = ["--bundle", "in", "--out", "out"];
  await run(...args);
  rmSync(join(folder.path, "out"), { recursive: true });
  const forge = (kind: string, change: (text: string) => string): void => {
    for (const path of folder.list(`cache/${kind}`)) {
      const entry = folder.read(path);
      const text = change(entry.slice(entry.indexOf("\n") + 1));
      const digest = createHash("sha256").update(text).digest("hex");
      folder.write({ [path]: `${digest}\n${text}` });
    }
  };
  for (const path of ["../escaped.ts", "/tmp/escaped.ts", "a/../../escaped.ts", ".strata-manifest.json"]) {
    forge("files", (text) => text.replace(/"path":"[^"]*"/u, `"path":${JSON.stringify(path)}`));
    const env = { STRATA_CACHE: join(folder.path, "cache") };
    const { status, stderr } = await strata(["generate", ...args], { cwd: folder.path, env });
    expect(status, path).toBe(2);
    expect(stderr, path).toContain("output-path-unsafe");
    expect(folder.list().filter((each) => each.includes("escaped"))).toEqual([]);
    expect(folder.list()).not.toContain("out/index.ts");
  }
  // An entry whose kind of content is another costs time, nothing else.
  for (const text of ["null", "{}", "[1]", `[{"path":1,"text":"x"}]`, `[{"path":"a"}]`, "no JSON"]) {
    for (const kind of ["files", "release", "shared", "inputs"]) forge(kind, () => text);
    await run(...args);
    expect(folder.read("out/t.ts")).toContain("interface Whole");
    rmSync(join(folder.path, "out"), { recursive: true });
  }
});

test("a forged entry about the newest release ends no run", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "out" } } }`,
    "xsd/1.0/a.xsd": xsd(type("A")),
    "xsd/1.1/a.xsd": xsd(type("B")),
  });
  await run();
  const [path = ""] = folder.list("cache/site");
  const entry = folder.read(path);
  for (const [was, is] of [
    [/"changes":\[/u, `"changes":[null,`],
    [/"verdicts":/u, `"other":`],
    [/"rule":"[^"]*"/gu, `"rule":1`],
  ] as const) {
    const text = entry.slice(entry.indexOf("\n") + 1).replace(was, is);
    folder.write({ [path]: `${createHash("sha256").update(text).digest("hex")}\n${text}` });
    const forged = await run();
    expect(forged.stderr).toContain("--no-cache finds it anew");
  }
});

test.skipIf(process.platform === "win32")(
  "a device in the place of an entry, or named by one, is not read",
  async () => {
    folder.write({ "in/whole.xsd": xsd(type("Whole")) });
    const args = ["--bundle", "in", "--out", "out"];
    await run(...args);
    const [inputs = ""] = folder.list("cache/inputs");
    const text = JSON.stringify([["../".repeat(30) + "dev/zero", "x"]]);
    folder.write({ [inputs]: `${createHash("sha256").update(text).digest("hex")}\n${text}` });
    for (const path of folder.list("cache").filter((each) => each !== inputs)) {
      rmSync(join(folder.path, path));
      symlinkSync("/dev/zero", join(folder.path, path));
    }
    await run(...args);
  },
);

test("a link in the place of an entry is read like any other, and its target is not written to", async () => {
  folder.write({ "in/whole.xsd": xsd(type("Whole")), "precious.txt": "mine" });
  const args = ["--bundle", "in", "--out", "out"];
  await run(...args);
  for (const path of folder.list("cache")) {
    rmSync(join(folder.path, path));
    symlinkSync(join(folder.path, "precious.txt"), join(folder.path, path));
  }
  await run(...args);
  expect(folder.read("precious.txt")).toBe("mine");
});
