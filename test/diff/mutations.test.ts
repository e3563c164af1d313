import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { diffReleases, findRule, type Release } from "../../generator/diff/index.js";
import { readSchema } from "../../generator/read-schema.js";
import { pathSource } from "../../generator/source.js";
import { mutatedBundles } from "./mutated-bundles.js";
import { createMutator, placeText, random, type Files } from "./mutations.js";

/** MUTATIONS=2000 makes as many edits, shared among the bundles; a few of each kind are enough for every day. */
const edits = Number(process.env["MUTATIONS"] ?? 150);
const seed = Number(process.env["SEED"] ?? 41);
/** MUTATE=DMN takes one bundle only. */
const wanted = process.env["MUTATE"];

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

const chosen = mutatedBundles
  .filter(({ name }) => wanted === undefined || name.includes(wanted))
  .map((bundle) => ({ ...bundle, count: Math.round(edits * (wanted === undefined ? bundle.share : 1)) }));

test.each(chosen)(
  `$count edits of $name (seed ${seed}) are found as their kind, at their place, and nothing else`,
  { timeout: 7_200_000 },
  async ({ name, count, read: readFiles }) => {
    const files = readFiles();
    const original = await read(files);
    const { kinds, mutate } = createMutator(files, original.model);
    const next = random(seed);
    const wrong: unknown[] = [];
    const made = new Map<string, number>();
    for (let index = 0, tried = 0; index < count && tried < count * 4; tried++) {
      const mutation = mutate(kinds[tried % kinds.length] ?? "", next);
      if (mutation === undefined) continue;
      index++;
      made.set(mutation.kind, (made.get(mutation.kind) ?? 0) + 1);
      if (process.env["VERBOSE"] !== undefined && index % 50 === 0) console.log(name, index, wrong.length);
      const mutant = await read(mutation.files).catch((error: unknown) => String(error));
      if (typeof mutant === "string") {
        wrong.push({ ...mutation, files: undefined, mutant });
        continue;
      }
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
    const total = [...made.values()].reduce((sum, each) => sum + each, 0);
    console.log(`${name}: ${total} edits of ${made.size} kinds (seed ${seed})`);
    expect(total).toBe(count);
    // Few kinds are left out because nothing in the bundle fits them; no type of the large one has attributes.
    const least = kinds.length - (name.startsWith("Webex") ? 7 : 9);
    if (count >= kinds.length * 2) expect(made.size).toBeGreaterThanOrEqual(least);
  },
);
