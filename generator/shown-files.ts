/** How messages name the files of a schema; apart from `source.ts`, which takes its time to load. */
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { isFolder } from "./folder.js";
import type { SchemaSource } from "./source.js";

/** Names files with the folder that they lie in; `show` writes a path as the user knows it. */
export function shownFiles(
  { location, files }: SchemaSource,
  show: (path: string) => string,
): (file: string) => string {
  if (files !== undefined) return (file) => `${location.replace(/\/$/u, "")}/${file}`;
  const base = show(/\.zip$/iu.test(location) || isFolder(location) ? location : dirname(location));
  return (file) =>
    // What is called a zip may be none, and is then read as the file that it is.
    isAbsolute(file) || (/\.zip$/iu.test(file) && file === basename(location))
      ? show(resolve(dirname(location), file))
      : base === "." || file.startsWith(`${base}/`)
        ? file
        : `${base}/${file}`;
}
