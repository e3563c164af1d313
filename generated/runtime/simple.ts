// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** Values of simple types: from text to JavaScript and back. */
import type { Atomic, SimpleType } from "./descriptor.js";
import {
  collapse,
  hasForm,
  isBase64,
  isInBounds,
  isQName,
  splitList,
  toBigint,
  whiteSpaceOf,
} from "./forms.js";
import { ncName } from "./names.js";
import { expand, follow, split } from "./plan.js";

/** What a text stands for. */
export interface Parsed {
  /** `undefined`: the text is no value of the type. */
  value: unknown;
  /** Some part of it is missing in an enumeration. */
  unlisted: boolean;
}

/** Finds the namespace of a prefix where a QName stands. */
export type Lookup = (prefix: string) => string | undefined;

/** For texts of a descriptor, whose QNames are expanded: `{uri}local`. */
export const expandedNames: Lookup = () => undefined;

/** What a simple type is called in messages. */
export function nameOf(type: SimpleType): string {
  return type.kind === "atomic"
    ? "xs:" + type.builtin
    : type.kind === "list"
      ? `a list of ${nameOf(follow(type.item))}`
      : type.members.map((member) => nameOf(follow(member))).join(" or ");
}

/** Is a value one that the enumeration lists, perhaps written otherwise (Part 2, clause 4.3.5)? */
function listed(type: SimpleType, value: unknown): boolean {
  return (
    type.values === undefined ||
    (type.values as readonly unknown[]).includes(value) ||
    formsOf(type).has(formOf(type, value)) ||
    (type.facets?.compare !== undefined &&
      type.values.some((one) => isSameTime(type, type.facets?.compare, String(one), textOf(value))))
  );
}

type Compare = NonNullable<NonNullable<SimpleType["facets"]>["compare"]>;

/** Are two texts one date, time or duration, or lists of such? */
function isSameTime(type: SimpleType, compare: Compare | undefined, a: string, b: string): boolean {
  if (type.kind === "atomic") return a === b || compare?.(type.builtin, a, b) === 0;
  if (type.kind === "list") {
    const [x, y] = [splitList(a), splitList(b)];
    const item = follow(type.item);
    return x.length === y.length && x.every((one, k) => isSameTime(item, compare, one, y[k] as string));
  }
  const memberOf = (text: string): SimpleType | undefined =>
    type.members.map(follow).find((one) => {
      const { value, unlisted } = parse(one, text, expandedNames);
      return value !== undefined && !unlisted;
    });
  const member = memberOf(a);
  return member !== undefined && member === memberOf(b) && isSameTime(member, compare, a, b);
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : String(value);
}

const forms = /*#__PURE__*/ new WeakMap<SimpleType, ReadonlySet<string>>();

/** The forms of the values of an enumeration. */
function formsOf(type: SimpleType): ReadonlySet<string> {
  let known = forms.get(type);
  if (!known) {
    const { values = [] } = type;
    // What is no value in JavaScript stands as text.
    const typed = type.kind === "atomic" && type.as !== "bytes";
    const plain = { ...type, values: undefined } as unknown as SimpleType;
    known = new Set(
      values.map((one) =>
        formOf(plain, typed ? one : (parse(plain, String(one), () => undefined).value ?? one)),
      ),
    );
    forms.set(type, known);
  }
  return known;
}

/** One text for all ways to write a value. */
function formOf(type: SimpleType, value: unknown): string {
  if (value instanceof Uint8Array) return value.join(" ");
  if (type.kind === "list" && Array.isArray(value)) {
    const item = follow(type.item);
    return value.map((one) => formOf(item, one)).join(" ");
  }
  const text = String(value);
  if (type.kind !== "atomic" || typeof value !== "string" || type.as !== "string") return text;
  return type.builtin === "decimal"
    ? text
        .replace(/^\+/, "")
        .replace(/^(-?)0+(?=\d)/, "$1")
        .replace(/(\.\d*?)0*$/, "$1")
        .replace(/\.$/, "")
    : /^(?:date|time|g[YMD])/.test(type.builtin)
      ? text.replace(/[+-]00:00$/, "Z")
      : text;
}

/** The value of a text of an atomic type; `undefined` when there is anything to say about it. */
export function parseListed(type: Atomic, text: string, lookup: Lookup): unknown {
  const value = parseAtomic(type, text, lookup);
  return listed(type, value) ? value : undefined;
}

/** Reads a text. Enumerations are open here: a value that is not listed is a value. */
export function parse(type: SimpleType, text: string, lookup: Lookup): Parsed {
  if (type.kind === "atomic") {
    const value = parseAtomic(type, text, lookup);
    return { value, unlisted: !listed(type, value) };
  }
  if (type.kind === "list") {
    const item = follow(type.item);
    const parts = splitList(text).map((part) => parse(item, part, lookup));
    if (parts.some((part) => part.value === undefined)) return { value: undefined, unlisted: false };
    const value = parts.map((part) => part.value);
    return { value, unlisted: !listed(type, value) || parts.some((part) => part.unlisted) };
  }
  // The first member that lets the text in; where none does, the first that could if its enumeration were longer.
  let open: Parsed = { value: undefined, unlisted: true };
  for (const ref of type.members) {
    const member = follow(ref);
    const parsed = parse(member, text, lookup);
    if (parsed.value === undefined || !isInRange(member, parsed.value)) continue;
    if (!parsed.unlisted) return { value: parsed.value, unlisted: !listed(type, parsed.value) };
    if (open.value === undefined) open = parsed;
  }
  return open;
}

/** Bounds and lengths, which decide between members of a union. */
function isInRange({ facets }: SimpleType, value: unknown): boolean {
  if (facets === undefined) return true;
  const { length, minLength = length, maxLength = length } = facets;
  if (typeof value === "string")
    return !(value.length < (minLength ?? 0)) && !(value.length > (maxLength ?? Infinity));
  if (typeof value !== "number" && typeof value !== "bigint") return true;
  const { minInclusive, maxInclusive, minExclusive, maxExclusive } = facets;
  return !(
    value < Number(minInclusive) ||
    value > Number(maxInclusive) ||
    value <= Number(minExclusive) ||
    value >= Number(maxExclusive)
  );
}

function parseAtomic({ as, builtin, facets }: Atomic, written: string, lookup: Lookup): unknown {
  const text = collapse(written, facets?.whiteSpace ?? whiteSpaceOf(builtin));
  if (as === "string" && builtin === "string") return text;
  if (as === "bytes") {
    if (builtin === "hexBinary") {
      if (!hasForm(builtin, text)) return undefined;
      return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    }
    return isBase64(text) ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : undefined;
  }
  if (as === "qname") {
    if (lookup === expandedNames && text.startsWith("{")) return expand(...split(text));
    if (!isQName(text)) return undefined;
    const colon = text.indexOf(":");
    const uri = lookup(text.slice(0, Math.max(colon, 0)));
    return uri === undefined ? uri : expand(uri, text.slice(colon + 1));
  }
  if (!hasForm(builtin, text)) return undefined;
  if (as === "boolean") return text === "true" || text === "1";
  if (as === "number") {
    const value = Number(text.endsWith("F") ? text.replace("INF", "Infinity") : text);
    if (builtin === "float" || builtin === "double") return value;
    const exact =
      builtin === "decimal"
        ? Number.isFinite(value)
        : Number.isSafeInteger(value) && isInBounds(builtin, value);
    return exact ? value + 0 : undefined;
  }
  if (as === "bigint") {
    const value = toBigint(text);
    return isInBounds(builtin, value) ? value : undefined;
  }
  return isInBounds(builtin, text) ? text : undefined;
}

/** Why a value cannot be written. */
export interface Wrong {
  readonly code: "wrong-type" | "invalid-value" | "unknown-value";
  readonly message: string;
}

/** A value, shortly, for a message. */
export function describe(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? value.slice(0, 60) + "..." : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "bigint" ? value + "n" : String(value);
}

/** The text of a value, or what is wrong with it. `prefixOf` is asked for QNames, with "" too. */
export function print(type: SimpleType, value: unknown, prefixOf: (uri: string) => string): string | Wrong {
  let text: string | Wrong | undefined;
  if (type.kind === "atomic") text = printAtomic(type, value, prefixOf);
  else if (type.kind === "union") {
    for (const ref of type.members) {
      const own = print(follow(ref), value, prefixOf);
      if (typeof own === "string") {
        text = typeof value === "string" ? own : unmistakable(type, own, value);
        break;
      }
      if (text === undefined || (text as Wrong).code === "wrong-type") text = own;
    }
  } else if (!Array.isArray(value)) text = wrongType("an array", value);
  else {
    const item = follow(type.item);
    const texts: string[] = [];
    for (const one of value) {
      const own = print(item, one, prefixOf);
      if (typeof own !== "string") return own;
      if (!/^[^ \t\n\r]+$/.test(own)) {
        return {
          code: "invalid-value",
          message: `${describe(own)} cannot stand in a list, where white space separates`,
        };
      }
      texts.push(own);
    }
    text = texts.join(" ");
  }
  if (typeof text === "string" && !listed(type, value)) {
    const values = type.values ?? [];
    const some = values.slice(0, 8).map(describe).join(", ") + (values.length > 8 ? ", ..." : "");
    return { code: "unknown-value", message: `${describe(value)} is not one of ${some}` };
  }
  return text ?? wrongType("nothing", value);
}

/** A text of the value that no earlier member of the union takes for something else: 1 is no boolean when it is 1.0. */
function unmistakable(type: SimpleType, text: string, value: unknown): string {
  return (
    [text, `${text}.0`, `+${text}`, `0${text}`].find(
      (one) => parse(type, one, () => undefined).value === value,
    ) ?? text
  );
}

function wrongType(expected: string, value: unknown): Wrong {
  return { code: "wrong-type", message: `${expected} is expected, not ${describe(value)}` };
}

function printAtomic(
  { builtin, as }: Atomic,
  value: unknown,
  prefixOf: (uri: string) => string,
): string | Wrong {
  const invalid: Wrong = { code: "invalid-value", message: `${describe(value)} is not an xs:${builtin}` };
  if (as === "bytes") {
    if (!(value instanceof Uint8Array)) return wrongType("a Uint8Array", value);
    let text = "";
    for (const byte of value) {
      text +=
        builtin === "hexBinary"
          ? (byte < 16 ? "0" : "") + byte.toString(16).toUpperCase()
          : String.fromCharCode(byte);
    }
    return builtin === "hexBinary" ? text : btoa(text);
  }
  const expected = as === "qname" ? "string" : as;
  if (typeof value !== expected) return wrongType(`a ${expected}`, value);
  switch (typeof value) {
    case "number": {
      if (builtin === "float" || builtin === "double")
        return Object.is(value, -0) ? "-0" : String(value).replace("Infinity", "INF");
      if (builtin !== "decimal")
        return Number.isSafeInteger(value) && isInBounds(builtin, value) ? String(value) : invalid;
      return Number.isFinite(value) ? plainDigits(value) : invalid;
    }
    case "bigint":
      return isInBounds(builtin, value) ? String(value) : invalid;
    case "string": {
      if (as === "qname") {
        const [uri, local] = split(value);
        if (!ncName.test(local)) return invalid;
        const prefix = prefixOf(uri);
        return (prefix && prefix + ":") + local;
      }
      const text = collapse(value, whiteSpaceOf(builtin));
      return hasForm(builtin, text) && isInBounds(builtin, text) ? value : invalid;
    }
    default:
      return String(value);
  }
}

/** Digits without an exponent. */
function plainDigits(value: number): string {
  const [, sign = "", first = "", rest = "", shift = "0"] =
    /^(-?)(\d)\.?(\d*)e([+-]\d+)$/.exec(String(value)) ?? [];
  if (first === "") return String(value);
  const point = 1 + Number(shift);
  return sign + (point > 0 ? (first + rest).padEnd(point, "0") : "0." + "0".repeat(-point) + first + rest);
}
