/** Names that a release declares twice, told by file where there are many: then files have met that do not belong together. */
import type { Report } from "../diagnostics.js";
import { addTo } from "../multimap.js";
import type { Declared, Scope } from "./symbols.js";

/** Two different declarations of one name. */
export interface Duplicate {
  /** What is declared: element, type, ... */
  readonly word: string;
  readonly first: Declared;
  readonly other: Declared;
}

/** As many of one namespace and file are told one by one. */
const toldSingly = 3;
/** As many files are named. */
const named = 3;

/** Tells of each declaration that differs from an earlier one of the same name. */
export function reportDuplicates(
  duplicates: readonly Duplicate[],
  scopes: readonly Scope[],
  report: Report,
): void {
  const groups = new Map<string, Duplicate[]>();
  for (const duplicate of duplicates) {
    const { first } = duplicate;
    const key = `${first.name.namespace} ${first.scope.document.file}`;
    addTo(groups, key, duplicate);
  }
  for (const group of groups.values()) {
    const across = group.filter(({ first, other }) => fileOf(first) !== fileOf(other));
    const single = across.length > toldSingly ? group.filter((each) => !across.includes(each)) : group;
    for (const each of single) tell(each, messageFor(each));
    const [one] = across;
    if (one !== undefined && across.length > toldSingly) tell(one, summary(one, across));
  }

  function tell({ first, other }: Duplicate, message: string): void {
    report.add({
      code: "duplicate-declaration",
      severity: "error",
      message,
      at: other.syntax.at,
      clause: "sch-props-correct.2",
      ...(fileOf(first) === fileOf(other) ? {} : { hint: meetingHint(first.scope, other.scope, scopes) }),
      related: [{ message: "the other declaration", at: first.syntax.at }],
    });
  }
}

const fileOf = ({ scope }: Declared): string => scope.document.file;

function messageFor({ word, first, other }: Duplicate): string {
  const what = `the ${word} "${first.name.local}"`;
  return fileOf(first) === fileOf(other)
    ? `${what} is declared twice`
    : `${what} of ${namespaceWords(first)} is declared differently in ${fileOf(first)} and ${fileOf(other)}`;
}

function summary({ word, first }: Duplicate, group: readonly Duplicate[]): string {
  const files = [...new Set(group.map(({ other }) => fileOf(other)))];
  const more = files.length - named;
  const others = files.slice(0, more > 0 ? named : undefined).join(", ");
  const names = new Set(group.map((each) => `${each.word} ${each.first.name.local}`));
  return (
    `${String(names.size)} names of ${namespaceWords(first)} are declared differently in ${fileOf(first)} and in ` +
    `${others}${more > 0 ? ` and ${String(more)} more` : ""}; the first is the ${word} "${first.name.local}"`
  );
}

function namespaceWords({ name }: Declared): string {
  return name.namespace === "" ? "no target namespace" : `the target namespace "${name.namespace}"`;
}

/** What to do about two documents that do not go together: it depends on who brings them together. */
function meetingHint(a: Scope, b: Scope, scopes: readonly Scope[]): string {
  const [outer, inner] = reach(b).has(a) ? [b, a] : [a, b];
  if (reach(outer).has(inner)) {
    return `${outer.document.file} includes ${inner.document.file}, so one of the two declarations must go`;
  }
  const meets = scopes.find((scope) => {
    const reached = reach(scope);
    return reached.has(a) && reached.has(b);
  });
  return meets === undefined
    ? "if the files do not belong together, name the ones to start from with --entry <file>"
    : `${meets.document.file} includes both, so one of the two declarations must go`;
}

/** What a document includes, directly or not. */
function reach(scope: Scope, found = new Set<Scope>()): ReadonlySet<Scope> {
  for (const included of scope.included) {
    if (found.has(included)) continue;
    found.add(included);
    reach(included, found);
  }
  return found;
}
