/** One value prescribed in one release only: what its type lets through beside that value does not matter there. */
import { simpleTypeOf } from "../model/query.js";
import type { SimpleType } from "../model/types.js";
import { builtinOf } from "../model/values.js";
import { worst } from "./judge.js";
import { valueSides } from "./place.js";
import type { Comparison, FactDetails, Place } from "./place.js";
import { findRule } from "./rules.js";
import type { Fact, SourceVerdicts, Verdict } from "./types.js";
import { acceptsText, isSameText, type Valued } from "./values.js";

/** What to tell of a fixed value that came or went together with another type, which then is not told again. */
export interface FixedWithType {
  readonly details: FactDetails;
  /** The other release knows no other value either. */
  readonly isSame: boolean;
  /** An empty element is valid in the other release, as it is where the value is fixed. */
  readonly keepsEmpty: boolean;
}

/** Undefined where this does not apply: the value is fixed on both sides or none, or the other type does not have it. */
export function fixedWithType(
  comparison: Comparison,
  old: Valued,
  current: Valued,
  place: Place,
  kind: "attribute" | "element",
): FixedWithType | undefined {
  if ((old.fixed === undefined) === (current.fixed === undefined)) return undefined;
  const { before, after } = comparison;
  const [was, is] = [simpleTypeOf(before, old.type), simpleTypeOf(after, current.type)];
  if (was === undefined || is === undefined || builtinOf(was) !== builtinOf(is)) return undefined;
  if (was.variety !== "atomic" || is.variety !== "atomic") return undefined;
  if (was.facets.whiteSpace !== is.facets.whiteSpace) return undefined;
  const removed = old.fixed !== undefined;
  const [text, model, other] = removed
    ? [old.fixed, after, { ...current, simple: is }]
    : [current.fixed ?? "", before, { ...old, simple: was }];
  if (!acceptsText(model, other.type, text)) return undefined;
  const facts = comparison.factsOfTypeUse(old.type, current.type, place);
  if (facts.length === 0) return undefined;
  const values = other.simple.facets.enumeration?.map(({ value }) => value);
  const isSame =
    values?.every((value) =>
      isSameText({ model, type: other.type, text: value }, { model, type: other.type, text }),
    ) ?? false;
  const words = isSame ? `${text}, listed` : (values?.join(" | ") ?? wordsOf(other.simple));
  const fixed = isSame ? `${text}, fixed` : text;
  return {
    details: {
      ...valueSides(removed ? fixed : words, removed ? words : fixed),
      source: sourceOf(facts, `${kind}.fixed.${removed ? "removed" : "added"}`),
      ...(isSame && { tolerant: "safe" as const }),
    },
    isSame,
    keepsEmpty: acceptsText(model, other.type, "") || other.default !== undefined,
  };
}

function wordsOf({ name, builtin }: SimpleType): string {
  return name?.local ?? `xs:${(builtin ?? "").replace(/^.*\}/u, "")}`;
}

/** The worst for code that the value and the type say. */
function sourceOf(facts: readonly Fact[], rule: string): SourceVerdicts {
  const column = (name: keyof SourceVerdicts): Verdict =>
    worst(
      ...[{ rule, source: undefined }, ...facts].map(({ rule: each, source }) => {
        const verdict = source?.[name] ?? findRule(each)?.[name] ?? "safe";
        return verdict === "by-case" ? "dangerous" : verdict;
      }),
    );
  return { read: column("read"), build: column("build"), meta: column("meta") };
}
