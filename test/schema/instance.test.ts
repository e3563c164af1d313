import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { readInstance } from "../../generator/schema/instance.js";
import type { XmlElement, XmlText } from "../../generator/schema/types.js";
import { parseXml } from "../../generator/schema/xml.js";
import { stretch } from "../../templates/runtime/scanner.js";

/** All that a tree says, as plain data. */
function plain(node: XmlElement | XmlText): unknown {
  if ("text" in node) return { text: node.text, at: node.at };
  const { name, prefix, attributes, namespaces, at, extent } = node;
  return {
    ...{ name, prefix, at, extent, namespaces: [...namespaces] },
    attributes: attributes.map(({ name, prefix, value, at }) => ({ name, prefix, value, at })),
    children: node.children.map(plain),
  };
}

function reading(read: typeof parseXml, text: string): unknown {
  const report = createReport();
  const tree = read("document.xml", text, report);
  return { tree: tree && plain(tree), findings: report.diagnostics };
}

const documents: readonly string[] = [
  "<a/>",
  "<a></a>",
  "<a ></a >",
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- c --><?pi x?>\n<a>\n  <b>one</b>\n  <b/>\n</a>\n<!-- end -->\n',
  '<?xml version="1.1"?><a/>',
  '<p:a xmlns:p="u" xmlns="v"><b p:x="1" y="2"/><p:b xmlns:p="w" p:x="3"><p:c/></p:b></p:a>',
  '<a xmlns="u"><b xmlns=""><c/></b></a>',
  "<a b = 'x/' c\n=\t\"a&lt;b&#x9;c\td\"/>",
  '<a xml:lang="de" xmlns:xml="http://www.w3.org/XML/1998/namespace"><b xml:space="preserve"> </b></a>',
  "<a>one<!-- c -->two<?p q?>three</a>",
  "<a><!-- c -->two<!-- d --><b/><?p q?></a>",
  "<a><![CDATA[]]>x<![CDATA[<b>]]></a>",
  "<a><![CDATA[ ]]></a>",
  "<a> <![CDATA[]]> </a>",
  "<a>\r\n<b>x\r\ny\rz</b>\r</a>",
  "<a>&amp;&#65;&lt;<b/>&gt;]]&gt;</a>",
  "<a>ä😀\u2028</a>",
  "<ä:b xmlns:ä='u' ä:ö='1'/>",
  '<!DOCTYPE a [<!ENTITY e "<b>x</b>"><!ATTLIST a d CDATA "1">]><a>1&e;2</a>',
  '<!DOCTYPE a SYSTEM "a.dtd"><a/>',
  // One local name in many namespaces.
  `<a>${`${Array.from({ length: 40 }, (_, index) => `<p:b xmlns:p="u${String(index)}" p:c="1"/>`).join("")}`.repeat(2)}</a>`,
  // Not well-formed, or beyond a limit.
  ...["", " ", "x", "<a>", "<a", "<a></b>", "<a/><b/>", "<a/>x", "<a b/>", "<a b='1' b='2'/>", "<a>&x;</a>"],
  ...["<a><b></a></b>", "<a b='<'/>", "<a>]]></a>", "<p:a/>", "<a p:b='1'/>", "<a>\u0000</a>", "<1/>"],
  ...["<a><!-- -- --></a>", "<a><?xml x?></a>", "<a:b:c xmlns:a='u'/>", "<a xmlns:p=''/>", "\ufeff<a/>"],
  ...[
    "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
    "<a>" + "<b>".repeat(600),
    "<a>\ud800</a>",
    "<a>&#0;</a>",
  ],
  "<a>".repeat(512) + "</a>".repeat(512),
  "<a>".repeat(513) + "</a>".repeat(513),
  "<a>".repeat(300) + "</a>".repeat(300),
];

test.each(documents.map((text) => [text.slice(0, 60), text]))(
  "%j: the same as the reading of schema documents",
  (_, text) => {
    expect(reading(readInstance, text)).toEqual(reading(parseXml, text));
  },
);

test("mutated documents: the same tree, or the same findings", () => {
  let seed = 20_240_611;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const pieces = [
    "<",
    ">",
    "/",
    "&",
    ";",
    '"',
    "'",
    "=",
    " ",
    "\n",
    "a",
    "b:",
    "xmlns",
    "]]>",
    "<!--",
    "-->",
  ];
  pieces.push("<b>", "</b>", "<![CDATA[", "<?p ", "?>", "&lt;", "é", "\r", "<b/>", ' x="1"', "<!DOCTYPE a>");
  let wellFormed = 0;
  for (let round = 0; round < 3000; round++) {
    let text = documents[3 + random(16)] ?? "";
    for (let times = random(3); times >= 0; times--) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? "") + text.slice(at + random(3));
    }
    const expected = reading(parseXml, text);
    expect(reading(readInstance, text), JSON.stringify(text)).toEqual(expected);
    if ((expected as { tree?: unknown }).tree !== undefined) wellFormed++;
  }
  expect(wellFormed).toBeGreaterThan(200);
});

test("documents longer than what the scanner holds at a time", () => {
  const piece = `<b>one</b>\n<b/><!-- c --> <p:c xmlns:p="urn:p" x="1">t<d/>u</p:c><![CDATA[z]]>&amp;`;
  for (let pad = 0; pad < piece.length; pad += 11) {
    const text = `<r>${" ".repeat(pad)}${piece.repeat((2.5 * stretch) / piece.length)}</r>`;
    expect(reading(readInstance, text), String(pad)).toEqual(reading(parseXml, text));
  }
});

test("a name in tens of thousands of namespaces is read soon", () => {
  const children = Array.from({ length: 60_000 }, (_, index) => `<p:b xmlns:p="u${String(index)}"/>`);
  const started = performance.now();
  expect(readInstance("document.xml", `<a>${children.join("")}</a>`, createReport())?.children).toHaveLength(
    60_000,
  );
  expect(performance.now() - started).toBeLessThan(15_000);
});
