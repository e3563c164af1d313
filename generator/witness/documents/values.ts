/** Values of simple types, and documents that hold them. */
import type { Change } from "../../diff/index.js";
import { accepts, compareSorts, samplesOf } from "../../diff/values.js";
import { simpleContentOf, simpleTypeOf, typeOf, usesType } from "../../model/query.js";
import type { AttributeUse, ComplexType, SimpleType, TypeId } from "../../model/types.js";
import type { Access } from "./access.js";
import { aroundEach } from "./access.js";
import type { Search } from "./releases.js";
import type { Specimen } from "./specimen.js";

const apartFrom = new WeakMap<SimpleType, Map<SimpleType | "new" | "old", readonly string[]>>();

/** Texts that a type of this side accepts, first those that the other side refuses; found once for two types. */
export function textsApart(
  search: Search,
  type: SimpleType,
  there: SimpleType | undefined,
): readonly string[] {
  let known = apartFrom.get(type);
  if (known === undefined) apartFrom.set(type, (known = new Map()));
  let texts = known.get(there ?? search.side);
  if (texts === undefined) known.set(there ?? search.side, (texts = findTextsApart(search, type, there)));
  return texts;
}

function findTextsApart(search: Search, type: SimpleType, there: SimpleType | undefined): readonly string[] {
  const { model, other, side } = search;
  const sort = { model, type };
  const found: string[] = [];
  if (there !== undefined) {
    const [old, current] =
      side === "old" ? [sort, { model: other, type: there }] : [{ model: other, type: there }, sort];
    const relation = compareSorts(old, current);
    const apart = side === "old" ? relation.onlyOld : relation.onlyNew;
    if (apart !== undefined) found.push(apart);
    found.push(...samplesOf({ model: other, type: there }));
  }
  found.push(...samplesOf(sort));
  const texts: string[] = [];
  for (const text of new Set(found)) {
    if (accepts(sort, text) && texts.push(text) === 120) break;
  }
  return texts;
}

/** Documents without an attribute, and with each value that may tell the sides apart. */
export function* attributeDocuments(
  search: Search,
  access: Access,
  type: ComplexType,
  use: AttributeUse,
): Generator<Specimen> {
  const { sampler, ways, model, other } = search;
  const least = sampler.bodyOf(type.id);
  if (least === undefined) return;
  const others = least.attributes.filter(
    ({ name }) => name.local !== use.name.local || name.namespace !== use.name.namespace,
  );
  const there = typeOf(other, search.there(type.id));
  const twin =
    there?.kind === "complex"
      ? there.attributes.find(({ name }) => name.local === use.name.local)
      : undefined;
  const simple = simpleTypeOf(model, use.type);
  const texts = new Set<string>();
  const text = use.fixed ?? sampler.textOf(use.type);
  if (text !== undefined) texts.add(text);
  for (const constant of [use.default, twin?.fixed, twin?.default])
    if (constant !== undefined) texts.add(constant);
  if (simple !== undefined) {
    const otherType = twin && simpleTypeOf(other, twin.type);
    for (const each of textsApart(search, simple, otherType)) texts.add(each);
  }
  yield* aroundEach(ways, access, [{ ...least, attributes: others, focus: true }]);
  for (const value of texts) {
    yield* aroundEach(ways, access, [
      { ...least, attributes: [...others, { name: use.name, value }], focus: true },
    ]);
  }
}

/** Documents that hold a value of a simple type, wherever it is used. */
export function* documentsOfValues(
  search: Search,
  change: Change,
  type: SimpleType,
  value: string | undefined,
): Generator<Specimen> {
  const { model, other, ways, sampler, there } = search;
  const twin = simpleTypeOf(other, there(type.id));
  const texts = [...(value === undefined ? [] : [value]), ...textsApart(search, type, twin)];
  const changed = change.formerly?.path.at(-1);
  if (changed?.startsWith("=") === true && search.side === "old") texts.unshift(changed.slice(1));
  const uses = (id: TypeId): boolean => usesType(model, id, type.id);
  let carriers = 0;
  for (const access of ways.reached) {
    const holder = typeOf(model, access.type);
    if (holder === undefined || carriers > 12) break;
    const simple = simpleContentOf(model, holder);
    if (simple !== undefined && uses(simple.id)) {
      carriers++;
      const attributes = sampler.bodyOf(access.type)?.attributes ?? [];
      const extra = textsApart(search, simple, undefined);
      for (const text of new Set([...texts, ...extra])) {
        if (accepts({ model, type: simple }, text))
          yield* aroundEach(ways, access, [{ attributes, children: [text], focus: true }]);
      }
    }
    if (holder.kind !== "complex") continue;
    for (const use of holder.attributes) {
      const used = simpleTypeOf(model, use.type);
      if (used === undefined || !uses(used.id)) continue;
      carriers++;
      const least = sampler.bodyOf(holder.id);
      if (least === undefined) continue;
      const others = least.attributes.filter(({ name }) => name.local !== use.name.local);
      for (const text of texts) {
        if (!accepts({ model, type: used }, text)) continue;
        const attributes = [...others, { name: use.name, value: text }];
        yield* aroundEach(ways, access, [{ ...least, attributes, focus: true }]);
      }
    }
  }
}
