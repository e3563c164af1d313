/** The effects that rules claim, held against what libxml2 says about all small documents over both schemas. */
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { inverseEffect, joinEffects } from "../../generator/diff/effects.js";
import { effectOf } from "../../generator/diff/language.js";
import type { Change, Effect } from "../../generator/diff/index.js";
import { documentsOf, type Outline } from "./documents.js";
import { diffModels, modelOf, schemaPairs } from "./schema.js";

function isValid(validator: XsdValidator, text: string): boolean {
  using document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
    return true;
  } catch {
    return false;
  }
}

/** What a change does to whole documents. */
function liftedEffect({ effect, conditional, reach }: Change): Effect {
  if (reach.length === 0) return "equal";
  return effect === "disjoint" && conditional ? "overlap" : effect;
}

/** Variants of each document that are asked about; EXHAUSTIVE=1 asks about all. */
const most = process.env["EXHAUSTIVE"] === undefined ? 150 : 20_000;

// libxml2 2.x lets an element through whose maxOccurs is 0.
const mistaken = new Set(["element.removed.optional+to-zero"]);

test.each(
  schemaPairs()
    .filter(({ version }) => version === "1.0")
    .filter(({ name }) => !mistaken.has(name)),
)("$name", async (pair) => {
  const [old, current] = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })];
  const { changes } = diffModels(old, current, pair.options);
  const claimed = changes.map(liftedEffect).reduce(joinEffects, "equal");
  expect(diffModels(current, old).changes.map(liftedEffect).reduce(joinEffects, "equal")).toBe(
    inverseEffect(claimed),
  );

  using before = XsdValidator.fromDoc(XmlDocument.fromString(pair.old));
  using after = XsdValidator.fromDoc(XmlDocument.fromString(pair.current));
  const found = { lost: "", gained: "", shared: "" };
  const asked = new Map<string, boolean>();
  const look = (text: string): boolean => {
    const known = asked.get(text);
    if (known !== undefined) return known;
    const [was, is] = [isValid(before, text), isValid(after, text)];
    if (was && !is) found.lost ||= text;
    if (is && !was) found.gained ||= text;
    if (was && is) found.shared ||= text;
    asked.set(text, was || is);
    return was || is;
  };
  const { outlines, variants } = documentsOf(old, current);
  const good = outlines.filter(({ text }) => look(text));
  const bases = new Set<Outline>();
  for (const root of new Set(outlines.map((outline) => outline.root))) {
    for (const outline of outlines.filter((each) => each.root === root).slice(0, 4)) bases.add(outline);
    for (const outline of good.filter((each) => each.root === root).slice(0, 5)) bases.add(outline);
  }
  for (const outline of bases) for (const text of variants(outline).slice(0, most)) look(text);
  const truth = effectOf(found.lost !== "", found.gained !== "", found.shared !== "");
  expect(found.lost + found.gained + found.shared, `${asked.size} documents, none of them valid`).not.toBe(
    "",
  );
  if (claimed !== "unknown") expect({ effect: claimed, ...found }).toEqual({ effect: truth, ...found });
});

test("two changes together, in whatever order, and read backwards", () => {
  const all: readonly Effect[] = ["equal", "narrowing", "widening", "unknown", "overlap", "disjoint"];
  const mixed: Readonly<Record<string, Effect>> = {
    "narrowing widening": "overlap",
    "narrowing unknown": "unknown",
    "widening unknown": "unknown",
  };
  all.forEach((a, i) => {
    all.forEach((b, k) => {
      // What is further down says more, but where neither says all.
      const joined = mixed[i < k ? `${a} ${b}` : `${b} ${a}`] ?? all[Math.max(i, k)];
      expect([a, b, joinEffects(a, b)]).toEqual([a, b, joined]);
      expect(inverseEffect(joinEffects(a, b))).toBe(joinEffects(inverseEffect(a), inverseEffect(b)));
    });
  });
});
