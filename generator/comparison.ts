/** Two releases side by side: from what was read to a result and all that its reports need. */
import { join } from "node:path";
import { createReport, type Report } from "./diagnostics.js";
import type { Change, DiffOptions, DiffResult, Level, Release } from "./diff/index.js";
import { diffReleases, scalarText } from "./diff/index.js";
import { createScalars } from "./emit/scalars.js";
import type { EmitInput } from "./emit/types.js";
import { exportsOf, shownInput, type CodeRules } from "./emit-input.js";
import { historyOf } from "./family-history.js";
import { readSchema, type ReadSchema } from "./read-schema.js";
import { createProfile, type Profile } from "./profile.js";
import type { ReportInput } from "./report/source.js";
import { compareReleases } from "./release/order.js";
import type { ReleaseNotes } from "./release/types.js";
import { isFolder } from "./folder.js";
import { releasesOf, type SchemaSource } from "./source.js";
import type { CodeSide } from "./witness/code/declared.js";

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
  const { types, elements, attributes, groups } = schema.model;
  if ([types, elements, attributes, groups].every((record) => Object.keys(record).length === 0)) {
    // Two sides of nothing would look like no changes.
    report.add({
      code: "nothing-declared",
      severity: "error",
      message: `${source.release} declares nothing`,
      hint: "is it the folder of a schema? `xsd-strata inspect` shows what was read",
    });
    return undefined;
  }
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
    return (
      bytes && readReleaseNotes({ path: NOTE_FILES.release, text: new TextDecoder().decode(bytes) }, report)
    );
  }
  if (!isFolder(location)) return undefined;
  // Messages show the files of a side below where the side is.
  return loadReleaseNotes(location, report, family === undefined ? undefined : release, "");
}

/** How two sides are compared; notes and history are added here. */
export type ComparisonOptions = Omit<DiffOptions, "notes" | "others" | "isGuess">;

/**
 * Compares two sides that were read, with the notes of all releases in between. `others`: further releases of the
 * family, asked where a note is right about another one.
 */
export async function compareSides(
  before: Side,
  after: Side,
  options: ComparisonOptions,
  others: readonly Side[] = [],
): Promise<DiffResult> {
  const wanted = await notesBetween(before, after);
  return diffReleases(releaseOfSide(before), releaseOfSide(after), {
    ...options,
    isGuess: await guessesIn(after),
    ...(wanted.length > 0 && { notes: wanted }),
    ...(others.length > 0 && { others: others.map(releaseOfSide) }),
  });
}

/** Whether the notes of the newer side tell of the step to it: time may stand still or run backwards. */
function isStepForward(before: Side, after: Side): boolean {
  const { family, release } = before.source;
  if (family !== undefined && family === after.source.family)
    return compareReleases(release, after.source.release) < 0;
  return (
    after.notes !== undefined &&
    (before.notes === undefined || compareReleases(before.notes.release, after.notes.release) < 0)
  );
}

/** Notes of the releases after one side up to the other; none when time runs backwards. */
async function notesBetween(before: Side, after: Side): Promise<readonly ReleaseNotes[]> {
  if (!isStepForward(before, after)) return [];
  const { family } = after.source;
  if (family === undefined || before.source.family !== family) {
    // Notes beside a single bundle tell of the step to it.
    return after.notes === undefined ? [] : [after.notes];
  }
  const { loadReleaseNotes } = await import("./release/notes.js");
  const [from, to] = [before.source.release, after.source.release];
  return releasesOf(family, createReport()).flatMap(({ release }) => {
    const isBetween = compareReleases(release, from) > 0 && compareReleases(release, to) <= 0;
    return (isBetween && loadReleaseNotes(join(family.source, release), createReport(), release)) || [];
  });
}

/** Tells whether place or type of a component of a side is a guess; the notes that may say so are read when it is asked. */
async function guessesIn({ source, schema, notes }: Side): Promise<(key: string) => boolean> {
  if (notes?.reconstructed !== true) return () => false;
  const { loadGuesses } = await import("./release/notes.js");
  const { remarksOf } = await import("./release/remarks.js");
  const { family, release } = source;
  const releases = (): readonly ReleaseNotes[] => {
    if (family === undefined) return [notes];
    const ids = releasesOf(family, createReport()).map((each) => each.release);
    const older = ids.filter((id) => compareReleases(id, release) < 0);
    return [...loadGuesses(family.source, older, createReport()), notes];
  };
  let remarks: ReturnType<typeof remarksOf> | undefined;
  return (key) => {
    remarks ??= remarksOf(schema.model, schema.service, { releases: releases() }, createReport());
    return remarks(key).some(({ kind }) => kind === "guess");
  };
}

/** Compares each side with the one before it; what is new is known from the history of all of them. */
export async function compareHistory(
  sides: readonly Side[],
  options: ComparisonOptions,
): Promise<readonly DiffResult[]> {
  const { sinceOf } = await import("./release/history.js");
  const history = await historyOf(sides.map(({ schema }) => schema));
  const results: DiffResult[] = [];
  for (const [index, after] of sides.slice(1).entries()) {
    const before = sides[index] as Side;
    const others = sides.filter((side) => side !== before && side !== after);
    const since = (key: string): string | undefined => sinceOf(history, key, after.schema.model.release);
    results.push(await compareSides(before, after, { ...options, since }, others));
  }
  return results;
}

/** The same result, in which what breaks is shown by a document and by code. */
export async function withBreaks(result: DiffResult, before: Side, after: Side): Promise<DiffResult> {
  const { withWitnesses } = await import("./witness/breaks.js");
  const sideOf = ({ schema: { model, service }, source }: Side): CodeSide => ({
    model,
    ...(service && { service }),
    scalars: source.family?.scalars ?? [],
  });
  return withWitnesses(result, sideOf(before), sideOf(after));
}

/** What a comparison sees of a release that was read; `input`: what its code was generated from, where it was. */
export function releaseOf(
  { model, service, texts, input }: Omit<ReadSchema, "read"> & { readonly input?: EmitInput },
  rules: CodeRules["scalars"],
): Release {
  const scalars = createScalars(model, rules, service, createReport());
  return {
    model,
    operations: service?.operations ?? [],
    slots: service?.slots ?? [],
    scalarOf: scalarText(model, (type) => scalars.representation(type)),
    textOf: texts.textOf,
    exports: () => exportsOf(input ?? shownInput(model, service, { scalars: rules, only: [] })),
  };
}

const releaseOfSide = ({ schema, source }: Side): Release => releaseOf(schema, source.family?.scalars ?? []);

/** What reports need beside a result. */
export function reportInput(
  result: DiffResult,
  before: Side,
  after: Side,
  options: {
    /** How a file of a side is written here. */
    readonly pathIn: (source: SchemaSource) => (file: string) => string;
    readonly show: (level: Level) => boolean;
    /** What notes say of the newer side does not fit: the way back is shown, or a part of the changes. */
    readonly withoutNotes?: boolean;
  },
): ReportInput {
  const hasSummary = options.withoutNotes !== true && isStepForward(before, after);
  const summary = hasSummary ? after.notes?.summary : undefined;
  return {
    result,
    texts: { old: before.report, new: after.report },
    paths: { old: options.pathIn(before.source), new: options.pathIn(after.source) },
    reconstructed: before.notes?.reconstructed === true || after.notes?.reconstructed === true,
    ...(summary !== undefined && { notes: [summary] }),
    show: options.show,
  };
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
