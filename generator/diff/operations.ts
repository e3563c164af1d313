/** Compares the operations of two releases. */
import { typeOf } from "../model/query.js";
import type { Model, TypeId } from "../model/types.js";
import type { Operation } from "../service/types.js";
import { elementsOf, normalise } from "./normal.js";
import { componentOf, displayType } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { similarity } from "./similarity.js";
import type { Verdict } from "./types.js";

interface Side {
  readonly model: Model;
  readonly operations: readonly Operation[];
}

/** Reports operations that came and went; returns the types that belong to them and are not listed again. */
export function compareOperations(
  comparison: Comparison,
  before: Side,
  after: Side,
  renamed: ReadonlyMap<TypeId, TypeId>,
): ReadonlySet<TypeId> {
  const collapsed = new Set<TypeId>();
  const keyOf = (operation: Operation): string => `${operation.service}.${operation.name}`;
  const old = new Map(before.operations.map((operation) => [keyOf(operation), operation]));
  const current = new Map(after.operations.map((operation) => [keyOf(operation), operation]));
  // A service may be called after its namespace: the request is the same, the operation has another name.
  const requestsOf = ({ operations }: Side): ReadonlySet<TypeId> =>
    new Set(operations.map(({ request }) => request));
  const requests = { old: requestsOf(before), new: requestsOf(after) };
  const removed: Operation[] = [];
  for (const operation of old.values()) {
    if (current.has(keyOf(operation))) continue;
    if (!requests.new.has(operation.request) && hasRequest(after.model, before.model, operation)) {
      collapsed.add(operation.response);
      comparison.add("operation.response.removed", placeOf(comparison, operation, undefined, "response"), {
        old: {
          type: componentOf(operation.response).type,
          children: countType(before.model, operation.response),
        },
        alsoAt: [operation.response],
      });
    } else removed.push(operation);
  }
  const added: Operation[] = [];
  for (const operation of current.values()) {
    const former = old.get(keyOf(operation));
    if (former !== undefined) compareTypes(comparison, former, operation, after.model);
    else if (!requests.old.has(operation.request) && hasRequest(before.model, after.model, operation)) {
      collapsed.add(operation.response);
      comparison.add("operation.response.added", placeOf(comparison, undefined, operation, "response"), {
        new: {
          type: componentOf(operation.response).type,
          children: countType(after.model, operation.response),
        },
        alsoAt: [operation.response],
      });
    } else added.push(operation);
  }
  for (const operation of added) {
    collapsed.add(operation.request).add(operation.response);
    const former = findFormer(operation, removed, comparison, renamed);
    if (former !== undefined) {
      removed.splice(removed.indexOf(former), 1);
      collapsed.add(former.request).add(former.response);
      comparison.add("operation.renamed.likely", placeOf(comparison, former, operation), {
        old: { value: keyOf(former), type: former.wireType },
        new: { value: keyOf(operation), type: operation.wireType },
      });
      continue;
    }
    comparison.add("operation.added", placeOf(comparison, undefined, operation), {
      new: { type: operation.wireType, children: countMembers(after.model, operation) },
      alsoAt: [operation.request, operation.response],
    });
  }
  for (const operation of removed) {
    collapsed.add(operation.request).add(operation.response);
    comparison.add("operation.removed", placeOf(comparison, operation, undefined), {
      old: { type: operation.wireType, children: countMembers(before.model, operation) },
      alsoAt: [operation.request, operation.response],
    });
  }
  return collapsed;
}

/** Whether a release without an operation has its request all the same: derived from what makes it one. */
function hasRequest(model: Model, own: Model, { request }: Operation): boolean {
  const type = typeOf(model, request);
  return type !== undefined && type.base === typeOf(own, request)?.base;
}

function placeOf(
  comparison: Comparison,
  former: Operation | undefined,
  operation: Operation | undefined,
  shown: "request" | "response" = "request",
): Place {
  const { service, name, request } = (operation ?? former) as Operation;
  const was = former && typeOf(comparison.before, former[shown]);
  const is = operation && typeOf(comparison.after, operation[shown]);
  return {
    component: { ns: componentOf(request).ns, type: name, path: [], kind: "operation" },
    key: `operation:${service}.${name}`,
    ...(was && { oldSpan: was.span, oldExtent: was.extent }),
    ...(is && { newSpan: is.span, newExtent: is.extent }),
  };
}

function compareTypes(comparison: Comparison, former: Operation, operation: Operation, after: Model): void {
  for (const direction of ["request", "response"] as const) {
    const [oldId, newId] = [former[direction], operation[direction]];
    if (comparison.structure.corresponds(oldId, newId)) continue;
    const same = comparison.structure.isSame(oldId, newId);
    const verdict: Verdict = same ? "safe" : "dangerous";
    comparison.add(`operation.${direction}.type-changed`, placeOf(comparison, former, operation, direction), {
      old: { type: componentOf(oldId).type },
      new: { type: componentOf(newId).type, children: countType(after, newId) },
      effect: same ? "equal" : "unknown",
      source: { read: verdict, build: verdict },
      tolerant: verdict,
    });
  }
}

/** An operation that is gone and whose types go on under a similar name. */
function findFormer(
  operation: Operation,
  removed: readonly Operation[],
  { structure, before, after }: Comparison,
  renamed: ReadonlyMap<TypeId, TypeId>,
): Operation | undefined {
  // In another namespace its elements are others, too.
  const isMoved = (former: Operation): boolean =>
    former.name === operation.name &&
    outlineOf(before, former.request) === outlineOf(after, operation.request) &&
    outlineOf(before, former.response) === outlineOf(after, operation.response);
  const fits = (former: Operation): boolean =>
    former.request === operation.request ||
    renamed.get(former.request) === operation.request ||
    isMoved(former) ||
    (structure.isSame(former.request, operation.request) &&
      structure.isSame(former.response, operation.response));
  const scored = removed
    .filter(
      (former) =>
        former.service === operation.service ||
        former.request === operation.request ||
        former.name === operation.name,
    )
    .filter(fits)
    .map((former) => ({
      former,
      score: similarity(former.name.toLowerCase(), operation.name.toLowerCase()),
    }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  return scored[0]?.former;
}

/** Members by local name, with type and number. */
function outlineOf(model: Model, id: TypeId): string {
  const type = typeOf(model, id);
  if (type?.kind !== "complex") return id;
  const elements = type.content.kind === "elements" ? elementsOf(normalise(type.content.particle)) : [];
  return JSON.stringify([
    elements.map(({ element, min, max }) => [element.name.local, displayType(element.type), min, max]),
    type.attributes.map(({ name, required }) => [name.local, required]),
  ]);
}

function countMembers(model: Model, operation: Operation): number {
  return countType(model, operation.request) + countType(model, operation.response);
}

function countType(model: Model, id: TypeId): number {
  const type = typeOf(model, id);
  if (type?.kind !== "complex") return 0;
  const elements = type.content.kind === "elements" ? elementsOf(normalise(type.content.particle)) : [];
  return elements.length + type.attributes.length;
}
