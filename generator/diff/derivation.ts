/** From what a type derives, and what that lets it stand for. */
import { typeOf } from "../model/query.js";
import type { ComplexType, Model, TypeDefinition, TypeId } from "../model/types.js";
import type { SharedAncestor } from "./content.js";
import { displayType } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { isReferenced } from "./references.js";

/** The nearest type that both extend, directly or not. */
export function sharedAncestor(
  { before, after, structure }: Comparison,
  former: ComplexType,
  type: ComplexType,
): SharedAncestor | undefined {
  const extended = (model: Model, from: ComplexType): readonly TypeId[] => {
    const found: TypeId[] = [];
    for (
      let each: TypeDefinition | undefined = from;
      each?.kind === "complex" && each.derivation === "extension";
    ) {
      if (found.includes(each.base)) break;
      found.push(each.base);
      each = typeOf(model, each.base);
    }
    return found;
  };
  const bases = extended(after, type);
  for (const old of extended(before, former)) {
    const current = bases.find((id) => structure.corresponds(old, id));
    if (current !== undefined) return { old, current };
  }
  return undefined;
}

/** What the base of a type has become, and by what it derives from it. */
export function compareDerivation(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
): void {
  const { before, after } = comparison;
  const sameBase = comparison.structure.corresponds(former.base, type.base);
  const hasBase = before.types[former.base] !== undefined || after.types[type.base] !== undefined;
  if (!sameBase && hasBase) {
    // By xsi:type a type that has a name may stand for its bases, where somebody uses one of them.
    const isNamed = former.name !== undefined && type.name !== undefined;
    const [was, is] = isNamed ? [basesOf(before, former), basesOf(after, type)] : [[], []];
    const { corresponds } = comparison.structure;
    const left = was.some((id) => isReferenced(before, id) && !is.some((other) => corresponds(id, other)));
    const joined = is.some((id) => isReferenced(after, id) && !was.some((other) => corresponds(other, id)));
    comparison.add("type.base.replaced", place, {
      old: { type: displayType(former.base) },
      new: { type: displayType(type.base) },
      effect: left ? (joined ? "overlap" : "narrowing") : joined ? "widening" : "equal",
      source: { read: "safe", build: "safe", meta: "safe" },
    });
  } else if (sameBase && former.derivation !== type.derivation) {
    comparison.add(`type.derivation.${former.derivation}-to-${type.derivation}`, place);
  }
}

/** The named types that a type derives from, directly or not. */
function basesOf(model: Model, type: ComplexType): readonly TypeId[] {
  const found: TypeId[] = [];
  for (
    let base = model.types[type.base];
    base !== undefined && !found.includes(base.id);
    base = model.types[base.base]
  ) {
    found.push(base.id);
  }
  return found;
}
