// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Lists in pages. */
import type { CallOptions, Connection } from "./client.js";
import { exchange } from "./client.js";
import { WebexMalformedAnswerError } from "./errors.js";
import type { ListOperation, RecordOf } from "./operation.js";

/** `matchingRecords` of an answer. */
interface Counters {
  readonly total?: number;
  readonly returned?: number;
  readonly startFrom?: number;
}

/**
 * The pages of a list, one at a time, from `startFrom` of the request on. The list ends when `startFrom` has passed
 * `total`, or with an empty page; a page shorter than asked for is not the end. Rejects with a `WebexError`; with a
 * {@link WebexMalformedAnswerError} when the site answers with records that it has given before. A site that counts nothing
 * and gives the same again, fewer than asked for, has given all it has.
 */
export async function* pages<Q, S>(
  connection: Connection,
  operation: ListOperation<Q, S>,
  request: Q,
  options: CallOptions = {},
): AsyncGenerator<S, void, undefined> {
  const { records, counters, control } = operation.list;
  const asked = (
    control === undefined ? undefined : (request as Record<string, unknown> | undefined)?.[control]
  ) as { readonly startFrom?: number; readonly maximumNum?: number } | undefined;
  let startFrom = asked?.startFrom;
  let previous: string | undefined;
  for (;;) {
    const answer = await exchange(
      connection,
      operation,
      control === undefined || startFrom === undefined
        ? request
        : { ...request, [control]: { ...asked, startFrom } },
      options,
    );
    const page = answer.value;
    const found = ((page as Record<string, unknown>)[records] ?? []) as readonly unknown[];
    if (found.length === 0) return;
    const counted = counters === undefined ? {} : numbersIn((page as Record<string, unknown>)[counters]);
    // Requests count from 0 or 1, answers from 1.
    const began = counted.startFrom ?? startFrom ?? 1;
    // Where a page says that it begins where it was asked to, records may be alike.
    const again = (counted.startFrom ?? 0) < (startFrom ?? 0) && sameAs(previous, found[0]);
    if (startFrom !== undefined && previous !== undefined && (began < startFrom - 1 || again)) {
      // Records may have gone since the last page, and so may the end of the list.
      const end = counted.total ?? (found.length < (asked?.maximumNum ?? Infinity) ? 0 : Infinity);
      if (end < startFrom) return;
      throw new WebexMalformedAnswerError(
        `asked for records from ${startFrom} on, the site answered with the same again`,
        {
          operation: `${operation.service}.${operation.name}`,
          release: operation.release,
          attempts: 1,
          requestXml: answer.requestXml,
          responseXml: answer.responseXml,
        },
      );
    }
    yield page;
    if (control === undefined) return;
    const next = Math.max(began, startFrom ?? 1) + Math.max(found.length, counted.returned ?? 0);
    if (next > (counted.total ?? Infinity)) return;
    previous = JSON.stringify(found[0], withBigints);
    startFrom = next;
  }
}

/** Every record of every page; see {@link pages}. */
export async function* all<Q, S, K extends keyof S>(
  connection: Connection,
  operation: ListOperation<Q, S, K>,
  request: Q,
  options: CallOptions = {},
): AsyncGenerator<RecordOf<S, K>, void, undefined> {
  for await (const page of pages<Q, S>(connection, operation, request, options))
    yield* (page as Record<string, unknown>)[operation.list.records] as readonly RecordOf<S, K>[];
}

/** What is a number of the counters; a site may write something else. */
function numbersIn(counters: unknown): Counters {
  return Object.fromEntries(Object.entries(counters ?? {}).filter(([, value]) => typeof value === "number"));
}

function sameAs(previous: string | undefined, record: unknown): boolean {
  return previous !== undefined && previous === JSON.stringify(record, withBigints);
}

function withBigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
