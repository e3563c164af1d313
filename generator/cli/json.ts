/** Values as JSON in which no digit is lost. */

/**
 * JSON text of a decoded value: a `bigint` is a number with all its digits, bytes are Base64, numbers that JSON does
 * not know are written as XML Schema writes them (`"INF"`, `"-INF"`, `"NaN"`). `undefined` members are left out.
 */
export function formatJson(value: unknown, indent = ""): string {
  switch (typeof value) {
    case "bigint":
      return value.toString();
    case "number":
      if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
      return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"INF"' : '"-INF"';
    case "object":
      break;
    default:
      return value === undefined ? "null" : JSON.stringify(value);
  }
  if (value === null) return "null";
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + formatJson(item, inner)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${formatJson(member, inner)}`);
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
}
