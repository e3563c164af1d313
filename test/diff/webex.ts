/** The releases in this repository, as a comparison takes them, whole or tampered with. */
import { readFileSync } from "node:fs";
import { createReport } from "../../generator/diagnostics.js";
import { diffReleases, type DiffOptions, type DiffResult, type Release } from "../../generator/diff/index.js";
import { readSchema } from "../../generator/read-schema.js";
import { readReleaseNotes } from "../../generator/release/notes.js";
import type { ReleaseNotes } from "../../generator/release/types.js";
import { pathSource } from "../../generator/source.js";
import { readBundle } from "../bundles/bundle.js";

const encoder = new TextEncoder();
const kept = new Map<string, Promise<Release>>();

/** A release; `edit` gets its files by path and changes them. Untouched releases are read once. */
export function readRelease(release: string, edit?: (files: Map<string, string>) => void): Promise<Release> {
  const read = async (): Promise<Release> => {
    const files = readBundle(release);
    edit?.(files);
    const report = createReport();
    const bytes = new Map([...files].map(([path, text]) => [path, encoder.encode(text)]));
    const schema = await readSchema({ ...pathSource(release), release, files: bytes }, report);
    if (schema === undefined) throw new Error(JSON.stringify(report.diagnostics));
    const { model, service } = schema;
    return { model, operations: service?.operations ?? [], slots: service?.slots ?? [] };
  };
  if (edit !== undefined) return read();
  let known = kept.get(release);
  if (known === undefined) kept.set(release, (known = read()));
  return known;
}

/** The notes of a release. */
export function notesOf(release: string): ReleaseNotes {
  const report = createReport();
  const url = new URL(`../../xsd/${release}/release.yaml`, import.meta.url);
  const notes = readReleaseNotes({ path: "release.yaml", text: readFileSync(url, "utf8") }, report);
  if (notes === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return notes;
}

/** Compares two releases, with the notes of the newer one. */
export function compareNoted(
  before: Release,
  after: Release,
  release: string,
  options: Partial<DiffOptions> = {},
): DiffResult {
  return diffReleases(before, after, {
    policy: { preset: "source" },
    notes: [notesOf(release)],
    ...options,
  });
}

/** Replaces text that must be there exactly once. */
export function replaceOnce(text: string, pattern: RegExp | string, by: string): string {
  const parts = text.split(pattern);
  if (parts.length !== 2) throw new Error(`${String(pattern)} is there ${parts.length - 1} times`);
  return parts.join(by);
}
