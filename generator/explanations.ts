/**
 * What each diagnostic means, for `xsd-strata explain`. A room that has much to tell keeps its own table
 * (`explanations.ts` beside its code, `export const explanations: Explanations`) and is listed here.
 */
import { explanations as ofRelease } from "./release/explanations.js";

/** What one code means. */
export interface Explanation {
  /** What it means and how it comes about; plain sentences. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** By diagnostic code. */
export type Explanations = Readonly<Record<string, Explanation>>;

const own: Explanations = {};

/** All that can be explained, by code in code-unit order. */
export function allExplanations(): ReadonlyMap<string, Explanation> {
  const entries = [own, ofRelease].flatMap((table) => Object.entries(table));
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
