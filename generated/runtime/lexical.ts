// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Lexical forms of the built-in types (XML Schema Part 2, clause 3) and of XML names (XML 1.0, 5th edition). */
import type { Builtin } from "./descriptor.js";
import { collapse, hasForm, isBase64, isInBounds, isQName, splitList } from "./forms.js";
import { hasNameForm, isNcName, isNmtoken } from "./names.js";
import { hasFractionForm, isFraction } from "./fractions.js";
import { hasTimeForm, isTime } from "./times.js";

export { collapse, isQName, splitList, whiteSpaceOf } from "./forms.js";

/** Versions of XML Schema differ in two places: 1.1 knows the year 0000 and `+INF`. */
export type XsdVersion = "1.0" | "1.1";

/**
 * RFC 2396, as far as XSD 1.0 holds on to it once forbidden characters are escaped (Part 2, clause 3.2.17); 1.1 takes
 * every text.
 */
export function isUriReference(text: string): boolean {
  const [beforeFragment = "", ...fragments] = text.split("#");
  if (fragments.length > 1 || /%(?![0-9a-fA-F]{2})/.test(text)) return false;
  const colon = beforeFragment.search(/[:/?]/);
  if (colon < 0 || beforeFragment[colon] !== ":") return true;
  return (
    /^[A-Za-z][A-Za-z0-9+.-]*$/.test(beforeFragment.slice(0, colon)) && beforeFragment.length > colon + 1
  );
}

/** The shapes of dates and times; the letters stand for the parts in {@link momentParts}. */
const moments: { readonly [K in Builtin]?: string } = {
  dateTime: "Y-M-DTh",
  dateTimeStamp: "Y-M-DTh",
  date: "Y-M-D",
  time: "h",
  gYearMonth: "Y-M",
  gYear: "Y",
  gMonthDay: "--M-D",
  gDay: "---D",
  gMonth: "--M",
};

const momentParts: Readonly<Record<string, string>> = {
  Y: "(?<year>-?(?:[1-9]\\d{3,}|0\\d{3}))",
  M: "(?<month>0[1-9]|1[0-2])",
  D: "(?<day>0[1-9]|[12]\\d|3[01])",
  h: "(?:(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d(?:\\.\\d+)?)|(?<end>24:00:00(?:\\.0+)?))",
};

const momentPatterns = /*#__PURE__*/ new Map<Builtin, RegExp>();

/** The parts of a date or time as written; `undefined` when the text is none. */
export function splitMoment(
  builtin: Builtin,
  text: string,
): { readonly [part: string]: string | undefined } | undefined {
  let pattern = momentPatterns.get(builtin);
  if (pattern === undefined) {
    const shape = (moments[builtin] ?? "").replace(/[YMDh]/g, (part) => momentParts[part] ?? "");
    pattern = new RegExp(`^${shape}(?<zone>Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?$`);
    momentPatterns.set(builtin, pattern);
  }
  return pattern.exec(text)?.groups;
}

function isMoment(builtin: Builtin, text: string, version: XsdVersion): boolean {
  const parts = splitMoment(builtin, text);
  if (parts === undefined) return false;
  const { year, month, day, zone } = parts;
  if (builtin === "dateTimeStamp" && zone === undefined) return false;
  if (version === "1.0" && year !== undefined && /^-?0+$/.test(year)) return false;
  if (day === undefined || day < "29" || month === undefined) return true;
  // 10,000 is a multiple of 400, so four digits tell a leap year; 1.0 has no year 0, so -0001 stands where 1.1 has 0000.
  const last = Number(year?.slice(-4) ?? 4) - (version === "1.0" && year?.startsWith("-") ? 1 : 0);
  const leap = last % 4 === 0 && (last % 100 !== 0 || last % 400 === 0);
  return Number(day) <= (month === "02" ? (leap ? 29 : 28) : /0[469]|11/.test(month) ? 30 : 31);
}

/** Compares two integers given as digits with an optional sign. */
export function compareIntegers(a: string, b: string): -1 | 0 | 1 {
  const negative = a.startsWith("-");
  const x = a.replace(/^[+-]?0*/, "");
  const y = b.replace(/^[+-]?0*/, "");
  if (x === "" && y === "") return 0;
  if (negative !== b.startsWith("-")) return negative ? -1 : 1;
  const order = x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
  return order === 0 ? 0 : order < 0 === negative ? 1 : -1;
}

/** Is the text, after white space processing, in the lexical space of the built-in type? */
export function isLexical(builtin: Builtin, text: string, version: XsdVersion = "1.0"): boolean {
  if (builtin in moments) return isMoment(builtin, text, version);
  const looksLike = isTime(builtin)
    ? hasTimeForm(builtin, text)
    : isFraction(builtin)
      ? hasFractionForm(builtin, text)
      : hasForm(builtin, text);
  if (!looksLike) return false;
  switch (builtin) {
    case "normalizedString":
      return !/[\t\n\r]/.test(text);
    case "token":
      return collapse(text, "collapse") === text;
    case "float":
    case "double":
      return version === "1.1" || text !== "+INF";
    case "QName":
    case "NOTATION":
      return isQName(text);
    case "IDREFS":
    case "ENTITIES":
    case "NMTOKENS": {
      const items = splitList(text);
      return items.length > 0 && items.every(builtin === "NMTOKENS" ? isNmtoken : isNcName);
    }
    case "base64Binary":
      return isBase64(text);
    case "yearMonthDuration":
      return !/[DT]/.test(text);
    case "dayTimeDuration":
      return !/^[^T]*[YM]/.test(text);
    default:
      return hasNameForm(builtin, text) && isInBounds(builtin, text);
  }
}
