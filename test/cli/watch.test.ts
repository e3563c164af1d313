/** `generate --watch` as a process: it answers to changes, shows mistakes and goes on. Its speed is measured in bench/generate.ts. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFolder, root, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;
let child: ChildProcess | undefined;
let stderr = "";

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  child?.kill("SIGKILL");
  folder.remove();
});

/** Waits until what the program has said since the last time matches. */
async function said(expected: RegExp): Promise<string> {
  for (let wait = 0; !expected.test(stderr); wait++) {
    if (child?.exitCode !== null) throw new Error(`it has ended:\n${stderr}`);
    if (wait > 1500) throw new Error(`it never said ${String(expected)}, but:\n${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const text = stderr;
  stderr = "";
  return text;
}

/** Waits until a file of the output holds a text. */
async function holds(path: string, text: string): Promise<void> {
  for (let wait = 0; !existsSync(join(folder.path, path)) || !folder.read(path).includes(text); wait++) {
    if (wait > 1500) throw new Error(`${path} never held ${text}, but it said:\n${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function start(...args: string[]): Promise<void> {
  stderr = "";
  const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;
  const command = ["--import", tsx, join(root, "generator/cli/main.ts"), "generate", "--watch", ...args];
  const env = { PATH: process.env["PATH"] ?? "", STRATA_CACHE: join(folder.path, "cache") };
  child = spawn(process.execPath, command, { cwd: folder.path, env });
  child.stdout?.resume();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await said(/watching for changes/u);
}

const type = (name: string, element: string): string =>
  `<xs:complexType name="${name}"><xs:sequence><xs:element name="${element}" type="xs:string"/></xs:sequence></xs:complexType>`;

test("a family: one change, a mistake, its repair, another configuration", { timeout: 120_000 }, async () => {
  const config = (out: string): string => `{ "families": { "f": { "source": "xsd", "out": "${out}" } } }`;
  folder.write({
    "strata.config.json": config("out"),
    "xsd/1.0/a.xsd": xsd(type("A", "first")),
    "xsd/1.1/a.xsd": xsd(type("A", "first")),
  });
  await start();
  const before = folder.read("out/v1.0/t.ts");

  folder.write({ "xsd/1.1/a.xsd": xsd(type("A", "second")) });
  await said(/\d files? written in/u);
  expect(folder.read("out/v1.1/t.ts")).toContain("second: string");
  expect(folder.read("out/v1.0/t.ts")).toBe(before);

  folder.write({ "xsd/1.1/a.xsd": xsd(type("A", "third").replace("xs:string", "xs:strng")) });
  const mistake = await said(/waiting for the mistakes to be mended/u);
  expect(mistake).toMatch(/^xsd\/1\.1\/a\.xsd:2:\d+ error /mu);
  expect(folder.read("out/v1.1/t.ts")).toContain("second: string");

  folder.write({ "xsd/1.1/a.xsd": xsd(type("A", "third")) });
  expect(await said(/\d files? written in/u)).not.toContain("error");
  expect(folder.read("out/v1.1/t.ts")).toContain("third: string");

  folder.write({ "xsd/1.2/a.xsd": xsd(type("A", "fourth")) });
  await said(/\d files? written in/u);
  expect(folder.read("out/v1.2/t.ts")).toContain("fourth: string");

  folder.write({ "strata.config.json": config("out").replace('"out"', '"uot"') });
  expect(await said(/waiting for the mistakes to be mended/u)).toContain(`did you mean "out"?`);
  folder.write({ "strata.config.json": config("elsewhere") });
  await said(/\d+ files? written in/u);
  expect(folder.read("elsewhere/v1.2/t.ts")).toContain("fourth: string");

  const ended = new Promise<number | null>((resolve) => child?.once("exit", resolve));
  child?.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test(
  "a file: what it includes is watched too, a file that was deleted and comes back as well",
  { timeout: 120_000 },
  async () => {
    folder.write({
      "in/a.xsd": xsd(`<xs:include schemaLocation="parts/b.xsd"/>${type("A", "x")}`),
      "in/parts/b.xsd": xsd(type("B", "first")),
      "in/unrelated.xsd": xsd(type("U", "u")),
    });
    await start("--bundle", "in/a.xsd", "--out", "out");
    folder.write({ "in/parts/b.xsd": xsd(type("B", "second")) });
    await said(/\d files? written in/u);
    expect(folder.read("out/t.ts")).toContain("second: string");

    rmSync(join(folder.path, "in/parts/b.xsd"));
    expect(await said(/waiting for the mistakes to be mended/u)).toContain("parts/b.xsd");
    expect(folder.read("out/t.ts")).toContain("second: string");
    folder.write({ "in/parts/b.xsd": xsd(type("B", "third")) });
    await said(/\d files? written in/u);
    expect(folder.read("out/t.ts")).toContain("third: string");
  },
);

test("a storm of edits ends in what lies there", { timeout: 120_000 }, async () => {
  const releases = ["1.0", "1.1"];
  const names = ["a", "b", "c"];
  folder.write({ "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "out" } } }` });
  for (const release of releases)
    for (const name of names)
      folder.write({ [`xsd/${release}/${name}.xsd`]: xsd(type(`T${name}`, "first")) });
  await start();
  const inside = (path: string): string => join(folder.path, "xsd/1.1", path);
  for (let round = 0; round < 12; round++) {
    const name = names[round % names.length] ?? "a";
    folder.write({ [`xsd/1.1/${name}.xsd`]: "<xs:sch" });
    folder.write({
      [`xsd/1.1/sub/.${name}.swp`]: "x",
      [`xsd/1.1/${name}.tmp`]: xsd(type(`T${name}`, "last")),
    });
    await new Promise((resolve) => setTimeout(resolve, 7 * round));
    renameSync(inside(`${name}.tmp`), inside(`${name}.xsd`));
    rmSync(inside("sub"), { recursive: true });
  }
  renameSync(inside("a.xsd"), inside("renamed.xsd"));
  rmSync(inside("b.xsd"));
  const isDone = (): boolean => {
    const module = folder.read("out/v1.1/t.ts");
    return /export interface Ta [^}]*last/u.test(module) && !module.includes("Tb");
  };
  const reports = (): boolean => folder.read("out/reports/v1.1.html").includes("Tb");
  const isWriting = (): boolean => existsSync(join(folder.path, "out/.strata-staging"));
  for (let wait = 0; !isDone() || !reports() || isWriting(); wait++) {
    if (child?.exitCode !== null || wait > 3000) throw new Error(stderr);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(folder.read("out/v1.1/t.ts")).toContain("export interface Tc ");
});

test(
  "what goes away comes back: the configuration, its folder of releases; an emitter changes",
  { timeout: 120_000 },
  async () => {
    const config = `{ "families": { "f": { "source": "in/xsd", "out": "out", "emitters": ["emit.ts"] } } }`;
    const emitter = (text: string): string =>
      `export const emit = () => [{ path: "said.txt", text: ${JSON.stringify(text)} }];\n`;
    folder.write({
      "strata.config.json": config,
      "emit.ts": emitter("one"),
      "in/xsd/1.0/a.xsd": xsd(type("A", "first")),
    });
    await start();

    folder.write({ "emit.ts": emitter("two") });
    await holds("out/said.txt", "two");

    rmSync(join(folder.path, "in"), { recursive: true });
    await said(/there is no folder "in\/xsd"[\s\S]*waiting for the mistakes to be mended/u);
    folder.write({ "in/xsd/1.0/a.xsd": xsd(type("A", "again")) });
    await holds("out/v1.0/t.ts", "again: string");
    folder.write({ "in/xsd/1.0/a.xsd": xsd(type("A", "third")) });
    await holds("out/v1.0/t.ts", "third: string");

    rmSync(join(folder.path, "strata.config.json"));
    await said(/there is no strata.config.json/u);
    folder.write({ "strata.config.ts": `export const config = ${config};\n`, "emit.ts": emitter("three") });
    await holds("out/said.txt", "three");
  },
);

test(
  "a folder: files that are replaced are seen again and again, and folders that come, go and come back",
  { timeout: 120_000 },
  async () => {
    const place = (path: string): string => join(folder.path, path);
    const replace = (path: string, text: string): void => {
      folder.write({ "aside.xsd": text });
      renameSync(place("aside.xsd"), place(path));
    };
    folder.write({ "in/parts/a.xsd": xsd(type("A", "first")) });
    await start("--bundle", "in", "--out", "out");
    for (const element of ["second", "third", "fourth"]) {
      replace("in/parts/a.xsd", xsd(type("A", element)));
      await holds("out/t.ts", `${element}: string`);
    }
    folder.write({ "in/parts/a.xsd": xsd(type("A", "fifth")) });
    await holds("out/t.ts", "fifth: string");

    renameSync(place("in/parts"), place("parts"));
    await said(/there are no \.xsd or \.wsdl files in in[\s\S]*waiting for the mistakes to be mended/u);
    renameSync(place("parts"), place("in/others"));
    await said(/\d files? written in/u);
    folder.write({ "in/others/more/b.xsd": xsd(type("B", "sixth")) });
    await holds("out/t.ts", "sixth: string");
    replace("in/others/more/b.xsd", xsd(type("B", "seventh")));
    await holds("out/t.ts", "seventh: string");

    renameSync(place("in"), place("away"));
    await said(/there is no file or folder in[\s\S]*waiting for the mistakes to be mended/u);
    renameSync(place("away"), place("in"));
    await said(/\d files? written in/u);
    folder.write({ "in/others/a.xsd": xsd(type("A", "eighth")) });
    await holds("out/t.ts", "eighth: string");
  },
);

test(
  "a folder that goes away while code is made of it is told, and waited for",
  { timeout: 120_000 },
  async () => {
    const moving = `import { existsSync, renameSync } from "node:fs";
export const emit = () => {
  if (existsSync("in/xsd/move")) renameSync("in", "away");
  return [];
};
`;
    folder.write({
      "strata.config.json": `{ "families": { "f": { "source": "in/xsd", "out": "out", "emitters": ["emit.ts"] } } }`,
      "emit.ts": moving,
      "in/xsd/1.0/a.xsd": xsd(type("A", "first")),
    });
    await start();
    folder.write({ "in/xsd/move": "", "in/xsd/1.0/a.xsd": xsd(type("A", "second")) });
    await said(/there is no folder "in\/xsd"[\s\S]*waiting for the mistakes to be mended/u);
    rmSync(join(folder.path, "away/xsd/move"));
    renameSync(join(folder.path, "away"), join(folder.path, "in"));
    await holds("out/v1.0/t.ts", "second: string");
  },
);
