/** Types of TypeScript as texts. */
import { docComment } from "./docs.js";
import { isPropertyName } from "./identifiers.js";
import { printString } from "./print.js";

export interface Property {
  /** As it is written: quoted where it must be. */
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly docs: string;
}

/** A name as the key of a property: quoted where it is no identifier. */
export const propertyName = (name: string): string => (isPropertyName(name) ? name : printString(name));

/** What every object has: where a property of that name is absent, this is there instead. */
const inherited: ReadonlySet<string> = new Set([
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
]);

/** The type of a property as it is written. */
export function propertyType({ name, type, optional }: Property): string {
  if (!optional || !inherited.has(name)) return type;
  return type === "never" ? `Object["${name}"]` : unionText([type, `Object["${name}"]`]);
}

/** A union of distinct members, over several lines when it is long. */
export function unionText(parts: readonly string[]): string {
  // A part may be such a union itself; two bars in a row are no type.
  const distinct = [...new Set(parts.map((part) => part.replace(/^\n\| /u, "")))];
  if (distinct.length === 0) return "never";
  const line = distinct.join(" | ");
  return line.length <= 80 ? line : distinct.map((part) => `\n| ${part}`).join("");
}

/** An array that may be given as readonly. */
export function arrayText(item: string): string {
  return /^[\w$.]+(?:<[^|&]*>)?$/u.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`;
}

/** An object type of properties, with their documentation. */
export function objectText(properties: readonly Property[]): string {
  if (properties.length === 0) return "{}";
  const lines = properties.map(
    (property) =>
      `${docComment(property.docs)}${property.name}${property.optional ? "?" : ""}: ${propertyType(property)};`,
  );
  const line = lines.join(" ").replace(/;$/u, "");
  return line.length <= 80 && !line.includes("\n") ? `{ ${line} }` : `{\n${indent(lines.join("\n"))}\n}`;
}

const indent = (text: string): string => text.replace(/^(?=.)/gmu, "  ");
