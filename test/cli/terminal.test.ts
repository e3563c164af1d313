import { expect, test } from "vitest";
import { createReport, type Diagnostic } from "../../generator/diagnostics.js";
import {
  createProgress,
  createStyle,
  escapeControls,
  escapeLine,
  formatCount,
  formatDiagnostic,
  formatDuration,
  formatReport,
  isColoured,
  plural,
} from "../../generator/terminal.js";

const plain = createStyle(false);

function show(
  text: string,
  diagnostic: Partial<Diagnostic> & { readonly at?: Diagnostic["at"] },
  width?: number,
): string {
  const report = createReport();
  report.addText("a.xsd", text);
  const full: Diagnostic = { code: "some-code", severity: "error", message: "it is wrong", ...diagnostic };
  return formatDiagnostic(full, report, {
    style: plain,
    path: (file) => `xsd/${file}`,
    ...(width !== undefined && { width }),
  });
}

const at = (start: number, end: number) => ({ file: "a.xsd", start, end });

test("a finding has place, frame, caret, hint and rule", () => {
  expect(show("one\n  two three\n", { at: at(10, 15), hint: "do this", clause: "src-resolve" })).toBe(
    [
      "xsd/a.xsd:2:7 error some-code: it is wrong",
      "     2 |   two three",
      "       |       ^~~~~",
      "  hint: do this",
      "  rule: src-resolve",
    ].join("\n"),
  );
});

test("thousands of findings on one long line are shown soon", () => {
  const report = createReport();
  report.addText("a.xsd", "<a/>".repeat(500_000));
  const started = performance.now();
  for (let index = 0; index < 20_000; index++)
    expect(report.locate(at(index, index + 1))?.column).toBe(index + 1);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("related places are shown too", () => {
  const text = show("one\ntwo\n", { at: at(0, 3), related: [{ message: "the other one", at: at(4, 7) }] });
  expect(text).toContain("  xsd/a.xsd:2:1 the other one\n     2 | two\n       | ^~~");
});

test.each<[name: string, text: string, at: Diagnostic["at"], width: number | undefined, frame: string[]]>([
  ["an empty span", "abc", at(1, 1), undefined, ["     1 | abc", "       |  ^"]],
  ["a span over lines", "abc\ndef", at(1, 6), undefined, ["     1 | abc", "       |  ^~"]],
  ["the end of the text", "abc", at(3, 3), undefined, ["     1 | abc", "       |    ^"]],
  ["a tab counts as one", "\tabc", at(1, 4), undefined, ["     1 |  abc", "       |  ^~~"]],
  ["characters of two columns", "名前ab", at(0, 4), undefined, ["     1 | 名前ab", "       | ^~~~~~"]],
  [
    "after characters of two columns",
    "名前🎉ab",
    at(4, 6),
    undefined,
    ["     1 | 名前🎉ab", "       |       ^~"],
  ],
  ["half-width forms", "ｶﾅab", at(2, 4), undefined, ["     1 | ｶﾅab", "       |   ^~"]],
  ["after a mark", "e\u0301a\u0308bc", at(4, 5), undefined, ["     1 | e\u0301a\u0308bc", "       |   ^"]],
  ["CR LF", "ab\r\ncd\r\n", at(4, 6), undefined, ["     2 | cd", "       | ^~"]],
  [
    "a control character keeps the caret in its place",
    "a\u001bb",
    at(2, 3),
    undefined,
    ["     1 | a\\u{001B}b", "       |          ^"],
  ],
])("frame: %s", (_name, text, span, width, frame) => {
  expect(
    show(text, { ...(span && { at: span }) }, width)
      .split("\n")
      .slice(1),
  ).toEqual(frame);
});

test("a long line is shown around its place, never wider than asked", () => {
  const text = `${"x".repeat(500)}HERE${"y".repeat(500)}`;
  const [, line = "", caret = ""] = show(text, { at: at(500, 504) }, 60).split("\n");
  expect(line.length).toBeLessThanOrEqual(64);
  expect(line).toContain("HERE");
  expect(line.indexOf("HERE")).toBe(caret.indexOf("^"));
  expect(caret.trimEnd().endsWith("^~~~")).toBe(true);
});

test("a frame shows no user and password of a URL, wherever it is cut", () => {
  const url = "https://user:secret@example.com/b.xsd";
  const line = `<xs:include schemaLocation="${url}" id="a@b"/>`;
  const masked = line.replace("user:secret", "***********");
  for (let start = 0; start < line.length; start++) {
    const frame = show(line, { at: at(start, start + 1) }).split("\n");
    expect(frame[1]).toBe(`     1 | ${masked}`);
    expect(frame[2]).toBe(`       | ${" ".repeat(start)}^`);
    const narrow = show(line, { at: at(start, start + 30) }, 45);
    expect(narrow).not.toMatch(/sec|cret|ser:/u);
  }
});

test("a line is not cut within a character", () => {
  for (const shift of ["", "x"]) {
    const text = `${shift}${"🎉".repeat(300)}`;
    expect(show(text, { at: at(300 + shift.length, 302 + shift.length) }, 60)).not.toMatch(/\p{Cs}/u);
  }
});

test("a place without a known text, and a finding without a place", () => {
  expect(show("", { at: { file: "other.xsd", start: 3, end: 4 } })).toBe(
    "xsd/other.xsd error some-code: it is wrong",
  );
  expect(show("", {})).toBe("error some-code: it is wrong");
});

test("a report is in file order and counts; an empty one is silent", () => {
  const report = createReport();
  expect(formatReport(report, { style: plain })).toBe("");
  report.addText("a", "12345");
  report.add({ code: "c", severity: "warning", message: "late", at: { file: "a", start: 4, end: 5 } });
  report.add({ code: "b", severity: "error", message: "early", at: { file: "a", start: 1, end: 2 } });
  report.add({ code: "a", severity: "error", message: "general" });
  const text = formatReport(report, { style: plain, explain: "xsd-strata explain" });
  expect(text.match(/general|early|late/gu)).toEqual(["general", "early", "late"]);
  expect(text.trimEnd().split("\n").at(-1)).toBe("2 errors, 1 warning (xsd-strata explain a tells more)");
});

test("control characters, bidirectional controls and separators become visible", () => {
  const hostile = "a\u0000\u0007\u001b[31m\u007f\u009b\u200b\u202e\u2028\u2066\ufeffz";
  const escaped = escapeControls(hostile);
  expect(escaped).toBe(
    "a\\u{0000}\\u{0007}\\u{001B}[31m\\u{007F}\\u{009B}\\u{200B}\\u{202E}\\u{2028}\\u{2066}\\u{FEFF}z",
  );
  expect(escapeControls("a\tb\nc")).toBe("a\tb\nc");
  expect(escapeLine("a\tb\nc\r")).toBe("a b c\\u{000D}");
  expect(escapeControls("a\u{e0041}\ufff9")).toBe("a\\u{E0041}\\u{FFF9}");
  expect(escapeControls("Zürich 東京 😀 é")).toBe("Zürich 東京 😀 é");
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
  [{ TERM: "dumb" }, true, false],
])("colours for %j on a terminal (%j): %j", (env, isTTY, expected) => {
  expect(isColoured({ isTTY }, env)).toBe(expected);
});

test("progress: only on a terminal, only after 300 ms, one line that goes away", () => {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
  const progress = createProgress(stream, true, () => time);
  progress.say("too early");
  time = 299;
  progress.say("still too early");
  expect(written).toEqual([]);
  time = 300;
  progress.say(`reading ${"x".repeat(50)}`);
  progress.clear();
  progress.clear();
  expect(written).toEqual([`\r\u001b[2Kreading ${"x".repeat(11)}`, "\r\u001b[2K"]);
  for (const [isTTY, enabled] of [
    [false, true],
    [true, false],
  ] as const) {
    const silent = createProgress(
      { isTTY, write: (text: string) => written.push(text) },
      enabled,
      () => 1000,
    );
    silent.say("x");
    silent.clear();
  }
  expect(written).toHaveLength(2);
});

test("numbers and durations read the same everywhere", () => {
  expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([plural(1, "file"), plural(2, "file"), plural(0, "entry"), plural(1200, "entry")]).toEqual([
    "1 file",
    "2 files",
    "0 entries",
    "1,200 entries",
  ]);
  expect([5.4, 994, 996, 9_949, 12_340].map(formatDuration)).toEqual([
    "5 ms",
    "994 ms",
    "1.00 s",
    "9.95 s",
    "12.3 s",
  ]);
});

test("progress in continuous integration: plain lines, at most one a second", () => {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY: false, write: (text: string) => written.push(text) };
  const progress = createProgress(stream, "lines", () => time);
  for (const [at, text] of [
    [0, "too early"],
    [999, "too early"],
    [1000, "reading\u001b[2J 1.0"],
    [1500, "too soon"],
    [2000, "reading 1.1"],
  ] as const) {
    time = at;
    progress.say(text);
    progress.clear();
  }
  expect(written).toEqual(["reading\\u{001B}[2J 1.0\n", "reading 1.1\n"]);
});
