/** All files of a zip or folder, for taking them in. */
import { lstat, open, readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import type { Report } from "../diagnostics.js";
import { isRefusal } from "../refusal.js";
import { isSchemaName, reportUnreadable } from "./store.js";
import { archiveLimits, readZip, refusalOf, type ArchiveLimits } from "./zip.js";

/**
 * The files of a zip, folder or single file, by their path in it, with `/`. The limits of {@link readZip} hold for a folder as well,
 * and so does that links are refused. Undefined, and the reason in the report, when it cannot be read or could do harm.
 */
export async function readArchive(
  path: string,
  report: Report,
  shown: string = path,
  limits: ArchiveLimits = archiveLimits,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  try {
    return await readAll(path, report, shown, limits);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const inner = relative(path, error.path ?? path).replaceAll(sep, "/");
    reportUnreadable(inner === "" ? shown : `${shown}/${inner}`, error, report);
    return undefined;
  }
}

async function readAll(
  path: string,
  report: Report,
  shown: string,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const refuse = refusalOf(shown, report);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return refuse("missing-bundle", "does not exist");
  if (!found.isDirectory()) {
    if (!found.isFile()) return refuse("missing-bundle", "is neither a folder nor a file");
    if (await isZip(path)) return readZip(path, report, shown, limits);
    if (!isSchemaName(basename(path))) {
      return refuse("unreadable-archive", "is no zip, folder, .xsd or .wsdl file");
    }
    return new Map([[basename(path), await readFile(path)]]);
  }
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  let entries = 0;
  const pending = [path];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const inner = join(folder, entry.name);
      const name = relative(path, inner).replaceAll(sep, "/");
      if (++entries > limits.entries) {
        return refuse("archive-too-large", `has more than ${String(limits.entries)} files and folders`);
      }
      if (entry.isDirectory()) {
        pending.push(inner);
        continue;
      }
      if (!entry.isFile()) {
        return refuse(
          "unsafe-archive",
          `holds ${JSON.stringify(name)}, which is a link or a device`,
          "put the file itself there",
        );
      }
      const stats = await lstat(inner).catch((error: unknown) => {
        if (isRefusal(error)) throw error;
      });
      // It was listed: its name is no text.
      if (stats === undefined) {
        return refuse("unsafe-archive", `holds ${JSON.stringify(name)}, which is no safe file name`);
      }
      bytes += stats.size;
      if (bytes > limits.bytes) {
        return refuse("archive-too-large", `holds more than ${String(limits.bytes / 1024 / 1024)} MB`);
      }
      files.set(name, await readFile(inner));
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a file begins as a zip does, whatever its name. */
export async function isZip(path: string): Promise<boolean> {
  // A local file header, or the end record of an empty zip.
  return /^PK(?:\u0003\u0004|\u0005\u0006)/u.test(await beginningOf(path));
}

/** Whether a file may be XML or HTML: it begins with a tag or, before it, white space or the mark of an encoding. */
export async function mayBeMarkup(path: string): Promise<boolean> {
  return /^[\s\0<\u00ef\u00fe\u00ff]/u.test(await beginningOf(path));
}

/** The first four bytes, each as a character. */
async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
