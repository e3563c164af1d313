/**
 * Witnesses in TypeScript: for a change that breaks code, a smallest module that compiles against the older release
 * and not against the newer one. Modules are made from the very declarations that are generated.
 */
import { createReport } from "../diagnostics.js";
import type { Change, CodeWitness } from "../diff/index.js";
import { declarationsOf, type Declaration, type Property, type Scope } from "../emit/declarations.js";
import { assignNames } from "../emit/names.js";
import { isDeclared, planOf, type Plan } from "../emit/plan.js";
import type { EmitInput } from "../emit/types.js";
import { isBuiltin } from "../model/builtins.js";
import { leavesOf, typeOf } from "../model/query.js";
import type { Model, TypeId } from "../model/types.js";
import { directionsOf } from "../service/direction.js";
import type { ScalarRule, Service } from "../service/types.js";

/** A release as code is generated from it. */
export interface CodeSide {
  readonly model: Model;
  readonly service?: Service;
  readonly scalars: readonly ScalarRule[];
}

/** Two releases, as they were compared. */
export interface CodeReleases {
  readonly before: CodeSide;
  readonly after: CodeSide;
  /** New type ids by old ones, where the name changed. */
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
}

type Use = CodeWitness["use"];

/** Modules that break: one for code that reads and one for code that builds, where each breaks. */
export function findCode(change: Change, releases: CodeReleases): readonly CodeWitness[] {
  return (["read", "build"] as const).flatMap((use) => {
    if (change.verdicts.ts[use] !== "breaking") return [];
    const source = moduleFor(use, change, releases);
    return source === undefined ? [] : [{ use, source }];
  });
}

function moduleFor(use: Use, change: Change, releases: CodeReleases): string | undefined {
  const [old, current] = [codeOf(releases.before), codeOf(releases.after)];
  const pair: Pair = { use, change, old, current, toNew: (id) => newIdOf(id, releases.renamed) };
  if (change.key.startsWith("operation:")) return operationModule(pair);
  for (const { owner, member } of readingsOf(pair)) {
    const text = memberModule(pair, owner, member);
    if (text !== undefined) return text;
  }
  for (const { owner } of readingsOf(pair)) {
    const text = typeModule(pair, owner) ?? carrierModule(pair, owner);
    if (text !== undefined) return text;
  }
  return undefined;
}

interface Pair {
  readonly use: Use;
  readonly change: Change;
  readonly old: Code;
  readonly current: Code;
  /** How an old type is called now. */
  readonly toNew: (id: TypeId) => TypeId;
}

function newIdOf(id: TypeId, renamed: ReadonlyMap<TypeId, TypeId>): TypeId {
  for (const [oldId, newId] of renamed) {
    if (id === oldId || (id.startsWith(oldId) && "/=#".includes(id[oldId.length] ?? " ")))
      return newId + id.slice(oldId.length);
  }
  return id;
}

// ---------------------------------------------------------------------------------------------- declarations

/** The declarations of one release. */
interface Code {
  readonly model: Model;
  readonly plan: Plan;
  readonly input: EmitInput;
}

const kept = new WeakMap<Model, Code>();

function codeOf({ model, service, scalars }: CodeSide): Code {
  let code = kept.get(model);
  if (code === undefined) {
    const input: EmitInput = {
      model,
      ...(service !== undefined && { service }),
      direction: directionsOf(model, service),
      names: assignNames(model, service, createReport()),
      since: () => undefined,
      remarks: () => [],
      options: { folder: "", importExtension: ".js", runtimePath: "../runtime/", scalars, only: [] },
    };
    kept.set(model, (code = { model, plan: planOf(input), input }));
  }
  return code;
}

/** What a module imports, by file. */
class Imports implements Scope {
  readonly #found = new Map<string, Map<string, string>>();
  readonly #taken = new Set<string>();
  readonly #input: EmitInput;

  constructor(input: EmitInput) {
    this.#input = input;
  }

  symbol(namespace: string, name: string): string {
    return this.#import(`./${this.#input.names.module(namespace)}.js`, name);
  }

  runtime(name: string): string {
    return this.#import(`${this.#input.options.runtimePath}index.js`, name);
  }

  #import(file: string, name: string): string {
    let names = this.#found.get(file);
    if (names === undefined) this.#found.set(file, (names = new Map()));
    let local = names.get(name);
    if (local !== undefined) return local;
    local = name;
    for (let number = 2; this.#taken.has(local); number++) local = `${name}${number}`;
    this.#taken.add(local);
    names.set(name, local);
    return local;
  }

  /** The import declarations of what occurs in a text. */
  print(body: string): string {
    return [...this.#found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([file, names]) => {
        const used = [...names]
          .filter(([, local]) =>
            new RegExp(`(?<![\\w$])${local.replaceAll("$", "\\$")}(?![\\w$])`, "u").test(body),
          )
          .map(([name, local]) => (name === local ? name : `${name} as ${local}`))
          .sort();
        return used.length === 0
          ? []
          : [`import type { ${used.join(", ")} } from ${JSON.stringify(file)};\n`];
      })
      .join("");
  }
}

/** The declaration of a type in one of its forms. */
interface Declared {
  readonly declaration: Declaration;
  readonly scope: Imports;
  /** Its name as it is imported. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, Property>;
}

function declaredIn({ plan, input, model }: Code, id: TypeId, use: Use): Declared | undefined {
  const type = typeOf(model, id);
  if (type === undefined || isBuiltin(id) || (type.kind === "simple" && !isDeclared(type))) return undefined;
  const wanted = use === "read" && plan.hasReadForm(id) ? input.names.readType(id) : input.names.type(id);
  const scope = new Imports(input);
  const name = scope.symbol(type.namespace, wanted);
  const declaration = declarationsOf(plan, scope, id).find((each) => each.name === wanted);
  if (declaration === undefined) return undefined;
  const list = declaration.kind === "interface" ? declaration.properties : [];
  return { declaration, scope, name, properties: new Map(list.map((each) => [each.name, each])) };
}

/** Texts of declarations, comments left out. */
function plain(text: string): string {
  return text
    .replace(/\/\*\*(?:(?!\*\/)[\s\S])*\*\//gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

// ---------------------------------------------------------------------------------------------- modules

/** What the key of a change may mean on the older side: a member of a type, or a type. Innermost first. */
function readingsOf({
  change: { key, component, formerly },
  old: { model },
  toNew,
}: Pair): readonly { readonly owner: TypeId; readonly member: string }[] {
  const found: { owner: TypeId; member: string }[] = [];
  const oldIds = new Map(Object.keys(model.types).map((id) => [toNew(id), id]));
  const look = (id: string): TypeId | undefined =>
    oldIds.get(id) ?? (model.types[id] === undefined ? undefined : id);
  let id = key;
  if (key.startsWith("element:")) {
    const element = model.elements[key.slice("element:".length).replace(/[~#](?=\{|[^}]*$).*$/u, "")];
    if (element === undefined) return [];
    id = element.type;
  }
  const whole = look(id);
  const member = (formerly ?? component).path.at(-1)?.replace(/\[\d+\]$/u, "") ?? "";
  const start = id.indexOf("}") + 1;
  for (let cut = id.length - 1; cut > start; cut--) {
    if (!"/=#".includes(id[cut] ?? " ")) continue;
    const owner = look(id.slice(0, cut));
    if (owner === undefined) continue;
    const step = id[cut] === "/" ? id.slice(cut + 1).replace(/[=#/].*$/su, "") : "";
    found.push({ owner, member: formerly !== undefined && found.length === 0 ? member : step });
  }
  if (whole !== undefined) found.unshift({ owner: whole, member: "" });
  if (formerly !== undefined && formerly.kind === undefined) {
    const home = `{${formerly.ns}}${[formerly.type, ...formerly.path.slice(0, -1)].join("/")}`;
    if (model.types[home] !== undefined) found.unshift({ owner: home, member });
    const moved = `{${formerly.ns}}${formerly.type}`;
    if (formerly.path.length === 0 && model.types[moved] !== undefined)
      found.unshift({ owner: moved, member: "" });
  }
  return found;
}

function propertyKey(member: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(member) ? member : JSON.stringify(member);
}

/** About the member that changed. */
function memberModule(pair: Pair, owner: TypeId, member: string): string | undefined {
  const { use, old, current, toNew, change } = pair;
  const before = declaredIn(old, owner, use);
  if (before === undefined) return undefined;
  if (member.startsWith("=") || change.rule.startsWith("enum.value")) {
    const [value = ""] = (change.formerly ?? change.component).path.slice(-1);
    if (
      use === "build" &&
      value.startsWith("=") &&
      member === "" &&
      typeOf(old.model, owner)?.kind === "simple"
    ) {
      return printModule(before, `export const value: ${before.name} = ${JSON.stringify(value.slice(1))};`);
    }
  }
  if (member === "") return undefined;
  const after = declaredIn(current, toNew(owner), use);
  const key = propertyKey(member);
  return after === undefined ? undefined : propertyModule(pair, before, after, key, true);
}

/** About one property, where code notices that it changed. */
function propertyModule(
  { use }: Pair,
  before: Declared,
  after: Declared,
  key: string,
  isMember: boolean,
): string | undefined {
  const [was, is] = [before.properties.get(key), after.properties.get(key)];
  const { name } = before;
  if (was === undefined) {
    if (use === "read" || is === undefined || is.optional || before.declaration.kind !== "interface")
      return undefined;
    return printModule(
      before,
      `export const build = (rest: Omit<${name}, ${quoted(key)}>): ${name} => rest;`,
    );
  }
  if (is !== undefined && sameText(was, before, is, after)) return undefined;
  const text = plain(was.type);
  if (use === "read") {
    const access = key.startsWith('"') ? `value[${key}]` : `value.${key}`;
    const whole = was.optional ? `${text} | undefined` : text;
    if (is !== undefined && !isMember && was.optional && !is.optional && plain(is.type) === text)
      return undefined;
    return printModule(before, `export const read = (value: ${name}): ${whole} => ${access};`);
  }
  if (is !== undefined && was.optional && !is.optional) {
    return printModule(before, `export const build = (): Pick<${name}, ${quoted(key)}> => ({});`);
  }
  if (is !== undefined && plain(is.type) === text) return undefined;
  const pick = `Pick<${name}, ${quoted(key)}>`;
  return printModule(before, `export const build = (value: ${text}): ${pick} => ({ ${key}: value });`);
}

function sameText(was: Property, before: Declared, is: Property, after: Declared): boolean {
  return was.optional === is.optional && plain(was.type) === plain(is.type) && before.name === after.name;
}

function quoted(key: string): string {
  return key.startsWith('"') ? key : JSON.stringify(key);
}

/** About a type as a whole: that it is there, or what it looks like. */
function typeModule(pair: Pair, owner: TypeId): string | undefined {
  const { use, old, current, toNew } = pair;
  const before = declaredIn(old, owner, use);
  if (before === undefined) return undefined;
  const after = declaredIn(current, toNew(owner), use);
  const { name } = before;
  if (after === undefined || after.name !== name) {
    return printModule(before, `export const ${use} = (value: ${name}): ${name} => value;`);
  }
  for (const key of new Set([...before.properties.keys(), ...after.properties.keys()])) {
    const text = propertyModule(pair, before, after, key, false);
    if (text !== undefined) return text;
  }
  const [was, is] = [shapeText(before), shapeText(after)];
  if (was === is) return undefined;
  return printModule(
    before,
    use === "read"
      ? `export const read = (value: ${name}): ${was} => value;`
      : `export const build = (value: ${was}): ${name} => value;`,
  );
}

/** A declaration written out in place of its name. */
function shapeText({ declaration }: Declared): string {
  if (declaration.kind === "type") return plain(declaration.type);
  const properties = declaration.properties.map(
    ({ name, optional, type }) => `${name}${optional ? "?" : ""}: ${plain(type)}`,
  );
  return plain(`${declaration.extends} & { ${properties.join("; ")} }`);
}

/** About a type without a name of its own in TypeScript: a member that has it. */
function carrierModule(pair: Pair, used: TypeId): string | undefined {
  const { model } = pair.old;
  const uses = (id: TypeId, depth = 0): boolean => {
    if (id === used) return true;
    const type = model.types[id];
    if (type?.kind !== "simple" || depth > 8) return false;
    return [type.base, ...(type.item === undefined ? [] : [type.item]), ...(type.members ?? [])].some(
      (each) => uses(each, depth + 1),
    );
  };
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple") {
      if (type.id !== used && uses(type.id)) {
        const text = typeModule(pair, type.id);
        if (text !== undefined) return text;
      }
      continue;
    }
    const [before, after] = [
      declaredIn(pair.old, type.id, pair.use),
      declaredIn(pair.current, pair.toNew(type.id), pair.use),
    ];
    if (before === undefined || after === undefined) continue;
    const leaves = type.content.kind === "elements" ? leavesOf(type.content.particle) : [];
    const members = [
      ...leaves.flatMap((leaf) => (leaf.kind === "element" && uses(leaf.type) ? [leaf.name.local] : [])),
      ...type.attributes.flatMap((use) => (uses(use.type) ? [`@${use.name.local}`] : [])),
      ...(type.content.kind === "simple" && uses(type.content.type) ? ["$value"] : []),
    ];
    for (const member of members) {
      const text = propertyModule(pair, before, after, propertyKey(member), true);
      if (text !== undefined) return text;
    }
    if (members.length > 0) {
      const text = typeModule(pair, type.id);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

function operationModule({ use, change, old }: Pair): string | undefined {
  const operation = old.input.service?.operations.find(
    ({ service, name }) => change.key === `operation:${service}.${name}`,
  );
  const key = change.old?.value;
  const former =
    operation ?? old.input.service?.operations.find(({ service, name }) => key === `${service}.${name}`);
  if (former === undefined) return undefined;
  const type = typeOf(old.model, use === "build" ? former.request : former.response);
  if (type === undefined) return undefined;
  const declared = declaredIn(old, type.id, use);
  return (
    declared &&
    printModule(declared, `export const ${use} = (value: ${declared.name}): ${declared.name} => value;`)
  );
}

function printModule({ scope }: Declared, body: string): string {
  return `${scope.print(body)}${body}\n`;
}
