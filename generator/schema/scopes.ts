/** Namespaces in XML: what prefixes are bound to, and the expanded names of elements and attributes. */
import type { Complaints } from "./complaints.js";
import type { Place } from "./dtd.js";
import { XML_NAMESPACE, XMLNS_NAMESPACE } from "./names.js";
import { placeOfName, type PlaceOf, type ScannedAttribute } from "./scanned.js";
import type { QName, XmlAttribute } from "./types.js";

/** Prefixes ("" for the default) and what they are bound to. */
type Scope = ReadonlyMap<string, string>;

interface ResolvedName {
  readonly name: QName;
  readonly prefix: string;
}

/** The names of one document. */
export interface Scopes {
  /** The scope inside an element that declares namespaces. */
  readonly bind: (outer: Scope, attributes: readonly ScannedAttribute[]) => Scope;
  /** The name of an element that is written at `from`. */
  readonly resolveElement: (raw: string, scope: Scope, from: number) => ResolvedName;
  /** Gives attributes their names; those that declare namespaces are left out. */
  readonly resolveAttributes: (
    element: string,
    written: readonly ScannedAttribute[],
    scope: Scope,
  ) => readonly XmlAttribute[];
}

/** Prefixes that may be declared at one place: each element that declares more copies those around it. */
const maxPrefixes = 2_000;

/** The scope around the root element. */
export const outermost: Scope = new Map([["xml", XML_NAMESPACE]]);

/** Whether the name of an attribute, as written, makes it a namespace declaration. */
export const declaresNamespace = (raw: string): boolean =>
  raw.startsWith("xmlns") && (raw.length === 5 || raw[5] === ":");

/** Begins to resolve the names of a document; `place` tells where an offset of the text that is read lies in the document. */
export function createScopes({ report, stop }: Complaints, place: PlaceOf): Scopes {
  const bind = (outer: Scope, attributes: readonly ScannedAttribute[]): Scope => {
    let scope: Map<string, string> | undefined;
    for (const attribute of attributes) {
      const { raw, value } = attribute;
      if (!declaresNamespace(raw)) continue;
      const prefix = raw.slice(6);
      const wrong =
        prefix === "xmlns"
          ? 'the prefix "xmlns" must not be declared'
          : prefix === "xml" && value !== XML_NAMESPACE
            ? 'the prefix "xml" must not be bound to another namespace'
            : value === XMLNS_NAMESPACE
              ? `the namespace of "xmlns" must not be bound to "${prefix}"`
              : prefix !== "" && value === ""
                ? `the prefix "${prefix}" must not be bound to no namespace`
                : undefined;
      if (wrong !== undefined) {
        report("malformed-xml", wrong, placeOfName(attribute, place), {
          severity: "error",
          clause: "Namespaces 3",
        });
        continue;
      }
      if (prefix !== "xml" && value === XML_NAMESPACE) {
        const what = prefix === "" ? "the default namespace" : `the prefix "${prefix}"`;
        const message = `${what} must not be ${XML_NAMESPACE}, which only "xml" stands for`;
        report("xml-namespace-declared", message, placeOfName(attribute, place), {
          severity: "error",
          hint: "delete this declaration: xml:lang and the like need none",
          clause: "Namespaces 3",
        });
      }
      scope ??= new Map(outer);
      scope.set(prefix, value);
      if (scope.size <= maxPrefixes) continue;
      const message = `more than ${String(maxPrefixes)} prefixes are declared at one place`;
      report("namespace-limit", message, placeOfName(attribute, place), { severity: "error" });
      stop();
    }
    return scope ?? outer;
  };

  const resolve = (raw: string, namespaces: Scope, fallback: string, at: Place): ResolvedName => {
    const colon = raw.indexOf(":");
    if (colon === -1) return { name: { namespace: fallback, local: raw }, prefix: "" };
    const prefix = raw.slice(0, colon);
    const namespace = namespaces.get(prefix);
    if (namespace === undefined) {
      report("undeclared-prefix", `the prefix "${prefix}" of "${raw}" is not declared`, at, {
        severity: "error",
        hint: `declare it with xmlns:${prefix}="..."`,
        clause: "Namespaces 5",
      });
    }
    return { name: { namespace: namespace ?? "", local: raw.slice(colon + 1) }, prefix };
  };

  // Names repeat, and most elements share one scope: what was resolved in it is kept.
  const plainAttributeNames = new Map<string, ResolvedName>();
  let knownScope: Scope | undefined;
  const knownElements = new Map<string, ResolvedName>();
  const resolveElement = (raw: string, namespaces: Scope, from: number): ResolvedName => {
    if (knownScope !== namespaces) {
      knownElements.clear();
      knownScope = namespaces;
    }
    let resolved = knownElements.get(raw);
    if (resolved === undefined) {
      resolved = resolve(raw, namespaces, namespaces.get("") ?? "", place(from, from + raw.length));
      knownElements.set(raw, resolved);
    }
    return resolved;
  };
  const resolveAttribute = (attribute: ScannedAttribute, namespaces: Scope): ResolvedName => {
    const { raw } = attribute;
    let resolved = plainAttributeNames.get(raw);
    if (resolved === undefined) {
      if (raw.includes(":")) return resolve(raw, namespaces, "", placeOfName(attribute, place));
      resolved = { name: { namespace: "", local: raw }, prefix: "" };
      plainAttributeNames.set(raw, resolved);
    }
    return resolved;
  };

  const resolveAttributes = (
    element: string,
    written: readonly ScannedAttribute[],
    namespaces: Scope,
  ): readonly XmlAttribute[] => {
    let expanded: Set<string> | undefined;
    let attributes = written;
    for (const attribute of written) {
      const { raw } = attribute;
      if (declaresNamespace(raw)) {
        if (attributes === written) attributes = written.filter((each) => !declaresNamespace(each.raw));
        continue;
      }
      const { name, prefix } = resolveAttribute(attribute, namespaces);
      attribute.name = name;
      if (prefix === "") continue;
      attribute.prefix = prefix;
      const id = `${name.namespace} ${name.local}`;
      expanded ??= new Set();
      if (expanded.has(id)) {
        const message = `the attribute "${raw}" of <${element}> is written twice, through two prefixes of one namespace`;
        report("malformed-xml", message, placeOfName(attribute, place), {
          severity: "error",
          clause: "Namespaces 6.3",
        });
      }
      expanded.add(id);
    }
    return attributes;
  };

  return { bind, resolveElement, resolveAttributes };
}
