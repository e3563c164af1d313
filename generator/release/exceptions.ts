/** The error codes of a family: what releases brought and what was there before, as one list. */
import type { Report } from "../diagnostics.js";
import type { ExceptionNote, Notes } from "./types.js";
import { positionOf } from "./yaml.js";

/** What a client can know about an error code before it ever meets it. */
export interface KnownException {
  readonly code: string;
  /** What the service prints with it. */
  readonly reason?: string;
  readonly meaning: string;
  readonly remedy?: string;
  /** Operations that are known to fail so; empty: not limited to any. */
  readonly operations: readonly string[];
  /** The release that brought it; absent: unknown. */
  readonly release?: string;
}

/**
 * All documented error codes, in code-unit order. A client of an old release meets newer servers, so codes of all
 * releases belong in every client. A code that several files describe is one entry: the oldest description, with the
 * operations of all.
 */
export function exceptionsOf(notes: Notes): readonly KnownException[] {
  const known = new Map<string, KnownException>();
  for (const note of allNotes(notes)) {
    const before = known.get(note.code);
    const operations = note.operations.filter((name) => name !== "*");
    known.set(
      note.code,
      before
        ? { ...before, operations: union(before.operations, operations) }
        : {
            code: note.code,
            ...(note.reason === undefined ? {} : { reason: note.reason }),
            meaning: note.meaning,
            ...(note.remedy === undefined ? {} : { remedy: note.remedy }),
            operations: [...operations],
            ...(note.release === undefined ? {} : { release: note.release }),
          },
    );
  }
  return [...known.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

/** Warns of codes that the catalogue and a release both describe: one of the two will be forgotten in a change. */
export function checkExceptions(notes: Notes, report: Report): void {
  const catalogue = notes.exceptions;
  if (!catalogue) return;
  const first = new Map(catalogue.exceptions.map((note) => [note.code, note]));
  for (const release of notes.releases) {
    for (const note of release.exceptions) {
      const other = first.get(note.code);
      if (!other) continue;
      const at = positionOf(release.positions, `${note.pointer}/code`);
      const otherAt = positionOf(catalogue.positions, `${other.pointer}/code`);
      report.add({
        code: "duplicate-exception-code",
        severity: "warning",
        message: `the exception code "${note.code}" stands in the notes of ${release.release} and in the catalogue of the family`,
        hint: "keep it where it is said which release brought it",
        ...(at ? { at } : {}),
        ...(otherAt ? { related: [{ message: "the other one", at: otherAt }] } : {}),
      });
    }
  }
}

function allNotes(notes: Notes): readonly ExceptionNote[] {
  return [...(notes.exceptions?.exceptions ?? []), ...notes.releases.flatMap(({ exceptions }) => exceptions)];
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
