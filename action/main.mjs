// The diff of a pull request: which releases it touches, what the comparison says, and where that is told.
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepComment } from "./comment.mjs";
import { cut } from "./cut.mjs";

const { env } = process;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const marker = "<!-- xsd-strata diff -->";
const input = (name, fallback = "") => env[`STRATA_${name}`] || fallback;

/** Runs git; a revision or path never counts as an option. */
const git = (...words) => execFileSync("git", words, { encoding: "utf8", maxBuffer: 1 << 28 });
const hasCommit = (sha) => spawnSync("git", ["cat-file", "-e", `${sha}^{commit}`]).status === 0;

/** Text in a workflow command. */
const escapeCommand = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const say = (level, text) => console.log(`::${level}::${escapeCommand(text)}`);

/** Prints what others wrote, so that no line of it is taken for a command. */
function printForeign(text) {
  if (text.trim() === "") return;
  const token = randomUUID();
  console.log(`::stop-commands::${token}`);
  console.log(text.trimEnd());
  console.log(`::${token}::`);
}

function setOutput(name, value) {
  if (!env.GITHUB_OUTPUT) return;
  const end = randomUUID();
  appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}

const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
const pull = event.pull_request;
if (pull === undefined) {
  say("notice", "xsd-strata compares pull requests; this is none");
  setOutput("status", "none");
  process.exit(0);
}

const base = baseOf(String(pull.base?.sha ?? ""));
if (!/^[0-9a-f]{40,64}$/u.test(base)) throw new Error("the event names no base commit");
// A shallow checkout has the head only.
if (!hasCommit(base)) {
  try {
    git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", base);
  } catch {
    say("error", `the base commit ${base} cannot be fetched: check out with \`fetch-depth: 0\``);
    setOutput("status", "failed");
    process.exit(3);
  }
}

/** The commit that the pull request is merged with here: the event may be older than the merge. */
function baseOf(named) {
  if (!/^refs\/pull\/\d+\/merge$/u.test(env.GITHUB_REF ?? "")) return named;
  const parents = [...git("cat-file", "commit", "HEAD").matchAll(/^parent ([0-9a-f]+)$/gmu)];
  return parents.length === 2 ? parents[0][1] : named;
}

const path = input("PATH", "xsd").replace(/^\.\//u, "").replace(/\/+$/u, "");
if (path === "" || path.startsWith("-") || path.startsWith("/") || path.split("/").includes(".."))
  throw new Error("the input `path` is a folder inside the repository");

/** Folders directly below `path` at a commit; of the work tree without one. */
const foldersAt = (commit) =>
  git("ls-tree", "-d", "--name-only", "-z", commit, "--", `${path}/`)
    .split("\0")
    .filter((name) => name !== "")
    .map((name) => name.slice(path.length + 1));

const touched = new Set(
  git("diff", "--name-only", "-z", "--no-renames", base, "HEAD", "--", `${path}/`)
    .split("\0")
    .filter((file) => /\.xsd$/iu.test(file))
    .map((file) => file.slice(path.length + 1).split("/")[0]),
);
/** Whether schemas lie in `path` itself at a commit: then it is one release, which changes in place. */
const isFlat = (commit) =>
  git("ls-tree", "--name-only", "-z", commit, "--", `${path}/`)
    .split("\0")
    .some((name) => /\.xsd$/iu.test(name));
const [before, after] = [foldersAt(base), foldersAt("HEAD")];
/** Numbers in names by their value, all else by code units. */
const order = (a, b) => {
  const [partsA, partsB] = [a, b].map((name) => name.match(/\d+|\D+/gu) ?? []);
  for (let index = 0; index < Math.max(partsA.length, partsB.length); index++) {
    const [partA = "", partB = ""] = [partsA[index], partsB[index]];
    if (partA === partB) continue;
    const difference = Number(partA) - Number(partB);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    return partA < partB ? -1 : 1;
  }
  return 0;
};
const releases = [...touched].filter((name) => before.includes(name) || after.includes(name)).sort(order);

const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "xsd-strata-"));

/** One comparison by the command line, in every form at once. */
function compare(old, current, index) {
  const file = (extension) => join(folder, `${index}.${extension}`);
  const words = [
    ...[
      "--import",
      import.meta.resolve("tsx"),
      join(root, "generator", "cli", "main.ts"),
      "diff",
      old,
      current,
    ],
    `--preset=${input("PRESET", "source")}`,
    `--fail-on=${input("FAIL_ON", "breaking")}`,
    ...(input("IGNORE") === "" ? [] : [`--ignore=${input("IGNORE")}`]),
    ...["--format", "md", "--out", file("md"), "--format", "github", "--out", file("txt")],
    ...["--format", "sarif", "--out", file("sarif")],
  ];
  const run = spawnSync(process.execPath, words, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    // The tool needs no token and no colours.
    env: { ...env, STRATA_TOKEN: "", NO_COLOR: "1" },
  });
  printForeign(`${run.stdout}${run.stderr}`);
  const read = (extension) => (existsSync(file(extension)) ? readFileSync(file(extension), "utf8") : "");
  return { status: run.status ?? 70, markdown: read("md"), commands: read("txt"), sarif: read("sarif") };
}

const results = [];
if (touched.size > 0 && isFlat("HEAD")) {
  if (isFlat(base)) results.push(compare(`git:${base}:${path}`, path, "flat"));
  releases.length = 0;
}
releases.forEach((release, index) => {
  const now = `${path}/${release}`;
  if (!after.includes(release)) {
    results.push({
      status: 1,
      // A name from outside is only shown where it is a plain one.
      markdown: `## Release removed\n\nThe folder of ${/^[\w.-]+$/u.test(release) ? `\`${release}\`` : "one release"} is gone.\n`,
      commands: "",
      sarif: "",
    });
    return;
  }
  if (before.includes(release)) {
    results.push(compare(`git:${base}:${now}`, now, index));
    return;
  }
  // A new release is compared with the one before it.
  const older = after
    .filter((name) => order(name, release) < 0)
    .sort(order)
    .at(-1);
  if (older !== undefined) results.push(compare(`${path}/${older}`, now, index));
});

const found = results.some(({ status }) => status === 1);
const broken = results.some(({ status }) => status > 1);
const labels = (pull.labels ?? []).map(({ name }) => name);
const approved = found && !broken && labels.includes(input("APPROVE_LABEL", "schema-break-approved"));
const status =
  results.length === 0 ? "none" : broken ? "failed" : approved ? "approved" : found ? "failed" : "passed";

for (const { commands } of results) if (commands !== "") process.stdout.write(commands);

const notes = {
  none:
    touched.size === 0 ? "No schema of a release was touched." : "There is no older release to compare with.",
  passed: "Nothing was found at the level that fails.",
  approved: "What was found is approved by a label.",
  failed: broken
    ? "A side could not be read: see the log of the job. This does not mean that nothing changed."
    : "Findings at the level that fails. A label approves them; a suppression file accepts single ones.",
};
const sections = results
  .map(({ markdown }) => markdown.replace(marker, "").trim())
  .filter((text) => text !== "");
const body = `${[marker, `**xsd-strata:** ${notes[status]}`, ...sections].join("\n\n")}\n`;
if (env.GITHUB_STEP_SUMMARY && results.length > 0)
  appendFileSync(env.GITHUB_STEP_SUMMARY, cut(body, 1_000_000));

const logs = results.map(({ sarif }) => sarif).filter((text) => text !== "");
if (logs.length > 0) {
  const [first] = logs.map((text) => JSON.parse(text));
  const runs = logs.flatMap((text) => JSON.parse(text).runs);
  const file = join(folder, "diff.sarif");
  writeFileSync(file, `${JSON.stringify({ ...first, runs }, null, 2)}\n`);
  setOutput("sarif", file);
}
setOutput("status", status);

if (input("COMMENT", "true") === "true" && input("TOKEN") !== "") {
  try {
    await keepComment({
      api: env.GITHUB_API_URL || "https://api.github.com",
      repository: env.GITHUB_REPOSITORY,
      number: pull.number,
      token: input("TOKEN"),
      marker,
      // Nothing found and nothing said before: nothing is said.
      body: cut(body, 65_000),
      create: results.length > 0,
    });
  } catch (error) {
    // A pull request from a fork has a token that may only read; summary and annotations are there all the same.
    say(
      "warning",
      `the comment could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
process.exitCode = status === "failed" ? (broken ? 3 : 1) : 0;
