/** Clause cos-nonambig: which particle an element belongs to is clear without looking ahead. */
import { fail, type Resolution } from "../resolution.js";
import { nameOfId } from "../query.js";
import { idOf, type Model, type Particle } from "../types.js";
import { namespacesOverlap } from "../wildcard.js";
import { admitsNamespace } from "../query.js";
import { automatonOf, type Position, type Starts } from "./content-automaton.js";

type Leaf = Position["particle"];

/** Checks the content model of a type. */
export function checkUniqueAttribution(r: Resolution, model: Model, particle: Particle, owner: string): void {
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
        const copies = candidates.get(position.particle);
        if (copies === undefined) candidates.set(position.particle, new Set([position]));
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

interface Conflict {
  readonly first: Leaf;
  readonly second: Leaf;
  readonly name: string | undefined;
}

function conflictAmong(r: Resolution, model: Model, leaves: readonly Leaf[]): Conflict | undefined {
  const names = new Map<string, Leaf>();
  const wildcards: Extract<Leaf, { kind: "any" }>[] = [];
  for (const leaf of leaves) {
    if (leaf.kind === "any") {
      wildcards.push(leaf);
      continue;
    }
    const accepted = [
      idOf(leaf.name),
      ...(leaf.ref === undefined ? [] : (model.substitutions[leaf.ref] ?? [])),
    ];
    for (const name of accepted) {
      const other = names.get(name);
      if (other !== undefined && other !== leaf) return { first: other, second: leaf, name };
      names.set(name, leaf);
    }
  }
  for (const [index, wildcard] of wildcards.entries()) {
    for (const other of wildcards.slice(index + 1)) {
      if (namespacesOverlap(wildcard.wildcard.namespaces, other.wildcard.namespaces)) {
        return { first: wildcard, second: other, name: undefined };
      }
    }
    // In XSD 1.1 an element declaration takes precedence over a wildcard.
    if (r.version === "1.1") continue;
    for (const [name, leaf] of names) {
      if (admitsNamespace(wildcard.wildcard, nameOfId(name).namespace))
        return { first: leaf, second: wildcard, name };
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
    second.span,
    { related: [{ message: "the other place", at: first.span }] },
  );
}
