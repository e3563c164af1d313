import { expect, test, vi } from "vitest";
import { decodeLatin1, decodeXmlBytes, decodeXmlText } from "../../templates/runtime/encoding.js";
import { XmlError } from "../../templates/runtime/errors.js";

const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
const everyCodePoint = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");

test.each(["iso-8859-1", "ISO-8859-1", "latin1", " ISO8859-1 "])("%s keeps all 256 bytes", (label) => {
  expect(decodeXmlText(everyByte, label)).toBe(everyCodePoint);
});

test("Latin-1 is the same without Buffer", () => {
  vi.stubGlobal("Buffer", undefined);
  try {
    const long = Uint8Array.from({ length: 20_000 }, (_, i) => i & 255);
    expect(decodeLatin1(everyByte)).toBe(everyCodePoint);
    expect(decodeLatin1(long)).toHaveLength(20_000);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("windows-1252 is told from ISO-8859-1", () => {
  expect(decodeXmlText(bytesOf('<?xml version="1.0" encoding="windows-1252"?><a>\x80</a>'))).toContain(
    "<a>\u20ac</a>",
  );
  expect(decodeXmlText(bytesOf('<?xml version="1.0" encoding="ISO-8859-1"?><a>\x80</a>'))).toContain(
    "<a>\x80</a>",
  );
});

test.each(["cp1252", "CP1252", "x-cp1252", "windows-1252"])(
  "%s is windows-1252, in each reader of bytes",
  (label) => {
    const bytes = bytesOf("<a>\x80\x81\x9c\xe9</a>");
    const wanted = "<a>\u20ac\u0081\u0153\xe9</a>";
    expect(decodeXmlText(bytes, label)).toBe(wanted);
    expect(decodeXmlBytes(bytes, label)).toMatchObject({ text: wanted });
  },
);

test.each(["cp819", "IBM819", "l1", "iso88591", "iso_8859-1:1987", "ISO-IR-100", "csISOLatin1"])(
  "%s is ISO-8859-1, in each reader of bytes",
  (label) => {
    expect(decodeXmlText(everyByte, label)).toBe(everyCodePoint);
    expect(decodeXmlBytes(everyByte, label)).toMatchObject({ text: everyCodePoint });
  },
);

test.each(["us-ascii", "ASCII", "iso646-us", "ANSI_X3.4-1968"])("%s has seven bits", (label) => {
  expect(decodeXmlText(bytesOf("<a/>"), label)).toBe("<a/>");
  expect(() => decodeXmlText(bytesOf("<a>\xe9</a>"), label)).toThrow("0x7F");
  expect(decodeXmlBytes(bytesOf("<a>\xe9</a>"), label)).toMatchObject({
    problem: "malformed-encoding",
    byte: 3,
  });
});

test("one byte is no beginning of UTF-16", () => {
  expect(decodeXmlText(bytesOf("<"))).toBe("<");
  expect(decodeXmlText(bytesOf(""))).toBe("");
});

const text = '<?xml version="1.0"?><a>Zürich 会议 😀</a>';
test.each<[string, Uint8Array, string | undefined, string]>([
  ["UTF-8 by default", utf8(text), undefined, text],
  ["UTF-8 with a mark", utf8("\ufeff" + text), undefined, text],
  ["UTF-16LE with a mark", utf16("\ufeff" + text, true), undefined, text],
  ["UTF-16BE with a mark", utf16("\ufeff" + text, false), undefined, text],
  ["UTF-16LE without a mark", utf16(text, true), undefined, text],
  ["UTF-16BE without a mark", utf16(text, false), undefined, text],
  [
    "the HTTP charset before the declaration",
    utf8('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'),
    "utf-8",
    '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>',
  ],
  ["the mark before the HTTP charset", utf8("\ufeff<a>ü</a>"), "iso-8859-1", "<a>ü</a>"],
  [
    "the declaration in single quotes",
    bytesOf("<?xml version='1.0' encoding='iso-8859-1'?><a>\xfc</a>"),
    undefined,
    "<?xml version='1.0' encoding='iso-8859-1'?><a>ü</a>",
  ],
  [
    "Shift_JIS",
    Uint8Array.of(0x3c, 0x61, 0x3e, 0x93, 0xfa, 0x96, 0x7b, 0x3c, 0x2f, 0x61, 0x3e),
    "Shift_JIS",
    "<a>日本</a>",
  ],
  ["GB2312", Uint8Array.of(0x3c, 0x61, 0x3e, 0xd6, 0xd0, 0x3c, 0x2f, 0x61, 0x3e), "GB2312", "<a>中</a>"],
  ["a subarray", utf8("xx" + text).subarray(2), undefined, text],
])("%s", (_, bytes, charset, expected) => {
  expect(decodeXmlText(bytes, charset)).toBe(expected);
});

test.each<[string, Uint8Array, string | undefined]>([
  ["UTF-8 broken in the middle", bytesOf("<a>\xc3\x28</a>"), undefined],
  ["UTF-8 cut off", bytesOf("<a>\xe4\xbc"), undefined],
  ["ASCII with a high byte", bytesOf("<a>\xfc"), "us-ascii"],
  ["an unknown label", bytesOf("<a/>"), "no-such-charset"],
])("refuses %s", (_, bytes, charset) => {
  let error: unknown;
  try {
    decodeXmlText(bytes, charset);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(XmlError);
  expect(error).toMatchObject({ code: "encoding" });
});
