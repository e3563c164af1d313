/** From the element tree of a schema document to {@link SchemaDocument}: every construct, as written. */
import type { Diagnostic, Report } from "../diagnostics.js";
import { readAnnotation } from "./annotation.js";
import { createGrammarCheck } from "./check.js";
import { componentNames, createComponentReader } from "./components.js";
import { applyConditions, mayBeConditional } from "./conditional.js";
import {
  childrenOf,
  formOf,
  methodsOf,
  placeOf,
  referenceOf,
  tag,
  valueOf,
  XSD_NAMESPACE,
} from "./element.js";
import type { Edition, XsdVersion } from "./grammar.js";
import { createRules } from "./rules.js";
import type { Directive, SchemaDocument, SourceFile, TopLevel, XmlElement, XmlText } from "./types.js";
import { pathOfText, schemaElementOf } from "./wsdl.js";
import { parseParts, parseXml, webPageHint } from "./xml.js";

export interface ReadOptions {
  /** The edition of XSD by which documents are read; without it, what either of them allows. */
  readonly version?: XsdVersion;
}

const directiveNames: readonly string[] = ["include", "import", "redefine", "override"];
/** Reads one schema document. What is wrong goes to the report; undefined when the file holds no schema at all. */
export function readSchema(
  file: SourceFile,
  report: Report,
  options: ReadOptions = {},
): SchemaDocument | undefined {
  const version = options.version ?? "either";
  const findings = createFindings();
  let reader: Reader | undefined;
  // What conditions exclude is known when a whole tree is there; else each part is read as it comes, and dropped: the tree of a
  // large schema takes much more room than what is made of it.
  if (file.embedded === undefined && (version === "1.0" || !mayBeConditional(file.text))) {
    const isWellFormed = parseParts(file.path, file.text, report, {
      begin(root) {
        if (isSchema(root)) reader = createReader(file, root, version, findings);
        else findings.document.push({ severity: "error", ...notASchema(root) });
      },
      take: (child) => reader?.take(child),
    });
    if (!isWellFormed) return undefined;
  } else {
    const tree = parseXml(pathOfText(file), file.text, report);
    const written = tree && schemaElementOf(tree, file);
    if (written === undefined) return undefined;
    if (!isSchema(written)) findings.document.push({ severity: "error", ...notASchema(written) });
    else {
      const complain: Complain = (finding) => findings.document.push({ severity: "error", ...finding });
      const root =
        version === "1.0"
          ? written
          : (applyConditions(written, version, complain) ?? excludedRoot(written, version, complain));
      reader = createReader(file, root, version, findings);
      for (const child of root.children) reader.take(child);
    }
  }
  const document = reader?.finish();
  for (const finding of findings.inOrder()) report.add(finding);
  return document;
}

type Complain = (diagnostic: Omit<Diagnostic, "severity"> & Partial<Pick<Diagnostic, "severity">>) => void;

/** What is wrong with a document, from the large to the small: the whole, its grammar, its directives, its components. */
interface Findings {
  readonly document: Diagnostic[];
  readonly grammar: Diagnostic[];
  readonly directives: Diagnostic[];
  readonly components: Diagnostic[];
  readonly inOrder: () => readonly Diagnostic[];
}

function createFindings(): Findings {
  const lists = { document: [], grammar: [], directives: [], components: [] };
  return {
    ...lists,
    inOrder: () => [...lists.document, ...lists.grammar, ...lists.directives, ...lists.components],
  };
}

function isSchema({ name }: XmlElement): boolean {
  return name.namespace === XSD_NAMESPACE && name.local === "schema";
}

/**
 * A document whose own conditions exclude it. For a processor of XSD 1.1 it holds nothing, and that is said; where no edition
 * was asked for, it was written for XSD 1.0, to which `vc:` attributes are foreign.
 */
function excludedRoot(root: XmlElement, version: Edition, complain: Complain): XmlElement {
  if (version !== "1.1") return root;
  complain({
    severity: "warning",
    code: "excluded-schema",
    message: "the vc: attributes of xs:schema exclude the whole document for XSD 1.1, so it declares nothing",
    at: root.at,
    clause: "Structures 1.1 4.2.2",
    hint: "read it as XSD 1.0, or widen vc:minVersion and vc:maxVersion",
  });
  return { ...root, attributes: [], children: [] };
}

function notASchema(root: XmlElement): Omit<Diagnostic, "severity"> {
  const { namespace, local } = root.name;
  const hint =
    local === "schema"
      ? `its namespace must be ${XSD_NAMESPACE}${namespace === "" ? "; it has none" : `, not ${namespace}`}`
      : namespace === XSD_NAMESPACE
        ? "wrap it in xs:schema"
        : (foreignHint(root) ?? `the root must be "schema" in the namespace ${XSD_NAMESPACE}`);
  return {
    code: "not-a-schema",
    message:
      local === "schema"
        ? `the root element ${tag(root)} is not in the namespace of XSD`
        : `the root element ${tag(root)} is not xs:schema`,
    at: root.at,
    hint,
  };
}

/** What to do with a document of another kind that is often taken for a schema. */
function foreignHint({ name: { namespace, local } }: XmlElement): string | undefined {
  if (/^html$/iu.test(local)) return webPageHint;
  if (namespace === "http://relaxng.org/ns/structure/1.0")
    return "this is RELAX NG, which `trang` converts to XSD";
  return undefined;
}

/** Makes a document of the children of its root. */
interface Reader {
  readonly take: (child: XmlElement | XmlText) => void;
  readonly finish: () => SchemaDocument;
}

/** Begins to read a document; `root` need not have its children yet. */
function createReader(file: SourceFile, root: XmlElement, version: Edition, findings: Findings): Reader {
  const targetNamespace = valueOf(root, "targetNamespace");
  const elementForm = formOf(root, "elementFormDefault") ?? "unqualified";
  const attributeForm = formOf(root, "attributeFormDefault") ?? "unqualified";
  let found = findings.directives;
  const rules = createRules({
    version,
    targetNamespace: targetNamespace ?? "",
    attributeForm,
    complain: (finding) => found.push({ severity: "error", ...finding }),
  });
  const grammar = createGrammarCheck(root, "schema", version, (finding) =>
    findings.grammar.push({ severity: "error", ...finding }),
  );
  const annotations: XmlElement[] = [];
  const directives: Directive[] = [];
  // xs:defaultOpenContent, which comes after them, is for the types that they redefine as well.
  const waiting: XmlElement[] = [];
  const components: TopLevel[] = [];
  let defaultOpenContent: XmlElement | undefined;
  const readTopLevel = createComponentReader({
    text: file.text,
    root,
    version,
    rules,
    defaultOpenContent: () => defaultOpenContent,
  });
  rules.checkSchema(root);
  return { take, finish };

  function take(child: XmlElement | XmlText): void {
    grammar.take(child);
    if (!("name" in child) || child.name.namespace !== XSD_NAMESPACE) return;
    const { local } = child.name;
    if (local === "annotation") annotations.push(child);
    else if (local === "defaultOpenContent") {
      if (version !== "1.0") defaultOpenContent ??= child;
    } else if (directiveNames.includes(local)) {
      waiting.push(child);
    } else if ((componentNames as readonly string[]).includes(local)) {
      readDirectives();
      found = findings.components;
      components.push(readTopLevel(child));
    }
  }

  function readDirectives(): void {
    found = findings.directives;
    for (const one of waiting.splice(0))
      for (const directive of readDirective(one)) directives.push(directive);
  }

  function finish(): SchemaDocument {
    grammar.finish();
    readDirectives();
    const schemaVersion = valueOf(root, "version");
    const annotation = readAnnotation(annotations, file.text);
    const defaultAttributes = referenceOf(root, "defaultAttributes");
    return {
      file: file.path,
      ...(targetNamespace !== undefined && { targetNamespace }),
      ...(schemaVersion !== undefined && { version: schemaVersion }),
      elementForm,
      attributeForm,
      blockDefault: methodsOf(root, "blockDefault", ["extension", "restriction", "substitution"]) ?? [],
      finalDefault: methodsOf(root, "finalDefault", ["extension", "restriction", "list", "union"]) ?? [],
      prefixes: [...root.namespaces].filter(([prefix]) => prefix !== "xml"),
      ...(annotation !== undefined && { annotation }),
      directives,
      components,
      ...(defaultAttributes !== undefined && { defaultAttributes }),
      at: root.at,
    };
  }

  function readDirective(element: XmlElement): Directive[] {
    const kind = element.name.local;
    const location = valueOf(element, "schemaLocation");
    const at = placeOf(element, "schemaLocation");
    if (kind === "import") {
      rules.checkImport(element);
      const namespace = valueOf(element, "namespace");
      return [
        {
          kind,
          ...(namespace !== undefined && { namespace }),
          ...(location !== undefined && { location }),
          at: location === undefined ? placeOf(element, "namespace") : at,
        },
      ];
    }
    if (location === undefined) return [];
    if (kind === "include") return [{ kind, location, at }];
    if (kind !== "redefine" && kind !== "override") return [];
    const replaced = childrenOf(element, componentNames);
    if (kind === "redefine") for (const child of replaced) rules.checkRedefinition(child);
    return [{ kind, location, components: replaced.map(readTopLevel), at }];
  }
}
