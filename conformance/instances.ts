/** The instance tests of the suite: valid documents must validate, invalid ones must not. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createReport, type Diagnostic } from "../generator/diagnostics.js";
import { resolveModel } from "../generator/model/resolve.js";
import type { Model } from "../generator/model/types.js";
import { readDocuments } from "../generator/schema/bundle.js";
import { decodeSource } from "../generator/schema/encoding.js";
import { joinPath } from "../generator/schema/path.js";
import { parseXml } from "../generator/schema/xml.js";
import type { XmlElement } from "../generator/schema/types.js";
import { validateDocument } from "../generator/validate/document.js";
import { suiteBundle } from "./bundles.js";
import { unresolvedOf, type SchemaOptions } from "./schemas.js";
import type { SuiteTest } from "./suite.js";

/** What became of one instance test. */
export interface InstanceOutcome {
  readonly test: SuiteTest;
  /** No error was found. */
  readonly accepted: boolean;
  readonly errors: readonly Diagnostic[];
  readonly crash?: string;
  readonly milliseconds: number;
}

const models = new Map<string, { readonly model: Model; readonly errors: readonly Diagnostic[] }>();

/** Reads the schema of a test (kept while its group lasts) and validates its document. */
export function runInstanceTest(root: string, test: SuiteTest, options: SchemaOptions): InstanceOutcome {
  const start = performance.now();
  const report = createReport();
  let crash: string | undefined;
  try {
    const tree = readInstance(root, test.instance ?? "", report);
    if (tree !== undefined) {
      // What the test names, and what the document points at besides.
      const hinted = hintedSchemas(root, test.instance ?? "", tree);
      const schemas = [...new Set([...test.schemas, ...hinted])];
      const { model } = modelOf(root, { ...test, schemas }, options);
      validateDocument(model, tree, report, { version: options.version });
    }
  } catch (error) {
    crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  return {
    test,
    accepted: errors.length === 0 && crash === undefined,
    errors,
    ...(crash !== undefined && { crash }),
    milliseconds: performance.now() - start,
  };
}

function readInstance(
  root: string,
  path: string,
  report: ReturnType<typeof createReport>,
): XmlElement | undefined {
  const bytes = readFileSync(join(root, path));
  const text = decodeSource(path, bytes, report);
  return text === undefined ? undefined : parseXml(path, text, report);
}

/** Where the document says its schemas are (xsi:schemaLocation). */
function hintedSchemas(root: string, instance: string, tree: XmlElement): readonly string[] {
  const found: string[] = [];
  const visit = (element: XmlElement): void => {
    for (const { name, value } of element.attributes) {
      if (name.namespace !== "http://www.w3.org/2001/XMLSchema-instance") continue;
      const words = value.trim().split(/\s+/u);
      const locations =
        name.local === "noNamespaceSchemaLocation"
          ? words
          : name.local === "schemaLocation"
            ? words.filter((_, index) => index % 2 === 1)
            : [];
      for (const location of locations) {
        const path = joinPath(instance, location);
        if (path !== undefined && existsSync(join(root, path)) && !found.includes(path)) found.push(path);
      }
    }
    for (const child of element.children) if ("name" in child) visit(child);
  };
  visit(tree);
  return found;
}

function modelOf(
  root: string,
  test: SuiteTest,
  options: SchemaOptions,
): { readonly model: Model; readonly errors: readonly Diagnostic[] } {
  const key = JSON.stringify([test.schemas, options.version]);
  let known = models.get(key);
  if (known === undefined) {
    const report = createReport();
    const bundle = suiteBundle(root, test.schemas, options.version, report);
    const documents = readDocuments(bundle, report, { version: options.version, unresolved: "lazy" });
    const model = resolveModel("suite", documents, bundle, report, {
      unresolved: unresolvedOf(test, options),
      xsdVersion: options.version,
    });
    known = { model, errors: report.diagnostics.filter(({ severity }) => severity === "error") };
    models.clear();
    models.set(key, known);
  }
  return known;
}
