/** What is kept from one run to the next, on disk and in a program that runs on. */
import type { ModuleMemo } from "./emit/trace.js";
import { cacheFolder, noCache, openCache, rememberingCache, type Cache } from "./output/cache.js";
import type { SharedSchemas } from "./read-schema.js";

/** Stores that outlive a job. */
export interface Caches extends SharedSchemas {
  /** Formatted texts and generated releases, on disk. */
  readonly store: Cache;
  /** Texts of modules by job, for releases that share them. */
  readonly modules: Map<string, ModuleMemo>;
}

/** The caches for a job or several. */
export function createCaches(
  project: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  enabled = true,
): Caches {
  const folder = enabled ? cacheFolder(project, env) : undefined;
  return {
    store: rememberingCache(folder === undefined ? noCache : openCache(folder)),
    schemas: new Map(),
    modules: new Map(),
  };
}
