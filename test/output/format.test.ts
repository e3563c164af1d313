import { existsSync } from "node:fs";
import { join } from "node:path";
import { format as prettier } from "prettier";
import { expect, test } from "vitest";
import { noCache, rememberingCache, type Cache } from "../../generator/output/cache.js";
import { formatFiles, leaveUnformatted, regionEnd, regionStart } from "../../generator/output/format.js";
import { createCaches } from "../../generator/caches.js";
import { generateOutput } from "../../generator/pipeline.js";
import { pathSource } from "../../generator/source.js";
import { root } from "../cli/run.js";

const fresh = (): Cache => rememberingCache(noCache);

async function format(text: string, path = "a.ts", cache = fresh()): Promise<string> {
  const [file] = await formatFiles([{ path, text }], cache);
  return file?.text ?? "";
}

test("declarations get prettier's form; what is final passes through", async () => {
  expect(await format(`export interface A {a:string\nb ?:  number}`)).toBe(
    `export interface A {\n  a: string;\n  b?: number;\n}\n`,
  );
  const text = `export  const a = {\n    odd:   1 };\n`;
  expect(await formatFiles([{ path: "a.ts", text, final: true }], fresh())).toEqual([{ path: "a.ts", text }]);
  expect(await format("some   text\n", "a.txt")).toBe("some   text\n");
  expect(await format(`{"a":1}`, "a.json")).toBe(`{ "a": 1 }\n`);
  expect(await format(`*  a\n*  b`, "a.md")).toBe(`- a\n- b\n`);
});

test("marked regions are left alone, and the marks go", async () => {
  const final = `export const a = { odd:   1 };`;
  const text = `export type A=1\n\n${regionStart}\n${final}\n${regionEnd}\n\nexport type B=2\n`;
  const expected = `export type A = 1;\n\n${final}\n\nexport type B = 2;\n`;
  expect(await format(text)).toBe(expected);
  expect(leaveUnformatted([{ path: "a.ts", text }])[0]?.text).not.toContain("//#");
});

test("statements that are known are not formatted again, and the result is the same", async () => {
  const header = (release: string): string => `// From ${release}.\n\n`;
  const body = (member: string): string =>
    `import {b} from "./b.js"\nimport {c} from "./c.js"\n\n/** One. */\nexport interface One {a:string}\n\nexport interface Two {${member}:string}\n\n// Three.\nexport type Three="a"|"b"\n`;
  const cache = fresh();
  const texts = ["x", "y", "x", "z"].map((member, index) => header(`r${index}`) + body(member));
  for (const text of texts) {
    expect(await format(text, "a.ts", cache)).toBe(
      await prettier(text, { parser: "babel-ts", printWidth: 110 }),
    );
  }
});

test("a template literal is never taken apart", async () => {
  const cache = fresh();
  const first = "export const a = `\n\nfoo( 1 )\n\n`;\n";
  const second = "export const a = `\n\nbar( 1 )\n\n`;\n";
  expect(await format(first, "a.ts", cache)).toBe(first);
  expect(await format(second, "a.ts", cache)).toBe(second);
});

test("a file that cannot be parsed is named", async () => {
  await expect(format("export interface {", "user.ts")).rejects.toThrow("user.ts cannot be formatted");
});

// The claim on which the speed rests: statement by statement is the same as the whole file.
test.skipIf(!existsSync(join(root, "xsd")))(
  "a whole release is as prettier alone would have it",
  async () => {
    const { sortReleases } = await import("../../generator/release/order.js");
    const { readdirSync } = await import("node:fs");
    const release =
      sortReleases(readdirSync(join(root, "xsd")).filter((name) => /^\d/u.test(name))).at(-1) ?? "";
    const job = {
      name: "x",
      package: "x",
      out: join(root, "nowhere"),
      label: "x",
      sources: [pathSource(join(root, "xsd", release))],
      selected: [release],
      single: true,
      only: ["user"],
      scalars: [],
      importExtension: ".js" as const,
      emitters: [],
      format: true,
      force: false,
      check: true,
    };
    const { output } = await generateOutput(
      { ...job, sources: [{ ...pathSource(join(root, "xsd", release)), release }] },
      createCaches(undefined, {}, false),
    );
    const modules = (output?.plan.changes ?? []).filter(
      ({ path }) => path.endsWith(".ts") && !path.startsWith("runtime/"),
    );
    expect(modules.length).toBeGreaterThan(3);
    for (const { path, after = "" } of modules) {
      const whole = await prettier(after, { parser: "babel-ts", printWidth: 110 });
      expect(after === whole ? path : `${path} differs`).toBe(path);
    }
  },
);
