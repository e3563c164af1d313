/**
 * Witnesses in TypeScript: for a change that breaks code, a smallest module that compiles against the older release
 * and not against the newer one. Modules are made from the very declarations that are generated.
 */
import type { Change, CodeWitness } from "../../diff/index.js";
import { elementArguments } from "../../emit/declarations.js";
import { printPrimitive } from "../../emit/print.js";
import type { Property } from "../../emit/texts.js";
import { enumerationValue } from "../../emit/values.js";
import { derivedTypes, leavesOf, typeOf, usesType } from "../../model/query.js";
import type { TypeId } from "../../model/types.js";
import {
  accessTo,
  codeOf,
  declaredIn,
  elementMemberIn,
  Imports,
  isIn,
  merged,
  namedIn,
  plain,
  printModule,
  propertyKey,
  quoted,
  shapeText,
  standInsOf,
  unionMembers,
  unionOf,
  type Alternatives,
  type Code,
  type CodeSide,
  type Declared,
  type Printed,
  type Use,
} from "./declared.js";
import { renamedId } from "../documents/releases.js";
import { listModule } from "./list.js";
import { elementIdOf, headsOf, readingsOf, type Pair } from "./readings.js";

/** Two releases, as they were compared. */
export interface CodeReleases {
  readonly before: CodeSide;
  readonly after: CodeSide;
  /** New type ids by old ones, where the name changed. */
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
}

/** Whether a change breaks code, so that a module can show it. */
export function breaksCode({ verdicts: { ts } }: Change): boolean {
  return Object.values(columns).some((column) => ts[column] === "breaking");
}

/** Kinds of code by their verdicts. */
const columns = { read: "read", build: "build", list: "meta" } as const;
const uses = ["read", "build", "list"] as const;

/** Modules that break: for code that reads, that builds, and that lists all of a type, where each breaks. */
export function findCode(change: Change, releases: CodeReleases): readonly CodeWitness[] {
  return uses.flatMap((use) => {
    if (change.verdicts.ts[columns[use]] !== "breaking") return [];
    const source = moduleFor(use, change, releases);
    return source === undefined ? [] : [{ use, source }];
  });
}

type Shared = Omit<Pair, "use" | "change">;

const shared = new WeakMap<CodeReleases, Shared>();

/** What the modules about all changes have in common. */
function sharedBy(releases: CodeReleases): Shared {
  let known = shared.get(releases);
  if (known === undefined) {
    const [old, current] = [codeOf(releases.before), codeOf(releases.after)];
    const toNew = (id: TypeId): TypeId => renamedId(id, releases.renamed);
    const toOld = new Map(Object.keys(old.model.types).map((id) => [toNew(id), id]));
    const made = new Map<string, string | undefined>();
    const once: Pair["once"] = (key, make) => {
      if (!made.has(key)) made.set(key, make());
      return made.get(key);
    };
    shared.set(releases, (known = { old, current, toNew, toOld, once }));
  }
  return known;
}

function moduleFor(use: Use, change: Change, releases: CodeReleases): string | undefined {
  const pair: Pair = { use, change, ...sharedBy(releases) };
  if (use === "list") return listModule(pair);
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
  // What a base brings may change what its derived types look like.
  for (const { owner } of readingsOf(pair)) {
    for (const id of derivedTypes(pair.old.model, owner)) {
      const text = typeModule(pair, id);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

// ---------------------------------------------------------------------------------------------- modules

/** About the member that changed. */
function memberModule(pair: Pair, owner: TypeId, member: string): string | undefined {
  const { use, old, current, toNew, change } = pair;
  const before = declaredIn(old, owner, use);
  if (before === undefined) return undefined;
  const value = (change.formerly ?? change.component).path.at(-1) ?? "";
  const type = typeOf(old.model, owner);
  if (value.startsWith("=") && member === "" && type?.kind === "simple") {
    const literal = printPrimitive(enumerationValue(old.plan, type, value.slice(1)));
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
  if (stand !== undefined && isAboutForms(pair.change)) return stand;
  if (
    before.declaration.kind !== "type" ||
    before.alternatives() !== undefined ||
    after.alternatives() !== undefined
  ) {
    return objectModule(pair, before, after) ?? kindModule(pair, before, after);
  }
  return kindModule(pair, before, after);
}

/** Whether a change is about which types may stand for another. */
function isAboutForms({ rule }: Change): boolean {
  return /abstract|^type\.(?:added|removed|base)|block/u.test(rule);
}

/** The union of a type and what derives from it, where that changed. */
function standInModule({ use, old, current, toNew, once }: Pair, owner: TypeId): string | undefined {
  return once(`${use} type ${owner}`, () => {
    const [was, is] = [standInsOf(old, owner, use), standInsOf(current, toNew(owner), use)];
    return was === undefined || was.text === is?.text ? undefined : heldAgainst(use, was);
  });
}

/** A name held against what it stood for. */
function heldAgainst(use: Use, { name, text, scope }: Printed): string {
  const body =
    use === "read"
      ? `export const read = (value: ${name}): ${text} => value;\n`
      : `export const build = (value: ${text}): ${name} => value;\n`;
  return scope.print(body) + body;
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

/** About a type without a name of its own in TypeScript: a member that has it. */
function carrierModule(pair: Pair, used: TypeId): string | undefined {
  const { use, change, once } = pair;
  return once(`${use} carrier ${isAboutForms(change)} ${used}`, () => carrierOf(pair, used));
}

function carrierOf(pair: Pair, used: TypeId): string | undefined {
  const { model } = pair.old;
  const uses = (id: TypeId): boolean => usesType(model, id, used);
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple") {
      if (type.id !== used && uses(type.id)) {
        const text = typeModule(pair, type.id);
        if (text !== undefined) return text;
      }
      continue;
    }
    const leaves = type.content.kind === "elements" ? leavesOf(type.content.particle) : [];
    const members = [
      ...leaves.flatMap((leaf) => (leaf.kind === "element" && uses(leaf.type) ? [leaf.name.local] : [])),
      ...type.attributes.flatMap((use) => (uses(use.type) ? [`@${use.name.local}`] : [])),
      ...(type.content.kind === "simple" && uses(type.content.type) ? ["$value"] : []),
    ];
    if (members.length === 0) continue;
    const before = declaredIn(pair.old, type.id, pair.use);
    const after = declaredIn(pair.current, pair.toNew(type.id), pair.use);
    if (before === undefined || after === undefined) continue;
    for (const member of members) {
      const text = objectModule(pair, before, after, propertyKey(member));
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

/** About a global element: its constant, what may stand in its place, what is read and written of it. */
function elementModule(pair: Pair): string | undefined {
  const { use, change, old, current, once } = pair;
  const id = elementIdOf(change);
  const element = old.model.elements[id];
  if (element === undefined) return undefined;
  const constant = new Imports(old.input);
  const name = constant.symbol(element.name.namespace, old.input.names.element(id));
  const used = `export const element: typeof ${name} = ${name};\n`;
  if (current.model.elements[id] === undefined)
    return constant.print(used).replace("import type", "import") + used;
  for (const head of headsOf(old.model, id)) {
    const held = once(`${use} element ${head}`, () => {
      const [was, is] = [elementMemberIn(old, head, use), elementMemberIn(current, head, use)];
      return was === undefined || was.text === is?.text ? undefined : heldAgainst(use, was);
    });
    if (held !== undefined) return held;
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

function operationModule({ use, change, old, current }: Pair): string | undefined {
  const operation = old.input.service?.operations.find(
    ({ service, name }) => change.key === `operation:${service}.${name}`,
  );
  const key = change.old?.value;
  const former =
    operation ?? old.input.service?.operations.find(({ service, name }) => key === `${service}.${name}`);
  if (former === undefined) return undefined;
  // A request that lost its response is still there, and code that builds it compiles.
  const asked = use === "build" && change.rule !== "operation.response.removed";
  const type = typeOf(old.model, asked ? former.request : former.response);
  // A type that stays compiles, whatever became of its operation.
  if (type === undefined || current.model.types[type.id] !== undefined) return undefined;
  const declared = declaredIn(old, type.id, use);
  return (
    declared &&
    printModule(declared, `export const ${use} = (value: ${declared.name}): ${declared.name} => value;`)
  );
}
