/** Two releases side by side: from what was read to a result and all that its reports need. */
import { createReport, type Report } from "./diagnostics.js";
import type { Change, DiffOptions, DiffResult, Level, Release } from "./diff/index.js";
import { diffReleases } from "./diff/index.js";
import { readSchema, type ReadSchema } from "./pipeline.js";
import { createProfile, type Profile } from "./profile.js";
import type { ReportInput } from "./report/source.js";
import type { Notes, ReleaseNotes } from "./release/types.js";
import { isFolder, type SchemaSource } from "./source.js";

/** A release that was read, and what its notes say. */
export interface Side {
  readonly source: SchemaSource;
  readonly schema: ReadSchema;
  /** Findings about it, and the texts for lines and columns. */
  readonly report: Report;
  readonly notes?: ReleaseNotes;
}

/** Reads one side with its notes; undefined when it cannot be read or does not compile (see the report). */
export async function readSide(
  source: SchemaSource,
  report: Report = createReport(),
  profile: Profile = createProfile(),
): Promise<Side | undefined> {
  const schema = await readSchema(source, report, profile);
  if (schema === undefined) return undefined;
  const notes = await profile.measure("notes", () => notesOf(source, report));
  if (report.hasErrors) return undefined;
  return { source, schema, report, ...(notes && { notes }) };
}

/** The notes beside the schemas of a release. */
async function notesOf(source: SchemaSource, report: Report): Promise<ReleaseNotes | undefined> {
  const { loadReleaseNotes, readReleaseNotes, NOTE_FILES } = await import("./release/notes.js");
  const { files, location, family, release } = source;
  if (files !== undefined) {
    const bytes = files.get(NOTE_FILES.release);
    const path = `${location}/${NOTE_FILES.release}`;
    return bytes && readReleaseNotes({ path, text: new TextDecoder().decode(bytes) }, report);
  }
  if (!isFolder(location)) return undefined;
  return loadReleaseNotes(location, report, family === undefined ? undefined : release);
}

/** How two sides are compared. */
export type ComparisonOptions = Omit<DiffOptions, "since"> & {
  readonly since?: (key: string) => string | undefined;
};

/** Compares two sides that were read. */
export function compareSides(before: Side, after: Side, options: ComparisonOptions): DiffResult {
  return diffReleases(releaseOf(before), releaseOf(after), options);
}

/** Compares each side with the one before it; what is new is known from the history of all of them. */
export async function compareHistory(
  sides: readonly Side[],
  options: ComparisonOptions,
): Promise<readonly DiffResult[]> {
  const { computeHistory, sinceOf } = await import("./release/history.js");
  const services = new Map(sides.map(({ schema: { model, service } }) => [model, service]));
  const history = computeHistory(
    sides.map(({ schema: { model } }) => model),
    (model) => services.get(model)?.operations ?? [],
  );
  return sides.slice(1).map((after, index) =>
    compareSides(sides[index] as Side, after, {
      ...options,
      since: (key) => sinceOf(history, key, after.schema.model.release),
    }),
  );
}

/** What the comparison sees of a side. */
export function releaseOf({ schema: { model, service } }: Side): Release {
  return { model, operations: service?.operations ?? [], slots: service?.slots ?? [] };
}

/** What reports need beside a result. */
export function reportInput(
  result: DiffResult,
  before: Side,
  after: Side,
  options: {
    /** How a file of a side is written here. */
    readonly pathIn: (source: SchemaSource) => (file: string) => string;
    readonly show: (level: Level) => boolean;
  },
): ReportInput {
  const summary = after.notes?.summary;
  return {
    result,
    texts: { old: before.report, new: after.report },
    paths: { old: options.pathIn(before.source), new: options.pathIn(after.source) },
    reconstructed: before.notes?.reconstructed === true || after.notes?.reconstructed === true,
    ...(summary !== undefined && { notes: [summary] }),
    show: options.show,
  };
}

/** Everything that the notes of several sides say, in their order. */
export function notesOfSides(sides: readonly Side[]): Notes {
  return { releases: sides.flatMap(({ notes }) => notes ?? []) };
}

/** Whether a finding counts at a level or above; what is suppressed does not count. */
export function countsAt(change: Change, level: Level): boolean {
  if (change.suppressed !== undefined && change.suppressed.as === undefined) return false;
  return isAtLeast(change.suppressed?.as ?? change.level, level);
}

const order: readonly Level[] = ["info", "docs", "safe", "dangerous", "breaking"];

/** Whether a level is as bad as another, or worse. */
export function isAtLeast(level: Level, limit: Level): boolean {
  return order.indexOf(level) >= order.indexOf(limit);
}
