/** Clause cos-element-consistent: elements of one name in one content model have one type. */
import { haveSameAlternatives } from "./alternatives.js";
import { leavesOf } from "../query.js";
import { fail, type Resolution } from "../resolution.js";
import {
  idOf,
  type ElementDeclaration,
  type ElementId,
  type ElementParticle,
  type Model,
  type Particle,
} from "../types.js";

/** Checks the content model of a type or group. */
export function checkElementConsistency(
  r: Resolution,
  model: Model,
  particle: Particle,
  owner: string,
): void {
  const seen = new Map<string, Declaration>();
  /** By head: what may stand for it is in the content model too. */
  const heads = new Map<ElementId, ReadonlyMap<string, Declaration>>();
  const compare = (other: Declaration, declaration: Declaration): void => {
    if (other.type === declaration.type) {
      if (haveSameAlternatives(other, declaration)) return;
      fail(
        r,
        "inconsistent-alternatives",
        "cos-element-consistent",
        `in the content of ${owner} the element "${declaration.name.local}" has other type alternatives in another place`,
        declaration.span,
        { related: [{ message: "the other declaration", at: other.span }] },
      );
      return;
    }
    fail(
      r,
      "inconsistent-element-types",
      "cos-element-consistent",
      `in the content of ${owner} the element "${declaration.name.local}" has two types`,
      declaration.span,
      { related: [{ message: "the other declaration", at: other.span }] },
    );
  };
  for (const leaf of leavesOf(particle)) {
    if (leaf.kind === "any") continue;
    const name = idOf(leaf.name);
    const others = [seen, ...heads.values()].flatMap((names) => names.get(name) ?? []);
    if (others[0] === undefined) seen.set(name, leaf);
    else compare(others[0], leaf);
    if (leaf.ref === undefined || heads.has(leaf.ref)) continue;
    const members = membersOf(model, leaf.ref);
    if (members.size === 0) continue;
    for (const names of [seen, ...heads.values()]) {
      for (const same of (names.size < members.size ? names : members).keys()) {
        const [other, member] = [names.get(same), members.get(same)];
        if (other !== undefined && member !== undefined && other !== member) compare(other, member);
      }
    }
    heads.set(leaf.ref, members);
  }
}

type Declaration = ElementParticle | ElementDeclaration;

const memberMaps = new WeakMap<Model["substitutions"], Map<ElementId, ReadonlyMap<string, Declaration>>>();

/** What may stand for a head, by name; made once, however many places name the head. */
function membersOf(model: Model, head: ElementId): ReadonlyMap<string, Declaration> {
  let maps = memberMaps.get(model.substitutions);
  if (maps === undefined) memberMaps.set(model.substitutions, (maps = new Map()));
  let members = maps.get(head);
  if (members === undefined) {
    const declarations = (model.substitutions[head] ?? []).flatMap((id) => model.elements[id] ?? []);
    members = new Map(declarations.map((declaration) => [idOf(declaration.name), declaration]));
    maps.set(head, members);
  }
  return members;
}
