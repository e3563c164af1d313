/** The findings of a comparison by what they are about: the schema, what notes tell, and where the two disagree. */
import type { Change, DiffResult } from "../diff/index.js";
import { plural } from "../terminal.js";
import { isIgnored, levelOrder, shownLevel } from "./source.js";

/** Findings by their kind; accepted ones are in none of them. */
export interface Parts {
  /** What changed in the schema. */
  readonly schema: readonly Change[];
  /** Behaviour that only notes tell of. */
  readonly behaviour: readonly Change[];
  /** Error codes that only notes tell of. */
  readonly codes: readonly Change[];
  /** Documented, and not so in the schema. */
  readonly disagreements: readonly Change[];
}

/** Sorts the findings of a comparison; the order within each kind stays. */
export function partsOf({ changes }: Pick<DiffResult, "changes">): Parts {
  const parts = {
    schema: [] as Change[],
    behaviour: [] as Change[],
    codes: [] as Change[],
    disagreements: [] as Change[],
  };
  const told = new Set(
    changes.filter((change) => !isIgnored(change) && !isAside(change)).map(({ key }) => key),
  );
  for (const change of changes) {
    if (isIgnored(change)) continue;
    const { rule, key } = change;
    if (rule === "behaviour.note") parts.behaviour.push(change);
    else if (rule === "errorcode.added") parts.codes.push(change);
    else if (!isAside(change)) parts.schema.push(change);
    else if (change.component.kind === "note") parts.disagreements.push(change);
    // What says that a finding is undocumented, or reaches further than documented, is a mark on it, unless that is accepted or left out.
    else if (!told.has(key)) parts.schema.push(change);
  }
  return parts;
}

function isAside({ rule, component }: Change): boolean {
  return component.kind === "note" || rule === "note.undocumented" || rule === "operation.shared-type-leak";
}

/** Whether notes of the releases in between say nothing about a change, though they speak of the schema. */
export function undocumentedIn(result: Pick<DiffResult, "changes">): (change: Change) => boolean {
  const keys = new Set(
    result.changes.filter(({ rule }) => rule === "note.undocumented").map(({ key }) => key),
  );
  return ({ key, component }) => component.kind !== "note" && keys.has(key);
}

/** More operations or paths than this are counted. */
const mostNamed = 4;

/** What a note is about, in short, without the release where all notes are of the newer one: `CreateUser, SetUser`. */
export function noteSubject({ component, rule }: Change, { to }: Pick<DiffResult, "to">): string {
  const text = component.type;
  const own = `${to.id}: `;
  const [release, subject] = text.startsWith(own) ? ["", text.slice(own.length)] : splitAt(text, ": ");
  if (rule.startsWith("note.")) return release + subject;
  const code = /^exception (\S+)$/u.exec(subject)?.[1];
  if (code !== undefined) return release + code;
  // Operations, then paths: `createUser, setUser a/b a/c`. What a schema change is about has no space.
  const [operations = "", ...rest] = subject.split(/(?<!,) /u);
  const count = rest.at(-1)?.startsWith("(") === true ? ` ${rest.pop() ?? ""}` : "";
  return `${release}${[named(operations.split(", ").map(operationText)), named(rest)].filter((part) => part !== "").join(" ")}${count}`;
}

function splitAt(text: string, sign: string): readonly [before: string, after: string] {
  const cut = text.indexOf(sign);
  return cut < 0 ? ["", text] : [text.slice(0, cut + sign.length), text.slice(cut + sign.length)];
}

function named(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return rest > 1 ? `${names.slice(0, mostNamed).join(", ")} and ${rest} more` : names.join(", ");
}

/** As findings write it. */
function operationText(name: string): string {
  if (name === "*") return "all operations";
  if (name.includes(" ")) return name;
  const local = name.slice(name.lastIndexOf(".") + 1);
  return local.charAt(0).toUpperCase() + local.slice(1);
}

/** How many of each kind there are, in words: `2 breaking, 3 safe, 1 behaviour change`; empty when nothing was found. */
export function countsOf(result: DiffResult): string {
  const { schema, behaviour, codes, disagreements } = partsOf(result);
  const counted = levelOrder.flatMap((level) => {
    const count = schema.filter((change) => shownLevel(change) === level).length;
    return count > 0 ? [`${count} ${level}`] : [];
  });
  const noted = [
    [behaviour.length, "behaviour change", ""],
    [codes.length, "error code", ""],
    [disagreements.length, "disagreement", " with the notes"],
  ] as const;
  const { ignored } = result.summary.counts;
  return [
    ...counted,
    ...noted.flatMap(([count, noun, rest]) => (count > 0 ? [`${plural(count, noun)}${rest}`] : [])),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ].join(", ");
}

/** One line that sums up a comparison. */
export function headline(result: DiffResult): string {
  const { from, to, summary } = result;
  const counts = countsOf(result);
  return counts === ""
    ? `${from.id} → ${to.id}: no changes`
    : `${from.id} → ${to.id}: ${counts} (${versionText(summary)})`;
}

/** How the version of the package changes; with the reason where something is breaking, but not to code. */
export function versionText({ counts, semver }: DiffResult["summary"]): string {
  return counts.breaking > 0 && semver !== "major"
    ? `${semver}: code that reads and builds values compiles as before`
    : semver;
}

/** What came of the documented changes, in words; undefined when no note speaks of the schema. */
export function reconciledText({ reconciliation = [] }: DiffResult): string | undefined {
  if (reconciliation.length === 0) return undefined;
  const found = reconciliation.filter(({ outcome }) => outcome === "found").length;
  if (found < reconciliation.length)
    return `${found} of ${plural(reconciliation.length, "documented change")} found in the schema`;
  return found === 1
    ? "the one documented change is in the schema"
    : `all ${found} documented changes are in the schema`;
}
