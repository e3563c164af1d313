/** Schemas that others have written: each gives code that compiles, and takes documents that come out again as they went in. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ParseOption, XmlC14NMode, XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport, type Report } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { emitRelease, packageFiles, runtimeFiles } from "../../generator/emit/index.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import type { EmitInput } from "../../generator/emit/types.js";
import { idOf } from "../../generator/model/types.js";
import { readSchema } from "../../generator/read-schema.js";
import { parseXml } from "../../generator/schema/xml.js";
import { pathSource } from "../../generator/source.js";
import { validateDocument } from "../../generator/validate/document.js";
import { decode, decodeResult, encode } from "../../templates/runtime/index.js";
import { complaints } from "../bundles/validator.js";
import { folders, refused, releases, type Release, type Sample } from "./families.js";

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
  for (const { path, text } of [...packageFiles([], options), ...runtimeFiles([], options)])
    write(path, text);
  for (const release of releases) {
    const report = createReport();
    const source = pathSource(release.folder, { entry: release.entry, service: "none" });
    const schema = await readSchema(source, report);
    expect(show(report), release.name).toEqual([]);
    if (schema === undefined) continue;
    const options = { folder: `${release.name}/`, runtimePath: "../runtime/" };
    const input = bareInput(schema.model, undefined, options, report);
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
  return complaints(validator, text);
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

const programs = readdirSync(join(here, "programs")).sort();

test("all of it compiles strictly, with programs that use it", () => {
  for (const name of programs) write(`programs/${name}`, readFileSync(join(here, "programs", name), "utf8"));
  const options = {
    extends: "./tsconfig.json",
    compilerOptions: { noEmit: true, noUncheckedIndexedAccess: true, noUnusedLocals: true },
    include: ["."],
  };
  write("tsconfig.check.json", JSON.stringify(options));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as {
    compilerOptions: Readonly<Record<string, unknown>>;
  };
  expect(compilerOptions).toMatchObject({ strict: true, exactOptionalPropertyTypes: true });
  const compiler = join(modules, "typescript7", "bin", "tsc");
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", "tsconfig.check.json", "--pretty", "false"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("runtime/"))).toEqual([]);
});

/** What each program says about the document of its family. */
const said: Readonly<Record<string, readonly string[]>> = {
  bpmn: [
    "process Sale (Private)",
    "starts by order-message",
    "received -> check",
    "check -> in-stock",
    "In stock? else to-sorry",
    "in-stock -> pack if stock > 0 and price < 100 (urn:example:feel)",
    "in-stock -> refused",
    "pack -> paid",
    "then userTask",
  ],
  cii: ["INV-2026/0042", "Chair: 3.000 C62 at 49.9000", "149.70 of 178.14"],
  cyclonedx: ["version 2 of 2026-05-04T10:15:30.123456Z", "library ledger 1.20.0", "EX-2026-1: 7.50 high"],
  dmn: [
    "Discount: decisionTable",
    "FIRST of Customer.kind, Amount",
    '"old" & >= 1000 => 0.30',
    "- & [100..1000) => 0.05",
    "Price: context",
    '<definitions xmlns="https://www.omg.org/spec/DMN/20240513/MODEL/" name="Made" namespace="urn:made">' +
      '<decision name="Answer"><decisionTable hitPolicy="COLLECT" aggregation="MAX"><output></output>' +
      "<rule><outputEntry><text>42</text></outputEntry></rule></decisionTable></decision></definitions>",
  ],
  nfe: ["12345678000195", "1 Cadeira de carvalho 149.70 18.00% 26.95", "false"],
  saml: [
    "2026-05-04T10:15:30.123456Z Success",
    "signed with rsa-sha256",
    "AudienceRestriction OneTimeUse AudienceRestriction",
    "mail: ada@example.com | ada@other.example.com",
    "level: 3 | <{urn:example:notes}note> | ",
  ],
  sitemap: [
    "2",
    "https://example.com/first",
    "https://example.com/?a=1&amp;b=2",
    "https://example.com/about",
  ],
};

test.each(programs)("%s does with the types what a program would do", async (name) => {
  const family = name.replace(".ts", "");
  const release = releases.findLast(
    ({ name: one, documents }) => one.startsWith(family) && documents.length > 0,
  );
  const document = release?.documents.at(-1);
  const outfile = join(root, "programs", `${family}.mjs`);
  await build({
    entryPoints: [join(root, "programs", name)],
    outfile,
    bundle: true,
    format: "esm",
    logLevel: "silent",
  });
  const { run } = (await import(pathToFileURL(outfile).href)) as { run: (xml: string) => readonly string[] };
  expect(run(document?.text ?? "")).toEqual(said[family]);
});

const libxml2Verdicts = `
  import { readFileSync } from "node:fs";
  import { XmlDocument, XsdValidator } from "libxml2-wasm";
  import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
  xmlRegisterFsInputProviders();
  for (const file of process.argv.slice(1)) {
    try {
      XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file), { url: file }));
    } catch {
      // What follows a refusal is no longer reliable in the same process.
      process.stdout.write(file);
      process.exit();
    }
  }
`;

/** The first of these schema files that libxml2 refuses; "" for none. */
function refusedByLibxml2(files: readonly string[]): string {
  const args = ["--input-type=module", "-e", libxml2Verdicts, ...files];
  return spawnSync(process.execPath, args, { cwd: here, encoding: "utf8" }).stdout;
}

test.each(folders)("every schema file in %s is taken or refused as libxml2 does", async (folder) => {
  const taken: string[] = [];
  const found: Record<string, string> = {};
  for (const path of schemaFiles(join(modules, folder))) {
    const report = createReport();
    await readSchema(pathSource(path, { service: "none" }), report);
    const error = report.diagnostics.find(({ severity }) => severity === "error");
    if (error === undefined) taken.push(path);
    else found[path.slice(path.lastIndexOf("/") + 1)] = `${error.code} ${error.message}`;
  }
  expect(refusedByLibxml2(taken)).toBe("");
  const codes = Object.fromEntries(
    Object.entries(found).map(([name, text]) => [name, text.split(" ", 1)[0]]),
  );
  expect(codes).toEqual(refused[folder] ?? {});
  // One of each kind: a process for each file would take long.
  const examples = new Map(Object.entries(codes).map(([name, code]) => [code, name]));
  for (const name of examples.values()) {
    const path = schemaFiles(join(modules, folder)).find((one) => one.endsWith(`/${name}`)) ?? "";
    expect(refusedByLibxml2([path])).toBe(path);
  }
});

function schemaFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".xsd"))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}
