/** Attributes of an element: declared ones, those that a wildcard lets in, those that are missing. */
import { XML_NAMESPACE, XSI_NAMESPACE, anySimpleTypeId, anyTypeId } from "../model/builtins.js";
import { simpleTypeOf, wildcardAdmits } from "../model/query.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type Model,
  type QName,
  type TypeDefinition,
  type TypeId,
  type Wildcard,
} from "../model/types.js";
import type { Value } from "../model/values.js";
import { XMLNS_NAMESPACE } from "../schema/names.js";
import type { XmlAttribute, XmlElement } from "../schema/types.js";
import { suggestionHint } from "../suggestion.js";
import { issue, show, type Run } from "./run.js";
import type { Values } from "./values.js";

const xsiNames: ReadonlySet<string> = new Set(["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"]);

/** Values of attributes by expanded name. */
export type AttributeValues = ReadonlyMap<
  string,
  { readonly name: QName; readonly value: Value | undefined }
>;

const noValues: AttributeValues = new Map();

/** Validates the attributes of an element; their values are for identity constraints. */
export function validateAttributes(
  run: Run,
  values: Values,
  element: XmlElement,
  type: TypeDefinition,
): AttributeValues {
  return type.kind === "complex"
    ? declaredAttributes(run, values, element, type)
    : noAttributes(run, element);
}

/** Clause cvc-complex-type.3 and 4. */
function declaredAttributes(
  run: Run,
  values: Values,
  element: XmlElement,
  type: ComplexType,
): AttributeValues {
  if (element.attributes.length === 0 && type.attributes.length === 0) return noValues;
  const found = new Map<string, { readonly name: QName; readonly value: Value | undefined }>();
  const isAny = type.id === anyTypeId;
  const uses = new Map(type.attributes.map((use) => [idOf(use.name), use]));
  const present = new Set<string>();
  const declaredId = type.attributes.some((use) => builtinOfType(run.model, use.type) === "ID");
  let wildIds = declaredId ? 1 : 0;
  for (const attribute of element.attributes) {
    const { name } = attribute;
    if (name.namespace === XMLNS_NAMESPACE) continue;
    const id = idOf(name);
    present.add(id);
    if (name.namespace === XSI_NAMESPACE && xsiNames.has(name.local)) {
      found.set(id, { name, value: textValue(attribute.value) });
      continue;
    }
    const use = uses.get(id);
    if (use !== undefined) {
      found.set(id, { name, value: validateAttribute(run, values, element, attribute, use) });
      continue;
    }
    const process = isAny ? "lax" : wildcardFor(type, id);
    if (process === undefined) {
      issue(
        run,
        attribute.at,
        "unexpected-attribute",
        `the attribute ${show(name)} is not declared`,
        "cvc-complex-type.3.2.2",
        {
          hint: () =>
            suggestionHint(
              name.local,
              type.attributes.map((other) => other.name.local),
            ),
        },
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
    found.set(id, { name, value: validateAttribute(run, values, element, attribute, declaration) });
  }
  for (const use of type.attributes) {
    const id = idOf(use.name);
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
    if (preset === undefined || simple === undefined) continue;
    const value = values.preset(simple, preset, element);
    if (value !== undefined) found.set(id, { name: use.name, value });
  }
  return found;
}

/** The value of an attribute without a declared type. */
function textValue(text: string): Value {
  return { kind: "atomic", builtin: "string", text, type: anySimpleTypeId };
}

function builtinOfType(model: Model, id: TypeId): string | undefined {
  const builtin = simpleTypeOf(model, id)?.builtin;
  return builtin?.slice(builtin.indexOf("}") + 1);
}

function wildcardFor({ anyAttribute }: ComplexType, id: string): Wildcard["process"] | undefined {
  return anyAttribute !== undefined && wildcardAdmits(anyAttribute, id) ? anyAttribute.process : undefined;
}

function validateAttribute(
  run: Run,
  values: Values,
  element: XmlElement,
  attribute: XmlAttribute,
  use: Pick<AttributeUse, "type" | "fixed">,
): Value | undefined {
  const type = simpleTypeOf(run.model, use.type) ?? simpleTypeOf(run.model, anySimpleTypeId);
  if (type === undefined) return undefined;
  run.options.assess?.(attribute, type, attribute.value);
  run.path.push(attribute);
  const value = values.read(type, attribute.value, attribute, "cvc-attribute.3", element);
  if (use.fixed !== undefined && value !== undefined && !values.isFixed(type, use.fixed, value)) {
    issue(run, attribute.at, "not-the-fixed-value", `the value must be "${use.fixed}"`, "cvc-attribute.4");
  }
  run.path.pop();
  return value;
}

/** An element of simple type has no attributes but those of xsi (cvc-type.3.1.1). */
function noAttributes(run: Run, element: XmlElement): AttributeValues {
  for (const { name, at } of element.attributes) {
    if (name.namespace === XSI_NAMESPACE && xsiNames.has(name.local)) continue;
    if (name.namespace === XMLNS_NAMESPACE) continue;
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
