// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** One attempt at a call: sent, received, and judged. */
import type { Diagnostic } from "../errors.js";
import { DecodeError, lineOf, XmlError } from "../errors.js";
import type { Exchange, Settings, Streaming } from "./client.js";
import type { Grant } from "./credentials.js";
import { securityContextOf } from "./credentials.js";
import { bodyFindings, fatalIn, readAnswer, readingOf, writeMessage, type Reading } from "./envelope.js";
import type { Failure, ResponseStatus } from "./errors.js";
import {
  WebexAbortError,
  WebexApiError,
  WebexDecodeError,
  WebexError,
  WebexHttpError,
  WebexMalformedAnswerError,
  WebexTimeoutError,
  WebexTransportError,
} from "./errors.js";
import { onAbort, withSignal } from "./limit.js";
import type { Operation, OperationList } from "./operation.js";
import { longestTimer } from "./options.js";
import { redactCause, redactorOf, redactText, redactXml } from "./redact.js";
import type { Answer } from "./transport.js";
import { AnswerTooLongError, post, readWhole, retryAfterOf } from "./transport.js";

/** What all attempts at a call have in common. */
export interface Call<S> {
  readonly settings: Settings;
  readonly operation: Operation<any, S>;
  readonly headers: Headers;
  /** The `bodyContent`, written. */
  readonly body: string;
  /** What must not be shown, beside what the credentials hold. */
  readonly secrets: readonly string[];
  readonly stream: Streaming | undefined;
}

/** What an attempt knows of its {@link Exchange}. */
type Received<S> = Omit<Exchange<S>, "attempts" | "duration">;

/** How an attempt ended: every outcome that is the outside world's doing is a value. */
export type Attempted<S> = {
  /** Tells the hook that the attempt is over; `retryIn` when another follows. */
  readonly report: (retryIn?: number) => Promise<void>;
} & (
  | { readonly exchange: Received<S>; readonly error?: undefined }
  | { readonly exchange?: undefined; readonly error: WebexError }
);

/** Sends a call with the credentials of a grant; `number` counts from 1. */
export async function attempt<S>(call: Call<S>, grant: Grant, number: number): Promise<Attempted<S>> {
  const { settings, operation } = call;
  const secrets = [...grant.secrets, ...call.secrets];
  const xml = writeMessage(securityContextOf(grant.credentials, settings.siteName), call.body);
  const headers = new Headers(call.headers);
  headers.set("content-type", "text/xml; charset=utf-8");
  let answer: Answer | undefined;
  const requestXml = lazy(() => redactXml(xml, secrets));
  const responseXml = lazy(() => answer && redactXml(answer.text, secrets));
  const { service, name, release } = operation;
  const common = {
    service,
    operation: name,
    release,
    attempt: number,
    url: settings.url,
    context: {} as Record<string, unknown>,
  };
  await settings.onRequest?.({
    ...common,
    headers,
    get xml() {
      return requestXml();
    },
  });
  const sight: Sight = {
    secrets,
    requestXml,
    responseXml,
    failureOf: (cause) => ({
      operation: `${service}.${name}`,
      release,
      attempts: number,
      requestXml: requestXml(),
      responseXml: responseXml(),
      cause: redactCause(cause, secrets),
    }),
  };
  let duration = 0;
  let exchange: Received<S> | undefined;
  let error: WebexError | undefined;
  const sent = Date.now();
  try {
    answer = await transfer(call, xml, headers, sight).finally(() => {
      duration = Date.now() - sent;
    });
    exchange = judge(call, answer, sight);
  } catch (thrown) {
    if (!(thrown instanceof WebexError)) throw thrown;
    error = thrown;
  }
  const { responses = [], diagnostics = [] } = sight.reading ?? {};
  const gsbStatus = gsbOf(responses);
  return {
    exchange,
    error,
    async report(retryIn) {
      await settings.onResponse?.({
        ...common,
        duration,
        ...(answer && { status: answer.status }),
        get xml() {
          return responseXml();
        },
        responses,
        ...(gsbStatus !== undefined && { gsbStatus }),
        diagnostics,
        ...(error && { error }),
        ...(retryIn !== undefined && { retryIn }),
      });
    },
  } as Attempted<S>;
}

/** What is told of an attempt, without secrets. */
interface Sight {
  readonly secrets: readonly string[];
  readonly requestXml: () => string;
  readonly responseXml: () => string | undefined;
  readonly failureOf: (cause?: unknown) => Failure;
  /** What the answer says, as far as it can be read. */
  reading?: Reading;
}

/** Sends and receives within the time allowed. Rejects with a {@link WebexError}. */
async function transfer(
  { settings, stream }: Call<unknown>,
  xml: string,
  headers: Headers,
  { secrets, failureOf }: Sight,
): Promise<Answer> {
  const { url, fetch, timeout, maxBytes, signal } = settings;
  const consume = stream?.consume ?? ((response: Response) => readWhole(response, maxBytes));
  const controller = new AbortController();
  const timer =
    timeout > 0
      ? setTimeout(
          () => {
            controller.abort(new WebexTimeoutError(timeout, failureOf()));
          },
          Math.min(timeout, longestTimer),
        )
      : undefined;
  const forget = onAbort(signal, () => {
    controller.abort(signal?.reason);
  });
  try {
    // A fetch that does not heed its signal must not hold the call.
    return await withSignal(post(fetch, url, headers, xml, controller.signal, consume), controller.signal);
  } catch (error) {
    const { aborted, reason } = controller.signal;
    if (reason instanceof WebexTimeoutError) throw reason;
    if (aborted) throw new WebexAbortError("aborted", failureOf(reason));
    if (error instanceof AnswerTooLongError)
      throw new WebexMalformedAnswerError(error.message, failureOf(error));
    throw new WebexTransportError(redactText(`not delivered: ${reasonOf(error)}`, secrets), failureOf(error));
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** What an answer means. Throws a {@link WebexError}. */
function judge<S>({ settings, operation, stream }: Call<S>, answer: Answer, sight: Sight): Received<S> {
  const { secrets, requestXml, failureOf } = sight;
  const { status, headers } = answer;
  const responseXml = sight.responseXml as () => string;
  if (status < 200 || status > 299) {
    const location = headers.get("location")?.replace(/[?#].*/u, "");
    const what =
      status < 400 && location
        ? `redirected (HTTP ${status}) to ${redactText(location, secrets)}, which is not followed: set url`
        : settings.explain(status, responseXml());
    throw new WebexHttpError(status, what, retryAfterOf(headers, Date.now()), failureOf());
  }
  let reading: Reading;
  try {
    if (answer.malformed) throw answer.malformed;
    reading = readAnswer(operation, answer.text, readingOf(settings));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = redactText(error.message, secrets);
    if (error instanceof XmlError)
      throw new WebexMalformedAnswerError(
        settings.explain(status, responseXml(), { code: error.code, message }),
        failureOf(error),
      );
    throw new WebexDecodeError(message, redactDiagnostics(error.diagnostics, secrets), failureOf(error));
  }
  const responses = redactResponses(reading.responses, secrets);
  const bad = responses.find(({ result }) => result !== "SUCCESS");
  if (!bad && responses.length > 0 && !stream)
    reading = {
      ...reading,
      diagnostics: [...reading.diagnostics, ...bodyFindings(operation, reading.bodies)],
    };
  reading = sight.reading = {
    ...reading,
    responses,
    diagnostics: redactDiagnostics(reading.diagnostics, secrets),
    invalid: redactDiagnostics(reading.invalid, secrets),
    wrong: redactDiagnostics(reading.wrong, secrets),
  };
  let { value } = reading;
  if (bad) {
    if (bad.exceptionID !== "000015" || !operation.list || !responses.every(isSuccessOrNothingFound))
      throw new WebexApiError(
        bad,
        responses,
        settings.exceptions.find(({ code }) => code === bad.exceptionID),
        failureOf(),
      );
    value = emptyList(operation.list);
  } else if (responses.length === 0)
    throw new WebexMalformedAnswerError("the answer says neither SUCCESS nor FAILURE", failureOf());
  else if (reading.wrongType !== undefined)
    throw new WebexMalformedAnswerError(
      redactText(`the answer is a ${reading.wrongType}, not of this operation`, secrets),
      failureOf(),
    );
  else {
    const fatal = reading.invalid.length > 0 ? reading.invalid : fatalIn(reading, settings);
    if (fatal.length > 0) throw new WebexDecodeError(fatal.map(lineOf).join("; "), fatal, failureOf());
  }
  return {
    value: value as S,
    get requestXml() {
      return requestXml();
    },
    get responseXml() {
      return responseXml();
    },
    status,
    responses,
    gsbStatus: gsbOf(responses),
    diagnostics: reading.diagnostics,
  };
}

function isSuccessOrNothingFound({ result, exceptionID }: ResponseStatus): boolean {
  return result === "SUCCESS" || exceptionID === "000015";
}

/** "No record found" is a failure to the site, and an empty list to everybody else. */
function emptyList({ records, counters }: OperationList): Record<string, unknown> {
  return {
    [records]: [],
    ...(counters !== undefined && { [counters]: { total: 0, returned: 0, startFrom: 0 } }),
  };
}

function gsbOf(responses: readonly ResponseStatus[]): string | undefined {
  return responses.find(({ gsbStatus }) => gsbStatus !== undefined)?.gsbStatus;
}

function redactDiagnostics(
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
): readonly Diagnostic[] {
  const redact = redactorOf(secrets);
  return diagnostics.map((one) => ({ ...one, message: redact(one.message) }));
}

/** What a header says, unknown content included, without secrets. What programs compare stays, whatever the secrets are. */
function redactResponses(
  responses: readonly ResponseStatus[],
  secrets: readonly string[],
): readonly ResponseStatus[] {
  return JSON.parse(JSON.stringify(responses), (name, value: unknown) =>
    typeof value !== "string" || /^(?:result SUCCESS|exceptionID \d{6})$/u.test(`${name} ${value}`)
      ? value
      : redactText(value, secrets),
  ) as readonly ResponseStatus[];
}

/** What went wrong, with the system's word for it where there is one: fetch hides it in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error as { readonly cause?: { readonly message?: string; readonly code?: string } };
  // Where several addresses were tried, the error of them all has no words of its own.
  const reason = cause?.message || cause?.code;
  return reason ? `${error.message}: ${reason}` : error.message;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
