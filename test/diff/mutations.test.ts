import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { diffReleases, findRule, type Release } from "../../generator/diff/index.js";
import { readSchema } from "../../generator/pipeline.js";
import { pathSource } from "../../generator/source.js";
import { readBundle } from "../bundles/bundle.js";
import { createMutator, placeText, random, type Files } from "./mutations.js";

/** MUTATIONS=2000 makes as many edits; a few of each kind are enough for every day. */
const edits = Number(process.env["MUTATIONS"] ?? 46);
const seed = Number(process.env["SEED"] ?? 41);

const encoder = new TextEncoder();

async function read(files: Files): Promise<Release> {
  const report = createReport();
  const bytes = new Map([...files].map(([path, text]) => [path, encoder.encode(text)]));
  const schema = await readSchema({ ...pathSource("mutant"), release: "mutant", files: bytes }, report);
  if (schema === undefined) throw new Error(JSON.stringify(report.diagnostics.slice(0, 3)));
  return {
    model: schema.model,
    operations: schema.service?.operations ?? [],
    slots: schema.service?.slots ?? [],
  };
}

test(
  `${edits} edits of 41.12.0 (seed ${seed}) are found as their kind, at their place, and nothing else`,
  { timeout: 7_200_000 },
  async () => {
    const files = readBundle("41.12.0");
    const original = await read(files);
    const { kinds, mutate } = createMutator(files, original.model);
    const next = random(seed);
    const wrong: unknown[] = [];
    const made = new Map<string, number>();
    for (let index = 0, tried = 0; index < edits && tried < edits * 4; tried++) {
      const mutation = mutate(kinds[tried % kinds.length] ?? "", next);
      if (mutation === undefined) continue;
      index++;
      made.set(mutation.kind, (made.get(mutation.kind) ?? 0) + 1);
      const mutant = await read(mutation.files);
      const options = { policy: { preset: "source" } } as const;
      const { changes } = diffReleases(original, mutant, options);
      const lines = changes.map(({ rule, component }) => `${rule} ${placeText(component)}`);
      const expected =
        mutation.rule === undefined ? [""] : mutation.at.map((place) => `${mutation.rule ?? ""} ${place}`);
      if (!expected.includes(lines.join("; "))) wrong.push({ ...mutation, files: undefined, lines });
      // The way back is the inverse rule at the place where the component was.
      const back = diffReleases(mutant, original, options).changes;
      const rules = back.map(({ rule }) => rule).join("; ");
      const inverse = mutation.rule === undefined ? "" : (findRule(mutation.rule)?.inverse ?? "");
      if (rules !== inverse) wrong.push({ ...mutation, files: undefined, back: rules, inverse });
    }
    expect(wrong).toEqual([]);
    // No kind was left out because nothing in the bundle fits it.
    if (edits >= kinds.length * 2) expect([...made.keys()].sort()).toEqual([...kinds].sort());
  },
);
