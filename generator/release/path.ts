/** From what a note concerns to the members of a model: operations, directions and paths of element names. */
import { effectiveElements, memberKey, ownElements, typeOf } from "../model/query.js";
import { idOf, type Model, type TypeId } from "../model/types.js";
import type { Operation, Service } from "../service/types.js";
import type { Target } from "./types.js";

/** A member of a model, by its key: `<type id>/<element>`, `<type id>/@<attribute>`, `<type id>=<value>`, or a type id. */
export interface Place {
  readonly key: string;
  /** The type of the element or attribute; the type itself for an enumeration value or an empty path. */
  readonly type: TypeId;
  readonly documentation?: string;
}

/** Where a path leaves the model: the step that leads nowhere, and what could stand there. */
export interface Lost {
  readonly step: string;
  readonly owner: TypeId;
  readonly candidates: readonly string[];
}

/** Follows element names from a type; the last step may be `@attribute` or end in `=value`. */
function followPath(model: Model, root: TypeId, path: string): Place | Lost {
  const equals = path.indexOf("=");
  const value = equals < 0 ? undefined : path.slice(equals + 1);
  const steps = (equals < 0 ? path : path.slice(0, equals)).split("/").filter((step) => step !== "");
  let place: Place = { key: root, type: root };
  for (const step of steps) {
    const next = step.startsWith("@")
      ? attribute(model, place.type, step.slice(1))
      : element(model, place.type, step);
    if ("candidates" in next) return next;
    place = next;
  }
  if (value === undefined) return place;
  const type = typeOf(model, place.type);
  const values = type?.kind === "simple" ? (type.facets.enumeration ?? []).map((entry) => entry.value) : [];
  return values.includes(value)
    ? { key: `${place.type}=${value}`, type: place.type }
    : { step: value, owner: place.type, candidates: values };
}

function element(model: Model, owner: TypeId, step: string): Place | Lost {
  const [local, namespace] = splitName(model, step);
  // The declaring type, so that a key is the same from whichever derived type a path comes.
  for (let id: TypeId | undefined = owner; id !== undefined;) {
    const found = ownElements(model, id).find(
      ({ name }) => name.local === local && (namespace === undefined || name.namespace === namespace),
    );
    if (found) {
      return {
        key: memberKey(id, found),
        type: found.type,
        ...(found.documentation === undefined ? {} : { documentation: found.documentation }),
      };
    }
    const type: ReturnType<typeof typeOf> = model.types[id];
    id = type?.kind === "complex" && type.derivation === "extension" ? type.base : undefined;
  }
  return {
    step,
    owner,
    candidates: [...new Set(effectiveElements(model, owner).map(({ name }) => name.local))],
  };
}

function attribute(model: Model, owner: TypeId, step: string): Place | Lost {
  const [local, namespace] = splitName(model, step);
  const type = typeOf(model, owner);
  const uses = type?.kind === "complex" ? type.attributes : [];
  const found = uses.find(
    ({ name }) => name.local === local && (namespace === undefined || name.namespace === namespace),
  );
  return found
    ? {
        key: memberKey(found.declaredIn, found),
        type: found.type,
        ...(found.documentation === undefined ? {} : { documentation: found.documentation }),
      }
    : { step: `@${step}`, owner, candidates: uses.map(({ name }) => `@${name.local}`) };
}

function splitName(model: Model, step: string): readonly [local: string, namespace: string | undefined] {
  const colon = step.indexOf(":");
  if (colon < 0) return [step, undefined];
  const prefix = step.slice(0, colon);
  return [step.slice(colon + 1), model.namespaces.find((entry) => entry.prefix === prefix)?.uri ?? prefix];
}

/** The type that `prefix:local` names: a type, or that of a global element. */
function rootNamed(model: Model, name: string): TypeId | undefined {
  const [local, namespace] = splitName(model, name);
  const id = idOf({ namespace: namespace ?? "", local });
  return model.types[id] ? id : model.elements[id]?.type;
}

/** Names as `in` takes them, for suggestions. */
function rootNames(model: Model): readonly string[] {
  const prefixes = new Map(model.namespaces.map(({ uri, prefix }) => [uri, prefix]));
  return [...Object.values(model.types), ...Object.values(model.elements)].flatMap(({ name }) => {
    if (name === undefined) return [];
    const prefix = prefixes.get(name.namespace) ?? "";
    return [prefix === "" ? name.local : `${prefix}:${name.local}`];
  });
}

/** The key of an operation among remarks and in a history. */
export function operationKey(operation: Pick<Operation, "service" | "name">): string {
  return `operation:${operation.service}.${operation.name}`;
}

/** A place that a target names, and from which messages it is reached; none for a target with `in`. */
export interface FoundPlace extends Place {
  readonly from: readonly { readonly operation: Operation; readonly direction: "request" | "response" }[];
}

/** What of a target is not in the model. */
export type Unresolved =
  | { readonly kind: "operation"; readonly name: string; readonly candidates: readonly string[] }
  | { readonly kind: "root"; readonly name: string; readonly candidates: readonly string[] }
  | { readonly kind: "path"; readonly path: string; readonly root: string; readonly lost: Lost };

/** What a target is in a model. */
export interface ResolvedTarget {
  /** The operations named; empty for `*`, which is {@link everything}. */
  readonly operations: readonly Operation[];
  readonly everything: boolean;
  readonly places: readonly FoundPlace[];
  readonly unresolved: readonly Unresolved[];
}

/** Finds the operations and members that a note is about. Without a service nothing but `in` can be followed. */
export function resolveTarget(
  model: Model,
  service: Pick<Service, "operations"> | undefined,
  target: Target,
): ResolvedTarget {
  const unresolved: Unresolved[] = [];
  const all = service?.operations ?? [];
  const everything = target.operations.includes("*");
  const operations = everything
    ? []
    : target.operations.flatMap((name) => {
        const found = all.filter(
          (operation) => operation.name === name || `${operation.service}.${operation.name}` === name,
        );
        if (found.length === 0) {
          const candidates = all.map((operation) => operation.name);
          unresolved.push({ kind: "operation", name, candidates });
        }
        return found;
      });
  const places = new Map<string, FoundPlace>();
  if (target.in !== undefined) {
    const root = rootNamed(model, target.in);
    if (root === undefined) {
      unresolved.push({ kind: "root", name: target.in, candidates: rootNames(model) });
    } else {
      for (const path of target.paths.length > 0 ? target.paths : [""]) {
        const place = followPath(model, root, path);
        if ("candidates" in place) unresolved.push({ kind: "path", path, root: target.in, lost: place });
        else places.set(place.key, { ...place, from: [] });
      }
    }
    return { operations, everything, places: [...places.values()], unresolved };
  }
  for (const path of target.paths) {
    let firstLost: Unresolved | undefined;
    let found = false;
    for (const operation of everything ? all : operations) {
      let here = false;
      let lost: Unresolved | undefined;
      for (const direction of ["request", "response"] as const) {
        if (target.direction !== "both" && target.direction !== direction) continue;
        const place = followPath(model, operation[direction], path);
        if ("candidates" in place) {
          lost ??= { kind: "path", path, root: `the ${direction} of ${operation.name}`, lost: place };
          continue;
        }
        here = found = true;
        const known = places.get(place.key);
        places.set(place.key, { ...place, from: [...(known?.from ?? []), { operation, direction }] });
      }
      // One path must be there in each of the operations; of several, each in one of them.
      if (!here && !everything && target.paths.length === 1 && lost) unresolved.push(lost);
      firstLost ??= lost;
    }
    if (!found && firstLost && (everything || target.paths.length > 1)) unresolved.push(firstLost);
  }
  return { operations, everything, places: [...places.values()], unresolved };
}
