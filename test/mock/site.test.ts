import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient, operations, type Client, type ClientOptions } from "../../generated/v41.12.0/index.js";
import { exceptions } from "../../generated/v41.12.0/exceptions.js";
import { check } from "../../generated/runtime/index.js";
import { createMockSite, type MockSite } from "../../generated/runtime/webex/mock.js";
import { sampleOf } from "../../generated/runtime/webex/mock-sample.js";
import { toRequest, type Operation } from "../../generated/runtime/webex/index.js";
import { SetUser } from "../../generated/v41.12.0/user.js";

let site: MockSite;
let client: Client;
const options = (more: Partial<ClientOptions> = {}): ClientOptions => ({
  siteName: "example",
  credentials: { webExID: "admin", password: "admin-secret" },
  fetch: site.fetch,
  retry: { baseDelay: 1, rateLimitDelay: 5 },
  ...more,
});
beforeEach(() => {
  site = createMockSite({ operations, exceptions, siteName: "example" });
  client = createClient(options());
});
afterEach(() => {
  site.reset();
});

const all = Object.values(operations) as Operation[];

test.each(all.map((operation) => [`${operation.service}.${operation.name}`, operation] as const))(
  "%s: made-up data fits its types, minimal and full",
  (_, operation) => {
    for (const mode of ["minimal", "full"] as const) {
      const request = sampleOf(operation.request, { mode });
      expect(check(operation.request, request), mode).toEqual([]);
      const response = sampleOf(operation.response, { mode });
      expect(check(operation.response, response), mode).toEqual([]);
      expect(sampleOf(operation.response, { mode })).toEqual(response);
    }
  },
);

test("users: created, read, changed, renamed, listed, deleted, each step seen by the others", async () => {
  await client.user.createUser({ webExId: "ana", firstName: "Ana", email: "ana@example.com", password: "p" });
  const user = await client.user.getUser({ webExId: "ANA" });
  expect(user).toMatchObject({
    webExId: "ana",
    firstName: "Ana",
    email: "ana@example.com",
    active: "ACTIVATED",
  });
  expect(user.password).toBe("******");
  await client.user.setUser(toRequest(SetUser, { ...user, firstName: "Eva", newWebExId: "eva" }));
  await expect(client.user.getUser({ webExId: "ana" })).rejects.toMatchObject({ exceptionID: "030001" });
  const eva = await client.user.getUser({ webExId: "eva" });
  expect(eva).toMatchObject({ firstName: "Eva", userId: user.userId });
  const listed = await client.user.lstsummaryUser({ webExId: "eva" });
  expect(listed.user?.map(({ webExId, firstName }) => [webExId, firstName])).toEqual([["eva", "Eva"]]);
  await expect(client.user.createUser({ webExId: "eva" })).rejects.toMatchObject({ exceptionID: "030004" });
  await expect(client.user.createUser({ webExId: "x", email: "ana@example.com" })).rejects.toMatchObject({
    exceptionID: "030005",
  });
  const deleted = await client.user.delUser({ webExId: ["eva", "nobody"] });
  expect(deleted.user).toMatchObject([
    { webExId: "eva", status: "SUCCESS" },
    { webExId: "nobody", status: "FAILURE" },
  ]);
  await expect(client.user.getUser({ webExId: "eva" })).rejects.toMatchObject({ exceptionID: "030001" });
  // The password of the deleted user opens nothing.
  await expect(
    createClient(options({ credentials: { webExID: "eva", password: "p" } })).user.getUser({
      webExId: "admin",
    }),
  ).rejects.toMatchObject({ exceptionID: "030002" });
});

test("meetings: created, read, changed, listed as meetings and as sessions, deleted", async () => {
  const made = await client.meeting.createMeeting({
    metaData: { confName: "Weekly" },
    schedule: { startDate: "09/20/2021 08:00:00", duration: 30, timeZoneID: 20 },
  } as never);
  const meetingKey = made.meetingkey ?? "";
  expect(meetingKey).toMatch(/^\d{9}$/u);
  const meeting = await client.meeting.getMeeting({ meetingKey });
  expect(meeting).toMatchObject({
    meetingkey: meetingKey,
    metaData: { confName: "Weekly" },
    schedule: { duration: 30 },
  });
  const sessions = await client.ep.lstsummarySession({});
  expect(sessions.session).toMatchObject([
    {
      sessionKey: meetingKey,
      confName: "Weekly",
      startTime: "09/20/2021 08:00:00",
      duration: 30,
      hostWebExID: "admin",
    },
  ]);
  expect((await client.meeting.lstsummaryMeeting({})).meeting).toMatchObject([
    { meetingKey, confName: "Weekly" },
  ]);
  await client.meeting.delMeeting({ meetingKey });
  await expect(client.meeting.getMeeting({ meetingKey })).rejects.toMatchObject({ exceptionID: "060001" });
  expect(await client.ep.lstsummarySession({})).toMatchObject({ session: [] });
});

test("lists come in pages", async () => {
  for (let count = 0; count < 25; count++)
    site.store.users.set(`u${count}`, { webExId: `u${count}`, active: "ACTIVATED" });
  const ids: string[] = [];
  for await (const { webExId } of client.user.lstsummaryUser.all({ listControl: { maximumNum: 10 } }))
    ids.push(webExId);
  expect(ids).toHaveLength(27);
  expect(site.calls).toHaveLength(3);
  const made: unknown[] = [];
  for await (const recording of client.ep.lstRecording.all({})) made.push(recording);
  expect(made).toHaveLength(3);
});

test("who calls, and what for", async () => {
  const as = (credentials: ClientOptions["credentials"]) => createClient(options({ credentials }));
  const refused = (exceptionID: string) => ({ exceptionID });
  await expect(as({ webExID: "admin", password: "x" }).site.getSite({})).rejects.toMatchObject(
    refused("030002"),
  );
  await expect(as({ webExID: "nobody", password: "x" }).site.getSite({})).rejects.toMatchObject(
    refused("030002"),
  );
  await expect(as({ webExID: "a", sessionTicket: "x" }).site.getSite({})).rejects.toMatchObject(
    refused("030047"),
  );
  await expect(as({ anonymous: true }).site.getSite({})).rejects.toMatchObject(refused("000001"));
  await expect(
    as({ webExID: "host", password: "host-secret" }).user.delUser({ webExId: ["admin"] }),
  ).rejects.toMatchObject(refused("000001"));
  await expect(createClient(options({ siteName: "other" })).site.getSite({})).rejects.toMatchObject(
    refused("000001"),
  );
  await expect(
    as({ email: "host@example.com", password: "host-secret" }).site.getSite({}),
  ).resolves.toBeDefined();
  await expect(as({ accessToken: "any" }).site.getSite({})).resolves.toBeDefined();
  expect(await as({ anonymous: true }).ep.lstsummarySession({})).toMatchObject({ session: [] });
  site = createMockSite({ operations, tokens: ["good"] });
  await expect(as({ accessToken: "bad" }).site.getSite({})).rejects.toMatchObject(refused("030002"));
  await expect(as({ webExID: "admin", webExAccessToken: "good" }).site.getSite({})).resolves.toBeDefined();
});

test("a login, its ticket, and its end", async () => {
  const session = createClient(options({ login: true }));
  await session.user.getUser({ webExId: "host" });
  await session.user.getUser({ webExId: "host" });
  site.expireTickets();
  await session.user.getUser({ webExId: "host" });
  expect(site.calls.map(({ operation, exceptionID }) => [operation, exceptionID])).toEqual([
    ["user.authenticateUser", undefined],
    ["user.getUser", undefined],
    ["user.getUser", undefined],
    ["user.getUser", "030047"],
    ["user.authenticateUser", undefined],
    ["user.getUser", undefined],
  ]);
});

test("handlers answer instead of the site, with help, with failures, or not at all", async () => {
  site.on("GetUser", ({ webExId }: { webExId: string }, { answer, fail, caller }) => {
    if (webExId === "boss") return fail("000001", "not for you");
    return webExId === "host" ? undefined : answer({ webExId, firstName: `seen by ${caller ?? ""}` });
  });
  site.on("ep.getAPIVersion", { apiVersion: "WebEx XML API V1" });
  expect(await client.user.getUser({ webExId: "x" })).toMatchObject({
    webExId: "x",
    firstName: "seen by admin",
  });
  expect(await client.user.getUser({ webExId: "host" })).toMatchObject({ firstName: "Meeting" });
  await expect(client.user.getUser({ webExId: "boss" })).rejects.toMatchObject({
    exceptionID: "000001",
    reason: "not for you",
  });
  expect(await client.ep.getAPIVersion({})).toMatchObject({ apiVersion: "WebEx XML API V1" });
  expect(() => site.on("GetNothing", {})).toThrow("no operation GetNothing");
});

test("a request that does not fit is refused with its place; text that is no request as real sites do", async () => {
  const send = async (text: string): Promise<string> =>
    (await (await site.fetch("", { method: "POST", body: text })).text()).replaceAll(/\s+/gu, " ");
  const envelope = (type: string, content: string): string =>
    `<message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><header><securityContext><webExID>admin</webExID>` +
    `<password>admin-secret</password></securityContext></header><body><bodyContent xsi:type="java:com.webex.service.binding.${type}">${content}</bodyContent></body></message>`;
  expect(await send(envelope("user.GetUser", "<webExID>host</webExID>"))).toMatch(/999999/u);
  expect(site.calls.at(-1)?.decisions.join()).toMatch(/webExId is required.*unknown element webExID/iu);
  expect(await send(envelope("user.GetUser", "<webExId>host</webExId>"))).toMatch(/SUCCESS/u);
  const password = `<webExId>host</webExId><password>${"x".repeat(61)}</password>`;
  expect(await send(envelope("user.SetUser", password))).toMatch(/999999/u);
  expect(site.calls.at(-1)?.decisions.join()).toMatch(/\/password/u);
  expect(await send(envelope("user.Nothing", ""))).toMatch(/000000/u);
  expect(await send(envelope("user.GetUser", "").replace(/ xmlns:xsi="[^"]*"/u, ""))).toMatch(/000000/u);
  expect(await send("XML=no")).toMatch(/000000/u);
  expect(JSON.stringify(site.calls)).not.toContain("<password>admin-secret");
});

test("quirks of real sites do no harm to the client", async () => {
  site.play({
    times: 0,
    encoding: "ISO-8859-1",
    numberedPrefixes: true,
    omit: true,
    unknown: true,
    gsbStatus: "BACKUP",
  });
  site.store.users.set("j", { webExId: "j", firstName: "Jürgen" });
  const result = await client.user.getUser.exchange({ webExId: "j" });
  expect(result.value).toMatchObject({ webExId: "j", firstName: "Jürgen" });
  expect(result.gsbStatus).toBe("BACKUP");
  expect(result.diagnostics.map(({ code }) => code)).toContain("unknown-element");
  expect(result.responseXml).toMatch(/^<\?xml version="1.0" encoding="ISO-8859-1"\?>/u);
  expect(result.responseXml).toContain("<ns");
  const siteInfo = await client.site.getSite.exchange({});
  expect(siteInfo.diagnostics.map(({ code }) => code)).toContain("unknown-element");
  site.reset();
  site.play({ emptyBody: true }, { exceptionID: "060001", emptyBody: true, after: 1 });
  expect(await client.site.getSite({})).toEqual({});
  await expect(client.site.getSite({})).rejects.toMatchObject({ exceptionID: "060001" });
});

test("steps: for one operation, after some calls, for some calls", async () => {
  site.play({ operation: "GetUser", after: 1, times: 2, exceptionID: "000001" });
  const outcomes: unknown[] = [];
  for (let count = 0; count < 4; count++) {
    outcomes.push(
      await client.user.getUser({ webExId: "host" }).then(
        () => "fine",
        (error: unknown) => (error as { exceptionID: string }).exceptionID,
      ),
    );
    await client.site.getSite({});
  }
  expect(outcomes).toEqual(["fine", "000001", "000001", "fine"]);
});

test("resetting forgets everything", async () => {
  await client.user.createUser({ webExId: "ana" });
  site.on("GetSite", {});
  site.play({ times: 0, exceptionID: "000001" });
  site.reset();
  expect(site.calls).toEqual([]);
  await expect(client.user.getUser({ webExId: "ana" })).rejects.toMatchObject({ exceptionID: "030001" });
});

test("the version of the site", async () => {
  const newer = createMockSite({ operations, release: "42.1.0" });
  expect(await createClient(options({ fetch: newer.fetch })).checkVersion()).toMatchObject({
    relation: "newer",
  });
  expect(await client.checkVersion()).toMatchObject({ relation: "same", missing: [] });
  const older = createMockSite({ operations, release: "41.5.0" });
  const report = await createClient(options({ fetch: older.fetch })).checkVersion();
  expect(report.relation).toBe("older");
  expect(report.missing).toContainEqual({
    release: "41.11.0",
    operations: ["user.getUser"],
    path: "getUserResponse/freeAccount",
  });
});

test("a site needs operations", () => {
  expect(() => createMockSite({ operations: {} })).toThrow(TypeError);
});
