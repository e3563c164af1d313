/**
 * From the text of a schema document to its element tree.
 *
 * Our scanner reads first: it judges, and it knows what fast-xml-parser does not (places, namespaces, values with entities
 * expanded). fast-xml-parser builds the tree from {@link outlinesOf} what the scanner let through, tags without attributes and a mark
 * for each text, part by part, so that parts of equal tags are parsed once; what the scanner knows is hung into it. Where the two
 * disagree, one of them is wrong, and that is an error of ours.
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

/** What fast-xml-parser made of an outline: an element by its alias, a text as it is. */
interface Shape {
  readonly alias: string;
  readonly children: readonly (Shape | string)[];
}

/** Shapes by outline: the parts of a schema differ in their attributes more than in their tags, so most are met again. */
const shapes = new Map<string, Shape>();
const mostShapes = 5000;
/** Outlines of more characters than this are hardly met again. */
const longestKept = 2000;

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
  const tags = new Map<string, Tags>();
  const { root, parts } = outlinesOf(nodes, tags);
  let next = 0;

  const hang = (shape: Shape): XmlElement => {
    const scanned = nodes[next++];
    if (scanned === undefined || !("raw" in scanned) || tags.get(scanned.raw)?.alias !== shape.alias)
      return disagree(`the element <${shape.alias}>`);
    if (shape.children.length > 0) scanned.children = shape.children.map(hangChild);
    if (nodes[next++] !== undefined) disagree(`the end of <${shape.alias}>`);
    return scanned;
  };
  const hangChild = (shape: Shape | string): XmlElement | XmlText => {
    if (typeof shape !== "string") return hang(shape);
    const scanned = nodes[next++];
    if (scanned === undefined || "raw" in scanned || shape !== textMark)
      return disagree("the place of a text");
    return scanned;
  };

  const trunk = shapeOf(root);
  if (trunk === undefined) return disagree("the root element");
  let part = 0;
  const children = trunk.children.map((child) => {
    if (typeof child === "string") return child;
    const shape = shapeOf(parts[part++] ?? "");
    return shape?.alias === child.alias ? shape : disagree(`the element <${child.alias}>`);
  });
  const tree = hang({ alias: trunk.alias, children });
  if (next !== nodes.length) disagree("the number of elements");
  return tree;
}

/** What fast-xml-parser makes of an outline; undefined when that is not one element. */
function shapeOf(outline: string): Shape | undefined {
  const known = shapes.get(outline);
  if (known !== undefined) return known;
  const [shape, ...others] = (parser.parse(outline) as readonly Built[]).map(shapeFrom);
  if (shape === undefined || typeof shape === "string" || others.length > 0) return undefined;
  if (outline.length <= longestKept) {
    if (shapes.size >= mostShapes) shapes.clear();
    shapes.set(outline, shape);
  }
  return shape;
}

function shapeFrom(node: Built): Shape | string {
  for (const alias in node) {
    if (alias === "#text") return String(node[alias]);
    return { alias, children: (node[alias] as readonly Built[]).map(shapeFrom) };
  }
  return "";
}

/** The tags under which an element stands in an outline. */
interface Tags {
  readonly alias: string;
  readonly start: string;
  readonly end: string;
  readonly empty: string;
}

/**
 * The tags of a document and where its texts stand: those of the root, whose children are empty in it, and those of each child.
 * `known` gets the tags of each name.
 */
function outlinesOf(
  nodes: Scan["nodes"],
  known: Map<string, Tags>,
): { readonly root: string; readonly parts: readonly string[] } {
  const root: string[] = [];
  const parts: string[] = [];
  let part: string[] = [];
  const ends: string[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) {
      const end = ends.pop() ?? "";
      (ends.length === 0 ? root : part).push(end);
      if (ends.length === 1) {
        parts.push(part.join(""));
        part = [];
      }
    } else if (!("raw" in node)) (ends.length === 1 ? root : part).push(textMark);
    else {
      const { start, end, empty } = tagsOf(node, known);
      const isEmpty = nodes[index + 1] === undefined;
      if (ends.length === 1) root.push(empty);
      (ends.length === 0 ? root : part).push(isEmpty ? empty : start);
      ends.push(isEmpty ? "" : end);
    }
  }
  return { root: root.join(""), parts };
}

/**
 * fast-xml-parser refuses some names (`constructor`), and divides tags by the white space of JavaScript, to which two characters
 * belong that XML allows in names: names other than the usual ones get a number with a dot in front, which no XML name has.
 */
function tagsOf({ raw }: ScannedElement, known: Map<string, Tags>): Tags {
  let tags = known.get(raw);
  if (tags === undefined) {
    const alias = /^\w+:\w+$/u.test(raw) ? raw : `.${String(known.size)}`;
    tags = { alias, start: `<${alias}>`, end: `</${alias}>`, empty: `<${alias}/>` };
    known.set(raw, tags);
  }
  return tags;
}
