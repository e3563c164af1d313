/** Decides every TypeScript name of a release, once. */
import type { Report } from "../diagnostics.js";
import { sayingNothing, wordOfUri } from "../model/namespaces.js";
import { shapeOf, type ShapeMember } from "../model/shape.js";
import type { ElementId, Model, TypeDefinition, TypeId, Wildcard } from "../model/types.js";
import type { Operation, Service } from "../service/types.js";
import { divide } from "./division.js";
import { camelCase, isIdentifier, nearestIdentifier, pascalCase } from "./identifiers.js";
import { isIndexName, isReserved, isReservedFile } from "./reserved.js";
import { conditionalPlaces } from "./conditionals.js";
import type { Names, WildcardNames } from "./types.js";
import { knowingWildcards, namedWildcards, wildcardKey } from "./wildcards.js";

/**
 * Names for all that a release declares. Names follow from the schema's own; a later release that adds a component
 * renames another only where both want the same name in one module. Named types choose first, in an order that does
 * not depend on what stands beside them; anonymous types, elements and forms of types take what is left.
 */
export function assignNames(model: Model, service: Service | undefined, report: Report): Names {
  const modules = nameModules(model, service);
  const scopes = new Map<string, Scope>();
  const scopeOf = (namespace: string): Scope => {
    let scope = scopes.get(namespace);
    if (scope === undefined) scopes.set(namespace, (scope = new Set()));
    return scope;
  };

  const types = new Map<TypeId, string>();
  nameNamedTypes(model, scopeOf, types);
  nameAnonymousTypes(model, scopeOf, types);

  const elements = new Map<ElementId, string>();
  // As with types: who is spelled so keeps the name, the rest take turns in an order that does not depend on the files.
  const turn = (local: string): number => (camelCase(local) === local ? -1 : nearness(local));
  const inTurn = Object.values(model.elements)
    .map((element) => ({ element, turn: turn(element.name.local), name: element.name.local }))
    .sort(byTurn);
  for (const { element } of inTurn) {
    const scope = scopeOf(element.name.namespace);
    const plain = camelCase(element.name.local);
    const exact = nearestIdentifier(element.name.local);
    elements.set(
      element.id,
      claim(scope, [`${plain}Element`, `${exact}Element`, `${exact}GlobalElement`], `${plain}Element`),
    );
  }

  const operations = nameOperations(service);
  warnAboutLastResorts(model, types, report);
  const typeName = (id: TypeId): string => found(types.get(id), "type", id);
  const moduleOf = (namespace: string): string => found(modules.get(namespace), "namespace", namespace);
  let known: DerivedNames | undefined;
  // A comparison of releases asks for few of them, if any.
  const derived = (): DerivedNames =>
    (known ??= nameDerived({ model, modules, scopeOf, elements, typeName, moduleOf }));
  return {
    module: moduleOf,
    home: (...of) => derived().home(...of),
    type: typeName,
    readType: (id) => derived().readType(id),
    anyType: (id) => derived().anyType(id),
    anyReadType: (id) => derived().anyReadType(id),
    item: (...of) => derived().item(...of),
    readItem: (...of) => derived().readItem(...of),
    values: (id) => derived().values(id),
    member: (id) => derived().member(id),
    readMember: (id) => derived().readMember(id),
    memberList: (id) => derived().memberList(id),
    element: (id) => found(elements.get(id), "element", id),
    wildcard: (...of) => derived().wildcard(...of),
    attributeList: (...of) => derived().attributeList(...of),
    conditional: (key) => derived().conditional(key),
    others: (namespace) => derived().others(namespace),
    operation: (operation) => found(operations.get(keyOf(operation)), "operation", keyOf(operation)),
  };
}

/** Names that are made from those of types and elements, which have taken theirs. */
type DerivedNames = Omit<Names, "module" | "type" | "element" | "operation">;

interface Named {
  readonly model: Model;
  readonly modules: ReadonlyMap<string, string>;
  readonly scopeOf: (namespace: string) => Scope;
  readonly elements: ReadonlyMap<ElementId, string>;
  readonly typeName: (id: TypeId) => string;
  readonly moduleOf: (namespace: string) => string;
}

function nameDerived({ model, modules, scopeOf, elements, typeName, moduleOf }: Named): DerivedNames {
  /** Names made from that of a type or element, claimed in the order of the model. */
  const derived = (
    components: readonly { readonly id: string; readonly namespace: string }[],
    base: (id: string) => string,
    suffixes: readonly string[],
  ): ReadonlyMap<string, string> => {
    const result = new Map<string, string>();
    for (const { id, namespace } of components) {
      const name = base(id);
      result.set(
        id,
        claim(
          scopeOf(namespace),
          suffixes.map((suffix) => name + suffix),
          name + (suffixes[0] ?? ""),
        ),
      );
    }
    return result;
  };
  const allTypes = Object.values(model.types);
  const reads = derived(allTypes, typeName, ["Read", "ReadForm"]);
  const anys = derived(allTypes, typeName, ["Any", "AnyType"]);
  const anyReads = derived(allTypes, typeName, ["AnyRead", "AnyTypeRead"]);
  const slots = allTypes.flatMap((type) => slotsOf(model, type));
  const slotByKey = new Map(slots.map((slot) => [slot.id, slot]));
  const slotName = (key: string): string => {
    const slot = slotByKey.get(key);
    return slot === undefined
      ? key
      : typeName(slot.type) + (slot.property === "$content" ? "" : pascalCase(slot.property.slice(1)));
  };
  const items = derived(slots, slotName, ["Item", "ContentItem"]);
  const itemReads = derived(slots, slotName, ["ItemRead", "ContentItemRead"]);
  // `Unit` before `UNIT`: both want `unitValues`.
  const acronym = (name: string): number => (pascalCase(camelCase(name)) === name ? 0 : 1);
  const typesInTurn = allTypes
    .map((type) => ({ id: type.id, namespace: type.namespace, name: typeName(type.id) }))
    .map((type) => ({ ...type, turn: acronym(type.name) }))
    .sort(byTurn);
  const values = derived(typesInTurn, (id) => camelCase(typeName(id)), ["Values", "ValueList"]);
  const heads = Object.values(model.elements)
    .filter(({ id }) => (model.substitutions[id]?.length ?? 0) > 0)
    .map(({ id, name }) => ({ id, namespace: name.namespace }));
  const headName = (id: ElementId): string => pascalCase(model.elements[id]?.name.local ?? id);
  const members = derived(heads, headName, ["Member", "GroupMember"]);
  const memberReads = derived(heads, headName, ["MemberRead", "GroupMemberRead"]);

  const memberLists = derived(heads, (id) => camelCase(headName(id)), ["Members", "MemberList"]);
  const conditionals = [...conditionalPlaces(model).values()];
  const conditionalByKey = new Map(conditionals.map((place) => [place.id, place]));
  const conditionalStem = (key: string): string => pascalCase(conditionalByKey.get(key)?.local ?? key);
  const unions = derived(conditionals, conditionalStem, ["Alternative", "TypeAlternative"]);
  const unionReads = derived(conditionals, conditionalStem, ["AlternativeRead", "TypeAlternativeRead"]);
  const wildcards = nameWildcards(model, modules, scopeOf);
  const attributeLists = nameAttributeLists(model, modules, scopeOf);
  const homes = new Map<string, string>();
  const divided = divide(model, moduleOf);
  const settle = (home: string, namespace: string, all: readonly (string | undefined)[]): void => {
    // Whatever is not here stands in the module of the namespace.
    if (home === moduleOf(namespace)) return;
    for (const name of all) homes.set(`${namespace} ${name}`, home);
  };
  for (const type of allTypes)
    settle(divided(type, typeName(type.id)), type.namespace, [
      typeName(type.id),
      ...[reads, anys, anyReads, values].map((names) => names.get(type.id)),
    ]);
  for (const { id, type, namespace } of slots) {
    const owner = model.types[type];
    if (owner !== undefined) settle(divided(owner, typeName(type)), namespace, both(items, itemReads, id));
  }
  for (const element of Object.values(model.elements))
    settle(divided(element, elements.get(element.id) ?? ""), element.name.namespace, [
      elements.get(element.id),
      ...[members, memberReads, memberLists].map((names) => names.get(element.id)),
    ]);

  return {
    home: (namespace, name) => homes.get(`${namespace} ${name.replace(/\$$/u, "")}`) ?? moduleOf(namespace),
    readType: (id) => found(reads.get(id), "type", id),
    anyType: (id) => found(anys.get(id), "type", id),
    anyReadType: (id) => found(anyReads.get(id), "type", id),
    item: (id, property) => found(items.get(slotKey(id, property)), "ordered content", slotKey(id, property)),
    readItem: (id, property) =>
      found(itemReads.get(slotKey(id, property)), "ordered content", slotKey(id, property)),
    values: (id) => found(values.get(id), "type", id),
    member: (id) => found(members.get(id), "head element", id),
    readMember: (id) => found(memberReads.get(id), "head element", id),
    memberList: (id) => found(memberLists.get(id), "head element", id),
    wildcard: (namespace, wildcard) => wildcards.get(namespace)?.get(wildcardKey(wildcard)),
    attributeList: (namespace, wildcard) => attributeLists.get(namespace)?.get(wildcardKey(wildcard)),
    conditional: (key) => ({
      namespace: found(conditionalByKey.get(key)?.namespace, "type alternatives", key),
      local: found(conditionalByKey.get(key)?.local, "type alternatives", key),
      name: found(unions.get(key), "type alternatives", key),
      readName: found(unionReads.get(key), "type alternatives", key),
    }),
    others: (namespace) => [
      ...conditionals
        .filter((place) => place.namespace === namespace)
        .flatMap(({ id }) => both(unions, unionReads, id)),
      ...(attributeLists.get(namespace)?.values() ?? []),
      ...slots.filter((slot) => slot.namespace === namespace).flatMap(({ id }) => both(items, itemReads, id)),
      ...heads
        .filter((head) => head.namespace === namespace)
        .flatMap(({ id }) => [...both(members, memberReads, id), ...both(memberLists, memberLists, id)]),
    ],
  };
}

const both = (
  ...[first, second, id]: readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>, string]
): string[] => [first.get(id), second.get(id)].filter((name) => name !== undefined);

const slotKey = (type: TypeId, property: string): string => `${type} ${property}`;

interface SlotToName {
  readonly id: string;
  readonly namespace: string;
  readonly type: TypeId;
  readonly property: string;
}

/** The arrays of ordered content that a type itself has, those in branches included. */
function slotsOf(model: Model, type: TypeDefinition): readonly SlotToName[] {
  if (type.kind !== "complex") return [];
  const visit = (members: readonly ShapeMember[]): readonly SlotToName[] =>
    members.flatMap((member) => {
      if (member.kind === "choice") return member.branches.flatMap(visit);
      if (member.kind !== "slot") return [];
      const { property } = member;
      return [{ id: slotKey(type.id, property), namespace: type.namespace, type: type.id, property }];
    });
  return visit(shapeOf(model, type.id).members);
}

/** Names taken in one module. Types and values share it: a type and its descriptor have one name. */
type Scope = Set<string>;

function found(name: string | undefined, kind: string, id: string): string {
  if (name === undefined) throw new Error(`no name was assigned to the ${kind} ${id}`);
  return name;
}

/** The first candidate that is free and not reserved; a number only when all are taken. */
function claim(scope: Scope, candidates: readonly string[], stem: string): string {
  let name = candidates.find(
    (candidate) => isIdentifier(candidate) && !isReserved(candidate) && !scope.has(candidate),
  );
  for (let count = 2; name === undefined; count++) {
    const candidate = `${stem}${count}`;
    if (!scope.has(candidate) && isIdentifier(candidate)) name = candidate;
  }
  scope.add(name);
  return name;
}

const firstChoice = (local: string): string => {
  const name = pascalCase(local);
  return isReserved(name) ? `${name}Type` : name;
};

/**
 * Several local names may want one identifier (`getUser`, `GetUser`, `get-user`). The one that is spelled so keeps it,
 * else the first in code unit order, which no added type can change; the others keep their own spelling.
 */
function nameNamedTypes(
  model: Model,
  scopeOf: (namespace: string) => Scope,
  types: Map<TypeId, string>,
): void {
  const wanted = new Map<
    string,
    { readonly scope: Scope; readonly name: string; readonly types: TypeDefinition[] }
  >();
  for (const type of Object.values(model.types)) {
    if (type.name === undefined) continue;
    const name = firstChoice(type.name.local);
    const key = `${type.namespace} ${name}`;
    const entry = wanted.get(key) ?? { scope: scopeOf(type.namespace), name, types: [] };
    entry.types.push(type);
    wanted.set(key, entry);
  }
  const rest: TypeDefinition[] = [];
  for (const { scope, name, types: claimants } of wanted.values()) {
    claimants.sort(({ name: a }, { name: b }) => {
      const [left, right] = [a?.local ?? "", b?.local ?? ""];
      return nearness(left) - nearness(right) || compare(left, right);
    });
    const index = Math.max(
      0,
      claimants.findIndex((type) => type.name?.local === name),
    );
    const [owner] = claimants.splice(index, 1);
    if (owner !== undefined) types.set(owner.id, claim(scope, [name], name));
    rest.push(...claimants);
  }
  for (const type of rest) {
    const local = type.name?.local ?? "";
    const pascal = pascalCase(local);
    const kind = type.kind === "simple" ? "SimpleType" : "ComplexType";
    const candidates = [
      ...(isIdentifier(local) ? [local] : []),
      pascalCase(nearestIdentifier(local).replace(/(?<=_)\p{Ll}/gu, (letter) => letter.toUpperCase())),
      pascal + kind,
      nearestIdentifier(local) + kind,
    ];
    types.set(type.id, claim(scopeOf(type.namespace), candidates, pascal));
  }
}

/** Names with dividers come after those that only begin in another case. */
const nearness = (local: string): number => (isIdentifier(local) ? 0 : 1);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Turn {
  readonly turn: number;
  readonly name: string;
}

const byTurn = (a: Turn, b: Turn): number => a.turn - b.turn || compare(a.name, b.name);

/** An anonymous type is named after what it belongs to: `MeetingType` and its element `schedule` give `MeetingTypeSchedule`. */
function nameAnonymousTypes(
  model: Model,
  scopeOf: (namespace: string) => Scope,
  types: Map<TypeId, string>,
): void {
  const nameOf = (id: TypeId): string | undefined => {
    const known = types.get(id);
    if (known !== undefined) return known;
    const type = model.types[id];
    if (type === undefined) return undefined;
    const { outer, step } = splitId(id);
    const enclosing = outer === undefined ? "" : (nameOf(outer) ?? pathName(outer));
    const { word, kind } = wordOf(step);
    const joined = enclosing + word;
    const candidates = [joined, `${joined}Type`, joined + kind, `${joined}${kind}Type`];
    const name = claim(scopeOf(type.namespace), candidates, joined);
    types.set(id, name);
    return name;
  };
  for (const type of Object.values(model.types)) if (type.name === undefined) nameOf(type.id);
}

/** The path of an anonymous type is that of what it belongs to, a slash, and a step. */
function splitId(id: TypeId): { readonly outer?: TypeId; readonly step: string } {
  const brace = id.lastIndexOf("}");
  const slash = id.lastIndexOf("/");
  if (slash < brace) return { step: id.slice(brace + 1) };
  return { outer: id.slice(0, slash), step: id.slice(slash + 1) };
}

/** What stands for a path that is no type: the declarations on it, put together. */
function pathName(path: string): string {
  const { outer, step } = splitId(path);
  return (outer === undefined ? "" : pathName(outer)) + wordOf(step).word;
}

/** One step: `element::local` of a global declaration, `local` of an element, `@local`, `$item`, each perhaps with `~2`. */
function wordOf(step: string): { readonly word: string; readonly kind: string } {
  const plain = step.replace(/~\d+$/u, "");
  const [, space, local = ""] = /^(?:(\w+)::)?(.*)$/u.exec(plain) ?? [];
  if (local.startsWith("$")) return { word: pascalCase(local.slice(1).replace(/1$/u, "")), kind: "Part" };
  if (local.startsWith("@")) return { word: pascalCase(local.slice(1)), kind: "Attribute" };
  return { word: firstChoice(local), kind: pascalCase(space ?? "element") };
}

/** Elements that wildcards let in are named after the kind of wildcard, those of one namespace after its module. */
function nameWildcards(
  model: Model,
  modules: ReadonlyMap<string, string>,
  scopeOf: (namespace: string) => Scope,
): ReadonlyMap<string, ReadonlyMap<string, WildcardNames>> {
  const names = new Map<string, Map<string, WildcardNames>>();
  for (const [namespace, wildcards] of namedWildcards(model)) {
    const scope = scopeOf(namespace);
    const own = new Map<string, WildcardNames>();
    for (const [key, wildcard] of wildcards) {
      const stem = wildcardStem(wildcard, modules);
      const item = claim(scope, [`${stem}Element`, `${stem}WildcardElement`], `${stem}Element`);
      const readItem = claim(scope, [`${item}Read`, `${item}ReadForm`], `${item}Read`);
      const list = claim(scope, [`${camelCase(item)}s`, `${camelCase(item)}List`], `${camelCase(item)}List`);
      own.set(key, { item, readItem, list });
    }
    names.set(namespace, own);
  }
  return names;
}

/** The function that lists the attributes that a wildcard knows: `otherAttributes`. */
function nameAttributeLists(
  model: Model,
  modules: ReadonlyMap<string, string>,
  scopeOf: (namespace: string) => Scope,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const names = new Map<string, Map<string, string>>();
  for (const [namespace, wildcards] of knowingWildcards(model)) {
    const own = new Map<string, string>();
    for (const [key, wildcard] of wildcards) {
      const stem = camelCase(wildcardStem(wildcard, modules));
      own.set(
        key,
        claim(scopeOf(namespace), [`${stem}Attributes`, `${stem}AttributeList`], `${stem}AttributeList`),
      );
    }
    names.set(namespace, own);
  }
  return names;
}

/** The kind of a wildcard; for one namespace its module. */
function wildcardStem({ namespaces }: Wildcard, modules: ReadonlyMap<string, string>): string {
  if (namespaces.kind !== "in") return namespaces.kind === "any" ? "Any" : "Other";
  const [uri = ""] = namespaces.uris;
  return namespaces.uris.length === 1 ? pascalCase(modules.get(uri) ?? "known") : "Known";
}

function nameModules(model: Model, service: Service | undefined): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  const taken = new Set<string>();
  const claimModule = (uri: string, wishes: readonly (string | undefined)[]): void => {
    const plain = wishes.flatMap((wish) =>
      wish === undefined || wish === "" ? [] : [shorten(camelCase(wish))],
    );
    const candidates = [...plain, ...plain.flatMap((name) => [`${name}Module`, `${name}Schema`])];
    const free = (name: string): boolean =>
      isIdentifier(name) &&
      !isReserved(name) &&
      !isIndexName(name) &&
      !isReservedFile(name) &&
      !taken.has(name.toLowerCase());
    let name = candidates.find(free);
    for (let count = 2; name === undefined; count++) {
      const candidate = `${candidates[0] ?? "schema"}${count}`;
      if (free(candidate)) name = candidate;
    }
    taken.add(name.toLowerCase());
    modules.set(uri, name);
  };
  const wished = (uri: string): string | undefined =>
    service !== undefined && Object.hasOwn(service.modules, uri) ? service.modules[uri] : undefined;
  // Those with a name from the service, then those with a telling prefix, so that the rest cannot take theirs.
  const ranked = [...model.namespaces].sort(
    (a, b) => rank(a.prefix, wished(a.uri)) - rank(b.prefix, wished(b.uri)),
  );
  for (const { uri, prefix } of ranked) {
    const telling = uri === "" ? "schema" : wordOfUri(uri);
    claimModule(uri, [
      wished(uri),
      // A prefix may be the word of the URI without its capitals.
      ...(sayingNothing.test(prefix) || prefix === telling?.toLowerCase()
        ? [telling ?? prefix]
        : [prefix, telling]),
    ]);
  }
  return modules;
}

const rank = (prefix: string, wish: string | undefined): number =>
  wish !== undefined ? 0 : sayingNothing.test(prefix) ? 2 : 1;

/** File names have limits, and the path around them needs room too. */
const shorten = (name: string): string => [...name].slice(0, 60).join("");

const keyOf = (operation: Operation): string => `${operation.service}.${operation.name}`;

/** Operations of all services stand in one module; those with the same name are qualified by their service. */
function nameOperations(service: Service | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  // The module declares its release too.
  const scope: Scope = new Set(["release"]);
  const wishes = new Map<string, number>();
  const operations = service?.operations ?? [];
  for (const { name } of operations) wishes.set(camelCase(name), (wishes.get(camelCase(name)) ?? 0) + 1);
  const alone = (operation: Operation): boolean => wishes.get(camelCase(operation.name)) === 1;
  for (const operation of [...operations.filter(alone), ...operations.filter((each) => !alone(each))]) {
    const name = camelCase(operation.name);
    const qualified = camelCase(operation.service) + pascalCase(operation.name);
    const candidates = alone(operation)
      ? [name, `${name}Operation`, qualified]
      : [qualified, `${qualified}Operation`];
    names.set(keyOf(operation), claim(scope, candidates, qualified));
  }
  return names;
}

/** A name that ends in a number of ours tells the reader nothing; say which it is and why. */
function warnAboutLastResorts(model: Model, types: ReadonlyMap<TypeId, string>, report: Report): void {
  for (const [id, name] of types) {
    const type = model.types[id];
    const spelled = type?.name?.local ?? type?.owner?.local ?? "";
    const number = /\d+$/u.exec(name)?.[0];
    if (type === undefined || number === undefined || spelled.endsWith(number) || /\d$/u.test(spelled))
      continue;
    if (!/^[2-9]$|^[1-9]\d+$/u.test(number)) continue;
    report.add({
      code: "numbered-name",
      severity: "info",
      message: `${type.name === undefined ? `the anonymous type of "${spelled}"` : `type "${spelled}"`} is called ${name}, because other names for it are taken`,
      at: type.span,
      hint: "give the type a name of its own in the schema",
    });
  }
}
