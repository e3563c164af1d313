import { expect, test } from "vitest";
import { readTest } from "../../generator/schema/condition.js";
import { holds } from "../../templates/runtime/condition.js";

const namespaces = new Map([
  ["xs", "http://www.w3.org/2001/XMLSchema"],
  ["p", "urn:p"],
]);

function evaluate(text: string, attributes: Readonly<Record<string, string>>): boolean {
  const read = readTest(text, { namespaces, defaultNamespace: "" });
  if (!("condition" in read)) throw new Error(JSON.stringify(read));
  return holds(read.condition, Object.entries(attributes));
}

// What XPath 2.0 gives where every attribute is xs:untypedAtomic.
test.each<[string, Record<string, string>, boolean]>([
  ["@a", {}, false],
  ["@a", { a: "" }, true],
  ["@a", { "{urn:p}a": "" }, false],
  ["@p:a", { "{urn:p}a": "" }, true],
  ["@p:*", { "{urn:p}b": "" }, true],
  ["@p:*", { b: "" }, false],
  ["@*:a", { "{urn:p}a": "" }, true],
  ["@*:a", { "{urn:p}ba": "" }, false],
  ["@* = 'x'", { a: "y", b: "x" }, true],
  ["@a = 'x'", { a: "x" }, true],
  ["@a = 'x'", { a: " x" }, false],
  ["@a != 'x'", {}, false],
  ["not(@a = 'x')", {}, true],
  ["@a = @b", { a: "1", b: "1.0" }, false],
  ["@a = 1", { a: "1.0" }, true],
  ["@a = 1", { a: " 1 " }, true],
  ["@a = 1", { a: "one" }, false],
  ["not(@a = 1)", { a: "one" }, false],
  ["@a < 10", { a: "9" }, true],
  ["@a < '10'", { a: "9" }, false],
  ["@a > -1", { a: "-0.5" }, true],
  ["@a = 0.1", { a: "1e-1" }, true],
  ["@a != 1", { a: "NaN" }, true],
  ["@a = @b", { a: "NaN", b: "NaN" }, true],
  ["@a < 1", { a: "-INF" }, true],
  ["xs:int(@a) = 7", { a: "007" }, true],
  ["xs:int(@a) = 7", { a: "2147483648" }, false],
  ["xs:int(@a) < xs:int(@b)", { a: "9", b: "10" }, true],
  ["xs:int(@a)", {}, false],
  ["not(xs:int(@a))", {}, true],
  ["not(@a cast as xs:int)", {}, false],
  ["not(@a cast as xs:int?)", {}, true],
  ["@a cast as xs:int", { a: "0" }, false],
  ["@a cast as xs:boolean", { a: "1" }, true],
  ["@a cast as xs:boolean", { a: "yes" }, false],
  ["xs:boolean(@a) < true()", { a: "false" }, false],
  ["xs:boolean(@a) < xs:boolean(@b)", { a: "false", b: "1" }, true],
  ["@* cast as xs:int = 1", { a: "1", b: "1" }, false],
  ["xs:date(@a) < xs:date(@b)", { a: "2020-01-31", b: "2020-02-01Z" }, true],
  ["xs:date(@a) = @b", { a: "2020-01-01Z", b: "2020-01-01" }, true],
  ["xs:gYear(@a) < xs:gYear(@b)", { a: "2020", b: "2021" }, false],
  ["xs:gYear(@a) = xs:gYear(@b)", { a: "2020", b: "2020" }, true],
  ["xs:duration(@a) < xs:duration(@b)", { a: "P1D", b: "P2D" }, false],
  ["xs:dayTimeDuration(@a) < xs:dayTimeDuration(@b)", { a: "PT23H", b: "P1D" }, true],
  ["xs:hexBinary(@a) = xs:hexBinary('0A')", { a: "0a" }, true],
  ["xs:int(@a) = xs:boolean('1')", { a: "1" }, false],
  ["xs:date(@a) = 5", { a: "2020-01-01" }, false],
  ["xs:int(5.7) = 5", {}, true],
  ["xs:int(-0.7) = 0", {}, true],
  ["xs:string(1) = '1'", {}, true],
  ["@a < '\u{1f600}'", { a: "\uffee" }, true],
  ["'x'", {}, true],
  ["''", {}, false],
  ["0", {}, false],
  ["1.5", {}, true],
  ["@a = 'x' or xs:int(@b) = 1", { a: "x", b: "?" }, true],
  ["xs:int(@b) = 1 or @a = 'x'", { a: "x", b: "?" }, false],
  ["@a and @b", { a: "" }, false],
  ["@a and (@b or @c)", { a: "", c: "" }, true],
])("%s with %j is %s", (text, attributes, result) => {
  expect(evaluate(text, attributes)).toBe(result);
});
