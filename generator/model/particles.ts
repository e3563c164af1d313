/** Particles and model groups, named groups expanded in place (Part 1, clauses 3.7 to 3.9). */
import type {
  ElementSyntax,
  GroupSyntax,
  ModelGroupSyntax,
  ParticleSyntax,
  QNameRef,
} from "../schema/types.js";
import type { Declared, Scope } from "./symbols.js";
import { checkForeignNamespace, documented } from "./attributes.js";
import { inheritedConstraint, valueConstraint } from "./preset.js";
import { anyTypeId } from "./builtins.js";
import { alternativesOf, blockOf, constraintsOf, elementById, typeOfElement } from "./elements.js";
import { declaredAs, fail, guarded, lookUp, meantName, type Resolution } from "./resolution.js";
import {
  idOf,
  type ElementParticle,
  type GroupParticle,
  type ModelGroupDefinition,
  type Particle,
} from "./types.js";
import { wildcardFrom } from "./wildcard.js";

/** Where particles stand: the path for anonymous types, and what a redefinition may refer to. */
export interface ContentPlace {
  readonly id: string;
  readonly scope: Scope;
  readonly restricts?: boolean;
  readonly original?: Declared<GroupSyntax> | undefined;
  readonly originalId?: string;
}

/** The particle that a piece of syntax means; undefined where it cannot occur (maxOccurs is 0) or means nothing. */
export function particleFrom(
  r: Resolution,
  syntax: ParticleSyntax,
  place: ContentPlace,
): Particle | undefined {
  switch (syntax.kind) {
    case "element":
      return elementParticle(r, syntax, place);
    case "sequence":
    case "choice":
    case "all":
      return groupParticle(r, syntax, place);
    case "groupRef": {
      const occurs = { min: syntax.minOccurs, max: syntax.maxOccurs };
      const definition = referredGroup(r, syntax.ref, place);
      if (definition === undefined || occurs.max === 0) return undefined;
      const particle = { ...definition.particle, ...occurs, span: syntax.at, group: idOf(definition.name) };
      sizes.set(particle, sizeOf(definition.particle));
      return particle;
    }
    case "any":
    case "anyAttribute":
      if (!("minOccurs" in syntax) || syntax.maxOccurs === 0) return undefined;
      return {
        kind: "any",
        min: syntax.minOccurs,
        max: syntax.maxOccurs,
        wildcard: wildcardFrom(r, syntax, place.scope),
        span: syntax.at,
      };
  }
}

function groupParticle(
  r: Resolution,
  syntax: ModelGroupSyntax,
  place: ContentPlace,
): GroupParticle | undefined {
  const particles = syntax.particles
    .map((part) => particleFrom(r, part, place))
    .filter((particle) => particle !== undefined);
  if (syntax.maxOccurs === 0) return undefined;
  const { count, depth } = sizeOfAll(particles);
  const fits = count <= maxParticles && depth <= maxDepth;
  if (!fits) {
    const what =
      depth > maxDepth
        ? `the groups of the content model are nested more than ${String(maxDepth)} deep`
        : `the content model has more than ${String(maxParticles)} particles when the groups in it are expanded`;
    fail(r, "content-limit", "3.8", what, syntax.at);
  }
  const particle: GroupParticle = {
    kind: syntax.kind,
    min: syntax.minOccurs,
    max: syntax.maxOccurs,
    particles: fits ? particles : [],
    ...documented(syntax),
    span: syntax.at,
  };
  if (fits) sizes.set(particle, { count, depth });
  return particle;
}

/** More than any schema has: a few groups that refer to each other twice grow without bounds. */
const maxParticles = 100_000;
const maxDepth = 200;

interface Size {
  /** Particles, once groups are expanded. */
  readonly count: number;
  readonly depth: number;
}
const sizes = new WeakMap<Particle, Size>();
const single: Size = { count: 1, depth: 1 };

function sizeOf(particle: Particle): Size {
  return sizes.get(particle) ?? single;
}

function sizeOfAll(particles: readonly Particle[]): Size {
  let count = 1;
  let depth = 0;
  for (const part of particles) {
    const size = sizeOf(part);
    count += size.count;
    depth = Math.max(depth, size.depth);
  }
  return { count, depth: depth + 1 };
}

/** A group of particles, such as that of a base type and the own one, of which is known how much it holds. */
export function measured(particle: GroupParticle): GroupParticle {
  sizes.set(particle, sizeOfAll(particle.particles));
  return particle;
}

/** How many particles a particle holds, groups expanded. */
export const countOf = (particle: Particle | undefined): number =>
  particle === undefined ? 0 : sizeOf(particle).count;

/** How many groups are being made, each for the one before. */
const depths = new WeakMap<Resolution, number>();

/** A named model group with everything it refers to. */
export function groupById(r: Resolution, id: string): ModelGroupDefinition | undefined {
  const declared = declaredAs(r, "groups", id);
  return declared === undefined ? undefined : groupFrom(r, declared, id);
}

function groupFrom(
  r: Resolution,
  declared: Declared<GroupSyntax>,
  id: string,
): ModelGroupDefinition | undefined {
  const { syntax, scope, name, original } = declared;
  return guarded<ModelGroupDefinition>(
    r,
    `group ${id}`,
    syntax.at,
    r.groups.get(id),
    () => {
      const path = `{${name.namespace}}group::${name.local}${id.endsWith("/$base") ? "/$base" : ""}`;
      const place = { id: path, scope, original, originalId: `${id}/$base` };
      const depth = depths.get(r) ?? 0;
      if (depth >= maxDepth) {
        fail(r, "content-limit", "3.7", `groups are nested more than ${String(maxDepth)} deep`, syntax.at);
        return undefined;
      }
      depths.set(r, depth + 1);
      const particle = groupParticle(r, syntax.particle, place);
      depths.set(r, depth);
      if (particle === undefined) return undefined;
      const group: ModelGroupDefinition = {
        id,
        name,
        particle,
        ...documented(syntax),
        span: syntax.at,
        extent: syntax.extent,
      };
      r.groups.set(id, group);
      if (original !== undefined && !r.groups.has(place.originalId)) {
        groupFrom(r, original, place.originalId);
        r.redefined.push({ kind: "group", id });
      }
      return group;
    },
    () => {
      fail(r, "circular-group", "mg-props-correct.2", `the group "${name.local}" contains itself`, syntax.at);
      return undefined;
    },
  );
}

function referredGroup(
  r: Resolution,
  ref: Parameters<typeof lookUp>[2],
  place: ContentPlace,
): ModelGroupDefinition | undefined {
  const { original } = place;
  if (original !== undefined && idOf(meantName(ref, place.scope)) === original.id) {
    return groupFrom(r, original, place.originalId ?? `${original.id}/$base`);
  }
  const id = lookUp(r, "groups", ref, place.scope);
  return id === undefined ? undefined : groupById(r, id);
}

function elementParticle(
  r: Resolution,
  syntax: ElementSyntax,
  place: ContentPlace,
): ElementParticle | undefined {
  return syntax.ref === undefined
    ? localElement(r, syntax, syntax.name, place)
    : elementReference(r, syntax, syntax.ref, place);
}

function elementReference(
  r: Resolution,
  syntax: ElementSyntax,
  ref: QNameRef,
  { scope }: ContentPlace,
): ElementParticle | undefined {
  const occurs = { min: syntax.minOccurs, max: syntax.maxOccurs, span: syntax.at, extent: syntax.extent };
  const id = lookUp(r, "elements", ref, scope);
  if (syntax.maxOccurs === 0) return undefined;
  const declaration = id === undefined ? undefined : elementById(r, id);
  if (declaration === undefined) {
    if (!r.lazy) return undefined;
    const name = meantName(ref, scope);
    return {
      kind: "element",
      name,
      type: anyTypeId,
      nillable: false,
      abstract: false,
      form: "qualified",
      block: [],
      constraints: [],
      ...occurs,
    };
  }
  return {
    kind: "element",
    name: declaration.name,
    ref: declaration.id,
    type: declaration.type,
    nillable: declaration.nillable,
    abstract: declaration.abstract,
    ...inheritedConstraint(declaration),
    form: "qualified",
    block: declaration.block,
    constraints: declaration.constraints,
    ...(declaration.alternatives === undefined ? {} : { alternatives: declaration.alternatives }),
    ...(declaration.documentation === undefined ? {} : { documentation: declaration.documentation }),
    ...documented(syntax),
    ...occurs,
  };
}

/** A declaration inside a content model. A large schema has hundreds of thousands, so it is put together in one go. */
function localElement(
  r: Resolution,
  syntax: ElementSyntax,
  local: string | undefined,
  place: ContentPlace,
): ElementParticle | undefined {
  if (local === undefined) return undefined;
  const { scope } = place;
  const form = syntax.form ?? scope.document.elementForm;
  const namespace = syntax.targetNamespace ?? (form === "qualified" ? scope.namespace : "");
  checkForeignNamespace(r, syntax, place, "src-element.4.3");
  const path = `${place.id}/${local}`;
  const owner = { kind: "element", id: path, local } as const;
  const type = typeOfElement(r, syntax, scope, path, owner) ?? anyTypeId;
  const constraints = constraintsOf(r, syntax, scope);
  // A declaration that cannot occur is still checked, as above, but stands for no component.
  if (syntax.maxOccurs === 0) return undefined;
  const particle: { -readonly [key in keyof ElementParticle]: ElementParticle[key] } = {
    kind: "element",
    name: { namespace, local },
    type,
    min: syntax.minOccurs,
    max: syntax.maxOccurs,
    nillable: syntax.nillable,
    abstract: syntax.abstract,
    form,
    block: blockOf(syntax, scope),
    constraints,
    span: syntax.at,
    extent: syntax.extent,
  };
  if (syntax.default !== undefined || syntax.fixed !== undefined)
    Object.assign(particle, valueConstraint(syntax, scope));
  if (syntax.alternatives.length > 0) Object.assign(particle, alternativesOf(r, syntax, scope, path));
  const documentation = syntax.annotation?.documentation;
  if (documentation !== undefined) particle.documentation = documentation;
  return particle;
}
