import { expect, test } from "vitest";
import { parse } from "./reading.js";

const laughs = [
  '<!ENTITY l0 "lolololol">',
  ...Array.from({ length: 9 }, (_, i) => `<!ENTITY l${String(i + 1)} "${`&l${String(i)};`.repeat(9)}">`),
].join("");

// Each is not well-formed, and the place is where it shows.
test.each([
  ["an end tag that does not match", "<a><b></a></b>", "1:7"],
  ["no end tag", "<a>\n<b>x</b>", "2:9"],
  ["two roots", "<a/><b/>", "1:5"],
  ["an entity that is not declared", "<a>&foo;</a>", "1:4"],
  ["a bare ampersand", "<a>x & y</a>", "1:6"],
  ["an attribute twice", '<a x="1" x="2"/>', "1:10"],
  ["an attribute twice by two prefixes", '<a xmlns:p="u" xmlns:q="u"\n p:x="1" q:x="2"/>', "2:10"],
  [
    "an attribute twice by the default of the DTD",
    '<!DOCTYPE a [<!ATTLIST a xmlns:p CDATA "u">]><a xmlns:q="u" p:x="1" q:x="2"/>',
    "1:69",
  ],
  ["a value without quotes", "<a x=1/>", "1:6"],
  ["an attribute without value", "<a x/>", "1:4"],
  ["attributes without space between", '<a x="1"y="2"/>', "1:9"],
  ["a control character", "<a>\u0001</a>", "1:4"],
  ["a reference to a control character", "<a>&#1;</a>", "1:4"],
  ["a reference to a surrogate", "<a>&#xD800;</a>", "1:4"],
  ["a noncharacter", "<a>\uffff</a>", "1:4"],
  ["a lone surrogate", "<a>\ud800</a>", "1:4"],
  ["< in a value", '<a x="<"/>', "1:7"],
  ["< in a value by way of an entity", '<!DOCTYPE a [<!ENTITY e "&#60;">]><a x="&e;"/>', "1:41"],
  ["]]> in text", "<a>x]]></a>", "1:5"],
  ["an unbound prefix", "<p:a/>", "1:2"],
  ["an unbound prefix of an attribute", '<a p:x=""/>', "1:4"],
  ["two colons in a name", "<a:b:c/>", "1:2"],
  ["a prefix bound to nothing", '<a xmlns:p=""/>', "1:4"],
  ["xml bound to something else", '<a xmlns:xml="u"/>', "1:4"],
  ["xmlns bound", '<a xmlns:xmlns="u"/>', "1:4"],
  ["text after the root", "<a/>x", "1:5"],
  ["text before the root", "x<a/>", "1:1"],
  ["a reference after the root", "<a/>&amp;", "1:5"],
  ["-- in a comment", "<a><!-- a -- b --></a>", "1:11"],
  ["a comment without end", "<a><!-- </a>", "1:4"],
  ["a CDATA section without end", "<a><![CDATA[ </a>", "1:4"],
  ["a CDATA section outside", "<![CDATA[x]]><a/>", "1:1"],
  ["nothing", "", "1:1"],
  ["white space only", " \n ", "1:1"],
  ["JSON", '{"a":1}', "1:1"],
  [
    "an HTML error page",
    "<!DOCTYPE html><html><head><meta charset=utf-8><br></head><body>x</body></html>",
    "1:42",
  ],
  ["a tag that is cut off", "<a><b", "1:4"],
  ["a name that begins with a digit", "<1a/>", "1:2"],
  ["a second XML declaration", '<?xml version="1.0"?>\n<?xml version="1.0"?><a/>', "2:1"],
  ["an XML declaration after a space", ' <?xml version="1.0"?><a/>', "1:2"],
  ["an XML declaration without version", '<?xml encoding="UTF-8"?><a/>', "1:1"],
  ["a processing instruction with a colon", "<?p:q x?><a/>", "1:3"],
  ["a DOCTYPE after the root", "<a/><!DOCTYPE a>", "1:5"],
  ["two DOCTYPEs", "<!DOCTYPE a><!DOCTYPE a><a/>", "1:13"],
  ["a DOCTYPE without end", "<!DOCTYPE a [<a/>", "1:14"],
  ["a conditional section", "<!DOCTYPE a [<![INCLUDE[]]>]><a/>", "1:14"],
  ["a parameter entity in a declaration", '<!DOCTYPE a [<!ENTITY % p "x"><!ENTITY e "%p;">]><a/>', "1:42"],
  ["a parameter entity that is no declaration", '<!DOCTYPE a [<!ENTITY % p "x">%p;]><a/>', "1:31"],
  ["a parameter entity that contains itself", "<!DOCTYPE a [<!ENTITY % p '&#37;p;'>%p;]><a/>", "1:37"],
  ["a content model with mixed separators", "<!DOCTYPE a [<!ELEMENT a (b,c|d)>]><a/>", "1:30"],
  ["a default with <", '<!DOCTYPE a [<!ATTLIST a x CDATA "<">]><a/>', "1:34"],
  ["an entity that contains itself", '<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>', "1:53"],
  ["an entity that opens and does not close", '<!DOCTYPE a [<!ENTITY e "<b>">]><a>&e;</b></a>', "1:36"],
  ["an entity that closes what it did not open", '<!DOCTYPE a [<!ENTITY e "</b>">]><a><b>&e;</a>', "1:40"],
  ["an external entity in a value", '<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a x="&e;"/>', "1:44"],
  ["an external entity in text", '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "1:58"],
  [
    "an unparsed entity in text",
    '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY e SYSTEM "x" NDATA n>]><a>&e;</a>',
    "1:73",
  ],
  ["a billion laughs", `<!DOCTYPE a [${laughs}]>\n<a>&l9;</a>`, "2:4"],
  ["a billion laughs in a value", `<!DOCTYPE a [${laughs}]>\n<a x="&l9;"/>`, "2:7"],
  [
    "a large entity, often",
    `<!DOCTYPE a [<!ENTITY q "${"A".repeat(20_000)}">]>\n<a>${"&q;".repeat(2_000)}</a>`,
    "2:154",
  ],
  ["elements nested without end", "<a>".repeat(100_000), "1:1537"],
])("not well-formed: %s", (_, text, place) => {
  const start = performance.now();
  const { root, findings } = parse(text);
  expect(root).toBeUndefined();
  expect(findings).toHaveLength(1);
  expect(findings[0]?.split(" ")[0]).toBe(place);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("several namespace errors are all told", () => {
  expect(parse("<a><p:b/><q:c/></a>").findings).toEqual([
    '1:5 undeclared-prefix the prefix "p" of "p:b" is not declared',
    '1:11 undeclared-prefix the prefix "q" of "q:c" is not declared',
  ]);
});

/** The tree in short: `[name, attributes, ...children]`. */
function short(node: NonNullable<ReturnType<typeof parse>["root"]>): unknown {
  const attributes = Object.fromEntries(
    node.attributes.map(({ name, value }) => [
      `${name.namespace === "" ? "" : `{${name.namespace}}`}${name.local}`,
      value,
    ]),
  );
  const name = `${node.name.namespace === "" ? "" : `{${node.name.namespace}}`}${node.name.local}`;
  return [name, attributes, ...node.children.map((child) => ("name" in child ? short(child) : child.text))];
}

test.each<[string, string, unknown]>([
  [
    "namespaces",
    '<a xmlns="u" xmlns:p="v" p:x="1" x="2"><p:b xmlns:p="w"/><c xmlns=""/></a>',
    ["{u}a", { "{v}x": "1", x: "2" }, ["{w}b", {}], ["c", {}]],
  ],
  ["the prefix xml", '<a xml:lang="en"/>', ["a", { "{http://www.w3.org/XML/1998/namespace}lang": "en" }]],
  ["line ends", "<a x='1\r\n2\r3\n4\t5'>1\r\n2\r3\n\r\n</a>", ["a", { x: "1 2 3 4 5" }, "1\n2\n3\n\n"]],
  [
    "references",
    "<a x='&lt;&#10;&#x41;'>&lt;&amp;&#13;&#x1F600;&apos;&quot;&gt;</a>",
    ["a", { x: "<\nA" }, "<&\r😀'\">"],
  ],
  [
    "CDATA, comments and instructions in text",
    "<a>1<![CDATA[<&]]>]]2<!-- ' --><?p \" ' > ?>3<![CDATA[]]></a>",
    ["a", {}, "1<&]]23"],
  ],
  ["an instruction between CR and LF", "<a>\r<?p?>\n</a>", ["a", {}, "\n\n"]],
  ["white space is kept", "<a> <b/>\n<b> </b></a>", ["a", {}, " ", ["b", {}], "\n", ["b", {}, " "]]],
  [
    "names that are dangerous in JavaScript",
    "<a><__proto__ constructor='1' __proto__='2'/><constructor><prototype/></constructor><toString/><hasOwnProperty/></a>",
    [
      "a",
      {},
      ["__proto__", JSON.parse('{"constructor":"1","__proto__":"2"}')],
      ["constructor", {}, ["prototype", {}]],
      ["toString", {}],
      ["hasOwnProperty", {}],
    ],
  ],
  [
    "names with the white space of JavaScript",
    "<a\u1680b c\ufeffd='\u1680'>\ufeff\u00a0</a\u1680b>",
    ["a\u1680b", { "c\ufeffd": "\u1680" }, "\ufeff\u00a0"],
  ],
  ["names above U+FFFF", "<\u{10000}\u{efffd}\u00b7-.1/>", ["\u{10000}\u{efffd}\u00b7-.1", {}]],
  [
    "an entity that is text",
    '<!DOCTYPE a [<!ENTITY e "x&#38;amp;y">]><a x="&e;">1&e;2</a>',
    ["a", { x: "x&y" }, "1x&y2"],
  ],
  [
    "an entity that is markup",
    '<!DOCTYPE a [<!ENTITY e "1<b c=\'&#38;lt;\'>2&f;</b>3"><!ENTITY f "<d/>4">]><a>0&e;5<g/>&e;</a>',
    [
      "a",
      {},
      "01",
      ["b", { c: "<" }, "2", ["d", {}], "4"],
      "35",
      ["g", {}],
      "1",
      ["b", { c: "<" }, "2", ["d", {}], "4"],
      "3",
    ],
  ],
  [
    "a carriage return from an entity",
    '<!DOCTYPE a [<!ENTITY e "&#13;<b/>">]><a>&e;</a>',
    ["a", {}, "\r", ["b", {}]],
  ],
  [
    "the first declaration of an entity",
    '<!DOCTYPE a [<!ENTITY e "1"><!ENTITY e "2">]><a>&e;</a>',
    ["a", {}, "1"],
  ],
  [
    "a parameter entity that declares",
    '<!DOCTYPE a [<!ENTITY % p \'<!ENTITY e "1"><!ATTLIST a y CDATA "2">\'>%p;]><a>&e;</a>',
    ["a", { y: "2" }, "1"],
  ],
  [
    "all declarations of a DTD",
    '<!DOCTYPE a [<!ELEMENT a ((b|c)*,d?,(e,f)+)><!ELEMENT b (#PCDATA|c)*><!ELEMENT c EMPTY><!ELEMENT d ANY><!NOTATION n PUBLIC "n"><!NOTATION m PUBLIC "n" "m"><!ENTITY u SYSTEM "u" NDATA n><!ATTLIST a i ID #IMPLIED r CDATA #REQUIRED n NOTATION (n|m) #IMPLIED><!-- c --><?p?>]><a r=""/>',
    ["a", { r: "" }],
  ],
  [
    "defaults of the DTD",
    '<!DOCTYPE a [<!ATTLIST a x CDATA " 1 " y NMTOKENS " p  q " z (m|n) "m" xmlns CDATA #FIXED "u">]><a z="  n  "/>',
    ["{u}a", { z: "n", x: " 1 ", y: "p q" }],
  ],
  ["a deep tree", "<a>".repeat(500) + "</a>".repeat(500), expect.anything()],
])("well-formed: %s", (_, text, expected) => {
  const { root, findings } = parse(text);
  expect(findings).toEqual([]);
  expect(root === undefined ? undefined : short(root)).toEqual(expected);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("what a DTD says elsewhere is missed with a warning", () => {
  const { root, findings } = parse(
    '<!DOCTYPE a SYSTEM "http://example.com/a.dtd" [<!ENTITY % p SYSTEM "p">%p;]><a/>',
  );
  expect(root).toBeDefined();
  expect(findings).toEqual([
    '1:13 external-dtd-not-read the external DTD "http://example.com/a.dtd" is not read',
    "1:72 external-dtd-not-read the external parameter entity %p; is not read",
  ]);
  expect(
    parse('<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "XMLSchema.dtd"><a/>').findings,
  ).toEqual([]);
});

test("another version of XML is read as XML 1.0, with a warning", () => {
  const { root, findings } = parse('<?xml version="1.1"?>\n<a/>');
  expect(root).toBeDefined();
  expect(findings).toEqual(["1:1 xml-version-not-1.0 the document declares XML 1.1 and is read as XML 1.0"]);
  expect(parse('<?xml version="1.1"?>\n<a>&#1;</a>').root).toBeUndefined();
});

test("every place is exact, with CRLF, comments and characters above U+FFFF before it", () => {
  const text =
    '<?xml version="1.0"?>\r\n<!-- 😀 -->\r\n<?p?><a xmlns:p="u"\r\n  p:x = "1&amp;2">\r\n  t<?p?>e<!-- -->xt\r\n  <b  y=\'\'/>' +
    "<c>z</c >\r\n</a>\r\n<!-- end -->";
  const { root } = parse(text);
  const at = (place: { readonly start: number; readonly end: number } | undefined) =>
    place === undefined ? undefined : text.slice(place.start, place.end);
  expect(at(root?.at)).toBe('<a xmlns:p="u"\r\n  p:x = "1&amp;2">');
  expect(at(root?.extent)).toBe(text.slice(text.indexOf("<a"), text.indexOf("\r\n<!-- end")));
  expect(at(root?.attributes[0]?.at)).toBe("1&amp;2");
  const [words, b, c] = root?.children ?? [];
  expect(at(words?.at)).toBe("\r\n  t<?p?>e<!-- -->xt\r\n  ");
  expect(words).toMatchObject({ text: "\n  text\n  " });
  expect(at(b?.at)).toBe("<b  y=''/>");
  expect(b !== undefined && "name" in b ? at(b.attributes[0]?.at) : "").toBe("");
  expect(c !== undefined && "name" in c ? at(c.extent) : "").toBe("<c>z</c >");
});

test("what stands in an entity has the place of its reference", () => {
  const text = "<!DOCTYPE a [<!ENTITY e \"<b x='1'>t</b>\">]>\n<a> &e; <c/></a>";
  const { root } = parse(text);
  const [, b, , c] = root?.children ?? [];
  const of = (node: typeof b) => (node === undefined ? "" : text.slice(node.at.start, node.at.end));
  expect(of(b)).toBe("&e;");
  expect(of(c)).toBe("<c/>");
  expect(root === undefined ? "" : text.slice(root.extent.start)).toBe("<a> &e; <c/></a>");
});

test.each([
  ["attributes", `<a${Array.from({ length: 20_000 }, (_, i) => ` a${String(i)}="${String(i)}"`).join("")}/>`],
  ["children", `<a>${"<b x='1'/>".repeat(50_000)}</a>`],
  ["references", `<a>${"&amp;x".repeat(300_000)}</a>`],
  ["references in a value", `<a x="${"&amp;x".repeat(300_000)}"/>`],
  ["short texts", `<a>${"x<b/>".repeat(100_000)}</a>`],
  ["comments", `<a>${"<!---->".repeat(200_000)}</a>`],
  ["instructions", `<a>${"<?p?>".repeat(200_000)}</a>`],
  ["entities", `<!DOCTYPE a [<!ENTITY e "<b/>">]><a>${"&e;".repeat(90_000)}</a>`],
  ["declarations", `<!DOCTYPE a [${"<!ENTITY e 'x'>".repeat(100_000)}]><a/>`],
])("very many %s take no quadratic time", (_, text) => {
  const start = performance.now();
  expect(parse(text).findings).toEqual([]);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("entities may not stand in each other without end", () => {
  const chain = (depth: number, last: string): string =>
    `<!DOCTYPE a [<!ENTITY e0 "${last}">${Array.from({ length: depth }, (_, i) => `<!ENTITY e${String(i + 1)} "&e${String(i)};">`).join("")}]>`;
  for (const last of ["x", "&#38;lt;"]) {
    expect(parse(`${chain(30, last)}<a x="&e30;">&e30;</a>`).findings).toEqual([]);
    expect(parse(`${chain(50_000, last)}<a x="&e50000;"/>`).diagnostics).toEqual([
      expect.objectContaining({ code: "entity-limit" }),
    ]);
    expect(parse(`${chain(50_000, last)}<a>&e50000;</a>`).diagnostics).toEqual([
      expect.objectContaining({ code: "entity-limit" }),
    ]);
  }
});

test("prefixes without end are refused", () => {
  const declared = (count: number): string =>
    Array.from({ length: count }, (_, index) => ` xmlns:p${String(index)}="urn:${String(index)}"`).join("");
  expect(parse(`<a${declared(1_500)}/>`).diagnostics).toEqual([]);
  expect(parse(`<a${declared(1_500)}><b${declared(3_000)}/></a>`).diagnostics).toMatchObject([
    { code: "namespace-limit", severity: "error" },
  ]);
});

test.each([
  ['<a xmlns="http://www.w3.org/XML/1998/namespace"/>', "the default namespace must not be"],
  ['<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>', 'the prefix "p" must not be'],
])("%s: the namespace of xml needs no declaration", (text, says) => {
  const { diagnostics } = parse(text);
  expect(diagnostics).toMatchObject([
    { code: "xml-namespace-declared", hint: "delete this declaration: xml:lang and the like need none" },
  ]);
  expect(diagnostics[0]?.message).toContain(`${says} http://www.w3.org/XML/1998/namespace`);
});
