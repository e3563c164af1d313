/** Servers and programs that do what they should not: each failure is of its class, says what to do, and tells no secret. */
import { Readable } from "node:stream";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { CallOptions, ConnectOptions } from "../../templates/runtime/webex/client.js";
import { call, connect, exchange } from "../../templates/runtime/webex/client.js";
import { WebexConfigurationError, WebexError } from "../../templates/runtime/webex/errors.js";
import { explainFailure } from "../../templates/runtime/webex/stranger.js";
import { answerXml, failure, getUser, optionsFor, setUser, success, useSite, type Handler } from "./site.js";

const site = useSite(() => answerXml(success("use:getUserResponse", "<use:webExId>a</use:webExId>")));

/** Has something of all that XML, JSON, URLs and forms write in another way. */
const secret = `p"ä<&> 'x+y/=%\\`;

const options = (more: Partial<ConnectOptions> = {}): ConnectOptions =>
  optionsFor(site, {
    credentials: { webExID: "admin", password: secret },
    retry: false,
    explain: explainFailure,
    ...more,
  });

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );

const written = (text: string): string => text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;");
const form = (text: string): string => new URLSearchParams({ "": text }).toString().slice(1);

/** A secret as a client, a proxy or a form writes it. */
const spellings = [secret, written(secret)].flatMap((text) => [
  text,
  JSON.stringify(text).slice(1, -1),
  encodeURIComponent(text),
  form(text),
  encodeURIComponent(text).toLowerCase(),
]);

function expectNoSecret(shown: unknown): void {
  const texts = [
    inspect(shown, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(shown) ?? "",
    String(shown),
    shown instanceof Error ? `${shown.stack ?? ""}${String((shown as WebexError).responseXml)}` : "",
  ];
  for (const text of texts) for (const one of spellings) expect(text).not.toContain(one);
}

test.each<[string, Handler, RegExp]>([
  [
    "a page to sign in",
    () => answerXml("<!DOCTYPE html><html><head><title>Sign\n in</title></head></html>", "text/html"),
    /the answer is an HTML page that says "Sign in", no message of the XML API: are siteName and url right/u,
  ],
  [
    "a page without a type",
    () => answerXml("<html><body><h1>Maintenance</h1></body></html>", "text/html"),
    /an HTML page that says "Maintenance"/u,
  ],
  [
    "a SOAP fault",
    () =>
      answerXml(
        `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>No such thing</faultstring></s:Fault></s:Body></s:Envelope>`,
      ),
    /XML of Envelope that says "s:Server No such thing"/u,
  ],
  ["JSON", () => answerXml(`{"error":"x"}`, "application/json"), /text that says "\{\\"error\\":\\"x\\"\}"/u],
  ["nothing", () => answerXml(""), /the answer is nothing, no message/u],
  [
    "XML of something else",
    () => answerXml("<a:feed xmlns:a='b'/>"),
    /the answer is XML of feed, no message/u,
  ],
  [
    "an answer that breaks off",
    () => answerXml(success("use:getUserResponse", "<use:webExId>a").slice(0, -80)),
    /the answer cannot be read, it may be cut off: .*line 2, column/u,
  ],
  [
    "an answer that ends before its first tag does",
    () => answerXml(success("use:getUserResponse", "").slice(0, 60)),
    /the answer cannot be read, it may be cut off: /u,
  ],
  [
    "an answer that ends within the name of its first element",
    () => answerXml(success("use:getUserResponse", "").replace(/(<serv:mess)[^]*/u, "$1")),
    /the answer cannot be read, it may be cut off: /u,
  ],
  [
    "an answer that ends within a character",
    () => ({
      status: 200,
      body: new TextEncoder()
        .encode(success("use:getUserResponse", "<use:webExId>\u00e9").split("\u00e9")[0] + "\u00e9")
        .slice(0, -1),
    }),
    /the answer cannot be read, it may be cut off: The document cannot be decoded as utf-8/u,
  ],
  [
    "an entity that nobody declared",
    () => answerXml(success("use:getUserResponse", "<use:webExId>a&nbsp;b</use:webExId>")),
    /the answer cannot be read: &nbsp; is not defined/u,
  ],
  [
    "an encoding that nobody knows",
    () => answerXml(success("use:getUserResponse", "", "", "klingon"), "text/xml; charset=klingon"),
    /the answer cannot be read: The document cannot be decoded as klingon/u,
  ],
  [
    "text of a gateway that quotes what it was sent",
    ({ body }) => ({
      status: 502,
      body: `upstream failed on ${body.slice(body.indexOf("<password>") + 10)}`,
    }),
    /HTTP 502 with text that says "upstream failed on \*{6}.*": it may pass: try again later/u,
  ],
  [
    "404",
    () => ({ status: 404, body: "<html><title>Not here</title></html>" }),
    /HTTP 404 with an HTML page that says "Not here": is siteName or url right\?/u,
  ],
  [
    "a move to another host",
    () => ({ status: 302, headers: { location: `https://a.example/${encodeURIComponent(secret)}/b?c=d` } }),
    /redirected \(HTTP 302\) to https:\/\/a\.example\/\*+\/b, which is not followed: set url$/u,
  ],
  ["401", () => ({ status: 401, body: "" }), /HTTP 401 with nothing: what stands before the API/u],
  [
    "a failure with a status of its own",
    () => ({ status: 500, body: failure("000035", "ASService not responding") }),
    /HTTP 500 with XML of message that says "FAILURE ASService not responding/u,
  ],
  [
    "a secret where a text is cut",
    () => ({ status: 400, body: `${"-".repeat(115)}${secret}` }),
    /HTTP 400 with text that says "-{115}\*{5}/u,
  ],
])("%s is told in words", async (_, handler, message) => {
  site.handler = handler;
  const error = await failureOf(call(connect(options()), getUser, { webExId: "a" }));
  expect(error).toBeInstanceOf(WebexError);
  expect((error as WebexError).message).toMatch(message);
  expectNoSecret(error);
});

test.each<[string, (body: string) => string]>([
  ["as it is", (body) => body],
  ["as a form", (body) => new URLSearchParams({ XML: body }).toString()],
  ["in a URL", encodeURIComponent],
  [
    "in a URL, in lower case",
    (body) => encodeURIComponent(body).replace(/%../gu, (code) => code.toLowerCase()),
  ],
  ["in JSON", (body) => JSON.stringify({ body })],
])("a request that comes back %s tells no secret", async (_, echo) => {
  for (const status of [200, 400]) {
    site.handler = ({ body }) => ({ status, headers: { "content-type": "text/xml" }, body: echo(body) });
    const shown: unknown[] = [];
    const connection = connect(options({ onResponse: (event) => void shown.push(event, event.xml) }));
    expectNoSecret(await failureOf(call(connection, getUser, { webExId: "a" })));
    for (const one of shown) expectNoSecret(one);
  }
});

class ReplyError extends Error {
  readonly #body: string;
  constructor(body: string) {
    super("replied");
    this.#body = body;
  }
  get body(): string {
    return this.#body;
  }
}

class LoggedError extends Error {
  readonly toJSON: () => unknown;
  constructor(body: string) {
    super("logged");
    this.toJSON = () => ({ body });
  }
}

test.each<[string, (body: string) => unknown]>([
  ["a map", (body) => Object.assign(new Error("x"), { request: new Map([["body", body]]) })],
  ["a set", (body) => Object.assign(new Error("x"), { request: new Set([body]) })],
  ["bytes", (body) => Object.assign(new Error("x"), { request: Buffer.from(body) })],
  ["headers", () => Object.assign(new Error("x"), { headers: new Headers({ "x-form": form(secret) }) })],
  ["a form", (body) => Object.assign(new Error("x"), { form: new URLSearchParams({ XML: body }) })],
  [
    "a URL",
    () => Object.assign(new Error("x"), { url: new URL(`http://x/?p=${encodeURIComponent(secret)}`) }),
  ],
  ["what a class computes", (body) => new ReplyError(body)],
  ["what JSON is given", (body) => new LoggedError(body)],
  ["one of many errors", (body) => new AggregateError([new Error(body)], "many")],
  [
    "more than can be looked through",
    (body) => Object.assign(new Error("x"), { list: [...Array<number>(20_000).keys(), body] }),
  ],
])("a cause that holds the request in %s is replaced by its words", async (_, make) => {
  let thrown: unknown;
  const fetch = (_url: string, init: RequestInit): Promise<Response> => {
    thrown = make(String(init.body));
    return Promise.reject(thrown as Error);
  };
  const error = await failureOf(call(connect(options({ fetch })), getUser, { webExId: "a" }));
  expect(error).toMatchObject({ kind: "transport", cause: { message: (thrown as Error).message } });
  expect((error as WebexError).cause).not.toBe(thrown);
  expectNoSecret(error);
});

test("a cause that holds none is kept, and one that is replaced keeps its code", async () => {
  const plain = Object.assign(new Error("refused"), {
    code: "ECONNREFUSED",
    address: { host: "a.example", ports: [80, 443] },
  });
  const failing = (cause: Error) =>
    call(connect(options({ fetch: () => Promise.reject(cause) })), getUser, { webExId: "a" });
  expect(((await failureOf(failing(plain))) as WebexError).cause).toBe(plain);
  const talkative = Object.assign(new Error(`refused ${secret}`), { code: "ECONNREFUSED" });
  expect(((await failureOf(failing(talkative))) as WebexError).cause).toMatchObject({
    message: "refused ******",
    code: "ECONNREFUSED",
  });
  // What is no plain object may show what nobody has seen here.
  const strange = Object.assign(new Error("refused"), { list: new Map() });
  const { cause } = (await failureOf(failing(strange))) as WebexError;
  expect(cause).toMatchObject({ message: "refused" });
  expect(cause).not.toHaveProperty("list");
});

test("a reason to abort that holds a secret is replaced, before the first attempt as well", async () => {
  const signal = AbortSignal.abort(`because ${secret}`);
  const error = await failureOf(call(connect(options()), getUser, { webExId: "a" }, { signal }));
  expect(error).toMatchObject({ kind: "abort", cause: "because ******" });
});

test("an answer without a body lacks what its type requires; of several bodies the others are told of", async () => {
  const body = /<serv:body>.*<\/serv:body>/u;
  const answer = success("use:getUserResponse", "<use:webExId>a</use:webExId>");
  site.handler = () => answerXml(answer.replace(body, ""));
  const empty = await exchange(connect(options()), getUser, { webExId: "a" });
  expect(empty.value).toEqual({});
  expect(empty.diagnostics).toMatchObject([{ code: "missing-element", path: "/webExId", line: 0 }]);
  const strict = failureOf(call(connect(options()), getUser, { webExId: "a" }, { missing: "throw" }));
  expect(await strict).toMatchObject({ kind: "decode" });
  // What has nothing to answer lacks nothing.
  expect((await exchange(connect(options()), setUser, { webExId: "a" })).diagnostics).toEqual([]);

  site.handler = () =>
    answerXml(
      answer.replace(body, (whole) => whole.replace(/<serv:bodyContent.*<\/serv:bodyContent>/u, "$&$&")),
    );
  const twice = await exchange(connect(options()), getUser, { webExId: "a" });
  expect(twice.value).toEqual({ webExId: "a" });
  expect(twice.diagnostics).toMatchObject([
    {
      code: "too-many",
      path: "/body/bodyContent",
      message: "only the first of 2 bodyContent is read",
    },
  ]);
});

test.each([
  ["an empty ticket", "<use:sessionTicket> </use:sessionTicket>"],
  ["no ticket", ""],
])("a login that gives %s is a failure, and nobody calls without one", async (_, content) => {
  site.handler = () => answerXml(success("use:authenticateUserResponse", content));
  const error = await failureOf(
    call(connect(options({ login: true, release: "1.0" })), getUser, { webExId: "a" }),
  );
  expect(error).toMatchObject({
    kind: "malformed-answer",
    operation: "user.authenticateUser",
    release: "1.0",
  });
  expect((error as WebexError).message).toContain("no session ticket");
  expect(site.received.map(({ operation }) => operation)).toEqual(["AuthenticateUser"]);
});

test.each<[string, unknown, RegExp]>([
  ["a timeout below zero", { timeout: -1 }, /^timeout must be a number, at least 0$/u],
  ["a timeout in words", { timeout: "30s" }, /^timeout must be a number/u],
  ["a timeout that is no number", { timeout: Number.NaN }, /^timeout must be a number/u],
  ["no attempt", { retry: { attempts: 0 } }, /^attempts must be a number, at least 1$/u],
  ["a delay below zero", { retry: { baseDelay: -1 } }, /^baseDelay must be a number/u],
  ["a concurrency in words", { concurrency: "4" }, /^concurrency must be a number, at least 1$/u],
  ["no bytes", { maxBytes: 0 }, /^maxBytes must be a number, at least 1$/u],
  ["a header name", { headers: { "x y": "1" } }, /^the HTTP header "x y" cannot be sent$/u],
  ["a header value", { headers: { "x-key": `a\n${secret}` } }, /^the HTTP header "x-key" cannot be sent$/u],
  ["no credentials", { credentials: undefined }, /^credentials are missing/u],
  [
    "a password that nobody waited for",
    { credentials: { webExID: "ana", password: Promise.resolve("s3cret") } },
    /^password of the credentials is empty or no text/u,
  ],
  [
    "a partner id that is null",
    { credentials: { webExID: "ana", password: "s3cret", partnerID: null } },
    /^partnerID of the credentials is empty or no text/u,
  ],
  [
    "an empty password",
    { credentials: { webExID: "a", password: "" } },
    /^password of the credentials is empty/u,
  ],
  [
    "a password beyond XML",
    { credentials: { webExID: "a", password: `${secret}\u0001` } },
    /^password of the credentials: XML cannot carry/u,
  ],
  [
    "an id beyond XML",
    { credentials: { webExID: "a\ud800", password: secret } },
    /^webExID of the credentials: XML cannot carry/u,
  ],
])("set up with %s: refused before anything is sent", async (_, wrong, message) => {
  let error: unknown;
  try {
    connect({ ...options(), ...(wrong as ConnectOptions) });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(WebexConfigurationError);
  expect((error as Error).message).toMatch(message);
  expectNoSecret(error);
  const { concurrency, maxBytes, credentials, ...ofCall } = wrong as ConnectOptions;
  if (
    credentials !== undefined ||
    concurrency !== undefined ||
    maxBytes !== undefined ||
    "credentials" in (wrong as object)
  )
    return;
  const later = await failureOf(call(connect(options()), getUser, { webExId: "a" }, ofCall as CallOptions));
  expect(later).toBeInstanceOf(WebexConfigurationError);
  expect((later as Error).message).toMatch(message);
});

test("credentials that a function does not give are told of when they are asked for", async () => {
  const error = await failureOf(
    call(connect(options({ credentials: () => undefined as never })), getUser, { webExId: "a" }),
  );
  expect(error).toBeInstanceOf(WebexConfigurationError);
});

test.each([Number.POSITIVE_INFINITY, 3_000_000_000, 0])(
  "a timeout of %s ms does not end a call that takes a while",
  async (timeout) => {
    site.handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return answerXml(success("use:getUserResponse", "<use:webExId>a</use:webExId>"));
    };
    expect(await call(connect(options({ timeout })), getUser, { webExId: "a" })).toEqual({ webExId: "a" });
  },
);

test("a name in place of an operation is told of", async () => {
  for (const wrong of ["getUser", undefined, {}]) {
    const error = await failureOf(call(connect(options()), wrong as never, {}));
    expect(error).toBeInstanceOf(WebexConfigurationError);
    expect((error as Error).message).toContain("needs an operation, not its name");
  }
});

test("a request that refers to itself, or is deeper than a stack, is refused like any other", async () => {
  const cyclic: Record<string, unknown> = { webExId: "a" };
  cyclic["phones"] = cyclic;
  let deep: Record<string, unknown> = {};
  for (let level = 0; level < 50_000; level++) deep = { deep };
  for (const request of [cyclic, { webExId: "a", nothing: deep }]) {
    const error = await failureOf(call(connect(options()), setUser, request as never));
    expect(error).toMatchObject({ kind: "request", attempts: 0 });
  }
});

test.each([undefined, Readable.from(["never read"])])(
  "where a host does not stream bodies (%s), they are read as a whole",
  async (body) => {
    const whole = new Response(success("use:getUserResponse", "<use:webExId>a</use:webExId>"));
    const response = { status: 200, headers: whole.headers, body, arrayBuffer: () => whole.arrayBuffer() };
    const fetch = (): Promise<Response> => Promise.resolve(response as unknown as Response);
    expect(await call(connect(options({ fetch })), getUser, { webExId: "a" })).toEqual({ webExId: "a" });
  },
);

test("what no address of a host accepted is told by its code", async () => {
  const cause = Object.assign(new AggregateError([new Error("connect ECONNREFUSED ::1:80")]), {
    code: "ECONNREFUSED",
  });
  const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed", { cause }));
  expect(await failureOf(call(connect(options({ fetch })), getUser, { webExId: "a" }))).toMatchObject({
    message: "user.getUser: not delivered: fetch failed: ECONNREFUSED",
  });
});

test("a redirection that a browser does not show is told as what it may be", async () => {
  const response = { status: 0, type: "opaqueredirect", headers: new Headers(), body: null };
  const fetch = (): Promise<Response> =>
    Promise.resolve({ ...response, arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)) } as Response);
  expect(await failureOf(call(connect(options({ fetch })), getUser, { webExId: "a" }))).toMatchObject({
    kind: "http",
    message: expect.stringMatching(/HTTP 0 .*redirection.*are siteName and url right\?$/u) as string,
  });
});
