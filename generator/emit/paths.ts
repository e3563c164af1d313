/** Paths of element names below a type, as rules and conventions write them. */
import { anyTypeId } from "../model/builtins.js";
import { displayName, nameOfId, typeOf } from "../model/query.js";
import { attributesOf, fieldsOf, membersOf } from "../model/shape.js";
import type { Model, TypeId } from "../model/types.js";
import { pascalCase } from "./identifiers.js";

/**
 * The keys of the members that a path leads to. The first step names a type (`{uri}local`, `prefix:local`, its local name
 * in either case of the first letter, or `*`), the others elements or at last an `@attribute`; `*` is any name and `**` any
 * number of steps.
 */
export function membersAt(model: Model, path: string): ReadonlySet<string> {
  // A URI in braces has slashes of its own.
  const brace = path.startsWith("{") ? path.lastIndexOf("}") + 1 : 0;
  const [rest = "", ...steps] = path.slice(brace).split("/");
  const first = path.slice(0, brace) + rest;
  let types = new Set<TypeId>(Object.keys(model.types).filter((id) => isNamed(model, id, first)));
  steps.slice(0, -1).forEach((step) => {
    types = step === "**" ? withAllBelow(model, types) : below(model, types, step);
  });
  const last = steps.at(-1);
  const keys = new Set<string>();
  if (last === undefined) return keys;
  if (last === "**") types = withAllBelow(model, types);
  const wanted = last === "**" ? "*" : last;
  for (const type of complexTypes(model, types)) {
    if (wanted.startsWith("@")) {
      for (const { key, use } of attributesOf(model, type)) {
        if (wanted === "@*" || wanted === `@${use.name.local}`) keys.add(key);
      }
    } else {
      for (const { key, name } of fieldsOf(membersOf(model, type))) {
        if (wanted === "*" || wanted === name.local) keys.add(key);
      }
    }
  }
  return keys;
}

function isNamed(model: Model, id: TypeId, wanted: string): boolean {
  if (wanted === "*" || wanted === "**" || id === wanted) return true;
  if (model.types[id]?.name === undefined) return false;
  const { local } = nameOfId(id);
  if (local === wanted) return true;
  if (!wanted.includes(":")) return pascalCase(local) === wanted;
  return wanted.endsWith(`:${local}`) && displayName(model, id) === wanted;
}

function complexTypes(model: Model, types: Iterable<TypeId>): TypeId[] {
  return [...types].filter((id) => id !== anyTypeId && typeOf(model, id)?.kind === "complex");
}

function below(model: Model, types: Iterable<TypeId>, step: string): Set<TypeId> {
  const found = new Set<TypeId>();
  for (const type of complexTypes(model, types)) {
    for (const field of fieldsOf(membersOf(model, type))) {
      if (step === "*" || step === field.name.local) found.add(field.type);
    }
  }
  return found;
}

function withAllBelow(model: Model, types: ReadonlySet<TypeId>): Set<TypeId> {
  const found = new Set(types);
  for (const type of found) for (const next of below(model, [type], "*")) found.add(next);
  return found;
}
