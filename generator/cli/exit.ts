/** What the exit status of the program says. */
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

export type Exit = (typeof exit)[keyof typeof exit];
