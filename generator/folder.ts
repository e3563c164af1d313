/** Folders of the file system. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * Makes a folder and those above it, and says which was the first that had to be made. Node's own way of doing this never ends where
 * a file system, such as that of processes, says of a new folder that there is no such thing; here it is an EPERM.
 */
export function makeFolder(path: string): string | undefined {
  const missing: string[] = [];
  let above = resolve(path);
  while (!isFolder(above) && dirname(above) !== above) {
    missing.push(above);
    above = dirname(above);
  }
  for (const folder of missing.toReversed()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Another process may make it at this moment.
      if (code === "EEXIST" && isFolder(folder)) continue;
      if (code === "EEXIST")
        throw Object.assign(new Error(`${folder} is no folder`), { code: "ENOTDIR", path: folder });
      if (code !== "ENOENT") throw error;
      throw Object.assign(new Error(`no folder can be made in ${dirname(folder)}`), {
        code: "EPERM",
        path: folder,
      });
    }
  }
  return missing.at(-1);
}

/** Whether a path is there and a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A path as the user would write it here: relative where it lies below the current folder. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}

/**
 * All files (not links) in a folder, and unless told otherwise in the folders in it, in code-unit order. Node's own way of going down
 * is not asked: what stands in for the file system where packages lie in zips (Yarn's Plug'n'Play) does not say in which folder it
 * found a file.
 */
export function filesBelow(folder: string, recursive = true): string[] {
  const found: string[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isFile()) found.push(path);
      else if (recursive && entry.isDirectory()) pending.push(path);
    }
  }
  return found.sort();
}

/** The names of what lies in a folder; none when it cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
