// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Values of simple types: from text to JavaScript and back. */
import type { Atomic, Facets, Lookup, Parsed, SimpleType, Wrong } from "./descriptor.js";
import { collapse, hasForm, isInBounds, toBigint, whiteSpaceOf } from "./forms.js";

export type { Lookup, Parsed, Wrong } from "./descriptor.js";

/** For texts of a descriptor, whose QNames are expanded: `{uri}local`. */
export const expandedNames: Lookup = () => undefined;

/** What a simple type is called in messages. */
export function nameOf(type: SimpleType): string {
  return type.mapping?.nameOf?.(type) ?? "xs:" + (type as Atomic).builtin;
}

/** Is a value one that the enumeration lists, perhaps written otherwise (Part 2, clause 4.3.5)? */
function listed(type: SimpleType, value: unknown): boolean {
  const { values } = type;
  const compare = type.facets?.compare;
  return (
    values === undefined ||
    (values as readonly unknown[]).includes(value) ||
    formsOf(type).has(formOf(type, value)) ||
    (compare !== undefined && values.some((one) => isSameTime(type, compare, String(one), textOf(value))))
  );
}

/** Are two texts one date, time or duration, or lists of such? */
export function isSameTime(
  type: SimpleType,
  compare: NonNullable<Facets["compare"]>,
  a: string,
  b: string,
): boolean {
  return (
    type.mapping?.isSameTime?.(type, compare, a, b) ??
    (a === b || compare((type as Atomic).builtin, a, b) === 0)
  );
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : String(value);
}

const forms = /*#__PURE__*/ new WeakMap<SimpleType, ReadonlySet<string>>();

/** The forms of the values of an enumeration. */
function formsOf(type: SimpleType): ReadonlySet<string> {
  let known = forms.get(type);
  if (!known) {
    // What is no value in JavaScript stands as text.
    const plain = { ...type, values: undefined } as unknown as SimpleType;
    known = new Set(
      type.values?.map((one) =>
        formOf(plain, type.mapping ? (parse(plain, String(one), () => undefined).value ?? one) : one),
      ),
    );
    forms.set(type, known);
  }
  return known;
}

/** One text for all ways to write a value. */
export function formOf(type: SimpleType, value: unknown): string {
  return type.mapping?.formOf?.(type, value) ?? String(value);
}

/** The value of a text of an atomic type; `undefined` when there is anything to say about it. */
export function parseListed(type: Atomic, text: string, lookup: Lookup): unknown {
  const value = valueOf(type, text, lookup);
  return listed(type, value) ? value : undefined;
}

function valueOf(type: Atomic, text: string, lookup: Lookup): unknown {
  return type.mapping ? type.mapping.parse(type, text, lookup).value : parseAtomic(type, text);
}

/** Reads a text. Enumerations are open here: a value that is not listed is a value. */
export function parse(type: SimpleType, text: string, lookup: Lookup): Parsed {
  const { value, unlisted } = type.mapping
    ? type.mapping.parse(type, text, lookup)
    : { value: parseAtomic(type as Atomic, text), unlisted: false };
  return { value, unlisted: unlisted || !listed(type, value) };
}

/** A text after white space processing. */
export function collapsed({ builtin, facets }: Atomic, written: string): string {
  return collapse(written, facets?.whiteSpace ?? whiteSpaceOf(builtin));
}

function parseAtomic(type: Atomic, written: string): unknown {
  const { as, builtin } = type;
  const text = collapsed(type, written);
  if (as === "string" && builtin === "string") return text;
  if (!hasForm(builtin, text)) return undefined;
  if (as === "boolean") return text === "true" || text === "1";
  if (as === "number") {
    const value = Number(text);
    return Number.isSafeInteger(value) && isInBounds(builtin, value) ? value + 0 : undefined;
  }
  if (as === "bigint") {
    const value = toBigint(text);
    return isInBounds(builtin, value) ? value : undefined;
  }
  return isInBounds(builtin, text) ? text : undefined;
}

/** A value, shortly, for a message. */
export function describe(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? value.slice(0, 60) + "..." : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "bigint" ? value + "n" : String(value);
}

/** Names or values for a message: the first few. */
export function listSome(names: readonly string[]): string {
  return names.slice(0, 8).join(", ") + (names.length > 8 ? ", ..." : "");
}

/** The text of a value, or what is wrong with it. `prefixOf` is asked for QNames, with "" too. */
export function print(type: SimpleType, value: unknown, prefixOf: (uri: string) => string): string | Wrong {
  const text = type.mapping ? type.mapping.print(type, value, prefixOf) : printAtomic(type as Atomic, value);
  if (typeof text !== "string" || listed(type, value)) return text;
  const some = listSome((type.values ?? []).slice(0, 9).map(describe));
  return { code: "unknown-value", message: `${describe(value)} is not one of ${some}`, text };
}

/** A value that JavaScript does not have for this type. */
export function wrongType(expected: string, value: unknown): Wrong {
  const given = value instanceof Date ? "a Date" : describe(value);
  return { code: "wrong-type", message: `${expected} is expected, not ${given}` };
}

/** A value that is out of the bounds of the type, or not of its form. */
export function notA({ builtin }: Atomic, value: unknown): Wrong {
  return { code: "invalid-value", message: `${describe(value)} is not an xs:${builtin}` };
}

function printAtomic(type: Atomic, value: unknown): string | Wrong {
  const { as, builtin } = type;
  if (typeof value !== as) return wrongType(`a ${as}`, value);
  let fits = true;
  if (typeof value === "number") fits = Number.isSafeInteger(value) && isInBounds(builtin, value);
  else if (typeof value === "bigint") fits = isInBounds(builtin, value);
  else if (typeof value === "string") {
    const form = collapse(value, whiteSpaceOf(builtin));
    fits = hasForm(builtin, form) && isInBounds(builtin, form);
  }
  return fits ? String(value) : notA(type, value);
}
