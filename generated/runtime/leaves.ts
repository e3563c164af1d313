// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Whole leaves at once, for straight-line readers: apart, so that only a bundle with such readers holds it. */
import type { Entry } from "./plan.js";
import { unitsOf, type NameUnits, type Scanner } from "./scanner.js";

/**
 * Each moves over all of an element whose start tag `Scanner.peek` found, and gives its content: text, a number or a boolean.
 * When it holds anything else nothing happened.
 */
export interface Leaves {
  /** The bytes of {@link Scanner.units}: four at once are compared in the time of one. */
  readonly view: DataView;
  textLeaf(from: number, to: number): string | undefined;
  /** An integer of at most {@link integers} digits, or a number of {@link fractions}, which may have a point. */
  numberLeaf(from: number, to: number, longest: number): number | undefined;
  /** Up to 18 digits, as they are. */
  digitsLeaf(from: number, to: number): string | undefined;
  booleanLeaf(from: number, to: number): boolean | undefined;
  /** The value of the text that {@link Leaves.textLeaf} gave last, if an element of this name had one for it. */
  knownValue(entry: Entry): unknown;
  /** Remembers a value for the text that was read last; `undefined` is none. */
  know(entry: Entry, value: unknown): void;
  /** Where a local name at `from` ends; 0 when there is another. */
  same(from: number, name: NameUnits): number;
}

/** So many digits are exact: of any integer type, and of a fraction with its point. */
export const integers = 9;
export const fractions = 15;

/**
 * Texts known again, a power of two: names, enumerations and time zones come back again and again, and need no second copy. A text
 * has one place only, so that no document can make the search long; all long texts have the same.
 */
const places = 256;
/** Where texts were seen, their lengths there (references may make them others), the texts, what they were values of, the values. */
type Known = [number[], number[], string[], (Entry | undefined)[], unknown[]];

const makeKnown = () =>
  [0, -1, "", undefined, undefined].map((first) => new Array<unknown>(places + 1).fill(first)) as Known;

/** What the last document knew, empty again: to make it anew takes longer than to read a short document. */
let spare: Known | undefined;

/** The leaves of a document. */
export function leavesOf(scanner: Scanner): Leaves {
  const { cut, leave, prefixLength, replaced, units } = scanner;
  const view = new DataView(units.buffer);
  /** What makes a place of units one of bytes, as a shift. */
  const wide = units.BYTES_PER_ELEMENT - 1;
  const known = spare ?? makeKnown();
  spare = undefined;
  const [seenAt, lengths, texts, owners, values] = known;
  let place = 0;
  scanner.moved = (isDone) => {
    lengths.fill(-1);
    if (!isDone) return;
    // Texts may be views of the document, and are not to outlive it.
    texts.fill("");
    values.fill(undefined);
    spare = known;
  };

  const textAt = (from: number, to: number, plain: boolean): string => {
    const u = units;
    const length = to - from;
    // A few units tell most texts apart. Long ones rarely come again.
    place =
      length > 64
        ? places
        : ((u[from] as number) * 3 +
            (u[from + (length >> 1)] as number) * 37 +
            (u[to - 1] as number) * 11 +
            length * 23) &
          (places - 1);
    if (lengths[place] === length) {
      let k = seenAt[place] as number;
      let p = from;
      while (p < to && u[p] === u[k]) {
        p++;
        k++;
      }
      if (p === to) return texts[place] as string;
    }
    const text = plain ? cut(from, to) : replaced(from, to);
    seenAt[place] = from;
    lengths[place] = length;
    owners[place] = undefined;
    return (texts[place] = text);
  };

  /** Moves over `</name>` at `p`, where the start tag at `from` has that name; when something else is there nothing happened. */
  const leafEnds = (p: number, from: number, to: number): boolean => {
    const u = units;
    const start = from - prefixLength();
    const close = p + 2 + to - start;
    if (u[p] !== 60 || u[p + 1] !== 47 || u[close] !== 62) return false;
    const end = to << wide;
    for (let k = start << wide, j = (p + 2) << wide; k < end; k += 4, j += 4) {
      // What is behind the name does not count.
      const difference = view.getInt32(k, true) ^ view.getInt32(j, true);
      if (difference << Math.max(32 - 8 * (end - k), 0)) return false;
    }
    return leave(close + 1);
  };

  return {
    view,
    textLeaf(from, to) {
      const u = units;
      let plain = true;
      let p = to + 1;
      for (; ; p++) {
        const c = u[p] as number;
        if (c > 62) {
          if (c < 0xd800) continue;
          return undefined;
        }
        // Digits, most marks and the space.
        if (c > 38 ? c < 60 : c === 32) continue;
        if (c === 60) break;
        if (c === 38) plain = false;
        else if (c < 32 ? c !== 9 && c !== 10 : c === 62 && u[p - 1] === 93) return undefined;
      }
      return leafEnds(p, from, to) ? textAt(to + 1, p, plain) : undefined;
    },
    numberLeaf(from, to, longest) {
      const u = units;
      const negative = u[to + 1] === 45;
      const start = negative ? to + 2 : to + 1;
      let p = start;
      let value = 0;
      let scale = 0;
      for (let c = u[p] as number; ; c = u[++p] as number) {
        if (c > 47 && c < 58) {
          value = value * 10 + c - 48;
          scale *= 10;
        } else if (c === 46 && scale === 0 && p > start && longest === fractions) scale = 1;
        else break;
      }
      // Both parts of a fraction are exact, and so the quotient is the nearest number.
      if (p === start || p > start + longest || scale === 1 || !leafEnds(p, from, to)) return undefined;
      if (scale > 0) value /= scale;
      // Integers have no -0.
      return negative ? (longest === integers ? 0 : -0) - value : value;
    },
    digitsLeaf(from, to) {
      const u = units;
      const start = to + 1;
      let p = start;
      while ((u[p] as number) > 47 && (u[p] as number) < 58) p++;
      return p > start && p < start + 19 && leafEnds(p, from, to) ? textAt(start, p, true) : undefined;
    },
    booleanLeaf(from, to) {
      const u = units;
      const yes = u[to + 1] === 116;
      const wanted = yes ? "true" : "false";
      let p = to + 1;
      for (let k = 0; k < wanted.length; k++) if (u[p++] !== wanted.charCodeAt(k)) return undefined;
      return leafEnds(p, from, to) ? yes : undefined;
    },
    knownValue: (entry) => (owners[place] === entry ? values[place] : undefined),
    know(entry, value) {
      owners[place] = entry;
      values[place] = value;
    },
    same(from, name) {
      const wanted = name.units ?? unitsOf(name);
      let p = from;
      for (let k = 0; k < wanted.length; k++) if (units[p++] !== wanted[k]) return 0;
      return p;
    },
  };
}
