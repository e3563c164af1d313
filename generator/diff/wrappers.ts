/** Elements that went into a new element beside them, or came out of one that is gone: moved, not lost. */
import { memberAt, memberKey, ownElements, typeOf } from "../model/query.js";
import type { Model, TypeId } from "../model/types.js";
import { addTo } from "../multimap.js";
import { componentOf, displayType } from "./place.js";
import type { Structure } from "./structure.js";
import type { ComponentPath, Fact } from "./types.js";

/** The two releases that facts are about. */
export interface Wrapping {
  readonly before: Model;
  readonly after: Model;
  readonly structure: Structure;
  /** Types that go on under another name: such a type is not new. */
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
}

/** An element that is told of by itself, and where it is (or was) inside what is told of as a whole. */
export interface Wrapped {
  readonly fact: Fact;
  /** As if it were told of by itself. */
  readonly inside: Fact;
}

/** The levels of new elements that are looked into. */
const deepest = 4;

/** All elements of the same name and type that are gone beside a new element which holds them, or the other way round. */
export function findWrapped(facts: readonly Fact[], wrapping: Wrapping): readonly Wrapped[] {
  const isElement = (fact: Fact, action: "added" | "removed"): boolean =>
    fact.rule.startsWith(`element.${action}.`);
  const found: Wrapped[] = [];
  for (const action of ["added", "removed"] as const) {
    const alone = facts.filter((fact) => isElement(fact, action === "added" ? "removed" : "added"));
    if (alone.length === 0) continue;
    const byOwner = new Map<string, Fact[]>();
    for (const fact of alone) {
      addTo(byOwner, ownerOf(fact), fact);
    }
    for (const wrapper of facts.filter((fact) => isElement(fact, action))) {
      const beside = byOwner.get(ownerOf(wrapper)) ?? [];
      if (beside.length === 0) continue;
      for (const inside of insideOf(wrapper, action, wrapping)) {
        const twins = beside.filter((fact) => isTwin(fact, inside, action, wrapping));
        found.push(...twins.map((fact) => ({ fact, inside })));
      }
    }
  }
  return found;
}

function ownerOf({ component: { ns, kind, type, path } }: Fact): string {
  return JSON.stringify([ns, kind, type, path.slice(0, -1)]);
}

function isTwin(fact: Fact, inside: Fact, action: "added" | "removed", wrapping: Wrapping): boolean {
  if (fact.component.path.at(-1) !== inside.component.path.at(-1)) return false;
  const [old, current] = action === "added" ? [fact, inside] : [inside, fact];
  const [was, is] = [memberAt(wrapping.before, old.key), memberAt(wrapping.after, current.key)];
  return was !== undefined && is !== undefined && wrapping.structure.isSame(was.type, is.type);
}

/** What an element holds that only one release has, each as a fact of its own. */
function insideOf(wrapper: Fact, action: "added" | "removed", wrapping: Wrapping): readonly Fact[] {
  const { before, after, renamed } = wrapping;
  const [model, other] = action === "added" ? [after, before] : [before, after];
  const goesOn = new Set(action === "added" ? renamed.values() : renamed.keys());
  const found: Fact[] = [];
  const look = (holder: Pick<Fact, "key" | "component" | "effect">, depth: number): void => {
    const id = memberAt(model, holder.key)?.type;
    const type = id === undefined ? undefined : typeOf(model, id);
    if (type?.kind !== "complex" || other.types[type.id] !== undefined || goesOn.has(type.id)) return;
    const owner: ComponentPath = type.name === undefined ? holder.component : componentOf(type.id);
    for (const element of ownElements(model, type.id)) {
      const inside: Fact = {
        ...wrapper,
        key: memberKey(type.id, element),
        component: { ...owner, path: [...owner.path, element.name.local] },
        effect: holder.effect === "disjoint" && element.min > 0 ? "disjoint" : "overlap",
        [action === "added" ? "new" : "old"]: {
          type: displayType(element.type),
          min: element.min,
          max: element.max,
        },
        [action === "added" ? "newSpan" : "oldSpan"]: element.span,
        [action === "added" ? "newExtent" : "oldExtent"]: element.extent,
      };
      found.push(inside);
      if (depth < deepest) look(inside, depth + 1);
    }
  };
  look(wrapper, 1);
  return found;
}
