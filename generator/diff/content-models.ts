/** Lays two content models side by side: groups with groups, elements with elements. */
import { alignParts, type Alignment } from "./align.js";
import { effectOfSwap, expandedName, occurs, placeOfWildcard } from "./content-context.js";
import type { Context, StructuralFinding } from "./content-context.js";
import { compareDeclarations, compareElementPair, compareWildcardOccurrence } from "./content-elements.js";
import { matchWildcardFillers, reportForms, reportPart } from "./content-members.js";
import { reportOrder } from "./content-order.js";
import { joinEffects } from "./effects.js";
import { elementsOf, formatContent, formatDifference, isGroup, replacePart, wildcardsOf } from "./normal.js";
import type { ElementPart, GroupPart, Part } from "./normal.js";
import { valueSides } from "./place.js";
import type { Place } from "./place.js";
import { findRule } from "./rules.js";
import { compareShapes, isReshaped, reshapesDerived } from "./shapes.js";
import type { Effect } from "./types.js";
import { compareWildcards } from "./wildcards.js";

/** Compares two content models: part by part where that tells what happened, otherwise as a whole. */
export function compareContentModels(context: Context): void {
  compareRoots(context);
  const torn = [...context.cameNames].some((name) => context.wentNames.has(name));
  if (torn) compareRestructured(context);
  else for (const tell of context.findings) tell();
  const whole = torn ? undefined : effectOfWhole(context);
  const told = whole === undefined ? context.structural : findingsOfWhole(context, whole);
  if (told.length === 0) return;
  const { comparison, pair } = context;
  const source = isReshaped(comparison, pair) || reshapesDerived(comparison, pair) ? reshaped : undefined;
  for (const { rule, place, details } of told)
    comparison.add(rule, place, source === undefined ? details : { ...details, source });
}

/** Properties became items of a list, or the reverse: no code of theirs compiles, whatever brought it about. */
const reshaped = { read: "breaking", build: "breaking", meta: "breaking" } as const;

/** The effect of all findings together, where it is better than what they add up to; undefined: they may stand. */
function effectOfWhole({ structural, old, current, plain, language }: Context): Effect | undefined {
  const isPlain = (part: Part | undefined): boolean =>
    part === undefined ||
    (isGroup(part) ? part.parts.every((each) => plain.has(each) && !isGroup(each)) : plain.has(part));
  const changed = structural.filter(({ rule }) => !rule.startsWith("element.reordered"));
  if (changed.length === 0 || [old, current].every(isPlain)) return undefined;
  // How a wildcard treats what it lets in is no matter of order and number.
  if ([old, current].some((part) => wildcardsOf(part).length > 0)) return undefined;
  const effects = structural.map(({ rule, details }) => {
    const usual = findRule(rule)?.effect ?? "unknown";
    return details.effect ?? (usual === "by-case" ? "unknown" : usual);
  });
  const sum = effects.reduce(joinEffects, "equal");
  const { effect } = language().compare({ part: old, side: "old" }, { part: current, side: "new" });
  if (effect === "equal") return effect;
  return effect !== sum && (effect === "widening" || effect === "narrowing") ? effect : undefined;
}

/** One finding for a model that was put in other words; none where not even code can tell. */
function findingsOfWhole(context: Context, effect: Effect): readonly StructuralFinding[] {
  const { comparison, pair, place, old, current, cameNames, wentNames } = context;
  const shapes = compareShapes(comparison, pair);
  const source = {
    read: wentNames.size > 0 ? "breaking" : shapes.read,
    build: wentNames.size > 0 ? "breaking" : shapes.build,
    meta: wentNames.size + cameNames.size > 0 ? "breaking" : shapes.meta,
  } as const;
  if (effect === "equal" && Object.values(source).every((verdict) => verdict === "safe")) return [];
  const details = { ...valueSides(...formatDifference(old, current)), effect, source };
  return [{ rule: "group.restructured", place: { ...place, optional: false }, details }];
}

/**
 * An element that became one of several to choose from, as the choice of one that it was: then both sides are choices,
 * and what came is a branch.
 */
export function bracketChoices(
  old: Part | undefined,
  current: Part | undefined,
): readonly [old: Part | undefined, current: Part | undefined] {
  return [bracketed(old, current), bracketed(current, old)];
}

function bracketed(root: Part | undefined, other: Part | undefined): Part | undefined {
  if (root === undefined || other === undefined || !isGroup(root) || root.kind === "choice") return root;
  const own = elementsOf(root).map(expandedName);
  let result: Part = root;
  for (const choice of groupsIn(other)) {
    const names = elementsOf(choice).map(expandedName);
    const known = names.filter((name) => own.includes(name));
    const [name] = known;
    if (choice.kind !== "choice" || choice === other || choice.parts.length < 2 || known.length !== 1)
      continue;
    const branch = choice.parts.find((part) => part.kind === "element" && expandedName(part) === name);
    const single = root.parts.find((part) => part.kind === "element" && expandedName(part) === name);
    if (
      branch === undefined ||
      single === undefined ||
      own.indexOf(name ?? "") !== own.lastIndexOf(name ?? "")
    )
      continue;
    const { min, max, span } = single;
    const hoists = branch.min === 1 && branch.max === 1;
    // What may be absent may be absent as a branch, or with its choice.
    const isOptional = choice.min === 0 && min === 0 && branch.min > 0;
    const bracket: GroupPart = hoists
      ? { kind: "choice", parts: [{ ...single, min: 1, max: 1 }], min, max, span }
      : isOptional
        ? { kind: "choice", parts: [{ ...single, min: 1 }], min: 0, max: 1, span }
        : { kind: "choice", parts: [single], min: 1, max: 1, span };
    result = replacePart(result, single, bracket) ?? result;
  }
  return result;
}

function groupsIn(part: Part): readonly GroupPart[] {
  return isGroup(part) ? [part, ...part.parts.flatMap(groupsIn)] : [];
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
      context.add(`group.${short[before.kind]}-to-${short[after.kind]}`, at, {
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
      context.add(`group.occurs.${suffix}`, at, {
        old: occurs(before),
        new: occurs(after),
        effect,
        source,
      });
    });
  }
  compareLists(context, before.parts, after.parts, before.kind, after.kind);
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
  // What came and went may be what the models have in common.
  const isDisjoint = relation.effect === "disjoint";
  const whole = isDisjoint
    ? language().compare({ part: old, side: "old" }, { part: current, side: "new" })
    : relation;
  context.add(
    "group.restructured",
    { ...place, optional: false },
    {
      ...valueSides(...formatDifference(old, current)),
      effect: whole.effect === relation.effect ? relation.effect : "overlap",
      source: compareShapes(comparison, pair),
    },
  );
  context.findings.length = 0;
  const kindAround = (root: Part | undefined, part: Part): GroupPart["kind"] =>
    (root && groupsIn(root).find(({ parts }) => parts.includes(part)))?.kind ?? "sequence";
  for (const part of added) reportPart(context, part, "new", kindAround(current, part), elementsOf(current));
  for (const part of removed) reportPart(context, part, "old", kindAround(old, part), elementsOf(old));
  for (const [before, after] of pairs) {
    if (before.kind === "element" && after.kind === "element") compareDeclarations(context, before, after);
  }
  for (const tell of context.findings) tell();
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
      context.add(
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
