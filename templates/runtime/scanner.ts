/**
 * A strict, namespace-aware pull scanner for XML 1.0 (5th edition) and Namespaces in XML 1.0 (3rd edition).
 *
 * The reader asks for what it expects; nothing is built that nobody asked for. Every well-formedness rule is checked on
 * the way, a DOCTYPE is refused, and no input makes it slow or deep. Offsets count UTF-16 code units.
 */
import { XmlError, type XmlErrorCode } from "./errors.js";
import { ncName } from "./names.js";

/** What {@link Scanner.next} found: the end tag of the open element, a start tag, or character data. */
export const END = 0;
export const START = 1;
export const TEXT = 2;

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XSD_NAMESPACE = "http://www.w3.org/2001/XMLSchema";
export const XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
/** Whether a prefix may stand for a namespace (Namespaces in XML, clauses 3 and 5). */
export const isBindable = (prefix: string, uri: string): boolean =>
  prefix !== "xmlns" &&
  (prefix === "xml") === (uri === XML_NAMESPACE) &&
  uri !== "http://www.w3.org/2000/xmlns/" &&
  (prefix === "" || uri !== "");
/** What is said about a character that XML does not have (XML 1.0, production 2). */
export const refusalOfCharacter = (code: number): string =>
  `U+${code.toString(16).padStart(4, "0")} is no character of XML`;
/** The name of the attribute that chooses a type. */
export const XSI_TYPE = `{${XSI_NAMESPACE}}type`;

/** Limits. */
export interface ScannerOptions {
  /** Nested elements; 256 when absent. */
  readonly maxDepth?: number;
  /** Code units of the document; 2^28 when absent. */
  readonly maxLength?: number;
  /**
   * `false` lets strings be views of the document, which is a little faster: then one that is kept keeps all of the document in
   * memory. By default each is on its own.
   */
  readonly detach?: boolean;
  /** The text is a piece of a longer one. */
  readonly origin?: Origin;
}

/** Where a piece of text comes from: places are told in the whole, and what is before the piece has none. */
export interface Origin {
  /** Code units at the beginning that are not of the piece itself. */
  readonly skip: number;
  /** Where the piece begins in the whole: in code units, and line and column from 1. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** An attribute that is no namespace declaration. */
export interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  /** References replaced, white space normalized. */
  readonly value: string;
  readonly offset: number;
}

/** A local name, its code units, once they are asked for, and the {@link namespaceId} of its namespace. */
export interface NameUnits {
  readonly name: string;
  units: Uint16Array | undefined;
  readonly id: number;
}

/** The code units of a name. */
export function unitsOf(one: NameUnits): Uint16Array {
  return (one.units ??= Uint16Array.from(one.name, (c) => c.charCodeAt(0)));
}

/** One document being read. */
export interface Scanner {
  /** Moves to the start tag of the root element. */
  root(): void;
  /**
   * Moves over the next start tag ({@link START}), over the end tag of the open element ({@link END}), or over
   * character data ({@link TEXT}). White space alone counts as character data on request only.
   */
  next(keepSpace: boolean): number;
  /**
   * Is the next thing the start tag of this name? Then moves over it; otherwise nothing happened, which does not mean
   * that the element is not there.
   */
  at(name: NameUnits): boolean;
  /** Where the local name of the next start tag begins, if its prefix is known to stand for this namespace; else 0. */
  peek(namespace: number): number;
  /** Moves over a start tag without attributes that {@link Scanner.peek} found: where its local name begins and ends. */
  take(from: number, to: number): true;
  /** The length of the prefix that {@link Scanner.peek} found, with its colon. */
  prefixLength(): number;
  /** Moves over a whole leaf that ends at `to`, if an element may be nested here at all. */
  leave(to: number): boolean;
  /** A part of the document, as it is and with references replaced. */
  cut(from: number, to: number): string;
  replaced(from: number, to: number): string;
  /**
   * The code units of a stretch of the document that ends with a 0; what is called a place above is an index in it. It moves on
   * when {@link Scanner.next} has come to its end: then `moved` is called, and when the document is done.
   */
  readonly units: Units;
  moved: ((isDone?: boolean) => void) | undefined;
  /** Where a place is in the document. */
  offsetOf(place: number): number;
  /** The character data of the open element, up to and over its end tag; `stray` is called in each child element. */
  chars(stray: () => void): string;
  /** Has the element whose start tag was just read nothing in it, not even a comment? Not always known. */
  isEmpty(): boolean;
  /** Moves over the end tag of the open element if it is next. */
  ends(): boolean;
  /** Checks that nothing but comments and processing instructions follows the root, and ends. */
  finish(): void;
  /** Namespace, local name, prefix and attributes of the last start tag. */
  uri(): string;
  local(): string;
  prefix(): string;
  readonly attributes: readonly XmlAttribute[];
  /** The last character data. */
  text(): string;
  /** Where the last start tag or character data began, and where reading goes on. */
  offset(): number;
  position(): number;
  /** The namespace that a prefix stands for in what was read last; `undefined` when it is not declared. */
  lookup(prefix: string): string | undefined;
  /** Throws an {@link XmlError} with line and column. */
  fail(message: string, offset: number, code?: XmlErrorCode): never;
}

// Only descriptors register namespaces, never a document, so that input cannot make this grow.
const ids = /*#__PURE__*/ new Map<string, number>();

/** The small number that stands for a namespace in {@link Scanner.at}; 0 is no namespace. */
export function namespaceId(uri: string): number {
  let id = uri === "" ? 0 : ids.get(uri);
  if (id === undefined) ids.set(uri, (id = ids.size + 1));
  return id;
}

/** Lines and columns (both from 1) of ascending offsets; CR LF, CR and LF end a line. */
export function createLocator(
  text: string,
  origin?: Origin,
): (offset: number) => { line: number; column: number } {
  let { line, column, skip: i } = origin ?? { line: 1, column: 1, skip: 0 };
  let lf = 0;
  let cr = 0;
  // To search for one character takes an engine a fraction of the time of a look at each.
  const behind = (end: string): number => text.indexOf(end, i) + 1 || Infinity;
  return (offset) => {
    for (;;) {
      if (lf <= i) lf = behind("\n");
      if (cr <= i) cr = behind("\r");
      const next = cr + 1 === lf ? lf : Math.min(cr, lf);
      if (next > offset) return { line, column: column + Math.max(offset - i, 0) };
      line++;
      column = 1;
      i = next;
    }
  };
}

/** The expanded name of the root element. Throws {@link XmlError}. */
export function rootName(text: string): string {
  const { root, uri, local } = createScanner(text);
  root();
  return (uri() && `{${uri()}}`) + local();
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A prefix in scope. */
interface Binding {
  /** Empty for the default namespace. */
  readonly prefix: string;
  /** Its place; -1 when that is no longer in the stretch. */
  at: number;
  readonly uri: string;
  readonly depth: number;
  /** The namespace as a number, once it is known that it has one. */
  id: number | undefined;
  /** This prefix and those further out are different ones. */
  readonly isNew: boolean;
}

/** The part of Node's Buffer that copies strings into memory and out of it in one go. */
interface Memory {
  write(text: string, offset: number, encoding: "latin1" | "utf16le"): number;
  readonly latin1Slice?: (from: number, to: number) => string;
  readonly ucs2Slice?: (from: number, to: number) => string;
}

/** Code units of a text. */
export type Units = Uint8Array | Uint16Array;

/**
 * A stretch of text as an array of code units, closed by a 0: reading it is faster than reading the string, and it is short, so
 * that it stays near and a long document does not take its length again.
 */
interface Mirror {
  /** 1 where units have two bytes, 0 where one. */
  readonly wide: 0 | 1;
  readonly units: Units;
  readonly memory: Memory | undefined;
  /** Puts a part of a text in, and the 0 behind it. */
  readonly fill: (part: string) => void;
}

/** Code units of a stretch. */
export const stretch = 1 << 17;

/** Spare mirrors, of bytes and wider; taken while a scanner works, so that two never share one. */
const spare: (Mirror | undefined)[] = [];

/** Where a stretch that begins at `from` ends: at a `<` as long as there is more, so that no tag is cut. */
function stretchEnd(text: string, from: number): number {
  if (text.length - from <= stretch) return text.length;
  const last = text.lastIndexOf("<", from + stretch);
  const end = last > from ? last : text.indexOf("<", from + stretch);
  return end < 0 ? text.length : end;
}

/** A mirror for the longest stretch of a text, wherever one may begin. */
function mirrorFor(text: string): Mirror {
  // Behind a comment or CDATA section that holds the end of one stretch the next may begin at any place.
  let longest = Math.min(stretch, text.length);
  for (let from = 0, end; from < text.length; from = end) {
    end = stretchEnd(text, from);
    longest = Math.max(longest, end - from);
  }
  const wide = /[^\0-\xff]/.test(text) ? 1 : 0;
  let mirror = spare[wide];
  spare[wide] = undefined;
  if (!mirror || mirror.units.length < longest + 10) {
    const units = new (wide ? Uint16Array : Uint8Array)(longest + 1024);
    const { Buffer } = globalThis as {
      Buffer?: { from(buffer: ArrayBufferLike): Memory };
    };
    // The bytes of wide units are in the order that utf16le has, on all but a few machines.
    const fits = !wide || new Uint8Array(Uint16Array.of(1).buffer)[0];
    const memory = fits ? Buffer?.from(units.buffer) : undefined;
    mirror = {
      wide,
      units,
      memory,
      fill(part) {
        if (memory) memory.write(part, 0, wide ? "utf16le" : "latin1");
        else for (let k = 0; k < part.length; k++) units[k] = part.charCodeAt(k);
        units[part.length] = 0;
      },
    };
  }
  return mirror;
}

/** Lends the code units of a text, closed by a 0, for as long as `use` takes. */
export function lendUnits(text: string, use: (units: Units) => void): void {
  const mirror = mirrorFor(text);
  mirror.fill(text);
  use(mirror.units);
  spare[mirror.wide] = mirror;
}

/** The references that XML declares; nothing is inherited. */
const entities = {
  __proto__: null,
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
} as object as Readonly<Record<string, string>>;
/** What is no character of XML (XML 1.0, production 2). */
export const noCharacter = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Text without anything that needs a closer look. */
const plainText = /[\t\n -%'-;=?-\ud7ff]*/y;

/**
 * End tags read so far. Engines run code slowly at first: a process that reads little is done sooner when what is built in
 * compares strings, and one that reads much when no string is cut out to be compared.
 */
let tags = 0;
const warm = 10_000;

const maxAttributes = 4096;
const maxBindings = 256;
/** Code units of a namespace name: each name that is expanded by it is that much longer. */
const longestNamespace = 1024;

/** Begins to read a document. */
export function createScanner(text: string, options: ScannerOptions = {}): Scanner {
  const { maxDepth = 256, maxLength = 2 ** 28, detach = true, origin } = options;
  const n = text.length;
  /** Where the stretch begins in the document. */
  let shift = 0;
  const failAt = (message: string, offset: number, code: XmlErrorCode = "syntax"): never => {
    const { line, column } = createLocator(text, origin)(offset);
    const place = origin ? Math.max(offset - origin.skip, 0) + origin.offset : offset;
    throw new XmlError(code, message, place, line, column);
  };
  const fail = (message: string, place: number, code?: XmlErrorCode): never =>
    failAt(message, place + shift, code);
  if (n > maxLength) fail("The document is too long", 0, "limit");
  const mirror = mirrorFor(text);
  const u = mirror.units;
  const memory = detach ? mirror.memory : undefined;
  /** The place of the 0, and that of the `<` before it where there is more of the document. */
  let zero = 0;
  let limit = 0;
  /** Puts the stretch that begins at an offset into the mirror. */
  function load(from: number): void {
    const end = stretchEnd(text, from);
    const to = end < n ? end + 1 : n;
    shift = from;
    zero = to - from;
    limit = end < n ? zero - 1 : Infinity;
    mirror.fill(text.slice(from, to));
  }
  load(0);

  /** The next unread unit. */
  let i = 0;
  /** The open element has no content: `<a/>`. */
  let empty = false;
  /** The start tag that was read last is still to be told. */
  let pending = false;
  let depth = 0;
  // The last start tag: where its name begins, its local name begins, its name ends.
  let begin = 0;
  let middle = 0;
  let end = 0;
  /** Length of the prefix that `peek` saw. */
  let peeked = 0;
  /** Its namespace, once it is asked for. */
  let uri: string | undefined;
  /** The last character data, where it stands if it is plain. */
  let value: string | undefined;
  let valueFrom = 0;
  let valueTo = 0;
  let offset = 0;
  const attributes: (Writable<XmlAttribute> & { readonly middle: number })[] = [];
  /** Where the names of open elements begin and end; those that were opened before this stretch are in `outer`, and begin at 0. */
  const open: number[] = [];
  const outer: string[] = [];
  /** Local names of open elements that were asked for while code is slow. */
  const names: (string | undefined)[] = [];
  let asked: string | undefined;
  const bindings: Binding[] = [];
  let bound = 0;
  /** As many bindings does `lookup` see: those of the element just closed are still there. */
  let scope = 0;
  let last: Binding | undefined;
  // Where the prefix of a namespace was last seen, and its length; none or -1 when it was not.
  const seenAt: number[] = [];
  const seenLength: number[] = [];

  /** Makes a string independent of the document: engines make short ones so, and long ones views. */
  const own = (part: string): string => (detach && part.length > 12 ? (part + " ").slice(0, -1) : part);
  /** A part of the document. */
  const cut = (from: number, to: number): string => {
    // A copy out of memory leaves nothing behind that has to be collected.
    if (memory && to - from > 12) {
      if (!mirror.wide && memory.latin1Slice) return memory.latin1Slice(from, to);
      if (mirror.wide && memory.ucs2Slice) return memory.ucs2Slice(from * 2, to * 2);
    }
    return own(raw(from, to));
  };
  const raw = (from: number, to: number): string => text.slice(from + shift, to + shift);
  const isAt = (what: string, place: number): boolean => text.startsWith(what, place + shift);

  /** Over white space. */
  const space = (i: number): number => {
    const units = u;
    for (;;) {
      const c = units[i];
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return i;
      i++;
    }
  };

  const find = (what: string, from: number): number => {
    const at = text.indexOf(what, from + shift);
    return at < 0 ? fail(`${what} is missing`, from) : at - shift;
  };

  /** Over a character that is not plainly one (XML 1.0, production 2). */
  function character(i: number): number {
    const c = u[i] as number;
    if ((c >= 32 && c < 0xd800) || (c >= 0xe000 && c < 0xfffe) || c === 9 || c === 10 || c === 13)
      return i + 1;
    if (c >= 0xd800 && c < 0xdc00 && ((u[i + 1] as number) & 0xfc00) === 0xdc00) return i + 2;
    return i < zero ? illegal(c, i) : fail("The document ends too early", i);
  }
  const illegal = (c: number, place: number): never => fail(refusalOfCharacter(c), place);

  const checked = (from: number, to: number): string => {
    const part = raw(from, to);
    // Engines take long to compile what is about code points, and mostly nothing is beyond the first ones.
    const at = /[^\t\n\r -\ud7ff]/.test(part) ? part.search(noCharacter) : -1;
    if (at >= 0) illegal(part.charCodeAt(at), from + at);
    return lines(part);
  };

  /** Replaces references in the text that begins at `from`; line ends are normalized already. */
  function references(given: string, from: number): string {
    let out = "";
    let done = 0;
    let place = from - 1;
    for (let at; (at = given.indexOf("&", done)) >= 0;) {
      place = text.indexOf("&", place + 1 + shift) - shift;
      const end = given.indexOf(";", at);
      const name = end > at ? given.slice(at + 1, end) : "";
      let found = entities[name];
      if (found === undefined) {
        const digits = /^#(?:x[0-9a-fA-F]+|[0-9]+)$/.test(name)
          ? Number(name.replace("#x", "0x").replace("#", ""))
          : -1;
        if (!(digits >= 0 && digits < 0x110000) || noCharacter.test((found = String.fromCodePoint(digits)))) {
          fail(
            end > at && !/[ <&]/.test(name) ? `&${name}; is not defined` : "& must be written &amp;",
            place,
          );
        }
      }
      out += given.slice(done, at) + found;
      done = end + 1;
    }
    return out + given.slice(done);
  }
  const replaced = (from: number, to: number): string => own(references(cut(from, to), from));

  /** Over a comment or processing instruction. */
  const misc = (i: number): number => {
    let to: number;
    if (isAt("<?", i)) {
      to = find("?>", i + 2) + 2;
      const target = /^[^ \t\n\r]*/.exec(raw(i + 2, to - 2))?.[0] as string;
      if (!ncName.test(target) || /^xml$/i.test(target)) fail(`<?${target} is out of place`, i);
    } else if (isAt("<!--", i)) {
      to = find("--", i + 4) + 3;
      if (!isAt(">", to - 1)) fail("-- in a comment", to - 3);
    } else if (isAt("<!DOCTYPE", i)) return fail("A DOCTYPE is not allowed", i, "doctype");
    else return fail("A tag is malformed", i);
    checked(i, to);
    return to;
  };

  const prolog = (): void => {
    for (;;) {
      if (i >= limit) slide();
      i = space(i);
      if (i >= limit) slide();
      if (u[i] !== 60 || (u[i + 1] !== 33 && u[i + 1] !== 63)) break;
      i = misc(i);
    }
  };

  function enter(): void {
    if (++depth > maxDepth) fail(`More than ${maxDepth} elements are nested`, begin - 1, "limit");
    open[depth * 2] = begin;
    open[depth * 2 + 1] = end;
    names[depth] = asked;
    asked = undefined;
    offset = begin - 1 + shift;
    scope = bound;
    // To set the length would free the memory that the next ones need.
    while (attributes.length > 0) attributes.pop();
  }

  const see = (binding: Binding, at: number): void => {
    const id = (binding.id ??= binding.uri === "" ? 0 : ids.get(binding.uri));
    if (id !== undefined) {
      seenAt[id] = at;
      seenLength[id] = binding.prefix.length;
    }
  };

  /** Sees anew which prefixes stand for namespaces, where each stands for one. */
  function review(): void {
    last = undefined;
    seenLength.fill(-1);
    const isClear = bindings[bound - 1]?.isNew !== false;
    if (!isClear) return;
    seenLength[0] = 0;
    for (let k = 0; k < bound; k++) {
      const binding = bindings[k] as Binding;
      if (binding.prefix === "") seenLength[0] = -1;
      if (binding.at >= 0) see(binding, binding.at);
    }
  }

  /** On to the next stretch: it begins with what is not read yet. */
  const slide = (): void => {
    for (let k = depth; k > 0 && open[k * 2] !== 0; k--) {
      outer[k] = own(raw(open[k * 2] as number, open[k * 2 + 1] as number));
      open[k * 2] = 0;
    }
    load(i + shift);
    i = 0;
    for (let k = 0; k < bound; k++) (bindings[k] as Binding).at = -1;
    review();
    scanner.moved?.();
  };

  const close = (): void => {
    scope = bound;
    while (bound > 0 && (bindings[bound - 1] as Binding).depth === depth) bound--;
    depth--;
    if (bound < scope) review();
  };

  function endTag(p: number): void {
    const from = p;
    const units = u;
    let a = open[depth * 2] as number;
    const b = open[depth * 2 + 1] as number;
    // Calls count while code is slow.
    const name = a === 0 ? openName() : (names[depth] ?? "");
    const before = a === 0 ? 0 : b - a - name.length;
    const isSame = name !== "" && text.startsWith(name, p + before + shift);
    if (a === 0 && !isSame) unended(name.startsWith(raw(p, p + name.length)) ? zero : p - 2);
    const local = isSame ? a + before : b;
    while (a < local && units[a] === units[p]) {
      a++;
      p++;
    }
    if (isSame && a === local) {
      p += name.length;
      a = b;
    }
    if (units[p] !== 62) p = space(p);
    if (a < b || u[p] !== 62) unended(p < zero ? from - 2 : zero);
    i = p + 1;
    close();
  }
  const openName = (): string => {
    const from = open[depth * 2] as number;
    return from === 0 ? (outer[depth] as string) : raw(from, open[depth * 2 + 1] as number);
  };
  const unended = (place: number): never => fail(`</${openName()}> is expected`, place);

  /** Over a name; leaves its parts in `begin`, `middle` and `end`. */
  function name(p: number): void {
    begin = middle = p;
    let simple = true;
    for (;;) {
      const c = u[p] as number;
      if (c > 96 ? c < 123 : c > 64 && (c < 91 || c === 95)) p++;
      else if (c > 127 || (c > 44 && c < 58 && c !== 47)) {
        // Digits, points and exotic letters may stand at some places only.
        if (c > 127 || p === middle) simple = false;
        p++;
      } else if (c === 58 && middle === begin) middle = ++p;
      else break;
    }
    end = p;
    if (!simple || p === middle || middle === begin + 1) {
      const found = raw(begin, p);
      const colon = found.indexOf(":");
      if (!ncName.test(found.slice(colon + 1)) || (colon >= 0 && !ncName.test(found.slice(0, colon)))) {
        fail(found === "" ? "A name is expected" : `${found} is no name`, begin);
      }
    }
  }

  /** The namespace of the prefix at `from`; of an element also without one. */
  function resolve(from: number, length: number): string {
    let binding = last;
    let k = bound;
    for (;;) {
      if (binding !== undefined && binding.prefix.length === length) {
        const { prefix } = binding;
        let j = 0;
        while (j < length && prefix.charCodeAt(j) === u[from + j]) j++;
        if (j === length) break;
      }
      if (k === 0) {
        const prefix = raw(from, from + length);
        if (prefix !== "" && prefix !== "xml")
          fail(`The prefix ${prefix} is not declared`, from, "namespace");
        return prefix && XML_NAMESPACE;
      }
      binding = bindings[--k];
    }
    last = binding;
    return binding.uri;
  }

  const ownUri = (): string => resolve(begin, Math.max(middle - begin - 1, 0));

  const startTag = (p: number): void => {
    name(p);
    enter();
    p = end;
    if (u[p] === 62) i = p + 1;
    else if (u[p] === 47 && u[p + 1] === 62) {
      empty = true;
      i = p + 2;
    } else attributeList();
    uri = ownUri();
    if (last?.uri === uri) see(last, begin);
    else if (uri === "") seenLength[0] = 0;
  };

  function attributeList(): void {
    const [a, b, c] = [begin, middle, end];
    const before = bound;
    for (let p = c; ;) {
      const q = space(p);
      if (u[q] === 62 || (u[q] === 47 && u[q + 1] === 62)) {
        empty = u[q] === 47;
        i = empty ? q + 2 : q + 1;
        break;
      }
      if (q === p) fail("A tag is malformed", q);
      name(q);
      p = space(end);
      const quote = u[p] === 61 ? u[(p = space(p + 1))] : 0;
      if (quote !== 34 && quote !== 39) fail(`${raw(begin, end)} needs a value in quotes`, p);
      const from = ++p;
      let plain = true;
      for (;;) {
        const d = u[p] as number;
        if (d === quote) break;
        if (d === 60) fail("< in an attribute value", p);
        if (d === 38 || d < 32) plain = false;
        p = d > 62 && d < 0xd800 ? p + 1 : character(p);
      }
      let value = cut(from, p++);
      // White space written as such becomes a space, referenced it stays (XML 1.0, clause 3.3.3).
      if (!plain) value = own(references(value.replace(/\r\n|[\t\n\r]/g, " "), from));
      const local = cut(middle, end);
      const isDefault = middle === begin && local === "xmlns";
      if (isDefault || (middle === begin + 6 && isAt("xmlns", begin)))
        bind(isDefault ? "" : local, value, before);
      else if (
        attributes.push({
          uri: "",
          local,
          value,
          offset: begin + shift,
          middle,
        }) > maxAttributes
      )
        fail("Too many attributes", begin, "limit");
    }
    if (bound > before) review();
    for (const one of attributes)
      if (one.middle + shift > one.offset)
        one.uri = resolve(one.offset - shift, one.middle + shift - one.offset - 1);
    if (attributes.length > 1) distinct();
    begin = a;
    middle = b;
    end = c;
  }

  /** Fails where two attributes have one name: a few are compared each with each. */
  const distinct = (): void => {
    const names = attributes.length > 16 && new Set<string>();
    attributes.forEach(({ uri, local, offset, middle }, k) => {
      if (
        names
          ? names.size === names.add(`${uri} ${local}`).size
          : attributes.some((one, j) => j < k && one.local === local && one.uri === uri)
      )
        twice(offset - shift, middle + local.length);
    });
  };
  const twice = (from: number, to: number): never => fail(`${raw(from, to)} is there twice`, from);

  /** Binds a prefix; `before` are the bindings of elements further out. */
  function bind(prefix: string, uri: string, before: number): void {
    if (!isBindable(prefix, uri)) fail(`The prefix ${prefix} cannot stand for ${uri}`, begin, "namespace");
    let isNew = bindings[bound - 1]?.isNew !== false;
    for (let k = 0; k < bound; k++) {
      if (bindings[k]?.prefix !== prefix) continue;
      if (k >= before) twice(begin, end);
      isNew = false;
    }
    if (bound >= maxBindings || uri.length > longestNamespace)
      fail("Too many or too long namespaces", begin, "limit");
    bindings[bound++] = { prefix, at: middle, uri, depth, id: undefined, isNew };
    scope = bound;
    last = undefined;
  }

  /** From `<` or character data to the next thing of interest, the slow way. */
  function content(keepSpace: boolean): number {
    const units = u;
    const from = i + shift;
    let isBlank = true;
    let read = "";
    for (;;) {
      if (i >= limit) slide();
      const start = i;
      let plain = true;
      for (;;) {
        const c = units[i] as number;
        if (c > 62 && c < 0xd800) {
          isBlank = false;
          i++;
          continue;
        }
        if (c === 60) break;
        if (c === 62 && units[i - 1] === 93 && units[i - 2] === 93) fail("]]> in character data", i - 2);
        if (c === 38 || c === 13) plain = false;
        else if (c > 32) isBlank = false;
        i = character(i);
      }
      const mark = i < limit ? units[i + 1] : text.charCodeAt(i + shift + 1);
      const isMore = mark === 33 || mark === 63;
      // Mostly nobody asks for the text between elements.
      if (plain && !isMore && read === "") {
        if (isBlank && (!keepSpace || start === i)) break;
        value = undefined;
        valueFrom = start;
        valueTo = i;
      } else {
        if (i > start) read += references(lines(raw(start, i)), start);
        if (isMore) {
          if (isAt("<![CDATA[", i)) {
            const to = find("]]>", i + 9);
            read += checked(i + 9, to);
            i = to + 3;
          } else i = misc(i);
          continue;
        }
        if (read === "" || !(keepSpace || /[^ \t\n\r]/.test(read))) break;
        value = own(read);
      }
      offset = from;
      scope = bound;
      return TEXT;
    }
    if (i >= limit) slide();
    return tag();
  }

  const read = (): string => (value ??= cut(valueFrom, valueTo));

  const tag = (): number => {
    if (u[i + 1] === 47) {
      endTag(i + 2);
      return END;
    }
    startTag(i + 1);
    return START;
  };

  const next = (keepSpace: boolean): number => {
    if (pending) {
      pending = false;
      return START;
    }
    if (empty) {
      empty = false;
      close();
      return END;
    }
    const from = i;
    if (!keepSpace) i = space(i);
    if (i < limit && u[i] === 60 && u[i + 1] !== 33 && u[i + 1] !== 63) return tag();
    i = from;
    return content(keepSpace);
  };

  function peek(namespace: number): number {
    const length = seenLength[namespace] as number;
    const units = u;
    let p = i;
    if (units[p] !== 60) p = space(p);
    if (!(length >= 0) || units[p] !== 60 || empty || pending) return 0;
    const to = ++p + length;
    for (let k = seenAt[namespace] as number; p < to; p++) if (units[p] !== units[k++]) return 0;
    peeked = length;
    if (length === 0) return p;
    peeked++;
    return units[p] === 58 ? p + 1 : 0;
  }
  const take = (from: number, to: number): true => {
    uri = undefined;
    begin = from - peeked;
    middle = from;
    end = to;
    i = to + 1;
    enter();
    return true;
  };

  if (u[0] === 0xfeff) i = 1;
  if (isAt("<?xml", i) && space(i + 5) > i + 5) {
    const declaration =
      /<\?xml\s+version\s*=\s*(["'])1\.\d+\1(\s+encoding\s*=\s*(["'])[A-Za-z][-\w.]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>/y;
    declaration.lastIndex = i;
    // What XML takes for white space is less.
    const isMalformed = !/^[ -~\t\n\r]+$/.test(declaration.exec(text)?.[0] ?? "");
    if (isMalformed) fail("The XML declaration is malformed", i);
    i = declaration.lastIndex;
  }

  const scanner: Scanner = {
    attributes,
    fail: failAt,
    next,
    root() {
      prolog();
      if (u[i] !== 60) fail("An element is expected", i);
      startTag(i + 1);
    },
    units: u,
    moved: undefined,
    offsetOf: (place) => place + shift,
    peek,
    take,
    prefixLength: () => peeked,
    leave(to) {
      if (depth >= maxDepth) return false;
      i = to;
      scope = bound;
      return true;
    },
    cut,
    replaced,
    at(entry) {
      const { id: namespace, name } = entry;
      const from = peek(namespace);
      // Behind the end of a stretch is what another document has left.
      if (from === 0 || from >= zero) return false;
      const units = u;
      let p = from;
      if (tags >= warm) {
        const wanted = entry.units ?? unitsOf(entry);
        for (let k = 0; k < wanted.length; k++) if (units[p++] !== wanted[k]) return false;
      } else if (text.startsWith(name, p + shift)) p += name.length;
      else return false;
      const ends = units[p] === 62;
      if (!ends && units[p] !== 47 && space(p) === p) return false;
      if (tags < warm) {
        tags++;
        asked = name;
      }
      if (ends) return take(from, p);
      const before = bound;
      startTag(from - peeked);
      // Declarations in the tag may give its prefix another meaning.
      pending = bound > before && (uri === "" ? 0 : ids.get(uri as string)) !== namespace;
      return !pending;
    },
    chars(stray) {
      let plain = true;
      const units = u;
      let p = empty ? zero : i;
      if (tags < warm && !empty) {
        plainText.lastIndex = p + shift;
        plainText.test(text);
        p = plainText.lastIndex - shift;
      }
      for (; ; p++) {
        const c = units[p] as number;
        if (c > 62) {
          if (c < 0xd800) continue;
          break;
        }
        if (c === 60) {
          if (units[p + 1] !== 47) break;
          const from = i;
          endTag(p + 2);
          return plain ? cut(from, p) : replaced(from, p);
        }
        if (c === 38) plain = false;
        else if (c < 32 ? c !== 9 && c !== 10 : c === 62 && units[p - 1] === 93) break;
      }
      let out = "";
      for (;;) {
        const found = next(true);
        if (found === END) return own(out);
        if (found === TEXT) out += read();
        else stray();
      }
    },
    isEmpty: () => empty || (u[i] === 60 && u[i + 1] === 47),
    ends() {
      const p = space(i);
      if (empty || pending || u[p] !== 60 || u[p + 1] !== 47) return false;
      endTag(p + 2);
      return true;
    },
    finish() {
      prolog();
      if (i + shift < n) fail("Something follows the root element", i);
      // Engines remember the text that a regular expression has matched last: this must not be a document.
      plainText.lastIndex = 0;
      plainText.test("");
      // Functions of this document may be kept longer than the document.
      text = "";
      value = undefined;
      scanner.moved?.(true);
      outer.length = attributes.length = bindings.length = bound = scope = 0;
      if (u.length < 1 << 20) spare[mirror.wide] = mirror;
    },
    uri: () => (uri ??= ownUri()),
    local: () => cut(middle, end),
    prefix: () => cut(begin, Math.max(begin, middle - 1)),
    text: read,
    offset: () => offset,
    position: () => i + shift,
    lookup(prefix) {
      for (let k = scope; k > 0;) {
        const one = bindings[--k] as Binding;
        if (one.prefix === prefix) return one.uri;
      }
      return prefix === "" ? "" : prefix === "xml" ? XML_NAMESPACE : undefined;
    },
  };
  return scanner;
}

/** Normalizes line ends (XML 1.0, clause 2.11). */
function lines(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
