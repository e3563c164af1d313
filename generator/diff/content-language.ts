/** Content models as languages over element names, so that what a change does to them can be decided. */
import { nameOfId, substitutesOf, wildcardAdmits } from "../model/query.js";
import { idOf, type Model, type Wildcard } from "../model/types.js";
import { compareLanguages, createAlgebra, findWord, spelled, unlessTooLarge } from "./language.js";
import type { Algebra, Atom, Expression, Relation } from "./language.js";
import { elementsOf, isGroup, wildcardsOf } from "./normal.js";
import type { ElementPart, Part } from "./normal.js";

/** A step of a word: an element by its expanded name, or some element that a wildcard admits. */
export type Letter = { readonly name: string } | { readonly namespace: string };

/** The languages of content models of one pair of types. */
export interface ContentLanguage {
  /** How the languages of two content models relate; each belongs to a side. */
  readonly compare: (old: Sided, current: Sided) => Relation<readonly Letter[]>;
  /** A shortest word of a content model that holds an element, or any word. */
  readonly findWord: (content: Sided, holds?: string) => readonly Letter[] | undefined;
}

export interface Sided {
  readonly part: Part | undefined;
  readonly side: "old" | "new";
}

// Bounds above this are replaced by numbers of the same order: counting to thousands decides nothing.
const largestCounted = 12;

/** Prepares languages for the content models that a comparison may ask about: those of both sides. */
export function createContentLanguage(
  before: Model,
  after: Model,
  old: Part | undefined,
  current: Part | undefined,
): ContentLanguage {
  const algebra = createAlgebra();
  const models = { old: before, new: after };
  const namesAt = (part: ElementPart, side: "old" | "new"): readonly string[] =>
    acceptedNames(models[side], part);

  const names = new Set<string>();
  const namespaces = new Set<string>([""]);
  for (const [part, side] of [
    [old, "old"],
    [current, "new"],
  ] as const) {
    for (const element of elementsOf(part)) for (const name of namesAt(element, side)) names.add(name);
    for (const { any } of wildcardsOf(part)) {
      const { wildcard } = any;
      if (wildcard.namespaces.kind !== "any") for (const uri of wildcard.namespaces.uris) namespaces.add(uri);
      if (wildcard.process === "strict") for (const id of globalsOf(models[side], wildcard)) names.add(id);
      for (const name of wildcard.notNames ?? []) if (name.startsWith("{")) names.add(name);
    }
  }
  for (const name of names) namespaces.add(nameOfId(name).namespace);
  let elsewhere = "urn:elsewhere";
  while (namespaces.has(elsewhere)) elsewhere += "-";
  const letters: Letter[] = [
    ...[...names].map((name) => ({ name })),
    ...[...namespaces, elsewhere].map((namespace) => ({ namespace })),
  ];
  const atoms = new Map<string, Atom>();
  letters.forEach((letter, index) =>
    atoms.set("name" in letter ? letter.name : `{${letter.namespace}}*`, index),
  );
  const atomOf = (key: string): Atom[] => {
    const atom = atoms.get(key);
    return atom === undefined ? [] : [atom];
  };

  const scale = scaleBounds([old, current]);
  const symbolOf = new Map<unknown, Expression>();
  const symbolFor = (part: Part, side: "old" | "new"): Expression => {
    const key = part.kind === "element" ? part.element : part.kind === "any" ? part.any : part;
    let symbol = symbolOf.get(key);
    if (symbol !== undefined) return symbol;
    if (part.kind === "element") symbol = algebra.symbol(namesAt(part, side).flatMap(atomOf));
    else if (part.kind === "any")
      symbol = algebra.symbol(admittedBy(part.any.wildcard, letters, models[side]));
    else throw new Error("a group is no symbol");
    symbolOf.set(key, symbol);
    return symbol;
  };
  const expression = (part: Part | undefined, side: "old" | "new"): Expression => {
    if (part === undefined) return algebra.empty;
    let inner: Expression;
    if (isGroup(part)) {
      const parts = part.parts.map((each) => expression(each, side));
      if (part.kind === "sequence") inner = algebra.sequence(parts);
      else inner = part.kind === "choice" ? algebra.either(parts) : algebra.interleave(parts);
    } else inner = symbolFor(part, side);
    return algebra.repeat(inner, scale(part.min), part.max === "unbounded" ? Infinity : scale(part.max));
  };
  const spell = (word: readonly Atom[]): readonly Letter[] => word.map((atom) => letters[atom] as Letter);
  return {
    compare(before, after) {
      const relation = unlessTooLarge(
        () =>
          compareLanguages(algebra, expression(before.part, before.side), expression(after.part, after.side)),
        { effect: "unknown" },
      );
      return spelled(relation, spell);
    },
    findWord({ part, side }, holds) {
      const wanted = holds === undefined ? undefined : new Set(atomOf(holds));
      const word = unlessTooLarge(
        () => findWord(algebra as Algebra, expression(part, side), wanted),
        undefined,
      );
      return word && spell(word);
    },
  };
}

/** Names that an element particle accepts: its own unless abstract, and those of its substitution group. */
function acceptedNames(model: Model, { element }: ElementPart): readonly string[] {
  const own = idOf(element.name);
  if (element.ref === undefined) return [own];
  const members = substitutesOf(model, element.ref).filter((id) => model.elements[id]?.abstract !== true);
  return element.abstract ? members : [own, ...members];
}

function globalsOf(model: Model, wildcard: Wildcard): readonly string[] {
  return Object.keys(model.elements).filter((id) => wildcardAdmits(wildcard, id));
}

function admittedBy(wildcard: Wildcard, letters: readonly Letter[], model: Model): readonly Atom[] {
  return letters.flatMap((letter, atom) => {
    const id = "name" in letter ? letter.name : `{${letter.namespace}}*`;
    if (!wildcardAdmits(wildcard, id)) return [];
    // What is not declared does not get past a strict wildcard.
    if (wildcard.process === "strict" && model.elements[id] === undefined) return [];
    return [atom];
  });
}

/** Replaces large bounds by small ones of the same order. */
function scaleBounds(parts: readonly (Part | undefined)[]): (bound: number) => number {
  const large = new Set<number>();
  const visit = (part: Part | undefined): void => {
    if (part === undefined) return;
    for (const bound of [part.min, part.max]) {
      if (bound !== "unbounded" && bound > largestCounted) large.add(bound);
    }
    if (isGroup(part)) part.parts.forEach(visit);
  };
  parts.forEach(visit);
  const sorted = [...large].sort((a, b) => a - b);
  return (bound) => (bound <= largestCounted ? bound : largestCounted + 1 + sorted.indexOf(bound));
}
