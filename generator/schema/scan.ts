/**
 * The strict scanner of schema documents: it judges well-formedness (XML 1.0, 5th edition; Namespaces in XML 1.0), knows the place
 * of everything, takes the DOCTYPE out of the way and expands entities within limits.
 *
 * It keeps no tree: elements and texts are listed in document order, for others to make a tree of.
 */
import type { Diagnostic, Span } from "../diagnostics.js";
import type { QName, XmlAttribute, XmlElement, XmlText } from "./types.js";
import {
  expandCharacterReference,
  isSpace,
  readDoctype,
  type AttributeDeclaration,
  type Dtd,
  type Entity,
  type Place,
} from "./dtd.js";
import {
  endOfName,
  firstForbiddenCharacter,
  isQName,
  normalizeLineEnds,
  XML_NAMESPACE,
  XMLNS_NAMESPACE,
} from "./names.js";

/** Elements may nest this deep. */
export const maxDepth = 512;
/** Entities may add this many characters to a document. */
export const maxEntityText = 1_000_000;
/** Entities may stand in each other this deep. */
export const maxEntityDepth = 40;
/** Entities may be used this many times in a document. */
export const maxEntityReferences = 100_000;

/** An element or a text as it begins; `undefined` for each end of an element. */
export type ScannedNode = ScannedElement | ScannedText | undefined;

/** What the scanner found in one document. */
export interface Scan {
  /** All of the document, unless it was handed over in parts. */
  readonly nodes: readonly ScannedNode[];
  readonly findings: readonly Diagnostic[];
  /** Whether `findings` holds no error. */
  readonly wellFormed: boolean;
}

/** An element that has no children yet. `xmlns` and `xmlns:p` are not among its attributes. */
export interface ScannedElement extends XmlElement {
  children: readonly (XmlElement | XmlText)[];
  extent: Span;
  /** As written, prefix included. */
  readonly raw: string;
}

// A large schema has hundreds of thousands of attributes and of texts between tags, and hardly one of them is ever shown: their
// places are made when they are asked for.

/** An attribute of a start tag. */
class ScannedAttribute implements XmlAttribute {
  /** As written, prefix included. */
  readonly raw: string;
  value: string;
  /** Known when the whole tag has been read. */
  name: QName = unresolved;
  prefix = "";
  /** Where its name begins; -1 for a default of the DTD. */
  readonly key: number;
  private readonly file: string;
  private readonly start: number;
  private readonly end: number;

  constructor(raw: string, value: string, key: number, file: string, start: number, end: number) {
    this.raw = raw;
    this.value = value;
    this.key = key;
    this.file = file;
    this.start = start;
    this.end = end;
  }
  get at(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}

const unresolved: QName = { namespace: "", local: "" };

/** Character data between two tags; comments and processing instructions do not divide it. */
export class ScannedText implements XmlText {
  text: string;
  private readonly file: string;
  private readonly start: number;
  private end: number;

  constructor(text: string, file: string, start: number, end: number) {
    this.text = text;
    this.file = file;
    this.start = start;
    this.end = end;
  }
  append(text: string, end: number): void {
    this.text += text;
    this.end = Math.max(this.end, end);
  }
  get at(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}

interface OpenElement {
  readonly element: ScannedElement;
  readonly frame: number;
}

/** A text being read: the document, or the replacement text of an entity in it. */
interface Frame {
  readonly text: string;
  pos: number;
  /** For an entity: the reference in the document, its name, and how many elements were open. */
  readonly reference?: Place;
  readonly entity?: string;
  readonly depth: number;
}

interface ResolvedName {
  readonly name: QName;
  readonly prefix: string;
}

const predefined: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Attributes of one tag that are searched one by one for a second of the same name. */
const fewAttributes = 16;

const noChildren: readonly never[] = [];

const declaresNamespace = (raw: string): boolean =>
  raw.startsWith("xmlns") && (raw.length === 5 || raw[5] === ":");

function isAmong(raw: string, attributes: readonly ScannedAttribute[]): boolean {
  for (const attribute of attributes) if (attribute.raw === raw) return true;
  return false;
}

/** Ends the scan of a document that is not well-formed; never leaves this file. */
class Malformed extends Error {}

/**
 * Scans one document; `file` is what spans name. `handOver` gets what came since it was called last: at the end of each child of the
 * root, and at that of the document. After a mistake it is not called any more.
 */
export function scanXml(
  file: string,
  text: string,
  handOver?: (nodes: readonly ScannedNode[]) => void,
): Scan {
  const nodes: ScannedNode[] = [];
  const endPart = (): void => {
    if (handOver === undefined) return;
    if (wellFormed) handOver(nodes);
    nodes.length = 0;
  };
  let hasRoot = false;
  const findings: Diagnostic[] = [];
  let wellFormed = true;

  const span = (start: number, end: number): Span => ({ file, start, end });
  const report = (
    code: string,
    message: string,
    at: Place,
    more: Pick<Diagnostic, "hint" | "related" | "clause" | "severity"> = { severity: "error" },
  ): void => {
    // What is missing at the end of the document has its place there.
    const start = Math.min(at.start, text.length);
    findings.push({
      code,
      message,
      at: span(start, Math.max(start, Math.min(at.end, text.length))),
      ...more,
    });
    if (more.severity === "error") wellFormed = false;
  };
  const fail = (message: string, at: Place, clause: string, hint?: string): never => {
    report("malformed-xml", message, at, { severity: "error", clause, ...(hint !== undefined && { hint }) });
    throw new Malformed(message);
  };

  const frames: Frame[] = [{ text, pos: 0, depth: 0 }];
  let frame: Frame = frames[0] as Frame;
  const open: OpenElement[] = [];
  let dtd: Dtd | undefined;
  let entityText = 0;
  let entityReferences = 0;

  const place = (start: number, end = start + 1): Place => frame.reference ?? { start, end };
  const spanOf = (start: number, end: number): Span => {
    const { reference } = frame;
    return reference === undefined ? span(start, end) : span(reference.start, reference.end);
  };

  // --- references ---------------------------------------------------------------------------------------------

  const characterReference = (body: string, at: Place): string =>
    expandCharacterReference(body) ??
    fail(`"&#${body};" is not a character that XML allows`, at, "XML 1.0 4.1");

  /** The offset of the `;` of a reference whose `&` is at `at`. */
  const endOfReference = (source: string, at: number, where: Place): number => {
    const end = source.charCodeAt(at + 1) === 0x23 ? source.indexOf(";", at) : endOfName(source, at + 1);
    if (end <= at + 1 || source[end] !== ";") {
      fail(
        '"&" must be followed by a name and ";"',
        where,
        "XML 1.0 4.1",
        'write "&amp;" for the character itself',
      );
    }
    return end;
  };

  const lookUp = (name: string, at: Place): Entity => {
    const entity = dtd?.entities.get(name);
    if (entity === undefined) {
      const unread = dtd?.unread[0];
      return fail(
        `the entity &${name}; is not declared`,
        at,
        "XML 1.0 4.1",
        unread === undefined
          ? undefined
          : `${unread.what} is not read; declare the entity inside the document`,
      );
    }
    if (entity.unparsed === true)
      fail(`the unparsed entity &${name}; must not be used as text`, at, "XML 1.0 4.1");
    return entity;
  };
  const countExpansion = (name: string, length: number, depth: number, at: Place): void => {
    entityText += length;
    entityReferences++;
    if (entityText > maxEntityText || entityReferences > maxEntityReferences || depth > maxEntityDepth) {
      const limits = `${String(maxEntityText)} characters, ${String(maxEntityReferences)} references, ${String(maxEntityDepth)} deep`;
      report("entity-limit", `the entity &${name}; goes beyond what entities may add: ${limits}`, at, {
        severity: "error",
        hint: "write the text out, or look whether the document is an attack",
      });
      throw new Malformed("entity limit");
    }
  };

  /** Clause 3.3.3, for CDATA: references expanded, white space made spaces. */
  const normalizeValue = (
    source: string,
    from: number,
    to: number,
    inside: readonly string[],
    at?: Place,
  ): string => {
    // The search must not run on behind the value, or many values would take quadratic time.
    const whole = source.slice(from, to);
    let value = "";
    let pos = from;
    for (;;) {
      const ampersand = whole.indexOf("&", pos - from);
      const end = ampersand === -1 ? to : from + ampersand;
      const plain = source.slice(pos, end);
      value += /[\r\n\t]/u.test(plain) ? plain.replace(/\r\n|[\r\n\t]/gu, " ") : plain;
      if (end === to) return value;
      const where = at ?? place(end);
      const semicolon = endOfReference(source, end, where);
      if (semicolon >= to)
        fail('"&" must be followed by a name and ";"', where, "XML 1.0 4.1", 'write "&amp;"');
      const name = source.slice(end + 1, semicolon);
      if (name.startsWith("#")) value += characterReference(name.slice(1), where);
      else value += predefined.get(name) ?? expandInValue(name, inside, at ?? place(end, semicolon + 1));
      pos = semicolon + 1;
    }
  };
  const expandInValue = (name: string, inside: readonly string[], at: Place): string => {
    const { text: replacement } = lookUp(name, at);
    if (replacement === undefined) {
      return fail(`the external entity &${name}; must not be used in an attribute`, at, "XML 1.0 3.1");
    }
    if (inside.includes(name)) fail(`the entity &${name}; contains itself`, at, "XML 1.0 4.1");
    countExpansion(name, replacement.length, inside.length, at);
    if (replacement.includes("<")) {
      fail(`the entity &${name}; holds "<" and must not be used in an attribute`, at, "XML 1.0 3.1");
    }
    return normalizeValue(replacement, 0, replacement.length, [...inside, name], at);
  };

  // --- character data -------------------------------------------------------------------------------------------

  let textPending: ScannedText | undefined;
  const addText = (value: string, start: number, end: number): void => {
    if (textPending !== undefined) textPending.append(value, end);
    else if (value !== "") {
      textPending = new ScannedText(value, file, start, end);
      nodes.push(textPending);
    }
  };

  const readReference = (): void => {
    const from = frame.pos;
    const semicolon = endOfReference(frame.text, from, place(from));
    const name = frame.text.slice(from + 1, semicolon);
    const at = place(from, semicolon + 1);
    frame.pos = semicolon + 1;
    const character = name.startsWith("#") ? characterReference(name.slice(1), at) : predefined.get(name);
    if (character !== undefined) {
      addText(character, at.start, at.end);
      return;
    }
    const entity = lookUp(name, at);
    if (entity.text === undefined) {
      report(
        "external-entity-not-read",
        `the external entity &${name}; ("${entity.system ?? ""}") is not read`,
        at,
        {
          severity: "error",
          hint: "put its text into the document: nothing outside a schema document is ever fetched for an entity",
        },
      );
      return;
    }
    if (frames.some((outer) => outer.entity === name))
      fail(`the entity &${name}; contains itself`, at, "XML 1.0 4.1");
    countExpansion(name, entity.text.length, frames.length, at);
    if (!/[<&]/u.test(entity.text)) {
      if (entity.text.includes("]]>")) fail('"]]>" must not stand in text', at, "XML 1.0 2.4");
      addText(entity.text, at.start, at.end);
      return;
    }
    frame = { text: entity.text, pos: 0, reference: at, entity: name, depth: open.length };
    frames.push(frame);
  };

  // Where the text ends is looked up once for all references in it.
  let textEnd = -1;
  let textFrame: Frame | undefined;
  const endOfText = (from: number): number => {
    if (textFrame !== frame || textEnd < from) {
      const tag = frame.text.indexOf("<", from);
      textEnd = tag === -1 ? frame.text.length : tag;
      textFrame = frame;
    }
    return textEnd;
  };
  const readText = (): void => {
    const from = frame.pos;
    const source = frame.text;
    let to = endOfText(from);
    let isPlain = true;
    for (let at = from; at < to; at++) {
      const c = source.charCodeAt(at);
      if (c === 0x26) to = at;
      else if (c === 0x5d || c === 0x0d) isPlain = false;
    }
    if (to === from) {
      readReference();
      return;
    }
    const { reference } = frame;
    let written = source.slice(from, to);
    if (!isPlain) {
      const closing = written.indexOf("]]>");
      if (closing !== -1) {
        fail(
          '"]]>" must not stand in text',
          place(from + closing, from + closing + 3),
          "XML 1.0 2.4",
          'write "]]&gt;"',
        );
      }
      // A carriage return in the replacement text of an entity was written as a reference, and stays.
      if (reference === undefined) written = normalizeLineEnds(written);
    }
    addText(written, reference?.start ?? from, reference?.end ?? to);
    frame.pos = to;
  };

  const readCharacterDataSection = (): void => {
    const from = frame.pos;
    const to = frame.text.indexOf("]]>", from + 9);
    if (to === -1) fail("a CDATA section is not closed", place(from, from + 9), "XML 1.0 2.7");
    const { start, end } = place(from, to + 3);
    addText(normalizeLineEnds(frame.text.slice(from + 9, to)), start, end);
    frame.pos = to + 3;
  };

  // --- comments, processing instructions, DOCTYPE ---------------------------------------------------------------

  const readComment = (): void => {
    const from = frame.pos;
    const to = frame.text.indexOf("--", from + 4);
    if (to === -1) fail("a comment is not closed", place(from, from + 4), "XML 1.0 2.5");
    if (frame.text[to + 2] !== ">") {
      fail('"--" must not stand inside a comment', place(to, to + 2), "XML 1.0 2.5");
    }
    frame.pos = to + 3;
  };

  const readInstruction = (): void => {
    const from = frame.pos;
    const source = frame.text;
    const nameEnd = endOfName(source, from + 2);
    const target = source.slice(from + 2, nameEnd);
    const clause = "XML 1.0 2.6";
    if (target === "") fail("a processing instruction needs a target", place(from, from + 2), clause);
    if (target.includes(":")) {
      fail(`the target "${target}" must not hold a colon`, place(from + 2, nameEnd), "Namespaces 7");
    }
    if (target.toLowerCase() === "xml") {
      fail(
        "an XML declaration must stand at the very beginning",
        place(from, nameEnd),
        clause,
        "remove what stands before it",
      );
    }
    const to = source.indexOf("?>", nameEnd);
    if (to === -1) fail("a processing instruction is not closed", place(from, nameEnd), clause);
    if (to > nameEnd && !isSpace(source.charCodeAt(nameEnd))) {
      fail("a processing instruction needs white space after its target", place(nameEnd), clause);
    }
    frame.pos = to + 2;
  };

  const readDeclaration = (): void => {
    if (!/^<\?xml[\s?]/u.test(text)) return;
    const clause = "XML 1.0 2.8";
    const end = text.indexOf("?>");
    if (end === -1) fail("the XML declaration is not closed", place(0, 5), clause);
    const declaration = text.slice(0, end + 2);
    const parts =
      /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*("[^"]*"|'[^']*')(?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(?:"(?:yes|no)"|'(?:yes|no)'))?[\t\n\r ]*\?>$/u.exec(
        declaration,
      );
    const version = parts?.[1]?.slice(1, -1);
    if (version === undefined)
      fail("the XML declaration is not right", place(0, end + 2), clause, 'write <?xml version="1.0"?>');
    else if (!/^1\.[0-9]+$/u.test(version)) {
      fail(`"${version}" is not a version of XML`, place(0, end + 2), clause, 'write version="1.0"');
    }
    if (version !== "1.0") {
      report(
        "xml-version-not-1.0",
        `the document declares XML ${version ?? ""} and is read as XML 1.0`,
        place(0, end + 2),
        {
          severity: "warning",
          hint: 'write version="1.0"; what only XML 1.1 allows is an error',
          clause,
        },
      );
    }
    frame.pos = end + 2;
  };

  const readDoctypeHere = (): void => {
    const from = frame.pos;
    if (dtd !== undefined) fail("there is a second DOCTYPE", place(from, from + 9), "XML 1.0 2.8");
    dtd = readDoctype(text, from, (message, at, hint) => fail(message, at, "XML 1.0 2.8", hint));
    for (const { what, at } of dtd.unread) {
      // The DTD for schemas adds no default that reading a schema does not know.
      if (/XMLSchema\.dtd"$/u.test(what)) continue;
      report("external-dtd-not-read", `${what} is not read`, at, {
        severity: "warning",
        hint: "nothing outside a schema document is ever fetched for a DOCTYPE; declare entities and defaults inside it",
      });
    }
    frame.pos = dtd.end;
  };

  // --- tags -----------------------------------------------------------------------------------------------------

  const skipSpace = (): boolean => {
    const from = frame.pos;
    while (isSpace(frame.text.charCodeAt(frame.pos))) frame.pos++;
    return frame.pos > from;
  };

  // Names repeat: each is judged once, and is one string wherever it stands, which makes looking it up cheap.
  const names = new Map<string, string>();

  /** Reads a name with at most one colon, up to where `frame.pos` is then. */
  const readQName = (what: string): string => {
    const from = frame.pos;
    const end = endOfName(frame.text, from);
    if (end === from) {
      const found = frame.text[from];
      fail(
        found === undefined
          ? `the document ends where ${what} is expected`
          : `"${found}" cannot begin ${what}`,
        place(from),
        "XML 1.0 3.1",
        found === " " || found === undefined ? undefined : 'write "&lt;" where "<" is meant as text',
      );
    }
    const name = frame.text.slice(from, end);
    const known = names.get(name);
    if (known === undefined) {
      if (name.includes(":") && !isQName(name)) {
        fail(`"${name}" is not a name with a prefix`, place(from, end), "Namespaces 4");
      }
      names.set(name, name);
    }
    frame.pos = end;
    return known ?? name;
  };

  const readAttribute = (element: string): ScannedAttribute => {
    const from = frame.pos;
    const source = frame.text;
    const raw = readQName("the name of an attribute");
    if (source.charCodeAt(frame.pos) !== 0x3d) skipSpace();
    if (source.charCodeAt(frame.pos) !== 0x3d) {
      fail(`the attribute "${raw}" of <${element}> has no value`, place(from, frame.pos), "XML 1.0 3.1");
    }
    frame.pos++;
    let quote = source.charCodeAt(frame.pos);
    if (quote !== 0x22 && quote !== 0x27) {
      skipSpace();
      quote = source.charCodeAt(frame.pos);
      if (quote !== 0x22 && quote !== 0x27) {
        fail(`the value of the attribute "${raw}" must be in quotes`, place(frame.pos), "XML 1.0 3.1");
      }
    }
    const start = frame.pos + 1;
    const end = source.indexOf(quote === 0x22 ? '"' : "'", start);
    if (end === -1) {
      fail(`the value of the attribute "${raw}" has no closing quote`, place(from, start), "XML 1.0 3.1");
    }
    frame.pos = end + 1;
    let plain = true;
    for (let at = start; at < end; at++) {
      const c = source.charCodeAt(at);
      if (c > 0x3c) continue;
      if (c === 0x3c) {
        fail(
          `"<" must not stand in the value of the attribute "${raw}"`,
          place(at),
          "XML 1.0 3.1",
          'write "&lt;", or look for a missing quote',
        );
      }
      if (c === 0x26 || c < 0x20) plain = false;
    }
    const value = plain ? source.slice(start, end) : normalizeValue(source, start, end, []);
    const { reference } = frame;
    return new ScannedAttribute(raw, value, from, file, reference?.start ?? start, reference?.end ?? end);
  };

  const applyDeclarations = (
    declared: ReadonlyMap<string, AttributeDeclaration>,
    written: readonly ScannedAttribute[],
    at: Span,
  ): ScannedAttribute[] => {
    const collapsed = (value: string): string => value.replace(/ +/gu, " ").replace(/^ | $/gu, "");
    for (const attribute of written)
      if (declared.get(attribute.raw)?.tokenized === true) attribute.value = collapsed(attribute.value);
    const all = [...written];
    for (const [raw, { value, tokenized }] of declared) {
      if (value === undefined || isAmong(raw, all)) continue;
      const normal = normalizeValue(value, 0, value.length, [], at);
      all.push(new ScannedAttribute(raw, tokenized ? collapsed(normal) : normal, -1, file, at.start, at.end));
    }
    return all;
  };

  /** Where the name of an attribute stands. */
  const keyOf = ({ raw, at, key }: ScannedAttribute): Place =>
    key === -1 ? at : place(key, key + raw.length);

  const bindNamespaces = (
    outer: ReadonlyMap<string, string>,
    attributes: readonly ScannedAttribute[],
  ): ReadonlyMap<string, string> => {
    let scope: Map<string, string> | undefined;
    for (const attribute of attributes) {
      const { raw, value } = attribute;
      if (!declaresNamespace(raw)) continue;
      const prefix = raw.slice(6);
      const wrong =
        prefix === "xmlns"
          ? 'the prefix "xmlns" must not be declared'
          : prefix === "xml" && value !== XML_NAMESPACE
            ? 'the prefix "xml" must not be bound to another namespace'
            : prefix !== "xml" && value === XML_NAMESPACE
              ? `the namespace of "xml" must not be bound to "${prefix}"`
              : value === XMLNS_NAMESPACE
                ? `the namespace of "xmlns" must not be bound to "${prefix}"`
                : prefix !== "" && value === ""
                  ? `the prefix "${prefix}" must not be bound to no namespace`
                  : undefined;
      if (wrong !== undefined) {
        report("malformed-xml", wrong, keyOf(attribute), { severity: "error", clause: "Namespaces 3" });
        continue;
      }
      scope ??= new Map(outer);
      scope.set(prefix, value);
    }
    return scope ?? outer;
  };

  const resolve = (
    raw: string,
    namespaces: ReadonlyMap<string, string>,
    fallback: string,
    at: Place,
  ): ResolvedName => {
    const colon = raw.indexOf(":");
    if (colon === -1) return { name: { namespace: fallback, local: raw }, prefix: "" };
    const prefix = raw.slice(0, colon);
    const namespace = namespaces.get(prefix);
    if (namespace === undefined) {
      report("undeclared-prefix", `the prefix "${prefix}" of "${raw}" is not declared`, at, {
        severity: "error",
        hint: `declare it with xmlns:${prefix}="..."`,
        clause: "Namespaces 5",
      });
    }
    return { name: { namespace: namespace ?? "", local: raw.slice(colon + 1) }, prefix };
  };

  // Names repeat, and most elements share one scope: what was resolved in it is kept.
  const plainAttributeNames = new Map<string, ResolvedName>();
  let knownScope: ReadonlyMap<string, string> | undefined;
  const knownElements = new Map<string, ResolvedName>();
  const resolveElement = (
    raw: string,
    namespaces: ReadonlyMap<string, string>,
    from: number,
  ): ResolvedName => {
    if (knownScope !== namespaces) {
      knownElements.clear();
      knownScope = namespaces;
    }
    let resolved = knownElements.get(raw);
    if (resolved === undefined) {
      resolved = resolve(raw, namespaces, namespaces.get("") ?? "", place(from, from + raw.length));
      knownElements.set(raw, resolved);
    }
    return resolved;
  };
  const resolveAttribute = (
    attribute: ScannedAttribute,
    namespaces: ReadonlyMap<string, string>,
  ): ResolvedName => {
    const { raw } = attribute;
    let resolved = plainAttributeNames.get(raw);
    if (resolved === undefined) {
      if (raw.includes(":")) return resolve(raw, namespaces, "", keyOf(attribute));
      resolved = { name: { namespace: "", local: raw }, prefix: "" };
      plainAttributeNames.set(raw, resolved);
    }
    return resolved;
  };

  const rootNamespaces: ReadonlyMap<string, string> = new Map([["xml", XML_NAMESPACE]]);

  const readStartTag = (): void => {
    const from = frame.pos;
    const source = frame.text;
    textPending = undefined;
    frame.pos++;
    const raw = readQName("the name of an element");
    if (open.length === 0 && hasRoot) {
      fail(
        `a document has one root element; <${raw}> is a second one`,
        place(from, frame.pos),
        "XML 1.0 2.1",
      );
    }
    hasRoot = true;
    if (open.length >= maxDepth) {
      report(
        "nesting-limit",
        `elements are nested more than ${String(maxDepth)} deep`,
        place(from, frame.pos),
      );
      throw new Malformed("nesting limit");
    }
    let attributes: ScannedAttribute[] = noChildren as never;
    let seen: Set<string> | undefined;
    let empty = false;
    let declares = false;
    for (;;) {
      let c = source.charCodeAt(frame.pos);
      const spaced = isSpace(c) && skipSpace();
      if (spaced) c = source.charCodeAt(frame.pos);
      if (c === 0x3e) break;
      if (c === 0x2f && source.charCodeAt(frame.pos + 1) === 0x3e) {
        empty = true;
        frame.pos++;
        break;
      }
      if (Number.isNaN(c)) fail(`the tag <${raw}> is not closed`, place(from, frame.pos), "XML 1.0 3.1");
      if (!spaced) {
        fail(`white space or ">" is expected in the tag <${raw}>`, place(frame.pos), "XML 1.0 3.1");
      }
      const attribute = readAttribute(raw);
      if (attributes.length === 0) attributes = [attribute];
      else {
        if (attributes.length === fewAttributes) seen = new Set(attributes.map((each) => each.raw));
        if (seen === undefined ? isAmong(attribute.raw, attributes) : seen.has(attribute.raw)) {
          report(
            "malformed-xml",
            `the attribute "${attribute.raw}" of <${raw}> is written twice`,
            keyOf(attribute),
            { severity: "error", clause: "XML 1.0 3.1" },
          );
          continue;
        }
        seen?.add(attribute.raw);
        attributes.push(attribute);
      }
      if (declaresNamespace(attribute.raw)) declares = true;
    }
    frame.pos++;
    const at = spanOf(from, frame.pos);
    const declared = dtd?.attributes.get(raw);
    if (declared !== undefined) {
      attributes = applyDeclarations(declared, attributes, at);
      declares = true;
    }
    const outer = open.at(-1)?.element.namespaces ?? rootNamespaces;
    const namespaces = declares ? bindNamespaces(outer, attributes) : outer;
    const { name, prefix } = resolveElement(raw, namespaces, from + 1);
    const element: ScannedElement = {
      name,
      prefix,
      children: noChildren,
      raw,
      attributes: attributes.length === 0 ? noChildren : resolveAttributes(raw, attributes, namespaces),
      namespaces,
      at,
      extent: at,
    };
    nodes.push(element);
    if (!empty) open.push({ element, frame: frames.length });
    else {
      nodes.push(undefined);
      if (open.length === 1) endPart();
    }
  };

  /** Gives attributes their names; those that declare namespaces are left out. */
  const resolveAttributes = (
    element: string,
    written: readonly ScannedAttribute[],
    namespaces: ReadonlyMap<string, string>,
  ): readonly XmlAttribute[] => {
    let expanded: Set<string> | undefined;
    let attributes = written;
    for (const attribute of written) {
      const { raw } = attribute;
      if (declaresNamespace(raw)) {
        if (attributes === written) attributes = written.filter((each) => !declaresNamespace(each.raw));
        continue;
      }
      const { name, prefix } = resolveAttribute(attribute, namespaces);
      attribute.name = name;
      if (prefix === "") continue;
      attribute.prefix = prefix;
      const id = `${name.namespace} ${name.local}`;
      expanded ??= new Set();
      if (expanded.has(id)) {
        const message = `the attribute "${raw}" of <${element}> is written twice, through two prefixes of one namespace`;
        report("malformed-xml", message, keyOf(attribute), { severity: "error", clause: "Namespaces 6.3" });
      }
      expanded.add(id);
    }
    return attributes;
  };

  const readEndTag = (): void => {
    const from = frame.pos;
    textPending = undefined;
    frame.pos += 2;
    const expected = open.at(-1)?.element.raw ?? "";
    let raw = frame.text.startsWith(expected, frame.pos) ? expected : "";
    frame.pos += raw.length;
    if (frame.text.charCodeAt(frame.pos) !== 0x3e) skipSpace();
    // It may be another name, be it one that begins like the expected one.
    if (raw === "" || frame.text.charCodeAt(frame.pos) !== 0x3e) {
      frame.pos = from + 2;
      raw = readQName("the name of an end tag");
      skipSpace();
      if (frame.text.charCodeAt(frame.pos) !== 0x3e) {
        fail(`the end tag </${raw}> is not closed`, place(from, frame.pos), "XML 1.0 3.1");
      }
    }
    frame.pos++;
    const closed = open.pop();
    if (closed === undefined) {
      return void fail(`the end tag </${raw}> closes nothing`, place(from, frame.pos), "XML 1.0 3");
    }
    if (closed.element.raw !== raw) {
      report(
        "malformed-xml",
        `the end tag </${raw}> does not match <${closed.element.raw}>`,
        place(from, frame.pos),
        {
          severity: "error",
          related: [{ message: `<${closed.element.raw}> begins here`, at: closed.element.at }],
          clause: "XML 1.0 3",
        },
      );
      throw new Malformed("mismatched end tag");
    }
    if (closed.frame !== frames.length) {
      fail(
        `</${raw}> must stand in the same entity as its start tag`,
        place(from, frame.pos),
        "XML 1.0 4.3.2",
      );
    }
    const { start } = closed.element.at;
    closed.element.extent = span(start, frame.reference?.end ?? frame.pos);
    nodes.push(undefined);
    if (open.length === 1) endPart();
  };

  const endEntity = (): void => {
    if (open.length !== frame.depth) {
      fail(`the entity &${frame.entity ?? ""}; must close what it opens`, place(0), "XML 1.0 4.3.2");
    }
    frames.pop();
    frame = frames.at(-1) as Frame;
  };

  const readContent = (): void => {
    for (;;) {
      if (frame.pos >= frame.text.length) {
        if (frames.length === 1) return;
        endEntity();
        continue;
      }
      if (frame.text.charCodeAt(frame.pos) !== 0x3c) {
        if (open.length > 0) readText();
        else readOutside();
        continue;
      }
      const c = frame.text.charCodeAt(frame.pos + 1);
      if (c === 0x2f) readEndTag();
      else if (c === 0x3f) readInstruction();
      else if (c !== 0x21) readStartTag();
      else if (frame.text.startsWith("<!--", frame.pos)) readComment();
      else if (open.length > 0 && frame.text.startsWith("<![CDATA[", frame.pos)) readCharacterDataSection();
      else if (!hasRoot && frame.text.startsWith("<!DOCTYPE", frame.pos)) readDoctypeHere();
      else fail('"<!" begins nothing that may stand here', place(frame.pos, frame.pos + 2), "XML 1.0 2.1");
    }
  };
  /** Before and after the root element there is white space only. */
  const readOutside = (): void => {
    if (skipSpace()) return;
    const from = frame.pos;
    if (hasRoot) {
      fail("there is text after the root element", place(from), "XML 1.0 2.1");
    }
    fail("the document does not begin with an element", place(from), "XML 1.0 2.1", "is this file XML?");
  };

  try {
    const forbidden = firstForbiddenCharacter(text);
    if (forbidden !== -1) {
      const code = (text.codePointAt(forbidden) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      fail(`the character U+${code} is not allowed in XML`, place(forbidden), "XML 1.0 2.2");
    }
    readDeclaration();
    readContent();
    const unclosed = open.at(-1);
    if (unclosed !== undefined) {
      const at = unclosed.element.at;
      report(
        "malformed-xml",
        `the document ends before </${unclosed.element.raw}>`,
        { start: text.length, end: text.length },
        {
          severity: "error",
          related: [{ message: `<${unclosed.element.raw}> begins here`, at }],
          clause: "XML 1.0 3",
        },
      );
    } else if (!hasRoot) {
      fail(
        text.trim() === "" ? "the document is empty" : "the document has no root element",
        place(0),
        "XML 1.0 2.1",
      );
    } else endPart();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return { nodes, findings, wellFormed };
}
