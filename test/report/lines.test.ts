import fc from "fast-check";
import { expect, test } from "vitest";
import { alignLines } from "../../generator/report/lines.js";

/** The length of a longest common subsequence, by the textbook's table. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i] as number[];
      const below = table[i + 1] as number[];
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table[0]?.[0] ?? 0;
}

const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

test("every line has one row, in order; as many stay as can", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const rows = alignLines(a, b);
      expect(rows.flatMap((row) => (row.old === undefined ? [] : [row.old]))).toEqual(a.map((_, i) => i));
      expect(rows.flatMap((row) => (row.new === undefined ? [] : [row.new]))).toEqual(b.map((_, i) => i));
      for (const row of rows) if (row.same) expect(a[row.old ?? -1]).toBe(b[row.new ?? -1]);
      expect(rows.filter(({ same }) => same)).toHaveLength(commonLength(a, b));
    }),
    { seed: 41, numRuns: 2000 },
  );
});

test("indentation does not count", () => {
  expect(alignLines(["  x", "y"], ["x", "\ty"]).every(({ same }) => same)).toBe(true);
});

test("texts that share nothing are replaced, not searched for ever", () => {
  const before = Array.from({ length: 4000 }, (_, index) => `old ${index}`);
  const after = Array.from({ length: 4000 }, (_, index) => `new ${index}`);
  const rows = alignLines(before, after);
  expect(rows).toHaveLength(4000);
  expect(rows.some(({ same }) => same)).toBe(false);
});
