/** Documents of the suite, validated in the pass that reads them, beside the validator of documents. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createReport } from "../generator/diagnostics.js";
import { liveDescriptors, type LiveDescriptors } from "../generator/emit/live.js";
import { anyTypeId, XSI_NAMESPACE } from "../generator/model/builtins.js";
import { elementsOf } from "../generator/model/query.js";
import { idOf, type Model } from "../generator/model/types.js";
import { decodeSource } from "../generator/schema/encoding.js";
import { readInstance } from "../generator/schema/instance.js";
import type { XmlElement } from "../generator/schema/types.js";
import { validateDocument } from "../generator/validate/document.js";
import { decode, fullValidation, ValidationError } from "../templates/runtime/index.js";
import { emitInputOf } from "./emission.js";
import { readSuiteSchema, type SchemaOptions, type SuiteSchema } from "./schemas.js";
import type { SuiteTest } from "./suite.js";

/** How the two judged a document. */
export interface Verdicts {
  readonly id: string;
  readonly byModel: boolean;
  readonly inOnePass: boolean;
  /** What descriptors do not know of the schema, where the document uses it. */
  readonly unknown: "xsi:type" | "xs:anyType" | "unresolved" | undefined;
}

/** Judges the documents of tests whose schema is valid and declares their root. */
export function judgeInOnePass(
  root: string,
  tests: readonly SuiteTest[],
  options: SchemaOptions,
): readonly Verdicts[] {
  let last: { readonly key: string; readonly schema: SuiteSchema; live?: LiveDescriptors } | undefined;
  return tests.flatMap((test): readonly Verdicts[] => {
    const key = test.schemas.join(" ");
    if (last?.key !== key) last = { key, schema: readSuiteSchema(root, test, options) };
    const { model, errors, unresolved = [] } = last.schema;
    if (model === undefined || errors.length > 0) return [];
    const report = createReport();
    const path = test.instance ?? "";
    const text = decodeSource(path, readFileSync(join(root, path)), report);
    // The runtime refuses a DOCTYPE.
    if (text === undefined || text.includes("<!DOCTYPE")) return [];
    const tree = readInstance(path, text, report);
    if (tree === undefined || model.elements[idOf(tree.name)] === undefined) return [];
    validateDocument(model, tree, report, { version: options.version, unresolved });
    last.live ??= liveDescriptors(emitInputOf(model, ""));
    const unknown = namesType(tree)
      ? "xsi:type"
      : unresolved.length > 0
        ? "unresolved"
        : hasAnyType(model)
          ? "xs:anyType"
          : undefined;
    const inOnePass = isValid(last.live, idOf(tree.name), text);
    return [{ id: test.id, byModel: !report.hasErrors, inOnePass, unknown }];
  });
}

function isValid(live: LiveDescriptors, id: string, text: string): boolean {
  try {
    decode(live.element(id), text, { validate: fullValidation });
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}

function namesType(element: XmlElement): boolean {
  return (
    element.attributes.some(({ name }) => name.namespace === XSI_NAMESPACE && name.local === "type") ||
    element.children.some((child) => "name" in child && namesType(child))
  );
}

function hasAnyType({ elements, types }: Model): boolean {
  const isAny = ({ type }: { readonly type: string }): boolean => type === anyTypeId;
  return (
    Object.values(elements).some(isAny) ||
    Object.values(types).some(
      (type) =>
        type.kind === "complex" &&
        type.content.kind === "elements" &&
        elementsOf(type.content.particle).some(isAny),
    )
  );
}
