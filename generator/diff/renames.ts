/**
 * Renames and moves. XSD has no field numbers, so who was renamed can only be guessed: a guess is proposed with a
 * score and its reasons, and becomes certain when the renames file confirms it.
 */
import { addTo } from "../multimap.js";
import { componentText } from "./judge.js";
import { displayType } from "./place.js";
import { nameLikeness, wordsOf } from "./similarity.js";
import type { Effect, Fact } from "./types.js";
import { findWrapped, type Wrapping } from "./wrappers.js";

/** A confirmed pair, as the renames file holds it: `{ "old": "user:userType/e-mail", "new": "user:userType/email" }`. */
export interface Rename {
  readonly old: string;
  readonly new: string;
}

export interface RenameOptions {
  readonly confirmed?: readonly Rename[];
  /** Told of each confirmed pair that is there. */
  readonly onMatch?: (pair: Rename) => void;
  /** The prefix of a namespace, for matching the paths of the renames file. */
  readonly prefixOf: (ns: string) => string;
  /** The releases, for what went into new elements and types that go on under another name; absent: nothing did. */
  readonly sides?: Wrapping;
}

const threshold = 0.75;
const certain = { score: 1, reasons: ["confirmed"] };

/** Replaces pairs of removal and addition that belong together by one fact each. Order is that of the additions. */
export function proposeRenames(facts: readonly Fact[], options: RenameOptions): Fact[] {
  const consumed = new Map<Fact, Fact | undefined>();
  for (const kind of ["element", "attribute", "enum"] as const)
    pairWithinOwner(facts, kind, options, consumed);
  pairGlobals(facts, options, consumed);
  pairWrapped(facts, options, consumed);
  pairAcrossKinds(facts, consumed);
  pairAcrossOwners(facts, options, consumed);
  return facts.flatMap((fact) => {
    if (!consumed.has(fact)) return [alone(fact)];
    const replacement = consumed.get(fact);
    return replacement === undefined ? [] : [replacement];
  });
}

/** A value that came or went by itself: that no other stayed says nothing of it. */
function alone(fact: Fact): Fact {
  if (fact.effect !== "disjoint" || !/^enum\.value\.(?:added|removed)$/u.test(fact.rule)) return fact;
  return { ...fact, effect: fact.rule === "enum.value.added" ? "widening" : "narrowing", conditional: true };
}

type Kind = "element" | "attribute" | "enum";

function isRemoval(fact: Fact, kind: Kind): boolean {
  return kind === "enum"
    ? fact.rule === "enum.value.removed"
    : fact.rule === `${kind}.removed.optional` || fact.rule === `${kind}.removed.required`;
}

function isAddition(fact: Fact, kind: Kind): boolean {
  return kind === "enum"
    ? fact.rule === "enum.value.added"
    : fact.rule === `${kind}.added.optional` || fact.rule === `${kind}.added.required`;
}

/** Whether one element of several to choose from came or went; groups among them have no type. */
function isBranch({ rule, old, new: current }: Fact, kind: Kind, direction: "added" | "removed"): boolean {
  return (
    kind === "element" && rule === `group.choice.branch-${direction}` && (old ?? current)?.type !== undefined
  );
}

function ownerKey({ component: { ns, kind, type, path } }: Fact): string {
  return JSON.stringify([ns, kind, type, path.slice(0, -1)]);
}

interface Candidate {
  readonly removed: Fact;
  readonly added: Fact;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly confirmed: boolean;
}

function pairWithinOwner(
  facts: readonly Fact[],
  kind: Kind,
  options: RenameOptions,
  consumed: Map<Fact, Fact | undefined>,
): void {
  const removals = facts.filter((fact) => isRemoval(fact, kind) || isBranch(fact, kind, "removed"));
  const additions = facts.filter((fact) => isAddition(fact, kind) || isBranch(fact, kind, "added"));
  const isSameType = typesAlike(options);
  const candidates: Candidate[] = [];
  for (const [removed, added] of pairsOf(removals, additions, ownerKey, options)) {
    // What was one of several to choose from and now stands by itself is more than another name.
    if (isBranch(removed, kind, "removed") !== isBranch(added, kind, "added")) continue;
    const confirmed = isConfirmed(removed, added, options);
    const { score, reasons } = confirmed ? certain : scorePair(removed, added, kind, isSameType);
    if (confirmed || score >= threshold) candidates.push({ removed, added, score, reasons, confirmed });
  }
  for (const { removed, added, score, reasons, confirmed } of bestBothWays(candidates, consumed)) {
    consumed.set(removed, undefined);
    const caseOnly = nameOf(removed).toLowerCase() === nameOf(added).toLowerCase();
    const suffix = caseOnly ? "renamed.case" : confirmed && kind !== "enum" ? "renamed" : "renamed.likely";
    consumed.set(
      added,
      merge(removed, added, `${kind === "enum" ? "enum.value" : kind}.${suffix}`, score, reasons),
    );
  }
}

/** A global element that goes on under another name: as confirmed, the same but for case, or of the same type and much alike. */
function pairGlobals(
  facts: readonly Fact[],
  options: RenameOptions,
  consumed: Map<Fact, Fact | undefined>,
): void {
  const removals = facts.filter(({ rule }) => rule === "element.global.removed");
  const folded = ({ component: { ns, type } }: Fact): string => `{${ns}}${type.toLowerCase()}`;
  const isSameType = typesAlike(options);
  const candidates: Candidate[] = [];
  const additions = facts.filter(({ rule }) => rule === "element.global.added");
  // A confirmed rename may lead into another namespace.
  const ownerOf = ({ component }: Fact): string =>
    options.confirmed === undefined || options.confirmed.length === 0 ? component.ns : "";
  for (const [removed, added] of pairsOf(removals, additions, ownerOf, options)) {
    const confirmed = isConfirmed(removed, added, options);
    if (!confirmed && removed.component.ns !== added.component.ns) continue;
    const { score, reasons } = confirmed ? certain : scoreGlobals(removed, added, isSameType);
    if (score < threshold) continue;
    candidates.push({ removed, added, score, reasons, confirmed });
  }
  for (const { removed, added, score, reasons, confirmed } of bestBothWays(candidates, consumed)) {
    const rule =
      folded(removed) === folded(added)
        ? "element.renamed.case"
        : confirmed
          ? "element.renamed"
          : "element.renamed.likely";
    const merged = merge(removed, added, rule, score, reasons);
    consumed.set(removed, undefined);
    consumed.set(added, {
      ...merged,
      old: { ...removed.old, value: removed.component.type },
      new: { ...added.new, value: added.component.type },
    });
  }
}

function scoreGlobals(
  removed: Fact,
  added: Fact,
  isSameType: SameType,
): Pick<Candidate, "score" | "reasons"> {
  const type = added.new?.type ?? "";
  if (!isSameType(removed.old?.type, type)) return { score: 0, reasons: [] };
  const [was, is] = [removed.component.type, added.component.type];
  if (was.toLowerCase() === is.toLowerCase()) {
    return { score: 0.9, reasons: ["same name but for case", typeReason(type)] };
  }
  // Many elements are texts and numbers: that two of them are says nothing.
  const telling = type.startsWith("xs:") || type === "(anonymous)" ? 0.2 : 0.45;
  if (telling + 0.5 < threshold) return { score: 0, reasons: [] };
  const score = Math.round((telling + 0.5 * nameLikeness(was, is)) * 100) / 100;
  return { score, reasons: [typeReason(type), "similar name"] };
}

/** An element that a new one beside it holds now, or that the one around it is gone from. */
function pairWrapped(
  facts: readonly Fact[],
  options: RenameOptions,
  consumed: Map<Fact, Fact | undefined>,
): void {
  const { sides } = options;
  if (sides === undefined) return;
  const free = facts.filter((fact) => !consumed.has(fact));
  const candidates = findWrapped(free, sides).map(({ fact, inside }): Candidate => {
    const [removed, added] = isRemoval(fact, "element") ? [fact, inside] : [inside, fact];
    const confirmed = isConfirmed(removed, added, options);
    const { score, reasons } = confirmed ? certain : { score: 0.8, reasons: ["same name", "same type"] };
    return { removed, added, score, reasons, confirmed };
  });
  for (const { removed, added, score, reasons, confirmed } of bestBothWays(candidates, consumed)) {
    const rule = confirmed ? "element.moved" : "element.moved.likely";
    const told = facts.includes(removed) ? removed : added;
    consumed.set(told, merge(removed, added, rule, score, reasons));
  }
}

/** An element of the same name and type that left one owner and came to another. */
function pairAcrossOwners(
  facts: readonly Fact[],
  options: RenameOptions,
  consumed: Map<Fact, Fact | undefined>,
): void {
  const key = (fact: Fact, type: string | undefined): string =>
    JSON.stringify([fact.component.ns, nameOf(fact), type]);
  const all = facts.filter((fact) => isRemoval(fact, "element") && !consumed.has(fact));
  const removals = groupBy(all, (removed) => key(removed, removed.old?.type));
  const isAnyConfirmed = (options.confirmed ?? []).length > 0;
  const candidates: Candidate[] = [];
  for (const added of facts) {
    if (!isAddition(added, "element") || consumed.has(added)) continue;
    const confirmed = isAnyConfirmed ? all.filter((removed) => isConfirmed(removed, added, options)) : [];
    const alike = removals.get(key(added, added.new?.type)) ?? [];
    // Of several that are as alike none is the best.
    for (const removed of confirmed.length > 0 ? confirmed : alike.length === 1 ? alike : []) {
      const isSure = confirmed.length > 0;
      const { score, reasons } = isSure
        ? certain
        : { score: 0.8, reasons: ["same name", typeReason(added.new?.type)] };
      candidates.push({ removed, added, score, reasons, confirmed: isSure });
    }
  }
  for (const { removed, added, score, reasons, confirmed } of bestBothWays(candidates, consumed)) {
    consumed.set(removed, undefined);
    consumed.set(
      added,
      merge(removed, added, confirmed ? "element.moved" : "element.moved.likely", score, reasons),
    );
  }
}

/** An attribute that became an element of the same name and type, or the reverse. */
function pairAcrossKinds(facts: readonly Fact[], consumed: Map<Fact, Fact | undefined>): void {
  for (const [from, to] of [
    ["attribute", "element"],
    ["element", "attribute"],
  ] as const) {
    const removals = new Map<string, Fact>();
    for (const fact of facts) {
      if (isRemoval(fact, from) && !consumed.has(fact)) removals.set(ownerKey(fact) + nameOf(fact), fact);
    }
    for (const added of facts) {
      if (!isAddition(added, to) || consumed.has(added)) continue;
      const removed = removals.get(ownerKey(added) + nameOf(added));
      if (removed === undefined || removed.old?.type !== added.new?.type) continue;
      consumed.set(removed, undefined);
      consumed.set(added, merge(removed, added, `${from}.to-${to}`, 0.9, ["same name", "same type"]));
    }
  }
}

/** Candidates that are the best, and the only best, for both of their sides. */
function bestBothWays(
  candidates: readonly Candidate[],
  consumed: ReadonlyMap<Fact, unknown>,
): readonly Candidate[] {
  const free = candidates.filter(({ removed, added }) => !consumed.has(removed) && !consumed.has(added));
  const weight = (candidate: Candidate): number => (candidate.confirmed ? 2 : candidate.score);
  const best = new Map<Fact, { weight: number; count: number }>();
  for (const candidate of free) {
    for (const side of [candidate.removed, candidate.added]) {
      const known = best.get(side);
      if (known === undefined || known.weight < weight(candidate))
        best.set(side, { weight: weight(candidate), count: 1 });
      else if (known.weight === weight(candidate)) known.count++;
    }
  }
  return free.filter((candidate) =>
    [candidate.removed, candidate.added].every((side) => {
      const known = best.get(side);
      return known?.weight === weight(candidate) && known.count === 1;
    }),
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    addTo(groups, key, item);
  }
  return groups;
}

/** So many pairs are looked at; beyond that, where there are many of an owner, only names that differ in case belong together. */
const maxPairs = 1_000_000;
const manyPairs = 10_000;

/** Pairs of a removal and an addition that may belong together, in the order of the additions. */
function* pairsOf(
  removals: readonly Fact[],
  additions: readonly Fact[],
  ownerOf: (fact: Fact) => string,
  { confirmed = [] }: RenameOptions,
): Generator<readonly [removed: Fact, added: Fact]> {
  const byOwner = groupBy(removals, ownerOf);
  const counts = groupBy(additions, ownerOf);
  const pairs = (owner: string): number =>
    (byOwner.get(owner)?.length ?? 0) * (counts.get(owner)?.length ?? 0);
  const all = [...counts.keys()].reduce((sum, owner) => sum + pairs(owner), 0);
  const byName = new Map<string, ReadonlyMap<string, readonly Fact[]>>();
  const folded = (fact: Fact): string => nameOf(fact).toLowerCase();
  for (const added of additions) {
    const owner = ownerOf(added);
    const there = byOwner.get(owner) ?? [];
    if (all <= maxPairs || pairs(owner) <= manyPairs || confirmed.length > 0) {
      for (const removed of there) yield [removed, added];
      continue;
    }
    let names = byName.get(owner);
    if (names === undefined) byName.set(owner, (names = groupBy(there, folded)));
    for (const removed of names.get(folded(added)) ?? []) yield [removed, added];
  }
}

function nameOf(fact: Fact): string {
  return (fact.component.path.at(-1) ?? fact.component.type).replace(/^[@=]|\[\d+\]$/gu, "");
}

/** Whether code sees no rename: the element is of another namespace, and its property is called after its local name. */
function isSameProperty(removed: Fact, added: Fact): boolean {
  const local = (fact: Fact): string => nameOf(fact).replace(/^.*:/u, "");
  return (
    ownerKey(removed) === ownerKey(added) &&
    isRemoval(removed, "element") &&
    isAddition(added, "element") &&
    local(removed) === local(added)
  );
}

function isConfirmed(removed: Fact, added: Fact, options: RenameOptions): boolean {
  const text = ({ component }: Fact): string => componentText(component, options.prefixOf(component.ns));
  return matches(text(removed), text(added), options);
}

/** Whether somebody has confirmed that a component goes on as another one; both as the renames file writes them. */
export function matches(
  old: string,
  current: string,
  { confirmed = [], onMatch }: Pick<RenameOptions, "confirmed" | "onMatch">,
): boolean {
  const pair = confirmed.find((each) => each.old === old && each.new === current);
  if (pair !== undefined) onMatch?.(pair);
  return pair !== undefined;
}

/** Why two types speak for a pair; what has no name is not looked into. */
function typeReason(type = ""): string {
  return type === "(anonymous)" ? "each with a type of its own" : `same type ${type}`;
}

type SameType = (old: string | undefined, current: string | undefined) => boolean;

/** Whether two types, as they are shown, are one: by the same name, or by another under which it goes on. */
function typesAlike({ sides }: RenameOptions): SameType {
  const names = new Set(
    [...(sides?.renamed ?? [])].map(([was, is]) => `${displayType(was)} ${displayType(is)}`),
  );
  return (old, current) => old === current || names.has(`${String(old)} ${String(current)}`);
}

function scorePair(
  removed: Fact,
  added: Fact,
  kind: Kind,
  isSameType: SameType,
): { readonly score: number; readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  let score = 0;
  const give = (points: number, reason: string): void => {
    score += points;
    reasons.push(reason);
  };
  const [before, after] = [removed.old, added.new];
  const alike = isSameType(before?.type, after?.type) && before?.children === after?.children;
  if (kind === "enum" || alike) give(0.35, kind === "enum" ? "same type" : typeReason(after?.type));
  if (before?.min === after?.min && before?.max === after?.max) give(0.1, "same cardinality");
  const [was, is] = [before?.position, after?.position];
  if (kind !== "element") give(0.2, "same owner");
  else if (was !== undefined && is !== undefined) {
    if (was.after === is.after || was.before === is.before) give(0.2, "same neighbours");
    else if (Math.abs(was.index - is.index) <= 2) give(0.1, "near the same place");
  }
  const [a, b] = [nameOf(removed), nameOf(added)];
  // The rest does not suffice without the same name: most pairs of many end here.
  if (score + 0.3 <= threshold && !isSameName(removed, added)) return { score: 0, reasons };
  // Values and attributes have no place to be known by: their names must tell.
  const least = kind === "element" ? 0.4 : 0.6;
  const likeness = nameLikeness(a, b, least);
  if (likeness >= least)
    give(0.3 * likeness, a.toLowerCase() === b.toLowerCase() ? "same name but for case" : "similar name");
  return { score: Math.round(score * 100) / 100, reasons };
}

const names = new WeakMap<Fact, { readonly folded: string; readonly words: string }>();

/** Whether names are as alike as can be, without what that costs to tell of those that are not. */
function isSameName(removed: Fact, added: Fact): boolean {
  const [was, is] = [removed, added].map((fact) => {
    let known = names.get(fact);
    if (known === undefined) {
      const name = nameOf(fact);
      names.set(fact, (known = { folded: name.toLowerCase(), words: wordsOf(name).toSorted().join(" ") }));
    }
    return known;
  });
  return was?.folded === is?.folded || (was?.words === is?.words && was?.words !== "");
}

function merge(removed: Fact, added: Fact, rule: string, score: number, reasons: readonly string[]): Fact {
  // Where one side demands it and the other does not know it, no document is valid on both.
  const demanded = [removed, added].filter((fact) => fact.effect === "disjoint");
  const effect: Effect = demanded.length > 0 ? "disjoint" : "overlap";
  // What code sees of one that came says nothing of a rename.
  const { source: _source, ...came } = added;
  return {
    ...came,
    rule,
    effect,
    conditional: demanded.every(({ conditional }) => conditional),
    old: { ...removed.old, value: removed.component.path.map((step) => step.replace(/^=/u, "")).join("/") },
    new: { ...added.new, value: added.component.path.map((step) => step.replace(/^=/u, "")).join("/") },
    ...(isSameProperty(removed, added) && { source: { read: "safe", build: "safe", meta: "safe" } }),
    ...(removed.oldSpan && { oldSpan: removed.oldSpan }),
    ...(removed.oldExtent && { oldExtent: removed.oldExtent }),
    formerly: removed.component,
    ...(demanded.length > 0 && {
      demandedAt: {
        ...(demanded.includes(removed) && { old: removed.key }),
        ...(demanded.includes(added) && { new: added.key }),
      },
    }),
    evidence: { score, reasons },
  };
}
