// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/**
 * Where straight-line writers put text: units in one buffer, tags eight characters at a time, texts checked and escaped in the
 * loop that copies them. Units are bytes of Latin-1, until a text needs more; what is long goes past the buffer, as strings.
 */

/** The part of Node's Buffer that makes a string of memory in one go. */
interface Memory {
  readonly latin1Slice?: (from: number, to: number) => string;
  readonly ucs2Slice?: (from: number, to: number) => string;
}

/** A text of ASCII that is written often. */
export interface Stretch {
  readonly text: string;
  /** Eight characters a number, as bytes and as units of two bytes; none of them makes a NaN. */
  readonly words: Float64Array;
  wide: Float64Array | undefined;
  /** The room that it takes, with what is copied beyond the end. */
  readonly size: number;
}

/** The tags of an element of simple content. */
export interface LeafTags {
  readonly open: Stretch;
  readonly close: Stretch;
  /** The room that both take, with a number or a boolean between them. */
  readonly size: number;
}

const size = 1 << 15;
/** Longer texts are joined as strings. */
const longest = 1 << 10;

const bytes = /*#__PURE__*/ new Uint8Array(size);
const view = /*#__PURE__*/ new DataView(bytes.buffer);
/** What stands in for the buffer once it is wide. */
let units: Uint16Array | undefined;
let wideView: DataView | undefined;
let isWide = false;
let at = 0;
/** What is no longer in the buffer. */
let done = "";
/** The last character that a byte carries: that of ASCII where nothing makes a string of Latin-1. */
let last = 0;

function memoryOf(array: Uint8Array | Uint16Array): Memory | undefined {
  return (globalThis as { Buffer?: { from(buffer: ArrayBufferLike): Memory } }).Buffer?.from(array.buffer);
}
let memory: Memory | undefined;
let wideMemory: Memory | undefined;

function flush(): void {
  if (at === 0) return;
  done +=
    units && isWide
      ? (wideMemory?.ucs2Slice?.(0, at * 2) ??
        new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units.subarray(0, at)))
      : (memory?.latin1Slice?.(0, at) ?? new TextDecoder().decode(bytes.subarray(0, at)));
  at = 0;
  isWide = false;
}

function hasRoom(length: number): boolean {
  if (at + length > size) flush();
  return at + length <= size;
}

/** From now on units are of two bytes, until the buffer is empty. */
function widen(): Uint16Array {
  if (!units) {
    units = new Uint16Array(size);
    wideView = new DataView(units.buffer);
    wideMemory = memoryOf(units);
  }
  if (!isWide) units.set(bytes.subarray(0, at));
  isWide = true;
  return units;
}

/** Copies to a place where there is room for it. */
function place({ text, words }: Stretch, to: number): number {
  for (let k = 0, p = to; k < words.length; k++, p += 8) view.setFloat64(p, words[k] as number, true);
  return to + text.length;
}

function placeWide(stretch: Stretch, to: number): number {
  const { text } = stretch;
  const words = (stretch.wide ??= wordsOf(text, 2));
  for (let k = 0, p = to * 2; k < words.length; k++, p += 8)
    wideView?.setFloat64(p, words[k] as number, true);
  return to + text.length;
}

/** What a function writes, as a string; `undefined` where it gives false. Such calls may be nested. */
export function collect(write: () => boolean): string | undefined {
  if (last === 0) {
    memory = memoryOf(bytes);
    last = memory?.latin1Slice ? 0xff : 0x7f;
  }
  flush();
  const outer = done;
  done = "";
  try {
    if (!write()) return undefined;
    flush();
    return done;
  } finally {
    at = 0;
    isWide = false;
    done = outer;
  }
}

/** Where the next text will stand. */
export function mark(): number {
  return done.length + at;
}

/** Drops all from a mark on. */
export function reset(mark: number): void {
  const rest = mark - done.length;
  at = Math.max(rest, 0);
  if (rest < 0) done = done.slice(0, mark);
}

/** Ends a start tag. */
export function end(): void {
  if (at === size) flush();
  if (isWide) (units as Uint16Array)[at++] = 62;
  else bytes[at++] = 62;
}

/** Writes what is written often. */
export function copy(stretch: Stretch): void {
  if (stretch.size > size || !hasRoom(stretch.size)) raw(stretch.text);
  else at = isWide ? placeWide(stretch, at) : place(stretch, at);
}

/** Writes a text as it is. */
export function raw(text: string): void {
  const n = text.length;
  if (n > longest) {
    flush();
    done += text;
    return;
  }
  if (at + n > size) flush();
  for (let k = 0; k < n; k++) {
    const c = text.charCodeAt(k);
    if (isWide || c > last) widen()[at++] = c;
    else bytes[at++] = c;
  }
}

/**
 * Writes an element as bytes; false, and nothing written, when the text is long, has characters that XML or a byte cannot carry, or
 * stands beside such: {@link wideText} may do it then. Both are apart so that engines inline what they need for this one.
 */
export function text({ open, close, size }: LeafTags, text: string): boolean {
  const n = text.length;
  // A character becomes five at most.
  if (isWide || n > longest || !hasRoom(size + 5 * n)) return false;
  const most = last;
  let p = place(open, at);
  for (let k = 0; k < n; k++) {
    const c = text.charCodeAt(k);
    if (c > 62 ? c <= most : c > 38 ? c !== 60 && c !== 62 : c > 31 ? c !== 38 : c === 10 || c === 9) {
      bytes[p++] = c;
      continue;
    }
    const reference = c < 63 ? references[c] : undefined;
    if (reference === undefined) return false;
    for (let j = 0; j < reference.length; j++) bytes[p++] = reference.charCodeAt(j);
  }
  at = place(close, p);
  return true;
}

/** Writes an element with units of two bytes, in the same way; what is no string is plain ASCII as one. */
export function wideText({ open, close, size }: LeafTags, value: string | number | boolean): boolean {
  const text = String(value);
  const n = text.length;
  if (n > longest || !hasRoom(size + 5 * n)) return false;
  const units = widen();
  let p = placeWide(open, at);
  for (let k = 0; k < n; k++) {
    const c = text.charCodeAt(k);
    if (c > 0xd7ff) {
      if (c < 0xdc00 && (text.charCodeAt(k + 1) & 0xfc00) === 0xdc00) units[p++] = text.charCodeAt(k++);
      else if (c < 0xe000 || c > 0xfffd) return false;
    } else if (c < 63) {
      const reference = references[c];
      if (reference !== undefined) {
        for (let j = 0; j < reference.length; j++) units[p++] = reference.charCodeAt(j);
        continue;
      }
      if (c < 32 && c !== 10 && c !== 9) return false;
    }
    units[p++] = text.charCodeAt(k);
  }
  at = placeWide(close, p);
  return true;
}

/** What stands for a character of a text. */
const references: Readonly<Record<number, string>> = { 13: "&#13;", 38: "&amp;", 60: "&lt;", 62: "&gt;" };

/** Writes an element that holds an integer as bytes. */
export function integer(tags: LeafTags, value: number): boolean {
  const { open, close, size } = tags;
  let rest = value | 0;
  if (rest !== value || rest < 0) return text(tags, String(value));
  if (isWide || !hasRoom(size)) return false;
  const start = place(open, at);
  let end = start + 1;
  for (let power = 10; power <= rest; power *= 10) end++;
  let p = end;
  do {
    const tens = (rest / 10) | 0;
    bytes[--p] = 48 + rest - tens * 10;
    rest = tens;
  } while (rest > 0);
  at = place(close, end);
  return true;
}

/** Writes an element that holds a boolean as bytes. */
export function boolean({ open, close, size }: LeafTags, value: boolean): boolean {
  if (isWide || !hasRoom(size)) return false;
  at = place(close, place(value ? yes : no, place(open, at)));
  return true;
}

const yes = /*#__PURE__*/ stretchOf("true");
const no = /*#__PURE__*/ stretchOf("false");

/** Makes a text ready to be copied. What is not ASCII finds no room, and is written in another way. */
export function stretchOf(text: string): Stretch {
  const size = /^[ -~]*$/.test(text) ? text.length + 8 : Infinity;
  return { text, words: wordsOf(text, 1), wide: undefined, size };
}

function wordsOf(text: string, width: number): Float64Array {
  const words = new Float64Array(Math.ceil((text.length * width) / 8));
  const units = new DataView(new ArrayBuffer(words.length * 8));
  for (let k = 0; k < text.length; k++) units.setUint8(k * width, text.charCodeAt(k));
  for (let k = 0; k < words.length; k++) words[k] = units.getFloat64(k * 8, true);
  return words;
}

/** The tags of a leaf. */
export function leafTags(start: string, end: string): LeafTags {
  const open = stretchOf(start);
  const close = stretchOf(end);
  return { open, close, size: open.size + close.size + 24 };
}
