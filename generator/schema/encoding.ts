/** From the bytes of a schema document to its text, with diagnostics. */
import type { Report } from "../diagnostics.js";
import { decodeXmlBytes } from "../../templates/runtime/encoding.js";

/** A document may have this many UTF-16 units. */
export const maxLength = 64 * 1024 * 1024;

/** Whether a text, which is the report's from now on, is short enough to be read; what is too long is reported. */
export function admitText(file: string, text: string, report: Report): boolean {
  report.addText(file, text);
  if (text.length <= maxLength) return true;
  const message = `the document has ${String(text.length)} characters; ${String(maxLength)} are allowed`;
  report.add({ code: "document-too-large", severity: "error", message, at: { file, start: 0, end: 0 } });
  return false;
}

/** Decodes a file. What is wrong goes to the report; undefined when there is no text. */
export function decodeSource(
  path: string,
  bytes: Uint8Array,
  report: Report,
  httpCharset?: string,
): string | undefined {
  const decoded = decodeXmlBytes(bytes, httpCharset);
  const clause = "XML 1.0 4.3.3";
  if ("text" in decoded) {
    const { text, encoding, declared } = decoded;
    if (declared !== undefined && !isSame(declared, encoding)) {
      report.addText(path, text);
      const end = text.indexOf("?>");
      report.add({
        code: "declared-encoding-differs",
        severity: "warning",
        message: `the document declares the encoding ${declared}, but its bytes are ${encoding}`,
        at: { file: path, start: 0, end: end === -1 ? 0 : end + 2 },
        hint: "correct the declaration",
        clause,
      });
    }
    return text;
  }
  const { problem, encoding, byte } = decoded;
  if (problem === "unknown-encoding") {
    report.addText(path, "");
    report.add({
      code: "unknown-encoding",
      severity: "error",
      message: `${path}: the encoding ${encoding} is not known`,
      at: { file: path, start: 0, end: 0 },
      hint: "save the file as UTF-8",
      clause,
    });
    return undefined;
  }
  const value = byte === undefined ? undefined : bytes[byte];
  const where =
    byte === undefined || value === undefined
      ? ""
      : `: byte ${String(byte)} (0x${value.toString(16).toUpperCase().padStart(2, "0")}) does not fit`;
  // The text up to the byte gives the line and column of the place.
  const before = byte === undefined ? "" : new TextDecoder().decode(bytes.subarray(0, byte));
  report.addText(path, before);
  report.add({
    code: "malformed-encoding",
    severity: "error",
    message: `the file is not ${encoding}${where}`,
    at: { file: path, start: before.length, end: before.length },
    hint: "save the file as UTF-8, or declare its encoding in the XML declaration",
    clause,
  });
  return undefined;
}

/** Whether what is declared and what was used are the same encoding, as labels go. */
function isSame(declared: string, used: string): boolean {
  const plain = (label: string): string =>
    label.replace(/[^a-z0-9]/gu, "").replace(/^(utf16)(?:le|be)$/u, "$1");
  return plain(declared) === plain(used) || (plain(declared) === "iso10646ucs2" && plain(used) === "utf16");
}
