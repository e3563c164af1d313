// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What straight-line writers ask of the tables, apart, so that only a bundle with such writers holds it. */
import type { Atomic, Attribute, Ref, SimpleType, Type } from "./descriptor.js";
import { isKnown, legal, type QuickWriter, type Tag, type WriterParts } from "./encode.js";
import { ncName } from "./names.js";
import { checkPresence, familyOf, follow, kindOf, planOf, type Entry, type Plan } from "./plan.js";
import { print } from "./simple.js";
import {
  collect,
  copy,
  end,
  integer,
  join,
  leafTags,
  mark,
  raw,
  reset,
  stretchOf,
  text,
  whole,
  wideText,
  type LeafTags,
} from "./sink.js";
import { countIn, isObject, own, type Values } from "./values.js";

/** Writers, with what they have prepared, which is kept from call to call. */
const writers = /*#__PURE__*/ new WeakMap<Plan, Writer>();
/** The call at work, which has a number, and what stands before the names of a namespace in it. */
let parts: WriterParts | undefined;
let calls = 0;
const session = { call: 0 };
const prefixes = /*#__PURE__*/ new Map<string, string>();

/** What a writer may do; see `writers.ts`. */
export interface WriterHost {
  readonly end: typeof end;
  readonly text: typeof text;
  readonly wideText: typeof wideText;
  readonly integer: typeof integer;
  readonly whole: typeof whole;
  /** Tags and children hold for one call. */
  readonly session: { readonly call: number };
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
export function createWriters(own: WriterParts, makerOf: MakerOf): QuickWriter {
  const call = ++calls;
  return {
    join,
    write(plan, value, polymorphic, joined) {
      // What is asked for while another document is written is left to tables.
      const write = parts && parts !== own ? undefined : writerOf(plan, makerOf);
      if (!write) return undefined;
      if (session.call !== call) prefixes.clear();
      session.call = call;
      const outer = parts;
      parts = own;
      try {
        return collect(() => write(value, polymorphic), joined);
      } finally {
        parts = outer;
      }
    },
  };
}

type MakerOf = (plan: Plan) => MakeWriter | null | undefined;

function writerOf(plan: Plan, makerOf: MakerOf): Writer | undefined {
  let write = writers.get(plan);
  if (!write) {
    write = makerOf(plan)?.(hostOf(plan, makerOf), plan.entries);
    if (write) writers.set(plan, write);
  }
  return write;
}

/** The type of a leaf that has no tables of its own; what is read into an empty one makes no difference here. */
export function atomicOf({ element, tag }: Entry): Atomic | undefined {
  const type = element && tag === undefined ? follow<Type>(element.type) : undefined;
  return type?.kind === "atomic" ? type : undefined;
}

/** The values of a type that has but a few, as far as they are written as they are. */
export function valuesOf({ as, builtin, facets, mapping, values }: Atomic): readonly unknown[] {
  if (facets?.whiteSpace || mapping) return [];
  if (!values) return as === "boolean" ? [true, false] : [];
  const isText = as === "string" && /^(?:string|normalizedString|token)$/.test(builtin);
  return isText ? values.filter((one) => legal(one, false) === one) : [];
}

/** The host of the writer of a struct. */
function hostOf(plan: Plan, makerOf: MakerOf): WriterHost {
  const { attributes } = plan;
  const lasts: (Last | undefined)[] = [];
  /** What was made for the tags of an entry, as long as the prefix is the same. */
  const prepare = <T>(entry: Entry, make: (tag: Tag) => T): T => {
    const { expanded, name, ns, order } = entry;
    let last = lasts[order];
    if (last === undefined || last.prefix !== prefixes.get(ns)) {
      const tag = working().tagOf(entry, expanded);
      const prefix = tag.name.slice(0, tag.name.length - name.length);
      if (last?.prefix !== prefix) last = { prefix, made: make(tag) };
      if (ncName.test(name)) {
        prefixes.set(ns, prefix);
        lasts[order] = last;
      }
    }
    return last.made as T;
  };
  const legalText = (text: string | undefined, before = "", after = ""): boolean => {
    if (text === undefined) return false;
    raw(before + text + after);
    return true;
  };
  return {
    session,
    end,
    text,
    wideText,
    integer,
    whole,
    leaf(entry, value) {
      const { item, leaf } = working();
      raw((kindOf(entry) > 0 ? leaf(entry, value) : undefined) ?? item(entry.part, value, ""));
    },
    tag: (entry) =>
      prepare(entry, ({ open, close }) => {
        const type = atomicOf(entry);
        return leafTags(open, close, type ? valuesOf(type) : []);
      }),
    child: (entry) => prepare(entry, (tag) => childOf(entry, tag, makerOf)),
    attribute(index, value) {
      const { prefixOf, qName } = working();
      const { name, ns, type } = attributes[index] as Attribute;
      const text = legal(print(follow(type), value, prefixOf), true);
      return legalText(text, text === undefined ? "" : ` ${qName(ns ? `{${ns}}${name}` : name)}="`, '"');
    },
    content(value) {
      return legalText(legal(print(follow(plan.text as Ref<SimpleType>), value, working().prefixOf), false));
    },
    present(value) {
      let fine = true;
      checkPresence(plan.rules, countIn(value), () => (fine = false));
      return fine;
    },
    known: (value, typed) => Object.keys(value).every((key) => isKnown(plan, value, key, typed)),
  };
}

interface Last {
  readonly prefix: string;
  readonly made: unknown;
}

const working = (): WriterParts => parts as WriterParts;

/** What writes an element that is no leaf: by code where its type has some, by tables what that does not expect. */
function childOf(
  { element, part }: Entry,
  { start, close }: Tag,
  makerOf: MakerOf,
): (value: unknown) => void {
  const type = element && follow<Type>(element.type);
  const slow = (value: unknown): void => raw(working().item(part, value, ""));
  if (type?.kind !== "struct" && type?.kind !== "polymorphic") return slow;
  const finish = stretchOf(close);
  /** What writes the values of one type. */
  const writerAs = (target: Type, typed: string, polymorphic: boolean): ((value: Values) => void) => {
    if (target.kind !== "struct") return slow;
    const plan = planOf(target);
    const begin = stretchOf(start + typed);
    let write: Writer | undefined;
    return (value) => {
      if (!(write ??= writerOf(plan, makerOf))) return slow(value);
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
  const made = new Map<unknown, readonly [typed: string, put: (value: Values) => void]>();
  const chosen = new Map<unknown, (value: Values) => void>();
  let call = 0;
  return (value) => {
    if (!isObject(value)) return slow(value);
    if (call !== session.call) {
      call = session.call;
      chosen.clear();
    }
    const tag = own(value, "$type");
    let found = chosen.get(tag);
    if (!found) {
      const plain = tag === undefined ? type.abstract !== true : tag === base?.[0];
      const known = plain ? base : derived.find((one) => one[0] === tag);
      if (!known) return slow(value);
      // What it uses is declared in each call.
      const typed = plain ? "" : working().typeAttribute(known[1]);
      let last = made.get(tag);
      if (last?.[0] !== typed) made.set(tag, (last = [typed, writerAs(follow(known[2]), typed, true)]));
      chosen.set(tag, (found = last[1]));
    }
    found(value);
  };
}
