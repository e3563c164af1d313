/** The suite as an archive. */
import { spawnSync } from "node:child_process";

/** Unpacks a tar archive, compressed in any way that `tar` knows, into an empty folder. */
export function unpackSuite(archive: string, folder: string): void {
  const { status, stderr, error } = spawnSync("tar", ["xf", archive, "-C", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${archive} cannot be unpacked: ${error?.message ?? stderr}`);
}
