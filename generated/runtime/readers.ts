// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** The source of a straight-line reader. */
import type { Builtin, Struct } from "./descriptor.js";
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

/** Can a struct have a reader? Mixed content and `xs:all` have no order to expect. */
export function isStraight(plan: Plan): boolean {
  return (
    !plan.mixed &&
    !plan.all &&
    plan.entries.length > 0 &&
    plan.entries.length < 512 &&
    // What is too much for an element may be for a wildcard.
    (plan.wildcards.length === 0 || plan.entries.every(({ part }) => !part.many))
  );
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
 * leaves to the tables, so that both give the same. Names enter the code as JSON only. `compact` compares names by a call
 * instead of unit by unit, for code that has to be loaded. `kindIn` says how leaves are read.
 */
export function printReader(struct: Struct, compact = false, kindIn = kindOf): string {
  const plan = planOf(struct);
  if (!isStraight(plan)) return "";
  const { entries, parts, rules } = plan;
  // Beyond a size engines leave a function unoptimised.
  const unrolled = compact || entries.reduce((sum, { name }) => sum + name.length, 0) < 2000;
  const store = parts.map(({ property }, k) =>
    property === "__proto__"
      ? `if (v${k} !== undefined) Object.defineProperty(this, "__proto__", { value: v${k}, ...open });`
      : `if (v${k} !== undefined) this${memberOf(property)} = v${k};`,
  );
  const all = parts.map((_, k) => `v${k}`).join(", ");
  const lines = [
    // Engines make room for as many members as a constructor names. It stays, and so it must not see what is of a document.
    `const Some = host.shared(function (tag, ${all}) {`,
    "const open = { writable: true, enumerable: true, configurable: true };",
    "if (tag !== undefined) this.$type = tag;",
    ...store,
    "});",
    "{",
    "const { at, atomicLeaf, attributes, boolean, booleanLeaf, digitsLeaf, ends, integer, integerLeaf, numberLeaf, peek } = host;",
    `const { present, rest, ${compact ? "same, " : ""}take, text, textLeaf, units, value } = host;`,
    ...entries.map((_, k) => `const e${k} = entries[${k}], n${k} = e${k}.id;`),
    "return (start, out, tag) => {",
    `let p = 0, ${compact ? "q, " : ""}t, item, last${parts.map((_, k) => `, v${k}`).join("")};`,
  ];
  entries.forEach((entry, k) => {
    const { many, index } = entry.part;
    const v = `v${index}`;
    const kind = kindIn(entry);
    const at = many ? `, ${v} === undefined ? 0 : ${v}.length` : "";
    const slow = `value(e${k}${at})`;
    const quick =
      kind === STRING
        ? `text(e${k}${at})`
        : kind === INTEGER
          ? `integer() ?? ${slow}`
          : kind === BOOLEAN
            ? `boolean() ?? ${slow}`
            : "";
    const read = quick === "" ? slow : `attributes.length > 0 ? ${slow} : ${quick}`;
    let found = `at(e${k})`;
    let start = "";
    let whole = read;
    if (unrolled) {
      if (k === 0 || entry.id !== entries[k - 1]?.id) lines.push(`p = peek(n${k});`);
      const units = unitsOf(entry);
      const end = compact ? "q" : `p + ${units.length}`;
      const letters = Array.from(units, (unit, j) => `units[p${j > 0 ? ` + ${j}` : ""}] === ${unit}`).join(
        " && ",
      );
      const same = compact ? `(q = same(p, e${k})) > 0` : letters;
      const leaf = leafOf(entry, kind);
      if (leaf === undefined) found = `${same} && (units[${end}] === 62 ? take(p, ${end}) : ${found})`;
      else {
        // Mostly all of an element is there as it should be, and read at once.
        start = "t = undefined";
        const more = leaf === "atomicLeaf" ? `, e${k}${at}` : "";
        found = `${same} && (units[${end}] === 62 ? (t = ${leaf}(p, ${end}${more})) !== undefined || take(p, ${end}) : ${found})`;
        whole = `t !== undefined ? t : ${quick === "" ? slow : `(${read})`}`;
      }
    }
    const seen = `last = e${k};${unrolled ? ` p = peek(n${k});` : ""}`;
    if (many) {
      const next = start === "" ? found : `(${start}, ${found})`;
      // Most lists are short: an array that is made with its items has no room to spare.
      const more = `if (${v}.length === 1) ${v} = [${v}[0], item]; else ${v}.push(item);`;
      const add = `item = ${whole}; if (${v} === undefined) ${v} = [item]; else ${more}`;
      lines.push(`while (${next}) { ${add} ${seen} }`);
    } else {
      // Two entries may share a property: then the tables say which one is too much.
      const free = entry.part.entries.length > 1 ? `${v} === undefined && ` : "";
      if (start !== "") lines.push(`${start};`);
      lines.push(`if (${free}${found}) { ${v} = ${whole}; ${seen} }`);
    }
  });
  lines.push(`if (!ends()) return rest([${all}], last, start, out, tag);`);
  if (rules.length > 0) {
    const suspicious = rules.map(suspicion).filter((one) => one !== "");
    lines.push(`if (${suspicious.join(" || ") || "true"}) present([${all}], start);`);
  }
  const complete = parts.map((_, k) => `v${k} !== undefined`).join(" && ");
  const literal = parts.map(
    ({ property }, k) => `${property === "__proto__" ? '["__proto__"]' : quote(property)}: v${k}`,
  );
  lines.push(
    "if (out === undefined) {",
    `if (tag === undefined && ${complete}) return { ${literal.join(", ")} };`,
    `return new Some(tag, ${all});`,
    "}",
    `Some.call(out, undefined, ${all});`,
    "return out;",
    "};",
    "}",
  );
  return lines.join("\n");
}

/** What reads all of a leaf. */
function leafOf({ type }: Entry, kind: number): string | undefined {
  if (kind === STRING) return "textLeaf";
  if (kind === INTEGER) return "integerLeaf";
  if (kind === BOOLEAN) return "booleanLeaf";
  if (kind !== ATOMIC || !type) return undefined;
  const { as, builtin, facets, values } = type;
  if (!facets && !values) {
    if (as === "number" && (builtin === "double" || builtin === "float")) return "numberLeaf";
    if (as === "string" && longIntegers.has(builtin)) return "digitsLeaf";
  }
  return "atomicLeaf";
}

/** Integers that 18 digits are for certain. */
const longIntegers: ReadonlySet<Builtin> = new Set(["integer", "long", "nonNegativeInteger", "unsignedLong"]);

/** The access to a member. */
function memberOf(property: string): string {
  return /^[a-zA-Z_]\w*$/.test(property) ? `.${property}` : `[${quote(property)}]`;
}

/** The condition under which a rule may be broken. */
export function suspicion({ part, min, max }: Rule): string {
  if (!part) return "true";
  const v = `v${part.index}`;
  const out: string[] = [];
  if (min > 0) out.push(`${v} === undefined`);
  if (part.many && min > 1) out.push(`${v}.length < ${min}`);
  if (part.many && max < Infinity) out.push(`(${v} !== undefined && ${v}.length > ${max})`);
  return out.join(" || ");
}
