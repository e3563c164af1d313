import fc from "fast-check";
import { expect, test } from "vitest";
import type { Data, DataObject, Reference } from "../../generator/emit/data.js";
import { finalEnd, finalStart } from "../../generator/emit/module.js";
import {
  isFinal,
  printCall,
  printConstant,
  printConstantList,
  printString,
  type Constant,
  type Symbols,
} from "../../generator/emit/print.js";
import { noCache } from "../../generator/output/cache.js";
import { formatFiles, regionEnd, regionStart } from "../../generator/output/format.js";

const seed = 20_260_811;

const symbols: Symbols = {
  identify: (reference: Reference) =>
    "id" in reference ? reference.id : reference.reference === "runtime" ? reference.name : "list",
  list: ({ shared }) => shared,
  namespace: () => "ns",
};

/** What prettier makes of a text, with the settings of generated code. */
async function pretty(text: string): Promise<string> {
  const [file] = await formatFiles([{ path: "x.ts", text }], noCache);
  return file?.text ?? "";
}

const identifiers = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/u) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{40,120}$/u) },
);

const texts = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.stringMatching(/^[ -~]{80,130}$/u),
  fc.constantFrom(
    "",
    "it's",
    'say "hi"',
    `both ' and "`,
    "back\\slash",
    "\u2028",
    "名前",
    "Größe",
    "\u{1f600}",
    "カナ한글",
  ),
);

/** Properties, some with a mark behind them, some that only quotes make one. */
const keys = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z]{1,10}(?:[?*+]|\{\d,?\d?\})?$/u) },
  { weight: 1, arbitrary: fc.constantFrom("ns", "__proto__", "$choice", "$any*", "a-b", "größe", "p:q?") },
);

const { data } = fc.letrec<{ data: Data; object: DataObject }>((tie) => ({
  data: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    texts,
    fc.integer(),
    fc.constantFrom(Infinity, true, false, 12n),
    identifiers.map((id): Data => ({ reference: "type", id: `T${id}` })),
    identifiers.map((name): Data => ({ reference: "runtime", name: `r${name}` })),
    fc
      .array(identifiers, { minLength: 1, maxLength: 9 })
      .map((ids): Data => ({ references: ids.map((id) => ({ reference: "element", id: `e${id}` })) })),
    identifiers.map((shared): Data => ({ references: [], shared })),
    fc.constant<Data>({ namespaceName: "urn:x" }),
    fc.array(texts, { maxLength: 8 }),
    fc.array(fc.integer(), { maxLength: 40 }),
    fc.array(tie("data"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc
    .uniqueArray(fc.tuple(keys, tie("data")), { minLength: 1, maxLength: 5, selector: ([key]) => key })
    .filter((entries) => entries.every(([key]) => key !== "reference" && key !== "references"))
    .map((entries) => Object.fromEntries(entries)),
}));

test("prettier leaves printed tables as they are", async () => {
  let others = 0;
  await fc.assert(
    fc.asyncProperty(
      identifiers,
      fc.array(identifiers, { minLength: 1, maxLength: 2 }),
      fc.uniqueArray(fc.tuple(keys, data), { maxLength: 5, selector: ([key]) => key }),
      fc.boolean(),
      async (name, types, entries, asConst) => {
        const constant: Constant = {
          name: `C${name}`,
          kind: "Struct",
          make: "struct",
          arguments: types.map((type) => `T${type}`),
          data: { name: "struct", ...Object.fromEntries(entries) },
          asConst,
        };
        const text = printConstant(constant, symbols);
        if (!isFinal(constant)) others++;
        else expect(await pretty(text)).toBe(text);
      },
    ),
    { seed, numRuns: 600 },
  );
  expect(others).toBeLessThan(50);
});

test("prettier leaves calls as they are", async () => {
  for (let length = 1; length < 70; length++) {
    const name = "N".repeat(length);
    const text = printCall(name, "schema", `${name}$`);
    expect(await pretty(text)).toBe(text);
  }
});

test("prettier leaves printed lists as they are", async () => {
  const values = fc.oneof(fc.array(texts, { maxLength: 12 }), fc.array(fc.integer(), { maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,40}$/u), values, async (name, list) => {
      const text = printConstantList(`${name}Values`, list);
      expect(await pretty(text)).toBe(text);
    }),
    { seed, numRuns: 500 },
  );
});

test("a printed string is the string", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const printed = printString(text);
      // Nothing in it can end a line, a comment's line or the literal.
      expect(printed).toMatch(/^[\u0020-\u007e\u00a1-\u{10ffff}]*$/u);
      expect(printed).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(new Function(`return ${printed};`)()).toBe(text);
    }),
    { seed, numRuns: 2000 },
  );
});

test("the marks around final text are those that the formatter knows", () => {
  expect([finalStart, finalEnd]).toEqual([regionStart, regionEnd]);
});
