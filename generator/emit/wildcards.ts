/** Wildcards of a model: which are the same, and which are worth a name. */
import { knownAttributes, knownElements } from "../model/query.js";
import { shapeOf, type ShapeMember } from "../model/shape.js";
import type { Model, TypeDefinition, Wildcard } from "../model/types.js";

/** From so many known elements on, a union or list of them is declared once a module. */
const namedFrom = 4;

/** Equal for wildcards that let in the same elements and know the same of them. */
export function wildcardKey({ namespaces, notNames, process }: Wildcard): string {
  return JSON.stringify([namespaces, notNames ?? [], process === "skip"]);
}

/** The distinct attribute wildcards of a namespace's types that know an attribute of the schema. */
export function knowingWildcards(model: Model): ReadonlyMap<string, ReadonlyMap<string, Wildcard>> {
  const found = new Map<string, Map<string, Wildcard>>();
  for (const type of Object.values(model.types)) {
    const wildcard = type.kind === "complex" ? type.anyAttribute : undefined;
    if (wildcard === undefined) continue;
    const list = found.get(type.namespace) ?? new Map<string, Wildcard>();
    const key = wildcardKey(wildcard);
    if (list.has(key) || knownAttributes(model, wildcard).length === 0) continue;
    found.set(type.namespace, list.set(key, wildcard));
  }
  return found;
}

/** The distinct wildcards in the content that a namespace's types themselves declare, as far as they are named. */
export function namedWildcards(model: Model): ReadonlyMap<string, ReadonlyMap<string, Wildcard>> {
  const found = new Map<string, Map<string, Wildcard>>();
  const known = new Map<string, boolean>();
  const isNamed = (key: string, wildcard: Wildcard): boolean => {
    let result = known.get(key);
    if (result === undefined) known.set(key, (result = knownElements(model, wildcard).length >= namedFrom));
    return result;
  };
  for (const type of Object.values(model.types)) {
    for (const wildcard of wildcardsOf(model, type)) {
      const key = wildcardKey(wildcard);
      if (!isNamed(key, wildcard)) continue;
      const list = found.get(type.namespace);
      if (list === undefined) found.set(type.namespace, new Map([[key, wildcard]]));
      else if (!list.has(key)) list.set(key, wildcard);
    }
  }
  return found;
}

/** The wildcards in the content that a type itself declares. */
export function wildcardsOf(model: Model, type: TypeDefinition): readonly Wildcard[] {
  if (type.kind !== "complex") return [];
  const visit = (members: readonly ShapeMember[]): readonly Wildcard[] =>
    members.flatMap((member) => {
      switch (member.kind) {
        case "field":
          return [];
        case "choice":
          return member.branches.flatMap(visit);
        case "slot":
          return visit(member.items);
        case "any":
          return [member.wildcard];
      }
    });
  return visit(shapeOf(model, type.id).members);
}
