/** Sites to test against, made from schemas. */
import { resolve } from "node:path";
import { createReport, type Report } from "../diagnostics.js";
import { linkDescriptors } from "../descriptors.js";
import { readSchema, type ReadSchema } from "../read-schema.js";
import { pathSource, type SchemaSource } from "../source.js";
import type { Tolerable } from "../tolerable.js";
import type { Operation } from "../../templates/runtime/webex/operation.js";
import type { ExceptionInfo } from "../../templates/runtime/webex/errors.js";
import {
  createMockSite as siteOf,
  type MockSite,
  type MockSiteOptions,
} from "../../templates/runtime/webex/mock.js";
import { liveOperations } from "./operations.js";
import { serveMockSite, type ServedSite, type ServeOptions } from "./server.js";

export type { MockSite, MockSiteOptions, MockStep } from "../../templates/runtime/webex/mock.js";
export { serveMockSite, type ServedSite, type ServeOptions } from "./server.js";

/** The operations of a schema that was read, and what is documented about failures; undefined without operations. */
export async function serviceOf(
  schema: ReadSchema,
  source: SchemaSource,
): Promise<
  { readonly operations: readonly Operation[]; readonly exceptions: readonly ExceptionInfo[] } | undefined
> {
  const { model, service } = schema;
  if (service === undefined) return undefined;
  const operations = liveOperations(model, service, await linkDescriptors(schema, source));
  return { operations, exceptions: await exceptionsFor(source) };
}

async function exceptionsFor({ family }: SchemaSource): Promise<readonly ExceptionInfo[]> {
  if (family === undefined) return [];
  const { loadNotes } = await import("../release/notes.js");
  const { exceptionsOf } = await import("../release/exceptions.js");
  const { releasesOf } = await import("../source.js");
  // Mistakes in the notes are told where they are used to generate.
  const quiet = createReport();
  const releases = releasesOf(family, quiet).map(({ release }) => release);
  return exceptionsOf(loadNotes(family.source, releases, quiet));
}

/** How a site is made from a schema. */
export interface SchemaSiteOptions extends Omit<MockSiteOptions, "operations"> {
  /** What relative paths are relative to; the current folder when absent. */
  readonly cwd?: string;
  /** Errors in the schema that are only warnings. Default: none. */
  readonly tolerate?: readonly Tolerable[];
}

/** A site that can listen. */
export interface SchemaSite extends MockSite {
  /** Serves it on 127.0.0.1, on any free port unless one is given. */
  readonly listen: (options?: ServeOptions) => Promise<ServedSite>;
}

/**
 * A mock site from a schema (folder, zip or file), without generated code: `await createMockSite("xsd/1.2.3")`. Throws
 * when the schema cannot be read or has no operations.
 */
export async function createMockSite(path: string, options: SchemaSiteOptions = {}): Promise<SchemaSite> {
  const { cwd = ".", tolerate, ...rest } = options;
  const source = pathSource(resolve(cwd, path), { tolerate });
  const report = createReport();
  const schema = await readSchema(source, report);
  if (schema === undefined) throw new Error(`${path} cannot be read: ${messages(report)}`);
  const service = await serviceOf(schema, source);
  if (service === undefined) throw new Error(`${path} has no operations`);
  const site = siteOf({ ...service, ...rest });
  return Object.defineProperty(site, "listen", {
    value: (serve?: ServeOptions) => serveMockSite(site, serve),
    enumerable: true,
  }) as SchemaSite;
}

function messages(report: Report): string {
  return report.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join("; ");
}
