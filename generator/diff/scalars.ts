/** TypeScript types of simple types, as generated code has them by default. */
import { simpleTypeOf } from "../model/query.js";
import type { Model, SimpleType } from "../model/types.js";
import { builtinOf } from "../model/values.js";
import { isBuiltinAncestor } from "./values.js";

const between = " | ";

/** Whether code that has values of one type may use them as another: each member is one of the other's, or a literal of one. */
export function isAssignable(text: string, to: string): boolean {
  const members = new Set(to.split(between));
  return text.split(between).every((member) => members.has(member) || members.has(widened(member)));
}

/** The type with any value beside the listed ones, as what is read has it. */
export function opened(text: string): string {
  return text.split(between).map(widened).join(between);
}

/** The type of a literal, or of an array of literals; any other type is itself. */
function widened(member: string): string {
  const [, item = "", array = ""] = /^(.*?)((?:\[\])*)$/u.exec(member) ?? [];
  if (item.startsWith('"')) return `string${array}`;
  if (/^-?\d+n$/u.test(item)) return `bigint${array}`;
  return /^-?\d/u.test(item) ? `number${array}` : member;
}

/** Prints simple types of a model: equal texts for types that code cannot tell apart. */
export function scalarText(
  model: Model,
  representation: (type: SimpleType) => string = defaultRepresentation,
): (type: SimpleType) => string {
  const text = (type: SimpleType): string => {
    switch (type.variety) {
      case "list": {
        const item = type.item === undefined ? undefined : simpleTypeOf(model, type.item);
        const items = item === undefined ? ["string"] : text(item).split(between);
        return items.map((each) => `${each}[]`).join(between);
      }
      case "union": {
        const members = (type.members ?? []).flatMap((id) => {
          const member = simpleTypeOf(model, id);
          return member === undefined ? [] : [text(member)];
        });
        return [...new Set(members.flatMap((member) => member.split(between)))].sort().join(between);
      }
      case "atomic": {
        const as = representation(type);
        const name = as === "qname" ? "string" : as;
        const literals = type.facets.enumeration?.map(({ value }) => literalText(value, name));
        return literals === undefined ? name : [...new Set(literals)].sort().join(between);
      }
    }
  };
  return text;
}

/** A listed value as code writes it; the name of the type where code has no literals of it. */
function literalText(value: string, name: string): string {
  switch (name) {
    case "string":
      return JSON.stringify(value).replaceAll("|", "\\u007c");
    case "bigint":
      return `${BigInt(value.replace("+", ""))}n`;
    case "number":
      return Number.isFinite(Number(value)) ? String(Number(value)) : name;
    default:
      return name;
  }
}

const safe = BigInt(Number.MAX_SAFE_INTEGER);

/** The representation that loses nothing. */
function defaultRepresentation(type: SimpleType): string {
  const builtin = builtinOf(type);
  if (isBuiltinAncestor("integer", builtin)) return fitsNumber(type) ? "number" : "bigint";
  switch (builtin) {
    case "boolean":
      return "boolean";
    case "float":
    case "double":
      return "number";
    case "hexBinary":
    case "base64Binary":
      return "Uint8Array";
    default:
      return "string";
  }
}

/** Whether the facets keep an integer within what a number holds exactly. */
function fitsNumber({ facets }: SimpleType): boolean {
  if (facets.totalDigits !== undefined && facets.totalDigits <= 15) return true;
  const bound = (text: string | undefined): bigint | undefined =>
    text !== undefined && /^[+-]?\d+$/u.test(text) ? BigInt(text) : undefined;
  const low = bound(facets.minInclusive ?? facets.minExclusive);
  const high = bound(facets.maxInclusive ?? facets.maxExclusive);
  return low !== undefined && high !== undefined && low >= -safe && high <= safe;
}
