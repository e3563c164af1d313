/** `history`: what each of several releases changed, and which component was there when. */
import type { Level } from "../diff/index.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { policyOptions, readPolicy, readSides, writeReport } from "./diff.js";
import { exit, type Exit } from "./exit.js";
import { openProject, pathIn, sourceOptions } from "./schema.js";
import type { Project } from "../config.js";
import { createReport } from "../diagnostics.js";

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
      choices: ["text", "json", "md", "html"],
      describe: "How to print it",
      default: "text",
    },
    out: { type: "string", alias: "o", describe: "Write to this file" },
    ...schemaOptions,
  },
  examples: [
    ["", "all releases of the configured family"],
    ["earliest - latest --format md", "a changelog"],
    ["{example} {example}", "two folders, oldest first"],
  ],
  async run({ releases, format = "text", out, show, family, ...flags }, console) {
    const project = await openProject(console);
    if (typeof project === "number") return project;
    const settings = await readPolicy(flags, console);
    if (typeof settings === "number") return settings;
    const words = await selectWords(releases, family, project, console, sourceOptions(flags, console));
    if (typeof words === "number") return words;
    const sides = await readSides(words, flags, project, console);
    if (typeof sides === "number") return sides;

    const { compareHistory, isAtLeast, reportInput } = await import("../comparison.js");
    const limit: Level = show === "all" ? "info" : ((show ?? (flags.docs ? "docs" : "safe")) as Level);
    const results = await compareHistory(sides, settings);
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
    let text: string;
    if (format === "json") text = report.formatHistoryJson(input);
    else if (format === "md") text = report.formatHistoryMarkdown(input);
    else if (format === "html") {
      const { renderMatrixPage } = await import("../report/matrix-page.js");
      const { matrixRelease } = await import("../report/matrix.js");
      text = renderMatrixPage({
        title: family ?? sides[0]?.source.family?.name ?? "History",
        family: sides[0]?.source.family?.name ?? "",
        releases: sides.map((side, index) =>
          matrixRelease(side.schema.model.release, results[index - 1], side.notes, {
            reconstructed: side.notes?.reconstructed === true,
            services: ({ component }) => [results[index - 1]?.to.prefixes[component.ns] ?? "-"],
            serviceOf: (name) =>
              side.schema.service?.operations.find((operation) => operation.name === name)?.service,
          }),
        ),
        hrefOf: (release) => `${encodeURIComponent(release)}.html`,
      });
    } else {
      const { createStyle } = await import("../terminal.js");
      const style = out === undefined ? console.style : createStyle(false);
      text = report.formatHistoryText(input, style, console.width);
    }
    if (out === undefined) console.print(text);
    else writeReport(out, text, console);
    return exit.fine;
  },
});

/** What to read: the releases that were selected, or the paths themselves. */
async function selectWords(
  words: readonly string[],
  name: string | undefined,
  project: Project | undefined,
  console: Console,
  options: ReturnType<typeof sourceOptions>,
): Promise<readonly string[] | Exit> {
  const complain = (message: string, hint: string): Exit => {
    console.complain(`error: ${message}\nhint: ${hint}\n`);
    return exit.usage;
  };
  const { existsSync } = await import("node:fs");
  const { resolve } = await import("node:path");
  const isPlace = (word: string): boolean =>
    word.startsWith("git:") || (/[/\\.]/u.test(word) && existsSync(resolve(console.cwd, word)));
  if (words.length > 0 && words.every(isPlace)) {
    return words.length > 1 ? words : complain("a history takes two releases or more", "name the others too");
  }
  const families = [...(project?.families.values() ?? [])];
  const family = name === undefined ? families[0] : project?.families.get(name);
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
  if (report.hasErrors) return exit.usage;
  if (chosen.length < 2)
    return complain("a history takes two releases or more", `known: ${known.join(", ")}`);
  return families.length > 1 ? chosen.map((release) => `${family.name}/${release}`) : chosen;
}
