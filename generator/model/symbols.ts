/** What names mean in one release: documents as they are used, and the symbol spaces that they fill. */
import type {
  AttributeGroupSyntax,
  AttributeSyntax,
  ComplexTypeSyntax,
  ElementSyntax,
  GroupSyntax,
  IdentityConstraintSyntax,
  NotationSyntax,
  QName,
  SchemaDocument,
  SimpleTypeSyntax,
  TopLevel,
} from "../schema/types.js";

/** A document as it is used: with the namespace that its components get. */
export interface Scope {
  readonly document: SchemaDocument;
  readonly namespace: string;
  /** Included by a document with a namespace, having none: names without namespace mean `namespace`. */
  readonly chameleon: boolean;
  /** Namespaces that references may name: the own and the imported ones. */
  readonly visible: ReadonlySet<string>;
  /** What its include, redefine and override lead to. */
  readonly included: readonly Scope[];
}

/** A top-level declaration in its scope. */
export interface Declared<S = TopLevel> {
  readonly syntax: S;
  readonly scope: Scope;
  /** `{namespace}local`. */
  readonly id: string;
  readonly name: QName;
  /** What a redefinition redefines, and may refer to by its own name. */
  readonly original?: Declared<S>;
  /** Of an identity constraint: the id of the declaration it stands in. */
  readonly within?: string;
}

/** The symbol spaces of Part 1, clause 2.5. */
export interface Symbols {
  readonly types: ReadonlyMap<string, Declared<SimpleTypeSyntax | ComplexTypeSyntax>>;
  readonly elements: ReadonlyMap<string, Declared<ElementSyntax>>;
  readonly attributes: ReadonlyMap<string, Declared<AttributeSyntax>>;
  readonly groups: ReadonlyMap<string, Declared<GroupSyntax>>;
  readonly attributeGroups: ReadonlyMap<string, Declared<AttributeGroupSyntax>>;
  readonly notations: ReadonlyMap<string, Declared<NotationSyntax>>;
  readonly constraints: ReadonlyMap<string, Declared<IdentityConstraintSyntax>>;
  /** All scopes, in order of discovery. */
  readonly scopes: readonly Scope[];
  /** Namespaces of which a file is named that was not read, with its location. */
  readonly incomplete: ReadonlyMap<string, string>;
}

/** A symbol space. */
export type Space = Exclude<keyof Symbols, "scopes" | "incomplete">;

/** The symbol space of each kind of top-level component. */
export const spaceOfKind: Readonly<Record<TopLevel["kind"], Space>> = {
  simpleType: "types",
  complexType: "types",
  element: "elements",
  attribute: "attributes",
  group: "groups",
  attributeGroup: "attributeGroups",
  notation: "notations",
};

/** What a declaration of a symbol space is called in messages. */
export const wordOfSpace: Readonly<Record<Space, string>> = {
  types: "type",
  elements: "element",
  attributes: "attribute",
  groups: "group",
  attributeGroups: "attribute group",
  notations: "notation",
  constraints: "identity constraint",
};

const declared = new WeakMap<SchemaDocument, ReadonlySet<string>>();

/** Whether a document has a top-level component of a name. */
export function declares(document: SchemaDocument, space: Space, local: string): boolean {
  let names = declared.get(document);
  if (names === undefined) {
    names = new Set(document.components.map(({ kind, name }) => `${spaceOfKind[kind]} ${name ?? ""}`));
    declared.set(document, names);
  }
  return names.has(`${space} ${local}`);
}
