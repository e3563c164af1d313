// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * A document in pieces that are documents: each is a stretch of the text as it came, between the start tags that were open
 * where it began and the end tags of what is open where it ends. Nothing of the text is left out, so who reads all pieces
 * has checked all of it.
 */
import { XmlError, type XmlErrorCode } from "./errors.js";
import { createLocator, lendUnits, stretch, type Origin, type Units } from "./scanner.js";

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

/** Markup that is no tag: how it opens, and the character that must stand so many times before the `>` that ends it. */
const markup: readonly (readonly [opening: string, mark: number, times: number])[] = [
  ["<!--", 45, 2],
  ["<![CDATA[", 93, 2],
  ["<?", 63, 1],
];

// Where the text ends that was looked at.
const DATA = 0;
/** Behind `<`. */
const OPENED = 1;
const START_TAG = 2;
const END_TAG = 3;
/** In an attribute value. */
const VALUE = 4;
/** In what may become the opening of markup. */
const OPENING = 5;
const MARKUP = 6;

/**
 * Cuts behind each child of an element on the way; children of the last are the records, and several of them are one piece.
 * No more than `maxLength` code units are kept. Each is looked at once, wherever chunks end.
 */
export function createSplitter(way: Way, maxLength: number): Splitter {
  let buffer = "";
  /** Where in the buffer a cut is possible. */
  let cut = 0;
  let origin: Origin = { skip: 0, offset: 0, line: 1, column: 1 };
  /** Start tags and names of the open elements on the way, and how many others are open in them. */
  const tags: string[] = [];
  const names: string[] = [];
  let inside = 0;
  /** What was open where the buffer begins. */
  let before: readonly string[] = [];

  let state = DATA;
  /** Where in the buffer the last tag began. */
  let start = 0;
  /** The last code unit of a start tag; the quote that ends a value; what ends markup, and how often it stands there. */
  let last = 0;
  let quote = 0;
  let opening = "";
  let mark = 0;
  let times = 0;
  let run = 0;

  const fail = (message: string, offset: number, code: XmlErrorCode): never => {
    const { line, column } = createLocator(buffer, origin)(offset);
    throw new XmlError(code, message, origin.offset + offset, line, column);
  };

  const take = (end: number, isLast = false): Piece => {
    const own = buffer.slice(0, end);
    const head = before.join("");
    const piece: Piece = {
      text:
        head +
        own +
        (isLast
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
    start -= end;
    cut = 0;
    return piece;
  };

  /** At the end of a start tag; is its element on the way? */
  const opened = (end: number): boolean => {
    const tag = buffer.slice(start, end);
    const name = /^[^\s/>]*/.exec(tag.slice(1))?.[0] ?? "";
    const expected = way[names.length];
    if (expected !== undefined && !expected.has(name.slice(name.indexOf(":") + 1))) return false;
    if (last === 47) cut = end;
    else {
      tags.push(tag);
      names.push(name);
    }
    return true;
  };
  const closed = (end: number): void => {
    if (inside > 0) inside--;
    else {
      tags.pop();
      names.pop();
    }
    if (inside === 0) cut = end;
  };

  /** Looks at `n` units, with which the buffer ends; above the records each element is a piece. */
  const look = (u: Units, n: number, pieces: Piece[]): void => {
    /** Where in the buffer the units begin. */
    let base = buffer.length - n;
    const above = (end: number): void => {
      if (cut !== end || names.length === 0 || names.length >= way.length) return;
      pieces.push(take(end));
      base -= end;
    };
    for (let p = 0; p < n;) {
      if (state === DATA) {
        while (u[p] !== 60 && p < n) p++;
        if (p === n) return;
        start = base + p++;
        state = OPENED;
      } else if (state === OPENED) {
        const c = u[p];
        if (c === 47) {
          state = END_TAG;
          p++;
        } else if (c === 33 || c === 63) {
          state = OPENING;
          opening = "<";
        } else {
          state = START_TAG;
          last = 0;
        }
      } else if (state === START_TAG) {
        let c = last;
        let d = 0;
        for (; p < n; p++) {
          d = u[p] as number;
          if (d === 62 || d === 34 || d === 39) break;
          c = d;
        }
        last = c;
        if (p++ === n) return;
        if (d !== 62) {
          quote = d;
          state = VALUE;
          continue;
        }
        state = DATA;
        const end = base + p;
        if (inside === 0 && names.length < way.length && opened(end)) above(end);
        else if (c !== 47) inside++;
        else if (inside === 0) {
          cut = end;
          above(end);
        }
      } else if (state === END_TAG) {
        while (u[p] !== 62 && p < n) p++;
        if (p++ === n) return;
        state = DATA;
        closed(base + p);
        above(base + p);
      } else if (state === VALUE) {
        while (u[p] !== quote && p < n) p++;
        if (p++ === n) return;
        state = START_TAG;
        last = quote;
      } else if (state === OPENING) {
        const longer = opening + String.fromCharCode(u[p] as number);
        const known = markup.find(([one]) => one.startsWith(longer));
        // What is no markup at all is told by who reads the piece.
        if (!known) state = DATA;
        else {
          p++;
          opening = longer;
          if (known[0] === longer) {
            [, mark, times] = known;
            run = 0;
            state = MARKUP;
          }
        }
      } else {
        for (; p < n; p++) {
          const c = u[p];
          if (c === 62 && run >= times) break;
          run = c === mark ? run + 1 : 0;
        }
        if (p++ === n) return;
        state = DATA;
      }
    }
  };

  return {
    feed(text) {
      const pieces: Piece[] = [];
      for (let from = 0; from < text.length; from += stretch) {
        const part = text.slice(from, from + stretch);
        buffer += part;
        lendUnits(part, (units) => {
          look(units, part.length, pieces);
        });
        // A record that has begun behind the cut is no matter: what is on the way is still open.
        if (cut > 0 && names.length === way.length) pieces.push(take(cut));
        if (buffer.length > maxLength) fail(`More than ${maxLength} characters without a record`, 0, "limit");
      }
      return pieces;
    },
    finish: () => take(buffer.length, true),
  };
}
