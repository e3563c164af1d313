/** Defaults and fixed values as declarations state them, and the QNames in such texts. */
import type { Scope } from "./symbols.js";
import type { Value } from "./values.js";

/** The value constraint of a declaration that is being built. */
export interface ValueConstraint {
  readonly default?: string;
  readonly fixed?: string;
  /** Prefixes for QNames in the text; gone once the names are expanded. */
  readonly prefixes?: ReadonlyMap<string, string>;
}

/** `default` and `fixed` as written, as far as they are stated. */
export function valueConstraint(
  syntax: Pick<ValueConstraint, "default" | "fixed"> & { readonly namespaces?: ReadonlyMap<string, string> },
  scope: Scope,
): ValueConstraint {
  return inheritedConstraint({
    ...(syntax.default !== undefined && { default: syntax.default }),
    ...(syntax.fixed !== undefined && { fixed: syntax.fixed }),
    ...(syntax.namespaces && { prefixes: namespacesIn(syntax.namespaces, scope) }),
  });
}

/** The value constraint of a declaration, for what refers to it. */
export function inheritedConstraint(declaration: ValueConstraint): ValueConstraint {
  const { default: preset, fixed, prefixes } = declaration;
  if (preset === undefined && fixed === undefined) return {};
  return {
    ...(preset !== undefined && { default: preset }),
    ...(fixed !== undefined && { fixed }),
    ...(prefixes && { prefixes }),
  };
}

/** In-scope prefixes of a schema document; in a chameleon, no namespace is that of the including schema. */
export function namespacesIn(
  namespaces: ReadonlyMap<string, string>,
  scope: Scope,
): ReadonlyMap<string, string> {
  return scope.chameleon && !namespaces.has("")
    ? new Map([...namespaces, ["", scope.namespace]])
    : namespaces;
}

/** The text of a value, its QNames in the form `{namespace}local`. */
export function expandedText(value: Value, normalized: string): string {
  if (value.kind === "atomic") return isName(value) ? value.text : normalized;
  if (!value.items.some(isName)) return normalized;
  return value.items.map((item) => (item.kind === "atomic" ? item.text : normalized)).join(" ");
}

function isName(value: Value): boolean {
  return value.kind === "atomic" && (value.builtin === "QName" || value.builtin === "NOTATION");
}
