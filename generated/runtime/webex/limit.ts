// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** How many calls run at once, and when calls must wait for the site's rate limit. */

import { longestTimer } from "./options.js";

/** Lets a fixed number of holders in, first come, first served. */
export interface Limit {
  /** Waits for a place; the result gives it back. Rejects with the signal's reason when that fires first. */
  readonly acquire: (signal: AbortSignal | undefined) => Promise<() => void>;
  /** Nobody gets in before so many milliseconds have passed. */
  readonly pause: (milliseconds: number) => void;
}

/** A limit of `size` holders; `Infinity` for none. */
export function createLimit(size: number): Limit {
  let free = size;
  // By the clock that nobody sets.
  let pausedUntil = 0;
  const waiting = new Set<() => void>();
  const release = (): void => {
    for (const next of waiting) {
      waiting.delete(next);
      next();
      return;
    }
    free++;
  };
  const enter = (signal: AbortSignal | undefined): Promise<void> | undefined => {
    if (free > 0) {
      free--;
      return undefined;
    }
    return new Promise<void>((resolve, reject) => {
      const proceed = (): void => {
        forget();
        resolve();
      };
      const forget = onAbort(signal, () => {
        waiting.delete(proceed);
        reject(signal?.reason as Error);
      });
      waiting.add(proceed);
    });
  };
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      await enter(signal);
      try {
        for (let wait = pausedUntil - performance.now(); wait > 0; wait = pausedUntil - performance.now())
          await sleep(wait, signal);
        signal?.throwIfAborted();
      } catch (error) {
        release();
        throw error;
      }
      let held = true;
      return () => {
        if (held) release();
        held = false;
      };
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, performance.now() + milliseconds);
    },
  };
}

/** Resolves after a time; rejects with the signal's reason when that fires first. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
  });
  try {
    await withSignal(over, signal);
  } finally {
    clearTimeout(timer);
  }
}

const waiters = /*#__PURE__*/ new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Acts once when the signal fires, at once if it has; the result takes that back. Many calls share one listener of a
 * signal: hosts warn of more than ten.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal?.aborted) act();
  if (!signal || signal.aborted) return () => undefined;
  let acts = waiters.get(signal);
  if (acts === undefined) {
    const all: Set<() => void> = (acts = new Set());
    waiters.set(signal, all);
    signal.addEventListener(
      "abort",
      () => {
        for (const one of all) one();
      },
      { once: true },
    );
  }
  acts.add(act);
  return () => acts.delete(act);
}

/** Settles as the promise does, or rejects as soon as the signal fires. */
export function withSignal<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  errorOf: () => unknown = () => signal?.reason as unknown,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const forget = onAbort(signal, () => {
      reject(errorOf() as Error);
    });
    promise
      .then(resolve, (error: unknown) => {
        reject((signal?.aborted ? errorOf() : error) as Error);
      })
      .finally(forget);
  });
}
