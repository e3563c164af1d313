/**
 * From values to XML.
 *
 * Writes schema order whatever the order of keys, declares each namespace once at the root, and refuses what could not be
 * read back: unknown keys, missing content, wrong types and values, characters that XML cannot carry. All at once.
 */
import type {
  Described,
  ElementDescriptor,
  ExpandedName,
  SimpleType,
  Type,
  Unknown,
  Writable,
  XmlContent,
  XmlElement,
} from "./descriptor.js";
import type { Root } from "./decode.js";
import { EncodeError, type Issue, type IssueCode } from "./errors.js";
import {
  allows,
  checkPresence,
  familyOf,
  follow,
  knownOf,
  planOf,
  split,
  type Entry,
  type Part,
  type Plan,
} from "./plan.js";
import { isNcName } from "./lexical.js";
import { XML_NAMESPACE, XSI_NAMESPACE } from "./scanner.js";
import { describe, print } from "./simple.js";

/** How to write. */
export interface EncodeOptions {
  /** The root element where the descriptor is a type. */
  readonly element?: ExpandedName;
  /** Namespace URI to the prefix to use; others are `ns1`, `ns2` ... */
  readonly prefixes?: Readonly<Record<string, string>>;
  /** `false`: elements below the root have no prefix and no namespace. */
  readonly qualified?: boolean;
  /** The XML declaration: none, or with this encoding; UTF-8 when absent. */
  readonly declaration?: false | string;
  /** `false` writes what can be written, even where the schema is broken. */
  readonly check?: boolean;
}

/** Writes a document. Throws {@link EncodeError} with all that is wrong with the value. */
export function encode<D extends Root>(descriptor: D, value: Writable<D>, options?: EncodeOptions): string;
export function encode<W>(descriptor: Described<W, any> & Root, value: W, options?: EncodeOptions): string;
export function encode(descriptor: Root, value: unknown, options: EncodeOptions = {}): string {
  const writer = new Writer(options);
  const text = writer.document(descriptor, value);
  if (writer.issues.length > 0) throw new EncodeError(writer.issues);
  return text;
}

/** What {@link encode} would refuse in a value; empty when it can be written. */
export function check(descriptor: Root, value: unknown): Issue[] {
  const writer = new Writer({ element: "value" });
  writer.document(descriptor, value);
  return writer.issues;
}

/** The value as one to be written, after {@link check}. Throws {@link EncodeError}. */
export function toRequest<D extends Root>(descriptor: D, value: Readable_<D>): Writable<D> {
  const issues = check(descriptor, value);
  if (issues.length > 0) throw new EncodeError(issues);
  return value as Writable<D>;
}
type Readable_<D> = D extends Described<infer W, infer R> ? W | R : never;

type Values = Readonly<Record<string, unknown>>;

const TYPE = "{" + XSI_NAMESPACE + "}type";

/** Where an element is written. */
interface Site {
  readonly nillable?: boolean | undefined;
}

class Writer {
  readonly issues: Issue[] = [];
  private readonly hints: Readonly<Record<string, string>>;
  private readonly qualified: boolean;
  private readonly strict: boolean;
  private readonly options: EncodeOptions;
  /** Prefixes of a namespace; a second one where a raw element gave the first another meaning. */
  private readonly prefixes = new Map<string, string[]>();
  /** Prefixes that the open raw elements declare for themselves. */
  private readonly shadows: string[] = [];
  /** The default namespace; only raw elements have one. */
  private defaultUri: string = "";
  private readonly taken = new Set<string>(["xml", "xmlns"]);
  private readonly path: (string | number)[] = [];
  private readonly prefixOf = (uri: string): string => this.prefix(uri);

  constructor(options: EncodeOptions) {
    this.options = options;
    this.hints = options.prefixes ?? {};
    this.qualified = options.qualified !== false;
    this.strict = options.check !== false;
  }

  document(descriptor: Root, value: unknown): string {
    const { declaration = "UTF-8", element } = this.options;
    let name: ExpandedName | undefined = element;
    let type: Type;
    let site: Site = {};
    if (descriptor.kind === "element") {
      name ??= descriptor.name;
      type = follow(descriptor.type);
      site = { nillable: descriptor.nillable };
    } else type = descriptor;
    if (name === undefined)
      throw new TypeError("encode needs the option `element` when the descriptor is a type");
    const [uri, local] = split(name);
    const tag = uri === "" ? local : `${this.prefix(uri)}:${local}`;
    const body = this.value(type, value, site, undefined);
    let namespaces = "";
    for (const [space, prefixes] of this.prefixes) {
      for (const prefix of prefixes) namespaces += ` xmlns:${prefix}="${this.attributeText(space)}"`;
    }
    const head = declaration === false ? "" : `<?xml version="1.0" encoding="${declaration}"?>\n`;
    return `${head}<${tag}${namespaces}${body}</${tag}>`;
  }

  private issue(code: IssueCode, message: string, ...more: (string | number)[]): void {
    if (!this.strict) return;
    let path = "";
    for (const part of this.path) path += "/" + part;
    for (const part of more) if (part !== "") path += "/" + part;
    this.issues.push({ code, path, message });
  }

  private prefix(uri: string): string {
    if (uri === XML_NAMESPACE) return "xml";
    const known = this.prefixes.get(uri);
    if (known !== undefined) {
      if (this.shadows.length === 0) return known[0] as string;
      const visible = known.find((prefix) => !this.shadows.includes(prefix));
      if (visible !== undefined) return visible;
    }
    const hint = Object.hasOwn(this.hints, uri) ? this.hints[uri] : undefined;
    const wish = hint ?? (uri === XSI_NAMESPACE ? "xsi" : "");
    let prefix = wish;
    for (let k = 1; prefix === "" || this.taken.has(prefix); k++) prefix = (wish || "ns") + k;
    this.claim(uri, prefix);
    return prefix;
  }

  /** Declares a prefix at the root. */
  private claim(uri: string, prefix: string): void {
    this.taken.add(prefix);
    const known = this.prefixes.get(uri);
    if (known === undefined) this.prefixes.set(uri, [prefix]);
    else known.push(prefix);
  }

  private tag(uri: string, local: string): string {
    return uri === "" || !this.qualified ? local : `${this.prefix(uri)}:${local}`;
  }

  private attribute(uri: string, local: string, value: string): string {
    return ` ${uri === "" ? local : `${this.prefix(uri)}:${local}`}="${this.attributeText(value)}"`;
  }

  private text(value: string): string {
    if (!/[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/.test(value)) return value;
    this.checkCharacters(value);
    return value.replace(/[&<>\r]/g, escape);
  }

  private attributeText(value: string): string {
    if (!/[&<>"\0-\x1f\ud800-\udfff\ufffe\uffff]/.test(value)) return value;
    this.checkCharacters(value);
    return value.replace(/[&<>"\t\n\r]/g, escape);
  }

  private checkCharacters(value: string): void {
    const bad =
      /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(
        value,
      );
    if (bad === null) return;
    const code = value.charCodeAt(bad.index).toString(16).toUpperCase().padStart(4, "0");
    // Not even a lenient writer may write what no reader accepts.
    this.issues.push({
      code: "illegal-character",
      path: this.path.map((part) => "/" + part).join(""),
      message: `XML cannot carry the character U+${code} (at ${bad.index})`,
    });
  }

  /** What follows the name in the start tag, up to the end tag: `attributes>content`. */
  private value(type: Type, value: unknown, site: Site, extra: Values | undefined): string {
    if (value === null) {
      if (site.nillable === true || !this.strict)
        return this.attribute(XSI_NAMESPACE, "nil", "true") + this.spare(extra) + ">";
      this.issue("not-nillable", "null is not allowed: the element is not nillable");
      return ">";
    }
    switch (type.kind) {
      case "atomic":
      case "list":
      case "union":
        return this.spare(extra) + ">" + this.simple(type, value);
      case "struct":
        return this.struct(planOf(type), value, "", undefined);
      case "polymorphic": {
        const family = familyOf(type);
        const tag = isObject(value) ? own(value, "$type") : undefined;
        let chosen = family.base;
        let attribute = "";
        if (tag === undefined) {
          if (type.abstract === true) {
            this.issue(
              "missing-type",
              `$type must be one of ${[...family.byTag.keys()].slice(1, 9).join(", ")}`,
            );
          }
        } else {
          const known = family.byTag.get(tag as string);
          if (known === undefined)
            attribute = this.unknownType(tag, value as Values, [...family.byTag.keys()]);
          else {
            chosen = known;
            if (known !== family.base) attribute = this.typeAttribute(known.name);
          }
        }
        const target = chosen.type();
        if (target.kind === "struct") return this.struct(planOf(target), value, attribute, chosen.tag);
        const inner = tag === undefined ? value : own(value as Values, "$value");
        return attribute + this.value(target, inner, {}, extra);
      }
      case "any":
        return isObject(value) ? this.raw(value as XmlContent) : this.refuse("an object", value);
    }
  }

  private refuse(expected: string, value: unknown): string {
    this.issue("wrong-type", `${expected} is expected, not ${describe(value)}`);
    return ">";
  }

  private typeAttribute(name: ExpandedName): string {
    const [uri, local] = split(name);
    return this.attribute(XSI_NAMESPACE, "type", uri === "" ? local : `${this.prefix(uri)}:${local}`);
  }

  /** `$type` that the schema does not know: as decoded, it is written back. */
  private unknownType(tag: unknown, value: Values, known: readonly string[]): string {
    if (typeof tag === "string") {
      if (tag.startsWith("{")) return this.typeAttribute(tag);
      const raw = unknownsOf(value).some((one) => one.attributes?.[TYPE] === tag);
      if (raw) return "";
    }
    this.issue("unknown-type", `Unknown type ${describe(tag)}${didYouMean(String(tag), known)}`, "$type");
    return "";
  }

  private simple(type: SimpleType, value: unknown): string {
    const text = print(type, value, this.prefixOf);
    if (typeof text === "string") return this.text(text);
    this.issue(text.code, text.message);
    return typeof value === "string" ? this.text(value) : "";
  }

  private struct(plan: Plan, value: unknown, attributes: string, tag: string | undefined): string {
    if (!isObject(value)) return this.refuse("an object", value);
    this.checkKeys(plan, value);
    const unknown = new Unknowns(value);
    let out = attributes;
    if (tag === undefined) {
      const type = own(value, "$type");
      if (type !== undefined) this.issue("unknown-type", "$type has no choice here", "$type");
    }
    for (const { attribute, property, ns, type } of plan.attributes) {
      const one = own(value, property);
      if (one === undefined) {
        if (attribute.required === true) this.issue("missing-attribute", `${property} is required`, property);
        continue;
      }
      this.path.push(property);
      const text = print(type(), one, this.prefixOf);
      if (typeof text !== "string") this.issue(text.code, text.message);
      out += this.attribute(
        ns,
        attribute.name,
        typeof text === "string" ? text : typeof one === "string" ? one : "",
      );
      this.path.pop();
    }
    const any = own(value, "$anyAttribute");
    if (any !== undefined)
      out += isObject(any) ? this.anyAttributes(plan, any) : this.refuse("an object", any);
    out += this.spare(unknown.attributes("$self", undefined)) + ">";
    if (plan.text !== undefined) {
      this.path.push("$value");
      const text = own(value, "$value");
      if (text === undefined) this.issue("missing-value", "$value is required");
      else out += this.simple(plan.text(), text);
      this.path.pop();
      return out + this.nodes(unknown.rest());
    }
    if (this.strict) {
      checkPresence(
        plan.rules,
        (index) => {
          const { property, many } = plan.parts[index] as Part;
          const one = own(value, property);
          return one === undefined ? 0 : many && Array.isArray(one) ? one.length : 1;
        },
        (code, property, message) =>
          this.issue(code, message + this.nearKey(plan, value, property), property),
      );
    }
    out += this.nodes(unknown.at(undefined, undefined));
    const { parts } = plan;
    const ordered = plan.all
      ? Object.keys(value).flatMap((key) => parts.find((part) => part.property === key) ?? [])
      : parts;
    for (const part of ordered) {
      const one = own(value, part.property);
      if (one !== undefined) out += this.property(part, one, unknown);
    }
    return out + this.nodes(unknown.rest());
  }

  private checkKeys(plan: Plan, value: Values): void {
    if (!this.strict) return;
    for (const key of Object.keys(value)) {
      if (!plan.keys.has(key) && value[key] !== undefined) {
        this.issue(
          "unknown-property",
          `${describe(key)} is not known${didYouMean(key, [...plan.keys])}`,
          key,
        );
      }
    }
  }

  /** A key that is nearly the missing one explains more than either finding alone. */
  private nearKey(plan: Plan, value: Values, property: string): string {
    const near = Object.keys(value).filter((key) => !plan.keys.has(key) && isNear(key, property));
    return near.length > 0 ? `; ${describe(near[0])} is there` : "";
  }

  private property(part: Part, value: unknown, unknown: Unknowns): string {
    const { property } = part;
    let out = "";
    this.path.push(property);
    if (part.many) {
      if (Array.isArray(value)) {
        for (let k = 0; k < value.length; k++) {
          this.path.push(k);
          out +=
            this.item(part, value[k], unknown.attributes(property, k)) + this.nodes(unknown.at(property, k));
          this.path.pop();
        }
      } else this.refuse("an array", value);
    } else {
      out += this.item(part, value, unknown.attributes(property, undefined));
      out += this.nodes(unknown.at(property, undefined));
    }
    this.path.pop();
    return out;
  }

  private item(part: Part, value: unknown, extra: Values | undefined): string {
    const { entries } = part;
    const [first] = entries;
    if (first !== undefined && first.tag === undefined && first.any === undefined) {
      return this.element(first, value, extra);
    }
    if (typeof value === "string" && part.text) return this.text(value);
    if (!isObject(value)) return this.refuseItem(value, entries);
    const name = own(value, "$name");
    if (name === undefined) {
      if (typeof own(value, "name") !== "string") return this.refuseItem(value, entries);
      const raw = value as unknown as XmlElement;
      const [uri, local] = split(raw.name);
      if (!entries.some(({ any }) => any !== undefined && allows(any.wildcard, uri, local))) {
        this.issue("unknown-element", `The element ${raw.name} is not allowed here`);
      }
      return this.rawElement(raw);
    }
    const inner = own(value, "$value");
    for (const key of Object.keys(value)) {
      if (key !== "$name" && key !== "$value")
        this.issue("unknown-property", `${describe(key)} is not known in a tagged item`, key);
    }
    this.path.push("$value");
    let out: string | undefined;
    for (const entry of entries) {
      if (entry.tag === name) {
        out = this.element(entry, inner, extra);
        break;
      }
      if (entry.any === undefined) continue;
      for (const known of knownOf(entry.any.wildcard).values()) {
        const [uri, local] = split(known.name);
        if (known.tag === name && allows(entry.any.wildcard, uri, local))
          out ??= this.global(known, inner, extra);
      }
      if (out !== undefined) break;
    }
    this.path.pop();
    if (out === undefined) {
      const names = entries.flatMap(({ tag }) => tag ?? []);
      this.issue(
        "unknown-element",
        `No element ${describe(name)} is allowed here${didYouMean(String(name), names)}`,
        "$name",
      );
      return "";
    }
    return out;
  }

  private refuseItem(value: unknown, entries: readonly Entry[]): string {
    const names = entries.flatMap(({ tag }) => tag ?? []).slice(0, 8);
    const any = entries.some((entry) => entry.any !== undefined);
    this.refuse(
      [names.length > 0 ? `{ $name, $value } with ${names.join(", ")}` : "", any ? "an XmlElement" : ""]
        .filter(Boolean)
        .join(" or "),
      value,
    );
    return typeof value === "string" ? this.text(value) : "";
  }

  private element(entry: Entry, value: unknown, extra: Values | undefined): string {
    const tag = this.tag(entry.ns, entry.name);
    if (value === undefined) {
      this.issue("wrong-type", "undefined cannot be written");
      return "";
    }
    const body = this.value(entry.type(), value, entry, extra);
    return `<${tag}${body}</${tag}>`;
  }

  private global(known: ElementDescriptor, value: unknown, extra: Values | undefined): string {
    const [uri, local] = split(known.name);
    const tag = this.tag(uri, local);
    return `<${tag}${this.value(follow(known.type), value, known, extra)}</${tag}>`;
  }

  private anyAttributes(plan: Plan, values: Values): string {
    let out = "";
    for (const name of Object.keys(values)) {
      const [uri, local] = split(name);
      const value = values[name];
      if (typeof value !== "string")
        this.issue("wrong-type", `a string is expected, not ${describe(value)}`, "$anyAttribute", name);
      else if (!isNcName(local))
        this.issue("invalid-value", `${describe(name)} is not a name`, "$anyAttribute");
      else {
        if (!plan.anyAttribute.some((wildcard) => allows(wildcard, uri, local))) {
          this.issue("unknown-attribute", `The attribute ${name} is not allowed here`, "$anyAttribute", name);
        }
        out += this.attribute(uri, local, value);
      }
    }
    return out;
  }

  /** Attributes that the schema does not know. */
  private spare(attributes: Values | undefined): string {
    let out = "";
    for (const name of Object.keys(attributes ?? {})) {
      const [uri, local] = split(name);
      const value = String(attributes?.[name]);
      if (!isNcName(local)) this.issue("invalid-value", `${describe(name)} is not a name`, "$unknown");
      else
        out +=
          name === TYPE && value.startsWith("{")
            ? this.typeAttribute(value)
            : this.attribute(uri, local, value);
    }
    return out;
  }

  private nodes(unknown: readonly Unknown[]): string {
    let out = "";
    for (const { node } of unknown) {
      if (typeof node === "string") out += this.text(node);
      else if (isObject(node)) out += this.rawElement(node);
    }
    return out;
  }

  private rawElement(element: XmlElement): string {
    const [uri, local] = split(element.name);
    if (!isNcName(local)) {
      this.issue("invalid-value", `${describe(element.name)} is not a name`, "name");
      return "";
    }
    // The prefix stays as it was read, so that reading again gives the same element.
    const { prefix = "" } = element;
    const outer = this.defaultUri;
    const depth = this.shadows.length;
    let tag = local;
    let declaration = "";
    if (prefix === "" || uri === "" || uri === XML_NAMESPACE || !isNcName(prefix)) {
      if (uri !== outer) declaration = ` xmlns="${this.attributeText(uri)}"`;
      this.defaultUri = uri;
    } else {
      tag = `${prefix}:${local}`;
      if (!this.wish(uri, prefix)) {
        declaration = ` xmlns:${prefix}="${this.attributeText(uri)}"`;
        this.shadows.push(prefix);
      }
    }
    const out = `<${tag}${this.raw(element, declaration)}</${tag}>`;
    this.defaultUri = outer;
    this.shadows.length = depth;
    return out;
  }

  /** Declares a prefix that was seen in a document, if it is free. */
  private wish(uri: string, prefix: string): boolean {
    if (this.prefixes.get(uri)?.includes(prefix)) return !this.shadows.includes(prefix);
    if (
      uri === XML_NAMESPACE ||
      this.taken.has(prefix) ||
      !isNcName(prefix) ||
      this.shadows.includes(prefix)
    ) {
      return false;
    }
    // A prefix that was asked for comes first.
    if (!Object.hasOwn(this.hints, uri) || this.prefix(uri) !== prefix) this.claim(uri, prefix);
    return true;
  }

  private raw({ attributes, namespaces, children }: XmlContent, declaration: string = ""): string {
    let out = declaration;
    const depth = this.shadows.length;
    for (const prefix of Object.keys(namespaces ?? {})) {
      const uri = String(namespaces?.[prefix]);
      if (prefix === "xmlns" || prefix === "xml" || !isNcName(prefix) || uri === "") {
        this.issue("invalid-value", `${describe(prefix)} is not a prefix for ${describe(uri)}`, "namespaces");
      } else if (!declaration.startsWith(` xmlns:${prefix}=`) && !this.wish(uri, prefix)) {
        // The prefix means something else at the root: QNames in the content need it declared here.
        out += ` xmlns:${prefix}="${this.attributeText(uri)}"`;
        this.shadows.push(prefix);
      }
    }
    for (const name of Object.keys(attributes ?? {})) {
      const [uri, local] = split(name);
      if (!isNcName(local)) this.issue("invalid-value", `${describe(name)} is not a name`, "attributes");
      else out += this.attribute(uri, local, String(attributes?.[name]));
    }
    out += ">";
    (children ?? []).forEach((child, k) => {
      this.path.push("children", k);
      out += typeof child === "string" ? this.text(child) : this.rawElement(child);
      this.path.length -= 2;
    });
    this.shadows.length = depth;
    return out;
  }
}

/** What `$unknown` of an object holds, by place. */
class Unknowns {
  private readonly places: Map<string, Unknown[]> | undefined;

  constructor(value: Values) {
    const all = unknownsOf(value);
    if (all.length === 0) return;
    this.places = new Map();
    for (const one of all) {
      const key = placeKey(one.after, one.index);
      const here = this.places.get(key);
      if (here === undefined) this.places.set(key, [one]);
      else here.push(one);
    }
  }

  /** Nodes that follow this place; each is given once. */
  at(after: string | undefined, index: number | undefined): readonly Unknown[] {
    const key = placeKey(after, index);
    const here = this.places?.get(key);
    if (here === undefined) return [];
    this.places?.delete(key);
    return here;
  }

  attributes(after: string, index: number | undefined): Values | undefined {
    return this.places?.get(placeKey(after, index))?.find((one) => one.attributes !== undefined)?.attributes;
  }

  /** Nodes whose place is gone. */
  rest(): readonly Unknown[] {
    return [...(this.places?.values() ?? [])].flat();
  }
}

function placeKey(after: string | undefined, index: number | undefined): string {
  return after === undefined ? "" : `${after} ${index ?? ""}`;
}

function unknownsOf(value: Values): readonly Unknown[] {
  const unknown = own(value, "$unknown");
  return Array.isArray(unknown) ? unknown.filter(isObject) : [];
}

function isObject(value: unknown): value is Values & XmlContent & XmlElement {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function own(value: Values, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function escape(c: string): string {
  return escapes[c] as string;
}

function didYouMean(key: string, known: readonly string[]): string {
  const near =
    known.find((one) => one.toLowerCase() === key.toLowerCase()) ?? known.find((one) => isNear(key, one));
  return near === undefined ? "" : `; did you mean ${describe(near)}?`;
}

/** At most two letters apart, or the same but for case. */
function isNear(a: string, b: string): boolean {
  const x = a.toLowerCase();
  const y = b.toLowerCase();
  if (x === y) return true;
  const most = x.length > 4 ? 2 : 1;
  if (Math.abs(x.length - y.length) > most || x.length < 3 || x.length > 64) return false;
  let row = Array.from({ length: y.length + 1 }, (_, k) => k);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let j = 1; j <= y.length; j++) {
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (x[i - 1] === y[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return (row[y.length] as number) <= most;
}
