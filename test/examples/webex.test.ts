import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { explainBackUrl, hostLink } from "../../examples/webex/host-by-ticket.js";
import { recordingsOf } from "../../examples/webex/list-recordings.js";
import { planMigration } from "../../examples/webex/migrate-release.js";
import { provisionUsers, readCsv } from "../../examples/webex/provision-users.js";
import { serveMockSite, type ServedSite } from "../../generator/mock/server.js";
import { createClient, operations, type Client, type ClientOptions } from "../../generated/v41.12.0/index.js";
import { exceptions } from "../../generated/v41.12.0/exceptions.js";
import { createMockSite, type MockSite } from "../../generated/runtime/webex/mock.js";

const root = resolve(import.meta.dirname, "../..");
let site: MockSite;
let served: ServedSite;
let client: Client;
let options: ClientOptions;
beforeAll(async () => {
  site = createMockSite({ operations, exceptions, release: "41.5.0" });
  served = await serveMockSite(site);
  options = {
    siteName: "example",
    url: served.url,
    credentials: { webExID: "admin", password: "admin-secret" },
    login: true,
  };
});
afterAll(() => served.close());
beforeEach(() => {
  site.reset();
  client = createClient(options);
});

const csv = `webExId,email,firstName,lastName,active
ana,ana@example.com,Ana,"Á, ""the"" first",ACTIVATED\r
bo,bo@example.com,Bo,B,

host,host@example.com,Meeting,Host,
clash,ana@example.com,C,D,
`;

test("provision users: created, changed, unchanged, failed; twice does no harm", async () => {
  site.store.users.set("bo", {
    webExId: "bo",
    email: "bo@example.com",
    firstName: "Old",
    active: "ACTIVATED",
  });
  const limited = createClient({ ...options, concurrency: 1 });
  const outcomes = await provisionUsers(limited, csv);
  expect(outcomes.map(({ webExId, result }) => [webExId, result])).toEqual([
    ["ana", "created"],
    ["bo", "changed"],
    ["host", "unchanged"],
    ["clash", "failed"],
  ]);
  expect(outcomes[3]?.reason).toMatch(/030005/u);
  expect(site.store.users.get("ana")).toMatchObject({ lastName: 'Á, "the" first' });
  expect(site.store.users.get("bo")).toMatchObject({ firstName: "Bo" });
  const again = await provisionUsers(limited, csv);
  expect(again.map(({ result }) => result)).toEqual(["unchanged", "unchanged", "unchanged", "failed"]);
});

test("CSV: quotes, line ends, empty lines", () => {
  expect(readCsv('a,b\n1,"x\ny"\r\n\n"",z')).toEqual([
    { a: "1", b: "x\ny" },
    { a: "", b: "z" },
  ]);
});

test("list recordings: the whole month, all pages", async () => {
  let asked: { createTimeScope?: object } | undefined;
  site.on("LstRecording", (request: { createTimeScope?: object }) => {
    asked = request;
    return undefined;
  });
  const found = [];
  for await (const recording of recordingsOf(client, 2020, 2)) found.push(recording);
  expect(found).toHaveLength(3);
  expect(asked?.createTimeScope).toMatchObject({
    createTimeStart: "02/01/2020 00:00:00",
    createTimeEnd: "02/29/2020 23:59:59",
  });
});

test("host by ticket: one link signs in and starts the meeting", async () => {
  const link = new URL(
    await hostLink(client, "example", "admin", "123456789", "https://portal.example.com/back"),
  );
  expect(link.pathname).toBe("/example/p.php");
  expect(link.searchParams.get("TK")).toMatch(/^LOGIN-/u);
  const next = new URL(link.searchParams.get("BU") ?? "");
  expect(`${next.pathname} ${next.searchParams.get("AT") ?? ""} ${next.searchParams.get("MK") ?? ""}`).toBe(
    "/example/m.php HM 123456789",
  );
  expect(next.searchParams.get("BU")).toBe("https://portal.example.com/back");
  expect(explainBackUrl("https://portal.example.com/back?AT=HM&ST=SUCCESS")).toBeUndefined();
  expect(explainBackUrl("https://portal.example.com/back?AT=HM&ST=FAIL&RS=AccessDenied")).toMatch(
    /session has ended/u,
  );
  expect(explainBackUrl("https://portal.example.com/back?AT=HM&ST=FAIL&RS=NoMeetingTypeSupport")).toMatch(
    /meeting type/u,
  );
  expect(explainBackUrl("https://portal.example.com/back")).toMatch(/did not answer/u);
});

test("migrate: what is gained, what the site does not know yet, what stays", async () => {
  const {
    site: release,
    gained,
    notYet,
    same,
  } = await planMigration(options, ["user.getUser", "user.setUser"], "host");
  expect(release).toBe("41.5.0");
  expect(gained).toContain("41.5.0 setUser/phones/hostPIN");
  expect(gained).toContain("41.11.0 getUserResponse/freeAccount");
  expect(notYet).toContain("41.11.0 getUserResponse/freeAccount");
  expect(notYet).not.toContain("41.5.0 setUser/phones/hostPIN");
  expect(same).toEqual(expect.arrayContaining(["webExId", "firstName", "email"]));
});

const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;
const folder = mkdtempSync(join(tmpdir(), "strata-examples-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(join(folder, "users.csv"), "webExId,email\nana,ana@example.com\n");

test.each([
  ["provision-users.ts", [join(folder, "users.csv")], /^created +ana$/mu],
  ["list-recordings.ts", ["2021-09"], /^\d+\t.*\n\d+\t/mu],
  [
    "host-by-ticket.ts",
    ["123456789", "https://portal.example.com/back"],
    /^https:\/\/example\.webex\.com\/example\/p\.php\?AT=LI&/mu,
  ],
  ["migrate-release.ts", [], /the site runs 41\.5\.0\n[\s\S]*freeAccount/u],
])("%s runs from a shell", async (script, args, output) => {
  const run = await new Promise<{ status: number | null; text: string; errors: string }>((settle) => {
    const child = spawn(process.execPath, ["--import", tsx, join(root, "examples/webex", script), ...args], {
      env: {
        PATH: process.env["PATH"] ?? "",
        WEBEX_URL: served.url,
        WEBEX_SITE: "example",
        WEBEX_ID: "admin",
        WEBEX_PASSWORD: "admin-secret",
      },
    });
    let text = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
    child.stderr.setEncoding("utf8").on("data", (more: string) => (errors += more));
    child.on("close", (status) => {
      settle({ status, text, errors });
    });
  });
  expect(run).toMatchObject({ status: 0, errors: "" });
  expect(run.text).toMatch(output);
});
