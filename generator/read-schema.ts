/** A schema read whole, from its files to the model and the service; releases with the very same files share the work. */
import { dirname } from "node:path";
import type { Report } from "./diagnostics.js";
import { isFolder } from "./folder.js";
import type { ReadFiles } from "./inputs.js";
import type { Model } from "./model/types.js";
import { cacheKey } from "./output/cache.js";
import type { SeenFiles } from "./output/seen.js";
import { createProfile, type Profile } from "./profile.js";
import type { Service } from "./service/types.js";
import { digestFolder, type SchemaSource } from "./source.js";

/** A schema that was read, and the service it describes. */
export interface ReadSchema {
  readonly model: Model;
  readonly service?: Service;
  /** Its files, for lines and columns. */
  readonly texts: Pick<Report, "locate" | "textOf">;
  /** What it was read from. */
  readonly read: ReadFiles;
}

/** Reads one schema: files, documents, model, service. Undefined when there are errors (see the report). */
export async function readSchema(
  source: SchemaSource,
  report: Report,
  profile: Profile = createProfile(),
): Promise<ReadSchema | undefined> {
  const { loadBundle, readDocuments } = await import("./schema/bundle.js");
  const { location: path, release, entry: entries, files, catalog, allowNetwork = false } = source;
  const catalogs = catalog === undefined ? [] : [catalog];
  const bundle = await profile.measure("read files", () =>
    loadBundle({ path, ...(files && { files }), release, entries, catalogs, allowNetwork }, report),
  );
  if (bundle === undefined) return undefined;
  const tolerate = source.tolerate ?? [];
  const documents = profile.measure("read documents", () => readDocuments(bundle, report, { tolerate }));
  const { resolveModel } = await import("./model/resolve.js");
  const { createBeside } = await import("./schema/beside.js");
  const model = profile.measure("resolve", () =>
    resolveModel(bundle.release, documents, bundle, report, {
      tolerate,
      ...(files === undefined && {
        beside: createBeside(isFolder(path) ? path : dirname(path), bundle.files),
      }),
    }),
  );
  if (report.hasErrors) return undefined;
  const { conventions, detectService, noService } = await import("./service/detect.js");
  const read: ReadFiles = bundle;
  if (source.service === noService) return { model, texts: report, read };
  const service = profile.measure("service", () => detectService(model, source.service));
  if (service === undefined && source.service !== undefined) {
    const sign = conventions.find(({ id }) => id === source.service)?.sign;
    report.add({
      code: "service-not-found",
      severity: "error",
      message: `the schema does not follow the convention "${source.service}"`,
      hint: `${sign === undefined ? "" : `it needs ${sign}; `}leave --service out to detect the convention, or give --service none`,
    });
    return undefined;
  }
  return { model, ...(service && { service }), texts: report, read };
}

/** Where schemas that were read are kept. */
export interface SharedSchemas {
  /** By the digest of their files; for a program that reads several times. */
  readonly schemas: Map<string, ReadSchema>;
  /** Files that were looked at before; for a program that is told of changes. */
  readonly seen?: SeenFiles;
}

/** Reads a schema, or takes the model of another release with the very same files. */
export async function readShared(
  source: SchemaSource,
  { schemas, seen }: SharedSchemas,
  report: Report,
  profile: Profile,
): Promise<ReadSchema | undefined> {
  if (!isPlainFolder(source)) return readSchema(source, report, profile);
  const digest = profile.measure("digest", () => digestFolder(source.location, isNote, seen));
  if (digest === undefined) return readSchema(source, report, profile);
  const key = cacheKey(digest, JSON.stringify([source.entry, source.service, source.tolerate]));
  // What is remembered of a model (shapes, look-ups) hangs on the object, so each release keeps its own.
  const own = `${key} ${source.release}`;
  const known = schemas.get(own);
  if (known !== undefined) {
    schemas.delete(own);
    schemas.set(own, known);
    return known;
  }
  const same = schemas.get(key);
  const schema =
    same === undefined
      ? await readSchema(source, report, profile)
      : { ...same, model: { ...same.model, release: source.release } };
  // What has something to say must say it for each release that it concerns.
  if (schema !== undefined && report.diagnostics.length === 0) {
    schemas.set(key, schema);
    schemas.set(own, schema);
  }
  return schema;
}

/** Forgets models that were not asked for lately, so that a program may watch for days. */
export function forgetSchemas(schemas: SharedSchemas["schemas"], releases: number): void {
  for (const oldest of schemas.keys()) {
    if (schemas.size <= 4 * releases + 16) return;
    schemas.delete(oldest);
  }
}

/** Whether a file below a release's folder is about its schemas, and not one of them. */
export const isNote = (path: string): boolean => /\.(?:md|ya?ml)$/u.test(path);

/** Whether the files below a release's folder are all that can be read. */
export const isPlainFolder = (source: SchemaSource): boolean =>
  source.family !== undefined &&
  source.catalog === undefined &&
  source.allowNetwork !== true &&
  source.files === undefined &&
  isFolder(source.location);
