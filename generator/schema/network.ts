/** Schema documents from the network, only where the user allows it. */
import type { Report, Span } from "../diagnostics.js";
import { withoutCredentials } from "./path.js";

/** Bytes of one document. */
const maxBytes = 16 * 1024 * 1024;
/** Documents of one bundle, the bytes of all, the answers that lead elsewhere for each. */
const maxDocuments = 500;
const maxTotalBytes = 200 * 1024 * 1024;
const maxRedirects = 5;
/** Milliseconds for one document and for all. */
const timeout = 20_000;
const totalTimeout = 300_000;

/** Fetches a document by its URL; the same as the global `fetch`, so that a test needs no network. */
export type Fetch = (
  url: string,
  init: { readonly signal: AbortSignal; readonly redirect: "manual" },
) => Promise<Response>;

export interface Fetched {
  /** Where it came from, after all redirections. */
  readonly url: string;
  readonly bytes: Uint8Array;
  /** The charset parameter of the Content-Type header. */
  readonly charset?: string;
}

/** Makes a function that fetches documents within limits; what fails goes to the report, at the place that asks for it. */
export function createFetcher(
  report: Report,
  fetchUrl: Fetch = (url, init) => fetch(url, init),
): (url: string, at?: Span) => Promise<Fetched | undefined> {
  let documents = 0;
  let bytesLeft = maxTotalBytes;
  let timeLeft = totalTimeout;

  /** The answer at the end of all redirections, and its URL; a text says why there is none. */
  const follow = async (
    url: string,
    signal: AbortSignal,
  ): Promise<{ readonly at: string; readonly response: Response } | string> => {
    let at = url;
    for (let count = 0; count <= maxRedirects; count++) {
      const response = await fetchUrl(at, { signal, redirect: "manual" });
      const location = response.headers.get("location");
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return { at, response };
      await response.body?.cancel();
      if (!URL.canParse(location, at)) return "it is redirected to what is no URL";
      const next = new URL(location, at).href;
      const isDowngrade = /^https:/iu.test(at) && !/^https:/iu.test(next);
      if (isDowngrade || !mayLeadTo(at, next)) return `it is redirected to ${withoutCredentials(next)}`;
      at = next;
    }
    return `it is redirected more than ${String(maxRedirects)} times`;
  };

  return async (url, at) => {
    const fail = (message: string): undefined => {
      report.add({
        code: "schema-not-fetched",
        severity: "error",
        message: `${withoutCredentials(url)} was not fetched: ${message}`,
        ...(at === undefined ? {} : { at }),
        hint: "map the URL to a file with --catalog",
      });
    };
    if (!isHttp(url)) return fail("only http and https are");
    if (++documents > maxDocuments) return fail(`more than ${String(maxDocuments)} documents`);
    if (timeLeft <= 0) return fail(`all documents took more than ${String(totalTimeout / 1000)} s`);
    const started = performance.now();
    try {
      const followed = await follow(url, AbortSignal.timeout(Math.min(timeout, Math.ceil(timeLeft))));
      if (typeof followed === "string") return fail(followed);
      const { response } = followed;
      if (!response.ok) return fail(`the server answers ${String(response.status)}`);
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        bytesLeft -= chunk.length;
        if (length > maxBytes) return fail(`it has more than ${String(maxBytes)} bytes`);
        if (bytesLeft < 0) return fail(`all documents have more than ${String(maxTotalBytes)} bytes`);
        chunks.push(chunk);
      }
      const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/iu.exec(
        response.headers.get("content-type") ?? "",
      )?.[1];
      const bytes = new Uint8Array(Buffer.concat(chunks));
      return { url: followed.at, bytes, ...(charset === undefined ? {} : { charset }) };
    } catch (error) {
      return fail(withoutCredentials(reasonOf(error)));
    } finally {
      timeLeft -= performance.now() - started;
    }
  };
}

/** Whether what was fetched from one URL may lead to another: not from the open network into this machine or a private one. */
export function mayLeadTo(from: string, to: string): boolean {
  return isHttp(to) && (isPrivate(from) || !isPrivate(to));
}

const isHttp = (url: string): boolean => /^https?:/iu.test(url);

/** Names and addresses of this machine and of private networks (RFC 1918, 3927, 4193, 4291, 6598), as `URL` normalizes them. */
const privateHost =
  /^(?:(?:.+\.)?localhost\.?|.+\.(?:local|internal)\.?|[^.]+|(?:0|10|127)\..*|169\.254\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[(?:::|f[cd]|fe[89ab]|64:ff9b:).*)$/u;

function isPrivate(url: string): boolean {
  return !URL.canParse(url) || privateHost.test(new URL(url).hostname);
}

/** What went wrong; of a failed `fetch` its cause, which alone tells why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `it took more than ${String(timeout / 1000)} s`;
  const { cause } = error;
  // Where several addresses were tried, the message is empty.
  const inner = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : undefined;
  return inner === undefined ? error.message : `${error.message} (${inner})`;
}
