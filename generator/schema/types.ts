/**
 * The schema as written: XSD syntax with every construct, prefixes resolved, nothing looked up yet.
 *
 * `schema/read` makes these from XML; `model/resolve` is the only reader. Names follow the XML
 * representation in XML Schema Part 1 (2nd edition); what only XSD 1.1 has is marked.
 */
import type { Condition } from "../../templates/runtime/descriptor.js";
import type { Span } from "../diagnostics.js";

/** An expanded name. `namespace` is "" for no namespace. */
export interface QName {
  readonly namespace: string;
  readonly local: string;
}

/** A reference by QName, with the place where it stands and the prefix that was written. */
export interface QNameRef extends QName {
  readonly prefix: string;
  readonly at: Span;
}

/** One file of a bundle, decoded. `path` is relative to the bundle root, with `/`, and is what spans name. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Lower-case hexadecimal SHA-256 of the bytes as they lay on disk. */
  readonly digest: string;
  /**
   * For a schema that stands in a WSDL document: which of those in it, from 1. `path` is that of the document, `#` and this;
   * `text` is the whole document, and places are places in it.
   */
  readonly embedded?: number;
}

/** One release of a schema: its files, and which of them are roots. */
export interface Bundle {
  /** The release id (`2.1.0`) or a label made from the path. */
  readonly release: string;
  /** Where it lies, for messages only; never written to output. */
  readonly location: string;
  readonly files: readonly SourceFile[];
  /** Paths in `files` from which reading starts. */
  readonly roots: readonly string[];
  /** Resolves a schemaLocation or a namespace to a path in `files` (catalog, relative path). */
  readonly resolveLocation: (
    request: { readonly location?: string; readonly namespace?: string },
    from: string,
  ) => string | undefined;
  /** URLs that were asked for and did not come; that was told then. */
  readonly unfetched?: ReadonlySet<string>;
  /** What reading depended on beside `files`: paths that are not there, and catalogs (absolute). Absent: not known. */
  readonly sought?: { readonly absent: readonly string[]; readonly catalogs: readonly string[] };
}

/** An XML element of a schema document; attributes and text carry their places. */
export interface XmlElement {
  readonly name: QName;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | XmlText)[];
  /** In-scope namespaces: prefix ("" is the default namespace) to URI. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** The start tag. */
  readonly at: Span;
  /** From the start tag to the end of the end tag. */
  readonly extent: Span;
}

export interface XmlAttribute {
  readonly name: QName;
  readonly prefix: string;
  readonly value: string;
  /** The value, between the quotes. */
  readonly at: Span;
}

export interface XmlText {
  readonly text: string;
  readonly at: Span;
}

export type DerivationMethod = "extension" | "restriction" | "substitution" | "list" | "union";

/** One `xs:schema` document. */
export interface SchemaDocument {
  readonly file: string;
  readonly targetNamespace?: string;
  readonly version?: string;
  readonly elementForm: Form;
  readonly attributeForm: Form;
  readonly blockDefault: readonly DerivationMethod[];
  readonly finalDefault: readonly DerivationMethod[];
  /** Prefix declarations of the root element, in document order; "" is the default namespace. */
  readonly prefixes: readonly (readonly [prefix: string, uri: string])[];
  readonly annotation?: Annotation;
  readonly directives: readonly Directive[];
  readonly components: readonly TopLevel[];
  /** XSD 1.1. */
  readonly defaultAttributes?: QNameRef;
  readonly at: Span;
}

export type Form = "qualified" | "unqualified";

/** Documentation texts, joined, white space kept; and what `xs:appinfo` holds as XML text. */
export interface Annotation {
  readonly documentation?: string;
  readonly appinfo?: readonly string[];
}

export type Directive =
  | { readonly kind: "include"; readonly location: string; readonly at: Span }
  | {
      readonly kind: "import";
      readonly namespace?: string;
      readonly location?: string;
      readonly at: Span;
    }
  | {
      readonly kind: "redefine" | "override";
      readonly location: string;
      readonly components: readonly TopLevel[];
      readonly at: Span;
    };

export type TopLevel =
  | ElementSyntax
  | AttributeSyntax
  | SimpleTypeSyntax
  | ComplexTypeSyntax
  | GroupSyntax
  | AttributeGroupSyntax
  | NotationSyntax;

interface Syntax {
  readonly at: Span;
  /** The whole element, for showing its source. */
  readonly extent: Span;
  readonly id?: string;
  readonly annotation?: Annotation;
}

interface Occurs {
  readonly minOccurs: number;
  readonly maxOccurs: number | "unbounded";
}

/** `xs:element`, global (with a name, no occurrence), local, or a reference. */
export interface ElementSyntax extends Syntax, Occurs {
  readonly kind: "element";
  readonly name?: string;
  readonly ref?: QNameRef;
  readonly type?: QNameRef;
  readonly inlineType?: SimpleTypeSyntax | ComplexTypeSyntax;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly default?: string;
  readonly fixed?: string;
  /** In-scope prefixes, where a default or fixed value may be a QName. */
  readonly namespaces?: ReadonlyMap<string, string>;
  readonly form?: Form;
  readonly block?: readonly DerivationMethod[];
  readonly final?: readonly DerivationMethod[];
  /** One name in XSD 1.0, several in 1.1. */
  readonly substitutionGroup: readonly QNameRef[];
  readonly constraints: readonly IdentityConstraintSyntax[];
  /** XSD 1.1. */
  readonly alternatives: readonly AlternativeSyntax[];
  /** XSD 1.1: the targetNamespace attribute of a local element. */
  readonly targetNamespace?: string;
}

/** XSD 1.1 `xs:alternative`. */
export interface AlternativeSyntax extends Syntax {
  readonly kind: "alternative";
  readonly test?: string;
  /** What the test says, where it can be evaluated. */
  readonly condition?: Condition;
  /** Why it cannot be. */
  readonly beyond?: string;
  readonly type?: QNameRef;
  readonly inlineType?: SimpleTypeSyntax | ComplexTypeSyntax;
}

export interface AttributeSyntax extends Syntax {
  readonly kind: "attribute";
  readonly name?: string;
  readonly ref?: QNameRef;
  readonly type?: QNameRef;
  readonly inlineType?: SimpleTypeSyntax;
  readonly use: "optional" | "required" | "prohibited";
  readonly default?: string;
  readonly fixed?: string;
  /** In-scope prefixes, where a default or fixed value may be a QName. */
  readonly namespaces?: ReadonlyMap<string, string>;
  readonly form?: Form;
  /** XSD 1.1. */
  readonly targetNamespace?: string;
  /** XSD 1.1. */
  readonly inheritable?: boolean;
}

export interface SimpleTypeSyntax extends Syntax {
  readonly kind: "simpleType";
  readonly name?: string;
  readonly final?: readonly DerivationMethod[];
  readonly derivation: SimpleDerivationSyntax;
}

export type SimpleDerivationSyntax =
  | (RestrictionOfSimple & { readonly kind: "restriction"; readonly at: Span })
  | {
      readonly kind: "list";
      readonly item?: QNameRef;
      readonly inlineItem?: SimpleTypeSyntax;
      readonly at: Span;
    }
  | {
      readonly kind: "union";
      readonly members: readonly QNameRef[];
      readonly inlineMembers: readonly SimpleTypeSyntax[];
      readonly at: Span;
    };

/** What restricting a simple type or simple content says. */
export interface RestrictionOfSimple {
  readonly base?: QNameRef;
  readonly inlineBase?: SimpleTypeSyntax;
  readonly facets: readonly FacetSyntax[];
}

export type FacetName =
  | "length"
  | "minLength"
  | "maxLength"
  | "pattern"
  | "enumeration"
  | "whiteSpace"
  | "maxInclusive"
  | "maxExclusive"
  | "minInclusive"
  | "minExclusive"
  | "totalDigits"
  | "fractionDigits"
  /** XSD 1.1 */
  | "explicitTimezone"
  /** XSD 1.1; `value` holds the XPath. */
  | "assertion";

export interface FacetSyntax extends Syntax {
  readonly kind: "facet";
  readonly facet: FacetName;
  readonly value: string;
  readonly fixed: boolean;
  /** In-scope prefixes, where the value may be a QName or an XPath. */
  readonly namespaces: ReadonlyMap<string, string>;
}

export interface ComplexTypeSyntax extends Syntax {
  readonly kind: "complexType";
  readonly name?: string;
  readonly abstract: boolean;
  readonly mixed: boolean;
  readonly block?: readonly DerivationMethod[];
  readonly final?: readonly DerivationMethod[];
  readonly content: ComplexContentSyntax;
  /** XSD 1.1. */
  readonly defaultAttributesApply?: boolean;
}

/** Attribute uses, groups and wildcard, as they stand in a type or attribute group. */
export interface AttributesSyntax {
  readonly attributes: readonly (AttributeSyntax | AttributeGroupRefSyntax)[];
  readonly anyAttribute?: WildcardSyntax;
}

export interface AttributeGroupRefSyntax {
  readonly kind: "attributeGroupRef";
  readonly ref: QNameRef;
}

export type ComplexContentSyntax =
  /** No derivation written: restriction of anyType. */
  | (AttributesSyntax & {
      readonly kind: "implicit";
      readonly particle?: ParticleSyntax;
      readonly assertions: readonly AssertionSyntax[];
      readonly openContent?: OpenContentSyntax;
    })
  | (AttributesSyntax & {
      readonly kind: "complexContent";
      readonly method: "extension" | "restriction";
      readonly base: QNameRef;
      /** `mixed` of xs:complexContent, which overrules that of xs:complexType. */
      readonly mixed?: boolean;
      readonly particle?: ParticleSyntax;
      readonly assertions: readonly AssertionSyntax[];
      readonly openContent?: OpenContentSyntax;
      readonly at: Span;
    })
  | (AttributesSyntax & {
      readonly kind: "simpleContent";
      readonly method: "extension" | "restriction";
      readonly base: QNameRef;
      readonly inlineBase?: SimpleTypeSyntax;
      readonly facets: readonly FacetSyntax[];
      readonly assertions: readonly AssertionSyntax[];
      readonly at: Span;
    });

/** XSD 1.1 `xs:assert`. */
export interface AssertionSyntax extends Syntax {
  readonly kind: "assert";
  readonly test: string;
}

/** XSD 1.1 `xs:openContent`. */
export interface OpenContentSyntax extends Syntax {
  readonly kind: "openContent";
  readonly mode: "none" | "interleave" | "suffix";
  readonly wildcard?: WildcardSyntax;
}

export type ParticleSyntax = ElementSyntax | ModelGroupSyntax | GroupRefSyntax | (WildcardSyntax & Occurs);

export interface ModelGroupSyntax extends Syntax, Occurs {
  readonly kind: "sequence" | "choice" | "all";
  readonly particles: readonly ParticleSyntax[];
}

export interface GroupRefSyntax extends Syntax, Occurs {
  readonly kind: "groupRef";
  readonly ref: QNameRef;
}

export interface WildcardSyntax extends Syntax {
  readonly kind: "any" | "anyAttribute";
  /** The attribute as a list: `##any`, `##other`, `##targetNamespace`, `##local`, or URIs. */
  readonly namespaces: readonly string[];
  readonly processContents: "strict" | "lax" | "skip";
  /** XSD 1.1. */
  readonly notNamespaces?: readonly string[];
  /** XSD 1.1: names as QNames, or the words ##defined, ##definedSibling. */
  readonly notNames?: readonly (QName | string)[];
}

export interface GroupSyntax extends Syntax {
  readonly kind: "group";
  readonly name: string;
  readonly particle: ModelGroupSyntax;
}

export interface AttributeGroupSyntax extends Syntax, AttributesSyntax {
  readonly kind: "attributeGroup";
  readonly name: string;
}

export interface NotationSyntax extends Syntax {
  readonly kind: "notation";
  readonly name: string;
  readonly public?: string;
  readonly system?: string;
}

export interface IdentityConstraintSyntax extends Syntax {
  readonly kind: "key" | "unique" | "keyref";
  /** Absent where XSD 1.1 refers to another constraint by `ref`. */
  readonly name?: string;
  readonly ref?: QNameRef;
  readonly refer?: QNameRef;
  readonly selector: string;
  readonly fields: readonly string[];
  readonly namespaces: ReadonlyMap<string, string>;
}
