/** Namespaces that came, went, or changed their name while what is in them stayed. */
import { fingerprintModel } from "../model/fingerprint.js";
import { isBuiltin } from "../model/builtins.js";
import type { Model } from "../model/types.js";
import type { Operation } from "../service/types.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { similarity } from "./similarity.js";

interface Side {
  readonly model: Model;
  readonly operations: readonly Operation[];
}

/** The older side with the namespaces of the newer one. */
export interface MatchedNamespaces {
  readonly before: Model;
  readonly operations: readonly Operation[];
  /** Old URI by new one. */
  readonly moved: ReadonlyMap<string, string>;
  /** The id that the older side itself has for something. */
  readonly original: (id: string) => string;
}

/** Finds namespaces that go on under another name: old URI by new one. */
export function movedNamespaces(older: Model, newer: Model): ReadonlyMap<string, string> {
  const uris = (model: Model): readonly string[] => model.namespaces.map(({ uri }) => uri);
  const [old, current] = [uris(older), uris(newer)];
  const gone = old.filter((uri) => !current.includes(uri));
  const come = current.filter((uri) => !old.includes(uri));
  const moved = new Map<string, string>();
  const found = new Set<string>();
  if (gone.length > 0 && come.length > 0) {
    const candidates = gone.flatMap((from) =>
      come.map((to) => ({ from, to, score: likeness(older, from, newer, to) })),
    );
    candidates.sort((a, b) => b.score - a.score || (a.from + a.to < b.from + b.to ? -1 : 1));
    // Where only one went and one came, little in common is enough.
    const enough = gone.length === 1 && come.length === 1 ? 0.2 : 0.5;
    for (const { from, to, score } of candidates) {
      if (score < enough || found.has(from) || moved.has(to)) continue;
      moved.set(to, from);
      found.add(from);
    }
  }
  return moved;
}

/** Renames namespaces on the older side that go on under another name, so that comparison can go on. */
export function matchNamespaces(older: Side, newer: Side): MatchedNamespaces {
  const moved = movedNamespaces(older.model, newer.model);
  if (moved.size === 0)
    return { before: older.model, operations: older.operations, moved, original: (id) => id };
  const rename = renamer(new Map(Array.from(moved, ([to, from]) => [from, to])));
  return {
    before: fingerprintModel(rename(older.model)),
    operations: rename(older.operations),
    moved,
    original: renamer(moved),
  };
}

/** Which share of the component names two namespaces have in common; a little more where the URIs are alike. */
function likeness(older: Model, from: string, newer: Model, to: string): number {
  const [a, b] = [localNames(older, from), localNames(newer, to)];
  const shared = [...a].filter((name) => b.has(name)).length;
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 0 : shared / all + similarity(from, to) / 100;
}

function localNames(model: Model, uri: string): ReadonlySet<string> {
  const prefix = `{${uri}}`;
  const names = [model.types, model.elements, model.attributes].flatMap((record, index) =>
    Object.keys(record)
      .filter((id) => id.startsWith(prefix) && !/[/:]/u.test(id.slice(prefix.length)))
      .map((id) => `${index}${id.slice(prefix.length)}`),
  );
  return new Set(names);
}

/** Puts other URIs in a model: in ids, names and wildcards. */
function renamer(uris: ReadonlyMap<string, string>): <T>(value: T) => T {
  const inId = (text: string): string => {
    if (!text.startsWith("{")) return text;
    const end = text.indexOf("}");
    const to = uris.get(text.slice(1, end));
    return to === undefined || isBuiltin(text) ? text : `{${to}}${text.slice(end + 1)}`;
  };
  const holdsUri = new Set(["namespace", "uri", "prefixes"]);
  const rename = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return holdsUri.has(key) ? (uris.get(value) ?? value) : inId(value);
    if (Array.isArray(value)) {
      return value.map((item: unknown) =>
        key === "uris" ? (uris.get(item as string) ?? item) : rename(item, key),
      );
    }
    if (typeof value !== "object" || value === null || key === "documentation") return value;
    const result = Object.create(null) as Record<string, unknown>;
    const stays = isLocal(value);
    for (const [name, item] of Object.entries(value))
      result[inId(name)] = stays && name === "name" ? item : rename(item, name);
    return result;
  };
  return <T>(value: T) => rename(value, "") as T;
}

/** An element or attribute that is in no namespace although its schema may be in one. */
function isLocal(value: object): boolean {
  if ("form" in value) return value.form === "unqualified";
  return "declaredIn" in value && !("ref" in value);
}

export function placeOfNamespace(uri: string): Place {
  return { component: { ns: uri, type: "", path: [], kind: "namespace" }, key: `{${uri}}` };
}

/** Reports namespaces that came, went, or were renamed. */
export function compareNamespaces(comparison: Comparison, moved: ReadonlyMap<string, string>): void {
  const old = new Set(comparison.before.namespaces.map(({ uri }) => uri));
  const current = new Set(comparison.after.namespaces.map(({ uri }) => uri));
  for (const uri of current) {
    const former = moved.get(uri);
    if (former !== undefined)
      comparison.add("namespace.changed", placeOfNamespace(uri), valueSides(former, uri));
    else if (!old.has(uri)) {
      comparison.add("namespace.added", placeOfNamespace(uri), {
        effect: hasRoots(comparison.after, uri) ? "widening" : "equal",
        new: { value: uri, children: localNames(comparison.after, uri).size },
      });
    }
  }
  for (const uri of old) {
    if (current.has(uri)) continue;
    comparison.add("namespace.removed", placeOfNamespace(uri), {
      effect: hasRoots(comparison.before, uri) ? "narrowing" : "equal",
      old: { value: uri, children: localNames(comparison.before, uri).size },
    });
  }
}

/** Whether documents may begin with an element of a namespace. */
function hasRoots(model: Model, uri: string): boolean {
  return Object.values(model.elements).some(({ name, abstract }) => name.namespace === uri && !abstract);
}
