/** What the documents say is tried: samples compile, commands have the flags, paths exist. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commands } from "../../generator/cli/commands.js";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "strata-documents-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`),
].map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

/** What the samples of the README leave to the reader. */
const assumed = "declare const input: unknown;";

test("samples of the README compile as a user of the package writes them", () => {
  const readme = documents[0]?.text ?? "";
  const samples = [...readme.matchAll(/```ts\n(.*?)```/gsu)].map(([, code = ""]) => code);
  expect(samples.length).toBeGreaterThan(4);
  samples.forEach((code, index) => {
    writeFileSync(join(folder, `sample${index}.ts`), `${code}\n${assumed}\nexport { input as assumed };\n`);
  });
  const generated = join(root, "generated");
  const { exports } = JSON.parse(readFileSync(join(generated, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, string>>;
  };
  const latest = dirname(exports["./latest"] ?? "").replace("./dist", generated);
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      typeRoots: [join(root, "node_modules/@types")],
      paths: {
        "xsd-strata": [join(root, "generator/index.ts")],
        "webex-xml-api/latest": [`${latest}/index.ts`],
        "webex-xml-api/*": [`${generated}/*/index.ts`, `${generated}/*.ts`],
      },
    },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const said = (() => {
    try {
      return execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
    } catch (error) {
      return (error as { readonly stdout: string }).stdout;
    }
  })();
  expect(said).toBe("");
}, 240_000);

test.each(documents)("$name: commands have the flags that they are shown with", async ({ text }) => {
  const lines = text.matchAll(/(?:npx xsd-strata|run -s strata --|`xsd-strata) ([a-z]+)\b([^\n`|#]*)/gu);
  for (const [line, name = "", rest = ""] of lines) {
    const command = await commands[name]?.();
    expect(command, line).toBeDefined();
    const known = [...Object.keys(command?.options ?? {}), "quiet", "help"];
    for (const [, flag] of rest.matchAll(/(?<=\s)--([a-z][a-z-]*)/gu)) expect(known, line).toContain(flag);
  }
});

test.each(documents)("$name: files and folders that it names are there", ({ name, text }) => {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path = ""]) => path);
  for (const path of links) expect(existsSync(join(root, dirname(name), path)), path).toBe(true);
  const named = [
    ...text.matchAll(
      /`((?:action|bench|conformance|docs|examples|generator|schemas|templates|test|xsd)\/[\w./-]*)`/gu,
    ),
  ].map(([, path = ""]) => path);
  for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
});
