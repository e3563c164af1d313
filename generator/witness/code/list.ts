/** Code that lists all of a type: its properties, its values, its forms, the operations of a service. */
import { camelCase, pascalCase } from "../../emit/identifiers.js";
import { isKeyword } from "../../emit/reserved.js";
import { leavesOf, nameOfId, typeOf, usesType } from "../../model/query.js";
import type { ElementId, TypeId } from "../../model/types.js";
import {
  declaredIn,
  elementMemberIn,
  merged,
  printModule,
  propertyKey,
  quoted,
  shapeText,
  standInsOf,
  unionMembers,
  unionOf,
  type Alternatives,
  type Declared,
  type Printed,
} from "./declared.js";
import { elementIdOf, headsOf, readingsOf, type Pair } from "./readings.js";

/** A module that lists what the older release has, and that the newer one does not accept as the whole. */
export function listModule(pair: Pair): string | undefined {
  const { change } = pair;
  if (change.key.startsWith("operation:")) return operationList(pair);
  if (change.key.startsWith("element:")) {
    const text = elementList(pair);
    if (text !== undefined) return text;
  }
  const readings = readingsOf(pair);
  for (const { owner, member } of readings) {
    const text = typeList(pair, owner, member === "" ? undefined : propertyKey(member));
    if (text !== undefined) return text;
  }
  for (const { owner } of readings) {
    const text = standInList(pair, owner) ?? carrierList(pair, owner);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** All operations of the service that has the operation, or of the release where that service is new. */
function operationList({ change, old: { input } }: Pair): string | undefined {
  const all = input.service?.operations ?? [];
  const [, service = ""] = /^operation:(.*)\.[^.]*$/su.exec(change.key) ?? [];
  const own = all.filter((operation) => operation.service === service);
  if (own.length === 0) {
    const names = all.map((operation) => input.names.operation(operation));
    return `import type * as operations from "./operations.js";\n${listing("keyof typeof operations", names)}\n`;
  }
  const names = own.map(({ name }) => (isKeyword(name) ? name : camelCase(name)));
  const type = `${pascalCase(service)}Service`;
  return `import type { ${type} } from "./client.js";\n${listing(`keyof ${type}`, names)}\n`;
}

/** A type by its properties or values; what has none is held against what it was, written out. */
function typeList(pair: Pair, owner: TypeId, member: string | undefined): string | undefined {
  const before = declaredIn(pair.old, owner, "list");
  if (before === undefined) return undefined;
  const after = declaredIn(pair.current, pair.toNew(owner), "list");
  const { name } = before;
  if (after === undefined || after.name !== name) {
    return printModule(before, `export const list: Partial<Record<keyof ${name}, true>> = {};`);
  }
  const [was, is] = [before.alternatives(), after.alternatives()];
  if (was === undefined || is === undefined) return valueList(before, after);
  const [old, current] = [merged(was), merged(is)];
  if (!sameKeys(old, current)) {
    const [type, all] = [`Exclude<keyof ${name}, "$unknown">`, [...old.keys()]];
    // An object without properties may be any object.
    const names = `export const list: ${type}[] = [${all.map(quoted).join(", ")}];`;
    return printModule(before, current.size === 0 ? names : listing(type, all));
  }
  const keys = [...(member !== undefined && old.has(member) ? [member] : []), ...old.keys()];
  for (const key of keys) {
    const [texts, now] = [old.get(key), current.get(key)];
    if (texts === undefined || now === undefined || unionOf(texts) === unionOf(now)) continue;
    return printModule(before, pinned(`${name}[${quoted(key)}]`, unionOf(texts)));
  }
  return formsOf(was) === formsOf(is) ? undefined : printModule(before, pinned(name, shapeText(before)));
}

/** A type that is no object: by its values where it has some. */
function valueList(before: Declared, after: Declared): string | undefined {
  const [was, is] = [shapeText(before), shapeText(after)];
  if (was === is) return undefined;
  const values = unionMembers(was);
  const isList = values.every((value) => value.startsWith('"')) && before.declaration.kind === "type";
  if (!isList) return printModule(before, pinned(before.name, was));
  const keys = values.map((value) => propertyKey(JSON.parse(value) as string));
  return printModule(before, listing(before.name, keys));
}

/** The forms that objects have: which properties go together, and whether they must be there. */
function formsOf(alternatives: Alternatives): string {
  return alternatives
    .map((properties) => properties.map(({ name, optional }) => `${name}${optional ? "?" : ""}`).join())
    .sort()
    .join(" | ");
}

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key));

/** Each of some keys, once. */
function listing(type: string, keys: readonly string[]): string {
  return `export const list: Record<${type}, true> = {\n${keys.map((key) => `  ${key}: true,\n`).join("")}};`;
}

/** A type as exactly what it was. */
function pinned(type: string, text: string): string {
  return (
    `type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;\n` +
    `export const same: Same<${type}, ${text}> = true;`
  );
}

/** The union of a type and what derives from it. */
function standInList({ old, current, toNew, once }: Pair, owner: TypeId): string | undefined {
  return once(`list type ${owner}`, () =>
    pinnedChange(standInsOf(old, owner, "list"), standInsOf(current, toNew(owner), "list")),
  );
}

/** A name as what it stood for, where it stands for something else now. */
function pinnedChange(was: Printed | undefined, is: Printed | undefined): string | undefined {
  if (was === undefined || was.text === is?.text) return undefined;
  const body = `${pinned(was.name, was.text)}\n`;
  return was.scope.print(body) + body;
}

/** A type that is declared nowhere in TypeScript, by what has it. */
function carrierList(pair: Pair, used: TypeId): string | undefined {
  return pair.once(`list carrier ${used}`, () => carrierOf(pair, used));
}

function carrierOf(pair: Pair, used: TypeId): string | undefined {
  const { model } = pair.old;
  const uses = (id: TypeId): boolean => usesType(model, id, used);
  for (const type of Object.values(model.types)) {
    if (type.id === used) continue;
    const holds =
      type.kind === "simple"
        ? uses(type.id)
        : (type.content.kind === "elements" &&
            leavesOf(type.content.particle).some((leaf) => leaf.kind === "element" && uses(leaf.type))) ||
          type.attributes.some((use) => uses(use.type)) ||
          (type.content.kind === "simple" && uses(type.content.type));
    const text = holds ? typeList(pair, type.id, undefined) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** All global elements of a namespace, by the constants of its module. */
function rootList({ old: { model, input }, once }: Pair, id: ElementId): string | undefined {
  const { namespace } = nameOfId(id);
  return once(`roots ${namespace}`, () => rootsIn(model, input, namespace));
}

function rootsIn(
  model: Pair["old"]["model"],
  { names }: Pair["old"]["input"],
  namespace: string,
): string | undefined {
  if (!model.namespaces.some(({ uri }) => uri === namespace)) return undefined;
  const elements = Object.values(model.elements).filter(({ name }) => name.namespace === namespace);
  const types = Object.values(model.types).filter((type) => type.namespace === namespace);
  const exported = [
    ...elements.map((each) => names.element(each.id)),
    ...types.map((each) => names.type(each.id)),
  ];
  const keys = [...new Set(exported)].filter((name) => name.endsWith("Element"));
  return (
    `import type * as schema from "./${names.module(namespace)}.js";\n` +
    `${listing("Extract<keyof typeof schema, `${string}Element`>", keys)}\n`
  );
}

/** A global element by what may stand for it, or by what its type is. */
function elementList(pair: Pair): string | undefined {
  const { change, old, current, toNew, once } = pair;
  const id = elementIdOf(change);
  const element = old.model.elements[id];
  if (element === undefined || current.model.elements[id] === undefined) return rootList(pair, id);
  for (const head of headsOf(old.model, id)) {
    const text = once(`list element ${head}`, () =>
      pinnedChange(elementMemberIn(old, head, "list"), elementMemberIn(current, head, "list")),
    );
    if (text !== undefined) return text;
  }
  for (const type of Object.values(old.model.types)) {
    if (type.kind !== "complex" || type.content.kind !== "elements") continue;
    const leaves = leavesOf(type.content.particle);
    if (!leaves.some((leaf) => leaf.kind === "element" && leaf.ref === id)) continue;
    const text =
      typeOf(current.model, toNew(type.id)) && typeList(pair, type.id, propertyKey(element.name.local));
    if (text !== undefined) return text;
  }
  return undefined;
}
