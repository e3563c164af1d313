/** Compares element content: which children came, went, moved, and what changed about those that stayed. */
import { typeOf, wildcardAdmits } from "../model/query.js";
import type { ComplexType, Content, ElementParticle, Model, Particle, TypeId } from "../model/types.js";
import { alignParts, type Alignment, type Pair } from "./align.js";
import { createContentLanguage } from "./content-language.js";
import type { ContentLanguage, Sided } from "./content-language.js";
import { compareAlternatives, compareConstraints, compareSets } from "./declarations.js";
import { joinEffects, inverseEffect } from "./effects.js";
import {
  elementsOf,
  formatContent,
  formatDifference,
  isEmptiable,
  isGroup,
  meaningOf,
  normalise,
  replacePart,
  wildcardsOf,
} from "./normal.js";
import type { ElementPart, GroupPart, Part, WildcardPart } from "./normal.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import { compareShapes } from "./shapes.js";
import type { ComplexPair } from "./shapes.js";
import { acceptsText } from "./values.js";
import type { Effect, Position, Side } from "./types.js";
import { compareWildcards } from "./wildcards.js";

/** Compares the content of two complex types; only what each adds to an ancestor that they share. */
export function compareContent(
  comparison: Comparison,
  pair: ComplexPair,
  place: Place,
  shared: SharedAncestor | undefined,
): void {
  const before = pair.old.content;
  const after = pair.current.content;
  if (before.kind === "simple" || after.kind === "simple") {
    compareSimpleContent(comparison, before, after, place);
    return;
  }
  const mixedBefore = before.kind === "elements" && before.mixed;
  const mixedAfter = after.kind === "elements" && after.mixed;
  if (mixedBefore !== mixedAfter) comparison.add(mixedAfter ? "mixed.added" : "mixed.removed", place);
  compareOpenContent(comparison, before, after, place);
  const whole = [contentOf(pair.old), contentOf(pair.current)] as const;
  // What moved between a type and its base is no change to the type.
  if (shared !== undefined && isSame(comparison, ...whole)) return;
  const [old, current] =
    shared === undefined
      ? whole
      : [
          contentBelow(comparison.before, pair.old, shared.old),
          contentBelow(comparison.after, pair.current, shared.current),
        ];
  if (old === undefined && current === undefined) return;
  if (isSame(comparison, old, current)) return;
  compareModels(createContext(comparison, pair, place, old, current));
}

/** An ancestor of two types, by its name on each side: what it holds is compared there. */
export interface SharedAncestor {
  readonly old: TypeId;
  readonly current: TypeId;
}

function contentOf({ content }: ComplexType): Part | undefined {
  return content.kind === "elements" ? normalise(content.particle) : undefined;
}

/** What a type and its bases add to an ancestor. */
function contentBelow(model: Model, type: ComplexType, ancestor: TypeId): Part | undefined {
  const parts: Particle[] = [];
  for (let each: ComplexType | undefined = type; each !== undefined && each.id !== ancestor;) {
    const own: Particle | undefined = each.content.kind === "elements" ? each.content.own : undefined;
    if (own !== undefined) parts.unshift(own);
    const base = typeOf(model, each.base);
    each = base?.kind === "complex" ? base : undefined;
  }
  const [first] = parts;
  if (first === undefined || parts.length === 1) return normalise(first);
  return normalise({ kind: "sequence", particles: parts, min: 1, max: 1, span: first.span });
}

/** Whether two types have the same content, inherited parts included. */
export function hasSameContent(comparison: Comparison, old: ComplexType, current: ComplexType): boolean {
  const [before, after] = [old.content, current.content];
  if (before.kind !== after.kind) return false;
  if (before.kind === "simple" && after.kind === "simple") {
    return comparison.meaningOf("old", before.type) === comparison.meaningOf("new", after.type);
  }
  const mixed = (content: Content): boolean => content.kind === "elements" && content.mixed;
  return mixed(before) === mixed(after) && isSame(comparison, contentOf(old), contentOf(current));
}

function isSame(comparison: Comparison, old: Part | undefined, current: Part | undefined): boolean {
  const oldTypes = (part: ElementPart): string => comparison.meaningOf("old", part.element.type);
  const newTypes = (part: ElementPart): string => comparison.meaningOf("new", part.element.type);
  return meaningOf(old, oldTypes) === meaningOf(current, newTypes);
}

// ---------------------------------------------------------------------------------------------- text

function compareSimpleContent(comparison: Comparison, before: Content, after: Content, place: Place): void {
  if (before.kind === "simple" && after.kind === "simple") {
    comparison.compareTypeUse(before.type, after.type, place);
    return;
  }
  const toSimple = after.kind === "simple";
  const [simple, other] = toSimple ? [after, before] : [before, after];
  const model = toSimple ? comparison.after : comparison.before;
  const empty = simple.kind === "simple" && acceptsText(model, simple.type, "");
  const particle = other.kind === "elements" ? normalise(other.particle) : undefined;
  const mixed = other.kind === "elements" && other.mixed;
  const emptiable = particle === undefined || isEmptiable(particle);
  const kind = particle === undefined && !mixed ? "empty" : "complex";
  // From text to the other content.
  const effect: Effect = !emptiable
    ? "disjoint"
    : mixed
      ? "widening"
      : empty
        ? particle === undefined
          ? "narrowing"
          : "overlap"
        : "disjoint";
  comparison.add(toSimple ? `content.${kind}-to-simple` : `content.simple-to-${kind}`, place, {
    effect: toSimple ? inverseEffect(effect) : effect,
  });
}

/** XSD 1.1 open content. */
function compareOpenContent(comparison: Comparison, before: Content, after: Content, place: Place): void {
  const old = before.kind === "elements" ? before.open : undefined;
  const current = after.kind === "elements" ? after.open : undefined;
  if (old === undefined && current === undefined) return;
  const at: Place = {
    ...place,
    component: { ...place.component, path: [...place.component.path, "**"] },
    key: `${place.key}/**`,
    optional: true,
    ...(old && { oldSpan: old.wildcard.span }),
    ...(current && { newSpan: current.wildcard.span }),
  };
  if (old === undefined) return comparison.add("opencontent.added", at);
  if (current === undefined) return comparison.add("opencontent.removed", at);
  if (old.mode !== current.mode) {
    comparison.add("opencontent.mode.changed", at, {
      ...valueSides(old.mode, current.mode),
      effect: current.mode === "interleave" ? "widening" : "narrowing",
    });
  }
  compareWildcards(comparison, old.wildcard, current.wildcard, at);
}

// ---------------------------------------------------------------------------------------------- content models

/** Two content models being compared. */
interface Context {
  readonly comparison: Comparison;
  readonly pair: ComplexPair;
  readonly place: Place;
  readonly old: Part | undefined;
  readonly current: Part | undefined;
  readonly language: () => ContentLanguage;
  /** Parts that stand where nothing but themselves decides what a change of them does. */
  readonly plain: ReadonlySet<Part>;
  /** What was found; told only when the two models could be laid side by side. */
  readonly findings: (() => void)[];
  readonly cameNames: Set<string>;
  readonly wentNames: Set<string>;
}

function createContext(
  comparison: Comparison,
  pair: ComplexPair,
  place: Place,
  old: Part | undefined,
  current: Part | undefined,
): Context {
  let language: ContentLanguage | undefined;
  const plain = [...plainParts(old), ...plainParts(current)];
  const hasWildcards = wildcardsOf(old).length > 0 || wildcardsOf(current).length > 0;
  return {
    comparison,
    pair,
    place,
    old,
    current,
    language: () => (language ??= createContentLanguage(comparison.before, comparison.after, old, current)),
    plain: new Set(hasWildcards ? [] : plain),
    findings: [],
    cameNames: new Set(),
    wentNames: new Set(),
  };
}

/** The parts of a sequence (or xs:all) that must stand once as a whole, when no name stands in two places. */
function plainParts(root: Part | undefined): readonly Part[] {
  if (root === undefined) return [];
  const names = elementsOf(root).map(expandedName);
  const hasHead = elementsOf(root).some(({ element }) => element.ref !== undefined);
  if (hasHead || new Set(names).size < names.length) return [];
  if (!isGroup(root)) return [root];
  return root.kind !== "choice" && root.min === 1 && root.max === 1 ? root.parts : [];
}

function compareModels(context: Context): void {
  compareRoots(context);
  const torn = [...context.cameNames].some((name) => context.wentNames.has(name));
  if (torn) compareRestructured(context);
  else for (const tell of context.findings) tell();
}

/** Lays the two models side by side. */
function compareRoots(context: Context): void {
  const { old, current } = context;
  const view = viewOf(old, current);
  if (view === undefined) {
    if (old !== undefined && current !== undefined) comparePair(context, old, current);
    return;
  }
  compareLists(context, partsIn(old, view), partsIn(current, view), view, view);
}

/** The kind of group as which both models can be seen, so that `a` compares with `(a, b)`; undefined: one with the other. */
function viewOf(old: Part | undefined, current: Part | undefined): GroupPart["kind"] | undefined {
  const kind = (part: Part | undefined): GroupPart["kind"] | undefined =>
    part !== undefined && isGroup(part) && part.min === 1 && part.max === 1 ? part.kind : undefined;
  const [a, b] = [kind(old), kind(current)];
  if (old === undefined || current === undefined) {
    const only = a ?? b;
    return only === undefined || only === "choice" ? "sequence" : only;
  }
  if (a !== undefined && b !== undefined) {
    if (a === b) return a;
    // One of them may stand as a whole in the other, which grew around it.
    return isPartOf(old, current) ? b : isPartOf(current, old) ? a : undefined;
  }
  if (a === undefined && b === undefined) return isGroup(old) && isGroup(current) ? undefined : "sequence";
  const [whole, part] = a === undefined ? [current, old] : [old, current];
  if (isGroup(part) && isGroup(whole)) {
    // A group in brackets of its own: is it the other one, or one of its parts?
    const alike = (group: GroupPart): number => likeness(group, part);
    const inside = Math.max(0, ...whole.parts.filter(isGroup).map(alike));
    if (inside <= alike(whole) && (whole.kind === part.kind || inside === 0)) return undefined;
  }
  return a ?? b;
}

/** Whether a group is more like one part of another than like all of it. */
function isPartOf(part: Part, whole: Part): boolean {
  if (!isGroup(part) || !isGroup(whole)) return false;
  const twins = whole.parts.filter(isGroup).filter(({ kind }) => kind === part.kind);
  return twins.some((twin) => likeness(twin, part) > likeness(whole, part));
}

/** Which share of their element names two groups have in common. */
function likeness(a: GroupPart, b: GroupPart): number {
  const names = new Set(elementsOf(a).map(expandedName));
  const others = new Set(elementsOf(b).map(expandedName));
  const shared = [...names].filter((name) => others.has(name)).length;
  return shared / Math.max(1, new Set([...names, ...others]).size);
}

function partsIn(part: Part | undefined, view: GroupPart["kind"]): readonly Part[] {
  if (part === undefined) return [];
  return isGroup(part) && part.kind === view && part.min === 1 && part.max === 1 ? part.parts : [part];
}

/** Compares the parts of two groups. */
function compareLists(
  context: Context,
  old: readonly Part[],
  current: readonly Part[],
  oldKind: GroupPart["kind"],
  newKind: GroupPart["kind"],
): void {
  const aligned = alignParts(old, current);
  reportForms(context, aligned);
  const split = matchPairSplits(context, aligned);
  const { removed, added } = matchWildcardFillers(context, split);
  for (const part of added) reportPart(context, part, "new", newKind, current);
  for (const part of removed) reportPart(context, part, "old", oldKind, old);
  if (oldKind === newKind) reportOrder(context, aligned.pairs, old, current, newKind);
  for (const [before, after] of aligned.pairs) comparePair(context, before, after, current);
}

function comparePair(context: Context, before: Part, after: Part, siblings: readonly Part[] = []): void {
  if (before.kind === "element" && after.kind === "element") {
    compareElementPair(context, before, after, siblings);
  } else if (before.kind === "any" && after.kind === "any") {
    const at = placeOfWildcard(context, before, after);
    context.findings.push(() => {
      compareWildcardOccurrence(context, before, after, at);
      compareWildcards(context.comparison, before.any.wildcard, after.any.wildcard, at);
    });
  } else if (isGroup(before) && isGroup(after)) {
    compareGroupPair(context, before, after);
  }
}

// ---------------------------------------------------------------------------------------------- groups

function compareGroupPair(context: Context, before: GroupPart, after: GroupPart): void {
  const { place } = context;
  const spans = { oldSpan: before.span, newSpan: after.span };
  const source = compareShapes(context.comparison, context.pair);
  const at: Place = { ...place, ...spans, optional: false };
  if (before.kind !== after.kind) {
    const short = { sequence: "seq", choice: "choice", all: "all" } as const;
    const effect = effectOfSwap(context, before, after, (target, pattern) => ({
      ...target,
      kind: pattern.kind,
    }));
    const sides = valueSides(formatContent(before), formatContent(after));
    context.findings.push(() => {
      context.comparison.add(`group.${short[before.kind]}-to-${short[after.kind]}`, at, {
        ...sides,
        effect,
        source,
      });
    });
  }
  if (before.min !== after.min || before.max !== after.max) {
    const effect = effectOfSwap(context, before, after, (target, pattern) => ({
      ...target,
      min: pattern.min,
      max: pattern.max,
    }));
    const name = { widening: "widened", narrowing: "narrowed" } as const;
    const suffix = effect === "widening" || effect === "narrowing" ? name[effect] : "changed";
    context.findings.push(() => {
      context.comparison.add(`group.occurs.${suffix}`, at, {
        old: occurs(before),
        new: occurs(after),
        effect,
        source,
      });
    });
  }
  compareLists(context, before.parts, after.parts, before.kind, after.kind);
}

/** What it does to the whole model when a part takes over something of its partner. */
function effectOfSwap<P extends Part>(
  context: Context,
  before: P,
  after: P,
  swap: (target: P, pattern: P) => Part,
): Effect {
  const { old, current } = context;
  if (old === undefined || current === undefined) return "unknown";
  const { language } = context;
  const inNew = language().compare(
    { part: replacePart(current, after, swap(after, before)), side: "new" },
    { part: current, side: "new" },
  );
  const inOld = language().compare(
    { part: old, side: "old" },
    { part: replacePart(old, before, swap(before, after)), side: "old" },
  );
  return joinEffects(inNew.effect, inOld.effect);
}

/** A model that cannot be laid beside the other: one finding for all that moved, and what came and went for good. */
function compareRestructured(context: Context): void {
  const { comparison, place, pair, old, current, language } = context;
  const { pairs, removed, added } = alignParts(elementsOf(old), elementsOf(current));
  const rest = (root: Part | undefined, gone: readonly Part[]): Part | undefined =>
    gone.reduce<Part | undefined>((part, each) => part && replacePart(part, each, undefined), root);
  const relation = language().compare(
    { part: rest(old, removed), side: "old" },
    { part: rest(current, added), side: "new" },
  );
  comparison.add(
    "group.restructured",
    { ...place, optional: false },
    {
      ...valueSides(...formatDifference(old, current)),
      effect: relation.effect,
      source: compareShapes(comparison, pair),
    },
  );
  context.findings.length = 0;
  for (const part of added) reportPart(context, part, "new", "sequence", elementsOf(current));
  for (const part of removed) reportPart(context, part, "old", "sequence", elementsOf(old));
  for (const tell of context.findings) tell();
  for (const [before, after] of pairs) {
    if (before.kind === "element" && after.kind === "element") compareDeclarations(context, before, after);
  }
}

/** `(a, b)?` on one side and `a?, b?` on the other: members that came together may come alone, or the reverse. */
function matchPairSplits(context: Context, aligned: Alignment): Alignment {
  const toSplit = matchDissolved(context, aligned.removed, aligned.added, "split");
  const toJoin = matchDissolved(context, aligned.added, aligned.removed, "joined");
  const used = new Set<Part>([...toSplit, ...toJoin]);
  return {
    pairs: aligned.pairs,
    removed: aligned.removed.filter((part) => !used.has(part)),
    added: aligned.added.filter((part) => !used.has(part)),
    forms: aligned.forms,
  };
}

function matchDissolved(
  context: Context,
  groups: readonly Part[],
  parts: readonly Part[],
  direction: "split" | "joined",
): readonly Part[] {
  const used: Part[] = [];
  for (const group of groups) {
    if (!isGroup(group) || group.kind !== "sequence" || group.min !== 0 || group.max !== 1) continue;
    const found = group.parts.map((member) =>
      parts.find(
        (part) =>
          member.kind === "element" &&
          part.kind === "element" &&
          part.min === 0 &&
          expandedName(part) === expandedName(member),
      ),
    );
    const members = group.parts.filter((member) => member.kind === "element");
    const others = found.filter((part): part is ElementPart => part?.kind === "element");
    if (others.length < group.parts.length || members.length < group.parts.length) continue;
    used.push(group, ...others);
    const list = members.map((member) => member.element.name.local).join(", ");
    const [one, many] = [`(${list})?`, `${list.replaceAll(",", "?,")}?`];
    context.findings.push(() => {
      context.comparison.add(
        `group.optional-pair-${direction}`,
        {
          ...context.place,
          optional: false,
          ...(direction === "split" ? { oldSpan: group.span } : { newSpan: group.span }),
        },
        direction === "split" ? valueSides(one, many) : valueSides(many, one),
      );
    });
    members.forEach((member, index) => {
      const other = others[index] as ElementPart;
      if (direction === "split") compareDeclarations(context, member, other);
      else compareDeclarations(context, other, member);
    });
  }
  return used;
}

// ---------------------------------------------------------------------------------------------- order

function reportOrder(
  context: Context,
  pairs: readonly Pair[],
  old: readonly Part[],
  current: readonly Part[],
  kind: GroupPart["kind"],
): void {
  const ordered = [...pairs].sort(([, a], [, b]) => current.indexOf(a) - current.indexOf(b));
  const positions = ordered.map(([before]) => old.indexOf(before));
  if (positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0))) return;
  const staying = longestIncreasing(
    positions,
    ordered.map(([, part]) => (part.kind === "element" ? expandedName(part) : part.kind)),
  );
  ordered.forEach(([before, after], index) => {
    if (staying.has(index) || after.kind !== "element" || before.kind !== "element") return;
    const position = positions[index] ?? 0;
    const crossed = ordered.filter((_, other) => index < other !== position < (positions[other] ?? 0));
    const effect = kind === "sequence" ? effectOfMove(context, before, after, crossed, current) : "equal";
    const required =
      after.min > 0 && before.min > 0 && crossed.some(([o, n]) => !isEmptiable(o) && !isEmptiable(n));
    const rule = effect === "equal" ? "free" : required ? "required" : "optional";
    context.findings.push(() => {
      context.comparison.add(
        `element.reordered.${rule}`,
        { ...placeOfElement(context, before, after), optional: false },
        { old: sideOf(before, old), new: sideOf(after, current), effect },
      );
    });
  });
}

/** What it does to the whole model that one part crossed some of its siblings. */
function effectOfMove(
  context: Context,
  before: ElementPart,
  after: ElementPart,
  crossed: readonly Pair[],
  current: readonly Part[],
): Effect {
  const root = context.current;
  if (root === undefined) return "unknown";
  const at = current.indexOf(after);
  const others = crossed.map(([, part]) => current.indexOf(part));
  const [low, high] = [Math.min(at, ...others), Math.max(at, ...others)];
  const back = current.filter((part) => part !== after);
  // Behind all that it crossed when it stands before them now, and the reverse.
  back.splice(at === low ? high : low, 0, after);
  const list = isGroup(root) && root.parts === current ? root : groupOf(root, current);
  if (list === undefined) {
    return before.min > 0 && after.min > 0 ? "disjoint" : "overlap";
  }
  const { effect } = context
    .language()
    .compare(
      { part: replacePart(root, list, { ...list, parts: back }), side: "new" },
      { part: root, side: "new" },
    );
  return effect;
}

function groupOf(root: Part, parts: readonly Part[]): GroupPart | undefined {
  if (!isGroup(root)) return undefined;
  if (root.parts === parts) return root;
  for (const part of root.parts) {
    const found = groupOf(part, parts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Indexes of a longest increasing subsequence: what stayed in order. Of several, the one whose names come first, so that
 * the reverse comparison chooses the same.
 */
function longestIncreasing(values: readonly number[], names: readonly string[]): ReadonlySet<number> {
  const ranks = new Map([...new Set(names)].sort().map((name, rank) => [name, rank]));
  const small = 1 / (names.length * names.length + 1);
  const weights = names.map((name) => 1 - (ranks.get(name) ?? 0) * small);
  const best: number[] = [];
  const previous: number[] = [];
  let last = -1;
  values.forEach((value, index) => {
    let from = -1;
    for (let i = 0; i < index; i++) {
      if ((values[i] ?? 0) < value && (from < 0 || (best[i] ?? 0) > (best[from] ?? 0))) from = i;
    }
    previous[index] = from;
    best[index] = (weights[index] ?? 1) + (best[from] ?? 0);
    if (last < 0 || (best[index] ?? 0) > (best[last] ?? 0)) last = index;
  });
  const result = new Set<number>();
  for (let index = last; index >= 0; index = previous[index] ?? -1) result.add(index);
  return result;
}

// ---------------------------------------------------------------------------------------------- what came and went

/** One declaration in two namespaces: its form changed. */
function reportForms(context: Context, { forms }: Alignment): void {
  for (const [before, after] of forms) {
    const effect = effectOfSwap(context, before, after, (target, pattern) => ({
      ...target,
      element: { ...target.element, name: pattern.element.name },
    }));
    context.findings.push(() => {
      context.comparison.add(
        "element.form.changed",
        { ...placeOfElement(context, before, after), optional: false },
        {
          ...valueSides(before.element.form, after.element.form),
          effect: effect === "equal" ? "overlap" : effect,
        },
      );
    });
    compareElementPair(context, before, after, []);
  }
}

/** The intended way to evolve: an element is declared where a wildcard let it in before, or the reverse. */
function matchWildcardFillers(
  context: Context,
  { removed, added }: Alignment,
): Pick<Alignment, "removed" | "added"> {
  const [before, after] = [wildcardsOf(context.old), wildcardsOf(context.current)];
  const fill = (
    elements: readonly Part[],
    wildcards: readonly WildcardPart[],
    lost: readonly Part[],
    side: "old" | "new",
  ): ReadonlySet<Part> => {
    const used = new Set<Part>();
    for (const part of elements) {
      if (part.kind !== "element") continue;
      const host = wildcards.find(({ any }) => wildcardAdmits(any.wildcard, expandedName(part)));
      if (host === undefined) continue;
      used.add(part);
      if (lost.includes(host)) used.add(host);
      const at =
        side === "new" ? placeOfElement(context, undefined, part) : placeOfElement(context, part, undefined);
      const details = sideOf(part, elements);
      context.findings.push(() => {
        if (side === "new") context.comparison.add("wildcard.replaced-by-element", at, { new: details });
        else context.comparison.add("element.replaced-by-wildcard", at, { old: details });
      });
    }
    return used;
  };
  const filled = fill(added, before, removed, "new");
  const emptied = fill(removed, after, added, "old");
  const used = new Set([...filled, ...emptied]);
  return {
    removed: removed.filter((part) => !used.has(part)),
    added: added.filter((part) => !used.has(part)),
  };
}

function reportPart(
  context: Context,
  part: Part,
  side: "old" | "new",
  kind: GroupPart["kind"],
  siblings: readonly Part[],
): void {
  const names = side === "new" ? context.cameNames : context.wentNames;
  for (const element of elementsOf(part)) names.add(expandedName(element));
  context.findings.push(() => {
    const { comparison, place } = context;
    const direction = side === "new" ? "added" : "removed";
    const removal = effectOfRemoval(context, part, side);
    const effect = side === "new" ? inverseEffect(removal) : removal;
    const details = (value: Side): FactDetails => ({ [side]: value, effect });
    const branch = kind === "choice" && siblings.length > 1;
    if (part.kind === "element") {
      const at = {
        ...(side === "new"
          ? placeOfElement(context, undefined, part)
          : placeOfElement(context, part, undefined)),
        optional: false,
      };
      const model = side === "new" ? comparison.after : comparison.before;
      const rule = branch
        ? `group.choice.branch-${direction}`
        : `element.${direction}.${part.min === 0 ? "optional" : "required"}`;
      comparison.add(rule, at, details(sideOf(part, siblings, countBelow(model, part))));
    } else if (part.kind === "any") {
      const at =
        side === "new"
          ? placeOfWildcard(context, undefined, part)
          : placeOfWildcard(context, part, undefined);
      comparison.add(
        `wildcard.${direction}`,
        { ...at, optional: false },
        details({ min: part.min, max: part.max }),
      );
    } else {
      const spans = side === "new" ? { newSpan: part.span } : { oldSpan: part.span };
      const below = elementsOf(part).length;
      const step = formatContent(part);
      const at: Place = {
        component: { ...place.component, path: [...place.component.path, step] },
        key: place.key,
        optional: false,
        ...spans,
      };
      const rule = branch
        ? `group.choice.branch-${direction}`
        : `group.${direction}.${isEmptiable(part) ? "optional" : "required"}`;
      comparison.add(rule, at, details({ value: step, children: below }));
    }
  });
}

/** What taking a part out of its model does. */
function effectOfRemoval(context: Context, part: Part, side: "old" | "new"): Effect {
  if (context.plain.has(part)) return isEmptiable(part) ? "narrowing" : "disjoint";
  const root = side === "new" ? context.current : context.old;
  if (root === undefined) return "unknown";
  const sided = (each: Part | undefined): Sided => ({ part: each, side });
  return context.language().compare(sided(root), sided(replacePart(root, part, undefined))).effect;
}

/** How many declarations lie below an added or removed element that nothing else would tell of. */
function countBelow(model: Model, part: ElementPart): number {
  const seen = new Set<string>();
  const count = (id: string): number => {
    const type = typeOf(model, id);
    if (type?.kind !== "complex" || seen.has(id) || type.name !== undefined) return 0;
    seen.add(id);
    const particle = type.content.kind === "elements" ? type.content.particle : undefined;
    return elementsOf(normalise(particle)).reduce(
      (sum, child) => sum + 1 + count(child.element.type),
      type.attributes.length,
    );
  };
  return count(part.element.type);
}

// ---------------------------------------------------------------------------------------------- matched elements

function compareElementPair(
  context: Context,
  before: ElementPart,
  after: ElementPart,
  siblings: readonly Part[],
): void {
  const at = placeOfElement(context, before, after);
  context.findings.push(() => {
    compareOccurrence(context, before, after, at, siblings);
  });
  compareDeclarations(context, before, after);
}

function compareDeclarations(context: Context, before: ElementPart, after: ElementPart): void {
  context.findings.push(() => {
    const { comparison } = context;
    const at = placeOfElement(context, before, after);
    const [old, current] = [before.element, after.element];
    compareReference(comparison, old, current, at);
    // What a reference says about its element is compared at the global declaration.
    if (old.ref !== undefined && current.ref !== undefined) return;
    if (old.nillable !== current.nillable) {
      comparison.add(current.nillable ? "element.nillable.added" : "element.nillable.removed", at);
    }
    compareValueConstraints(comparison, old, current, at);
    compareSets(comparison, old, current, "block", at);
    compareConstraints(comparison, old, current, at);
    compareAlternatives(comparison, old, current, at);
    comparison.compareTypeUse(old.type, current.type, at);
    comparison.compareDocumentation(old, current, at);
  });
}

function compareReference(
  comparison: Comparison,
  old: ElementParticle,
  current: ElementParticle,
  at: Place,
): void {
  if ((old.ref === undefined) === (current.ref === undefined)) return;
  const toRef = current.ref !== undefined;
  const model = toRef ? comparison.after : comparison.before;
  const members = (model.substitutions[(toRef ? current.ref : old.ref) ?? ""] ?? []).length;
  const verdict = members > 0 ? "breaking" : "safe";
  comparison.add(toRef ? "element.local-to-ref" : "element.ref-to-local", at, {
    effect: members === 0 ? "equal" : toRef ? "widening" : "narrowing",
    source: { read: verdict, build: verdict, meta: "safe" },
  });
}

/** Defaults and fixed values of an element: they fill an empty element, never an absent one. */
export function compareValueConstraints(
  comparison: Comparison,
  old: Pick<ElementParticle, "default" | "fixed" | "type">,
  current: Pick<ElementParticle, "default" | "fixed" | "type">,
  at: Place,
): void {
  const emptyIsValid =
    acceptsText(comparison.before, old.type, "") || acceptsText(comparison.after, current.type, "");
  const step = (before: string | undefined, after: string | undefined): "added" | "removed" | "changed" =>
    before === undefined ? "added" : after === undefined ? "removed" : "changed";
  if (old.default !== current.default) {
    const change = step(old.default, current.default);
    // A fixed value on the other side fills an empty element just as well.
    const filled = old.fixed !== undefined || current.fixed !== undefined;
    const effect: Effect =
      change === "changed" || emptyIsValid || filled
        ? "equal"
        : change === "added"
          ? "widening"
          : "narrowing";
    comparison.add(`element.default.${change}`, at, { ...valueSides(old.default, current.default), effect });
  }
  if (old.fixed !== current.fixed) {
    const change = step(old.fixed, current.fixed);
    const keepsEmpty = emptyIsValid || old.default !== undefined || current.default !== undefined;
    const effect: Effect =
      change === "changed" || !keepsEmpty ? "overlap" : change === "added" ? "narrowing" : "widening";
    comparison.add(`element.fixed.${change}`, at, { ...valueSides(old.fixed, current.fixed), effect });
  }
}

function compareOccurrence(
  context: Context,
  before: ElementPart,
  after: ElementPart,
  at: Place,
  siblings: readonly Part[],
): void {
  const sides = { old: occurs(before), new: { ...occurs(after), ...positionSide(after, siblings) } };
  const apart = limit(before.max) < after.min || limit(after.max) < before.min;
  const plain = context.plain.has(before) && context.plain.has(after);
  const effect = (table: Effect, swap: (target: Part, pattern: Part) => Part): Effect =>
    plain ? (apart ? "disjoint" : table) : effectOfSwap<Part>(context, before, after, swap);
  const place: Place = { ...at, optional: false };
  if (before.min !== after.min) {
    const rule =
      before.min === 0
        ? "optional-to-required"
        : after.min === 0
          ? "required-to-optional"
          : after.min > before.min
            ? "min-raised"
            : "min-lowered";
    context.comparison.add(`element.occurs.${rule}`, place, {
      ...sides,
      effect: effect(after.min > before.min ? "narrowing" : "widening", (target, pattern) => ({
        ...target,
        min: pattern.min,
        max: limit(target.max) < pattern.min ? pattern.max : target.max,
      })),
    });
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
    context.comparison.add(`element.occurs.${rule}`, place, {
      ...sides,
      effect: effect(limit(after.max) > limit(before.max) ? "widening" : "narrowing", (target, pattern) => ({
        ...target,
        max: pattern.max,
        min: Math.min(target.min, limit(pattern.max)),
      })),
    });
  }
}

function compareWildcardOccurrence(
  context: Context,
  before: WildcardPart,
  after: WildcardPart,
  at: Place,
): void {
  if (before.min === after.min && before.max === after.max) return;
  const effect = effectOfSwap<Part>(context, before, after, (target, { min, max }) => ({
    ...target,
    min,
    max,
  }));
  const suffix = effect === "widening" ? "widened" : effect === "narrowing" ? "narrowed" : "changed";
  context.comparison.add(
    `wildcard.occurs.${suffix}`,
    { ...at, optional: false },
    { old: occurs(before), new: occurs(after), effect },
  );
}

function limit(max: number | "unbounded"): number {
  return max === "unbounded" ? Infinity : max;
}

function occurs(part: Part): Side {
  return { min: part.min, max: part.max };
}

// ---------------------------------------------------------------------------------------------- places and sides

export function expandedName({ element }: ElementPart): string {
  return `{${element.name.namespace}}${element.name.local}`;
}

function placeOfElement(
  context: Context,
  before: ElementPart | undefined,
  after: ElementPart | undefined,
): Place {
  const { place, old, current } = context;
  const part = after ?? before;
  const root = after === undefined ? old : current;
  const local = part?.element.name.local ?? "";
  const twins = elementsOf(root).filter((other) => other.element.name.local === local);
  const index = part === undefined ? 0 : twins.indexOf(part);
  const unavoidable = (whole: Part | undefined, target: Part | undefined): boolean =>
    whole === undefined || target === undefined || isUnavoidable(whole, target);
  return {
    component: {
      ...place.component,
      path: [...place.component.path, index > 0 ? `${local}[${index + 1}]` : local],
    },
    key: `${place.key}/${local}`,
    optional: place.optional === true || !unavoidable(old, before) || !unavoidable(current, after),
    ...(before && { oldSpan: before.element.span, oldExtent: before.element.extent }),
    ...(after && { newSpan: after.element.span, newExtent: after.element.extent }),
  };
}

/** Whether each instance of a model holds a part. */
function isUnavoidable(root: Part, target: Part): boolean {
  if (root.min === 0) return false;
  if (root === target) return true;
  if (!isGroup(root) || (root.kind === "choice" && root.parts.length > 1)) return false;
  return root.parts.some((part) => isUnavoidable(part, target));
}

function placeOfWildcard(
  context: Context,
  before: WildcardPart | undefined,
  after: WildcardPart | undefined,
): Place {
  const { place, old, current } = context;
  const index =
    after === undefined
      ? before === undefined
        ? 0
        : wildcardsOf(old).indexOf(before)
      : wildcardsOf(current).indexOf(after);
  const step = index > 0 ? `*[${index + 1}]` : "*";
  return {
    component: { ...place.component, path: [...place.component.path, step] },
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
