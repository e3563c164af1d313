// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Where straight-line writers put text: units in one buffer, tags in words of eight characters, texts checked and escaped in the
 * loop that copies them. Units are bytes of Latin-1, until a text needs more. What is full goes on to memory that grows, so that
 * a document becomes a string in one step: a string that is joined of parts is copied once more by whoever looks at it.
 */

/** The part of Node's Buffer that makes a string of memory in one go. */
interface Memory {
  readonly latin1Slice?: (from: number, to: number) => string;
  readonly ucs2Slice?: (from: number, to: number) => string;
}

/** Memory that is seen in units of either width. */
interface Room {
  readonly narrow: Uint8Array;
  readonly wide: Uint16Array;
  readonly memory: Memory | undefined;
}

/** A text of ASCII that is written often. */
export interface Stretch {
  readonly text: string;
  /** Eight characters a number, as bytes and as units of two bytes; none of them makes a NaN. They are copied three at a time. */
  readonly words: Float64Array;
  wide: Float64Array | undefined;
  /** The room that it takes, with what is copied beyond the end. */
  readonly size: number;
}

/** The tags of an element of simple content. */
export interface LeafTags {
  readonly open: Stretch;
  readonly close: Stretch;
  /** The room that both take, with a number between them. */
  readonly size: number;
  /** The only values that there are, where no character of them needs a reference; and the whole elements, once they are asked for. */
  readonly values: readonly unknown[];
  readonly whole: Map<unknown, Stretch>;
}

const size = 1 << 15;
/** Longer texts are not copied unit by unit. */
const longest = 1 << 10;
/** Room before what is gathered, for the start of a document: it is known last. */
const margin = 1 << 11;
/** A larger room is not kept. */
const largest = 1 << 23;

const bytes = /*#__PURE__*/ new Uint8Array(2 * size);
const view = /*#__PURE__*/ new DataView(bytes.buffer);
/** The buffer once it is wide. */
const units = /*#__PURE__*/ new Uint16Array(bytes.buffer);
let buffer: Room | undefined;
let isWide = false;
let at = 0;
/** What is no longer in the buffer: so many units behind the margin of a room. */
let room: Room | undefined;
let lastRoom: WeakRef<Room> | undefined;
let isRoomWide = false;
let gathered = 0;
/** A whole document waits for {@link join}. */
let isWaiting = false;
/** The last character that a byte carries: that of ASCII where nothing makes a string of Latin-1. */
let last = 0;

function roomOf(narrow: Uint8Array): Room {
  const { Buffer } = globalThis as { Buffer?: { from(buffer: ArrayBufferLike): Memory } };
  return { narrow, wide: new Uint16Array(narrow.buffer), memory: Buffer?.from(narrow.buffer) };
}

/** Units as a string. */
function slice({ narrow, wide, memory }: Room, isWide: boolean, from: number, to: number): string {
  return isWide
    ? (memory?.ucs2Slice?.(from * 2, to * 2) ??
        new TextDecoder("utf-16le", { ignoreBOM: true }).decode(wide.subarray(from, to)))
    : (memory?.latin1Slice?.(from, to) ?? new TextDecoder().decode(narrow.subarray(from, to)));
}

/** Gives the units of a room, with a place for so many more behind those that were gathered. */
function makeRoom(n: number, wide: boolean): Uint8Array | Uint16Array {
  const isWider = wide && !isRoomWide;
  const end = margin + gathered;
  const length = (end + n) * (wide || isRoomWide ? 2 : 1);
  const old = (room ??= lastRoom?.deref());
  if (!room || room.narrow.length < length) {
    room = roomOf(new Uint8Array(2 ** Math.ceil(Math.log2(Math.max(length, 4 * size)))));
    if (old) room.narrow.set(old.narrow);
    // Who writes one long document mostly writes another; a collection may take the room.
    if (length < largest) lastRoom = new WeakRef(room);
  }
  if (isWider) room.wide.set(room.narrow.subarray(0, end));
  isRoomWide ||= wide;
  return isRoomWide ? room.wide : room.narrow;
}

/** Empties the buffer. */
function flush(): void {
  if (at === 0) return;
  makeRoom(at, isWide).set((isWide ? units : bytes).subarray(0, at), margin + gathered);
  gathered += at;
  at = 0;
  isWide = false;
}

function hasRoom(length: number): boolean {
  if (at + length > size) flush();
  return at + length <= size;
}

/** From now on units are of two bytes, until the buffer is empty. */
function widen(): void {
  if (!isWide) units.set(bytes.subarray(0, at));
  isWide = true;
}

/** Copies to a place where there is room for it. */
function place({ text, words }: Stretch, to: number): number {
  for (let k = 0, p = to; k < words.length; k += 3, p += 24) {
    view.setFloat64(p, words[k] as number, true);
    view.setFloat64(p + 8, words[k + 1] as number, true);
    view.setFloat64(p + 16, words[k + 2] as number, true);
  }
  return to + text.length;
}

function placeWide(stretch: Stretch, to: number): number {
  const words = (stretch.wide ??= wordsOf(stretch.text, 2));
  for (let k = 0, p = to * 2; k < words.length; k++, p += 8) view.setFloat64(p, words[k] as number, true);
  return to + stretch.text.length;
}

function clear(): void {
  at = gathered = 0;
  isWide = isRoomWide = isWaiting = false;
  room = undefined;
}

/** What was put from a mark on. */
function since(mark: number): string {
  if (mark >= gathered) return slice(buffer as Room, isWide, mark - gathered, at);
  flush();
  return slice(room as Room, isRoomWide, margin + mark, margin + gathered);
}

/**
 * What a function writes, as a string; `undefined` where it gives false. Such calls may be nested. The outermost one may leave
 * what it has written to {@link join}, and gives "" then.
 */
export function collect(write: () => boolean, joined: boolean): string | undefined {
  buffer ??= roomOf(bytes);
  last = buffer.memory?.latin1Slice ? 0xff : 0x7f;
  // Nobody has come for it.
  if (isWaiting) clear();
  const start = mark();
  try {
    if (!write()) return undefined;
    if (start > 0 || !joined) return since(start);
    isWaiting = true;
    return "";
  } finally {
    if (start > 0) reset(start);
    else if (!isWaiting) clear();
  }
}

/** What {@link collect} has left, with a text before it and one behind it. */
export function join(before: string, after: string): string {
  if (!isWaiting) return before + after;
  raw(after);
  const n = before.length;
  const fits = gathered > 0 && n <= margin;
  if (fits) putUnits(before, -n, 0);
  const whole = fits ? since(-n) : before + since(0);
  clear();
  return whole;
}

/** Puts a text into the room, where there is to be room for so many more units. */
function putUnits(text: string, place: number, more: number): void {
  const units = makeRoom(more, (last === 0xff ? /[^\0-\xff]/ : /[^\0-\x7f]/).test(text));
  for (let k = 0; k < text.length; k++) units[margin + place + k] = text.charCodeAt(k);
}

/** Where the next text will stand. */
export function mark(): number {
  return gathered + at;
}

/** Drops all from a mark on. */
export function reset(mark: number): void {
  at = Math.max(mark - gathered, 0);
  if (mark >= gathered) return;
  gathered = mark;
  isWide = false;
}

/** Ends a start tag. */
export function end(): void {
  if (at === size) flush();
  (isWide ? units : bytes)[at++] = 62;
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
    putUnits(text, gathered, n);
    gathered += n;
    return;
  }
  if (at + n > size) flush();
  for (let k = 0; k < n; k++) {
    const c = text.charCodeAt(k);
    if (c > last) widen();
    (isWide ? units : bytes)[at++] = c;
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

/** Writes an element with units of two bytes, in the same way. */
export function wideText({ open, close, size }: LeafTags, text: string): boolean {
  const n = text.length;
  if (n > longest || !hasRoom(size + 5 * n)) return false;
  widen();
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
const references: Readonly<Record<number, string>> = {
  13: "&#13;",
  38: "&amp;",
  60: "&lt;",
  62: "&gt;",
};

/** Writes an element that holds an integer as bytes. */
export function integer(tags: LeafTags, value: number): boolean {
  const { open, close, size } = tags;
  let rest = value | 0;
  if (isWide || rest !== value || rest < 0) {
    const digits = String(value);
    return text(tags, digits) || wideText(tags, digits);
  }
  if (!hasRoom(size)) return false;
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

/** Writes an element that holds one of {@link LeafTags.values}; false, and nothing written, when the value is something else. */
export function whole(tags: LeafTags, value: unknown): boolean {
  const stretch = tags.whole.get(value) ?? wholeOf(tags, value);
  if (stretch === undefined || stretch.size > size || !hasRoom(stretch.size)) return false;
  at = isWide ? placeWide(stretch, at) : place(stretch, at);
  return true;
}

function wholeOf({ open, close, values, whole }: LeafTags, value: unknown): Stretch | undefined {
  if (!values.includes(value)) return undefined;
  const stretch = stretchOf(open.text + String(value) + close.text);
  whole.set(value, stretch);
  return stretch;
}

/** Makes a text ready to be copied. What is not ASCII finds no room, and is written in another way. */
export function stretchOf(text: string): Stretch {
  const size = /^[ -~]*$/.test(text) ? text.length + 24 : Infinity;
  return { text, words: wordsOf(text, 1), wide: undefined, size };
}

function wordsOf(text: string, width: number): Float64Array {
  const words = new Float64Array(3 * Math.ceil((text.length * width) / 24));
  const units = new DataView(new ArrayBuffer(words.length * 8));
  for (let k = 0; k < text.length; k++) units.setUint8(k * width, text.charCodeAt(k));
  for (let k = 0; k < words.length; k++) words[k] = units.getFloat64(k * 8, true);
  return words;
}

/** The tags of a leaf. */
export function leafTags(start: string, end: string, values: readonly unknown[]): LeafTags {
  const open = stretchOf(start);
  const close = stretchOf(end);
  return {
    open,
    close,
    size: open.size + close.size + 24,
    values,
    whole: new Map(),
  };
}
