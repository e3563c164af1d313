/**
 * Comparison of releases: what it costs once both sides are read. `npx tsx bench/diff.ts [rounds]`; times are CPU time of this
 * process, so that a busy machine says the same.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { compareHistory, readSide, type Side } from "../generator/comparison.js";
import { createReport } from "../generator/diagnostics.js";
import { diffReleases, type Release } from "../generator/diff/index.js";
import { readSchema } from "../generator/read-schema.js";
import { sortReleases } from "../generator/release/order.js";
import { pathSource } from "../generator/source.js";
import { releasesOf } from "../generator/witness/documents/releases.js";
import { findWitness, wantsWitness } from "../generator/witness/documents/search.js";
import { publish } from "./results.js";
import { largeSchema } from "./schemas.js";

const rounds = Number(process.argv[2] ?? 3);
const root = resolve(import.meta.dirname, "..");
const encoder = new TextEncoder();

async function read(release: string, files: ReadonlyMap<string, string>): Promise<Release> {
  const report = createReport();
  const bytes = new Map([...files].map(([path, text]) => [path, encoder.encode(text)]));
  const schema = await readSchema({ ...pathSource(release), release, files: bytes }, report);
  if (schema === undefined) throw new Error(JSON.stringify(report.diagnostics.slice(0, 3)));
  const { model, service } = schema;
  return { model, operations: service?.operations ?? [], slots: service?.slots ?? [] };
}

function bundle(release: string): ReadonlyMap<string, string> {
  const folder = join(root, "xsd", release);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".xsd"),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

const large = (bytes: number, newer: boolean): ReadonlyMap<string, string> =>
  new Map([["large.xsd", largeSchema(bytes, newer)]]);

/** The least CPU time of some rounds, in milliseconds. */
function measure(work: () => void): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}

const policy = { policy: { preset: "source" } } as const;
const rows: { readonly name: string; readonly values: readonly number[] }[] = [];
async function compare(name: string, goal: number, older: Release, newer: Release): Promise<void> {
  const first = measure(() => diffReleases(older, newer, policy));
  const { changes } = diffReleases(older, newer, policy);
  rows.push({ name, values: [changes.length, first, goal, first / goal] });
}

// First, so that nothing of it was read before.
const releases = sortReleases(readdirSync(join(root, "xsd")).filter((name) => /^\d/u.test(name)));
const start = process.cpuUsage();
const sides: Side[] = [];
for (const release of releases) {
  const side = await readSide(pathSource(join(root, "xsd", release)));
  if (side === undefined) throw new Error(`${release} cannot be read`);
  sides.push(side);
}
const results = await compareHistory(sides, policy);
const { user, system } = process.cpuUsage(start);
const spent = (user + system) / 1000;
rows.push({
  name: `history of ${String(releases.length)} releases, with reading`,
  values: [results.reduce((sum, { changes }) => sum + changes.length, 0), spent, 2000, spent / 2000],
});

const [before, after] = [await read("41.2.0", bundle("41.2.0")), await read("41.3.0", bundle("41.3.0"))];
await compare("41.2.0 and 41.3.0", 500, before, after);
await compare("41.3.0 and itself, read twice", 500, after, await read("41.3.0", bundle("41.3.0")));
await compare(
  "41.1.0 and 41.12.0",
  500,
  await read("41.1.0", bundle("41.1.0")),
  await read("41.12.0", bundle("41.12.0")),
);
const result = diffReleases(before, after, policy);
const witnesses = measure(() => {
  const documents = releasesOf(result, before, after);
  for (const change of result.changes) if (wantsWitness(change)) findWitness(change, documents);
});
rows.push({
  name: "witnesses of 41.2.0 and 41.3.0",
  values: [result.changes.length, witnesses, 500, witnesses / 500],
});
const size = 5_000_000;
await compare(
  "a pair of 5 MB",
  3000,
  await read("old", large(size, false)),
  await read("new", large(size, true)),
);

publish({
  title: "diff",
  about: `Two releases that were read, but for the history; CPU time, the best of ${rounds} rounds (one for the history).`,
  columns: ["findings", "ms", "goal ms", "of the goal"],
  rows,
});
