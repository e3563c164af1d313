/** Likeness of names: the look at letters that spares the rest never changes what comes of it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { nameLikeness } from "../../generator/diff/similarity.js";

const name = fc.string({ unit: fc.constantFrom(..."abAB1_\u00e9"), maxLength: 9 });

test("a name that is told as unlike is unlike", () => {
  fc.assert(
    fc.property(name, name, fc.constantFrom(0.4, 0.6), (a, b, least) => {
      const [exact, told] = [nameLikeness(a, b), nameLikeness(a, b, least)];
      expect(exact >= least ? told : Math.min(told, least)).toBe(exact >= least ? exact : told);
      expect(told).toBeLessThanOrEqual(exact);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["TRACKINGCODE1", "trackingCode1", 1],
  ["STANDARD_OFFICE", "STANDARD_OFFICES", 0.94],
  ["code", "zz", 0],
])("%s and %s", (a, b, likeness) => {
  expect(nameLikeness(a, b, 0.6)).toBeCloseTo(likeness, 2);
});
