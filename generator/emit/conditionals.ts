/** Elements whose type their attributes choose (`xs:alternative`): equal tables of alternatives are declared once. */
import { xsdId } from "../model/builtins.js";
import { elementsOf, typeTableOf } from "../model/query.js";
import type { Alternative, Model, TypeId } from "../model/types.js";
import type { Condition } from "../../templates/runtime/descriptor.js";

/** What says a table of alternatives: equal for equal ones. */
export type ConditionalKey = string & { readonly __key?: "conditional" };

/** A table of alternatives; without a type nothing may stand there (`xs:error`). */
export interface ConditionalTable {
  readonly alternatives: readonly { readonly condition: Condition; readonly type: TypeId | undefined }[];
  readonly otherwise: TypeId | undefined;
}

interface Declaration {
  readonly type: TypeId;
  readonly alternatives?: readonly Alternative[];
}

/** The key of an element; undefined where its declared type governs. */
export function conditionalOf(declaration: Declaration): ConditionalKey | undefined {
  const table = typeTableOf(declaration);
  if (table === undefined) return undefined;
  const typed = table.flatMap(({ condition, type }) => (condition === undefined ? [] : [[condition, type]]));
  const last = table.find(({ condition }) => condition === undefined);
  return JSON.stringify([typed, last?.type ?? declaration.type]);
}

/** The table that a key says. */
export function conditionalTableOf(key: ConditionalKey): ConditionalTable {
  const [typed, last] = JSON.parse(key) as readonly [(readonly [Condition, TypeId])[], TypeId];
  const allowed = (type: TypeId): TypeId | undefined => (type === xsdId("error") ? undefined : type);
  return {
    alternatives: typed.map(([condition, type]) => ({ condition, type: allowed(type) })),
    otherwise: allowed(last),
  };
}

/** All types that a table may choose. */
export function conditionalTypes(key: ConditionalKey): readonly TypeId[] {
  const { alternatives, otherwise } = conditionalTableOf(key);
  const all = [...alternatives.map(({ type }) => type), otherwise];
  return [...new Set(all.filter((type) => type !== undefined))];
}

/** Where a table of alternatives is declared: with the first element that has it. */
export interface ConditionalPlace {
  readonly id: ConditionalKey;
  readonly namespace: string;
  /** The local name of that element. */
  readonly local: string;
}

const places = new WeakMap<Model, ReadonlyMap<ConditionalKey, ConditionalPlace>>();

/** The tables of a model, in its order. */
export function conditionalPlaces(model: Model): ReadonlyMap<ConditionalKey, ConditionalPlace> {
  const known = places.get(model);
  if (known !== undefined) return known;
  const found = new Map<ConditionalKey, ConditionalPlace>();
  const note = (declaration: Declaration, namespace: string, local: string): void => {
    const id = conditionalOf(declaration);
    if (id !== undefined && !found.has(id)) found.set(id, { id, namespace, local });
  };
  for (const element of Object.values(model.elements))
    note(element, element.name.namespace, element.name.local);
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex" || type.content.kind !== "elements") continue;
    for (const element of elementsOf(type.content.particle))
      if (element.ref === undefined) note(element, type.namespace, element.name.local);
  }
  places.set(model, found);
  return found;
}

/** Local names of attributes that elements pass on to those below; none where no condition looks at them. */
export function inheritableNames(model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  if (conditionalPlaces(model).size === 0) return names;
  for (const type of Object.values(model.types))
    for (const use of type.kind === "complex" ? type.attributes : [])
      if (use.inheritable === true) names.add(use.name.local);
  return names;
}

/** The one attribute that a condition holds against literals, and these; undefined for any other condition. */
export function literalsOf(
  condition: Condition,
): { readonly attribute: string; readonly values: readonly string[] } | undefined {
  if (typeof condition === "string") return undefined;
  if (condition[0] === "or") {
    const [, ...parts] = condition;
    const found = parts.map(literalsOf);
    const [first] = found;
    return first !== undefined && found.every((one) => one?.attribute === first.attribute)
      ? { attribute: first.attribute, values: found.flatMap((one) => one?.values ?? []) }
      : undefined;
  }
  if (condition[0] !== "=") return undefined;
  const [, left, right] = condition;
  const [operand, literal] = typeof left === "string" ? [right, left] : [left, right];
  return typeof literal === "string" && typeof operand !== "string" && operand[0] === "@"
    ? { attribute: operand[1], values: [literal] }
    : undefined;
}
