// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** How made-up values and texts become each other. */
import type { SimpleType } from "./descriptor.js";
import { checkText } from "./facets.js";
import { parse, print } from "./simple.js";

/** Prefixes are made up when names are written; while values are sought, a prefix spells its namespace. */
export const prefixOf = (uri: string): string =>
  uri && `p${Array.from(uri, (one) => `${(one.codePointAt(0) ?? 0).toString(16)}.`).join("")}`;

const lookup = (prefix: string): string =>
  prefix
    .slice(1)
    .split(".")
    .map((code) => (code === "" ? "" : String.fromCodePoint(parseInt(code, 16))))
    .join("");

/** The value of a text, undefined where it is none. */
export function readText(type: SimpleType, text: string): unknown {
  if (type.kind === "atomic" && type.as === "qname" && text.startsWith("{")) return text.replace(/^\{\}/, "");
  const { value } = parse(type, text, lookup);
  return value !== undefined && isFit(type, value) ? value : undefined;
}

/** Is a value valid as it would be written? */
export function isFit(type: SimpleType, value: unknown): boolean {
  const text = print(type, value, prefixOf);
  return typeof text === "string" && checkText(type, text, lookup) === undefined;
}
