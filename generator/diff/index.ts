/** Comparison of releases: what the rest of the tool may use of this room. */
export { diffReleases, hasOpenNotes } from "./result.js";
export type { Compatibility, DiffOptions, DiffResult, Release, ReleaseInfo, Summary } from "./result.js";
export { byRequest, byStrictResponse, componentText, presets, readerOf, verdictsOfRule } from "./judge.js";
export type { Policy, Preset } from "./judge.js";
export type { Exports } from "./exports.js";
export { evolutionOf, presenceIn, signOf } from "./evolution.js";
export type { EvolutionEvent, EvolutionRow } from "./evolution.js";
export { findRule, rules } from "./rules.js";
export { suppressionFor } from "./suppressions.js";
export type { StaleSuppression, Suppression } from "./suppressions.js";
export type { Rename } from "./renames.js";
export { createReachFinder } from "./reach.js";
export type {
  Change,
  CodeWitness,
  ComponentPath,
  Effect,
  Fact,
  Level,
  NotedRelease,
  Reach,
  ReconciledNote,
  Rule,
  RuleId,
  Side,
  Verdict,
  Witness,
} from "./types.js";
export { movedNamespaces } from "./namespaces.js";
export { scalarText } from "./scalars.js";
