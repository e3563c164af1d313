import { expect, test, vi } from "vitest";
import { DecodeError, XmlError } from "../../templates/runtime/errors.js";
import { createScanner, END, START, type ScannerOptions } from "../../templates/runtime/scanner.js";

interface Node {
  name: string;
  attributes?: Record<string, string>;
  children?: (Node | string)[];
}

/** A plain tree of a document, by the scanner alone. */
function parse(text: string, options?: ScannerOptions): Node {
  const s = createScanner(text, options);
  s.root();
  const expanded = (uri: string, local: string) => (uri === "" ? local : `{${uri}}${local}`);
  const read = (): Node => {
    const node: Node = { name: expanded(s.uri(), s.local()) };
    for (const { uri, local, value } of s.attributes) (node.attributes ??= {})[expanded(uri, local)] = value;
    for (;;) {
      const found = s.next(true);
      if (found === END) return node;
      (node.children ??= []).push(found === START ? read() : s.text());
    }
  };
  const root = read();
  s.finish();
  return root;
}

function errorOf(run: () => unknown): XmlError {
  try {
    run();
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  return expect.fail("no error");
}

const malformed: [what: string, text: string, line: number, column: number][] = [
  ["a mismatched end tag", "<a>\n<b></a></b>", 2, 4],
  ["an unclosed element", "<a><b>x</b>", 1, 12],
  ["two roots", "<a/><b/>", 1, 5],
  ["an undefined entity", "<a>&foo;</a>", 1, 4],
  ["a bare &", "<a>x & y</a>", 1, 6],
  ["a bare & at the end", "<a>&amp</a>", 1, 4],
  ["a duplicate attribute", '<a x="1" x="2"/>', 1, 10],
  ["a duplicate attribute through two prefixes", '<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>', 1, 36],
  ["an unquoted attribute", "<a x=1/>", 1, 6],
  ["an attribute without a value", "<a x/>", 1, 5],
  ["a control character", "<a>\u0001</a>", 1, 4],
  ["a value without =", "<a x '1'/>", 1, 6],
  ["a NUL", "<a>\0</a>", 1, 4],
  ["U+FFFE", "<a>\ufffe</a>", 1, 4],
  ["a lone high surrogate", "<a>\ud800x</a>", 1, 4],
  ["a lone low surrogate", "<a>\udc00</a>", 1, 4],
  ["a control character in a comment", "<a><!-- \u0002 --></a>", 1, 9],
  ["a control character in CDATA", "<a><![CDATA[\u0002]]></a>", 1, 13],
  ["a control character in an attribute", '<a x="\u0002"/>', 1, 7],
  ["a character reference to a control character", "<a>&#1;</a>", 1, 4],
  ["a character reference to a surrogate", "<a>&#xD800;</a>", 1, 4],
  ["a character reference beyond Unicode", "<a>&#x110000;</a>", 1, 4],
  ["a character reference of many digits", `<a>&#${"9".repeat(400)};</a>`, 1, 4],
  ["< in an attribute", '<a x="<"/>', 1, 7],
  ["]]> in text", "<a>]]></a>", 1, 4],
  ["an unbound prefix", "<p:a/>", 1, 2],
  ["an unbound prefix of an attribute", '<a p:x="1"/>', 1, 4],
  ["a prefix out of scope", '<a><b xmlns:p="u"/><p:c/></a>', 1, 21],
  ["text after the root", "<a/>x", 1, 5],
  ["text before the root", "x<a/>", 1, 1],
  ["-- in a comment", "<a><!-- a -- b --></a>", 1, 11],
  ["an unclosed comment", "<a><!-- </a>", 1, 8],
  ["an unclosed CDATA section", "<a><![CDATA[ </a>", 1, 13],
  ["CDATA outside of the root", "<![CDATA[x]]><a/>", 1, 1],
  ["an empty document", "", 1, 1],
  ["white space only", " \n ", 2, 2],
  ["JSON", '{"a":1}', 1, 1],
  [
    "an HTML error page",
    "<!DOCTYPE html><html><head><meta charset=utf-8><br></head><body>x</body></html>",
    1,
    1,
  ],
  ["a truncated tag", "<a><b", 1, 6],
  ["a truncated attribute", '<a b="c', 1, 8],
  ["a bad name", "<1a/>", 1, 2],
  ["a name with a wrong character", "<a\u00d7/>", 1, 2],
  ["a name that ends with a colon", '<a: xmlns:a="u"/>', 1, 2],
  ["two colons", '<a:b:c xmlns:a="u"/>', 1, 5],
  ["no white space between attributes", '<a x="1"y="2"/>', 1, 9],
  ["an XML declaration in the middle", '<a/><?xml version="1.0"?>', 1, 5],
  ["white space before the XML declaration", ' <?xml version="1.0"?><a/>', 1, 2],
  ["an XML declaration without a version", '<?xml encoding="UTF-8"?><a/>', 1, 1],
  [
    "an XML declaration in the wrong order",
    '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>',
    1,
    1,
  ],
  ["a processing instruction without a target", "<a><? x?></a>", 1, 4],
  ["the prefix xmlns declared", '<a xmlns:xmlns="u"/>', 1, 4],
  ["the prefix xml for another namespace", '<a xmlns:xml="u"/>', 1, 4],
  ["another prefix for the xml namespace", '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>', 1, 4],
  ["a prefix undeclared", '<a xmlns:x=""/>', 1, 4],
  ["a prefix declared twice", '<a xmlns:x="u" xmlns:x="v"/>', 1, 16],
  ["the default namespace declared twice", '<a xmlns="u" xmlns="v"/>', 1, 14],
  ["a misspelt section", "<a><![CDAT[x]]></a>", 1, 4],
  ["a start tag within a tag", "<a <b/></a>", 1, 4],
  ["an end tag with attributes", '<a></a x="1">', 1, 4],
];
test.each(malformed)("refuses %s", (_, text, line, column) => {
  const error = errorOf(() => parse(text));
  expect([error.line, error.column, error.message]).toEqual([
    line,
    column,
    expect.stringContaining(`(line ${line}, column ${column})`),
  ]);
  expect(error).toBeInstanceOf(DecodeError);
});

test("lines end with LF, CR LF or CR", () => {
  expect(errorOf(() => parse("<a>\r\n\r\n\n\r  &x;</a>"))).toMatchObject({ line: 5, column: 3 });
});

test.each<[string, string, Node]>([
  [
    "prefixes by URI",
    '<p:a xmlns:p="u"><q:b xmlns:q="u" xmlns:p="v"><p:c/></q:b><p:d/></p:a>',
    { name: "{u}a", children: [{ name: "{u}b", children: [{ name: "{v}c" }] }, { name: "{u}d" }] },
  ],
  [
    "the default namespace",
    '<a xmlns="u"><b xmlns=""><c x="1"/></b><d/></a>',
    {
      name: "{u}a",
      children: [{ name: "b", children: [{ name: "c", attributes: { x: "1" } }] }, { name: "{u}d" }],
    },
  ],
  [
    "a declaration after its use",
    '<p:a p:x="1" xmlns:p="u"/>',
    { name: "{u}a", attributes: { "{u}x": "1" } },
  ],
  [
    "the xml prefix",
    '<a xml:space="preserve" xml:lang="de"/>',
    {
      name: "a",
      attributes: {
        "{http://www.w3.org/XML/1998/namespace}space": "preserve",
        "{http://www.w3.org/XML/1998/namespace}lang": "de",
      },
    },
  ],
  [
    "the same local name twice",
    '<a xmlns:p="u" x="1" p:x="2"/>',
    { name: "a", attributes: { x: "1", "{u}x": "2" } },
  ],
  [
    "entities and references",
    "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>",
    { name: "a", children: ["<&>\"'A😀"] },
  ],
  [
    "CDATA, comments and instructions in text",
    "<a>x<![CDATA[<&]]>y<!-- c -->z<?p i?>w</a>",
    { name: "a", children: ["x<&yzw"] },
  ],
  ["line ends", "<a>1\r\n2\r3\n4&#13;<![CDATA[\r\n]]></a>", { name: "a", children: ["1\n2\n3\n4\r\n"] }],
  [
    "white space in attributes",
    '<a x="1\r\n2\t3\n4&#10;5&#9;"/>',
    { name: "a", attributes: { x: "1 2 3 4\n5\t" } },
  ],
  ["> and quotes in attributes", `<a x=">'" y='"'/>`, { name: "a", attributes: { x: ">'", y: '"' } }],
  ["white space in tags", '<a \n x = "1"\t></a\n>', { name: "a", attributes: { x: "1" } }],
  ["exotic names", "<é·1 \u{10000}='1'/>", { name: "é·1", attributes: { "\u{10000}": "1" } }],
  [
    "a byte order mark, a prolog and an epilog",
    '\ufeff<?xml version="1.0" encoding="UTF-8" standalone=\'yes\' ?><!-- c --><?p?>\n<a/><!-- d -->\n',
    { name: "a" },
  ],
  ["version 1.1 read as 1.0", '<?xml version="1.1"?><a/>', { name: "a" }],
  ["brackets in text", "<a>]] ]> > ]</a>", { name: "a", children: ["]] ]> > ]"] }],
  [
    "names of Object.prototype",
    '<__proto__ constructor="1"><toString/></__proto__>',
    { name: "__proto__", attributes: { constructor: "1" }, children: [{ name: "toString" }] },
  ],
  [
    "an attribute that begins like a declaration",
    '<a xmlnsx="1"/>',
    { name: "a", attributes: { xmlnsx: "1" } },
  ],
  ["astral text", "<a>😀é会</a>", { name: "a", children: ["😀é会"] }],
])("reads %s", (_, text, expected) => {
  expect(parse(text)).toEqual(expected);
  vi.stubGlobal("Buffer", undefined);
  try {
    expect(parse(text)).toEqual(expected);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("depth, length, attributes and declarations have limits", () => {
  const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
  expect(() => parse(nested(256))).not.toThrow();
  expect(errorOf(() => parse(nested(257)))).toMatchObject({ code: "limit", line: 1, column: 256 * 3 + 1 });
  expect(errorOf(() => parse(nested(50_000))).code).toBe("limit");
  expect(() => parse(nested(300), { maxDepth: 300 })).not.toThrow();
  expect(errorOf(() => parse("<a/>", { maxLength: 3 })).code).toBe("limit");
  const attributes = Array.from({ length: 4097 }, (_, k) => ` a${k}=""`).join("");
  expect(errorOf(() => parse(`<a${attributes}/>`)).code).toBe("limit");
  const declarations = Array.from({ length: 257 }, (_, k) => ` xmlns:a${k}="u"`).join("");
  expect(errorOf(() => parse(`<a${declarations}/>`)).code).toBe("limit");
});

test("many attributes are read, and one of them that is there twice is found", () => {
  const many = Array.from({ length: 2000 }, (_, k) => ` a${k}=""`).join("");
  expect(() => parse(`<a${many}/>`)).not.toThrow();
  expect(errorOf(() => parse(`<a${many} a7=""/>`)).message).toContain("a7 is there twice");
});

test("a DOCTYPE is refused, whatever is in it", () => {
  const laughs = `<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from({ length: 8 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(8)}">`).join("")}]><a>&l8;</a>`;
  const external = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>';
  for (const text of [laughs, external, "<!DOCTYPE a><a/>", "<!-- c --><!DOCTYPE a><a/>"]) {
    expect(errorOf(() => parse(text))).toMatchObject({ code: "doctype", line: 1 });
  }
});

test("two scanners do not share memory", () => {
  const stray = () => undefined;
  const a = createScanner("<a>one</a>");
  const b = createScanner("<b>two</b>");
  a.root();
  b.root();
  expect([a.chars(stray), b.chars(stray)]).toEqual(["one", "two"]);
  a.finish();
  const c = createScanner("<c>three</c>");
  c.root();
  expect(c.chars(stray)).toBe("three");
});

test("names are compared in a warm process as in a cold one", () => {
  const children = (count: number): Node => ({
    name: "a",
    children: Array.from({ length: count }, () => ({ name: "b-c", children: ["x"] })),
  });
  for (const count of [3, 12_000, 3])
    expect(parse(`<a>${"<b-c>x</b-c >".repeat(count)}</a>`)).toEqual(children(count));
  for (const [what, text, line, column] of malformed) {
    const error = errorOf(() => parse(text));
    expect([what, error.line, error.column]).toEqual([what, line, column]);
  }
});

test("no input is slow", () => {
  const begin = performance.now();
  const size = 200_000;
  for (const text of [
    "<a>" + "&".repeat(size) + "</a>",
    "<a>" + "<!--".repeat(size),
    "<a>" + "<![CDATA[".repeat(size),
    "<a " + "a".repeat(size),
    "<a>" + "]".repeat(size) + "</a>",
    "<a>" + "<!-- -->".repeat(size) + "</a>",
    "<a>" + "\r".repeat(size) + "</a>",
    "<" + ":".repeat(size),
    "<a x='" + "&amp;".repeat(size) + "'/>",
    "<a>" + "&#65;".repeat(size) + "</a>",
    "<?xml version" + " ".repeat(size) + "?><a/>",
    "<a>" + "<b/>".repeat(size) + "</a>",
  ]) {
    try {
      parse(text);
    } catch (error) {
      expect(error).toBeInstanceOf(XmlError);
    }
  }
  // A generous bound: a quadratic step over 200,000 takes minutes.
  expect(performance.now() - begin).toBeLessThan(20_000);
});
