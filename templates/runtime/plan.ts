/** What reading and writing look up in a descriptor, worked out once for each. */
import type {
  Any,
  Attribute,
  ElementDescriptor,
  ExpandedName,
  Field,
  Member,
  Polymorphic,
  Ref,
  SimpleType,
  Struct,
  Type,
  Wildcard,
} from "./descriptor.js";
import { namespaceId } from "./scanner.js";

/** An element that content may hold, or a wildcard, flattened out of choices and slots. */
export interface Entry {
  /** Property of the object, `$any` and slots included. */
  readonly property: string;
  /** The place of the property in {@link Plan.parts}. */
  readonly index: number;
  /** Local name; of a wildcard "". */
  readonly name: string;
  readonly ns: string;
  readonly id: number;
  readonly units: Uint16Array;
  readonly field: Field | undefined;
  readonly any: Any | undefined;
  /** `$name` of a tagged item; `undefined` when the value stands bare. */
  readonly tag: string | undefined;
  /** The value is (an item of) an array. */
  readonly many: boolean;
  /** More are too many. */
  readonly max: number;
  readonly nillable: boolean;
  readonly default: string | undefined;
  readonly type: () => Type;
  /** Another entry of the same local name. */
  next: Entry | undefined;
}

export interface AttributeEntry {
  readonly attribute: Attribute;
  readonly property: string;
  readonly ns: string;
  readonly type: () => SimpleType;
}

/** How often a part must and may occur, and which parts exclude each other. */
export type Rule =
  | {
      readonly kind: "part";
      /** In {@link Plan.parts}. */
      readonly index: number;
      readonly property: string;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly kind: "choice";
      readonly branches: readonly (readonly Rule[])[];
      readonly min: number;
    };

/** All that a property may hold. */
export interface Part {
  readonly property: string;
  readonly entries: Entry[];
  /** The value is an array. */
  many: boolean;
  /** Strings are text of mixed content. */
  text: boolean;
}

/** A struct with all that it inherits. */
export interface Plan {
  readonly struct: Struct;
  /** What to check about presence; parts that may occur freely are left out, but for those in choices. */
  readonly rules: readonly Rule[];
  /** Properties for content, in schema order, each once; {@link Entry.index} counts in here. */
  readonly parts: readonly Part[];
  /** Elements in schema order; wildcards apart. */
  readonly entries: readonly Entry[];
  readonly names: ReadonlyMap<string, Entry>;
  readonly wildcards: readonly Entry[];
  readonly attributes: readonly AttributeEntry[];
  readonly anyAttribute: readonly Wildcard[];
  readonly text: (() => SimpleType) | undefined;
  /** Where text goes in mixed content. */
  readonly mixed: { readonly property: string; readonly index: number } | undefined;
  readonly all: boolean;
  /** All keys that an object may have. */
  readonly keys: ReadonlySet<string>;
}

/** Follows a reference to a descriptor. */
export function follow<D extends object>(ref: Ref<D>): D {
  return typeof ref === "function" ? (ref as () => D)() : ref;
}

/** `{uri}local`, or `local` without a namespace. */
export function expand(uri: string, local: string): ExpandedName {
  return uri === "" ? local : `{${uri}}${local}`;
}

/** Namespace and local part of an expanded name. */
export function split(name: ExpandedName): [uri: string, local: string] {
  const end = name.startsWith("{") ? name.indexOf("}") : -1;
  return end < 0 ? ["", name] : [name.slice(1, end), name.slice(end + 1)];
}

/** Does a wildcard let this name in (clause 3.10.4)? */
export function allows({ namespaces, notNames }: Wildcard, uri: string, local: string): boolean {
  if (notNames?.includes(expand(uri, local))) return false;
  if (namespaces === undefined) return true;
  return "not" in namespaces ? !namespaces.not.includes(uri) : namespaces.in.includes(uri);
}

/** Sets a property that comes from a descriptor, `__proto__` included. */
export function put(target: object, property: string, value: unknown): void {
  if (property === "__proto__") {
    Object.defineProperty(target, property, { value, writable: true, enumerable: true, configurable: true });
  } else (target as Record<string, unknown>)[property] = value;
}

const plans = /*#__PURE__*/ new WeakMap<Struct, Plan>();

/** The plan of a struct; made at first use. */
export function planOf(struct: Struct): Plan {
  let plan = plans.get(struct);
  if (plan === undefined) plans.set(struct, (plan = makePlan(struct)));
  return plan;
}

function makePlan(struct: Struct): Plan {
  const chain: Struct[] = [];
  for (let at: Struct | undefined = struct; at !== undefined; at = at.base && follow(at.base))
    chain.unshift(at);

  const parts: Part[] = [];
  const entries: Entry[] = [];
  const wildcards: Entry[] = [];
  const names = new Map<string, Entry>();
  let mixed: Plan["mixed"];

  const indexOf = (property: string): number => {
    const at = parts.findIndex((part) => part.property === property);
    return at < 0 ? parts.push({ property, entries: [], many: false, text: false }) - 1 : at;
  };
  const add = (entry: Entry): Entry => {
    const part = parts[entry.index];
    part?.entries.push(entry);
    if (part) part.many ||= entry.many;
    if (entry.any !== undefined) wildcards.push(entry);
    else {
      entries.push(entry);
      const first = names.get(entry.name);
      if (first === undefined) names.set(entry.name, entry);
      else {
        let last = first;
        while (last.next !== undefined) last = last.next;
        last.next = entry;
      }
    }
    return entry;
  };
  const element = (field: Field, ns: string, slot: string | undefined): Entry[] => {
    const own = field.ns ?? ns;
    const property = slot ?? field.property ?? field.name;
    const max = field.max ?? 1;
    const substitutes = field.substitutes?.();
    const make = (
      name: string,
      uri: string,
      from: Field | ElementDescriptor,
      tag: string | undefined,
    ): Entry =>
      add({
        property,
        index: indexOf(property),
        name,
        ns: uri,
        id: namespaceId(uri),
        units: Uint16Array.from(name, (c) => c.charCodeAt(0)),
        field,
        any: undefined,
        tag,
        many: slot !== undefined || max > 1,
        max: slot === undefined ? max : Infinity,
        nillable: from.nillable === true,
        default: from.default ?? from.fixed,
        type: lazy(from.type),
        next: undefined,
      });
    const head = field.property ?? field.name;
    if (substitutes === undefined)
      return [make(field.name, own, field, slot === undefined ? undefined : head)];
    const made = substitutes.map((one) => {
      const [uri, local] = split(one.name);
      return make(local, uri, one, one.tag);
    });
    // The head itself is usually among its substitutes.
    if (!made.some((one) => one.name === field.name && one.ns === own))
      made.unshift(make(field.name, own, field, head));
    return made;
  };
  const wildcard = (any: Any, slot: string | undefined): Entry => {
    const property = slot ?? any.any;
    return add({
      property,
      index: indexOf(property),
      name: "",
      ns: "",
      id: -1,
      units: new Uint16Array(0),
      field: undefined,
      any,
      tag: undefined,
      many: true,
      max: slot === undefined ? (any.max ?? 1) : Infinity,
      nillable: false,
      default: undefined,
      type: () => ({ kind: "any" }),
      next: undefined,
    });
  };
  const part = (property: string, min: number, max: number): Rule => {
    return { kind: "part", index: indexOf(property), property, min, max };
  };
  const place = (member: Member, ns: string): Rule => {
    if ("choice" in member) {
      const branches = member.choice.map((branch) => branch.map((one) => place(one, ns)));
      return { kind: "choice", branches, min: member.min ?? 1 };
    }
    if ("slot" in member) {
      const rule = part(member.slot, member.min ?? 1, Infinity);
      const own = parts[indexOf(member.slot)];
      if (member.text && own) {
        own.many = own.text = true;
        mixed ??= { property: member.slot, index: indexOf(member.slot) };
      }
      for (const item of member.items) {
        if ("any" in item) wildcard(item, member.slot);
        else element(item, ns, member.slot);
      }
      return rule;
    }
    const { min = 1, max = 1 } = member;
    if ("any" in member) {
      wildcard(member, undefined);
      return part(member.any, min, max);
    }
    element(member, ns, undefined);
    return part(member.property ?? member.name, member.omitted ? 0 : min, max);
  };

  const rules = chain
    .flatMap((one) => (one.content ?? []).map((member) => place(member, one.ns)))
    .filter((rule) => rule.kind === "choice" || rule.min > 0 || (rule.max > 1 && rule.max < Infinity));
  const attributes = new Map<string, AttributeEntry>();
  for (const one of chain) {
    for (const attribute of one.attributes ?? []) {
      const property = attribute.property ?? "@" + attribute.name;
      attributes.set(property, { attribute, property, ns: attribute.ns ?? "", type: lazy(attribute.type) });
    }
  }
  let text: Ref<SimpleType> | undefined;
  for (const one of chain) text = one.text ?? text;
  const anyAttribute = chain.flatMap((one) => one.anyAttribute ?? []);
  return {
    struct,
    rules,
    parts,
    entries,
    names,
    wildcards,
    attributes: [...attributes.values()],
    anyAttribute,
    text: text && lazy(text),
    mixed,
    all: chain.some((one) => one.all === true),
    keys: new Set([
      ...parts.map((part) => part.property),
      ...attributes.keys(),
      ...(text ? ["$value"] : []),
      ...(anyAttribute.length > 0 ? ["$anyAttribute"] : []),
      "$type",
      "$unknown",
    ]),
  };
}

function lazy<D extends object>(ref: Ref<D>): () => D {
  let known: D | undefined;
  return () => (known ??= follow(ref));
}

/** A type that `xsi:type` may choose. */
export interface Derived {
  readonly tag: string;
  readonly name: ExpandedName;
  readonly type: () => Type;
}

/** The types that a polymorphic one may stand for, its base first. */
export interface Family {
  readonly base: Derived;
  readonly byName: ReadonlyMap<ExpandedName, Derived>;
  readonly byTag: ReadonlyMap<string, Derived>;
}

const families = /*#__PURE__*/ new WeakMap<Polymorphic, Family>();

/** The family of a polymorphic type; made at first use. */
export function familyOf(type: Polymorphic): Family {
  let family = families.get(type);
  if (family === undefined) {
    const own = follow(type.base);
    const base: Derived = { tag: type.tag, name: own.kind === "struct" ? own.name : "", type: () => own };
    const all: Derived[] = [
      base,
      ...type.derived.map(([tag, name, ref]): Derived => ({ tag, name, type: lazy(ref) })),
    ];
    family = {
      base,
      byName: new Map(all.map((one) => [one.name, one])),
      byTag: new Map(all.map((one) => [one.tag, one])),
    };
    families.set(type, family);
  }
  return family;
}

const knownElements = /*#__PURE__*/ new WeakMap<Wildcard, ReadonlyMap<ExpandedName, ElementDescriptor>>();

/** The global elements that a wildcard knows, by expanded name. */
export function knownOf(wildcard: Wildcard): ReadonlyMap<ExpandedName, ElementDescriptor> {
  let known = knownElements.get(wildcard);
  if (known === undefined) {
    known = new Map((wildcard.known?.() ?? []).map((element) => [element.name, element]));
    knownElements.set(wildcard, known);
  }
  return known;
}

/**
 * What is wrong with the presence of parts: required ones that are missing, choices with two branches at once.
 * `count` tells how often a part occurs; `report` gets the property.
 */
export function checkPresence(
  rules: readonly Rule[],
  count: (index: number) => number,
  report: (code: "missing-element" | "choice" | "too-many", property: string, message: string) => void,
): void {
  for (const rule of rules) {
    if (rule.kind === "choice") {
      checkChoice(rule.branches, rule.min, count, report);
      continue;
    }
    const { property, min, max } = rule;
    const n = count(rule.index);
    if (n < min) {
      const often = min > 1 ? `there ${n} times, at least ${min} are ` : "";
      report("missing-element", property, `${property} is ${often}required`);
    } else if (n > max)
      report("too-many", property, `${property} is there ${n} times, at most ${max} are allowed`);
  }
}

function checkChoice(
  branches: readonly (readonly Rule[])[],
  min: number,
  count: (index: number) => number,
  report: Parameters<typeof checkPresence>[2],
): void {
  const sets = branches.map((branch) => new Map(branch.flatMap(partsOf)));
  const present = new Map(sets.flatMap((set) => [...set]).filter(([index]) => count(index) > 0));
  if (present.size === 0 && min === 0) return;
  let least: (() => void)[] | undefined;
  branches.forEach((branch, k) => {
    for (const index of present.keys()) if (!sets[k]?.has(index)) return;
    const found: (() => void)[] = [];
    checkPresence(branch, count, (...what) => found.push(() => report(...what)));
    if (least === undefined || found.length < least.length) least = found;
  });
  const names = [...present.values()];
  if (least === undefined) report("choice", names[1] ?? "", `${names.join(" and ")} exclude each other`);
  else if (names.length === 0 && least.length > 0) {
    const first = sets.flatMap((set) => [...set.values()].slice(0, 1));
    report("missing-element", first[0] ?? "", `One of ${first.join(", ")} is required`);
  } else for (const tell of least) tell();
}

function partsOf(rule: Rule): [index: number, property: string][] {
  return rule.kind === "part"
    ? [[rule.index, rule.property]]
    : rule.branches.flatMap((branch) => branch.flatMap(partsOf));
}
