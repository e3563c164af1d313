import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { emitRelease, packageFiles, runtimeFiles } from "../../generator/emit/index.js";
import type { EmitOptions } from "../../generator/emit/types.js";
import { leaveUnformatted } from "../../generator/output/format.js";
import { bareInput } from "../../generator/emit-input.js";
import { readCase } from "../cases.js";
import { complex, id, model } from "./models.js";

const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "node_modules");
const root = mkdtempSync(join(tmpdir(), "strata-package-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const run = (folder: string, program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const tsc = (folder: string, ...args: readonly string[]): string => compile("typescript", folder, ...args);
const compile = (compiler: string, folder: string, ...args: readonly string[]): string => {
  try {
    return run(folder, process.execPath, join(modules, compiler, "bin", "tsc"), ...args);
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
};

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A package of two releases of the case with operations. */
async function makePackage(
  folder: string,
  importExtension: EmitOptions["importExtension"],
  ids: readonly string[] = ["1.0", "1.1"],
): Promise<void> {
  const releases = ids.map((id) => ({ release: id, folder: `v${id}`, title: "Made-up API" }));
  for (const { folder: own } of releases) {
    const report = createReport();
    const input = await readCase("forms", report);
    if (input === undefined) throw new Error("the case has errors");
    const options = { ...input.options, folder: `${own}/`, runtimePath: "../runtime/", importExtension };
    const files = leaveUnformatted(emitRelease({ ...input, options }, report));
    for (const { path, text } of files) write(folder, path, text);
  }
  const options = { name: "made-up", version: "1.2.3", license: "MIT", importExtension };
  for (const { path, text } of [
    ...runtimeFiles(["webex", "webex"], options),
    ...packageFiles(releases, options),
  ]) {
    write(folder, path, text);
  }
}

const made = join(root, "made-up");
const consumer = join(root, "consumer");
let tarball = "";

beforeAll(async () => {
  await makePackage(made, ".js");
  expect(tsc(made, "-p", ".")).toBe("");
  const [packed] = JSON.parse(run(made, "npm", "pack", "--ignore-scripts", "--json")) as [
    { filename: string },
  ];
  tarball = join(made, packed.filename);
  const installed = join(consumer, "node_modules", "made-up");
  mkdirSync(installed, { recursive: true });
  run(installed, "tar", "xzf", tarball, "--strip-components=1");
  write(consumer, "package.json", '{ "type": "module" }');
}, 120_000);

test("holds code and nothing of its making", () => {
  const listed = run(made, "tar", "tzf", tarball).trim().split("\n").sort();
  expect(listed.filter((path) => !path.startsWith("package/dist/"))).toEqual([
    "package/README.md",
    "package/package.json",
  ]);
  expect(listed).toContain("package/dist/v1.1/index.d.ts");
  const manifest = JSON.parse(readFileSync(join(made, "package.json"), "utf8")) as Readonly<
    Record<string, unknown>
  >;
  expect(manifest["dependencies"]).toBeUndefined();
  expect(manifest["sideEffects"]).toBe(false);
  expect(Object.keys(manifest["exports"] as object)).toEqual([
    "./v1.0",
    "./v1.0/*",
    "./v1.1",
    "./v1.1/*",
    "./latest",
    "./latest/*",
    "./runtime",
    "./runtime/decode",
    "./runtime/encode",
    "./package.json",
  ]);
});

test("the README says what Jest and Parcel need", () => {
  const text = readFileSync(join(made, "README.md"), "utf8");
  const [, pattern = ""] = /transformIgnorePatterns: \["([^"]+)"\]/u.exec(text) ?? [];
  const isLeft = (path: string): boolean => new RegExp(pattern).test(path);
  expect(isLeft("/a/node_modules/other/index.js")).toBe(true);
  expect(isLeft("/a/node_modules/made-up/dist/v1.1/index.js")).toBe(false);
  expect(isLeft("/a/node_modules/.pnpm/made-up@1/node_modules/made-up/dist/v1.1/index.js")).toBe(false);
  expect(text).toContain("packageExports");
});

test("runs when imported and when required", () => {
  write(
    consumer,
    "run.mjs",
    `import { release, f, operations } from "made-up/v1.0";
     import * as latest from "made-up/latest";
     import { encode, decode } from "made-up/runtime";
     const xml = encode(f.Account, { name: "x", status: "ON" }, { element: "account" });
     console.log(release, latest.release, operations.setAccount.name, decode(f.Account, xml).status, typeof latest.createClient);`,
  );
  expect(run(consumer, process.execPath, "run.mjs")).toBe("1.0 1.0 setAccount ON function\n");
  write(
    consumer,
    "run.cjs",
    `console.log(require("made-up/latest").release, typeof require("made-up/runtime").decode);`,
  );
  expect(run(consumer, process.execPath, "--no-warnings", "run.cjs")).toBe("1.0 function\n");
});

test("checks the types of its user, who needs no option", () => {
  write(
    consumer,
    "use.ts",
    `import { createClient, f, operations } from "made-up/latest";
     import type { Readable } from "made-up/runtime";
     export const account: f.Account = { name: "x", status: "ON" };
     export const read: Readable<typeof f.Account> = { ...account, status: "NEW" };
     export const request: f.SetAccount = { account };
     export const name: string = operations.setAccount.name;
     export type Client = ReturnType<typeof createClient>;
     // @ts-expect-error not a value
     export const wrong: f.Status = "BROKEN";`,
  );
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2022"];
  for (const module of [
    ["--module", "nodenext"],
    ["--module", "esnext", "--moduleResolution", "bundler"],
  ]) {
    expect(tsc(consumer, ...strict, ...module, "use.ts")).toBe("");
  }
});

test.each([
  ["as modules", []],
  ["as CommonJS, without a look at exports", ["--module", "commonjs", "--moduleResolution", "node10"]],
])("its declarations are read by the oldest compiler with the oldest library, %s", (_name, module) => {
  write(
    consumer,
    "old.ts",
    `import { createClient, f, operations } from "made-up/latest";
     import { setAccount } from "made-up/v1.0/operations";
     import { builtinTypes, decode, readContent } from "made-up/runtime";
     import { encode } from "made-up/runtime/encode";
     export const account: f.Account = { name: "x", status: "ON" };
     export const names: string[] = [operations.setAccount.name, setAccount.name];
     export const content = readContent({}, builtinTypes);
     if (content?.$type === "{http://www.w3.org/2001/XMLSchema}hexBinary") {
       const bytes: Uint8Array = content.$value;
       // @ts-expect-error bytes are no text
       const text: string = content.$value;
     }
     export type All = [ReturnType<typeof createClient>, typeof decode, typeof encode];`,
  );
  const old = ["--target", "es2020", "--lib", "es2020,dom", "--skipLibCheck", "false"];
  const options = ["--strict", "--noEmit", ...old, ...(module.length > 0 ? module : ["--module", "node16"])];
  expect(compile("typescript54", consumer, ...options, "old.ts")).toBe("");
});

test("what comes from the subpath of a module brings no more into a bundle", async () => {
  write(
    consumer,
    "one.ts",
    `import { setAccount } from "made-up/latest/operations";
     import { decode } from "made-up/runtime/decode";
     export const name: string = setAccount.name;
     export const status: string = decode(setAccount.response, "<x/>").toString();`,
  );
  for (const module of [
    ["--module", "nodenext"],
    ["--module", "esnext", "--moduleResolution", "bundler"],
  ]) {
    expect(tsc(consumer, "--strict", "--noEmit", "--target", "es2022", ...module, "one.ts")).toBe("");
  }
  const { build } = await import("esbuild");
  const size = async (source: string): Promise<number> => {
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: consumer },
      ...{ bundle: true, write: false, minify: true, format: "esm" },
    });
    return outputFiles[0]?.contents.length ?? 0;
  };
  const small = await size('export { Status$ } from "made-up/latest/f";');
  const large = await size('import { f } from "made-up/latest"; export const status = f.Status$;');
  expect(small).toBeGreaterThan(0);
  expect(small * 2).toBeLessThan(large);
});

test("operations take descriptors by name, which every bundler can leave out", () => {
  const text = readFileSync(join(made, "v1.1", "operations.ts"), "utf8");
  expect(text).toMatch(/^import type \* as f from/mu);
  expect(text).not.toMatch(/^import \*/mu);
  expect(text).toMatch(/^import \{.*\bSetAccount\$/mu);
});

test("names that two modules have are qualified among the imports of operations", () => {
  const spaces = ["urn:a", "urn:b"];
  const own = spaces.flatMap((namespace) =>
    ["Get", `Answer${namespace.slice(-1)}`].map((local) => ({
      ...complex(local, undefined),
      ...{ id: id(local, namespace), name: { namespace, local }, namespace },
    })),
  );
  const operations = spaces.map((namespace) => ({
    service: namespace.slice(-1),
    name: `get${namespace.slice(-1)}`,
    request: id("Get", namespace),
    response: id(`Answer${namespace.slice(-1)}`, namespace),
    ...{ wireType: "", safe: true },
  }));
  const service = {
    ...{ convention: "x", modules: {}, runtime: "webex", title: "X" },
    ...{ operations, slots: [], scalars: [], omitted: [] },
  };
  const namespaces = spaces.map((space) => ({ uri: space, prefix: space.slice(-1), files: [] }));
  const input = bareInput({ ...model(own), namespaces }, service);
  const { text = "" } = emitRelease(input, createReport()).find(({ path }) => path === "operations.ts") ?? {};
  expect(text).toContain('import { Answera$, Get$ as a$Get$ } from "./a.js";');
  expect(text).toContain("request: b$Get$,");
});

test("no template has an escape that only tagged ones may have: minifiers do not take it", () => {
  const wrong: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) {
      try {
        Function(`\`${node.getText().replace(/^[`}]|(?:`|\$\{)$/gu, "")}\``);
      } catch {
        wrong.push(node.getText());
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const { path, text } of runtimeFiles(["webex", "url-api"], { importExtension: ".js" }))
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  expect(wrong).toEqual([]);
});

test("no field is declared without being one: Babel 7 takes that only where it is told to", () => {
  const declared: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyDeclaration(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
    )
      declared.push(node.getText());
    ts.forEachChild(node, visit);
  };
  for (const { path, text } of runtimeFiles(["webex", "url-api"], { importExtension: ".js" }))
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  expect(declared).toEqual([]);
});

test("publint and attw have nothing to say", async () => {
  const { messages } = await publint({ pkgDir: made, pack: false, strict: true });
  // A package that is not published says not where it comes from.
  expect(messages.map(({ code }) => code)).toEqual([]);
  const attw = join(modules, "@arethetypeswrong", "cli", "dist", "index.js");
  // Its exit status counts what the profile does not leave out.
  expect(run(made, process.execPath, attw, tarball, "--profile", "esm-only")).toContain("(ESM)");
}, 120_000);

test.each([".ts", ""] as const)('compiles when modules import each other with "%s"', async (extension) => {
  const folder = join(root, `extension${extension}`);
  await makePackage(folder, extension, ["1.0"]);
  expect(tsc(folder, "-p", ".")).toBe("");
});
