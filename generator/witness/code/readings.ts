/** What a change is about, in the declarations of the older release. */
import type { Change } from "../../diff/index.js";
import { substitutesOf } from "../../model/query.js";
import type { ElementId, Model, TypeId } from "../../model/types.js";
import { addTo } from "../../multimap.js";
import type { Code, Use } from "./declared.js";

/** One change, and the code of both sides. */
export interface Pair {
  readonly use: Use;
  readonly change: Change;
  readonly old: Code;
  readonly current: Code;
  /** How an old type is called now. */
  readonly toNew: (id: TypeId) => TypeId;
  /** Old types by what they are called now. */
  readonly toOld: ReadonlyMap<TypeId, TypeId>;
  /** A module about a group of elements or types; made once, however many changes it shows. */
  readonly once: (key: string, make: () => string | undefined) => string | undefined;
}

/** How the global element that a change is about was called. */
export function elementIdOf({ key, formerly }: Change): ElementId {
  if (formerly?.kind === "element") return `{${formerly.ns}}${formerly.type}`;
  return key.slice("element:".length).replace(/[~#](?=\{|[^}]*$).*$/u, "");
}

/** An element, and the heads of all substitution groups that it is in. */
export function headsOf(model: Model, id: ElementId): readonly ElementId[] {
  return [id, ...(headsIn(model).get(id) ?? [])];
}

const heads = new WeakMap<Model, ReadonlyMap<ElementId, readonly ElementId[]>>();

/** The heads of all substitution groups by their members. */
function headsIn(model: Model): ReadonlyMap<ElementId, readonly ElementId[]> {
  let known = heads.get(model);
  if (known === undefined) {
    const found = new Map<ElementId, ElementId[]>();
    for (const head of Object.keys(model.elements)) {
      for (const member of substitutesOf(model, head)) {
        addTo(found, member, head);
      }
    }
    heads.set(model, (known = found));
  }
  return known;
}

/** What the key of a change may mean on the older side: a member of a type, or a type. Innermost first. */
export function readingsOf({
  change,
  old: { model },
  toOld,
}: Pair): readonly { readonly owner: TypeId; readonly member: string }[] {
  const { key, component, formerly } = change;
  // What is said of all attributes of a namespace shows in each type that has some.
  if (component.kind === "namespace")
    return Object.values(model.types)
      .filter(
        (type) => type.namespace === component.ns && type.kind === "complex" && type.attributes.length > 0,
      )
      .map(({ id }) => ({ owner: id, member: "" }));
  const found: { owner: TypeId; member: string }[] = [];
  const look = (id: string): TypeId | undefined =>
    toOld.get(id) ?? (model.types[id] === undefined ? undefined : id);
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
