/** What a release has beside its modules: an index and a README. */
import type { Report } from "../diagnostics.js";
import { ownElements, substitutesOf } from "../model/query.js";
import { fillTemplate } from "../output/template.js";
import { escapeDoc } from "./docs.js";
import { modulesOf } from "./modules.js";
import { keptOperations, planOf, type Plan } from "./plan.js";
import { printString } from "./print.js";
import { hasClient } from "./service.js";
import type { EmitInput, OutputFile } from "./types.js";

const beside = (plan: Plan, module: string): string =>
  printString(`./${module}${plan.input.options.importExtension}`);

/** Emits `index.ts`. */
export function emitIndex(input: EmitInput, report: Report): readonly OutputFile[] {
  const { options, names, model } = input;
  const plan = planOf(input, report);
  const data = {
    release: printString(model.release),
    modules: modulesOf(plan)
      .map(({ namespace }) => ({ module: names.module(namespace.uri), uri: namespace.uri }))
      .sort((a, b) => (a.module < b.module ? -1 : 1))
      .map(({ module, uri }) => ({
        name: module,
        from: beside(plan, module),
        doc: escapeDoc(uri === "" ? "No namespace." : uri),
      })),
    codecs: options.codecs === "ahead-of-time" ? beside(plan, "codecs") : undefined,
    service: hasClient(plan)
      ? {
          client: beside(plan, "client"),
          operations: beside(plan, "operations"),
          exceptions: beside(plan, "exceptions"),
        }
      : undefined,
  };
  const header = fillTemplate("module", { release: model.release });
  return [{ path: `${options.folder}index.ts`, text: `${header}\n${fillTemplate("index", data)}` }];
}

/** Emits `README.md`: what a release holds, and how to use it. */
export function emitReadme(input: EmitInput, report: Report): readonly OutputFile[] {
  const { options, model, names, service } = input;
  const plan = planOf(input, report);
  const operations = keptOperations(plan);
  const data = {
    release: model.release,
    title: service?.title,
    modules: modulesOf(plan).map(({ namespace, types, elements }) => ({
      name: names.module(namespace.uri),
      uri: namespace.uri,
      types: types.length,
      elements: elements.length,
    })),
    services: [...new Set(operations.map((operation) => operation.service))].map((id) => ({
      name: id,
      operations: operations
        .filter((operation) => operation.service === id)
        .map((operation) => names.operation(operation)),
    })),
    example: exampleOf(plan),
    index: beside(plan, "index"),
    runtime: printString(`${options.runtimePath}index${options.importExtension}`),
  };
  return [{ path: `${options.folder}README.md`, text: fillTemplate("readme", data), final: true }];
}

/**
 * A document root to show reading and writing with, of a type of the schema: one that stands in no other element if there is
 * one, of the namespace that needs the others, which is the last. Messages of a service stand in the one that others need.
 */
function exampleOf(plan: Plan): { readonly module: string; readonly element: string } | undefined {
  const { names, model, service } = plan.input;
  const modules = modulesOf(plan);
  const named = new Set(
    Object.keys(model.types).flatMap((id) => ownElements(model, id).map(({ ref }) => ref)),
  );
  const inner = new Set(
    [...named].flatMap((ref) => (ref === undefined ? [] : [ref, ...substitutesOf(model, ref)])),
  );
  const candidates = (service === undefined ? modules.toReversed() : modules).flatMap(
    ({ namespace, elements }) =>
      elements
        .filter(({ abstract, type }) => !abstract && model.types[type] !== undefined)
        .map(({ id }) => ({ id, module: names.module(namespace.uri), element: names.element(id) })),
  );
  return candidates.find(({ id }) => !inner.has(id)) ?? candidates[0];
}
