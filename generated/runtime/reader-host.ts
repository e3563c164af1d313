// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What straight-line readers ask of the tables, apart, so that only a bundle with such readers holds it. */
import type { Atomic } from "./descriptor.js";
import { assemble, started, type Reader, type ReaderParts } from "./decode.js";
import { integers, leavesOf, type Leaves } from "./leaves.js";
import { ATOMIC, BOOLEAN, INTEGER, STRING, type Entry, type Plan } from "./plan.js";
import type { Scanner } from "./scanner.js";
import { parseListed } from "./simple.js";

/** What a reader may do; see `compile.ts`. */
export interface ReaderHost {
  readonly scanner: Scanner;
  readonly leaves: Leaves;
  /** A list with one more item. */
  readonly add: (list: unknown[] | undefined, item: unknown) => unknown[];
  /** Like {@link Leaves.textLeaf}, the value of an element of an atomic type. */
  readonly atomicLeaf: (from: number, to: number, entry: Entry, index?: number) => unknown;
  /** The value of any element whose start tag was just read. */
  readonly value: ReaderParts["value"];
  /** Reports what is missing or too much. */
  readonly present: (values: readonly unknown[], start: number) => void;
  /** Goes on with children that come as a reader does not expect; `last` is the entry read last. */
  readonly rest: (
    values: unknown[],
    last: Entry | undefined,
    start: number,
    out: object | undefined,
    tag: string | undefined,
  ) => object;
  /** The constructor of a struct's objects that lack members: the first one that a reader gave. */
  readonly shared: (constructor: Construct) => Construct;
}

/** Makes an object of those members that there are: the `$type`, if there is one, and the values of the parts. */
export type Construct = new (tag: string | undefined, ...values: unknown[]) => object;

function add(list: unknown[] | undefined, item: unknown): unknown[] {
  if (!list) return [item];
  // Most lists are short: an array that is made with its items has no room to spare.
  if (list.length < 2) return [list[0], item];
  list.push(item);
  return list;
}

const constructs = /*#__PURE__*/ new WeakMap<Plan, Construct>();

/** The host of the reader of a struct. */
export function readerHost(plan: Plan, parts: ReaderParts): ReaderHost {
  const { atomic, checks, children, kind, mark, present, scanner, value } = parts;
  const leaves = (parts.leaves ??= leavesOf(scanner));
  const { know, knownValue, textLeaf } = leaves;
  return {
    scanner,
    leaves,
    add,
    atomicLeaf(from, to, entry, index) {
      const written = textLeaf(from, to);
      if (written === undefined) return undefined;
      kind(entry);
      if (!checks) {
        let found = knownValue(entry);
        if (found !== undefined) return found;
        const { as } = entry.type as Atomic;
        found = parseListed(entry.type as Atomic, written, scanner.lookup);
        if (found !== undefined) {
          // A prefix may stand for something else in the next element, and bytes may be changed by whoever has them.
          if (as !== "qname" && as !== "bytes") know(entry, found);
          return found;
        }
      }
      return atomic(entry, written, scanner.offsetOf(to + 1), index);
    },
    value,
    present: (values, start) => present(plan, values, start),
    rest(values, last, start, out, tag) {
      if (last) {
        const { index, many } = last.part;
        mark(last.part, many ? (values[index] as unknown[]).length - 1 : undefined);
      }
      return children(plan, values, start, out ?? started(tag), last);
    },
    shared(constructor) {
      let known = constructs.get(plan);
      if (!known) {
        // Whoever looks at the objects sees plain ones.
        constructor.prototype = Object.prototype;
        constructs.set(plan, (known = constructor));
      }
      return known;
    },
  };
}

/**
 * A reader that goes through the table of a struct as straight-line code would: for what is read too often for `children`, and not
 * so often that it pays for the time and the memory that an engine needs to optimise code of its own.
 */
export function tableReader(plan: Plan, parts: ReaderParts): Reader {
  const { entries } = plan;
  const size = plan.parts.length;
  const { kind, value } = parts;
  const { atomicLeaf, leaves, present, rest, scanner } = readerHost(plan, parts);
  const { booleanLeaf, numberLeaf, same, textLeaf } = leaves;
  const { at, ends, peek, take, units } = scanner;

  /** All of an element, if it is a leaf without attributes. */
  const leaf = (entry: Entry, from: number, to: number, index?: number): unknown => {
    const found = kind(entry);
    if (found === STRING) return textLeaf(from, to);
    if (found === ATOMIC) return atomicLeaf(from, to, entry, index);
    if (found === INTEGER) return numberLeaf(from, to, integers);
    return found === BOOLEAN ? booleanLeaf(from, to) : undefined;
  };
  /** The next element, if it is this one. */
  const read = (entry: Entry, index?: number): unknown => {
    const from = peek(entry.id);
    const to = from > 0 ? same(from, entry) : 0;
    if (to === 0) return undefined;
    if (units[to] === 62) {
      const whole = leaf(entry, from, to, index);
      if (whole !== undefined) return whole;
      take(from, to);
    } else if (!at(entry)) return undefined;
    return value(entry, index);
  };
  return (start, out, tag) => {
    const values = new Array<unknown>(size).fill(undefined);
    let last: Entry | undefined;
    for (const entry of entries) {
      const { index, many } = entry.part;
      if (many) {
        let list = values[index] as unknown[] | undefined;
        for (let one; (one = read(entry, list?.length ?? 0)) !== undefined; last = entry)
          values[index] = list = add(list, one);
      } else if (values[index] === undefined) {
        const one = read(entry);
        if (one === undefined) continue;
        values[index] = one;
        last = entry;
      }
    }
    if (!ends()) return rest(values, last, start, out, tag);
    present(values, start);
    return assemble(plan, values, out ?? started(tag));
  };
}
