// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** What straight-line writers ask of the tables, apart, so that only a bundle with such writers holds it. */
import type { Attribute, Ref, SimpleType, Type } from "./descriptor.js";
import { isKnown, legal, type QuickWriter, type Tag, type WriterParts } from "./encode.js";
import { checkPresence, familyOf, follow, kindOf, planOf, type Entry, type Plan } from "./plan.js";
import { print } from "./simple.js";
import {
  boolean,
  collect,
  copy,
  end,
  integer,
  leafTags,
  mark,
  raw,
  reset,
  stretchOf,
  text,
  wideText,
  type LeafTags,
} from "./sink.js";
import { countIn, isObject, own, type Values } from "./values.js";

/** What a writer may do; see `writers.ts`. */
export interface WriterHost {
  readonly end: typeof end;
  readonly text: typeof text;
  readonly wideText: typeof wideText;
  readonly integer: typeof integer;
  readonly boolean: typeof boolean;
  readonly tag: (entry: Entry) => LeafTags;
  /** An element of text, a number or a boolean, whatever its value. */
  readonly leaf: (entry: Entry, value: unknown) => void;
  /** What writes any other element. */
  readonly child: (entry: Entry) => (value: unknown) => void;
  /** The attribute at this index; false when there is anything to say about it. */
  readonly attribute: (index: number, value: unknown) => boolean;
  /** The text of simple content, in the same way. */
  readonly content: (value: unknown) => boolean;
  /** Is what must be there so often there? */
  readonly present: (value: Values) => boolean;
  /** Is every key known? */
  readonly known: (value: Values, typed: boolean) => boolean;
}

/**
 * Writes what follows the name in the start tag of a struct, `>` included, up to its end tag. False when there is anything to say
 * about it, or when it is written otherwise: then what it has written is to be dropped.
 */
export type Writer = (value: Values, typed: boolean) => boolean;

/** Makes a writer; the source that `printWriter` gives is the body of this function. */
export type MakeWriter = (host: WriterHost, entries: readonly Entry[]) => Writer;

/** The writers of one call; `makerOf` gives what makes one for a plan, if it has any. */
export function createWriters(
  parts: WriterParts,
  makerOf: (plan: Plan) => MakeWriter | null | undefined,
): QuickWriter {
  const writers = new Map<Plan, Writer>();
  const writerOf = (plan: Plan): Writer | undefined => {
    let write = writers.get(plan);
    if (!write) {
      write = makerOf(plan)?.(hostOf(plan, parts, writerOf), plan.entries);
      if (write) writers.set(plan, write);
    }
    return write;
  };
  return (plan, value, polymorphic) => {
    const write = writerOf(plan);
    return write && collect(() => write(value, polymorphic));
  };
}

/** The host of the writer of a struct; `writerOf` gives those of others. */
function hostOf(plan: Plan, parts: WriterParts, writerOf: (plan: Plan) => Writer | undefined): WriterHost {
  const { item, prefixOf, qName, tagOf } = parts;
  const leaf = (entry: Entry, value: unknown): void =>
    raw((kindOf(entry) > 0 ? parts.leaf(entry, value) : undefined) ?? item(entry.part, value, ""));
  const legalText = (text: string | undefined, before = "", after = ""): boolean => {
    if (text === undefined) return false;
    raw(before + text + after);
    return true;
  };
  return {
    end,
    leaf,
    text,
    wideText,
    integer,
    boolean,
    tag: (entry) => tagsOf(tagOf(entry, entry.expanded)),
    child: (entry) => childOf(entry, parts, writerOf),
    attribute(index, value) {
      const { name, ns, type } = plan.attributes[index] as Attribute;
      const text = legal(print(follow(type), value, prefixOf), true);
      return legalText(text, text === undefined ? "" : ` ${qName(ns ? `{${ns}}${name}` : name)}="`, '"');
    },
    content: (value) => legalText(legal(print(follow(plan.text as Ref<SimpleType>), value, prefixOf), false)),
    present(value) {
      let fine = true;
      checkPresence(plan.rules, countIn(value), () => (fine = false));
      return fine;
    },
    known: (value, typed) => Object.keys(value).every((key) => isKnown(plan, value, key, typed)),
  };
}

const stretches = /*#__PURE__*/ new WeakMap<Tag, LeafTags>();

/** Tags as they are copied; made once, since they are the same from call to call. */
function tagsOf(tag: Tag): LeafTags {
  let tags = stretches.get(tag);
  if (!tags) stretches.set(tag, (tags = leafTags(tag.open, tag.close)));
  return tags;
}

/** What writes an element that is no leaf: by code where its type has some, by tables what that does not expect. */
function childOf(
  entry: Entry,
  { item, tagOf, typeAttribute }: WriterParts,
  writerOf: (plan: Plan) => Writer | undefined,
): (value: unknown) => void {
  const { part, element } = entry;
  const type = element && follow<Type>(element.type);
  const slow = (value: unknown): void => raw(item(part, value, ""));
  if (type?.kind !== "struct" && type?.kind !== "polymorphic") return slow;
  const { start, close } = tagOf(entry, entry.expanded);
  /** What writes the values of one type. */
  const writerAs = (target: Type, typed: string, polymorphic: boolean): ((value: Values) => void) => {
    if (target.kind !== "struct") return slow;
    const plan = planOf(target);
    const begin = stretchOf(start + typed);
    const finish = stretchOf(close);
    let write: Writer | undefined;
    return (value) => {
      if (!(write ??= writerOf(plan))) return slow(value);
      const before = mark();
      copy(begin);
      if (write(value, polymorphic)) {
        copy(finish);
        return;
      }
      reset(before);
      slow(value);
    };
  };
  if (type.kind === "struct") {
    const put = writerAs(type, "", false);
    return (value) => (isObject(value) ? put(value) : slow(value));
  }
  const [base, ...derived] = familyOf(type);
  const chosen = new Map<unknown, (value: Values) => void>();
  return (value) => {
    if (!isObject(value)) return slow(value);
    const tag = own(value, "$type");
    let found = chosen.get(tag);
    if (!found) {
      const plain = tag === undefined ? type.abstract !== true : tag === base?.[0];
      const known = plain ? base : derived.find((one) => one[0] === tag);
      if (!known) return slow(value);
      chosen.set(tag, (found = writerAs(follow(known[2]), plain ? "" : typeAttribute(known[1]), true)));
    }
    found(value);
  };
}
