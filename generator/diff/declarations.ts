/** What elements, local and global, and types have in common: blocked derivations, conditional types. */
import { derivedTypes } from "../model/query.js";
import type { Alternative, DerivationMethod, Model, TypeId } from "../model/types.js";
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
