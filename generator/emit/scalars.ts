/** How scalars are represented: rules of the configuration, then of the service, then the general defaults. */
import type { Builtin, Representation } from "../../templates/runtime/descriptor.js";
import type { Report } from "../diagnostics.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { builtinTypes } from "../model/builtins.js";
import { ancestry, displayName, nameOfId, simpleTypeOf } from "../model/query.js";
import type { Model, SimpleType, TypeId } from "../model/types.js";
import { XSD_NAMESPACE } from "../model/types.js";
import type { ScalarRule, Service } from "../service/types.js";
import { membersAt } from "./paths.js";

/** Where a scalar stands: the name of its element or attribute, and the key of the member. */
export interface Place {
  readonly name: string;
  /** `<declaring type id>/<element>` or `<declaring type id>/@<attribute>`; absent for a global element. */
  readonly key?: string;
  /** Inside a list or union whose patterns speak of the text of its parts. */
  readonly lexical?: true;
}

/** The place of items and members: the patterns of a list or union speak of their text. */
export function placeOfParts(type: SimpleType, place: Place | undefined): Place | undefined {
  return type.facets.patterns === undefined ? place : { ...(place ?? { name: "" }), lexical: true };
}

/** Representations of all simple types of a model. */
export interface Scalars {
  /** How values of an atomic type are represented, in its own right or at a place. */
  readonly representation: (type: SimpleType, place?: Place) => Representation;
  /** Whether each atomic part of a simple type is at this place what it is anywhere. */
  readonly isUsual: (type: SimpleType, place: Place) => boolean;
}

const builtins = new Map<TypeId, Builtin>();

/** The name of the nearest built-in type of an atomic type. */
export function builtinOf({ builtin }: SimpleType): Builtin {
  if (builtin === undefined) return "anySimpleType";
  let name = builtins.get(builtin);
  if (name === undefined) builtins.set(builtin, (name = nameOfId(builtin).local as Builtin));
  return name;
}

interface PreparedRule {
  readonly rule: ScalarRule;
  readonly type?: TypeId;
  readonly name?: RegExp;
  readonly keys?: ReadonlySet<string>;
}

/** Prepares the rules; a rule of the configuration that cannot be read, or concerns nothing, is reported. */
export function createScalars(
  model: Model,
  configured: readonly ScalarRule[],
  service: Service | undefined,
  report: Report,
): Scalars {
  const prepare = (rule: ScalarRule, isOwn: boolean): PreparedRule[] => {
    const complain = (severity: "error" | "warning", message: string): void => {
      if (isOwn) report.add({ code: "scalar-rule", severity, message });
    };
    let type: TypeId | undefined;
    if (rule.type !== undefined) {
      type = typeNamed(model, rule.type);
      if (type === undefined || simpleTypeOf(model, type) === undefined) {
        complain(
          "error",
          `a rule about scalars names the type "${rule.type}", which is no simple type of this schema`,
        );
        return [];
      }
    }
    let name: RegExp | undefined;
    if (rule.name !== undefined) {
      try {
        name = new RegExp(rule.name, "u");
      } catch {
        complain("error", `"${rule.name}" in a rule about scalars is not a regular expression`);
        return [];
      }
    }
    const keys = rule.path === undefined ? undefined : membersAt(model, rule.path);
    if (keys?.size === 0) {
      complain(
        "warning",
        `the path "${rule.path ?? ""}" in a rule about scalars leads nowhere in release ${model.release}`,
      );
    }
    return [{ rule, ...(type && { type }), ...(name && { name }), ...(keys && { keys }) }];
  };
  const rules = [
    ...configured.flatMap((rule) => prepare(rule, true)),
    ...(service?.scalars ?? []).flatMap((rule) => prepare(rule, false)),
  ];
  const general = rules.filter(({ name, keys }) => name === undefined && keys === undefined);
  const byType = new Map<TypeId, Representation>();

  const decide = (type: SimpleType, place: Place | undefined): Representation => {
    let chain: ReadonlySet<TypeId> | undefined;
    for (const { rule, type: wanted, name, keys } of place === undefined ? general : rules) {
      if (!canBe(builtinOf(type), rule.as)) continue;
      if (wanted !== undefined) {
        chain ??= upToBuiltin(model, type);
        if (!chain.has(wanted)) continue;
      }
      if (name !== undefined && !name.test(place?.name ?? "")) continue;
      if (keys !== undefined && (place?.key === undefined || !keys.has(place.key))) continue;
      return rule.as === "string" && isQualifiedName(builtinOf(type)) ? "qname" : rule.as;
    }
    return place?.lexical && hasSeveralForms.has(builtinOf(type)) ? "string" : defaultOf(type);
  };
  const representation = (type: SimpleType, place?: Place): Representation => {
    if (place !== undefined && (place.lexical || rules.length > general.length)) return decide(type, place);
    let known = byType.get(type.id);
    if (known === undefined) byType.set(type.id, (known = decide(type, undefined)));
    return known;
  };
  const isUsual = (type: SimpleType, place: Place): boolean => {
    const part = (id: TypeId | undefined): boolean => {
      const found = id === undefined ? undefined : simpleTypeOf(model, id);
      return found === undefined || isUsual(found, place);
    };
    switch (type.variety) {
      case "atomic":
        return representation(type, place) === representation(type);
      case "list":
        return part(type.item);
      case "union":
        return (type.members ?? []).every(part);
    }
  };
  return { representation, isUsual };
}

/** A type as users name it: `xs:long`, `{uri}local`, `prefix:local` or `local`. */
function typeNamed(model: Model, text: string): TypeId | undefined {
  if (text.startsWith("{")) return text;
  const colon = text.indexOf(":");
  const prefix = text.slice(0, Math.max(0, colon));
  const local = text.slice(colon + 1);
  if (prefix === "xs" || prefix === "xsd") return `{${XSD_NAMESPACE}}${local}`;
  if (colon < 0)
    return Object.keys(model.types).find(
      (id) => nameOfId(id).local === text && model.types[id]?.name !== undefined,
    );
  return Object.keys(model.types).find((id) => displayName(model, id) === text);
}

/** The type and its ancestors as far as the nearest built-in one: a rule about xs:integer is none about xs:long. */
function upToBuiltin(model: Model, type: SimpleType): ReadonlySet<TypeId> {
  const chain = new Set<TypeId>();
  for (const { id } of ancestry(model, type.id)) {
    chain.add(id);
    if (id === type.builtin) break;
  }
  return chain;
}

const integers: ReadonlySet<Builtin> = new Set<Builtin>([
  "integer",
  "nonPositiveInteger",
  "negativeInteger",
  "long",
  "int",
  "short",
  "byte",
  "nonNegativeInteger",
  "unsignedLong",
  "unsignedInt",
  "unsignedShort",
  "unsignedByte",
  "positiveInteger",
]);

const isQualifiedName = (builtin: Builtin): boolean => builtin === "QName" || builtin === "NOTATION";

function canBe(builtin: Builtin, as: ScalarRule["as"]): boolean {
  switch (as) {
    case "string":
      return true;
    case "bigint":
      return integers.has(builtin);
    case "number":
      return integers.has(builtin) || builtin === "decimal" || builtin === "float" || builtin === "double";
    case "boolean":
      return builtin === "boolean";
  }
}

/** Types whose values are written in one form by us and in others elsewhere. */
const hasSeveralForms: ReadonlySet<Builtin> = new Set<Builtin>(["boolean", "float", "double"]);

/** The representation that loses nothing. */
function defaultOf(type: SimpleType): Representation {
  const builtin = builtinOf(type);
  if (dependsOnForm(type, builtin)) return "string";
  if (integers.has(builtin)) return fitsNumber(type) ? "number" : "bigint";
  switch (builtin) {
    case "boolean":
      return "boolean";
    case "float":
    case "double":
      return "number";
    case "hexBinary":
    case "base64Binary":
      return "bytes";
    case "QName":
    case "NOTATION":
      return "qname";
    default:
      return "string";
  }
}

/** Patterns judge the text, so a value must keep the form it has where ours would not do (Part 2, clause 4.3.4). */
function dependsOnForm(type: SimpleType, builtin: Builtin): boolean {
  const own = ownPatterns(type);
  if (own.length === 0) return false;
  const admits = (text: string): boolean =>
    own.every((step) => step.some((pattern) => matchesPattern(pattern, text)));
  if (builtin === "boolean") return (admits("1") && !admits("true")) || (admits("0") && !admits("false"));
  if (integers.has(builtin)) return oddIntegers.some(admits);
  return hasSeveralForms.has(builtin) || builtin === "hexBinary";
}

/** Patterns beyond those of the built-in type. */
function ownPatterns({ builtin, facets }: SimpleType): readonly (readonly string[])[] {
  const inherited = new Set(
    (builtinTypes[builtin ?? ""] as SimpleType | undefined)?.facets.patterns?.map((step) => step.join("\0")),
  );
  return (facets.patterns ?? []).filter((step) => !inherited.has(step.join("\0")));
}

/** Integers as nobody writes them unless a pattern asks for it: with zeros in front, or a plus. */
const oddIntegers: readonly string[] = [
  "+0",
  "+1",
  "-0",
  ...Array.from({ length: 24 }, (_, length) => [
    "0".repeat(length + 2),
    `${"0".repeat(length + 1)}1`,
    `0${"123456789".repeat(3).slice(0, length + 1)}`,
  ]).flat(),
];

const safe = BigInt(Number.MAX_SAFE_INTEGER);

/** Whether the facets keep an integer within what a number holds exactly. */
function fitsNumber({ facets }: SimpleType): boolean {
  if (facets.totalDigits !== undefined && facets.totalDigits <= 15) return true;
  const low = integerOf(facets.minInclusive) ?? integerOf(facets.minExclusive);
  const high = integerOf(facets.maxInclusive) ?? integerOf(facets.maxExclusive);
  return low !== undefined && high !== undefined && low >= -safe && high <= safe;
}

function integerOf(text: string | undefined): bigint | undefined {
  return text !== undefined && /^[+-]?\d+$/u.test(text) ? BigInt(text.replace("+", "")) : undefined;
}
