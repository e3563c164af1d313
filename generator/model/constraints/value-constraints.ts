/** Defaults and fixed values against the types they belong to (cos-valid-default, e-, a- and au-props-correct). */
import type { Span } from "../../diagnostics.js";
import type { ValueConstraint } from "../preset.js";
import { isEmptiable } from "./occurrence.js";
import { contextOf, fail, type Resolution } from "../resolution.js";
import type { SimpleType, TypeId } from "../types.js";
import { isSameValue, parseValue } from "../values.js";

interface Constrained extends ValueConstraint {
  readonly type: TypeId;
  readonly span: Span;
}

/** Checks the default or fixed value of an element or attribute. */
export function checkValueConstraint(
  r: Resolution,
  kind: "element" | "attribute",
  name: string,
  { type, default: preset, fixed, prefixes, span }: Constrained,
): void {
  const value = fixed ?? preset;
  if (value === undefined) return;
  const word = fixed === undefined ? "default" : "fixed value";
  const simple = textType(r, type);
  if (simple === "any") return;
  const clause = kind === "element" ? "e-props-correct" : "a-props-correct";
  if (simple === undefined) {
    fail(
      r,
      "value-for-element-content",
      "cos-valid-default.2.1",
      `the element "${name}" cannot have a ${word}: its content is neither simple, nor mixed and emptiable`,
      span,
    );
    return;
  }
  if (r.version === "1.0" && simple.builtin?.endsWith("}ID") === true) {
    fail(
      r,
      "value-for-id",
      `${clause}.${kind === "element" ? 5 : 3}`,
      `the ${kind} "${name}" is of type ID, so it cannot have a ${word}`,
      span,
    );
    return;
  }
  const parsed = parseValue(simple, value, { ...contextOf(r), namespaces: prefixes });
  if (!("problem" in parsed)) return;
  fail(
    r,
    "invalid-value-constraint",
    `${clause}.2`,
    `the ${word} "${value}" of the ${kind} "${name}" is not valid for its type: ${parsed.problem}`,
    span,
  );
}

/** The simple type of an element's text; "any" for mixed emptiable content, undefined where there is no text. */
export function textType(r: Resolution, id: TypeId): SimpleType | "any" | undefined {
  const type = r.types.get(id);
  // What could not be built has its own diagnostic.
  if (type === undefined) return "any";
  if (type.kind === "simple") return type;
  const { content } = type;
  if (content.kind === "simple") {
    const simple = r.types.get(content.type);
    return simple?.kind === "simple" ? simple : "any";
  }
  if (content.kind === "empty" || !content.mixed) return undefined;
  return content.particle === undefined || isEmptiable(content.particle) ? "any" : undefined;
}

/** Whether two fixed values are the same value, each read by its own type. */
export function isSameConstraintValue(
  r: Resolution,
  a: Pick<ValueConstraint, "prefixes"> & { readonly type: TypeId; readonly value: string },
  b: Pick<ValueConstraint, "prefixes"> & { readonly type: TypeId; readonly value: string },
): boolean {
  const [x, y] = [a, b].map(({ type, value, prefixes }) => {
    const simple = textType(r, type);
    return simple === undefined || simple === "any"
      ? undefined
      : parseValue(simple, value, { ...contextOf(r), namespaces: prefixes });
  });
  if (x === undefined || y === undefined || "problem" in x || "problem" in y) return a.value === b.value;
  return isSameValue(x.value, y.value);
}
