/**
 * Every rule, as a row: the effect on the set of valid documents, and what it means for a reader that ignores
 * what it does not know and for TypeScript code that reads, builds, or talks about the type.
 *
 * Requests and validating readers need no column: the law in judge.ts derives them from the effect.
 */
import { attributesRules } from "./rules/attributes.js";
import { elementsRules } from "./rules/elements.js";
import { groupsRules } from "./rules/groups.js";
import { releasesRules } from "./rules/releases.js";
import { typesRules } from "./rules/types.js";
import { valuesRules } from "./rules/values.js";
import type { Rule, RuleId } from "./types.js";

/** All rules: elements, groups, attributes, simple types, types, schema, operations, notes. */
export const rules: readonly Rule[] = [
  ...elementsRules,
  ...groupsRules,
  ...attributesRules,
  ...valuesRules,
  ...typesRules,
  ...releasesRules,
];

const byId: ReadonlyMap<RuleId, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The row of a rule; undefined for an id that is not in the table. */
export function findRule(id: RuleId): Rule | undefined {
  return byId.get(id);
}
