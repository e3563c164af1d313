// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Looking into values, whoever made them. */
import type { Part } from "./plan.js";
import { describe } from "./simple.js";

export { listSome } from "./simple.js";

/** An object. */
export type Values = Readonly<Record<string, unknown>>;

/** An object that is neither an array nor bytes. */
export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Bytes, also those of another realm: a frame, or a test runner that gives each file its own globals. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** Only what an object itself holds counts, whatever prototypes have been given. */
export function own(value: Values, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A place as a JSON Pointer (RFC 6901). */
export function pointer(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

/** How often a part is there. */
export function countIn(value: Values): (part: Part) => number {
  return ({ property, many }) => {
    const given = own(value, property);
    return given === undefined ? 0 : many && Array.isArray(given) ? given.length : 1;
  };
}

/** A hint for a message where one of the known names is much like another. */
export function didYouMean(key: string, known: readonly string[]): string {
  const near =
    known.find((one) => one.toLowerCase() === key.toLowerCase()) ?? known.find((one) => isNear(key, one));
  return near === undefined || near === key ? "" : `; did you mean ${describe(near)}?`;
}

/** At most two letters in one place differ. */
function isNear(a: string, b: string): boolean {
  const most = Math.max(a.length, b.length);
  let k = 0;
  while (k < most && a[k] === b[k]) k++;
  const head = k;
  while (k < most && a[a.length - 1 - k + head] === b[b.length - 1 - k + head]) k++;
  return most - k <= (most > 4 ? 2 : 1);
}
