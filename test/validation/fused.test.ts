/** Validation in the pass that reads: its verdict is that of the validator of documents, in every mode. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  compileCodecs,
  interpretCodecs,
  setCodec,
  type MakeReader,
} from "../../templates/runtime/compile.js";
import {
  decode,
  encode,
  fullValidation,
  validateDocument,
  ValidationError,
  type Root,
  type Type,
} from "../../templates/runtime/index.js";
import { follow, planOf, targetsOf } from "../../templates/runtime/plan.js";
import { printReader } from "../../templates/runtime/readers.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { schemas } from "./random.js";
import { descriptorsOf, judgesOf, namespace } from "./schemas.js";

// FUZZ=20 FUZZ_SEED=1 looks further.
const seed = Number(process.env["FUZZ_SEED"] ?? 41_120);
const times = Number(process.env["FUZZ"] ?? 1);

const modes: readonly ((root: Root) => void)[] = [interpretCodecs, () => compileCodecs(0), readAheadOfTime];
afterAll(interpretCodecs);

/** Gives all types below a root the readers that are printed ahead of time; no other code is made. */
function readAheadOfTime(root: Root): void {
  interpretCodecs();
  const seen = new Set<Type>();
  const visit = (type: Type): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const target of targetsOf(type)) {
      if (target.kind !== "struct") continue;
      const source = printReader(target);
      if (source !== "") setCodec(target, { read: new Function("host", "entries", source) as MakeReader });
      for (const { element } of planOf(target).entries) if (element) visit(follow<Type>(element.type));
    }
  };
  visit(root.kind === "element" ? follow<Type>(root.type) : root);
}

/** Is it valid, and was one pass enough to know? */
function verdictOf(root: Root, xml: string): { readonly isValid: boolean; readonly passes: number } {
  let passes = 1;
  const options = {
    validate: fullValidation,
    // Asked for by the second pass alone.
    get limit() {
      passes++;
      return 1000;
    },
  };
  try {
    const value = decode(root, xml, options);
    expect(value).toEqual(decode(root, xml));
    return { isValid: true, passes };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    expect(error.issues).toEqual(validateDocument(root, xml));
    expect(error.issues).not.toEqual([]);
    for (const { line, column, clause, expected } of error.issues) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(`${clause} ${expected}`).toMatch(/^\w.* \S/u);
    }
    return { isValid: false, passes };
  }
}

/** The same document with white space between tags that stand next to each other. */
const indented = (xml: string): string => xml.replaceAll("><", ">\n  <");

/** Another document that is well-formed. */
function mutate(xml: string, pick: number, what: number): string {
  const tokens = xml.match(/<[^>]+>|[^<]+/gu) ?? [];
  const starts = tokens.flatMap((token, at) => (/^<[^/?!]/u.test(token) && at > 0 ? [at] : []));
  const at = starts[pick % Math.max(1, starts.length)];
  if (at === undefined) return xml;
  let end = at;
  for (let depth = 0; ; end++) {
    const token = tokens[end] ?? "";
    if (/^<[^/]/u.test(token) && !token.endsWith("/>")) depth++;
    if (token.startsWith("</")) depth--;
    if (depth === 0) break;
  }
  const before = tokens.slice(0, at).join("");
  const own = tokens.slice(at, end + 1).join("");
  const after = tokens.slice(end + 1).join("");
  const tag = tokens[at] ?? "";
  const inside = (text: string): string => own.replace(/^(<[^>]*[^/])>[^<]*/u, `$1>${text}`);
  const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  switch (what % 12) {
    case 0:
      return before + after;
    case 1:
      return before + own + own + after;
    case 2: {
      const next = /^<[^>]*\/>|^<([^\s>/]+)[^>]*>[^]*?<\/\1>/u.exec(after)?.[0] ?? "";
      return before + next + own + after.slice(next.length);
    }
    case 3:
      return before + inside("x") + after;
    case 4:
      return before + inside("12345") + after;
    case 5:
      return before + inside("") + after;
    case 6:
      return before + tag.replace(/(\/?>)$/u, ' y="1"$1') + own.slice(tag.length) + after;
    case 7:
      return before + tag.replace(/ a\d+="[^"]*"/u, "") + own.slice(tag.length) + after;
    case 8:
      return before + tag.replace(/(\/?>)$/u, ` ${xsi} xsi:nil="true"$1`) + own.slice(tag.length) + after;
    case 9:
      return `${before} text ${own}${after}`;
    case 10:
      return `${before}<!-- c --><other/>${own}${after}`;
    default:
      return before + inside(" <![CDATA[1]]>") + after;
  }
}

test(
  `random schemas: what documents are told in one pass, they are told by the model (seed ${String(seed)})`,
  { timeout: 240_000 },
  () => {
    const seen = { valid: 0, invalid: 0, once: 0 };
    fc.assert(
      fc.property(
        schemas,
        fc.array(fc.tuple(fc.nat(), fc.nat(11), fc.boolean()), { minLength: 24, maxLength: 24 }),
        (schema, changes) => {
          const { descriptors, document, model } = judgesOf(schema);
          const root = descriptors.element(`{${namespace}}r`);
          // What a type is read with stays with its descriptor.
          const roots = modes.map(() => descriptorsOf(model).element(`{${namespace}}r`));
          const samples = (["minimal", "full"] as const).flatMap((mode) =>
            [1, 2].map((at) =>
              encode(root, sampleOf(root, { mode, seed: at }) as never).replace(/^<\?[^>]*>\s*/u, ""),
            ),
          );
          const documents = [
            ...samples,
            ...changes.map(([pick, what, isIndented], index) => {
              const xml = mutate(samples[index % samples.length] ?? "", pick, what);
              return isIndented ? indented(xml) : xml;
            }),
          ];
          for (const xml of documents) {
            const told = document(xml).map(({ message }) => message);
            for (const [k, use] of modes.entries()) {
              const own = roots[k] ?? root;
              use(own);
              const { isValid, passes } = verdictOf(own, xml);
              expect([schema, xml, isValid, told]).toEqual([schema, xml, told.length === 0, told]);
              if (isValid && passes === 1) seen.once++;
            }
            seen[told.length === 0 ? "valid" : "invalid"]++;
          }
        },
      ),
      { seed, numRuns: 60 * times },
    );
    console.log(`seed ${String(seed)}:`, seen);
    expect(seen.valid).toBeGreaterThan(300);
    expect(seen.invalid).toBeGreaterThan(300);
    // A valid document is looked at once, in each mode.
    expect(seen.once / seen.valid / modes.length).toBeGreaterThan(0.95);
  },
);

/** All sequences of up to `length` of some letters. */
function wordsOf(letters: string, length: number): readonly string[] {
  return length === 0
    ? [""]
    : ["", ...[...letters].flatMap((letter) => wordsOf(letters, length - 1).map((rest) => letter + rest))];
}

test.each([
  ["all of them optional", `<xs:all>${anyOrder('minOccurs="0"', 'minOccurs="0"')}</xs:all>`],
  ["one of them required", `<xs:all>${anyOrder("", 'minOccurs="0"')}</xs:all>`],
  ["none needed, else both", `<xs:all minOccurs="0">${anyOrder("", "")}</xs:all>`],
])("any order, %s: each word as the model and libxml2 say, in every mode", (_, content) => {
  const { descriptors, document, independent } = judgesOf(
    `<xs:element name="r"><xs:complexType>${content}</xs:complexType></xs:element>`,
  );
  const root = descriptors.element(`{${namespace}}r`);
  let valid = 0;
  for (const word of new Set(wordsOf("abx", 4))) {
    const xml = `<r xmlns="${namespace}">${word.replace(/./gu, "<$&/>")}</r>`;
    const isValid = document(xml).length === 0;
    expect([word, independent?.(xml).length === 0]).toEqual([word, isValid]);
    for (const set of modes) {
      set(root);
      expect([word, verdictOf(root, xml).isValid]).toEqual([word, isValid]);
    }
    if (isValid) valid++;
  }
  expect(valid).toBeGreaterThan(1);
});

function anyOrder(a: string, b: string): string {
  return `<xs:element name="a" type="xs:string" ${a}/><xs:element name="b" type="xs:string" ${b}/>`;
}
