/**
 * Witnesses in TypeScript: for a change that breaks code, a smallest module that compiles against the older release
 * and not against the newer one. Modules are made from the very declarations that are generated.
 */
import type { Change, CodeWitness } from "../diff/index.js";
import {
  alternativesOf,
  declarationsOf,
  elementArguments,
  elementDeclarations,
  type Declaration,
  type Property,
  type Scope,
} from "../emit/declarations.js";
import { bareInput } from "../emit-input.js";
import { isDeclared, planOf, type Plan } from "../emit/plan.js";
import type { EmitInput } from "../emit/types.js";
import { isBuiltin } from "../model/builtins.js";
import { leavesOf, typeOf } from "../model/query.js";
import type { Model, TypeId } from "../model/types.js";
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
  if (change.key.startsWith("element:")) {
    const text = elementModule(pair);
    if (text !== undefined) return text;
  }
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
    const input = bareInput(model, service, { runtimePath: "../runtime/", scalars });
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
  /** Its name as it is imported, and in its module. */
  readonly name: string;
  readonly plainName: string;
  /** What its objects look like; undefined where it has none, or too many forms. */
  readonly alternatives: () => Alternatives | undefined;
  /** Properties that all its objects may have. */
  readonly properties: () => ReadonlyMap<string, Property>;
}

type Alternatives = readonly (readonly Property[])[];

function declaredIn(
  { plan, input, model }: Code,
  id: TypeId,
  use: Use,
  scope: Imports = new Imports(input),
): Declared | undefined {
  const type = typeOf(model, id);
  if (type === undefined || isBuiltin(id) || (type.kind === "simple" && !isDeclared(type))) return undefined;
  const wanted = use === "read" && plan.hasReadForm(id) ? input.names.readType(id) : input.names.type(id);
  const name = scope.symbol(type.namespace, wanted);
  const declaration = declarationsOf(plan, scope, id).find((each) => each.name === wanted);
  if (declaration === undefined) return undefined;
  const alternatives = (): Alternatives | undefined =>
    alternativesOf(plan, scope, id, use === "read" ? "read" : "write");
  return {
    declaration,
    scope,
    name,
    plainName: wanted,
    alternatives,
    properties: () => new Map((alternatives() ?? []).flat().map((each) => [each.name, each])),
  };
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
  const value = (change.formerly ?? change.component).path.at(-1) ?? "";
  if (value.startsWith("=") && member === "" && typeOf(old.model, owner)?.kind === "simple") {
    const literal = JSON.stringify(value.slice(1));
    return printModule(
      before,
      use === "build"
        ? `export const value: ${before.name} = ${literal};`
        : `export const read = (value: ${before.name}): boolean => value === ${literal};`,
    );
  }
  if (member === "") return undefined;
  const after = declaredIn(current, toNew(owner), use);
  if (after === undefined) return undefined;
  const key = propertyKey(member);
  if (value.startsWith("=")) return valueModule(pair, before, key, value.slice(1));
  return objectModule(pair, before, after, key);
}

/** About a value of a type that is declared nowhere else. */
function valueModule({ use }: Pair, before: Declared, key: string, value: string): string | undefined {
  const was = before.properties().get(key);
  if (was === undefined) return undefined;
  const literal = JSON.stringify(value);
  const item = plain(was.type).endsWith("[]") ? `[${literal}]` : literal;
  const access = was.type.endsWith("[]") ? `${accessTo("value", key)}?.[0]` : accessTo("value", key);
  return printModule(
    before,
    use === "build"
      ? `export const build = (): Pick<${before.name}, ${quoted(key)}> => ({ ${key}: ${item} });`
      : `export const read = (value: ${before.name}): boolean => ${access} === ${literal};`,
  );
}

/** About objects: one property where code notices it, or how properties go together. */
function objectModule(pair: Pair, before: Declared, after: Declared, first?: string): string | undefined {
  const [was, is] = [before.alternatives(), after.alternatives()];
  if (was === undefined || is === undefined) return undefined;
  const body =
    pair.use === "read"
      ? readerOf(before.name, merged(was), merged(is), was, first, pair, before)
      : builderOf(before.name, was, is, first, pair, before);
  return body === undefined ? undefined : printModule(before, body);
}

/** The types that a property may have, as a set of texts; `undefined` where it may be absent. */
function merged(alternatives: Alternatives): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const properties of alternatives) {
    for (const { name, type, optional } of properties) {
      const texts = found.get(name) ?? new Set<string>();
      found.set(name, texts);
      for (const text of unionMembers(plain(type))) texts.add(text);
      if (optional) texts.add("undefined");
    }
  }
  for (const [name, texts] of found) {
    if (alternatives.some((properties) => properties.every((each) => each.name !== name)))
      texts.add("undefined");
  }
  return found;
}

/** The members of a union type; brackets and quotes are kept whole. */
function unionMembers(text: string): readonly string[] {
  const members: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at++;
      else if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if ("([{<".includes(sign)) depth++;
    else if (")]}>".includes(sign)) depth--;
    else if (sign === "|" && depth === 0) {
      members.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  members.push(text.slice(start).trim());
  return members.filter((member) => member !== "");
}

function unionOf(texts: Iterable<string>): string {
  return [...new Set(texts)].join(" | ");
}

function readerOf(
  name: string,
  was: ReadonlyMap<string, ReadonlySet<string>>,
  is: ReadonlyMap<string, ReadonlySet<string>>,
  alternatives: Alternatives,
  first: string | undefined,
  pair: Pair,
  before: Declared,
): string | undefined {
  const keys = [...(first !== undefined && was.has(first) ? [first] : []), ...was.keys()];
  const reader = (type: string, access: string): string =>
    `export const read = (value: ${name}): ${type} => ${access};`;
  for (const key of keys) {
    const [old, now] = [was.get(key), is.get(key)];
    if (old === undefined) continue;
    const inside = key === first && now !== undefined ? insideOf(pair, before, old, now) : undefined;
    if (inside !== undefined) {
      const optional = old.has("undefined") ? "?" : "";
      const step = inside.key.startsWith('"')
        ? `${optional === "" ? "" : "?."}[${inside.key}]`
        : `${optional}.${inside.key}`;
      return reader(
        unionOf([...inside.types, ...(optional === "" ? [] : ["undefined"])]),
        `${accessTo("value", key)}${step}`,
      );
    }
    if (now !== undefined && [...now].every((text) => isIn(text, old))) continue;
    return reader(unionOf(old), accessTo("value", key));
  }
  // Where one property is there, another one is, or is not.
  const marks = alternatives.map((properties, index) =>
    properties.find(
      (property) =>
        !property.optional &&
        alternatives.every(
          (others, other) => other === index || others.every((each) => each.name !== property.name),
        ),
    ),
  );
  if (marks.length > 1 && marks.every((mark) => mark !== undefined)) {
    const [last] = marks.slice(-1);
    const chain = marks
      .slice(0, -1)
      .map((mark) => `${accessTo("value", mark.name)} !== undefined ? ${accessTo("value", mark.name)} : `)
      .join("");
    const types = unionOf(marks.flatMap((mark) => unionMembers(plain(mark.type))));
    if (last !== undefined) return reader(types, `${chain}${accessTo("value", last.name)}`);
  }
  for (const properties of alternatives) {
    const [mark, other] = properties.filter(
      ({ name: key, optional }) => !optional && was.get(key)?.has("undefined") === true,
    );
    if (mark === undefined || other === undefined) continue;
    return reader(
      unionOf(["null", ...unionMembers(plain(other.type))]),
      `${accessTo("value", mark.name)} === undefined ? null : ${accessTo("value", other.name)}`,
    );
  }
  return undefined;
}

/** What differs inside the objects of a property whose type is another one now. */
function insideOf(
  { old, current, use }: Pair,
  before: Declared,
  was: ReadonlySet<string>,
  is: ReadonlySet<string>,
): { readonly key: string; readonly types: ReadonlySet<string> } | undefined {
  const [a, b] = [
    [...was].filter((text) => text !== "undefined"),
    [...is].filter((text) => text !== "undefined"),
  ];
  if (a.length !== 1 || b.length !== 1 || a[0] === b[0]) return undefined;
  const [from, to] = [namedIn(old, a[0] ?? "", use, before.scope), namedIn(current, b[0] ?? "", use)];
  const [inOld, inNew] = [from?.alternatives(), to?.alternatives()];
  if (inOld === undefined || inNew === undefined) return undefined;
  const now = merged(inNew);
  for (const [key, types] of merged(inOld)) {
    const there = now.get(key);
    if (there === undefined || [...there].some((text) => !isIn(text, types))) return { key, types };
  }
  return undefined;
}

/** The type that bears a name in TypeScript. */
function namedIn(code: Code, name: string, use: Use, scope?: Imports): Declared | undefined {
  if (!/^[A-Za-z_$][\w$]*$/u.test(name)) return undefined;
  for (const id of Object.keys(code.model.types)) {
    const { names } = code.input;
    if (names.type(id) !== name && names.readType(id) !== name) continue;
    const declared = declaredIn(code, id, use, scope);
    if (declared?.plainName === name) return declared;
  }
  return undefined;
}

/** Whether a type is one of some, or a literal of one of them. */
function isIn(text: string, types: ReadonlySet<string>): boolean {
  if (types.has(text)) return true;
  if (text.startsWith('"')) return types.has("string");
  return /^-?\d+n$/u.test(text) ? types.has("bigint") : /^-?[\d.]+$/u.test(text) && types.has("number");
}

/** A literal that was an object of the type and is none any more. */
function builderOf(
  name: string,
  was: Alternatives,
  is: Alternatives,
  first: string | undefined,
  pair: Pair,
  before: Declared,
): string | undefined {
  const fits = (literal: readonly Property[]): boolean =>
    is.some(
      (alternative) =>
        alternative.every(
          ({ name: key, optional }) => optional || literal.some((each) => each.name === key),
        ) &&
        literal.every(({ name: key, type }) => {
          const there = alternative.find((each) => each.name === key);
          const types = new Set(there === undefined ? [] : unionMembers(plain(there.type)));
          return unionMembers(plain(type)).every((text) => isIn(text, types));
        }),
    );
  const literals: (readonly Property[])[] = was.flatMap((alternative) => {
    const required = alternative.filter(({ optional }) => !optional);
    const withFirst = alternative.find((each) => each.optional && each.name === first);
    return [required, ...(withFirst === undefined ? [] : [[...required, withFirst]])];
  });
  literals.push(
    ...was.flatMap((alternative) => {
      const required = alternative.filter(({ optional }) => !optional);
      return alternative.filter(({ optional }) => optional).map((each) => [...required, each]);
    }),
    ...was,
  );
  const literal = literals.find((each) => !fits(each));
  if (literal === undefined) return undefined;
  const taken = new Set<string>();
  const [parameters, members]: [string[], string[]] = [[], []];
  for (const { name: key, type } of literal) {
    const there = key === first ? is.flatMap((each) => each.filter((other) => other.name === key)) : [];
    const nested =
      there[0] === undefined ? undefined : literalInside(pair, before, plain(type), plain(there[0].type));
    const parameter = parameterFor(key, taken);
    if (nested !== undefined) {
      for (const each of nested) parameters.push(`${parameterFor(each.name, taken)}: ${plain(each.type)}`);
      const names = parameters.slice(-nested.length).map((each) => each.slice(0, each.indexOf(":")));
      members.push(
        `${key}: { ${nested.map((each, index) => memberText(each.name, names[index] ?? "")).join(", ")} }`,
      );
      continue;
    }
    parameters.push(`${parameter}: ${plain(type)}`);
    members.push(memberText(key, parameter));
  }
  const object = members.length === 0 ? "({})" : `({ ${members.join(", ")} })`;
  return `export const build = (${parameters.join(", ")}): ${name} => ${object};`;
}

/** Where the type of a property is another one now: an object of the old one that does not fit. */
function literalInside(
  pair: Pair,
  before: Declared,
  was: string,
  is: string,
): readonly Property[] | undefined {
  if (was === is) return undefined;
  const [from, to] = [namedIn(pair.old, was, "build", before.scope), namedIn(pair.current, is, "build")];
  const [inOld, inNew] = [from?.alternatives(), to?.alternatives()];
  if (inOld === undefined || inNew === undefined) return undefined;
  const known = new Set(inNew.flatMap((each) => each.map(({ name }) => name)));
  for (const alternative of inOld) {
    const required = alternative.filter(({ optional }) => !optional);
    const lost = alternative.find(({ name }) => !known.has(name));
    if (lost !== undefined) return required.includes(lost) ? required : [...required, lost];
    if (
      inNew.every((each) =>
        each.some(({ name, optional }) => !optional && !required.some((own) => own.name === name)),
      )
    )
      return required;
  }
  return undefined;
}

function memberText(key: string, parameter: string): string {
  return key === parameter ? key : `${key}: ${parameter}`;
}

function parameterFor(key: string, taken: Set<string>): string {
  const word = key.replace(/[^\w$]/gu, "").replace(/^\d/u, "_$&");
  const base = word === "" || reserved.test(word) ? `${word}Value` : word;
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}

const reserved =
  /^(?:abstract|any|arguments|as|async|await|boolean|break|case|catch|class|const|continue|debugger|declare|default|delete|do|else|enum|eval|export|extends|false|finally|for|from|function|get|if|implements|import|in|instanceof|interface|let|new|null|number|object|of|package|private|protected|public|return|set|static|string|super|switch|symbol|this|throw|true|try|type|typeof|undefined|unknown|var|void|while|with|yield)$/u;

function accessTo(object: string, key: string): string {
  return key.startsWith('"') ? `${object}[${key}]` : `${object}.${key}`;
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
  const stand = standInModule(pair, owner);
  if (stand !== undefined && /abstract|^type\.(?:added|removed|base)|block/u.test(pair.change.rule))
    return stand;
  if (
    before.declaration.kind !== "type" ||
    before.alternatives() !== undefined ||
    after.alternatives() !== undefined
  ) {
    return objectModule(pair, before, after) ?? kindModule(pair, before, after);
  }
  return kindModule(pair, before, after);
}

/** The union of a type and what derives from it, where that changed. */
function standInModule({ use, old, current, toNew }: Pair, owner: TypeId): string | undefined {
  const union = (
    code: Code,
    id: TypeId,
  ): { readonly name: string; readonly text: string; readonly scope: Imports } | undefined => {
    const type = typeOf(code.model, id);
    if (type === undefined || !code.plan.anyTypes.has(id)) return undefined;
    const { names } = code.input;
    const scope = new Imports(code.input);
    const all = declarationsOf(code.plan, scope, id);
    const wanted = use === "read" ? [names.anyReadType(id), names.anyType(id)] : [names.anyType(id)];
    const found = wanted.flatMap((each) => all.filter(({ name }) => name === each))[0];
    if (found?.kind !== "type") return undefined;
    return { name: scope.symbol(type.namespace, found.name), text: plain(found.type), scope };
  };
  const [was, is] = [union(old, owner), union(current, toNew(owner))];
  if (was === undefined || was.text === is?.text) return undefined;
  const body =
    use === "read"
      ? `export const read = (value: ${was.name}): ${was.text} => value;\n`
      : `export const build = (value: ${was.text}): ${was.name} => value;\n`;
  return was.scope.print(body) + body;
}

/** A declaration held against what it was, written out. */
function kindModule({ use }: Pair, before: Declared, after: Declared): string | undefined {
  const { name, declaration } = before;
  if (declaration.kind !== "type" || after.declaration.kind !== "type") {
    if (declaration.kind === after.declaration.kind) return undefined;
    // An object that is a plain value now, or the reverse.
    return printModule(
      before,
      use === "read"
        ? `export const read = (value: ${name}): ${shapeText(before)} => value;`
        : `export const build = (value: ${shapeText(before)}): ${name} => value;`,
    );
  }
  const [was, is] = [plain(declaration.type), plain(after.declaration.type)];
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
      const text = objectModule(pair, before, after, propertyKey(member));
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

/** About a global element: its constant, what may stand in its place, what is read and written of it. */
function elementModule(pair: Pair): string | undefined {
  const { use, change, old, current } = pair;
  const id = change.key.slice("element:".length).replace(/[~#](?=\{|[^}]*$).*$/u, "");
  const element = old.model.elements[id];
  if (element === undefined) return undefined;
  const constant = new Imports(old.input);
  const name = constant.symbol(element.name.namespace, old.input.names.element(id));
  const used = `export const element: typeof ${name} = ${name};\n`;
  if (current.model.elements[id] === undefined)
    return constant.print(used).replace("import type", "import") + used;
  const members = (
    code: Code,
  ): { readonly text: string; readonly name: string; readonly scope: Imports } | undefined => {
    const { names } = code.input;
    const scope = new Imports(code.input);
    const all = elementDeclarations(code.plan, scope, id);
    if (all.length === 0) return undefined;
    const wanted = use === "read" ? [names.readMember(id), names.member(id)] : [names.member(id)];
    const found = wanted.flatMap((each) => all.filter((declaration) => declaration.name === each))[0];
    if (found?.kind !== "type") return undefined;
    return { text: plain(found.type), name: scope.symbol(element.name.namespace, found.name), scope };
  };
  const [was, is] = [members(old), members(current)];
  if (was !== undefined && was.text !== is?.text) {
    const body =
      use === "read"
        ? `export const read = (value: ${was.name}): ${was.text} => value;\n`
        : `export const build = (value: ${was.text}): ${was.name} => value;\n`;
    return was.scope.print(body) + body;
  }
  for (const type of Object.values(old.model.types)) {
    if (type.kind !== "complex" || type.content.kind !== "elements") continue;
    const leaves = leavesOf(type.content.particle);
    if (!leaves.some((leaf) => leaf.kind === "element" && leaf.ref === id)) continue;
    const [before, after] = [declaredIn(old, type.id, use), declaredIn(current, pair.toNew(type.id), use)];
    const text = before && after && objectModule(pair, before, after, propertyKey(element.name.local));
    if (text !== undefined) return text;
  }
  const value = (code: Code, scope: Imports): string =>
    plain(
      elementArguments(code.plan, scope, id)[use === "read" ? 1 : 0] ??
        elementArguments(code.plan, scope, id)[0] ??
        "",
    );
  const text = value(old, constant);
  if (text === value(current, new Imports(current.input))) return undefined;
  const code =
    use === "read"
      ? `export const read = (xml: string): ${text} => ${constant.runtime("decode")}(${name}, xml);\n`
      : `export const build = (value: ${text}): string => ${constant.runtime("encode")}(${name}, value);\n`;
  // Here values are imported too.
  return constant.print(code).replaceAll("import type", "import") + code;
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
