/** What the change of a content model does to TypeScript: the objects of two types, property by property. */
import { attributesOf, membersOf, type ShapeMember } from "../model/shape.js";
import { derivedTypes, typeOf } from "../model/query.js";
import type { ComplexType, Model } from "../model/types.js";
import type { Comparison } from "./place.js";
import type { SourceVerdicts, Verdict } from "./types.js";

/** Two complex types being compared. */
export interface ComplexPair {
  readonly old: ComplexType;
  readonly current: ComplexType;
}

/** A property of some form of an object: what it holds is told by the signature. */
interface Property {
  readonly optional: boolean;
  /** One value, an array, or an array of certain items. */
  readonly holds: string;
}

/** One combination of the branches of a type. */
type Form = ReadonlyMap<string, Property>;

/** More combinations than this are shown as optional properties side by side. */
const mostForms = 64;

const memo = new WeakMap<Comparison, WeakMap<ComplexType, WeakMap<ComplexType, SourceVerdicts>>>();

/** Verdicts on code that reads, builds, or lists the properties of a type whose content model changed. */
export function compareShapes(comparison: Comparison, { old, current }: ComplexPair): SourceVerdicts {
  const own = memo.get(comparison) ?? new WeakMap<ComplexType, WeakMap<ComplexType, SourceVerdicts>>();
  memo.set(comparison, own);
  const known = own.get(old)?.get(current);
  if (known !== undefined) return known;
  const before = formsOf(comparison.before, old);
  const after = formsOf(comparison.after, current);
  const [was, is] = [namesIn(before), namesIn(after)];
  // What came or went for good is told by findings of its own.
  const common = new Set([...was].filter((name) => is.has(name)));
  const [olds, news] = [before.map((form) => only(form, common)), after.map((form) => only(form, common))];
  const reshaped = isReshaped(comparison, { old, current });
  const verdicts = {
    read:
      reshaped ||
      !news.every((form) => olds.some((other) => reads(form, other))) ||
      !readsAlike(olds, news, common),
    build: reshaped || !olds.every((form) => buildsIn(form, news)),
    meta: was.size !== common.size || is.size !== common.size,
  };
  const word = (breaks: boolean): Verdict => (breaks ? "breaking" : "safe");
  const result = {
    read: word(verdicts.read),
    build: word(verdicts.build),
    meta: word(verdicts.meta || verdicts.read || verdicts.build),
  };
  const inner = own.get(old) ?? new WeakMap<ComplexType, SourceVerdicts>();
  own.set(old, inner.set(current, result));
  return result;
}

function namesIn(forms: readonly Form[]): ReadonlySet<string> {
  return new Set(forms.flatMap((form) => [...form.keys()]));
}

function only(form: Form, names: ReadonlySet<string>): Form {
  return new Map([...form].filter(([name]) => names.has(name)));
}

/** Whether code that was written for one form can read an object of another: all that must be there is there. */
function reads(object: Form, expected: Form): boolean {
  return [...expected].every(([name, { optional, holds }]) => {
    const there = object.get(name);
    if (there === undefined) return optional;
    return there.holds === holds && (optional || !there.optional);
  });
}

/** Whether each property by itself is what it was, or less. */
function readsAlike(olds: readonly Form[], news: readonly Form[], names: ReadonlySet<string>): boolean {
  const mayLack = (forms: readonly Form[], name: string): boolean =>
    forms.some((form) => form.get(name)?.optional !== false);
  const held = (forms: readonly Form[], name: string): ReadonlySet<string> =>
    new Set(forms.flatMap((form) => form.get(name)?.holds ?? []));
  return [...names].every((name) => {
    const known = held(olds, name);
    return (
      (mayLack(olds, name) || !mayLack(news, name)) && [...held(news, name)].every((each) => known.has(each))
    );
  });
}

/** Whether what was built in one form is still an object of some form, with and without what is optional. */
function buildsIn(form: Form, forms: readonly Form[]): boolean {
  const required = [...form].filter(([, { optional }]) => !optional);
  const literals = [
    required,
    ...[...form].filter(([, { optional }]) => optional).map((each) => [...required, each]),
    [...form],
  ];
  return literals.every((literal) => {
    const names = new Map(literal);
    return forms.some(
      (other) =>
        [...other].every(([name, { optional }]) => optional || names.has(name)) &&
        literal.every(([name, { holds }]) => other.get(name)?.holds === holds),
    );
  });
}

/** Whether what is a property by itself in one release stands among the items of a list in the other, though both have it. */
export function isReshaped({ before, after }: Comparison, { old, current }: ComplexPair): boolean {
  const [was, is] = [placesOf(before, old), placesOf(after, current)];
  const moved = (from: Places, to: Places): boolean =>
    [...from.alone].some((name) => to.listed.has(name) && !to.alone.has(name));
  return moved(was, is) || moved(is, was);
}

/** Whether the same happens to a type that is derived from these, by what they bring along. */
export function reshapesDerived(comparison: Comparison, { old, current }: ComplexPair): boolean {
  const { before, after } = comparison;
  if (old.name === undefined || current.name === undefined) return false;
  return derivedTypes(after, current.id).some((id) => {
    const [was, is] = [typeOf(before, id), typeOf(after, id)];
    return (
      was?.kind === "complex" && is?.kind === "complex" && isReshaped(comparison, { old: was, current: is })
    );
  });
}

/** Names that are properties by themselves, and such that stand among the items of a list. */
interface Places {
  readonly alone: ReadonlySet<string>;
  readonly listed: ReadonlySet<string>;
}

function placesOf(model: Model, type: ComplexType): Places {
  const [alone, listed] = [new Set<string>(), new Set<string>()];
  const visit = (members: readonly ShapeMember[]): void => {
    for (const member of members) {
      if (member.kind === "choice") for (const branch of member.branches) visit(branch);
      else if (member.kind === "slot") for (const { property } of member.items) listed.add(property);
      else alone.add(member.property);
    }
  };
  if (model.types[type.id] !== undefined) visit(membersOf(model, type.id));
  return { alone, listed };
}

/** What objects of a type look like, one form for each combination of its branches. */
function formsOf(model: Model, type: ComplexType): readonly Form[] {
  if (model.types[type.id] === undefined) return [new Map()];
  const attributes = attributesOf(model, type.id).map(
    ({ property, use }) => [property, { optional: !use.required, holds: "one" }] as const,
  );
  const along = (members: readonly ShapeMember[]): readonly Form[] => {
    let forms: readonly Form[] = [new Map()];
    for (const member of members) {
      const ways = waysOf(member);
      if (forms.length * ways.length > mostForms) return [loose(members)];
      forms = forms.flatMap((form) => ways.map((way) => new Map([...form, ...way])));
    }
    return forms;
  };
  const waysOf = (member: ShapeMember): readonly Form[] => {
    if (member.kind !== "choice") return [new Map([propertyOf(member)])];
    if (member.flattened) return [loose(member.branches.flat())];
    const ways = member.branches.flatMap(along);
    return member.min === 0 ? [...ways, new Map()] : ways;
  };
  const loose = (members: readonly ShapeMember[]): Form =>
    new Map(
      members.flatMap((member): (readonly [string, Property])[] => {
        if (member.kind === "choice") return [...loose(member.branches.flat())];
        const [name, property] = propertyOf(member);
        return [[name, { ...property, optional: true }]];
      }),
    );
  return along(membersOf(model, type.id)).map((form) => new Map([...attributes, ...form]));
}

function propertyOf(member: Exclude<ShapeMember, { readonly kind: "choice" }>): readonly [string, Property] {
  const optional = member.min === 0;
  if (member.kind === "slot") {
    const items = member.items.map(({ property }) => property).sort();
    return [member.property, { optional, holds: `[${items.join(" ")}]` }];
  }
  return [member.property, { optional, holds: member.kind === "any" || member.max !== 1 ? "many" : "one" }];
}
