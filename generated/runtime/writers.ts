// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** The source of a straight-line writer. */
import type { Struct } from "./descriptor.js";
import { isInBounds } from "./forms.js";
import { ATOMIC, BOOLEAN, kindOf, planOf, propertyOf, STRING, type Entry, type Plan } from "./plan.js";
import { quote, suspicion } from "./readers.js";

/** Can a struct have a writer? What elements below inherit has to be followed. Ordered content is written in the order of its items, `xs:all` in that of the keys. */
function isStraight({ all, entries, inheritance, mixed, parts, wildcards }: Plan): boolean {
  return (
    !all &&
    !mixed &&
    !inheritance &&
    wildcards.length === 0 &&
    entries.length < 512 &&
    parts.every(({ entries }) => entries.length === 1 && entries[0]?.tag === undefined)
  );
}

/** How a property of a value is read: objects inherit some. */
const access = (property: string): string =>
  property in Object.prototype
    ? `(Object.hasOwn(value, ${quote(property)}) ? value[${quote(property)}] : undefined)`
    : `value[${quote(property)}]`;

/**
 * The body of a `MakeWriter` for a struct; "" when it can have none. A writer looks whether all is there and nothing else
 * before it writes; what it does not know how to write, a leaf of another type for one, it leaves to the tables.
 */
export function printWriter(struct: Struct): string {
  const plan = planOf(struct);
  if (!isStraight(plan)) return "";
  const { attributes, entries, parts, rules, text } = plan;
  const lines = [
    "const { attribute, boolean, child, content, integer, known, leaf, end, present, tag, text, wideText } = host;",
  ];
  entries.forEach((_, k) => {
    lines.push(`const e${k} = entries[${k}];`, `let t${k};`);
  });
  lines.push("return (value, typed) => {", "if (value.$unknown !== undefined) return false;");
  const values = [
    ...attributes.map((one, k) => [`a${k}`, propertyOf(one)] as const),
    ...(text ? [["x", "$value"] as const] : []),
    ...parts.map(({ property }, k) => [`v${k}`, property] as const),
  ];
  for (const [name, property] of values) lines.push(`const ${name} = ${access(property)};`);
  if (plan.anyAttribute.length > 0) lines.push("if (value.$anyAttribute !== undefined) return false;");
  const there = values.map(([name]) => `(${name} === undefined ? 0 : 1)`);
  lines.push(
    "let given = 0;",
    "for (const _ in value) given++;",
    `const keys = ${["(typed && value.$type !== undefined ? 1 : 0)", ...there].join(" + ")};`,
    "if (keys !== given && !known(value, typed)) return false;",
  );
  const suspicious = [
    ...attributes.flatMap(({ required }, k) => (required ? [`a${k} === undefined`] : [])),
    ...(text ? ["x === undefined"] : []),
    ...parts.flatMap(({ many }, k) => (many ? [`v${k} !== undefined && !Array.isArray(v${k})`] : [])),
    ...rules.map((rule) => (rule.part ? suspicion(rule) : "")).filter(Boolean),
    ...(rules.some((rule) => !rule.part) ? ["!present(value)"] : []),
  ];
  if (suspicious.length > 0) lines.push(`if (${suspicious.join(" || ")}) return false;`);
  attributes.forEach((_, k) => {
    lines.push(`if (a${k} !== undefined && !attribute(${k}, a${k})) return false;`);
  });
  lines.push("end();");
  if (text) lines.push("if (!content(x)) return false;");
  parts.forEach(({ many, entries: [entry] }, k) => {
    if (!entry) return;
    const n = entry.order;
    const item = many ? "v" : `v${k}`;
    const [condition, method, written = item] = quickWay(entry, item) ?? [];
    const write =
      condition !== undefined
        ? `if (!((${condition}) && (${method}(t${n} ??= tag(e${n}), ${written}) || wideText(t${n}, ${item})))) leaf(e${n}, ${item});`
        : kindOf(entry)
          ? `leaf(e${n}, ${item});`
          : `(t${n} ??= child(e${n}))(${item});`;
    lines.push(
      many
        ? `if (v${k} !== undefined) for (let k = 0; k < v${k}.length; k++) { const v = v${k}[k]; ${write} }`
        : `if (v${k} !== undefined) { ${write} }`,
    );
  });
  lines.push("return true;", "};");
  return lines.join("\n");
}

/** What of the host writes a value as JavaScript has it, and under which condition. */
function quickWay(
  entry: Entry,
  item: string,
): readonly [condition: string, method: "text" | "integer" | "boolean", written?: string] | undefined {
  const kind = kindOf(entry);
  const { type } = entry;
  if (kind === STRING) return [`typeof ${item} === "string"`, "text"];
  if (kind === BOOLEAN) return [`typeof ${item} === "boolean"`, "boolean"];
  if (!type || type.facets?.whiteSpace) return undefined;
  const { as, builtin, values } = type;
  if (kind === ATOMIC && values) {
    // No more than a few: they are compared one after the other.
    const isPlain = values.every((one) => typeof one === "string");
    if (as !== "string" || builtin !== "string" || !isPlain || values.length > 8) return undefined;
    return [values.map((one) => `${item} === ${quote(String(one))}`).join(" || "), "text"];
  }
  if (as === "string") {
    // Types with a form of their own are left to the tables, but for digits.
    if (/^(?:any|normal|token|N|ID|ENT)/.test(builtin)) return [`typeof ${item} === "string"`, "text"];
    return /^(?:integer|long|nonNegativeInteger|unsignedLong)$/.test(builtin)
      ? [`typeof ${item} === "string" && /^\\d{1,18}$/.test(${item})`, "text"]
      : undefined;
  }
  if (as !== "number" || builtin === "decimal") return undefined;
  if (builtin === "double" || builtin === "float") {
    // Neither INF nor NaN, nor the zero that is negative.
    const isPlain = `typeof ${item} === "number" && ${item} - ${item} === 0 && (${item} !== 0 || 1 / ${item} > 0)`;
    return [isPlain, "text", `String(${item})`];
  }
  const low = [0, 1, -128, -32768, -2147483648].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one - 1),
  );
  const high = [127, 255, 32767, 65535, 2147483647, 4294967295, 0, -1].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one + 1),
  );
  return [
    `Number.isSafeInteger(${item})` +
      (low === undefined ? "" : ` && ${item} >= ${low}`) +
      (high === undefined ? "" : ` && ${item} <= ${high}`),
    "integer",
  ];
}
