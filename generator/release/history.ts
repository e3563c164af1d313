/** Which component came and went when, over all releases of a family. */
import { memberKey, ownElements } from "../model/query.js";
import type { Model, TypeDefinition } from "../model/types.js";
import { operationKey } from "./path.js";
import type { History, Lifetime, Run } from "./types.js";

/**
 * The lifetimes of all components of `models`, which are in the order of their releases. A type whose fingerprint is
 * that of the release before is not looked at again.
 */
export function computeHistory(
  models: readonly Model[],
  operationsOf: (model: Model) => readonly { readonly service: string; readonly name: string }[] = () => [],
): History {
  const lifetimes = new Map<string, OpenLifetime>();
  const types = createRecorder(lifetimes);
  const others = createRecorder(lifetimes);
  models.forEach((model, index) => {
    const { typeKeys, others: declared } = notesOf(model);
    // Ids are looked up as they are: making a key of each, for each release, would cost more than all the rest.
    for (const id in model.types) {
      const type = model.types[id];
      if (type) types.see(index, id, type.fingerprint, () => typeKeys(type));
    }
    for (const [key, keys] of declared) others.see(index, key, "", () => keys);
    for (const operation of operationsOf(model)) {
      const key = operationKey(operation);
      others.see(index, key, "", () => [[key, "operation"]]);
    }
  });
  types.finish();
  others.finish();
  return { releases: models.map((model) => model.release), lifetimes };
}

type Keys = readonly (readonly [key: string, kind: Lifetime["kind"]])[];

interface ModelNotes {
  readonly typeKeys: (type: TypeDefinition) => Keys;
  /** Global elements and attributes. */
  readonly others: readonly (readonly [key: string, keys: Keys])[];
}

const notes = new WeakMap<Model, ModelNotes>();

/** Keys of a model; kept, since who watches a family asks for those of all its releases after each change of one. */
function notesOf(model: Model): ModelNotes {
  let known = notes.get(model);
  if (known === undefined) {
    const ofTypes = new Map<TypeDefinition, Keys>();
    const keysOf = (prefix: string, ids: object, kind: Lifetime["kind"]) =>
      Object.keys(ids).map((id): ModelNotes["others"][number] => [
        `${prefix}:${id}`,
        [[`${prefix}:${id}`, kind]],
      ]);
    known = {
      typeKeys: (type) => {
        let keys = ofTypes.get(type);
        if (keys === undefined) ofTypes.set(type, (keys = keysOfType(model, type)));
        return keys;
      },
      others: [
        ...keysOf("element", model.elements, "global-element"),
        ...keysOf("attribute", model.attributes, "global-attribute"),
      ],
    };
    notes.set(model, known);
  }
  return known;
}

/** An anonymous type lives and dies with the member that has it, and shares its key. */
function keysOfType(model: Model, type: TypeDefinition): Keys {
  const keys = new Map<string, Lifetime["kind"]>();
  if (type.name !== undefined) keys.set(type.id, "type");
  if (type.kind === "simple") {
    for (const { value } of type.facets.enumeration ?? []) keys.set(`${type.id}=${value}`, "value");
  } else {
    for (const element of ownElements(model, type.id)) keys.set(memberKey(type.id, element), "element");
    for (const use of type.attributes) {
      if (use.declaredIn === type.id) keys.set(memberKey(type.id, use), "attribute");
    }
  }
  return [...keys];
}

interface Group {
  fingerprint: string;
  /** The last release that had it. Runs of its keys are open until something changes. */
  last: number;
  /** Key to the release since which it is there. */
  keys: Map<string, number>;
}

interface OpenLifetime extends Lifetime {
  readonly runs: Run[];
}

/** Keeps track of groups of keys that come and go together as long as their fingerprint stays. */
function createRecorder(lifetimes: Map<string, OpenLifetime>) {
  const groups = new Map<string, Group>();
  const close = (key: string, first: number, last: number): void => {
    lifetimes.get(key)?.runs.push([first, last]);
  };
  return {
    /** Notes that a group is there in a release; `keys` is asked only when the fingerprint is another. */
    see(release: number, id: string, fingerprint: string, keys: () => Keys): void {
      const group = groups.get(id);
      const unbroken = group !== undefined && group.last === release - 1;
      if (unbroken && group.fingerprint === fingerprint) {
        group.last = release;
        return;
      }
      const now: Group["keys"] = new Map();
      for (const [key, kind] of keys()) {
        const before = unbroken ? group.keys.get(key) : undefined;
        now.set(key, before ?? release);
        if (!lifetimes.has(key)) lifetimes.set(key, { kind, key, runs: [] });
      }
      for (const [key, first] of group?.keys ?? []) {
        if (!unbroken || !now.has(key)) close(key, first, group?.last ?? first);
      }
      groups.set(id, { fingerprint, last: release, keys: now });
    },
    /** Ends all runs that are still open. */
    finish(): void {
      for (const group of groups.values())
        for (const [key, first] of group.keys) close(key, first, group.last);
    },
  };
}

/** The runs of a key; none when no release has it. */
function runsOf(history: History, key: string): readonly Run[] {
  return history.lifetimes.get(key)?.runs ?? [];
}

/** Whether a release has a component. */
export function existsIn(history: History, key: string, release: string): boolean {
  const index = history.releases.indexOf(release);
  return runsOf(history, key).some(([first, last]) => first <= index && index <= last);
}

/**
 * The release since which a component is there without a break, seen from `release`; undefined when it was there
 * from the first known release on, or is not there at all.
 */
export function sinceOf(history: History, key: string, release: string): string | undefined {
  const index = history.releases.indexOf(release);
  if (index <= 0) return undefined;
  const run = runsOf(history, key).find(([first, last]) => first <= index && index <= last);
  return run === undefined || run[0] === 0 ? undefined : history.releases[run[0]];
}

/** The same for all components of a release: for who asks about many. */
export function sinceAt(history: History, release: string): (key: string) => string | undefined {
  const index = history.releases.indexOf(release);
  const since = new Map<string, string | undefined>();
  for (const { key, runs } of history.lifetimes.values()) {
    const run = runs.find(([first, last]) => first <= index && index <= last);
    if (run !== undefined && run[0] > 0) since.set(key, history.releases[run[0]]);
  }
  return since.size === 0 ? () => undefined : (key) => since.get(key);
}

/** What a release has and the one before it had not; nothing for the first. Types first, in schema order. */
export function addedIn(history: History, release: string): readonly Lifetime[] {
  const index = history.releases.indexOf(release);
  return index <= 0
    ? []
    : [...history.lifetimes.values()].filter(({ runs }) => runs.some(([first]) => first === index));
}
