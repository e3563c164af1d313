/**
 * Compares two models and gives the facts: one for each minimal difference, at its declaration.
 *
 * Compiled components are compared, not files and not text: equal fingerprints end a comparison, moved files,
 * other prefixes and regrouped content are no difference. The function is symmetric: with the arguments swapped
 * each fact comes out under its inverse rule.
 */
import { anyTypeId, isBuiltin } from "../model/builtins.js";
import { derivedTypes, directlyDerived, displayName, typeOf } from "../model/query.js";
import type {
  ComplexType,
  ElementDeclaration,
  Model,
  SimpleType,
  TypeDefinition,
  TypeId,
} from "../model/types.js";
import type { Operation } from "../service/types.js";
import { compareAttributes, compareGlobalAttributes, hasSameAttributes } from "./attributes.js";
import { compareContent, hasSameContent } from "./content.js";
import { compareValueConstraints } from "./content-elements.js";
import { compareAlternatives, compareSets } from "./declarations.js";
import { compareConstraints } from "./identity.js";
import { compareDocumentation, type TextOf } from "./documentation.js";
import { joinEffects } from "./effects.js";
import { fixedWithType } from "./fixed.js";
import { gatherFacts } from "./gather.js";
import { matchTypes } from "./matching.js";
import { compareExports, type Exports } from "./exports.js";
import { compareFiles, compareReferences, compareVersions } from "./files.js";
import { compareNamespaces, matchNamespaces } from "./namespaces.js";
import { elementsOf, isEmptiable, normalise } from "./normal.js";
import { compareOperations } from "./operations.js";
import { componentOf, displayType, isAnonymous, valueSides } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import { findRule } from "./rules.js";
import { scalarText } from "./scalars.js";
import { compareDerivation, isRedistributed, sharedAncestor } from "./derivation.js";
import { isDerivedInUse, isOnlyBase, isReferenced } from "./references.js";
import { baseRule, compareSimpleTypes, effectOfAssertions } from "./simple.js";
import { createStructure, type Structure } from "./structure.js";
import { compareSubstitutions } from "./substitutions.js";
import { acceptsText } from "./values.js";
import type { Effect, Fact, SourceVerdicts, Verdict } from "./types.js";

/** One side of a comparison. */
export interface Stratum {
  readonly model: Model;
  readonly operations: readonly Operation[];
  /** The TypeScript type of a simple type; absent: by the general defaults. */
  readonly scalarOf?: (type: SimpleType) => string;
  /** The text of a schema document; absent: comments and application information are not compared. */
  readonly textOf?: TextOf;
  /** What generated code exports, made when it is asked for; absent on a side: names are not compared. */
  readonly exports?: () => Exports;
}

export interface CompareOptions {
  /** Compare documentation too: xs:documentation, xs:appinfo, and comments beside declarations. */
  readonly docs?: boolean;
  /** Tell what means the same, too: how schema documents find each other, facets in other words. */
  readonly thorough?: boolean;
  /** Whether somebody has confirmed that a type goes on under another name. */
  readonly isRenamed?: (oldId: TypeId, newId: TypeId) => boolean;
}

const unknownText: TextOf = () => undefined;

/** What a comparison found, and the older model as it was compared: with the namespaces of the newer one. */
export interface Compared {
  /** Sorted by namespace, owner and place in the source. */
  readonly facts: readonly Fact[];
  readonly before: Model;
  readonly operations: readonly Operation[];
  readonly structure: Structure;
  /** Old type ids by new ones, where the name changed. */
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
  /** Types in place that have a name now: old id and new. */
  readonly named: readonly (readonly [old: TypeId, current: TypeId])[];
}

/** All differences between two releases. */
export function compareModels(older: Stratum, newer: Stratum, options: CompareOptions = {}): Compared {
  const facts: Fact[] = [];
  const { before, moved, operations, original } = matchNamespaces(older, newer);
  const after = newer.model;
  const renamed = matchTypes(before, after, options.isRenamed);
  const structure = createStructure(before, after, renamed);
  const run: Run = {
    before,
    after,
    structure,
    renamed,
    docs: options.docs ?? false,
    texts: { old: older.textOf ?? unknownText, new: newer.textOf ?? unknownText },
    thorough: options.thorough ?? false,
    facts,
    active: new Set(),
    swapped: new Map(),
    lost: new Set(),
    gained: new Set(),
    counterparts: new Map(),
    replaced: new Map(),
    scalars: { old: older.scalarOf ?? scalarText(before), new: newer.scalarOf ?? scalarText(after) },
    readsOpen: operations.length + newer.operations.length > 0,
  };
  const comparison = createComparison(run, (fact) => {
    facts.push(inOlder(fact, run.counterparts));
  });

  const collapsed = compareOperations(comparison, { ...older, model: before, operations }, newer, renamed);
  compareNamespaces(comparison, moved);
  compareTypes(run, comparison, collapsed);
  compareElements(comparison);
  compareGlobalAttributes(comparison);
  compareSubstitutions(comparison);
  compareNotations(comparison);
  if (older.exports && newer.exports) {
    const { replaced: counterparts } = run;
    compareExports(comparison, { old: older.exports, new: newer.exports, original, counterparts });
  }
  compareFiles(comparison);
  compareVersions(comparison);
  if (options.thorough === true) compareReferences(comparison);
  const named = [...run.counterparts]
    .filter(
      ([newId, oldId]) => after.types[newId]?.name !== undefined && before.types[oldId]?.name === undefined,
    )
    .map(([newId, oldId]) => [oldId, newId] as const);
  return { facts: gatherFacts(facts, before, after), before, operations, structure, renamed, named };
}

/** The state of one comparison. */
interface Run {
  readonly before: Model;
  readonly after: Model;
  readonly structure: Comparison["structure"];
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
  readonly docs: boolean;
  readonly texts: Readonly<Record<"old" | "new", TextOf>>;
  readonly thorough: boolean;
  readonly facts: Fact[];
  /** Pairs of types whose comparison has begun: content models may be circular. */
  readonly active: Set<string>;
  /** What it means that one named complex type took the place of another. */
  readonly swapped: Map<string, Swap | undefined>;
  /** Types that some declaration no longer uses, and such that it uses now. */
  readonly lost: Set<TypeId>;
  readonly gained: Set<TypeId>;
  /** Types that were compared with one of another id, which the older release has instead. */
  readonly counterparts: Map<TypeId, TypeId>;
  /** Types without a name by their ids in the older release, with those that a declaration uses instead. */
  readonly replaced: Map<TypeId, TypeId>;
  readonly scalars: Readonly<Record<"old" | "new", (type: SimpleType) => string>>;
  readonly readsOpen: boolean;
}

interface Swap {
  readonly effect: Effect;
  readonly source: SourceVerdicts;
  readonly tolerant: Verdict;
  readonly differences: number;
}

function createComparison(run: Run, push: (fact: Fact) => void): Comparison {
  const comparison: Comparison = {
    before: run.before,
    after: run.after,
    structure: run.structure,
    meaningOf: run.structure.meaningOf,
    scalarOf: (side, type) => run.scalars[side](type),
    readsOpen: run.readsOpen,
    docs: run.docs,
    thorough: run.thorough,
    add: (rule, place, details = {}) => {
      push(makeFact(rule, place, details));
    },
    compareTypeUse: (oldId, newId, place) => {
      compareTypeUse(run, comparison, oldId, newId, place);
    },
    factsOfTypeUse: (oldId, newId, place) => {
      const told: Fact[] = [];
      const quiet = createComparison({ ...run, replaced: new Map() }, (fact) => void told.push(fact));
      quiet.compareTypeUse(oldId, newId, place);
      return told;
    },
    compareDocumentation: (old, current, place) => {
      if (run.docs) compareDocumentation(comparison, old, current, place, run.texts);
    },
  };
  return comparison;
}

function makeFact(ruleId: string, place: Place, details: FactDetails): Fact {
  const rule = findRule(ruleId);
  if (rule === undefined) throw new Error(`no rule "${ruleId}" in the table`);
  const local = details.effect ?? (rule.effect === "by-case" ? "unknown" : rule.effect);
  const effect = place.lift === undefined ? local : place.lift(local);
  return {
    rule: ruleId,
    component: place.component,
    key: place.key,
    ...(details.old && { old: details.old }),
    ...(details.new && { new: details.new }),
    effect,
    valueChange: details.valueChange ?? rule.valueChange ?? false,
    conditional: effect !== "disjoint" || (place.optional ?? false),
    ...(place.oldSpan && { oldSpan: place.oldSpan }),
    ...(place.newSpan && { newSpan: place.newSpan }),
    ...(place.oldExtent && { oldExtent: place.oldExtent }),
    ...(place.newExtent && { newExtent: place.newExtent }),
    ...(details.source && { source: details.source }),
    ...(details.tolerant && { tolerant: details.tolerant }),
    ...(details.formerly && { formerly: details.formerly }),
    ...(details.alsoAt && { alsoAt: details.alsoAt }),
  };
}

// ---------------------------------------------------------------------------------------------- types

function compareTypes(run: Run, comparison: Comparison, collapsed: ReadonlySet<TypeId>): void {
  const { before, after, renamed } = run;
  const isNew = new Set(renamed.values());
  for (const type of Object.values(after.types)) {
    if (isAnonymous(type)) continue;
    const former = before.types[type.id];
    if (former === undefined || (former.fingerprint === type.fingerprint && !run.docs)) continue;
    compareTypePair(run, comparison, former, type, placeOfTypes(former, type));
  }
  for (const [oldId, newId] of renamed) {
    const [former, type] = [before.types[oldId], after.types[newId]];
    if (former === undefined || type === undefined) continue;
    if (!collapsed.has(newId)) {
      const derived = isDerivedInUse(before, former) || isDerivedInUse(after, type);
      comparison.add("type.renamed", placeOfTypes(former, type), {
        formerly: componentOf(oldId),
        ...valueSides(...namesApart(run, former, type)),
        effect: derived ? "overlap" : "equal",
        ...effectOfMove(former, type),
      });
    }
    compareTypePair(run, comparison, former, type, placeOfTypes(former, type));
  }
  // What is in a namespace comes and goes with it, unless messages notice.
  const uris = (model: Model): ReadonlySet<string> => new Set(model.namespaces.map(({ uri }) => uri));
  const [oldUris, newUris] = [uris(before), uris(after)];
  // What some declaration uses comes and goes with it, unless the declaration stayed and uses another type.
  for (const type of Object.values(after.types)) {
    if (isAnonymous(type) || before.types[type.id] !== undefined || isNew.has(type.id)) continue;
    if (collapsed.has(type.id) || (isReferenced(after, type.id) && !run.gained.has(type.id))) continue;
    if (isOnlyBase(after, type.id) && !run.gained.has(type.id)) continue;
    if (!oldUris.has(type.namespace) && !isDerivedInUse(after, type)) continue;
    comparison.add("type.added", placeOfTypes(undefined, type), {
      new: { type: displayType(type.base) },
      effect: isDerivedInUse(after, type) ? "widening" : "equal",
    });
  }
  for (const type of Object.values(before.types)) {
    if (isAnonymous(type) || after.types[type.id] !== undefined || renamed.has(type.id)) continue;
    if (collapsed.has(type.id) || (isReferenced(before, type.id) && !run.lost.has(type.id))) continue;
    if (isOnlyBase(before, type.id) && !run.lost.has(type.id)) continue;
    if (!newUris.has(type.namespace) && !isDerivedInUse(before, type)) continue;
    comparison.add("type.removed", placeOfTypes(type, undefined), {
      old: { type: displayType(type.base) },
      effect: isDerivedInUse(before, type) ? "narrowing" : "equal",
    });
  }
}

/** The names of two types; with prefixes, or namespaces, where only these tell them apart. */
function namesApart(
  { before, after }: Run,
  former: TypeDefinition,
  type: TypeDefinition,
): readonly [string, string] {
  const pairs = [
    [displayType(former.id), displayType(type.id)],
    [displayName(before, former.id), displayName(after, type.id)],
  ] as const;
  return pairs.find(([was, is]) => was !== is) ?? [former.id, type.id];
}

/** Local elements follow their type to another namespace, and documents have to follow them. */
function effectOfMove(former: TypeDefinition, type: TypeDefinition): FactDetails {
  if (former.namespace === type.namespace || former.kind !== "complex") return {};
  const { content, namespace } = former;
  const locals = elementsOf(content.kind === "elements" ? normalise(content.own) : undefined).filter(
    ({ element: { ref, name } }) => ref === undefined && name.namespace === namespace,
  );
  if (locals.length === 0) return {};
  return { effect: locals.some(({ min }) => min > 0) ? "disjoint" : "overlap", tolerant: "breaking" };
}

function nameOf(type: TypeDefinition): string {
  return type.name?.local ?? type.id;
}

function placeOfTypes(former: TypeDefinition | undefined, type: TypeDefinition | undefined): Place {
  const known = type ?? former;
  if (known === undefined) throw new Error("a place needs a type on one side");
  return {
    component: componentOf(known.id),
    key: known.id,
    ...(former && { oldSpan: former.span, oldExtent: former.extent }),
    ...(type && { newSpan: type.span, newExtent: type.extent }),
  };
}

/** Compares the types that an element, attribute or list uses on both sides. */
function compareTypeUse(run: Run, comparison: Comparison, oldId: TypeId, newId: TypeId, place: Place): void {
  const former = typeOf(run.before, oldId);
  const type = typeOf(run.after, newId);
  if (former === undefined || type === undefined) return;
  if (isAnonymous(former) && oldId !== newId && !isBuiltin(newId)) run.replaced.set(oldId, newId);
  const named = !isAnonymous(former) && !isAnonymous(type);
  if (named && run.structure.corresponds(oldId, newId)) return; // Compared once, at the type itself.
  if (isAnonymous(former) && isAnonymous(type) && former.fingerprint === type.fingerprint && !run.docs)
    return;
  if (run.structure.isSame(oldId, newId)) {
    // A built-in type has no name of ours that code could import.
    if (isBuiltin(oldId) || isBuiltin(newId)) return;
    if (isAnonymous(former) !== isAnonymous(type)) addTurned(comparison, former, type, place);
    else {
      noteSwap(run, oldId, newId);
      if (run.docs) compareTypePair(run, comparison, former, type, place);
    }
    return;
  }
  if (isTurned(run, former, type)) addTurned(comparison, former, type, place);
  // What else may break is told where the declaration is; that a name is gone is not.
  else if (former.kind === "simple" && type.kind === "simple") noteSwap(run, oldId, newId);
  if (oldId === anyTypeId || newId === anyTypeId) {
    comparison.add(newId === anyTypeId ? "type.base.widened" : "type.base.narrowed", place, {
      old: { type: displayType(oldId) },
      new: { type: displayType(newId) },
      source: { read: "breaking", build: "breaking" },
      ...(newId === anyTypeId && { tolerant: "breaking" }),
    });
  } else if (named && former.kind === "complex" && type.kind === "complex") {
    compareSwapped(run, comparison, former, type, place);
  } else compareTypePair(run, comparison, former, type, place);
}

/** A type in place that has a name now, or the reverse: by `xsi:type` what derives from the named one may stand there. */
function addTurned(comparison: Comparison, former: TypeDefinition, type: TypeDefinition, place: Place): void {
  const named = isAnonymous(former);
  const [model, id] = named ? [comparison.after, type.id] : [comparison.before, former.id];
  const isOpen = derivedTypes(model, id).length > 0;
  comparison.add(named ? "type.anonymous-to-named" : "type.named-to-anonymous", place, {
    ...(named ? { new: { value: nameOf(type) } } : { old: { value: nameOf(former) } }),
    effect: !isOpen ? "equal" : named ? "widening" : "narrowing",
  });
}

/** Whether a type got its name, or lost it, and changed besides: the named one is not there in the other release. */
function isTurned({ before, after }: Run, former: TypeDefinition, type: TypeDefinition): boolean {
  if (isAnonymous(former) === isAnonymous(type) || former.kind !== type.kind) return false;
  const [model, { id }] = isAnonymous(former) ? [before, type] : [after, former];
  return !isBuiltin(id) && model.types[id] === undefined;
}

function noteSwap(run: Run, oldId: TypeId, newId: TypeId): void {
  run.lost.add(oldId);
  run.gained.add(newId);
}

/** One named type in place of another is one finding, however much they differ inside. */
function compareSwapped(
  run: Run,
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
): void {
  const key = `${former.id} ${type.id}`;
  if (!run.swapped.has(key)) {
    run.swapped.set(key, undefined); // A cycle: what differs is found where it began.
    const inside: Fact[] = [];
    const quiet = createComparison({ ...run, facts: inside, lost: new Set(), gained: new Set() }, (fact) => {
      inside.push(fact);
    });
    compareTypePair(run, quiet, former, type, { ...placeOfTypes(former, type), optional: false });
    const column = (name: keyof SourceVerdicts): Verdict =>
      worstOf(
        inside.map((fact) => {
          const verdict = fact.source?.[name] ?? findRule(fact.rule)?.[name] ?? "safe";
          return verdict === "by-case" ? "dangerous" : verdict;
        }),
      );
    const effects = inside.map((fact) =>
      fact.effect === "disjoint" && fact.conditional ? "overlap" : fact.effect,
    );
    run.swapped.set(key, {
      effect: effects.reduce(joinEffects, "equal"),
      source: { read: column("read"), build: column("build"), meta: column("meta") },
      tolerant: worstOf(
        inside.map((fact) => {
          const verdict = fact.tolerant ?? findRule(fact.rule)?.tolerant ?? "safe";
          return verdict === "by-case" ? "dangerous" : verdict;
        }),
      ),
      differences: inside.length,
    });
  }
  const swap = run.swapped.get(key);
  if (swap === undefined || swap.differences === 0) return;
  const { effect, source, tolerant, differences } = swap;
  const [was, is] = namesApart(run, former, type);
  comparison.add(baseRule(effect), place, {
    old: { type: was },
    new: { type: is, children: differences },
    effect,
    source,
    tolerant,
    valueChange: effect === "equal",
  });
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes("breaking") ? "breaking" : verdicts.includes("dangerous") ? "dangerous" : "safe";
}

function compareTypePair(
  run: Run,
  comparison: Comparison,
  former: TypeDefinition,
  type: TypeDefinition,
  at: Place,
): void {
  const pair = `${former.id} ${type.id}`;
  if (run.active.has(pair)) return; // A cycle: whatever differs is found where it began.
  run.active.add(pair);
  // What an unnamed type holds is named after it: a declaration of a group stands in the group.
  const place = isAnonymous(type)
    ? { ...at, component: componentOf(type.id), key: type.id }
    : isAnonymous(former)
      ? { ...at, component: componentOf(former.id), key: isNewType(run, type.id) ? type.id : former.id }
      : at;
  // A type that the older release has as well is gone from nowhere.
  if (place.key === type.id && run.before.types[type.id] === undefined)
    run.counterparts.set(type.id, former.id);
  try {
    comparison.compareDocumentation(former, type, place);
    if (former.kind === "simple" && type.kind === "simple") {
      compareSimpleTypes(comparison, former, type, place);
    } else if (former.kind === "complex" && type.kind === "complex") {
      compareComplexTypes(comparison, former, type, place);
    } else {
      compareAcrossKinds(comparison, former, type, place);
    }
  } finally {
    run.active.delete(pair);
  }
}

/** Whether a named type is there for the first time, by whatever name. */
function isNewType({ before, renamed }: Run, id: TypeId): boolean {
  return !isBuiltin(id) && before.types[id] === undefined && ![...renamed.values()].includes(id);
}

/** The key of what is gone, in the older release: there its owner may have another name, or none. */
function inOlder(fact: Fact, counterparts: ReadonlyMap<TypeId, TypeId>): Fact {
  if (fact.newSpan !== undefined || fact.new !== undefined || counterparts.size === 0) return fact;
  const signs = [...fact.key.matchAll(/[/=](?=[^}]*$)/gu)].reverse();
  for (const { index } of signs) {
    const former = counterparts.get(fact.key.slice(0, index));
    if (former !== undefined) return { ...fact, key: former + fact.key.slice(index) };
  }
  return fact;
}

function compareAcrossKinds(
  comparison: Comparison,
  former: TypeDefinition,
  type: TypeDefinition,
  place: Place,
): void {
  const toComplex = former.kind === "simple";
  const complex = (toComplex ? type : former) as ComplexType;
  const { content, attributes, anyAttribute } = complex;
  const sides = { old: { type: displayType(former.id) }, new: { type: displayType(type.id) } };
  const required = attributes.some((attribute) => attribute.required);
  const turned = (effect: Effect): Effect =>
    toComplex || !["widening", "narrowing"].includes(effect)
      ? effect
      : effect === "widening"
        ? "narrowing"
        : "widening";
  if (content.kind === "simple") {
    const more = attributes.length > 0 || anyAttribute !== undefined;
    comparison.add(toComplex ? "content.simple-to-simplecontent" : "content.simplecontent-to-simple", place, {
      ...sides,
      effect: required ? "disjoint" : more ? turned("widening") : "equal",
    });
    const simple = toComplex ? former.id : content.type;
    const other = toComplex ? content.type : type.id;
    comparison.compareTypeUse(simple, other, place);
    return;
  }
  const [simple, model] = toComplex ? [former.id, comparison.before] : [type.id, comparison.after];
  const emptiable = content.kind !== "elements" || isEmptiableContent(content);
  const mixed = content.kind === "elements" && content.mixed;
  const shared = !required && emptiable && (mixed || acceptsText(model, simple, ""));
  comparison.add("type.kind.changed", place, {
    ...sides,
    effect: !shared ? "disjoint" : mixed ? turned("widening") : "overlap",
  });
}

function isEmptiableContent(content: Extract<ComplexType["content"], { kind: "elements" }>): boolean {
  const root = normalise(content.particle);
  return root === undefined || isEmptiable(root);
}

function compareComplexTypes(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
): void {
  if (former.abstract !== type.abstract) {
    const { before } = comparison;
    // Where a derived type always stood for it, `$type` was always there.
    const wasChosen =
      former.abstract && isReferenced(before, former.id) && directlyDerived(before, former.id).length > 0;
    comparison.add(type.abstract ? "type.abstract.added" : "type.abstract.removed", place, {
      source: { read: wasChosen ? "breaking" : "safe", meta: "safe" },
    });
  }
  compareSets(comparison, former, type, "block", place);
  compareSets(comparison, former, type, "final", place);
  compareDerivation(comparison, former, type, place);
  const pair = { old: former, current: type };
  const shared = sharedAncestor(comparison, former, type);
  if (!isMovedFromDerived(comparison, former, type) && !isRedistributed(comparison, former.id, type.id)) {
    compareContent(comparison, pair, place, shared);
    compareAttributes(comparison, former, type, place, shared);
  }
  const assertions = (complex: ComplexType): string => (complex.assertions ?? []).join("; ");
  if (assertions(former) !== assertions(type)) {
    comparison.add("type.assertion.changed", place, {
      ...valueSides(assertions(former) || undefined, assertions(type) || undefined),
      effect: effectOfAssertions(former.assertions ?? [], type.assertions ?? []),
    });
  }
}

/** What moved between a type that nobody uses itself and those that derive from it changes nothing. */
function isMovedFromDerived(comparison: Comparison, former: ComplexType, type: ComplexType): boolean {
  const { before, after, structure } = comparison;
  if (isReferenced(before, former.id) || isReferenced(after, type.id)) return false;
  const derived = directlyDerived(before, former.id);
  const now = new Set(directlyDerived(after, type.id));
  if (derived.length === 0 || derived.length !== now.size) return false;
  const pairs = derived.map(
    (id) => [id, [...now].find((newId) => structure.corresponds(id, newId))] as const,
  );
  return pairs.every(([oldId, newId]) => {
    const [old, current] = [before.types[oldId], newId === undefined ? undefined : after.types[newId]];
    return (
      old?.kind === "complex" &&
      current?.kind === "complex" &&
      hasSameContent(comparison, old, current) &&
      hasSameAttributes(comparison, old, current)
    );
  });
}

// ---------------------------------------------------------------------------------------------- global elements

function compareElements(comparison: Comparison): void {
  const { before, after } = comparison;
  const placeOf = (
    former: ElementDeclaration | undefined,
    element: ElementDeclaration | undefined,
  ): Place => {
    const { name, id } = (element ?? former) as ElementDeclaration;
    return {
      component: { ns: name.namespace, type: name.local, path: [], kind: "element" },
      key: `element:${id}`,
      ...(former && { oldSpan: former.span, oldExtent: former.extent }),
      ...(element && { newSpan: element.span, newExtent: element.extent }),
    };
  };
  const namespaces = (model: Model): ReadonlySet<string> => new Set(model.namespaces.map(({ uri }) => uri));
  const [oldNamespaces, newNamespaces] = [namespaces(before), namespaces(after)];
  for (const element of Object.values(after.elements)) {
    const former = before.elements[element.id];
    const place = placeOf(former, element);
    if (former === undefined) {
      if (!oldNamespaces.has(element.name.namespace)) continue; // Came with its namespace.
      comparison.add("element.global.added", place, {
        new: { type: displayType(element.type) },
        ...(element.abstract && { effect: "equal" }), // No document begins with it.
      });
      continue;
    }
    if (former.nillable !== element.nillable) {
      comparison.add(element.nillable ? "element.nillable.added" : "element.nillable.removed", place, {
        // The compiler lets a wider value through where a document is written.
        ...(!element.nillable && { source: { build: "dangerous" as const } }),
      });
    }
    if (former.abstract !== element.abstract) {
      comparison.add(element.abstract ? "element.abstract.added" : "element.abstract.removed", place);
    }
    const joined = fixedWithType(comparison, former, element, place, "element");
    compareValueConstraints(comparison, former, element, place, joined);
    compareSets(comparison, former, element, "block", place);
    compareSets(comparison, former, element, "final", place);
    compareConstraints(comparison, former, element, place);
    compareAlternatives(comparison, former, element, place);
    comparison.compareDocumentation(former, element, place);
    if (joined === undefined) comparison.compareTypeUse(former.type, element.type, place);
  }
  for (const former of Object.values(before.elements)) {
    if (after.elements[former.id] !== undefined || !newNamespaces.has(former.name.namespace)) continue;
    comparison.add("element.global.removed", placeOf(former, undefined), {
      old: { type: displayType(former.type) },
      ...(former.abstract && { effect: "equal" }),
    });
  }
}

// ---------------------------------------------------------------------------------------------- the rest

function compareNotations(comparison: Comparison): void {
  const { before, after } = comparison;
  for (const id of new Set([...Object.keys(before.notations), ...Object.keys(after.notations)])) {
    const [old, current] = [before.notations[id], after.notations[id]];
    if (old?.public === current?.public && old?.system === current?.system && !old === !current) continue;
    const known = current ?? old;
    if (known === undefined) continue;
    const place: Place = {
      component: { ns: known.name.namespace, type: known.name.local, path: [], kind: "notation" },
      key: `notation:${id}`,
      ...(old && { oldSpan: old.span }),
      ...(current && { newSpan: current.span }),
    };
    const text = (side: typeof old): string | undefined =>
      side && [side.public, side.system].filter((part) => part !== undefined).join(" ");
    const rule = old === undefined ? "added" : current === undefined ? "removed" : "changed";
    comparison.add(`notation.${rule}`, place, valueSides(text(old), text(current)));
  }
}
