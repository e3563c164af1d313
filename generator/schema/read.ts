/** From the element tree of a schema document to {@link SchemaDocument}: every construct, as written. */
import type { Diagnostic, Report, Span } from "../diagnostics.js";
import { createGrammarCheck } from "./check.js";
import { applyConditions, mayBeConditional } from "./conditional.js";
import { readAnnotation } from "./annotation.js";
import {
  attributeOf,
  booleanOf,
  childOf,
  childrenOf,
  placeOf,
  tag,
  valueOf,
  XSD_NAMESPACE,
} from "./element.js";
import type { Edition, XsdVersion } from "./grammar.js";
import { isQName } from "./names.js";
import { createRules } from "./rules.js";
import type {
  AlternativeSyntax,
  Annotation,
  AssertionSyntax,
  AttributeGroupSyntax,
  AttributesSyntax,
  AttributeSyntax,
  ComplexContentSyntax,
  ComplexTypeSyntax,
  DerivationMethod,
  Directive,
  ElementSyntax,
  FacetName,
  FacetSyntax,
  Form,
  GroupSyntax,
  IdentityConstraintSyntax,
  ModelGroupSyntax,
  NotationSyntax,
  OpenContentSyntax,
  ParticleSyntax,
  QName,
  QNameRef,
  SchemaDocument,
  SimpleDerivationSyntax,
  SimpleTypeSyntax,
  SourceFile,
  TopLevel,
  WildcardSyntax,
  XmlElement,
  XmlText,
} from "./types.js";
import { collapse, listOf, resolveQName } from "./values.js";
import { readTest } from "./condition.js";
import { prefixNames } from "./xpath.js";
import { parseParts, parseXml } from "./xml.js";

export interface ReadOptions {
  /** The edition of XSD by which documents are read; without it, what either of them allows. */
  readonly version?: XsdVersion;
}

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
const directiveNames: readonly string[] = ["include", "import", "redefine", "override"];
const componentNames = [
  "simpleType",
  "complexType",
  "group",
  "attributeGroup",
  "element",
  "attribute",
  "notation",
] as const;

/** Reads one schema document. What is wrong goes to the report; undefined when the file holds no schema at all. */
export function readSchema(
  file: SourceFile,
  report: Report,
  options: ReadOptions = {},
): SchemaDocument | undefined {
  const version = options.version ?? "either";
  const findings = createFindings();
  let reader: Reader | undefined;
  // What conditions exclude is known when a whole tree is there; else each part is read as it comes, and dropped: the tree of a
  // large schema takes much more room than what is made of it.
  if (version === "1.0" || !mayBeConditional(file.text)) {
    const isWellFormed = parseParts(file.path, file.text, report, {
      begin(root) {
        if (isSchema(root)) reader = createReader(file, root, version, findings);
        else findings.document.push({ severity: "error", ...notASchema(root) });
      },
      take: (child) => reader?.take(child),
    });
    if (!isWellFormed) return undefined;
  } else {
    const written = parseXml(file.path, file.text, report);
    if (written === undefined) return undefined;
    if (!isSchema(written)) findings.document.push({ severity: "error", ...notASchema(written) });
    else {
      const complain: Complain = (finding) => findings.document.push({ severity: "error", ...finding });
      const root = applyConditions(written, version, complain) ?? excludedRoot(written, version, complain);
      reader = createReader(file, root, version, findings);
      for (const child of root.children) reader.take(child);
    }
  }
  const document = reader?.finish();
  for (const finding of findings.inOrder()) report.add(finding);
  return document;
}

type Complain = (diagnostic: Omit<Diagnostic, "severity"> & Partial<Pick<Diagnostic, "severity">>) => void;

/** What is wrong with a document, from the large to the small: the whole, its grammar, its directives, its components. */
interface Findings {
  readonly document: Diagnostic[];
  readonly grammar: Diagnostic[];
  readonly directives: Diagnostic[];
  readonly components: Diagnostic[];
  readonly inOrder: () => readonly Diagnostic[];
}

function createFindings(): Findings {
  const lists = { document: [], grammar: [], directives: [], components: [] };
  return {
    ...lists,
    inOrder: () => [...lists.document, ...lists.grammar, ...lists.directives, ...lists.components],
  };
}

function isSchema({ name }: XmlElement): boolean {
  return name.namespace === XSD_NAMESPACE && name.local === "schema";
}

/**
 * A document whose own conditions exclude it. For a processor of XSD 1.1 it holds nothing, and that is said; where no edition
 * was asked for, it was written for XSD 1.0, to which `vc:` attributes are foreign.
 */
function excludedRoot(root: XmlElement, version: Edition, complain: Complain): XmlElement {
  if (version !== "1.1") return root;
  complain({
    severity: "warning",
    code: "excluded-schema",
    message: "the vc: attributes of xs:schema exclude the whole document for XSD 1.1, so it declares nothing",
    at: root.at,
    clause: "Structures 1.1 4.2.2",
    hint: "read it as XSD 1.0, or widen vc:minVersion and vc:maxVersion",
  });
  return { ...root, attributes: [], children: [] };
}

function notASchema(root: XmlElement): Omit<Diagnostic, "severity"> {
  const { namespace, local } = root.name;
  const hint =
    local === "schema"
      ? `its namespace must be ${XSD_NAMESPACE}${namespace === "" ? "; it has none" : `, not ${namespace}`}`
      : namespace === XSD_NAMESPACE
        ? "wrap it in xs:schema"
        : local === "definitions"
          ? "the schema inside a WSDL must be in a file of its own"
          : `the root must be "schema" in the namespace ${XSD_NAMESPACE}`;
  return {
    code: "not-a-schema",
    message: `the root element ${tag(root)} is not xs:schema`,
    at: root.at,
    hint,
  };
}

/** `{ [key]: value }`, or nothing when there is no value. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } | undefined {
  return value === undefined ? undefined : ({ [key]: value } as { readonly [key in K]: V });
}

/** What is being read: of what may be absent, only what is there is set. */
type Draft<T> = { -readonly [key in keyof T]: T[key] };

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

/** Makes a document of the children of its root. */
interface Reader {
  readonly take: (child: XmlElement | XmlText) => void;
  readonly finish: () => SchemaDocument;
}

/** Begins to read a document; `root` need not have its children yet. */
function createReader(file: SourceFile, root: XmlElement, version: Edition, findings: Findings): Reader {
  const targetNamespace = valueOf(root, "targetNamespace");
  const elementForm = formOf(root, "elementFormDefault") ?? "unqualified";
  const attributeForm = formOf(root, "attributeFormDefault") ?? "unqualified";
  let found = findings.directives;
  const rules = createRules({
    version,
    targetNamespace: targetNamespace ?? "",
    attributeForm,
    complain: (finding) => found.push({ severity: "error", ...finding }),
  });
  const grammar = createGrammarCheck(root, "schema", version, (finding) =>
    findings.grammar.push({ severity: "error", ...finding }),
  );
  const annotations: XmlElement[] = [];
  const directives: Directive[] = [];
  // xs:defaultOpenContent, which comes after them, is for the types that they redefine as well.
  const waiting: XmlElement[] = [];
  const components: TopLevel[] = [];
  let defaultOpenContent: XmlElement | undefined;
  rules.checkSchema(root);
  return { take, finish };

  function take(child: XmlElement | XmlText): void {
    grammar.take(child);
    if (!("name" in child) || child.name.namespace !== XSD_NAMESPACE) return;
    const { local } = child.name;
    if (local === "annotation") annotations.push(child);
    else if (local === "defaultOpenContent") {
      if (version !== "1.0") defaultOpenContent ??= child;
    } else if (directiveNames.includes(local)) {
      waiting.push(child);
    } else if ((componentNames as readonly string[]).includes(local)) {
      readDirectives();
      found = findings.components;
      components.push(readTopLevel(child));
    }
  }

  function readDirectives(): void {
    found = findings.directives;
    for (const one of waiting.splice(0)) directives.push(...readDirective(one));
  }

  function finish(): SchemaDocument {
    grammar.finish();
    readDirectives();
    return {
      file: file.path,
      ...given("targetNamespace", targetNamespace),
      ...given("version", valueOf(root, "version")),
      elementForm,
      attributeForm,
      blockDefault: methodsOf(root, "blockDefault", ["extension", "restriction", "substitution"]) ?? [],
      finalDefault: methodsOf(root, "finalDefault", ["extension", "restriction", "list", "union"]) ?? [],
      prefixes: [...root.namespaces].filter(([prefix]) => prefix !== "xml"),
      ...given("annotation", readAnnotation(annotations, file.text)),
      directives,
      components,
      ...given("defaultAttributes", referenceOf(root, "defaultAttributes")),
      at: root.at,
    };
  }

  // --- attributes of XSD elements -------------------------------------------------------------------------------

  function annotationOf(element: XmlElement): Annotation | undefined {
    const annotations = childrenOf(element, annotationName);
    return annotations.length === 0 ? undefined : readAnnotation(annotations, file.text);
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

  function formOf(element: XmlElement, name: string): Form | undefined {
    const value = valueOf(element, name);
    return value === "qualified" || value === "unqualified" ? value : undefined;
  }

  function reference(text: string, element: XmlElement, at: Span): QNameRef | undefined {
    if (!isQName(text)) return undefined;
    const name = resolveQName(text, element);
    if (name === undefined) return undefined;
    return { namespace: name.namespace, local: name.local, prefix: name.prefix, at };
  }

  function referenceOf(element: XmlElement, name: string): QNameRef | undefined {
    const attribute = attributeOf(element, name);
    return attribute === undefined ? undefined : reference(collapse(attribute.value), element, attribute.at);
  }

  function referencesOf(element: XmlElement, name: string): readonly QNameRef[] {
    const attribute = attributeOf(element, name);
    if (attribute === undefined) return none;
    return listOf(attribute.value).flatMap((item) => reference(item, element, attribute.at) ?? []);
  }

  /** `#all` means all of those that apply. */
  function methodsOf<M extends DerivationMethod>(
    element: XmlElement,
    name: string,
    all: readonly M[],
  ): readonly M[] | undefined {
    const value = valueOf(element, name);
    if (value === undefined) return undefined;
    if (value === "#all") return all;
    const items = listOf(value);
    return all.filter((method) => items.includes(method));
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

  // --- directives and top level ---------------------------------------------------------------------------------

  function readDirective(element: XmlElement): Directive[] {
    const kind = element.name.local;
    const location = valueOf(element, "schemaLocation");
    const at = placeOf(element, "schemaLocation");
    if (kind === "import") {
      rules.checkImport(element);
      const namespace = valueOf(element, "namespace");
      return [
        {
          kind,
          ...given("namespace", namespace),
          ...given("location", location),
          at: location === undefined ? placeOf(element, "namespace") : at,
        },
      ];
    }
    if (location === undefined) return [];
    if (kind === "include") return [{ kind, location, at }];
    if (kind !== "redefine" && kind !== "override") return [];
    const replaced = childrenOf(element, componentNames);
    if (kind === "redefine") for (const child of replaced) rules.checkRedefinition(child);
    return [{ kind, location, components: replaced.map(readTopLevel), at }];
  }

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

  // --- elements and attributes ----------------------------------------------------------------------------------

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
    const name = valueOf(element, "name");
    if (name !== undefined) draft.name = name;
    const ref = global ? undefined : referenceOf(element, "ref");
    if (ref !== undefined) draft.ref = ref;
    const type = referenceOf(element, "type");
    if (type !== undefined) draft.type = type;
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
    const name = valueOf(element, "name");
    if (name !== undefined) draft.name = name;
    const ref = global ? undefined : referenceOf(element, "ref");
    if (ref !== undefined) draft.ref = ref;
    const type = referenceOf(element, "type");
    if (type !== undefined) draft.type = type;
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
        return targetNamespace ?? "";
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

  // --- simple types ---------------------------------------------------------------------------------------------

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

  // --- complex types --------------------------------------------------------------------------------------------

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
    const open = defaultOpenContent;
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

  // --- particles, groups, wildcards -----------------------------------------------------------------------------

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
