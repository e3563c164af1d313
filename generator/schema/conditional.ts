/** Conditional inclusion (XSD 1.1, Structures 4.2.2): the `vc:` attributes decide which elements of a document exist. */
import type { Diagnostic } from "../diagnostics.js";
import type { Edition } from "./grammar.js";
import { isQName } from "./names.js";
import type { XmlElement, XmlText } from "./types.js";
import { collapse, listOf, resolveQName } from "./values.js";
import { XSD_NAMESPACE } from "./element.js";
import { suggestionHint } from "../suggestion.js";

const VERSIONING_NAMESPACE = "http://www.w3.org/2007/XMLSchema-versioning";

const processorVersion = 1.1;

const types: ReadonlySet<string> = new Set(
  (
    "anyType anySimpleType anyAtomicType string boolean decimal float double duration dateTime dateTimeStamp time date gYearMonth " +
    "gYear gMonthDay gDay gMonth hexBinary base64Binary anyURI QName NOTATION normalizedString token language NMTOKEN NMTOKENS " +
    "Name NCName ID IDREF IDREFS ENTITY ENTITIES integer nonPositiveInteger negativeInteger long int short byte " +
    "nonNegativeInteger unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger yearMonthDuration dayTimeDuration error"
  ).split(" "),
);

const facets: ReadonlySet<string> = new Set(
  (
    "length minLength maxLength pattern enumeration whiteSpace maxInclusive maxExclusive minExclusive minInclusive totalDigits " +
    "fractionDigits assertion explicitTimezone"
  ).split(" "),
);

const attributeNames =
  "minVersion maxVersion typeAvailable typeUnavailable facetAvailable facetUnavailable".split(" ");

type Complain = (diagnostic: Omit<Diagnostic, "severity"> & Partial<Pick<Diagnostic, "severity">>) => void;

/** Whether a document can hold `vc:` attributes at all; a namespace may be spelt with references. */
export function mayBeConditional(text: string): boolean {
  return /XMLSchema-versioning|<!DOCTYPE|&#/u.test(text);
}

/** The tree without the elements that their `vc:` attributes exclude; undefined when that is the root. */
export function applyConditions(
  element: XmlElement,
  version: Edition,
  complain: Complain,
): XmlElement | undefined {
  if (!isIncluded(element, version, complain)) return undefined;
  let changed = false;
  const children = element.children.flatMap((child): readonly (XmlElement | XmlText)[] => {
    if (!("name" in child)) return [child];
    const kept = applyConditions(child, version, complain);
    if (kept !== child) changed = true;
    return kept === undefined ? [] : [kept];
  });
  return changed ? { ...element, children } : element;
}

function isIncluded(element: XmlElement, version: Edition, complain: Complain): boolean {
  let included = true;
  for (const { name, value, at } of element.attributes) {
    if (name.namespace !== VERSIONING_NAMESPACE) continue;
    const text = collapse(value);
    const bad = (what: string, hint?: string): void => {
      complain({
        // For XSD 1.0 it is an attribute of a foreign namespace.
        severity: version === "1.1" ? "error" : "warning",
        code: "invalid-attribute-value",
        message: `"${text}" of the attribute "vc:${name.local}" must be ${what}`,
        at,
        clause: "Structures 1.1 4.2.2",
        ...(hint === undefined ? {} : { hint }),
      });
    };
    if (name.local === "minVersion" || name.local === "maxVersion") {
      if (!/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/u.test(text)) bad("a decimal number");
      else if (
        name.local === "minVersion" ? Number(text) > processorVersion : Number(text) <= processorVersion
      ) {
        included = false;
      }
      continue;
    }
    if (!attributeNames.includes(name.local)) {
      // An unknown condition is none: later versions of XSD may bring more.
      complain({
        severity: "warning",
        code: "unknown-schema-attribute",
        message: `"vc:${name.local}" is no condition`,
        at,
        clause: "Structures 1.1 4.2.2",
        hint: suggestionHint(name.local, attributeNames) ?? `there are ${attributeNames.join(", ")}`,
      });
      continue;
    }
    const known = name.local.startsWith("type") ? types : facets;
    const answers = listOf(value).map((item) => {
      const qName = isQName(item) ? resolveQName(item, element) : undefined;
      if (qName === undefined) bad("a list of names whose prefixes are declared");
      return qName?.namespace === XSD_NAMESPACE && known.has(qName.local);
    });
    if (name.local.endsWith("Unavailable") ? answers.every(Boolean) : !answers.every(Boolean))
      included = false;
  }
  return included;
}
