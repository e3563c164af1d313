/** Schemas that are no schemas: each is refused, with code, clause and place. */
import { expect, test } from "vitest";
import { read, schema } from "./reading.js";

const type = (inside: string): string => `<xs:complexType name="c">${inside}</xs:complexType>`;
const simple = (inside: string): string => `<xs:simpleType name="s">${inside}</xs:simpleType>`;
const restriction = (facets: string): string =>
  simple(`<xs:restriction base="xs:string">${facets}</xs:restriction>`);
const element = (inside: string): string => `<xs:element name="e">${inside}</xs:element>`;
const particle = (inside: string): string => type(`<xs:sequence>${inside}</xs:sequence>`);
const key = (inside: string): string => element(`<xs:key name="k">${inside}</xs:key>`);

type Case = [inside: string, code: string, clause: string, at: string, hint?: string];

// The place is given by the text that it covers.
test.each<Case>([
  // The schema for schemas: elements.
  [
    "<xs:elment name='e'/>",
    "unknown-schema-element",
    "Structures 3.15.2",
    "<xs:elment name='e'/>",
    'did you mean "element"?',
  ],
  [
    type("<xs:sequense/>"),
    "unknown-schema-element",
    "Structures 3.4.2",
    "<xs:sequense/>",
    'did you mean "sequence"?',
  ],
  ["<xs:sequence/>", "misplaced-schema-element", "Structures 3.15.2", "<xs:sequence/>"],
  [
    "<foreign xmlns='urn:f'/>",
    "misplaced-schema-element",
    "Structures 3.15.2",
    "<foreign xmlns='urn:f'/>",
    "elements of other namespaces belong into xs:appinfo",
  ],
  [
    "<element name='e'/>",
    "misplaced-schema-element",
    "Structures 3.15.2",
    "<element name='e'/>",
    "elements of XSD are in the namespace http://www.w3.org/2001/XMLSchema",
  ],
  [
    "<xs:element name='e'/><xs:include schemaLocation='a'/>",
    "late-schema-element",
    "Structures 3.15.2",
    "<xs:include schemaLocation='a'/>",
  ],
  [
    element("<xs:annotation/><xs:annotation/>"),
    "misplaced-schema-element",
    "Structures 3.3.2",
    "<xs:annotation/>",
  ],
  [
    element("<xs:complexType/><xs:annotation/>"),
    "late-schema-element",
    "Structures 3.3.2",
    "<xs:annotation/>",
    "the order is annotation, simpleType | complexType, alternative, unique | key | keyref",
  ],
  [
    element("<xs:complexType/><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType>"),
    "misplaced-schema-element",
    "Structures 3.3.2",
    "<xs:simpleType>",
  ],
  [
    type("<xs:attribute name='a'/><xs:sequence/>"),
    "late-schema-element",
    "Structures 3.4.2",
    "<xs:sequence/>",
  ],
  [
    type("<xs:anyAttribute/><xs:attribute name='a'/>"),
    "late-schema-element",
    "Structures 3.4.2",
    "<xs:attribute name='a'/>",
  ],
  [type("<xs:sequence/><xs:choice/>"), "misplaced-schema-element", "Structures 3.4.2", "<xs:choice/>"],
  [
    type("<xs:simpleContent><xs:extension base='xs:int'/></xs:simpleContent><xs:attribute name='a'/>"),
    "misplaced-schema-element",
    "Structures 3.4.2",
    "<xs:attribute name='a'/>",
  ],
  [type("<xs:complexContent/>"), "missing-schema-element", "Structures 3.4.2", "<xs:complexContent/>"],
  [simple(""), "missing-schema-element", "Structures 3.14.2", '<xs:simpleType name="s">'],
  ["<xs:group name='g'/>", "missing-schema-element", "Structures 3.7.2", "<xs:group name='g'/>"],
  [
    "<xs:group name='g'><xs:sequence/><xs:choice/></xs:group>",
    "misplaced-schema-element",
    "Structures 3.7.2",
    "<xs:choice/>",
  ],
  [
    "<xs:attributeGroup name='g'><xs:assert test='1'/></xs:attributeGroup>",
    "misplaced-schema-element",
    "Structures 3.6.2",
    "<xs:assert test='1'/>",
  ],
  [particle("<xs:all/>"), "misplaced-schema-element", "Structures 3.8.2", "<xs:all/>"],
  [particle("<xs:element name='e'>text</xs:element>"), "text-in-schema", "Structures 3.3.2", "text"],
  [
    "<xs:annotation><xs:appinfo/><x/></xs:annotation>",
    "misplaced-schema-element",
    "Structures 3.13.2",
    "<x/>",
  ],
  [
    type("<xs:openContent/><xs:attribute name='a'/>"),
    "missing-schema-element",
    "src-ct.5",
    "<xs:openContent/>",
  ],

  // The schema for schemas: attributes.
  ["<xs:element name='e' minOccurs='1'/>", "unknown-schema-attribute", "Structures 3.3.2", "1"],
  ["<xs:element name='e' form='qualified'/>", "unknown-schema-attribute", "Structures 3.3.2", "qualified"],
  ["<xs:element nam='e'/>", "missing-schema-attribute", "Structures 3.3.2", "<xs:element nam='e'/>"],
  [
    "<xs:element name='e' tipe='xs:int'/>",
    "unknown-schema-attribute",
    "Structures 3.3.2",
    "xs:int",
    'did you mean "type"?',
  ],
  [
    "<xs:element xs:name='e' name='f'/>",
    "unknown-schema-attribute",
    "Structures 3.3.2",
    "e",
    "write it without a prefix",
  ],
  ["<xs:element name='1e'/>", "invalid-attribute-value", "Structures 3.3.2", "1e"],
  ["<xs:element name='t:e'/>", "invalid-attribute-value", "Structures 3.3.2", "t:e"],
  ["<xs:element name='e' type='q:int'/>", "undeclared-prefix", "src-qname", "q:int"],
  ["<xs:element name='e' type='xs:in t'/>", "invalid-attribute-value", "Structures 3.3.2", "xs:in t"],
  ["<xs:element name='e' nillable='yes'/>", "invalid-attribute-value", "Structures 3.3.2", "yes"],
  ["<xs:element name='e' block='all'/>", "invalid-attribute-value", "Structures 3.3.2", "all"],
  [
    "<xs:element name='e' final='substitution'/>",
    "invalid-attribute-value",
    "Structures 3.3.2",
    "substitution",
  ],
  ["<xs:element name='e' id='1'/>", "invalid-attribute-value", "Structures 3.3.2", "1"],
  ["<xs:element name='e' id='x'/><xs:element name='f' id=' x'/>", "duplicate-id", "cvc-id.2", " x"],
  [
    particle("<xs:element name='e' maxOccurs='many'/>"),
    "invalid-attribute-value",
    "Structures 3.3.2",
    "many",
  ],
  [particle("<xs:element name='e' minOccurs='-1'/>"), "invalid-attribute-value", "Structures 3.3.2", "-1"],
  [
    particle("<xs:element name='e' minOccurs='unbounded'/>"),
    "invalid-attribute-value",
    "Structures 3.3.2",
    "unbounded",
  ],
  [type("<xs:all maxOccurs='2'/>"), "invalid-attribute-value", "Structures 3.8.2", "2"],
  [
    type("<xs:attribute name='a' use='mandatory'/>"),
    "invalid-attribute-value",
    "Structures 3.2.2",
    "mandatory",
  ],
  [
    type("<xs:anyAttribute namespace='##any urn:x'/>"),
    "invalid-attribute-value",
    "Structures 3.10.2",
    "##any urn:x",
  ],
  [
    type("<xs:anyAttribute processContents='loose'/>"),
    "invalid-attribute-value",
    "Structures 3.10.2",
    "loose",
  ],
  [type("<xs:anyAttribute minOccurs='0'/>"), "unknown-schema-attribute", "Structures 3.10.2", "0"],
  [
    "<xs:group name='g'><xs:sequence minOccurs='0'/></xs:group>",
    "unknown-schema-attribute",
    "Structures 3.8.2",
    "0",
  ],
  [particle("<xs:group name='g'/>"), "missing-schema-attribute", "Structures 3.7.2", "<xs:group name='g'/>"],
  [restriction("<xs:maxLength/>"), "missing-schema-attribute", "Datatypes 4.3.3", "<xs:maxLength/>"],
  [restriction("<xs:maxLength value='long'/>"), "invalid-attribute-value", "Datatypes 4.3.3", "long"],
  [restriction("<xs:totalDigits value='0'/>"), "invalid-attribute-value", "Datatypes 4.3.11", "0"],
  [restriction("<xs:whiteSpace value='trim'/>"), "invalid-attribute-value", "Datatypes 4.3.6", "trim"],
  [
    restriction("<xs:enumeration value='a' fixed='true'/>"),
    "unknown-schema-attribute",
    "Datatypes 4.3.5",
    "true",
  ],
  ["<xs:import namespace=''/>", "invalid-attribute-value", "Structures 4.2.3", ""],
  [
    "<xs:import schemaLocation='a#b#c' namespace='urn:x'/>",
    "invalid-attribute-value",
    "Structures 4.2.3",
    "a#b#c",
  ],
  ["<xs:include/>", "missing-schema-attribute", "Structures 4.2.1", "<xs:include/>"],
  ["<xs:notation name='n'/>", "missing-schema-attribute", "Structures 3.12.1", "<xs:notation name='n'/>"],
  [
    "<xs:annotation><xs:documentation xml:lang='not a language'/></xs:annotation>",
    "invalid-attribute-value",
    "Structures 3.13.2",
    "not a language",
  ],

  // What the schema for schemas does not say.
  ["<xs:element name='e' default='1' fixed='1'/>", "conflicting-attributes", "src-element.1", "1"],
  [particle("<xs:element/>"), "missing-schema-attribute", "src-element.2.1", "<xs:element/>"],
  [particle("<xs:element name='a' ref='t:e'/>"), "conflicting-attributes", "src-element.2.1", "t:e"],
  [particle("<xs:element ref='t:e' type='xs:int'/>"), "conflicting-attributes", "src-element.2.2", "xs:int"],
  [particle("<xs:element ref='t:e' nillable='true'/>"), "conflicting-attributes", "src-element.2.2", "true"],
  [
    particle("<xs:element ref='t:e'><xs:complexType/></xs:element>"),
    "conflicting-types",
    "src-element.2.2",
    "<xs:complexType/>",
  ],
  [
    "<xs:element name='e' type='xs:int'><xs:complexType/></xs:element>",
    "conflicting-types",
    "src-element.3",
    "<xs:complexType/>",
  ],
  [type("<xs:attribute name='a' default='1' fixed='1'/>"), "conflicting-attributes", "src-attribute.1", "1"],
  [
    type("<xs:attribute name='a' default='1' use='required'/>"),
    "conflicting-attributes",
    "src-attribute.2",
    "required",
  ],
  [type("<xs:attribute/>"), "missing-schema-attribute", "src-attribute.3.1", "<xs:attribute/>"],
  [type("<xs:attribute ref='t:a' type='xs:int'/>"), "conflicting-attributes", "src-attribute.3.2", "xs:int"],
  [
    type(
      "<xs:attribute ref='t:a'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:attribute>",
    ),
    "conflicting-types",
    "src-attribute.3.2",
    "<xs:simpleType>",
  ],
  [
    "<xs:attribute name='a' type='xs:int'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:attribute>",
    "conflicting-types",
    "src-attribute.4",
    "<xs:simpleType>",
  ],
  ["<xs:attribute name='xmlns'/>", "forbidden-attribute-declaration", "no-xmlns", "xmlns"],
  [
    simple("<xs:restriction/>"),
    "missing-schema-attribute",
    "src-restriction-base-or-simpleType",
    "<xs:restriction/>",
  ],
  [simple("<xs:list/>"), "missing-schema-attribute", "src-list-itemType-or-simpleType", "<xs:list/>"],
  [
    simple(
      "<xs:list itemType='xs:int'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:list>",
    ),
    "conflicting-types",
    "src-list-itemType-or-simpleType",
    "<xs:simpleType>",
  ],
  [simple("<xs:union/>"), "missing-schema-attribute", "src-union-memberTypes-or-simpleTypes", "<xs:union/>"],
  [
    simple("<xs:union memberTypes=' '/>"),
    "missing-schema-attribute",
    "src-union-memberTypes-or-simpleTypes",
    "<xs:union memberTypes=' '/>",
  ],
  [
    restriction("<xs:length value='1'/><xs:length value='1'/>"),
    "repeated-facet",
    "src-single-facet-value",
    "<xs:length value='1'/>",
  ],
  ["<xs:import namespace='urn:t'/>", "import-of-own-namespace", "src-import.1.1", "urn:t"],
  [
    "<xs:redefine schemaLocation='r'><xs:simpleType name='r'><xs:restriction base='xs:int'/></xs:simpleType></xs:redefine>",
    "redefinition-without-self",
    "src-redefine.5",
    "<xs:simpleType name='r'>",
  ],
  [
    "<xs:redefine schemaLocation='r'><xs:complexType name='r'><xs:sequence/></xs:complexType></xs:redefine>",
    "redefinition-without-self",
    "src-redefine.5",
    "<xs:complexType name='r'>",
  ],
  [
    "<xs:redefine schemaLocation='r'><xs:group name='r'><xs:sequence><xs:group ref='t:r'/><xs:group ref='t:r'/></xs:sequence></xs:group></xs:redefine>",
    "redefinition-without-self",
    "src-redefine.6.1.1",
    "<xs:group name='r'>",
  ],
  [
    "<xs:redefine schemaLocation='r'><xs:group name='r'><xs:sequence><xs:group ref='t:r' minOccurs='0'/></xs:sequence></xs:group></xs:redefine>",
    "redefinition-without-self",
    "src-redefine.6.1.2",
    "<xs:group name='r'>",
  ],
  [
    "<xs:redefine schemaLocation='r'><xs:attributeGroup name='r'><xs:attributeGroup ref='t:r'/><xs:attributeGroup ref='t:r'/></xs:attributeGroup></xs:redefine>",
    "redefinition-without-self",
    "src-redefine.7.1",
    "<xs:attributeGroup name='r'>",
  ],
  [key("<xs:field xpath='a'/>"), "missing-schema-element", "Structures 3.11.2", '<xs:key name="k">'],
  [key("<xs:selector xpath='a'/>"), "missing-schema-element", "Structures 3.11.2", '<xs:key name="k">'],
  [
    element("<xs:keyref name='k'><xs:selector xpath='a'/><xs:field xpath='b'/></xs:keyref>"),
    "missing-schema-attribute",
    "Structures 3.11.2",
    "<xs:keyref name='k'>",
  ],
  [key("<xs:selector xpath='@a'/><xs:field xpath='b'/>"), "invalid-xpath", "c-selector-xpath", "@a"],
  [key("<xs:selector xpath='a'/><xs:field xpath='q:b'/>"), "invalid-xpath", "c-fields-xpaths", "q:b"],
  [
    particle("<xs:element name='e' minOccurs='3' maxOccurs='2'/>"),
    "invalid-occurrence",
    "p-props-correct.2.1",
    "2",
  ],
  [
    particle("<xs:any minOccurs='2'/>"),
    "invalid-occurrence",
    "p-props-correct.2.1",
    "2",
    "maxOccurs is 1 when it is not written",
  ],
  [
    particle("<xs:any namespace='##any' notNamespace='urn:x'/>"),
    "conflicting-attributes",
    "src-wildcard.1",
    "urn:x",
  ],
  [
    element("<xs:alternative test='1'/>"),
    "missing-schema-attribute",
    "src-type-alternative.1",
    "<xs:alternative test='1'/>",
  ],
  [
    particle("<xs:element ref='t:e' targetNamespace='urn:x'/>"),
    "missing-schema-attribute",
    "src-element.4",
    "urn:x",
  ],
])("%s", (inside, code, clause, at, hint) => {
  const text = schema(inside);
  const { document, diagnostics } = read(text);
  expect(document).toBeDefined();
  const [first] = diagnostics.filter((diagnostic) => diagnostic.code === code);
  expect(first, JSON.stringify(diagnostics)).toMatchObject({ code, clause, severity: "error" });
  expect(first?.at === undefined ? undefined : text.slice(first.at.start, first.at.end)).toBe(at);
  if (hint !== undefined) expect(first?.hint).toBe(hint);
});

test.each([
  [
    "an empty target namespace",
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace=""/>',
    "invalid-attribute-value",
  ],
  [
    "an import of nothing",
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import/></xs:schema>',
    "import-of-own-namespace",
  ],
  [
    "attributes of xsi",
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/XMLSchema-instance"><xs:attribute name="a"/></xs:schema>',
    "forbidden-attribute-declaration",
  ],
  ["another root", '<xs:element xmlns:xs="http://www.w3.org/2001/XMLSchema" name="e"/>', "not-a-schema"],
  ["an old namespace", '<schema xmlns="http://www.w3.org/2000/10/XMLSchema"/>', "not-a-schema"],
  ["no namespace", "<schema/>", "not-a-schema"],
])("refused: %s", (_, text, code) => {
  expect(read(text).diagnostics).toEqual([expect.objectContaining({ code, severity: "error" })]);
});

test("all mistakes are told in one run", () => {
  const { findings } = read(
    schema(
      '\n<xs:elment/>\n<xs:element name="1"/>\n<xs:complexType name="c"><xs:attribute/>\n<xs:sequence/>\n</xs:complexType>',
    ),
  );
  expect(findings).toEqual([
    "2:1 unknown-schema-element XSD has no element <xs:elment>",
    '3:19 invalid-attribute-value "1" of the attribute "name" of <xs:element> must be a name without a colon (NCName)',
    "5:1 late-schema-element <xs:sequence> stands too late in <xs:complexType>",
    '4:26 missing-schema-attribute <xs:attribute> needs the attribute "name" or "ref" here',
  ]);
});

// What is new in XSD 1.1 is refused when a schema is read as XSD 1.0, and fine otherwise.
test.each([
  "<xs:override schemaLocation='a'/>",
  "<xs:defaultOpenContent><xs:any/></xs:defaultOpenContent>",
  element("<xs:alternative type='xs:int'/>"),
  type("<xs:assert test='1'/>"),
  restriction("<xs:assertion test='1'/>"),
  restriction("<xs:explicitTimezone value='required'/>"),
  type("<xs:openContent><xs:any/></xs:openContent>"),
  type("<xs:anyAttribute notNamespace='urn:x'/>"),
  type("<xs:anyAttribute notQName='##defined t:x'/>"),
  type("<xs:all><xs:any/></xs:all>"),
  type("<xs:all><xs:group ref='t:g'/></xs:all>"),
  "<xs:attribute name='a' inheritable='true'/>",
  particle("<xs:element name='e' targetNamespace='urn:x'/>"),
  "<xs:complexType name='c' defaultAttributesApply='false'/>",
])("only XSD 1.1: %s", (inside) => {
  expect(read(schema(inside)).findings).toEqual([]);
  expect(read(schema(inside), { version: "1.1" }).findings).toEqual([]);
  expect(read(schema(inside), { version: "1.0" }).diagnostics).toEqual([
    expect.objectContaining({ code: "xsd-1.1-only", severity: "error" }),
  ]);
});

// And the other way round.
test.each([
  [type("<xs:attribute name='a' use='prohibited' fixed='1'/>"), "src-attribute.5"],
  [
    "<xs:complexType name='c' mixed='true'><xs:simpleContent><xs:extension base='xs:int'/></xs:simpleContent></xs:complexType>",
    "src-ct.3",
  ],
  [
    "<xs:complexType name='c' mixed='true'><xs:complexContent mixed='false'><xs:extension base='t:c'/></xs:complexContent></xs:complexType>",
    "src-ct.4",
  ],
])("only XSD 1.0: %s", (inside, clause) => {
  expect(read(schema(inside)).findings).toEqual([]);
  expect(read(schema(inside), { version: "1.0" }).findings).toEqual([]);
  expect(read(schema(inside), { version: "1.1" }).diagnostics).toEqual([expect.objectContaining({ clause })]);
});

test.each([
  particle("<xs:element name='e' maxOccurs=' 2 ' minOccurs='+01'/>"),
  "<xs:element name=' e ' type='\n xs:int '/>",
  "<xs:element name='e' type='xml:lang'/>",
  "<xs:element name='e' f:x='1' xmlns:f='urn:f'/>",
  "<xs:annotation><xs:documentation><anything/>text<xs:nothing/></xs:documentation><xs:appinfo>&lt;</xs:appinfo></xs:annotation>",
  "<xs:annotation/><xs:include schemaLocation='a b%20c'/><xs:annotation/><xs:element name='e'/><xs:annotation/>",
  "<xs:element name='e' substitutionGroup='t:a t:b'/>",
  "<xs:notation name='n' system='s'/>",
])("fine: %s", (inside) => {
  expect(read(schema(inside)).findings).toEqual([]);
});
