/** Clause cos-element-consistent: elements of one name in one content model have one type. */
import { haveSameAlternatives } from "./alternatives.js";
import { leavesOf } from "../query.js";
import { fail, type Resolution } from "../resolution.js";
import { idOf, type ElementDeclaration, type ElementParticle, type Model, type Particle } from "../types.js";

/** Checks the content model of a type or group. */
export function checkElementConsistency(
  r: Resolution,
  model: Model,
  particle: Particle,
  owner: string,
): void {
  const seen = new Map<string, ElementParticle | ElementDeclaration>();
  const note = (declaration: ElementParticle | ElementDeclaration): void => {
    const name = idOf(declaration.name);
    const other = seen.get(name);
    if (other === undefined) {
      seen.set(name, declaration);
      return;
    }
    if (other.type === declaration.type) {
      if (haveSameAlternatives(other, declaration)) return;
      fail(
        r,
        "inconsistent-alternatives",
        "cos-element-consistent",
        `in the content of ${owner} the element "${declaration.name.local}" has other type alternatives in another place`,
        declaration.span,
        { related: [{ message: "the other declaration", at: other.span }] },
      );
      return;
    }
    fail(
      r,
      "inconsistent-element-types",
      "cos-element-consistent",
      `in the content of ${owner} the element "${declaration.name.local}" has two types`,
      declaration.span,
      { related: [{ message: "the other declaration", at: other.span }] },
    );
  };
  for (const leaf of leavesOf(particle)) {
    if (leaf.kind === "any") continue;
    note(leaf);
    // Elements that may stand for this one are in the content model too.
    for (const id of leaf.ref === undefined ? [] : (model.substitutions[leaf.ref] ?? [])) {
      const member = model.elements[id];
      if (member !== undefined) note(member);
    }
  }
}
