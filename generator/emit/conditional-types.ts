/** The union of the types that the attributes of an element choose, as TypeScript. */
import { anyTypeId } from "../model/builtins.js";
import { typeOf } from "../model/query.js";
import { attributesOf, type ShapeAttribute } from "../model/shape.js";
import type { TypeId } from "../model/types.js";
import { conditionalTableOf, literalsOf, type ConditionalKey } from "./conditionals.js";
import { branchesOf, simpleText } from "./declarations.js";
import type { Declaration } from "./declarations.js";
import type { At, Scope } from "./scope.js";
import { tsdoc } from "./docs.js";
import { simpleType, type Plan } from "./plan.js";
import { printString } from "./print.js";
import { objectText, propertyName, unionText, type Property } from "./texts.js";
import { hasLiterals } from "./values.js";

/** The declarations of one table of alternatives: the union to write, and the one that is read. */
export function conditionalDeclarations(
  plan: Plan,
  scope: Scope,
  key: ConditionalKey,
): readonly Declaration[] {
  const { name, readName, local } = plan.input.names.conditional(key);
  const docs = tsdoc({ summary: `What the attributes of \`${local}\` choose; \`$type\` tells which it is.` });
  const text = conditionalText({ plan, scope, mode: "write" }, key);
  const readText = conditionalText({ plan, scope, mode: "read" }, key);
  return [
    { kind: "type", name, docs, type: text },
    { kind: "type", name: readName, docs, type: readText },
  ];
}

/** The type arguments of its descriptor. */
export function conditionalArguments(plan: Plan, scope: Scope, key: ConditionalKey): readonly string[] {
  const { namespace, name, readName } = plan.input.names.conditional(key);
  return [scope.symbol(namespace, name, "type"), scope.symbol(namespace, readName, "type")];
}

function conditionalText(at: At, key: ConditionalKey): string {
  const { alternatives, otherwise } = conditionalTableOf(key);
  /** What earlier alternatives take, by attribute. */
  const taken = new Map<string, Set<string>>();
  const parts = new Set<string>();
  const add = (type: TypeId, known: readonly Property[]): void => {
    for (const [text, optional] of typeTexts(at, type, known))
      // What stands there with a `$type` or without it does so with it.
      if (optional === undefined || !parts.has(optional)) parts.add(text);
  };
  for (const { condition, type } of alternatives) {
    const literals = literalsOf(condition);
    const known = taken.get(literals?.attribute ?? "") ?? new Set();
    const values = literals?.values.filter((value) => !known.has(value)) ?? [];
    if (literals !== undefined) taken.set(literals.attribute, new Set([...known, ...values]));
    if (type === undefined) continue;
    const given =
      literals &&
      narrowed(at, type, literals.attribute, (all) => all?.filter((one) => values.includes(one)) ?? values);
    add(type, given === undefined ? [] : [{ ...given, optional: false }]);
  }
  if (otherwise !== undefined) {
    // A value that an enumeration closes, and no alternative takes, is left for the last.
    const rest =
      at.mode === "read"
        ? []
        : [...taken].flatMap(
            ([attribute, values]) =>
              narrowed(at, otherwise, attribute, (all) => all?.filter((one) => !values.has(one))) ?? [],
          );
    if (!rest.some(({ type, optional }) => type === "never" && !optional)) add(otherwise, rest);
  }
  return unionText([...parts]);
}

/** The property of an attribute of a type with some of its values; `undefined` where its type says no more than it did. */
function narrowed(
  at: At,
  id: TypeId,
  name: string,
  choose: (all: readonly string[] | undefined) => readonly string[] | undefined,
): Property | undefined {
  const { plan } = at;
  const found = attributeNamed(plan, id, name);
  // One that comes from further out need not stand here.
  if (found === undefined || plan.isInherited(found.use.name.local)) return undefined;
  const type = simpleType(plan.model, found.use.type);
  const place = { name: found.use.name.local, key: found.key };
  if (type.variety !== "atomic" || plan.scalars.representation(type, place) !== "string") return undefined;
  const all = hasLiterals(plan, type, place)
    ? (type.facets.enumeration ?? []).map(({ value }) => value)
    : undefined;
  const values = choose(all);
  return (
    values && {
      name: propertyName(found.property),
      type: unionText(values.map(printString)),
      optional: !found.use.required,
      docs: "",
    }
  );
}

function attributeNamed({ model }: Plan, id: TypeId, name: string): ShapeAttribute | undefined {
  const type = typeOf(model, id);
  if (type?.kind !== "complex" || id === anyTypeId) return undefined;
  return attributesOf(model, id).find(({ use }) => {
    const { namespace, local } = use.name;
    return (namespace === "" ? local : `{${namespace}}${local}`) === name;
  });
}

/** A type, or it and those derived from it, with what is known of its attributes; beside each what it is with `$type` optional. */
function typeTexts(
  at: At,
  id: TypeId,
  known: readonly Property[],
): readonly (readonly [text: string, optional?: string])[] {
  const type = typeOf(at.plan.model, id);
  if (type?.kind === "simple") return [[simpleText(at, id, undefined)]];
  return branchesOf(at, id).map(([name, tag]) => {
    const text = (properties: readonly Property[]): string =>
      properties.length === 0 ? name : `(${name} & ${objectText(properties)})`;
    return tag === undefined
      ? [text(known)]
      : [text([...known, tag]), text([...known, { ...tag, optional: true }])];
  });
}
