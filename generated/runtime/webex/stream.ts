// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** The records of one answer while it arrives, however long it is. */
import { decodeLatin1 } from "../encoding.js";
import { DecodeError } from "../errors.js";
import type { CallOptions, Connection } from "./client.js";
import { fatalIn, open, readingOptions } from "./client.js";
import { readAnswer } from "./envelope.js";
import type { Failure } from "./errors.js";
import {
  WebexAbortError,
  WebexApiError,
  WebexDecodeError,
  WebexError,
  WebexMalformedAnswerError,
  WebexTimeoutError,
  WebexTransportError,
} from "./errors.js";
import type { ListOperation, RecordOf } from "./operation.js";
import { redactCause, redactText } from "./redact.js";
import type { Splitter } from "./split.js";
import { createSplitter, SplitError } from "./split.js";
import type { Answer } from "./transport.js";
import { answerOf, AnswerTooLongError, charsetOf, concatenate } from "./transport.js";

/** The longest record, in UTF-16 code units. */
const maxRecord = 4_194_304;

/** Bytes before which the encoding of an answer need not be known. */
const declarationBytes = 256;

/**
 * Every record of one answer, in bounded memory; nothing is asked for a second time once the first record has come. The
 * timeout is the longest wait for a next piece. Rejects with a `WebexError`.
 */
export async function* stream<Q, S, K extends keyof S>(
  connection: Connection,
  operation: ListOperation<Q, S, K>,
  request: Q,
  options: CallOptions = {},
): AsyncGenerator<RecordOf<S, K>, void, undefined> {
  const reading = readingOptions(connection, options);
  let source: Source | undefined;
  let rest:
    | { readonly leave: () => void; readonly secrets: readonly string[]; readonly attempts: number }
    | undefined;
  const close = async (): Promise<void> => {
    rest?.leave();
    await source?.cancel();
  };
  try {
    await open(connection, operation, request, options, {
      async consume(response) {
        await source?.cancel();
        source = createSource(response, reading.maxBytes);
        return source.head();
      },
      opened(taken) {
        rest = taken;
      },
    });
  } catch (error) {
    await close();
    // A list operation turns this into an empty list, and so it is one here.
    if (error instanceof WebexApiError && error.exceptionID === "000015") return;
    throw error;
  }
  if (source === undefined || rest === undefined) return;
  const { secrets, attempts } = rest;
  const failure: Failure = {
    operation: `${operation.service}.${operation.name}`,
    release: operation.release,
    attempts,
  };
  try {
    for (;;) {
      const messages = await within(source.next(), reading.timeout, options.signal, failure);
      if (messages === undefined) return;
      for (const message of messages) {
        const answer = readAnswer(operation, message, { unknown: reading.unknown });
        if (answer.wrongType !== undefined)
          throw new WebexMalformedAnswerError(
            `the answer is a ${answer.wrongType}, not of this operation`,
            failure,
          );
        // A part of an answer lacks what the other parts have: only what is inside of its records counts.
        const own = answer.diagnostics.filter(({ path }) => path.indexOf("/", 1) > 0);
        const fatal = fatalIn(answer.value, own, reading.missing, reading.invalid);
        if (fatal.length > 0) {
          const clean = fatal.map((one) => ({ ...one, message: redactText(one.message, secrets) }));
          const told = clean.map(({ path, message: text }) => `${path}: ${text}`).join("; ");
          throw new WebexDecodeError(told, clean, failure);
        }
        yield* ((answer.value as Record<string, unknown>)[operation.list.records] ?? []) as readonly RecordOf<
          S,
          K
        >[];
      }
    }
  } catch (error) {
    if (error instanceof WebexError) throw error;
    const info = { ...failure, cause: redactCause(error, secrets) };
    if (options.signal?.aborted)
      throw new WebexAbortError("aborted", {
        ...failure,
        cause: redactCause(options.signal.reason, secrets),
      });
    const message = redactText(error instanceof Error ? error.message : String(error), secrets);
    if (error instanceof SplitError || error instanceof DecodeError || error instanceof AnswerTooLongError)
      throw new WebexMalformedAnswerError(message, info);
    throw new WebexTransportError(`not delivered: ${message}`, info);
  } finally {
    await close();
  }
}

/** Settles as the promise does; rejects when that takes too long or the signal fires. */
function within<T>(
  promise: Promise<T>,
  timeout: number,
  signal: AbortSignal | undefined,
  failure: Failure,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer =
      timeout > 0
        ? setTimeout(() => {
            reject(new WebexTimeoutError(timeout, failure));
          }, timeout)
        : undefined;
    const abort = (): void => {
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    });
  });
}

/** An answer that is read piece by piece. */
interface Source {
  /** As far as its header; the whole of it where the header is not that of a success. */
  readonly head: () => Promise<Answer>;
  /** The next small messages; undefined at the end. */
  readonly next: () => Promise<readonly string[] | undefined>;
  readonly cancel: () => Promise<void>;
}

function createSource(response: Response, maxBytes: number): Source {
  const reader = response.body?.getReader();
  const splitter: Splitter = createSplitter(maxRecord);
  let first: Uint8Array[] | undefined = [];
  let decode: ((bytes: Uint8Array | undefined) => string) | undefined;
  let waiting: readonly string[] = [];
  let ended = false;

  /** One more piece of text; undefined at the end. */
  const more = async (): Promise<string | undefined> => {
    const part = await reader?.read();
    if (part === undefined || part.done) {
      if (ended) return undefined;
      ended = true;
      return decode?.(undefined);
    }
    first?.push(part.value);
    if (decode) return decode(part.value);
    const start = concatenate(first ?? []);
    if (start.byteLength < declarationBytes) return "";
    decode = createDecoder(start, charsetOf(response.headers.get("content-type")));
    return decode(start);
  };
  const whole = async (): Promise<Answer> => {
    const chunks = first ?? [];
    let length = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (reader && !ended) {
      const part = await reader.read();
      if (part.done) break;
      chunks.push(part.value);
      length += part.value.byteLength;
      if (length > maxBytes) throw new AnswerTooLongError(`the answer is longer than ${maxBytes} bytes`);
    }
    ended = true;
    return answerOf(response, concatenate(chunks));
  };
  return {
    async head() {
      const { status, headers } = response;
      if (status < 200 || status > 299) return whole();
      try {
        let collected: string[] = [];
        for (let text = await more(); text !== undefined; text = await more()) {
          collected = [...collected, ...splitter.feed(text)];
          const header = splitter.header();
          if (header === undefined) continue;
          if (!/<(?:[^\s:>]+:)?result\s*>\s*SUCCESS\s*</u.test(header) || /FAILURE/u.test(header))
            return await whole();
          waiting = collected;
          first = undefined;
          return { status, headers, text: header };
        }
      } catch (error) {
        // What cannot be split is judged like any other answer.
        if (!(error instanceof SplitError) && !(error instanceof TypeError && decode === undefined))
          throw error;
      }
      return whole();
    },
    async next() {
      for (;;) {
        if (waiting.length > 0) {
          const messages = waiting;
          waiting = [];
          return messages;
        }
        const text = await more();
        if (text === undefined) {
          splitter.finish();
          return undefined;
        }
        waiting = splitter.feed(text);
      }
    },
    async cancel() {
      // A stream that broke has nothing left to cancel.
      await reader?.cancel().catch(() => undefined);
    },
  };
}

/** Decodes pieces of text, whatever their borders: by byte order mark, charset, declaration, or as UTF-8. */
function createDecoder(
  start: Uint8Array,
  charset: string | undefined,
): (bytes: Uint8Array | undefined) => string {
  const mark =
    start[0] === 0xff && start[1] === 0xfe
      ? "utf-16le"
      : start[0] === 0xfe && start[1] === 0xff
        ? "utf-16be"
        : start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
          ? "utf-8"
          : undefined;
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/u.exec(
    decodeLatin1(start.subarray(0, declarationBytes)),
  )?.[1];
  const label = (mark ?? charset ?? declared ?? "utf-8").trim().toLowerCase();
  if (/^(?:iso[-_]?8859-1|latin-?1|l1)$/u.test(label)) return (bytes) => (bytes ? decodeLatin1(bytes) : "");
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    return (bytes) => {
      try {
        return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      } catch {
        throw new SplitError(`the answer is not in the encoding ${label}`);
      }
    };
  } catch {
    throw new SplitError(`the encoding ${label} is not supported`);
  }
}
