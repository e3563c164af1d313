// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What a client tells about its traffic, for logs, metrics and traces. No event holds a secret. */
import type { Diagnostic } from "../errors.js";
import type { ResponseStatus, WebexError } from "./errors.js";

/** One request is about to leave. */
export interface RequestEvent {
  readonly service: string;
  readonly operation: string;
  readonly release: string;
  /** From 1; repeats, renewals of a ticket included, count up. */
  readonly attempt: number;
  readonly url: string;
  /** HTTP headers as they will be sent; may be added to, for a `traceparent` say. */
  readonly headers: Headers;
  /** The request, secrets blotted out; made when asked for. */
  readonly xml: string;
  /** An object of the attempt's own: what `onRequest` leaves here, `onResponse` finds. */
  readonly context: Record<string, unknown>;
}

/** One attempt is over. */
export interface ResponseEvent extends Omit<RequestEvent, "xml" | "headers"> {
  /** Milliseconds from sending to the end of the answer. */
  readonly duration: number;
  /** HTTP status; absent when there was no answer. */
  readonly status?: number;
  /** The answer, secrets blotted out; made when asked for; absent when there was none. */
  readonly xml?: string | undefined;
  /** What the header of the answer says. */
  readonly responses: readonly ResponseStatus[];
  /** PRIMARY or BACKUP: which site of a global site backup answered. */
  readonly gsbStatus?: string;
  /** Oddities of the answer that did no harm. */
  readonly diagnostics: readonly Diagnostic[];
  readonly error?: WebexError;
  /** The call goes on after so many milliseconds. */
  readonly retryIn?: number;
}

/** An operation that should not be used any more is called. */
export interface DeprecatedEvent {
  readonly service: string;
  readonly operation: string;
  readonly release: string;
  readonly reason: string;
}

/** Called at the given moments; what a hook throws, the call rejects with. */
export interface Hooks {
  readonly onRequest?: (event: RequestEvent) => void | Promise<void>;
  readonly onResponse?: (event: ResponseEvent) => void | Promise<void>;
  readonly onDeprecated?: (event: DeprecatedEvent) => void;
}
