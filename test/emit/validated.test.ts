/** The least that validates a type refuses what the validator of all types refuses, and nothing else. */
import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { validatorOf } from "../../generator/emit/validated.js";
import { linkDescriptors } from "../../generator/descriptors.js";
import { readSchema } from "../../generator/read-schema.js";
import { pathSource } from "../../generator/source.js";
import { attributed } from "../../templates/runtime/attributes.js";
import { checkChoice } from "../../templates/runtime/choices.js";
import { listMapping, unionMapping } from "../../templates/runtime/mappings.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { check } from "../../templates/runtime/encode.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import {
  anyURI,
  boolean,
  date,
  doubleAsString,
  ID,
  int,
  NMTOKENS,
  string,
} from "../../templates/runtime/scalars.js";
import { element, struct, union } from "../../templates/runtime/tables.js";
import { validateKnown } from "../../templates/runtime/validate.js";
import { validatePlain } from "../../templates/runtime/validate-plain.js";
import type { Struct, Type } from "../../templates/runtime/descriptor.js";

const seed = Number(process.env["FUZZ_SEED"] ?? 41_120);

/** What the operations have not. */
const facets: Struct = struct({
  name: "t",
  attributes: {
    "day?": date,
    code: { base: string, facets: { patterns: [["[a-z]{2}"]], matches: matchesPattern } },
  },
  attributed,
  choices: checkChoice,
  content: {
    "sizes?": { item: int, facets: { minLength: 1, maxLength: 2 }, mapping: listMapping },
    "either*": { members: [boolean, { base: int, facets: { maxInclusive: "9" } }], mapping: unionMapping },
    "short{0,2}": { type: { base: string, facets: { minLength: 2 } }, default: "ab" },
    $choice: [
      { "address+": anyURI },
      {
        within: () =>
          struct({
            name: "u",
            text: { base: string, facets: { length: 3 } },
            attributes: { "x?": doubleAsString },
            attributed,
          }),
      },
    ],
  },
});

let types: readonly Struct[] = [];
beforeAll(async () => {
  const source = pathSource(resolve(import.meta.dirname, "../../xsd/41.12.0"), {
    entry: [],
    service: undefined,
  });
  const schema = await readSchema(source, createReport());
  if (schema === undefined) throw new Error("it is not read");
  const { type } = await linkDescriptors(schema, source, "closed");
  const all: Type[] = (schema.service?.operations ?? []).flatMap(({ request, response }) => [
    type(request),
    type(response),
  ]);
  all.push(...Array<Struct>(30).fill(facets));
  types = all.filter((one): one is Struct => one.kind === "struct" && validatorOf(one) !== "full");
});

const odd: readonly unknown[] = [
  undefined,
  null,
  "",
  " 1 ",
  "x",
  "a\u0000b",
  "\ud800",
  "true",
  0.5,
  NaN,
  -0,
  1e21,
  Number.MAX_SAFE_INTEGER + 1,
  -1,
  10n ** 30n,
  true,
  [],
  ["x", "x", "x", "x", "x"],
  [null],
  {},
  { $value: "x" },
  { $type: "x" },
  new Uint8Array(2),
  new Date(0),
  () => 1,
  Symbol("x"),
];
const keys = ["$value", "$type", "$unknown", "$anyAttribute", "@x", "other", "__proto__", "toString"];

/** The value with another one somewhere in it. */
function changed(value: object, pick: number, what: number, key: number): object {
  const places: (readonly [holder: Record<string, unknown>, key: string])[] = [];
  const copy = structuredClone(value);
  const visit = (one: unknown): void => {
    if (typeof one !== "object" || one === null || one instanceof Uint8Array) return;
    const holder = one as Record<string, unknown>;
    if (!Array.isArray(one)) places.push([holder, keys[key % keys.length] ?? ""]);
    for (const name of Object.keys(one)) {
      places.push([holder, name]);
      visit(holder[name]);
    }
  };
  visit(copy);
  const [holder, name] = places[pick % places.length] ?? [copy as Record<string, unknown>, "x"];
  Object.defineProperty(holder, name, {
    value: odd[what % odd.length],
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

test(`changed values are judged alike (seed ${String(seed)})`, { timeout: 120_000 }, () => {
  expect(types.length).toBeGreaterThan(150);
  const seen = { valid: 0, invalid: 0, encode: 0, plain: 0, full: 0 };
  const samples = types.map((type) => ({
    type,
    values: (["minimal", "full"] as const).map((mode) => sampleOf<object>(type, { mode, seed: 1 })),
  }));
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), fc.nat(), fc.nat(), fc.nat(), (which, full, pick, what, key) => {
      const { type, values } = samples[which % samples.length] as (typeof samples)[0];
      const value = changed(values[full ? 1 : 0] as object, pick, what, key);
      // A text that is not of its type may hold what XML cannot carry too.
      const told = (issues: readonly { path: string }[]): string[] =>
        [...new Set(issues.map(({ path }) => path))].sort();
      const validator = validatorOf(type);
      const found = told((validator === "encode" ? check : validatePlain)(type, value));
      expect(found).toEqual(told(validateKnown(type, value)));
      seen[found.length > 0 ? "invalid" : "valid"]++;
      seen[validator]++;
    }),
    { seed, numRuns: 4000 },
  );
  console.log(seen);
  expect(Math.min(seen.valid, seen.invalid, seen.encode, seen.plain)).toBeGreaterThan(200);
});

const of = (content: Parameters<typeof struct>[0]["content"]): Struct =>
  struct({ name: "t", choices: checkChoice, ...(content && { content }) });
const itself: Struct = struct({ name: "t", content: { "t?": () => itself } });

test.each([
  [
    "elements, lists of them, an enumeration",
    of({ a: string, "b*": int, c: { base: string, values: ["x"] } }),
    "encode",
  ],
  ["a choice and a type within", of({ $choice: [{ a: boolean }, { b: () => of({ a: string }) }] }), "encode"],
  [
    "simple content and attributes",
    struct({ name: "t", text: int, attributes: { x: string }, attributed }),
    "encode",
  ],
  ["a facet", of({ a: { base: string, facets: { maxLength: 2 } } }), "plain"],
  ["a pattern", of({ a: { base: string, facets: { patterns: [["x"]], matches: matchesPattern } } }), "plain"],
  ["a date", of({ a: date }), "plain"],
  ["an address", of({ a: anyURI }), "plain"],
  ["a floating-point number as text", of({ a: doubleAsString }), "plain"],
  ["an ID", struct({ name: "t", attributes: { x: ID } }), "full"],
  ["a list", of({ a: NMTOKENS }), "plain"],
  ["a union", of({ a: union({ members: [int, string], mapping: unionMapping }) }), "plain"],
  ["a fixed element", of({ a: { type: string, fixed: "x" } }), "full"],
  ["a fixed attribute", struct({ name: "t", attributes: { x: { type: string, fixed: "x" } } }), "full"],
  ["an element that may be nil", of({ a: { type: string, nillable: true } }), "full"],
  ["a wildcard", of({ $any: { wildcard: { process: "lax" } } }), "full"],
  ["a wildcard for attributes", struct({ name: "t", anyAttribute: { process: "lax" } }), "full"],
  ["ordered content", of({ "$content?": { items: { a: string } } }), "full"],
  [
    "substitution",
    of({ a: { type: string, substitutes: () => [element({ name: "b", type: string })] } }),
    "full",
  ],
  ["an abstract type", of({ a: struct({ name: "t", abstract: true }) }), "full"],
  ["a type that holds itself", itself, "full"],
  ["what its base has", struct({ name: "t", base: of({ a: ID }) }), "full"],
] as const)("%s: %#", (_, type, validator) => {
  expect(validatorOf(type)).toBe(validator);
});
