/** Texts of all kinds and lengths through straight-line writers, which tables are held against. */
import { afterEach, expect, test, vi } from "vitest";
import type { ElementDescriptor, Struct } from "../../templates/runtime/index.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const item: Struct = {
  kind: "struct",
  name: "{u}item",
  ns: "u",
  attributes: [{ name: "note", type: { kind: "atomic", builtin: "string", as: "string" } }],
  content: [
    { name: "text", type: { kind: "atomic", builtin: "string", as: "string" }, min: 0, max: Infinity },
    { name: "count", type: { kind: "atomic", builtin: "long", as: "number" }, min: 0 },
    { name: "size", type: { kind: "atomic", builtin: "double", as: "number" }, min: 0 },
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
