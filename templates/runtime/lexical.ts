/** Lexical forms of the built-in types (XML Schema Part 2, clause 3) and of XML names (XML 1.0, 5th edition). */
import type { Builtin } from "./descriptor.js";

/** Versions of XML Schema differ in two places: 1.1 knows the year 0000 and `+INF`. */
export type XsdVersion = "1.0" | "1.1";

const ncName =
  /^[A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][-.0-9A-Z_a-z\xB7\xC0-\xD6\xD8-\xF6\xF8-\u037D\u037F-\u1FFF\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*$/u;

/** A name without a colon (Namespaces in XML, production 4). */
export function isNcName(text: string): boolean {
  return ncName.test(text);
}

/** A name (XML 1.0, production 5). */
export function isName(text: string): boolean {
  return ncName.test(text.replaceAll(":", "_"));
}

/** A name token (XML 1.0, production 7). */
export function isNmtoken(text: string): boolean {
  return text !== "" && ncName.test("_" + text.replaceAll(":", "_"));
}

/** A qualified name, prefix optional (Namespaces in XML, production 7). */
export function isQName(text: string): boolean {
  const colon = text.indexOf(":");
  return colon < 0 ? isNcName(text) : isNcName(text.slice(0, colon)) && isNcName(text.slice(colon + 1));
}

/** Applies the whiteSpace facet (Part 2, clause 4.3.6). Only the four characters of XML are white space. */
export function collapse(text: string, whiteSpace: "preserve" | "replace" | "collapse"): string {
  if (whiteSpace === "preserve") return text;
  if (whiteSpace === "replace") return text.replace(/[\t\n\r]/g, " ");
  // Nearly every value is clean already, which one look tells.
  return /^[ \t\n\r]|[\t\n\r]|  |[ ]$/.test(text) ? splitList(text).join(" ") : text;
}

/** The items of a list value (Part 2, clause 2.5.1.2). */
export function splitList(text: string): string[] {
  return text.split(/[ \t\n\r]+/).filter((item) => item !== "");
}

/** The whiteSpace facet of a built-in type. */
export function whiteSpaceOf(builtin: Builtin): "preserve" | "replace" | "collapse" {
  switch (builtin) {
    case "string":
    case "anySimpleType":
    case "anyAtomicType":
      return "preserve";
    case "normalizedString":
      return "replace";
    default:
      return "collapse";
  }
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const float = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)$/;
const language = /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/;
const hex = /^(?:[0-9a-fA-F]{2})*$/;
const duration = /^-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;

/** Smallest and largest values of the bounded integer types. */
const bounds: { readonly [K in Builtin]?: readonly [min: string, max: string] } = {
  long: ["-9223372036854775808", "9223372036854775807"],
  int: ["-2147483648", "2147483647"],
  short: ["-32768", "32767"],
  byte: ["-128", "127"],
  unsignedLong: ["0", "18446744073709551615"],
  unsignedInt: ["0", "4294967295"],
  unsignedShort: ["0", "65535"],
  unsignedByte: ["0", "255"],
  nonNegativeInteger: ["0", ""],
  positiveInteger: ["1", ""],
  nonPositiveInteger: ["", "0"],
  negativeInteger: ["", "-1"],
};

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
  switch (builtin) {
    case "string":
    case "anySimpleType":
    case "anyAtomicType":
    case "anyURI":
      return true;
    case "normalizedString":
      return !/[\t\n\r]/.test(text);
    case "token":
      return collapse(text, "collapse") === text;
    case "boolean":
      return text === "true" || text === "false" || text === "1" || text === "0";
    case "decimal":
      return decimal.test(text);
    case "float":
    case "double":
      return float.test(text) && (version === "1.1" || text !== "+INF");
    case "Name":
      return isName(text);
    case "NCName":
    case "ID":
    case "IDREF":
    case "ENTITY":
      return isNcName(text);
    case "NMTOKEN":
      return isNmtoken(text);
    case "QName":
    case "NOTATION":
      return isQName(text);
    case "IDREFS":
    case "ENTITIES":
    case "NMTOKENS": {
      const items = splitList(text);
      return items.length > 0 && items.every(builtin === "NMTOKENS" ? isNmtoken : isNcName);
    }
    case "language":
      return language.test(text);
    case "hexBinary":
      return hex.test(text);
    case "base64Binary":
      return isBase64(text);
    case "duration":
      return duration.test(text);
    case "yearMonthDuration":
      return duration.test(text) && !/[DT]/.test(text);
    case "dayTimeDuration":
      return duration.test(text) && !/^[^T]*[YM]/.test(text);
    default:
      if (builtin in moments) return isMoment(builtin, text, version);
      return integer.test(text) && isInBounds(builtin, text);
  }
}

/** Is an integer, given as digits with an optional sign, one of the built-in integer type? */
export function isInBounds(builtin: Builtin, digits: string): boolean {
  const [min = "", max = ""] = bounds[builtin] ?? [];
  return (
    (min === "" || compareIntegers(digits, min) >= 0) && (max === "" || compareIntegers(digits, max) <= 0)
  );
}

function isBase64(text: string): boolean {
  const digits = text.replace(/[ \t\n\r]/g, "");
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=|)$/.test(digits);
}
