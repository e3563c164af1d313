/**
 * Regular languages, compared exactly: content models over element names, patterns over characters.
 *
 * Expressions are hash-consed and differentiated (Brzozowski), so counters and interleaving need no expansion; two
 * languages are compared by walking the pairs of derivatives breadth first, which gives the shortest words of each
 * difference as well.
 */
import type { Effect } from "./types.js";

/** Whatever one step of a word may be: an element name, a class of characters. */
export type Atom = number;

/** An expression of one {@link Algebra}; equal expressions are the same object. */
export interface Expression {
  readonly id: number;
  readonly nullable: boolean;
  /** Atoms with which a word may begin; an over-approximation. */
  readonly first: ReadonlySet<Atom>;
  readonly node: Node;
}

type Node =
  | { readonly kind: "nothing" }
  | { readonly kind: "empty" }
  | { readonly kind: "symbol"; readonly atoms: ReadonlySet<Atom> }
  | { readonly kind: "sequence"; readonly head: Expression; readonly tail: Expression }
  | { readonly kind: "either"; readonly parts: readonly Expression[] }
  | { readonly kind: "both"; readonly parts: readonly Expression[] }
  | { readonly kind: "repeat"; readonly part: Expression; readonly min: number; readonly max: number }
  | { readonly kind: "interleave"; readonly parts: readonly Expression[] };

/** Makes expressions over one alphabet. */
export interface Algebra {
  readonly nothing: Expression;
  readonly empty: Expression;
  readonly symbol: (atoms: Iterable<Atom>) => Expression;
  readonly sequence: (parts: readonly Expression[]) => Expression;
  readonly either: (parts: readonly Expression[]) => Expression;
  readonly both: (parts: readonly Expression[]) => Expression;
  /** `max` may be Infinity. */
  readonly repeat: (part: Expression, min: number, max: number) => Expression;
  readonly interleave: (parts: readonly Expression[]) => Expression;
  readonly derive: (expression: Expression, atom: Atom) => Expression;
}

const noAtoms: ReadonlySet<Atom> = new Set();

/** Atoms in the beginnings of all expressions of an algebra, each with something for itself: more is too much to look at. */
const maxAtoms = 5_000_000;
const weight = 10;

/** The expressions of an algebra are more than is looked at: what they were made for is not known. */
class TooLargeError extends Error {}

/** What comes of a look at expressions; `otherwise` where they are too many. */
export function unlessTooLarge<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof TooLargeError) return otherwise;
    throw error;
  }
}

/** A new algebra: expressions of different algebras never meet. */
export function createAlgebra(): Algebra {
  const known = new Map<string, Expression>();
  let atoms = 0;
  const derivatives = new Map<string, Expression>();

  const intern = (key: string, make: () => Omit<Expression, "id">): Expression => {
    let found = known.get(key);
    if (found !== undefined) return found;
    if (atoms > maxAtoms) throw new TooLargeError();
    found = { id: known.size, ...make() };
    atoms += weight + found.first.size;
    known.set(key, found);
    return found;
  };
  const nothing = intern("0", () => ({ nullable: false, first: noAtoms, node: { kind: "nothing" } }));
  const empty = intern("1", () => ({ nullable: true, first: noAtoms, node: { kind: "empty" } }));

  const symbol = (atoms: Iterable<Atom>): Expression => {
    const sorted = [...new Set(atoms)].sort((a, b) => a - b);
    if (sorted.length === 0) return nothing;
    return intern(`s${sorted.join(",")}`, () => {
      const set = new Set(sorted);
      return { nullable: false, first: set, node: { kind: "symbol", atoms: set } };
    });
  };
  const pair = (head: Expression, tail: Expression): Expression => {
    if (head === nothing || tail === nothing) return nothing;
    if (head === empty) return tail;
    if (tail === empty) return head;
    const { node } = head;
    if (node.kind === "sequence") return pair(node.head, pair(node.tail, tail));
    return intern(`,${head.id},${tail.id}`, () => ({
      nullable: head.nullable && tail.nullable,
      first: head.nullable ? union(head.first, tail.first) : head.first,
      node: { kind: "sequence", head, tail },
    }));
  };
  const sequence = (parts: readonly Expression[]): Expression =>
    parts.reduceRight((tail, head) => pair(head, tail), empty);

  const either = (parts: readonly Expression[]): Expression => {
    const flat = new Set<Expression>();
    for (const part of parts) {
      if (part === nothing) continue;
      if (part.node.kind === "either") for (const each of part.node.parts) flat.add(each);
      else flat.add(part);
    }
    if ([...flat].some((part) => part !== empty && part.nullable)) flat.delete(empty);
    const sorted = [...flat].sort((a, b) => a.id - b.id);
    const [only] = sorted;
    if (only === undefined) return nothing;
    if (sorted.length === 1) return only;
    return intern(`|${idsOf(sorted)}`, () => ({
      nullable: sorted.some(({ nullable }) => nullable),
      first: unionOf(sorted),
      node: { kind: "either", parts: sorted },
    }));
  };
  const both = (parts: readonly Expression[]): Expression => {
    const flat = new Set<Expression>();
    for (const part of parts) {
      if (part.node.kind === "both") for (const each of part.node.parts) flat.add(each);
      else flat.add(part);
    }
    if (flat.has(nothing)) return nothing;
    const sorted = [...flat].sort((a, b) => a.id - b.id);
    const [only] = sorted;
    if (only !== undefined && sorted.length === 1) return only;
    return intern(`&${idsOf(sorted)}`, () => ({
      nullable: sorted.every(({ nullable }) => nullable),
      first: unionOf(sorted),
      node: { kind: "both", parts: sorted },
    }));
  };
  const repeat = (part: Expression, min: number, max: number): Expression => {
    if (max === 0 || part === empty) return empty;
    if (part === nothing) return min === 0 ? empty : nothing;
    const least = part.nullable ? 0 : min;
    if (least === 1 && max === 1) return part;
    return intern(`*${part.id},${least},${max}`, () => ({
      nullable: least === 0,
      first: part.first,
      node: { kind: "repeat", part, min: least, max },
    }));
  };
  const interleave = (parts: readonly Expression[]): Expression => {
    if (parts.includes(nothing)) return nothing;
    const sorted = parts.filter((part) => part !== empty).sort((a, b) => a.id - b.id);
    const [only] = sorted;
    if (only === undefined) return empty;
    if (sorted.length === 1) return only;
    return intern(`%${idsOf(sorted)}`, () => ({
      nullable: sorted.every(({ nullable }) => nullable),
      first: unionOf(sorted),
      node: { kind: "interleave", parts: sorted },
    }));
  };

  const derive = (expression: Expression, atom: Atom): Expression => {
    if (!expression.first.has(atom)) return nothing;
    const key = `${expression.id},${atom}`;
    let result = derivatives.get(key);
    if (result === undefined) {
      if (atoms > maxAtoms) throw new TooLargeError();
      atoms += weight;
      derivatives.set(key, (result = differentiate(expression.node, atom)));
    }
    return result;
  };
  const differentiate = (node: Node, atom: Atom): Expression => {
    switch (node.kind) {
      case "nothing":
      case "empty":
        return nothing;
      case "symbol":
        return node.atoms.has(atom) ? empty : nothing;
      case "sequence": {
        const first = pair(derive(node.head, atom), node.tail);
        return node.head.nullable ? either([first, derive(node.tail, atom)]) : first;
      }
      case "either":
        return either(node.parts.map((part) => derive(part, atom)));
      case "both":
        return both(node.parts.map((part) => derive(part, atom)));
      case "repeat": {
        const rest = repeat(node.part, Math.max(0, node.min - 1), node.max - 1);
        return pair(derive(node.part, atom), rest);
      }
      case "interleave":
        return either(
          node.parts.map((part, index) =>
            interleave([derive(part, atom), ...node.parts.filter((_, other) => other !== index)]),
          ),
        );
    }
  };
  return { nothing, empty, symbol, sequence, either, both, repeat, interleave, derive };
}

function idsOf(parts: readonly Expression[]): string {
  return parts.map(({ id }) => id).join(",");
}

function union(a: ReadonlySet<Atom>, b: ReadonlySet<Atom>): ReadonlySet<Atom> {
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
}

function unionOf(parts: readonly Expression[]): ReadonlySet<Atom> {
  return new Set(parts.flatMap(({ first }) => [...first]));
}

/** How two languages relate, with the shortest word of each kind. */
export interface Relation<Word = readonly Atom[]> {
  /** What replacing the first by the second does; `unknown` when there was too much to look at. */
  readonly effect: Effect;
  readonly onlyOld?: Word;
  readonly onlyNew?: Word;
  readonly shared?: Word;
}

/** A relation whose words are spelled in the letters that the atoms stand for. */
export function spelled<Word>(
  { effect, onlyOld, onlyNew, shared }: Relation,
  spell: (word: readonly Atom[]) => Word,
): Relation<Word> {
  return {
    effect,
    ...(onlyOld && { onlyOld: spell(onlyOld) }),
    ...(onlyNew && { onlyNew: spell(onlyNew) }),
    ...(shared && { shared: spell(shared) }),
  };
}

/** Pairs of derivatives that are looked at before giving up. */
const defaultLimit = 20_000;

/** Compares two languages of one algebra. */
export function compareLanguages(
  algebra: Algebra,
  before: Expression,
  after: Expression,
  limit = defaultLimit,
): Relation {
  interface Step {
    readonly old: Expression;
    readonly current: Expression;
    readonly from?: Step;
    readonly atom?: Atom;
  }
  const word = (step: Step): Atom[] => {
    const atoms: Atom[] = [];
    for (let each: Step | undefined = step; each?.atom !== undefined; each = each.from) atoms.push(each.atom);
    return atoms.reverse();
  };
  const { nothing, derive } = algebra;
  let onlyOld: Step | undefined;
  let onlyNew: Step | undefined;
  let shared: Step | undefined;
  const queue: Step[] = [{ old: before, current: after }];
  const seen = new Set<string>([`${before.id},${after.id}`]);
  let steps = 0;
  for (let index = 0; index < queue.length; index++) {
    const step = queue[index] as Step;
    const { old, current } = step;
    if (old.nullable && current.nullable) shared ??= step;
    else if (old.nullable) onlyOld ??= step;
    else if (current.nullable) onlyNew ??= step;
    if (onlyOld !== undefined && onlyNew !== undefined && shared !== undefined) break;
    // What is left can only give words of a kind that is known already.
    if (old === nothing && onlyNew !== undefined) continue;
    if (current === nothing && onlyOld !== undefined) continue;
    if (old === current && shared !== undefined) continue;
    const atoms = union(old.first, current.first);
    steps += atoms.size;
    if (seen.size > limit || steps > maxAtoms) return { effect: "unknown" };
    for (const atom of atoms) {
      const next: Step = { old: derive(old, atom), current: derive(current, atom), from: step, atom };
      if (next.old === nothing && next.current === nothing) continue;
      const key = `${next.old.id},${next.current.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return {
    effect: effectOf(onlyOld !== undefined, onlyNew !== undefined, shared !== undefined),
    ...(onlyOld && { onlyOld: word(onlyOld) }),
    ...(onlyNew && { onlyNew: word(onlyNew) }),
    ...(shared && { shared: word(shared) }),
  };
}

/** The effect of a change after which some old documents are not valid, some new ones were not, and some are both. */
export function effectOf(lost: boolean, gained: boolean, shared: boolean): Effect {
  if (!lost && !gained) return "equal";
  if (!shared) return "disjoint";
  if (lost && gained) return "overlap";
  return lost ? "narrowing" : "widening";
}

/** A shortest word of a language that contains one of some atoms; undefined when there is none. */
export function findWord(
  algebra: Algebra,
  expression: Expression,
  wanted: ReadonlySet<Atom> | undefined,
  limit = defaultLimit,
): readonly Atom[] | undefined {
  interface Step {
    readonly at: Expression;
    readonly done: boolean;
    readonly from?: Step;
    readonly atom?: Atom;
  }
  const queue: Step[] = [{ at: expression, done: wanted === undefined }];
  const seen = new Set<string>();
  for (let index = 0; index < queue.length && seen.size < limit; index++) {
    const step = queue[index] as Step;
    if (step.done && step.at.nullable) {
      const atoms: Atom[] = [];
      for (let each: Step | undefined = step; each?.atom !== undefined; each = each.from)
        atoms.push(each.atom);
      return atoms.reverse();
    }
    for (const atom of step.at.first) {
      const at = algebra.derive(step.at, atom);
      if (at === algebra.nothing) continue;
      const done = step.done || (wanted?.has(atom) ?? false);
      const key = `${at.id},${done}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ at, done, from: step, atom });
    }
  }
  return undefined;
}
