// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/**
 * From values to XML.
 *
 * Writes schema order whatever the order of keys, declares each namespace once at the root, and refuses what could not be
 * read back: unknown keys, missing content, wrong types and values, characters that XML cannot carry. All at once.
 */
import type { Root } from "./decode.js";
import type {
  Atomic,
  Described,
  ElementDescriptor,
  ExpandedName,
  Field,
  SimpleType,
  Type,
  Unknown,
  Wildcard,
  Writable,
  XmlContent,
  XmlElement,
} from "./descriptor.js";
import { EncodeError, type Issue, type IssueCode } from "./errors.js";
import { ncName } from "./names.js";
import {
  allows,
  checkPresence,
  familyOf,
  follow,
  kindOf,
  knownOf,
  planOf,
  propertyOf,
  split,
  STRING,
  type Entry,
  type Part,
  type Plan,
} from "./plan.js";
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
  const { text, issues } = write(descriptor, value, options);
  if (issues.length > 0) throw new EncodeError(issues);
  return text;
}

/** What {@link encode} would refuse in a value; empty when it can be written. */
export function check(descriptor: Root, value: unknown): Issue[] {
  return write(descriptor, value, { element: "value" }).issues;
}

type Values = Readonly<Record<string, unknown>>;

interface Tag {
  readonly start: string;
  readonly open: string;
  readonly close: string;
}

/** Unknown content by place, as text; nodes are given once. */
interface Unknowns {
  attributes(after: string, index?: number, typed?: boolean): string;
  nodes(after?: string, index?: number): string;
  rest(): string;
}

/** Needs no escaping, and XML can carry it. */
const plainText = /^[\t\n -%'-;=?-\ud7ff\ue000-\ufffd]*$/;
const plainAttribute = /^[ !#-%'-;=?-\ud7ff\ue000-\ufffd]*$/;
/** A character that XML cannot carry. */
const illegal = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const TYPE = `{${XSI_NAMESPACE}}type`;

function write(descriptor: Root, value: unknown, options: EncodeOptions): { text: string; issues: Issue[] } {
  const { declaration = "UTF-8", prefixes: hints = {}, qualified = true, check: strict = true } = options;
  const issues: Issue[] = [];
  const path: (string | number)[] = [];
  /** Prefixes of a namespace; a second one where a raw element gave the first another meaning. */
  const prefixes = new Map<string, string[]>();
  const taken = new Set(["xml", "xmlns"]);
  /** Prefixes that the open raw elements declare for themselves, and their default namespace. */
  const shadows: string[] = [];
  let defaultUri = "";

  const issue = (code: IssueCode, message: string, ...more: (string | number)[]): void => {
    // Not even a lenient writer may write what no reader accepts.
    if (strict || code === "illegal-character") {
      issues.push({ code, path: [...path, ...more].map((step) => `/${step}`).join(""), message });
    }
  };

  /** Declares a prefix at the root. */
  const claim = (uri: string, prefix: string): string => {
    taken.add(prefix);
    prefixes.set(uri, [...(prefixes.get(uri) ?? []), prefix]);
    return prefix;
  };
  const prefixOf = (uri: string): string => {
    if (uri === XML_NAMESPACE) return "xml";
    const visible = prefixes.get(uri)?.find((prefix) => !shadows.includes(prefix));
    if (visible !== undefined) return visible;
    const hint = Object.hasOwn(hints, uri) ? hints[uri] : uri === XSI_NAMESPACE ? "xsi" : "";
    let prefix = hint;
    for (let k = 1; !prefix || taken.has(prefix); k++) prefix = (hint || "ns") + k;
    return claim(uri, prefix);
  };
  /** Takes a prefix that was seen in a document, if it is free. */
  const wish = (uri: string, prefix: string): boolean => {
    if (prefixes.get(uri)?.includes(prefix)) return !shadows.includes(prefix);
    if (taken.has(prefix) || shadows.includes(prefix)) return false;
    // A prefix that was asked for comes first.
    if (!Object.hasOwn(hints, uri) || prefixOf(uri) !== prefix) claim(uri, prefix);
    return true;
  };
  const qName = (name: ExpandedName): string => {
    const [uri, local] = split(name);
    if (!ncName.test(local)) issue("invalid-value", `${describe(name)} is not a name`);
    return (uri && prefixOf(uri) + ":") + local;
  };

  const escape = (text: string, attribute: boolean): string => {
    if ((attribute ? plainAttribute : plainText).test(text)) return text;
    const bad = illegal.exec(text)?.[0];
    if (bad !== undefined) {
      issue(
        "illegal-character",
        `XML cannot carry the character U+${bad.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    }
    return text.replace(attribute ? /[&<>"\t\n\r]/g : /[&<>\r]/g, reference);
  };
  const attribute = (name: ExpandedName, value: string): string => ` ${qName(name)}="${escape(value, true)}"`;
  /** Without a namespace the name stands as it is: some services have types that are no QNames. */
  const typeAttribute = (name: ExpandedName): string =>
    attribute(TYPE, name.startsWith("{") ? qName(name) : name);

  /** Attributes that no descriptor describes. */
  const attributesOf = (
    attributes: Values | undefined,
    wildcards?: readonly Wildcard[],
    typed = false,
  ): string => {
    let out = "";
    for (const [name, value] of Object.entries(attributes ?? {})) {
      // `$type` has said it.
      if (typed && name === TYPE) continue;
      const steps = wildcards ? ["$anyAttribute", name] : [];
      if (wildcards && !wildcards.some((one) => allows(one, ...split(name)))) {
        issue("unknown-attribute", `the attribute ${name} is not allowed here`, ...steps);
      }
      if (typeof value !== "string")
        issue("wrong-type", `a string is expected, not ${describe(value)}`, ...steps);
      else out += name === TYPE && value.startsWith("{") ? typeAttribute(value) : attribute(name, value);
    }
    return out;
  };

  const raw = ({ attributes, namespaces, children }: XmlContent, declared = ""): string => {
    let out = declared;
    const depth = shadows.length;
    for (const [prefix, uri] of Object.entries(namespaces ?? {})) {
      if (!ncName.test(prefix) || prefix.startsWith("xml") || !uri) {
        issue("invalid-value", `${describe(prefix)} cannot stand for ${describe(uri)}`);
      } else if (!declared.startsWith(` xmlns:${prefix}=`) && !wish(uri, prefix)) {
        // The prefix means something else at the root: QNames in the content need it declared here.
        out += ` xmlns:${prefix}="${escape(uri, true)}"`;
        shadows.push(prefix);
      }
    }
    out += attributesOf(attributes) + ">";
    for (const child of children ?? [])
      out += typeof child === "string" ? escape(child, false) : rawElement(child);
    shadows.length = depth;
    return out;
  };
  const rawElement = (element: XmlElement): string => {
    const [uri, local] = split(element.name);
    // The prefix stays as it was read, so that reading again gives the same element.
    const { prefix = "" } = element;
    const outer = defaultUri;
    const depth = shadows.length;
    let tag = local;
    let declared = "";
    if (!ncName.test(local)) issue("invalid-value", `${describe(element.name)} is not a name`);
    if (uri === XML_NAMESPACE || (uri && prefix && !ncName.test(prefix))) tag = qName(element.name);
    else if (prefix && uri) {
      tag = `${prefix}:${local}`;
      if (!wish(uri, prefix)) {
        declared = ` xmlns:${prefix}="${escape(uri, true)}"`;
        shadows.push(prefix);
      }
    } else if (uri !== outer) {
      declared = ` xmlns="${escape(uri, true)}"`;
      defaultUri = uri;
    }
    const out = `<${tag}${raw(element, declared)}</${tag}>`;
    defaultUri = outer;
    shadows.length = depth;
    return out;
  };

  const refuse = (expected: string, value: unknown): string => {
    issue("wrong-type", `${expected} is expected, not ${describe(value)}`);
    return strict ? ">" : ">" + escape(typeof value === "string" ? value : "", false);
  };

  const simple = (type: SimpleType, value: unknown): string => {
    const text = print(type, value, prefixOf);
    if (typeof text === "string") return text;
    issue(text.code, text.message);
    return typeof value === "string" ? value : "";
  };

  /** What follows the name in the start tag, up to the end tag: `attributes>content`. */
  const valueOf = (
    type: Type,
    value: unknown,
    source: Field | ElementDescriptor | undefined,
    spare: string,
  ): string => {
    if (value === null) {
      if (!source?.nillable) issue("not-nillable", "null is not allowed: the element is not nillable");
      return attribute(`{${XSI_NAMESPACE}}nil`, "true") + spare + ">";
    }
    if (type.kind === "struct") return struct(planOf(type), value, "", false);
    if (type.kind === "any") return isObject(value) ? raw(value) : refuse("an object", value);
    if (type.kind !== "polymorphic") return spare + ">" + escape(simple(type, value), false);
    const family = familyOf(type);
    const base = family[0] as (typeof family)[0];
    const tag = isObject(value) ? own(value, "$type") : undefined;
    const chosen = tag === undefined ? base : family.find((one) => one[0] === tag);
    let typed = chosen && chosen !== base ? typeAttribute(chosen[1]) : "";
    if (tag === undefined) {
      if (type.abstract)
        issue(
          "missing-type",
          `$type must be one of ${family
            .slice(1, 9)
            .map((one) => one[0])
            .join(", ")}`,
        );
    } else if (!chosen) {
      if (typeof tag === "string" && tag.startsWith("{")) typed = typeAttribute(tag);
      // As decoded: the name of a type whose prefix was not declared stands among the attributes.
      else if (!listOf(value as Values).some((one) => one.attributes?.[TYPE] === tag)) {
        issue(
          "unknown-type",
          `unknown type ${describe(tag)}${didYouMean(
            String(tag),
            family.map((one) => one[0]),
          )}`,
          "$type",
        );
      }
    }
    const target = follow((chosen ?? base)[2]);
    if (target.kind === "struct") return struct(planOf(target), value, typed, true);
    return (
      typed + valueOf(target, tag === undefined ? value : own(value as Values, "$value"), undefined, spare)
    );
  };

  const struct = (plan: Plan, value: unknown, typed: string, polymorphic: boolean): string => {
    if (!isObject(value)) return refuse("an object", value);
    const { parts, rules } = plan;
    const unknown = value["$unknown"] === undefined ? undefined : unknownsOf(value);
    let out = typed;
    let keys = (unknown ? 1 : 0) + (polymorphic && value["$type"] !== undefined ? 1 : 0);
    for (const one of plan.attributes) {
      const property = propertyOf(one);
      const given = own(value, property);
      path.push(property);
      if (given !== undefined) {
        keys++;
        out += attribute(one.ns ? `{${one.ns}}${one.name}` : one.name, simple(follow(one.type), given));
      } else if (one.required) issue("missing-attribute", `${property} is required`);
      path.pop();
    }
    const any = value["$anyAttribute"];
    if (any !== undefined && plan.anyAttribute.length > 0) {
      keys++;
      out += isObject(any) ? attributesOf(any, plan.anyAttribute) : refuse("an object", any);
    }
    if (unknown) out += unknown.attributes("$self", undefined, typed !== "");
    out += ">";
    if (plan.text) {
      const text = value["$value"];
      path.push("$value");
      if (text === undefined) issue("missing-value", "$value is required");
      else {
        keys++;
        out += escape(simple(follow(plan.text), text), false);
      }
      path.pop();
    }
    if (unknown) out += unknown.nodes();
    const order = plan.all ? Object.keys(value) : undefined;
    const sorted = order
      ? [...parts].sort((a, b) => order.indexOf(a.property) - order.indexOf(b.property))
      : parts;
    for (const part of sorted) {
      const { property, many, entries } = part;
      const given = part.inherited ? own(value, property) : value[property];
      if (given === undefined) continue;
      keys++;
      const entry = entries[0] as Entry;
      const plain = !unknown && entries.length === 1 && kindOf(entry) > 0;
      if (!many) {
        const text = plain ? leaf(entry, given) : undefined;
        if (text !== undefined) {
          out += text;
          continue;
        }
      }
      const depth = path.push(property);
      if (!many) {
        out += item(part, given, unknown?.attributes(property) ?? "");
        if (unknown) out += unknown.nodes(property);
      } else if (!Array.isArray(given)) refuse("an array", given);
      else {
        for (let k = 0; k < given.length; k++) {
          const text = plain ? leaf(entry, given[k]) : undefined;
          if (text !== undefined) {
            out += text;
            continue;
          }
          path.push(k);
          out += item(part, given[k], unknown?.attributes(property, k) ?? "");
          if (unknown) out += unknown.nodes(property, k);
          path.length = depth;
        }
      }
      path.length = depth - 1;
    }
    if (strict) {
      const count = ({ property, many }: Part): number => {
        const given = own(value, property);
        return given === undefined ? 0 : many && Array.isArray(given) ? given.length : 1;
      };
      checkPresence(rules, count, (code, property, message) => issue(code, message, property));
      if (keys !== Object.keys(value).length) {
        for (const key of Object.keys(value)) {
          if (value[key] !== undefined && (!plan.keys.has(key) || (key === "$type" && !polymorphic))) {
            issue("unknown-property", `${describe(key)} is not known${didYouMean(key, [...plan.keys])}`, key);
          }
        }
      }
    }
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
    const nodes = (after?: string, index?: number): string => {
      const key = `${after} ${index}`;
      let out = "";
      for (const { node } of places.get(key) ?? []) {
        out += typeof node === "string" ? escape(node, false) : isObject(node) ? rawElement(node) : "";
      }
      places.delete(key);
      return out;
    };
    return {
      nodes,
      attributes: (after, index, typed = false) =>
        (places.get(`${after} ${index}`) ?? [])
          .map(({ attributes }) => attributesOf(attributes, undefined, typed))
          .join(""),
      rest: () => [...places.values()].map(([{ after, index } = {}]) => nodes(after, index)).join(""),
    };
  };

  const tags = new Map<Entry | ElementDescriptor, Tag>();
  const tagOf = (key: Entry | ElementDescriptor, name: ExpandedName): Tag => {
    let tag = tags.get(key);
    if (!tag) {
      const text = qualified ? qName(name) : split(name)[1];
      tags.set(key, (tag = { start: "<" + text, open: `<${text}>`, close: `</${text}>` }));
    }
    return tag;
  };

  /** An element that holds text, a number or a boolean; `undefined` when there is anything to say about it. */
  const leaf = (entry: Entry, value: unknown): string | undefined => {
    const type = entry.type as Atomic;
    let text: unknown = value;
    if (entry.kind !== STRING) text = print(type, value, prefixOf);
    if (typeof text !== "string") return undefined;
    if (!plainText.test(text)) {
      if (illegal.test(text)) return undefined;
      text = escape(text, false);
    }
    const { open, close } = tagOf(entry, entry.expanded);
    return open + (text as string) + close;
  };

  const element = (
    key: Entry | ElementDescriptor,
    name: ExpandedName,
    source: Field | ElementDescriptor,
    value: unknown,
    spare: string,
  ): string => {
    const { start, close } = tagOf(key, name);
    return start + valueOf(follow(source.type), value, source, spare) + close;
  };

  const item = ({ entries, text }: Part, value: unknown, spare: string): string => {
    const [first] = entries;
    if (first?.element && first.tag === undefined)
      return element(first, first.expanded, first.element, value, spare);
    if (text && typeof value === "string") return escape(value, false);
    const tags = entries.flatMap(({ tag }) => tag ?? []);
    const name = isObject(value) ? own(value, "$name") : undefined;
    if (name === undefined) {
      if (isObject(value) && typeof value.name === "string") {
        const fits = entries.some(({ wildcard }) => wildcard && allows(wildcard, ...split(value.name)));
        if (!fits) issue("unknown-element", `the element ${value.name} is not allowed here`);
        return rawElement(value);
      }
      refuse(
        `{ $name, $value } with ${tags.slice(0, 8).join(", ") || "a known element"}, or an XmlElement,`,
        value,
      );
      return "";
    }
    let found: [Entry | ElementDescriptor, ExpandedName, Field | ElementDescriptor] | undefined;
    for (const entry of entries) {
      const { element: source, expanded, tag, wildcard } = entry;
      if (source && tag === name) found ??= [entry, expanded, source];
      if (wildcard)
        for (const one of knownOf(wildcard).values()) if (one.tag === name) found ??= [one, one.name, one];
    }
    if (!found) {
      issue(
        "unknown-element",
        `no element ${describe(name)} is allowed here${didYouMean(String(name), tags)}`,
        "$name",
      );
      return "";
    }
    path.push("$value");
    const out = element(...found, own(value as Values, "$value"), spare);
    path.pop();
    return out;
  };

  const [rootName, type, source] =
    descriptor.kind === "element"
      ? [options.element ?? descriptor.name, follow(descriptor.type), descriptor]
      : [options.element, descriptor as Type, undefined];
  if (rootName === undefined)
    throw new TypeError("encode needs the option `element` where the descriptor is a type");
  const tag = qName(rootName);
  const body = valueOf(type, value, source, "");
  let text = declaration === false ? "" : `<?xml version="1.0" encoding="${declaration}"?>\n`;
  text += "<" + tag;
  for (const [uri, names] of prefixes)
    for (const prefix of names) text += ` xmlns:${prefix}="${escape(uri, true)}"`;
  return { text: `${text}${body}</${tag}>`, issues };
}

function reference(c: string): string {
  return `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot" }[c] ?? "#" + c.charCodeAt(0)};`;
}

function listOf(value: Values): readonly Unknown[] {
  const unknown = value["$unknown"];
  return Array.isArray(unknown) ? unknown.filter(isObject) : [];
}

function isObject(value: unknown): value is Values & XmlElement {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function own(value: Values, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function didYouMean(key: string, known: readonly string[]): string {
  const near =
    known.find((one) => one.toLowerCase() === key.toLowerCase()) ?? known.find((one) => isNear(key, one));
  return near === undefined ? "" : `; did you mean ${describe(near)}?`;
}

/** At most two letters in one place differ. */
function isNear(a: string, b: string): boolean {
  const most = Math.max(a.length, b.length);
  let k = 0;
  while (k < most && a[k] === b[k]) k++;
  const head = k;
  while (k < most && a[a.length - 1 - k + head] === b[b.length - 1 - k + head]) k++;
  return most - k <= (most > 4 ? 2 : 1);
}
