// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The source of a straight-line reader. */
import type { Builtin, Struct } from "./descriptor.js";
import { fractions, integers } from "./leaves.js";
import {
  ATOMIC,
  BOOLEAN,
  INTEGER,
  kindOf,
  planOf,
  STRING,
  type Entry,
  type Plan,
  type Rule,
} from "./plan.js";
import { unitsOf } from "./scanner.js";

/** Can a struct have a reader? Mixed content and `xs:all` have no order to expect, and one name needs care everywhere. */
export function isStraight(plan: Plan): boolean {
  return (
    !plan.mixed &&
    !plan.all &&
    plan.entries.length > 0 &&
    plan.entries.length < 512 &&
    // What objects inherit cannot be assigned where prototypes are frozen.
    plan.parts.every(({ inherited }) => !inherited) &&
    // Which of several places in ordered content an element has is told by what came before it.
    plan.entries.every((one) => one.tag === undefined || !one.same || emptyOf(one) === emptyOf(one.same)) &&
    // What is too much for an element may be for a wildcard.
    (plan.wildcards.length === 0 || plan.entries.every(({ part }) => !part.many))
  );
}

/** What it means that an element is empty. */
function emptyOf({ element }: Entry): string {
  return [element?.default, element?.fixed, element?.nillable].join();
}

/** A string as source; JSON may hold two characters that end a line in older JavaScript. */
export function quote(text: string): string {
  return JSON.stringify(text)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/**
 * The body of a `MakeReader` for a struct; "" when it can have none. A reader expects the elements of the schema in their
 * order and reads them without a look at a table. Whatever comes otherwise (other order, attributes, unknown content) it
 * leaves to the tables, so that both give the same. Names enter the code as JSON and numbers only. `bytes` is the width of the
 * units that it reads; 0 reads any and compares names by a call, for code that has to be loaded. `kindIn` says how leaves are read.
 */
export function printReader(struct: Struct, bytes: 0 | 1 | 2 = 0, kindIn = kindOf): string {
  const plan = planOf(struct);
  if (!isStraight(plan)) return "";
  const { entries, parts, rules } = plan;
  // Beyond a size engines leave a function unoptimised.
  const byCall = bytes === 0 || entries.length > 200;
  const all = parts.map((_, k) => `v${k}`).join(", ");
  const lines = [
    // Engines make room for as many members as a constructor names. It stays, and so it must not see what is of a document.
    `const Some = host.shared(function (tag, ${all}) {`,
    "if (tag !== undefined) this.$type = tag;",
    ...parts.map(({ property }, k) => `if (v${k} !== undefined) this[${quote(property)}] = v${k};`),
    "});",
    "{",
    "const { scanner: { at, ends, peek, take, units }, leaves, add, atomicLeaf, present, rest, value } = host;",
    "const { booleanLeaf, digitsLeaf, numberLeaf, same, textLeaf, view } = leaves;",
    ...entries.map((_, k) => `const e${k} = entries[${k}], n${k} = e${k}.id;`),
    "return (start, out, tag) => {",
    `let p = 0, q, t, last${parts.map((_, k) => `, v${k}`).join("")};`,
  ];
  entries.forEach((entry, k) => {
    const { many, index } = entry.part;
    const v = `v${index}`;
    const at = many ? `, ${v}?.length ?? 0` : "";
    if (k === 0 || entry.id !== entries[k - 1]?.id) lines.push(`p = peek(n${k});`);
    const units = unitsOf(entry);
    const words = byCall ? "" : comparison(units, bytes);
    const end = words ? `p + ${units.length}` : "q";
    const isNext = words || `(q = same(p, e${k})) > 0`;
    // Mostly all of a leaf is there as it should be, and read at once.
    const leaf = leafOf(entry, kindIn(entry), `p, ${end}`, `e${k}${at}`);
    const whole = leaf ? `(t = ${leaf}) !== undefined || ` : "";
    const found = `${isNext} && (units[${end}] === 62 ? ${whole}take(p, ${end}) : at(e${k}))`;
    const read = `${leaf ? "t !== undefined ? t : " : ""}value(e${k}${at})`;
    const seen = `last = e${k}; p = peek(n${k});`;
    if (many) {
      lines.push(
        `while (${leaf ? `(t = undefined, ${found})` : found}) { ${v} = add(${v}, ${read}); ${seen} }`,
      );
    } else {
      // Two entries may share a property: then the tables say which one is too much.
      const free = entry.part.entries.length > 1 ? `${v} === undefined && ` : "";
      if (leaf) lines.push("t = undefined;");
      lines.push(`if (${free}${found}) { ${v} = ${read}; ${seen} }`);
    }
  });
  lines.push(`if (!ends()) return rest([${all}], last, start, out, tag);`);
  if (rules.length > 0) {
    const suspicious = rules.map(suspicion).filter(Boolean);
    lines.push(`if (${suspicious.join(" || ") || "true"}) present([${all}], start);`);
  }
  const complete = parts.map((_, k) => `v${k} !== undefined`).join(" && ");
  const literal = parts.map(({ property }, k) => `${quote(property)}: v${k}`);
  lines.push(
    `if (out) Some.call(out, undefined, ${all});`,
    `return out ?? (tag === undefined && ${complete} ? { ${literal.join(", ")} } : new Some(tag, ${all}));`,
    "};",
    "}",
  );
  return lines.join("\n");
}

/** Whether a name is at `p`, four bytes at a time, the last ones perhaps twice; "" where it is short or of wider units. */
function comparison(units: Uint16Array, bytes: number): string {
  const { buffer, length } = bytes < 2 ? Uint8Array.from(units) : units;
  const view = new DataView(buffer);
  const last = length * bytes - 4;
  const words: string[] = [];
  if (last >= 0 && units.every((unit) => unit < 256 ** bytes))
    for (let k = 0; k < last + 4; k += 4) {
      const at = Math.min(k, last);
      words.push(`view.getInt32(p * ${bytes} + ${at}, true) === ${view.getInt32(at, true)}`);
    }
  return words.join(" && ");
}

/** The call that reads all of a leaf whose name is at `place`. */
function leafOf({ type }: Entry, kind: number, place: string, entry: string): string | undefined {
  if (kind === STRING) return `textLeaf(${place})`;
  if (kind === INTEGER) return `numberLeaf(${place}, ${integers})`;
  if (kind === BOOLEAN) return `booleanLeaf(${place})`;
  if (kind !== ATOMIC || !type) return undefined;
  const { as, builtin, facets, values } = type;
  if (!facets && !values) {
    if (as === "number" && (builtin === "double" || builtin === "float"))
      return `numberLeaf(${place}, ${fractions})`;
    if (as === "string" && longIntegers.has(builtin)) return `digitsLeaf(${place})`;
  }
  return `atomicLeaf(${place}, ${entry})`;
}

/** Integers that 18 digits are for certain. */
const longIntegers: ReadonlySet<Builtin> = new Set(["integer", "long", "nonNegativeInteger", "unsignedLong"]);

/** The condition under which a rule may be broken. */
export function suspicion({ part, min, max }: Rule): string {
  if (!part) return "true";
  const v = `v${part.index}`;
  if (!part.many) return min > 0 ? `${v} === undefined` : "";
  const n = `(${v}?.length ?? 0)`;
  return [min > 0 && `${n} < ${min}`, max < Infinity && `${n} > ${max}`].filter(Boolean).join(" || ");
}
