/** What the commands that look at one schema share: find it, read it, say what is wrong with it. */
import { dirname, resolve } from "node:path";
import { createReport, type Report } from "../diagnostics.js";
import type { Project } from "../config.js";
import type { ReadSchema } from "../read-schema.js";
import { namesIn } from "../folder.js";
import { shownFiles } from "../shown-files.js";
import type { SchemaSource, SourceOptions } from "../source.js";
import type { Tolerable } from "../tolerable.js";
import type { Console } from "./console.js";
import { exit, statusOf, type Exit } from "./exit.js";

/** The flags of `schemaOptions`. */
export interface SchemaFlags {
  readonly service: string | undefined;
  readonly entry: readonly string[];
  readonly catalog: string | undefined;
  readonly "allow-network": boolean;
  readonly tolerate: readonly string[];
}

/**
 * The configuration for the current folder; undefined when there is none, an exit status when it has a mistake. A command that
 * may do without the folders of families says so with `sources`.
 */
export async function openProject(
  console: Console,
  sources: "required" | "optional" = "required",
): Promise<Project | undefined | Exit> {
  const { configNames, findConfig, loadConfig } = await import("../config.js");
  const report = createReport();
  const file = findConfig(console.cwd, report);
  if (file === undefined) {
    for (const name of namesIn(console.cwd).filter((each) => /^\.?strata\.(?:config\.)?\w+$/u.test(each)))
      console.note(`${name} is not read: a configuration is called ${configNames.join(" or ")}\n`);
    return undefined;
  }
  const { cacheFolder, noCache, openCache } = await import("../output/cache.js");
  const folder = cacheFolder(dirname(file), console.env);
  const store = folder === undefined ? noCache : openCache(folder);
  const project = report.hasErrors
    ? undefined
    : await loadConfig(file, report, console.pathOf(file), store, sources);
  console.show(report);
  return project ?? exit.usage;
}

/** Says how files of a source are shown: with the folder they lie in. */
export function pathIn(source: SchemaSource, console: Console): (file: string) => string {
  return shownFiles(source, (path) => console.pathOf(path));
}

/** Shows the findings about several sources; what has no place, and is the same for several, is said once. */
export function showAll(
  reports: readonly { readonly source?: SchemaSource; readonly report: Report }[],
  console: Console,
): void {
  const said = new Set<string>();
  for (const { source, report } of reports) {
    const diagnostics = report.diagnostics.filter(({ at, code, message }) => {
      const key = `${code} ${message}`;
      const isNew = at !== undefined || !said.has(key);
      if (at === undefined) said.add(key);
      return isNew;
    });
    console.show({ ...report, diagnostics }, source && pathIn(source, console));
  }
}

/** Turns flags into what the reader of schemas takes; a catalog is relative to where the user is. */
export function sourceOptions(flags: SchemaFlags, console: Console): SourceOptions {
  return {
    service: flags.service,
    entry: flags.entry,
    allowNetwork: flags["allow-network"],
    // The parser lets no other in.
    tolerate: flags.tolerate as readonly Tolerable[],
    catalog: flags.catalog === undefined ? undefined : resolve(console.cwd, flags.catalog),
  };
}

/** Finds and reads `<release|path>`; an exit status when that fails, after its reasons have been shown. */
export async function openSchema(
  word: string,
  flags: SchemaFlags,
  console: Console,
): Promise<
  { readonly source: SchemaSource; readonly schema: ReadSchema; readonly project: Project | undefined } | Exit
> {
  const project = await openProject(console, "optional");
  if (typeof project === "number") return project;
  const { resolveSource } = await import("../source.js");
  const finding = createReport();
  const source = resolveSource(word, console.cwd, project, sourceOptions(flags, console), finding);
  console.show(finding);
  if (source === undefined) return statusOf(finding);
  const report: Report = createReport();
  const { readSchema } = await import("../read-schema.js");
  const schema = await readSchema(source, report);
  console.show(report, pathIn(source, console));
  return schema === undefined ? statusOf(report) : { source, schema, project };
}
