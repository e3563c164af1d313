/**
 * The whole data flow on one page: bundles are read and resolved to models, a convention finds the operations, the
 * history of all releases gives `@since`, emitters print files, prettier gives them their form, and the output
 * folder is compared and written. Work is keyed by content: what has not changed is not done again.
 */
import type { Caches } from "./caches.js";
import { createReport, type Report } from "./diagnostics.js";
import type { EmitInput, EmitOptions, Emitter, OutputFile } from "./emit/types.js";
import { historyOf } from "./family-history.js";
import {
  recallSite,
  reportsFolder,
  type KeptComparison,
  type Site,
  type SiteInput,
} from "./family-reports.js";
import { contentKey, keepInputs } from "./inputs.js";
import type { Model } from "./model/types.js";
import { cacheKey, programDigest, recall } from "./output/cache.js";
import { digestOf, listedFiles } from "./output/manifest.js";
import { planOutput, planUnchanged, type OutputPlan } from "./output/write.js";
import { createProfile, type Profile } from "./profile.js";
import { namesOfNothing, reportAbsent } from "./pruning.js";
import { forgetSchemas, isNote, isPlainFolder, readShared, type ReadSchema } from "./read-schema.js";
import {
  factsOf,
  findingsOf,
  isFiles,
  isRecordedRelease,
  repeat,
  type MadeRelease,
  type RecordedRelease,
  type ReleaseSummary,
} from "./recorded-release.js";
import type { ApiReportInput } from "./report/api-report.js";
import type { History, Notes } from "./release/types.js";
import type { ScalarRule } from "./service/types.js";
import { digestFilesIn, digestFolder, releaseFolder, type SchemaSource } from "./source.js";

/** What is to be generated: one family, or one schema. */
export interface GenerateJob {
  readonly name: string;
  /** The name of the generated npm package. */
  readonly package: string;
  readonly version?: string;
  readonly license?: string;
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
  readonly codecs?: EmitOptions["codecs"];
  readonly emitters: readonly Emitter[];
  /** The modules that they come from, for whoever watches; absolute. */
  readonly emitterFiles?: readonly string[];
  readonly format: boolean;
  readonly force: boolean;
  readonly check: boolean;
  /** The folder with `family.yaml` and `<release>/release.yaml`. */
  readonly notes?: string;
  readonly notesLabel?: string;
  /** The folder of the configuration, for caches. */
  readonly project?: string;
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
    /** What the newest release with a change has changed; for a family with several releases. */
    readonly newest?: KeptComparison;
  };
  /** Why there is no output: the input, or what was asked for. */
  readonly failure?: "input" | "usage";
}

/** What the stages of a job share. */
interface Run {
  readonly job: GenerateJob;
  readonly caches: Caches;
  readonly profile: Profile;
  readonly say: (text: string) => void;
  /** Findings about the job as a whole: notes, the output folder. */
  readonly report: Report;
  readonly reportOf: (source: SchemaSource) => Report;
  /** What is known of the release that an earlier run made from the very same input. */
  readonly recall: (source: SchemaSource) => RecordedRelease | undefined;
  readonly recallFiles: (source: SchemaSource) => readonly OutputFile[] | undefined;
  readonly keep: (source: SchemaSource, made: MadeRelease) => void;
  /** Makes what belongs to releases, but nobody waits for. */
  readonly late: (() => void)[];
  /** Stores what is to be kept: nobody waits for that. */
  readonly keepAll: () => void;
  readonly keyOf: (source: SchemaSource) => string | undefined;
  /** Finds the keys that could not be told before the schemas were read. */
  readonly learnKeys: (schemas: ReadonlyMap<SchemaSource, ReadSchema>) => Promise<void>;
  /** What making releases found out, for the reports about them. */
  readonly known: {
    history?: History;
    notes?: Notes;
    readonly inputs: Map<Model, EmitInput>;
  };
}

/**
 * Generates what a job asks for, and compares it with the output folder. Writes nothing; who waits for modules gets them with
 * `early`, before the reports about them are made.
 */
export async function generateOutput(
  job: GenerateJob,
  caches: Caches,
  say: (text: string) => void = () => undefined,
  early?: (plan: OutputPlan) => void,
): Promise<GenerateResult> {
  const { run, reports } = await startRun(job, caches, say);
  const failed = (failure: "input" | "usage"): GenerateResult => ({ reports: reports(), failure });
  const selected = job.sources.filter(({ release }) => job.selected.includes(release));

  const recorded = recallReleases(selected, run);
  const unchanged = await compareRecorded(recorded, selected, run);
  if (unchanged !== undefined) {
    reportAbsent(job.only, [...recorded.values()], () => [], run.report);
    return { reports: reports(), output: unchanged };
  }

  const made = run.profile.measure("cache", () => recallFiles(recorded, run));
  // Nobody knows what an emitter of the user's looks at, so it runs each time; what is built in is kept all the same.
  const missing = job.emitters.length > 0 ? selected : selected.filter((source) => !made.has(source));
  // `@since` needs all releases before the newest that is to be made.
  const schemas = await readReleases(job.sources.slice(0, lastIndex(job.sources, missing) + 1), run);
  if (schemas === undefined) return failed("input");
  if (!(await checkPruning(selected, schemas, made, run))) return failed("usage");
  if (missing.length > 0 && !(await makeReleases(missing, schemas, made, run))) {
    makeLate(run);
    run.keepAll();
    return failed(run.report.hasErrors ? "input" : "usage");
  }
  const shared = await makeShared(made, run);
  if (shared === undefined) return failed("input");
  const compare = (site: Site | undefined, report: Report): OutputPlan | undefined =>
    run.profile.measure("compare", () =>
      planOutput(
        job.out,
        [...selected.flatMap((source) => found(made, source).files), ...shared, ...(site?.files ?? [])],
        {
          label: job.label,
          // Reports about releases that cannot be read now, and what is made later, stay as they are.
          keep: (path) =>
            isOfOther(path, selected, job) || (site === undefined && (isReport(path) || isLate(path))),
          force: job.force,
          check: job.check,
          seen: run.caches.seen,
        },
        report,
      ),
    );
  if (early !== undefined) {
    // What is wrong with the folder is said below, once.
    const modules = compare(undefined, createReport());
    if (modules !== undefined) early(modules);
  }
  makeLate(run);
  run.keepAll();
  const site = await makeReports(schemas, run);
  forgetSchemas(caches.schemas, job.sources.length);
  const plan = compare(site, run.report);
  if (plan === undefined) return failed("usage");
  const releases = selected.map((source) => found(made, source));
  return { reports: reports(), output: outputOf(plan, releases, run, site?.newest) };
}

/** The interface of a release as text. */
const apiFile = "api.txt";

const isReport = (path: string): boolean => path.startsWith(`${reportsFolder}/`);
const isLate = (path: string): boolean => path === apiFile || path.endsWith(`/${apiFile}`);

function makeLate({ late }: Run): void {
  for (const make of late.splice(0)) make();
}

const outputOf = (
  plan: OutputPlan,
  releases: readonly RecordedRelease[],
  { profile }: Run,
  newest: KeptComparison | undefined,
): NonNullable<GenerateResult["output"]> => ({
  plan,
  releases: releases.map(({ summary }) => summary),
  profile,
  ...(newest && { newest }),
});

async function startRun(
  job: GenerateJob,
  caches: Caches,
  say: (text: string) => void,
): Promise<{ readonly run: Run; readonly reports: () => GenerateResult["reports"] }> {
  const profile = createProfile();
  const report = createReport();
  const reports = new Map<SchemaSource, Report>();
  const pending = new Map<SchemaSource, MadeRelease>();
  let keys = await profile.measure("digest", () => keysOf(job, caches));
  const run: Run = {
    job,
    caches,
    profile,
    say,
    report,
    reportOf(source) {
      let own = reports.get(source);
      if (own === undefined) reports.set(source, (own = createReport()));
      return own;
    },
    recall(source) {
      const key = keys?.get(source);
      return key === undefined ? undefined : recall(caches.store, "release", key, isRecordedRelease);
    },
    recallFiles(source) {
      const key = keys?.get(source);
      return key === undefined ? undefined : recall(caches.store, "files", key, isFiles);
    },
    keep: (source, release) => {
      pending.set(source, release);
    },
    keepAll() {
      for (const [source, { files, ...recorded }] of pending) {
        const key = keys?.get(source);
        if (key === undefined) continue;
        caches.store.put("files", key, JSON.stringify(files));
        caches.store.put("release", key, JSON.stringify(recorded satisfies RecordedRelease));
      }
      pending.clear();
    },
    late: [],
    keyOf: (source) => keys?.get(source),
    async learnKeys(schemas) {
      if (keys !== undefined || job.sources.some((source) => !schemas.has(source))) return;
      for (const [source, { read }] of schemas) await keepInputs(source, read, caches.store, caches.seen);
      keys = await keysOf(job, caches);
    },
    known: { inputs: new Map() },
  };
  return {
    run,
    reports: () => [{ report }, ...[...reports].map(([source, own]) => ({ source, report: own }))],
  };
}

/** Releases whose input is what it was need not be made again; what they had to say is said again. */
function recallReleases(selected: readonly SchemaSource[], run: Run): Map<SchemaSource, RecordedRelease> {
  return run.profile.measure("cache", () => {
    const recorded = new Map<SchemaSource, RecordedRelease>();
    for (const source of selected) {
      const release = run.recall(source);
      if (release === undefined) continue;
      repeat(release.findings, run.reportOf(source));
      repeat(release.notes, run.report);
      recorded.set(source, release);
    }
    // Where nothing is what was asked for, the schemas tell what was meant.
    const isVain =
      recorded.size === selected.length && namesOfNothing(run.job.only, [...recorded.values()]).length > 0;
    return isVain ? new Map<SchemaSource, RecordedRelease>() : recorded;
  });
}

/** The result of a run that has nothing to do: nothing that goes in has changed, nor anything that came out. */
async function compareRecorded(
  recorded: ReadonlyMap<SchemaSource, RecordedRelease>,
  selected: readonly SchemaSource[],
  run: Run,
): Promise<GenerateResult["output"]> {
  if (recorded.size < selected.length || run.job.emitters.length > 0) return undefined;
  const shared = await makeShared(recorded, run);
  if (shared === undefined) return undefined;
  const site = hasReports(run.job) ? recallSite(siteInput(run, new Map())) : { digests: [] };
  if (site === undefined) return undefined;
  const digests = new Map([...recorded.values()].flatMap((release) => release.digests));
  for (const file of shared) digests.set(file.path, digestOf(file));
  for (const [path, digest] of site.digests) digests.set(path, digest);
  const plan = run.profile.measure("compare", () =>
    planUnchanged(run.job.out, digests, (path) => isOfOther(path, selected, run.job), run.caches.seen),
  );
  return plan && outputOf(plan, [...recorded.values()], run, site.newest);
}

function recallFiles(
  recorded: ReadonlyMap<SchemaSource, RecordedRelease>,
  run: Run,
): Map<SchemaSource, MadeRelease> {
  const made = new Map<SchemaSource, MadeRelease>();
  for (const [source, release] of recorded) {
    const files = run.recallFiles(source);
    if (files !== undefined) made.set(source, { ...release, files });
  }
  return made;
}

/** Reads releases, all of them even when one has errors, so that one run tells them all. */
async function readReleases(
  sources: readonly SchemaSource[],
  { caches, profile, say, reportOf, learnKeys }: Run,
): Promise<ReadonlyMap<SchemaSource, ReadSchema> | undefined> {
  const schemas = new Map<SchemaSource, ReadSchema>();
  for (const source of sources) {
    say(`reading ${source.release}`);
    const schema = await readShared(source, caches, reportOf(source), profile);
    if (schema !== undefined) schemas.set(source, schema);
  }
  if (schemas.size < sources.length) return undefined;
  await profile.measure("digest", () => learnKeys(schemas));
  return schemas;
}

/** Whether the releases have what the output is pruned to, each name in one of them at least. */
async function checkPruning(
  selected: readonly SchemaSource[],
  schemas: ReadonlyMap<SchemaSource, ReadSchema>,
  made: ReadonlyMap<SchemaSource, RecordedRelease>,
  { job: { only }, report }: Run,
): Promise<boolean> {
  if (only.length === 0) return true;
  const { absentNames, prunableNames } = await import("./emit/kept.js");
  const read = selected.flatMap((source) => schemas.get(source) ?? []);
  const releases = selected.map(
    (source) =>
      made.get(source) ?? {
        summary: { release: source.release },
        absent: absentNames(only, found(schemas, source)),
      },
  );
  reportAbsent(only, releases, () => read.flatMap(prunableNames), report);
  return !report.hasErrors;
}

/** Prints and formats releases, with what the history of all and the notes say; false when there are errors. */
async function makeReleases(
  missing: readonly SchemaSource[],
  schemas: ReadonlyMap<SchemaSource, ReadSchema>,
  made: Map<SchemaSource, MadeRelease>,
  run: Run,
): Promise<boolean> {
  const { job, profile } = run;
  const { sinceTable, addedIn } = await import("./release/history.js");
  const { loadNotes } = await import("./release/notes.js");
  const { remarksOf } = await import("./release/remarks.js");
  const { exceptionsOf } = await import("./release/exceptions.js");
  const { emitRelease, createModuleMemo } = await import("./emit/index.js");
  const { assignNames } = await import("./emit/names.js");
  const { directionsOf } = await import("./service/direction.js");
  const { formatFiles, leaveUnformatted } = await import("./output/format.js");
  const { formatApiReport } = await import("./report/api-report.js");
  const { extentOf, holdsComponent } = await import("./emit/extent.js");
  const { absentNames } = await import("./emit/kept.js");
  const { keptOperations, planOf } = await import("./emit/plan.js");
  const apiInput = (input: EmitInput): ApiReportInput => {
    const plan = planOf(input);
    return { model: input.model, operations: keptOperations(plan), keeps: plan.keeps, since: input.since };
  };

  const history = await profile.measure("history", () => historyOf([...schemas.values()]));
  const notesReport = createReport();
  const notes = profile.measure("notes", () => {
    if (job.notes === undefined) return { releases: [] };
    const releases = job.sources.map(({ release }) => release);
    return loadNotes(job.notes, releases, notesReport, job.notesLabel);
  });
  const noteFindings = findingsOf(notesReport);
  repeat(noteFindings, run.report);
  if (notesReport.hasErrors) return false;
  Object.assign(run.known, { history, notes });

  const exceptions = exceptionsOf(notes);
  let memo = run.caches.modules.get(job.name);
  // Noting what a module is printed from pays where another release, or a later answer, may be printed the same.
  if (memo === undefined && (missing.length > 1 || run.caches.seen !== undefined))
    run.caches.modules.set(job.name, (memo = createModuleMemo({ watched: run.caches.seen !== undefined })));
  for (const source of missing) {
    run.say(`generating ${source.release}`);
    const schema = found(schemas, source);
    const { model, service } = schema;
    const report = run.reportOf(source);
    const since = sinceTable(history, source.release);
    const input: EmitInput = profile.measure("names", () => ({
      model,
      ...(service !== undefined && { service }),
      direction: directionsOf(model, service),
      names: assignNames(model, service, report),
      since: (key) => since.get(key),
      remarks: remarksOf(model, service, notes, report),
      exceptions,
      options: {
        folder: folderOf(source, job),
        importExtension: job.importExtension,
        runtimePath: job.single ? "./runtime/" : "../runtime/",
        scalars: job.scalars,
        only: job.only,
        ...(job.codecs !== undefined && { codecs: job.codecs }),
      },
    }));
    run.known.inputs.set(model, input);
    const lay = (files: readonly OutputFile[]): Promise<OutputFile[]> =>
      profile.measure("format", async () =>
        job.format ? await formatFiles(files, run.caches.store) : leaveUnformatted(files),
      );
    let release = made.get(source);
    if (release === undefined) {
      const printed = profile.measure("emit", () => emitRelease(input, report, memo));
      if (report.hasErrors) continue;
      const files = await lay(printed);
      const plan = planOf(input, report);
      release = {
        summary: {
          release: model.release,
          ...extentOf(plan),
          ...(source !== job.sources[0] && {
            added: addedIn(history, source.release).filter(({ key }) => holdsComponent(plan, key)).length,
          }),
        },
        ...factsOf(schema),
        absent: absentNames(job.only, schema),
        files,
        digests: files.map((file) => [file.path, digestOf(file)] as const),
        findings: findingsOf(report),
        notes: noteFindings,
      };
      const known = release;
      run.late.push(() => {
        const text = profile.measure("api", () => formatApiReport(apiInput(input)));
        const file = { path: `${folderOf(source, job)}${apiFile}`, text };
        const add = (to: MadeRelease): MadeRelease => ({
          ...to,
          files: [...to.files, file],
          digests: [...to.digests, [file.path, digestOf(file)]],
        });
        run.keep(source, add(known));
        const shown = made.get(source);
        if (shown !== undefined) made.set(source, add(shown));
      });
    }
    const own = profile.measure("emit", () => runEmitters(input, job.emitters, report));
    const laid = await lay(own).catch((error: unknown) => reportEmitter(firstLine(error), report));
    if (report.hasErrors) {
      made.delete(source);
      continue;
    }
    made.set(source, { ...release, files: [...release.files, ...laid] });
  }
  // Reports need the memory more.
  if (run.caches.seen === undefined) run.caches.modules.delete(job.name);
  return missing.every((source) => made.has(source));
}

/** What all releases share: the runtime, and the package around those that are made now or lie there from before. */
async function makeShared(
  made: ReadonlyMap<SchemaSource, RecordedRelease>,
  run: Run,
): Promise<readonly OutputFile[] | undefined> {
  const { job, caches, profile } = run;
  const listed = new Set(listedFiles(job.out).map((path) => path.slice(0, path.indexOf("/") + 1)));
  const present = job.sources.filter((source) => made.has(source) || listed.has(folderOf(source, job)));
  const facts: { release: string; folder: string; title?: string; runtime?: string }[] = [];
  for (const source of present) {
    let known: Pick<RecordedRelease, "service"> | undefined = made.get(source) ?? run.recall(source);
    if (known === undefined) {
      const schema = await readShared(source, caches, run.reportOf(source), profile);
      if (schema === undefined) return undefined;
      known = factsOf(schema);
    }
    facts.push({ release: source.release, folder: folderOf(source, job).slice(0, -1), ...known.service });
  }
  const { hasUrlApi, makeUrlApi, urlApiDigest, urlApiFolder } = await import("./url-api/index.js");
  const withUrlApi = !job.single && job.notes !== undefined && hasUrlApi(job.notes);
  const runtimes = [...new Set(facts.flatMap(({ runtime }) => runtime ?? []))].sort();
  const options = {
    name: job.package,
    ...(job.version !== undefined && { version: job.version }),
    ...(job.license !== undefined && { license: job.license }),
    importExtension: job.importExtension,
    entries: [
      ...runtimes.flatMap((runtime) => [`runtime/${runtime}/index`, `runtime/${runtime}/mock`]),
      ...(withUrlApi ? [`${urlApiFolder}/index`] : []),
    ],
  };
  const digest = withUrlApi && job.notes !== undefined ? urlApiDigest(job.notes) : "";
  const key = cacheKey(programDigest(), JSON.stringify([facts, options, job.single, job.format, digest]));
  const known = recall(caches.store, "shared", key, isFiles);
  if (known !== undefined) return known;
  const { packageFiles, runtimeFiles } = await import("./emit/index.js");
  let urlApi: readonly OutputFile[] | undefined = [];
  if (withUrlApi && job.notes !== undefined) {
    const { notes, notesLabel } = job;
    const release = { ...options, latest: facts.at(-1)?.folder ?? "" };
    urlApi = await profile.measure("emit", () => makeUrlApi(notes, release, run.report, notesLabel));
    if (urlApi === undefined) return undefined;
    const { formatFiles, leaveUnformatted } = await import("./output/format.js");
    const made = urlApi;
    urlApi = await profile.measure("format", () =>
      job.format ? formatFiles(made, caches.store) : leaveUnformatted(made),
    );
  }
  const files = profile.measure("emit", () =>
    [
      ...runtimeFiles([...runtimes, ...(withUrlApi ? [urlApiFolder] : [])], options),
      ...(job.single ? [] : packageFiles(facts, options)),
      ...(urlApi ?? []),
    ].map(({ path, text }) => ({ path, text })),
  );
  caches.store.put("shared", key, JSON.stringify(files));
  return files;
}

/** A family has reports about its releases; a single schema has nothing to be compared with. */
const hasReports = (job: GenerateJob): boolean => !job.single;

/** The reports about all releases; undefined when one of them cannot be read. */
async function makeReports(
  schemas: ReadonlyMap<SchemaSource, ReadSchema>,
  run: Run,
): Promise<Site | undefined> {
  if (!hasReports(run.job)) return { files: [] };
  const { makeSite } = await import("./family-reports.js");
  run.say("comparing releases");
  return makeSite(siteInput(run, schemas));
}

function siteInput(
  { job, caches, profile, keyOf, known }: Run,
  schemas: ReadonlyMap<SchemaSource, ReadSchema>,
): SiteInput {
  return {
    family: job.name,
    options: job,
    history: known.history,
    store: caches.store,
    profile,
    notes: async () => {
      if (known.notes !== undefined) return known.notes;
      if (job.notes === undefined) return { releases: [] };
      const { loadNotes } = await import("./release/notes.js");
      const ids = job.sources.map(({ release }) => release);
      return loadNotes(job.notes, ids, createReport(), job.notesLabel);
    },
    releases: job.sources.map((source) => ({
      release: source.release,
      key: keyOf(source),
      read: async () => {
        // A release that is not generated now says nothing now: what is wrong with it is said when it is.
        const schema = schemas.get(source) ?? (await readShared(source, caches, createReport(), profile));
        const input = schema && known.inputs.get(schema.model);
        return schema && { ...schema, ...(input && { input }) };
      },
    })),
  };
}

/** Where the files of a release lie: `v1.2.0/`; "" for a single schema. */
function folderOf(source: SchemaSource, job: GenerateJob): string {
  return job.single ? "" : `${releaseFolder(source.release)}/`;
}

/** Whether a file belongs to a release of the family that is not generated now. */
function isOfOther(path: string, selected: readonly SchemaSource[], job: GenerateJob): boolean {
  if (job.single) return false;
  const folder = path.slice(0, path.indexOf("/") + 1);
  return (
    job.sources.some((source) => folderOf(source, job) === folder) &&
    !selected.some((source) => folderOf(source, job) === folder)
  );
}

/** Runs the user's emitters one after the other; one that throws, or gives no files, is a finding. */
function runEmitters(input: EmitInput, emitters: readonly Emitter[], report: Report): OutputFile[] {
  return emitters.flatMap((emit) => {
    try {
      const files: unknown = emit(input, report);
      if (isFiles(files)) return [...files];
      return reportEmitter(`"${emit.name}" gives no list of files, each { path, text }`, report);
    } catch (error) {
      return reportEmitter(`"${emit.name}" has thrown: ${firstLine(error)}`, report);
    }
  });
}

function reportEmitter(problem: string, report: Report): OutputFile[] {
  report.add({ code: "emitter-failed", severity: "error", message: `an emitter has failed: ${problem}` });
  return [];
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";

/**
 * For each release a key of all that the built-in output depends on: the program, the configuration, its files and those of the
 * releases before it, all notes. Undefined when something is not known: what comes from the network never is, what a catalog or a
 * single file reaches is known once it was read.
 */
async function keysOf(
  job: GenerateJob,
  { store, seen }: Caches,
): Promise<ReadonlyMap<SchemaSource, string> | undefined> {
  const { sources, notes, notesLabel } = job;
  const { only, scalars, importExtension, codecs, format, single } = job;
  const entry = sources.map(({ entry, service, tolerate }) => [entry, service, tolerate]);
  const settings = JSON.stringify({
    only,
    scalars,
    importExtension,
    codecs,
    format,
    single,
    entry,
    notesLabel,
  });
  const noted =
    notes === undefined
      ? []
      : [
          digestFilesIn(notes, seen),
          ...sources.map(({ location }) => digestFolder(location, (path) => !isNote(path), seen)),
        ];
  if (noted.includes(undefined)) return undefined;
  let key = cacheKey(programDigest(), settings, ...noted.filter((digest) => digest !== undefined));
  const keys = new Map<SchemaSource, string>();
  for (const source of sources) {
    const content = isPlainFolder(source)
      ? digestFolder(source.location, isNote, seen)
      : await contentKey(source, store, seen);
    if (content === undefined) return undefined;
    key = cacheKey(key, source.release, content);
    keys.set(source, key);
  }
  return keys;
}

function lastIndex<T>(list: readonly T[], items: readonly T[]): number {
  return Math.max(-1, ...items.map((item) => list.indexOf(item)));
}

function found<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error("a release was lost between two stages");
  return value;
}
