/** Schemas of tests, read from text. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createReport } from "../../generator/diagnostics.js";
import {
  diffReleases,
  type Change,
  type DiffOptions,
  type DiffResult,
  type Release,
} from "../../generator/diff/index.js";
import type { Model } from "../../generator/model/types.js";
import { readSchema } from "../../generator/read-schema.js";
import { pathSource } from "../../generator/source.js";

const encoder = new TextEncoder();

/** The model of some files; throws what is wrong with them. */
export async function modelOf(files: Readonly<Record<string, string>>, release = "test"): Promise<Model> {
  const report = createReport();
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  const schema = await readSchema({ ...pathSource(release), release, files: bytes }, report);
  if (schema === undefined) throw new Error(JSON.stringify(report.diagnostics, undefined, 1));
  return schema.model;
}

/** A release without operations. */
export function releaseOf(model: Model): Release {
  return { model, operations: [], slots: [] };
}

/** Compares two models without operations. */
export function diffModels(before: Model, after: Model, options: Partial<DiffOptions> = {}): DiffResult {
  return diffReleases(releaseOf(before), releaseOf(after), { policy: { preset: "source" }, ...options });
}

/** A change as one line for expectations: rule, place, effect. */
export function lineOf({ rule, component, effect }: Change): string {
  return `${rule} ${component.kind === undefined ? "" : `${component.kind}:`}${[component.type, ...component.path].join("/")} ${effect}`;
}

/** The same for the way back. */
export function turned(options: Partial<DiffOptions>): Partial<DiffOptions> {
  const { renames } = options;
  return {
    ...options,
    ...(renames && { renames: renames.map((each) => ({ old: each.new, new: each.old })) }),
  };
}

const folder = new URL("rules/", import.meta.url);

/** An old and a new schema that differ in one thing. */
export interface SchemaPair {
  /** The rule that tells of it, and after a plus sign in which circumstances; `none.` where nothing changed. */
  readonly name: string;
  readonly rules: readonly string[];
  readonly old: string;
  readonly current: string;
  readonly options: Partial<DiffOptions>;
  /** The edition of XML Schema that it needs. */
  readonly version: "1.0" | "1.1";
  readonly expected: URL;
}

/** All pairs, by name. */
export function schemaPairs(): readonly SchemaPair[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const at = (file: string): URL => new URL(`${encodeURIComponent(name)}/${file}`, folder);
      const {
        version = "1.0",
        rules,
        ...options
      } = (existsSync(at("options.json")) ? JSON.parse(readFileSync(at("options.json"), "utf8")) : {}) as {
        readonly version?: "1.1";
        readonly rules?: readonly string[];
      } & Partial<DiffOptions>;
      return {
        name,
        rules: rules ?? (name.startsWith("none.") ? [] : [name.replace(/\+.*$/u, "")]),
        old: readFileSync(at("old.xsd"), "utf8"),
        current: readFileSync(at("new.xsd"), "utf8"),
        options,
        version,
        expected: at("expected.json"),
      };
    });
}
