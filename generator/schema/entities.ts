/** References in a document (XML 1.0, clause 4): characters, the predefined entities, and those of its DTD, within limits. */
import type { Complaints } from "./complaints.js";
import { expandCharacterReference, predefinedEntities, type Dtd, type Entity, type Place } from "./dtd.js";
import { endOfName } from "./names.js";
import type { PlaceOf } from "./scanned.js";

/** Entities may add this many characters to a document. */
const maxEntityText = 1_000_000;
/** Entities may stand in each other this deep. */
const maxEntityDepth = 40;
/** Entities may be used this many times in a document. */
const maxEntityReferences = 100_000;

/** The references of one document. */
export interface Entities {
  /** The document has this DTD. */
  readonly declare: (dtd: Dtd) => void;
  /** The offset of the `;` of a reference whose `&` is at `at`. */
  readonly endOfReference: (source: string, at: number, where: Place) => number;
  /** The character that a reference stands for; undefined for an entity of the DTD. */
  readonly characterOf: (name: string, at: Place) => string | undefined;
  readonly lookUp: (name: string, at: Place) => Entity;
  /** Counts one use of an entity against the limits. */
  readonly count: (name: string, length: number, depth: number, at: Place) => void;
  /** An attribute value by clause 3.3.3, for CDATA: references expanded, white space made spaces. `at` is its place if not its own. */
  readonly normalizeValue: (source: string, from: number, to: number, at?: Place) => string;
}

/** Begins to read the references of a document; `place` tells where an offset of the text that is read lies in the document. */
export function createEntities({ report, fail, stop }: Complaints, place: PlaceOf): Entities {
  let dtd: Dtd | undefined;
  let entityText = 0;
  let entityReferences = 0;

  const expandCharacter = (body: string, at: Place): string =>
    expandCharacterReference(body) ??
    fail(`"&#${body};" is not a character that XML allows`, at, "XML 1.0 4.1");

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
      stop();
    }
  };

  const normalizeValue = (
    source: string,
    from: number,
    to: number,
    inside: readonly string[],
    at?: Place,
  ): string => {
    // The search must not run on behind the value, or many values would take quadratic time.
    const whole = source.slice(from, to);
    // What an entity holds had its line ends normalized when it was declared; a carriage return there was a reference.
    const spaces = inside.length === 0 ? /\r\n|[\r\n\t]/gu : /[\r\n\t]/gu;
    let value = "";
    let pos = from;
    for (;;) {
      const ampersand = whole.indexOf("&", pos - from);
      const end = ampersand === -1 ? to : from + ampersand;
      const plain = source.slice(pos, end);
      value += /[\r\n\t]/u.test(plain) ? plain.replace(spaces, " ") : plain;
      if (end === to) return value;
      const where = at ?? place(end);
      const semicolon = endOfReference(source, end, where);
      if (semicolon >= to)
        fail('"&" must be followed by a name and ";"', where, "XML 1.0 4.1", 'write "&amp;"');
      const name = source.slice(end + 1, semicolon);
      if (name.startsWith("#")) value += expandCharacter(name.slice(1), where);
      else
        value += predefinedEntities.get(name) ?? expandInValue(name, inside, at ?? place(end, semicolon + 1));
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

  return {
    declare: (found) => (dtd = found),
    endOfReference,
    characterOf: (name, at) =>
      name.startsWith("#") ? expandCharacter(name.slice(1), at) : predefinedEntities.get(name),
    lookUp,
    count: countExpansion,
    normalizeValue: (source, from, to, at) => normalizeValue(source, from, to, [], at),
  };
}
