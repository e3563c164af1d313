/** Samples of everything at hand are valid: for `validate`, for our validator of documents, and for libxml2. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { beforeAll, expect, test } from "vitest";
import { bareInput } from "../../generator/emit-input.js";
import { createReport } from "../../generator/diagnostics.js";
import { liveDescriptors, type LiveDescriptors } from "../../generator/emit/live.js";
import type { Model } from "../../generator/model/types.js";
import { readSchema } from "../../generator/read-schema.js";
import { parseXml } from "../../generator/schema/xml.js";
import { pathSource } from "../../generator/source.js";
import { validateDocument } from "../../generator/validate/document.js";
import { encode } from "../../templates/runtime/index.js";
import type { ElementDescriptor } from "../../templates/runtime/descriptor.js";
import { hasValue, sampleOf } from "../../templates/runtime/sample.js";
import { validate } from "../../templates/runtime/validate.js";
import { casesFolder } from "../cases.js";
import { complaints } from "../bundles/validator.js";
import { releases } from "../families/families.js";
import { judgesOf, namespace } from "../validation/schemas.js";

const modes = ["minimal", "full"] as const;
const seeds = [1, 2, 7];

/** Elements of an abstract type that nothing derives from. */
const withoutValue = ["{urn:oasis:names:tc:SAML:2.0:assertion}BaseID"];

/** What is wrong with the samples of an element, of each mode and seed. */
function problemsOf(
  element: ElementDescriptor,
  document: (xml: string) => readonly string[],
  independent?: (xml: string) => readonly string[],
): readonly string[] {
  if (!hasValue(element)) {
    expect(withoutValue).toContain(element.name);
    return [];
  }
  return modes.flatMap((mode) =>
    seeds.flatMap((seed) => {
      const value = sampleOf(element, { mode, seed });
      expect(sampleOf(element, { mode, seed })).toEqual(value);
      const shown = `${element.name} ${mode} ${String(seed)}`;
      const wrong = validate(element, value).map(({ path, message }) => `validate ${path}: ${message}`);
      if (wrong.length > 0) return wrong.map((one) => `${shown} ${one}`);
      const xml = encode(element, value as never);
      return [
        ...document(xml).map((one) => `${shown} document: ${one}\n${xml.slice(0, 600)}`),
        ...(independent?.(xml) ?? []).map((one) => `${shown} libxml2: ${one}\n${xml.slice(0, 600)}`),
      ];
    }),
  );
}

function documentIssues(model: Model): (xml: string) => readonly string[] {
  return (xml) => {
    const report = createReport();
    const tree = parseXml("sample.xml", xml, report);
    if (tree !== undefined) validateDocument(model, tree, report);
    return report.diagnostics.map(({ message }) => message);
  };
}

function linked(model: Model): LiveDescriptors {
  return liveDescriptors(bareInput(model, undefined));
}

beforeAll(() => xmlRegisterFsInputProviders());

const concrete = (model: Model): readonly string[] =>
  Object.values(model.elements)
    .filter((element) => !element.abstract)
    .map(({ id }) => id);

const cases = readdirSync(casesFolder).filter((name) => !/scalars-wrong|pruned-wrongly/u.test(name));

test.each(cases)("golden case %s: each element", async (name) => {
  const report = createReport();
  const schema = await readSchema(pathSource(join(casesFolder, name, "input"), { service: "none" }), report);
  expect(schema).toBeDefined();
  if (schema === undefined) return;
  const descriptors = linked(schema.model);
  const problems = concrete(schema.model).flatMap((id) =>
    problemsOf(descriptors.element(id), documentIssues(schema.model)),
  );
  // Its key asks for an attribute that the element cannot have.
  expect(problems.filter((one) => !one.includes("hostile`${1}}k is absent"))).toEqual([]);
});

test.each(releases.map((release) => [release.name, release] as const))(
  "%s: each element",
  { timeout: 60_000 },
  async (_, release) => {
    const report = createReport();
    const source = pathSource(release.folder, { entry: release.entry, service: "none" });
    const schema = await readSchema(source, report);
    if (schema === undefined) throw new Error("it is not read");
    const descriptors = linked(schema.model);
    const path = join(release.folder, release.entry[0] ?? "");
    using document = XmlDocument.fromString(readFileSync(path, "utf8"), { url: path });
    using validator = XsdValidator.fromDoc(document);
    const problems = concrete(schema.model).flatMap((id) =>
      problemsOf(descriptors.element(id), documentIssues(schema.model), (xml) => complaints(validator, xml)),
    );
    expect(problems).toEqual([]);
  },
);

test("what may go on for ever ends soon: wildcards that ask for what they stand in, long chains of optional content", () => {
  const chain = Array.from(
    { length: 400 },
    (_, k) =>
      `<xs:complexType name="T${String(k)}"><xs:sequence><xs:element name="e" type="t:T${String((k + 1) % 400)}" minOccurs="0"/></xs:sequence></xs:complexType>`,
  ).join("");
  const { descriptors, document, independent } = judgesOf(
    `<xs:element name="sig"><xs:complexType mixed="true"><xs:sequence><xs:element ref="t:info"/><xs:any minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
     <xs:element name="info"><xs:complexType mixed="true"><xs:sequence><xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
     <xs:element name="leaf" type="xs:int"/><xs:element name="chain" type="t:T0"/>${chain}`,
  );
  for (const name of ["sig", "info", "chain"]) {
    const element = descriptors.element(`{${namespace}}${name}`);
    expect(problemsOf(element, (xml) => document(xml).map(({ message }) => message), independent)).toEqual(
      [],
    );
    expect(encode(element, sampleOf(element) as never).length).toBeLessThan(10_000);
  }
});

test("what may hold itself first does not do so for ever: choices, ordered content, substitutes, derived types, wildcards", () => {
  const { descriptors, document, independent } = judgesOf(
    `<xs:element name="choice"><xs:complexType><xs:choice><xs:element ref="t:choice"/><xs:element name="leaf" type="xs:int"/></xs:choice></xs:complexType></xs:element>
     <xs:element name="node" abstract="true"/>
     <xs:element name="fraction" substitutionGroup="t:node"><xs:complexType><xs:sequence><xs:element ref="t:node" minOccurs="2" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>
     <xs:element name="pair" substitutionGroup="t:node"><xs:complexType><xs:group ref="t:nodes" minOccurs="2" maxOccurs="2"/></xs:complexType></xs:element>
     <xs:element name="number" type="xs:int" substitutionGroup="t:node"/>
     <xs:group name="nodes"><xs:choice><xs:element ref="t:pair"/><xs:element ref="t:fraction"/><xs:element ref="t:number"/></xs:choice></xs:group>
     <xs:complexType name="base" abstract="true"/>
     <xs:complexType name="deep"><xs:complexContent><xs:extension base="t:base"><xs:sequence><xs:element name="in" type="t:base" maxOccurs="3"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
     <xs:complexType name="end"><xs:complexContent><xs:extension base="t:base"/></xs:complexContent></xs:complexType>
     <xs:element name="derived" type="t:base"/>
     <xs:complexType name="linked"><xs:sequence><xs:element name="next" type="t:linked" nillable="true"/></xs:sequence></xs:complexType>
     <xs:complexType name="chained"><xs:complexContent><xs:extension base="t:linked"><xs:sequence><xs:element name="other" type="t:chained" nillable="true"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
     <xs:element name="list" type="t:linked"/><xs:element name="chain" type="t:chained"/>
     <xs:complexType name="endless" abstract="true"><xs:sequence><xs:element name="more" type="t:endless" nillable="true"/></xs:sequence></xs:complexType>
     <xs:complexType name="unlimited"><xs:complexContent><xs:extension base="t:endless"/></xs:complexContent></xs:complexType>
     <xs:element name="unlimited" type="t:unlimited"/>
     <xs:complexType name="marked"><xs:sequence><xs:element name="marked" type="t:marked" nillable="true"/></xs:sequence><xs:attribute name="a" use="required"/></xs:complexType>
     <xs:element name="marked" type="t:marked"/>
     <xs:element name="wild"><xs:complexType><xs:sequence><xs:any namespace="##targetNamespace" minOccurs="2" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>`,
  );
  // What only xsi:nil could end, with attributes or another type, is no value.
  for (const name of ["unlimited", "marked"])
    expect(hasValue(descriptors.element(`{${namespace}}${name}`))).toBe(false);
  for (const name of ["choice", "fraction", "pair", "derived", "list", "chain", "wild"]) {
    const element = descriptors.element(`{${namespace}}${name}`);
    expect(problemsOf(element, (xml) => document(xml).map(({ message }) => message), independent)).toEqual(
      [],
    );
    expect(encode(element, sampleOf(element) as never).length).toBeLessThan(20_000);
  }
});

test("fields of keys are there, once each, and references lead somewhere", () => {
  const { descriptors, document, independent } = judgesOf(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="k" type="xs:string"/><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>
     <xs:element name="f" minOccurs="0"><xs:complexType><xs:attribute name="k" type="xs:string"/><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
     <xs:key name="ik"><xs:selector xpath="t:i"/><xs:field xpath="@k"/><xs:field xpath="@n"/></xs:key>
     <xs:keyref name="fr" refer="t:ik"><xs:selector xpath="t:f"/><xs:field xpath="@k"/><xs:field xpath="@n"/></xs:keyref></xs:element>
     <xs:element name="either"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="k" type="xs:string" use="required"/><xs:attribute name="n" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
     <xs:key name="ek"><xs:selector xpath="t:i"/><xs:field xpath="@k|@n"/></xs:key></xs:element>
     <xs:element name="ids"><xs:complexType><xs:sequence><xs:element name="i" type="xs:ID"/></xs:sequence><xs:attribute name="u" use="required"><xs:simpleType><xs:union memberTypes="xs:IDREF xs:int"/></xs:simpleType></xs:attribute></xs:complexType></xs:element>
     <xs:element name="texts"><xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType="xs:string"/></xs:simpleType><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element>
     <xs:element name="names"><xs:complexType><xs:sequence><xs:element name="__proto__" type="xs:int"/><xs:choice><xs:sequence><xs:element name="constructor" type="xs:int"/><xs:element name="valueOf" type="xs:int"/></xs:sequence></xs:choice></xs:sequence><xs:attribute name="__proto__" use="required"/></xs:complexType></xs:element>
     <xs:element name="apart"><xs:complexType><xs:sequence><xs:element name="s" maxOccurs="unbounded"><xs:complexType><xs:sequence>
     <xs:element name="b" minOccurs="0" maxOccurs="2"><xs:complexType><xs:attribute name="k" type="xs:string" use="required"/></xs:complexType></xs:element>
     <xs:element name="c" minOccurs="0"><xs:complexType><xs:sequence><xs:element ref="t:part"/></xs:sequence></xs:complexType></xs:element>
     <xs:element name="e" minOccurs="0"><xs:complexType><xs:attribute name="k" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
     <xs:unique name="apartKey"><xs:selector xpath="t:b"/><xs:field xpath="@k"/></xs:unique><xs:keyref name="apartRef" refer="t:apartKey"><xs:selector xpath="t:e"/><xs:field xpath="@k"/></xs:keyref></xs:element></xs:sequence></xs:complexType></xs:element>
     <xs:element name="part"><xs:complexType><xs:sequence><xs:element name="o" minOccurs="0" type="xs:string"/><xs:element name="e" maxOccurs="2"><xs:complexType><xs:attribute name="k" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
     <xs:key name="pk"><xs:selector xpath="t:none"/><xs:field xpath="@k"/></xs:key><xs:keyref name="pe" refer="t:pk"><xs:selector xpath="t:e"/><xs:field xpath="@k"/></xs:keyref>
     <xs:keyref name="po" refer="t:pk"><xs:selector xpath="."/><xs:field xpath="t:o"/></xs:keyref></xs:element>
     <xs:element name="typed"><xs:complexType><xs:sequence>
     <xs:element name="i" maxOccurs="2"><xs:complexType><xs:attribute name="k" type="xs:string" use="required"/></xs:complexType></xs:element>
     <xs:element name="f" maxOccurs="2"><xs:complexType><xs:attribute name="k" type="xs:NMTOKEN" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
     <xs:key name="typedKey"><xs:selector xpath="t:i"/><xs:field xpath="@k"/></xs:key><xs:keyref name="typedRef" refer="t:typedKey"><xs:selector xpath="t:f"/><xs:field xpath="@k"/></xs:keyref></xs:element>
     <xs:element name="lost"><xs:complexType><xs:attribute name="u" type="xs:IDREF" use="required"/></xs:complexType></xs:element>`,
  );
  for (const name of ["r", "either", "ids", "texts", "names", "apart", "part", "typed"]) {
    const element = descriptors.element(`{${namespace}}${name}`);
    expect(problemsOf(element, (xml) => document(xml).map(({ message }) => message), independent)).toEqual(
      [],
    );
  }
  // Where there is nothing to refer to, what was made says so when it is validated.
  const lost = descriptors.element(`{${namespace}}lost`);
  expect(validate(lost, sampleOf(lost)).map(({ code }) => code)).toEqual(["dangling-idref"]);
});

test("IDs and keys that follow a pattern are different; entities, which only a document type declares, are left out", () => {
  const pattern = (name: string, base: string, value: string): string =>
    `<xs:simpleType name="${name}"><xs:restriction base="${base}"><xs:pattern value="${value}"/></xs:restriction></xs:simpleType>`;
  const { descriptors, document, independent } = judgesOf(
    `${pattern("Mark", "xs:ID", "[^_]+_mark_.+")}${pattern("Code", "xs:NCName", "c_[a-z]+")}
     <xs:complexType name="Entry"><xs:attribute name="id" type="t:Mark" use="required"/><xs:attribute name="code" type="t:Code" use="required"/><xs:attribute name="image" type="xs:ENTITY"/><xs:attribute name="images" type="xs:ENTITIES"/></xs:complexType>
     <xs:element name="book"><xs:complexType><xs:sequence><xs:element name="a" type="t:Entry"/><xs:element name="b" type="t:Entry" minOccurs="3" maxOccurs="3"/></xs:sequence></xs:complexType>
     <xs:key name="codes"><xs:selector xpath="*"/><xs:field xpath="@code"/></xs:key></xs:element>`,
  );
  const book = descriptors.element(`{${namespace}}book`);
  expect(problemsOf(book, (xml) => document(xml).map(({ message }) => message), independent)).toEqual([]);
});

test("moments whose pattern asks for a fraction of a second or an offset", () => {
  const day = String.raw`\d{4}-\d{2}-\d{2}`;
  const time = String.raw`\d{2}:\d{2}:\d{2}`;
  const patterns: readonly (readonly [base: string, pattern: string])[] = [
    ["dateTime", `-?${day}T${time}\\.\\d+Z`],
    ["dateTime", `${day}T${time}\\.\\d{3}(Z|[+-]\\d{2}:\\d{2})`],
    ["dateTime", `${day}T${time}[+-]\\d{2}:\\d{2}`],
    ["dateTime", `${day}T${time}\\.\\d{6}`],
    ["time", `${time}\\.\\d{7}`],
    ["time", `${time}-\\d{2}:\\d{2}`],
  ];
  const { descriptors, document, independent } = judgesOf(
    patterns
      .map(
        ([base, pattern], index) =>
          `<xs:element name="e${index}"><xs:simpleType><xs:restriction base="xs:${base}"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType></xs:element>`,
      )
      .join(""),
  );
  for (const index of patterns.keys()) {
    const element = descriptors.element(`{${namespace}}e${index}`);
    expect(problemsOf(element, (xml) => document(xml).map(({ message }) => message), independent)).toEqual(
      [],
    );
  }
});

test("fixed values where xsi:type may choose, items of lists that not every value can be", () => {
  const items = ["", " ", "a b", "c", "d"].map((value) => `<xs:enumeration value="${value}"/>`).join("");
  const { descriptors, document, independent } = judgesOf(
    `<xs:complexType name="T"><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent></xs:complexType>
     <xs:complexType name="U"><xs:simpleContent><xs:restriction base="t:T"><xs:minInclusive value="8"/></xs:restriction></xs:simpleContent></xs:complexType>
     <xs:complexType name="V"><xs:simpleContent><xs:extension base="t:T"><xs:attribute name="a" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
     <xs:element name="fixed" type="t:T" fixed="7"/>
     <xs:element name="both"><xs:complexType><xs:sequence><xs:element name="e" type="t:T" fixed="7" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>
     <xs:element name="list"><xs:simpleType><xs:restriction><xs:simpleType><xs:list><xs:simpleType><xs:restriction base="xs:string">${items}</xs:restriction></xs:simpleType></xs:list></xs:simpleType><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element>
     <xs:element name="pair"><xs:simpleType><xs:restriction base="xs:NMTOKENS"><xs:pattern value="[^ ]+ [^ ]+"/></xs:restriction></xs:simpleType></xs:element>
     <xs:element name="language"><xs:simpleType><xs:restriction base="xs:language"><xs:length value="1"/></xs:restriction></xs:simpleType></xs:element>`,
  );
  for (const name of ["fixed", "both", "list", "pair", "language"]) {
    const element = descriptors.element(`{${namespace}}${name}`);
    expect(problemsOf(element, (xml) => document(xml).map(({ message }) => message), independent)).toEqual(
      [],
    );
  }
});
