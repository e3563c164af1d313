/** Pages and witnesses of families in which a change reaches hundreds of places. */
import { expect, test } from "vitest";
import { findCode } from "../../generator/witness/code/search.js";
import { excerptOf } from "../../generator/report/excerpt.js";
import { withWitnesses } from "../../generator/witness/breaks.js";
import { renderReleasePage } from "../../generator/report/release-page.js";
import { inputOf, readText } from "./family.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const schema = (body: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:wide" targetNamespace="urn:wide" elementFormDefault="qualified">${body}</xs:schema>`;

/** So many documents that hold one record, with some fields of a smaller type. */
const records = (documents: number, fields: number, type: string): string =>
  schema(
    numbers(documents)
      .map((n) => `<xs:element name="document${n}" type="Record"/>`)
      .join("") +
      `<xs:complexType name="Record"><xs:sequence>${numbers(fields)
        .map((n) => `<xs:element name="field${n}" type="${type}"/>`)
        .join("")}</xs:sequence></xs:complexType>`,
  );

const pageOf = async (documents: number, fields: number): Promise<string> =>
  (
    await inputOf(
      { id: "1", schema: records(documents, fields, "xs:string") },
      { id: "2", schema: records(documents, fields, "xs:int") },
    )
  ).page;

test("a finding that reaches very many documents names the first, and says how many more there are", async () => {
  const page = await pageOf(150, 2);
  expect(page).toContain('data-reach="widely reached"');
  expect(page).toContain('<p class="group">widely reached</p>');
  expect(page).toContain("and 292 more, which <code>xsd-strata diff --format json</code> lists");
  // Whoever seeks a document finds what reaches it.
  expect(page).toMatch(/data-search="[^"]* document149 /u);
});

test("one that reaches fewer names all of them", async () => {
  const page = await pageOf(90, 2);
  expect(page).toContain("<summary>172 more</summary>");
  expect(page).toContain('<p class="group">document89 request</p>');
});

test("a page of very many findings tells what stands behind the first, and where the rest is told", async () => {
  const page = await pageOf(1, 600);
  expect(page.split('<article class="entry"')).toHaveLength(601);
  expect(page.split('<details class="why">')).toHaveLength(501);
  expect(
    page.split("<code>xsd-strata diff --format json</code> tells source, TypeScript and verdicts"),
  ).toHaveLength(101);
});

test("a page grows with findings and documents, not with their product", async () => {
  const [small, wide] = [(await pageOf(150, 20)).length, (await pageOf(1200, 20)).length];
  // Names for the search alone, once a finding.
  expect(wide - small).toBeLessThan(20 * 1050 * " document1000".length * 1.2);
});

test.each([
  ["a\nb\nc<x/>", 3],
  ["a\r\nb\rc<x/>", 3],
  ["a\n\r<x/>", 3],
  ["<x/>", 1],
])("lines are counted whatever ends them: %j", (text, line) => {
  const start = text.indexOf("<");
  expect(excerptOf(text, "", { start, end: text.length }).firstLine).toBe(line);
});

test("of a schema in one line only what changed is shown", () => {
  const text = `<a>${"<b/>".repeat(1000)}<c/></a>`;
  const start = text.indexOf("<c/>");
  const { lines } = excerptOf(text, "", { start: 0, end: text.length }, { start, end: start + 4 });
  expect(lines).toEqual(["<c/>"]);
});

/** A substitution group with so many members. */
const group = (members: number): string =>
  schema(
    `<xs:complexType name="Test"><xs:sequence/></xs:complexType><xs:element name="test" type="Test" abstract="true"/>` +
      `<xs:element name="tests"><xs:complexType><xs:sequence><xs:element ref="test" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>` +
      numbers(members)
        .map(
          (n) =>
            `<xs:element name="member${n}" substitutionGroup="test"><xs:complexType><xs:complexContent><xs:extension base="Test"><xs:attribute name="a${n}"/></xs:extension></xs:complexContent></xs:complexType></xs:element>`,
        )
        .join(""),
  );

test("long code that many findings share is shown once, and the others lead to it", async () => {
  const { input, result } = await inputOf({ id: "1", schema: group(60) }, { id: "2", schema: group(70) });
  const [before, after] = [await readText("1", group(60)), await readText("2", group(70))];
  const side = { scalars: [] };
  const shown = withWitnesses(result, { ...side, model: before.model }, { ...side, model: after.model });
  const page = renderReleasePage({ ...input, result: shown }, {});
  const added = result.changes.filter(({ rule }) => rule === "substitution.member.added");
  expect(added).toHaveLength(10);
  const links = [...page.matchAll(/<a href="#(\w+)">as at #\1<\/a>/gu)];
  expect(links.length).toBeGreaterThanOrEqual(9);
  for (const [, id = ""] of links) expect(page).toContain(` id="${id}"`);
  // Once for code that reads, and once for code that lists.
  expect(page.match(/member59/gu)?.length).toBeLessThan(20);
});

test("the module about a group is made once for all its members", async () => {
  const [older, newer] = [await readText("1", group(40)), await readText("2", group(80))];
  const { result } = await inputOf({ id: "1", schema: group(40) }, { id: "2", schema: group(80) });
  const added = result.changes.filter(({ rule }) => rule === "substitution.member.added");
  let listed = 0;
  const counted = new Proxy(older.model.types, {
    ownKeys: (types) => {
      listed++;
      return Reflect.ownKeys(types);
    },
  });
  const releases = {
    before: { model: { ...older.model, types: counted }, scalars: [] },
    after: { model: newer.model, scalars: [] },
    renamed: new Map(),
  };
  const [first, ...rest] = added;
  if (first === undefined) throw new Error("nothing was added");
  const code = findCode(first, releases);
  expect(code).not.toEqual([]);
  const once = listed;
  for (const change of rest) expect(findCode(change, releases)).toEqual(code);
  // Nobody goes through all types again.
  expect(listed).toBe(once);
});
