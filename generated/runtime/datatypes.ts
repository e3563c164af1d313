// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Value spaces of the built-in types (XML Schema Part 2, clause 3): order, equality, length, digits.
 *
 * All texts are lexical forms after white space processing; `QName` and `NOTATION` values are compared as given, so expand
 * them to `{uri}local` first. Exact: decimals go by their digits, times by whole seconds and digits of the fraction.
 */
import type { Builtin } from "./descriptor.js";
import { isInteger } from "./forms.js";
import { compareIntegers, splitList, splitMoment } from "./lexical.js";

export type Order = -1 | 0 | 1;

/** The primitive types but `string`, which all others come from, and `decimal`; and what is above them. */
const primitives: ReadonlySet<Builtin> = /*#__PURE__*/ new Set<Builtin>([
  "anySimpleType",
  "anyAtomicType",
  "boolean",
  "decimal",
  "float",
  "double",
  "duration",
  "dateTime",
  "time",
  "date",
  "gYearMonth",
  "gYear",
  "gMonthDay",
  "gDay",
  "gMonth",
  "hexBinary",
  "base64Binary",
  "anyURI",
  "QName",
  "NOTATION",
]);

const derived: { readonly [K in Builtin]?: Builtin } = {
  dateTimeStamp: "dateTime",
  yearMonthDuration: "duration",
  dayTimeDuration: "duration",
};

/** The primitive type that a built-in atomic type derives from; of a list type (NMTOKENS ...) its item's. */
export function primitiveOf(builtin: Builtin): Builtin {
  if (primitives.has(builtin)) return builtin;
  return isInteger(builtin) ? "decimal" : (derived[builtin] ?? "string");
}

/** NMTOKENS, IDREFS, ENTITIES. */
export function isListBuiltin(builtin: Builtin): boolean {
  return builtin === "NMTOKENS" || builtin === "IDREFS" || builtin === "ENTITIES";
}

/**
 * The order of two values; `undefined` when they are not comparable: a type without order and other values, NaN, a time
 * with and one without a zone less than 14 hours apart, durations such as P1M and P30D, or a text that is no value.
 */
export function compareValues(builtin: Builtin, a: string, b: string): Order | undefined {
  switch (primitiveOf(builtin)) {
    case "decimal":
      return compareDecimals(a, b);
    case "float":
      return compareNumbers(Math.fround(toNumber(a)), Math.fround(toNumber(b)));
    case "double":
      return compareNumbers(toNumber(a), toNumber(b));
    case "duration":
      return compareDurations(a, b);
    case "dateTime":
    case "time":
    case "date":
    case "gYearMonth":
    case "gYear":
    case "gMonthDay":
    case "gDay":
    case "gMonth":
      return compareMoments(builtin, a, b);
    default:
      return equalValues(builtin, a, b) ? 0 : undefined;
  }
}

/** Do two lexical forms stand for the same value? NaN is itself (clause 3.2.4). */
export function equalValues(builtin: Builtin, a: string, b: string): boolean {
  if (a === b) return true;
  if (isListBuiltin(builtin)) return splitList(a).join(" ") === splitList(b).join(" ");
  switch (primitiveOf(builtin)) {
    case "boolean":
      return (a === "true" || a === "1") === (b === "true" || b === "1");
    case "hexBinary":
      return a.toLowerCase() === b.toLowerCase();
    case "base64Binary":
      return stripSpaces(a) === stripSpaces(b);
    case "duration": {
      const x = parseDuration(a);
      const y = parseDuration(b);
      return (
        x !== undefined &&
        y !== undefined &&
        x.months === y.months &&
        compareExact(x.seconds, y.seconds) === 0
      );
    }
    case "decimal":
    case "float":
    case "double":
    case "dateTime":
    case "time":
    case "date":
    case "gYearMonth":
    case "gYear":
    case "gMonthDay":
    case "gDay":
    case "gMonth":
      return compareValues(builtin, a, b) === 0;
    default:
      return false;
  }
}

/**
 * What length, minLength and maxLength count (clause 4.3.1): characters, octets, or items; `undefined` where every length
 * is allowed (QName, NOTATION) or the type has none.
 */
export function valueLength(builtin: Builtin, text: string): number | undefined {
  if (isListBuiltin(builtin)) return splitList(text).length;
  switch (primitiveOf(builtin)) {
    case "string":
    case "anyURI":
    case "anySimpleType":
    case "anyAtomicType": {
      let length = text.length;
      // A surrogate pair is one character.
      for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) length--;
      return length;
    }
    case "hexBinary":
      return text.length / 2;
    case "base64Binary": {
      const digits = stripSpaces(text);
      return (digits.length / 4) * 3 - (digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0);
    }
    default:
      return undefined;
  }
}

/** What totalDigits and fractionDigits count (clauses 4.3.11 and 4.3.12): significant digits of the value. */
export function countDigits(text: string): { readonly total: number; readonly fraction: number } {
  const [whole = "", fraction = ""] = splitDecimal(text);
  return {
    total: Math.max(1, whole.length + (whole === "" ? fraction.replace(/^0+/, "").length : fraction.length)),
    fraction: fraction.length,
  };
}

/** Does a date or time have a zone? */
export function hasTimezone(text: string): boolean {
  return /(?:Z|[+-]\d\d:\d\d)$/.test(text);
}

function toNumber(text: string): number {
  return Number(text.replace("INF", "Infinity"));
}

function stripSpaces(text: string): string {
  return text.replace(/[ \t\n\r]/g, "");
}

function compareNumbers(a: number, b: number): Order | undefined {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b || (a !== a && b !== b) ? 0 : undefined;
}

/** Digits before and after the point, without what does not count. */
function splitDecimal(text: string): [whole: string, fraction: string] {
  const point = text.indexOf(".");
  const whole = (point < 0 ? text : text.slice(0, point)).replace(/^[+-]?0*/, "");
  return [whole, point < 0 ? "" : trimZeros(text.slice(point + 1))];
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--;
  return fraction.slice(0, end);
}

/** The order of two decimals, exactly. */
export function compareDecimals(a: string, b: string): Order {
  const [aWhole, aFraction] = splitDecimal(a);
  const [bWhole, bFraction] = splitDecimal(b);
  // One scale for both, then they are integers.
  const scale = Math.max(aFraction.length, bFraction.length);
  const sign = (text: string) => (text.startsWith("-") ? "-" : "");
  return compareIntegers(
    sign(a) + aWhole + aFraction.padEnd(scale, "0"),
    sign(b) + bWhole + bFraction.padEnd(scale, "0"),
  );
}

/** An exact number of seconds: `units` of 10^-scale. */
interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

function exact(whole: bigint, fraction: string): Exact {
  const digits = trimZeros(fraction);
  return { units: BigInt(`${whole}${digits}`), scale: digits.length };
}

function plus(value: Exact, seconds: bigint): Exact {
  return { units: value.units + seconds * 10n ** BigInt(value.scale), scale: value.scale };
}

function compareExact(a: Exact, b: Exact): Order {
  const x = a.scale < b.scale ? a.units * 10n ** BigInt(b.scale - a.scale) : a.units;
  const y = b.scale < a.scale ? b.units * 10n ** BigInt(a.scale - b.scale) : b.units;
  return x < y ? -1 : x > y ? 1 : 0;
}

interface Moment {
  /** Seconds since 0000-03-01, in UTC when there is a zone. */
  readonly seconds: Exact;
  readonly zoned: boolean;
}

function parseMoment(builtin: Builtin, text: string): Moment | undefined {
  const parts = splitMoment(builtin, text);
  if (parts === undefined) return undefined;
  const {
    year = "1972",
    month = "12",
    day = "01",
    hour = "0",
    minute = "0",
    second = "0",
    end,
    zone,
  } = parts;
  const [whole = "0", fraction = ""] = second.split(".");
  const days = daysBefore(BigInt(year), Number(month), Number(day));
  // 24:00:00 is the first instant of the next day, and of a time alone 00:00:00.
  const clock =
    end === undefined
      ? Number(hour) * 3600 + Number(minute) * 60 + Number(whole)
      : builtin === "time"
        ? 0
        : 86_400;
  const local = days * 86_400n + BigInt(clock);
  // Before zero the fraction would count downwards; a shift keeps units positive for all years written with four digits or more.
  const shift = local < 0n ? -local : 0n;
  const seconds = plus(exact(local + shift, fraction), -shift - BigInt(zoneSeconds(zone)));
  return { seconds, zoned: zone !== undefined };
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return (zone.startsWith("-") ? -60 : 60) * minutes;
}

/** Days from 0000-03-01 of the proleptic Gregorian calendar; months may be out of range. */
function daysBefore(year: bigint, month: number, day: number): bigint {
  // Years that begin in March put the leap day at their end.
  const months = year * 12n + BigInt(month - 3);
  const y = floorDivide(months, 12n);
  const m = months - y * 12n;
  return (
    y * 365n +
    floorDivide(y, 4n) -
    floorDivide(y, 100n) +
    floorDivide(y, 400n) +
    (m * 153n + 2n) / 5n +
    BigInt(day - 1)
  );
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

const fourteenHours = 50_400n;

function compareMoments(builtin: Builtin, a: string, b: string): Order | undefined {
  const x = parseMoment(builtin, a);
  const y = parseMoment(builtin, b);
  if (x === undefined || y === undefined) return undefined;
  if (x.zoned === y.zoned) return compareExact(x.seconds, y.seconds);
  // Without a zone a moment may lie 14 hours earlier or later (clause 3.2.7.4).
  const [zoned, local, sign] = x.zoned ? [x, y, 1 as const] : [y, x, -1 as const];
  if (compareExact(zoned.seconds, plus(local.seconds, -fourteenHours)) < 0) return -sign as Order;
  if (compareExact(zoned.seconds, plus(local.seconds, fourteenHours)) > 0) return sign;
  return undefined;
}

interface Duration {
  readonly months: bigint;
  readonly seconds: Exact;
}

function parseDuration(text: string): Duration | undefined {
  const parts =
    /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/.exec(text);
  if (parts === null) return undefined;
  const [
    ,
    minus,
    years = "0",
    months = "0",
    days = "0",
    hours = "0",
    minutes = "0",
    seconds = "0",
    fraction = "",
  ] = parts;
  const sign = minus === "-" ? -1n : 1n;
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const amount = exact(whole, fraction);
  return {
    months: sign * (BigInt(years) * 12n + BigInt(months)),
    seconds: { units: sign * amount.units, scale: amount.scale },
  };
}

/** The four dates that tell whether durations are in order (clause 3.2.6.2): year and month. */
const references: readonly (readonly [number, number])[] = [
  [1696, 9],
  [1697, 2],
  [1903, 3],
  [1903, 7],
];

function compareDurations(a: string, b: string): Order | undefined {
  const x = parseDuration(a);
  const y = parseDuration(b);
  if (x === undefined || y === undefined) return undefined;
  let order: Order | undefined;
  for (const [year, month] of references) {
    const at = (value: Duration) =>
      plus(value.seconds, daysOfMonths(BigInt(year * 12 + month - 1) + value.months) * 86_400n);
    const next = compareExact(at(x), at(y));
    if (order !== undefined && next !== order) return undefined;
    order = next;
  }
  return order;
}

function daysOfMonths(months: bigint): bigint {
  const year = floorDivide(months, 12n);
  return daysBefore(year, Number(months - year * 12n) + 1, 1);
}
