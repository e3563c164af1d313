/**
 * A normal form of content models, in which what means the same looks the same: single groups dissolved,
 * occurrence of one-part groups merged, what may not occur dropped. Comparing normal forms keeps regrouping
 * from being reported as a change.
 */
import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from "../model/types.js";
import type { Span } from "../diagnostics.js";

export type Part = ElementPart | GroupPart | WildcardPart;

interface Occurrence {
  readonly min: number;
  readonly max: number | "unbounded";
  readonly span: Span;
}

export interface ElementPart extends Occurrence {
  readonly kind: "element";
  readonly element: ElementParticle;
}

export interface WildcardPart extends Occurrence {
  readonly kind: "any";
  readonly any: WildcardParticle;
}

export interface GroupPart extends Occurrence {
  readonly kind: GroupParticle["kind"];
  readonly parts: readonly Part[];
}

/** The normal form of a content model; undefined when nothing may occur. */
export function normalise(particle: Particle | undefined): Part | undefined {
  if (particle === undefined || particle.max === 0) return undefined;
  const { min, max, span } = particle;
  if (particle.kind === "element") return { kind: "element", element: particle, min, max, span };
  if (particle.kind === "any") return { kind: "any", any: particle, min, max, span };

  const parts: Part[] = [];
  for (const child of particle.particles) {
    const part = normalise(child);
    if (part === undefined) continue;
    const dissolves = part.kind === particle.kind && part.kind !== "all" && part.min === 1 && part.max === 1;
    if (dissolves && isGroup(part)) parts.push(...part.parts);
    else parts.push(part);
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  if (parts.length === 1) {
    const merged = mergeOccurrence(first, min, max);
    if (merged !== undefined) return merged;
  }
  return { kind: particle.kind, parts, min, max, span };
}

/** A part inside a group of its own, when both occurrences make one; undefined when they do not. */
function mergeOccurrence(part: Part, min: number, max: number | "unbounded"): Part | undefined {
  if (min === 1 && max === 1) return part;
  if (part.min === 1 && part.max === 1) return { ...part, min, max };
  // (a?){m,n} accepts what a{0,n} accepts; (a*){m,n} what a* accepts.
  if (part.min === 0 && (part.max === 1 || part.max === "unbounded")) {
    return { ...part, min: 0, max: part.max === "unbounded" ? "unbounded" : max };
  }
  return undefined;
}

export function isGroup(part: Part): part is GroupPart {
  return part.kind === "sequence" || part.kind === "choice" || part.kind === "all";
}

/** Whether nothing at all satisfies a part. */
export function isEmptiable(part: Part): boolean {
  if (part.min === 0) return true;
  switch (part.kind) {
    case "element":
    case "any":
      return false;
    case "choice":
      return part.parts.some(isEmptiable);
    case "sequence":
    case "all":
      return part.parts.every(isEmptiable);
  }
}

/** A part as the content of a group of the given kind. */
export function partsOf(part: Part | undefined, kind: GroupPart["kind"]): readonly Part[] {
  if (part === undefined) return [];
  return part.kind === kind && part.min === 1 && part.max === 1 && isGroup(part) ? part.parts : [part];
}

/** All elements of a part, in document order. */
export function elementsOf(part: Part): readonly ElementPart[] {
  if (part.kind === "element") return [part];
  return isGroup(part) ? part.parts.flatMap(elementsOf) : [];
}
