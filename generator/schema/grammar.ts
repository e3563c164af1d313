/**
 * The schema for schemas as a table: which attributes and children each element of XSD has where it stands.
 *
 * XSD 1.0: XML Schema Part 1 (2nd edition), appendix A, and Part 2, appendix A; what only XSD 1.1 has is marked.
 */
import {
  allOr,
  anyText,
  anyUri,
  boolean,
  id,
  language,
  maxOccurs,
  namespaces,
  ncName,
  nonNegativeInteger,
  notNames,
  notNamespaces,
  oneOf,
  positiveInteger,
  qName,
  qNames,
  xpathDefaultNamespace,
  type ValueType,
} from "./values.js";

export type XsdVersion = "1.0" | "1.1";

/** `either`: what one of the two editions allows is allowed. */
export type Edition = XsdVersion | "either";

/** An attribute of an element of XSD. */
export interface AttributeRule {
  readonly type: ValueType;
  /** In XSD 1.0, where the value differs. */
  readonly type10?: ValueType;
  readonly required?: true;
  readonly since?: "1.1";
}

/** One part of the content: children of these names, so many times. */
export interface Step {
  /** Child name to the production that it follows. */
  readonly children: ReadonlyMap<string, ProductionName>;
  /** Those that XSD 1.0 does not allow here. */
  readonly since11: ReadonlySet<string>;
  readonly min: 0 | 1;
  readonly max: number;
  /** Where this step is taken, nothing follows. */
  readonly last?: true;
}

/** What an element has where it stands. */
export interface Production {
  readonly attributes: ReadonlyMap<string, AttributeRule>;
  readonly steps: readonly Step[];
  /** Child name to the indices of the steps that have it. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly required: readonly string[];
  /** Whether it must not be empty. */
  readonly needsChild: boolean;
  /** The index of the step after which nothing follows; -1 for none. */
  readonly last: number;
  /** Anything may stand inside: xs:appinfo and xs:documentation. */
  readonly open?: true;
  /** The clause of XML Schema Part 1 or 2 that defines it. */
  readonly clause: string;
}

type Attributes = Readonly<Record<string, AttributeRule>>;

const is = (type: ValueType): AttributeRule => ({ type });
const required = (type: ValueType): AttributeRule => ({ type, required: true });
const since11 = (type: ValueType): AttributeRule => ({ type, since: "1.1" });

/** `element>localElement`: a child, and the production it follows when that has another name; `@` marks what is new in XSD 1.1. */
function step(names: string, min: 0 | 1, max: number): Step {
  const children = new Map<string, ProductionName>();
  const since11 = new Set<string>();
  for (const name of names.split(" ")) {
    const [child = "", follows = child] = name.replace("@", "").split(">");
    children.set(child, follows as ProductionName);
    if (name.endsWith("@")) since11.add(child);
  }
  return { children, since11, min, max };
}
const maybe = (names: string): Step => step(names, 0, 1);
const one = (names: string): Step => step(names, 1, 1);
const any = (names: string): Step => step(names, 0, Infinity);
const only = (names: string): Step => ({ ...maybe(names), last: true });

function production(clause: string, attributes: Attributes, ...steps: readonly Step[]): Production {
  return assemble(clause, { id: is(id), ...attributes }, steps);
}

function assemble(clause: string, attributes: Attributes, steps: readonly Step[]): Production {
  const places = new Map<string, number[]>();
  steps.forEach(({ children }, index) => {
    for (const name of children.keys()) places.set(name, [...(places.get(name) ?? []), index]);
  });
  const required = Object.keys(attributes).filter((name) => attributes[name]?.required === true);
  return {
    clause,
    attributes: new Map(Object.entries(attributes)),
    steps,
    places,
    required,
    needsChild: steps.some(({ min }) => min > 0),
    last: steps.findIndex(({ last }) => last === true),
  };
}

const annotation = maybe("annotation");
const occurs: Attributes = { minOccurs: is(nonNegativeInteger), maxOccurs: is(maxOccurs) };
const form = oneOf("qualified", "unqualified");
const blockSet = allOr("extension", "restriction", "substitution");
const derivationSet = allOr("extension", "restriction");
const simpleDerivationSet: AttributeRule = {
  type: allOr("list", "union", "restriction", "extension"),
  type10: allOr("list", "union", "restriction"),
};
const xpath: Attributes = { xpath: required(anyText), xpathDefaultNamespace: since11(xpathDefaultNamespace) };
const test: Attributes = { test: is(anyText), xpathDefaultNamespace: since11(xpathDefaultNamespace) };
const zeroOrOne = oneOf("0", "1");

const components = "simpleType complexType group attributeGroup element attribute notation";
const facetNames =
  "minExclusive minInclusive maxExclusive maxInclusive totalDigits fractionDigits length minLength maxLength enumeration " +
  "whiteSpace pattern assertion@ explicitTimezone@";
const attributeUses = [
  any("attribute>localAttribute attributeGroup>attributeGroupRef"),
  maybe("anyAttribute"),
  any("assert@"),
];
/** An attribute group has no assertions. */
const groupedAttributes = attributeUses.slice(0, 2);
const model = maybe("group>groupRef all choice sequence");
const typeContent = [
  annotation,
  only("simpleContent complexContent"),
  maybe("openContent@"),
  model,
  ...attributeUses,
];
const innerTypes = "simpleType>localSimpleType complexType>localComplexType";
const facetSteps = [maybe("simpleType>localSimpleType"), any(facetNames)];
const particles = any("element>localElement group>groupRef choice sequence any");

const declaredElement: Attributes = {
  type: is(qName),
  nillable: is(boolean),
  default: is(anyText),
  fixed: is(anyText),
  block: is(blockSet),
};
const elementContent = [annotation, maybe(innerTypes), any("alternative@"), any("unique key keyref")];
const declaredAttribute: Attributes = {
  type: is(qName),
  default: is(anyText),
  fixed: is(anyText),
  inheritable: since11(boolean),
};
const constraint: Attributes = { name: { type: ncName }, ref: since11(qName) };
const constraintContent = [annotation, maybe("selector"), any("field")];
const wildcard: Attributes = {
  namespace: is(namespaces),
  processContents: is(oneOf("skip", "lax", "strict")),
  notNamespace: since11(notNamespaces),
};
const facet = (clause: string, type: ValueType, fixed: boolean): Production =>
  production(clause, { value: required(type), ...(fixed ? { fixed: is(boolean) } : {}) }, annotation);

const table = {
  schema: production(
    "Structures 3.15.2",
    {
      targetNamespace: is(anyUri),
      version: is(anyText),
      finalDefault: is(allOr("extension", "restriction", "list", "union")),
      blockDefault: is(blockSet),
      attributeFormDefault: is(form),
      elementFormDefault: is(form),
      defaultAttributes: since11(qName),
      xpathDefaultNamespace: since11(xpathDefaultNamespace),
    },
    any("include import redefine override@ annotation"),
    maybe("defaultOpenContent@"),
    any(`${components} annotation`),
  ),
  include: production("Structures 4.2.1", { schemaLocation: required(anyUri) }, annotation),
  import: production("Structures 4.2.3", { namespace: is(anyUri), schemaLocation: is(anyUri) }, annotation),
  redefine: production(
    "Structures 4.2.2",
    { schemaLocation: required(anyUri) },
    any("annotation simpleType complexType group attributeGroup"),
  ),
  override: production("Structures 4.2.5", { schemaLocation: required(anyUri) }, annotation, any(components)),
  defaultOpenContent: production(
    "Structures 3.15.2",
    { appliesToEmpty: is(boolean), mode: is(oneOf("interleave", "suffix")) },
    annotation,
    one("any>openAny"),
  ),

  element: production(
    "Structures 3.3.2",
    {
      name: required(ncName),
      ...declaredElement,
      substitutionGroup: { type: qNames, type10: qName },
      abstract: is(boolean),
      final: is(derivationSet),
    },
    ...elementContent,
  ),
  localElement: production(
    "Structures 3.3.2",
    {
      name: is(ncName),
      ref: is(qName),
      ...declaredElement,
      ...occurs,
      form: is(form),
      targetNamespace: since11(anyUri),
    },
    ...elementContent,
  ),
  /** In xs:all of XSD 1.0. */
  allElement: production(
    "Structures 3.8.2",
    {
      name: is(ncName),
      ref: is(qName),
      ...declaredElement,
      minOccurs: { type: nonNegativeInteger, type10: zeroOrOne },
      maxOccurs: { type: maxOccurs, type10: zeroOrOne },
      form: is(form),
      targetNamespace: since11(anyUri),
    },
    ...elementContent,
  ),
  alternative: production("Structures 3.12.2", { ...test, type: is(qName) }, annotation, maybe(innerTypes)),
  attribute: production(
    "Structures 3.2.2",
    { name: required(ncName), ...declaredAttribute },
    annotation,
    maybe("simpleType>localSimpleType"),
  ),
  localAttribute: production(
    "Structures 3.2.2",
    {
      name: is(ncName),
      ref: is(qName),
      ...declaredAttribute,
      use: is(oneOf("optional", "prohibited", "required")),
      form: is(form),
      targetNamespace: since11(anyUri),
    },
    annotation,
    maybe("simpleType>localSimpleType"),
  ),
  notation: production(
    "Structures 3.12.2",
    { name: required(ncName), public: is(anyText), system: is(anyUri) },
    annotation,
  ),

  simpleType: production(
    "Structures 3.14.2",
    { name: required(ncName), final: simpleDerivationSet },
    annotation,
    one("restriction>simpleRestriction list union"),
  ),
  localSimpleType: production(
    "Structures 3.14.2",
    { final: simpleDerivationSet },
    annotation,
    one("restriction>simpleRestriction list union"),
  ),
  simpleRestriction: production("Structures 3.14.2", { base: is(qName) }, annotation, ...facetSteps),
  list: production(
    "Structures 3.14.2",
    { itemType: is(qName) },
    annotation,
    maybe("simpleType>localSimpleType"),
  ),
  union: production(
    "Structures 3.14.2",
    { memberTypes: is(qNames) },
    annotation,
    any("simpleType>localSimpleType"),
  ),

  complexType: production(
    "Structures 3.4.2",
    {
      name: required(ncName),
      mixed: is(boolean),
      abstract: is(boolean),
      final: is(derivationSet),
      block: is(derivationSet),
      defaultAttributesApply: since11(boolean),
    },
    ...typeContent,
  ),
  localComplexType: production(
    "Structures 3.4.2",
    { mixed: is(boolean), defaultAttributesApply: since11(boolean) },
    ...typeContent,
  ),
  simpleContent: production(
    "Structures 3.4.2",
    {},
    annotation,
    one("restriction>simpleContentRestriction extension>simpleContentExtension"),
  ),
  simpleContentRestriction: production(
    "Structures 3.4.2",
    { base: required(qName) },
    annotation,
    ...facetSteps,
    ...attributeUses,
  ),
  simpleContentExtension: production(
    "Structures 3.4.2",
    { base: required(qName) },
    annotation,
    ...attributeUses,
  ),
  complexContent: production(
    "Structures 3.4.2",
    { mixed: is(boolean) },
    annotation,
    one("restriction>complexDerivation extension>complexDerivation"),
  ),
  complexDerivation: production(
    "Structures 3.4.2",
    { base: required(qName) },
    annotation,
    maybe("openContent@"),
    model,
    ...attributeUses,
  ),
  openContent: production(
    "Structures 3.4.2",
    { mode: is(oneOf("none", "interleave", "suffix")) },
    annotation,
    maybe("any>openAny"),
  ),
  assert: production("Structures 3.13.2", test, annotation),

  group: production(
    "Structures 3.7.2",
    { name: required(ncName) },
    annotation,
    one("all>groupAll choice>groupChoice sequence>groupSequence"),
  ),
  groupRef: production("Structures 3.7.2", { ref: required(qName), ...occurs }, annotation),
  /** Inside xs:group they have no occurrence. */
  groupAll: production("Structures 3.8.2", {}, annotation, any("element>allElement any@ group>groupRef@")),
  groupChoice: production("Structures 3.8.2", {}, annotation, particles),
  groupSequence: production("Structures 3.8.2", {}, annotation, particles),
  all: production(
    "Structures 3.8.2",
    { minOccurs: is(zeroOrOne), maxOccurs: { type: zeroOrOne, type10: oneOf("1") } },
    annotation,
    any("element>allElement any@ group>groupRef@"),
  ),
  choice: production("Structures 3.8.2", occurs, annotation, particles),
  sequence: production("Structures 3.8.2", occurs, annotation, particles),
  any: production(
    "Structures 3.10.2",
    { ...wildcard, ...occurs, notQName: since11(notNames("##defined", "##definedSibling")) },
    annotation,
  ),
  openAny: production(
    "Structures 3.10.2",
    { ...wildcard, notQName: since11(notNames("##defined", "##definedSibling")) },
    annotation,
  ),
  anyAttribute: production(
    "Structures 3.10.2",
    { ...wildcard, notQName: since11(notNames("##defined")) },
    annotation,
  ),
  attributeGroup: production(
    "Structures 3.6.2",
    { name: required(ncName) },
    annotation,
    ...groupedAttributes,
  ),
  attributeGroupRef: production("Structures 3.6.2", { ref: required(qName) }, annotation),

  unique: production("Structures 3.11.2", constraint, ...constraintContent),
  key: production("Structures 3.11.2", constraint, ...constraintContent),
  keyref: production("Structures 3.11.2", { ...constraint, refer: is(qName) }, ...constraintContent),
  selector: production("Structures 3.11.2", xpath, annotation),
  field: production("Structures 3.11.2", xpath, annotation),

  annotation: production("Structures 3.13.2", {}, any("appinfo documentation")),
  appinfo: { ...assemble("Structures 3.13.2", { source: is(anyUri) }, []), open: true },
  documentation: { ...assemble("Structures 3.13.2", { source: is(anyUri) }, []), open: true },

  length: facet("Datatypes 4.3.1", nonNegativeInteger, true),
  minLength: facet("Datatypes 4.3.2", nonNegativeInteger, true),
  maxLength: facet("Datatypes 4.3.3", nonNegativeInteger, true),
  pattern: facet("Datatypes 4.3.4", anyText, false),
  enumeration: facet("Datatypes 4.3.5", anyText, false),
  whiteSpace: facet("Datatypes 4.3.6", oneOf("preserve", "replace", "collapse"), true),
  maxInclusive: facet("Datatypes 4.3.7", anyText, true),
  maxExclusive: facet("Datatypes 4.3.8", anyText, true),
  minExclusive: facet("Datatypes 4.3.9", anyText, true),
  minInclusive: facet("Datatypes 4.3.10", anyText, true),
  totalDigits: facet("Datatypes 4.3.11", positiveInteger, true),
  fractionDigits: facet("Datatypes 4.3.12", nonNegativeInteger, true),
  assertion: production("Datatypes 1.1 4.3.13", test, annotation),
  explicitTimezone: facet("Datatypes 1.1 4.3.14", oneOf("optional", "required", "prohibited"), true),
} satisfies Record<string, Production>;

export type ProductionName = keyof typeof table;

/** All productions. */
export const productions: Readonly<Record<ProductionName, Production>> = table;

/** The local names of all elements of XSD. */
export const elementNames: ReadonlySet<string> = new Set(
  Object.values(productions).flatMap(({ steps }: Production) =>
    steps.flatMap(({ children }) => [...children.keys()]),
  ),
);

/** xml:lang, which every element may have. That it may be empty came with XML 1.0, 3rd edition, after XSD 1.0. */
export const xmlLang: AttributeRule = {
  type: (value, element) => (value === "" ? undefined : language(value, element)),
  type10: language,
};
