// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Conditions on attributes that choose the type of an element (Part 1 of XSD 1.1, clauses 3.12.4 and 3.12.6). */
import { compareValues, equalValues, hasTimezone, primitiveOf } from "./datatypes.js";
import type {
  Attribute,
  Builtin,
  Comparator,
  Condition,
  Conditional,
  ConditionContext,
  Conditions,
  Inheritance,
  Operand,
  TypeCodec,
  Unknown,
} from "./descriptor.js";
import { collapse, isLexical, whiteSpaceOf } from "./lexical.js";
import { expand, follow, planOf, propertyOf, targetsOf } from "./plan.js";
import type { XmlAttribute } from "./scanner.js";
import { print } from "./simple.js";
import { isObject, type Values } from "./values.js";

/** An atomic value. What an attribute says is of no type yet: it takes that of what it is compared with. */
interface Value {
  readonly type: Builtin | "untyped";
  readonly text: string;
}

/** Chooses types by attributes. */
export const conditions: Conditions = {
  choose({ alternatives, otherwise }, own, inherited) {
    const attributes = withInherited(own, inherited);
    const found = alternatives.find(([condition]) => holds(condition, attributes));
    return found ? found[1] : otherwise;
  },
  attributesOf(type, value, prefixOf) {
    if (typeof value !== "object" || value === null) return [];
    const { $anyAttribute, $unknown, attributes, ...rest } = value as Values;
    const found = new Map<string, string>();
    const add = (given: unknown): void => {
      for (const [name, text] of Object.entries(given ?? {}))
        if (typeof text === "string") found.set(name, text);
    };
    // The content of xs:anyType.
    if (targetsOf(type).some((one) => one.kind === "any")) add(attributes);
    add($anyAttribute);
    for (const one of Array.isArray($unknown) ? ($unknown as readonly Unknown[]) : [])
      if (one?.after === "$self") add(one.attributes);
    for (const one of declaredIn(type)) {
      const name = expand(one.ns ?? "", one.name);
      const text = textOf(one, rest, prefixOf);
      if (text !== undefined && !found.has(name)) found.set(name, text);
    }
    return [...found];
  },
};

/** Attributes of a document as conditions see them. */
export function contextOf(attributes: readonly XmlAttribute[]): ConditionContext {
  return attributes.map((one) => [expand(one.uri, one.local), one.value]);
}

/** Reads and writes what attributes choose. */
export const conditionalCodec: TypeCodec = {
  read(type: Conditional, source, { content, inherited, report, scanner, valueOf }) {
    const target = type.conditions.choose(type, contextOf(scanner.attributes), inherited);
    if (target) return valueOf(follow(target), source);
    const name = expand(scanner.uri(), scanner.local());
    report("unexpected-element", `${name} may not stand here with these attributes`, scanner.offset());
    return content();
  },
  write(type: Conditional, value, source, spare, { inherited, issue, prefixOf, raw, valueOf }) {
    const { conditions } = type;
    const target = conditions.choose(type, conditions.attributesOf(type, value, prefixOf), inherited);
    if (target) return valueOf(follow(target), value, source, spare);
    issue("unexpected-element", "the element is not allowed here with these attributes");
    return isObject(value) ? raw(value) : ">";
  },
};

/** What elements pass on to conditions on those below. */
export const inheritance: Inheritance = {
  read: (inheritable, own, outer) => passedOn(inheritable, contextOf(own), outer),
  write: (inheritable, value, prefixOf, outer) =>
    passedOn(
      inheritable,
      inheritable.flatMap((one) => {
        const text = textOf(one, value as Values, prefixOf);
        return text === undefined ? [] : [[expand(one.ns ?? "", one.name), text] as const];
      }),
      outer,
    ),
};

function passedOn(
  inheritable: readonly Attribute[],
  own: ConditionContext,
  outer: ConditionContext,
): ConditionContext {
  const names = inheritable.map((one) => expand(one.ns ?? "", one.name));
  const texts = new Map(own);
  return names
    .flatMap((name, k): [string, string][] => {
      const text = texts.get(name) ?? inheritable[k]?.default ?? inheritable[k]?.fixed;
      return text === undefined ? [] : [[name, text]];
    })
    .concat(outer as [string, string][]);
}

/** The text of an attribute of a value. What cannot be written is told with its place when it is. */
function textOf(one: Attribute, value: Values, prefixOf: (uri: string) => string): string | undefined {
  const property = propertyOf(one);
  const given = Object.hasOwn(value, property) ? value[property] : undefined;
  const text = given === undefined ? undefined : print(follow(one.type), given, prefixOf);
  return typeof text === "object" ? String(given) : text;
}

const declared = /*#__PURE__*/ new WeakMap<Conditional, readonly Attribute[]>();

/** The attributes of all types that may be chosen, those of the first type of each name. */
function declaredIn(type: Conditional): readonly Attribute[] {
  let known = declared.get(type);
  if (!known) {
    const all = targetsOf(type).flatMap((one) => (one.kind === "struct" ? planOf(one).attributes : []));
    declared.set(type, (known = [...new Map(all.reverse().map((one) => [propertyOf(one), one])).values()]));
  }
  return known;
}

/** The attributes that a condition sees: of those of one name the first. */
export function withInherited(own: ConditionContext, inherited: ConditionContext): ConditionContext {
  return inherited.length === 0
    ? own
    : [...new Map([...own, ...inherited].reverse().map((one) => [one[0], one])).values()];
}

/** Does a condition hold for attributes? One that fails, as a cast may, does not. */
export function holds(condition: Condition, attributes: ConditionContext): boolean {
  return truth(condition, attributes) === true;
}

/** `undefined`: a dynamic error or one of types. */
function truth(condition: Condition, attributes: ConditionContext): boolean | undefined {
  if (isOperand(condition)) {
    const values = valuesOf(condition, attributes);
    if (!values) return undefined;
    const [value] = values;
    // Attributes are nodes, which are true by being there.
    return value !== undefined && (value.type === "untyped" || isTrue(value));
  }
  switch (condition[0]) {
    case "or":
    case "and": {
      const [operator, ...parts] = condition;
      for (const part of parts) {
        const result = truth(part, attributes);
        if (result === undefined || result === (operator === "or")) return result;
      }
      return operator === "and";
    }
    case "not": {
      const result = truth(condition[1], attributes);
      return result === undefined ? result : !result;
    }
    default:
      return isAnySo(condition[0], valuesOf(condition[1], attributes), valuesOf(condition[2], attributes));
  }
}

function isOperand(condition: Condition): condition is Operand {
  return typeof condition === "string" || /^(?:@|cast|integer|decimal|double)$/.test(condition[0]);
}

function valuesOf(operand: Operand, attributes: ConditionContext): readonly Value[] | undefined {
  if (typeof operand === "string") return [{ type: "string", text: operand }];
  switch (operand[0]) {
    case "@":
      return attributes
        .filter(([name]) => isNamed(operand[1], name))
        .map(([, text]) => ({ type: "untyped", text }));
    case "cast": {
      const [, type, of, optional] = operand;
      const values = valuesOf(of, attributes);
      if (!values || values.length > 1) return undefined;
      const [value] = values;
      if (!value) return optional ? [] : undefined;
      const cast = castTo(type, value);
      return cast && [cast];
    }
    default:
      return [{ type: operand[0], text: operand[1] }];
  }
}

/** Does an expanded name fit one in which `*` stands for any local name or any namespace? */
function isNamed(wanted: string, name: string): boolean {
  if (wanted === "*" || wanted === name) return true;
  if (wanted.startsWith("*:")) return name.slice(name.lastIndexOf("}") + 1) === wanted.slice(2);
  return wanted.endsWith("}*") && name.startsWith(wanted.slice(0, -1));
}

const isNumeric = (type: Value["type"]): boolean =>
  type !== "untyped" && /^(?:decimal|float|double)$/.test(primitiveOf(type));

/** Strings, URIs, and what has no type. */
const isText = (type: Value["type"]): boolean =>
  type === "untyped" || /^(?:string|anyURI)$/.test(primitiveOf(type));

function toNumber(text: string): number {
  return Number(text.replace("INF", "Infinity"));
}

/** `undefined`: the text is no value of the type, or such a cast is not allowed. */
function castTo(type: Builtin, { type: from, text: given }: Value): Value | undefined {
  let text = given;
  if (isNumeric(from)) {
    if (primitiveOf(type) === "boolean") text = String(toNumber(text) !== 0);
    else if (!isNumeric(type) && !isText(type)) return undefined;
    else if (primitiveOf(type) === "decimal" && type !== "decimal") {
      // Towards zero, digit by digit where there is no exponent.
      const whole = from === "double" ? BigInt(Math.trunc(toNumber(text))).toString() : text.split(".")[0];
      text = whole?.replace(/^(-?)$/, "$10") ?? "";
    }
  }
  text = collapse(text, whiteSpaceOf(type));
  return isLexical(type, text, "1.1") ? { type, text } : undefined;
}

/** The effective boolean value of one that is no node. */
function isTrue({ type, text }: Value): boolean | undefined {
  if (type === "boolean") return text === "true" || text === "1";
  if (isText(type)) return text !== "";
  return isNumeric(type) ? Math.abs(toNumber(text)) > 0 : undefined;
}

/** A general comparison: is it so for any two of the values? */
function isAnySo(
  operator: Comparator,
  left: readonly Value[] | undefined,
  right: readonly Value[] | undefined,
): boolean | undefined {
  for (const a of left ?? [])
    for (const b of right ?? []) {
      const result = isSo(operator, a, b);
      if (result !== false) return result;
    }
  return left && right && false;
}

function isSo(operator: Comparator, a: Value, b: Value): boolean | undefined {
  const left = typedLike(a, b.type);
  const right = typedLike(b, a.type);
  const type = left && right ? commonType(left.type, right.type) : undefined;
  if (type === undefined) return undefined;
  const isEquality = operator === "=" || operator === "!=";
  if (!isEquality && !ordered.has(type)) return undefined;
  const [x, y] = comparable(type, left?.text ?? "", right?.text ?? "");
  if (isNumeric(type) && (x === "NaN" || y === "NaN")) return operator === "!=";
  if (isEquality) return equalValues(type, x, y) === (operator === "=");
  const order =
    type === "string" ? compareCodePoints(x, y) : compareValues(type === "boolean" ? "integer" : type, x, y);
  if (order === undefined) return undefined;
  return order === 0 ? operator.endsWith("=") : operator.startsWith(order < 0 ? "<" : ">");
}

/** A value without a type takes that of the other one; numbers are compared as double then. */
function typedLike(value: Value, other: Value["type"]): Value | undefined {
  if (value.type !== "untyped") return value;
  if (other === "untyped" || isText(other)) return { type: "string", text: value.text };
  return castTo(isNumeric(other) ? "double" : other, value);
}

/** The type that two values are compared in; `undefined` where they cannot be. */
function commonType(a: Value["type"], b: Value["type"]): Builtin | undefined {
  if (isText(a) && isText(b)) return "string";
  if (a === "untyped" || b === "untyped") return undefined;
  const [x, y] = [primitiveOf(a), primitiveOf(b)];
  if (isNumeric(a) && isNumeric(b))
    return x === "double" || y === "double" ? "double" : x === "float" ? x : y;
  if (x !== y) return undefined;
  return x === "duration" && a === b ? a : x;
}

/** What XPath 2.0 has an order for. */
const ordered: ReadonlySet<Builtin> = /*#__PURE__*/ new Set<Builtin>([
  "string",
  "decimal",
  "float",
  "double",
  "boolean",
  "dateTime",
  "date",
  "time",
  "yearMonthDuration",
  "dayTimeDuration",
]);

/** Texts that can be compared: truth as digits; of two times, one without a zone is in UTC. */
function comparable(type: Builtin, x: string, y: string): readonly [string, string] {
  if (type === "boolean") return [isTruth(x), isTruth(y)];
  if (isText(type) || isNumeric(type) || hasTimezone(x) === hasTimezone(y)) return [x, y];
  return [hasTimezone(x) ? x : x + "Z", hasTimezone(y) ? y : y + "Z"];
}

const isTruth = (text: string): string => (text === "true" || text === "1" ? "1" : "0");

/** In the order of code points, which is not that of code units. */
function compareCodePoints(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  const at = x.findIndex((one, index) => one !== y[index]);
  if (at < 0) return x.length - y.length;
  return (x[at]?.codePointAt(0) ?? 0) - (y[at]?.codePointAt(0) ?? -1);
}
