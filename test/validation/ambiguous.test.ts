/** Content models that break unique particle attribution and are tolerated: a document is valid when one of its readings is. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compileCodecs, interpretCodecs } from "../../templates/runtime/compile.js";
import { decode, encode, fullValidation, validate, validateDocument } from "../../templates/runtime/index.js";
import { judgesOf, namespace } from "./schemas.js";

// FUZZ=20 FUZZ_SEED=1 looks further.
const seed = Number(process.env["FUZZ_SEED"] ?? 41_120);
const times = Number(process.env["FUZZ"] ?? 1);

afterAll(interpretCodecs);

const e = (name: string, more = ""): string => `<xs:element name="${name}" type="xs:int" ${more}/>`;
const many = 'minOccurs="0" maxOccurs="unbounded"';
const seq = (...parts: string[]): string => `<xs:sequence>${parts.join("")}</xs:sequence>`;
const counted = (min: number, max: number): string => `minOccurs="${min}" maxOccurs="${max}"`;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The elements of a document, one letter each; "x" is of another namespace, "h12" is one element. */
const documentOf = (names: string): string =>
  `<r xmlns="${namespace}">${(names.match(/[a-z]\d*/gu) ?? [])
    .map((name, index) => (name === "x" ? `<x xmlns="urn:x"/>` : `<${name}>${index}</${name}>`))
    .join("")}</r>`;

/** Each element below the root with its value, as they stand in a document. */
const valuesIn = (xml: string): readonly string[] =>
  [...xml.matchAll(/<(?:\w+:)?(\w+)[^<>]*>(\d*)/gu)]
    .slice(1)
    .map(([, name = "", value = ""]) => name + value);

test.each<
  [name: string, content: string, valid: readonly string[], invalid: readonly string[], more?: string]
>([
  [
    "(a, b) | (a, c)",
    `<xs:choice>${seq(e("a"), e("b"))}${seq(e("a"), e("c"))}</xs:choice>`,
    ["ab", "ac"],
    ["", "a", "abc", "acb", "bc", "aac"],
  ],
  [
    "((a, b) | (a, c))*",
    `<xs:choice ${many}>${seq(e("a"), e("b"))}${seq(e("a"), e("c"))}</xs:choice>`,
    ["", "ab", "acab", "abacacab"],
    ["a", "aba", "abc"],
  ],
  ["(a?, a)", seq(e("a", 'minOccurs="0"'), e("a")), ["a", "aa"], ["", "aaa"]],
  ["(a*, a)", seq(e("a", many), e("a")), ["a", "aa", "a".repeat(500)], ["", "aab"]],
  [
    "(a*, b?, a*, c)",
    seq(e("a", many), e("b", 'minOccurs="0"'), e("a", many), e("c")),
    ["c", "aac", "abaac"],
    ["aa", "abab"],
  ],
  [
    "(a{2,3}){1,2}, a",
    seq(`<xs:sequence ${counted(1, 2)}>${e("a", counted(2, 3))}</xs:sequence>`, e("a")),
    ["aaa", "aaaa", "aaaaa", "aaaaaaa"],
    ["a", "aa", "aaaaaaaa"],
  ],
  [
    "a group twice, optional",
    seq('<xs:group ref="t:G"/>', '<xs:group ref="t:G"/>'),
    ["", "a", "ab", "b", "aab", "abab", "ba", "bb"],
    ["aaa", "bba", "abc"],
    `<xs:group name="G">${seq(e("a", 'minOccurs="0"'), e("b", 'minOccurs="0"'))}</xs:group>`,
  ],
  [
    "(any*, any)",
    seq(`<xs:any processContents="skip" ${many}/>`, '<xs:any processContents="skip"/>'),
    ["x", "xxx"],
    [""],
  ],
  [
    "a or a, beside ##any",
    `<xs:choice ${many}>${seq(e("a"), e("b"))}${seq(e("a"), '<xs:any processContents="skip"/>')}</xs:choice>`,
    // What is declared goes before a wildcard.
    ["ab", "ax", "abax"],
    ["a", "x", "abb"],
  ],
  [
    "one beginning of a hundred sequences",
    `<xs:choice>${range(100)
      .map((index) => seq(e("a"), e(`h${index}`)))
      .join("")}</xs:choice>`,
    ["ah0", "ah31", "ah32", "ah99"],
    ["a", "ah100", "ah1h2"],
  ],
])("%s", (_name, content, valid, invalid, more = "") => {
  const text = `<xs:element name="r"><xs:complexType>${content}</xs:complexType></xs:element>${more}`;
  expect(() => judgesOf(text)).toThrow("could belong to two places");
  const { descriptors, document } = judgesOf(text, { tolerate: ["ambiguous-content"] });
  const root = descriptors.element(`{${namespace}}r`);
  for (const names of [...valid, ...invalid]) {
    const xml = documentOf(names);
    const isValid = valid.includes(names);
    expect(document(xml).length === 0, `a document ${names}`).toBe(isValid);
    for (const setUp of [interpretCodecs, () => compileCodecs(0)]) {
      setUp();
      expect(validateDocument(root, xml).length === 0, `read ${names}`).toBe(isValid);
      if (!isValid) {
        expect(() => decode(root, xml, { validate: fullValidation }), names).toThrow();
        continue;
      }
      const value = decode(root, xml, { validate: fullValidation });
      expect(validate(root, value), `a value ${names}`).toEqual([]);
      const written = encode(root, value);
      // Equal values are no proof: the order is in the text.
      expect(valuesIn(written)).toEqual(valuesIn(xml));
      expect(decode(root, written)).toEqual(value);
    }
  }
});

/** A content model, and the words that it lets in. */
interface Language {
  readonly xsd: string;
  readonly pattern: string;
}

const counts = fc.constantFrom([1, 1], [0, 1], [1, 2], [0, 2], [2, 3], [0, Infinity], [1, Infinity]);
const { language } = fc.letrec<{ language: Language; leaf: Language; group: Language }>((tie) => ({
  leaf: fc.tuple(fc.constantFrom("a", "b"), counts).map(([name, [min = 1, max = 1]]) => ({
    xsd: e(name, occurs(min, max)),
    pattern: `${name}{${min},${max === Infinity ? "" : max}}`,
  })),
  group: fc
    .tuple(fc.boolean(), fc.array(tie("language"), { minLength: 1, maxLength: 4 }), counts)
    .map(([isChoice, parts, [min = 1, max = 1]]) => {
      const kind = isChoice ? "choice" : "sequence";
      return {
        xsd: `<xs:${kind} ${occurs(min, max)}>${parts.map(({ xsd }) => xsd).join("")}</xs:${kind}>`,
        pattern: `(?:${parts.map(({ pattern }) => pattern).join(isChoice ? "|" : "")}){${min},${max === Infinity ? "" : max}}`,
      };
    }),
  language: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("leaf"), tie("group")),
}));

const wordOver = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
// Cut, since regular expressions go back and forth on long words.
const wordOf = ({ pattern }: Language) =>
  fc.stringMatching(new RegExp(`^${pattern}$`, "u"), { size: "-1" }).map((word) => word.slice(0, 6));

function occurs(min: number, max: number): string {
  return `minOccurs="${min}" maxOccurs="${max === Infinity ? "unbounded" : max}"`;
}

test(`random models, many of them ambiguous: valid is what their regular expression takes (seed ${seed})`, () => {
  let ambiguous = 0;
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      language.chain((one) =>
        fc.tuple(
          fc.constant(one),
          fc.array(fc.oneof(wordOver("abc"), wordOf(one)), { minLength: 12, maxLength: 12 }),
        ),
      ),
      fc.constantFrom(interpretCodecs, () => {
        compileCodecs(0);
      }),
      ([{ xsd, pattern }, words], setUp) => {
        const text = `<xs:element name="r"><xs:complexType>${seq(xsd)}</xs:complexType></xs:element>`;
        try {
          judgesOf(text);
        } catch {
          ambiguous++;
        }
        const { descriptors, document } = judgesOf(text, { tolerate: ["ambiguous-content"] });
        const root = descriptors.element(`{${namespace}}r`);
        setUp();
        for (const word of words) {
          const xml = documentOf(word);
          const isValid = new RegExp(`^(?:${pattern})$`, "u").test(word);
          seen[String(isValid) as "true" | "false"]++;
          expect(document(xml).length === 0, `a document ${word}`).toBe(isValid);
          expect(validateDocument(root, xml).length === 0, `read ${word}`).toBe(isValid);
          if (!isValid) continue;
          const value = decode(root, xml, { validate: fullValidation });
          expect(validate(root, value)).toEqual([]);
          const written = encode(root, value);
          expect(valuesIn(written)).toEqual(valuesIn(xml));
          expect(document(written)).toEqual([]);
        }
      },
    ),
    { seed, numRuns: 150 * times },
  );
  console.log(`seed ${seed}:`, { ambiguous, ...seen });
  expect(ambiguous).toBeGreaterThan(40);
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(100);
}, 120_000);

test("many readings of a long document take time in proportion", () => {
  const optional = seq(...range(60).map(() => e("a", counted(0, 1000))), e("b"));
  const text = `<xs:element name="r"><xs:complexType>${optional}</xs:complexType></xs:element>`;
  const { descriptors, document } = judgesOf(text, { tolerate: ["ambiguous-content"] });
  const root = descriptors.element(`{${namespace}}r`);
  const start = performance.now();
  for (const end of ["b", "c"]) {
    const xml = documentOf("a".repeat(1000) + end);
    expect(document(xml).length === 0).toBe(end === "b");
    expect(validateDocument(root, xml).length === 0).toBe(end === "b");
  }
  // Seconds on a busy machine; what is exponential, never.
  expect(performance.now() - start).toBeLessThan(60_000);
}, 120_000);
