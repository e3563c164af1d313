/** What the operating system refuses (no right, no room, too many files): nobody's bug, told in words. */

const reasons: ReadonlyMap<string | undefined, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "not permitted"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no room is left on the disk"],
  ["EDQUOT", "the quota of the disk is used up"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
  ["EBUSY", "it is in use"],
  ["EIO", "the disk fails"],
  ["ENOMEM", "there is not enough memory"],
  ["EXDEV", "it lies on another disk"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ELOOP", "links lead in a circle"],
  ["EADDRINUSE", "another program listens there"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a file is in the way"],
]);

/** Calls of the operating system that read. `open` may do either. */
const readingCalls = ["scandir", "opendir", "read", "stat", "lstat", "realpath", "readlink", "access"];

/** Why a path cannot be used, as the end of a sentence. */
export function refusalReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons.get(code) ?? (code === "ENOENT" ? "there is no such file" : (code ?? message));
}

/** Whether the operating system has refused something. What is not there is no refusal: who looks for it must know that it may be missing. */
export function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && reasons.has((error as NodeJS.ErrnoException).code);
}

/** What was to be done to which path when the operating system refused. */
export function refusedAction({ syscall = "", path }: NodeJS.ErrnoException): {
  readonly path: string;
  readonly verb: "read" | "opened" | "written";
} {
  const verb = readingCalls.includes(syscall) ? "read" : syscall === "open" ? "opened" : "written";
  return { path: path ?? "a file", verb };
}

/** A refusal that names no path, as one of a full disk does, or a folder of our own, names the path that users know. */
export function namePath(error: unknown, path: string, own?: string): unknown {
  if (!isRefusal(error)) return error;
  const isUnknown = error.path === undefined || (own !== undefined && error.path.startsWith(own));
  return isUnknown ? Object.assign(error, { path }) : error;
}
