// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** From the bytes of an XML document to its text (XML 1.0, clause 4.3.3 and appendix F). */
import { XmlError } from "./errors.js";

/** The part of Node's Buffer that is used when it is there. */
interface FastBuffer {
  from(buffer: ArrayBufferLike, offset: number, length: number): { toString(encoding: "latin1"): string };
}

/** The text of a document, without a byte order mark, and how it was found. */
export interface DecodedXml {
  readonly text: string;
  /** The encoding used, in lower case. */
  readonly encoding: string;
  /** What the XML declaration says, in lower case; absent when it says nothing. */
  readonly declared?: string;
}

/** Why bytes are not text. */
export interface EncodingProblem {
  readonly problem: "unknown-encoding" | "malformed-encoding";
  /** The encoding that was tried or asked for. */
  readonly encoding: string;
  /** The first byte that does not fit, counted from 0. */
  readonly byte?: number;
}

/**
 * Decodes a document. A byte order mark decides, then the charset of the transport (RFC 7303), then the XML declaration, then
 * the pattern of the first bytes; else it is UTF-8. No byte is ever replaced: what does not fit is a problem.
 */
export function decodeXmlBytes(bytes: Uint8Array, httpCharset?: string): DecodedXml | EncodingProblem {
  const mark = byteOrderMark(bytes);
  const pattern = mark ?? firstBytes(bytes);
  const declared = declaredEncoding(bytes, pattern?.encoding);
  const encoding = mark?.encoding ?? chooseEncoding(pattern?.encoding, httpCharset ?? declared);
  const content = mark === undefined ? bytes : bytes.subarray(mark.length);
  const text = decode(content, encoding);
  if (typeof text !== "string") return text;
  return { text, encoding, ...(declared === undefined ? {} : { declared }) };
}

/** The text of a document, by the rules of {@link decodeXmlBytes}. Throws {@link XmlError} `encoding`. */
export function decodeXmlText(bytes: Uint8Array, httpCharset?: string): string {
  return decoderOf(bytes, httpCharset)(bytes, true);
}

/** How many bytes at least tell the encoding. */
export const encodingBytes = 256;

/** Decodes piece by piece, wherever the pieces end; `last` says that no other follows. */
export type XmlTextDecoder = (bytes: Uint8Array, last: boolean) => string;

/** What decodes a document that begins so; {@link encodingBytes} are enough. Throws {@link XmlError} `encoding`. */
export function decoderOf(start: Uint8Array, httpCharset?: string): XmlTextDecoder {
  const [a = 1, b = 1, c] = start;
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(
    decodeLatin1(start.subarray(0, encodingBytes)),
  )?.[1];
  const named = (httpCharset ?? declared ?? "").trim().toLowerCase();
  // The first two bytes of UTF-16, with a mark or without one.
  const wide = { 0xfffe: "utf-16le", 0x3c00: "utf-16le", 0xfeff: "utf-16be", 0x003c: "utf-16be" }[
    (a << 8) | b
  ];
  // What can be read byte by byte is not UTF-16, whatever is said.
  const marked = (a === 0xef && b === 0xbb && c === 0xbf) || /^$|^utf-?16|^ucs-2/.test(named);
  const label = wide ?? (marked ? "utf-8" : named);
  const attempt = <T>(run: () => T): T => {
    try {
      return run();
    } catch (cause) {
      throw new XmlError(
        "encoding",
        `The document cannot be decoded as ${label} (${(cause as Error).message})`,
        0,
      );
    }
  };
  const isAscii = ascii.test(label);
  if (isAscii || latin1.test(label)) {
    return (bytes) =>
      attempt(() => {
        const text = decodeLatin1(bytes);
        if (isAscii && /[\x80-\xff]/.test(text)) throw new TypeError("a byte beyond 0x7F");
        return text;
      });
  }
  const decoder = attempt(() => new TextDecoder(label, { fatal: true }));
  return (bytes, last) => {
    const text = attempt(() => decoder.decode(bytes, { stream: !last }));
    return withWindows1252(decoder, text);
  };
}

/** ISO-8859-1: each byte is the code point. `TextDecoder` takes the label for windows-1252, and not on every host alike. */
export function decodeLatin1(bytes: Uint8Array): string {
  const fast = (globalThis as { Buffer?: FastBuffer }).Buffer;
  if (fast) return fast.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return parts.join("");
}

// Labels that `TextDecoder` takes for windows-1252.
const latin1 = /^(iso[-_]?8859-?1(:1987)?|iso-ir-100|latin-?1|l1|(cp|ibm)819|csisolatin1)$/;
const ascii = /^((us-)?ascii|iso646-us|ansi_x3\.4-1968)$/;

/** Bytes 0x80 to 0x9F of windows-1252; the unassigned ones stand for themselves. */
const windows1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

// The types of Node alone name no type `TextDecoder`.
type Decoder = InstanceType<typeof TextDecoder>;

/** Some hosts take windows-1252 for ISO-8859-1, whatever it is called. */
function withWindows1252({ encoding }: Decoder, text: string): string {
  return encoding === "windows-1252"
    ? text.replace(/[\x80-\x9f]/g, (c) => windows1252.charAt(c.charCodeAt(0) - 0x80))
    : text;
}

interface Signature {
  readonly encoding: string;
  /** Bytes of the mark. */
  readonly length: number;
}

function byteOrderMark(bytes: Uint8Array): Signature | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: "utf-32le", length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: "utf-32be", length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

/** The family of encodings that the first characters, `<` and what follows, tell. */
function firstBytes(bytes: Uint8Array): Signature | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return { encoding: "utf-32le", length: 0 };
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return { encoding: "utf-32be", length: 0 };
  if (a === 0x3c && b === 0) return { encoding: "utf-16le", length: 0 };
  if (a === 0 && b === 0x3c) return { encoding: "utf-16be", length: 0 };
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) return { encoding: "ebcdic", length: 0 };
  return undefined;
}

/** What the XML declaration names; it holds ASCII only, so that every second byte is enough for UTF-16. */
function declaredEncoding(bytes: Uint8Array, pattern: string | undefined): string | undefined {
  const wide = pattern === "utf-16le" || pattern === "utf-16be";
  if (pattern !== undefined && pattern !== "utf-8" && !wide) return undefined;
  const mark = byteOrderMark(bytes)?.length ?? 0;
  const ascii = decodeLatin1(bytes.subarray(mark, mark + 1024)).replaceAll("\0", "");
  const declaration = /^<\?xml\s[^?>]*\?>/u.exec(ascii)?.[0];
  return declaration
    ?.match(/\sencoding\s*=\s*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)')/u)
    ?.slice(1)
    .find((name) => name !== undefined)
    ?.toLowerCase();
}

function chooseEncoding(pattern: string | undefined, named: string | undefined): string {
  const name = named?.trim().toLowerCase();
  // A document whose declaration can be read byte by byte is not UTF-16, whatever the declaration says.
  if (name === undefined || /^(?:utf-?16|ucs-2|iso-10646-ucs-2|unicode)/u.test(name))
    return pattern ?? "utf-8";
  return pattern ?? name;
}

function decode(bytes: Uint8Array, encoding: string): string | EncodingProblem {
  if (latin1.test(encoding)) return decodeLatin1(bytes);
  if (ascii.test(encoding)) {
    const byte = bytes.findIndex((value) => value > 0x7f);
    return byte === -1 ? decodeLatin1(bytes) : { problem: "malformed-encoding", encoding, byte };
  }
  let decoder: Decoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch {
    return { problem: "unknown-encoding", encoding };
  }
  try {
    return withWindows1252(decoder, decoder.decode(bytes));
  } catch {
    const byte = decoder.encoding === "utf-8" ? firstMalformedUtf8(bytes) : undefined;
    return { problem: "malformed-encoding", encoding, ...(byte === undefined ? {} : { byte }) };
  }
}

/** Where UTF-8 breaks: the longest prefix that decodes, found by halving. */
function firstMalformedUtf8(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      // `stream` lets a prefix end inside a character.
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, low));
  } catch {
    // A character that is begun and not ended: back to its first byte.
    while (low > 0 && ((bytes[low - 1] ?? 0) & 0xc0) === 0x80) low--;
    if (low > 0) low--;
  }
  return low;
}
