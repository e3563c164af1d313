/** Looking into elements of XSD: attributes without a namespace, children in the namespace of XSD. */
import type { Span } from "../diagnostics.js";
import type { XmlAttribute, XmlElement } from "./types.js";
import { collapse } from "./values.js";

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

/** The place of an attribute's value; without the attribute, that of the element. */
export function placeOf(element: XmlElement, name: string): Span {
  return attributeOf(element, name)?.at ?? element.at;
}

/** The children of these names. */
export function childrenOf(element: XmlElement, names: readonly string[]): readonly XmlElement[] {
  let found: XmlElement[] | undefined;
  if (element.children.length === 0) return none;
  for (const child of element.children) {
    if (!("name" in child) || !names.includes(child.name.local) || child.name.namespace !== XSD_NAMESPACE) {
      continue;
    }
    (found ??= []).push(child);
  }
  return found ?? none;
}

const none: readonly XmlElement[] = [];

/** The first child of one of these names. */
export function childOf(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  return childrenOf(element, names)[0];
}

/** How an element is shown in messages: as it was written. */
export function tag(element: XmlElement): string {
  return `<${element.prefix === "" ? "" : `${element.prefix}:`}${element.name.local}>`;
}
