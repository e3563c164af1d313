/** Content as a simplified tree: without empty and needless groups, each part knowing the type that declares it. */
import { typeOf } from "./query.js";
import type {
  ComplexType,
  ElementParticle,
  GroupId,
  Model,
  Particle,
  TypeId,
  WildcardParticle,
} from "./types.js";

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A part of content: an element, a wildcard, or a group of parts. */
export type Node = ElementNode | AnyNode | GroupNode;

/** An element, and the type whose content declares it. */
export interface ElementNode extends Bounds {
  readonly kind: "element";
  readonly particle: ElementParticle;
  readonly declaredIn: TypeId;
}

/** `xs:any`. */
export interface AnyNode extends Bounds {
  readonly kind: "any";
  readonly particle: WildcardParticle;
}

interface GroupNode extends Bounds {
  readonly kind: "sequence" | "choice" | "all";
  readonly parts: readonly Node[];
  readonly group: GroupId | undefined;
}

const number = (max: number | "unbounded"): number => (max === "unbounded" ? Infinity : max);
/** A bound of a tree as a schema writes it. */
export const bound = (max: number): number | "unbounded" => (max === Infinity ? "unbounded" : max);
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** A tree without empty and needless groups that accepts the same; undefined when it accepts empty content only. */
export function simplify(particle: Particle, declaredIn: TypeId): Node | undefined {
  const min = particle.min;
  const max = number(particle.max);
  if (max === 0) return undefined;
  switch (particle.kind) {
    case "element":
      return { kind: "element", particle, declaredIn, min, max };
    case "any":
      return { kind: "any", particle, min, max };
    case "sequence":
    case "choice":
    case "all": {
      const parts = particle.particles.map((part) => simplify(part, declaredIn));
      return group(particle.kind, parts, { min, max }, particle.group);
    }
  }
}

function group(
  kind: GroupNode["kind"],
  given: readonly (Node | undefined)[],
  { min, max }: Bounds,
  name: GroupId | undefined,
): Node | undefined {
  let parts = given.filter((part) => part !== undefined);
  let low = min;
  if (kind === "choice" ? given.every(isImpossible) : parts.some(isImpossible))
    return min === 0 ? undefined : { kind: "choice", parts: [], min: 1, max: 1, group: name };
  if (kind === "choice") {
    if (parts.length < given.length) low = 0;
    parts = parts.flatMap((part) => {
      if (part.kind !== "choice" || part.max !== 1) return [part];
      if (part.min === 0) low = 0;
      return part.parts;
    });
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  if (parts.length === 1 && isExactProduct({ min: low, max }, first)) {
    return { ...first, min: times(low, first.min), max: times(max, first.max) };
  }
  if (kind !== "choice" && max === 1 && parts.every(isEmptiable)) low = 1;
  return { kind, parts, min: low, max, group: name };
}

/** A choice of nothing, which no content satisfies, not even empty content (Structures 3.8.4, clause 2.2). */
export function isImpossible(node: Node | undefined): boolean {
  return node?.kind === "choice" && node.parts.length === 0;
}

/** Whether repeating a particle gives every count between the products: a{2} three times gives 2, 4, 6 only. */
function isExactProduct(outer: Bounds, inner: Bounds): boolean {
  if (outer.min === outer.max && inner.min === inner.max) return true;
  if (inner.min <= 1) return true;
  // The gap between repeating i and i + 1 times is widest at the smallest i.
  if (outer.min === outer.max) return true;
  return times(outer.min, inner.max) + 1 >= (outer.min + 1) * inner.min;
}

export function isEmptiable(node: Node): boolean {
  if (node.min === 0) return true;
  switch (node.kind) {
    case "element":
    case "any":
      return false;
    case "sequence":
    case "all":
      return node.parts.every(isEmptiable);
    case "choice":
      return node.parts.some(isEmptiable);
  }
}

/** The effective content of a type, each part knowing the type that declares it. */
export function contentTree(model: Model, type: ComplexType): Node | undefined {
  const { content } = type;
  if (content.kind !== "elements" || content.particle === undefined) return undefined;
  const base = extendedContent(model, type);
  if (base === undefined) return simplify(content.particle, type.id);
  const inherited = contentTree(model, base);
  const own = content.own === undefined ? undefined : simplify(content.own, type.id);
  if (content.particle.kind === "all") {
    const parts = [inherited, own].flatMap((part): readonly (Node | undefined)[] =>
      part?.kind === "all" ? part.parts : [part],
    );
    return group("all", parts, { min: 1, max: 1 }, undefined);
  }
  return group("sequence", [inherited, own], { min: 1, max: 1 }, undefined);
}

/** The base whose element content an extension continues. */
export function extendedContent(model: Model, type: ComplexType): ComplexType | undefined {
  if (type.derivation !== "extension") return undefined;
  const base = typeOf(model, type.base);
  return base?.kind === "complex" && base.content.kind === "elements" && base.content.particle !== undefined
    ? base
    : undefined;
}
