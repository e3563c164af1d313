/** Which named types of one release are which of the other, where the name changed. */
import { typeOf } from "../model/query.js";
import type { Model, TypeDefinition, TypeId } from "../model/types.js";
import { addTo } from "../multimap.js";
import { elementsOf, normalise } from "./normal.js";
import { similarity } from "./similarity.js";
import { createStructure } from "./structure.js";

/** Named types that are gone, by the name under which they go on. */
export function matchTypes(
  before: Model,
  after: Model,
  isConfirmed: (oldId: TypeId, newId: TypeId) => boolean = () => false,
): ReadonlyMap<TypeId, TypeId> {
  const named = (model: Model): readonly TypeDefinition[] =>
    Object.values(model.types).filter(({ name }) => name !== undefined);
  const removed = new Map(
    named(before)
      .filter(({ id }) => after.types[id] === undefined)
      .map((type) => [type.id, type]),
  );
  const added = new Map(
    named(after)
      .filter(({ id }) => before.types[id] === undefined)
      .map((type) => [type.id, type]),
  );
  const renamed = new Map<TypeId, TypeId>();
  if (removed.size === 0 || added.size === 0) return renamed;
  const take = (oldId: TypeId, newId: TypeId): void => {
    removed.delete(oldId);
    added.delete(newId);
    renamed.set(oldId, newId);
  };

  for (const oldId of [...removed.keys()]) {
    const newId = [...added.keys()].find((id) => isConfirmed(oldId, id));
    if (newId !== undefined) take(oldId, newId);
  }
  // Used in the same places: the new name stands where the old one stood.
  for (let grown = true; grown;) {
    grown = false;
    for (const [oldId, newId] of agreedUses(before, after, renamed)) {
      const [former, type] = [removed.get(oldId), added.get(newId)];
      if (former === undefined || type === undefined || !isLike(before, former, after, type)) continue;
      take(oldId, newId);
      grown = true;
    }
  }
  // Nobody tells, but the structure does.
  const structure = createStructure(before, after, renamed);
  const bySignature = new Map<string, TypeDefinition[]>();
  for (const type of added.values()) {
    const key = signatureOf(after, type);
    addTo(bySignature, key, type);
  }
  const candidates: {
    readonly former: TypeDefinition;
    readonly type: TypeDefinition;
    readonly score: number;
  }[] = [];
  for (const former of removed.values()) {
    const signature = signatureOf(before, former);
    const telling = signature.split(" ").length > 3 ? 0.5 : 0;
    for (const type of bySignature.get(signature) ?? []) {
      const score = telling + similarity(localName(former).toLowerCase(), localName(type).toLowerCase());
      if (score >= 0.5 && structure.isSame(former.id, type.id)) candidates.push({ former, type, score });
    }
  }
  candidates.sort((a, b) => b.score - a.score || (a.type.id < b.type.id ? -1 : 1));
  for (const { former, type } of candidates) {
    if (removed.has(former.id) && added.has(type.id)) take(former.id, type.id);
  }
  return renamed;
}

function localName({ name, id }: TypeDefinition): string {
  return name?.local ?? id;
}

/** Pairs of type names that stand at the same declarations, where all these declarations agree. */
function agreedUses(
  before: Model,
  after: Model,
  renamed: ReadonlyMap<TypeId, TypeId>,
): readonly (readonly [TypeId, TypeId])[] {
  const votes = new Map<TypeId, Set<TypeId>>();
  const back = new Map<TypeId, Set<TypeId>>();
  const vote = (oldId: TypeId, newId: TypeId): void => {
    if (before.types[newId] !== undefined || after.types[oldId] !== undefined || renamed.has(oldId)) return;
    votes.set(oldId, (votes.get(oldId) ?? new Set()).add(newId));
    back.set(newId, (back.get(newId) ?? new Set()).add(oldId));
  };
  for (const former of Object.values(before.types)) {
    const type = after.types[renamed.get(former.id) ?? former.id];
    if (type === undefined) continue;
    const current = usesOf(after, type);
    for (const [step, id] of usesOf(before, former)) {
      const now = current.get(step);
      if (now !== undefined && now !== id) vote(id, now);
    }
  }
  for (const element of Object.values(before.elements)) {
    const now = after.elements[element.id];
    if (now !== undefined && now.type !== element.type) vote(element.type, now.type);
  }
  return [...votes].flatMap(([oldId, targets]) => {
    const [newId] = targets;
    if (newId === undefined || targets.size > 1 || back.get(newId)?.size !== 1) return [];
    return [[oldId, newId] as const];
  });
}

/** The types that a type uses, by how. */
function usesOf(model: Model, type: TypeDefinition): ReadonlyMap<string, TypeId> {
  const uses = new Map<string, TypeId>();
  if (type.kind === "simple") {
    if (type.item !== undefined) uses.set("item", type.item);
    return uses;
  }
  for (const { name, type: used } of type.attributes) uses.set(`@${name.local}`, used);
  if (type.content.kind === "simple") uses.set("$value", type.content.type);
  if (type.content.kind === "elements") {
    for (const { element } of elementsOf(normalise(type.content.particle))) {
      if (element.ref === undefined) uses.set(element.name.local, element.type);
    }
  }
  if (model.types[type.base] !== undefined) uses.set("base", type.base);
  return uses;
}

/** Whether two types have so much in common that one may be the other under a new name. */
function isLike(before: Model, former: TypeDefinition, after: Model, type: TypeDefinition): boolean {
  if (former.name === undefined || type.name === undefined || former.kind !== type.kind) return false;
  const [a, b] = [membersOf(before, former), membersOf(after, type)];
  if (a.size === 0 && b.size === 0) return true;
  const shared = [...a].filter((member) => b.has(member)).length;
  return shared / new Set([...a, ...b]).size >= 0.5;
}

function membersOf(model: Model, type: TypeDefinition): ReadonlySet<string> {
  if (type.kind === "simple") return new Set((type.facets.enumeration ?? []).map(({ value }) => value));
  const elements = type.content.kind === "elements" ? elementsOf(normalise(type.content.particle)) : [];
  return new Set([
    ...elements.map(({ element }) => element.name.local),
    ...type.attributes.map(({ name }) => `@${name.local}`),
    ...(type.content.kind === "simple" ? [`=${typeOf(model, type.content.type)?.kind ?? ""}`] : []),
  ]);
}

/** Equal for types that may be the same: kind and members. */
function signatureOf(model: Model, type: TypeDefinition): string {
  const base = type.kind === "simple" ? (type.builtin ?? type.variety) : "";
  return [type.kind, base, ...[...membersOf(model, type)].sort()].join(" ");
}
