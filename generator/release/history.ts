/** Which component came and went when, over all releases of a family. */
import { memberKey, ownElements } from "../model/query.js";
import type { Model, TypeDefinition } from "../model/types.js";
import { operationKey } from "./path.js";
import type { History, Lifetime, Run } from "./types.js";

/** Namespaces that go on under another name in the next release: old URI by new one. */
export type MovedNamespaces = (older: Model, newer: Model) => ReadonlyMap<string, string>;

/**
 * The lifetimes of all components of `models`, which are in the order of their releases. A type whose fingerprint is
 * that of the release before is not looked at again.
 */
export function computeHistory(
  models: readonly Model[],
  operationsOf: (model: Model) => readonly { readonly service: string; readonly name: string }[] = () => [],
  movedBetween: MovedNamespaces = () => new Map(),
): History {
  const namespaces = lastNames(models, movedBetween);
  const lifetimes = new Map<string, OpenLifetime>();
  const types = createRecorder(lifetimes);
  const others = createRecorder(lifetimes);
  models.forEach((model, index) => {
    const { typeKeys, others: declared } = notesOf(model);
    const names = namespaces[index];
    const keysOf = (keys: Keys): Keys =>
      names?.size ? keys.map(([key, kind]) => [renamed(key, names), kind] as const) : keys;
    // Ids are looked up as they are: making a key of each, for each release, would cost more than all the rest.
    for (const id in model.types) {
      const type = model.types[id];
      if (type) types.see(index, renamed(id, names), type.fingerprint, () => keysOf(typeKeys(type)));
    }
    for (const [key, keys] of declared) others.see(index, renamed(key, names), "", () => keysOf(keys));
    for (const operation of operationsOf(model)) {
      const key = operationKey(operation);
      others.see(index, key, "", () => [[key, "operation"]]);
    }
  });
  types.finish();
  others.finish();
  return { releases: models.map((model) => model.release), lifetimes, namespaces };
}

/** By release: what its namespaces are called in the last one that goes on with them, where that is another name. */
function lastNames(
  models: readonly Model[],
  movedBetween: MovedNamespaces,
): readonly ReadonlyMap<string, string>[] {
  const found: Map<string, string>[] = [];
  for (let index = models.length - 1; index >= 0; index--) {
    const [model, next] = [models[index], models[index + 1]];
    const later = found[0];
    const own = new Map<string, string>();
    if (model !== undefined && next !== undefined) {
      for (const { uri } of model.namespaces) {
        const name = later?.get(uri);
        if (name !== undefined) own.set(uri, name);
      }
      for (const [to, from] of movedBetween(model, next)) own.set(from, later?.get(to) ?? to);
    }
    found.unshift(own);
  }
  return found;
}

/** A key with other names of namespaces. */
function renamed(key: string, names: ReadonlyMap<string, string> | undefined): string {
  if (!names?.size) return key;
  return key.replace(/\{([^{}]*)\}/gu, (whole, uri: string) => {
    const name = names.get(uri);
    return name === undefined ? whole : `{${name}}`;
  });
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

/** The run of a key, as a release has it, that this release is in. */
function runIn({ lifetimes, namespaces, releases }: History, key: string, release: string): Run | undefined {
  const index = releases.indexOf(release);
  const runs = lifetimes.get(renamed(key, namespaces[index]))?.runs;
  return runs?.find(([first, last]) => first <= index && index <= last);
}

/** Whether a release has a component. */
export function existsIn(history: History, key: string, release: string): boolean {
  return runIn(history, key, release) !== undefined;
}

/**
 * The release since which a component is there without a break, seen from `release`; undefined when it was there
 * from the first known release on, or is not there at all.
 */
export function sinceOf(history: History, key: string, release: string): string | undefined {
  const first = runIn(history, key, release)?.[0] ?? 0;
  return first > 0 ? history.releases[first] : undefined;
}

/** The same for all components of a release that have such a release, by their keys in it: for who asks about many. */
export function sinceTable(history: History, release: string): ReadonlyMap<string, string> {
  const index = history.releases.indexOf(release);
  const own = ownNames(history, index);
  const table = new Map<string, string>();
  for (const { key, runs } of history.lifetimes.values()) {
    const first = runs.find(([from, to]) => from <= index && index <= to)?.[0] ?? 0;
    if (first > 0) table.set(renamed(key, own), history.releases[first] as string);
  }
  return table;
}

/** What a release itself calls the namespaces that keys call by their last names. */
function ownNames({ namespaces }: History, index: number): ReadonlyMap<string, string> {
  return new Map(Array.from(namespaces[index] ?? [], ([uri, name]) => [name, uri]));
}

/** What a release has and the one before it had not; nothing for the first. Types first, in schema order. */
export function addedIn(history: History, release: string): readonly Lifetime[] {
  const index = history.releases.indexOf(release);
  if (index <= 0) return [];
  const own = ownNames(history, index);
  const added = [...history.lifetimes.values()].filter(({ runs }) => runs.some(([first]) => first === index));
  return own.size === 0 ? added : added.map((one) => ({ ...one, key: renamed(one.key, own) }));
}
