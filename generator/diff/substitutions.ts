/** Compares substitution groups: who may stand for whom. */
import { ownElements } from "../model/query.js";
import type { ElementDeclaration, ElementId, Model } from "../model/types.js";
import type { Comparison, Place } from "./place.js";
import type { ComponentPath } from "./types.js";

/** Reports elements that joined a substitution group, left one, or went from one to another. */
export function compareSubstitutions({ before, after, add }: Comparison): void {
  const groups = { old: groupsOf(before), new: groupsOf(after) };
  for (const member of new Set([...Object.keys(before.elements), ...Object.keys(after.elements)])) {
    const [was, is] = [before.elements[member], after.elements[member]];
    const [old, current] = [headsOf(before, was, groups.old), headsOf(after, is, groups.new)];
    // What a head itself brings or takes along is told at the head.
    const stays = (head: ElementId): boolean =>
      before.elements[head] !== undefined && after.elements[head] !== undefined;
    const lost = old.filter((head) => stays(head) && groups.new.get(head)?.has(member) !== true);
    const gained = current.filter((head) => stays(head) && groups.old.get(head)?.has(member) !== true);
    const value = localName(member);
    // Both by nearness: the head that it named goes with the one that it names now, and so on upwards.
    // One step into a group, or out of it, is one into all groups above.
    const single = lost.length === 0 || gained.length === 0;
    const steps = single ? Math.min(1, lost.length + gained.length) : Math.max(lost.length, gained.length);
    const above = single ? [...lost, ...gained].slice(1).map((head) => `element:${head}~${member}`) : [];
    for (let index = 0; index < steps; index++) {
      const [from, to] = [lost[index], gained[index]];
      const oldSpan = was?.span ?? (to === undefined ? before.elements[from ?? ""]?.span : undefined);
      const newSpan = is?.span ?? (from === undefined ? after.elements[to ?? ""]?.span : undefined);
      const place: Place = {
        component: componentAt(to ?? from ?? "", member),
        key: `element:${to ?? from ?? ""}~${member}`,
        optional: true,
        ...(oldSpan && { oldSpan }),
        ...(newSpan && { newSpan }),
      };
      if (from !== undefined && to !== undefined) {
        add("substitution.member.head-changed", place, {
          old: { value: localName(from) },
          new: { value: localName(to) },
          formerly: componentAt(from, member),
          alsoAt: [`element:${from}`],
        });
      } else if (to !== undefined) {
        add("substitution.member.added", place, {
          new: { value },
          ...(gained.some((head) => isAlone(before, head)) && { source: breaking }),
          ...(above.length > 0 && { alsoAt: above }),
        });
      } else {
        add("substitution.member.removed", place, {
          old: { value },
          ...(lost.some((head) => isAlone(after, head)) && { source: breaking }),
          ...(above.length > 0 && { alsoAt: above }),
        });
      }
    }
  }
}

/** An element for which no other may stand is its value alone; with the first that may, each comes with its name. */
const breaking = { read: "breaking", build: "breaking" } as const;

function isAlone(model: Model, head: ElementId): boolean {
  if ((model.substitutions[head] ?? []).length > 0) return false;
  return Object.keys(model.types).some((id) => ownElements(model, id).some(({ ref }) => ref === head));
}

function groupsOf({ substitutions }: Model): ReadonlyMap<ElementId, ReadonlySet<ElementId>> {
  return new Map(Object.entries(substitutions).map(([head, members]) => [head, new Set(members)]));
}

/** The heads for which an element may stand, the nearest first. */
function headsOf(
  model: Model,
  element: ElementDeclaration | undefined,
  groups: ReadonlyMap<ElementId, ReadonlySet<ElementId>>,
): readonly ElementId[] {
  if (element === undefined) return [];
  const heads = new Set<ElementId>(element.substitutionHeads);
  // A set tells what is added to it while it is walked through.
  for (const head of heads) for (const next of model.elements[head]?.substitutionHeads ?? []) heads.add(next);
  return [...heads].filter((head) => groups.get(head)?.has(element.id) === true);
}

function componentAt(head: ElementId, member: ElementId): ComponentPath {
  return {
    ns: head.slice(1, head.indexOf("}")),
    type: localName(head),
    path: [`~${localName(member)}`],
    kind: "element",
  };
}

function localName(id: string): string {
  return id.slice(id.indexOf("}") + 1);
}
