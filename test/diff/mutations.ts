/** Edits of known kind to real schemas, made in their text, with the finding that each must give. */
import { ownElements } from "../../generator/model/query.js";
import type { ComplexType, ElementParticle, Model, SimpleType } from "../../generator/model/types.js";
import { componentOf } from "../../generator/diff/place.js";
import type { ComponentPath } from "../../generator/diff/index.js";

/** Files by path. */
export type Files = ReadonlyMap<string, string>;

/** One edit, and what must be found of it. */
export interface Mutation {
  readonly kind: string;
  readonly files: Files;
  /** Undefined: nothing must be found. */
  readonly rule?: string;
  /** Where; several when it cannot be told which of them moved. */
  readonly at: readonly string[];
}

/** Numbers from 0 to below 1 that depend on the seed only (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An element that stands in the one sequence of its type, where nothing else bears its name. */
interface Spot {
  readonly owner: ComplexType;
  readonly element: ElementParticle;
  readonly siblings: readonly ElementParticle[];
}

/** A place as text. */
export function placeText({ kind, type, path }: ComponentPath): string {
  return `${kind === undefined ? "" : `${kind} `}${[type, ...path].join("/")}`;
}

/** Prepares mutations of one schema. */
export function createMutator(
  files: Files,
  model: Model,
): {
  readonly kinds: readonly string[];
  readonly mutate: (kind: string, next: () => number) => Mutation | undefined;
} {
  const prefix = /<(\w+):schema/u.exec([...files.values()][0] ?? "")?.[1] ?? "xs";
  const tag = (name: string): string => `${prefix}:${name}`;
  const spots: Spot[] = Object.values(model.types).flatMap((owner) => {
    if (owner.kind !== "complex" || owner.content.kind !== "elements") return [];
    const { own, particle } = owner.content;
    const root = owner.derivation === "extension" ? own : particle;
    if (root?.kind !== "sequence" || root.min !== 1 || root.max !== 1 || root.group !== undefined) return [];
    if (root.particles.some((part) => part.kind === "any")) return [];
    const names = ownElements(model, owner.id).map(({ name }) => name.local);
    const siblings = root.particles.filter((part): part is ElementParticle => part.kind === "element");
    return siblings
      .filter(
        (element) =>
          element.ref === undefined && names.filter((name) => name === element.name.local).length === 1,
      )
      .map((element) => ({ owner, element, siblings }));
  });
  const enumerations = Object.values(model.types).filter(
    (type): type is SimpleType =>
      type.kind === "simple" && (type.facets.enumeration ?? []).length > 3 && type.name !== undefined,
  );
  const pick = <T>(list: readonly T[], next: () => number): T | undefined =>
    list[Math.floor(next() * list.length)];
  const edit = (file: string, start: number, end: number, by: string): Files => {
    const text = files.get(file) ?? "";
    return new Map([...files, [file, text.slice(0, start) + by + text.slice(end)]]);
  };
  const textOf = ({ extent }: Pick<ElementParticle, "extent">): string =>
    (files.get(extent.file) ?? "").slice(extent.start, extent.end);
  const replace = (element: ElementParticle, by: string): Files =>
    edit(element.extent.file, element.extent.start, element.extent.end, by);
  /** The text of an element with one attribute of its start tag set, or taken away. */
  const withAttribute = (element: ElementParticle, name: string, value: string | undefined): string => {
    const text = textOf(element);
    const end = text.search(/\/?>/u);
    const head = text.slice(0, end).replace(new RegExp(`\\s+${name}="[^"]*"`, "u"), "");
    return `${head.trimEnd()}${value === undefined ? "" : ` ${name}="${value}"`}${text.slice(end)}`;
  };
  const at = ({ owner }: Spot, local: string): string => {
    const component = componentOf(owner.id);
    return placeText({ ...component, path: [...component.path, local] });
  };
  const spotMutation = (
    kind: string,
    next: () => number,
    filter: (spot: Spot) => boolean,
    make: (spot: Spot) => { readonly files: Files; readonly rule?: string; readonly at?: readonly string[] },
  ): Mutation | undefined => {
    const spot = pick(spots.filter(filter), next);
    if (spot === undefined) return undefined;
    const made = make(spot);
    return { kind, at: [at(spot, spot.element.name.local)], ...made };
  };
  const isText = ({ element }: Spot): boolean =>
    / type="[^"]*:string"/u.test(textOf(element).split(">")[0] ?? "");
  const hasType = ({ element }: Spot): boolean => / type="/u.test(textOf(element).split(">")[0] ?? "");
  const plainValue = ({ element }: Spot): boolean =>
    element.default === undefined && element.fixed === undefined;
  const follower = ({ element, siblings }: Spot): ElementParticle | undefined =>
    siblings[siblings.indexOf(element) + 1];
  const enumerationTag = (
    type: SimpleType,
    index: number,
  ): { readonly start: number; readonly end: number; readonly file: string } => {
    const { span } = type.facets.enumeration?.[index] as NonNullable<
      SimpleType["facets"]["enumeration"]
    >[number];
    const text = files.get(span.file) ?? "";
    const open = text.lastIndexOf("<", span.start + 1);
    const rest = text.slice(open);
    const length =
      (/^<[^>]*\/>/u.exec(rest) ?? new RegExp(`^[\\s\\S]*?</${tag("enumeration")}>`, "u").exec(rest))?.[0]
        .length ?? 0;
    return { file: span.file, start: open, end: open + length };
  };
  const enumPlace = (type: SimpleType, value: string): string => {
    const component = componentOf(type.id);
    return placeText({ ...component, path: [`=${value}`] });
  };

  const makers: Readonly<Record<string, (kind: string, next: () => number) => Mutation | undefined>> = {
    "add an optional element": (kind, next) =>
      spotMutation(
        kind,
        next,
        () => true,
        (spot) => ({
          files: replace(
            spot.element,
            `${textOf(spot.element)}<${tag("element")} name="zzMutant" type="${tag("int")}" minOccurs="0"/>`,
          ),
          rule: "element.added.optional",
          at: [at(spot, "zzMutant")],
        }),
      ),
    "add a required element": (kind, next) =>
      spotMutation(
        kind,
        next,
        () => true,
        (spot) => ({
          files: replace(
            spot.element,
            `<${tag("element")} name="zzMutant" type="${tag("int")}"/>${textOf(spot.element)}`,
          ),
          rule: "element.added.required",
          at: [at(spot, "zzMutant")],
        }),
      ),
    "remove an element": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ siblings }) => siblings.length > 1,
        ({ element }) => ({
          files: replace(element, ""),
          rule: element.min === 0 ? "element.removed.optional" : "element.removed.required",
        }),
      ),
    "make an element required": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => element.min === 0,
        ({ element }) => ({
          files: replace(element, withAttribute(element, "minOccurs", undefined)),
          rule: "element.occurs.optional-to-required",
        }),
      ),
    "make an element optional": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => element.min === 1,
        ({ element }) => ({
          files: replace(element, withAttribute(element, "minOccurs", "0")),
          rule: "element.occurs.required-to-optional",
        }),
      ),
    "let an element repeat": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => element.max === 1,
        ({ element }) => ({
          files: replace(element, withAttribute(element, "maxOccurs", "unbounded")),
          rule: "element.occurs.single-to-many",
        }),
      ),
    "let an element no longer repeat": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => element.max === "unbounded",
        ({ element }) => ({
          files: replace(element, withAttribute(element, "maxOccurs", undefined)),
          rule: "element.occurs.many-to-single",
        }),
      ),
    "let an element be nil": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => !element.nillable && element.fixed === undefined,
        ({ element }) => ({
          files: replace(element, withAttribute(element, "nillable", "true")),
          rule: "element.nillable.added",
        }),
      ),
    "give a text a default": (kind, next) =>
      spotMutation(
        kind,
        next,
        (spot) => isText(spot) && plainValue(spot),
        ({ element }) => ({
          files: replace(element, withAttribute(element, "default", "mutant")),
          rule: "element.default.added",
        }),
      ),
    "fix a text": (kind, next) =>
      spotMutation(
        kind,
        next,
        (spot) => isText(spot) && plainValue(spot),
        ({ element }) => ({
          files: replace(element, withAttribute(element, "fixed", "mutant")),
          rule: "element.fixed.added",
        }),
      ),
    "narrow a text to numbers": (kind, next) =>
      spotMutation(
        kind,
        next,
        (spot) => isText(spot) && plainValue(spot),
        ({ element }) => ({
          files: replace(element, withAttribute(element, "type", tag("int"))),
          rule: "type.base.narrowed",
        }),
      ),
    "rename an element a little": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element, siblings }) =>
          element.name.local.length > 5 &&
          siblings.length > 2 &&
          !siblings.some(({ name }) => name.local === `${element.name.local}s`),
        (spot) => ({
          files: replace(spot.element, withAttribute(spot.element, "name", `${spot.element.name.local}s`)),
          rule: "element.renamed.likely",
          at: [at(spot, `${spot.element.name.local}s`)],
        }),
      ),
    "rename an element by case": (kind, next) => {
      const turned = (local: string): string => local.toUpperCase();
      return spotMutation(
        kind,
        next,
        ({ element, siblings }) =>
          turned(element.name.local) !== element.name.local &&
          siblings.length > 2 &&
          !siblings.some(({ name }) => name.local === turned(element.name.local)),
        (spot) => ({
          files: replace(spot.element, withAttribute(spot.element, "name", turned(spot.element.name.local))),
          rule: "element.renamed.case",
          at: [at(spot, turned(spot.element.name.local))],
        }),
      );
    },
    "swap two elements": (kind, next) =>
      spotMutation(
        kind,
        next,
        (spot) => {
          const other = follower(spot);
          return other?.ref === undefined && other?.extent.file === spot.element.extent.file;
        },
        (spot) => {
          const [a, b] = [spot.element, follower(spot) as ElementParticle];
          const text = files.get(a.extent.file) ?? "";
          const between = text.slice(a.extent.end, b.extent.start);
          return {
            files: edit(a.extent.file, a.extent.start, b.extent.end, textOf(b) + between + textOf(a)),
            rule: a.min > 0 && b.min > 0 ? "element.reordered.required" : "element.reordered.optional",
            at: [at(spot, a.name.local), at(spot, b.name.local)],
          };
        },
      ),
    "leave the place open": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element, siblings }) => siblings.at(-1) === element,
        (spot) => ({
          files: replace(
            spot.element,
            `${textOf(spot.element)}<${tag("any")} namespace="##other" processContents="lax" minOccurs="0"/>`,
          ),
          rule: "wildcard.added",
          at: [at(spot, "*")],
        }),
      ),
    "add a value": (kind, next) => {
      const type = pick(enumerations, next);
      if (type === undefined) return undefined;
      const { file, end } = enumerationTag(type, Math.floor(next() * (type.facets.enumeration?.length ?? 0)));
      return {
        kind,
        files: edit(file, end, end, `<${tag("enumeration")} value="0_0_0"/>`),
        rule: "enum.value.added",
        at: [enumPlace(type, "0_0_0")],
      };
    },
    "remove a value": (kind, next) => {
      const type = pick(enumerations, next);
      if (type === undefined) return undefined;
      const index = Math.floor(next() * (type.facets.enumeration?.length ?? 0));
      const { file, start, end } = enumerationTag(type, index);
      const { value = "" } = type.facets.enumeration?.[index] ?? {};
      // A default must stay a value.
      const isDefault = `default="${value}"`;
      if ([...files.values()].some((text) => text.includes(isDefault))) return undefined;
      return {
        kind,
        files: edit(file, start, end, ""),
        rule: "enum.value.removed",
        at: [enumPlace(type, value)],
      };
    },
    "list values in another order": (kind, next) => {
      const type = pick(enumerations, next);
      if (type === undefined) return undefined;
      const [a, b] = [enumerationTag(type, 0), enumerationTag(type, 1)];
      if (a.file !== b.file || a.end > b.start) return undefined;
      const text = files.get(a.file) ?? "";
      const swapped = text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end);
      return {
        kind,
        files: edit(a.file, a.start, b.end, swapped),
        rule: "enum.reordered",
        at: [placeText(componentOf(type.id))],
      };
    },
    // What means the same.
    "bracket an element": (kind, next) =>
      spotMutation(
        kind,
        next,
        () => true,
        ({ element }) => ({
          files: replace(element, `<${tag("sequence")}>${textOf(element)}</${tag("sequence")}>`),
          at: [],
        }),
      ),
    "make a choice of one": (kind, next) =>
      spotMutation(
        kind,
        next,
        () => true,
        ({ element }) => ({
          files: replace(element, `<${tag("choice")}>${textOf(element)}</${tag("choice")}>`),
          at: [],
        }),
      ),
    "say once": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => element.min === 1 && element.max === 1,
        ({ element }) => ({
          files: replace(
            element,
            withAttribute(element, "minOccurs", "1")
              .replace(/(?=\/?>)/u, ' maxOccurs="1"')
              .replace(/maxOccurs="1"(.*?)maxOccurs="1"/su, 'maxOccurs="1"$1'),
          ),
          at: [],
        }),
      ),
    "restrict a type by nothing": (kind, next) =>
      spotMutation(
        kind,
        next,
        (spot) => hasType(spot) && isText(spot) && /\/>$/u.test(textOf(spot.element)),
        ({ element }) => ({
          files: replace(
            element,
            `${withAttribute(element, "type", undefined).replace(/\/>$/u, ">")}<${tag("simpleType")}><${tag("restriction")} base="${tag("string")}"/></${tag("simpleType")}></${tag("element")}>`,
          ),
          at: [],
        }),
      ),
    "write a comment": (kind, next) =>
      spotMutation(
        kind,
        next,
        () => true,
        ({ element }) => ({ files: replace(element, `<!-- zz -->\n\t${textOf(element)}`), at: [] }),
      ),
  };
  return {
    kinds: Object.keys(makers),
    mutate: (kind, next) => makers[kind]?.(kind, next),
  };
}
