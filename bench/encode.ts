/** Typed writing, ours beside others: `npx tsx --expose-gc bench/encode.ts [sessions] [rounds]`. */
import { XMLBuilder } from "fast-xml-parser";
import {
  decode,
  encode,
  type ElementDescriptor,
  type Field,
  type Struct,
  type Type,
} from "../templates/runtime/index.js";
import { listDocument, messageElement, namespaces } from "./documents.js";
import { measure } from "./harness.js";
import { ownRuntime } from "./instance.js";
import { follow, type Tree } from "./peers/conversion.js";
import { measured, publish, rowsOf } from "./results.js";

const [sessions = 2000, rounds = 7] = process.argv.slice(2).map(Number);
const prefixes = Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
const builder = new XMLBuilder({ ignoreAttributes: false });

/** What users of an untyped builder write: the tree that it wants, by the schema. */
function toTree(value: unknown, type: Type): unknown {
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
      const name = `${prefixes[part.ns] ?? ""}:${field.name}`;
      out[name] = Array.isArray(own) ? own.map((one) => toTree(one, target)) : toTree(own, target);
    }
  };
  write(type);
  return out;
}

const xml = listDocument(sessions);
const value = decode(messageElement as ElementDescriptor, xml);
/** The same data as programs with typed dates hold it. */
const withDates = JSON.parse(JSON.stringify(value), (key, one: unknown) =>
  key.endsWith("Time") && typeof one === "string" ? new Date(`${one} UTC`) : one,
) as unknown;
const bytes = (text: string): number => Buffer.byteLength(text);
const own = (by: "tables" | "code") =>
  ownRuntime<typeof import("./documents.js")>(by, `export { messageElement } from "./documents.js";`);
const [byTables, compiled, unchecked] = await Promise.all([own("tables"), own("code"), own("code")]);
const base = "conversion + fast-xml-parser's builder";
const text = encode(messageElement, value as never, { prefixes });
if (JSON.stringify(decode(messageElement as ElementDescriptor, text)) !== JSON.stringify(value))
  throw new Error("what was written reads as something else");

publish({
  title: "encode",
  about: `${(xml.length / 1e6).toFixed(2)} MB, ${sessions} sessions, to the length of the bytes; x against ${base}.`,
  columns: measured,
  rows: rowsOf(
    measure(
      {
        "encode, tables": () => bytes(byTables.encode(byTables.messageElement, value as never, { prefixes })),
        "encode, compiled": () =>
          bytes(compiled.encode(compiled.messageElement, value as never, { prefixes })),
        "encode, compiled, without checks": () =>
          bytes(unchecked.encode(unchecked.messageElement, value as never, { prefixes, check: false })),
        [base]: () => bytes(builder.build({ "serv:message": toTree(value, messageElement.type as Struct) })),
        "JSON.stringify": () => bytes(JSON.stringify(value)),
        "JSON.stringify, times as Date": () => bytes(JSON.stringify(withDates)),
      },
      { base, bytes: xml.length, rounds },
    ),
  ),
});
