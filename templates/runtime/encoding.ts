/** From bytes to text: which encoding an XML document is in, and decoding it without guessing. */
import { XmlError } from "./errors.js";

/** The part of Node's Buffer that is used when it is there. */
interface FastBuffer {
  from(buffer: ArrayBufferLike, offset: number, length: number): { toString(encoding: "latin1"): string };
}

/** Code points of bytes 0x80 to 0x9F in windows-1252; some hosts' TextDecoder leaves them as C1 controls. */
const WINDOWS_1252 =
  "\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F" +
  "\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178";

/**
 * Decodes an XML document: the byte order mark, then the HTTP charset, then the XML declaration, then UTF-8 decide
 * (XML 1.0, appendix F; RFC 7303). A mark cannot contradict a charset that is right: under any other encoding the
 * document would not begin with `<`. Throws {@link XmlError} `encoding` for bytes that are not in the encoding.
 */
export function decodeXmlBytes(bytes: Uint8Array, httpCharset?: string): string {
  const label = markOf(bytes) ?? (httpCharset || declaredEncoding(bytes));
  return decodeBytes(bytes, label);
}

/** Decodes bytes in a named encoding, a byte order mark left out. Throws {@link XmlError} `encoding`. */
export function decodeBytes(bytes: Uint8Array, label: string): string {
  switch (label.trim().toLowerCase()) {
    case "iso-8859-1":
    case "iso8859-1":
    case "iso_8859-1":
    case "latin1":
    case "latin-1":
    case "l1":
      return decodeLatin1(bytes);
    case "us-ascii":
    case "ascii": {
      const at = bytes.findIndex((byte) => byte > 0x7f);
      if (at >= 0) throw malformed(label, at);
      return decodeLatin1(bytes);
    }
    case "windows-1252":
    case "cp1252":
      return decodeLatin1(bytes).replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80));
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    throw new XmlError("encoding", `The encoding ${JSON.stringify(label)} is not supported`, 0);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed(label, firstMalformed(bytes, label));
  }
}

/** ISO-8859-1: every byte is the code point of the same number, 0x80 to 0x9F included. */
export function decodeLatin1(bytes: Uint8Array): string {
  const fast = (globalThis as { Buffer?: FastBuffer }).Buffer;
  if (fast) return fast.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0x3c && bytes[1] === 0) return "utf-16le";
  if (bytes[0] === 0 && bytes[1] === 0x3c) return "utf-16be";
  const head = decodeLatin1(bytes.subarray(0, 256));
  const label = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]*)["']/.exec(head)?.[1] ?? "utf-8";
  // What could be read byte by byte so far is not in an encoding of two bytes.
  if (/^(utf-?16|ucs-?2|iso-10646-ucs)/i.test(label)) throw malformed(label, 0);
  return label;
}

function malformed(label: string, offset: number): XmlError {
  return new XmlError("encoding", `The document is not ${label}: malformed at byte ${offset}`, offset);
}

/** The byte at which decoding fails, by halving: only ever run on the way to an error. */
function firstMalformed(bytes: Uint8Array, label: string): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
