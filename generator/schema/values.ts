/** Types of attribute values in the schema for schemas: each says what is wrong with a value, or nothing. */
import { isNCName, isQName } from "./names.js";
import type { QName, XmlElement } from "./types.js";

/** Judges a value whose white space is collapsed; the text ends the sentence `... must be`. */
export type ValueType = (value: string, element: XmlElement) => string | undefined;

/** White space as for xs:token and what derives from it. */
export function collapse(text: string): string {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) <= 0x20) return text.replace(/[\t\n\r ]+/gu, " ").replace(/^ | $/gu, "");
  return text;
}

/** The items of a list value. */
export function listOf(text: string): string[] {
  const value = collapse(text);
  return value === "" ? [] : value.split(" ");
}

type PrefixedName = QName & { readonly prefix: string };

/** What was resolved before: a schema has few names and many references. */
const resolved = new WeakMap<XmlElement["namespaces"], Map<string, PrefixedName | undefined>>();

/** What a QName in the content of an element means; undefined when its prefix is not declared. */
export function resolveQName(text: string, element: XmlElement): PrefixedName | undefined {
  let known = resolved.get(element.namespaces);
  if (known === undefined) resolved.set(element.namespaces, (known = new Map()));
  let name = known.get(text);
  if (name === undefined) known.set(text, (name = splitQName(text, element)));
  return name;
}

function splitQName(text: string, element: XmlElement): PrefixedName | undefined {
  const colon = text.indexOf(":");
  const prefix = colon === -1 ? "" : text.slice(0, colon);
  const namespace = element.namespaces.get(prefix) ?? (prefix === "" ? "" : undefined);
  return namespace === undefined ? undefined : { namespace, local: text.slice(colon + 1), prefix };
}

export const anyText: ValueType = () => undefined;

export const ncName: ValueType = (value) => (isNCName(value) ? undefined : "a name without a colon (NCName)");

/** Its uniqueness is checked by the grammar. */
export const id: ValueType = ncName;

export const qName: ValueType = (value, element) => {
  if (!isQName(value)) return "a name, with or without a prefix (QName)";
  if (resolveQName(value, element) === undefined) return undeclared(value);
  return undefined;
};

/** Begins what {@link qName} says about a prefix, which has a code of its own. */
export const undeclaredPrefix = "a name whose prefix is declared";

function undeclared(value: string): string {
  return `${undeclaredPrefix}; "${value.slice(0, value.indexOf(":"))}" is not`;
}

export const qNames: ValueType = (value, element) => {
  for (const item of listOf(value)) {
    const wrong = qName(item, element);
    if (wrong !== undefined) return wrong.startsWith(undeclaredPrefix) ? wrong : "a list of names (QName)";
  }
  return undefined;
};

export const boolean: ValueType = (value) =>
  /^(?:true|false|0|1)$/u.test(value) ? undefined : '"true" or "false"';

export const nonNegativeInteger: ValueType = (value) =>
  /^(?:\+?[0-9]+|-0+)$/u.test(value) ? undefined : "a whole number, 0 or more";

export const positiveInteger: ValueType = (value) =>
  /^\+?0*[1-9][0-9]*$/u.test(value) ? undefined : "a whole number, 1 or more";

export const maxOccurs: ValueType = (value, element) =>
  value === "unbounded" || nonNegativeInteger(value, element) === undefined
    ? undefined
    : 'a whole number, 0 or more, or "unbounded"';

/** xs:anyURI allows nearly everything; what no escaping repairs is a second "#" and a "%" without two digits. */
export const anyUri: ValueType = (value) =>
  /#.*#/u.test(value) || /%(?![0-9a-fA-F]{2})/u.test(value) ? "a URI" : undefined;

export const language: ValueType = (value) =>
  /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/u.test(value) ? undefined : "a language, such as en or pt-BR";

/** One of the words. */
export function oneOf(...words: readonly string[]): ValueType {
  return (value) => (words.includes(value) ? undefined : quoted(words, "or"));
}

/** `#all`, or a list of the words. */
export function allOr(...words: readonly string[]): ValueType {
  return (value) =>
    value === "#all" || listOf(value).every((item) => words.includes(item))
      ? undefined
      : `"#all", or a list of ${quoted(words, "and")}`;
}

/** `namespace` of a wildcard. */
export const namespaces: ValueType = (value, element) =>
  value === "##any" || value === "##other"
    ? undefined
    : notNamespaces(value, element) && `"##any", "##other", ${uris}`;

/** `notNamespace` of a wildcard (XSD 1.1). */
export const notNamespaces: ValueType = (value, element) =>
  listOf(value).every((item) =>
    item.startsWith("##")
      ? item === "##targetNamespace" || item === "##local"
      : anyUri(item, element) === undefined,
  )
    ? undefined
    : uris;

const uris = 'or a list of URIs, "##targetNamespace" and "##local"';

/** `notQName` of a wildcard (XSD 1.1); `##definedSibling` only where elements have siblings. */
export function notNames(...words: readonly string[]): ValueType {
  return (value, element) => {
    for (const item of listOf(value)) {
      const wrong = words.includes(item) ? undefined : qName(item, element);
      if (wrong !== undefined)
        return wrong.startsWith(undeclaredPrefix) ? wrong : `a list of names and ${quoted(words, "and")}`;
    }
    return undefined;
  };
}

/** `xpathDefaultNamespace` (XSD 1.1). */
export const xpathDefaultNamespace: ValueType = (value, element) =>
  value.startsWith("##")
    ? oneOf("##defaultNamespace", "##targetNamespace", "##local")(value, element)
    : anyUri(value, element);

function quoted(words: readonly string[], conjunction: string): string {
  const all = words.map((word) => `"${word}"`);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${conjunction} ${all.at(-1) ?? ""}`;
}
