/** What a change is about, in the declarations of the older release. */
import type { Change } from "../../diff/index.js";
import { substitutesOf } from "../../model/query.js";
import type { ElementId, Model, TypeId } from "../../model/types.js";
import type { Code, Use } from "./declared.js";

/** One change, and the code of both sides. */
export interface Pair {
  readonly use: Use;
  readonly change: Change;
  readonly old: Code;
  readonly current: Code;
  /** How an old type is called now. */
  readonly toNew: (id: TypeId) => TypeId;
}

/** How the global element that a change is about was called. */
export function elementIdOf({ key, formerly }: Change): ElementId {
  if (formerly?.kind === "element") return `{${formerly.ns}}${formerly.type}`;
  return key.slice("element:".length).replace(/[~#](?=\{|[^}]*$).*$/u, "");
}

/** An element, and the heads of all substitution groups that it is in. */
export function headsOf(model: Model, id: ElementId): readonly ElementId[] {
  return [id, ...Object.keys(model.elements).filter((head) => substitutesOf(model, head).includes(id))];
}

/** What the key of a change may mean on the older side: a member of a type, or a type. Innermost first. */
export function readingsOf({
  change,
  old: { model },
  toNew,
}: Pair): readonly { readonly owner: TypeId; readonly member: string }[] {
  const { key, component, formerly } = change;
  const found: { owner: TypeId; member: string }[] = [];
  const oldIds = new Map(Object.keys(model.types).map((id) => [toNew(id), id]));
  const look = (id: string): TypeId | undefined =>
    oldIds.get(id) ?? (model.types[id] === undefined ? undefined : id);
  let id = key;
  if (key.startsWith("element:")) {
    const element = model.elements[elementIdOf(change)];
    if (element === undefined) return [];
    id = element.type;
  }
  const whole = look(id);
  const member = (formerly ?? component).path.at(-1)?.replace(/\[\d+\]$/u, "") ?? "";
  const start = id.indexOf("}") + 1;
  for (let cut = id.length - 1; cut > start; cut--) {
    if (!"/=#".includes(id[cut] ?? " ")) continue;
    const owner = look(id.slice(0, cut));
    if (owner === undefined) continue;
    const step = id[cut] === "/" ? id.slice(cut + 1).replace(/[=#/].*$/su, "") : "";
    found.push({ owner, member: formerly !== undefined && found.length === 0 ? member : step });
  }
  if (whole !== undefined) found.unshift({ owner: whole, member: "" });
  if (formerly !== undefined && formerly.kind === undefined) {
    const home = `{${formerly.ns}}${[formerly.type, ...formerly.path.slice(0, -1)].join("/")}`;
    if (model.types[home] !== undefined) found.unshift({ owner: home, member });
    const moved = `{${formerly.ns}}${formerly.type}`;
    if (formerly.path.length === 0 && model.types[moved] !== undefined)
      found.unshift({ owner: moved, member: "" });
  }
  return found;
}
