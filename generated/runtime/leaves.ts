// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** Whole leaves at once, for straight-line readers: apart, so that only a bundle with such readers holds it. */
import { unitsOf, type NameUnits, type Scanner } from "./scanner.js";

/**
 * Each moves over all of an element whose start tag `Scanner.peek` found, and gives its content: text, an integer of up to
 * nine digits, or a boolean. When it holds anything else nothing happened.
 */
export interface Leaves {
  textLeaf(from: number, to: number): string | undefined;
  integerLeaf(from: number, to: number): number | undefined;
  booleanLeaf(from: number, to: number): boolean | undefined;
  /** Where a local name at `from` ends; 0 when there is another. */
  same(from: number, name: NameUnits): number;
}

/** The leaves of a document. */
export function leavesOf({ cut, leafEnds, replaced, units }: Scanner): Leaves {
  return {
    textLeaf(from, to) {
      let plain = true;
      let p = to + 1;
      for (; ; p++) {
        const c = units[p] as number;
        if (c > 62) {
          if (c < 0xd800) continue;
          return undefined;
        }
        if (c === 60) break;
        if (c === 38) plain = false;
        else if (c < 32 ? c !== 9 && c !== 10 : c === 62 && units[p - 1] === 93) return undefined;
      }
      if (!leafEnds(p, from, to)) return undefined;
      return plain ? cut(to + 1, p) : replaced(to + 1, p);
    },
    integerLeaf(from, to) {
      const negative = units[to + 1] === 45;
      const start = negative ? to + 2 : to + 1;
      let p = start;
      let value = 0;
      for (let c = units[p] as number; c > 47 && c < 58; c = units[++p] as number)
        value = value * 10 + c - 48;
      if (p === start || p > start + 9 || !leafEnds(p, from, to)) return undefined;
      return negative ? 0 - value : value;
    },
    booleanLeaf(from, to) {
      const u = units;
      const p = to + 1;
      if (u[p] === 116 && u[p + 1] === 114 && u[p + 2] === 117 && u[p + 3] === 101)
        return leafEnds(p + 4, from, to) ? true : undefined;
      const no = u[p] === 102 && u[p + 1] === 97 && u[p + 2] === 108 && u[p + 3] === 115 && u[p + 4] === 101;
      return no && leafEnds(p + 5, from, to) ? false : undefined;
    },
    same(from, name) {
      const wanted = name.units ?? unitsOf(name);
      let p = from;
      for (let k = 0; k < wanted.length; k++) if (units[p++] !== wanted[k]) return 0;
      return p;
    },
  };
}
