// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Looks at options before anything is sent: plain JavaScript and environment variables can hold anything. */
import { WebexConfigurationError } from "./errors.js";
import type { RetryOptions } from "./retry.js";

/** The longest time that timers of hosts keep, in milliseconds; they fire at once when asked for a longer one. */
export const longestTimer = 2_147_483_647;

/** The options that are numbers. */
export interface Numbers {
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  readonly concurrency?: number;
  readonly maxBytes?: number;
}

/** Throws {@link WebexConfigurationError} for an option that is no number, or less than makes sense. `Infinity` is a number. */
export function checkNumbers({ timeout, retry, concurrency, maxBytes }: Numbers): void {
  for (const [name, value] of Object.entries({ timeout, concurrency, maxBytes, ...retry })) {
    const least = /^(concurrency|maxBytes|attempts)$/u.test(name) ? 1 : 0;
    if (value !== undefined && !(typeof value === "number" && value >= least))
      throw new WebexConfigurationError(`${name} must be a number, at least ${least}`);
  }
}

/** Adds HTTP headers to others. Throws {@link WebexConfigurationError} that names the wrong one and keeps its value to itself. */
export function addHeaders(headers: Headers, more: Readonly<Record<string, string>> | undefined): Headers {
  for (const [name, value] of Object.entries(more ?? {})) {
    try {
      headers.set(name, value);
    } catch {
      throw new WebexConfigurationError(`the HTTP header ${JSON.stringify(name)} cannot be sent`);
    }
  }
  return headers;
}
