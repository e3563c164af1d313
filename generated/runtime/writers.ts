// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The source of a straight-line writer. */
import type { Atomic, Struct } from "./descriptor.js";
import { isInBounds } from "./forms.js";
import { planOf, propertyOf, type Plan } from "./plan.js";
import { quote, suspicion } from "./readers.js";
import { atomicOf, valuesOf } from "./writer-host.js";

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
    "const { attribute, child, content, end, integer, known, leaf, present, session, tag, text, whole, wideText } = host;",
    "let call;",
  ];
  entries.forEach((_, k) => {
    lines.push(`const e${k} = entries[${k}];`, `let t${k};`);
  });
  lines.push("return (value, typed) => {", "if (value.$unknown !== undefined) return false;");
  // What has members in the order of the schema, and most have, is read by place: to look names up takes longer where there are many shapes.
  lines.push("const keys = Object.keys(value);", "const all = Object.values(value);", "let at = 0;");
  const take = (name: string, property: string): void => {
    lines.push(`const ${name} = keys[at] === ${quote(property)} ? all[at++] : ${access(property)};`);
  };
  const values = [
    ...attributes.map((one, k) => [`a${k}`, propertyOf(one)] as const),
    ...(text ? [["x", "$value"] as const] : []),
    ...parts.map(({ property }, k) => [`v${k}`, property] as const),
  ];
  lines.push('const type = keys[0] === "$type" ? all[at++] : value.$type;');
  for (const [name, property] of values) take(name, property);
  if (plan.anyAttribute.length > 0) lines.push("if (value.$anyAttribute !== undefined) return false;");
  const there = values.map(([name]) => `(${name} === undefined ? 0 : 1)`);
  lines.push(
    "if (at !== keys.length || (!typed && type !== undefined)) {",
    "let given = 0;",
    "for (const _ in value) given++;",
    `const keys = ${["(typed && type !== undefined ? 1 : 0)", ...there].join(" + ")};`,
    "if (keys !== given && !known(value, typed)) return false;",
    "}",
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
  if (entries.length > 0)
    lines.push(
      `if (call !== session.call) { call = session.call; ${entries.map((_, k) => `t${k} = `).join("")}undefined; }`,
    );
  parts.forEach(({ many, entries: [entry] }, k) => {
    if (!entry) return;
    const n = entry.order;
    const item = many ? "v" : `v${k}`;
    const type = atomicOf(entry);
    const quick = type && quickWay(type, item, `(t${n} ??= tag(e${n}))`);
    // An empty element may mean a default.
    const isText = entry.element?.default !== undefined && type?.as === "string" ? `${item} !== "" && ` : "";
    const write = quick
      ? `if (!(${isText}${quick})) leaf(e${n}, ${item});`
      : type
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

/** Writes a value of this type with what the host has for it; false where that does not know how. */
function quickWay(type: Atomic, item: string, tags: string): string {
  const { as, builtin, facets, values } = type;
  const asText = (condition: string, text = item): string =>
    `${condition} && (text(${tags}, ${text}) || wideText(${tags}, ${text}))`;
  const isString = `typeof ${item} === "string"`;
  if (valuesOf(type).length > 0) return `whole(${tags}, ${item})`;
  if (values || facets?.whiteSpace) return "";
  if (as === "string") {
    // Types with a form of their own are left to the tables, but for digits.
    if (/^(?:any|string|normal|token|N|ID|ENT)/.test(builtin)) return asText(isString);
    return /^(?:integer|long|nonNegativeInteger|unsignedLong)$/.test(builtin)
      ? asText(`${isString} && /^\\d{1,18}$/.test(${item})`)
      : "";
  }
  if (as !== "number" || builtin === "decimal") return "";
  if (builtin === "double" || builtin === "float") {
    // Neither INF nor NaN, nor the zero that is negative.
    const isPlain = `typeof ${item} === "number" && ${item} - ${item} === 0 && (${item} !== 0 || 1 / ${item} > 0)`;
    return asText(isPlain, `String(${item})`);
  }
  const low = [0, 1, -128, -32768, -2147483648].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one - 1),
  );
  const high = [127, 255, 32767, 65535, 2147483647, 4294967295, 0, -1].find(
    (one) => isInBounds(builtin, one) && !isInBounds(builtin, one + 1),
  );
  return (
    `Number.isSafeInteger(${item})` +
    (low === undefined ? "" : ` && ${item} >= ${low}`) +
    (high === undefined ? "" : ` && ${item} <= ${high}`) +
    ` && integer(${tags}, ${item})`
  );
}
