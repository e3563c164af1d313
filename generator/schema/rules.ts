/**
 * Constraints on the XML representation of schema components that the schema for schemas does not say
 * (`src-element`, `src-attribute` ... of XML Schema Part 1), as far as one document alone can tell.
 */
import type { Diagnostic } from "../diagnostics.js";
import { attributeOf, booleanOf, childrenOf, placeOf, tag, valueOf, XSD_NAMESPACE } from "./element.js";
import type { Edition } from "./grammar.js";
import { isQName } from "./names.js";
import type { Form, XmlElement } from "./types.js";
import { listOf, resolveQName } from "./values.js";
import type { Test } from "./condition.js";
import { judgeXPath } from "./xpath.js";

/** What the rules need to know about the document. */
export interface RuleContext {
  readonly version: Edition;
  /** "" for none. */
  readonly targetNamespace: string;
  readonly attributeForm: Form;
  readonly complain: (diagnostic: Omit<Diagnostic, "severity">) => void;
}

const XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
/** Its attributes, which nobody needs to declare. */
const xsiAttributes: ReadonlySet<string> = new Set([
  "type",
  "nil",
  "schemaLocation",
  "noNamespaceSchemaLocation",
]);

/** Facets that may stand several times in one step (clause src-single-facet-value). */
const repeatableFacets: ReadonlySet<string> = new Set(["pattern", "enumeration", "assertion"]);

/** What judges the elements of one document as they are read. */
export type Rules = ReturnType<typeof createRules>;

/** The rules, for one document. */
export function createRules({ version, targetNamespace, attributeForm, complain }: RuleContext) {
  const children = (element: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
    childrenOf(element, names);
  const has = (element: XmlElement, name: string): boolean => attributeOf(element, name) !== undefined;

  /** Reports two attributes that exclude each other. */
  const exclude = (element: XmlElement, a: string, b: string, clause: string, hint?: string): void => {
    if (!has(element, a) || !has(element, b)) return;
    complain({
      code: "conflicting-attributes",
      message: `${tag(element)} must not have both "${a}" and "${b}"`,
      at: placeOf(element, b),
      clause,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  /** Reports a type that is named and written out. */
  const oneType = (element: XmlElement, name: string, clause: string, ...inner: readonly string[]): void => {
    if (element.children.length === 0 || !has(element, name)) return;
    const child = childrenOf(element, inner)[0];
    if (child === undefined) return;
    complain({
      code: "conflicting-types",
      message: `${tag(element)} must not have both the attribute "${name}" and a ${tag(child)}`,
      at: child.at,
      clause,
      related: [{ message: `the attribute "${name}"`, at: placeOf(element, name) }],
    });
  };
  const nameOrReference = (element: XmlElement, clause: string): void => {
    exclude(element, "name", "ref", clause);
    if (has(element, "name") || has(element, "ref")) return;
    complain({
      code: "missing-schema-attribute",
      message: `${tag(element)} needs the attribute "name" or "ref" here`,
      at: element.at,
      clause,
    });
  };
  /** Reports what a reference must not have. */
  const bareReference = (
    element: XmlElement,
    clause: string,
    attributes: readonly string[],
    inner: readonly string[],
  ): void => {
    if (!has(element, "ref")) return;
    for (const name of attributes) {
      if (has(element, name)) {
        complain({
          code: "conflicting-attributes",
          message: `${tag(element)} with "ref" must not have "${name}"`,
          at: placeOf(element, name),
          clause,
          hint: "it belongs to the declaration that is referred to",
        });
      }
    }
    for (const child of children(element, ...inner)) {
      complain({
        code: "conflicting-types",
        message: `${tag(element)} with "ref" must not have a ${tag(child)}`,
        at: child.at,
        clause,
        hint: "it belongs to the declaration that is referred to",
      });
    }
  };
  const names = (element: XmlElement, attribute: string, local: string | undefined): boolean => {
    const text = valueOf(element, attribute);
    if (text === undefined || local === undefined || !isQName(text)) return false;
    const name = resolveQName(text, element);
    return name?.local === local && name.namespace === targetNamespace;
  };
  const ownTargetNamespace = (element: XmlElement, clause: string): void => {
    const namespace = valueOf(element, "targetNamespace");
    if (namespace === undefined) return;
    if (!has(element, "name")) {
      complain({
        code: "missing-schema-attribute",
        message: `${tag(element)} with "targetNamespace" needs the attribute "name"`,
        at: placeOf(element, "targetNamespace"),
        clause,
      });
    }
    exclude(element, "targetNamespace", "form", clause);
  };

  return {
    checkSchema(root: XmlElement): void {
      if (valueOf(root, "targetNamespace") === "") {
        complain({
          code: "invalid-attribute-value",
          message: "the target namespace must not be empty",
          at: placeOf(root, "targetNamespace"),
          clause: "Structures 3.15.2",
          hint: "leave the attribute out to declare names in no namespace",
        });
      }
    },

    checkImport(element: XmlElement): void {
      const namespace = valueOf(element, "namespace");
      if (namespace === "") {
        complain({
          code: "invalid-attribute-value",
          message: "the namespace of an import must not be empty",
          at: placeOf(element, "namespace"),
          clause: "Structures 4.2.3",
          hint: "leave the attribute out to import names in no namespace",
        });
      } else if (namespace !== undefined && namespace === targetNamespace) {
        complain({
          code: "import-of-own-namespace",
          message: `the import names the target namespace "${namespace}" of its own schema`,
          at: placeOf(element, "namespace"),
          clause: "src-import.1.1",
          hint: "use xs:include",
        });
      } else if (namespace === undefined && targetNamespace === "") {
        complain({
          code: "import-of-own-namespace",
          message: "an import without a namespace stands in a schema without a target namespace",
          at: element.at,
          clause: "src-import.1.2",
          hint: "use xs:include, or name the namespace",
        });
      }
    },

    /** `src-redefine`: a redefinition derives from what it redefines. */
    checkRedefinition(element: XmlElement): void {
      const kind = element.name.local;
      const name = valueOf(element, "name");
      const wrong = (clause: string, message: string): void => {
        complain({ code: "redefinition-without-self", message, at: element.at, clause });
      };
      if (kind === "simpleType" || kind === "complexType") {
        const holder =
          kind === "simpleType" ? element : children(element, "simpleContent", "complexContent")[0];
        const derivation =
          holder === undefined
            ? undefined
            : children(holder, "restriction", ...(kind === "complexType" ? ["extension"] : []))[0];
        if (derivation === undefined || !names(derivation, "base", name)) {
          wrong("src-redefine.5", `the redefined type "${name ?? ""}" must have itself as its base`);
        }
        return;
      }
      const references = selfReferences(element, kind, (child) => names(child, "ref", name));
      if (references.length > 1) {
        wrong(
          kind === "group" ? "src-redefine.6.1.1" : "src-redefine.7.1",
          `the redefined ${kind} "${name ?? ""}" must refer to itself once only`,
        );
      }
      const occurs = references[0];
      if (kind === "group" && occurs !== undefined) {
        const once = [valueOf(occurs, "minOccurs"), valueOf(occurs, "maxOccurs")].every(
          (text) => text === undefined || Number(text) === 1,
        );
        if (!once)
          wrong(
            "src-redefine.6.1.2",
            `the reference of the redefined group "${name ?? ""}" to itself must occur once`,
          );
      }
    },

    checkElement(element: XmlElement, global: boolean): void {
      exclude(element, "default", "fixed", "src-element.1");
      oneType(element, "type", "src-element.3", "simpleType", "complexType");
      if (global) return;
      nameOrReference(element, "src-element.2.1");
      bareReference(
        element,
        "src-element.2.2",
        ["nillable", "default", "fixed", "form", "block", "type"],
        ["complexType", "simpleType", "key", "keyref", "unique", "alternative"],
      );
      ownTargetNamespace(element, "src-element.4");
    },

    checkAlternative(element: XmlElement, test: Test | undefined): void {
      if (test !== undefined && "wrong" in test) {
        complain({
          code: "invalid-xpath",
          message: `"${valueOf(element, "test") ?? ""}" is not a test: ${test.wrong}`,
          at: placeOf(element, "test"),
          clause: "xpath-valid",
        });
      }
      oneType(element, "type", "src-type-alternative.1", "simpleType", "complexType");
      if (has(element, "type") || children(element, "simpleType", "complexType").length > 0) return;
      complain({
        code: "missing-schema-attribute",
        message: `${tag(element)} needs the attribute "type" or a type inside`,
        at: element.at,
        clause: "src-type-alternative.1",
      });
    },

    checkAttribute(element: XmlElement, global: boolean): void {
      exclude(element, "default", "fixed", "src-attribute.1");
      oneType(element, "type", "src-attribute.4", "simpleType");
      const use = valueOf(element, "use");
      if (has(element, "default") && use !== undefined && use !== "optional") {
        complain({
          code: "conflicting-attributes",
          message: `an attribute with a default must be optional, not ${use}`,
          at: placeOf(element, "use"),
          clause: "src-attribute.2",
        });
      }
      if (version === "1.1" && has(element, "fixed") && use === "prohibited") {
        complain({
          code: "conflicting-attributes",
          message: "a prohibited attribute must not have a fixed value",
          at: placeOf(element, "use"),
          clause: "src-attribute.5",
        });
      }
      if (valueOf(element, "name") === "xmlns") {
        complain({
          code: "forbidden-attribute-declaration",
          message: 'an attribute must not be named "xmlns"',
          at: placeOf(element, "name"),
          clause: "no-xmlns",
        });
      }
      const qualified = global || (valueOf(element, "form") ?? attributeForm) === "qualified";
      const namespace = valueOf(element, "targetNamespace") ?? (qualified ? targetNamespace : "");
      // W3C publishes a schema of the four attributes that are there anyway.
      const builtin = global && xsiAttributes.has(valueOf(element, "name") ?? "");
      if (!has(element, "ref") && namespace === XSI_NAMESPACE && !builtin) {
        complain({
          code: "forbidden-attribute-declaration",
          message: `no attribute must be declared in the namespace ${XSI_NAMESPACE}`,
          at: element.at,
          clause: "no-xsi",
        });
      }
      if (global) return;
      nameOrReference(element, "src-attribute.3.1");
      bareReference(element, "src-attribute.3.2", ["form", "type"], ["simpleType"]);
      ownTargetNamespace(element, "src-attribute.6");
    },

    checkNotation(element: XmlElement): void {
      if (has(element, "public") || has(element, "system")) return;
      complain({
        code: "missing-schema-attribute",
        message: `${tag(element)} needs the attribute "public" or "system"`,
        at: element.at,
        clause: "Structures 3.12.1",
      });
    },

    checkConstraint(element: XmlElement): void {
      const clause = "src-identity-constraint";
      if (version !== "1.0" && has(element, "ref")) {
        exclude(element, "name", "ref", `${clause}.1`);
        exclude(element, "ref", "refer", `${clause}.4`);
        for (const child of children(element, "selector", "field")) {
          complain({
            code: "conflicting-types",
            message: `${tag(element)} with "ref" must not have a ${tag(child)}`,
            at: child.at,
            clause: `${clause}.4`,
          });
        }
        return;
      }
      const needs = (attribute: string): void => {
        if (has(element, attribute)) return;
        complain({
          code: "missing-schema-attribute",
          message: `${tag(element)} needs the attribute "${attribute}" here`,
          at: element.at,
          clause: "Structures 3.11.2",
        });
      };
      needs("name");
      if (element.name.local === "keyref") needs("refer");
      for (const child of ["selector", "field"]) {
        if (children(element, child).length > 0) continue;
        complain({
          code: "missing-schema-element",
          message: `${tag(element)} needs a child ${child}`,
          at: element.at,
          clause: "Structures 3.11.2",
        });
      }
    },

    checkXPath(element: XmlElement, xpath: string, kind: "selector" | "field"): void {
      const wrong = judgeXPath(xpath, kind, element.namespaces);
      if (wrong === undefined) return;
      complain({
        code: "invalid-xpath",
        message: `"${xpath}" is not an XPath that a ${kind} may have: ${wrong}`,
        at: placeOf(element, "xpath"),
        clause: kind === "selector" ? "c-selector-xpath" : "c-fields-xpaths",
      });
    },

    checkSimpleDerivation(element: XmlElement): void {
      const [attribute, clause] =
        element.name.local === "list"
          ? ["itemType", "src-list-itemType-or-simpleType"]
          : element.name.local === "union"
            ? ["memberTypes", "src-union-memberTypes-or-simpleTypes"]
            : ["base", "src-restriction-base-or-simpleType"];
      const written = valueOf(element, attribute);
      const inner = children(element, "simpleType").length > 0;
      if (element.name.local !== "union") oneType(element, attribute, clause, "simpleType");
      if (inner || (written !== undefined && (element.name.local !== "union" || listOf(written).length > 0)))
        return;
      complain({
        code: "missing-schema-attribute",
        message: `${tag(element)} needs the attribute "${attribute}" or a simpleType inside`,
        at: element.at,
        clause,
      });
    },

    checkFacets(facets: readonly XmlElement[]): void {
      const seen = new Map<string, XmlElement>();
      for (const facet of facets) {
        const name = facet.name.local;
        const other = seen.get(name);
        if (other !== undefined && !repeatableFacets.has(name)) {
          complain({
            code: "repeated-facet",
            message: `the facet ${tag(facet)} is given twice`,
            at: facet.at,
            clause: "src-single-facet-value",
            related: [{ message: "the other one", at: other.at }],
          });
        }
        seen.set(name, facet);
      }
    },

    checkComplexType(element: XmlElement): void {
      const mixed = booleanOf(element, "mixed");
      // XSD 1.0 lets these stand.
      if (version !== "1.1") return;
      if (mixed === true && children(element, "simpleContent").length > 0) {
        complain({
          code: "conflicting-attributes",
          message: `${tag(element)} with simpleContent must not be mixed`,
          at: placeOf(element, "mixed"),
          clause: "src-ct.3",
        });
      }
      const complex = children(element, "complexContent")[0];
      const inner = complex === undefined ? undefined : booleanOf(complex, "mixed");
      if (complex !== undefined && mixed !== undefined && inner !== undefined && mixed !== inner) {
        complain({
          code: "conflicting-attributes",
          message: `"mixed" of ${tag(element)} and of ${tag(complex)} must be equal`,
          at: placeOf(complex, "mixed"),
          clause: "src-ct.4",
        });
      }
    },

    checkOpenContent(element: XmlElement): void {
      const none = valueOf(element, "mode") === "none";
      const any = children(element, "any")[0];
      if (none === (any === undefined)) return;
      complain({
        code: none ? "misplaced-schema-element" : "missing-schema-element",
        message: none
          ? `${tag(element)} with mode "none" must be empty`
          : `${tag(element)} needs a child any`,
        at: (any ?? element).at,
        clause: "src-ct.5",
      });
    },

    checkWildcard(element: XmlElement): void {
      exclude(element, "namespace", "notNamespace", "src-wildcard.1");
    },

    checkOccurs(element: XmlElement, min: number, max: number | "unbounded"): void {
      if (max === "unbounded" || min <= max) return;
      complain({
        code: "invalid-occurrence",
        message: `${tag(element)} must occur at least ${String(min)} and at most ${String(max)} times`,
        at: placeOf(element, has(element, "maxOccurs") ? "maxOccurs" : "minOccurs"),
        clause: "p-props-correct.2.1",
        hint:
          has(element, "maxOccurs") || !has(element, "minOccurs")
            ? "raise maxOccurs, or lower minOccurs"
            : "maxOccurs is 1 when it is not written",
      });
    },
  };

  function selfReferences(
    element: XmlElement,
    kind: string,
    isSelf: (child: XmlElement) => boolean,
  ): XmlElement[] {
    return element.children.flatMap((child) => {
      if (!("name" in child) || child.name.namespace !== XSD_NAMESPACE) return [];
      // Types inside are no part of the group.
      if (child.name.local === "element" || child.name.local === "attribute") return [];
      return [
        ...(child.name.local === kind && isSelf(child) ? [child] : []),
        ...selfReferences(child, kind, isSelf),
      ];
    });
  }
}
