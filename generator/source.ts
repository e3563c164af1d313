/** Where schemas lie: the releases of a family, and what a user means by `<release|path>`. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { importMakesIt, type Family, type Project } from "./config.js";
import type { Report } from "./diagnostics.js";
import { filesBelow, isFolder, namesIn, shortPath } from "./folder.js";
import { noteDigest, recallDigest, type SeenFiles } from "./output/seen.js";
import { refusalReason } from "./refusal.js";
import { isEarly, isNumbered, isSameVersion, selectReleases, sortReleases } from "./release/order.js";
import { isRevision, readRevision } from "./revision.js";
import { isUrl } from "./schema/path.js";
import { isSchemaName } from "./schema/store.js";
import { suggestionHint } from "./suggestion.js";
import { quoteArgument } from "./terminal.js";
import type { Tolerable } from "./tolerable.js";

/** One release of a schema, not read yet. */
export interface SchemaSource {
  /** The release id, or a label made from the path. */
  readonly release: string;
  /** Folder, zip or file; absolute. */
  readonly location: string;
  /** The files themselves, when they are not in the file system; `location` is then how the user named them. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  readonly entry: readonly string[];
  /** Absolute. */
  readonly catalog?: string;
  /** Convention; absent: detected. */
  readonly service?: string;
  /** Schemas may be fetched by URL. */
  readonly allowNetwork?: boolean;
  /** Errors that are warnings; absent: none. */
  readonly tolerate?: readonly Tolerable[];
  /** The family it belongs to; absent for a path. */
  readonly family?: Family;
}

/** What a user says about how to read a schema; overrides what the family says. */
export interface SourceOptions {
  readonly entry?: readonly string[];
  readonly catalog?: string | undefined;
  readonly service?: string | undefined;
  readonly allowNetwork?: boolean;
  /** Beside what the family tolerates. */
  readonly tolerate?: readonly Tolerable[] | undefined;
}

/** All releases of a family, oldest first: folders of its source that hold XSD files. */
export function releasesOf(family: Family, report: Report, options: SourceOptions = {}): SchemaSource[] {
  let failed = false;
  const unreadable = (error: unknown): undefined => {
    failed = true;
    const { path = family.source, code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && path === family.source) {
      report.add({
        code: "config-missing-source",
        severity: "error",
        message: `there is no folder ${shortPath(path)}, where the releases of the family "${family.name}" are`,
        hint: importMakesIt,
      });
      return;
    }
    report.add({
      code: "unreadable-file",
      severity: "error",
      message: `${shortPath(path)} cannot be read: ${refusalReason(error)}`,
    });
  };
  const entries = attempt(() => readdirSync(family.source, { withFileTypes: true }), unreadable)?.filter(
    ({ name }) => !name.startsWith("."),
  );
  if (entries === undefined) return [];
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => attempt(() => holdsSchemas(join(family.source, name)), unreadable) === true);
  for (const entry of entries) {
    if (!entry.isSymbolicLink() || !leadsOut(join(family.source, entry.name), family.source)) continue;
    report.add({
      code: "release-is-link",
      severity: "warning",
      message: `${shortPath(join(family.source, entry.name))} is a link, and is not read as a release`,
      hint: "put the folder itself there",
    });
  }
  if (folders.length > 0) {
    for (const entry of entries) {
      if (entry.isFile()) remarkZip(entry.name, family, folders, report);
      else if (entry.isDirectory() && !folders.includes(entry.name) && !failed)
        remarkWithoutSchemas(entry.name, family, report);
    }
    remarkWords(family, folders, report);
  }
  if (folders.length === 0 && !failed) {
    report.add({
      code: "family-without-releases",
      severity: "error",
      message: `the source of the family "${family.name}" holds no folder with XSD files: ${shortPath(family.source)}`,
      hint: hintAtReleases(entries),
    });
  }
  return sortReleases(folders).map((release) => familySource(family, release, options));
}

/** A zip beside the releases is not one of them, which whoever has put it there may not know. */
function remarkZip(name: string, family: Family, folders: readonly string[], report: Report): void {
  const release = /^(.+)\.zip$/iu.exec(name)?.[1];
  if (release === undefined || folders.some((folder) => isSameVersion(folder, release))) return;
  const path = shortPath(join(family.source, name));
  report.add({
    code: "release-is-zip",
    severity: "warning",
    message: `${path} is a zip, and is not read as a release`,
    hint: `\`xsd-strata import ${quoteArgument(path)} --as ${versionIn(release) ?? "<release>"}\` makes a release of it`,
  });
}

/** A folder that is called like a release and holds no schema was meant to: a zip was put there as it came, say. */
function remarkWithoutSchemas(name: string, family: Family, report: Report): void {
  if (!isNumbered(name)) return;
  const folder = join(family.source, name);
  const zip = namesIn(folder).find((each) => /\.zip$/iu.test(each));
  report.add({
    code: "release-without-schemas",
    severity: "warning",
    message: `${shortPath(folder)} holds no .xsd or .wsdl file, and is not read as a release`,
    hint:
      zip === undefined
        ? "put the XSD files of the release there, or move the folder away"
        : `unpack ${zip} there, or \`xsd-strata import ${quoteArgument(shortPath(join(folder, zip)))} --as ${name}\``,
  });
}

/** Names that begin with a word come before all numbers: seldom meant where the other releases are numbered. */
function remarkWords(family: Family, folders: readonly string[], report: Report): void {
  const words = folders.filter((name) => !isNumbered(name));
  if (words.length === folders.length) return;
  for (const name of words) {
    if (isEarly(name)) continue;
    const version = versionIn(name);
    report.add({
      code: "release-is-word",
      severity: "warning",
      message: `${shortPath(join(family.source, name))} is read as an older release than all numbered ones: its name begins with a word`,
      hint: version === undefined ? "move it away if it is no release" : `call it ${version}`,
    });
  }
}

/** The version that a name tells. */
const versionIn = (name: string): string | undefined => /\d+(?:[._]\d+)*/u.exec(name)?.[0];

/** What to do where a folder holds no releases: what lies there tells what was meant. */
function hintAtReleases(entries: readonly FolderEntry[]): string {
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const zip = files.find((name) => /\.zip$/iu.test(name));
  if (zip !== undefined) return `\`xsd-strata import ${zip} --as <release>\` makes a release of a zip`;
  return files.some((name) => isSchemaName(name))
    ? "it holds schemas itself: one folder per release is meant, and `source` names the folder around these"
    : "one folder per release; `xsd-strata import <zip|folder> --as <release>` makes one";
}

/** Does something with files; what the system has against it is `failed`, anything else a mistake of ours. */
function attempt<T>(action: () => T, failed: (error: unknown) => undefined): T | undefined {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return failed(error);
  }
}

/** Whether a link leads to a folder outside: one to a release beside it is only another name. */
function leadsOut(link: string, folder: string): boolean {
  return isFolder(link) && !realpathSync(link).startsWith(realpathSync(folder) + sep);
}

function familySource(family: Family, release: string, options: SourceOptions): SchemaSource {
  const catalog = options.catalog ?? family.catalog;
  const service = options.service ?? family.service;
  return {
    release,
    location: join(family.source, release),
    entry: options.entry !== undefined && options.entry.length > 0 ? options.entry : family.entry,
    ...(catalog !== undefined && { catalog }),
    ...(service !== undefined && { service }),
    ...(options.allowNetwork === true && { allowNetwork: true }),
    ...tolerating([...family.tolerate, ...(options.tolerate ?? [])]),
    family,
  };
}

/** A schema that a user names by its path: folder, zip or file. */
export function pathSource(path: string, options: SourceOptions = {}): SchemaSource {
  return {
    release: basename(resolve(path)).replace(/\.(?:zip|xsd|wsdl|xml)$/iu, ""),
    location: resolve(path),
    entry: options.entry ?? [],
    ...(options.catalog !== undefined && { catalog: options.catalog }),
    ...(options.service !== undefined && { service: options.service }),
    ...(options.allowNetwork === true && { allowNetwork: true }),
    ...tolerating(options.tolerate ?? []),
  };
}

/** Calls sources of one name by the folders in which they part, too: `1.0/order` and `1.1/order`. */
export function tellApart(sources: readonly SchemaSource[]): readonly SchemaSource[] {
  const foldersOf = ({ location }: SchemaSource): readonly string[] => dirname(location).split(sep).reverse();
  return sources.map((source) => {
    const others = sources.filter(
      ({ release, location }) => release === source.release && location !== source.location,
    );
    if (others.length === 0 || source.family !== undefined || source.files !== undefined) return source;
    const folders = foldersOf(source);
    const parting = folders.findIndex((folder, up) => others.every((one) => foldersOf(one)[up] !== folder));
    const path = folders.slice(0, parting + 1).reverse();
    return { ...source, release: [...path, source.release].join("/") };
  });
}

/** What is tolerated, in one order whoever said it: keys of caches are made of it. */
export const tolerating = (codes: readonly Tolerable[]): Pick<SchemaSource, "tolerate"> =>
  codes.length > 0 ? { tolerate: [...new Set(codes)].sort() } : {};

/**
 * What a user means by `<release|path>`: a path that exists, a release of the project (`latest`, `1.6`,
 * `family/latest` where there are several families) or a revision (`git:HEAD~1:xsd/1.6`); undefined, and reported,
 * when it is none of these.
 */
export function resolveSource(
  word: string,
  cwd: string,
  project: Project | undefined,
  options: SourceOptions,
  report: Report,
): SchemaSource | undefined {
  if (isRevision(word)) return revisionSource(word, cwd, options, report);
  const path = resolve(cwd, word);
  // A word without a separator that names a release is that release, even when a folder has the same name.
  const families = [...(project?.families.values() ?? [])];
  const slash = word.indexOf("/");
  const named = slash > 0 ? project?.families.get(word.slice(0, slash)) : undefined;
  if (named !== undefined && !existsSync(path)) return single(named, word.slice(slash + 1), options, report);
  const isPath = /[/\\]|^\.\.?$|\.(?:xsd|wsdl|xml|zip)$/iu.test(word);
  if (!isPath && families.length > 0) {
    const found = families.flatMap((family) => {
      const quiet: Report = silent(report);
      const known = releasesOf(family, quiet, options);
      const ids = selectReleases(
        [word],
        known.map(({ release }) => release),
        quiet,
      );
      const last = known.find(({ release }) => release === ids.at(-1));
      return last === undefined ? [] : [last];
    });
    if (found.length === 1) return found[0];
    if (found.length > 1) {
      report.add({
        code: "release-ambiguous",
        severity: "error",
        message: `several families have a release "${word}": ${found.map(({ family }) => family?.name).join(", ")}`,
        hint: `say which: ${found.map(({ family }) => `${family?.name ?? ""}/${word}`).join(" or ")}`,
      });
      return undefined;
    }
  }
  if (existsSync(path)) return pathSource(path, options);
  const [only] = families;
  if (!isPath && families.length === 1 && only !== undefined) return single(only, word, options, report);
  const known = families.flatMap((family) =>
    releasesOf(family, silent(report)).map(({ release }) => release),
  );
  if (isPath || project === undefined) {
    const hint =
      (isUrl(word) ? "nothing is fetched by a name on the command line: download it first" : undefined) ??
      suggestionHint(basename(path), namesIn(dirname(path))) ??
      (project === undefined
        ? "there is no strata.config.json here or above, so only paths are known"
        : `known releases: ${known.join(", ")}`);
    const message = isPath
      ? `there is no file or folder ${word}`
      : `"${word}" is neither a path nor a release`;
    report.add({ code: "schema-not-found", severity: "error", message, hint });
    return undefined;
  }
  report.add({
    code: "unknown-release",
    severity: "error",
    message: `"${word}" is neither a path nor a release`,
    hint: suggestionHint(word, known) ?? `known releases: ${known.join(", ")}`,
  });
  return undefined;
}

/** The schema files of a revision; what is no schema is known by the text around it, such as release notes. */
function revisionSource(
  word: string,
  cwd: string,
  options: SourceOptions,
  report: Report,
): SchemaSource | undefined {
  const revision = readRevision(word, cwd, report);
  if (revision === undefined) return undefined;
  const { label, files, file } = revision;
  const entry = options.entry !== undefined && options.entry.length > 0 ? options.entry : [];
  return {
    ...pathSource(word, options),
    release: label,
    location: word,
    files,
    entry: file === undefined || entry.length > 0 ? entry : [file],
  };
}

function single(
  family: Family,
  word: string,
  options: SourceOptions,
  report: Report,
): SchemaSource | undefined {
  const known = releasesOf(family, report, options);
  const ids = selectReleases(
    [word],
    known.map(({ release }) => release),
    report,
  );
  return known.find(({ release }) => release === ids.at(-1));
}

/** Swallows what a look-up that has alternatives would complain about. */
const silent = (report: Report): Report => ({ ...report, add: () => undefined, hasErrors: false });

/** What is in a folder; of Node's `Dirent`, so that whoever imports our types needs none of Node's. */
interface FolderEntry {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

/** Whether a folder, or one at most so deep in it, holds XSD files. `entriesOf` lists a folder. */
export function holdsSchemas(
  folder: string,
  depth = Infinity,
  entriesOf: (folder: string) => readonly FolderEntry[] = (path) =>
    readdirSync(path, { withFileTypes: true }),
): boolean {
  return entriesOf(folder).some((entry) =>
    entry.isDirectory()
      ? depth > 0 && holdsSchemas(join(folder, entry.name), depth - 1, entriesOf)
      : (entry.isFile() || entry.isSymbolicLink()) && isSchemaName(entry.name),
  );
}

/**
 * A digest of the files of a folder, some left out: names and bytes, not dates. Files that were `seen` are not read again. Undefined
 * when something there cannot be read, which reading tells.
 */
export function digestFolder(
  folder: string,
  leaveOut: (path: string) => boolean,
  seen?: SeenFiles,
): string | undefined {
  return digestListed(folder, { recursive: true }, (name) => !leaveOut(name), seen);
}

/** The same of the files (not folders) that lie directly in a folder: what is said about the whole family. */
export function digestFilesIn(folder: string, seen?: SeenFiles): string | undefined {
  return digestListed(folder, { recursive: false }, (name) => !name.endsWith(".md"), seen);
}

function digestFile(path: string, seen: SeenFiles | undefined): string {
  const stats = statSync(path);
  const known = recallDigest(seen, path, stats);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  noteDigest(seen, path, stats, digest);
  return digest;
}

function digestListed(
  folder: string,
  { recursive }: { readonly recursive: boolean },
  isWanted: (name: string) => boolean,
  seen: SeenFiles | undefined,
): string | undefined {
  return attempt(
    () => {
      const hash = createHash("sha256");
      const paths = filesBelow(folder, recursive).filter((path) => isWanted(basename(path)));
      for (const path of paths) {
        hash.update(`${relative(folder, path).split(sep).join("/")}\0${digestFile(path, seen)}\0`);
      }
      return hash.digest("hex");
    },
    () => undefined,
  );
}

/** The folder of a release in the output: `v` and its id, with only characters that paths and URLs agree on. */
export function releaseFolder(release: string): string {
  return `v${release
    .replace(/^v(?=\d)/iu, "")
    .replace(/[^A-Za-z0-9._-]+/gu, "-")
    .replace(/\.+$/u, "")}`;
}
