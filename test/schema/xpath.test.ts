import { expect, test } from "vitest";
import { judgeXPath, prefixNames } from "../../generator/schema/xpath.js";

const namespaces = new Map([["p", "urn:p"]]);

test.each([
  ["a", true, true],
  [".", true, true],
  ["*", true, true],
  ["p:*", true, true],
  ["a/b/./c", true, true],
  [".//a", true, true],
  [" . // a | b/ p:c ", true, true],
  ["child::a/child :: *", true, true],
  ["child", true, true],
  ["child/attribute", true, true],
  ["@a", false, true],
  ["@*", false, true],
  ["@p:*", false, true],
  ["attribute::a", false, true],
  [".//a/@b | c", false, true],
  ["@a/b", false, false],
  ["", false, false],
  ["/a", false, false],
  ["a/", false, false],
  ["a//b", false, false],
  ["..", false, false],
  ["a|", false, false],
  ["|a", false, false],
  ["a b", false, false],
  ["a[1]", false, false],
  ["text()", false, false],
  ["parent::a", false, false],
  ["q:a", false, false],
  ["p:", false, false],
  ["a:b:c", false, false],
  ["*:a", false, false],
  ["1", false, false],
])("%j as selector %s, as field %s", (xpath, selector, field) => {
  expect(judgeXPath(xpath, "selector", namespaces) === undefined).toBe(selector);
  expect(judgeXPath(xpath, "field", namespaces) === undefined).toBe(field);
});

test.each([
  ["a/b", "d:a/d:b"],
  [".//a|child::b", ".//d:a|child::d:b"],
  ["p:a/*/.", "p:a/*/."],
  ["a/@b", "d:a/@b"],
])("%s with a default namespace is %s", (xpath, expected) => {
  expect(prefixNames(xpath, "field", "d")).toBe(expected);
});
