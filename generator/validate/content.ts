/**
 * Content models as states: what may come next, and whether it may end here.
 *
 * A state is what remains to be matched, a linked list of particles with their remaining occurrences; a step takes
 * one element. Occurrence is counted, never unrolled, so large bounds cost nothing. Unique particle attribution
 * makes a step give one state; where a schema breaks it, all that differ are followed, up to a limit.
 */
import { admitsNamespace } from "../model/query.js";
import {
  idOf,
  type ElementParticle,
  type GroupParticle,
  type Model,
  type Particle,
  type QName,
  type WildcardParticle,
} from "../model/types.js";

/** What remains: a particle that may occur `min` to `max` times more, or a set of `xs:all`, and then the rest. */
export interface State {
  readonly particle: Particle;
  readonly min: number;
  readonly max: number;
  /** Members of `xs:all` that are still to come, within the present occurrence. */
  readonly open?: readonly Particle[];
  readonly next: State | undefined;
}

/** One way to read an element: the leaf that takes it, and what remains then. */
export interface Step {
  readonly leaf: ElementParticle | WildcardParticle;
  /** The declaration that a substitution group puts in place of the leaf's. */
  readonly substitute?: string;
  readonly rest: State | undefined;
}

/** Most readings that are followed at a time, and of these most that differ in counts only. */
const most = 256;
const mostCounts = 32;

/** The state before the first child. */
function initialState(particle: Particle): State | undefined {
  return stateOf(particle, undefined);
}

function stateOf(particle: Particle, next: State | undefined): State | undefined {
  const max = particle.max === "unbounded" ? Infinity : particle.max;
  return max === 0 ? next : { particle, min: particle.min, max, next };
}

/** What a step needs to know of the schema. */
export interface Vocabulary {
  readonly substitutions: Model["substitutions"];
  /** An element without a namespace stands for the declared one of the same local name (a service convention). */
  readonly unqualified?: boolean;
}

/** Where reading is in a content model: the states that are possible. What was found out about it is kept. */
export interface Position {
  readonly states: readonly (State | undefined)[];
  /** By local name. */
  moves: Map<string, Move[]> | undefined;
  readonly automaton: Automaton;
  ends: boolean | undefined;
}

/** An element that may come at a position: the leaf that takes it, and the position after it. */
export interface Move {
  readonly namespace: string;
  readonly taken: Step;
  readonly to: Position;
}

/** The positions of one content model that are kept; counting makes many, which are then forgotten. */
interface Automaton {
  readonly positions: Map<State | undefined, Position>;
  moves: number;
}

const mostMoves = 4000;

const automata = [true, false].map(
  () => new WeakMap<Vocabulary["substitutions"], WeakMap<Particle, Position>>(),
);

/** The position before the first child. */
export function startOf(model: Vocabulary, particle: Particle): Position {
  const known = automata[model.unqualified === true ? 0 : 1] as (typeof automata)[0];
  let starts = known.get(model.substitutions);
  if (starts === undefined) known.set(model.substitutions, (starts = new WeakMap()));
  let start = starts.get(particle);
  if (start === undefined) {
    start = positionAt({ positions: new Map(), moves: 0 }, [initialState(particle)]);
    starts.set(particle, start);
  }
  return start;
}

function positionAt(automaton: Automaton, states: readonly (State | undefined)[]): Position {
  const known = states.length === 1 ? automaton.positions.get(states[0]) : undefined;
  if (known !== undefined) return known;
  const position: Position = { states, moves: undefined, automaton, ends: undefined };
  if (states.length === 1 && automaton.moves < mostMoves) automaton.positions.set(states[0], position);
  return position;
}

/** Where nothing more may come. */
export const atEnd: Position = positionAt({ positions: new Map(), moves: 0 }, [undefined]);

/** Takes one element; undefined where it may not come. */
export function move(model: Vocabulary, position: Position, name: QName): Move | undefined {
  const known = position.moves?.get(name.local);
  if (known !== undefined) for (const one of known) if (one.namespace === name.namespace) return one;
  const steps = step(model, position.states, name);
  const [taken] = steps;
  if (taken === undefined) return undefined;
  const { automaton } = position;
  const to = positionAt(
    automaton,
    steps.map(({ rest }) => rest),
  );
  const found: Move = { namespace: name.namespace, taken, to };
  // The names that a wildcard lets in are without end.
  if (taken.leaf.kind === "element" && automaton.moves++ < mostMoves) {
    if (known === undefined) (position.moves ??= new Map<string, Move[]>()).set(name.local, [found]);
    else known.push(found);
  }
  return found;
}

/** Whether the content may end at a position. */
export function endsAt(position: Position): boolean {
  return (position.ends ??= mayEnd(position.states));
}

/** Takes one element in any of several states; the result is empty where none expects it. */
function step(model: Vocabulary, states: readonly (State | undefined)[], name: QName): readonly Step[] {
  const steps = stepsOf(model, states, name);
  // A declared element goes before a wildcard (XSD 1.1; in 1.0 the two never compete).
  const elements = steps.filter(({ leaf }) => leaf.kind === "element");
  return elements.length > 0 ? elements : steps;
}

function stepsOf(model: Vocabulary, states: readonly (State | undefined)[], name: QName): readonly Step[] {
  const kept: Step[] = [];
  const places = new Map<string, Step[]>();
  for (const state of states) {
    const steps: Step[] = [];
    stepInto(model, state, name, steps);
    // What a deterministic model has needs no key.
    if (states.length === 1 && steps.length <= 1) return steps;
    for (const step of steps) {
      const place = placeOf(step);
      const same = places.get(place);
      if (same === undefined) places.set(place, [step]);
      else if (same.length >= mostCounts || same.some((other) => includes(other.rest, step.rest))) continue;
      else same.push(step);
      kept.push(step);
      if (kept.length >= most) return kept;
    }
  }
  return kept;
}

const numbers = new WeakMap<Particle, number>();
let count = 0;

function numberOf(particle: Particle): number {
  let number = numbers.get(particle);
  if (number === undefined) numbers.set(particle, (number = ++count));
  return number;
}

/** The same for steps after which the same remains but for counts. */
function placeOf({ leaf, rest }: Step): string {
  const parts: (string | number)[] = [leaf.kind];
  for (let state = rest; state !== undefined; state = state.next) {
    parts.push(numberOf(state.particle));
    if (state.open !== undefined) parts.push("(", ...state.open.map(numberOf), ")");
  }
  return parts.join(" ");
}

/** Of two states at one place: does the first take all that the second does? */
function includes(a: State | undefined, b: State | undefined): boolean {
  for (let x = a, y = b; x !== y && x && y; x = x.next, y = y.next)
    if (x.max < y.max || x.min > y.min) return false;
  return true;
}

function stepInto(model: Vocabulary, from: State | undefined, name: QName, steps: Step[]): void {
  for (let state = from; state !== undefined && steps.length < most; state = state.next) {
    if (state.open === undefined) stepParticle(model, state, name, steps);
    else stepOpen(model, state, state.open, name, steps);
    if (!isDone(state)) return;
  }
}

/** One more occurrence of the particle of a state begins with the element. */
function stepParticle(model: Vocabulary, state: State, name: QName, steps: Step[]): void {
  if (state.max <= 0) return;
  const { particle, next } = state;
  // What changes nothing stays the same object, so that positions are recognised.
  const again: State | undefined =
    state.max === Infinity && state.min === 0
      ? state
      : state.max > 1
        ? { particle, min: Math.max(0, state.min - 1), max: state.max - 1, next }
        : next;
  enter(model, particle, again, name, steps);
}

/** Reads the element as the beginning of one occurrence of a particle; `rest` comes after that occurrence. */
function enter(
  model: Vocabulary,
  particle: Particle,
  rest: State | undefined,
  name: QName,
  steps: Step[],
): void {
  switch (particle.kind) {
    case "element": {
      const substitute = matchElement(model, particle, name);
      if (substitute !== undefined)
        steps.push({ leaf: particle, rest, ...(substitute !== "" && { substitute }) });
      return;
    }
    case "any":
      if (matchWildcard(particle, name)) steps.push({ leaf: particle, rest });
      return;
    case "choice": {
      const { named, others } = branchesOf(model, particle);
      for (const branch of named.get(name.local) ?? []) enterChild(model, branch, rest, name, steps);
      for (const branch of others) enterChild(model, branch, rest, name, steps);
      return;
    }
    case "sequence": {
      const { particles } = particle;
      for (const [index, child] of particles.entries()) {
        const after = particles
          .slice(index + 1)
          .reduceRight<State | undefined>((next, other) => stateOf(other, next), rest);
        enterChild(model, child, after, name, steps);
        if (!isNullable(child)) return;
      }
      return;
    }
    case "all":
      stepOpen(
        model,
        { particle, min: 1, max: 1, open: particle.particles, next: rest },
        particle.particles,
        name,
        steps,
      );
      return;
  }
}

/** The branches of a choice: elements by local name, and what may begin with elements of several names. */
interface Branches {
  readonly named: ReadonlyMap<string, readonly Particle[]>;
  readonly others: readonly Particle[];
}

const branches = new WeakMap<Vocabulary["substitutions"], WeakMap<Particle, Branches>>();

/** Choices of hundreds of elements are common: looking through all branches at each step takes too long. */
function branchesOf(model: Vocabulary, choice: GroupParticle): Branches {
  let known = branches.get(model.substitutions);
  if (known === undefined) branches.set(model.substitutions, (known = new WeakMap()));
  let found = known.get(choice);
  if (found === undefined) {
    const named = new Map<string, Particle[]>();
    const others: Particle[] = [];
    for (const branch of choice.particles) {
      const fixed =
        branch.kind === "element" &&
        (branch.ref === undefined || (model.substitutions[branch.ref] ?? []).length === 0);
      if (!fixed) others.push(branch);
      else named.set(branch.name.local, [...(named.get(branch.name.local) ?? []), branch]);
    }
    known.set(choice, (found = { named, others }));
  }
  return found;
}

function enterChild(
  model: Vocabulary,
  child: Particle,
  rest: State | undefined,
  name: QName,
  steps: Step[],
): void {
  const state = stateOf(child, rest);
  if (state !== rest && state !== undefined) stepParticle(model, state, name, steps);
}

/** A member of `xs:all` begins with the element; it is closed once it cannot occur again. */
function stepOpen(
  model: Vocabulary,
  state: State,
  open: readonly Particle[],
  name: QName,
  steps: Step[],
): void {
  for (const member of open) {
    if (!mayBeginWith(model, member, name)) continue;
    const rest = open.filter((other) => other !== member);
    const max = member.max === "unbounded" ? Infinity : member.max;
    if (max === 0) continue;
    // XSD 1.1 lets members repeat: what remains of one goes back into the set.
    const again: readonly Particle[] =
      max > 1
        ? [
            ...rest,
            { ...member, min: Math.max(0, member.min - 1), max: max === Infinity ? "unbounded" : max - 1 },
          ]
        : rest;
    enter(model, member, { ...state, open: again }, name, steps);
  }
}

/** A quick look at leaves; groups are entered to see. */
function mayBeginWith(model: Vocabulary, particle: Particle, name: QName): boolean {
  if (particle.kind === "element") return matchElement(model, particle, name) !== undefined;
  return particle.kind !== "any" || matchWildcard(particle, name);
}

/** Whether everything that remains may be left out. */
function mayEnd(states: readonly (State | undefined)[]): boolean {
  return states.some((from) => {
    for (let state = from; state !== undefined; state = state.next) if (!isDone(state)) return false;
    return true;
  });
}

function isDone(state: State): boolean {
  if (state.open !== undefined) return state.open.every(isNullable);
  return state.min === 0 || isEmptiable(state.particle);
}

const nullable = new WeakMap<Particle, boolean>();

/** Whether a particle accepts no element at all (clause cos-group-emptiable). */
function isNullable(particle: Particle): boolean {
  return particle.min === 0 || particle.max === 0 || isEmptiable(particle);
}

/** Whether one occurrence of a particle may be without elements. */
function isEmptiable(particle: Particle): boolean {
  if (particle.kind === "element" || particle.kind === "any") return false;
  let known = nullable.get(particle);
  if (known === undefined) {
    known =
      particle.kind === "choice" ? particle.particles.some(isNullable) : particle.particles.every(isNullable);
    nullable.set(particle, known);
  }
  return known;
}

/** "" for the declaration itself, the id of a substitute, or undefined when the leaf does not take the name. */
function matchElement(model: Vocabulary, leaf: ElementParticle, name: QName): string | undefined {
  if (leaf.name.local === name.local) {
    if (leaf.name.namespace === name.namespace) return "";
    if (model.unqualified === true && name.namespace === "") return "";
  }
  if (leaf.ref === undefined) return undefined;
  const id = idOf(name);
  return model.substitutions[leaf.ref]?.includes(id) === true ? id : undefined;
}

function matchWildcard({ wildcard }: WildcardParticle, name: QName): boolean {
  return admitsNamespace(wildcard, name.namespace) && wildcard.notNames?.includes(idOf(name)) !== true;
}

/** What may come next, for messages: names and wildcards in schema order. */
export function expected(
  states: readonly (State | undefined)[],
): readonly (ElementParticle | WildcardParticle)[] {
  const found = new Set<ElementParticle | WildcardParticle>();
  const first = (particle: Particle): void => {
    if (particle.max === 0) return;
    if (particle.kind === "element" || particle.kind === "any") found.add(particle);
    else if (particle.kind === "sequence") {
      for (const child of particle.particles) {
        first(child);
        if (!isNullable(child)) return;
      }
    } else particle.particles.forEach(first);
  };
  for (const from of states) {
    for (let state = from; state !== undefined; state = state.next) {
      if (state.open !== undefined) state.open.forEach(first);
      else if (state.max > 0) first(state.particle);
      if (!isDone(state)) break;
    }
  }
  return [...found];
}
