// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Answers of a mock site on their way: as bytes, and as a `fetch` that can fail like a network. */
import { isBytes } from "../values.js";
import type { Fetch } from "./transport.js";

/** An answer as it is, in place of a value: what was captured from a site, or what no site should send. */
export interface RawAnswer {
  /** Default 200. */
  readonly status?: number;
  /** Default `content-type: text/xml;charset=UTF-8`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In parts: the connection is cut where the iteration throws. Default: nothing. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** `cut`: the connection ends before the answer; `hang`: the answer never comes. */
  readonly fault?: "cut" | "hang";
}

/** An answer, and how it is to arrive. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Goes out instead of `text`, under these headers. */
  readonly raw?: Pick<RawAnswer, "headers" | "body">;
  readonly contentType: string;
  readonly encoding: "UTF-8" | "ISO-8859-1" | "UTF-16";
  /** Milliseconds to wait before. */
  readonly latency: number;
  /**
   * `cut`: the connection ends before the answer; `cut-body`: within it; `slow-body`: it comes in pieces; `hang`: it
   * never comes; `html`: a page for people; `garbage`: bytes that are no text.
   */
  readonly fault?: "cut" | "cut-body" | "slow-body" | "hang" | "html" | "garbage";
  /** Why the answer is what it is. */
  readonly decisions: readonly string[];
}

/** Milliseconds between the pieces of a slow body. */
export const slowness = 20;

/** An answer made of one that is raw. */
export function rawAnswer(
  { status = 200, fault, headers, body }: RawAnswer,
  decisions: readonly string[],
): Answer {
  return {
    status,
    text: typeof body === "string" ? body : "",
    raw: {
      headers: headers ?? { "content-type": "text/xml;charset=UTF-8" },
      ...(body !== undefined && { body }),
    },
    contentType: "",
    encoding: "UTF-8",
    latency: 0,
    ...(fault !== undefined && { fault }),
    decisions,
  };
}

/** A `Uint8Array<ArrayBuffer>`, as which older compilers do not know it. */
type Bytes = ReturnType<typeof Uint8Array.of>;

/** The parts of a raw body, one after the other; ends early when nobody listens any more. */
export async function* partsOf(
  { body = "" }: Pick<RawAnswer, "body">,
  signal: AbortSignal,
): AsyncGenerator<Bytes> {
  const bytes = (part: string | Uint8Array): Bytes =>
    typeof part === "string" ? new TextEncoder().encode(part) : new Uint8Array(part);
  if (typeof body === "string" || isBytes(body)) {
    yield bytes(body);
    return;
  }
  const gone = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => {
      resolve(undefined);
    });
  });
  const parts = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([parts.next(), gone]);
    if (next === undefined || next.done === true) break;
    yield bytes(next.value);
  }
  // Not awaited: what hangs does not end by being asked to.
  void parts.return?.();
}

/** The bytes of an answer. */
export function bytesOf({ text, encoding, fault }: Answer): Bytes {
  if (fault === "garbage") return Uint8Array.of(0x3c, 0xff, 0xfe, 0x00, 0xc3, 0x28);
  if (encoding === "UTF-8") return new TextEncoder().encode(text);
  const units =
    encoding === "UTF-16"
      ? `\uFEFF${text}`
      : text.replace(/[^\0-\xFF]/gu, (character) => `&#${character.codePointAt(0)};`);
  const bytes = new Uint8Array(units.length * (encoding === "UTF-16" ? 2 : 1));
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i);
    if (encoding === "UTF-16") {
      bytes[2 * i] = unit & 0xff;
      bytes[2 * i + 1] = unit >> 8;
    } else bytes[i] = unit;
  }
  return bytes;
}

/** The HTTP statuses of answers without a body: a network drops it, and a `Response` does not take it. */
const bodiless: ReadonlySet<number> = /*#__PURE__*/ new Set([204, 205, 304]);

/** A `fetch` that hands the body to a site. */
export function fetchOf(answer: (text: string, message: Arrival) => Promise<Answer>): Fetch {
  return async (_url, { body, headers, signal }) => {
    signal?.throwIfAborted();
    const text = typeof body === "string" ? body : await new Response(body ?? "").text();
    const gone = signal ?? new AbortController().signal;
    const given: Record<string, string> = {};
    new Headers(headers).forEach((value, name) => (given[name] = value));
    const one = await answer(text, { headers: given, signal: gone });
    await wait(one.fault === "hang" ? Infinity : one.latency, signal);
    if (one.fault === "cut") throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    const { status } = one;
    if (one.raw) {
      const stream = bodiless.has(status) ? null : streamOf(partsOf(one.raw, gone));
      return new Response(stream, { status, headers: { ...one.raw.headers } });
    }
    const bytes = bytesOf(one);
    const stream =
      one.fault === "cut-body" || one.fault === "slow-body"
        ? piecewise(bytes, one.fault === "cut-body", signal)
        : bytes;
    return new Response(bodiless.has(status) ? null : stream, {
      status,
      headers: { "content-type": one.contentType },
    });
  };
}

/** What is known of a request besides its text. */
export interface Arrival {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
}

function streamOf(parts: AsyncGenerator<Bytes>): ReadableStream<Bytes> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

function piecewise(
  bytes: Bytes,
  cut: boolean,
  signal: AbortSignal | null | undefined,
): ReadableStream<Bytes> {
  const size = Math.max(1, Math.ceil(bytes.length / 4));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await wait(at === 0 ? 0 : slowness, signal);
      if (cut && at > 0) {
        controller.error(new TypeError("terminated", { cause: new Error("other side closed") }));
        return;
      }
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
      if (at >= bytes.length) controller.close();
    },
  });
}

/** Waits; rejects as soon as the signal fires. */
function wait(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = Number.isFinite(milliseconds)
      ? setTimeout(() => {
          signal?.removeEventListener("abort", abort);
          resolve();
        }, milliseconds)
      : undefined;
    signal?.addEventListener("abort", abort, { once: true });
  });
}
