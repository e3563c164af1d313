/**
 * Release notes and schemas, held against each other: what is documented and there, documented and not there, there
 * and not documented, called otherwise, or in another release. What only notes can tell (behaviour, error codes)
 * becomes facts beside those of the schema.
 */
import { displayName, memberAt, ownElements, typeOf } from "../model/query.js";
import type { Model } from "../model/types.js";
import { XSD_NAMESPACE } from "../model/types.js";
import { compareReleases } from "../release/order.js";
import { resolveTarget, type FoundPlace, type Unresolved } from "../release/path.js";
import type { ReleaseNotes, SchemaChange, Target } from "../release/types.js";
import type { Operation } from "../service/types.js";
import { holdOperation } from "./noted-operations.js";
import { componentOf } from "./place.js";
import { operationName } from "./reach.js";
import { findRule } from "./rules.js";
import { similarity } from "./similarity.js";
import type {
  Change,
  ComponentPath,
  Fact,
  NotedRelease,
  Reach,
  ReconcileInput,
  ReconciledNote,
  Reconciliation,
} from "./types.js";

/** Holds notes and schema changes against each other. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const documented = new Map<string, Set<string>>();
  const claims = new Map<string, Set<string>>();
  const notes: ReconciledNote[] = [];
  const facts: Fact[] = [];
  for (const release of input.notes) {
    for (const change of release.changes) {
      const result = holdAgainst(change, release, input);
      notes.push(result.note);
      facts.push(...result.facts);
      for (const { id } of result.matched) {
        const known = documented.get(id) ?? new Set<string>();
        documented.set(id, known);
        for (const name of namesOf(change, input.after.operations)) known.add(name);
        claims.set(id, (claims.get(id) ?? new Set()).add(release.release));
      }
    }
    facts.push(...behaviourFacts(release, input.after), ...exceptionFacts(release, input.after));
  }
  // Notes that say nothing about the schema cannot be silent about a change of it.
  const speaks = input.notes.some(({ schema, changes }) => schema !== "unstated" || changes.length > 0);
  if (speaks)
    for (const change of input.changes) facts.push(...undocumentedFacts(change, documented.get(change.id)));
  return {
    notes,
    facts,
    isDocumented: ({ id, rule }, op, dir) => {
      const names = documented.get(id);
      return names !== undefined && (rule.startsWith("operation.") || names.has(`${op} ${dir}`));
    },
  };
}

/** Operations and directions that a note names, as reaches do. */
function namesOf(target: Target, operations: readonly Operation[]): readonly string[] {
  const named = target.operations.includes("*")
    ? operations
    : operations.filter(
        ({ service, name }) =>
          target.operations.includes(name) || target.operations.includes(`${service}.${name}`),
      );
  const dirs = target.direction === "both" ? (["request", "response"] as const) : [target.direction];
  return named.flatMap((operation) => dirs.map((dir) => `${operationName(operation)} ${dir}`));
}

// ---------------------------------------------------------------------------------------------- schema changes

interface Held {
  readonly note: ReconciledNote;
  readonly matched: readonly Change[];
  readonly facts: readonly Fact[];
}

function holdAgainst(change: SchemaChange, release: ReleaseNotes, input: ReconcileInput): Held {
  const { before, after, changes } = input;
  const gone = change.change === "removed";
  const here = resolveTarget(after.model, after, change);
  const was = resolveTarget(before.model, before, change);
  const places = gone ? was.places : here.places;
  const matched = changes.filter(
    (each) => places.some(({ key }) => isAt(each, key)) && isSort(each, change.change),
  );
  const base = { release: release.release, element: change.element };
  const outcome = (
    name: Exclude<ReconciledNote["outcome"], "found">,
    instead: string | undefined,
    found: readonly Change[] = [],
  ): Held => ({
    note: {
      ...base,
      outcome: name,
      ...(instead !== undefined && { instead }),
      findings: found.map(({ id }) => id),
    },
    matched: found,
    facts: [noteFact(`note.${name}`, change, release, after, instead)],
  });
  const found = (all: readonly Change[]): Held => ({
    note: { ...base, outcome: "found", findings: all.map(({ id }) => id) },
    matched: all,
    facts: [],
  });

  if (change.ofOperation === true) {
    const held = holdOperation(change, input);
    return held.outcome === "found" ? found(held.matched) : outcome(held.outcome, held.instead, held.matched);
  }
  if (change.change === "deprecated")
    return here.unresolved.length === 0 ? found(matched) : outcome("missing", undefined);
  if (gone) {
    if (matched.length > 0) return found(matched);
    const elsewhere = here.places.length > 0 ? releaseWithout(change, input) : undefined;
    return here.places.length > 0
      ? outcome(elsewhere === undefined ? "missing" : "release-differs", elsewhere)
      : outcome("release-differs", undefined);
  }
  if (here.unresolved.length > 0 || here.places.length === 0)
    return notThere(change, here.unresolved, input, outcome);
  if (matched.length === 0 && was.places.length === 0 && change.change === "added") {
    const bringing = changes.filter((each) => places.some(({ key }) => brings(each, key, input)));
    if (bringing.length > 0) return found(bringing);
  }
  if (matched.length === 0) {
    const earlier =
      change.change === "added" ? firstWith(change, [...(input.others ?? []), before]) : undefined;
    if (change.change !== "added") return outcome("missing", undefined);
    // There before the notes say so.
    return outcome("release-differs", earlier ?? before.model.release);
  }
  const type = typeMismatch(change, places, after.model);
  return type === undefined ? found(matched) : outcome("type-differs", type, matched);
}

/** Whether a change is at a key, or below an added thing there. */
function isAt(change: Change, key: string): boolean {
  if (change.formerly !== undefined && isSameComponent(change.formerly, componentOf(key))) return true;
  if (change.key === key || change.alsoAt?.includes(key) === true) return true;
  return [change.key, ...(change.alsoAt ?? [])].some(
    (each) => key.startsWith(`${each}/`) && change.old === undefined && change.new !== undefined,
  );
}

function isSameComponent(a: ComponentPath, b: ComponentPath): boolean {
  return a.ns === b.ns && a.type === b.type && a.path.join("/") === b.path.join("/");
}

/** Whether something new has, by the new types that it uses, what a key names: such types are not told of by themselves. */
function brings(change: Change, key: string, { before, after }: ReconcileInput): boolean {
  if (!isSort(change, "added")) return false;
  const owner = key.slice(0, key.lastIndexOf("/"));
  const keys = [change.key, ...(change.alsoAt ?? [])];
  const open = [...keys, ...keys.flatMap((each) => memberAt(after.model, each)?.type ?? [])];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === owner || id === key) return true;
    const type = typeOf(after.model, id);
    if (type?.kind !== "complex" || seen.has(id) || before.model.types[id] !== undefined) continue;
    seen.add(id);
    open.push(type.base, ...ownElements(after.model, id).map((element) => element.type));
  }
  return false;
}

function isSort({ rule, old, new: current, formerly }: Change, sort: SchemaChange["change"]): boolean {
  if (findRule(rule)?.refactoring === true) return false;
  if (sort === "added") return (old === undefined && current !== undefined) || formerly !== undefined;
  if (sort === "removed") return (current === undefined && old !== undefined) || formerly !== undefined;
  return true;
}

type Outcome = (
  name: Exclude<ReconciledNote["outcome"], "found">,
  instead: string | undefined,
  found?: readonly Change[],
) => Held;

/** A documented member that the schema does not have: is there one that is meant? */
function notThere(
  change: SchemaChange,
  unresolved: readonly Unresolved[],
  input: ReconcileInput,
  outcome: Outcome,
): Held {
  const { before, after, changes, others = [] } = input;
  const additions = changes.filter((each) => isSort(each, change.change === "changed" ? "changed" : "added"));
  const lost = unresolved.find((each) => each.kind === "path");
  const wanted = localOf(change.element);
  // Called otherwise: something new beside it with nearly the same name.
  if (lost !== undefined) {
    const { step, owner, candidates } = lost.lost;
    const near = candidates
      .map((name) => ({ name, score: likeness(name, step) }))
      .filter(({ score }) => score >= 0.7)
      .sort((a, b) => b.score - a.score);
    for (const { name } of near) {
      // What holds the very name is a group around it, not a slip.
      const twins = additions.filter(
        (each) =>
          each.component.path.at(-1) === name &&
          isInside(each, owner, after.model) &&
          (step !== wanted || pathBelow(each, wanted, after.model) === undefined),
      );
      if (twins.length > 0) return outcome("name-differs", name, twins);
      const bringing = additions.filter((each) => brings(each, `${owner}/${name}`, input));
      if (bringing.length > 0 && before.model.types[owner] === undefined)
        return outcome("name-differs", name, bringing);
    }
  }
  // At another place: the very name, new somewhere else; best where the documented operation sees it.
  const operations = new Set(namesOf(change, after.operations));
  const sees = (each: Change): number =>
    each.reach.filter(({ op, dir }) => operations.has(`${op} ${dir}`)).length;
  const moved = additions
    .flatMap((each) => {
      const below = pathBelow(each, wanted, after.model);
      return below === undefined ? [] : [{ each, below }];
    })
    .sort((a, b) => sees(b.each) - sees(a.each));
  const [first] = moved;
  const best = first?.each;
  const below = first?.below ?? "";
  if (best !== undefined && sees(best) > 0) {
    const path = best.reach.find(({ op, dir }) => operations.has(`${op} ${dir}`))?.path;
    return outcome("place-differs", `${path ?? best.component.path.join("/")}${below}`, [best]);
  }
  // Called a little otherwise, and at another place as well: around every operation, say.
  const alike = additions
    .map((each) => ({ each, score: likeness(each.component.path.at(-1) ?? "", wanted) }))
    .filter(({ each, score }) => score >= 0.9 && (sees(each) > 0 || each.reach.some(({ op }) => op === "*")))
    .sort((a, b) => b.score - a.score)[0]?.each;
  if (best === undefined && alike !== undefined) {
    const { type, path } = alike.component;
    return outcome("name-differs", [type, ...path].join("/"), [alike]);
  }
  const later = firstWith(change, others);
  if (later !== undefined) return outcome("release-differs", later);
  if (best !== undefined) {
    const path = [best.component.type, ...best.component.path].join("/");
    return outcome("place-differs", `${path}${below}`, [best]);
  }
  return outcome("missing", undefined);
}

/** The way from an added thing to what has a name: "" when it is the thing itself, `/group/name` when it is inside. */
function pathBelow({ key, component }: Change, name: string, model: Model): string | undefined {
  if (component.path.at(-1) === name) return "";
  // What is declared in place has ids below that of the member.
  for (const id of [key, ...Object.keys(model.types).filter((each) => each.startsWith(`${key}/`))]) {
    const type = model.types[id];
    if (type?.kind !== "complex") continue;
    if (ownElements(model, id).some((element) => element.name.local === name))
      return `${id.slice(key.length)}/${name}`;
  }
  return undefined;
}

/** How near two names are; upper and lower case count little. */
function likeness(a: string, b: string): number {
  return Math.max(similarity(a, b), similarity(a.toLowerCase(), b.toLowerCase()) - 0.01);
}

/** Whether a change stands in a type, or in one that it extends. */
function isInside(change: Change, owner: string, model: Model): boolean {
  const keys = [change.key, ...(change.alsoAt ?? [])];
  const seen = new Set<string>();
  for (
    let type = typeOf(model, owner);
    type !== undefined && !seen.has(type.id);
    type = typeOf(model, type.base)
  ) {
    seen.add(type.id);
    const { id } = type;
    if (keys.some((key) => key.startsWith(`${id}/`))) return true;
  }
  return false;
}

/** The oldest of some releases in which everything that a note names is there. */
function firstWith(change: SchemaChange, releases: readonly NotedRelease[]): string | undefined {
  return oldestFirst(releases).find((each) => {
    const { places, unresolved } = resolveTarget(each.model, each, change);
    return places.length > 0 && unresolved.length === 0;
  })?.model.release;
}

function oldestFirst(releases: readonly NotedRelease[]): readonly NotedRelease[] {
  return [...releases].sort((a, b) => compareReleases(a.model.release, b.model.release));
}

function releaseWithout(change: SchemaChange, { others = [] }: ReconcileInput): string | undefined {
  return oldestFirst(others).find((each) => resolveTarget(each.model, each, change).places.length === 0)
    ?.model.release;
}

/** The type that the schema has, when it is not the documented one. */
function typeMismatch(
  { type, confidence, guess }: SchemaChange,
  places: readonly FoundPlace[],
  model: Model,
): string | undefined {
  if (type === undefined || guess || confidence !== "printed") return undefined;
  for (const place of places) {
    const member = memberAt(model, place.key);
    const id = member?.type ?? place.type;
    const found = typeOf(model, id);
    if (type === "group") {
      if (found?.kind === "complex") continue;
      return displayType(model, id);
    }
    const name = displayType(model, id);
    if (name !== type.replace(/^xsd:/u, "xs:")) return name;
  }
  return undefined;
}

function displayType(model: Model, id: string): string {
  const prefix = `{${XSD_NAMESPACE}}`;
  return id.startsWith(prefix) ? `xs:${id.slice(prefix.length)}` : displayName(model, id);
}

function localOf(element: string): string {
  return element.slice(element.indexOf(":") + 1);
}

// ---------------------------------------------------------------------------------------------- facts

function noteFact(
  rule: string,
  change: SchemaChange,
  release: ReleaseNotes,
  { operations }: NotedRelease,
  instead: string | undefined,
): Fact {
  const where = [...change.operations, change.direction, change.in ?? "", ...change.paths].join(" ").trim();
  return {
    ...emptyFact,
    rule,
    component: noteComponent(`${release.release}: ${change.element}`),
    key: `note:${release.release}:${change.element}:${where}`,
    old: { value: change.paths.join(", ") || change.element },
    ...(instead !== undefined && { new: { value: instead } }),
    ...(change.text !== undefined && { note: change.text }),
    reaches: reachesOf(change, operations),
  };
}

const emptyFact = { effect: "equal", valueChange: false, conditional: true } as const;

function noteComponent(type: string): ComponentPath {
  return { ns: "", type, path: [], kind: "note" };
}

function reachesOf(target: Target, operations: readonly Operation[]): readonly Reach[] {
  const path = target.paths[0] ?? "";
  if (target.operations.includes("*")) {
    const dirs = target.direction === "both" ? (["request", "response"] as const) : [target.direction];
    return dirs.map((dir) => ({ op: "*", dir, path }));
  }
  return namesOf(target, operations).map((name) => {
    const cut = name.lastIndexOf(" ");
    return { op: name.slice(0, cut), dir: name.slice(cut + 1) as Reach["dir"], path };
  });
}

function behaviourFacts(release: ReleaseNotes, { operations }: NotedRelease): readonly Fact[] {
  const seen = new Map<string, number>();
  return release.behaviour.map((entry) => {
    const subject = [entry.operations.join(", "), ...entry.paths].filter((part) => part !== "").join(" ");
    const count = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, count);
    // Several notes about one thing are told apart by their order.
    const name = `${release.release}: ${subject === "" ? "the service" : subject}${count > 1 ? ` (${count})` : ""}`;
    return {
      ...emptyFact,
      rule: "behaviour.note",
      component: noteComponent(name),
      key: `note:${name}`,
      note: entry.text,
      reaches: reachesOf(entry, operations),
    };
  });
}

function exceptionFacts(release: ReleaseNotes, { operations }: NotedRelease): readonly Fact[] {
  return release.exceptions.map((entry) => ({
    ...emptyFact,
    rule: "errorcode.added",
    component: noteComponent(`${release.release}: exception ${entry.code}`),
    key: `note:${release.release}:exception:${entry.code}`,
    new: { value: entry.code },
    note: entry.meaning,
    reaches: reachesOf({ ...entry, direction: "response" }, operations),
  }));
}

/** A change that no note names, or that reaches operations which no note names. */
function undocumentedFacts(change: Change, documented: ReadonlySet<string> | undefined): readonly Fact[] {
  const rule = findRule(change.rule);
  if (rule?.refactoring === true || rule?.tags[0] === "doc" || change.component.kind === "note") return [];
  const { component, key, newSpan, oldSpan, reach } = change;
  const base = {
    ...emptyFact,
    component,
    key,
    ...(oldSpan && { oldSpan }),
    ...(newSpan && { newSpan }),
    ...(change.new && { new: change.new }),
    ...(change.old && { old: change.old }),
  };
  if (documented === undefined) return [{ ...base, rule: "note.undocumented", reaches: reach }];
  // A new operation that notes speak of is documented as a whole.
  if (change.rule.startsWith("operation.")) return [];
  const leaks = reach.filter(({ op, dir }) => op !== "*" && !documented.has(`${op} ${dir}`));
  return leaks.length === 0 ? [] : [{ ...base, rule: "operation.shared-type-leak", reaches: leaks }];
}
