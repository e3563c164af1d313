/** Values of enumerations, as they are written in code. */
import type { Representation } from "../../templates/runtime/descriptor.js";
import type { SimpleType } from "../model/types.js";
import { simpleType, type Plan } from "./plan.js";
import type { Place } from "./scalars.js";

export type EnumerationLiteral = string | number | bigint | boolean;

/** The values of an enumeration in their representation, each once; undefined when the type is no enumeration. */
export function enumerationValues(
  plan: Plan,
  type: SimpleType,
  place?: Place,
): readonly EnumerationLiteral[] | undefined {
  const { enumeration } = type.facets;
  if (enumeration === undefined) return undefined;
  // Lists and unions are compared by their lexical form.
  if (type.variety !== "atomic") {
    // Names without a namespace are said without braces.
    const isName = /^\{\}|\s\{\}/u;
    return [
      ...new Set(
        enumeration.map(({ value }) => (isName.test(value) ? value.replaceAll(/(^|\s)\{\}/gu, "$1") : value)),
      ),
    ];
  }
  const as = plan.scalars.representation(type, place);
  return [...new Set(enumeration.map(({ value }) => literalOf(value, as)))];
}

/** One value of an enumeration as code has it, by its text in the schema. */
export function enumerationValue(plan: Plan, type: SimpleType, text: string): EnumerationLiteral {
  return type.variety === "atomic" ? literalOf(text, plan.scalars.representation(type)) : text;
}

/** Whether TypeScript can name the values of an enumeration: those that are strings or exact numbers. */
export function hasLiterals(plan: Plan, type: SimpleType, place?: Place): boolean {
  if (type.facets.enumeration === undefined) return false;
  switch (type.variety) {
    case "atomic": {
      const as = plan.scalars.representation(type, place);
      if (as === "bytes") return false;
      return (
        as !== "number" ||
        (enumerationValues(plan, type, place) ?? []).every((value) => Number.isFinite(value))
      );
    }
    case "list":
      return false;
    case "union":
      return (type.members ?? []).every((id) => isText(plan, simpleType(plan.model, id), place));
  }
}

function isText(plan: Plan, type: SimpleType, place?: Place): boolean {
  if (type.variety === "union")
    return (type.members ?? []).every((id) => isText(plan, simpleType(plan.model, id), place));
  if (type.variety === "list") return false;
  const as = plan.scalars.representation(type, place);
  return as === "string" || as === "qname";
}

/** What a default or fixed value is in TypeScript, as documentation shows it. */
export function presetText(
  plan: Plan,
  type: SimpleType,
  place: Place | undefined,
  text: string | undefined,
): string | undefined {
  if (text === undefined || type.variety !== "atomic") return text;
  const as = plan.scalars.representation(type, place);
  return as === "number" || as === "bigint" || as === "boolean" ? String(literalOf(text.trim(), as)) : text;
}

function literalOf(value: string, as: Representation): EnumerationLiteral {
  switch (as) {
    case "string":
    case "bytes":
      return value;
    case "qname":
      return value.startsWith("{}") ? value.slice(2) : value;
    case "boolean":
      return value === "true" || value === "1";
    case "bigint":
      return BigInt(value.replace("+", ""));
    case "number":
      if (value === "INF" || value === "+INF") return Infinity;
      return value === "-INF" ? -Infinity : Number(value);
  }
}
