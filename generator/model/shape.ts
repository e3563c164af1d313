/**
 * From effective content to what TypeScript and the tables show: the one function for both.
 *
 * A content model is a tree of particles; users want properties. Where names tell the places apart, each
 * element gets a property. Where only order does (a repeated group, one name in two places, several
 * wildcards, mixed text), the smallest group concerned becomes a slot: one ordered array of tagged items.
 */
import type { SlotModel } from "../../templates/runtime/descriptor.js";
import { anyTypeId } from "./builtins.js";
import {
  bound,
  contentTree,
  extendedContent,
  isEmptiable,
  isImpossible,
  simplify,
  type AnyNode,
  type ElementNode,
  type Node,
} from "./content-tree.js";
import {
  elementTag,
  memberKey,
  substitutesOf,
  substitutionGroupOf,
  typeOf,
  wildcardAdmits,
} from "./query.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type ElementDeclaration,
  type ElementId,
  type ElementParticle,
  type GroupId,
  type Model,
  type QName,
  type TypeId,
  type Wildcard,
} from "./types.js";

/** What one complex type looks like as an object. */
export interface Shape {
  readonly type: TypeId;
  /**
   * The extended type, when its shape comes unchanged before this one: `extends` and the descriptor's `base`.
   * `attributes` and `members` then hold the own ones only. Absent: they hold everything.
   */
  readonly base?: TypeId;
  /** Why a derived type that has a complex base lists everything itself. */
  readonly standalone?: "restriction" | "clash" | "mixed" | "all";
  readonly attributes: readonly ShapeAttribute[];
  /** The effective attribute wildcard. */
  readonly anyAttribute?: Wildcard;
  /** Simple content: the type of `$value`. Absent too when it is that of `base`. */
  readonly text?: TypeId;
  /** In schema order. */
  readonly members: readonly ShapeMember[];
  /** `xs:all`: children come in any order. */
  readonly all: boolean;
  /** How many exclusive branches TypeScript shows, inherited ones included; 1: a plain interface does. */
  readonly branches: number;
  readonly mixed: boolean;
}

export interface ShapeAttribute {
  /** `@name`, or `@prefix:name` when the attribute has a namespace. */
  readonly property: string;
  /** `<declaring type id>/@<local name>`, for since and remarks. */
  readonly key: string;
  readonly use: AttributeUse;
}

export type ShapeMember = ShapeField | ShapeChoice | ShapeSlot | ShapeAny;

/** A child element: a property of its own, or an item of a slot. */
export interface ShapeField {
  readonly kind: "field";
  /** The property; in a slot, the tag (`$name`). */
  readonly property: string;
  readonly name: QName;
  /** `<declaring type id>/<local name>`, for since and remarks. */
  readonly key: string;
  readonly type: TypeId;
  readonly min: number;
  readonly max: number | "unbounded";
  /** The global declaration, when this is a reference or a substitute. */
  readonly element?: ElementId;
  /**
   * All global elements that may stand here (the head itself unless abstract), when there is more than the head:
   * the value is a tagged item. Never set in a slot, where each of them is an item.
   */
  readonly substitutes?: readonly ElementId[];
  /** In a slot: the head element whose place this item takes. */
  readonly head?: ElementId;
  /** The declaration's properties: nillable, default, fixed, block, constraints, documentation. */
  readonly declaration: ElementParticle | ElementDeclaration;
}

/** Exactly one branch; none at all when `min` is 0. No branch is empty. Without branches no value is right. */
export interface ShapeChoice {
  readonly kind: "choice";
  readonly branches: readonly (readonly ShapeMember[])[];
  readonly min: 0 | 1;
  /** Too many combinations for TypeScript: shown as optional members side by side, checked at run time. */
  readonly flattened: boolean;
}

/** Ordered content: one array of tagged items. */
export interface ShapeSlot {
  readonly kind: "slot";
  /** `$content`, `$content2`, or `$` and the name of the group it is made from. */
  readonly property: string;
  readonly items: readonly (ShapeField | ShapeAny)[];
  /** Mixed: text between elements is kept as plain strings. */
  readonly text: boolean;
  /** The content model over indexes of `items`; absent when there are none. */
  readonly model?: SlotModel;
  /** 0: the array may be absent. */
  readonly min: 0 | 1;
  readonly group?: GroupId;
}

/** `xs:any`. */
export interface ShapeAny {
  readonly kind: "any";
  readonly property: string;
  readonly wildcard: Wildcard;
  readonly min: number;
  readonly max: number | "unbounded";
}

/** More exclusive branches in one type than this are shown as optional members. */
const maxBranches = 64;

/** The shape of a complex type. `anyType` itself has none: its value is a raw element. */
export function shapeOf(model: Model, type: TypeId): Shape {
  return entryOf(model, type).shape;
}

/** Base members first, then the own ones: all that an object of the type may hold. */
export function membersOf(model: Model, type: TypeId): readonly ShapeMember[] {
  return shapesOf(model, type).flatMap(({ members }) => members);
}

/** Attributes of the base first, then the own ones. */
export function attributesOf(model: Model, type: TypeId): readonly ShapeAttribute[] {
  return shapesOf(model, type).flatMap(({ attributes }) => attributes);
}

/** The shapes of a type and of what it extends, the furthest first. */
function shapesOf(model: Model, type: TypeId): readonly Shape[] {
  const shapes: Shape[] = [];
  for (let at: TypeId | undefined = type; at !== undefined; at = shapes.at(-1)?.base)
    shapes.push(shapeOf(model, at));
  return shapes.reverse();
}

/** All fields below the members, those in choices and slots included, in order. */
export function fieldsOf(members: readonly ShapeMember[]): readonly ShapeField[] {
  return members.flatMap((member) => {
    switch (member.kind) {
      case "field":
        return [member];
      case "choice":
        return member.branches.flatMap(fieldsOf);
      case "slot":
        return member.items.filter((item) => item.kind === "field");
      case "any":
        return [];
    }
  });
}

// ---------------------------------------------------------------------------------------------------------------
// From the tree to members
// ---------------------------------------------------------------------------------------------------------------

/** Members, and which names and wildcards they accept. */
interface Built {
  readonly members: readonly ShapeMember[];
  /** Expanded name to the field that has it alone; "shared" where a slot or a substitution takes it. */
  readonly names: ReadonlyMap<string, ShapeField | "shared">;
  /** The names that substitutions take beside these: a set for each head. */
  readonly groups: ReadonlySet<ReadonlySet<string>>;
  readonly wildcards: readonly Wildcard[];
}

interface Builder {
  readonly model: Model;
  /** The namespace whose elements keep their plain names. */
  readonly namespace: string;
}

const noGroups: Built["groups"] = new Set();
const nothing: Built = { members: [], names: new Map(), groups: noGroups, wildcards: [] };

function build(at: Builder, node: Node): Built {
  switch (node.kind) {
    case "element": {
      const field = fieldOf(at, node);
      const { ref, name } = node.particle;
      return field.substitutes === undefined || ref === undefined
        ? { ...nothing, members: [field], names: new Map([[idOf(name), field]]) }
        : { ...nothing, members: [field], groups: new Set([acceptedNames(at.model, ref)]) };
    }
    case "any":
      return { ...nothing, members: [anyOf(node)], wildcards: [node.particle.wildcard] };
    case "sequence":
    case "all": {
      if (node.max > 1) return buildSlot(at, node, false);
      // What repeats in any order needs its place (XSD 1.1).
      if (node.kind === "all" && node.parts.length > 1 && node.parts.some(({ max }) => max > 1))
        return buildSlot(at, node, false);
      const parts = node.parts.map((part) => build(at, part));
      const joined = joinParts(parts);
      if (joined === undefined) return buildSlot(at, node, false);
      if (node.min > 0) return joined;
      return {
        ...joined,
        members: [{ kind: "choice", branches: [joined.members], min: 0, flattened: false }],
      };
    }
    case "choice": {
      if (node.max > 1) return buildSlot(at, node, false);
      const parts = node.parts.map((part) => build(at, part));
      return joinBranches(parts, node.min === 0) ?? buildSlot(at, node, false);
    }
  }
}

/** Parts side by side; undefined when names do not tell which part an element belongs to. */
function joinParts(parts: readonly Built[]): Built | undefined {
  const names = new Map<string, ShapeField | "shared">();
  const groups = new Set<ReadonlySet<string>>();
  const wildcards: Wildcard[] = [];
  // A wildcard that comes first would lose its match to the property of that name.
  const isTaken = (name: string): boolean => wildcards.some((wildcard) => wildcardAdmits(wildcard, name));
  for (const part of parts) {
    if (wildcards.length > 0 && part.wildcards.length > 0) return undefined;
    if (overlap(names, groups, part)) return undefined;
    for (const [name, field] of part.names) {
      if (names.has(name) || isTaken(name)) return undefined;
      names.set(name, field);
    }
    for (const group of part.groups) {
      if (wildcards.length > 0 && [...group].some(isTaken)) return undefined;
      groups.add(group);
    }
    for (const wildcard of part.wildcards) wildcards.push(wildcard);
  }
  return { members: parts.flatMap((part) => part.members), names, groups, wildcards };
}

/** Whether a substitution in a part and something before it, or the other way round, take the same name. */
function overlap(names: Built["names"], groups: Built["groups"], part: Built): boolean {
  for (const group of part.groups) {
    if (groups.has(group) || meets(group, names)) return true;
    for (const other of groups) if (meets(group, other)) return true;
  }
  for (const group of groups) if (meets(group, part.names)) return true;
  return false;
}

/** Whether two sets have something in common. */
function meets(a: ReadonlySet<string>, b: ReadonlySet<string> | ReadonlyMap<string, unknown>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const name of few.keys()) if (many.has(name)) return true;
  return false;
}

/** Branches of which one is taken; the same name may be a plain property of the same kind in several. */
function joinBranches(parts: readonly Built[], optional: boolean): Built | undefined {
  const names = new Map<string, ShapeField | "shared">();
  const groups = new Set<ReadonlySet<string>>();
  if (parts.filter((part) => part.wildcards.length > 0).length > 1) return undefined;
  const wildcards = parts.flatMap((part) => part.wildcards);
  for (const part of parts) {
    if (overlap(names, groups, part)) return undefined;
    for (const [name, field] of part.names) {
      const other = names.get(name);
      if (other === undefined) names.set(name, field);
      else if (field === "shared" || other === "shared") return undefined;
      else if (isArray(field) !== isArray(other) || field.type !== other.type) return undefined;
    }
    for (const group of part.groups) groups.add(group);
  }
  return {
    members: [
      {
        kind: "choice",
        branches: parts.map((part) => part.members),
        min: optional ? 0 : 1,
        flattened: false,
      },
    ],
    names,
    groups,
    wildcards,
  };
}

function isArray(field: ShapeField): boolean {
  return field.max === "unbounded" || field.max > 1;
}

function fieldOf({ model }: Builder, node: ElementNode): ShapeField {
  const { particle, declaredIn } = node;
  const substitutes = particle.ref === undefined ? [] : substitutesOf(model, particle.ref);
  return {
    kind: "field",
    property: particle.name.local,
    name: particle.name,
    key: memberKey(declaredIn, particle),
    type: particle.type,
    min: node.min,
    max: bound(node.max),
    ...(particle.ref === undefined ? {} : { element: particle.ref }),
    ...(particle.ref !== undefined && (substitutes.length > 0 || particle.abstract)
      ? { substitutes: particle.abstract ? substitutes : substitutionGroupOf(model, particle.ref) }
      : {}),
    declaration: particle,
  };
}

const acceptedSets = new WeakMap<readonly ElementId[], ReadonlySet<string>>();

/** The names of a head and of what may stand for it: one set for all places that name the head. */
function acceptedNames(model: Model, head: ElementId): ReadonlySet<string> {
  const group = substitutionGroupOf(model, head);
  let names = acceptedSets.get(group);
  if (names === undefined) acceptedSets.set(group, (names = new Set(group)));
  return names;
}

function anyOf(node: AnyNode): ShapeAny {
  return {
    kind: "any",
    property: "$any",
    wildcard: node.particle.wildcard,
    min: node.min,
    max: bound(node.max),
  };
}

/** Turns a group into one ordered array. Properties are given later, when all slots of the type are known. */
function buildSlot(at: Builder, node: Node | undefined, text: boolean): Built {
  const items: (ShapeField | ShapeAny)[] = [];
  const indexes = new Map<string, number>();
  const names = new Map<string, "shared">();
  const itemOf = (field: ShapeField): number => {
    const name = idOf(field.name);
    names.set(name, "shared");
    // One element in several places is one item, unless an empty one means another value in each.
    const key = JSON.stringify([name, field.declaration.default, field.declaration.fixed]);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, items.length);
    items.push(field);
    return items.length - 1;
  };
  const modelOf = (part: Node): SlotModel => {
    const occurs = {
      ...(part.min === 1 ? {} : { min: part.min }),
      ...(part.max === 1 ? {} : { max: part.max }),
    };
    switch (part.kind) {
      case "element": {
        const { substitutes, ...field } = fieldOf(at, part);
        const one = { min: 1, max: 1 };
        if (substitutes === undefined) return { item: itemOf({ ...field, ...one }), ...occurs };
        const { model } = at;
        const head = field.element;
        const parts = substitutes.map((id) => {
          const declaration = model.elements[id];
          const item = {
            ...field,
            ...one,
            ...(declaration === undefined
              ? {}
              : { name: declaration.name, type: declaration.type, element: id, declaration }),
            property: elementTag(model, id),
            ...(head === undefined ? {} : { head }),
          };
          return { item: itemOf(item) };
        });
        const [only] = parts;
        if (only !== undefined && parts.length === 1) return { ...only, ...occurs };
        return { group: "choice", parts, ...occurs };
      }
      case "any":
        items.push({ ...anyOf(part), min: 1, max: 1 });
        return { item: items.length - 1, ...occurs };
      case "sequence":
      case "choice":
      case "all":
        return { group: part.kind, parts: part.parts.map(modelOf), ...occurs };
    }
  };
  const model = node === undefined ? undefined : modelOf(node);
  const slot: ShapeSlot = {
    kind: "slot",
    property: "",
    items: tagItems(at, items),
    text,
    ...(model === undefined ? {} : { model }),
    min: !isImpossible(node) && (text || node === undefined || isEmptiable(node)) ? 0 : 1,
    ...(node !== undefined && "group" in node && node.group !== undefined ? { group: node.group } : {}),
  };
  const wildcards = items.flatMap((item) => (item.kind === "any" ? [item.wildcard] : []));
  return { members: [slot], names, groups: noGroups, wildcards };
}

/** Gives equal local names of a slot different tags; the own namespace keeps the plain one. */
function tagItems(
  at: Builder,
  items: readonly (ShapeField | ShapeAny)[],
): readonly (ShapeField | ShapeAny)[] {
  const taken = new Map<string, string>();
  for (const own of [true, false]) {
    for (const item of items) {
      if (item.kind === "any" || (item.name.namespace === at.namespace) !== own) continue;
      if (!taken.has(item.property)) taken.set(item.property, idOf(item.name));
    }
  }
  return items.map((item) =>
    item.kind === "any" || taken.get(item.property) === idOf(item.name)
      ? item
      : { ...item, property: prefixed(at.model, item.name) },
  );
}

function prefixed(model: Model, name: QName): string {
  const prefix = model.namespaces.find((namespace) => namespace.uri === name.namespace)?.prefix ?? "";
  return `${prefix}:${name.local}`;
}

// ---------------------------------------------------------------------------------------------------------------
// From members to the shape of a type
// ---------------------------------------------------------------------------------------------------------------

/** A shape with what its extensions must know. */
interface Entry {
  readonly shape: Shape;
  /** Everything accepted, inherited parts included. */
  readonly accepted: Built;
  /** Property to the expanded name that has it, and slot properties. */
  readonly properties: ReadonlyMap<string, string>;
}

const entries = new WeakMap<Model, Map<TypeId, Entry>>();

function entryOf(model: Model, id: TypeId): Entry {
  let known = entries.get(model);
  if (known === undefined) entries.set(model, (known = new Map()));
  let entry = known.get(id);
  if (entry === undefined) known.set(id, (entry = makeEntry(model, id)));
  return entry;
}

function makeEntry(model: Model, id: TypeId): Entry {
  const type = typeOf(model, id);
  if (type?.kind !== "complex") throw new Error(`${id} is not a complex type of this model`);
  const at: Builder = { model, namespace: type.namespace };
  const base = typeOf(model, type.base);
  const complexBase =
    base?.kind === "complex" && base.id !== anyTypeId && id !== anyTypeId ? base : undefined;
  const mixed = type.content.kind === "elements" && type.content.mixed;

  let standalone: Shape["standalone"];
  if (complexBase !== undefined) {
    if (type.derivation === "restriction") standalone = "restriction";
    else {
      const inherited = entryOf(model, complexBase.id);
      const extended = extend(at, type, complexBase, inherited);
      if (typeof extended !== "string") return extended;
      standalone = extended;
    }
  }

  const tree = contentTree(model, type);
  let whole = nothing;
  if (mixed) whole = buildSlot(at, tree, true);
  else if (tree !== undefined) whole = build(at, tree);
  const only = whole.members.length === 1 ? whole.members[0] : undefined;
  const properties = new Map<string, string>();
  const named = nameProperties(at, whole.members, properties, only?.kind === "slot");
  const flat = flatten(named, 1);
  return {
    shape: {
      type: id,
      ...(standalone === undefined ? {} : { standalone }),
      attributes: type.attributes.map((use) => attributeOf(model, use)),
      ...(type.anyAttribute === undefined ? {} : { anyAttribute: type.anyAttribute }),
      ...(type.content.kind === "simple" ? { text: type.content.type } : {}),
      members: flat,
      all: tree?.kind === "all" && only?.kind !== "slot",
      branches: branchesOf(flat),
      mixed,
    },
    accepted: whole,
    properties,
  };
}

/** The entry of an extension that continues its base's shape, or why it cannot. */
function extend(
  at: Builder,
  type: ComplexType,
  base: ComplexType,
  inherited: Entry,
): Entry | NonNullable<Shape["standalone"]> {
  const { content } = type;
  const mixed = content.kind === "elements" && content.mixed;
  const continues = extendedContent(at.model, type) !== undefined;
  const own =
    content.kind !== "elements"
      ? undefined
      : continues
        ? content.own && simplify(content.own, type.id)
        : content.particle && simplify(content.particle, type.id);
  // Text has its place among all elements, so mixed content is one array unless the base holds no part of it.
  const inheritsSome = inherited.accepted.members.length > 0;
  if (mixed ? inheritsSome && (own !== undefined || !inherited.shape.mixed) : inherited.shape.mixed)
    return "mixed";
  if (own !== undefined && (inherited.shape.all || own.kind === "all") && continues) return "all";
  let built = nothing;
  if (mixed && !inherited.shape.mixed) built = buildSlot(at, own, true);
  else if (own !== undefined) built = build(at, own);
  const accepted = joinParts([inherited.accepted, built]);
  // A type whose own content is not told apart by names from its base's must show both in one array.
  if (accepted === undefined && own !== undefined) return "clash";
  const baseText = base.content.kind === "simple" ? base.content.type : undefined;
  const properties = new Map(inherited.properties);
  const named = nameProperties(at, built.members, properties, mixed);
  const flat = flatten(named, inherited.shape.branches);
  const inheritedKeys = new Set(base.attributes.map((use) => idOf(use.name)));
  return {
    shape: {
      type: type.id,
      base: base.id,
      attributes: type.attributes
        .filter((use) => !inheritedKeys.has(idOf(use.name)))
        .map((use) => attributeOf(at.model, use)),
      ...(type.anyAttribute === undefined ? {} : { anyAttribute: type.anyAttribute }),
      ...(content.kind === "simple" && content.type !== baseText ? { text: content.type } : {}),
      members: flat,
      all: own === undefined ? inherited.shape.all : own.kind === "all",
      branches: inherited.shape.branches * branchesOf(flat),
      mixed,
    },
    accepted: accepted ?? inherited.accepted,
    properties,
  };
}

function attributeOf(model: Model, use: AttributeUse): ShapeAttribute {
  const { name } = use;
  return {
    property: name.namespace === "" ? `@${name.local}` : `@${prefixed(model, name)}`,
    key: memberKey(use.declaredIn, use),
    use,
  };
}

/** Gives members their properties; `taken` holds those of the base and receives the new ones. */
function nameProperties(
  at: Builder,
  members: readonly ShapeMember[],
  taken: Map<string, string>,
  wholeIsSlot: boolean,
): readonly ShapeMember[] {
  const fields = new Map<string, string>();
  const collect = (list: readonly ShapeMember[], own: boolean): void => {
    for (const member of list) {
      if (member.kind === "choice") for (const branch of member.branches) collect(branch, own);
      if (member.kind !== "field" || (member.name.namespace === at.namespace) !== own) continue;
      const name = idOf(member.name);
      if (fields.has(name)) continue;
      const plain = member.name.local;
      const property =
        taken.has(plain) && taken.get(plain) !== name ? prefixed(at.model, member.name) : plain;
      taken.set(property, name);
      fields.set(name, property);
    }
  };
  collect(members, true);
  collect(members, false);
  const slotName = (slot: ShapeSlot): string => {
    const local = slot.group?.slice(slot.group.lastIndexOf("}") + 1);
    const stem = wholeIsSlot || local === undefined ? "$content" : `$${local}`;
    let property = stem;
    for (let count = 2; taken.has(property); count++) property = `${stem}${count}`;
    taken.set(property, property);
    return property;
  };
  const rename = (list: readonly ShapeMember[]): readonly ShapeMember[] =>
    list.map((member) => {
      switch (member.kind) {
        case "field":
          return { ...member, property: fields.get(idOf(member.name)) ?? member.property };
        case "choice":
          return { ...member, branches: member.branches.map(rename) };
        case "slot":
          return { ...member, property: slotName(member) };
        case "any":
          return member;
      }
    });
  return rename(members);
}

/** How many combinations of branches the members have. */
function branchesOf(members: readonly ShapeMember[]): number {
  let product = 1;
  for (const member of members) if (member.kind === "choice") product *= branchesOfChoice(member);
  return product;
}

function branchesOfChoice(choice: ShapeChoice): number {
  if (choice.flattened) return 1;
  let sum = choice.min === 0 ? 1 : 0;
  for (const branch of choice.branches) sum += branchesOf(branch);
  return Math.max(sum, 1);
}

/** Marks the widest choices as flattened until the combinations, times those inherited, stay printable. */
function flatten(members: readonly ShapeMember[], inherited: number): readonly ShapeMember[] {
  let result = members;
  while (inherited * branchesOf(result) > maxBranches) {
    const widest = result.reduce<ShapeChoice | undefined>(
      (best, member) =>
        member.kind === "choice" &&
        !member.flattened &&
        (best === undefined || branchesOfChoice(member) > branchesOfChoice(best))
          ? member
          : best,
      undefined,
    );
    if (widest === undefined) break;
    result = result.map((member) => (member === widest ? { ...widest, flattened: true } : member));
  }
  return result;
}
