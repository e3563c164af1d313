import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockSite } from "../../generator/index.js";
import { createFolder, root, strata } from "../cli/run.js";

const folder = createFolder({
  "scenario.json": JSON.stringify({
    users: [{ webExId: "ana", password: "p4ss", firstName: "Ana" }],
    steps: [{ operation: "GetSite", exceptionID: "000001" }],
  }),
  "wrong.json": `{ "steps": [{ "fautl": "cut" }] }`,
  "unknown.json": `{ "steps": [{ "operation": "GetUsr", "fault": "cut" }] }`,
  "user.json": `{ "webExId": "ana" }`,
});
let site: ChildProcess;
let url = "";
let explained = "";

beforeAll(async () => {
  const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;
  site = spawn(
    process.execPath,
    ["--import", tsx, join(root, "generator/cli/main.ts"), "mock", "latest", "--explain"].concat([
      "--scenario",
      join(folder.path, "scenario.json"),
      "--fail",
      "user.delUser=030001",
    ]),
    { cwd: root, env: { PATH: process.env["PATH"] ?? "", HOME: folder.path, STRATA_CACHE: "off" } },
  );
  site.stderr?.setEncoding("utf8").on("data", (text: string) => (explained += text));
  url = await new Promise<string>((resolve, reject) => {
    site.stdout?.setEncoding("utf8").once("data", (text: string) => {
      resolve(text.trim());
    });
    site.once("exit", () => {
      reject(new Error(explained));
    });
  });
});
afterAll(async () => {
  const ended = new Promise((resolve) => site.once("exit", resolve));
  site.kill("SIGTERM");
  expect(await ended).toBe(0);
  folder.remove();
});

const secrets = { WEBEX_ID: "ana", WEBEX_PASSWORD: "p4ss" };
const call = (args: readonly string[], env: Record<string, string> = secrets, input?: string) =>
  strata(["call", "latest", ...args, "--site", "example", "--url", url], {
    env,
    ...(input !== undefined && { input }),
  });

test("a call prints the answer, and nothing of the password", async () => {
  const run = await call(["getUser", "--data", join(folder.path, "user.json")]);
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({ webExId: "ana", firstName: "Ana", password: "******" });
  expect(explained).toContain("called by ana");
  expect(explained + run.stdout).not.toContain("p4ss");
});

test("a request from stdin, a login first", async () => {
  const run = await call(
    ["user.GetUser".replace("user.", ""), "--login", "--data", "-"],
    secrets,
    `\uFEFF{"webExId":"host"}`,
  );
  expect(run.status).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ webExId: "host" });
  expect(explained).toContain("ticket 1 issued");
});

test.each([
  `{"webExId":"ana","password":"s3cret",}`,
  `{"password":"s3cret}`,
  `{"password":s3cret}`,
  `s3cret`,
])("a request that is no JSON, %s, is not quoted", async (input) => {
  const run = await call(["setUser", "--data", "-"], secrets, input);
  expect(run).toMatchObject({ status: 3, stdout: "" });
  expect(run.stderr).toMatch(/^error: stdin is no JSON: \w/u);
  expect(run.stderr).not.toContain("s3cret");
});

test("all records of a list, one a line", async () => {
  const env = { WEBEX_ID: "admin", WEBEX_PASSWORD: "admin-secret" };
  const run = await call(["lstsummaryUser", "--all"], env);
  expect(
    run.stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { webExId: string }).webExId),
  ).toEqual(["admin", "host", "ana"]);
});

test("a failure of the site is status 1, with its meaning", async () => {
  expect(await call(["getSite"])).toMatchObject({ status: 1, stdout: "" });
  const run = await call(["getSite"]);
  expect(run.status).toBe(0);
  const deleted = await call(["delUser", "--data", "-"], secrets, `{"webExId":["x"]}`);
  expect(deleted).toMatchObject({ status: 1, stdout: "" });
  expect(deleted.stderr).toMatch(/user\.delUser: 030001/u);
});

test("what is no answer is told as what it is", async () => {
  const page = createServer((_, response) => response.end("<html><title>Sign in</title></html>"));
  await new Promise<void>((listening) => page.listen(0, "127.0.0.1", listening));
  const { port } = page.address() as AddressInfo;
  const run = await strata(["call", "latest", "getSite", "--url", `http://127.0.0.1:${port}/`], {
    env: secrets,
  });
  page.close();
  expect(run).toMatchObject({ status: 1, stdout: "" });
  expect(run.stderr).toMatch(/an HTML page that says "Sign in", .*are siteName and url right/u);
});

test.each<[readonly string[], Record<string, string>, number, RegExp]>([
  [[], secrets, 2, /which site\? give --site/u],
  [
    ["--site", "example"],
    { ...secrets, WEBEX_SESSION_TICKET: "t1cket" },
    2,
    /give one\nhint: set in the environment: WEBEX_ID, WEBEX_PASSWORD, WEBEX_SESSION_TICKET/u,
  ],
  [
    ["--url", "http://127.0.0.1:4/"],
    { ...secrets, HTTPS_PROXY: "http://127.0.0.1:5" },
    1,
    /transport[^]*NODE_USE_ENV_PROXY=1/u,
  ],
])("call getSite %j tells what of the shell is missing or too much", async (args, env, status, message) => {
  const run = await strata(["call", "latest", "getSite", ...args], { env });
  expect(run).toMatchObject({ status, stdout: "" });
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toMatch(/p4ss|t1cket/u);
});

test("a dry run prints the request without the password, and sends nothing", async () => {
  const before = explained;
  const run = await strata(
    ["call", "latest", "getUser", "--site", "example", "--dry-run", "--data", join(folder.path, "user.json")],
    { env: secrets },
  );
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(run.stdout).toContain("<webExID>ana</webExID><password>******</password>");
  expect(run.stdout).toContain(
    'xsi:type="java:com.webex.service.binding.user.GetUser"><webExId>ana</webExId>',
  );
  expect(run.stdout).not.toContain("p4ss");
  expect(explained).toBe(before);
});

test.each<[readonly string[], Record<string, string>, number, RegExp]>([
  [["getUsr"], secrets, 2, /no operation "getUsr"\nhint: did you mean "getUser"\?/u],
  [["getUser"], {}, 2, /no credentials: set WEBEX_ID and WEBEX_PASSWORD/u],
  [["getUser"], secrets, 2, /webExId is required/u],
  [["getUser", "--data", "none.json"], secrets, 3, /none\.json cannot be read: there is no such file/u],
  [["getUser", "--data", "-"], secrets, 3, /stdin is no JSON/u],
  [["getUser", "--timeout", "soon"], secrets, 2, /--timeout is a number/u],
  [["getUser", "--all"], secrets, 2, /user\.getUser is no list\nhint: leave out --all/u],
  [["getUser", "--password", "x"], secrets, 2, /password/u],
])("call %j is refused", async (args, env, status, message) => {
  const run = await call(args, env, "no json");
  expect(run.status).toBe(status);
  expect(run.stderr).toMatch(message);
  expect(run.stdout).toBe("");
});

test.each<[readonly string[], RegExp]>([
  [["--fail", "GetUsr=030001"], /no operation "GetUsr"\n.*getUser/iu],
  [["--fail", "GetUser"], /operation=code/u],
  [["--port", "99999"], /--port is a number below 65536/u],
  [["--latency", "-1"], /--latency|latency/u],
  [["--scenario", join(folder.path, "wrong.json")], /fautl[\s\S]*fault/u],
  [["--scenario", join(folder.path, "unknown.json")], /no operation "GetUsr"\n.*getUser/iu],
  [["--scenario", "none.json"], /none\.json/u],
])("mock %j is refused", async (args, message) => {
  const run = await strata(["mock", "latest", ...args]);
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(message);
});

test("a site made from a schema in a program", async () => {
  const made = await createMockSite("xsd/41.12.0", { cwd: root, seed: 7 });
  const served = await made.listen();
  const run = await strata(
    ["call", "latest", "getAPIVersion", "--site", "example", "--anonymous", "--url", served.url],
    {},
  );
  await served.close();
  expect(JSON.parse(run.stdout)).toMatchObject({
    apiVersion: expect.stringContaining("WebEx XML API") as string,
  });
  expect(made.calls).toHaveLength(1);
  await expect(createMockSite("xsd/none", { cwd: root })).rejects.toThrow(/cannot be read/u);
});
