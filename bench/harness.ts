/**
 * Measures candidates side by side: interleaved rounds in random order, medians, spread.
 *
 * A slot is as many calls as fit in `slotMs`. Between slots only the young generation is collected: a full collection drops
 * hidden classes that optimised code holds weakly, and so measures recompilation.
 */

export interface Measurement {
  readonly name: string;
  /** Milliseconds of one call: median, least, and the median distance from the median. */
  readonly median: number;
  readonly least: number;
  readonly spread: number;
  /** How often the base takes this long: median of the ratios within a round, and ratio of the least. */
  readonly ratio: number;
  readonly ratioOfLeast: number;
  readonly megabytesPerSecond: number;
}

export interface Candidates {
  readonly [name: string]: () => unknown;
}

/** The last result, kept so that no call can be optimised away. */
export let lastResult: unknown;

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** Runs all candidates; ratios are against `base`. */
export function measure(
  candidates: Candidates,
  options: {
    readonly base: string;
    readonly bytes: number;
    readonly rounds?: number;
    readonly slotMs?: number;
    readonly warmMs?: number;
  },
): Measurement[] {
  const { base, bytes, rounds = 9, slotMs = 60, warmMs = 400 } = options;
  const collect = (globalThis as { gc?: (options: { type: "minor" }) => void }).gc;
  const all = Object.entries(candidates);
  const times = new Map(all.map(([name]) => [name, [] as number[]]));
  for (const [, run] of all) {
    const begin = performance.now();
    for (let k = 0; k < 3 || performance.now() - begin < warmMs; k++) lastResult = run();
  }
  for (let round = 0; round < rounds; round++) {
    const order = all.map((one) => ({ one, key: Math.random() })).sort((a, b) => a.key - b.key);
    for (const {
      one: [name, run],
    } of order) {
      collect?.({ type: "minor" });
      const begin = performance.now();
      let calls = 0;
      let elapsed: number;
      do {
        lastResult = run();
        calls++;
      } while ((elapsed = performance.now() - begin) < slotMs);
      times.get(name)?.push(elapsed / calls);
    }
  }
  const bases = times.get(base) ?? [];
  return all.map(([name]) => {
    const own = times.get(name) ?? [];
    const middle = median(own);
    const least = Math.min(...own);
    return {
      name,
      median: middle,
      least,
      spread: median(own.map((time) => Math.abs(time - middle))),
      ratio: median(own.map((time, k) => (bases[k] ?? NaN) / time)),
      ratioOfLeast: Math.min(...bases) / least,
      megabytesPerSecond: bytes / least / 1000,
    };
  });
}
