/** A model as trees for reading: a release, one component, and what reaches it. */
import { ancestry, displayName, memberKey, nameOfId, pathTo, reachedTypes, typeOf } from "../model/query.js";
import {
  XSD_NAMESPACE,
  type AttributeUse,
  type ComplexType,
  type ElementDeclaration,
  type ElementParticle,
  type Facets,
  type Model,
  type Particle,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
  type Wildcard,
} from "../model/types.js";
import type { Service } from "../service/types.js";
import { escapeLine, plural, type Style } from "../terminal.js";

/** A line of an outline, and the lines below it. */
export interface Outline {
  readonly label: string;
  /** Type of an element or attribute. */
  readonly type?: string;
  /** `1`, `0..1`, `1..*`. */
  readonly occurs?: string;
  /** The release that brought it. */
  readonly since?: string;
  /** What else is to say: nillable, a default, limits. */
  readonly notes?: readonly string[];
  readonly children?: readonly Outline[];
}

/** What an outline is drawn from. */
export interface OutlineInput {
  readonly model: Model;
  readonly service?: Service | undefined;
  /** By member key, see `EmitInput.since`. */
  readonly since: (key: string) => string | undefined;
}

/** Something in a model that a user can name. */
export interface Component {
  readonly kind: "type" | "element" | "group" | "attribute group" | "attribute" | "operation";
  /** Id in its symbol space; `service.name` of an operation. */
  readonly id: string;
  /** As users write it: `prefix:local`. */
  readonly name: string;
}

/** All components of a model, operations first. */
export function componentsOf({ model, service }: OutlineInput): readonly Component[] {
  const named = (kind: Component["kind"], ids: readonly string[]): Component[] =>
    ids.map((id) => ({ kind, id, name: displayName(model, id) }));
  const types = Object.values(model.types).filter((type) => type.name !== undefined);
  return [
    ...(service?.operations ?? []).map((operation): Component => {
      const name = `${operation.service}.${operation.name}`;
      return { kind: "operation", id: name, name };
    }),
    ...named("element", Object.keys(model.elements)),
    ...named(
      "type",
      types.map((type) => type.id),
    ),
    ...named("group", Object.keys(model.groups)),
    ...named("attribute group", Object.keys(model.attributeGroups)),
    ...named("attribute", Object.keys(model.attributes)),
  ];
}

/** The components that a word names: `prefix:local`, `{uri}local`, `service.operation`, or a local name alone. */
export function findComponents(word: string, components: readonly Component[]): readonly Component[] {
  const exact = components.filter(({ name, id }) => name === word || id === word);
  if (exact.length > 0) return exact;
  const local = components.filter(({ kind, id }) =>
    kind === "operation" ? id.slice(id.indexOf(".") + 1) === word : nameOfId(id).local === word,
  );
  if (local.length > 0) return local;
  // Reports and documents of the wire write the operation `getUser` as `GetUser`.
  const plain = word.toLowerCase();
  return components.filter(
    ({ kind, id }) =>
      kind === "operation" &&
      [id, id.slice(id.indexOf(".") + 1)].some((name) => name.toLowerCase() === plain),
  );
}

/** The whole release: namespaces with what they declare, services with their operations. */
export function outlineRelease(input: OutlineInput): readonly Outline[] {
  const { model, service } = input;
  const outlines: Outline[] = [];
  for (const { uri, prefix } of model.namespaces) {
    const inside = (id: string): boolean => nameOfId(id).namespace === uri;
    const types = Object.values(model.types).filter((type) => type.name !== undefined && inside(type.id));
    const elements = Object.values(model.elements).filter((element) => inside(element.id));
    outlines.push({
      label: prefix === "" ? "(no namespace)" : prefix,
      ...(uri !== "" && { type: uri }),
      notes: [plural(types.length, "type"), plural(elements.length, "element")],
      children: [
        ...elements.map((element) => ({
          label: `<${element.name.local}>`,
          type: typeName(model, element.type),
          ...sinceOf(input, `element:${element.id}`),
        })),
        ...types.map((type) => ({
          label: type.name?.local ?? "",
          type: kindOf(model, type),
          ...sinceOf(input, type.id),
        })),
      ],
    });
  }
  const services = new Map<string, Outline[]>();
  for (const operation of service?.operations ?? []) {
    const list = services.get(operation.service) ?? [];
    list.push({
      label: operation.name,
      ...sinceOf(input, `operation:${operation.service}.${operation.name}`),
    });
    services.set(operation.service, list);
  }
  for (const [name, children] of services) {
    outlines.push({ label: `service ${name}`, notes: [plural(children.length, "operation")], children });
  }
  return outlines;
}

/** One component with its content; types of children are opened `depth` levels deep. */
export function outlineComponent(
  component: Component,
  input: OutlineInput,
  depth: number,
): readonly Outline[] {
  const { model, service } = input;
  switch (component.kind) {
    case "operation": {
      const operation = service?.operations.find(
        ({ service, name }) => `${service}.${name}` === component.id,
      );
      if (operation === undefined) return [];
      const side = (label: string, id: TypeId): Outline => ({
        label,
        type: typeName(model, id),
        children: contentOf(input, id, Math.max(1, depth), new Set()),
      });
      return [
        {
          label: component.id,
          type: "operation",
          ...sinceOf(input, `operation:${component.id}`),
          notes: [operation.wireType, ...(operation.safe ? ["has no effect"] : [])],
          children: [side("request", operation.request), side("response", operation.response)],
        },
      ];
    }
    case "type": {
      const type = typeOf(model, component.id);
      return type === undefined ? [] : [outlineType(input, type, depth)];
    }
    case "element": {
      const element = model.elements[component.id];
      if (element === undefined) return [];
      const members = model.substitutions[element.id] ?? [];
      return [
        {
          label: `<${component.name}>`,
          type: typeName(model, element.type),
          ...sinceOf(input, `element:${element.id}`),
          notes: [
            ...notesOf(element),
            ...(members.length > 0
              ? [`may be replaced by ${members.map((id) => displayName(model, id)).join(", ")}`]
              : []),
          ],
          children: contentOf(input, element.type, Math.max(1, depth), new Set()),
        },
      ];
    }
    case "group": {
      const group = model.groups[component.id];
      return group === undefined
        ? []
        : [
            {
              label: component.name,
              type: "group",
              children: particleOutlines(input, group.particle, component.id, depth, new Set(), true),
            },
          ];
    }
    case "attribute group": {
      const group = model.attributeGroups[component.id];
      return group === undefined
        ? []
        : [
            {
              label: component.name,
              type: "attribute group",
              children: [
                ...group.attributes.map((use) => outlineAttribute(input, use)),
                ...(group.anyAttribute ? [outlineWildcard("any attribute", group.anyAttribute)] : []),
              ],
            },
          ];
    }
    case "attribute": {
      const attribute = model.attributes[component.id];
      return attribute === undefined
        ? []
        : [
            {
              label: `@${component.name}`,
              type: typeName(model, attribute.type),
              notes: valueNotes(attribute),
            },
          ];
    }
  }
}

function outlineType(input: OutlineInput, type: TypeDefinition, depth: number): Outline {
  const { model } = input;
  return {
    label: displayName(model, type.id),
    type: kindOf(model, type),
    ...sinceOf(input, type.id),
    notes: type.kind === "complex" && type.abstract ? ["abstract"] : [],
    children: contentOf(input, type.id, Math.max(1, depth), new Set()),
  };
}

/** `complex type extends use:userType`, `simple type, xs:string`. */
function kindOf(model: Model, type: TypeDefinition): string {
  const base = typeName(model, type.base);
  if (type.kind === "complex") {
    return base === "xs:anyType"
      ? "complex type"
      : `complex type ${type.derivation === "extension" ? "extends" : "restricts"} ${base}`;
  }
  if (type.variety === "list") return `list of ${typeName(model, type.item ?? "")}`;
  if (type.variety === "union")
    return `union of ${(type.members ?? []).map((id) => typeName(model, id)).join(", ")}`;
  return type.facets.enumeration === undefined ? `simple type ${base}` : `enumeration ${base}`;
}

/** A type as users write it; built-in ones with `xs:`, anonymous ones by what they are. */
function typeName(model: Model, id: TypeId): string {
  if (id.startsWith(`{${XSD_NAMESPACE}}`)) return `xs:${nameOfId(id).local}`;
  const type = model.types[id];
  if (type !== undefined && type.name === undefined) {
    if (type.kind === "complex") return "(anonymous)";
    return type.facets.enumeration !== undefined ? "(enumeration)" : typeName(model, type.base);
  }
  return displayName(model, id);
}

/** What is inside a type: attributes, then elements, those of its bases first under their names; or its limits. */
function contentOf(
  input: OutlineInput,
  id: TypeId,
  depth: number,
  open: ReadonlySet<TypeId>,
): readonly Outline[] {
  const { model } = input;
  const type = model.types[id];
  if (type === undefined || depth <= 0) return [];
  if (open.has(id)) return [{ label: "(recursive)" }];
  const inside = new Set([...open, id]);
  if (type.kind === "simple") return facetOutlines(input, type);
  const chain: ComplexType[] = [];
  for (const each of ancestry(model, id)) {
    if (each.kind !== "complex" || model.types[each.id] === undefined) break;
    chain.unshift(each);
    if (each.derivation === "restriction") break;
  }
  const outlines: Outline[] = [];
  const attributes = type.attributes.map((use) => outlineAttribute(input, use));
  if (type.anyAttribute) attributes.push(outlineWildcard("any attribute", type.anyAttribute));
  if (type.content.kind === "simple") {
    outlines.push({ label: "(text)", type: typeName(model, type.content.type) });
  } else if (type.content.kind === "elements" && type.content.mixed) outlines.push({ label: "(mixed text)" });
  for (const attribute of attributes) outlines.push(attribute);
  for (const step of chain) {
    const { content } = step;
    if (content.kind !== "elements") continue;
    const particle = step.derivation === "extension" ? content.own : content.particle;
    if (particle === undefined) continue;
    const children = particleOutlines(input, particle, step.id, depth, inside, true);
    if (step.id === id) {
      for (const child of children) outlines.push(child);
    } else if (children.length > 0) {
      outlines.push({ label: `from ${displayName(model, step.id)}`, children });
    }
  }
  return outlines;
}

function particleOutlines(
  input: OutlineInput,
  particle: Particle,
  owner: string,
  depth: number,
  open: ReadonlySet<TypeId>,
  outermost = false,
): readonly Outline[] {
  if (particle.max === 0) return [];
  if (particle.kind === "any") {
    return [{ ...outlineWildcard("any element", particle.wildcard), occurs: occursOf(particle) }];
  }
  if (particle.kind === "element") return [outlineElement(input, particle, owner, depth, open)];
  const children = particle.particles.flatMap((part) => particleOutlines(input, part, owner, depth, open));
  const plain = particle.kind === "sequence" && particle.min === 1 && particle.max === 1;
  if (plain && (outermost || particle.group === undefined)) return children;
  const label = particle.kind === "choice" ? "one of" : particle.kind === "all" ? "in any order" : "sequence";
  return [
    {
      label,
      occurs: occursOf(particle),
      ...(particle.group !== undefined && { type: `group ${displayName(input.model, particle.group)}` }),
      children,
    },
  ];
}

function outlineElement(
  input: OutlineInput,
  element: ElementParticle,
  owner: string,
  depth: number,
  open: ReadonlySet<TypeId>,
): Outline {
  const { model } = input;
  const anonymous = model.types[element.type]?.name === undefined;
  const substitutes = element.ref === undefined ? [] : (model.substitutions[element.ref] ?? []);
  return {
    label: element.name.local,
    type: typeName(model, element.type),
    occurs: occursOf(element),
    ...sinceOf(input, memberKey(owner, element)),
    notes: [
      ...notesOf(element),
      ...(substitutes.length > 0 ? [`or ${substitutes.map((id) => displayName(model, id)).join(", ")}`] : []),
    ],
    // What has no name of its own can be seen nowhere else.
    children: contentOf(input, element.type, anonymous ? Math.max(1, depth) : depth - 1, open),
  };
}

function outlineAttribute(input: OutlineInput, use: AttributeUse): Outline {
  return {
    label: `@${use.name.local}`,
    type: typeName(input.model, use.type),
    occurs: use.required ? "1" : "0..1",
    ...sinceOf(input, memberKey(use.declaredIn, use)),
    notes: valueNotes(use),
  };
}

function outlineWildcard(label: string, wildcard: Wildcard): Outline {
  const { namespaces } = wildcard;
  const which =
    namespaces.kind === "any"
      ? "any namespace"
      : `${namespaces.kind === "not" ? "not " : ""}${namespaces.uris.map((uri) => (uri === "" ? "no namespace" : uri)).join(", ")}`;
  return { label, type: which, notes: [wildcard.process] };
}

function facetOutlines(input: OutlineInput, type: SimpleType): readonly Outline[] {
  const { facets } = type;
  // What the built-in type says by itself goes without saying.
  const builtin = type.builtin === undefined ? undefined : typeOf(input.model, type.builtin);
  const given: Facets = builtin?.kind === "simple" ? builtin.facets : {};
  const outlines: Outline[] = [];
  for (const { value, documentation } of facets.enumeration ?? []) {
    outlines.push({
      label: JSON.stringify(value),
      ...sinceOf(input, `${type.id}=${value}`),
      notes: documentation === undefined ? [] : [documentation.trim().replace(/\s+/gu, " ")],
    });
  }
  const givenPatterns = new Set((given.patterns ?? []).map((alternatives) => alternatives.join(" | ")));
  for (const pattern of (facets.patterns ?? []).map((alternatives) => alternatives.join(" | "))) {
    if (!givenPatterns.has(pattern)) outlines.push({ label: `pattern ${pattern}` });
  }
  for (const name of limits) {
    const value = facets[name];
    if (value !== undefined && value !== given[name]) outlines.push({ label: `${name} ${value}` });
  }
  return outlines;
}

const limits = [
  "length",
  "minLength",
  "maxLength",
  "minInclusive",
  "minExclusive",
  "maxInclusive",
  "maxExclusive",
  "totalDigits",
  "fractionDigits",
] as const satisfies readonly (keyof Facets)[];

function notesOf(element: ElementParticle | ElementDeclaration): string[] {
  return [
    ...(element.abstract ? ["abstract"] : []),
    ...(element.nillable ? ["nillable"] : []),
    ...valueNotes(element),
  ];
}

function valueNotes(value: { readonly default?: string; readonly fixed?: string }): string[] {
  if (value.fixed !== undefined) return [`always ${JSON.stringify(value.fixed)}`];
  return value.default === undefined ? [] : [`default ${JSON.stringify(value.default)}`];
}

function occursOf({ min, max }: { readonly min: number; readonly max: number | "unbounded" }): string {
  if (max === "unbounded") return `${min}..*`;
  return min === max ? String(min) : `${min}..${max}`;
}

function sinceOf(input: OutlineInput, key: string): { readonly since?: string } {
  const since = input.since(key);
  return since === undefined ? {} : { since };
}

/** What reaches a component: from each operation and global element the shortest way, shortest first. */
export function outlineReasons(component: Component, input: OutlineInput): readonly Outline[] {
  const { model, service } = input;
  const target =
    component.kind === "element"
      ? model.elements[component.id]?.type
      : component.kind === "type"
        ? component.id
        : undefined;
  if (target === undefined) return [];
  const roots: { label: string; type: TypeId }[] = [
    ...(service?.operations ?? []).flatMap((operation) => [
      { label: `${operation.service}.${operation.name} request`, type: operation.request },
      { label: `${operation.service}.${operation.name} response`, type: operation.response },
    ]),
    ...Object.values(model.elements).map((element) => ({
      label: `<${displayName(model, element.id)}>`,
      type: element.type,
    })),
  ];
  const ways: { length: number; outline: Outline }[] = [];
  for (const { label, type } of roots) {
    const reached = reachedTypes(model, [type], { slots: service?.slots ?? [] });
    if (!reached.has(target)) continue;
    const path = pathTo(reached, target);
    const steps = path.map(({ by }) =>
      by === "base" ? "(its base)" : by === "derived" ? "(a derived type)" : by,
    );
    ways.push({ length: path.length, outline: { label, type: steps.join(" / ") } });
  }
  return ways.sort((a, b) => a.length - b.length).map(({ outline }) => outline);
}

/** Outlines as lines in columns, children behind branches; ends with a newline. */
export function formatOutlines(outlines: readonly Outline[], style: Style, width: number): string {
  const rows: { readonly tree: string; readonly outline: Outline }[] = [];
  const collect = (each: Outline, lead: string, branch: string): void => {
    rows.push({ tree: lead + branch, outline: each });
    const children = each.children ?? [];
    const inner = branch === "" ? "" : branch === "├─ " ? "│  " : "   ";
    children.forEach((child, index) => {
      collect(child, lead + inner, index === children.length - 1 ? "└─ " : "├─ ");
    });
  };
  for (const each of outlines) collect(each, "", "");
  const cells = rows.map(({ tree, outline }) => ({
    tree,
    label: escapeLine(outline.label),
    type: escapeLine(outline.type ?? ""),
    occurs: outline.occurs ?? "",
    rest: [
      ...(outline.since === undefined ? [] : [`since ${escapeLine(outline.since)}`]),
      ...(outline.notes ?? []).map(escapeLine),
    ].join(", "),
  }));
  const cap = Math.max(24, Math.floor(width * 0.45));
  const widest = (values: readonly number[]): number =>
    values.reduce((most, each) => (each > most && each <= cap ? each : most), 0);
  const first = widest(cells.map(({ tree, label }) => tree.length + label.length));
  const second = widest(cells.map(({ type }) => type.length));
  const third = widest(cells.map(({ occurs }) => occurs.length));
  const lines = cells.map(({ tree, label, type, occurs, rest }) => {
    const pad = (text: string, length: number): string => " ".repeat(Math.max(0, length - text.length));
    const line =
      style.dim(tree) +
      (tree === "" ? style.bold(label) : label) +
      pad(tree + label, first) +
      (second > 0 ? `  ${style.cyan(type)}${pad(type, second)}` : "") +
      (third > 0 ? `  ${occurs}${pad(occurs, third)}` : "") +
      (rest === "" ? "" : `  ${style.dim(rest)}`);
    return line.trimEnd();
  });
  return `${lines.join("\n")}\n`;
}
