/** From the elements of a schema document to its components, as written: types, elements, attributes, groups, notations. */
import type { Span } from "../diagnostics.js";
import { readAnnotation } from "./annotation.js";
import { readTest } from "./condition.js";
import {
  attributeOf,
  booleanOf,
  childOf,
  childrenOf,
  formOf,
  methodsOf,
  referenceOf,
  referencesOf,
  valueOf,
} from "./element.js";
import type { Edition } from "./grammar.js";
import { isQName } from "./names.js";
import type { Rules } from "./rules.js";
import type {
  AlternativeSyntax,
  Annotation,
  AssertionSyntax,
  AttributeGroupSyntax,
  AttributesSyntax,
  AttributeSyntax,
  ComplexContentSyntax,
  ComplexTypeSyntax,
  ElementSyntax,
  FacetName,
  FacetSyntax,
  GroupSyntax,
  IdentityConstraintSyntax,
  ModelGroupSyntax,
  NotationSyntax,
  OpenContentSyntax,
  ParticleSyntax,
  QName,
  SimpleDerivationSyntax,
  SimpleTypeSyntax,
  TopLevel,
  WildcardSyntax,
  XmlElement,
} from "./types.js";
import { collapse, listOf, resolveQName } from "./values.js";
import { prefixNames } from "./xpath.js";

const facetNames: readonly FacetName[] = [
  "length",
  "minLength",
  "maxLength",
  "pattern",
  "enumeration",
  "whiteSpace",
  "maxInclusive",
  "maxExclusive",
  "minInclusive",
  "minExclusive",
  "totalDigits",
  "fractionDigits",
  "explicitTimezone",
  "assertion",
];
const modelNames = ["all", "choice", "sequence"] as const;
const particleNames = ["element", "any", "group", ...modelNames] as const;
const attributeNames = ["attribute", "attributeGroup"] as const;
const annotationName = ["annotation"] as const;
const alternativeName = ["alternative"] as const;
const assertionName = ["assert"] as const;
const constraintNames = ["key", "unique", "keyref"] as const;
/** The elements that stand for components at the top of a schema, or in xs:redefine and xs:override. */
export const componentNames = [
  "simpleType",
  "complexType",
  "group",
  "attributeGroup",
  "element",
  "attribute",
  "notation",
] as const;

/** The document whose components are read. */
export interface ComponentContext {
  /** The text of the file, for annotations. */
  readonly text: string;
  readonly root: XmlElement;
  readonly version: Edition;
  /** Is told of each element that is read. */
  readonly rules: Rules;
  /** xs:defaultOpenContent, as far as it has been read. */
  readonly defaultOpenContent: () => XmlElement | undefined;
}

/** `{ [key]: value }`, or nothing when there is no value. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } | undefined {
  return value === undefined ? undefined : ({ [key]: value } as { readonly [key in K]: V });
}

/** What is being read: of what may be absent, only what is there is set. */
type Draft<T> = { -readonly [key in keyof T]: T[key] };

/** What an element or attribute is called, or refers to, and its type. */
function addNames(
  draft: Draft<ElementSyntax> | Draft<AttributeSyntax>,
  element: XmlElement,
  global: boolean,
): void {
  const name = valueOf(element, "name");
  if (name !== undefined) draft.name = name;
  const ref = global ? undefined : referenceOf(element, "ref");
  if (ref !== undefined) draft.ref = ref;
  const type = referenceOf(element, "type");
  if (type !== undefined) draft.type = type;
}

/** `default` and `fixed`, with the prefixes that a QName there may use. */
function addValueConstraint(draft: Draft<ElementSyntax> | Draft<AttributeSyntax>, element: XmlElement): void {
  const preset = attributeOf(element, "default")?.value;
  const fixed = attributeOf(element, "fixed")?.value;
  if (preset === undefined && fixed === undefined) return;
  if (preset !== undefined) draft.default = preset;
  if (fixed !== undefined) draft.fixed = fixed;
  draft.namespaces = element.namespaces;
}

const none: readonly never[] = [];
const once = { minOccurs: 1, maxOccurs: 1 } as const;

/** Most elements have none of what may stand in them: those share one empty list. */
function mapped<T>(elements: readonly XmlElement[], read: (element: XmlElement) => T): readonly T[] {
  return elements.length === 0 ? none : elements.map(read);
}

/** The value of minOccurs or maxOccurs; 1 where it is not written, or is no number. */
function numberOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const value = Number(text);
  // "-0" is a nonNegativeInteger as well.
  return Number.isInteger(value) && value >= 0 ? Math.abs(value) : 1;
}

/** A reader of top-level components; each element must be one of {@link componentNames}. */
export function createComponentReader({
  text,
  root,
  version,
  rules,
  defaultOpenContent,
}: ComponentContext): (element: XmlElement) => TopLevel {
  return readTopLevel;

  function readTopLevel(element: XmlElement): TopLevel {
    switch (element.name.local as (typeof componentNames)[number]) {
      case "element":
        return readElement(element, true);
      case "attribute":
        return readAttribute(element, true);
      case "simpleType":
        return readSimpleType(element);
      case "complexType":
        return readComplexType(element);
      case "group":
        return readGroup(element);
      case "attributeGroup":
        return readAttributeGroup(element);
      case "notation":
        return readNotation(element);
    }
  }

  function annotationOf(element: XmlElement): Annotation | undefined {
    const annotations = childrenOf(element, annotationName);
    return annotations.length === 0 ? undefined : readAnnotation(annotations, text);
  }

  function syntaxOf(element: XmlElement): {
    readonly at: Span;
    readonly extent: Span;
    readonly id?: string;
    readonly annotation?: Annotation;
  } {
    return {
      at: element.at,
      extent: element.extent,
      ...given("id", valueOf(element, "id")),
      ...given("annotation", annotationOf(element)),
    };
  }

  /** {@link syntaxOf} for what a schema has most of: spreading it takes longer than reading. */
  function addSyntax(draft: { id?: string; annotation?: Annotation }, element: XmlElement): void {
    const id = valueOf(element, "id");
    if (id !== undefined) draft.id = id;
    const annotation = annotationOf(element);
    if (annotation !== undefined) draft.annotation = annotation;
  }

  function occursOf(element: XmlElement): {
    readonly minOccurs: number;
    readonly maxOccurs: number | "unbounded";
  } {
    const minOccurs = numberOf(valueOf(element, "minOccurs"));
    const most = valueOf(element, "maxOccurs");
    const maxOccurs = most === "unbounded" ? most : numberOf(most);
    rules.checkOccurs(element, minOccurs, maxOccurs);
    return { minOccurs, maxOccurs };
  }

  function readElement(element: XmlElement, global: boolean): ElementSyntax {
    rules.checkElement(element, global);
    const inlineType = inlineTypeOf(element);
    const { minOccurs, maxOccurs } = global ? once : occursOf(element);
    const draft: Draft<ElementSyntax> = {
      kind: "element",
      at: element.at,
      extent: element.extent,
      minOccurs,
      maxOccurs,
      nillable: booleanOf(element, "nillable") ?? false,
      abstract: booleanOf(element, "abstract") ?? false,
      substitutionGroup: referencesOf(element, "substitutionGroup"),
      constraints: mapped(childrenOf(element, constraintNames), readConstraint),
      alternatives: mapped(childrenOf(element, alternativeName), readAlternative),
    };
    addSyntax(draft, element);
    addNames(draft, element, global);
    if (inlineType !== undefined) draft.inlineType = inlineType;
    addValueConstraint(draft, element);
    const form = formOf(element, "form");
    if (form !== undefined) draft.form = form;
    const block = methodsOf(element, "block", ["extension", "restriction", "substitution"]);
    if (block !== undefined) draft.block = block;
    const final = methodsOf(element, "final", ["extension", "restriction"]);
    if (final !== undefined) draft.final = final;
    const namespace = valueOf(element, "targetNamespace");
    if (namespace !== undefined) draft.targetNamespace = namespace;
    return draft;
  }

  function inlineTypeOf(element: XmlElement): SimpleTypeSyntax | ComplexTypeSyntax | undefined {
    const type = childOf(element, "simpleType", "complexType");
    if (type === undefined) return undefined;
    return type.name.local === "simpleType" ? readSimpleType(type) : readComplexType(type);
  }

  function readAlternative(element: XmlElement): AlternativeSyntax {
    const { namespaces } = element;
    const test = valueOf(element, "test");
    const read =
      test === undefined
        ? undefined
        : readTest(test, { namespaces, defaultNamespace: xpathNamespaceOf(element) });
    rules.checkAlternative(element, read);
    return {
      kind: "alternative",
      ...syntaxOf(element),
      ...given("test", test),
      ...(read !== undefined && "condition" in read && { condition: read.condition }),
      ...(read !== undefined && "beyond" in read && { beyond: read.beyond }),
      ...given("type", referenceOf(element, "type")),
      ...given("inlineType", inlineTypeOf(element)),
    };
  }

  function readAttribute(element: XmlElement, global: boolean): AttributeSyntax {
    rules.checkAttribute(element, global);
    const use = valueOf(element, "use");
    const draft: Draft<AttributeSyntax> = {
      kind: "attribute",
      at: element.at,
      extent: element.extent,
      use: use === "required" || use === "prohibited" ? use : "optional",
    };
    addSyntax(draft, element);
    addNames(draft, element, global);
    const inline = childOf(element, "simpleType");
    if (inline !== undefined) draft.inlineType = readSimpleType(inline);
    addValueConstraint(draft, element);
    const form = formOf(element, "form");
    if (form !== undefined) draft.form = form;
    const namespace = valueOf(element, "targetNamespace");
    if (namespace !== undefined) draft.targetNamespace = namespace;
    const inheritable = booleanOf(element, "inheritable");
    if (inheritable !== undefined) draft.inheritable = inheritable;
    return draft;
  }

  function readConstraint(element: XmlElement): IdentityConstraintSyntax {
    rules.checkConstraint(element);
    const paths = [...childrenOf(element, ["selector"]), ...childrenOf(element, ["field"])];
    const namespaces = new Map(element.namespaces);
    const expressions = paths.map((path) => {
      // Prefixes of XPaths are kept once for the whole constraint; one declared on xs:field itself joins them.
      for (const [prefix, uri] of path.namespaces) namespaces.set(prefix, uri);
      return readXPath(path, namespaces);
    });
    const selectors = childrenOf(element, ["selector"]).length;
    return {
      kind: element.name.local as IdentityConstraintSyntax["kind"],
      ...syntaxOf(element),
      ...given("name", valueOf(element, "name")),
      ...given("ref", referenceOf(element, "ref")),
      ...given("refer", referenceOf(element, "refer")),
      selector: selectors === 0 ? "." : (expressions[0] ?? "."),
      fields: expressions.slice(selectors),
      namespaces,
    };
  }

  /** The XPath of a selector or field; `xpathDefaultNamespace` (XSD 1.1) becomes a prefix that is not in use. */
  function readXPath(element: XmlElement, namespaces: Map<string, string>): string {
    const kind = element.name.local as "selector" | "field";
    const xpath = valueOf(element, "xpath") ?? ".";
    rules.checkXPath(element, xpath, kind);
    if (version === "1.0") return xpath;
    const uri = xpathNamespaceOf(element);
    if (uri === "") return xpath;
    let prefix = [...namespaces].find(([key, value]) => key !== "" && value === uri)?.[0];
    for (let n = 0; prefix === undefined; n++)
      if (!namespaces.has(`ns${String(n)}`)) prefix = `ns${String(n)}`;
    namespaces.set(prefix, uri);
    return prefixNames(xpath, kind, prefix);
  }

  /** The namespace of names without a prefix in an XPath: `xpathDefaultNamespace` of XSD 1.1. */
  function xpathNamespaceOf(element: XmlElement): string {
    const given =
      valueOf(element, "xpathDefaultNamespace") ?? valueOf(root, "xpathDefaultNamespace") ?? "##local";
    switch (given) {
      case "##defaultNamespace":
        return element.namespaces.get("") ?? "";
      case "##targetNamespace":
        return valueOf(root, "targetNamespace") ?? "";
      default:
        return given === "##local" ? "" : given;
    }
  }

  function readNotation(element: XmlElement): NotationSyntax {
    rules.checkNotation(element);
    return {
      kind: "notation",
      ...syntaxOf(element),
      name: valueOf(element, "name") ?? "",
      ...given("public", valueOf(element, "public")),
      ...given("system", valueOf(element, "system")),
    };
  }

  function readSimpleType(element: XmlElement): SimpleTypeSyntax {
    return {
      kind: "simpleType",
      ...syntaxOf(element),
      ...given("name", valueOf(element, "name")),
      ...given("final", methodsOf(element, "final", ["extension", "restriction", "list", "union"])),
      derivation: readSimpleDerivation(childOf(element, "restriction", "list", "union"), element),
    };
  }

  function readSimpleDerivation(element: XmlElement | undefined, owner: XmlElement): SimpleDerivationSyntax {
    // A missing derivation is reported by the grammar; restricting anySimpleType is what comes nearest.
    if (element === undefined) return { kind: "restriction", facets: [], at: owner.at };
    rules.checkSimpleDerivation(element);
    const inline = childrenOf(element, ["simpleType"]);
    const first = inline[0];
    const firstInline = first === undefined ? undefined : readSimpleType(first);
    const at = element.at;
    switch (element.name.local) {
      case "list":
        return {
          kind: "list",
          ...given("item", referenceOf(element, "itemType")),
          ...given("inlineItem", firstInline),
          at,
        };
      case "union":
        return {
          kind: "union",
          members: referencesOf(element, "memberTypes"),
          inlineMembers: inline.map((type, index) =>
            index === 0 && firstInline !== undefined ? firstInline : readSimpleType(type),
          ),
          at,
        };
      default:
        return {
          kind: "restriction",
          ...given("base", referenceOf(element, "base")),
          ...given("inlineBase", firstInline),
          facets: facetsOf(element),
          at,
        };
    }
  }

  function facetsOf(element: XmlElement): FacetSyntax[] {
    const facets = childrenOf(element, facetNames);
    rules.checkFacets(facets);
    return facets.map((facet) => {
      const name = facet.name.local as FacetName;
      const value = attributeOf(facet, name === "assertion" ? "test" : "value")?.value ?? "";
      // Only these take any text; the values of the others are numbers and words.
      const verbatim = name === "pattern" || name === "enumeration";
      const draft: Draft<FacetSyntax> = {
        kind: "facet",
        at: facet.at,
        extent: facet.extent,
        facet: name,
        value: verbatim ? value : collapse(value),
        fixed: booleanOf(facet, "fixed") ?? false,
        namespaces: facet.namespaces,
      };
      addSyntax(draft, facet);
      return draft;
    });
  }

  function readComplexType(element: XmlElement): ComplexTypeSyntax {
    rules.checkComplexType(element);
    const draft: Draft<ComplexTypeSyntax> = {
      kind: "complexType",
      at: element.at,
      extent: element.extent,
      abstract: booleanOf(element, "abstract") ?? false,
      mixed: booleanOf(element, "mixed") ?? false,
      content: readContent(element),
    };
    addSyntax(draft, element);
    const name = valueOf(element, "name");
    if (name !== undefined) draft.name = name;
    const block = methodsOf(element, "block", ["extension", "restriction"]);
    if (block !== undefined) draft.block = block;
    const final = methodsOf(element, "final", ["extension", "restriction"]);
    if (final !== undefined) draft.final = final;
    const apply = booleanOf(element, "defaultAttributesApply");
    if (apply !== undefined) draft.defaultAttributesApply = apply;
    return draft;
  }

  function readContent(element: XmlElement): ComplexContentSyntax {
    const mixed = booleanOf(element, "mixed") ?? false;
    const simple = childOf(element, "simpleContent");
    const complex = childOf(element, "complexContent");
    const derivation = childOf(simple ?? complex ?? element, "restriction", "extension");
    const base = derivation === undefined ? undefined : referenceOf(derivation, "base");
    // Without a base, which the grammar reports, only the implicit form is left.
    if (derivation === undefined || base === undefined || (simple ?? complex) === undefined) {
      return { kind: "implicit", ...bodyOf(element, mixed) };
    }
    const method = derivation.name.local as "extension" | "restriction";
    const { at } = derivation;
    const innerMixed = complex === undefined ? undefined : booleanOf(complex, "mixed");
    if (simple !== undefined) {
      const inline = childOf(derivation, "simpleType");
      return {
        kind: "simpleContent",
        method,
        base,
        ...given("inlineBase", inline === undefined ? undefined : readSimpleType(inline)),
        facets: facetsOf(derivation),
        ...attributesOf(derivation),
        assertions: assertionsOf(derivation),
        at,
      };
    }
    return {
      kind: "complexContent",
      method,
      base,
      ...given("mixed", innerMixed),
      ...bodyOf(derivation, innerMixed ?? mixed),
      at,
    };
  }

  function bodyOf(
    element: XmlElement,
    mixed: boolean,
  ): AttributesSyntax & {
    readonly particle?: ParticleSyntax;
    readonly assertions: readonly AssertionSyntax[];
    readonly openContent?: OpenContentSyntax;
  } {
    const model = childOf(element, ...modelNames, "group");
    const open = childOf(element, "openContent") ?? defaultOpenContentFor(model, mixed);
    return {
      ...given("particle", model === undefined ? undefined : readParticle(model)),
      ...attributesOf(element),
      assertions: assertionsOf(element),
      ...given("openContent", open === undefined ? undefined : readOpenContent(open)),
    };
  }

  /**
   * xs:defaultOpenContent (XSD 1.1), written into each type that it is for (Structures 1.1, 3.4.2.3.3, clause 5): one whose
   * content is not empty, or any with appliesToEmpty. An extension that adds nothing has the open content of its base.
   */
  function defaultOpenContentFor(model: XmlElement | undefined, mixed: boolean): XmlElement | undefined {
    const open = defaultOpenContent();
    if (open === undefined) return undefined;
    return mixed || !isEmptyModel(model) || booleanOf(open, "appliesToEmpty") === true ? open : undefined;
  }

  /** Whether a model group allows no element, as far as it is known without looking anything up. */
  function isEmptyModel(model: XmlElement | undefined): boolean {
    if (model === undefined || valueOf(model, "maxOccurs") === "0") return true;
    if (model.name.local === "group") return false;
    const empty = !model.children.some((child) => "name" in child && child.name.local !== "annotation");
    return empty && (model.name.local !== "choice" || valueOf(model, "minOccurs") === "0");
  }

  function attributesOf(element: XmlElement): AttributesSyntax {
    const wildcard = childOf(element, "anyAttribute");
    const attributes: Draft<AttributesSyntax["attributes"]> = [];
    for (const child of childrenOf(element, attributeNames)) {
      if (child.name.local === "attribute") attributes.push(readAttribute(child, false));
      else {
        const ref = referenceOf(child, "ref");
        if (ref !== undefined) attributes.push({ kind: "attributeGroupRef", ref });
      }
    }
    return {
      attributes,
      ...given("anyAttribute", wildcard === undefined ? undefined : readWildcard(wildcard)),
    };
  }

  function assertionsOf(element: XmlElement): readonly AssertionSyntax[] {
    return mapped(childrenOf(element, assertionName), (assertion) => ({
      kind: "assert",
      ...syntaxOf(assertion),
      test: valueOf(assertion, "test") ?? "",
    }));
  }

  function readOpenContent(element: XmlElement): OpenContentSyntax {
    rules.checkOpenContent(element);
    const mode = valueOf(element, "mode");
    const wildcard = childOf(element, "any");
    return {
      kind: "openContent",
      ...syntaxOf(element),
      mode: mode === "none" || mode === "suffix" ? mode : "interleave",
      ...given("wildcard", wildcard === undefined ? undefined : readWildcard(wildcard)),
    };
  }

  function readParticle(element: XmlElement): ParticleSyntax {
    switch (element.name.local) {
      case "element":
        return readElement(element, false);
      case "any":
        return { ...readWildcard(element), ...occursOf(element) };
      case "group":
        return readGroupReference(element);
      default:
        return readModelGroup(element);
    }
  }

  function readGroupReference(element: XmlElement): ParticleSyntax {
    const ref = referenceOf(element, "ref");
    // A group without a reference, which the grammar reports, holds nothing.
    if (ref === undefined)
      return { kind: "sequence", ...syntaxOf(element), ...occursOf(element), particles: [] };
    return { kind: "groupRef", ...syntaxOf(element), ...occursOf(element), ref };
  }

  function readModelGroup(element: XmlElement): ModelGroupSyntax {
    const { minOccurs, maxOccurs } = occursOf(element);
    const draft: Draft<ModelGroupSyntax> = {
      kind: element.name.local as ModelGroupSyntax["kind"],
      at: element.at,
      extent: element.extent,
      minOccurs,
      maxOccurs,
      particles: childrenOf(element, particleNames).map(readParticle),
    };
    addSyntax(draft, element);
    return draft;
  }

  function readGroup(element: XmlElement): GroupSyntax {
    const model = childOf(element, ...modelNames);
    return {
      kind: "group",
      ...syntaxOf(element),
      name: valueOf(element, "name") ?? "",
      particle:
        model === undefined
          ? {
              kind: "sequence",
              at: element.at,
              extent: element.extent,
              minOccurs: 1,
              maxOccurs: 1,
              particles: [],
            }
          : readModelGroup(model),
    };
  }

  function readAttributeGroup(element: XmlElement): AttributeGroupSyntax {
    return {
      kind: "attributeGroup",
      ...syntaxOf(element),
      name: valueOf(element, "name") ?? "",
      ...attributesOf(element),
    };
  }

  function readWildcard(element: XmlElement): WildcardSyntax {
    rules.checkWildcard(element);
    const process = valueOf(element, "processContents");
    const notNamespaces = valueOf(element, "notNamespace");
    const notNames = valueOf(element, "notQName");
    return {
      kind: element.name.local === "anyAttribute" ? "anyAttribute" : "any",
      ...syntaxOf(element),
      namespaces: listOf(valueOf(element, "namespace") ?? "##any"),
      processContents: process === "lax" || process === "skip" ? process : "strict",
      ...given("notNamespaces", notNamespaces === undefined ? undefined : listOf(notNamespaces)),
      ...given(
        "notNames",
        notNames === undefined
          ? undefined
          : listOf(notNames).flatMap((item): readonly (QName | string)[] => {
              if (item.startsWith("##")) return [item];
              const name = isQName(item) ? resolveQName(item, element) : undefined;
              return name === undefined ? [] : [{ namespace: name.namespace, local: name.local }];
            }),
      ),
    };
  }
}
