/** Clause cos-particle-restrict of XSD 1.0: each `rcase-*` of clause 3.9.6, as the table there pairs them. */
import { isDerivedFrom, leavesOf, wildcardAdmits } from "../query.js";
import type { Resolution } from "../resolution.js";
import {
  idOf,
  type ElementDeclaration,
  type ElementParticle,
  type GroupParticle,
  type IdentityConstraint,
  type Model,
  type Particle,
  type WildcardParticle,
} from "../types.js";
import { isWildcardSubset } from "../wildcard.js";
import { haveSameAlternatives } from "./alternatives.js";
import { isSameConstraintValue } from "./value-constraints.js";
import { inclusionMisfit } from "./content-inclusion.js";
import { isEmptiable, totalRange, type Range } from "./occurrence.js";

/** Why a particle does not restrict another: the clause and a phrase. */
export interface Misfit {
  readonly clause: string;
  readonly why: string;
}

interface Comparison {
  readonly r: Resolution;
  readonly model: Model;
}

/** Substitution groups are laid out once on the way down. */
interface Laid {
  readonly derived: boolean;
  readonly base: boolean;
}

interface Verdict {
  readonly misfit?: Misfit;
  /** The base was an element that stands for its substitution group: further elements may map to it. */
  readonly expanded?: true;
}

const fits: Verdict = {};
const misfit = (clause: string, why: string): Verdict => ({ misfit: { clause, why } });

/** Undefined when `derived` restricts `base`: by the rules of XSD 1.0 or, in 1.1, by what both accept. */
export function particleMisfit(
  r: Resolution,
  model: Model,
  derived: Particle,
  base: Particle,
): Misfit | undefined {
  const { misfit: byRules } = compare({ r, model }, derived, base, { derived: false, base: false }, true);
  if (byRules === undefined || r.version === "1.0") return byRules;
  const byLanguage = inclusionMisfit(r, model, derived, base);
  return byLanguage === "open" ? byRules : byLanguage;
}

type Kind = "element" | "any" | "all" | "choice" | "sequence";

/** A particle ready for the table: pointless groups gone, a substitution group laid out as a choice. */
interface Side {
  readonly kind: Kind;
  readonly particle: Particle;
  readonly children: readonly Particle[];
  readonly min: number;
  readonly max: number;
  readonly expanded: boolean;
}

const number = (max: number | "unbounded"): number => (max === "unbounded" ? Infinity : max);

function sideOf(at: Comparison, given: Particle, laid: boolean): Side {
  const particle = unwrap(given);
  const occurs = { min: particle.min, max: number(particle.max) };
  if (particle.kind === "any") return { kind: "any", particle, children: [], ...occurs, expanded: false };
  if (particle.kind !== "element") {
    const children = particle.particles.flatMap((child) => gather(particle.kind, child));
    return { kind: particle.kind, particle, children, ...occurs, expanded: false };
  }
  const members = laid || particle.ref === undefined ? [] : (at.model.substitutions[particle.ref] ?? []);
  if (members.length === 0) return { kind: "element", particle, children: [], ...occurs, expanded: false };
  const declarations = members.map((id) => at.model.elements[id]).filter((member) => member !== undefined);
  const children = [...declarations.map(asParticle), { ...particle, min: 1, max: 1 }];
  return { kind: "choice", particle, children, ...occurs, expanded: true };
}

function asParticle(declaration: ElementDeclaration): ElementParticle {
  return {
    kind: "element",
    name: declaration.name,
    ref: declaration.id,
    type: declaration.type,
    nillable: declaration.nillable,
    abstract: declaration.abstract,
    ...(declaration.default === undefined ? {} : { default: declaration.default }),
    ...(declaration.fixed === undefined ? {} : { fixed: declaration.fixed }),
    form: "qualified",
    block: declaration.block,
    constraints: declaration.constraints,
    ...(declaration.alternatives === undefined ? {} : { alternatives: declaration.alternatives }),
    min: 1,
    max: 1,
    span: declaration.span,
    extent: declaration.extent,
  };
}

/** The only child of groups that occur once. */
function unwrap(particle: Particle): Particle {
  if (particle.kind === "element" || particle.kind === "any") return particle;
  const [only] = particle.particles;
  return particle.min === 1 && particle.max === 1 && only !== undefined && particle.particles.length === 1
    ? unwrap(only)
    : particle;
}

/** The children of a group without pointless groups between (clause 3.9.6, "pointless occurrences"). */
function gather(parent: GroupParticle["kind"], child: Particle): readonly Particle[] {
  if (child.kind === "element" || child.kind === "any") return [child];
  if (child.min !== 1 || child.max !== 1) return [child];
  if (child.kind === parent) return child.particles.flatMap((part) => gather(parent, part));
  return isVoid(child) ? [] : [child];
}

/** Holds no element or wildcard at all. */
function isVoid(particle: Particle): boolean {
  return particle.kind !== "element" && particle.kind !== "any" && leavesOf(particle).length === 0;
}

function compare(
  at: Comparison,
  derived: Particle,
  base: Particle,
  laid: Laid,
  wildcardCounts: boolean,
): Verdict {
  if (isVoid(derived) && !isVoid(base)) {
    return isEmptiable(base) ? fits : misfit("cos-particle-restrict.2", "the base requires elements");
  }
  if (!isVoid(derived) && isVoid(base))
    return misfit("cos-particle-restrict.2", "the base allows no elements");
  const d = sideOf(at, derived, laid.derived);
  const b = sideOf(at, base, laid.base);
  const next: Laid = { derived: laid.derived || d.expanded, base: laid.base || b.expanded };
  const result = compareSides(at, d, b, next, wildcardCounts);
  return result.misfit === undefined && b.expanded ? { expanded: true } : result;
}

const forbidden = (d: Side, b: Side): Verdict =>
  misfit("cos-particle-restrict.2", `${words[d.kind]} cannot restrict ${words[b.kind]}`);

const words: Readonly<Record<Kind, string>> = {
  element: "an element",
  any: "a wildcard",
  all: "an all-group",
  choice: "a choice",
  sequence: "a sequence",
};

function compareSides(at: Comparison, d: Side, b: Side, laid: Laid, wildcardCounts: boolean): Verdict {
  if (b.kind === "any" && d.kind !== "element" && d.kind !== "any") {
    return nsRecurse(at, d, b, laid, wildcardCounts);
  }
  switch (d.kind) {
    case "element": {
      const alone: Side = { ...d, children: [d.particle], min: 1, max: 1 };
      switch (b.kind) {
        case "element":
          return nameAndType(at, d.particle as ElementParticle, b.particle as ElementParticle);
        case "any":
          return nsCompat(d, b, wildcardCounts);
        case "choice": {
          const verdict = recurseLax(at, alone, b, laid);
          if (verdict.misfit === undefined || d.max === 1) return verdict;
          // The clause says "once"; a group that occurs as often as its only element accepts the same.
          const repeated = {
            ...alone,
            children: [{ ...d.particle, min: 1, max: 1 } as Particle],
            min: d.min,
            max: d.max,
          };
          return recurseLax(at, repeated, b, laid).misfit === undefined ? fits : verdict;
        }
        case "sequence":
        case "all":
          return recurse(at, alone, b, laid);
      }
      break;
    }
    case "any":
      return b.kind === "any" ? nsSubset(d, b, wildcardCounts) : forbidden(d, b);
    case "all":
      return b.kind === "all" ? recurse(at, d, b, laid) : forbidden(d, b);
    case "choice":
      return b.kind === "choice" ? recurseLax(at, d, b, laid) : forbidden(d, b);
    case "sequence":
      switch (b.kind) {
        case "all":
          return recurseUnordered(at, d, b, laid);
        case "sequence":
          return recurse(at, d, b, laid);
        case "choice":
          return mapAndSum(at, d, b, laid);
        default:
          return forbidden(d, b);
      }
  }
}

function isRangeOk(d: Range, b: Range): boolean {
  return d.min >= b.min && d.max <= b.max;
}

const rangeWords = ({ min, max }: Range): string => `${min}..${max === Infinity ? "unbounded" : max}`;
const rangeMisfit = (clause: string, d: Range, b: Range): Verdict =>
  misfit(clause, `it may occur ${rangeWords(d)} times, in the base ${rangeWords(b)}`);

function nameAndType(at: Comparison, d: ElementParticle, b: ElementParticle): Verdict {
  const clause = "rcase-NameAndTypeOK";
  const { local } = d.name;
  if (idOf(d.name) !== idOf(b.name)) {
    return misfit(`${clause}.1`, `"${local}" stands where the base has "${b.name.local}"`);
  }
  if (d.nillable && !b.nillable)
    return misfit(`${clause}.2`, `"${local}" is nillable, in the base it is not`);
  const ranges = [d, b].map(({ min, max }) => ({ min, max: number(max) })) as [Range, Range];
  if (!isRangeOk(...ranges)) return rangeMisfit(`${clause}.3`, ...ranges);
  if (b.fixed !== undefined) {
    const same =
      d.fixed !== undefined &&
      isSameConstraintValue(at.r, { type: d.type, value: d.fixed }, { type: b.type, value: b.fixed });
    if (!same) return misfit(`${clause}.4`, `"${local}" is fixed to "${b.fixed}" in the base`);
  }
  const known = new Set(b.constraints.map(sameConstraint));
  if (d.ref === undefined && !d.constraints.every((constraint) => known.has(sameConstraint(constraint)))) {
    return misfit(`${clause}.5`, `"${local}" has an identity constraint that the base has not`);
  }
  if (!b.block.every((method) => d.block.includes(method))) {
    return misfit(`${clause}.6`, `"${local}" blocks less than in the base`);
  }
  if (!haveSameAlternatives(d, b))
    return misfit("cos-content-act-restrict", `"${local}" has other type alternatives than in the base`);
  if (!isDerivedFrom(at.model, d.type, b.type, ["extension", "list", "union"])) {
    return misfit(`${clause}.7`, `the type of "${local}" is no restriction of that in the base`);
  }
  return fits;
}

function sameConstraint(constraint: IdentityConstraint): string {
  return constraint.id;
}

function nsCompat(d: Side, b: Side, wildcardCounts: boolean): Verdict {
  const element = d.particle as ElementParticle;
  const any = b.particle as WildcardParticle;
  if (wildcardCounts && !isRangeOk(d, b)) return rangeMisfit("rcase-NSCompat.2", d, b);
  return wildcardAdmits(any.wildcard, idOf(element.name))
    ? fits
    : misfit("rcase-NSCompat.1", `the wildcard of the base does not let "${element.name.local}" in`);
}

const strictness = ["skip", "lax", "strict"];

function nsSubset(d: Side, b: Side, wildcardCounts: boolean): Verdict {
  const own = (d.particle as WildcardParticle).wildcard;
  const other = (b.particle as WildcardParticle).wildcard;
  if (wildcardCounts && !isRangeOk(d, b)) return rangeMisfit("rcase-NSSubset.1", d, b);
  if (!isWildcardSubset(own, other)) {
    return misfit("rcase-NSSubset.2", "the wildcard lets more in than that of the base");
  }
  return strictness.indexOf(own.process) < strictness.indexOf(other.process)
    ? misfit("rcase-NSSubset.3", `the wildcard processes ${own.process}, that of the base ${other.process}`)
    : fits;
}

function nsRecurse(at: Comparison, d: Side, b: Side, laid: Laid, wildcardCounts: boolean): Verdict {
  const total = d.expanded ? { min: d.min, max: d.max } : totalRange(d.particle);
  if (wildcardCounts && !isRangeOk(total, b))
    return rangeMisfit("rcase-NSRecurseCheckCardinality.2", total, b);
  for (const child of d.children) {
    const result = compare(at, child, b.particle, laid, false);
    if (result.misfit !== undefined) return result;
  }
  return fits;
}

function recurse(at: Comparison, d: Side, b: Side, laid: Laid): Verdict {
  if (!isRangeOk(d, b)) return rangeMisfit("rcase-Recurse.1", d, b);
  let current = 0;
  for (const child of d.children) {
    let found = false;
    let problem: Misfit | undefined;
    while (!found && current < b.children.length) {
      const other = b.children[current++] as Particle;
      const result = compare(at, child, other, laid, true);
      if (result.misfit === undefined) found = true;
      else if (!isEmptiable(other)) return { misfit: result.misfit };
      else problem ??= result.misfit;
    }
    if (!found) {
      return problem === undefined
        ? misfit("rcase-Recurse.2", `${nameOf(child)} has no match in the base`)
        : { misfit: problem };
    }
  }
  return requireEmptiable(b.children.slice(current), "rcase-Recurse.2.2");
}

function requireEmptiable(rest: readonly Particle[], clause: string): Verdict {
  const needed = rest.find((particle) => !isEmptiable(particle));
  return needed === undefined ? fits : misfit(clause, `${nameOf(needed)} of the base is required`);
}

function nameOf(particle: Particle): string {
  return particle.kind === "element" ? `"${particle.name.local}"` : words[particle.kind];
}

function recurseUnordered(at: Comparison, d: Side, b: Side, laid: Laid): Verdict {
  if (!isRangeOk(d, b)) return rangeMisfit("rcase-RecurseUnordered.1", d, b);
  const used = new Set<Particle>();
  for (const child of d.children) {
    const match = b.children.find((other) => compare(at, child, other, laid, true).misfit === undefined);
    if (match === undefined)
      return misfit("rcase-RecurseUnordered.2", `${nameOf(child)} has no match in the base`);
    if (used.has(match)) return misfit("rcase-RecurseUnordered.2.1", `${nameOf(child)} occurs twice`);
    used.add(match);
  }
  return requireEmptiable(
    b.children.filter((other) => !used.has(other)),
    "rcase-RecurseUnordered.2.3",
  );
}

function recurseLax(at: Comparison, d: Side, b: Side, laid: Laid): Verdict {
  if (!isRangeOk(d, b)) return rangeMisfit("rcase-RecurseLax.1", d, b);
  let current = 0;
  for (const child of d.children) {
    let found = false;
    // The members of a substitution group have no order.
    if (d.expanded || b.expanded) current = 0;
    while (!found && current < b.children.length) {
      const result = compare(at, child, b.children[current++] as Particle, laid, true);
      if (result.misfit !== undefined) continue;
      found = true;
      // A further substitute may map to the same element of the base.
      if (result.expanded === true) current--;
    }
    if (!found) return misfit("rcase-RecurseLax.2", `${nameOf(child)} has no match in the base`);
  }
  return fits;
}

function mapAndSum(at: Comparison, d: Side, b: Side, laid: Laid): Verdict {
  const count = d.children.length;
  const total = { min: d.min * count, max: count === 0 ? 0 : d.max * count };
  if (!isRangeOk(total, b)) return rangeMisfit("rcase-MapAndSum.2", total, b);
  for (const child of d.children) {
    if (!b.children.some((other) => compare(at, child, other, laid, true).misfit === undefined)) {
      return misfit("rcase-MapAndSum.1", `${nameOf(child)} has no match in the base`);
    }
  }
  return fits;
}
