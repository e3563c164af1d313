// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** Answers of a mock site on their way: as bytes, and as a `fetch` that can fail like a network. */
import type { Fetch } from "./transport.js";

/** An answer, and how it is to arrive. */
export interface Answer {
  readonly status: number;
  readonly text: string;
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

/** The bytes of an answer. */
export function bytesOf({ text, encoding, fault }: Answer): Uint8Array<ArrayBuffer> {
  if (fault === "garbage") return Uint8Array.of(0x3c, 0xff, 0xfe, 0x00, 0xc3, 0x28);
  if (encoding === "UTF-8") return new TextEncoder().encode(text);
  const units = encoding === "UTF-16" ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(units.length * (encoding === "UTF-16" ? 2 : 1));
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i);
    if (encoding === "UTF-16") {
      bytes[2 * i] = unit & 0xff;
      bytes[2 * i + 1] = unit >> 8;
    } else bytes[i] = unit > 0xff ? 0x3f : unit;
  }
  return bytes;
}

/** A `fetch` that hands the body to a site. */
export function fetchOf(answer: (text: string) => Promise<Answer>): Fetch {
  return async (_url, { body, signal }) => {
    signal?.throwIfAborted();
    const text = typeof body === "string" ? body : await new Response(body ?? "").text();
    const one = await answer(text);
    await wait(one.fault === "hang" ? Infinity : one.latency, signal);
    if (one.fault === "cut") throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    const bytes = bytesOf(one);
    const stream =
      one.fault === "cut-body" || one.fault === "slow-body"
        ? piecewise(bytes, one.fault === "cut-body", signal)
        : bytes;
    return new Response(stream, { status: one.status, headers: { "content-type": one.contentType } });
  };
}

function piecewise(
  bytes: Uint8Array<ArrayBuffer>,
  cut: boolean,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
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
