/** Documents about identity constraints that tell elements by their attributes. */
import type { Change } from "../../diff/index.js";
import { typeOf } from "../../model/query.js";
import type { IdentityConstraint } from "../../model/types.js";
import type { Access } from "./access.js";
import { aroundEach } from "./access.js";
import type { Search } from "./releases.js";
import type { Body, Specimen } from "./specimen.js";

/** The identity constraint of an element on either side. */
export function constraintOf(
  { model, other }: Search,
  id: string,
  name: string,
): IdentityConstraint | undefined {
  const local = name.slice(name.indexOf("}") + 1);
  return [model, other]
    .flatMap((each) => each.elements[id]?.constraints ?? [])
    .find((each) => each.name.local === local);
}

/** Whether a change is about an identity constraint by an attribute that no element of this side has. */
export function isWithoutCarrier(search: Search, { key }: Change): boolean {
  const [, id = "", name = ""] = /^element:(\{[^}]*\}[^~#]*)#(.*)$/su.exec(key) ?? [];
  const names = attributeFields(constraintOf(search, id, name));
  return (
    names.length > 0 &&
    search.ways.reached.every(({ type }) => {
      const known = typeOf(search.model, type);
      return known?.kind !== "complex" || known.attributes.every((use) => !names.includes(use.name.local));
    })
  );
}

/** Names of attributes that an identity constraint tells by. */
function attributeFields(constraint: IdentityConstraint | undefined): readonly string[] {
  return (constraint?.fields ?? []).flatMap(
    (field) => /^\s*@(?:[\w.-]+:)?([\w.-]+)\s*$/u.exec(field)?.[1] ?? [],
  );
}

/** Documents where an attribute that an identity constraint tells by is there once, twice with one value, or nowhere. */
export function* documentsOfConstraint(search: Search, constraint: IdentityConstraint): Generator<Specimen> {
  const { model, sampler, ways } = search;
  const names = attributeFields(constraint);
  if (names.length === 0) return;
  let carriers = 0;
  for (const access of ways.reached) {
    const type = typeOf(model, access.type);
    const least = sampler.bodyOf(access.type);
    if (type?.kind !== "complex" || least === undefined || carriers > 12) continue;
    const uses = type.attributes.filter(({ name }) => names.includes(name.local));
    if (uses.length === 0) continue;
    carriers++;
    const told = uses.flatMap(({ name, fixed, type: used }) => {
      const value = fixed ?? sampler.textOf(used);
      return value === undefined ? [] : [{ name, value }];
    });
    const others = least.attributes.filter(({ name }) => !names.includes(name.local));
    const body = { ...least, attributes: [...others, ...told], focus: true };
    yield* doubled(search, access, body);
    yield* aroundEach(ways, access, [body, { ...least, attributes: others, focus: true }]);
  }
}

/** Documents where an element, or one around it, stands twice. */
function* doubled({ model, sampler, ways }: Search, access: Access, body: Body): Generator<Specimen> {
  const nodeOf = ({ element, chosen, type }: Access, inside: Body): Specimen => ({
    name: element.name,
    ...(chosen && { type }),
    ...inside,
  });
  let node = nodeOf(access, body);
  for (let { parent } = access; parent !== undefined; parent = parent.access.parent) {
    const { leaf, access: outer } = parent;
    const type = typeOf(model, outer.type);
    if (type?.kind !== "complex" || type.content.kind !== "elements") return;
    const word = sampler.wordHolding(type.content.particle, new Map([[leaf, 1]]));
    const at = word?.findIndex((letter) => letter.leaf === leaf) ?? -1;
    if (word === undefined || at < 0) return;
    const letter = { leaf, node };
    const two = sampler.bodyWith(outer.type, [...word.slice(0, at), letter, letter, ...word.slice(at + 1)]);
    yield* aroundEach(ways, outer, [two]);
    const one = sampler.bodyWith(outer.type, [...word.slice(0, at), letter, ...word.slice(at + 1)]);
    if (one === undefined) return;
    node = nodeOf(outer, one);
  }
}
