// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * From values to XML.
 *
 * Writes schema order whatever the order of keys, declares each namespace once at the root, and refuses what could not be
 * read back: unknown keys, missing content, wrong types and values, characters that XML cannot carry. All at once.
 */
import type { Element, Root } from "./decode.js";
import type {
  Atomic,
  ConditionContext,
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
import { EncodeError, type Issue, type IssueCode } from "./errors.js";
import { ncName } from "./names.js";
import {
  checkPresence,
  follow,
  isSimple,
  kindOf,
  partsFor,
  keysOf,
  planOf,
  split,
  STRING,
  type Entry,
  type Part,
  type Plan,
} from "./plan.js";
import { isBindable, refusalOfCharacter, XML_NAMESPACE, XSI_NAMESPACE, XSI_TYPE } from "./scanner.js";
import { describe, parse, print, wrongType } from "./simple.js";
import { countIn, didYouMean, isObject, own, pointer, type Values } from "./values.js";

/** How to write. */
export interface EncodeOptions {
  /** The root element where the descriptor is a type. */
  readonly element?: ExpandedName;
  /**
   * Namespace URI to the prefix to use; others are `ns1`, `ns2` ... With `""` the elements of a namespace have no prefix:
   * it is declared as the default.
   */
  readonly prefixes?: Readonly<Record<string, string>>;
  /** `false`: elements below the root have no prefix and no namespace. */
  readonly qualified?: boolean;
  /** The XML declaration: none, or with this encoding; UTF-8 when absent. */
  readonly declaration?: false | string;
  /** `false` writes what can be written, even where the schema is broken. */
  readonly check?: boolean;
  /** What `decodeResult` found on a root that is `null` or a plain value, and gave as `root`. */
  readonly root?: readonly Unknown[];
}

/** Writes a document. Throws {@link EncodeError} with all that is wrong with the value. */
export function encode<D extends Root>(descriptor: D, value: Writable<D>, options?: EncodeOptions): string;
export function encode<W>(descriptor: Described<W, any> & Root, value: W, options?: EncodeOptions): string;
export function encode(descriptor: Root, value: unknown, options: EncodeOptions = {}): string {
  if (compiler && !isPolluted()) {
    const { text, issues } = write(descriptor, value, options, compiler);
    if (issues.length === 0) return text;
  }
  // Tables know the path of what is wrong.
  const { text, issues } = write(descriptor, value, options);
  if (issues.length > 0) throw new EncodeError(issues);
  return text;
}

/** What {@link encode} would refuse in a value; empty when it can be written. */
export function check(descriptor: Root, value: unknown): Issue[] {
  return write(descriptor, value, { element: "value" }).issues;
}

/** The tags of an element. */
export interface Tag {
  readonly name: string;
  readonly start: string;
  readonly open: string;
  readonly close: string;
}

/** What the tables of one call lend to faster writers. */
export interface WriterParts {
  /** An element of text, a number or a boolean; `undefined` when there is anything to say about it. */
  readonly leaf: (entry: Entry, value: unknown) => string | undefined;
  /** Any value of a part, by tables. */
  readonly item: (part: Part, value: unknown, spare: string) => string;
  readonly tagOf: (entry: Entry, name: ExpandedName) => Tag;
  readonly typeAttribute: (name: ExpandedName) => string;
  readonly qName: (name: ExpandedName) => string;
  readonly prefixOf: (uri: string) => string;
  /** What follows the name in the start tag, up to the end tag, by type. */
  readonly valueOf: (type: Type, value: unknown, source: Element | undefined, spare: string) => string;
  /** The same of a struct; `typed` is the attribute that says its type. */
  readonly struct: (plan: Plan, value: unknown, typed: string, polymorphic: boolean) => string;
  /** An element, its name and `$value` given. */
  readonly element: (
    key: Entry | ElementDescriptor,
    name: ExpandedName,
    source: Element,
    value: unknown,
    spare: string,
  ) => string;
  /** What is written as it is: an element, its content alone, and text. */
  readonly rawElement: (element: XmlElement) => string;
  readonly raw: (content: XmlContent) => string;
  readonly escape: (text: string, attribute: boolean) => string;
  /** Properties and indexes down to the value that is being written. */
  readonly path: (string | number)[];
  readonly refuse: (expected: string, value: unknown) => string;
  /** One attribute, the text of a simple value, and attributes that no descriptor describes. */
  readonly attribute: (name: ExpandedName, value: string) => string;
  readonly simple: (type: SimpleType, value: unknown) => string;
  readonly attributesOf: (
    attributes: Values | undefined,
    typed?: boolean,
    namespaces?: Namespaces,
    /** Looks at a name, and gives its place. */
    look?: (name: ExpandedName) => readonly string[],
  ) => string;
  readonly get: (value: Values, key: string) => unknown;
  readonly issue: (code: IssueCode, message: string, ...more: (string | number)[]) => void;
  /** The same of what not even a lenient writer may write. */
  readonly refuseMarkup: (message: string, code?: IssueCode, more?: readonly (string | number)[]) => void;
  /** Attributes that conditions on elements see from further out, nearest first. */
  inherited: ConditionContext;
}

/** A faster writer. */
export interface QuickWriter {
  /**
   * Writes what follows the name in the start tag of a struct, `>` included, up to its end tag. `undefined` when there is anything
   * to say about it, or when it is written otherwise. Where it is `joined` it may be kept for {@link QuickWriter.join}: then "" is given.
   */
  write(plan: Plan, value: Values, polymorphic: boolean, joined: boolean): string | undefined;
  /** What was kept, with a text before it and one behind it. */
  join(before: string, after: string): string;
}

/** Gives a faster writer for one call. */
export type WriterCompiler = (parts: WriterParts) => QuickWriter;

let compiler: WriterCompiler | undefined;

/** From now on values are written with what the compiler gives, and by tables where it gives nothing. */
export function useWriters(next: WriterCompiler | undefined): void {
  compiler = next;
}

/** Unknown content by place, as text; nodes are given once. */
interface Unknowns {
  attributes(after?: string, index?: number, typed?: boolean): string;
  /** Prefixes that texts at a place use. */
  namespaces(after: string): Namespaces;
  nodes(after?: string, index?: number): string;
  rest(): string;
}

export type Namespaces = Readonly<Record<string, string>>;

/** Matches nothing that is written, so that no engine remembers a text as matched. */
const flat = /^\0/;

function write(
  descriptor: Root,
  value: unknown,
  options: EncodeOptions,
  fast?: WriterCompiler,
  again = false,
): { text: string; issues: Issue[] } {
  const { declaration = "UTF-8", prefixes: hints = {}, qualified = true, check: strict = true } = options;
  const issues: Issue[] = [];
  const path: (string | number)[] = [];
  /** Prefixes of a namespace; a second one where a raw element gave the first another meaning. */
  const prefixes = new Map<string, string[]>();
  const taken = new Set(["xml", "xmlns"]);
  /** The last number of a prefix that nobody wished for. */
  let unnamed = 0;
  /** Prefixes that the open raw elements declare for themselves, and their default namespace. */
  const shadows: string[] = [];
  /** Namespaces whose elements have no prefix. */
  const plain = qualified ? Object.keys(hints).filter((uri) => uri && hints[uri] === "") : [];
  /** Elements declare the default namespace for themselves: it changes on the way down. */
  const scoped = again || plain.length > 1;
  let defaultUri = (scoped ? undefined : plain[0]) ?? "";
  /** An element without a namespace stands below the default namespace of the root. */
  let clash = false;
  /** A name without a namespace stands in a value: below a default namespace it would mean another. */
  let bare = false;

  /** Somebody has given all objects properties: those are no content. */
  const get = isPolluted() ? own : (value: Values, key: string): unknown => value[key];

  /** What not even a lenient writer may write, since no reader accepts it. */
  const refuseMarkup = (
    message: string,
    code: IssueCode = "invalid-value",
    more: readonly (string | number)[] = [],
  ): void => {
    issues.push({ code, path: pointer([...path, ...more]), message });
  };
  const issue = (code: IssueCode, message: string, ...more: (string | number)[]): void => {
    if (strict) refuseMarkup(message, code, more);
  };

  /** Declares a prefix at the root. */
  const claim = (uri: string, prefix: string): string => {
    taken.add(prefix);
    prefixes.set(uri, [...(prefixes.get(uri) ?? []), prefix]);
    return prefix;
  };
  const prefixOf = (uri: string): string => {
    if (uri === XML_NAMESPACE) return "xml";
    bare ||= !uri;
    if (!uri) return "";
    const visible = prefixes.get(uri)?.find((prefix) => !shadows.includes(prefix));
    if (visible !== undefined) return visible;
    const hint = (own(hints, uri) ?? (uri === XSI_NAMESPACE ? "xsi" : "")) as string;
    let prefix = hint;
    for (let k = 1; !prefix || taken.has(prefix); k++) prefix = hint ? hint + k : "ns" + ++unnamed;
    return claim(uri, prefix);
  };
  /** Takes a prefix that was seen in a document, if it is free. */
  const wish = (uri: string, prefix: string): boolean | undefined => {
    if (shadows.includes(prefix)) return false;
    if (taken.has(prefix)) return prefixes.get(uri)?.includes(prefix);
    // A prefix that was asked for comes first.
    if (!Object.hasOwn(hints, uri) || prefixOf(uri) !== prefix) claim(uri, prefix);
    return true;
  };
  const named = (name: ExpandedName): readonly [uri: string, local: string] => {
    const parts = split(name);
    if (!ncName.test(parts[1])) refuseMarkup(`${describe(name)} is not a name`);
    return parts;
  };
  const qName = (name: ExpandedName, unprefixed: readonly string[] = []): string => {
    const [uri, local] = named(name);
    return (uri && !unprefixed.includes(uri) ? prefixOf(uri) + ":" : "") + local;
  };
  const elementName = (name: ExpandedName): string => {
    clash ||= !split(name)[0] && !!plain[0];
    return qName(name, plain);
  };
  /** Declares the default namespace where it is not that of the element; lasts until `defaultUri` is put back. */
  const scope = (name: ExpandedName): string => {
    const [uri] = split(name);
    if (!scoped || uri === defaultUri || (uri && !plain.includes(uri))) return "";
    defaultUri = uri;
    return binding("", uri);
  };

  const escape = (text: string, attribute: boolean): string =>
    escapeXml(text, attribute, (code) => {
      refuseMarkup(refusalOfCharacter(code), "illegal-character");
    });
  /** The declaration of a prefix; "" is that of the default namespace. */
  const binding = (prefix: string, uri: string): string => {
    bindable(prefix, uri);
    return ` xmlns${prefix && ":"}${prefix}="${escape(uri, true)}"`;
  };
  const bindable = (prefix: string, uri: unknown, fits = isBindable(prefix, uri as string)): boolean => {
    if (!fits) refuseMarkup(`${describe(prefix)} cannot stand for ${describe(uri)}`);
    return fits;
  };
  const attribute = (name: ExpandedName, value: string): string => ` ${qName(name)}="${escape(value, true)}"`;
  /** Without a namespace the name stands as it is: some services have types that are no QNames. */
  const typeAttribute = (name: ExpandedName): string => {
    bare ||= !name.startsWith("{");
    return attribute(XSI_TYPE, name.startsWith("{") ? qName(name) : name);
  };

  const declarable = (namespaces: Namespaces | undefined): [prefix: string, uri: string][] =>
    Object.entries(namespaces ?? {}).filter(([prefix, uri]) =>
      bindable(prefix, uri, ncName.test(prefix) && typeof uri === "string" && isBindable(prefix, uri)),
    );
  /** The prefixes that raw content needs. */
  const prefixesOf = (type: Type, value: unknown): Namespaces | undefined =>
    type.kind === "any" ? (value as XmlContent | null)?.namespaces : undefined;
  /** Declares the prefixes that texts use; those that mean something else at the root are written in another way. */
  const keepPrefixes = (namespaces: Namespaces | undefined): void => {
    for (const [prefix, uri] of declarable(namespaces)) wish(uri, prefix);
  };
  /** A text whose prefixes mean at the root what they meant where it was read. */
  const withPrefixes = (text: string, namespaces: Namespaces | undefined): string =>
    !namespaces
      ? text
      : text.replace(/(?<!\S)([^\s:/]+)(?=:[^\s:/]+(?!\S))/g, (prefix) => {
          const uri = own(namespaces, prefix) as string | undefined;
          return !uri || prefixes.get(uri)?.includes(prefix) ? prefix : prefixOf(uri);
        });

  /** Attributes, of which no two have one name, and none declares a namespace. */
  const distinct = (attributes: string): string => {
    const names = attributes.split(/"[^"]*"/);
    if (new Set(names.concat(" xmlns=")).size <= names.length)
      refuseMarkup(`${describe(names.join(""))} is not allowed here`);
    return attributes;
  };
  /** Attributes that no descriptor describes. */
  const attributesOf = (
    attributes: Values | undefined,
    typed = false,
    namespaces?: Namespaces,
    look?: (name: ExpandedName) => readonly string[],
  ): string => {
    let out = "";
    for (const [name, value] of Object.entries(attributes ?? {})) {
      // `$type` has said it.
      if (typed && name === XSI_TYPE) continue;
      const steps = look?.(name) ?? [];
      if (typeof value !== "string") refuse("a string", value, ...steps);
      else
        out +=
          name === XSI_TYPE && value.startsWith("{")
            ? typeAttribute(value)
            : attribute(name, withPrefixes(value, namespaces));
    }
    return distinct(out);
  };

  const raw = ({ attributes, namespaces, children = [] }: XmlContent, declared = ""): string => {
    let out = declared;
    const depth = shadows.length;
    for (const [prefix, uri] of declarable(namespaces)) {
      if (!declared.startsWith(` xmlns:${prefix}=`) && !wish(uri, prefix)) {
        // The prefix means something else at the root: QNames in the content need it declared here.
        out += binding(prefix, uri);
        shadows.push(prefix);
      }
    }
    out += attributesOf(attributes) + ">";
    if (!Array.isArray(children)) refuse("an array", children);
    else for (const child of children) out += rawNode(child);
    shadows.length = depth;
    return out;
  };
  const rawNode = (node: XmlElement | string): string =>
    typeof node === "string" ? escape(node, false) : rawElement(node);
  const rawElement = (element: XmlElement): string => {
    if (!isObject(element) || typeof element.name !== "string") {
      refuse("an XmlElement", element);
      return "";
    }
    const [uri, local] = named(element.name);
    // The prefix stays as it was read, so that reading again gives the same element.
    const prefix = textOf(element.prefix);
    const outer = defaultUri;
    const depth = shadows.length;
    let tag = local;
    let declared = "";
    if (uri === XML_NAMESPACE || (uri && prefix && !ncName.test(prefix))) tag = qName(element.name);
    else if (prefix && uri) {
      bindable(prefix, uri, [undefined, uri].includes(own(element.namespaces ?? {}, prefix) as string));
      tag = `${prefix}:${local}`;
      if (!wish(uri, prefix)) {
        declared = binding(prefix, uri);
        shadows.push(prefix);
      }
    } else if (uri !== outer) {
      declared = binding("", uri);
      defaultUri = uri;
    }
    const out = `<${tag}${raw(element, declared)}</${tag}>`;
    defaultUri = outer;
    shadows.length = depth;
    return out;
  };

  const refuse = (expected: string, value: unknown, ...more: string[]): string => {
    issue("wrong-type", wrongType(expected, value).message, ...more);
    return ">" + (strict ? "" : escape(textOf(value), false));
  };

  const simple = (type: SimpleType, value: unknown): string => {
    const text = print(type, value, prefixOf);
    if (typeof text === "string") return text;
    issue(text.code, text.message);
    return text.text ?? textOf(value);
  };

  /** What follows the name in the start tag, up to the end tag: `attributes>content`. */
  const valueOf = (type: Type, value: unknown, source: Element | undefined, spare: string): string => {
    if (value === null) {
      if (!source?.nillable) issue("not-nillable", "the element is not nillable");
      return attribute(`{${XSI_NAMESPACE}}nil`, "true") + spare + ">";
    }
    if (type.kind === "struct") return struct(planOf(type), value, "", false);
    if (type.kind === "any") return isObject(value) ? raw(value) : refuse("an object", value);
    if (isSimple(type)) {
      const text = simple(type, value);
      // An empty element would be read as the default; where white space is collapsed, a blank one is not.
      const isBlank = !text && source?.default && !String(parse(type, " ", prefixOf).value);
      return spare + ">" + (isBlank ? " " : escape(text, false));
    }
    return type.codec.write(type, value, source, spare, parts);
  };

  const struct = (plan: Plan, value: unknown, typed: string, polymorphic: boolean): string => {
    if (!isObject(value)) return refuse("an object", value);
    const { rules } = plan;
    const spare = get(value, "$unknown");
    const unknown = spare === undefined ? undefined : unknownsOf(value);
    if (unknown && !Array.isArray(spare)) refuse("an array", spare, "$unknown");
    const { inherited } = parts;
    if (plan.inheritance)
      parts.inherited = plan.inheritance.write(plan.inheritable, value, prefixOf, inherited);
    const quick =
      scoped || unknown ? undefined : quickly?.write(plan, value, polymorphic, path.length === 0 && !beside);
    if (quick !== undefined) return typed + quick;
    let out = typed;
    let keys = (unknown ? 1 : 0) + (polymorphic && get(value, "$type") !== undefined ? 1 : 0);
    if (plan.attributed) {
      const [text, properties] = plan.attributed.write(
        plan,
        value,
        unknown && (() => unknown.namespaces("$self")),
        parts,
      );
      out += text;
      keys += properties;
    }
    if (unknown) out = distinct(out + unknown.attributes("$self", undefined, typed !== ""));
    out += ">";
    if (plan.text) {
      const text = get(value, "$value");
      path.push("$value");
      if (text === undefined) issue("missing-value", "$value is required");
      else {
        keys++;
        out += escape(simple(follow(plan.text), text), false);
      }
      path.pop();
    }
    if (unknown) out += unknown.nodes();
    for (const part of partsFor(plan, value)) {
      const { property, many, entries } = part;
      const given = part.inherited ? own(value, property) : get(value, property);
      if (given === undefined) continue;
      keys++;
      const entry = entries[0] as Entry;
      const plain = !unknown && entries.length === 1 && kindOf(entry) > 0;
      const text = !many && plain && leaf(entry, given);
      if (text) {
        out += text;
        continue;
      }
      const depth = path.push(property);
      if (!many) {
        out += item(part, given, unknown?.attributes(property) ?? "");
        if (unknown) out += unknown.nodes(property);
      } else if (!Array.isArray(given)) refuse("an array", given);
      else {
        for (let k = 0; k < given.length; k++) {
          const text = plain && leaf(entry, given[k]);
          if (text) {
            out += text;
            continue;
          }
          path.push(k);
          let whole = item(part, given[k], unknown?.attributes(property, k) ?? "");
          if (unknown) whole += unknown.nodes(property, k);
          // To look at a text makes it flat: a rope of all of them would be copied by each collection.
          flat.test(whole);
          out += whole;
          path.length = depth;
        }
      }
      path.length = depth - 1;
    }
    if (strict) {
      checkPresence(rules, countIn(value), (code, property, message) =>
        issue(code, message, ...(property === "" ? [] : [property])),
      );
      const given = Object.keys(value);
      if (keys !== given.length) {
        for (const key of given) {
          if (!isKnown(plan, value, key, polymorphic)) {
            issue(
              "unknown-property",
              `${describe(key)} is not known${didYouMean(key, [...keysOf(plan)])}`,
              key,
            );
          }
        }
      }
    }
    parts.inherited = inherited;
    // What is left stood beside something that is gone.
    return unknown ? out + unknown.rest() : out;
  };

  /** What `$unknown` of an object holds, by place. */
  const unknownsOf = (value: Values): Unknowns => {
    const places = new Map<string, Unknown[]>();
    for (const one of listOf(value)) {
      const key = `${one.after} ${one.index}`;
      const here = places.get(key);
      if (here) here.push(one);
      else places.set(key, [one]);
    }
    const at = (after?: string, index?: number): Unknown[] => places.get(`${after} ${index}`) ?? [];
    const written = (here: Unknown[]): string =>
      here
        .splice(0)
        .map(({ node }) => (node === undefined ? "" : rawNode(node)))
        .join("");
    return {
      nodes: (after, index) => written(at(after, index)),
      attributes: (after, index, typed = false) =>
        distinct(
          at(after, index)
            .map(({ attributes, namespaces }) => {
              keepPrefixes(namespaces);
              return attributesOf(attributes, typed, namespaces);
            })
            .join(""),
        ),
      namespaces: (after) =>
        at(after).reduce<Namespaces>((all, { namespaces }) => {
          keepPrefixes(namespaces);
          return { ...all, ...namespaces };
        }, {}),
      rest: () => [...places.values()].map(written).join(""),
    };
  };

  const tags = new Map<Entry | ElementDescriptor, Tag>();
  const tagOf = (key: Entry | ElementDescriptor, name: ExpandedName): Tag => {
    let tag = tags.get(key);
    if (!tag) {
      tag = tagNamed(key, qualified ? elementName(name) : split(name)[1]);
      tags.set(key, tag);
    }
    return tag;
  };

  /** An element that holds text, a number or a boolean; `undefined` when there is anything to say about it. */
  const leaf = (entry: Entry, value: unknown): string | undefined => {
    if (scoped) return undefined;
    const text = legal(entry.kind === STRING ? value : print(entry.type as Atomic, value, prefixOf), false);
    if (text === undefined) return undefined;
    const { open, close } = tagOf(entry, entry.expanded);
    return open + text + close;
  };

  const element = (
    key: Entry | ElementDescriptor,
    name: ExpandedName,
    source: Element,
    value: unknown,
    spare: string,
  ): string => {
    const { start, close } = tagOf(key, name);
    const type = follow(source.type);
    const needed = prefixesOf(type, value);
    // Raw content may need the prefix of the tag for another namespace.
    for (const prefix in needed)
      if (start.startsWith(`<${prefix}:`) && !wish(needed[prefix] as string, prefix))
        return rawElement({ ...(value as XmlContent), name });
    const outer = defaultUri;
    const out = start + scope(name) + valueOf(type, value, source, spare) + close;
    defaultUri = outer;
    return out;
  };

  const item = (part: Part, value: unknown, spare: string): string => {
    if (part.tagging) return part.tagging.write(part, value, spare, parts);
    const entry = part.entries[0] as Entry;
    return element(entry, entry.expanded, entry.element as Element, value, spare);
  };

  const parts: WriterParts = {
    item,
    leaf,
    prefixOf,
    qName,
    tagOf,
    typeAttribute,
    valueOf,
    struct,
    element,
    rawElement,
    raw,
    escape,
    path,
    refuse,
    attribute,
    simple,
    attributesOf,
    get,
    issue,
    refuseMarkup,
    inherited: [],
  };
  const quickly = fast?.(parts);

  const [rootName, type, source] =
    descriptor.kind === "element"
      ? [options.element ?? descriptor.name, follow(descriptor.type), descriptor]
      : [options.element, descriptor as Type, undefined];
  if (rootName === undefined) throw new TypeError("a type needs the option `element`");
  keepPrefixes(prefixesOf(type, value));
  const tag = elementName(rootName);
  const declared = scope(rootName);
  const beside = options.root && unknownsOf({ $unknown: options.root });
  let body = "";
  try {
    body = valueOf(type, value, source, beside?.attributes() ?? "") + (beside?.nodes() ?? "");
  } catch (error) {
    // Engines say by words alone that the stack, or a string, is full.
    if (!/stack |recursion|string length/.test(String(error))) throw error;
    path.length = 0;
    refuseMarkup("too deep or too long", "limit");
  }
  if (bare && plain[0]) {
    const prefixed = Object.fromEntries(Object.entries(hints).filter(([, prefix]) => prefix));
    return write(descriptor, value, { ...options, prefixes: prefixed }, fast);
  }
  if (clash && !scoped) return write(descriptor, value, options, fast, true);
  let text =
    (declaration === false ? "" : `<?xml version="1.0" encoding="${declaration}"?>\n`) +
    "<" +
    tag +
    (!scoped && plain[0] ? binding("", defaultUri) : declared);
  for (const [uri, names] of prefixes) for (const prefix of names) text += binding(prefix, uri);
  text += body;
  const end = `</${tag}>`;
  return { text: quickly ? quickly.join(text, end) : text + end, issues };
}

const lastTags = /*#__PURE__*/ new WeakMap<Entry | ElementDescriptor, Tag>();

/** The tags of an element by this name: mostly those of the last call. */
function tagNamed(key: Entry | ElementDescriptor, name: string): Tag {
  let tag = lastTags.get(key);
  if (tag?.name !== name) {
    // Engines flatten what is joined at once; a rope would be followed each time that it is copied.
    const join = (...parts: string[]): string => parts.join("");
    tag = { name, start: join("<", name), open: join("<", name, ">"), close: join("</", name, ">") };
    lastTags.set(key, tag);
  }
  return tag;
}

/** Has `Object.prototype` properties that a walk over an object meets? */
function isPolluted(): boolean {
  for (const _ in {}) return true;
  return false;
}

export function isKnown(plan: Plan, value: Values, key: string, typed: boolean): boolean {
  return value[key] === undefined || (keysOf(plan).has(key) && (typed || key !== "$type"));
}

/** What a character is replaced by: quotes, tabs and ends of lines in attributes only. */
const references: Readonly<Record<number, string>> = {
  9: "&#9;",
  10: "&#10;",
  13: "&#13;",
  34: "&quot;",
  38: "&amp;",
  60: "&lt;",
  62: "&gt;",
};

/** Replaces what would be markup; `illegal` is told the first character that XML cannot carry (XML 1.0, production 2). */
export function escapeXml(text: string, attribute: boolean, illegal: (code: number) => void): string {
  let out = "";
  let done = 0;
  let fine = true;
  const n = text.length;
  for (let i = 0; i < n; i++) {
    const c = text.charCodeAt(i);
    if (c > 62 && c < 0xd800) continue;
    if (c < 63) {
      if (c > 38 && c < 60) continue;
      const reference = references[c];
      if (reference && (attribute || (c > 12 && c !== 34))) {
        out += text.slice(done, i) + reference;
        done = i + 1;
        continue;
      }
      if (c > 31 || c === 9 || c === 10) continue;
    } else if (c > 0xdfff ? c < 0xfffe : c < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      if (c < 0xdc00) i++;
      continue;
    }
    if (fine) illegal(c);
    fine = false;
  }
  return done > 0 ? out + text.slice(done) : text;
}

/** What is to be written for a text, if it is one and XML can carry it. */
export function legal(text: unknown, attribute: boolean): string | undefined {
  if (typeof text !== "string") return undefined;
  let fine = true;
  const escaped = escapeXml(text, attribute, () => (fine = false));
  return fine ? escaped : undefined;
}

/** What stands for a value that cannot be written. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The items of `$unknown`. */
export function listOf(value: Values): readonly Unknown[] {
  const unknown = own(value, "$unknown");
  return Array.isArray(unknown) ? unknown.filter(isObject) : [];
}
