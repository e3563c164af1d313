import { afterEach, expect, test, vi } from "vitest";
import {
  compileCodecs,
  interpretCodecs,
  setCodec,
  type MakeReader,
} from "../../templates/runtime/compile.js";
import { printReader } from "../../templates/runtime/readers.js";
import { printWriter } from "../../templates/runtime/writers.js";
import {
  decode,
  decodeResult,
  encode,
  int,
  integer,
  QName,
  string,
  type ElementDescriptor,
  type Struct,
} from "../../templates/runtime/index.js";

afterEach(() => {
  interpretCodecs();
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
    compileCodecs(0);
    const value = decode(element(type), "<r><a>1</a><b>2</b></r>") as object;
    expect(printWriter(type)).not.toMatch(/[\u2028\u2029]/);
    expect(encode(element(type), value, { declaration: false })).toBe("<r><a>1</a><b>2</b></r>");
    expect(encode(element(type), { b: 2 }, { declaration: false })).toBe("<r><b>2</b></r>");
    expect(() => encode(element(type), { b: 2, c: 1 }, { declaration: false })).toThrow("is not known");
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
  compileCodecs(0);
  const type: Struct = { kind: "struct", name: "t", ns: "", content: [{ name: "a", type: string }] };
  expect(decode(element(type), "<r><a>x</a></r>")).toEqual({ a: "x" });
  expect(encode(element(type), { a: "x" }, { declaration: false })).toBe("<r><a>x</a></r>");
});

test("code is made for what is hot, in the midst of a document too", () => {
  const made = vi.fn();
  const { Function: original } = globalThis;
  vi.stubGlobal("Function", function (...given: string[]) {
    made();
    return original(...given) as unknown;
  });
  const item: Struct = { kind: "struct", name: "i", ns: "", content: [{ name: "a", type: string }] };
  const type: Struct = {
    kind: "struct",
    name: "t",
    ns: "",
    content: [{ name: "i", type: item, min: 0, max: Infinity }],
  };
  const xml = (count: number) => `<r>${"<i><a>x</a></i>".repeat(count)}</r>`;
  compileCodecs(100);
  expect(decode(element(type), xml(50))).toMatchObject({ i: { length: 50 } });
  expect(made).toHaveBeenCalledTimes(0);
  const value = decode(element(type), xml(200)) as { i: unknown[] };
  expect(value.i).toEqual(Array.from({ length: 200 }, () => ({ a: "x" })));
  expect(made).toHaveBeenCalledTimes(1);
  expect(encode(element(type), value, { declaration: false })).toBe(xml(200));
  expect(made).toHaveBeenCalledTimes(2);
});

test("what is read often goes through its table, and code is made only for so many elements", () => {
  const made = vi.fn();
  const { Function: original } = globalThis;
  vi.stubGlobal("Function", function (...given: string[]) {
    made();
    return original(...given) as unknown;
  });
  const names = ["a", "b", "c", "d"];
  const item: Struct = {
    kind: "struct",
    name: "i",
    ns: "",
    content: names.map((name) => ({ name, type: string, min: 0 })),
  };
  const type: Struct = {
    kind: "struct",
    name: "t",
    ns: "",
    content: [{ name: "i", type: item, min: 0, max: Infinity }],
  };
  const xml = (count: number): string =>
    `<r>${Array.from({ length: count }, (_, k) => `<i><a>${k}</a>${k % 3 === 0 ? "<b/>" : ""}<d>&lt;</d></i>`).join("")}</r>`;
  interpretCodecs();
  const values = JSON.stringify(decode(element(type), xml(500)));
  compileCodecs(10, 10_000);
  expect(JSON.stringify((decode(element(type), xml(200)) as { i: unknown[] }).i)).toBe(
    JSON.stringify((JSON.parse(values) as { i: unknown[] }).i.slice(0, 200)),
  );
  expect(made).toHaveBeenCalledTimes(0);
  expect(JSON.stringify(decode(element(type), xml(500)))).toBe(values);
  expect(made).toHaveBeenCalledTimes(1);
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
  setCodec(type, {
    read: (...given) => {
      used++;
      return make(...given);
    },
  });
  expect(decode(element(type), "<r>\n <a>1</a><b>x</b><b/>\n</r>")).toEqual({ a: 1, b: ["x", ""] });
  expect(decode(element(type), "<r><b>x</b><a>1</a></r>")).toEqual({ a: 1, b: ["x"] });
  expect(used).toBe(2);
});

test("names are told apart by all of their units, in text of one byte and of two", () => {
  // Some have the same low bytes, some the same beginning or end; lengths around those of the words that are compared.
  const names =
    "a \u0161 ab abc abcd abce xbcd abcde abcdx abcdefg abcdefgh abcdefxh n\u00e4he n\u0161he \u4f1a\u8bae".split(
      " ",
    );
  const type: Struct = {
    kind: "struct",
    name: "t",
    ns: "urn:t",
    content: names.map((name) => ({ name, type: string, min: 0 })),
  };
  const root: ElementDescriptor = { kind: "element", name: "{urn:t}r", tag: "p:r", type };
  const write = (given: readonly string[], text: string): string =>
    `<p:r xmlns:p="urn:t">${given.map((name) => `<p:${name}>${text}</p:${name}>`).join("")}</p:r>`;
  // As with the documents: what a name must not be taken for, too.
  const others = [...names, "b", "abd", "abcdefgi", "nahe", "axcd"];
  for (const text of ["1", "\u4f1a"]) {
    const documents = [write(names, text), ...others.map((name) => write([name], text))];
    for (const name of names) {
      documents.push(`<p:r xmlns:p="urn:t"><p:${name}>${text}</p:${name} ></p:r>`);
      for (const other of others)
        if (other !== name) documents.push(`<p:r xmlns:p="urn:t"><p:${name}>${text}</p:${other}></p:r>`);
    }
    const outcomes = (): unknown[] =>
      documents.map((one) => {
        try {
          return decodeResult(root, one);
        } catch (error) {
          return String(error);
        }
      });
    interpretCodecs();
    const wanted = outcomes();
    expect(wanted[0]).toEqual({
      value: Object.fromEntries(names.map((name) => [name, text])),
      diagnostics: [],
    });
    compileCodecs(0);
    expect(outcomes()).toEqual(wanted);
  }
});

test("mixed content, xs:all and empty content have no reader", () => {
  const base = { kind: "struct", name: "t", ns: "" } as const;
  expect(printReader({ ...base })).toBe("");
  expect(printReader({ ...base, all: true, content: [{ name: "a", type: int }] })).toBe("");
  expect(
    printReader({ ...base, content: [{ slot: "$content", text: true, items: [{ name: "a", type: int }] }] }),
  ).toBe("");
});

test("what is known again is what stands there: long texts, prefixes, findings", () => {
  const item: Struct = {
    kind: "struct",
    name: "i",
    ns: "",
    content: [
      { name: "big", type: integer, min: 0, max: Infinity },
      { name: "listed", type: { ...string, values: ["a", "b"] }, min: 0, max: Infinity },
      { name: "name", type: QName, min: 0, max: Infinity },
      { name: "text", type: string, min: 0, max: Infinity },
    ],
  };
  const long = "9".repeat(80);
  const bigs = ["1", long, "1", long.replace(/^9/, "8"), "1"];
  const texts = ["a &amp; b", "a &#38; b", "x".repeat(80), "a &amp; b", "y".repeat(80), "", ""];
  const xml =
    `<r xmlns:p="urn:1">${bigs.map((one) => `<big>${one}</big>`).join("")}` +
    `<listed>a</listed><listed>c</listed><listed>a</listed><listed>c</listed>` +
    `<name>p:a</name><name xmlns:p="urn:2">p:a</name><name>p:a</name>` +
    `${texts.map((one) => `<text>${one}</text>`).join("")}</r>`;
  compileCodecs(0);
  const first = decodeResult(element(item), xml);
  for (const { value, diagnostics } of [first, decodeResult(element(item), xml)]) {
    expect(value).toEqual({
      big: bigs.map(BigInt),
      listed: ["a", "c", "a", "c"],
      name: ["{urn:1}a", "{urn:2}a", "{urn:1}a"],
      text: texts.map((one) => one.replace(/&.*;/, "&")),
    });
    expect(diagnostics.map(({ path }) => path)).toEqual(["/listed/1", "/listed/3"]);
  }
});

test("objects are plain ones, whatever they lack", () => {
  const type: Struct = {
    kind: "struct",
    name: "t",
    ns: "",
    content: ["a", "prototype", "c"].map((name) => ({ name, type: int, min: 0 })),
  };
  compileCodecs(0);
  for (const names of [["a"], ["c"], ["a", "c"], ["a", "prototype", "c"], []]) {
    const inner = names.map((name, k) => `<${name}>${k}</${name}>`).join("");
    const value = decode(element(type), `<r>${inner}</r>`) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value)).toEqual(names.map((name, k) => [name, k]));
  }
});
