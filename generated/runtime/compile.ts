// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * Straight-line readers and writers: what `decode` and `encode` do by tables, as code for one struct each, two to three times
 * as fast. They are made once a struct is hot, so that who reads little never pays for it; where a host forbids code from
 * strings, tables go on, or the readers and writers that were printed ahead of time.
 */
import { useReaders, type Reader, type ReaderParts } from "./decode.js";
import type { Struct } from "./descriptor.js";
import { useWriters, type QuickWriter, type WriterParts } from "./encode.js";
import { kindOf, planOf, type Entry, type Plan } from "./plan.js";
import { readerHost, tableReader, type ReaderHost } from "./reader-host.js";
import { isStraight, printReader } from "./readers.js";
import { createWriters, type MakeWriter } from "./writer-host.js";
import { printWriter } from "./writers.js";

/** Makes a reader; the source that `printReader` gives is the body of this function. */
export type MakeReader = (host: ReaderHost, entries: readonly Entry[]) => Reader;

/** The codec of a struct as code; absent where tables do better. */
export interface Codec {
  readonly read?: MakeReader;
  readonly write?: MakeWriter;
}

interface State {
  /** Values read and written so far. */
  reads: number;
  writes: number;
  /** `null`: there is none. */
  /** By the bytes of a unit; those that validate are two further on. */
  readonly read: (MakeReader | null | undefined)[];
  write: MakeWriter | null | undefined;
}

const states = /*#__PURE__*/ new WeakMap<Plan, State>();

/** After so many values code is made. */
const usual = 100;
let hot: number | undefined;
/** After so many values a struct has a reader of its own, and after so many elements code is made for it. */
const usualReads = 32;
const usualElements = 100_000;
/** Structs with fewer elements count as if they had so many: their code is small too. */
const smallest = 32;
let hotReads: number | undefined;
let hotElements = 0;
/** The program has said what it wants. */
let isChosen = false;
let allowed = true;

function stateOf(plan: Plan): State {
  let state = states.get(plan);
  if (!state) states.set(plan, (state = { reads: 0, writes: 0, read: [], write: undefined }));
  return state;
}

/** The one place where code is made from a string; names and values of a schema are in it as JSON only. */
function make<T>(source: string): T | null {
  if (source === "" || !allowed) return null;
  try {
    return new Function("host", "entries", source) as T;
  } catch {
    // The host forbids code from strings: tables it is.
    allowed = false;
    return null;
  }
}

function readerOf(plan: Plan, parts: ReaderParts): Reader | undefined {
  const kindIn = parts.checks?.kindOf;
  const state = stateOf(plan);
  // Where leaves are read alike, one reader does for both.
  const bytes = parts.scanner.units.BYTES_PER_ELEMENT as 1 | 2;
  const slot = bytes + (kindIn && plan.entries.some((one) => kindIn(one) !== kindOf(one)) ? 2 : 0);
  const code = (): Reader | undefined => {
    if (state.read[slot] === undefined) state.read[slot] = make(printReader(plan.struct, bytes, kindIn));
    return state.read[slot]?.(readerHost(plan, parts), plan.entries);
  };
  const byTable = (): Reader | undefined => (isStraight(plan) ? tableReader(plan, parts) : undefined);
  if (state.read[slot] !== undefined) return code() ?? byTable();
  if (state.reads++ < (hotReads ?? Infinity)) return undefined;
  const least = hotElements / Math.max(plan.entries.length, smallest);
  const first = state.reads > least ? undefined : byTable();
  if (!first) return code() ?? byTable();
  let reader = first;
  return (start, out, tag) => {
    if (reader === first && ++state.reads > least) reader = code() ?? first;
    return reader(start, out, tag);
  };
}

function makerOf(plan: Plan): MakeWriter | null | undefined {
  const state = stateOf(plan);
  if (state.write === undefined) {
    if (state.writes++ < (hot ?? Infinity)) return undefined;
    state.write = make<MakeWriter>(printWriter(plan.struct));
  }
  return state.write;
}

function writersOf(parts: WriterParts): QuickWriter {
  return createWriters(parts, makerOf);
}

function install(): void {
  useReaders(readerOf);
  useWriters(writersOf);
}

/**
 * From now on code is made for a struct once `after` values of it were read or written, and so many `elements` in those that were
 * read. `decode` and `encode` of the index do this by themselves.
 */
export function compileCodecs(after?: number, elements = after === undefined ? usualElements : 0): void {
  isChosen = true;
  hot = after ?? usual;
  hotReads = after ?? usualReads;
  hotElements = elements;
  allowed = true;
  install();
}

/** Makes readers for what is hot, unless the program has said what it wants. */
export function compileReaders(): void {
  if (isChosen) return;
  hotReads = usualReads;
  hotElements = usualElements;
  useReaders(readerOf);
}

/** The same for writers, apart: who only reads is without them. */
export function compileWriters(): void {
  if (isChosen) return;
  hot = usual;
  useWriters(writersOf);
}

/** From now on tables are used, and no code is made from strings. */
export function interpretCodecs(): void {
  isChosen = true;
  hot = hotReads = Infinity;
  useReaders(undefined);
  useWriters(undefined);
}

/** Gives a struct the codec that was printed for it ahead of time. */
export function setCodec(struct: Struct, { read = undefined, write = undefined }: Codec): void {
  const state = stateOf(planOf(struct));
  state.read[1] = state.read[2] = read ?? null;
  state.write = write ?? null;
  install();
}
