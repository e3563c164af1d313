// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** When a failed attempt is made again, and after how long. */
import type { WebexError } from "./errors.js";
import { WebexApiError, WebexHttpError } from "./errors.js";
import { AnswerTooLongError } from "./transport.js";

/** How failures are met; all times in milliseconds. */
export interface RetryOptions {
  /** Attempts at a reading operation, the first included. Default 3. */
  readonly attempts?: number;
  /** The longest first wait; doubled each time. The wait itself is chosen at random below it. Default 500. */
  readonly baseDelay?: number;
  /** No wait is longer. Default 10,000. */
  readonly maxDelay?: number;
  /** How often a call that met the rate limit (000045) is sent again, whatever it does: the site refused it unread. Default 2. */
  readonly rateLimitAttempts?: number;
  /** How long all calls wait then; the documented time is a minute. Default 60,000. */
  readonly rateLimitDelay?: number;
}

/** Options with all defaults filled in. */
export type RetryPolicy = Required<RetryOptions>;

/** Fills in defaults; `false` is never. */
export function retryPolicyOf(options: RetryOptions | false = {}): RetryPolicy {
  const {
    attempts = 3,
    baseDelay = 500,
    maxDelay = 10_000,
    rateLimitAttempts = 2,
    rateLimitDelay = 60_000,
  } = options || { attempts: 1, rateLimitAttempts: 0 };
  return { attempts, baseDelay, maxDelay, rateLimitAttempts, rateLimitDelay };
}

/** The site takes no more requests for a while. */
export function isRateLimit(error: WebexError): boolean {
  return error instanceof WebexApiError && error.exceptionID === "000045";
}

/** The session ticket is not, or no longer, valid. */
export function isExpiredTicket(error: WebexError): boolean {
  return error instanceof WebexApiError && error.exceptionID === "030047";
}

/** Whether the same request may well succeed if it is sent again. */
export function isTransient(error: WebexError): boolean {
  // 000035: ASService not responding.
  if (error instanceof WebexApiError) return error.exceptionID === "000035";
  if (error instanceof WebexHttpError) return error.status >= 500 || [408, 429].includes(error.status);
  return (
    /^(transport|timeout|malformed-answer)$/u.test(error.kind) && !(error.cause instanceof AnswerTooLongError)
  );
}

/** Milliseconds before attempt `next` (from 2): exponential, with full jitter, not less than the server asks for. */
export function delayBefore(
  next: number,
  policy: RetryPolicy,
  random: () => number,
  asked: number = 0,
): number {
  const ceiling = Math.min(policy.maxDelay, policy.baseDelay * 2 ** (next - 2));
  return Math.max(Math.round(random() * ceiling), Math.min(asked, policy.rateLimitDelay));
}
