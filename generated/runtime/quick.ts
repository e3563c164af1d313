// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Quick looks at texts of atomic types: what passes is a value for certain, in both editions of XML Schema; of what does not pass
 * nothing is known, and the exact code decides. Most texts of most documents pass.
 */
import type { Builtin } from "./descriptor.js";

/** Passes only what is certainly a value. */
export type QuickTest = (text: string) => boolean;

/** Effective facets, of descriptors and of models alike. */
export interface QuickFacets {
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly patterns?: readonly (readonly string[])[];
  readonly whiteSpace?: "preserve" | "replace" | "collapse";
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
  readonly minExclusive?: string;
  readonly maxExclusive?: string;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  readonly explicitTimezone?: "required" | "prohibited" | "optional";
}

/**
 * The quick test of an atomic type; `undefined` where there is none. `values` are those of its enumeration, as texts.
 */
export function quickTest(
  builtin: Builtin,
  facets: QuickFacets,
  values?: readonly string[],
  matches?: (pattern: string, text: string) => boolean,
): QuickTest | undefined {
  const test = testOf(builtin, facets);
  if (test === undefined || facets.explicitTimezone !== undefined) return undefined;
  const { patterns = [] } = facets;
  if (values === undefined && patterns.length === 0) return test;
  if (patterns.length > 0 && matches === undefined) return undefined;
  const matchesAll = (text: string): boolean =>
    patterns.every((step) => step.some((pattern) => matches?.(pattern, text)));
  // A value in other words is no matter for a quick look, so one set holds all that passes.
  if (values !== undefined) {
    const passing = new Set(values.filter((one) => test(one) && matchesAll(one)));
    return (text) => passing.has(text);
  }
  return (text) => test(text) && matchesAll(text);
}

function testOf(builtin: Builtin, facets: QuickFacets): QuickTest | undefined {
  switch (builtin) {
    case "string":
    case "anySimpleType":
    case "anyAtomicType":
      return facets.whiteSpace === undefined || facets.whiteSpace === "preserve"
        ? withLength(facets)
        : withLength(facets, isClean);
    case "normalizedString":
    case "token":
      return withLength(facets, isClean);
    case "NMTOKEN":
      return withLength(facets, (text) => isSimpleName(text, false));
    case "Name":
    case "NCName":
      return withLength(facets, (text) => isSimpleName(text, true));
    case "language":
      return withLength(facets, (text) => /^[a-z]{2}(?:-[A-Z]{2})?$/.test(text));
    case "anyURI":
      return withLength(facets, (text) => /^(?:https?:\/)?[\w./?=&+-]*$/.test(text));
    case "hexBinary":
      return hasLength(facets) ? undefined : (text) => text.length % 2 === 0 && /^[\da-fA-F]*$/.test(text);
    case "boolean":
      return (text) => text === "true" || text === "false" || text === "1" || text === "0";
    case "float":
    case "double":
      return bounded(facets) ? undefined : (text) => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
    case "decimal":
      return decimalTest(facets);
    case "dateTime":
    case "date":
    case "time":
      return bounded(facets) ? undefined : momentTests[builtin];
    default: {
      const range = ranges[builtin];
      return range && integerTest(range, facets);
    }
  }
}

// ---------------------------------------------------------------------------------------------- strings

function hasLength({ length, minLength, maxLength }: QuickFacets): boolean {
  return (length ?? minLength ?? maxLength) !== undefined;
}

/** Lengths count characters, of which some are two code units: a text that is surely long enough passes. */
function withLength(facets: QuickFacets, test?: QuickTest): QuickTest {
  if (!hasLength(facets)) return test ?? (() => true);
  const least = Math.max(facets.length ?? 0, facets.minLength ?? 0);
  const most = Math.min(facets.length ?? Infinity, facets.maxLength ?? Infinity);
  const isLong = (text: string): boolean => {
    const { length } = text;
    return (
      length <= most &&
      (length >= 2 * least || (length >= least && (least < 2 || !/[\ud800-\udfff]/.test(text))))
    );
  };
  return test === undefined ? isLong : (text) => isLong(text) && test(text);
}

/** No white space that a facet would change. */
function isClean(text: string): boolean {
  let before = 32;
  for (let k = 0; k < text.length; k++) {
    const c = text.charCodeAt(k);
    if (c < 33 && (c !== 32 || before === 32)) return false;
    before = c;
  }
  return before !== 32 || text === "";
}

function isSimpleName(text: string, isName: boolean): boolean {
  for (let k = 0; k < text.length; k++) {
    const c = text.charCodeAt(k) | 32;
    if (c > 96 && c < 123) continue;
    const d = text.charCodeAt(k);
    if (d === 95 || ((!isName || k > 0) && (d === 45 || d === 46 || (d > 47 && d < 58)))) continue;
    return false;
  }
  return text !== "";
}

// ---------------------------------------------------------------------------------------------- numbers

/** Smallest and largest values, as far as numbers are exact. */
const ranges: { readonly [K in Builtin]?: readonly [number, number] } = {
  integer: [-Infinity, Infinity],
  long: [-Infinity, Infinity],
  int: [-0x80000000, 0x7fffffff],
  short: [-0x8000, 0x7fff],
  byte: [-0x80, 0x7f],
  unsignedLong: [0, Infinity],
  unsignedInt: [0, 0xffffffff],
  unsignedShort: [0, 0xffff],
  unsignedByte: [0, 0xff],
  nonNegativeInteger: [0, Infinity],
  positiveInteger: [1, Infinity],
  nonPositiveInteger: [-Infinity, 0],
  negativeInteger: [-Infinity, -1],
};

function bounded({ minInclusive, maxInclusive, minExclusive, maxExclusive }: QuickFacets): boolean {
  return (minInclusive ?? maxInclusive ?? minExclusive ?? maxExclusive) !== undefined;
}

/** Up to fifteen digits are a number without a doubt. */
const exactDigits = 15;

/** The bounds of facets as numbers, exclusive ones apart; `undefined` when they are not exact. */
function boundsOf(facets: QuickFacets): readonly [number, number, number, number] | undefined {
  const bounds = [
    facets.minInclusive ?? "-INF",
    facets.maxInclusive ?? "INF",
    facets.minExclusive ?? "-INF",
    facets.maxExclusive ?? "INF",
  ].map((text, k) => {
    const isLower = k % 2 === 0;
    if (text === (isLower ? "-INF" : "INF")) return isLower ? -Infinity : Infinity;
    if (!/^[+-]?\d+(?:\.\d*)?$/.test(text)) return NaN;
    if (text.length <= exactDigits) return Number(text);
    // Beyond all that such texts can say.
    return Math.abs(Number(text)) < 1e15 || Number(text) > 0 === isLower ? NaN : Number(text);
  });
  return bounds.some(Number.isNaN)
    ? undefined
    : (bounds as unknown as readonly [number, number, number, number]);
}

function integerTest([least, most]: readonly [number, number], facets: QuickFacets): QuickTest | undefined {
  const bounds = boundsOf(facets);
  if (bounds === undefined) return undefined;
  const from = Math.max(least, bounds[0]);
  const to = Math.min(most, bounds[1]);
  const [, , above, below] = bounds;
  // Zeros in front do not count as digits, so that only shorter texts are without a doubt.
  const digits = Math.min(facets.totalDigits ?? exactDigits, exactDigits);
  return (text) => {
    const start = text.charCodeAt(0) === 45 ? 1 : 0;
    const { length } = text;
    if (length === start || length - start > digits) return false;
    let value = 0;
    for (let k = start; k < length; k++) {
      const c = text.charCodeAt(k) - 48;
      if (!(c >= 0 && c <= 9)) return false;
      value = value * 10 + c;
    }
    if (start === 1) value = -value;
    return value >= from && value <= to && value > above && value < below;
  };
}

function decimalTest(facets: QuickFacets): QuickTest | undefined {
  const bounds = boundsOf(facets);
  if (bounds === undefined) return undefined;
  const [from, to, above, below] = bounds;
  const { totalDigits = exactDigits, fractionDigits = exactDigits } = facets;
  const digits = Math.min(totalDigits, exactDigits);
  return (text) => {
    const start = text.charCodeAt(0) === 45 ? 1 : 0;
    const { length } = text;
    let point = -1;
    for (let k = start; k < length; k++) {
      const c = text.charCodeAt(k);
      if (c === 46 && point < 0) point = k;
      else if (!(c > 47 && c < 58)) return false;
    }
    const count = length - start - (point < 0 ? 0 : 1);
    if (count === 0 || count > digits || (point >= 0 && length - point - 1 > fractionDigits)) return false;
    const value = Number(text);
    return value >= from && value <= to && value > above && value < below;
  };
}

// ---------------------------------------------------------------------------------------------- dates and times

/** Two digits as a number, or NaN. */
function two(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48;
  const b = text.charCodeAt(at + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : NaN;
}

/** `2024-02-28` at a place, a day that every month has but for the last ones. */
function isDay(text: string): boolean {
  const month = two(text, 5);
  const day = two(text, 8);
  return (
    two(text, 0) > 0 &&
    two(text, 2) >= 0 &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    (day <= 28 || (day <= 30 && month !== 2))
  );
}

/** `10:20:30`, perhaps `.5`, at a place; gives where it ends, 0 for anything else. */
function endOfTime(text: string, at: number): number {
  if (!(
    two(text, at) <= 23 &&
    text.charCodeAt(at + 2) === 58 &&
    two(text, at + 3) <= 59 &&
    text.charCodeAt(at + 5) === 58 &&
    two(text, at + 6) <= 59
  ))
    return 0;
  let end = at + 8;
  if (text.charCodeAt(end) !== 46) return end;
  for (let c = text.charCodeAt(++end); c > 47 && c < 58; c = text.charCodeAt(++end));
  return end > at + 9 ? end : 0;
}

/** Nothing, `Z` or `+02:00` at the end. */
function isZone(text: string, at: number): boolean {
  if (at === text.length) return true;
  const c = text.charCodeAt(at);
  if (c === 90) return at + 1 === text.length;
  return (
    (c === 43 || c === 45) &&
    text.length === at + 6 &&
    two(text, at + 1) <= 13 &&
    text.charCodeAt(at + 3) === 58 &&
    two(text, at + 4) <= 59
  );
}

const momentTests: Readonly<Record<"date" | "time" | "dateTime", QuickTest>> = {
  date: (text) => isDay(text) && isZone(text, 10),
  time: (text) => {
    const end = endOfTime(text, 0);
    return end > 0 && isZone(text, end);
  },
  dateTime: (text) => {
    if (text.charCodeAt(10) !== 84 || !isDay(text)) return false;
    const end = endOfTime(text, 11);
    return end > 0 && isZone(text, end);
  },
};
