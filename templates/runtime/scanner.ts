/**
 * A strict, namespace-aware pull scanner for XML 1.0 (5th edition) and Namespaces in XML 1.0 (3rd edition).
 *
 * The reader asks for what it expects; nothing is built that nobody asked for. Every well-formedness rule is checked on
 * the way, a DOCTYPE is refused, and no input makes it slow or deep. Offsets count UTF-16 code units.
 */
import { XmlError, type XmlErrorCode } from "./errors.js";
import { isNcName } from "./lexical.js";

/** What {@link Scanner.next} found: the end tag of the open element, a start tag, or character data. */
export const END = 0;
export const START = 1;
export const TEXT = 2;

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
export const XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";

/** Limits and what to do with a DOCTYPE. */
export interface ScannerOptions {
  /** Nested elements; 256 when absent. */
  readonly maxDepth?: number;
  /** Code units of the document; 2^28 when absent. */
  readonly maxLength?: number;
  /** Attributes of one element; 1024 when absent. */
  readonly maxAttributes?: number;
  /** Namespace declarations in scope; 256 when absent. */
  readonly maxNamespaces?: number;
  /** `skip` checks the brackets of a document type declaration and leaves it to the caller. */
  readonly doctype?: "refuse" | "skip";
  /** Replacement text (no markup) of entities that a skipped DOCTYPE declares. */
  readonly entity?: (name: string) => string | undefined;
}

// Only descriptors register namespaces, never a document, so that input cannot make this grow.
const ids = /*#__PURE__*/ new Map<string, number>();

/** The small number that stands for a namespace in {@link Scanner.ns}; 0 is no namespace. */
export function namespaceId(uri: string): number {
  if (uri === "") return 0;
  let id = ids.get(uri);
  if (id === undefined) ids.set(uri, (id = ids.size + 1));
  return id;
}

/** Line and column (both from 1) of an offset; CR LF, CR and LF end a line. */
export function locate(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let i = 0; i < offset; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      start = i + 1;
    }
  }
  return { line, column: offset - start + 1 };
}

/** The part of Node's Buffer that copies a string into memory in one go. */
interface FastBuffer {
  from(buffer: ArrayBufferLike): { write(text: string, encoding: "utf16le"): number };
}

/** A spare mirror; taken while a scanner works, so that two never share one. */
let spare: Uint16Array | undefined;
const spareLimit = 1 << 22;

/** The text as an array of code units, closed by a 0: reading it is faster than reading the string. */
function mirror(text: string): Uint16Array {
  const n = text.length;
  let units = spare;
  spare = undefined;
  if (units === undefined || units.length < n + 64) units = new Uint16Array(Math.max(n + 64, 8192));
  const fast = (globalThis as { Buffer?: FastBuffer }).Buffer;
  if (fast && new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)
    fast.from(units.buffer).write(text, "utf16le");
  else for (let i = 0; i < n; i++) units[i] = text.charCodeAt(i);
  units[n] = 0;
  return units;
}

export class Scanner {
  readonly text: string;
  /** The code units of `text`. */
  readonly u: Uint16Array;
  /** Position of the next unread unit. */
  i: number = 0;
  /** The open element has no content: `<a/>`. */
  empty: boolean = false;
  /** Open elements. */
  depth: number = 0;
  /** Offsets of the name in the last start tag: begin, local part, end. */
  a: number = 0;
  l: number = 0;
  b: number = 0;
  /** {@link namespaceId} of the last start tag; -1 for a namespace that no descriptor knows. */
  ns: number = 0;
  /** The namespace URI of the last start tag. */
  uri: string = "";
  /** Attributes of the last start tag, namespace declarations left out. */
  attributes: number = 0;
  readonly attributeUri: string[] = [];
  readonly attributeLocal: string[] = [];
  readonly attributeValue: string[] = [];
  readonly attributeOffset: number[] = [];
  /** Length of the prefix with its colon. */
  readonly attributeLength: number[] = [];
  /** Character data after {@link TEXT}, and where it began. */
  value: string = "";
  valueOffset: number = 0;
  /** Where a skipped document type declaration begins and ends. */
  doctype: readonly [number, number] | undefined = undefined;

  private readonly n: number;
  private readonly maxDepth: number;
  private readonly maxAttributes: number;
  private readonly maxNamespaces: number;
  private readonly options: ScannerOptions;
  private readonly open: Int32Array;
  // Bindings in scope: offset and length of the prefix, URI, id, depth of the element.
  private readonly bindAt: number[] = [];
  private readonly bindLength: number[] = [];
  private readonly bindUri: string[] = [];
  private readonly bindId: number[] = [];
  private readonly bindDepth: number[] = [];
  private bound: number = 0;
  /** As many bindings does {@link Scanner.lookup} see: those of the element just closed are still there. */
  private scope: number = 0;
  private defaultBinding: number = -1;
  private lastBinding: number = -1;
  // Where the prefix of a namespace id was last seen, and its length with the colon; -1 when it was not.
  private readonly prefixAt: Int32Array;
  private readonly prefixLength: Int32Array;
  private known: number;

  constructor(text: string, options: ScannerOptions = {}) {
    this.text = text;
    this.n = text.length;
    this.options = options;
    this.maxDepth = options.maxDepth ?? 256;
    this.maxAttributes = options.maxAttributes ?? 1024;
    this.maxNamespaces = options.maxNamespaces ?? 256;
    this.open = new Int32Array(this.maxDepth * 2 + 4);
    this.known = ids.size;
    this.prefixAt = new Int32Array(ids.size + 16);
    this.prefixLength = new Int32Array(ids.size + 16).fill(-1);
    if (this.n > (options.maxLength ?? 2 ** 28)) throw new XmlError("limit", "The document is too long", 0);
    this.u = mirror(text);
    if (this.u[0] === 0xfeff) this.i = 1;
    if (text.startsWith("<?xml", this.i) && isSpace(this.u[this.i + 5])) this.declaration();
  }

  /** Gives the memory back for the next scanner; this one must not be used any more. */
  release(): void {
    if (this.u.length <= spareLimit) spare = this.u;
  }

  /** Throws with the place of an offset. */
  fail(message: string, offset: number = this.i, code: XmlErrorCode = "syntax"): never {
    const at = Math.min(offset, this.n);
    const { line, column } = locate(this.text, at);
    throw new XmlError(
      code,
      at >= this.n && code === "syntax" ? `Unexpected end: ${message}` : message,
      at,
      line,
      column,
    );
  }

  /** Local name of the last start tag. */
  local(): string {
    return this.text.slice(this.l, this.b);
  }

  /** Prefix of the last start tag, "" when it had none. */
  prefix(): string {
    return this.l === this.a ? "" : this.text.slice(this.a, this.l - 1);
  }

  /** The namespace that a prefix stands for in what was read last; `undefined` when it is not declared. */
  lookup(prefix: string): string | undefined {
    if (prefix === "xml") return XML_NAMESPACE;
    for (let k = this.scope - 1; k >= 0; k--) {
      if (this.bindLength[k] === prefix.length && this.text.startsWith(prefix, this.bindAt[k])) {
        return this.bindUri[k];
      }
    }
    return prefix === "" ? "" : undefined;
  }

  /**
   * Moves over the next start tag ({@link START}), over the end tag of the open element ({@link END}), or over
   * character data, which is then in `value` ({@link TEXT}). White space alone counts as character data on request only.
   */
  next(keepSpace: boolean): number {
    if (this.empty) {
      this.empty = false;
      this.close();
      return END;
    }
    const u = this.u;
    let i = this.i;
    if (!keepSpace) while (isSpace(u[i])) i++;
    if (u[i] === 60) {
      const c = u[i + 1];
      if (c === 47) {
        this.endTag(i + 2);
        return END;
      }
      if (c !== 33 && c !== 63) {
        this.startTag(i + 1);
        return START;
      }
    }
    return this.content(keepSpace);
  }

  /**
   * Is the next thing the start tag, without attributes, of this name? Then moves over it; otherwise nothing happened,
   * which does not mean that the element is not there.
   */
  at(name: Uint16Array, ns: number): boolean {
    const length = this.prefixLength[ns];
    if (length === undefined || length < 0 || this.empty) return false;
    const u = this.u;
    let i = this.i;
    while (isSpace(u[i])) i++;
    if (u[i] !== 60) return false;
    const begin = ++i;
    i += length;
    for (let k = 0; k < name.length; k++) if (u[i++] !== name[k]) return false;
    let k = this.prefixAt[ns] as number;
    for (let p = begin; p < begin + length; p++) if (u[p] !== u[k++]) return false;
    const end = i;
    if (u[i] === 47 && u[i + 1] === 62) {
      this.empty = true;
      i++;
    } else if (u[i] !== 62) return false;
    this.enter(begin, end);
    this.a = begin;
    this.l = begin + length;
    this.b = end;
    this.attributes = 0;
    this.i = i + 1;
    return true;
  }

  /** The character data of the open element, up to and over its end tag; `stray` is called in each child element. */
  chars(stray: () => void): string {
    const u = this.u;
    const begin = this.i;
    for (let i = begin; !this.empty; i++) {
      const c = u[i] as number;
      if (c > 62 ? c < 0xd800 : c === 60 ? false : (c >= 32 && c !== 38 && c !== 62) || c === 9 || c === 10)
        continue;
      if (c !== 60 || u[i + 1] !== 47) break;
      this.endTag(i + 2);
      return this.text.slice(begin, i);
    }
    let out = "";
    for (;;) {
      const found = this.next(true);
      if (found === END) return out;
      if (found === TEXT) out += this.value;
      else stray();
    }
  }

  /** After the root element: only comments and processing instructions may follow. */
  finish(): void {
    this.misc();
    if (this.i < this.n) this.fail("Content after the root element");
  }

  /** Moves to the start tag of the root element, over comments, processing instructions and, if allowed, a DOCTYPE. */
  root(): void {
    this.misc();
    if (this.u[this.i] !== 60) this.fail("An element is expected");
    this.startTag(this.i + 1);
  }

  private misc(): void {
    const u = this.u;
    for (;;) {
      while (isSpace(u[this.i])) this.i++;
      if (u[this.i] !== 60 || (u[this.i + 1] !== 33 && u[this.i + 1] !== 63)) return;
      this.i = this.markup(this.i);
    }
  }

  private content(keepSpace: boolean): number {
    const u = this.u;
    let value = "";
    let i = this.i;
    this.valueOffset = i;
    for (;;) {
      const begin = i;
      i = this.run(i);
      if (i > begin) value += this.expand(begin, i);
      const c = u[i + 1];
      if (c !== 33 && c !== 63) break;
      if (this.text.startsWith("<![CDATA[", i)) {
        const end = this.find("]]>", i + 9, "an unclosed CDATA section", i);
        this.checkCharacters(i + 9, end);
        value += normalizeLines(this.text.slice(i + 9, end));
        i = end + 3;
      } else i = this.markup(i);
    }
    if (value !== "" && (keepSpace || /[^ \t\n\r]/.test(value))) {
      this.value = value;
      this.i = i;
      this.scope = this.bound;
      return TEXT;
    }
    if (u[i + 1] === 47) {
      this.endTag(i + 2);
      return END;
    }
    this.startTag(i + 1);
    return START;
  }

  /** The end of a run of character data: the next `<`. */
  private run(i: number): number {
    const u = this.u;
    for (;;) {
      const c = u[i] as number;
      if (c === 60) return i;
      if (c > 62 ? c >= 0xd800 : c < 32 && c !== 9 && c !== 10 && c !== 13) {
        if (i >= this.n) this.fail("the element is not closed", i);
        i = this.character(i);
      } else if (c === 62 && u[i - 1] === 93 && u[i - 2] === 93) this.fail("]]> in character data", i - 2);
      else i++;
    }
  }

  private checkCharacters(i: number, end: number): void {
    const u = this.u;
    while (i < end) {
      const c = u[i] as number;
      if (c >= 0xd800 || (c < 32 && c !== 9 && c !== 10 && c !== 13)) i = this.character(i);
      else i++;
    }
  }

  /** Moves over a character outside of the usual ranges, or fails (XML 1.0, production 2). */
  private character(i: number): number {
    const c = this.u[i] as number;
    if (c >= 0xe000 && c < 0xfffe) return i + 1;
    if (c >= 0xd800 && c < 0xdc00) {
      const d = this.u[i + 1] as number;
      if (d >= 0xdc00 && d < 0xe000) return i + 2;
    }
    return this.fail(`The character U+${hex(c)} is not allowed`, i);
  }

  /** Text between two offsets, line ends normalized and references replaced. */
  private expand(begin: number, end: number): string {
    const text = normalizeLines(this.text.slice(begin, end));
    return text.includes("&") ? this.references(text, begin) : text;
  }

  private references(text: string, begin: number): string {
    let at = begin - 1;
    return text.replace(/&([^;&<]*)(;?)/g, (whole, name: string, end: string) => {
      // Line ends are normalized already, so the place in the document is found by counting.
      at = this.text.indexOf("&", at + 1);
      if (end === "") this.fail("& must be written &amp;", at);
      switch (name) {
        case "amp":
          return "&";
        case "lt":
          return "<";
        case "gt":
          return ">";
        case "quot":
          return '"';
        case "apos":
          return "'";
      }
      const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
      if (digits !== null) {
        const c = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
        if (
          c === 9 ||
          c === 10 ||
          c === 13 ||
          (c >= 32 && c < 0xd800) ||
          (c > 0xdfff && c < 0xfffe) ||
          (c > 0xffff && c <= 0x10ffff)
        ) {
          return String.fromCodePoint(c);
        }
        this.fail(`The character reference ${whole} stands for no XML character`, at);
      }
      return this.options.entity?.(name) ?? this.fail(`The entity ${whole} is not declared`, at);
    });
  }

  /** Over a comment, a processing instruction or a DOCTYPE at `i`; gives where it ends. */
  private markup(i: number): number {
    const { text, u } = this;
    if (u[i + 1] === 63) {
      const end = this.find("?>", i + 2, "an unclosed processing instruction", i);
      const target = /^[^ \t\n\r]*/.exec(text.slice(i + 2, end))?.[0] ?? "";
      if (!isNcName(target) || /^xml$/i.test(target)) {
        this.fail(
          target === "xml"
            ? "An XML declaration stands only at the very beginning"
            : `${JSON.stringify(target)} is no target of a processing instruction`,
          i,
        );
      }
      this.checkCharacters(i, end);
      return end + 2;
    }
    if (text.startsWith("<!--", i)) {
      const end = this.find("--", i + 4, "an unclosed comment", i);
      if (u[end + 2] !== 62) this.fail("-- in a comment", end);
      this.checkCharacters(i, end);
      return end + 3;
    }
    if (!text.startsWith("<!DOCTYPE", i)) this.fail("Markup that is not XML", i);
    if (this.options.doctype !== "skip") this.fail("A DOCTYPE is not allowed", i, "doctype");
    if (this.depth > 0 || this.doctype !== undefined || this.b > 0) this.fail("A DOCTYPE is out of place", i);
    const end = this.skipDoctype(i);
    this.doctype = [i, end];
    return end;
  }

  private skipDoctype(i: number): number {
    const { text, u } = this;
    const begin = i;
    let subset = false;
    for (i += 9; i < this.n; i++) {
      const c = u[i];
      if (c === 34 || c === 39) i = this.find(c === 34 ? '"' : "'", i + 1, "an unclosed literal", i);
      else if (c === 91) subset = true;
      else if (c === 93) subset = false;
      else if (c === 60 && text.startsWith("<!--", i))
        i = this.find("-->", i + 4, "an unclosed comment", i) + 2;
      else if (c === 60 && u[i + 1] === 63)
        i = this.find("?>", i + 2, "an unclosed processing instruction", i) + 1;
      else if (c === 62 && !subset) {
        this.checkCharacters(begin, i);
        return i + 1;
      }
    }
    return this.fail("the DOCTYPE is not closed", this.n);
  }

  private declaration(): void {
    const begin = this.i;
    const end = this.find("?>", begin, "an unclosed XML declaration", begin);
    const s = "[ \\t\\n\\r]";
    const form = new RegExp(
      `^<\\?xml${s}+version${s}*=${s}*(["'])1\\.[0-9]+\\1` +
        `(${s}+encoding${s}*=${s}*(["'])[A-Za-z][-A-Za-z0-9._]*\\3)?` +
        `(${s}+standalone${s}*=${s}*(["'])(yes|no)\\5)?${s}*$`,
    );
    if (!form.test(this.text.slice(begin, end))) this.fail("A malformed XML declaration", begin);
    this.i = end + 2;
  }

  private find(what: string, from: number, unclosed: string, begin: number): number {
    const at = this.text.indexOf(what, from);
    return at < 0 ? this.fail(`There is ${unclosed}`, begin) : at;
  }

  private enter(begin: number, end: number): void {
    const d = ++this.depth;
    if (d > this.maxDepth)
      this.fail(`Elements are nested more than ${this.maxDepth} deep`, begin - 1, "limit");
    this.scope = this.bound;
    this.open[d * 2] = begin;
    this.open[d * 2 + 1] = end;
  }

  /** Over the name at `p`; leaves its parts in a, l and b. */
  private name(p: number): number {
    const u = this.u;
    let l = p;
    let q = p;
    let exotic = false;
    for (;;) {
      const c = u[q] as number;
      if (c > 96 ? c < 123 : c > 64 ? c < 91 || c === 95 : c > 44 && c < 58 && c !== 47) q++;
      else if (c === 58) {
        if (l !== p) this.fail("Two colons in a name", q, "namespace");
        l = ++q;
      } else if (c > 127) {
        exotic = true;
        q++;
      } else break;
    }
    const c = u[l] as number;
    if (exotic || q === l || l === p + 1 || c < 65 || (l !== p && (u[p] as number) < 65)) {
      const name = this.text.slice(p, q);
      const colon = l === p ? -1 : l - p - 1;
      if (!isNcName(name.slice(colon + 1)) || (colon >= 0 && !isNcName(name.slice(0, colon)))) {
        this.fail(name === "" ? "A name is expected" : `${JSON.stringify(name)} is not a name`, p);
      }
    }
    this.a = p;
    this.l = l;
    this.b = q;
    return q;
  }

  private startTag(p: number): void {
    const q = this.name(p);
    this.enter(p, q);
    this.attributes = 0;
    const c = this.u[q];
    if (c === 62) this.i = q + 1;
    else if (c === 47 && this.u[q + 1] === 62) {
      this.i = q + 2;
      this.empty = true;
    } else this.attributeList(q);
    this.resolve();
  }

  private attributeList(q: number): void {
    const { u, text, a, l, b } = this;
    let declared: Set<string> | undefined;
    let count = 0;
    for (;;) {
      const begin = q;
      while (isSpace(u[q])) q++;
      const c = u[q];
      if (c === 62) {
        this.i = q + 1;
        break;
      }
      if (c === 47 && u[q + 1] === 62) {
        this.i = q + 2;
        this.empty = true;
        break;
      }
      if (q === begin) this.fail("A tag is not closed, or white space is missing before an attribute", q);
      const at = q;
      q = this.name(q);
      const local = this.l;
      const end = q;
      while (isSpace(u[q])) q++;
      if (u[q] !== 61) this.fail(`The attribute ${text.slice(at, end)} has no value`, q);
      q++;
      while (isSpace(u[q])) q++;
      const quote = u[q];
      if (quote !== 34 && quote !== 39) this.fail("An attribute value stands in quotes", q);
      const from = ++q;
      let plain = true;
      for (;;) {
        const d = u[q] as number;
        if (d === quote) break;
        if (d >= 0xd800 || d < 32) {
          if (d === 9 || d === 10 || d === 13) plain = false;
          else if (q >= this.n) this.fail("an attribute value is not closed", q);
          else {
            q = this.character(q);
            continue;
          }
        } else if (d === 38) plain = false;
        else if (d === 60) this.fail("< in an attribute value", q);
        q++;
      }
      let value = text.slice(from, q);
      if (!plain) {
        // White space written as such becomes a space, referenced it stays (XML 1.0, clause 3.3.3).
        value = value.replace(/\r\n|[\t\n\r]/g, " ");
        if (value.includes("&")) value = this.references(value, from);
      }
      q++;
      if (text.startsWith("xmlns", at) && (local === at ? end === at + 5 : local === at + 6)) {
        const prefix = local === at ? "" : text.slice(local, end);
        declared ??= new Set();
        if (declared.has(prefix)) this.fail(`The prefix ${JSON.stringify(prefix)} is declared twice`, at);
        declared.add(prefix);
        this.bind(at + 6, prefix, value, at);
        continue;
      }
      if (count >= this.maxAttributes) {
        this.fail(`An element has more than ${this.maxAttributes} attributes`, at, "limit");
      }
      this.attributeLocal[count] = text.slice(local, end);
      this.attributeValue[count] = value;
      this.attributeLength[count] = local - at;
      this.attributeOffset[count++] = at;
    }
    this.a = a;
    this.l = l;
    this.b = b;
    this.attributes = count;
    for (let k = 0; k < count; k++) {
      const length = this.attributeLength[k] as number;
      this.attributeUri[k] =
        length === 0 ? "" : this.prefixUri(this.attributeOffset[k] as number, length - 1);
    }
    if (count > 1) this.checkUnique(count);
  }

  private checkUnique(count: number): void {
    const seen = count > 8 ? new Set<string>() : undefined;
    for (let k = 0; k < count; k++) {
      const local = this.attributeLocal[k] as string;
      const uri = this.attributeUri[k] as string;
      let twice = false;
      if (seen !== undefined) {
        const key = `${uri} ${local}`;
        twice = seen.has(key);
        seen.add(key);
      } else
        for (let j = 0; j < k; j++)
          twice ||= this.attributeLocal[j] === local && this.attributeUri[j] === uri;
      if (twice) this.fail(`The attribute ${local} is there twice`, this.attributeOffset[k]);
    }
  }

  private bind(start: number, prefix: string, uri: string, at: number): void {
    if (
      prefix === "xmlns" ||
      (prefix === "xml") !== (uri === XML_NAMESPACE) ||
      uri === XMLNS_NAMESPACE ||
      (prefix !== "" && uri === "")
    ) {
      this.fail(
        `The prefix ${JSON.stringify(prefix)} cannot stand for ${JSON.stringify(uri)}`,
        at,
        "namespace",
      );
    }
    const k = this.bound++;
    this.scope = this.bound;
    if (k >= this.maxNamespaces) this.fail("Too many namespaces are declared", at, "limit");
    this.bindAt[k] = start;
    this.bindLength[k] = prefix.length;
    this.bindUri[k] = uri;
    this.bindId[k] = uri === "" ? 0 : (ids.get(uri) ?? -1);
    this.bindDepth[k] = this.depth;
    if (prefix === "") this.defaultBinding = k;
    this.forget();
  }

  private forget(): void {
    this.lastBinding = -1;
    this.prefixLength.fill(-1);
  }

  /** Finds the namespace of the start tag just read. */
  private resolve(): void {
    const a = this.a;
    const length = this.l - a;
    let k = this.defaultBinding;
    if (length > 0) {
      k = this.lastBinding;
      if (k < 0 || !this.isPrefix(k, a, length - 1)) this.lastBinding = k = this.binding(a, length - 1);
    }
    if (this.known !== ids.size) this.refresh();
    // -1: no default namespace, or the prefix `xml`, which needs no declaration.
    const xml = k < 0 && length > 0;
    this.uri = k >= 0 ? (this.bindUri[k] as string) : xml ? XML_NAMESPACE : "";
    const id = (this.ns = k >= 0 ? (this.bindId[k] as number) : xml ? (ids.get(XML_NAMESPACE) ?? -1) : 0);
    if (id >= 0) {
      this.prefixAt[id] = a;
      this.prefixLength[id] = length;
    }
  }

  /** The binding of the prefix at `a`; -1 for `xml`. */
  private binding(a: number, length: number): number {
    let k = this.bound - 1;
    while (k >= 0 && !this.isPrefix(k, a, length)) k--;
    if (k < 0) {
      const prefix = this.text.slice(a, a + length);
      if (prefix !== "xml") this.fail(`The prefix ${prefix} is not declared`, a, "namespace");
    }
    return k;
  }

  private prefixUri(a: number, length: number): string {
    const k = this.binding(a, length);
    return k < 0 ? XML_NAMESPACE : (this.bindUri[k] as string);
  }

  private isPrefix(k: number, a: number, length: number): boolean {
    if (this.bindLength[k] !== length) return false;
    const u = this.u;
    const at = this.bindAt[k] as number;
    for (let j = 0; j < length; j++) if (u[at + j] !== u[a + j]) return false;
    return true;
  }

  /** Descriptors loaded while this document is read may know namespaces that were unknown before. */
  private refresh(): void {
    this.known = ids.size;
    for (let k = 0; k < this.bound; k++) {
      const uri = this.bindUri[k] as string;
      this.bindId[k] = uri === "" ? 0 : (ids.get(uri) ?? -1);
    }
  }

  private endTag(p: number): void {
    const u = this.u;
    const d = this.depth;
    let a = this.open[d * 2] as number;
    const b = this.open[d * 2 + 1] as number;
    const begin = p;
    while (a < b) if (u[a++] !== u[p++]) this.mismatch(begin, p - 1);
    while (isSpace(u[p])) p++;
    if (u[p] !== 62) this.mismatch(begin, p);
    this.i = p + 1;
    this.close();
  }

  private mismatch(begin: number, p: number): never {
    const d = this.depth;
    const name = this.text.slice(this.open[d * 2], this.open[d * 2 + 1]);
    if (d === 0) this.fail("An end tag without a start tag", begin - 2);
    return this.fail(`</${name}> is expected`, p >= this.n ? p : begin - 2);
  }

  private close(): void {
    const d = this.depth--;
    this.scope = this.bound;
    if (this.bound > 0 && this.bindDepth[this.bound - 1] === d) {
      do this.bound--;
      while (this.bound > 0 && this.bindDepth[this.bound - 1] === d);
      this.defaultBinding = -1;
      for (let k = this.bound - 1; k >= 0; k--) {
        if (this.bindLength[k] === 0) {
          this.defaultBinding = k;
          break;
        }
      }
      this.forget();
    }
  }
}

function isSpace(c: number | undefined): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9;
}

function normalizeLines(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function hex(c: number): string {
  return c.toString(16).toUpperCase().padStart(4, "0");
}
