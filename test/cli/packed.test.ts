/**
 * The tool as npm packs and installs it, without the help of install scripts or of a network: the files of `npm pack`
 * beside copies of the dependencies that the lock file names.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./run.js";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

const modules = join(root, "node_modules");
const folder = mkdtempSync(join(tmpdir(), "strata-packed-"));
const staged = join(folder, "staged");
const project = join(folder, "project");
const installed = join(project, "node_modules/xsd-strata");
let tarball = "";

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, STRATA_CACHE: "off" };

function run(cwd: string, program: string, ...args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: "pipe", env: environment });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`.slice(0, 4000), { cause: error });
  }
}

/** Copies a package and what it depends on; a package inside another's folder comes along with it. */
function install(name: string, from: string, done: Set<string>): void {
  let at = from;
  while (!existsSync(join(at, "node_modules", name, "package.json"))) {
    if (at === root) throw new Error(`${name} is not installed`);
    at = dirname(at);
  }
  const source = join(at, "node_modules", name);
  if (done.has(source)) return;
  done.add(source);
  if (at === root) cpSync(source, join(project, "node_modules", name), { recursive: true });
  const { dependencies = {} } = readManifest(source);
  for (const each of Object.keys(dependencies)) install(each, source, done);
}

beforeAll(() => {
  for (const name of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "templates", "schemas"]) {
    cpSync(join(root, name), join(staged, name), { recursive: true });
  }
  cpSync(join(root, "examples"), join(staged, "examples"), { recursive: true });
  // What `npm run build` does, save for the type-check that is a command of its own.
  const build = ["-p", join(root, "tsconfig.build.json"), "--noCheck", "--outDir", join(staged, "dist")];
  run(root, process.execPath, join(modules, "typescript/bin/tsc"), ...build);
  const [packed] = JSON.parse(run(staged, "npm", "pack", "--ignore-scripts", "--json")) as [
    { filename: string },
  ];
  tarball = join(staged, packed.filename);
  mkdirSync(installed, { recursive: true });
  run(installed, "tar", "xzf", tarball, "--strip-components=1");
  const done = new Set<string>();
  for (const name of Object.keys(readManifest(installed).dependencies ?? {})) install(name, root, done);
  mkdirSync(join(project, "node_modules/.bin"));
  symlinkSync(
    join(installed, readManifest(installed).bin["xsd-strata"] ?? ""),
    join(project, "node_modules/.bin/xsd-strata"),
  );
  writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
}, 240_000);

const strata = (...args: readonly string[]): string =>
  // As a shell would, but under the Node that runs this test.
  run(project, process.execPath, join(project, "node_modules/.bin/xsd-strata"), ...args);

const example = "node_modules/xsd-strata/examples/order";

test("the package holds the program and what it reads, and nothing of its making", () => {
  const listed = run(folder, "tar", "tzf", tarball).trim().split("\n");
  const top = new Set(
    listed.map((path) =>
      path
        .split("/")
        .slice(1, 3)
        .join("/")
        .replace(/\/.*\..*$/u, ""),
    ),
  );
  expect([...top].sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist/generator",
    "dist/templates",
    "examples/order",
    "package.json",
    "schemas",
    "templates",
    "templates/report",
    "templates/runtime",
  ]);
  // The schemas of the vendor, its reconstruction included, are in no package.
  expect(listed.filter((path) => /\.xsd$/u.test(path))).toEqual(["package/examples/order/order.xsd"]);
});

test("nothing runs when it is installed", () => {
  const scripts = Object.keys(readManifest(installed).scripts);
  expect(scripts.filter((name) => /^(?:pre|post)?install$|^prepare$/u.test(name))).toEqual([]);
});

test("publint and attw have nothing to say", async () => {
  const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map(({ code }) => code)).toEqual([]);
  const attw = join(modules, "@arethetypeswrong/cli/dist/index.js");
  // Its exit status counts what the profile does not leave out.
  expect(run(folder, process.execPath, attw, tarball, "--profile", "esm-only")).toContain("(ESM)");
});

const strict = {
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};

const use = `
import { decode, encode } from "./out/runtime/index.js";
import { order } from "./out/index.js";

const value = decode(order.purchaseOrderElement, "<x/>");
export const xml: string = encode(order.purchaseOrderElement, value);
// @ts-expect-error an order has more to it
export const wrong: order.PurchaseOrder = { nothing: 1 };
`;

test.each([
  ["5.4", "typescript54"],
  ["6", "typescript"],
  ["7", "typescript7"],
])("beside TypeScript %s it runs, and what it generates type-checks", (version, compiler) => {
  const beside = join(project, "node_modules/typescript");
  symlinkSync(join(modules, compiler), beside);
  try {
    const tsc = join(beside, "bin/tsc");
    expect(run(project, process.execPath, tsc, "--version")).toContain(`Version ${version}.`);
    rmSync(join(project, "out"), { recursive: true, force: true });
    strata("generate", "--bundle", example, "--out", "out");
    writeFileSync(join(project, "use.ts"), use);
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: strict, include: ["out", "use.ts"] }),
    );
    expect(run(project, process.execPath, tsc, "-p", ".")).toBe("");
  } finally {
    rmSync(beside);
  }
});

test("without TypeScript it runs as well, from a program too", () => {
  expect(existsSync(join(project, "node_modules/typescript"))).toBe(false);
  rmSync(join(project, "out"), { recursive: true, force: true });
  strata("generate", "--bundle", example, "--out", "out");
  expect(existsSync(join(project, "out/order.ts"))).toBe(true);
  expect(strata("convert", example, `${example}/order.xml`)).toMatch(/^\{\n/u);
  expect(strata("validate", example, `${example}/order.xml`)).toContain("valid");
  expect(strata("inspect", example, "purchaseOrder")).toContain("purchaseOrder");
  expect(strata("--version").trim()).toBe("0.1.0");
  writeFileSync(
    join(project, "program.js"),
    `import { generate, readModel } from "xsd-strata";
     const { ok, changes } = await generate({ cwd: ".", bundle: ${JSON.stringify(example)}, out: "other", cache: false });
     console.log(ok, changes.length > 0, typeof readModel);`,
  );
  expect(run(project, process.execPath, "program.js")).toBe("true true function\n");
});
