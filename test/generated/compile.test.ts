/** All generated releases through the compilers that users have, each started as they start it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { releases } from "./releases.js";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const generated = join(root, "generated");
const folder = mkdtempSync(join(tmpdir(), "strata-compile-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a compiler says; "" when it has nothing to say. */
function compile(compiler: string, include: readonly string[], options: object = {}): Promise<string> {
  const project = join(folder, `${compiler}.json`);
  const config = {
    extends: join(generated, "tsconfig.json"),
    // A user may ask for more than we do.
    compilerOptions: {
      noEmit: true,
      noUnusedLocals: true,
      noImplicitOverride: true,
      noFallthroughCasesInSwitch: true,
      rootDir: "/",
      ...options,
    },
    include: include.map((each) => resolve(generated, each)),
    exclude: [join(generated, "dist")],
  };
  writeFileSync(project, JSON.stringify(config));
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [join(root, "node_modules", compiler, "bin/tsc"), "-p", project]);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", fail);
    child.on("close", (status) => {
      settle(status === 0 ? said : `${said.slice(0, 4000)}\nexit status ${status}`);
    });
  });
}

const newest = `v${releases.at(-1) ?? ""}`;

test.each([
  ["TypeScript 7", "typescript7", ["**/*.ts"]],
  ["TypeScript 6", "typescript", ["**/*.ts"]],
  // The oldest that we support; the newest release holds all constructs that the others hold.
  ["TypeScript 5.4", "typescript54", [`${newest}/**/*.ts`, "url-api/**/*.ts"]],
])(
  "%s has nothing to say about the generated releases",
  async (_name, compiler, include) => {
    expect(releases.length).toBeGreaterThanOrEqual(13);
    expect(await compile(compiler, include)).toBe("");
  },
  240_000,
);

test("the runtime takes the types of Node for those of a browser", async () => {
  const options = { lib: ["es2022"], types: ["node"], typeRoots: [join(root, "node_modules/@types")] };
  expect(await compile("typescript7", [join(root, "templates/runtime/**/*.ts")], options)).toBe("");
}, 120_000);

test.each([
  ["without strictness", { strict: false, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false }],
  // The collections of a browser have iterators in a library of its own.
  ["in a worker", { lib: ["es2022", "webworker"] }],
])("the runtime compiles in the project of its user, %s", async (_name, options) => {
  expect(await compile("typescript7", [join(root, "templates/runtime/**/*.ts")], options)).toBe("");
}, 120_000);

test("a compiler that sees a mistake says so", async () => {
  const file = join(folder, "mistake.ts");
  const module = join(generated, newest, "user.js");
  writeFileSync(
    file,
    `import type { GetUser } from ${JSON.stringify(module)};\nexport const wrong: GetUser = { webExID: "x" };\n`,
  );
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  const project = join(folder, "mistake.json");
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(generated, "tsconfig.json"),
      compilerOptions: { noEmit: true, rootDir: "/" },
      include: [file],
    }),
  );
  const { execFileSync } = await import("node:child_process");
  let said = "";
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript7/bin/tsc"), "-p", project], {
      stdio: "pipe",
    });
  } catch (error) {
    said = String((error as { stdout?: unknown }).stdout);
  }
  expect(said).toMatch(/mistake\.ts\(2,\d+\): error TS2561.*'webExID'.*'webExId'/u);
}, 120_000);
