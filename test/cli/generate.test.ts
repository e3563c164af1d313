import { chmodSync, cpSync, mkdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { errorText, strictErrors } from "../compile.js";
import { createFolder, root, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const person = (more = ""): string =>
  xsd(`  <xs:element name="person" type="t:Person"/>
  <xs:complexType name="Person">
    <xs:sequence>
      <xs:element name="name" type="xs:string"/>
      <xs:element name="age" type="xs:int" minOccurs="0"/>${more}
    </xs:sequence>
  </xs:complexType>`);

const mail = `\n      <xs:element name="mail" type="xs:string" minOccurs="0"/>`;

const config = `{ "families": { "people": { "source": "xsd", "out": "generated" } } }\n`;

/** Three releases of a family, the second one adds an element. */
function family(): void {
  folder.write({
    "strata.config.json": config,
    "xsd/1.9.0/person.xsd": person(),
    "xsd/1.10.0/person.xsd": person(mail),
    "xsd/2.0.0/person.xsd": person(mail),
  });
}

const run = (...args: string[]) => strata(["generate", ...args], { cwd: folder.path });

/** Every file with its time: what a run that changes nothing leaves as it is. */
const snapshot = (path: string): unknown =>
  folder.list(path).map((name) => {
    const { mtimeMs, ino } = statSync(join(folder.path, name));
    return [name, mtimeMs, ino];
  });

test("any schema, no configuration: folder, file; nothing on stdout but the summary", async () => {
  folder.write({ "in/person.xsd": person() });
  const { status, stdout, stderr } = await run("--bundle", "in", "--out", "out");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^release +namespaces +types +elements\nin +1 +1 +1\n$/u);
  expect(stderr).toMatch(/^out: \d+ files written, 0 unchanged, /u);
  const paths = folder.list("out");
  expect(paths).toContain("out/index.ts");
  expect(paths).toContain("out/t.ts");
  expect(paths).toContain("out/runtime/index.ts");
  expect(paths.filter((path) => /\/v\d/u.test(path))).toEqual([]);
  const module = folder.read("out/t.ts");
  expect(module).toContain("export interface Person");
  expect(module).toContain('from "./runtime/index.js"');

  const single = await run("--bundle", "in/person.xsd", "--out", "out2", "--quiet");
  expect(single).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(folder.read("out2/t.ts").replace("release person", "release in")).toBe(module);
});

test("a family: a folder a release, what each added, the runtime once, a package around them", async () => {
  family();
  const { status, stdout, stderr } = await run();
  expect({ status, stderr: stderr.replace(/, [\d.]+ m?s\n$/u, "") }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^generated: 3 releases, \d+ files written, 0 unchanged$/u) as string,
  });
  // The table; then, after an empty line, what the newest change was.
  const [table = "", ...words] = stdout.trim().split("\n\n");
  expect(words[0]).toMatch(/^1\.9\.0 → 1\.10\.0: 1 safe/u);
  const rows = table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/u));
  expect(rows).toEqual([
    ["1.9.0", "1", "1", "1"],
    ["1.10.0", "1", "1", "1", "1"],
    ["2.0.0", "1", "1", "1", "0"],
  ]);
  expect(folder.read("generated/v1.9.0/t.ts")).not.toContain("mail");
  expect(folder.read("generated/v2.0.0/t.ts")).toMatch(/@since 1\.10\.0[\s\S]*mail\?: string/u);
  const { exports } = JSON.parse(folder.read("generated/package.json")) as {
    exports: Record<string, unknown>;
  };
  expect(Object.keys(exports).filter((key) => key.startsWith("./v"))).toEqual([
    ...["./v1.9.0", "./v1.9.0/*"],
    ...["./v1.10.0", "./v1.10.0/*"],
    ...["./v2.0.0", "./v2.0.0/*"],
  ]);
  expect(exports["./latest"]).toEqual(exports["./v2.0.0"]);
});

test("--format json says what was done", async () => {
  family();
  const { stdout } = await run("--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    families: [
      {
        family: "people",
        out: "generated",
        releases: [
          { release: "1.9.0", namespaces: 1, types: 1, elements: 1, operations: 0 },
          { release: "1.10.0", added: 1 },
          { release: "2.0.0", added: 0 },
        ],
        unchanged: 0,
      },
    ],
  });
});

test("a second run touches nothing, with a cache and without", async () => {
  family();
  await run();
  const before = snapshot("generated");
  const cache = { STRATA_CACHE: join(folder.path, "cache") };
  for (const env of [{}, cache, cache]) {
    const { status, stderr } = await strata(["generate"], { cwd: folder.path, env });
    expect(status).toBe(0);
    expect(stderr).toContain("nothing changed");
    expect(snapshot("generated")).toEqual(before);
  }
});

test("a damaged cache costs time, nothing else", async () => {
  family();
  const env = { STRATA_CACHE: join(folder.path, "cache") };
  await strata(["generate"], { cwd: folder.path, env });
  const before = snapshot("generated");
  for (const path of folder.list("cache")) folder.write({ [path]: "0000\n[]" });
  const { status } = await strata(["generate"], { cwd: folder.path, env });
  expect(status).toBe(0);
  expect(snapshot("generated")).toEqual(before);
});

test("the output does not depend on the place, the time zone or the language", async () => {
  family();
  const other = createFolder();
  try {
    cpSync(folder.path, join(other.path, "elsewhere"), { recursive: true });
    await run();
    const env = { TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    await strata(["generate"], { cwd: join(other.path, "elsewhere"), env });
    const paths = folder.list("generated");
    expect(other.list("elsewhere/generated").map((path) => path.slice("elsewhere/".length))).toEqual(paths);
    for (const path of paths) expect(other.read(`elsewhere/${path}`), path).toBe(folder.read(path));
    for (const path of paths) expect(folder.read(path), path).not.toContain(folder.path);
  } finally {
    other.remove();
  }
});

test("version and licence of the package are those of the configuration", async () => {
  family();
  await run();
  expect(JSON.parse(folder.read("generated/package.json"))).toMatchObject({ version: "0.0.0" });
  const settings = config.replace(`"generated"`, `"generated", "version": "1.2.3", "license": "MIT"`);
  folder.write({ "strata.config.json": settings });
  expect((await run()).status).toBe(0);
  const manifest = JSON.parse(folder.read("generated/package.json")) as object;
  expect(manifest).toMatchObject({ version: "1.2.3", license: "MIT" });
  expect(folder.read("generated/v2.0.0/t.ts")).not.toContain("1.2.3");
  folder.write({ "strata.config.json": settings.replace("1.2.3", "1.2") });
  const wrong = await run();
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("it must be a version as npm has them: 1.2.3");
});

test("releases that were not asked for stay, and the package goes on to offer them", async () => {
  family();
  await run();
  const packageBefore = folder.read("generated/package.json");
  folder.write({ "xsd/2.0.0/person.xsd": person(`${mail}${mail.replace("mail", "phone")}`) });
  const before = snapshot("generated/v1.9.0");
  const { status, stdout } = await run("latest");
  expect(status).toBe(0);
  expect(stdout).not.toContain("1.9.0");
  expect(snapshot("generated/v1.9.0")).toEqual(before);
  expect(folder.read("generated/v2.0.0/t.ts")).toMatch(/@since 2\.0\.0[\s\S]*phone\?/u);
  expect(folder.read("generated/package.json")).toBe(packageBefore);
  expect((await run("--check")).status).toBe(0);
});

test.each([
  [["1.10 - latest"], ["1.10.0", "2.0.0"]],
  [
    ["1.9", "-", "1.10"],
    ["1.9.0", "1.10.0"],
  ],
  [[">=2"], ["2.0.0"]],
  [
    ["1.9.0", "2.0.0"],
    ["1.9.0", "2.0.0"],
  ],
])("releases %j are %j", async (args, expected) => {
  family();
  const { stdout } = await run(...args, "--format", "json");
  const { families } = JSON.parse(stdout) as { families: { releases: { release: string }[] }[] };
  expect(families[0]?.releases.map(({ release }) => release)).toEqual(expected);
});

test("a release that is gone goes from the output too", async () => {
  family();
  await run();
  rmSync(join(folder.path, "xsd/1.9.0"), { recursive: true });
  expect((await run()).status).toBe(0);
  expect(folder.list("generated").filter((path) => path.includes("v1.9.0"))).toEqual([]);
  expect(folder.read("generated/package.json")).not.toContain("1.9.0");
});

test("--check: status 1, the first differences, and a command that repairs", async () => {
  family();
  const missing = await run("--check");
  expect(missing.status).toBe(1);
  expect(missing.stdout).toContain("missing");
  expect(missing.stdout).toMatch(/; repair: xsd-strata generate\n$/u);
  expect(folder.list()).not.toContain("generated/package.json");
  await run();
  const fine = await run("--check");
  expect({ status: fine.status, stdout: fine.stdout }).toEqual({ status: 0, stdout: "" });

  const text = folder.read("generated/v2.0.0/t.ts");
  folder.write({
    "generated/v2.0.0/t.ts": text.replace("age?: number", "age: number"),
    "xsd/2.0.0/person.xsd": person(mail),
  });
  const { status, stdout } = await run("--check", "2.0.0");
  expect(status).toBe(1);
  expect(stdout).toContain("generated/v2.0.0/t.ts: differs");
  expect(stdout).toContain("-  age: number;");
  expect(stdout).toContain("+  age?: number;");
  // What was edited by hand is not lost by accident, so the command says so.
  expect(stdout.split("\n").at(-2)).toBe(
    "generated is not up to date; repair: xsd-strata generate 2.0.0 --force",
  );
  expect((await run("2.0.0")).status).toBe(2);
  expect((await run("2.0.0", "--force")).status).toBe(0);
  expect(folder.read("generated/v2.0.0/t.ts")).toBe(text);
});

test("--dry-run lists and writes nothing", async () => {
  family();
  const { status, stdout } = await run("--dry-run");
  expect(status).toBe(0);
  expect(stdout).toContain("added    generated/v1.9.0/t.ts\n");
  expect(folder.list().filter((path) => path.startsWith("generated"))).toEqual([]);
});

test("--check and --dry-run as JSON: what differs, nothing else on stdout, nothing written", async () => {
  family();
  const changes = async (...args: string[]) => {
    const { status, stdout } = await run("--format", "json", ...args);
    const { families } = JSON.parse(stdout) as { families: { changed: { path: string; kind: string }[] }[] };
    return { status, changed: families[0]?.changed };
  };
  const planned = await changes("--dry-run");
  expect(planned.status).toBe(0);
  expect(planned.changed).toContainEqual({ path: "v2.0.0/t.ts", kind: "added" });
  expect(await changes("--check")).toEqual({ ...planned, status: 1 });
  expect(folder.list("")).not.toContain("generated/package.json");
  await run();
  expect(await changes("--check")).toEqual({ status: 0, changed: [] });
});

test("--no-format gives the same declarations, differently laid out", async () => {
  family();
  await run("--no-format", "latest");
  const words = (text: string): string => text.replace(/[\s,;|()]+/gu, "");
  const plain = folder.read("generated/v2.0.0/t.ts");
  await run("latest");
  expect(words(folder.read("generated/v2.0.0/t.ts"))).toBe(words(plain));
});

test("--only prunes, and says so when nothing has that name", async () => {
  folder.write({
    "in/a.xsd":
      xsd(`<xs:complexType name="Kept"><xs:sequence><xs:element name="x" type="t:Reached"/></xs:sequence></xs:complexType>
      <xs:simpleType name="Reached"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
      <xs:complexType name="Gone"><xs:sequence/></xs:complexType>`),
  });
  const { status: done, stdout } = await run("--bundle", "in", "--out", "out", "--only", "Kept");
  expect(done).toBe(0);
  // The two that are left, not the three of the schema.
  expect(stdout.split("\n")[1]).toMatch(/^\S+ +1 +2 +0$/u);
  const text = folder.read("out/t.ts");
  expect(text).toContain("Kept");
  expect(text).toContain("Reached");
  expect(text).not.toContain("Gone");
  const { status, stderr } = await run("--bundle", "in", "--out", "out", "--only", "Kpet");
  expect(status).toBe(2);
  expect(stderr).toContain("Kept");
  expect(folder.read("out/t.ts")).toBe(text);
});

test("--only takes elements, and leaves out those of a built-in type that nothing refers to", async () => {
  folder.write({
    "in/a.xsd": xsd(`<xs:element name="order"><xs:complexType><xs:sequence>
      <xs:element ref="t:note"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="note" type="xs:string"/><xs:element name="stray" type="xs:string"/>
      <xs:element name="other"><xs:complexType/></xs:element>`),
  });
  const { status } = await run("--bundle", "in", "--out", "out", "--only", "order");
  expect(status).toBe(0);
  expect(folder.read("out/t.ts").match(/(?<=export const )\w+Element\b/gu)).toEqual([
    "orderElement",
    "noteElement",
  ]);
  const { status: missed, stderr } = await run("--bundle", "in", "--out", "out", "--only", "ordre");
  expect(missed).toBe(2);
  expect(stderr).toContain(`did you mean "order"?`);
});

test("--only over a family: some releases may lack a name, one must have it; the second run says the same", async () => {
  family();
  folder.write({
    "xsd/1.10.0/extra.xsd": xsd(`<xs:complexType name="Extra"><xs:sequence/></xs:complexType>`),
    "xsd/2.0.0/extra.xsd": xsd(`<xs:complexType name="Extra"><xs:sequence/></xs:complexType>`),
  });
  const cache = { STRATA_CACHE: join(folder.path, "cache") };
  for (const round of ["made", "recalled"]) {
    const { status, stderr } = await strata(["generate", "--only", "Extra"], {
      cwd: folder.path,
      env: cache,
    });
    expect({ round, status }).toEqual({ round, status: 0 });
    expect(stderr).toContain(
      'info absent-component: 1 of 3 releases has no service, operation, type or element "Extra": 1.9.0\n',
    );
  }
  expect(folder.list("generated/v1.9.0").map((path) => basename(path))).toEqual([
    "README.md",
    "api.txt",
    "index.ts",
  ]);
  expect(folder.read("generated/v1.9.0/index.ts")).toContain('export const release = "1.9.0"');
  expect(folder.read("generated/v1.9.0/README.md")).toContain("nothing of what the output is pruned to");
  expect(folder.read("generated/v1.10.0/t.ts")).toContain("export interface Extra");
  const indexes = ["v1.9.0", "v1.10.0", "v2.0.0"].map((release) =>
    join(folder.path, "generated", release, "index.ts"),
  );
  folder.write({ "package.json": `{ "type": "module" }` });
  expect(strictErrors(indexes).map(errorText)).toEqual([]);

  const before = snapshot("generated");
  const misspelt = await strata(["generate", "--only", "Extar"], { cwd: folder.path, env: cache });
  expect(misspelt.status).toBe(2);
  expect(misspelt.stderr).toMatch(/none of the 3 releases .*"Extar"[^]*did you mean "Extra"\?/u);
  const old = await strata(["generate", "1.9.0", "--only", "Extra"], { cwd: folder.path, env: cache });
  expect(old.status).toBe(2);
  expect(old.stderr).toContain('1.9.0 has no service, operation, type or element "Extra"');
  expect(snapshot("generated")).toEqual(before);
});

test("broken input: every mistake of every release in one run, status 3, the output as it was", async () => {
  family();
  await run();
  const before = snapshot("generated");
  folder.write({
    "xsd/1.9.0/person.xsd": "<xs:schema>",
    "xsd/1.10.0/person.xsd": xsd(`<xs:element name="p" type="t:Persn"/><xs:complexType name="Person"/>`),
    "xsd/1.10.0/other.xsd": xsd(`<xs:include schemaLocation="missing.xsd"/>`),
    "xsd/1.10.0/imports.xsd": xsd(
      `<xs:import namespace="urn:u" schemaLocation="gone.xsd"/><xs:import namespace="urn:v"/><xs:complexType name="Person"><xs:sequence/><xs:attribute name="a"/></xs:complexType>`,
    ),
    "xsd/2.0.0/person.xsd": "<html/>",
    "xsd/2.0.0/twice.xsd": xsd(`<xs:element name="a" type="xs:int"/><xs:element name="a" type="xs:string"/>`),
  });
  const { status, stdout, stderr } = await run();
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(/^xsd\/1\.9\.0\/person\.xsd:1:\d+ error /mu);
  expect(stderr).toMatch(/^xsd\/1\.10\.0\/person\.xsd:2:\d+ error .*Persn/mu);
  expect(stderr).toContain(`did you mean "t:Person"?`);
  expect(stderr).toMatch(/^xsd\/1\.10\.0\/other\.xsd:2:\d+ error .*missing\.xsd/mu);
  expect(stderr).toMatch(/^xsd\/1\.10\.0\/imports\.xsd:2:\d+ error .*gone\.xsd/mu);
  expect(stderr).toMatch(/^xsd\/1\.10\.0\/imports\.xsd:2:\d+ warning .*"urn:v"/mu);
  expect(stderr).toMatch(
    /^xsd\/1\.10\.0\/(?:imports|person)\.xsd:2:\d+ error .*"Person".*imports\.xsd and person\.xsd[\s\S]*?the other declaration[\s\S]*?--entry/mu,
  );
  expect(stderr).toMatch(/^xsd\/2\.0\.0\/person\.xsd:1:\d+ error /mu);
  expect(stderr).toMatch(/^xsd\/2\.0\.0\/twice\.xsd:2:\d+ error /mu);
  expect(stderr).toContain("nothing was written to generated");
  expect(stderr).not.toMatch(/^\s+at /mu);
  expect(snapshot("generated")).toEqual(before);
});

test("a path among the releases, and a URL, are told what to do instead", async () => {
  folder.write({ "in/a.xsd": person() });
  const path = await run("in/a.xsd", "--out", "my out");
  expect(path).toMatchObject({ status: 2, stdout: "" });
  expect(path.stderr).toContain(`"in/a.xsd" is a path, not a release\n`);
  expect(path.stderr).toContain("generate --bundle in/a.xsd --out 'my out'` reads it");
  const url = await run("--bundle", "https://example.com/a.xsd", "--out", "out");
  expect(url).toMatchObject({ status: 2, stdout: "" });
  expect(url.stderr).toContain("not a URL\nhint: download it first");
});

test("a bundle that is not there, an empty one, a folder without releases", async () => {
  mkdirSync(join(folder.path, "empty"));
  for (const path of ["nowhere", "empty"]) {
    const { status, stderr } = await run("--bundle", path, "--out", "out");
    expect(status, path).toBe(3);
    expect(stderr).toMatch(/error /u);
  }
  folder.write({ "strata.config.json": config.replace("xsd", "empty") });
  const { status, stderr } = await run();
  expect(status).toBe(3);
  expect(stderr).toContain("family-without-releases");
  expect(folder.list()).toEqual(["strata.config.json"]);
});

test("a folder without schemas but with something to have them from", async () => {
  folder.write({ "zips/a-1.0.zip": "", "dtds/a.dtd": "<!ELEMENT a EMPTY>" });
  expect((await run("--bundle", "zips", "--out", "out")).stderr).toContain("name zips/a-1.0.zip itself");
  expect((await run("--bundle", "dtds", "--out", "out")).stderr).toContain("`trang` converts a.dtd to XSD");
});

test("an output folder that is not ours is refused", async () => {
  folder.write({ "in/person.xsd": person(), "out/precious.txt": "mine" });
  const { status, stderr } = await run("--bundle", "in", "--out", "out");
  expect(status).toBe(2);
  expect(stderr).toContain("output-folder-not-ours");
  expect(folder.list("out")).toEqual(["out/precious.txt"]);
});

test.skipIf(process.getuid?.() === 0)(
  "an output folder without the right to write is no bug of ours",
  async () => {
    folder.write({ "in/person.xsd": person() });
    mkdirSync(join(folder.path, "closed"), { mode: 0o500 });
    const { status, stderr } = await run("--bundle", "in", "--out", "closed/out");
    chmodSync(join(folder.path, "closed"), 0o700);
    expect(status).toBe(2);
    expect(stderr).toBe("error: closed/out cannot be written: permission denied\n");
  },
);

test("text from a schema cannot speak to the terminal", async () => {
  folder.write({
    "in/a.xsd": xsd(`<xs:element name="a" type="t:no&#x9b;2J&#x202e;such"/>`),
  });
  const { status, stderr } = await run("--bundle", "in", "--out", "out");
  expect(status).toBe(3);
  expect(stderr).not.toMatch(/[\u001b\u009b\u202e]/u);
});

test("an emitter of the configuration adds files; one that fails is named", async () => {
  family();
  folder.write({
    "strata.config.json": config.replace(`"generated"`, `"generated", "emitters": ["emit-list.ts"]`),
    "emit-list.ts": `export function emit(input) {
  return [{ path: input.options.folder + "types.txt", text: Object.keys(input.model.types).join("\\n") + "\\n" }];
}
`,
  });
  expect((await run()).status).toBe(0);
  expect(folder.read("generated/v2.0.0/types.txt")).toBe("{urn:t}Person\n");
  folder.write({ "emit-list.ts": `export function emit() { throw new Error("not today"); }\n` });
  const { status, stderr } = await run();
  expect(status).toBe(2);
  expect(stderr).toContain("not today");
  expect(stderr).not.toMatch(/^\s+at /mu);
  expect(folder.read("generated/v2.0.0/types.txt")).toBe("{urn:t}Person\n");
  folder.write({ "emit-list.ts": `export const emit = () => [{ path: "../escape.txt", text: "" }];\n` });
  const escape = await run();
  expect(escape.status).toBe(2);
  expect(escape.stderr).toContain("output-path-unsafe");
  expect(folder.list()).not.toContain("escape.txt");
});

test("--profile shows stages", async () => {
  family();
  const { stderr } = await run("--profile");
  for (const stage of ["read files", "resolve", "emit", "format", "compare", "write", "total"])
    expect(stderr).toContain(stage);
});

test("a list of values stands before the constant that needs it, however long their names are", async () => {
  // Long names of such letters are left to prettier, which prints them before what is in its final form.
  const names = ["Short", "é".repeat(60)];
  const types = names.map(
    (name) => `<xs:simpleType name="${name}"><xs:restriction base="xs:string">
      <xs:enumeration value="one"/><xs:enumeration value="two"/></xs:restriction></xs:simpleType>`,
  );
  folder.write({
    "in/a.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a">${types.join("")}</xs:schema>`,
  });
  await run("--bundle", "in", "--out", "out");
  const text = folder.read("out/a.ts");
  expect(text).toMatch(/ =\n {2}\/\*@__PURE__\*\/ atomic\(/u);
  const used = [...text.matchAll(/\bvalues: ([\p{L}]+Values)\b/gu)];
  expect(used).toHaveLength(names.length);
  const behind = used.filter(({ 1: list = "", index }) => {
    const declared = text.indexOf(`const ${list} =`);
    return declared < 0 || declared > index;
  });
  expect(behind.map(([, list]) => list)).toEqual([]);
});

test("what is generated type-checks by itself", async () => {
  folder.write({ "in/person.xsd": person(mail) });
  await run("--bundle", "in", "--out", "out");
  folder.write({
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
      },
      include: ["out"],
    }),
    "package.json": `{ "type": "module" }`,
  });
  const { execFileSync } = await import("node:child_process");
  const compiler = join(root, "node_modules/typescript7/bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "-p", folder.path], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    expect((error as { stdout?: string }).stdout?.slice(0, 2000)).toBe("");
  }
});

test("what lies among the releases and is none, or has an odd name, is told", async () => {
  family();
  folder.write({
    "xsd/2.1.zip": "",
    "xsd/1.9.zip": "",
    "xsd/People 2.2/person.xsd": person(mail),
    "xsd/common/person.xsd": person(mail),
    "xsd/draft-3/person.xsd": person(mail),
    "xsd/2.0/person.xsd": person(mail),
    "xsd/2.3/bundle.zip": "",
    "xsd/notes/readme.txt": "",
  });
  const { status, stderr } = await run("--dry-run");
  expect(status).toBe(0);
  const warnings = [...stderr.matchAll(/^warning .*\n  hint: .*$/gmu)].map(([text]) => text);
  expect(warnings).toEqual([
    "warning release-is-zip: xsd/2.1.zip is a zip, and is not read as a release\n" +
      "  hint: `xsd-strata import xsd/2.1.zip --as 2.1` makes a release of it",
    "warning release-without-schemas: xsd/2.3 holds no .xsd or .wsdl file, and is not read as a release\n" +
      "  hint: unpack bundle.zip there, or `xsd-strata import xsd/2.3/bundle.zip --as 2.3`",
    "warning release-is-word: xsd/People 2.2 is read as an older release than all numbered ones: its name begins with a word\n" +
      "  hint: call it 2.2",
    "warning release-is-word: xsd/common is read as an older release than all numbered ones: its name begins with a word\n" +
      "  hint: move it away if it is no release",
    'warning releases-equal: the releases "2.0" and "2.0.0" are one version\n' +
      "  hint: keep one of xsd/2.0 and xsd/2.0.0, or rename one",
  ]);
});

test("a release of links that lead out is no silence", async () => {
  family();
  folder.write({ "elsewhere/person.xsd": person() });
  mkdirSync(join(folder.path, "xsd/2.1.0"));
  symlinkSync("../../elsewhere/person.xsd", join(folder.path, "xsd/2.1.0/person.xsd"));
  const { status, stderr } = await run();
  expect(status).toBe(3);
  expect(stderr).toContain("warning link-outside-bundle: person.xsd is a link to a place outside");
  expect(stderr).toContain("error no-schema-files: no schema in xsd/2.1.0 can be read");
});

test("two releases for one output folder are named once", async () => {
  family();
  folder.write({ "xsd/v2.0.0/person.xsd": person(mail) });
  const { status, stderr } = await run();
  expect(status).toBe(2);
  expect(stderr).toContain('the releases "2.0.0" and "v2.0.0" would be written to one folder, v2.0.0');
  expect(stderr).toContain("1 error");
  expect(folder.list().filter((path) => path.startsWith("generated"))).toEqual([]);
});

test("a newest release that changes nothing is said to", async () => {
  family();
  const { status, stdout } = await run();
  expect(status).toBe(0);
  expect(stdout).toContain("1.9.0 → 1.10.0: 1 safe");
  expect(stdout).toContain("\n2.0.0 changes nothing\n");
  folder.write({ "xsd/2.0.0/person.xsd": person() });
  expect((await run()).stdout).not.toContain("changes nothing");
});

test("the name of a family in the place of a release", async () => {
  family();
  const { status, stderr } = await run("people");
  expect(status).toBe(2);
  expect(stderr).toContain('"people" is a family, not a release');
  expect(stderr).toContain("`--family people`");
});

test("a link in the folder of releases is no release, and that is said where it is no other name of one", async () => {
  family();
  folder.write({ "elsewhere/3.0.0/person.xsd": person(mail) });
  symlinkSync("../elsewhere/3.0.0", join(folder.path, "xsd/3.0.0"));
  symlinkSync("2.0.0", join(folder.path, "xsd/newest"));
  symlinkSync("nowhere", join(folder.path, "xsd/broken"));
  const { status, stderr } = await run("--dry-run");
  expect(status).toBe(0);
  expect(stderr).toContain("warning release-is-link: xsd/3.0.0 is a link, and is not read as a release");
  expect(stderr).not.toMatch(/newest|broken/u);
});
