/**
 * Comparison of releases: what it costs once both sides are read. `npx tsx bench/diff.ts [rounds]`; times are CPU time of this
 * process, so that a busy machine says the same.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createReport } from "../generator/diagnostics.js";
import { diffReleases, type Release } from "../generator/diff/index.js";
import { readSchema } from "../generator/pipeline.js";
import { pathSource } from "../generator/source.js";
import { findWitness, releasesOf, wantsWitness } from "../generator/witness/search.js";
import { publish } from "./results.js";

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

/** A schema of about so many bytes; every twentieth type differs in the newer edition. */
function large(bytes: number, newer: boolean): ReadonlyMap<string, string> {
  const types: string[] = [];
  let size = 0;
  for (let index = 0; size < bytes; index++) {
    const changed = newer && index % 20 === 0;
    const fields = Array.from({ length: 12 }, (_, field) => {
      const type = field % 4 === 0 && index > 0 ? `t:Type${(index * 7 + field) % index}` : "xs:string";
      const name = changed && field === 3 ? `field${field}s` : `field${field}`;
      return `<xs:element name="${name}" type="${type}" minOccurs="${field % 2}"/>`;
    });
    if (changed) fields.push('<xs:element name="added" type="xs:int" minOccurs="0"/>');
    const text = `<xs:complexType name="Type${index}"><xs:sequence>${fields.join("")}</xs:sequence><xs:attribute name="id" type="xs:string"/></xs:complexType>\n`;
    types.push(text);
    size += text.length;
  }
  const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"><xs:element name="root" type="t:Type${types.length - 1}"/>\n${types.join("")}</xs:schema>`;
  return new Map([["large.xsd", text]]);
}

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
  const releases = releasesOf(result, before, after);
  for (const change of result.changes) if (wantsWitness(change)) findWitness(change, releases);
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
  about: `Two releases that were read; CPU time, the best of ${rounds} rounds.`,
  columns: ["findings", "ms", "goal ms", "of the goal"],
  rows,
});
