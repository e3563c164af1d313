// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Texts that match an XSD pattern, made from its syntax. */
import { parsePattern, type CharSet, type PatternTree } from "./pattern.js";

/** A number from 0 up to, but not including, `below`; the same series for the same seed. */
export type Random = (below: number) => number;

/** Repeatable numbers (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

/** What people would write, in this order. */
const usual =
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:/@+ ,;=()#%&*!?'$[]{}|~^\"`\\<>";

const characters = /*#__PURE__*/ new WeakMap<CharSet, readonly string[]>();

/** Some characters of a set, those first that are common. */
function charactersOf(set: CharSet): readonly string[] {
  let known = characters.get(set);
  if (known === undefined) {
    const found = [...usual].filter((one) => set(one.codePointAt(0) ?? 0));
    // A set of letters means letters, not the marks that it lets in as well.
    for (let code = 0x9; found.length === 0 && code <= 0x10ffff; code++) {
      const isXml =
        code >= 0x20
          ? code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)
          : code < 0xb || code === 0xd;
      if (isXml && set(code)) found.push(String.fromCodePoint(code));
    }
    characters.set(set, (known = found));
  }
  return known;
}

/**
 * A text that matches a pattern; undefined where the pattern is none, or one of its sets is empty. The first attempt gives
 * the plainest text, further ones others; repetitions without an end come about `length` times.
 */
export function sampleOfPattern(
  pattern: string,
  attempt: number,
  random: Random,
  length: number,
): string | undefined {
  const tree = parsePattern(pattern);
  if (tree === undefined) return undefined;
  let isPossible = true;
  let text = "";
  const write = (part: PatternTree): void => {
    if (text.length > 20_000) return;
    switch (part.kind) {
      case "set": {
        const all = charactersOf(part.set);
        if (all.length === 0) isPossible = false;
        text += all[attempt === 0 ? 0 : random(all.length)] ?? "";
        return;
      }
      case "sequence":
        part.parts.forEach(write);
        return;
      case "choice": {
        const chosen = part.parts[attempt === 0 ? 0 : random(part.parts.length)];
        if (chosen) write(chosen);
        return;
      }
      case "repeat": {
        const most = Math.min(part.max, Math.max(part.min, length - text.length, attempt % 3 === 0 ? 0 : 3));
        const least = Math.min(part.min, most);
        const full = attempt % 2 === 1 || length - text.length > 0;
        const count =
          attempt === 0
            ? full
              ? Math.min(most, Math.max(least, length - text.length))
              : least
            : least + random(most - least + 1);
        for (let k = 0; k < count && text.length <= 20_000; k++) write(part.part);
      }
    }
  };
  write(tree);
  return isPossible ? text : undefined;
}
