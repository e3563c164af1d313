/** Documents about one member of a type: an attribute, a particle, or what wildcards and open content let in. */
import type { Change } from "../../diff/index.js";
import { leavesOf, typeOf } from "../../model/query.js";
import type { ComplexType, ElementParticle, Particle } from "../../model/types.js";
import type { Access } from "./access.js";
import { aroundEach } from "./access.js";
import { bodyHolding, formsOf, marked, strangers, strangersAt, wordsApart } from "./bodies.js";
import type { Search } from "./releases.js";
import type { Body, Specimen } from "./specimen.js";
import { attributeDocuments } from "./values.js";
import { wildAttributes } from "./wildcards.js";

/** Documents with and without a member of a type, and with all forms that it may have. */
export function* documentsOfHolder(
  search: Search,
  change: Change,
  access: Access,
  type: ComplexType,
  member: string,
): Generator<Specimen> {
  const { sampler, ways } = search;
  const emit = (bodies: Iterable<(Body & Partial<Specimen>) | undefined>): Generator<Specimen> =>
    aroundEach(ways, access, bodies);
  if (member.startsWith("/@")) {
    if (member === "/@*") {
      if (type.anyAttribute !== undefined) yield* wildAttributes(search, access, type.anyAttribute);
      const there = typeOf(search.other, search.there(access.type));
      if (there?.kind === "complex" && there.anyAttribute !== undefined)
        yield* wildAttributes(search, access, there.anyAttribute);
    }
    yield* emit([sampler.bodyOf(type.id)]);
    const local = member.slice(2);
    const uses = type.attributes.filter(({ name }) => name.local === local);
    for (const use of uses) yield* attributeDocuments(search, access, type, use);
    const twin = typeOf(search.other, search.there(access.type));
    if (uses.length === 0 && type.anyAttribute !== undefined && twin?.kind === "complex") {
      const names = twin.attributes.map(({ name }) => name).filter((name) => name.local === local);
      yield* wildAttributes(search, access, type.anyAttribute, names);
    }
    return;
  }
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const focus = focusIn(search, change, particle, member);
  if (focus === undefined) {
    const least = sampler.bodyOf(type.id);
    yield* emit([least && { ...least, focus: true }]);
    if (/\/\*/u.test(member) || change.rule.startsWith("opencontent")) yield* emit(strangers(search, type));
    if (type.content.kind === "elements") {
      yield* emit([least && { ...least, children: ["text", ...least.children], focus: true }]);
    }
    yield* emit(wordsApart(search, type));
    return;
  }
  // Without it, with it, and with it as often as one side allows and the other does not.
  yield* emit([bodyHolding(search, type, focus, 0), sampler.bodyOf(type.id)]);
  const plain = bodyHolding(search, type, focus, 1);
  yield* emit([plain]);
  const bounds = [change.old, change.new].flatMap((side) => {
    const [min = 1, max = 1] = [side?.min, side?.max];
    return [min - 1, min, min + 1, ...(max === "unbounded" ? [] : [max, max + 1])];
  });
  for (const times of new Set(bounds.filter((bound) => bound > 1 && bound <= 5000))) {
    yield* emit([bodyHolding(search, type, focus, times)]);
  }
  if (focus.kind === "element") {
    for (const node of formsOf(search, focus, leafThere(search, change, type, focus))) {
      yield* emit([bodyHolding(search, type, focus, 1, { ...node, focus: true })]);
    }
  } else if (focus.kind === "any") yield* emit(strangersAt(search, type, focus));
  for (const leaf of leavesOf(particle)) {
    if (leaf === focus) continue;
    const word = sampler.wordHolding(
      particle,
      new Map<Particle, number>([
        [focus, 1],
        [leaf, 1],
      ]),
    );
    yield* emit([word && sampler.bodyWith(type.id, marked(sampler, word, focus))]);
  }
  yield* emit(wordsApart(search, type));
}

/** The particle that a change is about, on this side. */
function focusIn(
  { side, name }: Search,
  change: Change,
  particle: Particle | undefined,
  member: string,
): Particle | undefined {
  if (particle === undefined) return undefined;
  const span = side === "old" ? change.oldSpan : change.newSpan;
  const all: Particle[] = [];
  const visit = (each: Particle): void => {
    all.push(each);
    if (each.kind !== "element" && each.kind !== "any") each.particles.forEach(visit);
  };
  visit(particle);
  const exact = all.find(
    (each) => span !== undefined && each.span.file === span.file && each.span.start === span.start,
  );
  if (exact !== undefined) return exact === particle && member === "" ? undefined : exact;
  if (member === "") return undefined;
  const local = member.slice(1);
  return all.find((each) => each.kind === "element" && [local, name].includes(each.name.local));
}

function leafThere(
  search: Search,
  change: Change,
  type: ComplexType,
  focus: ElementParticle,
): ElementParticle | undefined {
  const there = typeOf(search.other, search.there(type.id));
  if (there?.kind !== "complex" || there.content.kind !== "elements") return undefined;
  const span = search.side === "old" ? change.newSpan : change.oldSpan;
  const leaves = leavesOf(there.content.particle).filter((leaf) => leaf.kind === "element");
  return (
    leaves.find(
      (leaf) => span !== undefined && leaf.span.file === span.file && leaf.span.start === span.start,
    ) ?? leaves.find((leaf) => leaf.name.local === focus.name.local)
  );
}
