// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What reading and writing look up in a descriptor, worked out once for each. */
import type {
  Atomic,
  Attribute,
  Attributed,
  CheckChoice,
  ElementDescriptor,
  ExpandedName,
  Field,
  Inheritance,
  Member,
  Polymorphic,
  Ref,
  SimpleType,
  Struct,
  Tagging,
  Type,
  Wildcard,
} from "./descriptor.js";
import { namespaceId } from "./scanner.js";

/** An element that content may hold, or a wildcard; choices and slots are gone. */
export interface Entry {
  readonly part: Part;
  /** Local name and its code units, once they are asked for ({@link unitsOf}), namespace and its {@link namespaceId}. */
  readonly name: string;
  units: Uint16Array | undefined;
  readonly ns: string;
  readonly id: number;
  readonly expanded: ExpandedName;
  /** The element; absent for a wildcard. */
  readonly element: Field | ElementDescriptor | undefined;
  readonly wildcard: Wildcard | undefined;
  /** `$name` of a tagged item; `undefined` when the value stands bare. */
  readonly tag: string | undefined;
  /** The first one of the same local name, where this is another, and the next one. */
  readonly first: Entry | undefined;
  same: Entry | undefined;
  /** Its place in {@link Plan.entries}. */
  readonly order: number;
  /** How to read it; {@link kindOf} gives it. */
  kind: number;
  /** Its type where the kind is not 0. */
  type: Atomic | undefined;
}

export const STRING = 1;
export const INTEGER = 2;
export const BOOLEAN = 3;
export const ATOMIC = 4;

/** The kind of an entry; only now is its type looked up, since modules may refer to each other in circles. */
export function kindOf(entry: Entry): number {
  if (entry.kind < 0) {
    const { element, tag } = entry;
    const type = element && tag === undefined ? follow(element.type) : undefined;
    entry.kind = 0;
    if (type?.kind === "atomic" && element?.default === undefined && element?.fixed === undefined) {
      const { as, builtin, facets, values } = type;
      entry.type = type;
      entry.kind = ATOMIC;
      if (values || facets?.whiteSpace) return ATOMIC;
      if (as === "boolean") entry.kind = BOOLEAN;
      else if (as === "string" && builtin === "string") entry.kind = STRING;
      else if (as === "number" && /^(int|integer|long)$/.test(builtin)) entry.kind = INTEGER;
    }
  }
  return entry.kind;
}

/** A property that holds content. */
export interface Part {
  readonly property: string;
  /** Its place among the parts. */
  index: number;
  readonly entries: Entry[];
  /** Objects inherit something under this name, so only an own property counts. */
  readonly inherited: boolean;
  /** The value is an array. */
  many: boolean;
  /** Strings are text of mixed content. */
  text: boolean;
  /** Its values are tagged items, or what wildcards let in. */
  tagging: Tagging | undefined;
  /** {@link memberOf} its property. */
  readonly member: string;
}

/** How often a part must and may occur, or which parts exclude each other. */
export interface Rule {
  readonly part?: Part;
  readonly branches?: readonly (readonly Rule[])[];
  readonly min: number;
  readonly max: number;
  /** Checks branches. */
  readonly check?: CheckChoice | undefined;
}

/** A struct with all that it inherits. */
export interface Plan {
  readonly struct: Struct;
  /** In schema order. */
  readonly parts: readonly Part[];
  /** Elements in schema order; wildcards apart. */
  readonly entries: readonly Entry[];
  readonly names: ReadonlyMap<string, Entry>;
  readonly wildcards: readonly Entry[];
  /** What there is to check about presence. */
  readonly rules: readonly Rule[];
  readonly attributes: readonly Attribute[];
  /** Those that elements below inherit. */
  readonly inheritable: readonly Attribute[];
  /** How they do; absent: there are none. */
  readonly inheritance: Inheritance | undefined;
  readonly anyAttribute: readonly Wildcard[];
  readonly text: Ref<SimpleType> | undefined;
  /** Where text goes in mixed content. */
  readonly mixed: Part | undefined;
  readonly all: boolean;
  /** Reads what is not plain elements; absent: there is nothing else. */
  readonly tagging: Tagging | undefined;
  /** Reads attributes; absent: the type has none. */
  readonly attributed: Attributed | undefined;
  /** Objects that have some of the properties, as JSON. */
  readonly shapes: Map<string, string>;
  /** All keys that an object may have, once they are asked for ({@link keysOf}). */
  keys: ReadonlySet<string> | undefined;
}

/** Follows a reference to a descriptor. */
export function follow<D extends object>(ref: Ref<D>): D {
  return typeof ref === "function" ? (ref as () => D)() : ref;
}

/** `{uri}local`, or `local` without a namespace. */
export function expand(uri: string, local: string): ExpandedName {
  return (uri && `{${uri}}` + local) || local;
}

/** Namespace and local part of an expanded name. */
export function split(name: ExpandedName): [uri: string, local: string] {
  const end = name.startsWith("{") ? name.lastIndexOf("}") : -1;
  return [name.slice(1, Math.max(end, 1)), name.slice(end + 1)];
}

/** A property as one member of several of an object in JSON. */
export function memberOf(property: string): string {
  return `,${JSON.stringify(property)}:0`;
}

/** The property of an attribute. */
export function propertyOf(attribute: Attribute): string {
  return attribute.property ?? "@" + attribute.name;
}

/** Does a wildcard let this name in (clause 3.10.4)? */
export function allows({ namespaces, notNames }: Wildcard, uri: string, local: string): boolean {
  if (notNames?.includes(expand(uri, local))) return false;
  return !namespaces || ("not" in namespaces ? !namespaces.not.includes(uri) : namespaces.in.includes(uri));
}

/** Remembers what was made of a descriptor. */
function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}

/** The plan of a struct. */
export const planOf: (struct: Struct) => Plan = /*#__PURE__*/ remember((struct) => {
  const chain: Struct[] = [];
  for (let at: Struct | undefined = struct; at; at = at.base && follow(at.base)) chain.unshift(at);

  const parts = new Map<string, Part>();
  const entries: Entry[] = [];
  const wildcards: Entry[] = [];
  const names = new Map<string, Entry>();
  const attributes = new Map<string, Attribute>();
  const anyAttribute: Wildcard[] = [];
  let text: Ref<SimpleType> | undefined;

  const partOf = (property: string, many: boolean, tagging?: Tagging): Part => {
    let part = parts.get(property);
    if (!part) {
      const inherited = property in Object.prototype;
      parts.set(
        property,
        (part = {
          property,
          inherited,
          index: 0,
          entries: [],
          many,
          text: false,
          tagging: undefined,
          member: memberOf(property),
        }),
      );
    }
    part.many ||= many;
    part.tagging ??= tagging;
    return part;
  };
  function add(
    part: Part,
    uri: string,
    name: string,
    element: Entry["element"],
    tag?: string,
    wildcard?: Wildcard,
  ): void {
    const list = wildcard ? wildcards : entries;
    const entry: Entry = {
      part,
      name,
      units: undefined,
      ns: uri,
      id: wildcard ? -1 : namespaceId(uri),
      expanded: expand(uri, name),
      element,
      wildcard,
      tag,
      first: names.get(name),
      same: undefined,
      order: list.length,
      kind: -1,
      type: undefined,
    };
    list.push(entry);
    part.entries.push(entry);
    if (wildcard) return;
    // The first of one name and namespace is found first.
    let last = entry.first;
    if (!last) names.set(name, entry);
    else {
      while (last.same) last = last.same;
      last.same = entry;
    }
  }
  function place(member: Member, owner: Struct, slot?: Part): Rule {
    const { choices, ns, tagging } = owner;
    if ("choice" in member) {
      const branches = member.choice.map((branch) => branch.map((one) => place(one, owner)));
      return { branches, min: member.min ?? 1, max: 1, check: choices };
    }
    const { min = 1 } = member;
    if ("slot" in member) {
      const part = partOf(member.slot, true, tagging);
      part.text ||= member.text === true;
      for (const item of member.items) place(item, owner, part);
      return { part, min, max: Infinity };
    }
    const { max = 1 } = member;
    if ("any" in member) {
      const part = slot ?? partOf(member.any, true, tagging);
      add(part, "", "", undefined, undefined, member.wildcard);
      return { part, min, max };
    }
    const { name, property = name, substitutes, omitted } = member;
    const part = slot ?? partOf(property, max > 1, substitutes && tagging);
    const own = member.ns ?? ns;
    const others = substitutes?.() ?? [];
    // The head itself is among its substitutes, unless it is abstract.
    if (!substitutes) {
      add(part, own, name, member, slot || substitutes ? property : undefined);
    }
    for (const one of others) add(part, ...split(one.name), one, one.tag);
    return { part, min: omitted ? 0 : min, max };
  }

  const rules: Rule[] = [];
  for (const one of chain) {
    for (const attribute of one.attributes ?? []) attributes.set(propertyOf(attribute), attribute);
    if (one.anyAttribute) anyAttribute.push(one.anyAttribute);
    text = one.text ?? text;
    for (const member of one.content ?? []) {
      const rule = place(member, one);
      if (rule.branches || rule.min > 0 || (rule.max > 1 && rule.max < Infinity)) rules.push(rule);
    }
  }
  const all = struct.order ? struct.order.map((one) => parts.get(one) as Part) : [...parts.values()];
  for (const [index, part] of all.entries()) part.index = index;
  const inheritable = [...attributes.values()].filter((one) => one.inheritable);
  return {
    struct,
    parts: all,
    entries,
    names,
    wildcards,
    rules,
    attributes: [...attributes.values()],
    inheritable,
    inheritance: inheritable[0]?.inheritable,
    anyAttribute,
    text,
    mixed: all.find((part) => part.text),
    all: chain.some((one) => one.all),
    tagging: chain.find((one) => one.tagging)?.tagging,
    attributed: chain.find((one) => one.attributed)?.attributed,
    shapes: new Map(),
    keys: undefined,
  };
});

/** All keys that an object may have; `$type` only where it chooses a type. */
export function keysOf(plan: Plan): ReadonlySet<string> {
  return (plan.keys ??= new Set([
    "$type",
    "$unknown",
    ...(plan.text ? ["$value"] : []),
    ...(plan.anyAttribute.length > 0 ? ["$anyAttribute"] : []),
    ...plan.parts.map(({ property }) => property),
    ...plan.attributes.map(propertyOf),
  ]));
}

/** A type that `xsi:type` may choose. */
export type Derived = readonly [tag: string, name: ExpandedName, type: Ref<Type>];

/** The types that a polymorphic one may stand for, its base first. */
export const familyOf: (type: Polymorphic) => readonly Derived[] = /*#__PURE__*/ remember((type) => {
  const base = follow(type.base);
  return [[type.tag, base.kind === "struct" ? base.name : "", base], ...type.derived];
});

export function isSimple(type: Type): type is SimpleType {
  return type.kind === "atomic" || type.kind === "list" || type.kind === "union";
}

/** All types that a value may be of, where the declared one is only one of several. */
export function targetsOf(type: Type): readonly Type[] {
  if (type.kind === "polymorphic") return familyOf(type).map(([, , ref]) => follow(ref));
  if (type.kind !== "conditional") return [type];
  const { alternatives, otherwise } = type;
  return [...alternatives.map(([, ref]) => ref), otherwise].flatMap((ref) =>
    ref ? targetsOf(follow(ref)) : [],
  );
}

/** The global elements that a wildcard knows, by expanded name. */
export const knownOf: (wildcard: Wildcard) => ReadonlyMap<ExpandedName, ElementDescriptor> =
  /*#__PURE__*/ remember((wildcard) => new Map((wildcard.known?.() ?? []).map((one) => [one.name, one])));

/** The global attributes that a wildcard knows, by expanded name. */
export const attributesOf: (wildcard: Wildcard) => ReadonlyMap<ExpandedName, Attribute> =
  /*#__PURE__*/ remember(
    (wildcard) =>
      new Map((wildcard.attributes?.() ?? []).map((one) => [expand(one.ns ?? "", one.name), one])),
  );

/** Tells what is wrong with the presence of parts; the property is "" where none is to blame. */
export type PresenceReport = (
  code: "missing-element" | "choice" | "too-many",
  property: string,
  message: string,
) => void;

/** Checks which parts are there and how often: `count` tells. */
export function checkPresence(
  rules: readonly Rule[],
  count: (part: Part) => number,
  report: PresenceReport,
): void {
  for (const rule of rules) {
    const { part, min, max } = rule;
    if (part) {
      const { property } = part;
      const n = count(part);
      const often = n > 0 ? ` ${min} times, not ${n}` : "";
      if (n < min) report("missing-element", property, `${property} is required${often}`);
      else if (n > max) report("too-many", property, `${property} may be there ${max} times, not ${n}`);
    } else (rule.check as CheckChoice)(rule, count, report);
  }
}

/** The attribute of a name. */
export function attributeOf(plan: Plan, uri: string, local: string): Attribute | undefined {
  for (const one of plan.attributes) if (one.name === local && (one.ns ?? "") === uri) return one;
  return undefined;
}

/** The parts in the order in which they are written: where any order will do, that of the value. */
export function partsFor({ all, parts }: Plan, value: object): readonly Part[] {
  if (!all) return parts;
  const order = Object.keys(value);
  return [...parts].sort((a, b) => order.indexOf(a.property) - order.indexOf(b.property));
}
