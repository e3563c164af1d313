/** The list of files in an output folder that are ours, with digests: what is not on it is never touched. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile } from "../emit/types.js";

/** The name of the manifest in an output folder. */
export const manifestName = ".strata-manifest.json";

/** Our files in an output folder: path relative to it, with `/`, to digest. */
export type Manifest = ReadonlyMap<string, string>;

/** SHA-256 of a text in hexadecimal. CR LF counts as LF: a checkout may have changed line ends. */
export function digestText(text: string): string {
  return createHash("sha256")
    .update(text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text)
    .digest("hex");
}

const digests = new WeakMap<OutputFile, string>();

/** The digest of a generated file; made once, since releases that did not change are compared again and again. */
export function digestOf(file: OutputFile): string {
  let digest = digests.get(file);
  if (digest === undefined) digests.set(file, (digest = digestText(file.text)));
  return digest;
}

/** The manifest of a folder; undefined when there is none, "broken" when it is not one of ours. */
export function readManifest(folder: string): Manifest | "broken" | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return "broken";
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return "broken";
    const { format, files } = data as { format?: unknown; files?: unknown };
    if (format !== 1 || typeof files !== "object" || files === null) return "broken";
    const manifest = new Map<string, string>();
    for (const [path, digest] of Object.entries(files)) {
      // The manifest lies in a repository that others may write to: it must not point outside of its folder.
      if (!isSafePath(path) || typeof digest !== "string") return "broken";
      manifest.set(path, digest);
    }
    return manifest;
  } catch {
    return "broken";
  }
}

/** The paths of our files in a folder, as its manifest lists them; none when there is no manifest to be trusted. */
export function listedFiles(folder: string): readonly string[] {
  const manifest = readManifest(folder);
  return manifest === undefined || manifest === "broken" ? [] : [...manifest.keys()];
}

/** The text of a manifest, in path order. */
export function formatManifest(manifest: Manifest): string {
  const files = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const comment = "The files that xsd-strata wrote here and may replace or delete. Not to be edited.";
  return `${JSON.stringify({ comment, format: 1, files }, undefined, 2)}\n`;
}

/** Whether a path stays below its folder and means the same on every system: relative, with `/`, no `..`; nothing in it is Git's. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.startsWith("/") || /[\\:*?"<>|\u0000-\u001f]/u.test(path)) return false;
  return path
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !/[. ]$|^\.git$/iu.test(part));
}
