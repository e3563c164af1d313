/** What reports say of exported names, beside the names that generated code exports. */
import { expect, test } from "vitest";
import { compareSides, readSide, type Side } from "../../generator/comparison.js";
import { createReport } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { emitRelease } from "../../generator/emit/index.js";
import { pathSource } from "../../generator/source.js";

async function sideOf(release: string, body: string, prefix: string): Promise<Side> {
  const text =
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:shop" xmlns:${prefix}="urn:shop">` +
    body.replaceAll("t:", `${prefix}:`) +
    "</xs:schema>";
  const files = new Map([["shop.xsd", new TextEncoder().encode(text)]]);
  const report = createReport();
  const side = await readSide({ ...pathSource(release), release, files }, report);
  if (side === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return side;
}

/** Modules and the names of types and elements in them, as they are printed. */
function exported({ schema: { model, service } }: Side): ReadonlySet<string> {
  const files = emitRelease(bareInput(model, service), createReport());
  return new Set(
    files.flatMap(({ path, text }) => [
      path.replace(/\.ts$/u, ""),
      ...Array.from(text.matchAll(/^export (?:interface|type|const) (\w+)/gmu), ([, name = ""]) => name),
    ]),
  );
}

const order = (inner: string, more = ""): string =>
  `<xs:complexType name="Order"><xs:sequence>${inner}</xs:sequence></xs:complexType><xs:element name="order" type="t:Order"/>${more}`;
const inPlace = (content: string): string =>
  `<xs:element name="place"><xs:complexType><xs:sequence>${content}</xs:sequence></xs:complexType></xs:element>`;
const street = `<xs:element name="street" type="xs:string"/>`;
const state = `<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>`;
const named = (content: string): string =>
  `<xs:complexType name="Place"><xs:sequence>${content}</xs:sequence></xs:complexType>`;

type Case = [name: string, older: string, newer: string, said: readonly string[], prefix: string];
const cases: Case[] = [
  [
    "a type in place gets a name",
    order(inPlace(street)),
    order(`<xs:element name="place" type="t:Place"/>`, named(street)),
    ["export.renamed OrderPlace Place"],
    "shop",
  ],
  [
    "and so gets the type in it another one",
    order(inPlace(inPlace(street))),
    order(`<xs:element name="place" type="t:Place"/>`, named(inPlace(street))),
    ["export.renamed OrderPlace Place", "export.renamed OrderPlacePlace PlacePlace"],
    "shop",
  ],
  [
    "an enumeration in place gets a name",
    order(`<xs:element name="state">${state}</xs:element>`),
    order(
      `<xs:element name="state" type="t:State"/>`,
      state.replace("<xs:simpleType>", `<xs:simpleType name="State">`),
    ),
    ["export.renamed OrderState State"],
    "shop",
  ],
  [
    "an enumeration in place lists nothing more",
    order(`<xs:element name="state">${state}</xs:element>`),
    order(`<xs:element name="state">${state.replace(/<xs:enumeration[^>]*>/gu, "")}</xs:element>`),
    ["export.renamed OrderState -"],
    "shop",
  ],
  [
    "an enumeration of a name lists nothing more",
    order(
      `<xs:element name="state" type="t:State"/>`,
      state.replace("<xs:simpleType>", `<xs:simpleType name="State">`),
    ),
    order(
      `<xs:element name="state" type="t:State"/>`,
      `<xs:simpleType name="State"><xs:restriction base="xs:string"/></xs:simpleType>`,
    ),
    ["export.renamed stateValues -"],
    "shop",
  ],
  [
    "content moves to a group",
    order(inPlace(inPlace(street))),
    order(
      `<xs:group ref="t:Places"/>`,
      `<xs:group name="Places"><xs:sequence>${inPlace(inPlace(street))}</xs:sequence></xs:group>`,
    ),
    ["export.renamed OrderPlace PlacesPlace", "export.renamed OrderPlacePlace PlacesPlacePlace"],
    "shop",
  ],
  [
    "another prefix",
    order(inPlace(street)),
    order(inPlace(street)),
    ["export.module.renamed shop store"],
    "store",
  ],
  [
    "nothing but an element more",
    order(inPlace(street)),
    order(inPlace(street) + street.replace("/>", ` minOccurs="0"/>`)),
    [],
    "shop",
  ],
  [
    "an element with its type is gone, which is told",
    order(inPlace(street) + street),
    order(street),
    ["element.removed.required - -"],
    "shop",
  ],
];

test.each(cases)("%s", async (_, older, newer, said, prefix) => {
  const [before, after] = [await sideOf("1", older, "shop"), await sideOf("2", newer, prefix)];
  const { changes } = await compareSides(before, after, { policy: { preset: "source" } });
  const told = changes.filter(({ rule }) => /^export\.|\.removed\.required$/u.test(rule));
  const lines = told.map(
    ({ rule, old, new: current }) => `${rule} ${old?.value ?? "-"} ${current?.value ?? "-"}`,
  );
  expect(lines.sort()).toEqual([...said].sort());

  const [was, is] = [exported(before), exported(after)];
  const renamed = told.filter(({ rule }) => rule.startsWith("export."));
  for (const { old, new: current } of renamed) {
    expect(was).toContain(old?.value);
    expect(is).not.toContain(old?.value);
    if (current?.value !== undefined) expect(is).toContain(current.value);
  }
  // What else is gone is named after what is told.
  const gone = [...was].filter((name) => !is.has(name));
  const roots = renamed.map(({ old }) => old?.value ?? "");
  if (said.length === 0) expect(gone).toEqual([]);
  if (said.every((line) => line.startsWith("export.")))
    expect(
      gone.filter((name) => !roots.some((root) => name.toLowerCase().startsWith(root.toLowerCase()))),
    ).toEqual([]);
});
