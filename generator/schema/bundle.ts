/** From a folder, a zip or a file to a {@link Bundle}. */
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { createReport, type Report, type Span } from "../diagnostics.js";
import { isFolder, namesIn, shortPath } from "../folder.js";
import { suggestionHint } from "../suggestion.js";
import { isZip, mayBeMarkup } from "./archive.js";
import { emptyCatalog, loadCatalogs, type Catalog } from "./catalog.js";
import { builtinNamespaces, recallSchema, requestOf, suggestSameName } from "./documents.js";
import { decodeSource } from "./encoding.js";
import type { XsdVersion } from "./grammar.js";
import { createFetcher, mayLeadTo, type Fetch } from "./network.js";
import { isOutside, isUrl, joinPath, normalizePath } from "./path.js";
import { folderStore, memoryStore, reportUnreadable, zipStore, type Store } from "./store.js";
import { sniffTargetNamespace } from "./target-namespace.js";
import type { Bundle, SourceFile } from "./types.js";
import { mayBeWsdl, pathOfText, readWsdl } from "./wsdl.js";
import { readZip, refusalOf } from "./zip.js";

export { readDocuments, type ReadDocumentsOptions } from "./documents.js";

/** What to load. */
export interface BundleSource {
  /** Folder, zip or file. */
  readonly path: string;
  /** Instead of the file system: files by their path relative to `path`, which is then a label only. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** The release id; without it a label is made from the path. */
  readonly release?: string;
  /**
   * Files from which reading starts: relative to the bundle, or paths of the file system that lie in it. Without them, a folder or
   * zip starts from every .xsd file.
   */
  readonly entries?: readonly string[];
  /** OASIS XML catalogs, or JSON objects of URLs and files. */
  readonly catalogs?: readonly string[];
  /** Lets URLs that no catalog maps be fetched. */
  readonly allowNetwork?: boolean;
  /** Instead of the global `fetch`. */
  readonly fetch?: Fetch;
  readonly version?: XsdVersion;
}

/** What an include or import asks for. */
type Request = Parameters<Bundle["resolveLocation"]>[0];

/**
 * Loads the roots of a bundle and all that they reach. Nothing outside the folder, the zip or, for a single file, the folder it
 * lies in is read, except what a catalog names; nothing is fetched without `allowNetwork`. What is wrong goes to the report;
 * undefined when nothing can be read.
 */
export async function loadBundle(source: BundleSource, report: Report): Promise<Bundle | undefined> {
  const location = resolve(source.path);
  const opened =
    source.files === undefined
      ? await openStore(shortPath(source.path), location, report)
      : { store: memoryStore(source.files), root: location };
  if (opened === undefined) return undefined;
  const { store, root, single } = opened;
  const catalog =
    source.catalogs === undefined || source.catalogs.length === 0
      ? emptyCatalog
      : await loadCatalogs(source.catalogs, report);
  const entries = source.entries ?? [];
  const singleFile = single === undefined || entries.length > 0 ? undefined : [single];
  const listed = singleFile ?? (await store.list());
  const roots =
    entries.length > 0
      ? selectRoots(entries, listed, root, store.shared ?? "", report)
      : rootsAmong(listed, report);
  if (listed.length === 0 && !report.hasErrors) {
    report.add({
      code: "no-schema-files",
      severity: "error",
      message: `there are no .xsd or .wsdl files in ${shortPath(source.path)}`,
      ...hintAtOthers(opened.names ?? (source.files === undefined ? namesIn(location) : []), source.path),
    });
  }
  if (roots.length === 0) return undefined;

  const files = new Map<string, SourceFile>();
  const tried = new Set<string>();
  /** URLs that were asked for and did not come. */
  const unfetched = new Set<string>();
  const pending: string[] = [];
  const fetchUrl = source.allowNetwork === true ? createFetcher(report, source.fetch) : undefined;
  /** Folders outside the root whose files a catalog has brought in, so that these may include each other. */
  const outsideStores = new Map<string, Store>();
  const namespaces = new Map<string, readonly string[]>();
  /** The schemas of WSDL documents, by the paths of these. */
  const embedded = new Map<string, readonly string[]>();

  /** Where redirections led to: what a document refers to is relative to its last URL (RFC 3986, clause 5.1.3). */
  const moved = new Map<string, string>();

  const readBytes = async (
    path: string,
    at: Span | undefined,
  ): Promise<{ bytes: Uint8Array; charset?: string; url?: string } | undefined> => {
    if (isUrl(path)) return fetchUrl?.(path, at);
    if (!isOutside(path)) {
      const bytes = await store.read(path);
      return bytes === undefined ? undefined : { bytes };
    }
    const absolute = resolve(root, path);
    for (const [folder, outside] of outsideStores) {
      if (!absolute.startsWith(folder + sep)) continue;
      const bytes = await outside.read(absolute.slice(folder.length + 1).replaceAll(sep, "/"));
      if (bytes !== undefined) return { bytes };
    }
    return undefined;
  };
  /** What a document goes by: its last URL, so that it is one whichever way leads to it. A query may be there for once only. */
  const nameOf = (path: string): string => {
    const url = moved.get(path);
    return url === undefined || url.includes("?") ? path : url;
  };
  /** Whether there is a file, read now or before; `at` asks for it. */
  const ensure = async (path: string, at?: Span): Promise<boolean> => {
    if (tried.has(path)) return files.has(nameOf(path)) || embedded.has(nameOf(path));
    tried.add(path);
    const found = await readBytes(path, at);
    if (found === undefined) {
      if (fetchUrl !== undefined && isUrl(path)) unfetched.add(path);
      return false;
    }
    const { bytes, charset, url } = found;
    if (url !== undefined && url !== path) {
      moved.set(path, url);
      const own = nameOf(path);
      // It may have come by another way before.
      if (own !== path && tried.has(own)) return files.has(own) || embedded.has(own);
      path = own;
      tried.add(path);
    }
    const text = decodeSource(path, bytes, report, charset);
    if (text === undefined) return false;
    const file = sourceFile(path, text, bytes);
    if (mayBeWsdl(text)) return openWsdl(file);
    files.set(path, file);
    pending.push(path);
    return true;
  };
  /** Reads the schemas of a WSDL document, and of those that it imports. */
  const openWsdl = async (file: SourceFile): Promise<boolean> => {
    const wsdl = readWsdl(file, report);
    if (wsdl === undefined) return false;
    for (const schema of wsdl.schemas) {
      files.set(schema.path, schema);
      pending.push(schema.path);
      const namespace = recallSchema(schema, source).document?.targetNamespace;
      if (namespace) namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), schema.path]);
    }
    const paths = wsdl.schemas.map(({ path }) => path);
    embedded.set(file.path, paths);
    for (const { location, at } of wsdl.imports) {
      const path = placesOf({ location }, file.path)[0];
      if (path !== undefined && (await ensure(path, at))) paths.push(...rootsIn(nameOf(path)));
      else if (!unfetched.has(path ?? "")) {
        report.add({
          code: "wsdl-import-without-file",
          severity: "warning",
          message: `the WSDL document imports "${location}", for which there is no file`,
          at,
          hint: "put it there, or map the location to a file with --catalog",
        });
      }
    }
    return true;
  };
  /** The schemas that a root stands for. */
  const rootsIn = (path: string): readonly string[] => embedded.get(path) ?? [path];
  const catalogPath = (target: string | undefined): string | undefined => {
    if (target === undefined || isUrl(target)) return target;
    const path = relative(root, target).replaceAll(sep, "/");
    if (isOutside(path) && !outsideStores.has(dirname(target))) {
      outsideStores.set(dirname(target), folderStore(dirname(target), report));
    }
    return path;
  };
  /** Where a document leads; what came over the network does not lead into this machine or a private network. */
  const lead = (from: string, to: string | undefined): string | undefined =>
    to === undefined || !isUrl(from) || !isUrl(to) || mayLeadTo(from, to) ? to : undefined;
  /** Where a request says that it leads, best first. */
  const placesOf = ({ location: written, namespace }: Request, from: string): string[] => {
    const base = moved.get(from) ?? from;
    const joined = written === undefined ? undefined : lead(base, joinPath(base, written));
    const mapped =
      written === undefined ? undefined : (mapLocation(catalog, joined) ?? mapLocation(catalog, written));
    const known =
      namespace === undefined
        ? undefined
        : (catalog.resolveUri(namespace) ?? catalog.resolvePublic(namespace));
    const builtin = namespace !== undefined && builtinNamespaces.has(namespace);
    return [
      catalogPath(mapped),
      joined !== undefined && isUrl(joined) && builtin ? undefined : joined,
      catalogPath(known),
    ].flatMap((path) => (path === undefined ? [] : [nameOf(path)]));
  };
  /** Where a request may lead, best first. */
  const candidates = (request: Request, from: string): string[] => {
    const { namespace, location } = request;
    const own =
      namespace === undefined
        ? namesakes.get(location ?? "")
        : builtinNamespaces.has(namespace)
          ? undefined
          : ownFile(namespace, location);
    return [...placesOf(request, from), ...(own === undefined ? [] : [own])];
  };
  /** The file of the bundle that has a namespace; of several, the one that is named as the location says. */
  const ownFile = (namespace: string, written: string | undefined): string | undefined => {
    const paths = namespaces.get(namespace) ?? [];
    const name = written?.slice(written.lastIndexOf("/") + 1);
    const same = paths.filter((path) => path.slice(path.lastIndexOf("/") + 1) === name);
    return same.length === 1 ? same[0] : paths.length === 1 ? paths[0] : undefined;
  };

  const namespaceOf = (file: SourceFile): string | undefined =>
    sniffTargetNamespace(file.text) ?? recallSchema(file, source).document?.targetNamespace;
  /** What is read in place of URLs that lead nowhere: files of the bundle that have their names. */
  const namesakes = new Map<string, string>();
  /** Finds the file for a URL beside the one that names it or, if there is but one of that name, elsewhere. */
  const findNamesake = async (url: string, from: SourceFile): Promise<void> => {
    const name = url.slice(url.lastIndexOf("/") + 1);
    const others = listed.filter((path) => `/${path}`.endsWith(`/${name}`));
    for (const path of [joinPath(from.path, name), ...(others.length === 1 ? others : [])]) {
      if (name === "" || path === undefined || isUrl(path) || isOutside(path)) continue;
      const file = files.get(path) ?? (await readQuietly(store, path));
      const theirs = file && namespaceOf(file);
      if (file === undefined || (theirs && theirs !== namespaceOf(from))) continue;
      namesakes.set(url, path);
      return;
    }
  };

  /** Which files have which target namespace, for imports whose location leads nowhere. */
  let indexed = false;
  const indexNamespaces = async (): Promise<void> => {
    if (indexed) return;
    indexed = true;
    // Beside a single file may lie a whole disk: only its folder is looked at.
    for (const path of listed === singleFile ? await schemasIn(root) : listed) {
      const file = files.get(path) ?? (await readQuietly(store, path));
      if (file === undefined) continue;
      const namespace = namespaceOf(file);
      if (namespace) namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), path]);
    }
  };
  const load = async (request: Request, from: string, at: Span): Promise<string | undefined> => {
    for (const candidate of candidates(request, from)) {
      if (await ensure(candidate, at)) return nameOf(candidate);
    }
    return undefined;
  };

  for (const path of roots) await ensure(path);
  if (files.size === 0 && !report.hasErrors)
    report.add({
      code: "no-schema-files",
      severity: "error",
      message:
        embedded.size > 0
          ? `${[...embedded.keys()].join(", ")}: a WSDL document without a schema in wsdl:types has nothing to read`
          : `no schema in ${shortPath(source.path)} can be read`,
    });
  const told = new Set<string>();
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    const file = files.get(path);
    if (file === undefined) continue;
    // What is fetched in vain is told at its directive.
    report.addText(pathOfText(file), file.text);
    for (const directive of recallSchema(file, source).document?.directives ?? []) {
      const request = requestOf(directive);
      const { namespace, location } = request;
      let found = await load(request, path, directive.at);
      if (found === undefined && namespace !== undefined && !indexed && !builtinNamespaces.has(namespace)) {
        await indexNamespaces();
        found = await load(request, path, directive.at);
      }
      if (found === undefined && namespace === undefined && location !== undefined && isUrl(location)) {
        await findNamesake(location, file);
        found = await load(request, path, directive.at);
      }
      if (found === undefined || location === undefined || placesOf(request, path).includes(found)) continue;
      const site = location.slice(0, location.lastIndexOf("/"));
      if (namespace === undefined && told.has(site)) continue;
      told.add(site);
      const reason = namespace === undefined ? "has that name" : `has the namespace "${namespace}"`;
      report.add({
        code: "schema-by-namespace",
        severity: "info",
        message: `"${location}" is not there; ${found}, which ${reason}, is read instead${namespace === undefined ? " (told once)" : ""}`,
        at: directive.at,
      });
    }
  }
  return {
    release: source.release ?? basename(location).replace(/\.(?:xsd|wsdl|zip)$/iu, ""),
    location,
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    roots: [...new Set(roots.flatMap(rootsIn))].filter((path) => files.has(path)),
    resolveLocation: (request, from) => candidates(request, from).find((path) => files.has(path)),
    unfetched,
    sought: {
      absent: [...tried].filter((path) => !files.has(path) && !isUrl(path)).sort(),
      catalogs: catalog.files,
    },
  };
}

/** What a folder or zip is read from: its schemas, or those in WSDL documents where it has no others. */
function rootsAmong(listed: readonly string[], report: Report): readonly string[] {
  const documents = listed.filter((path) => /\.wsdl$/iu.test(path));
  if (documents.length === listed.length) return listed;
  for (const path of documents) {
    report.add({
      code: "wsdl-not-read",
      severity: "info",
      message: `${path} is not read: there are schemas beside it`,
      hint: `give --entry ${path} to begin with those that stand in it`,
    });
  }
  return listed.filter((path) => !documents.includes(path));
}

/** A file that was read. */
export function sourceFile(path: string, text: string, bytes: Uint8Array): SourceFile {
  return { path, text, digest: createHash("sha256").update(bytes).digest("hex") };
}

/** The names of the schema files of a folder itself, in code-unit order. */
async function schemasIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => /\.xsd$/iu.test(name)).sort();
}

/** A file that is only looked at; what is wrong with it is said when it is used. */
async function readQuietly(store: Store, path: string): Promise<SourceFile | undefined> {
  const bytes = await store.read(path);
  const text = bytes === undefined ? undefined : decodeSource(path, bytes, createReport());
  return bytes === undefined || text === undefined ? undefined : sourceFile(path, text, bytes);
}

/** The target of a location: by the entries for URIs, then by those for system identifiers. */
function mapLocation(catalog: Catalog, location: string | undefined): string | undefined {
  return location === undefined
    ? undefined
    : (catalog.resolveUri(location) ?? catalog.resolveSystem(location));
}

interface Opened {
  readonly store: Store;
  /** Where the store lies in the file system. */
  readonly root: string;
  /** The file that was given instead of a folder or zip. */
  readonly single?: string;
  /** All files of a zip. */
  readonly names?: readonly string[];
}

async function openStore(shown: string, location: string, report: Report): Promise<Opened | undefined> {
  const found = await stat(location).catch(() => undefined);
  if (found === undefined) {
    const siblings = await readdir(dirname(location)).catch((): string[] => []);
    const isLink = siblings.includes(basename(location));
    const hint = isLink ? undefined : suggestionHint(basename(location), siblings);
    report.add({
      code: "missing-bundle",
      severity: "error",
      message: isLink ? `${shown} is a link that leads nowhere` : `there is no file or folder ${shown}`,
      ...(hint === undefined ? {} : { hint }),
    });
    return undefined;
  }
  if (found.isDirectory()) return { store: folderStore(location, report), root: location };
  if (!found.isFile()) {
    report.add({
      code: "missing-bundle",
      severity: "error",
      message: `${shown} is neither a folder nor a file`,
      hint: "what comes through a pipe has to be saved as a file first",
    });
    return undefined;
  }
  const root = dirname(location);
  let zipped: boolean;
  try {
    zipped = await isZip(location);
  } catch (error) {
    reportUnreadable(shown, error, report);
    return undefined;
  }
  if (zipped) {
    const files = await readZip(location, report, shown);
    return files === undefined ? undefined : { store: zipStore(files), root, names: [...files.keys()] };
  }
  const single = basename(location);
  if (/\.zip$/iu.test(single) && !(await mayBeMarkup(location)))
    return refusalOf(shown, report)(
      "unreadable-archive",
      "is called a zip, but does not begin as one",
      "it may be another kind of archive, or one that unpacks itself: unpack it, and give the folder with its files",
    );
  return { store: folderStore(root, report, single), root, single };
}

function selectRoots(
  entries: readonly string[],
  listed: readonly string[],
  root: string,
  shared: string,
  report: Report,
): string[] {
  return [...new Set(entries)].flatMap((entry) => {
    const written = normalizePath(entry.replaceAll("\\", "/"));
    const inFileSystem = relative(root, resolve(entry)).replaceAll(sep, "/");
    const inside = written.startsWith(shared) ? written.slice(shared.length) : written;
    const path = [written, inside, inFileSystem].find((candidate) => listed.includes(candidate));
    if (path !== undefined) return [path];
    const known = `it holds ${listed.slice(0, 5).join(", ")}${listed.length > 5 ? " and more" : ""}`;
    report.add({
      code: "unknown-entry",
      severity: "error",
      message: `the entry "${entry}" is no schema file of the bundle`,
      hint: suggestionHint(written, listed) ?? suggestSameName(written, listed) ?? known,
    });
    return [];
  });
}

const isLinkedFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && isFolder(path);

/** What to do where a folder holds no schema, but something that schemas are had from. */
function hintAtOthers(names: readonly string[], folder: string): { readonly hint?: string } {
  const inZip = !isFolder(resolve(folder));
  const zip = names.find((name) => /\.zip$/iu.test(name));
  if (zip !== undefined) {
    return {
      hint: inZip
        ? `it holds a zip: unpack it and name ${basename(zip)} itself`
        : `it holds a zip: name ${shortPath(join(folder, zip))} itself`,
    };
  }
  const link = inZip ? undefined : names.find((name) => isLinkedFolder(join(folder, name)));
  if (link !== undefined)
    return { hint: `${link} is a link to a folder, and not followed: name that folder` };
  const other = names.find((name) => /\.(?:dtd|rng|rnc)$/iu.test(name));
  return other === undefined ? {} : { hint: `\`trang\` converts ${other} to XSD` };
}
