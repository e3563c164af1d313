// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * A document in pieces that are documents: each is a stretch of the text as it came, between the start tags that were open
 * where it began and the end tags of what is open where it ends. Nothing of the text is left out, so who reads all pieces
 * has checked all of it.
 */
import { XmlError, type XmlErrorCode } from "./errors.js";
import { createLocator, type Origin } from "./scanner.js";

/** A piece that can be read by itself. */
export interface Piece {
  readonly text: string;
  /** Where its own stretch stands in the document. */
  readonly origin: Origin;
  /** How many elements are open where it begins, and where it ends. */
  readonly depth: number;
  readonly left: number;
}

/** Takes text and gives pieces. */
export interface Splitter {
  /** Takes more text; gives the pieces that it completed. Throws an {@link XmlError} `limit`. */
  readonly feed: (text: string) => readonly Piece[];
  /** The last piece: the end of the document, if this is one. */
  readonly finish: () => Piece;
}

/** Local names of the elements on the way to the records, the root first; `undefined` for any name. */
export type Way = readonly (ReadonlySet<string> | undefined)[];

/** Markup that is no tag, and what ends it. */
const markup: readonly (readonly [opening: string, closing: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/** Text is looked at in pieces of this many code units, however much comes at once. */
const portion = 131_072;
/** So many code units are looked at as often as chunks come. */
const patience = 16_384;

/**
 * Cuts behind each child of an element on the way; children of the last are the records, and several of them are one piece.
 * No more than `maxLength` code units are kept.
 */
export function createSplitter(way: Way, maxLength: number): Splitter {
  let buffer = "";
  let waiting = "";
  /** Where in the buffer to go on, where a cut is possible, and what is open there. */
  let at = 0;
  let cut = 0;
  let origin: Origin = { skip: 0, offset: 0, line: 1, column: 1 };
  /** Start tags and names of the open elements on the way, and how many others are open in them. */
  const tags: string[] = [];
  const names: string[] = [];
  let inside = 0;
  /** What was open where the buffer begins. */
  let before: readonly string[] = [];

  const fail = (message: string, offset: number, code: XmlErrorCode): never => {
    const { line, column } = createLocator(buffer, origin)(offset);
    throw new XmlError(code, message, origin.offset + offset, line, column);
  };

  const take = (end: number, last = false): Piece => {
    const own = buffer.slice(0, end);
    const head = before.join("");
    const piece: Piece = {
      text:
        head +
        own +
        (last
          ? ""
          : names
              .map((name) => `</${name}>`)
              .reverse()
              .join("")),
      origin: { ...origin, skip: head.length },
      depth: before.length,
      left: names.length,
    };
    origin = { skip: 0, offset: origin.offset + end, ...createLocator(own, origin)(end) };
    buffer = buffer.slice(end);
    before = [...tags];
    at -= end;
    cut = 0;
    return piece;
  };

  /** Over one piece of markup; false when it is not complete yet. */
  const step = (): boolean => {
    const start = buffer.indexOf("<", at);
    at = start < 0 ? buffer.length : start;
    if (start < 0) return false;
    const next = buffer.charCodeAt(start + 1);
    if (next === 33 || next === 63) {
      const known = markup.find(([opening]) => buffer.startsWith(opening, start));
      if (!known) {
        // What is no markup at all is told by who reads the piece.
        const rest = buffer.slice(start, start + 9);
        if (markup.some(([opening]) => opening.startsWith(rest))) return false;
        at = start + 2;
        return true;
      }
      const end = buffer.indexOf(known[1], start + known[0].length);
      if (end < 0) return false;
      at = end + known[1].length;
      return true;
    }
    const end = endOfTag(buffer, start + 1);
    if (end < 0) return false;
    at = end;
    if (next === 47) {
      if (inside > 0) inside--;
      else {
        tags.pop();
        names.pop();
      }
      if (inside === 0) cut = end;
      return true;
    }
    const empty = buffer.charCodeAt(end - 2) === 47;
    if (inside === 0 && names.length < way.length) {
      const name = /^[^\s/>]*/.exec(buffer.slice(start + 1, end))?.[0] ?? "";
      const expected = way[names.length];
      if (expected === undefined || expected.has(name.slice(name.indexOf(":") + 1))) {
        if (empty) cut = end;
        else {
          tags.push(buffer.slice(start, end));
          names.push(name);
        }
        return true;
      }
    }
    if (!empty) inside++;
    else if (inside === 0) cut = end;
    return true;
  };

  const feed = (text: string, pieces: Piece[]): void => {
    buffer += text;
    while (step()) {
      // Above the records each element is a piece; the end of the root is in the last one.
      if (cut === at && names.length > 0 && names.length < way.length) pieces.push(take(cut));
    }
    // A record that has begun behind the cut is no matter: what is on the way is still open.
    if (cut > 0 && names.length === way.length) pieces.push(take(cut));
    if (buffer.length > maxLength) fail(`More than ${maxLength} characters without a record`, 0, "limit");
  };

  return {
    feed(text) {
      waiting += text;
      // What is kept is looked at as a whole: small chunks of a long record wait until they are worth it.
      if (waiting.length < (buffer.length - patience) / 16) return [];
      const given = waiting;
      waiting = "";
      const pieces: Piece[] = [];
      for (let from = 0; from < given.length; from += portion)
        feed(given.slice(from, from + portion), pieces);
      return pieces;
    },
    finish() {
      buffer += waiting;
      while (step());
      return take(buffer.length, true);
    },
  };
}

/** The offset behind the `>` of a tag, quotes heeded; -1 when it is not there yet. */
function endOfTag(text: string, from: number): number {
  const end = text.indexOf(">", from);
  if (end < 0) return -1;
  // Most tags have no attributes, and so no quotes.
  let quote = 0;
  for (let at = from; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === 34 || c === 39) {
      quote = at;
      break;
    }
  }
  if (quote === 0) return end + 1;
  for (let at = quote; ; at++) {
    const c = text.charCodeAt(at);
    if (c !== c) return -1;
    if (c === 62) return at + 1;
    if (c === 34 || c === 39) {
      at = text.indexOf(text.charAt(at), at + 1);
      if (at < 0) return -1;
    }
  }
}
