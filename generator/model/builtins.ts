/** The types that every schema has without declaring them (XML Schema Part 2, clause 3; anyType is Part 1, clause 3.4.7). */
import type { Span } from "../diagnostics.js";
import {
  XSD_NAMESPACE,
  type ComplexType,
  type Facets,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
} from "./types.js";

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";

/** Spans of what no file declares. */
export const nowhere: Span = { file: "", start: 0, end: 0 };

/** Id of a built-in type: `xsdId("string")`. */
export function xsdId(local: string): TypeId {
  return `{${XSD_NAMESPACE}}${local}`;
}

export const anyTypeId = xsdId("anyType");
export const anySimpleTypeId = xsdId("anySimpleType");
export const anyAtomicTypeId = xsdId("anyAtomicType");

/** Facets that constrain a type of this primitive type; lists and unions are told apart by variety (Part 2, clause 4.1.5). */
type FacetGroup = "text" | "ordered" | "decimal" | "boolean" | "time";

const groupOfPrimitive: Readonly<Record<string, FacetGroup>> = {
  string: "text",
  boolean: "boolean",
  decimal: "decimal",
  float: "ordered",
  double: "ordered",
  duration: "ordered",
  dateTime: "time",
  time: "time",
  date: "time",
  gYearMonth: "time",
  gYear: "time",
  gMonthDay: "time",
  gDay: "time",
  gMonth: "time",
  hexBinary: "text",
  base64Binary: "text",
  anyURI: "text",
  QName: "text",
  NOTATION: "text",
};

const general = ["pattern", "enumeration", "whiteSpace"];
const lengths = ["length", "minLength", "maxLength"];
const bounds = ["maxInclusive", "maxExclusive", "minInclusive", "minExclusive"];

const facetsOfGroup: Readonly<Record<FacetGroup, readonly string[]>> = {
  text: [...lengths, ...general],
  ordered: [...bounds, ...general],
  time: [...bounds, ...general, "explicitTimezone"],
  decimal: [...bounds, ...general, "totalDigits", "fractionDigits"],
  boolean: ["pattern", "whiteSpace"],
};

/** The facets that may be stated on a type (Part 2, clause 4.1.5 "Applicable facets"). */
export function applicableFacets(type: Pick<SimpleType, "variety" | "primitive">): ReadonlySet<string> {
  if (type.variety === "list") return listFacets;
  if (type.variety === "union") return unionFacets;
  const local = type.primitive?.slice(XSD_NAMESPACE.length + 2) ?? "";
  const group = groupOfPrimitive[local];
  return group === undefined ? noFacets : (atomicFacets[group] ?? noFacets);
}

const noFacets: ReadonlySet<string> = new Set();
const listFacets: ReadonlySet<string> = new Set([...lengths, ...general]);
const unionFacets: ReadonlySet<string> = new Set(["pattern", "enumeration"]);
const atomicFacets = Object.fromEntries(
  Object.entries(facetsOfGroup).map(([group, names]) => [group, new Set(names)]),
) as Readonly<Record<string, ReadonlySet<string>>>;

const types: Record<TypeId, TypeDefinition> = Object.create(null) as Record<TypeId, TypeDefinition>;
const version11 = new Set<TypeId>();

/** All built-in types by id: anyType, anySimpleType, the primitive ones and those derived from them. */
export const builtinTypes: Readonly<Record<TypeId, TypeDefinition>> = types;

/** Whether the id is that of a built-in type. */
export function isBuiltin(id: TypeId): boolean {
  return id in types;
}

/** Whether a built-in type exists in XSD 1.1 only. */
export function isBuiltinOf11(id: TypeId): boolean {
  return version11.has(id);
}

function simple(local: string, base: string, part: Partial<SimpleType> = {}): SimpleType {
  const id = xsdId(local);
  const type: SimpleType = {
    kind: "simple",
    id,
    name: { namespace: XSD_NAMESPACE, local },
    namespace: XSD_NAMESPACE,
    base: xsdId(base),
    final: [],
    fingerprint: id,
    variety: "atomic",
    facets: {},
    ownFacets: [],
    span: nowhere,
    extent: nowhere,
    ...part,
  };
  types[id] = type;
  return type;
}

const anyType: ComplexType = {
  kind: "complex",
  id: anyTypeId,
  name: { namespace: XSD_NAMESPACE, local: "anyType" },
  namespace: XSD_NAMESPACE,
  base: anyTypeId,
  final: [],
  fingerprint: anyTypeId,
  derivation: "restriction",
  abstract: false,
  block: [],
  content: {
    kind: "elements",
    mixed: true,
    particle: {
      kind: "sequence",
      min: 1,
      max: 1,
      span: nowhere,
      particles: [
        {
          kind: "any",
          min: 0,
          max: "unbounded",
          span: nowhere,
          wildcard: { namespaces: { kind: "any" }, process: "lax", span: nowhere },
        },
      ],
    },
  },
  attributes: [],
  anyAttribute: { namespaces: { kind: "any" }, process: "lax", span: nowhere },
  span: nowhere,
  extent: nowhere,
};
types[anyTypeId] = anyType;

simple("anySimpleType", "anyType", { primitive: anySimpleTypeId, builtin: anySimpleTypeId });
simple("anyAtomicType", "anySimpleType", { primitive: anyAtomicTypeId, builtin: anyAtomicTypeId });
version11.add(anyAtomicTypeId);

/** XSD 1.1: the type without values, a union of nothing (Part 1 of 1.1, clause 3.16.7.3). */
simple("error", "anySimpleType", { variety: "union", members: [] });
version11.add(xsdId("error"));

for (const local of Object.keys(groupOfPrimitive)) {
  const id = xsdId(local);
  simple(local, "anySimpleType", {
    primitive: id,
    builtin: id,
    facets:
      local === "string" ? { whiteSpace: "preserve" } : { whiteSpace: "collapse", fixed: ["whiteSpace"] },
  });
}

function derived(local: string, base: string, own: Facets, fixed: readonly string[] = []): void {
  const parent = types[xsdId(base)] as SimpleType;
  const allFixed = [...new Set([...(parent.facets.fixed ?? []), ...fixed])];
  const id = xsdId(local);
  simple(local, base, {
    ...(parent.primitive === undefined ? {} : { primitive: parent.primitive }),
    builtin: id,
    facets: {
      ...parent.facets,
      ...own,
      ...(own.patterns === undefined
        ? {}
        : { patterns: [...(parent.facets.patterns ?? []), ...own.patterns] }),
      ...(allFixed.length === 0 ? {} : { fixed: allFixed }),
    },
    ownFacets: Object.keys(own).map((name) => (name === "patterns" ? "pattern" : name)),
  });
}

derived("normalizedString", "string", { whiteSpace: "replace" });
derived("token", "normalizedString", { whiteSpace: "collapse" });
derived("language", "token", { patterns: [["[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"]] });
derived("NMTOKEN", "token", { patterns: [["\\c+"]] });
derived("Name", "token", { patterns: [["\\i\\c*"]] });
derived("NCName", "Name", { patterns: [["[\\i-[:]][\\c-[:]]*"]] });
derived("ID", "NCName", {});
derived("IDREF", "NCName", {});
derived("ENTITY", "NCName", {});

derived("integer", "decimal", { fractionDigits: 0, patterns: [["[\\-+]?[0-9]+"]] }, ["fractionDigits"]);
derived("nonPositiveInteger", "integer", { maxInclusive: "0" });
derived("negativeInteger", "nonPositiveInteger", { maxInclusive: "-1" });
derived("long", "integer", { minInclusive: "-9223372036854775808", maxInclusive: "9223372036854775807" });
derived("int", "long", { minInclusive: "-2147483648", maxInclusive: "2147483647" });
derived("short", "int", { minInclusive: "-32768", maxInclusive: "32767" });
derived("byte", "short", { minInclusive: "-128", maxInclusive: "127" });
derived("nonNegativeInteger", "integer", { minInclusive: "0" });
derived("unsignedLong", "nonNegativeInteger", { maxInclusive: "18446744073709551615" });
derived("unsignedInt", "unsignedLong", { maxInclusive: "4294967295" });
derived("unsignedShort", "unsignedInt", { maxInclusive: "65535" });
derived("unsignedByte", "unsignedShort", { maxInclusive: "255" });
derived("positiveInteger", "nonNegativeInteger", { minInclusive: "1" });

derived("yearMonthDuration", "duration", { patterns: [["[^DT]*"]] });
derived("dayTimeDuration", "duration", { patterns: [["[^YM]*(T.*)?"]] });
derived("dateTimeStamp", "dateTime", { explicitTimezone: "required" }, ["explicitTimezone"]);
for (const local of ["yearMonthDuration", "dayTimeDuration", "dateTimeStamp"]) version11.add(xsdId(local));

for (const [local, item] of [
  ["NMTOKENS", "NMTOKEN"],
  ["IDREFS", "IDREF"],
  ["ENTITIES", "ENTITY"],
] as const) {
  simple(local, "anySimpleType", {
    variety: "list",
    item: xsdId(item),
    builtin: xsdId(local),
    facets: { minLength: 1, whiteSpace: "collapse", fixed: ["whiteSpace"] },
    ownFacets: ["minLength"],
  });
}
