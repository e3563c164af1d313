/** Values of simple types: whether a text is one, and when two are the same (Part 1, clause 3.14.4; Part 2, clause 4.3). */
import type { Builtin } from "../../templates/runtime/descriptor.js";
import {
  compareValues,
  countDigits,
  equalValues,
  hasTimezone,
  primitiveOf,
  valueLength,
} from "../../templates/runtime/datatypes.js";
import { collapse, isLexical, isUriReference, splitList } from "../../templates/runtime/lexical.js";
import { anySimpleTypeId } from "./builtins.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { XSD_NAMESPACE, type SimpleType, type TypeId } from "./types.js";

/** A value: where it lies (which built-in type) and its lexical form; names expanded. */
export type Value =
  | { readonly kind: "atomic"; readonly builtin: Builtin; readonly text: string; readonly type: TypeId }
  | { readonly kind: "list"; readonly items: readonly Value[] };

/** What reading a text needs besides its type. */
export interface ValueContext {
  readonly simpleType: (id: TypeId) => SimpleType | undefined;
  /** In-scope prefixes, for QName and NOTATION; without them names are taken as expanded already. */
  readonly namespaces?: ReadonlyMap<string, string> | undefined;
  readonly version?: "1.0" | "1.1";
}

/** A value, or what is wrong with the text: a phrase that continues "... is not valid: ". */
export type Parsed =
  | { readonly value: Value; readonly normalized: string }
  | { readonly problem: string; readonly clause: string };

const xsdPrefix = `{${XSD_NAMESPACE}}`;

/** The local name of the built-in type nearest above an atomic type. */
export function builtinOf(type: SimpleType): Builtin {
  return (type.builtin ?? anySimpleTypeId).slice(xsdPrefix.length) as Builtin;
}

/** Reads a text as a value of a simple type, all facets applied. */
export function parseValue(type: SimpleType, text: string, context: ValueContext): Parsed {
  switch (type.variety) {
    case "atomic":
      return parseAtomic(type, text, context);
    case "list":
      return parseList(type, text, context);
    case "union":
      return parseUnion(type, text, context);
  }
}

function parseAtomic(type: SimpleType, text: string, context: ValueContext): Parsed {
  const builtin = builtinOf(type);
  const normalized = collapse(text, type.facets.whiteSpace ?? "preserve");
  const isName = type.primitive === `${xsdPrefix}QName` || type.primitive === `${xsdPrefix}NOTATION`;
  let canonical = normalized;
  if (isName && context.namespaces === undefined && normalized.startsWith("{")) canonical = normalized;
  else if (!isLexical(builtin, normalized, context.version)) {
    return { problem: `it is not in the lexical space of xs:${builtin}`, clause: "cvc-datatype-valid.1.2.1" };
  } else if (builtin === "anyURI" && context.version === "1.0" && !isUriReference(normalized)) {
    return { problem: "it is no URI reference (RFC 2396)", clause: "cvc-datatype-valid.1.2.1" };
  } else if (isName && context.namespaces !== undefined) {
    const colon = normalized.indexOf(":");
    const prefix = colon < 0 ? "" : normalized.slice(0, colon);
    const uri = context.namespaces.get(prefix) ?? (prefix === "" ? "" : undefined);
    if (uri === undefined) {
      return { problem: `the prefix "${prefix}" is not declared`, clause: "cvc-datatype-valid.1.2.1" };
    }
    canonical = `{${uri}}${normalized.slice(colon + 1)}`;
  }
  const value: Value = { kind: "atomic", builtin, text: canonical, type: type.id };
  return checked(type, value, normalized, context);
}

function parseList(type: SimpleType, text: string, context: ValueContext): Parsed {
  const item = type.item === undefined ? undefined : context.simpleType(type.item);
  const items: Value[] = [];
  for (const part of splitList(text)) {
    if (item === undefined) continue;
    const parsed = parseValue(item, part, context);
    if ("problem" in parsed)
      return { ...parsed, problem: `the item "${part}" is not valid: ${parsed.problem}` };
    items.push(parsed.value);
  }
  return checked(type, { kind: "list", items }, splitList(text).join(" "), context);
}

function parseUnion(type: SimpleType, text: string, context: ValueContext): Parsed {
  for (const id of type.members ?? []) {
    const member = context.simpleType(id);
    if (member === undefined) continue;
    const parsed = parseValue(member, text, context);
    if (!("problem" in parsed)) return checked(type, parsed.value, parsed.normalized, context);
  }
  return { problem: "no member type of the union takes it", clause: "cvc-datatype-valid.1.2.3" };
}

function checked(type: SimpleType, value: Value, normalized: string, context: ValueContext): Parsed {
  const problem = facetProblem(type, value, normalized, context);
  return problem ?? { value, normalized };
}

function facetProblem(
  type: SimpleType,
  value: Value,
  normalized: string,
  context: ValueContext,
): Extract<Parsed, { problem: string }> | undefined {
  const { facets } = type;
  const bad = (facet: string, problem: string) => ({ problem, clause: `cvc-${facet}-valid` });
  for (const step of facets.patterns ?? []) {
    if (!step.some((pattern) => matchesPattern(pattern, normalized))) {
      return bad("pattern", `it does not match the pattern ${step.join(" or ")}`);
    }
  }
  if (facets.enumeration !== undefined && !isEnumerated(type, value, context)) {
    return bad("enumeration", "it is not one of the enumerated values");
  }
  const length = lengthOf(value);
  if (length !== undefined) {
    if (facets.length !== undefined && length !== facets.length) {
      return bad("length", `its length is ${length}, not ${facets.length}`);
    }
    if (facets.minLength !== undefined && length < facets.minLength) {
      return bad("minLength", `its length is ${length}, below ${facets.minLength}`);
    }
    if (facets.maxLength !== undefined && length > facets.maxLength) {
      return bad("maxLength", `its length is ${length}, above ${facets.maxLength}`);
    }
  }
  if (value.kind === "list") return undefined;
  const { builtin, text } = value;
  const against = (bound: string | undefined, allowed: readonly number[]): boolean => {
    if (bound === undefined) return true;
    const order = compareValues(builtin, text, bound);
    return order !== undefined && allowed.includes(order);
  };
  if (!against(facets.minInclusive, [0, 1])) return bad("minInclusive", `it is below ${facets.minInclusive}`);
  if (!against(facets.minExclusive, [1]))
    return bad("minExclusive", `it is not above ${facets.minExclusive}`);
  if (!against(facets.maxInclusive, [-1, 0]))
    return bad("maxInclusive", `it is above ${facets.maxInclusive}`);
  if (!against(facets.maxExclusive, [-1]))
    return bad("maxExclusive", `it is not below ${facets.maxExclusive}`);
  if (
    primitiveOf(builtin) === "decimal" &&
    (facets.totalDigits !== undefined || facets.fractionDigits !== undefined)
  ) {
    const { total, fraction } = countDigits(text);
    if (facets.totalDigits !== undefined && total > facets.totalDigits) {
      return bad("totalDigits", `it has ${total} digits, more than ${facets.totalDigits}`);
    }
    if (facets.fractionDigits !== undefined && fraction > facets.fractionDigits) {
      return bad(
        "fractionDigits",
        `it has ${fraction} digits after the point, more than ${facets.fractionDigits}`,
      );
    }
  }
  if (facets.explicitTimezone === "required" && !hasTimezone(text)) {
    return bad("explicitTimezone", "it has no time zone");
  }
  if (facets.explicitTimezone === "prohibited" && hasTimezone(text)) {
    return bad("explicitTimezone", "it has a time zone");
  }
  return undefined;
}

function lengthOf(value: Value): number | undefined {
  return value.kind === "list" ? value.items.length : valueLength(value.builtin, value.text);
}

/** The enumerated values of a type: as they are written, and read. */
interface Enumerated {
  readonly texts: ReadonlySet<string>;
  /** Those that may be written in other ways. */
  readonly values: readonly Value[];
}

/** Read once for each version, since an enumeration may be asked for each of thousands of values. */
const enumerations = new WeakMap<SimpleType, Map<ValueContext["version"], Enumerated>>();

function isEnumerated(type: SimpleType, value: Value, context: ValueContext): boolean {
  const { texts, values } = enumeratedBy(type, context);
  return (
    (value.kind === "atomic" && texts.has(value.text)) || values.some((each) => isSameValue(each, value))
  );
}

function enumeratedBy(type: SimpleType, { namespaces: _, ...context }: ValueContext): Enumerated {
  let versions = enumerations.get(type);
  if (versions === undefined) enumerations.set(type, (versions = new Map()));
  let known = versions.get(context.version);
  if (known !== undefined) return known;
  const { enumeration = [], patterns: __, ...facets } = type.facets;
  // The values are in normal form; collapsed again, white space would be another value.
  const plain = { ...type, facets: { ...facets, whiteSpace: "preserve" as const } };
  const texts = new Set(enumeration.map((each) => each.value));
  const values: Value[] = [];
  for (const { value } of enumeration) {
    const parsed = parseValue(plain, value, context);
    if ("problem" in parsed) continue;
    if (parsed.value.kind === "atomic" && primitiveOf(parsed.value.builtin) === "string")
      texts.add(parsed.value.text);
    else values.push(parsed.value);
  }
  known = { texts, values };
  versions.set(context.version, known);
  return known;
}

/** Equality in the value space; values of different primitive types are never equal. */
export function isSameValue(a: Value, b: Value): boolean {
  if (a.kind === "list" || b.kind === "list") {
    if (a.kind !== "list" || b.kind !== "list" || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => isSameValue(item, b.items[index] as Value));
  }
  const primitive = primitiveOf(a.builtin);
  return primitive === primitiveOf(b.builtin) && equalValues(primitive, a.text, b.text);
}
