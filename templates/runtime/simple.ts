/** Values of simple types: from text to JavaScript and back. */
import type { Atomic, Builtin, SimpleType, Union } from "./descriptor.js";
import { collapse, isInBounds, isLexical, splitList, whiteSpaceOf } from "./lexical.js";
import { expand, follow, split } from "./plan.js";

/** What stands for "this text is no value of the type". */
export const INVALID: unique symbol = /*#__PURE__*/ Symbol("invalid");

/** Finds the namespace of a prefix where a QName stands. */
export type Lookup = (prefix: string) => string | undefined;

/** Gives the prefix to write for a namespace. */
export type PrefixOf = (uri: string) => string;

/** What a simple type is called in messages. */
export function nameOf(type: SimpleType): string {
  if (type.kind === "atomic") return "xs:" + type.builtin;
  if (type.kind === "list") return `a list of ${nameOf(follow(type.item))}`;
  return type.members.map((member) => nameOf(follow(member))).join(" or ");
}

const sets = /*#__PURE__*/ new WeakMap<SimpleType, ReadonlySet<unknown>>();

/** Is the value in the enumeration, if there is one? Values of lists and unions count by their text. */
export function isListed(type: SimpleType, value: unknown): boolean {
  if (type.values === undefined) return true;
  let set = sets.get(type);
  if (set === undefined) sets.set(type, (set = new Set<unknown>(type.values)));
  return set.has(value);
}

/** Is a value that was read from `text` missing in an enumeration, its own or a part's? */
export function isUnlisted(type: SimpleType, value: unknown, text: string, lookup: Lookup): boolean {
  switch (type.kind) {
    case "atomic":
      return !isListed(type, value);
    case "list": {
      if (!isListed(type, collapse(text, "collapse"))) return true;
      const item = follow(type.item);
      const parts = splitList(text);
      return (value as unknown[]).some((one, k) => isUnlisted(item, one, parts[k] ?? "", lookup));
    }
    case "union":
      return (
        !isListed(type, collapse(text, "collapse")) ||
        type.members.every((ref) => {
          const member = follow(ref);
          const own = parse(member, text, lookup);
          return own === INVALID || isUnlisted(member, own, text, lookup);
        })
      );
  }
}

/** The value that a text stands for, or {@link INVALID}. Enumerations are open here: ask {@link isListed}. */
export function parse(type: SimpleType, text: string, lookup: Lookup): unknown {
  switch (type.kind) {
    case "atomic":
      return parseAtomic(type, collapse(text, type.facets?.whiteSpace ?? whiteSpaceOf(type.builtin)), lookup);
    case "list": {
      const item = follow(type.item);
      const out: unknown[] = [];
      for (const part of splitList(text)) {
        const value = parse(item, part, lookup);
        if (value === INVALID) return INVALID;
        out.push(value);
      }
      return out;
    }
    case "union": {
      const member = memberFor(type, text, lookup);
      return member === undefined ? INVALID : parse(member, text, lookup);
    }
  }
}

/** The member of a union that a text belongs to: the first that lets it in. */
function memberFor(type: Union, text: string, lookup: Lookup): SimpleType | undefined {
  let open: SimpleType | undefined;
  for (const ref of type.members) {
    const member = follow(ref);
    const value = parse(member, text, lookup);
    if (value === INVALID) continue;
    if (member.kind !== "atomic" || (isListed(member, value) && isInRange(member, value))) return member;
    open ??= member;
  }
  return open;
}

/** Bounds and lengths, which decide between members of a union. */
function isInRange(type: Atomic, value: unknown): boolean {
  const facets = type.facets;
  if (facets === undefined) return true;
  if (typeof value === "string") {
    const { length, minLength = length, maxLength = length } = facets;
    return !(
      (minLength !== undefined && value.length < minLength) ||
      (maxLength !== undefined && value.length > maxLength)
    );
  }
  if (typeof value !== "number" && typeof value !== "bigint") return true;
  const { minInclusive, maxInclusive, minExclusive, maxExclusive } = facets;
  const toBound = (text: string | undefined) =>
    text === undefined ? NaN : Number(text.replace("INF", "Infinity"));
  return !(
    value < toBound(minInclusive) ||
    value > toBound(maxInclusive) ||
    value <= toBound(minExclusive) ||
    value >= toBound(maxExclusive)
  );
}

function parseAtomic({ builtin, as }: Atomic, text: string, lookup: Lookup): unknown {
  switch (as) {
    case "boolean":
      return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : INVALID;
    case "number":
      return parseNumber(builtin, text);
    case "bigint":
      return isLexical(builtin, text, "1.1") ? BigInt(text.startsWith("+") ? text.slice(1) : text) : INVALID;
    case "bytes":
      if (!isLexical(builtin, text)) return INVALID;
      return builtin === "hexBinary" ? parseHex(text) : parseBase64(text);
    case "qname": {
      if (!isLexical(builtin, text)) return INVALID;
      const colon = text.indexOf(":");
      const uri = lookup(colon < 0 ? "" : text.slice(0, colon));
      return uri === undefined ? INVALID : expand(uri, text.slice(colon + 1));
    }
    default:
      return isPlain(builtin) || isLexical(builtin, text, "1.1") ? text : INVALID;
  }
}

/** Every text is a value. */
function isPlain(builtin: Builtin): boolean {
  return (
    builtin === "string" || builtin === "token" || builtin === "normalizedString" || builtin === "anyURI"
  );
}

function parseNumber(builtin: Builtin, text: string): unknown {
  if (builtin === "int" && text.length > 0 && text.length < 10) {
    // The usual case without a regular expression: up to nine digits are always in bounds.
    let value = 0;
    let k = text.charCodeAt(0) === 45 ? 1 : 0;
    const negative = k === 1;
    if (k < text.length) {
      for (; k < text.length; k++) {
        const digit = text.charCodeAt(k) - 48;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      if (k === text.length) return negative && value !== 0 ? -value : value;
    }
  }
  if (!isLexical(builtin, text, "1.1")) return INVALID;
  if (builtin === "float" || builtin === "double") return Number(text.replace("INF", "Infinity"));
  const value = Number(text);
  return builtin === "decimal" || Number.isSafeInteger(value) ? value + 0 : INVALID;
}

function parseHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let k = 0; k < bytes.length; k++) bytes[k] = parseInt(text.slice(k * 2, k * 2 + 2), 16);
  return bytes;
}

function parseBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** The text of a value, or what is wrong with it. `prefixOf` is asked for QNames. */
export function print(type: SimpleType, value: unknown, prefixOf: PrefixOf): string | Wrong {
  switch (type.kind) {
    case "atomic": {
      const text = printAtomic(type, value, prefixOf);
      return typeof text === "string" && !isListed(type, value) ? notListed(type, value) : text;
    }
    case "list": {
      if (!Array.isArray(value)) return wrongType("an array", value);
      const item = follow(type.item);
      const texts: string[] = [];
      for (const one of value) {
        const text = print(item, one, prefixOf);
        if (typeof text !== "string") return text;
        if (text === "" || /[ \t\n\r]/.test(text)) {
          return wrong(
            "invalid-value",
            `${JSON.stringify(text)} cannot stand in a list, where white space separates`,
          );
        }
        texts.push(text);
      }
      const text = texts.join(" ");
      return isListed(type, text) ? text : notListed(type, text);
    }
    case "union": {
      let first: Wrong | undefined;
      for (const ref of type.members) {
        const text = print(follow(ref), value, prefixOf);
        if (typeof text === "string") return isListed(type, text) ? text : notListed(type, text);
        if (first === undefined || first.code === "wrong-type") first = text;
      }
      return first ?? wrong("wrong-type", "No value is allowed");
    }
  }
}

/** Why a value cannot be written. */
export interface Wrong {
  readonly code: "wrong-type" | "invalid-value" | "unknown-value";
  readonly message: string;
}

function wrong(code: Wrong["code"], message: string): Wrong {
  return { code, message };
}

function wrongType(expected: string, value: unknown): Wrong {
  return wrong("wrong-type", `${expected} is expected, not ${describe(value)}`);
}

function notListed(type: SimpleType, value: unknown): Wrong {
  const values = (type.values ?? []).slice(0, 8).map(describe).join(", ");
  return wrong(
    "unknown-value",
    `${describe(value)} is not one of ${values}${(type.values?.length ?? 0) > 8 ? " ..." : ""}`,
  );
}

/** A value, shortly, for a message. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 60 ? value.slice(0, 60) + "..." : value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    case "bigint":
      return `${value}n`;
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    default:
      return "a " + typeof value;
  }
}

function printAtomic({ builtin, as }: Atomic, value: unknown, prefixOf: PrefixOf): string | Wrong {
  switch (as) {
    case "boolean":
      return typeof value === "boolean" ? String(value) : wrongType("a boolean", value);
    case "number": {
      if (typeof value !== "number") return wrongType("a number", value);
      if (builtin === "float" || builtin === "double") return String(value).replace("Infinity", "INF");
      if (builtin === "decimal" ? !Number.isFinite(value) : !Number.isSafeInteger(value)) {
        return wrong(
          "invalid-value",
          `${value} is not ${builtin === "decimal" ? "finite" : "a safe integer"}`,
        );
      }
      const text = plainDigits(value);
      return isInBounds(builtin, text)
        ? text
        : wrong("invalid-value", `${text} is out of the range of xs:${builtin}`);
    }
    case "bigint": {
      if (typeof value !== "bigint") return wrongType("a bigint", value);
      const text = String(value);
      return isInBounds(builtin, text)
        ? text
        : wrong("invalid-value", `${text} is out of the range of xs:${builtin}`);
    }
    case "bytes":
      if (!(value instanceof Uint8Array)) return wrongType("a Uint8Array", value);
      return builtin === "hexBinary" ? printHex(value) : printBase64(value);
    case "qname": {
      if (typeof value !== "string") return wrongType("a name, {uri}local,", value);
      const [uri, local] = split(value);
      if (!isLexical("NCName", local))
        return wrong("invalid-value", `${describe(value)} is not a name, {uri}local`);
      return uri === "" ? local : `${prefixOf(uri)}:${local}`;
    }
    default:
      if (typeof value !== "string") return wrongType("a string", value);
      return isPlain(builtin) || isLexical(builtin, collapse(value, whiteSpaceOf(builtin)), "1.1")
        ? value
        : wrong("invalid-value", `${describe(value)} is not an xs:${builtin}`);
  }
}

/** Digits without an exponent. */
function plainDigits(value: number): string {
  const text = String(value);
  const exponent = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (exponent === null) return text;
  const [, sign = "", first = "", rest = "", shift = "0"] = exponent;
  const digits = first + rest;
  const point = 1 + Number(shift);
  return sign + (point > 0 ? digits.padEnd(point, "0") : "0." + "0".repeat(-point) + digits);
}

function printHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16).toUpperCase();
  return text;
}

function printBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let k = 0; k < bytes.length; k += 8192) binary += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(binary);
}
