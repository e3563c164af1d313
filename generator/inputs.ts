/**
 * What a schema was read from, by content. Which files a bundle reaches is known only once they were read; it is kept, so that a
 * later run can tell without reading whether anything is different. Paths are relative to the bundle: entries suit any machine.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { createReport } from "./diagnostics.js";
import { cacheKey, isListOf, isText, programDigest, recall, type Cache } from "./output/cache.js";
import { noteDigest, recallDigest, type SeenFiles } from "./output/seen.js";
import { isOutside } from "./schema/path.js";
import { folderStore } from "./schema/store.js";
import type { Bundle } from "./schema/types.js";
import { pathOfText } from "./schema/wsdl.js";
import { isFolder } from "./folder.js";
import type { SchemaSource } from "./source.js";

/** The files that reading a schema has touched, beside those that its folder lists; no digest: there was no such file. */
type Reached = readonly [path: string, digest: string | null];

const isReached = (value: unknown): value is Reached =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && (value[1] === null || isText(value[1]));

/** The part of a {@link Bundle} that says what was read. */
export type ReadFiles = Pick<Bundle, "files" | "sought">;

/**
 * A key of all content that a schema is read from; undefined when it is not known (it was not read yet) or cannot be: what comes
 * from the network may be different next time.
 */
export async function contentKey(
  source: SchemaSource,
  store: Cache,
  seen?: SeenFiles,
): Promise<string | undefined> {
  const opened = await openPlace(source, seen);
  const kept = opened && recall(store, "inputs", opened.key, isListOf(isReached));
  if (opened === undefined || kept === undefined) return undefined;
  for (const [path, digest] of kept) {
    if ((await opened.digestOf(path)) !== digest) return undefined;
  }
  return cacheKey(opened.key, JSON.stringify(kept));
}

/** Keeps what a schema was read from, for {@link contentKey}. */
export async function keepInputs(
  source: SchemaSource,
  read: ReadFiles,
  store: Cache,
  seen?: SeenFiles,
): Promise<void> {
  const opened = await openPlace(source, seen);
  if (opened === undefined || read.sought === undefined) return;
  const { root, listed } = opened;
  const reach: readonly Reached[] = [
    ...read.files.flatMap((file) =>
      listed(pathOfText(file)) ? [] : [[pathOfText(file), file.digest] as const],
    ),
    ...read.sought.absent.flatMap((path) => (listed(path) ? [] : [[path, null] as const])),
  ];
  const catalogs = await Promise.all(
    read.sought.catalogs.map(async (file) => {
      const path = relative(root, file).split(sep).join("/");
      return [path, await digestFile(file)] as const;
    }),
  );
  store.put("inputs", opened.key, JSON.stringify([...reach, ...catalogs]));
}

/** Files outside of a schema's own folder that reading it has depended on, as far as that is known; absolute. */
export async function reachedFiles(source: SchemaSource, store: Cache): Promise<readonly string[]> {
  const opened = await openPlace(source);
  const kept = opened && recall(store, "inputs", opened.key, isListOf(isReached));
  if (opened === undefined) return [];
  return [
    ...(isFolder(source.location) ? [] : [source.location]),
    ...(source.catalog === undefined ? [] : [source.catalog]),
    ...(kept ?? []).map(([path]) => resolve(opened.root, path)),
  ];
}

interface Place {
  /** Of what is known before reading: the listed files and how they are read. */
  readonly key: string;
  readonly root: string;
  /** Whether the key says all about a path. */
  readonly listed: (path: string) => boolean;
  readonly digestOf: (path: string) => Promise<string | null>;
}

async function openPlace(source: SchemaSource, seen?: SeenFiles): Promise<Place | undefined> {
  const { location, entry, catalog, allowNetwork, files } = source;
  if (allowNetwork === true || files !== undefined) return undefined;
  const found = await stat(location).catch(() => undefined);
  if (found === undefined) return undefined;
  const isZipFile = !found.isDirectory() && (await isZip(location).catch(() => undefined));
  if (isZipFile === undefined) return undefined;
  const root = found.isDirectory() ? location : dirname(location);
  const within = folderStore(root, createReport());
  const digestOf = async (path: string): Promise<string | null> => {
    if (isOutside(path)) return digestFile(resolve(root, path));
    const place = resolve(root, path);
    const stats = await stat(place).catch(() => undefined);
    const known = stats && recallDigest(seen, place, stats);
    if (known !== undefined) return known;
    const bytes = await within.read(path);
    if (bytes === undefined || stats === undefined) return null;
    const found = digest(bytes);
    noteDigest(seen, place, stats, found);
    return found;
  };
  const paths = found.isDirectory() ? await within.list() : [relative(root, location)];
  const digests = isZipFile
    ? [String(await digestFile(location))]
    : await Promise.all(paths.map(async (path) => `${path}\0${String(await digestOf(path))}`));
  const known = new Set(paths);
  const named = catalog === undefined ? "" : relative(root, catalog).split(sep).join("/");
  // An entry may be named by its path in the file system.
  const entries = entry.map((each) => [each, relative(root, resolve(each)).split(sep).join("/")]);
  const kind = found.isDirectory() ? "folder" : isZipFile ? "zip" : "file";
  return {
    key: cacheKey("inputs", programDigest(), kind, JSON.stringify(entries), named, ...digests),
    root,
    listed: (path) => (isZipFile ? !isOutside(path) : known.has(path)),
    digestOf,
  };
}

async function isZip(path: string): Promise<boolean> {
  // Loaded only for files: what unpacks them takes its time.
  const archive = await import("./schema/archive.js");
  return archive.isZip(path);
}

async function digestFile(path: string): Promise<string | null> {
  // The path may be from a cache that others write to: a pipe or a device would never come to an end.
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  const bytes = isFile ? await readFile(path).catch(() => undefined) : undefined;
  return bytes === undefined ? null : digest(bytes);
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
