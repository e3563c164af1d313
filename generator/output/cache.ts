/**
 * Results of work, kept by the content that they were made from. Entries never depend on a place or a time, so a
 * cache folder can be shared between machines; a missing or damaged entry only costs time.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow, makeFolder } from "../folder.js";

/** A store of texts by kind and key; keys are hexadecimal digests. */
export interface Cache {
  get(kind: string, key: string): string | undefined;
  put(kind: string, key: string, text: string): void;
  /** Entries that were read and understood before, which nobody may change. */
  readonly values?: Remembered<unknown>;
}

/** Remembers what was used last, as long as there is room. */
interface Remembered<T> {
  readonly get: (name: string) => T | undefined;
  /** `size` in characters. */
  readonly set: (name: string, value: T, size: number) => void;
  readonly forget: (name: string) => void;
}

/** More than this is forgotten, so that a program may watch for days. */
const maxRemembered = 100_000_000;

function createMemory<T>(): Remembered<T> {
  const entries = new Map<string, { readonly value: T; readonly size: number }>();
  let total = 0;
  const forget = (name: string): void => {
    total -= entries.get(name)?.size ?? 0;
    entries.delete(name);
  };
  return {
    get(name) {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      entries.delete(name);
      entries.set(name, entry);
      return entry.value;
    },
    set(name, value, size) {
      forget(name);
      entries.set(name, { value, size });
      total += size;
      for (const oldest of entries.keys()) {
        if (total <= maxRemembered || oldest === name) break;
        forget(oldest);
      }
    },
    forget,
  };
}

/** Remembers nothing. */
export const noCache: Cache = { get: () => undefined, put: () => undefined };

/** Remembers for the life of a run, before another cache is asked. The kind `memory` goes no further. */
export function rememberingCache(below: Cache): Cache {
  const texts = createMemory<string>();
  const values = createMemory<unknown>();
  return {
    values,
    get(kind, key) {
      const name = `${kind}/${key}`;
      const known = texts.get(name);
      if (known !== undefined || kind === "memory") return known;
      const text = below.get(kind, key);
      if (text !== undefined) texts.set(name, text, text.length);
      return text;
    },
    put(kind, key, text) {
      texts.set(`${kind}/${key}`, text, text.length);
      values.forget(`${kind}/${key}`);
      if (kind !== "memory") below.put(kind, key, text);
    },
  };
}

/**
 * An entry that is JSON. One that others have written may be anything: what `isExpected` does not accept is as if it were not there.
 */
export function recall<T>(
  cache: Cache,
  kind: string,
  key: string,
  isExpected: (value: unknown) => value is T,
): T | undefined {
  const name = `${kind}/${key}`;
  const known = cache.values?.get(name);
  if (known !== undefined) return known as T;
  const text = cache.get(kind, key);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isExpected(value)) return undefined;
    cache.values?.set(name, value, text.length);
    return value;
  } catch {
    return undefined;
  }
}

/** Accepts a list of what `isItem` accepts. */
export const isListOf =
  <T>(isItem: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(isItem);

/** Accepts a pair of a text and a text, or of what else is said. */
export const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "string");

/** Accepts an object whose members are accepted each; others are not looked at. */
export const isObjectOf =
  <T>(members: { readonly [Name in keyof T]?: (value: unknown) => boolean }) =>
  (value: unknown): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(members).every(([name, accepts]) =>
      (accepts as (value: unknown) => boolean)((value as Readonly<Record<string, unknown>>)[name]),
    );

/** Accepts a text. */
export const isText = (value: unknown): value is string => typeof value === "string";

/** More entries of a kind than this, and the oldest half goes. */
const limit = 4000;

/** A cache in a folder, made when the first entry is put. A folder that cannot be written to is no error. */
export function openCache(folder: string): Cache {
  let writable = true;
  const counts = new Map<string, number>();
  return {
    get(kind, key) {
      const path = join(folder, kind, key);
      try {
        // A pipe or a device in its place would never come to an end.
        if (!statSync(path).isFile()) return undefined;
        const entry = readFileSync(path, "utf8");
        const end = entry.indexOf("\n");
        const text = entry.slice(end + 1);
        return entry.slice(0, end) === digest(text) ? text : undefined;
      } catch {
        return undefined;
      }
    },
    put(kind, key, text) {
      if (!writable) return;
      const target = join(folder, kind, key);
      try {
        let count = counts.get(kind);
        if (count === undefined) {
          // One that is made beside a configuration shall not end in a repository.
          if (makeFolder(folder) !== undefined) writeFileSync(join(folder, ".gitignore"), "*\n");
          makeFolder(dirname(target));
          count = prune(dirname(target));
        }
        counts.set(kind, count + 1);
        // Processes of two machines may have one number, and a link of that name must not lead our text elsewhere.
        const temporary = `${target}.${randomUUID()}`;
        try {
          writeFileSync(temporary, `${digest(text)}\n${text}`, { flag: "wx" });
          renameSync(temporary, target);
        } catch (error) {
          // What a full disk cuts off must not stay to fill it.
          rmSync(temporary, { force: true });
          throw error;
        }
      } catch {
        writable = false;
      }
    },
  };
}

function prune(folder: string): number {
  const names = readdirSync(folder);
  if (names.length < limit) return names.length;
  const aged = names
    .map((name) => ({ name, age: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.age - b.age);
  for (const { name } of aged.slice(0, limit / 2)) rmSync(join(folder, name), { force: true });
  return limit / 2;
}

/**
 * Where results are kept: the folder that STRATA_CACHE names ("off" for none); in a project `node_modules/.cache`,
 * or `.strata-cache` beside its configuration; else the user's cache folder.
 */
export function cacheFolder(
  project: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = env["STRATA_CACHE"];
  if (named === "off") return undefined;
  if (named !== undefined && named !== "") return named;
  if (project === undefined) {
    const caches = userCaches(env["XDG_CACHE_HOME"]);
    return caches === undefined ? undefined : join(caches, "xsd-strata");
  }
  const modules = join(project, "node_modules");
  return existsSync(modules) ? join(modules, ".cache", "xsd-strata") : join(project, ".strata-cache");
}

/** The folder for the user's caches: one that is empty or relative counts as not named (XDG Base Directory Specification). */
function userCaches(named: string | undefined): string | undefined {
  if (named !== undefined && isAbsolute(named)) return named;
  try {
    return join(homedir(), ".cache");
  } catch {
    // A container's user may be a number without a home.
    return undefined;
  }
}

/** One key made of all that a result depends on. */
export function cacheKey(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  // Lengths keep ["ab", "c"] and ["a", "bc"] apart.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

let version: string | undefined;

/** A digest of this program: its own files and the versions of the packages that print. */
export function programDigest(): string {
  return (version ??= computeProgramDigest());
}

function computeProgramDigest(): string {
  // Beside the sources when run from a clone, beside dist/generator when installed.
  const generator = dirname(dirname(fileURLToPath(import.meta.url)));
  const above = dirname(generator);
  const root = existsSync(join(above, "package.json")) ? above : dirname(above);
  const hash = createHash("sha256");
  for (const folder of [generator, join(root, "templates"), join(root, "schemas")]) {
    for (const path of existsSync(folder) ? filesBelow(folder) : []) {
      hash
        .update(relative(root, path).split(sep).join("/"))
        .update("\0")
        .update(readFileSync(path))
        .update("\0");
    }
  }
  for (const name of ["prettier", "ts-morph", "handlebars", "fast-xml-parser"])
    hash.update(packageVersion(root, name));
  return hash.digest("hex");
}

function packageVersion(root: string, name: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    try {
      const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
      return `${name}@${String((JSON.parse(text) as { version?: unknown }).version)}\n`;
    } catch {
      if (folder === dirname(folder)) return `${name}\n`;
    }
  }
}
