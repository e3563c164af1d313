import { expect, test } from "vitest";
import {
  addAttendeesCommand,
  joinMeetingCommand,
  loginCommand,
  logoutCommand,
} from "../../generated/url-api/index.js";
import { readBackUrl } from "../../templates/runtime/url-api/back-url.js";
import { requestOf } from "../../templates/runtime/url-api/request.js";

const site = { siteName: "XYZ_Corp" };
const backUrl = "https://portal.example.com/back";

test("what must be given must not be empty", () => {
  expect(() => requestOf(site, joinMeetingCommand, { meetingKey: "", backUrl })).toThrow(
    "m.JM: meetingKey: is empty",
  );
  expect(() => requestOf(site, loginCommand, { webExID: "ana", ticket: "" })).toThrow("ticket: is empty");
  expect(() => requestOf(site, addAttendeesCommand, { meetingKey: "1", backUrl, attendees: [] })).toThrow(
    "attendees: is empty",
  );
  const attendees = [{ name: "Ana", email: "" }];
  expect(() => requestOf(site, addAttendeesCommand, { meetingKey: "1", backUrl, attendees })).toThrow(
    "attendees/0/email: is empty",
  );
  const { url } = requestOf(site, joinMeetingCommand, { meetingKey: "1", backUrl, attendeeName: "" });
  expect(url).toContain("&AN=&");
});

test.each([
  ["https://meet.example.com/a//", "https://meet.example.com/a/p.php?AT=LO"],
  [" https://meet.example.com/a b", "https://meet.example.com/a%20b/p.php?AT=LO"],
  ["http://[::1]:8080", "http://[::1]:8080/p.php?AT=LO"],
  [undefined, "https://XYZ_Corp.webex.com/XYZ_Corp/p.php?AT=LO"],
])("the address %s", (baseUrl, url) => {
  expect(requestOf({ ...site, ...(baseUrl && { baseUrl }) }, logoutCommand, {})).toMatchObject({ url });
});

test.each(["https://ana:s3cret@meet.example.com/", "http://meet.example.com/", "javascript:alert(1)", "/x"])(
  "the address %s is refused",
  (baseUrl) => {
    expect(() => requestOf({ ...site, baseUrl }, logoutCommand, {})).toThrow(
      /^p: baseUrl: is an https URL without a query and without credentials$/u,
    );
  },
);

test("a failure whose reason is empty has none", () => {
  expect(readBackUrl("https://a.b/?AT=SM&ST=FAIL&RS=", [{ code: "Unknown", meaning: "none" }])).toMatchObject(
    {
      ok: false,
      reason: "Unknown",
      meaning: "none",
    },
  );
});
