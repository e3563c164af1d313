/**
 * The safe output folder. Only files that the manifest lists and nobody has changed are replaced or deleted;
 * everything is prepared in a staging folder and then moved into place, so a run changes all or nothing.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Report } from "../diagnostics.js";
import type { OutputFile } from "../emit/types.js";
import { makeFolder } from "../folder.js";
import { namePath } from "../refusal.js";
import { digestOf, digestText, formatManifest, isSafePath, manifestName, readManifest } from "./manifest.js";
import { noteDigest, recallDigest, type SeenFiles } from "./seen.js";

/** What may lie in a folder that still counts as empty. */
const harmless = new Set([".gitkeep", ".gitignore", ".DS_Store"]);

const stagingName = ".strata-staging";
/** In the staging folder: the id of the process that writes, and how to undo what it has moved. */
const processName = "process";
const journalName = "journal.json";

/** How an output folder is brought up to date. */
export interface PlanOptions {
  /** The folder as users know it, for messages. */
  readonly label: string;
  /** Listed files that stay although they were not generated now: those of releases that were not asked for. */
  readonly keep?: (path: string) => boolean;
  /** Replace files that were edited by hand, or that lie where ours belong. */
  readonly force?: boolean;
  /** Only look: files edited by hand are differences, not refusals. */
  readonly check?: boolean;
  /** Files that were looked at before need not be read again. */
  readonly seen?: SeenFiles | undefined;
}

/** A difference between an output folder and what was generated. */
export interface OutputChange {
  readonly path: string;
  readonly kind: "added" | "changed" | "removed";
  /** What lies there now. */
  readonly before?: string;
  /** What belongs there. */
  readonly after?: string;
}

/** What is to be done to an output folder. */
export interface OutputPlan {
  readonly folder: string;
  readonly changes: readonly OutputChange[];
  readonly unchanged: number;
  readonly manifest: string;
  /** The manifest itself is to be written. */
  readonly manifestChanged: boolean;
  /** The manifest that lay there when the plan was made. */
  readonly manifestBefore: string | undefined;
  /** A file was edited by hand, or is not ours: without `force` it would not be written to. Only when checking or forced. */
  readonly needsForce: boolean;
}

/** Compares generated files with an output folder; undefined when the folder must not be written to (see the report). */
export function planOutput(
  folder: string,
  files: readonly OutputFile[],
  options: PlanOptions,
  report: Report,
): OutputPlan | undefined {
  const { label, force = false, check = false } = options;
  let refused = false;
  const refuse = (code: string, message: string, hint: string): void => {
    refused = true;
    report.add({ code, severity: "error", message, hint });
  };

  if (!checkPaths(files, refuse)) return undefined;
  const above = fileAbove(folder);
  if (above !== undefined) {
    refuse(
      "output-not-a-folder",
      `${label} cannot be a folder: ${basename(above)}, in which it would lie, is a file`,
      "choose another output folder with --out",
    );
    return undefined;
  }
  const root = statOf(folder);
  if (root !== undefined && !root.isDirectory()) {
    if (root.isSymbolicLink())
      refuse(
        "output-symbolic-link",
        `the output folder ${label} is a symbolic link`,
        "name the folder that it points to",
      );
    else
      refuse(
        "output-not-a-folder",
        `${label} is a file, not a folder`,
        "choose another output folder with --out",
      );
    return undefined;
  }
  recover(folder, label, refuse, check);
  if (refused) return undefined;
  const manifestBefore = readText(join(folder, manifestName));
  const listed = readManifest(folder);
  if (listed === "broken") {
    refuse(
      "output-manifest-broken",
      `${label}/${manifestName} cannot be read as a manifest of ours`,
      `restore it (git checkout), or delete the folder ${label} and generate it anew`,
    );
    return undefined;
  }
  if (listed === undefined && root !== undefined) {
    const foreign = readdirSync(folder).filter((name) => !harmless.has(name));
    if (foreign.length > 0) {
      refuse(
        "output-folder-not-ours",
        `the folder ${label} is not empty and has no ${manifestName}: it was not written by xsd-strata (it holds ${some(foreign)})`,
        "choose an empty or a new folder with --out; nothing was written",
      );
      return undefined;
    }
  }

  const known = listed ?? new Map<string, string>();
  const changes: OutputChange[] = [];
  const manifest = new Map<string, string>();
  const edited: string[] = [];
  const foreign: string[] = [];
  const linked = new Set<string>();
  let unchanged = 0;

  const look = createLook(folder, linked, options.seen);
  for (const file of files) {
    const { path, text } = file;
    const expected = digestOf(file);
    manifest.set(path, expected);
    const found = look(path);
    if (found === undefined) changes.push({ path, kind: "added", after: text });
    else if (found === "not a file") foreign.push(path);
    else if (found.isKnownAs(expected)) unchanged++;
    else {
      const before = found.text();
      if (sameText(before, text)) {
        found.note(expected);
        unchanged++;
        continue;
      }
      const digest = known.get(path);
      if (digest === undefined) foreign.push(path);
      else if (digest !== digestText(before)) edited.push(path);
      changes.push({ path, kind: "changed", before, after: text });
    }
  }
  for (const [path, digest] of known) {
    if (manifest.has(path)) continue;
    if (options.keep?.(path) === true) {
      manifest.set(path, digest);
      continue;
    }
    const found = look(path);
    if (found === undefined || found === "not a file") continue;
    const before = found.text();
    if (digest === digestText(before)) changes.push({ path, kind: "removed", before });
    else if (force) {
      report.add({
        code: "output-edited-leftover",
        severity: "warning",
        message: `${label}/${path} is no longer generated, but was edited by hand: it is left where it is`,
      });
    } else edited.push(path);
  }

  if (linked.size > 0) {
    refuse(
      "output-symbolic-link",
      `symbolic link in the output folder: ${some([...linked].map((path) => `${label}/${path}`))}`,
      "remove it; output is never written through a link",
    );
  }
  const isLinked = (path: string): boolean =>
    [...linked].some((link) => path === link || path.startsWith(`${link}/`));
  const blocked = foreign.filter((path) => look(path) === "not a file" && !isLinked(path));
  if (blocked.length > 0) {
    refuse(
      "output-blocked",
      `a folder lies where a file belongs: ${some(blocked.map((p) => `${label}/${p}`))}`,
      "move it away",
    );
  }
  if (!force && !check) {
    if (edited.length > 0) {
      refuse(
        "output-edited",
        `edited by hand since it was generated: ${some(edited.map((path) => `${label}/${path}`))}`,
        "undo the edits, or give --force to lose them; nothing was written",
      );
    }
    const strangers = foreign.filter((path) => !blocked.includes(path) && !isLinked(path));
    if (strangers.length > 0) {
      refuse(
        "output-foreign-file",
        `not written by xsd-strata, but in the way: ${some(strangers.map((path) => `${label}/${path}`))}`,
        "move it away, or give --force to replace it; nothing was written",
      );
    }
  }
  if (refused) return undefined;
  const manifestText = formatManifest(manifest);
  return {
    folder,
    changes,
    unchanged,
    manifest: manifestText,
    manifestChanged: manifestBefore === undefined || !sameText(manifestBefore, manifestText),
    manifestBefore,
    needsForce: edited.length > 0 || foreign.length > 0,
  };
}

/**
 * The plan of a run that finds everything as it should be, by digests alone; undefined when anything differs or is odd,
 * so that {@link planOutput} has to look.
 */
export function planUnchanged(
  folder: string,
  digests: ReadonlyMap<string, string>,
  keep: (path: string) => boolean,
  seen?: SeenFiles,
): OutputPlan | undefined {
  if (statOf(folder)?.isDirectory() !== true || statOf(join(folder, stagingName)) !== undefined)
    return undefined;
  const listed = readManifest(folder);
  if (listed === undefined || listed === "broken") return undefined;
  const expected = new Map(digests);
  for (const [path, digest] of listed) if (!digests.has(path) && keep(path)) expected.set(path, digest);
  if (expected.size !== listed.size) return undefined;
  const linked = new Set<string>();
  const look = createLook(folder, linked, seen);
  for (const [path, digest] of expected) {
    if (listed.get(path) !== digest) return undefined;
    if (!digests.has(path)) continue;
    const found = look(path);
    if (found === undefined || found === "not a file") return undefined;
    if (found.isKnownAs(digest)) continue;
    if (digestText(found.text()) !== digest) return undefined;
    found.note(digest);
  }
  if (linked.size > 0) return undefined;
  const manifest = formatManifest(expected);
  return {
    folder,
    changes: [],
    unchanged: digests.size,
    manifest,
    manifestChanged: false,
    manifestBefore: manifest,
    needsForce: false,
  };
}

/**
 * Brings the folder up to date, or leaves it exactly as it was and throws. An empty plan touches nothing. Another run that writes
 * there, or has written since the plan was made, is an EBUSY.
 */
export function writeOutput(plan: OutputPlan): void {
  const { folder } = plan;
  if (plan.changes.length === 0 && !plan.manifestChanged) return;
  const created = makeFolder(folder);
  const staging = join(folder, stagingName);
  const journal = join(staging, journalName);
  try {
    mkdirSync(staging);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw busy(folder, "is writing to");
    throw namePath(error, folder, staging);
  }
  const steps: Step[] = [
    ...plan.changes.map(({ path, before, after }) => ({ path, before: before !== undefined, after })),
    { path: manifestName, before: plan.manifestBefore !== undefined, after: plan.manifest },
  ];
  try {
    writeFileSync(join(staging, processName), `${process.pid}\n`);
    if (readText(join(folder, manifestName)) !== plan.manifestBefore)
      throw busy(folder, "has just written to");
    // Everything that can fail for want of room or rights happens here, while nothing has been touched yet.
    mkdirSync(join(staging, "new"));
    mkdirSync(join(staging, "old"));
    steps.forEach(({ after }, index) => {
      if (after !== undefined) writeFileSync(join(staging, "new", String(index)), after);
    });
    const undo: Journal = steps.map(({ path, before }) => ({ path, before }));
    writeFileSync(`${journal}.part`, JSON.stringify(undo));
    // From here on a run that is killed is undone by the next, until the journal has gone again.
    renameSync(`${journal}.part`, journal);
    steps.forEach(({ path, before, after }, index) => {
      const target = join(folder, path);
      const old = join(staging, "old", String(index));
      if (!before) makeFolder(dirname(target));
      else if (after === undefined) renameSync(target, old);
      else keepBeside(target, old);
      if (after !== undefined) renameSync(join(staging, "new", String(index)), target);
    });
    for (const { path, after } of steps) {
      if (after === undefined) removeEmptyFolders(dirname(join(folder, path)), folder);
    }
    rmSync(journal);
  } catch (error) {
    if (existsSync(journal)) rollBack(folder, steps);
    rmSync(staging, { recursive: true, force: true });
    if (created !== undefined) removeEmptyFolders(folder, dirname(created));
    throw namePath(error, folder, staging);
  }
  rmSync(staging, { recursive: true, force: true });
}

const busy = (folder: string, does: string): Error =>
  Object.assign(new Error(`another run ${does} ${folder}; run this again`), { code: "EBUSY" });

/** A second name for a file that is about to be replaced, so that its readers never find it missing. */
function keepBeside(target: string, old: string): void {
  try {
    linkSync(target, old);
  } catch {
    // Not every file system has hard links, and some have a limit of names.
    copyFileSync(target, `${old}.part`);
    renameSync(`${old}.part`, old);
  }
}

interface Step {
  readonly path: string;
  /** Something lay there before. */
  readonly before: boolean;
  readonly after?: string | undefined;
}

/** What is to be undone when a run did not come to its end. */
type Journal = readonly { readonly path: string; readonly before: boolean }[];

/** Undoes steps that were done: what was moved away comes back, what was added goes. */
function rollBack(folder: string, steps: Journal): void {
  const staging = join(folder, stagingName);
  [...steps.entries()].reverse().forEach(([index, { path, before }]) => {
    const target = join(folder, path);
    const old = join(staging, "old", String(index));
    if (!before) {
      if (!existsSync(join(staging, "new", String(index)))) rmSync(target, { force: true });
      removeEmptyFolders(dirname(target), folder);
    } else if (existsSync(old)) {
      makeFolder(dirname(target));
      renameSync(old, target);
    }
  });
}

type Refuse = (code: string, message: string, hint: string) => void;

/** A run that was killed is undone; one that still works is waited for by nobody. */
function recover(folder: string, label: string, refuse: Refuse, check: boolean): void {
  const staging = join(folder, stagingName);
  const stats = statOf(staging);
  if (stats === undefined) return;
  const writer = Number(/^(\d+)\n$/u.exec(readText(join(staging, processName)) ?? "")?.[1]);
  // Without a process it has begun this very moment, or was stopped in that moment: a minute tells them apart.
  const isAtWork =
    writer > 0 ? writer !== process.pid && isRunning(writer) : Date.now() - stats.mtimeMs < 60_000;
  const text = readText(join(staging, journalName));
  const steps = text === undefined ? [] : parseJournal(folder, text);
  if (check || isAtWork || steps === undefined || !stats.isDirectory()) {
    refuse(
      "output-folder-busy",
      `another run writes to ${label}, or was stopped in the midst of it (${stagingName} exists)`,
      `wait for it; if there is none, ${check ? "generate without --check" : `delete ${label}/${stagingName}`}`,
    );
    return;
  }
  rollBack(folder, steps);
  rmSync(staging, { recursive: true, force: true });
}

/** Undefined when it is none of ours: it may lie in a repository that others write to, and must not lead out of the folder. */
function parseJournal(folder: string, text: string): Journal | undefined {
  try {
    const steps = JSON.parse(text) as Journal;
    return steps.every(({ path }) => isSafePath(path) && !passesLink(folder, path)) ? steps : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a folder on the way to a file is a link. */
function passesLink(folder: string, path: string): boolean {
  const parts = path.split("/");
  return parts.some(
    (_, index) => index > 0 && statOf(join(folder, ...parts.slice(0, index)))?.isSymbolicLink() === true,
  );
}

/** Whether a process of this number is at work. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // One that has ended is there until its parent asks for it, which in some containers nobody does (Linux, proc(5): Z, X).
  return !/^\d+ \(.*\) [ZXx] /su.test(readText(`/proc/${pid}/stat`) ?? "");
}

/** Paths that emitters gave: below the folder, and different on every file system. */
function checkPaths(files: readonly OutputFile[], refuse: Refuse): boolean {
  const seen = new Map<string, string>();
  let fine = true;
  for (const { path } of files) {
    const key = path.toLowerCase().normalize("NFC");
    const other = seen.get(key);
    if (!isSafePath(path) || path === manifestName || path.startsWith(`${stagingName}/`)) {
      refuse(
        "output-path-unsafe",
        `an emitter wants to write to "${path}"`,
        "paths are relative, with / and without ..",
      );
      fine = false;
    } else if (other !== undefined) {
      refuse(
        "output-path-clash",
        `two generated files have the same path: ${other} and ${path}`,
        "some file systems ignore case, so paths must differ in more than that",
      );
      fine = false;
    }
    seen.set(key, path);
  }
  return fine;
}

/** A file of an output folder; read when its text is asked for. */
interface FoundFile {
  /** Whether it is known to have this digest without being read. */
  readonly isKnownAs: (digest: string) => boolean;
  readonly text: () => string;
  readonly note: (digest: string) => void;
}

/** Looks at files below a folder; follows no link, neither of the file nor of a folder on the way. */
function createLook(
  folder: string,
  linked: Set<string>,
  seen?: SeenFiles,
): (path: string) => FoundFile | "not a file" | undefined {
  const folders = new Map<string, "folder" | "absent" | "blocked">([["", "folder"]]);
  const lookAtFolder = (path: string): "folder" | "absent" | "blocked" => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const parent = lookAtFolder(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
    let result: "folder" | "absent" | "blocked" = parent;
    if (parent === "folder") {
      const stats = statOf(join(folder, path));
      if (stats?.isSymbolicLink() === true) linked.add(path);
      result = stats === undefined ? "absent" : stats.isDirectory() ? "folder" : "blocked";
    }
    folders.set(path, result);
    return result;
  };
  return (path) => {
    const parent = lookAtFolder(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
    if (parent === "absent") return undefined;
    if (parent === "blocked") return "not a file";
    const stats = statOf(join(folder, path));
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) linked.add(path);
    if (!stats.isFile()) return "not a file";
    const place = join(folder, path);
    return {
      isKnownAs: (digest) => recallDigest(seen, place, stats) === digest,
      text: () => readFileSync(place, "utf8"),
      note: (digest) => {
        noteDigest(seen, place, stats, digest);
      },
    };
  };
}

const sameText = (a: string, b: string): boolean =>
  a === b || (a.includes("\r\n") && a.replaceAll("\r\n", "\n") === b);

/** Undefined when there is nothing, or nothing can be there: a file is in the way. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The file that keeps a path from being made: the nearest thing above it is none to hold something. */
function fileAbove(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return statSync(folder).isDirectory() ? undefined : folder;
    } catch {
      if (folder === dirname(folder)) return undefined;
    }
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Removes a folder and those above it, up to `top` (exclusive), as long as they are empty. */
function removeEmptyFolders(folder: string, top: string): void {
  for (let each = folder; each !== top && each.startsWith(top); each = dirname(each)) {
    try {
      rmdirSync(each);
    } catch (error) {
      // One that was not made yet may lie in one that was.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") return;
    }
  }
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
