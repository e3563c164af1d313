/** Patterns as languages over characters: whether one lets through more than another. */
import { parsePattern, type CharSet, type PatternTree } from "../../templates/runtime/pattern.js";
import { compareLanguages, createAlgebra, findWord, spelled, unlessTooLarge } from "./language.js";
import type { Algebra, Atom, Expression, Relation } from "./language.js";

/** What a text must match: alternatives within a step, all steps, and a number of characters. */
export interface TextLimits {
  readonly steps: readonly (readonly string[])[];
  readonly minLength: number;
  readonly maxLength: number;
}

/** Two sets of texts; words are examples. */
export type TextRelation = Relation<string>;

// Counting to more than this would make more states than are looked at.
const longestCounted = 300;
const limit = 8_000;

/** Compares two sets of texts; effect `unknown` when there is too much to look at. */
export function compareTexts(before: TextLimits, after: TextLimits): TextRelation {
  const algebra = createAlgebra();
  const alphabet = createAlphabet([...before.steps, ...after.steps].flat());
  if (alphabet === undefined) return { effect: "unknown" };
  const compare = (): Relation => {
    const [old, current] = [before, after].map((limits) => expressionOf(algebra, alphabet, limits));
    if (old === undefined || current === undefined) return { effect: "unknown" };
    return compareLanguages(algebra, old, current, limit);
  };
  const relation = unlessTooLarge(compare, { effect: "unknown" });
  return spelled(relation, (word) => word.map((atom) => alphabet.letters[atom]).join(""));
}

/** A shortest text within limits; undefined when there is none, or none was found. */
export function findText(limits: TextLimits): string | undefined {
  const algebra = createAlgebra();
  const alphabet = createAlphabet(limits.steps.flat());
  if (alphabet === undefined) return undefined;
  const word = unlessTooLarge(() => {
    const expression = expressionOf(algebra, alphabet, limits);
    return expression && findWord(algebra, expression, undefined, limit);
  }, undefined);
  return word?.map((atom) => alphabet.letters[atom]).join("");
}

interface Alphabet {
  /** One character for each class that the patterns tell apart. */
  readonly letters: readonly string[];
  readonly atomsOf: (set: CharSet) => readonly Atom[];
  readonly trees: ReadonlyMap<string, PatternTree>;
}

const kept = new Map<string, Alphabet | undefined>();
// Comparisons ask about the same few patterns again and again.
const mostKept = 64;

function createAlphabet(patterns: readonly string[]): Alphabet | undefined {
  const key = JSON.stringify([...new Set(patterns)].sort());
  if (kept.has(key)) return kept.get(key);
  const alphabet = makeAlphabet(patterns);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, alphabet);
  return alphabet;
}

function makeAlphabet(patterns: readonly string[]): Alphabet | undefined {
  const trees = new Map<string, PatternTree>();
  for (const pattern of patterns) {
    const tree = parsePattern(pattern);
    if (tree === undefined) return undefined;
    trees.set(pattern, tree);
  }
  const sets: CharSet[] = [];
  const collect = (tree: PatternTree): void => {
    if (tree.kind === "set") sets.push(tree.set);
    else if (tree.kind === "repeat") collect(tree.part);
    else tree.parts.forEach(collect);
  };
  for (const tree of trees.values()) collect(tree);
  // Which sets a character is in is all that patterns see of it: classes are split by one set after the other.
  // Letters and digits first: they are the best examples.
  const points = codePoints();
  const classOf = new Uint32Array(points.length);
  let count = 1;
  for (const set of sets) {
    const split = new Map<number, number>();
    points.forEach((code, index) => {
      if (!set(code)) return;
      const before = classOf[index] ?? 0;
      let inside = split.get(before);
      if (inside === undefined) split.set(before, (inside = count++));
      classOf[index] = inside;
    });
  }
  const classes = new Map<number, number>();
  points.forEach((code, index) => {
    const name = classOf[index] ?? 0;
    if (!classes.has(name)) classes.set(name, code);
  });
  const codes = [...classes.values()];
  const letters = codes.map((code) => String.fromCodePoint(code));
  return {
    letters,
    trees,
    atomsOf: (set) => codes.flatMap((code, atom) => (set(code) ? [atom] : [])),
  };
}

let points: readonly number[] | undefined;

/** Characters of XML: all of the basic plane, beyond it one in 64, which is finer than any block. */
function codePoints(): readonly number[] {
  if (points !== undefined) return points;
  const found: number[] = [];
  const range = (from: number, to: number, step = 1): void => {
    for (let code = from; code <= to; code += step) found.push(code);
  };
  range(0x61, 0x7a);
  range(0x30, 0x39);
  range(0x41, 0x5a);
  range(0x21, 0x7e);
  found.push(0x20, 0x9, 0xa, 0xd);
  range(0xa0, 0xd7ff);
  range(0x7f, 0x9f);
  range(0xe000, 0xfffd);
  range(0x10000, 0x10ffff, 64);
  return (points = found);
}

function expressionOf(algebra: Algebra, alphabet: Alphabet, limits: TextLimits): Expression | undefined {
  const build = (tree: PatternTree): Expression => {
    switch (tree.kind) {
      case "set":
        return algebra.symbol(alphabet.atomsOf(tree.set));
      case "sequence":
        return algebra.sequence(tree.parts.map(build));
      case "choice":
        return algebra.either(tree.parts.map(build));
      case "repeat":
        return algebra.repeat(build(tree.part), tree.min, tree.max);
    }
  };
  const parts: Expression[] = [];
  for (const step of limits.steps) {
    parts.push(
      algebra.either(
        step.map((pattern) => {
          const tree = alphabet.trees.get(pattern);
          return tree === undefined ? algebra.nothing : build(tree);
        }),
      ),
    );
  }
  const { minLength, maxLength } = limits;
  const counted = maxLength === Infinity ? minLength : maxLength;
  if (counted > longestCounted) return undefined;
  if (minLength > 0 || maxLength < Infinity || parts.length === 0) {
    const any = algebra.symbol(alphabet.letters.map((_, atom) => atom));
    parts.push(algebra.repeat(any, minLength, maxLength));
  }
  return algebra.both(parts);
}
