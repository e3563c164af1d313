/** `generate`: schemas in, TypeScript out. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createReport } from "../diagnostics.js";
import type { OutputChange, OutputPlan } from "../output/write.js";
import type { Caches } from "../caches.js";
import type { GenerateJob, GenerateResult } from "../pipeline.js";
import type { ReleaseSummary } from "../recorded-release.js";
import { isUrl } from "../schema/path.js";
import { formatCount, formatDuration, plural, quoteArgument } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { exit, statusOf, type Exit } from "./exit.js";
import { openProject, pathIn, showAll, sourceOptions, type SchemaFlags } from "./schema.js";

interface Flags extends SchemaFlags {
  readonly releases: readonly string[];
  readonly family: readonly string[];
  readonly bundle: string | undefined;
  readonly out: string | undefined;
  readonly only: readonly string[];
  readonly check: boolean;
  readonly "dry-run": boolean;
  readonly watch: boolean;
  readonly "no-format": boolean;
  readonly "no-cache": boolean;
  readonly force: boolean;
  readonly profile: boolean;
  readonly format: string | undefined;
}

/** A job that came to its end. */
type Generated = NonNullable<GenerateResult["output"]> & { readonly job: GenerateJob };

export const generate = defineCommand({
  usage: "generate [releases..]",
  summary: "Generate TypeScript for all releases, or for those that are named",
  details:
    "Releases are ids, beginnings of ids, `latest`, `earliest`, or ranges such as `A - latest` or `>=A`. " +
    "Only files that this program wrote and nobody edited are replaced or deleted.",
  positionals: { releases: { array: true, describe: "Which releases; all when absent" } },
  options: {
    bundle: {
      type: "string",
      describe: "Read this folder, zip or file; needs no configuration (with --out)",
    },
    out: { type: "string", alias: "o", describe: "The output folder; overrides the configuration" },
    family: { type: "string", array: true, describe: "Only this family of the configuration (repeatable)" },
    only: {
      type: "string",
      array: true,
      describe: "Prune to what a service, operation, type or element reaches (repeatable)",
    },
    check: {
      type: "boolean",
      describe: "Write nothing; print the first differences and exit with 1 when there are any",
    },
    "dry-run": { type: "boolean", describe: "Write nothing; list what would be written" },
    watch: { type: "boolean", alias: "w", describe: "Generate again whenever a schema changes" },
    force: { type: "boolean", describe: "Replace generated files although they were edited by hand" },
    "no-format": { type: "boolean", describe: "Leave declarations as they are printed, without prettier" },
    "no-cache": { type: "boolean", describe: "Neither use nor keep results of earlier runs" },
    profile: { type: "boolean", describe: "Show the time of each stage" },
    ...schemaOptions,
    format: {
      type: "string",
      choices: ["text", "json"],
      describe: "How to print the summary",
      default: "text",
    },
  },
  examples: [
    ["--bundle {example} --out order-client", "any schema, no configuration needed"],
    ["", "everything that strata.config.json names"],
    ["latest", "the newest release only"],
    ["--check", "in continuous integration: is the output up to date?"],
  ],
  async run(flags, console) {
    const started = performance.now();
    const begun = Date.now();
    const jobs = await plan(flags, console);
    if (typeof jobs === "number") return jobs;
    const { createCaches } = await import("../caches.js");
    const kept = createCaches(jobs[0]?.project, console.env, !flags["no-cache"]);
    const caches: Caches = flags.watch ? { ...kept, seen: new Map() } : kept;
    let worst: Exit = exit.fine;
    const results: Generated[] = [];
    for (const job of jobs) {
      const status = await runJob(job, flags, console, caches, results);
      worst = Math.max(worst, status) as Exit;
    }
    if (results.length > 0) printSummary(results, flags, console, performance.now() - started);
    if (flags.format !== "json" && !console.quiet) await printNewest(results, flags["no-cache"], console);
    if (!flags.watch) return worst;
    const { watchSources } = await import("./watch.js");
    let planned: readonly GenerateJob[] = jobs;
    // Where it was before it went away is where it is waited for.
    const config = await configOf(jobs, console);
    const watched = async () => ({ jobs: planned, files: await filesOf(planned, caches, config) });
    return watchSources(await watched(), begun, console, async (changed) => {
      const asked = performance.now();
      const again: Generated[] = [];
      let status: Exit = exit.fine;
      // A release may have come or gone, or the configuration says something else.
      const now = await plan(flags, console);
      if (typeof now === "number") status = now;
      else {
        planned = now;
        for (const job of now.filter(({ name }) => changed.has(name)))
          status = Math.max(status, await runJob(job, flags, console, caches, again, true)) as Exit;
      }
      console.progress.clear();
      const time = new Date().toTimeString().slice(0, 8);
      if (again.length > 0) {
        const written = again.reduce((sum, each) => sum + each.plan.changes.length, 0);
        console.note(
          `${time} ${plural(written, "file")} written in ${formatDuration(performance.now() - asked)}\n`,
        );
      }
      if (status !== exit.fine) console.note(`${time} waiting for the mistakes to be mended\n`);
      return watched();
    });
  },
});

/** Single files that a watching run looks at: the configuration, emitters, and what schemas reach outside of their folders. */
async function filesOf(
  jobs: readonly GenerateJob[],
  caches: Caches,
  config: string | undefined,
): Promise<readonly string[]> {
  const { reachedFiles } = await import("../inputs.js");
  const { configNames } = await import("../config.js");
  const sources = jobs.flatMap((job) =>
    job.notes === undefined || job.sources.some(({ catalog }) => catalog !== undefined) ? job.sources : [],
  );
  const reached = await Promise.all(sources.map((source) => reachedFiles(source, caches.store)));
  return [
    // One in JSON may take the place of one in TypeScript.
    ...(config === undefined ? [] : configNames.map((name) => join(dirname(config), name))),
    ...jobs.flatMap(({ emitterFiles = [] }) => emitterFiles),
    ...reached.flat(),
  ];
}

/** The configuration that the jobs are from; undefined for a bundle. */
async function configOf(jobs: readonly GenerateJob[], console: Console): Promise<string | undefined> {
  const { findConfig } = await import("../config.js");
  return jobs.some(({ notes }) => notes !== undefined) ? findConfig(console.cwd, createReport()) : undefined;
}

/** Flags to jobs, one for each family; an exit status when they make no sense. */
async function plan(flags: Flags, console: Console): Promise<GenerateJob[] | Exit> {
  const usage = (message: string, hint: string): Exit => {
    console.fail(message, hint);
    return exit.usage;
  };
  if (flags.check && (flags.watch || flags.force)) {
    return usage(
      `--check writes nothing, so --${flags.watch ? "watch" : "force"} makes no sense with it`,
      "give one of them",
    );
  }
  const path = flags.releases.find((word) => isPath(word, console.cwd));
  if (path !== undefined && flags.bundle === undefined) {
    return usage(
      `"${path}" is a path, not a release`,
      `\`${console.program} generate --bundle ${quoteArgument(path)} --out ${quoteArgument(flags.out ?? "<folder>")}\` reads it`,
    );
  }
  if (flags.bundle !== undefined && isUrl(flags.bundle))
    return usage("--bundle takes a folder, zip or file, not a URL", "download it first");
  const { bundleJob, familyJobs } = await import("../jobs.js");
  const request = {
    only: flags.only,
    out: flags.out === undefined ? undefined : resolve(console.cwd, flags.out),
    format: !flags["no-format"],
    force: flags.force,
    check: flags.check,
    source: sourceOptions(flags, console),
    show: (path: string) => console.pathOf(path),
  };
  if (flags.bundle !== undefined) {
    if (flags.releases.length > 0 || flags.family.length > 0) {
      return usage(
        "--bundle is one schema: releases and families come from a configuration",
        "leave one of them out",
      );
    }
    if (request.out === undefined)
      return usage("--bundle needs --out", "`--out <folder>` says where to write");
    return [bundleJob(resolve(console.cwd, flags.bundle), request.out, request)];
  }
  const project = await openProject(console);
  if (typeof project === "number") return project;
  if (project === undefined) {
    return usage(
      "there is no strata.config.json here or in a folder above",
      `\`${console.program} init\` writes one; \`${console.program} generate --bundle <folder|zip|file> --out <folder>\` needs none`,
    );
  }
  const report = createReport();
  const jobs = await familyJobs(project, flags.family, flags.releases, request, report);
  console.show(report);
  return jobs ?? statusOf(report);
}

/** Whether a word that should be a release is a file, or looks like a path. */
const isPath = (word: string, cwd: string): boolean =>
  /[/\\]|\.(?:xsd|wsdl|zip)$/iu.test(word) && existsSync(resolve(cwd, word));

/** Generates one job and writes, checks or lists it. An answer to a change writes modules first: an editor waits for them. */
async function runJob(
  job: GenerateJob,
  flags: Flags,
  console: Console,
  caches: Caches,
  results: Generated[],
  isAnswer = false,
): Promise<Exit> {
  const { generateOutput } = await import("../pipeline.js");
  const { writeOutput } = await import("../output/write.js");
  const early: OutputChange[] = [];
  const writeModules = (modules: OutputPlan): void => {
    writeOutput(modules);
    early.push(...modules.changes);
  };
  const generated = await generateOutput(
    job,
    caches,
    (text) => console.progress.say(text),
    isAnswer && !flags["dry-run"] ? writeModules : undefined,
  );
  showAll(generated.reports, console);
  if (generated.output === undefined) {
    console.complain(`nothing was written to ${job.label}\n`);
    if (generated.failure === "usage") return exit.usage;
    return statusOf({ diagnostics: generated.reports.flatMap(({ report }) => report.diagnostics) });
  }
  const { plan, profile } = generated.output;
  if (!flags.check && !flags["dry-run"])
    profile.measure("write", () => {
      writeOutput(plan);
    });
  if (flags.profile) console.complain(formatProfile(profile.stages()));
  const pending = plan.changes.length > 0 || plan.manifestChanged;
  if (flags.format === "json" && (flags.check || flags["dry-run"])) {
    results.push({ ...generated.output, job });
    return flags.check && pending ? exit.findings : exit.fine;
  }
  if (flags.check) {
    if (!pending) {
      console.note(`${job.label} is up to date\n`);
      return exit.fine;
    }
    const { formatDifferences } = await import("../output/check.js");
    console.print(formatDifferences(plan, job.label, console.style));
    console.print(
      `${job.label} is not up to date; repair: ${repairCommand(flags, plan.needsForce, console)}\n`,
    );
    return exit.findings;
  }
  if (flags["dry-run"]) {
    for (const { path, kind } of plan.changes) console.print(`${kind.padEnd(7)}  ${job.label}/${path}\n`);
    console.note(
      `${plural(plan.changes.length, "file")} would be written, ${formatCount(plan.unchanged)} unchanged\n`,
    );
    return exit.fine;
  }
  results.push({ ...generated.output, plan: { ...plan, changes: [...early, ...plan.changes] }, job });
  return exit.fine;
}

function repairCommand(flags: Flags, needsForce: boolean, console: Console): string {
  const words = [console.program, "generate", ...flags.releases.map(quoteArgument)];
  for (const [name, value] of Object.entries(flags)) {
    if (["releases", "check", "profile", "quiet", "format"].includes(name)) continue;
    const values = Array.isArray(value)
      ? (value as readonly string[])
      : [value as string | boolean | undefined];
    for (const each of values) {
      if (each === true) words.push(`--${name}`);
      else if (typeof each === "string") words.push(`--${name}`, quoteArgument(each));
    }
  }
  if (needsForce) words.push("--force");
  return words.join(" ");
}

/** What was done: a line per release, then one that sums up. */
function printSummary(results: readonly Generated[], flags: Flags, console: Console, time: number): void {
  if (flags.format === "json") {
    const families = results.map(({ job, releases, plan }) => ({
      family: job.name,
      out: job.label,
      releases,
      changed: plan.changes.map(({ path, kind }) => ({ path, kind })),
      unchanged: plan.unchanged,
    }));
    console.print(`${JSON.stringify({ families }, undefined, 2)}\n`);
    return;
  }
  for (const { releases, plan, job } of results) {
    if (!console.quiet) console.print(formatTable(releases, console));
    const written = plan.changes.filter(({ kind }) => kind !== "removed").length;
    const removed = plan.changes.length - written;
    const done =
      plan.changes.length === 0
        ? `nothing changed (${plural(plan.unchanged, "file")})`
        : `${plural(written, "file")} written${removed > 0 ? `, ${formatCount(removed)} removed` : ""}, ${formatCount(plan.unchanged)} unchanged`;
    console.note(
      `${job.label}: ${job.single ? "" : `${plural(releases.length, "release")}, `}${done}, ${formatDuration(time)}\n`,
    );
  }
}

/** More findings than this are left to the report. */
const mostFindings = 12;

/** The last words: what the newest release with a change has changed. */
async function printNewest(results: readonly Generated[], isFresh: boolean, console: Console): Promise<void> {
  for (const { newest, job } of results) {
    if (newest === undefined) continue;
    const { keptInput, reportsFolder } = await import("../family-reports.js");
    const { formatText } = await import("../report/text.js");
    let text: string;
    try {
      const input = keptInput(newest, (release, file) => {
        const source = job.sources.find((each) => each.release === release);
        return source === undefined ? file : pathIn(source, console)(file);
      });
      text = formatText({ ...input, most: mostFindings }, console.style, console.width, console.program);
    } catch (error) {
      if (isFresh) throw error;
      // An entry that others have written may be anything.
      console.complain(
        "what the newest release changed cannot be told from the cache; --no-cache finds it anew\n",
      );
      continue;
    }
    console.print(`\n${text}`);
    const last = job.sources.at(-1)?.release ?? "";
    if (last !== newest.result.to.id) console.print(`${last} changes nothing\n`);
    console.print(console.style.dim(`all releases: ${job.label}/${reportsFolder}/index.html\n`));
  }
}

function formatTable(releases: readonly ReleaseSummary[], console: Console): string {
  const columns = (["namespaces", "types", "elements", "operations"] as const).filter(
    (column) => column !== "operations" || releases.some(({ operations }) => operations > 0),
  );
  // A single release, or schema, has nothing to be new against.
  const compared = releases.some(({ added }) => added !== undefined);
  const head = ["release", ...columns, ...(compared ? ["new"] : [])];
  const rows = releases.map((each) => [
    each.release,
    ...columns.map((column) => formatCount(each[column])),
    ...(compared ? [each.added === undefined ? "" : formatCount(each.added)] : []),
  ]);
  const widths = head.map((text, column) =>
    Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [console.style.bold(line(head)), ...rows.map(line)].join("\n") + "\n";
}

function formatProfile(stages: readonly (readonly [string, number])[]): string {
  const total = stages.reduce((sum, [, time]) => sum + time, 0);
  const widest = Math.max(...stages.map(([name]) => name.length), 5);
  return [...stages, ["total", total] as const]
    .map(([name, time]) => `  ${name.padEnd(widest)}  ${time.toFixed(0).padStart(7)} ms\n`)
    .join("");
}
