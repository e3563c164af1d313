/** From what a type derives, and what that lets it stand for. */
import { directlyDerived, typeOf } from "../model/query.js";
import { idOf, type ComplexType, type Model, type TypeDefinition, type TypeId } from "../model/types.js";
import type { SharedAncestor } from "./content.js";
import { elementsOf, normalise } from "./normal.js";
import { displayType, isAnonymous } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { isReferenced } from "./references.js";
import type { Effect } from "./types.js";

/** The nearest type that both extend, directly or not. */
export function sharedAncestor(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
): SharedAncestor | undefined {
  const { before, after, structure } = comparison;
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
    if (current !== undefined && !isRedistributed(comparison, old, current)) return { old, current };
  }
  return undefined;
}

const redistributed = new WeakMap<Comparison, Map<TypeId, boolean>>();

/**
 * Whether elements went from a type that nobody uses itself into some of those that extend it, or came from there: what
 * that changes is told at each of these, compared as a whole.
 */
export function isRedistributed(comparison: Comparison, old: TypeId, current: TypeId): boolean {
  const known = redistributed.get(comparison) ?? new Map<TypeId, boolean>();
  redistributed.set(comparison, known);
  let result = known.get(old);
  if (result === undefined) known.set(old, (result = findRedistributed(comparison, old, current)));
  return result;
}

function findRedistributed({ before, after, structure }: Comparison, old: TypeId, current: TypeId): boolean {
  if (isReferenced(before, old) || isReferenced(after, current)) return false;
  const was = ownNames(before, old);
  const is = ownNames(after, current);
  const gone = [...was].filter((name) => !is.has(name));
  const came = [...is].filter((name) => !was.has(name));
  if (gone.length + came.length === 0) return false;
  const now = directlyDerived(after, current);
  return directlyDerived(before, old).some((id) => {
    const counterpart = now.find((newId) => structure.corresponds(id, newId));
    if (counterpart === undefined) return false;
    const [had, has] = [ownNames(before, id), ownNames(after, counterpart)];
    return (
      gone.some((name) => has.has(name) && !had.has(name)) ||
      came.some((name) => had.has(name) && !has.has(name))
    );
  });
}

/** The elements that a type adds to its base, by name. */
function ownNames(model: Model, id: TypeId): ReadonlySet<string> {
  const type = model.types[id];
  const isOwn = type?.kind === "complex" && type.derivation === "extension" && model.types[type.base];
  const content = type?.kind === "complex" && type.content.kind === "elements" ? type.content : undefined;
  const particle = isOwn ? content?.own : content?.particle;
  return new Set(elementsOf(normalise(particle)).map(({ element }) => idOf(element.name)));
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
    const effect: Effect = left ? (joined ? "overlap" : "narrowing") : joined ? "widening" : "equal";
    // What was redefined is its own base, without a name.
    const isRedefined = [before.types[former.base], after.types[type.base]].some(
      (base) => base !== undefined && isAnonymous(base),
    );
    if (isRedefined && effect === "equal") return;
    comparison.add("type.base.replaced", place, {
      old: { type: displayType(former.base) },
      new: { type: displayType(type.base) },
      effect,
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
