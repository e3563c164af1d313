// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** White space and the forms of the built-in types, as far as reading and writing need them (`lexical.ts` has the rest). */
import type { Builtin } from "./descriptor.js";
import { ncName } from "./names.js";

/** Regular expressions of built-in types; every text has the form of a type that is not here, fractions and times are in files of their own. */
const sources: { readonly [K in Builtin]?: string } = {
  boolean: "true|false|1|0",
  hexBinary: "[0-9a-fA-F]*",
  // Engines cannot repeat a group as often as a long text may ask for.
  language: "(?!.{65536})[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
  integer: "[+-]?\\d+",
};

type Range = readonly [least: number, end: number];
const signed = (bits: number): Range => [-(2 ** (bits - 1)), 2 ** (bits - 1)];
const unsigned = (bits: number): Range => [0, 2 ** bits];

/** The smallest values of the integer types, and the first beyond the largest: all of these are exact. */
const bounds: { readonly [K in Builtin]?: Range } = {
  integer: [-Infinity, Infinity],
  long: /*#__PURE__*/ signed(64),
  int: /*#__PURE__*/ signed(32),
  short: /*#__PURE__*/ signed(16),
  byte: /*#__PURE__*/ signed(8),
  unsignedLong: /*#__PURE__*/ unsigned(64),
  unsignedInt: /*#__PURE__*/ unsigned(32),
  unsignedShort: /*#__PURE__*/ unsigned(16),
  unsignedByte: /*#__PURE__*/ unsigned(8),
  nonNegativeInteger: [0, Infinity],
  positiveInteger: [1, Infinity],
  nonPositiveInteger: [-Infinity, 1],
  negativeInteger: [-Infinity, 0],
};

/** `integer`, or a type that derives from it. */
export function isInteger(builtin: Builtin): boolean {
  return bounds[builtin] !== undefined;
}

const patterns = /*#__PURE__*/ new Map<Builtin, RegExp>();

/** Does a text, after white space processing, look like a value of the built-in type? Bounds are {@link isInBounds}. */
export function hasForm(builtin: Builtin, text: string): boolean {
  let pattern = patterns.get(builtin);
  if (pattern === undefined) {
    const source = sources[isInteger(builtin) ? "integer" : builtin];
    pattern = source === undefined ? /^/ : patternOf(source);
    patterns.set(builtin, pattern);
  }
  return pattern.test(text) && (builtin !== "hexBinary" || text.length % 2 === 0);
}

/** The pattern of a form. */
export function patternOf(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}

/** Is a value, or the digits of one, in the bounds of the built-in type, if it is one of integers? */
export function isInBounds(builtin: Builtin, value: number | bigint | string): boolean {
  const range = bounds[builtin];
  if (range === undefined) return true;
  // So few digits that rounding them cannot pass a bound.
  const number = typeof value !== "string" ? value : value.length < 19 ? Number(value) : toBigint(value);
  return number >= range[0] && number < range[1];
}

/** An integer of any size. */
export function toBigint(text: string): bigint {
  return BigInt(text.replace("+", ""));
}

/** Is this base64, white space left out? The last digits must carry no spare bits. */
export function isBase64(text: string): boolean {
  const digits = text.replace(/[ \t\n\r]/g, "");
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*([AQgw]==|[AEIMQUYcgkosw048]=|)$/.test(digits);
}

/** A qualified name, prefix optional (Namespaces in XML, production 7). */
export function isQName(text: string): boolean {
  const parts = text.split(":");
  return parts.length < 3 && parts.every((part) => ncName.test(part));
}

/** Applies the whiteSpace facet (Part 2, clause 4.3.6). Only the four characters of XML are white space. */
export function collapse(text: string, whiteSpace: "preserve" | "replace" | "collapse" = "collapse"): string {
  if (whiteSpace === "preserve") return text;
  // Nearly every value is clean already, which one look tells.
  if (whiteSpace === "collapse") return /^ |[\t\n\r]|  | $/.test(text) ? splitList(text).join(" ") : text;
  return text.replace(/[\t\n\r]/g, " ");
}

/** The items of a list value (Part 2, clause 2.5.1.2). */
export function splitList(text: string): string[] {
  return text.split(/[ \t\n\r]+/).filter(Boolean);
}

/** The whiteSpace facet of a built-in type. */
export function whiteSpaceOf(builtin: Builtin): "preserve" | "replace" | "collapse" {
  return builtin === "string" || (builtin.startsWith("any") && builtin !== "anyURI")
    ? "preserve"
    : builtin === "normalizedString"
      ? "replace"
      : "collapse";
}
