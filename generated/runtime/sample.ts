// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Values that fit a descriptor: examples, and what a mock answers with. The same every time for the same descriptor and
 * seed, and valid wherever a valid value is found.
 */
import { primitiveOf } from "./datatypes.js";
import type {
  Any,
  Atomic,
  Builtin,
  Conditional,
  ConditionContext,
  ElementDescriptor,
  Facets,
  Field,
  List,
  Member,
  Polymorphic,
  SimpleType,
  Slot,
  SlotModel,
  Struct,
  Type,
} from "./descriptor.js";
import { randomOf, sampleOfPattern, type Random } from "./pattern-sample.js";
import { expand, familyOf, follow, isSimple, planOf, propertyOf, targetsOf } from "./plan.js";
import { suit } from "./sample-conditions.js";
import { connect, isReference } from "./sample-references.js";
import { isFit, prefixOf, readText } from "./sample-texts.js";

/** How much is made up. */
export interface SampleOptions {
  /** Other seeds give other numbers, texts and branches. Default 1. */
  readonly seed?: number;
  /** `full` has optional content as well (default), `minimal` only what is required. */
  readonly mode?: "full" | "minimal";
  /** After so many values only what is required is added. Default 2,000. */
  readonly budget?: number;
  /** A text that suits a name; used where it is a valid value. `number` is of the seed and the place. */
  readonly suggest?: (name: string, type: Atomic, number: number) => string | undefined;
}

/** Is there a valid value at all? An abstract type that nothing derives from has none. */
export function hasValue(type: Type | ElementDescriptor): boolean {
  return type.kind === "element" ? isElementWithin(type, deepest) : depthOf(type) < Infinity;
}

/** A value of a type, or of an element. */
export function sampleOf<R>(
  type: Struct<any, R> | ElementDescriptor<any, R> | Type<any, R>,
  options: SampleOptions = {},
): R {
  const make = (full: boolean): { readonly value: unknown; readonly isWhole: boolean } => {
    const maker: Maker = {
      seed: options.seed ?? 1,
      full,
      suggest: options.suggest,
      left: options.budget ?? 2000,
      ids: 0,
      taken: new Set(),
      open: new Set(),
      inherited: [],
    };
    const source = type.kind === "element" ? type : undefined;
    const target = source ? follow(source.type) : (type as Type);
    const value = source ? contentOf(maker, source, target, "") : valueOf(maker, target, "");
    const isWhole = connect(
      { name: "", type: target, value, source, set: () => undefined },
      (simple, attempt, path) =>
        simpleOf({ ...maker, seed: maker.seed + attempt, isOther: true }, simple, path),
    );
    return { value, isWhole };
  };
  const full = options.mode !== "minimal";
  const wanted = make(full);
  // What is referred to may be optional, and so may be what stands in the way.
  const other = wanted.isWhole ? wanted : make(!full);
  return (other.isWhole ? other : wanted).value as R;
}

interface Maker {
  readonly seed: number;
  readonly full: boolean;
  readonly suggest: SampleOptions["suggest"];
  left: number;
  ids: number;
  /** IDs that a pattern gave. */
  readonly taken: Set<unknown>;
  /** Instead of a value that stands elsewhere already. */
  readonly isOther?: boolean;
  /** Types around the present one: an optional member of one of them would never end. */
  readonly open: Set<Type>;
  /** Attributes that conditions on elements see from further out, nearest first. */
  inherited: ConditionContext;
}

// ---------------------------------------------------------------------------------------------------------------
// How deep a value must be
// ---------------------------------------------------------------------------------------------------------------

const deepest = 64;
const depths = /*#__PURE__*/ new WeakMap<Type, number>();
const reachable = /*#__PURE__*/ new WeakMap<Type, Map<number, boolean>>();

/** The least number of levels in a value of a type; Infinity where there is none of up to 64. */
function depthOf(type: Type): number {
  let depth = depths.get(type);
  if (depth === undefined) {
    for (depth = 1; depth <= deepest && !isWithin(type, depth);) depth++;
    depths.set(type, (depth = depth > deepest ? Infinity : depth));
  }
  return depth;
}

/** Does a value of a type exist that has at most so many levels? */
function isWithin(type: Type, depth: number): boolean {
  if (depth <= 0) return false;
  if (type.kind === "polymorphic") return candidatesOf(type).some(([, target]) => isWithin(target, depth));
  if (type.kind === "conditional") return choicesOf(type).some((target) => isWithin(target, depth));
  if (type.kind !== "struct") return true;
  let known = reachable.get(type);
  if (!known) reachable.set(type, (known = new Map()));
  let result = known.get(depth);
  if (result === undefined) {
    result =
      !type.abstract &&
      chainOf(type).every((one) => (one.content ?? []).every((member) => isMemberWithin(member, depth)));
    known.set(depth, result);
  }
  return result;
}

function isMemberWithin(member: Member, depth: number): boolean {
  if ("choice" in member) {
    const { choice, min } = member;
    return min === 0 || choice.some((branch) => branch.every((one) => isMemberWithin(one, depth)));
  }
  if ("slot" in member) return !member.model || isModelWithin(member, member.model, depth);
  if (member.min === 0) return true;
  return isItemWithin(member, depth);
}

function isItemWithin(item: Field | Any, depth: number): boolean {
  if ("any" in item)
    return (
      item.wildcard.process !== "strict" ||
      (item.wildcard.known?.() ?? []).some((one) => isElementWithin(one, depth))
    );
  if (item.substitutes) return item.substitutes().some((one) => isElementWithin(one, depth));
  return mayBeNil(item) || isWithin(follow(item.type), depth - 1);
}

function isElementWithin(element: ElementDescriptor, depth: number): boolean {
  return !element.abstract && (mayBeNil(element) || isWithin(follow(element.type), depth - 1));
}

/** May `null` stand for an element? It has no place for attributes, nor for the type that an abstract one asks for. */
function mayBeNil({ nillable, type }: Field | ElementDescriptor): boolean {
  if (nillable !== true) return false;
  const target = follow<Type>(type);
  const base = target.kind === "polymorphic" ? follow<Type>(target.base) : target;
  return base.kind !== "struct" || !(base.abstract || planOf(base).attributes.some((one) => one.required));
}

function isModelWithin(slot: Slot, model: SlotModel, depth: number): boolean {
  if (model.min === 0) return true;
  if ("item" in model) {
    const item = slot.items[model.item];
    return item !== undefined && isItemWithin(item, depth);
  }
  const isPart = (part: SlotModel): boolean => isModelWithin(slot, part, depth);
  return model.group === "choice" ? model.parts.some(isPart) : model.parts.every(isPart);
}

/** The types that a polymorphic place may hold, with what stands in `$type`. */
function candidatesOf(type: Polymorphic): (readonly [tag: string | undefined, type: Type])[] {
  return familyOf(type)
    .map(([tag, , ref], index) => [index === 0 ? undefined : tag, follow(ref)] as const)
    .filter(
      ([tag, target]) =>
        !(tag === undefined && type.abstract) && !(target.kind === "struct" && target.abstract),
    );
}

/** One of several that can be finished: the first that is not `open` for the first seed, the shallowest where there must be an end. */
function choose<T>(
  maker: Maker,
  all: readonly T[],
  path: string,
  depth: (one: T) => number,
  isOpen: (one: T) => boolean,
): T | undefined {
  const finite = all.filter((one) => depth(one) < Infinity);
  const closed = wants(maker) && maker.open.size < 12 ? finite.filter((one) => !isOpen(one)) : [];
  const rank = (one: T): number => depth(one) + (isOpen(one) ? 1 : 0);
  const least = Math.min(...finite.map(rank));
  const suitable = closed.length > 0 ? closed : finite.filter((one) => rank(one) === least);
  return suitable[maker.seed === 1 ? 0 : hash(maker.seed, path) % Math.max(1, suitable.length)];
}

function chooseElement(
  maker: Maker,
  all: readonly ElementDescriptor[],
  path: string,
): ElementDescriptor | undefined {
  return choose(
    maker,
    all,
    path,
    ({ abstract, type }) => (abstract ? Infinity : depthOf(follow(type))),
    ({ type }) => isOpen(maker, follow(type)),
  );
}

// ---------------------------------------------------------------------------------------------------------------
// Values
// ---------------------------------------------------------------------------------------------------------------

function valueOf(maker: Maker, type: Type, path: string): unknown {
  maker.left--;
  switch (type.kind) {
    case "struct":
      return structOf(maker, type, path);
    case "polymorphic": {
      const all = candidatesOf(type);
      const own = all.find(([tag]) => tag === undefined);
      const isOwnFinite = own && depthOf(own[1]) < Infinity;
      const [tag, target] = (isOwnFinite && maker.seed === 1
        ? own
        : choose(
            maker,
            all,
            path,
            ([, one]) => depthOf(one),
            ([, one]) => isOpen(maker, one),
          )) ?? [undefined, follow(type.base)];
      return tagged(tag, target, valueOf(maker, target, path));
    }
    case "conditional":
      return conditionalOf(maker, type, path);
    case "any":
      return {};
    default:
      return simpleOf(maker, type, path);
  }
}

/** The types that attributes may choose. */
function choicesOf({ alternatives, otherwise }: Conditional): readonly Type[] {
  return [...alternatives.map(([, ref]) => ref), otherwise].flatMap((ref) => (ref ? [follow(ref)] : []));
}

/** A value with attributes that choose its type. */
function conditionalOf(maker: Maker, type: Conditional, path: string): unknown {
  const all = choicesOf(type);
  const first = choose(maker, all, path, depthOf, (one) => isOpen(maker, one));
  for (const target of [...all.slice(all.indexOf(first as Type)), ...all]) {
    if (depthOf(target) === Infinity) continue;
    const value = valueOf(maker, target, path);
    if (suit(type, target, value, maker.inherited)) return value;
  }
  return first && valueOf(maker, first, path);
}

function structOf(maker: Maker, struct: Struct, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const isOuter = !maker.open.has(struct);
  maker.open.add(struct);
  const plan = planOf(struct);
  for (const attribute of plan.attributes) {
    if (!attribute.required && !wants(maker)) continue;
    const type = follow(attribute.type);
    // Which is meant can only be told by what refers to it; an entity is one of a document type.
    if (!attribute.required && isReference(type, ["IDREF", "ENTITY"])) continue;
    const preset = attribute.fixed ?? attribute.default;
    result[propertyOf(attribute)] =
      (preset === undefined ? undefined : readText(type, preset)) ??
      simpleOf(maker, type, `${path}/@${attribute.name}`);
  }
  const { inherited } = maker;
  if (plan.inheritance)
    maker.inherited = plan.inheritance.write(plan.inheritable, result, prefixOf, inherited);
  if (plan.text) result["$value"] = simpleOf(maker, follow(plan.text), path);
  for (const step of chainOf(struct))
    for (const member of step.content ?? []) add(result, memberOf(maker, member, path));
  maker.inherited = inherited;
  if (isOuter) maker.open.delete(struct);
  return result;
}

/** Adds properties, `__proto__` as one like any other. */
function add(target: Record<string, unknown>, properties: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(properties))
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A type and its bases, the furthest first. */
export function chainOf(struct: Struct): readonly Struct[] {
  const chain: Struct[] = [];
  for (let step: Struct | undefined = struct; step; step = step.base && follow(step.base))
    chain.unshift(step);
  return chain;
}

function memberOf(maker: Maker, member: Member, path: string): Record<string, unknown> {
  if ("choice" in member) {
    const isOpen = (one: Member): boolean => "name" in one && maker.open.has(follow(one.type));
    if (member.min === 0 && (!wants(maker) || member.choice.flat().some(isOpen))) return {};
    const branches = member.choice.filter((one) => one.length > 0);
    const depthOfBranch = (one: readonly Member[]): number => {
      let depth = 1;
      while (depth <= deepest && !one.every((part) => isMemberWithin(part, depth))) depth++;
      return depth > deepest ? Infinity : depth;
    };
    const branch = choose(maker, branches, path, depthOfBranch, (one) => one.some(isOpen));
    const result: Record<string, unknown> = {};
    for (const one of branch ?? []) add(result, memberOf(maker, one, path));
    return result;
  }
  if ("slot" in member) {
    const items = slotOf(maker, member, path);
    return items.length === 0 && member.min === 0 ? {} : { [member.slot]: items };
  }
  if ("any" in member) {
    const items = Array.from({ length: member.min ?? 1 }, (_, index) =>
      wildOf(maker, member, `${path}/${index}`),
    ).flat();
    return items.length === 0 ? {} : { [member.any]: items };
  }
  const { min = 1, max = 1 } = member;
  if (min === 0 && (!wants(maker) || isRecursive(maker, member) || !isItemWithin(member, deepest))) return {};
  const property = member.property ?? member.name;
  if (max <= 1) return { [property]: itemOf(maker, member, `${path}/${member.name}`, false) };
  const items = Array.from({ length: Math.max(min, Math.min(1, max)) }, (_, index) =>
    itemOf(maker, member, `${path}/${member.name}/${index}`, false),
  );
  return { [property]: items };
}

function isRecursive(maker: Maker, field: Field): boolean {
  if (field.substitutes)
    return maker.open.size > 3 || field.substitutes().some((one) => isOpen(maker, follow(one.type)));
  return isOpen(maker, follow(field.type));
}

/** Would an element that a wildcard asks for hold one of the open types again, or lead too deep? */
function isWildRecursive(maker: Maker, { wildcard }: Any): boolean {
  if (wildcard.process !== "strict") return false;
  const known = wildcard.known?.() ?? [];
  return maker.open.size > 3 || known.every((one) => isOpen(maker, follow(one.type)));
}

function isOpen(maker: Maker, type: Type): boolean {
  return targetsOf(type).some((one) => maker.open.has(one));
}

function wants(maker: Maker): boolean {
  return maker.full && maker.left > 0 && maker.open.size < deepest;
}

/** The value of a field; tagged where it must say which element it is. */
function itemOf(maker: Maker, field: Field, path: string, isTagged: boolean): unknown {
  const others = field.substitutes?.();
  if (others) {
    const one = chooseElement(maker, others, path);
    if (one) return { $name: one.tag, $value: contentOf(maker, one, follow(one.type), path) };
  }
  const value = contentOf(maker, field, follow(field.type), path);
  return isTagged || others ? { $name: field.property ?? field.name, $value: value } : value;
}

/** What stands in an element: its fixed or default value, if it has one. */
function contentOf(maker: Maker, source: Field | ElementDescriptor, type: Type, path: string): unknown {
  const preset = source.fixed ?? source.default;
  const value = preset === undefined ? undefined : presetOf(maker, type, preset, path);
  if (value !== undefined) return value;
  if ((depthOf(type) === Infinity || isOpen(maker, type)) && mayBeNil(source)) return null;
  return valueOf(maker, type, path);
}

/** The value of a text in an element of a type, undefined where it has no place for it. */
function presetOf(maker: Maker, type: Type, preset: string, path: string): unknown {
  if (isSimple(type)) return readText(type, preset);
  if (type.kind === "polymorphic") {
    for (const [tag, target] of candidatesOf(type)) {
      const value = depthOf(target) < Infinity ? presetOf(maker, target, preset, path) : undefined;
      if (value !== undefined) return tagged(tag, target, value);
    }
  }
  if (type.kind !== "struct" || depthOf(type) === Infinity) return undefined;
  const { text, mixed } = planOf(type);
  const content = text ? readText(follow(text), preset) : undefined;
  if (text && content === undefined) return undefined;
  const value = valueOf(maker, type, path) as Record<string, unknown>;
  if (text) value["$value"] = content;
  else if (mixed) value[mixed.property] = [preset];
  return value;
}

/** A value that says which type it is of. */
function tagged(tag: string | undefined, type: Type, value: unknown): unknown {
  if (tag === undefined) return value;
  return type.kind === "struct" ? { $type: tag, ...(value as object) } : { $type: tag, $value: value };
}

/** What a wildcard lets in: an element that is known, or one of our own; none where a declaration is asked for and none is there. */
function wildOf(maker: Maker, { wildcard }: Any, path: string): unknown[] {
  const known = wildcard.known?.() ?? [];
  const { namespaces, process } = wildcard;
  const one = chooseElement(maker, known, path);
  if (one && (process === "strict" || (namespaces && "in" in namespaces)))
    return [{ $name: one.tag, $value: contentOf(maker, one, follow(one.type), path) }];
  if (process === "strict") return [];
  const not = namespaces && "not" in namespaces ? namespaces.not : [];
  const uris =
    namespaces && "in" in namespaces
      ? namespaces.in
      : ["urn:sample", "urn:example:sample"].filter((uri) => !not.includes(uri));
  const names = ["any", "sample", "sample2"].map((local) => expand(uris[0] ?? "", local));
  const name = names.find(
    (other) => !wildcard.notNames?.includes(other) && known.every((element) => element.name !== other),
  );
  return name === undefined ? [] : [{ name }];
}

function slotOf(maker: Maker, slot: Slot, path: string): unknown[] {
  const items: unknown[] = slot.text && wants(maker) ? ["text"] : [];
  const add = (index: number): void => {
    const item = slot.items[index];
    if (!item) return;
    const place = `${path}/${"any" in item ? "any" : item.name}/${items.length}`;
    if ("any" in item) items.push(...wildOf(maker, item, place));
    else items.push(itemOf(maker, item, place, true));
  };
  const isModelOpen = (model: SlotModel): boolean => {
    if ("group" in model) return model.parts.some(isModelOpen);
    const item = slot.items[model.item];
    if (item === undefined) return false;
    return "name" in item ? isRecursive(maker, item) : isWildRecursive(maker, item);
  };
  const depth = (model: SlotModel): number => {
    for (let least = 1; least <= deepest; least++)
      if (isModelWithin(slot, { ...model, min: 1 }, least)) return least;
    return Infinity;
  };
  const visit = (model: SlotModel): void => {
    const { min = 1, max = 1 } = model;
    const isWanted = min > 0 || (max > 0 && wants(maker) && depth(model) < Infinity && !isModelOpen(model));
    let count = isWanted ? Math.max(1, min) : 0;
    // A repeated choice shows what may be chosen.
    const parts = "group" in model && model.group === "choice" ? model.parts : undefined;
    const shown = parts?.filter((part) => depth(part) < Infinity && !isModelOpen(part)) ?? [];
    if (parts && count > 0 && max > 1 && wants(maker))
      count = Math.max(count, Math.min(max, shown.length, 12));
    for (let k = 0; k < count; k++) {
      if ("item" in model) add(model.item);
      else if (!parts) model.parts.forEach(visit);
      else {
        const part =
          (max > 1 && wants(maker) ? shown[k % Math.max(1, shown.length)] : undefined) ??
          choose(maker, parts, `${path}/${items.length}`, depth, isModelOpen);
        if (part) visit(part);
      }
    }
  };
  if (slot.model) visit(slot.model);
  return items;
}

// ---------------------------------------------------------------------------------------------------------------
// Simple values
// ---------------------------------------------------------------------------------------------------------------

function simpleOf(maker: Maker, type: SimpleType, path: string): unknown {
  const name = /([^/@]*)(?:\/\d+)*$/u.exec(path)?.[1] ?? "";
  const number = hash(maker.seed, path);
  const random = randomOf(number);
  const { values } = type;
  if (values && values.length > 0) {
    const first = maker.seed === 1 ? 0 : number % values.length;
    for (let k = 0; k < values.length; k++) {
      const one = values[(first + k) % values.length];
      const isText = type.kind !== "atomic" || type.as === "bytes";
      const value = isText ? readText(type, String(one)) : one;
      if (value !== undefined && isFit(type, value)) return value;
    }
  }
  if (type.kind === "union") {
    const members = type.members.map(follow);
    const first = maker.seed === 1 ? 0 : number % Math.max(1, members.length);
    for (let k = 0; k < members.length; k++) {
      const member = members[(first + k) % members.length];
      const value = member && simpleOf(maker, member, path);
      if (value !== undefined && isFit(type, value)) return value;
    }
  } else if (type.kind === "list") {
    const { length, minLength = 1, maxLength = Infinity } = type.facets ?? {};
    // A pattern may ask for more items than the least.
    for (let attempt = 0; attempt < 8; attempt++) {
      const count = length ?? Math.min(minLength + (attempt % 4), maxLength);
      const value = Array.from({ length: count }, (_, index) =>
        listItemOf({ ...maker, seed: maker.seed + attempt }, type, `${path}/${index}`),
      );
      if (isFit(type, value)) return value;
    }
  } else {
    for (const text of textsOf(maker, type, name, number)) {
      const value = readText(type, text);
      if (value !== undefined) return value;
    }
  }
  const taken = type.kind === "atomic" && type.builtin === "ID" ? maker.taken : undefined;
  for (const text of matchesOf(type, random, maker.isOther)) {
    const value = readText(type, text);
    if (value === undefined || taken?.has(value)) continue;
    taken?.add(value);
    return value;
  }
  // Nothing that was tried is valid: whoever validates the sample will say so.
  if (type.kind === "list") return [];
  if (type.kind === "union") return type.members[0] ? simpleOf(maker, follow(type.members[0]), path) : "";
  const fallbacks = {
    string: name || "text",
    number: 0,
    bigint: 0n,
    boolean: false,
    bytes: new Uint8Array(),
    qname: "{urn:sample}name",
  };
  return fallbacks[type.as];
}

/** A value that can be an item of a list: white space would divide it. */
function listItemOf(maker: Maker, type: List, path: string): unknown {
  const list: List = { kind: "list", item: type.item, mapping: type.mapping };
  const item = follow(type.item);
  let one: unknown;
  for (let attempt = 0; attempt < 8; attempt++) {
    one = simpleOf({ ...maker, seed: maker.seed + attempt }, item, path);
    const whole = typeof one === "string" ? one.replace(/\s+/gu, "") || "x" : one;
    for (const each of [whole, one]) if (isFit(list, [each])) return each;
  }
  return one;
}

/** Texts from the patterns of a type; the plainest first, unless others are asked for. */
function* matchesOf(type: SimpleType, random: Random, isOther = false): Generator<string, void, undefined> {
  const { patterns = [], length, minLength = length, maxLength = length } = type.facets ?? {};
  const wanted = minLength ?? Math.min(1, maxLength ?? 1);
  for (let attempt = 0; attempt < 400; attempt++) {
    for (const step of patterns) {
      const pattern = step[attempt % step.length];
      const text =
        pattern === undefined
          ? undefined
          : sampleOfPattern(
              pattern,
              attempt < step.length ? (isOther ? 1 : 0) : attempt,
              random,
              attempt % 7 === 6 ? (maxLength ?? wanted) : wanted,
            );
      if (text !== undefined) yield text;
    }
  }
}

/** Texts that may be values of a type, the likeliest first. */
function* textsOf(
  maker: Maker,
  type: Atomic,
  name: string,
  number: number,
): Generator<string, void, undefined> {
  const { builtin } = type;
  const facets = type.facets ?? {};
  const suggested = maker.suggest?.(name, type, number);
  if (suggested !== undefined) yield suggested;
  switch (primitiveOf(builtin)) {
    case "boolean":
      yield* number % 2 === 0 ? ["true", "false", "1", "0"] : ["false", "true", "0", "1"];
      return;
    case "decimal":
      yield* decimalsOf(builtin, facets, number);
      return;
    case "float":
    case "double":
      yield "1.5";
      for (const bound of boundsOf(facets)) {
        const value = Number(bound.replace("INF", "Infinity"));
        for (const one of [value, value + 1, value - 1, value * 1.001, value * 0.999, value / 2])
          yield String(one).replace("Infinity", "INF");
      }
      yield* ["0", "INF", "-INF", "NaN"];
      return;
    case "hexBinary":
    case "base64Binary": {
      const { length, minLength = 3, maxLength = minLength } = facets;
      const count = length ?? facets.minLength ?? Math.min(3, maxLength);
      const bytes = Array.from({ length: count }, (_, index) => index % 256);
      if (builtin === "hexBinary")
        yield bytes.map((one) => one.toString(16).padStart(2, "0").toUpperCase()).join("");
      else yield btoa(String.fromCharCode(...bytes));
      return;
    }
    case "QName":
    case "NOTATION":
      yield `${prefixOf("urn:sample")}:name`;
      return;
    case "string":
    case "anyURI":
    case "anySimpleType":
    case "anyAtomicType":
      yield* stringsOf(maker, builtin, facets, name, number);
      return;
    default:
      yield* momentsOf(builtin, facets);
  }
}

function boundsOf({ minInclusive, minExclusive, maxInclusive, maxExclusive }: Facets): string[] {
  return [minInclusive, minExclusive, maxInclusive, maxExclusive].filter(
    (one): one is string => one !== undefined,
  );
}

function* decimalsOf(builtin: Builtin, facets: Facets, number: number): Generator<string, void, undefined> {
  if (builtin === "decimal" && (facets.fractionDigits ?? 1) > 0) yield "1.5";
  yield String(1 + (number % 99));
  yield String(1 + (number % 9));
  const scale = facets.fractionDigits ?? (builtin === "decimal" ? 4 : 0);
  const unit = 10n ** BigInt(Math.min(scale, 40));
  const scaled = (text: string): bigint => {
    const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
    const digits = BigInt(
      `0${whole}${fraction.slice(0, 40).padEnd(Math.min(scale, 40), "0").slice(0, Math.min(scale, 40))}`,
    );
    return sign === "-" ? -digits : digits;
  };
  const show = (value: bigint): string => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
    const text =
      scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, "");
    return (value < 0n ? "-" : "") + text;
  };
  const bounds = boundsOf(facets).map(scaled);
  for (const bound of bounds) for (const step of [0n, 1n, -1n, unit, -unit]) yield show(bound + step);
  const [low, high] = [bounds[0] ?? 0n, bounds.at(-1) ?? 0n];
  yield show((low + high) / 2n);
  yield* ["0", "-1", "1"];
  for (let digits = 1; digits <= (facets.totalDigits ?? 0); digits++) yield "1".repeat(digits);
}

function* stringsOf(
  maker: Maker,
  builtin: Builtin,
  facets: Facets,
  name: string,
  number: number,
): Generator<string, void, undefined> {
  const { length, minLength = length ?? 0, maxLength = length ?? Infinity } = facets;
  const fit = (text: string, filler: string): string => {
    const short = [...text].slice(0, maxLength).join("");
    return short + filler.repeat(Math.max(0, minLength - short.length));
  };
  const word = name.replace(/[^A-Za-z0-9]/gu, "").replace(/^[^A-Za-z]+/u, "") || "text";
  switch (builtin) {
    case "ID": {
      const count = String(++maker.ids);
      yield fit(`${word}${count}`, "x");
      // Where little room is, the number matters.
      const most = Math.max(1, Math.min(maxLength, 12));
      yield fit(`i${count}`.slice(0, most), "x");
      yield fit(`i${count.padStart(most - 1, "0")}`, "x");
      return;
    }
    case "language":
      yield* ["en", "en-US", "eng", fit("x", "x")];
      return;
    case "anyURI":
      yield fit(`https://example.com/${word}`, "x");
      yield fit("urn:x", "x");
      yield fit("x", "x");
      return;
    case "string":
    case "normalizedString":
    case "token":
    case "anySimpleType":
    case "anyAtomicType":
      yield fit(`${name || "text"} ${number % 1000}`, "x");
      break;
    default:
  }
  yield fit(`${word}${number % 1000}`, "x");
  yield fit("x", "x");
  yield "1".repeat(Math.max(1, minLength));
  if (minLength === 0) yield "";
}

/** Dates, times, durations: usual ones, then those about the bounds. */
function* momentsOf(builtin: Builtin, facets: Facets): Generator<string, void, undefined> {
  const usualForms: Readonly<Partial<Record<Builtin, readonly string[]>>> = {
    dateTime: ["2021-06-15T10:00:00Z", "2021-06-15T10:00:00"],
    dateTimeStamp: ["2021-06-15T10:00:00Z"],
    date: ["2021-06-15", "2021-06-15Z"],
    time: ["10:00:00", "10:00:00Z"],
    gYearMonth: ["2021-06", "2021-06Z"],
    gYear: ["2021", "2021Z"],
    gMonthDay: ["--06-15", "--06-15Z"],
    gDay: ["---15", "---15Z"],
    gMonth: ["--06", "--06Z"],
    duration: ["PT1H", "P1D", "P1M", "P1Y", "PT1S", "PT0S", "-P1D"],
    dayTimeDuration: ["PT1H", "P1D", "PT1S", "PT0S", "-P1D"],
    yearMonthDuration: ["P1Y", "P1M", "P0M", "-P1M"],
  };
  const usual = usualForms[builtin] ?? [];
  yield* usual;
  // A pattern may ask for a fraction of a second, or for a zone by its offset.
  for (const form of usual) {
    if (!form.includes(":")) continue;
    for (const fraction of ["", ".5", ".000", ".000000", ".0000000"])
      for (const zone of ["", "Z", "+00:00", "+01:00", "-01:00"])
        yield form.replace(/Z?$/, `${fraction}${zone}`);
  }
  const bounds = boundsOf(facets);
  for (const bound of bounds) {
    for (const form of [bound, bound.replace(/Z$/, ""), bound.endsWith("Z") ? bound : `${bound}Z`]) {
      yield form;
      // One more and one less of each part.
      for (const part of form.matchAll(/\d+/g)) {
        for (const step of [1, -1]) {
          const value = Number(part[0]) + step;
          if (value < 0 || !Number.isSafeInteger(value)) continue;
          const text = String(value).padStart(part[0].length, "0");
          yield form.slice(0, part.index) + text + form.slice(part.index + part[0].length);
        }
      }
    }
  }
}

function hash(seed: number, text: string): number {
  let value = 2_166_136_261 ^ seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return (value ^ (value >>> 15)) >>> 0;
}
