/** Questions that every reader of a model asks: look-ups, derivation, reachability. Answers are memoised per model. */
import { addTo } from "../multimap.js";
import { builtinTypes } from "./builtins.js";
import type {
  Alternative,
  AttributeId,
  AttributeUse,
  DerivationMethod,
  ElementDeclaration,
  ElementId,
  ElementParticle,
  Model,
  Particle,
  SimpleType,
  TypeDefinition,
  TypeId,
  Wildcard,
  WildcardParticle,
} from "./types.js";

/** A type of the model, or a built-in one. */
export function typeOf(model: Model, id: TypeId): TypeDefinition | undefined {
  return model.types[id] ?? builtinTypes[id];
}

/** A simple type of the model, or a built-in one. */
export function simpleTypeOf(model: Model, id: TypeId): SimpleType | undefined {
  const type = typeOf(model, id);
  return type?.kind === "simple" ? type : undefined;
}

/** The simple type of an element's text; undefined when it has element content. */
export function simpleContentOf(model: Model, type: TypeDefinition): SimpleType | undefined {
  if (type.kind === "simple") return type;
  return type.content.kind === "simple" ? simpleTypeOf(model, type.content.type) : undefined;
}

/** Splits `{namespace}local`. */
export function nameOfId(id: string): { readonly namespace: string; readonly local: string } {
  const end = id.lastIndexOf("}");
  return { namespace: id.slice(1, end), local: id.slice(end + 1) };
}

/** A name as users write it: `prefix:local`, or the local name when it has no namespace. */
export function displayName(model: Pick<Model, "namespaces">, id: string): string {
  const { namespace, local } = nameOfId(id);
  const prefix = model.namespaces.find((entry) => entry.uri === namespace)?.prefix ?? "";
  return prefix === "" ? local : `${prefix}:${local}`;
}

// ---------------------------------------------------------------------------------------------------------------
// Content
// ---------------------------------------------------------------------------------------------------------------

/** All element and wildcard particles below a particle, in document order; what cannot occur is left out. */
export function leavesOf(particle: Particle | undefined): readonly (ElementParticle | WildcardParticle)[] {
  const found: (ElementParticle | WildcardParticle)[] = [];
  // One list for all levels: a chain of extensions is as deep as it is long.
  const visit = (part: Particle): void => {
    if (part.max === 0) return;
    if (part.kind === "element" || part.kind === "any") found.push(part);
    else part.particles.forEach(visit);
  };
  if (particle !== undefined) visit(particle);
  return found;
}

/** All element particles below a particle, in document order. */
export function elementsOf(particle: Particle | undefined): readonly ElementParticle[] {
  return leavesOf(particle).filter((leaf) => leaf.kind === "element");
}

/** The effective content of a type: elements of its bases first. */
export function effectiveElements(model: Model, id: TypeId): readonly ElementParticle[] {
  const type = typeOf(model, id);
  return type?.kind === "complex" && type.content.kind === "elements"
    ? elementsOf(type.content.particle)
    : [];
}

/** The elements that a type itself declares: for an extension what it adds, otherwise all. */
export function ownElements(model: Model, id: TypeId): readonly ElementParticle[] {
  const type = typeOf(model, id);
  if (type?.kind !== "complex" || type.content.kind !== "elements") return [];
  const { own, particle } = type.content;
  return elementsOf(type.derivation === "extension" ? own : particle);
}

/** Whether a member is a reference into another namespace than that of the type which declares it. */
export function isForeign(
  owner: TypeId,
  { name, ref }: Pick<ElementParticle, "name" | "ref"> | Pick<AttributeUse, "name" | "ref">,
): boolean {
  return ref !== undefined && name.namespace !== "" && !owner.startsWith(`{${name.namespace}}`);
}

/**
 * The key of a member of a type: `<type id>/<element>` or `<type id>/@<attribute>`. References into other namespaces say
 * into which, so that two of one local name are two members; without the slashes that keys are cut at.
 */
export function memberKey(
  owner: TypeId,
  member: Pick<ElementParticle, "kind" | "name" | "ref"> | Pick<AttributeUse, "name" | "ref">,
): string {
  const { name } = member;
  const namespace = isForeign(owner, member) ? `{${encodeURIComponent(name.namespace)}}` : "";
  return `${owner}/${"kind" in member ? "" : "@"}${namespace}${name.local}`;
}

/** What a key of {@link memberKey} names in a model. */
export function memberAt(model: Model, key: string): ElementParticle | AttributeUse | undefined {
  const slash = key.lastIndexOf("/");
  if (slash < key.indexOf("}")) return undefined;
  const owner = key.slice(0, slash);
  const type = typeOf(model, owner);
  if (type?.kind !== "complex") return undefined;
  return key[slash + 1] === "@"
    ? type.attributes.find((use) => use.declaredIn === owner && memberKey(owner, use) === key)
    : ownElements(model, owner).find((element) => memberKey(owner, element) === key);
}

// ---------------------------------------------------------------------------------------------------------------
// Wildcards and substitution
// ---------------------------------------------------------------------------------------------------------------

/** Whether a wildcard lets a namespace in (clause 3.10.4, cvc-wildcard-namespace). */
export function admitsNamespace(wildcard: Pick<Wildcard, "namespaces">, namespace: string): boolean {
  const { namespaces } = wildcard;
  switch (namespaces.kind) {
    case "any":
      return true;
    case "not":
      return !namespaces.uris.includes(namespace);
    case "in":
      return namespaces.uris.includes(namespace);
  }
}

/** Whether a wildcard lets an element or attribute of this expanded name (`{uri}local`) in. */
export function wildcardAdmits(
  wildcard: Pick<Wildcard, "namespaces" | "notNames">,
  expandedName: string,
): boolean {
  return (
    admitsNamespace(wildcard, nameOfId(expandedName).namespace) &&
    wildcard.notNames?.includes(expandedName) !== true
  );
}

/** Global elements that a wildcard lets in and whose type therefore is known; none where it says `skip`. */
export function knownElements(model: Model, wildcard: Wildcard): readonly ElementId[] {
  if (wildcard.process === "skip") return [];
  return Object.keys(model.elements).filter(
    (id) => wildcardAdmits(wildcard, id) && model.elements[id]?.abstract === false,
  );
}

/** The global attributes that an attribute wildcard lets in and the schema knows; none where it does not look. */
export function knownAttributes(model: Model, wildcard: Wildcard): readonly AttributeId[] {
  if (wildcard.process === "skip") return [];
  return Object.keys(model.attributes).filter((id) => wildcardAdmits(wildcard, id));
}

/** The elements that may stand for a head, itself excluded, abstract ones too. */
export function substitutesOf(model: Model, head: ElementId): readonly ElementId[] {
  return model.substitutions[head] ?? [];
}

const groups = new WeakMap<Model["substitutions"], Map<ElementId, readonly ElementId[]>>();

/** A head and what may stand for it: the same list for all places that name the head. */
export function substitutionGroupOf(model: Model, head: ElementId): readonly ElementId[] {
  let known = groups.get(model.substitutions);
  if (known === undefined) groups.set(model.substitutions, (known = new Map()));
  let list = known.get(head);
  if (list === undefined) known.set(head, (list = [head, ...substitutesOf(model, head)]));
  return list;
}

const tags = new WeakMap<Model, ReadonlySet<string>>();

/** `$name` of a global element among substitutes: its local name, with the prefix where two namespaces share it. */
export function elementTag(model: Model, id: ElementId): string {
  let shared = tags.get(model);
  if (shared === undefined) {
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const element of Object.values(model.elements)) {
      const { local } = element.name;
      (seen.has(local) ? twice : seen).add(local);
    }
    tags.set(model, (shared = twice));
  }
  const { local } = nameOfId(id);
  if (!shared.has(local)) return local;
  const { namespace } = nameOfId(id);
  const prefix = model.namespaces.find((entry) => entry.uri === namespace)?.prefix ?? "";
  return `${prefix}:${local}`;
}

// ---------------------------------------------------------------------------------------------------------------
// Derivation
// ---------------------------------------------------------------------------------------------------------------

const children = new WeakMap<Model, ReadonlyMap<TypeId, readonly TypeId[]>>();

/** Types whose base is this one, in schema order. */
export function directlyDerived(model: Model, id: TypeId): readonly TypeId[] {
  let known = children.get(model);
  if (known === undefined) {
    const map = new Map<TypeId, TypeId[]>();
    for (const type of Object.values(model.types)) {
      addTo(map, type.base, type.id);
    }
    children.set(model, (known = map));
  }
  return known.get(id) ?? [];
}

/** All types derived from this one, at any depth, itself excluded; depth first in schema order. */
export function derivedTypes(model: Model, id: TypeId): readonly TypeId[] {
  const result: TypeId[] = [];
  const seen = new Set<TypeId>([id]);
  const visit = (from: TypeId): void => {
    for (const child of directlyDerived(model, from)) {
      if (seen.has(child)) continue;
      seen.add(child);
      result.push(child);
      visit(child);
    }
  };
  visit(id);
  return result;
}

/** Named types that `xsi:type` may choose where the declared type is `id` (derived ones; `block` respected). */
export function selectableTypes(
  model: Model,
  id: TypeId,
  block: readonly DerivationMethod[] = [],
): readonly TypeId[] {
  return derivedTypes(model, id).filter((derived) => {
    const type = typeOf(model, derived);
    return type?.name !== undefined && isDerivedFrom(model, derived, id, block);
  });
}

/** The chain from a type up to anyType, itself first. */
export function ancestry(model: Model, id: TypeId): readonly TypeDefinition[] {
  const chain: TypeDefinition[] = [];
  const seen = new Set<TypeId>();
  let next = typeOf(model, id);
  while (next !== undefined && !seen.has(next.id)) {
    chain.push(next);
    seen.add(next.id);
    next = typeOf(model, next.base);
  }
  return chain;
}

/** Clauses cos-ct-derived-ok and cos-st-derived-ok: whether `id` is `base` or derives from it by no excluded method. */
export function isDerivedFrom(
  model: Model,
  id: TypeId,
  base: TypeId,
  excluded: readonly DerivationMethod[] = [],
): boolean {
  if (id === base) return true;
  for (const type of ancestry(model, id)) {
    if (type.id === base) return true;
    // A member of a union counts as derived by restriction.
    if (type.kind === "simple" && excluded.includes("restriction")) return false;
    if (isMemberOf(model, type.id, base)) return true;
    if (excluded.includes(methodOf(type))) return false;
  }
  return false;
}

/** Whether a simple type is, or derives from, a member of the union `base` (cos-st-derived-ok 2.2.4). */
function isMemberOf(model: Model, id: TypeId, base: TypeId): boolean {
  const union = typeOf(model, base);
  if (union?.kind !== "simple" || union.variety !== "union" || hasOwnLimits(union)) return false;
  if ((union.members ?? []).some((member) => member === id || isMemberOf(model, id, member))) return true;
  // Unions among the members lie flat here: one is recognised by its own members.
  const type = typeOf(model, id);
  if (type?.kind !== "simple" || type.variety !== "union" || id === base) return false;
  const { members = [] } = type;
  return members.length > 0 && members.every((member) => union.members?.includes(member) === true);
}

function hasOwnLimits(type: SimpleType): boolean {
  return type.facets.patterns !== undefined || type.facets.enumeration !== undefined;
}

/** How a type derives from its base. */
function methodOf(type: TypeDefinition): "extension" | "restriction" {
  return type.kind === "complex" ? type.derivation : "restriction";
}

// ---------------------------------------------------------------------------------------------------------------
// Reachability
// ---------------------------------------------------------------------------------------------------------------

/** Options of {@link reachedTypes}. */
export interface Reach {
  /** Follow from a type to those that `xsi:type` may put in its place. Default true. */
  readonly derived?: boolean;
  /** Types whose derived types are not followed: an operation chooses them (see `Service.slots`). */
  readonly slots?: readonly TypeId[];
}

/** One step on the way to a type: how the type before it uses it. */
export interface ReachStep {
  readonly from?: TypeId;
  /** `base`, an element's name, `@attribute`, `derived`, `item`, `member`, `$value`. */
  readonly by: string;
}

/** All types reached from some, each with the step that reached it first (breadth first: a shortest path). */
export function reachedTypes(
  model: Model,
  from: readonly TypeId[],
  options: Reach = {},
): ReadonlyMap<TypeId, ReachStep> {
  const reached = new Map<TypeId, ReachStep>();
  const queue: TypeId[] = [];
  const reach = (id: TypeId, step: ReachStep): void => {
    if (reached.has(id)) return;
    reached.set(id, step);
    queue.push(id);
  };
  for (const id of from) reach(id, { by: "" });
  for (let index = 0; index < queue.length; index++) {
    const id = queue[index] as TypeId;
    for (const [next, by] of uses(model, id, options)) reach(next, { from: id, by });
  }
  return reached;
}

/** The steps from a root to a reached type: `["GetUserResponse", "address", "country"]` like, root left out. */
export function pathTo(reached: ReadonlyMap<TypeId, ReachStep>, id: TypeId): readonly ReachStep[] {
  const path: ReachStep[] = [];
  let step = reached.get(id);
  while (step?.from !== undefined) {
    path.unshift(step);
    step = reached.get(step.from);
  }
  return path;
}

/** The types that one type uses directly, with how. */
export function uses(
  model: Model,
  id: TypeId,
  options: Reach = {},
): readonly (readonly [type: TypeId, by: string])[] {
  const type = typeOf(model, id);
  if (type === undefined) return [];
  const found: (readonly [TypeId, string])[] = [];
  if (type.base !== id) found.push([type.base, "base"]);
  if (type.kind === "simple") {
    if (type.item !== undefined) found.push([type.item, "item"]);
    for (const member of type.members ?? []) found.push([member, "member"]);
  } else {
    for (const use of type.attributes) found.push([use.type, `@${use.name.local}`]);
    if (type.content.kind === "simple") found.push([type.content.type, "$value"]);
    for (const leaf of effectiveLeaves(model, id)) {
      if (leaf.kind === "any") {
        for (const element of knownElements(model, leaf.wildcard)) {
          const declaration = model.elements[element];
          if (declaration === undefined || !(id in model.types)) continue;
          for (const type of typesOfElement(declaration)) found.push([type, "$any"]);
        }
        continue;
      }
      if (leaf.alternatives === undefined) found.push([leaf.type, leaf.name.local]);
      else for (const type of typesOfElement(leaf)) found.push([type, leaf.name.local]);
      if (leaf.ref === undefined) continue;
      for (const member of substitutesOf(model, leaf.ref)) {
        const declaration = model.elements[member];
        if (declaration === undefined) continue;
        for (const type of typesOfElement(declaration)) found.push([type, declaration.name.local]);
      }
    }
  }
  if (options.derived !== false && id in model.types && options.slots?.includes(id) !== true) {
    for (const derived of directlyDerived(model, id)) found.push([derived, "derived"]);
  }
  return found;
}

/** The global elements that the content of a type refers to: by name, by what may stand for that, and by wildcards. */
export function elementsIn(model: Model, id: TypeId): readonly ElementId[] {
  if (!(id in model.types)) return [];
  return effectiveLeaves(model, id).flatMap((leaf) => {
    if (leaf.kind === "any") return knownElements(model, leaf.wildcard);
    return leaf.ref === undefined ? [] : [leaf.ref, ...substitutesOf(model, leaf.ref)];
  });
}

/** The declared type, and those that attributes may choose. */
export function typesOfElement({
  type,
  alternatives = [],
}: ElementParticle | ElementDeclaration): readonly TypeId[] {
  return [type, ...alternatives.map((alternative) => alternative.type)];
}

function effectiveLeaves(model: Model, id: TypeId): readonly (ElementParticle | WildcardParticle)[] {
  const type = typeOf(model, id);
  return type?.kind === "complex" && type.content.kind === "elements" ? leavesOf(type.content.particle) : [];
}

/** The alternatives that choose the type of an element; undefined: the declared type governs, as it does where a test is not evaluated. */
export function typeTableOf({
  alternatives,
}: {
  readonly alternatives?: readonly Alternative[];
}): readonly Alternative[] | undefined {
  return alternatives?.every(({ test, condition }) => test === undefined || condition !== undefined) === true
    ? alternatives
    : undefined;
}

/** Whether values of one simple type are made of those of another: by derivation, as items or as members. */
export function usesType(model: Model, id: TypeId, wanted: TypeId, seen = new Set<TypeId>()): boolean {
  if (id === wanted) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  const type = typeOf(model, id);
  if (type?.kind !== "simple") return false;
  return [type.base, ...(type.item === undefined ? [] : [type.item]), ...(type.members ?? [])].some((each) =>
    usesType(model, each, wanted, seen),
  );
}
