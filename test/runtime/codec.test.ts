import { expect, test } from "vitest";
import { listMapping, unionMapping } from "../../templates/runtime/mappings.js";
import {
  anySimpleType,
  anyType,
  base64Binary,
  boolean,
  check,
  compileCodecs,
  date,
  decimal,
  decode,
  DecodeError,
  decodeResult,
  double,
  encode,
  EncodeError,
  fullValidation,
  hexBinary,
  int,
  integer,
  interpretCodecs,
  long,
  longAsNumber,
  longAsString,
  matchesPattern,
  Name,
  NCName,
  NMTOKEN,
  QName,
  string,
  token,
  unsignedByte,
  validate,
  type Atomic,
  type DecodeOptions,
  type ElementDescriptor,
  type EncodeOptions,
  type Facets,
  type List,
  type Polymorphic,
  type Root,
  type Struct,
  type SimpleType,
  type Type,
  type Union,
  attributed,
  checkChoice,
  polymorphic,
  tagging,
} from "../../templates/runtime/index.js";

const U = "urn:test";
const V = "urn:other";
const prefixes = { [U]: "u", [V]: "v" };

function rootOf(type: Type, more: Partial<ElementDescriptor> = {}): ElementDescriptor {
  return { kind: "element", name: `{${U}}r`, tag: "r", type, ...more };
}
function struct(parts: Partial<Struct>): Struct {
  return { kind: "struct", name: `{${U}}t`, ns: U, attributed, choices: checkChoice, tagging, ...parts };
}
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const wrap = (inner: string, attributes = "") =>
  `<u:r xmlns:u="${U}"${attributes && " " + attributes}>${inner}</u:r>`;

function read(descriptor: Root, xml: string, options?: DecodeOptions) {
  const { value, diagnostics } = decodeResult(descriptor as ElementDescriptor, xml, options);
  return {
    value,
    found: diagnostics.map(({ code, path, line, column }) => `${code} ${path} ${line}:${column}`),
  };
}
function write(descriptor: Root, value: unknown, options: EncodeOptions = {}): string {
  return encode(descriptor as ElementDescriptor, value, { declaration: false, prefixes, ...options });
}
function issuesOf(descriptor: Root, value: unknown): string[] {
  return check(descriptor, value).map(({ code, path }) => `${code} ${path}`);
}

/** Reads, expects the value, writes, expects the document or one given, and reads the same value again. */
function roundTrip(descriptor: Root, xml: string, value: unknown, written: string = xml): void {
  const first = read(descriptor, xml);
  expect(first).toEqual({ value, found: [] });
  const again = write(descriptor, first.value);
  expect(again).toBe(written);
  expect(read(descriptor, again)).toEqual({ value, found: [] });
}

const size: Atomic = { kind: "atomic", builtin: "string", as: "string", values: ["small", "large"] };
const other: Atomic = { ...size, values: ["other"] };
const pairs: Facets = { patterns: [["\\d \\d"]], matches: matchesPattern };
const star: Atomic = { ...string, facets: { patterns: [["\\*"]], matches: matchesPattern } };
const numbers: List = { kind: "list", item: int, mapping: listMapping };
const either = (...members: SimpleType[]): Union => ({ kind: "union", members, mapping: unionMapping });

test.each<readonly [type: SimpleType, value: unknown, message: string]>([
  [string, new Date(0), "a string is expected, not a Date"],
  [string, new Map(), "a string is expected, not an object"],
  [QName, "p:local", '"p:local" is not a name as "{namespace}local"'],
  [either(size, int, other), "huge", '"huge" is not one of "small", "large" or one of "other"'],
  [either(either(size, other), int), "huge", '"huge" is not one of "small", "large" or one of "other"'],
  [either(int, boolean, numbers), "huge", 'a number or a boolean or an array is expected, not "huge"'],
  [either(int, numbers), [1, 2.5], "2.5 is not an xs:int"],
  [either(int, unsignedByte), 2 ** 31, "2147483648 is not an xs:int or an xs:unsignedByte"],
])("what is wrong with a simple value is told by all that it could be: %#", (type, value, message) => {
  expect(check(rootOf(type), value)).toEqual([{ code: expect.any(String), path: "", message }]);
});

test("validation says what was meant, and no more than that null is not allowed", () => {
  const colours = Array.from({ length: 20 }, (_, k) => `colour-${k}`);
  const many = rootOf({ ...size, values: colours });
  expect(validate(many, "Colour-19").map(({ message }) => message)).toEqual([
    expect.stringMatching(/^"Colour-19" is not one of "colour-0", .*; did you mean "colour-19"\?$/),
  ]);
  const person = rootOf(struct({ attributes: [{ name: "id", type: string, required: true }] }));
  expect(validate(person, null).map(({ code }) => code)).toEqual(["not-nillable"]);
});

test("what may be there a number of times", () => {
  const three = rootOf(struct({ content: [{ name: "a", type: string, min: 2, max: 3 }] }));
  const said = (value: unknown) => check(three, value).map(({ message }) => message);
  expect(said({})).toEqual(["a is required"]);
  expect(said({ a: ["x"] })).toEqual(["a is required 2 times, not 1"]);
  expect(said({ a: ["x", "y", "z", "z"] })).toEqual(["a may be there 3 times, not 4"]);
  expect(said({ $type: "x", a: ["x", "y"] })).toEqual(['"$type" is not known']);
});

const person = rootOf(
  struct({
    content: [
      { name: "name", type: string },
      { name: "age", type: int, min: 0 },
      { name: "mail", type: string, min: 0, max: Infinity },
      { name: "address", type: () => address, min: 0 },
    ],
  }),
);
const address: Struct = {
  kind: "struct",
  name: `{${V}}address`,
  ns: V,
  content: [{ name: "city", type: string }],
};

test("a sequence", () => {
  roundTrip(
    person,
    `<u:r xmlns:u="${U}" xmlns:v="${V}"><u:name>A &amp; B</u:name><u:age>-7</u:age><u:mail>x</u:mail><u:mail></u:mail><u:address><v:city>Z</v:city></u:address></u:r>`,
    { name: "A & B", age: -7, mail: ["x", ""], address: { city: "Z" } },
  );
});

test("prefixes, white space, comments and order on the wire do not matter", () => {
  const { value, found } = read(
    person,
    `<?xml version="1.0"?>
    <r xmlns="${U}" xmlns:q="${V}"><!-- c -->
      <mail>x</mail>
      <address><q:city><![CDATA[Z]]></q:city></address>
      <mail>y</mail>
      <p:name xmlns:p="${U}">N</p:name>
      <?pi?>
    </r>`,
  );
  expect(found).toEqual([]);
  expect(value).toEqual({ name: "N", mail: ["x", "y"], address: { city: "Z" } });
  expect(Object.keys(value as object)).toEqual(["name", "mail", "address"]);
});

test("keys in any order are written in schema order", () => {
  expect(write(person, { mail: ["x"], age: 1, name: "N" })).toBe(
    wrap("<u:name>N</u:name><u:age>1</u:age><u:mail>x</u:mail>"),
  );
});

test("missing content is reported, or thrown on request", () => {
  expect(read(person, wrap("\n<u:age>1</u:age>"))).toEqual({
    value: { age: 1 },
    found: ["missing-element /name 1:1"],
  });
  expect(() => decode(person, wrap(""), { missing: "throw" })).toThrow(DecodeError);
  const sparse = rootOf(struct({ content: [{ name: "a", type: string, omitted: true }] }));
  expect(read(sparse, wrap("")).found).toEqual([]);
  expect(issuesOf(person, {})).toEqual(["missing-element /name"]);
  expect(() => decode(sparse, wrap(""), { missing: "throw" })).not.toThrow();
});

test("unknown content keeps its place", () => {
  const xml = wrap(
    `<u:new>0</u:new><u:name>N</u:name><u:x a="1" u:b="2">t<u:y/>t</u:x>text<u:mail>1</u:mail><u:z/><u:mail>2</u:mail><u:z/>`,
    'extra="e"',
  );
  const { value, found } = read(person, xml);
  expect(value).toEqual({
    name: "N",
    mail: ["1", "2"],
    $unknown: [
      { after: "$self", attributes: { extra: "e" } },
      { node: { name: `{${U}}new`, prefix: "u", children: ["0"] } },
      {
        after: "name",
        node: {
          name: `{${U}}x`,
          prefix: "u",
          attributes: { a: "1", [`{${U}}b`]: "2" },
          children: ["t", { name: `{${U}}y`, prefix: "u" }, "t"],
        },
      },
      { after: "name", node: "text" },
      { after: "mail", index: 0, node: { name: `{${U}}z`, prefix: "u" } },
      { after: "mail", index: 1, node: { name: `{${U}}z`, prefix: "u" } },
    ],
  });
  expect(found.map((one) => one.split(" ")[0])).toEqual([
    "unknown-attribute",
    "unknown-element",
    "unknown-element",
    "unexpected-text",
    "unknown-element",
    "unknown-element",
  ]);
  expect(write(person, value)).toBe(
    xml.replaceAll("<u:y/>", "<u:y></u:y>").replaceAll("<u:z/>", "<u:z></u:z>"),
  );
  expect(read(person, xml, { unknown: "skip" })).toEqual({ value: { name: "N", mail: ["1", "2"] }, found });
});

test("unknown content whose neighbour is gone is still written", () => {
  const value = decode(person, wrap("<u:name>N</u:name><u:age>1</u:age><u:x/>")) as { age?: number };
  delete value.age;
  expect(write(person, value)).toBe(wrap("<u:name>N</u:name><u:x></u:x>"));
});

test("more of what may be there once is kept", () => {
  const xml = wrap("<u:name>N</u:name><u:name>M</u:name>");
  const { value, found } = read(person, xml);
  expect(found).toEqual(["too-many /name 1:43"]);
  expect(value).toMatchObject({ name: "N", $unknown: [{ after: "name", node: { children: ["M"] } }] });
  expect(write(person, value)).toBe(xml);
  const two = rootOf(struct({ content: [{ name: "a", type: int, max: 2 }] }));
  expect(read(two, wrap("<u:a>1</u:a><u:a>2</u:a><u:a>3</u:a>"))).toEqual({
    value: { a: [1, 2, 3] },
    found: ["too-many /a 1:1"],
  });
  expect(issuesOf(two, { a: [1, 2, 3] })).toEqual(["too-many /a"]);
});

test("what is too much, or left to a wildcard, keeps its own namespace", () => {
  const child = struct({ content: [{ name: "c", type: string, min: 0 }] });
  const root = rootOf(
    struct({
      content: [
        { name: "a", ns: "", type: string, min: 0 },
        { name: "b", ns: V, type: child, min: 0 },
        { name: "d", ns: "", type: child, min: 0 },
      ],
    }),
  );
  const twice = `<b xmlns="${V}"><u:c>1</u:c></b><d><u:c>2</u:c></d>`;
  const { $unknown: unknown } = decode(root, wrap(`<a>0</a>${twice}${twice}<a>3</a>`)) as {
    $unknown: { node: { name: string } }[];
  };
  expect(unknown.map(({ node }) => node.name)).toEqual([`{${V}}b`, "d", "a"]);
  const open = rootOf(
    struct({
      content: [
        { name: "a", ns: "", type: child, min: 0 },
        { name: "b", ns: V, type: child, min: 0 },
        { any: "$any", wildcard: { namespaces: { in: ["", V] }, process: "lax" }, min: 0, max: Infinity },
      ],
    }),
  );
  const all = `<b xmlns="${V}"/><a/><b xmlns="${V}"/><a><u:c>1</u:c></a><a/>`;
  const { $any: any } = decode(open, wrap(all)) as { $any: { name: string }[] };
  expect(any.map(({ name }) => name)).toEqual([`{${V}}b`, "a", "a"]);
});

test("attributes and elements of simple type that hold more than text", () => {
  const xml = wrap('<u:name b="1">N<u:i>x</u:i></u:name><u:mail>1</u:mail><u:mail c="2">2</u:mail>');
  const { value, found } = read(person, xml);
  expect(found).toEqual([
    "unknown-attribute /name 1:33",
    "unknown-element /name 1:40",
    "unknown-attribute /mail/1 1:87",
  ]);
  expect(value).toEqual({
    name: "N",
    mail: ["1", "2"],
    $unknown: [
      { after: "name", attributes: { b: "1" } },
      { after: "name", node: { name: `{${U}}i`, prefix: "u", children: ["x"] } },
      { after: "mail", index: 1, attributes: { c: "2" } },
    ],
  });
  expect(write(person, value)).toBe(
    wrap('<u:name b="1">N</u:name><u:i>x</u:i><u:mail>1</u:mail><u:mail c="2">2</u:mail>'),
  );
});

test("namespaces are strict, unless unqualified names are accepted", () => {
  const plain = `<r><name>N</name><address><city>Z</city></address></r>`;
  expect(() => decode(person, plain)).toThrow(/root element/);
  expect(read(person, plain, { unqualified: "accept" })).toEqual({
    value: { name: "N", address: { city: "Z" } },
    found: [],
  });
  expect(read(person, wrap("<name>N</name>")).found).toEqual([
    "missing-element /name 1:1",
    "unknown-element /name 1:25",
  ]);
  expect(read(person, wrap("<name>N</name>"), { unqualified: "accept" })).toEqual({
    value: { name: "N" },
    found: [],
  });
  expect(write(person, { name: "N", address: { city: "Z" } }, { qualified: false })).toBe(
    wrap("<name>N</name><address><city>Z</city></address>"),
  );
});

test("other roots, and HTML, are errors with a place", () => {
  expect(() => decode(person, `\n<x/>`)).toThrow(
    /The root element is x, not \{urn:test\}r \(line 2, column 1\)/,
  );
  expect(() => decode(person, `<html><br></html>`)).toThrow(DecodeError);
});

const choice = rootOf(
  struct({
    content: [
      {
        choice: [
          [
            { name: "a", type: int, min: 0 },
            { name: "b", type: int },
          ],
          [
            { name: "c", type: int },
            { name: "d", type: int, min: 0 },
          ],
        ],
      },
    ],
  }),
);
test("(a?,b)|(c,d?)", () => {
  roundTrip(choice, wrap("<u:a>1</u:a><u:b>2</u:b>"), { a: 1, b: 2 });
  roundTrip(choice, wrap("<u:b>2</u:b>"), { b: 2 });
  roundTrip(choice, wrap("<u:c>1</u:c><u:d>2</u:d>"), { c: 1, d: 2 });
  expect(read(choice, wrap("<u:a>1</u:a>")).found).toEqual(["missing-element /b 1:1"]);
  expect(read(choice, wrap("<u:d>1</u:d>")).found).toEqual(["missing-element /c 1:1"]);
  expect(read(choice, wrap("")).found).toEqual(["missing-element /a 1:1"]);
  expect(read(choice, wrap("<u:b>1</u:b><u:c>1</u:c>"))).toEqual({
    value: { b: 1, c: 1 },
    found: ["choice /c 1:1"],
  });
  expect(issuesOf(choice, { b: 1, c: 2 })).toEqual(["choice /c"]);
  expect(issuesOf(choice, { d: 2 })).toEqual(["missing-element /c"]);
  expect(issuesOf(choice, {})).toEqual(["missing-element /a"]);
  expect(issuesOf(choice, { a: 1, b: 2 })).toEqual([]);
});

test("an optional choice, a branch without elements, a choice in a choice", () => {
  const optional = rootOf(
    struct({ content: [{ choice: [[{ name: "a", type: int }], [{ name: "b", type: int }]], min: 0 }] }),
  );
  expect(issuesOf(optional, {})).toEqual([]);
  const empty = rootOf(struct({ content: [{ choice: [[{ name: "a", type: int }], []] }] }));
  expect(issuesOf(empty, {})).toEqual([]);
  const nested = rootOf(
    struct({
      content: [
        {
          choice: [
            [{ name: "a", type: int }, { choice: [[{ name: "b", type: int }], [{ name: "c", type: int }]] }],
            [{ name: "d", type: int }],
          ],
        },
      ],
    }),
  );
  expect(issuesOf(nested, { a: 1, b: 1 })).toEqual([]);
  expect(issuesOf(nested, { a: 1, c: 1 })).toEqual([]);
  expect(issuesOf(nested, { a: 1 })).toEqual(["missing-element /b"]);
  expect(issuesOf(nested, { a: 1, b: 1, c: 1 })).toEqual(["choice /c"]);
  expect(issuesOf(nested, { d: 1, c: 1 })).toEqual(["choice /d"]);
});

const ordered = rootOf(
  struct({
    content: [
      { name: "head", type: string, min: 0 },
      {
        slot: "items",
        items: [
          { name: "p", type: string },
          { name: "q", type: () => address },
        ],
        min: 0,
      },
    ],
  }),
);
test("p q p stays p q p", () => {
  roundTrip(
    ordered,
    `<u:r xmlns:u="${U}" xmlns:v="${V}"><u:head>h</u:head><u:p>1</u:p><u:q><v:city>Z</v:city></u:q><u:p>2</u:p></u:r>`,
    {
      head: "h",
      items: [
        { $name: "p", $value: "1" },
        { $name: "q", $value: { city: "Z" } },
        { $name: "p", $value: "2" },
      ],
    },
  );
  expect(issuesOf(ordered, { items: [{ $name: "x", $value: "" }] })).toEqual([
    "unknown-element /items/0/$name",
  ]);
  expect(issuesOf(ordered, { items: ["text"] })).toEqual(["wrong-type /items/0"]);
  expect(issuesOf(ordered, { items: { $name: "p", $value: "1" } })).toEqual(["wrong-type /items"]);
});

const mixed = rootOf(
  struct({
    content: [
      {
        slot: "$content",
        text: true,
        min: 0,
        items: [
          { name: "b", type: string },
          { name: "r", type: () => mixed.type as Struct },
          { any: "$any", wildcard: { namespaces: { in: [V] }, process: "lax" } },
        ],
      },
    ],
  }),
);
test("text keeps its place in mixed content, wildcards too", () => {
  roundTrip(
    mixed,
    `<u:r xmlns:u="${U}" xmlns:v="${V}"> a <u:b>b</u:b> <u:r>in<v:w>x</v:w>ner</u:r>\n</u:r>`,
    {
      $content: [
        " a ",
        { $name: "b", $value: "b" },
        " ",
        {
          $name: "r",
          $value: { $content: ["in", { name: `{${V}}w`, prefix: "v", children: ["x"] }, "ner"] },
        },
        "\n",
      ],
    },
  );
  const { value, found } = read(mixed, wrap("a<u:x/>b<![CDATA[<]]>c"));
  expect(found).toEqual(["unknown-element /x 1:26"]);
  expect(value).toEqual({
    $content: ["a", "b<c"],
    $unknown: [{ after: "$content", index: 0, node: { name: `{${U}}x`, prefix: "u" } }],
  });
  expect(write(mixed, value)).toBe(wrap("a<u:x></u:x>b&lt;c"));
});

const all = rootOf(
  struct({ all: true, content: ["a", "b", "c"].map((name) => ({ name, type: int, min: 0 })) }),
);
test("xs:all keeps document order in its keys", () => {
  roundTrip(all, wrap("<u:c>3</u:c><u:a>1</u:a><u:b>2</u:b>"), { c: 3, a: 1, b: 2 });
  expect(Object.keys(decode(all, wrap("<u:c>3</u:c><u:a>1</u:a>")) as object)).toEqual(["c", "a"]);
  expect(write(all, { b: 2, a: 1 })).toBe(wrap("<u:b>2</u:b><u:a>1</u:a>"));
});

const known: ElementDescriptor = { kind: "element", name: `{${V}}k`, tag: "v:k", type: int };
const open = rootOf(
  struct({
    content: [
      { name: "a", type: int, min: 0 },
      {
        any: "$any",
        wildcard: { namespaces: { not: [U, ""] }, process: "lax", known: () => [known] },
        min: 0,
        max: Infinity,
      },
      { name: "z", type: int, min: 0 },
    ],
    attributes: [{ name: "id", type: int }],
    anyAttribute: { namespaces: { in: [V] }, process: "skip" },
  }),
);
test("wildcards: typed when known, raw otherwise", () => {
  roundTrip(
    open,
    `<u:r xmlns:u="${U}" xmlns:v="${V}" xmlns:w="urn:w" id="7" v:x="y"><u:a>1</u:a><v:k>5</v:k><w:q b="c">t</w:q><u:z>2</u:z></u:r>`,
    {
      "@id": 7,
      $anyAttribute: { [`{${V}}x`]: "y" },
      a: 1,
      $any: [
        { $name: "v:k", $value: 5 },
        { name: "{urn:w}q", prefix: "w", attributes: { b: "c" }, children: ["t"] },
      ],
      z: 2,
    },
  );
  expect(issuesOf(open, { $any: [{ name: `{${U}}q` }] })).toEqual(["unknown-element /$any/0"]);
  expect(issuesOf(open, { $any: [{ $name: "v:k", $value: "5" }] })).toEqual(["wrong-type /$any/0/$value"]);
  expect(issuesOf(open, { $anyAttribute: { [`{${U}}x`]: "y" } })).toEqual([
    `unknown-attribute /$anyAttribute/{${U}}x`,
  ]);
  // Paths are JSON Pointers.
  expect(issuesOf(open, { $anyAttribute: { "{http://a/~b}x": "y" } })).toEqual([
    "unknown-attribute /$anyAttribute/{http:~1~1a~1~0b}x",
  ]);
  expect(issuesOf(open, { $any: [{ name: "{urn:w}1" }] })).toEqual(["invalid-value /$any/0"]);
});

test("thousands of namespaces without a prefix of their own are numbered one after the other", () => {
  const attributes = Object.fromEntries(Array.from({ length: 30_000 }, (_, k) => [`{urn:n${k}}a`, ""]));
  const xml = encode(open, { $anyAttribute: attributes }, { check: false });
  expect(xml.match(/ xmlns:ns\d+="urn:n29999"/u)?.[0]).toMatch(/ns3000[01]=/u);
});

const shape = struct({ name: `{${U}}shape`, content: [{ name: "id", type: int }] });
const circle: Struct = struct({
  name: `{${V}}circle`,
  ns: V,
  base: () => shape,
  content: [{ name: "r", type: double }],
});
const shapes: Polymorphic = polymorphic({
  base: shape,
  tag: "u:shape",
  derived: [["v:circle", `{${V}}circle`, () => circle]],
});
const drawing = rootOf(struct({ content: [{ name: "s", type: shapes, max: Infinity }] }));
test("xsi:type", () => {
  roundTrip(
    drawing,
    `<u:r xmlns:u="${U}" xmlns:v="${V}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><u:s><u:id>1</u:id></u:s><u:s xsi:type="v:circle"><u:id>2</u:id><v:r>1.5</v:r></u:s></u:r>`,
    {
      s: [
        { $type: "u:shape", id: 1 },
        { $type: "v:circle", id: 2, r: 1.5 },
      ],
    },
  );
  expect(issuesOf(drawing, { s: [{ $type: "v:Circle", id: 2, r: 1 }] })).toEqual([
    "unknown-type /s/0/$type",
    "unknown-property /s/0/r",
  ]);
  expect(check(drawing, { s: [{ $type: "v:Circle", id: 2 }] })[0]?.message).toContain(
    '$type must be one of u:shape, v:circle, not "v:Circle"',
  );
  const abstract = rootOf({ ...shapes, abstract: true });
  expect(read(abstract, wrap("<u:id>1</u:id>")).found).toEqual(["missing-type  1:1"]);
  expect(issuesOf(abstract, { id: 1 })).toEqual(["missing-type "]);
});

test("an unknown xsi:type is read as its base, and nothing of it is lost", () => {
  const xml = `<u:r xmlns:u="${U}" ${xsi} xmlns:w="urn:w"><u:s xsi:type="w:square"><u:id>1</u:id><w:side>2</w:side></u:s></u:r>`;
  const { value, found } = read(drawing, xml);
  expect(found.map((one) => one.split(" ")[0])).toEqual(["unknown-type", "unknown-element"]);
  expect(value).toEqual({
    s: [
      {
        $type: "{urn:w}square",
        id: 1,
        $unknown: [{ after: "id", node: { name: "{urn:w}side", prefix: "w", children: ["2"] } }],
      },
    ],
  });
  const again = write(drawing, value);
  expect(read(drawing, again).value).toEqual(value);
});

test("an xsi:type whose prefix is not declared is a string", () => {
  const java: Polymorphic = { ...shapes, derived: [["circle", "java:com.example.Circle", () => circle]] };
  const root = rootOf(java);
  const xml = `<u:r xmlns:u="${U}" ${xsi} xmlns:v="${V}" xsi:type="java:com.example.Circle"><u:id>1</u:id><v:r>2</v:r></u:r>`;
  roundTrip(root, xml, { $type: "circle", id: 1, r: 2 });
  const unknown = xml.replace("Circle", "Square").replace("<v:r>2</v:r>", "");
  const { value, found } = read(root, unknown);
  expect(found).toHaveLength(1);
  expect(value).toMatchObject({ $type: "java:com.example.Square", id: 1 });
  expect(read(root, write(root, value)).value).toEqual(value);
});

test("only the white space of XML may stand around xsi:type and xsi:nil", () => {
  const root = rootOf(
    struct({
      content: [
        { name: "s", type: shapes },
        { name: "n", type: int, nillable: true },
      ],
    }),
  );
  const xml = (space: string): string =>
    `<u:r xmlns:u="${U}" xmlns:v="${V}" ${xsi}><u:s xsi:type="${space}v:circle${space}"><u:id>1</u:id><v:r>2</v:r></u:s><u:n xsi:nil="${space}true${space}"/></u:r>`;
  expect(read(root, xml(" \t&#xA;&#xD;"))).toEqual({
    value: { s: { $type: "v:circle", id: 1, r: 2 }, n: null },
    found: [],
  });
  for (const space of ["\u00A0", "\u3000", "\uFEFF"]) {
    const { value, found } = read(root, xml(space));
    expect(found.map((one) => one.split(" ")[0])).toEqual([
      "unknown-type",
      "unknown-element",
      "invalid-value",
    ]);
    expect(value).toMatchObject({ s: { $type: `${space}v:circle${space}` } });
    expect(() => decode(root, xml(space), { validate: fullValidation })).toThrow(
      /xsi:type names .*xsi:nil is/su,
    );
  }
});

test.each(["v:1st", "v:a b", "v:", "v:a:b", "v:a/b"])(
  "an xsi:type that is no name, %s, is kept as it is",
  (name) => {
    for (const [root, xml] of [
      [drawing, `<u:s xsi:type="${name}"><u:id>1</u:id></u:s>`],
      [person, `<u:name xsi:type="${name}">N</u:name>`],
    ] as const) {
      const { value } = read(root, wrap(xml, `${xsi} xmlns:v="${V}"`));
      const again = write(root, value);
      expect(again).toContain(`xsi:type="${name}"`);
      expect(read(root, again).value).toEqual(value);
    }
  },
);

test("nil, with attributes", () => {
  const root = rootOf(
    struct({
      content: [
        { name: "a", type: int, nillable: true },
        { name: "b", type: () => address, nillable: true, min: 0, max: Infinity },
      ],
    }),
  );
  roundTrip(
    root,
    `<u:r xmlns:u="${U}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:v="${V}"><u:a xsi:nil="true"></u:a><u:b xsi:nil="true"></u:b><u:b><v:city>Z</v:city></u:b></u:r>`,
    { a: null, b: [null, { city: "Z" }] },
  );
  const attributed = wrap('<u:a xsi:nil="1" x="y"/>', xsi);
  const { value, found } = read(root, attributed);
  expect({ value, found }).toEqual({
    value: { a: null, $unknown: [{ after: "a", attributes: { x: "y" } }] },
    found: [],
  });
  expect(write(root, value)).toBe(`<u:r xmlns:u="${U}" ${xsi}><u:a xsi:nil="true" x="y"></u:a></u:r>`);
  expect(read(person, wrap('<u:name xsi:nil="true"/>', xsi)).found).toEqual([
    expect.stringMatching(/^not-nillable \/name/),
  ]);
  expect(issuesOf(person, { name: null })).toEqual(["not-nillable /name"]);
  expect(read(root, wrap('<u:a xsi:nil="true">5</u:a>', xsi)).found).toEqual([
    expect.stringMatching(/^nil-content \/a/),
  ]);
});

test("simple content and attributes", () => {
  const money = rootOf(
    struct({
      text: decimal,
      attributes: [
        { name: "currency", type: string, required: true },
        { name: "lang", ns: "http://www.w3.org/XML/1998/namespace", property: "@xml:lang", type: string },
        { name: "x", ns: V, property: "@v:x", type: boolean },
      ],
    }),
  );
  roundTrip(
    money,
    `<u:r xmlns:u="${U}" xmlns:v="${V}" currency="&quot;&#10;" xml:lang="de" v:x="true">12.50</u:r>`,
    { "@currency": '"\n', "@xml:lang": "de", "@v:x": true, $value: "12.50" },
  );
  expect(read(money, wrap("1")).found).toEqual(["missing-attribute /@currency 1:1"]);
  expect(issuesOf(money, { $value: "x" })).toEqual(["missing-attribute /@currency", "invalid-value /$value"]);
  expect(issuesOf(money, { "@currency": "E" })).toEqual(["missing-value /$value"]);
});

test("inherited members come first, in their own namespace", () => {
  const base: Struct = {
    kind: "struct",
    name: `{${V}}base`,
    ns: V,
    content: [{ name: "a", type: int }],
    attributes: [{ name: "i", type: int }],
    attributed,
  };
  const derived = rootOf(
    struct({
      base: () => base,
      content: [{ name: "a", type: int, property: "u:a" }],
      attributes: [{ name: "j", type: int }],
    }),
  );
  roundTrip(derived, `<u:r xmlns:u="${U}" xmlns:v="${V}" i="1" j="2"><v:a>3</v:a><u:a>4</u:a></u:r>`, {
    "@i": 1,
    "@j": 2,
    a: 3,
    "u:a": 4,
  });
});

test("substitutes stand as tagged items", () => {
  const members: ElementDescriptor[] = [
    { kind: "element", name: `{${U}}head`, tag: "head", type: string },
    { kind: "element", name: `{${V}}member`, tag: "v:member", type: int },
  ];
  const root = rootOf(
    struct({
      content: [
        { name: "head", type: string, substitutes: () => members },
        {
          name: "x",
          type: string,
          min: 0,
          max: Infinity,
          substitutes: () => [{ kind: "element", name: `{${U}}x`, tag: "x", type: string }],
        },
        { name: "abstract", type: string, min: 0, substitutes: () => [] },
      ],
    }),
  );
  roundTrip(root, `<u:r xmlns:u="${U}" xmlns:v="${V}"><v:member>1</v:member><u:x>2</u:x></u:r>`, {
    head: { $name: "v:member", $value: 1 },
    x: [{ $name: "x", $value: "2" }],
  });
  expect(issuesOf(root, { head: { $name: "v:Member", $value: 1 } })).toEqual(["unknown-element /head/$name"]);
  expect(issuesOf(root, { head: "x" })).toEqual(["wrong-type /head"]);
  // An abstract head is not among its substitutes, and may not stand itself.
  const { value, diagnostics } = decodeResult(
    root,
    `<u:r xmlns:u="${U}"><u:head>1</u:head><u:abstract>2</u:abstract></u:r>`,
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-element"]);
  expect(value).not.toHaveProperty("abstract");
});

test("what a root that is null or a plain value cannot hold is reported", () => {
  const xsi =
    'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema"';
  const plain: ElementDescriptor = { kind: "element", name: "n", tag: "n", type: int, nillable: true };
  const messagesOf = (xml: string): readonly string[] =>
    decodeResult(plain, xml).diagnostics.map(({ message }) => message);
  expect(messagesOf(`<n ${xsi} i:type="x:int">1</n>`)).toEqual([
    "the value has no place for the attribute {http://www.w3.org/2001/XMLSchema-instance}type",
  ]);
  expect(messagesOf(`<n ${xsi} i:nil="true" a="1"/>`)).toEqual([
    "the value has no place for the attribute a",
  ]);
  expect(messagesOf(`<n a="1">1</n>`)).toEqual(["unknown attribute a"]);
  expect(messagesOf(`<n ${xsi}>1</n>`)).toEqual([]);
  // It is written back where it is handed on.
  for (const [xml, written] of [
    [`<n ${xsi} i:type="x:int">1</n>`, ' xsi:type="x:int"'],
    [`<n ${xsi} i:nil="true" q="x:y z:y" a="1"/>`, ' xsi:nil="true" q="x:y z:y" a="1"'],
  ] as const) {
    const { value, root } = decodeResult(plain, xml);
    const text = encode(plain, value, {
      root: root ?? [],
      prefixes: { "http://www.w3.org/2001/XMLSchema": "x" },
    });
    expect(text.replace(/ xmlns:\w+="[^"]*"/gu, "")).toContain(`<n${written}>`);
    expect(text).toContain(' xmlns:x="http://www.w3.org/2001/XMLSchema"');
    expect(decodeResult(plain, text)).toMatchObject({ value, root });
  }
});

test("prefixes in texts that are kept as written keep their meaning", () => {
  const inner: Struct = {
    kind: "struct",
    name: "T",
    ns: "",
    attributes: [{ name: "q", type: QName }],
    anyAttribute: { process: "lax" },
    attributed,
  };
  const root = rootOf(
    struct({
      content: [
        { name: "nil", type: inner, nillable: true, min: 0 },
        { name: "any", type: inner, min: 0 },
        { name: "text", type: anySimpleType, min: 0 },
      ],
    }),
  );
  const xml = `<u:r xmlns:u="${U}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:p"><u:nil i:nil="1" q="p:a"/><u:any more="p:a http://x 12:30 p:b"/><u:text i:type="x:QName">p:c</u:text></u:r>`;
  const { value, found } = read(root, xml);
  expect(found).toEqual([]);
  expect(read(root, write(root, value))).toEqual({ value, found });
  const text = encode(root, value as never, { prefixes: { "urn:other": "p" } });
  expect(text).toContain(' xmlns:p="urn:p"');
  // A prefix that is taken gives way where the text is an attribute's.
  const clash = encode(root, value as never, { prefixes: { [U]: "p" } });
  expect(clash).toContain(' xmlns:ns1="urn:p"');
  expect(clash).toContain(' more="ns1:a http://x 12:30 ns1:b"');
});

test("xsi:type without a prefix keeps its namespace in content that no type describes", () => {
  const root = rootOf(struct({ content: [{ name: "any", type: anyType }] }));
  const { value } = read(
    root,
    `<r xmlns="${U}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><any i:type="T"/></r>`,
  );
  expect(write(root, value)).toContain('<u:any xsi:type="u:T"></u:any>');
});

test("what all objects inherit is not written", () => {
  const root = rootOf(
    struct({
      attributes: [{ name: "a", type: string }],
      anyAttribute: { process: "lax" },
      content: [{ name: "x", type: string, min: 0 }],
    }),
  );
  const prototype = Object.prototype as Record<string, unknown>;
  const extra = { "@a": "1", x: "1", $unknown: [{ node: "text" }], $type: "T", $anyAttribute: { b: "1" } };
  for (const compile of [() => compileCodecs(0), interpretCodecs]) {
    compile();
    try {
      Object.assign(prototype, extra);
      expect(write(root, {})).toBe(`<u:r xmlns:u="${U}"></u:r>`);
    } finally {
      for (const key of Object.keys(extra)) Reflect.deleteProperty(prototype, key);
      compileCodecs();
    }
  }
});

const scalars: [name: string, type: SimpleType, text: string, value: unknown, written?: string][] = [
  ["string", string, " a\n b ", " a\n b "],
  ["boolean 1", boolean, " 1 ", true, "true"],
  ["boolean false", boolean, "false", false],
  ["int", int, "\n+0042\t", 42, "42"],
  ["int -0", int, "-0", 0, "0"],
  ["int min", int, "-2147483648", -2147483648],
  ["long", long, "158941507534980823", 158941507534980823n],
  ["long with a sign", long, "+9223372036854775807", 9223372036854775807n, "9223372036854775807"],
  ["long as string", longAsString, "000158941507534980823", "000158941507534980823"],
  ["long as number", longAsNumber, "9007199254740991", 9007199254740991],
  ["integer", integer, "123456789012345678901234567890", 123456789012345678901234567890n],
  ["decimal", decimal, "0012.50000000000000000001", "0012.50000000000000000001"],
  ["double INF", double, "-INF", -Infinity],
  ["double NaN", double, "NaN", NaN],
  ["double", double, "1.5E300", 1.5e300, "1.5e+300"],
  ["date", date, "2001-10-26+02:00", "2001-10-26+02:00"],
  ["base64", base64Binary, "Y W\nJj", new Uint8Array([97, 98, 99]), "YWJj"],
  ["hex", hexBinary, "0aFF", new Uint8Array([10, 255]), "0AFF"],
  ["qname", QName, "u:x", `{${U}}x`],
  ["list", { kind: "list", mapping: listMapping, item: int } satisfies List, " 1 2\n3 ", [1, 2, 3], "1 2 3"],
  ["empty list", { kind: "list", mapping: listMapping, item: int } satisfies List, "", []],
  [
    "union",
    { kind: "union", mapping: unionMapping, members: [int, boolean, string] } satisfies Union,
    "x y",
    "x y",
  ],
  [
    "union, first member",
    { kind: "union", mapping: unionMapping, members: [int, boolean, string] } satisfies Union,
    "12",
    12,
  ],
  [
    "union, bounds decide",
    {
      kind: "union",
      mapping: unionMapping,
      members: [{ ...int, facets: { maxInclusive: "100" } }, string],
    } satisfies Union,
    "0500",
    "0500",
  ],
  [
    "union, enumeration decides",
    {
      kind: "union",
      mapping: unionMapping,
      members: [{ ...string, values: ["a"] } as Atomic, int],
    } satisfies Union,
    "5",
    5,
  ],
  ["union, a pattern decides", either(star, int), "5", 5],
  ["union, no pattern lets it in", either(star, int), "all", "all"],
  ["union, the pattern of a list decides", either({ ...numbers, facets: pairs }, string), "1 2 3", "1 2 3"],
  ["union, a name has no colon", either(NCName, QName), "u:x", `{${U}}x`],
  ["union, a name is no number", either(NCName, int), "5", 5],
  ["union, a name has no space", either(Name, string), "u:x y", "u:x y"],
  ["union, a token of names", either(NMTOKEN, QName), "u:x", "u:x"],
  ["union, the name of a union of names", either(either(NCName), QName), "u:x", `{${U}}x`],
];
test.each(scalars)("scalar %s", (_, type, text, value, written = text) => {
  const root = rootOf(struct({ content: [{ name: "a", type }], attributes: [{ name: "b", type }] }));
  const { value: out, found } = read(
    root,
    wrap(`<u:a>${text}</u:a>`, `b="${text.replaceAll("\n", "&#10;").replaceAll("\t", "&#9;")}"`),
  );
  expect(found).toEqual([]);
  expect(out).toEqual({ "@b": value, a: value });
  expect(write(root, out)).toBe(wrap(`<u:a>${written}</u:a>`, `b="${written.replaceAll("\n", "&#10;")}"`));
});

test.each<[string, Type, string]>([
  ["int", int, "2147483648"],
  ["int", int, "1.0"],
  ["int", int, ""],
  ["int", int, "-"],
  ["unsignedByte", unsignedByte, "256"],
  ["long as number", longAsNumber, "9007199254740993"],
  ["boolean", boolean, "TRUE"],
  ["decimal", decimal, "1e5"],
  ["double", double, "1,5"],
  ["date", date, "26.10.2001"],
  ["base64", base64Binary, "YWJ"],
  ["hex", hexBinary, "0"],
  ["qname", QName, "nope:x"],
  ["list", { kind: "list", mapping: listMapping, item: int }, "1 x"],
  ["union", { kind: "union", mapping: unionMapping, members: [int, boolean] }, "x"],
])("a wrong %s is kept as text and reported: %s %s", (_, type, text) => {
  const root = rootOf(struct({ content: [{ name: "a", type }] }));
  expect(read(root, wrap(`\n <u:a>${text}</u:a>`))).toEqual({
    value: { a: text },
    found: ["invalid-value /a 2:7"],
  });
  expect(issuesOf(root, { a: text })).toHaveLength(1);
  expect(write(root, { a: text }, { check: false })).toBe(wrap(`<u:a>${text}</u:a>`));
});

test("enumerations are open when read and closed when written", () => {
  const root = rootOf(
    struct({ content: [{ name: "a", type: { ...string, values: ["X", "Y"] } as Atomic }] }),
  );
  expect(read(root, wrap("<u:a>X</u:a>")).found).toEqual([]);
  expect(read(root, wrap("<u:a>Z</u:a>"))).toEqual({ value: { a: "Z" }, found: ["unknown-value /a 1:30"] });
  expect(issuesOf(root, { a: "Z" })).toEqual(["unknown-value /a"]);
  const list = rootOf(
    struct({
      content: [
        {
          name: "a",
          type: { kind: "list", mapping: listMapping, item: { ...string, values: ["X"] } as Atomic },
        },
      ],
    }),
  );
  expect(read(list, wrap("<u:a>X Z</u:a>"))).toEqual({
    value: { a: ["X", "Z"] },
    found: ["unknown-value /a 1:30"],
  });
});

test("long values are values", () => {
  const root = rootOf(
    struct({
      content: [
        { name: "a", type: hexBinary },
        { name: "b", type: base64Binary },
      ],
    }),
  );
  const { a, b } = decode(
    root,
    wrap(`<u:a>${"0aF1".repeat(6_000_000)}</u:a><u:b>${"AQID".repeat(100_000)}</u:b>`),
  ) as {
    a: Uint8Array;
    b: Uint8Array;
  };
  expect([a.length, a[0], a.at(-1), b.length, b[0], b.at(-1)]).toEqual([12_000_000, 10, 0xf1, 300_000, 1, 3]);
  const language: SimpleType = { kind: "atomic", builtin: "language", as: "string" };
  const other = rootOf(
    struct({
      content: [
        { name: "a", type: language },
        { name: "b", type: hexBinary },
      ],
    }),
  );
  const long = "a" + "-a".repeat(12_000_000);
  expect(read(other, wrap(`<u:a>${long}</u:a><u:b>012</u:b>`)).found).toEqual([
    "invalid-value /a 1:30",
    expect.stringMatching(/^invalid-value \/b /),
  ]);
});

test("a decimal is listed however it is written, and however long it is", () => {
  const type: SimpleType = { ...decimal, values: ["0.5", "0", "-10"] };
  const root = rootOf(struct({ content: [{ name: "a", type, max: Infinity }] }));
  const found = (...texts: string[]): string[] =>
    read(root, wrap(texts.map((one) => `<u:a>${one}</u:a>`).join(""))).found.map(
      (one) => one.split(" ")[1] ?? "",
    );
  expect(found(".5", "+0.50", "00.5", "0", "-0", "+0.0", ".0", "-10.", "-010.00")).toEqual([]);
  expect(found("-.5", "0.05", "5", "10", "1", "-1")).toHaveLength(6);
  // In quadratic time this would take minutes.
  expect(found(`0.${"0".repeat(1_000_000)}1`)).toEqual(["/a/0"]);
});

test("a value that an enumeration lacks is written where nothing is checked", () => {
  const numbers: SimpleType = { kind: "atomic", builtin: "int", as: "number", values: [1, 2] };
  const list: List = { kind: "list", mapping: listMapping, item: () => numbers };
  const union: Union = { kind: "union", mapping: unionMapping, members: [numbers, list] };
  const root = rootOf(
    struct({
      attributes: [{ name: "x", type: list }],
      content: [
        { name: "a", type: numbers },
        { name: "b", type: list },
        { name: "c", type: union },
      ],
    }),
  );
  const xml = wrap("<u:a>5</u:a><u:b>1 6 7</u:b><u:c>8</u:c>", 'x="9 1"');
  const value = decode(root, xml);
  expect(value).toEqual({ "@x": [9, 1], a: 5, b: [1, 6, 7], c: 8 });
  expect(write(root, value, { check: false })).toBe(xml);
  expect(issuesOf(root, value)).toEqual([
    "unknown-value /@x",
    "unknown-value /a",
    "unknown-value /b",
    "unknown-value /c",
  ]);
  expect(write(root, { a: 5, b: [6, "x"], c: 1 }, { check: false })).toBe(
    wrap("<u:a>5</u:a><u:b></u:b><u:c>1</u:c>"),
  );
});

test("an empty element has its default", () => {
  const root = rootOf(
    struct({
      content: [
        { name: "a", type: int, default: "5", min: 0 },
        { name: "b", type: string, fixed: "f", min: 0 },
      ],
    }),
  );
  expect(read(root, wrap("<u:a/><u:b></u:b>"))).toEqual({ value: { a: 5, b: "f" }, found: [] });
  expect(read(root, wrap(""))).toEqual({ value: {}, found: [] });
});

test("an empty value is written so that it is not read as the default, where white space tells them apart", () => {
  const root = rootOf(
    struct({
      content: [
        { name: "a", type: token, default: "x", min: 0 },
        { name: "b", type: numbers, default: "1 2", min: 0 },
        { name: "c", type: either(int, token), default: "1", min: 0 },
        { name: "d", type: base64Binary, default: "AAEC", min: 0 },
        { name: "e", type: string, default: "x", min: 0 },
        { name: "f", type: token, default: "x", max: Infinity, min: 0 },
        { name: "g", type: token, min: 0 },
      ],
    }),
  );
  const value = { a: "", b: [], c: "", d: new Uint8Array(0), f: ["", "y"], g: "" };
  const xml = wrap("<u:a> </u:a><u:b> </u:b><u:c> </u:c><u:d> </u:d><u:f> </u:f><u:f>y</u:f><u:g></u:g>");
  expect(write(root, value)).toBe(xml);
  expect(read(root, xml)).toEqual({ value, found: [] });
  // All white space counts in a string: there is no way to write it.
  expect(write(root, { e: "" })).toBe(wrap("<u:e></u:e>"));
});

test("an empty element has the default of its place, however often all begins again", () => {
  const root = rootOf(
    struct({
      content: [
        {
          slot: "$content",
          items: [
            { name: "a", type: int, default: "1", max: 2 },
            { name: "b", type: string },
            { name: "a", type: int, default: "3" },
            { name: "c", ns: V, type: int },
            { name: "c", type: int, default: "4" },
          ],
        },
      ],
    }),
  );
  const valuesOf = (names: string): unknown[] =>
    (
      read(root, wrap(Array.from(names, (name) => `<u:${name}/>`).join(""))).value as {
        $content: { $value: unknown }[];
      }
    ).$content.map((one) => one.$value);
  expect(valuesOf("aabacaabac")).toEqual([1, 1, "", 3, 4, 1, 1, "", 3, 4]);
  expect(valuesOf("aaa")).toEqual([1, 1, 3]);
  expect(valuesOf("aaaa")).toEqual([1, 1, 3, 1]);
  expect(valuesOf("bababa")).toEqual(["", 3, "", 3, "", 3]);
  expect(valuesOf("cacac")).toEqual([4, 1, 4, 1, 4]);
});

test("anyType is raw", () => {
  const root = rootOf(struct({ content: [{ name: "a", type: anyType }] }));
  roundTrip(root, wrap('<u:a x="1">t<u:b></u:b></u:a>'), {
    a: { attributes: { x: "1" }, children: ["t", { name: `{${U}}b`, prefix: "u" }] },
  });
});

test("raw elements keep the prefixes that their content names", () => {
  const xml = `<u:r xmlns:u="${U}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="urn:p"><u:name>N</u:name><u:x xsi:type="p:T">p:q</u:x></u:r>`;
  const { value } = read(person, xml);
  expect(value).toMatchObject({ $unknown: [{ node: { namespaces: { p: "urn:p" } } }] });
  const again = write(person, value);
  expect(again).toContain('xmlns:p="urn:p"');
  expect(read(person, again).value).toEqual(value);
  // The prefix means something else in the rest of the document.
  const shadowed = `<p:r xmlns:p="${U}"><p:name>N</p:name><p:x xmlns:p="urn:p" xmlns:o="${U}" a="p:q"><o:y o:b="o:c"/></p:x></p:r>`;
  const first = decode(person, shadowed);
  const written = write(person, first, { prefixes: { [U]: "p" } });
  expect(decode(person, written)).toEqual(first);
  expect(written).toContain("<p:name>");
});

test("QNames find a prefix", () => {
  const root = rootOf(QName);
  expect(write(root, "{urn:new}x")).toBe(`<u:r xmlns:u="${U}" xmlns:ns1="urn:new">ns1:x</u:r>`);
  expect(decode(root, `<u:r xmlns:u="${U}" xmlns="urn:new">x</u:r>`)).toBe("{urn:new}x");
});

test("encode lists everything that is wrong, with paths", () => {
  const issues = check(person, {
    nme: "x",
    age: "7",
    mail: "x",
    address: { city: 5, citty: 1 },
    extra: undefined,
  });
  expect(issues.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toMatchInlineSnapshot(`
    [
      "wrong-type /age: a number is expected, not "7"",
      "wrong-type /mail: an array is expected, not "x"",
      "wrong-type /address/city: a string is expected, not 5",
      "unknown-property /address/citty: "citty" is not known; did you mean "city"?",
      "missing-element /name: name is required",
      "unknown-property /nme: "nme" is not known; did you mean "name"?",
    ]
  `);
  expect(() => encode(person as ElementDescriptor, {})).toThrow(EncodeError);
  expect(issuesOf(person, "x")).toEqual(["wrong-type "]);
  expect(issuesOf(person, [])).toEqual(["wrong-type "]);
});

test.each<[Type, unknown, string]>([
  [int, 2147483648, "invalid-value"],
  [int, 1.5, "invalid-value"],
  [int, NaN, "invalid-value"],
  [int, 1n, "wrong-type"],
  [unsignedByte, -1, "invalid-value"],
  [long, 9223372036854775808n, "invalid-value"],
  [long, 5, "wrong-type"],
  [longAsNumber, 2 ** 53, "invalid-value"],
  [longAsString, "x", "invalid-value"],
  [boolean, "true", "wrong-type"],
  [string, 5, "wrong-type"],
  [string, undefined, "missing-element"],
  [date, "yesterday", "invalid-value"],
  [base64Binary, "YWJj", "wrong-type"],
  [QName, "{u}1", "invalid-value"],
  [{ kind: "list", mapping: listMapping, item: string }, ["a b"], "invalid-value"],
  [{ kind: "list", mapping: listMapping, item: string }, "a", "wrong-type"],
  [{ kind: "union", mapping: unionMapping, members: [int, boolean] }, "a", "wrong-type"],
  [{ kind: "union", mapping: unionMapping, members: [int, boolean] }, 1.5, "invalid-value"],
])("encode refuses %o %s with %s", (type, value, code) => {
  const root = rootOf(struct({ content: [{ name: "a", type }] }));
  expect(issuesOf(root, { a: value })).toEqual([`${code} /a`]);
});

test.each(["\0", "\u000b", "\u001f", "\ufffe", "\uffff", "a\ud800b", "\udc00"])(
  "XML cannot carry %j",
  (text) => {
    expect(issuesOf(person, { name: `x${text}` })).toEqual(["illegal-character /name"]);
    expect(() => write(person, { name: text }, { check: false })).toThrow(EncodeError);
  },
);

const xmlns = "http://www.w3.org/2000/xmlns/";
const xml = "http://www.w3.org/XML/1998/namespace";
test.each<[string, object]>([
  ["a name that is none", { name: "a b" }],
  ["a reserved prefix", { name: "{urn:x}a", prefix: "xml" }],
  ["the prefix of declarations", { name: `{${xmlns}}a`, prefix: "xmlns" }],
  ["the namespace of declarations as the default", { name: `{${xmlns}}a` }],
  [
    "an attribute in the namespace of declarations",
    { name: "{urn:w}a", attributes: { [`{${xmlns}}p`]: "" } },
  ],
  ["an attribute that is a declaration", { name: "{urn:w}a", attributes: { xmlns: "urn:x" } }],
  ["an attribute twice", { name: "{urn:w}a", attributes: { b: "", "{}b": "" } }],
  ["another prefix for the namespace xml", { name: "{urn:w}a", namespaces: { p: xml } }],
  ["a prefix for no namespace", { name: "{urn:w}a", namespaces: { p: "" } }],
  ["a prefix that means two things", { name: "{urn:x}a", prefix: "p", namespaces: { p: "urn:y" } }],
])("what no reader takes is not even written without checks: %s", (_, item) => {
  for (const check of [true, false]) {
    const written = () => encode(open, { $any: [{ name: "{urn:w}a" }, item] } as never, { check });
    expect(written).toThrow(EncodeError);
  }
});

test("no attribute is written twice, whatever $unknown and $anyAttribute hold", () => {
  const root = rootOf(
    struct({ content: [{ name: "b", type: string }], attributes: [{ name: "a", type: string }] }),
  );
  const unknown = (after: string) => ({ after, attributes: { a: "2" } });
  expect(issuesOf(root, { "@a": "1", b: "", $unknown: [unknown("$self")] })).toEqual(["invalid-value "]);
  expect(issuesOf(root, { b: "", $unknown: [unknown("b"), unknown("b")] })).toEqual(["invalid-value /b"]);
  expect(issuesOf(root, { b: "", $unknown: [unknown("b"), unknown("$self")] })).toEqual([]);
  const wild = rootOf(
    struct({
      attributes: [{ name: "a", type: string }],
      anyAttribute: { namespaces: { not: [] }, process: "skip" },
    }),
  );
  const twice = { "@a": "1", $anyAttribute: { a: "2" } };
  expect(issuesOf(wild, twice)).toEqual(["unknown-attribute /$anyAttribute/a"]);
  // No reader accepts it, so that a lenient writer refuses it, too; once it may stand there.
  expect(() => encode(wild, twice as never, { check: false })).toThrow(EncodeError);
  expect(encode(wild, { $anyAttribute: { a: "2" } } as never, { check: false })).toContain(' a="2"');
  expect(issuesOf(wild, { "@a": "1", $anyAttribute: { b: "2" } })).toEqual([]);
});

test("prefixes that begin with xml are prefixes like others", () => {
  const text = '<u:r xmlns:u="urn:test" xmlns:xmlenc="urn:e"><w:q xmlns:w="urn:w" b="xmlenc:a"/></u:r>';
  const value = decode(open, text);
  expect(decode(open, encode(open, value))).toEqual(value);
  expect(encode(open, value)).toContain('xmlns:xmlenc="urn:e"');
});

test("a value that is too deep for the stack, or holds itself, is refused; the next is written", () => {
  const cyclic: { name: string; children: unknown[] } = { name: "{urn:w}a", children: [] };
  cyclic.children.push(cyclic);
  let deep = { name: "{urn:w}a", children: [] as unknown[] };
  for (let k = 0; k < 100_000; k++) deep = { name: "{urn:w}a", children: [deep] };
  for (const item of [cyclic, deep]) {
    expect(issuesOf(open, { $any: [item] })).toEqual(["limit "]);
    expect(() => encode(open, { $any: [item] } as never, { check: false })).toThrow(EncodeError);
  }
  expect(issuesOf(open, { $any: [{ name: "{urn:w}a" }] })).toEqual([]);
});

test("everything else is escaped", () => {
  const text = "<>&'\"]]>\r\n\t\u00a0\u0085\u2028😀 ";
  const root = rootOf(
    struct({ content: [{ name: "a", type: string }], attributes: [{ name: "b", type: string }] }),
  );
  const xml = write(root, { "@b": text, a: text });
  expect(decode(root, xml)).toEqual({ "@b": text, a: text });
});

test("encode options", () => {
  expect(encode(person as ElementDescriptor, { name: "N" })).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ns1:r xmlns:ns1="${U}"><ns1:name>N</ns1:name></ns1:r>`,
  );
  expect(encode(person as ElementDescriptor, { name: "N" }, { declaration: "ISO-8859-1", prefixes })).toMatch(
    /^<\?xml version="1.0" encoding="ISO-8859-1"\?>\n/,
  );
  expect(encode(address, { city: "Z" }, { element: "{urn:e}e", declaration: false, prefixes })).toBe(
    `<ns1:e xmlns:ns1="urn:e" xmlns:v="${V}"><v:city>Z</v:city></ns1:e>`,
  );
  expect(encode(address, { city: "Z" }, { element: "e", declaration: false, qualified: false })).toBe(
    "<e><city>Z</city></e>",
  );
  expect(write(person, { name: "N" }, { prefixes: { [U]: "xml" } })).toMatch(/^<xml1:r xmlns:xml1=/);
});

test("names of Object.prototype are names like others", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const odd = rootOf(
    struct({
      content: names.map((name) => ({ name, type: int, min: 0 })),
      attributes: [{ name: "__proto__", type: int, property: "@__proto__" }],
    }),
  );
  const xml = wrap(names.map((name, k) => `<u:${name}>${k}</u:${name}>`).join(""), '__proto__="9"');
  const value = decode(odd, xml) as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.entries(value)).toEqual([["@__proto__", 9], ...names.map((name, k) => [name, k])]);
  expect(write(odd, value)).toBe(xml);
  expect(write(odd, {})).toBe(wrap(""));
  expect(read(odd, wrap(""))).toEqual({ value: {}, found: [] });
  // In a schema that does not know them they are unknown content, and change nothing.
  const { value: plain } = read(
    person,
    wrap(
      "<u:__proto__><u:polluted>1</u:polluted></u:__proto__><u:constructor x='1' __proto__='2'/><u:name>N</u:name>",
    ),
  );
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
  expect(decode(person, write(person, plain))).toEqual(plain);
});

test("bytes are decoded by their encoding", () => {
  const latin1 = Uint8Array.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?>${wrap("<u:name>Z\xfcrich</u:name>")}`,
    (c) => c.charCodeAt(0),
  );
  expect(decode(person, latin1)).toEqual({ name: "Zürich" });
  expect(
    decode(person, new TextEncoder().encode(wrap("<u:name>Zürich</u:name>")), { charset: "utf-8" }),
  ).toEqual({ name: "Zürich" });
  expect(() => decode(person, latin1, { charset: "utf-8" })).toThrow(/utf-8/);
});

test("diagnostics stand in document order with lines of all kinds", () => {
  const { diagnostics } = decodeResult(person, `<u:r xmlns:u="${U}">\r\n<u:x/>\r <u:age>a</u:age>\n</u:r>`);
  expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([
    ["missing-element", 1, 1],
    ["unknown-element", 2, 1],
    ["invalid-value", 3, 9],
  ]);
});
