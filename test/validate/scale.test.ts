import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { parseXml } from "../../generator/schema/xml.js";
import { validateDocument } from "../../generator/validate/document.js";
import { issuesOf, modelOf, schema } from "./read.js";

const many = 50_000;
const list = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join("");
const keyed = (type: string): string =>
  schema(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" maxOccurs="unbounded"><xs:complexType>
      <xs:attribute name="k" type="xs:${type}"/><xs:attribute name="f" type="xs:${type}"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType>
    <xs:key name="k"><xs:selector xpath=".//a"/><xs:field xpath="@k"/></xs:key>
    <xs:keyref name="f" refer="k"><xs:selector xpath="a"/><xs:field xpath="@f"/></xs:keyref></xs:element>`,
  );
const content = (model: string): string =>
  schema(`<xs:element name="r"><xs:complexType>${model}</xs:complexType></xs:element>`);

test.each([
  [
    "a list",
    content('<xs:sequence><xs:element name="a" type="xs:int" maxOccurs="unbounded"/></xs:sequence>'),
    list(many, (i) => `<a>${String(i)}</a>`),
  ],
  [
    "keys that are numbers",
    keyed("decimal"),
    list(many, (i) => `<a k="${String(i)}.0" f="0${String(many - 1 - i)}"/>`),
  ],
  [
    "keys that are moments",
    keyed("dateTime"),
    list(many, (i) => {
      const at = new Date(1e12 + i * 1000).toISOString();
      return `<a k="${at}" f="${at.replace("Z", "+00:00")}"/>`;
    }),
  ],
  [
    "IDs",
    content(
      '<xs:sequence><xs:element name="a" maxOccurs="unbounded"><xs:complexType><xs:attribute name="k" type="xs:ID"/><xs:attribute name="f" type="xs:IDREF"/></xs:complexType></xs:element></xs:sequence>',
    ),
    list(many, (i) => `<a k="k${String(i)}" f="k${String(many - 1 - i)}"/>`),
  ],
  [
    "a choice of a thousand",
    content(
      `<xs:choice maxOccurs="unbounded">${list(1000, (i) => `<xs:element name="e${String(i)}"/>`)}</xs:choice>`,
    ),
    list(many, (i) => `<e${String(i % 1000)}/>`),
  ],
  [
    "all of two thousand",
    content(`<xs:all>${list(2000, (i) => `<xs:element name="e${String(i)}"/>`)}</xs:all>`),
    list(2000, (i) => `<e${String(1999 - i)}/>`),
  ],
  [
    "a million allowed",
    content(
      '<xs:sequence minOccurs="1000" maxOccurs="1000000"><xs:element name="a" minOccurs="0" maxOccurs="1000000"/><xs:choice minOccurs="0" maxOccurs="999999"><xs:element name="b"/><xs:element name="c" maxOccurs="1000000"/></xs:choice></xs:sequence>',
    ),
    list(many / 2, () => "<b/><a/>"),
  ],
])("%s of many: valid, and in time that grows with the document", (_, xsd, children) => {
  const model = modelOf({ "s.xsd": xsd });
  const report = createReport();
  const root = parseXml("d.xml", `<r>${children}</r>`, report);
  if (root === undefined) throw new Error("not well-formed");
  const start = performance.now();
  validateDocument(model, root, report);
  expect(report.diagnostics).toEqual([]);
  // Below half a second on a free machine; anything quadratic takes minutes.
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("paths count the siblings of the same name, however many issues there are", () => {
  const model = modelOf({
    "s.xsd": content('<xs:sequence><xs:element name="a" type="xs:int" maxOccurs="unbounded"/></xs:sequence>'),
  });
  const issues = issuesOf(model, `<r>${"<a>x</a>".repeat(many)}</r>`);
  expect(issues.length).toBe(1000);
  expect(issues[0]?.message).toMatch(/^\/r\/a: /u);
  expect(issues[999]?.message).toMatch(/^\/r\/a\[1000\]: /u);
});

test.each([
  ["decimal", "1", "+01.0", true],
  ["decimal", "-0.0", "0", true],
  ["decimal", "10", "1", false],
  ["decimal", ".5", "0.50", true],
  ["boolean", "1", "true", true],
  ["double", "1E2", "100", true],
  ["double", "INF", "-INF", false],
  ["float", "NaN", "NaN", true],
  ["hexBinary", "ab", "AB", true],
  ["base64Binary", "AA ==", "AA==", true],
  ["dateTime", "2020-01-01T24:00:00Z", "2020-01-02T01:00:00+01:00", true],
  ["dateTime", "2020-01-01T00:00:00", "2020-01-01T00:00:00Z", false],
  ["date", "2020-01-01+14:00", "2019-12-31-10:00", true],
  ["time", "23:00:00Z", "21:00:00-02:00", true],
  // By the day that both are put on, these are a day apart.
  ["time", "23:00:00Z", "01:00:00+02:00", false],
  ["time", "00:30:00.50", "00:30:00.5", true],
  ["time", "24:00:00Z", "00:00:00Z", true],
  ["duration", "P1Y", "P12M", true],
  ["duration", "-P1D", "-PT24H", true],
  ["duration", "PT1M0.5S", "PT60.50S", true],
  ["gYear", "2020Z", "2020+00:00", true],
  ["gYear", "2020", "2021", false],
  ["string", "a", "A", false],
  ["anyURI", "a", "a", true],
])("keys of xs:%s: %s and %s are the same value: %s", (type, a, b, same) => {
  const model = modelOf({ "s.xsd": keyed(type) });
  const codes = issuesOf(model, `<r><a k="${a}"/><a k="${b}"/></r>`).map(({ code }) => code);
  expect(codes).toEqual(same ? ["repeated-key"] : []);
  // And so a reference finds it.
  const found = issuesOf(model, `<r><a k="${a}" f="${b}"/></r>`).map(({ code }) => code);
  expect(found).toEqual(same ? [] : ["dangling-keyref"]);
});

test("a key that two branches bring leads nowhere; one of the element itself goes before those of its branches", () => {
  const model = modelOf({
    "s.xsd": schema(`<xs:element name="r"><xs:complexType><xs:sequence>
      <xs:element name="use" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element ref="g" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
      <xs:keyref name="ref" refer="k"><xs:selector xpath="use"/><xs:field xpath="."/></xs:keyref></xs:element>
      <xs:element name="g"><xs:complexType><xs:sequence><xs:element name="i" type="xs:string" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
        <xs:key name="k"><xs:selector xpath="i"/><xs:field xpath="."/></xs:key></xs:element>`),
  });
  const codes = (xml: string): readonly string[] => issuesOf(model, xml).map(({ code }) => code);
  expect(codes("<r><use>a</use><g><i>a</i></g><g><i>b</i></g></r>")).toEqual([]);
  expect(codes("<r><use>a</use><g><i>a</i></g><g><i>a</i></g></r>")).toEqual(["dangling-keyref"]);
  expect(codes("<r><use>a</use><g><i>a</i></g><g><i>a</i></g><g><i>a</i></g></r>")).toEqual([
    "dangling-keyref",
  ]);
});
