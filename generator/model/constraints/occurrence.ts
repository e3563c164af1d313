/** How much a particle must and may hold: emptiable, effective total range (Part 1, clauses 3.8.6 and 3.9.6). */
import type { Particle } from "../types.js";

/** Clause cos-group-emptiable: whether the particle accepts no element at all. */
export function isEmptiable(particle: Particle): boolean {
  return particle.min === 0 || totalRange(particle).min === 0;
}

/** A range of how many elements; `max` may be Infinity. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Clauses cos-seq-range and cos-choice-range: the effective total range. */
export function totalRange(particle: Particle): Range {
  const max = particle.max === "unbounded" ? Infinity : particle.max;
  if (particle.kind === "element" || particle.kind === "any") return { min: particle.min, max };
  const parts = particle.particles.map(totalRange);
  let low = 0;
  let high = 0;
  if (particle.kind === "choice") {
    low = parts.reduce((least, part) => Math.min(least, part.min), parts[0]?.min ?? 0);
    high = parts.reduce((most, part) => Math.max(most, part.max), 0);
  } else {
    for (const part of parts) {
      low += part.min;
      high += part.max;
    }
  }
  return { min: particle.min * low, max: max === 0 || high === 0 ? 0 : max * high };
}
