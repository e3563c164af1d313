import { expect, test } from "vitest";
import {
  ancestry,
  derivedTypes,
  displayName,
  elementTag,
  isDerivedFrom,
  knownElements,
  memberAt,
  ownElements,
  pathTo,
  reachedTypes,
  selectableTypes,
  wildcardAdmits,
} from "../../generator/model/query.js";
import { intersectNamespaces, isNamespaceSubset, uniteNamespaces } from "../../generator/model/wildcard.js";
import { complexType, extension, resolveBody, resolveFiles, schema, sequence, t, xs } from "./release.js";

const { model } = resolveBody(
  complexType("Body", "", 'abstract="true"') +
    complexType("Get", extension("Body", sequence('<xs:element name="key" type="t:Key"/>'))) +
    complexType("GetResponse", extension("Body", sequence('<xs:element name="user" type="t:User"/>'))) +
    complexType(
      "User",
      sequence('<xs:element name="address" type="t:Address"/><xs:element name="key" type="t:Key"/>'),
    ) +
    complexType(
      "Address",
      sequence('<xs:element name="zip" type="xs:string"/>') + '<xs:attribute name="kind" type="t:Kind"/>',
    ) +
    complexType("HomeAddress", extension("Address")) +
    complexType("Envelope", sequence('<xs:element name="body" type="t:Body"/>')) +
    '<xs:simpleType name="Key"><xs:restriction base="xs:string"/></xs:simpleType><xs:simpleType name="Kind"><xs:restriction base="xs:token"/></xs:simpleType><xs:simpleType name="Unused"><xs:restriction base="xs:token"/></xs:simpleType>',
);

test("how a type is reached", () => {
  const reached = reachedTypes(model, [t("GetResponse")], { slots: [t("Body")] });
  expect(pathTo(reached, t("Kind")).map(({ by }) => by)).toEqual(["user", "address", "@kind"]);
  expect(pathTo(reached, t("HomeAddress")).map(({ by }) => by)).toEqual(["user", "address", "derived"]);
  expect(reached.has(t("Get"))).toBe(false);
  expect(reachedTypes(model, [t("Envelope")], { derived: false }).has(t("Get"))).toBe(false);
});

test("derivation", () => {
  expect(derivedTypes(model, t("Body"))).toEqual([t("Get"), t("GetResponse")]);
  expect(selectableTypes(model, t("Address"))).toEqual([t("HomeAddress")]);
  expect(selectableTypes(model, t("Address"), ["extension"])).toEqual([]);
  expect(ancestry(model, t("HomeAddress")).map(({ id }) => id)).toEqual([
    t("HomeAddress"),
    t("Address"),
    xs("anyType"),
  ]);
  expect(isDerivedFrom(model, xs("int"), xs("decimal"))).toBe(true);
  expect(isDerivedFrom(model, xs("int"), xs("anySimpleType"), ["restriction"])).toBe(false);
  expect(isDerivedFrom(model, xs("decimal"), xs("int"))).toBe(false);
});

test("members by key", () => {
  expect(memberAt(model, `${t("User")}/address`)).toMatchObject({ kind: "element", type: t("Address") });
  expect(memberAt(model, `${t("Address")}/@kind`)).toMatchObject({ type: t("Kind") });
  expect(memberAt(model, `${t("HomeAddress")}/zip`)).toBeUndefined();
  expect(memberAt(model, t("User"))).toBeUndefined();
  expect(ownElements(model, t("HomeAddress"))).toEqual([]);
  expect(displayName(model, t("User"))).toBe("t:User");
});

test("tags of global elements: the prefix only where two namespaces share the name", () => {
  const other = resolveFiles({
    "t.xsd": schema('<xs:element name="one"/><xs:element name="both"/>'),
    "u.xsd":
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:u="urn:u" targetNamespace="urn:u"><xs:element name="both"/></xs:schema>',
  }).model;
  expect([t("one"), t("both"), "{urn:u}both"].map((id) => elementTag(other, id))).toEqual([
    "one",
    "t:both",
    "u:both",
  ]);
  const wildcard = {
    namespaces: { kind: "not", uris: ["urn:t", ""] },
    process: "lax",
    span: { file: "", start: 0, end: 0 },
  } as const;
  expect(knownElements(other, wildcard)).toEqual(["{urn:u}both"]);
  expect(knownElements(other, { ...wildcard, process: "skip" })).toEqual([]);
  expect(wildcardAdmits({ ...wildcard, notNames: ["{urn:u}both"] }, "{urn:u}both")).toBe(false);
});

test("wildcards as sets of namespaces", () => {
  const any = { kind: "any" } as const;
  const not = (...uris: string[]) => ({ kind: "not", uris }) as const;
  const within = (...uris: string[]) => ({ kind: "in", uris }) as const;
  expect(intersectNamespaces(any, within("a"))).toEqual(within("a"));
  expect(intersectNamespaces(not("a"), within("a", "b"))).toEqual(within("b"));
  expect(intersectNamespaces(within("a", "b"), within("b", "c"))).toEqual(within("b"));
  expect(intersectNamespaces(not("a"), not("b"))).toEqual(not("a", "b"));
  expect(uniteNamespaces(within("a"), within("b"))).toEqual(within("a", "b"));
  expect(uniteNamespaces(not("a", ""), within("a"))).toEqual(not(""));
  expect(uniteNamespaces(not("a"), within("a"))).toEqual(any);
  expect(uniteNamespaces(not("a", ""), not("b", ""))).toEqual(not(""));
  expect(uniteNamespaces(not("a"), not("b"))).toEqual(any);
  expect(isNamespaceSubset(within("a"), not("b"))).toBe(true);
  expect(isNamespaceSubset(not("a"), within("b"))).toBe(false);
  expect(isNamespaceSubset(not("a", "b"), not("a"))).toBe(true);
});
