// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** A message in pieces: its header as soon as it is there, then what is in its body, child by child. */

/** The message is not well-formed as far as it was looked at, or a part of it is too long. */
export class SplitError extends Error {
  override name = "SplitError";
}

/** What was found so far. */
export interface Splitter {
  /** Takes more text; gives small messages with the children of the body that it completed, most often one or none. */
  readonly feed: (text: string) => readonly string[];
  /** A small message with the header and an empty body, once the header is there. */
  readonly header: () => string | undefined;
  /** The message must be over. Throws {@link SplitError}. */
  readonly finish: () => void;
}

/** Markup that is no tag, and what ends it. */
const markup: readonly (readonly [opening: string, closing: string])[] = [
  ["<?", "?>"],
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
];

/** Depth of `bodyContent`: its children are what is handed out. */
const bodyDepth = 3;

/**
 * Splits `message/body/bodyContent/*`. Only tags are looked at, and only so far as to pair them; whoever reads the small
 * messages checks the rest. No more than `maxLength` code units are kept.
 */
export function createSplitter(maxLength: number): Splitter {
  let buffer = "";
  /** Where in the buffer to go on, and where the part begins that is being collected; -1 when none is. */
  let at = 0;
  let from = -1;
  /** How many elements are open around that part. */
  let depth = 0;
  /** Names of the open elements, and the start tags of the outer ones. */
  const open: string[] = [];
  const tags: string[] = [];
  let header: string | undefined;
  let over = false;
  let done: { readonly before: string; readonly parts: string[]; readonly after: string }[] = [];

  const fail = (message: string): never => {
    throw new SplitError(message);
  };
  /** A part is complete: the header, or a child of the body. */
  const take = (end: number): void => {
    const part = buffer.slice(from, end);
    from = -1;
    const before = tags.join("");
    const after = [...open]
      .reverse()
      .map((name) => `</${name}>`)
      .join("");
    if (open.length < bodyDepth) {
      header ??= before + part + after;
      return;
    }
    // Several children are one small message: the envelope around them is read once.
    const last = done.at(-1);
    if (last?.before === before) last.parts.push(part);
    else done.push({ before, parts: [part], after });
  };
  const isPart = (name: string): boolean =>
    open.length === bodyDepth || (open.length === 1 && /^(?:[^:]+:)?header$/u.test(name));

  /** One piece of markup from `at` on; false when it is not complete yet. */
  const step = (): boolean => {
    const start = buffer.indexOf("<", at);
    if (from < 0 && /[^ \t\r\n\uFEFF]/u.test(buffer.slice(at, start < 0 ? buffer.length : start)))
      fail("text where only elements may be");
    at = start < 0 ? buffer.length : start;
    if (start < 0) return false;
    const next = buffer.charAt(start + 1);
    if (next === "?" || next === "!") {
      const [opening, closing] = markup.find(([mark]) => buffer.startsWith(mark, start)) ?? [];
      if (opening === undefined || closing === undefined) {
        const rest = buffer.slice(start, start + 9);
        if (markup.some(([mark]) => mark.startsWith(rest))) return false;
        return fail("a document type declaration, or markup that is none");
      }
      if (from < 0 && opening === "<![CDATA[") fail("text where only elements may be");
      const end = buffer.indexOf(closing, start + opening.length);
      if (end < 0) return false;
      at = end + closing.length;
      return true;
    }
    if (next === "") return false;
    const end = endOfTag(buffer, start);
    if (end < 0) return false;
    at = end;
    if (over) fail("something follows the message");
    if (next === "/") {
      const name = buffer.slice(start + 2, end - 1).trimEnd();
      if (open.pop() !== name) fail(`</${name}> does not close what is open`);
      if (open.length < tags.length) tags.pop();
      if (from >= 0 && open.length === depth) take(end);
      over = open.length === 0;
      return true;
    }
    const name = /^[^\s/>]+/u.exec(buffer.slice(start + 1, end))?.[0] ?? "";
    const empty = buffer.charAt(end - 2) === "/";
    const begins = from < 0 && isPart(name);
    if (begins) {
      from = start;
      depth = open.length;
    }
    if (empty) {
      if (begins) take(end);
      over = open.length === 0;
      return true;
    }
    if (from < 0) tags.push(buffer.slice(start, end));
    open.push(name);
    return true;
  };

  return {
    feed(text) {
      buffer += text;
      done = [];
      while (step());
      const keep = from >= 0 ? from : at;
      buffer = buffer.slice(keep);
      at -= keep;
      if (from >= 0) from = 0;
      if (buffer.length > maxLength) fail(`a record is longer than ${maxLength} characters`);
      return done.map(({ before, parts, after }) => before + parts.join("") + after);
    },
    header: () => header,
    finish() {
      if (!over || buffer.trim() !== "") fail("the message breaks off");
    },
  };
}

/** The offset behind the `>` of a tag, quotes heeded; -1 when it is not there yet. */
function endOfTag(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const stop = /["'<>]/gu;
    stop.lastIndex = at;
    const match = stop.exec(text);
    if (match === null) return -1;
    at = match.index;
    if (match[0] === ">") return at + 1;
    if (match[0] === "<") throw new SplitError("< within a tag");
    at = text.indexOf(match[0], at + 1);
    if (at < 0) return -1;
  }
}
