import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allExplanations } from "../../generator/explanations.js";
import { root, strata } from "./run.js";

/** Rooms whose findings are explained in another way: rules of `diff`, the mock. */
const others = ["diff", "report", "mock"];

const sources = readdirSync(join(root, "generator"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "explanations.ts")
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(join(root, "generator").length + 1)
      .replaceAll("\\", "/"),
  )
  .filter((path) => !others.some((room) => path.startsWith(`${room}/`)))
  .map((path) => readFileSync(join(root, "generator", path), "utf8"))
  .join("\n");

/** Codes are written as `code: "..."`, or as the first text that a function takes which reports. */
const code =
  /(?:\bcode: |\b(?:fail|refuse|complain|reject|unsupported)\(\s*(?:[\w.]+,\s*)?)"([a-z]+(?:-[a-z0-9]+)+)"/gu;
const codes = new Set([...sources.matchAll(code)].map(([, name = ""]) => name));

test("the search for codes finds them", () => {
  expect(codes.size).toBeGreaterThan(90);
});

test("every diagnostic can be explained", () => {
  expect([...codes].filter((name) => !allExplanations().has(name))).toEqual([]);
});

test("nothing is explained that is never said", () => {
  expect([...allExplanations().keys()].filter((name) => !sources.includes(`"${name}"`))).toEqual([]);
});

test("explanations are sentences", () => {
  for (const [name, { meaning, remedy = "." }] of allExplanations()) {
    expect(meaning, name).toMatch(/^(?:[^a-z]|[a-z]+[A-Z:]|`).*[.)]$/su);
    expect(remedy, name).toMatch(/[.)]$/u);
  }
});

test("the list and a single code, as text and as JSON", async () => {
  const { stdout } = await strata(["explain", "--format", "json"]);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual([...allExplanations().keys()]);
  const list = await strata(["explain"]);
  expect(list.stdout.trimEnd().split("\n")).toHaveLength(allExplanations().size);
  const single = await strata(["explain", "output-edited", "--format", "json"]);
  expect(JSON.parse(single.stdout)).toMatchObject({ code: "output-edited" });
});
