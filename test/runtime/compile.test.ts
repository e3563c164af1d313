import { afterEach, expect, test, vi } from "vitest";
import { compileReaders, printReader, setReader, type MakeReader } from "../../templates/runtime/compile.js";
import { useCompiler } from "../../templates/runtime/decode.js";
import { decode, int, string, type ElementDescriptor, type Struct } from "../../templates/runtime/index.js";

afterEach(() => {
  useCompiler(undefined);
  vi.unstubAllGlobals();
});

const element = (type: Struct): ElementDescriptor => ({ kind: "element", name: "r", tag: "r", type });

test("names enter the code as data only", () => {
  const names = ["a", "b"];
  const properties = [
    `"]; globalThis.broken = 1; ["`,
    "\u2028\u2029`${globalThis.broken = 1}\\",
    "__proto__",
    "*/ //",
  ];
  for (const property of properties) {
    const type: Struct = {
      kind: "struct",
      name: "t",
      ns: "",
      content: names.map((name, k) => ({ name, type: int, min: 0, property: k === 0 ? property : name })),
    };
    expect(printReader(type)).not.toMatch(/[\u2028\u2029]/);
    compileReaders(0);
    const value = decode(element(type), "<r><a>1</a><b>2</b></r>") as object;
    expect(Object.entries(value)).toEqual([
      [property, 1],
      ["b", 2],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(decode(element(type), "<r><a>1</a></r>") as object)).toEqual([[property, 1]]);
  }
  expect("broken" in globalThis).toBe(false);
});

test("tables go on where code from strings is forbidden", () => {
  vi.stubGlobal("Function", function () {
    throw new EvalError("forbidden");
  });
  compileReaders(0);
  const type: Struct = { kind: "struct", name: "t", ns: "", content: [{ name: "a", type: string }] };
  expect(decode(element(type), "<r><a>x</a></r>")).toEqual({ a: "x" });
});

test("a reader can be printed ahead of time", () => {
  const type: Struct = {
    kind: "struct",
    name: "t",
    ns: "",
    content: [
      { name: "a", type: int },
      { name: "b", type: string, min: 0, max: Infinity },
    ],
  };
  const source = printReader(type);
  let used = 0;
  const make = new Function("host", "entries", source) as MakeReader;
  setReader(type, (...given) => {
    used++;
    return make(...given);
  });
  expect(decode(element(type), "<r>\n <a>1</a><b>x</b><b/>\n</r>")).toEqual({ a: 1, b: ["x", ""] });
  expect(decode(element(type), "<r><b>x</b><a>1</a></r>")).toEqual({ a: 1, b: ["x"] });
  expect(used).toBe(2);
});

test("mixed content, xs:all and empty content have no reader", () => {
  const base = { kind: "struct", name: "t", ns: "" } as const;
  expect(printReader({ ...base })).toBe("");
  expect(printReader({ ...base, all: true, content: [{ name: "a", type: int }] })).toBe("");
  expect(
    printReader({ ...base, content: [{ slot: "$content", text: true, items: [{ name: "a", type: int }] }] }),
  ).toBe("");
});
