/** Ordered content with large substitution groups: one item for a head instead of one for each that may stand for it. */
import type { SlotModel } from "../../templates/runtime/descriptor.js";
import type { ShapeAny, ShapeField, ShapeSlot } from "../model/shape.js";
import type { ElementId, Model } from "../model/types.js";
import { addTo } from "../multimap.js";

/** The items of a slot and its content model over their indexes. */
export interface Slot {
  /** An item with `substitutes` stands for all of them. */
  readonly items: readonly (ShapeField | ShapeAny)[];
  readonly model?: SlotModel;
}

/** Slots of at least so many items are written once where several types of a module have the same: those of a group. */
const wide = 16;

export const isWide = ({ items }: Slot): boolean => items.length >= wide;

const slots = new WeakMap<ShapeSlot, Slot>();

/** The slot with the substitutes of each head in one item, where the content model never tells them apart. */
export function collapsedSlot(model: Model, slot: ShapeSlot): Slot {
  let known = slots.get(slot);
  if (known === undefined) slots.set(slot, (known = collapse(model, slot)));
  return known;
}

function collapse(model: Model, slot: ShapeSlot): Slot {
  const heads = new Map<ElementId, number[]>();
  slot.items.forEach((item, index) => {
    if (item.kind !== "field" || item.head === undefined) return;
    addTo(heads, item.head, index);
  });
  for (const [head, indexes] of heads) {
    if (indexes.length < 2 || !isAlwaysWhole(slot.model, new Set(indexes))) heads.delete(head);
  }
  if (heads.size === 0) return slot;

  const items: (ShapeField | ShapeAny)[] = [];
  const places = new Map<number, number>();
  const placeOfHead = new Map<ElementId, number>();
  slot.items.forEach((item, index) => {
    const head = item.kind === "field" ? item.head : undefined;
    const group = head === undefined ? undefined : heads.get(head);
    if (item.kind === "any" || head === undefined || group === undefined) {
      places.set(index, items.length);
      items.push(item);
      return;
    }
    let place = placeOfHead.get(head);
    if (place === undefined) {
      placeOfHead.set(head, (place = items.length));
      items.push(
        headItem(
          model,
          head,
          item,
          group.map((each) => slot.items[each] as ShapeField),
        ),
      );
    }
    places.set(index, place);
  });
  return { items, ...(slot.model && { model: renumber(slot.model, places) }) };
}

function headItem(
  model: Model,
  head: ElementId,
  item: ShapeField,
  members: readonly ShapeField[],
): ShapeField {
  const declaration = model.elements[head];
  if (declaration === undefined) throw new Error(`${head} is not a global element of this model`);
  return {
    ...item,
    property: declaration.name.local,
    name: declaration.name,
    type: declaration.type,
    element: head,
    head,
    substitutes: members.flatMap(({ element }) => (element === undefined ? [] : [element])),
    declaration,
  };
}

/** Whether the content model names these items only together, as the parts of one choice. */
function isAlwaysWhole(model: SlotModel | undefined, group: ReadonlySet<number>): boolean {
  if (model === undefined) return true;
  if ("item" in model) return !group.has(model.item);
  return isWhole(model, group) || model.parts.every((part) => isAlwaysWhole(part, group));
}

function isWhole(model: SlotModel, group: ReadonlySet<number>): boolean {
  return (
    "group" in model &&
    model.group === "choice" &&
    model.parts.length === group.size &&
    model.parts.every(
      (part) => "item" in part && group.has(part.item) && part.min === undefined && part.max === undefined,
    )
  );
}

function renumber(model: SlotModel, places: ReadonlyMap<number, number>): SlotModel {
  const { min, max } = model;
  const occurs = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  if ("item" in model) return { item: places.get(model.item) ?? model.item, ...occurs };
  const parts = model.parts.map((part) => renumber(part, places));
  const [first] = parts;
  // What was a choice among substitutes is one item now.
  if (
    first !== undefined &&
    "item" in first &&
    model.parts.length > 1 &&
    parts.every((part) => isItem(part, first.item))
  ) {
    return { item: first.item, ...occurs };
  }
  return { group: model.group, parts, ...occurs };
}

const isItem = (part: SlotModel, item: number): boolean =>
  "item" in part && part.item === item && part.min === undefined && part.max === undefined;
