/** Type alternatives of an element against its declared type (e-props-correct of XSD 1.1). */
import type { Span } from "../../diagnostics.js";
import { xsdId } from "../builtins.js";
import { isDerivedFrom, typeOf } from "../query.js";
import { fail, type Resolution } from "../resolution.js";
import type { Alternative, ElementDeclaration, Model } from "../types.js";

/** Each type must be able to stand for the declared one, as after `xsi:type`, or be xs:error. */
export function checkAlternatives(
  r: Resolution,
  model: Model,
  element: Pick<ElementDeclaration, "name" | "type" | "block" | "alternatives"> & { readonly span: Span },
): void {
  for (const { type: id } of element.alternatives ?? []) {
    const type = typeOf(model, id);
    // What is not declared has been told.
    if (type === undefined || id === xsdId("error")) continue;
    if (isDerivedFrom(model, id, element.type, element.block)) continue;
    const isBlocked = isDerivedFrom(model, id, element.type);
    fail(
      r,
      "underived-alternative",
      "e-props-correct.7",
      `${type.name === undefined ? "an inline type" : `the type "${type.name.local}"`} among the alternatives of "${element.name.local}" ${isBlocked ? "derives in a way that the element blocks" : "does not derive from its declared type"}`,
      element.span,
      { related: [{ message: "the alternative", at: type.span }] },
    );
  }
}

/**
 * Whether two elements choose the same types for the same attributes (Part 1 of XSD 1.1, clause 3.3.6, "equivalent"). Two
 * inline types are taken for the same: whether they are is left to the processor there.
 */
export function haveSameAlternatives(
  a: { readonly alternatives?: readonly Alternative[] },
  b: { readonly alternatives?: readonly Alternative[] },
): boolean {
  const [x, y] = [a.alternatives ?? [], b.alternatives ?? []];
  return (
    x.length === y.length &&
    x.every((one, index) => {
      const other = y[index];
      return (
        other !== undefined &&
        (one.type === other.type || (isInline(one) && isInline(other))) &&
        (one.condition === undefined || other.condition === undefined
          ? one.test === other.test
          : JSON.stringify(one.condition) === JSON.stringify(other.condition))
      );
    })
  );
}

const isInline = ({ type }: Alternative): boolean => type.includes("/$alternative");
