import fc from "fast-check";
import { expect, test } from "vitest";
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { compareValues, primitiveOf } from "../../templates/runtime/datatypes.js";
import { checkText } from "../../templates/runtime/facets.js";
import { isLexical, isUriReference } from "../../templates/runtime/lexical.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { quickTest, type QuickFacets } from "../../templates/runtime/quick.js";
import { asText } from "../../templates/runtime/times.js";

const builtins: readonly Builtin[] = [
  ...(["string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "anyURI"] as const),
  ...(["boolean", "decimal", "float", "double", "integer", "long", "int", "short", "byte"] as const),
  ...(["unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "nonNegativeInteger"] as const),
  ...(["positiveInteger", "nonPositiveInteger", "negativeInteger", "hexBinary"] as const),
  ...(["dateTime", "date", "time"] as const),
];

const digits = fc.stringMatching(/^[+-]?\d{0,18}\.?\d{0,4}$/u);
const moment = fc
  .tuple(
    fc.constantFrom("2024", "0000", "1900", "-0004", "12345"),
    ...Array.from({ length: 5 }, () =>
      fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, "0")),
    ),
    fc.constantFrom("", "Z", "+02:00", "-14:00", "+14:01", "+24:00", ".5", ".5Z", "."),
  )
  .chain(([Y, M, D, h, m, s, end]) =>
    fc.constantFrom(`${Y}-${M}-${D}T${h}:${m}:${s}${end}`, `${Y}-${M}-${D}${end}`, `${h}:${m}:${s}${end}`),
  );
const text = fc.oneof(
  digits,
  moment,
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.stringMatching(/^[ \tab0-9:./%#-]{0,8}$/u),
  fc.constantFrom(
    "true",
    "1",
    "INF",
    "NaN",
    "-0",
    "+1",
    "007",
    "1.0",
    "1.",
    ".5",
    "1e5",
    "http://a/b?c",
    "de-DE",
    "a:b",
  ),
  fc.constantFrom(
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "2147483648",
    "4294967296",
    "9223372036854775808",
  ),
);
const bound = fc.option(
  fc.constantFrom("0", "-5", "10", "2.5", "9223372036854775807", "-9223372036854775808"),
  { nil: undefined },
);
const size = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined });
const facets = fc
  .record({
    ...{ length: size, minLength: size, maxLength: size, totalDigits: size, fractionDigits: size },
    ...{ minInclusive: bound, maxInclusive: bound, minExclusive: bound, maxExclusive: bound },
    patterns: fc.option(fc.constantFrom([["[a-z0-9]*"]], [["\\d+", "true"], [".{1,4}"]]), { nil: undefined }),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as QuickFacets,
  );

const seed = 4242;

test("what a quick look lets pass, the exact check does", () => {
  let passed = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...builtins),
      fc.oneof(fc.constant<QuickFacets>({}), facets),
      fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
      fc.array(text, { minLength: 20, maxLength: 20 }),
      (builtin, limits, values, texts) => {
        const { length, minLength, maxLength, patterns, totalDigits, fractionDigits, ...bounds } = limits;
        const primitive = primitiveOf(builtin);
        const isOrdered = /^(?:decimal|float|double|date|time)/u.test(primitive);
        // Facets that a type cannot have say nothing about it.
        const fitting = Object.fromEntries(
          Object.entries({
            ...{ patterns, ...(isOrdered && bounds) },
            ...(!isOrdered && primitive !== "boolean" && { length, minLength, maxLength }),
            ...(primitive === "decimal" && { totalDigits, fractionDigits }),
          }).filter(([, value]) => value !== undefined),
        ) as QuickFacets;
        const quick = quickTest(builtin, fitting, values, matchesPattern);
        const type = {
          ...asText(builtin),
          facets: { ...fitting, matches: matchesPattern, compare: compareValues } as never,
        };
        for (const one of [...texts, ...(values ?? [])]) {
          if (quick?.(one) !== true) continue;
          passed++;
          expect(
            checkText(type, one, () => undefined),
            `${builtin} ${JSON.stringify(fitting)} ${JSON.stringify(one)}`,
          ).toBeUndefined();
          for (const version of ["1.0", "1.1"] as const) expect(isLexical(builtin, one, version)).toBe(true);
          if (builtin === "anyURI") expect(isUriReference(one)).toBe(true);
          if (values) expect(values).toContain(one);
        }
      },
    ),
    { seed, numRuns: 3000 },
  );
  expect(passed).toBeGreaterThan(2000);
});

test.each<readonly [Builtin, QuickFacets, readonly string[], readonly string[]]>([
  ["string", { maxLength: 3 }, ["", "abc"], ["abcd"]],
  ["token", {}, ["a b"], [" a", "a  b", "a\tb"]],
  ["int", {}, ["0", "-2147483648"], ["2147483648", "", "-", "1.0"]],
  ["long", { minInclusive: "-9223372036854775808" }, ["5", "-999999999999999"], ["9999999999999999"]],
  ["decimal", { fractionDigits: 2 }, ["1.25", "-3"], ["1.255", "."]],
  [
    "dateTime",
    {},
    ["2024-02-28T23:59:59Z", "2024-01-30T00:00:00.5+02:00"],
    ["2023-02-29T00:00:00", "2024-01-01"],
  ],
])("a quick look at xs:%s %o", (builtin, limits, passing, others) => {
  const quick = quickTest(builtin, limits);
  expect(passing.filter((one) => quick?.(one) !== true)).toEqual([]);
  expect(others.filter((one) => quick?.(one) === true)).toEqual([]);
});
