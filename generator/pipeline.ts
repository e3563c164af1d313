/**
 * The whole data flow on one page: bundles are read and resolved to models, a convention finds the operations, the
 * history of all releases gives `@since`, emitters print files, prettier gives them their form, and the output
 * folder is compared and written. Work is keyed by content: what has not changed is not done again.
 */
import { createReport, type Diagnostic, type Report } from "./diagnostics.js";
import type { EmitInput, EmitOptions, Emitter, OutputFile } from "./emit/types.js";
import type { Model } from "./model/types.js";
import {
  cacheFolder,
  cacheKey,
  noCache,
  openCache,
  programDigest,
  rememberingCache,
  type Cache,
} from "./output/cache.js";
import { planOutput, writeOutput, type OutputPlan } from "./output/write.js";
import { createProfile, type Profile } from "./profile.js";
import type { ScalarRule, Service } from "./service/types.js";
import {
  digestFilesIn,
  digestFolder,
  isFolder,
  releaseFolder,
  releasesOf,
  type SchemaSource,
} from "./source.js";

export { writeOutput };

/** What is to be generated: one family, or one schema. */
export interface GenerateJob {
  readonly name: string;
  /** The name of the generated npm package. */
  readonly package: string;
  /** Absolute. */
  readonly out: string;
  /** The output folder as the user knows it. */
  readonly label: string;
  /** All releases, oldest first: the history is taken from all of them. */
  readonly sources: readonly SchemaSource[];
  /** Ids of the releases to generate. */
  readonly selected: readonly string[];
  /** One schema: modules lie directly in `out`, not in a folder per release. */
  readonly single: boolean;
  readonly only: readonly string[];
  readonly scalars: readonly ScalarRule[];
  readonly importExtension: EmitOptions["importExtension"];
  readonly emitters: readonly Emitter[];
  readonly format: boolean;
  readonly force: boolean;
  readonly check: boolean;
  /** The folder with `family.yaml` and `<release>/release.yaml`. */
  readonly notes?: string;
  readonly notesLabel?: string;
  /** The folder of the configuration, for caches. */
  readonly project?: string;
}

/** What a release turned out to hold. */
export interface ReleaseSummary {
  readonly release: string;
  readonly namespaces: number;
  readonly types: number;
  readonly operations: number;
  /** Components that the release before does not have; absent for the first. */
  readonly added?: number;
}

/** What came of a job. */
export interface GenerateResult {
  /** Findings: one report a release, and one of the job as a whole. */
  readonly reports: readonly { readonly source?: SchemaSource; readonly report: Report }[];
  /** Absent when there are errors: then nothing is to be written. */
  readonly output?: {
    readonly plan: OutputPlan;
    readonly releases: readonly ReleaseSummary[];
    readonly profile: Profile;
  };
  /** Why there is no output: the input, or what was asked for. */
  readonly failure?: "input" | "usage";
}

/** Stores that outlive a job. */
export interface Caches {
  /** Formatted texts and generated releases, on disk. */
  readonly store: Cache;
  /** Models by the digest of their schemas; for a program that generates several times. */
  readonly schemas: Map<string, ReadSchema>;
}

/** The caches for a job or several. */
export function createCaches(
  project: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  enabled = true,
): Caches {
  const folder = enabled ? cacheFolder(project, env) : undefined;
  return { store: rememberingCache(folder === undefined ? noCache : openCache(folder)), schemas: new Map() };
}

/** A schema that was read, and the service it describes. */
export interface ReadSchema {
  readonly model: Model;
  readonly service?: Service;
}

/** Reads one schema: files, documents, model, service. Undefined when there are errors (see the report). */
export async function readSchema(
  source: SchemaSource,
  report: Report,
  profile: Profile = createProfile(),
): Promise<ReadSchema | undefined> {
  const { loadBundle, readDocuments } = await import("./schema/bundle.js");
  const { location: path, release, entry: entries } = source;
  const bundle = await profile.measure("read files", () => loadBundle({ path, release, entries }, report));
  if (bundle === undefined) return undefined;
  const documents = profile.measure("read documents", () => readDocuments(bundle, report));
  const { resolveModel } = await import("./model/resolve.js");
  const model = profile.measure("resolve", () => resolveModel(bundle.release, documents, bundle, report));
  if (report.hasErrors) return undefined;
  const { detectService, noService } = await import("./service/detect.js");
  if (source.service === noService) return { model };
  const service = profile.measure("service", () => detectService(model, source.service));
  if (service === undefined && source.service !== undefined) {
    report.add({
      code: "service-not-found",
      severity: "error",
      message: `the schema does not follow the convention "${source.service}"`,
      hint: "leave --service out to detect the convention, or give --service none",
    });
    return undefined;
  }
  return service === undefined ? { model } : { model, service };
}

/**
 * The release since which a component of a release is there, by member key; asks all releases of its family before it.
 * Without a family, or when one of those cannot be read, nothing is known.
 */
export async function sinceIn(
  source: SchemaSource,
  { store, schemas }: Caches,
): Promise<(key: string) => string | undefined> {
  if (source.family === undefined) return () => undefined;
  const { entry, catalog, service } = source;
  const all = releasesOf(source.family, createReport(), { entry, catalog, service });
  const sources = all.slice(0, all.findIndex(({ release }) => release === source.release) + 1);
  const settings = JSON.stringify([entry, service]);
  const key =
    catalog === undefined
      ? cacheKey(
          programDigest(),
          settings,
          ...sources.flatMap(({ release, location }) => [release, digestFolder(location, isNote)]),
        )
      : undefined;
  const known = key === undefined ? undefined : store.get("since", key);
  if (known !== undefined) {
    const table = new Map(JSON.parse(known) as [string, string][]);
    return (component) => table.get(component);
  }
  const read: ReadSchema[] = [];
  for (const each of sources) {
    const schema = await readShared(each, schemas, createReport(), createProfile());
    if (schema === undefined) return () => undefined;
    read.push(schema);
  }
  const { computeHistory, sinceOf } = await import("./release/history.js");
  const services = new Map(read.map(({ model, service }) => [model, service]));
  const history = computeHistory(
    read.map(({ model }) => model),
    (model) => services.get(model)?.operations ?? [],
  );
  const table = [...history.lifetimes.keys()].flatMap((component) => {
    const since = sinceOf(history, component, source.release);
    return since === undefined ? [] : [[component, since] as const];
  });
  if (key !== undefined) store.put("since", key, JSON.stringify(table));
  const since = new Map(table);
  return (component) => since.get(component);
}

/** A release as it was generated, and what it had to say; kept in the cache as JSON. */
interface MadeRelease {
  readonly summary: ReleaseSummary;
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that the diagnostics point into. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Generates what a job asks for, and compares it with the output folder. Writes nothing. */
export async function generateOutput(
  job: GenerateJob,
  { store, schemas }: Caches,
  say: (text: string) => void = () => undefined,
): Promise<GenerateResult> {
  const profile = createProfile();
  const jobReport = createReport();
  const reports = new Map<SchemaSource, Report>();
  const reportOf = (source: SchemaSource): Report => {
    let report = reports.get(source);
    if (report === undefined) reports.set(source, (report = createReport()));
    return report;
  };
  const listReports = () => [
    { report: jobReport },
    ...[...reports].map(([source, report]) => ({ source, report })),
  ];
  const failed = (failure: "input" | "usage"): GenerateResult => ({ reports: listReports(), failure });

  // 1. What can be taken from the cache.
  const selected = job.sources.filter(({ release }) => job.selected.includes(release));
  const keys = profile.measure("digest", () => keysOf(job));
  const made = new Map<SchemaSource, MadeRelease>();
  profile.measure("cache", () => {
    for (const source of selected) {
      const key = keys?.get(source);
      const entry = key === undefined ? undefined : store.get("release", key);
      if (entry !== undefined) made.set(source, replay(JSON.parse(entry) as MadeRelease, reportOf(source)));
    }
  });

  // 2. Read all releases up to the newest that is to be made: `@since` needs those before it.
  const missing = selected.filter((source) => !made.has(source));
  const needed = missing.length === 0 ? [] : job.sources.slice(0, job.sources.indexOf(last(missing)) + 1);
  const read: ReadSchema[] = [];
  for (const source of needed) {
    say(`reading ${source.release}`);
    const schema = await readShared(source, schemas, reportOf(source), profile);
    if (schema !== undefined) read.push(schema);
  }
  if (read.length < needed.length) return failed("input");

  // 3. What their history and their notes say.
  if (missing.length > 0) {
    const { computeHistory, sinceOf, addedIn } = await import("./release/history.js");
    const { loadNotes } = await import("./release/notes.js");
    const { remarksOf } = await import("./release/remarks.js");
    const services = new Map(read.map(({ model, service }) => [model, service]));
    const history = profile.measure("history", () =>
      computeHistory(
        read.map(({ model }) => model),
        (model) => services.get(model)?.operations ?? [],
      ),
    );
    const notes = profile.measure("notes", () =>
      job.notes === undefined
        ? { releases: [] }
        : loadNotes(
            job.notes,
            needed.map(({ release }) => release),
            jobReport,
            job.notesLabel,
          ),
    );
    if (jobReport.hasErrors) return failed("input");
    const { exceptionsOf, checkExceptions } = await import("./release/exceptions.js");
    checkExceptions(notes, jobReport);
    const exceptions = exceptionsOf(notes);

    // 4. Print and format each release.
    const { emitRelease } = await import("./emit/index.js");
    const { assignNames } = await import("./emit/names.js");
    const { directionsOf } = await import("./service/direction.js");
    const { formatFiles, leaveUnformatted } = await import("./output/format.js");
    for (const source of missing) {
      say(`generating ${source.release}`);
      const schema = read[job.sources.indexOf(source)];
      if (schema === undefined) throw new Error(`release ${source.release} was not read`);
      const { model, service } = schema;
      const report = reportOf(source);
      const input: EmitInput = profile.measure("names", () => ({
        model,
        ...(service !== undefined && { service }),
        direction: directionsOf(model, service),
        names: assignNames(model, service, report),
        since: (key) => sinceOf(history, key, source.release),
        remarks: remarksOf(model, service, notes, report),
        exceptions,
        options: {
          folder: job.single ? "" : `${releaseFolder(source.release)}/`,
          importExtension: job.importExtension,
          runtimePath: job.single ? "./runtime/" : "../runtime/",
          scalars: job.scalars,
          only: job.only,
        },
      }));
      const printed = profile.measure("emit", () => emitAll(input, [emitRelease, ...job.emitters], report));
      if (report.hasErrors) continue;
      const files = await profile.measure("format", () =>
        job.format ? formatFiles(printed, store) : leaveUnformatted(printed),
      );
      const added = addedIn(history, source.release).length;
      const summary = { ...summarize(schema), ...(source !== job.sources[0] && { added }) };
      const entry = record(summary, files, report);
      made.set(source, entry);
      const key = keys?.get(source);
      if (key !== undefined) store.put("release", key, JSON.stringify(entry));
    }
  }
  const releases = selected.map((source) => made.get(source)).filter((each) => each !== undefined);
  if (releases.length < selected.length) return failed("usage");

  // 5. What all releases share: the runtime, the package. Releases that are there from an earlier run stay.
  const folders = new Set(job.sources.map(({ release }) => `${releaseFolder(release)}/`));
  const chosen = new Set(selected.map(({ release }) => `${releaseFolder(release)}/`));
  const folderOf = (path: string): string => path.slice(0, path.indexOf("/") + 1);
  const keep = (path: string): boolean =>
    !job.single && folders.has(folderOf(path)) && !chosen.has(folderOf(path));
  const present = new Set(listedFiles(job.out).filter(keep).map(folderOf));
  const files = releases.flatMap(({ files }) => files);
  const shared = await sharedFiles(job, releases, present, store, profile);

  // 6. Compare with what is there.
  const plan = profile.measure("compare", () =>
    planOutput(
      job.out,
      [...files, ...shared],
      { label: job.label, keep, force: job.force, check: job.check },
      jobReport,
    ),
  );
  if (plan === undefined) return failed("usage");
  return {
    reports: listReports(),
    output: { plan, releases: releases.map(({ summary }) => summary), profile },
  };
}

/** Reads a schema, or takes the model of another release with the very same files. */
async function readShared(
  source: SchemaSource,
  schemas: Caches["schemas"],
  report: Report,
  profile: Profile,
): Promise<ReadSchema | undefined> {
  const key =
    source.catalog === undefined && isFolder(source.location)
      ? cacheKey(digestFolder(source.location, isNote), JSON.stringify(source.entry), source.service ?? "")
      : undefined;
  const known = key === undefined ? undefined : schemas.get(key);
  if (known !== undefined) return { ...known, model: { ...known.model, release: source.release } };
  const schema = await readSchema(source, report, profile);
  // What has something to say must say it for each release that it concerns.
  if (key !== undefined && schema !== undefined && report.diagnostics.length === 0) schemas.set(key, schema);
  return schema;
}

const isNote = (path: string): boolean => /\.(?:md|ya?ml)$/u.test(path);

/** Runs emitters one after the other; a user's emitter that throws is a finding. */
function emitAll(input: EmitInput, emitters: readonly Emitter[], report: Report): OutputFile[] {
  return emitters.flatMap((emit, index) => {
    if (index === 0) return emit(input, report);
    try {
      return emit(input, report);
    } catch (error) {
      report.add({
        code: "emitter-failed",
        severity: "error",
        message: `the emitter "${emit.name}" has thrown: ${error instanceof Error ? error.message : String(error)}`,
      });
      return [];
    }
  });
}

/**
 * For each release a key of all that its output depends on: the program, the configuration, its files and those of
 * the releases before it, all notes. Undefined when something outside of the bundles matters too.
 */
function keysOf(job: GenerateJob): ReadonlyMap<SchemaSource, string> | undefined {
  const { sources, emitters, notes } = job;
  if (emitters.length > 0 || notes === undefined || sources.some(({ catalog }) => catalog !== undefined))
    return undefined;
  const { only, scalars, importExtension, format, single } = job;
  const entry = sources.map(({ entry, service }) => [entry, service]);
  const settings = JSON.stringify({ only, scalars, importExtension, format, single, entry });
  const noted = sources.map(({ location }) => digestFolder(location, (path) => !isNote(path)));
  let key = cacheKey(programDigest(), settings, digestFilesIn(notes), ...noted);
  const keys = new Map<SchemaSource, string>();
  for (const source of sources) {
    key = cacheKey(key, source.release, digestFolder(source.location, isNote));
    keys.set(source, key);
  }
  return keys;
}

function summarize({ model, service }: ReadSchema): ReleaseSummary {
  return {
    release: model.release,
    namespaces: model.namespaces.length,
    types: Object.values(model.types).filter((type) => type.name !== undefined).length,
    operations: service?.operations.length ?? 0,
  };
}

function record(summary: ReleaseSummary, files: readonly OutputFile[], report: Report): MadeRelease {
  const texts: Record<string, string> = {};
  for (const { at, related } of report.diagnostics) {
    for (const span of [at, ...(related ?? []).map((each) => each.at)]) {
      const text = span && report.textOf(span.file);
      if (span !== undefined && text !== undefined) texts[span.file] = text;
    }
  }
  return { summary, files, diagnostics: report.diagnostics, texts };
}

/** Says again what was said when the release was made. */
function replay(made: MadeRelease, report: Report): MadeRelease {
  for (const [file, text] of Object.entries(made.texts)) report.addText(file, text);
  for (const diagnostic of made.diagnostics) report.add(diagnostic);
  return made;
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1);
  if (item === undefined) throw new Error("an empty list has no last item");
  return item;
}
