/**
 * Gives generated files their final form. Prettier is the slowest stage of all, so it sees declarations only:
 * files and regions that are printed in final form pass through, and results are kept by content.
 */
import type { OutputFile } from "../emit/types.js";
import { cacheKey, type Cache } from "./cache.js";

/**
 * Lines that enclose a region which is in its final form already; the lines themselves are taken out.
 * The text between them must stand alone: whole statements at the top level of a module.
 */
export const regionStart = "//#final";
export const regionEnd = "//#end";

const options = { printWidth: 110 } as const;

const parsers: Readonly<Record<string, string>> = {
  // Several times faster than the parser named "typescript", with the same result for declarations.
  ts: "babel-ts",
  mts: "babel-ts",
  js: "babel",
  mjs: "babel",
  json: "json",
  md: "markdown",
};

/** What is too much, or too small, for files of its own. */
const memory = "memory";

/** Formats files; the order is kept. Rejects when a file has a syntax error, which is a mistake of its emitter. */
export async function formatFiles(files: readonly OutputFile[], cache: Cache): Promise<OutputFile[]> {
  const result: OutputFile[] = [];
  for (const file of files) {
    const parser = parsers[file.path.slice(file.path.lastIndexOf(".") + 1)];
    if (file.final === true || parser === undefined) {
      result.push({ path: file.path, text: withoutMarks(file.text) });
      continue;
    }
    // A program that watches formats again what it has just formatted.
    const key = `${parser}:${file.text}`;
    let text = cache.get(memory, key);
    if (text === undefined) cache.put(memory, key, (text = await formatRegions(file, parser, cache)));
    result.push({ path: file.path, text });
  }
  return result;
}

/** Takes the region marks out and formats nothing: what `--no-format` writes. */
export function leaveUnformatted(files: readonly OutputFile[]): OutputFile[] {
  return files.map(({ path, text }) => ({ path, text: withoutMarks(text) }));
}

function withoutMarks(text: string): string {
  if (!text.includes(regionStart)) return text;
  return text
    .split("\n")
    .filter((line) => line !== regionStart && line !== regionEnd)
    .join("\n");
}

async function formatRegions(file: OutputFile, parser: string, cache: Cache): Promise<string> {
  // The header names the release. Without it, a module that did not change is the same text in each release.
  const header = /^(?:\/\/.*\n)+\n/u.exec(file.text)?.[0] ?? "";
  const parts: string[] = [];
  for (const { text, final } of regionsOf(file.text.slice(header.length))) {
    if (text.trim() === "") continue;
    parts.push(final ? text.trimEnd() + "\n" : await formatText(file.path, text, parser, cache));
  }
  // One blank line between regions, as prettier keeps between statements.
  return header + parts.join("\n");
}

function regionsOf(text: string): { text: string; final: boolean }[] {
  const regions: { text: string; final: boolean }[] = [];
  let lines: string[] = [];
  let final = false;
  const close = (): void => {
    regions.push({ text: lines.join("\n"), final });
    lines = [];
  };
  for (const line of text.split("\n")) {
    if (line === regionStart || line === regionEnd) {
      close();
      final = line === regionStart;
    } else lines.push(line);
  }
  close();
  return regions;
}

let versionKey = "";

async function formatText(path: string, text: string, parser: string, cache: Cache): Promise<string> {
  if (versionKey === "") versionKey = await prettierVersion();
  const key = cacheKey(versionKey, parser, JSON.stringify(options), text);
  const known = cache.get("format", key);
  if (known !== undefined) return known;
  const formatted = (await formatStatements(text, parser, cache)) ?? (await callPrettier(path, text, parser));
  cache.put("format", key, formatted);
  return formatted;
}

/**
 * Formats what of a module was not seen before: prettier lays out a statement at the top level by itself, so that those
 * which another release shares are taken from there. Undefined when the text cannot be taken apart.
 */
async function formatStatements(text: string, parser: string, cache: Cache): Promise<string | undefined> {
  // In a template literal, a line at the margin need not begin a statement.
  if (parser !== "babel-ts" || text.replace(comments, "").includes("`")) return undefined;
  const statements = split(text);
  const keyOf = (statement: string): string => `${parser} statement:${statement}`;
  const results = statements.map((statement) => cache.get(memory, keyOf(statement)));
  const unseen = statements.filter((_, index) => results[index] === undefined);
  if (unseen.length > 0) {
    let formatted: string[];
    try {
      formatted = split(await callPrettier("", unseen.join("\n\n"), parser));
    } catch {
      return undefined;
    }
    if (formatted.length !== unseen.length) return undefined;
    results.forEach((result, index) => {
      if (result !== undefined) return;
      const next = formatted.shift() ?? "";
      results[index] = next;
      cache.put(memory, keyOf(statements[index] ?? ""), next);
    });
  }
  return `${results.join("\n\n")}\n`;
}

const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu;

const split = (text: string): string[] => text.trim().split(/\n{2,}(?=\S)/u);

async function callPrettier(path: string, text: string, parser: string): Promise<string> {
  // The standalone build loads in half the time of the whole package.
  const [prettier, ...plugins] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/estree"),
    parser === "markdown" ? import("prettier/plugins/markdown") : import("prettier/plugins/babel"),
  ]);
  try {
    return await prettier.format(text, { ...options, parser, plugins });
  } catch (error) {
    throw new Error(
      `${path} cannot be formatted: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** The version without loading the program: an unchanged run never loads it. */
async function prettierVersion(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const { createRequire } = await import("node:module");
  const manifest = await readFile(createRequire(import.meta.url).resolve("prettier/package.json"), "utf8");
  return `prettier@${String((JSON.parse(manifest) as { version?: unknown }).version)}`;
}
