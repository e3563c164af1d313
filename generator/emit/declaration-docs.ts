/** What is known about types and members, as the text of their comments. */
import { isBuiltin } from "../model/builtins.js";
import { typeOf } from "../model/query.js";
import type { TypeDefinition, TypeId } from "../model/types.js";
import { describeLimits, tsdoc, type DocParts } from "./docs.js";
import { simpleType, type Plan } from "./plan.js";
import type { Place } from "./scalars.js";
import type { At } from "./scope.js";
import { presetText } from "./values.js";

/** What stands above the declaration of a type. */
export function typeDocs(at: At, type: TypeDefinition): string {
  const { input } = at.plan;
  const notes: string[] = [];
  if (at.mode === "read" && at.plan.hasReadForm(type.id) && type.kind === "complex") {
    notes.push(`\`${input.names.type(type.id)}\` as it is read.`);
  }
  const values =
    type.kind === "simple"
      ? (type.facets.enumeration ?? []).flatMap(({ value, documentation }) => {
          const since = input.since(`${type.id}=${value}`);
          if (documentation === undefined && since === undefined) return [];
          return [
            { value, ...(documentation && { text: documentation }), ...(since !== undefined && { since }) },
          ];
        })
      : [];
  // What a global element says is all that is said about its anonymous type.
  const owner = type.owner?.kind === "element" ? at.plan.model.elements[type.owner.id] : undefined;
  return tsdoc({
    summary: type.documentation ?? owner?.documentation,
    limits: type.kind === "simple" ? limitsOf(at.plan, type.id) : [],
    values,
    notes,
    remarks: input.remarks(type.id),
    since: input.since(type.id),
  });
}

/** What stands above a property. */
export function memberDocs(at: At, owner: TypeId, key: string, parts: DocParts): string {
  const { input } = at.plan;
  const since = input.since(key);
  return tsdoc({
    ...parts,
    remarks: input.remarks(key),
    // What came with its type says nothing by saying so again.
    since: since === input.since(owner) ? undefined : since,
  });
}

/** A default or fixed value as it stands at a place. */
export function presetAt(plan: Plan, id: TypeId, place: Place, text: string | undefined): string | undefined {
  return typeOf(plan.model, id)?.kind === "simple"
    ? presetText(plan, simpleType(plan.model, id), place, text)
    : text;
}

/** What the facets of a simple type allow, beyond what its built-in type does. */
export function limitsOf(plan: Plan, id: TypeId): readonly string[] {
  const type = typeOf(plan.model, id);
  if (type?.kind !== "simple" || isBuiltin(id) || type.facets.enumeration !== undefined) return [];
  const builtin = type.builtin === undefined ? {} : simpleType(plan.model, type.builtin).facets;
  const inherited = new Set((builtin.patterns ?? []).map((alternatives) => alternatives.join("\0")));
  const { patterns, ...rest } = type.facets;
  const own = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, value]) => (builtin as Readonly<Record<string, unknown>>)[name] !== value,
    ),
  );
  const left = patterns?.filter((alternatives) => !inherited.has(alternatives.join("\0")));
  return describeLimits({ ...own, ...(left && { patterns: left }) }, type.variety === "atomic");
}
