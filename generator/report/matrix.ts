/** What the entry page of a family knows of each release: plain data that can be kept from run to run. */
import type { Change, DiffResult, Level } from "../diff/index.js";
import type { ReleaseNotes } from "../release/types.js";
import { noteEntries } from "./release-notes.js";
import { isIgnored, nameOf, shownLevel, signOf } from "./source.js";

/** One cell: what a release did to one thing. */
export interface MatrixEntry {
  /** The permalink on the page of the release. */
  readonly id: string;
  readonly kind: "schema" | "behaviour" | "code" | "retirement";
  /** The row that it stands in. */
  readonly name: string;
  readonly sign: "+" | "-" | "~";
  readonly level: Level;
  readonly services: readonly string[];
  readonly operations: readonly string[];
  readonly guess?: boolean;
}

export interface MatrixRelease {
  readonly release: string;
  readonly title?: string;
  readonly reconstructed: boolean;
  readonly download?: ReleaseNotes["download"];
  /** Absent for the first release. */
  readonly counts?: DiffResult["summary"]["counts"];
  readonly semver?: DiffResult["summary"]["semver"];
  readonly entries: readonly MatrixEntry[];
}

/** The column of a release. */
export function matrixRelease(
  release: string,
  result: DiffResult | undefined,
  notes: ReleaseNotes | undefined,
  facts: {
    readonly reconstructed: boolean;
    readonly services: (change: Change) => readonly string[];
    /** The service of an operation, by its name as notes write it. */
    readonly serviceOf: (operation: string) => string | undefined;
  },
): MatrixRelease {
  const changes = (result?.changes ?? []).filter((change) => !isIgnored(change));
  const fromSchema = changes.map((change): MatrixEntry => ({
    id: change.id,
    kind: "schema",
    name: result === undefined ? "" : nameOf(change, result),
    sign: signOf(change),
    level: shownLevel(change),
    services: facts.services(change),
    operations: [...new Set(change.reach.map(({ op }) => op))],
    ...(change.guess === true && { guess: true }),
  }));
  const fromNotes = noteEntries(notes).map(({ id, kind, name, operations, note }): MatrixEntry => ({
    id,
    kind,
    name,
    sign: kind === "retirement" ? "-" : kind === "code" ? "+" : "~",
    level: kind === "code" ? "safe" : "dangerous",
    services: [...new Set(note.operations.flatMap((operation) => facts.serviceOf(operation) ?? []))],
    operations,
  }));
  return {
    release,
    ...(notes?.title !== undefined && { title: notes.title }),
    reconstructed: facts.reconstructed,
    ...(notes !== undefined && { download: notes.download }),
    ...(result && { counts: result.summary.counts, semver: result.summary.semver }),
    entries: [...fromSchema, ...fromNotes],
  };
}
