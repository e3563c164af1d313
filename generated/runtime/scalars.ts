// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Ready-made descriptors of the built-in simple types (XML Schema Part 2, clause 3), named as there.
 *
 * General defaults, which never lose a digit, a zone or a fraction:
 * - `string`: string, normalizedString, token, language, Name, NCName, NMTOKEN, ID, IDREF, ENTITY, anyURI, anySimpleType,
 *   anyAtomicType, decimal, and the twelve types of time (dateTime, dateTimeStamp, date, time, gYearMonth, gYear, gMonthDay,
 *   gDay, gMonth, duration, yearMonthDuration, dayTimeDuration);
 * - `boolean`: boolean;
 * - `number`: int, short, byte, unsignedInt, unsignedShort, unsignedByte (safe integers); float, double (with INF, -INF, NaN);
 * - `bigint`: integer, long, nonPositiveInteger, negativeInteger, nonNegativeInteger, positiveInteger, unsignedLong;
 * - `Uint8Array`: base64Binary, hexBinary;
 * - `{uri}local`: QName, NOTATION;
 * - arrays: NMTOKENS, IDREFS, ENTITIES;
 * - a raw element without its name: anyType.
 *
 * Variants are named `<built-in>As<Representation>`:
 * - `AsString` (digits kept as written): boolean, float, double, every integer type (decimal is so by default), base64Binary,
 *   hexBinary;
 * - `AsNumber`: every integer type that is a bigint by default (a value that is not a safe integer is refused, never rounded),
 *   decimal (nearest double);
 * - `AsBigint`: every integer type that is a number by default.
 */
import type { AnyType, Atomic, List, XmlContent } from "./descriptor.js";
import { fractionMapping } from "./fractions.js";
import { bytesMapping, listMapping, qnameMapping } from "./mappings.js";
import { timeMapping } from "./times.js";

export const string: Atomic<string> = { kind: "atomic", builtin: "string", as: "string" };
export const normalizedString: Atomic<string> = { kind: "atomic", builtin: "normalizedString", as: "string" };
export const token: Atomic<string> = { kind: "atomic", builtin: "token", as: "string" };
export const language: Atomic<string> = { kind: "atomic", builtin: "language", as: "string" };
export const Name: Atomic<string> = { kind: "atomic", builtin: "Name", as: "string" };
export const NCName: Atomic<string> = { kind: "atomic", builtin: "NCName", as: "string" };
export const NMTOKEN: Atomic<string> = { kind: "atomic", builtin: "NMTOKEN", as: "string" };
export const ID: Atomic<string> = { kind: "atomic", builtin: "ID", as: "string" };
export const IDREF: Atomic<string> = { kind: "atomic", builtin: "IDREF", as: "string" };
export const ENTITY: Atomic<string> = { kind: "atomic", builtin: "ENTITY", as: "string" };
export const anyURI: Atomic<string> = { kind: "atomic", builtin: "anyURI", as: "string" };
export const anySimpleType: Atomic<string> = { kind: "atomic", builtin: "anySimpleType", as: "string" };
export const anyAtomicType: Atomic<string> = { kind: "atomic", builtin: "anyAtomicType", as: "string" };

export const boolean: Atomic<boolean> = { kind: "atomic", builtin: "boolean", as: "boolean" };
export const booleanAsString: Atomic<string> = { kind: "atomic", builtin: "boolean", as: "string" };

export const int: Atomic<number> = { kind: "atomic", builtin: "int", as: "number" };
export const short: Atomic<number> = { kind: "atomic", builtin: "short", as: "number" };
export const byte: Atomic<number> = { kind: "atomic", builtin: "byte", as: "number" };
export const unsignedInt: Atomic<number> = { kind: "atomic", builtin: "unsignedInt", as: "number" };
export const unsignedShort: Atomic<number> = { kind: "atomic", builtin: "unsignedShort", as: "number" };
export const unsignedByte: Atomic<number> = { kind: "atomic", builtin: "unsignedByte", as: "number" };
export const intAsBigint: Atomic<bigint> = { kind: "atomic", builtin: "int", as: "bigint" };
export const shortAsBigint: Atomic<bigint> = { kind: "atomic", builtin: "short", as: "bigint" };
export const byteAsBigint: Atomic<bigint> = { kind: "atomic", builtin: "byte", as: "bigint" };
export const unsignedIntAsBigint: Atomic<bigint> = { kind: "atomic", builtin: "unsignedInt", as: "bigint" };
export const unsignedShortAsBigint: Atomic<bigint> = {
  kind: "atomic",
  builtin: "unsignedShort",
  as: "bigint",
};
export const unsignedByteAsBigint: Atomic<bigint> = { kind: "atomic", builtin: "unsignedByte", as: "bigint" };
export const intAsString: Atomic<string> = { kind: "atomic", builtin: "int", as: "string" };
export const shortAsString: Atomic<string> = { kind: "atomic", builtin: "short", as: "string" };
export const byteAsString: Atomic<string> = { kind: "atomic", builtin: "byte", as: "string" };
export const unsignedIntAsString: Atomic<string> = { kind: "atomic", builtin: "unsignedInt", as: "string" };
export const unsignedShortAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "unsignedShort",
  as: "string",
};
export const unsignedByteAsString: Atomic<string> = { kind: "atomic", builtin: "unsignedByte", as: "string" };

export const integer: Atomic<bigint> = { kind: "atomic", builtin: "integer", as: "bigint" };
export const long: Atomic<bigint> = { kind: "atomic", builtin: "long", as: "bigint" };
export const nonPositiveInteger: Atomic<bigint> = {
  kind: "atomic",
  builtin: "nonPositiveInteger",
  as: "bigint",
};
export const negativeInteger: Atomic<bigint> = { kind: "atomic", builtin: "negativeInteger", as: "bigint" };
export const nonNegativeInteger: Atomic<bigint> = {
  kind: "atomic",
  builtin: "nonNegativeInteger",
  as: "bigint",
};
export const positiveInteger: Atomic<bigint> = { kind: "atomic", builtin: "positiveInteger", as: "bigint" };
export const unsignedLong: Atomic<bigint> = { kind: "atomic", builtin: "unsignedLong", as: "bigint" };
export const integerAsNumber: Atomic<number> = { kind: "atomic", builtin: "integer", as: "number" };
export const longAsNumber: Atomic<number> = { kind: "atomic", builtin: "long", as: "number" };
export const nonPositiveIntegerAsNumber: Atomic<number> = {
  kind: "atomic",
  builtin: "nonPositiveInteger",
  as: "number",
};
export const negativeIntegerAsNumber: Atomic<number> = {
  kind: "atomic",
  builtin: "negativeInteger",
  as: "number",
};
export const nonNegativeIntegerAsNumber: Atomic<number> = {
  kind: "atomic",
  builtin: "nonNegativeInteger",
  as: "number",
};
export const positiveIntegerAsNumber: Atomic<number> = {
  kind: "atomic",
  builtin: "positiveInteger",
  as: "number",
};
export const unsignedLongAsNumber: Atomic<number> = { kind: "atomic", builtin: "unsignedLong", as: "number" };
export const integerAsString: Atomic<string> = { kind: "atomic", builtin: "integer", as: "string" };
export const longAsString: Atomic<string> = { kind: "atomic", builtin: "long", as: "string" };
export const nonPositiveIntegerAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "nonPositiveInteger",
  as: "string",
};
export const negativeIntegerAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "negativeInteger",
  as: "string",
};
export const nonNegativeIntegerAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "nonNegativeInteger",
  as: "string",
};
export const positiveIntegerAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "positiveInteger",
  as: "string",
};
export const unsignedLongAsString: Atomic<string> = { kind: "atomic", builtin: "unsignedLong", as: "string" };

export const decimal: Atomic<string> = {
  kind: "atomic",
  builtin: "decimal",
  as: "string",
  mapping: fractionMapping,
};
export const decimalAsNumber: Atomic<number> = {
  kind: "atomic",
  builtin: "decimal",
  as: "number",
  mapping: fractionMapping,
};
export const float: Atomic<number> = {
  kind: "atomic",
  builtin: "float",
  as: "number",
  mapping: fractionMapping,
};
export const floatAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "float",
  as: "string",
  mapping: fractionMapping,
};
export const double: Atomic<number> = {
  kind: "atomic",
  builtin: "double",
  as: "number",
  mapping: fractionMapping,
};
export const doubleAsString: Atomic<string> = {
  kind: "atomic",
  builtin: "double",
  as: "string",
  mapping: fractionMapping,
};

export const duration: Atomic<string> = {
  kind: "atomic",
  builtin: "duration",
  as: "string",
  mapping: timeMapping,
};
export const yearMonthDuration: Atomic<string> = {
  kind: "atomic",
  builtin: "yearMonthDuration",
  as: "string",
  mapping: timeMapping,
};
export const dayTimeDuration: Atomic<string> = {
  kind: "atomic",
  builtin: "dayTimeDuration",
  as: "string",
  mapping: timeMapping,
};
export const dateTime: Atomic<string> = {
  kind: "atomic",
  builtin: "dateTime",
  as: "string",
  mapping: timeMapping,
};
export const dateTimeStamp: Atomic<string> = {
  kind: "atomic",
  builtin: "dateTimeStamp",
  as: "string",
  mapping: timeMapping,
};
export const time: Atomic<string> = { kind: "atomic", builtin: "time", as: "string", mapping: timeMapping };
export const date: Atomic<string> = { kind: "atomic", builtin: "date", as: "string", mapping: timeMapping };
export const gYearMonth: Atomic<string> = {
  kind: "atomic",
  builtin: "gYearMonth",
  as: "string",
  mapping: timeMapping,
};
export const gYear: Atomic<string> = { kind: "atomic", builtin: "gYear", as: "string", mapping: timeMapping };
export const gMonthDay: Atomic<string> = {
  kind: "atomic",
  builtin: "gMonthDay",
  as: "string",
  mapping: timeMapping,
};
export const gDay: Atomic<string> = { kind: "atomic", builtin: "gDay", as: "string", mapping: timeMapping };
export const gMonth: Atomic<string> = {
  kind: "atomic",
  builtin: "gMonth",
  as: "string",
  mapping: timeMapping,
};

export const base64Binary: Atomic<Uint8Array> = {
  kind: "atomic",
  builtin: "base64Binary",
  as: "bytes",
  mapping: bytesMapping,
};
export const hexBinary: Atomic<Uint8Array> = {
  kind: "atomic",
  builtin: "hexBinary",
  as: "bytes",
  mapping: bytesMapping,
};
export const base64BinaryAsString: Atomic<string> = { kind: "atomic", builtin: "base64Binary", as: "string" };
/** Where a pattern tells the forms of one value apart. */
export const hexBinaryAsString: Atomic<string> = { kind: "atomic", builtin: "hexBinary", as: "string" };
export const QName: Atomic<string> = { kind: "atomic", builtin: "QName", as: "qname", mapping: qnameMapping };
export const NOTATION: Atomic<string> = {
  kind: "atomic",
  builtin: "NOTATION",
  as: "qname",
  mapping: qnameMapping,
};

export const NMTOKENS: List<string[]> = {
  kind: "list",
  item: NMTOKEN,
  facets: { minLength: 1 },
  mapping: listMapping,
};
export const IDREFS: List<string[]> = {
  kind: "list",
  item: IDREF,
  facets: { minLength: 1 },
  mapping: listMapping,
};
export const ENTITIES: List<string[]> = {
  kind: "list",
  item: ENTITY,
  facets: { minLength: 1 },
  mapping: listMapping,
};

export const anyType: AnyType<XmlContent> = { kind: "any" };
