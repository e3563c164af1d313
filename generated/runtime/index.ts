// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The runtime of generated code: descriptors, reading, writing, the built-in types. */
export type {
  Any,
  AnyType,
  Atomic,
  Attribute,
  Builtin,
  Choice,
  Condition,
  Conditional,
  Described,
  ElementDescriptor,
  Exclusive,
  ExpandedName,
  Extensible,
  Facets,
  Field,
  IdentityConstraint,
  List,
  Member,
  Polymorphic,
  Readable,
  Ref,
  Representation,
  SimpleType,
  Slot,
  SlotModel,
  Struct,
  Tagged,
  Type,
  Union,
  Unknown,
  Wildcard,
  Writable,
  XmlContent,
  XmlElement,
} from "./descriptor.js";
export { decode, decodeResult, encode } from "./codec.js";
export { compileCodecs, interpretCodecs, setCodec, type Codec } from "./compile.js";
export { type DecodeOptions, type DecodeResult, type Root } from "./decode.js";
export { check, type EncodeOptions } from "./encode.js";
export { findMisplaced } from "./content-model.js";
export {
  builtinTypes,
  readContent,
  typeOfContent,
  writeContent,
  type TypedContent,
  type TypesByName,
} from "./content.js";
export { attributed } from "./attributes.js";
export { checkChoice } from "./choices.js";
export { conditions, inheritance } from "./condition.js";
export { compareValues } from "./datatypes.js";
export { trackKeys } from "./identity.js";
export { bytesMapping, listMapping, qnameMapping, unionMapping } from "./mappings.js";
export { fractionMapping } from "./fractions.js";
export { timeMapping } from "./times.js";
export { matchesPattern } from "./pattern.js";
export { polymorphicCodec } from "./polymorphic.js";
export { tagging } from "./tagging.js";
export {
  schema,
  type StandardIssue,
  type StandardProps,
  type StandardResult,
  type StandardSchema,
  type StructSchema,
} from "./standard.js";
export { atomic, conditional, element, list, polymorphic, struct, union } from "./tables.js";
export { fullValidation, ValidationError } from "./validation.js";
export { validateDocument, type DocumentIssue } from "./document.js";
export { isValid, validate, type ValidateOptions, type ValidationIssue } from "./validate.js";
export {
  DecodeError,
  EncodeError,
  XmlError,
  type Diagnostic,
  type Issue,
  type IssueCode,
  type XmlErrorCode,
} from "./errors.js";
export type { Origin, ScannerOptions } from "./scanner.js";
export { decodeStream, type RecordAt, type StreamOptions, type XmlSource } from "./stream.js";
export {
  ENTITIES,
  ENTITY,
  ID,
  IDREF,
  IDREFS,
  NCName,
  NMTOKEN,
  NMTOKENS,
  NOTATION,
  Name,
  QName,
  anyAtomicType,
  anySimpleType,
  anyType,
  anyURI,
  base64Binary,
  base64BinaryAsString,
  boolean,
  booleanAsString,
  byte,
  byteAsBigint,
  byteAsString,
  date,
  dateTime,
  dateTimeStamp,
  dayTimeDuration,
  decimal,
  decimalAsNumber,
  double,
  doubleAsString,
  duration,
  float,
  floatAsString,
  gDay,
  gMonth,
  gMonthDay,
  gYear,
  gYearMonth,
  hexBinary,
  hexBinaryAsString,
  int,
  intAsBigint,
  intAsString,
  integer,
  integerAsNumber,
  integerAsString,
  language,
  long,
  longAsNumber,
  longAsString,
  negativeInteger,
  negativeIntegerAsNumber,
  negativeIntegerAsString,
  nonNegativeInteger,
  nonNegativeIntegerAsNumber,
  nonNegativeIntegerAsString,
  nonPositiveInteger,
  nonPositiveIntegerAsNumber,
  nonPositiveIntegerAsString,
  normalizedString,
  positiveInteger,
  positiveIntegerAsNumber,
  positiveIntegerAsString,
  short,
  shortAsBigint,
  shortAsString,
  string,
  time,
  token,
  unsignedByte,
  unsignedByteAsBigint,
  unsignedByteAsString,
  unsignedInt,
  unsignedIntAsBigint,
  unsignedIntAsString,
  unsignedLong,
  unsignedLongAsNumber,
  unsignedLongAsString,
  unsignedShort,
  unsignedShortAsBigint,
  unsignedShortAsString,
  yearMonthDuration,
} from "./scalars.js";
