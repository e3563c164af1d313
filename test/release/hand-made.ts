import type {
  ComplexType,
  ElementParticle,
  Model,
  SimpleType,
  TypeDefinition,
} from "../../generator/model/types.js";
import type { Service } from "../../generator/service/types.js";

/** A model in short: no parser between a test and what it tests. */

const at = { file: "hand.xsd", start: 0, end: 0 };
export const NS = "urn:hand";
const STRING = "{http://www.w3.org/2001/XMLSchema}string";
const ANY = "{http://www.w3.org/2001/XMLSchema}anyType";

/** `name` alone is of type string; `name: type id`, or `name` with a documentation text. */
export interface Element {
  readonly name: string;
  readonly type?: string;
  readonly documentation?: string;
}

export function struct(
  id: string,
  elements: readonly (string | Element)[],
  more: {
    readonly base?: ComplexType;
    readonly attributes?: readonly string[];
    readonly anonymous?: true;
  } = {},
): ComplexType {
  const own = elements.map((entry): ElementParticle => {
    const { name, type, documentation } = typeof entry === "string" ? { name: entry } : entry;
    return {
      kind: "element",
      name: { namespace: NS, local: name },
      type: type ?? STRING,
      nillable: false,
      abstract: false,
      form: "qualified",
      block: [],
      constraints: [],
      min: 0,
      max: 1,
      span: at,
      extent: at,
      ...(documentation === undefined ? {} : { documentation }),
    };
  });
  const inherited =
    more.base?.content.kind === "elements" && more.base.content.particle ? [more.base.content.particle] : [];
  const sequence = (particles: ElementParticle[] | typeof inherited) =>
    ({ kind: "sequence", particles, min: 1, max: 1, span: at }) as const;
  return {
    kind: "complex",
    id,
    ...(more.anonymous ? {} : { name: { namespace: NS, local: id.slice(id.indexOf("}") + 1) } }),
    namespace: NS,
    base: more.base?.id ?? ANY,
    derivation: more.base ? "extension" : "restriction",
    abstract: false,
    block: [],
    final: [],
    fingerprint: JSON.stringify([elements, more.attributes, more.base?.fingerprint]),
    content: {
      kind: "elements",
      mixed: false,
      own: sequence(own),
      particle: more.base ? sequence([...inherited, sequence(own)] as never) : sequence(own),
    },
    attributes: [
      ...(more.base?.attributes ?? []),
      ...(more.attributes ?? []).map((name) => ({
        name: { namespace: "", local: name },
        type: STRING,
        required: false,
        declaredIn: id,
        span: at,
        extent: at,
      })),
    ],
    span: at,
    extent: at,
  };
}

export function enumeration(id: string, values: readonly string[]): SimpleType {
  return {
    kind: "simple",
    id,
    name: { namespace: NS, local: id.slice(id.indexOf("}") + 1) },
    namespace: NS,
    base: STRING,
    final: [],
    fingerprint: values.join("|"),
    variety: "atomic",
    primitive: STRING,
    builtin: STRING,
    facets: { enumeration: values.map((value) => ({ value, span: at })) },
    ownFacets: ["enumeration"],
    span: at,
    extent: at,
  };
}

export function model(
  release: string,
  types: readonly TypeDefinition[],
  elements: Record<string, string> = {},
): Model {
  return {
    release,
    namespaces: [{ uri: NS, prefix: "h", files: ["hand.xsd"] }],
    types: Object.fromEntries(types.map((type) => [type.id, type])),
    elements: Object.fromEntries(
      Object.entries(elements).map(([local, type]) => [
        `{${NS}}${local}`,
        {
          id: `{${NS}}${local}`,
          name: { namespace: NS, local },
          type,
          nillable: false,
          abstract: false,
          block: [],
          final: [],
          substitutionHeads: [],
          constraints: [],
          fingerprint: type,
          span: at,
          extent: at,
        },
      ]),
    ),
    attributes: {},
    groups: {},
    attributeGroups: {},
    notations: {},
    substitutions: {},
    files: [{ path: "hand.xsd", digest: "0" }],
  };
}

export function service(...names: readonly string[]): Service {
  return {
    convention: "hand",
    title: "Hand",
    operations: names.map((name) => ({
      service: "box",
      name,
      request: `{${NS}}${name}`,
      response: `{${NS}}${name}Response`,
      wireType: name,
      safe: true,
    })),
    slots: [],
    scalars: [],
    omitted: [],
    modules: {},
    runtime: "hand",
  };
}
