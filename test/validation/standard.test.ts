import { build } from "esbuild";
import { expect, test } from "vitest";
import * as forms from "../cases/forms/expected/f.js";
import * as choices from "../cases/choices/expected/choices.js";
import { validate } from "../../templates/runtime/index.js";

test("a generated constant is a Standard Schema", () => {
  const { "~standard": standard } = choices.Sequences;
  expect(standard).toMatchObject({ version: 1, vendor: "xsd-strata" });
  expect(choices.Sequences["~standard"]).toBe(standard);
  const value = { b: 1 };
  expect(standard.validate(value)).toEqual({ value });
  expect((standard.validate(value) as { value: unknown }).value).toBe(value);
  const { issues } = standard.validate({ b: "x", c: 1 });
  expect(issues?.map(({ path }) => path)).toEqual([["b"], ["c"], ["c"]]);
  for (const { message, code, expected, clause } of issues ?? [])
    for (const text of [message, code, expected, clause]) expect(text).toMatch(/./u);
});

test("each kind of constant carries it, and shows nothing of it to who lists its members", () => {
  for (const one of [forms.Status, forms.Account, forms.KindAny]) {
    expect(Object.keys(one)).not.toContain("~standard");
    expect(one["~standard"].validate(Symbol("none"))).toHaveProperty("issues");
    expect({ ...one }).not.toHaveProperty("~standard");
  }
  expect(forms.Status["~standard"].validate("ON")).toEqual({ value: "ON" });
});

test("issues of one value are those of validate, whoever asks", () => {
  const wrong = { nothing: 1 };
  const found = validate(forms.Account, wrong);
  const { issues } = forms.Account["~standard"].validate(wrong);
  expect(found.length).toBeGreaterThan(0);
  expect(issues?.map(({ message, path }) => [message, path])).toEqual(
    found.map(({ message, steps }) => [message, steps]),
  );
});

/** What is left of a program in a bundle. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    resolveExtensions: [".ts"],
    logLevel: "silent",
    // As the package.json of generated code says.
    plugins: [
      {
        name: "side-effects",
        setup: ({ onResolve }) => {
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
            path: new URL(path.replace(/\.js$/u, ".ts"), `file://${resolveDir}/`).pathname,
            sideEffects: false,
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}

test("a bundle holds the types that are used, and matches patterns only where a type has one", async () => {
  const unused = await bundle(`import { Account } from "../cases/forms/expected/f.js"; export const x = 1;`);
  expect(unused.length).toBeLessThan(40);
  const one = await bundle(`export { Status } from "../cases/forms/expected/f.js";`);
  expect(one).toContain("xsd-strata");
  expect(one).not.toContain("setAccount");
  // A pattern's automaton, ordered content, keys and the order of dates are code of their own.
  const pattern = await bundle(`export { matchesPattern as m } from "../../templates/runtime/index.js";`);
  const keys = await bundle(`export { trackKeys as m } from "../../templates/runtime/index.js";`);
  expect(keys.length).toBeGreaterThan(1000);
  expect(pattern.length).toBeGreaterThan(8000);
  for (const word of ["it is nested too deep", "finds no key"]) {
    expect(pattern + keys).toContain(word);
    expect(one).not.toContain(word);
  }
  const withPattern = await bundle(`export * from "../cases/simple-content/expected/simple.js";`);
  expect(withPattern).toContain("it is nested too deep");
  console.log(
    `a simple type with ~standard, minified: ${(one.length / 1024).toFixed(1)} kB; patterns ${(pattern.length / 1024).toFixed(1)} kB`,
  );
});
