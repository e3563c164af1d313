/** Random descriptors, and random values for them. */
import fc from "fast-check";
import { listMapping, unionMapping } from "../../templates/runtime/mappings.js";
import type {
  Any,
  Atomic,
  Attribute,
  ElementDescriptor,
  Field,
  Member,
  Polymorphic,
  SimpleType,
  Struct,
  Type,
} from "../../templates/runtime/descriptor.js";
import * as runtime from "../../templates/runtime/index.js";

const namespaces = ["urn:one", "urn:two", ""];

/** A descriptor with the values that it describes. */
export interface Described<D> {
  readonly descriptor: D;
  readonly values: fc.Arbitrary<unknown>;
}

const characters = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(..."abcXYZ019 .:-_") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "<",
      ">",
      "&",
      '"',
      "'",
      "]]>",
      "\t",
      "\n",
      "\r",
      "é",
      "会",
      "😀",
      "\u0085",
      "\u2028",
      "\u00a0",
      "&amp;",
      "<!--",
    ),
  },
);
const text: fc.Arbitrary<string> = fc.array(characters, { maxLength: 8 }).map((parts) => parts.join(""));
const someText = text.map((one) => one + "x");

const two = (n: number) => String(n).padStart(2, "0");
const dates = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${String(y).padStart(4, "0")}-${two(m)}-${two(d)}`);

const atomics: readonly [Atomic, fc.Arbitrary<unknown>][] = [
  [runtime.string, text],
  [runtime.token, fc.constantFrom("", "a", "a b", "<&>")],
  [runtime.boolean, fc.boolean()],
  [runtime.int, fc.integer()],
  [runtime.unsignedByte, fc.integer({ min: 0, max: 255 })],
  [runtime.long, fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)],
  [runtime.integer, fc.bigInt()],
  [runtime.longAsNumber, fc.maxSafeInteger()],
  [runtime.longAsString, fc.bigInt(0n, 2n ** 62n).map((n) => `00${n}`)],
  [runtime.decimal, fc.tuple(fc.bigInt(), fc.nat()).map(([a, b]) => `${a}.${b}0`)],
  [runtime.decimalAsNumber, fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)],
  [runtime.double, fc.double().map((n) => n + 0)],
  [runtime.date, dates],
  [runtime.dateTime, dates.map((date) => `${date}T12:00:00.5Z`)],
  [runtime.base64Binary, fc.uint8Array({ maxLength: 8 })],
  [runtime.hexBinary, fc.uint8Array({ maxLength: 8 })],
  [runtime.QName, fc.constantFrom("local", "{urn:one}x", "{urn:q}y")],
  [{ kind: "atomic", builtin: "string", as: "string", values: ["A", "B c"] }, fc.constantFrom("A", "B c")],
];
const atomic: fc.Arbitrary<Described<SimpleType>> = fc
  .constantFrom(...atomics)
  .map(([descriptor, values]) => ({ descriptor, values }));
const items: fc.Arbitrary<Described<SimpleType>> = fc.constantFrom<Described<SimpleType>>(
  { descriptor: runtime.int, values: fc.integer() },
  { descriptor: runtime.NMTOKEN, values: fc.constantFrom("a", "b-1") },
);
const simple: fc.Arbitrary<Described<SimpleType>> = fc.oneof(
  { weight: 6, arbitrary: atomic },
  {
    weight: 1,
    arbitrary: items.map(({ descriptor, values }): Described<SimpleType> => ({
      descriptor: { kind: "list", mapping: listMapping, item: () => descriptor },
      values: fc.array(values, { maxLength: 3 }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Described<SimpleType>>({
      descriptor: {
        kind: "union",
        mapping: unionMapping,
        members: [runtime.int, runtime.boolean, { kind: "atomic", builtin: "string", as: "string" }],
      },
      values: fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom("x", "<", "1.5", " ")),
    }),
  },
);

const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i-1", "j.k", "__proto__", "constructor", "é"];

const known: readonly ElementDescriptor[] = [
  { kind: "element", name: "{urn:three}k", tag: "three:k", type: runtime.int },
];
const raw = fc.constantFrom(
  { name: "{urn:three}r", prefix: "t" },
  {
    name: "{urn:three}r",
    attributes: { x: "<\n>", "{urn:three}y": "1" },
    children: ["a", { name: "z" }, "b"],
  },
  { name: "{urn:four}r", prefix: "f", namespaces: { t: "urn:other" }, children: ["t:x"] },
);
/** What tables bring where they need it. */
const code = {
  attributed: runtime.attributed,
  choices: runtime.checkChoice,
  tagging: runtime.tagging,
};

const wildcard: Any = {
  any: "$any",
  wildcard: { namespaces: { in: ["urn:three", "urn:four"] }, process: "lax", known: () => known },
  min: 0,
  max: Infinity,
};
const anything = fc.oneof(
  raw,
  fc.integer().map((n) => ({ $name: "three:k", $value: n })),
);

type Part = { readonly member: Member; readonly values: fc.Arbitrary<Record<string, unknown>> };

const absent = fc.constant({});
const optional = <T extends object>(values: fc.Arbitrary<T>, required: boolean): fc.Arbitrary<object> =>
  required ? values : fc.oneof(absent, values);
const property = (name: string, value: unknown) =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true });

function field(name: string, depth: number): fc.Arbitrary<Part> {
  return fc
    .tuple(
      typeOf(depth),
      fc.constantFrom("one", "optional", "many", "nillable"),
      fc.constantFrom(undefined, ...namespaces),
    )
    .map(([{ descriptor, values }, kind, ns]) => {
      const member: Field = {
        name,
        ...(ns !== undefined && { ns }),
        type: () => descriptor,
        ...(kind !== "one" && kind !== "nillable" && { min: 0 }),
        ...(kind === "many" && { max: Infinity }),
        ...(kind === "nillable" && { nillable: true as const }),
      };
      const one =
        kind === "nillable"
          ? fc.oneof(fc.constant(null), values)
          : kind === "many"
            ? fc.array(values, { minLength: 1, maxLength: 3 })
            : values;
      return {
        member,
        values: optional(
          one.map((value) => property(name, value)),
          kind === "one" || kind === "nillable",
        ) as Part["values"],
      };
    });
}

function part(name: string, other: string, depth: number): fc.Arbitrary<Part> {
  const choice = fc
    .tuple(field(name, depth), field(other, depth), fc.boolean())
    .map(([a, b, required]): Part => ({
      member: { choice: [[a.member], [b.member]], ...(!required && { min: 0 as const }) },
      values: optional(fc.oneof(a.values, b.values), required) as Part["values"],
    }));
  const slot = fc.tuple(typeOf(depth), typeOf(depth), fc.boolean()).map(([a, b, mixed]): Part => {
    const content = fc.oneof(
      a.values.map((value) => ({ $name: name, $value: value })),
      b.values.map((value) => ({ $name: other, $value: value })),
      anything,
      ...(mixed ? [someText] : []),
    );
    return {
      member: {
        slot: mixed ? "$content" : `${name}Items`,
        items: [{ name, type: a.descriptor }, { name: other, type: b.descriptor }, { ...wildcard }],
        min: 0,
        ...(mixed && { text: true as const }),
      },
      // Text beside text is one text.
      values: fc.array(content, { minLength: 1, maxLength: 5 }).map((list) => ({
        [mixed ? "$content" : `${name}Items`]: list.filter(
          (one, k) => typeof one !== "string" || typeof list[k - 1] !== "string",
        ),
      })),
    };
  });
  return fc.oneof(
    { weight: 5, arbitrary: field(name, depth) },
    { weight: 2, arbitrary: choice },
    { weight: depth > 0 ? 1 : 0, arbitrary: slot },
  );
}

function merge(parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...parts).map((objects) => {
    const out = {};
    for (const one of objects) Object.defineProperties(out, Object.getOwnPropertyDescriptors(one));
    return out;
  });
}

const attributes: fc.Arbitrary<{ list: Attribute[]; values: fc.Arbitrary<object> }> = fc
  .array(fc.tuple(simple, fc.boolean(), fc.constantFrom("", "urn:one")), { maxLength: 2 })
  .map((all) => {
    const list = all.map(([{ descriptor }, required, ns], k): Attribute => ({
      name: `a${k}`,
      ...(ns && { ns, property: `@one:a${k}` }),
      type: descriptor,
      ...(required && { required: true as const }),
    }));
    return {
      list,
      values: merge(
        all.map(([{ values }, required], k) =>
          optional(
            values.map((value) => ({ [list[k]?.property ?? `@a${k}`]: value })),
            required,
          ),
        ),
      ),
    };
  });

let serial = 0;
function structOf(depth: number): fc.Arbitrary<Described<Struct>> {
  const header = fc.tuple(fc.constantFrom(...namespaces), attributes);
  const elements = fc.shuffledSubarray(names, { minLength: 0, maxLength: 8 }).chain((used) => {
    const pairs = used.flatMap((name, k) =>
      k % 2 === 0 && used[k + 1] !== undefined ? [[name, used[k + 1] as string] as const] : [],
    );
    return fc.tuple(
      ...pairs.map(([name, other]) => part(name, other, depth)),
      ...(used.length > 6
        ? [
            fc.constant<Part>({
              member: wildcard,
              values: optional(
                fc.array(anything, { minLength: 1, maxLength: 3 }).map(($any) => ({ $any })),
                false,
              ) as Part["values"],
            }),
          ]
        : []),
    );
  });
  return fc.oneof(
    {
      weight: 1,
      arbitrary: fc.tuple(header, simple).map(([[ns, { list, values }], content]): Described<Struct> => ({
        descriptor: {
          kind: "struct",
          name: `{urn:one}t${serial++}`,
          ns,
          ...code,
          attributes: list,
          text: content.descriptor,
        },
        values: merge([values, content.values.map(($value) => ({ $value }))]),
      })),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(header, elements, fc.boolean(), fc.boolean())
        .map(([[ns, { list, values }], parts, all, inherit]): Described<Struct> => {
          // Mixed content stands alone.
          const mixed = parts.filter(({ member }) => "slot" in member && member.text);
          // More than one wildcard needs a slot for all of them.
          const open = parts.filter(({ member }) => "any" in member || "slot" in member).slice(1);
          const used = mixed.length > 0 ? mixed.slice(0, 1) : parts.filter((one) => !open.includes(one));
          const content = used.map(({ member }) => member);
          const isAll = all && content.every((member) => "name" in member && (member.max ?? 1) === 1);
          const half = inherit && !isAll ? Math.floor(content.length / 2) : 0;
          const base: Struct = {
            kind: "struct",
            name: `{urn:one}t${serial++}`,
            ns,
            ...code,
            content: content.slice(0, half),
          };
          return {
            descriptor: {
              kind: "struct",
              name: `{urn:one}t${serial++}`,
              ns,
              ...code,
              attributes: list,
              content: content.slice(half),
              ...(half > 0 && { base: () => base }),
              ...(isAll && { all: true as const }),
            },
            values: merge([values, ...used.map((one) => one.values)]),
          };
        }),
    },
  );
}

function typeOf(depth: number): fc.Arbitrary<Described<Type>> {
  if (depth <= 0) return simple;
  const polymorphic = fc
    .tuple(structOf(depth - 1), structOf(depth - 1))
    .map(([base, derived]): Described<Type> => {
      const descriptor: Polymorphic = runtime.polymorphic({
        base: base.descriptor,
        tag: "base",
        derived: [["derived", derived.descriptor.name, () => derived.descriptor]],
      });
      const tagged = (tag: string, values: fc.Arbitrary<unknown>) =>
        values.map((value) =>
          Object.defineProperties({ $type: tag }, Object.getOwnPropertyDescriptors(value)),
        );
      return { descriptor, values: fc.oneof(tagged("base", base.values), tagged("derived", derived.values)) };
    });
  return fc.oneof(
    { weight: 4, arbitrary: simple },
    { weight: 3, arbitrary: structOf(depth - 1) },
    { weight: 1, arbitrary: polymorphic },
  );
}

/** A document root with a value. */
export const roots: fc.Arbitrary<{ readonly root: ElementDescriptor; readonly value: unknown }> = typeOf(
  3,
).chain(({ descriptor, values }) =>
  values.map((value) => ({
    root: { kind: "element", name: "{urn:one}root", tag: "root", type: descriptor },
    value,
  })),
);
