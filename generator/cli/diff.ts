/** `diff`: what changed between two releases, whom it reaches, what breaks. */
import { existsSync, writeFileSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { countsAt, type ComparisonOptions, type Side } from "../comparison.js";
import { createReport, type Report } from "../diagnostics.js";
import type { Change, DiffResult, Level, Preset, Rename, Suppression } from "../diff/index.js";
import type { Project } from "../config.js";
import { makeFolder } from "../folder.js";
import { namePath } from "../refusal.js";
import type { ReportInput } from "../report/source.js";
import type { SchemaSource } from "../source.js";
import { escapeLine, quoteArgument } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { exit, statusOf, type Exit } from "./exit.js";
import { openProject, pathIn, showAll, sourceOptions, type SchemaFlags } from "./schema.js";

const levels = ["breaking", "dangerous", "safe", "docs", "info"] as const;

/** Formats, with what a file of each is called. */
const formats = {
  text: ".txt",
  json: ".json",
  ndjson: ".ndjson",
  md: ".md",
  html: ".html",
  sarif: ".sarif",
  github: "",
  semver: "",
} as const;

type Format = keyof typeof formats;

/** Flags that `diff` and `history` share. */
export const policyOptions = {
  preset: {
    type: "string",
    choices: ["wire", "wire-strict", "source", "source-strict", "all", "lenient-server"],
    describe: "Which verdicts count: the wire, code that compiles against it, or all",
    default: "source",
  },
  reader: {
    type: "string",
    choices: ["tolerant", "strict"],
    describe: "How answers are read: ignoring what is unknown, or validating",
    default: "tolerant, strict with wire-strict and all",
  },
  docs: {
    type: "boolean",
    describe: "Compare documentation too, and comments beside declarations (--preset all does so)",
  },
  ignore: {
    type: "string",
    array: true,
    describe: "A file of accepted findings (repeatable)",
  },
  renames: { type: "string", describe: "A file of confirmed renames and moves" },
} as const;

interface Flags extends SchemaFlags {
  readonly old: string | undefined;
  readonly new: string | undefined;
  readonly preset: string | undefined;
  readonly reader: string | undefined;
  readonly docs: boolean;
  readonly ignore: readonly string[];
  readonly renames: string | undefined;
  readonly "fail-on": string | undefined;
  readonly format: readonly string[];
  readonly out: readonly string[];
  readonly witness: boolean;
  readonly "both-ways": boolean;
  readonly op: readonly string[];
  readonly dir: string | undefined;
  readonly show: string | undefined;
  readonly "write-baseline": string | undefined;
  readonly "strict-suppressions": boolean;
  readonly "used-by": string | undefined;
}

export const diff = defineCommand({
  usage: "diff <old> <new>",
  summary: "Show what changed between two releases, whom it reaches and what breaks",
  details:
    "Each side is a release, a folder, zip or file, or a git revision (`git:HEAD~1:xsd/2.1.0`). " +
    "Exit status: 0 nothing found at the level of --fail-on, 1 findings, 2 usage, 3 a side cannot be read.",
  positionals: {
    old: { describe: "The older side" },
    new: { describe: "The newer side" },
  },
  options: {
    ...policyOptions,
    "fail-on": {
      type: "string",
      choices: [...levels, "none"],
      describe: "Exit with 1 when something at this level or above is found",
      default: "breaking",
    },
    format: {
      type: "string",
      array: true,
      choices: Object.keys(formats),
      describe: "How to print it (repeatable; the first goes with the first --out)",
      default: "text, or by the name of --out",
    },
    out: { type: "string", array: true, alias: "o", describe: "Write to this file (repeatable)" },
    show: {
      type: "string",
      choices: [...levels, "all"],
      describe: "List findings at this level or above; others are counted",
      default: "safe",
    },
    witness: {
      type: "boolean",
      describe: "Show documents and code that break (JSON, Markdown and HTML have them anyway)",
    },
    "both-ways": { type: "boolean", describe: "Show the way back too: a new client with an old server" },
    op: { type: "string", array: true, describe: "Only what reaches this operation (repeatable)" },
    dir: { type: "string", choices: ["request", "response"], describe: "Only what reaches this direction" },
    "used-by": {
      type: "string",
      describe: "Only what the TypeScript code in this folder or tsconfig.json uses",
    },
    "write-baseline": {
      type: "string",
      describe: "Write a file for --ignore that accepts all that is found",
    },
    "strict-suppressions": {
      type: "boolean",
      describe: "Count entries of --ignore that match nothing as findings",
    },
    ...schemaOptions,
  },
  examples: [
    ["{example} {example}", "nothing changed"],
    ["earliest latest", "all that came since the first release"],
    ["git:HEAD:./{example} {example} --preset wire", "what is changed on the wire and not committed yet"],
    [
      "earliest latest --format md --out diff.md --format json --out diff.json",
      "two reports of one comparison",
    ],
  ],
  async run(flags, console) {
    const targets = targetsOf(flags, console);
    if (typeof targets === "number") return targets;
    const project = await openProject(console, "optional");
    if (typeof project === "number") return project;
    const settings = await readPolicy(flags, console);
    if (typeof settings === "number") return settings;
    const sides = await readSides([flags.old ?? "", flags.new ?? ""], flags, project, console);
    if (typeof sides === "number") return sides;
    const [before, after] = sides;
    if (before === undefined || after === undefined) throw new Error("two words name two sides");

    const { compareSides, withBreaks } = await import("../comparison.js");
    const { hasOpenNotes } = await import("../diff/index.js");
    const { createCaches } = await import("../caches.js");
    const { withSince } = await import("../since.js");
    const only = await filterOf(flags, [before, after], console);
    if (typeof only === "number") return only;
    const options: ComparisonOptions = {
      ...settings,
      ...(only !== undefined && { only }),
    };
    let result = await compareSides(before, after, options);
    if (hasOpenNotes(result)) {
      result = await compareSides(before, after, options, await readOthers([before, after], flags, console));
    }
    result = await withSince(result, before, after, createCaches(project?.folder, console.env));
    const shown =
      flags.witness || targets.some(({ format }) => ["json", "ndjson", "md", "html"].includes(format));
    if (shown) result = await withBreaks(result, before, after);
    const back = flags["both-ways"] ? await compareSides(after, before, reversed(options)) : undefined;
    const reverse = back !== undefined && shown ? await withBreaks(back, after, before) : back;
    noteRenames(settings, console);
    const compared: readonly Compared[] = [
      { result, before, after },
      ...(reverse === undefined ? [] : [{ result: reverse, before: after, after: before }]),
    ];
    const inputs = await inputsOf(compared, flags, console);
    const baseline = await writeBaseline(flags, result, console);
    if (baseline !== undefined) return baseline;
    for (const { format, file } of targets) {
      const text = await print(format, inputs, compared, console, file !== undefined);
      if (file === undefined) console.print(text);
      else writeReport(file, text, console);
    }
    return statusOfResult(flags, result);
  },
});

// ---------------------------------------------------------------------------------------------- flags

export interface Target {
  readonly format: Format;
  /** Absent: to stdout. */
  readonly file?: string;
}

/** Pairs formats with files. */
export function targetsOf(flags: Pick<Flags, "format" | "out">, console: Console): readonly Target[] | Exit {
  const { format, out } = flags;
  const targets: Target[] = format.map((each, index) => {
    const file = out[index];
    return { format: each as Format, ...(file !== undefined && { file }) };
  });
  for (const file of out.slice(format.length)) {
    const found = (Object.keys(formats) as Format[]).find(
      (each) => formats[each] === extname(file) && extname(file),
    );
    if (found === undefined) {
      console.fail(
        `the name of ${file} tells no format`,
        `name one before it, --format json --out ${quoteArgument(file)}`,
      );
      return exit.usage;
    }
    targets.push({ format: found, file });
  }
  if (targets.length === 0) return [{ format: "text" }];
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    console.fail("only one format can go to stdout", "give the others a file with --out");
    return exit.usage;
  }
  const files = targets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) =>
    files.some((other, at) => at < index && resolve(file) === resolve(other)),
  );
  if (twice !== undefined) {
    console.fail(`two reports would be written to ${twice}`, "name another file, or leave one out");
    return exit.usage;
  }
  return targets;
}

/** What decides about documentation. */
type DocsFlags = Pick<Flags, "docs" | "preset" | "show"> & Partial<Pick<Flags, "fail-on">>;

/** Whether documentation is compared: who asks for its level asks for it, since nothing else has that level. */
function comparesDocs({ docs, preset, show, "fail-on": failOn }: DocsFlags): boolean {
  return docs || preset === "all" || show === "docs" || failOn === "docs";
}

/** The level from which on findings are listed. */
export function shownLevel(flags: DocsFlags): Level {
  if (flags.show === "all") return "info";
  return (flags.show ?? (comparesDocs(flags) ? "docs" : "safe")) as Level;
}

/** How to compare, as flags say it. */
export interface Settings extends ComparisonOptions {
  /** Renames of which nothing was found so far. */
  readonly open: ReadonlySet<Rename>;
}

/** Tells of renames that no comparison found: they belong to another step, or are misspelt. */
export function noteRenames({ open }: Settings, console: Console): void {
  for (const { old, new: current } of open) {
    console.note(`no rename from ${escapeLine(old)} to ${escapeLine(current)} was found (--renames)\n`);
  }
}

/** The policy and the files that belong to it; an exit status when one of them has a mistake. */
export async function readPolicy(
  flags: Pick<Flags, "reader" | "ignore" | "renames"> & DocsFlags,
  console: Console,
): Promise<Settings | Exit> {
  const { readSettings } = await import("../config.js");
  const report = createReport();
  const suppressions: Suppression[] = [];
  for (const file of flags.ignore) {
    const read = await readIgnored(file, console);
    if (typeof read === "number") return read;
    suppressions.push(...read);
  }
  const path = resolve(console.cwd, flags.renames ?? "");
  const read =
    flags.renames === undefined
      ? { renames: [] }
      : await readSettings(path, console.pathOf(path), "renames.schema.json", report);
  console.show(report);
  if (read === undefined) return exit.usage;
  const { renames } = read as { readonly renames: readonly Rename[] };
  const open = new Set(renames);
  return {
    policy: {
      preset: (flags.preset ?? "source") as Preset,
      ...(flags.reader !== undefined && { reader: flags.reader as "tolerant" | "strict" }),
    },
    docs: comparesDocs(flags),
    suppressions,
    renames,
    onRename: (pair) => {
      open.delete(pair);
    },
    open,
    today: new Date().toISOString().slice(0, 10),
  };
}

async function readIgnored(file: string, console: Console): Promise<readonly Suppression[] | Exit> {
  const { readSettings } = await import("../config.js");
  const report = createReport();
  const path = resolve(console.cwd, file);
  const read = await readSettings(path, console.pathOf(path), "suppressions.schema.json", report);
  console.show(report);
  return read === undefined ? exit.usage : (read as { readonly ignore: readonly Suppression[] }).ignore;
}

/** The way back: renames swap their ends, suppressions were made for the way there. */
function reversed(options: ComparisonOptions): ComparisonOptions {
  return {
    ...options,
    suppressions: [],
    renames: (options.renames ?? []).map((pair) => ({ old: pair.new, new: pair.old })),
  };
}

/** Finds and reads sides, each once; an exit status when one cannot be read: that must never look like "no changes". */
export async function readSides(
  words: readonly string[],
  flags: SchemaFlags,
  project: Project | undefined,
  console: Console,
): Promise<readonly Side[] | Exit> {
  const { resolveSource, tellApart } = await import("../source.js");
  const { readSide } = await import("../comparison.js");
  const finding = createReport();
  const options = sourceOptions(flags, console);
  const sources = words.map((word) => resolveSource(word, console.cwd, project, options, finding));
  console.show(finding);
  const found = sources.filter((source) => source !== undefined);
  if (found.length < sources.length) return statusOf(finding);
  const sides: Side[] = [];
  const reports: { readonly source: SchemaSource; readonly report: Report }[] = [];
  for (const source of tellApart(found)) {
    console.progress.say(`reading ${source.release}`);
    const report = createReport();
    reports.push({ source, report });
    const side = await readSide(source, report);
    if (side !== undefined) sides.push(side);
  }
  showAll(reports, console);
  return sides.length < sources.length
    ? statusOf({ diagnostics: reports.flatMap(({ report }) => report.diagnostics) })
    : sides;
}

/** The other releases of the family; those that cannot be read tell nothing. */
async function readOthers(
  [before, after]: readonly [Side, Side],
  flags: SchemaFlags,
  console: Console,
): Promise<readonly Side[]> {
  const { family } = after.source;
  if (family === undefined) return [];
  const { releasesOf } = await import("../source.js");
  const { readSide } = await import("../comparison.js");
  const others: Side[] = [];
  for (const source of releasesOf(family, createReport(), sourceOptions(flags, console))) {
    if ([before.source.release, after.source.release].includes(source.release)) continue;
    console.progress.say(`reading ${source.release}`);
    const side = await readSide(source);
    if (side !== undefined) others.push(side);
  }
  console.progress.clear();
  return others;
}

/** What keeps only the findings that were asked for; undefined when all are. */
async function filterOf(
  flags: Pick<Flags, "op" | "dir" | "used-by">,
  [before, after]: readonly [Side, Side],
  console: Console,
): Promise<((change: Change) => boolean) | undefined | Exit> {
  const { op, dir } = flags;
  const usage = await usageOf(flags["used-by"], after, console);
  if (typeof usage === "number") return usage;
  if (op.length === 0 && dir === undefined) return usage;
  const { suggestionHint } = await import("../suggestion.js");
  // What is gone is asked for too.
  const operations = [...new Set([before, after].flatMap(({ schema }) => operationNames(schema)))];
  const known = new Set(operations.map((name) => name.toLowerCase()));
  const wanted = new Set<string>();
  for (const given of op) {
    const name = given.replace(/^.*\./u, "");
    wanted.add(name.toLowerCase());
    if (!known.has(name.toLowerCase()))
      console.fail(`no side has an operation "${given}"`, suggestionHint(name, operations));
  }
  if ([...wanted].some((name) => !known.has(name))) return exit.usage;
  return (change) =>
    usage?.(change) !== false &&
    change.reach.some(
      (entry) =>
        (wanted.size === 0 || entry.op === "*" || wanted.has(entry.op.toLowerCase())) &&
        (dir === undefined || entry.dir === dir),
    );
}

/** The operations of a schema, or what takes their place where it has none: its global elements. */
function operationNames({ service, model }: Side["schema"]): readonly string[] {
  const names = (service?.operations ?? []).map(({ name }) => name);
  return names.length > 0 ? names : Object.values(model.elements).map(({ name }) => name.local);
}

/** What keeps only the findings that concern some code; undefined when no code is named. */
async function usageOf(
  path: string | undefined,
  { source: { family } }: Side,
  console: Console,
): Promise<((change: Change) => boolean) | undefined | Exit> {
  if (path === undefined) return undefined;
  const { concerns, readUsage } = await import("../usage.js");
  const report = createReport();
  const full = resolve(console.cwd, path);
  // Generated code mentions everything.
  const usage = readUsage(full, console.pathOf(full), family === undefined ? [] : [family.out], report);
  console.show(report);
  return usage === undefined ? exit.usage : concerns(usage);
}

// ---------------------------------------------------------------------------------------------- output

interface Compared {
  readonly result: DiffResult;
  readonly before: Side;
  readonly after: Side;
}

async function inputsOf(
  compared: readonly Compared[],
  flags: Pick<Flags, "op" | "dir" | "used-by"> & DocsFlags,
  console: Console,
): Promise<readonly ReportInput[]> {
  const { isAtLeast, reportInput } = await import("../comparison.js");
  const limit = shownLevel(flags);
  const isPart = flags.op.length > 0 || flags.dir !== undefined || flags["used-by"] !== undefined;
  return compared.map(({ result, before, after }, index) =>
    reportInput(result, before, after, {
      pathIn: (source) => pathIn(source, console),
      show: (level) => isAtLeast(level, limit),
      withoutNotes: isPart || index > 0,
    }),
  );
}

async function print(
  format: Format,
  inputs: readonly ReportInput[],
  compared: readonly Compared[],
  console: Console,
  toFile: boolean,
): Promise<string> {
  const [first] = inputs;
  if (first === undefined) throw new Error("a comparison has a result");
  switch (format) {
    case "text": {
      const { formatText } = await import("../report/text.js");
      const { createStyle } = await import("../terminal.js");
      const style = toFile ? createStyle(false) : console.style;
      return inputs.map((input) => formatText(input, style, console.width, console.program)).join("\n");
    }
    case "json": {
      const { formatJson } = await import("../report/json.js");
      return formatJson(first, inputs[1]);
    }
    case "ndjson": {
      const { jsonOf } = await import("../report/json.js");
      const { printJson } = await import("../escape.js");
      return inputs.map((input) => printJson(jsonOf(input), 0)).join("");
    }
    case "md": {
      const { formatMarkdown } = await import("../report/markdown.js");
      return formatMarkdown(...inputs);
    }
    case "html": {
      const { renderReleasePage } = await import("../report/release-page.js");
      const { pageContext } = await import("../page-context.js");
      const [sides] = compared;
      if (sides === undefined) throw new Error("a comparison has two sides");
      const { before, after } = sides;
      return renderReleasePage(first, {
        ...pageContext(before.schema, after.schema, first),
        ...(after.notes && { notes: after.notes }),
      });
    }
    case "sarif": {
      const { formatSarif } = await import("../report/sarif.js");
      return formatSarif(...inputs);
    }
    case "github": {
      const { formatAnnotations } = await import("../report/annotations.js");
      return formatAnnotations(first);
    }
    case "semver":
      return `${first.result.summary.semver}\n`;
  }
}

/** Writes a report to a file that the user named. */
export function writeReport(file: string, text: string, console: Console): void {
  const path = resolve(console.cwd, file);
  makeFolder(dirname(path));
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw namePath(error, path);
  }
  console.note(`${console.pathOf(path)} written\n`);
}

/** Adds all that is found at the level of --fail-on to a suppression file, which may exist; an exit status when it is none. */
async function writeBaseline(
  flags: Pick<Flags, "write-baseline" | "fail-on">,
  result: DiffResult,
  console: Console,
): Promise<Exit | undefined> {
  const file = flags["write-baseline"];
  if (file === undefined) return undefined;
  const path = resolve(console.cwd, file);
  let known: readonly Suppression[] = [];
  if (existsSync(path)) {
    const read = await readIgnored(file, console);
    if (typeof read === "number") return read;
    known = read;
  }
  const { suppressionFor } = await import("../diff/index.js");
  const { prefixIn } = await import("../report/source.js");
  const limit = flags["fail-on"] === "none" ? "info" : ((flags["fail-on"] ?? "breaking") as Level);
  const fresh = result.changes
    .filter((change) => change.suppressed === undefined && countsAt(change, limit))
    .map((change) => ({
      ...suppressionFor(change, prefixIn(result)),
      range: `${result.from.id}..${result.to.id}`,
      reason: "accepted as it was",
    }));
  const lines = [...new Set([...known, ...fresh].map((entry) => JSON.stringify(entry)))].sort();
  const body = lines.map((line) => `\n    ${line}`).join(",");
  writeReport(file, `{\n  "version": 1,\n  "ignore": [${body}${body === "" ? "" : "\n  "}]\n}\n`, console);
  return undefined;
}

function statusOfResult(flags: Pick<Flags, "fail-on" | "strict-suppressions">, result: DiffResult): Exit {
  const limit = flags["fail-on"] ?? "breaking";
  const found = limit !== "none" && result.changes.some((change) => countsAt(change, limit as Level));
  const stale = flags["strict-suppressions"] && result.staleSuppressions.length > 0;
  return found || stale ? exit.findings : exit.fine;
}
