/** All schema documents that the roots of a bundle reach, each file read once. */
import { basename, dirname, join, relative, resolve } from "node:path";
import { createReport, type Diagnostic, type Report } from "../diagnostics.js";
import { maxCompared, suggestionHint } from "../suggestion.js";
import { weigh, type Tolerable } from "../tolerable.js";
import { isOutside, isUrl, joinPath, withoutCredentials } from "./path.js";
import { readSchema, type ReadOptions } from "./read.js";
import { pathOfText } from "./wsdl.js";
import type { Bundle, Directive, SchemaDocument, SourceFile } from "./types.js";

export interface ReadDocumentsOptions extends ReadOptions {
  /**
   * What an include or import without a file is: an error, or, as XML Schema Part 1 (clauses 4.2.1 and 4.2.3) lets it be, only
   * worth a warning. An import of a URL always is worth a warning: what it leaves out is missed where it is referred to.
   */
  readonly unresolved?: "error" | "lazy";
  /** Errors that are warnings for this schema. Default: none. */
  readonly tolerate?: readonly Tolerable[];
}

interface Reading {
  readonly document: SchemaDocument | undefined;
  readonly findings: readonly Diagnostic[];
}

/** Readings of this process: most files of a release are those of the release before. Spans hold the path, so it is in the key. */
const readings = new Map<string, Reading>();
const maxReadings = 5000;

/** Reads a file, or remembers what an equal file at the same path held. Nothing is reported. */
export function recallSchema(file: SourceFile, options: ReadOptions = {}): Reading {
  const key = `${options.version ?? "either"} ${file.digest} ${file.path}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const report = createReport();
  const document = readSchema(file, report, options);
  const reading = { document, findings: report.diagnostics };
  if (readings.size >= maxReadings) readings.clear();
  readings.set(key, reading);
  return reading;
}

/** What {@link decodeSource} reports. */
const encodingCodes: ReadonlySet<string> = new Set(["malformed-encoding", "unknown-encoding"]);

/** Namespaces that are known without a file. */
export const builtinNamespaces: ReadonlySet<string> = new Set([
  "http://www.w3.org/XML/1998/namespace",
  "http://www.w3.org/2001/XMLSchema",
  "http://www.w3.org/2001/XMLSchema-instance",
]);

/**
 * Reads the roots of a bundle and, over include, import, redefine and override, all that they reach.
 * Documents come in the order of discovery, depth first. What is wrong goes to the report.
 */
export function readDocuments(
  bundle: Bundle,
  report: Report,
  options: ReadDocumentsOptions = {},
): SchemaDocument[] {
  const files = new Map(bundle.files.map((file) => [file.path, file]));
  const documents = new Map<string, SchemaDocument | undefined>();
  const found: SchemaDocument[] = [];
  const pending: string[] = [...bundle.roots].reverse();
  const tolerated = new Set(options.tolerate);
  const undecoded = new Set(
    report.diagnostics.filter(({ code }) => encodingCodes.has(code)).map(({ at }) => at?.file),
  );
  /** Paths that were compared for hints so far. */
  let compared = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (documents.has(path)) continue;
    const file = files.get(path);
    if (file === undefined) continue;
    report.addText(pathOfText(file), file.text);
    const { document, findings } = recallSchema(file, options);
    for (const finding of findings) report.add(weigh(finding, tolerated));
    documents.set(path, document);
    if (document === undefined) continue;
    found.push(document);
    const targets = document.directives.flatMap((directive) => target(directive, document) ?? []);
    for (const path of targets.reverse()) pending.push(path);
  }
  for (const document of found) {
    for (const directive of document.directives) checkDirective(directive, document);
  }
  if (options.unresolved !== "lazy") reportUnread();
  return found;

  /** Imports without a location whose namespace no file has: harmless until something refers to it, and then the cause. */
  function reportUnread(): void {
    const known = new Set(found.map(({ targetNamespace }) => targetNamespace));
    for (const { directives } of found) {
      for (const directive of directives) {
        if (directive.kind !== "import" || directive.location !== undefined) continue;
        const { namespace } = directive;
        if (namespace === undefined || known.has(namespace) || builtinNamespaces.has(namespace)) continue;
        report.add({
          code: "import-without-schema",
          severity: "warning",
          message: `xs:import names no file, and no schema of the namespace ${say(namespace)} was read`,
          at: directive.at,
          hint: "add a schemaLocation, put the file into the bundle, or map the namespace to a file with --catalog",
          clause: "src-import",
        });
      }
    }
  }

  function target(directive: Directive, document: SchemaDocument): string | undefined {
    const path = bundle.resolveLocation(requestOf(directive), document.file);
    if (path !== undefined && files.has(path)) return path;
    const namespace = directive.kind === "import" ? directive.namespace : undefined;
    if (namespace !== undefined && builtinNamespaces.has(namespace)) return undefined;
    // An import without a location only says that names of the namespace are used: they may be known from elsewhere.
    if (directive.location === undefined) return undefined;
    const joined = joinPath(document.file, directive.location);
    // A file that is there but is no text has been reported as it was loaded, and so has a URL that was fetched in vain.
    if (joined !== undefined && (undecoded.has(joined) || bundle.unfetched?.has(joined))) return undefined;
    report.add({ ...missing(directive.location, directive, document), at: directive.at });
    return undefined;
  }

  function missing(location: string, directive: Directive, document: SchemaDocument): Omit<Diagnostic, "at"> {
    const what = `xs:${directive.kind}`;
    const lazy =
      options.unresolved === "lazy" &&
      (directive.kind === "include" || directive.kind === "import" || directive.components.length === 0);
    const clause = directive.kind === "import" ? "src-import" : `src-${directive.kind}`;
    const path = joinPath(document.file, location);
    const remote = isUrl(path ?? location);
    const severity = lazy || (remote && directive.kind === "import") ? "warning" : "error";
    if (remote) {
      return {
        code: "schema-url-not-mapped",
        severity,
        message: `${what} names the URL "${withoutCredentials(location)}", for which there is no file`,
        hint: `map the URL${directive.kind === "import" ? " or the namespace" : ""} to a file with --catalog; nothing is fetched without --allow-network`,
        clause,
      };
    }
    if (path === undefined || isOutside(path)) {
      return {
        code: "schema-outside-bundle",
        severity,
        message: `${what} names "${location}", which lies outside the bundle`,
        hint: folderAbove(bundle, path),
        clause,
      };
    }
    const others = [...files.keys()].filter((each) => each !== document.file);
    const hint =
      (compared += files.size) > maxCompared
        ? undefined
        : (suggestionHint(path, others) ?? suggestSameName(path, others));
    return {
      code: "missing-schema-file",
      severity,
      message: `${what} names "${location}", but there is no file ${path}`,
      clause,
      ...(hint === undefined ? {} : { hint }),
    };
  }

  /** What the directive promises about the namespace of the other document. */
  function checkDirective(directive: Directive, document: SchemaDocument): void {
    const path = bundle.resolveLocation(requestOf(directive), document.file);
    if (path === undefined) return;
    const other = documents.get(path);
    // What is wrong with the file itself has been said there.
    if (other === undefined) return;
    const theirs = other.targetNamespace;
    if (directive.kind === "import") {
      if (theirs === directive.namespace) return;
      report.add({
        code: "import-namespace-mismatch",
        severity: "error",
        message:
          `xs:import expects ${say(directive.namespace)} in ${path}, ` +
          `whose target namespace is ${say(theirs)}`,
        at: directive.at,
        related: [{ message: "the imported schema", at: other.at }],
        clause: "src-import.3",
      });
      return;
    }
    if (theirs === undefined || theirs === document.targetNamespace) return;
    report.add({
      code: "include-namespace-mismatch",
      severity: "error",
      message:
        `xs:${directive.kind} takes in ${path}, whose target namespace is ${say(theirs)}, ` +
        `into a schema whose target namespace is ${say(document.targetNamespace)}`,
      at: directive.at,
      related: [{ message: "the other schema", at: other.at }],
      clause: directive.kind === "include" ? "src-include.2" : `src-${directive.kind}.3`,
      hint: "use xs:import for another namespace",
    });
  }
}

function say(namespace: string | undefined): string {
  return namespace === undefined ? "no namespace" : `"${namespace}"`;
}

/** The location and namespace that a directive gives. */
export function requestOf(directive: Directive): Parameters<Bundle["resolveLocation"]>[0] {
  const namespace = directive.kind === "import" ? directive.namespace : undefined;
  return {
    ...(directive.location === undefined ? {} : { location: directive.location }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** A hint at a file of the same name in another folder, or in other letters. */
export function suggestSameName(path: string, candidates: Iterable<string>): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  for (const candidate of candidates) {
    if (candidate.toLowerCase().endsWith(`/${name}`) || candidate.toLowerCase() === name) {
      return `did you mean "${candidate}"?`;
    }
  }
  return undefined;
}

/** Which folder to give so that a path outside of the bundle lies inside. */
function folderAbove({ location, roots, files }: Bundle, outside: string | undefined): string {
  const isRoot = new Set(roots);
  const named = new Set(files.filter(({ path }) => isRoot.has(path)).map(pathOfText));
  const isFile = named.has(basename(location));
  const inside = isFile ? dirname(location) : location;
  const above = resolve(inside, /^(?:\.\.\/)*/u.exec(outside ?? "")?.[0] ?? "");
  if (above === inside || basename(above) === "" || /\.zip$/iu.test(location))
    return "give the folder that holds all files, with --entry for the file to begin with";
  const [root = "", ...others] = isFile ? [basename(location)] : named;
  const entry = relative(above, join(inside, root)).replaceAll("\\", "/");
  return `give the folder "${basename(above)}" above it${others.length > 0 ? "" : `, with --entry ${entry}`}, or map the location to a file with --catalog`;
}
