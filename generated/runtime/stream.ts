// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The records of a document while it arrives, however long it is: no more than a record and a chunk is in memory. */
import { decodeResult } from "./codec.js";
import type { DecodeOptions, Root } from "./decode.js";
import type { Readable, Type } from "./descriptor.js";
import { decoderOf, encodingBytes, type XmlTextDecoder } from "./encoding.js";
import { DecodeError, type Diagnostic } from "./errors.js";
import { follow, planOf, split, targetsOf, type Part } from "./plan.js";
import { createSplitter, type Piece, type Way } from "./split.js";
import { isBytes } from "./values.js";

/** Bytes or text, in chunks that may end anywhere, or at once; the body of a `Response` is one. */
export type XmlSource =
  | string
  | Uint8Array
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | ReadableStream<Uint8Array | string>;

/** How to read a stream. There is no `validate`: what a record must stand beside is not known when it is given out. */
export interface StreamOptions extends Omit<DecodeOptions, "origin" | "validate"> {
  /** Code units of the longest record; 2^22 when absent. The document may have any length. */
  readonly maxLength?: number;
  /** Is told what was unknown, missing or wrong, before the records that it is about. */
  readonly report?: (diagnostic: Diagnostic) => void;
}

/** What stands in a property, or in each of an array. */
type ItemOf<T, K> = T extends unknown
  ? K extends keyof T
    ? NonNullable<T[K]> extends readonly (infer I)[]
      ? I
      : NonNullable<T[K]>
    : never
  : never;

/** The value at the end of a path of properties. */
export type RecordAt<T, Path extends readonly string[]> = Path extends readonly [
  infer K extends string,
  ...infer Rest extends readonly string[],
]
  ? RecordAt<ItemOf<T, K>, Rest>
  : T;

/**
 * Reads the records of a document one by one: what stands in the property at the end of `path`, that of an element that
 * repeats most often. All of the document is checked as `decode` does it, but for what is missing, too much or out of order
 * around the records. Throws a {@link DecodeError} when the document is not well-formed, its root is another element, or a
 * record is too long; a `TypeError` when there is no such path, or `validate` is asked for.
 */
export async function* decodeStream<D extends Root, const Path extends readonly [string, ...string[]]>(
  descriptor: D,
  source: XmlSource,
  path: Path,
  options: StreamOptions = {},
): AsyncGenerator<RecordAt<Readable<D>, Path>, void, undefined> {
  const { maxLength = 2 ** 22, report, missing = "report", charset, ...rest } = options;
  if ("validate" in rest)
    throw new TypeError("a stream is not validated: use decode, or validate each record");
  const { feed, finish } = createSplitter(wayOf(descriptor, path), maxLength);
  let count = 0;
  const read = function* (piece: Piece): Generator<RecordAt<Readable<D>, Path>, void, undefined> {
    const { value, diagnostics } = decodeResult(descriptor, piece.text, { ...rest, origin: piece.origin });
    const found = diagnostics.flatMap((one) => placed(one, path, count));
    for (const one of found) report?.(one);
    const lacking = missing === "throw" ? found.filter(({ code }) => code.startsWith("missing")) : [];
    if (lacking.length > 0) {
      const lines = lacking.map(({ path, message, line }) => `${path || "/"} (line ${line}): ${message}`);
      throw new DecodeError(lines.join("\n"), found);
    }
    for (const record of recordsIn(value, path)) {
      count++;
      yield record as RecordAt<Readable<D>, Path>;
    }
  };
  for await (const text of textOf(source, charset)) for (const piece of feed(text)) yield* read(piece);
  yield* read(finish());
}

/** The names of the elements on the way to the records. */
function wayOf(descriptor: Root, path: readonly string[]): Way {
  const isElement = descriptor.kind === "element";
  const way: (ReadonlySet<string> | undefined)[] = [
    isElement ? new Set([split(descriptor.name)[1]]) : undefined,
  ];
  let types: readonly Type[] = [isElement ? follow<Type>(descriptor.type) : descriptor];
  for (const step of path) {
    const plans = types.flatMap((type) =>
      targetsOf(type).flatMap((one) => (one.kind === "struct" ? planOf(one) : [])),
    );
    const parts: Part[] = plans.flatMap(({ parts }) => parts.filter(({ property }) => property === step));
    if (parts.length === 0) {
      const known = [...new Set(plans.flatMap(({ parts }) => parts.map(({ property }) => property)))];
      throw new TypeError(`there is no ${step} at /${path.join("/")}; known there: ${known.join(", ")}`);
    }
    const entries = parts.flatMap((part) => part.entries);
    way.push(entries.some(({ wildcard }) => wildcard) ? undefined : new Set(entries.map(({ name }) => name)));
    types = entries.flatMap(({ element }) => (element ? [follow<Type>(element.type)] : []));
  }
  // The records themselves are no longer on the way.
  return way.slice(0, -1);
}

/** A finding on a piece as one on the document; none when it is about what other pieces hold. */
function placed(one: Diagnostic, way: readonly string[], before: number): readonly Diagnostic[] {
  const steps = one.path.split("/").slice(1);
  let at = 0;
  for (let k = 0; k < way.length && steps[at] === way[k]; k++) {
    if (!/^\d+$/.test(steps[++at] ?? "")) continue;
    if (k === way.length - 1) {
      steps[at] = String(Number(steps[at]) + before);
      return [{ ...one, path: "/" + steps.join("/") }];
    }
    at++;
  }
  return steps.length - at <= 1 && /^(?:missing-element|choice|too-many)$/.test(one.code) ? [] : [one];
}

function* recordsIn(value: unknown, [step, ...rest]: readonly string[]): Generator<unknown, void, undefined> {
  if (typeof value !== "object" || value === null) return;
  if (step === undefined || !Object.hasOwn(value, step)) return;
  const found = (value as Readonly<Record<string, unknown>>)[step];
  for (const one of Array.isArray(found) ? (found as readonly unknown[]) : [found]) {
    if (rest.length === 0) yield one;
    else yield* recordsIn(one, rest);
  }
}

/** The text of a source, whatever its encoding and wherever its chunks end. */
async function* textOf(source: XmlSource, charset?: string): AsyncGenerator<string, void, undefined> {
  let decode: XmlTextDecoder | undefined;
  let start: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunksOf(source)) {
    if (typeof chunk === "string") yield chunk;
    else if (decode) yield decode(chunk, false);
    else {
      const longer: Uint8Array = new Uint8Array(start.length + chunk.length);
      longer.set(start);
      longer.set(chunk, start.length);
      start = longer;
      if (start.length < encodingBytes) continue;
      decode = decoderOf(start, charset);
      yield decode(start, false);
    }
  }
  if (decode) yield decode(new Uint8Array(0), true);
  else if (start.length > 0) yield decoderOf(start, charset)(start, true);
}

async function* chunksOf(source: XmlSource): AsyncGenerator<Uint8Array | string, void, undefined> {
  if (typeof source === "string" || isBytes(source)) yield source;
  else if (Symbol.iterator in source || Symbol.asyncIterator in source) yield* source;
  else {
    // Not every browser can iterate over a stream.
    const reader = (source as ReadableStream<Uint8Array | string>).getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
}
