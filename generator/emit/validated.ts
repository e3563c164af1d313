/** What has to hold a request against its schema before it is sent, beyond what writing it looks at anyway. */
import { follow } from "../../templates/runtime/plan.js";
import type {
  Atomic,
  Builtin,
  Field,
  Member,
  SimpleType,
  Struct,
  Type,
} from "../../templates/runtime/descriptor.js";

/**
 * `encode`: whatever it writes of a type is valid. `plain`: the texts have facets or more to them than their form
 * (`validatePlain`). `full`: the type has what only the validator of all types knows (`validateKnown`).
 */
export type Validator = "encode" | "plain" | "full";

/** The least that validates values of a type. */
export function validatorOf(type: Type): Validator {
  return isTree(type, isExact) ? "encode" : isTree(type, isPlain) ? "plain" : "full";
}

/** What was found out about types with texts of a kind: requests have most of theirs in common. */
const trees = new Map<(type: SimpleType) => boolean, WeakMap<Struct, boolean>>();

/**
 * Is this a tree of elements, attributes and texts alone, and are the texts of some kind? Types that hold themselves are no trees:
 * nothing else bounds the depth of a value.
 */
function isTree(type: Type, isText: (type: SimpleType) => boolean): boolean {
  const open = new Set<Struct>();
  const known = trees.get(isText) ?? new WeakMap<Struct, boolean>();
  trees.set(isText, known);
  const isStruct = (struct: Struct): boolean => {
    let result = known.get(struct);
    if (result !== undefined) return result;
    if (struct.abstract || open.has(struct)) return false;
    open.add(struct);
    result = holdsTrees(struct);
    open.delete(struct);
    // Whoever holds what is no tree is none itself, so that this is the same from wherever one begins.
    known.set(struct, result);
    return result;
  };
  const holdsTrees = (struct: Struct): boolean => {
    for (let at: Struct | undefined = struct; at; at = at.base && follow(at.base)) {
      const { attributes = [], content = [], text } = at;
      if (at.anyAttribute || (text && !isText(follow(text)))) return false;
      if (!attributes.every((one) => one.fixed === undefined && isText(follow(one.type)))) return false;
      if (!content.every(isMember)) return false;
    }
    return true;
  };
  const isMember = (member: Member): boolean =>
    "choice" in member ? member.choice.flat().every(isMember) : "name" in member && isField(member);
  const isField = ({ constraints, fixed, nillable, substitutes, type }: Field): boolean =>
    !constraints && fixed === undefined && !nillable && !substitutes && isPart(follow(type));
  const isPart = (one: Type): boolean => {
    switch (one.kind) {
      case "struct":
        return isStruct(one);
      case "atomic":
      case "list":
      case "union":
        return isText(one);
      case "polymorphic":
      case "conditional":
      case "any":
        return false;
    }
  };
  return isPart(type);
}

/** Only enumerations restrict it, and its built-in type has no more to it than its form. */
function isExact(type: SimpleType): boolean {
  return type.kind === "atomic" && type.facets === undefined && isExactBuiltin(type);
}

const isExactBuiltin = ({ as, builtin }: Atomic): boolean =>
  exact.has(builtin) || (floating.has(builtin) && as === "number");

/** Its text says all: it has no name whose prefix means something, and refers to nothing. */
function isPlain(type: SimpleType): boolean {
  switch (type.kind) {
    case "atomic":
      return !referring.has(type.builtin);
    case "list":
      return isPlain(follow(type.item));
    case "union":
      return type.members.every((one) => isPlain(follow(one)));
  }
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

const referring: ReadonlySet<Builtin> = new Set<Builtin>(["QName", "NOTATION", "ID", "IDREF"]);
