/**
 * The `xml:` and `xsi:` attributes, as a schema document would declare them: nobody has to bring a file for them. And `xs:schema`, the
 * element in which a DataSet of .NET tells of what follows it; who refers to it is held to {@link lookUp}.
 */
import type {
  AttributeGroupSyntax,
  AttributeSyntax,
  ElementSyntax,
  QNameRef,
  SchemaDocument,
  SimpleDerivationSyntax,
  SimpleTypeSyntax,
  TopLevel,
} from "../schema/types.js";
import { nowhere, XML_NAMESPACE, XSI_NAMESPACE } from "./builtins.js";
import { XSD_NAMESPACE } from "./types.js";

const place = { at: nowhere, extent: nowhere };

function xs(local: string): QNameRef {
  return { namespace: XSD_NAMESPACE, local, prefix: "xs", at: nowhere };
}

function attribute(name: string, type: QNameRef | SimpleTypeSyntax): AttributeSyntax {
  return {
    kind: "attribute",
    name,
    ...("kind" in type ? { inlineType: type } : { type }),
    use: "optional",
    ...place,
  };
}

function anonymous(derivation: SimpleDerivationSyntax): SimpleTypeSyntax {
  return { kind: "simpleType", derivation, ...place };
}

function enumeration(base: string, values: readonly string[]): SimpleTypeSyntax {
  return anonymous({
    kind: "restriction",
    base: xs(base),
    facets: values.map((value) => ({
      kind: "facet",
      facet: "enumeration",
      value,
      fixed: false,
      namespaces: new Map(),
      ...place,
    })),
    at: nowhere,
  });
}

function element(name: string, type: QNameRef): ElementSyntax {
  return {
    kind: "element",
    name,
    type,
    minOccurs: 1,
    maxOccurs: 1,
    nillable: false,
    abstract: false,
    substitutionGroup: [],
    constraints: [],
    alternatives: [],
    ...place,
  };
}

function reference(local: string): AttributeSyntax {
  return {
    kind: "attribute",
    ref: { namespace: XML_NAMESPACE, local, prefix: "xml", at: nowhere },
    use: "optional",
    ...place,
  };
}

const specialAttributes: AttributeGroupSyntax = {
  kind: "attributeGroup",
  name: "specialAttrs",
  attributes: ["base", "lang", "space", "id"].map(reference),
  ...place,
};

function document(
  file: string,
  targetNamespace: string,
  prefix: string,
  components: readonly TopLevel[],
): SchemaDocument {
  return {
    file,
    targetNamespace,
    elementForm: "unqualified",
    attributeForm: "unqualified",
    blockDefault: [],
    finalDefault: [],
    prefixes: [[prefix, targetNamespace]],
    directives: [],
    components,
    at: nowhere,
  };
}

/** Used where a release refers to these namespaces and has no document of its own for them. */
export const builtinDocuments: readonly SchemaDocument[] = [
  document("", XML_NAMESPACE, "xml", [
    attribute(
      "lang",
      anonymous({
        kind: "union",
        members: [xs("language")],
        inlineMembers: [enumeration("string", [""])],
        at: nowhere,
      }),
    ),
    attribute("space", enumeration("NCName", ["default", "preserve"])),
    attribute("base", xs("anyURI")),
    attribute("id", xs("ID")),
    specialAttributes,
  ]),
  document("", XSI_NAMESPACE, "xsi", [
    attribute("type", xs("QName")),
    attribute("nil", xs("boolean")),
    attribute("schemaLocation", anonymous({ kind: "list", item: xs("anyURI"), at: nowhere })),
    attribute("noNamespaceSchemaLocation", xs("anyURI")),
  ]),
  document("", XSD_NAMESPACE, "xs", [element("schema", xs("anyType"))]),
];
