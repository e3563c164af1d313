/** What the diagnostics about the meaning of a schema are about, for `xsd-strata explain`. */
import type { Explanations } from "../diagnostics.js";

const reference = (what: string): string =>
  `A ${what} is referred to that no file of the schema declares. The prefix of a reference decides the namespace in which it is looked up; without a prefix it is the default namespace of the file, which is often none.`;

const referenceRemedy =
  "Repair the name or the prefix, or include or import the file that declares it. A name that comes near is suggested.";

/** By diagnostic code. */
export const explanations: Explanations = {
  "all-group-member": {
    meaning: "XSD 1.0 allows nothing but elements in xs:all: no groups, no wildcards.",
    remedy: "Use xs:sequence or xs:choice, which may hold each other.",
  },
  "all-group-member-repeated": {
    meaning: "In XSD 1.0 an element of xs:all has a maxOccurs of 0 or 1.",
    remedy: "Wrap the repeated elements in an element of their own, or use xs:sequence.",
  },
  "all-group-nested": {
    meaning:
      "xs:all stands inside another group, or an extension adds it to content that is not empty. In XSD 1.0 it must be all the content that a type has.",
    remedy: "Use xs:sequence, or make the xs:all the whole content of the type.",
  },
  "all-group-repeated": {
    meaning: "xs:all has a maxOccurs other than 1.",
    remedy: "Repeat the element whose content it is.",
  },
  "alternative-not-evaluated": {
    meaning:
      "A test of xs:alternative (XSD 1.1) is XPath beyond the part that every processor must know: attributes, literals, casts to built-in types, comparisons, and, or, not. None of the alternatives of its element is evaluated; the declared type is used.",
    remedy:
      "Write the test with attributes, literals and comparisons alone, or choose the type with xsi:type.",
  },
  "alternative-without-test": {
    meaning:
      "An alternative without a test is what is chosen where no test holds, so it must be the last of its element.",
    remedy: "Move it to the end, or give it a test.",
  },
  "ambiguous-content": {
    meaning:
      "While content is read element by element, one of them could belong to two places of the content model, and only what follows could tell which. The rule is called unique particle attribution.",
    remedy:
      'Take the common beginning out of the alternatives: (a, b) | (a, c) becomes a, (b | c). Where the schema cannot be changed, `--tolerate ambiguous-content`, or `"tolerate": ["ambiguous-content"]` of a family in the configuration, makes it a warning: a document is valid when one of its readings is, an element goes to a declaration before a wildcard, and at most 256 readings are followed at a time, so that a valid document with more may be refused.',
  },
  "assertion-not-checked": {
    meaning:
      "xs:assert and xs:assertion of XSD 1.1 hold XPath expressions. They are kept in the model, but no document is checked against them.",
    remedy: "Check the condition in your program.",
  },
  "attribute-not-a-restriction": {
    meaning:
      "A type that restricts another one allows an attribute that the base does not allow, makes a required one optional, or gives it a type that does not derive from that of the base.",
    remedy: "Restrict further, or derive by extension.",
  },
  "attribute-twice": {
    meaning: "A type or attribute group has two attributes of one name, perhaps through a group or its base.",
    remedy: "Remove one of them.",
  },
  "circular-attribute-group": {
    meaning: "An attribute group refers to itself, directly or through other groups.",
    remedy: "Break the circle.",
  },
  "content-limit": {
    meaning:
      "Groups, bases, unions or substitution groups hold so many parts, or stand on each other so deep, that no program could use them: such a schema is made to bring readers down, or by mistake.",
    remedy: "Let definitions refer to each other less; a repeated group needs maxOccurs, not copies.",
  },
  "circular-group": {
    meaning: "A group contains itself, directly or through other groups, so its content has no end.",
    remedy: "Let an element stand between: elements may contain themselves.",
  },
  "circular-redefinition": {
    meaning:
      "Two schema documents redefine each other, directly or over others, so that neither has an original to start from.",
    remedy: "Let one of them include the other instead.",
  },
  "circular-substitution-group": {
    meaning: "An element is the head of its own substitution group, directly or through others.",
    remedy: "Break the circle.",
  },
  "circular-type": {
    meaning:
      "A type is derived from itself, or is a list or union of itself, directly or through other types.",
    remedy: "Break the circle. A type may well contain elements of itself.",
  },
  "content-kind-mismatch": {
    meaning:
      "A type and its base do not have the same kind of content: one is mixed and the other is not, or one has text and the other has elements.",
    remedy: "Say mixed in both or in neither, or choose another base.",
  },
  "content-not-a-restriction": {
    meaning:
      "A type that restricts another one allows content that the base does not allow. Everything that is valid for a restriction must be valid for its base.",
    remedy: "Repeat the content model of the base, with less in it; or derive by extension.",
  },
  "duplicate-declaration": {
    meaning:
      "Two files, or one file twice, declare a component of the same kind and name with different content. Equal copies count as one.",
    remedy:
      "Remove one. If the bundle holds alternatives of which only one is meant, name the file to start from: --entry <file>.",
  },
  "facet-not-a-restriction": {
    meaning: "A facet allows more than the base type does, or changes one that the base has fixed.",
    remedy: "A derived type can only allow less: tighten the value.",
  },
  "facet-not-applicable": {
    meaning: "The facet has no meaning for this kind of type, such as a length for a number.",
    remedy: "Remove it, or use the one that is meant: totalDigits for numbers, length for texts and lists.",
  },
  "final-type-derived": {
    meaning: "The base type is declared final for this kind of derivation: its author forbids it.",
    remedy: "Use the type as it is, or derive in a way that is allowed.",
  },
  "fixed-value-changed": {
    meaning: "A reference gives an attribute another fixed value than its declaration does.",
    remedy: "Use the same value, or leave it out of the reference.",
  },
  "inconsistent-alternatives": {
    meaning:
      "One content model has two elements of one name and type whose type alternatives (XSD 1.1) differ, so the name does not tell the type.",
    remedy: "Give both the same alternatives, or refer to one global element.",
  },
  "inconsistent-element-types": {
    meaning:
      "One content model has two elements of one name with different types, so the name does not tell the type.",
    remedy: "Give both the same named type, or different names.",
  },
  "invalid-enumeration-value": {
    meaning: "A value of an enumeration is not a value of the base type, so it could never occur.",
    remedy: "Repair the value, or choose another base.",
  },
  "invalid-facet-value": {
    meaning: "The value of a facet is not of the form that the facet needs.",
    remedy:
      "A length is a whole number, a bound is a value of the base type, a pattern is a regular expression.",
  },
  "invalid-value-constraint": {
    meaning: "A default or fixed value is not valid for the type of its element or attribute.",
    remedy: "Repair the value.",
  },
  "keyref-field-count": {
    meaning:
      "A keyref and the key that it refers to have different numbers of fields, so they can never be equal.",
    remedy: "Give both the same number of xs:field.",
  },
  "keyref-to-keyref": {
    meaning: "A keyref refers to another keyref.",
    remedy: "Refer to an xs:key or xs:unique.",
  },
  "list-of-lists": {
    meaning: "The items of a list are separated by white space, so they cannot be lists themselves.",
    remedy: "Use elements for the outer list.",
  },
  "namespace-not-imported": {
    meaning:
      "A file refers to something in a namespace that it does not import. It may be found because another file imports it, but other tools will not find it.",
    remedy:
      "Add an xs:import of the namespace to the file; a schemaLocation is not needed. Where the schema cannot be changed, `--tolerate namespace-not-imported` makes it a warning: the name means what another file declares.",
  },
  "no-simple-content": {
    meaning: "xs:simpleContent has a base that has no text content to extend or restrict.",
    remedy: "Use xs:complexContent, or choose a base with simple content.",
  },
  "not-a-complex-type": {
    meaning: "xs:complexContent has a simple type as its base.",
    remedy: "Use xs:simpleContent.",
  },
  "not-a-simple-type": {
    meaning:
      "A simple type is needed here (an attribute, a list item, a base of a simple type), but a complex one is named.",
    remedy: "Name a simple type. If attributes are wanted as well, use xs:simpleContent in a complex type.",
  },
  "notation-without-enumeration": {
    meaning: "xs:NOTATION cannot be used itself, only types that list the notations they allow.",
    remedy: "Derive a type from xs:NOTATION with an enumeration.",
  },
  "nothing-to-redefine": {
    meaning: "xs:redefine changes a component that the redefined file does not have.",
    remedy: "Repair the name, or declare the component outside of xs:redefine.",
  },
  "open-content-narrowed": {
    meaning:
      "A type whose content is open everywhere is extended by one that is open at the end only, so what the base lets in between would be refused.",
    remedy: 'Give the open content of the extension mode="interleave".',
  },
  "open-content-untyped": {
    meaning:
      "Open content of XSD 1.1 lets elements in between, or after, those of the content model. They are validated, and a decoded value keeps them with their places under $unknown, but no property of the type is for them.",
    remedy: "Nothing to do where $unknown is enough. Otherwise write an xs:any into the content model.",
  },
  "redefinition-not-a-restriction": {
    meaning: "A group that is redefined without referring to itself must allow less than the original.",
    remedy: "Restrict it, or refer to the original inside and add to it.",
  },
  "restriction-of-any-simple-type": {
    meaning: "xs:anySimpleType is the root of all simple types and cannot be restricted by a schema.",
    remedy: "Restrict xs:string or another built-in type.",
  },
  "schema-element-undeclared": {
    meaning:
      "Content may hold a whole schema, as a DataSet of .NET sends one before its rows, but no file of the release declares the element <xs:schema>.",
    remedy:
      "Write a wildcard in its place, or import the schema of schemas. Where the schema cannot be changed, `--tolerate schema-element-undeclared` makes it a warning: the element may then hold anything.",
  },
  "substitution-type-mismatch": {
    meaning:
      "An element is to stand in the place of another one, but its type does not derive from the other's, or derives in a way that the other forbids.",
    remedy: "Derive its type from that of the head, or leave its type out: then it has the head's.",
  },
  "two-id-attributes": {
    meaning: "An element can be identified by one attribute of type xs:ID, not by two.",
    remedy: "Give one of them another type.",
  },
  "underived-alternative": {
    meaning:
      "An alternative (XSD 1.1) may only choose a type that derives from the declared type of the element, in a way that the element does not block, or xs:error.",
    remedy:
      "Derive the type from the declared one, or declare the element with a type that both have as their base.",
  },
  "unknown-attribute-group-reference": { meaning: reference("attribute group"), remedy: referenceRemedy },
  "unknown-attribute-reference": { meaning: reference("global attribute"), remedy: referenceRemedy },
  "unknown-element-reference": { meaning: reference("global element"), remedy: referenceRemedy },
  "unknown-escape": {
    meaning:
      "A pattern has a backslash before a character that needs none, as in `\\/`, which XML Schema does not know.",
    remedy:
      "Leave the backslash out. Where the schema cannot be changed, `--tolerate unknown-escape` makes it a warning: the character stands for itself.",
  },
  "unknown-group-reference": { meaning: reference("group"), remedy: referenceRemedy },
  "unknown-identity-constraint-reference": {
    meaning: reference("key or unique constraint"),
    remedy: referenceRemedy,
  },
  "unknown-notation-reference": { meaning: reference("notation"), remedy: referenceRemedy },
  "unknown-type-reference": { meaning: reference("type"), remedy: referenceRemedy },
  "value-for-element-content": {
    meaning: "A default or fixed value is text, but the element has child elements that it needs.",
    remedy: "Remove the value, or let the content be mixed with only optional children.",
  },
  "value-for-id": {
    meaning:
      "Something of type xs:ID must be different everywhere, so it cannot have a default or fixed value.",
    remedy: "Remove the value.",
  },
  "wildcard-not-expressible": {
    meaning:
      "Attribute wildcards of a type, its groups and its base meet, and XSD 1.0 has no notation for what all of them together allow.",
    remedy: "Let all of them name the same namespaces.",
  },
  "needless-not-name": {
    meaning:
      "A wildcard of XSD 1.1 excludes by `notQName` a name of a namespace that its namespace constraint keeps out already.",
    remedy: "Delete the name, or let its namespace in.",
  },
  "identity-constraint-kind": {
    meaning:
      "An `xs:key`, `xs:unique` or `xs:keyref` takes up another identity constraint by `ref` (XSD 1.1), but that one is of another kind.",
    remedy: "Use the element that the constraint was declared with.",
  },
  "complex-content-of-simple-content": {
    meaning:
      "`xs:complexContent` derives from a type whose content is text. XSD 1.0 lets that pass where only attributes are added; XSD 1.1 does not.",
    remedy: "Use `xs:simpleContent`.",
  },
  "foreign-declaration": {
    meaning:
      "A local element or attribute has a `targetNamespace` other than the schema's (XSD 1.1). That serves restrictions, which must repeat what a base type of another namespace declares, and is allowed nowhere else.",
    remedy: "Refer to a global declaration of that namespace instead.",
  },
  "use-of-any-atomic-type": {
    meaning:
      "A list has xs:anyAtomicType (XSD 1.1) as the type of its items, or a union has it as a member. It is the base of all atomic types, and no value can be read by it alone.",
    remedy: "Name the type that is meant, such as xs:string.",
  },
};
