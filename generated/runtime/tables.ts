// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * The notation of generated code: descriptors with what goes without saying left out. Each function makes a descriptor of it,
 * content and attributes only when they are first asked for; a bundler drops the call with the constant.
 *
 * Content is an object from property to type, in schema order. Marks behind a property say how often it occurs, as in a DTD:
 * `?` at most once, `*` any number, `+` at least once, `{2}`, `{2,}` and `{0,3}` as many; no mark: exactly once. So do those
 * behind an attribute. `=` and a text behind it is the default: `"color?=red": string`. Marks are no part of an XML name.
 */
import { conditionalCodec } from "./condition.js";
import type {
  Any,
  Atomic,
  Attribute,
  Choice,
  Condition,
  Conditional,
  ElementDescriptor,
  ExpandedName,
  Field,
  List,
  Member,
  Polymorphic,
  Ref,
  SimpleType,
  Slot,
  Struct,
  Type,
  Union,
  Wildcard,
} from "./descriptor.js";
import { polymorphicCodec } from "./polymorphic.js";

/** An atomic type: a built-in type in its representation, and what restricts it. */
export interface AtomicTable extends Pick<Atomic, "values" | "facets"> {
  readonly base: Atomic;
}

export interface ListTable extends Pick<List, "mapping" | "values" | "facets"> {
  readonly item: SimpleRef;
}

export interface UnionTable extends Pick<Union, "mapping" | "values" | "facets"> {
  readonly members: readonly SimpleRef[];
}

type SimpleTable = AtomicTable | ListTable | UnionTable;
type SimpleRef = Ref<SimpleType> | SimpleTable;
type TypeRef = Ref<Type> | SimpleTable;

/** Global names: `name` in the namespace `ns`, none where that is absent. */
interface Named {
  readonly name: string;
  readonly ns?: string;
}

export interface StructTable
  extends Named, Omit<Struct, "kind" | "name" | "ns" | "attributes" | "text" | "content"> {
  /** The namespace of members that do not name one, where that is another. */
  readonly localNs?: string;
  readonly attributes?: Members;
  readonly text?: SimpleRef;
  readonly content?: Members;
}

/**
 * An {@link AttributesTable} or a {@link ContentTable}. Tables are printed by a program that knows what belongs in them: to hold
 * each property of thousands against a union would be a fifth of what it takes to check a release.
 */
type Members = Readonly<Record<string, object>>;

type AttributesTable = Readonly<Record<string, SimpleRef | AttributeTable>>;

/** By property. A choice has branches, under a key of its own. */
export type ContentTable = Readonly<
  Record<string, TypeRef | FieldTable | AnyTable | SlotTable | readonly ContentTable[]>
>;

/** An element of which there is more to say than its type; `name` where the key is another, `property` where that is. */
interface FieldTable extends Partial<Omit<Field, "type" | "min" | "max">> {
  readonly type: TypeRef;
}

interface AttributeTable extends Partial<Omit<Attribute, "type" | "property" | "required">> {
  readonly type: SimpleRef;
}

interface AnyTable {
  readonly wildcard: Wildcard;
  /** The property, where another wildcard has it too. */
  readonly any?: string;
}

type SlotTable = Omit<Slot, "slot" | "items" | "min"> & { readonly items: ContentTable };

export type PolymorphicTable = Omit<Polymorphic, "kind" | "codec">;

export interface ConditionalTable extends Pick<Conditional, "conditions"> {
  readonly alternatives: readonly (readonly [condition: Condition, type?: TypeRef])[];
  readonly otherwise?: TypeRef;
}

export interface ElementTable extends Named, Omit<ElementDescriptor, "kind" | "name" | "tag" | "type"> {
  /** Absent: `name`. */
  readonly tag?: string;
  readonly type: TypeRef;
}

export const atomic = <W, R>({ base, ...rest }: AtomicTable): Atomic<W, R> => ({ ...base, ...rest });

export const list = <W, R>({ item, ...rest }: ListTable): List<W, R> => ({
  kind: "list",
  item: simpleOf(item),
  ...rest,
});

export const union = <W, R>({ members, ...rest }: UnionTable): Union<W, R> => ({
  kind: "union",
  members: members.map(simpleOf),
  ...rest,
});

export const polymorphic = <W, R>(table: PolymorphicTable): Polymorphic<W, R> => ({
  kind: "polymorphic",
  ...table,
  codec: polymorphicCodec,
});

export const conditional = <W, R>({
  alternatives,
  otherwise,
  conditions,
}: ConditionalTable): Conditional<W, R> => ({
  kind: "conditional",
  alternatives: alternatives.map(([condition, type]) => (type ? [condition, typeOf(type)] : [condition])),
  ...(otherwise && { otherwise: typeOf(otherwise) }),
  conditions,
  codec: conditionalCodec,
});

export const element = <W, R>({
  name,
  ns,
  tag = name,
  type,
  ...rest
}: ElementTable): ElementDescriptor<W, R> => ({
  kind: "element",
  name: expand(ns, name),
  tag,
  type: typeOf(type),
  ...rest,
});

export function struct<W, R>(table: StructTable): Struct<W, R> {
  const { name, ns, localNs = ns ?? "", attributes = {}, text, content = {}, ...rest } = table;
  let own: readonly Attribute[] | undefined;
  let members: readonly Member[] | undefined;
  return {
    kind: "struct",
    name: expand(ns, name),
    ns: localNs,
    ...rest,
    ...(text && { text: simpleOf(text) }),
    get attributes() {
      return (own ??= Object.entries(attributes as AttributesTable).map(attributeOf));
    },
    get content() {
      return (members ??= membersOf(content as ContentTable));
    },
  };
}

const expand = (ns: string | undefined, name: string): ExpandedName => (ns ? `{${ns}}${name}` : name);

function typeOf(table: TypeRef): Ref<Type> {
  if (typeof table === "function" || "kind" in table) return table;
  return "base" in table ? atomic(table) : "item" in table ? list(table) : union(table);
}

const simpleOf = typeOf as (table: SimpleRef) => Ref<SimpleType>;

/** How often marks say that something occurs. */
const marks: Readonly<Record<string, readonly [min: number, max: number]>> = {
  "": [1, 1],
  "?": [0, 1],
  "*": [0, Infinity],
  "+": [1, Infinity],
};

/** A property and what its marks say. */
function splitKey(key: string): {
  readonly property: string;
  readonly min: number;
  readonly max: number;
  readonly preset: Pick<Field, "default">;
} {
  const [, property = "", mark = "", preset] = /^([^?*+{=]*)([^=]*)=?(.+)?$/s.exec(key) ?? [];
  const bounds = mark.slice(1, -1).split(",");
  const [min = 1, max = min] = marks[mark] ?? bounds.map((bound) => Number(bound || Infinity));
  return { property, min, max, preset: preset === undefined ? {} : { default: preset } };
}

function attributeOf([key, table]: readonly [string, SimpleRef | AttributeTable]): Attribute {
  const { property, min, preset } = splitKey(key);
  const { type, ...rest } = "type" in table ? table : { type: table };
  return {
    name: property,
    ...preset,
    ...(rest.name !== undefined && { property: `@${property}` }),
    ...rest,
    type: simpleOf(type),
    ...(min > 0 && { required: true }),
  };
}

const membersOf = (content: ContentTable): Member[] =>
  Object.entries(content).map(([key, table]) => {
    const { property, min, max, preset } = splitKey(key);
    const least = min !== 1 && { min };
    const most = max !== 1 && { max };
    if (Array.isArray(table)) return { choice: table.map(membersOf), ...least } as Choice;
    if ("items" in table)
      return { slot: property, ...table, items: membersOf(table.items), ...least } as unknown as Slot;
    if ("wildcard" in table) return { any: property, ...table, ...least, ...most } satisfies Any;
    const { type, ...rest } = ("type" in table ? table : { type: table }) as FieldTable;
    return {
      name: property,
      ...preset,
      ...(rest.name !== undefined && { property }),
      ...rest,
      type: typeOf(type),
      ...least,
      ...most,
    } satisfies Field;
  });
