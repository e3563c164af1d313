// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** The source of a straight-line writer. */
import type { Struct } from "./descriptor.js";
import { isInBounds } from "./forms.js";
import { ATOMIC, BOOLEAN, kindOf, planOf, propertyOf, STRING, type Plan } from "./plan.js";
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
    `const { attribute, child, known, leaf, present, tag, text } = host;`,
    // What needs escaping, or cannot be written.
    String.raw`const special = /[^\t\n -%'-;=?-\ud7ff\ue000-\ufffd]/;`,
  ];
  const kinds = entries.map(kindOf);
  entries.forEach((_, k) => {
    lines.push(`const e${k} = entries[${k}];`);
    lines.push(`let w${k}, o${k}, c${k}, j${k};`);
  });
  lines.push("return (value, typed) => {", `if (value.$unknown !== undefined) return undefined;`);
  const values = [
    ...attributes.map((one, k) => [`a${k}`, propertyOf(one)] as const),
    ...(text ? [["x", "$value"] as const] : []),
    ...parts.map(({ property }, k) => [`v${k}`, property] as const),
  ];
  for (const [name, property] of values) lines.push(`const ${name} = ${access(property)};`);
  if (plan.anyAttribute.length > 0) lines.push("if (value.$anyAttribute !== undefined) return undefined;");
  const there = values.map(([name]) => `(${name} === undefined ? 0 : 1)`);
  lines.push(
    `let keys = ${["(typed && value.$type !== undefined ? 1 : 0)", ...there].join(" + ")};`,
    "if (keys !== Object.keys(value).length && !known(value, typed)) return undefined;",
  );
  const suspicious = [
    ...attributes.flatMap(({ required }, k) => (required ? [`a${k} === undefined`] : [])),
    ...(text ? ["x === undefined"] : []),
    ...parts.flatMap(({ many }, k) => (many ? [`v${k} !== undefined && !Array.isArray(v${k})`] : [])),
    ...rules.map((rule) => (rule.part ? suspicion(rule) : "")).filter((one) => one !== ""),
    ...(rules.some((rule) => !rule.part) ? ["!present(value)"] : []),
  ];
  if (suspicious.length > 0) lines.push(`if (${suspicious.join(" || ")}) return undefined;`);
  lines.push('let out = "", part;');
  attributes.forEach((_, k) => {
    lines.push(
      `if (a${k} !== undefined) { if ((part = attribute(${k}, a${k})) === undefined) return undefined; out += part; }`,
    );
  });
  lines.push('out += ">";');
  if (text) lines.push("if ((part = text(x)) === undefined) return undefined;", "out += part;");
  // The end tag of a leaf waits for the start tag of the next: both are one string then.
  lines.push('let last = -1, end = "";');
  parts.forEach(({ many, entries: [entry] }, k) => {
    if (!entry) return;
    const n = entry.order;
    const item = many ? "v" : `v${k}`;
    const quick = quickTest(kinds[n] ?? 0, entry.type, item);
    const tags = `if (o${n} === undefined) { ({ open: o${n}, close: c${n} } = tag(e${n})); }`;
    const joined =
      n > 0 && !many
        ? `last === ${n - 1} ? (j${n} ??= [c${n - 1}, o${n}].join("")) : end + o${n}`
        : `end + o${n}`;
    const leave = `out += end; end = ""; last = -1;`;
    let write = `${leave} out += leaf(e${n}, ${item});`;
    if (quick !== "") {
      write = `if (${quick}) { ${tags} out += ${joined}; out += ${item}; end = c${n}; last = ${n}; } else { ${write} }`;
    } else if (!kinds[n]) {
      write = `${leave} w${n} ??= child(e${n}); `;
      // A long text is made flat at once: a rope of all of them would be copied by each collection.
      write += many ? `part = w${n}(v); special.test(part); out += part;` : `out += w${n}(${item});`;
    }
    lines.push(
      many
        ? `if (v${k} !== undefined) for (let k = 0; k < v${k}.length; k++) { const v = v${k}[k]; ${write} }`
        : `if (v${k} !== undefined) { ${write} }`,
    );
  });
  lines.push("return out + end;", "};");
  return lines.join("\n");
}

/** The condition under which a value is written as JavaScript writes it. */
function quickTest(kind: number, type: Plan["entries"][number]["type"], item: string): string {
  if (kind === STRING) return `typeof ${item} === "string" && !special.test(${item})`;
  if (kind === BOOLEAN) return `typeof ${item} === "boolean"`;
  if (!type || type.facets?.whiteSpace) return "";
  const { as, builtin, values } = type;
  if (kind === ATOMIC && values) {
    // No more than a few: they are compared one after the other.
    const plain = values.filter((one) => typeof one === "string" && !/[^ -%'-;=?-~]/.test(one));
    if (as !== "string" || builtin !== "string" || plain.length !== values.length || values.length > 8)
      return "";
    return plain.map((one) => `${item} === ${quote(String(one))}`).join(" || ");
  }
  if (as === "string") {
    // Types with a form of their own are left to the tables, but for digits.
    if (/^(?:any|normal|token|N|ID|ENT)/.test(builtin))
      return `typeof ${item} === "string" && !special.test(${item})`;
    return /^(?:integer|long|nonNegativeInteger|unsignedLong)$/.test(builtin)
      ? `typeof ${item} === "string" && /^\\d{1,18}$/.test(${item})`
      : "";
  }
  if (as === "number" && (builtin === "double" || builtin === "float")) {
    // Neither INF nor NaN, nor the zero that is negative.
    return `typeof ${item} === "number" && ${item} - ${item} === 0 && (${item} !== 0 || 1 / ${item} > 0)`;
  }
  if (as !== "number" || builtin === "decimal") return "";
  const low = [0, 1, -128, -32768, -2147483648].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one - 1),
  );
  const high = [127, 255, 32767, 65535, 2147483647, 4294967295, 0, -1].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one + 1),
  );
  return (
    `Number.isSafeInteger(${item})` +
    (low === undefined ? "" : ` && ${item} >= ${low}`) +
    (high === undefined ? "" : ` && ${item} <= ${high}`)
  );
}
