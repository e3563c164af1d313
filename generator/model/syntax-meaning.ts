/** When two declarations as written say the same: places, documentation and prefixes left out, defaults filled in. */
import type { Declared, Scope } from "./symbols.js";
import type { DerivationMethod, Form } from "../schema/types.js";

const silent = new Set(["at", "extent", "annotation", "id", "prefix", "documentation"]);

/** A text that is equal for declarations of equal meaning. */
export function meaningOfSyntax(declared: Declared<unknown>): string {
  return JSON.stringify(canonical(declared.syntax, declared.scope, true));
}

function mayHoldName({ kind, facet, default: preset, fixed }: Record<string, unknown>): boolean {
  if (kind === "facet") return facet === "enumeration";
  if (kind === "element" || kind === "attribute") return /:/u.test(`${String(preset)} ${String(fixed)}`);
  return true;
}

function canonical(value: unknown, scope: Scope, top: boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => canonical(item, scope, false));
  if (value instanceof Map) return [...value.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  if (typeof value !== "object" || value === null) return value === Infinity ? "unbounded" : value;
  const object = value as Record<string, unknown>;
  if (typeof object["local"] === "string" && "namespace" in object) {
    const namespace = object["namespace"] as string;
    return `{${namespace === "" && scope.chameleon ? scope.namespace : namespace}}${object["local"]}`;
  }
  const { document } = scope;
  const result: [string, unknown][] = [];
  const keys = Object.keys(object).filter((key) => !silent.has(key));
  for (const key of keys.sort()) {
    // In-scope prefixes matter only where a value may hold a QName.
    if (key === "namespaces" && !mayHoldName(object)) continue;
    result.push([key, canonical(object[key], scope, false)]);
  }
  const add = (key: string, fallback: Form | readonly DerivationMethod[]): void => {
    if (object[key] === undefined) result.push([key, fallback]);
  };
  const kind = object["kind"];
  if (kind === "element" && object["name"] !== undefined) {
    if (!top) add("form", document.elementForm);
    add("block", document.blockDefault);
    if (top) add("final", document.finalDefault);
  }
  if (kind === "attribute" && object["name"] !== undefined && !top) add("form", document.attributeForm);
  if (kind === "complexType") {
    add("block", document.blockDefault);
    add("final", document.finalDefault);
  }
  if (kind === "simpleType") add("final", document.finalDefault);
  return result.sort(([a], [b]) => (a < b ? -1 : 1));
}
