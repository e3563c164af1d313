/** Watches a folder with all that is below it. */
import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join, relative, sep } from "node:path";
import { isFolder } from "../folder.js";

export interface FolderWatch {
  readonly close: () => void;
}

/** Who is told. A name is relative to the folder; undefined where the system does not say. */
export interface FolderListener {
  readonly changed: (name: string | undefined) => void;
  readonly failed: (error: Error) => void;
}

/** Systems that watch what is below a folder themselves. */
const watchesBelow = process.platform === "darwin" || process.platform === "win32";

/**
 * Begins to watch. Throws where the system refuses.
 *
 * Elsewhere than on macOS and Windows Node watches each file by itself, and loses one for which another is put in its place, which is
 * how many editors and Git write. Here each folder is watched, which sees what happens to the names in it.
 */
export function watchFolder(folder: string, recursive: boolean, listener: FolderListener): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const below = recursive && !watchesBelow;
  const close = (): void => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
  const leave = (path: string): void => {
    for (const [known, watcher] of watchers) {
      if (known !== path && !known.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(known);
    }
  };
  const enter = (path: string): void => {
    const watcher = watch(path, { recursive: recursive && watchesBelow }, (event, name) => {
      if (watchers.get(path) !== watcher) return;
      if (name !== null && below && event === "rename") renew(join(path, name));
      listener.changed(name === null ? undefined : relative(folder, join(path, name)));
    });
    watcher.on("error", listener.failed);
    watchers.set(path, watcher);
    if (!below) return;
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) enterIfThere(join(path, entry.name));
  };
  const enterIfThere = (path: string): void => {
    try {
      if (isFolder(path)) enter(path);
    } catch (error) {
      // It may be gone again, which is told by itself.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  };
  /** What came under a name is another thing than what was there. */
  const renew = (path: string): void => {
    if (path === folder) return;
    leave(path);
    try {
      enterIfThere(path);
    } catch (error) {
      listener.failed(error as Error);
    }
  };
  try {
    enter(folder);
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}
