/** Same input, same bytes: two clones in different folders, on machines that differ in language, time zone and file system. */
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { sortReleases } from "../../generator/release/order.js";
import { root } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "strata-identical-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Folders are listed in another order than the one that most file systems keep. */
const shuffled = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const turn = (list) => list.map((each, index) => [(index * 7919) % 104729, each]).sort(([a], [b]) => b - a).map(([, each]) => each);
const { readdirSync } = fs;
fs.readdirSync = (...args) => turn(readdirSync(...args));
const { readdir } = fs.promises;
fs.promises.readdir = async (...args) => turn(await readdir(...args));
const { now } = Date;
Date.now = () => now() + 86_400_000_000;
syncBuiltinESMExports();
`;

interface Machine {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly preload?: string;
}

const machines: readonly Machine[] = [
  { path: "a", env: { LANG: "C", TZ: "UTC", STRATA_CACHE: "off" } },
  {
    path: "a much longer path/with spaces & signs/и другими буквами/clone",
    env: {
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
      TZ: "Pacific/Kiritimati",
      USER: "someone",
      CI: "true",
      COLUMNS: "40",
    },
    preload: shuffled,
  },
];

const releases = sortReleases(readdirSync(join(root, "xsd")).filter((name) => /^\d/u.test(name)));

/** What a clone holds, without the releases that would only take time. */
function clone({ path }: Machine): string {
  const target = join(folder, path);
  const names = ["generator", "templates", "schemas", "examples", "package.json", "strata.config.json"];
  for (const name of names) cpSync(join(root, name), join(target, name), { recursive: true });
  for (const entry of readdirSync(join(root, "xsd"), { withFileTypes: true })) {
    if (/^\d/u.test(entry.name) && !releases.slice(-3).includes(entry.name)) continue;
    cpSync(join(root, "xsd", entry.name), join(target, "xsd", entry.name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(target, "node_modules"));
  return target;
}

function strata(cwd: string, { env, preload }: Machine, ...args: readonly string[]): Promise<string> {
  const home = join(cwd, "home");
  mkdirSync(home, { recursive: true });
  const hook = join(home, "preload.mjs");
  writeFileSync(hook, preload ?? "");
  const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;
  return new Promise((settle, fail) => {
    const child = spawn(
      process.execPath,
      [
        "--import",
        pathToFileURL(hook).href,
        "--import",
        tsx,
        join(cwd, "generator/cli/main.ts"),
        "generate",
        ...args,
      ],
      {
        cwd,
        env: { PATH: process.env["PATH"] ?? "", HOME: home, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", fail);
    child.on("close", (status) => {
      if (status === 0) settle(said);
      else fail(new Error(`exit status ${String(status)}\n${said}`));
    });
  });
}

function contents(base: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(base, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(base, path), readFileSync(path, "latin1")] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test("two clones in different folders give the same bytes", async () => {
  const outputs: ReadonlyMap<string, string>[] = [];
  for (const machine of machines) {
    const cwd = clone(machine);
    await strata(cwd, machine);
    await strata(cwd, machine, "--bundle", "examples/order", "--out", "order");
    outputs.push(
      new Map([
        ...[...contents(join(cwd, "generated"))].map(([path, text]) => [`generated/${path}`, text] as const),
        ...[...contents(join(cwd, "order"))].map(([path, text]) => [`order/${path}`, text] as const),
      ]),
    );
  }
  const [first = new Map<string, string>(), second = new Map<string, string>()] = outputs;
  expect(first.size).toBeGreaterThan(100);
  expect([...second.keys()]).toEqual([...first.keys()]);
  expect([...first].filter(([path, text]) => second.get(path) !== text).map(([path]) => path)).toEqual([]);
  // Nothing tells where or when it was made.
  const telling = [...first].filter(([, text]) => text.includes(folder) || text.includes(tmpdir()));
  expect(telling.map(([path]) => path)).toEqual([]);
}, 240_000);
