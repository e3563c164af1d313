/**
 * The strict scanner of schema documents: it judges well-formedness (XML 1.0, 5th edition; Namespaces in XML 1.0), knows the place
 * of everything, takes the DOCTYPE out of the way and expands entities within limits.
 *
 * It keeps no tree: elements and texts are listed in document order, for others to make a tree of.
 */
import type { Diagnostic, Span } from "../diagnostics.js";
import { createComplaints, Malformed } from "./complaints.js";
import { isSpace, readDoctype, type AttributeDeclaration, type Dtd } from "./dtd.js";
import { createEntities } from "./entities.js";
import { endOfName, firstForbiddenCharacter, isQName, normalizeLineEnds } from "./names.js";
import {
  placeOfName,
  ScannedAttribute,
  ScannedText,
  type PlaceOf,
  type ScannedElement,
  type ScannedNode,
} from "./scanned.js";
import { createScopes, declaresNamespace, outermost } from "./scopes.js";

/** Elements may nest this deep. */
export const maxDepth = 512;

/** What the scanner found in one document. */
export interface Scan {
  /** All of the document, unless it was handed over in parts. */
  readonly nodes: readonly ScannedNode[];
  readonly findings: readonly Diagnostic[];
  /** Whether `findings` holds no error. */
  readonly wellFormed: boolean;
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
  readonly reference?: { readonly start: number; readonly end: number };
  readonly entity?: string;
  readonly depth: number;
}

/** Attributes of one tag that are searched one by one for a second of the same name. */
const fewAttributes = 16;

const noChildren: readonly never[] = [];

function isAmong(raw: string, attributes: readonly ScannedAttribute[]): boolean {
  for (const attribute of attributes) if (attribute.raw === raw) return true;
  return false;
}

/**
 * Scans one document; `file` is what spans name. `handOver` gets what came since it was called last: at the end of each child of the
 * root, and at that of the document. After a mistake it is not called any more.
 */
export function scanXml(
  file: string,
  text: string,
  handOver?: (nodes: readonly ScannedNode[]) => void,
): Scan {
  const complaints = createComplaints(file, text.length);
  const { report, fail, stop, isWellFormed } = complaints;
  const nodes: ScannedNode[] = [];
  const endPart = (): void => {
    if (handOver === undefined) return;
    if (isWellFormed()) handOver(nodes);
    nodes.length = 0;
  };
  let hasRoot = false;
  const frames: Frame[] = [{ text, pos: 0, depth: 0 }];
  let frame: Frame = frames[0] as Frame;
  const open: OpenElement[] = [];
  let dtd: Dtd | undefined;

  const place: PlaceOf = (start, end = start + 1) => frame.reference ?? { start, end };
  const spanOf = (start: number, end: number): Span => {
    const { reference } = frame;
    return { file, start: reference?.start ?? start, end: reference?.end ?? end };
  };
  const entities = createEntities(complaints, place);
  const scopes = createScopes(complaints, place);

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
    const semicolon = entities.endOfReference(frame.text, from, place(from));
    const name = frame.text.slice(from + 1, semicolon);
    const at = place(from, semicolon + 1);
    frame.pos = semicolon + 1;
    const character = entities.characterOf(name, at);
    if (character !== undefined) {
      addText(character, at.start, at.end);
      return;
    }
    const entity = entities.lookUp(name, at);
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
    entities.count(name, entity.text.length, frames.length, at);
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
    const written = frame.text.slice(from + 9, to);
    addText(frame.reference === undefined ? normalizeLineEnds(written) : written, start, end);
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
    entities.declare(dtd);
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
    const value = plain ? source.slice(start, end) : entities.normalizeValue(source, start, end);
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
      const normal = entities.normalizeValue(value, 0, value.length, at);
      all.push(new ScannedAttribute(raw, tokenized ? collapsed(normal) : normal, -1, file, at.start, at.end));
    }
    return all;
  };

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
      stop();
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
            placeOfName(attribute, place),
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
    const outer = open.at(-1)?.element.namespaces ?? outermost;
    const namespaces = declares ? scopes.bind(outer, attributes) : outer;
    const { name, prefix } = scopes.resolveElement(raw, namespaces, from + 1);
    const element: ScannedElement = {
      name,
      prefix,
      children: noChildren,
      raw,
      attributes:
        attributes.length === 0 ? noChildren : scopes.resolveAttributes(raw, attributes, namespaces),
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
      stop();
    }
    if (closed.frame !== frames.length) {
      fail(
        `</${raw}> must stand in the same entity as its start tag`,
        place(from, frame.pos),
        "XML 1.0 4.3.2",
      );
    }
    const { start } = closed.element.at;
    closed.element.extent = { file, start, end: frame.reference?.end ?? frame.pos };
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
      else {
        const isDtd = /^<!(?:ELEMENT|ATTLIST|ENTITY)\s/u.test(frame.text.slice(frame.pos, frame.pos + 12));
        fail(
          '"<!" begins nothing that may stand here',
          place(frame.pos, frame.pos + 2),
          "XML 1.0 2.1",
          isDtd && !hasRoot ? "this is a DTD, which `trang` converts to XSD" : undefined,
        );
      }
    }
  };
  /** Before and after the root element there is white space only. */
  const readOutside = (): void => {
    if (skipSpace()) return;
    const from = frame.pos;
    if (hasRoot) {
      fail("there is text after the root element", place(from), "XML 1.0 2.1");
    }
    const isJson = /^[{[]/u.test(frame.text.slice(from, from + 1));
    const hint = isJson ? "this is JSON: only XML can be read" : "is this file XML?";
    fail("the document does not begin with an element", place(from), "XML 1.0 2.1", hint);
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
  return { nodes, findings: complaints.findings, wellFormed: isWellFormed() };
}
