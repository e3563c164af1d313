/**
 * Validates documents against a model: content, occurrence, types, facets, `xsi:type`, `xsi:nil`, wildcards, identity
 * constraints, ID and IDREF (XML Schema Part 1, clauses 3.3.4, 3.4.4, 3.10.4, 3.11.4, 3.14.4).
 */
import type { Report } from "../diagnostics.js";
import { anyTypeId } from "../model/builtins.js";
import {
  ancestry,
  elementsOf,
  isDerivedFrom,
  simpleContentOf,
  typeOf,
  wildcardAdmits,
} from "../model/query.js";
import {
  idOf,
  type ComplexType,
  type ElementParticle,
  type Model,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
  type Wildcard,
} from "../model/types.js";
import type { Value } from "../model/values.js";
import type { ConditionContext } from "../../templates/runtime/descriptor.js";
import { collapse } from "../../templates/runtime/forms.js";
import type { XmlElement } from "../schema/types.js";
import { suggestionHint } from "../suggestion.js";
import { validateAttributes } from "./attributes.js";
import { atEnd, endsAt, expected, move, startOf, type State, type Vocabulary } from "./content.js";
import { governingType, inheritedFrom, typeNamed, type Declaration } from "./governing-type.js";
import { createIdentity, type Identity } from "./identity.js";
import { isElement, issue, show, xsiAttribute, type Run, type ValidateOptions } from "./run.js";
import { createValues, type Values } from "./values.js";

/** A walk through a document. */
interface Walk extends Run {
  readonly vocabulary: Vocabulary;
  readonly values: Values;
  readonly identity: Identity;
  /** Attributes that conditions on elements see from further out, nearest first (XSD 1.1). */
  inherited: ConditionContext;
}

/** Validates a document; issues go to the report as errors, with the clause that is broken. */
export function validateDocument(
  model: Model,
  root: XmlElement,
  report: Report,
  options: ValidateOptions = {},
): void {
  const run: Run = { model, report, options, path: [root], issues: 0 };
  const declaration = options.type === undefined ? model.elements[idOf(root.name)] : undefined;
  if (declaration === undefined && options.type === undefined && xsiAttribute(root, "type") === undefined) {
    issue(run, root.at, "unknown-root", `no element ${show(root.name)} is declared`, "cvc-elt.1", {
      hint: () =>
        suggestionHint(
          root.name.local,
          Object.values(model.elements).map((element) => element.name.local),
        ),
    });
    return;
  }
  const walk: Walk = Object.assign(run, {
    vocabulary: { substitutions: model.substitutions, unqualified: options.unqualified ?? false },
    values: createValues(run),
    identity: createIdentity(run),
    inherited: [],
  });
  validateElement(walk, root, declaration ?? anything(options.type ?? anyTypeId));
  walk.values.finish();
}

function anything(type: TypeId): Declaration {
  return { type, nillable: true, abstract: false, block: [], constraints: [], isMissing: true };
}

/** Clause cvc-elt. */
function validateElement(walk: Walk, element: XmlElement, declaration: Declaration): void {
  if (declaration.abstract) {
    issue(
      walk,
      element.at,
      "abstract-element",
      `${show(element.name)} is abstract: a member of its substitution group must stand here`,
      "cvc-elt.2",
    );
  }
  const type = governingType(walk, element, declaration, walk.inherited);
  if (type === undefined) return;
  const { identity } = walk;
  const opened = identity.open(declaration.constraints);
  const nil = readNil(walk, element, declaration);
  const attributes = validateAttributes(walk, walk.values, element, type);
  let value: Value | undefined;
  if (nil) {
    if (element.children.length > 0) {
      issue(walk, element.at, "content-of-nil", "an element with xsi:nil must be empty", "cvc-elt.3.2.1");
    }
  } else {
    const { inherited } = walk;
    if (type.kind === "complex") walk.inherited = inheritedFrom(element, type, inherited);
    value = validateContent(walk, element, type, declaration);
    walk.inherited = inherited;
  }
  identity.close(opened, type, attributes, value, declaration.nillable);
}

/** Clause cvc-elt.3. */
function readNil(walk: Walk, element: XmlElement, declaration: Declaration): boolean {
  const attribute = xsiAttribute(element, "nil");
  if (attribute === undefined) return false;
  const text = collapse(attribute.value);
  if (!/^(?:true|false|0|1)$/u.test(text)) {
    issue(
      walk,
      attribute.at,
      "invalid-value",
      `xsi:nil is "${text}", which is no boolean`,
      "cvc-datatype-valid",
      { expects: "true or false" },
    );
    return false;
  }
  if (!declaration.nillable) {
    issue(walk, attribute.at, "not-nillable", "the element is not nillable", "cvc-elt.3.1");
    return false;
  }
  if (declaration.isMissing) return false;
  const nil = text === "true" || text === "1";
  if (nil && declaration.fixed !== undefined) {
    issue(
      walk,
      attribute.at,
      "nil-of-fixed",
      "an element with a fixed value may not be nil",
      "cvc-elt.3.2.2",
    );
  }
  return nil;
}

function validateContent(
  walk: Walk,
  element: XmlElement,
  type: TypeDefinition,
  declaration: Declaration,
): Value | undefined {
  const simple = simpleContentOf(walk.model, type);
  if (simple !== undefined) return validateText(walk, element, simple, declaration);
  if (type.kind === "complex") {
    walk.options.assess?.(element, type);
    validateChildren(walk, element, type, declaration);
  }
  return undefined;
}

/** Simple content: text only, valid for its type, equal to a fixed value (cvc-elt.5). */
function validateText(
  walk: Walk,
  element: XmlElement,
  type: SimpleType,
  declaration: Declaration,
): Value | undefined {
  let text = "";
  for (const child of element.children) {
    if ("name" in child) {
      issue(
        walk,
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
  walk.options.assess?.(element, type, used);
  // Most texts are valid at a glance, and a value is needed for keys alone.
  const { values, identity } = walk;
  if (!identity.isInForce() && declaration.fixed === undefined && values.isPlain(type, used))
    return undefined;
  const value = values.read(type, used, element, "cvc-type.3.1.3", isPreset ? undefined : element);
  if (
    declaration.fixed !== undefined &&
    text !== "" &&
    value !== undefined &&
    !values.isFixed(type, declaration.fixed, value)
  ) {
    issue(
      walk,
      element.at,
      "not-the-fixed-value",
      `the value must be "${declaration.fixed}"`,
      "cvc-elt.5.2.2.2.2",
    );
  }
  return value;
}

function validateChildren(
  walk: Walk,
  element: XmlElement,
  type: ComplexType,
  declaration: Declaration,
): void {
  const { content } = type;
  const isAny = type.id === anyTypeId;
  const mixed = isAny || (content.kind === "elements" && content.mixed);
  if (!mixed) {
    for (const child of element.children) {
      if ("name" in child || /^[ \t\r\n]*$/u.test(child.text)) continue;
      issue(
        walk,
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
    issue(walk, element.at, "unexpected-text", "the element must be empty", "cvc-complex-type.2.1");
  }
  if (declaration.fixed !== undefined && mixed) checkMixedFixed(walk, element, declaration.fixed);

  let position = particle === undefined ? atEnd : startOf(walk.vocabulary, particle);
  let lost = false;
  // Of open content in suffix mode nothing declared may follow (XSD 1.1, cvc-complex-content).
  let closed = false;
  for (const child of element.children) {
    if (!("name" in child)) continue;
    walk.path.push(child);
    if (isAny) validateWild(walk, child, "lax");
    else if (!lost) {
      const found = closed ? undefined : move(walk.vocabulary, position, child.name);
      const taken = found?.taken;
      if (found === undefined || taken === undefined) {
        const open = content.kind === "elements" ? content.open : undefined;
        const fits = open?.mode !== "suffix" || closed || endsAt(position);
        if (open !== undefined && fits && wildcardAdmits(open.wildcard, idOf(child.name))) {
          closed = open.mode === "suffix";
          validateWild(walk, child, open.wildcard.process);
        } else {
          lost = true;
          unexpected(walk, child, position.states);
        }
      } else {
        position = found.to;
        if (taken.leaf.kind === "any") {
          const { process } = taken.leaf.wildcard;
          if (process !== "skip" && walk.options.version === "1.1") checkConsistent(walk, child, type);
          validateWild(walk, child, process);
        } else validateElement(walk, child, declarationOf(walk.model, taken.leaf, taken.substitute));
      }
    }
    walk.path.pop();
  }
  if (!isAny && !lost && !endsAt(position)) {
    const next = expected(position.states);
    // Clause 3.8.4.2: a choice takes what one of its particles takes.
    const problem =
      next.length === 0
        ? "nothing is valid content here: the schema has an xs:choice without anything to choose from"
        : `the content ends too early: ${describe(next)}`;
    issue(walk, element.at, "missing-element", problem, "cvc-complex-type.2.4", { expects: wordsOf(next) });
  }
}

/**
 * What a wildcard takes under a name that the content declares, or that of a base type did, must have a type that could stand
 * there (clause cvc-complex-type.5 of XSD 1.1).
 */
function checkConsistent(walk: Walk, child: XmlElement, type: ComplexType): void {
  const { model } = walk;
  const attribute = xsiAttribute(child, "type");
  const governing =
    attribute === undefined ? model.elements[idOf(child.name)]?.type : typeNamed(child, attribute).id;
  if (governing === undefined || typeOf(model, governing) === undefined) return;
  const local = ancestry(model, type.id)
    .flatMap((each) => (each.kind === "complex" ? contentElements(each) : []))
    .find(({ name }) => name.local === child.name.local && name.namespace === child.name.namespace);
  if (local === undefined || isDerivedFrom(model, governing, local.type, local.block)) return;
  issue(
    walk,
    child.at,
    "inconsistent-type",
    `the wildcard lets in ${show(child.name)} with a type that does not derive from the one that the content declares for the name`,
    "cvc-complex-type.5",
  );
}

function contentElements({ content }: ComplexType): readonly ElementParticle[] {
  return content.kind === "elements" ? elementsOf(content.particle) : [];
}

function checkMixedFixed(walk: Walk, element: XmlElement, fixed: string): void {
  if (element.children.some(isElement)) {
    issue(
      walk,
      element.at,
      "not-the-fixed-value",
      `an element with the fixed value "${fixed}" has no child elements`,
      "cvc-elt.5.2.2.1",
    );
    return;
  }
  const text = element.children.map((child) => (isElement(child) ? "" : child.text)).join("");
  if (text !== "" && text !== fixed) {
    issue(walk, element.at, "not-the-fixed-value", `the value must be "${fixed}"`, "cvc-elt.5.2.2.2.1");
  }
}

function declarationOf(model: Model, leaf: ElementParticle, substitute: string | undefined): Declaration {
  const id = substitute ?? leaf.ref;
  return (id === undefined ? undefined : model.elements[id]) ?? leaf;
}

function unexpected(walk: Walk, child: XmlElement, states: readonly (State | undefined)[]): void {
  const next = expected(states);
  const names = next.flatMap((leaf) => (leaf.kind === "element" ? [leaf.name] : []));
  const hint = (): string | undefined => {
    const sameLocal = names.find((name) => name.local === child.name.local);
    return sameLocal === undefined
      ? suggestionHint(
          child.name.local,
          names.map(({ local }) => local),
        )
      : `the schema has it ${sameLocal.namespace === "" ? "without a namespace" : `in the namespace "${sameLocal.namespace}"`}`;
  };
  issue(
    walk,
    child.at,
    "unexpected-element",
    `${show(child.name)} may not stand here: ${describe(next)}`,
    "cvc-complex-type.2.4",
    { hint, expects: wordsOf(next) },
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
function validateWild(walk: Walk, element: XmlElement, process: Wildcard["process"]): void {
  if (process === "skip") return;
  const declaration = walk.model.elements[idOf(element.name)];
  if (declaration !== undefined) {
    validateElement(walk, element, declaration);
    return;
  }
  if (xsiAttribute(element, "type") !== undefined) {
    validateElement(walk, element, anything(anyTypeId));
    return;
  }
  if (process === "strict") {
    issue(
      walk,
      element.at,
      "undeclared-element",
      `no element ${show(element.name)} is declared, and the wildcard asks for one`,
      "cvc-wildcard",
    );
    return;
  }
  validateElement(walk, element, anything(anyTypeId));
}
