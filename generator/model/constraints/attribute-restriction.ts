/** Attributes of a restriction against those of its base (derivation-ok-restriction 2 to 4). */
import type { Span } from "../../diagnostics.js";
import type { AttributeSet } from "../attributes.js";
import type { Resolution } from "../resolution.js";
import type { ComplexType } from "../types.js";

/** Checks what a restriction states about attributes. */
export function checkAttributeRestriction(
  _r: Resolution,
  _stated: AttributeSet,
  _base: ComplexType,
  _at: Span,
): void {
  return;
}
