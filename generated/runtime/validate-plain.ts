// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Typed values of plain types, which are finite trees of elements, attributes and texts: what `encode` refuses, and what it does not look
 * at, the facets of texts and the details of dates, names and addresses. Much smaller than `validate.ts`, which knows all types.
 */
import type { Ref, Struct, Type } from "./descriptor.js";
import { check } from "./encode.js";
import type { Issue } from "./errors.js";
import { checkText } from "./facets.js";
import { follow, isSimple, planOf, propertyOf } from "./plan.js";
import { expandedNames, print } from "./simple.js";
import type { ValidationIssue } from "./validate.js";
import { isObject, own, pointer } from "./values.js";

type Steps = readonly (string | number)[];

/** What is wrong with a value of a plain type: no QNames, IDs, wildcards, ordered content, nil or fixed values are in it. */
export function validatePlain(type: Struct, value: unknown): (Issue & Partial<ValidationIssue>)[] {
  const issues: (Issue & Partial<ValidationIssue>)[] = check(type, value);
  const look = (ref: Ref<Type>, value: unknown, steps: Steps, clause: string, preset?: string): void => {
    const type = follow(ref);
    if (isSimple(type)) {
      const text = print(type, value, () => "");
      // What is no value of the type was told; an empty element stands for its default value.
      if (typeof text !== "string" || (text === "" && preset !== undefined)) return;
      const wrong = checkText(type, text, expandedNames);
      if (wrong) issues.push({ ...wrong, clause: wrong.clause || clause, steps, path: pointer(steps) });
    } else if (type.kind === "struct" && isObject(value)) {
      const { attributes, parts, text } = planOf(type);
      const within = (property: string): Steps => [...steps, property];
      for (const one of attributes) {
        const property = propertyOf(one);
        const given = own(value, property);
        if (given !== undefined) look(one.type, given, within(property), "cvc-attribute.3");
      }
      if (text) look(text, own(value, "$value"), within("$value"), "cvc-complex-type.2.2", preset);
      for (const { property, many, entries } of parts) {
        const given = own(value, property);
        const element = entries[0]?.element;
        if (given === undefined || !element) continue;
        const lookAt = (one: unknown, place: Steps): void => {
          look(element.type, one, place, "cvc-type.3.1.3", element.default);
        };
        if (!many) lookAt(given, within(property));
        else if (Array.isArray(given)) given.forEach((one, k) => lookAt(one, [...within(property), k]));
      }
    }
  };
  look(type, value, [], "");
  return issues;
}
