/** What an element may hold: as little as possible, one thing at a time, all at once, or what only one side accepts. */
import { createContentLanguage, type Letter as Word } from "../../diff/content-language.js";
import { normalise } from "../../diff/normal.js";
import { anyTypeId, isBuiltin } from "../../model/builtins.js";
import {
  leavesOf,
  nameOfId,
  selectableTypes,
  simpleContentOf,
  substitutesOf,
  typeOf,
} from "../../model/query.js";
import { idOf, type ComplexType, type ElementParticle, type Particle } from "../../model/types.js";
import type { Search } from "./releases.js";
import { holds, type Leaf, type Letter, type Sampler } from "./sampler.js";
import type { Body, Specimen } from "./specimen.js";
import { textsApart } from "./values.js";
import { strangersFor } from "./wildcards.js";

/** Forms that an element may have: texts, nil, empty, other types, and what its own type may hold. */
export function* formsOf(
  search: Search,
  leaf: ElementParticle,
  there: ElementParticle | undefined,
): Generator<Specimen> {
  const { model, sampler } = search;
  const { name } = leaf;
  const type = typeOf(model, leaf.type);
  if (type === undefined) return;
  const bare = { name, attributes: [], children: [] };
  const required = sampler.bodyOf(leaf.type)?.attributes ?? [];
  yield { ...bare, attributes: required };
  yield { ...bare, attributes: required, nil: true };
  const simple = simpleContentOf(model, type);
  if (simple !== undefined) {
    const otherType = there && typeOf(search.other, there.type);
    const constants = [leaf.fixed, leaf.default, there?.fixed, there?.default];
    const found = new Set<string>(constants.filter((text) => text !== undefined));
    for (const text of textsApart(search, simple, otherType && simpleContentOf(search.other, otherType)))
      found.add(text);
    for (const text of found) yield { ...bare, attributes: required, children: [text] };
  }
  for (const id of substitutesOf(model, leaf.ref ?? "").slice(0, 20)) {
    const substitute = model.elements[id];
    const node = substitute && sampler.nodeOf(substitute);
    if (node !== undefined) yield node;
  }
  for (const id of selectableTypes(model, leaf.type).slice(0, 30)) {
    const body = sampler.bodyOf(id);
    if (body !== undefined) yield { name, type: id, ...body };
  }
  if (leaf.type === anyTypeId) {
    yield { ...bare, children: ["text"] };
    yield { ...bare, children: [{ name: { namespace: "", local: "other" }, attributes: [], children: [] }] };
  }
  if (type.kind === "complex" && !isBuiltin(type.id)) {
    for (const body of bodiesOf(search, type)) if (body !== undefined) yield { name, ...body };
  }
}

/** All that a type may hold, one thing at a time, then all at once. */
export function* bodiesOf(
  search: Search,
  type: ComplexType,
): Generator<(Body & Partial<Specimen>) | undefined> {
  const { sampler } = search;
  yield sampler.bodyOf(type.id);
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  yield* wordsApart(search, type);
  const leaves = leavesOf(particle);
  for (const leaf of leaves) yield bodyHolding(search, type, leaf, 1);
  for (const leaf of leaves)
    yield bodyHolding(search, type, leaf, leaf.max === "unbounded" ? 2 : Math.min(leaf.max, 50));
  const least = sampler.bodyOf(type.id);
  if (least !== undefined) {
    for (const use of type.attributes) {
      const value = use.fixed ?? sampler.textOf(use.type);
      if (!use.required && value !== undefined)
        yield { ...least, attributes: [...least.attributes, { name: use.name, value }] };
    }
    const content = simpleContentOf(search.model, type);
    for (const text of content === undefined ? [] : textsApart(search, content, undefined)) {
      yield { ...least, children: [text] };
    }
    if (content === undefined) yield { ...least, children: ["text", ...least.children] };
  }
  yield* strangers(search, type);
  for (const times of [1, 2]) yield bodyOfAll(search, type, times);
}

/** A body with a part so many times. */
export function bodyHolding(
  { sampler }: Search,
  type: ComplexType,
  part: Particle,
  times: number,
  node?: Specimen,
): Body | undefined {
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const word = sampler.wordHolding(particle, new Map([[part, times]]));
  if (word === undefined) return undefined;
  let placed = node === undefined;
  const letters = marked(sampler, word, part).map((letter) => {
    if (placed || letter.leaf !== part || node === undefined) return letter;
    placed = true;
    return { leaf: letter.leaf, node };
  });
  return sampler.bodyWith(type.id, letters);
}

/** A body with everything that a type may hold, each so many times as far as it may repeat. */
export function bodyOfAll({ sampler }: Search, type: ComplexType, times: number): Body | undefined {
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const body = sampler.bodyWith(type.id, sampler.wordOfAll(particle, times).slice(0, 400));
  if (body === undefined) return undefined;
  const present = new Set(body.attributes.map(({ name }) => idOf(name)));
  const more = type.attributes.flatMap(({ name, fixed, type: used }) => {
    const value = fixed ?? sampler.textOf(used);
    return value === undefined || present.has(idOf(name)) ? [] : [{ name, value }];
  });
  return { ...body, attributes: [...body.attributes, ...more] };
}

/** Marks what stands for a part, so that objections to it are recognised. */
export function marked(sampler: Sampler, word: readonly Letter[], part: Particle): readonly Letter[] {
  return word.map((letter) => {
    if (!holds(part, letter.leaf)) return letter;
    const node = letter.node ?? sampler.nodeAt(letter.leaf);
    return node === undefined ? letter : { leaf: letter.leaf, node: { ...node, focus: true } };
  });
}

/** Children in an order that one side accepts and the other does not. */
export function* wordsApart(search: Search, type: ComplexType): Generator<Body | undefined> {
  const { before, after } = search.releases;
  const there = typeOf(search.other, search.there(type.id));
  if (there?.kind !== "complex" || there.content.kind === "simple" || type.content.kind === "simple") return;
  const part = (complex: ComplexType): ReturnType<typeof normalise> =>
    complex.content.kind === "elements" ? normalise(complex.content.particle) : undefined;
  const [old, current] = search.side === "old" ? [part(type), part(there)] : [part(there), part(type)];
  if (old === undefined && current === undefined) return;
  const language = createContentLanguage(before, after, old, current);
  const relation = language.compare({ part: old, side: "old" }, { part: current, side: "new" });
  const word = search.side === "old" ? relation.onlyOld : relation.onlyNew;
  if (word !== undefined) yield spelled(search, type, word);
}

function spelled({ model, sampler }: Search, type: ComplexType, word: readonly Word[]): Body | undefined {
  const leaves = leavesOf(type.content.kind === "elements" ? type.content.particle : undefined);
  const [anywhere] = leaves;
  const letters: Letter[] = [];
  for (const letter of word) {
    const id = "name" in letter ? letter.name : `{${letter.namespace}}other`;
    const own = leaves.find((leaf) => leaf.kind === "element" && idOf(leaf.name) === id);
    const substitute = model.elements[id];
    const node =
      own === undefined
        ? substitute === undefined
          ? { name: nameOfId(id), attributes: [], children: [] }
          : sampler.nodeOf(substitute)
        : sampler.nodeAt(own);
    const leaf = own ?? anywhere;
    if (node === undefined || leaf === undefined) return undefined;
    letters.push({ leaf, node });
  }
  return sampler.bodyWith(type.id, letters);
}

/** Elements that nobody declared, or that somebody else did, where wildcards let them in. */
export function* strangers(search: Search, type: ComplexType): Generator<Body | undefined> {
  if (type.content.kind !== "elements") return;
  for (const leaf of leavesOf(type.content.particle)) {
    if (leaf.kind === "any") yield* strangersAt(search, type, leaf);
  }
  const { sampler } = search;
  const least = sampler.bodyOf(type.id);
  if (type.content.open === undefined || least === undefined) return;
  for (const node of strangersFor(search, type.content.open.wildcard)) {
    yield { ...least, children: [...least.children, node] };
    yield { ...least, children: [node, ...least.children] };
  }
}

/** Bodies with what a wildcard lets in, at its place. */
export function* strangersAt(search: Search, type: ComplexType, leaf: Leaf): Generator<Body | undefined> {
  if (leaf.kind !== "any") return;
  for (const node of strangersFor(search, leaf.wildcard)) {
    yield bodyHolding(search, type, leaf, 1, { ...node, focus: true });
  }
}
