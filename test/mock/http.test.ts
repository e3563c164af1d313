import { connect as connectSocket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { serveMockSite, type ServedSite } from "../../generator/mock/server.js";
import { createClient, operations, type Client, type ClientOptions } from "../../generated/v41.12.0/index.js";
import { exceptions } from "../../generated/v41.12.0/exceptions.js";
import { sampleOf } from "../../generated/runtime/webex/mock-sample.js";
import { createMockSite, type MockSite, type MockStep } from "../../generated/runtime/webex/mock.js";
import {
  WebexApiError,
  WebexError,
  type FailureKind,
  type Operation,
} from "../../generated/runtime/webex/index.js";

let site: MockSite;
let served: ServedSite;
let client: Client;
const options = (more: Partial<ClientOptions> = {}): ClientOptions => ({
  siteName: "example",
  url: served.url,
  credentials: { webExID: "admin", password: "admin-secret" },
  retry: false,
  ...more,
});
beforeAll(async () => {
  site = createMockSite({ operations, exceptions });
  served = await serveMockSite(site);
});
afterAll(() => served.close());
beforeEach(() => {
  site.reset();
  client = createClient(options());
});

const failureOf = (promise: Promise<unknown>): Promise<WebexError | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => error as WebexError,
  );

const all = Object.values(operations) as Operation[];

test.each(all.map((operation) => [`${operation.service}.${operation.name}`, operation] as const))(
  "%s answers over HTTP, and the answer is read without a finding",
  async (name, operation) => {
    const request = sampleOf(operation.request, { mode: "minimal" }) as Record<string, unknown>;
    if (name.startsWith("user."))
      for (const key of ["webExId", "webExID"])
        if (key in request) request[key] = Array.isArray(request[key]) ? ["host"] : "host";
    if (name === "user.createUser") request["webExId"] = "new";
    const result = await client.exchange(operation, request).catch((error: unknown) => error);
    if (result instanceof WebexError) {
      // What is not there cannot be shown: the site keeps no such session.
      expect(result).toMatchObject({ kind: "api", exceptionID: "060001" });
      return;
    }
    expect(result).toHaveProperty("value");
    expect((result as { diagnostics: unknown[] }).diagnostics).toEqual([]);
    expect(site.calls).toHaveLength(1);
    expect(site.calls[0]?.operation).toBe(name);
  },
);

test("each operation that the release notes name is among those that were called", () => {
  const named =
    "CreateUser SetUser DelUser GetUser GetSite LstsummarySession GetSessionInfo GetMeeting CreateMeeting SetMeeting LstRecording " +
    "LstrecordaccessHistory LstrecordaccessDetailHistory LstMeetingType CreateEvent SetEvent GetEvent LstsummaryEvent LstrecordedEvent " +
    "LstsummaryProgram UploadEventImage";
  const known = all.map(({ wireType }) => wireType.slice(wireType.lastIndexOf(".") + 1));
  for (const name of named.split(" ")) expect(known).toContain(name);
});

test.each(exceptions.map((info) => [info.code, info] as const))(
  "documented failure %s",
  async (code, info) => {
    site.play({ exceptionID: code });
    const name = info.operations?.[0] ?? "user.getUser";
    const [service = "", operation = ""] = name.split(".");
    const method = (
      client as unknown as Record<string, Record<string, (request: object) => Promise<unknown>>>
    )[service]?.[operation];
    const request = operation === "setUser" || operation === "createUser" ? { webExId: "x" } : undefined;
    if (code === "000015") {
      expect(await client.user.lstsummaryUser({})).toMatchObject({ user: [], matchingRecords: { total: 0 } });
      return;
    }
    const failing = request && method ? method(request) : client.user.getUser({ webExId: "host" });
    const error = await failureOf(failing);
    expect(error).toBeInstanceOf(WebexApiError);
    expect(error).toMatchObject({
      kind: "api",
      exceptionID: code,
      documented: { code, meaning: info.meaning },
      reason: info.reason ?? info.meaning,
      gsbStatus: "PRIMARY",
    });
  },
);

test.each<[string, MockStep, FailureKind, object]>([
  ["a cut connection", { fault: "cut" }, "transport", {}],
  ["a connection cut within the answer", { fault: "cut-body" }, "transport", {}],
  ["no answer", { fault: "hang" }, "timeout", { timeout: 150 }],
  ["a late answer", { latency: 400 }, "timeout", {}],
  ["a page for people", { fault: "html" }, "malformed-answer", {}],
  ["bytes that are no text", { fault: "garbage" }, "malformed-answer", {}],
  ["HTTP 500", { status: 500 }, "http", { status: 500 }],
  ["HTTP 503", { status: 503 }, "http", { status: 503 }],
  ["HTTP 404", { status: 404 }, "http", { status: 404 }],
  [
    "a failure with sub-errors",
    { exceptionID: "030004", subErrors: [{ exceptionID: "030005", reason: "r" }] },
    "api",
    { subErrors: [{ exceptionID: "030005", reason: "r" }] },
  ],
  [
    "a failure of the backup site",
    { exceptionID: "060001", gsbStatus: "BACKUP" },
    "api",
    { gsbStatus: "BACKUP" },
  ],
  [
    "an undocumented failure",
    { exceptionID: "123456", reason: "new" },
    "api",
    { exceptionID: "123456", reason: "new", documented: undefined },
  ],
])("fault: %s", async (_, step, kind, members) => {
  site.play(step);
  const waiting = kind === "timeout" ? { timeout: 150 } : {};
  const error = await failureOf(client.user.getUser({ webExId: "host" }, waiting));
  expect(error).toBeInstanceOf(WebexError);
  expect(error).toMatchObject({ kind, operation: "user.getUser", attempts: 1, ...members });
  expect(JSON.stringify(error) + (error?.stack ?? "")).not.toContain("admin-secret");
});

test("a slow body arrives", async () => {
  site.play({ fault: "slow-body" });
  expect(await client.user.getUser({ webExId: "host" })).toMatchObject({ webExId: "host" });
});

test.each(["UTF-8", "ISO-8859-1", "UTF-16"] as const)("answers in %s", async (encoding) => {
  site.play({ encoding });
  site.store.users.set("j", { webExId: "j", firstName: "Jürgen" });
  expect(await client.user.getUser({ webExId: "j" })).toMatchObject({ firstName: "Jürgen" });
});

test("what is not a call", async () => {
  const base = served.url.replace("/WBXService/XMLService", "");
  const status = async (path: string, init?: RequestInit): Promise<number> =>
    (await fetch(base + path, init)).status;
  expect(await status("/WBXService/xml10.0.0/XMLService", { method: "POST", body: "<a/>" })).toBe(410);
  expect(await status("/elsewhere", { method: "POST", body: "<a/>" })).toBe(404);
  expect(await status("//", { method: "POST", body: "<a/>" })).toBe(404);
  expect(await status("/WBXService/XMLService")).toBe(405);
  const form = new URLSearchParams({
    XML: `<message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><body><bodyContent xsi:type="java:com.webex.service.binding.ep.GetAPIVersion"/></body></message>`,
  });
  const response = await fetch(served.url, { method: "POST", body: form });
  expect(await response.text()).toContain("SUCCESS");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const bare = await fetch(served.url, { method: "POST", body: form.get("XML"), headers });
  expect(await bare.text()).toContain("SUCCESS");
  expect(decodeURI(response.headers.get("x-mock-decision") ?? "")).toContain("needs no identity");
});

test("a handler that throws is told of, as a failure of the site", async () => {
  site.on("GetUser", () => {
    throw new Error("no such fixture");
  });
  const response = await failureOf(client.user.getUser({ webExId: "host" }));
  expect(response).toMatchObject({ kind: "http", status: 500 });
  expect(response?.message).toContain("the mock site failed: no such fixture");
});

test("only this machine can reach it", async () => {
  expect(new URL(served.url).hostname).toBe("127.0.0.1");
  await expect(serveMockSite(site, { port: served.port })).rejects.toThrow("EADDRINUSE");
});

test("a client that goes away does not disturb the others", async () => {
  const socket = connectSocket(served.port, "127.0.0.1");
  await new Promise((done) => socket.once("connect", done));
  socket.write("POST /WBXService/XMLService HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n<half");
  socket.destroy();
  expect(await client.user.getUser({ webExId: "host" })).toMatchObject({ webExId: "host" });
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A generator of numbers below 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test(
  "10,000 calls, 50 at once, 5 % faults: each ends rightly, nothing is left behind",
  { timeout: 300_000 },
  async () => {
    const seed = 20_211_105;
    const random = randomFrom(seed);
    const total = 10_000;
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    const faults: readonly MockStep[] = [
      { fault: "cut" },
      { fault: "cut-body" },
      { status: 500 },
      { fault: "html" },
      { exceptionID: "000035" },
      { exceptionID: "060021" },
      { exceptionID: "030047" },
      { latency: 5 },
    ];
    // Every twentieth call on average meets a fault; which, and when, follows from the seed.
    site.on("GetUser", (request: { webExId: string }, { answer }) => {
      if (site.calls.length > 500) (site.calls as unknown[]).length = 0;
      if (random() < 0.05) site.play(faults[Math.floor(random() * faults.length)] ?? {});
      return answer({ webExId: request.webExId, firstName: `name of ${request.webExId}` });
    });
    const busy = createClient(
      options({
        login: true,
        concurrency: 50,
        timeout: 5_000,
        retry: { baseDelay: 2, maxDelay: 20, attempts: 4 },
        random,
      }),
    );
    const outcomes = new Map<string, number>();
    const one = async (index: number): Promise<void> => {
      const webExId = `user${index}`;
      try {
        const user = await busy.user.getUser({ webExId });
        expect(user).toMatchObject({ webExId, firstName: `name of ${webExId}` });
        outcomes.set("right", (outcomes.get("right") ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof WebexError)) throw error;
        const key = error instanceof WebexApiError ? error.exceptionID : error.kind;
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 500 }, (_, index) => one(-index)));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    outcomes.clear();
    await Promise.all(Array.from({ length: total }, (_, index) => one(index)));
    process.off("unhandledRejection", onUnhandled);
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(total);
    // Only what no retry can mend is a failure of the call.
    const wrong = [...outcomes.keys()].filter(
      (key) =>
        !["right", "060021", "030047", "000035", "transport", "http", "malformed-answer"].includes(key),
    );
    expect(wrong).toEqual([]);
    expect(outcomes.get("right") ?? 0).toBeGreaterThan(total * 0.97);
    expect(unhandled).toEqual([]);
    // Bodies of answers go by finalizers, after a turn or two.
    let grown = Infinity;
    await expect
      .poll(
        () => {
          collectGarbage();
          return (grown = process.memoryUsage().heapUsed - before);
        },
        { timeout: 15_000, interval: 250 },
      )
      .toBeLessThan(10e6);
    console.log(`seed ${seed}:`, Object.fromEntries(outcomes), `heap ${(grown / 1e6).toFixed(1)} MB`);
    // Kept alive for a while, then closed.
    await expect.poll(() => served.connections(), { timeout: 15_000, interval: 250 }).toBe(0);
  },
);
