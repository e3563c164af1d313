/** Documents about a change, made around the declaration concerned, the simplest first. */
import type { Change } from "../../diff/index.js";
import {
  derivedTypes,
  leavesOf,
  selectableTypes,
  substitutesOf,
  typeOf,
  wildcardAdmits,
} from "../../model/query.js";
import type { ComplexType, ElementId, ElementParticle, Model, TypeId } from "../../model/types.js";
import { aroundEach, far, placed, type Access, type Ways } from "./access.js";
import { bodiesOf, bodyHolding, bodyOfAll, formsOf } from "./bodies.js";
import { constraintOf, documentsOfConstraint } from "./constraints.js";
import { documentsOfHolder } from "./member.js";
import type { Search } from "./releases.js";
import type { Leaf } from "./sampler.js";
import type { Specimen } from "./specimen.js";
import { attributeDocuments, documentsOfValues } from "./values.js";
import { wildAttributes } from "./wildcards.js";

/** Documents about a change, the simplest first. */
export function* candidates(search: Search, change: Change): Generator<Specimen> {
  const { key, rule } = change;
  const { model, ways, sampler } = search;
  if (/^\{[^}]*\}$/u.test(key)) {
    const uri = key.slice(1, -1);
    yield* documentsOfNamespace(search, uri);
  } else if (key.startsWith("operation:")) {
    const named = search.side === "old" ? change.old?.value : change.new?.value;
    const operation = search.releases.operations[search.side].find(
      ({ service, name }) => key === `operation:${service}.${name}` || named === `${service}.${name}`,
    );
    for (const id of operation === undefined ? [] : [operation.request, operation.response]) {
      yield* placed(ways, id, sampler.bodyOf(id));
    }
  } else if (key.startsWith("attribute:")) {
    const id = key.slice("attribute:".length);
    for (const access of ways.reached) {
      const type = typeOf(model, access.type);
      if (type?.kind !== "complex") continue;
      const use = type.attributes.find(({ ref }) => ref === id);
      if (use !== undefined) yield* attributeDocuments(search, access, type, use);
      else if (type.anyAttribute !== undefined && wildcardAdmits(type.anyAttribute, id)) {
        yield* wildAttributes(search, access, type.anyAttribute);
      }
    }
  } else if (key.startsWith("element:")) {
    yield* documentsOfElement(search, change);
  } else {
    const readings = ownersOf(search, key);
    const member = /^(?:element|group|attribute|wildcard|substitution)\./u.test(rule);
    const ordered = [...readings].sort((a, b) =>
      member
        ? Number(a.member === "") - Number(b.member === "")
        : Number(b.member === "") - Number(a.member === ""),
    );
    for (const { owner, member: step } of ordered) yield* documentsOfType(search, change, owner, step);
  }
}

/** What a key may mean: a member of a type, or the type itself. */
function ownersOf(
  { here, model }: Search,
  key: string,
): readonly { readonly owner: TypeId; readonly member: string }[] {
  const id = here(key);
  const found: { owner: TypeId; member: string }[] = [];
  if (model.types[id] !== undefined) found.push({ owner: id, member: "" });
  const start = id.indexOf("}") + 1;
  for (let cut = id.length - 1; cut > start; cut--) {
    if (!"/=#".includes(id[cut] ?? " ")) continue;
    const owner = id.slice(0, cut);
    if (model.types[owner] === undefined) continue;
    found.push({ owner, member: id.slice(cut).replace(/#.*$/su, "") });
    break;
  }
  return found;
}

function* documentsOfNamespace(search: Search, uri: string): Generator<Specimen> {
  const { ways, model, sampler } = search;
  const inside = ways.reached.filter(({ element, type }) => {
    const known = typeOf(model, type);
    return element.name.namespace === uri || known?.namespace === uri;
  });
  for (const access of inside.slice(0, 100)) yield* aroundEach(ways, access, [sampler.bodyOf(access.type)]);
  for (const access of inside.slice(0, 100)) {
    const type = typeOf(model, access.type);
    if (type?.kind === "complex") yield* aroundEach(ways, access, [bodyOfAll(search, type, 1)]);
  }
}

/** Documents with a global element: as their root, where it is referred to, in place of its head. */
function* documentsOfElement(search: Search, change: Change): Generator<Specimen> {
  const { model, ways, sampler } = search;
  const [, key = "", rest = ""] = /^element:(\{[^}]*\}[^~#]*)([~#].*)?$/su.exec(change.key) ?? [];
  const { formerly } = change;
  const id = search.side === "old" && formerly?.kind === "element" ? `{${formerly.ns}}${formerly.type}` : key;
  const element = model.elements[id];
  const member = rest.startsWith("~") ? model.elements[rest.slice(1)] : undefined;
  const shown = member ?? element;
  if (shown === undefined) return;
  const node = sampler.nodeOf(shown);
  const nodes: Specimen[] = node === undefined ? [] : [{ ...node, focus: true }];
  if (member === undefined) {
    const leaf = { ...shown, kind: "element", ref: id, min: 1, max: 1, form: "qualified" } as const;
    for (const each of formsOf(search, leaf, otherLeaf(search, id))) nodes.push({ ...each, focus: true });
  }
  const constraint = /^#\{?/u.test(rest) ? constraintOf(search, id, rest.slice(1)) : undefined;
  if (constraint !== undefined) yield* documentsOfConstraint(search, constraint);
  if (member === undefined && !shown.abstract) yield* nodes;
  let left = 8;
  for (const { access, type, leaf } of holdersIn(ways, model)) {
    const fits =
      leaf.kind === "any"
        ? wildcardAdmits(leaf.wildcard, id)
        : leaf.ref === id || groupOf(model, leaf.ref).has(id);
    if (!fits) continue;
    if (left-- === 0) return;
    for (const each of nodes) yield* aroundEach(ways, access, [bodyHolding(search, type, leaf, 1, each)]);
  }
}

interface Holder {
  readonly access: Access;
  readonly type: ComplexType;
  readonly leaf: Leaf;
}

const holders = new WeakMap<Ways, readonly Holder[]>();

/** Where documents hold global elements: references and wildcards, nearest first. */
function holdersIn(ways: Ways, model: Model): readonly Holder[] {
  let known = holders.get(ways);
  if (known === undefined) {
    known = ways.reached.flatMap((access): Holder[] => {
      const type = typeOf(model, access.type);
      if (type?.kind !== "complex" || type.content.kind !== "elements") return [];
      return [...leavesOf(type.content.particle)]
        .filter((leaf) => leaf.kind === "any" || leaf.ref !== undefined)
        .map((leaf) => ({ access, type, leaf }));
    });
    holders.set(ways, known);
  }
  return known;
}

const groups = new WeakMap<readonly ElementId[], ReadonlySet<ElementId>>();

/** What may stand for a head. */
function groupOf(model: Model, head: ElementId | undefined): ReadonlySet<ElementId> {
  const list = head === undefined ? [] : substitutesOf(model, head);
  let known = groups.get(list);
  if (known === undefined) groups.set(list, (known = new Set(list)));
  return known;
}

function otherLeaf({ other }: Search, id: string): ElementParticle | undefined {
  const element = other.elements[id];
  return element && { ...element, kind: "element", ref: id, min: 1, max: 1, form: "qualified" };
}

/** Documents with a type: with one of its members, or with all that it may hold. */
function* documentsOfType(
  search: Search,
  change: Change,
  owner: TypeId,
  member: string,
): Generator<Specimen> {
  const type = typeOf(search.model, owner);
  if (type === undefined) return;
  if (type.kind === "simple") {
    yield* documentsOfValues(search, change, type, member.startsWith("=") ? member.slice(1) : undefined);
    yield* standIns(search, owner);
    return;
  }
  // What extends the type holds the same.
  const holders = [owner, ...derivedTypes(search.model, owner)]
    .flatMap((id) => {
      const access = search.ways.to(id);
      return access === undefined ? [] : [access];
    })
    .sort((a, b) => a.length - b.length)
    .slice(0, 4);
  const own = search.ways.to(owner);
  // The type itself, unless only an odd document holds it, and an ordinary one what derives from it.
  const isOdd = own !== undefined && own.length - (holders[0]?.length ?? 0) > far / 2;
  const ordered = own === undefined || isOdd ? holders : [own, ...holders.filter((each) => each !== own)];
  for (const access of ordered.slice(0, 3)) {
    const holder = typeOf(search.model, access.type);
    if (holder?.kind === "complex") yield* documentsOfHolder(search, change, access, holder, member);
  }
  yield* standIns(search, owner);
  for (const access of ordered.slice(0, 2)) {
    const holder = typeOf(search.model, access.type);
    if (holder?.kind === "complex") yield* aroundEach(search.ways, access, bodiesOf(search, holder));
  }
}

/** Types named by `xsi:type`: the type in place of its bases, what derives from it in its place, and itself. */
function* standIns(search: Search, owner: TypeId): Generator<Specimen> {
  const { model, ways, sampler } = search;
  const at = function* (place: TypeId, chosen: TypeId): Generator<Specimen> {
    const known = typeOf(model, chosen);
    if (known?.kind === "complex" && known.abstract) return;
    if (known?.name !== undefined)
      yield* placed(ways, place, sampler.bodyOf(chosen), { type: chosen, focus: true });
  };
  yield* at(owner, owner);
  for (const id of selectableTypes(model, owner).slice(0, 30)) yield* at(owner, id);
  const seen = new Set<TypeId>([owner]);
  for (
    let base = typeOf(model, owner)?.base;
    base !== undefined && !seen.has(base);
    base = typeOf(model, base)?.base
  ) {
    seen.add(base);
    yield* at(base, owner);
  }
}
