/** What release notes say about a component: made in `release/`, printed by `emit/`, which do not know each other. */

/** One remark on a type, member, enumeration value or operation; goes into its TSDoc. */
export interface Remark {
  readonly kind: "behaviour" | "precondition" | "exception" | "deprecated" | "guess";
  /** Plain text, one or more sentences; not escaped. */
  readonly text: string;
  /** The release that brought it; "" for what holds in all of them. */
  readonly release: string;
}
