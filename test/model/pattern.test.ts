import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern, matchesPattern } from "../../templates/runtime/pattern.js";

test.each<[pattern: string, matches: readonly string[], others: readonly string[]]>([
  ["", [""], ["a"]],
  ["abc", ["abc"], ["ab", "abcd", "xabc", ""]],
  ["a|b|", ["a", "b", ""], ["ab", "c"]],
  ["(ab)+", ["ab", "abab"], ["", "aba"]],
  ["a{2}", ["aa"], ["a", "aaa"]],
  ["a{2,}", ["aa", "aaaa"], ["a"]],
  ["a{0,2}b", ["b", "ab", "aab"], ["aaab"]],
  ["a{0}", [""], ["a"]],
  [".", ["a", "\u{1F600}", "\u2028", "\u0085"], ["\n", "\r", "", "ab"]],
  ["^a$", ["^a$"], ["a"]],
  ["[a-c]", ["a", "b", "c"], ["d", "-", "ab"]],
  ["[^a-c]", ["d", "^"], ["a", ""]],
  ["[a^]", ["a", "^"], ["b"]],
  ["[-a]", ["-", "a"], ["b"]],
  ["[a-]", ["-", "a"], ["b"]],
  ["[a\\-c]", ["a", "-", "c"], ["b"]],
  ["[a-z-[aeiou]]", ["b", "z"], ["a", "e", "-"]],
  ["[^0-9-[a]]", ["b"], ["1", "a"]],
  ["[a-z-[a-m-[c]]]", ["c", "n"], ["a", "d"]],
  ["[\\d-[5]]", ["4", "\u0664"], ["5", "a"]],
  ["\\d", ["7", "\u0967"], ["a", "\u00B2"]],
  ["\\s", [" ", "\t", "\n", "\r"], ["\u00A0", "\f"]],
  ["\\w", ["a", "\u00E9", "7", "+"], ["-", "_", " ", "\u0000"]],
  ["\\i\\c*", ["a", "_x", ":y", "\u00E9-1"], ["1a", "-", ""]],
  ["\\I", ["1", "-"], ["a", ":"]],
  ["\\C", [" ", "!"], ["a", ".", "1"]],
  ["[\\i-[:]][\\c-[:]]*", ["name", "_1"], ["a:b", ":a"]],
  ["\\p{Lu}", ["A", "\u00C9"], ["a", "1"]],
  ["\\P{Lu}", ["a", "1"], ["A"]],
  ["\\p{L}\\p{Nd}", ["a1"], ["1a"]],
  ["[\\p{Lu}\\p{Nd}]+", ["A1"], ["a"]],
  ["\\p{IsGreek}", ["\u03B1"], ["a"]],
  ["\\p{IsBasicLatin}*", ["abc~", ""], ["\u00E9"]],
  ["\\p{IsLatin-1Supplement}", ["\u00E9"], ["e"]],
  ["\\P{IsBasicLatin}", ["\u00E9"], ["e"]],
  ["\\p{IsCJKUnifiedIdeographs}", ["\u4E2D"], ["a"]],
  ["\\p{IsPrivateUse}", ["\uE000", "\u{10FFFD}"], ["a"]],
  ["\\.\\\\\\?\\*\\+\\{\\}\\(\\)\\[\\]\\|\\-\\^", [".\\?*+{}()[]|-^"], ["a"]],
  ["\\n\\r\\t", ["\n\r\t"], ["nrt"]],
  ["\u{1F600}+", ["\u{1F600}\u{1F600}"], ["\uD83D"]],
  ["(a*)*", ["", "aaa"], ["b"]],
  ["(a|b)*abb", ["abb", "babaabb"], ["ab", "abba"]],
  ["[0-9]{3}-[0-9]{4}", ["123-4567"], ["1234567"]],
  ["x{13,20}y", ["x".repeat(13) + "y", "x".repeat(20) + "y"], ["x".repeat(12) + "y", "x".repeat(21) + "y"]],
  [".{0,4000}", ["", "x".repeat(4000)], ["x".repeat(4001)]],
  ["(a{1,20}b?){2,3}", ["ab".repeat(2), "aa", "a".repeat(60)], ["b", "a", "a".repeat(61)]],
  ["a*[ab]{14}", ["a".repeat(14), "a".repeat(99) + "b".repeat(14)], ["a".repeat(13), "a" + "b".repeat(15)]],
])("%s", (pattern, matches, others) => {
  expect(compilePattern(pattern)).not.toHaveProperty("problem");
  for (const text of matches) expect(matchesPattern(pattern, text), JSON.stringify(text)).toBe(true);
  for (const text of others) expect(matchesPattern(pattern, text), JSON.stringify(text)).toBe(false);
});

test.each<[pattern: string, problem: string, at: number]>([
  ["(a", '"(" is not closed', 0],
  ["a)", '")" has no partner', 1],
  ["[a", '"[" is not closed', 0],
  ["[]", "a class must hold something", 1],
  ["[b-a]", "the range is upside down", 1],
  ["[a[b]]", '"[" must be escaped in a class', 2],
  ["[a-[b]c]", "a subtraction must end its class", 6],
  ["*a", '"*" has nothing to repeat', 0],
  ["a**", '"*" has nothing to repeat', 2],
  ["a{2,1}", "the quantity {2,1} is upside down", 1],
  ["a{x}", '"{" must begin a quantity such as {2} or {2,5}', 1],
  ["a]", '"]" must be escaped', 1],
  ["\\", "the backslash at the end escapes nothing", 0],
  ["\\q", "\\q is no escape", 0],
  ["\\p{Xx}", '"Xx" is no Unicode category', 0],
  ["\\p{__proto__}", "\\p must be followed by a name in braces", 0],
  ["(?:a)", '"?" has nothing to repeat', 1],
  ["((ab){999}c){99}", "it is too large", 0],
])("rejected: %s", (pattern, problem, at) => {
  expect(compilePattern(pattern)).toEqual({ problem, at });
});

test("a block that is not known is a mistake in XSD 1.0 and matches everything in 1.1", () => {
  expect(compilePattern("\\p{IsKlingon}", { version: "1.0" })).toEqual({
    problem: '"Klingon" is no Unicode block',
    at: 0,
  });
  expect(matchesPattern("\\p{IsKlingon}", "x")).toBe(true);
});

test("a hyphen between a range and another is literal in XSD 1.1 only", () => {
  expect(compilePattern("[a-c-1-4]", { version: "1.0" })).toHaveProperty("problem");
  for (const text of ["b", "-", "3"]) expect(matchesPattern("[a-c-1-4]", text)).toBe(true);
  expect(matchesPattern("[a-a-x-x]", "-")).toBe(true);
  expect(matchesPattern("[\\d-x]", "-")).toBe(true);
  expect(compilePattern("[--z]")).toHaveProperty("problem");
});

test("no pattern makes matching slow", () => {
  const start = performance.now();
  for (const pattern of [
    "(a*)*b",
    "(a|aa)+b",
    "(a|a?)+b",
    "(.*)(.*)(.*)(.*)(.*)b",
    "((a{0,50}){0,50}){0,50}b",
    "(.{1,5000}){2}b",
    "((ab?){0,30}c?){0,30}d",
  ]) {
    expect(matchesPattern(pattern, "a".repeat(20_000))).toBe(false);
  }
  // Seconds at worst on a busy machine; backtracking would need longer than the universe has existed.
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("nesting is bounded", () => {
  expect(compilePattern("(".repeat(10_000) + ")".repeat(10_000))).toHaveProperty("problem");
  expect(compilePattern("[a-[".repeat(10_000))).toHaveProperty("problem");
});

/** Patterns that mean the same to JavaScript once anchored. */
const common: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b", "[ab]", "[^a]", "c", "\\."),
    fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie("tree"), fc.constantFrom("?", "*", "+", "{2}", "{1,3}"))
      .map(([a, quantifier]) => `(${a})${quantifier}`),
    // Large counts on single sets only: nested, JavaScript would not come back.
    fc
      .tuple(fc.constantFrom("a", "[ab]", "."), fc.constantFrom("{0,14}", "{13,}", "{2,30}"))
      .map(([a, quantifier]) => `${a}${quantifier}`),
  ),
})).tree;

test("agrees with JavaScript on what both know", () => {
  fc.assert(
    fc.property(
      common,
      fc.array(fc.constantFrom("a", "b", "c", "."), { maxLength: 12 }),
      (pattern, characters) => {
        fc.pre(pattern.length < 40);
        const text = characters.join("");
        expect(matchesPattern(pattern, text)).toBe(new RegExp(`^(?:${pattern})$`, "su").test(text));
      },
    ),
    { seed: 20110601, numRuns: 3000 },
  );
});
