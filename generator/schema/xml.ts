/**
 * From the text of a schema document to its element tree.
 *
 * Our scanner reads first: it judges, and it knows what fast-xml-parser does not (places, namespaces, values with entities
 * expanded). fast-xml-parser builds the tree from an {@link outlineOf} of what the scanner let through, tags without attributes
 * and a mark for each text, which takes a fraction of the time; what the scanner knows is hung into it. Where the two disagree, one
 * of them is wrong, and that is an error of ours.
 */
import { createRequire } from "node:module";
import type { Report } from "../diagnostics.js";
import { admitText } from "./encoding.js";
import { maxDepth, scanXml, type Scan, type ScannedElement } from "./scan.js";
import type { XmlElement, XmlText } from "./types.js";

// The one file that the package has for this, instead of forty modules, which take longer to load than a release to read.
const require = createRequire(import.meta.url);
const { XMLParser } = require("fast-xml-parser") as typeof import("fast-xml-parser");

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: maxDepth + 1,
  jPath: false,
});

/** What stands for a text in an outline. */
const textMark = "-";

/** A node as fast-xml-parser gives it: its name (or `#text`) is its only key. */
type Built = Readonly<Record<string, unknown>>;

/** Reads one document. What is wrong goes to the report; undefined when it is not well-formed. */
export function parseXml(file: string, text: string, report: Report): XmlElement | undefined {
  if (!admitText(file, text, report)) return undefined;
  const scan = scanXml(file, text);
  for (const finding of scan.findings) report.add(finding);
  return scan.wellFormed ? buildTree(file, scan) : undefined;
}

function buildTree(file: string, { nodes }: Scan): XmlElement {
  const disagree = (what: string): never => {
    throw new Error(`${file}: the scanner and fast-xml-parser disagree about ${what}`);
  };
  const aliases = new Map<string, string>();
  const roots = parser.parse(outlineOf(nodes, aliases)) as readonly Built[];
  let next = 0;

  const convert = (node: Built, name: string): XmlElement => {
    const scanned = nodes[next++];
    if (scanned === undefined || !("raw" in scanned) || aliases.get(scanned.raw) !== name)
      return disagree(`the element <${name}>`);
    const built = node[name] as readonly Built[];
    if (built.length > 0) scanned.children = built.map(convertChild);
    if (nodes[next++] !== undefined) disagree(`the end of <${name}>`);
    return scanned;
  };
  const convertChild = (node: Built): XmlElement | XmlText => {
    const name = nameOf(node);
    if (name !== "#text") return convert(node, name);
    const scanned = nodes[next++];
    if (scanned === undefined || "raw" in scanned || node[name] !== textMark)
      return disagree("the place of a text");
    return scanned;
  };

  const [root] = roots;
  if (root === undefined || roots.length > 1) return disagree("the root element");
  const tree = convert(root, nameOf(root));
  if (next !== nodes.length) disagree("the number of elements");
  return tree;
}

function nameOf(node: Built): string {
  for (const key in node) return key;
  return "";
}

/** The tags of a document and where its texts stand; `aliases` gets the name under which each element stands in it. */
function outlineOf(nodes: Scan["nodes"], aliases: Map<string, string>): string {
  let outline = "";
  const open: string[] = [];
  nodes.forEach((node, index) => {
    if (node === undefined) outline += open.pop() ?? "";
    else if (!("raw" in node)) outline += textMark;
    else {
      const name = aliasOf(node, aliases);
      const empty = nodes[index + 1] === undefined;
      outline += empty ? `<${name}/>` : `<${name}>`;
      open.push(empty ? "" : `</${name}>`);
    }
  });
  return outline;
}

/**
 * fast-xml-parser refuses some names (`constructor`), and divides tags by the white space of JavaScript, to which two characters
 * belong that XML allows in names: names other than the usual ones get a number with a dot in front, which no XML name has.
 */
function aliasOf({ raw }: ScannedElement, aliases: Map<string, string>): string {
  let alias = aliases.get(raw);
  if (alias === undefined) {
    alias = /^\w+:\w+$/u.test(raw) ? raw : `.${String(aliases.size)}`;
    aliases.set(raw, alias);
  }
  return alias;
}
