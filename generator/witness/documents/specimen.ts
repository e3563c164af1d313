/** Small documents as trees: printed as XML, or handed to the validator as they are. */
import { XSI_NAMESPACE } from "../../model/builtins.js";
import { nameOfId } from "../../model/query.js";
import type { Model, QName, TypeId } from "../../model/types.js";
import type { XmlAttribute, XmlElement, XmlText } from "../../schema/types.js";

/** An element of a small document. */
export interface Specimen extends Body {
  readonly name: QName;
  /** What `xsi:type` says. */
  readonly type?: TypeId;
  readonly nil?: boolean;
  /** What a search is about. */
  readonly focus?: boolean;
}

/** What an element holds. */
export interface Body {
  readonly attributes: readonly SpecimenAttribute[];
  readonly children: readonly (Specimen | string)[];
}

export interface SpecimenAttribute {
  readonly name: QName;
  readonly value: string;
}

/** Prefixes for the namespaces of a document, those of the schemas where they have some. */
function prefixesFor(root: Specimen, models: readonly Model[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>(["xsi", "xml", "xmlns"]);
  const need = (uri: string): void => {
    if (uri === "" || found.has(uri)) return;
    const known = models.map((model) => prefixesIn(model).get(uri)).find((prefix) => prefix !== undefined);
    let prefix = known === undefined || known === "" ? "n" : known;
    for (let number = 2; taken.has(prefix); number++) prefix = `${known ?? "n"}${number}`;
    taken.add(prefix);
    found.set(uri, prefix);
  };
  const visit = (node: Specimen): void => {
    need(node.name.namespace);
    if (node.type !== undefined) need(nameOfId(node.type).namespace);
    for (const { name, value } of node.attributes) {
      if (name.namespace !== XML_URI) need(name.namespace);
      if (isQName(value)) need(nameOfId(value).namespace);
    }
    for (const child of node.children) {
      if (typeof child !== "string") visit(child);
      else if (isQName(child)) need(nameOfId(child).namespace);
    }
  };
  visit(root);
  return found;
}

const declaredPrefixes = new WeakMap<Model, ReadonlyMap<string, string | undefined>>();

/** Prefixes of a schema by namespace. */
function prefixesIn(model: Model): ReadonlyMap<string, string | undefined> {
  let known = declaredPrefixes.get(model);
  if (known === undefined)
    declaredPrefixes.set(model, (known = new Map(model.namespaces.map(({ uri, prefix }) => [uri, prefix]))));
  return known;
}

const XML_URI = "http://www.w3.org/XML/1998/namespace";

/** A value that is a name, as models keep it. */
function isQName(value: string): boolean {
  return /^\{[^{}\s]*\}[^{}\s]+$/u.test(value);
}

function qualified(name: QName, prefixes: ReadonlyMap<string, string>): string {
  if (name.namespace === XML_URI) return `xml:${name.local}`;
  const prefix = prefixes.get(name.namespace);
  return prefix === undefined ? name.local : `${prefix}:${name.local}`;
}

function textOf(value: string, prefixes: ReadonlyMap<string, string>): string {
  return isQName(value) ? qualified(nameOfId(value), prefixes) : value;
}

/** A document as XML text, indented; namespaces are declared at its root. */
export function printSpecimen(root: Specimen, models: readonly Model[]): string {
  const prefixes = prefixesFor(root, models);
  const declared = [...prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${escape(uri)}"`);
  if (usesXsi(root)) declared.push(` xmlns:xsi="${XSI_NAMESPACE}"`);
  const print = (node: Specimen, indent: string, head: string): string => {
    const name = qualified(node.name, prefixes);
    const type = node.type === undefined ? "" : ` xsi:type="${qualified(nameOfId(node.type), prefixes)}"`;
    const nil = node.nil === true ? ` xsi:nil="true"` : "";
    const attributes = node.attributes
      .map((each) => ` ${qualified(each.name, prefixes)}="${escape(textOf(each.value, prefixes))}"`)
      .join("");
    const start = `${indent}<${name}${head}${type}${nil}${attributes}`;
    const { children } = node;
    if (children.every((child) => child === "")) return `${start}/>`;
    if (children.some((child) => typeof child === "string")) {
      const inner = children
        .map((child) => (typeof child === "string" ? escape(textOf(child, prefixes)) : print(child, "", "")))
        .join("");
      return `${start}>${inner}</${name}>`;
    }
    const inner = children.map((child) => print(child as Specimen, `${indent}  `, "")).join("\n");
    return `${start}>\n${inner}\n${indent}</${name}>`;
  };
  return print(root, "", declared.join(""));
}

function usesXsi({ type, nil, children }: Specimen): boolean {
  return (
    type !== undefined ||
    nil === true ||
    children.some((child) => typeof child !== "string" && usesXsi(child))
  );
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}

/** A document as the validator reads it; what stands at offset n is the n-th of `nodes`. */
export interface Prepared {
  readonly root: XmlElement;
  readonly nodes: readonly Specimen[];
}

/** Prepares a document for the validator, without a text in between. */
export function prepareSpecimen(root: Specimen, models: readonly Model[]): Prepared {
  const prefixes = prefixesFor(root, models);
  const namespaces = new Map([...prefixes].map(([uri, prefix]) => [prefix, uri]));
  const nodes: Specimen[] = [];
  const convert = (node: Specimen): XmlElement => {
    const at = { file: "", start: nodes.length, end: nodes.length + 1 };
    nodes.push(node);
    const attribute = (name: QName, value: string): XmlAttribute => ({
      name,
      prefix: prefixes.get(name.namespace) ?? "",
      value: textOf(value, prefixes),
      at,
    });
    const attributes = node.attributes.map(({ name, value }) => attribute(name, value));
    const xsi = (local: string): QName => ({ namespace: XSI_NAMESPACE, local });
    if (node.type !== undefined)
      attributes.push(attribute(xsi("type"), qualified(nameOfId(node.type), prefixes)));
    if (node.nil === true) attributes.push(attribute(xsi("nil"), "true"));
    const children = node.children
      .filter((child) => child !== "")
      .map((child): XmlElement | XmlText =>
        typeof child === "string" ? { text: textOf(child, prefixes), at } : convert(child),
      );
    const prefix = prefixes.get(node.name.namespace) ?? "";
    return { name: node.name, prefix, attributes, children, namespaces, at, extent: at };
  };
  return { root: convert(root), nodes };
}

/** How many elements and attributes a document has. */
export function sizeOf({ attributes, children, type, nil }: Specimen): number {
  return children.reduce<number>(
    (sum, child) => sum + (typeof child === "string" ? 0 : sizeOf(child)),
    1 + attributes.length + (type === undefined ? 0 : 1) + (nil === true ? 1 : 0),
  );
}
