// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * The simple types that are more than a text, number or boolean: lists, unions, binary data and qualified names. Each brings the
 * mapping that it needs ({@link Mapping}), so that only bundles with such types hold it.
 */
import type { Atomic, Facets, List, Mapping, Parsed, SimpleType, Union, Wrong } from "./descriptor.js";
import { collapse, isBase64, hasForm, isQName, splitList } from "./forms.js";
import { hasNameForm, ncName } from "./names.js";
import { expand, follow, split } from "./plan.js";
import {
  collapsed,
  describe,
  expandedNames,
  formOf,
  isSameTime,
  nameOf,
  notA,
  parse,
  print,
  wrongType,
} from "./simple.js";
import { isBytes } from "./values.js";

/** Lists: arrays of the values of their items. */
export const listMapping: Mapping<List> = {
  nameOf: ({ item }) => `a list of ${nameOf(follow(item))}`,
  parse(type, text, lookup) {
    const item = follow(type.item);
    const parts = splitList(text).map((part) => parse(item, part, lookup));
    const isWrong = parts.some((part) => part.value === undefined);
    return {
      value: isWrong ? undefined : parts.map((part) => part.value),
      unlisted: parts.some((part) => part.unlisted),
    };
  },
  print(type, value, prefixOf) {
    if (!Array.isArray(value)) return wrongType("an array", value);
    const item = follow(type.item);
    const texts: string[] = [];
    let wrong: Wrong | undefined;
    for (const one of value) {
      const printed = print(item, one, prefixOf);
      const own = typeof printed === "string" ? printed : printed.text;
      if (own === undefined) return printed;
      if (typeof printed !== "string") wrong ??= printed;
      if (!/^[^ \t\n\r]+$/.test(own)) {
        return {
          code: "invalid-value",
          message: `${describe(own)} cannot stand in a list, where white space separates`,
        };
      }
      texts.push(own);
    }
    const text = texts.join(" ");
    return wrong ? { ...wrong, text } : text;
  },
  formOf(type, value) {
    const item = follow(type.item);
    return Array.isArray(value) ? value.map((one) => formOf(item, one)).join(" ") : String(value);
  },
  isSameTime(type, compare, a, b) {
    const [x, y] = [splitList(a), splitList(b)];
    const item = follow(type.item);
    return x.length === y.length && x.every((one, k) => isSameTime(item, compare, one, y[k] as string));
  },
};

/** Unions: the value of the first member that lets a text in. */
export const unionMapping: Mapping<Union> = {
  nameOf: ({ members }) => members.map((member) => nameOf(follow(member))).join(" or "),
  parse(type, text, lookup) {
    // Where no member lets it in, the first that could if its enumeration were longer, or its pattern another.
    let open: Parsed | undefined;
    let odd: Parsed | undefined;
    for (const ref of type.members) {
      const member = follow(ref);
      const parsed = parse(member, text, lookup);
      if (parsed.value === undefined || !isInRange(member.facets, parsed.value)) continue;
      if (!isFormed(member, text)) odd ??= parsed;
      else if (parsed.unlisted) open ??= parsed;
      else return parsed;
    }
    return open ?? odd ?? { value: undefined, unlisted: true };
  },
  print(type, value, prefixOf) {
    const all: Wrong[] = [];
    let odd: string | undefined;
    for (const ref of type.members) {
      const member = follow(ref);
      const text = print(member, value, prefixOf);
      if (typeof text !== "string") all.push(text);
      else if (!isFormed(member, text)) odd ??= text;
      else return typeof value === "string" ? text : unmistakable(type, text, value);
    }
    if (odd !== undefined) return odd;
    // Members for values of another type have nothing to say about this one.
    const near = all.filter(({ code }) => code !== "wrong-type");
    const [wrong] = near;
    const begin = `${describe(value)} is not `;
    const said = (wrong ? near : all).map(({ message }) =>
      wrong ? message.slice(begin.length) : message.slice(0, message.indexOf(" is expected, not ")),
    );
    const expected = [...new Set(said)].join(" or ");
    if (!wrong) return wrongType(expected, value);
    return near.every(({ message }) => message.startsWith(begin))
      ? { ...wrong, message: begin + expected }
      : wrong;
  },
  formOf: formOfBytes,
  isSameTime(type, compare, a, b) {
    const memberOf = (text: string): SimpleType | undefined =>
      type.members.map(follow).find((one) => {
        const { value, unlisted } = parse(one, text, expandedNames);
        return value !== undefined && !unlisted;
      });
    const member = memberOf(a);
    return member !== undefined && member === memberOf(b) && isSameTime(member, compare, a, b);
  },
};

/** Patterns and the forms of names, which decide between members of a union. */
function isFormed(type: SimpleType, written: string): boolean {
  const { facets } = type;
  const text = type.kind === "atomic" ? collapsed(type, written) : collapse(written);
  return (
    (facets?.patterns?.every((step) => step.some((one) => facets.matches?.(one, text))) ?? true) &&
    (type.kind === "list"
      ? splitList(text).every((one) => isFormed(follow(type.item), one))
      : type.kind === "union"
        ? type.members.some((one) => isFormed(follow(one), written))
        : hasNameForm(type.builtin, text))
  );
}

/** Bounds and lengths, which decide between members of a union. */
function isInRange(facets: Facets = {}, value: unknown): boolean {
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

/** A text of the value that no earlier member of the union takes for something else: 1 is no boolean when it is 1.0. */
function unmistakable(type: SimpleType, text: string, value: unknown): string {
  return (
    [text, `${text}.0`, `+${text}`, `0${text}`].find(
      (one) => parse(type, one, () => undefined).value === value,
    ) ?? text
  );
}

/** `xs:hexBinary` and `xs:base64Binary` as bytes. */
export const bytesMapping: Mapping<Atomic> = {
  parse(type, written) {
    const text = collapsed(type, written);
    const isHex = type.builtin === "hexBinary";
    const fits = isHex ? hasForm(type.builtin, text) : isBase64(text);
    if (!fits) return { value: undefined, unlisted: false };
    const binary = isHex ? text : atob(text);
    const value = new Uint8Array(isHex ? text.length / 2 : binary.length);
    for (let k = 0; k < value.length; k++)
      value[k] = isHex ? parseInt(text.slice(2 * k, 2 * k + 2), 16) : binary.charCodeAt(k);
    return { value, unlisted: false };
  },
  print(type, value) {
    if (!isBytes(value)) return wrongType("a Uint8Array", value);
    const isHex = type.builtin === "hexBinary";
    let text = "";
    for (const byte of value) {
      text += isHex ? (byte < 16 ? "0" : "") + byte.toString(16).toUpperCase() : String.fromCharCode(byte);
    }
    return isHex ? text : btoa(text);
  },
  formOf: formOfBytes,
};

/** One text for all ways to write bytes. */
function formOfBytes(_: SimpleType, value: unknown): string {
  return isBytes(value) ? value.join(" ") : String(value);
}

/** `xs:QName` and `xs:NOTATION` as `{uri}local`. */
export const qnameMapping: Mapping<Atomic> = {
  parse(type, written, lookup) {
    const text = collapsed(type, written);
    const colon = text.indexOf(":");
    let value: string | undefined;
    if (lookup === expandedNames && text.startsWith("{")) value = expand(...split(text));
    else if (isQName(text)) {
      const uri = lookup(text.slice(0, Math.max(colon, 0)));
      if (uri !== undefined) value = expand(uri, text.slice(colon + 1));
    }
    return { value, unlisted: false };
  },
  print(type, value, prefixOf) {
    if (typeof value !== "string") return wrongType("a string", value);
    const [uri, local] = split(value);
    if (!ncName.test(local))
      return { ...notA(type, value), message: `${describe(value)} is not a name as "{namespace}local"` };
    const prefix = prefixOf(uri);
    return (prefix && prefix + ":") + local;
  },
};
