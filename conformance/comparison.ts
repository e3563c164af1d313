/**
 * Whether two documents say the same: elements, attributes, text and order.
 *
 * Values of simple types are equal when their texts are, or when they are the same in the value space of the type.
 * Prefixes do not matter, `xsi:type` is compared by expanded name. Not compared: white space between elements where
 * only elements may stand, comments, processing instructions, and the hints `xsi:schemaLocation` and
 * `xsi:noNamespaceSchemaLocation`, which are no part of the data.
 */
import { XSI_NAMESPACE } from "../generator/model/builtins.js";
import { simpleTypeOf } from "../generator/model/query.js";
import type { Model, QName, SimpleType, TypeDefinition } from "../generator/model/types.js";
import { isSameValue, parseValue } from "../generator/model/values.js";
import type { XmlAttribute, XmlElement } from "../generator/schema/types.js";
import type { XsdVersion } from "./suite.js";

/** What governs the nodes of a document, and the text that counts for the value of each. */
export type Assessment = ReadonlyMap<
  XmlElement | XmlAttribute,
  { readonly type: TypeDefinition; readonly text?: string }
>;

/** How to compare: by the types that validation of the first document found. */
export interface ComparisonContext {
  readonly model: Model;
  readonly assessment: Assessment;
  readonly version: XsdVersion;
}

/** The first difference, in words; undefined when the documents say the same. */
export function differenceOf(
  before: XmlElement,
  after: XmlElement,
  context: ComparisonContext,
  path = `/${before.name.local}`,
): string | undefined {
  if (!isSameName(before.name, after.name))
    return `${path}: <${show(before.name)}> became <${show(after.name)}>`;
  const attributes = attributeDifference(before, after, context, path);
  if (attributes !== undefined) return attributes;
  const governing = context.assessment.get(before);
  if (governing?.type.kind === "simple") {
    const text = textOf(after);
    // An empty element has the value that its declaration gives.
    // A value that the declaration gives has its names expanded.
    const at = textOf(before) === "" ? undefined : before;
    const same =
      (at === undefined && text === "") ||
      isSameText(governing.type, governing.text ?? "", at, text, after, context);
    return same && !after.children.some(isElement)
      ? undefined
      : `${path}: ${quote(governing.text ?? "")} became ${quote(text)}`;
  }
  const onlyElements =
    governing?.type.kind === "complex" &&
    (governing.type.content.kind === "empty" ||
      (governing.type.content.kind === "elements" && !governing.type.content.mixed));
  const [old, fresh] = [contentOf(before, onlyElements), contentOf(after, onlyElements)];
  for (const [index, child] of old.entries()) {
    const other = fresh[index];
    const place = `${path}/${typeof child === "string" ? "text()" : child.name.local}[${index + 1}]`;
    if (typeof child === "string" || typeof other === "string" || other === undefined) {
      if (child !== other) return `${place}: ${showNode(child)} became ${showNode(other)}`;
      continue;
    }
    const difference = differenceOf(child, other, context, place);
    if (difference !== undefined) return difference;
  }
  return fresh.length > old.length ? `${path}: ${showNode(fresh[old.length])} was added` : undefined;
}

function attributeDifference(
  before: XmlElement,
  after: XmlElement,
  context: ComparisonContext,
  path: string,
): string | undefined {
  const rest = new Map(dataOf(after).map((attribute) => [show(attribute.name), attribute]));
  for (const attribute of dataOf(before)) {
    const id = show(attribute.name);
    const place = `${path}/@${attribute.name.local}`;
    const other = rest.get(id);
    if (other === undefined) return `${place}: ${quote(attribute.value)} is lost`;
    rest.delete(id);
    const same =
      attribute.name.namespace === XSI_NAMESPACE
        ? xsiValue(attribute, before) === xsiValue(other, after)
        : isSameAttribute(attribute, other, before, after, context);
    if (!same) return `${place}: ${quote(attribute.value)} became ${quote(other.value)}`;
  }
  const [added] = rest.values();
  return added === undefined ? undefined : `${path}/@${added.name.local}: ${quote(added.value)} was added`;
}

function isSameAttribute(
  attribute: XmlAttribute,
  other: XmlAttribute,
  before: XmlElement,
  after: XmlElement,
  context: ComparisonContext,
): boolean {
  const type = context.assessment.get(attribute)?.type;
  return type?.kind === "simple"
    ? isSameText(type, attribute.value, before, other.value, after, context)
    : attribute.value === other.value;
}

/** Both texts are values of the type, and the same one; the same text may be another name where its prefix is another's. */
function isSameText(
  type: SimpleType,
  text: string,
  at: XmlElement | undefined,
  other: string,
  otherAt: XmlElement,
  { model, version }: ComparisonContext,
): boolean {
  const read = (given: string, element: XmlElement | undefined) =>
    parseValue(type, given, {
      simpleType: (id) => simpleTypeOf(model, id),
      namespaces: element?.namespaces,
      version,
    });
  if (text === other && at !== undefined && isWithoutNames(type)) return true;
  const a = read(text, at);
  const b = read(other, otherAt);
  if ("problem" in a || "problem" in b) return text === other && "problem" in a && "problem" in b;
  return isSameValue(a.value, b.value);
}

function isWithoutNames({ variety, primitive }: SimpleType): boolean {
  return (
    variety === "atomic" &&
    primitive?.endsWith("}QName") !== true &&
    primitive?.endsWith("}NOTATION") !== true
  );
}

/** `xsi:type` as an expanded name, `xsi:nil` as a boolean. */
function xsiValue({ name, value }: XmlAttribute, { namespaces }: XmlElement): string {
  const text = value.trim();
  if (name.local === "nil") return text === "1" ? "true" : text === "0" ? "false" : text;
  if (name.local !== "type") return text;
  const colon = text.indexOf(":");
  return `{${namespaces.get(text.slice(0, Math.max(0, colon))) ?? ""}}${text.slice(colon + 1)}`;
}

const hints: ReadonlySet<string> = new Set(["schemaLocation", "noNamespaceSchemaLocation"]);

/** Attributes that carry data: no declarations, no hints. */
function dataOf(element: XmlElement): readonly XmlAttribute[] {
  return element.attributes.filter(
    ({ name }) =>
      name.namespace !== "http://www.w3.org/2000/xmlns/" &&
      !(name.namespace === XSI_NAMESPACE && hints.has(name.local)),
  );
}

/** Children, with texts that only a comment divides as one. */
function contentOf(element: XmlElement, onlyElements: boolean): readonly (XmlElement | string)[] {
  const found: (XmlElement | string)[] = [];
  for (const child of element.children) {
    const last = found.at(-1);
    if (isElement(child)) found.push(child);
    else if (onlyElements && /^[ \t\r\n]*$/u.test(child.text)) continue;
    else if (typeof last === "string") found[found.length - 1] = last + child.text;
    else if (child.text !== "") found.push(child.text);
  }
  return found;
}

function textOf(element: XmlElement): string {
  return element.children.map((child) => (isElement(child) ? "" : child.text)).join("");
}

function isElement(child: XmlElement["children"][number]): child is XmlElement {
  return "name" in child;
}

function isSameName(a: QName, b: QName): boolean {
  return a.local === b.local && a.namespace === b.namespace;
}

function show({ namespace, local }: QName): string {
  return namespace === "" ? local : `{${namespace}}${local}`;
}

function showNode(node: XmlElement | string | undefined): string {
  return node === undefined ? "nothing" : typeof node === "string" ? quote(node) : `<${show(node.name)}>`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
