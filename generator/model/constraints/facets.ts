/** Facets against each other and against those of the base type (Part 2, clause 4.3, "Constraints on ... schema components"). */
import type { Span } from "../../diagnostics.js";
import type { FacetName } from "../../schema/types.js";
import { compareValues } from "../../../templates/runtime/datatypes.js";
import { contextOf, fail, type Resolution } from "../resolution.js";
import type { Facets, SimpleType } from "../types.js";
import { builtinOf, parseValue } from "../values.js";

/** A facet as a step states it, its value in normal form. */
export interface FacetValue {
  readonly facet: FacetName;
  readonly value: string;
  readonly fixed: boolean;
  readonly at: Span;
}

type Single = Partial<Record<FacetName, FacetValue>>;

const whiteSpaceOrder = ["preserve", "replace", "collapse"];

/** Checks what a step states: facet against facet, facet against the base's. */
export function checkFacets(r: Resolution, own: readonly FacetValue[], base: SimpleType): void {
  const single: Single = {};
  // What is fixed otherwise has been told then.
  for (const facet of own)
    if (isAsFixed(r, facet, base) && facet.facet !== "pattern") single[facet.facet] = facet;
  checkLengths(r, single, base.facets);
  checkWhiteSpace(r, single, base.facets);
  checkDigits(r, single, base.facets);
  if (base.variety === "atomic") checkBounds(r, single, base);
  const zone = single.explicitTimezone;
  const before = base.facets.explicitTimezone;
  if (zone !== undefined && before !== undefined && before !== "optional" && zone.value !== before) {
    restricts(r, zone, `the base type says ${before}`);
  }
}

function restricts(
  r: Resolution,
  facet: FacetValue,
  why: string,
  clause = `${facet.facet}-valid-restriction`,
): void {
  fail(
    r,
    "facet-not-a-restriction",
    clause,
    `the facet ${facet.facet} cannot be "${facet.value}": ${why}`,
    facet.at,
  );
}

/** Whether a facet that the base fixes stays as it is. */
function isAsFixed(r: Resolution, facet: FacetValue, base: SimpleType): boolean {
  if (base.facets.fixed?.includes(facet.facet) !== true) return true;
  const before = base.facets[facet.facet as keyof Facets];
  if (before === undefined) return true;
  const same =
    typeof before === "number"
      ? Number(facet.value) === before
      : before === facet.value || compareValues(builtinOf(base), String(before), facet.value) === 0;
  if (!same) restricts(r, facet, `the base type fixes it to "${String(before)}"`);
  return same;
}

function checkLengths(r: Resolution, { length, minLength, maxLength }: Single, base: Facets): void {
  const number = (facet: FacetValue): number => Number(facet.value);
  if (length !== undefined) {
    const value = number(length);
    if (base.length !== undefined && value !== base.length)
      restricts(r, length, `the base type says ${base.length}`);
    const clause = "length-minLength-maxLength";
    // With a length of its own, a step may repeat the base's other two only where they agree with it.
    const low = minLength === undefined ? base.minLength : number(minLength);
    const high = maxLength === undefined ? base.maxLength : number(maxLength);
    if (low !== undefined && value < low) restricts(r, length, `minLength is ${low}`, clause);
    if (high !== undefined && value > high) restricts(r, length, `maxLength is ${high}`, clause);
    if (minLength !== undefined && base.minLength !== number(minLength)) {
      restricts(r, minLength, "length is stated in the same step", clause);
    }
    if (maxLength !== undefined && base.maxLength !== number(maxLength)) {
      restricts(r, maxLength, "length is stated in the same step", clause);
    }
  } else if (base.length !== undefined) {
    const clause = "length-minLength-maxLength";
    if (minLength !== undefined && number(minLength) > base.length) {
      restricts(r, minLength, `the base type has length ${base.length}`, clause);
    }
    if (maxLength !== undefined && number(maxLength) < base.length) {
      restricts(r, maxLength, `the base type has length ${base.length}`, clause);
    }
  }
  if (minLength !== undefined && base.minLength !== undefined && number(minLength) < base.minLength) {
    restricts(r, minLength, `the base type says ${base.minLength}`);
  }
  if (maxLength !== undefined && base.maxLength !== undefined && number(maxLength) > base.maxLength) {
    restricts(r, maxLength, `the base type says ${base.maxLength}`);
  }
  const low = minLength === undefined ? base.minLength : number(minLength);
  const high = maxLength === undefined ? base.maxLength : number(maxLength);
  const stated = minLength ?? maxLength;
  if (stated !== undefined && low !== undefined && high !== undefined && low > high) {
    restricts(
      r,
      stated,
      `minLength ${low} is above maxLength ${high}`,
      "minLength-less-than-equal-to-maxLength",
    );
  }
}

function checkWhiteSpace(r: Resolution, { whiteSpace }: Single, base: Facets): void {
  if (whiteSpace === undefined || base.whiteSpace === undefined) return;
  if (whiteSpaceOrder.indexOf(whiteSpace.value) < whiteSpaceOrder.indexOf(base.whiteSpace)) {
    restricts(r, whiteSpace, `the base type says ${base.whiteSpace}`);
  }
}

function checkDigits(r: Resolution, { totalDigits, fractionDigits }: Single, base: Facets): void {
  for (const facet of [totalDigits, fractionDigits]) {
    if (facet === undefined) continue;
    const before = base[facet.facet as "totalDigits" | "fractionDigits"];
    if (before !== undefined && Number(facet.value) > before)
      restricts(r, facet, `the base type says ${before}`);
  }
  const total = totalDigits === undefined ? base.totalDigits : Number(totalDigits.value);
  const fraction = fractionDigits === undefined ? base.fractionDigits : Number(fractionDigits.value);
  const stated = fractionDigits ?? totalDigits;
  if (stated !== undefined && total !== undefined && fraction !== undefined && fraction > total) {
    restricts(
      r,
      stated,
      `fractionDigits ${fraction} is above totalDigits ${total}`,
      "fractionDigits-totalDigits",
    );
  }
}

function checkBounds(r: Resolution, single: Single, base: SimpleType): void {
  const { minInclusive, minExclusive, maxInclusive, maxExclusive } = single;
  const builtin = builtinOf(base);
  const isAbove = (a: FacetValue, b: FacetValue, orEqual: boolean): boolean => {
    const order = compareValues(builtin, a.value, b.value);
    return order === 1 || (orEqual && order === 0);
  };
  if (maxInclusive !== undefined && maxExclusive !== undefined) {
    restricts(r, maxExclusive, "maxInclusive is stated too", "maxInclusive-maxExclusive");
  }
  if (minInclusive !== undefined && minExclusive !== undefined) {
    restricts(r, minExclusive, "minInclusive is stated too", "minInclusive-minExclusive");
  }
  const pairs = [
    [minInclusive, maxInclusive, false, "minInclusive-less-than-equal-to-maxInclusive"],
    [minExclusive, maxExclusive, false, "minExclusive-less-than-equal-to-maxExclusive"],
    [minExclusive, maxInclusive, true, "minExclusive-less-than-maxInclusive"],
    [minInclusive, maxExclusive, true, "minInclusive-less-than-maxExclusive"],
  ] as const;
  for (const [low, high, orEqual, clause] of pairs) {
    if (low !== undefined && high !== undefined && isAbove(low, high, orEqual)) {
      restricts(r, low, `${high.facet} is "${high.value}"`, clause);
    }
  }
  for (const facet of [minInclusive, minExclusive, maxInclusive, maxExclusive]) {
    if (facet !== undefined) checkBound(r, facet, base);
  }
}

/** A bound must be a value of the base type; an exclusive one may repeat the exclusive bound of the base. */
function checkBound(r: Resolution, facet: FacetValue, base: SimpleType): void {
  const builtin = builtinOf(base);
  const { facets } = base;
  const same = (bound: string | undefined): boolean =>
    bound !== undefined && compareValues(builtin, facet.value, bound) === 0;
  if (facet.facet === "maxExclusive" && same(facets.maxExclusive)) return;
  if (facet.facet === "minExclusive" && same(facets.minExclusive)) return;
  // The bound of one side must leave something between it and the base's bound of the other side.
  const meets = (bound: string | undefined, sign: number): boolean => {
    const order = bound === undefined ? undefined : compareValues(builtin, facet.value, bound);
    return order === 0 || order === sign;
  };
  const nothingLeft = "with the base type's bounds it leaves no value";
  if (facet.facet === "maxExclusive" && (meets(facets.minInclusive, -1) || meets(facets.minExclusive, -1))) {
    restricts(r, facet, nothingLeft);
    return;
  }
  if (facet.facet === "minExclusive" && (meets(facets.maxInclusive, 1) || meets(facets.maxExclusive, 1))) {
    restricts(r, facet, nothingLeft);
    return;
  }
  // The same value may match a pattern where it is written otherwise.
  const { patterns: _, ...others } = facets;
  const parsed = parseValue({ ...base, facets: others }, facet.value, contextOf(r));
  if ("problem" in parsed)
    restricts(r, facet, parsed.problem.replace(/^it /, "as a value of the base type it "));
}
