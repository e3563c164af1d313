import type { Effect, Rule, RuleId, Verdict } from "../types.js";

type Column = Verdict | "by-case";

/**
 * One row of the table: what changed, its effect, the verdicts for a tolerant reader and for TypeScript code that
 * reads, builds, or lists all of a type, and what to make of it. Without an inverse a rule is its own.
 */
export function row(
  id: RuleId,
  title: string,
  effect: Effect | "by-case",
  [tolerant, read, build, meta]: readonly [tolerant: Column, read: Column, build: Column, meta: Column],
  explanation: string,
  more: Partial<Pick<Rule, "inverse" | "valueChange" | "refactoring" | "exported" | "level">> = {},
): Rule {
  return {
    id,
    title,
    effect,
    tolerant,
    read,
    build,
    meta,
    inverse: id,
    tags: id.split("."),
    explanation,
    ...more,
  };
}
