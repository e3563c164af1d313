/** Schemas that lie beside those that were read: what a reference that leads nowhere may have meant. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createReport } from "../diagnostics.js";
import { namesIn } from "../folder.js";
import { sourceFile } from "./bundle.js";
import { recallSchema } from "./documents.js";
import { decodeSource } from "./encoding.js";
import { isOutside, isUrl } from "./path.js";
import type { SchemaDocument, SourceFile } from "./types.js";

/** A hint is not worth more: files that are looked at, and bytes of one. */
const mostFiles = 100;
const mostBytes = 1_000_000;

/** Gives the documents in the folder of a file, by its path below `root`, that are not among those that were `read`. */
export function createBeside(
  root: string,
  read: readonly SourceFile[],
): (file: string) => readonly SchemaDocument[] {
  const known = new Set(read.map(({ path }) => path));
  const folders = new Map<string, readonly SchemaDocument[]>();
  return (file) => {
    const folder = dirname(file);
    if (isUrl(file) || isOutside(file)) return [];
    const found = folders.get(folder) ?? documentsIn(root, folder, known);
    folders.set(folder, found);
    return found;
  };
}

function documentsIn(root: string, folder: string, known: ReadonlySet<string>): readonly SchemaDocument[] {
  return namesIn(join(root, folder))
    .filter((name) => /\.xsd$/iu.test(name))
    .map((name) => (folder === "." ? name : `${folder}/${name}`))
    .filter((path) => !known.has(path))
    .slice(0, mostFiles)
    .flatMap((path) => readQuietly(root, path) ?? []);
}

/** Undefined for what cannot be read, which nobody has asked for. */
function readQuietly(root: string, path: string): SchemaDocument | undefined {
  try {
    const place = join(root, path);
    const stats = statSync(place);
    if (!stats.isFile() || stats.size > mostBytes) return undefined;
    const bytes = readFileSync(place);
    const text = decodeSource(path, bytes, createReport());
    return text === undefined ? undefined : recallSchema(sourceFile(path, text, bytes)).document;
  } catch {
    return undefined;
  }
}
