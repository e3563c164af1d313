import { expect, test } from "vitest";
import { resolveBody, resolveFiles, schema, t } from "./release.js";

const element = (name: string, type: string, documentation = ""): string =>
  `<xs:element name="${name}" type="${type}">${documentation === "" ? "" : `<xs:annotation><xs:documentation>${documentation}</xs:documentation></xs:annotation>`}</xs:element>`;
const type = (name: string, ...parts: string[]): string =>
  `<xs:complexType name="${name}"><xs:sequence>${parts.join("")}</xs:sequence></xs:complexType>`;

function prints(body: string): Record<string, string> {
  const { model, errors } = resolveBody(body);
  expect(errors).toEqual([]);
  return Object.fromEntries(Object.values(model.types).map(({ id, fingerprint }) => [id, fingerprint]));
}

const base =
  type("Leaf", element("a", "xs:string")) +
  type("Middle", element("leaf", "t:Leaf")) +
  type("Top", element("middle", "t:Middle")) +
  type("Other", element("o", "xs:int"));

test("documentation, order and place of declarations do not matter", () => {
  const documented =
    type("Other", element("o", "xs:int", "Prose")) +
    "\n\n" +
    type("Top", element("middle", "t:Middle")) +
    type("Middle", element("leaf", "t:Leaf", "More")) +
    type("Leaf", element("a", "xs:string"));
  expect(prints(documented)).toEqual(prints(base));
});

test("the file does not matter", () => {
  const one = resolveFiles({ "a.xsd": schema(base) }).model;
  const two = resolveFiles({ "x/b.xsd": schema(base) }).model;
  expect(two.types[t("Top")]?.fingerprint).toBe(one.types[t("Top")]?.fingerprint);
});

test("a change reaches all that reach it, and nothing else", () => {
  const before = prints(base);
  const after = prints(base.replace('name="a" type="xs:string"', 'name="a" type="xs:int"'));
  const changed = Object.keys(before).filter((id) => before[id] !== after[id]);
  expect(changed).toEqual([t("Leaf"), t("Middle"), t("Top")]);
});

test.each<[change: string, from: string, to: string]>([
  ["occurrence", '<xs:element name="x"/>', '<xs:element name="x" minOccurs="0"/>'],
  ["nillable", '<xs:element name="x"/>', '<xs:element name="x" nillable="true"/>'],
  ["default", '<xs:element name="x" type="xs:int"/>', '<xs:element name="x" type="xs:int" default="1"/>'],
  ["order", '<xs:element name="x"/><xs:element name="y"/>', '<xs:element name="y"/><xs:element name="x"/>'],
  ["a wildcard", '<xs:any namespace="urn:a"/>', '<xs:any namespace="urn:b"/>'],
])("a change of %s changes the fingerprint", (_change, from, to) => {
  expect(prints(type("T", from))[t("T")]).not.toBe(prints(type("T", to))[t("T")]);
});

test("a facet, an attribute, a substitute", () => {
  const simple = (facets: string) =>
    prints(
      `<xs:simpleType name="S"><xs:restriction base="xs:string">${facets}</xs:restriction></xs:simpleType>`,
    )[t("S")];
  expect(simple('<xs:maxLength value="3"/>')).not.toBe(simple('<xs:maxLength value="4"/>'));
  const attribute = (use: string) =>
    prints(`<xs:complexType name="T"><xs:attribute name="a" use="${use}"/></xs:complexType>`)[t("T")];
  expect(attribute("optional")).not.toBe(attribute("required"));
  const head = '<xs:element name="head" type="xs:string"/>';
  const alone = resolveBody(head).model.elements[t("head")]?.fingerprint;
  const followed = resolveBody(`${head}<xs:element name="m" substitutionGroup="t:head"/>`).model.elements[
    t("head")
  ]?.fingerprint;
  expect(alone).not.toBe(followed);
});

test("types that reach each other", () => {
  const circle = (leaf: string): string =>
    type("A", element("b", "t:B")) +
    type("B", `<xs:element name="a" type="t:A" minOccurs="0"/>`, element("leaf", leaf)) +
    type("C", element("a", "t:A"));
  const before = prints(circle("xs:int"));
  expect(prints(circle("xs:int"))).toEqual(before);
  expect(new Set(Object.values(before)).size).toBe(3);
  const after = prints(circle("xs:long"));
  for (const id of Object.keys(before)) expect(after[id]).not.toBe(before[id]);
});

test("a new derived type changes no other type", () => {
  const derived =
    '<xs:complexType name="Derived"><xs:complexContent><xs:extension base="t:Leaf"/></xs:complexContent></xs:complexType>';
  const before = prints(base);
  expect(prints(base + derived)).toMatchObject(before);
});

test("ten thousand types in one chain", () => {
  const count = 10_000;
  const chain = Array.from({ length: count }, (_, n) =>
    type(`T${n}`, `<xs:element name="n" type="t:T${(n + 1) % count}" minOccurs="0"/>`),
  ).join("");
  const { model, errors } = resolveBody(chain);
  expect(errors).toEqual([]);
  expect(new Set(Object.values(model.types).map(({ fingerprint }) => fingerprint)).size).toBe(count);
});
