import { inspect } from "node:util";
import { beforeEach, expect, test, vi } from "vitest";
import type { ConnectOptions } from "../../templates/runtime/webex/client.js";
import { call, connect } from "../../templates/runtime/webex/client.js";
import type { CredentialsRequest } from "../../templates/runtime/webex/credentials.js";
import { WebexApiError, WebexConfigurationError } from "../../templates/runtime/webex/errors.js";
import { answerXml, failure, getUser, optionsFor, setUser, startSite, success, useSite } from "./site.js";

/** Tickets that the site accepts. */
let valid: Set<string>;
let issued: number;
let life: string;
/** How the next logins fail. */
let loginFailures: string[];

const site = useSite(async ({ operation, body }) => {
  if (operation === "AuthenticateUser") {
    const broken = loginFailures.shift();
    if (broken !== undefined) return answerXml(failure(broken, "no login"));
    const ticket = `TICKET-${++issued}`;
    valid.add(ticket);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return answerXml(
      success(
        "use:authenticateUserResponse",
        `<use:sessionTicket>${ticket}</use:sessionTicket><use:createTime>1</use:createTime>${life}`,
      ),
    );
  }
  const ticket = /<sessionTicket>([^<]*)</u.exec(body)?.[1] ?? "";
  if (!valid.has(ticket)) return answerXml(failure("030047", "Not a valid session ticket"));
  return answerXml(
    operation === "SetUser"
      ? success("use:setUserResponse", "")
      : success("use:getUserResponse", "<use:webExId>ana</use:webExId>"),
  );
});
beforeEach(() => {
  valid = new Set();
  issued = 0;
  life = "<use:timeToLive>5400</use:timeToLive>";
  loginFailures = [];
});

const options = (more: Partial<ConnectOptions> = {}): ConnectOptions =>
  optionsFor(site, { credentials: { webExID: "admin", password: "s3cret" }, login: true, ...more });
const logins = (): number => site.received.filter(({ operation }) => operation === "AuthenticateUser").length;

test("a login once, the ticket for all calls, the password in none of them", async () => {
  const connection = connect(options());
  await Promise.all([1, 2, 3].map(() => call(connection, getUser, { webExId: "ana" })));
  await call(connection, setUser, { webExId: "ana" });
  expect(logins()).toBe(1);
  const calls = site.received.filter(({ operation }) => operation !== "AuthenticateUser");
  expect(calls).toHaveLength(4);
  for (const { body } of calls) {
    expect(body).toContain(
      "<webExID>admin</webExID><siteName>example</siteName><sessionTicket>TICKET-1</sessionTicket>",
    );
    expect(body).not.toContain("s3cret");
  }
});

test("an access token logs in from the body of AuthenticateUser, and nowhere else", async () => {
  await call(connect(options({ credentials: { webExID: "admin", accessToken: "T0KEN" } })), getUser, {
    webExId: "a",
  });
  expect(site.received[0]?.body).toContain(
    "<securityContext><webExID>admin</webExID><siteName>example</siteName></securityContext>",
  );
  expect(site.received[0]?.body).toContain(
    'AuthenticateUser"><accessToken>T0KEN</accessToken></bodyContent>',
  );
  expect(site.received[1]?.body).not.toContain("T0KEN");
});

test("a SAML response logs in without being asked to", async () => {
  const credentials = { webExID: "admin", samlResponse: "<saml/>" };
  await call(connect(options({ credentials, login: false })), getUser, { webExId: "a" });
  expect(site.received[0]?.body).toContain("<samlResponse>&lt;saml/&gt;</samlResponse>");
});

test("calls that find their ticket refused share one renewal, and all go through, writes too", async () => {
  const connection = connect(options({ concurrency: 50 }));
  await call(connection, getUser, { webExId: "a" });
  valid.clear();
  const calls = Array.from({ length: 40 }, (_, index) =>
    index % 2 ? call(connection, getUser, { webExId: "a" }) : call(connection, setUser, { webExId: "a" }),
  );
  await Promise.all(calls);
  expect(logins()).toBe(2);
  expect(issued).toBe(2);
});

test("a call renews once and no more", async () => {
  const connection = connect(options());
  const never = await startSite(({ operation }) =>
    answerXml(
      operation === "AuthenticateUser"
        ? success("use:authenticateUserResponse", "<use:sessionTicket>stale</use:sessionTicket>")
        : failure("030047", "Not a valid session ticket"),
    ),
  );
  await expect(call(connect(options({ url: never.url })), getUser, { webExId: "a" })).rejects.toMatchObject({
    exceptionID: "030047",
    attempts: 2,
  });
  expect(never.received.map(({ operation }) => operation)).toEqual([
    "AuthenticateUser",
    "GetUser",
    "AuthenticateUser",
    "GetUser",
  ]);
  await never.close();
  await call(connection, getUser, { webExId: "a" });
});

test("a ticket near its end is renewed before it is used", async () => {
  life = "<use:timeToLive>1000</use:timeToLive>";
  const connection = connect(options());
  await call(connection, getUser, { webExId: "a" });
  const now = vi.spyOn(Date, "now");
  now.mockReturnValue(Date.now() + 950_000);
  await call(connection, getUser, { webExId: "a" });
  now.mockRestore();
  expect(logins()).toBe(2);
  expect(site.received.filter(({ operation }) => operation === "GetUser")).toHaveLength(2);
});

test("a login that fails fails the calls that wait for it, and the next call tries again", async () => {
  loginFailures = ["030002"];
  const connection = connect(options({ release: "9.9.9" }));
  const results = await Promise.allSettled([1, 2].map(() => call(connection, getUser, { webExId: "a" })));
  for (const result of results) {
    expect(result).toMatchObject({
      status: "rejected",
      reason: { operation: "user.authenticateUser", exceptionID: "030002", release: "9.9.9" },
    });
    const { reason } = result as PromiseRejectedResult;
    expect(inspect(reason, { depth: 9, showHidden: true })).not.toContain("s3cret");
    expect((reason as WebexApiError).requestXml).toContain("<password>******</password>");
  }
  expect(logins()).toBe(1);
  await expect(call(connection, getUser, { webExId: "a" })).resolves.toBeDefined();
});

test.each(["", "<use:sessionTicket> </use:sessionTicket>"])(
  "an answer without a ticket fails the login, with its XML",
  async (content) => {
    const odd = await startSite(() => answerXml(success("use:authenticateUserResponse", content)));
    await expect(call(connect(options({ url: odd.url })), getUser, { webExId: "a" })).rejects.toMatchObject({
      message: "user.authenticateUser: no session ticket",
      requestXml: expect.stringContaining("<password>******</password>") as string,
      responseXml: expect.stringContaining("authenticateUserResponse") as string,
    });
    await odd.close();
  },
);

test("one caller giving up does not end the login of the others", async () => {
  const connection = connect(options());
  const controller = new AbortController();
  const first = call(connection, getUser, { webExId: "a" }, { signal: controller.signal });
  const second = call(connection, getUser, { webExId: "a" });
  setTimeout(() => controller.abort(), 3);
  await expect(first).rejects.toMatchObject({ kind: "abort" });
  await expect(second).resolves.toBeDefined();
  expect(logins()).toBe(1);
});

test("the login does not go beyond the limit of calls at once", async () => {
  const connection = connect(options({ concurrency: 1 }));
  await Promise.all([1, 2, 3].map(() => call(connection, getUser, { webExId: "a" })));
  expect(logins()).toBe(1);
  valid.clear();
  await Promise.all([1, 2, 3].map(() => call(connection, getUser, { webExId: "a" })));
  expect(logins()).toBe(2);
});

test("a static ticket cannot be renewed", async () => {
  await expect(
    call(connect(options({ credentials: { webExID: "a", sessionTicket: "old" } })), getUser, {
      webExId: "a",
    }),
  ).rejects.toMatchObject({ exceptionID: "030047", attempts: 1 });
});

test("a function is asked before each call, or not before its credentials end, and told of a refusal", async () => {
  valid.add("fresh");
  const asked: CredentialsRequest[] = [];
  const ticketOf = (more: object) => (request: CredentialsRequest) => {
    asked.push(request);
    return { webExID: "a", sessionTicket: request.rejected ? "fresh" : "old", ...more };
  };
  const every = connect(options({ credentials: ticketOf({}) }));
  await call(every, getUser, { webExId: "a" });
  expect(asked.map(({ rejected }) => rejected instanceof WebexApiError)).toEqual([false, true]);
  await call(every, getUser, { webExId: "a" });
  expect(asked).toHaveLength(4);
  asked.length = 0;
  const seldom = connect(options({ credentials: ticketOf({ expiresAt: Date.now() + 60_000 }) }));
  for (let count = 0; count < 3; count++) await call(seldom, getUser, { webExId: "a" });
  expect(asked).toHaveLength(2);
});

test("a function that was being asked when a ticket was refused is asked again, told of the refusal", async () => {
  valid.add("fresh");
  const asked: boolean[] = [];
  let second: Promise<unknown> | undefined;
  const connection = connect(
    options({
      credentials: async ({ rejected }) => {
        asked.push(rejected !== undefined);
        // The second call's question is still open when the first call is refused.
        if (asked.length === 2) await new Promise((resolve) => setTimeout(resolve, 60));
        return { webExID: "a", sessionTicket: rejected ? "fresh" : "old" };
      },
      onRequest() {
        second ??= call(connection, getUser, { webExId: "a" });
      },
      login: false,
    }),
  );
  await call(connection, getUser, { webExId: "a" });
  await second;
  expect(asked.slice(0, 3)).toEqual([false, false, true]);
});

test("what the function throws, the call rejects with", async () => {
  const connection = connect(
    options({ credentials: () => Promise.reject(new Error("vault is closed")), login: false }),
  );
  await expect(call(connection, getUser, { webExId: "a" })).rejects.toThrow("vault is closed");
});

test("a login needs to know who", async () => {
  await expect(
    call(connect(options({ credentials: { accessToken: "t" } })), getUser, { webExId: "a" }),
  ).rejects.toBeInstanceOf(WebexConfigurationError);
});

test("credentials of one call stand for themselves", async () => {
  valid.add("mine");
  await call(
    connect(options()),
    getUser,
    { webExId: "a" },
    { credentials: { webExID: "b", sessionTicket: "mine" } },
  );
  expect(logins()).toBe(0);
});

test("a login that meets a passing failure is tried again, though it is no reading operation by name", async () => {
  loginFailures = ["000035"];
  await expect(call(connect(options()), getUser, { webExId: "a" })).resolves.toBeDefined();
  expect(logins()).toBe(2);
});
