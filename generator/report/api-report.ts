/**
 * The interface of a release as text, one line a member, so that a plain `git diff` of two versions is a review.
 *
 * With operations, each of them is spelled out in both directions: `operation direction path type occurrence since`.
 * That grows with what operations reach: below one message a type is spelled out where it first occurs, and a later
 * place names that one. Without operations each global element, type and group has its own lines, and a type shows what it adds to its
 * base, so the text grows with the schema. Simple types come last, once each: a line for every enumeration value and one for the facets.
 */
import { displayName, effectiveElements, memberKey, typeOf } from "../model/query.js";
import type {
  ElementParticle,
  Facets,
  GroupId,
  GroupParticle,
  Model,
  Particle,
  SimpleType,
  TypeId,
  WildcardParticle,
} from "../model/types.js";
import { compareReleases } from "../release/order.js";
import type { Operation } from "../service/types.js";
import { escapePlain } from "../escape.js";

export interface ApiReportInput {
  readonly model: Model;
  readonly operations: readonly Operation[];
  /** Whether a type is part of the output; absent: all are. */
  readonly keeps?: (id: TypeId) => boolean;
  /** By member key; undefined: since the first known release. */
  readonly since: (key: string) => string | undefined;
}

/** The text, with a final newline. */
export function formatApiReport({ model, operations, since, keeps = () => true }: ApiReportInput): string {
  const simple = new Set<TypeId>();
  const writer: Writer = { model, since, simple, groups: new Map(), lines: [] };
  if (operations.length > 0) for (const operation of operations) writeOperation(writer, operation);
  else writeDeclarations(writer, keeps);
  writeSimpleTypes(writer);
  const head = [
    "# The interface of a release, one line a member. Written by xsd-strata, not to be edited.",
    operations.length > 0
      ? "# operation direction path type occurrence since"
      : "# declaration path type occurrence since; a type shows what it adds to that which it extends",
    "# `|` after an occurrence: one branch of a choice. `-`: since the first known release. `= path`: spelled out there.",
  ];
  return `${[...head, ...writer.lines].join("\n")}\n`;
}

interface Writer {
  readonly model: Model;
  readonly since: ApiReportInput["since"];
  /** Simple types that some member has. */
  readonly simple: Set<TypeId>;
  /** Groups that content refers to, with the types that have their members. */
  readonly groups: Map<GroupId, Set<TypeId>>;
  readonly lines: string[];
}

function writeOperation(writer: Writer, operation: Operation): void {
  const name = `${operation.service}.${operation.name}`;
  const since = writer.since(`operation:${name}`);
  for (const direction of ["request", "response"] as const) {
    const type = operation[direction];
    const begin = `${name} ${direction}`;
    writer.lines.push(`${begin} . ${typeName(writer, type)} 1 ${later(since, writer.since(type)) ?? "-"}`);
    writeMembers(writer, { begin, seen: new Map([[type, "."]]), whole: true }, type, "", since);
  }
}

/** One message, or one declaration. */
interface Scope {
  /** What all its lines begin with. */
  readonly begin: string;
  /** Where each complex type was spelled out. */
  readonly seen: Map<TypeId, string>;
  /** Types with names are followed too, and those of elements declared elsewhere: they have no lines of their own. */
  readonly whole?: true;
  /** The type whose lines show what it adds to its base, which has lines of its own. */
  readonly adds?: TypeId;
}

function writeMembers(
  writer: Writer,
  scope: Scope,
  id: TypeId,
  path: string,
  since: string | undefined,
): void {
  const { model, lines } = writer;
  const type = model.types[id];
  if (type?.kind !== "complex") return;
  const join = (step: string): string => (path === "" ? step : `${path}/${step}`);
  const line = (...words: readonly string[]): void => {
    lines.push(`${scope.begin} ${words.map(oneWord).join(" ")}`);
  };
  const adds = scope.adds === id && type.derivation === "extension";
  for (const use of type.attributes) {
    if (adds && use.declaredIn !== id) continue;
    const own = later(since, writer.since(memberKey(use.declaredIn, use)));
    line(
      join(`@${use.name.local}`),
      typeName(writer, use.type),
      use.required ? "1" : "0..1",
      own ?? "-",
      ...values(use),
    );
  }
  if (type.content.kind === "simple")
    line(join("$value"), typeName(writer, type.content.type), "1", since ?? "-");
  if (type.content.kind !== "elements") return;
  if (type.content.mixed) line(join("$text"), "mixed", "0..*", since ?? "-");
  const declaring = adds ? new Map<ElementParticle, TypeId>() : declaringTypes(model, id);
  const ownersOf = (particle: ElementParticle): readonly TypeId[] => [declaring.get(particle) ?? id];
  writeContent(writer, scope, adds ? type.content.own : type.content.particle, ownersOf, path, since);
}

/** The members of a content model. Where declarations have lines of their own, named groups are referred to. */
function writeContent(
  writer: Writer,
  scope: Scope,
  content: Particle | undefined,
  ownersOf: (particle: ElementParticle) => readonly TypeId[],
  path: string,
  since: string | undefined,
): void {
  const { model } = writer;
  const join = (step: string): string => (path === "" ? step : `${path}/${step}`);
  const line = (...words: readonly string[]): void => {
    writer.lines.push(`${scope.begin} ${words.map(oneWord).join(" ")}`);
  };
  const sinceOf = (particle: ElementParticle): string | undefined =>
    later(since, oldest(ownersOf(particle).map((owner) => writer.since(memberKey(owner, particle)))));
  const isNamed = ({ group }: GroupParticle): boolean =>
    scope.whole !== true && group !== undefined && model.groups[group] !== undefined;
  for (const leaf of flatten(content, { min: 1, max: 1, choice: false }, isNamed)) {
    const { particle } = leaf;
    if (particle.kind === "any") {
      line(join("*"), "any", occurrence(leaf), since ?? "-");
      continue;
    }
    if (particle.kind !== "element") {
      const members = flatten(particle, { min: 1, max: 1, choice: false }).flatMap((each) =>
        each.particle.kind === "element" ? [each.particle] : [],
      );
      noteGroup(writer, particle, members.flatMap(ownersOf));
      const own = members.length === 0 ? since : oldest(members.map(sinceOf));
      line(join("(group)"), displayName(model, particle.group ?? ""), occurrence(leaf), own ?? "-");
      continue;
    }
    const own = sinceOf(particle);
    const place = join(particle.name.local);
    const inner = model.types[particle.type];
    const isOwn = inner?.name === undefined && particle.ref === undefined;
    const followed = inner?.kind === "complex" && (scope.whole === true || isOwn);
    const first = scope.seen.get(particle.type);
    line(
      place,
      typeName(writer, particle.type),
      occurrence(leaf),
      own ?? "-",
      ...(particle.nillable ? ["nillable"] : []),
      ...values(particle),
      ...(followed && first !== undefined ? ["=", first] : []),
    );
    if (followed && first === undefined) {
      scope.seen.set(particle.type, place);
      writeMembers(writer, scope, particle.type, place, own);
    }
  }
}

/** Notes a group, and those within it, as referred to by types. */
function noteGroup(writer: Writer, particle: Particle, owners: readonly TypeId[]): void {
  if (particle.kind === "element" || particle.kind === "any") return;
  if (particle.group !== undefined) {
    const known = writer.groups.get(particle.group) ?? new Set();
    for (const owner of owners) known.add(owner);
    writer.groups.set(particle.group, known);
  }
  for (const part of particle.particles) noteGroup(writer, part, owners);
}

const values = (declaration: { readonly default?: string; readonly fixed?: string }): readonly string[] => [
  ...(declaration.default === undefined ? [] : [`default=${JSON.stringify(declaration.default)}`]),
  ...(declaration.fixed === undefined ? [] : [`fixed=${JSON.stringify(declaration.fixed)}`]),
];

/** Elements that a schema without operations offers, and each type once. */
function writeDeclarations(writer: Writer, keeps: (id: TypeId) => boolean): void {
  const { model, lines } = writer;
  const own = (id: TypeId): Map<TypeId, string> => new Map([[id, "."]]);
  for (const { id, type } of Object.values(model.elements)) {
    if (model.types[type] !== undefined && !keeps(type)) continue;
    const since = writer.since(`element:${id}`);
    lines.push(`element ${displayName(model, id)} . ${typeName(writer, type)} 1 ${since ?? "-"}`);
    if (model.types[type]?.name === undefined)
      writeMembers(writer, { begin: `element ${displayName(model, id)}`, seen: own(type) }, type, "", since);
  }
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex" || type.name === undefined || !keeps(type.id)) continue;
    const begin = `type ${displayName(model, type.id)}`;
    const since = writer.since(type.id);
    lines.push(`${begin} . ${type.derivation} of ${typeName(writer, type.base)} ${since ?? "-"}`);
    const adds = model.types[type.base] === undefined ? {} : { adds: type.id };
    writeMembers(writer, { begin, seen: own(type.id), ...adds }, type.id, "", since);
  }
  for (const { id, particle } of Object.values(model.groups)) {
    const owners = writer.groups.get(id);
    if (owners === undefined) continue;
    const begin = `group ${displayName(model, id)}`;
    writeContent(writer, { begin, seen: new Map() }, particle, () => [...owners], "", undefined);
  }
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple" && type.name !== undefined && keeps(type.id)) writer.simple.add(type.id);
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Simple types
// ---------------------------------------------------------------------------------------------------------------

function writeSimpleTypes({ model, since, simple, lines }: Writer): void {
  // Members and items of those that are used belong to them.
  for (const id of simple) {
    const type = model.types[id];
    if (type?.kind !== "simple") continue;
    for (const part of [type.item, ...(type.members ?? [])]) {
      if (part !== undefined && model.types[part] !== undefined) simple.add(part);
    }
  }
  for (const id of Object.keys(model.types).filter((each) => simple.has(each))) {
    const type = model.types[id];
    if (type?.kind !== "simple") continue;
    const begin = `simple ${shownId(model, id)}`;
    lines.push([begin, ".", variety(model, type), ...facetsOf(model, type), since(id) ?? "-"].join(" "));
    for (const { value } of type.facets.enumeration ?? []) {
      lines.push(`${begin} =${escapePlain(JSON.stringify(value))} ${since(`${id}=${value}`) ?? "-"}`);
    }
  }
}

function variety(model: Model, type: SimpleType): string {
  if (type.variety === "list") return `list of ${shownId(model, type.item ?? "")}`;
  if (type.variety === "union")
    return `union of ${(type.members ?? []).map((id) => shownId(model, id)).join(",")}`;
  return shownId(model, type.base);
}

/** What it allows beyond its built-in type. */
function facetsOf(model: Model, { facets, builtin, variety }: SimpleType): readonly string[] {
  const base = variety === "atomic" && builtin !== undefined ? typeOf(model, builtin) : undefined;
  const usual: Facets = base?.kind === "simple" ? base.facets : {};
  const named = Object.entries(facets).flatMap(([name, value]: [string, unknown]) =>
    plainFacets.has(name) &&
    value !== undefined &&
    value !== (usual as Readonly<Record<string, unknown>>)[name]
      ? [`${name}=${escapePlain(String(value))}`]
      : [],
  );
  const known = new Set((usual.patterns ?? []).map((alternatives) => alternatives.join("\0")));
  const patterns = (facets.patterns ?? []).filter((alternatives) => !known.has(alternatives.join("\0")));
  return [
    ...named.sort(),
    ...patterns.map((alternatives) => `pattern=${escapePlain(JSON.stringify(alternatives))}`),
  ];
}

const plainFacets: ReadonlySet<string> = new Set([
  "length",
  "minLength",
  "maxLength",
  "whiteSpace",
  "maxInclusive",
  "maxExclusive",
  "minInclusive",
  "minExclusive",
  "totalDigits",
  "fractionDigits",
  "explicitTimezone",
] satisfies (keyof Facets)[]);

// ---------------------------------------------------------------------------------------------------------------
// Names and occurrences
// ---------------------------------------------------------------------------------------------------------------

function typeName({ model, simple }: Writer, id: TypeId): string {
  if (model.types[id]?.kind === "simple") simple.add(id);
  return shownId(model, id);
}

const shown = new WeakMap<Model, Map<TypeId, string>>();

/** `prefix:local`, `xs:local`; a type in place by its owner: `prefix:owner/element`. */
function shownId(model: Model, id: TypeId): string {
  let names = shown.get(model);
  if (names === undefined) shown.set(model, (names = new Map()));
  let name = names.get(id);
  if (name === undefined) {
    const builtin = model.types[id] === undefined && typeOf(model, id) !== undefined;
    name = oneWord(builtin ? `xs:${id.slice(id.indexOf("}") + 1)}` : displayName(model, id));
    names.set(id, name);
  }
  return name;
}

/** Fields end at a space. */
function oneWord(text: string): string {
  if (/^[!-~]*$/u.test(text)) return text;
  return escapePlain(text).replace(/ /gu, "\\u{0020}");
}

interface Leaf {
  readonly particle: ElementParticle | WildcardParticle | GroupParticle;
  readonly min: number;
  readonly max: number | "unbounded";
  readonly choice: boolean;
}

type Around = Pick<Leaf, "min" | "max" | "choice">;

/** Element and wildcard particles, and groups that are to stay whole, with how often they may occur all in all. */
function flatten(
  particle: Particle | undefined,
  around: Around,
  isWhole: (group: GroupParticle) => boolean = () => false,
): readonly Leaf[] {
  if (particle === undefined || particle.max === 0) return [];
  const max =
    particle.max === "unbounded" || around.max === "unbounded" ? "unbounded" : particle.max * around.max;
  const min = particle.min * around.min;
  if (particle.kind === "element" || particle.kind === "any" || isWhole(particle))
    return [{ particle, min, max, choice: around.choice }];
  const choice = particle.kind === "choice" && particle.particles.length > 1;
  const inner: Around = { min: choice ? 0 : min, max, choice: choice || around.choice };
  return particle.particles.flatMap((part) => flatten(part, inner, isWhole));
}

function occurrence({ min, max, choice }: Leaf): string {
  const range = max === min ? String(min) : `${min}..${max === "unbounded" ? "*" : max}`;
  return choice ? `${range}|` : range;
}

/** The type in the chain of extensions that declares an element: history knows it by that. */
function declaringTypes(model: Model, id: TypeId): ReadonlyMap<ElementParticle, TypeId> {
  const owners = new Map<ElementParticle, TypeId>();
  for (let each = id; ;) {
    const type = model.types[each];
    if (type?.kind !== "complex" || type.derivation !== "extension" || model.types[type.base] === undefined)
      break;
    const inherited = new Set(effectiveElements(model, type.base));
    for (const element of inherited) owners.set(element, type.base);
    each = type.base;
  }
  return owners;
}

/** The younger of two releases; undefined is as old as can be. */
function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareReleases(a, b) >= 0 ? a : b;
}

/** The oldest of some releases; undefined is as old as can be. */
function oldest(releases: readonly (string | undefined)[]): string | undefined {
  if (releases.includes(undefined)) return undefined;
  return releases.reduce((a, b) => (compareReleases(a ?? "", b ?? "") <= 0 ? a : b), releases[0]);
}
