/** Which errors in a schema a user may turn into warnings. */

/** Codes of rules that a schema can break and still mean something. `schemas/config.schema.json` lists the same. */
export const tolerable = ["ambiguous-content"] as const;

export type Tolerable = (typeof tolerable)[number];

/** Whether a code is one of {@link tolerable}. */
export const isTolerable = (code: string): code is Tolerable =>
  (tolerable as readonly string[]).includes(code);
