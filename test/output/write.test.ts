import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { manifestName } from "../../generator/output/manifest.js";
import { isRunning, planOutput, writeOutput, type PlanOptions } from "../../generator/output/write.js";

let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "strata-output-"));
  out = join(root, "generated");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string>>;

const first: Files = {
  "index.ts": "export {};\n",
  "v1/a.ts": "one\n",
  "v1/b.ts": "two\n",
  "v2/a.ts": "three\n",
};

/** Plans and writes; gives the codes of the findings, and undefined in place of a plan that was refused. */
function generate(files: Files, options: Partial<PlanOptions> = {}) {
  const report = createReport();
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  const plan = planOutput(out, list, { label: "generated", ...options }, report);
  if (plan !== undefined) writeOutput(plan);
  return { plan, codes: report.diagnostics.map(({ code }) => code), messages: report.diagnostics };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file below the root with its text, the manifest left out. */
function tree(): Files {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== manifestName)
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .sort()
      .map((path) => [path.slice(root.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}

const below = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`generated/${path}`, text]));

test("a new folder is filled and a second run touches nothing", () => {
  expect(generate(first).codes).toEqual([]);
  expect(tree()).toEqual(below(first));
  const past = new Date(2001, 1, 1);
  const paths = [...Object.keys(first), manifestName].map((path) => join(out, path));
  for (const path of [...paths, out, join(out, "v1")]) utimesSync(path, past, past);
  const again = generate(first);
  expect(again.plan?.changes).toEqual([]);
  expect(again.plan?.unchanged).toBe(4);
  for (const path of [...paths, out, join(out, "v1")]) expect(statSync(path).mtime).toEqual(past);
});

test("only what differs is written, and what is no longer generated goes with its empty folders", () => {
  generate(first);
  const past = new Date(2001, 1, 1);
  utimesSync(join(out, "v1/b.ts"), past, past);
  const { plan } = generate({ "index.ts": "export {};\n", "v1/a.ts": "changed\n", "v1/b.ts": "two\n" });
  expect(plan?.changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    "changed v1/a.ts",
    "removed v2/a.ts",
  ]);
  expect(statSync(join(out, "v1/b.ts")).mtime).toEqual(past);
  expect(existsSync(join(out, "v2"))).toBe(false);
  expect(tree()["generated/v1/a.ts"]).toBe("changed\n");
});

test("files of releases that were not asked for stay, and stay ours", () => {
  generate(first);
  const { codes } = generate(
    { "index.ts": "export {};\n", "v2/a.ts": "new\n" },
    { keep: (path) => path.startsWith("v1/") },
  );
  expect(codes).toEqual([]);
  expect(Object.keys(tree())).toEqual(Object.keys(below(first)).sort());
  generate({ "index.ts": "export {};\n" });
  expect(Object.keys(tree())).toEqual(["generated/index.ts"]);
});

test("a folder that is not ours is refused as it is", () => {
  put("generated/precious.txt", "mine");
  const { plan, codes } = generate(first);
  expect(plan).toBeUndefined();
  expect(codes).toEqual(["output-folder-not-ours"]);
  expect(tree()).toEqual({ "generated/precious.txt": "mine" });
  expect(generate(first, { force: true }).codes).toEqual(["output-folder-not-ours"]);
});

test("a folder that holds only a placeholder counts as empty", () => {
  put("generated/.gitkeep", "");
  expect(generate(first).codes).toEqual([]);
  expect(existsSync(join(out, ".gitkeep"))).toBe(true);
});

test("a file that was edited by hand is not lost without --force", () => {
  generate(first);
  put("generated/v1/a.ts", "edited\n");
  const changed = { ...first, "v1/a.ts": "new\n", "v1/b.ts": "new too\n" };
  const refused = generate(changed);
  expect(refused.codes).toEqual(["output-edited"]);
  expect(refused.messages[0]?.message).toContain("generated/v1/a.ts");
  expect(tree()["generated/v1/a.ts"]).toBe("edited\n");
  expect(tree()["generated/v1/b.ts"]).toBe("two\n");
  expect(generate(changed, { force: true }).codes).toEqual([]);
  expect(tree()["generated/v1/a.ts"]).toBe("new\n");
});

test("an edited file that is no longer generated is never deleted, not even with --force", () => {
  generate(first);
  put("generated/v2/a.ts", "edited\n");
  const { "v2/a.ts": _, ...rest } = first;
  expect(generate(rest).codes).toEqual(["output-edited"]);
  expect(generate(rest, { force: true }).codes).toEqual(["output-edited-leftover"]);
  expect(tree()["generated/v2/a.ts"]).toBe("edited\n");
});

test("an edit that equals what would be written is no conflict", () => {
  generate(first);
  put("generated/v1/a.ts", "new\n");
  expect(generate({ ...first, "v1/a.ts": "new\n" }).codes).toEqual([]);
});

test("a stranger's file inside our folder is neither replaced nor deleted", () => {
  generate(first);
  put("generated/v1/notes.txt", "mine");
  put("generated/v1/c.ts", "mine too");
  expect(generate({ "index.ts": "export {};\n" }).codes).toEqual([]);
  expect(tree()).toEqual({
    "generated/index.ts": "export {};\n",
    "generated/v1/c.ts": "mine too",
    "generated/v1/notes.txt": "mine",
  });
  expect(generate({ "index.ts": "export {};\n", "v1/c.ts": "ours" }).codes).toEqual(["output-foreign-file"]);
  expect(tree()["generated/v1/c.ts"]).toBe("mine too");
});

test("line ends that a checkout changed are no edit", () => {
  generate(first);
  put("generated/v1/a.ts", "one\r\n");
  expect(generate(first).plan?.changes).toEqual([]);
  expect(generate({ ...first, "v1/a.ts": "new\n" }).codes).toEqual([]);
  expect(tree()["generated/v1/a.ts"]).toBe("new\n");
});

test("a missing file of ours is written again", () => {
  generate(first);
  rmSync(join(out, "v1/a.ts"));
  expect(generate(first).plan?.changes).toEqual([{ path: "v1/a.ts", kind: "added", after: "one\n" }]);
  expect(tree()).toEqual(below(first));
});

test.each<[name: string, arrange: () => void, code: string]>([
  ["the output folder is a link", () => symlinkSync(join(root, "elsewhere"), out), "output-symbolic-link"],
  [
    "a folder on the way is a link",
    () => {
      generate(first);
      rmSync(join(out, "v1"), { recursive: true });
      symlinkSync(join(root, "elsewhere"), join(out, "v1"));
    },
    "output-symbolic-link",
  ],
  [
    "a file is a link",
    () => {
      generate(first);
      rmSync(join(out, "v1/a.ts"));
      symlinkSync(join(root, "elsewhere/secret"), join(out, "v1/a.ts"));
    },
    "output-symbolic-link",
  ],
  ["the output folder is a file", () => put("generated", "a file"), "output-not-a-folder"],
  [
    "what is above the output folder is a file",
    () => {
      put("above", "a file");
      out = join(root, "above/generated");
    },
    "output-not-a-folder",
  ],
  [
    "a folder lies where a file belongs",
    () => {
      generate(first);
      rmSync(join(out, "v1/a.ts"));
      mkdirSync(join(out, "v1/a.ts"));
    },
    "output-blocked",
  ],
  [
    "the manifest points outside",
    () => {
      generate(first);
      put(`generated/${manifestName}`, JSON.stringify({ format: 1, files: { "../elsewhere/secret": "0" } }));
    },
    "output-manifest-broken",
  ],
  [
    "the manifest is not JSON",
    () => {
      generate(first);
      put(`generated/${manifestName}`, "<<<<<<< HEAD");
    },
    "output-manifest-broken",
  ],
])("refused: %s", (_name, arrange, code) => {
  put("elsewhere/secret", "secret");
  arrange();
  const before = tree();
  const { plan, codes } = generate({ ...first, "v1/a.ts": "other\n" }, { force: true });
  expect(codes).toEqual([code]);
  expect(plan).toBeUndefined();
  expect(tree()).toEqual(before);
});

test.each([
  "../a.ts",
  "/a.ts",
  "a/../../b.ts",
  "C:\\a.ts",
  "a//b.ts",
  "",
  "a/./b.ts",
  manifestName,
  "nul\u0000.ts",
  "a/.GIT/config",
])("an emitter cannot write to %j", (path) => {
  expect(generate({ [path]: "x" }).codes).toEqual(["output-path-unsafe"]);
  expect(tree()).toEqual({});
});

test("paths that differ in case only are refused", () => {
  expect(generate({ "User.ts": "a", "user.ts": "b" }).codes).toEqual(["output-path-clash"]);
});

test("when a step fails everything is as it was", () => {
  generate(first);
  const before = tree();
  const manifest = readFileSync(join(out, manifestName), "utf8");
  const report = createReport();
  const files = { ...first, "v1/a.ts": "new\n", "v1/c.ts": "added\n", "v3/z.ts": "added\n" };
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  const plan = planOutput(out, list, { label: "generated" }, report);
  if (plan === undefined) throw new Error("refused");
  // Between plan and write a folder appears where a file belongs: the move of that file fails.
  mkdirSync(join(out, "v3/z.ts/full"), { recursive: true });
  expect(() => writeOutput(plan)).toThrow();
  rmSync(join(out, "v3"), { recursive: true });
  expect(tree()).toEqual(before);
  expect(readFileSync(join(out, manifestName), "utf8")).toBe(manifest);
});

test("a run that was killed while it moved files is undone by the next", () => {
  generate(first);
  const staging = join(out, ".strata-staging");
  for (const folder of ["new", "old"]) mkdirSync(join(staging, folder), { recursive: true });
  // As if killed after the first of two steps: a.ts is moved away and replaced, c.ts is not there yet.
  writeFileSync(join(staging, "old/0"), "one\n");
  writeFileSync(join(out, "v1/a.ts"), "half\n");
  writeFileSync(join(staging, "new/1"), "never arrived\n");
  const steps = [
    { path: "v1/a.ts", before: true },
    { path: "v1/c.ts", before: false },
  ];
  writeFileSync(join(staging, "process"), `${2 ** 22 + 1}\n`);
  writeFileSync(join(staging, "journal.json"), JSON.stringify(steps));
  expect(generate(first).codes).toEqual([]);
  expect(tree()).toEqual(below(first));
});

test.each([
  ["through a link", "link/secret"],
  ["to Git's own files", ".git/hooks/post-checkout"],
  ["above the folder", "../elsewhere/secret"],
])("what a forged journal would undo %s is not touched", (_, path) => {
  generate(first);
  put("elsewhere/secret", "secret");
  put("generated/.git/hooks/post-checkout", "theirs");
  symlinkSync(join(root, "elsewhere"), join(out, "link"));
  const staging = join(out, ".strata-staging");
  mkdirSync(join(staging, "old"), { recursive: true });
  writeFileSync(join(staging, "process"), `${2 ** 22 + 1}\n`);
  writeFileSync(join(staging, "old/1"), "forged");
  for (const steps of [
    [{ path, before: false }],
    [
      { path: "v1/a.ts", before: true },
      { path, before: true },
    ],
  ]) {
    writeFileSync(join(staging, "journal.json"), JSON.stringify(steps));
    const before = tree();
    expect(generate(first).codes).toEqual(["output-folder-busy"]);
    expect(tree()).toEqual(before);
  }
});

test("a file that is replaced is there at any moment", async () => {
  generate(first);
  const look = `
    const { existsSync } = require("node:fs");
    let looks = 0, absences = 0;
    process.stdout.write("ready\\n");
    while (!existsSync(process.argv[2])) {
      looks++;
      if (!existsSync(process.argv[1])) absences++;
    }
    process.stdout.write(JSON.stringify({ looks, absences }));`;
  const end = join(root, "end");
  const child = spawn(process.execPath, ["-e", look, join(out, "v1/a.ts"), end]);
  child.stderr.pipe(process.stderr);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child.stdout, "data");
  for (let round = 0; round < 200; round++)
    generate({ ...first, "v1/a.ts": `${round}\n`, "v1/b.ts": `${round}\n` });
  writeFileSync(end, "");
  await once(child, "close");
  const { looks, absences } = JSON.parse(said.replace("ready\n", "")) as Record<string, number>;
  expect(looks).toBeGreaterThan(200);
  expect(absences).toBe(0);
});

test("a run that is at work is not disturbed", () => {
  generate(first);
  mkdirSync(join(out, ".strata-staging"));
  expect(generate({ ...first, "v1/a.ts": "new\n" }).codes).toEqual(["output-folder-busy"]);
  expect(tree()["generated/v1/a.ts"]).toBe("one\n");
});

test("a check sees edits as differences and writes nothing", () => {
  generate(first);
  put("generated/v1/a.ts", "edited\n");
  const report = createReport();
  const list = Object.entries(first).map(([path, text]) => ({ path, text }));
  const plan = planOutput(out, list, { label: "generated", check: true }, report);
  expect(report.diagnostics).toEqual([]);
  expect(plan?.changes).toEqual([{ path: "v1/a.ts", kind: "changed", before: "edited\n", after: "one\n" }]);
});

test.skipIf(!existsSync("/proc/self"))(
  "a folder that a special file system takes none of is refused, not waited for",
  () => {
    out = "/proc/strata/generated";
    expect(() => generate(first)).toThrow("no folder can be made in /proc");
  },
);

test.runIf(process.platform === "linux")(
  "a process that has ended, but that nobody has asked for, is not at work",
  async () => {
    // The shell becomes a program that knows nothing of the child it has.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    const pid = Number(line);
    while (!/\) Z /u.test(readFileSync(`/proc/${pid}/stat`, "utf8")))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(process.kill(pid, 0)).toBe(true);
    expect(isRunning(pid)).toBe(false);
    expect(isRunning(process.pid)).toBe(true);
    parent.kill("SIGKILL");
  },
);
