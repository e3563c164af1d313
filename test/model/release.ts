/** Makes a model from schema texts, for tests. */
import { createHash } from "node:crypto";
import { createReport, type Diagnostic } from "../../generator/diagnostics.js";
import { resolveModel } from "../../generator/model/resolve.js";
import type { ResolveOptions } from "../../generator/model/resolution.js";
import type { Model } from "../../generator/model/types.js";
import { readDocuments } from "../../generator/schema/bundle.js";
import { joinPath } from "../../generator/schema/path.js";
import type { Bundle } from "../../generator/schema/types.js";

export interface Resolved {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
  /** `code (clause)` of each error. */
  readonly errors: readonly string[];
}

/** Resolves files given as path and text; every file is a root unless `roots` says otherwise. */
export function resolveFiles(
  files: Readonly<Record<string, string>>,
  options: ResolveOptions & { readonly roots?: readonly string[] } = {},
): Resolved {
  const report = createReport();
  const paths = Object.keys(files);
  const bundle: Bundle = {
    release: "test",
    location: "test",
    files: paths.map((path) => {
      const text = files[path] ?? "";
      return { path, text, digest: createHash("sha256").update(text).digest("hex") };
    }),
    roots: options.roots ?? paths,
    resolveLocation({ location }, from) {
      const path = location === undefined ? undefined : joinPath(from, location);
      return path !== undefined && paths.includes(path) ? path : undefined;
    },
  };
  const version = options.xsdVersion ?? "1.1";
  const documents = readDocuments(bundle, report, { version });
  const model = resolveModel("test", documents, bundle, report, options);
  const errors = report.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, clause }) => `${code} (${clause ?? ""})`);
  return { model, diagnostics: report.diagnostics, errors };
}

/** The namespace of {@link schema}. */
export const ns = "urn:t";

/** A schema document around declarations: namespace `urn:t` as prefix `t`, local elements qualified. */
export function schema(body: string, attributes = ""): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${ns}" targetNamespace="${ns}" elementFormDefault="qualified" ${attributes}>${body}</xs:schema>`;
}

/** Resolves one document around declarations. */
export function resolveBody(body: string, options: ResolveOptions = {}, attributes = ""): Resolved {
  return resolveFiles({ "t.xsd": schema(body, attributes) }, options);
}

/** `{urn:t}local`. */
export function t(local: string): string {
  return `{${ns}}${local}`;
}

/** Id of a built-in type. */
export function xs(local: string): string {
  return `{http://www.w3.org/2001/XMLSchema}${local}`;
}

/** A named complex type. */
export function complexType(name: string, content: string, attributes = ""): string {
  return `<xs:complexType name="${name}" ${attributes}>${content}</xs:complexType>`;
}

/** The content of a complex type that extends `t:base`. */
export function extension(base: string, content = ""): string {
  return `<xs:complexContent><xs:extension base="t:${base}">${content}</xs:extension></xs:complexContent>`;
}

/** A sequence of particles. */
export function sequence(content: string): string {
  return `<xs:sequence>${content}</xs:sequence>`;
}
