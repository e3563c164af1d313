/** Compares simple types: value spaces, enumerations, facets. */
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { compareValues, equalValues } from "../../templates/runtime/datatypes.js";
import { simpleTypeOf } from "../model/query.js";
import { XSD_NAMESPACE } from "../model/types.js";
import type { EnumerationValue, Facets, SimpleType, TypeId } from "../model/types.js";
import { builtinOf } from "../model/values.js";
import { inverseEffect, joinEffects } from "./effects.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import { findRule } from "./rules.js";
import { isAssignable, opened } from "./scalars.js";
import { compareSorts, effectOfMember, isBuiltinAncestor, readAlike } from "./values.js";
import type { Effect, RuleId, SourceVerdicts, Verdict } from "./types.js";

/** Two simple types being compared. */
interface Pair {
  readonly comparison: Comparison;
  readonly old: SimpleType;
  readonly current: SimpleType;
  readonly place: Place;
}

/** Compares two simple types at a place: the type itself, or the declaration that uses another one now. */
export function compareSimpleTypes(
  comparison: Comparison,
  old: SimpleType,
  current: SimpleType,
  place: Place,
): void {
  const pair: Pair = { comparison, old, current, place };
  if (old.variety !== current.variety) {
    compareVarieties(pair);
    return;
  }
  if (current.variety === "union") compareMembers(pair);
  if (current.variety === "list" && old.item !== undefined && current.item !== undefined) {
    // An empty list is fine with any items.
    const mayBeEmpty = [old, current].every(({ facets }) => (facets.length ?? facets.minLength ?? 0) === 0);
    comparison.compareTypeUse(old.item, current.item, {
      ...place,
      lift: (effect) => lifted(place, mayBeEmpty && effect === "disjoint" ? "overlap" : effect),
    });
  }
  compareLimits(pair);
}

/** Something to be told of a pair. */
interface Told {
  readonly rule: RuleId;
  readonly at: Place;
  readonly details: FactDetails;
}

/** What limits the texts of a type: its built-in base, its values, its facets. What its own base tells is told there. */
function compareLimits(pair: Pair): void {
  // Both have the same built-in type; how it is shown depends on the names.
  const same = ({ rule, details: { old, new: current, effect } }: Told): string =>
    JSON.stringify(rule.startsWith("type.base.") ? [rule, effect] : [rule, old, current, effect]);
  const base = basesOf(pair);
  const inherited = new Set(base && limitsOf(base).map(same));
  for (const one of limitsOf(pair))
    if (!inherited.has(same(one))) pair.comparison.add(one.rule, one.at, one.details);
}

/** The types that both are derived from, where these are compared by themselves. */
function basesOf(pair: Pair): Pair | undefined {
  const { comparison, old, current } = pair;
  const [before, after] = [
    simpleTypeOf(comparison.before, old.base),
    simpleTypeOf(comparison.after, current.base),
  ];
  const isCompared =
    before?.name !== undefined &&
    before.name.namespace !== XSD_NAMESPACE &&
    comparison.structure.corresponds(old.base, current.base);
  return isCompared && after?.variety === before.variety
    ? { ...pair, old: before, current: after }
    : undefined;
}

function limitsOf(pair: Pair): readonly Told[] {
  const { comparison, place } = pair;
  const told: Told[] = [];
  const quiet: Pair = {
    ...pair,
    comparison: {
      ...comparison,
      add: (rule, at, details = {}) => void told.push({ rule, at, details }),
    },
  };
  if (pair.current.variety === "atomic") compareBases(quiet);
  compareEnumerations(quiet);
  compareFacets(quiet);
  withBase(pair, told);
  const limits = told.filter(({ at }) => at === place);
  const unsure = limits.some(({ details }) => details.effect !== "equal");
  const whole = limits.length > 0 && unsure ? relate(pair, pair.old, pair.current).effect : "equal";
  return told.flatMap((one) => {
    const { rule, at, details } = one;
    if (at !== place || rule === "enum.reordered") return [one];
    if (whole !== "equal")
      return [details.effect === "unknown" ? { ...one, details: { ...details, effect: whole } } : one];
    const matters = means(pair, rule, details) || (comparison.thorough && rule.startsWith("facet."));
    return matters ? [{ ...one, details: { ...details, effect: "equal" } }] : [];
  });
}

/** Values listed in one release only, and another built-in type in the other: that is one change, and what it does is known. */
function withBase(pair: Pair, told: Told[]): void {
  const base = told.findIndex(({ rule }) => rule.startsWith("type.base."));
  const listed = told.findIndex(({ rule }) => rule === "enum.added-to-open" || rule === "enum.removed-all");
  const one = told[base];
  if (one === undefined || listed < 0) return;
  const { effect } = relate(pair, pair.old, pair.current);
  const { tolerant: _tolerant, ...details } = one.details;
  told[base] = { ...one, rule: baseRule(effect), details: { ...details, effect } };
  told.splice(listed, 1);
}

/** Whether a change that lets the same texts through is one nevertheless: for their meaning, or for code. */
function means({ old, current }: Pair, rule: RuleId, { valueChange, source }: FactDetails): boolean {
  if (valueChange ?? findRule(rule)?.valueChange ?? false) return true;
  // That there are literals or none is told by the values, not by the facets beside them.
  if (rule.startsWith("enum.")) return true;
  if ((old.facets.enumeration === undefined) !== (current.facets.enumeration === undefined)) return false;
  return [source?.read, source?.build].some((verdict) => verdict !== undefined && verdict !== "safe");
}

function lifted(place: Place, effect: Effect): Effect {
  return place.lift === undefined ? effect : place.lift(effect);
}

/** What replacing one type by the other does to the set of valid texts. */
function relate({ comparison }: Pair, old: SimpleType, current: SimpleType): ReturnType<typeof compareSorts> {
  return compareSorts({ model: comparison.before, type: old }, { model: comparison.after, type: current });
}

/** What one part of a change does: made alone to the old type, and as the last step to the new one. */
function effectOfStep(pair: Pair, step: (from: SimpleType, to: SimpleType) => SimpleType): Effect {
  const { old, current, comparison } = pair;
  const inOld = compareSorts(
    { model: comparison.before, type: old },
    { model: comparison.before, type: step(old, current) },
  );
  const inNew = compareSorts(
    { model: comparison.after, type: step(current, old) },
    { model: comparison.after, type: current },
  );
  // A type that nothing satisfies (a least length above the greatest) says nothing.
  const usable = [inOld, inNew].filter(
    ({ onlyOld, onlyNew, shared }) =>
      shared !== undefined || (onlyOld !== undefined && onlyNew !== undefined),
  );
  const effects = (usable.length > 0 ? usable : [inOld, inNew]).map(({ effect }) => effect);
  return effects.reduce(joinEffects);
}

function compareVarieties(pair: Pair): void {
  const { comparison, old, current, place } = pair;
  const rule =
    old.variety === "atomic" && current.variety === "list"
      ? "atomic-to-list"
      : old.variety === "list" && current.variety === "atomic"
        ? "list-to-atomic"
        : "changed";
  const details = {
    effect: relate(pair, old, current).effect,
    valueChange: !readAlike(
      { model: comparison.before, type: old },
      { model: comparison.after, type: current },
    ),
    source: scalarVerdicts(comparison, old, current),
  };
  const matters = means(pair, `simple.variety.${rule}`, details);
  if (details.effect === "equal" && !matters && !comparison.thorough) return;
  comparison.add(`simple.variety.${rule}`, place, {
    ...valueSides(old.variety, current.variety),
    ...details,
    ...(details.effect === "equal" && !matters && { tolerant: "safe" }),
  });
}

// ---------------------------------------------------------------------------------------------- built-in bases

function compareBases(pair: Pair): void {
  const { comparison, old, current, place } = pair;
  const [before, after] = [builtinOf(old), builtinOf(current)];
  if (before === after) return;
  const effect =
    effectOfUri(before, after) ?? effectOfIdentity(before, after) ?? effectOfStep(pair, rebase(comparison));
  const source = scalarVerdicts(comparison, old, current);
  const exact = (builtin: Builtin): boolean => isBuiltinAncestor("decimal", builtin);
  const [was, is] = [displayType(old.id), displayType(current.id)];
  // A type that keeps its name, or has none, is told by what it is built on.
  const builtIn = was === is;
  comparison.add(baseRule(effect), place, {
    old: { type: builtIn ? `xs:${before}` : was },
    new: { type: builtIn ? `xs:${after}` : is },
    effect,
    source,
    // The digits that a decimal keeps, a floating-point number rounds.
    ...(exact(before) !== exact(after) && isNumeric(before) && isNumeric(after) && { valueChange: true }),
    ...(effect === "widening" && { tolerant: tolerantOfWidening(before, after, source) }),
  });
}

/** The rule for another type in place of one. */
export function baseRule(effect: Effect): RuleId {
  const names = { widening: "widened", narrowing: "narrowed", equal: "value-only" } as const;
  return `type.base.${effect === "widening" || effect === "narrowing" || effect === "equal" ? names[effect] : "changed"}`;
}

/** Which texts are URIs is a matter on which processors differ: some refuse what others let through. */
function effectOfUri(before: Builtin, after: Builtin): Effect | undefined {
  const isString = (builtin: Builtin): boolean => isBuiltinAncestor("string", builtin);
  if (after === "anyURI" && isString(before)) return "narrowing";
  return before === "anyURI" && isString(after) ? "widening" : undefined;
}

/** An ID must differ from all others, and a reference lead somewhere: the texts are those of any name. */
function effectOfIdentity(before: Builtin, after: Builtin): Effect | undefined {
  const refers = (builtin: Builtin): boolean => ["ID", "IDREF", "ENTITY"].includes(builtin);
  if (refers(before) && !refers(after) && isBuiltinAncestor(after, before)) return "widening";
  return refers(after) && !refers(before) && isBuiltinAncestor(before, after) ? "narrowing" : undefined;
}

/** The facets of one type on the built-in type of another. */
function rebase(comparison: Comparison): (from: SimpleType, to: SimpleType) => SimpleType {
  return (from, to) => {
    const inherent = (type: SimpleType): Facets =>
      type.builtin === undefined ? {} : (simpleTypeOf(comparison.after, type.builtin)?.facets ?? {});
    const own = ownFacets(from, inherent(from));
    const { whiteSpace: _blank, ...rest } = own;
    const applicable = Object.entries(rest).filter(([name]) => isApplicable(name, builtinOf(to)));
    const bounds = { ...inherent(to), ...Object.fromEntries(applicable) };
    return {
      ...from,
      ...(to.builtin !== undefined && { builtin: to.builtin }),
      ...(to.primitive !== undefined && { primitive: to.primitive }),
      facets: narrowest(bounds, inherent(to), builtinOf(to)),
    };
  };
}

/** Bounds of a step never reach beyond those of its base. */
function narrowest(facets: Facets, base: Facets, builtin: Builtin): Facets {
  const pick = (name: "maxInclusive" | "minInclusive", sign: 1 | -1): Partial<Facets> => {
    const [own, inherited] = [facets[name], base[name]];
    if (own === undefined || inherited === undefined) return {};
    const order = compareValues(builtin, own, inherited);
    return order !== undefined && order * sign > 0 ? { [name]: inherited } : {};
  };
  return { ...facets, ...pick("maxInclusive", 1), ...pick("minInclusive", -1) };
}

function isApplicable(facet: string, builtin: Builtin): boolean {
  const ordered = isNumeric(builtin) || /^(?:date|time|g[A-Z]|duration|year|day)/u.test(builtin);
  if (/^(?:max|min)(?:In|Ex)clusive$/u.test(facet)) return ordered;
  if (/[lL]ength$/u.test(facet)) return !ordered && builtin !== "boolean";
  if (/Digits$/u.test(facet)) return isBuiltinAncestor("decimal", builtin);
  return facet !== "explicitTimezone" || /^(?:date|time|g[A-Z])/u.test(builtin);
}

function isNumeric(builtin: Builtin): boolean {
  return isBuiltinAncestor("decimal", builtin) || builtin === "float" || builtin === "double";
}

function tolerantOfWidening(before: Builtin, after: Builtin, source: Partial<SourceVerdicts>): Verdict {
  if (isNumeric(before) && !isNumeric(after)) return "breaking";
  return source.read === "safe" ? "safe" : "dangerous";
}

/** Verdicts on code that sees a scalar type turn into another. */
function scalarVerdicts(
  comparison: Comparison,
  old: SimpleType,
  current: SimpleType,
): Partial<SourceVerdicts> {
  const [was, is] = [comparison.scalarOf("old", old), comparison.scalarOf("new", current)];
  const verdict = (inner: string, outer: string): Verdict =>
    isAssignable(inner, outer) ? "safe" : "breaking";
  const read = comparison.readsOpen ? verdict(opened(is), opened(was)) : verdict(is, was);
  return { read, build: verdict(was, is), meta: "safe" };
}

// ---------------------------------------------------------------------------------------------- unions

function compareMembers(pair: Pair): void {
  const { comparison, old, current, place } = pair;
  const before = [...(old.members ?? [])];
  const after = [...(current.members ?? [])];
  const matched: (readonly [TypeId, TypeId])[] = [];
  const match = (test: (oldId: TypeId, newId: TypeId) => boolean): void => {
    for (const oldId of [...before]) {
      const newId = after.find((id) => test(oldId, id));
      if (newId === undefined) continue;
      before.splice(before.indexOf(oldId), 1);
      after.splice(after.indexOf(newId), 1);
      matched.push([oldId, newId]);
    }
  };
  match((oldId, newId) => comparison.structure.corresponds(oldId, newId));
  match((oldId, newId) => comparison.structure.isSame(oldId, newId));

  const without = (type: SimpleType, id: TypeId): SimpleType => ({
    ...type,
    members: (type.members ?? []).filter((member) => member !== id),
  });
  for (const id of after) {
    comparison.add("union.member.added", place, {
      new: { type: displayType(id) },
      effect: effectOfMember({ model: comparison.after, type: current }, id),
      source: scalarVerdicts(comparison, without(current, id), current),
    });
  }
  for (const id of before) {
    comparison.add("union.member.removed", place, {
      old: { type: displayType(id) },
      effect: inverseEffect(effectOfMember({ model: comparison.before, type: old }, id)),
      source: scalarVerdicts(comparison, old, without(old, id)),
    });
  }
  // What another member accepts as well does not change for the union.
  const alone = matched.length > 0 && before.length === 0 && after.length === 0;
  const whole = alone ? relate(pair, old, current).effect : "unknown";
  for (const [oldId, newId] of matched) {
    comparison.compareTypeUse(oldId, newId, {
      ...place,
      lift: (effect) => lifted(place, alone || effect !== "equal" ? whole : "equal"),
    });
  }
  if (!alone) return;
  const order = matched.map(([, newId]) => (current.members ?? []).indexOf(newId));
  const sorted = [...matched].sort(
    ([a], [b]) => (old.members ?? []).indexOf(a) - (old.members ?? []).indexOf(b),
  );
  const moved = sorted.some(([, newId], index) => (current.members ?? []).indexOf(newId) !== index);
  if (moved && order.length > 1) {
    const list = (ids: readonly TypeId[] = []): string => ids.map(displayType).join(" ");
    comparison.add("union.member.reordered", place, valueSides(list(old.members), list(current.members)));
  }
}

// ---------------------------------------------------------------------------------------------- enumerations

function compareEnumerations({ comparison, old, current, place }: Pair): void {
  const [before, after] = [old.facets.enumeration, current.facets.enumeration];
  if (before === undefined && after === undefined) return;
  const list = (values: readonly EnumerationValue[] = []): string =>
    values.map(({ value }) => value).join(" | ");
  if (before === undefined || after === undefined) {
    const pair: Pair = { comparison, old, current, place };
    const effect = effectOfStep(pair, (from, to) => withFacets(from, to, ["enumeration"]));
    const source = scalarVerdicts(comparison, old, current);
    if (after !== undefined) {
      comparison.add("enum.added-to-open", place, {
        new: { value: list(after) },
        effect,
        source,
      });
    } else {
      comparison.add("enum.removed-all", place, { old: { value: list(before) }, effect, source });
    }
    return;
  }
  const builtin = builtinOf(current);
  const sameValue = (a: EnumerationValue, b: EnumerationValue): boolean =>
    a.value === b.value ||
    (old.variety === "atomic" && builtinOf(old) === builtin && equalValues(builtin, a.value, b.value));
  const at = (value: string, was?: EnumerationValue, now?: EnumerationValue): Place => ({
    component: { ...place.component, path: [...place.component.path, `=${value}`] },
    key: `${place.key}=${value}`,
    optional: whole.effect === undefined || (place.optional ?? false),
    ...(was && { oldSpan: was.span }),
    ...(now && { newSpan: now.span }),
    ...(place.lift && { lift: place.lift }),
  });
  const [known, listed] = [byValue(before), byValue(after)];
  const formerOf = (entry: EnumerationValue): EnumerationValue | undefined =>
    known.get(entry.value) ?? before.find((other) => sameValue(other, entry));
  // Where no value stays, those that were renamed say of the whole type that nothing is valid on both sides.
  const stays = [...listed.values()].some((entry) => formerOf(entry) !== undefined);
  const whole: { readonly effect?: Effect } =
    !stays && relate({ comparison, old, current, place }, old, current).effect === "disjoint"
      ? { effect: "disjoint" }
      : {};
  const literal = (side: "old" | "new", type: SimpleType, entry: EnumerationValue): string =>
    comparison.scalarOf(side, { ...type, facets: { ...type.facets, enumeration: [entry] } });
  const isRespelled = (former: EnumerationValue, entry: EnumerationValue): boolean =>
    former.value !== entry.value && literal("old", old, former) !== literal("new", current, entry);
  // Where what is read is typed as what is written, code may meet a value that it cannot treat.
  const read = comparison.readsOpen ? "safe" : "dangerous";
  const kept: (readonly [EnumerationValue, EnumerationValue])[] = [];
  for (const entry of listed.values()) {
    const former = formerOf(entry);
    if (former === undefined)
      comparison.add("enum.value.added", at(entry.value, undefined, entry), {
        new: { value: entry.value },
        ...whole,
        source: { read },
      });
    else {
      kept.push([former, entry]);
      if (isRespelled(former, entry))
        comparison.add("enum.value.respelled", at(entry.value, former, entry), {
          ...valueSides(former.value, entry.value),
          formerly: at(former.value).component,
          source: { read: comparison.readsOpen ? "dangerous" : "breaking" },
        });
      comparison.compareDocumentation(former, entry, at(entry.value, former, entry));
    }
  }
  const stayed = new Set(kept.map(([former]) => former));
  for (const entry of known.values()) {
    if (stayed.has(entry)) continue;
    comparison.add("enum.value.removed", at(entry.value, entry), { old: { value: entry.value }, ...whole });
  }
  const order = kept.map(([former]) => before.indexOf(former));
  if (order.some((index, i) => i > 0 && index < (order[i - 1] ?? 0))) comparison.add("enum.reordered", place);
}

/** Each value where it is listed first. */
function byValue(values: readonly EnumerationValue[]): ReadonlyMap<string, EnumerationValue> {
  const first = new Map<string, EnumerationValue>();
  for (const entry of values) if (!first.has(entry.value)) first.set(entry.value, entry);
  return first;
}

// ---------------------------------------------------------------------------------------------- facets

type FacetName = keyof Facets;

/** One type with some facets taken from another. */
function withFacets(target: SimpleType, pattern: SimpleType, names: readonly FacetName[]): SimpleType {
  const kept = Object.entries(target.facets).filter(([name]) => !names.some((each) => each === name));
  const taken = Object.entries(pattern.facets).filter(([name]) => names.some((each) => each === name));
  return { ...target, facets: Object.fromEntries([...kept, ...taken]) as Facets };
}

function compareFacets(pair: Pair): void {
  const { comparison, old, current, place } = pair;
  const inherent = (side: "before" | "after", type: SimpleType): Facets =>
    type.builtin === undefined ? {} : (simpleTypeOf(comparison[side], type.builtin)?.facets ?? {});
  const before = ownFacets(old, inherent("before", old));
  const after = ownFacets(current, inherent("after", current));
  const source = scalarVerdicts(comparison, old, current);
  const sameBase = old.variety !== "atomic" || builtinOf(old) === builtinOf(current);
  const report = (rule: string, names: readonly FacetName[], was?: string, is?: string): void => {
    comparison.add(rule, place, {
      ...valueSides(was, is),
      effect: effectOfStep(pair, (from, to) => withFacets(from, to, names)),
      // Bounds decide whether a number holds every integer; a change of base tells that itself.
      ...(sameBase && source.read === "breaking" && { source }),
    });
  };
  const text = (value: string | number | undefined): string | undefined => value?.toString();
  const bound = (
    rule: string,
    was: string | number | undefined,
    is: string | number | undefined,
    names: readonly FacetName[],
  ): void => {
    if (was === undefined && is === undefined) return;
    if (was === undefined) return report(`facet.${rule}.added`, names, undefined, text(is));
    if (is === undefined) return report(`facet.${rule}.removed`, names, text(was), undefined);
    const order =
      typeof was === "number" && typeof is === "number"
        ? was - is
        : compareValues(builtinOf(current), String(was), String(is));
    if (order === 0) return;
    // Values without an order, such as dates with and without a zone, are neither raised nor lowered.
    const change = order === undefined ? "changed" : order < 0 ? "raised" : "lowered";
    report(`facet.${rule}.${change}`, names, text(was), text(is));
  };

  if (before.length !== after.length) {
    // An exact length that became a range, or the reverse, is one change.
    const ranged = [before, after].some(
      ({ length, minLength, maxLength }) =>
        length === undefined && (minLength !== undefined || maxLength !== undefined),
    );
    const change = ranged
      ? "changed"
      : before.length === undefined
        ? "added"
        : after.length === undefined
          ? "removed"
          : "changed";
    report(
      `facet.length.${change}`,
      ["length", "minLength", "maxLength"],
      lengthText(before),
      lengthText(after),
    );
  } else {
    bound("maxLength", before.maxLength, after.maxLength, ["maxLength"]);
    bound("minLength", before.minLength, after.minLength, ["minLength"]);
  }
  bound("digits.total", before.totalDigits, after.totalDigits, ["totalDigits"]);
  bound("digits.fraction", before.fractionDigits, after.fractionDigits, ["fractionDigits"]);
  compareRange(before, after, "max", bound, report, builtinOf(current));
  compareRange(before, after, "min", bound, report, builtinOf(current));
  comparePatterns(before, after, report);
  if (before.whiteSpace !== after.whiteSpace && sameBase && old.variety === "atomic") {
    report("facet.whitespace.changed", ["whiteSpace"], before.whiteSpace, after.whiteSpace);
  }
  if ((before.explicitTimezone ?? "optional") !== (after.explicitTimezone ?? "optional")) {
    report(
      "facet.timezone.changed",
      ["explicitTimezone"],
      before.explicitTimezone ?? "optional",
      after.explicitTimezone ?? "optional",
    );
  }
  const assertions = (type: SimpleType): string => (type.assertions ?? []).join("; ");
  if (assertions(old) !== assertions(current)) {
    comparison.add("facet.assertion.changed", place, {
      ...valueSides(assertions(old) || undefined, assertions(current) || undefined),
      effect: effectOfAssertions(old.assertions ?? [], current.assertions ?? []),
    });
  }
}

function lengthText({ length, minLength, maxLength }: Facets): string | undefined {
  if (length !== undefined) return String(length);
  return minLength === undefined && maxLength === undefined
    ? undefined
    : `${minLength ?? 0}..${maxLength ?? "*"}`;
}

/** Each assertion is one more condition. */
export function effectOfAssertions(before: readonly string[], after: readonly string[]): Effect {
  if (before.every((test) => after.includes(test))) return "narrowing";
  return after.every((test) => before.includes(test)) ? "widening" : "unknown";
}

type Bound = (
  rule: string,
  was: string | undefined,
  is: string | undefined,
  names: readonly FacetName[],
) => void;
type ReportFacet = (rule: string, names: readonly FacetName[], was?: string, is?: string) => void;

/** Inclusive and exclusive bounds are one bound: the same number, moved or with its edge in or out. */
function compareRange(
  before: Facets,
  after: Facets,
  side: "max" | "min",
  bound: Bound,
  report: ReportFacet,
  builtin: Builtin,
): void {
  const inclusive = `${side}Inclusive` as const;
  const exclusive = `${side}Exclusive` as const;
  const names = [inclusive, exclusive];
  const was = before[inclusive] ?? before[exclusive];
  const is = after[inclusive] ?? after[exclusive];
  const [hadEdge, hasEdge] = [before[inclusive] !== undefined, after[inclusive] !== undefined];
  const moved = was !== undefined && is !== undefined && compareValues(builtin, was, is) !== 0;
  if (was === undefined || is === undefined || hadEdge === hasEdge || moved) {
    bound(`range.${side}`, was, is, names);
    return;
  }
  const raised = (side === "max") === hasEdge;
  const edge = (inside: boolean): string => (inside ? "inclusive" : "exclusive");
  report(
    `facet.range.${side}.${raised ? "raised" : "lowered"}`,
    names,
    `${was} ${edge(hadEdge)}`,
    `${is} ${edge(hasEdge)}`,
  );
}

function comparePatterns(before: Facets, after: Facets, report: ReportFacet): void {
  const [old, current] = [before.patterns ?? [], after.patterns ?? []];
  const key = (step: readonly string[]): string => JSON.stringify([...step].sort());
  const oldSteps = new Set(old.map(key));
  const newSteps = new Set(current.map(key));
  const added = current.filter((step) => !oldSteps.has(key(step)));
  const removed = old.filter((step) => !newSteps.has(key(step)));
  if (added.length === 0 && removed.length === 0) return;
  const show = (steps: readonly (readonly string[])[]): string | undefined =>
    steps.length === 0 ? undefined : steps.map((step) => step.join(" | ")).join(" & ");
  const change = removed.length === 0 ? "added" : added.length === 0 ? "removed" : "changed";
  report(`facet.pattern.${change}`, ["patterns"], show(old), show(current));
}

/** Facets that the nearest built-in type does not bring by itself. */
function ownFacets(type: SimpleType, inherent: Facets): Facets {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(type.facets)) {
    const inherited = inherent[name as FacetName];
    if (name === "patterns" && Array.isArray(inherited)) {
      const rest = (value as readonly unknown[]).slice(inherited.length);
      if (rest.length > 0) own[name] = rest;
    } else if (name === "whiteSpace" || JSON.stringify(inherited) !== JSON.stringify(value))
      own[name] = value;
  }
  return own as Facets;
}
