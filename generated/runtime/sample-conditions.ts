// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Attributes of made-up values, so that they choose the type that the value is of (conditions of XSD 1.1). */
import type { Condition, Conditional, ConditionContext, ExpandedName, Type } from "./descriptor.js";
import { expand, familyOf, follow, planOf, propertyOf } from "./plan.js";
import { prefixOf, readText } from "./sample-texts.js";

/** More combinations of attributes than this are not tried. */
const most = 4096;

/** The type that a value with these attributes around it is of; `undefined`: it may not stand there. */
export function chosenFor(type: Conditional, value: unknown, inherited: ConditionContext): Type | undefined {
  const { conditions } = type;
  const ref = conditions.choose(type, conditions.attributesOf(type, value, prefixOf), inherited);
  return ref && follow(ref);
}

/** Gives a value of a type the attributes by which it is chosen; false where none are found. */
export function suit(type: Conditional, target: Type, value: unknown, inherited: ConditionContext): boolean {
  const isChosen = (): boolean => chosenFor(type, value, inherited) === target;
  if (isChosen()) return true;
  const struct = structOf(target, value);
  if (!struct || typeof value !== "object" || value === null) return false;
  const object = value as Record<string, unknown>;
  const mentioned = mentionedIn(type);
  const choices = planOf(struct).attributes.flatMap((one): [property: string, values: unknown[]][] => {
    const texts = mentioned.get(expand(one.ns ?? "", one.name));
    if (!texts || one.fixed !== undefined) return [];
    const property = propertyOf(one);
    const found = [...texts]
      .map((text) => readText(follow(one.type), text))
      .filter((other) => other !== undefined);
    const absent = one.required ? [] : [undefined];
    return [[property, [object[property], ...found, ...absent]]];
  });
  const count = choices.reduce((product, [, values]) => product * values.length, 1);
  for (let k = 1; k < Math.min(count, most); k++) {
    let rest = k;
    for (const [property, values] of choices) {
      const other = values[rest % values.length];
      if (other === undefined) Reflect.deleteProperty(object, property);
      else object[property] = other;
      rest = Math.floor(rest / values.length);
    }
    if (isChosen()) return true;
  }
  return false;
}

/** What the value of a type that may be derived is of. */
function structOf(target: Type, value: unknown): Extract<Type, { kind: "struct" }> | undefined {
  if (target.kind === "struct") return target;
  if (target.kind !== "polymorphic") return undefined;
  const tag = (value as { $type?: unknown } | undefined)?.$type;
  const family = familyOf(target);
  const [, , ref] = family.find(([one]) => one === tag) ?? (family[0] as (typeof family)[0]);
  const found = follow(ref);
  return found.kind === "struct" ? found : undefined;
}

/** Texts that attributes are held against, and their neighbours, by the name of the attribute. */
function mentionedIn({ alternatives }: Conditional): ReadonlyMap<ExpandedName, ReadonlySet<string>> {
  const names = new Set<ExpandedName>();
  const texts = new Set(["true", "false", "1"]);
  const visit = (condition: Condition): void => {
    if (typeof condition === "string") {
      texts.add(condition);
      return;
    }
    switch (condition[0]) {
      case "@":
        names.add(condition[1]);
        break;
      case "cast":
        visit(condition[2]);
        break;
      case "integer":
      case "decimal":
      case "double":
        for (const step of [0, 1, -1]) texts.add(String(Number(condition[1]) + step));
        break;
      default: {
        const [, ...parts] = condition;
        parts.forEach(visit);
      }
    }
  };
  for (const [condition] of alternatives) visit(condition);
  return new Map([...names].map((name) => [name, texts]));
}
