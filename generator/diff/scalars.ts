/** TypeScript types of simple types, as generated code has them by default. */
import { simpleTypeOf } from "../model/query.js";
import type { Model, SimpleType } from "../model/types.js";
import { builtinOf } from "../model/values.js";
import { isBuiltinAncestor } from "./values.js";

/** Prints simple types of a model: equal texts for types that code cannot tell apart. */
export function scalarText(
  model: Model,
  representation: (type: SimpleType) => string = defaultRepresentation,
): (type: SimpleType) => string {
  const text = (type: SimpleType): string => {
    switch (type.variety) {
      case "list": {
        const item = type.item === undefined ? undefined : simpleTypeOf(model, type.item);
        const inner = item === undefined ? "string" : text(item);
        return inner.includes(" ") ? `(${inner})[]` : `${inner}[]`;
      }
      case "union": {
        const members = (type.members ?? []).flatMap((id) => {
          const member = simpleTypeOf(model, id);
          return member === undefined ? [] : [text(member)];
        });
        return [...new Set(members)].sort().join(" | ");
      }
      case "atomic": {
        const name = representation(type);
        const known = type.facets.enumeration;
        return name === "string" && known !== undefined
          ? known
              .map(({ value }) => JSON.stringify(value))
              .sort()
              .join(" | ")
          : name;
      }
    }
  };
  return text;
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
