/** Texts of all kinds and lengths through straight-line writers, which tables are held against. */
import { afterEach, expect, test, vi } from "vitest";
import {
  attributed,
  double,
  polymorphic,
  type ElementDescriptor,
  type Struct,
} from "../../templates/runtime/index.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const item: Struct = {
  kind: "struct",
  name: "{u}item",
  ns: "u",
  attributes: [{ name: "note", type: { kind: "atomic", builtin: "string", as: "string" } }],
  attributed,
  content: [
    { name: "text", type: { kind: "atomic", builtin: "string", as: "string" }, min: 0, max: Infinity },
    { name: "count", type: { kind: "atomic", builtin: "long", as: "number" }, min: 0 },
    { name: "size", type: double, min: 0 },
    { name: "isOpen", type: { kind: "atomic", builtin: "boolean", as: "boolean" }, min: 0 },
    { name: "größe", type: { kind: "atomic", builtin: "string", as: "string" }, min: 0 },
    { name: "item", type: () => item, min: 0, max: Infinity },
  ],
};
const element: ElementDescriptor = { kind: "element", name: "{u}items", tag: "items", type: item };

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const alphabets = ["ab z", "&<>\r\"'\n\t", "äöü\u0080ÿ", "会议", "\u{1f600}x", "\ufffd\ue000"];

function draw(random: (below: number) => number, depth: number): object {
  const text = (): string => {
    const alphabet = [...(alphabets[random(random(3) === 0 ? alphabets.length : 2)] ?? "")];
    const length = [0, 3, 20, 200, 1024, 1025, 5000][random(random(20) === 0 ? 7 : 3)] ?? 0;
    return Array.from({ length }, () => alphabet[random(alphabet.length)]).join("");
  };
  const numbers = [0, -0, -1, 7, 10, 99999, 2147483647, 2147483648, -5e15, Number.MAX_SAFE_INTEGER];
  return {
    ...(random(4) === 0 && { "@note": text() }),
    ...(random(2) === 0 && { text: Array.from({ length: random(5) }, text) }),
    ...(random(2) === 0 && { count: numbers[random(numbers.length)] }),
    ...(random(2) === 0 && { size: [0.5, -0, NaN, Infinity, 1e300][random(5)] }),
    ...(random(2) === 0 && { isOpen: random(2) === 0 }),
    ...(random(9) === 0 && { größe: text() }),
    ...(depth > 0 && { item: Array.from({ length: random(12) }, () => draw(random, depth - 1)) }),
  };
}

test.each(["with Buffer", "without"])("code writes what tables write, %s", async (mode) => {
  if (mode === "without") vi.stubGlobal("Buffer", undefined);
  const { compileCodecs, encode, interpretCodecs } = await import("../../templates/runtime/index.js");
  for (let seed = 1; seed <= 40; seed++) {
    const value = draw(createRandom(seed), 3);
    interpretCodecs();
    const expected = encode(element, value);
    compileCodecs(0);
    expect(encode(element, value) === expected, `seed ${seed}`).toBe(true);
  }
});

test("what XML cannot carry is refused wherever it stands, and leaves nothing behind", async () => {
  const { compileCodecs, encode, EncodeError } = await import("../../templates/runtime/index.js");
  compileCodecs(0);
  const good = { text: ["a"], item: [{ text: ["b", "会"] }] };
  const expected = encode(element, good);
  for (const wrong of ["\u0001", "\ufffe", "\ud800", "会\udc00", "x".repeat(2000) + "\u0000"]) {
    const value = { text: ["begun"], item: [{ text: ["x".repeat(40000), wrong] }] };
    expect(() => encode(element, value)).toThrow(EncodeError);
    expect(encode(element, good)).toBe(expected);
  }
});

test("a value may write another one while it is written, or throw", async () => {
  const { compileCodecs, encode } = await import("../../templates/runtime/index.js");
  compileCodecs(0);
  const inner = { text: ["inner"] };
  const nested = {
    text: ["before"],
    item: [
      {
        get größe(): string {
          return encode(element, inner, { declaration: false });
        },
      },
    ],
  };
  expect(encode(element, nested)).toContain("before</ns1:text><ns1:item><ns1:größe>&lt;ns1:items");
  const broken = {
    text: ["left over"],
    item: [
      {
        get count(): number {
          throw new RangeError("no count");
        },
      },
    ],
  };
  expect(() => encode(element, broken)).toThrow("no count");
  expect(encode(element, inner)).not.toContain("left over");
});

const other: Struct = {
  kind: "struct",
  name: "{w}other",
  ns: "w",
  base: () => item,
  content: [
    { name: "open", type: { kind: "atomic", builtin: "boolean", as: "boolean" }, min: 0, default: "true" },
    {
      name: "state",
      type: { kind: "atomic", builtin: "token", as: "string", values: ["on", "a & b", "größer", "会"] },
      min: 0,
      max: Infinity,
    },
    { name: "key", type: { kind: "atomic", builtin: "long", as: "string" }, min: 0, max: Infinity },
    {
      name: "any",
      type: polymorphic({
        base: item,
        tag: "u:item",
        derived: [["w:other", "{w}other", () => other]],
      }),
      min: 0,
      max: Infinity,
    },
  ],
};
const others: ElementDescriptor = { kind: "element", name: "{v}others", tag: "others", type: other };

test("what writers keep from call to call is no part of the next document", async () => {
  const { compileCodecs, encode, interpretCodecs } = await import("../../templates/runtime/index.js");
  const plain = { text: ["a"] };
  const rich = {
    text: ["x", "会"],
    open: false,
    state: ["on", "a & b", "größer", "会", "on"],
    key: ["0012", "999999999999999999", "-1", "1234567890123456789"],
    any: [{ $type: "w:other", key: ["7"] }, { text: ["b"] }, { $type: "u:item", count: 1 }],
  };
  const settings = [
    {},
    { prefixes: { u: "p", w: "q" } },
    { prefixes: { u: "q", w: "p" } },
    { prefixes: { u: "" } },
    { prefixes: { u: "", w: "" } },
    { qualified: false },
    { declaration: false as const },
    { prefixes: { v: "x".repeat(3000) } },
    { prefixes: { v: "größe" } },
  ];
  const runs = [...settings, ...[...settings].reverse(), ...settings].flatMap((options, k) =>
    [k % 2 === 0 ? [rich, plain] : [plain, rich]].flat().map((value) => [value, options] as const),
  );
  const all = (): string[] => runs.map(([value, options]) => encode(others, value as never, options));
  interpretCodecs();
  const expected = all();
  expect(new Set(expected).size).toBeGreaterThan(12);
  compileCodecs(0);
  expect(all()).toEqual(expected);
});

test("a document becomes one string however it grows, with its start before it", async () => {
  const { compileCodecs, encode, interpretCodecs } = await import("../../templates/runtime/index.js");
  const many = (length: number, text: string): string[] => Array.from({ length }, () => text);
  for (const texts of [
    many(5000, "some text & more"),
    [...many(5000, "some text"), "会", ...many(5000, "ä")],
    ["会", ...many(5000, "text"), "y".repeat(100_000), "会".repeat(40_000), "z"],
    ["ä".repeat(300_000)],
    [...many(2000, "text"), "x".repeat(32_700), "x".repeat(1024), "x".repeat(1025)],
  ])
    for (const options of [{}, { prefixes: { u: "x".repeat(3000) } }, { prefixes: { u: "größe" } }]) {
      interpretCodecs();
      const expected = encode(element, { text: texts }, options);
      compileCodecs(0);
      expect(encode(element, { text: texts }, options) === expected).toBe(true);
      expect(encode(element, { text: ["short"] }).length).toBeLessThan(200);
    }
});

test("members are found wherever they stand and whoever has them", async () => {
  const { compileCodecs, encode, EncodeError, interpretCodecs } =
    await import("../../templates/runtime/index.js");
  class Kept {
    readonly isOpen = true;
    get count(): number {
      return 3;
    }
  }
  const values: object[] = [
    { isOpen: true, size: 1.5, count: 2, text: ["a"], "@note": "n" },
    { "@note": "n", text: ["a"], count: 2, size: 1.5, isOpen: true },
    { "@note": "n", text: undefined, count: 2, isOpen: undefined, größe: "x" },
    Object.assign(Object.create({ count: 4, size: 0.5 }) as object, { text: ["own"] }),
    Object.assign(Object.create(null) as object, { size: 0.5, count: 4 }),
    Object.defineProperty({ text: ["a"] }, "count", { value: 5, enumerable: false }),
    new Kept(),
    new Proxy({ text: ["a"], count: 1 }, {}),
    { text: ["a"], count: 1, wrong: undefined },
  ];
  for (const value of values) {
    interpretCodecs();
    const expected = encode(element, value);
    compileCodecs(0);
    expect(encode(element, value)).toBe(expected);
  }
  for (const wrong of [
    { text: ["a"], wrong: 1 },
    { wrong: 1, text: ["a"] },
    { $type: "u:item", text: ["a"] },
    { text: ["a"], count: "1" },
    { isOpen: "true" },
  ])
    expect(() => encode(element, wrong)).toThrow(EncodeError);
});

test("a value may write another one with other prefixes in the middle of a document", async () => {
  const { compileCodecs, encode, interpretCodecs } = await import("../../templates/runtime/index.js");
  const prefixes = { u: "p" };
  const seen: string[] = [];
  const value = {
    text: ["begun"],
    item: [
      { text: ["one"] },
      {
        get text(): string[] {
          seen.push(
            encode(element, { text: ["inner", "会"], item: [{ count: 1 }] }, { prefixes: { u: "q" } }),
          );
          return ["two"];
        },
      },
      { text: ["three"] },
    ],
  };
  interpretCodecs();
  const expected = encode(element, value, { prefixes });
  compileCodecs(0);
  expect(encode(element, value, { prefixes })).toBe(expected);
  expect(new Set(seen).size).toBe(1);
});
