/** What a family that comes with a URL API adds to the output. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../diagnostics.js";
import type { EmitOptions, OutputFile } from "../emit/types.js";

/** The folder of the data beside the releases, of the generated files, and of the runtime below `runtime/`. */
export const urlApiFolder = "url-api";

const fileIn = (notes: string): string => join(notes, urlApiFolder, "commands.yaml");

/** Whether a family describes a URL API. */
export function hasUrlApi(notes: string): boolean {
  return existsSync(fileIn(notes));
}

/** Lower-case hexadecimal SHA-256 of the data. */
export function urlApiDigest(notes: string): string {
  return createHash("sha256")
    .update(readFileSync(fileIn(notes)))
    .digest("hex");
}

/** The generated files; undefined when the data has mistakes, which are reported. */
export async function makeUrlApi(
  notes: string,
  { latest, importExtension }: Pick<EmitOptions, "importExtension"> & { readonly latest: string },
  report: Report,
  label: string = notes,
): Promise<readonly OutputFile[] | undefined> {
  const { urlApiFiles } = await import("./files.js");
  const { readUrlApi } = await import("./read.js");
  const api = readUrlApi(fileIn(notes), report, `${label}/${urlApiFolder}/commands.yaml`);
  return (
    api &&
    urlApiFiles(api, { folder: `${urlApiFolder}/`, importExtension, runtimePath: "../runtime/", latest })
  );
}
