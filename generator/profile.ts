/** Where the time of a run goes. */

/** Adds up the time of stages. */
export interface Profile {
  /** Runs work and counts its time to a stage, that of stages inside excluded. */
  measure<T>(stage: string, work: () => T): T;
  /** Stages in the order in which they began, with milliseconds. */
  stages(): readonly (readonly [stage: string, milliseconds: number])[];
}

/** A profile with no time in it. */
export function createProfile(): Profile {
  const now = (): number => performance.now();
  const times = new Map<string, number>();
  const open: string[] = [];
  let last = now();
  const turn = (): void => {
    const time = now();
    const stage = open.at(-1);
    if (stage !== undefined) times.set(stage, (times.get(stage) ?? 0) + time - last);
    last = time;
  };
  const end = (): void => {
    turn();
    open.pop();
  };
  return {
    measure(stage, work) {
      turn();
      open.push(stage);
      if (!times.has(stage)) times.set(stage, 0);
      let result: ReturnType<typeof work>;
      try {
        result = work();
      } catch (error) {
        end();
        throw error;
      }
      // A stage that waits (for a file, for prettier) lasts until it has what it waited for.
      if (result instanceof Promise) return result.finally(end) as typeof result;
      end();
      return result;
    },
    stages: () => [...times],
  };
}
