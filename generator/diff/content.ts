/** Compares element content: which children came, went, moved, and what changed about those that stayed. */
import type { ComplexType, Content, ElementParticle, Particle } from "../model/types.js";
import { elementsOf, isEmptiable, isGroup, normalise, partsOf } from "./normal.js";
import type { ElementPart, GroupPart, Part, WildcardPart } from "./normal.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { Position, Side } from "./types.js";
import { admitsNamespace, typeOf } from "../model/query.js";
import { compareWildcards } from "./wildcards.js";

/** Compares the content of two complex types; only what each adds to its base when `ownOnly`. */
export function compareContent(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
  ownOnly: boolean,
): void {
  const before = former.content;
  const after = type.content;
  if (before.kind === "simple" || after.kind === "simple") {
    compareSimpleContent(comparison, before, after, place);
    return;
  }
  const mixedBefore = before.kind === "elements" && before.mixed;
  const mixedAfter = after.kind === "elements" && after.mixed;
  if (mixedBefore !== mixedAfter) comparison.add(mixedAfter ? "mixed.added" : "mixed.removed", place);
  compareParticles(comparison, particleOf(before, ownOnly), particleOf(after, ownOnly), place);
}

function particleOf(content: Content, ownOnly: boolean): Particle | undefined {
  if (content.kind !== "elements") return undefined;
  return ownOnly ? content.own : content.particle;
}

function compareSimpleContent(comparison: Comparison, before: Content, after: Content, place: Place): void {
  if (before.kind === "simple" && after.kind === "simple") {
    comparison.compareTypeUse(before.type, after.type, place);
  } else if (before.kind === "simple") {
    comparison.add("content.simple-to-complex", place, { effect: "overlap" });
  } else {
    comparison.add("content.complex-to-simple", place, { effect: "overlap" });
  }
}

function compareParticles(
  comparison: Comparison,
  before: Particle | undefined,
  after: Particle | undefined,
  place: Place,
): void {
  const old = normalise(before);
  const current = normalise(after);
  if (old === undefined && current === undefined) return;
  compareParts(comparison, old, current, place);
}

/** The kind of group that a single part on one side is seen as, so that `a` compares with `sequence(a, b)`. */
function kindOf(old: Part | undefined, current: Part | undefined): GroupPart["kind"] | undefined {
  const bare = (part: Part | undefined): boolean =>
    part === undefined || !isGroup(part) || part.min !== 1 || part.max !== 1;
  const kind = (part: Part | undefined): GroupPart["kind"] | undefined =>
    part !== undefined && isGroup(part) && part.min === 1 && part.max === 1 ? part.kind : undefined;
  if (bare(old) && bare(current)) return "sequence";
  if (bare(old)) return kind(current);
  if (bare(current)) return kind(old);
  return kind(old) === kind(current) ? kind(old) : undefined;
}

function compareParts(
  comparison: Comparison,
  old: Part | undefined,
  current: Part | undefined,
  place: Place,
): void {
  const group = kindOf(old, current);
  if (group !== undefined) {
    alignParts(comparison, partsOf(old, group), partsOf(current, group), group, false, place);
    return;
  }
  if (old === undefined || current === undefined || !isGroup(old) || !isGroup(current)) return;
  compareGroupKinds(comparison, old, current, place);
}

function compareGroupKinds(comparison: Comparison, old: GroupPart, current: GroupPart, place: Place): void {
  const short = { sequence: "seq", choice: "choice", all: "all" } as const;
  const rule = `group.${short[old.kind]}-to-${short[current.kind]}`;
  const toChoice = current.kind === "choice";
  const fromChoice = old.kind === "choice";
  const parts = toChoice ? old.parts : current.parts;
  const needed = parts.filter((part) => !isEmptiable(part)).length;
  const details = toChoice
    ? ({ effect: needed > 1 ? "disjoint" : "narrowing" } as const)
    : fromChoice
      ? ({ effect: needed > 1 ? "disjoint" : "widening" } as const)
      : {};
  comparison.add(rule, place, details);
  // The members themselves: only what is still comparable, their types.
  const matched = matchElements(old.parts.flatMap(elementsOf), current.parts.flatMap(elementsOf));
  for (const [before, after] of matched.pairs) {
    comparison.compareTypeUse(before.element.type, after.element.type, placeOfElement(place, before, after));
  }
  for (const part of matched.added)
    reportElement(comparison, part, current.parts, current.kind, place, "added");
  for (const part of matched.removed) reportElement(comparison, part, old.parts, old.kind, place, "removed");
}

// ---------------------------------------------------------------------------------------------- alignment

/** Compares the parts of two groups of one kind. `repeats`: the group may occur more than once. */
function alignParts(
  comparison: Comparison,
  old: readonly Part[],
  current: readonly Part[],
  kind: GroupPart["kind"],
  repeats: boolean,
  place: Place,
): void {
  const pairs: (readonly [old: Part, current: Part])[] = [];
  const isElement = (part: Part): part is ElementPart => part.kind === "element";
  const isWildcard = (part: Part): part is WildcardPart => part.kind === "any";
  const elements = matchElements(old.filter(isElement), current.filter(isElement));
  pairs.push(...elements.pairs);

  const groups = matchGroups(old.filter(isGroup), current.filter(isGroup));
  pairs.push(...groups.pairs);
  let removed: readonly ElementPart[] = elements.removed;
  let added: readonly ElementPart[] = elements.added;
  ({ removed, added } = matchForms(comparison, removed, added, place));

  const dissolved = matchDissolvedGroups(comparison, groups.removed, added, "split", place);
  added = dissolved.elements;
  const gathered = matchDissolvedGroups(comparison, groups.added, removed, "joined", place);
  removed = gathered.elements;

  const oldWildcards = old.filter(isWildcard);
  const newWildcards = current.filter(isWildcard);
  for (let i = 0; i < Math.min(oldWildcards.length, newWildcards.length); i++) {
    const [before, after] = [oldWildcards[i], newWildcards[i]];
    if (before !== undefined && after !== undefined) pairs.push([before, after]);
  }
  const lostWildcards = oldWildcards.slice(newWildcards.length);
  const gainedWildcards = newWildcards.slice(oldWildcards.length);

  for (const part of added) {
    const fills = lostWildcards.some((wildcard) =>
      admitsNamespace(wildcard.any.wildcard, part.element.name.namespace),
    );
    if (fills) {
      comparison.add("wildcard.replaced-by-element", placeOfElement(place, undefined, part), {
        new: sideOf(part, current),
      });
    } else reportElement(comparison, part, current, kind, place, "added");
  }
  for (const part of removed) reportElement(comparison, part, old, kind, place, "removed");
  if (added.length === 0 || lostWildcards.length === 0) {
    for (const part of lostWildcards) {
      comparison.add("wildcard.removed", placeOfWildcard(place, part, undefined));
    }
  }
  for (const part of gainedWildcards) {
    comparison.add("wildcard.added", placeOfWildcard(place, undefined, part));
  }
  for (const group of gathered.groups) reportGroup(comparison, group, current, kind, place, "added");
  for (const group of dissolved.groups) reportGroup(comparison, group, old, kind, place, "removed");

  reportOrder(comparison, pairs, old, current, kind, repeats, place);
  for (const [before, after] of pairs) comparePair(comparison, before, after, kind, repeats, place, current);
}

interface Matching<T> {
  readonly pairs: readonly (readonly [T, T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Elements match by expanded name, and by count where one name stands in several places. */
function matchElements(old: readonly ElementPart[], current: readonly ElementPart[]): Matching<ElementPart> {
  const waiting = new Map<string, ElementPart[]>();
  for (const part of old) {
    const key = expandedName(part.element);
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [part]);
    else list.push(part);
  }
  const pairs: [ElementPart, ElementPart][] = [];
  const added: ElementPart[] = [];
  for (const part of current) {
    const partner = waiting.get(expandedName(part.element))?.shift();
    if (partner === undefined) added.push(part);
    else pairs.push([partner, part]);
  }
  const matched = new Set(pairs.map(([before]) => before));
  return { pairs, added, removed: old.filter((part) => !matched.has(part)) };
}

function expandedName(element: ElementParticle): string {
  return `{${element.name.namespace}}${element.name.local}`;
}

/** Groups match with the group that shares most element names. */
function matchGroups(old: readonly GroupPart[], current: readonly GroupPart[]): Matching<GroupPart> {
  const names = (group: GroupPart): Set<string> =>
    new Set(elementsOf(group).map((part) => expandedName(part.element)));
  const candidates: { readonly before: GroupPart; readonly after: GroupPart; readonly score: number }[] = [];
  for (const before of old) {
    for (const after of current) {
      const [a, b] = [names(before), names(after)];
      const shared = [...a].filter((name) => b.has(name)).length;
      const all = new Set([...a, ...b]).size;
      const bothEmpty = all === 0 && before.kind === after.kind;
      if (shared > 0 || bothEmpty) {
        candidates.push({
          before,
          after,
          score: (all === 0 ? 1 : shared / all) + (before.kind === after.kind ? 0.1 : 0),
        });
      }
    }
  }
  candidates.sort((a, b) => b.score - a.score);
  const used = new Set<GroupPart>();
  const pairs: [GroupPart, GroupPart][] = [];
  for (const { before, after } of candidates) {
    if (used.has(before) || used.has(after)) continue;
    used.add(before).add(after);
    pairs.push([before, after]);
  }
  return {
    pairs,
    removed: old.filter((group) => !used.has(group)),
    added: current.filter((group) => !used.has(group)),
  };
}

/** A leftover pair with one local name in two namespaces changed its form. */
function matchForms(
  comparison: Comparison,
  removed: readonly ElementPart[],
  added: readonly ElementPart[],
  place: Place,
): { readonly removed: readonly ElementPart[]; readonly added: readonly ElementPart[] } {
  const left = [...removed];
  const rest: ElementPart[] = [];
  for (const part of added) {
    const index = left.findIndex(
      (other) =>
        other.element.name.local === part.element.name.local && other.element.form !== part.element.form,
    );
    const [before] = index < 0 ? [] : left.splice(index, 1);
    if (before === undefined) {
      rest.push(part);
      continue;
    }
    comparison.add("element.form.changed", placeOfElement(place, before, part), {
      ...valueSides(before.element.form, part.element.form),
      effect: before.min > 0 && part.min > 0 ? "disjoint" : "overlap",
    });
  }
  return { removed: left, added: rest };
}

/** `(a, b)?` on one side and `a?, b?` on the other: members that came together may come alone, or the reverse. */
function matchDissolvedGroups(
  comparison: Comparison,
  groups: readonly GroupPart[],
  elements: readonly ElementPart[],
  direction: "split" | "joined",
  place: Place,
): { readonly groups: readonly GroupPart[]; readonly elements: readonly ElementPart[] } {
  let rest = elements;
  const left: GroupPart[] = [];
  for (const group of groups) {
    const members = elementsOf(group);
    const found = members.map((member) =>
      rest.find((part) => expandedName(part.element) === expandedName(member.element)),
    );
    const whole = found.every((part) => part !== undefined);
    if (!whole || members.length === 0) {
      left.push(group);
      continue;
    }
    rest = rest.filter((part) => !found.includes(part));
    const list = members.map((member) => member.element.name.local).join(", ");
    const simple = group.kind === "sequence" && group.min === 0 && group.max === 1;
    const rule = simple
      ? direction === "split"
        ? "group.optional-pair-split"
        : "group.optional-pair-joined"
      : "group.restructured";
    comparison.add(rule, place, {
      old: { value: list },
      new: { value: list },
      ...(rule === "group.restructured" && {
        source: { read: "dangerous", build: "dangerous", meta: "safe" },
      }),
    });
    members.forEach((member, index) => {
      const other = found[index];
      if (other === undefined) return;
      const [before, after] = direction === "split" ? [member, other] : [other, member];
      comparison.compareTypeUse(
        before.element.type,
        after.element.type,
        placeOfElement(place, before, after),
      );
    });
  }
  return { groups: left, elements: rest };
}

// ---------------------------------------------------------------------------------------------- reports of parts

function reportElement(
  comparison: Comparison,
  part: ElementPart,
  siblings: readonly Part[],
  kind: GroupPart["kind"],
  place: Place,
  direction: "added" | "removed",
): void {
  const at =
    direction === "added" ? placeOfElement(place, undefined, part) : placeOfElement(place, part, undefined);
  const side = sideOf(
    part,
    siblings,
    countBelow(direction === "added" ? comparison.after : comparison.before, part),
  );
  const details = direction === "added" ? { new: side } : { old: side };
  if (kind === "choice" && siblings.length > 1) {
    comparison.add(`group.choice.branch-${direction}`, at, { ...details, source: { read: "dangerous" } });
    return;
  }
  comparison.add(`element.${direction}.${part.min === 0 ? "optional" : "required"}`, at, details);
}

/** How many declarations lie below an added or removed element that nothing else would tell of. */
function countBelow(model: Comparison["before"], part: ElementPart): number {
  const seen = new Set<string>();
  const count = (id: string): number => {
    const type = typeOf(model, id);
    if (type?.kind !== "complex" || seen.has(id) || type.name !== undefined) return 0;
    seen.add(id);
    const particle = type.content.kind === "elements" ? type.content.particle : undefined;
    const root = normalise(particle);
    if (root === undefined) return type.attributes.length;
    return elementsOf(root).reduce(
      (sum, child) => sum + 1 + count(child.element.type),
      type.attributes.length,
    );
  };
  return count(part.element.type);
}

function reportGroup(
  comparison: Comparison,
  group: GroupPart,
  siblings: readonly Part[],
  kind: GroupPart["kind"],
  place: Place,
  direction: "added" | "removed",
): void {
  if (kind === "choice") {
    const names = elementsOf(group)
      .map((part) => part.element.name.local)
      .join(", ");
    const side: Side = { value: names };
    comparison.add(
      `group.choice.branch-${direction}`,
      { ...place, optional: true },
      {
        ...(direction === "added" ? { new: side } : { old: side }),
        source: { read: "dangerous" },
      },
    );
    return;
  }
  // Members of a group that came or went as a whole: each is optional where the group or a choice makes it so.
  for (const part of elementsOf(group)) {
    const optional = group.min === 0 || group.kind === "choice" || part.min === 0;
    reportElement(
      comparison,
      { ...part, min: optional ? 0 : part.min },
      siblings,
      "sequence",
      place,
      direction,
    );
  }
}

function reportOrder(
  comparison: Comparison,
  pairs: readonly (readonly [Part, Part])[],
  old: readonly Part[],
  current: readonly Part[],
  kind: GroupPart["kind"],
  repeats: boolean,
  place: Place,
): void {
  const ordered = [...pairs].sort(([, a], [, b]) => current.indexOf(a) - current.indexOf(b));
  const positions = ordered.map(([before]) => old.indexOf(before));
  const staying = longestIncreasing(positions);
  const free = kind !== "sequence" || repeats;
  ordered.forEach(([before, after], index) => {
    if (staying.has(index) || after.kind !== "element" || before.kind !== "element") return;
    const crossed = ordered.filter((_, other) => {
      const [a, b] = [positions[index] ?? 0, positions[other] ?? 0];
      return index < other !== a < b && other !== index;
    });
    const required =
      after.min > 0 && before.min > 0 && crossed.some(([o, n]) => !isEmptiable(o) && !isEmptiable(n));
    const rule = free ? "free" : required ? "required" : "optional";
    comparison.add(`element.reordered.${rule}`, placeOfElement(place, before, after), {
      old: sideOf(before, old),
      new: sideOf(after, current),
    });
  });
}

/** Indexes of a longest increasing subsequence: what stayed in order. */
function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous = new Array<number>(values.length).fill(-1);
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const result = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) result.add(index);
  return result;
}

// ---------------------------------------------------------------------------------------------- matched parts

function comparePair(
  comparison: Comparison,
  before: Part,
  after: Part,
  kind: GroupPart["kind"],
  repeats: boolean,
  place: Place,
  siblings: readonly Part[],
): void {
  if (before.kind === "element" && after.kind === "element") {
    compareElementPair(comparison, before, after, place, siblings);
  } else if (before.kind === "any" && after.kind === "any") {
    const at = placeOfWildcard(place, before, after);
    compareOccurrence(comparison, before, after, at);
    compareWildcards(comparison, before.any.wildcard, after.any.wildcard, at);
  } else if (isGroup(before) && isGroup(after)) {
    const inside: Place = {
      ...place,
      optional: place.optional === true || before.min === 0 || kind === "choice",
    };
    compareGroupOccurrence(comparison, before, after, place);
    const many = repeats || isMany(before.max) || isMany(after.max);
    if (before.kind === after.kind) {
      alignParts(comparison, before.parts, after.parts, before.kind, many, inside);
    } else compareGroupKinds(comparison, before, after, inside);
  }
}

function isMany(max: number | "unbounded"): boolean {
  return max === "unbounded" || max > 1;
}

function compareElementPair(
  comparison: Comparison,
  before: ElementPart,
  after: ElementPart,
  place: Place,
  siblings: readonly Part[],
): void {
  const at = placeOfElement(place, before, after);
  compareOccurrence(comparison, before, after, at, siblings);
  const [old, current] = [before.element, after.element];
  if ((old.ref === undefined) !== (current.ref === undefined)) {
    const members = (model: Comparison["before"], ref: string | undefined): number =>
      ref === undefined ? 0 : (model.substitutions[ref] ?? []).length;
    const toRef = old.ref === undefined;
    const slots = toRef ? members(comparison.after, current.ref) : members(comparison.before, old.ref);
    const source = {
      read: slots > 0 ? "breaking" : "safe",
      build: slots > 0 ? "breaking" : "safe",
      meta: "safe",
    } as const;
    comparison.add(toRef ? "element.local-to-ref" : "element.ref-to-local", at, {
      effect: slots === 0 ? "equal" : toRef ? "widening" : "narrowing",
      source,
    });
  }
  // What a reference says about its element is compared at the global declaration.
  if (old.ref === undefined || current.ref === undefined) {
    if (old.nillable !== current.nillable) {
      comparison.add(current.nillable ? "element.nillable.added" : "element.nillable.removed", at);
    }
    compareDefaults(comparison, old, current, at);
    compareIdentity(comparison, old, current, at);
    comparison.compareTypeUse(old.type, current.type, at);
  }
  if (comparison.docs && old.documentation !== current.documentation) {
    const [was, now] = [old.documentation ?? "", current.documentation ?? ""];
    comparison.add(
      was === "" ? "doc.added" : now === "" ? "doc.removed" : "doc.changed",
      at,
      valueSides(was || undefined, now || undefined),
    );
  }
}

function compareDefaults(
  comparison: Comparison,
  old: ElementParticle,
  current: ElementParticle,
  at: Place,
): void {
  const emptyIsValid = (id: string): boolean => acceptsEmpty(comparison, id);
  if (old.default !== current.default) {
    const change =
      old.default === undefined ? "added" : current.default === undefined ? "removed" : "changed";
    const flips = !emptyIsValid(current.type);
    const effect = change === "changed" || !flips ? "equal" : change === "added" ? "widening" : "narrowing";
    comparison.add(`element.default.${change}`, at, { ...valueSides(old.default, current.default), effect });
  }
  if (old.fixed !== current.fixed) {
    const change = old.fixed === undefined ? "added" : current.fixed === undefined ? "removed" : "changed";
    const flips = !emptyIsValid(current.type);
    const effect = change === "changed" || flips ? "overlap" : change === "added" ? "narrowing" : "widening";
    comparison.add(`element.fixed.${change}`, at, {
      ...valueSides(old.fixed, current.fixed),
      effect,
      source: { read: "safe", build: "safe" },
    });
  }
}

/** Whether the empty string is a value of a simple type: decided for what has no further facets, else assumed not. */
function acceptsEmpty(comparison: Comparison, id: string): boolean {
  const type = typeOf(comparison.after, id);
  if (type === undefined || type.kind === "complex") return false;
  if (type.variety === "list") return (type.facets.minLength ?? type.facets.length ?? 0) === 0;
  const stringLike = /\}(?:string|normalizedString|token|anyURI|hexBinary|base64Binary|anySimpleType)$/u;
  const { facets } = type;
  return (
    stringLike.test(type.builtin ?? "") &&
    (facets.minLength ?? facets.length ?? 0) === 0 &&
    facets.patterns === undefined &&
    (facets.enumeration === undefined || facets.enumeration.some(({ value }) => value === ""))
  );
}

function compareIdentity(
  comparison: Comparison,
  old: ElementParticle,
  current: ElementParticle,
  at: Place,
): void {
  const text = (constraint: ElementParticle["constraints"][number]): string =>
    JSON.stringify([constraint.kind, constraint.selector, constraint.fields, constraint.refer]);
  const before = new Map(old.constraints.map((constraint) => [constraint.id, constraint]));
  for (const constraint of current.constraints) {
    const previous = before.get(constraint.id);
    before.delete(constraint.id);
    const place: Place = { ...at, key: `${at.key}#${constraint.name.local}`, newSpan: constraint.span };
    if (previous === undefined) {
      comparison.add("element.identity.added", place, { new: { value: constraint.name.local } });
    } else if (text(previous) !== text(constraint)) {
      comparison.add("element.identity.changed", place, valueSides(text(previous), text(constraint)));
    }
  }
  for (const constraint of before.values()) {
    comparison.add(
      "element.identity.removed",
      { ...at, key: `${at.key}#${constraint.name.local}`, oldSpan: constraint.span },
      {
        old: { value: constraint.name.local },
      },
    );
  }
}

function compareOccurrence(
  comparison: Comparison,
  before: Part,
  after: Part,
  at: Place,
  siblings: readonly Part[] = [],
): void {
  const sides = { old: occurs(before), new: { ...occurs(after), ...positionSide(after, siblings) } };
  if (before.min !== after.min) {
    const rule =
      before.min === 0
        ? "optional-to-required"
        : after.min === 0
          ? "required-to-optional"
          : after.min > before.min
            ? "min-raised"
            : "min-lowered";
    comparison.add(`element.occurs.${rule}`, at, sides);
  }
  if (before.max !== after.max) {
    const rule =
      before.max === 1
        ? "single-to-many"
        : after.max === 1
          ? "many-to-single"
          : limit(after.max) > limit(before.max)
            ? "max-raised"
            : "max-lowered";
    comparison.add(`element.occurs.${rule}`, at, sides);
  }
}

function compareGroupOccurrence(
  comparison: Comparison,
  before: GroupPart,
  after: GroupPart,
  place: Place,
): void {
  if (before.min === after.min && before.max === after.max) return;
  const grew = after.min <= before.min && limit(after.max) >= limit(before.max);
  const shrank = after.min >= before.min && limit(after.max) <= limit(before.max);
  const crossesMany = isMany(before.max) !== isMany(after.max);
  comparison.add(`group.occurs.${grew ? "widened" : shrank ? "narrowed" : "changed"}`, place, {
    old: occurs(before),
    new: occurs(after),
    source: crossesMany
      ? { read: "breaking", build: "breaking", meta: "breaking" }
      : {
          read: after.min < before.min ? "breaking" : "safe",
          build: after.min > before.min ? "breaking" : "safe",
          meta: "safe",
        },
  });
}

function limit(max: number | "unbounded"): number {
  return max === "unbounded" ? Infinity : max;
}

function occurs(part: Part): Side {
  return { min: part.min, max: part.max };
}

// ---------------------------------------------------------------------------------------------- places and sides

function placeOfElement(
  place: Place,
  before: ElementPart | undefined,
  after: ElementPart | undefined,
): Place {
  const local = (after ?? before)?.element.name.local ?? "";
  const optional = place.optional === true || (before ?? after)?.min === 0;
  return {
    component: { ...place.component, path: [...place.component.path, local] },
    key: `${place.key}/${local}`,
    optional,
    ...(before && { oldSpan: before.element.span, oldExtent: before.element.extent }),
    ...(after && { newSpan: after.element.span, newExtent: after.element.extent }),
  };
}

function placeOfWildcard(
  place: Place,
  before: WildcardPart | undefined,
  after: WildcardPart | undefined,
): Place {
  return {
    component: { ...place.component, path: [...place.component.path, "*"] },
    key: `${place.key}/*`,
    optional: true,
    ...(before && { oldSpan: before.span }),
    ...(after && { newSpan: after.span }),
  };
}

function sideOf(part: ElementPart, siblings: readonly Part[], children = 0): Side {
  const { element } = part;
  return {
    type: displayType(element.type),
    min: part.min,
    max: part.max,
    ...positionSide(part, siblings),
    ...(children > 0 && { children }),
  };
}

function positionSide(part: Part, siblings: readonly Part[]): { readonly position?: Position } {
  const index = siblings.indexOf(part);
  if (index < 0) return {};
  const name = (other: Part | undefined): string | undefined =>
    other?.kind === "element" ? other.element.name.local : undefined;
  const [after, before] = [name(siblings[index - 1]), name(siblings[index + 1])];
  return {
    position: {
      ...(after !== undefined && { after }),
      ...(before !== undefined && { before }),
      index,
      last: index === siblings.length - 1,
    },
  };
}
