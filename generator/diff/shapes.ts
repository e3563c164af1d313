/** What the change of a content model does to TypeScript: the objects of two types, property by property. */
import { attributesOf, membersOf, type ShapeMember } from "../model/shape.js";
import type { ComplexType, Model } from "../model/types.js";
import type { Comparison } from "./place.js";
import type { SourceVerdicts, Verdict } from "./types.js";

/** Two complex types being compared. */
export interface ComplexPair {
  readonly old: ComplexType;
  readonly current: ComplexType;
}

interface Property {
  readonly optional: boolean;
  readonly many: boolean;
  /** Items of ordered content, or the exclusive branches that it belongs to. */
  readonly group: string;
}

// By comparison first: releases share types that did not change, but not what derives from them.
const memo = new WeakMap<Comparison, WeakMap<ComplexType, WeakMap<ComplexType, SourceVerdicts>>>();

/** Verdicts on code that reads, builds, or lists the properties of a type whose content model changed. */
export function compareShapes(comparison: Comparison, { old, current }: ComplexPair): SourceVerdicts {
  const own = memo.get(comparison) ?? new WeakMap<ComplexType, WeakMap<ComplexType, SourceVerdicts>>();
  memo.set(comparison, own);
  const known = own.get(old)?.get(current);
  if (known !== undefined) return known;
  const before = propertiesOf(comparison.before, old);
  const after = propertiesOf(comparison.after, current);
  const verdicts = { read: false, build: false, meta: false };
  for (const [name, was] of before) {
    const is = after.get(name);
    // What came or went for good is told by findings of its own.
    if (is === undefined) {
      verdicts.meta = true;
      continue;
    }
    const reshaped = was.many !== is.many || (was.group !== is.group && (isItems(was) || isItems(is)));
    if (reshaped || (is.optional && !was.optional) || (was.group !== "" && was.group !== is.group)) {
      verdicts.read = true;
    }
    if (reshaped || (was.optional && !is.optional) || (is.group !== "" && was.group !== is.group)) {
      verdicts.build = true;
    }
  }
  for (const name of after.keys()) if (!before.has(name)) verdicts.meta = true;
  const word = (breaks: boolean): Verdict => (breaks ? "breaking" : "safe");
  const result = {
    read: word(verdicts.read),
    build: word(verdicts.build),
    meta: word(verdicts.meta || verdicts.read || verdicts.build),
  };
  const inner = own.get(old) ?? new WeakMap<ComplexType, SourceVerdicts>();
  own.set(old, inner.set(current, result));
  return result;
}

function isItems({ group }: Property): boolean {
  return group.startsWith("[");
}

function propertiesOf(model: Model, type: ComplexType): ReadonlyMap<string, Property> {
  const found = new Map<string, Property>();
  if (model.types[type.id] === undefined) return found;
  for (const { property, use } of attributesOf(model, type.id)) {
    found.set(property, { optional: !use.required, many: false, group: "" });
  }
  const visit = (members: readonly ShapeMember[], group: string): void => {
    for (const member of members) {
      switch (member.kind) {
        case "field":
        case "any":
          found.set(member.property, {
            optional: member.min === 0 || group !== "",
            many: member.max !== 1,
            group,
          });
          break;
        case "slot": {
          const names = member.items.map(({ property }) => property).sort();
          const signature = `[${names.join(" ")}]`;
          found.set(member.property, {
            optional: member.min === 0 || group !== "",
            many: true,
            group: signature,
          });
          break;
        }
        case "choice": {
          const names = member.branches.map((branch) =>
            branch.map((each) => namesOf(each).join(" ")).join(","),
          );
          // Flattened branches are optional members side by side.
          const signature = member.flattened ? group : `${group}(${names.join("|")}){${member.min}}`;
          for (const branch of member.branches) visit(branch, signature === "" ? "?" : signature);
        }
      }
    }
  };
  visit(membersOf(model, type.id), "");
  return found;
}

function namesOf(member: ShapeMember): readonly string[] {
  return member.kind === "choice" ? member.branches.flat().flatMap(namesOf) : [member.property];
}
