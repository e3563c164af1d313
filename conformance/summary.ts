/** Rates and failures of a run, compared with what is known. */
import { readFileSync } from "node:fs";
import type { Outcome } from "./instances.js";
import type { SuiteTest, XsdVersion } from "./suite.js";

export type Kind = "schemaValid" | "schemaInvalid" | "instanceValid" | "instanceInvalid";

interface Counter {
  pass: number;
  total: number;
}

/** How many tests came out as expected; NIST's data-type tests and disputed tests are counted apart. */
export interface Rate {
  readonly pass: number;
  readonly total: number;
  readonly disputed: number;
  readonly nist: { readonly pass: number; readonly total: number };
}

export interface Failure {
  readonly id: string;
  readonly kind: Kind;
  readonly reason: string;
}

/** A test whose expected outcome is not the one that the specification gives, or not for this version. */
export interface Disputed {
  readonly id: string;
  /** The version for which this holds; absent: both. */
  readonly xsd?: XsdVersion;
  readonly clause: string;
  readonly reason: string;
}

export interface ConformanceReport {
  readonly xsd: XsdVersion;
  readonly summary: Readonly<Record<Kind, Rate>>;
  readonly failures: readonly Failure[];
  /** Failures that are not known. */
  readonly unexpected: readonly Failure[];
  /** Known failures that are none any more. */
  readonly repaired: readonly string[];
}

const kinds: readonly Kind[] = ["schemaValid", "schemaInvalid", "instanceValid", "instanceInvalid"];

const readList = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as T;

/** The tests that are counted apart for a version. */
export function disputedTests(xsd: XsdVersion): ReadonlyMap<string, Disputed> {
  const all = readList<readonly Disputed[]>("disputed.json");
  return new Map(
    all.filter((each) => each.xsd === undefined || each.xsd === xsd).map((each) => [each.id, each]),
  );
}

/** A failure that is known, and why it is there. */
export interface KnownFailure extends Failure {
  /** The verdict is right; the document that is written is not equal. */
  readonly roundTrip?: true;
}

/** The failures that are known for a version; the list may only shrink. */
export function knownFailures(xsd: XsdVersion): readonly KnownFailure[] {
  return readList<Readonly<Record<XsdVersion, readonly KnownFailure[]>>>("known-failures.json")[xsd];
}

function kindOf({ kind, validity }: SuiteTest): Kind {
  if (kind === "schema") return validity === "valid" ? "schemaValid" : "schemaInvalid";
  return validity === "valid" ? "instanceValid" : "instanceInvalid";
}

/** Counts outcomes. */
export function reportOf(
  xsd: XsdVersion,
  outcomes: readonly Outcome[],
  known: readonly Failure[],
): ConformanceReport {
  const disputed = disputedTests(xsd);
  const counter = (): Counter => ({ pass: 0, total: 0 });
  const rate = () => ({ ...counter(), disputed: 0, nist: counter() });
  const summary = {
    schemaValid: rate(),
    schemaInvalid: rate(),
    instanceValid: rate(),
    instanceInvalid: rate(),
  } satisfies Record<Kind, Rate>;
  const failures: Failure[] = [];
  const passed = new Set<string>();
  for (const { test, failure } of outcomes) {
    const kind = kindOf(test);
    const rate = summary[kind];
    if (disputed.has(test.id)) {
      rate.disputed++;
      continue;
    }
    const count: Counter = test.set === "nistMeta" ? rate.nist : rate;
    count.total++;
    if (failure === undefined) {
      count.pass++;
      passed.add(`${kind} ${test.id}`);
    } else failures.push({ id: test.id, kind, reason: failure });
  }
  const order = ({ kind, id }: Failure): string => `${kinds.indexOf(kind)} ${id}`;
  failures.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  const expected = new Set(known.map(({ kind, id }) => `${kind} ${id}`));
  return {
    xsd,
    summary,
    failures,
    unexpected: failures.filter(({ kind, id }) => !expected.has(`${kind} ${id}`)),
    repaired: [...expected].filter((key) => passed.has(key)),
  };
}

const titles: Readonly<Record<Kind, string>> = {
  schemaValid: "valid schemas: code generated, compiles",
  schemaInvalid: "invalid schemas: rejected",
  instanceValid: "valid documents: accepted, equal again",
  instanceInvalid: "invalid documents: rejected",
};

/** A report as text: failures, then the rates. */
export function showReport(report: ConformanceReport): string {
  const { xsd, summary, failures, unexpected, repaired } = report;
  const fresh = new Set(unexpected);
  const lines = failures.map(
    (failure) => `${fresh.has(failure) ? "NEW " : ""}${failure.kind} ${failure.id}: ${failure.reason}`,
  );
  for (const key of repaired) lines.push(`REPAIRED ${key}: take it out of conformance/known-failures.json`);
  lines.push(`XSD ${xsd}`);
  for (const kind of kinds) {
    const { pass, total, disputed, nist } = summary[kind];
    lines.push(
      `${titles[kind].padEnd(42)} ${percent(pass, total)} (${pass} of ${total}), NIST ${percent(nist.pass, nist.total)} (${nist.pass} of ${nist.total}), disputed ${disputed}`,
    );
  }
  return lines.join("\n");
}

function percent(pass: number, total: number): string {
  // Rounded down: 100 % is all of them.
  return total === 0 ? "-" : `${(Math.floor((10000 * pass) / total) / 100).toFixed(2)} %`;
}
