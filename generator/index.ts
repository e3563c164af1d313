/**
 * The programmatic API. Nothing here prints or ends the process; what is wrong with the input comes back as diagnostics.
 *
 * ```ts
 * import { generate, readModel } from "xsd-strata";
 *
 * const { ok, changes, diagnostics } = await generate({ bundle: "schemas/order.xsd", out: "src/order" });
 * if (!ok) for (const { place, message } of diagnostics) console.error(place ?? "", message);
 *
 * const { model } = await readModel("schemas/order.xsd");
 * console.log(Object.keys(model?.types ?? {}));
 * ```
 */
import { relative, resolve, sep } from "node:path";
import { createReport, type Diagnostic, type Report } from "./diagnostics.js";
import type { Emitter } from "./emit/types.js";
import type { SchemaSite, SchemaSiteOptions } from "./mock/index.js";
import type { Model } from "./model/types.js";
import type { GenerateJob } from "./pipeline.js";
import type { ReleaseSummary } from "./recorded-release.js";
import type { Service } from "./service/types.js";
import { shownFiles } from "./shown-files.js";
import type { SourceOptions } from "./source.js";
import { isTolerable, tolerable, type Tolerable } from "./tolerable.js";

export type { Config, FamilyConfig } from "./config.js";
export type { Diagnostic, Report, Severity, Span } from "./diagnostics.js";
export type { EmitInput, EmitOptions, Emitter, Names, OutputFile } from "./emit/types.js";
export type {
  AttributeDeclaration,
  AttributeGroupDefinition,
  AttributeUse,
  ComplexType,
  Content,
  ElementDeclaration,
  ElementParticle,
  Facets,
  GroupParticle,
  IdentityConstraint,
  Model,
  ModelGroupDefinition,
  NamespaceInfo,
  NotationDeclaration,
  Particle,
  SimpleType,
  TypeDefinition,
  Wildcard,
  WildcardParticle,
} from "./model/types.js";
export type {
  MockSite,
  MockSiteOptions,
  MockStep,
  SchemaSite,
  SchemaSiteOptions,
  ServedSite,
  ServeOptions,
} from "./mock/index.js";
export type { ReleaseSummary } from "./recorded-release.js";
export type { Tolerable } from "./tolerable.js";
export type { Operation, ScalarRule, Service } from "./service/types.js";

/** A diagnostic with its place as people write it. */
export interface Finding extends Diagnostic {
  /** `path:line:column`; absent when the finding has no place. */
  readonly place?: string;
}

/** How schemas are read. */
export interface ReadOptions {
  /** Files of the bundle from which reading starts; every file when absent. */
  readonly entry?: readonly string[];
  /** An XML catalog that maps URLs and namespaces to files. */
  readonly catalog?: string;
  /** The convention by which types are operations; detected when absent. */
  readonly service?: "webex" | "none";
  /** Fetch schemas by URL that no catalog maps. Default false. */
  readonly allowNetwork?: boolean;
  /** Errors in a schema that are only warnings; a family may name further ones. Default: none. */
  readonly tolerate?: readonly Tolerable[];
  /** What relative paths are relative to; the current folder when absent. */
  readonly cwd?: string;
}

/** What is to be generated: one schema (`bundle` and `out`), or families of a configuration. */
export interface GenerateOptions extends ReadOptions {
  /** A folder, zip or file. Needs `out`, and no configuration. */
  readonly bundle?: string;
  /** The output folder. With a configuration it overrides that of the one family. */
  readonly out?: string;
  /** The configuration file; searched upward from `cwd` when absent. */
  readonly config?: string;
  /** Families of the configuration; all when absent. */
  readonly families?: readonly string[];
  /** Releases: ids, `latest`, ranges; all when absent. */
  readonly releases?: readonly string[];
  /** Services, operations, types or elements to which the output is pruned. */
  readonly only?: readonly string[];
  /** Further emitters for `bundle`; families name theirs in the configuration. */
  readonly emitters?: readonly Emitter[];
  /** Lay declarations out with prettier. Default true. */
  readonly format?: boolean;
  /** Replace generated files that were edited by hand. Default false. */
  readonly force?: boolean;
  /** Compare, and write nothing. Default false. */
  readonly check?: boolean;
  /** Use and keep results of earlier runs. Default true. */
  readonly cache?: boolean;
}

/** What came of a call of {@link generate}. */
export interface GenerateOutcome {
  /** Everything was generated; with `check`: and nothing differs. */
  readonly ok: boolean;
  /** Files that were written or removed; with `check` those that differ. `path` is relative to `out`. */
  readonly changes: readonly {
    readonly out: string;
    readonly path: string;
    readonly kind: "added" | "changed" | "removed";
  }[];
  readonly releases: readonly (ReleaseSummary & { readonly family: string })[];
  readonly diagnostics: readonly Finding[];
}

/** Generates TypeScript, as `xsd-strata generate` does. A family is written whole or, when it has an error, not at all. */
export async function generate(options: GenerateOptions): Promise<GenerateOutcome> {
  const cwd = resolve(options.cwd ?? ".");
  const diagnostics: Finding[] = [];
  const changes: GenerateOutcome["changes"][number][] = [];
  const releases: GenerateOutcome["releases"][number][] = [];
  const report = createReport();
  const jobs = await planJobs(options, cwd, report);
  for (const finding of findings(report)) diagnostics.push(finding);
  if (jobs === undefined) return { ok: false, changes, releases, diagnostics };

  const { createCaches } = await import("./caches.js");
  const { generateOutput } = await import("./pipeline.js");
  const { writeOutput } = await import("./output/write.js");
  const caches = createCaches(jobs[0]?.project, process.env, options.cache !== false);
  let ok = true;
  for (const job of jobs) {
    const generated = await generateOutput(job, caches);
    for (const { source, report: own } of generated.reports) {
      const shown = source && shownFiles(source, (path) => shorten(path, cwd));
      for (const finding of findings(own, shown)) diagnostics.push(finding);
    }
    if (generated.output === undefined) {
      ok = false;
      continue;
    }
    const { plan, releases: made } = generated.output;
    changes.push(...plan.changes.map(({ path, kind }) => ({ out: job.label, path, kind })));
    releases.push(...made.map((release) => ({ family: job.name, ...release })));
    if (options.check !== true) writeOutput(plan);
    else if (plan.changes.length > 0 || plan.manifestChanged) ok = false;
  }
  return { ok, changes, releases, diagnostics };
}

async function planJobs(
  options: GenerateOptions,
  cwd: string,
  report: Report,
): Promise<GenerateJob[] | undefined> {
  const { bundle, families = [], releases = [], emitters = [] } = options;
  if (bundle === undefined ? emitters.length > 0 : families.length > 0 || releases.length > 0)
    throw new TypeError(
      bundle === undefined
        ? "generate: `emitters` go with `bundle`; a family names its own in the configuration"
        : "generate: `bundle` is one schema: `families` and `releases` come from a configuration",
    );
  const { bundleJob, familyJobs } = await import("./jobs.js");
  const request = {
    only: options.only ?? [],
    out: options.out === undefined ? undefined : resolve(cwd, options.out),
    format: options.format !== false,
    force: options.force === true,
    check: options.check === true,
    source: sourceOptions(options, cwd),
    show: (path: string) => shorten(path, cwd),
  };
  if (bundle !== undefined) {
    if (request.out === undefined) throw new TypeError("generate: `bundle` needs `out`");
    return [bundleJob(resolve(cwd, bundle), request.out, request, emitters)];
  }
  const { findConfig, loadConfig } = await import("./config.js");
  const file = options.config === undefined ? findConfig(cwd, report) : resolve(cwd, options.config);
  if (file === undefined)
    throw new TypeError(`generate: neither \`bundle\` nor a configuration in ${cwd} or above`);
  const project = report.hasErrors ? undefined : await loadConfig(file, report, shorten(file, cwd));
  return project && familyJobs(project, families, releases, request, report);
}

/** A schema that was read. */
export interface ReadOutcome {
  /** Absent when there are errors. */
  readonly model?: Model;
  /** Its operations; absent when it follows no convention that is known. */
  readonly service?: Service;
  readonly diagnostics: readonly Finding[];
}

/** Reads a schema (folder, zip or file) to its model. */
export async function readModel(path: string, options: ReadOptions = {}): Promise<ReadOutcome> {
  const cwd = resolve(options.cwd ?? ".");
  const { pathSource } = await import("./source.js");
  const { readSchema } = await import("./read-schema.js");
  const source = pathSource(resolve(cwd, path), sourceOptions(options, cwd));
  const report = createReport();
  const schema = await readSchema(source, report);
  return {
    ...schema,
    diagnostics: findings(
      report,
      shownFiles(source, (path) => shorten(path, cwd)),
    ),
  };
}

/**
 * A site to test against, made from a schema (folder, zip or file): `const site = await createMockSite("xsd/1.2.3")`,
 * then `site.fetch` or `await site.listen()`. Throws when the schema cannot be read or has no operations.
 */
export async function createMockSite(path: string, options: SchemaSiteOptions = {}): Promise<SchemaSite> {
  const { createMockSite: create } = await import("./mock/index.js");
  return create(path, options);
}

function sourceOptions(options: ReadOptions, cwd: string): SourceOptions {
  const unknown = options.tolerate?.find((code) => !isTolerable(code));
  if (unknown !== undefined)
    throw new TypeError(`\`tolerate\`: no "${String(unknown)}", known: ${tolerable.join(", ")}`);
  return {
    ...(options.entry !== undefined && { entry: options.entry }),
    ...(options.catalog !== undefined && { catalog: resolve(cwd, options.catalog) }),
    ...(options.service !== undefined && { service: options.service }),
    allowNetwork: options.allowNetwork === true,
    ...(options.tolerate !== undefined && { tolerate: options.tolerate }),
  };
}

function findings(report: Report, path: (file: string) => string = (file) => file): Finding[] {
  return report.diagnostics.map((diagnostic) => {
    if (diagnostic.at === undefined) return diagnostic;
    const found = report.locate(diagnostic.at);
    const file = path(diagnostic.at.file);
    return { ...diagnostic, place: found === undefined ? file : `${file}:${found.line}:${found.column}` };
  });
}

function shorten(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return (short === "" ? "." : short.startsWith(`..${sep}..`) ? path : short).split(sep).join("/");
}
