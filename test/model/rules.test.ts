/** What is told of mistakes that the editions of XSD do not judge alike, or that show by reference only. */
import { expect, test } from "vitest";
import { complexType, resolveBody, sequence } from "./release.js";

const item = '<xs:element name="a" type="xs:string"/>';
const id = (name: string): string => `<xs:attribute name="${name}" type="xs:ID"/>`;
const key = (name: string, kind: string, refer = ""): string =>
  `<xs:${kind} name="${name}" ${refer}><xs:selector xpath="t:a"/><xs:field xpath="."/></xs:${kind}>`;

test.each<[name: string, body: string, in10: readonly string[], in11: readonly string[]]>([
  [
    "a sequence in an all-group, by reference",
    `<xs:group name="g">${sequence(item)}</xs:group>` +
      complexType("T", '<xs:all><xs:group ref="t:g"/></xs:all>'),
    ["xsd-1.1-only (Structures 3.8.2)", "all-group-member (cos-all-limited.2)"],
    ["all-group-member (cos-all-limited.2)"],
  ],
  [
    "two attributes of type ID",
    complexType("T", id("a") + id("b")),
    ["two-id-attributes (ct-props-correct.5)"],
    [],
  ],
  [
    "a default of type ID",
    '<xs:element name="e" type="xs:ID" default="a"/>',
    ["value-for-id (e-props-correct.5)"],
    [],
  ],
  [
    "an attribute group within itself",
    '<xs:attributeGroup name="g"><xs:attributeGroup ref="t:g"/></xs:attributeGroup>',
    ["circular-attribute-group (src-attribute_group.3)"],
    [],
  ],
  [
    "a keyref to a keyref",
    `<xs:element name="e"><xs:complexType>${sequence(item)}</xs:complexType>${key("k", "key")}${key("r", "keyref", 'refer="t:k"')}${key("s", "keyref", 'refer="t:r"')}</xs:element>`,
    ["keyref-to-keyref (src-resolve)"],
    ["keyref-to-keyref (src-resolve)"],
  ],
  [
    "a list of the type of all atomic types",
    '<xs:simpleType name="S"><xs:list itemType="xs:anyAtomicType"/></xs:simpleType>',
    ["unknown-type-reference (src-resolve)"],
    ["use-of-any-atomic-type (cos-st-restricts.2.1)"],
  ],
  [
    "a wildcard and that of the base are together none",
    complexType("B", '<xs:anyAttribute namespace="##other"/>') +
      complexType(
        "T",
        `<xs:complexContent><xs:extension base="t:B"><xs:anyAttribute namespace="##local"/></xs:extension></xs:complexContent>`,
      ),
    ["wildcard-not-expressible (src-ct.5)"],
    [],
  ],
])("%s", (_, body, in10, in11) => {
  expect(resolveBody(body, { xsdVersion: "1.0" }).errors).toEqual(in10);
  expect(resolveBody(body, { xsdVersion: "1.1" }).errors).toEqual(in11);
});
