/**
 * The smallest documents that a schema accepts: what an element must hold, and nothing else. What is chosen (a branch, a
 * derived type, a substitute) is the one that needs the fewest nodes.
 */
import { accepts, samplesOf } from "../../diff/values.js";
import { anyTypeId } from "../../model/builtins.js";
import { selectableTypes, simpleTypeOf, substitutesOf, typeOf, wildcardAdmits } from "../../model/query.js";
import type {
  ComplexType,
  ElementDeclaration,
  ElementParticle,
  Model,
  Particle,
  QName,
  SimpleType,
  TypeId,
  WildcardParticle,
} from "../../model/types.js";
import type { Body, Specimen } from "./specimen.js";

export type Leaf = ElementParticle | WildcardParticle;

/** A child of a content model: a leaf, and what is to stand there unless the least will do. */
export interface Letter {
  readonly leaf: Leaf;
  readonly node?: Specimen;
}

/** Makes the smallest instances of one schema. */
export interface Sampler {
  /** Whether some finite instance of a type exists. */
  readonly exists: (id: TypeId) => boolean;
  /** The least that an element of this type holds; undefined where nothing satisfies it. */
  readonly bodyOf: (id: TypeId) => Body | undefined;
  /** A body with these children. */
  readonly bodyWith: (id: TypeId, word: readonly Letter[]) => Body | undefined;
  /** The shortest word that holds some particles, each so many times. */
  readonly wordHolding: (
    particle: Particle | undefined,
    wanted: ReadonlyMap<Particle, number>,
  ) => readonly Letter[] | undefined;
  /** Every part of a content model at least once, what may repeat twice: a choice by its first branches. */
  readonly wordOfAll: (particle: Particle | undefined, times: number) => readonly Letter[];
  /** The least that may stand at a leaf. */
  readonly nodeAt: (leaf: Leaf) => Specimen | undefined;
  /** The least form of a global element. */
  readonly nodeOf: (element: ElementDeclaration) => Specimen | undefined;
  /** A text of a simple type. */
  readonly textOf: (id: TypeId) => string | undefined;
}

const kept = new WeakMap<Model, Sampler>();

/** The sampler of a schema, made once. */
export function samplerOf(model: Model): Sampler {
  let sampler = kept.get(model);
  if (sampler === undefined) kept.set(model, (sampler = createSampler(model)));
  return sampler;
}

type Declared = Pick<ElementParticle, "name" | "type" | "block" | "abstract" | "default" | "fixed">;

function createSampler(model: Model): Sampler {
  let costs: Map<TypeId, number> | undefined;
  const costOfType = (id: TypeId): number => {
    const type = typeOf(model, id);
    if (type === undefined) return Infinity;
    if (type.kind === "simple" || id === anyTypeId) return 1;
    if (costs === undefined) settleCosts();
    return costs?.get(id) ?? Infinity;
  };
  /** Costs of types depend on each other: they are lowered until they stay. */
  const settleCosts = (): void => {
    const known = new Map<TypeId, number>();
    costs = known;
    const complex = Object.values(model.types).filter((type): type is ComplexType => type.kind === "complex");
    for (let changed = true; changed;) {
      changed = false;
      for (const type of complex) {
        const cost = 1 + type.attributes.filter(({ required }) => required).length + contentCost(type);
        if (cost >= (known.get(type.id) ?? Infinity)) continue;
        known.set(type.id, cost);
        changed = true;
      }
    }
  };
  const contentCost = ({ content }: ComplexType): number =>
    content.kind === "elements" && content.particle !== undefined ? costOf(content.particle) : 0;
  const costOf = (particle: Particle): number =>
    particle.min === 0 || particle.max === 0 ? 0 : particle.min * costOnce(particle);
  const costOnce = (particle: Particle): number => {
    switch (particle.kind) {
      case "element":
        return chosenOf(particle)?.cost ?? Infinity;
      case "any":
        return 1;
      case "choice":
        return Math.min(Infinity, ...particle.particles.filter(({ max }) => max !== 0).map(costOf));
      default:
        return particle.particles.reduce((sum, part) => sum + costOf(part), 0);
    }
  };

  interface Chosen {
    readonly element: Declared;
    /** For `xsi:type`. */
    readonly derived?: TypeId;
    readonly cost: number;
  }
  /** What is smallest where an element may stand: itself, a substitute, itself with another type. */
  const chosenOf = (element: ElementParticle): Chosen | undefined => {
    let best: Chosen | undefined;
    const offer = (declared: Declared): void => {
      if (declared.abstract) return;
      const found = typeChosen(declared);
      if (found !== undefined && (best === undefined || found.cost < best.cost)) best = found;
    };
    const global = element.ref === undefined ? undefined : model.elements[element.ref];
    offer(global ?? element);
    if (best === undefined && element.ref !== undefined) {
      for (const id of substitutesOf(model, element.ref)) {
        const substitute = model.elements[id];
        if (substitute !== undefined) offer(substitute);
      }
    }
    return best;
  };
  const typeChosen = (element: Declared): Chosen | undefined => {
    const type = typeOf(model, element.type);
    if (type === undefined) return undefined;
    if (type.kind === "simple" || !type.abstract) {
      const cost = costOfType(element.type);
      return cost === Infinity ? undefined : { element, cost };
    }
    let best: Chosen | undefined;
    for (const derived of selectableTypes(model, element.type, [...element.block, ...type.block])) {
      const candidate = typeOf(model, derived);
      if (candidate?.kind === "complex" && candidate.abstract) continue;
      const cost = costOfType(derived) + 1;
      if (cost < (best?.cost ?? Infinity)) best = { element, derived, cost };
    }
    return best;
  };

  const texts = new Map<TypeId, string | undefined>();
  let ids = 0;
  const textOf = (id: TypeId): string | undefined => {
    const type = simpleTypeOf(model, id);
    if (type === undefined) return undefined;
    if (type.builtin?.endsWith("}ID") === true) {
      const unique = `id${++ids}`;
      if (accepts({ model, type }, unique)) return unique;
    }
    if (!texts.has(id)) texts.set(id, findText(type));
    return texts.get(id);
  };
  const findText = (type: SimpleType): string | undefined => {
    const sort = { model, type };
    const [listed] = type.facets.enumeration ?? [];
    if (listed !== undefined && accepts(sort, listed.value)) return listed.value;
    const samples = samplesOf(sort);
    return (
      samples.find((text) => text !== "" && text.trim() === text && accepts(sort, text)) ??
      samples.find((text) => accepts(sort, text))
    );
  };

  const bodyOf = (id: TypeId): Body | undefined => {
    const type = typeOf(model, id);
    if (type === undefined || costOfType(id) === Infinity) return undefined;
    if (type.kind === "simple") return textBody(id);
    if (type.content.kind !== "elements") return bodyWith(id, []);
    const word = wordOf(type.content.particle);
    return word && bodyWith(id, word);
  };
  const textBody = (id: TypeId): Body | undefined => {
    const text = textOf(id);
    return text === undefined ? undefined : { attributes: [], children: [text] };
  };
  const bodyWith = (id: TypeId, word: readonly Letter[]): Body | undefined => {
    const type = typeOf(model, id);
    if (type === undefined) return undefined;
    const children: (Specimen | string)[] = [];
    for (const letter of word) {
      const node = letter.node ?? nodeAt(letter.leaf);
      if (node === undefined) return undefined;
      children.push(node);
    }
    if (type.kind === "simple") return children.length > 0 ? { attributes: [], children } : textBody(id);
    if (type.content.kind === "simple" && children.length === 0) {
      const text = textOf(type.content.type);
      if (text === undefined) return undefined;
      children.push(text);
    }
    const attributes: { readonly name: QName; readonly value: string }[] = [];
    for (const use of type.attributes) {
      if (!use.required) continue;
      const value = use.fixed ?? textOf(use.type);
      if (value === undefined) return undefined;
      attributes.push({ name: use.name, value });
    }
    return { attributes, children };
  };
  const nodeAt = (leaf: Leaf): Specimen | undefined => {
    if (leaf.kind === "any") return strangerFor(model, leaf);
    const chosen = chosenOf(leaf);
    return chosen && nodeFor(chosen);
  };
  const nodeFor = ({ element, derived }: Chosen): Specimen | undefined => {
    const body = bodyOf(derived ?? element.type);
    if (body === undefined) return undefined;
    const children = element.fixed === undefined ? body.children : [element.fixed];
    return { name: element.name, ...(derived !== undefined && { type: derived }), ...body, children };
  };
  const nodeOf = (element: ElementDeclaration): Specimen | undefined => {
    const chosen = element.abstract ? undefined : typeChosen(element);
    return chosen && nodeFor(chosen);
  };
  const strangerFor = (_model: Model, { wildcard }: WildcardParticle): Specimen | undefined => {
    const { namespaces, process } = wildcard;
    if (process === "strict") {
      let best: Specimen | undefined;
      let least = Infinity;
      for (const element of Object.values(model.elements)) {
        if (element.abstract || !wildcardAdmits(wildcard, element.id)) continue;
        const cost = costOfType(element.type);
        if (cost >= least) continue;
        best = nodeOf(element) ?? best;
        least = cost;
      }
      return best;
    }
    const uri = namespaces.kind === "in" ? namespaces.uris[0] : freeNamespace(model);
    return uri === undefined
      ? undefined
      : { name: { namespace: uri, local: "other" }, attributes: [], children: [] };
  };

  const repeat = (word: readonly Letter[] | undefined, times: number): readonly Letter[] | undefined =>
    word && Array.from({ length: times }, () => word).flat();
  const wordOf = (particle: Particle | undefined): readonly Letter[] | undefined => {
    if (particle === undefined || particle.min === 0 || particle.max === 0) return [];
    return repeat(wordOnce(particle), particle.min);
  };
  const wordOnce = (particle: Particle): readonly Letter[] | undefined => {
    switch (particle.kind) {
      case "element":
      case "any":
        return [{ leaf: particle }];
      case "choice": {
        const parts = particle.particles.filter(({ max }) => max !== 0);
        const least = Math.min(...parts.map(costOf));
        const chosen = parts.find((part) => costOf(part) === least);
        return chosen && least < Infinity ? wordOf(chosen) : undefined;
      }
      default:
        return joined(particle.particles.map(wordOf));
    }
  };
  const joined = (words: readonly (readonly Letter[] | undefined)[]): readonly Letter[] | undefined => {
    const result: Letter[] = [];
    for (const word of words) {
      if (word === undefined) return undefined;
      result.push(...word);
    }
    return result;
  };
  const wordHolding = (
    particle: Particle | undefined,
    wanted: ReadonlyMap<Particle, number>,
  ): readonly Letter[] | undefined => {
    if (particle === undefined) return wanted.size === 0 ? [] : undefined;
    const own = wanted.get(particle);
    if (own !== undefined) {
      if (own === 0) return particle.min === 0 ? [] : undefined;
      if (particle.max !== "unbounded" && own > particle.max) return undefined;
      return repeat(wordOnce(particle), Math.max(own, particle.min));
    }
    const inside = [...wanted.keys()].filter((target) => holds(particle, target));
    if (inside.length === 0) return wordOf(particle);
    if (particle.max === 0 || particle.kind === "element" || particle.kind === "any") return undefined;
    if (particle.kind !== "choice") {
      const once = joined(particle.particles.map((part) => wordHolding(part, wanted)));
      const rest = repeat(wordOnce(particle), Math.max(0, particle.min - 1));
      return once && rest && [...once, ...rest];
    }
    // One iteration for each branch that is wanted.
    const branches = particle.particles.filter((part) => inside.some((target) => holds(part, target)));
    const limit = particle.max === "unbounded" ? Infinity : particle.max;
    if (branches.length > limit) return undefined;
    const words = joined(branches.map((branch) => wordHolding(branch, wanted)));
    const rest = repeat(wordOnce(particle), Math.max(0, particle.min - branches.length));
    return words && rest && [...words, ...rest];
  };
  const wordOfAll = (particle: Particle | undefined, times: number): readonly Letter[] => {
    if (particle === undefined || particle.max === 0) return [];
    const limit = particle.max === "unbounded" ? Infinity : particle.max;
    const count = Math.max(particle.min, Math.min(times, limit));
    const once = (index: number): readonly Letter[] => {
      if (particle.kind === "element" || particle.kind === "any") {
        return particle.kind === "any" || chosenOf(particle) !== undefined ? [{ leaf: particle }] : [];
      }
      const { particles } = particle;
      if (particle.kind !== "choice") return particles.flatMap((part) => wordOfAll(part, times));
      return wordOfAll(particles[index % particles.length], times);
    };
    const rounds =
      particle.kind === "choice" ? Math.min(limit, Math.max(count, particle.particles.length)) : count;
    return Array.from({ length: rounds }, (_, index) => once(index)).flat();
  };
  return {
    exists: (id) => costOfType(id) < Infinity,
    bodyOf,
    bodyWith,
    wordHolding,
    wordOfAll,
    nodeAt,
    nodeOf,
    textOf,
  };
}

/** Whether a particle is another one or has it inside. */
export function holds(particle: Particle, target: Particle): boolean {
  if (particle === target) return true;
  return (
    particle.kind !== "element" &&
    particle.kind !== "any" &&
    particle.particles.some((part) => holds(part, target))
  );
}

/** A namespace that no schema declares. */
export function freeNamespace(model: Model): string {
  let uri = "urn:example:other";
  while (model.namespaces.some((known) => known.uri === uri)) uri += "-";
  return uri;
}
