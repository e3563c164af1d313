import { expect, test } from "vitest";
import fc from "fast-check";
import type { Builtin } from "../../templates/runtime/descriptor.js";
import {
  compareValues,
  countDigits,
  equalValues,
  hasTimezone,
  valueLength,
} from "../../templates/runtime/datatypes.js";
import { collapse, isLexical } from "../../templates/runtime/lexical.js";
import { isName, isNcName, isNmtoken } from "../../templates/runtime/names.js";

const lexical: [Builtin, good: string[], bad: string[]][] = [
  ["boolean", ["true", "false", "1", "0"], ["TRUE", "", "2", "yes"]],
  ["decimal", ["1", "-1.5", "+.5", "5.", "0012", "1".repeat(50)], ["", ".", "1e5", "1,5", "INF", "--1"]],
  ["integer", ["0", "-0", "+12", "0012", "9".repeat(40)], ["", "1.0", "1e3", "+", "0x1F"]],
  ["long", ["9223372036854775807", "-9223372036854775808"], ["9223372036854775808", "-9223372036854775809"]],
  ["int", ["2147483647", "-2147483648", "+0", "0000002147483647"], ["2147483648", "-2147483649", ""]],
  ["short", ["32767", "-32768"], ["32768", "-32769"]],
  ["byte", ["127", "-128"], ["128", "-129"]],
  ["unsignedLong", ["18446744073709551615", "-0"], ["18446744073709551616", "-1"]],
  ["unsignedInt", ["4294967295"], ["4294967296", "-1"]],
  ["unsignedShort", ["65535"], ["65536"]],
  ["unsignedByte", ["255", "+255"], ["256", "-1"]],
  ["positiveInteger", ["1", "+01"], ["0", "-1", "-0"]],
  ["negativeInteger", ["-1", "-01"], ["0", "1", "-0"]],
  ["nonPositiveInteger", ["0", "-0", "+0", "-5"], ["1"]],
  ["nonNegativeInteger", ["0", "-0", "5"], ["-1"]],
  ["double", ["1", "-1.5E-3", "INF", "-INF", "NaN", ".5e+1"], ["+INF", "Infinity", "nan", "1e", "", "1e1.5"]],
  ["float", ["1.", "1e400"], ["1f", " 1"]],
  [
    "dateTime",
    [
      "2001-10-26T21:32:52",
      "2001-10-26T21:32:52.12679Z",
      "-2001-10-26T21:32:52+14:00",
      "20001-10-26T00:00:00",
      "2000-02-29T24:00:00",
      "0001-01-01T00:00:00",
    ],
    [
      "2001-10-26",
      "2001-10-26T21:32",
      "01-10-26T21:32:52",
      "2001-10-26T25:32:52Z",
      "2001-02-29T00:00:00",
      "2001-10-26T21:32:52+14:01",
      "2001-04-31T00:00:00",
      "0000-01-01T00:00:00",
      "02001-10-26T00:00:00",
      "2001-10-26T24:00:01",
      "2001-10-26T21:32:60",
    ],
  ],
  ["dateTimeStamp", ["2001-10-26T21:32:52Z"], ["2001-10-26T21:32:52"]],
  [
    "date",
    ["2001-10-26", "2001-10-26+02:00", "-2001-10-26Z", "2004-02-29"],
    ["2001-10", "2001-13-26", "2001-10-32", "1900-02-29", "26-10-2001"],
  ],
  [
    "time",
    ["21:32:52", "21:32:52.126", "24:00:00", "00:00:00Z"],
    ["21:32", "25:25:10", "-10:00:00", "1:20:10"],
  ],
  ["gYearMonth", ["2001-10", "2001-10Z", "-2001-10+02:00"], ["2001", "2001-13", "01-13"]],
  ["gYear", ["2001", "2001+02:00", "-0045", "12000"], ["01", "2001-12", "0000"]],
  ["gMonthDay", ["--05-01", "--11-01Z", "--02-29"], ["-01-30-", "--01-35", "--1-5", "01-15", "--02-30"]],
  ["gDay", ["---01", "---31-04:00"], ["--30-", "---35", "---5", "15"]],
  ["gMonth", ["--05", "--11Z"], ["-01-", "--13", "--1", "01"]],
  [
    "duration",
    ["P1Y2M3DT5H20M30.123S", "-P120D", "PT1M", "P0D", "PT0.5S"],
    ["P", "PT", "P1S", "1Y", "P-1D", "P1YT", "P1D1M", "PT1.S", ""],
  ],
  ["yearMonthDuration", ["P1Y", "-P2M"], ["P1D", "PT1M"]],
  ["dayTimeDuration", ["P1D", "PT1M", "P1DT2M"], ["P1M", "P1Y", "P1MT2M"]],
  ["hexBinary", ["", "0aF3"], ["0", "0g", "0a f3"]],
  [
    "base64Binary",
    ["", "YQ==", "YWI=", "YWJj", "Y W J j", "YWJjYQ=="],
    ["YQ", "YQ=", "YR==", "YWJ=YWJj", "====", "Y=Q=", "YWK="],
  ],
  ["language", ["en", "en-US", "x-klingon", "i-default1"], ["", "english-", "toolongtag", "1en", "en_US"]],
  ["Name", ["a:b", "_", "é1", ":"], ["", "1a", "-a", "a b"]],
  ["NCName", ["a-b.c", "\u{10000}a"], ["a:b", "", "1a", "\u00d7", "a\u037e"]],
  ["NMTOKEN", ["1a", "-", ":a", "a.b"], ["", "a b", "a\u00d7"]],
  ["NMTOKENS", ["a 1"], [""]],
  ["IDREFS", ["a b"], ["", "1 a"]],
  ["QName", ["a", "p:a"], ["p:", ":a", "a:b:c", "1:a"]],
  ["token", ["a b", ""], [" a", "a  b", "a\tb"]],
  ["normalizedString", [" a  b "], ["a\nb"]],
  ["anyURI", ["http://a/b?c#d", "", "ä b"], []],
];
test.each(lexical)("lexical forms of %s", (builtin, good, bad) => {
  for (const text of good) expect([text, isLexical(builtin, text)]).toEqual([text, true]);
  for (const text of bad) expect([text, isLexical(builtin, text)]).toEqual([text, false]);
});

test("version 1.1 knows the year zero and +INF", () => {
  expect(isLexical("gYear", "0000", "1.1")).toBe(true);
  expect(isLexical("date", "0000-02-29", "1.1")).toBe(true);
  expect(isLexical("double", "+INF", "1.1")).toBe(true);
});

const order: [Builtin, string, string, -1 | 0 | 1 | undefined][] = [
  ["decimal", "1.10", "1.1", 0],
  ["decimal", "-0", "+0.0", 0],
  ["decimal", "-2", "-1.99999999999999999999999", -1],
  ["decimal", "0.1", ".09999999999999999999999999", 1],
  ["decimal", "10", "9.5", 1],
  ["integer", "158941507534980823", "158941507534980824", -1],
  ["integer", "-12", "3", -1],
  ["double", "1e2", "100", 0],
  ["double", "NaN", "NaN", 0],
  ["double", "NaN", "1", undefined],
  ["double", "-INF", "INF", -1],
  ["double", "-0", "0", 0],
  ["float", "16777217", "16777216", 0],
  ["double", "16777217", "16777216", 1],
  ["dateTime", "2000-01-15T00:00:00", "2000-02-15T00:00:00", -1],
  ["dateTime", "2000-01-15T12:00:00", "2000-01-16T12:00:00Z", -1],
  ["dateTime", "2000-01-01T12:00:00", "1999-12-31T23:00:00Z", undefined],
  ["dateTime", "2000-01-16T12:00:00", "2000-01-16T12:00:00Z", undefined],
  ["dateTime", "2000-01-16T00:00:00", "2000-01-16T12:00:00Z", undefined],
  ["dateTime", "2002-10-10T12:00:00-05:00", "2002-10-10T17:00:00Z", 0],
  ["dateTime", "2002-10-09T24:00:00", "2002-10-10T00:00:00", 0],
  ["dateTime", "2002-10-10T12:00:00.10", "2002-10-10T12:00:00.1", 0],
  ["dateTime", "2002-10-10T12:00:00.1000000000000000000001", "2002-10-10T12:00:00.1", 1],
  ["dateTime", "-0002-01-01T00:00:00.5", "-0002-01-01T00:00:00.25", 1],
  ["dateTime", "123456789012345678901-01-01T00:00:00", "123456789012345678902-01-01T00:00:00", -1],
  ["date", "2002-10-10+13:00", "2002-10-09-11:00", 0],
  ["date", "2004-02-29", "2004-03-01", -1],
  ["time", "24:00:00", "00:00:00", 0],
  ["time", "12:00:00Z", "13:00:00+01:00", 0],
  ["gYear", "-0001", "0001", -1],
  ["gDay", "---05", "---15", -1],
  ["gMonthDay", "--02-29", "--03-01", -1],
  ["duration", "P1Y", "P12M", 0],
  ["duration", "P1M", "P30D", undefined],
  ["duration", "P1M", "P32D", -1],
  ["duration", "P1M", "P27D", 1],
  ["duration", "PT36H", "P1DT12H", 0],
  ["duration", "-P1D", "PT0S", -1],
  ["duration", "P5M", "P149D", 1],
  ["duration", "P5M", "P153D", undefined],
  ["duration", "P5M", "P154D", -1],
  ["hexBinary", "0aF3", "0Af3", 0],
  ["base64Binary", "YW Jj", "YWJj", 0],
  ["boolean", "1", "true", 0],
  ["boolean", "1", "false", undefined],
  ["string", "a", "b", undefined],
  ["NMTOKENS", "a  b", "a b", 0],
];
test.each(order)("%s: %s against %s is %s", (builtin, a, b, expected) => {
  expect(compareValues(builtin, a, b)).toBe(expected);
  const inverse = expected === undefined || expected === 0 ? expected : -expected;
  expect(compareValues(builtin, b, a)).toBe(inverse);
  expect(equalValues(builtin, a, b)).toBe(expected === 0);
});

test.each<[Builtin, string, number | undefined]>([
  ["string", "a😀b", 3],
  ["anyURI", "", 0],
  ["hexBinary", "0aF3", 2],
  ["base64Binary", "YQ==", 1],
  ["base64Binary", "YW Jj YWI=", 5],
  ["NMTOKENS", "a b c", 3],
  ["QName", "a:b", undefined],
  ["int", "12", undefined],
])("length of %s %s is %s", (builtin, text, expected) => {
  expect(valueLength(builtin, text)).toBe(expected);
});

test.each<[string, number, number]>([
  ["0", 1, 0],
  ["-0012.500", 3, 1],
  ["0.05", 1, 2],
  ["100", 3, 0],
  [".5", 1, 1],
])("%s has %i digits, %i in the fraction", (text, total, fraction) => {
  expect(countDigits(text)).toEqual({ total, fraction });
});

test("white space", () => {
  expect(collapse(" a \t\n b\r", "collapse")).toBe("a b");
  expect(collapse(" a\tb\n", "replace")).toBe(" a b ");
  expect(collapse(" a\u00a0 ", "collapse")).toBe("a\u00a0");
  expect(collapse(" \t", "collapse")).toBe("");
  expect(hasTimezone("2001-10-26")).toBe(false);
  expect(hasTimezone("2001-10-26-05:00")).toBe(true);
});

/** The productions of XML 1.0 (5th edition), transcribed apart from the implementation. */
const startRanges = [
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
] as const;
const nameRanges = [
  ...startRanges,
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
] as const;
test("every character of a name", () => {
  const within = (ranges: readonly (readonly [number, number])[], c: number) =>
    ranges.some(([a, b]) => c >= a && c <= b);
  for (let c = 0; c <= 0x10ffff; c += c > 0x20000 ? 257 : 1) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    const character = String.fromCodePoint(c);
    const start = within(startRanges, c);
    const inside = within(nameRanges, c);
    if (
      isNcName(character) !== start ||
      isNcName("a" + character) !== inside ||
      isNmtoken(character) !== (inside || c === 58) ||
      isName(character) !== (start || c === 58)
    ) {
      expect.fail(`U+${c.toString(16)}`);
    }
  }
});

test("decimals of doubles are in the order of numbers", () => {
  const decimals = fc
    .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 12 }))
    .map(([units, scale]) => {
      const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
      return {
        text:
          (units < 0n ? "-" : "") +
          digits.slice(0, digits.length - scale) +
          (scale ? "." + digits.slice(-scale) : ""),
        scaled: units * 10n ** BigInt(12 - scale),
      };
    });
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      const expected = a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0;
      expect(compareValues("decimal", a.text, b.text)).toBe(expected);
    }),
    { seed: 41, numRuns: 500 },
  );
});

test("date and time agree with Date", () => {
  const instants = fc.date({
    min: new Date("0001-01-02T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, instants, fc.integer({ min: -840, max: 840 }), (a, b, minutes) => {
      const offset = Math.abs(minutes);
      const zone = `${minutes < 0 ? "-" : "+"}${String(Math.floor(offset / 60)).padStart(2, "0")}:${String(offset % 60).padStart(2, "0")}`;
      const local = new Date(a.getTime() + minutes * 60_000).toISOString().replace("Z", zone);
      expect(isLexical("dateTime", local, "1.1")).toBe(true);
      expect(compareValues("dateTime", local, a.toISOString())).toBe(0);
      expect(compareValues("dateTime", local, b.toISOString())).toBe(Math.sign(a.getTime() - b.getTime()));
    }),
    { seed: 42, numRuns: 500 },
  );
});
