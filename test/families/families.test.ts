/** Schemas that others have written: each gives code that compiles, and takes documents that come out again as they went in. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ParseOption, XmlC14NMode, XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport, type Report } from "../../generator/diagnostics.js";
import { emitRelease, packageFiles, runtimeFiles } from "../../generator/emit/index.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import { assignNames } from "../../generator/emit/names.js";
import type { EmitInput } from "../../generator/emit/types.js";
import { idOf } from "../../generator/model/types.js";
import { readSchema } from "../../generator/pipeline.js";
import { parseXml } from "../../generator/schema/xml.js";
import { directionsOf } from "../../generator/service/direction.js";
import { pathSource } from "../../generator/source.js";
import { validateDocument } from "../../generator/validate/document.js";
import { decode, decodeResult, encode } from "../../templates/runtime/index.js";
import { releases, type Release, type Sample } from "./families.js";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");
const root = mkdtempSync(join(tmpdir(), "strata-families-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const show = (report: Report): readonly string[] =>
  report.diagnostics.map(({ at, code, message }) => {
    const place = at === undefined ? undefined : report.locate(at);
    return `${at?.file ?? ""}:${String(place?.line)}:${String(place?.column)} ${code} ${message}`;
  });

const inputs = new Map<string, EmitInput>();

beforeAll(async () => {
  xmlRegisterFsInputProviders();
  const options = { name: "families", importExtension: ".js" } as const;
  for (const { path, text } of [...packageFiles([], options), ...runtimeFiles([], options)]) write(path, text);
  for (const release of releases) {
    const report = createReport();
    const source = pathSource(release.folder, { entry: release.entry, service: "none" });
    const schema = await readSchema(source, report);
    expect(show(report), release.name).toEqual([]);
    if (schema === undefined) continue;
    const input: EmitInput = {
      model: schema.model,
      direction: directionsOf(schema.model, undefined),
      names: assignNames(schema.model, undefined, report),
      since: () => undefined,
      remarks: () => [],
      options: {
        folder: `${release.name}/`,
        importExtension: ".js",
        runtimePath: "../runtime/",
        scalars: [],
        only: [],
      },
    };
    inputs.set(release.name, input);
    for (const { path, text } of emitRelease(input, report)) write(path, text);
    expect(show(report), release.name).toEqual([]);
  }
});

function inputOf({ name }: Release): EmitInput {
  const input = inputs.get(name);
  if (input === undefined) throw new Error(`${name} was not read`);
  return input;
}

/** The canonical form (exclusive C14N) of a document without white space between elements. */
function canonical(text: string): string {
  using document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NOBLANKS });
  return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
}

const documents = releases.flatMap((release) =>
  release.documents.map((document) => [release.name, document.name, release, document] as const),
);

test.each(documents)("%s: %s is valid for libxml2 and for us", (_, __, release, { name, text }) => {
  expect(libxml2Complaints(release, text)).toEqual([]);
  const report = createReport();
  const tree = parseXml(`${name}.xml`, text, report);
  if (tree !== undefined) validateDocument(inputOf(release).model, tree, report);
  expect(show(report)).toEqual([]);
});

const validators = new Map<string, XsdValidator>();

function libxml2Complaints({ name, folder, entry }: Release, text: string): readonly string[] {
  let validator = validators.get(name);
  if (validator === undefined) {
    const path = join(folder, entry[0] ?? "");
    using schema = XmlDocument.fromString(readFileSync(path, "utf8"), { url: path });
    validators.set(name, (validator = XsdValidator.fromDoc(schema)));
  }
  using document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return (error as { details?: { message: string }[] }).details?.map(({ message }) => message) ?? [String(error)];
  }
}

test.each(documents)("%s: %s comes out as it went in", (_, __, release, document) => {
  const { text, prefixes } = document;
  const descriptor = rootOf(release, document);
  const { value, diagnostics } = decodeResult(descriptor, text);
  expect(diagnostics).toEqual([]);
  const written = encode(descriptor, value as never, { prefixes });
  expect(canonical(written)).toBe(canonical(text));
  expect(libxml2Complaints(release, written)).toEqual([]);
  expect(decode(descriptor, written)).toEqual(value);
});

function rootOf(release: Release, { name, text }: Sample) {
  const report = createReport();
  const tree = parseXml(`${name}.xml`, text, report);
  if (tree === undefined) throw new Error(show(report).join("\n"));
  return liveDescriptors(inputOf(release)).element(idOf(tree.name));
}
