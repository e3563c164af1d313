/** What the diagnostics about files, XML and the syntax of schemas mean, for `xsd-strata explain`. */
import type { Explanations } from "../diagnostics.js";

/** By diagnostic code. */
export const explanations: Explanations = {
  "archive-too-large": {
    meaning:
      "A zip or folder has more entries, or unpacks to more bytes, than a bundle of schemas ever needs. What a zip claims about itself is not believed: bytes are counted while they are inflated.",
    remedy: "Pack the schema files alone.",
  },
  "bundle-too-large": {
    meaning: "The folder holds so many schema files that it is hardly one release of one family.",
    remedy: "Give the folder of one release, or begin with --entry.",
  },
  "conflicting-attributes": {
    meaning:
      "Two attributes of one element of XSD exclude each other, such as default and fixed, or name and ref.",
    remedy: "Keep the one that is meant.",
  },
  "conflicting-types": {
    meaning:
      "A type is both named by an attribute and written out inside, or a reference has a type of its own.",
    remedy: "Keep one of the two.",
  },
  "declared-encoding-differs": {
    meaning:
      "The XML declaration names another encoding than the bytes have. A byte order mark, or bytes that can only be UTF-16, are believed before the declaration.",
    remedy: "Correct the declaration, so that other tools read the file alike.",
  },
  "document-too-large": { meaning: "One schema document is larger than any sensible schema." },
  "duplicate-id": { meaning: "Two elements of one schema document have the same id attribute." },
  "entity-limit": {
    meaning:
      "Entities of the DOCTYPE expand to so much text, or are used so often, that the document is taken for an attack.",
    remedy: "Write the text out.",
  },
  "external-dtd-not-read": {
    meaning:
      "The DOCTYPE names a file outside the document. Such files are never read, so that no document can make the tool open or fetch anything. Entities and attribute defaults declared there are not known.",
    remedy: "Declare inside the DOCTYPE what is needed, or remove the DOCTYPE.",
  },
  "external-entity-not-read": {
    meaning: "The document takes in text from another file by an entity. Such files are never read.",
    remedy: "Put the text into the document, or split the schema with xs:include.",
  },
  "forbidden-attribute-declaration": {
    meaning: "A schema must declare neither an attribute named xmlns nor attributes of the xsi namespace.",
  },
  "import-namespace-mismatch": {
    meaning:
      "The imported file has another target namespace than the import says, or one where it says none.",
    remedy: "Correct the namespace attribute, or the schemaLocation.",
  },
  "import-without-schema": {
    meaning:
      "An import has no schemaLocation, and no file of the bundle has its namespace. That is allowed as long as nothing refers to the namespace.",
    remedy:
      "Add a schemaLocation, put the file into the bundle, or map the namespace to a file with --catalog.",
  },
  "import-of-own-namespace": {
    meaning: "xs:import is for other namespaces; parts of one namespace are put together by xs:include.",
  },
  "include-namespace-mismatch": {
    meaning:
      "xs:include, xs:redefine and xs:override take in schemas of the same target namespace, or of none, which then takes on that of the including schema.",
    remedy: "Use xs:import for another namespace.",
  },
  "invalid-attribute-value": {
    meaning:
      "The attribute of an element of XSD has a value that its type in the schema for schemas does not allow.",
  },
  "invalid-catalog": {
    meaning: "An entry of an XML catalog has an unknown name, lacks an attribute, or holds no URI.",
  },
  "invalid-occurrence": { meaning: "minOccurs is greater than maxOccurs; each is 1 when it is not written." },
  "invalid-xpath": {
    meaning:
      "Identity constraints use a small part of XPath: steps along child elements, .// at the beginning, * and prefix:*, alternatives with |, and in a field an attribute as the last step. The test of xs:alternative (XSD 1.1) is an expression of XPath 2.0 on the attributes of the element, with built-in types only.",
  },
  "link-outside-bundle": {
    meaning: "A symbolic link in the bundle leads to a file outside of it, which is not read.",
    remedy: "Put the file itself into the bundle.",
  },
  "malformed-encoding": {
    meaning:
      "The bytes of the file are not text in the encoding that it declares, or in UTF-8 when it declares none.",
    remedy: "Save the file as UTF-8.",
  },
  "late-schema-element": {
    meaning:
      "An element of XSD stands behind one that it must precede: an annotation comes first, attributes come after the content.",
    remedy:
      "Move it. Where the schema cannot be changed, `--tolerate late-schema-element` makes it a warning: it is read as if it stood in its place.",
  },
  "malformed-xml": {
    meaning: "The document is not well-formed XML, or breaks the rules of namespaces. Nothing in it is read.",
  },
  "misplaced-schema-element": {
    meaning:
      "An element of XSD stands where the schema for schemas does not have it: in the wrong parent, or once too often.",
  },
  "missing-bundle": { meaning: "There is no folder, zip or file at this path." },
  "missing-catalog": { meaning: "A catalog that was given, or that another catalog names, cannot be read." },
  "missing-schema-attribute": {
    meaning: "An element of XSD lacks an attribute that it needs where it stands.",
  },
  "missing-schema-element": { meaning: "An element of XSD lacks a child that it needs." },
  "missing-schema-file": {
    meaning:
      "An include, import, redefine or override names a file that is not there. Names are compared to the letter, upper and lower case included, on every operating system.",
    remedy: "Correct the schemaLocation, add the file, or map the location with --catalog.",
  },
  "namespace-limit": {
    meaning:
      "More prefixes are declared, on an element and those around it, than any sensible document needs.",
  },
  "nesting-limit": { meaning: "Elements are nested deeper than in any sensible schema." },
  "no-schema-files": {
    meaning:
      "The folder or zip holds no file whose name ends in .xsd or .wsdl, or the WSDL document holds no schema.",
  },
  "not-a-catalog": {
    meaning: "The file is neither an OASIS XML catalog nor a JSON object of URLs and files.",
  },
  "excluded-schema": {
    meaning:
      "The vc: attributes of xs:schema say for which versions of XSD the document is meant, and XSD 1.1 is none of them.",
    remedy: "Read it as XSD 1.0, or widen vc:minVersion and vc:maxVersion.",
  },
  "not-a-schema": { meaning: "The file is XML, but its root element is not xs:schema." },
  "redefinition-without-self": {
    meaning: "What stands in xs:redefine must be built from the component of the same name that it replaces.",
    remedy: "Derive from the type itself, or use xs:override (XSD 1.1) to replace it altogether.",
  },
  "repeated-facet": {
    meaning: "Only pattern, enumeration and assertion may stand several times in one restriction.",
  },
  "schema-not-fetched": {
    meaning: "A schema was asked for over the network, as --allow-network permits, and did not come.",
    remedy: "Try again, or keep a copy of the schema and map the URL to it with --catalog.",
  },
  "schema-by-namespace": {
    meaning:
      "An import names a place where nothing is, but the bundle holds one schema of that namespace (or one of that name): it is read instead. The location of an import is only a hint. Of an include that names a URL, a file of its name is taken, if it has the namespace or none.",
    remedy: "Nothing, if that schema is meant; else map the location to another with --catalog.",
  },
  "schema-outside-bundle": {
    meaning:
      "An include or import leaves the folder, the zip, or the folder of the file that was given. Only a catalog may bring in files from elsewhere.",
    remedy: "Give the folder that holds all files, and name the file to begin with by --entry.",
  },
  "schema-url-not-mapped": {
    meaning: "An include or import names a URL. Nothing is fetched unless that is allowed.",
    remedy:
      "Keep a copy of the schema and map the URL to it with --catalog, or allow the network with --allow-network.",
  },
  "text-in-schema": {
    meaning: "There is text between elements of XSD, where only xs:documentation and xs:appinfo hold text.",
  },
  "too-many-catalogs": { meaning: "Catalogs lead to more and more catalogs." },
  "undeclared-prefix": {
    meaning: "A name has a prefix for which no xmlns declaration is in force.",
    remedy: "Declare the prefix on the root element, or correct it.",
  },
  "unknown-encoding": {
    meaning: "The file declares an encoding that is not known.",
    remedy: "Save it as UTF-8.",
  },
  "unknown-entry": { meaning: "--entry names a file that the bundle does not have." },
  "unknown-schema-attribute": { meaning: "XSD has no such attribute where it stands." },
  "unknown-schema-element": { meaning: "XSD has no element of this name." },
  "unreadable-file": {
    meaning: "A file or folder of the bundle is there, but the system does not let this program read it.",
  },
  "unreadable-archive": { meaning: "The zip is damaged, encrypted, or no zip." },
  "unsafe-archive": {
    meaning:
      "The zip or folder holds a link, or a path that would lie outside of it. An honest bundle has no use for either, so all of it is refused.",
  },
  "xml-version-not-1.0": {
    meaning:
      "The document declares another version of XML than 1.0. It is read as XML 1.0, as the fifth edition of XML 1.0 asks for; what only the other version allows is an error.",
  },
  "xsd-1.1-only": { meaning: "The schema is read as XSD 1.0 and uses what only XSD 1.1 has." },
  "wsdl-import-without-file": {
    meaning: "A WSDL document imports another one that is not there. Schemas in that one are missed.",
    remedy: "Put the file where the location says, or map the location to it with --catalog.",
  },
  "wsdl-not-read": {
    meaning:
      "A folder with schema files is read from these. What only stands in a WSDL document beside them is left out.",
    remedy: "Name the document with --entry, or put it into a folder of its own.",
  },
  "xml-namespace-declared": {
    meaning:
      "The namespace of xml:lang and the like is bound to another prefix than xml, or is the default namespace. Namespaces in XML has it bound to xml alone.",
    remedy:
      "Delete the declaration. Where the schema cannot be changed, `--tolerate xml-namespace-declared` makes it a warning: it counts as any other.",
  },
};
