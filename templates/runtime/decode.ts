/**
 * From XML to values.
 *
 * Tolerant of what newer and older servers do, and never silent about it: other order, missing and unknown content, unknown
 * values and types are read and reported with their place. Nothing is lost: what the schema does not know is kept in
 * `$unknown`, and written back by `encode`.
 */
import type {
  Described,
  ElementDescriptor,
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
import { DecodeError, type Diagnostic, type IssueCode } from "./errors.js";
import {
  allows,
  checkPresence,
  expand,
  familyOf,
  follow,
  knownOf,
  planOf,
  put,
  type Entry,
  type Plan,
} from "./plan.js";
import { END, Scanner, START, TEXT, XSI_NAMESPACE, type ScannerOptions } from "./scanner.js";
import { describe, INVALID, isUnlisted, nameOf, parse } from "./simple.js";

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
}

/** What was read, and what was odd about it. */
export interface DecodeResult<T> {
  readonly value: T;
  /** In document order. */
  readonly diagnostics: readonly Diagnostic[];
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
export function decode(descriptor: Root, xml: string | Uint8Array, options: DecodeOptions = {}): unknown {
  return read(descriptor, xml, options).value;
}

/** Like {@link decode}, and tells what was unknown, missing or wrong. */
export function decodeResult<D extends Root>(
  descriptor: D,
  xml: string | Uint8Array,
  options: DecodeOptions = {},
): DecodeResult<Readable<D>> {
  const { value, reader } = read(descriptor, xml, options);
  return { value: value as Readable<D>, diagnostics: reader.diagnostics() };
}

function read(
  descriptor: Root,
  xml: string | Uint8Array,
  options: DecodeOptions,
): { value: unknown; reader: Reader } {
  const text = typeof xml === "string" ? xml : decodeXmlText(xml, options.charset);
  const reader = new Reader(new Scanner(text, options), options);
  const value = reader.root(descriptor);
  reader.s.release();
  if (options.missing === "throw") {
    const all = reader.diagnostics();
    const missing = all.filter(({ code }) => code.startsWith("missing-"));
    if (missing.length > 0) {
      throw new DecodeError(
        missing.map(({ path, message, line }) => `${path || "/"} (line ${line}): ${message}`).join("\n"),
        all,
      );
    }
  }
  return { value, reader };
}

interface Finding {
  readonly code: IssueCode;
  readonly path: string;
  readonly message: string;
  readonly offset: number;
}

/** What is known about the object that is being filled. */
interface Frame {
  unknown: Unknown[] | undefined;
  /** Where the last known content went. */
  after: string | undefined;
  index: number | undefined;
}

/** The default and nillability of an element. */
interface Site {
  readonly nillable?: boolean | undefined;
  readonly default?: string | undefined;
}

const NIL = "{" + XSI_NAMESPACE + "}nil";
const TYPE = "{" + XSI_NAMESPACE + "}type";

class Reader {
  readonly s: Scanner;
  private readonly keep: boolean;
  private readonly unqualified: boolean;
  private readonly findings: Finding[] = [];
  /** Properties and indexes down to the open object. */
  private readonly path: (string | number)[] = [];
  private readonly lookup = (prefix: string): string | undefined => this.s.lookup(prefix);

  constructor(scanner: Scanner, options: DecodeOptions) {
    this.s = scanner;
    this.keep = options.unknown !== "skip";
    this.unqualified = options.unqualified === "accept";
  }

  diagnostics(): Diagnostic[] {
    // One walk over the text finds all lines.
    const order = this.findings.map((finding, k) => ({ finding, k }));
    order.sort((x, y) => x.finding.offset - y.finding.offset || x.k - y.k);
    const { text } = this.s;
    let line = 1;
    let start = 0;
    let i = 0;
    return order.map(({ finding: { code, path, message, offset } }) => {
      for (; i < offset; i++) {
        const c = text.charCodeAt(i);
        if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) {
          line++;
          start = i + 1;
        }
      }
      return { code, path, message, line, column: offset - start + 1 };
    });
  }

  root(descriptor: Root): unknown {
    const s = this.s;
    s.root();
    let type: Type;
    let site: Site = {};
    if (descriptor.kind === "element") {
      const name = expand(s.uri, s.local());
      if (
        name !== descriptor.name &&
        !(this.unqualified && s.uri === "" && descriptor.name.endsWith("}" + name))
      ) {
        s.fail(`The root element is ${name}, not ${descriptor.name}`, s.a - 1, "root");
      }
      type = follow(descriptor.type);
      site = { nillable: descriptor.nillable, default: descriptor.default ?? descriptor.fixed };
    } else type = descriptor;
    const value = this.value(
      type,
      site,
      { unknown: undefined, after: undefined, index: undefined },
      "",
      undefined,
    );
    s.finish();
    return value;
  }

  private report(
    code: IssueCode,
    message: string,
    offset: number,
    ...more: (string | number | undefined)[]
  ): void {
    let path = "";
    for (const part of this.path) path += "/" + part;
    for (const part of more) if (part !== undefined && part !== "") path += "/" + part;
    this.findings.push({ code, path, message, offset });
  }

  /** The value of the element whose start tag was just read. */
  private value(type: Type, site: Site, frame: Frame, property: string, index: number | undefined): unknown {
    const s = this.s;
    if (s.attributes > 0 && this.isNil(site, property, index)) {
      this.spare(frame, property, index, NIL);
      this.drop(frame, property, index);
      return null;
    }
    switch (type.kind) {
      case "atomic":
      case "list":
      case "union": {
        if (s.attributes > 0) this.spare(frame, property, index, undefined);
        return this.simple(type, site, frame, property, index);
      }
      case "struct":
        return this.struct(planOf(type), undefined, site, property, index);
      case "polymorphic":
        return this.polymorphic(type, site, frame, property, index);
      case "any":
        return this.content();
    }
  }

  private isNil(site: Site, property: string, index: number | undefined): boolean {
    const s = this.s;
    for (let k = 0; k < s.attributes; k++) {
      if (s.attributeLocal[k] === "nil" && s.attributeUri[k] === XSI_NAMESPACE) {
        const nil = /^[ \t\n\r]*(?:true|1)[ \t\n\r]*$/.test(s.attributeValue[k] as string);
        if (nil && site.nillable === true) return true;
        if (nil)
          this.report(
            "not-nillable",
            "The element must not be nil",
            s.attributeOffset[k] as number,
            property,
            index,
          );
      }
    }
    return false;
  }

  /** Keeps the attributes of an element that has no place for them; `except` is dealt with. */
  private spare(frame: Frame, property: string, index: number | undefined, except: string | undefined): void {
    const s = this.s;
    let attributes: Record<string, string> | undefined;
    for (let k = 0; k < s.attributes; k++) {
      const uri = s.attributeUri[k] as string;
      const name = expand(uri, s.attributeLocal[k] as string);
      if (name === except) continue;
      if (uri !== XSI_NAMESPACE && except === undefined) {
        this.report(
          "unknown-attribute",
          `Unknown attribute ${name}`,
          s.attributeOffset[k] as number,
          property,
          index,
        );
      }
      attributes ??= Object.create(null) as Record<string, string>;
      attributes[name] = this.typeName(name, s.attributeValue[k] as string);
    }
    if (attributes !== undefined) this.note(frame, { attributes }, property, index);
  }

  /** The value of an `xsi:type`, free of the prefix that only this document declares. */
  private typeName(name: string, value: string): string {
    if (name !== TYPE) return value;
    const text = value.trim();
    const colon = text.indexOf(":");
    const uri = this.s.lookup(colon < 0 ? "" : text.slice(0, colon));
    return uri === undefined ? text : expand(uri, text.slice(colon + 1));
  }

  private note(
    frame: Frame,
    what: { node: XmlElement | string } | { attributes: Record<string, string> },
    after: string | undefined,
    index: number | undefined,
  ): void {
    if (!this.keep) return;
    const place: { after?: string; index?: number } = {};
    if (after !== undefined) place.after = after;
    if (index !== undefined) place.index = index;
    (frame.unknown ??= []).push({ ...place, ...what });
  }

  /** Over content that should not be there. */
  private drop(frame: Frame, property: string, index: number | undefined): void {
    const s = this.s;
    for (;;) {
      const found = s.next(false);
      if (found === END) return;
      if (found === TEXT) {
        this.report("nil-content", "A nil element has no content", s.valueOffset, property, index);
        this.note(frame, { node: s.value }, property, index);
      } else this.stray(frame, property, index);
    }
  }

  /** A child element where only text should be. */
  private stray(frame: Frame, property: string, index: number | undefined): void {
    const s = this.s;
    this.report("unknown-element", `Unknown element ${expand(s.uri, s.local())}`, s.a - 1, property, index);
    if (this.keep) this.note(frame, { node: this.element() }, property, index);
    else this.skip();
  }

  private simple(
    type: SimpleType,
    site: Site,
    frame: Frame,
    property: string,
    index: number | undefined,
  ): unknown {
    const offset = this.s.i;
    const text = this.s.chars(() => this.stray(frame, property, index));
    return this.parse(
      type,
      text === "" && site.default !== undefined ? site.default : text,
      offset,
      property,
      index,
    );
  }

  private parse(type: SimpleType, text: string, offset: number, property: string, index?: number): unknown {
    const value = parse(type, text, this.lookup);
    if (value === INVALID) {
      this.report("invalid-value", `${describe(text)} is not ${nameOf(type)}`, offset, property, index);
      return text;
    }
    if ((type.kind !== "atomic" || type.values !== undefined) && isUnlisted(type, value, text, this.lookup)) {
      this.report(
        "unknown-value",
        `${describe(text)} is a value that the schema does not list`,
        offset,
        property,
        index,
      );
    }
    return value;
  }

  private polymorphic(
    type: Polymorphic,
    site: Site,
    frame: Frame,
    property: string,
    index: number | undefined,
  ): unknown {
    const s = this.s;
    const family = familyOf(type);
    let chosen = family.base;
    let tag: string = chosen.tag;
    let given = false;
    // A name whose prefix is not declared can only be written back as it is.
    let foreign = false;
    for (let k = 0; k < s.attributes; k++) {
      if (s.attributeLocal[k] !== "type" || s.attributeUri[k] !== XSI_NAMESPACE) continue;
      given = true;
      const raw = (s.attributeValue[k] as string).trim();
      const name = this.typeName(TYPE, raw);
      const known = family.byName.get(name) ?? family.byName.get(raw);
      if (known !== undefined) {
        chosen = known;
        tag = known.tag;
      } else {
        tag = name;
        foreign = !name.startsWith("{");
        this.report(
          "unknown-type",
          `Unknown type ${name}, read as ${chosen.tag}`,
          s.attributeOffset[k] as number,
          property,
          index,
        );
      }
    }
    if (!given && type.abstract === true) {
      this.report(
        "missing-type",
        `xsi:type must choose a type derived from ${type.tag}`,
        s.a - 1,
        property,
        index,
      );
    }
    const target = chosen.type();
    if (target.kind === "struct") return this.struct(planOf(target), tag, site, property, index, foreign);
    if (s.attributes > 0) this.spare(frame, property, index, TYPE);
    const value =
      target.kind === "any" || target.kind === "polymorphic"
        ? this.content()
        : this.simple(target, site, frame, property, index);
    return given ? { $type: tag, $value: value } : value;
  }

  private struct(
    plan: Plan,
    tag: string | undefined,
    site: Site,
    property: string,
    index: number | undefined,
    foreign: boolean = false,
  ): object {
    const depth = this.path.length;
    if (property !== "") this.path.push(property);
    if (index !== undefined) this.path.push(index);
    const s = this.s;
    const offset = s.a - 1;
    const out = {};
    const frame: Frame = { unknown: undefined, after: undefined, index: undefined };
    if (tag !== undefined) put(out, "$type", tag);
    if (s.attributes > 0 || plan.attributes.length > 0)
      this.attributes(plan, out, frame, tag !== undefined && !foreign, foreign, offset);
    if (plan.text !== undefined) {
      put(out, "$value", this.simple(plan.text(), site, frame, "$value", undefined));
    } else this.children(plan, out, frame, offset);
    if (frame.unknown !== undefined) put(out, "$unknown", frame.unknown);
    this.path.length = depth;
    return out;
  }

  private attributes(
    plan: Plan,
    out: object,
    frame: Frame,
    typed: boolean,
    foreign: boolean,
    offset: number,
  ): void {
    const s = this.s;
    let any: Record<string, string> | undefined;
    let unknown: Record<string, string> | undefined;
    const seen = new Set<string>();
    for (let k = 0; k < s.attributes; k++) {
      const uri = s.attributeUri[k] as string;
      const local = s.attributeLocal[k] as string;
      const value = s.attributeValue[k] as string;
      const at = s.attributeOffset[k] as number;
      const entry = plan.attributes.find((one) => one.attribute.name === local && one.ns === uri);
      if (entry !== undefined) {
        seen.add(entry.property);
        put(out, entry.property, this.parse(entry.type(), value, at, entry.property));
        continue;
      }
      const name = expand(uri, local);
      if (uri === XSI_NAMESPACE) {
        if (local === "type") {
          if (typed) continue;
          const type = this.typeName(name, value);
          if (type === plan.struct.name) continue;
          if (!foreign) this.report("unknown-type", `Unknown type ${type}`, at);
        }
      } else if (plan.anyAttribute.some((wildcard) => allows(wildcard, uri, local))) {
        any ??= Object.create(null) as Record<string, string>;
        any[name] = value;
        continue;
      } else this.report("unknown-attribute", `Unknown attribute ${name}`, at);
      unknown ??= Object.create(null) as Record<string, string>;
      unknown[name] = this.typeName(name, value);
    }
    for (const { attribute, property } of plan.attributes) {
      if (attribute.required === true && !seen.has(property)) {
        this.report("missing-attribute", `The attribute ${attribute.name} is required`, offset, property);
      }
    }
    if (any !== undefined) put(out, "$anyAttribute", any);
    if (unknown !== undefined) this.note(frame, { attributes: unknown }, "$self", undefined);
  }

  private children(plan: Plan, out: object, frame: Frame, offset: number): void {
    const s = this.s;
    const { entries, parts, mixed } = plan;
    const values: unknown[] = new Array(parts.length).fill(undefined);
    const order: number[] | undefined = plan.all ? [] : undefined;
    const keepSpace = mixed !== undefined;
    let expected = 0;
    for (;;) {
      let entry: Entry | undefined;
      if (!keepSpace) {
        // Mostly the next element is one of the next that the schema names.
        for (let k = expected; k < entries.length && k < expected + 4; k++) {
          const candidate = entries[k] as Entry;
          if (s.at(candidate.units, candidate.id)) {
            entry = candidate;
            expected = candidate.many ? k : k + 1;
            break;
          }
        }
      }
      if (entry === undefined) {
        const found = s.next(keepSpace);
        if (found === END) break;
        if (found === TEXT) {
          this.text(mixed, values, frame);
          continue;
        }
        entry = this.find(plan);
        if (entry === undefined) {
          this.unknownElement(frame);
          continue;
        }
        if (entry.any === undefined) expected = entries.indexOf(entry) + (entry.many ? 0 : 1);
      }
      const { index, property } = entry;
      if (entry.many) {
        let list = values[index] as unknown[] | undefined;
        if (list === undefined) {
          values[index] = list = [];
          order?.push(index);
        }
        frame.after = property;
        frame.index = list.length;
        list.push(this.item(entry, frame, list.length));
        continue;
      }
      if (values[index] !== undefined) {
        this.report("too-many", `${property} is there more than once`, s.a - 1, property);
        if (this.keep) this.note(frame, { node: this.element() }, frame.after, frame.index);
        else this.skip();
        continue;
      }
      frame.after = property;
      frame.index = undefined;
      order?.push(index);
      values[index] = this.item(entry, frame, undefined);
    }
    if (plan.rules.length > 0) {
      checkPresence(
        plan.rules,
        (index) => {
          const value = values[index];
          return value === undefined ? 0 : parts[index]?.many === true ? (value as unknown[]).length : 1;
        },
        (code, property, message) => this.report(code, message, offset, property),
      );
    }
    for (const index of order ?? values.keys()) {
      if (values[index] !== undefined) put(out, parts[index]?.property as string, values[index]);
    }
  }

  /** The entry for the start tag just read. */
  private find(plan: Plan): Entry | undefined {
    const s = this.s;
    const local = s.local();
    const uri = s.uri;
    const first = plan.names.get(local);
    for (let entry = first; entry !== undefined; entry = entry.next) if (entry.ns === uri) return entry;
    if (first !== undefined && this.unqualified && uri === "") return first;
    return plan.wildcards.find((entry) => entry.any !== undefined && allows(entry.any.wildcard, uri, local));
  }

  private item(entry: Entry, frame: Frame, index: number | undefined): unknown {
    const { any, property } = entry;
    if (any === undefined) {
      const value = this.value(entry.type(), entry, frame, property, index);
      return entry.tag === undefined ? value : { $name: entry.tag, $value: value };
    }
    const s = this.s;
    const known =
      any.wildcard.process === "skip" ? undefined : knownOf(any.wildcard).get(expand(s.uri, s.local()));
    if (known === undefined) return this.element();
    const site = { nillable: known.nillable, default: known.default ?? known.fixed };
    return { $name: known.tag, $value: this.value(follow(known.type), site, frame, property, index) };
  }

  private unknownElement(frame: Frame): void {
    const s = this.s;
    this.report("unknown-element", `Unknown element ${expand(s.uri, s.local())}`, s.a - 1, s.local());
    if (this.keep) this.note(frame, { node: this.element() }, frame.after, frame.index);
    else this.skip();
  }

  private text(mixed: Plan["mixed"], values: unknown[], frame: Frame): void {
    const s = this.s;
    if (mixed === undefined) {
      this.report("unexpected-text", `Text is not allowed here: ${describe(s.value.trim())}`, s.valueOffset);
      this.note(frame, { node: s.value }, frame.after, frame.index);
      return;
    }
    const list = (values[mixed.index] ??= []) as unknown[];
    frame.after = mixed.property;
    frame.index = list.length;
    list.push(s.value);
  }

  /** The element whose start tag was just read, as it is. */
  private element(): XmlElement {
    const s = this.s;
    const name = expand(s.uri, s.local());
    const prefix = s.prefix();
    return { name, ...(prefix === "" ? {} : { prefix }), ...this.content() };
  }

  private content(): XmlContent {
    const s = this.s;
    let attributes: Record<string, string> | undefined;
    let namespaces: Record<string, string> | undefined;
    const need = (text: string): void => {
      const prefix = /^[ \t\n\r]*([^ \t\n\r:/]+):[^ \t\n\r:/]+[ \t\n\r]*$/.exec(text)?.[1];
      if (prefix === undefined || prefix === "xml") return;
      const uri = s.lookup(prefix);
      if (uri === undefined) return;
      namespaces ??= Object.create(null) as Record<string, string>;
      namespaces[prefix] = uri;
    };
    for (let k = 0; k < s.attributes; k++) {
      attributes ??= Object.create(null) as Record<string, string>;
      const value = s.attributeValue[k] as string;
      attributes[expand(s.attributeUri[k] as string, s.attributeLocal[k] as string)] = value;
      need(value);
    }
    const children: (XmlElement | string)[] = [];
    for (;;) {
      const found = s.next(true);
      if (found === END) break;
      if (found === START) children.push(this.element());
      else {
        need(s.value);
        children.push(s.value);
      }
    }
    const out: {
      attributes?: Record<string, string>;
      namespaces?: Record<string, string>;
      children?: (XmlElement | string)[];
    } = {};
    if (attributes !== undefined) out.attributes = attributes;
    if (namespaces !== undefined) out.namespaces = namespaces;
    if (children.length > 0) out.children = children;
    return out;
  }

  private skip(): void {
    const s = this.s;
    for (let depth = 1; depth > 0;) {
      const found = s.next(true);
      if (found === START) depth++;
      else if (found === END) depth--;
    }
  }
}
