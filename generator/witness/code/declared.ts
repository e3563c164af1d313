/** Declarations of a release as witnesses use them: printed, imported, and taken apart into properties. */
import type { CodeWitness } from "../../diff/index.js";
import {
  alternativesOf,
  declarationsOf,
  elementDeclarations,
  type Declaration,
} from "../../emit/declarations.js";
import type { Scope } from "../../emit/scope.js";
import type { Property } from "../../emit/texts.js";
import { shownInput } from "../../emit-input.js";
import { isDeclared, planOf, type Plan } from "../../emit/plan.js";
import type { EmitInput } from "../../emit/types.js";
import { isBuiltin } from "../../model/builtins.js";
import { typeOf } from "../../model/query.js";
import type { ElementId, Model, TypeId } from "../../model/types.js";
import { addTo } from "../../multimap.js";
import type { ScalarRule, Service } from "../../service/types.js";

/** A release as code is generated from it. */
export interface CodeSide {
  readonly model: Model;
  readonly service?: Service;
  readonly scalars: readonly ScalarRule[];
  /** What all its code was generated from, where it was: names are decided once. */
  readonly input?: EmitInput;
}

/** What kind of code it is. */
export type Use = CodeWitness["use"];

/** The declarations of one release. */
export interface Code {
  readonly model: Model;
  readonly plan: Plan;
  readonly input: EmitInput;
}

/** The code of one side, as it is generated. */
export function codeOf({ model, service, scalars, input: made }: CodeSide): Code {
  const input = made ?? shownInput(model, service, { scalars, only: [] });
  return { model, plan: planOf(input), input };
}

/** What a module imports, by file. */
export class Imports implements Scope {
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
    const words = new Set(body.match(/[$\p{ID_Continue}]+/gu));
    return [...this.#found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([file, names]) => {
        const used = [...names]
          .filter(([, local]) => words.has(local))
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
export interface Declared {
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

/** The properties of each form that the objects of a type may have. */
export type Alternatives = readonly (readonly Property[])[];

/** How a type is declared in TypeScript for a use; undefined where it has no declaration of its own. */
export function declaredIn(
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

/** A declaration of another name than that of a type, with what it stands for. */
export interface Printed {
  readonly name: string;
  readonly text: string;
  readonly scope: Imports;
}

/** The union of a type and what derives from it. */
export function standInsOf({ model, plan, input }: Code, id: TypeId, use: Use): Printed | undefined {
  const type = typeOf(model, id);
  if (type === undefined || !plan.anyTypes.has(id)) return undefined;
  const { names } = input;
  const scope = new Imports(input);
  const all = declarationsOf(plan, scope, id);
  const wanted = use === "read" ? [names.anyReadType(id), names.anyType(id)] : [names.anyType(id)];
  const found = wanted.flatMap((each) => all.filter(({ name }) => name === each))[0];
  if (found?.kind !== "type") return undefined;
  return { name: scope.symbol(type.namespace, found.name), text: plain(found.type), scope };
}

/** What may stand where an element is referred to. */
export function elementMemberIn({ model, plan, input }: Code, id: ElementId, use: Use): Printed | undefined {
  const element = model.elements[id];
  if (element === undefined) return undefined;
  const { names } = input;
  const scope = new Imports(input);
  const all = elementDeclarations(plan, scope, id);
  if (all.length === 0) return undefined;
  const wanted = use === "read" ? [names.readMember(id), names.member(id)] : [names.member(id)];
  const found = wanted.flatMap((each) => all.filter((declaration) => declaration.name === each))[0];
  if (found?.kind !== "type") return undefined;
  return { name: scope.symbol(element.name.namespace, found.name), text: plain(found.type), scope };
}

/** Texts of declarations, comments left out. */
export function plain(text: string): string {
  return text
    .replace(/\/\*\*(?:(?!\*\/)[\s\S])*\*\//gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The text of a module that uses a declaration: its imports, then the body. */
export function printModule({ scope }: Declared, body: string): string {
  return `${scope.print(body)}${body}\n`;
}

/** The types that a property may have, as a set of texts; `undefined` where it may be absent. */
export function merged(alternatives: Alternatives): ReadonlyMap<string, ReadonlySet<string>> {
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
export function unionMembers(text: string): readonly string[] {
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

/** A union of distinct members. */
export function unionOf(texts: Iterable<string>): string {
  return [...new Set(texts)].join(" | ");
}

/** Whether a type is one of some, or a literal of one of them. */
export function isIn(text: string, types: ReadonlySet<string>): boolean {
  if (types.has(text)) return true;
  if (text.startsWith('"')) return types.has("string");
  return /^-?\d+n$/u.test(text) ? types.has("bigint") : /^-?[\d.]+$/u.test(text) && types.has("number");
}

const named = new WeakMap<EmitInput, ReadonlyMap<string, readonly TypeId[]>>();

/** Types by the names of their two forms. */
function typesByName({ model, input }: Code): ReadonlyMap<string, readonly TypeId[]> {
  let known = named.get(input);
  if (known === undefined) {
    const found = new Map<string, TypeId[]>();
    for (const id of Object.keys(model.types)) {
      for (const name of new Set([input.names.type(id), input.names.readType(id)])) {
        addTo(found, name, id);
      }
    }
    named.set(input, (known = found));
  }
  return known;
}

/** The type that bears a name in TypeScript. */
export function namedIn(code: Code, name: string, use: Use, scope?: Imports): Declared | undefined {
  if (!/^[A-Za-z_$][\w$]*$/u.test(name)) return undefined;
  for (const id of typesByName(code).get(name) ?? []) {
    const declared = declaredIn(code, id, use, scope);
    if (declared?.plainName === name) return declared;
  }
  return undefined;
}

/** A declaration written out in place of its name. */
export function shapeText({ declaration }: Declared): string {
  if (declaration.kind === "type") return plain(declaration.type);
  const properties = declaration.properties.map(
    ({ name, optional, type }) => `${name}${optional ? "?" : ""}: ${plain(type)}`,
  );
  return plain(`${declaration.extends} & { ${properties.join("; ")} }`);
}

/** A member as the key of a property: quoted where it is no identifier. */
export function propertyKey(member: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(member) ? member : JSON.stringify(member);
}

/** How a property is reached, by its key. */
export function accessTo(object: string, key: string): string {
  return key.startsWith('"') ? `${object}[${key}]` : `${object}.${key}`;
}

/** A key as a literal. */
export function quoted(key: string): string {
  return key.startsWith('"') ? key : JSON.stringify(key);
}
