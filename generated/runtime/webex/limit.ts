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
  let pausedUntil = 0;
  const waiting = new Set<() => void>();
  const release = (): void => {
    const next = waiting.values().next();
    if (next.done) free++;
    else {
      waiting.delete(next.value);
      next.value();
    }
  };
  const enter = (signal: AbortSignal | undefined): Promise<void> | undefined => {
    if (free > 0) {
      free--;
      return undefined;
    }
    return new Promise<void>((resolve, reject) => {
      const proceed = (): void => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const abort = (): void => {
        waiting.delete(proceed);
        reject(signal?.reason as Error);
      };
      waiting.add(proceed);
      signal?.addEventListener("abort", abort, { once: true });
    });
  };
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      await enter(signal);
      try {
        for (let wait = pausedUntil - Date.now(); wait > 0; wait = pausedUntil - Date.now())
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
      pausedUntil = Math.max(pausedUntil, Date.now() + milliseconds);
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

/** Settles as the promise does, or rejects as soon as the signal fires. */
export function withSignal<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  errorOf: () => unknown = () => signal?.reason as unknown,
): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(errorOf() as Error);
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    promise
      .then(resolve, (error: unknown) => {
        reject((signal.aborted ? errorOf() : error) as Error);
      })
      .finally(() => {
        signal.removeEventListener("abort", abort);
      });
  });
}
