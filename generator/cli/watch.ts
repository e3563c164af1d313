/** Runs a job again when a file that it reads has changed. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { GenerateJob } from "../pipeline.js";
import { isFolder } from "../folder.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";
import { watchFolder, type FolderWatch } from "./watch-folder.js";

/** Milliseconds of silence that end a change: editors save in several steps. */
const debounce = 15;

/** What a run has read, so that the next change can be noticed. */
export interface Watched {
  /** What was planned; those of a broken configuration are the ones from before. */
  readonly jobs: readonly GenerateJob[];
  /** Single files beside the folders of the jobs; absolute. */
  readonly files: readonly string[];
}

/**
 * Watches until the process is told to stop (Ctrl+C). Jobs run one after the other, never twice at once; `again` gets the names of
 * those that a change concerns (all of them when a single file has changed) and says what is to be watched from then on. What has
 * changed since `begun`, in milliseconds since 1970, is answered too.
 */
export function watchSources(
  first: Watched,
  begun: number,
  console: Console,
  again: (changed: ReadonlySet<string>) => Promise<Watched>,
): Promise<Exit> {
  const pending = new Set<string>();
  const watchers = new Map<string, { readonly watcher: FolderWatch; readonly inode: number | undefined }>();
  let watched = first;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  return new Promise((settle, fail) => {
    const run = async (): Promise<void> => {
      if (running) return;
      running = true;
      try {
        while (pending.size > 0) {
          const changed = new Set(pending);
          pending.clear();
          const started = Date.now();
          const before = placesOf(watched);
          watched = await again(changed);
          renew(started, before);
        }
      } finally {
        running = false;
      }
    };
    const notice = (names: readonly string[]): void => {
      for (const name of names) pending.add(name);
      clearTimeout(timer);
      timer = setTimeout(() => void run().catch(fail), debounce);
    };
    /**
     * Begins to watch places that are new, or made anew, and leaves those that are no longer of interest. What was touched there
     * since a time nobody has seen yet, nor that a folder went away which was there `before`.
     */
    const renew = (since: number, before: ReadonlyMap<string, Place>): void => {
      const places = placesOf(watched);
      for (const [key, { watcher, inode }] of watchers) {
        const place = places.get(key);
        if (place !== undefined && inodeOf(place.folder) === inode) continue;
        watcher.close();
        watchers.delete(key);
      }
      for (const [key, place] of places) {
        const { folder, recursive, concerns } = place;
        if (watchers.has(key)) continue;
        try {
          const watcher = watchFolder(folder, recursive, {
            changed: (name) => {
              const names = concerns(name, watched);
              if (names.length > 0) notice(names);
            },
            failed: (error) => {
              console.complain(`watching ${console.pathOf(folder)}: ${error.message}\n`);
              watcher.close();
              watchers.delete(key);
            },
          });
          watchers.set(key, { watcher, inode: inodeOf(folder) });
          if (place.isTouched(since, before))
            for (const name of concerns(undefined, watched)) pending.add(name);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          console.complain(`error: ${console.pathOf(folder)} cannot be watched: ${message}\n`);
        }
      }
    };
    const stop = (): void => {
      for (const { watcher } of watchers.values()) watcher.close();
      clearTimeout(timer);
      settle(exit.fine);
    };
    renew(begun, new Map());
    if (pending.size > 0) notice([]);
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    console.note("watching for changes; Ctrl+C ends\n");
  });
}

interface Place {
  readonly folder: string;
  readonly recursive: boolean;
  /** The names of the jobs that a change of this file concerns. */
  readonly concerns: (name: string | undefined, watched: Watched) => readonly string[];
  /** Whether something of interest was made or changed there since a time, or is no longer where it was `before`. */
  readonly isTouched: (since: number, before: ReadonlyMap<string, Place>) => boolean;
}

function placesOf({ jobs, files }: Watched): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const job of jobs) {
    const folders =
      job.notes === undefined
        ? job.sources
            .map(({ location }) => location)
            .filter((location) => isFolder(location) || !existsSync(location))
        : [job.notes];
    for (const folder of folders) {
      const { there, missing } = standInOf(folder);
      const concerns: Place["concerns"] = (name) =>
        missing === undefined || name === undefined || name === missing ? [job.name] : [];
      places.set(`${job.name} ${there}`, {
        folder: there,
        recursive: missing === undefined,
        concerns,
        isTouched: (since, before) =>
          missing === undefined
            ? isTouched(there, since)
            : existsSync(join(there, missing)) || before.get(`${job.name} ${folder}`)?.recursive === true,
      });
    }
  }
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    if (!existsSync(folder)) continue;
    const concerns: Place["concerns"] = (name, { jobs: all, files: now }) =>
      name === undefined || now.some((file) => file === join(folder, basename(name)))
        ? all.map((job) => job.name)
        : [];
    const own = files.filter((file) => dirname(file) === folder);
    places.set(`files ${folder}`, {
      folder,
      recursive: false,
      concerns,
      isTouched: (since) => own.some((file) => isTouched(file, since)),
    });
  }
  return places;
}

/** A folder, or while it is away (another branch is checked out) the one above it in which `missing` is waited for. */
function standInOf(folder: string): { readonly there: string; readonly missing?: string } {
  let there = folder;
  let missing: string | undefined;
  while (!existsSync(there) && there !== dirname(there)) {
    missing = basename(there);
    there = dirname(there);
  }
  return { there, ...(missing !== undefined && { missing }) };
}

/** Whether a file, or a folder or anything in it, has changed since a time; the clocks of file systems are a little behind. */
function isTouched(path: string, since: number): boolean {
  try {
    const below = isFolder(path) ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [];
    return ["", ...below].some(
      (name) => (statSync(join(path, name), { throwIfNoEntry: false })?.ctimeMs ?? 0) > since - 20,
    );
  } catch {
    // What goes away at this moment is seen by the watcher.
    return false;
  }
}

const inodeOf = (folder: string): number | undefined => statSync(folder, { throwIfNoEntry: false })?.ino;
