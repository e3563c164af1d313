/** Set algebra over the namespaces of wildcards (clause 3.10.6). */
import { admitsNamespace } from "../model/query.js";
import type { Wildcard } from "../model/types.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { Effect } from "./types.js";

type Namespaces = Wildcard["namespaces"];

/** How the set of namespaces changed. */
export function compareNamespaces(before: Namespaces, after: Namespaces): Effect {
  const grew = contains(after, before);
  const shrank = contains(before, after);
  if (grew && shrank) return "equal";
  if (grew) return "widening";
  return shrank ? "narrowing" : "overlap";
}

function contains(outer: Namespaces, inner: Namespaces): boolean {
  if (outer.kind === "any") return true;
  if (inner.kind === "any") return outer.kind === "not" && outer.uris.length === 0;
  if (inner.kind === "in") return inner.uris.every((uri) => admitsNamespace({ namespaces: outer }, uri));
  // The complement of a finite set is infinite, so only another complement holds it.
  return outer.kind === "not" && outer.uris.every((uri) => !admitsNamespace({ namespaces: inner }, uri));
}

/** Namespaces and checking of two wildcards at one place. */
export function compareWildcards(
  comparison: Comparison,
  before: Wildcard,
  after: Wildcard,
  place: Place,
): void {
  const effect = compareNamespaces(before.namespaces, after.namespaces);
  if (effect !== "equal") {
    const rule = { widening: "widened", narrowing: "narrowed" } as const;
    const name = effect === "widening" || effect === "narrowing" ? rule[effect] : "changed";
    comparison.add(`wildcard.namespace.${name}`, place, {
      old: { value: JSON.stringify(before.namespaces) },
      new: { value: JSON.stringify(after.namespaces) },
    });
  }
  if (before.process !== after.process) {
    const order = ["strict", "lax", "skip"];
    const relaxed = order.indexOf(after.process) > order.indexOf(before.process);
    comparison.add(
      relaxed ? "wildcard.process.relaxed" : "wildcard.process.tightened",
      place,
      valueSides(before.process, after.process),
    );
  }
}
