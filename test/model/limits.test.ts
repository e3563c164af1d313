/** Schemas that grow without bounds are an error, and soon. */
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";

async function errorsOf(groups: readonly string[]): Promise<readonly string[]> {
  const parts = groups.map(
    (content, index) => `<xs:group name="g${index}"><xs:sequence>${content}</xs:sequence></xs:group>`,
  );
  const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="t"><xs:group ref="g${groups.length - 1}"/></xs:complexType>${parts.join("")}</xs:schema>`;
  const report = createReport();
  const bundle = await loadBundle(
    { path: "x", files: new Map([["x.xsd", Buffer.from(text)]]), entries: [] },
    report,
  );
  if (bundle === undefined) throw new Error("the schema cannot be read");
  resolveModel("1", readDocuments(bundle, report), bundle, report);
  return report.diagnostics.map(({ code, message }) => `${code} ${message}`);
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
