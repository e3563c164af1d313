/**
 * From the text of a schema document to its element tree.
 *
 * Our scanner reads first: it judges, and it knows what fast-xml-parser does not (places of attributes and texts, namespaces, values
 * with entities expanded). fast-xml-parser builds the tree from what the scanner let through; where the two disagree, one of them
 * is wrong, and that is an error of ours.
 */
import { XMLParser } from "fast-xml-parser";
import type { Report } from "../diagnostics.js";
import { maxLength } from "./encoding.js";
import { maxDepth, scanXml, type Scan, type ScannedElement } from "./scan.js";
import type { XmlElement, XmlText } from "./types.js";

const attributePrefix = "@";

/** Property names that fast-xml-parser refuses; with a dot in front they are no XML names, so that they meet no other. */
const refused: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: attributePrefix,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth + 1,
  jPath: false,
  transformTagName: (name) => (refused.has(name) ? `.${name}` : name),
  onDangerousProperty: (name) => name,
});
const metaData = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** A node as fast-xml-parser gives it: the name (or `#text`) is the first key, attributes are under `:@`. */
type Built = Readonly<Record<string | symbol, unknown>>;

/** Reads one document. What is wrong goes to the report; undefined when it is not well-formed. */
export function parseXml(file: string, text: string, report: Report): XmlElement | undefined {
  report.addText(file, text);
  if (text.length > maxLength) {
    const message = `the document has ${String(text.length)} characters; ${String(maxLength)} are allowed`;
    report.add({ code: "document-too-large", severity: "error", message, at: { file, start: 0, end: 0 } });
    return undefined;
  }
  const scan = scanXml(file, text);
  for (const finding of scan.findings) report.add(finding);
  return scan.wellFormed ? buildTree(file, scan) : undefined;
}

function buildTree(file: string, scan: Scan): XmlElement {
  const disagree = (what: string): never => {
    throw new Error(`${file}: the scanner and fast-xml-parser disagree about ${what}`);
  };
  const { markup, restore } = hideOddNames(scan.markup);
  const nodes = parser.parse(markup) as readonly Built[];
  let nextElement = 0;
  let nextText = 0;

  const convert = (node: Built, built: string): XmlElement => {
    const scanned = scan.elements[nextElement++];
    if (scanned === undefined) return disagree("the number of elements");
    const raw = restore(built.startsWith(".") ? built.slice(1) : built);
    if (raw !== scanned.raw) disagree(`the name of <${scanned.raw}>`);
    const meta = node[metaData] as { readonly startIndex?: number; readonly endIndex?: number } | undefined;
    if (meta?.startIndex !== scanned.built || meta.endIndex !== scanned.builtEnd)
      disagree(`the place of <${raw}>`);
    checkAttributes(node, scanned);
    const children = node[built] as readonly Built[];
    if (children.length > 0) scanned.children = convertChildren(children);
    return scanned;
  };

  const checkAttributes = (node: Built, { raw, written }: ScannedElement): void => {
    const built = node[":@"] as Readonly<Record<string, string>> | undefined;
    let count = 0;
    for (const key in built) {
      // Both list attributes in the order of the document.
      const attribute = written[count++];
      if (attribute === undefined || restore(key) !== attributePrefix + attribute.raw)
        disagree(`the attributes of <${raw}>`);
      else if (restore(built[key] ?? "") !== attribute.text)
        disagree(`the value of "${attribute.raw}" of <${raw}>`);
    }
    if (count !== written.length) disagree(`the attributes of <${raw}>`);
  };

  const convertChildren = (built: readonly Built[]): readonly (XmlElement | XmlText)[] => {
    const children: (XmlElement | XmlText)[] = [];
    let text = "";
    const endText = (): void => {
      if (text === "") return;
      let scanned = scan.texts[nextText++];
      while (scanned?.written === "") scanned = scan.texts[nextText++];
      if (scanned?.written !== restore(text)) return disagree(`the text "${text.slice(0, 40)}"`);
      children.push(scanned);
      text = "";
    };
    for (const child of built) {
      const key = firstKey(child);
      if (key === "#text") text += child[key] as string;
      else {
        endText();
        children.push(convert(child, key));
      }
    }
    endText();
    return children;
  };

  const roots = nodes.filter((node) => firstKey(node) !== "#text");
  const root = roots[0];
  if (root === undefined || roots.length > 1) return disagree("the root element");
  const tree = convert(root, firstKey(root));
  if (nextElement !== scan.elements.length) disagree("the number of elements");
  return tree;
}

/** The name of a node: `:@` and metadata come after it. */
function firstKey(node: Built): string {
  for (const key in node) return key;
  return "";
}

/**
 * fast-xml-parser divides tags by the white space of JavaScript, which has two characters that XML allows in names: they are
 * replaced by two that XML never allows.
 */
function hideOddNames(markup: string): {
  readonly markup: string;
  readonly restore: (text: string) => string;
} {
  if (!/[\u1680\ufeff]/u.test(markup)) return { markup, restore: (text) => text };
  return {
    markup: markup.replaceAll("\u1680", "\u0001").replaceAll("\ufeff", "\u0002"),
    restore: (text) => text.replaceAll("\u0001", "\u1680").replaceAll("\u0002", "\ufeff"),
  };
}
