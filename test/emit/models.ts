/** Models made by hand, so that printing is tested without reading. */
import { builtinTypes, nowhere, xsdId } from "../../generator/model/builtins.js";
import type {
  ComplexType,
  Content,
  ElementDeclaration,
  Model,
  Particle,
  SimpleType,
  TypeDefinition,
  TypeId,
} from "../../generator/model/types.js";

export const uri = "http://example.com/shop";

const here = { span: nowhere, extent: nowhere };

/** `{uri}local`, or a built-in type for `xs:local`. */
export function id(local: string, namespace = uri): TypeId {
  return local.startsWith("xs:") ? xsdId(local.slice(3)) : `{${namespace}}${local}`;
}

/** A restriction of a built-in type. */
function simple(
  local: string,
  base: string,
  facets: SimpleType["facets"] = {},
  extra: Partial<SimpleType> = {},
): SimpleType {
  const parent = builtinTypes[id(base)] as SimpleType;
  return {
    kind: "simple",
    id: id(local),
    name: { namespace: uri, local },
    namespace: uri,
    base: parent.id,
    final: [],
    fingerprint: local,
    variety: "atomic",
    ...(parent.primitive === undefined ? {} : { primitive: parent.primitive }),
    ...(parent.builtin === undefined ? {} : { builtin: parent.builtin }),
    facets: { ...parent.facets, ...facets },
    ownFacets: Object.keys(facets),
    ...here,
    ...extra,
  };
}

/** An enumeration of strings. */
export function enumeration(local: string, ...values: readonly string[]): SimpleType {
  return simple(local, "xs:string", { enumeration: values.map((value) => ({ value, span: nowhere })) });
}

/** A complex type with element content. */
export function complex(
  local: string,
  own: Particle | undefined,
  extra: Partial<ComplexType> = {},
): ComplexType {
  const content: Content =
    own === undefined ? { kind: "empty" } : { kind: "elements", mixed: false, particle: own, own };
  return {
    kind: "complex",
    id: id(local),
    name: { namespace: uri, local },
    namespace: uri,
    base: xsdId("anyType"),
    final: [],
    fingerprint: local,
    derivation: "restriction",
    abstract: false,
    block: [],
    content,
    attributes: [],
    ...here,
    ...extra,
  };
}

/** A global element. */
export function global(local: string, type: string): ElementDeclaration {
  return {
    id: id(local),
    name: { namespace: uri, local },
    type: id(type),
    nillable: false,
    abstract: false,
    block: [],
    final: [],
    substitutionHeads: [],
    constraints: [],
    fingerprint: local,
    ...here,
  };
}

/** A model of one namespace. */
export function model(types: readonly TypeDefinition[], elements: readonly ElementDeclaration[] = []): Model {
  return {
    release: "1.0",
    namespaces: [{ uri, prefix: "shop", files: ["shop.xsd"] }],
    types: Object.fromEntries(types.map((type) => [type.id, type])),
    elements: Object.fromEntries(elements.map((each) => [each.id, each])),
    attributes: {},
    groups: {},
    attributeGroups: {},
    notations: {},
    substitutions: {},
    files: [],
  };
}
