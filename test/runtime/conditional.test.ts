/** Types that attributes choose (`xs:alternative`), with the generated code of a recorded case, by tables and compiled. */
import { afterEach, expect, test } from "vitest";
import { compileCodecs, interpretCodecs } from "../../templates/runtime/compile.js";
import { decodeResult, encode, EncodeError, validate } from "../../templates/runtime/index.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { shapesElement, wordElement, type Shapes } from "../cases/alternatives/expected/s.js";

afterEach(interpretCodecs);

const modes = [
  ["tables", interpretCodecs],
  ["compiled", () => compileCodecs(0)],
] as const;

const write = (value: unknown): string =>
  encode(shapesElement, value as Shapes, { declaration: false, prefixes: { "urn:s": "" } });
const messages = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof EncodeError) return error.issues.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
};

test.each(modes)("attributes choose the type that is read and written, by %s", (_, use) => {
  use();
  const value: Shapes = {
    shape: [
      { "@kind": "circle", radius: "1" },
      { "@kind": "box", side: "2" },
      { "@kind": "box", $type: "s:RoundSquare", side: "2", corner: "0.1" },
      { "@kind": "other", name: "n" },
      { $type: "s:Circle", radius: "3" },
    ],
    payment: [
      { "@by": "card", amount: "1", number: "4711" },
      { "@by": "cash", amount: "1", change: "0.5" },
    ],
    range: [{ "@from": 1, "@to": 2 }, { "@from": 3 }],
    text: [
      { "@lang": "de", word: [{ "@article": "das", $value: "Haus" }] },
      { "@lang": "en", word: [{ $value: "house" }] },
    ],
  };
  const xml = write(value);
  expect(validate(shapesElement, value)).toEqual([]);
  // Only what attributes do not choose is said by xsi:type.
  expect(xml.match(/xsi:type="[^"]*"/gu)).toEqual(['xsi:type="ns1:RoundSquare"', 'xsi:type="ns1:Circle"']);
  const { value: again, diagnostics } = decodeResult(shapesElement, xml);
  expect(diagnostics).toEqual([]);
  expect(again.shape?.map(({ $type }) => $type)).toEqual([
    "s:Circle",
    "s:Square",
    "s:RoundSquare",
    "s:Shape",
    "s:Circle",
  ]);
  expect(again.text?.map(({ word }) => word.map(({ $type }) => $type))).toEqual([
    ["s:GermanWord"],
    ["s:Word"],
  ]);
  expect(write(again)).toBe(xml);
});

test.each(modes)("what attributes do not choose is refused, by %s", (_, use) => {
  use();
  const wrong: readonly (readonly [unknown, string])[] = [
    [{ shape: [{ "@kind": "circle" }] }, "missing-element /shape/0/radius"],
    [{ shape: [{ "@kind": "other", radius: "1" }] }, "unknown-property /shape/0/radius"],
    [{ shape: [{ "@kind": "box", $type: "s:Circle", radius: "1" }] }, "unknown-type /shape/0/$type"],
    [{ payment: [{ "@by": "cheque", amount: "1" }] }, "unexpected-element /payment/0"],
    [{ range: [{ "@from": 10, "@to": 9 }] }, "unexpected-element /range/0"],
    [{ text: [{ "@lang": "de", word: [{ $value: "Haus" }] }] }, "missing-attribute /text/0/word/0/@article"],
  ];
  for (const [value, issue] of wrong) {
    expect(messages(() => write(value))).toContain(issue);
    expect(validate(shapesElement, value).map(({ code, path }) => `${code} ${path}`)).toContain(issue);
  }
});

test.each(modes)("a document is read by its attributes even where it is wrong, by %s", (_, use) => {
  use();
  const { value, diagnostics } = decodeResult(
    shapesElement,
    '<shapes xmlns="urn:s"><shape kind="circle"><side>1</side></shape><payment by="cheque"><amount>1</amount></payment></shapes>',
  );
  expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "missing-element /shape/0/radius",
    "unknown-element /shape/0/side",
    "unexpected-element /payment/0",
  ]);
  expect(value.shape?.[0]).toMatchObject({ $type: "s:Circle", "@kind": "circle" });
  // What may not stand there is kept as it is.
  const again = encode(shapesElement, value as Shapes, { check: false });
  expect(decodeResult(shapesElement, again).value).toEqual(value);
});

test("samples are what their attributes choose", () => {
  for (let seed = 1; seed <= 40; seed++)
    for (const mode of ["full", "minimal"] as const)
      for (const root of [shapesElement, wordElement]) {
        const value = sampleOf(root, { seed, mode });
        expect(validate(root, value), JSON.stringify(value)).toEqual([]);
      }
});
