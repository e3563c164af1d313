/**
 * Large namespaces in several modules, gathered by the module of the namespace: one for each schema document, and of a large document
 * one for each letter. A compiler looks back over all constants of a module from each place that uses one, and nobody likes to
 * open a file of megabytes.
 */
import type { ElementDeclaration, Model, TypeDefinition } from "../model/types.js";
import { camelCase, upperFirst } from "./identifiers.js";

/** So many types and elements of a namespace stand in one module. */
const mostInNamespace = 1000;

/** So many of them that one document has do. */
const mostInDocument = 2000;

/**
 * The module of a component that is called `name`, without extension: that of its namespace, `schema`, or a part of that,
 * `schema-users`.
 */
export type Division = (component: TypeDefinition | ElementDeclaration, name: string) => string;

/**
 * Divides the namespaces of a model that need it. It looks at all that a release has, so that pruning the output moves nothing.
 *
 * @param moduleOf - The module of a namespace, without extension.
 */
export function divide(model: Model, moduleOf: (namespace: string) => string): Division {
  const counts = new Map<string, Map<string, number>>();
  for (const component of [...Object.values(model.types), ...Object.values(model.elements)]) {
    const namespace = namespaceOf(component);
    const files = counts.get(namespace) ?? new Map<string, number>();
    const { file } = component.span;
    counts.set(namespace, files.set(file, (files.get(file) ?? 0) + 1));
  }
  const parts = new Map<string, ReadonlyMap<string, string>>();
  for (const [namespace, files] of counts) {
    const all = [...files.values()].reduce((sum, count) => sum + count, 0);
    if (all <= (files.size > 1 ? mostInNamespace : mostInDocument)) continue;
    parts.set(namespace, files.size > 1 ? nameParts([...files.keys()]) : new Map());
  }
  return (component, name) => {
    const namespace = namespaceOf(component);
    const module = moduleOf(namespace);
    const { file } = component.span;
    const part = parts.get(namespace)?.get(file) ?? "";
    const isLarge = parts.has(namespace) && (counts.get(namespace)?.get(file) ?? 0) > mostInDocument;
    const letter = isLarge ? letterOf(name) : "";
    if (part === "" && letter === "") return module;
    return `${module}-${part}${part === "" ? letter : upperFirst(letter)}`;
  };
}

const namespaceOf = (component: TypeDefinition | ElementDeclaration): string =>
  "namespace" in component ? component.namespace : component.name.namespace;

const letterOf = (name: string): string => /^[a-z]/iu.exec(name)?.[0].toLowerCase() ?? "other";

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
