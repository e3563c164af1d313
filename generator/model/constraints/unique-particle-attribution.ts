/** Clause cos-nonambig: which particle an element belongs to is clear without looking ahead. */
import { fail, type Resolution } from "../resolution.js";
import { idOf, type ElementParticle, type Model, type Particle, type Wildcard } from "../types.js";
import { namespacesOverlap } from "../wildcard.js";
import { admitsNamespace, leavesOf, nameOfId } from "../query.js";
import { automatonOf, type Leaf, type Position, type Starts } from "./content-automaton.js";

/** Checks the content model of a type. */
export function checkUniqueAttribution(r: Resolution, model: Model, particle: Particle, owner: string): void {
  if (namesTellApart(r, model, particle)) return;
  const { start } = automatonOf(particle);
  const seen = new Set<string>();
  const queue: (readonly Starts[])[] = [start];
  const visit = (next: Iterable<Starts>): void => {
    const sets = [...new Set(next)].sort((a, b) => a.id - b.id);
    const key = sets.map(({ id }) => id).join(" ");
    if (seen.has(key)) return;
    seen.add(key);
    queue.push(sets);
  };
  for (let index = 0; index < queue.length; index++) {
    const candidates = new Map<Leaf, Set<Position>>();
    for (const set of queue[index] ?? []) {
      for (const position of set.positions) {
        const copies = candidates.get(position.leaf);
        if (copies === undefined) candidates.set(position.leaf, new Set([position]));
        else copies.add(position);
      }
    }
    const conflict = conflictAmong(r, model, [...candidates.keys()]);
    if (conflict !== undefined) {
      reportConflict(r, conflict, owner);
      return;
    }
    for (const copies of candidates.values()) visit([...copies].flatMap((position) => position.next));
  }
}

/** Whether no two leaves accept the same name, so that nothing can be ambiguous wherever they stand. */
function namesTellApart(r: Resolution, model: Model, particle: Particle): boolean {
  const names = new Set<string>();
  const wildcards: Wildcard[] = [];
  for (const leaf of leavesOf(particle)) {
    if (leaf.kind === "any") {
      if (wildcards.some(({ namespaces }) => namespacesOverlap(namespaces, leaf.wildcard.namespaces)))
        return false;
      wildcards.push(leaf.wildcard);
      continue;
    }
    for (const name of acceptedNames(model, leaf)) {
      if (names.has(name)) return false;
      names.add(name);
    }
  }
  // In XSD 1.1 an element declaration takes precedence over a wildcard.
  if (r.version === "1.1") return true;
  const namespaces = new Set([...names].map((name) => nameOfId(name).namespace));
  return !wildcards.some((wildcard) => [...namespaces].some((uri) => admitsNamespace(wildcard, uri)));
}

function acceptedNames(model: Model, { name, ref }: ElementParticle): readonly string[] {
  return [idOf(name), ...(ref === undefined ? [] : (model.substitutions[ref] ?? []))];
}

interface Conflict {
  readonly first: Leaf;
  readonly second: Leaf;
  readonly name: string | undefined;
}

function conflictAmong(r: Resolution, model: Model, leaves: readonly Leaf[]): Conflict | undefined {
  const names = new Map<string, Leaf>();
  const wildcards: { readonly leaf: Leaf; readonly wildcard: Wildcard }[] = [];
  for (const leaf of leaves) {
    if (leaf.particle.kind === "any") {
      wildcards.push({ leaf, wildcard: leaf.particle.wildcard });
      continue;
    }
    for (const name of acceptedNames(model, leaf.particle)) {
      const other = names.get(name);
      if (other !== undefined && other !== leaf) return { first: other, second: leaf, name };
      names.set(name, leaf);
    }
  }
  for (const [index, { leaf, wildcard }] of wildcards.entries()) {
    for (const other of wildcards.slice(index + 1)) {
      if (namespacesOverlap(wildcard.namespaces, other.wildcard.namespaces)) {
        return { first: leaf, second: other.leaf, name: undefined };
      }
    }
    // In XSD 1.1 an element declaration takes precedence over a wildcard.
    if (r.version === "1.1") continue;
    for (const [name, element] of names) {
      if (admitsNamespace(wildcard, nameOfId(name).namespace)) return { first: element, second: leaf, name };
    }
  }
  return undefined;
}

function reportConflict(r: Resolution, { first, second, name }: Conflict, owner: string): void {
  const what = name === undefined ? "an element" : `an element "${nameOfId(name).local}"`;
  fail(
    r,
    "ambiguous-content",
    "cos-nonambig",
    `in the content of ${owner} ${what} could belong to two places`,
    second.particle.span,
    { related: [{ message: "the other place", at: first.particle.span }] },
  );
}
