/**
 * Digests of files that were read before in this process. A file whose size, inode and times are what they were holds what it
 * held: for programs that look at the same folders again and again, some time after they were told of a change.
 */
import { statSync } from "node:fs";

/** What tells a file from what it was: of a `Stats`, which is named here so that whoever imports types needs none of Node's. */
type Stats = Readonly<Record<"ino" | "size" | "mtimeMs" | "ctimeMs" | "mode", number>>;

/** Digests by path, with what the file system said then. */
export type SeenFiles = Map<string, { readonly mark: string; readonly digest: string }>;

/** The digest of a file as it was read before; undefined when it has changed since, or was never read. */
export function recallDigest(seen: SeenFiles | undefined, path: string, stats?: Stats): string | undefined {
  const known = seen?.get(path);
  if (known === undefined) return undefined;
  const now = stats ?? statSync(path, { throwIfNoEntry: false });
  return now !== undefined && markOf(now) === known.mark ? known.digest : undefined;
}

/** Notes the digest of a file; `stats` are from before it was read. */
export function noteDigest(seen: SeenFiles | undefined, path: string, stats: Stats, digest: string): void {
  seen?.set(path, { mark: markOf(stats), digest });
}

const markOf = ({ ino, size, mtimeMs, ctimeMs, mode }: Stats): string =>
  `${ino} ${size} ${mtimeMs} ${ctimeMs} ${mode}`;
