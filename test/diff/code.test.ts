/** Witnesses in TypeScript of all rule pairs, compiled against what is generated for both sides. */
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Change } from "../../generator/diff/index.js";
import { findCode } from "../../generator/witness/code/search.js";
import { compile, emit, runtime, textOf } from "./compiled.js";
import { diffModels, modelOf, schemaPairs, turned } from "./schema.js";

/** Breaks of code that no module shows: what differs is not in the types. */
const silent: readonly string[] = [];

test("each break of code has a module that compiled and no longer does", { timeout: 600_000 }, async () => {
  expect(readdirSync(runtime)).toContain("index.ts");
  expect(readFileSync(`${runtime}index.ts`, "utf8")).toContain("export");
  const files = new Map<string, string>([["/c/package.json", '{ "type": "module" }']]);
  const made: {
    readonly label: string;
    readonly change: Change;
    readonly source: string;
    readonly old: string;
    readonly new: string;
  }[] = [];
  const missing: string[] = [];
  let number = 0;
  for (const pair of schemaPairs()) {
    const models = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })] as const;
    const id = ++number;
    emit(models[0], `a${id}/`, files);
    emit(models[1], `b${id}/`, files);
    for (const backwards of [false, true]) {
      const [before, after] = backwards ? [models[1], models[0]] : models;
      const result = diffModels(before, after, backwards ? turned(pair.options) : pair.options);
      for (const change of result.changes) {
        const label = `${pair.name}${backwards ? ", backwards" : ""}: ${change.rule}`;
        const found = findCode(change, {
          before: { model: before, scalars: [] },
          after: { model: after, scalars: [] },
          renamed: new Map(result.renamed),
        });
        const uses = [
          ["read", change.verdicts.ts.read],
          ["build", change.verdicts.ts.build],
          ["list", change.verdicts.ts.meta],
        ] as const;
        for (const [use, verdict] of uses) {
          if (verdict === "breaking" && !found.some((each) => each.use === use))
            missing.push(`${label} ${use}`);
        }
        for (const { use, source } of found) {
          const file = `witness${++number}.ts`;
          const [old, current] = backwards
            ? [`/c/b${id}/${file}`, `/c/a${id}/${file}`]
            : [`/c/a${id}/${file}`, `/c/b${id}/${file}`];
          files.set(old, source);
          files.set(current, source);
          made.push({ label: `${label} ${use}`, change, source, old, new: current });
        }
      }
    }
  }
  const errors = new Map([...compile(files)].map(([path, found]) => [path, found.map(textOf)]));
  const broken = [...errors].filter(([path, found]) => !path.includes("witness") && found.length > 0);
  expect(broken).toEqual([]);
  if (process.env["SHOW"] !== undefined)
    console.log(
      files.get("/c/runtime/index.ts"),
      [...files].filter(([path]) => path.includes("/b")).slice(60, 70),
    );
  const wrong = made.flatMap(({ label, source, old, new: current }) => {
    const [was, is] = [errors.get(old) ?? [], errors.get(current) ?? []];
    if (process.env["SHOW"] !== undefined) console.log(`${label}\n${source}${is.join("\n")}`);
    return was.length === 0 && is.length > 0 ? [] : [{ label, source, was, is }];
  });
  expect(wrong).toEqual([]);
  expect(missing.filter((label) => !silent.includes(label))).toEqual([]);
  expect(made.length).toBeGreaterThan(300);
});
