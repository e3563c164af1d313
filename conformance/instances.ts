/** The instance tests of the suite: valid documents must validate and survive a round trip, invalid ones must not validate. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createReport, type Report } from "../generator/diagnostics.js";
import { XSI_NAMESPACE } from "../generator/model/builtins.js";
import type { Model, TypeDefinition } from "../generator/model/types.js";
import { decodeSource } from "../generator/schema/encoding.js";
import { joinPath } from "../generator/schema/path.js";
import type { XmlAttribute, XmlElement } from "../generator/schema/types.js";
import { readInstance } from "../generator/schema/instance.js";
import { validateDocument } from "../generator/validate/document.js";
import { roundTripDifference } from "./round-trip.js";
import { crashOf, readSuiteSchema, showErrors, type SchemaOptions, type SuiteSchema } from "./schemas.js";
import type { SuiteTest } from "./suite.js";

/** Whether a test came out as expected; if not, why. */
export interface Outcome {
  readonly test: SuiteTest;
  readonly failure?: string;
}

/** Validates the document of a test, and takes it through decoding and encoding when it is to be valid. */
export function runInstanceTest(
  root: string,
  test: SuiteTest,
  schema: SuiteSchema,
  options: SchemaOptions,
): Outcome {
  try {
    const failure = failureOf(root, test, schema, options);
    return failure === undefined ? { test } : { test, failure };
  } catch (error) {
    return { test, failure: `crash: ${crashOf(error)}` };
  }
}

function failureOf(
  root: string,
  test: SuiteTest,
  given: SuiteSchema,
  options: SchemaOptions,
): string | undefined {
  const report = createReport();
  const path = test.instance ?? "";
  const text = decodeSource(path, readFileSync(join(root, path)), report);
  const tree = text === undefined ? undefined : readInstance(path, text, report);
  const assessment = new Map<XmlElement | XmlAttribute, { type: TypeDefinition; text?: string }>();
  let model: Model | undefined;
  if (tree !== undefined) {
    const schema = schemaFor(root, test, tree, given, options, report);
    ({ model } = schema);
    if (model === undefined) return `crash: ${schema.crash ?? ""}`;
    // As the command does: with a schema that has errors nothing is valid.
    for (const error of schema.errors) report.add(error);
    validateDocument(model, tree, report, {
      version: options.version,
      unresolved: schema.unresolved ?? [],
      assess: (node, type, used) => assessment.set(node, { type, ...(used !== undefined && { text: used }) }),
    });
  }
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  if (test.validity === "invalid") return errors.length === 0 ? "accepted" : undefined;
  if (errors.length > 0) return showErrors(errors);
  if (tree === undefined || text === undefined || model === undefined) return "unreadable";
  return roundTripDifference(text, tree, { model, assessment, version: options.version });
}

const extended = new Map<string, SuiteSchema>();

/** The schema of the test, and what the document itself points at besides (clause 4.3.2). */
function schemaFor(
  root: string,
  test: SuiteTest,
  tree: XmlElement,
  given: SuiteSchema,
  options: SchemaOptions,
  report: Report,
): SuiteSchema {
  const { schemas: hinted, late } = hintsOf(root, test.instance ?? "", tree);
  // XSD 1.1 lets a processor decide.
  if (late !== undefined && options.version === "1.0") {
    report.add({
      code: "late-schema-location",
      severity: "error",
      message: "the hint comes after what it is about",
      at: late.at,
      clause: "4.3.2",
    });
  }
  const more = hinted.filter((path) => !test.schemas.includes(path));
  if (more.length === 0) return given;
  const schemas = [...test.schemas, ...more];
  const key = JSON.stringify([schemas, options.version]);
  let known = extended.get(key);
  if (known === undefined) {
    known = readSuiteSchema(root, { id: test.id, schemas }, options);
    // Documents of one group come together: the last few schemas are enough.
    if (extended.size > 20) extended.clear();
    extended.set(key, known);
  }
  return known;
}

/** Where the document says its schemas are, and a hint that comes too late. */
function hintsOf(
  root: string,
  instance: string,
  tree: XmlElement,
): { readonly schemas: readonly string[]; readonly late?: XmlAttribute } {
  const schemas = new Set<string>();
  const seen = new Set<string>();
  let late: XmlAttribute | undefined;
  const visit = (element: XmlElement): void => {
    for (const attribute of element.attributes) {
      for (const [namespace, location] of pairsOf(attribute)) {
        const path = joinPath(instance, location);
        if (path === undefined || schemas.has(path) || !existsSync(join(root, path))) continue;
        // A new schema may not come after an element or attribute of the namespace that it is about (clause 4.3.2).
        if (seen.has(namespace)) late ??= attribute;
        schemas.add(path);
      }
    }
    seen.add(element.name.namespace);
    for (const { name } of element.attributes) if (name.namespace !== "") seen.add(name.namespace);
    for (const child of element.children) if ("name" in child) visit(child);
  };
  visit(tree);
  return { schemas: [...schemas], ...(late && { late }) };
}

/** Namespaces and places of schemas in a hint. */
function pairsOf({ name, value }: XmlAttribute): (readonly [namespace: string, location: string])[] {
  if (name.namespace !== XSI_NAMESPACE) return [];
  const words = value.trim().split(/\s+/u);
  if (name.local === "noNamespaceSchemaLocation") return words.map((location) => ["", location]);
  if (name.local !== "schemaLocation") return [];
  return words.flatMap((location, index) =>
    index % 2 === 1 ? [[words[index - 1] ?? "", location] as const] : [],
  );
}
