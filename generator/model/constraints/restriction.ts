/** Clause derivation-ok-restriction: what a restricting complex type says, its base must allow. */
import { anyTypeId } from "../builtins.js";
import { isDerivedFrom, leavesOf, wildcardAdmits } from "../query.js";
import { fail, type Resolution } from "../resolution.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type Content,
  type Model,
  type Wildcard,
} from "../types.js";
import { isWildcardSubset } from "../wildcard.js";
import type { Span } from "../../diagnostics.js";
import { isEmptiable } from "./occurrence.js";
import { particleMisfit } from "./particle-restriction.js";
import { isSameConstraintValue } from "./value-constraints.js";

/** Checks a restriction against its base. */
export function checkRestriction(r: Resolution, model: Model, type: ComplexType, base: ComplexType): void {
  if (base.id === anyTypeId) return;
  checkAttributes(r, model, { ...type, at: type.span }, base, "derivation-ok-restriction");
  checkContent(r, model, type, base);
}

interface Attributes {
  readonly attributes: readonly AttributeUse[];
  readonly anyAttribute?: Wildcard;
}

const strictness = ["skip", "lax", "strict"];

/** Attribute uses and wildcard of a restriction (or redefinition) against those of its base. */
export function checkAttributes(
  r: Resolution,
  model: Model,
  derived: Attributes & { readonly at: Span },
  base: Attributes,
  clause: string,
): void {
  const wrong = (number: string, message: string, at: Span, other?: Span): void => {
    fail(r, "attribute-not-a-restriction", `${clause}.${number}`, message, at, {
      ...(other === undefined ? {} : { related: [{ message: "in the base", at: other }] }),
    });
  };
  const inherited = new Map(base.attributes.map((use) => [idOf(use.name), use]));
  for (const use of derived.attributes) {
    const { local } = use.name;
    const before = inherited.get(idOf(use.name));
    inherited.delete(idOf(use.name));
    if (before === use) continue;
    if (before === undefined) {
      if (base.anyAttribute === undefined || !wildcardAdmits(base.anyAttribute, idOf(use.name))) {
        wrong("2.2", `the base type has no attribute "${local}" to restrict`, use.span);
      }
      continue;
    }
    if (before.required && !use.required) {
      wrong("2.1.1", `the attribute "${local}" is required in the base type`, use.span, before.span);
    }
    if (!isDerivedFrom(model, use.type, before.type, ["extension", "list", "union"])) {
      wrong(
        "2.1.2",
        `the type of the attribute "${local}" does not derive from that in the base type`,
        use.span,
        before.span,
      );
    }
    if (r.version === "1.1" && use.inheritable !== before.inheritable) {
      wrong(
        "2.1.4",
        `the attribute "${local}" is ${before.inheritable === true ? "" : "not "}inheritable in the base type`,
        use.span,
        before.span,
      );
    }
    if (before.fixed === undefined) continue;
    const same =
      use.fixed !== undefined &&
      isSameConstraintValue(
        r,
        { type: use.type, value: use.fixed },
        { type: before.type, value: before.fixed },
      );
    if (!same)
      wrong(
        "2.1.3",
        `the attribute "${local}" is fixed to "${before.fixed}" in the base type`,
        use.span,
        before.span,
      );
  }
  for (const use of inherited.values()) {
    if (use.required)
      wrong("3", `the attribute "${use.name.local}" is required in the base type`, derived.at, use.span);
  }
  const { anyAttribute } = derived;
  if (anyAttribute === undefined) return;
  if (base.anyAttribute === undefined) {
    wrong("4.1", "the base type has no attribute wildcard", anyAttribute.span);
    return;
  }
  if (!isWildcardSubset(anyAttribute, base.anyAttribute)) {
    wrong(
      "4.2",
      "the attribute wildcard lets more in than that of the base type",
      anyAttribute.span,
      base.anyAttribute.span,
    );
  }
  if (strictness.indexOf(anyAttribute.process) < strictness.indexOf(base.anyAttribute.process)) {
    wrong(
      "4.3",
      `the attribute wildcard processes ${anyAttribute.process}, that of the base type ${base.anyAttribute.process}`,
      anyAttribute.span,
      base.anyAttribute.span,
    );
  }
}

/** Why open content (XSD 1.1) lets in what the base does not; wildcards in the content of the base may take it as well. */
function openContentMisfit(own: Content, base: Content): string | undefined {
  const open = own.kind === "elements" ? own.open : undefined;
  if (open === undefined) return undefined;
  const [before, particle] = base.kind === "elements" ? [base.open, base.particle] : [];
  if (leavesOf(particle).some(({ kind }) => kind === "any")) return undefined;
  if (before === undefined) return "it is open, that is not";
  const isEmpty = own.kind !== "elements" || leavesOf(own.particle).length === 0;
  if (!isEmpty && open.mode === "interleave" && before.mode === "suffix")
    return "it is open everywhere, that at the end only";
  if (!isWildcardSubset(open.wildcard, before.wildcard)) return "its open content lets more in";
  return strictness.indexOf(open.wildcard.process) < strictness.indexOf(before.wildcard.process)
    ? `its open content is processed ${open.wildcard.process}, that of the base ${before.wildcard.process}`
    : undefined;
}

function checkContent(r: Resolution, model: Model, type: ComplexType, base: ComplexType): void {
  const wrong = (clause: string, why: string): void => {
    fail(
      r,
      "content-not-a-restriction",
      clause,
      `the content is no restriction of the base type's: ${why}`,
      type.span,
      {
        related: [{ message: "the base type", at: base.span }],
      },
    );
  };
  const own = type.content;
  const inherited = base.content;
  if (own.kind === "simple") return;
  if (inherited.kind === "simple") {
    wrong("derivation-ok-restriction.5.3", "that is simple content");
    return;
  }
  const openMisfit = openContentMisfit(own, inherited);
  if (openMisfit !== undefined) {
    wrong("cos-content-act-restrict", openMisfit);
    return;
  }
  const particle = own.kind === "elements" ? own.particle : undefined;
  const before = inherited.kind === "elements" ? inherited.particle : undefined;
  if (own.kind === "elements" && own.mixed && !(inherited.kind === "elements" && inherited.mixed)) {
    wrong("derivation-ok-restriction.5.4.1.2", "it is mixed, that is not");
    return;
  }
  if (particle === undefined) {
    if (before !== undefined && !isEmptiable(before))
      wrong("derivation-ok-restriction.5.3.2", "that requires elements");
    return;
  }
  if (before === undefined) {
    wrong("derivation-ok-restriction.5.4", "that allows no elements");
    return;
  }
  const misfit = particleMisfit(r, model, particle, before);
  if (misfit !== undefined) wrong(misfit.clause, misfit.why);
}
