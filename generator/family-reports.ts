/**
 * The static site about a family: a page for each release, and the matrix of all of them as the entry page. Pages are
 * kept by the content that they were made from; a run that changes one release makes one page and the matrix.
 */
import { createReport, type Report } from "./diagnostics.js";
import type { DiffResult, Release } from "./diff/index.js";
import type { CodeRules } from "./emit-input.js";
import { historyOf } from "./family-history.js";
import type { OutputFile } from "./emit/types.js";
import { cacheKey, isListOf, isObjectOf, isPair, isText, recall, type Cache } from "./output/cache.js";
import { digestOf } from "./output/manifest.js";
import type { PageSide } from "./page-context.js";
import type { Profile } from "./profile.js";
import type { History, Notes, ReleaseNotes } from "./release/types.js";
import type { MatrixRelease } from "./report/matrix.js";
import type { Link } from "./report/page.js";
import type { ReportInput, SourceLine } from "./report/source.js";
import { releaseFolder } from "./source.js";
import type { CodeSide } from "./witness/code/declared.js";

/** The folder of the site in the output folder. */
export const reportsFolder = "reports";

/** A release as it was read, with the texts of its schemas. */
export interface ReportedSchema extends PageSide {
  readonly texts: Pick<Report, "locate" | "textOf">;
}

/** One release of a family. */
export interface ReportedRelease {
  readonly release: string;
  /** Of all that its page is made from; absent: the page is made anew each time. */
  readonly key?: string | undefined;
  /** Undefined when it cannot be read. */
  readonly read: () => Promise<ReportedSchema | undefined>;
}

/** What a site is made of. */
export interface SiteInput {
  /** As the configuration names it. */
  readonly family: string;
  /** All releases, oldest first. */
  readonly releases: readonly ReportedRelease[];
  readonly options: CodeRules;
  readonly notes: () => Promise<Notes>;
  /** The history of all releases up to one, when it is known already. */
  readonly history?: History | undefined;
  readonly store: Cache;
  readonly profile: Profile;
}

/** A site that was made. */
export interface Site {
  readonly files: readonly OutputFile[];
  readonly newest?: KeptComparison;
}

/** A comparison that can be printed again without the schemas: of the newest release that changed something. */
export interface KeptComparison {
  readonly result: DiffResult;
  /** Places of findings, by id; files as in the bundle. */
  readonly places: Readonly<Record<string, { readonly old?: SourceLine; readonly new?: SourceLine }>>;
  readonly reconstructed: boolean;
  readonly summary?: string;
}

/** What is kept of a release from run to run. */
interface ReleaseReport {
  readonly page: OutputFile;
  readonly column: MatrixRelease;
  /** Absent for the first release, and where nothing changed. */
  readonly comparison?: KeptComparison;
  /** Notes were held against all releases: the key of them. */
  readonly others?: string;
}

/** What an unchanged run needs to know of a site. */
export interface RecordedSite {
  /** Path and digest of its files. */
  readonly digests: readonly (readonly [path: string, digest: string])[];
  readonly newest?: KeptComparison;
}

const isComparison = (value: unknown): boolean =>
  value === undefined ||
  isObjectOf<KeptComparison>({
    result: isObjectOf<DiffResult>({ changes: Array.isArray }),
    places: isObjectOf({}),
  })(value);

const isRecordedSite = isObjectOf<RecordedSite>({ digests: isListOf(isPair), newest: isComparison });

const isReleaseReport = isObjectOf<ReleaseReport>({
  page: isObjectOf<OutputFile>({ path: isText, text: isText }),
  column: isObjectOf<MatrixRelease>({}),
  comparison: isComparison,
});

/** The site that an earlier run made from the very same input, without the texts. */
export function recallSite(
  input: Pick<SiteInput, "family" | "releases" | "store">,
): RecordedSite | undefined {
  const key = siteKey(input);
  return key === undefined ? undefined : recall(input.store, "site", key, isRecordedSite);
}

function siteKey({ family, releases }: Pick<SiteInput, "family" | "releases">): string | undefined {
  const keys = releases.map(({ key }) => key);
  return keys.every((key) => key !== undefined) ? cacheKey("site", family, ...keys) : undefined;
}

/** All files of the site; undefined when a release that is needed cannot be read. */
export async function makeSite(input: SiteInput): Promise<Site | undefined> {
  const { releases, store, profile } = input;
  const keys = releases.map(({ key }, index) => {
    // A page names its neighbours.
    const around = [releases[index - 1]?.release ?? "", releases[index + 1]?.release ?? ""];
    return key === undefined ? undefined : cacheKey("report", input.family, key, ...around);
  });
  const all = siteKey(input);
  const reports = keys.map((key) => {
    const kept = key === undefined ? undefined : recall(store, "report", key, isReleaseReport);
    return kept?.others === undefined || kept.others === all ? kept : undefined;
  });
  const last = reports.lastIndexOf(undefined);
  if (last >= 0) {
    const schemas: ReportedSchema[] = [];
    for (const { read } of releases.slice(0, last + 1)) {
      const schema = await read();
      if (schema === undefined) return undefined;
      schemas.push(schema);
    }
    const notes = await input.notes();
    const context = await profile.measure("reports", () => contextOf(input, schemas, notes));
    const { hasOpenNotes } = await import("./diff/index.js");
    for (const [index, after] of schemas.entries()) {
      if (reports[index] !== undefined) continue;
      const before = schemas[index - 1];
      const compared = before && context.compare(index, before, after);
      // Where a note is right about another release, that one is named: its schema is asked.
      const open = compared !== undefined && hasOpenNotes(compared);
      const others = open ? await readOthers(releases, index) : [];
      const made = profile.measure("reports", () =>
        context.report(
          index,
          before,
          after,
          before && others.length > 0 ? context.compare(index, before, after, others) : compared,
        ),
      );
      const report = { ...made, ...(open && all !== undefined && { others: all }) };
      reports[index] = report;
      const key = keys[index];
      if (key !== undefined) store.put("report", key, JSON.stringify(report));
    }
  }
  const complete = reports.filter((report) => report !== undefined);
  const notes = last >= 0 || complete.length === 0 ? await input.notes() : undefined;
  const index = await indexOf(input, complete, notes);
  const newest = complete.findLast(({ comparison }) => comparison !== undefined)?.comparison;
  const files = [...complete.map(({ page }) => page), index];
  const recorded: RecordedSite = {
    digests: files.map((file) => [file.path, digestOf(file)] as const),
    ...(newest && { newest }),
  };
  const key = siteKey(input);
  if (key !== undefined) store.put("site", key, JSON.stringify(recorded));
  return { files, ...(newest && { newest }) };
}

/** Releases other than one and the one before it, as far as they can be read. */
async function readOthers(
  releases: readonly ReportedRelease[],
  index: number,
): Promise<readonly ReportedSchema[]> {
  const others: ReportedSchema[] = [];
  for (const [at, { read }] of releases.entries()) {
    const schema = at === index || at === index - 1 ? undefined : await read();
    if (schema !== undefined) others.push(schema);
  }
  return others;
}

/** The entry page; kept as well, for runs that only write again what was made. */
async function indexOf(
  input: SiteInput,
  reports: readonly ReleaseReport[],
  notes: Notes | undefined,
): Promise<OutputFile> {
  const { family, store, profile } = input;
  const site = siteKey(input);
  const kept = site === undefined ? undefined : store.get("site-index", site);
  const path = `${reportsFolder}/index.html`;
  if (kept !== undefined) return { path, text: kept, final: true };
  const { renderMatrixPage } = await import("./report/matrix-page.js");
  const known = notes ?? (await input.notes());
  const text = profile.measure("reports", () =>
    renderMatrixPage({
      title: titleOf(family, known),
      family,
      releases: reports.map(({ column }) => column),
      hrefOf: pageOf,
    }),
  );
  if (site !== undefined) store.put("site-index", site, text);
  return { path, text, final: true };
}

/** Loads what making a page takes. */
async function contextOf(
  { family, releases, options, history: known, profile }: SiteInput,
  schemas: readonly ReportedSchema[],
  notes: Notes,
) {
  const { diffReleases } = await import("./diff/index.js");
  const { releaseOf } = await import("./comparison.js");
  const { pageContext, serviceNames } = await import("./page-context.js");
  const { sinceOf } = await import("./release/history.js");
  const { remarksOf } = await import("./release/remarks.js");
  const { matrixRelease } = await import("./report/matrix.js");
  const { renderFirstPage, renderReleasePage } = await import("./report/release-page.js");
  const { sourceOf } = await import("./report/source.js");
  const { withWitnesses } = await import("./witness/breaks.js");

  const history =
    known !== undefined && known.releases.length >= schemas.length
      ? known
      : await profile.measure("history", () => historyOf(schemas));
  const ids = releases.map(({ release }) => release);
  const notesOf = (release: string | undefined): ReleaseNotes | undefined =>
    notes.releases.find((each) => each.release === release);

  const sideOf = (schema: ReportedSchema): Release => releaseOf(schema, options.scalars);
  const compare = (
    index: number,
    before: ReportedSchema,
    after: ReportedSchema,
    others: readonly ReportedSchema[] = [],
  ): DiffResult => {
    const release = ids[index] ?? "";
    const own = notesOf(release);
    const remarks = remarksOf(after.model, after.service, notes, createReport());
    return profile.measure("reports", () =>
      diffReleases(sideOf(before), sideOf(after), {
        policy: { preset: "source" },
        since: (key) => sinceOf(history, key, release),
        isGuess: (key) => remarks(key).some(({ kind }) => kind === "guess"),
        ...(own && { notes: [own] }),
        ...(others.length > 0 && { others: others.map(sideOf) }),
      }),
    );
  };

  const report = (
    index: number,
    before: ReportedSchema | undefined,
    after: ReportedSchema,
    result: DiffResult | undefined,
  ): ReleaseReport => {
    const release = ids[index] ?? "";
    const own = notesOf(release);
    const reconstructed = [own, notesOf(ids[index - 1])].some((each) => each?.reconstructed === true);
    const place = { ...placeOf(index, ids, titleOf(family, notes)), ...(own && { notes: own }) };
    const path = `${reportsFolder}/${pageOf(release)}`;
    const facts = {
      reconstructed,
      services: serviceNames(before ?? after, after, options),
      serviceOf: (name: string) =>
        after.service?.operations.find(
          (operation) => operation.name === name || `${operation.service}.${operation.name}` === name,
        )?.service,
    };
    if (before === undefined || result === undefined) {
      const operations = after.service?.operations.length ?? 0;
      const text = renderFirstPage(
        release,
        { operations, files: after.model.files.length, reconstructed },
        place,
      );
      return {
        page: { path, text, final: true },
        column: matrixRelease(release, undefined, own, facts),
      };
    }
    // A module that shows a break may use what pruned output is without.
    const codeOf = ({ model, service, input: made }: ReportedSchema): CodeSide => ({
      model,
      ...(service && { service }),
      scalars: options.scalars,
      ...(made && options.only.length === 0 && { input: made }),
    });
    const input: ReportInput = {
      result: profile.measure("witnesses", () => withWitnesses(result, codeOf(before), codeOf(after))),
      texts: { old: before.texts, new: after.texts },
      paths: { old: (file) => `${ids[index - 1] ?? ""}/${file}`, new: (file) => `${release}/${file}` },
      reconstructed,
      show: () => true,
    };
    const text = renderReleasePage(input, { ...place, ...pageContext(before, after, input, options) });
    const bare: ReportInput = { ...input, paths: { old: (file) => file, new: (file) => file } };
    return {
      page: { path, text, final: true },
      column: matrixRelease(release, result, own, facts),
      ...(result.changes.length > 0 && {
        comparison: {
          result,
          places: Object.fromEntries(result.changes.map((change) => [change.id, sourceOf(change, bare)])),
          reconstructed,
          ...(own?.summary !== undefined && { summary: own.summary }),
        },
      }),
    };
  };
  return { compare, report };
}

function titleOf(family: string, { family: notes }: Notes): string {
  return notes?.title ?? family;
}

/** The file of a release's page in the folder of the site. */
function pageOf(release: string): string {
  return `${releaseFolder(release)}.html`;
}

function placeOf(
  index: number,
  ids: readonly string[],
  title: string,
): { readonly path: readonly Link[]; readonly previous?: Link; readonly next?: Link } {
  const link = (id: string | undefined): Link | undefined =>
    id === undefined ? undefined : { href: pageOf(id), text: id };
  const [own, previous, next] = [link(ids[index]), link(ids[index - 1]), link(ids[index + 1])];
  return {
    path: [{ href: "index.html", text: title }, ...(own ? [own] : [])],
    ...(previous && { previous }),
    ...(next && { next }),
  };
}

/** A kept comparison, ready to be printed as text; `pathIn` writes a file of a release as the user knows it. */
export function keptInput(
  { result, places, reconstructed, summary }: KeptComparison,
  pathIn: (release: string, file: string) => string,
): ReportInput {
  const lines = new Map<string, SourceLine>();
  for (const { id, oldSpan, newSpan } of result.changes) {
    const { old, new: current } = places[id] ?? {};
    if (oldSpan && old) lines.set(`old ${oldSpan.file} ${oldSpan.start}`, old);
    if (newSpan && current) lines.set(`new ${newSpan.file} ${newSpan.start}`, current);
  }
  const texts = (side: string): ReportInput["texts"]["old"] => ({
    textOf: () => undefined,
    locate: ({ file, start }) => {
      const found = lines.get(`${side} ${file} ${start}`);
      return found && { line: found.line, column: found.column, lineText: "" };
    },
  });
  return {
    result,
    texts: { old: texts("old"), new: texts("new") },
    paths: {
      old: (file) => pathIn(result.from.id, file),
      new: (file) => pathIn(result.to.id, file),
    },
    reconstructed,
    ...(summary !== undefined && { notes: [summary] }),
    show: (level) => level !== "info" && level !== "docs",
  };
}
