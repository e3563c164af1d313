/**
 * What a release shares with one that was resolved before: namespaces whose documents are the very same, and that see
 * only such namespaces. Their components are taken over instead of being built, checked and hashed again.
 */
import { addTo } from "../multimap.js";
import { meantName, type Resolution, type ResolveOptions } from "./resolution.js";
import type { Scope, Symbols } from "./symbols.js";
import type { Model, TypeId } from "./types.js";

/** A resolution without any finding. */
export interface Resolved {
  readonly symbols: Symbols;
  readonly options: ResolveOptions;
  readonly groups: Resolution["groups"];
  readonly attributeGroups: Resolution["attributeGroups"];
  readonly depths: Resolution["depths"];
  /** What fingerprints are made of, by type. */
  readonly hashes: ReadonlyMap<TypeId, string>;
  /** Namespaces with a wildcard that excludes all that is declared, wherever that may be. */
  readonly excluding: ReadonlySet<string>;
  /** With fingerprints. */
  readonly model: Model;
}

/** The newest ones; a history walks from each release to the next. */
const kept: Resolved[] = [];
const mostKept = 2;

/** Keeps a resolution for those after it. */
export function keepResolution(resolved: Resolved): void {
  kept.unshift(resolved);
  kept.length = Math.min(kept.length, mostKept);
}

/** What of an earlier resolution holds as it is. */
export interface Reused {
  readonly from: Resolved;
  readonly namespaces: ReadonlySet<string>;
}

/** The earlier resolution that shares most; undefined when none shares anything. */
export function findReused(symbols: Symbols, options: ResolveOptions): Reused | undefined {
  let best: Reused | undefined;
  for (const from of kept) {
    const same =
      from.options.unresolved === options.unresolved && from.options.xsdVersion === options.xsdVersion;
    if (!same || !sameKeys(from.symbols.notations, symbols.notations)) continue;
    const namespaces = sharedNamespaces(from, symbols);
    if (namespaces.size > (best?.namespaces.size ?? 0)) best = { from, namespaces };
  }
  return best;
}

/** Puts what is taken over where the components of a resolution are kept. */
export function takeOver(r: Resolution, { from, namespaces }: Reused): void {
  for (const type of Object.values(from.model.types)) {
    if (!namespaces.has(type.namespace)) continue;
    r.types.set(type.id, type);
    if (type.name === undefined) r.reserved.add(type.id);
  }
  for (const element of Object.values(from.model.elements))
    if (namespaces.has(element.name.namespace)) r.elements.set(element.id, element);
  for (const attribute of Object.values(from.model.attributes))
    if (namespaces.has(attribute.name.namespace)) r.attributes.set(attribute.id, attribute);
  // The originals of redefined groups are in no model.
  for (const [id, group] of from.groups) if (namespaces.has(group.name.namespace)) r.groups.set(id, group);
  for (const [id, group] of from.attributeGroups)
    if (namespaces.has(group.name.namespace)) r.attributeGroups.set(id, group);
  for (const [key, depth] of from.depths) r.depths.set(key, depth);
}

/** The largest set of namespaces that are the same and depend on none outside of it. */
function sharedNamespaces(from: Resolved, symbols: Symbols): ReadonlySet<string> {
  const [before, after] = [scopesOf(from.symbols), scopesOf(symbols)];
  const shared = new Set([...after.keys()].filter((uri) => isSame(before.get(uri), after.get(uri))));
  const fromNoFile = namespacesFromNoFile(from);
  const needs = dependencies([from.symbols, symbols]);
  for (const uri of from.excluding) needs.set(uri, new Set([...before.keys(), ...after.keys()]));
  const holds = (uri: string): boolean =>
    shared.has(uri) || (!before.has(uri) && !after.has(uri) && !fromNoFile.has(uri));
  for (let size = -1; size !== shared.size;) {
    size = shared.size;
    for (const uri of shared)
      if (![...(needs.get(uri) ?? [])].every((needed) => holds(needed))) shared.delete(uri);
  }
  return shared;
}

/** Scopes of documents that are files, by namespace. */
function scopesOf({ scopes }: Symbols): ReadonlyMap<string, readonly Scope[]> {
  const result = new Map<string, Scope[]>();
  for (const scope of scopes) {
    if (scope.document.file === "") continue;
    addTo(result, scope.namespace, scope);
  }
  return result;
}

function isSame(before: readonly Scope[] | undefined, after: readonly Scope[] | undefined): boolean {
  if (before === undefined || after === undefined || before.length !== after.length) return false;
  return before.every((scope, index) => {
    const other = after[index];
    return (
      other?.document === scope.document &&
      other.chameleon === scope.chameleon &&
      other.included.length === scope.included.length &&
      other.included.every(({ document }, at) => document === scope.included[at]?.document)
    );
  });
}

/** Built-in documents are built as far as something refers to them; who did is not recorded. */
function namespacesFromNoFile({ model, attributeGroups }: Resolved): ReadonlySet<string> {
  const named = [...Object.values(model.attributes), ...attributeGroups.values()];
  return new Set([
    ...named.filter(({ span }) => span.file === "").map(({ name }) => name.namespace),
    ...Object.values(model.types)
      .filter(({ span }) => span.file === "")
      .map(({ namespace }) => namespace),
  ]);
}

/** Which namespaces a namespace depends on: those it sees, and those whose elements may stand for its own. */
function dependencies(all: readonly Symbols[]): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>();
  const add = (uri: string, needed: string): void => {
    const known = needs.get(uri);
    if (known === undefined) needs.set(uri, new Set([needed]));
    else known.add(needed);
  };
  for (const { scopes, elements } of all) {
    for (const scope of scopes) for (const uri of scope.visible) add(scope.namespace, uri);
    for (const { syntax, scope, name } of elements.values())
      for (const head of syntax.substitutionGroup ?? [])
        add(meantName(head, scope).namespace, name.namespace);
  }
  return needs;
}

function sameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
