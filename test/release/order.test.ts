import fc from "fast-check";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { compareReleases, selectReleases, sortReleases } from "../../generator/release/order.js";

const webex = [
  "41.1.0",
  "41.2.0",
  "41.3.0",
  "41.4.0",
  "41.5.0",
  "41.6.0",
  "41.6.3",
  "41.7.0",
  "41.8.0",
  "41.9.0",
  "41.10.0",
  "41.11.0",
  "41.12.0",
];

test.each<[string, string[]]>([
  ["numbers by value", ["9.0.0", "41.2.0", "41.6.3", "41.10.0", "41.12.0", "42.1.0"]],
  [
    "pre-releases before their release",
    ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1"],
  ],
  ["builds after", ["1.0.0-rc", "1.0.0-rc+1", "1.0.0", "1.0.0+2", "1.0.0+10", "1.0.1"]],
  ["dates", ["2009-12", "2024-03", "2024-11", "2025-01"]],
  ["years and dots", ["2015.1", "2015.10", "2016"]],
  ["with v, without all parts", ["v0.9", "v1", "v1.2", "1.10", "v2"]],
  ["service packs after", ["10.0.0", "11.0.0", "11.0.0 SP4", "11.0.0 SP9", "11.0.0 SP10", "39.11.0"]],
  ["early words without a hyphen", ["1.2rc1", "1.2rc2", "1.2"]],
  ["draft words", ["2.0-draft", "2.0"]],
  ["four numbers", ["1.2.3", "1.2.3.4", "1.2.4"]],
  ["long numbers", ["20240101000000000001", "20240101000000000002", "100000000000000000000000"]],
  ["words first", ["draft-7", "draft-10", "trunk", "1.0", "2019-09"]],
])("orders %s", (_name, sorted) => {
  expect(sortReleases([...sorted].reverse())).toEqual(sorted);
  expect(sortReleases(sorted)).toEqual(sorted);
});

test("is a total order", () => {
  const part = fc.constantFrom("1", "2", "10", "0", "02", "rc", "beta", "SP1", "x");
  const id = fc
    .array(fc.tuple(fc.constantFrom("", ".", "-", "_", " ", "+"), part), { minLength: 1, maxLength: 4 })
    .map((parts) =>
      parts.map(([separator, text], index) => (index === 0 ? text : separator + text)).join(""),
    );
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      expect(Math.sign(compareReleases(a, b)) + Math.sign(compareReleases(b, a))).toBe(0);
      expect(compareReleases(a, b) === 0).toBe(a === b);
      if (compareReleases(a, b) <= 0 && compareReleases(b, c) <= 0) {
        expect(compareReleases(a, c)).toBeLessThanOrEqual(0);
      }
    }),
    { seed: 41, numRuns: 5000 },
  );
});

test.each<[string[], string[]]>([
  [[], webex],
  [["latest"], ["41.12.0"]],
  [["earliest"], ["41.1.0"]],
  [["41.6.3"], ["41.6.3"]],
  [["41.6"], ["41.6.0", "41.6.3"]],
  [["v41.6"], ["41.6.0", "41.6.3"]],
  [["41"], webex],
  [
    ["41.12.0", "41.1.0", "41.12.0"],
    ["41.1.0", "41.12.0"],
  ],
  [["41.8 - latest"], webex.slice(8)],
  [["41.8", "-", "latest"], webex.slice(8)],
  [["41.5 - 41.6"], ["41.5.0", "41.6.0", "41.6.3"]],
  [["earliest - 41.2, 41.12.0"], ["41.1.0", "41.2.0", "41.12.0"]],
  [[">=41.11"], ["41.11.0", "41.12.0"]],
  [[">", "41.6"], webex.slice(7)],
  [["<41.2"], ["41.1.0"]],
  [["<=41.6"], webex.slice(0, 7)],
  [[">=41.6.1 <41.8"], ["41.6.3", "41.7.0"]],
  [["=41.9.0"], ["41.9.0"]],
  [["~41.6.0"], ["41.6.0", "41.6.3"]],
  [["^41.11"], ["41.11.0", "41.12.0"]],
  [["41.6.x"], ["41.6.0", "41.6.3"]],
])("selects %j", (expressions, wanted) => {
  const report = createReport();
  expect(selectReleases(expressions, webex, report)).toEqual(wanted);
  expect(report.diagnostics).toEqual([]);
});

test("selects among ids that are no versions", () => {
  const known = ["2024-03", "2025-01", "2009-12"];
  expect(selectReleases([">=2024"], known, createReport())).toEqual(["2024-03", "2025-01"]);
  expect(selectReleases(["2009-12 - 2024-03"], known, createReport())).toEqual(["2009-12", "2024-03"]);
  expect(selectReleases(["11.0.0 SP9"], ["11.0.0 SP9", "11.0.0"], createReport())).toEqual(["11.0.0 SP9"]);
});

test.each<[string[], string, RegExp, RegExp]>([
  [["41.63"], "unknown-release", /no release "41\.63"/u, /did you mean "41\.6\.3"/u],
  [["lastest"], "unknown-release", /"lastest"/u, /did you mean "latest"/u],
  [["7"], "unknown-release", /"7"/u, /known releases: 41\.1\.0, /u],
  [["41.80 - latest"], "unknown-release", /"41\.80"/u, /did you mean "41\.8\.0"/u],
  [["41.9 -"], "invalid-release-range", /has no end/u, /41\.9 - latest/u],
  [[">="], "invalid-release-range", /no release after it/u, />=41\.12\.0/u],
  [["latest - 41.2"], "empty-release-range", /holds no release/u, /41\.2 - latest/u],
  [[">42"], "empty-release-range", /">42" holds no release/u, /known releases/u],
  [["^40"], "empty-release-range", /"\^40"/u, /known releases/u],
])("explains what is wrong with %j", (expressions, code, message, hint) => {
  const report = createReport();
  expect(selectReleases(expressions, webex, report)).toEqual([]);
  expect(report.diagnostics).toHaveLength(1);
  const [diagnostic] = report.diagnostics;
  expect(diagnostic).toMatchObject({ code, severity: "error" });
  expect(diagnostic?.message).toMatch(message);
  expect(diagnostic?.hint).toMatch(hint);
});

test("tells all mistakes at once and still selects the rest", () => {
  const report = createReport();
  expect(selectReleases(["41.1.0", "41.99", "nope", "41.12"], webex, report)).toEqual(["41.1.0", "41.12.0"]);
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'no release "41.99"',
    'no release "nope"',
  ]);
});
