// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Names of XML 1.0 (5th edition) and Namespaces in XML 1.0. */
import type { Builtin } from "./descriptor.js";

/** What a name may begin with, but for a colon (XML 1.0, production 4). */
const start =
  "A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}";

/** A name without a colon (Namespaces in XML, production 4). */
export const ncName: RegExp = /*#__PURE__*/ new RegExp(
  `^[${start}][-.0-9\xB7\u0300-\u036F\u203F\u2040${start}]*$`,
  "u",
);

/** A name without a colon (Namespaces in XML, production 4). */
export function isNcName(text: string): boolean {
  return ncName.test(text);
}

/** A name (XML 1.0, production 5). */
export function isName(text: string): boolean {
  return ncName.test(text.replaceAll(":", "_"));
}

/** A name token (XML 1.0, production 7). */
export function isNmtoken(text: string): boolean {
  return text !== "" && ncName.test("_" + text.replaceAll(":", "_"));
}

/** Whether a text, after white space processing, has the form of the built-in type, if that is one of names. */
export function hasNameForm(builtin: Builtin, text: string): boolean {
  switch (builtin) {
    case "NCName":
    case "ID":
    case "IDREF":
    case "ENTITY":
      return isNcName(text);
    case "Name":
      return isName(text);
    case "NMTOKEN":
      return isNmtoken(text);
    default:
      return true;
  }
}
