// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Typed values against their descriptors: what a validator would say about the document that they are written as
 * (XML Schema Part 1, clauses 3.3.4, 3.4.4, 3.10.4, 3.11.4; Part 2, clause 4.3).
 *
 * Nothing in a value makes it throw, and work is bounded by the limits, whatever a value refers to.
 */
import type { Root } from "./decode.js";
import type {
  ConditionContext,
  ElementDescriptor,
  ExpandedName,
  Field,
  KeyTracker,
  KeyValue,
  Member,
  Polymorphic,
  SimpleType,
  Slot,
  Struct,
  Type,
  Writable,
} from "./descriptor.js";
import type { Issue, IssueCode } from "./errors.js";
import { primitiveOf } from "./datatypes.js";
import { checkText, isSameText, type Note } from "./facets.js";
import { ncName } from "./names.js";
import {
  allows,
  attributeOf,
  attributesOf,
  checkPresence,
  expand,
  familyOf,
  follow,
  knownOf,
  partsFor,
  keysOf,
  planOf,
  propertyOf,
  split,
  type Part,
  type Plan,
  type Rule,
} from "./plan.js";
import { chosenBy } from "./tagging.js";
import { refusalOfCharacter, XML_NAMESPACE, XSI_NAMESPACE, XSI_TYPE } from "./scanner.js";
import { describe, print, type Lookup } from "./simple.js";
import { rejectUnknown } from "./validate-unknown.js";
import { countIn, didYouMean, isObject, listSome, own, pointer, type Values } from "./values.js";

/** One finding on a value. */
export interface ValidationIssue extends Issue {
  /** The place as keys and indexes; `path` is the same as a JSON Pointer. */
  readonly steps: readonly (string | number)[];
  /** What was expected, as a phrase: `a length of at most 8`. */
  readonly expected: string;
  /** The clause of the specification that is broken: `cvc-maxLength-valid`. */
  readonly clause: string;
}

/** How far to look. */
export interface ValidateOptions {
  /** Most issues that are told. Default 1,000. */
  readonly limit?: number;
  /** Most objects within each other. Default 500. */
  readonly maxDepth?: number;
  /** Most values that are looked at. Default 10,000,000. */
  readonly maxValues?: number;
  /** What the schema does not know, kept in `$unknown` by reading: wrong (default), or written back without a word. */
  readonly unknown?: "reject" | "accept";
}

type Source = Field | ElementDescriptor | undefined;
type Code = IssueCode | "unexpected-element";

/** Ends the walk. */
const enough = /*#__PURE__*/ Symbol("enough");

/** A character that XML cannot carry. */
const illegal = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Does a value fit its descriptor, so that it can be written as a valid document? */
export function isValid<D extends Root | Type>(descriptor: D, value: unknown): value is Writable<D> {
  return validate(descriptor, value, { limit: 1 }).length === 0;
}

/**
 * What is wrong with a value; empty when it is valid. IDREFs and keys are followed within the value; those of a type that
 * stands for a part of a document may lead out of it, so they are only held against IDs where the descriptor is an element.
 */
export function validate(
  descriptor: Root | Type,
  value: unknown,
  options: ValidateOptions = {},
): ValidationIssue[] {
  return validateKnown(descriptor, value, options, options.unknown === "accept" ? undefined : rejectUnknown);
}

/** What the validator of what the schema knows lends to that of the rest. */
export interface ValidatorParts {
  readonly report: (
    code: Code,
    clause: string,
    expected: string,
    message: string,
    place: readonly (string | number)[],
  ) => void;
  /** The present place. */
  readonly steps: readonly (string | number)[];
  readonly prefixOf: (uri: string) => string;
  readonly lookup: Lookup;
}

/** Looks at what `$unknown` of a value holds. */
export type CheckUnknown = (
  parts: ValidatorParts,
  plan: Plan,
  value: Values,
  unknown: readonly unknown[],
) => void;

/** {@link validate} without a word on what the schema does not know, unless there is somebody to look at it. */
export function validateKnown(
  descriptor: Root | Type,
  value: unknown,
  { limit = 1000, maxDepth = 500, maxValues = 10_000_000 }: ValidateOptions = {},
  checkUnknown?: CheckUnknown,
): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const steps: (string | number)[] = [];
  /** Objects around the present one. */
  const open = new Set<unknown>();
  const ids = new Set<string>();
  const references: (readonly [id: string, steps: readonly (string | number)[]])[] = [];
  const prefixes = new Map<string, string>();
  let tracker: KeyTracker | undefined;
  /** Attributes that conditions on elements see from further out, nearest first. */
  let inherited: ConditionContext = [];
  /** Elements that the tracker knows of. */
  let tracked = 0;
  let left = maxValues;
  /** What stands beside the element that is looked at next. */
  let spare: Spare | undefined;

  const report = (
    code: Code,
    clause: string,
    expected: string,
    message: string,
    place: readonly (string | number)[],
  ): void => {
    issues.push({ code, path: pointer(place), steps: [...place], message, expected, clause });
    if (issues.length >= limit) throw enough;
  };
  const issue = (code: Code, clause: string, expected: string, message: string, ...more: string[]): void => {
    report(code, clause, expected, message, [...steps, ...more]);
  };
  const refuse = (expected: string, value: unknown, clause = "cvc-type.3.1.3"): void => {
    issue("wrong-type", clause, expected, `${expected} is expected, not ${describe(value)}`);
  };
  const within = (step: string | number, look: () => void): void => {
    steps.push(step);
    look();
    steps.pop();
  };

  const tooMany = (): never => {
    issue("limit", "", `at most ${maxValues} values`, `more than ${maxValues} values`);
    throw enough;
  };

  /** Looks into an object, unless it is one too deep, or one that holds itself. */
  const inside = (value: object, look: () => void): void => {
    if (--left < 0) {
      tooMany();
    }
    if (open.has(value)) issue("cycle", "", "a tree", "the value holds itself");
    else if (open.size >= maxDepth)
      issue("limit", "", `at most ${maxDepth} levels`, `more than ${maxDepth} objects are nested`);
    else {
      open.add(value);
      look();
      open.delete(value);
    }
  };

  const checkCharacters = (text: string): void => {
    const bad = illegal.exec(text)?.[0];
    if (bad === undefined) return;
    issue("illegal-character", "Char", "characters of XML", refusalOfCharacter(bad.charCodeAt(0)));
  };

  const prefixOf = (uri: string): string => {
    if (uri === "") return "";
    let prefix = prefixes.get(uri);
    if (prefix === undefined) prefixes.set(uri, (prefix = `ns${prefixes.size + 1}`));
    return prefix;
  };
  const lookup: Lookup = (prefix) =>
    prefix === "" ? "" : [...prefixes].find(([, one]) => one === prefix)?.[0];

  /** Checks a simple value; gives its text and what it consists of. */
  const simple = (type: SimpleType, value: unknown, clause: string, fixed?: string): KeyValue[] => {
    if (--left < 0 || (Array.isArray(value) && (left -= value.length) < 0)) {
      tooMany();
    }
    const text = print(type, value, prefixOf);
    if (typeof text !== "string") {
      const isListed = text.code === "unknown-value";
      const expected = text.message.replace(/^.* is not (?=one of|an? )|\bis expected, not .*$/su, "").trim();
      const hint =
        isListed && typeof value === "string" ? didYouMean(value, (type.values ?? []).map(String)) : "";
      issue(text.code, isListed ? "cvc-enumeration-valid" : clause, expected, text.message + hint);
      return [];
    }
    return textual(type, text, value, clause, fixed, lookup);
  };

  /** Checks a text that is written, or will be, for a simple value; gives what it consists of. */
  const textual = (
    type: SimpleType,
    text: string,
    value: unknown,
    clause: string,
    fixed: string | undefined,
    find: Lookup,
  ): KeyValue[] => {
    const parts: KeyValue[] = [];
    const note: Note = (builtin, part) => {
      const isName = primitiveOf(builtin) === "QName";
      parts.push([builtin, isName ? expandName(part, find) : part]);
      if (isName && !part.startsWith("{") && find(prefixIn(part)) === undefined)
        issue(
          "invalid-value",
          "cvc-datatype-valid.1.2.1",
          "a name whose prefix is declared",
          `nothing says what the prefix of ${describe(part)} stands for`,
        );
      if (builtin === "ID") {
        if (ids.has(part))
          issue("repeated-id", "cvc-id.2", "an ID of its own", `the ID "${part}" is taken already`);
        ids.add(part);
      } else if (builtin === "IDREF") references.push([part, [...steps]]);
    };
    checkCharacters(text);
    const wrong = checkText(type, text, find, note);
    if (wrong) issue(wrong.code, wrong.clause || clause, wrong.expected, wrong.message);
    else if (fixed !== undefined && !isSameText(type, text, fixed, find)) {
      const clauseOf = clause === "cvc-attribute.3" ? "cvc-attribute.4" : "cvc-elt.5.2.2.2.2";
      issue(
        "fixed",
        clauseOf,
        describe(fixed),
        `${describe(value)} is not the fixed value ${describe(fixed)}`,
      );
    }
    return parts;
  };

  /** One element: its value, and what it is called. */
  const element = (name: ExpandedName, type: Type, value: unknown, source: Source): void => {
    const { constraints } = source ?? {};
    if (!tracker && constraints?.[0]) tracker = constraints[0].track(report);
    if (tracker && (tracked > 0 || constraints)) {
      tracked++;
      tracker.open(name, constraints ?? [], steps);
      const [values, isSimple] = valueOf(type, value, source);
      tracker.close(values, isSimple, source?.nillable);
      tracked--;
    } else valueOf(type, value, source);
  };

  /** Checks the value of an element; gives its simple content, and whether its type has such. */
  const valueOf = (
    type: Type,
    value: unknown,
    source: Source,
  ): readonly [KeyValue[] | undefined, boolean] => {
    if (type.kind === "conditional") {
      const { conditions } = type;
      const target = conditions.choose(type, conditions.attributesOf(type, value, prefixOf), inherited);
      if (target) return valueOf(follow(target), value, source);
      issue(
        "unexpected-element",
        "cvc-type.3.1.3",
        "attributes that choose a type",
        "the element may not stand here with these attributes: they choose xs:error",
      );
      return [undefined, false];
    }
    const fixed = source?.fixed;
    if (value !== null) spare = undefined;
    else {
      if (!source?.nillable) {
        issue("not-nillable", "cvc-elt.3.1", "a value", "the element is not nillable");
        spare = undefined;
        return [undefined, false];
      }
      if (fixed !== undefined)
        issue("fixed", "cvc-elt.3.2.2", describe(fixed), "an element with a fixed value may not be null");
      const named = spare?.attributes[XSI_TYPE];
      const family = type.kind === "polymorphic" ? familyOf(type) : [];
      const chosen = named === undefined ? undefined : family.find((one) => one[1] === named);
      const base = chosen ? follow(chosen[2]) : type.kind === "polymorphic" ? follow(type.base) : type;
      if (base.kind === "struct") {
        if (base.abstract) abstract(base);
        if (named !== undefined && named !== base.name) unknownType(named);
        spareAttributes(planOf(base), spare);
      }
      spare = undefined;
      return [undefined, base.kind !== "struct" || planOf(base).text !== undefined];
    }
    switch (type.kind) {
      case "struct":
        return struct(type, value, false, source);
      case "polymorphic":
        return polymorphic(type, value, source);
      case "any":
        if (isObject(value)) inside(value, () => rawContent(value));
        else refuse("an object", value);
        return [undefined, false];
      default: {
        return [textOf(type, value, source, "cvc-type.3.1.3"), true];
      }
    }
  };

  /** The text of an element; none at all stands for the fixed or default value. */
  const textOf = (type: SimpleType, value: unknown, source: Source, clause: string): KeyValue[] => {
    const preset = source?.fixed ?? source?.default;
    const isPreset = value === "" && preset !== undefined && print(type, value, prefixOf) === "";
    return simple(type, isPreset ? preset : value, clause, source?.fixed);
  };

  const unknownType = (name: string): void => {
    issue(
      "unknown-type",
      "cvc-elt.4.2",
      "a type that may stand here",
      `xsi:type names ${name}, which is no type that may stand here`,
    );
  };

  /** The attributes of a nil element, which stand as texts beside it. */
  const spareAttributes = (plan: Plan, { attributes: texts, find }: Spare = noSpare): void => {
    const open = new Map(
      Object.entries(texts).filter(
        ([name]) => split(name)[0] !== XSI_NAMESPACE && typeof texts[name] === "string",
      ),
    );
    for (const { ns = "", name, required, type, fixed, ...one } of plan.attributes) {
      const full = expand(ns, name);
      const text = open.get(full);
      open.delete(full);
      const property = propertyOf({ ...one, name, type });
      if (text !== undefined)
        within(full, () => void textual(follow(type), text, text, "cvc-attribute.3", fixed, find));
      else if (required)
        issue("missing-attribute", "cvc-complex-type.4", property, `${property} is required`, property);
    }
    wildAttributes(plan, Object.fromEntries(open), find);
  };

  const abstract = ({ name }: Struct): void => {
    issue(
      "missing-type",
      "cvc-type.2",
      `a type that derives from ${name}`,
      `the type ${name} is abstract: $type must choose one that derives from it`,
    );
  };

  const polymorphic = (
    type: Polymorphic,
    value: unknown,
    source: Source,
  ): readonly [KeyValue[] | undefined, boolean] => {
    const family = familyOf(type);
    const tag = isObject(value) ? own(value, "$type") : undefined;
    const base = family[0] as (typeof family)[0];
    const chosen = tag === undefined ? base : family.find((one) => one[0] === tag);
    if (!chosen || (type.abstract && chosen === base)) {
      const tags = family.slice(type.abstract ? 1 : 0).map((one) => one[0]);
      const some = listSome(tags);
      const message = `$type must be one of ${some}`;
      if (chosen)
        issue(
          "missing-type",
          "cvc-type.2",
          `one of ${some}`,
          message,
          ...(tag === undefined ? [] : ["$type"]),
        );
      else
        issue("unknown-type", "cvc-elt.4.2", `one of ${some}`, `${message}, not ${describe(tag)}`, "$type");
      return [undefined, false];
    }
    const target = follow(chosen[2]);
    if (target.kind === "struct")
      return struct(target, value, true, source, type.abstract && chosen === base);
    if (tag === undefined) return valueOf(target, value, source);
    let result: readonly [KeyValue[] | undefined, boolean] = [undefined, false];
    for (const key of Object.keys(value as Values))
      if (key !== "$type" && key !== "$value") unknownProperty(key, ["$type", "$value"]);
    within("$value", () => {
      result = valueOf(target, own(value as Values, "$value"), source);
    });
    return result;
  };

  const unknownProperty = (key: string, known: Iterable<string>): void => {
    const some = [...known].filter((one) => !one.startsWith("$"));
    const isAttribute = key.startsWith("@");
    issue(
      "unknown-property",
      isAttribute ? "cvc-complex-type.3.2.2" : "cvc-complex-type.2.4",
      some.length === 0 ? "no property" : `one of ${listSome(some)}`,
      `${describe(key)} is not known${didYouMean(key, some)}`,
      key,
    );
  };

  const requireAttributes = (plan: Plan, value: Values): void => {
    for (const one of plan.attributes) {
      const property = propertyOf(one);
      if (one.required && own(value, property) === undefined)
        issue("missing-attribute", "cvc-complex-type.4", property, `${property} is required`, property);
    }
  };

  const struct = (
    type: Struct,
    value: unknown,
    isPolymorphic: boolean,
    source: Source,
    isAbstractTold = false,
  ): readonly [KeyValue[] | undefined, boolean] => {
    let text: KeyValue[] | undefined;
    const plan = planOf(type);
    if (!isObject(value)) {
      refuse("an object", value, "cvc-type.3.2");
      return [undefined, plan.text !== undefined];
    }
    inside(value, () => {
      if (type.abstract && !isAbstractTold) abstract(type);
      const outerInherited = inherited;
      if (plan.inheritance) inherited = plan.inheritance.write(plan.inheritable, value, prefixOf, inherited);
      attributes(plan, value);
      if (plan.text) {
        const given = own(value, "$value");
        const target = follow(plan.text);
        if (given === undefined)
          issue("missing-value", "cvc-type.3.1.3", "$value", "$value is required", "$value");
        else
          within("$value", () => {
            text = textOf(target, given, source, "cvc-complex-type.2.2");
          });
      }
      content(plan, value, source?.fixed);
      inherited = outerInherited;
      const unknown = own(value, "$unknown");
      if (Array.isArray(unknown)) {
        checkUnknown?.({ lookup, prefixOf, report, steps }, plan, value, unknown);
      } else if (unknown !== undefined) within("$unknown", () => refuse("an array", unknown));
      for (const key of Object.keys(value)) {
        if (own(value, key) === undefined || key === "$unknown") continue;
        if (key === "$type" ? !isPolymorphic : !keysOf(plan).has(key)) unknownProperty(key, keysOf(plan));
      }
    });
    return [text, plan.text !== undefined];
  };

  const attributes = (plan: Plan, value: Values): void => {
    requireAttributes(plan, value);
    for (const one of plan.attributes) {
      const property = propertyOf(one);
      const given = own(value, property);
      const name = expand(one.ns ?? "", one.name);
      if (given !== undefined) {
        within(property, () => {
          const values = simple(follow(one.type), given, "cvc-attribute.3", one.fixed);
          if (tracked > 0) tracker?.attribute(name, values);
        });
      } else if (one.fixed !== undefined || one.default !== undefined) {
        // A document has it although it is not written.
        const values: KeyValue[] = [];
        checkText(follow(one.type), one.fixed ?? one.default ?? "", lookup, (...what) => values.push(what));
        if (tracked > 0) tracker?.attribute(name, values);
      }
    }
    const any = own(value, "$anyAttribute");
    if (any === undefined || plan.anyAttribute.length === 0) return;
    within("$anyAttribute", () => {
      if (!isObject(any)) refuse("an object", any);
      else wildAttributes(plan, any, spareOf(value, "$self").find);
    });
  };

  /** What `xs:anyAttribute` lets in (clauses cvc-wildcard and cvc-assess-attr). */
  const wildAttributes = (plan: Plan, values: Values, find: Lookup): void => {
    let identifiers = plan.attributes.filter((one) => isId(follow(one.type))).length;
    rawAttributes(values, (name, text) => {
      const [uri, local] = split(name);
      const isDeclared = attributeOf(plan, uri, local) !== undefined;
      // That of the type itself holds what the inherited ones let in as well.
      const wildcard = plan.anyAttribute.filter((one) => allows(one, uri, local)).at(-1);
      const known = wildcard && attributesOf(wildcard).get(name);
      if (isDeclared || !wildcard)
        issue(
          "unknown-attribute",
          "cvc-complex-type.3.2.2",
          "an attribute that is allowed",
          `the attribute ${name} is not allowed here`,
        );
      else if (known && wildcard.process !== "skip") {
        const type = follow(known.type);
        if (isId(type) && ++identifiers > 1)
          issue(
            "repeated-id",
            "cvc-complex-type.5",
            "one attribute of type ID",
            "a wildcard lets in one attribute of type ID at most, and none beside a declared one",
          );
        return textual(type, text, text, "cvc-attribute.3", known.fixed, find);
      } else if (wildcard.process === "strict" && uri !== XML_NAMESPACE)
        issue(
          "unknown-attribute",
          "cvc-complex-type.3.2.2",
          "an attribute that is declared",
          `no attribute ${name} is declared, and the wildcard asks for one`,
        );
      checkCharacters(text);
      return [["string", text]];
    });
  };

  /** Attributes as texts; `look` looks at one and tells what it consists of. */
  const rawAttributes = (values: Values, look: (name: string, text: string) => KeyValue[]): void => {
    for (const [name, text] of Object.entries(values)) {
      within(name, () => {
        if (!ncName.test(split(name)[1]))
          issue("invalid-value", "NCName", "a name", `${describe(name)} is not a name`);
        else if (typeof text !== "string") refuse("a string", text);
        else {
          const parts = look(name, text);
          if (tracked > 0) tracker?.attribute(name, parts);
        }
      });
    }
  };

  /** What no type describes: names, texts, and nothing else. */
  const rawContent = (value: Values): void => {
    const given = own(value, "attributes");
    if (given !== undefined)
      within("attributes", () => {
        if (!isObject(given)) refuse("an object", given);
        else
          rawAttributes(given, (_, text) => {
            checkCharacters(text);
            return [["string", text]];
          });
      });
    const children = own(value, "children");
    if (children === undefined) return;
    within("children", () => {
      if (!Array.isArray(children)) refuse("an array", children);
      else
        children.forEach((child: unknown, index) => {
          within(index, () => {
            if (typeof child === "string") checkCharacters(child);
            else rawElement(child);
          });
        });
    });
  };
  const rawElement = (value: unknown): void => {
    if (!isObject(value) || typeof own(value, "name") !== "string")
      return refuse("an XmlElement or a string", value);
    const name = own(value, "name") as string;
    if (!ncName.test(split(name)[1]))
      issue("invalid-value", "NCName", "a name", `${describe(name)} is not a name`, "name");
    inside(value, () => {
      if (tracked > 0) tracker?.open(name, [], steps);
      rawContent(value);
      if (tracked > 0) tracker?.close(undefined, false);
    });
  };

  const content = (plan: Plan, value: Values, fixed: string | undefined): void => {
    const { parts, rules } = plan;
    const hasSpare = Array.isArray(own(value, "$unknown"));
    const names = new Map<Part, (ExpandedName | undefined)[] | undefined>();
    for (const part of partsFor(plan, value)) {
      const { property, many } = part;
      const given = own(value, property);
      if (given === undefined) continue;
      within(property, () => {
        if (hasSpare) spare = spareOf(value, property);
        if (!many) names.set(part, named([item(part, given)]));
        else if (!Array.isArray(given)) refuse("an array", given, "cvc-complex-type.2.4");
        else {
          const found: (ExpandedName | false | undefined)[] = [];
          for (let k = 0; k < given.length; k++) {
            if (hasSpare) spare = spareOf(value, property, k);
            within(k, () => void found.push(item(part, given[k])));
          }
          names.set(part, named(found));
        }
      });
    }
    checkPresence(rules, countIn(value), (code, property, message) => {
      const rule = ruleOf(rules, property);
      const expected =
        code === "choice" || rule === undefined
          ? message.replace(/ (?:is|are) required$| exclude each other$/u, "")
          : `${property} ${describeCount(rule)}`;
      issue(code, "cvc-complex-type.2.4", expected, message, ...(property === "" ? [] : [property]));
    });
    for (const { slot, ns, isOptional } of slotsOf(plan.struct)) {
      const part = parts.find((one) => one.property === slot.slot);
      const given = own(value, slot.slot);
      const found = given === undefined ? [] : part && names.get(part);
      // What is absent although it must be there has been told.
      if (!found || (found.length === 0 && (isOptional || slot.min !== 0))) continue;
      const wrong = slot.check?.(slot, ns, found);
      if (wrong) {
        const { at, expected } = wrong;
        const some = listSome(expected);
        const next = expected.length === 0 ? "nothing more" : some;
        const place = [...steps, slot.slot];
        const name = found[at];
        if (name === undefined)
          report(
            "missing-element",
            "cvc-complex-type.2.4",
            next,
            `the content ends too early: ${next} is expected`,
            place,
          );
        else
          report(
            "unexpected-element",
            "cvc-complex-type.2.4",
            next,
            `${split(name)[1]} may not stand here: ${next} is expected`,
            [...place, at],
          );
      }
      if (fixed !== undefined && slot.text) {
        const text = Array.isArray(given) ? given.join("") : "";
        if (found.some((one) => one !== undefined) || (text !== "" && text !== fixed))
          issue(
            "fixed",
            "cvc-elt.5.2.2.2.1",
            describe(fixed),
            `the content must be ${describe(fixed)}`,
            slot.slot,
          );
      }
    }
  };

  /** One value of a part; gives the name of the element, `undefined` for text, `false` where it is wrong. */
  const item = ({ entries, text }: Part, value: unknown): ExpandedName | false | undefined => {
    const [first] = entries;
    if (first?.element && first.tag === undefined) {
      element(first.expanded, follow(first.element.type), value, first.element);
      return first.expanded;
    }
    if (text && typeof value === "string") {
      checkCharacters(value);
      return undefined;
    }
    const tags = entries.flatMap(({ tag }) => tag ?? []);
    const some = listSome(tags);
    const tag = isObject(value) ? own(value, "$name") : undefined;
    if (!isObject(value) || (tag === undefined && typeof own(value, "name") !== "string")) {
      refuse(
        `{ $name, $value } with ${some || "a known element"}, or an XmlElement`,
        value,
        "cvc-complex-type.2.4",
      );
      return false;
    }
    if (tag === undefined) {
      const name = own(value, "name") as string;
      const [uri, local] = split(name);
      const fits = entries.filter(({ wildcard }) => wildcard && allows(wildcard, uri, local));
      const known = fits.map(({ wildcard }) => wildcard && knownOf(wildcard).get(name)).find(Boolean);
      if (fits.length === 0) {
        issue(
          "unknown-element",
          "cvc-wildcard",
          some || "an element that is allowed",
          `the element ${name} is not allowed here`,
        );
        return false;
      }
      if (known) refuse(`{ $name: "${known.tag}", $value }`, value, "cvc-assess-elt.1.1.1");
      else if (fits.every(({ wildcard }) => wildcard?.process === "strict"))
        issue(
          "unknown-element",
          "cvc-wildcard",
          "an element that is declared",
          `no element ${name} is declared, and the wildcard asks for one`,
        );
      rawElement(value);
      return name;
    }
    for (const key of Object.keys(value))
      if (key !== "$name" && key !== "$value") unknownProperty(key, ["$name", "$value"]);
    const found = chosenBy(entries, tag);
    if (!found) {
      issue(
        "unknown-element",
        "cvc-complex-type.2.4",
        some,
        `no element ${describe(tag)} is allowed here`,
        "$name",
      );
      return false;
    }
    const [, name, source] = found;
    const others = "substitutes" in source && source.substitutes?.();
    // An abstract head is not among those that may stand for it.
    if (others ? others.every((one) => one.name !== name) : "abstract" in source && source.abstract)
      abstractElement(name);
    within("$value", () => {
      element(name, follow(source.type), own(value, "$value"), source);
    });
    return name;
  };

  const abstractElement = (name: ExpandedName): void => {
    issue(
      "abstract-element",
      "cvc-elt.2",
      `an element that may stand for ${name}`,
      `${name} is abstract: an element of its substitution group must stand here`,
    );
  };

  try {
    if (descriptor.kind !== "element") element("", descriptor, value, undefined);
    else {
      if (descriptor.abstract) abstractElement(descriptor.name);
      element(descriptor.name, follow(descriptor.type), value, descriptor);
      for (const [id, place] of references) {
        if (!ids.has(id))
          report(
            "dangling-idref",
            "cvc-id.1",
            "an ID of the document",
            `no element has the ID "${id}"`,
            place,
          );
      }
    }
  } catch (error) {
    // Getters and proxies may do anything.
    if (error !== enough && issues.length < limit)
      issues.push({
        code: "unreadable",
        path: pointer(steps),
        steps: [...steps],
        message: `the value cannot be read: ${String((error as Error | undefined)?.message)}`,
        expected: "a value that can be read",
        clause: "",
      });
  }
  return issues;
}

/** Attributes that are kept beside a value, and what their prefixes mean. */
interface Spare {
  readonly attributes: Readonly<Record<ExpandedName, string>>;
  readonly find: Lookup;
}

const noSpare: Spare = { attributes: {}, find: () => undefined };

/** What `$unknown` keeps for a place. */
function spareOf(value: Values, after: string, index?: number): Spare {
  const unknown = own(value, "$unknown");
  if (!Array.isArray(unknown)) return noSpare;
  const here = unknown.filter(isObject).filter((one) => one["after"] === after && one["index"] === index);
  const merged = (key: "attributes" | "namespaces"): Record<string, string> =>
    Object.assign(Object.create(null) as object, ...here.map((one) => own(one, key))) as Record<
      string,
      string
    >;
  const namespaces = merged("namespaces");
  return {
    attributes: merged("attributes"),
    find: (prefix) => namespaces[prefix] ?? (prefix === "" ? "" : undefined),
  };
}

function isId(type: SimpleType): boolean {
  return type.kind === "atomic" && type.builtin === "ID";
}

function expandName(text: string, find: Lookup): ExpandedName {
  return text.startsWith("{") ? text : expand(find(prefixIn(text)) ?? "", text.slice(text.indexOf(":") + 1));
}

function prefixIn(name: string): string {
  return name.slice(0, Math.max(name.indexOf(":"), 0));
}

function named(
  names: readonly (ExpandedName | false | undefined)[],
): (ExpandedName | undefined)[] | undefined {
  return names.includes(false) ? undefined : (names as (ExpandedName | undefined)[]);
}

/** How often a property may occur, as a phrase: `exactly once`, `at least 2 times`, `1 to 3 times`. */
function describeCount({ min, max }: Rule): string {
  const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
  if (min === max) return `exactly ${times(min)}`;
  if (max === Infinity) return `at least ${times(min)}`;
  return min === 0 ? `at most ${times(max)}` : `${min} to ${times(max)}`;
}

function ruleOf(rules: readonly Rule[], property: string): Rule | undefined {
  for (const rule of rules) {
    const found = rule.part
      ? rule.part.property === property && rule
      : ruleOf(rule.branches?.flat() ?? [], property);
    if (found) return found;
  }
  return undefined;
}

/** The ordered content of a struct, and whether it stands in a choice. */
function slotsOf(struct: Struct): { slot: Slot; ns: string; isOptional: boolean }[] {
  const found: { slot: Slot; ns: string; isOptional: boolean }[] = [];
  const visit = (member: Member, ns: string, isOptional: boolean): void => {
    if ("choice" in member) for (const one of member.choice.flat()) visit(one, ns, true);
    else if ("slot" in member && member.model) found.push({ slot: member, ns, isOptional });
  };
  for (let at: Struct | undefined = struct; at; at = at.base && follow(at.base))
    for (const member of at.content ?? []) visit(member, at.ns, false);
  return found;
}
