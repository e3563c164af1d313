/** The values of unions that are enumerated: each is that of the first member which lets its text in, as it is read. */
import { parse, expandedNames } from "../../templates/runtime/simple.js";
import type { SimpleType as Descriptor } from "../../templates/runtime/descriptor.js";
import type { SimpleType } from "../model/types.js";
import { liveDescriptors } from "./live.js";
import type { Plan } from "./plan.js";
import type { EnumerationLiteral } from "./values.js";

/** Undefined where TypeScript has no literal for one of them, or no member takes it: bytes, lists, `NaN`. */
export function unionValues(plan: Plan, type: SimpleType): readonly EnumerationLiteral[] | undefined {
  const { enumeration } = type.facets;
  if (type.variety !== "union" || enumeration === undefined) return undefined;
  const union = { ...liveDescriptors(plan.input).type(type.id), values: undefined } as unknown as Descriptor;
  const values = new Set<EnumerationLiteral>();
  for (const { value: text } of enumeration) {
    const { value, unlisted } = parse(union, text, expandedNames);
    if (unlisted || !isLiteral(value)) return undefined;
    values.add(value);
  }
  return [...values];
}

function isLiteral(value: unknown): value is EnumerationLiteral {
  return typeof value === "number"
    ? Number.isFinite(value)
    : ["string", "bigint", "boolean"].includes(typeof value);
}
