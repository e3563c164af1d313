/**
 * From the text of a schema document to its element tree.
 *
 * Our scanner reads first: it judges, and it knows what fast-xml-parser does not (places, namespaces, values with entities
 * expanded). fast-xml-parser builds the tree from the {@link outlineOf} what the scanner let through, tags without attributes and a mark
 * for each text, part by part, so that parts of equal tags are parsed once; what the scanner knows is hung into it. Where the two
 * disagree, one of them is wrong, and that is an error of ours.
 */
import { createRequire } from "node:module";
import type { Report } from "../diagnostics.js";
import { admitText } from "./encoding.js";
import { maxDepth, scanXml } from "./scan.js";
import type { ScannedElement, ScannedNode } from "./scanned.js";
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

/** What to do with a web page in place of a schema. */
export const webPageHint = "this is a web page: was it sent in place of the file when that was downloaded?";
const beginsAsWebPage = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b/iu;

/** Who is told what a document holds, child by child of its root: the tree of a large schema need not stand as a whole. */
export interface PartVisitor {
  /** The root element, before its children are known. */
  readonly begin: (root: ScannedElement) => void;
  /** What stands in the root, in order. */
  readonly take: (child: XmlElement | XmlText) => void;
}

/** Reads one document. What is wrong goes to the report; undefined when it is not well-formed. */
export function parseXml(file: string, text: string, report: Report): XmlElement | undefined {
  let tree: ScannedElement | undefined;
  const children: (XmlElement | XmlText)[] = [];
  const visitor: PartVisitor = {
    begin: (root) => (tree = root),
    take: (child) => children.push(child),
  };
  if (!parseParts(file, text, report, visitor) || tree === undefined) return undefined;
  if (children.length > 0) tree.children = children;
  return tree;
}

/**
 * Reads one document part by part. What is wrong goes to the report; false when it is not well-formed: then the visitor was told
 * of what stands before the mistake, and all that came of it is to be forgotten.
 */
export function parseParts(file: string, text: string, report: Report, visitor: PartVisitor): boolean {
  if (!admitText(file, text, report)) return false;
  const builder = createBuilder(file, visitor);
  const { findings, wellFormed } = scanXml(file, text, builder.add);
  const hinted = !wellFormed && beginsAsWebPage.test(text.slice(0, 500));
  for (const finding of findings) report.add(hinted ? { ...finding, hint: webPageHint } : finding);
  if (wellFormed) builder.finish();
  return wellFormed;
}

function createBuilder(
  file: string,
  visitor: PartVisitor,
): { readonly add: (nodes: readonly ScannedNode[]) => void; readonly finish: () => void } {
  const disagree = (what: string): never => {
    throw new Error(`${file}: the scanner and fast-xml-parser disagree about ${what}`);
  };
  const known = new Map<string, Tags>();
  let root: Tags | undefined;
  /** The root's outline, in which its children are empty, and what it must turn out to hold. */
  const trunk: string[] = [];
  const told: string[] = [];
  let nodes: readonly ScannedNode[] = [];
  let next = 0;

  const hang = (shape: Shape): XmlElement => {
    const scanned = nodes[next++];
    if (scanned === undefined || !("raw" in scanned) || tagsOf(scanned, known).alias !== shape.alias)
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

  return {
    add(given) {
      nodes = given;
      next = 0;
      while (next < nodes.length) {
        const node = nodes[next];
        if (node === undefined) next++;
        else if (!("raw" in node)) {
          next++;
          trunk.push(textMark);
          told.push(textMark);
          visitor.take(node);
        } else if (root === undefined) {
          next++;
          root = tagsOf(node, known);
          visitor.begin(node);
        } else {
          const { alias, empty } = tagsOf(node, known);
          const part = hang(shapeOf(outlineOf(nodes, next, known)) ?? disagree(`the element <${alias}>`));
          trunk.push(empty);
          told.push(alias);
          visitor.take(part);
        }
      }
    },
    finish() {
      if (root === undefined) return disagree("the root element");
      const shape = shapeOf(`${root.start}${trunk.join("")}${root.end}`);
      if (shape?.alias !== root.alias || shape.children.length !== told.length)
        return disagree("the root element");
      shape.children.forEach((child, index) => {
        if ((typeof child === "string" ? child : child.alias) !== told[index])
          disagree(`what stands in <${shape.alias}>`);
      });
    },
  };
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

/** The tags of the element whose node is at `from`, and of all in it, and where texts stand; `known` gets the tags of each name. */
function outlineOf(nodes: readonly ScannedNode[], from: number, known: Map<string, Tags>): string {
  const outline: string[] = [];
  const ends: string[] = [];
  let index = from;
  do {
    const node = nodes[index++];
    if (node === undefined) outline.push(ends.pop() ?? "");
    else if (!("raw" in node)) outline.push(textMark);
    else {
      const { start, end, empty } = tagsOf(node, known);
      const isEmpty = nodes[index] === undefined;
      outline.push(isEmpty ? empty : start);
      ends.push(isEmpty ? "" : end);
    }
  } while (ends.length > 0 && index < nodes.length);
  return outline.join("");
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
