/** What changed about elements and wildcards that stayed: how often they occur, and what they are. */
import type { ElementParticle } from "../model/types.js";
import { effectOfSwap, limit, occurs, placeOfElement, positionSide } from "./content-context.js";
import type { Context } from "./content-context.js";
import { compareAlternatives, compareSets } from "./declarations.js";
import { fixedWithType, type FixedWithType } from "./fixed.js";
import { compareConstraints } from "./identity.js";
import type { ElementPart, Part, WildcardPart } from "./normal.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { acceptsText, isSameText, turnsPreset, type Valued } from "./values.js";
import type { Effect } from "./types.js";

/** Compares an element that both sides have: how often it may occur, and what it is declared as. */
export function compareElementPair(
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

/** Compares what an element is declared as on both sides, its type first. */
export function compareDeclarations(context: Context, before: ElementPart, after: ElementPart): void {
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
    const joined = fixedWithType(comparison, old, current, at, "element");
    compareValueConstraints(comparison, old, current, at, joined);
    compareSets(comparison, old, current, "block", at);
    compareConstraints(comparison, old, current, at);
    compareAlternatives(comparison, old, current, at);
    if (joined === undefined) comparison.compareTypeUse(old.type, current.type, at);
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
  old: Valued,
  current: Valued,
  at: Place,
  joined?: FixedWithType,
): void {
  const emptyIsValid =
    acceptsText(comparison.before, old.type, "") || acceptsText(comparison.after, current.type, "");
  const step = (before: string | undefined, after: string | undefined): "added" | "removed" | "changed" =>
    before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const differs = (name: "default" | "fixed"): boolean =>
    !isSameText(
      { model: comparison.before, type: old.type, text: old[name] },
      { model: comparison.after, type: current.type, text: current[name] },
    );
  const turned = turnsPreset(comparison.before, old, comparison.after, current);
  if (differs("default") && !turned) {
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
  if (differs("fixed")) {
    const change = step(old.fixed, current.fixed);
    const keepsEmpty =
      joined?.keepsEmpty ?? (emptyIsValid || old.default !== undefined || current.default !== undefined);
    const effect: Effect =
      joined?.isSame === true
        ? keepsEmpty
          ? "equal"
          : change === "added"
            ? "widening"
            : "narrowing"
        : change === "changed" || !keepsEmpty
          ? "overlap"
          : change === "added"
            ? "narrowing"
            : "widening";
    comparison.add(`element.fixed.${change}`, at, {
      ...valueSides(old.fixed, current.fixed),
      ...joined?.details,
      effect,
    });
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
    context.add(`element.occurs.${rule}`, place, {
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
    context.add(`element.occurs.${rule}`, place, {
      ...sides,
      effect: effect(limit(after.max) > limit(before.max) ? "widening" : "narrowing", (target, pattern) => ({
        ...target,
        max: pattern.max,
        min: Math.min(target.min, limit(pattern.max)),
      })),
    });
  }
}

/** Compares how often a wildcard that both sides have may occur. */
export function compareWildcardOccurrence(
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
  context.add(
    `wildcard.occurs.${suffix}`,
    { ...at, optional: false },
    { old: occurs(before), new: occurs(after), effect },
  );
}
