/**
 * From XML to values.
 *
 * Tolerant of what newer and older servers do, and never silent about it: other order, missing and unknown content, unknown
 * values and types are read and reported with their place. Nothing is lost: what the schema does not know is kept in
 * `$unknown`, and written back by `encode`.
 */
import type {
  Atomic,
  ConditionContext,
  Described,
  ElementDescriptor,
  ExpandedName,
  Field,
  Polymorphic,
  Readable,
  SimpleType,
  Struct,
  Type,
  Unknown,
  XmlContent,
  XmlElement,
} from "./descriptor.js";
import { decodeXmlText } from "./encoding.js";
import { DecodeError, type Diagnostic, type Issue, type IssueCode } from "./errors.js";
import type { Leaves } from "./leaves.js";
import {
  checkPresence,
  expand,
  follow,
  isSimple,
  memberOf,
  BOOLEAN,
  INTEGER,
  kindOf,
  planOf,
  STRING,
  type Entry,
  type Part,
  type Plan,
} from "./plan.js";
import { collapse } from "./forms.js";
import { ncName } from "./names.js";
import {
  createLocator,
  createScanner,
  END,
  START,
  TEXT,
  XSI_NAMESPACE,
  XSI_TYPE,
  type Scanner,
  type ScannerOptions,
  type XmlAttribute,
} from "./scanner.js";
import { describe, expandedNames, nameOf, parse, parseListed, type Lookup } from "./simple.js";
import { pointer } from "./values.js";

/** How to read. */
export interface DecodeOptions extends ScannerOptions {
  /** The charset of the HTTP header; for bytes only. */
  readonly charset?: string;
  /** `keep` (the default) puts what the schema does not know in `$unknown`, `skip` drops it. Both report it. */
  readonly unknown?: "keep" | "skip";
  /** `throw` makes required content that is missing an error; `report` is the default. */
  readonly missing?: "report" | "throw";
  /** `accept` lets elements without a namespace stand for those that have one. */
  readonly unqualified?: "reject" | "accept";
  /** `fullValidation` of the runtime: only a value of a valid document is given, in the same pass. Throws a `ValidationError`. */
  readonly validate?: Validation;
  /**
   * Simple types of the schema that `xsi:type` names, by `{uri}local`, for validation: the tables of an element know no names of simple
   * types. A text has to be valid by the type that is named and by the one that is declared.
   */
  readonly types?: Readonly<Record<ExpandedName, SimpleType>>;
}

/** Validation of documents while they are read; see `validation.ts`. */
export interface Validation {
  readonly begin: (scanner: Scanner) => Checks;
}

/**
 * Looks at what is read. What is not proved to be valid on the way is doubtful, and `finish` looks at the whole document again.
 */
export interface Checks {
  /** Like `kindOf`: a kind other than 0 for what needs no check but that of `text`. */
  readonly kindOf: (entry: Entry) => number;
  /** Is content valid that comes in the order of the schema, with all that is required? */
  readonly isOrdered: (plan: Plan) => boolean;
  readonly doubt: () => void;
  /** The text of an element or attribute. */
  readonly text: (type: SimpleType, text: string, lookup: Lookup, fixed: string | undefined) => void;
  /** An element whose start tag was just read, other than a leaf without attributes. */
  readonly element: (type: Type, source: Element | undefined) => void;
  readonly struct: (plan: Plan) => void;
  /** An attribute that `xs:anyAttribute` lets in. */
  readonly attribute: (plan: Plan, attribute: XmlAttribute, lookup: Lookup) => void;
  /** The names of the children of a struct whose content is not ordered. */
  readonly content: (plan: Plan, names: readonly ExpandedName[]) => void;
  /** Throws when the document is not valid; `isOdd`: there were findings. */
  readonly finish: (root: Root, document: string, options: DecodeOptions, isOdd: boolean) => void;
}

/** What was read, and what was odd about it. */
export interface DecodeResult<T> {
  readonly value: T;
  /** In document order. */
  readonly diagnostics: readonly Diagnostic[];
  /** What stood on a root that is `null` or a plain value, which has no place for it; `encode` takes it back. */
  readonly root?: readonly Unknown[];
}

/** What a document may be described by. */
export type Root = ElementDescriptor | Struct | Polymorphic;

/** Reads a document. Throws {@link DecodeError} when it is not well-formed or its root is another element. */
export function decode<D extends Root>(
  descriptor: D,
  xml: string | Uint8Array,
  options?: DecodeOptions,
): Readable<D>;
export function decode<R>(
  descriptor: Described<any, R> & Root,
  xml: string | Uint8Array,
  options?: DecodeOptions,
): R;
export function decode(descriptor: Root, xml: string | Uint8Array, options?: DecodeOptions): unknown {
  return decodeResult(descriptor, xml, options).value;
}

/** What a reader is made from: the tables at work on a document. */
export interface ReaderParts {
  readonly scanner: Scanner;
  /** Of the document, once a reader asks for them. */
  leaves: Leaves | undefined;
  /** How the leaves of an entry are read. */
  readonly kind: typeof kindOf;
  /** What looks at a document that is validated. */
  readonly checks: Checks | undefined;
  /** The value of a text that begins at `start`, in an element of an atomic type. */
  readonly atomic: (entry: Entry, text: string, start: number, index?: number) => unknown;
  /** The value of any element whose start tag was just read. */
  readonly value: (entry: Entry, index?: number) => unknown;
  /** The same by its type, of a simple one without a look at attributes, and of a struct that is named by `tag`. */
  readonly valueOf: (type: Type, source: Element | undefined) => unknown;
  /** The value of a text, of an attribute for example. */
  readonly parseText: (
    type: SimpleType,
    text: string,
    offset: number,
    property?: string,
    fixed?: string,
  ) => unknown;
  readonly simple: (type: SimpleType, source: Element | undefined) => unknown;
  readonly struct: (
    plan: Plan,
    source: Element | undefined,
    tag?: string,
    foreign?: boolean,
    needless?: string,
  ) => object;
  /** An element as it is, and its content alone. */
  readonly element: () => XmlElement;
  readonly content: () => XmlContent;
  /** Notes the prefixes that a text may use, and what they stand for. */
  readonly keepPrefixes: (out: AsWritten, text: string) => void;
  /** Notes the attributes of an element that has no place for them. */
  readonly spare: (handled: string) => void;
  /** The value of an `xsi:type`, free of the prefix that only this document declares. */
  readonly typeName: (value: string) => string;
  readonly report: (code: IssueCode, message: string, offset: number, property?: string) => void;
  /** Properties and indexes down to the value that is being read. */
  readonly path: (string | number)[];
  /** Attributes that conditions on elements see from further out, nearest first. */
  inherited: ConditionContext;
  /** Reports what is missing or too much. */
  readonly present: (plan: Plan, values: readonly unknown[], start: number) => void;
  /** Says where the last known content went. */
  readonly mark: (part: Part, index?: number) => void;
  /** Reads children by tables, from the one after `last` on. */
  readonly children: (plan: Plan, values: unknown[], start: number, out: object, last?: Entry) => object;
}

/** Reads all children of a struct into an object, a new one where none is given; its `$type` is the tag, if there is one. */
export type Reader = (start: number, out: object | undefined, tag: string | undefined) => object;

/** Gives a faster reader for a plan, if it has one. */
export type ReaderCompiler = (plan: Plan, parts: ReaderParts) => Reader | undefined;

let compiler: ReaderCompiler | undefined;

/** From now on documents are read with what the compiler gives, and by tables where it gives nothing. */
export function useReaders(next: ReaderCompiler | undefined): void {
  compiler = next;
}

/**
 * What read the last documents of a few kinds, without the documents. When engines collect all garbage they drop the compiled code of
 * functions that nobody holds, and of those here each document has its own.
 */
const latest = /*#__PURE__*/ new Map<unknown, ReaderParts>();

interface Finding extends Issue {
  readonly offset: number;
}

/** An element as a schema has it. */
export type Element = Field | ElementDescriptor;
export type Attributes = Record<string, string>;

/** What is kept as it is written: attributes, and what the prefixes in texts stand for. */
export interface AsWritten {
  attributes?: Attributes;
  namespaces?: Attributes;
}

/** What looks like a qualified name in a text. */
const prefixed = /(?<!\S)([^\s:/]+):[^\s:/]+(?!\S)/g;

/** Like {@link decode}, and tells what was unknown, missing or wrong. */
export function decodeResult<D extends Root>(
  descriptor: D,
  xml: string | Uint8Array,
  options: DecodeOptions = {},
): DecodeResult<Readable<D>> {
  const document = typeof xml === "string" ? xml : decodeXmlText(xml, options.charset);
  const keep = options.unknown !== "skip";
  const unqualified = options.unqualified === "accept";
  const s = createScanner(document, options);
  const checks = options.validate?.begin(s);
  const kind = checks?.kindOf ?? kindOf;
  const { attributes, at, chars, local, lookup, next, offset, uri } = s;
  const findings: Finding[] = [];
  /** Properties and indexes down to the value that is being read. */
  const path: (string | number)[] = [];
  // What the object that is being filled keeps, and where its last known content went.
  let kept: Unknown[] | undefined;
  let lastProperty: string | undefined;
  let lastIndex: number | undefined;

  const report = (code: IssueCode, message: string, offset: number, property?: string): void => {
    const steps = property ? [...path, property] : path;
    findings.push({ code, path: pointer(steps), message, offset });
  };
  const name = (): string => expand(uri(), local());

  /** Keeps what has no place of its own. */
  const note = (what: Unknown, after = lastProperty): void => {
    if (!keep) return;
    (kept ??= []).push({
      ...(after !== undefined && { after }),
      ...(after === lastProperty && lastIndex !== undefined && { index: lastIndex }),
      ...what,
    });
  };

  let typeText: string | undefined;
  let typeSpace: string | undefined;
  let typeFull = "";
  /** The value of an `xsi:type`, free of the prefix that only this document declares. */
  function typeName(value: string): string {
    const text = collapse(value);
    const colon = text.indexOf(":");
    const space = lookup(text.slice(0, Math.max(colon, 0)));
    // Mostly it is the one before again.
    if (text !== typeText || space !== typeSpace) {
      typeText = text;
      typeSpace = space;
      const local = text.slice(colon + 1);
      // What is no name can only be written back as it is.
      typeFull = space === undefined || !ncName.test(local) ? text : expand(space, local);
    }
    return typeFull;
  }
  const xsi = (wanted: string): string | undefined =>
    attributes.find(({ uri, local }) => local === wanted && uri === XSI_NAMESPACE)?.value;

  /** Notes the prefixes that a text may use, and what they stand for. */
  const keepPrefixes = (out: AsWritten, text: string): void => {
    if (!text.includes(":")) return;
    for (const [, prefix = ""] of text.matchAll(prefixed)) {
      const space = prefix === "xml" ? undefined : lookup(prefix);
      if (space !== undefined) (out.namespaces ??= bare())[prefix] = space;
    }
  };
  /** Notes an attribute that has no place; a type that it names needs no prefix then, unless it is `raw`. */
  function keepAttribute(out: AsWritten, { uri, local, value }: XmlAttribute, raw = false): void {
    const full = expand(uri, local);
    // Without a prefix a type is of the default namespace here, which nobody declares when this is written.
    const isType = full === XSI_TYPE && !(raw && value.includes(":"));
    (out.attributes ??= bare())[full] = isType ? typeName(value) : value;
    if (!isType) keepPrefixes(out, value);
  }

  /** The content of an element as it is. */
  function content(): XmlContent {
    const out: AsWritten & { children?: (XmlElement | string)[] } = {};
    for (const one of attributes) {
      if (one.uri === XSI_NAMESPACE && (one.local === "type" || one.local === "nil")) checks?.doubt();
      keepAttribute(out, one, true);
    }
    for (let found; (found = next(true)) !== END;) {
      if (found === TEXT) keepPrefixes(out, s.text());
      (out.children ??= []).push(found === START ? element() : s.text());
    }
    return out;
  }
  const element = (): XmlElement => {
    const prefix = s.prefix();
    return { name: name(), ...(prefix && { prefix }), ...content() };
  };

  const unknownElement = (
    code: IssueCode,
    message = `unknown element ${name()}`,
    property?: string,
  ): void => {
    report(code, message, offset(), property);
    const node = element();
    note({ node });
  };
  const stray = (): void => unknownElement("unknown-element");

  function parseText(
    type: SimpleType,
    text: string,
    offset: number,
    property?: string,
    fixed?: string,
  ): unknown {
    const { value, unlisted } = parse(type, text, lookup);
    checks?.text(type, text, lookup, fixed);
    if (value === undefined)
      report("invalid-value", `${describe(text)} is not ${nameOf(type)}`, offset, property);
    else if (unlisted)
      report("unknown-value", `${describe(text)} is not a value that the schema lists`, offset, property);
    return value ?? text;
  }

  function simple(type: SimpleType, source: Element | undefined): unknown {
    const start = s.position();
    const text = chars(stray);
    const preset = text === "" ? (source?.default ?? source?.fixed) : undefined;
    if (preset === undefined) return parseText(type, text, start, undefined, source?.fixed);
    // What the schema gives has its QNames expanded already.
    checks?.text(type, preset, expandedNames, undefined);
    return parse(type, preset, expandedNames).value ?? preset;
  }

  const unknownAttribute = ({ uri, local, offset }: XmlAttribute): void =>
    report("unknown-attribute", `unknown attribute ${expand(uri, local)}`, offset);
  /** The attributes of an element that has no place for them. */
  const spare = (handled: string): void => {
    const left: AsWritten = {};
    for (const one of attributes) {
      if (one.uri !== XSI_NAMESPACE) {
        if (handled !== "nil") unknownAttribute(one);
      } else if (one.local === handled) continue;
      keepAttribute(left, one);
    }
    if (left.attributes) note(left);
  };

  /** The value of the element whose start tag was just read. */
  function valueOf(type: Type, source: Element | undefined): unknown {
    checks?.element(type, source);
    const nil = attributes.length > 0 ? xsi("nil") : undefined;
    if (nil !== undefined && /^(true|1)$/.test(collapse(nil))) {
      if (source?.nillable) {
        spare("nil");
        for (let found; (found = next(false)) !== END;) {
          if (found === START) unknownElement("nil-content");
          else {
            report("nil-content", "a nil element has no content", offset());
            note({ node: s.text() });
          }
        }
        return null;
      }
      report("not-nillable", "the element must not be nil", offset());
    }
    if (type.kind === "struct") return struct(planOf(type), source);
    if (type.kind === "any") return content();
    if (isSimple(type)) {
      if (attributes.length === 0) return simple(type, source);
      const isTyped = xsi("type") !== undefined;
      spare("");
      const value = simple(type, source);
      // A type that stands here by its name alone may make a QName of the text.
      const used: AsWritten = {};
      if (isTyped && typeof value === "string") keepPrefixes(used, value);
      if (used.namespaces) note(used);
      return value;
    }
    return type.codec.read(type, source, parts);
  }

  const readers = new Map<Plan, Reader>();
  const readerOf = (plan: Plan): Reader | undefined => {
    let reader = readers.get(plan);
    if (!reader && (reader = compiler?.(plan, parts))) readers.set(plan, reader);
    return reader;
  };

  function struct(
    plan: Plan,
    source: Element | undefined,
    tag?: string,
    foreign = false,
    /** The `xsi:type` that says what holds without it. */
    needless?: string,
  ): object {
    const start = offset();
    const outerKept = kept;
    const outerProperty = lastProperty;
    const outerIndex = lastIndex;
    const { inherited } = parts;
    kept = lastProperty = lastIndex = undefined;
    if (plan.inheritance) parts.inherited = plan.inheritance.read(plan.inheritable, attributes, inherited);
    checks?.struct(plan);
    let out: object | undefined;
    if (needless !== undefined)
      note({ attributes: Object.assign(bare(), { [XSI_TYPE]: needless }) }, "$self");
    if (attributes.length > 0 || plan.attributed) {
      out = readAttributes(plan, tag, start, foreign);
    }
    if (plan.text) {
      path.push("$value");
      put((out ??= started(tag)), "$value", simple(follow(plan.text), source));
      path.pop();
    } else {
      const reader = compiler && checks?.isOrdered(plan) !== false ? readerOf(plan) : undefined;
      out = reader
        ? reader(start, out, tag)
        : children(plan, new Array(plan.parts.length).fill(undefined), start, out ?? started(tag));
    }
    if (kept) put(out, "$unknown", kept);
    kept = outerKept;
    lastProperty = outerProperty;
    lastIndex = outerIndex;
    parts.inherited = inherited;
    return out;
  }

  /** Gives the object if any of the attributes has a place in it. */
  function readAttributes(
    plan: Plan,
    tag: string | undefined,
    start: number,
    foreign: boolean,
  ): object | undefined {
    const left: AsWritten = {};
    const [out, others] = plan.attributed?.read(plan, tag, start, left, parts) ?? [undefined, attributes];
    for (const attribute of others) {
      const { uri, local, value, offset } = attribute;
      const isType = uri === XSI_NAMESPACE && local === "type";
      if (isType && tag !== undefined && !foreign) continue;
      if (isType) {
        const type = typeName(value);
        if (!foreign && type !== plan.struct.name) report("unknown-type", `unknown type ${type}`, offset);
      } else if (uri !== XSI_NAMESPACE) unknownAttribute(attribute);
      keepAttribute(left, attribute);
    }
    if (left.attributes || left.namespaces) note(left, "$self");
    return out;
  }

  function children(plan: Plan, values: unknown[], start: number, out: object, last?: Entry): object {
    const { entries, mixed, tagging } = plan;
    const names: ExpandedName[] | undefined = checks?.isOrdered(plan) === false ? [] : undefined;
    let order = last ? last.part.index : -1;
    const seen: number[] = [];
    let expected = 0;
    /** The entry read last, and how many of it have come one after the other. */
    let before: Entry | undefined;
    let run = 0;
    for (;;) {
      let entry: Entry | undefined;
      if (!mixed) {
        // Mostly the next element is one of the next that the schema names.
        for (let k = expected; k < entries.length && k < expected + 4; k++) {
          const candidate = entries[k] as Entry;
          if (at(candidate)) {
            entry = candidate;
            break;
          }
        }
      }
      if (!entry) {
        const found = next(!!mixed);
        if (found === END) break;
        if (found === TEXT) {
          if (mixed) {
            const list = (values[mixed.index] ??= []) as unknown[];
            lastProperty = mixed.property;
            lastIndex = list.push(s.text()) - 1;
          } else {
            report("unexpected-text", `text is not allowed here: ${describe(s.text().trim())}`, offset());
            note({ node: s.text() });
          }
          continue;
        }
        entry = find(plan);
        if (!entry) {
          unknownElement("unknown-element", undefined, local());
          continue;
        }
      }
      names?.push(entry.wildcard ? name() : entry.expanded);
      if (tagging) entry = tagging.settle(plan, entry, values, before, run, parts);
      const { part } = entry;
      const { index, many, property } = part;
      expected = many ? entry.order : entry.order + 1;
      if (checks) {
        if (index < order && !names && !plan.all) checks.doubt();
        order = index;
      }
      if (!many && values[index] !== undefined) {
        unknownElement("too-many", `${property} is there more than once`, property);
        continue;
      }
      const list = many ? ((values[index] ??= []) as unknown[]) : undefined;
      run = entry === before ? run + 1 : 1;
      before = entry;
      const value = valueIn(entry, list?.length);
      lastProperty = property;
      lastIndex = list?.length;
      if (list) list.push(value);
      else values[index] = value;
      if (plan.all) seen.push(index);
    }
    if (names) checks?.content(plan, names);
    present(plan, values, start);
    if (!plan.all) return assemble(plan, values, out);
    for (const index of seen) put(out, plan.parts[index]?.property as string, values[index]);
    return out;
  }

  function present({ rules }: Plan, values: readonly unknown[], start: number): void {
    const count = ({ index, many }: Part): number =>
      values[index] === undefined ? 0 : many ? (values[index] as unknown[]).length : 1;
    if (rules.some(({ part, min, max }) => !part || count(part) < min || count(part) > max))
      checkPresence(rules, count, (code, property, message) => report(code, message, start, property));
  }

  /** The value of the element whose start tag was just read. */
  function valueIn(entry: Entry, index?: number): unknown {
    const found = attributes.length === 0 ? kind(entry) : 0;
    if (found > 0) {
      const start = s.position();
      const text = textIn(entry, index);
      if (found === STRING) return text;
      if (found === BOOLEAN && (text === "true" || text === "false")) return text === "true";
      return found === INTEGER && /^-?\d{1,9}$/.test(text)
        ? Number(text) || 0
        : atomicIn(entry, text, start, index);
    }
    const depth = enter(entry, index);
    const value = item(entry);
    leave(depth);
    return value;
  }
  /** The value of a text that begins at `start`. */
  const atomicIn = (entry: Entry, text: string, start: number, index?: number): unknown => {
    const type = entry.type as Atomic;
    let value = parseListed(type, text, lookup);
    if (value !== undefined) {
      checks?.text(type, text, lookup, undefined);
      return value;
    }
    const depth = enter(entry, index);
    value = parseText(type, text, start);
    leave(depth);
    return value;
  };
  const mark = ({ property }: Part, index?: number): void => {
    lastProperty = property;
    lastIndex = index;
  };
  const leave = (depth: number): void => {
    // To set the length would free the memory that the next entry needs.
    while (path.length > depth) path.pop();
  };
  const enter = ({ part }: Entry, index?: number): number => {
    mark(part, index);
    const depth = path.push(part.property) - 1;
    if (index !== undefined) path.push(index);
    return depth;
  };
  let textEntry: Entry | undefined;
  let textIndex: number | undefined;
  const textIn = (entry: Entry, index?: number): string => {
    textEntry = entry;
    textIndex = index;
    return chars(strayIn);
  };
  const strayIn = (): void => {
    const depth = enter(textEntry as Entry, textIndex);
    stray();
    leave(depth);
  };
  const parts: ReaderParts = {
    scanner: s,
    leaves: undefined,
    kind,
    checks,
    atomic: atomicIn,
    value: valueIn,
    valueOf,
    parseText,
    keepPrefixes,
    simple,
    struct,
    element,
    content,
    spare,
    typeName,
    report,
    path,
    inherited: [],
    present,
    mark,
    children,
  };

  /** The entry for the start tag just read. */
  const find = (plan: Plan): Entry | undefined => {
    const space = uri();
    const own = local();
    const first = plan.names.get(own);
    for (let entry = first; entry; entry = entry.same) if (entry.ns === space) return entry;
    if (first && unqualified && space === "") return first;
    return plan.tagging?.wildcardFor(plan, s);
  };
  const item = (entry: Entry): unknown => {
    const { element, part } = entry;
    return part.tagging
      ? part.tagging.read(entry, parts)
      : valueOf(follow((element as Element).type), element);
  };

  s.root();
  let type: Type = descriptor as Struct;
  let source: Element | undefined;
  if (descriptor.kind === "element") {
    source = descriptor;
    type = follow(descriptor.type);
    if (
      name() !== descriptor.name &&
      !(unqualified && uri() === "" && descriptor.name.endsWith("}" + local()))
    ) {
      s.fail(`The root element is ${name()}, not ${descriptor.name}`, offset(), "root");
    }
  }
  const value = valueOf(type, source) as Readable<D>;
  s.finish();
  const root = kept;
  // A root that is null or a plain value has no place for attributes, and its own findings were reported.
  for (const { attributes: lost = {} } of root ?? [])
    for (const each of Object.keys(lost))
      if (!findings.some(({ message }) => message === `unknown attribute ${each}`))
        report("unknown-attribute", `the value has no place for the attribute ${each}`, 0);

  checks?.finish(descriptor, document, options, findings.length > 0);

  const diagnostics = located(findings, document, options);
  findings.length = 0;
  kept = undefined;
  typeText = typeSpace = typeFull = "";
  if (s.units.length < 1 << 18) {
    // Tables read all documents alike.
    const key = compiler && descriptor;
    latest.delete(key);
    if (latest.size > 7) latest.delete(latest.keys().next().value);
    latest.set(key, parts);
  }
  const missing = diagnostics.filter(({ code }) => code.startsWith("missing"));
  if (options.missing === "throw" && missing.length > 0) {
    throw new DecodeError(
      missing.map(({ path, message, line }) => `${path || "/"} (line ${line}): ${message}`).join("\n"),
      diagnostics,
    );
  }
  return { value, diagnostics, ...(root && { root }) };
}

/** Findings with their places, in document order; apart, since what is kept of a reader must not know the document. */
function located(findings: readonly Finding[], document: string, { origin }: DecodeOptions): Diagnostic[] {
  const locate = createLocator(document, origin);
  return findings
    .filter(({ offset }) => offset >= (origin?.skip ?? 0))
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, ...one }) => ({ ...one, ...locate(offset) }));
}

/** An object that has nothing but its type yet. */
export function started(tag: string | undefined): object {
  return tag === undefined ? {} : { $type: tag };
}

export function bare(): Attributes {
  return Object.create(null) as Attributes;
}

/**
 * Adds what is there to an object. Engines turn an object into a slow dictionary when many properties are added by a key
 * that is only known at run time; an object that is parsed with them all stays quick, and has its values in one piece.
 */
export function assemble({ parts, shapes }: Plan, values: readonly unknown[], given: object): object {
  let out = given as Record<string, unknown>;
  let mask = "";
  let bits = 1;
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    bits *= 2;
    if (values[k] !== undefined) {
      bits++;
      count++;
    }
    if (bits > 0x20000000) {
      mask += bits + " ";
      bits = 1;
    }
  }
  const copies = count > 12;
  if (copies) {
    const own = Object.keys(given);
    const key = mask + bits + own.join();
    let shape = shapes.get(key);
    if (shape === undefined) {
      shape = membersOf(parts, values, own);
      if (shapes.size < 256) shapes.set(key, shape);
    }
    out = JSON.parse(shape) as typeof out;
    for (const property of own) out[property] = (given as typeof out)[property];
  }
  for (let k = 0; k < values.length; k++) {
    const { property } = parts[k] as Part;
    const value = values[k];
    if (value === undefined) continue;
    if (copies) out[property] = value;
    else put(out, property, value);
  }
  return out;
}

/** An object with all that is there, as JSON. */
function membersOf(parts: readonly Part[], values: readonly unknown[], own: readonly string[]): string {
  let out = "";
  for (const property of own) out += memberOf(property);
  for (let k = 0; k < values.length; k++) if (values[k] !== undefined) out += (parts[k] as Part).member;
  return `{${out.slice(1)}}`;
}

/** Sets a property that comes from a descriptor, `__proto__` included, and what a frozen `Object.prototype` has. */
export function put(target: object, property: string, value: unknown): void {
  if (property in Object.prototype) {
    Object.defineProperty(target, property, { value, writable: true, enumerable: true, configurable: true });
  } else (target as Record<string, unknown>)[property] = value;
}
