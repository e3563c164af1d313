/** Types of a release as TypeScript declarations: what a user reads, completes and is checked against. */
import { anyTypeId, isBuiltin } from "../model/builtins.js";
import { elementTag, nameOfId, typeOf } from "../model/query.js";
import {
  shapeOf,
  type ShapeAny,
  type ShapeAttribute,
  type ShapeField,
  type ShapeMember,
  type ShapeSlot,
} from "../model/shape.js";
import type { ComplexType, ElementId, SimpleType, TypeId, Wildcard } from "../model/types.js";
import { conditionalOf, type ConditionalKey } from "./conditionals.js";
import { limitsOf, memberDocs, presetAt, typeDocs } from "./declaration-docs.js";
import { tsdoc } from "./docs.js";
import { isDeclared, placeOf, simpleType, type Mode, type Plan } from "./plan.js";
import { printPrimitive, printString } from "./print.js";
import { placeOfParts, type Place } from "./scalars.js";
import type { At, Scope } from "./scope.js";
import { collapsedSlot, isWide } from "./slots.js";
import { substitutionMembers, typeTag } from "./tables.js";
import { arrayText, objectText, propertyName, unionText, type Property } from "./texts.js";
import type { Representation } from "../../templates/runtime/descriptor.js";
import { unionValues } from "./union-values.js";
import { enumerationValues, hasLiterals } from "./values.js";
import { wildcardKey } from "./wildcards.js";

/** One declaration of a module; all strings are TypeScript, `docs` is the text of a comment. */
export type Declaration =
  | {
      readonly kind: "interface";
      readonly name: string;
      readonly docs: string;
      readonly extends: string;
      readonly properties: readonly Property[];
    }
  | { readonly kind: "type"; readonly name: string; readonly docs: string; readonly type: string };

// ---------------------------------------------------------------------------------------------------------------
// Declarations
// ---------------------------------------------------------------------------------------------------------------

/**
 * All declarations of one type: itself, its read form, its unions of tagged items and of derived types. `unions` holds those of
 * the module by their texts, so that a wide one is spelled out once.
 */
export function declarationsOf(
  plan: Plan,
  scope: Scope,
  id: TypeId,
  unions = new Map<string, string>(),
): readonly Declaration[] {
  const type = typeOf(plan.model, id);
  if (type === undefined || (type.kind === "simple" && !isDeclared(type))) return [];
  const { names } = plan.input;
  const two = plan.hasReadForm(id);
  const plain: At = { plan, scope, mode: two ? "write" : plan.onlyMode(id) };
  const read: At = { plan, scope, mode: "read" };
  const declarations: Declaration[] = [];
  if (type.kind === "simple") {
    declarations.push(simpleDeclaration(plain, type, names.type(id)));
    if (two) declarations.push(readDeclaration(read, type));
    return declarations;
  }
  declarations.push(complexDeclaration(plain, type, names.type(id)));
  if (two) declarations.push(complexDeclaration(read, type, names.readType(id)));
  for (const slot of slotsOf(shapeOf(plan.model, id).members)) {
    const docs = tsdoc({ summary: `An item in the ordered content of \`${names.type(id)}\`.` });
    const add = (name: string, text: string): void => {
      const known = isWide(slot) ? unions.get(text) : undefined;
      if (known === undefined) unions.set(text, name);
      declarations.push({ kind: "type", name, docs, type: known ?? text });
    };
    const text = itemsText(plain, id, slot);
    add(names.item(id, slot.property), text);
    const textRead = itemsText(read, id, slot);
    if (two && textRead !== text) add(names.readItem(id, slot.property), textRead);
  }
  if (plan.anyTypes.has(id)) {
    const docs = tsdoc({
      summary: `\`${names.type(id)}\` or a type derived from it, told apart by \`$type\`.`,
    });
    const mode = plan.anyHasReadForm(id) ? "write" : plan.onlyMode(id);
    declarations.push({
      kind: "type",
      name: names.anyType(id),
      docs,
      type: anyText({ plan, scope, mode }, id),
    });
    if (plan.anyHasReadForm(id)) {
      declarations.push({ kind: "type", name: names.anyReadType(id), docs, type: anyText(read, id) });
    }
  }
  return declarations;
}

/** The declarations of a global element: the union of what may stand for it. */
export function elementDeclarations(plan: Plan, scope: Scope, id: ElementId): readonly Declaration[] {
  const members = substitutionMembers(plan, id);
  if (members === undefined) return [];
  const { names } = plan.input;
  const docs = tsdoc({ summary: `The element \`${nameOfId(id).local}\`, or one that may stand for it.` });
  const text = taggedText({ plan, scope, mode: "write" }, members);
  const textRead = taggedText({ plan, scope, mode: "read" }, members);
  const declarations: Declaration[] = [{ kind: "type", name: names.member(id), docs, type: text }];
  if (text !== textRead)
    declarations.push({ kind: "type", name: names.readMember(id), docs, type: textRead });
  return declarations;
}

/** The type arguments of a type's descriptor: what it writes and, where that differs, what it reads. */
export function typeArguments(plan: Plan, scope: Scope, id: TypeId): readonly string[] {
  const { names } = plan.input;
  const namespace = namespaceOf(plan, id);
  const write = scope.symbol(namespace, names.type(id), "type");
  return plan.hasReadForm(id) ? [write, scope.symbol(namespace, names.readType(id), "type")] : [write];
}

/** The same of the union of a type and what derives from it. */
export function anyArguments(plan: Plan, scope: Scope, id: TypeId): readonly string[] {
  const { names } = plan.input;
  const namespace = namespaceOf(plan, id);
  const write = scope.symbol(namespace, names.anyType(id), "type");
  return plan.anyHasReadForm(id) ? [write, scope.symbol(namespace, names.anyReadType(id), "type")] : [write];
}

/** The same of a global element. */
export function elementArguments(plan: Plan, scope: Scope, id: ElementId): readonly string[] {
  const write = elementText({ plan, scope, mode: "write" }, id);
  const read = elementText({ plan, scope, mode: "read" }, id);
  return write === read ? [write] : [write, read];
}

// ---------------------------------------------------------------------------------------------------------------
// Simple types
// ---------------------------------------------------------------------------------------------------------------

function simpleDeclaration(at: At, type: SimpleType, name: string): Declaration {
  return { kind: "type", name, docs: typeDocs(at, type), type: simpleBody(at, type, undefined) };
}

/** The read form of a simple type with literals says the plain one and what may come beside it. */
function readDeclaration(at: At, type: SimpleType): Declaration {
  const { names } = at.plan.input;
  const name = names.type(type.id);
  const docs = tsdoc({
    summary: `\`${name}\` as it is read: a newer server may send a value that is not known here.`,
  });
  const plain = at.scope.symbol(type.namespace, names.type(type.id), "type");
  const text = hasLiterals(at.plan, type)
    ? `${plain} | ${openText(at, type, undefined)}`
    : simpleBody(at, type, undefined);
  return { kind: "type", name: names.readType(type.id), docs, type: text };
}

/** A simple type at a place: by name where it is declared, else spelled out. */
export function simpleText(at: At, id: TypeId, place: Place | undefined): string {
  const type = simpleType(at.plan.model, id);
  if (isDeclared(type) && (place === undefined || at.plan.scalars.isUsual(type, place)))
    return typeName(at, id);
  return simpleBody(at, type, place);
}

function simpleBody(at: At, type: SimpleType, place: Place | undefined): string {
  if (hasLiterals(at.plan, type, place)) {
    const literals = (enumerationValues(at.plan, type, place) ?? []).map(printPrimitive);
    return unionText(at.mode === "read" ? [...literals, openText(at, type, place)] : literals);
  }
  switch (type.variety) {
    case "atomic":
      return scalarText(at.plan.scalars.representation(type, place));
    case "list":
      return arrayText(
        type.item === undefined ? "string" : simpleText(at, type.item, placeOfParts(type, place)),
      );
    case "union": {
      // A newer schema may list more: what is read is any value of a member.
      const isUsual = place === undefined || at.plan.scalars.isUsual(type, place);
      const values = at.mode === "write" && isUsual ? unionValues(at.plan, type) : undefined;
      if (values !== undefined) return unionText(values.map(printPrimitive));
      return unionText(
        (type.members ?? []).map((member) => simpleText(at, member, placeOfParts(type, place))),
      );
    }
  }
}

/** Any other value of an enumeration, written so that editors still offer the known ones. */
function openText(at: At, type: SimpleType, place: Place | undefined): string {
  const as = type.variety === "atomic" ? at.plan.scalars.representation(type, place) : "string";
  return `(${scalarText(as)} & {})`;
}

function scalarText(as: Representation): string {
  switch (as) {
    case "bytes":
      return "Uint8Array";
    case "qname":
      return "string";
    default:
      return as;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Complex types
// ---------------------------------------------------------------------------------------------------------------

function complexDeclaration(at: At, type: ComplexType, name: string): Declaration {
  const { plan } = at;
  const shape = shapeOf(plan.model, type.id);
  const docs = typeDocs(at, type);
  const base = shape.base === undefined ? at.scope.runtime("Extensible", "type") : typeName(at, shape.base);
  const properties: Property[] = shape.attributes.map((attribute) => attributeProperty(at, attribute));
  const inherited = shape.base === undefined ? undefined : shapeOf(plan.model, shape.base).anyAttribute;
  if (shape.anyAttribute !== undefined && inherited === undefined) properties.push(anyAttributeProperty);
  if (shape.text !== undefined) properties.push(valueProperty(at, shape.text));
  const { plain, unions } = split(at, type.id, shape.members);
  for (const property of plain) properties.push(property);
  if (unions.length === 0 && (shape.base === undefined || !isUnion(at, shape.base))) {
    return { kind: "interface", name, docs, extends: base, properties };
  }
  const parts = [base];
  if (properties.length > 0) parts.push(objectText(properties));
  for (const union of unions) parts.push(alternativesText(at, union));
  return { kind: "type", name, docs, type: parts.join(" & ") };
}

const unionMemo = new WeakMap<Plan, Map<string, boolean>>();

/** Whether a type shows exclusive branches, its own or inherited ones: such a type cannot be an interface. */
function isUnion(at: At, id: TypeId): boolean {
  let known = unionMemo.get(at.plan);
  if (known === undefined) unionMemo.set(at.plan, (known = new Map()));
  const key = `${at.mode} ${id}`;
  let result = known.get(key);
  if (result === undefined) {
    const shape = shapeOf(at.plan.model, id);
    const mode = at.plan.hasReadForm(id) ? at.mode : at.plan.onlyMode(id);
    result =
      (shape.base !== undefined && isUnion(at, shape.base)) ||
      (shape.branches > 1 && split({ ...at, scope: silent, mode }, id, shape.members).unions.length > 0);
    known.set(key, result);
  }
  return result;
}

interface Split {
  readonly plain: readonly Property[];
  /** One list of alternatives for each independent choice. */
  readonly unions: readonly (readonly (readonly Property[])[])[];
}

/** More combinations of branches than this are not told apart. */
const maxAlternatives = 64;

/**
 * What objects of a complex type look like: the properties of each combination of its branches, inherited ones
 * included. Undefined where there are too many combinations.
 */
export function alternativesOf(
  plan: Plan,
  scope: Scope,
  id: TypeId,
  form: Mode,
): readonly (readonly Property[])[] | undefined {
  const type = typeOf(plan.model, id);
  if (type?.kind !== "complex") return undefined;
  const at: At = { plan, scope, mode: plan.hasReadForm(id) ? form : plan.onlyMode(id) };
  const shape = shapeOf(plan.model, id);
  const inherited = shape.base === undefined ? [[]] : alternativesOf(plan, scope, shape.base, form);
  const own = sequenceAlternatives(at, id, shape.members);
  if (inherited === undefined || inherited.length * own.length > maxAlternatives) return undefined;
  const fixed = shape.attributes.map((attribute) => attributeProperty(at, attribute));
  const known = shape.base === undefined ? undefined : shapeOf(plan.model, shape.base).anyAttribute;
  if (shape.anyAttribute !== undefined && known === undefined) fixed.push(anyAttributeProperty);
  if (shape.text !== undefined) fixed.push(valueProperty(at, shape.text));
  return inherited.flatMap((before) => own.map((properties) => [...before, ...fixed, ...properties]));
}

/** Members that are properties, and those that are exclusive alternatives. */
function split(at: At, owner: TypeId, members: readonly ShapeMember[]): Split {
  const plain: Property[] = [];
  const unions: (readonly (readonly Property[])[])[] = [];
  for (const member of members) {
    if (member.kind !== "choice") plain.push(memberProperty(at, owner, member));
    else if (member.flattened) plain.push(...looseProperties(at, owner, member.branches));
    else {
      const alternatives = choiceAlternatives(at, owner, member.branches, member.min);
      const [only] = alternatives;
      if (alternatives.length === 1 && only !== undefined) plain.push(...only);
      else unions.push(alternatives);
    }
  }
  return { plain, unions };
}

/** All properties of all branches, each once, all optional. */
function looseProperties(
  at: At,
  owner: TypeId,
  branches: readonly (readonly ShapeMember[])[],
): readonly Property[] {
  const found = new Map<string, Property>();
  const visit = (members: readonly ShapeMember[]): void => {
    for (const member of members) {
      if (member.kind === "choice") member.branches.forEach(visit);
      else {
        const property = memberProperty(at, owner, member);
        if (!found.has(property.name)) found.set(property.name, { ...property, optional: true });
      }
    }
  };
  branches.forEach(visit);
  return [...found.values()];
}

function choiceAlternatives(
  at: At,
  owner: TypeId,
  branches: readonly (readonly ShapeMember[])[],
  min: 0 | 1,
): readonly (readonly Property[])[] {
  // No value is right where there are no branches; that is told at run time.
  if (branches.length === 0) return [[]];
  const alternatives = branches.flatMap((branch) => sequenceAlternatives(at, owner, branch));
  // A branch that may be empty is the empty branch too.
  if (min === 1 || alternatives.some((properties) => properties.every(({ optional }) => optional)))
    return alternatives;
  return [...alternatives, []];
}

/** The ways in which members beside each other can be there: more than one where some are choices. */
function sequenceAlternatives(
  at: At,
  owner: TypeId,
  members: readonly ShapeMember[],
): readonly (readonly Property[])[] {
  let alternatives: readonly (readonly Property[])[] = [[]];
  for (const member of members) {
    let ways: readonly (readonly Property[])[];
    if (member.kind !== "choice") ways = [[memberProperty(at, owner, member)]];
    else if (member.flattened) ways = [looseProperties(at, owner, member.branches)];
    else ways = choiceAlternatives(at, owner, member.branches, member.min);
    alternatives = alternatives.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  return alternatives;
}

/** More `?: never` than this and the runtime's type says it shorter. */
const maxNevers = 24;

/** A union whose branches exclude each other. */
function alternativesText(at: At, alternatives: readonly (readonly Property[])[]): string {
  const all = [...new Set(alternatives.flatMap((properties) => properties.map(({ name }) => name)))];
  const nevers = alternatives.reduce((sum, properties) => sum + all.length - properties.length, 0);
  if (nevers > maxNevers) {
    const branches = alternatives.map(objectText);
    return `${at.scope.runtime("Exclusive", "type")}<\n${branches.map((branch) => `| ${branch}`).join("\n")}\n>`;
  }
  const branches = alternatives.map((properties) => {
    const own = new Set(properties.map(({ name }) => name));
    const absent = all
      .filter((name) => !own.has(name))
      .map((name): Property => ({ name, type: "never", optional: true, docs: "" }));
    return objectText([...properties, ...absent]);
  });
  return `(\n${branches.map((branch) => `| ${branch}`).join("\n")}\n)`;
}

function memberProperty(
  at: At,
  owner: TypeId,
  member: Exclude<ShapeMember, { readonly kind: "choice" }>,
): Property {
  switch (member.kind) {
    case "field":
      return fieldProperty(at, owner, member);
    case "slot":
      return slotProperty(at, owner, member);
    case "any":
      return anyProperty(at, owner, member);
  }
}

function fieldProperty(at: At, owner: TypeId, field: ShapeField): Property {
  const { plan } = at;
  const omitted = field.min > 0 && at.mode === "read" && plan.isOmitted(field.key);
  const repeats = field.max === "unbounded" || field.max > 1;
  const text = fieldText(at, field);
  const { declaration } = field;
  const notes: string[] = [];
  if (repeats) notes.push(...countNotes(field.min, field.max));
  const preset = (given: string | undefined): string | undefined =>
    presetAt(plan, field.type, placeOf(field), given);
  const fixed = preset(declaration.fixed);
  if (fixed !== undefined) notes.push(`Always \u0001${fixed}\u0001.`);
  if (omitted) notes.push("Required by the schema, yet known to be missing at times.");
  return {
    name: propertyName(field.property),
    type: repeats ? arrayText(text) : text,
    optional: field.min === 0 || omitted,
    docs: memberDocs(at, owner, field.key, {
      summary:
        declaration.documentation ??
        (field.element === undefined ? undefined : plan.model.elements[field.element]?.documentation),
      limits: fixed === undefined ? limitsOf(plan, field.type, placeOf(field)) : [],
      notes,
      default: preset(declaration.default),
    }),
  };
}

function countNotes(min: number, max: number | "unbounded"): string[] {
  if (max === "unbounded") return min > 0 ? [`At least ${count(min)}.`] : [];
  return [min > 0 ? `${min} to ${count(max)}.` : `At most ${count(max)}.`];
}

const count = (number: number): string => `${number} item${number === 1 ? "" : "s"}`;

/** The value of one occurrence of a field. */
function fieldText(at: At, field: ShapeField): string {
  if (field.substitutes !== undefined) return membersText(at, field);
  const text = fieldTypeText(at, field);
  return field.declaration.nillable ? unionText([text, "null"]) : text;
}

function fieldTypeText(at: At, field: ShapeField): string {
  const conditional = conditionalOf(field.declaration);
  if (conditional !== undefined) return conditionalName(at, conditional);
  const type = typeOf(at.plan.model, field.type);
  if (type?.kind === "simple") return simpleText(at, field.type, placeOf(field));
  return at.plan.isAny(field) ? anyName(at, field.type) : typeName(at, field.type);
}

function membersText(at: At, field: ShapeField): string {
  const { plan } = at;
  const standIns = plan.standIns(field.substitutes ?? []);
  const head = field.element;
  const all = head === undefined ? undefined : membersOf(plan, head);
  if (head === undefined || all?.count !== standIns.length) return taggedText(at, standIns);
  const { names } = plan.input;
  const namespace = nameOfId(head).namespace;
  const isRead = at.mode === "read" && all.differ();
  return at.scope.symbol(namespace, isRead ? names.readMember(head) : names.member(head), "type");
}

interface Members {
  readonly count: number;
  /** Whether they have another text when read. */
  readonly differ: () => boolean;
}

const membersMemo = new WeakMap<Plan, Map<ElementId, Members | undefined>>();

/** All that may stand for a head, which many places name; undefined without substitutes. */
function membersOf(plan: Plan, head: ElementId): Members | undefined {
  let known = membersMemo.get(plan);
  if (known === undefined) membersMemo.set(plan, (known = new Map()));
  if (!known.has(head)) {
    const all = substitutionMembers(plan, head);
    const text = (mode: Mode): string => taggedText({ plan, scope: silent, mode }, all ?? []);
    let differ: boolean | undefined;
    known.set(head, all && { count: all.length, differ: () => (differ ??= text("write") !== text("read")) });
  }
  return known.get(head);
}

/** Names without importing anything: for comparing texts. */
const silent: Scope = { symbol: (namespace, name) => `${namespace} ${name}`, runtime: (name) => name };

function taggedText(at: At, elements: readonly ElementId[]): string {
  if (elements.length === 0) return "never";
  return unionText(elements.map((id) => tagged(at, elementTag(at.plan.model, id), elementText(at, id))));
}

const tagged = (at: At, tag: string, text: string): string =>
  `${at.scope.runtime("Tagged", "type")}<${printString(tag)}, ${text}>`;

/** The value of a global element. */
function elementText(at: At, id: ElementId): string {
  const element = at.plan.model.elements[id];
  if (element === undefined) throw new Error(`${id} is not a global element of this model`);
  const type = typeOf(at.plan.model, element.type);
  const conditional = conditionalOf(element);
  const text =
    conditional !== undefined
      ? conditionalName(at, conditional)
      : type?.kind === "simple"
        ? simpleText(at, element.type, { name: element.name.local })
        : at.plan.anyTypes.has(element.type)
          ? anyName(at, element.type)
          : typeName(at, element.type);
  return element.nillable ? unionText([text, "null"]) : text;
}

function slotProperty(at: At, owner: TypeId, slot: ShapeSlot): Property {
  const { names } = at.plan.input;
  const namespace = namespaceOf(at.plan, owner);
  const differs =
    at.mode === "read" &&
    at.plan.hasReadForm(owner) &&
    itemsText({ ...at, scope: silent, mode: "write" }, owner, slot) !==
      itemsText({ ...at, scope: silent }, owner, slot);
  const name = differs ? names.readItem(owner, slot.property) : names.item(owner, slot.property);
  const text = slot.items.length === 0 ? "string" : at.scope.symbol(namespace, name, "type");
  return {
    name: propertyName(slot.property),
    type: arrayText(slot.text && slot.items.length > 0 ? unionText([text, "string"]) : text),
    optional: slot.min === 0,
    docs: "",
  };
}

/** The union of the items of a slot, without text. */
function itemsText(at: At, owner: TypeId, slot: ShapeSlot): string {
  const parts = collapsedSlot(at.plan.model, slot).items.flatMap((item) => {
    if (item.kind === "any") return [wildcardText(at, owner, item.wildcard)];
    if (item.substitutes !== undefined) return [membersText(at, item)];
    const text = fieldTypeText(at, item);
    return [tagged(at, item.property, item.declaration.nillable ? unionText([text, "null"]) : text)];
  });
  return unionText(parts);
}

function slotsOf(members: readonly ShapeMember[]): readonly ShapeSlot[] {
  return members.flatMap((member) => {
    if (member.kind === "choice") return member.branches.flatMap(slotsOf);
    return member.kind === "slot" && member.items.length > 0 ? [member] : [];
  });
}

function anyProperty(at: At, owner: TypeId, member: ShapeAny): Property {
  return {
    name: propertyName(member.property),
    type: arrayText(wildcardText(at, owner, member.wildcard)),
    optional: member.min === 0,
    docs: tsdoc({ summary: member.wildcard.documentation }),
  };
}

/** What a wildcard lets in: known elements as tagged items, all others raw; by name where there are many. */
function wildcardText(at: At, owner: TypeId, wildcard: Wildcard): string {
  const { plan } = at;
  const namespace = namespaceOf(plan, owner);
  const names = plan.input.names.wildcard(namespace, wildcard);
  if (names === undefined) return wildcardBody(at, wildcard);
  const differs = at.mode === "read" && namedWildcardDiffers(plan, wildcard);
  return at.scope.symbol(namespace, differs ? names.readItem : names.item, "type");
}

const differing = new WeakMap<Plan, Map<string, boolean>>();

/** Whether its read form is another one: told once for all wildcards that let in the same. */
function namedWildcardDiffers(plan: Plan, wildcard: Wildcard): boolean {
  const key = wildcardKey(wildcard);
  let known = differing.get(plan);
  if (known === undefined) differing.set(plan, (known = new Map()));
  let differs = known.get(key);
  if (differs === undefined) known.set(key, (differs = wildcardDiffers(plan, wildcard)));
  return differs;
}

function wildcardBody(at: At, wildcard: Wildcard): string {
  const parts = at.plan
    .known(wildcard)
    .map((id) => tagged(at, elementTag(at.plan.model, id), elementText(at, id)));
  return unionText([...parts, at.scope.runtime("XmlElement", "type")]);
}

function wildcardDiffers(plan: Plan, wildcard: Wildcard): boolean {
  const at = { plan, scope: silent };
  return wildcardBody({ ...at, mode: "read" }, wildcard) !== wildcardBody({ ...at, mode: "write" }, wildcard);
}

/** The union of what a wildcard lets in, for one that a module names. */
export function wildcardDeclarations(
  plan: Plan,
  scope: Scope,
  namespace: string,
  wildcard: Wildcard,
): readonly Declaration[] {
  const names = plan.input.names.wildcard(namespace, wildcard);
  if (names === undefined) return [];
  const docs = tsdoc({
    summary: "An element that a wildcard lets in: one that the schema knows, or a raw one.",
  });
  const plain: Declaration = {
    kind: "type",
    name: names.item,
    docs,
    type: wildcardBody({ plan, scope, mode: "write" }, wildcard),
  };
  if (!wildcardDiffers(plan, wildcard)) return [plain];
  return [
    plain,
    { ...plain, name: names.readItem, type: wildcardBody({ plan, scope, mode: "read" }, wildcard) },
  ];
}

function attributeProperty(at: At, { property, key, use }: ShapeAttribute): Property {
  const { plan } = at;
  const place = { name: use.name.local, key };
  const fixed = presetAt(plan, use.type, place, use.fixed);
  return {
    name: propertyName(property),
    type: simpleText(at, use.type, place),
    optional: !use.required,
    docs: memberDocs(at, use.declaredIn, key, {
      summary: use.documentation,
      limits: fixed === undefined ? limitsOf(plan, use.type, place) : [],
      notes: fixed === undefined ? [] : [`Always \u0001${fixed}\u0001.`],
      default: presetAt(plan, use.type, place, use.default),
    }),
  };
}

const anyAttributeProperty: Property = {
  name: "$anyAttribute",
  type: "Readonly<Record<string, string>>",
  optional: true,
  docs: tsdoc({ summary: "Further attributes, by expanded name." }),
};

function valueProperty(at: At, type: TypeId): Property {
  return {
    name: "$value",
    type: simpleText(at, type, undefined),
    optional: false,
    docs: tsdoc({ limits: limitsOf(at.plan, type) }),
  };
}

/** A type and all that derive from it, each with its tag. */
function anyText(at: At, id: TypeId): string {
  return unionText(
    branchesOf(at, id).map(([text, tag]) => (tag === undefined ? text : `(${text} & ${objectText([tag])})`)),
  );
}

/** What the value of a complex type may be, with what `$type` says then; an anonymous type has no name to be told by. */
export function branchesOf(at: At, id: TypeId): readonly (readonly [text: string, tag?: Property])[] {
  const { model } = at.plan;
  const type = typeOf(model, id);
  if (type?.name === undefined || id === anyTypeId) return [[typeName(at, id)]];
  const branch = (each: TypeId, tag: string, optional = false): readonly [string, Property] => [
    typeName(at, each),
    { name: "$type", type: tag, optional, docs: "" },
  ];
  const derived = at.plan.choosable(id).map((each) => branch(each, printString(typeTag(model, each))));
  // A type that only a newer schema knows is read as the declared one, under its expanded name.
  if (at.mode === "read") derived.push(branch(id, "`{${string}`"));
  if (type.kind === "complex" && type.abstract) return derived;
  return [branch(id, printString(typeTag(model, id)), true), ...derived];
}

// ---------------------------------------------------------------------------------------------------------------
// References and texts
// ---------------------------------------------------------------------------------------------------------------

function namespaceOf(plan: Plan, id: TypeId): string {
  return typeOf(plan.model, id)?.namespace ?? nameOfId(id).namespace;
}

/** The form of a declared type that is meant in a mode. */
function typeName(at: At, id: TypeId): string {
  if (id === anyTypeId) return at.scope.runtime("XmlContent", "type");
  if (isBuiltin(id)) return simpleBody(at, simpleType(at.plan.model, id), undefined);
  const { names } = at.plan.input;
  const name = at.mode === "read" && at.plan.hasReadForm(id) ? names.readType(id) : names.type(id);
  return at.scope.symbol(namespaceOf(at.plan, id), name, "type");
}

function conditionalName(at: At, key: ConditionalKey): string {
  const { namespace, name, readName } = at.plan.input.names.conditional(key);
  return at.scope.symbol(namespace, at.mode === "read" ? readName : name, "type");
}

function anyName(at: At, id: TypeId): string {
  const { names } = at.plan.input;
  const name = at.mode === "read" && at.plan.anyHasReadForm(id) ? names.anyReadType(id) : names.anyType(id);
  return at.scope.symbol(namespaceOf(at.plan, id), name, "type");
}
