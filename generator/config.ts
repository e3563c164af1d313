/**
 * The configuration: found by searching upward, read from commented JSON or TypeScript, checked like a source file.
 * The only home of `jsonc-parser` and `jiti`.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type * as JsonC from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import type { Report } from "./diagnostics.js";
import type { CodecStyle, EmitOptions, Emitter } from "./emit/types.js";
import type { Locate } from "./json-schema.js";
import { cacheKey, noCache, programDigest, type Cache } from "./output/cache.js";
import { lazyPackage } from "./packages.js";
import { refusalReason } from "./refusal.js";
import type { ScalarRule } from "./service/types.js";
import type { Tolerable } from "./tolerable.js";

const jsonc = lazyPackage<typeof JsonC>("jsonc-parser");

/** What `strata.config.json` holds, or `strata.config.ts` exports (by default, or as `config`). Paths are relative to the file. */
export interface Config {
  readonly families: Readonly<Record<string, FamilyConfig>>;
}

/** One schema family: a folder of releases, and what is made of it. */
export interface FamilyConfig {
  /** The folder that holds one folder of XSD files per release. */
  readonly source: string;
  /** The folder that is generated. */
  readonly out: string;
  /** The name of the generated npm package; absent: the name of the family. */
  readonly package?: string;
  /** Its version; absent: 0.0.0. */
  readonly version?: string;
  /** Its licence, an SPDX expression; absent: none is stated. */
  readonly license?: string;
  /** Absent: detected. */
  readonly service?: "webex" | "none";
  /** Files of a bundle from which reading starts; absent: every file. */
  readonly entry?: readonly string[];
  readonly catalog?: string;
  /** Errors in its schemas that are only warnings. */
  readonly tolerate?: readonly Tolerable[];
  /** Services, operations, types or elements to which the output is pruned. */
  readonly only?: readonly string[];
  readonly importExtension?: EmitOptions["importExtension"];
  /** Absent: tables. */
  readonly codecs?: CodecStyle;
  readonly scalars?: readonly ScalarRule[];
  /** Modules that export an {@link Emitter}; in a TypeScript configuration also the functions themselves. */
  readonly emitters?: readonly (string | Emitter)[];
}

/** A family with absolute paths and everything decided. */
export interface Family {
  readonly name: string;
  readonly source: string;
  readonly out: string;
  readonly package: string;
  readonly version?: string;
  readonly license?: string;
  readonly service?: string;
  readonly entry: readonly string[];
  readonly catalog?: string;
  readonly tolerate: readonly Tolerable[];
  readonly only: readonly string[];
  readonly importExtension: EmitOptions["importExtension"];
  readonly codecs: CodecStyle;
  readonly scalars: readonly ScalarRule[];
  readonly emitters: readonly (string | Emitter)[];
}

/** A configuration that was read. */
export interface Project {
  /** The configuration file. */
  readonly file: string;
  readonly folder: string;
  /** In the order of the file. */
  readonly families: ReadonlyMap<string, Family>;
}

/** The names that are looked for, in this order. */
export const configNames = ["strata.config.json", "strata.config.ts"] as const;

const isConfig = (file: string): boolean => (configNames as readonly string[]).includes(basename(file));

/** The configuration file for a folder: in it or in the nearest folder above that has one. */
export function findConfig(folder: string, report: Report): string | undefined {
  for (let each = resolve(folder); ; each = dirname(each)) {
    const found = configNames.filter((name) => existsSync(join(each, name)));
    if (found.length > 1) {
      report.add({
        code: "config-ambiguous",
        severity: "error",
        message: `${each} holds both ${found.join(" and ")}`,
        hint: "keep one of them",
      });
    }
    if (found[0] !== undefined) return join(each, found[0]);
    if (each === dirname(each)) return undefined;
  }
}

/**
 * Reads and checks a configuration; undefined when it has a mistake (see the report). `shown` is how messages name it.
 * A text that `store` knows to be valid is not checked against the schema again. With `sources: "optional"` the folders of
 * releases need not be there.
 */
export async function loadConfig(
  file: string,
  report: Report,
  shown: string = file,
  store: Cache = noCache,
  sources: "required" | "optional" = "required",
): Promise<Project | undefined> {
  const read = file.endsWith(".json")
    ? readJson(file, shown, report)
    : await readTypeScript(file, shown, report);
  if (read === undefined) return undefined;
  const schema = "config.schema.json";
  const key = read.text === undefined ? undefined : cacheKey(programDigest(), read.text);
  if (key === undefined || store.get("config", key) === undefined) {
    if (!(await isValid(read, schema, report))) {
      // What is wrong beside that is said too, so that one run tells all.
      const rest = plainFamilies(read.value);
      if (rest !== undefined) checkFamilies(file, rest, read.locate, report, sources);
      return undefined;
    }
    if (key !== undefined) store.put("config", key, "valid");
  }
  return checkFamilies(file, read.value as Config, read.locate, report, sources);
}

/**
 * Reads another file of JSON with comments and checks it against a published schema; undefined when it has a mistake
 * (see the report). `shown` is how messages name it.
 */
export async function readSettings(
  file: string,
  shown: string,
  schema: string,
  report: Report,
): Promise<unknown> {
  const read = readJson(file, shown, report);
  return read !== undefined && (await isValid(read, schema, report)) ? read.value : undefined;
}

async function isValid({ checkable, locate }: ReadConfig, schema: string, report: Report): Promise<boolean> {
  // Loading the checker takes longer than reading the file.
  const { checkAgainstSchema, publishedSchema } = await import("./json-schema.js");
  return checkAgainstSchema(checkable, publishedSchema(schema), locate, report);
}

interface ReadConfig {
  readonly value: unknown;
  /** The same with functions replaced by a text, which the schema can judge. */
  readonly checkable: unknown;
  readonly locate: Locate;
  /** Absent where the text does not tell the value. */
  readonly text?: string;
}

function readJson(file: string, shown: string, report: Report): ReadConfig | undefined {
  let text: string;
  try {
    const bytes = readFileSync(file);
    // What some shells write.
    if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/u.test(bytes.toString("latin1", 0, 2)))
      throw new Error("it is UTF-16; save it as UTF-8");
    text = bytes.toString("utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    report.add({
      code: "config-unreadable",
      severity: "error",
      message: `${shown} cannot be read: ${refusalReason(error)}`,
    });
    return undefined;
  }
  report.addText(shown, text);
  if (text.trim() === "") {
    report.add({
      code: "config-syntax",
      severity: "error",
      message: `${shown} is empty`,
      ...(isConfig(file) && { hint: "`xsd-strata init` writes one" }),
    });
    return undefined;
  }
  const { parseTree, printParseErrorCode } = jsonc();
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  for (const { error, offset, length } of genuine(errors)) {
    const written = text.slice(offset, offset + length);
    report.add({
      code: "config-syntax",
      severity: "error",
      message: `not JSON: ${words(printParseErrorCode(error))}`,
      at: { file: shown, start: offset, end: offset + Math.max(1, length) },
      hint: /^(?:[A-Za-z_$][\w$]*|'.*')$/u.test(written)
        ? `names and texts stand in double quotes: "${written.replaceAll("'", "")}"`
        : "comments and a trailing comma are allowed, all else is as in JSON",
    });
  }
  if (errors.length > 0) return undefined;
  if (root === undefined) return undefined;
  const fine = reportDuplicateKeys(root, shown, report);
  const locate: Locate = (pointer, part) => {
    let node = nodeAt(root, pointer);
    if (node?.parent?.type === "property" && part === "key") node = node.parent.children?.[0];
    return node === undefined
      ? undefined
      : { file: shown, start: node.offset, end: node.offset + node.length };
  };
  const value = valueOf(root);
  return fine ? { value, checkable: value, locate, text } : undefined;
}

/** From a symbol on that JSON does not have, the parser is out of step: of what it misses then, such symbols alone are mistakes. */
function genuine(errors: readonly ParseError[]): readonly ParseError[] {
  const isSymbol = ({ error }: ParseError): boolean => jsonc().printParseErrorCode(error) === "InvalidSymbol";
  const first = errors.findIndex(isSymbol);
  return first < 0 ? errors : errors.filter((error, index) => index < first || isSymbol(error));
}

/** `CloseBraceExpected` to `close brace expected`. */
const words = (code: string): string => code.replace(/(?<=.)[A-Z]/gu, (letter) => ` ${letter}`).toLowerCase();

function nodeAt(root: Node, pointer: string): Node | undefined {
  let node: Node | undefined = root;
  for (const part of pointer.split("/").slice(1)) {
    if (node === undefined) return undefined;
    const key = part.replace(/~1/gu, "/").replace(/~0/gu, "~");
    node = jsonc().findNodeAtLocation(node, [node.type === "array" ? Number(key) : key]);
  }
  return node;
}

/** Plain values; objects have no prototype, so a key `__proto__` is only a key. */
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value as unknown;
  const object = Object.create(null) as Record<string, unknown>;
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) object[String(key.value)] = valueOf(value);
  }
  return object;
}

function reportDuplicateKeys(node: Node, file: string, report: Report): boolean {
  let fine = true;
  const seen = new Map<unknown, Node>();
  for (const child of node.children ?? []) {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) {
      fine = false;
      report.add({
        code: "config-duplicate-key",
        severity: "error",
        message: `the key "${String(key.value)}" stands here a second time`,
        at: { file, start: key.offset, end: key.offset + key.length },
      });
    }
    if (key !== undefined) seen.set(key.value, key);
    if (!reportDuplicateKeys(child, file, report)) fine = false;
  }
  return fine;
}

async function readTypeScript(file: string, shown: string, report: Report): Promise<ReadConfig | undefined> {
  try {
    const module = await importModule(file);
    const value = module["config"] ?? module["default"];
    if (value === undefined) {
      report.add({
        code: "config-without-export",
        severity: "error",
        message: `${shown} exports no configuration`,
        hint: "`export const config: Config = { families: { ... } }`",
      });
      return undefined;
    }
    const text = readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
    report.addText(shown, text);
    const locate: Locate = (pointer) => ({
      file: shown,
      ...(findKey(text, pointer) ?? { start: 0, end: 0 }),
    });
    return { value, checkable: withoutFunctions(value, 0), locate };
  } catch (error) {
    const { line, beside } = whereThrown(error, file);
    const text = line === undefined ? "" : readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
    if (line !== undefined) report.addText(shown, text);
    report.add({
      code: "config-unreadable",
      severity: "error",
      message: `${shown} cannot be run: ${messageOf(error)}${beside}`,
      ...(line !== undefined && { at: { file: shown, ...spanOfLine(text, line) } }),
    });
    return undefined;
  }
}

/** Where the key of a JSON pointer stands in a module, as far as its text shows that: each key after the one around it. */
function findKey(
  text: string,
  pointer: string,
): { readonly start: number; readonly end: number } | undefined {
  let found: { readonly start: number; readonly end: number } | undefined;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replace(/~1/gu, "/").replace(/~0/gu, "~");
    // Items of lists have no name.
    if (/^\d+$/u.test(key)) continue;
    const written = key.replace(/[^\w\s]/gu, String.raw`\$&`);
    const match = new RegExp(`(?<![\\w$])(["'\`]?)${written}\\1(?=\\s*:)`, "u").exec(
      text.slice(found?.end ?? 0),
    );
    if (match === null) return undefined;
    const start = (found?.end ?? 0) + match.index;
    found = { start, end: start + match[0].length };
  }
  return found;
}

/** The line of a module at which something was thrown, or else what names the file where that was. */
function whereThrown(error: unknown, file: string): { readonly line?: number; readonly beside: string } {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frames = [...stack.matchAll(/(?:\(|at |^ )((?:[A-Za-z]:|file:\/)?[/\\].*?):(\d+):\d+\)?$/gmu)]
    .map(([, path = "", line]) => ({ path: path.replace(/^file:\/\//u, ""), line: Number(line) }))
    .filter(({ path }) => !/[/\\]node_modules[/\\]|[/\\]xsd-strata[/\\]dist[/\\]/u.test(path));
  const [first] = frames;
  const own = frames.find(({ path }) => path === file);
  const beside =
    first === undefined || first === own ? "" : ` (${relative(dirname(file), first.path)}:${first.line})`;
  return { ...(own !== undefined && { line: own.line }), beside: own === undefined ? "" : beside };
}

function spanOfLine(text: string, line: number): { readonly start: number; readonly end: number } {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const written = lines[line - 1] ?? "";
  return { start: start + written.search(/\S|$/u), end: start + written.trimEnd().length };
}

function withoutFunctions(value: unknown, depth: number): unknown {
  if (typeof value === "function") return "function";
  if (typeof value !== "object" || value === null || depth > 20) return value;
  if (Array.isArray(value)) return value.map((item) => withoutFunctions(item, depth + 1));
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutFunctions(item, depth + 1)]));
}

/** Imports a user's module, TypeScript or JavaScript. */
async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import("jiti");
  // Our own index is what a configuration imports its types and emitters' contracts from.
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false, interopDefault: false });
  return new Promise((settle, fail) => {
    // The process would end here without a word.
    const giveUp = (): void => {
      fail(new Error("it waits for something that never comes: a top-level `await` does not end"));
    };
    process.once("beforeExit", giveUp);
    void jiti
      .import<Readonly<Record<string, unknown>>>(file)
      .then(settle, fail)
      .finally(() => process.off("beforeExit", giveUp));
  });
}

/** Loads the emitters that a family names; undefined when one cannot be loaded (see the report). */
export async function loadEmitters(
  family: Family,
  folder: string,
  report: Report,
): Promise<Emitter[] | undefined> {
  const emitters: Emitter[] = [];
  for (const named of family.emitters) {
    if (typeof named === "function") {
      emitters.push(named);
      continue;
    }
    const file = resolve(folder, named);
    try {
      const module = await importModule(file);
      const emit = module["emit"] ?? module["default"];
      if (typeof emit !== "function") throw new Error("it exports no function `emit`");
      emitters.push(emit as Emitter);
    } catch (error) {
      const { line, beside } = whereThrown(error, file);
      const where = line === undefined ? named : `${named}:${line}`;
      report.add({
        code: "emitter-unreadable",
        severity: "error",
        message: `the emitter ${where} of the family "${family.name}" cannot be loaded: ${messageOf(error)}${beside}`,
      });
    }
  }
  return emitters.length === family.emitters.length ? emitters : undefined;
}

/** The families of a configuration with mistakes that can be looked at all the same: what is not as it must be is left out. */
function plainFamilies(value: unknown): Config | undefined {
  const isObject = (each: unknown): each is Readonly<Record<string, unknown>> =>
    typeof each === "object" && each !== null && !Array.isArray(each);
  if (!isObject(value) || !isObject(value["families"])) return undefined;
  const families: Record<string, FamilyConfig> = {};
  for (const [name, family] of Object.entries(value["families"])) {
    if (!isObject(family)) continue;
    const { source, out, catalog } = family;
    if (!isPath(source) || !isPath(out)) continue;
    Object.defineProperty(families, name, {
      value: { source, out, ...(isPath(catalog) && { catalog }) },
      enumerable: true,
    });
  }
  return { families };
}

/** What the operating system can be asked for. */
const isPath = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 1000 && !value.includes("\0");

function checkFamilies(
  file: string,
  config: Config,
  locate: Locate,
  report: Report,
  sources: "required" | "optional",
): Project | undefined {
  const folder = dirname(file);
  const families = new Map<string, Family>();
  let fine = true;
  const complain = (pointer: string, code: string, message: string, hint?: string): void => {
    fine = false;
    const at = locate(pointer, "value");
    report.add({ code, severity: "error", message, ...(at && { at }), ...(hint !== undefined && { hint }) });
  };
  for (const [name, settings] of Object.entries(config.families)) {
    const pointer = `/families/${name.replace(/~/gu, "~0").replace(/\//gu, "~1")}`;
    const source = resolve(folder, settings.source);
    const out = resolve(folder, settings.out);
    const found = statSync(source, { throwIfNoEntry: false });
    if (found === undefined ? sources === "required" : !found.isDirectory()) {
      complain(
        `${pointer}/source`,
        "config-missing-source",
        `there is no folder "${settings.source}"`,
        found === undefined ? hintAtMissing(settings.source, folder) : "it is a file",
      );
    }
    if (contains(source, out) || contains(out, source)) {
      complain(
        `${pointer}/out`,
        "config-overlap",
        `the output folder "${settings.out}" and the source "${settings.source}" overlap`,
      );
    }
    for (const other of families.values()) {
      if (contains(out, other.out) || contains(other.out, out)) {
        complain(
          `${pointer}/out`,
          "config-overlap",
          `the families "${other.name}" and "${name}" have overlapping output folders`,
        );
      }
    }
    const catalog = settings.catalog === undefined ? undefined : resolve(folder, settings.catalog);
    if (catalog !== undefined && !existsSync(catalog)) {
      complain(`${pointer}/catalog`, "config-missing-file", `there is no file "${settings.catalog ?? ""}"`);
    }
    settings.scalars?.forEach((rule, index) => {
      if (rule.name === undefined) return;
      try {
        new RegExp(rule.name, "u");
      } catch (error) {
        complain(`${pointer}/scalars/${index}/name`, "config-regular-expression", messageOf(error));
      }
    });
    settings.emitters?.forEach((emitter, index) => {
      if (typeof emitter === "string" && !existsSync(resolve(folder, emitter))) {
        complain(`${pointer}/emitters/${index}`, "config-missing-file", `there is no file "${emitter}"`);
      }
    });
    families.set(name, {
      name,
      source,
      out,
      package: settings.package ?? name.toLowerCase(),
      ...(settings.version !== undefined && { version: settings.version }),
      ...(settings.license !== undefined && { license: settings.license }),
      ...(settings.service !== undefined && { service: settings.service }),
      entry: settings.entry ?? [],
      ...(catalog !== undefined && { catalog }),
      tolerate: settings.tolerate ?? [],
      only: settings.only ?? [],
      importExtension: settings.importExtension ?? ".js",
      codecs: settings.codecs ?? "tables",
      scalars: settings.scalars ?? [],
      emitters: settings.emitters ?? [],
    });
  }
  return fine ? { file, folder, families } : undefined;
}

/** What to do where the source of a family is not there. */
function hintAtMissing(source: string, folder: string): string {
  const slashed = source.replaceAll("\\", "/");
  return slashed !== source && existsSync(resolve(folder, slashed))
    ? `write "${slashed}", which every system understands`
    : importMakesIt;
}

/** What to do where the source of a family is not there, however that was found. */
export const importMakesIt =
  "`xsd-strata import <zip|folder> --as <release>` makes it with the first release in it";

const contains = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep);

function messageOf(error: unknown): string {
  return (error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)).trim();
}
