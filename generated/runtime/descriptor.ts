// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * The contract between generated code and this runtime: one descriptor a schema type, as plain data.
 *
 * Generated modules hold an interface and a constant of the same name; the constant is one of the
 * descriptors below. Behaviour (reading, writing, checking) lives in the runtime and walks them.
 * References to other descriptors are functions, so that modules may refer to each other in circles
 * and a bundler drops what nobody uses.
 *
 * Values that a descriptor describes:
 * - element content is an object with one property a child element, named by its local name
 *   (`prefix:local` for the rare second of two equal local names), an array where it may repeat;
 * - an attribute is the property `@name` (`@prefix:name` when it has a namespace);
 * - what `xs:anyAttribute` lets in is `$anyAttribute`, an object from expanded name to the value as written;
 * - simple content is `$value`; a type given by `xsi:type` is `$type` (a simple type chosen by it stands as
 *   `{ $type, $value }`);
 * - where order matters (a repeating choice, mixed content, a repeated group, one element in two
 *   places) there is one ordered array of tagged items, `{ $name, $value }`, with text as plain strings;
 * - `xs:any` is `$any`, an array of tagged items or raw {@link XmlElement}s;
 * - what the schema does not know is kept in `$unknown`, with its place.
 */
import type { AsWritten, Element, ReaderParts } from "./decode.js";
import type { Namespaces, WriterParts } from "./encode.js";
import type { Entry, Part, Plan, PresenceReport, Rule } from "./plan.js";
import type { Scanner, XmlAttribute } from "./scanner.js";
import type { Values } from "./values.js";

/** Carries the TypeScript types of a descriptor: `W` to write, `R` as read. Has no value at run time. */
export interface Described<W, R = W> {
  readonly "~types"?: { readonly write: W; readonly read: R };
}

/** The type of a value to be written with this descriptor. */
export type Writable<D> = D extends Described<infer W, infer _R> ? W : never;
/** The type of a value that was read with this descriptor. */
export type Readable<D> = D extends Described<infer _W, infer R> ? R : never;

/** A descriptor, or a function that gives it. */
export type Ref<D> = D | (() => D);

/** Expanded name: `{uri}local`, or `local` when there is no namespace. */
export type ExpandedName = string;

export type Type<W = any, R = W> =
  SimpleType<W, R> | Struct<W, R> | Polymorphic<W, R> | Conditional<W, R> | AnyType<W, R>;

export type SimpleType<W = any, R = W> = Atomic<W, R> | List<W, R> | Union<W, R>;

/** The built-in simple types of XML Schema Part 2, by local name. */
export type Builtin =
  | "anySimpleType"
  | "anyAtomicType"
  | "string"
  | "normalizedString"
  | "token"
  | "language"
  | "Name"
  | "NCName"
  | "NMTOKEN"
  | "NMTOKENS"
  | "ID"
  | "IDREF"
  | "IDREFS"
  | "ENTITY"
  | "ENTITIES"
  | "boolean"
  | "integer"
  | "nonPositiveInteger"
  | "negativeInteger"
  | "long"
  | "int"
  | "short"
  | "byte"
  | "nonNegativeInteger"
  | "unsignedLong"
  | "unsignedInt"
  | "unsignedShort"
  | "unsignedByte"
  | "positiveInteger"
  | FractionBuiltin
  | TimeBuiltin
  | "hexBinary"
  | "base64Binary"
  | "anyURI"
  | "QName"
  | "NOTATION";

/** Numbers that may have a fraction. */
export type FractionBuiltin = "decimal" | "float" | "double";

/** Dates, times and durations. */
export type TimeBuiltin =
  | "duration"
  | "yearMonthDuration"
  | "dayTimeDuration"
  | "dateTime"
  | "dateTimeStamp"
  | "time"
  | "date"
  | "gYearMonth"
  | "gYear"
  | "gMonthDay"
  | "gDay"
  | "gMonth";

/**
 * How an atomic value is represented in JavaScript.
 *
 * `string`: the lexical form after white space processing (decimals, dates, ids: no digit is lost) ·
 * `number`: a safe integer, or a float/double · `bigint` · `boolean` · `bytes`: Uint8Array ·
 * `qname`: `{uri}local`.
 */
export type Representation = "string" | "number" | "bigint" | "boolean" | "bytes" | "qname";

export type Atomic<W = any, R = W> = PlainAtomic<W, R> & (WithoutMapping | WithMapping | OfFraction | OfTime);

interface WithoutMapping {
  readonly builtin: Exclude<Builtin, FractionBuiltin | TimeBuiltin>;
  readonly as: "string" | "number" | "bigint" | "boolean";
  readonly mapping?: never;
}

interface WithMapping {
  readonly as: "bytes" | "qname";
  /** `bytesMapping` or `qnameMapping` of the runtime. */
  readonly mapping: Mapping;
}

interface OfFraction {
  readonly builtin: FractionBuiltin;
  readonly as: "string" | "number";
  /** `fractionMapping` of the runtime. */
  readonly mapping: Mapping;
}

interface OfTime {
  readonly builtin: TimeBuiltin;
  readonly as: "string";
  /** `timeMapping` of the runtime. */
  readonly mapping: Mapping;
}

interface PlainAtomic<W, R> extends Described<W, R> {
  readonly kind: "atomic";
  readonly builtin: Builtin;
  readonly as: Representation;
  /** Enumeration: closed when written, open when read (an unknown value is kept and reported). */
  readonly values?: readonly (string | number | bigint | boolean)[];
  readonly facets?: Facets;
}

export interface List<W = any, R = W> extends Described<W, R> {
  readonly kind: "list";
  readonly item: Ref<SimpleType>;
  /** `listMapping` of the runtime. */
  readonly mapping: Mapping;
  readonly values?: readonly string[];
  readonly facets?: Facets;
}

/** Members are tried in order; the first that accepts the lexical form gives the value. */
export interface Union<W = any, R = W> extends Described<W, R> {
  readonly kind: "union";
  readonly members: readonly Ref<SimpleType>[];
  /** `unionMapping` of the runtime. */
  readonly mapping: Mapping;
  readonly values?: readonly string[];
  readonly facets?: Facets;
}

/**
 * Between texts and values (Part 2, clause 2.3), where that takes more than the runtime does by itself: types that need it bring it,
 * so that only bundles with such types hold it. Enumerations are not its concern.
 */
export interface Mapping<T = any> {
  parse(type: T, text: string, lookup: Lookup): Parsed;
  /** `prefixOf` is asked for QNames, with "" too. */
  print(type: T, value: unknown, prefixOf: (uri: string) => string): string | Wrong;
  /** One text for all ways to write a value. */
  formOf?(type: T, value: unknown): string;
  /** What the type is called in messages. */
  nameOf?(type: T): string;
  /** Do two texts stand for the same, where that is a date, time or duration? */
  isSameTime?(type: T, compare: NonNullable<Facets["compare"]>, a: string, b: string): boolean;
}

/** Finds the namespace of a prefix where a QName stands. */
export type Lookup = (prefix: string) => string | undefined;

/** What a text stands for. */
export interface Parsed {
  /** `undefined`: the text is no value of the type. */
  readonly value: unknown;
  /** Some part of it is missing in an enumeration. */
  readonly unlisted: boolean;
}

/** Why a value cannot be written. */
export interface Wrong {
  readonly code: "wrong-type" | "invalid-value" | "unknown-value";
  readonly message: string;
  /** Its text, where only an enumeration lacks it. */
  readonly text?: string;
}

/**
 * Effective constraining facets, lexical forms for ordered values (XML Schema Part 2, clause 4.3).
 *
 * What takes much code to check brings the function that does, so that only bundles with such types hold it.
 */
export type Facets = PlainFacets & (WithoutPatterns | WithPatterns);

interface WithoutPatterns {
  readonly patterns?: never;
  readonly matches?: never;
}

interface WithPatterns {
  /** XSD regular expressions: alternatives in the inner array, all of the outer must hold. */
  readonly patterns: readonly (readonly string[])[];
  /** Whether a text matches a pattern: `matchesPattern` of the runtime. */
  readonly matches: (pattern: string, text: string) => boolean;
}

interface PlainFacets {
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly whiteSpace?: "preserve" | "replace" | "collapse";
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
  readonly minExclusive?: string;
  readonly maxExclusive?: string;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  readonly explicitTimezone?: "required" | "prohibited" | "optional";
  /** The order of dates, times and durations, where there are bounds or enumerations of them: `compareValues` of the runtime. */
  readonly compare?: (builtin: Builtin, a: string, b: string) => number | undefined;
}

/** A complex type. */
export interface Struct<W = any, R = W> extends Described<W, R> {
  readonly kind: "struct";
  /** Expanded name of the type; for an anonymous one that of its owner path. */
  readonly name: ExpandedName;
  /** The namespace of members that do not name one; "" when local elements are unqualified. */
  readonly ns: string;
  /** The extended type: its attributes and content come before the own ones. */
  readonly base?: Ref<Struct>;
  readonly attributes?: readonly Attribute[];
  readonly anyAttribute?: Wildcard;
  /** Simple content: the type of `$value`. */
  readonly text?: Ref<SimpleType>;
  /** Own element content, in schema order. */
  readonly content?: readonly Member[];
  /**
   * All properties of content, inherited ones too, in the order in which they are written: where content names first what comes
   * later, since branches share it.
   */
  readonly order?: readonly string[];
  /** `xs:all`: children come in any order, and are written in the order of the object's keys. */
  readonly all?: true;
  readonly abstract?: true;
  /** `checkChoice` of the runtime, where own content has choices. */
  readonly choices?: CheckChoice;
  /** `tagging` of the runtime, where own content has slots, wildcards or elements with substitutes. */
  readonly tagging?: Tagging;
  /** `attributed` of the runtime, where own attributes are declared or let in. */
  readonly attributed?: Attributed;
}

/** Reads and writes the attributes that a type has a place for. */
export interface Attributed {
  /** The object that they are put into, if there are any, and those that it has no place for; `left` is what is kept as it is. */
  read(
    plan: Plan,
    tag: string | undefined,
    start: number,
    left: AsWritten,
    parts: ReaderParts,
  ): [out: object | undefined, others: readonly XmlAttribute[]];
  /** As they stand in the start tag, and how many properties held them; `spaces` gives what prefixes of `$anyAttribute` stand for. */
  write(
    plan: Plan,
    value: Values,
    spaces: (() => Namespaces) | undefined,
    parts: WriterParts,
  ): [text: string, properties: number];
}

/** Checks the presence of what a choice offers: `count` tells how often a part is there. */
export type CheckChoice = (rule: Rule, count: (part: Part) => number, report: PresenceReport) => void;

/** Reads and writes tagged items and what wildcards let in. */
export interface Tagging {
  /** The wildcard that the start tag just read is for. */
  wildcardFor(plan: Plan, scanner: Scanner): Entry | undefined;
  /**
   * Which of several places of one element comes next; a wildcard where its own place has no room. `before` was read last, `run` of
   * it one after the other.
   */
  settle(
    plan: Plan,
    entry: Entry,
    values: readonly unknown[],
    before: Entry | undefined,
    run: number,
    parts: ReaderParts,
  ): Entry;
  /** The item whose start tag was just read. */
  read(entry: Entry, parts: ReaderParts): unknown;
  write(part: Part, value: unknown, spare: string, parts: WriterParts): string;
}

export interface Attribute {
  readonly name: string;
  /** Namespace of the attribute; absent: none. */
  readonly ns?: string;
  /** Absent: `@` + name. */
  readonly property?: string;
  readonly type: Ref<SimpleType>;
  readonly required?: true;
  readonly default?: string;
  readonly fixed?: string;
  /** Conditions on elements below see it too (XSD 1.1): `inheritance` of the runtime. */
  readonly inheritable?: Inheritance;
}

/** A part of element content. */
export type Member = Field | Choice | Slot | Any;

/** A child element that has a property of its own. */
export interface Field {
  readonly name: string;
  /** Absent: the struct's `ns`. */
  readonly ns?: string;
  /** Absent: `name`. */
  readonly property?: string;
  readonly type: Ref<Type>;
  /** Absent: 1. */
  readonly min?: number;
  /** Absent: 1. More than 1: the value is an array. `Infinity` for unbounded. */
  readonly max?: number;
  readonly nillable?: true;
  readonly default?: string;
  readonly fixed?: string;
  /** Required by the schema, yet known to be missing on the wire. */
  readonly omitted?: true;
  /** The value is a tagged item: one of these, the element itself among them unless it is abstract. */
  readonly substitutes?: () => readonly ElementDescriptor[];
  readonly constraints?: readonly IdentityConstraint[];
}

/** Exactly one branch (or none, when `min` is 0); the properties of all branches lie side by side. */
export interface Choice {
  readonly choice: readonly (readonly Member[])[];
  readonly min?: 0;
}

/** Ordered content: one array of tagged items under `slot`. */
export type Slot = PlainSlot & (WithoutModel | WithModel);

interface WithoutModel {
  readonly model?: never;
  readonly check?: never;
}

interface WithModel {
  /** The content model over `items` (by index), for checking. */
  readonly model: SlotModel;
  /** Holds items against the model: `findMisplaced` of the runtime. */
  readonly check: FindMisplaced;
}

/** Finds the first of the elements that their model does not allow where it stands; `undefined` names are text. */
export type FindMisplaced = (
  slot: Slot,
  ns: string,
  names: readonly (ExpandedName | undefined)[],
) => Misplaced | undefined;

/** Where content leaves its model, and what could have stood there. */
export interface Misplaced {
  /** Index of the item; the number of items when the content ends too early. */
  readonly at: number;
  /** Names of elements; "*" for any that a wildcard lets in. */
  readonly expected: readonly string[];
}

interface PlainSlot {
  /** The property: `$content`, or a name made from the group. */
  readonly slot: string;
  readonly items: readonly (Field | Any)[];
  /** Text between elements is content (mixed), kept as plain strings. */
  readonly text?: true;
  /** The array may be absent. */
  readonly min?: 0;
}

export type SlotModel =
  | { readonly item: number; readonly min?: number; readonly max?: number }
  | {
      readonly group: "sequence" | "choice" | "all";
      readonly parts: readonly SlotModel[];
      readonly min?: number;
      readonly max?: number;
    };

/** `xs:any`. */
export interface Any {
  /** The property, usually `$any`. */
  readonly any: string;
  readonly wildcard: Wildcard;
  readonly min?: number;
  readonly max?: number;
}

export interface Wildcard {
  /** Absent: any namespace. "" stands for no namespace. */
  readonly namespaces?: { readonly not: readonly string[] } | { readonly in: readonly string[] };
  readonly process: "strict" | "lax" | "skip";
  readonly notNames?: readonly ExpandedName[];
  /** Global elements the schema knows in these namespaces: what they match is typed. */
  readonly known?: () => readonly ElementDescriptor[];
  /** Of `xs:anyAttribute`: the global attributes that the schema knows, by which texts are checked. */
  readonly attributes?: () => readonly Attribute[];
}

/** Where `xsi:type` may choose a derived type. The union that TypeScript shows, declared once. */
export interface Polymorphic<W = any, R = W> extends Described<W, R> {
  readonly kind: "polymorphic";
  readonly base: Ref<Type>;
  /** What stands in `$type` for the base itself. */
  readonly tag: string;
  /** `$type` (a stable `prefix:local`), expanded type name, descriptor. */
  readonly derived: readonly (readonly [tag: string, name: ExpandedName, type: Ref<Type>])[];
  /** The base is abstract: `$type` is required. */
  readonly abstract?: true;
  /** `polymorphicCodec` of the runtime. */
  readonly codec: TypeCodec;
}

/** Reads and writes the values of a type that stands for several: so only bundles with such types hold the code. */
export interface TypeCodec {
  /** The value of the element whose start tag was just read. */
  read(type: Type, source: Element | undefined, parts: ReaderParts): unknown;
  /** What follows the name in the start tag, up to the end tag; `spare` are attributes that have no place in the value. */
  write(type: Type, value: unknown, source: Element | undefined, spare: string, parts: WriterParts): string;
}

/** Where attributes of an element choose its type (`xs:alternative` of XSD 1.1). */
export interface Conditional<W = any, R = W> extends Described<W, R> {
  readonly kind: "conditional";
  /** In order; the first whose condition holds is chosen. Without a type nothing may stand there (`xs:error`). */
  readonly alternatives: readonly (readonly [condition: Condition, type?: Ref<Type>])[];
  /** The type where no condition holds; absent: nothing may stand there. */
  readonly otherwise?: Ref<Type>;
  /** Evaluates them: `conditions` of the runtime. */
  readonly conditions: Conditions;
  /** `conditionalCodec` of the runtime. */
  readonly codec: TypeCodec;
}

/** Chooses types by attributes. */
export interface Conditions {
  /** What the attributes of an element choose, those that it inherits behind its own; `undefined`: nothing may stand there. */
  readonly choose: (
    type: Conditional,
    own: ConditionContext,
    inherited: ConditionContext,
  ) => Ref<Type> | undefined;
  /** The attributes that a value is written with. */
  readonly attributesOf: (
    type: Conditional,
    value: unknown,
    prefixOf: (uri: string) => string,
  ) => ConditionContext;
}

/** What elements pass on to conditions on those below, nearest first. */
export interface Inheritance {
  /** From the attributes of a document. */
  readonly read: (
    inheritable: readonly Attribute[],
    own: readonly XmlAttribute[],
    outer: ConditionContext,
  ) => ConditionContext;
  /** From a value. */
  readonly write: (
    inheritable: readonly Attribute[],
    value: unknown,
    prefixOf: (uri: string) => string,
    outer: ConditionContext,
  ) => ConditionContext;
}

/**
 * A test on attributes (Part 1 of XSD 1.1, clause 3.12.6), operator first. An operand alone holds where its effective boolean
 * value is true.
 */
export type Condition =
  | readonly ["or" | "and", ...Condition[]]
  | readonly ["not", Condition]
  | readonly [Comparator, Operand, Operand]
  | Operand;

export type Comparator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A string literal is itself; `@` goes before an expanded name, in which `*` stands for any. */
export type Operand =
  | string
  | readonly ["@", ExpandedName]
  | readonly ["integer" | "decimal" | "double", string]
  | readonly ["cast", Builtin, Operand, "?"?];

/** The attributes of an element as written: expanded name and value. */
export type ConditionContext = readonly (readonly [name: ExpandedName, value: string])[];

/** `xs:anyType`: anything; the value is {@link XmlContent}. */
export interface AnyType<W = any, R = W> extends Described<W, R> {
  readonly kind: "any";
}

/** A global element: a possible document root. */
export interface ElementDescriptor<W = any, R = W> extends Described<W, R> {
  readonly kind: "element";
  readonly name: ExpandedName;
  /** `$name` in tagged items: the local name, or `prefix:local`. */
  readonly tag: string;
  readonly type: Ref<Type<W, R>>;
  readonly nillable?: true;
  readonly abstract?: true;
  readonly default?: string;
  readonly fixed?: string;
  readonly constraints?: readonly IdentityConstraint[];
}

/** `xs:key`, `xs:unique`, `xs:keyref`; the restricted XPaths of clause 3.11, prefixes expanded to `{uri}local`. */
export interface IdentityConstraint {
  readonly kind: "key" | "unique" | "keyref";
  readonly name: ExpandedName;
  readonly refer?: ExpandedName;
  readonly selector: string;
  readonly fields: readonly string[];
  /** Follows constraints through a value: `trackKeys` of the runtime. */
  readonly track: TrackKeys;
}

/** Begins to follow identity constraints; what is found goes to the reporter. */
export type TrackKeys = (report: KeyReport) => KeyTracker;

/** Tells what is wrong with keys: `steps` is the place. */
export type KeyReport = (
  code: "repeated-key" | "incomplete-key" | "dangling-key" | "ambiguous-key",
  clause: string,
  expected: string,
  message: string,
  steps: readonly (string | number)[],
) => void;

/** Is told each element and attribute within those that have identity constraints. */
export interface KeyTracker {
  readonly open: (
    name: ExpandedName,
    constraints: readonly IdentityConstraint[],
    steps: readonly (string | number)[],
  ) => void;
  readonly attribute: (name: ExpandedName, values: readonly KeyValue[]) => void;
  /** Ends the element; `values` is its simple content, if it has any. */
  readonly close: (values: readonly KeyValue[] | undefined, isSimple: boolean, nillable?: boolean) => void;
}

/** An atomic value: what it is of, and its text. */
export type KeyValue = readonly [builtin: Builtin, text: string];

// ---------------------------------------------------------------------------------------------------------------
// Values
// ---------------------------------------------------------------------------------------------------------------

/** A raw element: what no type describes. Names are expanded; `prefix` is what was written. */
export interface XmlElement {
  readonly name: ExpandedName;
  readonly prefix?: string;
  /** Expanded attribute name to value. */
  readonly attributes?: Readonly<Record<ExpandedName, string>>;
  /** Namespace declarations that QNames in content may need: prefix to URI. */
  readonly namespaces?: Readonly<Record<string, string>>;
  readonly children?: readonly (XmlElement | string)[];
  /** What tells it from a {@link Tagged} item beside it. */
  readonly $name?: never;
}

/** The value of `xs:anyType`: a raw element without its name. */
export type XmlContent = Omit<XmlElement, "name" | "prefix" | "$name">;

/** An element in ordered content. */
export interface Tagged<N extends string = string, T = unknown> {
  readonly $name: N;
  readonly $value: T;
}

/** Content that the schema does not know, and where it stood. */
export interface Unknown {
  /** The property of the known sibling it followed; absent: it came first. */
  readonly after?: string;
  /** The index in that property's array. */
  readonly index?: number;
  /** An element, or text, or attributes of the element (`$self`) or of a child of simple type. */
  readonly node?: XmlElement | string;
  readonly attributes?: Readonly<Record<ExpandedName, string>>;
  /** Prefixes that attributes here, or of `$anyAttribute`, use in their text: prefix to URI. */
  readonly namespaces?: Readonly<Record<string, string>>;
}

/** What every value of a complex type may carry. Encoding writes it back, so a decoded value can be sent. */
export interface Extensible {
  readonly $unknown?: readonly Unknown[];
}

type KeyOf<Branches> = Branches extends unknown ? keyof Branches : never;

/** What every object has. */
type Inherited = typeof Object.prototype;

/** A union of which exactly one branch holds: the properties of the others are absent, or what every object has. */
export type Exclusive<Branches, Key extends PropertyKey = KeyOf<Branches>> = Branches extends unknown
  ? Branches & {
      [Other in Exclude<Key, keyof Branches>]?: Other extends keyof Inherited ? Inherited[Other] : never;
    }
  : never;
