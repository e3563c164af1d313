/** The action as a process: a repository, an event, and a server in the place of the forge's API. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { shop } from "./family.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const marker = "<!-- xsd-strata diff -->";

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string; readonly login?: string };
}

let folder: string;
let base: string;
let server: Server;
let api: string;
let refuse = false;
/** Whom the token belongs to; a job's own may not ask. */
let login: string | undefined;
const comments: Comment[] = [];
const asked: string[] = [];

const git = (...words: readonly string[]): string =>
  execFileSync(
    "git",
    ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.hooksPath=/dev/null", ...words],
    { cwd: join(folder, "repository"), encoding: "utf8" },
  ).trim();

function put(path: string, text: string): void {
  const file = join(folder, "repository", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const schemaOf = (index: number): string => shop[index]?.schema ?? "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "strata-action-"));
  mkdirSync(join(folder, "repository"));
  git("init", "-q", "-b", "main");
  put("xsd/1.0/shop.xsd", schemaOf(0));
  put("other.txt", "x");
  git("add", ".");
  git("commit", "-q", "-m", "base");
  base = git("rev-parse", "HEAD");
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""} ${request.headers.authorization ?? ""}`);
      const answer = (status: number, value: unknown): void => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
      };
      if (refuse) return answer(403, { message: "read only" });
      if (request.url === "/user")
        return login === undefined ? answer(403, {}) : answer(200, { login, type: "User" });
      if (request.method === "GET") {
        const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
        return answer(200, comments.slice((page - 1) * 100, page * 100));
      }
      const { body } = JSON.parse(text) as { body: string };
      if (request.method === "POST") {
        const comment = { id: comments.length + 1, body, user: { type: "Bot" } };
        comments.push(comment);
        return answer(201, comment);
      }
      const id = Number(request.url?.split("/").at(-1));
      const comment = comments.find((each) => each.id === id);
      if (comment === undefined) return answer(404, {});
      comment.body = body;
      answer(200, comment);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  comments.length = 0;
  asked.length = 0;
  refuse = false;
  login = undefined;
  git("checkout", "-q", "--detach", base);
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly summary: string;
  readonly outputs: string;
}

let runs = 0;

function run(
  more: Readonly<Record<string, string>> = {},
  pull: Readonly<Record<string, unknown>> | null = {},
): Promise<Outcome> {
  const here = join(folder, `run-${++runs}`);
  mkdirSync(here);
  const event =
    pull === null ? {} : { pull_request: { number: 7, base: { sha: base }, labels: [], ...pull } };
  const file = (name: string, text = ""): string => {
    writeFileSync(join(here, name), text);
    return join(here, name);
  };
  const [summary, outputs] = [file("summary"), file("outputs")];
  const child = spawn(process.execPath, [join(root, "action", "main.mjs")], {
    cwd: join(folder, "repository"),
    env: {
      PATH: process.env["PATH"],
      HOME: here,
      RUNNER_TEMP: here,
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: "someone/something",
      STRATA_PATH: "xsd",
      STRATA_TOKEN: "secret",
      ...more,
    },
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((done) => {
    child.on("close", (status) => {
      done({
        status,
        stdout,
        summary: readFileSync(summary, "utf8"),
        outputs: readFileSync(outputs, "utf8"),
      });
    });
  });
}

function commit(path: string, text: string): void {
  put(path, text);
  git("add", ".");
  git("commit", "-q", "-m", "change");
}

test("a break: status 1, one comment, a summary, annotations, SARIF; the next push changes the comment", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  const first = await run();
  expect(first.status, first.stdout).toBe(1);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body.startsWith(marker)).toBe(true);
  expect(comments[0]?.body).toContain("s:Order/customer");
  expect(first.summary).toContain("s:Order/customer");
  expect(first.stdout).toMatch(/^::error file=xsd\/1\.0\/shop\.xsd,line=\d+/mu);
  expect(first.outputs).toContain("failed");
  const sarif = /^sarif<<(\S+)\n(.*)\n\1$/mu.exec(first.outputs)?.[2] ?? "";
  expect(JSON.parse(readFileSync(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
  expect(first.stdout).not.toContain("secret");
  commit("xsd/1.0/shop.xsd", schemaOf(1));
  const second = await run();
  expect(second.status, second.stdout).toBe(0);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain("s:Order/gift");
  expect(comments[0]?.body).not.toContain("s:Order/customer");
});

test("a label approves a break, another does not", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  expect((await run({}, { labels: [{ name: "other" }] })).status).toBe(1);
  const approved = await run({}, { labels: [{ name: "schema-break-approved" }] });
  expect(approved.status, approved.stdout).toBe(0);
  expect(approved.outputs).toContain("approved");
  expect(comments[0]?.body).toContain("approved by a label");
});

test("a schema that cannot be read fails, whatever the labels say", async () => {
  commit("xsd/1.0/shop.xsd", "<broken");
  const outcome = await run({}, { labels: [{ name: "schema-break-approved" }] });
  expect(outcome.status, outcome.stdout).toBe(3);
  expect(comments[0]?.body).toContain("could not be read");
});

test("a new release is compared with the one before it", async () => {
  commit("xsd/1.10/shop.xsd", schemaOf(1));
  commit("xsd/1.9/shop.xsd", schemaOf(0));
  const outcome = await run();
  expect(outcome.status, outcome.stdout).toBe(0);
  expect(outcome.summary).toMatch(/1\\?\.9 → 1\\?\.10/u);
});

test("nothing of the schemas touched: nothing said", async () => {
  commit("other.txt", "y");
  const outcome = await run();
  expect(outcome).toMatchObject({ status: 0, summary: "" });
  expect(outcome.outputs).toContain("none");
  expect(comments).toEqual([]);
});

test("a marker in somebody else's comment is not ours; ours is found on a later page", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(1));
  comments.push({ id: 1, body: `${marker} mine`, user: { type: "User" } });
  comments.push({ id: 2, body: `quoted ${marker}`, user: { type: "Bot" } });
  for (let id = 3; id <= 120; id++) comments.push({ id, body: "talk", user: { type: "User" } });
  comments.push({ id: 121, body: marker, user: { type: "Bot" } });
  expect((await run()).status).toBe(0);
  expect(comments).toHaveLength(121);
  expect(comments[0]?.body).toBe(`${marker} mine`);
  expect(comments[1]?.body).toBe(`quoted ${marker}`);
  expect(comments[120]?.body).toContain("s:Order/gift");
});

test("with the token of a person, the comment of that person is kept up to date, and nobody else's", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  login = "release-manager";
  for (const each of ["somebody", "release-manager"])
    comments.push({
      id: comments.length + 1,
      body: `${marker} ${each}`,
      user: { type: "User", login: each },
    });
  await run();
  expect(comments).toHaveLength(2);
  expect(comments[0]?.body).toBe(`${marker} somebody`);
  expect(comments[1]?.body).toContain("1.0");
});

test("a merge that is newer than the event is compared with what it was merged with", async () => {
  // Meanwhile somebody else broke the base; this pull request touches no schema.
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  const newer = git("rev-parse", "HEAD");
  git("checkout", "-q", "--detach", base);
  commit("other.txt", "y");
  const head = git("rev-parse", "HEAD");
  git("checkout", "-q", "--detach", newer);
  git("merge", "-q", "--no-ff", "-m", "merge", head);
  expect((await run({ GITHUB_REF: "refs/pull/7/merge" })).outputs).toContain("none");
  expect((await run({ GITHUB_REF: "refs/heads/main" })).outputs).toContain("failed");
});

test("schemas in the folder itself are one release that changes in place", async () => {
  commit("flat here/shop.xsd", schemaOf(1));
  const before = git("rev-parse", "HEAD");
  const pull = { base: { sha: before } };
  const first = await run({ STRATA_PATH: "flat here" }, {});
  expect(first.outputs).toContain("none");
  commit("flat here/shop.xsd", schemaOf(2));
  const { status, summary } = await run({ STRATA_PATH: "flat here" }, pull);
  expect(status).toBe(1);
  expect(summary).toContain("breaking");
});

test("the first release of a folder has nothing to be compared with, and says so", async () => {
  commit("fresh/1.0/shop.xsd", schemaOf(0));
  await run({ STRATA_PATH: "fresh" });
  expect(comments).toEqual([]);
});

test("a base that cannot be fetched is an error that says what to do", async () => {
  const { status, stdout } = await run({}, { base: { sha: "f".repeat(40) } });
  expect(status).toBe(3);
  expect(stdout).toContain("fetch-depth: 0");
});

test("a report is cut by bytes, and where no block is open", async () => {
  const module: unknown = await import(new URL("../../action/cut.mjs", import.meta.url).href);
  const { cut } = module as { readonly cut: (text: string, limit: number) => string };
  expect(cut("short", 100)).toBe("short");
  const fold = "<details><summary>x</summary>\n\n```xml\n<a>\n```\n\n</details>\n";
  const text = `# äöü\n${fold.repeat(50)}`;
  for (let limit = 200; limit < 700; limit += 7) {
    const short = cut(text, limit);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(limit);
    expect(short.split("<details>").length).toBe(short.split("</details>").length);
    expect((short.match(/^```/gmu) ?? []).length % 2).toBe(0);
    expect(short).toContain("Cut here");
  }
});

test("a token that may only read: a warning, and the rest is there", async () => {
  refuse = true;
  commit("xsd/1.0/shop.xsd", schemaOf(1));
  const outcome = await run();
  expect(outcome.status, outcome.stdout).toBe(0);
  expect(outcome.stdout).toContain("::warning::the comment could not be written");
  expect(outcome.summary).toContain("s:Order/gift");
});

test("names that a stranger chose (branch, title, author) reach neither a command nor a report", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  const hostile = '$(touch pwned)`touch pwned`";touch pwned;"\n::error::pwned --output=pwned';
  const outcome = await run(
    { GITHUB_HEAD_REF: hostile, GITHUB_REF_NAME: hostile, GITHUB_ACTOR: hostile },
    {
      head: { ref: hostile, label: hostile, repo: { fork: true, full_name: hostile } },
      title: hostile,
      body: hostile,
      user: { login: hostile },
    },
  );
  expect(outcome.status, outcome.stdout).toBe(1);
  for (const text of [outcome.stdout, outcome.summary, comments.at(-1)?.body ?? ""])
    expect(text).not.toContain("pwned");
  expect(readdirSync(join(folder, "repository"))).not.toContain("pwned");
});

test("without a token nobody is asked", async () => {
  commit("xsd/1.0/shop.xsd", schemaOf(2));
  const outcome = await run({ STRATA_TOKEN: "" });
  expect(outcome.stdout).toContain("::error file=");
  expect(asked).toEqual([]);
});

test.each([
  ["a path that leads outside", { STRATA_PATH: "../xsd" }],
  ["a path that is an option", { STRATA_PATH: "--output=x" }],
])("%s is refused", async (_, more) => {
  commit("xsd/1.0/shop.xsd", schemaOf(1));
  expect((await run(more)).status).not.toBe(0);
  expect(asked).toEqual([]);
});

test("a base that is no commit id is refused; an event that is no pull request is let pass", async () => {
  expect((await run({}, { base: { sha: "--upload-pack=x" } })).status).not.toBe(0);
  expect(await run({}, null)).toMatchObject({ status: 0 });
});

test("what the tool prints is never taken for a command", async () => {
  commit("xsd/1.0/shop.xsd", "<broken");
  const { stdout } = await run();
  const token = /^::stop-commands::(\S+)$/mu.exec(stdout)?.[1] ?? "";
  expect(token).toMatch(/^[0-9a-f-]{36}$/u);
  expect(stdout).toContain(`\n::${token}::`);
});

test("action.yml: no input inside a command", () => {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
    readonly runs: { readonly using: string; readonly steps: readonly { readonly run?: string }[] };
  };
  expect(action.runs.using).toBe("composite");
  const commands = action.runs.steps.flatMap(({ run }) => run ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) expect(command).not.toContain("${{");
});
