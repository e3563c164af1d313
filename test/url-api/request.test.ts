import { inspect } from "node:util";
import { expect, expectTypeOf, test } from "vitest";
import {
  backUrlInPage,
  createUrlApi,
  formOf,
  parseBackUrl,
  readMeetingList,
  reasons,
  UrlApiError,
  type FormRequest,
  type UrlApiRequest,
  type UrlRequest,
} from "../../generated/url-api/index.js";
import { otherRequestOf } from "../../templates/runtime/url-api/request.js";

const site = createUrlApi({ siteName: "example" });
const backUrl = "https://portal.example.com/back?x=1&y=a b";

test("a link: page, AT, parameters by their codes, back URL last and encoded", () => {
  expect(site.logout({ backUrl: "http://www.example.com/mypage.html" })).toEqual({
    method: "GET",
    url: "https://example.webex.com/example/p.php?AT=LO&BU=http%3A%2F%2Fwww.example.com%2Fmypage.html",
  });
  expect(site.logout().url).toBe("https://example.webex.com/example/p.php?AT=LO");
  expect(site.joinMeeting({ meetingKey: "123", attendeeName: "Ana & Bo", backUrl })).toEqual({
    method: "GET",
    url: "https://example.webex.com/example/m.php?AT=JM&MK=123&AN=Ana%20%26%20Bo&BU=https%3A%2F%2Fportal.example.com%2Fback%3Fx%3D1%26y%3Da%20b",
  });
});

test("encoding is exact: reserved characters, other scripts, what is no text", () => {
  const { url } = site.listFiles({
    backUrl: "https://a.b/",
    directory: "a+b=c&d?e#f%g'h(i)*j!k~l/m中😀\ud800",
  });
  expect(url).toContain(
    "CD=a%2Bb%3Dc%26d%3Fe%23f%25g%27h%28i%29%2Aj%21k~l%2Fm%E4%B8%AD%F0%9F%98%80%EF%BF%BD&BU=",
  );
  expect(new URL(url).searchParams.get("CD")).toBe("a+b=c&d?e#f%g'h(i)*j!k~l/m中😀\uFFFD");
});

test("what holds a secret is a form, and shows it nowhere but in its fields", () => {
  const request = site.login({ webExID: "ana", password: "s3 cret&", backUrl: "https://a.b/" });
  if (request.method !== "POST") expect.unreachable();
  expect(request.url).toBe("https://example.webex.com/example/p.php");
  expect(request.fields).toEqual([
    ["AT", "LI"],
    ["WID", "ana"],
    ["PW", "s3 cret&"],
    ["BU", "https://a.b/"],
  ]);
  expect(request.body).toBe("AT=LI&WID=ana&PW=s3+cret%26&BU=https%3A%2F%2Fa.b%2F");
  expect(Object.fromEntries(new URLSearchParams(request.body))).toMatchObject({ PW: "s3 cret&" });
  for (const shown of [JSON.stringify(request), inspect(request), String(request)])
    expect(shown).not.toContain("s3");
  expect(formOf(request)).toContain(`<input type="hidden" name="PW" value="s3 cret&amp;">`);
  expect(formOf(request)).not.toContain("<script>");
  expect(formOf(request, true)).toMatch(/submit\(\)<\/script>$/u);
});

test("a ticket signs in by a link; exactly one way to sign in is given", () => {
  expect(site.login({ webExID: "ana", ticket: "T" })).toEqual({
    method: "GET",
    url: "https://example.webex.com/example/p.php?AT=LI&WID=ana&TK=T",
  });
  expect(() => site.login({ webExID: "ana" } as never)).toThrow(/exactly one of password, ticket, session/u);
  expect(() => site.login({ webExID: "ana", ticket: "T", password: "p" } as never)).toThrow(
    /exactly one of/u,
  );
  // @ts-expect-error two ways at once
  const _both: Parameters<typeof site.login>[0] = { webExID: "ana", ticket: "T", password: "p" };
});

test("types tell links from forms", () => {
  expectTypeOf(site.hostMeeting).returns.toEqualTypeOf<UrlRequest>();
  expectTypeOf(site.signUp).returns.toEqualTypeOf<FormRequest>();
  expectTypeOf(site.login).returns.toEqualTypeOf<UrlApiRequest>();
  expectTypeOf(site.addAttendees).parameter(0).toHaveProperty("attendees");
});

test("the same code means different things in different commands", () => {
  const start = { year: 2021, month: 9, day: 20, hour: 8, minute: 0 };
  const scheduled = site.scheduleMeeting({
    backUrl: "https://a.b/",
    meetingName: "Weekly",
    teleconference: "1",
    trackingCodes: ["x", "y"],
    start,
    until: { year: 2021, month: 12, day: 31 },
    creditCardExpiryMonth: 7,
    attendeeFeatures: ["chat", "video", "remoteControlWebTour"],
  });
  expect(scheduled.url).toContain("m.php?AT=SM&MN=Weekly&TC=1&TC1=x&TC2=y&YE=2021&MO=9&DA=20&HO=8&MI=0");
  expect(scheduled.url).toContain("&UntilYE=2021&UntilMO=12&UntilDA=31");
  expect(scheduled.url).toContain(`&EM=7&AF=${1 + 4 + 2 ** 23}&BU=`);
  expect(site.deleteAttendee({ meetingKey: "1", email: "a@b.c", backUrl: "https://a.b/" }).url).toContain(
    "AT=DA&MK=1&EM=a%40b.c",
  );
  expect(site.scheduleMeeting({ backUrl: "https://a.b/", meetingPassword: "p" }).method).toBe("POST");
});

test("lists are numbered from 1", () => {
  const { url } = site.addAttendees({
    meetingKey: "1",
    backUrl: "https://a.b/",
    attendees: [
      { name: "Ana", email: "ana@x" },
      { name: "Bo", email: "bo@x", timeZone: 20, addToAddressBook: true },
    ],
    sendInvitation: false,
  });
  expect(url).toContain(
    "AT=AA&MK=1&FN1=Ana&EA1=ana%40x&FN2=Bo&EA2=bo%40x&TimeZone2=20&AddToAddressBook2=1&EI=0&BU=",
  );
});

test("everything that is wrong is told at once, without values", () => {
  const wrong = {
    meetingKey: 7,
    backUrl: "javascript:alert(1)",
    attendees: [{ name: "s3cret" }, "x"],
    sendInvitation: "yes",
    MeetingKey: "s3cret",
  };
  try {
    site.addAttendees(wrong as never);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UrlApiError);
    expect((error as UrlApiError).issues.map(({ path }) => path)).toEqual([
      "MeetingKey",
      "meetingKey",
      "backUrl",
      "attendees/0/email",
      "attendees/1/name",
      "attendees/1/email",
      "sendInvitation",
    ]);
    expect(String(error)).toContain("did you mean meetingKey?");
    expect(inspect(error)).not.toContain("s3cret");
  }
  expect(() => site.addAttendees({} as never)).toThrow(/meetingKey: is required.*backUrl.*attendees/u);
  expect(() => site.setServiceType({ service: "XX" } as never)).toThrow(/one of MC, TC, EC, SC/u);
  expect(() =>
    site.scheduleMeeting({
      backUrl: "https://a.b/",
      start: { year: 2021, month: 2, day: 30, hour: 1, minute: 1 },
    }),
  ).toThrow(/a day that exists/u);
  expect(() =>
    site.scheduleMeeting({ backUrl: "https://a.b/", trackingCodes: Array.from({ length: 11 }, () => "x") }),
  ).toThrow(/at most 10/u);
});

test.each([
  [{ siteName: "a/b" }],
  [{ siteName: "" }],
  [{ siteName: "a", baseUrl: "http://meet.example.com/a" }],
  [{ siteName: "a", baseUrl: "https://meet.example.com/a?x=1" }],
  [{ siteName: "a", baseUrl: "no" }],
])("%j is no site", (wrong) => {
  expect(() => createUrlApi(wrong).logout()).toThrow(UrlApiError);
});

test("a site may have an address of its own", () => {
  expect(createUrlApi({ siteName: "a", baseUrl: "https://meet.example.com/a/" }).logout().url).toBe(
    "https://meet.example.com/a/p.php?AT=LO",
  );
});

test("other commands: by their codes, passwords never in a link", () => {
  expect(site.other({ page: "e", command: "SI", parameters: { MK: 7, X: true, Y: undefined } })).toEqual({
    method: "GET",
    url: "https://example.webex.com/example/e.php?AT=SI&MK=7&X=1",
  });
  expect(site.other({ page: "k2", command: "XX", parameters: { PW: "p" } }).method).toBe("POST");
  const other = { page: "k2", command: "XX", parameters: { pw: "p" } };
  expect(otherRequestOf({ siteName: "example" }, other).method).toBe("POST");
  expect(site.other({ page: "k2", command: "XX", parameters: { Z: "p" }, secret: ["Z"] }).method).toBe(
    "POST",
  );
  expect(() => site.other({ page: "../x", command: "A&B", parameters: { "a b": "1" } })).toThrow(
    /page.*command.*a b/u,
  );
});

test("a back URL that says success", () => {
  const answer = parseBackUrl("https://a.b/c?siteurl=x&AT=LI&WID=ana&ST=SUCCESS&CSRF=c652");
  expect(answer).toMatchObject({
    ok: true,
    command: "LI",
    webExID: "ana",
    csrf: "c652",
    values: { siteurl: "x" },
  });
  expect(parseBackUrl(new URL("https://a.b/c?AT=SM&ST=SUCCESS&MK=123456789"))).toMatchObject({
    ok: true,
    meetingKey: "123456789",
  });
  expect(parseBackUrl("/c?AT=LO&ST=success")).toMatchObject({ ok: true, command: "LO" });
});

test.each(reasons.map((reason) => [reason.code, reason.meaning] as const))(
  "a failure: %s",
  (code, meaning) => {
    expect(parseBackUrl(`https://a.b/?AT=JM&ST=FAIL&RS=${code}`)).toMatchObject({
      ok: false,
      command: "JM",
      reason: code,
      meaning,
    });
  },
);

test("other failures, and what is no answer", () => {
  expect(parseBackUrl("https://a.b/?AT=JM&ST=FAIL&RS=New")).toMatchObject({
    ok: false,
    reason: "New",
    meaning: undefined,
  });
  expect(parseBackUrl("https://a.b/?AT=JM&ST=FAIL")).toMatchObject({ ok: false, reason: "Unknown" });
  expect(parseBackUrl("https://a.b/")).toBeUndefined();
  expect(parseBackUrl("http://[")).toBeUndefined();
  const hostile = parseBackUrl("https://a.b/?AT=a&ST=SUCCESS&__proto__=x&constructor=y&AT=LI");
  expect(hostile).toMatchObject({ ok: true, command: "LI" });
  expect(Object.getPrototypeOf(hostile?.values)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});

test("a page of an older site holds the back URL in a script", () => {
  const page = String.raw`<script>window.location.href="https\x3a\x2f\x2fa.b\u002fc?AT\x3dLO\x26ST=SUCCESS"</script>`;
  expect(backUrlInPage(page)).toBe("https://a.b/c?AT=LO&ST=SUCCESS");
  expect(backUrlInPage("<script>location = 'x\\'y'</script>")).toBe("x'y");
  expect(backUrlInPage("<html></html>")).toBeUndefined();
});

test("lists of meetings", () => {
  const xml = `<?xml version="1.0"?><ListOpenMeetings><Status>SUCCESS</Status><MeetingKeys>620963750;1;</MeetingKeys></ListOpenMeetings>`;
  expect(readMeetingList(xml)).toEqual({ ok: true, meetingKeys: ["620963750", "1"] });
  expect(
    readMeetingList("<ListOpenMeetings><Status>SUCCESS</Status><MeetingKeys/></ListOpenMeetings>"),
  ).toEqual({
    ok: true,
    meetingKeys: [],
  });
  expect(
    readMeetingList(
      "<ListOpenMeetings><Status>FAIL</Status><Reason>AccessDenied</Reason></ListOpenMeetings>",
    ),
  ).toEqual({ ok: false, reason: "AccessDenied" });
  expect(readMeetingList("https://a.b/?AT=LM&ST=SUCCESS&MK=1;2")).toEqual({
    ok: true,
    meetingKeys: ["1", "2"],
  });
  expect(readMeetingList("https://a.b/?AT=LM&ST=FAIL&RS=AccessDenied")).toEqual({
    ok: false,
    reason: "AccessDenied",
  });
  expect(() => readMeetingList("<ListOpenMeetings><Status>")).toThrow();
});
