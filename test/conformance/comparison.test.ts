import { expect, test } from "vitest";
import { differenceOf } from "../../conformance/comparison.js";
import { createReport } from "../../generator/diagnostics.js";
import type { TypeDefinition } from "../../generator/model/types.js";
import type { XmlAttribute, XmlElement } from "../../generator/schema/types.js";
import { parseXml } from "../../generator/schema/xml.js";
import { validateDocument } from "../../generator/validate/document.js";
import { modelOf } from "../validate/read.js";

const model = modelOf({
  "s.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:element name="r"><xs:complexType><xs:sequence>
      <xs:element name="n" type="xs:decimal" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="s" type="xs:string" minOccurs="0"/>
      <xs:element name="d" type="xs:dateTime" minOccurs="0"/>
      <xs:element name="q" type="xs:QName" minOccurs="0"/>
      <xs:element name="p" type="xs:int" default="5" minOccurs="0"/>
      <xs:element name="m" minOccurs="0"><xs:complexType mixed="true"><xs:sequence>
        <xs:element name="i" minOccurs="0" maxOccurs="unbounded" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
    </xs:sequence><xs:attribute name="a" type="xs:boolean"/></xs:complexType></xs:element>
  </xs:schema>`,
});

function difference(before: string, after: string): string | undefined {
  const report = createReport();
  const read = (text: string): XmlElement => {
    const tree = parseXml("document.xml", text, report);
    if (tree === undefined) throw new Error("not well-formed");
    return tree;
  };
  const assessment = new Map<XmlElement | XmlAttribute, { type: TypeDefinition; text?: string }>();
  const tree = read(before);
  validateDocument(model, tree, report, {
    assess: (node, type, text) => assessment.set(node, { type, ...(text !== undefined && { text }) }),
  });
  return differenceOf(tree, read(after), { model, assessment, version: "1.0" });
}

test.each([
  ["<r><n>1</n></r>", "<r><n>1.0</n></r>"],
  ['<r a="1"/>', '<r a="true"/>'],
  ["<r><n>1</n></r>", "<r>\n  <n>1</n>\n</r>"],
  ["<r><d>2020-01-01T00:00:00Z</d></r>", "<r><d>2020-01-01T01:00:00+01:00</d></r>"],
  ['<r><q xmlns:a="u">a:b</q></r>', '<r xmlns:c="u"><q>c:b</q></r>'],
  ["<r><p/></r>", "<r><p>5</p></r>"],
  ["<r><s>a<!-- c -->b</s></r>", "<r><s>ab</s></r>"],
  ['<r><x:y xmlns:x="u"/></r>', '<r><y xmlns="u"/></r>'],
])("%s says the same as %s", (before, after) => {
  expect(difference(before, after)).toBeUndefined();
});

test.each([
  ["<r><n>1</n></r>", "<r><n>2</n></r>", "/r/n[1]"],
  ["<r><n>1</n><n>2</n></r>", "<r><n>2</n><n>1</n></r>", "/r/n[1]"],
  ["<r><n>1</n></r>", "<r/>", "nothing"],
  ["<r/>", "<r><n>1</n></r>", "was added"],
  ['<r a="1"/>', "<r/>", "is lost"],
  ["<r/>", '<r a="1"/>', "was added"],
  ['<r a="1"/>', '<r a="0"/>', "became"],
  ["<r><s>a b</s></r>", "<r><s>a  b</s></r>", "became"],
  ["<r><m>x<i>1</i>y</m></r>", "<r><m>xy<i>1</i></m></r>", "text()"],
  ["<r><m>x<i>1</i></m></r>", "<r><m>x <i>1</i></m></r>", "text()"],
  ['<r><q xmlns:a="u">a:b</q></r>', '<r><q xmlns:a="v">a:b</q></r>', "became"],
  ["<r><p/></r>", "<r><p>6</p></r>", "became"],
  ['<r><x:y xmlns:x="u"/></r>', '<r><y xmlns="v"/></r>', "became"],
  ['<r><x:y xmlns:x="u" b="1"/></r>', '<r><x:y xmlns:x="u" b="01"/></r>', "became"],
])("%s does not say the same as %s", (before, after, words) => {
  expect(difference(before, after)).toContain(words);
});
