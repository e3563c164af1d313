// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** What straight-line writers ask of the tables, apart, so that only a bundle with such writers holds it. */
import type { Attribute, Ref, SimpleType, Type } from "./descriptor.js";
import { isKnown, legal, type WriterHost, type WriterParts } from "./encode.js";
import { checkPresence, familyOf, follow, kindOf, planOf, type Entry, type Plan } from "./plan.js";
import { print } from "./simple.js";
import { countIn, isObject, own, type Values } from "./values.js";

/** The host of the writer of a struct. */
export function writerHost(plan: Plan, parts: WriterParts): WriterHost {
  const { item, leaf, prefixOf, qName, tagOf } = parts;
  return {
    tag: (entry) => tagOf(entry, entry.expanded),
    leaf: (entry, value) =>
      (kindOf(entry) > 0 ? leaf(entry, value) : undefined) ?? item(entry.part, value, ""),
    child: (entry) => childOf(entry, parts),
    attribute(index, value) {
      const { name, ns, type } = plan.attributes[index] as Attribute;
      const text = legal(print(follow(type), value, prefixOf), true);
      return text === undefined ? text : ` ${qName(ns ? `{${ns}}${name}` : name)}="${text}"`;
    },
    text: (value) => legal(print(follow(plan.text as Ref<SimpleType>), value, prefixOf), false),
    present(value) {
      let fine = true;
      checkPresence(plan.rules, countIn(value), () => (fine = false));
      return fine;
    },
    known: (value, typed) => Object.keys(value).every((key) => isKnown(plan, value, key, typed)),
  };
}

/** What writes an element that is no leaf: by code where its type has some, by tables what that does not expect. */
function childOf(
  entry: Entry,
  { item, tagOf, typeAttribute, writerOf }: WriterParts,
): (value: unknown) => string {
  const { part, element } = entry;
  const type = element && follow<Type>(element.type);
  const slow = (value: unknown): string => item(part, value, "");
  if (type?.kind !== "struct" && type?.kind !== "polymorphic") return slow;
  const { start, close } = tagOf(entry, entry.expanded);
  const put = (target: Type, typed: string, value: Values, polymorphic: boolean): string => {
    const text = target.kind === "struct" ? writerOf(planOf(target))?.(value, polymorphic) : undefined;
    return text === undefined ? slow(value) : start + typed + text + close;
  };
  if (type.kind === "struct") return (value) => (isObject(value) ? put(type, "", value, false) : slow(value));
  const [base, ...derived] = familyOf(type);
  const chosen = new Map<unknown, readonly [target: Type, typed: string]>();
  return (value) => {
    if (!isObject(value)) return slow(value);
    const tag = own(value, "$type");
    let found = chosen.get(tag);
    if (!found) {
      const plain = tag === undefined ? type.abstract !== true : tag === base?.[0];
      const known = plain ? base : derived.find((one) => one[0] === tag);
      if (!known) return slow(value);
      chosen.set(tag, (found = [follow(known[2]), plain ? "" : typeAttribute(known[1])]));
    }
    return put(...found, value, true);
  };
}
