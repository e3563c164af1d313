/** Looking into elements of XSD: attributes without a namespace, children in the namespace of XSD. */
import type { Span } from "../diagnostics.js";
import { isQName } from "./names.js";
import type { DerivationMethod, Form, QNameRef, XmlAttribute, XmlElement } from "./types.js";
import { collapse, listOf, resolveQName } from "./values.js";

export const XSD_NAMESPACE = "http://www.w3.org/2001/XMLSchema";

/** An attribute without a namespace. */
export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  for (const attribute of element.attributes) {
    if (attribute.name.local === name && attribute.name.namespace === "") return attribute;
  }
  return undefined;
}

/** The value of an attribute, its white space collapsed. */
export function valueOf(element: XmlElement, name: string): string | undefined {
  const attribute = attributeOf(element, name);
  return attribute === undefined ? undefined : collapse(attribute.value);
}

/** An xs:boolean attribute; what is no boolean counts as false. */
export function booleanOf(element: XmlElement, name: string): boolean | undefined {
  const value = valueOf(element, name);
  return value === undefined ? undefined : value === "true" || value === "1";
}

/** An attribute that says whether names have the target namespace. */
export function formOf(element: XmlElement, name: string): Form | undefined {
  const value = valueOf(element, name);
  return value === "qualified" || value === "unqualified" ? value : undefined;
}

/** The reference that a name stands for; undefined where it is none, or its prefix is not declared. */
function reference(text: string, element: XmlElement, at: Span): QNameRef | undefined {
  if (!isQName(text)) return undefined;
  const name = resolveQName(text, element);
  if (name === undefined) return undefined;
  return { namespace: name.namespace, local: name.local, prefix: name.prefix, at };
}

/** An attribute that refers to a component. */
export function referenceOf(element: XmlElement, name: string): QNameRef | undefined {
  const attribute = attributeOf(element, name);
  return attribute === undefined ? undefined : reference(collapse(attribute.value), element, attribute.at);
}

/** An attribute that lists references to components. */
export function referencesOf(element: XmlElement, name: string): readonly QNameRef[] {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return none;
  return listOf(attribute.value).flatMap((item) => reference(item, element, attribute.at) ?? []);
}

/** An attribute that lists derivation methods; `#all` means all of those that apply. */
export function methodsOf<M extends DerivationMethod>(
  element: XmlElement,
  name: string,
  all: readonly M[],
): readonly M[] | undefined {
  const value = valueOf(element, name);
  if (value === undefined) return undefined;
  if (value === "#all") return all;
  const items = listOf(value);
  return all.filter((method) => items.includes(method));
}

/** The place of an attribute's value; without the attribute, that of the element. */
export function placeOf(element: XmlElement, name: string): Span {
  return attributeOf(element, name)?.at ?? element.at;
}

/** The children of these names, which are XSD's unless said otherwise. */
export function childrenOf(
  element: XmlElement,
  names: readonly string[],
  namespace = XSD_NAMESPACE,
): readonly XmlElement[] {
  let found: XmlElement[] | undefined;
  if (element.children.length === 0) return none;
  for (const child of element.children) {
    if (!("name" in child) || !names.includes(child.name.local) || child.name.namespace !== namespace) {
      continue;
    }
    (found ??= []).push(child);
  }
  return found ?? none;
}

const none: readonly never[] = [];

/** The first child of one of these names. */
export function childOf(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  return childrenOf(element, names)[0];
}

/** How an element is shown in messages: as it was written. */
export function tag(element: XmlElement): string {
  return `<${element.prefix === "" ? "" : `${element.prefix}:`}${element.name.local}>`;
}
