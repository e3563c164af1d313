/** Calls: from a typed request to a typed answer, with everything that may go wrong in between. */
import type { Validation } from "../decode.js";
import type { Diagnostic, Issue } from "../errors.js";
import { DecodeError, EncodeError, lineOf, XmlError } from "../errors.js";
import type { Credentials, CredentialsSource, Grant, Wallet } from "./credentials.js";
import { checkCredentials, createWallet, secretsOf, securityContextOf } from "./credentials.js";
import type { Site } from "./endpoint.js";
import { endpointOf } from "./endpoint.js";
import type { Reading } from "./envelope.js";
import { bodyFindings, readAnswer, writeBody, writeMessage } from "./envelope.js";
import type { ExceptionInfo, Failure, RequestIssue, ResponseStatus } from "./errors.js";
import {
  WebexAbortError,
  WebexApiError,
  WebexConfigurationError,
  WebexDecodeError,
  WebexError,
  WebexHttpError,
  WebexMalformedAnswerError,
  WebexRequestError,
  WebexTimeoutError,
  WebexTransportError,
} from "./errors.js";
import type { Hooks } from "./hooks.js";
import type { Limit } from "./limit.js";
import { createLimit, sleep, withSignal } from "./limit.js";
import { authenticateUser } from "./login.js";
import type { Operation, OperationList } from "./operation.js";
import { addHeaders, checkNumbers, longestTimer } from "./options.js";
import { isSecretName, redactCause, redactorOf, redactText, redactXml, secretsIn } from "./redact.js";
import type { RetryOptions } from "./retry.js";
import { delayBefore, isExpiredTicket, isRateLimit, isTransient, retryPolicyOf } from "./retry.js";
import type { Explain } from "./stranger.js";
import type { Answer, Consume, Fetch } from "./transport.js";
import { AnswerTooLongError, defaultMaxBytes, post, readWhole, retryAfterOf } from "./transport.js";

/** A look at a request before it is sent; what it finds keeps the request from being sent. */
export type RequestCheck = (operation: Operation, request: unknown) => readonly Issue[];

const explainBriefly: Explain = (status, _text, problem) =>
  problem ? `the answer is no message: ${problem.message}` : `HTTP ${status}`;

/** How answers are read. */
export interface ReadOptions {
  /** Content that the schema does not know: kept with its place (default), or dropped. */
  readonly unknown?: "keep" | "skip";
  /** Required content that is absent: reported among the findings (default), or a {@link WebexDecodeError}. */
  readonly missing?: "report" | "throw";
  /**
   * A value that is not of its type, such as a number that is none: a {@link WebexDecodeError} (default), or reported
   * and given as the text it is. An empty element where a number or boolean should be is no value in either case.
   */
  readonly invalid?: "report" | "throw";
  /**
   * `fullValidation` of the runtime: an answer that its schema does not allow is a {@link WebexDecodeError} with all that is wrong.
   * Off by default: sites leave out what is required, and add what is not there yet.
   */
  readonly validateAnswers?: Validation;
}

/** How a client works; only a site and credentials are needed. */
export interface ConnectOptions extends Site, Hooks, ReadOptions {
  readonly credentials: CredentialsSource;
  /** Exchange password or access token for a session ticket (AuthenticateUser), call with it, renew it when it ends. */
  readonly login?: boolean;
  /** Milliseconds for one attempt, from sending to the end of the answer. Default 60,000; 0 is no limit. */
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  /** Calls under way at once; more wait for their turn. Default 8. */
  readonly concurrency?: number;
  /** Longest answer, in bytes. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Additional HTTP headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
  /**
   * Hold every request against its schema before it is sent (default): content, types, facets, patterns. With `false` a
   * request is sent as it can be written.
   */
  readonly validate?: boolean;
  /** Looked at before every request. */
  readonly checks?: readonly RequestCheck[];
  /** The release that errors and events name where an operation is of no release; a generated client brings its own. */
  readonly release?: string;
  /** What is known about exception codes; a generated client brings its own. */
  readonly exceptions?: readonly ExceptionInfo[];
  /** Says more of what came instead of an answer, and what to do; a generated client brings `explainFailure`. */
  readonly explain?: Explain;
  /** A number from 0 to 1 for the jitter of retries; for tests. */
  readonly random?: () => number;
}

/** Options of one call; they come before those of the client. */
export interface CallOptions extends ReadOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
  /** Hold the request against its schema before it is sent. */
  readonly validate?: boolean;
  readonly retry?: RetryOptions | false;
  readonly headers?: Readonly<Record<string, string>>;
  /** Call with these, as they are. */
  readonly credentials?: Credentials;
}

/** A call with everything around its value. */
export interface Exchange<S> {
  readonly value: S;
  /** The request as sent last, secrets blotted out. */
  readonly requestXml: string;
  /** The answer, secrets blotted out. */
  readonly responseXml: string;
  readonly status: number;
  readonly responses: readonly ResponseStatus[];
  /** PRIMARY or BACKUP: which site of a global site backup answered. */
  readonly gsbStatus: string | undefined;
  /** Oddities of the answer that did no harm: unknown or missing content, values outside an enumeration. */
  readonly diagnostics: readonly Diagnostic[];
  readonly attempts: number;
  /** Milliseconds, waiting included. */
  readonly duration: number;
}

/** Where and as whom calls are made. Opaque: it shows nothing of itself, so that no log shows a secret. */
export class Connection {
  readonly #state: State;

  /** Use {@link connect}. */
  constructor(state: State) {
    this.#state = state;
  }

  /** What calls need; not for users. */
  static stateOf(connection: Connection): State {
    return connection.#state;
  }
}

interface State {
  readonly options: ConnectOptions;
  readonly url: string;
  readonly fetch: Fetch;
  readonly limit: Limit;
  readonly wallet: Wallet;
  readonly exceptions: ReadonlyMap<string, ExceptionInfo>;
}

/** Prepares calls to a site. Throws {@link WebexConfigurationError}; sends nothing. */
export function connect(options: ConnectOptions): Connection {
  const url = endpointOf(options);
  checkNumbers(options);
  addHeaders(new Headers(), options.headers);
  const fetch = options.fetch ?? (globalThis.fetch as Fetch | undefined)?.bind(globalThis);
  if (fetch === undefined) throw new WebexConfigurationError("no fetch: give one as option");
  const connection: Connection = new Connection({
    options,
    url,
    fetch,
    limit: createLimit(options.concurrency ?? 8),
    wallet: createWallet(
      options.credentials,
      (grant) => authenticateUser(grant, options.release ?? "", (...call) => callAs(connection, ...call)),
      options.login ?? false,
    ),
    exceptions: new Map((options.exceptions ?? []).map((info) => [info.code, info])),
  });
  return connection;
}

/** Calls an operation and gives its answer. Rejects with a {@link WebexError}. */
export async function call<Q, S>(
  connection: Connection,
  operation: Operation<Q, S>,
  request: Q,
  options: CallOptions = {},
): Promise<S> {
  return (await exchange(connection, operation, request, options)).value;
}

/** Calls an operation and gives its answer with everything around it. Rejects with a {@link WebexError}. */
export function exchange<Q, S>(
  connection: Connection,
  operation: Operation<Q, S>,
  request: Q,
  options: CallOptions = {},
): Promise<Exchange<S>> {
  return run(Connection.stateOf(connection), operation, request, options, undefined);
}

/** An answer that is read while it arrives. */
export interface Streaming {
  /** Reads as far as the header; more where that tells a failure. */
  readonly consume: Consume;
  /** The header told success; what is taken over must be given back. */
  readonly opened: (rest: {
    readonly leave: () => void;
    readonly secrets: readonly string[];
    readonly exchange: Omit<Exchange<unknown>, "duration">;
  }) => void;
}

/** Calls an operation as far as the header of its answer. Rejects with a {@link WebexError}. */
export async function open(
  connection: Connection,
  operation: Operation,
  request: unknown,
  options: CallOptions,
  stream: Streaming,
): Promise<void> {
  // What the header comes with is an empty body.
  const lenient = { ...options, missing: "report" } as const;
  await run(Connection.stateOf(connection), operation, request, lenient, undefined, stream);
}

/** The options of a connection, for those who read an answer by themselves. */
export function readingOptions(
  connection: Connection,
  options: CallOptions,
): Required<Omit<ReadOptions, "validateAnswers">> & {
  readonly validateAnswers: Validation | undefined;
  readonly timeout: number;
  readonly maxBytes: number;
} {
  const state = Connection.stateOf(connection);
  return {
    unknown: options.unknown ?? state.options.unknown ?? "keep",
    missing: options.missing ?? state.options.missing ?? "report",
    invalid: options.invalid ?? state.options.invalid ?? "throw",
    validateAnswers: options.validateAnswers ?? state.options.validateAnswers,
    timeout: timeoutOf(state, options),
    maxBytes: state.options.maxBytes ?? defaultMaxBytes,
  };
}

function timeoutOf(state: State, options: CallOptions): number {
  return options.timeout ?? state.options.timeout ?? 60_000;
}

/** A login: with the credentials themselves, outside the queue of calls that wait for it. */
function callAs<Q, S>(
  connection: Connection,
  operation: Operation<Q, S>,
  request: Q,
  grant: Grant,
): Promise<Exchange<S>> {
  return run(Connection.stateOf(connection), operation, request, {}, grant);
}

async function run<Q, S>(
  state: State,
  asked: Operation<Q, S>,
  request: Q,
  options: CallOptions,
  loginGrant: Grant | undefined,
  stream?: Streaming,
): Promise<Exchange<S>> {
  const started = Date.now();
  if ((asked as unknown) !== Object(asked) || typeof asked.wireType !== "string")
    throw new WebexConfigurationError("a call needs an operation, not its name");
  checkNumbers(options);
  const headers = addHeaders(
    addHeaders(new Headers({ accept: "text/xml, application/xml" }), state.options.headers),
    options.headers,
  );
  const operation = asked.release === "" ? { ...asked, release: state.options.release ?? "" } : asked;
  const name = `${operation.service}.${operation.name}`;
  const { release } = operation;
  const { signal } = options;
  const policy = retryPolicyOf(options.retry ?? state.options.retry);
  const random = state.options.random ?? Math.random;
  const { credentials: source } = { ...state.options, ...options };
  const own = [...secretsIn(request), ...(typeof source === "function" ? [] : secretsOf(source))];
  const abort = (attempts: number, requestXml?: string): WebexAbortError =>
    new WebexAbortError("aborted", {
      operation: name,
      release,
      attempts,
      requestXml,
      cause: redactCause(signal?.reason, own),
    });
  if (signal?.aborted) throw abort(0);

  const body = bodyOf(state, operation, request, options, own, { operation: name, release, attempts: 0 });
  if (operation.deprecated !== undefined) {
    state.options.onDeprecated?.({
      service: operation.service,
      operation: operation.name,
      release,
      reason: operation.deprecated,
    });
  }

  let given: Grant | undefined = loginGrant ?? grantOf(options.credentials);
  let renewed = false;
  let rateLimited = 0;
  let tries = 1;
  for (let attempt = 1; ; attempt++) {
    let error: WebexError;
    let wait: number | undefined;
    // A login uses the place of the call that it is made for.
    let leave = loginGrant ? undefined : await acquire(state.limit, signal, () => abort(attempt - 1));
    try {
      const grant: Grant = given ?? (await withSignal(state.wallet.take(), signal, () => abort(attempt - 1)));
      const attempted = await send<S>(state, operation, body, grant, own, options, headers, attempt, stream);
      if ("exchange" in attempted) {
        await attempted.report(undefined);
        if (stream && leave) {
          // The answer is still coming in: its reader gives the place back.
          stream.opened({ leave, secrets: [...grant.secrets, ...own], exchange: attempted.exchange });
          leave = undefined;
        }
        // The getters of an exchange stay what they are.
        return Object.assign(attempted.exchange, { duration: Date.now() - started });
      }
      error = attempted.error;
      if (isExpiredTicket(error) && !renewed && given === undefined) {
        renewed = true;
        given = await withSignal(state.wallet.renew(grant, error), signal, () => abort(attempt));
        if (given) wait = 0;
      } else if (isRateLimit(error) && rateLimited < policy.rateLimitAttempts) {
        rateLimited++;
        state.limit.pause(policy.rateLimitDelay);
        wait = policy.rateLimitDelay;
      } else if (operation.safe && isTransient(error) && tries < policy.attempts) {
        wait = delayBefore(++tries, policy, random, attempted.retryAfter);
      }
      await attempted.report(wait);
    } finally {
      leave?.();
    }
    if (wait === undefined) throw error;
    if (wait > 0) await withSignal(sleep(wait, signal), signal, () => abort(attempt, error.requestXml));
  }
}

async function acquire(
  limit: Limit,
  signal: AbortSignal | undefined,
  abort: () => WebexAbortError,
): Promise<() => void> {
  try {
    return await limit.acquire(signal);
  } catch {
    throw abort();
  }
}

/** Checks a request, and writes its body once for all attempts. */
function bodyOf(
  state: State,
  operation: Operation,
  request: unknown,
  options: CallOptions,
  secrets: readonly string[],
  failure: Failure,
): string {
  const refuse = (issues: readonly RequestIssue[]): void => {
    if (issues.length === 0) return;
    throw new WebexRequestError(
      issues.map((issue) => ({ ...issue, message: safeMessage(issue, secrets) })),
      failure,
    );
  };
  const value = request ?? {};
  const isChecked = options.validate ?? state.options.validate ?? true;
  // What an answer held beyond its schema may be sent back.
  if (isChecked && operation.validate) refuse(operation.validate(operation.request, value));
  let body = "";
  try {
    body = writeBody(operation, value, isChecked);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    refuse(error.issues);
  }
  refuse((state.options.checks ?? []).flatMap((check) => check(operation, value)));
  return body;
}

/** What is said of a secret quotes nothing of it, not even in part. */
function safeMessage({ path, message, expected }: RequestIssue, secrets: readonly string[]): string {
  if (!path.split("/").some(isSecretName)) return redactText(message, secrets);
  return expected === undefined ? "the value cannot be sent" : `${expected} is expected`;
}

type Attempted<S> = {
  /** Tells the hook that the attempt is over; `retryIn` when another follows. */
  readonly report: (retryIn: number | undefined) => Promise<void>;
} & (
  | { readonly exchange: Omit<Exchange<S>, "duration"> }
  | { readonly error: WebexError; readonly retryAfter: number }
);

/** One attempt: every outcome that is the outside world's doing comes back as a value. */
async function send<S>(
  state: State,
  operation: Operation<any, S>,
  body: string,
  grant: Grant,
  own: readonly string[],
  options: CallOptions,
  ownHeaders: Headers,
  attempt: number,
  stream: Streaming | undefined,
): Promise<Attempted<S>> {
  const { onRequest, onResponse, siteName } = state.options;
  const secrets = [...grant.secrets, ...own];
  const xml = writeMessage(securityContextOf(grant.credentials, siteName), body);
  const lazyRequest = lazy(() => redactXml(xml, secrets));
  const headers = new Headers(ownHeaders);
  headers.set("content-type", "text/xml; charset=utf-8");
  const context: Record<string, unknown> = {};
  const common = {
    service: operation.service,
    operation: operation.name,
    release: operation.release,
    attempt,
    url: state.url,
    context,
  };
  if (onRequest) {
    await onRequest({
      ...common,
      headers,
      get xml() {
        return lazyRequest();
      },
    });
  }
  const failure: Failure = {
    operation: `${operation.service}.${operation.name}`,
    release: operation.release,
    attempts: attempt,
  };
  const sent = Date.now();
  const outcome = await transfer(state, xml, headers, options, stream);
  const duration = Date.now() - sent;

  const judged = judge(
    state,
    operation,
    outcome,
    options,
    secrets,
    lazyRequest,
    failure,
    stream !== undefined,
  );
  const answer = "answer" in outcome ? outcome.answer : undefined;
  const reading = judged.reading;
  return {
    ...judged.result,
    async report(retryIn) {
      await onResponse?.({
        ...common,
        duration,
        ...(answer && { status: answer.status }),
        get xml() {
          return answer && redactXml(answer.text, secrets);
        },
        responses: reading?.responses ?? [],
        ...gsbOf(reading?.responses),
        diagnostics: reading?.diagnostics ?? [],
        ...("error" in judged.result && { error: judged.result.error }),
        ...(retryIn !== undefined && { retryIn }),
      });
    },
  };
}

type Outcome =
  | { readonly answer: Answer }
  | { readonly failed: unknown; readonly by: "timeout" | "abort" | "transport"; readonly timeout: number };

/** Sends and receives within the time allowed. */
async function transfer(
  state: State,
  xml: string,
  headers: Headers,
  options: CallOptions,
  stream: Streaming | undefined,
): Promise<Outcome> {
  const timeout = timeoutOf(state, options);
  const maxBytes = state.options.maxBytes ?? defaultMaxBytes;
  const consume = stream?.consume ?? ((response: Response) => readWhole(response, maxBytes));
  const controller = new AbortController();
  let by: "timeout" | "abort" | "transport" = "transport";
  const abort = (): void => {
    by = "abort";
    controller.abort(options.signal?.reason);
  };
  const timer =
    timeout > 0
      ? setTimeout(
          () => {
            by = "timeout";
            controller.abort(new DOMException("timed out", "TimeoutError"));
          },
          Math.min(timeout, longestTimer),
        )
      : undefined;
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    if (options.signal?.aborted) abort();
    // A fetch that does not heed its signal must not hold the call.
    const answer = await withSignal(
      post(state.fetch, state.url, headers, xml, controller.signal, consume),
      controller.signal,
    );
    return { answer };
  } catch (failed) {
    return { failed, by, timeout };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}

interface Judged<S> {
  readonly reading?: Reading | undefined;
  readonly result:
    | { readonly exchange: Omit<Exchange<S>, "duration"> }
    | { readonly error: WebexError; readonly retryAfter: number };
}

/** What an outcome means. */
function judge<S>(
  state: State,
  operation: Operation<any, S>,
  outcome: Outcome,
  options: CallOptions,
  secrets: readonly string[],
  requestXml: () => string,
  failure: Failure,
  isPart: boolean,
): Judged<S> {
  const failed = (error: WebexError, reading?: Reading, retryAfter = 0): Judged<S> => ({
    reading,
    result: { error, retryAfter },
  });
  if ("failed" in outcome) {
    const info: Failure = {
      ...failure,
      requestXml: requestXml(),
      cause: redactCause(outcome.failed, secrets),
    };
    if (outcome.by === "timeout") return failed(new WebexTimeoutError(outcome.timeout, info));
    if (outcome.by === "abort")
      return failed(
        new WebexAbortError("aborted", { ...info, cause: redactCause(options.signal?.reason, secrets) }),
      );
    if (outcome.failed instanceof AnswerTooLongError)
      return failed(new WebexMalformedAnswerError(outcome.failed.message, info));
    return failed(
      new WebexTransportError(redactText(`not delivered: ${reasonOf(outcome.failed)}`, secrets), info),
    );
  }
  const { answer } = outcome;
  const responseXml = lazy(() => redactXml(answer.text, secrets));
  const infoOf = (cause?: unknown): Failure => ({
    ...failure,
    requestXml: requestXml(),
    responseXml: responseXml(),
    cause: redactCause(cause, secrets),
  });
  const { explain = explainBriefly } = state.options;
  if (answer.status < 200 || answer.status > 299) {
    const what =
      answer.status < 400 && answer.headers.has("location")
        ? `redirected (HTTP ${answer.status}), which is not followed: set url`
        : explain(answer.status, responseXml());
    return failed(
      new WebexHttpError(answer.status, what, infoOf()),
      undefined,
      retryAfterOf(answer.headers, Date.now()),
    );
  }
  const validate = options.validateAnswers ?? state.options.validateAnswers;
  let reading: Reading;
  try {
    if (answer.malformed) throw answer.malformed;
    reading = readAnswer(operation, answer.text, {
      unknown: options.unknown ?? state.options.unknown ?? "keep",
      ...(validate && { validate }),
    });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = redactText(error.message, secrets);
    return failed(
      error instanceof XmlError
        ? new WebexMalformedAnswerError(
            explain(answer.status, responseXml(), { code: error.code, message }),
            infoOf(error),
          )
        : new WebexDecodeError(message, redactDiagnostics(error.diagnostics, secrets), infoOf(error)),
    );
  }
  reading = {
    ...reading,
    responses: redactResponses(reading.responses, secrets),
    diagnostics: redactDiagnostics(reading.diagnostics, secrets),
    invalid: redactDiagnostics(reading.invalid, secrets),
    wrong: redactDiagnostics(reading.wrong, secrets),
  };
  const { responses } = reading;
  const bad = responses.find(({ result }) => result !== "SUCCESS");
  if (!bad && responses.length > 0 && !isPart)
    reading = {
      ...reading,
      diagnostics: [...reading.diagnostics, ...bodyFindings(operation, reading.bodies)],
    };
  const { diagnostics } = reading;
  let value = reading.value as S | undefined;
  if (bad) {
    if (bad.exceptionID === "000015" && operation.list && responses.every(isSuccessOrNothingFound))
      value = emptyList(operation.list) as S;
    else {
      return failed(
        new WebexApiError(bad, responses, state.exceptions.get(bad.exceptionID ?? ""), infoOf()),
        reading,
      );
    }
  } else if (responses.length === 0) {
    return failed(
      new WebexMalformedAnswerError("the answer says neither SUCCESS nor FAILURE", infoOf()),
      reading,
    );
  } else if (reading.wrongType !== undefined) {
    const told = redactText(`the answer is a ${reading.wrongType}, not of this operation`, secrets);
    return failed(new WebexMalformedAnswerError(told, infoOf()), reading);
  } else {
    const { missing, invalid } = { ...state.options, ...options };
    const fatal =
      reading.invalid.length > 0
        ? reading.invalid
        : fatalIn(reading, missing ?? "report", invalid ?? "throw");
    if (fatal.length > 0) {
      const message = fatal.map(lineOf).join("; ");
      return failed(new WebexDecodeError(message, fatal, infoOf()), reading);
    }
  }
  return {
    reading,
    result: {
      exchange: {
        value: value as S,
        get requestXml() {
          return requestXml();
        },
        get responseXml() {
          return responseXml();
        },
        status: answer.status,
        responses,
        gsbStatus: gsbOf(responses).gsbStatus,
        diagnostics,
        attempts: failure.attempts,
      },
    },
  };
}

/** The findings that the options make an error. */
export function fatalIn(
  { diagnostics, wrong }: Pick<Reading, "diagnostics" | "wrong">,
  missing: "report" | "throw",
  invalid: "report" | "throw",
): readonly Diagnostic[] {
  return [
    ...(missing === "throw" ? diagnostics.filter(({ code }) => code.startsWith("missing-")) : []),
    ...(invalid === "throw" ? wrong : []),
  ];
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

function gsbOf(responses: readonly ResponseStatus[] | undefined): { readonly gsbStatus?: string } {
  const gsbStatus = responses?.find((response) => response.gsbStatus !== undefined)?.gsbStatus;
  return gsbStatus === undefined ? {} : { gsbStatus };
}

function grantOf(credentials: Credentials | undefined): Grant | undefined {
  if (credentials === undefined) return undefined;
  return { credentials: checkCredentials(credentials), secrets: secretsOf(credentials) };
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
  const { cause } = error as { readonly cause?: unknown };
  return cause instanceof Error && cause.message ? `${error.message}: ${cause.message}` : error.message;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
