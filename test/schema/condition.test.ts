import { expect, test } from "vitest";
import { readTest } from "../../generator/schema/condition.js";

const xs = "http://www.w3.org/2001/XMLSchema";
const context = {
  namespaces: new Map([
    ["xs", xs],
    ["p", "urn:p"],
    ["fn", "http://www.w3.org/2005/xpath-functions"],
  ]),
  defaultNamespace: "",
};
const read = (text: string): unknown => readTest(text, context);

test.each<[string, unknown]>([
  ["@a", ["@", "a"]],
  ["attribute::a", ["@", "a"]],
  ["@*", ["@", "*"]],
  ["@p:a", ["@", "{urn:p}a"]],
  ["@p:*", ["@", "{urn:p}*"]],
  ["@*:a", ["@", "*:a"]],
  ["@xml:lang = 'de'", ["=", ["@", "{http://www.w3.org/XML/1998/namespace}lang"], "de"]],
  [`@a="it""s"`, ["=", ["@", "a"], 'it"s']],
  ["@a='x'or@b='y'", ["or", ["=", ["@", "a"], "x"], ["=", ["@", "b"], "y"]]],
  ["@a and (@b or not(@c))", ["and", ["@", "a"], ["or", ["@", "b"], ["not", ["@", "c"]]]]],
  ["fn:not(@a)", ["not", ["@", "a"]]],
  ["@a (: one (: two :) :) < 5.0", ["<", ["@", "a"], ["decimal", "5.0"]]],
  ["@a >= -1e3", [">=", ["@", "a"], ["double", "-1e3"]]],
  ["xs:int(@a) != @b cast as xs:int", ["!=", ["cast", "int", ["@", "a"], "?"], ["cast", "int", ["@", "b"]]]],
  ["@a cast as xs:boolean ?", ["cast", "boolean", ["@", "a"], "?"]],
  ["(@a cast as xs:float)='1'", ["=", ["cast", "float", ["@", "a"]], "1"]],
  ["exists(@a) and empty(@b)", ["and", ["@", "a"], ["not", ["@", "b"]]]],
  ["true()", "true"],
  ["false()", ""],
  ["@or or @and", ["or", ["@", "or"], ["@", "and"]]],
])("%s is evaluated", (text, condition) => {
  expect(read(text)).toEqual({ condition });
});

test.each<[string, string]>([
  ["@a eq 'x'", 'the operator "eq"'],
  ["1 idiv string-length(@a) gt 0", "the function string-length()"],
  ["@a instance of attribute(*, xs:untypedAtomic)", '"instance of"'],
  [". instance of element(*, xs:untyped)", "the element itself"],
  ["self::p:e is self::e", 'the axis "self"'],
  ["if (a/@b != 't') then false() else true()", "a child element, which is not there when a type is chosen"],
  ["some $x in @* satisfies $x = 'a'", "a variable"],
  ["@*[. = 'a']", "the element itself"],
  ["ends-with(base-uri(.), '.xml')", "the element itself"],
  ["()", "an empty sequence"],
  ["@a castable as xs:int", '"castable as"'],
  ["xs:QName('p:a') = @a", "the type xs:QName"],
  ["@a + 1 = 2", 'the operator "+"'],
  ["(@a = 'x') = (@b = 'y')", "a comparison of truth values"],
  ["//a", "a child element, which is not there when a type is chosen"],
])("%s is XPath that is not evaluated", (text, beyond) => {
  expect(read(text)).toEqual({ beyond });
});

test.each<[string, string]>([
  ["", "it ends too early"],
  ["@a =", "it ends too early"],
  ["@a AND @b", '"AND" is not expected there'],
  ["((7>=6)", "it ends too early"],
  [")(", '")" is not expected there'],
  ["@6='hi'", '"6" is not expected there'],
  ["12 5 2", '"5" is not expected there'],
  ["12abc", '"abc" is not expected there'],
  ["'open", "a string is not closed"],
  ["(: open", "a comment is not closed"],
  ["$a = 'x'", 'the variable "$a" is not declared'],
  ["@q:a", 'the prefix "q" is not declared'],
  ["double('3')", "there is no function double()"],
  ["xs:integr(@a)", "there is no function xs:integr()"],
  ["p:f(@a)", "there is no function p:f()"],
  ["xs:int(@a, @b)", "xs:int() takes one argument"],
  ["not()", "not() takes one argument"],
  ["@a cast as int", '"int" is not a built-in atomic type, and others are not known there'],
  ["@a cast as p:T", '"p:T" is not a built-in atomic type, and others are not known there'],
  ["3 cast as 3", '"3" is not expected there'],
  ["nowhere::a", '"nowhere" is not an axis'],
  [`${"(".repeat(101)}@a${")".repeat(101)}`, "it is nested more than 100 levels deep"],
  ["@a ".repeat(4000), "it is longer than 10000 characters"],
])("%s is wrong", (text, wrong) => {
  expect(read(text)).toEqual({ wrong });
});

test("the default namespace is that of types", () => {
  expect(readTest("@a cast as int", { ...context, defaultNamespace: xs })).toEqual({
    condition: ["cast", "int", ["@", "a"]],
  });
});

test("no text makes it throw or hang", () => {
  const parts = [
    "@",
    "a",
    "(",
    ")",
    "'",
    '"',
    " or ",
    "cast as ",
    "xs:int",
    "$",
    "[",
    "]",
    "::",
    "/",
    "*",
    "(:",
    "-",
    "1.",
  ];
  let seed = 42;
  const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648);
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + (next() % 12) }, () => parts[next() % parts.length]).join("");
    const result = readTest(text, context);
    expect(Object.keys(result), text).toHaveLength(1);
  }
  for (const part of parts) expect(Object.keys(readTest(part.repeat(2000), context))).toHaveLength(1);
});
