/** The mapping of scalars: every built-in type in every representation, by every kind of rule, from text to value and back. */
import { expect, test } from "vitest";
import { bareInput } from "../../generator/emit-input.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import type { ScalarRule } from "../../generator/service/types.js";
import { equalValues, primitiveOf } from "../../templates/runtime/datatypes.js";
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { compileCodecs, decodeResult, encode, interpretCodecs } from "../../templates/runtime/index.js";
import { collapse, whiteSpaceOf } from "../../templates/runtime/forms.js";
import { isLexical } from "../../templates/runtime/lexical.js";
import { validate } from "../../templates/runtime/validate.js";
import { modelOf, schema } from "../validate/read.js";

const huge = "123456789012345678901234567890";
const moments = ["Z", "", "+14:00", "-00:00"];
const integers = (low: string, high: string, ...more: string[]): readonly string[] => [
  low,
  high,
  ` ${high}\n`,
  ...more,
];
const zoned = (...forms: string[]): readonly string[] =>
  forms.flatMap((form) => moments.map((zone) => form + zone));

/** Lexical forms at the edges of each built-in type. */
const forms: { readonly [K in Builtin]: readonly string[] } = {
  anySimpleType: ["", " a\tb ", "1"],
  anyAtomicType: ["", " a\tb ", "1"],
  string: ["", " \t\n x ", "\r", "😀", "]]>&<\"'"],
  normalizedString: [" a\tb\nc ", ""],
  token: ["  a \n b ", ""],
  language: ["x-klingon", "de-CH-1996"],
  Name: ["a:b", ":", "é"],
  NCName: ["_a.b-c·"],
  NMTOKEN: ["-1", ":"],
  NMTOKENS: [" a\n-b  c "],
  ID: ["id1"],
  IDREF: ["id1"],
  IDREFS: ["id1  id1"],
  ENTITY: ["e"],
  ENTITIES: ["e  f"],
  boolean: ["true", "false", "1", " 0 "],
  decimal: ["0", "-0", "+.5", "1.", "0.12345678901234567890", "-00100.00", `${huge}.${huge}`],
  integer: ["0", "-0", "+7", "007", huge, `-${huge}`],
  nonPositiveInteger: ["0", "-0", `-${huge}`],
  negativeInteger: ["-1", `-${huge}`],
  long: integers("-9223372036854775808", "9223372036854775807", "+1", "9007199254740993"),
  int: integers("-2147483648", "2147483647", "-0", "+5", "0005"),
  short: integers("-32768", "32767"),
  byte: integers("-128", "127"),
  nonNegativeInteger: ["0", "+0", huge],
  unsignedLong: integers("0", "18446744073709551615"),
  unsignedInt: integers("0", "4294967295"),
  unsignedShort: integers("0", "65535"),
  unsignedByte: integers("0", "255"),
  positiveInteger: ["1", "+1", huge],
  float: ["INF", "-INF", "NaN", "-0", "0", "1E-45", "3.4028235e38", "+.5e+1", "16777217", "1e39"],
  double: [
    "INF",
    "-INF",
    "NaN",
    "-0.0E0",
    "4.9E-324",
    "1.7976931348623157e308",
    "0.1",
    "123456789012345678",
    "1e400",
  ],
  duration: ["P1Y2M3DT4H5M6.12345678901234567890S", "-P1M", "PT0S", "P0Y", "P99999999999999999999D", "PT36H"],
  yearMonthDuration: ["P1Y", "-P14M", "P0M"],
  dayTimeDuration: ["P1DT1S", "-PT0.00000000000000000001S"],
  dateTime: zoned(
    "2000-02-29T24:00:00",
    "-0001-12-31T23:59:59.99999999999999999999",
    "12345-01-01T00:00:00.0",
  ),
  dateTimeStamp: ["2000-01-01T24:00:00Z", "-123456-01-01T00:00:00.5+14:00"],
  time: zoned("24:00:00", "00:00:00", "23:59:59.12345678901234567890"),
  date: zoned("2000-02-29", "-0004-03-01", "99999-12-31"),
  gYearMonth: zoned("2000-12", "-0001-01"),
  gYear: zoned("0001", "-12345"),
  gMonthDay: zoned("--02-29", "--12-31"),
  gDay: zoned("---31"),
  gMonth: zoned("--01"),
  hexBinary: ["", "0aFf", "00"],
  base64Binary: ["", "AA==", " A Q I D\nB A = = ", "////"],
  anyURI: ["", "a b", "http://é/%20#x", "../.."],
  QName: ["p:x", "x", "xml:lang"],
  NOTATION: ["p:x"],
};
const builtins = Object.keys(forms) as Builtin[];

const isInteger = (builtin: Builtin): boolean => primitiveOf(builtin) === "decimal" && builtin !== "decimal";
const isList = (builtin: Builtin): boolean => /^(?:NMTOKENS|IDREFS|ENTITIES)$/u.test(builtin);
const isName = (builtin: Builtin): boolean => builtin === "QName" || builtin === "NOTATION";

/** The representations that a built-in type may be given. */
function wishes(builtin: Builtin): readonly ScalarRule["as"][] {
  if (isList(builtin)) return [];
  if (isInteger(builtin)) return ["string", "number", "bigint"];
  if (/^(?:decimal|float|double)$/u.test(builtin)) return ["string", "number"];
  return builtin === "boolean" ? ["string", "boolean"] : ["string"];
}

/** The type of values: one of ours, or the built-in one where it cannot be restricted. */
const typeOf = (builtin: Builtin): string =>
  builtin.startsWith("anyS") || builtin.startsWith("anyA") ? `xs:${builtin}` : `my-${builtin}`;

/** Types that have no values of their own are restricted first. */
const restriction = (builtin: Builtin): string =>
  builtin === "NOTATION" ? '<xs:enumeration value="p:x"/><xs:enumeration value="n"/>' : "";

const model = modelOf({
  "a.xsd": schema(
    `<xs:import namespace="urn:p" schemaLocation="p.xsd"/><xs:notation name="n" public="n"/>${builtins
      .map(
        (builtin) =>
          `${typeOf(builtin).startsWith("xs:") ? "" : `<xs:simpleType name="my-${builtin}"><xs:restriction base="xs:${builtin}">${restriction(builtin)}</xs:restriction></xs:simpleType>`}<xs:element name="of-${builtin}"><xs:complexType><xs:sequence><xs:element name="value" type="${typeOf(builtin)}" maxOccurs="unbounded"/></xs:sequence>${
            builtin === "ID" ? "" : `<xs:attribute name="at" type="${typeOf(builtin)}"/>`
          }</xs:complexType></xs:element>`,
      )
      .join("")}`,
  ).replace("<xs:schema ", '<xs:schema xmlns:p="urn:p" '),
  "p.xsd":
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:p"><xs:notation name="x" public="x"/></xs:schema>',
});

const linked = (scalars: readonly ScalarRule[]) => liveDescriptors(bareInput(model, undefined, { scalars }));

const escape = (text: string): string =>
  text.replace(/[&<>"'\t\n\r]/gu, (one) => `&#${String(one.charCodeAt(0))};`);

const usual = (builtin: Builtin): string => {
  if (isList(builtin)) return "object";
  if (/^(?:boolean)$/u.test(builtin)) return "boolean";
  if (/^(?:float|double|(?:unsigned)?(?:Int|Short|Byte)|int|short|byte)$/u.test(builtin)) return "number";
  return isInteger(builtin) ? "bigint" : /Binary$/u.test(builtin) ? "object" : "string";
};

interface Case {
  readonly name: string;
  readonly builtin: Builtin;
  readonly as?: ScalarRule["as"];
  readonly rule?: ScalarRule;
}
const cases: readonly Case[] = builtins.flatMap((builtin) => [
  { builtin, name: `${builtin} by default` },
  ...wishes(builtin).flatMap((as) =>
    (
      [
        ["built-in", { type: `xs:${builtin}`, as }],
        ["type", { type: typeOf(builtin), as }],
        ["path", { path: `**/value`, as }],
        ["name", { name: "^(?:value|at)$", as }],
      ] as const
    ).map(([kind, rule]) => ({ builtin, as, rule, name: `${builtin} as ${as} by ${kind}` })),
  ),
]);

test.each(cases)("$name: nothing is rounded or dropped", ({ builtin, as, rule }) => {
  const descriptors = linked(rule ? [rule] : []);
  const element = descriptors.element(`{}of-${builtin}`);
  // xs:boolean as a boolean, and names, which cannot be less than they are, are as they were.
  const kind = as === undefined || (isName(builtin) && as === "string") ? usual(builtin) : as;
  const lookup = (xml: string, prefix: string): string =>
    new RegExp(` xmlns:${prefix}="([^"]*)"`, "u").exec(xml)?.[1] ?? "";
  for (const codecs of [interpretCodecs, () => compileCodecs(0)]) {
    codecs();
    for (const text of forms[builtin]) {
      const at = builtin === "ID" || rule?.path !== undefined ? "" : ` at="${escape(text)}"`;
      const xml = `<of-${builtin} xmlns:p="urn:p"${at}><value>${escape(text)}</value></of-${builtin}>`;
      const { value, diagnostics } = decodeResult(element, xml);
      const { value: items } = value as { readonly value: readonly unknown[] };
      if (as === "number" && isInteger(builtin) && !Number.isSafeInteger(Number(text))) {
        // What a number cannot hold is told and kept as it is.
        expect(diagnostics.map(({ code }) => code)).toContain("invalid-value");
        expect(items).toEqual([text]);
        continue;
      }
      if (builtin === "NOTATION" && text !== "p:x") continue;
      expect(diagnostics).toEqual([]);
      expect([text, typeof items[0]]).toEqual([text, kind]);
      // IDs are checked in documents, where these refer to nothing.
      if (!/^IDREFS?$/u.test(builtin)) expect(validate(element, value)).toEqual([]);
      const written = encode(element, value as never, { prefixes: { "urn:p": "p" } });
      expect(decodeResult(element, written).value).toEqual(value);
      const again = /<value>([^<]*)<\/value>/u
        .exec(written)?.[1]
        ?.replace(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)))
        .replace(
          /&(lt|gt|quot|amp);/gu,
          (_, one: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[one] ?? "",
        );
      const before = collapse(text, whiteSpaceOf(builtin));
      if (isName(builtin)) expect(again).toBe(before);
      else if (kind === "string" && usual(builtin) !== "object") expect(again).toBe(before);
      else {
        expect(isLexical(builtin, again ?? "", "1.0")).toBe(true);
        // A decimal as a number is the nearest double, for whoever asks for it.
        if (as === "number" && builtin === "decimal") expect(Number(again)).toBe(Number(text) + 0);
        else
          expect([before, again, equalValues(builtin, before, again ?? "")]).toEqual([before, again, true]);
        if (/^(?:float|double)$/u.test(builtin))
          expect(Object.is(Number(again), -0)).toBe(Object.is(Number(before), -0));
      }
      expect(lookup(written, "p") === "urn:p" || !before.startsWith("p:")).toBe(true);
    }
  }
});

test("generated code finds every type that it may import in the runtime", async () => {
  const runtime: Readonly<Record<string, unknown>> = await import("../../templates/runtime/index.js");
  for (const builtin of builtins) {
    expect(runtime).toHaveProperty(builtin);
    for (const as of wishes(builtin)) {
      const isUsual = as === usual(builtin) || (as === "string" && isName(builtin));
      const name = isUsual ? builtin : `${builtin}As${as.charAt(0).toUpperCase()}${as.slice(1)}`;
      expect(runtime).toHaveProperty(name);
      if (!isUsual) expect(runtime[name]).toMatchObject({ builtin, as });
    }
  }
});
