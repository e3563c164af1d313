// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What a call can fail with: one class a cause, each with what was sent and what came back, secrets blotted out. */
import { lineOf, type Diagnostic, type Issue } from "../errors.js";
import type { ValidationIssue } from "../validate.js";

/** What every failure of a call knows. */
export interface Failure {
  /** `user.getUser`. */
  readonly operation: string;
  /** The release whose schemas the client was generated from. */
  readonly release: string;
  /** How often it was sent; 0 when it never was. */
  readonly attempts: number;
  /** The request as sent, secrets blotted out. */
  readonly requestXml?: string | undefined;
  /** The answer as received, secrets blotted out. */
  readonly responseXml?: string | undefined;
  readonly cause?: unknown;
}

/** The causes, for a `switch` over {@link WebexError.kind}. */
export type FailureKind =
  "transport" | "timeout" | "abort" | "http" | "malformed-answer" | "decode" | "request" | "api";

/** A call failed; the classes derived from it say why. Programs branch on `kind` or on the class. */
export abstract class WebexError extends Error {
  abstract readonly kind: FailureKind;
  readonly operation!: string;
  readonly release!: string;
  readonly attempts!: number;
  readonly requestXml: string | undefined;
  readonly responseXml: string | undefined;

  constructor(message: string, { cause, ...known }: Failure) {
    super(`${known.operation}: ${message}`, cause === undefined ? undefined : { cause });
    Object.assign(this, known);
  }
}

/** The request or its answer did not get through: name resolution, refused or cut connection. */
export class WebexTransportError extends WebexError {
  override name = "WebexTransportError";
  readonly kind = "transport";
}

/** No complete answer within the time allowed. Whether the site acted on the request is unknown. */
export class WebexTimeoutError extends WebexError {
  override name = "WebexTimeoutError";
  readonly kind = "timeout";
  /** Milliseconds. */
  readonly timeout: number;
  constructor(timeout: number, failure: Failure) {
    super(`no answer within ${timeout} ms`, failure);
    this.timeout = timeout;
  }
}

/** The caller's `AbortSignal` fired; `cause` is its reason. */
export class WebexAbortError extends WebexError {
  override name = "WebexAbortError";
  readonly kind = "abort";
}

/** An HTTP status other than 200. The XML API itself reports failures with 200, so this is not its word. */
export class WebexHttpError extends WebexError {
  override name = "WebexHttpError";
  readonly kind = "http";
  readonly status: number;
  /** Milliseconds that the answer asks to wait (Retry-After); 0 where it does not. */
  readonly retryAfter: number;
  constructor(status: number, message: string, retryAfter: number, failure: Failure) {
    super(message, failure);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The answer is no message of the XML API: not XML, cut off, a page for people, or for another operation. */
export class WebexMalformedAnswerError extends WebexError {
  override name = "WebexMalformedAnswerError";
  readonly kind = "malformed-answer";
}

/** The answer is a message whose content does not fit the response type. */
export class WebexDecodeError extends WebexError {
  override name = "WebexDecodeError";
  readonly kind = "decode";
  readonly diagnostics: readonly Diagnostic[];
  constructor(message: string, diagnostics: readonly Diagnostic[], failure: Failure) {
    super(message, failure);
    this.diagnostics = diagnostics;
  }
}

/** What is wrong with a request; by its schema: with the clause that is broken, and what it expects. */
export interface RequestIssue
  extends Issue, Partial<Pick<ValidationIssue, "steps" | "expected" | "clause">> {}

/** The request does not fit its type, or a check forbids it; nothing was sent. `issues` holds all that is wrong. */
export class WebexRequestError extends WebexError {
  override name = "WebexRequestError";
  readonly kind = "request";
  readonly issues: readonly RequestIssue[];
  constructor(issues: readonly RequestIssue[], failure: Failure) {
    super(issues.map(lineOf).join("; "), failure);
    this.issues = issues;
  }
}

/** What one `serv:response` of the header says. */
export interface ResponseStatus {
  readonly result: string;
  readonly reason?: string;
  /** Which of the two sites of a global site backup answered: PRIMARY or BACKUP. */
  readonly gsbStatus?: string;
  readonly exceptionID?: string;
  readonly subErrors: readonly SubError[];
  readonly value?: string;
}

/** One part of a failure. */
export interface SubError {
  readonly exceptionID: string;
  readonly reason: string;
  readonly value?: string;
}

/** What is documented about an exception code. */
export interface ExceptionInfo<Id extends string = string> {
  readonly code: Id;
  /** The reason text that sites send with it, where it is known; it may change. */
  readonly reason?: string;
  /** What it means, in our words. */
  readonly meaning: string;
  /** Operations known to answer with it; absent: any. */
  readonly operations?: readonly string[];
  /** The release that introduced it, where it is known. */
  readonly release?: string;
}

/** Any string, with the known ones offered for completion. */
export type Open<T extends string> = T | (string & Record<never, never>);

/** The site answered with FAILURE. Branch on `exceptionID`; `reason` is for people and may change. */
export class WebexApiError<Id extends string = string> extends WebexError {
  override name = "WebexApiError";
  readonly kind = "api";
  /** Six digits, zeros kept; "" when the site gave none. */
  readonly exceptionID: Open<Id>;
  readonly reason: string;
  readonly gsbStatus: string | undefined;
  readonly subErrors: readonly SubError[];
  /** What is documented about the code. */
  readonly documented: ExceptionInfo | undefined;
  /** All that the header held; `exceptionID` and the rest are of the first failure. */
  readonly responses: readonly ResponseStatus[];

  constructor(
    status: ResponseStatus,
    responses: readonly ResponseStatus[],
    documented: ExceptionInfo | undefined,
    failure: Failure,
  ) {
    const { exceptionID = "", reason = "" } = status;
    super(
      [
        exceptionID || `result ${JSON.stringify(status.result)}`,
        reason,
        documented && documented.meaning !== reason && `(${documented.meaning})`,
      ]
        .filter(Boolean)
        .join(" "),
      failure,
    );
    this.exceptionID = exceptionID as Id;
    this.reason = reason;
    this.gsbStatus = status.gsbStatus;
    this.subErrors = status.subErrors;
    this.documented = documented;
    this.responses = responses;
  }
}

/** Every failure of a call, told apart by its `kind`. */
export type AnyWebexError =
  | WebexTransportError
  | WebexTimeoutError
  | WebexAbortError
  | WebexHttpError
  | WebexMalformedAnswerError
  | WebexDecodeError
  | WebexRequestError
  | WebexApiError;

/** Whether what was thrown is the failure of a call; a `switch` over its `kind` then knows what each one holds. */
export function isWebexError(error: unknown): error is AnyWebexError {
  return error instanceof WebexError;
}

/** The client was set up wrongly; thrown before any call. */
export class WebexConfigurationError extends Error {
  override name = "WebexConfigurationError";
}
