import { expect, test } from "vitest";
import {
  codeMarkdown,
  escapeCommand,
  escapeCommandProperty,
  escapeHtml,
  escapeMarkdown,
  escapePlain,
  escapeSarif,
  printJson,
  shortened,
} from "../../generator/escape.js";
import { safeUrl } from "../../generator/report/html.js";

test.each([
  ["41.12.0", "41.12.0"],
  ["a_b", "a_b"],
  ["_a_", "\\_a\\_"],
  ["1. one", "1\\. one"],
  ["- one", "\\- one"],
  ["# one", "\\# one"],
  ["*a* `b` [c](d)", "\\*a\\* \\`b\\` \\[c\\](d)"],
  ["<b>&", "&lt;b&gt;&amp;"],
  ["a|b", "a\\|b"],
  ["@me #1 GH-2", "@&#8203;me #&#8203;1 GH-&#8203;2"],
  ["https://a.example www.b.example", "https&#58;//a.example www&#46;b.example"],
  ["a\nb\u001b[2J", "a b\\\\u{001B}\\[2J"],
  ["$x$", "&#36;x&#36;"],
])("Markdown of %j is %j", (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test.each([
  ["a", "`a`"],
  ["a`b", "``a`b``"],
  ["`", "`` ` ``"],
  ["", "`  `"],
  ["a|b", "`a\\|b`"],
])("code in Markdown of %j is %j", (text, expected) => {
  expect(codeMarkdown(text)).toBe(expected);
});

test("HTML: markup, quotes, and what cannot be seen", () => {
  expect(escapeHtml(`<a b="c" d='e'>&`)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  expect(escapeHtml("a\u202eb\u0000")).toBe("a\\u{202E}b\\u{0000}");
});

test("a workflow command keeps to its line and its property", () => {
  expect(escapeCommand("a\n::error::b\r\n%0A")).toBe("a%0A::error::b%0A%250A");
  expect(escapeCommandProperty("a,b:c")).toBe("a%2Cb%3Ac");
});

test("a terminal gets one line without controls", () => {
  expect(escapePlain("a\r\n\u001b]0;x\u0007\u009b1m")).toBe("a \\u{001B}]0;x\\u{0007}\\u{009B}1m");
});

test("SARIF: no links from outside", () => {
  expect(escapeSarif("[a](https://b)\\")).toBe("\\[a\\](https://b)\\\\");
});

test("JSON shows what a viewer would obey, and says the same", () => {
  const value = { text: "a\u009b\u202e\u2028\ufeff" };
  const text = printJson(value);
  expect(text).not.toMatch(/[\u0080-\u{10ffff}]/u);
  expect(JSON.parse(text)).toEqual(value);
});

test.each([
  ["https://a.example/b?c", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  [" https://a.example", false],
  ["//a.example", false],
])("an address %j may be a link: %s", (url, fine) => {
  expect(safeUrl(url) === url).toBe(fine);
});

test("a long text is cut between characters", () => {
  expect(shortened("abc", 3)).toBe("abc");
  expect(shortened("abcd", 3)).toBe("abc...");
  expect(shortened("ab😀d", 4)).toBe("ab😀...");
  expect(shortened("ab😀d", 3, "…")).toBe("ab…");
});
