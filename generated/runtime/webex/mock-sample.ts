// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Values that fit a descriptor, with the texts that a Webex site would give. */
import type { Atomic, Struct } from "../descriptor.js";
import { sampleOf as sampleOfType, type SampleOptions } from "../sample.js";

export { chainOf, type SampleOptions } from "../sample.js";

/** A value of a type. */
export function sampleOf<R>(type: Struct<any, R>, options: SampleOptions = {}): R {
  return sampleOfType(type, { suggest: suggestText, ...options });
}

/** Texts that the names of elements ask for. */
export function suggestText(
  name: string,
  { builtin, as, facets }: Atomic,
  number: number,
): string | undefined {
  if (builtin !== "string") {
    // Keys are long numbers; as texts they are told apart from what only counts.
    if (/(?:key|id)$/iu.test(name) && as === "string" && /^(?:integer|long)$/u.test(builtin))
      return String(100_000_000 + (number % 900_000_000));
    return /^(?:integer|long|int|short|nonNegativeInteger|positiveInteger|unsigned(?:Long|Int|Short))$/u.test(
      builtin,
    )
      ? String(1 + (number % 900))
      : undefined;
  }
  const { maxLength = Infinity, length = maxLength } = facets ?? {};
  const text = /e-?mail$/iu.test(name)
    ? `user${number % 1000}@example.com`
    : /url$/iu.test(name)
      ? `https://example.webex.com/example/${name}`
      : /(?:date|time)$/iu.test(name)
        ? "06/15/2021 10:00:00"
        : /zone$/iu.test(name)
          ? "GMT-08:00, Pacific (San Jose)"
          : undefined;
  return text?.slice(0, length);
}
