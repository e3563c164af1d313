/** Typed reading and writing, ours beside others: `npx tsx --expose-gc bench/decode.ts [sessions] [rounds]`. */
import { XMLBuilder, XMLParser } from "fast-xml-parser";
import {
  decode,
  encode,
  type Field,
  type SimpleType,
  type Struct,
  type Type,
} from "../templates/runtime/index.js";
import { compileCodecs, interpretCodecs } from "../templates/runtime/compile.js";
import { createScanner, END, START } from "../templates/runtime/scanner.js";
import { anyAssist, fullAssist, listDocument, messageElement, namespaces, type Style } from "./documents.js";
import { formatTable, lastResult, measure } from "./harness.js";

const [sessions = 2000, rounds = 7] = process.argv.slice(2).map(Number);

const follow = (type: Field["type"]): Type => (typeof type === "function" ? (type as () => Type)() : type);

// What users of fast-xml-parser write: no value parsing (keys begin with zeros), then a conversion by the schema.
const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity } as never,
});
type Tree = { readonly [name: string]: unknown };
const scalar = (type: SimpleType, text: string): unknown => {
  if (type.kind !== "atomic" || type.as === "string") return text;
  return type.as === "boolean" ? text === "true" || text === "1" : Number(text);
};
const fieldsOf = (type: Struct): Field[] => [
  ...(type.base ? fieldsOf((type.base as () => Struct)()) : []),
  ...((type.content ?? []) as Field[]),
];
const cache = new Map<Struct, Field[]>();
function convert(type: Type, value: unknown): unknown {
  if (type.kind === "polymorphic") {
    const given = String((value as Tree)["@_type"] ?? "").split(":")[1] ?? "";
    const found = type.derived.find(([tag]) => tag.endsWith(":" + given) && given !== "");
    const target = (found ? (found[2] as () => Struct)() : type.base) as Struct;
    return { $type: found?.[0] ?? type.tag, ...(convert(target, value) as object) };
  }
  if (type.kind !== "struct") return scalar(type as SimpleType, value as string);
  let all = cache.get(type);
  if (!all) cache.set(type, (all = fieldsOf(type)));
  const out: Record<string, unknown> = {};
  for (const field of all) {
    const own = (value as Tree)[field.name];
    if (own === undefined) continue;
    const target = follow(field.type);
    if ((field.max ?? 1) > 1)
      out[field.name] = (Array.isArray(own) ? own : [own]).map((one) => convert(target, one));
    else out[field.name] = convert(target, own);
  }
  return out;
}
const convertMessage = (tree: Tree): unknown => convert(messageElement.type as Struct, tree["message"]);
void anyAssist;
void fullAssist;

function scanOnly(text: string): number {
  const s = createScanner(text);
  s.root();
  let depth = 1;
  let elements = 1;
  while (depth > 0) {
    const found = s.next(false);
    if (found === START) {
      depth++;
      elements++;
    } else if (found === END) depth--;
  }
  s.finish();
  return elements;
}

const styles: [string, Style][] = [
  ["one line", {}],
  ["indented", { indented: true }],
  ["two-byte text", { wide: true }],
];
for (const [name, style] of styles) {
  const xml = listDocument(sessions, style);
  const value = decode(messageElement, xml);
  const same = JSON.stringify(value) === JSON.stringify(convertMessage(parser.parse(xml) as Tree));
  const json = JSON.stringify(value);
  const rows = measure(
    {
      "decode, tables": () => {
        interpretCodecs();
        return decode(messageElement, xml);
      },
      "decode, compiled readers": () => {
        compileCodecs(0);
        return decode(messageElement, xml);
      },
      "scan only": () => scanOnly(xml),
      "fast-xml-parser + conversion": () => convertMessage(parser.parse(xml) as Tree),
      "JSON.parse of the same data": () => JSON.parse(json) as unknown,
    },
    { base: "fast-xml-parser + conversion", bytes: xml.length, rounds },
  );
  console.log(
    formatTable(
      `\ndecode, ${name}: ${(xml.length / 1e6).toFixed(2)} MB, ${sessions} sessions, results ${same ? "equal" : "DIFFER"}`,
      rows,
    ),
  );
}

const xml = listDocument(sessions);
const value = decode(messageElement, xml);
const prefixes = Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
const builder = new XMLBuilder({ ignoreAttributes: false });
const toTree = (value: unknown, type: Type): unknown => {
  if (type.kind === "polymorphic") {
    const tag = (value as Tree)["$type"];
    const found = type.derived.find((one) => one[0] === tag);
    const target = (found ? (found[2] as () => Struct)() : type.base) as Struct;
    return { ...(found ? { "@_xsi:type": found[0] } : {}), ...(toTree(value, target) as object) };
  }
  if (type.kind !== "struct") return value;
  const out: Record<string, unknown> = {};
  const write = (part: Struct): void => {
    if (part.base) write((part.base as () => Struct)());
    for (const field of (part.content ?? []) as Field[]) {
      const own = (value as Tree)[field.name];
      if (own === undefined) continue;
      const target = follow(field.type);
      const name = `${prefixes[part.ns]}:${field.name}`;
      out[name] = Array.isArray(own) ? own.map((one) => toTree(one, target)) : toTree(own, target);
    }
  };
  write(type);
  return out;
};
const bytes = (text: string): number => Buffer.byteLength(text);
console.log(
  formatTable(
    "\nencode, one line",
    measure(
      {
        encode: () => bytes(encode(messageElement, value as never, { prefixes })),
        "encode without checks": () =>
          bytes(encode(messageElement, value as never, { prefixes, check: false })),
        "conversion + fast-xml-parser's builder": () =>
          bytes(builder.build({ "serv:message": toTree(value, messageElement.type as Struct) })),
        "JSON.stringify": () => bytes(JSON.stringify(value)),
      },
      { base: "conversion + fast-xml-parser's builder", bytes: xml.length, rounds },
    ),
  ),
);
if (lastResult() === undefined) process.exitCode = 1;
