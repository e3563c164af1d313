// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What stands where anything may, read and written by the type that its `xsi:type` names. */
import { decodeResult } from "./decode.js";
import type { ElementDescriptor, ExpandedName, Readable, Type, XmlContent } from "./descriptor.js";
import { encode } from "./encode.js";
import { DecodeError, type Issue } from "./errors.js";
import { collapse } from "./forms.js";
import { expand } from "./plan.js";
import * as builtin from "./scalars.js";
import { XSD_NAMESPACE, XSI_TYPE } from "./scanner.js";
import { describe, listSome } from "./simple.js";
import { own } from "./values.js";

/** Types by the names that `xsi:type` may give: `{uri}local`. */
export type TypesByName = Readonly<Record<ExpandedName, Type>>;

/** A value with the type that was named for it. */
export type TypedContent<T extends TypesByName> = {
  [K in keyof T & string]: { readonly $type: K; readonly $value: Readable<T[K]> };
}[keyof T & string];

type BuiltinName =
  | "string"
  | "normalizedString"
  | "token"
  | "anyURI"
  | "boolean"
  | "decimal"
  | "double"
  | "float"
  | "integer"
  | "long"
  | "int"
  | "short"
  | "byte"
  | "nonNegativeInteger"
  | "positiveInteger"
  | "unsignedLong"
  | "unsignedInt"
  | "unsignedShort"
  | "unsignedByte"
  | "dateTime"
  | "date"
  | "time"
  | "duration"
  | "base64Binary"
  | "hexBinary"
  | "QName";

/** Spelled out: what a compiler infers is written into declarations as that compiler knows it, and older ones do not take it. */
type BuiltinTypes = {
  readonly [K in BuiltinName as `{${typeof XSD_NAMESPACE}}${K}`]: (typeof builtin)[K];
};

/** The built-in types that senders name most, by their names. */
export const builtinTypes: BuiltinTypes = /*#__PURE__*/ named({
  string: builtin.string,
  normalizedString: builtin.normalizedString,
  token: builtin.token,
  anyURI: builtin.anyURI,
  boolean: builtin.boolean,
  decimal: builtin.decimal,
  double: builtin.double,
  float: builtin.float,
  integer: builtin.integer,
  long: builtin.long,
  int: builtin.int,
  short: builtin.short,
  byte: builtin.byte,
  nonNegativeInteger: builtin.nonNegativeInteger,
  positiveInteger: builtin.positiveInteger,
  unsignedLong: builtin.unsignedLong,
  unsignedInt: builtin.unsignedInt,
  unsignedShort: builtin.unsignedShort,
  unsignedByte: builtin.unsignedByte,
  dateTime: builtin.dateTime,
  date: builtin.date,
  time: builtin.time,
  duration: builtin.duration,
  base64Binary: builtin.base64Binary,
  hexBinary: builtin.hexBinary,
  QName: builtin.QName,
});

/** The name that the `xsi:type` of raw content gives: `{uri}local`; `undefined` when there is none. */
export function typeOfContent({ attributes = {}, namespaces = {} }: XmlContent): ExpandedName | undefined {
  const given = own(attributes, XSI_TYPE) as string | undefined;
  if (given === undefined || given.startsWith("{")) return given;
  const [prefix = "", local] = collapse(given).split(":");
  const uri = own(namespaces, prefix) as string | undefined;
  return local === undefined || uri === undefined ? collapse(given) : expand(uri, local);
}

/**
 * Reads raw content, the value of `xs:anyType` say, by the type that its `xsi:type` names: `{ $type, $value }`, or `undefined` when none
 * of `types` is named. Throws a {@link DecodeError} when it is not as the type has it, or `report` is told so.
 */
export function readContent<const T extends TypesByName>(
  content: XmlContent,
  types: T,
  report?: (issue: Issue) => void,
): TypedContent<T> | undefined {
  const $type = typeOfContent(content);
  const type = $type === undefined ? undefined : (own(types, $type) as Type | undefined);
  if (!type) return undefined;
  const attributes = Object.fromEntries(
    Object.entries(content.attributes ?? {}).filter(([name]) => name !== XSI_TYPE),
  );
  const text = encode(elementOf(builtin.anyType), { ...content, attributes });
  const { value, diagnostics } = decodeResult(elementOf(type), text);
  const issues = diagnostics.map(({ code, message, path }) => ({ code, message, path: "/$value" + path }));
  if (report) issues.forEach(report);
  else if (issues.length > 0)
    throw new DecodeError(issues.map(({ message, path }) => `${path}: ${message}`).join("\n"), diagnostics);
  return { $type, $value: value } as TypedContent<T>;
}

/** The raw content of a value, with the `xsi:type` that its `$type` says. Throws an `EncodeError` when it is not of that type. */
export function writeContent<const T extends TypesByName>(
  { $type, $value }: TypedContent<NoInfer<T>>,
  types: T,
): XmlContent {
  const type = own(types, $type) as Type | undefined;
  if (!type)
    throw new TypeError(`$type must be one of ${listSome(Object.keys(types))}, not ${describe($type)}`);
  const { attributes, ...content } = decodeResult(
    elementOf(builtin.anyType),
    encode(elementOf(type), $value),
  ).value;
  return { attributes: { ...attributes, [XSI_TYPE]: $type }, ...content };
}

function elementOf<T extends Type>(type: T): ElementDescriptor<any> {
  return { kind: "element", name: "content", tag: "content", type };
}

function named(types: Pick<typeof builtin, BuiltinName>): BuiltinTypes {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [expand(XSD_NAMESPACE, name), type]),
  ) as never;
}
