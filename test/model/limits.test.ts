/** Schemas that grow without bounds are an error, and soon. */
import { expect, test } from "vitest";
import { createReport, type Report } from "../../generator/diagnostics.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";

async function errorsOf(groups: readonly string[]): Promise<readonly string[]> {
  const parts = groups.map(
    (content, index) => `<xs:group name="g${index}"><xs:sequence>${content}</xs:sequence></xs:group>`,
  );
  return errorsIn(
    `<xs:complexType name="t"><xs:group ref="g${groups.length - 1}"/></xs:complexType>${parts.join("")}`,
  );
}

async function errorsIn(declarations: string): Promise<readonly string[]> {
  const { diagnostics } = await reportOf(declarations);
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

function reportOf(declarations: string): Promise<Report> {
  return reportOfFiles([["x.xsd", declarations]]);
}

async function reportOfFiles(
  contents: readonly (readonly [name: string, content: string])[],
): Promise<Report> {
  const files = contents.map(
    ([name, content]) =>
      [
        name,
        Buffer.from(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${content}</xs:schema>`),
      ] as const,
  );
  const report = createReport();
  const bundle = await loadBundle({ path: "x", files: new Map(files), entries: [] }, report);
  if (bundle === undefined) throw new Error("the schema cannot be read");
  resolveModel("1", readDocuments(bundle, report), bundle, report);
  return report;
}

const leaf = '<xs:element name="a" type="xs:string"/>';
const groups = (count: number, content: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? leaf : content(index - 1)));

test("groups that double each other", async () => {
  const errors = await errorsOf(groups(30, (last) => `<xs:group ref="g${last}"/><xs:group ref="g${last}"/>`));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatch(/^content-limit .* more than 100000 particles/u);
});

test("groups nested too deep", async () => {
  const errors = await errorsOf(groups(260, (last) => `<xs:group ref="g${last}"/>`));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatch(/^content-limit .* nested more than 200 deep$/u);
});

test("what is large but sensible passes", async () => {
  expect(
    await errorsOf(groups(60, (last) => `${leaf.replace('"a"', `"b${last}"`)}<xs:group ref="g${last}"/>`)),
  ).toEqual([]);
});

const extension = (base: string, content: string): string =>
  `<xs:complexContent><xs:extension base="${base}">${content}</xs:extension></xs:complexContent>`;
const attributeGroup = (name: string, content: string): string =>
  `<xs:attributeGroup name="${name}">${content}</xs:attributeGroup>`;

/** Definitions by number, each standing on the one before. */
const chains: readonly (readonly [name: string, define: (index: number) => string])[] = [
  [
    "extensions",
    (i) =>
      `<xs:complexType name="t${i}">${i === 0 ? "" : extension(`t${i - 1}`, `<xs:sequence>${leaf}</xs:sequence>`)}</xs:complexType>`,
  ],
  [
    "restrictions of simple types",
    (i) =>
      `<xs:simpleType name="s${i}"><xs:restriction base="${i === 0 ? "xs:string" : `s${i - 1}`}"><xs:pattern value="a*"/></xs:restriction></xs:simpleType>`,
  ],
  [
    "unions",
    (i) =>
      `<xs:simpleType name="u${i}"><xs:union memberTypes="${i === 0 ? "xs:int" : `u${i - 1}`} xs:token"/></xs:simpleType>`,
  ],
  [
    "unions with their members inside",
    (i) =>
      `<xs:simpleType name="u${i}">${"<xs:union><xs:simpleType>".repeat(20)}<xs:union memberTypes="${i === 0 ? "xs:int" : `u${i - 1}`}"/>${"</xs:simpleType></xs:union>".repeat(20)}</xs:simpleType>`,
  ],
  [
    "attribute groups",
    (i) =>
      attributeGroup(
        `g${i}`,
        `<xs:attribute name="a${i}"/>${i === 0 ? "" : `<xs:attributeGroup ref="g${i - 1}"/>`}`,
      ),
  ],
  [
    "elements with the type of their head",
    (i) => `<xs:element name="e${i}" ${i === 0 ? "" : `substitutionGroup="e${i - 1}"`}/>`,
  ],
];

test.each(chains)("%s that stand on each other, in either order of the file", async (_, define) => {
  const definitions = Array.from({ length: 1_500 }, (_, index) => define(index));
  for (const text of [definitions, definitions.toReversed()]) {
    const errors = await errorsIn(text.join(""));
    expect(errors[0]).toBe("content-limit definitions stand on each other more than 250 deep");
    expect(errors.slice(1)).toEqual(errors.slice(1).filter((error) => error.includes("2000000 parts")));
  }
  expect(await errorsIn(definitions.slice(0, 10).join(""))).toEqual([]);
});

test("substitution groups in which each element stands for all before it", async () => {
  const elements = Array.from(
    { length: 3_000 },
    (_, i) => `<xs:element name="e${i}" type="xs:string" ${i === 0 ? "" : `substitutionGroup="e${i - 1}"`}/>`,
  );
  expect(await errorsIn(elements.join(""))).toEqual([
    expect.stringMatching(/^content-limit .* more than 2000000 parts/u),
  ]);
});

test.each<[string, (count: number) => string]>([
  [
    "unions",
    (count) =>
      Array.from(
        { length: count },
        (_, i) =>
          `<xs:simpleType name="u${i}"><xs:union memberTypes="${i === 0 ? "xs:int" : `u${i - 1} u${i - 1}`}"/></xs:simpleType>`,
      ).join(""),
  ],
])("%s that double each other say nothing new", async (_, define) => {
  expect(await errorsIn(define(100))).toEqual([]);
});

test("hints for thousands of names among thousands end at some point", async () => {
  const numbers = Array.from({ length: 1_500 }, (_, i) => i);
  const types = numbers.map(
    (i) => `<xs:simpleType name="k${i}"><xs:restriction base="xs:int"/></xs:simpleType>`,
  );
  const references = numbers.map((i) => `<xs:element name="e${i}" type="K${i}"/>`);
  const report = await reportOf(types.join("") + references.join(""));
  const hints = report.diagnostics.filter(({ hint }) => hint !== undefined).length;
  expect(report.diagnostics).toHaveLength(numbers.length);
  expect(hints).toBe(Math.floor(1_000_000 / numbers.length));
});

test("attribute groups that double each other", async () => {
  const groups = Array.from({ length: 60 }, (_, i) =>
    attributeGroup(
      `g${i}`,
      i === 0 ? '<xs:attribute name="a"/>' : `<xs:attributeGroup ref="g${i - 1}"/>`.repeat(2),
    ),
  );
  const codes = (await errorsIn(groups.join(""))).map((error) => error.split(" ")[0]);
  expect(new Set(codes)).toEqual(new Set(["attribute-twice", "content-limit"]));
});

test("a large base that thousands of types extend", async () => {
  const base = `<xs:complexType name="t"><xs:sequence>${leaf}</xs:sequence>${Array.from({ length: 2_000 }, (_, i) => `<xs:attribute name="a${i}"/>`).join("")}</xs:complexType>`;
  const types = Array.from(
    { length: 5_000 },
    (_, i) => `<xs:complexType name="t${i}">${extension("t", "")}</xs:complexType>`,
  );
  expect(await errorsIn(base + types.join(""))).toEqual([
    expect.stringMatching(/^content-limit .* more than 2000000 parts/u),
  ]);
});

test("a type with more attributes than a call can have arguments", async () => {
  const attributes = Array.from({ length: 200_000 }, (_, index) => `<xs:attribute name="a${index}"/>`);
  expect(await errorsIn(`<xs:complexType name="t">${attributes.join("")}</xs:complexType>`)).toEqual([]);
});

test("a choice between tens of thousands of elements", async () => {
  const elements = Array.from({ length: 60_000 }, (_, index) => `<xs:element name="e${index}"/>`);
  const choice = `<xs:choice>${elements.join("")}</xs:choice>`;
  const restricted = `<xs:complexType name="u"><xs:complexContent><xs:restriction base="t">${choice}</xs:restriction></xs:complexContent></xs:complexType>`;
  expect(await errorsIn(`<xs:complexType name="t">${choice}</xs:complexType>${restricted}`)).toEqual([]);
});

test("thousands of documents that include each other in a circle", async () => {
  const count = 8_000;
  const report = await reportOfFiles(
    Array.from({ length: count }, (_, i) => [
      `${i}.xsd`,
      `<xs:include schemaLocation="${(i + 1) % count}.xsd"/><xs:element name="e${i}" type="t${(i + 7) % count}"/>` +
        `<xs:simpleType name="t${i}"><xs:restriction base="xs:int"/></xs:simpleType>`,
    ]),
  );
  expect(report.diagnostics).toEqual([]);
});

test("a thousand wildcards of different namespaces", async () => {
  const wildcards = Array.from(
    { length: 1_000 },
    (_, i) => `<xs:any namespace="urn:${i}" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>`,
  );
  const type = (more: string): string =>
    `<xs:complexType name="t"><xs:sequence>${wildcards.join("")}${more}</xs:sequence></xs:complexType>`;
  expect(await errorsIn(type(leaf))).toEqual([]);
});
