/** Release notes that speak of an operation as a whole, held against the operations of two releases. */
import { compareReleases } from "../release/order.js";
import { operationKey } from "../release/path.js";
import type { SchemaChange } from "../release/types.js";
import type { Operation } from "../service/types.js";
import { nameLikeness } from "./similarity.js";
import type { Change, NotedRelease, ReconciledNote, ReconcileInput } from "./types.js";

/** How a note about an operation fared. */
export interface NotedOperation {
  readonly outcome: ReconciledNote["outcome"];
  /** What the schema has instead. */
  readonly instead?: string;
  readonly matched: readonly Change[];
}

/** Operations of a release that a note names. */
function namedIn({ operations }: NotedRelease, change: SchemaChange): readonly Operation[] {
  return operations.filter(({ service, name }) =>
    change.operations.some((each) => each === name || each === `${service}.${name}`),
  );
}

/** Holds a note about an operation against what the releases have. */
export function holdOperation(change: SchemaChange, input: ReconcileInput): NotedOperation {
  const { before, after, changes } = input;
  const others = [...(input.others ?? [])].sort((a, b) => compareReleases(a.model.release, b.model.release));
  const [was, is] = [namedIn(before, change), namedIn(after, change)];
  const told = changes.filter(({ rule }) => rule.startsWith("operation."));
  const at = (operations: readonly Operation[]): readonly Change[] =>
    told.filter(({ key, component }) =>
      operations.some((operation) => operationKey(operation) === key && operation.name === component.type),
    );
  const missing: NotedOperation = { outcome: "missing", matched: [] };
  const elsewhere = (release: string | undefined): NotedOperation =>
    release === undefined ? missing : { outcome: "release-differs", instead: release, matched: [] };

  switch (change.change) {
    case "deprecated":
      return is.length > 0 ? { outcome: "found", matched: at(is) } : missing;
    case "changed": {
      const names = new Set(is.map(({ name }) => name.toLowerCase()));
      const matched = changes.filter(({ reach }) => reach.some(({ op }) => names.has(op.toLowerCase())));
      return matched.length > 0 ? { outcome: "found", matched } : missing;
    }
    case "removed": {
      const gone = told.filter(
        ({ formerly, old, rule, key }) =>
          was.some((operation) => operationKey(operation) === key) ||
          (rule === "operation.renamed.likely" &&
            (formerly !== undefined || was.some(({ service, name }) => old?.value === `${service}.${name}`))),
      );
      if (gone.length > 0 && is.length === 0) return { outcome: "found", matched: gone };
      if (was.length === 0 && is.length === 0) return { outcome: "release-differs", matched: [] };
      return elsewhere(others.find((each) => namedIn(each, change).length === 0)?.model.release);
    }
    case "added": {
      const matched = at(is);
      if (matched.length > 0) return { outcome: "found", matched };
      const first = [...others, before].sort((a, b) => compareReleases(a.model.release, b.model.release));
      const earlier = first.find((each) => namedIn(each, change).length > 0)?.model.release;
      if (is.length > 0) return elsewhere(earlier ?? before.model.release);
      const [near] = told
        .filter(({ old, new: current, rule }) => rule !== "operation.removed" && (current ?? old))
        .map((each) => ({ each, score: nameLikeness(each.component.type, nameOf(change)) }))
        .filter(({ score }) => score >= 0.7)
        .sort((a, b) => b.score - a.score);
      return near === undefined
        ? elsewhere(earlier)
        : { outcome: "name-differs", instead: near.each.component.type, matched: [near.each] };
    }
  }
}

function nameOf({ element }: SchemaChange): string {
  return element.slice(element.lastIndexOf(".") + 1);
}
