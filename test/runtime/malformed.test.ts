/** Documents that are no XML: all are refused, with line and column, by what generated code reads with and by the generator. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { parseXml } from "../../generator/schema/xml.js";
import { anyType, DecodeError, decode, type Root } from "../../templates/runtime/index.js";

/** Takes any root element. */
const anything = anyType as unknown as Root;

/** Where it goes wrong: line and column. */
const malformed: readonly (readonly [what: string, text: string, line: number, column: number])[] = [
  ["an end tag of another name", "<a>\n <b></a></b>", 2, 5],
  ["an element that does not end", "<a><b>x</b>\n", 2, 1],
  ["two roots", "<a/>\n<b/>", 2, 1],
  ["an entity that is not declared", "<a>\n&copy;</a>", 2, 1],
  ["a reference without its end", "<a>\n&ampx</a>", 2, 1],
  ["a reference to a character without its end", "<a>\n&#650</a>", 2, 1],
  ["a reference without its end in a value", "<a\n x='&ltx'/>", 2, 5],
  ["an ampersand alone", "<a>\nsalt & pepper</a>", 2, 6],
  ["an attribute twice", '<a\n x="1"\n x="2"/>', 3, 2],
  [
    "an attribute twice among many",
    `<a ${Array.from({ length: 20 }, (_, k) => `x${k}=""`).join(" ")}\n x3=""/>`,
    2,
    2,
  ],
  ["an attribute twice by its namespace", '<a xmlns:p="u" xmlns:q="u"\n p:x="1" q:x="2"/>', 2, 10],
  ["a value without quotes", "<a\n x=1/>", 2, 4],
  ["a control character", "<a>\n \u0001</a>", 2, 2],
  ["a reference to a character that XML has not", "<a>\n&#1;</a>", 2, 1],
  ["a less-than sign in a value", '<a\n x="1<2"/>', 2, 6],
  ["the end of a CDATA section in text", "<a>\n]]></a>", 2, 1],
  ["a prefix that is not declared", "<a>\n<p:b/></a>", 2, 2],
  ["text after the root", "<a/>\nend", 2, 1],
  ["two hyphens in a comment", "<a>\n<!-- a -- b --></a>", 2, 8],
  ["nothing", "", 1, 1],
  ["white space only", " \n ", 2, 2],
  ["JSON", '{"a": 1}', 1, 1],
  ["a page of HTML", "<!DOCTYPE html>\n<html><head><meta charset=utf-8></head></html>", 1, 1],
  ["a tag that is cut off", "<a>\n<b", 2, 3],
  ["a name that begins with a digit", "<a>\n<1b/></a>", 2, 2],
  ["a declaration that does not come first", '\n<?xml version="1.0"?><a/>', 2, 1],
  ["no space between attributes", '<a\n x="1"y="2"/>', 2, 7],
  ["a CDATA section that does not end", "<a>\n<![CDATA[ x </a>", 2, 10],
  ["half a surrogate pair", "<a>\n\ud800</a>", 2, 1],
  ["an end tag with an attribute", '<a>\n</a x="1">', 2, 1],
];

const columnOf = (text: string, at: number): readonly [number, number] => {
  const before = text.slice(0, at).split("\n");
  return [before.length, (before.at(-1) ?? "").length + 1];
};

test.each(malformed)("the scanner refuses %s where it is", (_, text, line, column) => {
  let error: unknown;
  try {
    decode(anything, text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(DecodeError);
  const place = error as DecodeError & { readonly line: number; readonly column: number };
  expect([place.line, place.column], place.message).toEqual([line, column]);
});

test.each(malformed)("the schema reader refuses %s where it is", (_, text) => {
  const report = createReport();
  expect(parseXml("x.xml", text, report)).toBeUndefined();
  const [first] = report.diagnostics;
  expect(first?.severity).toBe("error");
  const { start = -1, end = -1 } = first?.at ?? {};
  expect(start >= 0 && start <= end && end <= text.length, JSON.stringify(first)).toBe(true);
  expect(report.locate(first?.at ?? { file: "", start: 0, end: 0 })).toMatchObject(
    Object.fromEntries(columnOf(text, start).map((one, index) => [index === 0 ? "line" : "column", one])),
  );
});

test("the name of a namespace has a limit, since names of attributes and elements are expanded by it", () => {
  const document = (length: number): string =>
    `<a xmlns:p="${"u".repeat(length)}">${Array.from({ length: 2000 }, (_, k) => `<b p:c${k}=""/>`).join("")}</a>`;
  expect(decode(anything, document(1024))).toBeDefined();
  expect(() => decode(anything, document(1025))).toThrow("too long");
});

test("what is well-formed passes both", () => {
  const text =
    '<?xml version="1.0"?>\n<a xmlns:p="u" p:x="1" x="2">&amp;&#65;<![CDATA[<]]><!-- - --><p:b/><?p?></a>\n';
  expect(decode(anything, text) as unknown).toMatchObject({ attributes: { "{u}x": "1", x: "2" } });
  expect(parseXml("x.xml", text, createReport())).toBeDefined();
});

const shared = fileURLToPath(new URL("../../../shared/perf/safety.mjs", import.meta.url));

test.skipIf(!existsSync(shared))(
  `the documents of another project's table (skipped without ${shared.slice(-18)})`,
  () => {
    const [, source = ""] = /const docs = (\{[\s\S]*?\n\});/u.exec(readFileSync(shared, "utf8")) ?? [];
    // A literal of strings, from beside the repository.
    const documents = new Function(`return ${source}`)() as Readonly<Record<string, string>>;
    expect(Object.keys(documents).length).toBe(20);
    for (const [name, text] of Object.entries(documents)) {
      expect(() => decode(anything, text), name).toThrow(DecodeError);
      try {
        decode(anything, text);
      } catch (error) {
        expect(error, name).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      }
      const report = createReport();
      expect(parseXml("x.xml", text, report), name).toBeUndefined();
      expect(report.diagnostics[0]?.at, name).toBeDefined();
    }
  },
);
