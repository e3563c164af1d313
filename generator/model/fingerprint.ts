/** Fingerprints: equal for components that mean the same on the wire, whatever their files and documentation say. */
import { hash } from "node:crypto";
import { isBuiltin } from "./builtins.js";
import { uses } from "./query.js";
import type {
  ElementDeclaration,
  ElementParticle,
  Model,
  Particle,
  TypeDefinition,
  TypeId,
} from "./types.js";

/** What says nothing about meaning: places, prose, and the fingerprint itself. */
const silent = new Set(["span", "extent", "documentation", "fingerprint", "files"]);

function meaningOf(component: TypeDefinition | ElementDeclaration): string {
  if (!("derivation" in component) || component.kind !== "complex" || component.content.kind !== "elements")
    return canonical(component);
  const { particle, own, ...content } = component.content;
  // What the base holds is hashed with the base.
  const added =
    component.derivation === "extension" ? { own } : own === particle ? { particle } : { particle, own };
  return canonical({ ...component, content: { ...content, ...added } });
}

/** A value as a text, without what is silent. Texts have their length in front, so that no two values read the same. */
function canonical(value: unknown): string {
  if (typeof value === "string") return `${value.length}"${value}`;
  if (typeof value !== "object" || value === null) return String(value);
  let text: string;
  if (Array.isArray(value)) {
    text = "[";
    for (const item of value) text += `${canonical(item)},`;
    return `${text}]`;
  }
  if (isElement(value)) return elementText(value);
  text = "{";
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined && !silent.has(key)) text += `${key}:${canonical(member)},`;
  }
  return `${text}}`;
}

function isElement(value: object): value is ElementParticle {
  return (value as Partial<Particle>).kind === "element" && "form" in value;
}

type Stated = "kind" | "name" | "type" | "min" | "max" | "form" | "nillable" | "abstract";
type Silent = "span" | "extent" | "documentation";

/** What most elements do not have. */
const further = Object.keys({
  ref: true,
  default: true,
  fixed: true,
  block: true,
  constraints: true,
  alternatives: true,
} satisfies Record<Exclude<keyof ElementParticle, Stated | Silent>, true>) as (keyof ElementParticle)[];

/** {@link canonical} for what a model has most of; the names of its members are left out. */
function elementText(element: ElementParticle): string {
  const { name, type, min, max, form, nillable, abstract } = element;
  let text = `<${name.local.length}"${name.local}${name.namespace.length}"${name.namespace}${type.length}"${type}${min},${max},${form},${nillable},${abstract}`;
  for (const key of further) {
    const member = element[key];
    if (member === undefined || (Array.isArray(member) && member.length === 0)) continue;
    text += `,${key}:${canonical(member)}`;
  }
  return `${text}>`;
}

function hashOf(parts: readonly string[]): string {
  return hash("sha256", parts.join("\n")).slice(0, 20);
}

/**
 * Gives every type and element its fingerprint: the hash of its meaning and of all types it reaches.
 *
 * What may stand for it by xsi:type is not reached: a new derived type changes no other one. Types that reach each
 * other are hashed together. Namespaces that `isDone` knows have theirs, with their `hashes`, and reach no others.
 */
export function fingerprintModel(
  model: Model,
  hashes: Map<TypeId, string> = new Map(),
  isDone: (namespace: string) => boolean = () => false,
): Model {
  const wanted = Object.values(model.types).filter(({ namespace }) => !isDone(namespace));
  const reached = new Map(wanted.map(({ id }) => [id, reachedFrom(model, id)]));
  const reachedBy = (id: TypeId): readonly TypeId[] => reached.get(id) ?? [];
  const groups = stronglyConnected([...reached.keys()], (id) =>
    reachedBy(id).filter((next) => reached.has(next)),
  );
  for (const group of groups) {
    const members = [...group].sort();
    const inside = new Set(members);
    const meanings = members.map((id) => meaningOf(model.types[id] as TypeDefinition));
    const outside = new Set<string>();
    for (const id of members) {
      for (const next of reachedBy(id)) {
        if (!inside.has(next)) outside.add(hashes.get(next) ?? "");
      }
    }
    const value = hashOf([...meanings, ...[...outside].sort()]);
    for (const id of members) hashes.set(id, value);
  }
  const types = mapRecord(model.types, (type) =>
    isDone(type.namespace) ? type : { ...type, fingerprint: `${hashes.get(type.id) ?? ""} ${type.id}` },
  );
  const elements = mapRecord(model.elements, (element) => {
    if (isDone(element.name.namespace)) return element;
    const parts = [meaningOf(element), types[element.type]?.fingerprint ?? element.type];
    return { ...element, fingerprint: hashOf([...parts, ...(model.substitutions[element.id] ?? [])]) };
  });
  return { ...model, types, elements };
}

function mapRecord<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries(record)) result[key] = change(value);
  return result;
}

function reachedFrom(model: Model, id: TypeId): readonly TypeId[] {
  const next = new Set<TypeId>();
  for (const [type, by] of uses(model, id, { derived: false })) {
    if (by !== "$any" && !isBuiltin(type) && type in model.types) next.add(type);
  }
  return [...next];
}

/** Tarjan's algorithm without recursion: groups come after all groups they reach. */
function stronglyConnected(
  ids: readonly string[],
  next: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const groups: string[][] = [];
  for (const root of ids) {
    if (index.has(root)) continue;
    const work: { id: string; targets: readonly string[]; at: number }[] = [];
    const enter = (id: string): void => {
      index.set(id, index.size);
      low.set(id, index.size - 1);
      stack.push(id);
      onStack.add(id);
      work.push({ id, targets: next(id), at: 0 });
    };
    enter(root);
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { id } = frame;
      const target = frame.targets[frame.at++];
      if (target !== undefined) {
        if (!index.has(target)) enter(target);
        else if (onStack.has(target)) low.set(id, Math.min(low.get(id) ?? 0, index.get(target) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low.set(parent.id, Math.min(low.get(parent.id) ?? 0, low.get(id) ?? 0));
      if (low.get(id) !== index.get(id)) continue;
      const group: string[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack.delete(member);
        group.push(member);
        if (member === id) break;
      }
      groups.push(group);
    }
  }
  return groups;
}
