/**
 * The schema as meant: one release of a schema family, references resolved, no XSD syntax left.
 *
 * Plain readonly data. Components refer to each other by id, so a model can be dumped, hashed and compared.
 * Names follow the abstract data model of XML Schema Part 1 (2nd edition), clause 3.
 */
import type { Span } from "../diagnostics.js";
import type { DerivationMethod, Form, QName } from "../schema/types.js";
import type { Condition } from "../../templates/runtime/descriptor.js";

export type { DerivationMethod, Form, QName } from "../schema/types.js";

/**
 * `{namespace}local` for a global component; `<id of the owner>/<local>` for what is declared inside.
 * Type ids and element ids are separate symbol spaces. Built-in types have ids in the XSD namespace.
 */
export type TypeId = string & { readonly __id?: "type" };
export type ElementId = string & { readonly __id?: "element" };
export type AttributeId = string & { readonly __id?: "attribute" };
export type GroupId = string & { readonly __id?: "group" };

/** `{namespace}local`. */
export function idOf(name: QName): string {
  return `{${name.namespace}}${name.local}`;
}

export const XSD_NAMESPACE = "http://www.w3.org/2001/XMLSchema";

/** Everything one release says. All records are keyed by id and hold entries in schema order. */
export interface Model {
  /** The release id (`2.1.0`), or a label. */
  readonly release: string;
  /** In dependency order where there is one; one output module each. */
  readonly namespaces: readonly NamespaceInfo[];
  /** All named and anonymous types, without the built-in ones (see {@link builtinTypes} in builtins.ts). */
  readonly types: Readonly<Record<TypeId, TypeDefinition>>;
  readonly elements: Readonly<Record<ElementId, ElementDeclaration>>;
  readonly attributes: Readonly<Record<AttributeId, AttributeDeclaration>>;
  /** Named model groups. Content holds them expanded; a group there says from which definition it came. */
  readonly groups: Readonly<Record<GroupId, ModelGroupDefinition>>;
  readonly attributeGroups: Readonly<Record<string, AttributeGroupDefinition>>;
  readonly notations: Readonly<Record<string, NotationDeclaration>>;
  /** Head element to all members that may stand for it (transitive, `block` and `final` respected), itself excluded. */
  readonly substitutions: Readonly<Record<ElementId, readonly ElementId[]>>;
  /** What the release was read from, for reports, in path order. */
  readonly files: readonly FileInfo[];
}

/** One file of a release. What it says beside its components means nothing; who keeps the bundle wants to know. */
export interface FileInfo {
  readonly path: string;
  /** Lower-case hexadecimal SHA-256 of its bytes. */
  readonly digest: string;
  /** Of a schema document: its `version`, and the start tag that has it. */
  readonly version?: { readonly text: string; readonly span: Span };
  /** Of a schema document: its imports and includes, as written. */
  readonly references?: readonly FileReference[];
}

export interface FileReference {
  readonly kind: "import" | "include";
  /** Of an import; "" is no namespace. */
  readonly namespace?: string;
  readonly location?: string;
  readonly span: Span;
}

export interface NamespaceInfo {
  /** "" is no namespace. */
  readonly uri: string;
  /** The prefix that the schemas use most for it; unique within a model; "" only for no namespace. */
  readonly prefix: string;
  readonly documentation?: string;
  /** Paths of the files that declare something in it. */
  readonly files: readonly string[];
}

interface Component {
  readonly documentation?: string;
  readonly span: Span;
  /** The whole declaration in the source, for showing it. */
  readonly extent: Span;
}

interface NamedComponent extends Component {
  readonly id: string;
  readonly name: QName;
}

export type TypeDefinition = SimpleType | ComplexType;

interface Type extends Component {
  readonly id: TypeId;
  /** Absent for an anonymous type. */
  readonly name?: QName;
  /** The namespace of the schema document that holds it. */
  readonly namespace: string;
  /** For an anonymous type: what it belongs to. */
  readonly owner?: {
    readonly kind: "element" | "attribute" | "type";
    readonly id: string;
    readonly local: string;
  };
  readonly base: TypeId;
  readonly final: readonly DerivationMethod[];
  /** Hash of the meaning of this type and of all it reaches; equal means interchangeable on the wire. */
  readonly fingerprint: string;
}

export interface SimpleType extends Type {
  readonly kind: "simple";
  readonly variety: "atomic" | "list" | "union";
  /** Atomic: the id of the primitive built-in type, or of xs:anySimpleType. */
  readonly primitive?: TypeId;
  /** Atomic: the nearest built-in ancestor, such as xs:int. */
  readonly builtin?: TypeId;
  /** List. */
  readonly item?: TypeId;
  /** Union: members in order. */
  readonly members?: readonly TypeId[];
  /** Effective facets, composed along the derivation. */
  readonly facets: Facets;
  /** Which facets this step itself states. */
  readonly ownFacets: readonly string[];
  /** XSD 1.1 assertions: kept, reported as not checked. */
  readonly assertions?: readonly string[];
}

/** Values are kept in their lexical form; compare them in the value space of the primitive type. */
export interface Facets {
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Alternatives within a step are ORed, steps are ANDed (clause 4.3.4). XSD regular expressions. */
  readonly patterns?: readonly (readonly string[])[];
  readonly enumeration?: readonly EnumerationValue[];
  readonly whiteSpace?: "preserve" | "replace" | "collapse";
  readonly maxInclusive?: string;
  readonly maxExclusive?: string;
  readonly minInclusive?: string;
  readonly minExclusive?: string;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  readonly explicitTimezone?: "required" | "prohibited" | "optional";
  /** Names of facets that a further step may not change. */
  readonly fixed?: readonly string[];
}

export interface EnumerationValue {
  /** After white space processing; a QName or NOTATION value is in `{namespace}local` form. */
  readonly value: string;
  readonly documentation?: string;
  readonly span: Span;
}

export interface ComplexType extends Type {
  readonly kind: "complex";
  readonly derivation: "extension" | "restriction";
  readonly abstract: boolean;
  readonly block: readonly DerivationMethod[];
  readonly content: Content;
  /** Effective attribute uses (inherited ones included), prohibited ones left out, in schema order. */
  readonly attributes: readonly AttributeUse[];
  readonly anyAttribute?: Wildcard;
  /** XSD 1.1 assertions: kept, reported as not checked. */
  readonly assertions?: readonly string[];
}

export type Content =
  | { readonly kind: "empty" }
  | { readonly kind: "simple"; readonly type: TypeId }
  | {
      readonly kind: "elements";
      readonly mixed: boolean;
      /** Effective content: for an extension the sequence of the base's and the own particle. Absent: mixed, text only. */
      readonly particle?: Particle;
      /** For an extension: what this step adds. Equal to `particle` where nothing is inherited. */
      readonly own?: Particle;
      /** XSD 1.1. */
      readonly open?: { readonly mode: "interleave" | "suffix"; readonly wildcard: Wildcard };
    };

export type Particle = ElementParticle | GroupParticle | WildcardParticle;

interface ParticleBase {
  readonly min: number;
  readonly max: number | "unbounded";
  readonly span: Span;
}

/** An element in a content model: local declaration, or reference to a global one (`ref`). */
export interface ElementParticle extends ParticleBase {
  readonly kind: "element";
  readonly name: QName;
  /** The global declaration referred to. */
  readonly ref?: ElementId;
  readonly type: TypeId;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly default?: string;
  readonly fixed?: string;
  readonly form: Form;
  readonly block: readonly DerivationMethod[];
  readonly constraints: readonly IdentityConstraint[];
  readonly alternatives?: readonly Alternative[];
  readonly documentation?: string;
  readonly extent: Span;
}

export interface GroupParticle extends ParticleBase {
  readonly kind: "sequence" | "choice" | "all";
  readonly particles: readonly Particle[];
  /** The named group it was expanded from. */
  readonly group?: GroupId;
  readonly documentation?: string;
}

export interface WildcardParticle extends ParticleBase {
  readonly kind: "any";
  readonly wildcard: Wildcard;
}

/** Clause 3.10. */
export interface Wildcard {
  /** `any`; every namespace but these (`not`; "" is no namespace); or exactly these (`in`). */
  readonly namespaces:
    | { readonly kind: "any" }
    | { readonly kind: "not"; readonly uris: readonly string[] }
    | { readonly kind: "in"; readonly uris: readonly string[] };
  readonly process: "strict" | "lax" | "skip";
  /** XSD 1.1: expanded names. `##defined` and `##definedSibling` are replaced by the names that they stand for. */
  readonly notNames?: readonly string[];
  readonly documentation?: string;
  readonly span: Span;
}

/** A global element. */
export interface ElementDeclaration extends NamedComponent {
  readonly type: TypeId;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly default?: string;
  readonly fixed?: string;
  readonly block: readonly DerivationMethod[];
  readonly final: readonly DerivationMethod[];
  readonly substitutionHeads: readonly ElementId[];
  readonly constraints: readonly IdentityConstraint[];
  readonly alternatives?: readonly Alternative[];
  readonly fingerprint: string;
}

/** XSD 1.1 conditional type assignment (Part 1 of 1.1, clause 3.12). */
export interface Alternative {
  /** As written; absent: what is chosen where no test of the element holds. */
  readonly test?: string;
  /** What the test says; absent where it goes beyond what is evaluated. */
  readonly condition?: Condition;
  /** `xs:error`: the element may not stand there. */
  readonly type: TypeId;
}

export interface AttributeDeclaration extends NamedComponent {
  readonly type: TypeId;
  readonly default?: string;
  readonly fixed?: string;
  /** XSD 1.1. */
  readonly inheritable?: true;
}

export interface AttributeUse extends Component {
  readonly name: QName;
  readonly ref?: AttributeId;
  readonly type: TypeId;
  readonly required: boolean;
  readonly default?: string;
  readonly fixed?: string;
  /** XSD 1.1: conditions on elements below see it too. */
  readonly inheritable?: true;
  /** The type in the derivation chain whose declaration this is. */
  readonly declaredIn: TypeId;
}

export interface ModelGroupDefinition extends NamedComponent {
  readonly particle: GroupParticle;
}

export interface AttributeGroupDefinition extends NamedComponent {
  readonly attributes: readonly AttributeUse[];
  readonly anyAttribute?: Wildcard;
}

export interface NotationDeclaration extends NamedComponent {
  readonly public?: string;
  readonly system?: string;
}

export interface IdentityConstraint extends NamedComponent {
  readonly kind: "key" | "unique" | "keyref";
  /** The constraint a keyref refers to. */
  readonly refer?: string;
  readonly selector: string;
  readonly fields: readonly string[];
  /** Prefixes used in the XPaths, as pairs; "" never applies (clause 3.11.6). */
  readonly prefixes: readonly (readonly [prefix: string, uri: string])[];
}
