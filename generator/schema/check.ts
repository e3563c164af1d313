/** Judges a schema document by the schema for schemas ({@link productions}): elements, order, attributes, values, ids. */
import type { Diagnostic } from "../diagnostics.js";
import { suggestionHint } from "../suggestion.js";
import {
  elementNames,
  productions,
  xmlLang,
  type AttributeRule,
  type Production,
  type ProductionName,
  type Edition,
} from "./grammar.js";
import { attributeOf, tag, XSD_NAMESPACE } from "./element.js";
import { XML_NAMESPACE } from "./names.js";
import type { XmlAttribute, XmlElement, XmlText } from "./types.js";
import { collapse, undeclaredPrefix } from "./values.js";

type Complain = (diagnostic: Omit<Diagnostic, "severity">) => void;

/** Judges a document whose root element is known, and then each of the root's children. */
export interface GrammarCheck {
  readonly take: (child: XmlElement | XmlText) => void;
  readonly finish: () => void;
}

/** How far the content of an element has come: children taken by each step, and the step that is on. */
interface Progress {
  readonly counts: number[];
  current: number;
}

/** Begins to check a document; `production` is what its root follows. */
export function createGrammarCheck(
  root: XmlElement,
  production: ProductionName,
  version: Edition,
  complain: Complain,
): GrammarCheck {
  const ids = new Map<string, XmlAttribute>();
  const rules = productions[production];
  const progress = begin(rules);
  checkAttributes(root, rules);
  return {
    take: (child) => checkChild(root, rules, progress, child),
    finish: () => checkCounts(root, rules, progress),
  };

  function checkElement(element: XmlElement, name: ProductionName): void {
    const rules = productions[name];
    checkAttributes(element, rules);
    if (rules.open !== true) checkContent(element, rules);
  }

  function checkAttributes(element: XmlElement, rules: Production): void {
    for (const attribute of element.attributes) {
      const { namespace, local } = attribute.name;
      if (namespace === XML_NAMESPACE && local === "lang") {
        checkValue(element, attribute, xmlLang, rules);
      }
      if (namespace !== "" && namespace !== XSD_NAMESPACE) continue;
      const rule = namespace === "" ? rules.attributes.get(local) : undefined;
      const written = attribute.prefix === "" ? local : `${attribute.prefix}:${local}`;
      if (rule === undefined) {
        const hint =
          namespace === "" ? suggestionHint(local, rules.attributes.keys()) : "write it without a prefix";
        complain({
          code: "unknown-schema-attribute",
          message: `${tag(element)} has no attribute "${written}" here`,
          at: attribute.at,
          clause: rules.clause,
          hint: hint ?? `allowed: ${list(rules.attributes.keys(), "and")}`,
        });
      } else if (rule.since === "1.1" && version === "1.0") {
        complain({
          code: "xsd-1.1-only",
          message: `the attribute "${local}" of ${tag(element)} is XSD 1.1`,
          at: attribute.at,
          clause: rules.clause,
        });
      } else {
        checkValue(element, attribute, rule, rules);
        if (local === "id") checkId(attribute);
      }
    }
    for (const name of rules.required) {
      if (attributeOf(element, name) !== undefined) continue;
      complain({
        code: "missing-schema-attribute",
        message: `${tag(element)} needs the attribute "${name}" here`,
        at: element.at,
        clause: rules.clause,
      });
    }
  }

  function checkValue(
    element: XmlElement,
    attribute: XmlAttribute,
    rule: AttributeRule,
    { clause }: Production,
  ): void {
    const type = version === "1.0" ? (rule.type10 ?? rule.type) : rule.type;
    const value = collapse(attribute.value);
    const wrong = type(value, element);
    if (wrong === undefined) return;
    const prefix = wrong.startsWith(undeclaredPrefix);
    complain({
      code: prefix ? "undeclared-prefix" : "invalid-attribute-value",
      message: `"${value}" of the attribute "${attribute.name.local}" of ${tag(element)} must be ${wrong}`,
      at: attribute.at,
      clause: prefix ? "src-qname" : clause,
    });
  }

  function checkId(attribute: XmlAttribute): void {
    const value = collapse(attribute.value);
    const other = ids.get(value);
    if (other === undefined) ids.set(value, attribute);
    else {
      complain({
        code: "duplicate-id",
        message: `the id "${value}" is given twice`,
        at: attribute.at,
        clause: "cvc-id.2",
        related: [{ message: "the other one", at: other.at }],
      });
    }
  }

  function checkContent(element: XmlElement, rules: Production): void {
    if (element.children.length === 0 && !rules.needsChild) return;
    const progress = begin(rules);
    for (const child of element.children) checkChild(element, rules, progress, child);
    checkCounts(element, rules, progress);
  }

  function checkChild(
    element: XmlElement,
    rules: Production,
    progress: Progress,
    child: XmlElement | XmlText,
  ): void {
    const { counts, current } = progress;
    if (!("name" in child)) {
      if (/[^\t\n\r ]/u.test(child.text)) {
        complain({
          code: "text-in-schema",
          message: `text must not stand in ${tag(element)}`,
          at: child.at,
          clause: rules.clause,
          hint: "text belongs into xs:documentation",
        });
      }
      return;
    }
    const local = child.name.local;
    const foreign = child.name.namespace !== XSD_NAMESPACE;
    const places = foreign ? undefined : rules.places.get(local);
    // An annotation may be part of two steps (in xs:schema): the later one, once that has begun.
    const taken = places === undefined ? -1 : placeFrom(places, current);
    const allowed = rules.steps[taken];
    if (allowed === undefined) {
      refuse(element, child, rules);
      return;
    }
    if (allowed.since11.has(local) && version === "1.0") {
      complain({
        code: "xsd-1.1-only",
        message: `${tag(child)} in ${tag(element)} is XSD 1.1`,
        at: child.at,
        clause: rules.clause,
      });
    } else if (taken < current) {
      complain({
        code: "late-schema-element",
        message: `${tag(child)} stands too late in ${tag(element)}`,
        at: child.at,
        clause: rules.clause,
        hint: `the order is ${order(rules)}`,
      });
    } else if ((counts[taken] ?? 0) >= allowed.max) {
      complain({
        code: "misplaced-schema-element",
        message: `${tag(element)} may have one ${list(allowed.children.keys(), "or")} only`,
        at: child.at,
        clause: rules.clause,
      });
    } else if (rules.last >= 0 && rules.last < taken && (counts[rules.last] ?? 0) > 0) {
      complain({
        code: "misplaced-schema-element",
        message: `${tag(child)} must not stand beside simpleContent or complexContent in ${tag(element)}`,
        at: child.at,
        clause: rules.clause,
      });
    }
    counts[taken] = (counts[taken] ?? 0) + 1;
    progress.current = Math.max(current, taken);
    const production = allowed.children.get(local);
    if (production !== undefined) checkElement(child, production);
  }

  function checkCounts(element: XmlElement, rules: Production, { counts }: Progress): void {
    if (!rules.needsChild) return;
    rules.steps.forEach(({ min, children }, index) => {
      if ((counts[index] ?? 0) >= min) return;
      complain({
        code: "missing-schema-element",
        message: `${tag(element)} needs a child ${list(children.keys(), "or")}`,
        at: element.at,
        clause: rules.clause,
      });
    });
  }

  function refuse(parent: XmlElement, child: XmlElement, rules: Production): void {
    const allowed = rules.steps.flatMap(({ children }) => [...children.keys()]);
    const { namespace, local } = child.name;
    const unknown = namespace === XSD_NAMESPACE && !elementNames.has(local);
    const hint =
      namespace !== XSD_NAMESPACE
        ? allowed.includes(local)
          ? `elements of XSD are in the namespace ${XSD_NAMESPACE}`
          : "elements of other namespaces belong into xs:appinfo"
        : ((unknown ? (suggestionHint(local, allowed) ?? suggestionHint(local, elementNames)) : undefined) ??
          (allowed.length === 0 ? undefined : `allowed: ${list(allowed, "and")}`));
    complain({
      code: unknown ? "unknown-schema-element" : "misplaced-schema-element",
      message: unknown
        ? `XSD has no element ${tag(child)}`
        : `${tag(child)} must not stand in ${tag(parent)}`,
      at: child.at,
      clause: rules.clause,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

function begin({ steps }: Production): Progress {
  return { counts: new Array<number>(steps.length).fill(0), current: 0 };
}

/** The first of these steps that is not over; the first of all when none is left. */
function placeFrom(places: readonly number[], current: number): number {
  for (const place of places) if (place >= current) return place;
  return places[0] ?? -1;
}

function order(rules: Production): string {
  return rules.steps.map(({ children }) => [...new Set(children.keys())].join(" | ")).join(", ");
}

function list(words: Iterable<string>, conjunction: string): string {
  const all = [...new Set(words)];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${conjunction} ${all.at(-1) ?? ""}`;
}
