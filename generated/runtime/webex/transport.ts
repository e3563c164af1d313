// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** One HTTP exchange: bytes out, text in. */
import { decodeXmlText } from "../encoding.js";
import { XmlError } from "../errors.js";

/** What a client needs of `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The bytes are not in the encoding that they should be in. */
  readonly malformed?: XmlError;
}

/** The answer is longer than allowed. */
export class AnswerTooLongError extends Error {}

/** The default of `maxBytes`. */
export const defaultMaxBytes = 268_435_456;

/** Reads what a response brings. */
export type Consume = (response: Response) => Promise<Answer>;

/**
 * Posts a document and has the answer read. Redirections are not followed: they would carry credentials to another host,
 * or turn into a GET. Rejects with whatever `fetch` or the reader rejects with.
 */
export async function post(
  fetch: Fetch,
  url: string,
  headers: Headers,
  body: string,
  signal: AbortSignal,
  consume: Consume,
): Promise<Answer> {
  const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
  // A fetch that does not heed its signal comes too late; its answer must not be taken for that of the next attempt.
  signal.throwIfAborted();
  return consume(response);
}

/** Reads an answer to its end. */
export async function readWhole(response: Response, maxBytes: number): Promise<Answer> {
  return answerOf(response, await readBytes(response, maxBytes));
}

/** An answer whose bytes are all there. */
export function answerOf(response: Response, bytes: Uint8Array): Answer {
  const { status, headers } = response;
  const attempt = (charset?: string): Answer => ({ status, headers, text: decodeXmlText(bytes, charset) });
  try {
    return attempt(charsetOf(headers.get("content-type")));
  } catch (malformed) {
    if (!(malformed instanceof XmlError)) throw malformed;
    try {
      // A site may name one encoding in its HTTP header and use another one, which the document names.
      return attempt();
    } catch {
      return { status, headers, text: new TextDecoder().decode(bytes), malformed };
    }
  }
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  const reader = readerOf(response);
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = await reader.read();
    if (part.done) break;
    chunks.push(part.value);
    length += part.value.byteLength;
    if (length <= maxBytes) continue;
    await reader.cancel();
    throw new AnswerTooLongError(`the answer is longer than ${maxBytes} bytes`);
  }
  return concatenate(chunks);
}

/** Reads a body in parts; undefined where there is none, and where it comes only as a whole (React Native, node-fetch). */
export function readerOf({
  body,
}: {
  readonly body?: object | null;
}): ReadableStreamDefaultReader<Uint8Array> | undefined {
  return (body as Partial<ReadableStream<Uint8Array>> | null | undefined)?.getReader?.();
}

/** The bytes of all chunks. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** The `charset` parameter of a media type (RFC 9110, clause 8.3.2); some write it in single quotes. */
export function charsetOf(contentType: string | null): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s;"']+)/iu.exec(contentType ?? "")?.[1];
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110, clause 10.2.3). */
export function retryAfterOf(headers: Headers, now: number): number {
  const value = headers.get("retry-after") ?? "";
  // A header that is there twice comes as a list.
  if (/^\d+\s*(?:,|$)/u.test(value)) return Number.parseInt(value, 10) * 1000;
  // Hosts take "soon 2040" for a date, and a time without its zone for one of their own.
  const at = value.endsWith("GMT") ? Date.parse(value) : 0;
  return Math.max(0, at - now) || 0;
}
