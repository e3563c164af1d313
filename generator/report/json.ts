/** A comparison for programs. The shape is published as `schemas/diff.schema.json`. */
import { actionOf } from "./action.js";
import { createHash } from "node:crypto";
import type { Change, DiffResult } from "../diff/index.js";
import { findRule, readerOf, suppressionFor } from "../diff/index.js";
import { printJson } from "../escape.js";
import { prefixIn, sourceOf, whyOf } from "./source.js";
import type { ReportInput } from "./source.js";

/** JSON text with two-space indentation and a final newline; `reverse` is the comparison of newer with older. */
export function formatJson(input: ReportInput, reverse?: ReportInput): string {
  const value = { ...jsonOf(input), ...(reverse && { reverse: jsonOf(reverse) }) };
  return printJson(value);
}

/** The value that {@link formatJson} prints. */
export function jsonOf(input: ReportInput): object {
  const { result } = input;
  const { summary } = result;
  const verdict = (word: string): string => (word === "breaking" ? "break" : word === "safe" ? "ok" : word);
  const compat = (side: DiffResult["summary"]["oldClientNewServer"]): object => ({
    req: verdict(side.request),
    resStrict: verdict(side.responseStrict),
    resTolerant: verdict(side.responseTolerant),
    ...(side.request === "breaking" && { conditional: side.conditional }),
  });
  return {
    format: 1,
    tool: "xsd-strata",
    from: { id: result.from.id, digest: digestOf(result.from.files) },
    to: { id: result.to.id, digest: digestOf(result.to.files) },
    reconstructed: input.reconstructed,
    policy: { preset: result.policy.preset, reader: readerOf(result.policy) },
    summary: {
      ...summary.counts,
      semver: summary.semver,
      upgrade: summary.upgrade,
      compat: {
        oldClientNewServer: compat(summary.oldClientNewServer),
        newClientOldServer: compat(summary.newClientOldServer),
      },
    },
    changes: result.changes.map((change) => changeJson(change, input)),
    ...(result.reconciliation && { reconciliation: result.reconciliation }),
    staleSuppressions: result.staleSuppressions,
  };
}

/** One finding as {@link jsonOf} has it. */
export function changeJson(change: Change, input: ReportInput): object {
  const { old, new: current } = change;
  return {
    id: change.id,
    rule: change.rule,
    tags: findRule(change.rule)?.tags ?? [],
    component: change.component,
    ...(change.formerly && { formerly: change.formerly }),
    old: old ?? null,
    new: current ?? null,
    ...(change.note !== undefined && { note: change.note }),
    effect: change.effect,
    valueChange: change.valueChange,
    conditional: change.conditional,
    verdicts: change.verdicts,
    level: change.level,
    since: change.since ?? null,
    reach: change.reach,
    source: { old: null, new: null, ...sourceOf(change, input) },
    ...(change.evidence && { evidence: change.evidence }),
    ...(change.witness && { witness: change.witness }),
    guess: change.guess ?? false,
    why: whyOf(change),
    fix: actionOf(change, input.result) ?? null,
    suppression: suppressionFor(change, prefixIn(input.result)),
    suppressed: change.suppressed ?? null,
  };
}

/** One digest for a set of files: independent of where they lie. */
function digestOf(files: DiffResult["from"]["files"]): string {
  const hash = createHash("sha256");
  for (const { path, digest } of files) hash.update(`${path}\u0000${digest}\n`);
  return `sha256:${hash.digest("hex")}`;
}
