/** One comparison of two releases, from models to a result that every report format prints. */
import type { Model, TypeId } from "../model/types.js";
import type { ReleaseNotes } from "../release/types.js";
import { compareModels } from "./compare.js";
import type { CompareOptions, Stratum } from "./compare.js";
import { inverseEffect } from "./effects.js";
import { componentText, judge, readerOf, semverOf, wireVerdicts, worst } from "./judge.js";
import type { Policy } from "./judge.js";
import { createReachFinder } from "./reach.js";
import type { Reached, ReachFinder } from "./reach.js";
import { componentOf } from "./place.js";
import { reconcile } from "./reconcile.js";
import { matches, proposeRenames } from "./renames.js";
import type { Rename } from "./renames.js";
import { applySuppressions } from "./suppressions.js";
import type { StaleSuppression, Suppression } from "./suppressions.js";
import { findRule } from "./rules.js";
import type {
  Change,
  Fact,
  Level,
  NotedRelease,
  Reach,
  ReconciledNote,
  Reconciliation,
  Verdict,
} from "./types.js";

/** One release to compare, with what is known beside its schema. */
export interface Release extends Stratum {
  /** Types whose derived types are chosen by operation. */
  readonly slots: readonly TypeId[];
}

export interface DiffOptions extends CompareOptions {
  readonly policy: Policy;
  readonly renames?: readonly Rename[];
  /** Told of each of them that is there. */
  readonly onRename?: (pair: Rename) => void;
  readonly suppressions?: readonly Suppression[];
  /** The release that brought a component, by key. */
  readonly since?: (key: string) => string | undefined;
  /** Whether place or type of a component is a guess of a reconstruction. */
  readonly isGuess?: (key: string) => boolean;
  /** Release notes to hold against the changes: those of the releases after the older up to the newer. */
  readonly notes?: readonly ReleaseNotes[];
  /** Further releases of the family, for notes that are right about another one. */
  readonly others?: readonly NotedRelease[];
  /** Keep only findings for which this holds (what a consumer uses, an operation, a direction). */
  readonly only?: (change: Change) => boolean;
  /** Today, `YYYY-MM-DD`, for suppressions that expire; the caller's clock keeps results reproducible. */
  readonly today?: string;
}

/** What can go wrong between an old and a new side, one entry for each direction of travel. */
export interface Compatibility {
  readonly request: Verdict;
  readonly responseStrict: Verdict;
  readonly responseTolerant: Verdict;
  /** The worst of these concerns only messages that use the affected content. */
  readonly conditional: boolean;
}

export interface DiffResult {
  readonly from: ReleaseInfo;
  readonly to: ReleaseInfo;
  readonly policy: Policy;
  readonly changes: readonly Change[];
  readonly summary: Summary;
  readonly staleSuppressions: readonly StaleSuppression[];
  /** Types that go on under another name, or have one now: old id and new. */
  readonly renamed: readonly (readonly [old: TypeId, current: TypeId])[];
  /** How each documented change fared; absent when there are no notes. */
  readonly reconciliation?: readonly ReconciledNote[];
}

export interface ReleaseInfo {
  readonly id: string;
  /** Files with their digests, for telling whether a report is up to date. */
  readonly files: Model["files"];
  readonly prefixes: Readonly<Record<string, string>>;
  readonly operations: number;
}

export interface Summary {
  readonly counts: Readonly<Record<Level | "ignored", number>>;
  readonly semver: "major" | "minor" | "patch" | "none";
  readonly oldClientNewServer: Compatibility;
  readonly newClientOldServer: Compatibility;
  /** Who may upgrade first: new clients with old servers, or new servers with old clients, go on working. */
  readonly upgrade: "any" | "server-first" | "client-first" | "together";
}

/** Whether notes are not met by the schema, so that it is worth asking the other releases of the family. */
export function hasOpenNotes({ reconciliation = [] }: DiffResult): boolean {
  return reconciliation.some(({ outcome }) => outcome === "missing" || outcome === "release-differs");
}

/** Compares, finds reach, judges and filters. The same input gives the same result. */
export function diffReleases(older: Release, newer: Release, options: DiffOptions): DiffResult {
  const prefixOf = (ns: string): string =>
    [...newer.model.namespaces, ...older.model.namespaces].find(({ uri }) => uri === ns)?.prefix ?? "";
  const { renames: confirmed = [], onRename } = options;
  const renames = { confirmed, ...(onRename && { onMatch: onRename }) };
  const compared = compareModels(older, newer, {
    thorough: options.policy.preset === "all",
    ...options,
    isRenamed: (oldId, newId) => {
      const text = (id: string): string => componentText(componentOf(id), prefixOf(componentOf(id).ns));
      return matches(text(oldId), text(newId), renames);
    },
  });
  const finders = {
    old: createReachFinder(compared.before, compared.operations, older.slots),
    new: createReachFinder(newer.model, newer.operations, newer.slots),
  };
  const judgeFact = (fact: Fact): Change => {
    const { reach, always } =
      fact.reaches === undefined ? reachOf(fact, finders) : { reach: fact.reaches, always: false };
    const placed = { ...fact, conditional: fact.conditional || !always };
    return judge(placed, reach, options.policy, contextOf(fact, options));
  };
  const sides = { ...compared, after: newer.model };
  const schemaChanges = proposeRenames(compared.facts, { ...renames, prefixOf, sides }).map(judgeFact);
  const notes = options.notes ?? [];
  const reconciled =
    notes.length === 0
      ? undefined
      : reconcile({
          before: { model: compared.before, operations: compared.operations },
          after: newer,
          changes: schemaChanges,
          notes,
          ...(options.others && { others: options.others }),
        });
  const judged = [
    ...schemaChanges.map((change) => (reconciled === undefined ? change : documented(change, reconciled))),
    ...(reconciled?.facts ?? []).map(judgeFact),
  ];
  const { changes: suppressed, stale } = applySuppressions(judged, options.suppressions ?? [], {
    prefixOf,
    from: older.model.release,
    to: newer.model.release,
    ...(options.today !== undefined && { today: options.today }),
  });
  const changes = suppressed.filter((change) => options.only?.(change) ?? true);
  return {
    from: infoOf(older),
    to: infoOf(newer),
    policy: options.policy,
    changes,
    summary: summarise(changes, options.policy),
    staleSuppressions: stale,
    renamed: [...compared.named, ...compared.renamed],
    ...(reconciled && { reconciliation: reconciled.notes }),
  };
}

function contextOf(fact: Fact, options: DiffOptions): { readonly guess?: boolean; readonly since?: string } {
  const since = options.since?.(fact.key);
  return {
    ...(since !== undefined && { since }),
    ...(options.isGuess?.(fact.key) === true && { guess: true }),
  };
}

/** Removed things are reached in the old release, all others in the new one. */
function reachOf(fact: Fact, finders: { readonly old: ReachFinder; readonly new: ReachFinder }): Reached {
  const finder = fact.newSpan === undefined && fact.new === undefined ? finders.old : finders.new;
  const found = [fact.key, ...(fact.alsoAt ?? [])].map((key) => finder.reachOf(key));
  const entries = new Map<string, Reach>();
  for (const entry of found.flatMap(({ reach }) => reach)) {
    const key = `${entry.op} ${entry.dir}`;
    const known = entries.get(key);
    if (known === undefined || known.path.length > entry.path.length) entries.set(key, entry);
  }
  const { demandedAt } = fact;
  const always =
    demandedAt === undefined
      ? found.some((reached) => reached.always)
      : (["old", "new"] as const).some((side) => {
          const key = demandedAt[side];
          return key !== undefined && finders[side].reachOf(key).always;
        });
  return { reach: [...entries.values()], always };
}

/** Marks what notes name; a change that no note knows has nothing to mark. */
function documented(change: Change, { isDocumented }: Reconciliation): Change {
  const reach = change.reach.map((entry) => ({
    ...entry,
    documented: isDocumented(change, entry.op, entry.dir),
  }));
  return { ...change, reach };
}

function infoOf({ model, operations }: Release): ReleaseInfo {
  return {
    id: model.release,
    files: model.files,
    prefixes: Object.fromEntries(model.namespaces.map(({ uri, prefix }) => [uri, prefix])),
    operations: operations.length,
  };
}

// ---------------------------------------------------------------------------------------------- summary

function summarise(changes: readonly Change[], policy: Policy): Summary {
  const counts = { breaking: 0, dangerous: 0, safe: 0, docs: 0, info: 0, ignored: 0 };
  for (const change of changes) {
    if (change.suppressed !== undefined && change.suppressed.as === undefined) counts.ignored++;
    else counts[change.suppressed?.as ?? change.level]++;
  }
  const counted = changes.filter(({ suppressed }) => suppressed === undefined || suppressed.as !== undefined);
  const oldClientNewServer = compatibility(counted, (change) => change.verdicts);
  const newClientOldServer = compatibility(counted, invertVerdicts);
  return {
    counts,
    semver: semverOf(changes),
    oldClientNewServer,
    newClientOldServer,
    upgrade: upgradeOrder(oldClientNewServer, newClientOldServer, readerOf(policy)),
  };
}

/** Who may go first without breaking the other. */
function upgradeOrder(
  oldClient: Compatibility,
  newClient: Compatibility,
  reader: "tolerant" | "strict",
): Summary["upgrade"] {
  const fine = ({ request, responseStrict, responseTolerant }: Compatibility): boolean =>
    ![request, reader === "strict" ? responseStrict : responseTolerant].includes("breaking");
  const [serverFirst, clientFirst] = [fine(oldClient), fine(newClient)];
  if (serverFirst) return clientFirst ? "any" : "server-first";
  return clientFirst ? "client-first" : "together";
}

function compatibility(
  changes: readonly Change[],
  verdictsOf: (change: Change) => Pick<Change["verdicts"], "request" | "response">,
): Compatibility {
  let [request, responseStrict, responseTolerant]: Verdict[] = ["safe", "safe", "safe"];
  let conditional = true;
  for (const change of changes) {
    const verdicts = verdictsOf(change);
    request = worst(request ?? "safe", verdicts.request.wire);
    responseStrict = worst(responseStrict ?? "safe", verdicts.response.strict);
    responseTolerant = worst(responseTolerant ?? "safe", verdicts.response.tolerant);
    if (change.effect === "disjoint" && !change.conditional && verdicts.request.wire === "breaking")
      conditional = false;
  }
  return {
    request: request ?? "safe",
    responseStrict: responseStrict ?? "safe",
    responseTolerant: responseTolerant ?? "safe",
    conditional,
  };
}

/** A new client with an old server sees each change the other way round. */
function invertVerdicts(change: Change): Pick<Change["verdicts"], "request" | "response"> {
  const effect = inverseEffect(change.effect);
  const inverse = findRule(findRule(change.rule)?.inverse ?? "");
  const { request, response } = change.verdicts;
  const tolerant = inverse === undefined || inverse.tolerant === "by-case" ? "dangerous" : inverse.tolerant;
  const wire = wireVerdicts(effect, change.valueChange);
  return {
    request: { wire: request.wire === "none" ? "none" : wire.request },
    response: {
      strict: response.strict === "none" ? "none" : wire.strict,
      tolerant:
        response.tolerant === "none" ? "none" : worst(tolerant, change.valueChange ? "dangerous" : "safe"),
    },
  };
}
