/** Compares simple types: value spaces, enumerations, facets. */
import type { Facets, SimpleType, TypeId } from "../model/types.js";
import { typeOf } from "../model/query.js";
import { compareValues } from "../../templates/runtime/datatypes.js";
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { Effect, SourceVerdicts } from "./types.js";

/** Compares two simple types at a place: the type itself, or the declaration that uses another one now. */
export function compareSimpleTypes(
  comparison: Comparison,
  former: SimpleType,
  type: SimpleType,
  place: Place,
): void {
  if (former.variety !== type.variety) {
    const rule =
      former.variety === "atomic" && type.variety === "list"
        ? "atomic-to-list"
        : former.variety === "list" && type.variety === "atomic"
          ? "list-to-atomic"
          : "changed";
    comparison.add(`simple.variety.${rule}`, place, valueSides(former.variety, type.variety));
    return;
  }
  if (type.variety === "list" && former.item !== undefined && type.item !== undefined) {
    comparison.compareTypeUse(former.item, type.item, place);
  }
  if (type.variety === "union") compareMembers(comparison, former, type, place);
  if (type.variety === "atomic") compareBases(comparison, former, type, place);
  compareEnumerations(comparison, former, type, place);
  compareFacets(comparison, former, type, place);
}

// ---------------------------------------------------------------------------------------------- built-in bases

function compareBases(comparison: Comparison, former: SimpleType, type: SimpleType, place: Place): void {
  const [before, after] = [localOf(former.builtin ?? former.id), localOf(type.builtin ?? type.id)];
  if (before === after) return;
  const effect = baseEffect(before, after);
  const rule = { widening: "widened", narrowing: "narrowed", equal: "value-only" } as const;
  const name =
    effect === "widening" || effect === "narrowing" || effect === "equal" ? rule[effect] : "changed";
  const same = shapeOf(before) === shapeOf(after);
  const verdict = same ? "safe" : "breaking";
  const source: Partial<SourceVerdicts> = { read: verdict, build: verdict };
  comparison.add(`type.base.${name}`, place, {
    old: { type: displayType(former.id) },
    new: { type: displayType(type.id) },
    effect,
    source,
    ...(name === "widened" && {
      tolerant: isNumeric(before) && !isNumeric(after) ? "breaking" : same ? "safe" : "dangerous",
    }),
  });
}

function localOf(id: TypeId): string {
  return id.slice(id.indexOf("}") + 1);
}

/** Built-in types and what they restrict, by local name (Part 2, clause 3). */
const parents: Readonly<Record<string, string>> = {
  normalizedString: "string",
  token: "normalizedString",
  language: "token",
  Name: "token",
  NMTOKEN: "token",
  NCName: "Name",
  ID: "NCName",
  IDREF: "NCName",
  ENTITY: "NCName",
  integer: "decimal",
  nonPositiveInteger: "integer",
  negativeInteger: "nonPositiveInteger",
  long: "integer",
  int: "long",
  short: "int",
  byte: "short",
  nonNegativeInteger: "integer",
  positiveInteger: "nonNegativeInteger",
  unsignedLong: "nonNegativeInteger",
  unsignedInt: "unsignedLong",
  unsignedShort: "unsignedInt",
  unsignedByte: "unsignedShort",
  dateTimeStamp: "dateTime",
  dayTimeDuration: "duration",
  yearMonthDuration: "duration",
};

/** Forms in which every character string, or every numeral, is valid: outside the derivation tree, inside the lexical space. */
const text = new Set(["string", "normalizedString", "token", "anySimpleType"]);
const collapsing = new Set(["string", "normalizedString", "token"]);

function isAncestor(ancestor: string, of: string): boolean {
  for (let name: string | undefined = of; name !== undefined; name = parents[name]) {
    if (name === ancestor) return true;
  }
  return false;
}

/** What replacing one built-in type by another does to the set of valid forms. */
export function baseEffect(before: string, after: string): Effect {
  if (before === after) return "equal";
  if (collapsing.has(before) && collapsing.has(after)) return "equal";
  if (text.has(after)) return "widening";
  if (text.has(before)) return "narrowing";
  if (isAncestor(after, before)) return "widening";
  if (isAncestor(before, after)) return "narrowing";
  const floating = new Set(["float", "double"]);
  if (floating.has(before) && floating.has(after)) return "equal";
  const decimalBefore = isAncestor("decimal", before);
  const decimalAfter = isAncestor("decimal", after);
  if (decimalBefore && floating.has(after)) return "widening";
  if (floating.has(before) && decimalAfter)
    return before !== after && after === "decimal" ? "narrowing" : "overlap";
  if (decimalBefore && decimalAfter) return rangesMeet(before, after);
  const dates = new Set(["date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"]);
  if (dates.has(before) && dates.has(after)) return "disjoint";
  return "overlap";
}

function rangesMeet(before: string, after: string): Effect {
  const negative = new Set(["negativeInteger"]);
  const positive = new Set(["positiveInteger"]);
  const natural = (name: string): boolean => isAncestor("nonNegativeInteger", name);
  const [a, b] = [before, after];
  if ((negative.has(a) && natural(b)) || (negative.has(b) && natural(a))) return "disjoint";
  if (
    (positive.has(a) && isAncestor("nonPositiveInteger", b)) ||
    (positive.has(b) && isAncestor("nonPositiveInteger", a))
  )
    return "disjoint";
  const bits = (name: string): number | undefined =>
    ({ unsignedByte: 8, unsignedShort: 16, unsignedInt: 32, unsignedLong: 64 })[name];
  const signed = (name: string): number | undefined => ({ byte: 7, short: 15, int: 31, long: 63 })[name];
  const [unsignedA, signedB] = [bits(a), signed(b)];
  if (unsignedA !== undefined && signedB !== undefined && unsignedA <= signedB) return "widening";
  const [signedA, unsignedB] = [signed(a), bits(b)];
  if (signedA !== undefined && unsignedB !== undefined && unsignedB <= signedA) return "narrowing";
  return "overlap";
}

function isNumeric(builtin: string): boolean {
  return isAncestor("decimal", builtin) || builtin === "float" || builtin === "double";
}

/** The TypeScript type that a built-in maps to by default: equal shapes compile alike. */
function shapeOf(builtin: string): string {
  if (builtin === "boolean") return "boolean";
  if (builtin === "float" || builtin === "double") return "number";
  if (builtin === "hexBinary" || builtin === "base64Binary") return "bytes";
  const small = new Set(["int", "short", "byte", "unsignedInt", "unsignedShort", "unsignedByte"]);
  if (small.has(builtin)) return "number";
  return isAncestor("integer", builtin) ? "bigint" : "string";
}

// ---------------------------------------------------------------------------------------------- unions

function compareMembers(comparison: Comparison, former: SimpleType, type: SimpleType, place: Place): void {
  const print = (model: Comparison["before"], id: TypeId): string => typeOf(model, id)?.fingerprint ?? id;
  const old = (former.members ?? []).map((id) => ({ id, print: print(comparison.before, id) }));
  const current = (type.members ?? []).map((id) => ({ id, print: print(comparison.after, id) }));
  const source = { read: "breaking", build: "safe" } as const;
  const added = current.filter((member) => !old.some((other) => other.print === member.print));
  const removed = old.filter((member) => !current.some((other) => other.print === member.print));
  // A member whose own declaration changed stands under the same name, and is compared there or here.
  for (const member of added) {
    const twin = removed.findIndex((other) => other.id === member.id);
    const [partner] = twin < 0 ? [] : removed.splice(twin, 1);
    if (partner !== undefined) comparison.compareTypeUse(partner.id, member.id, place);
    else comparison.add("union.member.added", place, { new: { type: displayType(member.id) }, source });
  }
  for (const member of removed) {
    comparison.add("union.member.removed", place, {
      old: { type: displayType(member.id) },
      source: { read: "safe", build: "breaking" },
    });
  }
  if (added.length === 0 && removed.length === 0) {
    const moved = old.some((member, index) => member.print !== current[index]?.print);
    if (moved) {
      const list = (members: typeof old): string => members.map(({ id }) => displayType(id)).join(" ");
      comparison.add("union.member.reordered", place, valueSides(list(old), list(current)));
    }
  }
}

// ---------------------------------------------------------------------------------------------- enumerations

function compareEnumerations(
  comparison: Comparison,
  former: SimpleType,
  type: SimpleType,
  place: Place,
): void {
  const old = former.facets.enumeration;
  const current = type.facets.enumeration;
  if (old === undefined && current === undefined) return;
  if (old === undefined || current === undefined) {
    const list = (values: typeof old): string => (values ?? []).map(({ value }) => value).join(" | ");
    if (current !== undefined) comparison.add("enum.added-to-open", place, { new: { value: list(current) } });
    else comparison.add("enum.removed-all", place, { old: { value: list(old) }, source: { read: "safe" } });
    return;
  }
  const before = new Map(old.map((entry) => [entry.value, entry]));
  const after = new Map(current.map((entry) => [entry.value, entry]));
  const at = (value: string): Place => {
    const [was, now] = [before.get(value), after.get(value)];
    return {
      component: { ...place.component, path: [...place.component.path, `=${value}`] },
      key: `${place.key}=${value}`,
      optional: true,
      ...(was && { oldSpan: was.span }),
      ...(now && { newSpan: now.span }),
    };
  };
  for (const value of after.keys()) {
    if (!before.has(value)) {
      comparison.add("enum.value.added", at(value), { new: { value }, source: { read: "safe" } });
    }
  }
  for (const value of before.keys()) {
    if (!after.has(value)) comparison.add("enum.value.removed", at(value), { old: { value } });
  }
  const kept = [...before.keys()].filter((value) => after.has(value));
  const order = [...after.keys()].filter((value) => before.has(value));
  if (kept.join("\u0000") !== order.join("\u0000")) comparison.add("enum.reordered", place);
}

// ---------------------------------------------------------------------------------------------- facets

function compareFacets(comparison: Comparison, former: SimpleType, type: SimpleType, place: Place): void {
  const before = withoutInherent(comparison.before, former);
  const after = withoutInherent(comparison.after, type);
  const builtin = localOf(type.builtin ?? type.primitive ?? "") as Builtin;
  const ordered = (a: string | number, b: string | number): number =>
    typeof a === "number" && typeof b === "number"
      ? a - b
      : (compareValues(builtin, String(a), String(b)) ?? Number.NaN);

  const bound = (
    rule: string,
    old: string | number | undefined,
    current: string | number | undefined,
    upper: boolean,
  ): void => {
    if (old === undefined && current === undefined) return;
    const sides = valueSides(old?.toString(), current?.toString());
    if (old === undefined) return comparison.add(`facet.${rule}.added`, place, sides);
    if (current === undefined) return comparison.add(`facet.${rule}.removed`, place, sides);
    const order = ordered(old, current);
    if (order === 0) return;
    const raised = order < 0;
    comparison.add(`facet.${rule}.${raised ? "raised" : "lowered"}`, place, {
      ...sides,
      effect: Number.isNaN(order) ? "unknown" : raised === upper ? "widening" : "narrowing",
    });
  };

  if (before.length !== after.length) {
    const change = before.length === undefined ? "added" : after.length === undefined ? "removed" : "changed";
    comparison.add(
      `facet.length.${change}`,
      place,
      valueSides(before.length?.toString(), after.length?.toString()),
    );
  }
  bound("maxLength", before.maxLength, after.maxLength, true);
  bound("minLength", before.minLength, after.minLength, false);
  bound("digits.total", before.totalDigits, after.totalDigits, true);
  bound("digits.fraction", before.fractionDigits, after.fractionDigits, true);
  compareRange(comparison, before, after, place, "max", bound, ordered);
  compareRange(comparison, before, after, place, "min", bound, ordered);
  comparePatterns(comparison, before, after, place);

  if (before.whiteSpace !== after.whiteSpace && former.builtin === type.builtin) {
    const guarded = after.enumeration !== undefined || after.patterns !== undefined;
    const rank = ["preserve", "replace", "collapse"];
    const looser =
      rank.indexOf(after.whiteSpace ?? "preserve") > rank.indexOf(before.whiteSpace ?? "preserve");
    comparison.add("facet.whitespace.changed", place, {
      ...valueSides(before.whiteSpace, after.whiteSpace),
      effect: guarded ? (looser ? "widening" : "narrowing") : "equal",
    });
  }
  if (before.explicitTimezone !== after.explicitTimezone) {
    const free = (value: string | undefined): boolean => value === undefined || value === "optional";
    comparison.add("facet.timezone.changed", place, {
      ...valueSides(before.explicitTimezone, after.explicitTimezone),
      effect: free(after.explicitTimezone)
        ? "widening"
        : free(before.explicitTimezone)
          ? "narrowing"
          : "disjoint",
    });
  }
  if (JSON.stringify(former.assertions ?? []) !== JSON.stringify(type.assertions ?? [])) {
    comparison.add("facet.assertion.changed", place);
  }
}

type Bound = (rule: string, old: string | undefined, current: string | undefined, upper: boolean) => void;

/** Inclusive and exclusive bounds are one bound: the same number, moved or with its edge in or out. */
function compareRange(
  comparison: Comparison,
  before: Facets,
  after: Facets,
  place: Place,
  side: "max" | "min",
  bound: Bound,
  ordered: (a: string, b: string) => number,
): void {
  const inclusive = `${side}Inclusive` as const;
  const exclusive = `${side}Exclusive` as const;
  const old = before[inclusive] ?? before[exclusive];
  const current = after[inclusive] ?? after[exclusive];
  const oldEdge = before[inclusive] !== undefined;
  const newEdge = after[inclusive] !== undefined;
  if (old !== undefined && current !== undefined && oldEdge !== newEdge && ordered(old, current) === 0) {
    const looser = newEdge;
    const raised = side === "max" ? looser : !looser;
    comparison.add(`facet.range.${side}.${raised ? "raised" : "lowered"}`, place, {
      ...valueSides(
        `${old} ${oldEdge ? "inclusive" : "exclusive"}`,
        `${current} ${newEdge ? "inclusive" : "exclusive"}`,
      ),
      effect: looser ? "widening" : "narrowing",
    });
    return;
  }
  bound(`range.${side}`, old, current, side === "max");
}

function comparePatterns(comparison: Comparison, before: Facets, after: Facets, place: Place): void {
  const old = before.patterns ?? [];
  const current = after.patterns ?? [];
  const key = (step: readonly string[]): string => JSON.stringify([...step].sort());
  const oldSteps = new Set(old.map(key));
  const newSteps = new Set(current.map(key));
  const added = current.filter((step) => !oldSteps.has(key(step)));
  const removed = old.filter((step) => !newSteps.has(key(step)));
  if (added.length === 0 && removed.length === 0) return;
  const show = (steps: readonly (readonly string[])[]): string | undefined =>
    steps.length === 0 ? undefined : steps.map((step) => step.join(" | ")).join(" & ");
  const sides = valueSides(show(old), show(current));
  const [gone, come] = [removed[0], added[0]];
  if (removed.length === 0) comparison.add("facet.pattern.added", place, sides);
  else if (added.length === 0) comparison.add("facet.pattern.removed", place, sides);
  else if (removed.length === 1 && added.length === 1 && gone !== undefined && come !== undefined) {
    const grew = gone.every((pattern) => come.includes(pattern));
    const shrank = come.every((pattern) => gone.includes(pattern));
    comparison.add("facet.pattern.changed", place, {
      ...sides,
      effect: grew ? "widening" : shrank ? "narrowing" : "unknown",
    });
  } else comparison.add("facet.pattern.changed", place, { ...sides, effect: "unknown" });
}

/** Facets that the nearest built-in type does not bring by itself. */
function withoutInherent(model: Comparison["before"], type: SimpleType): Facets {
  const builtin = type.builtin === undefined ? undefined : typeOf(model, type.builtin);
  if (builtin?.kind !== "simple") return type.facets;
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(type.facets)) {
    const inherent = builtin.facets[name as keyof Facets];
    if (name === "patterns" && Array.isArray(inherent)) {
      own[name] = (value as readonly unknown[]).slice(inherent.length);
    } else if (name === "whiteSpace" || JSON.stringify(inherent) !== JSON.stringify(value)) own[name] = value;
  }
  return own as Facets;
}
