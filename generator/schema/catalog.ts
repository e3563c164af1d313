/**
 * Which file stands for a URL or a namespace: OASIS XML Catalogs 1.1, and a plain JSON object `{ "URL or namespace": "file" }`.
 *
 * A catalog is the user's own: its targets may lie anywhere on the machine.
 */
import { readFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createReport, type Report, type Span } from "../diagnostics.js";
import { shortPath } from "../folder.js";
import { refusalReason } from "../refusal.js";
import { suggestionHint } from "../suggestion.js";
import { decodeSource } from "./encoding.js";
import { normalizePublicId, normalizeUri } from "./uri.js";
import type { XmlElement } from "./types.js";
import { parseXml } from "./xml.js";

const CATALOG_NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog";
const maxCatalogs = 100;

/** All catalogs that were given, as one. */
export interface Catalog {
  /** The target for a URI; absent: no catalog knows it. A file is an absolute path, anything else a URL. */
  readonly resolveUri: (uri: string) => string | undefined;
  /** The target for a system identifier: of the entries `system`, `rewriteSystem`, `systemSuffix`. */
  readonly resolveSystem: (systemId: string) => string | undefined;
  readonly resolvePublic: (publicId: string) => string | undefined;
  /** All catalog files that were asked for, absolute. */
  readonly files: readonly string[];
}

type Kind = "system" | "uri" | "public";

/** One catalog file: its entries in document order, group borders dissolved. */
interface CatalogFile {
  readonly exact: Readonly<Record<Kind, ReadonlyMap<string, string>>>;
  readonly rewrites: Readonly<Record<Kind, readonly (readonly [start: string, target: string])[]>>;
  readonly suffixes: Readonly<Record<Kind, readonly (readonly [suffix: string, target: string])[]>>;
  /** `delegateURI` and its kin: for what begins so, only these catalogs are asked. */
  readonly delegates: Readonly<Record<Kind, readonly (readonly [start: string, catalog: string])[]>>;
  readonly next: readonly string[];
}

/** A catalog that knows nothing. */
export const emptyCatalog: Catalog = {
  resolveUri: () => undefined,
  resolveSystem: () => undefined,
  resolvePublic: () => undefined,
  files: [],
};

/** Reads catalogs and all that they lead to, each once. What is wrong goes to the report. */
export async function loadCatalogs(paths: readonly string[], report: Report): Promise<Catalog> {
  const files = new Map<string, CatalogFile>();
  const first = paths.map((path) => resolve(path));
  const shown = new Map(first.map((path, index) => [path, paths[index] ?? path]));
  const pending: { readonly path: string; readonly from?: Span }[] = first.map((path) => ({ path }));
  for (let job = pending.shift(); job !== undefined; job = pending.shift()) {
    const { path, from } = job;
    if (files.has(path)) continue;
    if (files.size >= maxCatalogs) {
      report.add({
        code: "too-many-catalogs",
        severity: "error",
        message: `more than ${String(maxCatalogs)} catalogs are reached`,
        ...(from === undefined ? {} : { at: from }),
      });
      break;
    }
    const name = shown.get(path) ?? relative(process.cwd(), path);
    const file = await readCatalog(path, name, from, report);
    files.set(path, file?.catalog ?? emptyFile);
    for (const reached of file?.reached ?? []) pending.push(reached);
  }

  const lookUp = (path: string, kind: Kind, name: string, seen: Set<string>): string | undefined => {
    if (seen.has(path)) return undefined;
    seen.add(path);
    const file = files.get(path);
    if (file === undefined) return undefined;
    const exact = file.exact[kind].get(name);
    if (exact !== undefined) return exact;
    const rewrite = longest(file.rewrites[kind], (start) => name.startsWith(start));
    if (rewrite !== undefined) return `${rewrite[1]}${name.slice(rewrite[0].length)}`;
    const suffix = longest(file.suffixes[kind], (end) => name.endsWith(end));
    if (suffix !== undefined) return suffix[1];
    const delegates = file.delegates[kind]
      .filter(([start]) => name.startsWith(start))
      .sort(([a], [b]) => b.length - a.length);
    for (const [, catalog] of delegates.length > 0
      ? delegates
      : file.next.map((next) => ["", next] as const)) {
      const found = lookUp(catalog, kind, name, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const ask = (kind: Kind, name: string): string | undefined => {
    const seen = new Set<string>();
    for (const path of first) {
      const found = lookUp(path, kind, name, seen);
      if (found !== undefined) return found.startsWith("file:") ? toPath(found) : found;
    }
    return undefined;
  };
  return {
    resolveUri: (uri) => ask("uri", normalizeUri(uri)),
    resolveSystem: (systemId) => ask("system", normalizeUri(systemId)),
    resolvePublic: (publicId) => ask("public", normalizePublicId(publicId)),
    files: [...files.keys()],
  };
}

function longest(
  entries: readonly (readonly [string, string])[],
  matches: (key: string) => boolean,
): readonly [string, string] | undefined {
  let best: readonly [string, string] | undefined;
  for (const entry of entries)
    if (matches(entry[0]) && entry[0].length > (best?.[0].length ?? -1)) best = entry;
  return best;
}

function toPath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

const emptyFile: CatalogFile = build().file;

/** A catalog file under construction. */
function build() {
  const perKind = <T>(make: () => T): Record<Kind, T> => ({ system: make(), uri: make(), public: make() });
  const exact = perKind(() => new Map<string, string>());
  const rewrites = perKind((): [string, string][] => []);
  const suffixes = perKind((): [string, string][] => []);
  const delegates = perKind((): [string, string][] => []);
  const next: string[] = [];
  const file: CatalogFile = { exact, rewrites, suffixes, delegates, next };
  return { file, exact, rewrites, suffixes, delegates, next };
}

interface Reached {
  readonly path: string;
  readonly from: Span;
}

async function readCatalog(
  path: string,
  shown: string,
  from: Span | undefined,
  report: Report,
): Promise<{ readonly catalog: CatalogFile; readonly reached: readonly Reached[] } | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    report.add({
      code: "missing-catalog",
      severity: "error",
      message: `the catalog ${shortPath(shown)} cannot be read: ${refusalReason(error)}`,
      ...(from === undefined ? {} : { at: from }),
    });
    return undefined;
  }
  const text = decodeSource(shown, bytes, report);
  if (text === undefined) return undefined;
  if (/^\s*\{/u.test(text)) {
    const catalog = readMap(text, path, shown, report);
    return catalog === undefined ? undefined : { catalog, reached: [] };
  }
  // The DTD of catalogs is never read, and nobody misses it.
  const findings = createReport();
  const root = parseXml(shown, text, findings);
  report.addText(shown, text);
  for (const finding of findings.diagnostics)
    if (finding.code !== "external-dtd-not-read") report.add(finding);
  if (root === undefined) return undefined;
  if (root.name.local !== "catalog" || root.name.namespace !== CATALOG_NAMESPACE) {
    report.add({
      code: "not-a-catalog",
      severity: "error",
      message: `the root element of ${shown} is not a catalog`,
      at: root.at,
      hint: `a catalog is <catalog xmlns="${CATALOG_NAMESPACE}">, or a JSON object of URLs and files`,
    });
    return undefined;
  }
  return readEntries(root, pathToFileURL(path).href, report);
}

/** `{ "URL or namespace": "file" }`; a key and a file that both end in `/` map all that begins so. */
function readMap(text: string, path: string, shown: string, report: Report): CatalogFile | undefined {
  const wrong = (message: string): undefined => {
    report.addText(shown, text);
    report.add({
      code: "not-a-catalog",
      severity: "error",
      message: `${shown} ${message}`,
      at: { file: shown, start: 0, end: 0 },
      hint: 'write { "http://example.com/ns": "file.xsd" }',
    });
  };
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch (error) {
    return wrong(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof map !== "object" || map === null) return wrong("is no JSON object");
  const base = pathToFileURL(path).href;
  const { file, exact, rewrites } = build();
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== "string")
      return wrong(`maps ${JSON.stringify(key)} to something that is not a text`);
    if (!isAbsolute(value) && !URL.canParse(value, base))
      return wrong(`maps ${JSON.stringify(key)} to ${JSON.stringify(value)}, which is no file or URL`);
    const target = isAbsolute(value) ? pathToFileURL(value).href : new URL(value, base).href;
    if (key.endsWith("/") && value.endsWith("/")) {
      rewrites.uri.push([normalizeUri(key), target]);
      rewrites.system.push([normalizeUri(key), target]);
    } else exact.uri.set(normalizeUri(key), target);
  }
  return file;
}

/** Element name: what it does, for which kind of name, and its two attributes. */
const entryTypes = new Map<
  string,
  readonly ["exact" | "rewrites" | "suffixes" | "delegates", Kind, string, string]
>([
  ["public", ["exact", "public", "publicId", "uri"]],
  ["system", ["exact", "system", "systemId", "uri"]],
  ["rewriteSystem", ["rewrites", "system", "systemIdStartString", "rewritePrefix"]],
  ["systemSuffix", ["suffixes", "system", "systemIdSuffix", "uri"]],
  ["delegatePublic", ["delegates", "public", "publicIdStartString", "catalog"]],
  ["delegateSystem", ["delegates", "system", "systemIdStartString", "catalog"]],
  ["uri", ["exact", "uri", "name", "uri"]],
  ["rewriteURI", ["rewrites", "uri", "uriStartString", "rewritePrefix"]],
  ["uriSuffix", ["suffixes", "uri", "uriSuffix", "uri"]],
  ["delegateURI", ["delegates", "uri", "uriStartString", "catalog"]],
]);

function readEntries(
  root: XmlElement,
  base: string,
  report: Report,
): { readonly catalog: CatalogFile; readonly reached: readonly Reached[] } {
  const built = build();
  const reached: Reached[] = [];
  const attribute = (element: XmlElement, name: string, namespace = ""): string | undefined =>
    element.attributes.find((item) => item.name.local === name && item.name.namespace === namespace)?.value;
  const need = (element: XmlElement, name: string): string | undefined => {
    const value = attribute(element, name);
    if (value === undefined) {
      report.add({
        code: "invalid-catalog",
        severity: "error",
        message: `<${element.name.local}> of a catalog needs the attribute "${name}"`,
        at: element.at,
      });
    }
    return value;
  };
  const absolute = (element: XmlElement, uri: string, against: string): string | undefined => {
    try {
      return new URL(uri, against).href;
    } catch {
      report.add({
        code: "invalid-catalog",
        severity: "error",
        message: `"${uri}" is no URI that can be resolved`,
        at: element.at,
      });
      return undefined;
    }
  };
  const reach = (element: XmlElement, url: string): string | undefined => {
    const path = url.startsWith("file:") ? toPath(url) : undefined;
    if (path === undefined) {
      report.add({
        code: "invalid-catalog",
        severity: "error",
        message: `the catalog "${url}" is no file`,
        at: element.at,
        hint: "catalogs are never fetched",
      });
      return undefined;
    }
    reached.push({ path, from: element.at });
    return path;
  };
  const visit = (element: XmlElement, outer: string): void => {
    const own = attribute(element, "base", "http://www.w3.org/XML/1998/namespace");
    const against = own === undefined ? outer : (absolute(element, own, outer) ?? outer);
    if (element.name.local === "catalog" || element.name.local === "group") {
      for (const child of element.children) {
        if ("name" in child && child.name.namespace === CATALOG_NAMESPACE) visit(child, against);
      }
      return;
    }
    if (element.name.local === "nextCatalog") {
      const written = need(element, "catalog");
      const url = written === undefined ? undefined : absolute(element, written, against);
      const path = url === undefined ? undefined : reach(element, url);
      if (path !== undefined) built.next.push(path);
      return;
    }
    const type = entryTypes.get(element.name.local);
    if (type === undefined) {
      const names = [...entryTypes.keys(), "group", "nextCatalog"];
      report.add({
        code: "invalid-catalog",
        severity: "error",
        message: `a catalog has no element <${element.name.local}>`,
        at: element.at,
        hint: suggestionHint(element.name.local, names) ?? `there are ${names.join(", ")}`,
      });
      return;
    }
    const [list, kind, keyName, targetName] = type;
    const key = need(element, keyName);
    const written = need(element, targetName);
    if (key === undefined || written === undefined) return;
    const normal = kind === "public" ? normalizePublicId(key) : normalizeUri(key);
    const target = absolute(element, written, against);
    if (target === undefined) return;
    if (list === "exact") {
      // The first entry wins (clause 7).
      if (!built.exact[kind].has(normal)) built.exact[kind].set(normal, target);
    } else if (list === "delegates") {
      const path = reach(element, target);
      if (path !== undefined) built.delegates[kind].push([normal, path]);
    } else built[list][kind].push([normal, target]);
  };
  visit(root, base);
  return { catalog: built.file, reached };
}
