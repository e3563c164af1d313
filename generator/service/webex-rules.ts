/**
 * What the Webex Meetings XML API does that its schemas do not say. Every quirk that shapes generated code stands
 * here; those of the message envelope stand in `templates/runtime/webex/`.
 */
import type { ScalarRule } from "./types.js";

/** The namespace of the envelope; the year is part of the name and not of a release. */
export const envelopeNamespace = /^https?:\/\/www\.webex\.com\/schemas\/\d{4}\/\d{2}\/service$/u;

/** Before package and operation in the `xsi:type` of a request. Not a QName: no prefix `java` is ever declared. */
export const wirePrefix = "java:com.webex.service.binding.";

/** Package names that differ from the path of the namespace below the envelope's. */
export const packages: Readonly<Record<string, string>> = { trainingsession: "training" };

/** Module names that differ from the last segment of the namespace. */
export const modules: Readonly<Record<string, string>> = {
  trainingsession: "training",
  trainingsessionqti: "qti",
  trainingsessionqtiasi: "qtiasi",
};

/** Calls to show first in documentation, most telling first. */
export const examples: readonly {
  readonly service: string;
  readonly name: string;
  readonly request: string;
}[] = [
  { service: "user", name: "getUser", request: `{ webExId: "ana@example.com" }` },
  { service: "ep", name: "lstsummarySession", request: `{ hostWebExID: "ana@example.com" }` },
  { service: "site", name: "getSite", request: "" },
];

/** Operations that read: they may be sent again. */
export const safeName = /^(?:get|lst|check)/iu;

/** Operations that answer with a list. */
export const listName = /^lst/iu;

const integers = [
  "long",
  "int",
  "short",
  "byte",
  "integer",
  "nonNegativeInteger",
  "positiveInteger",
  "nonPositiveInteger",
  "negativeInteger",
  "unsignedLong",
  "unsignedInt",
  "unsignedShort",
  "unsignedByte",
];

const forIntegers = (rule: Omit<ScalarRule, "type">): readonly ScalarRule[] =>
  integers.map((type) => ({ type: `xs:${type}`, ...rule }));

/**
 * How integers are represented; the first rule that fits wins.
 *
 * 1. Codes of short fixed lists are numbers although they are called ids.
 * 2. Keys and ids are strings: `confID` has 18 digits, more than a number can hold.
 * 3. Every other integer is a number, checked when it is read.
 */
export const scalars: readonly ScalarRule[] = [
  ...forIntegers({ name: "^(?:time[zZ]one|language|meetingType)I[dD]$", as: "number" }),
  ...forIntegers({ name: "(?:[kK]ey|I[dD]|^id)$", as: "string" }),
  ...forIntegers({ as: "number" }),
];

/**
 * Required by the schemas, absent in answers of real sites, as in {@link Service.omitted}; `serv:` and the like stand
 * for namespaces below the envelope's. `parterID` (sic) comes and goes; `callInNum` comes as an empty element; what a
 * session is called and when it begins is withheld from a caller who is not invited.
 */
export const omitted: readonly string[] = [
  "*/parterID",
  "service:callInNumType/tollNum",
  "ep:getSessionInfoResponse/metaData/confName",
  "ep:getSessionInfoResponse/schedule/startDate",
  "ep:getSessionInfoResponse/schedule/duration",
  "ep:getSessionInfoResponse/schedule/timeZone",
];
