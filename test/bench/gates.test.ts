import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { failedGates, tightened, type Gate } from "../../bench/gates.js";
import { quoteResults } from "../../bench/page.js";
import { formatRows, type Table } from "../../bench/results.js";

const table: Table = {
  title: "speed",
  about: "About it.",
  columns: ["x", "ms"],
  rows: [
    { name: "ours", values: [12.345, 0.5] },
    { name: "theirs", values: [1, NaN] },
  ],
};
const gate = (more: Partial<Gate>): Gate => ({ table: "speed", row: "ours", column: "x", ...more });

test.each<[string, Partial<Gate>, readonly string[]]>([
  ["met", { atLeast: 12 }, []],
  ["missed", { atLeast: 13 }, ["speed / ours / x: 12.35 is below the gate of 13"]],
  ["met from above", { column: "ms", atMost: 0.5 }, []],
  ["missed from above", { column: "ms", atMost: 0.4 }, ["speed / ours / ms: 0.50 is above the gate of 0.4"]],
  [
    "nothing measured",
    { row: "theirs", column: "ms", atMost: 1 },
    ["speed / theirs / ms: nothing was measured"],
  ],
  ["no such row", { row: "nobody", atLeast: 1 }, ["speed / nobody / x: nothing was measured"]],
  ["a group that did not run", { table: "other", atLeast: 99 }, []],
])("a gate: %s", (_, more, failures) => {
  expect(failedGates([gate(more)], [table])).toEqual(failures);
});

test("gates tighten and never loosen", () => {
  const gates = [
    gate({ atLeast: 5 }),
    gate({ atLeast: 10 }),
    gate({ column: "ms", atMost: 2 }),
    gate({ table: "other", atLeast: 1 }),
  ];
  expect(tightened(gates, [table]).map(({ atLeast, atMost }) => atLeast ?? atMost)).toEqual([
    8.6, 10, 0.65, 1,
  ]);
});

test("a page quotes the tables that there are", () => {
  const page = "a\n<!-- results: speed -->\nold\n<!-- end -->\nb\n<!-- results: other -->\n<!-- end -->\n";
  const once = quoteResults(page, [table]);
  expect(once).toContain("| ours   | 12.3 | 0.500 |");
  expect(once).not.toContain("old");
  expect(once).toContain("<!-- results: other -->\n<!-- end -->");
  expect(quoteResults(once, [table])).toBe(once);
});

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

test("the page on performance says what results.json holds, and gates are about something measured", () => {
  const { tables } = JSON.parse(read("bench/results.json")) as { readonly tables: readonly Table[] };
  const page = read("docs/performance.md");
  expect(quoteResults(page, tables)).toBe(page);
  for (const one of tables) expect(formatRows(one)).toContain(one.title);
  const gates = JSON.parse(read("bench/gates.json")) as readonly Gate[];
  expect(gates.length).toBeGreaterThan(10);
  expect(failedGates(gates, tables)).toEqual([]);
  const titles = new Set(tables.map(({ title }) => title));
  expect(gates.filter((one) => !titles.has(one.table))).toEqual([]);
});
