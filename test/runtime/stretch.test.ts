/** Documents longer than the stretch that a scanner mirrors at once: nothing depends on where a stretch ends. */
import { afterAll, expect, test, vi } from "vitest";
import { listDocument, messageElement } from "../../bench/documents.js";
import {
  compileCodecs,
  decodeResult,
  fullValidation,
  interpretCodecs,
  string,
  type ElementDescriptor,
} from "../../templates/runtime/index.js";
import { createScanner, END, START, stretch, type Scanner } from "../../templates/runtime/scanner.js";

afterAll(() => compileCodecs());

/** All that a scanner tells, offsets counted from the end of what was put before. */
function eventsOf(text: string, before: number): unknown[] {
  const found: unknown[] = [];
  const tell = (s: Scanner, what: number): void => {
    const attributes = s.attributes.map(({ offset, ...rest }) => ({
      ...rest,
      middle: 0,
      offset: offset - before,
    }));
    found.push(
      what === START
        ? [s.prefix(), s.uri(), s.local(), attributes, s.lookup("p"), s.lookup("")]
        : [what, what === END ? "" : s.text()],
      s.position() - before,
      what === END ? 0 : s.offset() - before,
    );
  };
  try {
    const s = createScanner(text);
    s.root();
    for (let depth = 1, what; depth > 0; depth += what === START ? 1 : what === END ? -1 : 0) {
      what = s.next(depth % 2 === 0);
      if (s.position() > before) tell(s, what);
    }
    s.finish();
  } catch (error) {
    const { message, offset } = error as { message: string; offset: number };
    found.push(message.replace(/\d+/g, ""), offset - before);
  }
  return found;
}

const part =
  `<p:b p:c="1 > 2" d='&lt;'/>\r\n<x xmlns="urn:x" xmlns:p="urn:y"><p:y>one ]] &amp; <!-- < > & -->two</p:y  ><y/>` +
  `<![CDATA[<z a="]]>">]]]]><?pi < ?><y xmlns="">\u00e4<q>  </q></y>\t</x><p:longer.name-1>${"t".repeat(40)}</p:longer.name-1>`;
const ends = [
  "</a:root>\n<!-- < --> ",
  "</a:root><a/>",
  "</a:roo>",
  "</ >",
  "</a:root",
  "</a:ro",
  "<y",
  "<y a='<'/>",
  "<y a='1' a='2'/>",
  "]]></a:root>",
  "&no;</a:root>",
  "<![CDATA[",
  "\u0001</a:root>",
  "<q:y/></a:root>",
];

test("events are the same wherever a stretch ends", () => {
  const head = (pad: number): string => `<a:root xmlns:a="urn:a" xmlns:p="urn:p"><f>${"f".repeat(pad)}</f>`;
  const short = head(0);
  for (const end of ends) {
    const text = part + end;
    const wanted = eventsOf(short + text, short.length);
    for (let k = -2; k < text.length; k += 1 + Number(text[k] !== "<" && text[k + 1] !== "<")) {
      const long = head(stretch - short.length - k);
      const given = eventsOf(long + text, long.length);
      expect(given, `${end}, ${k} before the end`).toEqual(wanted);
    }
  }
});

test("values are the same wherever a stretch ends", { timeout: 60_000 }, () => {
  const text = listDocument(200).replace("?>", `?>${" ".repeat(8)}`);
  interpretCodecs();
  const wanted = JSON.stringify(decodeResult(messageElement, text));
  for (const compiled of [false, true]) {
    if (compiled) compileCodecs(0);
    for (const options of [{}, { validate: fullValidation }, { detach: false }])
      for (let k = 0; k < 1600; k += 61)
        expect(
          JSON.stringify(
            decodeResult(messageElement, text.replace("?>", `?><!--${"c".repeat(k)}-->`), options),
          ),
        ).toBe(wanted);
  }
});

test.each(["<![CDATA[", "<!--", "<?p "])(
  "a stretch may begin behind what holds the end of the last one (%s)",
  (opening) => {
    const closing = { "<![CDATA[": "]]>", "<!--": "-->" }[opening] ?? "?>";
    const text = (length: number): string => "t".repeat(length);
    // A little more than half a stretch lies between two places where one can end: those that are counted on are no longer.
    const half = (stretch >> 1) + 8;
    const long =
      `<a>${text(half - 3)}<b/>${text(half - 4)}${opening}${text(99)}<${text(99)}${closing}` +
      `${text(half - 100 - closing.length)}<c/>${text(half - 4)}<d/>${text(half)}</a>`;
    // A document that is refused leaves no room for the next one to use again.
    expect(() => createScanner("<a").root()).toThrow();
    const s = createScanner(long);
    s.root();
    const names: string[] = [];
    s.chars(() => {
      names.push(s.local());
      s.next(false);
    });
    s.finish();
    expect(names).toEqual(["b", "c", "d"]);
  },
);

test.each([">", " ", "/>"])(
  "nothing of another document is read behind the end of a stretch (%s)",
  async (left) => {
    // The first tags of a process are compared in another way.
    vi.resetModules();
    const { decode } = await import("../../templates/runtime/decode.js");
    const root: ElementDescriptor = {
      kind: "element",
      name: "r",
      tag: "r",
      type: { kind: "struct", name: "t", ns: "", content: [{ name: "v", type: string }] },
    };
    const texts = [left.repeat(stretch), "1".repeat(stretch), left, "2".repeat(2 * stretch)];
    for (const text of texts) expect(decode(root, `<r><v>${text}</v></r>`)).toEqual({ v: text });
  },
);

test("a tag and a text may be longer than a stretch", () => {
  const value = "v".repeat(stretch * 2 + 3);
  const s = createScanner(`<a><b c="${value}">${value}</b><![CDATA[${value}<]]><!--<${value}--><d/></a>`);
  s.root();
  expect(s.next(false)).toBe(START);
  expect(s.attributes[0]?.value).toBe(value);
  expect(s.chars(() => undefined)).toBe(value);
  expect(s.chars(() => s.next(false))).toBe(`${value}<`);
  s.finish();
});
