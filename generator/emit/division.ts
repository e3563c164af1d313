/**
 * Large namespaces in several modules: one for each schema document, gathered by the module of the namespace. A compiler
 * looks back over all constants of a module from each place that uses one, and nobody likes to open a file of megabytes.
 */
import type { ElementDeclaration, Model, TypeDefinition } from "../model/types.js";
import { camelCase } from "./identifiers.js";

/** So many types and elements of a namespace stand in one module. */
const most = 1000;

/** The module of a component, without extension: that of its namespace, `schema`, or a part of that, `schema.users`. */
export type Division = (component: TypeDefinition | ElementDeclaration) => string;

/**
 * Divides the namespaces of a model that need it. It looks at all that a release has, so that pruning the output moves nothing.
 *
 * @param moduleOf - The module of a namespace, without extension.
 */
export function divide(model: Model, moduleOf: (namespace: string) => string): Division {
  const counts = new Map<string, number>();
  const documents = new Map<string, Set<string>>();
  for (const component of [...Object.values(model.types), ...Object.values(model.elements)]) {
    const namespace = namespaceOf(component);
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    const files = documents.get(namespace) ?? new Set();
    documents.set(namespace, files.add(component.span.file));
  }
  const parts = new Map<string, ReadonlyMap<string, string>>();
  for (const [namespace, files] of documents)
    if (files.size > 1 && (counts.get(namespace) ?? 0) > most) parts.set(namespace, nameParts([...files]));
  return (component) => {
    const namespace = namespaceOf(component);
    const part = parts.get(namespace)?.get(component.span.file);
    return part === undefined ? moduleOf(namespace) : `${moduleOf(namespace)}.${part}`;
  };
}

const namespaceOf = (component: TypeDefinition | ElementDeclaration): string =>
  "namespace" in component ? component.namespace : component.name.namespace;

/** A name for each document: that of the file. */
function nameParts(files: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    [...files].sort().map((file) => {
      const base = file.slice(file.lastIndexOf("/") + 1).replace(/\.\w+$/u, "");
      const plain = [...camelCase(base)].slice(0, 60).join("") || "part";
      let name = plain;
      for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${plain}${count}`;
      taken.add(name.toLowerCase());
      return [file, name];
    }),
  );
}
