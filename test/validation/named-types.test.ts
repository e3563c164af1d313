/** `xsi:type` that names simple types of the schema, as senders of encoded SOAP write it on every element. */
import { expect, test } from "vitest";
import {
  decode,
  fullValidation,
  validateDocument,
  ValidationError,
  type SimpleType,
} from "../../templates/runtime/index.js";
import { judgesOf } from "./schemas.js";

const simple = (name: string, base: string, facet: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="${base}">${facet}</xs:restriction></xs:simpleType>`;
const { descriptors, document } = judgesOf(
  simple("Small", "xs:decimal", '<xs:maxInclusive value="10"/>') +
    simple("Tiny", "t:Small", '<xs:maxInclusive value="5"/>') +
    simple("State", "xs:string", '<xs:enumeration value="on"/><xs:enumeration value="off"/>') +
    '<xs:simpleType name="Numbers"><xs:list itemType="xs:int"/></xs:simpleType>' +
    '<xs:simpleType name="Either"><xs:union memberTypes="xs:int t:State"/></xs:simpleType>' +
    '<xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="small" type="t:Small"/><xs:element name="state" type="t:State"/><xs:element name="either" type="t:Either"/><xs:element name="text" type="xs:anySimpleType"/><xs:element name="any" type="xs:anyType"/></xs:choice></xs:complexType></xs:element>',
);
const root = descriptors.element("{urn:test}r");
const types = Object.fromEntries(
  ["Small", "Tiny", "State", "Numbers", "Either"].map((name) => [
    `{urn:test}${name}`,
    descriptors.type(`{urn:test}${name}`) as SimpleType,
  ]),
);
const documentOf = (inner: string): string =>
  `<t:r xmlns:t="urn:test" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${inner}</t:r>`;

test.each([
  ['<t:small xsi:type="t:Small">5</t:small>', ""],
  ['<t:small xsi:type="t:Tiny">5</t:small>', ""],
  ['<t:small xsi:type="t:Tiny">6</t:small>', "cvc-maxInclusive-valid"],
  ['<t:small xsi:type="t:Tiny">11</t:small>', "cvc-maxInclusive-valid"],
  ['<t:small xsi:type="t:State">on</t:small>', "cvc-datatype-valid.1.2.1"],
  ['<t:small xsi:type="t:Other">5</t:small>', "cvc-elt.4.2"],
  ['<t:state xsi:type="t:State">on</t:state>', ""],
  ['<t:state xsi:type="t:State">of</t:state>', "cvc-enumeration-valid"],
  ['<t:either xsi:type="t:State">on</t:either>', ""],
  ['<t:either xsi:type="t:State">5</t:either>', "cvc-enumeration-valid"],
  ['<t:text xsi:type="t:Numbers">5 6</t:text>', ""],
  ['<t:text xsi:type="t:Numbers">5 x</t:text>', "cvc-datatype-valid"],
  ['<t:any xsi:type="t:Tiny">5</t:any>', ""],
  ['<t:any xsi:type="t:Tiny">6</t:any>', "cvc-maxInclusive-valid"],
])("%s: %s", (inner, clause) => {
  const xml = documentOf(inner);
  const issues = validateDocument(root, xml, { types });
  expect(issues.map((one) => one.clause.startsWith(clause))).toEqual(clause === "" ? [] : [true]);
  expect(document(xml).length > 0).toBe(clause !== "");
  const read = (): unknown => decode(root, xml, { types, validate: fullValidation });
  if (clause === "") expect(read()).toBeDefined();
  else expect(read).toThrow(ValidationError);
});

test("a type that is not given is refused, with what to do", () => {
  const [issue] = validateDocument(root, documentOf('<t:state xsi:type="t:State">on</t:state>'));
  expect(issue?.message).toBe(
    "xsi:type names t:State, which is no type that may stand here: simple types of the schema are given as `types`",
  );
});
