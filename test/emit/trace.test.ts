/** Modules that are taken from another release are what would have been printed. */
import { expect, test } from "vitest";
import { bareInput } from "../../generator/emit-input.js";
import { createReport } from "../../generator/diagnostics.js";
import { createModuleMemo, emitRelease, type ModuleMemo } from "../../generator/emit/index.js";
import type { EmitInput } from "../../generator/emit/types.js";
import type { Model } from "../../generator/model/types.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";

async function modelOf(release: string, files: Readonly<Record<string, string>>): Promise<Model> {
  const report = createReport();
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const bundle = await loadBundle({ path: release, files: bytes, release }, report);
  if (bundle === undefined) throw new Error("no bundle");
  const model = resolveModel(release, readDocuments(bundle, report), bundle, report);
  expect(report.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return model;
}

function inputOf(model: Model, changes: Partial<EmitInput> = {}): EmitInput {
  const options = { folder: `v${model.release}/`, runtimePath: "../runtime/" };
  return { ...bareInput(model, undefined, options), ...changes };
}

/** The files of a release, and the modules that were printed for it. */
function emit(input: EmitInput, memo: ModuleMemo) {
  const printed: string[] = [];
  const counting: ModuleMemo = {
    text: (module, parts, plan, print) =>
      memo.text(module, parts, plan, (traced) => {
        printed.push(module);
        return print(traced);
      }),
  };
  return { files: emitRelease(input, createReport(), counting), printed };
}

const schema = (namespace: string, body: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c" targetNamespace="${namespace}" elementFormDefault="qualified">
  ${["urn:a", "urn:b", "urn:c"]
    .filter((each) => each !== namespace)
    .map((each) => `<xs:import namespace="${each}" schemaLocation="${each.slice(-1)}.xsd"/>`)
    .join("")}${body}</xs:schema>`;

const type = (name: string, content: string, more = ""): string =>
  `<xs:complexType name="${name}"${more}><xs:sequence>${content}</xs:sequence></xs:complexType>`;

const base = {
  a: `<xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/></xs:restriction></xs:simpleType>
    ${type("Shape", `<xs:element name="id" type="xs:int"/>`)}<xs:element name="head" type="a:Shape"/>
    <xs:simpleType name="Short"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>`,
  b: `${type(
    "Holder",
    `<xs:element name="shape" type="a:Shape"/><xs:element name="colour" type="a:Colour"/><xs:element ref="a:head"/>
    <xs:element name="s"><xs:simpleType><xs:restriction base="a:Short"/></xs:simpleType></xs:element>`,
  )}`,
  c: `${type("Alone", `<xs:element name="x" type="xs:string"/><xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded"/>`)}`,
};

const filesOf = (bodies: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [`${name}.xsd`, schema(`urn:${name}`, body)]),
  );

test.each<[string, Partial<typeof base>, readonly string[]]>([
  ["nothing", {}, []],
  [
    "an element",
    {
      b: base.b.replace(`<xs:element name="shape"`, `<xs:element name="new" type="xs:int" minOccurs="0"/>$&`),
    },
    ["b"],
  ],
  [
    "a name elsewhere that is referred to",
    { a: base.a.replaceAll("Colour", "Color"), b: base.b.replaceAll("Colour", "Color") },
    ["a", "b"],
  ],
  [
    "a value of an enumeration",
    { a: base.a.replace(`value="red"/>`, `value="red"/><xs:enumeration value="blue"/>`) },
    ["a", "b"],
  ],
  [
    "a facet that stands inline elsewhere",
    { a: base.a.replace(`maxLength value="3"`, `maxLength value="4"`) },
    ["a", "b"],
  ],
  [
    "a derived type elsewhere: fields become polymorphic",
    {
      c:
        base.c +
        `<xs:complexType name="Round"><xs:complexContent><xs:extension base="a:Shape"/></xs:complexContent></xs:complexType>`,
    },
    ["a", "b", "c"],
  ],
  [
    "a substitute elsewhere",
    { c: base.c + `<xs:element name="other" type="a:Shape" substitutionGroup="a:head"/>` },
    ["a", "b", "c"],
  ],
  [
    "an element that a wildcard lets in",
    { a: base.a + `<xs:element name="loose" type="xs:int"/>` },
    ["a", "c"],
  ],
  [
    "documentation",
    {
      c: base.c.replace(
        `type="xs:string"/>`,
        `type="xs:string"><xs:annotation><xs:documentation>New.</xs:documentation></xs:annotation></xs:element>`,
      ),
    },
    ["c"],
  ],
  ["lines and places", { a: `\n\n${base.a}`, c: `\n<!-- moved -->${base.c}` }, []],
  ["the order of types", { a: base.a + type("Another", "") }, ["a"]],
])("%s changes: only what depends on it is printed, and rightly", async (_name, change, expected) => {
  const memo = createModuleMemo();
  emit(inputOf(await modelOf("1", filesOf(base))), memo);
  const next = inputOf(await modelOf("2", filesOf({ ...base, ...change })));
  const fresh = emit(next, createModuleMemo());
  // Another input object: a plan is remembered by its input.
  const { files, printed } = emit({ ...next }, memo);
  expect(files).toEqual(fresh.files);
  expect([...printed].sort()).toEqual([...expected].sort());
});

test("since, remarks and options are asked again", async () => {
  const memo = createModuleMemo();
  const model = await modelOf("1", filesOf(base));
  emit(inputOf(model), memo);
  for (const change of [
    { since: (key: string) => (key === "{urn:c}Alone/x" ? "0.9" : undefined) },
    {
      remarks: (key: string) =>
        key === "{urn:c}Alone" ? [{ kind: "behaviour", text: "Odd.", release: "1" } as const] : [],
    },
  ] satisfies Partial<EmitInput>[]) {
    const input = inputOf(model, change);
    const { files, printed } = emit(input, memo);
    expect(printed).toEqual(["c"]);
    expect(files).toEqual(emit({ ...input }, createModuleMemo()).files);
  }
  const plain = inputOf(model);
  const { printed } = emit({ ...plain, options: { ...plain.options, importExtension: ".ts" } }, memo);
  expect(printed).toHaveLength(3);
});

test.each([true, false])(
  "the texts of all releases are held where they are watched only: %s",
  async (watched) => {
    const memo = createModuleMemo({ watched });
    const changed = { ...base, c: base.c.replace("xs:string", "xs:int") };
    emit(inputOf(await modelOf("1", filesOf(base))), memo);
    emit(inputOf(await modelOf("2", filesOf(changed))), memo);
    const { printed } = emit(inputOf(await modelOf("1", filesOf(base))), memo);
    expect(printed).toEqual(watched ? [] : ["c"]);
  },
);
