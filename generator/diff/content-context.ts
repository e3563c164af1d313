/** Two content models being compared: what may be asked about them, and where their parts stand. */
import { displayName, isForeign, memberKey } from "../model/query.js";
import { idOf } from "../model/types.js";
import { addTo } from "../multimap.js";
import { createContentLanguage } from "./content-language.js";
import type { ContentLanguage } from "./content-language.js";
import { joinEffects } from "./effects.js";
import { elementsOf, isGroup, replacePart, wildcardsOf } from "./normal.js";
import type { ElementPart, Part, WildcardPart } from "./normal.js";
import { displayType } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import type { ComplexPair } from "./shapes.js";
import type { Effect, Position, RuleId, Side } from "./types.js";

/** What changed about order and number of parts, not yet told. */
export interface StructuralFinding {
  readonly rule: RuleId;
  readonly place: Place;
  readonly details: FactDetails;
}

/** Two content models being compared. */
export interface Context {
  readonly comparison: Comparison;
  readonly pair: ComplexPair;
  readonly place: Place;
  readonly old: Part | undefined;
  readonly current: Part | undefined;
  readonly language: () => ContentLanguage;
  /** Parts that stand where nothing but themselves decides what a change of them does. */
  readonly plain: ReadonlySet<Part>;
  /** Elements to choose from that nothing else can stand for: without one, documents that have it are lost. */
  readonly branches: ReadonlySet<Part>;
  /** What was found; told only when the two models could be laid side by side. */
  readonly findings: (() => void)[];
  /** Says what changed about the order and number of parts; told when it adds up. */
  readonly add: (rule: RuleId, place: Place, details: FactDetails) => void;
  readonly structural: StructuralFinding[];
  readonly cameNames: Set<string>;
  readonly wentNames: Set<string>;
}

/** Begins to compare the content of two types. */
export function createContext(
  comparison: Comparison,
  pair: ComplexPair,
  place: Place,
  old: Part | undefined,
  current: Part | undefined,
): Context {
  let language: ContentLanguage | undefined;
  const plain = [...plainParts(old), ...plainParts(current)];
  const structural: StructuralFinding[] = [];
  const hasWildcards = wildcardsOf(old).length > 0 || wildcardsOf(current).length > 0;
  return {
    comparison,
    pair,
    place,
    old,
    current,
    language: () => (language ??= createContentLanguage(comparison.before, comparison.after, old, current)),
    plain: new Set(hasWildcards ? [] : plain),
    branches: new Set(hasWildcards ? [] : [...branchesOf(old), ...branchesOf(current)]),
    findings: [],
    add: (rule, at, details) => void structural.push({ rule, place: at, details }),
    structural,
    cameNames: new Set(),
    wentNames: new Set(),
  };
}

/** The parts of a sequence (or xs:all) that must stand once as a whole, when no name stands in two places. */
function plainParts(root: Part | undefined): readonly Part[] {
  if (root === undefined || !areDistinct(root)) return [];
  if (!isGroup(root)) return [root];
  return root.kind !== "choice" && root.min === 1 && root.max === 1 ? root.parts : [];
}

/** The elements among the branches of all choices, when no name stands in two places. */
function branchesOf(root: Part | undefined): readonly Part[] {
  if (root === undefined || !areDistinct(root)) return [];
  const below = (part: Part): readonly Part[] => {
    if (!isGroup(part)) return [];
    const own = part.kind === "choice" && part.parts.length > 1 ? part.parts : [];
    return [...own.filter(({ kind }) => kind === "element"), ...part.parts.flatMap(below)];
  };
  return below(root);
}

function areDistinct(root: Part): boolean {
  const elements = elementsOf(root);
  if (elements.some(({ element }) => element.ref !== undefined)) return false;
  return new Set(elements.map(expandedName)).size === elements.length;
}

/** What it does to the whole model when a part takes over something of its partner. */
export function effectOfSwap<P extends Part>(
  context: Context,
  before: P,
  after: P,
  swap: (target: P, pattern: P) => Part,
): Effect {
  const { old, current } = context;
  if (old === undefined || current === undefined) return "unknown";
  const { language } = context;
  const inNew = language().compare(
    { part: replacePart(current, after, swap(after, before)), side: "new" },
    { part: current, side: "new" },
  );
  const inOld = language().compare(
    { part: old, side: "old" },
    { part: replacePart(old, before, swap(before, after)), side: "old" },
  );
  return joinEffects(inNew.effect, inOld.effect);
}

// ---------------------------------------------------------------------------------------------- places and sides

/** The name of an element, `{namespace}local`. */
export function expandedName({ element }: ElementPart): string {
  return idOf(element.name);
}

/** The step to an element in its type; of several with one name, by number, or by prefix where their namespaces differ. */
function stepOf({ place, old, current, comparison }: Context, part: ElementPart, isNew: boolean): string {
  const { name } = part.element;
  const vocabulary = ({ element }: ElementPart): string =>
    isForeign(place.key, element) ? element.name.namespace : "";
  const named = (root: Part | undefined): readonly ElementPart[] => byLocalName(root).get(name.local) ?? [];
  const own = vocabulary(part);
  const isPrefixed =
    own !== "" && [...named(old), ...named(current)].some((twin) => vocabulary(twin) !== own);
  const step = isPrefixed
    ? displayName(isNew ? comparison.after : comparison.before, idOf(name))
    : name.local;
  const twins = named(isNew ? current : old).filter((twin) => vocabulary(twin) === own);
  const index = twins.indexOf(part);
  return index > 0 ? `${step}[${index + 1}]` : step;
}

const localNames = new WeakMap<Part, ReadonlyMap<string, readonly ElementPart[]>>();

/** The elements of a model by their local names. */
function byLocalName(root: Part | undefined): ReadonlyMap<string, readonly ElementPart[]> {
  if (root === undefined) return new Map();
  let known = localNames.get(root);
  if (known === undefined) {
    const found = new Map<string, ElementPart[]>();
    for (const part of elementsOf(root)) {
      const { local } = part.element.name;
      addTo(found, local, part);
    }
    localNames.set(root, (known = found));
  }
  return known;
}

/** Whether a model has an element of the same name. */
export function hasTwin(root: Part | undefined, part: ElementPart): boolean {
  const named = byLocalName(root).get(part.element.name.local) ?? [];
  return named.some((other) => expandedName(other) === expandedName(part));
}

/** Where an element stands in its type. */
export function placeOfElement(
  context: Context,
  before: ElementPart | undefined,
  after: ElementPart | undefined,
): Place {
  const { place, old, current } = context;
  const part = after ?? before;
  if (part === undefined) throw new Error("a place needs an element on one side");
  const unavoidable = (whole: Part | undefined, target: Part | undefined): boolean =>
    whole === undefined || target === undefined || isUnavoidable(whole, target);
  return {
    component: {
      ...place.component,
      path: [...place.component.path, stepOf(context, part, after !== undefined)],
    },
    key: memberKey(place.key, part.element),
    optional: place.optional === true || !unavoidable(old, before) || !unavoidable(current, after),
    ...(before && { oldSpan: before.element.span, oldExtent: before.element.extent }),
    ...(after && { newSpan: after.element.span, newExtent: after.element.extent }),
  };
}

/** Whether each instance of a model holds a part. */
function isUnavoidable(root: Part, target: Part): boolean {
  if (root.min === 0) return false;
  if (root === target) return true;
  if (!isGroup(root) || (root.kind === "choice" && root.parts.length > 1)) return false;
  return root.parts.some((part) => isUnavoidable(part, target));
}

/** Where a wildcard stands in its type; of several, by number. */
export function placeOfWildcard(
  context: Context,
  before: WildcardPart | undefined,
  after: WildcardPart | undefined,
): Place {
  const { place, old, current } = context;
  const index =
    after === undefined
      ? before === undefined
        ? 0
        : wildcardsOf(old).indexOf(before)
      : wildcardsOf(current).indexOf(after);
  const step = index > 0 ? `*[${index + 1}]` : "*";
  return {
    component: { ...place.component, path: [...place.component.path, step] },
    key: `${place.key}/*`,
    optional: true,
    ...(before && { oldSpan: before.span }),
    ...(after && { newSpan: after.span }),
  };
}

/** What is told of an element of one side. */
export function sideOf(part: ElementPart, siblings: readonly Part[], children = 0): Side {
  const { element } = part;
  return {
    type: displayType(element.type),
    min: part.min,
    max: part.max,
    ...positionSide(part, siblings),
    ...(children > 0 && { children }),
  };
}

/** Between which elements a part stands; nothing where it is none of the siblings. */
export function positionSide(part: Part, siblings: readonly Part[]): { readonly position?: Position } {
  const index = siblings.indexOf(part);
  if (index < 0) return {};
  const name = (other: Part | undefined): string | undefined =>
    other?.kind === "element" ? other.element.name.local : undefined;
  const [after, before] = [name(siblings[index - 1]), name(siblings[index + 1])];
  return {
    position: {
      ...(after !== undefined && { after }),
      ...(before !== undefined && { before }),
      index,
      last: index === siblings.length - 1,
    },
  };
}

/** The most that may occur, as a number. */
export function limit(max: number | "unbounded"): number {
  return max === "unbounded" ? Infinity : max;
}

/** How often a part may occur, as it is told. */
export function occurs(part: Part): Side {
  return { min: part.min, max: part.max };
}
