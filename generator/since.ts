/** Since which release of its family a component is there, for who looks at one release or compares two. */
import { createReport } from "./diagnostics.js";
import type { Caches } from "./caches.js";
import type { Change, DiffResult } from "./diff/index.js";
import { historyOf } from "./family-history.js";
import { cacheKey, isListOf, isPair, programDigest, recall } from "./output/cache.js";
import { createProfile } from "./profile.js";
import { isNote, readShared, type ReadSchema } from "./read-schema.js";
import { digestFolder, releasesOf, type SchemaSource } from "./source.js";

/**
 * The release since which a component of a release is there, by member key; asks all releases of its family before it.
 * Without a family, or when one of those cannot be read, nothing is known.
 */
export async function sinceIn(
  source: SchemaSource,
  { store, schemas }: Caches,
): Promise<(key: string) => string | undefined> {
  if (source.family === undefined) return () => undefined;
  const { entry, catalog, service, tolerate } = source;
  const all = releasesOf(source.family, createReport(), { entry, catalog, service, tolerate });
  const sources = all.slice(0, all.findIndex(({ release }) => release === source.release) + 1);
  const settings = JSON.stringify([entry, service, tolerate]);
  const digests = sources.map(
    ({ release, location }) => `${release} ${digestFolder(location, isNote) ?? ""}`,
  );
  const key = catalog === undefined ? cacheKey(programDigest(), settings, ...digests) : undefined;
  const known = key === undefined ? undefined : recall(store, "since", key, isListOf(isPair));
  if (known !== undefined) {
    const table = new Map(known);
    return (component) => table.get(component);
  }
  const read: ReadSchema[] = [];
  for (const each of sources) {
    const schema = await readShared(each, { schemas }, createReport(), createProfile());
    if (schema === undefined) return () => undefined;
    read.push(schema);
  }
  const { sinceTable } = await import("./release/history.js");
  const since = sinceTable(await historyOf(read), source.release);
  if (key !== undefined) store.put("since", key, JSON.stringify([...since]));
  return (component) => since.get(component);
}

/**
 * A comparison with the release that brought each component it is about. What a release itself brought is known from the one
 * before it; the others of its family are asked only about what is older.
 */
export async function withSince(
  result: DiffResult,
  before: ComparedSchema,
  after: ComparedSchema,
  caches: Caches,
): Promise<DiffResult> {
  const { family, release } = after.source;
  if (family === undefined) return result;
  const { existsIn, sinceOf } = await import("./release/history.js");
  const ids = releasesOf(family, createReport()).map((each) => each.release);
  const isNext =
    before.source.family === family && ids.indexOf(before.source.release) === ids.indexOf(release) - 1;
  const sides = isNext ? [before, after] : [after];
  const history = await historyOf(sides.map(({ schema }) => schema));
  const isOlder = (key: string): boolean =>
    existsIn(history, key, release) && sinceOf(history, key, release) === undefined;
  const older = result.changes.some(({ key }) => isOlder(key))
    ? await sinceIn(after.source, caches)
    : undefined;
  // What both sides have was gone in between: that it came back tells nothing of what changed about it.
  const from = before.source.family === family ? ids.indexOf(before.source.release) : ids.length;
  const cameBack = ({ formerly, oldSpan, newSpan }: Change, since: string): boolean =>
    formerly === undefined && oldSpan !== undefined && newSpan !== undefined && ids.indexOf(since) > from;
  const changes = result.changes.map((change) => {
    const since = isOlder(change.key) ? older?.(change.key) : sinceOf(history, change.key, release);
    return since === undefined || cameBack(change, since) ? change : { ...change, since };
  });
  return { ...result, changes };
}

interface ComparedSchema {
  readonly source: SchemaSource;
  readonly schema: Pick<ReadSchema, "model" | "service">;
}
