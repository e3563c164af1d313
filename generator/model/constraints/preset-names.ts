/** Writes QNames in defaults and fixed values as `{namespace}local`, now that every type is known. */
import { expandedText, type ValueConstraint } from "../preset.js";
import { elementsOf } from "../query.js";
import { contextOf, type Resolution } from "../resolution.js";
import type { SimpleType, TypeId } from "../types.js";
import { parseValue } from "../values.js";
import { textType } from "./value-constraints.js";

/** Components are still being built here: what holds a value constraint is changed in place. */
type Unfinished = { -readonly [K in keyof ValueConstraint]: ValueConstraint[K] } & { readonly type: TypeId };

/** Expands the names in the value constraints of all declarations. What has no such value stays for the checks. */
export function expandPresets(r: Resolution): void {
  for (const element of r.elements.values()) expandPreset(r, element);
  for (const attribute of r.attributes.values()) expandPreset(r, attribute);
  for (const group of r.groups.values()) elementsOf(group.particle).forEach((one) => expandPreset(r, one));
  for (const group of r.attributeGroups.values()) group.attributes.forEach((one) => expandPreset(r, one));
  for (const type of r.types.values()) {
    if (type.kind === "simple") continue;
    type.attributes.forEach((one) => expandPreset(r, one));
    if (type.content.kind !== "elements") continue;
    const { own, particle } = type.content;
    elementsOf(particle).forEach((one) => expandPreset(r, one));
    if (own !== particle) elementsOf(own).forEach((one) => expandPreset(r, one));
  }
}

function expandPreset(r: Resolution, declaration: Unfinished): void {
  const { prefixes, type } = declaration;
  if (prefixes === undefined) return;
  const simple = textType(r, type);
  if (simple !== undefined && simple !== "any" && mayHoldName(r, simple)) {
    for (const key of ["default", "fixed"] as const) {
      const text = declaration[key];
      if (text === undefined) continue;
      const parsed = parseValue(simple, text, { ...contextOf(r), namespaces: prefixes });
      if ("problem" in parsed) return;
      declaration[key] = expandedText(parsed.value, text);
    }
  }
  delete declaration.prefixes;
}

function mayHoldName(r: Resolution, type: SimpleType): boolean {
  const below = type.variety === "list" ? [type.item] : (type.members ?? []);
  if (type.variety === "atomic") return /\}(?:QName|NOTATION)$/u.test(type.primitive ?? "");
  return below.some((id) => {
    const one = id === undefined ? undefined : r.types.get(id);
    return one?.kind === "simple" && mayHoldName(r, one);
  });
}
