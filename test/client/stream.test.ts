import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConnectOptions } from "../../templates/runtime/webex/client.js";
import { call, connect } from "../../templates/runtime/webex/client.js";
import { fullValidation } from "../../templates/runtime/validation.js";
import { listMethod } from "../../templates/runtime/webex/method.js";
import {
  answerXml,
  optionsFor,
  beginning,
  failure,
  getUser,
  lstsummarySession,
  sessionPage,
  useSite,
  success,
} from "./site.js";

const site = useSite();
const options = (more: Partial<ConnectOptions> = {}): ConnectOptions => optionsFor(site, more);
const list = (more: Partial<ConnectOptions> = {}) => listMethod(connect(options(more)), lstsummarySession);

async function keys(more: Partial<ConnectOptions> = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const { sessionKey } of list(more).stream({})) found.push(sessionKey);
  return found;
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

/** A `fetch` that answers with these pieces. */
const inPieces =
  (pieces: readonly Uint8Array<ArrayBuffer>[], contentType = "text/xml;charset=UTF-8") =>
  (): Promise<Response> => {
    const left = [...pieces];
    const body = new ReadableStream({
      pull(controller) {
        const next = left.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
    });
    return Promise.resolve(new Response(body, { headers: { "content-type": contentType } }));
  };

const tricky = sessionPage(1, 5, 5)
  .replaceAll(
    "<ep:confName>S3<",
    "<ep:confName>Jürgen 😀 &amp; <![CDATA[</ep:session></serv:bodyContent>]]><",
  )
  .replace("<ep:session>", "<!-- <ep:session> --> <?pi <x>?>\n<ep:session><!-- > -->")
  .replace("<serv:body>", `<serv:body>\n<!-- a > b -->`);

test("streamed records are held against their type where that is asked for", async () => {
  const answer = (text: string) => ({ fetch: inPieces([new TextEncoder().encode(text)]) });
  const page = sessionPage(1, 5, 5);
  const validateAnswers = fullValidation;
  expect(await keys({ ...answer(page), validateAnswers })).toEqual(numbers(5));
  const broken = page.replace(/<ep:sessionKey>3<\/ep:sessionKey>/, "$&<ep:New/>");
  expect(await keys(answer(broken))).toEqual(numbers(5));
  await expect(keys({ ...answer(broken), validateAnswers })).rejects.toThrow("the type does not know");
});

test("records come out the same however the answer is cut", { timeout: 60_000 }, async () => {
  const bytes = new TextEncoder().encode(tricky);
  const whole = await call(connect(options({ fetch: inPieces([bytes]) })), lstsummarySession, {});
  expect(whole.session?.[2]?.confName).toBe("Jürgen 😀 & </ep:session></serv:bodyContent>");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: bytes.length }), { maxLength: 12 }), async (cuts) => {
      const borders = [0, ...new Set(cuts), bytes.length].sort((a, b) => a - b);
      const pieces = borders.slice(1).map((end, index) => bytes.slice(borders[index], end));
      const found = [];
      for await (const session of list({ fetch: inPieces(pieces) }).stream({})) found.push(session);
      expect(found).toEqual(whole.session);
    }),
    { numRuns: 150, seed: 41 },
  );
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(await keys({ fetch: inPieces(single) })).toEqual(numbers(5));
});

test.each<[string, string, Buffer]>([
  [
    "ISO-8859-1 by charset",
    "text/xml;charset=ISO-8859-1",
    Buffer.from(sessionPage(1, 3, 3).replace("S2", "ü"), "latin1"),
  ],
  [
    "UTF-16 by its mark",
    "text/xml",
    Buffer.from(`\uFEFF${sessionPage(1, 3, 3).replace("S2", "ü")}`, "utf16le"),
  ],
  [
    "ISO-8859-1 by declaration",
    "text/xml",
    Buffer.from(sessionPage(1, 3, 3).replace("S2", "ü").replace("UTF-8", "ISO-8859-1"), "latin1"),
  ],
])("%s", async (_, contentType, bytes) => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_one, index) =>
    Uint8Array.from(bytes.subarray(index * 7, index * 7 + 7)),
  );
  const names = [];
  for await (const { confName } of list({ fetch: inPieces(pieces, contentType) }).stream({}))
    names.push(confName);
  expect(names).toEqual(["S1", "ü", "S3"]);
});

test("nothing found is an empty list, a failure is a failure", async () => {
  site.handler = () => answerXml(failure("000015", "Sorry, no record found"));
  expect(await keys()).toEqual([]);
  site.handler = () => answerXml(failure("000001", "Access denied"));
  await expect(keys()).rejects.toMatchObject({ kind: "api", exceptionID: "000001", attempts: 1 });
  site.handler = () => answerXml(success("ep:lstsummarySessionResponse", ""));
  expect(await keys()).toEqual([]);
});

test.each([
  ["a reason that speaks of a failure", "SUCCESS</serv:result><serv:reason>1 FAILURE before</serv:reason>"],
  ["a marked section", "<![CDATA[SUCCESS]]></serv:result>"],
  ["a reference", "&#83;UCCESS</serv:result>"],
])("a success that is told with %s has its records", async (_, told) => {
  site.handler = () => answerXml(sessionPage(1, 40, 40).replace("SUCCESS</serv:result>", told));
  expect(await keys()).toEqual(numbers(40));
});

test("an error within a stream shows the request, and what it was found in", async () => {
  site.handler = () => answerXml(sessionPage(1, 3, 3).replace("<ep:sessionKey>2<", "<ep:sessionKey>two<"));
  await expect(keys()).rejects.toMatchObject({
    requestXml: expect.stringContaining("<sessionTicket>******</sessionTicket>") as string,
    responseXml: expect.stringContaining("<ep:sessionKey>two<") as string,
  });
});

test("an answer whose header never comes is not kept beyond the limit", async () => {
  let sent = 0;
  const fetch = (): Promise<Response> => {
    const start = `<message xmlns="http://www.webex.com/schemas/2002/06/service"><body><bodyContent>`;
    const record = new TextEncoder().encode(`<a>${"x".repeat(10_000)}</a>`);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(start));
      },
      pull(controller) {
        if (++sent > 1000) controller.close();
        else controller.enqueue(record);
      },
    });
    return Promise.resolve(new Response(body, { headers: { "content-type": "text/xml" } }));
  };
  await expect(keys({ fetch, maxBytes: 100_000 })).rejects.toMatchObject({
    kind: "malformed-answer",
    attempts: 1,
    message: expect.stringContaining("longer than 100000 bytes") as string,
  });
  expect(sent).toBeLessThan(20);
});

test("until the first record, a stream is tried again like any call", async () => {
  let failures = 2;
  site.handler = () => (failures-- > 0 ? { status: 503 } : answerXml(sessionPage(1, 3, 3)));
  expect(await keys()).toEqual(numbers(3));
  expect(site.received).toHaveLength(3);
});

test("an answer that comes after its attempt is over is not taken for that of the next one", async () => {
  let attempts = 0;
  let arrive: (response: Response) => void = () => undefined;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const fetch = (): Promise<Response> => {
    if (++attempts === 1) return new Promise((resolve) => (arrive = resolve));
    return inPieces([bytes(sessionPage(1, 2, 5).split("</serv:bodyContent>")[0] ?? "")])();
  };
  const found: string[] = [];
  const reading = (async () => {
    for await (const { sessionKey } of list({ fetch, timeout: 50 }).stream({})) {
      found.push(sessionKey);
      arrive(new Response(sessionPage(10, 2, 2), { headers: { "content-type": "text/xml" } }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await expect(reading).rejects.toMatchObject({ kind: "malformed-answer", attempts: 2 });
  expect(found).toEqual(["1", "2"]);
});

test("where a host streams no bodies, the records come out of the whole", async () => {
  const answering = (text: string) => () => {
    const whole = new Response(text, { headers: { "content-type": "text/xml" } });
    return Promise.resolve({
      status: 200,
      headers: whole.headers,
      body: undefined,
      arrayBuffer: () => whole.arrayBuffer(),
    } as unknown as Response);
  };
  expect(await keys({ fetch: answering(sessionPage(1, 3, 3)) })).toEqual(numbers(3));
  expect(await keys({ fetch: answering(failure("000015", "none")) })).toEqual([]);
  await expect(keys({ fetch: answering("") })).rejects.toMatchObject({ kind: "malformed-answer" });
});

test.each<[string, (xml: string) => string, string]>([
  ["breaks off", (xml) => xml.slice(0, -40), "malformed-answer"],
  ["closes wrongly", (xml) => xml.replace("</serv:body>", "</serv:boby>"), "malformed-answer"],
  [
    "has a broken record",
    (xml) => xml.replace("<ep:confName>S90<", "<ep:confName>S90&nope;<"),
    "malformed-answer",
  ],
  ["goes on after its end", (xml) => `${xml}<more/>`, "malformed-answer"],
  [
    "is of another operation",
    (xml) => xml.replace("ep:lstsummarySessionResponse", "ep:delSessionResponse"),
    "malformed-answer",
  ],
])("an answer that %s", async (_, twist, kind) => {
  site.handler = () => answerXml(twist(sessionPage(1, 100, 100)));
  await expect(keys()).rejects.toMatchObject({ kind, operation: "ep.lstsummarySession" });
});

test("a connection that is cut after some records fails with what came before kept", async () => {
  site.handler = () => beginning(sessionPage(1, 100, 100).slice(0, 4000), 20);
  const found: string[] = [];
  const reading = (async () => {
    for await (const { sessionKey } of list().stream({})) found.push(sessionKey);
  })();
  await expect(reading).rejects.toMatchObject({ kind: "transport" });
  expect(found.length).toBeGreaterThan(10);
  expect(site.received).toHaveLength(1);
});

test("a pause longer than the timeout, and an abort, end it", async () => {
  site.handler = () => beginning(sessionPage(1, 100, 100).slice(0, 4000));
  await expect(keys({ timeout: 60 })).rejects.toMatchObject({ kind: "timeout", timeout: 60 });
  const controller = new AbortController();
  const reading = (async () => {
    for await (const { sessionKey } of list().stream({}, { signal: controller.signal }))
      if (sessionKey === "5") controller.abort(new Error("enough"));
  })();
  await expect(reading).rejects.toMatchObject({ kind: "abort", cause: { message: "enough" } });
});

test("who stops early closes the connection and gives the place to others", async () => {
  let closed = 0;
  site.handler = ({ operation, signal }) => {
    if (operation === "GetUser")
      return answerXml(success("use:getUserResponse", "<use:webExId>a</use:webExId>"));
    signal.addEventListener("abort", () => closed++);
    return beginning(sessionPage(1, 100, 100).slice(0, 4000));
  };
  const connection = connect(options({ concurrency: 1 }));
  for await (const { sessionKey } of listMethod(connection, lstsummarySession).stream({}))
    if (sessionKey === "3") break;
  expect(await call(connection, getUser, { webExId: "a" })).toEqual({ webExId: "a" });
  await expect.poll(() => closed).toBe(1);
});

test("an invalid value within a record is an error unless it is only to be reported", async () => {
  site.handler = () => answerXml(sessionPage(1, 3, 3).replace("<ep:sessionKey>2<", "<ep:sessionKey>two<"));
  await expect(keys()).rejects.toMatchObject({ kind: "decode" });
  expect(await keys({ invalid: "report" })).toEqual(["1", "two", "3"]);
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("100 MB pass in bounded memory", { timeout: 120_000 }, async () => {
  const one = sessionPage(1, 1, 1);
  const [head = "", record = "", tail = ""] = one.split(/(<ep:session>.*<\/ep:session>)/u);
  const block = new TextEncoder().encode(record.repeat(500));
  const blocks = Math.ceil(100e6 / block.length);
  let sent = -1;
  const fetch = (): Promise<Response> => {
    const body = new ReadableStream({
      pull(controller) {
        sent++;
        if (sent === 0) controller.enqueue(new TextEncoder().encode(head));
        else if (sent <= blocks) controller.enqueue(block.slice());
        else {
          controller.enqueue(new TextEncoder().encode(tail));
          controller.close();
        }
      },
    });
    return Promise.resolve(new Response(body, { headers: { "content-type": "text/xml" } }));
  };
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  let count = 0;
  let most = 0;
  for await (const { sessionKey } of list({ fetch, maxBytes: 1_000_000 }).stream({})) {
    if (sessionKey !== "1") expect.unreachable();
    if (++count % 100_000 === 0) {
      collectGarbage();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
  }
  expect(count).toBe(blocks * 500);
  console.log(`${count} records, heap at most ${(most / 1e6).toFixed(1)} MB above the start`);
  expect(most).toBeLessThan(30e6);
});
