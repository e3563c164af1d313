/** Wildcards as sets of namespaces: union, intersection, subset (clause 3.10.6). */
import type { WildcardSyntax } from "../schema/types.js";
import type { Scope } from "./symbols.js";
import { admitsNamespace, nameOfId } from "./query.js";
import { fail, type Resolution } from "./resolution.js";
import { idOf, type Wildcard } from "./types.js";

type Namespaces = Wildcard["namespaces"];

/** The wildcard that `xs:any` or `xs:anyAttribute` means in a document. */
export function wildcardFrom(r: Pick<Resolution, "report">, syntax: WildcardSyntax, scope: Scope): Wildcard {
  const documentation = syntax.annotation?.documentation;
  // Keywords stay among the names until all names are known.
  const notNames = syntax.notNames?.map((name) =>
    typeof name === "string"
      ? name
      : idOf(scope.chameleon && name.namespace === "" ? { ...name, namespace: scope.namespace } : name),
  );
  const namespaces = namespacesFrom(syntax, scope);
  for (const name of notNames ?? []) {
    if (isKeyword(name)) continue;
    const { namespace, local } = nameOfId(name);
    if (admitsNamespace({ namespaces }, namespace)) continue;
    fail(
      r,
      "needless-not-name",
      "w-props-correct.4",
      `the wildcard excludes the name "${local}", whose namespace it does not let in anyway`,
      syntax.at,
    );
  }
  return {
    namespaces,
    process: syntax.processContents,
    ...(notNames === undefined || notNames.length === 0 ? {} : { notNames }),
    ...(documentation === undefined ? {} : { documentation }),
    span: syntax.at,
  };
}

function namespacesFrom(syntax: WildcardSyntax, scope: Scope): Namespaces {
  const uri = (word: string): string =>
    word === "##targetNamespace" ? scope.namespace : word === "##local" ? "" : word;
  if (syntax.notNamespaces !== undefined) return { kind: "not", uris: unique(syntax.notNamespaces.map(uri)) };
  if (syntax.namespaces.includes("##any")) return { kind: "any" };
  // "##other" leaves out elements without namespace too.
  if (syntax.namespaces.includes("##other")) return { kind: "not", uris: unique([scope.namespace, ""]) };
  return { kind: "in", uris: unique(syntax.namespaces.map(uri)) };
}

function unique(uris: readonly string[]): readonly string[] {
  return [...new Set(uris)];
}

/** What both let in (cos-aw-intersect). */
export function intersectNamespaces(a: Namespaces, b: Namespaces): Namespaces {
  if (a.kind === "any") return b;
  if (b.kind === "any") return a;
  if (a.kind === "not" && b.kind === "not") return { kind: "not", uris: unique([...a.uris, ...b.uris]) };
  const [list, other] = a.kind === "in" ? [a, b] : [b as Extract<Namespaces, { kind: "in" }>, a];
  return { kind: "in", uris: list.uris.filter((uri) => admitsNamespace({ namespaces: other }, uri)) };
}

/** What either lets in (cos-aw-union). */
export function uniteNamespaces(a: Namespaces, b: Namespaces): Namespaces {
  if (a.kind === "any" || b.kind === "any") return { kind: "any" };
  if (a.kind === "in" && b.kind === "in") return { kind: "in", uris: unique([...a.uris, ...b.uris]) };
  const excluded =
    a.kind === "not" && b.kind === "not"
      ? a.uris.filter((uri) => b.uris.includes(uri))
      : excludedBy(a.kind === "not" ? a : b, a.kind === "not" ? b : a);
  return excluded.length === 0 ? { kind: "any" } : { kind: "not", uris: excluded };
}

function excludedBy(not: Namespaces, list: Namespaces): readonly string[] {
  if (not.kind !== "not") return [];
  return not.uris.filter((uri) => !admitsNamespace({ namespaces: list }, uri));
}

/**
 * Whether XSD 1.0 can express the result: `not` there means one namespace, always together with no namespace
 * (cos-aw-union 5.2, 5.3 and cos-aw-intersect 6 call everything else "not expressible").
 */
export function isExpressible10(namespaces: Namespaces): boolean {
  return namespaces.kind !== "not" || (namespaces.uris.length <= 2 && namespaces.uris.includes(""));
}

/** Whether everything that `sub` lets in, `base` lets in too (cos-ns-subset). */
export function isWildcardSubset(sub: Wildcard, base: Wildcard): boolean {
  return (
    isNamespaceSubset(sub.namespaces, base.namespaces) &&
    (base.notNames ?? []).every((name) => excludes(sub, name))
  );
}

/** As {@link isWildcardSubset}, by namespaces alone. */
export function isNamespaceSubset(sub: Namespaces, base: Namespaces): boolean {
  if (base.kind === "any") return true;
  if (sub.kind === "any") return false;
  if (sub.kind === "in") return sub.uris.every((uri) => admitsNamespace({ namespaces: base }, uri));
  return base.kind === "not" && base.uris.every((uri) => sub.uris.includes(uri));
}

/** Whether some namespace is let in by both. */
export function namespacesOverlap(a: Namespaces, b: Namespaces): boolean {
  const both = intersectNamespaces(a, b);
  return both.kind !== "in" || both.uris.length > 0;
}

/** The wildcard of an attribute set: what all of its parts let in, processed as the first says (clause 3.4.2). */
export function intersectWildcards(first: Wildcard, second: Wildcard): Wildcard {
  const notNames = unique([...(first.notNames ?? []), ...(second.notNames ?? [])]);
  return {
    ...first,
    namespaces: intersectNamespaces(first.namespaces, second.namespaces),
    ...(notNames.length === 0 ? {} : { notNames }),
  };
}

/** The wildcard of an extension: what the own or the base's lets in, processed as the own says (clause 3.4.2). */
export function uniteWildcards(own: Wildcard, base: Wildcard): Wildcard {
  const notNames = [
    ...(own.notNames ?? []).filter((name) => excludes(base, name)),
    ...(base.notNames ?? []).filter((name) => excludes(own, name)),
  ];
  const { notNames: _, ...rest } = own;
  return {
    ...rest,
    namespaces: uniteNamespaces(own.namespaces, base.namespaces),
    ...(notNames.length === 0 ? {} : { notNames: unique(notNames) }),
  };
}

function isKeyword(name: string): boolean {
  return name.startsWith("##");
}

function excludes(wildcard: Wildcard, name: string): boolean {
  if (isKeyword(name)) return wildcard.notNames?.includes(name) === true;
  const namespace = name.slice(1, name.lastIndexOf("}"));
  return !admitsNamespace(wildcard, namespace) || wildcard.notNames?.includes(name) === true;
}
