/** Names and characters of XML 1.0 (5th edition) and Namespaces in XML 1.0 (3rd edition). */

const startChar =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F" +
  "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const nameChar = `${startChar}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;

const name = new RegExp(`[${startChar}:][${nameChar}:]*`, "uy");
const nmtoken = new RegExp(`[${nameChar}:]+`, "uy");
const qName = new RegExp(`^(?:[${startChar}][${nameChar}]*:)?[${startChar}][${nameChar}]*$`, "u");

/** What an ASCII character may be in a name: 1 anywhere but at its beginning, 3 anywhere, 0 nothing. */
const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_:]/u.test(character) ? 3 : /[-.0-9]/u.test(character) ? 1 : 0;
});

/** The offset after the Name (clause 2.3, production 5) that begins at `at`; `at` itself when none does. */
export function endOfName(text: string, at: number): number {
  let code = text.charCodeAt(at);
  if (code < 128 && asciiKinds[code] !== 3) return at;
  let end = at;
  while (code < 128 && asciiKinds[code] !== 0) code = text.charCodeAt(++end);
  return code >= 128 ? endOf(name, text, at) : end;
}

/** The offset after the Nmtoken that begins at `at`; `at` itself when none does. */
export function endOfNmtoken(text: string, at: number): number {
  return endOf(nmtoken, text, at);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Whether a text is a name without a colon. */
export function isNCName(text: string): boolean {
  return isQName(text) && !text.includes(":");
}

/** Whether a text is a name with at most one colon, and that inside. */
export function isQName(text: string): boolean {
  let local = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) return qName.test(text);
    if (code === 0x3a) {
      if (local > 0 || at === 0) return false;
      local = at + 1;
    } else if (asciiKinds[code] !== 3 && (at === local || asciiKinds[code] !== 1)) return false;
  }
  return local < text.length;
}

/** The first character that production 2 (Char) forbids, lone surrogates included. */
export function firstForbiddenCharacter(text: string): number {
  return text.search(/[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u);
}

/** Whether production 2 (Char) allows a code point. */
export function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** Line ends as clause 2.11 gives them to an application. */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/gu, "\n") : text;
}

/** Bound to `xml`, and to nothing else. */
export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
