/** How time grows with the size of documents and of schemas: `npx tsx --expose-gc bench/growth.ts [rounds]`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate, readModel } from "../generator/index.js";
import { decode, encode } from "../templates/runtime/index.js";
import { listDocument, messageElement } from "./documents.js";
import { measure, median } from "./harness.js";
import { publish } from "./results.js";

const [rounds = 5] = process.argv.slice(2).map(Number);
const factors = [1, 10, 100] as const;

/** The power of the size with which time grows, from the smallest to the largest. */
const exponent = (times: readonly number[]): number =>
  Math.log((times.at(-1) ?? NaN) / (times[0] ?? NaN)) / Math.log((factors.at(-1) ?? 1) / factors[0]);
const columns = ["exponent", ...factors.map((factor) => `${factor}x ms`)];

const documents = factors.map((factor) => listDocument(20 * factor));
const timesOf = (run: (xml: string) => unknown): number[] =>
  documents.map(
    (xml) => measure({ run: () => run(xml) }, { base: "run", bytes: xml.length, rounds })[0]?.least ?? NaN,
  );
const reading = timesOf((xml) => decode(messageElement, xml));
const values = new Map(documents.map((xml) => [xml, decode(messageElement, xml)]));
const writing = timesOf((xml) => encode(messageElement, values.get(xml) as never));
publish({
  title: "growth with the document",
  about: `Documents of ${documents.map(({ length }) => `${Math.round(length / 1000)} kB`).join(", ")}; time grows as size to the power of the exponent.`,
  columns,
  rows: [
    { name: "decode", values: [exponent(reading), ...reading] },
    { name: "encode", values: [exponent(writing), ...writing] },
  ],
});

/** A schema with so many types, each with ten members, every third one derived. */
function schemaOf(types: number): string {
  const members = (index: number): string =>
    Array.from({ length: 10 }, (_, at) =>
      at === 0 && index > 0
        ? `<xs:element name="part" type="t:Type${Math.floor(index / 2)}" minOccurs="0"/>`
        : `<xs:element name="member${at}" type="xs:${["string", "int", "boolean", "dateTime"][at % 4] ?? ""}" minOccurs="0"/>`,
    ).join("");
  const declarations = Array.from({ length: types }, (_, index) =>
    index % 3 === 2
      ? `<xs:complexType name="Type${index}"><xs:complexContent><xs:extension base="t:Type${index - 2}"><xs:sequence>` +
        `<xs:element name="own${index}" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`
      : `<xs:complexType name="Type${index}"><xs:sequence>${members(index)}</xs:sequence></xs:complexType>`,
  );
  return (
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:example" targetNamespace="urn:example">` +
    `<xs:element name="root" type="t:Type0"/>${declarations.join("\n")}</xs:schema>`
  );
}

const folder = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
try {
  const files = factors.map((factor) => {
    const file = join(folder, `types-${factor}.xsd`);
    writeFileSync(file, schemaOf(30 * factor));
    return file;
  });
  const timed = async (
    run: (file: string, round: number) => Promise<{ readonly diagnostics: readonly unknown[] }>,
  ) => {
    const times: number[] = [];
    for (const file of files) {
      const own: number[] = [];
      // The first round is loading.
      for (let round = 0; round <= rounds; round++) {
        const start = performance.now();
        const { diagnostics } = await run(file, round);
        own.push(performance.now() - start);
        if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0]));
      }
      times.push(median(own.slice(1)));
    }
    return times;
  };
  const loading = await timed((file) => readModel(file));
  const making = await timed((file, round) =>
    generate({ bundle: file, out: `${file}-${round}`, cache: false, format: false }),
  );
  publish({
    title: "growth with the schema",
    about: `Schemas of ${factors.map((factor) => 30 * factor).join(", ")} types with ten members each, a third of them derived.`,
    columns,
    rows: [
      { name: "read and resolve", values: [exponent(loading), ...loading] },
      { name: "generate, unformatted", values: [exponent(making), ...making] },
    ],
  });
} finally {
  rmSync(folder, { recursive: true });
}
