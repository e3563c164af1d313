/** Loads the schema documents that a test of the suite names, as a bundle whose root is the suite's folder. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../generator/diagnostics.js";
import { recallSchema } from "../generator/schema/documents.js";
import { decodeSource } from "../generator/schema/encoding.js";
import { isUrl, joinPath } from "../generator/schema/path.js";
import type { Bundle, SourceFile } from "../generator/schema/types.js";
import type { XsdVersion } from "./suite.js";

/** A bundle of the named documents and of all that they refer to inside the suite. */
export function suiteBundle(
  root: string,
  paths: readonly string[],
  version: XsdVersion,
  report: Report,
): Bundle {
  const files = new Map<string, SourceFile>();
  const pending = [...paths].reverse();
  const tried = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (tried.has(path)) continue;
    tried.add(path);
    const file = sourceAt(root, path, report);
    if (file === undefined) continue;
    files.set(path, file);
    for (const directive of recallSchema(file, { version }).document?.directives ?? []) {
      const target = directive.location === undefined ? undefined : joinPath(path, directive.location);
      if (target !== undefined) pending.push(target);
    }
  }
  return {
    release: "suite",
    location: root,
    files: [...files.values()],
    roots: paths.filter((path) => files.has(path)),
    resolveLocation({ location }, from) {
      const path = location === undefined ? undefined : joinPath(from, location);
      return path !== undefined && files.has(path) ? path : undefined;
    },
  };
}

/** What the suite imports from the web, written by us: nothing is fetched. */
const localCopies: readonly (readonly [end: string, file: string])[] = [["/xlink.xsd", "web/xlink.xsd"]];

function placeOf(root: string, path: string): string | undefined {
  if (!isUrl(path)) return join(root, path);
  const copy = localCopies.find(([end]) => path.endsWith(end));
  return copy === undefined ? undefined : fileURLToPath(new URL(copy[1], import.meta.url));
}

function sourceAt(root: string, path: string, report: Report): SourceFile | undefined {
  const place = placeOf(root, path);
  if (place === undefined) return undefined;
  if (!existsSync(place) || !statSync(place).isFile()) return undefined;
  const bytes = readFileSync(place);
  const text = decodeSource(path, bytes, report);
  if (text === undefined) return undefined;
  return { path, text, digest: createHash("sha256").update(bytes).digest("hex") };
}
