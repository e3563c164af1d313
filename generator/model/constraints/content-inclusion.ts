/**
 * Clause cos-content-act-restrict of XSD 1.1: whatever the restriction accepts, the base accepts, each element under a
 * declaration that allows no less. Decided on the languages themselves, where XSD 1.0 compares particles.
 */
import { isDerivedFrom, nameOfId, wildcardAdmits } from "../query.js";
import type { Resolution } from "../resolution.js";
import {
  idOf,
  type ElementDeclaration,
  type ElementParticle,
  type GroupParticle,
  type Model,
  type Particle,
  type Wildcard,
} from "../types.js";
import { isWildcardSubset } from "../wildcard.js";
import { haveSameAlternatives } from "./alternatives.js";
import { fullAutomatonOf, type Position, type Starts } from "./content-automaton.js";
import { isSameConstraintValue } from "./value-constraints.js";

type Declaration = ElementParticle | ElementDeclaration;

/** What an element may match in a content model: a declaration under a name, or a wildcard. */
type Term =
  | { readonly kind: "element"; readonly name: string; readonly declaration: Declaration }
  | { readonly kind: "any"; readonly wildcard: Wildcard };

const clause = "cos-content-act-restrict";

/** More steps than this are not taken; then the question stays open. */
const maxSteps = 200_000;

/**
 * Undefined when everything that `derived` accepts, `base` accepts; a phrase that says what is not; "open" when the
 * counts are too large to tell.
 */
export function inclusionMisfit(
  r: Resolution,
  model: Model,
  derived: Particle,
  base: Particle,
): { readonly clause: string; readonly why: string } | "open" | undefined {
  const why =
    isGroup(base) && base.kind === "all"
      ? countMisfit(r, model, derived, base)
      : wordMisfit(r, model, derived, base);
  return why === undefined || why === "open" ? why : { clause, why };
}

function isGroup(particle: Particle): particle is GroupParticle {
  return particle.kind !== "element" && particle.kind !== "any";
}

function termsOf(model: Model, particle: Position["leaf"]["particle"]): readonly Term[] {
  if (particle.kind === "any") return [{ kind: "any", wildcard: particle.wildcard }];
  const own: Term = { kind: "element", name: idOf(particle.name), declaration: particle };
  const members = particle.ref === undefined ? [] : (model.substitutions[particle.ref] ?? []);
  const substitutes = members.flatMap((id): readonly Term[] => {
    const declaration = model.elements[id];
    return declaration === undefined ? [] : [{ kind: "element", name: id, declaration }];
  });
  return particle.abstract ? substitutes : [own, ...substitutes];
}

const strictness = ["skip", "lax", "strict"];

/** Why what matches `own` may not match `other`; undefined when it may; "elsewhere" when it is another name. */
function termMisfit(r: Resolution, model: Model, own: Term, other: Term): string | undefined {
  if (own.kind === "any") {
    if (other.kind === "element") return "elsewhere";
    if (!isWildcardSubset(own.wildcard, other.wildcard)) return "elsewhere";
    return strictness.indexOf(own.wildcard.process) < strictness.indexOf(other.wildcard.process)
      ? `a wildcard processes ${own.wildcard.process}, that of the base ${other.wildcard.process}`
      : undefined;
  }
  if (other.kind === "any") return wildcardAdmits(other.wildcard, own.name) ? undefined : "elsewhere";
  if (own.name !== other.name) return "elsewhere";
  const { local } = nameOfId(own.name);
  const [d, b] = [own.declaration, other.declaration];
  if (d.nillable && !b.nillable) return `"${local}" is nillable, in the base it is not`;
  if (b.fixed !== undefined) {
    const same =
      d.fixed !== undefined &&
      isSameConstraintValue(r, { type: d.type, value: d.fixed }, { type: b.type, value: b.fixed });
    if (!same) return `"${local}" is fixed to "${b.fixed}" in the base`;
  }
  if (!b.block.every((method) => d.block.includes(method))) return `"${local}" blocks less than in the base`;
  if (!haveSameAlternatives(d, b)) return `"${local}" has other type alternatives than in the base`;
  const kept = new Set(d.constraints.map(({ id }) => id));
  if (d !== b && !b.constraints.every(({ id }) => kept.has(id))) {
    return `"${local}" lacks an identity constraint of the base`;
  }
  return isDerivedFrom(model, d.type, b.type, ["extension", "list", "union"])
    ? undefined
    : `the type of "${local}" is no restriction of that in the base`;
}

/** A declared name comes before a wildcard that would take it too (XSD 1.1, clause 3.8.4.3). */
function byPrecedence(
  candidates: readonly (readonly [Term, Position])[],
): readonly (readonly [Term, Position])[] {
  const declared = candidates.filter(([term]) => term.kind === "element");
  return declared.length > 0 ? declared : candidates;
}

function termWords(term: Term): string {
  return term.kind === "any" ? "a wildcard" : `"${nameOfId(term.name).local}"`;
}

/** Walks all words of the restriction, and beside them the positions that the base may be in. */
function wordMisfit(r: Resolution, model: Model, derived: Particle, base: Particle): string | undefined {
  const own = fullAutomatonOf(derived);
  const other = fullAutomatonOf(base);
  if (own === undefined || other === undefined) return "open";
  if (own.emptiable && !other.emptiable) return "it may be empty, the base may not";
  const positionsOf = (sets: readonly Starts[]): readonly Position[] => [
    ...new Set(sets.flatMap(({ positions }) => positions)),
  ];
  const seen = new Set<string>();
  const queue: { readonly next: readonly Starts[]; readonly base: readonly Position[] }[] = [];
  const visit = (next: readonly Starts[], inBase: readonly Position[]): void => {
    const key = `${next.map(({ id }) => id).join(" ")}/${inBase.map(({ id }) => id).join(" ")}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ next, base: inBase });
  };
  visit(own.start, positionsOf(other.start));
  let steps = 0;
  for (let index = 0; index < queue.length; index++) {
    const state = queue[index];
    if (state === undefined) break;
    for (const position of positionsOf(state.next)) {
      for (const term of termsOf(model, position.leaf.particle)) {
        steps += state.base.length + 1;
        if (steps > maxSteps) return "open";
        const matches: (readonly [Term, Position])[] = [];
        let problem: string | undefined;
        for (const candidate of state.base) {
          for (const wanted of termsOf(model, candidate.leaf.particle)) {
            const misfit = termMisfit(r, model, term, wanted);
            if (misfit === undefined) matches.push([wanted, candidate]);
            else if (misfit !== "elsewhere") problem ??= misfit;
          }
        }
        // A declaration that allows less is not made good by a wildcard beside it.
        if (problem !== undefined && !matches.some(([wanted]) => wanted.kind === "element")) return problem;
        if (matches.length === 0) return `${termWords(term)} stands where the base does not allow it`;
        const taken = byPrecedence(matches).map(([, candidate]) => candidate);
        if (position.last && !taken.some(({ last }) => last)) {
          return `it may end after ${termWords(term)}, the base may not`;
        }
        visit(position.next, positionsOf(taken.flatMap(({ next }) => next)));
      }
    }
  }
  return undefined;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

const number = (max: number | "unbounded"): number => (max === "unbounded" ? Infinity : max);
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** A base in any order asks only how often each of its members may occur. */
function countMisfit(
  r: Resolution,
  model: Model,
  derived: Particle,
  base: GroupParticle,
): string | undefined {
  const flat = (part: Particle): readonly Particle[] =>
    part.kind === "all" ? part.particles.flatMap(flat) : [part];
  const members = base.particles.flatMap(flat);
  const wanted = members.map((member) =>
    member.kind === "element" || member.kind === "any" ? termsOf(model, member) : [],
  );
  let problem: string | undefined;
  /** The member of the base that takes an element: one that declares it before one that lets it in. */
  const memberFor = (term: Term): number => {
    let found = -1;
    wanted.forEach((terms, index) => {
      for (const other of terms) {
        const misfit = termMisfit(r, model, term, other);
        if (misfit !== undefined && misfit !== "elsewhere") problem ??= misfit;
        if (misfit === undefined && (found < 0 || other.kind === "element")) found = index;
      }
    });
    if (found < 0) problem ??= `${termWords(term)} stands where the base does not allow it`;
    return found;
  };
  const countsOf = (particle: Particle): readonly Range[] => {
    const none = members.map((): Range => ({ min: 0, max: 0 }));
    let once: readonly Range[] = none;
    if (particle.kind === "element" || particle.kind === "any") {
      const taken = new Set(termsOf(model, particle).map(memberFor));
      // Substitutes may go to different members: each then occurs perhaps.
      once = none.map((_, index) =>
        taken.has(index) ? { min: taken.size === 1 ? 1 : 0, max: 1 } : { min: 0, max: 0 },
      );
    } else if (particle.kind === "choice") {
      const parts = particle.particles.map(countsOf);
      once = none.map((_, index) => ({
        min: parts.reduce(
          (least, part) => Math.min(least, part[index]?.min ?? 0),
          parts[0]?.[index]?.min ?? 0,
        ),
        max: parts.reduce((most, part) => Math.max(most, part[index]?.max ?? 0), 0),
      }));
    } else {
      const parts = particle.particles.map(countsOf);
      once = none.map((_, index) => ({
        min: parts.reduce((sum, part) => sum + (part[index]?.min ?? 0), 0),
        max: parts.reduce((sum, part) => sum + (part[index]?.max ?? 0), 0),
      }));
    }
    const max = number(particle.max);
    return once.map((range) => ({ min: times(particle.min, range.min), max: times(max, range.max) }));
  };
  const counts = countsOf(derived);
  if (problem !== undefined) return problem;
  // An optional all-group may be absent as a whole.
  if (base.min === 0 && counts.every(({ max }) => max === 0)) return undefined;
  for (const [index, range] of counts.entries()) {
    const member = members[index];
    if (member === undefined) continue;
    if (range.min < member.min && base.min > 0) {
      return `${memberWords(member)} may occur ${range.min} times, in the base not less than ${member.min}`;
    }
    if (range.max > number(member.max)) {
      const most = range.max === Infinity ? "any number of" : String(range.max);
      return `${memberWords(member)} may occur ${most} times, in the base not more than ${String(member.max)}`;
    }
  }
  return undefined;
}

function memberWords(member: Particle): string {
  return member.kind === "element" ? `"${member.name.local}"` : "what a wildcard takes";
}
