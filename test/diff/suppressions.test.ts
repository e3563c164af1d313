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
