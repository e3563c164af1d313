/** What elements, local and global, and types have in common: blocked derivations, identity constraints. */
import { derivedTypes } from "../model/query.js";
import type { Alternative, DerivationMethod, IdentityConstraint, Model, TypeId } from "../model/types.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { Effect } from "./types.js";

interface Derivable {
  readonly block?: readonly DerivationMethod[];
  readonly final?: readonly DerivationMethod[];
  /** An element: its type and substitution group are what `block` is about. */
  readonly type?: TypeId;
  readonly ref?: string;
  /** A type itself. */
  readonly id?: string;
}

/** Compares `block` or `final`. */
export function compareSets(
  comparison: Comparison,
  old: Derivable,
  current: Derivable,
  name: "block" | "final",
  place: Place,
): void {
  const [before, after] = [old[name] ?? [], current[name] ?? []];
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  const effect = (full: Effect): { readonly effect?: Effect } =>
    name === "block"
      ? {
          effect:
            hasStandIns(comparison.before, old) || hasStandIns(comparison.after, current) ? full : "equal",
        }
      : {};
  if (added.length > 0) {
    comparison.add(`type.${name}.added`, place, { new: { value: added.join(" ") }, ...effect("narrowing") });
  }
  if (removed.length > 0) {
    comparison.add(`type.${name}.removed`, place, {
      old: { value: removed.join(" ") },
      ...effect("widening"),
    });
  }
}

/** Whether another type or element may stand in: only then does blocking change anything. */
function hasStandIns(model: Model, { type, ref, id }: Derivable): boolean {
  const own = type ?? id;
  if (own !== undefined && derivedTypes(model, own).length > 0) return true;
  return [ref, id].some((each) => each !== undefined && (model.substitutions[each] ?? []).length > 0);
}

/** Compares identity constraints by name. */
export function compareConstraints(
  comparison: Comparison,
  old: { readonly constraints: readonly IdentityConstraint[] },
  current: { readonly constraints: readonly IdentityConstraint[] },
  at: Place,
): void {
  const text = ({ kind, selector, fields, refer }: IdentityConstraint): string =>
    `${kind} ${selector} (${fields.join(", ")})${refer === undefined ? "" : ` of ${refer}`}`;
  const before = new Map(old.constraints.map((constraint) => [constraint.id, constraint]));
  const placeOf = (constraint: IdentityConstraint, spans: Partial<Place>): Place => ({
    ...at,
    component: { ...at.component, path: [...at.component.path, `#${constraint.name.local}`] },
    key: `${at.key}#${constraint.name.local}`,
    ...spans,
  });
  for (const constraint of current.constraints) {
    const previous = before.get(constraint.id);
    before.delete(constraint.id);
    if (previous === undefined) {
      comparison.add("element.identity.added", placeOf(constraint, { newSpan: constraint.span }), {
        new: { value: text(constraint) },
      });
    } else if (text(previous) !== text(constraint)) {
      comparison.add(
        "element.identity.changed",
        placeOf(constraint, { oldSpan: previous.span, newSpan: constraint.span }),
        valueSides(text(previous), text(constraint)),
      );
    }
  }
  for (const constraint of before.values()) {
    comparison.add("element.identity.removed", placeOf(constraint, { oldSpan: constraint.span }), {
      old: { value: text(constraint) },
    });
  }
}

interface Conditional {
  readonly alternatives?: readonly Alternative[];
}

/** XSD 1.1 conditional types. */
export function compareAlternatives(
  comparison: Comparison,
  former: Conditional,
  element: Conditional,
  place: Place,
): void {
  const text = ({ alternatives = [] }: Conditional): string =>
    alternatives.map(({ test, type }) => `${test ?? "otherwise"}: ${displayType(type)}`).join("; ");
  if (text(former) === text(element)) return;
  comparison.add(
    "type.alternative.changed",
    place,
    valueSides(text(former) || undefined, text(element) || undefined),
  );
}
