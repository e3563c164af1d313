/**
 * From the text of a document that is to be validated to its element tree, fast.
 *
 * The runtime's scanner reads what is well-formed and has no DOCTYPE; all else goes to the scanner of schema documents, which knows
 * entities and explains what is wrong. Both give the same tree. Places are worked out when they are asked for.
 */
import { createScanner, START, TEXT, type XmlAttribute as Read } from "../../templates/runtime/scanner.js";
import { XmlError } from "../../templates/runtime/errors.js";
import type { Report, Span } from "../diagnostics.js";
import { admitText } from "./encoding.js";
import { XML_NAMESPACE } from "./names.js";
import { maxDepth, scanXml } from "./scan.js";
import type { QName, XmlAttribute, XmlElement, XmlText } from "./types.js";

type Namespaces = ReadonlyMap<string, string>;

/** Reads a document. What is wrong goes to the report; undefined when it is not well-formed. */
export function readInstance(file: string, text: string, report: Report): XmlElement | undefined {
  if (!admitText(file, text, report)) return undefined;
  return readPlain(file, text) ?? readStrictly(file, text, report);
}

function readStrictly(file: string, text: string, report: Report): XmlElement | undefined {
  const { nodes, findings, wellFormed } = scanXml(file, text);
  for (const finding of findings) report.add(finding);
  if (!wellFormed) return undefined;
  let children: (XmlElement | XmlText)[] = [];
  const root = children;
  const outer: (typeof children)[] = [];
  for (const node of nodes) {
    if (node === undefined) children = outer.pop() ?? root;
    else {
      children.push(node);
      if (!("name" in node)) continue;
      outer.push(children);
      node.children = children = [];
    }
  }
  return root.find((node) => "name" in node);
}

// ---------------------------------------------------------------------------------------------- the usual

/** An element; its places are those of the text. */
class InstanceElement implements XmlElement {
  readonly name: QName;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  children: readonly (XmlElement | XmlText)[];
  readonly namespaces: Namespaces;
  private readonly file: string;
  private readonly start: number;
  private readonly endOfTag: number;
  end: number;

  constructor(
    { name, prefix }: Name,
    attributes: readonly XmlAttribute[],
    namespaces: Namespaces,
    file: string,
    start: number,
    endOfTag: number,
  ) {
    this.name = name;
    this.prefix = prefix;
    this.attributes = attributes;
    this.children = none;
    this.namespaces = namespaces;
    this.file = file;
    this.start = start;
    this.endOfTag = endOfTag;
    this.end = endOfTag;
  }
  get at(): Span {
    return { file: this.file, start: this.start, end: this.endOfTag };
  }
  get extent(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}

/** Character data, with the stretch that it was read from: comments and instructions may stand in it. */
class InstanceText implements XmlText {
  readonly text: string;
  private readonly file: string;
  private readonly source: string;
  private readonly start: number;
  private readonly end: number;

  constructor(text: string, file: string, source: string, start: number, end: number) {
    this.text = text;
    this.file = file;
    this.source = source;
    this.start = start;
    this.end = end;
  }
  get at(): Span {
    const { file, source, start, end } = this;
    let from = -1;
    let to = end;
    const piece = /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|([^<]+)/gu;
    for (const { 0: all, 1: section, 2: plain, index } of source.slice(start, end).matchAll(piece)) {
      if ((section ?? plain) === undefined || (from < 0 && section === "")) continue;
      if (from < 0) from = start + index;
      to = start + index + all.length;
    }
    return { file, start: Math.max(from, start), end: to };
  }
}

/** A name as it was written; one object for all elements that have it. */
interface Name {
  readonly name: QName;
  readonly prefix: string;
}

const none: readonly never[] = [];
const rootNamespaces: Namespaces = new Map([["xml", XML_NAMESPACE]]);

/** The tree of a document that is well-formed and has no DOCTYPE; undefined for any other. */
function readPlain(file: string, text: string): XmlElement | undefined {
  // What is said of other versions of XML is said elsewhere.
  if (
    text.startsWith("\ufeff") ||
    (text.startsWith("<?xml") && !/^<\?xml\s+version\s*=\s*["']1\.0["']/u.test(text))
  )
    return undefined;
  try {
    return buildTree(file, text);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function buildTree(file: string, source: string): XmlElement {
  const scanner = createScanner(source, { maxDepth, detach: false });
  const { attributes } = scanner;
  const names = new Map<string, Name[]>();
  /** Those of a local name that stands in many namespaces. */
  const rare = new Map<string, Name>();
  const nameOf = (namespace: string, local: string, prefix: string): Name => {
    let known = names.get(local);
    if (known === undefined) names.set(local, (known = []));
    for (const one of known) if (one.name.namespace === namespace && one.prefix === prefix) return one;
    const key = known.length < 16 ? undefined : `${prefix}:${local} ${namespace}`;
    let name = key === undefined ? undefined : rare.get(key);
    if (name === undefined) {
      name = { name: { namespace, local }, prefix };
      if (key === undefined) known.push(name);
      else rare.set(key, name);
    }
    return name;
  };

  /** The element whose start tag was just read. */
  const element = (outer: Namespaces): InstanceElement => {
    const prefix = scanner.prefix();
    const local = scanner.local();
    const name = nameOf(scanner.uri(), local, prefix);
    const start = scanner.offset();
    const end = scanner.position();
    const length = prefix === "" ? local.length : prefix.length + 1 + local.length;
    if (end - start <= length + 3) return new InstanceElement(name, none, outer, file, start, end);
    const found: XmlAttribute[] = [];
    let scope: Map<string, string> | undefined;
    let next = 0;
    attribute.lastIndex = start + 1 + length;
    for (let part; (part = attribute.exec(source)) !== null;) {
      const [, raw = "", value = ""] = part;
      if (raw === "xmlns" || raw.startsWith("xmlns:")) {
        const declared = raw.slice(6);
        (scope ??= new Map(outer)).set(declared, scanner.lookup(declared) ?? "");
      } else {
        const to = attribute.lastIndex - 1;
        const { uri, local, value: text } = attributes[next++] as Read;
        const colon = raw.indexOf(":");
        found.push({
          ...nameOf(uri, local, colon < 0 ? "" : raw.slice(0, colon)),
          value: text,
          at: { file, start: to + 2 - value.length, end: to },
        });
      }
    }
    return new InstanceElement(name, found, scope ?? outer, file, start, end);
  };

  const notText = (): never => {
    throw new Error("an element where there is text alone");
  };

  scanner.root();
  const root = element(rootNamespaces);
  const outer: { readonly element: InstanceElement; readonly children: Node[] | undefined }[] = [];
  let current = root;
  let children: Node[] | undefined;
  const close = (): boolean => {
    if (children !== undefined) current.children = children;
    current.end = scanner.position();
    const around = outer.pop();
    if (around === undefined) return false;
    ({ element: current, children } = around);
    return true;
  };
  for (;;) {
    const from = scanner.position();
    let isText = false;
    if (from !== current.end || source.charCodeAt(from - 2) !== slash) {
      let to = from;
      for (let c = source.charCodeAt(to); c === 32 || c === 10 || c === 9; c = source.charCodeAt(++to));
      const isBlank = source.charCodeAt(to) === lessThan;
      if (!isBlank) to = source.indexOf("<", to);
      if (to < 0) to = source.length;
      const next = source.charCodeAt(to + 1);
      if (to === from || (isBlank && next !== exclamation && next !== question)) {
        isText = next === exclamation || next === question;
        if (to > from)
          (children ??= []).push(new InstanceText(source.slice(from, to), file, source, from, to));
      } else {
        if (next === slash) {
          const text = scanner.chars(notText);
          (children ??= []).push(new InstanceText(text, file, source, from, to));
          if (close()) continue;
          break;
        }
        isText = true;
      }
    }
    const found = scanner.next(isText);
    if (found === TEXT) {
      const text = scanner.text();
      (children ??= []).push(new InstanceText(text, file, source, from, scanner.position()));
    } else if (found === START) {
      const inner = element(current.namespaces);
      (children ??= []).push(inner);
      outer.push({ element: current, children });
      current = inner;
      children = undefined;
    } else if (!close()) break;
  }
  scanner.finish();
  return root;
}

const lessThan = 60;
const slash = 47;
const exclamation = 33;
const question = 63;

type Node = XmlElement | XmlText;

/** An attribute of a tag that is known to be well-formed. */
const attribute = /[ \t\n\r]+([^ \t\n\r=>/]+)[ \t\n\r]*=[ \t\n\r]*("[^"]*"|'[^']*')/uy;
