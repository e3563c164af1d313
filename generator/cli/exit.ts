/** What the exit status of the program says. */
import type { Report } from "../diagnostics.js";

/** One meaning a status, for every command. */
export const exit = {
  /** Done, nothing to complain about. */
  fine: 0,
  /** Done, and there are findings: output that is not up to date, a document that is not valid. */
  findings: 1,
  /** The command line, the configuration or the output folder is not as it must be. */
  usage: 2,
  /** A schema or document cannot be read or does not compile. */
  unreadable: 3,
  /** A mistake in this program. */
  bug: 70,
} as const;

/** Findings that say what is asked for in the wrong words; the rest of what goes wrong before a schema is read is about files. */
const usageCodes: readonly string[] = [
  "config-missing-source",
  "unknown-release",
  "unknown-family",
  "releases-clash",
  "release-ambiguous",
  "invalid-release-range",
  "empty-release-range",
  "out-for-several-families",
  "emitter-unreadable",
  "service-not-found",
  "unknown-entry",
  "unknown-component",
];

/** The status for findings about what was asked for: input that cannot be read, or words that make no sense. */
export function statusOf({ diagnostics }: Pick<Report, "diagnostics">): Exit {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length > 0 && errors.every(({ code }) => usageCodes.includes(code))
    ? exit.usage
    : exit.unreadable;
}

export type Exit = (typeof exit)[keyof typeof exit];
