/**
 * Findings that somebody has looked at and accepted. An entry names a rule (or a prefix of one), a component path
 * with globs, and a reason; it may expire, and an entry that matches nothing is reported as stale.
 */
import { componentText } from "./judge.js";
import type { Change, Level } from "./types.js";

export interface Suppression {
  /** A rule id or a dotted prefix of one. */
  readonly rule?: string;
  /** The id of one finding. */
  readonly id?: string;
  /** `prefix:type/path`, `*` for one step, `**` for any; `\*` and `\\` are the characters themselves. */
  readonly at?: string;
  /** The pair of releases it holds for: `1.6.0..1.7.0`. */
  readonly range?: string;
  /** Show at this level instead of ignoring. */
  readonly as?: Level;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
}

export interface StaleSuppression {
  readonly suppression: Suppression;
  readonly why: "matches nothing" | "expired";
}

interface Context {
  readonly prefixOf: (ns: string) => string;
  readonly from: string;
  readonly to: string;
  readonly today?: string;
}

/** Marks what is suppressed; nothing is dropped, so that every report can show and count it. */
export function applySuppressions(
  changes: readonly Change[],
  suppressions: readonly Suppression[],
  context: Context,
): { readonly changes: readonly Change[]; readonly stale: readonly StaleSuppression[] } {
  const stale: StaleSuppression[] = [];
  const matchers = suppressions.flatMap((suppression) => {
    if (suppression.range !== undefined && suppression.range !== `${context.from}..${context.to}`) return [];
    if (suppression.until !== undefined && context.today !== undefined && suppression.until < context.today) {
      stale.push({ suppression, why: "expired" });
      return [];
    }
    return [{ suppression, matches: matcherOf(suppression, context), used: false }];
  });
  const marked = changes.map((change) => {
    // The first one decides; one that would have accepted the same matches something all the same.
    const found = matchers.filter(({ matches }) => matches(change));
    for (const matcher of found) matcher.used = true;
    const [first] = found;
    if (first === undefined) return change;
    const { reason, as } = first.suppression;
    return { ...change, suppressed: { reason, ...(as !== undefined && { as }) } };
  });
  for (const { suppression, used } of matchers)
    if (!used) stale.push({ suppression, why: "matches nothing" });
  return { changes: marked, stale };
}

function matcherOf(suppression: Suppression, { prefixOf }: Context): (change: Change) => boolean {
  const { rule, id, at } = suppression;
  const path = at === undefined ? undefined : globPattern(at);
  return (change) =>
    (id === undefined || change.id === id) &&
    (rule === undefined || change.rule === rule || change.rule.startsWith(`${rule}.`)) &&
    (path === undefined || path.test(componentText(change.component, prefixOf(change.component.ns)))) &&
    (id !== undefined || rule !== undefined || at !== undefined);
}

/** `*` stands for one step of a path, `**` for any number; behind a backslash it is itself, as is a backslash. */
function globPattern(glob: string): RegExp {
  const body = glob
    .split(/(\\[\\*]|\/?\*\*|\*)/u)
    .map((part) => {
      if (part === "\\*" || part === "\\\\") return `\\${part.slice(1)}`;
      if (part === "/**") return "(?:/.*)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      return part.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&");
    })
    .join("");
  return new RegExp(`^${body}$`, "u");
}

/** The entry that would suppress a finding and no other, ready to paste. */
export function suppressionFor(change: Change, prefixOf: (ns: string) => string): Suppression {
  const at = componentText(change.component, prefixOf(change.component.ns));
  return { rule: change.rule, at: at.replace(/\*|\\(?=[\\*]|$)/gu, "\\$&"), reason: "" };
}
