/** Which directions of traffic reach a type. */
import type { Model, Particle, TypeId } from "../model/types.js";
import type { Direction, Operation, Service } from "./types.js";

/**
 * Says for each type whether requests, responses, both or neither reach it: through members, attributes, bases, items
 * and members of unions, and types that may stand for an element's type by `xsi:type` (not those of a slot).
 */
export function directionsOf(model: Model, service: Service | undefined): (type: TypeId) => Direction {
  if (service === undefined) return () => "none";
  const derived = derivedTypes(model, new Set(service.slots));
  const request = reach(model, derived, service.operations, "request");
  const response = reach(model, derived, service.operations, "response");
  return (type) =>
    request.has(type) ? (response.has(type) ? "both" : "request") : response.has(type) ? "response" : "none";
}

function reach(
  model: Model,
  derived: ReadonlyMap<TypeId, readonly TypeId[]>,
  operations: readonly Operation[],
  side: "request" | "response",
): ReadonlySet<TypeId> {
  const reached = new Set<TypeId>();
  const queue: TypeId[] = [];
  const add = (id: TypeId | undefined): void => {
    if (id === undefined || reached.has(id) || model.types[id] === undefined) return;
    reached.add(id);
    queue.push(id);
  };
  /** The type of an element: a derived one may come in its place. */
  const addElementType = (id: TypeId): void => {
    add(id);
    for (const other of derived.get(id) ?? []) add(other);
  };
  const addParticle = (particle: Particle): void => {
    if (particle.kind === "any") return;
    if (particle.kind !== "element") {
      for (const part of particle.particles) addParticle(part);
      return;
    }
    addElementType(particle.type);
    for (const { type } of particle.alternatives ?? []) addElementType(type);
    for (const member of (particle.ref && model.substitutions[particle.ref]) ?? []) {
      const element = model.elements[member];
      if (element) addElementType(element.type);
    }
  };
  for (const operation of operations) add(operation[side]);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const type = model.types[id];
    if (type === undefined) continue;
    add(type.base);
    if (type.kind === "simple") {
      add(type.item);
      for (const member of type.members ?? []) add(member);
      continue;
    }
    for (const attribute of type.attributes) add(attribute.type);
    if (type.content.kind === "simple") add(type.content.type);
    if (type.content.kind === "elements" && type.content.particle) addParticle(type.content.particle);
  }
  return reached;
}

/** Complex types by all their ancestors that are not slots. */
function derivedTypes(model: Model, slots: ReadonlySet<TypeId>): ReadonlyMap<TypeId, readonly TypeId[]> {
  const derived = new Map<TypeId, TypeId[]>();
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex" || type.name === undefined) continue;
    const seen = new Set<TypeId>([type.id]);
    for (let id = type.base; model.types[id] && !seen.has(id); id = model.types[id]?.base ?? id) {
      seen.add(id);
      if (slots.has(id)) continue;
      const list = derived.get(id);
      if (list) list.push(type.id);
      else derived.set(id, [type.id]);
    }
  }
  return derived;
}
