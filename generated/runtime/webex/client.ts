// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Calls: from a typed request to a typed answer, with everything that may go wrong in between. */
import type { Validation } from "../decode.js";
import type { Diagnostic, Issue } from "../errors.js";
import { EncodeError } from "../errors.js";
import { attempt } from "./attempt.js";
import type { Credentials, CredentialsSource, Grant } from "./credentials.js";
import { checkCredentials, createWallet, secretsOf, type Wallet } from "./credentials.js";
import type { Site } from "./endpoint.js";
import { endpointOf } from "./endpoint.js";
import { writeBody } from "./envelope.js";
import type { ExceptionInfo, RequestIssue, ResponseStatus } from "./errors.js";
import {
  WebexAbortError,
  WebexConfigurationError,
  type WebexError,
  WebexHttpError,
  WebexRequestError,
} from "./errors.js";
import type { Hooks } from "./hooks.js";
import { createLimit, type Limit, sleep, withSignal } from "./limit.js";
import { authenticateUser } from "./login.js";
import type { Operation } from "./operation.js";
import { addHeaders, checkNumbers } from "./options.js";
import { isSecretName, redactCause, redactText, secretsIn } from "./redact.js";
import type { RetryOptions } from "./retry.js";
import { delayBefore, isExpiredTicket, isRateLimit, isTransient, retryPolicyOf } from "./retry.js";
import type { Explain } from "./stranger.js";
import type { Consume, Fetch } from "./transport.js";
import { defaultMaxBytes } from "./transport.js";

/** A look at a request before it is sent; what it finds keeps the request from being sent. */
export type RequestCheck = (operation: Operation, request: unknown) => readonly Issue[];

/** How answers are read. */
export interface ReadOptions {
  /** Content that the schema does not know: kept with its place (default), or dropped. */
  readonly unknown?: "keep" | "skip";
  /** Required content that is absent: reported among the findings (default), or a {@link WebexDecodeError}. */
  readonly missing?: "report" | "throw";
  /**
   * A value that is not of its type, such as a number that is none: a {@link WebexDecodeError} (default), or reported
   * and given as the text it is. In either case `TRUE` is a boolean, and an empty element no number or boolean at all.
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
  /** Oddities of the answer: unknown or missing content, values outside an enumeration or, where that is asked for, not of their type. */
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
  readonly settings: Settings;
  readonly limit: Limit;
  readonly wallet: Wallet;
}

const defaults = {
  unknown: "keep",
  missing: "report",
  invalid: "throw",
  timeout: 60_000,
  concurrency: 8,
  maxBytes: defaultMaxBytes,
  validate: true,
  checks: [],
  release: "",
  exceptions: [],
  login: false,
  random: Math.random,
  explain: (status, _text, problem) =>
    problem ? `the answer is no message: ${problem.message}` : `HTTP ${status}`,
} satisfies Partial<ConnectOptions>;

/** The options of a call: its own come before those of the client, and those before the defaults. */
export type Settings = Omit<ConnectOptions, keyof typeof defaults> &
  Required<Pick<ConnectOptions, keyof typeof defaults>> & {
    readonly url: string;
    readonly fetch: Fetch;
    readonly signal?: AbortSignal;
  };

/** Prepares calls to a site. Throws {@link WebexConfigurationError}; sends nothing. */
export function connect(options: ConnectOptions): Connection {
  const url = endpointOf(options);
  checkNumbers(options);
  addHeaders(new Headers(), options.headers);
  const fetch = options.fetch ?? (globalThis.fetch as Fetch | undefined)?.bind(globalThis);
  if (fetch === undefined) throw new WebexConfigurationError("no fetch: give one as option");
  const settings: Settings = { ...merge(defaults, options), url, fetch };
  const connection: Connection = new Connection({
    settings,
    limit: createLimit(settings.concurrency),
    wallet: createWallet(
      options.credentials,
      // A login uses the credentials themselves, outside the queue of calls that wait for it.
      (grant) =>
        authenticateUser(grant, settings.release, (operation, request, loginGrant) =>
          run(connection, operation, request, {}, { loginGrant }),
        ),
      settings.login,
    ),
  });
  return connection;
}

/** The members of both; the later ones come first, as far as they say something. */
function merge<T extends object, U extends object>(earlier: T, later: U): T & U {
  const merged = { ...earlier, ...later };
  for (const [name, value] of Object.entries(earlier)) (merged as Record<string, unknown>)[name] ??= value;
  return merged;
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
  return run(connection, operation, request, options);
}

/** An answer that is read while it arrives. */
export interface Streaming {
  /** Reads as far as the header; more where that tells a failure. */
  readonly consume: Consume;
  /** The header told success; what is taken over must be given back. */
  readonly opened: (rest: {
    readonly leave: () => void;
    readonly secrets: readonly string[];
    readonly exchange: Exchange<unknown>;
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
  await run(connection, operation, request, { ...options, missing: "report" }, { stream });
}

/** The options of a call with this connection. */
export function settingsOf(connection: Connection, options: CallOptions): Settings {
  return merge(Connection.stateOf(connection).settings, options);
}

async function run<Q, S>(
  connection: Connection,
  asked: Operation<Q, S>,
  request: Q,
  options: CallOptions,
  { loginGrant, stream }: { readonly loginGrant?: Grant; readonly stream?: Streaming } = {},
): Promise<Exchange<S>> {
  const started = Date.now();
  if ((asked as unknown) !== Object(asked) || typeof asked.wireType !== "string")
    throw new WebexConfigurationError("a call needs an operation, not its name");
  checkNumbers(options);
  const { settings: general, limit, wallet } = Connection.stateOf(connection);
  const settings = settingsOf(connection, options);
  const { signal, credentials, random } = settings;
  const headers = addHeaders(new Headers({ accept: "text/xml, application/xml" }), {
    ...general.headers,
    ...options.headers,
  });
  const release = asked.release || settings.release;
  const operation = { ...asked, release };
  const { service, name } = operation;
  const policy = retryPolicyOf(settings.retry);
  const secrets = [
    ...secretsIn(request),
    ...(typeof credentials === "function" ? [] : secretsOf(credentials)),
  ];
  const failure = { operation: `${service}.${name}`, release };
  const abort = (attempts: number, requestXml?: string): WebexAbortError =>
    new WebexAbortError("aborted", {
      ...failure,
      attempts,
      requestXml,
      cause: redactCause(signal?.reason, secrets),
    });
  if (signal?.aborted) throw abort(0);

  const refuse = (issues: readonly RequestIssue[]): void => {
    if (issues.length === 0) return;
    throw new WebexRequestError(
      issues.map((issue) => ({ ...issue, message: safeMessage(issue, secrets) })),
      { ...failure, attempts: 0 },
    );
  };
  const body = bodyOf(settings, operation, request ?? {}, refuse);
  const common = { settings, operation, headers, body, secrets, stream };
  if (operation.deprecated !== undefined)
    settings.onDeprecated?.({ service, operation: name, release, reason: operation.deprecated });

  let given = loginGrant ?? grantOf(options.credentials);
  let renewed = false;
  let rateLimited = 0;
  let tries = 1;
  for (let number = 1; ; number++) {
    let wait: number | undefined;
    let error: WebexError;
    // A login uses the place of the call that it is made for.
    let leave = loginGrant
      ? undefined
      : await limit.acquire(signal).catch(() => {
          throw abort(number - 1);
        });
    try {
      const grant: Grant = given ?? (await withSignal(wallet.take(), signal, () => abort(number - 1)));
      const attempted = await attempt<S>(common, grant, number);
      if (attempted.exchange) {
        await attempted.report();
        // The getters of an exchange stay what they are.
        const exchange = Object.assign(attempted.exchange, {
          attempts: number,
          duration: Date.now() - started,
        });
        if (stream && leave) {
          // The answer is still coming in: its reader gives the place back.
          stream.opened({ leave, secrets: [...grant.secrets, ...secrets], exchange });
          leave = undefined;
        }
        return exchange;
      }
      ({ error } = attempted);
      if (isExpiredTicket(error) && !renewed && given === undefined) {
        renewed = true;
        given = await withSignal(wallet.renew(grant, error), signal, () => abort(number));
        if (given) wait = 0;
      } else if (isRateLimit(error) && rateLimited < policy.rateLimitAttempts) {
        rateLimited++;
        limit.pause(policy.rateLimitDelay);
        wait = policy.rateLimitDelay;
      } else if (operation.safe && isTransient(error) && tries < policy.attempts) {
        const asked = error instanceof WebexHttpError ? error.retryAfter : 0;
        wait = delayBefore(++tries, policy, random, asked);
      }
      await attempted.report(wait);
    } finally {
      leave?.();
    }
    if (wait === undefined) throw error;
    if (wait > 0) await withSignal(sleep(wait, signal), signal, () => abort(number, error.requestXml));
  }
}

/** Checks a request, and writes its body once for all attempts. */
function bodyOf(
  { validate, checks }: Settings,
  operation: Operation,
  request: unknown,
  refuse: (issues: readonly RequestIssue[]) => void,
): string {
  // What an answer held beyond its schema may be sent back.
  if (validate && operation.validate) refuse(operation.validate(operation.request, request));
  let body = "";
  try {
    body = writeBody(operation, request, validate);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    refuse(error.issues);
  }
  refuse(checks.flatMap((check) => check(operation, request)));
  return body;
}

/** What is said of a secret quotes nothing of it, not even in part. */
function safeMessage({ path, message, expected }: RequestIssue, secrets: readonly string[]): string {
  if (!path.split("/").some(isSecretName)) return redactText(message, secrets);
  return expected === undefined ? "the value cannot be sent" : `${expected} is expected`;
}

function grantOf(credentials: Credentials | undefined): Grant | undefined {
  if (credentials === undefined) return undefined;
  return { credentials: checkCredentials(credentials), secrets: secretsOf(credentials) };
}
