/** Typed reading, ours beside others: `npx tsx --expose-gc bench/decode.ts [sessions] [rounds]`. */
import { decode, type ElementDescriptor } from "../templates/runtime/index.js";
import { listDocument, messageElement, type Style } from "./documents.js";
import { measure } from "./harness.js";
import { ownRuntime } from "./instance.js";
import { fastXmlParser } from "./peers/fast-xml-parser.js";
import { libxml2 } from "./peers/libxml2.js";
import { saxes } from "./peers/saxes.js";
import { xml2js } from "./peers/xml2js.js";
import { measured, publish, rowsOf } from "./results.js";

const [sessions = 2000, rounds = 7] = process.argv.slice(2).map(Number);
const element = messageElement as ElementDescriptor;
const base = "fast-xml-parser + conversion";
const readWithFastXmlParser = fastXmlParser(messageElement);
const readWithSaxes = saxes(messageElement);
const readWithXml2js = xml2js(messageElement);
const readWithLibxml2 = libxml2();

const own = (by: "tables" | "code") =>
  ownRuntime<{ messageElement: ElementDescriptor }>(by, `export { messageElement } from "./documents.js";`);
const [byTables, compiled, views, { createScanner, END, START }] = await Promise.all([
  own("tables"),
  own("code"),
  own("code"),
  own("code"),
]);

function scanOnly(text: string): number {
  const s = createScanner(text);
  s.root();
  let depth = 1;
  let elements = 1;
  while (depth > 0) {
    const found = s.next(false);
    if (found === START) {
      depth++;
      elements++;
    } else if (found === END) depth--;
  }
  s.finish();
  return elements;
}

const styles: readonly (readonly [name: string, style: Style, others: boolean])[] = [
  ["one line", {}, true],
  ["indented", { indented: true }, false],
  ["two-byte text", { wide: true }, false],
];
for (const [name, style, others] of styles) {
  const xml = listDocument(sessions, style);
  const json = JSON.stringify(decode(element, xml));
  for (const read of [readWithFastXmlParser, readWithSaxes])
    if (JSON.stringify(read(xml)) !== json) throw new Error("a peer reads something else");
  const measurements = measure(
    {
      "decode, tables": () => byTables.decode(byTables.messageElement, xml),
      "decode, compiled": () => compiled.decode(compiled.messageElement, xml),
      "decode, compiled, strings as views": () => views.decode(views.messageElement, xml, { detach: false }),
      "scan only": () => scanOnly(xml),
      [base]: () => readWithFastXmlParser(xml),
      "saxes + generated code": () => readWithSaxes(xml),
      ...(others && {
        "xml2js + conversion": () => readWithXml2js(xml),
        "libxml2-wasm, nothing read out": () => readWithLibxml2(xml),
      }),
      "JSON.parse of the same data": () => JSON.parse(json) as unknown,
    },
    { base, bytes: xml.length, rounds },
  );
  publish({
    title: `decode, ${name}`,
    about: `${(xml.length / 1e6).toFixed(2)} MB, ${sessions} sessions, x against ${base}; all typed results are equal.`,
    columns: measured,
    rows: rowsOf(measurements),
  });
}
