// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** Values that fit a descriptor, made up from names: the same every time for the same descriptor and seed. */
import type { Atomic, Field, Member, SimpleType, Slot, SlotModel, Struct, Type } from "../descriptor.js";
import { follow } from "../plan.js";

/** How much is made up. */
export interface SampleOptions {
  /** Other seeds give other numbers and texts. Default 1. */
  readonly seed?: number;
  /** `full` has optional content as well (default), `minimal` only what is required. */
  readonly mode?: "full" | "minimal";
  /** After so many values only what is required is added. Default 2,000. */
  readonly budget?: number;
}

/** A value of a type. */
export function sampleOf<R>(type: Struct<any, R>, options: SampleOptions = {}): R {
  const maker: Maker = {
    seed: options.seed ?? 1,
    full: options.mode !== "minimal",
    left: options.budget ?? 2000,
    open: new Set(),
  };
  return structOf(maker, type, "") as R;
}

interface Maker {
  readonly seed: number;
  readonly full: boolean;
  left: number;
  /** Types around the present one: an optional member of one of them would never end. */
  readonly open: Set<Type>;
}

function valueOf(maker: Maker, type: Type, path: string): unknown {
  maker.left--;
  switch (type.kind) {
    case "struct":
      return structOf(maker, type, path);
    case "polymorphic": {
      const [derived] = type.derived;
      if (type.abstract && derived) {
        const value = valueOf(maker, follow(derived[2]), path);
        return typeof value === "object"
          ? { $type: derived[0], ...value }
          : { $type: derived[0], $value: value };
      }
      return valueOf(maker, follow(type.base), path);
    }
    case "any":
      return {};
    default:
      return simpleOf(maker, type, path);
  }
}

function structOf(maker: Maker, struct: Struct, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  maker.open.add(struct);
  for (const step of chainOf(struct)) {
    for (const attribute of step.attributes ?? []) {
      if (!attribute.required) continue;
      result[attribute.property ?? `@${attribute.name}`] =
        attribute.fixed ?? simpleOf(maker, follow(attribute.type), `${path}/@${attribute.name}`);
    }
    if (step.text) result["$value"] = simpleOf(maker, follow(step.text), path);
    for (const member of step.content ?? []) Object.assign(result, memberOf(maker, member, path));
  }
  maker.open.delete(struct);
  return result;
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
    if (member.min === 0 && !wants(maker)) return {};
    const branch = member.choice.find((one) => one.length > 0) ?? [];
    return Object.assign({}, ...branch.map((one) => memberOf(maker, one, path))) as Record<string, unknown>;
  }
  if ("slot" in member) return member.min === 0 ? {} : { [member.slot]: slotOf(maker, member, path) };
  if ("any" in member) {
    const count = member.min ?? 1;
    const item = { name: "{urn:sample}any" };
    return count === 0 ? {} : { [member.any]: Array.from({ length: count }, () => item) };
  }
  const { min = 1, max = 1 } = member;
  const type = follow(member.type);
  if (min === 0 && (!wants(maker) || maker.open.has(type) || (member.substitutes?.() ?? []).length > 0))
    return {};
  const property = member.property ?? member.name;
  if (max <= 1) return { [property]: fieldOf(maker, member, type, `${path}/${member.name}`) };
  const items = Array.from({ length: Math.max(min, 1) }, (_, index) =>
    fieldOf(maker, member, type, `${path}/${member.name}/${index}`),
  );
  return { [property]: items };
}

function wants(maker: Maker): boolean {
  return maker.full && maker.left > 0;
}

function fieldOf(maker: Maker, field: Field, type: Type, path: string): unknown {
  const fixed = field.fixed ?? field.default;
  const value =
    fixed !== undefined && type.kind === "atomic" ? convert(type, fixed) : valueOf(maker, type, path);
  return field.substitutes ? { $name: field.name, $value: value } : value;
}

function slotOf(maker: Maker, slot: Slot, path: string): unknown[] {
  const items: unknown[] = [];
  const add = (index: number): void => {
    const item = slot.items[index];
    if (item && "name" in item) {
      const type = follow(item.type);
      items.push({
        $name: item.property ?? item.name,
        $value: fieldOf(maker, item, type, `${path}/${item.name}`),
      });
    }
  };
  const visit = (model: SlotModel): void => {
    for (let count = 0; count < (model.min ?? 1); count++) {
      if ("item" in model) add(model.item);
      else if (model.group === "choice") {
        const [first] = model.parts;
        if (first) visit(first);
      } else model.parts.forEach(visit);
    }
  };
  if (slot.model) visit(slot.model);
  return items;
}

function simpleOf(maker: Maker, type: SimpleType, path: string): unknown {
  if (type.kind === "list") {
    const count = type.facets?.length ?? type.facets?.minLength ?? 1;
    return Array.from({ length: count }, () => simpleOf(maker, follow(type.item), path));
  }
  if (type.kind === "union") {
    const [first] = type.members;
    return type.values?.[0] ?? (first ? simpleOf(maker, follow(first), path) : "");
  }
  if (type.values && type.values.length > 0) return type.values[0];
  return convert(type, lexicalOf(maker, type, path));
}

/** A lexical form as the value that stands for it. */
function convert(type: Atomic, text: string): unknown {
  switch (type.as) {
    case "number":
      return Number(text);
    case "bigint":
      return BigInt(text);
    case "boolean":
      return text === "true" || text === "1";
    case "bytes":
      return Uint8Array.of(1, 2, 3);
    case "qname":
      return "{urn:sample}name";
    case "string":
      return text;
  }
}

const hash = (seed: number, text: string): number => {
  let value = 2_166_136_261 ^ seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return (value ^ (value >>> 15)) >>> 0;
};

/** Lexical forms of the types that a name says nothing about. */
const forms: Readonly<Partial<Record<Atomic["builtin"], string>>> = {
  anyURI: "https://example.com/sample",
  base64Binary: "AQID",
  date: "2021-06-15",
  dateTime: "2021-06-15T10:00:00Z",
  dateTimeStamp: "2021-06-15T10:00:00Z",
  dayTimeDuration: "PT1H",
  duration: "PT1H",
  gDay: "---15",
  gMonth: "--06",
  gMonthDay: "--06-15",
  gYear: "2021",
  gYearMonth: "2021-06",
  hexBinary: "010203",
  language: "en",
  time: "10:00:00",
  yearMonthDuration: "P1Y",
};

const integers: ReadonlySet<Atomic["builtin"]> = /*#__PURE__*/ new Set<Atomic["builtin"]>([
  "integer",
  "long",
  "int",
  "short",
  "byte",
  "nonNegativeInteger",
  "positiveInteger",
  "nonPositiveInteger",
  "negativeInteger",
  "unsignedLong",
  "unsignedInt",
  "unsignedShort",
  "unsignedByte",
]);

function lexicalOf(maker: Maker, type: Atomic, path: string): string {
  const name = /([^/]*?)(?:\/\d+)?$/u.exec(path)?.[1] ?? "";
  const number = hash(maker.seed, path);
  const form = forms[type.builtin];
  if (form !== undefined) return form;
  if (type.builtin === "boolean") return number % 2 === 0 ? "true" : "false";
  if (type.builtin === "float" || type.builtin === "double" || type.builtin === "decimal") return "1.5";
  if (integers.has(type.builtin)) return String(integerOf(type, name, number));
  return textOf(type, name, number);
}

function integerOf(type: Atomic, name: string, number: number): number {
  const { minInclusive, minExclusive, maxInclusive, maxExclusive } = type.facets ?? {};
  const low = Number(minInclusive ?? (minExclusive === undefined ? 1 : Number(minExclusive) + 1));
  const high = Number(maxInclusive ?? (maxExclusive === undefined ? Infinity : Number(maxExclusive) - 1));
  if (type.builtin === "nonPositiveInteger" || type.builtin === "negativeInteger") return -1;
  const small = type.builtin === "byte" || type.builtin === "unsignedByte";
  const wanted =
    /(?:key|id)$/iu.test(name) && type.as === "string"
      ? 100_000_000 + (number % 900_000_000)
      : 1 + (number % (small ? 99 : 900));
  return Math.max(low, Math.min(high, wanted));
}

function textOf(type: Atomic, name: string, number: number): string {
  const { length, minLength = length ?? 0, maxLength = length ?? Infinity, patterns } = type.facets ?? {};
  const text = /e-?mail$/iu.test(name)
    ? `user${number % 1000}@example.com`
    : /url$/iu.test(name)
      ? `https://example.webex.com/example/${name}`
      : /(?:date|time)$/iu.test(name)
        ? "06/15/2021 10:00:00"
        : /zone$/iu.test(name)
          ? "GMT-08:00, Pacific (San Jose)"
          : `${name || "text"} ${number % 1000}`;
  const fitted = text.slice(0, maxLength).padEnd(minLength, "x");
  return patterns === undefined ? fitted : (matchOf(patterns) ?? fitted);
}

/** A text for patterns that are a choice of words, or count characters; undefined for others. */
function matchOf(patterns: readonly (readonly string[])[]): string | undefined {
  const candidates = [
    ...patterns.flatMap((step) => step.flatMap((pattern) => pattern.split("|"))),
    ...Array.from({ length: 20 }, (_, index) => "1".repeat(index + 1)),
    ...Array.from({ length: 20 }, (_, index) => "a".repeat(index + 1)),
    "a@example.com",
    "",
  ];
  return candidates.find((candidate) =>
    patterns.every((step) =>
      step.some((pattern) => {
        try {
          return new RegExp(`^(?:${pattern})$`, "u").test(candidate);
        } catch {
          return false;
        }
      }),
    ),
  );
}
