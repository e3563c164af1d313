/** Models and trees from texts, for tests of the validator. */
import { createReport, type Diagnostic } from "../../generator/diagnostics.js";
import type { ResolveOptions } from "../../generator/model/resolution.js";
import { resolveModel } from "../../generator/model/resolve.js";
import type { Model } from "../../generator/model/types.js";
import { readDocuments } from "../../generator/schema/bundle.js";
import type { Bundle } from "../../generator/schema/types.js";
import { readInstance } from "../../generator/schema/instance.js";
import { validateDocument } from "../../generator/validate/document.js";
import type { ValidateOptions } from "../../generator/validate/run.js";

/** The model of files, all of them roots unless said otherwise; throws what is wrong with them. */
export function modelOf(
  files: Readonly<Record<string, string>>,
  options: ResolveOptions = {},
  roots: readonly string[] = Object.keys(files),
): Model {
  const report = createReport();
  const bundle: Bundle = {
    release: "test",
    location: "test",
    files: Object.entries(files).map(([path, text]) => ({
      path,
      text,
      digest: path + String(text.length) + text,
    })),
    roots,
    resolveLocation: ({ location }) => (location !== undefined && location in files ? location : undefined),
  };
  const model = resolveModel("test", readDocuments(bundle, report), bundle, report, options);
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return model;
}

/** What is wrong with a document: `code path-and-message`. */
export function issuesOf(model: Model, xml: string, options?: ValidateOptions): readonly Diagnostic[] {
  const report = createReport();
  report.addText("document.xml", xml);
  const root = readInstance("document.xml", xml, report);
  if (root !== undefined) validateDocument(model, root, report, options);
  return report.diagnostics;
}

/** A schema without a namespace around declarations. */
export function schema(declarations: string): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${declarations}</xs:schema>`;
}
