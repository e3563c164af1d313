/** What the entry page of a family knows of each release: plain data that can be kept from run to run. */
import type { Change, DiffResult, Level } from "../diff/index.js";
import type { ReleaseNotes } from "../release/types.js";
import { noteEntries } from "./release-notes.js";
import { noteSubject, partsOf, type Parts } from "./parts.js";
import { nameOf, shownLevel, signOf, titleOf } from "./source.js";

/** One cell: what a release did to one thing. */
export interface MatrixEntry {
  /** The permalink on the page of the release. */
  readonly id: string;
  readonly kind: "schema" | "behaviour" | "code" | "retirement" | "disagreement";
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
  /** Changes of the schema, without what only notes tell. Absent for the first release. */
  readonly counts?: DiffResult["summary"]["counts"] | undefined;
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
  const parts = result === undefined ? undefined : partsOf(result);
  const entryOf = (change: Change, kind: MatrixEntry["kind"], name: string): MatrixEntry => ({
    id: change.id,
    kind,
    name,
    sign: signOf(change),
    level: shownLevel(change),
    services: facts.services(change),
    operations: [...new Set(change.reach.map(({ op }) => op))],
    ...(change.guess === true && { guess: true }),
  });
  const ofResult =
    result === undefined || parts === undefined
      ? []
      : [
          ...parts.schema.map((change) => entryOf(change, "schema", nameOf(change, result))),
          ...parts.disagreements.map((change) =>
            entryOf(change, "disagreement", disagreement(change, result)),
          ),
        ];
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
    ...(result && parts && { counts: schemaCounts(parts, result) }),
    entries: [...ofResult, ...fromNotes],
  };
}

/** How many changes of the schema there are of each level; what notes tell is counted apart. */
function schemaCounts({ schema }: Parts, { summary }: DiffResult): MatrixRelease["counts"] {
  const counts = { breaking: 0, dangerous: 0, safe: 0, docs: 0, info: 0, ignored: summary.counts.ignored };
  for (const change of schema) counts[shownLevel(change)]++;
  return counts;
}

function disagreement(change: Change, result: DiffResult): string {
  return `${noteSubject(change, result)}: ${titleOf(change)}`;
}
