// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Ordered content against its content model (clause 3.8.4): which item may not stand where it does.
 *
 * A state is what remains to be matched, as a linked list; equal states are one object, so that a model which allows
 * several readings costs as many states as there are different remainders, however long the content is. Occurrence is
 * counted, never unrolled.
 */
import type { Any, ExpandedName, Field, Misplaced, Slot, SlotModel } from "./descriptor.js";
import { allows, expand, split } from "./plan.js";

type Item = Field | Any;
type Group = Extract<SlotModel, { readonly group: unknown }>;

/** What remains: a model `min` to `max` times, a sequence from `from` on, or the open members of `xs:all`; then `next`. */
interface State {
  readonly id: number;
  /** The same for states that differ in nothing but how often something may still come. */
  readonly shape: number;
  readonly model: SlotModel;
  readonly min: number;
  readonly max: number;
  readonly from?: number;
  /** Each a member and how often it may still come. */
  readonly open?: readonly State[];
  readonly next: State | undefined;
}

/** Most readings that are followed at a time; content models that are deterministic, as they should be, have one. */
const most = 256;
/** Of these most that differ in counts only. */
const mostCounts = 32;

/** Finds the first item that its model does not allow; `undefined` names are text, and stand anywhere. */
export function findMisplaced(
  { items, model }: Slot,
  ns: string,
  names: readonly (ExpandedName | undefined)[],
): Misplaced | undefined {
  const ids = new Map<SlotModel, number>();
  let states = new Map<string, State>();
  let shapes = new Map<string, number>();
  let count = 0;
  const idOf = (one: SlotModel): number => {
    let id = ids.get(one);
    if (id === undefined) ids.set(one, (id = ids.size));
    return id;
  };
  const make = (state: Omit<State, "id" | "shape">): State => {
    const { model: of, min, max, from, open, next } = state;
    // Nothing left to come is not the same as nothing come yet.
    const common = [idOf(of), from, open && `(${open.map(({ id }) => id).join(" ")})`].join();
    const key = [common, min, max, next?.id].join();
    let known = states.get(key);
    if (!known) {
      const form = [common, next?.shape].join();
      let shape = shapes.get(form);
      if (shape === undefined) shapes.set(form, (shape = ++count));
      states.set(key, (known = { id: ++count, shape, ...state }));
    }
    return known;
  };
  const loop = (of: SlotModel, next: State | undefined): State | undefined => {
    const { min = 1, max = 1 } = of;
    return max > 0 ? make({ model: of, min, max, next }) : next;
  };
  const sequence = (of: Group, from: number, next: State | undefined): State | undefined =>
    from < of.parts.length ? make({ model: of, min: 1, max: 1, from, next }) : next;

  /** What is left of a repetition when it has come once. */
  const once = ({ model: of, min, max }: State, next: State | undefined): State | undefined =>
    max > 1 ? make({ model: of, min: Math.max(0, min - 1), max: max - 1, next }) : next;

  let elements: Readings = new Map();
  let others: Readings = new Map();
  /** Takes one item in a state; what follows `until` is the caller's. */
  const take = (first: State | undefined, until: State | undefined, name: ExpandedName): void => {
    let state = first;
    while (state !== undefined && state !== until) {
      const { model: of, from, open, next }: State = state;
      if (from !== undefined) {
        const part = (of as Group).parts[from] as SlotModel;
        state = loop(part, sequence(of as Group, from + 1, next));
        continue;
      }
      if (open) {
        for (const one of open) {
          const left = once(one, undefined);
          const rest = open.flatMap((other) => (other !== one ? other : (left ?? [])));
          enter(one.model, make({ model: of, min: 1, max: 1, open: rest, next }), name);
        }
        if (!open.every(isDone)) return;
      } else {
        enter(of, once(state, next), name);
        if (!isDone(state)) return;
      }
      state = next;
    }
  };
  const enter = (of: SlotModel, rest: State | undefined, name: ExpandedName): void => {
    if ("item" in of) {
      const item = items[of.item];
      if (item && takes(item, ns, name)) add("any" in item ? others : elements, rest);
    } else if (of.group === "sequence") take(sequence(of, 0, rest), rest, name);
    else if (of.group === "choice") for (const part of of.parts) take(loop(part, rest), rest, name);
    else {
      const open = of.parts.flatMap((part) => loop(part, undefined) ?? []);
      take(make({ model: of, min: 1, max: 1, open, next: rest }), rest, name);
    }
  };
  const mayEnd = (first: State | undefined): boolean => {
    for (let state = first; state; state = state.next) if (!isDone(state)) return false;
    return true;
  };

  let current: readonly (State | undefined)[] = [model && loop(model, undefined)];
  for (const [at, name] of names.entries()) {
    if (name === undefined) continue;
    if (states.size > 10_000) [states, shapes] = [new Map(), new Map()];
    [elements, others] = [new Map(), new Map()];
    for (const state of current) take(state, undefined, name);
    // A declared element goes before a wildcard.
    const next = elements.size > 0 ? elements : others;
    if (next.size === 0) return { at, expected: expectedIn(current, items) };
    current = [...next.values()].flat();
  }
  return current.some(mayEnd) ? undefined : { at: names.length, expected: expectedIn(current, items) };
}

/** States by shape. */
type Readings = Map<number, (State | undefined)[]>;

/** Adds a state, unless another lets in all that it does. */
function add(readings: Readings, state: State | undefined): void {
  const shape = state?.shape ?? 0;
  const same = readings.get(shape) ?? [];
  if (same.some((other) => includes(other, state))) return;
  if (readings.size < most && same.length < mostCounts)
    readings.set(shape, [...same.filter((other) => !includes(state, other)), state]);
}

/** Of two states of one shape: does the first let in all that the second does? */
function includes(a: State | undefined, b: State | undefined): boolean {
  for (let x = a, y = b; x !== y && x && y; x = x.next, y = y.next)
    if (x.max < y.max || x.min > y.min) return false;
  return true;
}

function takes(item: Item, ns: string, name: ExpandedName): boolean {
  if ("any" in item) return allows(item.wildcard, ...split(name));
  return (
    expand(item.ns ?? ns, item.name) === name ||
    (item.substitutes?.() ?? []).some((other) => other.name === name)
  );
}

function isNullable(model: SlotModel): boolean {
  return model.min === 0 || model.max === 0 || isBodyNullable(model);
}

/** May all that a state itself holds be left out? */
function isDone({ model, min, from, open }: State): boolean {
  if (open) return open.every(isDone);
  if (from !== undefined) return (model as Group).parts.slice(from).every(isNullable);
  return min === 0 || isBodyNullable(model);
}

function isBodyNullable(model: SlotModel): boolean {
  if ("item" in model) return false;
  return model.group === "choice" ? model.parts.some(isNullable) : model.parts.every(isNullable);
}

/** What may come next, for messages. */
function expectedIn(states: readonly (State | undefined)[], items: readonly Item[]): readonly string[] {
  const found = new Set<string>();
  const first = (model: SlotModel): void => {
    if (model.max === 0) return;
    if ("item" in model) {
      const item = items[model.item];
      if (item) found.add("any" in item ? "*" : (item.property ?? item.name));
    } else if (model.group !== "sequence") model.parts.forEach(first);
    else firstOf(model.parts);
  };
  const firstOf = (parts: readonly SlotModel[]): boolean =>
    parts.every((part) => {
      first(part);
      return isNullable(part);
    });
  for (const start of states) {
    for (let state = start; state; state = state.next) {
      const { model, from, open } = state;
      if (from !== undefined) firstOf((model as Group).parts.slice(from));
      else for (const one of open ?? [state]) first({ ...one.model, min: 1, max: 1 });
      if (!isDone(state)) break;
    }
  }
  return [...found];
}
