/** Since when something that changed is there: what one release brought needs no third, what is older does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compareSides, readSide, type Side } from "../../generator/comparison.js";
import type { Family } from "../../generator/config.js";
import { createReport } from "../../generator/diagnostics.js";
import { createCaches } from "../../generator/caches.js";
import { withSince } from "../../generator/since.js";
import { releasesOf } from "../../generator/source.js";

const folder = mkdtempSync(join(tmpdir(), "xsd-strata-since-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The elements of one type, release by release. */
const releases: Readonly<Record<string, string>> = {
  "1.0": "first:string",
  "1.1": "first:string second:string",
  "1.2": "first:string second:string",
  "1.3": "first:int second:int third:string",
  "1.4": "second:int third:string",
  "1.5": "first:date second:int third:string",
};
for (const [release, elements] of Object.entries(releases)) {
  mkdirSync(join(folder, release));
  const members = elements.split(" ").map((each) => {
    const [name = "", type = ""] = each.split(":");
    return `<xs:element name="${name}" type="xs:${type}" minOccurs="0"/>`;
  });
  writeFileSync(
    join(folder, release, "t.xsd"),
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"><xs:complexType name="T"><xs:sequence>${members.join("")}</xs:sequence></xs:complexType></xs:schema>`,
  );
}
const family = {
  name: "made-up",
  source: folder,
  out: "out",
  entry: [],
  tolerate: [],
  scalars: [],
} as unknown as Family;

async function sinceBetween(older: string, newer: string): Promise<Readonly<Record<string, string | null>>> {
  const sides: Side[] = [];
  for (const id of [older, newer]) {
    const source = releasesOf(family, createReport()).find(({ release }) => release === id);
    const side = source && (await readSide(source));
    if (side !== undefined) sides.push(side);
  }
  const [before, after] = sides;
  if (before === undefined || after === undefined) throw new Error("a side cannot be read");
  const result = await compareSides(before, after, { policy: { preset: "source" } });
  const { changes } = await withSince(
    result,
    before,
    after,
    createCaches(undefined, { STRATA_CACHE: "off" }),
  );
  return Object.fromEntries(changes.map(({ key, since }) => [key.replace(/^.*\//u, ""), since ?? null]));
}

test.each([
  ["1.2", "1.3", { first: null, second: "1.1", third: "1.3" }],
  ["1.0", "1.3", { first: null, second: "1.1", third: "1.3" }],
  ["1.0", "1.1", { second: "1.1" }],
  ["1.3", "1.2", { first: null, second: "1.1", third: null }],
  ["1.4", "1.5", { first: "1.5" }],
  // It was there before, too: its type is not that of today since it came back.
  ["1.3", "1.5", { first: null }],
])("from %s to %s", async (older, newer, since) => {
  expect(await sinceBetween(older, newer)).toEqual(since);
});
