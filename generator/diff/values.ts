/**
 * Sets of values of simple types, compared: by reasoning where containment can be proved, by samples where a
 * counter-example can be shown. What is neither proved nor refuted is `unknown`.
 */
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { compareValues, hasTimezone, primitiveOf } from "../../templates/runtime/datatypes.js";
import { isLexical } from "../../templates/runtime/lexical.js";
import { simpleTypeOf, typeOf } from "../model/query.js";
import type { Facets, Model, SimpleType, TypeId } from "../model/types.js";
import { builtinOf, isSameValue, parseValue } from "../model/values.js";
import type { Value } from "../model/values.js";
import { effectOf } from "./language.js";
import { compareTexts, findText, type TextLimits } from "./pattern-language.js";
import type { Effect } from "./types.js";

/** A simple type in its model. */
export interface Sort {
  readonly model: Model;
  readonly type: SimpleType;
}

/** How two simple types relate, with texts that are valid on one side or on both. */
export interface ValueRelation {
  readonly effect: Effect;
  readonly onlyOld?: string;
  readonly onlyNew?: string;
  readonly shared?: string;
}

/** Whether a text is valid for a simple type, or for a complex type with simple content. */
export function acceptsText(model: Model, id: TypeId, text: string): boolean {
  const type = typeOf(model, id);
  if (type === undefined) return false;
  if (type.kind === "complex") {
    if (type.content.kind === "simple") return acceptsText(model, type.content.type, text);
    return type.content.kind === "elements" && type.content.mixed;
  }
  return accepts({ model, type }, text);
}

/** Whether a text is a value of a simple type. */
export function accepts({ model, type }: Sort, text: string): boolean {
  return "value" in parseValue(type, text, { simpleType: (id) => simpleTypeOf(model, id) });
}

/** A text as a value of a type. */
export interface TypedText {
  readonly model: Model;
  readonly type: TypeId;
  readonly text: string | undefined;
}

/** Whether two texts are the same value, however they are written; neither there is the same, too. */
export function isSameText(old: TypedText, current: TypedText): boolean {
  if (old.text === current.text) return true;
  const [was, is] = [valueOf(old), valueOf(current)];
  return was !== undefined && is !== undefined && isSameValue(was, is);
}

/** What an element or attribute says of its value. */
export interface Valued {
  readonly type: TypeId;
  readonly default?: string;
  readonly fixed?: string;
}

/** Whether a default became fixed, or the reverse, and stands for the same value where nothing is written. */
export function turnsPreset(before: Model, old: Valued, after: Model, current: Valued): boolean {
  return (
    (old.fixed === undefined) !== (current.fixed === undefined) &&
    isSameText(
      { model: before, type: old.type, text: old.fixed ?? old.default },
      { model: after, type: current.type, text: current.fixed ?? current.default },
    )
  );
}

function valueOf({ model, type: id, text }: TypedText): Value | undefined {
  const type = typeOf(model, id);
  if (type === undefined || text === undefined) return undefined;
  if (type.kind === "complex") {
    return type.content.kind === "simple" ? valueOf({ model, type: type.content.type, text }) : undefined;
  }
  const parsed = parseValue(type, text, { simpleType: (each) => simpleTypeOf(model, each) });
  return "value" in parsed ? parsed.value : undefined;
}

/** Compares the sets of texts that two simple types accept. */
export function compareSorts(before: Sort, after: Sort): ValueRelation {
  const samples = new Set([...samplesOf(before), ...samplesOf(after)]);
  const words = wordsOf(before, after);
  for (const word of words) samples.add(word);
  // Where one side takes blanks away, a text is told from itself with a blank.
  if (before.type.facets.whiteSpace !== after.type.facets.whiteSpace)
    for (const text of [...samples]) samples.add(` ${text}`);
  let [onlyOld, onlyNew, shared]: (string | undefined)[] = [];
  for (const text of samples) {
    const [was, is] = [accepts(before, text), accepts(after, text)];
    if (was && is) shared ??= text;
    else if (was) onlyOld ??= text;
    else if (is) onlyNew ??= text;
    if (onlyOld !== undefined && onlyNew !== undefined && shared !== undefined) break;
  }
  const [lost, gained] = [onlyOld !== undefined, onlyNew !== undefined];
  const grows = lost ? false : contains(after, before);
  const shrinks = gained ? false : contains(before, after);
  // Nothing found on a side and nothing proved about it: it stays open.
  const open = (!lost && !grows) || (!gained && !shrinks);
  return {
    effect: open ? "unknown" : effectOf(lost, gained, shared !== undefined),
    ...(onlyOld !== undefined && { onlyOld }),
    ...(onlyNew !== undefined && { onlyNew }),
    ...(shared !== undefined && { shared }),
  };
}

/** What it does to a union that one more of its members is there: the texts of that member tell. */
export function effectOfMember(union: Sort, id: TypeId): Effect {
  const type = { ...union.type, members: (union.type.members ?? []).filter((each) => each !== id) };
  const rest: Sort = { model: union.model, type };
  const own = simpleTypeOf(union.model, id);
  if (own !== undefined) {
    const member: Sort = { model: union.model, type: own };
    // Asked in this order, most texts cost no look at the other members.
    const isNew = (text: string): boolean =>
      accepts(member, text) && !accepts(rest, text) && (hasNoLimits(union.type) || accepts(union, text));
    if (type.members.length > 0 && samplesOf(member).some(isNew)) return "widening";
  }
  return compareSorts(rest, union).effect;
}

// ---------------------------------------------------------------------------------------------- proofs

/** Whether every text that `inner` accepts is accepted by `outer`: true only when it can be proved. */
function contains(outer: Sort, inner: Sort): boolean {
  const [a, b] = [outer.type, inner.type];
  const finite = finiteTexts(inner);
  if (finite !== undefined) return finite.every((text) => accepts(outer, text));
  if (!sameAssertions(a, b)) return false;
  if (b.variety === "union")
    return membersOf(inner).every((member) => contains(outer, member)) || sameUnion(outer, inner);
  if (a.variety === "union") {
    return hasNoLimits(a) && membersOf(outer).some((member) => contains(member, inner));
  }
  if (a.variety === "list") {
    const item = itemOf(outer);
    if (item === undefined || !containsLengths(a.facets, b.variety === "list" ? b.facets : { length: 1 })) {
      return false;
    }
    if (!containsPatterns(a, b) || a.facets.enumeration !== undefined) return false;
    const other = b.variety === "list" ? itemOf(inner) : inner;
    // A text with blanks in it would be several items.
    if (other === undefined) return false;
    const oneItem =
      b.variety === "list" ||
      ["NMTOKEN", "Name", "language"].some((builtin) => isBuiltinAncestor(builtin, builtinOf(b))) ||
      /^(?:boolean|decimal|float|double|hexBinary)$/u.test(primitive(b));
    return oneItem ? contains(item, other) : isText(item) && containsLengths(a.facets, {});
  }
  if (b.variety === "list") return isText(outer);
  if (a.facets.enumeration !== undefined) {
    const listed = finiteTexts(outer);
    return listed !== undefined && containsBlanks(a, b) && listsAll(listed, b);
  }
  return (
    containsBuiltin(builtinOf(a), builtinOf(b)) &&
    containsBounds(a, b) &&
    containsLengths(a.facets, b.facets) &&
    containsDigits(a.facets, { ...b.facets, ...digitsOf(b) }) &&
    containsZones(a.facets, b.facets) &&
    containsBlanks(a, b) &&
    containsPatterns(a, b)
  );
}

/** Whether a type accepts nothing but some texts. */
function listsAll(listed: readonly string[], b: SimpleType): boolean {
  if ((b.facets.patterns ?? []).length === 0) return false;
  const literally = listed.map((text) => text.replace(/[-\\|.?*+(){}[\]^]/gu, "\\$&"));
  const { effect } = compareTexts(limitsOf(b), { steps: [literally], minLength: 0, maxLength: Infinity });
  return effect === "equal" || effect === "widening";
}

/** Whether two unions have the same members and the limits of the outer one are those of the inner one. */
function sameUnion(outer: Sort, inner: Sort): boolean {
  if (outer.type.variety !== "union") return false;
  const [a, b] = [outer.type.facets, inner.type.facets];
  if (a.enumeration !== undefined) return false;
  return (
    containsPatterns(outer.type, inner.type) &&
    (a.patterns === undefined || b.patterns !== undefined) &&
    membersOf(inner).every((member) => membersOf(outer).some((other) => contains(other, member)))
  );
}

function sameAssertions(a: SimpleType, b: SimpleType): boolean {
  return a.assertions === undefined || JSON.stringify(a.assertions) === JSON.stringify(b.assertions);
}

function hasNoLimits({ facets, assertions }: SimpleType): boolean {
  return facets.patterns === undefined && facets.enumeration === undefined && assertions === undefined;
}

function membersOf({ model, type }: Sort): readonly Sort[] {
  return (type.members ?? []).flatMap((id) => {
    const member = simpleTypeOf(model, id);
    return member === undefined ? [] : [{ model, type: member }];
  });
}

function itemOf({ model, type }: Sort): Sort | undefined {
  const item = type.item === undefined ? undefined : simpleTypeOf(model, type.item);
  return item && { model, type: item };
}

/** Whether every text at all is a value, up to its white space. */
function isText({ type }: Sort): boolean {
  return (
    type.variety === "atomic" &&
    hasNoLimits(type) &&
    /^(?:string|normalizedString|token|anySimpleType|anyAtomicType)$/u.test(builtinOf(type)) &&
    containsLengths(type.facets, {})
  );
}

/** The texts of a type that has few of them, each in one form. */
function finiteTexts({ type }: Sort): readonly string[] | undefined {
  const values = type.facets.enumeration;
  if (values === undefined || type.variety !== "atomic") return undefined;
  const primitive_ = primitive(type);
  // Where one value has many forms, one of them shows nothing about the others.
  const manyForms = /^(?:decimal|float|double|duration|dateTime|time|date|g\w+|hexBinary|base64Binary)$/u;
  return manyForms.test(primitive_) ? undefined : values.map(({ value }) => value);
}

function primitive(type: SimpleType): string {
  return primitiveOf(builtinOf(type));
}

/** Whether a text that both types accept means the same to both, of whichever members these are made. */
export function readAlike(old: Sort, current: Sort): boolean {
  const readings = [old, current]
    .flatMap((sort) => (sort.type.variety === "union" ? membersOf(sort) : [sort]))
    .map(({ type }) => [type.variety, primitive(type), type.facets.whiteSpace ?? "preserve"].join(" "));
  const [first = ""] = readings;
  return first.startsWith("atomic ") && readings.every((reading) => reading === first);
}

/** Built-in types and what they restrict, by local name (Part 2, clause 3). */
const parents: Readonly<Record<string, string>> = {
  normalizedString: "string",
  token: "normalizedString",
  language: "token",
  Name: "token",
  NMTOKEN: "token",
  NCName: "Name",
  ID: "NCName",
  IDREF: "NCName",
  ENTITY: "NCName",
  integer: "decimal",
  nonPositiveInteger: "integer",
  negativeInteger: "nonPositiveInteger",
  long: "integer",
  int: "long",
  short: "int",
  byte: "short",
  nonNegativeInteger: "integer",
  positiveInteger: "nonNegativeInteger",
  unsignedLong: "nonNegativeInteger",
  unsignedInt: "unsignedLong",
  unsignedShort: "unsignedInt",
  unsignedByte: "unsignedShort",
  dateTimeStamp: "dateTime",
  dayTimeDuration: "duration",
  yearMonthDuration: "duration",
};

/** Whether a built-in type is another one or an ancestor of it. */
export function isBuiltinAncestor(ancestor: string, of: string): boolean {
  for (let name: string | undefined = of; name !== undefined; name = parents[name]) {
    if (name === ancestor) return true;
  }
  return false;
}

/** Whether the lexical space of one built-in type holds that of another; bounds are looked at by themselves. */
function containsBuiltin(outer: Builtin, inner: Builtin): boolean {
  const text = new Set<string>(["string", "normalizedString", "token", "anySimpleType", "anyAtomicType"]);
  if (outer === inner || text.has(outer)) return true;
  // Integers differ in their bounds only.
  if (isBuiltinAncestor("integer", outer) && isBuiltinAncestor("integer", inner)) return true;
  if (isBuiltinAncestor(outer, inner)) return true;
  const floating = new Set<string>(["float", "double"]);
  if (floating.has(outer)) return floating.has(inner) || isBuiltinAncestor("decimal", inner);
  return outer === "QName" && isBuiltinAncestor("NCName", inner);
}

function containsBounds(a: SimpleType, b: SimpleType): boolean {
  const { facets: outer } = a;
  const builtin = builtinOf(b);
  const order = (x: string, y: string): number | undefined => compareValues(builtinOf(a), x, y);
  const [max, min] = [outer.maxInclusive ?? outer.maxExclusive, outer.minInclusive ?? outer.minExclusive];
  if (max !== undefined) {
    const bound = upperBound(b.facets, builtin);
    if (bound === undefined) return false;
    const difference = order(bound.value, max);
    if (difference === undefined || difference > 0) return false;
    if (difference === 0 && outer.maxInclusive === undefined && !bound.exclusive) return false;
  }
  if (min !== undefined) {
    const bound = lowerBound(b.facets, builtin);
    if (bound === undefined) return false;
    const difference = order(bound.value, min);
    if (difference === undefined || difference < 0) return false;
    if (difference === 0 && outer.minInclusive === undefined && !bound.exclusive) return false;
  }
  return true;
}

interface Bound {
  readonly value: string;
  readonly exclusive: boolean;
}

function upperBound(
  { maxInclusive, maxExclusive, totalDigits }: Facets,
  builtin: Builtin,
): Bound | undefined {
  const isInteger = isBuiltinAncestor("integer", builtin);
  if (maxExclusive !== undefined) {
    return isInteger
      ? { value: (BigInt(maxExclusive) - 1n).toString(), exclusive: false }
      : { value: maxExclusive, exclusive: true };
  }
  const digits = isInteger && totalDigits !== undefined ? "9".repeat(totalDigits) : undefined;
  if (maxInclusive === undefined)
    return digits === undefined ? undefined : { value: digits, exclusive: false };
  const value = digits !== undefined && BigInt(digits) < BigInt(maxInclusive) ? digits : maxInclusive;
  return { value, exclusive: false };
}

function lowerBound(
  { minInclusive, minExclusive, totalDigits }: Facets,
  builtin: Builtin,
): Bound | undefined {
  const isInteger = isBuiltinAncestor("integer", builtin);
  if (minExclusive !== undefined) {
    return isInteger
      ? { value: (BigInt(minExclusive) + 1n).toString(), exclusive: false }
      : { value: minExclusive, exclusive: true };
  }
  const digits = isInteger && totalDigits !== undefined ? `-${"9".repeat(totalDigits)}` : undefined;
  if (minInclusive === undefined)
    return digits === undefined ? undefined : { value: digits, exclusive: false };
  const value = digits !== undefined && BigInt(digits) > BigInt(minInclusive) ? digits : minInclusive;
  return { value, exclusive: false };
}

function lengths({ length, minLength, maxLength }: Facets): { readonly min: number; readonly max: number } {
  return { min: length ?? minLength ?? 0, max: length ?? maxLength ?? Infinity };
}

function containsLengths(outer: Facets, inner: Facets): boolean {
  const [a, b] = [lengths(outer), lengths(inner)];
  return a.min <= b.min && a.max >= b.max;
}

function containsDigits(outer: Facets, inner: Facets): boolean {
  return (
    (outer.totalDigits === undefined || (inner.totalDigits ?? Infinity) <= outer.totalDigits) &&
    (outer.fractionDigits === undefined || (inner.fractionDigits ?? Infinity) <= outer.fractionDigits)
  );
}

/** Bounds of an integer limit its digits, too. */
function digitsOf(type: SimpleType): Pick<Facets, "totalDigits"> {
  const builtin = builtinOf(type);
  if (!isBuiltinAncestor("integer", builtin)) return {};
  const [max, min] = [upperBound(type.facets, builtin), lowerBound(type.facets, builtin)];
  if (max === undefined || min === undefined) return {};
  const digits = ({ value }: Bound): number => BigInt(value).toString().replace("-", "").length;
  return { totalDigits: Math.max(digits(max), digits(min)) };
}

function containsZones(outer: Facets, inner: Facets): boolean {
  const wanted = outer.explicitTimezone ?? "optional";
  return wanted === "optional" || wanted === inner.explicitTimezone;
}

const blanks = ["preserve", "replace", "collapse"] as const;

/** Whether the handling of white space lets through what the other one did. */
function containsBlanks(a: SimpleType, b: SimpleType): boolean {
  const rank = ({ facets }: SimpleType): number => blanks.indexOf(facets.whiteSpace ?? "preserve");
  if (rank(a) === rank(b)) return true;
  const { patterns } = a.facets;
  const { min, max } = lengths(a.facets);
  // Tabs and line ends that become spaces are as long as before.
  if (patterns === undefined && Math.max(rank(a), rank(b)) < blanks.indexOf("collapse")) return true;
  // Collapsing makes texts shorter; leaving them alone keeps them long.
  if (rank(a) > rank(b)) return min === 0 && (patterns === undefined || !mayHoldBlanks(b));
  return max === Infinity && patterns === undefined;
}

/** Whether a type may accept texts with white space that collapsing would change. */
function mayHoldBlanks({ facets }: SimpleType): boolean {
  const { patterns = [] } = facets;
  const blank = "( |\t|\n|\r)";
  const padded: TextLimits = {
    steps: [[`${blank}.*|.*${blank}|.*${blank}${blank}.*`]],
    minLength: 0,
    maxLength: Infinity,
  };
  const { effect } = compareTexts({ steps: patterns, minLength: 0, maxLength: Infinity }, padded);
  return effect !== "disjoint";
}

function containsPatterns(a: SimpleType, b: SimpleType): boolean {
  const outer = a.facets.patterns ?? [];
  if (outer.length === 0) return true;
  const inner = b.facets.patterns ?? [];
  const key = (step: readonly string[]): string => JSON.stringify([...step].sort());
  const known = new Set(inner.map(key));
  const open = outer.filter((step) => !known.has(key(step)));
  if (open.length === 0) return true;
  const { effect } = compareTexts(limitsOf(b), { steps: open, minLength: 0, maxLength: Infinity });
  return effect === "equal" || effect === "widening";
}

function limitsOf({ facets, variety }: SimpleType): TextLimits {
  const { min, max } = lengths(facets);
  // Lengths of lists and bytes count something else than characters.
  const counts = variety === "atomic";
  return {
    steps: facets.patterns ?? [],
    minLength: counts && min <= 64 ? min : 0,
    maxLength: counts && max <= 64 ? max : Infinity,
  };
}

// ---------------------------------------------------------------------------------------------- samples

const basics: readonly string[] = [
  "",
  "a",
  "A",
  "x-1",
  "a b",
  " a ",
  "a\tb",
  "a:b",
  "0",
  "1",
  "-1",
  "+1",
  "1.0",
  "1.5",
  "-0.25",
  "1E5",
  "INF",
  "NaN",
  "true",
  "false",
  "0A",
  "ABCD",
  "AB==",
  "2020",
  "2020Z",
  "2020-02",
  "2020-02-29",
  "2020-02-29Z",
  "2020-02-29T12:30:00",
  "2020-02-29T12:30:00Z",
  "12:30:00",
  "12:30:00Z",
  "--02",
  "--02-29",
  "---29",
  "P1Y",
  "P1D",
  "PT1H",
  "http://example.org/a",
  "en",
  "1 2",
  "a a",
  "%%",
  "127",
  "128",
  "-128",
  "-129",
  "255",
  "256",
  "32767",
  "32768",
  "-32768",
  "-32769",
  "65535",
  "65536",
  "2147483647",
  "2147483648",
  "-2147483648",
  "-2147483649",
  "4294967295",
  "4294967296",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "18446744073709551615",
  "18446744073709551616",
];

/** Texts near the limits of a type, where types differ. */
export function samplesOf(sort: Sort, depth = 0): readonly string[] {
  const { type } = sort;
  const { facets } = type;
  const found: string[] = [...basics];
  for (const { value } of (facets.enumeration ?? []).slice(0, 2_000)) {
    found.push(value, ` ${value} `, value.toLowerCase(), `${value}x`);
  }
  for (const bound of [facets.maxInclusive, facets.maxExclusive, facets.minInclusive, facets.minExclusive]) {
    if (bound !== undefined) found.push(bound, ...neighbours(bound));
  }
  const { min, max } = lengths(facets);
  for (const length of [min, max]) {
    if (length === Infinity || length > 100_000) continue;
    for (const each of [length - 1, length, length + 1]) {
      if (each < 0) continue;
      found.push("a".repeat(each), "00".repeat(each), "7".repeat(each));
      if (each <= 1_000) {
        found.push(...texts(type, each), "AAAA".repeat(Math.ceil(each / 3)));
        // Longer than allowed, unless the white space around it does not count.
        found.push(`  ${"a".repeat(each)}  `, ` ${"7".repeat(each)} `);
        for (const item of ["a", "1"]) found.push(Array.from({ length: each }, () => item).join(" "));
      }
    }
  }
  if (facets.totalDigits !== undefined) {
    for (const digits of [facets.totalDigits, facets.totalDigits + 1]) {
      found.push("9".repeat(digits), `0.${"9".repeat(digits)}`, `-${"9".repeat(digits)}`);
    }
  }
  if (facets.fractionDigits !== undefined) {
    for (const digits of [facets.fractionDigits, facets.fractionDigits + 1])
      found.push(`1.${"1".repeat(digits)}`);
  }
  if (facets.patterns !== undefined) found.push(...texts(type));
  if (depth > 4) return found;
  for (const member of membersOf(sort)) found.push(...samplesOf(member, depth + 1));
  const item = itemOf(sort);
  if (item !== undefined) {
    const items = samplesOf(item, depth + 1);
    found.push(...items);
    const good = items.filter((text) => !/\s/u.test(text) && text !== "" && accepts(item, text)).slice(0, 6);
    for (const text of good) {
      for (const length of [min, max]) {
        for (const each of [length - 1, length, length + 1]) {
          if (each > 0 && each <= 1_000) found.push(Array.from({ length: each }, () => text).join(" "));
        }
      }
    }
  }
  return found;
}

/** A text that the patterns of a type accept, of a given length if that is asked. */
function texts({ facets }: SimpleType, length?: number): readonly string[] {
  const steps = facets.patterns;
  if (steps === undefined) return [];
  const text = findText({ steps, minLength: length ?? 0, maxLength: length ?? Infinity });
  return text === undefined ? [] : [text];
}

/** Numbers, dates and durations a step beside one. */
function neighbours(bound: string): readonly string[] {
  const found: string[] = [];
  const integer = /^[+-]?\d+$/u.test(bound) ? BigInt(bound) : undefined;
  if (integer !== undefined) {
    for (const step of [-1n, 1n]) found.push((integer + step).toString());
    found.push(`${bound}.5`, `${(integer - 1n).toString()}.5`);
  } else if (/^[+-]?\d*\.\d+$/u.test(bound)) {
    found.push(`${bound}1`, `${bound}9`);
    found.push((Number(bound) - 1).toFixed(6), (Number(bound) + 1).toFixed(6));
  } else if (isLexical("double", bound)) {
    found.push(String(Number(bound) * 2), String(Number(bound) / 2), "0", "1E300", "-1E300");
  } else {
    const zone = hasTimezone(bound) ? (/(?:Z|[+-]\d\d:\d\d)$/u.exec(bound)?.[0] ?? "") : "";
    for (const date of [
      "0001-01-01",
      "1999-12-31",
      "2000-01-01",
      "2050-06-15",
      "9999-12-31",
      "0001-01-01T00:00:00",
      "9999-12-31T23:59:59",
      "00:00:00",
      "23:59:59",
      "0001",
      "9999",
      "0001-01",
      "9999-12",
      "--01",
      "--12",
      "--01-01",
      "--12-31",
      "---01",
      "---31",
    ]) {
      found.push(`${date}${zone}`);
    }
    found.push("PT0S", "P99999Y", "P1D", "P1Y");
    // The same with its last digit changed.
    found.push(bound.replace(/\d(?=\D*$)/u, (digit) => String((Number(digit) + 1) % 10)));
    found.push(bound.replace(/\d(?=\D*$)/u, (digit) => String((Number(digit) + 9) % 10)));
  }
  return found;
}

/** Words in which the patterns of two types differ. */
function wordsOf(before: Sort, after: Sort): readonly string[] {
  const [a, b] = [before.type, after.type];
  if (a.facets.patterns === undefined && b.facets.patterns === undefined) return [];
  const { onlyOld, onlyNew, shared } = compareTexts(limitsOf(a), limitsOf(b));
  return [onlyOld, onlyNew, shared].filter((word) => word !== undefined);
}
