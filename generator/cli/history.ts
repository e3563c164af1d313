/** `history`: what each of several releases changed, and which component was there when. */
import type { Side } from "../comparison.js";
import type { DiffResult } from "../diff/index.js";
import type { MatrixRelease } from "../report/matrix.js";
import type { Link } from "../report/page.js";
import type { ReportInput } from "../report/source.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import {
  noteRenames,
  policyOptions,
  readPolicy,
  readSides,
  shownLevel,
  targetsOf,
  writeReport,
} from "./diff.js";
import { exit, statusOf, type Exit } from "./exit.js";
import { openProject, pathIn, sourceOptions } from "./schema.js";
import type { Project } from "../config.js";
import { createReport } from "../diagnostics.js";

const formats: readonly string[] = ["text", "json", "md", "html"];

export const history = defineCommand({
  usage: "history [releases..]",
  summary: "Show what each release changed, and which component came and went when",
  details:
    "Releases are selected as for `generate`; folders, zips, files and git revisions are taken in the order given, oldest first.",
  positionals: { releases: { array: true, describe: "Which releases; all when absent" } },
  options: {
    family: { type: "string", describe: "The family of the configuration, when there are several" },
    ...policyOptions,
    show: {
      type: "string",
      choices: ["breaking", "dangerous", "safe", "docs", "info", "all"],
      describe: "List findings at this level or above; others are counted",
      default: "safe",
    },
    format: {
      type: "string",
      array: true,
      choices: formats,
      describe: "How to print it (repeatable; the first goes with the first --out)",
      default: "text, or by the name of --out",
    },
    out: {
      type: "string",
      array: true,
      alias: "o",
      describe: "Write to this file (repeatable); html puts a page for each release beside it",
    },
    ...schemaOptions,
  },
  examples: [
    ["", "all releases of the configured family"],
    ["earliest - latest --format md", "a changelog"],
    ["{example} {example}", "two folders, oldest first"],
  ],
  async run({ releases, format, out, family, ...flags }, console) {
    const targets = targetsOf({ format, out }, console);
    if (typeof targets === "number") return targets;
    const foreign = targets.find((target) => !formats.includes(target.format));
    if (foreign !== undefined) {
      console.fail(`a history cannot be printed as ${foreign.format}`, `formats are ${formats.join(", ")}`);
      return exit.usage;
    }
    if (targets.some((target) => target.format === "html" && target.file === undefined)) {
      console.fail(
        "a history in HTML is several files",
        "name the first with --out, site/index.html for one",
      );
      return exit.usage;
    }
    const project = await openProject(console, "optional");
    if (typeof project === "number") return project;
    const settings = await readPolicy(flags, console);
    if (typeof settings === "number") return settings;
    const words = await selectWords(releases, family, project, console, sourceOptions(flags, console));
    if (typeof words === "number") return words;
    const sides = await readSides(words, flags, project, console);
    if (typeof sides === "number") return sides;

    const { compareHistory, isAtLeast, reportInput } = await import("../comparison.js");
    const limit = shownLevel(flags);
    const results = await compareHistory(sides, settings);
    noteRenames(settings, console);
    const steps = results.map((result, index) => {
      const [before, after] = [sides[index], sides[index + 1]];
      if (before === undefined || after === undefined) throw new Error("a step has two sides");
      return reportInput(result, before, after, {
        pathIn: (source) => pathIn(source, console),
        show: (level) => isAtLeast(level, limit),
      });
    });
    const input = { releases: sides.map(({ schema }) => schema.model.release), steps };
    const report = await import("../report/history.js");
    for (const target of targets) {
      const { file } = target;
      if (file !== undefined && target.format === "html") {
        for (const page of await pagesOf(file, sides, results, steps))
          writeReport(page.path, page.text, console);
        continue;
      }
      let text: string;
      if (target.format === "json") text = report.formatHistoryJson(input);
      else if (target.format === "md") text = report.formatHistoryMarkdown(input);
      else {
        const { createStyle } = await import("../terminal.js");
        text = report.formatHistoryText(
          input,
          file === undefined ? console.style : createStyle(false),
          console.width,
        );
      }
      if (file === undefined) console.print(text);
      else writeReport(file, text, console);
    }
    return exit.fine;
  },
});

/** The matrix as the file that was named, and a page for each release beside it. */
async function pagesOf(
  file: string,
  sides: readonly Side[],
  results: readonly DiffResult[],
  steps: readonly ReportInput[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const { basename, dirname, join } = await import("node:path");
  const { withBreaks } = await import("../comparison.js");
  const { pageContext, serviceNames } = await import("../page-context.js");
  const { matrixRelease } = await import("../report/matrix.js");
  const { renderMatrixPage } = await import("../report/matrix-page.js");
  const { renderFirstPage, renderReleasePage } = await import("../report/release-page.js");
  const { releaseFolder } = await import("../source.js");
  const ids = sides.map(({ schema }) => schema.model.release);
  const title = sides[0]?.source.family?.name ?? "History";
  const hrefOf = (release: string): string => `${encodeURIComponent(releaseFolder(release))}.html`;
  const link = (release: string | undefined): Link | undefined =>
    release === undefined ? undefined : { href: hrefOf(release), text: release };
  const columns: MatrixRelease[] = [];
  const pages: { readonly path: string; readonly text: string }[] = [];
  for (const [index, after] of sides.entries()) {
    const release = ids[index] ?? "";
    const [before, result, input] = [sides[index - 1], results[index - 1], steps[index - 1]];
    const { schema, notes } = after;
    const reconstructed = notes?.reconstructed === true;
    columns.push(
      matrixRelease(release, result, notes, {
        reconstructed,
        services: serviceNames((before ?? after).schema, schema),
        serviceOf: (name) => schema.service?.operations.find((operation) => operation.name === name)?.service,
      }),
    );
    const [own, previous, next] = [link(release), link(ids[index - 1]), link(ids[index + 1])];
    const place = {
      path: [{ href: encodeURIComponent(basename(file)), text: title }, ...(own ? [own] : [])],
      ...(previous && { previous }),
      ...(next && { next }),
      ...(notes && { notes }),
    };
    const facts = {
      operations: schema.service?.operations.length ?? 0,
      files: schema.model.files.length,
      reconstructed,
    };
    const text =
      before === undefined || input === undefined
        ? renderFirstPage(release, facts, place)
        : renderReleasePage(
            { ...input, result: await withBreaks(input.result, before, after) },
            { ...place, ...pageContext(before.schema, schema, input) },
          );
    pages.push({ path: join(dirname(file), `${releaseFolder(release)}.html`), text });
  }
  const text = renderMatrixPage({ title, family: title, releases: columns, hrefOf });
  return [{ path: file, text }, ...pages];
}

/** What to read: the releases that were selected, or the paths themselves. */
async function selectWords(
  words: readonly string[],
  name: string | undefined,
  project: Project | undefined,
  console: Console,
  options: ReturnType<typeof sourceOptions>,
): Promise<readonly string[] | Exit> {
  const complain = (message: string, hint: string): Exit => {
    console.fail(message, hint);
    return exit.usage;
  };
  const families = [...(project?.families.values() ?? [])];
  const { existsSync } = await import("node:fs");
  const { resolve } = await import("node:path");
  const isPlace = (word: string): boolean =>
    word.startsWith("git:") ||
    (/[/\\]/u.test(word) && project?.families.has(word.slice(0, word.indexOf("/"))) !== true) ||
    // A plain word is a release first, where there are any.
    ((word.includes(".") || families.length === 0) && existsSync(resolve(console.cwd, word)));
  if (words.length > 0 && words.every(isPlace)) {
    return words.length > 1 ? words : complain("a history takes two releases or more", "name the others too");
  }
  const family = name === undefined ? families[0] : project?.families.get(name);
  if (name !== undefined && family === undefined && families.length > 0)
    return complain(`no family "${name}"`, `known families: ${families.map((each) => each.name).join(", ")}`);
  if (family === undefined || (name === undefined && families.length > 1)) {
    return complain(
      families.length === 0
        ? "there is no configuration, so releases must be named by their folders"
        : `which family? ${families.map((each) => each.name).join(", ")}`,
      families.length === 0 ? "history <oldest> <next> ..." : "choose one with --family",
    );
  }
  const { releasesOf } = await import("../source.js");
  const { selectReleases } = await import("../release/order.js");
  const report = createReport();
  const known = releasesOf(family, report, options).map(({ release }) => release);
  const chosen = selectReleases(words, known, report);
  console.show(report);
  if (report.hasErrors) return statusOf(report);
  if (chosen.length < 2)
    return complain("a history takes two releases or more", `known: ${known.join(", ")}`);
  return families.length > 1 ? chosen.map((release) => `${family.name}/${release}`) : chosen;
}
