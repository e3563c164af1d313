/** From schema documents to the model of one release: the only reader of schema syntax. */
import type { Report } from "../diagnostics.js";
import { builtinNamespaces } from "../schema/documents.js";
import type { SchemaDocument } from "../schema/types.js";
import { assemble, type Locations } from "./assembly.js";
import type { Declared } from "./symbols.js";
import { attributeById, attributeGroupById } from "./attributes.js";
import { builtinTypes, isBuiltin } from "./builtins.js";
import { checkModel } from "./constraints/model.js";
import { expandPresets } from "./constraints/preset-names.js";
import { elementById } from "./elements.js";
import { expandExcludedNames } from "./excluded-names.js";
import { filesOf } from "./files.js";
import { fingerprintModel } from "./fingerprint.js";
import { namespacesOf } from "./namespaces.js";
import { groupById } from "./particles.js";
import { isTooLarge, type Resolution, type ResolveOptions } from "./resolution.js";
import { findReused, keepResolution, takeOver } from "./reuse.js";
import { substitutionsOf } from "./substitution.js";
import { typeById } from "./type-definitions.js";
import type { Model, NotationDeclaration } from "./types.js";
import { documented } from "./attributes.js";

/**
 * The model that the documents of a release mean.
 *
 * Mistakes go to the report, all of them; the model then holds what could be made of the rest, and callers stop
 * at `report.hasErrors`.
 */
export function resolveModel(
  release: string,
  documents: readonly SchemaDocument[],
  bundle: Locations,
  report: Report,
  options: ResolveOptions = {},
): Model {
  const tolerate = new Set(options.tolerate);
  const unimported = tolerate.has("namespace-not-imported") ? builtinNamespaces : [];
  const symbols = assemble(documents, bundle, report, unimported);
  const r: Resolution = {
    report,
    symbols,
    lazy: options.unresolved === "lazy",
    version: options.xsdVersion ?? "1.1",
    strict: options.xsdVersion !== undefined,
    unread: new Set(),
    tolerate,
    beside: options.beside ?? (() => []),
    types: new Map(Object.entries(builtinTypes)),
    elements: new Map(),
    attributes: new Map(),
    groups: new Map(),
    attributeGroups: new Map(),
    pending: new Set(),
    depths: new Map(),
    tooDeep: new Set(),
    below: 0,
    parts: 0,
    compared: 0,
    deferred: [],
    redefined: [],
    reserved: new Set(),
  };
  const found = report.diagnostics.length;
  const reused = findReused(symbols, options);
  if (reused !== undefined) takeOver(r, reused);
  // What no file declares is built only when something refers to it.
  const inFiles = <S>(table: ReadonlyMap<string, Declared<S>>): readonly string[] =>
    [...table.values()].filter(({ scope }) => scope.document.file !== "").map(({ id }) => id);
  for (const id of inFiles(symbols.types)) typeById(r, id);
  for (const id of inFiles(symbols.attributes)) attributeById(r, id);
  for (const id of inFiles(symbols.attributeGroups)) attributeGroupById(r, id);
  for (const id of inFiles(symbols.groups)) groupById(r, id);
  for (const id of inFiles(symbols.elements)) elementById(r, id);
  for (let build = r.deferred.shift(); build !== undefined; build = r.deferred.shift()) build();
  if (!isTooLarge(r)) expandPresets(r);

  const order = new Map(symbols.scopes.map((scope, index) => [scope.document.file, index]));
  const inSchemaOrder = <T extends { readonly id: string; readonly span: { file: string; start: number } }>(
    components: Iterable<T>,
  ): Record<string, T> => {
    // Originals of redefined groups live on in what refers to them only; those of types are base types.
    const ranked: { readonly rank: number; readonly component: T }[] = [];
    for (const component of components) {
      if (component.id.endsWith("/$base") && !r.types.has(component.id)) continue;
      ranked.push({ rank: order.get(component.span.file) ?? -1, component });
    }
    ranked.sort(
      (a, b) =>
        a.rank - b.rank ||
        a.component.span.start - b.component.span.start ||
        (a.component.id < b.component.id ? -1 : 1),
    );
    const record = Object.create(null) as Record<string, T>;
    for (const { component } of ranked) record[component.id] = component;
    return record;
  };
  const elements = inSchemaOrder(r.elements.values());
  const notations: Record<string, NotationDeclaration> = inSchemaOrder(
    [...symbols.notations.values()].map(({ syntax, id, name }) => ({
      id,
      name,
      ...(syntax.public === undefined ? {} : { public: syntax.public }),
      ...(syntax.system === undefined ? {} : { system: syntax.system }),
      ...documented(syntax),
      span: syntax.at,
      extent: syntax.extent,
    })),
  );
  let model: Model = {
    release,
    namespaces: namespacesOf(symbols.scopes, r),
    types: inSchemaOrder([...r.types.values()].filter(({ id }) => !isBuiltin(id))),
    elements,
    attributes: inSchemaOrder(r.attributes.values()),
    groups: inSchemaOrder(r.groups.values()),
    attributeGroups: inSchemaOrder(r.attributeGroups.values()),
    notations,
    substitutions: substitutionsOf(r, elements),
    files: filesOf(bundle.files, documents),
  };
  if (isTooLarge(r)) return model;
  const isReused = (namespace: string): boolean => reused?.namespaces.has(namespace) === true;
  const excluding = new Set([...(reused?.from.excluding ?? [])].filter(isReused));
  const written = model.types;
  model = expandExcludedNames(model);
  if (model.types !== written) {
    for (const type of Object.values(written))
      if (model.types[type.id] !== type) excluding.add(type.namespace);
  }
  checkModel(r, model, isReused);
  const hashes = new Map(reused?.from.hashes);
  const finished = fingerprintModel(model, hashes, isReused);
  // What was found is said again each time: only a resolution without findings can be taken over.
  if (report.diagnostics.length === found)
    keepResolution({
      symbols,
      options,
      groups: r.groups,
      attributeGroups: r.attributeGroups,
      depths: r.depths,
      hashes,
      excluding,
      model: finished,
    });
  return finished;
}
