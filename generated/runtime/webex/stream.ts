// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The records of one answer while it arrives, however long it is. */
import { decoderOf, encodingBytes, type XmlTextDecoder } from "../encoding.js";
import { DecodeError, XmlError, type Diagnostic } from "../errors.js";
import { createSplitter, type Piece, type Splitter } from "../split.js";
import type { CallOptions, Connection } from "./client.js";
import { open, settingsOf, type Streaming } from "./client.js";
import { fatalIn, readAnswer, readingOf } from "./envelope.js";
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
import { onAbort } from "./limit.js";
import type { ListOperation, RecordOf } from "./operation.js";
import { longestTimer } from "./options.js";
import { redactCause, redactText, redactXml } from "./redact.js";
import type { Answer } from "./transport.js";
import { answerOf, AnswerTooLongError, charsetOf, concatenate, readerOf } from "./transport.js";

/** The longest record, in UTF-16 code units. */
const maxRecord = 4_194_304;

/** What stands around the records of an answer. */
const way = ["message", "body", "bodyContent"].map((name) => new Set([name]));

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
  const settings = settingsOf(connection, options);
  const { timeout, signal } = settings;
  let source: Source | undefined;
  let rest: Parameters<Streaming["opened"]>[0] | undefined;
  const close = async (): Promise<void> => {
    rest?.leave();
    await source?.cancel();
  };
  try {
    await open(connection, operation, request, options, {
      async consume(response) {
        await source?.cancel();
        source = createSource(response, settings.maxBytes);
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
  const { secrets, exchange } = rest;
  let part: string | undefined;
  const failure: Failure = {
    operation: `${operation.service}.${operation.name}`,
    release: operation.release,
    attempts: exchange.attempts,
    requestXml: exchange.requestXml,
    // The rest is gone: an answer may be longer than memory.
    get responseXml() {
      return part === undefined ? exchange.responseXml : redactXml(part, secrets);
    },
  };
  try {
    for (;;) {
      const pieces = await within(source.next(), timeout, signal, failure);
      if (pieces === undefined) return;
      for (const { text, origin } of pieces) {
        part = text;
        const answer = readAnswer(operation, text, { ...readingOf(settings), origin });
        if (answer.wrongType !== undefined)
          throw new WebexMalformedAnswerError(
            redactText(`the answer is a ${answer.wrongType}, not of this operation`, secrets),
            failure,
          );
        // A part of an answer lacks what the other parts have: only what is inside of its records counts.
        const isInside = ({ path }: Diagnostic): boolean => path.indexOf("/", 1) > 0;
        // What an ID or key refers to may stand in another part.
        const invalid = answer.invalid.filter((one) => isInside(one) && !one.code.startsWith("dangling-"));
        const fatal = invalid.length > 0 ? invalid : fatalIn(answer, settings).filter(isInside);
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
    if (signal?.aborted)
      throw new WebexAbortError("aborted", { ...failure, cause: redactCause(signal.reason, secrets) });
    const message = redactText(error instanceof Error ? error.message : String(error), secrets);
    if (error instanceof DecodeError || error instanceof AnswerTooLongError)
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
        ? setTimeout(
            () => {
              reject(new WebexTimeoutError(timeout, failure));
            },
            Math.min(timeout, longestTimer),
          )
        : undefined;
    const forget = onAbort(signal, () => {
      reject(signal?.reason as Error);
    });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      forget();
    });
  });
}

/** An answer that is read piece by piece. */
interface Source {
  /** As far as its header; the whole of it where the header is not that of a success. */
  readonly head: () => Promise<Answer>;
  /** The next pieces of the message; undefined at the end. */
  readonly next: () => Promise<readonly Pick<Piece, "text" | "origin">[] | undefined>;
  readonly cancel: () => Promise<void>;
}

function createSource(response: Response, maxBytes: number): Source {
  const reader = readerOf(response);
  const splitter: Splitter = createSplitter(way, maxRecord);
  let first: Uint8Array[] | undefined = [];
  let received = 0;
  const tooLong = (): Error => new AnswerTooLongError(`the answer is longer than ${maxBytes} bytes`);
  let decode: XmlTextDecoder | undefined;
  let waiting: readonly Pick<Piece, "text" | "origin">[] = [];
  let ended = false;
  let finished = false;

  /** One more piece of text; undefined at the end. */
  const more = async (): Promise<string | undefined> => {
    if (ended) return undefined;
    const part = await reader?.read();
    const charset = charsetOf(response.headers.get("content-type"));
    if (part === undefined || part.done) {
      ended = true;
      if (decode) return decode(new Uint8Array(0), true);
      const start = concatenate(first ?? []);
      return decoderOf(start, charset)(start, true);
    }
    first?.push(part.value);
    received += part.value.byteLength;
    if (decode) return decode(part.value, false);
    const start = concatenate(first ?? []);
    if (start.byteLength < encodingBytes) return "";
    decode = decoderOf(start, charset);
    return decode(start, false);
  };
  const whole = async (): Promise<Answer> => {
    const chunks = reader ? (first ?? []) : [new Uint8Array(await response.arrayBuffer())];
    let length = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (reader && !ended) {
      const part = await reader.read();
      if (part.done) break;
      chunks.push(part.value);
      length += part.value.byteLength;
      if (length > maxBytes) throw tooLong();
    }
    ended = finished = true;
    const answer = answerOf(response, concatenate(chunks));
    // If it is a success after all, its records are still to be read.
    waiting = [{ text: answer.text, origin: { skip: 0, offset: 0, line: 1, column: 1 } }];
    return answer;
  };
  return {
    async head() {
      const { status, headers } = response;
      if (!reader || status < 200 || status > 299) return whole();
      try {
        const collected: Piece[] = [];
        for (let text = await more(); text !== undefined; text = await more()) {
          collected.push(...splitter.feed(text));
          const at = collected.findIndex(isHeader);
          const header = collected[at]?.text;
          if (header === undefined) {
            // All of it is kept until the header has come.
            if (received > maxBytes) throw tooLong();
            continue;
          }
          if (!/<(?:[^\s:>]+:)?result\s*>\s*SUCCESS\s*</u.test(header) || /FAILURE/u.test(header))
            return await whole();
          collected.splice(at, 1);
          waiting = collected;
          first = undefined;
          return { status, headers, text: header };
        }
      } catch (error) {
        // What cannot be split is judged like any other answer.
        if (!(error instanceof XmlError)) throw error;
      }
      return whole();
    },
    async next() {
      for (;;) {
        if (waiting.length > 0) {
          const pieces = waiting;
          waiting = [];
          return pieces;
        }
        if (finished) return undefined;
        const text = await more();
        if (text === undefined) {
          finished = true;
          return [splitter.finish()];
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

/** A piece with a header to its end. */
function isHeader({ text, left }: Piece): boolean {
  return left === 1 && /<\/(?:[^\s:>]+:)?header\s*>/u.test(text);
}
