/** Arithmetic of effects. */
import type { Effect } from "./types.js";

/** The effect of the reverse change. */
export function inverseEffect(effect: Effect): Effect {
  if (effect === "widening") return "narrowing";
  return effect === "narrowing" ? "widening" : effect;
}

/** The effect of two changes together, or of one seen in two surroundings. */
export function joinEffects(a: Effect, b: Effect): Effect {
  if (a === b || b === "equal") return a;
  if (a === "equal") return b;
  if (a === "disjoint" || b === "disjoint") return "disjoint";
  if (a === "overlap" || b === "overlap") return "overlap";
  return a === "unknown" || b === "unknown" ? "unknown" : "overlap";
}
