/** Parts that came or went, or that are another part now: in a namespace, or where a wildcard was. */
import { typeOf, wildcardAdmits } from "../model/query.js";
import type { Model } from "../model/types.js";
import type { Alignment } from "./align.js";
import {
  effectOfSwap,
  expandedName,
  hasTwin,
  placeOfElement,
  placeOfWildcard,
  sideOf,
} from "./content-context.js";
import type { Context } from "./content-context.js";
import { compareElementPair } from "./content-elements.js";
import type { Sided } from "./content-language.js";
import { inverseEffect } from "./effects.js";
import { elementsOf, formatContent, isEmptiable, normalise, replacePart, wildcardsOf } from "./normal.js";
import type { ElementPart, GroupPart, Part, WildcardPart } from "./normal.js";
import { valueSides } from "./place.js";
import type { FactDetails, Place } from "./place.js";
import { compareShapes } from "./shapes.js";
import type { Effect, Side } from "./types.js";

/** One declaration in two namespaces: its form changed. */
export function reportForms(context: Context, { forms }: Alignment): void {
  for (const [before, after] of forms) {
    const effect = effectOfSwap(context, before, after, (target, pattern) => ({
      ...target,
      element: { ...target.element, name: pattern.element.name },
    }));
    context.findings.push(() => {
      context.add(
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
export function matchWildcardFillers(
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
        if (side === "new")
          context.add("wildcard.replaced-by-element", at, {
            new: details,
            // Without a wildcard there is no place for what it let in.
            ...(after.length === 0 && { source: { read: "breaking", build: "breaking" } }),
          });
        else context.add("element.replaced-by-wildcard", at, { old: details });
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

/** Tells of a part that only one side has. */
export function reportPart(
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
      context.add(rule, at, {
        ...details(sideOf(part, siblings, countBelow(model, part))),
        ...readsAsBefore(context, part, rule),
      });
    } else if (part.kind === "any") {
      const at =
        side === "new"
          ? placeOfWildcard(context, undefined, part)
          : placeOfWildcard(context, part, undefined);
      context.add(
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
      context.add(rule, at, {
        ...details({ value: step, children: below }),
        ...readsAsBefore(context, part, rule),
      });
    }
  });
}

/** A new branch is no surprise to code that knew that no branch need be there; one that is gone may stand elsewhere. */
function readsAsBefore(context: Context, part: Part, rule: string): Pick<FactDetails, "source"> {
  const { comparison, pair, current } = context;
  const isSafe =
    rule === "group.choice.branch-added"
      ? compareShapes(comparison, pair).read === "safe"
      : rule === "group.choice.branch-removed" && elementsOf(part).every((each) => hasTwin(current, each));
  return isSafe ? { source: { read: "safe" } } : {};
}

/** What taking a part out of its model does. */
function effectOfRemoval(context: Context, part: Part, side: "old" | "new"): Effect {
  if (context.plain.has(part)) return isEmptiable(part) ? "narrowing" : "disjoint";
  if (context.branches.has(part)) return "narrowing";
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
