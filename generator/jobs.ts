/** From what a user asks for, on the command line or by the API, to jobs for the pipeline. */
import { basename, resolve } from "node:path";
import { loadEmitters, type Family, type Project } from "./config.js";
import type { Report } from "./diagnostics.js";
import type { Emitter } from "./emit/types.js";
import { shortPath } from "./folder.js";
import type { GenerateJob } from "./pipeline.js";
import { isSameVersion, selectReleases } from "./release/order.js";
import { pathSource, releaseFolder, releasesOf, type SchemaSource, type SourceOptions } from "./source.js";
import { suggestionHint } from "./suggestion.js";

/** What a user may ask for, whatever is generated. */
export interface Request {
  /** Services, operations, types or elements to which the output is pruned; overrides the configuration. */
  readonly only: readonly string[];
  /** Absolute; overrides the configuration. */
  readonly out?: string | undefined;
  /** Lay declarations out with prettier. */
  readonly format: boolean;
  /** Replace generated files that were edited by hand. */
  readonly force: boolean;
  /** Only compare: edited files are differences, not refusals. */
  readonly check: boolean;
  readonly source: SourceOptions;
  /** How a path is shown to the user. */
  readonly show: (path: string) => string;
}

/** The job for one schema (folder, zip or file; absolute), which needs no configuration. */
export function bundleJob(
  bundle: string,
  out: string,
  request: Request,
  emitters: readonly Emitter[] = [],
): GenerateJob {
  const source = pathSource(bundle, request.source);
  return {
    ...common(request),
    name: source.release,
    package: packageName(basename(out)),
    out,
    label: request.show(out),
    sources: [source],
    selected: [source.release],
    single: true,
    scalars: [],
    importExtension: ".js",
    emitters,
  };
}

/** A name that npm accepts. */
function packageName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/gu, "-")
    .replace(/^[._]+/u, "");
  return name === "" ? "generated" : name;
}

/**
 * The jobs for families of a configuration (all when none is named) and releases of them (all when none is named).
 * Undefined, and reported, when something that is asked for does not exist.
 */
export async function familyJobs(
  project: Project,
  names: readonly string[],
  releases: readonly string[],
  request: Request,
  report: Report,
): Promise<GenerateJob[] | undefined> {
  const families = (names.length > 0 ? names : [...project.families.keys()]).flatMap((name) => {
    const family = project.families.get(name);
    if (family !== undefined) return [family];
    const known = [...project.families.keys()];
    const hint = suggestionHint(name, known) ?? `known families: ${known.join(", ")}`;
    report.add({ code: "unknown-family", severity: "error", message: `no family "${name}"`, hint });
    return [];
  });
  if (request.out !== undefined && families.length > 1) {
    report.add({
      code: "out-for-several-families",
      severity: "error",
      message: "--out names one folder, but several families are generated",
      hint: "choose one with --family",
    });
  }
  const jobs: GenerateJob[] = [];
  for (const family of families) {
    const emitters = await loadEmitters(family, project.folder, report);
    const job = familyJob(project, family, releases, request, emitters ?? [], report);
    if (job !== undefined) jobs.push(job);
  }
  return report.hasErrors ? undefined : jobs;
}

function familyJob(
  project: Project,
  family: Family,
  expressions: readonly string[],
  request: Request,
  emitters: readonly Emitter[],
  report: Report,
): GenerateJob | undefined {
  const sources = releasesOf(family, report, request.source);
  if (sources.length === 0) return undefined;
  reportDoubles(sources, report);
  const out = request.out ?? family.out;
  const releases = sources.map(({ release }) => release);
  const misplaced = expressions.find((word) => project.families.has(word) && !releases.includes(word));
  if (misplaced !== undefined) {
    report.add({
      code: "unknown-release",
      severity: "error",
      message: `"${misplaced}" is a family, not a release`,
      hint: `\`--family ${misplaced}\` generates all of its releases`,
    });
    return undefined;
  }
  return {
    ...common(request),
    name: family.name,
    package: family.package,
    ...(family.version !== undefined && { version: family.version }),
    ...(family.license !== undefined && { license: family.license }),
    out,
    label: request.show(out),
    sources,
    selected: selectReleases(expressions, releases, report),
    single: false,
    only: request.only.length > 0 ? request.only : family.only,
    codecs: family.codecs,
    scalars: family.scalars,
    importExtension: family.importExtension,
    emitters,
    emitterFiles: family.emitters.flatMap((emitter) =>
      typeof emitter === "string" ? [resolve(project.folder, emitter)] : [],
    ),
    notes: family.source,
    notesLabel: request.show(family.source),
    project: project.folder,
  };
}

/** Releases that are one: they would be written to one folder, or have the same version. */
function reportDoubles(sources: readonly SchemaSource[], report: Report): void {
  for (const [index, { release, location }] of sources.entries()) {
    for (const earlier of sources.slice(0, index)) {
      const folder = releaseFolder(release);
      const both = `the releases "${earlier.release}" and "${release}"`;
      const hint = `keep one of ${shortPath(earlier.location)} and ${shortPath(location)}, or rename one`;
      if (releaseFolder(earlier.release).toLowerCase() === folder.toLowerCase()) {
        const message = `${both} would be written to one folder, ${folder}`;
        report.add({ code: "releases-clash", severity: "error", message, hint });
      } else if (isSameVersion(earlier.release, release)) {
        report.add({ code: "releases-equal", severity: "warning", message: `${both} are one version`, hint });
      }
    }
  }
}

const common = ({ only, format, force, check }: Request) => ({ only, format, force, check });
