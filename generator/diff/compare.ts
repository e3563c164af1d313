/**
 * Compares two models and gives the facts: one for each minimal difference, at its declaration.
 *
 * Compiled components are compared, not files and not text: equal fingerprints end a comparison, moved files,
 * other prefixes and regrouped content are no difference. The function is symmetric: with the arguments swapped
 * each fact comes out under its inverse rule.
 */
import type {
  AttributeUse,
  ComplexType,
  Model,
  Particle,
  TypeDefinition,
  TypeId,
  Wildcard,
} from "../model/types.js";
import { XSD_NAMESPACE } from "../model/types.js";
import { typeOf } from "../model/query.js";
import type { Operation } from "../service/types.js";
import { compareContent } from "./content.js";
import { compareSimpleTypes } from "./simple.js";
import { isAnonymous, ownerOf, valueSides } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import { findRule } from "./rules.js";
import type { Fact } from "./types.js";
import { compareWildcards } from "./wildcards.js";

/** One side of a comparison. */
export interface Stratum {
  readonly model: Model;
  readonly operations: readonly Operation[];
}

export interface CompareOptions {
  /** Compare documentation too. */
  readonly docs?: boolean;
}

/** All differences, in schema order of the newer model, removals in that of the older one. */
export function compareModels(before: Stratum, after: Stratum, options: CompareOptions = {}): Fact[] {
  const facts: Fact[] = [];
  const comparison: Comparison = {
    before: before.model,
    after: after.model,
    docs: options.docs ?? false,
    active: new Set(),
    add(rule, place, details = {}) {
      facts.push(makeFact(rule, place, details));
    },
    compareTypeUse(oldId, newId, place) {
      compareTypeUse(comparison, oldId, newId, place);
    },
  };

  const collapsed = compareOperations(comparison, before, after);
  const namespaces = compareNamespaceLists(comparison);
  for (const uri of namespaces.shared) {
    compareTypes(comparison, uri, collapsed);
    compareElements(comparison, uri);
  }
  compareSubstitutions(comparison);
  return facts;
}

function makeFact(ruleId: string, place: Place, details: FactDetails): Fact {
  const rule = findRule(ruleId);
  if (rule === undefined) throw new Error(`no rule "${ruleId}" in the table`);
  const effect = details.effect ?? (rule.effect === "by-case" ? "unknown" : rule.effect);
  const { ns, type, path } = place.component;
  return {
    rule: ruleId,
    component: { ns, type, path },
    key: place.key,
    ...(details.old && { old: details.old }),
    ...(details.new && { new: details.new }),
    effect,
    valueChange: rule.valueChange ?? false,
    conditional: effect !== "disjoint" || (place.optional ?? false),
    ...(place.oldSpan && { oldSpan: place.oldSpan }),
    ...(place.newSpan && { newSpan: place.newSpan }),
    ...(place.oldExtent && { oldExtent: place.oldExtent }),
    ...(place.newExtent && { newExtent: place.newExtent }),
    ...(details.source && { source: details.source }),
    ...(details.tolerant && { tolerant: details.tolerant }),
  };
}

// ---------------------------------------------------------------------------------------------- operations

/** Operations added and removed; returns the types that belong to them and are not listed again. */
function compareOperations(comparison: Comparison, before: Stratum, after: Stratum): ReadonlySet<TypeId> {
  const collapsed = new Set<TypeId>();
  const keyOf = (operation: Operation): string => `${operation.service}.${operation.name}`;
  const old = new Map(before.operations.map((operation) => [keyOf(operation), operation]));
  const current = new Map(after.operations.map((operation) => [keyOf(operation), operation]));
  const place = (operation: Operation, model: Model, side: "old" | "new"): Place => {
    const type = typeOf(model, operation.request);
    return {
      component: { ns: type?.namespace ?? "", type: operation.name, path: [] },
      key: `operation:${keyOf(operation)}`,
      ...(type && (side === "old" ? { oldSpan: type.span, oldExtent: type.extent } : {})),
      ...(type && (side === "new" ? { newSpan: type.span, newExtent: type.extent } : {})),
    };
  };
  for (const [key, operation] of current) {
    const former = old.get(key);
    if (former === undefined) {
      collapsed.add(operation.request).add(operation.response);
      comparison.add("operation.added", place(operation, after.model, "new"), {
        new: { type: operation.wireType },
      });
      continue;
    }
    if (former.request !== operation.request) {
      comparison.add("operation.request.type-changed", place(operation, after.model, "new"), {
        old: { type: former.request },
        new: { type: operation.request },
        effect: "unknown",
      });
    }
    if (former.response !== operation.response) {
      comparison.add("operation.response.type-changed", place(operation, after.model, "new"), {
        old: { type: former.response },
        new: { type: operation.response },
        effect: "unknown",
        tolerant: "dangerous",
      });
    }
  }
  for (const [key, operation] of old) {
    if (current.has(key)) continue;
    collapsed.add(operation.request).add(operation.response);
    comparison.add("operation.removed", place(operation, before.model, "old"), {
      old: { type: operation.wireType },
    });
  }
  return collapsed;
}

// ---------------------------------------------------------------------------------------------- namespaces

function compareNamespaceLists(comparison: Comparison): { readonly shared: readonly string[] } {
  const old = new Set(comparison.before.namespaces.map((namespace) => namespace.uri));
  const current = new Set(comparison.after.namespaces.map((namespace) => namespace.uri));
  const place = (uri: string): Place => ({ component: { ns: uri, type: "", path: [] }, key: `{${uri}}` });
  for (const uri of current) {
    if (!old.has(uri)) {
      comparison.add("namespace.added", place(uri), {
        new: { value: uri, children: countIn(comparison.after, uri) },
      });
    }
  }
  for (const uri of old) {
    if (!current.has(uri)) {
      comparison.add("namespace.removed", place(uri), {
        old: { value: uri, children: countIn(comparison.before, uri) },
      });
    }
  }
  return { shared: [...current].filter((uri) => old.has(uri)) };
}

function countIn(model: Model, uri: string): number {
  const prefix = `{${uri}}`;
  const count = (record: Readonly<Record<string, unknown>>): number =>
    Object.keys(record).filter((id) => id.startsWith(prefix)).length;
  return count(model.types) + count(model.elements);
}

// ---------------------------------------------------------------------------------------------- types

function compareTypes(comparison: Comparison, uri: string, collapsed: ReadonlySet<TypeId>): void {
  const { before, after } = comparison;
  const named = (model: Model): TypeDefinition[] =>
    Object.values(model.types).filter((type) => type.namespace === uri && !isAnonymous(type));
  const removed: TypeDefinition[] = [];
  for (const type of named(before)) if (after.types[type.id] === undefined) removed.push(type);
  const added: TypeDefinition[] = [];
  for (const type of named(after)) {
    const former = before.types[type.id];
    if (former === undefined) added.push(type);
    else if (former.fingerprint !== type.fingerprint || comparison.docs) {
      compareTypePair(comparison, former, type, placeOfTypes(former, type));
    }
  }

  // A type with the same meaning under another name is a rename, not a removal and an addition.
  for (const type of added) {
    const twin = removed.findIndex(
      (other) => other.fingerprint === type.fingerprint && other.kind === type.kind,
    );
    const [former] = twin < 0 ? [] : removed.splice(twin, 1);
    if (former !== undefined) {
      comparison.add("type.renamed", placeOfTypes(former, type), {
        old: { value: nameOf(former) },
        new: { value: nameOf(type) },
        effect: isDerivedInUse(after, type) ? "overlap" : "equal",
      });
    } else if (!collapsed.has(type.id) && !isReferenced(after, type.id)) {
      comparison.add("type.added", placeOfTypes(undefined, type), {
        new: { type: baseName(type) },
        effect: isDerivedInUse(after, type) ? "widening" : "equal",
      });
    }
  }
  for (const type of removed) {
    if (collapsed.has(type.id) || isReferenced(before, type.id)) continue;
    comparison.add("type.removed", placeOfTypes(type, undefined), {
      old: { type: baseName(type) },
      effect: isDerivedInUse(before, type) ? "narrowing" : "equal",
    });
  }
}

function nameOf(type: TypeDefinition): string {
  return type.name?.local ?? type.id;
}

function baseName(type: TypeDefinition): string {
  return type.base.slice(type.base.indexOf("}") + 1);
}

/** Whether some declaration uses the type: then it comes and goes with what uses it. */
function isReferenced(model: Model, id: TypeId): boolean {
  return referencedTypes(model).has(id);
}

/** Whether `xsi:type` may name the type in place of one that is in use. */
function isDerivedInUse(model: Model, type: TypeDefinition): boolean {
  const used = referencedTypes(model);
  for (let base = model.types[type.base]; base !== undefined; base = model.types[base.base]) {
    if (used.has(base.id)) return true;
  }
  return false;
}

const references = new WeakMap<Model, ReadonlySet<TypeId>>();

function referencedTypes(model: Model): ReadonlySet<TypeId> {
  let used = references.get(model);
  if (used !== undefined) return used;
  const found = new Set<TypeId>();
  const visit = (particle: Particle): void => {
    if (particle.kind === "element") found.add(particle.type);
    else if (particle.kind !== "any") particle.particles.forEach(visit);
  };
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple") {
      if (type.item !== undefined) found.add(type.item);
      for (const member of type.members ?? []) found.add(member);
      continue;
    }
    for (const attribute of type.attributes) found.add(attribute.type);
    if (type.content.kind === "simple") found.add(type.content.type);
    if (type.content.kind === "elements" && type.content.own !== undefined) visit(type.content.own);
    if (type.content.kind === "elements" && type.content.particle !== undefined) visit(type.content.particle);
  }
  for (const element of Object.values(model.elements)) found.add(element.type);
  for (const attribute of Object.values(model.attributes)) found.add(attribute.type);
  used = found;
  references.set(model, used);
  return used;
}

function placeOfTypes(former: TypeDefinition | undefined, type: TypeDefinition | undefined): Place {
  const known = type ?? former;
  if (known === undefined) throw new Error("a place needs a type on one side");
  return {
    component: ownerOf(known.id),
    key: known.id,
    ...(former && { oldSpan: former.span, oldExtent: former.extent }),
    ...(type && { newSpan: type.span, newExtent: type.extent }),
  };
}

/** Compares the types that an element, attribute or list uses on both sides. */
function compareTypeUse(comparison: Comparison, oldId: TypeId, newId: TypeId, place: Place): void {
  const former = typeOf(comparison.before, oldId);
  const type = typeOf(comparison.after, newId);
  if (former === undefined || type === undefined) return;
  const sameName = oldId === newId && !isAnonymous(type) && !isAnonymous(former);
  if (sameName) return; // Compared once, at the type itself.
  if (former.fingerprint === type.fingerprint) {
    if (isAnonymous(former) && !isAnonymous(type)) {
      comparison.add("type.anonymous-to-named", place, { new: { value: nameOf(type) } });
    } else if (!isAnonymous(former) && isAnonymous(type)) {
      comparison.add("type.named-to-anonymous", place, { old: { value: nameOf(former) } });
    }
    return;
  }
  compareTypePair(comparison, former, type, place);
}

function compareTypePair(
  comparison: Comparison,
  former: TypeDefinition,
  type: TypeDefinition,
  place: Place,
): void {
  const pair = `${former.id} ${type.id}`;
  if (comparison.active.has(pair)) return; // A cycle: whatever differs is found where it began.
  comparison.active.add(pair);
  try {
    if (comparison.docs) compareDocumentation(comparison, former, type, place);
    if (former.kind === "simple" && type.kind === "simple") {
      compareSimpleTypes(comparison, former, type, place);
    } else if (former.kind === "complex" && type.kind === "complex") {
      compareComplexTypes(comparison, former, type, place);
    } else {
      compareAcrossKinds(comparison, former, type, place);
    }
  } finally {
    comparison.active.delete(pair);
  }
}

function compareDocumentation(
  comparison: Comparison,
  former: { readonly documentation?: string },
  current: { readonly documentation?: string },
  place: Place,
): void {
  const old = former.documentation?.replace(/\s+/gu, " ").trim() ?? "";
  const now = current.documentation?.replace(/\s+/gu, " ").trim() ?? "";
  if (old === now) return;
  const sides = { ...(old && { old: { value: old } }), ...(now && { new: { value: now } }) };
  const deprecated = /\b(?:deprecated|obsolete|no longer)\b/iu;
  if (deprecated.test(now) && !deprecated.test(old)) {
    comparison.add("doc.deprecation.added", place, sides);
  } else {
    comparison.add(old === "" ? "doc.added" : now === "" ? "doc.removed" : "doc.changed", place, sides);
  }
}

function compareAcrossKinds(
  comparison: Comparison,
  former: TypeDefinition,
  type: TypeDefinition,
  place: Place,
): void {
  const toComplex = former.kind === "simple";
  const complex = (toComplex ? type : former) as ComplexType;
  const sides = { old: { type: nameOf(former) }, new: { type: nameOf(type) } };
  if (complex.content.kind !== "simple") {
    comparison.add("type.kind.changed", place, { ...sides, effect: "overlap" });
    return;
  }
  const required = complex.attributes.some((attribute) => attribute.required);
  comparison.add(
    toComplex ? "content.simple-to-simplecontent" : "content.simplecontent-to-simple",
    place,
    required ? { ...sides, effect: "disjoint" } : sides,
  );
  const simple = toComplex ? former.id : complex.content.type;
  const other = toComplex ? complex.content.type : type.id;
  comparison.compareTypeUse(simple, other, place);
}

function compareComplexTypes(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
): void {
  if (former.abstract !== type.abstract) {
    comparison.add(type.abstract ? "type.abstract.added" : "type.abstract.removed", place, {
      source: { read: "safe", meta: "safe" },
    });
  }
  compareSets(comparison, former.block, type.block, "type.block", place);
  compareSets(comparison, former.final, type.final, "type.final", place);

  const sameBase = former.base === type.base && former.derivation === type.derivation;
  const extendsBoth = sameBase && type.derivation === "extension";
  if (!sameBase && former.base !== type.base && !isAnyType(former.base) && !isAnyType(type.base)) {
    comparison.add("type.base.replaced", place, {
      old: { type: former.base },
      new: { type: type.base },
      effect: "unknown",
      source: { read: "safe", build: "safe", meta: "safe" },
    });
  }
  compareContent(comparison, former, type, place, extendsBoth);
  compareAttributes(comparison, former, type, place, extendsBoth);
  if (JSON.stringify(former.assertions ?? []) !== JSON.stringify(type.assertions ?? [])) {
    comparison.add("type.assertion.changed", place, {
      old: { value: (former.assertions ?? []).join("; ") },
      new: { value: (type.assertions ?? []).join("; ") },
    });
  }
}

function isAnyType(id: TypeId): boolean {
  return id === `{${XSD_NAMESPACE}}anyType`;
}

function compareSets(
  comparison: Comparison,
  before: readonly string[],
  after: readonly string[],
  rule: "type.block" | "type.final",
  place: Place,
): void {
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  if (added.length > 0) comparison.add(`${rule}.added`, place, { new: { value: added.join(" ") } });
  if (removed.length > 0) comparison.add(`${rule}.removed`, place, { old: { value: removed.join(" ") } });
}

// ---------------------------------------------------------------------------------------------- attributes

function compareAttributes(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
  ownOnly: boolean,
): void {
  // Inherited attributes are compared at the type that declares them.
  const own = (complex: ComplexType): readonly AttributeUse[] =>
    ownOnly ? complex.attributes.filter((use) => use.declaredIn === complex.id) : complex.attributes;
  const nameOfUse = (use: AttributeUse): string => `{${use.name.namespace}}${use.name.local}`;
  const old = new Map(own(former).map((use) => [nameOfUse(use), use]));
  const current = new Map(own(type).map((use) => [nameOfUse(use), use]));
  for (const [name, use] of current) {
    const previous = old.get(name);
    if (previous !== undefined) {
      compareAttributePair(comparison, previous, use, placeOfAttribute(place, previous, use));
      continue;
    }
    const moved = [...old.values()].find(
      (other) => other.name.local === use.name.local && !current.has(nameOfUse(other)),
    );
    if (moved !== undefined) {
      old.delete(nameOfUse(moved));
      comparison.add("attribute.form.changed", placeOfAttribute(place, moved, use), {
        old: { value: nameOfUse(moved) },
        new: { value: nameOfUse(use) },
        effect: moved.required || use.required ? "disjoint" : "overlap",
      });
      continue;
    }
    comparison.add(
      use.required ? "attribute.added.required" : "attribute.added.optional",
      placeOfAttribute(place, undefined, use),
      { new: { type: use.type } },
    );
  }
  for (const [name, use] of old) {
    if (current.has(name)) continue;
    comparison.add(
      use.required ? "attribute.removed.required" : "attribute.removed.optional",
      placeOfAttribute(place, use, undefined),
      { old: { type: use.type } },
    );
  }
  if (!ownOnly || former.anyAttribute !== undefined || type.anyAttribute !== undefined) {
    compareAttributeWildcards(comparison, former.anyAttribute, type.anyAttribute, place);
  }
}

function placeOfAttribute(
  place: Place,
  former: AttributeUse | undefined,
  use: AttributeUse | undefined,
): Place {
  const local = (use ?? former)?.name.local ?? "";
  return {
    component: { ...place.component, path: [...place.component.path, `@${local}`] },
    key: `${place.key}/@${local}`,
    optional: true,
    ...(former && { oldSpan: former.span, oldExtent: former.extent }),
    ...(use && { newSpan: use.span, newExtent: use.extent }),
  };
}

function compareAttributePair(
  comparison: Comparison,
  former: AttributeUse,
  use: AttributeUse,
  place: Place,
): void {
  if (former.required !== use.required) {
    comparison.add(
      use.required ? "attribute.use.optional-to-required" : "attribute.use.required-to-optional",
      place,
    );
  }
  if (former.default !== use.default) {
    const rule = former.default === undefined ? "added" : use.default === undefined ? "removed" : "changed";
    comparison.add(`attribute.default.${rule}`, place, valueSides(former.default, use.default));
  }
  if (former.fixed !== use.fixed) {
    const rule = former.fixed === undefined ? "added" : use.fixed === undefined ? "removed" : "changed";
    comparison.add(`attribute.fixed.${rule}`, place, {
      ...valueSides(former.fixed, use.fixed),
      source: { read: "safe", build: "safe" },
    });
  }
  if (comparison.docs) compareDocumentation(comparison, former, use, place);
  comparison.compareTypeUse(former.type, use.type, place);
}

function compareAttributeWildcards(
  comparison: Comparison,
  before: Wildcard | undefined,
  after: Wildcard | undefined,
  place: Place,
): void {
  const at: Place = {
    component: { ...place.component, path: [...place.component.path, "@*"] },
    key: `${place.key}/@*`,
    optional: true,
    ...(before && { oldSpan: before.span }),
    ...(after && { newSpan: after.span }),
  };
  if (before === undefined || after === undefined) {
    if (after !== undefined) comparison.add("wildcard.added", at);
    else if (before !== undefined) comparison.add("wildcard.removed", at);
    return;
  }
  compareWildcards(comparison, before, after, at);
}

// ---------------------------------------------------------------------------------------------- global elements

function compareElements(comparison: Comparison, uri: string): void {
  const { before, after } = comparison;
  const inNamespace = (model: Model): (typeof model.elements)[string][] =>
    Object.values(model.elements).filter((element) => element.name.namespace === uri);
  for (const element of inNamespace(after)) {
    const former = before.elements[element.id];
    const place: Place = {
      component: { ns: uri, type: element.name.local, path: [] },
      key: `element:${element.id}`,
      ...(former && { oldSpan: former.span, oldExtent: former.extent }),
      newSpan: element.span,
      newExtent: element.extent,
    };
    if (former === undefined) {
      comparison.add("element.global.added", place, { new: { type: element.type }, effect: "widening" });
      continue;
    }
    if (former.nillable !== element.nillable) {
      comparison.add(element.nillable ? "element.nillable.added" : "element.nillable.removed", place);
    }
    if (former.abstract !== element.abstract) {
      comparison.add(element.abstract ? "element.abstract.added" : "element.abstract.removed", place, {
        source: { read: "safe", meta: "safe" },
      });
    }
    compareSets(comparison, former.block, element.block, "type.block", place);
    compareSets(comparison, former.final, element.final, "type.final", place);
    if (comparison.docs) compareDocumentation(comparison, former, element, place);
    comparison.compareTypeUse(former.type, element.type, place);
  }
  for (const former of inNamespace(before)) {
    if (after.elements[former.id] !== undefined) continue;
    comparison.add(
      "element.global.removed",
      {
        component: { ns: uri, type: former.name.local, path: [] },
        key: `element:${former.id}`,
        oldSpan: former.span,
        oldExtent: former.extent,
      },
      { old: { type: former.type } },
    );
  }
}

function compareSubstitutions(comparison: Comparison): void {
  const { before, after } = comparison;
  const heads = new Set([...Object.keys(before.substitutions), ...Object.keys(after.substitutions)]);
  for (const head of heads) {
    const old = before.substitutions[head] ?? [];
    const current = after.substitutions[head] ?? [];
    const oldHead = before.elements[head];
    const newHead = after.elements[head];
    if (oldHead === undefined || newHead === undefined) continue; // The head itself came or went.
    const place = (member: string): Place => ({
      component: { ns: newHead.name.namespace, type: newHead.name.local, path: [`~${local(member)}`] },
      key: `element:${head}~${member}`,
      oldSpan: before.elements[member]?.span ?? oldHead.span,
      newSpan: after.elements[member]?.span ?? newHead.span,
    });
    for (const member of current) {
      if (!old.includes(member)) {
        comparison.add("substitution.member.added", place(member), { new: { value: local(member) } });
      }
    }
    for (const member of old) {
      if (!current.includes(member)) {
        comparison.add("substitution.member.removed", place(member), { old: { value: local(member) } });
      }
    }
  }
}

function local(id: string): string {
  return id.slice(id.indexOf("}") + 1);
}
