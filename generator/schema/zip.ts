/** The files of a zip, refused where it could do harm. */
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import type { Report } from "../diagnostics.js";

/** What a zip or folder may hold. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Of all files together; counted while inflating, whatever the zip claims. */
  readonly bytes: number;
}

/** What no bundle of schemas exceeds. */
export const archiveLimits: ArchiveLimits = { entries: 2_000, bytes: 200 * 1024 * 1024 };

/** Reports why an archive is refused: `message` goes on from its name. */
export function refusalOf(
  shown: string,
  report: Report,
): (code: string, message: string, hint?: string) => undefined {
  return (code, message, hint) => {
    report.add({
      code,
      severity: "error",
      message: `${shown} ${message}`,
      ...(hint === undefined ? {} : { hint }),
    });
  };
}

/**
 * All files of a zip by their path in it, with `/`. A path that leaves the zip, a link, encryption, a wrong checksum, or more than
 * the limits allow refuse the whole: undefined, and the reason in the report. `shown` is how
 * messages name the zip.
 */
export async function readZip(
  path: string,
  report: Report,
  shown: string = path,
  limits: ArchiveLimits = archiveLimits,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const refuse = refusalOf(shown, report);
  const { openPromise } = await import("yauzl");
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: true });
  } catch (error) {
    return refuse("unreadable-archive", `is no zip that can be read: ${reason(error)}`);
  }
  const files = new Map<string, Uint8Array>();
  const budget = { bytes: limits.bytes };
  let entries = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      entries++;
      const name = entry.fileName;
      if (entries > limits.entries) {
        return refuse("archive-too-large", `has more than ${String(limits.entries)} entries`);
      }
      const kind = kindOf(entry);
      if (kind === "other" || hasControlCharacter(name)) {
        return refuse(
          "unsafe-archive",
          `holds ${JSON.stringify(name)}, which is ${kind === "other" ? "a link or a device" : "no safe file name"}`,
          "pack the files themselves",
        );
      }
      if (kind === "folder") continue;
      if (files.has(name)) return refuse("unsafe-archive", `holds ${JSON.stringify(name)} twice`);
      if (entry.isEncrypted())
        return refuse("unreadable-archive", "is encrypted", "pack it without a password");
      const bytes = await inflate(zip, entry, budget);
      if (bytes === undefined) {
        return refuse("archive-too-large", `unpacks to more than ${String(limits.bytes / 1024 / 1024)} MB`);
      }
      if (crc32(bytes) !== entry.crc32) {
        return refuse("unreadable-archive", `is damaged: the checksum of ${JSON.stringify(name)} is wrong`);
      }
      files.set(name, bytes);
    }
  } catch (error) {
    const message = reason(error);
    // What yauzl says about a path that climbs out of the zip, or is absolute.
    const path = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/su.exec(
      message,
    )?.[1];
    if (path !== undefined) {
      return refuse("unsafe-archive", `holds ${JSON.stringify(path)}, which would lie outside of it`);
    }
    if (message.startsWith("unsupported"))
      return refuse("unreadable-archive", `cannot be unpacked: ${message}`, "pack it again as a plain zip");
    return refuse("unreadable-archive", `is damaged: ${message}`);
  } finally {
    zip.close();
  }
  return files;
}

/** What the Unix mode says, where there is one. */
function kindOf(entry: Entry): "file" | "folder" | "other" {
  const mode = (entry.externalFileAttributes >>> 16) & 0xf000;
  if (mode !== 0 && mode !== 0x8000 && mode !== 0x4000) return "other";
  return entry.fileName.endsWith("/") ? "folder" : "file";
}

function hasControlCharacter(name: string): boolean {
  return name === "" || /[\0-\u001f\u007f]/u.test(name);
}

/** Undefined when the budget does not suffice. */
async function inflate(
  zip: ZipFile,
  entry: Entry,
  budget: { bytes: number },
): Promise<Uint8Array | undefined> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    budget.bytes -= chunk.length;
    if (budget.bytes < 0) {
      stream.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
