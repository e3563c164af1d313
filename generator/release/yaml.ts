/** YAML: text to plain values with positions, and edits that keep comments. The only home of `yaml`. */
import type * as Yaml from "yaml";
import type { Document, Node, ParsedNode } from "yaml";
import type { Report, Span } from "../diagnostics.js";
import { lazyPackage } from "../packages.js";

const yaml = lazyPackage<typeof Yaml>("yaml");

/** Deeper nesting than any notes need; guards the call stack. */
const DEPTH_LIMIT = 64;
/** Values after aliases are expanded: a small file cannot become a large one. */
const NODE_LIMIT = 200_000;

/** A parsed file. */
export interface YamlFile {
  /** Objects have no prototype. */
  readonly value: unknown;
  /** JSON pointer (RFC 6901) to the place of the value; `<pointer>#key` to that of its key. */
  readonly positions: ReadonlyMap<string, Span>;
}

/** Reads one YAML 1.2 document; mistakes are reported with their place, and then there is no result. */
export function parseYaml(file: string, text: string, report: Report): YamlFile | undefined {
  report.addText(file, text);
  const document = yaml().parseDocument(text, {
    prettyErrors: false,
    version: "1.2",
    schema: "core",
    merge: false,
    stringKeys: true,
    uniqueKeys: true,
    strict: true,
  });
  for (const error of [...document.errors, ...document.warnings]) {
    report.add({
      code: "invalid-yaml",
      severity: "error",
      message: error.message.replace(/\.$/u, ""),
      at: { file, start: error.pos[0], end: error.pos[1] },
      ...(error.code === "BAD_SCALAR_START" || error.code === "TAB_AS_INDENT"
        ? { hint: "put text with special characters in quotes, and indent with spaces" }
        : {}),
    });
  }
  if (document.errors.length + document.warnings.length > 0) return undefined;
  const positions = new Map<string, Span>();
  const reader: Reader = { file, text, document, positions, report, nodes: 0, failed: false };
  const value = read(reader, document.contents, "", 0);
  return reader.failed ? undefined : { value, positions };
}

interface Reader {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly positions: Map<string, Span>;
  readonly report: Report;
  nodes: number;
  failed: boolean;
}

function read(reader: Reader, node: Node | ParsedNode | null, pointer: string, depth: number): unknown {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  const at = spanOf(reader, node);
  if (!reader.positions.has(pointer)) reader.positions.set(pointer, at);
  if (reader.failed) return undefined;
  if (depth > DEPTH_LIMIT || ++reader.nodes > NODE_LIMIT) {
    reader.failed = true;
    reader.report.add({
      code: "yaml-limit",
      severity: "error",
      message:
        depth > DEPTH_LIMIT
          ? `nested deeper than ${DEPTH_LIMIT} levels`
          : `more than ${NODE_LIMIT} values after aliases are expanded`,
      at,
    });
    return undefined;
  }
  if (isAlias(node)) {
    const target = node.resolve(reader.document);
    if (target === undefined) {
      reader.failed = true;
      reader.report.add({
        code: "invalid-yaml",
        severity: "error",
        message: `the alias "*${node.source}" stands for nothing`,
        hint: `put "&${node.source}" before a value above it, or the text in quotes`,
        at,
      });
      return undefined;
    }
    return read(reader, target, pointer, depth + 1);
  }
  if (isMap(node)) {
    const object = Object.create(null) as Record<string, unknown>;
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const child = `${pointer}/${escapePointer(key)}`;
      reader.positions.set(`${child}#key`, spanOf(reader, pair.key as Node));
      if (pair.value === null) reader.positions.set(child, spanOf(reader, pair.key as Node));
      object[key] = read(reader, pair.value as Node | null, child, depth + 1);
    }
    return object;
  }
  if (isSeq(node)) {
    return node.items.map((item, index) => read(reader, item as Node, `${pointer}/${index}`, depth + 1));
  }
  return isScalar(node) ? node.value : null;
}

function spanOf(reader: Reader, node: Node | ParsedNode | null): Span {
  const range = node?.range;
  const [start, end] = range ? [range[0], range[1]] : [0, 0];
  return { file: reader.file, start, end };
}

/** One step of a JSON pointer. */
function escapePointer(key: string): string {
  return key.replace(/~/gu, "~0").replace(/\//gu, "~1");
}

/** The place of a pointer, or of the nearest of its ancestors that has one. */
export function positionOf(positions: ReadonlyMap<string, Span>, pointer: string): Span | undefined {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf("/"))) {
    const at = positions.get(path);
    if (at !== undefined || path === "") return at;
  }
}

/**
 * The text with one value set, everything else kept to the letter. A key of the outermost mapping that is not there
 * is added at the end; other missing places and text that is not YAML are our own mistakes and throw.
 */
export function setInYaml(
  text: string,
  path: readonly (string | number)[],
  value: string | number | boolean,
): string {
  const { isMap, isScalar, parseDocument } = yaml();
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Error(`cannot edit text that is not YAML: ${error.message}`);
  const written = typeof value === "string" ? JSON.stringify(value) : String(value);
  const node = document.getIn(path, true);
  if (isScalar(node) && node.range) {
    const [start, end] = node.range;
    // An empty value has no text of its own and stands right behind its colon.
    return `${text.slice(0, start)}${start === end && !/\s/u.test(text[start - 1] ?? "") ? " " : ""}${written}${text.slice(end)}`;
  }
  const [key] = path;
  if (path.length !== 1 || node !== undefined || (document.contents !== null && !isMap(document.contents))) {
    throw new Error(`no single value stands at "${path.join("/")}"`);
  }
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${String(key)}: ${written}\n`;
}
