// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Attributes that types have, or let in. */
import { bare, put, started, type Attributes } from "./decode.js";
import type { Attributed } from "./descriptor.js";
import { allows, attributeOf, expand, follow, propertyOf, split } from "./plan.js";
import { XSI_NAMESPACE, type XmlAttribute } from "./scanner.js";
import { isObject, own } from "./values.js";

/** Reads and writes the attributes that a type has a place for. */
export const attributed: Attributed = {
  read(plan, tag, start, left, { checks, keepPrefixes, parseText, report, scanner }) {
    let out: object | undefined;
    let any: Attributes | undefined;
    const others: XmlAttribute[] = [];
    for (const attribute of scanner.attributes) {
      const { uri, local, value, offset } = attribute;
      const known = attributeOf(plan, uri, local);
      if (known) {
        const property = propertyOf(known);
        const parsed = parseText(follow(known.type), value, offset, property, known.fixed);
        put((out ??= started(tag)), property, parsed);
      } else if (uri !== XSI_NAMESPACE && plan.anyAttribute.some((one) => allows(one, uri, local))) {
        checks?.attribute(plan, attribute, scanner.lookup);
        (any ??= bare())[expand(uri, local)] = value;
        keepPrefixes(left, value);
      } else others.push(attribute);
    }
    for (const one of plan.attributes) {
      const property = propertyOf(one);
      if (one.required && !(out && Object.hasOwn(out, property)))
        report("missing-attribute", `${property} is required`, start, property);
    }
    if (any) put((out ??= started(tag)), "$anyAttribute", any);
    return [out, others];
  },
  write(plan, value, spaces, { attribute, attributesOf, get, issue, path, refuse, refuseMarkup, simple }) {
    let out = "";
    let keys = 0;
    for (const one of plan.attributes) {
      const property = propertyOf(one);
      const given = own(value, property);
      path.push(property);
      if (given !== undefined) {
        keys++;
        out += attribute(expand(one.ns ?? "", one.name), simple(follow(one.type), given));
      } else if (one.required) issue("missing-attribute", `${property} is required`);
      path.pop();
    }
    const any = get(value, "$anyAttribute");
    if (any !== undefined && plan.anyAttribute.length > 0) {
      keys++;
      out += isObject(any)
        ? attributesOf(any, false, spaces?.(), (name) => {
            const steps = ["$anyAttribute", name];
            const [uri, local] = split(name);
            const known = attributeOf(plan, uri, local);
            if (known || !plan.anyAttribute.some((one) => allows(one, uri, local))) {
              const message = `the attribute ${name} is not allowed here`;
              // No reader accepts an attribute that stands twice in a tag.
              if (known && own(value, propertyOf(known)) !== undefined)
                refuseMarkup(message, "unknown-attribute", steps);
              else issue("unknown-attribute", message, ...steps);
            }
            return steps;
          })
        : refuse("an object", any);
    }
    return [out, keys];
  },
};
