/** From a folder, a zip or a file to a {@link Bundle}. */
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import type { Report } from "../diagnostics.js";
import { suggestionHint } from "../suggestion.js";
import { recallSchema } from "./documents.js";
import { decodeSource } from "./encoding.js";
export { readDocuments, type ReadDocumentsOptions } from "./documents.js";
import type { XsdVersion } from "./grammar.js";
import { joinPath, normalizePath } from "./path.js";
import type { Bundle, SourceFile } from "./types.js";

/** What to load. */
export interface BundleSource {
  /** Folder, zip or file. */
  readonly path: string;
  /** The release id; without it a label is made from the path. */
  readonly release?: string;
  /** Files from which reading starts, relative to the bundle; without them, a folder starts from every file. */
  readonly entries?: readonly string[];
  readonly version?: XsdVersion;
}

/** Loads a bundle. What is wrong goes to the report; undefined when nothing can be read. */
export async function loadBundle(source: BundleSource, report: Report): Promise<Bundle | undefined> {
  const location = resolve(source.path);
  const found = await stat(location).catch(() => undefined);
  if (found === undefined) {
    const siblings = await readdir(dirname(location)).catch(() => []);
    const hint = suggestionHint(basename(location), siblings);
    report.add({
      code: "missing-bundle",
      severity: "error",
      message: `there is no file or folder ${source.path}`,
      ...(hint === undefined ? {} : { hint }),
    });
    return undefined;
  }
  const folder = found.isDirectory() ? location : dirname(location);
  const root = await realpath(folder);
  const files = new Map<string, SourceFile>();
  const listed = found.isDirectory() ? await listSchemas(root) : [basename(location)];
  const roots = found.isDirectory() ? selectRoots(listed, source.entries, report) : listed;
  const pending = [...roots];
  const tried = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (tried.has(path)) continue;
    tried.add(path);
    const bytes = await readInside(root, path);
    if (bytes === undefined) continue;
    const text = decodeSource(path, bytes, report);
    if (text === undefined) continue;
    const file = { path, text, digest: createHash("sha256").update(bytes).digest("hex") };
    files.set(path, file);
    for (const directive of recallSchema(file, source).document?.directives ?? []) {
      const target = directive.location === undefined ? undefined : joinPath(path, directive.location);
      if (target !== undefined) pending.push(target);
    }
  }
  if (roots.length === 0) {
    if (!report.hasErrors) {
      report.add({
        code: "no-schema-files",
        severity: "error",
        message: `there are no .xsd files in ${source.path}`,
      });
    }
    return undefined;
  }
  const ordered = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    release: source.release ?? basename(location, extname(location) === ".xsd" ? ".xsd" : ""),
    location,
    files: ordered,
    roots: roots.filter((path) => files.has(path)),
    resolveLocation({ location: written }, from) {
      const path = written === undefined ? undefined : joinPath(from, written);
      return path !== undefined && files.has(path) ? path : undefined;
    },
  };
}

async function listSchemas(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.xsd$/iu.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function selectRoots(
  listed: readonly string[],
  entries: readonly string[] | undefined,
  report: Report,
): string[] {
  if (entries === undefined || entries.length === 0) return [...listed];
  return entries.flatMap((entry) => {
    const path = normalizePath(entry.replaceAll("\\", "/"));
    if (path !== undefined && listed.includes(path)) return [path];
    const hint = suggestionHint(entry, listed);
    report.add({
      code: "unknown-entry",
      severity: "error",
      message: `the entry "${entry}" is no file of the bundle`,
      ...(hint === undefined ? {} : { hint }),
    });
    return [];
  });
}

async function readInside(root: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const real = await realpath(join(root, path));
    if (real !== root && !real.startsWith(root + sep)) return undefined;
    return await readFile(real);
  } catch {
    return undefined;
  }
}
