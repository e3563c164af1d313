/** What differs between two texts, line by line, as rows of two columns. */

/** One row: the index of a line on each side; equal lines and replaced ones have both. */
export interface Row {
  readonly old?: number;
  readonly new?: number;
  readonly same: boolean;
}

/** Aligned rows for two lists of lines. Indentation does not count. */
export function alignLines(before: readonly string[], after: readonly string[]): readonly Row[] {
  const old = before.map((line) => line.trim());
  const current = after.map((line) => line.trim());
  let start = 0;
  while (start < old.length && start < current.length && old[start] === current[start]) start++;
  let tail = 0;
  while (
    tail < old.length - start &&
    tail < current.length - start &&
    old[old.length - 1 - tail] === current[current.length - 1 - tail]
  )
    tail++;
  const rows: Row[] = [];
  for (let index = 0; index < start; index++) rows.push({ old: index, new: index, same: true });
  const middle = commonLines(
    old.slice(start, old.length - tail),
    current.slice(start, current.length - tail),
  ).map(([a, b]): [number, number] => [a + start, b + start]);
  let [a, b] = [start, start];
  for (const [nextOld, nextNew] of [
    ...middle,
    [old.length - tail, current.length - tail] as [number, number],
  ]) {
    // What lies between two common lines was replaced: side by side as far as both last.
    while (a < nextOld || b < nextNew) {
      rows.push({
        ...(a < nextOld && { old: a++ }),
        ...(b < nextNew && { new: b++ }),
        same: false,
      });
    }
    if (nextOld < old.length - tail) rows.push({ old: a++, new: b++, same: true });
  }
  for (let index = 0; index < tail; index++) rows.push({ old: a++, new: b++, same: true });
  return rows;
}

/** More edits than this, and the lines in between count as replaced: nobody reads such a difference line by line. */
const maxEdits = 1000;

/** Index pairs of a longest common subsequence (Myers' greedy algorithm). */
function commonLines(a: readonly string[], b: readonly string[]): readonly [number, number][] {
  const most = Math.min(a.length + b.length, maxEdits);
  const trace: Int32Array[] = [];
  const frontier = new Int32Array(2 * most + 3);
  const offset = most + 1;
  for (let edits = 0; edits <= most; edits++) {
    trace.push(frontier.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = frontier[offset + diagonal + 1] ?? 0;
      const right = (frontier[offset + diagonal - 1] ?? 0) + 1;
      let x =
        diagonal === -edits ||
        (diagonal !== edits &&
          (frontier[offset + diagonal - 1] ?? 0) < (frontier[offset + diagonal + 1] ?? 0))
          ? down
          : right;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      frontier[offset + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, offset, a.length, b.length);
    }
  }
  return [];
}

function walkBack(
  trace: readonly Int32Array[],
  offset: number,
  lengthA: number,
  lengthB: number,
): readonly [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [lengthA, lengthB];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const frontier = trace[edits] ?? new Int32Array(0);
    const diagonal = x - y;
    const previous =
      diagonal === -edits ||
      (diagonal !== edits && (frontier[offset + diagonal - 1] ?? 0) < (frontier[offset + diagonal + 1] ?? 0))
        ? diagonal + 1
        : diagonal - 1;
    const fromX = edits === 0 ? 0 : (frontier[offset + previous] ?? 0);
    const fromY = edits === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}
