/** Lays two lists of parts side by side: which part of one is which of the other. */
import { idOf } from "../model/types.js";
import { elementsOf, isGroup } from "./normal.js";
import type { ElementPart, GroupPart, Part } from "./normal.js";

export type Pair = readonly [old: Part, current: Part];

export interface Alignment {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Part[];
  readonly added: readonly Part[];
  /** Elements of one local name that are in a namespace on one side only. */
  readonly forms: readonly (readonly [old: ElementPart, current: ElementPart])[];
}

/** Matches parts: elements by expanded name, wildcards and groups by what they are most like. */
export function alignParts(old: readonly Part[], current: readonly Part[]): Alignment {
  const pairs: Pair[] = [];
  const free = { old: new Set(old), current: new Set(current) };
  const match = (before: Part, after: Part): void => {
    free.old.delete(before);
    free.current.delete(after);
    pairs.push([before, after]);
  };
  // First what stands in the same order, then what kept its name at another place.
  const leaves = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => !isGroup(part));
  for (const [before, after] of commonSubsequence(leaves(old), leaves(current))) match(before, after);
  for (const before of leaves([...free.old])) {
    const after = [...free.current].find((part) => keyOf(part) === keyOf(before));
    if (after !== undefined) match(before, after);
  }
  for (const [before, after] of matchGroups(
    [...free.old].filter(isGroup),
    [...free.current].filter(isGroup),
  )) {
    match(before, after);
  }
  const forms: (readonly [ElementPart, ElementPart])[] = [];
  for (const before of [...free.old]) {
    const after = [...free.current].find(
      (part) =>
        before.kind === "element" &&
        part.kind === "element" &&
        part.element.name.local === before.element.name.local &&
        part.element.form !== before.element.form,
    );
    if (before.kind !== "element" || after?.kind !== "element") continue;
    free.old.delete(before);
    free.current.delete(after);
    forms.push([before, after]);
  }
  return {
    pairs,
    removed: old.filter((part) => free.old.has(part)),
    added: current.filter((part) => free.current.has(part)),
    forms,
  };
}

function keyOf(part: Part): string {
  if (part.kind === "element") return idOf(part.element.name);
  return part.kind === "any" ? "*" : "";
}

/** How much two parts of one key have in common, where the key stands in several places. */
function weightOf(before: Part, after: Part): number {
  if (before.kind === "element" && after.kind === "element") {
    return (
      4 +
      (before.element.type === after.element.type ? 2 : 0) +
      (before.min === after.min && before.max === after.max ? 1 : 0)
    );
  }
  if (before.kind === "any" && after.kind === "any") {
    const text = (part: typeof before): string => JSON.stringify(part.any.wildcard.namespaces);
    return 4 + (text(before) === text(after) ? 2 : 0);
  }
  return 0;
}

/** A heaviest common subsequence of two lists of leaves. */
function commonSubsequence(old: readonly Part[], current: readonly Part[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let start = 0;
  const unique = (parts: readonly Part[]): boolean => new Set(parts.map(keyOf)).size === parts.length;
  const trims = unique(old) && unique(current);
  const same = (a: Part | undefined, b: Part | undefined): boolean =>
    a !== undefined && b !== undefined && keyOf(a) === keyOf(b);
  while (trims && same(old[start], current[start])) {
    pairs.push([old[start] as Part, current[start] as Part]);
    start++;
  }
  let end = 0;
  const longest = Math.min(old.length, current.length) - start;
  while (trims && end < longest && same(old.at(-1 - end), current.at(-1 - end))) {
    pairs.push([old.at(-1 - end) as Part, current.at(-1 - end) as Part]);
    end++;
  }
  const a = old.slice(start, old.length - end);
  const b = current.slice(start, current.length - end);
  const best: Float64Array[] = [];
  for (let i = 0; i <= a.length; i++) best.push(new Float64Array(b.length + 1));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [before, after] = [a[i] as Part, b[j] as Part];
      const taken = same(before, after) ? weightOf(before, after) + at(i + 1, j + 1) : 0;
      (best[i] as Float64Array)[j] = Math.max(taken, at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [before, after] = [a[i] as Part, b[j] as Part];
    if (same(before, after) && at(i, j) === weightOf(before, after) + at(i + 1, j + 1)) {
      pairs.push([before, after]);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Groups match with the group that shares most element names. */
function matchGroups(
  old: readonly GroupPart[],
  current: readonly GroupPart[],
): readonly (readonly [GroupPart, GroupPart])[] {
  const names = (group: GroupPart): ReadonlySet<string> => new Set(elementsOf(group).map(keyOf));
  const candidates: { readonly before: GroupPart; readonly after: GroupPart; readonly score: number }[] = [];
  for (const before of old) {
    for (const after of current) {
      const [a, b] = [names(before), names(after)];
      const shared = [...a].filter((name) => b.has(name)).length;
      const all = new Set([...a, ...b]).size;
      const bothEmpty = all === 0 && before.kind === after.kind;
      if (shared === 0 && !bothEmpty) continue;
      const score = (all === 0 ? 1 : shared / all) + (before.kind === after.kind ? 0.1 : 0);
      candidates.push({ before, after, score });
    }
  }
  candidates.sort((a, b) => b.score - a.score);
  const used = new Set<GroupPart>();
  return candidates.flatMap(({ before, after }) => {
    if (used.has(before) || used.has(after)) return [];
    used.add(before).add(after);
    return [[before, after] as const];
  });
}
