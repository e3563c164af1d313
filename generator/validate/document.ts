/**
 * Validates documents against a model: content, occurrence, types, facets, `xsi:type`, `xsi:nil`, wildcards, identity
 * constraints, ID and IDREF (XML Schema Part 1, clauses 3.3.4, 3.4.4, 3.10.4, 3.11.4, 3.14.4).
 */
import type { Report, Span } from "../diagnostics.js";
import { XML_NAMESPACE, XSI_NAMESPACE, anySimpleTypeId, anyTypeId, xsdId } from "../model/builtins.js";
import {
  admitsNamespace,
  ancestry,
  elementsOf,
  isDerivedFrom,
  simpleTypeOf,
  typeOf,
  typeTableOf,
  wildcardAdmits,
} from "../model/query.js";
import type {
  AttributeUse,
  ComplexType,
  DerivationMethod,
  ElementDeclaration,
  ElementParticle,
  IdentityConstraint,
  Model,
  QName,
  SimpleType,
  TypeDefinition,
  TypeId,
  Wildcard,
} from "../model/types.js";
import { builtinOf, isSameValue, parseValue, type Value, type ValueContext } from "../model/values.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { quickTest, type QuickTest } from "../../templates/runtime/quick.js";
import type { XmlAttribute, XmlElement, XmlText } from "../schema/types.js";
import { suggest } from "../suggestion.js";
import { holds, withInherited } from "../../templates/runtime/condition.js";
import type { ConditionContext } from "../../templates/runtime/descriptor.js";
import { expand } from "../../templates/runtime/plan.js";
import { atEnd, endsAt, expected, move, startOf, type State, type Vocabulary } from "./content.js";
import { Table, matchesPath, matchesTest, pathsOf, type Row } from "./identity.js";

export interface ValidateOptions {
  /** Start at this element declaration, or with this type, instead of the global element of the root's name. */
  readonly type?: TypeId;
  /** Names that stand for a type in `xsi:type` although they are no QNames of it (a service convention). */
  readonly typeAlias?: (text: string) => TypeId | undefined;
  /** Children without a namespace stand for declared ones of the same local name (a service convention). */
  readonly unqualified?: boolean;
  readonly version?: "1.0" | "1.1";
  /** Where the schema refers to what is not declared: what holds such a place cannot be used (Part 1, clause 5.3). */
  readonly unresolved?: readonly Span[];
  /** Most issues that are reported; default 1,000. */
  readonly limit?: number;
  /** Is told what governs an element or attribute, and the text that counts for its value, defaults applied. */
  readonly assess?: (node: XmlElement | XmlAttribute, type: TypeDefinition, text?: string) => void;
}

/** What an element is declared as, whether globally or in content. */
type Declaration = Pick<
  ElementParticle | ElementDeclaration,
  "type" | "nillable" | "abstract" | "block" | "constraints" | "alternatives"
> & { readonly default?: string; readonly fixed?: string; readonly extent?: Span };

interface Run {
  readonly model: Model;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
  readonly options: ValidateOptions;
  /** What is open, outermost first. */
  readonly path: Node[];
  readonly ids: Map<string, Span>;
  readonly references: { readonly id: string; readonly at: Span; readonly path: readonly Node[] }[];
  readonly watches: Watch[];
  /** Key tables of finished elements, for keyrefs further out: innermost last. */
  readonly scopes: (Map<string, Table> | undefined)[];
  /** For texts of the schema: the model holds their QNames in expanded form. */
  readonly presets: ValueContext;
  /** Attributes that conditions on elements see from further out, nearest first (XSD 1.1). */
  inherited: ConditionContext;
  /** Of simple types; `null`: there is none. */
  readonly quickTests: WeakMap<SimpleType, QuickTest | null>;
  issues: number;
}

/** A step of a path. */
type Node = XmlElement | XmlAttribute;

/** An identity constraint in force: the element it belongs to is open. */
interface Watch {
  readonly constraint: IdentityConstraint;
  /** How many elements were open when it began. */
  readonly depth: number;
  readonly table: Table;
  readonly selections: Selection[];
}

/** A selected element whose fields are being gathered. */
interface Selection {
  readonly depth: number;
  readonly at: number;
  readonly span: Span;
  readonly values: (Value | undefined)[];
  readonly twice: boolean[];
}

const quickTests: Run["quickTests"] = new WeakMap();

/** Validates a document; issues go to the report as errors, with the clause that is broken. */
export function validateDocument(
  model: Model,
  root: XmlElement,
  report: Report,
  options: ValidateOptions = {},
): void {
  const run: Run = {
    model,
    vocabulary: { substitutions: model.substitutions, unqualified: options.unqualified ?? false },
    report,
    options,
    path: [],
    ids: new Map(),
    references: [],
    watches: [],
    scopes: [],
    presets: { simpleType: (id) => simpleTypeOf(model, id), version: options.version ?? "1.0" },
    inherited: [],
    quickTests,
    issues: 0,
  };
  const names: QName[] = [];
  run.path.push(root);
  const declaration = options.type === undefined ? model.elements[idOfName(root.name)] : undefined;
  if (declaration === undefined && options.type === undefined && xsiAttribute(root, "type") === undefined) {
    issue(
      run,
      root.at,
      "unknown-root",
      `no element ${show(root.name)} is declared`,
      "cvc-elt.1",
      didYouMean(
        root.name.local,
        Object.values(model.elements).map((element) => element.name.local),
      ),
    );
    return;
  }
  validateElement(run, root, declaration ?? anything(options.type ?? anyTypeId), names);
  for (const { id, at, path } of run.references) {
    if (!run.ids.has(id)) {
      issue(run, at, "dangling-idref", `no element has the ID "${id}"`, "cvc-id.1", undefined, path);
    }
  }
}

const none: readonly never[] = [];

function anything(type: TypeId): Declaration {
  return { type, nillable: true, abstract: false, block: [], constraints: [] };
}

function idOfName(name: QName): string {
  return `{${name.namespace}}${name.local}`;
}

function show(name: QName): string {
  return name.namespace === "" ? `"${name.local}"` : `"${name.local}" of the namespace "${name.namespace}"`;
}

function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const found = suggest(word, candidates);
  return found === undefined || found === word ? undefined : `did you mean "${found}"?`;
}

function issue(
  run: Run,
  at: Span,
  code: string,
  message: string,
  clause: string,
  hint?: string,
  path: readonly Node[] = run.path,
  expects?: string,
): void {
  run.issues++;
  if (run.issues > (run.options.limit ?? 1000)) return;
  run.report.add({
    code,
    severity: "error",
    message: `/${path.map(showPlace).join("/")}: ${message}`,
    at,
    clause,
    expected: expects ?? expectations[code] ?? message.replace(/^the value must be | is required$/gu, ""),
    ...(hint !== undefined && { hint }),
  });
}

/** `p:name`, `p:name[2]` where it is not the first of its name, `@p:name`. */
function showPlace(node: Node, at: number, path: readonly Node[]): string {
  const label = node.prefix === "" ? node.name.local : `${node.prefix}:${node.name.local}`;
  if (!("children" in node)) return `@${label}`;
  let count = 1;
  for (const other of siblingsOf(path[at - 1])) {
    if (other === node) break;
    if (
      isElement(other) &&
      other.name.local === node.name.local &&
      other.name.namespace === node.name.namespace
    )
      count++;
  }
  return count === 1 ? label : `${label}[${count}]`;
}

function siblingsOf(parent: Node | undefined): XmlElement["children"] {
  return parent !== undefined && "children" in parent ? parent.children : [];
}

/** What is expected where nothing more can be said than the kind of the issue tells. */
const expectations: Readonly<Record<string, string>> = {
  "forbidden-element": "attributes that choose a type",
  "unknown-root": "a global element of the schema",
  "dangling-idref": "an ID of the document",
  "repeated-id": "an ID of its own",
  "abstract-element": "a member of its substitution group",
  "abstract-type": "xsi:type with a type that derives from it",
  "incomplete-declaration": "a schema that declares what it refers to",
  "unresolved-type": "a schema that declares the type",
  "content-of-nil": "no content",
  "undeclared-prefix": "a prefix that is declared",
  "unknown-type": "a type of the schema",
  "blocked-type": "the declared type, or one that is not blocked",
  "underived-type": "the declared type, or one that derives from it",
  "not-nillable": "content: no xsi:nil",
  "nil-of-fixed": "the fixed value",
  "unexpected-text": "no text",
  "unexpected-attribute": "an attribute of the type, or none",
  "undeclared-attribute": "an attribute that is declared",
  "undeclared-element": "an element that is declared",
  "inconsistent-type": "the type that the content model declares for the name",
  "field-without-value": "an element with simple content",
  "field-twice": "one value",
  "incomplete-key": "all fields of the key",
  "repeated-key": "values that occur once",
  "dangling-keyref": "the values of a key",
};

/** What a type asks of a value: the facet that is broken, where it is its own. */
function valueExpected({ facets }: SimpleType, name: string, clause: string): string {
  const facet = /^cvc-(\w+)-valid$/u.exec(clause)?.[1] ?? "";
  if (facet === "pattern" && facets.patterns !== undefined)
    return `a match of ${facets.patterns.map((step) => step.join(" or ")).join(" and ")}`;
  if (facet === "enumeration" && facets.enumeration !== undefined) {
    const values = facets.enumeration.slice(0, 8).map(({ value }) => `"${value}"`);
    return `one of ${values.join(", ")}${facets.enumeration.length > 8 ? ", ..." : ""}`;
  }
  const bound = Object.hasOwn(facets, facet) ? facets[facet as "maxLength"] : undefined;
  return bound === undefined ? `a value of ${name}` : `${facet} ${String(bound)}`;
}

function xsiAttribute(element: XmlElement, local: string): XmlAttribute | undefined {
  if (element.attributes.length === 0) return undefined;
  return element.attributes.find(({ name }) => name.namespace === XSI_NAMESPACE && name.local === local);
}

// ---------------------------------------------------------------------------------------------- elements

/** Clause cvc-elt. `names` holds the open ancestors below the root, for identity constraints. */
function validateElement(run: Run, element: XmlElement, declaration: Declaration, names: QName[]): void {
  const { model } = run;
  if (declaration.abstract) {
    issue(
      run,
      element.at,
      "abstract-element",
      `${show(element.name)} is abstract: a member of its substitution group must stand here`,
      "cvc-elt.2",
    );
  }
  const type = typeOfElement(run, element, declaration);
  if (type === undefined) return;
  if (isIncomplete(run, declaration) || isIncomplete(run, type)) {
    issue(
      run,
      element.at,
      "incomplete-declaration",
      `the declaration of ${show(element.name)} refers to something that the schema does not declare`,
      "cvc-type.1",
    );
    return;
  }
  if (type.kind === "complex" && type.abstract) {
    issue(
      run,
      element.at,
      "abstract-type",
      `the type "${nameOf(type)}" is abstract: xsi:type must choose one that derives from it`,
      "cvc-type.2",
    );
  }

  run.scopes.push(undefined);
  const watches =
    declaration.constraints.length === 0
      ? none
      : declaration.constraints.map((constraint): Watch => ({
          constraint,
          depth: names.length,
          table: new Table(),
          selections: [],
        }));
  run.watches.push(...watches);
  const started = select(run, element, names);

  const nil = readNil(run, element, declaration);
  const values =
    type.kind === "complex" ? validateAttributes(run, element, type) : noAttributes(run, element);
  let value: Value | undefined;
  if (nil) {
    if (element.children.length > 0) {
      issue(run, element.at, "content-of-nil", "an element with xsi:nil must be empty", "cvc-elt.3.2.1");
    }
  } else {
    const { inherited } = run;
    if (type.kind === "complex") run.inherited = inheritedFrom(element, type, inherited);
    value = validateContent(run, element, type, declaration, names);
    run.inherited = inherited;
  }

  if (run.watches.length > 0)
    collect(run, element, names, values, value, simpleContentOf(model, type) !== undefined);
  for (const [watch, selection] of started) finishSelection(run, watch, selection, names.length);
  run.watches.length -= watches.length;
  finishScope(run, element, watches);
}

/** Whether a reference that leads nowhere stands in the source of a component. */
function isIncomplete({ options }: Run, { extent }: { readonly extent?: Span }): boolean {
  return (
    options.unresolved !== undefined &&
    extent !== undefined &&
    options.unresolved.some(
      ({ file, start }) => file === extent.file && start >= extent.start && start < extent.end,
    )
  );
}

function nameOf(type: TypeDefinition): string {
  return type.name?.local ?? "(anonymous)";
}

/** What elements below see of the attributes of one (Part 1 of XSD 1.1, clause 3.3.5.6). */
function inheritedFrom(
  element: XmlElement,
  { attributes }: ComplexType,
  outer: ConditionContext,
): ConditionContext {
  if (attributes.length === 0) return outer;
  const own = attributes.flatMap((use) => {
    if (use.inheritable !== true) return [];
    const { namespace, local } = use.name;
    const given = element.attributes.find(({ name }) => name.local === local && name.namespace === namespace);
    const text = given?.value ?? use.default ?? use.fixed;
    return text === undefined ? [] : [[expand(namespace, local), text] as const];
  });
  return own.length === 0 ? outer : [...own, ...outer];
}

/** The type that the attributes of an element choose, where it has alternatives (Part 1 of XSD 1.1, clause 3.12.4). */
function selectedType(run: Run, element: XmlElement, declaration: Declaration): TypeId {
  const table = typeTableOf(declaration);
  if (table === undefined) return declaration.type;
  const own = element.attributes
    .filter(({ name }) => name.namespace !== "http://www.w3.org/2000/xmlns/")
    .map(({ name, value }) => [expand(name.namespace, name.local), value] as const);
  const attributes = withInherited(own, run.inherited);
  const chosen = table.find(({ condition }) => condition === undefined || holds(condition, attributes));
  return chosen?.type ?? declaration.type;
}

/** Clause cvc-elt.4: the declared type, the one that attributes choose, or the one that `xsi:type` names. */
function typeOfElement(run: Run, element: XmlElement, declaration: Declaration): TypeDefinition | undefined {
  const { model } = run;
  const selected = selectedType(run, element, declaration);
  if (selected === xsdId("error")) {
    issue(
      run,
      element.at,
      "forbidden-element",
      `${show(element.name)} may not stand here with these attributes: they choose xs:error`,
      "cvc-type.3.1.3",
    );
    return undefined;
  }
  const declared = typeOf(model, selected);
  if (declared === undefined) {
    issue(
      run,
      element.at,
      "unresolved-type",
      `the type ${selected} of the element is not declared`,
      "cvc-type.1",
    );
    return undefined;
  }
  const attribute = xsiAttribute(element, "type");
  if (attribute === undefined) return declared;
  const text = attribute.value.trim();
  const alias = run.options.typeAlias?.(text);
  const { prefix, local, id: named } = typeNamed(element, attribute);
  if (alias === undefined && named === undefined) {
    issue(
      run,
      attribute.at,
      "undeclared-prefix",
      `the prefix "${prefix}" of xsi:type is not declared`,
      "cvc-elt.4.1",
    );
    return declared;
  }
  const id = alias ?? named ?? "";
  const type = typeOf(model, id);
  if (type?.name === undefined) {
    issue(
      run,
      attribute.at,
      "unknown-type",
      `xsi:type names "${text}", and no such type is declared`,
      "cvc-elt.4.2",
      didYouMean(
        local,
        Object.values(model.types).flatMap(({ name }) => (name === undefined ? [] : [name.local])),
      ),
    );
    return declared;
  }
  const block: readonly DerivationMethod[] = [
    ...declaration.block,
    ...(declared.kind === "complex" ? declared.block : []),
  ];
  if (!isDerivedFrom(model, id, selected, block)) {
    const blocked = isDerivedFrom(model, id, selected);
    issue(
      run,
      attribute.at,
      blocked ? "blocked-type" : "underived-type",
      `the type "${text}" ${blocked ? "may not be chosen here: its derivation is blocked" : `does not derive from "${nameOf(declared)}"`}`,
      "cvc-elt.4.3",
    );
    return declared;
  }
  return type;
}

/** What `xsi:type` names; without an id where its prefix is not declared. */
function typeNamed(
  { namespaces }: XmlElement,
  { value }: XmlAttribute,
): { readonly prefix: string; readonly local: string; readonly id?: TypeId } {
  const text = value.trim();
  const [prefix = "", local = ""] = text.includes(":") ? text.split(/:(.*)/su) : ["", text];
  const namespace = namespaces.get(prefix);
  return prefix !== "" && namespace === undefined
    ? { prefix, local }
    : { prefix, local, id: `{${namespace ?? ""}}${local}` };
}

/** Clause cvc-elt.3. */
function readNil(run: Run, element: XmlElement, declaration: Declaration): boolean {
  const attribute = xsiAttribute(element, "nil");
  if (attribute === undefined) return false;
  const text = attribute.value.trim();
  if (!/^(?:true|false|0|1)$/u.test(text)) {
    issue(
      run,
      attribute.at,
      "invalid-value",
      `xsi:nil is "${text}", which is no boolean`,
      "cvc-datatype-valid",
      undefined,
      undefined,
      "true or false",
    );
    return false;
  }
  if (!declaration.nillable) {
    issue(run, attribute.at, "not-nillable", "the element is not nillable", "cvc-elt.3.1");
    return false;
  }
  const nil = text === "true" || text === "1";
  if (nil && declaration.fixed !== undefined) {
    issue(run, attribute.at, "nil-of-fixed", "an element with a fixed value may not be nil", "cvc-elt.3.2.2");
  }
  return nil;
}

// ---------------------------------------------------------------------------------------------- content

function isElement(child: XmlElement | XmlText): child is XmlElement {
  return "name" in child;
}

/** The simple type of an element's text; undefined when it has element content. */
function simpleContentOf(model: Model, type: TypeDefinition): SimpleType | undefined {
  if (type.kind === "simple") return type;
  return type.content.kind === "simple" ? simpleTypeOf(model, type.content.type) : undefined;
}

function validateContent(
  run: Run,
  element: XmlElement,
  type: TypeDefinition,
  declaration: Declaration,
  names: QName[],
): Value | undefined {
  const simple = simpleContentOf(run.model, type);
  if (simple !== undefined) return validateText(run, element, simple, declaration);
  if (type.kind === "complex") {
    run.options.assess?.(element, type);
    validateChildren(run, element, type, declaration, names);
  }
  return undefined;
}

/** Simple content: text only, valid for its type, equal to a fixed value (cvc-elt.5). */
function validateText(
  run: Run,
  element: XmlElement,
  type: SimpleType,
  declaration: Declaration,
): Value | undefined {
  let text = "";
  for (const child of element.children) {
    if ("name" in child) {
      issue(
        run,
        child.at,
        "unexpected-element",
        `${show(child.name)} stands where only text may be`,
        "cvc-type.3.1.2",
      );
      return undefined;
    }
    text += child.text;
  }
  const preset = declaration.fixed ?? declaration.default;
  const isPreset = text === "" && preset !== undefined;
  const used = isPreset ? preset : text;
  run.options.assess?.(element, type, used);
  // Most texts are valid at a glance, and a value is needed for keys alone.
  if (run.watches.length === 0 && declaration.fixed === undefined && quickTestOf(run, type)?.(used) === true)
    return undefined;
  const context = isPreset ? run.presets : contextOf(run, element);
  const value = readValue(run, type, used, context, element, "cvc-type.3.1.3");
  if (declaration.fixed !== undefined && text !== "" && value !== undefined) {
    const fixed = parseValue(type, declaration.fixed, run.presets);
    if (!("problem" in fixed) && !isSameValue(fixed.value, value)) {
      issue(
        run,
        element.at,
        "not-the-fixed-value",
        `the value must be "${declaration.fixed}"`,
        "cvc-elt.5.2.2.2.2",
      );
    }
  }
  return value;
}

function quickTestOf({ quickTests }: Run, type: SimpleType): QuickTest | undefined {
  let test = quickTests.get(type);
  if (test === undefined) {
    const { facets, variety } = type;
    const listed = facets.enumeration?.map(({ value }) => value);
    test = variety === "atomic" ? (quickTest(builtinOf(type), facets, listed, matchesPattern) ?? null) : null;
    quickTests.set(type, test);
  }
  return test ?? undefined;
}

function contextOf({ presets }: Run, { namespaces }: XmlElement): ValueContext {
  return { simpleType: presets.simpleType, version: presets.version ?? "1.0", namespaces };
}

function readValue(
  run: Run,
  type: SimpleType,
  text: string,
  context: ValueContext,
  node: Node,
  clause: string,
): Value | undefined {
  const parsed = parseValue(type, text, context);
  if ("problem" in parsed) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    const name = type.name === undefined ? "its type" : `"${type.name.local}"`;
    issue(
      run,
      node.at,
      "invalid-value",
      `"${shown}" is not a value of ${name}: ${parsed.problem}`,
      parsed.clause || clause,
      undefined,
      undefined,
      valueExpected(type, name, parsed.clause),
    );
    return undefined;
  }
  noteIds(run, parsed.value, node);
  return parsed.value;
}

/**
 * Clause cvc-id: IDs are unique, IDREFs lead somewhere. XSD 1.1 lets an element have several, and the same one twice:
 * `binding` is what the ID names.
 */
function noteIds(run: Run, value: Value, node: Node, isDefault = false): void {
  if (value.kind === "list") {
    for (const item of value.items) noteIds(run, item, node, isDefault);
  } else if (value.builtin === "ID") {
    const { at } = node;
    const binding = isDefault ? at : bindingOf(run, at);
    const other = run.ids.get(value.text);
    if (other === undefined) run.ids.set(value.text, binding);
    else if (other.start !== binding.start) {
      issue(run, at, "repeated-id", `the ID "${value.text}" is taken already`, "cvc-id.2");
    }
  } else if (value.builtin === "IDREF") {
    run.references.push({ id: value.text, at: node.at, path: [...run.path] });
  }
}

/** An ID attribute names its element, in XSD 1.1 an ID element names its parent (Part 1 of 1.1, clause 3.17.5.2). */
function bindingOf({ path, options }: Run, at: Span): Span {
  if (options.version !== "1.1") return at;
  const top = path.at(-1);
  if (top === undefined) return at;
  return (path.at(-2) ?? top).at;
}

function validateChildren(
  run: Run,
  element: XmlElement,
  type: ComplexType,
  declaration: Declaration,
  names: QName[],
): void {
  const { content } = type;
  const isAny = type.id === anyTypeId;
  const mixed = isAny || (content.kind === "elements" && content.mixed);
  if (!mixed) {
    for (const child of element.children) {
      if ("name" in child || /^[ \t\r\n]*$/u.test(child.text)) continue;
      issue(
        run,
        child.at,
        "unexpected-text",
        "text stands where only elements may be",
        "cvc-complex-type.2.3",
      );
      break;
    }
  }
  const particle = content.kind === "elements" ? content.particle : undefined;
  if (
    content.kind === "empty" &&
    !isAny &&
    element.children.length > 0 &&
    !element.children.some(isElement)
  ) {
    // Not even white space may stand in empty content (cvc-complex-type.2.1).
    issue(run, element.at, "unexpected-text", "the element must be empty", "cvc-complex-type.2.1");
  }
  if (declaration.fixed !== undefined && mixed) checkMixedFixed(run, element, declaration.fixed);

  let position = particle === undefined ? atEnd : startOf(run.vocabulary, particle);
  let lost = false;
  // Of open content in suffix mode nothing declared may follow (XSD 1.1, cvc-complex-content).
  let closed = false;
  for (const child of element.children) {
    if (!("name" in child)) continue;
    run.path.push(child);
    names.push(child.name);
    if (isAny) validateWild(run, child, "lax", names);
    else if (!lost) {
      const found = closed ? undefined : move(run.vocabulary, position, child.name);
      const taken = found?.taken;
      if (found === undefined || taken === undefined) {
        const open = content.kind === "elements" ? content.open : undefined;
        const fits = open?.mode !== "suffix" || closed || endsAt(position);
        if (open !== undefined && fits && wildcardAdmits(open.wildcard, idOfName(child.name))) {
          closed = open.mode === "suffix";
          validateWild(run, child, open.wildcard.process, names);
        } else {
          lost = true;
          unexpected(run, child, position.states);
        }
      } else {
        position = found.to;
        if (taken.leaf.kind === "any") {
          const { process } = taken.leaf.wildcard;
          if (process !== "skip" && run.options.version === "1.1") checkConsistent(run, child, type);
          validateWild(run, child, process, names);
        } else validateElement(run, child, declarationOf(run.model, taken.leaf, taken.substitute), names);
      }
    }
    names.pop();
    run.path.pop();
  }
  if (!isAny && !lost && !endsAt(position)) {
    issue(
      run,
      element.at,
      "missing-element",
      `the content ends too early: ${describe(expected(position.states))}`,
      "cvc-complex-type.2.4",
      undefined,
      undefined,
      wordsOf(expected(position.states)),
    );
  }
}

/**
 * What a wildcard takes under a name that the content declares, or that of a base type did, must have a type that could stand
 * there (clause cvc-complex-type.5 of XSD 1.1).
 */
function checkConsistent(run: Run, child: XmlElement, type: ComplexType): void {
  const { model } = run;
  const attribute = xsiAttribute(child, "type");
  const governing =
    attribute === undefined ? model.elements[idOfName(child.name)]?.type : typeNamed(child, attribute).id;
  if (governing === undefined || typeOf(model, governing) === undefined) return;
  const local = ancestry(model, type.id)
    .flatMap((each) => (each.kind === "complex" ? contentElements(each) : []))
    .find(({ name }) => name.local === child.name.local && name.namespace === child.name.namespace);
  if (local === undefined || isDerivedFrom(model, governing, local.type, local.block)) return;
  issue(
    run,
    child.at,
    "inconsistent-type",
    `the wildcard lets in ${show(child.name)} with a type that does not derive from the one that the content declares for the name`,
    "cvc-complex-type.5",
  );
}

function contentElements({ content }: ComplexType): readonly ElementParticle[] {
  return content.kind === "elements" ? elementsOf(content.particle) : [];
}

function checkMixedFixed(run: Run, element: XmlElement, fixed: string): void {
  if (element.children.some(isElement)) {
    issue(
      run,
      element.at,
      "not-the-fixed-value",
      `an element with the fixed value "${fixed}" has no child elements`,
      "cvc-elt.5.2.2.1",
    );
    return;
  }
  const text = element.children.map((child) => (isElement(child) ? "" : child.text)).join("");
  if (text !== "" && text !== fixed) {
    issue(run, element.at, "not-the-fixed-value", `the value must be "${fixed}"`, "cvc-elt.5.2.2.2.1");
  }
}

function declarationOf(model: Model, leaf: ElementParticle, substitute: string | undefined): Declaration {
  const id = substitute ?? leaf.ref;
  return (id === undefined ? undefined : model.elements[id]) ?? leaf;
}

function unexpected(run: Run, child: XmlElement, states: readonly (State | undefined)[]): void {
  const next = expected(states);
  const names = next.flatMap((leaf) => (leaf.kind === "element" ? [leaf.name] : []));
  const sameLocal = names.find((name) => name.local === child.name.local);
  const hint =
    sameLocal === undefined
      ? didYouMean(
          child.name.local,
          names.map(({ local }) => local),
        )
      : `the schema has it ${sameLocal.namespace === "" ? "without a namespace" : `in the namespace "${sameLocal.namespace}"`}`;
  issue(
    run,
    child.at,
    "unexpected-element",
    `${show(child.name)} may not stand here: ${describe(next)}`,
    "cvc-complex-type.2.4",
    hint,
    undefined,
    wordsOf(next),
  );
}

function describe(leaves: ReturnType<typeof expected>): string {
  return leaves.length === 0 ? "nothing more may follow" : `expected ${wordsOf(leaves)}`;
}

function wordsOf(leaves: ReturnType<typeof expected>): string {
  if (leaves.length === 0) return "nothing more";
  const words = leaves
    .slice(0, 6)
    .map((leaf) => (leaf.kind === "element" ? leaf.name.local : "an element of a wildcard"));
  const more = leaves.length > words.length ? ` or ${leaves.length - words.length} others` : "";
  return `${words.join(", ")}${more}`;
}

/** Clauses cvc-wildcard and cvc-assess-elt: strict needs a declaration, lax uses one where there is one. */
function validateWild(run: Run, element: XmlElement, process: Wildcard["process"], names: QName[]): void {
  if (process === "skip") return;
  const declaration = run.model.elements[idOfName(element.name)];
  if (declaration !== undefined) {
    validateElement(run, element, declaration, names);
    return;
  }
  if (xsiAttribute(element, "type") !== undefined) {
    validateElement(run, element, anything(anyTypeId), names);
    return;
  }
  if (process === "strict") {
    issue(
      run,
      element.at,
      "undeclared-element",
      `no element ${show(element.name)} is declared, and the wildcard asks for one`,
      "cvc-wildcard",
    );
    return;
  }
  validateElement(run, element, anything(anyTypeId), names);
}

// ---------------------------------------------------------------------------------------------- attributes

const xsiNames: ReadonlySet<string> = new Set(["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"]);

/** Values of attributes by expanded name, for identity constraints. */
type AttributeValues = ReadonlyMap<string, { readonly name: QName; readonly value: Value | undefined }>;

const noValues: AttributeValues = new Map();

/** Clause cvc-complex-type.3 and 4. */
function validateAttributes(run: Run, element: XmlElement, type: ComplexType): AttributeValues {
  if (element.attributes.length === 0 && type.attributes.length === 0) return noValues;
  const values = new Map<string, { readonly name: QName; readonly value: Value | undefined }>();
  const isAny = type.id === anyTypeId;
  const uses = new Map(type.attributes.map((use) => [idOfName(use.name), use]));
  const present = new Set<string>();
  const declaredId = type.attributes.some((use) => builtinOfType(run.model, use.type) === "ID");
  let wildIds = declaredId ? 1 : 0;
  for (const attribute of element.attributes) {
    const { name } = attribute;
    if (name.namespace === "http://www.w3.org/2000/xmlns/") continue;
    const id = idOfName(name);
    present.add(id);
    if (name.namespace === XSI_NAMESPACE && xsiNames.has(name.local)) {
      values.set(id, { name, value: textValue(attribute.value) });
      continue;
    }
    const use = uses.get(id);
    if (use !== undefined) {
      values.set(id, { name, value: validateAttribute(run, element, attribute, use) });
      continue;
    }
    const process = isAny ? "lax" : wildcardFor(type, name);
    if (process === undefined) {
      issue(
        run,
        attribute.at,
        "unexpected-attribute",
        `the attribute ${show(name)} is not declared`,
        "cvc-complex-type.3.2.2",
        didYouMean(
          name.local,
          type.attributes.map((other) => other.name.local),
        ),
      );
      continue;
    }
    const declaration = process === "skip" ? undefined : run.model.attributes[id];
    if (declaration === undefined) {
      if (process === "strict" && name.namespace !== XML_NAMESPACE) {
        issue(
          run,
          attribute.at,
          "undeclared-attribute",
          `no attribute ${show(name)} is declared, and the wildcard asks for one`,
          "cvc-complex-type.3.2.2",
        );
      }
      continue;
    }
    if (
      run.options.version !== "1.1" &&
      builtinOfType(run.model, declaration.type) === "ID" &&
      ++wildIds > 1
    ) {
      issue(
        run,
        attribute.at,
        "repeated-id",
        "a wildcard lets in one attribute of type ID at most, and none beside a declared one",
        "cvc-complex-type.5",
      );
    }
    values.set(id, { name, value: validateAttribute(run, element, attribute, declaration) });
  }
  for (const use of type.attributes) {
    const id = idOfName(use.name);
    if (present.has(id)) continue;
    if (use.required) {
      issue(
        run,
        element.at,
        "missing-attribute",
        `the attribute ${show(use.name)} is required`,
        "cvc-complex-type.4",
      );
    }
    const preset = use.fixed ?? use.default;
    const simple = simpleTypeOf(run.model, use.type);
    if (preset !== undefined && simple !== undefined) {
      const parsed = parseValue(simple, preset, run.presets);
      if (!("problem" in parsed)) {
        values.set(id, { name: use.name, value: parsed.value });
        noteIds(run, parsed.value, element, true);
      }
    }
  }
  return values;
}

/** The value of an attribute without a declared type. */
function textValue(text: string): Value {
  return { kind: "atomic", builtin: "string", text, type: anySimpleTypeId };
}

function builtinOfType(model: Model, id: TypeId): string | undefined {
  const builtin = simpleTypeOf(model, id)?.builtin;
  return builtin?.slice(builtin.indexOf("}") + 1);
}

function wildcardFor(type: ComplexType, name: QName): Wildcard["process"] | undefined {
  const wildcard = type.anyAttribute;
  if (wildcard === undefined || !admitsNamespace(wildcard, name.namespace)) return undefined;
  return wildcard.notNames?.includes(idOfName(name)) === true ? undefined : wildcard.process;
}

function validateAttribute(
  run: Run,
  element: XmlElement,
  attribute: XmlAttribute,
  use: Pick<AttributeUse, "type" | "fixed">,
): Value | undefined {
  const type = simpleTypeOf(run.model, use.type) ?? simpleTypeOf(run.model, anySimpleTypeId);
  if (type === undefined) return undefined;
  run.options.assess?.(attribute, type, attribute.value);
  run.path.push(attribute);
  const context = contextOf(run, element);
  const value = readValue(run, type, attribute.value, context, attribute, "cvc-attribute.3");
  if (use.fixed !== undefined && value !== undefined) {
    const fixed = parseValue(type, use.fixed, run.presets);
    if (!("problem" in fixed) && !isSameValue(fixed.value, value)) {
      issue(run, attribute.at, "not-the-fixed-value", `the value must be "${use.fixed}"`, "cvc-attribute.4");
    }
  }
  run.path.pop();
  return value;
}

/** An element of simple type has no attributes but those of xsi (cvc-type.3.1.1). */
function noAttributes(run: Run, element: XmlElement): AttributeValues {
  for (const { name, at } of element.attributes) {
    if (name.namespace === XSI_NAMESPACE && xsiNames.has(name.local)) continue;
    if (name.namespace === "http://www.w3.org/2000/xmlns/") continue;
    issue(
      run,
      at,
      "unexpected-attribute",
      `the attribute ${show(name)} is not declared: the element has a simple type`,
      "cvc-type.3.1.1",
    );
  }
  return noValues;
}

// ---------------------------------------------------------------------------------------------- identity constraints

/** Opens selections for constraints whose selector leads to this element. */
function select(
  run: Run,
  element: XmlElement,
  names: readonly QName[],
): readonly (readonly [Watch, Selection])[] {
  if (run.watches.length === 0) return none;
  const started: [Watch, Selection][] = [];
  for (const watch of run.watches) {
    const below = names.slice(watch.depth);
    const { selector, fields } = pathsOf(watch.constraint);
    if (!selector.some((path) => matchesPath(path, below))) continue;
    const selection: Selection = {
      depth: names.length,
      at: element.at.start,
      span: element.at,
      values: fields.map(() => undefined),
      twice: fields.map(() => false),
    };
    watch.selections.push(selection);
    started.push([watch, selection]);
  }
  return started;
}

/** Gives the values of a finished element and of its attributes to the fields that lead to them. */
function collect(
  run: Run,
  element: XmlElement,
  names: readonly QName[],
  attributes: AttributeValues,
  value: Value | undefined,
  hasText: boolean,
): void {
  for (const watch of run.watches) {
    if (watch.selections.length === 0) continue;
    const { fields } = pathsOf(watch.constraint);
    for (const selection of watch.selections) {
      if (selection.depth > names.length) continue;
      const below = names.slice(selection.depth);
      fields.forEach((paths, index) => {
        const seen = new Set<string>();
        const give = (node: string, found: Value | undefined): void => {
          // Alternatives of one path may lead to the same node: a node-set holds it once.
          if (found === undefined || seen.has(node)) return;
          seen.add(node);
          if (selection.values[index] !== undefined) selection.twice[index] = true;
          selection.values[index] = found;
        };
        for (const path of paths) {
          if (!matchesPath(path, below)) continue;
          const { attribute } = path;
          if (attribute === undefined) {
            if (!hasText) {
              issue(
                run,
                element.at,
                "field-without-value",
                `a field of "${watch.constraint.name.local}" leads to an element without simple content`,
                "cvc-identity-constraint.3",
              );
            }
            give("", value);
          } else
            for (const [id, entry] of attributes)
              if (matchesTest(attribute, entry.name)) give(id, entry.value);
        }
      });
    }
  }
}

function finishSelection(run: Run, watch: Watch, selection: Selection, _depth: number): void {
  watch.selections.splice(watch.selections.indexOf(selection), 1);
  const { constraint, table } = watch;
  const name = constraint.name.local;
  if (selection.twice.includes(true)) {
    issue(
      run,
      selection.span,
      "field-twice",
      `a field of "${name}" finds more than one value`,
      "cvc-identity-constraint.3",
    );
    return;
  }
  const row: Row = { values: [...selection.values], at: selection.at };
  if (row.values.includes(undefined)) {
    if (constraint.kind === "key") {
      issue(
        run,
        selection.span,
        "incomplete-key",
        `a field of the key "${name}" is absent`,
        "cvc-identity-constraint.4.2.1",
      );
    }
    return;
  }
  if (constraint.kind !== "keyref" && table.find(row) !== undefined) {
    issue(
      run,
      selection.span,
      "repeated-key",
      `the values of "${name}" stand here a second time: ${showRow(row)}`,
      `cvc-identity-constraint.4.${constraint.kind === "key" ? "2.2" : "1"}`,
    );
    return;
  }
  table.add(row);
}

function showRow({ values }: Row): string {
  return values.map((value) => (value?.kind === "atomic" ? `"${value.text}"` : "(list)")).join(", ");
}

/** Closes an element: its keys become visible further out, its keyrefs are looked up. */
function finishScope(run: Run, element: XmlElement, watches: readonly Watch[]): void {
  const inherited = run.scopes.pop();
  if (inherited === undefined && watches.length === 0) return;
  const scope = inherited ?? new Map<string, Table>();
  for (const { constraint, table } of watches) {
    if (constraint.kind === "keyref") continue;
    const inner = scope.get(constraint.id);
    // What the element itself has goes before what its children bring.
    if (inner !== undefined) for (const row of inner.all()) if (table.find(row) === undefined) table.add(row);
    scope.set(constraint.id, table);
  }
  for (const { constraint, table } of watches) {
    if (constraint.kind !== "keyref" || constraint.refer === undefined) continue;
    const keys = scope.get(constraint.refer);
    for (const row of table.all()) {
      const key = keys?.find(row);
      if (key !== undefined && key.ambiguous !== true) continue;
      issue(
        run,
        { ...element.at, start: row.at },
        "dangling-keyref",
        key === undefined
          ? `the keyref "${constraint.name.local}" finds no key: ${showRow(row)}`
          : `the keyref "${constraint.name.local}" finds its key in more than one place: ${showRow(row)}`,
        "cvc-identity-constraint.4.3",
      );
    }
  }
  // Node tables go upwards, as far as a keyref further out may ask for them.
  for (const [id, table] of scope) {
    if (run.scopes.length === 0 || !run.watches.some(({ constraint }) => constraint.refer === id)) continue;
    const outer = run.scopes.at(-1) ?? new Map<string, Table>();
    run.scopes[run.scopes.length - 1] = outer;
    const there = outer.get(id) ?? new Table();
    outer.set(id, there);
    for (const row of table.all()) {
      const same = there.find(row);
      // Where two children bring the same key, it is no longer unambiguous (clause 3.11.5).
      if (same === undefined) there.add({ ...row });
      else same.ambiguous = true;
    }
  }
}
