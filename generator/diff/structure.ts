/** When two types mean the same although they have other names or stand in other places. */
import { typeOf } from "../model/query.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type Model,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
  type Wildcard,
} from "../model/types.js";
import { meaningOf, normalise } from "./normal.js";

/** Old types by what they are called now. */
export type Correspondence = ReadonlyMap<TypeId, TypeId>;

/** Questions about the structure of types of two models. */
export interface Structure {
  /** Whether an old and a new type accept and look the same; types that correspond count as the same. */
  readonly isSame: (oldId: TypeId, newId: TypeId) => boolean;
  /** A text that is equal for an old and a new type when both are the same named type, or unnamed and alike. */
  readonly meaningOf: (side: "old" | "new", id: TypeId) => string;
  /** Whether two names mean the same type. */
  readonly corresponds: (oldId: TypeId, newId: TypeId) => boolean;
}

/** A type without the types that it uses, and these in a fixed order. */
interface Outline {
  readonly text: string;
  readonly used: readonly TypeId[];
}

/** Prepares questions; `renamed` may grow later, then ask again. */
export function createStructure(before: Model, after: Model, renamed: Correspondence): Structure {
  const models = { old: before, new: after };
  const texts = { old: new Map<TypeId, string>(), new: new Map<TypeId, string>() };
  const outlines = { old: new Map<TypeId, Outline>(), new: new Map<TypeId, Outline>() };

  const canonical = (side: "old" | "new", id: TypeId): TypeId =>
    side === "old" ? (renamed.get(id) ?? id) : id;
  const meaning = (side: "old" | "new", id: TypeId): string => {
    const type = typeOf(models[side], id);
    if (type === undefined || type.name !== undefined) return canonical(side, id);
    const known = texts[side].get(id);
    if (known !== undefined) return known;
    texts[side].set(id, id); // An unnamed type that leads back to itself.
    const text = textOf(models[side], type, (each) => meaning(side, each));
    texts[side].set(id, text);
    return text;
  };

  const outline = (side: "old" | "new", type: TypeDefinition): Outline => {
    let known = outlines[side].get(type.id);
    if (known === undefined) {
      const used: TypeId[] = [];
      const text = textOf(models[side], type, (id) => {
        used.push(id);
        return "";
      });
      outlines[side].set(type.id, (known = { text, used }));
    }
    return known;
  };

  const isSame = (oldId: TypeId, newId: TypeId): boolean => {
    const assumed = new Set<string>();
    const agree = (a: TypeId, b: TypeId): boolean => {
      const [old, current] = [typeOf(before, a), typeOf(after, b)];
      if (old === undefined || current === undefined) return a === b;
      if (canonical("old", a) === b && old.name !== undefined && assumed.size > 0) return true;
      const key = `${a} ${b}`;
      if (assumed.has(key)) return true;
      assumed.add(key);
      if (old.kind !== current.kind) return false;
      const [was, is] = [outline("old", old), outline("new", current)];
      return was.text === is.text && was.used.every((id, index) => agree(id, is.used[index] ?? ""));
    };
    return agree(oldId, newId);
  };
  return {
    isSame,
    meaningOf: meaning,
    corresponds: (oldId, newId) => canonical("old", oldId) === newId,
  };
}

/** A type as text, its name left out; the types it uses are named by `nameOf`, in a fixed order. */
function textOf(model: Model, type: TypeDefinition, nameOf: (id: TypeId) => string): string {
  return type.kind === "simple" ? simpleText(type, nameOf) : complexText(model, type, nameOf);
}

function simpleText(type: SimpleType, nameOf: (id: TypeId) => string): string {
  const { variety, facets, item, members, assertions } = type;
  const { enumeration, patterns, fixed: _fixed, ...bounds } = facets;
  const sorted = Object.entries(bounds).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    variety,
    variety === "atomic" ? (type.builtin ?? type.primitive ?? type.id) : undefined,
    sorted,
    enumeration && [...new Set(enumeration.map(({ value }) => value))].sort(),
    patterns && [...new Set(patterns.map((step) => JSON.stringify([...step].sort())))].sort(),
    assertions,
    item !== undefined && nameOf(item),
    members?.map(nameOf),
  ]);
}

function complexText(model: Model, type: ComplexType, nameOf: (id: TypeId) => string): string {
  const { content, abstract, block, anyAttribute, assertions } = type;
  const attributes = [...type.attributes].sort((a, b) => (nameOfUse(a) < nameOfUse(b) ? -1 : 1));
  return JSON.stringify([
    abstract,
    [...block].sort(),
    assertions,
    attributes.map((use) => [
      nameOfUse(use),
      use.ref,
      use.required,
      use.default,
      use.fixed,
      use.ref === undefined && nameOf(use.type),
    ]),
    wildcardText(anyAttribute),
    content.kind === "elements" && content.mixed,
    content.kind === "simple" && nameOf(content.type),
    content.kind === "elements" &&
      meaningOf(normalise(content.particle), ({ element }) =>
        element.ref === undefined ? nameOf(element.type) : "",
      ),
    content.kind === "elements" && content.open && [content.open.mode, wildcardText(content.open.wildcard)],
  ]);
}

function nameOfUse({ name }: AttributeUse): string {
  return idOf(name);
}

function wildcardText(wildcard: Wildcard | undefined): string | undefined {
  return wildcard && JSON.stringify([wildcard.namespaces, wildcard.process, wildcard.notNames]);
}
