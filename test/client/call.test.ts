import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { ConnectOptions } from "../../templates/runtime/webex/client.js";
import { call, connect, exchange } from "../../templates/runtime/webex/client.js";
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
} from "../../templates/runtime/webex/errors.js";
import type { RequestEvent, ResponseEvent } from "../../templates/runtime/webex/hooks.js";
import { method } from "../../templates/runtime/webex/method.js";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { integerAsNumber } from "../../templates/runtime/scalars.js";
import { fullValidation } from "../../templates/runtime/validation.js";
import {
  answerXml,
  optionsFor,
  beginning,
  createUser,
  cut,
  failure,
  getUser,
  lstsummarySession,
  sessionPage,
  setUser,
  silence,
  startSite,
  useSite,
  type Handler,
  success,
} from "./site.js";

const site = useSite();

const password = "s3cret<&>";
const escapedPassword = "s3cret&lt;&amp;&gt;";
const userAnswer = success(
  "use:getUserResponse",
  "<use:firstName>Ana</use:firstName><use:webExId>ana</use:webExId><use:phones><com:phone>1</com:phone>" +
    "<use:PIN>6514</use:PIN></use:phones><use:active>ACTIVATED</use:active><use:userId>158941507534980823</use:userId>",
);

const options = (more: Partial<ConnectOptions> = {}): ConnectOptions =>
  optionsFor(site, { credentials: { webExID: "admin", password }, ...more });

test("a call: what is sent, to the letter, and what comes back, typed", async () => {
  site.handler = () => answerXml(userAnswer);
  const connection = connect(options());
  const user = await call(connection, getUser, { webExId: "ana" });
  expect(user).toEqual({
    firstName: "Ana",
    webExId: "ana",
    phones: { phone: "1", PIN: "6514" },
    active: "ACTIVATED",
    userId: "158941507534980823",
  });
  expect(site.received[0]?.body).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
      `<serv:message xmlns:serv="http://www.webex.com/schemas/2002/06/service" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
      `<header><securityContext><webExID>admin</webExID><password>s3cret&lt;&amp;&gt;</password><siteName>example</siteName></securityContext></header>` +
      `<body><bodyContent xsi:type="java:com.webex.service.binding.user.GetUser"><webExId>ana</webExId></bodyContent></body></serv:message>`,
  );
  expect(site.received[0]?.headers["content-type"]).toBe("text/xml; charset=utf-8");
});

test("children go in schema order, without prefixes, whatever the order of keys", async () => {
  site.handler = () => answerXml(success("use:setUserResponse", ""));
  await call(connect(options()), setUser, {
    newWebExId: "b",
    email: "a@x",
    phones: { PIN: "1", phone: "2" },
    webExId: "a",
  });
  expect(site.received[0]?.body).toContain(
    "<webExId>a</webExId><phones><phone>2</phone><PIN>1</PIN></phones><email>a@x</email><newWebExId>b</newWebExId></bodyContent>",
  );
});

test.each<[string, ConnectOptions["credentials"], string]>([
  [
    "password and partner",
    { webExID: "a", password: "p", partnerID: "x", siteID: 7 },
    "<webExID>a</webExID><password>p</password><siteID>7</siteID><siteName>example</siteName><partnerID>x</partnerID>",
  ],
  [
    "e-mail",
    { email: "a@x", sessionTicket: "t" },
    "<siteName>example</siteName><email>a@x</email><sessionTicket>t</sessionTicket>",
  ],
  [
    "webex token",
    { webExID: "a", webExAccessToken: "t" },
    "<webExID>a</webExID><siteName>example</siteName><webExAccessToken>t</webExAccessToken>",
  ],
  [
    "access token",
    { accessToken: "t", clientID: "c", clientSecret: "d" },
    "<siteName>example</siteName><accessToken>t</accessToken><clientID>c</clientID><clientSecret>d</clientSecret>",
  ],
  ["anonymous", { anonymous: true }, "<siteName>example</siteName>"],
  [
    "a function",
    () => Promise.resolve({ webExID: "f", sessionTicket: "t" }),
    "<webExID>f</webExID><siteName>example</siteName><sessionTicket>t</sessionTicket>",
  ],
])("credentials: %s", async (_, credentials, header) => {
  site.handler = () => answerXml(userAnswer);
  await call(connect(options({ credentials })), getUser, { webExId: "ana" });
  expect(site.received[0]?.body).toContain(`<securityContext>${header}</securityContext>`);
});

test("credentials that say nothing or two things are refused at once", () => {
  const wrong = [
    {},
    { webExID: "a" },
    { password: "p" },
    { webExID: "a", password: "p", sessionTicket: "t" },
  ];
  for (const credentials of wrong) {
    expect(() => connect(options({ credentials: credentials as never }))).toThrow(WebexConfigurationError);
  }
});

const faults: [string, Handler, abstract new (...args: never[]) => WebexError, Record<string, unknown>][] = [
  ["connection cut before the answer", () => cut, WebexTransportError, { kind: "transport" }],
  ["connection cut within the answer", () => beginning(userAnswer.slice(0, 300), 1), WebexTransportError, {}],
  ["no answer in time", () => silence, WebexTimeoutError, { kind: "timeout", timeout: 80 }],
  ["an answer that never ends", () => beginning("<?xml"), WebexTimeoutError, {}],
  ["HTTP 500", () => ({ status: 500 }), WebexHttpError, { status: 500 }],
  ["HTTP 403", () => ({ status: 403 }), WebexHttpError, { status: 403 }],
  [
    "a redirection",
    () => ({ status: 307, headers: { location: "https://elsewhere.example/" } }),
    WebexHttpError,
    { status: 307 },
  ],
  [
    "a page for people",
    () => answerXml("<!DOCTYPE html><html><p>Sorry</html>", "text/html"),
    WebexMalformedAnswerError,
    { kind: "malformed-answer" },
  ],
  ["nothing at all", () => answerXml(""), WebexMalformedAnswerError, {}],
  ["XML of something else", () => answerXml("<other/>"), WebexMalformedAnswerError, {}],
  ["XML that breaks off", () => answerXml(userAnswer.slice(0, -20)), WebexMalformedAnswerError, {}],
  [
    "bytes that are not in the encoding",
    () => answerXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c, 0x2f])),
    WebexMalformedAnswerError,
    {},
  ],
  [
    "the answer to something else",
    () => answerXml(success("use:createUserResponse", "<use:userId>1</use:userId>")),
    WebexMalformedAnswerError,
    {},
  ],
  [
    "neither SUCCESS nor FAILURE",
    () => answerXml(userAnswer.replace(/<serv:header>.*<\/serv:header>/u, "<serv:header/>")),
    WebexMalformedAnswerError,
    {},
  ],
  [
    "a number that is none",
    () =>
      answerXml(
        success(
          "use:getUserResponse",
          "<use:webExId>a</use:webExId><use:passwordDaysLeft>soon</use:passwordDaysLeft>",
        ),
      ),
    WebexDecodeError,
    { kind: "decode" },
  ],
  [
    "a number that a double cannot hold",
    () =>
      answerXml(
        success(
          "use:getUserResponse",
          "<use:webExId>a</use:webExId><use:passwordDaysLeft>9007199254740993</use:passwordDaysLeft>",
        ),
      ),
    WebexDecodeError,
    {},
  ],
  [
    "a failure",
    () => answerXml(failure("030001", "No such user")),
    WebexApiError,
    { kind: "api", exceptionID: "030001", reason: "No such user", gsbStatus: "BACKUP" },
  ],
  [
    "a failure with an empty body",
    () => answerXml(failure("060001", "Corresponding Meeting not found", "", "")),
    WebexApiError,
    { exceptionID: "060001" },
  ],
  [
    "a failure without a code",
    () => answerXml(failure("1", "x").replace(/<serv:exceptionID>1<\/serv:exceptionID>/u, "")),
    WebexApiError,
    { exceptionID: "", message: 'user.getUser: result "FAILURE" x' },
  ],
  [
    "a result that is neither",
    () => answerXml(success("use:getUserResponse", "").replace("SUCCESS", "WARNING")),
    WebexApiError,
    { exceptionID: "", message: 'user.getUser: result "WARNING"' },
  ],
];

test.each(faults)("%s", async (_, handler, errorClass, members) => {
  site.handler = handler;
  // Short only where it is to pass: a busy machine may take longer for an answer.
  const timeout = errorClass === WebexTimeoutError ? 80 : 20_000;
  const connection = connect(options({ timeout, retry: false }));
  const error = await call(connection, getUser, { webExId: "ana" }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(errorClass);
  expect(error).toBeInstanceOf(WebexError);
  expect(error).toMatchObject({
    operation: "user.getUser",
    release: "0.0.1",
    attempts: 1,
    name: errorClass.name,
    ...members,
  });
  const webexError = error as WebexError;
  expect(webexError.requestXml).toContain("<webExId>ana</webExId>");
  for (const shown of allOf(webexError)) expect(shown).not.toContain("s3cret");
});

test("a failure carries sub-errors, all responses, and what is documented", async () => {
  const more =
    "<serv:subErrors><serv:subError><serv:exceptionID>030004</serv:exceptionID><serv:reason>taken</serv:reason>" +
    "<serv:value>ana</serv:value></serv:subError></serv:subErrors><serv:value>v</serv:value>";
  site.handler = () =>
    answerXml(
      failure("000099", "several", more).replace(
        "<serv:header>",
        "<serv:header><serv:response><serv:result>SUCCESS</serv:result></serv:response>",
      ),
    );
  const exceptions = [{ code: "000099", meaning: "for the test", release: "1.0.0" }];
  const error = await call(connect(options({ exceptions })), getUser, { webExId: "ana" }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({
    exceptionID: "000099",
    subErrors: [{ exceptionID: "030004", reason: "taken", value: "ana" }],
    documented: { meaning: "for the test", release: "1.0.0" },
    message: "user.getUser: 000099 several (for the test)",
  });
  expect((error as WebexApiError).responses).toHaveLength(2);
  expect((error as WebexApiError).responses[1]?.value).toBe("v");
});

test("a request that does not fit is refused before anything is sent, with every reason and its path", async () => {
  const request = { webExId: undefined, nonsense: 1, active: "SLEEPING", phones: { PIN: 7 } } as never;
  const error = await call(connect(options()), setUser, request).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WebexRequestError);
  expect((error as WebexRequestError).issues.map(({ path }) => path).sort()).toEqual([
    "/active",
    "/nonsense",
    "/phones/PIN",
    "/webExId",
  ]);
  expect((error as WebexRequestError).attempts).toBe(0);
  expect(site.received).toHaveLength(0);
});

test("checks may forbid a request", async () => {
  const checks = [() => [{ code: "fixed" as const, path: "/webExId", message: "not today" }]];
  await expect(call(connect(options({ checks })), getUser, { webExId: "a" })).rejects.toThrow(
    "user.getUser: /webExId: not today",
  );
});

test("an abort ends a call at any moment, and no retry follows", async () => {
  site.handler = () => silence;
  const reason = new Error("user left");
  const before = AbortSignal.abort(reason);
  const connection = connect(options({ concurrency: 1 }));
  await expect(call(connection, getUser, { webExId: "a" }, { signal: before })).rejects.toMatchObject({
    kind: "abort",
    attempts: 0,
    cause: reason,
  });
  const during = new AbortController();
  const running = call(connection, getUser, { webExId: "a" }, { signal: during.signal });
  const queued = new AbortController();
  const waiting = call(connection, getUser, { webExId: "a" }, { signal: queued.signal });
  setTimeout(() => queued.abort(reason), 20);
  await expect(waiting).rejects.toBeInstanceOf(WebexAbortError);
  during.abort(reason);
  await expect(running).rejects.toMatchObject({ name: "WebexAbortError", cause: reason, attempts: 1 });
  site.handler = () => ({ status: 503 });
  const patient = connect(options({ retry: { baseDelay: 60_000, maxDelay: 60_000 } }));
  const waitingToRetry = call(patient, getUser, { webExId: "a" }, { signal: AbortSignal.timeout(60) });
  await expect(waitingToRetry).rejects.toBeInstanceOf(WebexAbortError);
});

test.each([
  ["a cut", cut],
  ["503", { status: 503 }],
])("reads are tried again after %s, writes are not", async (_, fail) => {
  let failures = 2;
  site.handler = () => (failures-- > 0 ? fail : answerXml(userAnswer));
  const events: ResponseEvent[] = [];
  const connection = connect(options({ onResponse: (event) => void events.push(event) }));
  const result = await exchange(connection, getUser, { webExId: "a" });
  expect(result.attempts).toBe(3);
  expect(events.map(({ attempt, retryIn }) => [attempt, typeof retryIn])).toEqual([
    [1, "number"],
    [2, "number"],
    [3, "undefined"],
  ]);
  failures = 1;
  site.received.length = 0;
  await expect(call(connection, setUser, { webExId: "a" })).rejects.toBeInstanceOf(WebexError);
  expect(site.received).toHaveLength(1);
});

test("attempts end, and what does not pass is not tried again", async () => {
  site.handler = () => ({ status: 503 });
  await expect(call(connect(options()), getUser, { webExId: "a" })).rejects.toMatchObject({ attempts: 3 });
  site.received.length = 0;
  site.handler = () => ({ status: 404 });
  await expect(call(connect(options()), getUser, { webExId: "a" })).rejects.toMatchObject({ attempts: 1 });
});

test("the rate limit holds all calls back and then lets even writes through", async () => {
  let limited = 1;
  const times: number[] = [];
  site.handler = () => {
    times.push(performance.now());
    return answerXml(
      limited-- > 0 ? failure("000045", "API Rate Limit Reach") : success("use:setUserResponse", ""),
    );
  };
  const connection = connect(options());
  await call(connection, setUser, { webExId: "a" });
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(28);
  limited = 9;
  await expect(call(connection, setUser, { webExId: "a" })).rejects.toMatchObject({
    exceptionID: "000045",
    attempts: 3,
  });
});

test("no more calls at once than allowed", async () => {
  const fresh = await startSite(async () => {
    // The first answers wait for each other, so that a slow machine makes no fewer calls at once.
    do await new Promise((resolve) => setTimeout(resolve, 5));
    while (fresh.peak() < 3);
    return answerXml(userAnswer);
  });
  const connection = connect(options({ url: fresh.url, concurrency: 3 }));
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => call(connection, getUser, { webExId: `u${index}` })),
  );
  expect(fresh.peak()).toBe(3);
  expect(fresh.received).toHaveLength(20);
  await fresh.close();
});

test("hooks see every attempt, can add headers, and never a secret", async () => {
  site.handler = () => answerXml(userAnswer);
  const requests: RequestEvent[] = [];
  const responses: ResponseEvent[] = [];
  const connection = connect(
    options({
      onRequest(event) {
        event.headers.set("traceparent", "00-1");
        event.context["span"] = 7;
        requests.push(event);
      },
      onResponse(event) {
        responses.push(event);
      },
    }),
  );
  await call(connection, getUser, { webExId: "ana" });
  expect(site.received[0]?.headers["traceparent"]).toBe("00-1");
  expect(requests[0]).toMatchObject({ service: "user", operation: "getUser", attempt: 1, url: site.url });
  expect(requests[0]?.xml).toContain("<password>******</password>");
  expect(responses[0]).toMatchObject({ status: 200, gsbStatus: "PRIMARY", context: { span: 7 } });
  expect(responses[0]?.xml).toContain("<use:PIN>******</use:PIN>");
  expect(inspect([requests, responses], { depth: 9, getters: true, showHidden: true })).not.toMatch(
    /s3cret|6514/u,
  );
});

test("a hook that throws fails the call", async () => {
  site.handler = () => answerXml(userAnswer);
  const connection = connect(
    options({
      onRequest() {
        throw new Error("hook is broken");
      },
    }),
  );
  await expect(call(connection, getUser, { webExId: "ana" })).rejects.toThrow("hook is broken");
});

test("a deprecated operation is told of when it is called", async () => {
  site.handler = () => answerXml(success("use:createUserResponse", ""));
  const told: unknown[] = [];
  await call(connect(options({ onDeprecated: (event) => void told.push(event) })), createUser, {
    webExId: "a",
  });
  expect(told).toEqual([
    { service: "user", operation: "createUser", release: "0.0.1", reason: "for the test" },
  ]);
});

test("an exchange brings everything around the value", async () => {
  site.handler = () =>
    answerXml(success("use:getUserResponse", "<use:webExId>a</use:webExId><use:new>1</use:new>", "BACKUP"));
  const result = await method(connect(options()), getUser).exchange({ webExId: "a" });
  expect(result).toMatchObject({ status: 200, gsbStatus: "BACKUP", attempts: 1, value: { webExId: "a" } });
  expect(result.diagnostics).toMatchObject([{ code: "unknown-element", path: "/new" }]);
  expect(result.requestXml).toContain("<password>******</password>");
  expect(result.responseXml).toContain("<use:new>1</use:new>");
  expect(result.duration).toBeGreaterThanOrEqual(0);
  expect(inspect(result, { getters: true })).not.toContain("s3cret");
});

test("what a header says beyond its schema is kept, without secrets", async () => {
  const unknown = `<serv:later by="${escapedPassword}"><serv:of>${escapedPassword}, 1</serv:of></serv:later></serv:response>`;
  const answer = success("use:getUserResponse", "<use:webExId>a</use:webExId>");
  site.handler = () => answerXml(answer.replace("</serv:response>", unknown));
  const { value, responses } = await method(connect(options()), getUser).exchange({ webExId: "a" });
  expect(value).toEqual({ webExId: "a" });
  const told = JSON.stringify(responses);
  expect(responses).toMatchObject([{ result: "SUCCESS", gsbStatus: "PRIMARY" }]);
  expect(told).toContain("******, 1");
  expect(told).not.toContain("s3cret");
});

const umlaut = (declaration: string): string =>
  success(
    "use:getUserResponse",
    "<use:firstName>Jürgen</use:firstName><use:webExId>j</use:webExId>",
    "PRIMARY",
    declaration,
  );
test.each<[string, string, Buffer]>([
  ["the HTTP charset", "text/xml;charset=ISO-8859-1", Buffer.from(umlaut("UTF-8"), "latin1")],
  ["the declaration", "text/xml", Buffer.from(umlaut("ISO-8859-1"), "latin1")],
  ["UTF-8 by default", "text/xml", Buffer.from(umlaut("UTF-8"))],
  [
    "a byte order mark",
    "text/xml;charset=ISO-8859-1",
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(umlaut("UTF-16"), "utf16le")]),
  ],
  ["charset utf-16le", "text/xml; charset=utf-16le", Buffer.from(umlaut("UTF-16"), "utf16le")],
])("text is decoded by %s", async (_, contentType, bytes) => {
  site.handler = () => answerXml(bytes, contentType);
  expect(decodeXmlText(Buffer.from("<a/>"))).toBe("<a/>");
  expect(await call(connect(options()), getUser, { webExId: "j" })).toHaveProperty("firstName", "Jürgen");
});

test.each<[string, (xml: string) => string]>([
  ["prefix ns1", (xml) => xml.replaceAll("use:", "ns1:").replaceAll("xmlns:use", "xmlns:ns1")],
  [
    "no prefixes",
    (xml) =>
      xml
        .replaceAll(/<(\/?)serv:/gu, "<$1")
        .replace("xmlns:serv=", "xmlns=")
        .replace("<message ", `<message xmlns:serv="http://www.webex.com/schemas/2002/06/service" `),
  ],
  ["indentation", (xml) => xml.replaceAll("><", ">\n  <")],
  ["a capital type name", (xml) => xml.replace("use:getUserResponse", "use:GetUserResponse")],
  ["an undeclared prefix in the type", (xml) => xml.replace("use:getUserResponse", "zz:getUserResponse")],
  [
    "a type named as in requests",
    (xml) => xml.replace("use:getUserResponse", "java:com.webex.service.binding.user.GetUserResponse"),
  ],
  ["no type", (xml) => xml.replace(/ xsi:type="[^"]*"/u, "")],
  [
    "other order",
    (xml) => xml.replace(/(<use:firstName>.*?<\/use:firstName>)(<use:webExId>.*?<\/use:webExId>)/u, "$2$1"),
  ],
])("quirks of answers: %s", async (_, twist) => {
  site.handler = () => answerXml(twist(userAnswer));
  const user = await call(connect(options()), getUser, { webExId: "ana" });
  expect(user).toMatchObject({ firstName: "Ana", webExId: "ana", userId: "158941507534980823" });
});

test("missing content is reported, or an error where that is asked for; empty numbers are no values", async () => {
  site.handler = () =>
    answerXml(success("use:getUserResponse", "<use:passwordDaysLeft/><use:freeAccount></use:freeAccount>"));
  const result = await exchange(connect(options()), getUser, { webExId: "a" });
  expect(result.value).toEqual({});
  expect(result.diagnostics.map(({ code }) => code)).toContain("missing-element");
  await expect(
    call(connect(options()), getUser, { webExId: "a" }, { missing: "throw" }),
  ).rejects.toBeInstanceOf(WebexDecodeError);
});

test.each<[string, string, unknown]>([
  ["freeAccount", "x", "x"],
  ["freeAccount", "TRUE", true],
  ["freeAccount", " False ", false],
  ["passwordDaysLeft", "1,234", "1,234"],
  ["passwordDaysLeft", "TRUE", "TRUE"],
  // More than a double can hold.
  ["passwordDaysLeft", "9007199254740993", "9007199254740993"],
])("%s of %j, where values are only reported, does not lose the answer: %j", async (name, text, value) => {
  site.handler = () =>
    answerXml(
      success("use:getUserResponse", `<use:webExId>a</use:webExId><use:${name}>${text}</use:${name}>`),
    );
  const result = await exchange(connect(options({ invalid: "report" })), getUser, { webExId: "a" });
  expect(result.value).toEqual({ webExId: "a", [name]: value });
  expect(result.diagnostics).toMatchObject([{ code: "invalid-value", path: `/${name}`, line: 2 }]);
  const strict = call(connect(options()), getUser, { webExId: "a" });
  await (typeof value === "boolean"
    ? expect(strict).resolves.toEqual(result.value)
    : expect(strict).rejects.toBeInstanceOf(WebexDecodeError));
});

test("empty items of a list of numbers are no values either; a wrong one among them is still an error", async () => {
  const numbered: typeof getUser = {
    ...getUser,
    response: {
      ...getUser.response,
      content: [{ name: "level", type: integerAsNumber, max: Infinity }],
    },
  };
  const level = (text: string): string => `<use:level>${text}</use:level>`;
  const connection = connect(options());
  site.handler = () =>
    answerXml(success("use:getUserResponse", ["", "4", " ", "", "5", ""].map(level).join("")));
  const { value, diagnostics } = await exchange(connection, numbered, { webExId: "a" });
  expect(value).toEqual({ level: [4, 5] });
  expect(diagnostics.filter(({ code }) => code === "invalid-value").map(({ path }) => path)).toEqual([
    "/level/0",
    "/level/2",
    "/level/3",
    "/level/5",
  ]);
  site.handler = () => answerXml(success("use:getUserResponse", ["", "x", ""].map(level).join("")));
  await expect(call(connection, numbered, { webExId: "a" })).rejects.toMatchObject({
    diagnostics: [{ path: "/level/1" }],
  });
});

test.each([
  [
    "a value outside an enumeration",
    "<use:webExId>a</use:webExId><use:active>MAYBE</use:active>",
    "unknown-value /active",
  ],
  ["no required element", "<use:firstName>A</use:firstName>", "missing-element "],
  ["another order", "<use:webExId>a</use:webExId><use:firstName>A</use:firstName>", "unexpected-element "],
  ["what the schema does not know", "<use:webExId>a</use:webExId><use:New/>", "unexpected-element "],
  [
    "an empty number",
    "<use:webExId>a</use:webExId><use:passwordDaysLeft/>",
    "invalid-value /passwordDaysLeft",
  ],
  [
    "a text too long",
    `<use:webExId>a</use:webExId><use:password>${"x".repeat(61)}</use:password>`,
    "invalid-value /password",
  ],
])("answers are held against the schema where that is asked for: %s", async (_, content, finding) => {
  const strict = connect(options({ validateAnswers: fullValidation }));
  site.handler = () => answerXml(success("use:getUserResponse", content));
  const error: unknown = await call(strict, getUser, { webExId: "a" }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(WebexDecodeError);
  const { attempts, diagnostics } = error as WebexDecodeError;
  expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toContain(finding);
  expect(diagnostics.every(({ line, column }) => line > 0 && column > 0)).toBe(true);
  expect(attempts).toBe(1);
  await expect(call(connect(options()), getUser, { webExId: "a" })).resolves.toBeDefined();
});

test("a valid answer passes, a failure stays one, and secrets stay out", async () => {
  const strict = connect(options({ validateAnswers: fullValidation }));
  const valid = "<use:webExId>a</use:webExId><use:active>ACTIVATED</use:active>";
  site.handler = () => answerXml(success("use:getUserResponse", valid));
  expect(await call(strict, getUser, { webExId: "a" })).toEqual({ webExId: "a", active: "ACTIVATED" });
  site.handler = () => answerXml(failure("030001", "no such user"));
  await expect(call(strict, getUser, { webExId: "a" })).rejects.toBeInstanceOf(WebexApiError);
  const told = `<use:webExId>a</use:webExId><use:active>s3cret&lt;&amp;&gt;</use:active>`;
  site.handler = () => answerXml(success("use:getUserResponse", told));
  const error: unknown = await call(strict, getUser, { webExId: "a" }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(WebexDecodeError);
  expect(inspect(error, { depth: 9 })).not.toContain(password);
});

test("nothing found is an empty list for a list, and a failure for everything else", async () => {
  site.handler = () => answerXml(failure("000015", "Sorry, no record found"));
  expect(await call(connect(options()), lstsummarySession, {})).toEqual({
    matchingRecords: { total: 0, returned: 0, startFrom: 0 },
    session: [],
  });
  await expect(call(connect(options()), getUser, { webExId: "a" })).rejects.toMatchObject({
    exceptionID: "000015",
  });
});

test("an answer longer than allowed is refused, and not asked for again", async () => {
  site.handler = () => answerXml(sessionPage(1, 100, 100));
  const connection = connect(options({ maxBytes: 1000 }));
  await expect(call(connection, lstsummarySession, {})).rejects.toMatchObject({
    kind: "malformed-answer",
    attempts: 1,
  });
  expect(site.received).toHaveLength(1);
});

test("any fetch can be used, even one that does not heed its signal", async () => {
  const connection = connect(
    options({ fetch: () => new Promise(() => undefined), timeout: 20, retry: false }),
  );
  await expect(call(connection, getUser, { webExId: "a" })).rejects.toBeInstanceOf(WebexTimeoutError);
  const talkative = connect(
    options({
      fetch: (_url, init) => Promise.reject(Object.assign(new Error(`no: ${String(init.body)}`), { init })),
      retry: false,
    }),
  );
  const error = await call(talkative, getUser, { webExId: "a" }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WebexTransportError);
  for (const shown of allOf(error)) expect(shown).not.toMatch(/s3cret/u);
});

test("a connection and a client show nothing of their secrets", () => {
  const connection = connect(options());
  for (const shown of allOf(connection)) expect(shown).not.toContain("s3cret");
  for (const shown of allOf(method(connection, getUser))) expect(shown).not.toContain("s3cret");
});

test("a secret that the site repeats, or that is sent in the body, is blotted out everywhere", async () => {
  site.handler = () => answerXml(failure("030002", `Wrong: s3cret&lt;&amp;&gt; and n3w`), "text/xml");
  const error = await call(connect(options()), setUser, { webExId: "a", password: "n3w" }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ reason: "Wrong: ****** and ******" });
  for (const shown of allOf(error)) expect(shown).not.toMatch(/s3cret|n3w/u);
  // Where no secret belongs, and written as such a server may.
  const references = [...password].map((one) => `&#${one.codePointAt(0)};`).join("");
  const escaped = "s3cret&lt;&amp;&gt;";
  for (const [answer, type] of [
    [
      failure(
        escaped,
        escaped,
        `<serv:subErrors><serv:subError><serv:exceptionID>${escaped}</serv:exceptionID></serv:subError></serv:subErrors>`,
      ),
    ],
    [failure("030002", escaped).replace("BACKUP", escaped)],
    [failure("030002", "").replace("FAILURE", escaped)],
    [success(`use:${escaped}`, "")],
    [`<html>s3cret${references.slice(references.indexOf("&#60;"))}</html>`, "text/html"],
    [`{"sent":"s3cret\\u003c\\u0026\\u003E"}`, "application/json"],
  ] as const) {
    site.handler = () => answerXml(answer, type);
    const thrown = await call(connect(options()), setUser, { webExId: "a" }).catch(
      (reason: unknown) => reason,
    );
    expect(thrown).toBeInstanceOf(WebexError);
    for (const shown of allOf(thrown)) expect(shown).not.toContain("s3cret");
  }
  const unsendable = "p0ssword\u0001";
  const refused = await call(connect(options()), setUser, { webExId: "a", password: unsendable }).catch(
    (reason: unknown) => reason,
  );
  expect(refused).toBeInstanceOf(WebexRequestError);
  for (const shown of allOf(refused)) expect(shown).not.toContain("p0ssword");
});

/** Every way in which a thing is commonly shown. */
function allOf(thing: unknown): string[] {
  const error = thing as Partial<Error & Pick<WebexError, "requestXml" | "responseXml">>;
  return [
    String(thing),
    inspect(thing, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(thing) ?? "",
    JSON.stringify({ ...(thing as object) }),
    error.stack ?? "",
    error.message ?? "",
    error.requestXml ?? "",
    error.responseXml ?? "",
    inspect(error.cause, { depth: Infinity, showHidden: true }),
  ];
}
