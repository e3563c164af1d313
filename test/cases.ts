/** Golden cases: a folder each, with schemas, what is generated from them, and what is said about them. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createReport, sortDiagnostics, type Report } from "../generator/diagnostics.js";
import { emitRelease } from "../generator/emit/index.js";
import { absentNames, prunableNames } from "../generator/emit/kept.js";
import { assignNames } from "../generator/emit/names.js";
import type { CodecStyle, EmitInput, OutputFile } from "../generator/emit/types.js";
import { idOf, type Model } from "../generator/model/types.js";
import { resolveModel } from "../generator/model/resolve.js";
import { noCache } from "../generator/output/cache.js";
import { formatFiles } from "../generator/output/format.js";
import { reportAbsent } from "../generator/pruning.js";
import type { Remark } from "../generator/remark.js";
import { loadBundle, readDocuments } from "../generator/schema/bundle.js";
import { directionsOf } from "../generator/service/direction.js";
import type { ScalarRule, Service } from "../generator/service/types.js";

export const casesFolder = join(dirname(fileURLToPath(import.meta.url)), "cases");

/** `options.json` of a case. Local names are those of the first namespace. */
interface CaseOptions {
  readonly only?: readonly string[];
  readonly scalars?: readonly ScalarRule[];
  readonly codecs?: CodecStyle;
  /** Operations of a made-up service: request `x`, response `xResponse`. */
  readonly operations?: readonly { readonly service: string; readonly name: string }[];
  readonly slots?: readonly string[];
  readonly omitted?: readonly string[];
  readonly since?: Readonly<Record<string, string>>;
  readonly remarks?: Readonly<Record<string, readonly Remark[]>>;
}

/** The names of all cases. */
export const caseNames: readonly string[] = readdirSync(casesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/** Reads the schemas of a case; undefined when they have errors. */
export async function readCase(name: string, report: Report): Promise<EmitInput | undefined> {
  const folder = join(casesFolder, name);
  const bundle = await loadBundle({ path: join(folder, "input"), release: "1.0", entries: [] }, report);
  if (bundle === undefined) return undefined;
  const model = resolveModel("1.0", readDocuments(bundle, report), bundle, report);
  if (report.hasErrors) return undefined;
  const path = join(folder, "options.json");
  const options = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as CaseOptions) : {};
  const service = serviceOf(model, options);
  return {
    model,
    ...(service && { service }),
    direction: directionsOf(model, service),
    names: assignNames(model, service, report),
    since: (key) => options.since?.[key],
    remarks: (key) => options.remarks?.[key] ?? [],
    options: {
      folder: "",
      importExtension: ".js",
      // From test/cases/<name>/expected/ to the runtime where it lies.
      runtimePath: "../../../../templates/runtime/",
      scalars: options.scalars ?? [],
      only: options.only ?? [],
      ...(options.codecs && { codecs: options.codecs }),
    },
  };
}

function serviceOf(model: Model, options: CaseOptions): Service | undefined {
  if (options.operations === undefined) return undefined;
  const namespace = model.namespaces[0]?.uri ?? "";
  const id = (local: string): string => idOf({ namespace, local });
  return {
    convention: "made-up",
    operations: options.operations.map(({ service, name }) => ({
      service,
      name,
      request: id(name),
      response: id(`${name}Response`),
      wireType: name,
      safe: false,
    })),
    slots: (options.slots ?? []).map(id),
    scalars: [],
    omitted: options.omitted ?? [],
    modules: {},
    runtime: "webex",
    title: "Made-up API",
  };
}

/** What a case gives: generated files, and the diagnostics as text. */
export async function runCase(name: string): Promise<ReadonlyMap<string, string>> {
  const report = createReport();
  const input = await readCase(name, report);
  let printed: readonly OutputFile[] = input === undefined ? [] : emitRelease(input, report);
  if (input !== undefined) {
    const { only } = input.options;
    const release = { summary: { release: input.model.release }, absent: absentNames(only, input) };
    reportAbsent(only, [release], () => prunableNames(input), report);
  }
  if (report.hasErrors) printed = [];
  const files = await formatFiles(printed, noCache);
  const result = new Map(files.map(({ path, text }) => [`expected/${path}`, text]));
  result.set("diagnostics.txt", describe(report));
  return result;
}

function describe(report: Report): string {
  const lines = sortDiagnostics(report.diagnostics).map(({ code, severity, message, at, hint }) => {
    const place = at === undefined ? undefined : report.locate(at);
    const where = at === undefined ? "" : `${at.file}:${place?.line ?? "?"}:${place?.column ?? "?"} `;
    return `${where}${severity} ${code}: ${message}${hint === undefined ? "" : `\n  ${hint}`}\n`;
  });
  return lines.join("");
}

/** What a case is recorded to give. */
export function recordedCase(name: string): ReadonlyMap<string, string> {
  const folder = join(casesFolder, name);
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path.startsWith("expected/") || path === "diagnostics.txt")
    .sort();
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Replaces what is recorded of a case. */
export function recordCase(name: string, files: ReadonlyMap<string, string>): void {
  const folder = join(casesFolder, name);
  rmSync(join(folder, "expected"), { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
