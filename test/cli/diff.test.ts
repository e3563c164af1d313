import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { createFolder, strata, xsd } from "./run.js";

const before = xsd(
  '<xs:element name="order" type="t:Order"/><xs:complexType name="Order"><xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="note" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>',
);
const after = xsd(
  '<xs:element name="order" type="t:Order"/><xs:complexType name="Order"><xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="price" type="xs:decimal"/></xs:sequence></xs:complexType>',
);
const wider = before.replace(
  "</xs:sequence>",
  '<xs:element name="more" type="xs:int" minOccurs="0"/></xs:sequence>',
);

const folder = createFolder({
  "old/a.xsd": before,
  "new/a.xsd": after,
  "wider/a.xsd": wider,
  "told/a.xsd": before.replace(
    '<xs:element name="note"',
    '\n<!-- Deprecated: nobody reads it. -->\n<xs:element name="note"',
  ),
  "broken/a.xsd": "<xs:schema",
  "bare/a.xsd": xsd(""),
  "gone/a.xsd": xsd('<xs:element name="other" type="xs:int"/>'),
  "blank/a.xsd": "",
  "empty/release.yaml": "release: '2.0'\n",
  "uncompiled/a.xsd": xsd('<xs:element name="e" type="t:Missing"/>'),
  "code/app.ts":
    'import type { Order } from "api";\nexport const f = (order: Order) => order.note; // price\n',
  "other/app.ts": "export const nothing = 1;\n",
});
afterAll(folder.remove);
const diff = (...args: readonly string[]) => strata(["diff", ...args], { cwd: folder.path });

test.each([
  ["nothing changed", ["old", "old"], 0],
  ["a break", ["old", "new"], 1],
  ["a break that nobody minds", ["old", "new", "--fail-on", "none"], 0],
  ["an addition", ["old", "wider"], 0],
  ["an addition, where any counts", ["old", "wider", "--fail-on", "safe"], 1],
  ["an addition for readers that validate", ["old", "wider", "--preset", "wire-strict"], 1],
  ["an unknown preset", ["old", "new", "--preset", "wirre"], 2],
  ["a side that is not XML", ["old", "broken"], 3],
  ["a side that does not compile", ["uncompiled", "old"], 3],
  ["a side that is not there", ["old", "missing"], 3],
  ["a newer side that is an empty folder", ["old", "empty"], 3],
  ["an older side without schemas", ["code", "old"], 3],
  ["a newer side that declares nothing", ["old", "bare"], 3],
  ["an older side that declares nothing", ["bare", "old"], 3],
  ["a side that is an empty file", ["blank/a.xsd", "old"], 3],
  ["both sides declare nothing", ["bare", "bare"], 3],
  ["no name for a format", ["old", "new", "--out", "report.xyz"], 2],
  ["two formats for one stdout", ["old", "new", "--format", "json", "--format", "md"], 2],
  ["a suppression file that is none", ["old", "new", "--ignore", "code/app.ts"], 2],
  ["an operation that is not there", ["old", "new", "--op", "ordr"], 2],
  ["code that is not there", ["old", "new", "--used-by", "old"], 2],
])("%s", async (_name, args, status) => {
  const run = await diff(...args);
  expect({ args, status: run.status, stderr: run.stderr }).toMatchObject({ status });
  // What cannot be read must never look like "no changes".
  if (status > 1) expect(run.stdout).toBe("");
  else expect(run.stdout).not.toBe("");
});

test("nothing found is one line", async () => {
  expect((await diff("old", "old")).stdout).toBe("old → old: no changes\n");
});

test.each([
  [[], 0, "old → told: no changes"],
  [["--docs"], 0, "documentation says deprecated"],
  [["--preset", "all"], 0, "documentation says deprecated"],
  [["--show", "docs"], 0, "documentation says deprecated"],
  [["--fail-on", "docs"], 1, "documentation says deprecated"],
])("who asks for documentation in any way has it compared: %j", async (flags, status, said) => {
  const run = await diff("old", "told", ...flags);
  expect(run.status).toBe(status);
  expect(run.stdout).toContain(said);
  if (flags.includes("--fail-on")) return;
  const history = await strata(["history", "old", "told", ...flags], { cwd: folder.path });
  expect(history.stdout).toContain(said);
});

test("several formats go to files, each with its own", async () => {
  const { status, stdout } = await diff(
    "old",
    "new",
    "--format",
    "json",
    "--out",
    "r/a.json",
    "--out",
    "r/b.md",
    "--out",
    "r/c.sarif",
    "--out",
    "r/d.html",
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  const json = JSON.parse(folder.read("r/a.json")) as { changes: { rule: string }[] };
  expect(json.changes.map(({ rule }) => rule)).toEqual([
    "element.removed.optional",
    "element.added.required",
  ]);
  expect(folder.read("r/b.md")).toContain("element.added.required");
  expect(JSON.parse(folder.read("r/c.sarif"))).toMatchObject({ version: "2.1.0" });
  expect(folder.read("r/d.html")).toMatch(/^<!doctype html>/iu);
});

test.each([
  ["old", "old", "none\n"],
  ["old", "wider", "minor\n"],
  ["old", "new", "major\n"],
])("%s to %s as one word", async (from, to, word) => {
  expect((await diff(from, to, "--format", "semver")).stdout).toBe(word);
});

test("annotations name file and line, and only one line each", async () => {
  const { stdout } = await diff("old", "new", "--format", "github");
  expect(stdout.trim().split("\n")).toHaveLength(2);
  expect(stdout).toMatch(/^::error file=new\/a\.xsd,line=\d+,col=\d+,title=/mu);
});

test("both ways", async () => {
  const { stdout } = await diff("old", "wider", "--both-ways", "--format", "json");
  const value = JSON.parse(stdout) as {
    changes: { rule: string }[];
    reverse: { changes: { rule: string }[] };
  };
  expect(value.changes.map(({ rule }) => rule)).toEqual(["element.added.optional"]);
  expect(value.reverse.changes.map(({ rule }) => rule)).toEqual(["element.removed.optional"]);
});

test("a baseline accepts what is there, and is stale when it is gone", async () => {
  await diff("old", "new", "--write-baseline", "accepted.json");
  const known = await diff("old", "new", "--ignore", "accepted.json");
  expect(known.status).toBe(0);
  expect(known.stdout).toContain("2 ignored");
  // The baseline holds for its pair of sides only, so it says nothing about another.
  expect((await diff("old", "old", "--ignore", "accepted.json", "--strict-suppressions")).status).toBe(0);
  folder.write({
    "stale.json": '{ "version": 1, "ignore": [{ "rule": "enum", "reason": "never" }] } // a comment',
  });
  expect((await diff("old", "old", "--ignore", "stale.json")).status).toBe(0);
  const strict = await diff("old", "old", "--ignore", "stale.json", "--strict-suppressions");
  expect(strict.status).toBe(1);
  expect(strict.stdout).toContain("matches nothing");
});

test("only what some code uses", async () => {
  const used = JSON.parse((await diff("old", "new", "--used-by", "code", "--format", "json")).stdout) as {
    changes: { rule: string }[];
  };
  // `note` is read; `price` must be sent, although code says it in a comment only.
  expect(used.changes.map(({ rule }) => rule)).toEqual([
    "element.removed.optional",
    "element.added.required",
  ]);
  const unused = await diff("old", "new", "--used-by", "other");
  expect(unused).toMatchObject({ status: 0 });
});

test("revisions are read from git, and none of them is an option", async () => {
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
      cwd: folder.path,
    });
  };
  const wsdl = (schema: string): string =>
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:w"><types>${schema}</types></definitions>`;
  folder.write({ "repo/s.xsd": before, "api/s.wsdl": wsdl(before) });
  git("init", "-q");
  git("add", "repo", "api");
  git("commit", "-q", "-m", "one");
  folder.write({ "repo/s.xsd": after, "api/s.wsdl": wsdl(after) });
  expect((await diff("git:HEAD:api", "api")).status).toBe(1);
  for (const word of ["git:HEAD:repo", "git:HEAD:./repo", "git:HEAD:repo/s.xsd"]) {
    expect((await diff(word, "repo")).status, word).toBe(1);
  }
  expect((await diff("git:HEAD:repo", "git:HEAD:repo")).status).toBe(0);
  for (const word of [
    "git:--output=x:repo",
    "git:HEAD:-x",
    "git:nowhere:repo",
    "git:HEAD:nowhere",
    "git:HEAD",
    "git:",
  ]) {
    const run = await diff(word, "repo");
    expect({ word, status: run.status, stdout: run.stdout }).toEqual({ word, status: 3, stdout: "" });
    expect(run.stderr).toContain("revision-not-found");
  }
  expect(folder.list()).not.toContain("x");
});

test("history of folders, rules and explanations", async () => {
  const history = await strata(["history", "./old", "./wider", "./new", "--format", "json"], {
    cwd: folder.path,
  });
  const value = JSON.parse(history.stdout) as {
    matrix: { name: string; since: string | null; until: string | null }[];
  };
  expect(value.matrix.map(({ name, since, until }) => [name, since, until])).toEqual([
    ["t:Order/more", "wider", "wider"],
    ["t:Order/note", null, "wider"],
    ["t:Order/price", "new", null],
  ]);
  const several = await strata(
    ["history", "./old", "./wider", "./new", "--out", "site/all.html", "--out", "site/all.md"],
    { cwd: folder.path },
  );
  expect(several).toMatchObject({ status: 0, stdout: "" });
  const pages = folder.list().filter((path) => path.startsWith("site/"));
  expect(pages.filter((path) => path.endsWith(".html"))).toHaveLength(4);
  expect(folder.read("site/all.md")).toContain("## Matrix");
  for (const page of pages.filter((path) => path.endsWith(".html"))) {
    for (const [, href = ""] of folder.read(page).matchAll(/href="([^"#]+)(?:#[^"]*)?"/gu))
      expect(pages, `${page}: ${href}`).toContain(`site/${href}`);
  }
  const unnamed = await strata(["history", "./old", "./new", "--format", "html"], { cwd: folder.path });
  expect(unnamed.status).toBe(2);
  expect((await strata(["history", "./old", "./new", "--out", "a.sarif"], { cwd: folder.path })).status).toBe(
    2,
  );
  const rules = await strata(["rules", "--json"]);
  expect((await strata(["rules", "--format", "json"])).stdout).toBe(rules.stdout);
  expect((JSON.parse(rules.stdout) as { rules: unknown[] }).rules.length).toBeGreaterThan(150);
  expect((await strata(["explain", "element.added.required"])).stdout).toContain("breaking");
  expect((await strata(["explain", "element.added.requird"])).stderr).toContain("element.added.required");
});

test("a comparison begins with what the notes say of the newer release, unless it shows a part or the way back", async () => {
  const element = '<xs:element name="a" type="xs:string"/>';
  folder.write({
    "noted/1/a.xsd": xsd(element),
    "noted/2/a.xsd": xsd(element + element.replace('"a"', '"b"')),
    "noted/2/release.yaml":
      'release: "2"\nreconstructed: false\ndownload: offered\nschema: changed\nsources: []\nsummary: There is a second element.\n',
  });
  const told = async (...args: string[]): Promise<readonly string[]> => {
    const { stdout } = await strata(["diff", "noted/1", "noted/2", ...args], { cwd: folder.path });
    expect(stdout).toMatch(/^1 → 2: /u);
    return stdout.match(/^notes of .*$/gmu) ?? [];
  };
  const notes = ["notes of 2: There is a second element."];
  expect(await told()).toEqual(notes);
  expect(await told("--both-ways")).toEqual(notes);
  expect(await told("--dir", "request")).toEqual([]);
  folder.write({
    "noted/1/release.yaml": folder
      .read("noted/2/release.yaml")
      .replace('"2"', '"1"')
      .replace("second", "first"),
  });
  const back = await strata(["diff", "noted/2", "noted/1"], { cwd: folder.path });
  expect(back.stdout).toMatch(/^2 → 1: /u);
  expect(back.stdout).not.toMatch(/^(?:release )?notes/mu);
  // The same release, edited in place: its notes tell nothing of that.
  folder.write({
    "noted/2b/a.xsd": xsd(element),
    "noted/2b/release.yaml": folder.read("noted/2/release.yaml"),
  });
  const still = await strata(["diff", "noted/2", "noted/2b"], { cwd: folder.path });
  expect(still.stdout).toMatch(/^2 → 2b: 1 breaking/u);
  expect(still.stdout).not.toMatch(/^(?:release )?notes/mu);
  for (const [from, to] of [
    ["41.12.0", "41.11.0"],
    ["41.12.0", "41.9.0"],
  ] as const)
    expect((await strata(["diff", from, to])).stdout).not.toMatch(/^(?:release )?notes/mu);
});

test("operations that are gone can be asked for; of those that neither side has, all are told", async () => {
  const gone = await diff("new", "gone", "--op", "order");
  expect(gone.stdout).toContain("- element(t:order)");
  const wrong = await diff("old", "new", "--op", "ordre", "--op", "x.Nothing");
  expect(wrong).toMatchObject({ status: 2, stdout: "" });
  expect(wrong.stderr).toContain('no side has an operation "ordre"\nhint: did you mean "order"?');
  expect(wrong.stderr).toContain('no side has an operation "x.Nothing"');
});

test("a confirmed rename that is none is told, by diff and by history", async () => {
  const order = (type: string, members: string): string =>
    xsd(
      `<xs:element name="order" type="t:${type}"/><xs:complexType name="${type}"><xs:sequence>${members}</xs:sequence></xs:complexType>`,
    );
  const member = (name: string): string => `<xs:element name="${name}" type="xs:int"/>`;
  folder.write({
    "renamed/1/a.xsd": order("Order", member("a") + member("b")),
    "renamed/2/a.xsd": order("Purchase", member("a") + member("z")),
    "renamed/3/a.xsd": order("Purchase", member("y") + member("z")),
    "renames.json": JSON.stringify({
      version: 1,
      renames: [
        { old: "t:Order", new: "t:Purchase" },
        { old: "t:Purchase/b", new: "t:Purchase/z" },
        { old: "t:Purchase/a", new: "t:Purchase/y" },
        { old: "t:Purchase/q", new: "t:Purchase/r" },
      ],
    }),
  });
  const none = (old: string, current: string): string =>
    `no rename from ${old} to ${current} was found (--renames)\n`;
  const args = ["--renames", "renames.json"];
  const one = await diff("renamed/1", "renamed/2", ...args);
  expect(one.stdout).toContain("type.renamed");
  expect(one.stdout).toContain("element.renamed");
  expect(one.stderr).toBe(none("t:Purchase/a", "t:Purchase/y") + none("t:Purchase/q", "t:Purchase/r"));
  const all = await strata(["history", "./renamed/1", "./renamed/2", "./renamed/3", ...args], {
    cwd: folder.path,
  });
  expect(all.stderr).toBe(none("t:Purchase/q", "t:Purchase/r"));
});

test("a file without its version tells what to add", async () => {
  folder.write({ "unversioned.json": '{ "renames": [] }\n' });
  const { status, stderr } = await diff("old", "old", "--renames", "unversioned.json");
  expect(status).toBe(2);
  expect(stderr).toContain('the key "version" is missing');
  expect(stderr).toContain('hint: add "version": 1\n');
});

test("two reports do not go to one file", async () => {
  const { status, stderr } = await diff(
    "old",
    "old",
    "--format",
    "md",
    "--out",
    "r/a",
    "--out",
    "./r/a.json",
  );
  expect([status, stderr]).toEqual([0, expect.stringContaining("r/a written")]);
  const twice = await diff("old", "old", "--format", "md", "--out", "r/b.json", "--out", "./r/b.json");
  expect(twice.status).toBe(2);
  expect(twice.stderr).toContain("two reports would be written to ./r/b.json");
  expect(folder.list()).not.toContain("r/b.json");
});

test("a note about many paths is as wide as the other lines", async () => {
  const { stdout } = await strata(["diff", "41.2.0", "41.3.0"]);
  const lines = stdout.split("\n");
  const at = lines.findIndex((line) => line.startsWith("  ~ GetSite "));
  expect(lines.slice(at, at + 3)).toEqual([
    "  ~ GetSite siteInstance/metaData/activeUserCount, siteInstance/metaData/EEActiveUserCount,",
    "      siteInstance/metaData/activeCETHost, siteInstance/metaData/auoActiveUserCount and 4 more",
    "      Answered to administrators only; hosts and attendees get a response without it.",
  ]);
});

test("sides of one name are told apart by the folders in which they part, in a history too", async () => {
  folder.write({
    "first/parts/a.xsd": before,
    "second/parts/a.xsd": after,
    "second/a.xsd": wider,
  });
  const { stdout } = await diff("first/parts", "second/parts");
  expect(stdout).toMatch(/^first\/parts → second\/parts: 2 breaking/u);
  expect((await diff("old/a.xsd", "wider/a.xsd")).stdout).toMatch(/^old\/a → wider\/a: 1 safe/u);
  expect((await diff("old", "second/a.xsd")).stdout).toMatch(/^old → a: /u);
  const history = ["history", "old/a.xsd", "wider/a.xsd", "new/a.xsd", "--out", "pages/all.html"];
  await strata(history, { cwd: folder.path });
  expect(folder.read("pages/vwider-a.html")).toContain("Changes since old/a");
  expect(folder.read("pages/vnew-a.html")).toContain("Changes since wider/a");
});

test("a break that is none to code says so where the version is told", async () => {
  const { stdout } = await diff("old", "wider", "--preset", "wire-strict");
  expect(stdout.replace(/\s+/gu, " ")).toMatch(
    /^old → wider: 1 breaking \(minor: code that reads and builds values compiles as before\) /u,
  );
});
