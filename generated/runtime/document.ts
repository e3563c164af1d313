// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Documents against their descriptors (XML Schema Part 1, clauses 3.3.4, 3.4.4, 3.10.4, 3.11.4): what is wrong, and where.
 *
 * Nothing is built. Texts are judged as they are written. A descriptor does not know everything: named simple types that `xsi:type`
 * might choose, and global elements far from those that a wildcard lets in, are not looked at.
 */
import { contextOf } from "./condition.js";
import { findMisplaced } from "./content-model.js";
import { isListBuiltin, primitiveOf } from "./datatypes.js";
import type { DecodeOptions, Root } from "./decode.js";
import type {
  Atomic,
  Builtin,
  ConditionContext,
  ElementDescriptor,
  ExpandedName,
  Field,
  KeyTracker,
  KeyValue,
  SimpleType,
  Type,
  Wildcard,
} from "./descriptor.js";
import { decodeXmlText } from "./encoding.js";
import type { Diagnostic, IssueCode } from "./errors.js";
import { checkText, derivesFrom, isBuiltin, isSameText, type Note, type Violation } from "./facets.js";
import { factsOf, quickTestOf, wildcardOf } from "./facts.js";
import { collapse } from "./lexical.js";
import {
  allows,
  attributesOf,
  checkPresence,
  expand,
  familyOf,
  follow,
  isSimple,
  knownOf,
  planOf,
  split,
  type Entry,
  type Plan,
} from "./plan.js";
import {
  createLocator,
  createScanner,
  END,
  START,
  XML_NAMESPACE,
  XSD_NAMESPACE,
  XSI_NAMESPACE,
} from "./scanner.js";
import { listMapping, qnameMapping } from "./mappings.js";
import { describe, expandedNames, nameOf, parse, type Lookup } from "./simple.js";
import { asText } from "./times.js";
import { listSome, own, pointer } from "./values.js";

/** One finding on a document; `path` leads into the value that it is read as. */
export interface DocumentIssue extends Diagnostic {
  /** What was expected, as a phrase: `a length of at most 8`. */
  readonly expected: string;
  /** The clause of the specification that is broken: `cvc-maxLength-valid`. */
  readonly clause: string;
}

type Source = Field | ElementDescriptor | undefined;
type Steps = readonly (string | number)[];

const xsiNames = /*#__PURE__*/ new Set(["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"]);

/** Ends the walk. */
const enough = /*#__PURE__*/ Symbol("enough");

/**
 * What is wrong with a document; empty when it is valid. Throws an `XmlError` when it is not well-formed or its root is another
 * element. `limit` is the most issues that are told, 1,000 when absent.
 */
export function validateDocument(
  descriptor: Root,
  xml: string | Uint8Array,
  options: DecodeOptions & { readonly limit?: number } = {},
): DocumentIssue[] {
  const { limit = 1000, types = {}, unqualified = "reject" } = options;
  const document = typeof xml === "string" ? xml : decodeXmlText(xml, options.charset);
  const s = createScanner(document, options);
  const found: (Omit<DocumentIssue, "line" | "column"> & { readonly offset: number })[] = [];
  const steps: (string | number)[] = [];
  const ids = new Set<string>();
  const references: (readonly [id: string, offset: number, steps: Steps])[] = [];
  let inherited: ConditionContext = [];
  let tracker: KeyTracker | undefined;
  /** Elements that the tracker knows of, and where they begin. */
  let tracked = 0;
  const places = new Map<string, number>();

  const report = (
    code: IssueCode,
    clause: string,
    expected: string,
    message: string,
    offset: number,
    place: Steps = steps,
  ): void => {
    found.push({ code, path: pointer(place), message, expected, clause, offset });
    if (found.length >= limit) throw enough;
  };
  const nameHere = (): ExpandedName => expand(s.uri(), s.local());

  /** Over the rest of the element, whatever it is. */
  const skip = (): void => {
    for (let what; (what = s.next(false)) !== END;) if (what === START) raw();
  };
  const raw = (): void => {
    if (tracked > 0) {
      tracker?.open(nameHere(), [], steps);
      // Whether a declaration elsewhere assesses them is not known here: a key that a reference needs is not to be missing.
      for (const { uri, local, value } of s.attributes)
        tracker?.attribute(expand(uri, local), [["string", value]]);
    }
    skip();
    if (tracked > 0) tracker?.close(undefined, false);
  };

  /** The content of xs:anyType. */
  const anything = (fixed: string | undefined, offset: number): void => {
    if (fixed === undefined) return skip();
    let content = "";
    let isMarkup = false;
    for (let what; (what = s.next(true)) !== END;) {
      if (what === START) {
        isMarkup = true;
        raw();
      } else content += s.text();
    }
    checkMixedFixed(fixed, content, isMarkup, offset);
  };
  const checkMixedFixed = (fixed: string, content: string, isMarkup: boolean, offset: number): void => {
    if (isMarkup || (content !== "" && content !== fixed))
      report("fixed", "cvc-elt.5.2.2.2.1", describe(fixed), `the content must be ${describe(fixed)}`, offset);
  };

  /** Checks a text; gives what it consists of. */
  const text = (
    type: SimpleType,
    written: string,
    lookup: Lookup,
    clause: string,
    offset: number,
    fixed?: string,
  ): KeyValue[] => {
    const parts: KeyValue[] = [];
    if (tracked === 0 && fixed === undefined && quickTestOf(type)?.(written)) return parts;
    const note: Note = (builtin, part) => {
      parts.push([builtin, primitiveOf(builtin) === "QName" ? expandName(part, lookup) : part]);
      if (builtin === "ID") {
        if (ids.has(part))
          report("repeated-id", "cvc-id.2", "an ID of its own", `the ID "${part}" is taken already`, offset);
        ids.add(part);
      } else if (builtin === "IDREF") references.push([part, offset, [...steps]]);
    };
    const wrong = checkWritten(type, written, lookup, note);
    if (wrong) report(wrong.code, wrong.clause || clause, wrong.expected, wrong.message, offset);
    else if (fixed !== undefined && !isSameText(type, written, fixed, lookup)) {
      const broken = clause === "cvc-attribute.3" ? "cvc-attribute.4" : "cvc-elt.5.2.2.2.2";
      report(
        "fixed",
        broken,
        describe(fixed),
        `${describe(written)} is not the fixed value ${describe(fixed)}`,
        offset,
      );
    }
    return parts;
  };

  /** An element whose start tag was just read. */
  const element = (name: ExpandedName, type: Type, source: Source): void => {
    const { constraints = [] } = source ?? {};
    if (!tracker && constraints[0])
      tracker = constraints[0].track((code, clause, expected, message, place) =>
        report(code, clause, expected, message, places.get(pointer(place)) ?? 0, place),
      );
    if (!tracker || (tracked === 0 && constraints.length === 0)) {
      valueOf(type, source);
      return;
    }
    tracked++;
    places.set(pointer(steps), s.offset());
    tracker.open(name, constraints, steps);
    const values = valueOf(type, source);
    tracker.close(values === none ? undefined : values, values !== undefined, source?.nillable);
    tracked--;
  };

  const outerInherited = (plan: Plan): ConditionContext => {
    const outer = inherited;
    if (plan.inheritance) inherited = plan.inheritance.read(plan.inheritable, s.attributes, inherited);
    return outer;
  };

  /** Gives the simple content, {@link none} for that of a nil, `undefined` where the type has no such content. */
  const valueOf = (declared: Type, source: Source): readonly KeyValue[] | undefined => {
    const offset = s.offset();
    if (declared.kind === "conditional") {
      const target = declared.conditions.choose(declared, contextOf(s.attributes), inherited);
      if (target) return valueOf(follow(target), source);
      report(
        "unexpected-element",
        "cvc-type.3.1.3",
        "attributes that choose a type",
        `${nameHere()} may not stand here with these attributes`,
        offset,
      );
      skip();
      return undefined;
    }
    const type = chosen(declared, offset);
    const nil = nilOf(source, offset);
    if (isSimple(type)) {
      for (const { uri, local, offset: at } of s.attributes)
        if (uri !== XSI_NAMESPACE || !xsiNames.has(local)) unknownAttribute(expand(uri, local), at);
      return nil ? afterNil(true) : simple(type, source, offset, "cvc-type.3.1.3", declared);
    }
    if (type.kind !== "struct") {
      if (nil) return afterNil(false);
      anything(source?.fixed, offset);
      return undefined;
    }
    const plan = planOf(type);
    if (type.abstract)
      report(
        "missing-type",
        "cvc-type.2",
        `a type that derives from ${type.name}`,
        `the type ${type.name} is abstract: xsi:type must choose one that derives from it`,
        offset,
      );
    const outer = outerInherited(plan);
    attributes(plan, offset);
    let values: readonly KeyValue[] | undefined;
    if (nil) values = afterNil(plan.text !== undefined);
    else if (plan.text) values = simple(follow(plan.text), source, offset, "cvc-complex-type.2.2");
    else children(plan, source, offset);
    inherited = outer;
    return values;
  };

  /** Clause cvc-elt.4: the declared type, or the one that `xsi:type` names. */
  const chosen = (
    type: Exclude<Type, { kind: "conditional" }>,
    offset: number,
  ): Exclude<Type, { kind: "polymorphic" }> => {
    const attribute = s.attributes.find(({ uri, local }) => uri === XSI_NAMESPACE && local === "type");
    const written = attribute && collapse(attribute.value);
    const name = written === undefined ? undefined : expandName(written, s.lookup);
    const unknown = (hint = ""): void =>
      report(
        "unknown-type",
        "cvc-elt.4.2",
        "a type that may stand here",
        `xsi:type names ${String(written)}, which is no type that may stand here${hint}`,
        attribute?.offset ?? offset,
      );
    if (type.kind === "polymorphic") {
      const known =
        name === undefined ? undefined : familyOf(type).find((one) => one[1] === name || one[1] === written);
      if (name === undefined && type.abstract && follow(type.base).kind !== "struct")
        report(
          "missing-type",
          "cvc-type.2",
          "xsi:type",
          `xsi:type must choose a type derived from ${type.tag}`,
          offset,
        );
      if (name !== undefined && !known) unknown();
      return follow(known?.[2] ?? type.base) as Exclude<Type, { kind: "polymorphic" }>;
    }
    if (name === undefined) return type;
    if (type.kind === "struct") {
      if (name !== type.name) unknown();
      return type;
    }
    const given = own(types, name) as SimpleType | undefined;
    if (given) return given;
    const [uri, local] = split(name);
    const builtin = uri === XSD_NAMESPACE && isBuiltin(local) ? local : undefined;
    if (type.kind === "any") {
      // Of what derives from xs:anyType only the built-in types are known here.
      if (builtin === undefined) return type;
    } else if (builtin === undefined) {
      unknown(": simple types of the schema are given as `types`");
      return type;
    } else if (!derivesFrom(builtin, type)) {
      unknown();
      return type;
    }
    if (isListBuiltin(builtin))
      return {
        kind: "list",
        item: plain(builtin.slice(0, -1).replace("ENTITIE", "ENTITY") as Builtin),
        mapping: listMapping,
        facets: { minLength: 1 },
      };
    return plain(builtin);
  };

  /** Clause cvc-elt.3. */
  const nilOf = (source: Source, offset: number): boolean => {
    const attribute = s.attributes.find(({ uri, local }) => uri === XSI_NAMESPACE && local === "nil");
    if (!attribute) return false;
    const value = collapse(attribute.value);
    const at = attribute.offset;
    if (!/^(?:true|false|0|1)$/.test(value)) {
      report(
        "invalid-value",
        "cvc-datatype-valid",
        "true or false",
        `xsi:nil is ${describe(value)}, which is no boolean`,
        at,
      );
      return false;
    }
    if (!source?.nillable) {
      report("not-nillable", "cvc-elt.3.1", "content: no xsi:nil", "the element is not nillable", at);
      return false;
    }
    const nil = value === "true" || value === "1";
    if (nil && source.fixed !== undefined)
      report(
        "fixed",
        "cvc-elt.3.2.2",
        describe(source.fixed),
        "an element with a fixed value may not be nil",
        offset,
      );
    return nil;
  };
  const afterNil = (isSimple: boolean): readonly KeyValue[] | undefined => {
    const offset = s.offset();
    for (let what, told = false; (what = s.next(true)) !== END;) {
      if (!told)
        report("nil-content", "cvc-elt.3.2.1", "no content", "an element with xsi:nil must be empty", offset);
      told = true;
      if (what === START) skip();
    }
    return isSimple ? none : undefined;
  };

  const simple = (
    type: SimpleType,
    source: Source,
    offset: number,
    clause: string,
    declared: Type = type,
  ): KeyValue[] => {
    let isTold = false;
    const written = s.chars(() => {
      if (!isTold)
        report(
          "unexpected-element",
          "cvc-type.3.1.2",
          "text alone",
          `${nameHere()} stands where only text may be`,
          s.offset(),
        );
      isTold = true;
      skip();
    });
    if (isTold) return [];
    const preset = written === "" ? (source?.fixed ?? source?.default) : undefined;
    if (preset !== undefined) return text(type, preset, expandedNames, clause, offset);
    const wrong =
      declared !== type && isSimple(declared)
        ? checkWritten(declared, written, s.lookup, () => undefined)
        : undefined;
    if (wrong) {
      report(wrong.code, wrong.clause || clause, wrong.expected, wrong.message, offset);
      return [];
    }
    return text(type, written, s.lookup, clause, offset, source?.fixed);
  };

  const unknownAttribute = (name: ExpandedName, offset: number): void =>
    report(
      "unknown-attribute",
      "cvc-complex-type.3.2.2",
      "an attribute of the type, or none",
      `the attribute ${name} is not declared`,
      offset,
    );

  /** Clauses cvc-complex-type.3 and 4. */
  const attributes = (plan: Plan, offset: number): void => {
    const present = new Set<ExpandedName>();
    let identifiers = plan.attributes.filter((one) => isId(follow(one.type))).length;
    for (const { uri, local, value, offset: at } of s.attributes) {
      const name = expand(uri, local);
      present.add(name);
      // What is not assessed has no value that a key could be made of.
      let values: KeyValue[] | undefined;
      const own = plan.attributes.find((one) => one.name === local && (one.ns ?? "") === uri);
      if (own) values = text(follow(own.type), value, s.lookup, "cvc-attribute.3", at, own.fixed);
      else if (uri === XSI_NAMESPACE && xsiNames.has(local)) values = [["string", value]];
      else {
        const wildcard = wildcardOf(plan, uri, local);
        const known = wildcard?.process === "skip" ? undefined : wildcard && attributesOf(wildcard).get(name);
        if (!wildcard) unknownAttribute(name, at);
        else if (known) {
          if (isId(follow(known.type)) && ++identifiers > 1)
            report(
              "repeated-id",
              "cvc-complex-type.5",
              "one ID",
              "a wildcard lets in one attribute of type ID at most",
              at,
            );
          values = text(follow(known.type), value, s.lookup, "cvc-attribute.3", at, known.fixed);
        } else if (wildcard.process === "strict" && uri !== XML_NAMESPACE) unknownAttribute(name, at);
      }
      if (values && tracked > 0) tracker?.attribute(name, values);
    }
    for (const one of plan.attributes) {
      const name = expand(one.ns ?? "", one.name);
      if (present.has(name)) continue;
      if (one.required)
        report(
          "missing-attribute",
          "cvc-complex-type.4",
          one.name,
          `the attribute ${name} is required`,
          offset,
        );
      const preset = one.fixed ?? one.default;
      if (preset === undefined) continue;
      const values = text(follow(one.type), preset, expandedNames, "cvc-attribute.3", offset);
      if (tracked > 0) tracker?.attribute(name, values);
    }
  };

  const children = (plan: Plan, source: Source, offset: number): void => {
    const isMixed = plan.mixed !== undefined;
    const names: ExpandedName[] = [];
    const offsets: number[] = [];
    const counts = new Map<Entry["part"], number>();
    const { content, isEmpty: mustBeEmpty, isOrdered } = factsOf(plan);
    /** Nothing but too few or too many elements can be wrong. */
    let isInOrder = isOrdered;
    let order = -1;
    let isLost = false;
    let isTextTold = false;
    let mixed = "";
    let texts = 0;
    for (let what; (what = s.next(isMixed || mustBeEmpty)) !== END;) {
      if (what !== START) {
        mixed += s.text();
        texts++;
        if (!isMixed && !isTextTold)
          report(
            "unexpected-text",
            mustBeEmpty ? "cvc-complex-type.2.1" : "cvc-complex-type.2.3",
            "no text",
            `text is not allowed here: ${describe(s.text())}`,
            s.offset(),
          );
        isTextTold = true;
        continue;
      }
      const name = nameHere();
      const entry = entryOf(plan, counts);
      if (!entry) {
        if (!isLost)
          report(
            "unexpected-element",
            "cvc-complex-type.2.4",
            "an element of the type",
            `the type does not know ${name}`,
            s.offset(),
          );
        isLost = true;
        raw();
        continue;
      }
      names.push(entry.wildcard ? name : entry.expanded);
      offsets.push(s.offset());
      const { part } = entry;
      if (!plan.all) isInOrder &&= part.index >= order;
      order = part.index;
      const count = counts.get(part) ?? 0;
      isInOrder &&= part.many || count === 0;
      counts.set(part, count + 1);
      const depth = steps.push(part.property) - 1;
      if (part.many) steps.push(part === plan.mixed ? count + texts : count);
      const known = entry.wildcard && knownIn(entry.wildcard, name);
      if ((entry.tag ?? known?.tag) !== undefined) steps.push("$value");
      if (entry.element) element(entry.expanded, follow(entry.element.type), entry.element);
      else wild(entry.wildcard as Wildcard, name, known);
      steps.length = depth;
    }
    if (source?.fixed !== undefined && isMixed)
      checkMixedFixed(source.fixed, mixed, names.length > 0, offset);
    if (isLost || isInOrder) {
      let isComplete = true;
      checkPresence(
        plan.rules,
        (part) => counts.get(part) ?? 0,
        () => (isComplete = false),
      );
      if (isLost || isComplete) return;
    }
    const wrong = findMisplaced(content, "", names);
    if (!wrong) return;
    const next = wrong.expected.length === 0 ? "nothing more" : listSome(wrong.expected);
    const name = names[wrong.at];
    if (name === undefined)
      report(
        "missing-element",
        "cvc-complex-type.2.4",
        next,
        `the content ends too early: ${next} is expected`,
        offset,
      );
    else
      report(
        "unexpected-element",
        "cvc-complex-type.2.4",
        next,
        `${split(name)[1]} may not stand here: ${next} is expected`,
        offsets[wrong.at] ?? offset,
      );
  };

  /** What the start tag just read is to its parent. */
  const entryOf = (plan: Plan, counts: ReadonlyMap<Entry["part"], number>): Entry | undefined => {
    const uri = s.uri();
    const local = s.local();
    const first = plan.names.get(local);
    let entry = first;
    while (entry && entry.ns !== uri) entry = entry.same;
    if (!entry && first && unqualified === "accept" && uri === "") entry = first;
    const wildcard = plan.wildcards.find((one) => one.wildcard && allows(one.wildcard, uri, local));
    // What there is no more room for may be for a wildcard.
    const isFull = entry && !entry.part.many && (counts.get(entry.part) ?? 0) > 0;
    return entry && !(isFull && wildcard) ? entry : wildcard;
  };

  /** The declaration of an element that a wildcard lets in, if it is to be looked for. */
  const knownIn = (wildcard: Wildcard, name: ExpandedName): ElementDescriptor | undefined =>
    wildcard.process === "skip" ? undefined : knownOf(wildcard).get(name);
  /** Clauses cvc-wildcard and cvc-assess-elt. */
  const wild = (wildcard: Wildcard, name: ExpandedName, known: ElementDescriptor | undefined): void => {
    if (known) return element(name, follow(known.type), known);
    if (
      wildcard.process === "strict" &&
      !s.attributes.some(({ uri, local }) => uri === XSI_NAMESPACE && local === "type")
    )
      report(
        "unknown-element",
        "cvc-wildcard",
        "an element that is declared",
        `no element ${name} is declared, and the wildcard asks for one`,
        s.offset(),
      );
    raw();
  };

  s.root();
  const name = nameHere();
  try {
    if (descriptor.kind !== "element") element(name, descriptor, undefined);
    else {
      const isRoot =
        name === descriptor.name ||
        (unqualified === "accept" && s.uri() === "" && descriptor.name.endsWith("}" + name));
      if (!isRoot) s.fail(`The root element is ${name}, not ${descriptor.name}`, s.offset(), "root");
      if (descriptor.abstract)
        report(
          "abstract-element",
          "cvc-elt.2",
          `an element that may stand for ${name}`,
          `${name} is abstract: an element of its substitution group must stand here`,
          s.offset(),
        );
      element(name, follow(descriptor.type), descriptor);
    }
    s.finish();
    for (const [id, offset, place] of references)
      if (!ids.has(id))
        report(
          "dangling-idref",
          "cvc-id.1",
          "an ID of the document",
          `no element has the ID "${id}"`,
          offset,
          place,
        );
  } catch (error) {
    if (error !== enough) throw error;
  }
  const locate = createLocator(document, options.origin);
  return found
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, ...issue }) => ({ ...issue, ...locate(offset) }));
}

/** The content of a nil. */
const none: readonly KeyValue[] = [];

function plain(builtin: Builtin): Atomic {
  return primitiveOf(builtin) === "QName"
    ? { kind: "atomic", builtin, as: "qname", mapping: qnameMapping }
    : asText(builtin);
}

function isId(type: SimpleType): boolean {
  return type.kind === "atomic" && type.builtin === "ID";
}

/** `{uri}local` of a name as written; as it is when its prefix is not declared. */
function expandName(written: string, lookup: Lookup): ExpandedName {
  if (written.startsWith("{")) return written;
  const colon = written.indexOf(":");
  const uri = lookup(written.slice(0, Math.max(colon, 0)));
  return uri === undefined ? written : expand(uri, written.slice(colon + 1));
}

function hasNames(type: SimpleType): boolean {
  if (type.kind === "atomic") return type.as === "qname";
  return type.kind === "list"
    ? hasNames(follow(type.item))
    : type.members.some((one) => hasNames(follow(one)));
}

/** What is wrong with a text as it stands in a document: names are written with prefixes there. */
export function checkWritten(
  type: SimpleType,
  written: string,
  lookup: Lookup,
  note: Note,
): Violation | undefined {
  if (lookup !== expandedNames && hasNames(type)) {
    const { facets } = type;
    const text = collapse(written);
    const isMatch =
      facets?.patterns?.every((step) => step.some((one) => facets.matches?.(one, text))) ?? true;
    if (parse(type, written, lookup).value === undefined || !isMatch)
      return {
        code: "invalid-value",
        message: `${describe(written)} is not valid: ${nameOf(type)} is expected`,
        expected: nameOf(type),
        clause: isMatch ? "cvc-datatype-valid.1.2.1" : "cvc-pattern-valid",
      };
  }
  return checkText(type, written, lookup, note);
}
