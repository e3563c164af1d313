/** The type that governs an element (clause cvc-elt.4): the declared one, one that its attributes choose, or `xsi:type`. */
import type { Span } from "../diagnostics.js";
import { xsdId } from "../model/builtins.js";
import { isDerivedFrom, typeOf, typeTableOf } from "../model/query.js";
import type {
  ComplexType,
  DerivationMethod,
  ElementDeclaration,
  ElementParticle,
  TypeDefinition,
  TypeId,
} from "../model/types.js";
import { holds, withInherited } from "../../templates/runtime/condition.js";
import type { ConditionContext } from "../../templates/runtime/descriptor.js";
import { collapse } from "../../templates/runtime/forms.js";
import { expand } from "../../templates/runtime/plan.js";
import { XMLNS_NAMESPACE } from "../schema/names.js";
import type { XmlAttribute, XmlElement } from "../schema/types.js";
import { suggestionHint } from "../suggestion.js";
import { issue, nameOf, show, xsiAttribute, type Run } from "./run.js";

/** What an element is declared as, whether globally or in content. */
export type Declaration = Pick<
  ElementParticle | ElementDeclaration,
  "type" | "nillable" | "abstract" | "block" | "constraints" | "alternatives"
> & {
  readonly default?: string;
  readonly fixed?: string;
  readonly extent?: Span;
  /** There is no declaration, so that what is asked of one does not apply. */
  readonly isMissing?: boolean;
};

/**
 * The type of an element, which may be the wrong one where `xsi:type` names none that is allowed; undefined where there is none to
 * go by. Either is reported. `inherited` are attributes from further out, nearest first.
 */
export function governingType(
  run: Run,
  element: XmlElement,
  declaration: Declaration,
  inherited: ConditionContext,
): TypeDefinition | undefined {
  const type = chosenType(run, element, declaration, inherited);
  if (type === undefined) return undefined;
  if (isIncomplete(run, declaration) || isIncomplete(run, type)) {
    issue(
      run,
      element.at,
      "incomplete-declaration",
      `the declaration of ${show(element.name)} refers to something that the schema does not declare`,
      "cvc-type.1",
    );
    return undefined;
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
  return type;
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

function chosenType(
  run: Run,
  element: XmlElement,
  declaration: Declaration,
  inherited: ConditionContext,
): TypeDefinition | undefined {
  const { model } = run;
  const selected = selectedType(element, declaration, inherited);
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
  const text = collapse(attribute.value);
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
      {
        hint: () =>
          suggestionHint(
            local,
            Object.values(model.types).flatMap(({ name }) => (name === undefined ? [] : [name.local])),
          ),
      },
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
export function typeNamed(
  { namespaces }: XmlElement,
  { value }: XmlAttribute,
): { readonly prefix: string; readonly local: string; readonly id?: TypeId } {
  const text = collapse(value);
  const [prefix = "", local = ""] = text.includes(":") ? text.split(/:(.*)/su) : ["", text];
  const namespace = namespaces.get(prefix);
  return prefix !== "" && namespace === undefined
    ? { prefix, local }
    : { prefix, local, id: `{${namespace ?? ""}}${local}` };
}

/** The type that the attributes of an element choose, where it has alternatives (Part 1 of XSD 1.1, clause 3.12.4). */
function selectedType(element: XmlElement, declaration: Declaration, inherited: ConditionContext): TypeId {
  const table = typeTableOf(declaration);
  if (table === undefined) return declaration.type;
  const own = element.attributes
    .filter(({ name }) => name.namespace !== XMLNS_NAMESPACE)
    .map(({ name, value }) => [expand(name.namespace, name.local), value] as const);
  const attributes = withInherited(own, inherited);
  const chosen = table.find(({ condition }) => condition === undefined || holds(condition, attributes));
  return chosen?.type ?? declaration.type;
}

/** What elements below see of the attributes of one (Part 1 of XSD 1.1, clause 3.3.5.6). */
export function inheritedFrom(
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
