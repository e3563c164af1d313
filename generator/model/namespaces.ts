/** The namespaces of a model, in dependency order, each with one prefix. */
import type { Scope } from "./symbols.js";
import { isBuiltin, XML_NAMESPACE } from "./builtins.js";
import type { Resolution } from "./resolution.js";
import type { NamespaceInfo } from "./types.js";

/** Namespaces in which something is declared; what a namespace imports comes before it where no circle forbids. */
export function namespacesOf(scopes: readonly Scope[], r: Resolution): readonly NamespaceInfo[] {
  const declaring = new Set<string>();
  for (const component of [
    ...[...r.types.values()].filter(({ id }) => !isBuiltin(id)).map(({ namespace }) => namespace),
    ...[
      ...r.elements.values(),
      ...r.attributes.values(),
      ...r.groups.values(),
      ...r.attributeGroups.values(),
    ].map(({ name }) => name.namespace),
    ...[...r.symbols.notations.values()].map(({ name }) => name.namespace),
  ]) {
    declaring.add(component);
  }
  const uris = inDependencyOrder(scopes, declaring);
  const prefixes = prefixesOf(uris, scopes);
  return uris.map((uri) => {
    const own = scopes.filter((scope) => scope.namespace === uri && scope.document.file !== "");
    const documentation = own
      .map((scope) => scope.document.annotation?.documentation)
      .find((text) => text !== undefined);
    return {
      uri,
      prefix: prefixes.get(uri) ?? "",
      ...(documentation === undefined ? {} : { documentation }),
      files: [...new Set(own.map((scope) => scope.document.file))].sort(),
    };
  });
}

function inDependencyOrder(scopes: readonly Scope[], declaring: ReadonlySet<string>): readonly string[] {
  const imports = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const known = imports.get(scope.namespace) ?? new Set<string>();
    imports.set(scope.namespace, known);
    for (const uri of scope.visible) if (uri !== scope.namespace) known.add(uri);
  }
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (uri: string): void => {
    if (seen.has(uri)) return;
    seen.add(uri);
    for (const imported of imports.get(uri) ?? []) visit(imported);
    if (declaring.has(uri)) order.push(uri);
  };
  for (const uri of imports.keys()) visit(uri);
  return order;
}

/** Prefixes that say nothing about their namespace. */
export const sayingNothing = /^(?:|tns|this|target|ns\d*|[npq]\d+|my|self)$/u;

/** The telling prefix that most documents use; unique; made from the URI where none is used. */
function prefixesOf(uris: readonly string[], scopes: readonly Scope[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { document, namespace } of scopes) {
    for (const [prefix, uri] of document.prefixes) {
      if (prefix === "") continue;
      const ofUri = counts.get(uri) ?? new Map<string, number>();
      counts.set(uri, ofUri);
      // What a document calls its own namespace says more than what others call it.
      ofUri.set(prefix, (ofUri.get(prefix) ?? 0) + (uri === namespace ? 2 : 1));
    }
  }
  // Nobody has to declare the prefix of XML itself, and nobody may call it otherwise.
  const taken = new Set(["xml"]);
  const result = new Map([[XML_NAMESPACE, "xml"]]);
  // A stable sort: among equals a word of the URI wins, then the first used.
  const wishes = uris
    .flatMap((uri) => {
      const used = [...(counts.get(uri) ?? [])].map(([prefix, count]) => ({ uri, prefix, count }));
      const telling = used.filter(({ prefix }) => !sayingNothing.test(prefix));
      return telling.length > 0 ? telling : used;
    })
    .sort((a, b) => b.count - a.count || Number(isWordOf(b)) - Number(isWordOf(a)));
  for (const { uri, prefix } of wishes) {
    if (uri === "" || result.has(uri) || taken.has(prefix)) continue;
    result.set(uri, prefix);
    taken.add(prefix);
  }
  for (const uri of uris) {
    if (result.has(uri)) continue;
    if (uri === "") {
      result.set(uri, "");
      continue;
    }
    const stem = prefixFromUri(uri);
    let prefix = stem;
    for (let count = 2; taken.has(prefix); count++) prefix = `${stem}${count}`;
    result.set(uri, prefix);
    taken.add(prefix);
  }
  return result;
}

function isWordOf({ uri, prefix }: { readonly uri: string; readonly prefix: string }): boolean {
  return uri.split(/[^\w.-]+/u).includes(prefix);
}

/** The word of a URI, as a prefix may be written: `http://example.com/2020/Order-Lines#` gives `order-lines`. */
function prefixFromUri(uri: string): string {
  const word = wordOfUri(uri) ?? uri.split(/[^A-Za-z0-9]+/u).findLast((part) => /^[a-z]/iu.test(part));
  return word !== undefined && /^[a-z][\w-]*$/iu.test(word) ? word.toLowerCase() : "ns";
}

/** Words that namespaces of all kinds end in. */
const general = /^(?:xml|xsd|wsdl|schemas?|ns|namespaces?)$/iu;

/**
 * What a URI is about: the last part of it that is a word of its own. Numbers, dates and versions are none, so that the next
 * version goes by the same; the name of a host is one only for want of others.
 */
export function wordOfUri(uri: string): string | undefined {
  const [, , host = "", path = ""] = /^(?:[a-z][a-z0-9+.-]*:)?(\/\/([^/]*))?(.*)$/isu.exec(uri) ?? [];
  const words = (parts: readonly string[]): readonly string[] =>
    parts.filter((part) => /\p{L}/u.test(part) && !/^v?\d/iu.test(part));
  const inPath = words(path.split(/[/:#?.]/u));
  const word =
    inPath.findLast((part) => !general.test(part)) ?? words(host.split(".")).at(-2) ?? inPath.at(-1);
  // A name has an end, and so has the time to look at it.
  const name = word?.slice(0, 100).replace(/^[-_]+|(?:[-_]v?\d+)*[-_]*$/giu, "") ?? "";
  return /\p{L}{2}/u.test(name) ? name : undefined;
}
