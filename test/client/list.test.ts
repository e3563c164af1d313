import { expect, test } from "vitest";
import type { ConnectOptions } from "../../templates/runtime/webex/client.js";
import { connect } from "../../templates/runtime/webex/client.js";
import { listMethod } from "../../templates/runtime/webex/method.js";
import { checkVersion, compareReleases } from "../../templates/runtime/webex/version.js";
import { answerXml, optionsFor, failure, lstsummarySession, sessionPage, useSite, success } from "./site.js";

const site = useSite();
const options = (more: Partial<ConnectOptions> = {}): ConnectOptions =>
  optionsFor(site, { retry: false, ...more });
const list = () => listMethod(connect(options()), lstsummarySession);

/** Answers as a site with `total` sessions does; `most` to a page. */
function serve(
  total: number,
  most: number,
  twist: (start: number, count: number) => string = (start, count) => sessionPage(start, count, total),
): void {
  site.handler = ({ body }) => {
    const start = Math.max(1, Number(/<startFrom>(\d+)</u.exec(body)?.[1] ?? 1));
    const size = Math.min(most, Number(/<maximumNum>(\d+)</u.exec(body)?.[1] ?? most));
    const count = Math.min(size, total - start + 1);
    return answerXml(count <= 0 ? failure("000015", "Sorry, no record found") : twist(start, count));
  };
}

async function keys(request: object = {}, invalid: "report" | "throw" = "throw"): Promise<string[]> {
  const found: string[] = [];
  for await (const session of list().all(request, { invalid })) found.push(session.sessionKey);
  return found;
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

test.each([
  [0, 10, {}, 1],
  [1, 10, {}, 1],
  [25, 10, {}, 3],
  [30, 10, {}, 3],
  [25, 10, { listControl: { maximumNum: 7 } }, 4],
  [25, 10, { listControl: { startFrom: 0 } }, 3],
])("%d records, %d to a page, %j", async (total, most, request, calls) => {
  serve(total, most);
  expect(await keys(request)).toEqual(numbers(1, total));
  expect(site.received).toHaveLength(calls);
});

test("the list begins where it is asked to, and other parts of the request stay", async () => {
  serve(25, 10);
  expect(await keys({ listControl: { startFrom: 12, maximumNum: 5 }, hostWebExID: "ana" })).toEqual(
    numbers(12, 25),
  );
  for (const { body } of site.received)
    expect(body).toContain("<maximumNum>5</maximumNum></listControl><hostWebExID>ana");
});

test("a short page is not the end", async () => {
  serve(8, 100, (start, count) => (start === 1 ? sessionPage(1, 7, 8) : sessionPage(start, count, 8)));
  expect(await keys()).toEqual(numbers(1, 8));
});

test("a total that is never reached ends with an empty page", async () => {
  serve(7, 100, () => sessionPage(1, 7, 8));
  expect(await keys()).toEqual(numbers(1, 7));
  expect(site.received).toHaveLength(2);
});

test("an empty page ends the list, though it is a success", async () => {
  site.handler = () => answerXml(site.received.length > 1 ? sessionPage(8, 0, 99) : sessionPage(1, 7, 99));
  expect(await keys()).toEqual(numbers(1, 7));
});

test("a count that lies low does not stop progress", async () => {
  serve(6, 3, (start, count) => sessionPage(start, count, 6, 0));
  expect(await keys()).toEqual(numbers(1, 6));
});

test("a site that pays no heed to startFrom is found out", async () => {
  for (const count of [5, 1]) {
    site.received.length = 0;
    site.handler = () => answerXml(sessionPage(1, count, 50));
    await expect(keys()).rejects.toMatchObject({ kind: "malformed-answer" });
    expect(site.received).toHaveLength(2);
  }
});

test("records that go between two pages take the end of the list with them", async () => {
  // Asked for more than there is left, the site answers with its last page.
  site.handler = ({ body }) =>
    answerXml(body.includes("<startFrom>3<") ? sessionPage(1, 2, 2) : sessionPage(1, 2, 5));
  expect(await keys()).toEqual(numbers(1, 2));
  expect(site.received).toHaveLength(2);
});

const counters = /<ep:matchingRecords>.*<\/ep:matchingRecords>/u;

test.each([
  ["absent", ""],
  [
    "empty",
    "<ep:matchingRecords><serv:total/><serv:returned/><serv:startFrom> </serv:startFrom></ep:matchingRecords>",
  ],
  [
    "no numbers",
    "<ep:matchingRecords><serv:total>25+</serv:total><serv:returned>all</serv:returned><serv:startFrom>one</serv:startFrom></ep:matchingRecords>",
  ],
])("without counts (%s) an empty page is the end, a short one is not", async (_, written) => {
  serve(25, 10, (start, count) => sessionPage(start, count, 25).replace(counters, written));
  expect(await keys({ listControl: { maximumNum: 10 } }, "report")).toEqual(numbers(1, 25));
  expect(await keys({ listControl: { maximumNum: 20 } }, "report")).toEqual(numbers(1, 25));
  expect(await keys({}, "report")).toEqual(numbers(1, 25));
});

test("a site that counts nothing and pays no heed to startFrom has given all, unless the page was full", async () => {
  site.handler = () => answerXml(sessionPage(1, 5, 5).replace(counters, ""));
  expect(await keys()).toEqual(numbers(1, 5));
  await expect(keys({ listControl: { maximumNum: 5 } })).rejects.toMatchObject({
    kind: "malformed-answer",
    requestXml: expect.stringContaining(">6<") as string,
    responseXml: expect.stringContaining(">S1<") as string,
  });
});

test("records may be alike where the site says that it has moved on", async () => {
  serve(4, 1, (start) =>
    sessionPage(start, 1, 4).replace(
      /<ep:session>.*<\/ep:session>/u,
      "<ep:session><ep:confName>W</ep:confName></ep:session>",
    ),
  );
  const names = [];
  for await (const { confName } of list().all({})) names.push(confName);
  expect(names).toEqual(["W", "W", "W", "W"]);
});

test("one page at a time: the next is asked for when it is needed", async () => {
  serve(100, 10);
  for await (const session of list().all({})) if (session.sessionKey === "10") break;
  expect(site.received).toHaveLength(1);
  for await (const page of list().pages({})) {
    expect(page.session).toHaveLength(10);
    break;
  }
});

test("an abort ends a list between pages", async () => {
  serve(100, 10);
  const controller = new AbortController();
  const found: string[] = [];
  const reading = async (): Promise<void> => {
    for await (const { sessionKey } of list().all({}, { signal: controller.signal })) {
      found.push(sessionKey);
      if (sessionKey === "15") controller.abort();
    }
  };
  await expect(reading()).rejects.toMatchObject({ kind: "abort" });
  expect(found).toEqual(numbers(1, 20));
});

test("the request of a list may be left out", async () => {
  serve(3, 10);
  expect((await list()()).session).toHaveLength(3);
});

const version = (content: string): void => {
  site.handler = () =>
    answerXml(
      success("ep:getAPIVersionResponse", `<ep:apiVersion>WebEx XML API V10.0.0</ep:apiVersion>${content}`),
    );
};
const additions = [
  {
    release: "41.3.0",
    operations: ["ep.getSessionInfo"],
    path: "getSessionInfoResponse/accessControl/enableEvent",
  },
  { release: "41.11.0", operations: ["user.getUser"], path: "getUserResponse/freeAccount" },
];

test.each([
  [
    "<ep:trainReleaseVersion>T31L</ep:trainReleaseVersion><ep:trainReleaseOrder>400</ep:trainReleaseOrder>",
    "older",
    "31",
    2,
  ],
  ["<ep:release>EP1</ep:release><ep:trainReleaseVersion>T41L</ep:trainReleaseVersion>", "same", "41", 0],
  ["<ep:release>41.5.0</ep:release>", "older", "41.5.0", 1],
  ["<ep:release>42.1.0</ep:release>", "newer", "42.1.0", 0],
  ["<ep:release>EP1</ep:release>", "unknown", undefined, 0],
  ["", "unknown", undefined, 0],
])("a site that says %s is %s", async (content, relation, siteRelease, missing) => {
  version(content);
  const report = await checkVersion(connect(options()), "41.12.0", additions);
  expect(report).toMatchObject({
    relation,
    generated: "41.12.0",
    site: { apiVersion: "WebEx XML API V10.0.0" },
  });
  expect(report.siteRelease).toBe(siteRelease);
  expect(report.missing).toHaveLength(missing);
  expect(site.received[0]?.body).not.toContain("sessionTicket");
});

test("releases compare by number, as far as the shorter goes", () => {
  expect(compareReleases("41.10.0", "41.9.0")).toBeGreaterThan(0);
  expect(compareReleases("41", "41.9.0")).toBe(0);
  expect(compareReleases("31", "41.9.0")).toBeLessThan(0);
});
