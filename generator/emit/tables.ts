/** Tables: the descriptors of a release as data. Printing (`print.ts`) and linking (`live.ts`) start from the same. */
import { elementTag, knownAttributes, nameOfId, substitutionGroupOf, typeOf } from "../model/query.js";
import { anyTypeId, isBuiltin } from "../model/builtins.js";
import { shapeOf, type ShapeAttribute, type ShapeField, type ShapeMember } from "../model/shape.js";
import type {
  ComplexType,
  ElementDeclaration,
  ElementId,
  IdentityConstraint,
  Model,
  SimpleType,
  TypeId,
  Wildcard,
} from "../model/types.js";
import {
  dataObject,
  type Data,
  type DataObject,
  type Reference,
  type References,
  type Table,
} from "./data.js";
import { conditionalOf, conditionalTableOf, type ConditionalKey } from "./conditionals.js";
import { isDeclared, placeOf, simpleType, type Plan } from "./plan.js";
import { builtinOf, placeOfParts, type Place } from "./scalars.js";
import { collapsedSlot } from "./slots.js";
import { enumerationValues } from "./values.js";
import { wildcardKey } from "./wildcards.js";
import { writingOrder } from "./writing-order.js";
import { primitiveOf } from "../../templates/runtime/datatypes.js";
import { isFraction } from "../../templates/runtime/fractions.js";
import { isTime } from "../../templates/runtime/times.js";

/** The descriptor of a type of the model. */
export function typeTable(plan: Plan, id: TypeId): Table {
  const type = typeOf(plan.model, id);
  if (type === undefined) throw new Error(`${id} is not a type of this model`);
  return type.kind === "simple"
    ? { kind: type.variety, data: simpleData(plan, type, undefined) }
    : { kind: "struct", data: structData(plan, type) };
}

/** The descriptor of a global element. */
export function elementTable(plan: Plan, id: ElementId): Table {
  const element = plan.model.elements[id];
  if (element === undefined) throw new Error(`${id} is not a global element of this model`);
  const { local, namespace } = element.name;
  const tag = elementTag(plan.model, id);
  const data = dataObject({
    ...nameData(namespace, local),
    tag: tag === local ? undefined : tag,
    type: elementType(plan, element),
    nillable: element.nillable || undefined,
    abstract: element.abstract || undefined,
    default: element.default,
    fixed: element.fixed,
    constraints: constraintsData(element.constraints),
  });
  return { kind: "element", data };
}

/** The descriptor of a type or of what `xsi:type` may choose in its place. */
export function anyTable(plan: Plan, id: TypeId): Table {
  return { kind: "polymorphic", data: polymorphicData(plan, id, plan.choosable(id)) };
}

function polymorphicData(plan: Plan, id: TypeId, derived: readonly TypeId[]): DataObject {
  const base = typeOf(plan.model, id);
  return dataObject({
    base: { reference: "type", id },
    tag: typeTag(plan.model, id),
    derived: derived.map((each) => [
      typeTag(plan.model, each),
      typeName(plan.model, each),
      { reference: "type", id: each },
    ]),
    abstract: (base?.kind === "complex" && base.abstract) || undefined,
  });
}

/** The same at the one place that needs it, as the descriptor itself. */
const inlinePolymorphic = (plan: Plan, id: TypeId, derived: readonly TypeId[]): DataObject => ({
  kind: "polymorphic",
  ...polymorphicData(plan, id, derived),
  codec: { reference: "runtime", name: "polymorphicCodec" },
});

/** The descriptor of a table of type alternatives: a named type may be one that derives from it, which `xsi:type` says. */
export function conditionalTable(plan: Plan, key: ConditionalKey): Table {
  const { alternatives, otherwise } = conditionalTableOf(key);
  const target = (id: TypeId): Data => {
    const type = typeOf(plan.model, id);
    if (type?.kind === "simple") return simpleRef(plan, id, undefined);
    if (type?.name === undefined || id === anyTypeId) return complexRef(id);
    return plan.choosable(id).length > 0 ? { reference: "any", id } : inlinePolymorphic(plan, id, []);
  };
  const data = dataObject({
    alternatives: alternatives.map(({ condition, type }) =>
      type === undefined ? [condition as Data] : [condition as Data, target(type)],
    ),
    otherwise: otherwise === undefined ? undefined : target(otherwise),
    conditions: { reference: "runtime", name: "conditions" },
  });
  return { kind: "conditional", data };
}

/** What stands in `$type` for a type. */
export function typeTag(model: Model, id: TypeId): string {
  const { namespace, local } = nameOfId(id);
  const prefix = model.namespaces.find(({ uri }) => uri === namespace)?.prefix ?? "";
  return prefix === "" ? local : `${prefix}:${local}`;
}

const expanded = ({ namespace, local }: { readonly namespace: string; readonly local: string }): string =>
  namespace === "" ? local : `{${namespace}}${local}`;

/** A name in the notation of tables. */
const nameData = (namespace: string, name: string): Readonly<Record<string, Data | undefined>> => ({
  name,
  ns: namespace === "" ? undefined : { namespaceName: namespace },
});

/** The expanded name of a named type; the path of an anonymous one. */
function typeName(model: Model, id: TypeId): string {
  const name = typeOf(model, id)?.name;
  if (name !== undefined) return expanded(name);
  return id.startsWith("{}") ? id.slice(2) : id;
}

// ---------------------------------------------------------------------------------------------------------------
// Simple types
// ---------------------------------------------------------------------------------------------------------------

/**
 * A simple type, declared elsewhere or inline, as it is at a place. `isDescriptor` is for where no function of the runtime reads the
 * notation of tables.
 */
function simpleRef(plan: Plan, id: TypeId, place: Place | undefined, isDescriptor = false): Data {
  const type = simpleType(plan.model, id);
  // The runtime has no constant for xs:error (XSD 1.1), the union of nothing.
  if (isBuiltin(id) && type.variety !== "union") return builtinRef(plan, type, place);
  if (isDeclared(type) && (place === undefined || plan.scalars.isUsual(type, place)))
    return { reference: "type", id };
  return simpleData(plan, type, place, isDescriptor);
}

function builtinRef(plan: Plan, type: SimpleType, place: Place | undefined): Reference {
  const { local } = nameOfId(type.id);
  if (type.variety !== "atomic") return { reference: "runtime", name: local };
  const as = plan.scalars.representation(type, place);
  return { reference: "runtime", name: runtimeName(local, as) };
}

const usual: Readonly<Record<string, string>> = {
  boolean: "boolean",
  float: "number",
  double: "number",
  int: "number",
  short: "number",
  byte: "number",
  unsignedInt: "number",
  unsignedShort: "number",
  unsignedByte: "number",
  integer: "bigint",
  long: "bigint",
  nonPositiveInteger: "bigint",
  negativeInteger: "bigint",
  nonNegativeInteger: "bigint",
  positiveInteger: "bigint",
  unsignedLong: "bigint",
  hexBinary: "bytes",
  base64Binary: "bytes",
  QName: "qname",
  NOTATION: "qname",
};

/** The runtime has a constant for each built-in type in each representation it may have. */
function runtimeName(builtin: string, as: string): string {
  if ((usual[builtin] ?? "string") === as) return builtin;
  return `${builtin}As${as.charAt(0).toUpperCase()}${as.slice(1)}`;
}

function simpleData(
  plan: Plan,
  type: SimpleType,
  place: Place | undefined,
  isDescriptor = false,
): DataObject {
  const kind = isDescriptor ? type.variety : undefined;
  const mapping = (name: string): Reference => ({ reference: "runtime", name: `${name}Mapping` });
  const rest = { values: enumerationValues(plan, type, place), facets: facetsData(plan.model, type) };
  const part = (id: TypeId): Data => simpleRef(plan, id, placeOfParts(type, place), isDescriptor);
  switch (type.variety) {
    case "atomic": {
      const builtin = builtinOf(type);
      const as = plan.scalars.representation(type, place);
      return isDescriptor
        ? dataObject({
            kind,
            builtin,
            as,
            mapping:
              as === "bytes" || as === "qname"
                ? mapping(as)
                : isTime(builtin)
                  ? mapping("time")
                  : isFraction(builtin)
                    ? mapping("fraction")
                    : undefined,
            ...rest,
          })
        : dataObject({ base: { reference: "runtime", name: runtimeName(builtin, as) }, ...rest });
    }
    case "list":
      return dataObject({
        kind,
        item: type.item === undefined ? undefined : part(type.item),
        mapping: mapping("list"),
        ...rest,
      });
    case "union":
      return dataObject({
        kind,
        members: (type.members ?? []).map(part),
        mapping: mapping("union"),
        ...rest,
      });
  }
}

const facetNames = [
  "length",
  "minLength",
  "maxLength",
  "whiteSpace",
  "minInclusive",
  "maxInclusive",
  "minExclusive",
  "maxExclusive",
  "totalDigits",
  "fractionDigits",
  "explicitTimezone",
] as const;

const boundNames = ["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"] as const;

/** Dates, times and durations, perhaps among others: the order of their texts is not that of their values. */
function isOrderedTime(model: Model, type: SimpleType): boolean {
  const parts = [...(type.members ?? []), ...(type.item === undefined ? [] : [type.item])];
  if (parts.length > 0) return parts.some((part) => isOrderedTime(model, simpleType(model, part)));
  return type.variety === "atomic" && /^(?:date|time|duration|g[YMD])/u.test(primitiveOf(builtinOf(type)));
}

/** Facets beyond those that the nearest built-in type has by itself. */
function facetsData(model: Model, type: SimpleType): DataObject | undefined {
  const builtin =
    type.variety === "atomic" && type.builtin !== undefined ? simpleType(model, type.builtin).facets : {};
  const { facets } = type;
  const own: Record<string, Data | undefined> = {};
  for (const name of facetNames) {
    const value = facets[name];
    if (value === undefined || value === builtin[name]) continue;
    // White space of lists and unions is not theirs to choose.
    if (name === "whiteSpace" && type.variety !== "atomic") continue;
    own[name] = value;
  }
  const inherited = new Set((builtin.patterns ?? []).map((alternatives) => alternatives.join("\0")));
  const patterns = (facets.patterns ?? []).filter((alternatives) => !inherited.has(alternatives.join("\0")));
  if (patterns.length > 0) {
    own["patterns"] = patterns;
    own["matches"] = { reference: "runtime", name: "matchesPattern" };
  }
  if (
    isOrderedTime(model, type) &&
    (facets.enumeration !== undefined || boundNames.some((name) => own[name]))
  )
    own["compare"] = { reference: "runtime", name: "compareValues" };
  const data = dataObject(own);
  return Object.keys(data).length === 0 ? undefined : data;
}

// ---------------------------------------------------------------------------------------------------------------
// Complex types
// ---------------------------------------------------------------------------------------------------------------

function structData(plan: Plan, type: ComplexType): DataObject {
  const { model } = plan;
  const shape = shapeOf(model, type.id);
  const ns = mainNamespace(shape.members) ?? type.namespace;
  const full = typeName(model, type.id);
  const own = `{${type.namespace}}`;
  return dataObject({
    ...(full.startsWith(own) ? nameData(type.namespace, full.slice(own.length)) : nameData("", full)),
    localNs: ns === type.namespace ? undefined : ns,
    base: shape.base === undefined ? undefined : { reference: "type", id: shape.base },
    attributes: record(shape.attributes.map((attribute) => attributeData(plan, attribute))),
    anyAttribute:
      shape.anyAttribute === undefined
        ? undefined
        : attributeWildcardData(plan, type.namespace, shape.anyAttribute),
    text: shape.text === undefined ? undefined : simpleRef(plan, shape.text, undefined),
    content: contentData(plan, shape.members, ns),
    order: writingOrder(allMembers(model, type.id)),
    all: shape.all || undefined,
    abstract: type.abstract || undefined,
    choices: shape.members.some(({ kind }) => kind === "choice")
      ? { reference: "runtime", name: "checkChoice" }
      : undefined,
    tagging: shape.members.some(isTagged) ? { reference: "runtime", name: "tagging" } : undefined,
    attributed:
      shape.attributes.length > 0 || shape.anyAttribute !== undefined
        ? { reference: "runtime", name: "attributed" }
        : undefined,
  });
}

/** Whether values of a member may say which element they are. */
function isTagged(member: ShapeMember): boolean {
  if (member.kind === "choice") return member.branches.some((branch) => branch.some(isTagged));
  return member.kind !== "field" || member.substitutes !== undefined;
}

/** The members of a type behind those of the types that it extends. */
function allMembers(model: Model, type: TypeId): readonly ShapeMember[] {
  const { base, members } = shapeOf(model, type);
  return base === undefined ? members : [...allMembers(model, base), ...members];
}

type Entry = readonly [key: string, data: Data];

function record(entries: readonly Entry[]): DataObject | undefined {
  const data = Object.fromEntries(entries);
  if (Object.keys(data).length < entries.length) throw new Error("two parts of a type have one key");
  return entries.length === 0 ? undefined : data;
}

/** How often what is named may occur: `?`, `*`, `+`, `{2}`, `{2,}`, `{0,3}`; nothing for once. */
function occurrence(min: number, max: number | "unbounded"): string {
  if (max === "unbounded") return min === 0 ? "*" : min === 1 ? "+" : `{${digits(min)},}`;
  if (max === 1 && min <= 1) return min === 0 ? "?" : "";
  return min === max ? `{${digits(min)}}` : `{${digits(min)},${digits(max)}}`;
}

/** A default that is short and plain is said with the name. */
const presetMark = (text: string | undefined): string =>
  text !== undefined && /^[\w.+-]{1,24}$/u.test(text) ? `=${text}` : "";

/** Without an exponent, however large. */
const digits = (count: number): string => String(BigInt(count));

const list = (items: readonly Data[]): readonly Data[] | undefined =>
  items.length === 0 ? undefined : items;

/** The namespace that most members have; the first of those in a tie. */
function mainNamespace(members: readonly ShapeMember[]): string | undefined {
  const counts = new Map<string, number>();
  const count = (all: readonly ShapeMember[]): void => {
    for (const member of all) {
      if (member.kind === "field")
        counts.set(member.name.namespace, (counts.get(member.name.namespace) ?? 0) + 1);
      else if (member.kind === "choice") for (const branch of member.branches) count(branch);
      else if (member.kind === "slot") count(member.items);
    }
  };
  count(members);
  let best: string | undefined;
  for (const [namespace, number] of counts) {
    if (best === undefined || number > (counts.get(best) ?? 0)) best = namespace;
  }
  return best;
}

function attributeData(plan: Plan, { property, key, use }: ShapeAttribute): Entry {
  const { local, namespace } = use.name;
  const name = property.slice(1);
  return [
    name + occurrence(use.required ? 1 : 0, 1) + presetMark(use.default),
    typed(simpleRef(plan, use.type, { name: local, key }), {
      name: name === local ? undefined : local,
      ns: namespace === "" ? undefined : namespace,
      default: presetMark(use.default) === "" ? use.default : undefined,
      fixed: use.fixed,
      inheritable:
        use.inheritable === true && plan.isInherited(local)
          ? { reference: "runtime", name: "inheritance" }
          : undefined,
    }),
  ];
}

/** A type alone where there is no more to say. */
function typed(type: Data, more: Readonly<Record<string, Data | undefined>>): Data {
  const rest = dataObject(more);
  return Object.keys(rest).length === 0 ? type : { type, ...rest };
}

/** The parts of content by property; what has none of its own has a key that is free. */
function contentData(plan: Plan, members: readonly ShapeMember[], ns: string): DataObject | undefined {
  const entries: Entry[] = [];
  const taken = new Set(members.map((member) => (member.kind === "choice" ? "" : member.property)));
  const used = new Set<string>();
  const free = (stem: string): string => {
    let key = stem;
    for (let count = 2; taken.has(key); count++) key = `${stem}${count}`;
    taken.add(key);
    return key;
  };
  for (const member of members) {
    let key: string;
    switch (member.kind) {
      case "field":
        // Ordered content may hold an element in several places.
        key = used.has(member.property) ? free(member.property) : member.property;
        entries.push([
          key + occurrence(member.min, member.max) + presetMark(member.declaration.default),
          fieldData(plan, member, ns, key),
        ]);
        break;
      case "choice":
        entries.push([
          free("$choice") + occurrence(member.min, 1),
          member.branches.map((branch) => contentData(plan, branch, ns) ?? {}),
        ]);
        break;
      case "slot": {
        const { items, model } = collapsedSlot(plan.model, member);
        const data = dataObject({
          items: contentData(plan, items, ns) ?? {},
          text: member.text || undefined,
          model: model as Data | undefined,
          check: model && { reference: "runtime", name: "findMisplaced" },
        });
        entries.push([member.property + occurrence(member.min, 1), data]);
        break;
      }
      case "any": {
        // Several wildcards may share a property.
        const { property } = member;
        key = used.has(property) ? free(property) : property;
        entries.push([
          key + occurrence(member.min, member.max),
          dataObject({
            any: key === property ? undefined : property,
            wildcard: elementWildcardData(plan, member.wildcard),
          }),
        ]);
      }
    }
    if (member.kind !== "choice") used.add(member.property);
  }
  return record(entries);
}

function fieldData(plan: Plan, field: ShapeField, ns: string, key: string): Data {
  const { declaration, name, property } = field;
  return typed(fieldType(plan, field), {
    name: key === name.local ? undefined : name.local,
    property: key === property ? undefined : property,
    ns: name.namespace === ns ? undefined : name.namespace,
    nillable: declaration.nillable || undefined,
    default: presetMark(declaration.default) === "" ? declaration.default : undefined,
    fixed: declaration.fixed,
    omitted: (field.min > 0 && plan.isOmitted(field.key)) || undefined,
    substitutes:
      field.substitutes === undefined ? undefined : substitutesData(plan, field.element, field.substitutes),
    constraints: constraintsData(declaration.constraints),
  });
}

/** All that may stand for a head are listed once; a field that blocks some of them lists its own. */
function substitutesData(
  plan: Plan,
  head: ElementId | undefined,
  substitutes: readonly ElementId[],
): References {
  const standIns = plan.standIns(substitutes);
  const all = head === undefined ? undefined : listOf(plan, head);
  return all?.references.length === standIns.length ? all : elementRefs(standIns);
}

const lists = new WeakMap<Plan, Map<ElementId, References | undefined>>();

/** The list of all that may stand for a head, which many places name; undefined without substitutes. */
function listOf(plan: Plan, head: ElementId): References | undefined {
  let known = lists.get(plan);
  if (known === undefined) lists.set(plan, (known = new Map()));
  if (!known.has(head)) {
    const members = substitutionMembers(plan, head);
    known.set(head, members && { ...elementRefs(members), shared: memberListKey(head) });
  }
  return known.get(head);
}

/** The key of the list of all that may stand for a head. */
const memberListKey = (head: ElementId): string => `members of ${head}`;

/** The head that such a key names; undefined for another key. */
export function headOfList(key: string): ElementId | undefined {
  const start = memberListKey("");
  return key.startsWith(start) ? key.slice(start.length) : undefined;
}

/** The elements that may stand where a head is named, itself included unless abstract; undefined without substitutes. */
export function substitutionMembers(plan: Plan, head: ElementId): readonly ElementId[] | undefined {
  const substitutes = plan.model.substitutions[head] ?? [];
  if (substitutes.length === 0 || !plan.keepsElement(head)) return undefined;
  return plan.standIns(substitutionGroupOf(plan.model, head));
}

const elementRefs = (ids: readonly ElementId[]): References => ({
  references: ids.map((id) => ({ reference: "element", id })),
});

function fieldType(plan: Plan, field: ShapeField): Data {
  const key = conditionalOf(field.declaration);
  if (key !== undefined) return { reference: "conditional", key };
  const type = typeOf(plan.model, field.type);
  if (type?.kind === "simple") return simpleRef(plan, field.type, placeOf(field));
  return complexType(plan, field.type, plan.choosableAt(field));
}

/** A complex type, or the union of it and those of its derived types that may be chosen at a place. */
function complexType(plan: Plan, id: TypeId, derived: readonly TypeId[]): Data {
  if (derived.length === 0) return complexRef(id);
  return derived.length === plan.choosable(id).length
    ? { reference: "any", id }
    : inlinePolymorphic(plan, id, derived);
}

function elementType(plan: Plan, element: ElementDeclaration): Data {
  const key = conditionalOf(element);
  if (key !== undefined) return { reference: "conditional", key };
  const type = typeOf(plan.model, element.type);
  if (type?.kind === "simple") return simpleRef(plan, element.type, { name: element.name.local });
  return complexType(plan, element.type, plan.choosableAt({ type: element.type, declaration: element }));
}

const complexRef = (id: TypeId): Reference =>
  id === anyTypeId ? { reference: "runtime", name: "anyType" } : { reference: "type", id };

function elementWildcardData(plan: Plan, wildcard: Wildcard): DataObject {
  const known = plan.known(wildcard);
  return dataObject({
    ...wildcardData(wildcard),
    known: known.length === 0 ? undefined : { ...elementRefs(known), shared: wildcardKey(wildcard) },
  });
}

function attributeWildcardData(plan: Plan, namespace: string, wildcard: Wildcard): DataObject {
  const isKnowing = plan.input.names.attributeList(namespace, wildcard) !== undefined;
  return dataObject({
    ...wildcardData(wildcard),
    attributes: isKnowing ? { reference: "attributes", namespace, wildcard } : undefined,
  });
}

/** The global attributes that a wildcard knows, as they are checked. */
export function attributesTable(plan: Plan, wildcard: Wildcard): readonly DataObject[] {
  return knownAttributes(plan.model, wildcard).flatMap((id) => {
    const declaration = plan.model.attributes[id];
    if (declaration === undefined) return [];
    const { local, namespace } = declaration.name;
    const data = dataObject({
      name: local,
      ns: namespace === "" ? undefined : namespace,
      type: simpleRef(plan, declaration.type, { name: local }, true),
      fixed: declaration.fixed,
    });
    return [data];
  });
}

function wildcardData({ namespaces, notNames, process }: Wildcard): DataObject {
  return dataObject({
    namespaces: namespaces.kind === "any" ? undefined : { [namespaces.kind]: namespaces.uris },
    process,
    notNames: notNames?.map((id) => (id.startsWith("{}") ? id.slice(2) : id)),
  });
}

function constraintsData(constraints: readonly IdentityConstraint[]): Data | undefined {
  return list(
    constraints.map((constraint) =>
      dataObject({
        kind: constraint.kind,
        name: expanded(constraint.name),
        refer: constraint.refer?.startsWith("{}") === true ? constraint.refer.slice(2) : constraint.refer,
        selector: expandPath(constraint.selector, constraint.prefixes),
        fields: constraint.fields.map((field) => expandPath(field, constraint.prefixes)),
        track: { reference: "runtime", name: "trackKeys" },
      }),
    ),
  );
}

/** A restricted XPath (clause 3.11.6) with `{uri}` in place of prefixes. */
function expandPath(path: string, prefixes: IdentityConstraint["prefixes"]): string {
  const uris = new Map(prefixes);
  return path.replace(/\s+/gu, "").replace(/([\p{L}_][^/|@:*()]*):(?!:)/gu, (written, prefix: string) => {
    const uri = uris.get(prefix);
    return uri === undefined ? written : uri === "" ? "" : `{${uri}}`;
  });
}
