/** Compares attributes: those of a type, and global declarations. */
import { ancestry, displayName, isForeign, memberKey, wildcardAdmits } from "../model/query.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type Model,
  type TypeId,
  type Wildcard,
} from "../model/types.js";
import { inverseEffect } from "./effects.js";
import { fixedWithType, type FixedWithType } from "./fixed.js";
import { displayType, valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import { acceptsText, isSameText, turnsPreset, type Valued } from "./values.js";
import type { Effect } from "./types.js";
import { compareWildcards } from "./wildcards.js";

/** Compares the attributes of two types; only those that are declared below an ancestor that they share. */
export function compareAttributes(
  comparison: Comparison,
  former: ComplexType,
  type: ComplexType,
  place: Place,
  shared: { readonly old: TypeId; readonly current: TypeId } | undefined,
): void {
  const own = (
    model: Model,
    complex: ComplexType,
    ancestor: TypeId | undefined,
  ): ReadonlyMap<string, AttributeUse> => {
    if (ancestor === undefined) return byName(complex.attributes);
    const above = new Set(ancestry(model, ancestor).map(({ id }) => id));
    return byName(complex.attributes.filter((use) => !above.has(use.declaredIn)));
  };
  const at = (was: AttributeUse | undefined, is: AttributeUse | undefined): Place =>
    placeOf(comparison, [...former.attributes, ...type.attributes], place, was, is);
  const old = own(comparison.before, former, shared?.old);
  const current = own(comparison.after, type, shared?.current);
  // What moved between a type and its base is no change to the type.
  const [before, after] = [byName(former.attributes), byName(type.attributes)];
  const stays = (name: string): boolean => {
    const [was, is] = [before.get(name), after.get(name)];
    return was !== undefined && is !== undefined && isSameUse(comparison, was, is);
  };
  const gone = new Map([...old].filter(([name]) => !current.has(name) && !stays(name)));
  for (const [name, use] of current) {
    const previous = old.get(name);
    if (previous !== undefined) {
      comparePair(comparison, previous, use, at(previous, use));
      continue;
    }
    if (stays(name)) continue;
    const twin = [...gone].find(([, other]) => other.name.local === use.name.local);
    if (twin !== undefined) {
      const [twinName, other] = twin;
      gone.delete(twinName);
      comparison.add("attribute.form.changed", at(other, use), {
        ...valueSides(formOf(other), formOf(use)),
        effect: other.required || use.required ? "disjoint" : "overlap",
      });
      comparePair(comparison, other, use, at(other, use));
      continue;
    }
    comparison.add(
      use.required ? "attribute.added.required" : "attribute.added.optional",
      { ...at(undefined, use), optional: false },
      {
        new: { type: displayType(use.type), min: use.required ? 1 : 0, max: 1 },
        ...admitted(comparison.before, former.anyAttribute, comparison.after, use),
      },
    );
  }
  for (const use of gone.values()) {
    const { effect } = admitted(comparison.after, type.anyAttribute, comparison.before, use);
    comparison.add(
      use.required ? "attribute.removed.required" : "attribute.removed.optional",
      { ...at(use, undefined), optional: false },
      {
        old: { type: displayType(use.type), min: use.required ? 1 : 0, max: 1 },
        ...(effect && { effect: inverseEffect(effect) }),
      },
    );
  }
  compareAnyAttribute(comparison, former.anyAttribute, type.anyAttribute, place);
}

function formOf({ name }: AttributeUse): string {
  return name.namespace === "" ? "unqualified" : "qualified";
}

/** Whether two types have the same attributes, inherited ones included. */
export function hasSameAttributes(comparison: Comparison, old: ComplexType, current: ComplexType): boolean {
  const [before, after] = [byName(old.attributes), byName(current.attributes)];
  const text = (wildcard: Wildcard | undefined): string =>
    JSON.stringify([wildcard?.namespaces, wildcard?.process, wildcard?.notNames]);
  return (
    before.size === after.size &&
    text(old.anyAttribute) === text(current.anyAttribute) &&
    [...before].every(([name, was]) => {
      const is = after.get(name);
      return is !== undefined && isSameUse(comparison, was, is);
    })
  );
}

function isSameUse(comparison: Comparison, was: AttributeUse, is: AttributeUse): boolean {
  return (
    was.required === is.required &&
    was.default === is.default &&
    was.fixed === is.fixed &&
    comparison.meaningOf("old", was.type) === comparison.meaningOf("new", is.type)
  );
}

function byName(uses: readonly AttributeUse[]): ReadonlyMap<string, AttributeUse> {
  return new Map(uses.map((use) => [idOf(use.name), use]));
}

/** The effect of declaring an attribute that a wildcard let in already; nothing when it did not. */
function admitted(
  before: Model,
  wildcard: Wildcard | undefined,
  after: Model,
  use: AttributeUse,
): { readonly effect?: Effect } {
  const name = idOf(use.name);
  if (wildcard === undefined || !wildcardAdmits(wildcard, name)) return {};
  const declared = before.attributes[name];
  if (wildcard.process === "strict" && declared === undefined) return {};
  // Checked against the same declaration before and now, or against none and any text is fine.
  const free =
    use.fixed === undefined && ["", "a", " a b ", "1"].every((text) => acceptsText(after, use.type, text));
  const same = wildcard.process !== "skip" && use.ref !== undefined && declared?.type === use.type;
  return { effect: use.required || !(free || same) ? "narrowing" : "equal" };
}

function placeOf(
  comparison: Comparison,
  siblings: readonly AttributeUse[],
  place: Place,
  former: AttributeUse | undefined,
  use: AttributeUse | undefined,
): Place {
  const known = (use ?? former) as AttributeUse;
  const { name } = known;
  // Two of one local name are told apart by their prefixes.
  const isPrefixed =
    isForeign(place.key, known) &&
    siblings.some((other) => other.name.local === name.local && other.name.namespace !== name.namespace);
  const model = use === undefined ? comparison.before : comparison.after;
  const step = isPrefixed ? displayName(model, idOf(name)) : name.local;
  const required = (former?.required ?? true) && (use?.required ?? true);
  return {
    component: { ...place.component, path: [...place.component.path, `@${step}`] },
    key: memberKey(place.key, known),
    optional: place.optional === true || !required,
    ...(former && { oldSpan: former.span, oldExtent: former.extent }),
    ...(use && { newSpan: use.span, newExtent: use.extent }),
  };
}

function comparePair(comparison: Comparison, former: AttributeUse, use: AttributeUse, place: Place): void {
  if (former.required !== use.required) {
    const rule = use.required ? "optional-to-required" : "required-to-optional";
    comparison.add(`attribute.use.${rule}`, { ...place, optional: false });
  }
  // What a reference takes from its declaration is compared there.
  const declared = {
    old: former.ref === undefined ? undefined : comparison.before.attributes[former.ref],
    new: use.ref === undefined ? undefined : comparison.after.attributes[use.ref],
  };
  const inherited = (name: "default" | "fixed"): boolean =>
    declared.old !== undefined &&
    declared.new !== undefined &&
    former[name] === declared.old[name] &&
    use[name] === declared.new[name];
  const typed = declared.old === undefined || declared.new === undefined;
  const joined = typed ? fixedWithType(comparison, former, use, place, "attribute") : undefined;
  compareValues(comparison, former, use, place, inherited, joined);
  if (typed && joined === undefined) comparison.compareTypeUse(former.type, use.type, place);
  comparison.compareDocumentation(former, use, place);
}

interface AttributeValue extends Valued {
  readonly required?: boolean;
}

function compareValues(
  comparison: Comparison,
  former: AttributeValue,
  use: AttributeValue,
  place: Place,
  inherited: (name: "default" | "fixed") => boolean,
  joined?: FixedWithType,
): void {
  const step = (before: string | undefined, after: string | undefined): "added" | "removed" | "changed" =>
    before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const differs = (name: "default" | "fixed"): boolean =>
    !inherited(name) &&
    !isSameText(
      { model: comparison.before, type: former.type, text: former[name] },
      { model: comparison.after, type: use.type, text: use[name] },
    );
  const turned = turnsPreset(comparison.before, former, comparison.after, use);
  if (differs("default") && !turned) {
    comparison.add(
      `attribute.default.${step(former.default, use.default)}`,
      place,
      valueSides(former.default, use.default),
    );
  }
  if (differs("fixed")) {
    const change = step(former.fixed, use.fixed);
    const effect: Effect | undefined =
      change === "changed" && former.required === true && use.required === true
        ? "disjoint"
        : joined?.isSame === true
          ? "equal"
          : undefined;
    comparison.add(`attribute.fixed.${change}`, place, {
      ...valueSides(former.fixed, use.fixed),
      ...joined?.details,
      ...(effect && { effect }),
    });
  }
}

function compareAnyAttribute(
  comparison: Comparison,
  before: Wildcard | undefined,
  after: Wildcard | undefined,
  place: Place,
): void {
  const at: Place = {
    component: { ...place.component, path: [...place.component.path, "@*"] },
    key: `${place.key}/@*`,
    optional: true,
    ...(before && { oldSpan: before.span }),
    ...(after && { newSpan: after.span }),
  };
  if (before === undefined && after !== undefined) comparison.add("wildcard.added", at);
  else if (before !== undefined && after === undefined) comparison.add("wildcard.removed", at);
  else if (before !== undefined && after !== undefined) compareWildcards(comparison, before, after, at);
}

/** Global attributes: their values and types, once for all references. */
export function compareGlobalAttributes(comparison: Comparison): void {
  const { before, after } = comparison;
  for (const id of new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])) {
    const [former, attribute] = [before.attributes[id], after.attributes[id]];
    const known = attribute ?? former;
    if (known === undefined) continue;
    const place: Place = {
      component: { ns: known.name.namespace, type: known.name.local, path: [], kind: "attribute" },
      key: `attribute:${id}`,
      optional: true,
      ...(former && { oldSpan: former.span, oldExtent: former.extent }),
      ...(attribute && { newSpan: attribute.span, newExtent: attribute.extent }),
    };
    if (former !== undefined && attribute !== undefined) {
      const joined = fixedWithType(comparison, former, attribute, place, "attribute");
      compareValues(comparison, former, attribute, place, () => false, joined);
      if (joined === undefined) comparison.compareTypeUse(former.type, attribute.type, place);
      comparison.compareDocumentation(former, attribute, place);
    } else if (attribute !== undefined) {
      comparison.add("attribute.global.added", place, { new: { type: displayType(attribute.type) } });
    } else if (former !== undefined) {
      comparison.add("attribute.global.removed", place, { old: { type: displayType(former.type) } });
    }
  }
}
