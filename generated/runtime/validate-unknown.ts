// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What a schema does not know, and `$unknown` keeps: wrong, except for types that `xsi:type` may choose. */
import type { Builtin, ExpandedName, SimpleType, Type } from "./descriptor.js";
import { checkText, derivesFrom } from "./facets.js";
import { follow, isSimple, split, type Plan } from "./plan.js";
import { XSD_NAMESPACE, XSI_NAMESPACE, XSI_TYPE } from "./scanner.js";
import { describe, print } from "./simple.js";
import { asText } from "./times.js";
import type { CheckUnknown, ValidatorParts } from "./validate.js";
import { isObject, own, type Values } from "./values.js";

/** Reports all of it. */
export const rejectUnknown: CheckUnknown = (parts, plan, value, unknown) => {
  const { report, steps } = parts;
  unknown.forEach((one, index) => {
    if (!isObject(one)) return;
    const { node, attributes: given, after } = one as Readonly<Record<string, unknown>>;
    const place = [...steps, "$unknown", index];
    if (typeof node === "string")
      report(
        "unexpected-text",
        "cvc-complex-type.2.3",
        "no text",
        `text is not allowed here: ${describe(node)}`,
        place,
      );
    else if (isObject(node))
      report(
        "unknown-element",
        "cvc-complex-type.2.4",
        "an element of the schema",
        `the schema does not know ${describe(node["name"])} here`,
        place,
      );
    if (!isObject(given)) return;
    const [type, content] = after === "$self" ? [undefined] : placed(plan, value, one);
    const chosen = own(given, XSI_TYPE);
    const isForeign = type !== undefined && typeof chosen === "string" && split(chosen)[0] !== XSD_NAMESPACE;
    // Those of a nil element were checked with it; what belongs to a type that is not known here may have any.
    if (content === null || isForeign) return;
    for (const name of Object.keys(given)) {
      const [uri, local] = split(name);
      if (uri === XSI_NAMESPACE && local !== "type") continue;
      const text = given[name];
      const named = name === XSI_TYPE && typeof text === "string" ? text : undefined;
      if (named !== undefined && after === "$self" && named === plan.struct.name) continue;
      if (named !== undefined && type && isChosen(parts, type, named, content, place)) continue;
      report(
        uri === XSI_NAMESPACE ? "unknown-type" : "unknown-attribute",
        uri === XSI_NAMESPACE ? "cvc-elt.4.2" : "cvc-complex-type.3.2.2",
        "what the schema knows",
        `the schema does not know the attribute ${name} here`,
        place,
      );
    }
  });
};

/** May `xsi:type` name this built-in type where a simple one is declared? */
function isChosen(
  { lookup, prefixOf, report }: ValidatorParts,
  declared: SimpleType,
  name: ExpandedName,
  value: unknown,
  place: readonly (string | number)[],
): boolean {
  const [uri, local] = split(name);
  const builtin = local as Builtin;
  if (uri !== XSD_NAMESPACE || !derivesFrom(builtin, declared)) return false;
  const text = print(declared, value, prefixOf);
  const wrong = typeof text === "string" && checkText(asText(builtin), text, lookup);
  if (wrong) report(wrong.code, wrong.clause, wrong.expected, wrong.message, place);
  return true;
}

/** The simple type and the value of the element beside which something is kept. */
function placed(
  plan: Plan,
  value: Values,
  { after, index }: Values,
): readonly [SimpleType | undefined, unknown] {
  const part = plan.parts.find((one) => one.property === after);
  const given = part && own(value, part.property);
  const one: unknown = Array.isArray(given) && typeof index === "number" ? given[index] : given;
  const tag = isObject(one) ? own(one, "$name") : undefined;
  const entry = part?.entries.find((each) => each.tag === tag);
  const type = entry?.element && follow<Type>(entry.element.type);
  const content = tag === undefined ? one : own(one as Values, "$value");
  return type && isSimple(type) ? [type, content] : [undefined, content];
}
