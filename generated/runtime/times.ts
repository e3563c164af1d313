// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The forms of dates, times and durations; their types bring them, so that only bundles with such types hold them. */
import type { Atomic, Builtin, Mapping, TimeBuiltin } from "./descriptor.js";
import { collapse, patternOf } from "./forms.js";
import { fractionMapping, isFraction } from "./fractions.js";
import { collapsed, notA, wrongType } from "./simple.js";

const zone = "(Z|[+-]\\d\\d:\\d\\d)?";
const day = "-\\d\\d";
const year = "-?\\d{4,}";
const time = "\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?";
const dateTime: string = year + day + day + "T" + time + zone;
const duration = "-?P(?=[\\dT])(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?";

const sources: { readonly [K in TimeBuiltin]: string } = {
  duration,
  yearMonthDuration: duration,
  dayTimeDuration: duration,
  dateTime,
  dateTimeStamp: dateTime,
  time: time + zone,
  date: year + day + day + zone,
  gYearMonth: year + day + zone,
  gYear: year + zone,
  gMonthDay: "-" + day + day + zone,
  gDay: "--" + day + zone,
  gMonth: "-" + day + zone,
};

/** Is this a type of dates, times or durations? */
export function isTime(builtin: Builtin): builtin is TimeBuiltin {
  return Object.hasOwn(sources, builtin);
}

const patterns = /*#__PURE__*/ new Map<Builtin, RegExp>();

/** Does a text, after white space processing, look like a value of the type? `lexical.ts` looks closer. */
export function hasTimeForm(builtin: TimeBuiltin, text: string): boolean {
  let pattern = patterns.get(builtin);
  if (pattern === undefined) patterns.set(builtin, (pattern = patternOf(sources[builtin])));
  return pattern.test(text);
}

type Time = Atomic & { readonly builtin: TimeBuiltin };

/** Dates, times and durations as they are written. */
export const timeMapping: Mapping<Time> = {
  parse(type, written) {
    const text = collapsed(type, written);
    return { value: hasTimeForm(type.builtin, text) ? text : undefined, unlisted: false };
  },
  print(type, value) {
    if (typeof value !== "string") return wrongType("a string", value);
    return hasTimeForm(type.builtin, collapse(value, "collapse")) ? value : notA(type, value);
  },
  formOf: (_, value) => String(value).replace(/[+-]00:00$/, "Z"),
};

/** A built-in type as text. */
export function asText(builtin: Builtin): Atomic {
  const mapping = isTime(builtin) ? timeMapping : isFraction(builtin) ? fractionMapping : undefined;
  return { kind: "atomic", builtin, as: "string", ...(mapping && { mapping }) } as Atomic;
}
