/** Schema documents from the network, only where the user allows it. */
import type { Report } from "../diagnostics.js";

/** Bytes of one document. */
const maxBytes = 16 * 1024 * 1024;
/** Documents of one bundle. */
const maxDocuments = 500;
const timeout = 20_000;

/** Fetches a document by its URL; the same as the global `fetch`, so that a test needs no network. */
export type Fetch = (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

export interface Fetched {
  readonly bytes: Uint8Array;
  /** The charset parameter of the Content-Type header. */
  readonly charset?: string;
}

/** Makes a function that fetches documents within limits; what fails goes to the report. */
export function createFetcher(
  report: Report,
  fetchUrl: Fetch = (url, init) => fetch(url, init),
): (url: string) => Promise<Fetched | undefined> {
  let documents = 0;
  return async (url) => {
    const fail = (message: string): undefined => {
      report.add({
        code: "schema-not-fetched",
        severity: "error",
        message: `${url} was not fetched: ${message}`,
      });
    };
    if (!/^https?:/iu.test(url)) return fail("only http and https are");
    if (++documents > maxDocuments) return fail(`more than ${String(maxDocuments)} documents`);
    try {
      const response = await fetchUrl(url, { signal: AbortSignal.timeout(timeout) });
      if (!response.ok) return fail(`the server answers ${String(response.status)}`);
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > maxBytes) return fail(`it has more than ${String(maxBytes)} bytes`);
        chunks.push(chunk);
      }
      const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/iu.exec(
        response.headers.get("content-type") ?? "",
      )?.[1];
      return { bytes: new Uint8Array(Buffer.concat(chunks)), ...(charset === undefined ? {} : { charset }) };
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  };
}
