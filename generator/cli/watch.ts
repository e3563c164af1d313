/** Runs a job again when a file that it reads has changed. */
import { watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import type { GenerateJob } from "../pipeline.js";
import { isFolder } from "../source.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";

/** Editors save in several steps; within this time they are one change. */
const debounce = 50;

/** Watches until the process is told to stop (Ctrl+C). Jobs run one after the other, never twice at once. */
export function watchSources(
  jobs: readonly GenerateJob[],
  console: Console,
  again: (changed: readonly GenerateJob[]) => Promise<void>,
): Promise<Exit> {
  const pending = new Set<GenerateJob>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      while (pending.size > 0) {
        const changed = [...pending];
        pending.clear();
        await again(changed);
      }
    } finally {
      running = false;
    }
  };
  return new Promise((settle, fail) => {
    const watchers: FSWatcher[] = [];
    const stop = (): void => {
      for (const each of watchers) each.close();
      clearTimeout(timer);
      settle(exit.fine);
    };
    for (const job of jobs) {
      for (const { folder, only } of watchedPlaces(job)) {
        const watcher = watch(folder, { recursive: only === undefined }, (_event, name) => {
          if (only !== undefined && name !== only) return;
          pending.add(job);
          clearTimeout(timer);
          timer = setTimeout(() => void run().catch(fail), debounce);
        });
        watcher.on("error", (error) =>
          console.complain(`watching ${console.pathOf(folder)}: ${error.message}\n`),
        );
        watchers.push(watcher);
      }
    }
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    console.note("watching for changes; Ctrl+C ends\n");
  });
}

function watchedPlaces(job: GenerateJob): { readonly folder: string; readonly only?: string }[] {
  if (job.notes !== undefined) return [{ folder: job.notes }];
  return job.sources.map(({ location }) =>
    isFolder(location) ? { folder: location } : { folder: dirname(location), only: basename(location) },
  );
}
