/** Edits of known kind to real schemas, made in their text, with the finding that each must give. */
import { derivedTypes, ownElements } from "../../generator/model/query.js";
import type {
  AttributeUse,
  ComplexType,
  ElementParticle,
  Model,
  Particle,
  SimpleType,
} from "../../generator/model/types.js";
import { componentOf } from "../../generator/diff/place.js";
import type { ComponentPath } from "../../generator/diff/index.js";
import { bundleMutations } from "./bundle-mutations.js";

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

type Extent = ElementParticle["extent"];

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
  const holds = (outer: Extent, inner: Extent): boolean =>
    outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
  /** Attributes that one type declares itself, in place. */
  const attributes = Object.values(model.types).flatMap((owner) =>
    owner.kind !== "complex" || owner.derivation === "restriction"
      ? []
      : owner.attributes
          .filter(
            ({ ref, extent }) =>
              ref === undefined &&
              holds(owner.extent, extent) &&
              // Where a type below or beside it restricts the attribute, more than one place changes.
              !derivedTypes(model, owner.id).some((id) => {
                const other = model.types[id];
                return other?.kind === "complex" && other.derivation === "restriction";
              }),
          )
          .map((use) => ({ owner, use })),
  );
  /** Elements that are one branch of a choice which is taken once. */
  const branches = Object.values(model.types).flatMap((owner) => {
    if (owner.kind !== "complex" || owner.content.kind !== "elements") return [];
    const found: { readonly owner: ComplexType; readonly element: ElementParticle }[] = [];
    const visit = (part: Particle): void => {
      if (part.kind === "element" || part.kind === "any" || part.max !== 1 || part.group !== undefined)
        return;
      part.particles.forEach(visit);
      if (part.kind !== "choice" || part.particles.length < 2) return;
      const [element] = part.particles.filter((each): each is ElementParticle => each.kind === "element");
      if (
        element !== undefined &&
        holds(owner.extent, element.extent) &&
        part.particles.every((each) => each.min === 1)
      )
        found.push({ owner, element });
    };
    const root = owner.derivation === "extension" ? owner.content.own : owner.content.particle;
    if (root !== undefined) visit(root);
    return found;
  });
  const pick = <T>(list: readonly T[], next: () => number): T | undefined =>
    list[Math.floor(next() * list.length)];
  const edit = (file: string, start: number, end: number, by: string): Files => {
    const text = files.get(file) ?? "";
    return new Map([...files, [file, text.slice(0, start) + by + text.slice(end)]]);
  };
  const textOf = ({ extent }: Pick<ElementParticle, "extent">): string =>
    (files.get(extent.file) ?? "").slice(extent.start, extent.end);
  const replace = (element: Pick<ElementParticle, "extent">, by: string): Files =>
    edit(element.extent.file, element.extent.start, element.extent.end, by);
  /** The text of an element with one attribute of its start tag set, or taken away. */
  const withAttribute = (
    element: Pick<ElementParticle, "extent">,
    name: string,
    value: string | undefined,
  ): string => {
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
  const attributeMutation = (
    kind: string,
    next: () => number,
    filter: (use: AttributeUse, text: string) => boolean,
    make: (use: AttributeUse) => { readonly text: string; readonly rule: string; readonly name?: string },
  ): Mutation | undefined => {
    const spot = pick(
      attributes.filter(({ use }) => filter(use, textOf(use))),
      next,
    );
    if (spot === undefined) return undefined;
    const { text, rule, name } = make(spot.use);
    const component = componentOf(spot.owner.id);
    const place = placeText({ ...component, path: [...component.path, `@${name ?? spot.use.name.local}`] });
    return { kind, files: replace(spot.use, text), rule, at: [place] };
  };
  /** The element with a type in place that restricts text. */
  const restricted = (element: ElementParticle, facets: string): string =>
    `${withAttribute(element, "type", undefined).replace(/\/>$/u, ">")}<${tag("simpleType")}><${tag("restriction")} base="${tag("string")}">${facets}</${tag("restriction")}></${tag("simpleType")}></${tag("element")}>`;
  const restriction = (
    kind: string,
    next: () => number,
    facets: string,
    rule: string,
  ): Mutation | undefined =>
    spotMutation(
      kind,
      next,
      (spot) => isText(spot) && plainValue(spot) && /\/>$/u.test(textOf(spot.element)),
      ({ element }) => ({ files: replace(element, restricted(element, facets)), rule }),
    );
  /** A file with a declaration more at its end. */
  const appended = (file: string, declaration: string): Files => {
    const text = files.get(file) ?? "";
    const end = text.lastIndexOf("</");
    return edit(file, end, end, declaration);
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
        ({ element }) => element.max === "unbounded" && element.min <= 1,
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
    "limit a text": (kind, next) =>
      restriction(kind, next, `<${tag("maxLength")} value="7"/>`, "facet.maxLength.added"),
    "give a text a pattern": (kind, next) =>
      restriction(kind, next, `<${tag("pattern")} value="[a-z]+"/>`, "facet.pattern.added"),
    "list the values of a text": (kind, next) =>
      restriction(
        kind,
        next,
        `<${tag("enumeration")} value="a"/><${tag("enumeration")} value="b"/>`,
        "enum.added-to-open",
      ),
    "add an optional attribute": (kind, next) =>
      attributeMutation(
        kind,
        next,
        () => true,
        (use) => ({
          text: `${textOf(use)}<${tag("attribute")} name="zzMutant" type="${tag("int")}"/>`,
          rule: "attribute.added.optional",
          name: "zzMutant",
        }),
      ),
    "add a required attribute": (kind, next) =>
      attributeMutation(
        kind,
        next,
        () => true,
        (use) => ({
          text: `${textOf(use)}<${tag("attribute")} name="zzMutant" type="${tag("int")}" use="required"/>`,
          rule: "attribute.added.required",
          name: "zzMutant",
        }),
      ),
    "remove an attribute": (kind, next) =>
      attributeMutation(
        kind,
        next,
        () => true,
        (use) => ({
          text: "",
          rule: use.required ? "attribute.removed.required" : "attribute.removed.optional",
        }),
      ),
    "make an attribute required": (kind, next) =>
      attributeMutation(
        kind,
        next,
        (use) => !use.required && use.default === undefined && use.fixed === undefined,
        (use) => ({
          text: withAttribute(use, "use", "required"),
          rule: "attribute.use.optional-to-required",
        }),
      ),
    "make an attribute optional": (kind, next) =>
      attributeMutation(
        kind,
        next,
        (use) => use.required,
        (use) => ({ text: withAttribute(use, "use", undefined), rule: "attribute.use.required-to-optional" }),
      ),
    "give an attribute a default": (kind, next) =>
      attributeMutation(
        kind,
        next,
        (use, text) =>
          !use.required &&
          use.default === undefined &&
          use.fixed === undefined &&
          / type="[^"]*:string"/u.test(text),
        (use) => ({ text: withAttribute(use, "default", "mutant"), rule: "attribute.default.added" }),
      ),
    "add a branch to a choice": (kind, next) => {
      const spot = pick(branches, next);
      if (spot === undefined) return undefined;
      const component = componentOf(spot.owner.id);
      return {
        kind,
        files: replace(
          spot.element,
          `${textOf(spot.element)}<${tag("element")} name="zzMutant" type="${tag("int")}"/>`,
        ),
        rule: "group.choice.branch-added",
        at: [placeText({ ...component, path: [...component.path, "zzMutant"] })],
      };
    },
    "let another element be chosen": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ siblings }) => siblings.length > 1,
        (spot) => ({
          files: replace(
            spot.element,
            `<${tag("choice")}>${textOf(spot.element)}<${tag("element")} name="zzMutant" type="${tag("int")}"/></${tag("choice")}>`,
          ),
          rule: "group.choice.branch-added",
          at: [at(spot, "zzMutant")],
        }),
      ),
    "write a fixed text in another way": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) =>
          element.default !== undefined && /^<[^>]* type="[^"]*:boolean"/u.test(textOf(element)),
        ({ element }) => ({
          files: replace(
            element,
            withAttribute(element, "default", { true: "1", false: "0" }[element.default ?? ""] ?? "true"),
          ),
          at: [],
        }),
      ),
    "declare a type that nobody uses": (kind, next) => {
      const spot = pick(spots, next);
      if (spot === undefined) return undefined;
      const body = `<${tag("sequence")}><${tag("element")} name="a" type="${tag("int")}"/></${tag("sequence")}>`;
      const declaration = `<${tag("complexType")} name="ZzMutant">${body}</${tag("complexType")}>`;
      return {
        kind,
        files: appended(spot.owner.extent.file, declaration),
        rule: "type.added",
        at: ["ZzMutant"],
      };
    },
    // What means the same.
    "document an element": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ element }) => /\/>$/u.test(textOf(element)),
        ({ element }) => ({
          files: replace(
            element,
            `${textOf(element).replace(/\/>$/u, ">")}<${tag("annotation")}><${tag("documentation")}>zz</${tag("documentation")}></${tag("annotation")}></${tag("element")}>`,
          ),
          at: [],
        }),
      ),
    "declare a group and use it": (kind, next) =>
      spotMutation(
        kind,
        next,
        ({ owner }) => (files.get(owner.extent.file) ?? "").includes("targetNamespace"),
        ({ owner, element }) => {
          const text = files.get(owner.extent.file) ?? "";
          const own = /targetNamespace="([^"]*)"/u.exec(text)?.[1] ?? "";
          const bound = [...text.matchAll(/xmlns(?::([\w.-]+))?="([^"]*)"/gu)].find(
            ([, , uri]) => uri === own,
          )?.[1];
          const name = bound === undefined ? "zzGroup" : `${bound}:zzGroup`;
          const group = `<${tag("group")} name="zzGroup"><${tag("sequence")}>${textOf(element)}</${tag("sequence")}></${tag("group")}>`;
          const end = text.lastIndexOf("</");
          const changed =
            text.slice(0, element.extent.start) +
            `<${tag("group")} ref="${name}"/>` +
            text.slice(element.extent.end, end) +
            group +
            text.slice(end);
          return { files: new Map([...files, [owner.extent.file, changed]]), at: [] };
        },
      ),
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
    ...bundleMutations(files, model),
  };
  return {
    kinds: Object.keys(makers),
    mutate: (kind, next) => makers[kind]?.(kind, next),
  };
}
