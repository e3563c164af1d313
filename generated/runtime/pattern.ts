// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Regular expressions of XML Schema (Part 2, appendix F), matched in time linear in the text.
 *
 * They are not those of JavaScript: always anchored, with `\i` `\c`, class subtraction, Unicode blocks, and without
 * groups to capture or look around. A pattern becomes an automaton that is simulated, with its states cached as they
 * turn up; nothing ever backtracks, so no pattern and no text from outside can make it hang.
 */
import { unicodeBlocks } from "./pattern-blocks.js";

/** A compiled pattern. */
export interface Pattern {
  /** Whether the whole text matches. */
  readonly test: (text: string) => boolean;
}

/** Why a text is no pattern. `at` is an offset into it. */
export interface PatternProblem {
  readonly problem: string;
  readonly at: number;
}

/** How patterns are read. */
export interface PatternOptions {
  /** XSD 1.1 lets a block name that is not known match every character; 1.0 does not know it. Default 1.1. */
  readonly version?: "1.0" | "1.1";
}

/** Compiles a pattern, or says what is wrong with it. */
export function compilePattern(source: string, options: PatternOptions = {}): Pattern | PatternProblem {
  try {
    const tree = new Parser(source, options.version ?? "1.1").parse();
    if (sizeOf(tree) > maxSize) return { problem: "it is too large", at: 0 };
    return matcher(assemble(tree));
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message, at: error.at };
    throw error;
  }
}

/** The syntax tree of a pattern, for who compares languages; undefined when the text is no pattern. */
export function parsePattern(source: string): PatternTree | undefined {
  try {
    return new Parser(source, "1.1").parse();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

const compiled = /*#__PURE__*/ new Map<string, Pattern>();

/** Whether a text matches a pattern that is known to be one; a text that is none matches everything. */
export function matchesPattern(source: string, text: string): boolean {
  let pattern = compiled.get(source);
  if (pattern === undefined) {
    const result = compilePattern(source);
    pattern = "problem" in result ? { test: () => true } : result;
    if (compiled.size >= 10_000) compiled.clear();
    compiled.set(source, pattern);
  }
  return pattern.test(text);
}

class Problem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Syntax
// ---------------------------------------------------------------------------------------------------------------

/** A set of code points. */
export type CharSet = (code: number) => boolean;

/** A pattern as parsed. */
export type PatternTree =
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "repeat"; readonly part: PatternTree; readonly min: number; readonly max: number };

type Tree = PatternTree;

/** Steps after counts are written out. */
const maxSize = 50_000;
const maxDepth = 250;

/** A repetition; of a repetition it becomes one, where no count is lost or won: (a{0,9})* is a*. */
function repeated(given: Tree, min: number, max: number): Tree {
  const part = unwrap(given);
  if (part.kind !== "repeat") return { kind: "repeat", part, min, max };
  // Between repeating n and n + 1 times no count may be left out; the gap is widest at the smallest n.
  const isWhole = min === max || part.min <= 1 || product(min, part.max) + 1 >= (min + 1) * part.min;
  if (!isWhole) return { kind: "repeat", part, min, max };
  return { kind: "repeat", part: part.part, min: product(min, part.min), max: product(max, part.max) };
}

function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

class Parser {
  readonly #text: string;
  readonly #version: "1.0" | "1.1";
  #at = 0;
  #depth = 0;

  constructor(text: string, version: "1.0" | "1.1") {
    this.#text = text;
    this.#version = version;
  }

  parse(): Tree {
    const tree = this.#expression();
    if (this.#at < this.#text.length) this.#fail(`"${this.#peek()}" has no partner`);
    return tree;
  }

  #fail(message: string, at = this.#at): never {
    throw new Problem(message, at);
  }

  /** The next character, surrogate pairs taken as one; "" at the end. */
  #peek(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }

  #expression(): Tree {
    if (++this.#depth > maxDepth) this.#fail("it is nested too deep");
    const parts = [this.#branch()];
    while (this.#peek() === "|") {
      this.#at++;
      parts.push(this.#branch());
    }
    this.#depth--;
    return parts.length === 1 ? (parts[0] as Tree) : { kind: "choice", parts };
  }

  #branch(): Tree {
    const parts: Tree[] = [];
    for (let char = this.#peek(); char !== "" && char !== "|" && char !== ")"; char = this.#peek()) {
      parts.push(this.#piece());
    }
    return { kind: "sequence", parts };
  }

  #piece(): Tree {
    const part = this.#atom();
    switch (this.#peek()) {
      case "?":
        this.#at++;
        return repeated(part, 0, 1);
      case "*":
        this.#at++;
        return repeated(part, 0, Infinity);
      case "+":
        this.#at++;
        return repeated(part, 1, Infinity);
      case "{":
        return this.#quantity(part);
      default:
        return part;
    }
  }

  #quantity(part: Tree): Tree {
    const quantity = /^\{([0-9]+)(?:(,)([0-9]*))?\}/.exec(this.#text.slice(this.#at, this.#at + 60));
    if (quantity === null) this.#fail('"{" must begin a quantity such as {2} or {2,5}');
    const min = Number(quantity[1]);
    const max = quantity[2] === undefined ? min : quantity[3] === "" ? Infinity : Number(quantity[3]);
    if (min > max) this.#fail(`the quantity ${quantity[0]} is upside down`);
    this.#at += quantity[0].length;
    return repeated(part, min, max);
  }

  #atom(): Tree {
    const at = this.#at;
    const char = this.#next();
    switch (char) {
      case "(": {
        const inner = this.#expression();
        if (this.#next() !== ")") this.#fail('"(" is not closed', at);
        return inner;
      }
      case "[":
        return { kind: "set", set: this.#classExpression() };
      case ".":
        return { kind: "set", set: (code) => code !== 10 && code !== 13 };
      case "\\": {
        const escape = this.#escape();
        return { kind: "set", set: typeof escape === "number" ? single(escape) : escape };
      }
      case "?":
      case "*":
      case "+":
      case "{":
        return this.#fail(`"${char}" has nothing to repeat`, at);
      case "}":
      case "]":
        return this.#fail(`"${char}" must be escaped`, at);
      default:
        return { kind: "set", set: single(char.codePointAt(0) ?? 0) };
    }
  }

  /** After a backslash: one character, or a set. */
  #escape(): number | CharSet {
    const at = this.#at - 1;
    const char = this.#next();
    switch (char) {
      case "n":
        return 10;
      case "r":
        return 13;
      case "t":
        return 9;
      case "p":
      case "P": {
        const set = this.#property(at);
        return char === "p" ? set : not(set);
      }
      default: {
        if (char !== "" && "\\|.?*+(){}-[]^".includes(char)) return char.charCodeAt(0);
        const set = multiCharacterEscapes[char];
        if (set !== undefined) return set;
        const negated = multiCharacterEscapes[char.toLowerCase()];
        if (negated !== undefined && char !== "") return not(negated);
        return this.#fail(
          char === "" ? "the backslash at the end escapes nothing" : `\\${char} is no escape`,
          at,
        );
      }
    }
  }

  #property(at: number): CharSet {
    const property = /^\{([A-Za-z0-9-]*)\}/.exec(this.#text.slice(this.#at, this.#at + 100));
    const name = property?.[1];
    if (property === null || name === undefined)
      return this.#fail("\\p must be followed by a name in braces", at);
    this.#at += property[0].length;
    if (name.startsWith("Is")) {
      const ranges = blockRanges(name.slice(2));
      if (ranges !== undefined) return inRanges(ranges);
      if (this.#version === "1.1" && name !== "Is") return () => true;
      return this.#fail(`"${name.slice(2)}" is no Unicode block`, at);
    }
    const set = category(name);
    return set ?? this.#fail(`"${name}" is no Unicode category`, at);
  }

  /** After "[". */
  #classExpression(): CharSet {
    if (++this.#depth > maxDepth) this.#fail("it is nested too deep");
    const start = this.#at - 1;
    const negative = this.#peek() === "^";
    if (negative) this.#at++;
    const ranges: [number, number][] = [];
    const sets: CharSet[] = [];
    let subtracted: CharSet | undefined;
    let afterRange = false;
    for (let first = true; ; first = false) {
      const at = this.#at;
      const char = this.#next();
      if (char === "") this.#fail('"[" is not closed', start);
      if (char === "]") {
        if (first) this.#fail("a class must hold something", at);
        break;
      }
      if (char === "[") this.#fail('"[" must be escaped in a class', at);
      if (char === "-" && this.#peek() === "[" && !first) {
        this.#at++;
        subtracted = this.#classExpression();
        if (this.#peek() !== "]") this.#fail("a subtraction must end its class");
        this.#at++;
        break;
      }
      const atEdge = first || this.#peek() === "]" || this.#text.startsWith("-[", this.#at);
      // XSD 1.1 takes a hyphen after a whole range for what it is; 1.0 for a mistake.
      if (char === "-" && !atEdge && (this.#version === "1.0" || !afterRange)) {
        this.#fail('"-" must be escaped here, or stand first or last', at);
      }
      let low: number;
      if (char === "\\") {
        const escape = this.#escape();
        if (typeof escape !== "number") {
          sets.push(escape);
          afterRange = true;
          continue;
        }
        low = escape;
      } else {
        low = char.codePointAt(0) ?? 0;
      }
      const high = char === "-" ? undefined : this.#rangeEnd(low, at);
      afterRange = high !== undefined;
      ranges.push([low, high ?? low]);
    }
    this.#depth--;
    const positive = union([inRanges(ranges), ...sets]);
    const set = negative ? not(positive) : positive;
    if (subtracted === undefined) return set;
    const without = subtracted;
    return (code) => set(code) && !without(code);
  }

  /** The end of the range that `low` begins; undefined when it begins none. */
  #rangeEnd(low: number, at: number): number | undefined {
    const after = this.#text[this.#at + 1];
    if (this.#peek() !== "-" || after === "]" || after === "[" || after === undefined) return undefined;
    if (this.#text.startsWith("--[", this.#at)) return undefined;
    this.#at++;
    const char = this.#next();
    if (char === "-") this.#fail('"-" must be escaped as the end of a range', at);
    const high = char === "\\" ? this.#escape() : (char.codePointAt(0) ?? 0);
    if (typeof high !== "number") this.#fail("a range must end with a character", at);
    if (low > high) this.#fail("the range is upside down", at);
    return high;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Sets of characters
// ---------------------------------------------------------------------------------------------------------------

function single(only: number): CharSet {
  return (code) => code === only;
}

function not(set: CharSet): CharSet {
  return (code) => !set(code);
}

function union(sets: readonly CharSet[]): CharSet {
  return (code) => sets.some((set) => set(code));
}

function inRanges(ranges: readonly (readonly [number, number])[]): CharSet {
  return (code) => ranges.some(([low, high]) => code >= low && code <= high);
}

function matching(expression: RegExp): CharSet {
  return (code) => expression.test(String.fromCodePoint(code));
}

const categories: ReadonlySet<string> = /*#__PURE__*/ new Set(
  "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split(
    " ",
  ),
);

function category(name: string): CharSet | undefined {
  return categories.has(name) ? matching(new RegExp(`^\\p{${name}}$`, "u")) : undefined;
}

/** Name characters of XML 1.0, 5th edition. */
const initial =
  /^[:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]$/u;
const furtherNameCharacter = /^[-.0-9\xB7\u0300-\u036F\u203F\u2040]$/u;

const multiCharacterEscapes: Readonly<Record<string, CharSet>> = {
  s: (code) => code === 32 || code === 9 || code === 10 || code === 13,
  i: /*#__PURE__*/ matching(initial),
  c: (code) => {
    const char = String.fromCodePoint(code);
    return initial.test(char) || furtherNameCharacter.test(char);
  },
  d: /*#__PURE__*/ matching(/^\p{Nd}$/u),
  w: /*#__PURE__*/ matching(/^[^\p{P}\p{Z}\p{C}]$/u),
};

type Ranges = readonly (readonly [low: number, high: number])[];

let blocks: Map<string, Ranges> | undefined;

/** Blocks whose names or bounds differ in the tables of XML Schema. */
const namedBySchema: Readonly<Record<string, Ranges>> = {
  Greek: [[0x370, 0x3ff]],
  CombiningMarksforSymbols: [[0x20d0, 0x20ff]],
  PrivateUse: [
    [0xe000, 0xf8ff],
    [0xf0000, 0xffffd],
    [0x100000, 0x10fffd],
  ],
  CyrillicSupplementary: [[0x500, 0x52f]],
};

function blockRanges(name: string): Ranges | undefined {
  if (Object.hasOwn(namedBySchema, name)) return namedBySchema[name];
  if (blocks === undefined) {
    blocks = new Map();
    let at = 0;
    for (const entry of unicodeBlocks.trim().split(" ")) {
      const [block = "", size = ""] = entry.split(":");
      const end = at + parseInt(size, 36) * 16;
      if (block !== "") blocks.set(block, [[at, end - 1]]);
      at = end;
    }
  }
  return blocks.get(name);
}

// ---------------------------------------------------------------------------------------------------------------
// The automaton
// ---------------------------------------------------------------------------------------------------------------

/**
 * One step of the automaton. `count` matches one set between `min` and `max` times; it keeps when it was entered, so
 * that a count of thousands costs no more than one of two.
 */
type Step =
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "count"; readonly set: CharSet; readonly min: number; readonly max: number }
  | { readonly kind: "fork"; readonly to: readonly number[] }
  | { readonly kind: "end" };

/** Counts of a single set above this are counted, below they are written out. */
const writtenOut = 12;

function isCounted(part: Tree, min: number, max: number): part is Extract<Tree, { kind: "set" }> {
  return part.kind === "set" && Math.max(min, max === Infinity ? 0 : max) > writtenOut;
}

function sizeOf(tree: Tree): number {
  switch (tree.kind) {
    case "set":
      return 1;
    case "sequence":
    case "choice":
      return tree.parts.reduce((sum, part) => sum + sizeOf(part) + 1, 1);
    case "repeat": {
      const part = unwrap(tree.part);
      if (isCounted(part, tree.min, tree.max)) return 2;
      const copies = tree.max === Infinity ? tree.min + 1 : tree.max;
      return copies * (sizeOf(part) + 1) + 1;
    }
  }
}

/** The only part of sequences and choices of one. */
function unwrap(tree: Tree): Tree {
  if (tree.kind !== "sequence" && tree.kind !== "choice") return tree;
  const [only] = tree.parts;
  return only !== undefined && tree.parts.length === 1 ? unwrap(only) : tree;
}

function assemble(tree: Tree): readonly Step[] {
  const steps: Step[] = [];
  const emit = (step: Step): number => steps.push(step) - 1;
  const fork = (): { readonly at: number; readonly to: number[] } => {
    const to: number[] = [];
    return { at: emit({ kind: "fork", to }), to };
  };
  const write = (part: Tree): void => {
    switch (part.kind) {
      case "set":
        emit(part);
        return;
      case "sequence":
        for (const each of part.parts) write(each);
        return;
      case "choice": {
        const start = fork();
        const ends = part.parts.map((each) => {
          start.to.push(steps.length);
          write(each);
          return fork();
        });
        for (const end of ends) end.to.push(steps.length);
        return;
      }
      case "repeat":
        repeat(unwrap(part.part), part.min, part.max);
    }
  };
  const repeat = (part: Tree, min: number, max: number): void => {
    if (max === 0) return;
    if (isCounted(part, min, max)) {
      emit({ kind: "count", set: part.set, min, max });
      return;
    }
    for (let count = 0; count < min; count++) write(part);
    if (max === Infinity) {
      const loop = fork();
      loop.to.push(steps.length);
      write(part);
      fork().to.push(loop.at);
      loop.to.push(steps.length);
      return;
    }
    const exits: number[][] = [];
    for (let count = min; count < max; count++) {
      const skip = fork();
      skip.to.push(steps.length);
      exits.push(skip.to);
      write(part);
    }
    for (const exit of exits) exit.push(steps.length);
  };
  write(tree);
  emit({ kind: "end" });
  return steps;
}

function matcher(steps: readonly Step[]): Pattern {
  return steps.some((step) => step.kind === "count") ? countingMatcher(steps) : cachingMatcher(steps);
}

/** A set of steps that are alive, and where each character leads from there. */
interface State {
  readonly alive: readonly number[];
  readonly accepts: boolean;
  readonly next: Map<number, State>;
}

const maxStates = 2_000;
const maxTransitions = 20_000;

function cachingMatcher(steps: readonly Step[]): Pattern {
  let states = new Map<string, State>();
  let transitions = 0;
  const stateOf = (from: readonly number[]): State => {
    const alive = new Set<number>();
    const stack = [...from];
    const seen = new Set<number>(stack);
    let accepts = false;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const step = steps[at];
      if (step?.kind === "end") accepts = true;
      else if (step?.kind !== "fork") alive.add(at);
      else {
        for (const target of step.to) {
          if (seen.has(target)) continue;
          seen.add(target);
          stack.push(target);
        }
      }
    }
    const list = [...alive].sort((a, b) => a - b);
    const key = `${accepts ? "+" : "-"}${list.join(" ")}`;
    let state = states.get(key);
    if (state === undefined) states.set(key, (state = { alive: list, accepts, next: new Map() }));
    return state;
  };
  let start: State | undefined;
  return {
    test(text) {
      // Memory stays bounded however many different texts come by.
      if (states.size > maxStates || transitions > maxTransitions) {
        states = new Map();
        transitions = 0;
        start = undefined;
      }
      let state = (start ??= stateOf([0]));
      for (let at = 0; at < text.length; at++) {
        const code = text.codePointAt(at) as number;
        if (code > 0xffff) at++;
        let next = state.next.get(code);
        if (next === undefined) {
          const targets: number[] = [];
          for (const each of state.alive) {
            const step = steps[each];
            if (step?.kind === "set" && step.set(code)) targets.push(each + 1);
          }
          next = stateOf(targets);
          transitions++;
          if (transitions <= maxTransitions && states.size <= maxStates) state.next.set(code, next);
          else if (states.size > maxStates) states.clear();
        }
        state = next;
        if (state.alive.length === 0 && !state.accepts) return false;
      }
      return state.accepts;
    },
  };
}

function countingMatcher(steps: readonly Step[]): Pattern {
  return {
    test(text) {
      // When each counting step was entered, oldest first.
      const entered = new Map<number, number[]>();
      let position = 0;
      let accepts = false;
      const enter = (from: number, alive: Set<number>): void => {
        const stack = [from];
        for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
          const step = steps[at];
          if (step?.kind === "count") {
            const times = entered.get(at) ?? [];
            if (times.at(-1) !== position) times.push(position);
            entered.set(at, times);
            if (alive.has(at)) continue;
            alive.add(at);
            if (step.min === 0) stack.push(at + 1);
            continue;
          }
          if (alive.has(at)) continue;
          alive.add(at);
          if (step?.kind === "end") accepts = true;
          if (step?.kind === "fork") stack.push(...step.to);
        }
      };
      let alive = new Set<number>();
      enter(0, alive);
      for (let at = 0; at < text.length; at++) {
        const code = text.codePointAt(at) as number;
        if (code > 0xffff) at++;
        position++;
        accepts = false;
        const next = new Set<number>();
        const counted: number[] = [];
        for (const each of alive) {
          const step = steps[each];
          if (step?.kind === "set") {
            if (step.set(code)) enter(each + 1, next);
          } else if (step?.kind === "count") {
            if (step.set(code)) counted.push(each);
            // Another step may have entered it at this very character.
            else entered.set(each, entered.get(each)?.at(-1) === position ? [position] : []);
          }
        }
        for (const each of counted) {
          const step = steps[each] as Extract<Step, { kind: "count" }>;
          const times = entered.get(each) ?? [];
          while (times[0] !== undefined && position - times[0] > step.max) times.shift();
          const [oldest] = times;
          if (oldest === undefined) continue;
          if (!next.has(each)) next.add(each);
          if (position - oldest >= step.min) enter(each + 1, next);
        }
        // A step entered just now by another is alive too, with its own times.
        alive = next;
        if (alive.size === 0) return false;
      }
      return accepts;
    },
  };
}
