// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What documents are validated by, worked out once for each type. */
import { findMisplaced } from "./content-model.js";
import type { Any, Field, Member, SimpleType, Slot, SlotModel, Struct, Wildcard } from "./descriptor.js";
import { allows, follow, type Plan } from "./plan.js";
import { quickTest, type QuickTest } from "./quick.js";

const quickTests = /*#__PURE__*/ new WeakMap<SimpleType, QuickTest | null>();

/** The quick test of a simple type; `null`: there is none. */
export function quickTestOf(type: SimpleType): QuickTest | null {
  let test = quickTests.get(type);
  if (test === undefined) {
    test = null;
    if (type.kind === "atomic") {
      const { builtin, facets = {}, values } = type;
      test = quickTest(builtin, facets, values?.map(String), facets.matches) ?? null;
    }
    quickTests.set(type, test);
  }
  return test;
}

/** What validation has to know of a plan. */
export interface Facts {
  /** Each element has one place of its own, so that order and number say all. */
  readonly isOrdered: boolean;
  /** There may be nothing, not even white space. */
  readonly isEmpty: boolean;
  /** Always doubtful: abstract, or with attributes that refer to IDs although they are not written. */
  readonly isDoubtful: boolean;
  /** All of the content as one model. */
  readonly content: Slot;
}

const facts = /*#__PURE__*/ new WeakMap<Plan, Facts>();

/** The facts about a plan. */
export function factsOf(plan: Plan): Facts {
  let known = facts.get(plan);
  if (known === undefined) {
    const { attributes, entries, mixed, struct, text, wildcards } = plan;
    known = {
      isOrdered: isOrdered(plan),
      isEmpty: entries.length + wildcards.length === 0 && !text && !mixed,
      isDoubtful:
        struct.abstract === true ||
        attributes.some(
          ({ fixed, default: preset = fixed, type }) =>
            preset !== undefined && !quickTestOf(follow(type))?.(preset),
        ),
      content: contentOf(plan),
    };
    facts.set(plan, known);
  }
  return known;
}

function isOrdered({ all, entries, struct, wildcards }: Plan): boolean {
  if (wildcards.length > 0 || new Set(entries.map(({ expanded }) => expanded)).size < entries.length)
    return false;
  const places = new Set<string>();
  let levels = 0;
  const visit = (members: NonNullable<Struct["content"]>): boolean =>
    members.every((member) => {
      if ("choice" in member) return member.choice.every(visit);
      if ("any" in member || ("slot" in member && !isFree(member))) return false;
      return places.size < places.add("slot" in member ? member.slot : (member.property ?? member.name)).size;
    });
  for (let at: Struct | undefined = struct; at; at = at.base && follow(at.base)) {
    if (at.content?.length) levels++;
    if (!visit(at.content ?? [])) return false;
  }
  return !all || levels < 2;
}

/** May the items of a slot come in any order and number? */
function isFree({ items, model, min }: Slot): boolean {
  if (!model) return true;
  if (items.some((item) => "any" in item)) return false;
  return (
    "group" in model &&
    model.group === "choice" &&
    model.max === Infinity &&
    (model.min ?? 1) <= (min ?? 1) &&
    (model.min ?? 1) <= 1 &&
    model.parts.length > 0 &&
    model.parts.every((part) => "item" in part && (part.min ?? 1) <= 1 && (part.max ?? 1) >= 1)
  );
}

/** The content of a struct as one model. */
function contentOf(plan: Plan): Slot {
  const items: (Field | Any)[] = [];
  const modelOf = (member: Member, ns: string): SlotModel => {
    if ("choice" in member) {
      const parts = member.choice.map((branch): SlotModel => ({
        group: "sequence",
        parts: branch.map((one) => modelOf(one, ns)),
      }));
      return { group: "choice", parts, min: member.min ?? 1 };
    }
    if ("slot" in member) {
      const first = items.length;
      for (const item of member.items) items.push("any" in item ? item : { ns, ...item });
      return member.model ? shifted(member.model, first) : { group: "sequence", parts: [] };
    }
    const item = items.push("any" in member ? member : { ns, ...member }) - 1;
    const { min = 1, max = 1 } = member;
    return { item, min: "omitted" in member && member.omitted ? 0 : min, max };
  };
  const parts: SlotModel[] = [];
  for (let at: Struct | undefined = plan.struct; at; at = at.base && follow(at.base)) {
    const { content = [], ns } = at;
    parts.unshift(...content.map((member) => modelOf(member, ns)));
  }
  return {
    slot: "",
    items,
    model: { group: plan.all ? "all" : "sequence", parts },
    check: findMisplaced,
  };
}

function shifted(model: SlotModel, by: number): SlotModel {
  return "item" in model
    ? { ...model, item: model.item + by }
    : { ...model, parts: model.parts.map((part) => shifted(part, by)) };
}

/** The wildcard that lets an attribute in; that of the type itself holds what inherited ones let in as well. */
export function wildcardOf(plan: Plan, uri: string, local: string): Wildcard | undefined {
  return plan.anyAttribute.filter((one) => allows(one, uri, local)).at(-1);
}
