/** What the issues about documents mean, for `xsd-strata explain`. */
import type { Explanation } from "../diagnostics.js";
import type { IssueCode } from "./run.js";

// A prefix that is not declared means the same in a schema, which explains it.
export const explanations: Readonly<Record<Exclude<IssueCode, "undeclared-prefix">, Explanation>> = {
  "abstract-element": {
    meaning: "The element is declared abstract: it only stands for the members of its substitution group.",
    remedy: "Write one of these in its place; `xsd-strata inspect` lists them.",
  },
  "abstract-type": {
    meaning: "The type of the element is abstract, so the document has to say which derived type it has.",
    remedy: "Add xsi:type with a type that derives from it.",
  },
  "blocked-type": {
    meaning:
      "xsi:type names a type whose derivation is blocked here, by the element or by the type that it is declared with.",
  },
  "content-of-nil": { meaning: 'An element with xsi:nil="true" has content; it must be empty.' },
  "dangling-idref": { meaning: "An IDREF names an ID that no element of the document has." },
  "dangling-keyref": {
    meaning: "The values of a keyref are not those of exactly one entry of the key that it refers to.",
  },
  "field-twice": {
    meaning: "A field of an identity constraint finds several nodes, where one value is asked for.",
  },
  "field-without-value": {
    meaning: "A field of an identity constraint leads to an element whose content is no simple value.",
  },
  "forbidden-element": {
    meaning:
      "A type alternative of XSD 1.1 chooses xs:error for these attributes: the element must not have them.",
  },
  "incomplete-declaration": {
    meaning: "The schema refers to something that it does not declare, so the element cannot be judged.",
    remedy: "Add the schema that is missing.",
  },
  "incomplete-key": {
    meaning: "A field of a key is absent, or an element that may be nil. All fields of a key must be there.",
  },
  "inconsistent-type": {
    meaning:
      "A wildcard lets in an element whose name the content model declares too, and with a type that does not fit that one.",
  },
  "invalid-value": {
    meaning:
      "A value is not in the lexical space of its type, or breaks a facet: length, range, pattern, enumeration.",
  },
  "missing-attribute": { meaning: "A required attribute is absent." },
  "missing-element": { meaning: "The content ends where the content model asks for more." },
  "nil-of-fixed": { meaning: "An element with a fixed value cannot be nil." },
  "not-nillable": { meaning: "xsi:nil stands at an element that is not declared nillable." },
  "not-the-fixed-value": { meaning: "The value differs from the one that the declaration fixes." },
  "repeated-id": { meaning: "Two IDs of the document are the same, or an element has two." },
  "repeated-key": { meaning: "The values of a key or a unique constraint occur twice within its element." },
  "undeclared-attribute": {
    meaning:
      "A strict wildcard lets in attributes that the schema declares, and it does not declare this one.",
  },
  "undeclared-element": {
    meaning: "A strict wildcard lets in elements that the schema declares, and it does not declare this one.",
  },
  "underived-type": { meaning: "xsi:type names a type that does not derive from the declared one." },
  "unexpected-attribute": { meaning: "The type of the element has no such attribute." },
  "unexpected-element": {
    meaning:
      "The content model does not allow the element at this place. The message says what could stand there.",
    remedy: "Look at the order of the elements, at their namespace, and at how often each may occur.",
  },
  "unexpected-text": { meaning: "Text stands where the type allows elements only, or nothing." },
  "unknown-root": {
    meaning: "The root element of the document is no global element of the schema.",
    remedy: "Look at its namespace first; `xsd-strata inspect` lists the global elements.",
  },
  "unknown-type": { meaning: "xsi:type names a type that the schema does not have." },
  "unresolved-type": {
    meaning: "The schema does not declare the type of the element, so that it cannot be judged.",
    remedy: "Add the schema that is missing.",
  },
};
