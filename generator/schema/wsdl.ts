/** Schemas that stand in the `types` of a WSDL document: each is read as a document of its own, at its places in that file. */
import type { Report } from "../diagnostics.js";
import { childrenOf, XSD_NAMESPACE, valueOf } from "./element.js";
import { firstTag } from "./target-namespace.js";
import type { SourceFile, XmlElement } from "./types.js";
import { parseXml } from "./xml.js";

/** The document elements of WSDL 1.1 and 2.0, by their namespaces. */
const rootNames: Readonly<Record<string, string>> = {
  "http://schemas.xmlsoap.org/wsdl/": "definitions",
  "http://www.w3.org/ns/wsdl": "description",
};

/** Whether a text looks like a WSDL document; whether it is one is for {@link readWsdl} to say. */
export function mayBeWsdl(text: string): boolean {
  const tag = /<(?:[^\s<>:]+:)?(?:definitions|description)[\s/>]/uy;
  tag.lastIndex = firstTag(text);
  return tag.test(text) && Object.keys(rootNames).some((namespace) => text.includes(namespace));
}

/** What a WSDL document has to do with schemas. */
export interface Wsdl {
  /** The schemas in it, one file each. */
  readonly schemas: readonly SourceFile[];
  /** The documents that it imports. */
  readonly imports: readonly { readonly location: string; readonly at: XmlElement["at"] }[];
}

/**
 * Reads a WSDL document; what turns out to be none is left as it is. What is wrong goes to the report; undefined when it is not
 * well-formed.
 */
export function readWsdl(file: SourceFile, report: Report): Wsdl | undefined {
  report.addText(file.path, file.text);
  const root = parseXml(file.path, file.text, report);
  if (root === undefined) return undefined;
  if (rootNames[root.name.namespace] !== root.name.local) return { schemas: [file], imports: [] };
  const schemas = schemasIn(root).map((_, index) => ({
    ...file,
    path: `${file.path}#${index + 1}`,
    embedded: index + 1,
  }));
  const imports = childrenOf(root, ["import", "include"], root.name.namespace).flatMap((element) => {
    const location = valueOf(element, "location");
    return location === undefined ? [] : [{ location, at: element.at }];
  });
  return { schemas, imports };
}

/** The path of the file in which a schema stands: its own, or that of the WSDL document. */
export function pathOfText({ path, embedded }: Pick<SourceFile, "path" | "embedded">): string {
  return embedded === undefined ? path : path.slice(0, path.lastIndexOf("#"));
}

/** The element of the schema that a file stands for, in the tree of its text. */
export function schemaElementOf(root: XmlElement, { embedded }: SourceFile): XmlElement | undefined {
  return embedded === undefined ? root : schemasIn(root)[embedded - 1];
}

function schemasIn(root: XmlElement): readonly XmlElement[] {
  return childrenOf(root, ["types"], root.name.namespace).flatMap((types) =>
    childrenOf(types, ["schema"], XSD_NAMESPACE),
  );
}
