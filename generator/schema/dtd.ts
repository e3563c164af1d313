/**
 * The document type declaration (XML 1.0, clauses 2.8, 3.2 to 3.4, 4): read so that it does no harm.
 *
 * The internal subset is judged and its entities and attribute defaults are kept; nothing outside the document is ever read.
 */
import { endOfName, endOfNmtoken, firstForbiddenCharacter, isCharacter, normalizeLineEnds } from "./names.js";

/** What a document type declaration says that matters to its document. */
export interface Dtd {
  readonly entities: ReadonlyMap<string, Entity>;
  /** By element name as written, then by attribute name as written. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, AttributeDeclaration>>;
  /** What lies outside and was not read: the external subset and external parameter entities that are used. */
  readonly unread: readonly { readonly what: string; readonly at: Place }[];
  /** The offset after the closing `>`. */
  readonly end: number;
}

/** A general entity. */
export interface Entity {
  /** The replacement text of an internal entity; absent for an external one. */
  readonly text?: string;
  readonly system?: string;
  readonly unparsed?: boolean;
}

/** What an attribute-list declaration says of one attribute. */
export interface AttributeDeclaration {
  /** Other than CDATA: white space of values is collapsed (clause 3.3.3). */
  readonly tokenized: boolean;
  /** The default or fixed value, as written between the quotes. */
  readonly value?: string;
}

/** The entities that need no declaration (clause 4.6). */
export const predefinedEntities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Offsets into the document. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Reports an error and does not return. */
export type Fail = (message: string, at: Place, hint?: string) => never;

const maxParameterEntityDepth = 32;
const maxParameterEntityText = 1_000_000;

/** Reads the declaration that begins at `start` with `<!DOCTYPE`. */
export function readDoctype(document: string, start: number, fail: Fail): Dtd {
  const entities = new Map<string, Entity>();
  const parameters = new Map<string, Entity>();
  const attributes = new Map<string, Map<string, AttributeDeclaration>>();
  const unread: { what: string; at: Place }[] = [];
  let expanded = 0;
  // After an unread parameter entity, declarations are not to be trusted (clause 5.1).
  let trusted = true;

  let text = document;
  let pos = start + "<!DOCTYPE".length;
  let limit = document.length;
  /** Set inside the replacement text of a parameter entity: the reference to it. */
  let reference: Place | undefined;

  const place = (from: number, to = Math.max(from + 1, pos)): Place => reference ?? { start: from, end: to };
  const looksAt = (literal: string): boolean =>
    text.startsWith(literal, pos) && pos + literal.length <= limit;

  const skipSpace = (): boolean => {
    const from = pos;
    while (pos < limit && isSpace(text.charCodeAt(pos))) pos++;
    return pos > from;
  };
  const needSpace = (before: string): void => {
    if (!skipSpace()) fail(`white space is missing before ${before} in the DOCTYPE`, place(pos));
  };
  const accept = (literal: string): boolean => {
    if (!looksAt(literal)) return false;
    pos += literal.length;
    return true;
  };
  const need = (literal: string, where: string): void => {
    if (!accept(literal)) fail(`"${literal}" is missing in ${where}`, place(pos));
  };
  const readName = (what: string): string => {
    const from = pos;
    pos = Math.min(endOfName(text, pos), limit);
    if (pos === from) fail(`${what} is missing in the DOCTYPE`, place(from));
    return text.slice(from, pos);
  };
  const readLiteral = (what: string): string => {
    const quote = text[pos];
    if (pos >= limit || (quote !== '"' && quote !== "'")) fail(`${what} must be in quotes`, place(pos));
    const from = pos + 1;
    const to = text.indexOf(quote ?? "", from);
    if (to === -1 || to >= limit) fail(`${what} has no closing quote`, place(pos));
    pos = to + 1;
    return text.slice(from, to);
  };
  const skipComment = (): void => {
    const to = text.indexOf("--", pos + 4);
    if (to === -1 || to + 2 >= limit) fail("a comment is not closed", place(pos));
    if (text[to + 2] !== ">") fail('"--" must not stand inside a comment', place(to));
    pos = to + 3;
  };
  const skipInstruction = (): void => {
    const from = pos;
    pos += 2;
    const target = readName("the target of a processing instruction");
    if (target.includes(":")) fail(`the target "${target}" must not hold a colon`, place(from));
    if (/^xml$/iu.test(target)) fail("an XML declaration must stand at the beginning", place(from));
    const to = text.indexOf("?>", pos);
    if (to === -1 || to >= limit) fail("a processing instruction is not closed", place(from));
    if (to > pos) needSpace("the content of a processing instruction");
    pos = to + 2;
  };
  /** `SYSTEM "..."` or `PUBLIC "..." "..."`; a notation may lack the system identifier. */
  const readExternalId = (notation: boolean): { public?: string; system?: string } | undefined => {
    if (accept("SYSTEM")) {
      needSpace("a system identifier");
      return { system: readLiteral("a system identifier") };
    }
    if (!accept("PUBLIC")) return undefined;
    needSpace("a public identifier");
    const from = pos;
    const id = readLiteral("a public identifier");
    if (!/^[\x20\r\na-zA-Z0-9\-'()+,./:=?;!*#@$_%]*$/u.test(id)) {
      fail("a public identifier holds a character that is not allowed there", place(from));
    }
    const before = pos;
    skipSpace();
    if (notation && text[pos] !== '"' && text[pos] !== "'") return { public: id };
    if (pos === before) fail("white space is missing before a system identifier in the DOCTYPE", place(pos));
    return { public: id, system: readLiteral("a system identifier") };
  };

  /** What replaces a reference: a character, or itself for an entity. */
  const judgeReference = (found: string, hash: string, name: string, end: string, at: Place): string => {
    if (end === "") return fail('"&" must be followed by a name and ";"', at);
    if (hash === "") {
      if (endOfName(name, 0) !== name.length || name === "") return fail(`"${found}" is not a reference`, at);
      return found;
    }
    return expandCharacterReference(name) ?? fail(`"${found}" is not a character that XML allows`, at);
  };

  /** Character references are expanded, general entity references stay (clause 4.5). */
  const readEntityValue = (): string => {
    const from = pos;
    const literal = normalizeLineEnds(readLiteral("the value of an entity"));
    return literal.replace(
      /%([^%;&<>"'\s]*;)?|&(#?)([^;&<>"'\s]*)(;?)/gu,
      (found: string, parameter: string | undefined, hash: string, name: string, end: string) => {
        if (found.startsWith("%")) {
          return fail(
            parameter === undefined
              ? '"%" must be written as "&#37;" in the value of an entity'
              : `the parameter entity %${parameter} must not be used inside a declaration`,
            place(from),
          );
        }
        return judgeReference(found, hash, name, end, place(from));
      },
    );
  };

  /** What a default refers to must be declared before it, and not lie outside (clauses 3.1 and 4.1). */
  const judgeDefault = (value: string, at: Place): void => {
    if (value.includes("<")) fail('"<" must not stand in an attribute value', at);
    for (const [found, hash = "", name = "", end = ""] of value.matchAll(/&(#?)([^;&<>"'\s]*)(;?)/gu)) {
      judgeReference(found, hash, name, end, at);
      if (hash !== "" || predefinedEntities.has(name)) continue;
      const entity = entities.get(name);
      if (entity === undefined) {
        // Where there are parameter entities only a validating processor minds.
        if (unread.length === 0 && expanded === 0)
          fail(`the entity &${name}; must be declared before this default`, at);
      } else if (entity.text === undefined)
        fail(`the external entity &${name}; must not be used in an attribute`, at);
    }
  };

  const readEntity = (): void => {
    needSpace("the name of an entity");
    const parameter = accept("%");
    if (parameter) needSpace("the name of a parameter entity");
    const from = pos;
    const name = readName("the name of an entity");
    if (name.includes(":")) fail(`the entity name "${name}" must not hold a colon`, place(from));
    needSpace("the value of an entity");
    const target = parameter ? parameters : entities;
    const id = readExternalId(false);
    let entity: Entity;
    if (id === undefined) {
      entity = { text: readEntityValue() };
    } else {
      const spaced = skipSpace();
      let unparsed = false;
      if (!parameter && spaced && accept("NDATA")) {
        needSpace("the name of a notation");
        readName("the name of a notation");
        unparsed = true;
      }
      entity = { ...(id.system === undefined ? {} : { system: id.system }), unparsed };
    }
    // The first declaration binds (clause 4.2).
    if (trusted && !target.has(name)) target.set(name, entity);
    skipSpace();
    need(">", "an entity declaration");
  };

  /** `(a | b)` and `(a, b)` groups of an element declaration, after the opening parenthesis. */
  const readGroup = (depth: number): void => {
    if (depth > 64) fail("the content model of an element declaration is nested too deeply", place(pos));
    let separator: string | undefined;
    for (;;) {
      skipSpace();
      if (accept("(")) readGroup(depth + 1);
      else {
        readName("a name in an element declaration");
        if ("?*+".includes(text[pos] ?? " ")) pos++;
      }
      skipSpace();
      if (accept(")")) break;
      const found = text[pos];
      if ((found !== "|" && found !== ",") || (separator !== undefined && found !== separator)) {
        fail('"|", "," or ")" is expected in an element declaration', place(pos));
      }
      separator = found;
      pos++;
    }
    if ("?*+".includes(text[pos] ?? " ")) pos++;
  };
  const readMixed = (): void => {
    let names = 0;
    for (;;) {
      skipSpace();
      if (accept(")")) break;
      need("|", "an element declaration");
      skipSpace();
      readName("a name in an element declaration");
      names++;
    }
    if (names > 0) need("*", "an element declaration with mixed content");
    else accept("*");
  };
  const readElement = (): void => {
    needSpace("the name of an element");
    readName("the name of an element");
    needSpace("the content of an element declaration");
    if (!accept("EMPTY") && !accept("ANY")) {
      need("(", "an element declaration");
      skipSpace();
      if (accept("#PCDATA")) readMixed();
      else readGroup(0);
    }
    skipSpace();
    need(">", "an element declaration");
  };

  const readEnumeration = (readItem: () => void): void => {
    do {
      skipSpace();
      readItem();
      skipSpace();
    } while (accept("|"));
    need(")", "an attribute declaration");
  };
  const readAttributeType = (): boolean => {
    if (accept("CDATA")) return false;
    for (const type of ["IDREFS", "IDREF", "ID", "ENTITIES", "ENTITY", "NMTOKENS", "NMTOKEN"]) {
      if (accept(type)) return true;
    }
    if (accept("NOTATION")) {
      needSpace("the names of notations");
      need("(", "an attribute declaration");
      readEnumeration(() => readName("the name of a notation"));
      return true;
    }
    need("(", "an attribute declaration");
    readEnumeration(() => {
      const from = pos;
      pos = Math.min(endOfNmtoken(text, pos), limit);
      if (pos === from) fail("a token is missing in an attribute declaration", place(from));
    });
    return true;
  };
  const readAttributes = (): void => {
    needSpace("the name of an element");
    const element = readName("the name of an element");
    const known = attributes.get(element) ?? new Map<string, AttributeDeclaration>();
    if (trusted) attributes.set(element, known);
    for (;;) {
      const spaced = skipSpace();
      if (accept(">")) return;
      if (!spaced) fail("white space is missing in an attribute declaration", place(pos));
      const name = readName("the name of an attribute");
      needSpace("the type of an attribute");
      const tokenized = readAttributeType();
      needSpace("the default of an attribute");
      let value: string | undefined;
      if (!accept("#REQUIRED") && !accept("#IMPLIED")) {
        if (accept("#FIXED")) needSpace("the fixed value of an attribute");
        const from = pos;
        value = normalizeLineEnds(readLiteral("the default of an attribute"));
        judgeDefault(value, place(from));
      }
      // The first declaration binds (clause 3.3).
      if (trusted && !known.has(name))
        known.set(name, { tokenized, ...(value === undefined ? {} : { value }) });
    }
  };

  const readNotation = (): void => {
    needSpace("the name of a notation");
    const from = pos;
    const name = readName("the name of a notation");
    if (name.includes(":")) fail(`the notation name "${name}" must not hold a colon`, place(from));
    needSpace("the identifier of a notation");
    if (readExternalId(true) === undefined)
      fail("SYSTEM or PUBLIC is missing in a notation declaration", place(pos));
    skipSpace();
    need(">", "a notation declaration");
  };

  const includeParameter = (depth: number): void => {
    const from = pos;
    pos++;
    const name = readName("the name of a parameter entity");
    need(";", "a reference to a parameter entity");
    const at = place(from);
    const entity = parameters.get(name);
    if (entity === undefined) {
      if (trusted) fail(`the parameter entity %${name}; is not declared`, at);
      return;
    }
    if (entity.text === undefined) {
      unread.push({ what: `the external parameter entity %${name};`, at });
      trusted = false;
      return;
    }
    expanded += entity.text.length + 1;
    if (depth >= maxParameterEntityDepth || expanded > maxParameterEntityText) {
      fail(`the parameter entity %${name}; expands without end`, at, "entities are expanded within limits");
    }
    const outer = { text, pos, limit, reference };
    text = entity.text;
    pos = 0;
    limit = text.length;
    reference = at;
    readDeclarations(depth + 1);
    if (pos < limit) fail(`the parameter entity %${name}; holds no complete declarations`, at);
    ({ text, pos, limit, reference } = outer);
  };

  /** Up to `]` or the end of a parameter entity. */
  const readDeclarations = (depth: number): void => {
    for (;;) {
      skipSpace();
      if (pos >= limit || text[pos] === "]") return;
      const from = pos;
      if (text[pos] === "%") includeParameter(depth);
      else if (looksAt("<!--")) skipComment();
      else if (looksAt("<?")) skipInstruction();
      else if (accept("<!ENTITY")) readEntity();
      else if (accept("<!ATTLIST")) readAttributes();
      else if (accept("<!ELEMENT")) readElement();
      else if (accept("<!NOTATION")) readNotation();
      else if (looksAt("<![")) fail("a conditional section is not allowed inside the document", place(from));
      else fail("a markup declaration is expected inside the DOCTYPE", place(from));
    }
  };

  needSpace("the name in the DOCTYPE");
  readName("the name of the root element");
  const spaced = skipSpace();
  const from = pos;
  const external = readExternalId(false);
  if (external !== undefined) {
    if (!spaced) fail("white space is missing in the DOCTYPE", place(from));
    unread.push({ what: `the external DTD "${external.system ?? external.public ?? ""}"`, at: place(from) });
  }
  skipSpace();
  if (accept("[")) {
    readDeclarations(0);
    need("]", "the DOCTYPE");
    skipSpace();
  }
  if (!accept(">")) fail("the DOCTYPE is not closed", { start, end: start + "<!DOCTYPE".length });
  return { entities, attributes, unread, end: pos };
}

/** The character that `&#NAME;` stands for, `name` being `38` or `x26`; undefined when XML does not allow it. */
export function expandCharacterReference(name: string): string | undefined {
  const digits = /^(?:x([0-9a-fA-F]+)|([0-9]+))$/u.exec(name);
  if (digits === null) return undefined;
  const code =
    digits[1] === undefined ? Number.parseInt(digits[2] ?? "", 10) : Number.parseInt(digits[1], 16);
  if (!isCharacter(code)) return undefined;
  const character = String.fromCodePoint(code);
  return firstForbiddenCharacter(character) === -1 ? character : undefined;
}

/** White space of XML: space, tab, carriage return, line feed. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0xa || code === 0xd || code === 0x9;
}
