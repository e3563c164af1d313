/** What breaks, shown: each change that breaks something with a document, and with code. */
import type { Change, DiffResult } from "../diff/index.js";
import { breaksCode, findCode } from "./code/search.js";
import type { CodeSide } from "./code/declared.js";
import { releasesOf, type Side } from "./documents/releases.js";
import { findWitness, wantsWitness } from "./documents/search.js";

/**
 * The same result with a witness for each change that breaks something. Deterministic, and of bounded effort: where
 * very many changes want a document, the last of them go without and say so.
 */
export function withWitnesses(result: DiffResult, before: CodeSide, after: CodeSide): DiffResult {
  if (!result.changes.some((change) => wantsWitness(change) || breaksCode(change))) return result;
  const releases = releasesOf(result, sideOf(before), sideOf(after));
  const code = { before, after, renamed: new Map(result.renamed) };
  const changes = result.changes.map((change): Change => {
    const modules = findCode(change, code);
    const document = wantsWitness(change) ? findWitness(change, releases) : undefined;
    if (document === undefined && modules.length === 0) return change;
    return { ...change, witness: { ...document, ...(modules.length > 0 && { code: modules }) } };
  });
  return { ...result, changes };
}

function sideOf({ model, service }: CodeSide): Side {
  return { model, operations: service?.operations ?? [], slots: service?.slots ?? [] };
}
