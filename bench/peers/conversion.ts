/** What users of untyped parsers write to get typed values: a conversion of the tree by the schema. */
import type { Field, SimpleType, Struct, Type } from "../../templates/runtime/index.js";

/** Reads a document into typed values. */
export type Reader = (xml: string) => unknown;

/** What an untyped parser gives. */
export interface Tree {
  readonly [name: string]: unknown;
}

export const follow = (type: Field["type"]): Type =>
  typeof type === "function" ? (type as () => Type)() : type;

/** The fields of a struct, those of its bases first. */
const fieldsOf = (type: Struct): Field[] => [
  ...(type.base ? fieldsOf(typeof type.base === "function" ? type.base() : type.base) : []),
  ...((type.content ?? []) as Field[]),
];

const scalar = (type: SimpleType, text: string): unknown => {
  if (type.kind !== "atomic" || type.as === "string") return text;
  return type.as === "boolean" ? text === "true" || text === "1" : Number(text);
};

/** A conversion of an untyped tree by the schema; `xsiType` finds the type that an element names. */
export function converter(xsiType: (tree: Tree) => unknown): (type: Type, value: unknown) => unknown {
  const known = new Map<Struct, Field[]>();
  const convert = (type: Type, value: unknown): unknown => {
    if (type.kind === "polymorphic") {
      const given = String(xsiType(value as Tree) ?? "").split(":")[1] ?? "";
      const found = type.derived.find(([tag]) => given !== "" && tag.endsWith(":" + given));
      const target = (found ? (found[2] as () => Struct)() : type.base) as Struct;
      return { $type: found?.[0] ?? type.tag, ...(convert(target, value) as object) };
    }
    if (type.kind !== "struct") return scalar(type as SimpleType, value as string);
    let fields = known.get(type);
    if (!fields) known.set(type, (fields = fieldsOf(type)));
    const out: Record<string, unknown> = {};
    for (const field of fields) {
      const own = (value as Tree)[field.name];
      if (own === undefined) continue;
      const target = follow(field.type);
      out[field.name] =
        (field.max ?? 1) > 1
          ? (Array.isArray(own) ? own : [own]).map((one) => convert(target, one))
          : convert(target, own);
    }
    return out;
  };
  return convert;
}

export const localName = (name: string): string => name.slice(name.indexOf("}") + 1);
