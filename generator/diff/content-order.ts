/** Parts that kept their names and changed their order. */
import type { Pair } from "./align.js";
import { expandedName, placeOfElement, sideOf } from "./content-context.js";
import type { Context } from "./content-context.js";
import type { Sided } from "./content-language.js";
import { joinEffects } from "./effects.js";
import { isEmptiable, isGroup, replacePart } from "./normal.js";
import type { ElementPart, GroupPart, Part } from "./normal.js";
import type { Effect } from "./types.js";

/** Tells of parts that stand in another order. */
export function reportOrder(
  context: Context,
  pairs: readonly Pair[],
  old: readonly Part[],
  current: readonly Part[],
  kind: GroupPart["kind"],
): void {
  const ordered = [...pairs].sort(([, a], [, b]) => current.indexOf(a) - current.indexOf(b));
  const positions = ordered.map(([before]) => old.indexOf(before));
  if (positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0))) return;
  const staying = longestIncreasing(
    positions,
    ordered.map(([, part]) => (part.kind === "element" ? expandedName(part) : part.kind)),
  );
  ordered.forEach(([before, after], index) => {
    if (staying.has(index) || after.kind !== "element" || before.kind !== "element") return;
    const position = positions[index] ?? 0;
    const crossed = ordered.filter((_, other) => index < other !== position < (positions[other] ?? 0));
    // Others that moved, too, tell of themselves.
    const stayed = crossed.filter((pair) => staying.has(ordered.indexOf(pair)));
    const effect =
      kind !== "sequence"
        ? "equal"
        : joinEffects(
            effectOfMove(context, "new", [before, after], stayed, current),
            effectOfMove(context, "old", [before, after], stayed, old),
          );
    const required =
      after.min > 0 && before.min > 0 && crossed.some(([o, n]) => !isEmptiable(o) && !isEmptiable(n));
    const rule = effect === "equal" ? "free" : required ? "required" : "optional";
    context.findings.push(() => {
      context.add(
        `element.reordered.${rule}`,
        { ...placeOfElement(context, before, after), optional: false },
        { old: sideOf(before, old), new: sideOf(after, current), effect },
      );
    });
  });
}

/** What it does to the whole model of a side that one of its parts crosses some of its siblings. */
function effectOfMove(
  context: Context,
  side: "old" | "new",
  [before, after]: readonly [ElementPart, ElementPart],
  crossed: readonly Pair[],
  siblings: readonly Part[],
): Effect {
  const isNew = side === "new";
  const root = isNew ? context.current : context.old;
  if (root === undefined) return "unknown";
  const moved = isNew ? after : before;
  const at = siblings.indexOf(moved);
  const others = crossed.map((pair) => siblings.indexOf(pair[isNew ? 1 : 0]));
  const [low, high] = [Math.min(at, ...others), Math.max(at, ...others)];
  const turned = siblings.filter((part) => part !== moved);
  // Behind all that it crossed when it stands before them on this side, and the reverse.
  turned.splice(at === low ? high : low, 0, moved);
  const list = isGroup(root) && root.parts === siblings ? root : groupOf(root, siblings);
  if (list === undefined) {
    return before.min > 0 && after.min > 0 ? "disjoint" : "overlap";
  }
  const here: Sided = { part: root, side };
  const there: Sided = { part: replacePart(root, list, { ...list, parts: turned }), side };
  return context.language().compare(...(isNew ? ([there, here] as const) : ([here, there] as const))).effect;
}

function groupOf(root: Part, parts: readonly Part[]): GroupPart | undefined {
  if (!isGroup(root)) return undefined;
  if (root.parts === parts) return root;
  for (const part of root.parts) {
    const found = groupOf(part, parts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Indexes of a longest increasing subsequence: what stayed in order. Of several, the one whose names come first, so that
 * the reverse comparison chooses the same.
 */
function longestIncreasing(values: readonly number[], names: readonly string[]): ReadonlySet<number> {
  const ranks = new Map([...new Set(names)].sort().map((name, rank) => [name, rank]));
  const small = 1 / (names.length * names.length + 1);
  const weights = names.map((name) => 1 - (ranks.get(name) ?? 0) * small);
  const best: number[] = [];
  const previous: number[] = [];
  let last = -1;
  values.forEach((value, index) => {
    let from = -1;
    for (let i = 0; i < index; i++) {
      if ((values[i] ?? 0) < value && (from < 0 || (best[i] ?? 0) > (best[from] ?? 0))) from = i;
    }
    previous[index] = from;
    best[index] = (weights[index] ?? 1) + (best[from] ?? 0);
    if (last < 0 || (best[index] ?? 0) > (best[last] ?? 0)) last = index;
  });
  const result = new Set<number>();
  for (let index = last; index >= 0; index = previous[index] ?? -1) result.add(index);
  return result;
}
