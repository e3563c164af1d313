/**
 * A normal form of content models, in which what means the same looks the same: single groups dissolved,
 * occurrence of one-part groups merged, what may not occur dropped. Comparing normal forms keeps regrouping
 * from being reported as a change.
 */
import type { Span } from "../diagnostics.js";
import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from "../model/types.js";

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
  const part = particle === undefined ? undefined : normalForm(particle);
  return part === "empty" ? undefined : part;
}

/** `empty`: only nothing satisfies it; undefined: as if it were not written. */
function normalForm(particle: Particle): Part | "empty" | undefined {
  if (particle.max === 0) return undefined;
  const { min, max, span } = particle;
  if (particle.kind === "element") return { kind: "element", element: particle, min, max, span };
  if (particle.kind === "any") return { kind: "any", any: particle, min, max, span };

  const parts: Part[] = [];
  let hasEmptyBranch = false;
  for (const child of particle.particles) {
    const part = normalForm(child);
    if (part === "empty") hasEmptyBranch = true;
    else if (part !== undefined) for (const inner of dissolve(part, particle.kind)) parts.push(inner);
  }
  if (parts.length === 0) return "empty";
  // A branch in which nothing stands makes the whole choice optional.
  const least = particle.kind === "choice" && hasEmptyBranch ? 0 : min;
  return group(particle.kind, parts, least, max, span);
}

/** A part as parts of a group of the given kind around it. */
function dissolve(part: Part, kind: GroupPart["kind"]): readonly Part[] {
  const dissolves = part.kind === kind && kind !== "all" && part.min === 1 && part.max === 1;
  return dissolves && isGroup(part) ? part.parts : [part];
}

/** A group in normal form. */
function group(
  kind: GroupPart["kind"],
  parts: readonly Part[],
  min: number,
  max: number | "unbounded",
  span: Span,
): Part {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) {
    const merged = mergeOccurrence(first, min, max);
    if (merged !== undefined) return merged;
  }
  return { kind, parts, min, max, span };
}

/** A part inside a group of its own, when both occurrences make one; undefined when they do not. */
function mergeOccurrence(part: Part, min: number, max: number | "unbounded"): Part | undefined {
  if (min === 1 && max === 1) return part;
  if (part.min === 1 && part.max === 1) return { ...part, min, max };
  // (a?){m,n} accepts what a{0,n} accepts; (a*){m,n} what a* accepts; (a+)? what a* accepts.
  if (part.min === 0 && (part.max === 1 || part.max === "unbounded")) {
    return { ...part, min: 0, max: part.max === "unbounded" ? "unbounded" : max };
  }
  if (part.min === 1 && part.max === "unbounded") return { ...part, min, max: "unbounded" };
  if (min === 0 && max === 1 && part.min === 1) return { ...part, min: 0 };
  return undefined;
}

/** A content model with one part put in place of another; removed without a replacement. Undefined: nothing is left. */
export function replacePart(root: Part, target: Part, by: Part | undefined): Part | undefined {
  if (root === target) return by;
  if (!isGroup(root)) return root;
  const parts: Part[] = [];
  let changed = false;
  for (const part of root.parts) {
    const replaced = replacePart(part, target, by);
    if (replaced !== part) changed = true;
    if (replaced !== undefined) parts.push(replaced);
  }
  if (!changed) return root;
  return parts.length === 0 ? undefined : { ...root, parts };
}

/** Whether a part has parts itself. */
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

/** All elements of a part, in document order. */
export function elementsOf(part: Part | undefined): readonly ElementPart[] {
  if (part === undefined) return [];
  if (part.kind === "element") return [part];
  return isGroup(part) ? part.parts.flatMap(elementsOf) : [];
}

/** All wildcards of a part, in document order. */
export function wildcardsOf(part: Part | undefined): readonly WildcardPart[] {
  if (part === undefined) return [];
  if (part.kind === "any") return [part];
  return isGroup(part) ? part.parts.flatMap(wildcardsOf) : [];
}

/** A content model in the notation of DTDs: `(a, b?, (c | d)*)`. */
export function formatContent(part: Part | undefined): string {
  if (part === undefined) return "()";
  return part.kind === "element" || part.kind === "any" ? `(${formatPart(part)})` : formatPart(part);
}

/** Two content models in the notation of DTDs; of long ones only where they differ: `(..., b, c, ...)`. */
export function formatDifference(
  old: Part | undefined,
  current: Part | undefined,
): readonly [old: string, current: string] {
  const whole = [formatContent(old), formatContent(current)] as const;
  if (old?.kind !== current?.kind || old === undefined || current === undefined) return whole;
  if (!isGroup(old) || !isGroup(current) || old.parts.length + current.parts.length < 12) return whole;
  const [before, after] = [old.parts.map(formatPart), current.parts.map(formatPart)];
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end++;
  const sign = { sequence: ", ", choice: " | ", all: " & " }[old.kind];
  const show = (parts: readonly string[], { min, max }: Part): string => {
    const shown = parts.slice(Math.max(0, start - 1), parts.length - Math.max(0, end - 1));
    if (start > 1) shown.unshift("...");
    if (end > 1) shown.push("...");
    return `(${shown.join(sign)})${signOf(min, max)}`;
  };
  return [show(before, old), show(after, current)];
}

function formatPart(part: Part): string {
  const sign = signOf(part.min, part.max);
  switch (part.kind) {
    case "element":
      return `${part.element.name.local}${sign}`;
    case "any":
      return `any${sign}`;
    case "sequence":
      return `(${part.parts.map(formatPart).join(", ")})${sign}`;
    case "choice":
      return `(${part.parts.map(formatPart).join(" | ")})${sign}`;
    case "all":
      return `(${part.parts.map(formatPart).join(" & ")})${sign}`;
  }
}

function signOf(min: number, max: number | "unbounded"): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "?";
  if (max === "unbounded" && min < 2) return min === 0 ? "*" : "+";
  return `{${min},${max === "unbounded" ? "" : max}}`;
}

/** A part by what it means, places left out: equal for parts that accept the same and look the same. */
export function meaningOf(part: Part | undefined, typeOf: (part: ElementPart) => string): string {
  if (part === undefined) return "";
  const occurs = `{${part.min},${part.max}}`;
  if (part.kind === "element") {
    const { name, ref, nillable, abstract, form, block, constraints, alternatives } = part.element;
    const { default: standard, fixed } = part.element;
    // Most elements have none of these.
    const isPlain =
      ref === undefined &&
      standard === undefined &&
      fixed === undefined &&
      alternatives === undefined &&
      block.length + constraints.length === 0;
    const further = isPlain
      ? ""
      : JSON.stringify([
          ref,
          block,
          standard,
          fixed,
          constraints.map(({ kind, id, selector, fields, refer, prefixes }) => [
            kind,
            id,
            selector,
            fields,
            refer,
            prefixes,
          ]),
          alternatives,
        ]);
    return [name.namespace, name.local, nillable, abstract, form, further, typeOf(part)].join("\0") + occurs;
  }
  if (part.kind === "any") {
    const { namespaces, process, notNames } = part.any.wildcard;
    return JSON.stringify([occurs, namespaces, process, notNames]);
  }
  return `${part.kind}(${part.parts.map((each) => meaningOf(each, typeOf)).join(",")})${occurs}`;
}
