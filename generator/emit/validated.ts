/** Which values `encode` checks as closely as a validator would, so that no validator is needed before they are written. */
import { follow } from "../../templates/runtime/plan.js";
import type {
  Atomic,
  Builtin,
  Field,
  Member,
  Ref,
  SimpleType,
  Struct,
  Type,
} from "../../templates/runtime/descriptor.js";

/**
 * Is whatever `encode` writes of this type valid? Then it has elements, attributes and texts that are checked on the way: names, how
 * often, enumerations, forms and bounds of the built-in types. Types that hold themselves are left out: nothing else bounds the depth
 * of a value.
 */
export function isWrittenWhole(type: Type): boolean {
  const open = new Set<Struct>();
  const known = new Set<Struct>();
  const isWholeStruct = (struct: Struct): boolean => {
    if (known.has(struct)) return true;
    if (struct.abstract || open.has(struct)) return false;
    open.add(struct);
    for (let at: Struct | undefined = struct; at; at = at.base && follow(at.base)) {
      const { attributes = [], content = [], text } = at;
      if (at.anyAttribute || (text && !isWholeText(text))) return false;
      if (!attributes.every((one) => one.fixed === undefined && isWholeText(one.type))) return false;
      if (!content.every(isWholeMember)) return false;
    }
    open.delete(struct);
    known.add(struct);
    return true;
  };
  const isWholeMember = (member: Member): boolean => {
    if ("choice" in member) return member.choice.flat().every(isWholeMember);
    return "name" in member && isWholeField(member);
  };
  const isWholeField = ({ constraints, fixed, nillable, substitutes, type }: Field): boolean =>
    !constraints && fixed === undefined && !nillable && !substitutes && isWhole(follow(type));
  const isWhole = (one: Type): boolean =>
    one.kind === "struct" ? isWholeStruct(one) : one.kind === "atomic" && isWholeAtomic(one);
  return isWhole(type);
}

const isWholeText = (ref: Ref<SimpleType>): boolean => {
  const type = follow(ref);
  return type.kind === "atomic" && isWholeAtomic(type);
};

/** Only enumerations restrict it, and its built-in type has no more to it than its form. */
function isWholeAtomic({ as, builtin, facets }: Atomic): boolean {
  return facets === undefined && (exact.has(builtin) || (floating.has(builtin) && as === "number"));
}

const exact: ReadonlySet<Builtin> = new Set<Builtin>([
  "string",
  "normalizedString",
  "token",
  "boolean",
  "decimal",
  "integer",
  "long",
  "int",
  "short",
  "byte",
  "unsignedLong",
  "unsignedInt",
  "unsignedShort",
  "unsignedByte",
  "nonNegativeInteger",
  "positiveInteger",
  "nonPositiveInteger",
  "negativeInteger",
]);

/** Texts may be `+INF`, which only one edition of XML Schema has. */
const floating: ReadonlySet<Builtin> = new Set<Builtin>(["float", "double"]);
