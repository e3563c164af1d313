/** Schema files of a git revision, read from the object store: nothing is checked out. */
import { execFileSync } from "node:child_process";
import type { Report } from "./diagnostics.js";
import { suggestionHint } from "./suggestion.js";

/** What a revision holds below a path. */
export interface Revision {
  /** The last step of the path and the revision: `2.1.0@HEAD~1`. */
  readonly label: string;
  /** By path relative to the folder that was named, or to that of the file. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The file that was named, when it was a file. */
  readonly file?: string;
}

const maxFiles = 20_000;
const maxBytes = 512 * 1024 * 1024;

/** What a bundle may be made of: schemas, what they include by entity, and notes. */
const wanted = /\.(?:xsd|wsdl|xml|dtd|ent|mod|ya?ml)$/iu;

/** Whether a word names a revision: `git:<revision>:<path>`. */
export function isRevision(word: string): boolean {
  return word.startsWith("git:");
}

/**
 * Reads `git:<revision>:<path>`; as in git, the path starts at the root of the repository, or at the current folder
 * when it begins with `./`. Undefined, and reported, when there is no such thing.
 */
export function readRevision(word: string, cwd: string, report: Report): Revision | undefined {
  const [, revision = "", path = ""] = /^git:([^:]*):(.*)$/su.exec(word) ?? [];
  const fail = (message: string, hint: string): undefined => {
    report.add({ code: "revision-not-found", severity: "error", message, hint });
  };
  if (revision === "" || path === "") {
    return fail(`"${word}" is no revision`, "write git:<revision>:<path>, such as git:HEAD~1:xsd/2.1.0");
  }
  // What begins with a dash would be an option to git.
  if (revision.startsWith("-") || path.startsWith("-")) {
    return fail(`"${word}" is no revision: neither part may begin with "-"`, "write ./-name for such a path");
  }
  if (/[\0\n]/u.test(word)) return fail("a revision has no line break", "give one revision and one path");
  try {
    git(cwd, ["rev-parse", "--git-dir"]);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return fail(
      missing ? "git is not installed" : "the current folder lies in no git repository",
      missing ? "revisions are read by git" : "go to the repository, or name a folder instead of a revision",
    );
  }
  const object = (name: string): string | undefined => {
    try {
      return git(cwd, ["rev-parse", "--verify", "--quiet", name]).toString("latin1").trim();
    } catch {
      return undefined;
    }
  };
  if (object(`${revision}^{tree}`) === undefined) {
    return fail(`there is no revision "${revision}"`, "a branch, a tag, a commit, or HEAD~1");
  }
  const steps = path.replace(/\/+$/u, "").split("/");
  const last = steps.at(-1) ?? path;
  const label = `${last.replace(/\.(?:xsd|wsdl|xml)$/iu, "")}@${revision}`;
  const found = object(`${revision}:${steps.join("/")}`);
  if (found === undefined) {
    const parent = object(`${revision}:${steps.slice(0, -1).join("/")}`);
    const siblings = parent === undefined ? [] : namesIn(cwd, parent);
    return fail(
      `revision "${revision}" has no file or folder ${path}`,
      suggestionHint(last, siblings) ?? "paths start at the root of the repository, or with ./ here",
    );
  }
  const isTree = git(cwd, ["cat-file", "-t", found]).toString("latin1").trim() === "tree";
  const tree = isTree ? found : object(`${revision}:${steps.slice(0, -1).join("/")}`);
  if (tree === undefined) return fail(`${path} lies in no folder`, "give the folder of the schema");
  const files = readTree(cwd, tree, report);
  if (files === undefined) return undefined;
  return { label, files, ...(!isTree && { file: last }) };
}

function namesIn(cwd: string, tree: string): readonly string[] {
  try {
    return git(cwd, ["ls-tree", "-z", "--full-tree", "--name-only", tree]).toString("utf8").split("\0");
  } catch {
    return [];
  }
}

/** All files of a tree; links and submodules are left out. */
function readTree(cwd: string, tree: string, report: Report): ReadonlyMap<string, Uint8Array> | undefined {
  const blobs: { readonly hash: string; readonly path: string }[] = [];
  let total = 0;
  for (const line of git(cwd, ["ls-tree", "-r", "-z", "-l", "--full-tree", tree])
    .toString("utf8")
    .split("\0")) {
    const [, mode, type, hash = "", size = "0", path = ""] =
      /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/su.exec(line) ?? [];
    if (type !== "blob" || mode === "120000" || !wanted.test(path)) continue;
    if (path.split("/").some((step) => step === ".." || step === "." || step === "")) continue;
    blobs.push({ hash, path });
    total += Number(size);
  }
  if (blobs.length > maxFiles || total > maxBytes) {
    report.add({
      code: "bundle-too-large",
      severity: "error",
      message: `the revision holds ${blobs.length} files of ${total} bytes there`,
      hint: "give the folder of one release",
    });
    return undefined;
  }
  if (blobs.length === 0) return new Map();
  const input = blobs.map(({ hash }) => `${hash}\n`).join("");
  const output = git(cwd, ["cat-file", "--batch"], input, total + blobs.length * 256 + 1024);
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  for (const { path } of blobs) {
    // "<hash> blob <size>", a line feed, the bytes, a line feed.
    const end = output.indexOf(10, offset);
    const size = Number(output.toString("latin1", offset, end).split(" ").at(-1));
    files.set(path, output.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return files;
}

function git(cwd: string, args: readonly string[], input = "", maxBuffer = 64 * 1024 * 1024): Buffer {
  return execFileSync("git", args, {
    cwd,
    input,
    maxBuffer,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    // A partial clone must not fetch, and nobody is there to be asked.
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
  });
}
