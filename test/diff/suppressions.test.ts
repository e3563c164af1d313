import fc from "fast-check";
import { expect, test } from "vitest";
import { componentText } from "../../generator/diff/judge.js";
import { applySuppressions, suppressionFor, type Suppression } from "../../generator/diff/suppressions.js";
import type { Change } from "../../generator/diff/types.js";

const context = { prefixOf: () => "t", from: "1.0", to: "1.1", today: "2026-01-15" };

/** A finding, as far as suppressions look at it. */
const finding = (type: string, path: readonly string[] = [], rule = "element.removed.optional"): Change =>
  ({
    id: "0123456789ab",
    rule,
    level: "breaking",
    component: { ns: "urn:t", type, path },
  }) as unknown as Change;

/** What notes tell of, by the release and whom it concerns. */
const noted = (subject: string): Change =>
  ({
    id: "0123456789ac",
    rule: "behaviour.note",
    component: { kind: "note", type: subject, path: [] },
  }) as unknown as Change;

const accepts = (suppression: Suppression, change: Change): boolean =>
  applySuppressions([change], [suppression], context).changes[0]?.suppressed !== undefined;

test.each([
  ["t:T/a", true],
  ["t:T/*", true],
  ["t:T/**", true],
  ["t:*/a", true],
  ["**", true],
  ["t:T", false],
  ["*", false],
  ["t:T/\\*", false],
  ["t:T/b", false],
  ["t.T/a", false],
])("%j accepts t:T/a: %j", (at, expected) => {
  expect(accepts({ at, reason: "r" }, finding("T", ["a"]))).toBe(expected);
});

const nameOf = (path: readonly string[]): string => componentText(finding("T", path).component, "t");
const step = fc.stringMatching(/^[ab*\\.$@=~]{1,4}$/u);

test("the entry for a finding accepts it and no other", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3 }), fc.array(step, { maxLength: 3 }), (path, other) => {
      const entry = { ...suppressionFor(finding("T", path), context.prefixOf), reason: "r" };
      expect(accepts(entry, finding("T", path))).toBe(true);
      expect(accepts(entry, finding("T", other))).toBe(nameOf(path) === nameOf(other));
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test("what holds for all operations is no pattern: it leaves what one operation has", () => {
  const all = noted("1.1: *");
  const entry = { ...suppressionFor(all, context.prefixOf), reason: "r" };
  expect(accepts(entry, all)).toBe(true);
  expect(accepts(entry, noted("1.1: createUser"))).toBe(false);
});

test("an entry behind another that accepts the same is not stale; one that matches nothing, or has expired, is", () => {
  const broad = { rule: "element", reason: "all" };
  const narrow = { at: "t:T/a", reason: "one" };
  const nothing = { at: "t:T/b", reason: "gone" };
  const expired = { at: "t:T/a", until: "2026-01-14", reason: "old" };
  const elsewhere = { at: "t:T/b", range: "1.1..1.2", reason: "another pair" };
  const { changes, stale } = applySuppressions(
    [finding("T", ["a"])],
    [broad, narrow, nothing, expired, elsewhere],
    context,
  );
  expect(changes[0]?.suppressed).toEqual({ reason: "all" });
  expect(stale).toEqual([
    { suppression: expired, why: "expired" },
    { suppression: nothing, why: "matches nothing" },
  ]);
});

test("an entry holds for its pair of releases, up to its day, for a rule and those below it; one that names nothing accepts nothing", () => {
  const one = finding("T", ["a"]);
  const reason = "r";
  const at = "t:T/a";
  expect(accepts({ at, range: "1.0..1.1", reason }, one)).toBe(true);
  expect(accepts({ at, range: "1.1..1.0", reason }, one)).toBe(false);
  expect(accepts({ at, until: "2026-01-15", reason }, one)).toBe(true);
  expect(accepts({ at, until: "2026-01-14", reason }, one)).toBe(false);
  for (const rule of ["element", "element.removed", "element.removed.optional"])
    expect([rule, accepts({ rule, reason }, one)]).toEqual([rule, true]);
  for (const rule of ["elem", "element.removed.opt", "attribute", "element.removed.optional.more"])
    expect([rule, accepts({ rule, reason }, one)]).toEqual([rule, false]);
  expect(accepts({ id: "0123456789ab", reason }, one)).toBe(true);
  expect(accepts({ id: "0123456789ab", rule: "attribute", reason }, one)).toBe(false);
  expect(accepts({ id: "0123456789ab", rule: "element", at: "t:U", reason }, one)).toBe(false);
  expect(accepts({ reason }, one)).toBe(false);
});

test("an entry may lower a finding in place of taking it out; without a today, none has expired", () => {
  const lowered = { rule: "element", as: "info", until: "2020-01-01", reason: "r" } as const;
  const { today: _, ...timeless } = context;
  const { changes, stale } = applySuppressions([finding("T")], [lowered], timeless);
  expect(changes[0]?.suppressed).toEqual({ reason: "r", as: "info" });
  expect(stale).toEqual([]);
});
