/** Which types the declarations of a model use. */
import { derivedTypes } from "../model/query.js";
import type { Model, TypeDefinition, TypeId } from "../model/types.js";
import { normalise } from "./normal.js";

/** Whether some declaration uses the type: then it comes and goes with what uses it. */
export function isReferenced(model: Model, id: TypeId): boolean {
  return referencedTypes(model).has(id);
}

/** A type that others derive from, and that nothing else uses, comes and goes with those. */
export function isOnlyBase(model: Model, id: TypeId): boolean {
  return derivedTypes(model, id).some((derived) => isReferenced(model, derived));
}

/** Whether `xsi:type` may name the type in place of one that is in use. */
export function isDerivedInUse(model: Model, type: TypeDefinition): boolean {
  const used = referencedTypes(model);
  const seen = new Set<TypeId>();
  let base = model.types[type.base];
  for (; base !== undefined && !seen.has(base.id); base = model.types[base.base]) {
    seen.add(base.id);
    if (used.has(base.id)) return true;
  }
  return false;
}

const references = new WeakMap<Model, ReadonlySet<TypeId>>();

/** Types that an element, an attribute, a list or a union uses. */
function referencedTypes(model: Model): ReadonlySet<TypeId> {
  let used = references.get(model);
  if (used !== undefined) return used;
  const found = new Set<TypeId>();
  type Leaf = Parameters<typeof normalise>[0];
  const visit = (particle: Leaf): void => {
    if (particle === undefined || particle.kind === "any") return;
    if (particle.kind === "element") {
      found.add(particle.type);
      for (const alternative of particle.alternatives ?? []) found.add(alternative.type);
    } else particle.particles.forEach(visit);
  };
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple") {
      if (type.item !== undefined) found.add(type.item);
      for (const member of type.members ?? []) found.add(member);
      continue;
    }
    for (const attribute of type.attributes) found.add(attribute.type);
    if (type.content.kind === "simple") found.add(type.content.type);
    if (type.content.kind === "elements") visit(type.content.particle);
  }
  for (const element of Object.values(model.elements)) found.add(element.type);
  for (const attribute of Object.values(model.attributes)) found.add(attribute.type);
  used = found;
  references.set(model, used);
  return used;
}
