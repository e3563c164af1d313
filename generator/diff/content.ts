/** Compares element content: which children came, went, moved, and what changed about those that stayed. */
import { typeOf } from "../model/query.js";
import type { ComplexType, Content, Model, Particle, TypeId } from "../model/types.js";
import { createContext } from "./content-context.js";
import { bracketChoices, compareContentModels } from "./content-models.js";
import { inverseEffect } from "./effects.js";
import { isEmptiable, meaningOf, normalise } from "./normal.js";
import type { ElementPart, Part } from "./normal.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { ComplexPair } from "./shapes.js";
import { acceptsText } from "./values.js";
import type { Effect } from "./types.js";
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
  const [from, to] = [pair.old.namespace, pair.current.namespace];
  const whole = [moved(contentOf(pair.old), from, to), contentOf(pair.current)] as const;
  // What moved between a type and its base is no change to the type.
  const { docs } = comparison;
  if (!docs && shared !== undefined && isSame(comparison, ...whole)) return;
  const [old, current] =
    shared === undefined
      ? whole
      : [
          moved(contentBelow(comparison.before, pair.old, shared.old), from, to),
          contentBelow(comparison.after, pair.current, shared.current),
        ];
  if (old === undefined && current === undefined) return;
  if (!docs && isSame(comparison, old, current)) return;
  compareContentModels(createContext(comparison, pair, place, ...bracketChoices(old, current)));
}

/** An ancestor of two types, by its name on each side: what it holds is compared there. */
export interface SharedAncestor {
  readonly old: TypeId;
  readonly current: TypeId;
}

function contentOf({ content }: ComplexType): Part | undefined {
  return content.kind === "elements" ? normalise(content.particle) : undefined;
}

/** Content whose local elements go along with their type to another namespace; that they do is told at the type. */
function moved(part: Part | undefined, from: string, to: string): Part | undefined {
  if (part === undefined || from === to) return part;
  if (part.kind === "any") return part;
  if (part.kind !== "element") {
    return { ...part, parts: part.parts.map((each) => moved(each, from, to) ?? each) };
  }
  const { element } = part;
  if (element.ref !== undefined || element.name.namespace !== from || element.form !== "qualified")
    return part;
  return { ...part, element: { ...element, name: { ...element.name, namespace: to } } };
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
