/**
 * A content model as positions and what may follow each (Glushkov), for questions about all of its words.
 *
 * Occurrence bounds are reduced first: whether an element can be told apart depends on whether a count is fixed or free,
 * not on how large it is, so {100,200} behaves like {2,3} and nothing blows up.
 */
import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from "../types.js";

/**
 * An element or wildcard where it stands in the content. A group that is referred to twice stands there twice, with the
 * same particles.
 */
export interface Leaf {
  readonly particle: ElementParticle | WildcardParticle;
}

/** A place in the content model where an element may match; counts give one leaf several positions. */
export interface Position {
  readonly id: number;
  readonly leaf: Leaf;
  /** What may come next: any position that one of these starts with. */
  readonly next: readonly Starts[];
  /** The content may end after it. */
  readonly last: boolean;
}

/** The positions with which a part of the content may start; shared by all that lead there. */
export interface Starts {
  readonly id: number;
  readonly positions: readonly Position[];
}

/** Content as positions. */
export interface Automaton {
  readonly start: readonly Starts[];
  readonly emptiable: boolean;
}

/** More positions than this, and counts are reduced to "once" or "any number". */
const maxPositions = 20_000;

interface Node {
  readonly kind: "leaf" | "sequence" | "choice" | "loop" | "optional";
  readonly parts: readonly Node[];
  readonly leaf?: Leaf;
  readonly emptiable: boolean;
}

type Counts = Pick<Particle, "min" | "max">;

/** A particle tree whose leaves know where they stand. */
type Placed =
  | (Counts & { readonly kind: "leaf"; readonly leaf: Leaf })
  | (Counts & { readonly kind: GroupParticle["kind"]; readonly parts: readonly Placed[] });

function place(particle: Particle): Placed {
  const { min, max } = particle;
  if (particle.kind === "element" || particle.kind === "any") {
    return { kind: "leaf", leaf: { particle }, min, max };
  }
  return { kind: particle.kind, parts: particle.particles.map(place), min, max };
}

/** Builds the automaton of a particle. */
export function automatonOf(particle: Particle): Automaton {
  const size = sizeOf(particle);
  return build(expand(place(particle), size > maxPositions ? "coarse" : "reduced"));
}

/**
 * The automaton with every count as it stands; undefined when that is too large, or when an all-group makes the order
 * free, which positions cannot say.
 */
export function fullAutomatonOf(particle: Particle): Automaton | undefined {
  const only = withoutLonelyAll(particle);
  if (only === undefined || fullSizeOf(only) > maxFullPositions) return undefined;
  return build(expand(place(only), "full"));
}

const maxFullPositions = 3_000;

/** An all-group of one is that one; a larger one cannot be written as positions. */
function withoutLonelyAll(particle: Particle): Particle | undefined {
  if (particle.kind !== "all") return particle;
  return particle.particles.length <= 1 ? { ...particle, kind: "sequence" } : undefined;
}

function fullSizeOf(particle: Particle): number {
  const copies = particle.max === "unbounded" ? particle.min + 1 : particle.max;
  if (particle.kind === "element" || particle.kind === "any") return copies;
  let sum = 1;
  for (const part of particle.particles) sum += fullSizeOf(part);
  return copies * sum;
}

function sizeOf(particle: Particle): number {
  const copies = copiesOf(particle.min, particle.max);
  if (particle.kind === "element" || particle.kind === "any") return copies;
  let sum = 0;
  for (const part of particle.particles) sum += sizeOf(part);
  return copies * sum;
}

function copiesOf(min: number, max: number | "unbounded"): number {
  const low = Math.min(min, 2);
  if (max === "unbounded") return Math.max(1, low);
  return max === min ? low : Math.min(max, low + 1);
}

/** How counts are written out: as they are, reduced to what matters for attribution, or not at all. */
type Precision = "full" | "reduced" | "coarse";

function expand(placed: Placed, precision: Precision): Node {
  if (placed.max === 0) return sequence([]);
  const once = (): Node => {
    switch (placed.kind) {
      case "leaf":
        return { kind: "leaf", parts: [], leaf: placed.leaf, emptiable: false };
      case "sequence":
        return sequence(placed.parts.map((part) => expand(part, precision)));
      case "choice":
        return choice(placed.parts.map((part) => expand(part, precision)));
      case "all": {
        const parts = placed.parts.map((part) => expand(part, precision));
        // Any order: what may follow a member is any member; emptiness is that of all of them together.
        const any = loop(choice(parts));
        return parts.every((part) => part.emptiable) ? optional(any) : any;
      }
    }
  };
  return repeat(once, placed.min, placed.max, precision);
}

function repeat(once: () => Node, min: number, max: number | "unbounded", precision: Precision): Node {
  if (max === 1) return min === 0 ? optional(once()) : once();
  if (precision === "full") {
    const required = Array.from({ length: max === "unbounded" ? Math.max(0, min - 1) : min }, once);
    if (max === "unbounded")
      return min === 0 ? optional(loop(once())) : sequence([...required, loop(once())]);
    // Nested, so that each further one follows the one before: a{1,3} is a (a (a)?)?.
    let rest: Node | undefined;
    for (let count = min; count < max; count++) {
      rest = optional(rest === undefined ? once() : sequence([once(), rest]));
    }
    return rest === undefined ? sequence(required) : sequence([...required, rest]);
  }
  if (max === "unbounded" || precision === "coarse") {
    if (min === 0) return optional(loop(once()));
    return min === 1 || precision === "coarse" ? loop(once()) : sequence([once(), loop(once())]);
  }
  if (min >= 2) return sequence(min === max ? [once(), once()] : [once(), once(), optional(once())]);
  const some = sequence([once(), optional(once())]);
  return min === 0 ? optional(some) : some;
}

function sequence(parts: readonly Node[]): Node {
  return { kind: "sequence", parts, emptiable: parts.every((part) => part.emptiable) };
}

function choice(parts: readonly Node[]): Node {
  return { kind: "choice", parts, emptiable: parts.some((part) => part.emptiable) };
}

function loop(part: Node): Node {
  return { kind: "loop", parts: [part], emptiable: part.emptiable };
}

function optional(part: Node): Node {
  return { kind: "optional", parts: [part], emptiable: true };
}

interface MutableStarts extends Starts {
  readonly positions: Position[];
}

function build(root: Node): Automaton {
  const positions: Position[] = [];
  const starts = new Map<Node, MutableStarts>();
  const startsOf = (node: Node): MutableStarts => {
    let known = starts.get(node);
    if (known === undefined) starts.set(node, (known = { id: starts.size, positions: [] }));
    return known;
  };
  // Filled top down: by the time a position is made, every group that starts with it has its set.
  const lay = (
    node: Node,
    next: readonly Starts[],
    last: boolean,
    startsWith: readonly MutableStarts[],
  ): void => {
    const all = [...startsWith, startsOf(node)];
    switch (node.kind) {
      case "leaf": {
        if (node.leaf === undefined) return;
        const position = { id: positions.length, leaf: node.leaf, next, last };
        positions.push(position);
        for (const set of all) set.positions.push(position);
        return;
      }
      case "choice":
        for (const part of node.parts) lay(part, next, last, all);
        return;
      case "optional":
        for (const part of node.parts) lay(part, next, last, all);
        return;
      case "loop":
        for (const part of node.parts) lay(part, [startsOf(node), ...next], last, all);
        return;
      case "sequence": {
        // From the end: what follows each part, and whether the content may end after it.
        const after: { next: readonly Starts[]; last: boolean }[] = [];
        let following = { next, last };
        for (let index = node.parts.length - 1; index >= 0; index--) {
          after[index] = following;
          const part = node.parts[index] as Node;
          following = part.emptiable
            ? { next: [startsOf(part), ...following.next], last: following.last }
            : { next: [startsOf(part)], last: false };
        }
        let leading = true;
        node.parts.forEach((part, index) => {
          const { next: then, last: ends } = after[index] ?? { next, last };
          lay(part, then, ends, leading ? all : []);
          if (!part.emptiable) leading = false;
        });
        return;
      }
    }
  };
  lay(root, [], true, []);
  return { start: [startsOf(root)], emptiable: root.emptiable };
}
