/** The order of release ids, and ranges of them. The only home of `semver`. */
import type * as SemVer from "semver";
import type { Report, Span } from "../diagnostics.js";
import { lazyPackage } from "../packages.js";
import { suggestionHint } from "../suggestion.js";

/** What reads a version, without the rest of the package, which ranges alone need. */
const parser = lazyPackage<typeof SemVer.parse>("semver/functions/parse.js");
const semver = lazyPackage<typeof SemVer>("semver");

/** Words that make a release come before the one without them; any other word makes it come after. */
const EARLY = new Set(
  "a alpha b beta c canary cd cr cs dev draft ea m milestone next nightly pre prerelease preview rc snapshot wd".split(
    " ",
  ),
);

/** What of an id decides its place. */
interface Rank {
  /** The leading numbers, without trailing zeros. */
  readonly core: readonly string[];
  /** Before, at or after the release of these numbers. */
  readonly phase: -1 | 0 | 1;
  readonly rest: readonly string[];
}

/**
 * Orders release ids: those of Semantic Versioning by its clause 11, others by their numbers (`2024-03`, `v1.2`,
 * `1.2.0 SP9`), with `rc`, `beta` and the like before the release they lead to, and ids that begin with a word
 * (`draft-7`) before all numbers. A total order: ids that rank equal (`1.2` and `1.2.0`) go by code units.
 */
export function compareReleases(a: string, b: string): number {
  return compareRanks(rankOf(a), rankOf(b)) || (a < b ? -1 : a > b ? 1 : 0);
}

/** A new list, oldest first. */
export function sortReleases(ids: Iterable<string>): string[] {
  return [...ids].sort(compareReleases);
}

/** Whether two ids rank equal: `1.2`, `v1.2` and `1.2.0`. */
export const isSameVersion = (a: string, b: string): boolean => compareRanks(rankOf(a), rankOf(b)) === 0;

/** Whether an id begins with a number, which may have a `v` or `release` before it. */
export const isNumbered = (id: string): boolean => /^\d/u.test(withoutMarker(id));

/** Whether an id begins with a word such as `draft`, which says that it comes before others. */
export const isEarly = (id: string): boolean => EARLY.has(tokens(id)[0]?.toLowerCase() ?? "");

const withoutMarker = (id: string): string => id.replace(/^(?:v|version|release|r)[-._ ]?(?=\d)/iu, "");

function rankOf(id: string): Rank {
  const version = parser()(id.replace(/^v(?=\d)/iu, ""));
  if (version) {
    const core = trimZeros([version.major, version.minor, version.patch].map(String));
    const rest = [
      ...version.prerelease.map(String),
      ...(version.build.length > 0 ? ["+", ...version.build] : []),
    ];
    return { core, phase: version.prerelease.length > 0 ? -1 : 0, rest };
  }
  const text = withoutMarker(id);
  const leading = /^\d+(?:[-._]\d+)*/u.exec(text);
  // `draft-7` is no release 7.
  if (!leading) return { core: [], phase: -1, rest: tokens(text) };
  const core = trimZeros(leading[0].split(/[-._]/u).map((part) => part.replace(/^0+(?=\d)/u, "")));
  const rest = tokens(text.slice(leading[0].length));
  const word = rest[0]?.toLowerCase();
  return { core, phase: word === undefined ? 0 : EARLY.has(word) ? -1 : 1, rest };
}

function trimZeros(core: readonly string[]): string[] {
  let length = core.length;
  while (length > 0 && core[length - 1] === "0") length--;
  return core.slice(0, length);
}

/** Words and numbers; separators only separate. */
function tokens(text: string): string[] {
  return text.match(/\d+|[^\d\s._+-]+/gu) ?? [];
}

function compareRanks(a: Rank, b: Rank): number {
  for (let index = 0; index < Math.max(a.core.length, b.core.length); index++) {
    const order = compareNumbers(a.core[index] ?? "0", b.core[index] ?? "0");
    if (order !== 0) return order;
  }
  if (a.phase !== b.phase) return a.phase - b.phase;
  for (let index = 0; index < Math.max(a.rest.length, b.rest.length); index++) {
    const left = a.rest[index];
    const right = b.rest[index];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const numbers = Number(/^\d+$/u.test(right)) - Number(/^\d+$/u.test(left));
    const order =
      numbers !== 0 ? numbers : /^\d+$/u.test(left) ? compareNumbers(left, right) : compareText(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Decimal digits of any length. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/u, "");
  const right = b.replace(/^0+(?=\d)/u, "");
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const COMPARATOR = /^(<=|>=|<|>|=)([^<>=].*)$/u;

/**
 * The releases among `known` that the expressions name, oldest first, each once.
 *
 * An expression is an id (`1.6.3`), the beginning of ids (`1.6` for 1.6.0 and 1.6.3), `latest`, `earliest`,
 * `A - B` (both included), comparators that must all hold (`>=1.6 <1.9`), or a range of Semantic Versioning
 * (`^1.6`, `1.x`). Several expressions add up; none at all names every release. Words of one expression may come
 * apart, as a shell passes them. What names nothing is an error with a suggestion.
 */
export function selectReleases(
  expressions: readonly string[],
  known: Iterable<string>,
  report: Report,
  at?: Span,
): string[] {
  const sorted = sortReleases(known);
  const words = expressions.flatMap((expression) =>
    sorted.includes(expression) ? [expression] : expression.split(/[\s,]+/u).filter((word) => word !== ""),
  );
  if (words.length === 0) return sorted;
  const context: Selection = { sorted, report, ...(at ? { at } : {}) };
  const chosen = new Set<string>();
  for (const test of readExpressions(words, context)) {
    for (const id of sorted) if (test(id)) chosen.add(id);
  }
  return sorted.filter((id) => chosen.has(id));
}

interface Selection {
  readonly sorted: readonly string[];
  readonly report: Report;
  readonly at?: Span;
}

type Test = (id: string) => boolean;

function readExpressions(words: readonly string[], context: Selection): Test[] {
  const tests: Test[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (words[index + 1] === "-") {
      const upper = words[index + 2];
      if (upper === undefined) {
        complain(
          context,
          "invalid-release-range",
          `the range "${word} -" has no end`,
          `write "${word} - latest"`,
        );
        break;
      }
      index += 2;
      const from = endsOf(word, context);
      const to = endsOf(upper, context);
      if (!from || !to) continue;
      const test: Test = (id) => compareReleases(id, from.first) >= 0 && compareReleases(id, to.last) <= 0;
      if (compareReleases(from.first, to.last) > 0) {
        complain(
          context,
          "empty-release-range",
          `the range "${word} - ${upper}" holds no release`,
          `write the older release first: "${upper} - ${word}"`,
        );
      } else tests.push(test);
      continue;
    }
    if (/^[<>=]/u.test(word)) {
      const comparators: string[] = [];
      // Comparators that stand beside each other are one expression; the operator may stand apart from its id.
      for (; index < words.length && /^[<>=]/u.test(words[index] ?? ""); index++) {
        const comparator = words[index] ?? "";
        comparators.push(/^[<>=]+$/u.test(comparator) ? comparator + (words[++index] ?? "") : comparator);
      }
      index--;
      const read = comparators.map((comparator) => readComparator(comparator, context));
      const parts = read.filter((test) => test !== undefined);
      if (parts.length < read.length) continue;
      const test: Test = (id) => parts.every((part) => part(id));
      if (!context.sorted.some(test)) noneIn(context, comparators.join(" "));
      else tests.push(test);
      continue;
    }
    const range = /^[~^]|(?:^|\.)[xX*](?:\.|$)|\|\|/u.test(word) ? semver().validRange(word) : null;
    if (range !== null) {
      const test: Test = (id) => {
        const version = semver().coerce(id, { includePrerelease: true });
        return version !== null && semver().satisfies(version, range, { includePrerelease: true });
      };
      if (!context.sorted.some(test)) noneIn(context, word);
      else tests.push(test);
      continue;
    }
    const ends = endsOf(word, context);
    if (ends) tests.push((id) => ends.ids.includes(id));
  }
  return tests;
}

function readComparator(comparator: string, context: Selection): Test | undefined {
  const match = COMPARATOR.exec(comparator);
  if (!match?.[2]) {
    const last = context.sorted.at(-1) ?? "1.6";
    complain(
      context,
      "invalid-release-range",
      `"${comparator}" has no release after it`,
      `for instance ">=${last}"`,
    );
    return undefined;
  }
  const { sorted } = context;
  const operator = match[1];
  const id = match[2];
  // An unknown id that is a well-formed version still marks a place in the order.
  const ends =
    matching(id, sorted) ?? (/^v?\d/iu.test(id) ? { first: id, last: id, ids: [id] } : endsOf(id, context));
  if (!ends) return undefined;
  switch (operator) {
    case ">=":
      return (other) => compareReleases(other, ends.first) >= 0;
    case ">":
      return (other) => compareReleases(other, ends.last) > 0;
    case "<=":
      return (other) => compareReleases(other, ends.last) <= 0;
    case "<":
      return (other) => compareReleases(other, ends.first) < 0;
    default:
      return (other) => ends.ids.includes(other);
  }
}

interface Ends {
  readonly first: string;
  readonly last: string;
  readonly ids: readonly string[];
}

/** The known releases that a word names, or a diagnostic. */
function endsOf(word: string, context: Selection): Ends | undefined {
  const found = matching(word, context.sorted);
  if (found) return found;
  const { sorted } = context;
  complain(
    context,
    "unknown-release",
    `no release "${word}"`,
    suggestionHint(word, [...sorted, "latest", "earliest"]) ??
      (sorted.length === 0 ? "there are no releases yet" : `known releases: ${sorted.join(", ")}`),
  );
  return undefined;
}

function matching(word: string, sorted: readonly string[]): Ends | undefined {
  const bare = word.replace(/^v(?=\d)/iu, "");
  const last = sorted[sorted.length - 1];
  const first = sorted[0];
  let ids: readonly string[];
  if (word === "latest") ids = last === undefined ? [] : [last];
  else if (word === "earliest") ids = first === undefined ? [] : [first];
  else if (sorted.includes(word)) ids = [word];
  else {
    const plain = sorted.map((id) => [id, id.replace(/^v(?=\d)/iu, "")] as const);
    const exact = plain.filter(([, id]) => id === bare);
    ids = (exact.length > 0 ? exact : plain.filter(([, id]) => beginsWith(id, bare))).map(([id]) => id);
  }
  const [lowest] = ids;
  const highest = ids[ids.length - 1];
  return lowest === undefined || highest === undefined ? undefined : { first: lowest, last: highest, ids };
}

/** `1.6` begins `1.6.3`, not `1.60`. */
function beginsWith(id: string, beginning: string): boolean {
  return id.startsWith(beginning) && /^[-._+ ]/u.test(id.slice(beginning.length));
}

function noneIn(context: Selection, range: string): void {
  const { sorted } = context;
  complain(
    context,
    "empty-release-range",
    `the range "${range}" holds no release`,
    sorted.length === 0 ? "there are no releases yet" : `known releases: ${sorted.join(", ")}`,
  );
}

function complain(context: Selection, code: string, message: string, hint: string): void {
  context.report.add({ code, severity: "error", message, hint, ...(context.at ? { at: context.at } : {}) });
}
