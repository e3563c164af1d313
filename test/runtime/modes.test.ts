/**
 * However a program reads, it gets the same: by tables, by straight-line readers that go through tables, by compiled ones, by code
 * that was printed ahead of time, from text and from bytes, as a whole and as a stream. On documents full of surprises.
 */
import { afterAll, expect, test } from "vitest";
import {
  compileCodecs,
  decodeResult,
  DecodeError,
  decodeStream,
  encode,
  fullValidation,
  interpretCodecs,
  setCodec,
  validateDocument,
  ValidationError,
  type Diagnostic,
  type DecodeOptions,
  type ElementDescriptor,
  type Struct,
  type Type,
} from "../../templates/runtime/index.js";
import type { MakeReader } from "../../templates/runtime/compile.js";
import { follow, planOf, targetsOf } from "../../templates/runtime/plan.js";
import { printReader } from "../../templates/runtime/readers.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { descriptorsOf, judgesOf } from "../validation/schemas.js";
import { documentOf, randomFrom, surprise, treeOf } from "./surprises.js";

afterAll(() => compileCodecs());

const element = (name: string, type: string, more = ""): string =>
  `<xs:element name="${name}" type="${type}" ${more}/>`;
const complex = (inner: string, more = ""): string =>
  `<xs:element name="r"><xs:complexType ${more}>${inner}</xs:complexType></xs:element>`;
const optional = 'minOccurs="0"';
const many = 'minOccurs="0" maxOccurs="unbounded"';

/** Schemas, each with the way to records that a stream may give. */
const schemas: Readonly<
  Record<string, readonly [declarations: string, way?: readonly [string, ...string[]]]>
> = {
  scalars: [
    complex(
      `<xs:sequence>${element("s", "xs:string")}${element("i", "xs:int")}${["boolean", "long", "double", "decimal", "dateTime", "QName", "hexBinary", "duration"].map((type) => element(type, `xs:${type}`, optional)).join("")}` +
        `<xs:element name="e" ${many}><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="__proto__"/></xs:restriction></xs:simpleType></xs:element>` +
        `${element("n", "xs:int", `nillable="true" ${optional}`)}${element("f", "xs:string", `fixed="F" ${optional}`)}${element("z", "xs:int", `default="7" ${optional}`)}${element("prototype", "xs:token", many)}</xs:sequence><xs:attribute name="a" type="xs:int" use="required"/><xs:attribute name="constructor" type="xs:string"/>`,
    ),
    ["e"],
  ],
  "what objects inherit": [
    complex(
      `<xs:sequence>${element("toString", "xs:int", optional)}${element("constructor", "xs:token", many)}${element("x", "xs:int")}</xs:sequence><xs:attribute name="valueOf" type="xs:int"/>`,
    ),
    ["constructor"],
  ],
  "the same element twice": [
    complex(
      `<xs:sequence maxOccurs="unbounded">${element("a", "xs:int", 'default="1"')}${element("b", "xs:string", optional)}${element("a", "xs:int", 'default="2"')}</xs:sequence>`,
    ),
  ],
  "wildcards and two namespaces": [
    complex(
      `<xs:sequence>${element("a", "xs:token", `${optional} form="unqualified"`)}<xs:element name="b" ${optional}><xs:complexType><xs:sequence>${element("c", "xs:int", many)}</xs:sequence></xs:complexType></xs:element><xs:any namespace="##other ##local" processContents="lax" ${many}/></xs:sequence><xs:anyAttribute processContents="lax"/>`,
    ).replace("##other ##local", "##local urn:new") + element("g", "xs:int"),
    ["b", "c"],
  ],
  derivation: [
    `<xs:complexType name="B"><xs:sequence>${element("x", "xs:int")}</xs:sequence><xs:attribute name="p" type="xs:string"/></xs:complexType>` +
      `<xs:complexType name="D"><xs:complexContent><xs:extension base="t:B"><xs:sequence>${element("y", "xs:string", many)}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>` +
      `<xs:complexType name="constructor"><xs:complexContent><xs:extension base="t:D"><xs:choice>${element("u", "xs:boolean")}${element("v", "xs:time")}</xs:choice></xs:extension></xs:complexContent></xs:complexType>` +
      complex(
        `<xs:sequence>${element("b", "t:B", 'maxOccurs="unbounded" nillable="true"')}${element("any", "xs:anyType", optional)}${element("w", "xs:anySimpleType", optional)}</xs:sequence>`,
      ),
    ["b"],
  ],
  "mixed content and substitution": [
    `${element("h", "xs:string")}${element("h1", "xs:string", 'substitutionGroup="t:h"')}` +
      complex(
        `<xs:choice ${many}>${element("i", "xs:int")}<xs:element ref="t:h"/></xs:choice>`,
        'mixed="true"',
      ),
  ],
  "choices and lists": [
    complex(
      `<xs:sequence><xs:choice>${element("a", "xs:NMTOKENS")}<xs:sequence>${element("b", "xs:int")}${element("c", "xs:date", optional)}</xs:sequence></xs:choice><xs:element name="d" ${many}><xs:complexType><xs:all>${element("x", "xs:int")}${element("y", "xs:decimal", optional)}</xs:all></xs:complexType></xs:element></xs:sequence>`,
    ),
    ["d"],
  ],
};

/** All that a value is, prototypes and order of keys among it. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
    return Object.is(value, -0) ? "-0" : `${typeof value} ${String(value)}`;
  }
  const kind =
    Object.getPrototypeOf(value) === null
      ? "bare"
      : Object.getPrototypeOf(value) === Object.prototype
        ? ""
        : "odd";
  return `${kind}{${Object.entries(value)
    .map(([key, one]) => `${key}:${show(one)}`)
    .join()}}`;
}

function outcome(root: ElementDescriptor, xml: string | Uint8Array, options: DecodeOptions): string {
  try {
    return show(decodeResult(root, xml, options));
  } catch (error) {
    if (error instanceof ValidationError) return show(error.issues);
    if (error instanceof DecodeError) return `${show(error)} ${error.message}`;
    throw error;
  }
}

/** Gives every struct the reader that is printed ahead of time for it. */
function printReaders(type: Type, seen: Set<Struct>): void {
  for (const one of targetsOf(type)) {
    if (one.kind !== "struct" || seen.has(one)) continue;
    seen.add(one);
    const source = printReader(one);
    setCodec(one, source === "" ? {} : { read: new Function("host", "entries", source) as MakeReader });
    for (const { element } of planOf(one).entries)
      if (element) printReaders(follow<Type>(element.type), seen);
  }
}

const seed = Number(process.env["FUZZ_SEED"] ?? 4711);
const times = 120 * Number(process.env["FUZZ"] ?? 1);

test.each(Object.entries(schemas))(
  `%s: all ways to read agree (seed ${seed})`,
  async (_, [declarations, way]) => {
    const { model } = judgesOf(declarations);
    const root = descriptorsOf(model).element("{urn:test}r");
    const printed = descriptorsOf(model).element("{urn:test}r");
    printReaders(follow<Type>(printed.type), new Set());
    let odd = 0;
    for (let k = 0; k < times; k++) {
      const random = randomFrom(seed + k * 7919);
      const tree = treeOf(
        encode(
          root,
          sampleOf(root, { seed: k, mode: k % 3 === 0 ? "minimal" : "full", budget: 40 }) as never,
        ),
      );
      for (let n = random(6); n > 0; n--) surprise(tree, random);
      const xml = documentOf(tree, random);
      const bytes = new TextEncoder().encode(xml);
      for (const options of [{}, { validate: fullValidation }, { unknown: "skip", detach: false }] as const) {
        interpretCodecs();
        const wanted = outcome(root, xml, options);
        compileCodecs(0, Infinity);
        expect(outcome(root, xml, options), `tables in straight lines: ${xml}`).toBe(wanted);
        compileCodecs(0);
        expect(outcome(root, xml, options), `compiled: ${xml}`).toBe(wanted);
        expect(outcome(printed, xml, options), `ahead of time: ${xml}`).toBe(wanted);
        expect(outcome(root, bytes, options), `bytes: ${xml}`).toBe(wanted);
      }
      let whole;
      try {
        whole = decodeResult(root, xml);
      } catch {
        odd++;
        continue;
      }
      odd += Number(whole.diagnostics.length > 0);
      const issues = validateDocument(root, xml);
      for (const { code, path } of whole.diagnostics)
        if (code === "invalid-value" || code === "unknown-value")
          expect(typeof valueAt(whole.value, path), `${path} of ${xml}`).toBe("string");
      // What the schema does not know, or has no room for, is counted otherwise.
      if (!whole.diagnostics.some(({ code }) => /^(?:unknown-element|too-many|nil-content)$/.test(code)))
        for (const { code, path } of issues)
          if (code === "invalid-value") expect(valueAt(whole.value, path), `${path} of ${xml}`).toBeDefined();
      const fused = outcome(root, xml, { validate: fullValidation });
      expect(fused, xml).toBe(issues.length > 0 ? show(issues) : show(whole));
      // What is too much around the records is told of a whole document only.
      if (!way || whole.diagnostics.some(({ code }) => code === "too-many")) continue;
      const records: unknown[] = [];
      const found: Diagnostic[] = [];
      const size = 1 + random(40);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_one, n) =>
        bytes.subarray(n * size, (n + 1) * size),
      );
      for await (const one of decodeStream(root, chunks, way, {
        report: (diagnostic) => found.push(diagnostic),
      }))
        records.push(one);
      expect(show(records), `stream: ${xml}`).toBe(show(recordsIn(whole.value, way)));
      expect(placesOf(found), `stream: ${xml}`).toEqual(placesOf(whole.diagnostics));
    }
    expect(odd).toBeGreaterThan(times / 4);
  },
);

/** What a JSON Pointer leads to. */
function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const step of path.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return at;
}

/** Findings but those about what other pieces of a stream hold. */
function placesOf(found: readonly Diagnostic[]): string[] {
  return found
    .filter(({ code }) => !/^(?:missing-element|choice)$/.test(code))
    .map(({ code, message, line, column }) => `${code} ${message} ${line}:${column}`);
}

function recordsIn(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (typeof value !== "object" || value === null || step === undefined || !Object.hasOwn(value, step))
    return [];
  const found = (value as Readonly<Record<string, unknown>>)[step];
  return (Array.isArray(found) ? (found as unknown[]) : [found]).flatMap((one) =>
    rest.length > 0 ? recordsIn(one, rest) : [one],
  );
}
