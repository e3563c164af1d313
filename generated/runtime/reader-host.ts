// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** What straight-line readers ask of the tables, apart, so that only a bundle with such readers holds it. */
import { put, started, type ReaderParts } from "./decode.js";
import { leavesOf, type Leaves } from "./leaves.js";
import type { Entry, Plan } from "./plan.js";
import type { Scanner } from "./scanner.js";

/** What a reader may do; see `compile.ts`. */
export interface ReaderHost {
  readonly at: Scanner["at"];
  readonly peek: Scanner["peek"];
  readonly take: Scanner["take"];
  readonly same: Leaves["same"];
  readonly textLeaf: Leaves["textLeaf"];
  readonly integerLeaf: Leaves["integerLeaf"];
  readonly booleanLeaf: Leaves["booleanLeaf"];
  readonly units: Scanner["units"];
  readonly attributes: Scanner["attributes"];
  readonly integer: Scanner["integer"];
  readonly boolean: Scanner["boolean"];
  readonly ends: Scanner["ends"];
  /** The text of an element of plain strings. */
  readonly text: ReaderParts["text"];
  /** The value of a text that begins at `start`, in an element of an atomic type. */
  readonly atomic: ReaderParts["atomic"];
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
  readonly put: (target: object, property: string, value: unknown) => void;
}

/** The host of the reader of a struct. */
export function readerHost(plan: Plan, parts: ReaderParts): ReaderHost {
  const { atomic, children, kind, mark, present, scanner, text, value } = parts;
  const { at, attributes, boolean, ends, integer, peek, take, units } = scanner;
  const { booleanLeaf, integerLeaf, same, textLeaf } = (parts.leaves ??= leavesOf(scanner));
  return {
    at,
    peek,
    take,
    same,
    textLeaf,
    integerLeaf,
    booleanLeaf,
    units,
    attributes,
    integer,
    boolean,
    ends,
    text,
    atomic: (entry, written, start, index) =>
      kind(entry) > 0 ? atomic(entry, written, start, index) : undefined,
    value,
    present: (values, start) => present(plan, values, start),
    rest(values, last, start, out, tag) {
      if (last) {
        const { index, many } = last.part;
        mark(last.part, many ? (values[index] as unknown[]).length - 1 : undefined);
      }
      return children(plan, values, start, out ?? started(tag), last);
    },
    put,
  };
}
