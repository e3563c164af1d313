/** A mock site over HTTP, on the loopback interface only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { XmlError } from "../../templates/runtime/errors.js";
import type { Answer } from "../../templates/runtime/webex/mock-answer.js";
import { bytesOf, partsOf, slowness } from "../../templates/runtime/webex/mock-answer.js";
import type { MockSite } from "../../templates/runtime/webex/mock.js";
import { charsetOf } from "../../templates/runtime/webex/transport.js";

/** How a site is served. */
export interface ServeOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Milliseconds added to every answer. */
  readonly latency?: number;
  /** Told after every call. */
  readonly onCall?: (answer: Answer) => void;
}

/** A site that listens. */
export interface ServedSite {
  /** The URL for `connect` or `createClient`. */
  readonly url: string;
  readonly port: number;
  /** Connections that are open. */
  readonly connections: () => Promise<number>;
  /** Ends all connections and stops listening. */
  readonly close: () => Promise<void>;
}

/** The path of the XML service; every other one is not found. */
const path = "/WBXService/XMLService";

const base = "http://localhost";

/** The longest request, in bytes. */
const maxBytes = 16_777_216;

/** Serves a site on 127.0.0.1. Rejects when the port is taken. */
export async function serveMockSite(
  site: Pick<MockSite, "answer">,
  options: ServeOptions = {},
): Promise<ServedSite> {
  const server = createServer((request, response) => {
    respond(site, request, response, options).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      // A handler that throws is a mistake in a test, which its author is to see.
      else
        response
          .writeHead(500, { "content-type": "text/plain; charset=utf-8" })
          .end(`the mock site failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    port,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => {
          if (error) reject(error);
          else resolve(count);
        });
      }),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

async function respond(
  site: Pick<MockSite, "answer">,
  request: IncomingMessage,
  response: ServerResponse,
  { latency = 0, onCall }: ServeOptions,
): Promise<void> {
  const target = request.url ?? "/";
  // A target that is no URL, such as `//`, is no place either.
  const pathname = URL.canParse(target, base) ? new URL(target, base).pathname : "";
  const version = /\/xml(\d+(?:\.\d+)*)\//iu.exec(pathname)?.[1];
  if (version !== undefined) {
    response.writeHead(410, { "content-type": "text/plain" }).end(`XML API ${version} is retired`);
    return;
  }
  if (pathname !== path) {
    response.writeHead(404, { "content-type": "text/plain" }).end(`only ${path} is here`);
    return;
  }
  if (request.method !== "POST") {
    response.writeHead(405, { allow: "POST", "content-type": "text/plain" }).end("POST a message");
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    response.writeHead(413, { connection: "close" }).end();
    return;
  }
  const gone = new AbortController();
  response.on("close", () => {
    gone.abort();
  });
  const answer = await site.answer(textOf(body, request.headers["content-type"]), {
    headers: headersOf(request),
    signal: gone.signal,
  });
  onCall?.(answer);
  if (answer.fault === "hang") return;
  await sleep(answer.latency + latency);
  if (answer.fault === "cut") {
    request.socket.destroy();
    return;
  }
  if (answer.raw) {
    response.writeHead(answer.status, answer.raw.headers);
    for await (const part of partsOf(answer.raw, gone.signal)) response.write(part);
    response.end();
    return;
  }
  const bytes = bytesOf(answer);
  response.writeHead(answer.status, {
    "content-type": answer.contentType,
    "content-length": bytes.length,
    "x-mock-decision": encodeURI(answer.decisions.join("; ")).slice(0, 2000),
  });
  if (answer.fault !== "cut-body" && answer.fault !== "slow-body") {
    response.end(bytes);
    return;
  }
  const size = Math.max(1, Math.ceil(bytes.length / 4));
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    await new Promise<void>((resolve) => {
      response.write(bytes.subarray(at, at + size), () => {
        resolve();
      });
    });
    if (answer.fault === "cut-body") {
      request.socket.destroy();
      return;
    }
    await sleep(slowness);
  }
  response.end();
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = ""]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}

/** Older programs send a form with the document in the field XML; others call a document a form, as curl does by itself. */
function textOf(body: Buffer, contentType: string | undefined): string {
  if (/^application\/x-www-form-urlencoded\b/iu.test(contentType ?? "")) {
    const field = new URLSearchParams(body.toString("utf8")).get("XML");
    if (field !== null) return field;
  }
  try {
    return decodeXmlText(body, charsetOf(contentType ?? null));
  } catch (error) {
    // Text that is no XML: the site answers as to any other request that it cannot read.
    if (error instanceof XmlError) return "";
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
