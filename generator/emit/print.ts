/**
 * Prints tables as TypeScript in the form that prettier would give them, so that prettier need not see them. The rules
 * followed here are those of prettier 3 with its defaults but for the width; a test compares.
 */
import {
  isBare,
  isNamespaceName,
  isReference,
  isReferences,
  type Data,
  type DataObject,
  type NamespaceName,
  type Reference,
  type References,
} from "./data.js";

/** Columns of generated code: the width that `output/format.ts` tells prettier. */
const printWidth = 110;

/** Identifiers in the module that is printed; importing them is their affair. */
export interface Symbols {
  /** Of another descriptor. */
  readonly identify: (reference: Reference) => string;
  /** Of a function that gives a list of descriptors, where the module has one. */
  readonly list: (references: References) => string | undefined;
  /** Of the constant that holds a namespace. */
  readonly namespace: (uri: string) => string;
}

/** A constant to print. */
export interface Constant {
  readonly name: string;
  /** The descriptor type, and its one or two arguments. */
  readonly kind: string;
  readonly arguments: readonly string[];
  /** The function that makes a schema of the table. */
  readonly make: string;
  readonly data: DataObject;
  /** Properties that are printed as an identifier instead of their value. */
  readonly constants?: Readonly<Record<string, string>>;
  /** Lists in it are tuples: a compiler compares the items of a long array with each other, not those of a tuple. */
  readonly asConst?: boolean;
}

/** `export const name: Kind<arguments> = make({ ... });` */
export function printConstant(
  { name, kind, arguments: types, make, data, constants, asConst = false }: Constant,
  symbols: Symbols,
): string {
  const head = `export const ${name}: ${kind}<${types.join(", ")}> =`;
  const call = `/*@__PURE__*/ ${make}(`;
  const end = asConst ? " as const);\n" : ");\n";
  if (width(head) + width(call) + 2 <= printWidth)
    return `${head} ${call}${printExpanded(data, 0, symbols, constants)}${end}`;
  if (types.length > 1 && width(head) > printWidth) {
    const broken = `export const ${name}: ${kind}<\n${types.map((type) => `  ${type}`).join(",\n")}\n> =`;
    return `${broken} ${call}${printExpanded(data, 0, symbols, constants)}${end}`;
  }
  // A single argument is never broken, several only when they do not fit; else the call moves to the next line.
  return `${head}\n  ${call}${printExpanded(data, 2, symbols, constants)}${end}`;
}

/**
 * Whether prettier agrees with {@link printConstant}: always, unless a type argument is more than a name, the line is full just
 * before the brace, or a key is an identifier to it that is none to us.
 */
export function isFinal({ name, kind, arguments: types, make, data }: Constant): boolean {
  const columns = width(`export const ${name}: ${kind}<${types.join(", ")}> = /*@__PURE__*/ ${make}(`);
  return (
    columns !== printWidth &&
    (types.every((type) => /^[\w$]+$/u.test(type)) || columns < printWidth) &&
    !hasForeignKey(data)
  );
}

/** Whether a key is made of letters beyond ASCII: of those, prettier takes the quotes off some. */
function hasForeignKey(data: Data): boolean {
  if (isPrimitive(data) || isReference(data) || isReferences(data)) return false;
  return Object.entries(data).some(
    ([key, value]: [string, Data]) =>
      /^[\w$\u0080-\uffff]*[\u0080-\uffff][\w$\u0080-\uffff]*$/u.test(key) || hasForeignKey(value),
  );
}

/** `export const name = make(plain);` */
export function printCall(name: string, make: string, argument: string): string {
  const head = `export const ${name} = /*@__PURE__*/ ${make}(`;
  const flat = `${head}${argument});\n`;
  return width(flat) - 1 <= printWidth ? flat : `${head}\n  ${argument},\n);\n`;
}

/** `export const name = [...] as const;` */
export function printConstantList(
  name: string,
  values: readonly (string | number | bigint | boolean)[],
): string {
  const head = `export const ${name} = `;
  const items = values.map(printPrimitive);
  const flat = `${head}[${items.join(", ")}] as const;`;
  if (width(flat) <= printWidth) return `${flat}\n`;
  return `${head}${brokenArray(values, items, 0)} as const;\n`;
}

/** A string literal: double quotes unless single ones save escapes; nothing that is not plain text stays unescaped. */
export function printString(text: string): string {
  let double = 0;
  let single = 0;
  for (const character of text) {
    if (character === '"') double++;
    else if (character === "'") single++;
  }
  const quote = double > single ? "'" : '"';
  let result = quote;
  for (const character of text) {
    if (character === quote || character === "\\") result += `\\${character}`;
    else if (isPlain(character)) result += character;
    else result += escapeCharacter(character);
  }
  return result + quote;
}

/** Characters that are seen, and whose width prettier and we agree on. */
function isPlain(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code >= 0x20 && code < 0x7f) ||
    (code >= 0xa1 && code <= 0x2ff && code !== 0xad) ||
    isLetter(code) ||
    isWide(code)
  );
}

/** Greek, Cyrillic, Armenian, Georgian: letters of one column without combining marks. */
function isLetter(code: number): boolean {
  return (
    (code >= 0x386 &&
      code <= 0x3ce &&
      code !== 0x387 &&
      code !== 0x38b &&
      code !== 0x38d &&
      code !== 0x3a2) ||
    (code >= 0x400 && code <= 0x481) ||
    (code >= 0x48a && code <= 0x52f)
  );
}

/** Kana, CJK ideographs and Hangul syllables: two columns each. */
function isWide(code: number): boolean {
  return (
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3)
  );
}

const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/** Columns of a line of our own making: only identifiers and plain characters occur in it. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    columns += isWide(code) ? 2 : 1;
  }
  return columns;
}

/** A primitive value as source text. */
export function printPrimitive(value: string | number | bigint | boolean): string {
  if (typeof value === "string") return printString(value);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

const isPrimitive = (data: Data): data is string | number | bigint | boolean => typeof data !== "object";

/** An object over several lines, one property each. */
function printExpanded(
  data: DataObject,
  indent: number,
  symbols: Symbols,
  constants: Readonly<Record<string, string>> = {},
): string {
  const entries = Object.entries(data);
  if (entries.length === 0) return "{}";
  const pad = " ".repeat(indent + 2);
  const lines = entries.map(([key, value]) => {
    const name = printKey(key);
    const constant = Object.hasOwn(constants, key) ? constants[key] : undefined;
    if (constant !== undefined) return `${pad}${name}: ${constant},\n`;
    if (isNamespaceName(value)) return `${pad}${printNamespace(name, value, symbols)},\n`;
    const printed = printValue(value, indent + 2, indent + 4 + width(name), name, symbols);
    return `${pad}${name}:${printed.startsWith("\n") ? "" : " "}${printed},\n`;
  });
  return `{\n${lines.join("")}${" ".repeat(indent)}}`;
}

function printKey(key: string): string {
  // Written as any other key it would be the prototype.
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/u.test(key) ? key : printString(key);
}

function printNamespace(key: string, { namespaceName }: NamespaceName, symbols: Symbols): string {
  const name = symbols.namespace(namespaceName);
  return name === key ? name : `${key}: ${name}`;
}

/** A value as an expression. */
export function printData(data: Data, symbols: Symbols): string {
  return printValue(data, 0, 0, "", symbols);
}

/** A value that starts at `column` of a line indented by `indent`, and is followed by a comma. */
function printValue(data: Data, indent: number, column: number, key: string, symbols: Symbols): string {
  const flat = printFlat(data, symbols);
  if (flat !== undefined && column + width(flat) + 1 <= printWidth) return flat;
  if (isPrimitive(data)) {
    // A string moves to a line of its own, unless its key is so short that nothing would be gained.
    return typeof data === "string" && key.length >= 5
      ? `\n${" ".repeat(indent + 2)}${flat ?? ""}`
      : (flat ?? "");
  }
  if (isReference(data)) return printBrokenReference(data, indent, symbols);
  if (isReferences(data)) {
    const shared = symbols.list(data);
    if (shared !== undefined) return `\n${" ".repeat(indent + 2)}${shared}`;
    const names = data.references.map(symbols.identify);
    return `() => [\n${names.map((name) => `${" ".repeat(indent + 2)}${name},\n`).join("")}${" ".repeat(indent)}]`;
  }
  if (isArray(data)) return printBrokenArray(data, indent, symbols);
  if (isNamespaceName(data)) return symbols.namespace(data.namespaceName);
  return printExpanded(data, indent, symbols);
}

const isArray = (data: Data): data is readonly Data[] => Array.isArray(data);

/** An arrow function too long for its line: the body on the next. */
function printBrokenReference(reference: Reference, indent: number, symbols: Symbols): string {
  const name = symbols.identify(reference);
  return isBare(reference) ? `\n${" ".repeat(indent + 2)}${name}` : `() =>\n${" ".repeat(indent + 2)}${name}`;
}

/** One line, or undefined where prettier would not keep it on one. */
function printFlat(data: Data, symbols: Symbols): string | undefined {
  if (isPrimitive(data)) return printPrimitive(data);
  if (isReference(data)) {
    const name = symbols.identify(data);
    return isBare(data) ? name : `() => ${name}`;
  }
  if (isReferences(data)) {
    return symbols.list(data) ?? `() => [${data.references.map(symbols.identify).join(", ")}]`;
  }
  if (isArray(data)) {
    if (mustBreak(data)) return undefined;
    const items: string[] = [];
    for (const item of data) {
      const flat = printFlat(item, symbols);
      if (flat === undefined) return undefined;
      items.push(flat);
    }
    return `[${items.join(", ")}]`;
  }
  if (isNamespaceName(data)) return symbols.namespace(data.namespaceName);
  const entries: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (isNamespaceName(value)) {
      entries.push(printNamespace(printKey(key), value, symbols));
      continue;
    }
    const flat = printFlat(value, symbols);
    if (flat === undefined) return undefined;
    entries.push(`${printKey(key)}: ${flat}`);
  }
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Prettier breaks an array of several objects, or of several arrays, that have more than one part each. */
function mustBreak(data: readonly Data[]): boolean {
  return data.length > 1 && (data.every(isLargeArray) || data.every(isLargeObject));
}

const isLargeArray = (data: Data): boolean => isArray(data) && data.length > 1;

const isLargeObject = (data: Data): boolean =>
  !isPrimitive(data) &&
  !isArray(data) &&
  !isReference(data) &&
  !isReferences(data) &&
  !isNamespaceName(data) &&
  Object.keys(data).length > 1;

function printBrokenArray(data: readonly Data[], indent: number, symbols: Symbols): string {
  if (data.every(isPrimitive)) return brokenArray(data, data.map(printPrimitive), indent);
  const pad = " ".repeat(indent + 2);
  const items = data.map((item) => `${pad}${printValue(item, indent + 2, indent + 2, "", symbols)},\n`);
  return `[\n${items.join("")}${" ".repeat(indent)}]`;
}

/** Numbers fill lines, all else has a line each. */
function brokenArray(
  values: readonly (string | number | bigint | boolean)[],
  items: readonly string[],
  indent: number,
): string {
  const pad = " ".repeat(indent + 2);
  const close = " ".repeat(indent);
  if (values.length < 2 || !values.every((value) => typeof value === "number" && Number.isFinite(value))) {
    return `[\n${items.map((item) => `${pad}${item},\n`).join("")}${close}]`;
  }
  const lines: string[] = [];
  let line = pad;
  for (const item of items) {
    const piece = `${item},`;
    if (line === pad) line += piece;
    else if (line.length + 1 + piece.length <= printWidth) line += ` ${piece}`;
    else {
      lines.push(line);
      line = pad + piece;
    }
  }
  lines.push(line);
  return `[\n${lines.join("\n")}\n${close}]`;
}
