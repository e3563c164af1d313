import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bareInput } from "../../generator/emit-input.js";
import { createReport } from "../../generator/diagnostics.js";
import { emitModules } from "../../generator/emit/modules.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";

const root = mkdtempSync(join(tmpdir(), "strata-scale-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/**
 * One substitution group of `size` elements with types of their own, used in `size` places of each kind; one group of `size`
 * elements of mixed content, each of which has that group.
 */
function schema(size: number): string {
  const parts = [
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:scale" targetNamespace="urn:scale" elementFormDefault="qualified">',
    '<xs:complexType name="object" abstract="true"><xs:attribute name="id" type="xs:ID"/></xs:complexType>',
    '<xs:element name="object" type="object" abstract="true"/>',
  ];
  for (let i = 0; i < size; i++) {
    parts.push(
      `<xs:complexType name="t${i}"><xs:complexContent><xs:extension base="object"><xs:sequence><xs:element name="f${i}" type="xs:string"/><xs:element name="o${i}" type="object" minOccurs="0"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`,
      `<xs:element name="e${i}" type="t${i}" substitutionGroup="object"/>`,
      `<xs:complexType name="s${i}"><xs:sequence><xs:element ref="object" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>`,
      `<xs:complexType name="c${i}"><xs:choice maxOccurs="unbounded"><xs:element ref="object"/><xs:element name="x" type="xs:string"/></xs:choice></xs:complexType>`,
      `<xs:complexType name="w${i}"><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>`,
    );
  }
  const inline = Array.from({ length: size }, (_, i) => `<xs:element ref="m${i}"/>`);
  parts.push(`<xs:group name="inline"><xs:choice>${inline.join("")}</xs:choice></xs:group>`);
  for (let i = 0; i < size; i++) {
    parts.push(
      `<xs:element name="m${i}"><xs:complexType mixed="true"><xs:group ref="inline" minOccurs="0" maxOccurs="unbounded"/></xs:complexType></xs:element>`,
    );
  }
  return `${parts.join("\n")}</xs:schema>`;
}

async function print(size: number): Promise<string> {
  const folder = join(root, String(size));
  mkdirSync(folder);
  writeFileSync(join(folder, "s.xsd"), schema(size));
  const report = createReport();
  const bundle = await loadBundle({ path: folder, release: "1.0", entries: [] }, report);
  if (bundle === undefined) throw new Error("the schema cannot be read");
  const model = resolveModel("1.0", readDocuments(bundle, report), bundle, report);
  expect(report.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const files = emitModules(bareInput(model, undefined), report);
  return files.map(({ text }) => text).join("");
}

test("what many places share is said once: output grows with the schema, not with its square", async () => {
  const small = await print(40);
  const large = await print(160);
  expect(large.length / small.length).toBeLessThan(4.4);
  // What is shared stands before all that is made of it when the module is loaded.
  const uses = [...large.matchAll(/ content: M0\$content,\n/gu)].map(({ index }) => index);
  expect(uses).toHaveLength(160);
  expect(large.indexOf("const M0$content")).toBeLessThan(uses[0] ?? 0);
  expect(large.match(/^export type M\d+Item =\s+M0Item;/gmu)).toHaveLength(159);
});
