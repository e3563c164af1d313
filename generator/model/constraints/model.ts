/** Constraints on components that need the whole model: each family has its file, this one goes over the components. */
import { anyTypeId, xsdId } from "../builtins.js";
import { elementsOf, typeOf } from "../query.js";
import { fail, type Resolution } from "../resolution.js";
import type { ComplexType, Model, TypeId } from "../types.js";
import type { Span } from "../../diagnostics.js";
import { checkAlternatives } from "./alternatives.js";
import { checkAllGroups, checkMembers } from "./all-groups.js";
import { checkElementConsistency } from "./element-consistency.js";
import { particleMisfit } from "./particle-restriction.js";
import { checkAttributes, checkRestriction } from "./restriction.js";
import { substitutionGroups } from "../substitution.js";
import { checkUniqueAttribution } from "./unique-particle-attribution.js";
import { checkValueConstraint } from "./value-constraints.js";

/** Checks a finished model; findings go to the report. Namespaces that `isChecked` knows are left out. */
export function checkModel(
  r: Resolution,
  model: Model,
  isChecked: (namespace: string) => boolean = () => false,
): void {
  const competing = competitors(r, model);
  for (const type of Object.values(model.types))
    if (type.kind === "complex" && !isChecked(type.namespace)) checkComplexType(r, model, competing, type);
  for (const group of Object.values(model.groups)) {
    if (isChecked(group.name.namespace)) continue;
    checkMembers(r, group.particle);
    checkElementConsistency(r, competing, group.particle, `the group "${group.name.local}"`);
    checkElements(r, model, group);
  }
  for (const group of Object.values(model.attributeGroups))
    if (!isChecked(group.name.namespace)) checkUses(r, group);
  for (const element of Object.values(model.elements)) {
    if (isChecked(element.name.namespace)) continue;
    checkNotation(r, element.type, "element", element.name.local, element.span);
    checkValueConstraint(r, "element", element.name.local, element);
    checkAlternatives(r, model, element);
  }
  for (const attribute of Object.values(model.attributes)) {
    if (isChecked(attribute.name.namespace)) continue;
    checkNotation(r, attribute.type, "attribute", attribute.name.local, attribute.span);
    checkValueConstraint(r, "attribute", attribute.name.local, attribute);
  }
  for (const { kind, id } of r.redefined) checkRedefined(r, model, kind, id);
}

/** The model with the elements that compete for a place: in XSD 1.1 abstract substitutes too. */
function competitors(r: Resolution, model: Model): Model {
  const abstract = Object.values(model.elements).some(
    (element) => element.abstract && element.substitutionHeads.length > 0,
  );
  if (r.version === "1.0" || !abstract) return model;
  return { ...model, substitutions: substitutionGroups(r, model.elements) };
}

function checkComplexType(r: Resolution, model: Model, competing: Model, type: ComplexType): void {
  const base = typeOf(model, type.base);
  if (type.derivation === "restriction" && base?.kind === "complex" && base.id !== anyTypeId) {
    checkRestriction(r, model, type, base);
  }
  checkUses(r, type);
  const { content } = type;
  if (content.kind !== "elements") return;
  checkElements(r, model, { particle: content.own ?? content.particle });
  if (content.particle === undefined) return;
  // An extension that adds nothing has the content of its base, which is checked there.
  if (type.derivation === "extension" && content.own === undefined) return;
  const owner = type.name === undefined ? `the type of "${type.owner?.local ?? ""}"` : `"${type.name.local}"`;
  checkAllGroups(r, content.particle);
  checkUniqueAttribution(r, competing, content.particle, owner);
  checkElementConsistency(r, competing, content.particle, owner);
}

function checkElements(
  r: Resolution,
  model: Model,
  { particle }: { readonly particle: Parameters<typeof elementsOf>[0] },
): void {
  for (const element of elementsOf(particle)) {
    if (element.ref !== undefined) continue;
    checkNotation(r, element.type, "element", element.name.local, element.span);
    checkValueConstraint(r, "element", element.name.local, element);
    checkAlternatives(r, model, element);
  }
}

function checkUses(r: Resolution, { attributes }: Pick<ComplexType, "attributes">): void {
  for (const use of attributes) {
    checkNotation(r, use.type, "attribute", use.name.local, use.span);
    checkValueConstraint(r, "attribute", use.name.local, use);
  }
}

const notation = xsdId("NOTATION");

/** A NOTATION must list the notations it allows (Part 2, enumeration-required-notation). */
function checkNotation(r: Resolution, id: TypeId, kind: string, name: string, at: Span): void {
  const type = r.types.get(id);
  if (type?.kind !== "simple" || type.primitive !== notation || type.facets.enumeration !== undefined) return;
  fail(
    r,
    "notation-without-enumeration",
    "enumeration-required-notation",
    `the ${kind} "${name}" is of type NOTATION without an enumeration of notations`,
    at,
  );
}

/** A redefined group that does not refer to itself must restrict the original (src-redefine 6.2.2 and 7.2.2). */
function checkRedefined(r: Resolution, model: Model, kind: "group" | "attributeGroup", id: string): void {
  if (kind === "group") {
    const group = r.groups.get(id);
    const original = r.groups.get(`${id}/$base`);
    if (group === undefined || original === undefined) return;
    const misfit = particleMisfit(r, model, group.particle, original.particle);
    if (misfit === undefined) return;
    fail(
      r,
      "redefinition-not-a-restriction",
      "src-redefine.6.2.2",
      `the redefined group "${group.name.local}" is no restriction of the original: ${misfit.why}`,
      group.span,
      { related: [{ message: "the original", at: original.span }] },
    );
    return;
  }
  const group = r.attributeGroups.get(id);
  const original = r.attributeGroups.get(`${id}/$base`);
  if (group === undefined || original === undefined) return;
  checkAttributes(r, model, { ...group, at: group.span }, original, "src-redefine.7.2.2");
}
