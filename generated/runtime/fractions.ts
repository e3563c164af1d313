// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Decimals and floating point; their types bring this, so that only bundles with such types hold it. */
import type { Atomic, Builtin, FractionBuiltin, Mapping } from "./descriptor.js";
import { collapse, patternOf } from "./forms.js";
import { collapsed, notA, wrongType } from "./simple.js";

const digits = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)";

const patterns: readonly RegExp[] = /*#__PURE__*/ [digits, digits + "([eE][+-]?\\d+)?|[+-]?INF|NaN"].map(
  patternOf,
);

/** May values of this type have a fraction? */
export function isFraction(builtin: Builtin): builtin is FractionBuiltin {
  return /^(?:decimal|float|double)$/.test(builtin);
}

/** Does a text, after white space processing, look like a value of the type? */
export function hasFractionForm(builtin: FractionBuiltin, text: string): boolean {
  return (patterns[builtin === "decimal" ? 0 : 1] as RegExp).test(text);
}

type Fraction = Atomic & { readonly builtin: FractionBuiltin };

/** Decimals, floats and doubles, as text or number. */
export const fractionMapping: Mapping<Fraction> = {
  parse(type, written) {
    const { as, builtin } = type;
    const text = collapsed(type, written);
    let value: unknown;
    if (hasFractionForm(builtin, text)) {
      value = as === "string" ? text : Number(text.replace("INF", "Infinity"));
      if (builtin === "decimal" && as === "number")
        value = Number.isFinite(value) ? (value as number) + 0 : undefined;
    }
    return { value, unlisted: false };
  },
  print(type, value) {
    const { as, builtin } = type;
    if (typeof value !== as) return wrongType(`a ${as}`, value);
    if (typeof value === "string")
      return hasFractionForm(builtin, collapse(value)) ? value : notA(type, value);
    const text = String(value);
    if (builtin !== "decimal") return Object.is(value, -0) ? "-0" : text.replace("Infinity", "INF");
    return Number.isFinite(value) ? plainDigits(text) : notA(type, value);
  },
  formOf: ({ as, builtin }, value) =>
    builtin === "decimal" && as === "string" ? decimalForm(String(value)) : String(value),
};

/** The digits of a decimal that count, found in linear time. */
function decimalForm(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--;
  const digits = whole.replace(/^[+-]?0*/, "") + (end > 0 ? "." + fraction.slice(0, end) : "");
  return digits && whole.startsWith("-") ? "-" + digits : digits;
}

/** Digits of a number without an exponent. */
function plainDigits(text: string): string {
  const [, sign = "", first = "", rest = "", shift = "0"] = /^(-?)(\d)\.?(\d*)e([+-]\d+)$/.exec(text) ?? [];
  if (first === "") return text;
  const point = 1 + Number(shift);
  return sign + (point > 0 ? (first + rest).padEnd(point, "0") : "0." + "0".repeat(-point) + first + rest);
}
