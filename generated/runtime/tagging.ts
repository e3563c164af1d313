// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Ordered content, substitutes and wildcards: values that say which element they are. */
import type { ElementDescriptor, ExpandedName, Field, Tagging, XmlElement } from "./descriptor.js";
import { allows, expand, follow, knownOf, split, type Entry } from "./plan.js";
import { describe } from "./simple.js";
import { didYouMean, isObject, listSome, own, type Values } from "./values.js";

/** Reads and writes tagged items, `{ $name, $value }`, and what wildcards let in. */
export const tagging: Tagging = {
  wildcardFor: ({ wildcards }, { local, uri }) =>
    wildcards.find(({ wildcard }) => wildcard && allows(wildcard, uri(), local())),
  settle(plan, entry, values, before, run, { checks, scanner }) {
    let settled = entry;
    if (plan.wildcards.length > 0 && isFull(entry, values)) {
      checks?.doubt();
      settled = tagging.wildcardFor(plan, scanner) ?? entry;
    }
    return settled.tag !== undefined && (settled.first ?? settled.same)
      ? placed(settled, before, run)
      : settled;
  },
  read({ element, tag, wildcard }, parts) {
    const { local, uri } = parts.scanner;
    const known =
      element ??
      (wildcard && wildcard.process !== "skip" ? knownOf(wildcard).get(expand(uri(), local())) : undefined);
    if (!known) {
      if (wildcard?.process === "strict") parts.checks?.doubt();
      return parts.element();
    }
    const $name = element ? tag : (known as ElementDescriptor).tag;
    if ($name === undefined) return parts.valueOf(follow(known.type), known);
    parts.path.push("$value");
    const $value = parts.valueOf(follow(known.type), known);
    parts.path.pop();
    return { $name, $value };
  },
  write({ entries, text }, value, spare, { element, escape, issue, path, rawElement, refuse }) {
    const [first] = entries;
    if (first?.element && first.tag === undefined)
      return element(first, first.expanded, first.element, value, spare);
    if (text && typeof value === "string") return escape(value, false);
    const tags = entries.flatMap(({ tag }) => tag ?? []);
    const name = isObject(value) ? own(value, "$name") : undefined;
    if (name === undefined) {
      if (isObject(value) && typeof value["name"] === "string") {
        const one = value as Values & XmlElement;
        const fits = entries.some(({ wildcard }) => wildcard && allows(wildcard, ...split(one.name)));
        if (!fits) issue("unknown-element", `the element ${one.name} is not allowed here`);
        return rawElement(one);
      }
      refuse(`{ $name, $value } with ${listSome(tags) || "a name"}, or an XmlElement,`, value);
      return "";
    }
    const found = chosenBy(entries, name);
    if (!found) {
      issue(
        "unknown-element",
        `the element ${describe(name)} is not allowed here${didYouMean(String(name), tags)}`,
        "$name",
      );
      return "";
    }
    path.push("$value");
    const out = element(...found, own(value as Values, "$value"), spare);
    path.pop();
    return out;
  },
};

/**
 * Which of several places of one element in ordered content comes next: they may differ in what an empty one means. Behind the last
 * one all begins again.
 */
function placed(entry: Entry, before: Entry | undefined, run: number): Entry {
  let first: Entry | undefined;
  for (let at: Entry | undefined = entry.first ?? entry; at; at = at.same) {
    if (at.part !== entry.part || at.ns !== entry.ns || !at.element) continue;
    first ??= at;
    if (before && at.order > before.order) return at;
    if (at === before && run < (("max" in at.element && at.element.max) || 1)) return at;
  }
  return first as Entry;
}

/** Is there no room for another element of this kind? A wildcard may come after it that takes the same name. */
function isFull({ part, element, tag }: Entry, values: readonly unknown[]): boolean {
  const present = values[part.index];
  if (present === undefined) return false;
  if (!part.many) return true;
  return (
    tag === undefined &&
    element !== undefined &&
    "max" in element &&
    (present as unknown[]).length >= (element.max ?? 1)
  );
}

/** The entry of a part, or the element that one of its wildcards knows, that `$name` chooses. */
export function chosenBy(
  entries: readonly Entry[],
  tag: unknown,
):
  | readonly [key: Entry | ElementDescriptor, name: ExpandedName, element: Field | ElementDescriptor]
  | undefined {
  for (const entry of entries) {
    const { element, expanded, wildcard } = entry;
    if (element && entry.tag === tag) return [entry, expanded, element];
    if (wildcard)
      for (const one of knownOf(wildcard).values()) if (one.tag === tag) return [one, one.name, one];
  }
  return undefined;
}
