import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  check,
  decodeResult,
  DecodeError,
  encode,
  EncodeError,
  type EncodeOptions,
  type ElementDescriptor,
} from "../../templates/runtime/index.js";
import type { Unknown } from "../../templates/runtime/descriptor.js";
import { compileCodecs, interpretCodecs } from "../../templates/runtime/compile.js";
import { roots } from "./random.js";

/** The same value, order of what is unknown aside: it is that of the document, which changes when order is restored. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const out = Object.entries(value).map(([key, one]): [string, unknown] => {
    if (key !== "$unknown") return [key, settle(one)];
    const place = ({ after, index }: Unknown) => `${after} ${index}`;
    return [
      key,
      [...(one as Unknown[])]
        .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
        .map(settle),
    ];
  });
  return Object.fromEntries(out);
}

afterAll(() => interpretCodecs());

// FUZZ=20 FUZZ_SEED=1 looks further.
const seed = Number(process.env["FUZZ_SEED"] ?? 20211);
const times = Number(process.env["FUZZ"] ?? 1);
const prefixes = { "urn:one": "one", "urn:two": "two", "urn:three": "three" };

const write = (root: ElementDescriptor, value: unknown, lenient = false) =>
  encode(root, value as never, { prefixes, ...(lenient && { check: false }) });

test(`what is written reads as the same value (seed ${seed})`, () => {
  fc.assert(
    fc.property(roots, ({ root, value }) => {
      expect(check(root, value)).toEqual([]);
      const xml = write(root, value);
      const { value: again, diagnostics } = decodeResult(root, xml);
      expect(diagnostics).toEqual([]);
      expect(again).toEqual(value);
      expect(write(root, again)).toBe(xml);
    }),
    { seed, numRuns: 1500 * times },
  );
});

test(`order on the wire, prefixes and white space change nothing (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      roots,
      fc.constantFrom({ "urn:one": "x" }, { "urn:two": "one", "urn:one": "two" }, {}),
      ({ root, value }, other) => {
        const again = decodeResult(
          root,
          encode(root, value as never, { prefixes: other, declaration: false }),
        );
        expect(again).toEqual({ value, diagnostics: [] });
      },
    ),
    { seed, numRuns: 500 * times },
  );
});

const fragments = [
  "<",
  ">",
  "</",
  "/>",
  "&",
  "&amp;",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  '"',
  "'",
  "=",
  " ",
  "x",
  "<x>",
  "</x>",
  "<x/>",
  "<one:a>",
  "</one:a>",
  'xmlns="u"',
  "\0",
  "\ud800",
  "<?",
  "?>",
  "<!DOCTYPE x>",
  "xsi:nil='true'",
  ' x="1"',
  "5",
  "__proto__",
  "<__proto__/>",
  "text",
];
const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("insert", "delete", "copy", "cut"),
  length: fc.integer({ min: 1, max: 12 }),
  what: fc.constantFrom(...fragments),
});

function mutate(
  text: string,
  changes: readonly { at: number; kind: string; length: number; what: string }[],
): string {
  for (const { at, kind, length, what } of changes) {
    const i = at % (text.length + 1);
    if (kind === "insert") text = text.slice(0, i) + what + text.slice(i);
    else if (kind === "delete") text = text.slice(0, i) + text.slice(i + length);
    else if (kind === "copy") text = text.slice(0, i) + text.slice(i, i + length * 4) + text.slice(i);
    else text = text.slice(0, i);
  }
  return text;
}

test(`broken documents give an error with a place, or a value that loses nothing (seed ${seed})`, () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(roots, fc.array(mutation, { minLength: 1, maxLength: 4 }), ({ root, value }, changes) => {
      const xml = mutate(encode(root, value as never, { prefixes, declaration: false }), changes);
      let first: unknown;
      try {
        first = decodeResult(root, xml).value;
      } catch (error) {
        refused++;
        expect(error).toBeInstanceOf(DecodeError);
        expect(error).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
        return;
      }
      read++;
      expect(settle(decodeResult(root, write(root, first, true)).value)).toEqual(settle(first));
    }),
    { seed, numRuns: 3000 * times },
  );
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Both ways to read, each with its result or error. */
function readBoth(
  root: ElementDescriptor,
  xml: string,
): { tables: unknown; straight: unknown; compiled: unknown } {
  const read = () => {
    try {
      const { value, diagnostics } = decodeResult(root, xml);
      return {
        value,
        diagnostics,
        keys: JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one)),
      };
    } catch (error) {
      return String(error);
    }
  };
  interpretCodecs();
  const tables = read();
  // Readers that go through tables, and never code.
  compileCodecs(0, Infinity);
  const straight = read();
  compileCodecs(0);
  const compiled = read();
  interpretCodecs();
  return { tables, straight, compiled };
}

test(`compiled readers and tables agree, on good documents and broken ones (seed ${seed})`, () => {
  fc.assert(
    fc.property(roots, fc.array(mutation, { maxLength: 2 }), ({ root, value }, changes) => {
      const { tables, straight, compiled } = readBoth(
        root,
        mutate(encode(root, value as never, { prefixes, declaration: false }), changes),
      );
      expect(straight).toEqual(tables);
      expect(compiled).toEqual(tables);
    }),
    { seed, numRuns: 3000 * times },
  );
});

/** Well-formed changes: elements moved, doubled, renamed, wrapped in text, attributes added. */
test(`well-formed surprises lose nothing (seed ${seed})`, () => {
  let surprised = 0;
  fc.assert(
    fc.property(
      roots,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
      ({ root, value }, changes) => {
        let xml = encode(root, value as never, { prefixes, declaration: false });
        for (const [what, where] of changes) {
          const tags = [...xml.matchAll(/<([^/ >]+)( [^>]*)?>/g)];
          const tag = tags[where % tags.length];
          if (tag === undefined) continue;
          const end = tag.index + tag[0].length;
          if (what % 4 === 0)
            xml = xml.slice(0, end) + "<u:new xmlns:u='urn:new' a='1'>t<b/></u:new>" + xml.slice(end);
          else if (what % 4 === 1) xml = xml.slice(0, end) + " text " + xml.slice(end);
          else if (what % 4 === 2) xml = xml.slice(0, end - 1) + ` n${where}='v'` + xml.slice(end - 1);
          else if (where % tags.length > 0) {
            const close = xml.indexOf(`</${tag[1]}>`, end);
            const element = xml.slice(tag.index, close + `</${tag[1]}>`.length);
            if (!element.slice(1).includes(`<${tag[1]}`))
              xml = xml.slice(0, tag.index) + element + xml.slice(tag.index);
          }
        }
        let first;
        try {
          first = decodeResult(root, xml);
        } catch (error) {
          // The same attribute added twice.
          expect(String(error)).toMatch(/there twice/);
          return;
        }
        if (first.diagnostics.length > 0) surprised++;
        expect(settle(decodeResult(root, write(root, first.value, true)).value)).toEqual(settle(first.value));
      },
    ),
    { seed, numRuns: 2000 * times },
  );
  expect(surprised).toBeGreaterThan(500);
});

/** Both ways to write, each with its text or everything that is wrong. */
function writeBoth(root: ElementDescriptor, value: unknown, options: EncodeOptions) {
  const run = () => {
    try {
      return encode(root, value as never, options);
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      return error.issues;
    }
  };
  interpretCodecs();
  const tables = run();
  compileCodecs(0);
  const compiled = run();
  interpretCodecs();
  return { tables, compiled };
}

const oddValues = [
  undefined,
  null,
  "",
  "a & b < c > d \r\n\t \" '",
  "\u0001",
  "\ud800",
  "\ud83d\ude00 \u00e9 \u4f1a",
  "\uffff",
  0,
  -0,
  1.5,
  2 ** 40,
  NaN,
  10n,
  true,
  [],
  {},
  [[]],
  { $name: "a", $value: 1 },
  new Uint8Array(2),
];

/** Changes one place of a value: something odd in it, a key gone, a key that nobody knows. */
function disturb(value: unknown, what: number, where: number): unknown {
  const copy = structuredClone(value);
  const places: [owner: Record<string, unknown>, key: string][] = [];
  const walk = (owner: unknown): void => {
    if (typeof owner !== "object" || owner === null || owner instanceof Uint8Array) return;
    for (const key of Object.keys(owner)) {
      places.push([owner as Record<string, unknown>, key]);
      walk((owner as Record<string, unknown>)[key]);
    }
  };
  walk([copy]);
  const [owner, key] = places[where % places.length] ?? [{}, ""];
  const kind = what % (oddValues.length + 4);
  if (kind < oddValues.length) owner[key] = oddValues[kind];
  else if (kind === oddValues.length && !Array.isArray(owner)) Reflect.deleteProperty(owner, key);
  else if (kind === oddValues.length + 1) owner["constructor"] = "x";
  else if (kind === oddValues.length + 2) owner["unknownKey"] = undefined;
  else owner["$unknown"] = [{ after: key, node: { name: "{urn:one}x", prefix: "one", children: ["t"] } }];
  return copy;
}

test(`compiled writers and tables agree, on good values and odd ones (seed ${seed})`, () => {
  let refused = 0;
  let written = 0;
  fc.assert(
    fc.property(
      roots,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 2 }),
      fc.constantFrom<EncodeOptions>(
        {},
        { prefixes },
        { prefixes: { "urn:two": "ns1" }, declaration: false },
        { check: false },
        { qualified: false },
      ),
      ({ root, value }, changes, options) => {
        const changed = changes.reduce((sum: unknown, [what, where]) => disturb(sum, what, where), value);
        const { tables, compiled } = writeBoth(root, changed, options);
        if (typeof tables === "string") written++;
        else refused++;
        expect(compiled).toEqual(tables);
      },
    ),
    { seed, numRuns: 4000 * times },
  );
  expect(written).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(500);
});
