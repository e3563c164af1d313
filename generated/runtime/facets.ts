// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Texts of simple types against everything their schema says: lexical space, facets, enumerations (Part 2, clause 4.3). */
import type { Atomic, Builtin, Facets, SimpleType } from "./descriptor.js";
import {
  compareDecimals,
  countDigits,
  hasTimezone,
  isListBuiltin,
  primitiveOf,
  valueLength,
} from "./datatypes.js";
import type { IssueCode } from "./errors.js";
import { collapse, isLexical, isUriReference, splitList, whiteSpaceOf } from "./lexical.js";
import { follow } from "./plan.js";
import { listSome } from "./values.js";
import { describe, nameOf, parse, type Lookup } from "./simple.js";

/** What is wrong with a text. */
export interface Violation {
  readonly code: IssueCode;
  readonly message: string;
  /** What was expected instead, as a phrase. */
  readonly expected: string;
  /** The clause of the specification that is broken. */
  readonly clause: string;
}

/** Is told each atomic value, with the built-in type it is of. */
export type Note = (builtin: Builtin, text: string) => void;

/** What is wrong with a text as a value of a simple type; `undefined`: nothing. */
export function checkText(
  type: SimpleType,
  written: string,
  lookup: Lookup,
  note?: Note,
): Violation | undefined {
  const { facets = {} } = type;
  let text = written;
  let length: number | undefined;
  let builtin: Builtin | undefined;
  if (type.kind === "atomic") {
    builtin = type.builtin;
    // Schemas give names expanded, where prefixes mean nothing.
    if (type.as === "qname" && written.startsWith("{")) {
      note?.(builtin, written);
      return undefined;
    }
    text = collapse(written, facets.whiteSpace ?? whiteSpaceOf(builtin));
    if (!isLexical(builtin, text) || (builtin === "anyURI" && !isUriReference(text)))
      return violation(text, nameOf(type), "cvc-datatype-valid.1.2.1");
    length = valueLength(builtin, text);
  } else if (type.kind === "list") {
    const items = splitList(written);
    const item = follow(type.item);
    for (const one of items) {
      const wrong = checkText(item, one, lookup, note);
      if (wrong) return wrong;
    }
    text = items.join(" ");
    length = items.length;
  } else {
    const member = memberOf(type.members.map(follow), written, lookup);
    if (!member) return violation(text, nameOf(type), "cvc-datatype-valid.1.2.3");
    checkText(member, written, lookup, note);
    if (member.kind === "atomic")
      text = collapse(written, member.facets?.whiteSpace ?? whiteSpaceOf(member.builtin));
    else if (member.kind === "list") text = collapse(written);
  }
  const wrong = checkFacets(facets, builtin, text, length, type.kind === "atomic" && type.as === "qname");
  if (wrong) return wrong;
  if (type.values !== undefined && parse(type, text, lookup).unlisted) {
    const some = listSome(type.values.map(describe));
    return {
      code: "unknown-value",
      message: `${describe(text)} is not one of ${some}`,
      expected: `one of ${some}`,
      clause: "cvc-enumeration-valid",
    };
  }
  if (builtin) note?.(builtin, text);
  return undefined;
}

function memberOf(members: readonly SimpleType[], text: string, lookup: Lookup): SimpleType | undefined {
  return members.find((one) => checkText(one, text, lookup) === undefined);
}

/** Does a text stand for the value of another, such as a fixed one? */
export function isSameText(type: SimpleType, text: string, other: string, lookup: Lookup): boolean {
  if (text === other) return true;
  if (type.kind === "union") {
    const members = type.members.map(follow);
    const member = memberOf(members, text, lookup);
    return (
      member !== undefined &&
      member === memberOf(members, other, lookup) &&
      isSameText(member, text, other, lookup)
    );
  }
  if (type.kind === "list") {
    const items = splitList(text);
    const others = splitList(other);
    const item = follow(type.item);
    return (
      items.length === others.length &&
      items.every((one, k) => isSameText(item, one, others[k] ?? "", lookup))
    );
  }
  // What is no value in JavaScript stands in lists as text.
  const value = type.mapping ? other.replace(/^\{\}/, "") : parse(type, other, lookup).value;
  return (
    value !== undefined &&
    !parse({ ...type, values: [value] } as unknown as SimpleType, text, lookup).unlisted
  );
}

/** The built-in types that derive from another, with what they derive from (Part 2, clause 3). */
const bases: { readonly [K in Builtin]?: Builtin } = {
  normalizedString: "string",
  token: "normalizedString",
  language: "token",
  NMTOKEN: "token",
  Name: "token",
  NCName: "Name",
  ID: "NCName",
  IDREF: "NCName",
  ENTITY: "NCName",
  integer: "decimal",
  nonPositiveInteger: "integer",
  negativeInteger: "nonPositiveInteger",
  long: "integer",
  int: "long",
  short: "int",
  byte: "short",
  nonNegativeInteger: "integer",
  unsignedLong: "nonNegativeInteger",
  unsignedInt: "unsignedLong",
  unsignedShort: "unsignedInt",
  unsignedByte: "unsignedShort",
  positiveInteger: "nonNegativeInteger",
  dateTimeStamp: "dateTime",
  yearMonthDuration: "duration",
  dayTimeDuration: "duration",
};

/** Is this the local name of a built-in simple type? */
export function isBuiltin(name: string): name is Builtin {
  return (
    Object.hasOwn(bases, name) || primitiveOf(name as Builtin) === name || isListBuiltin(name as Builtin)
  );
}

/** May `xsi:type` name a built-in type where another simple type is declared (clause cvc-elt.4.3)? */
export function derivesFrom(builtin: Builtin, declared: SimpleType): boolean {
  if (declared.kind === "union")
    return (
      declared.facets === undefined &&
      declared.values === undefined &&
      declared.members.some((one) => derivesFrom(builtin, follow(one)))
    );
  if (declared.kind === "list")
    return builtin.replace(/IES$/, "YS") === `${(follow(declared.item) as Atomic).builtin}S`;
  if (declared.builtin === "anySimpleType") return true;
  if (declared.facets !== undefined || declared.values !== undefined) return false;
  if (declared.builtin === "anyAtomicType") return !isListBuiltin(builtin);
  let at: Builtin | undefined = builtin;
  while (at !== undefined && at !== declared.builtin) at = bases[at];
  return at !== undefined;
}

function violation(text: string, expected: string, clause: string): Violation {
  return {
    code: "invalid-value",
    message: `${describe(text)} is not valid: ${expected} is expected`,
    expected,
    clause,
  };
}

function checkFacets(
  facets: Facets,
  builtin: Builtin | undefined,
  text: string,
  length: number | undefined,
  isName: boolean,
): Violation | undefined {
  const fail = (facet: string, expected: string): Violation =>
    violation(text, expected, `cvc-${facet}-valid`);
  // The prefix of a name is chosen when it is written, so its pattern can only be told then.
  for (const step of isName ? [] : (facets.patterns ?? [])) {
    if (!step.some((pattern) => facets.matches?.(pattern, text)))
      return fail("pattern", `a match of ${step.join(" or ")}`);
  }
  if (length !== undefined) {
    const least = facets.minLength ?? 0;
    const most = facets.maxLength ?? Infinity;
    if (facets.length !== undefined && length !== facets.length)
      return fail("length", `a length of ${facets.length}, not ${length},`);
    if (length < least) return fail("minLength", `a length of at least ${least}, not ${length},`);
    if (length > most) return fail("maxLength", `a length of at most ${most}, not ${length},`);
  }
  if (builtin === undefined) return undefined;
  for (const [facet, words, fits] of bounds) {
    const bound = facets[facet];
    if (bound === undefined) continue;
    const order = compare(builtin, text, bound, facets);
    if (order === undefined || !fits(order)) return fail(facet, `${words} ${bound}`);
  }
  const { totalDigits: total = Infinity, fractionDigits: fraction = Infinity, explicitTimezone } = facets;
  if (total < Infinity || fraction < Infinity) {
    const digits = countDigits(text);
    if (digits.total > total) return fail("totalDigits", `at most ${total} digits`);
    if (digits.fraction > fraction)
      return fail("fractionDigits", `at most ${fraction} digits after the point`);
  }
  if (explicitTimezone === "required" && !hasTimezone(text)) return fail("explicitTimezone", "a time zone");
  if (explicitTimezone === "prohibited" && hasTimezone(text)) return fail("explicitTimezone", "no time zone");
  return undefined;
}

const bounds = [
  ["minInclusive", "at least", (order: number) => order >= 0],
  ["minExclusive", "more than", (order: number) => order > 0],
  ["maxInclusive", "at most", (order: number) => order <= 0],
  ["maxExclusive", "less than", (order: number) => order < 0],
] as const;

function compare(builtin: Atomic["builtin"], a: string, b: string, facets: Facets): number | undefined {
  const primitive = primitiveOf(builtin);
  if (primitive === "decimal") return compareDecimals(a, b);
  if (primitive !== "float" && primitive !== "double") return facets.compare?.(builtin, a, b);
  const [x, y] = [a, b].map((text) => {
    const number = Number(text.replace("INF", "Infinity"));
    return primitive === "float" ? Math.fround(number) : number;
  }) as [number, number];
  return x === y || (x !== x && y !== y) ? 0 : x < y ? -1 : x > y ? 1 : undefined;
}
