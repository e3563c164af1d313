/** The shortest ways from global elements to types, and documents built around what stands at their end. */
import { leavesOf, selectableTypes, substitutesOf, typeOf } from "../../model/query.js";
import type { ElementDeclaration, ElementParticle, Model, TypeId } from "../../model/types.js";
import { samplerOf, type Sampler } from "./sampler.js";
import type { Body, Specimen } from "./specimen.js";

/** An element whose type, by declaration or by `xsi:type`, is the one that was asked for. */
export interface Access {
  /** The element as it is declared. */
  readonly element: ElementDeclaration | ElementParticle;
  readonly type: TypeId;
  /** `xsi:type` names the type. */
  readonly chosen: boolean;
  /** Where the element stands; absent: it is a root. */
  readonly parent?: { readonly access: Access; readonly leaf: ElementParticle };
  readonly length: number;
}

/** Ways into one schema. */
export interface Ways {
  readonly sampler: Sampler;
  /** An element of this type on the shortest way; undefined: no document holds one. */
  readonly to: (id: TypeId) => Access | undefined;
  /** All types that documents hold, nearest first. */
  readonly reached: readonly Access[];
  /** The document around an element; undefined where what must stand beside it cannot be made. */
  readonly around: (access: Access, body: Partial<Specimen> & Body) => Specimen | undefined;
}

const kept = new WeakMap<Model, Ways>();

/** The ways into a schema, searched once. */
export function waysInto(model: Model, messages: Messages = { slots: [], bodies: [] }): Ways {
  let ways = kept.get(model);
  if (ways === undefined) kept.set(model, (ways = searchWays(model, messages)));
  return ways;
}

/** What a service says about its messages. */
export interface Messages {
  /** Types whose derived types are chosen by operation. */
  readonly slots: readonly TypeId[];
  /** The types that operations choose. */
  readonly bodies: readonly TypeId[];
}

/** What nobody writes is far away: a body that no operation has, a simple type by `xsi:type`. */
export const far = 40;

function searchWays(model: Model, { slots, bodies }: Messages): Ways {
  const chosenBodies = new Set(bodies);
  const slotTypes = new Set(slots);
  const sampler = samplerOf(model);
  const found = new Map<TypeId, Access>();
  const reached: Access[] = [];
  // By length; a type chosen by xsi:type is a little further than a declared one.
  const queues: Access[][] = [];
  const nearest = new Map<TypeId, number>();
  const offer = (access: Access): void => {
    const { type, length } = access;
    if ((nearest.get(type) ?? Infinity) <= length || !sampler.exists(type)) return;
    nearest.set(type, length);
    (queues[length] ??= []).push(access);
  };
  /** Lengths at which types that may be chosen in place of a declared one were offered. */
  const entered = new Map<string, number>();
  const enter = (
    element: ElementDeclaration | ElementParticle,
    parent: Access["parent"],
    length: number,
  ): void => {
    const type = typeOf(model, element.type);
    if (type === undefined) return;
    const place = { element, ...(parent && { parent }) };
    if (type.kind === "simple" || !type.abstract) {
      offer({ ...place, type: element.type, chosen: false, length: length + 2 });
    }
    const block = [...element.block, ...(type.kind === "complex" ? type.block : [])];
    // Most block nothing: their key is a text that is there already.
    const choice = block.length === 0 ? element.type : `${element.type} ${block.join(" ")}`;
    if ((entered.get(choice) ?? Infinity) <= length) return;
    entered.set(choice, length);
    for (const id of selectableTypes(model, element.type, block)) {
      const derived = typeOf(model, id);
      if (derived?.kind === "complex" && derived.abstract) continue;
      const odd = (slotTypes.has(element.type) && !chosenBodies.has(id)) || derived?.kind === "simple";
      offer({ ...place, type: id, chosen: true, length: length + 3 + (odd ? far : 0) });
    }
  };
  for (const element of Object.values(model.elements)) if (!element.abstract) enter(element, undefined, 0);
  for (let length = 0; length < queues.length; length++) {
    for (const access of queues[length] ?? []) {
      if (found.has(access.type)) continue;
      found.set(access.type, access);
      reached.push(access);
      const type = typeOf(model, access.type);
      if (type?.kind !== "complex" || type.content.kind !== "elements") continue;
      for (const leaf of leavesOf(type.content.particle)) {
        if (leaf.kind === "any") continue;
        const parent = { access, leaf };
        const global = leaf.ref === undefined ? undefined : model.elements[leaf.ref];
        if (!(global ?? leaf).abstract) enter(global ?? leaf, parent, length);
        for (const id of leaf.ref === undefined ? [] : substitutesOf(model, leaf.ref)) {
          const substitute = model.elements[id];
          if (substitute !== undefined && !substitute.abstract) enter(substitute, parent, length);
        }
      }
    }
  }
  const around = (access: Access, body: Partial<Specimen> & Body): Specimen | undefined => {
    const { element, parent, type, chosen } = access;
    const node: Specimen = { name: element.name, ...(chosen && { type }), ...body };
    if (parent === undefined) return node;
    const outer = typeOf(model, parent.access.type);
    if (outer?.kind !== "complex" || outer.content.kind !== "elements") return undefined;
    const word = sampler.wordHolding(outer.content.particle, new Map([[parent.leaf, 1]]));
    if (word === undefined) return undefined;
    let placed = false;
    const letters = word.map((letter) => {
      if (letter.leaf !== parent.leaf || placed) return letter;
      placed = true;
      return { ...letter, node };
    });
    const holder = sampler.bodyWith(parent.access.type, letters);
    return holder && around(parent.access, holder);
  };
  return { sampler, to: (id) => found.get(id), reached, around };
}

/** The document around the nearest element of a type. */
export function* placed(
  ways: Ways,
  id: TypeId,
  body: Body | undefined,
  extra: Partial<Specimen> = {},
): Generator<Specimen> {
  const access = ways.to(id);
  if (access === undefined || body === undefined) return;
  const root = ways.around(access, { ...body, ...extra });
  if (root !== undefined) yield root;
}

/** Documents around one place, each with one of some bodies. */
export function* aroundEach(
  ways: Ways,
  access: Access,
  bodies: Iterable<(Body & Partial<Specimen>) | undefined>,
): Generator<Specimen> {
  for (const body of bodies) {
    const root = body && ways.around(access, body);
    if (root !== undefined) yield root;
  }
}
