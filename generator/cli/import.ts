/** `import`: puts a downloaded bundle in the place of a release. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { createReport } from "../diagnostics.js";
import type { Family, Project } from "../config.js";
import { filesBelow, makeFolder } from "../folder.js";
import { isSafePath } from "../output/manifest.js";
import { isRunning } from "../output/write.js";
import { namePath } from "../refusal.js";
import { isUrl } from "../schema/path.js";
import { isSchemaName } from "../schema/store.js";
import { holdsSchemas, tolerating } from "../source.js";
import { escapeLine, plural } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { describeContents } from "./contents.js";
import { exit, statusOf, type Exit } from "./exit.js";
import { openProject, sourceOptions, type SchemaFlags } from "./schema.js";

interface Flags extends SchemaFlags {
  readonly bundle: string | undefined;
  readonly as: string | undefined;
  readonly family: string | undefined;
  readonly force: boolean;
  readonly "dry-run": boolean;
}

/** The file in a release folder that says where its schemas come from. */
const sourceNote = "SOURCE.md";
const notesFile = "release.yaml";

export const importCommand = defineCommand({
  usage: "import <bundle>",
  summary: "Put the schemas of a zip or folder into the configured family as a release",
  details:
    "Compiles them before anything is replaced; keeps release.yaml with its comments, or takes that of the bundle where there is none; " +
    "writes digests to SOURCE.md. What is no .xsd or .wsdl file is listed and left out.",
  positionals: { bundle: { describe: "The zip or folder, as downloaded" } },
  options: {
    as: { type: "string", describe: "The release id that it becomes" },
    family: { type: "string", describe: "The family, where the configuration has several" },
    force: { type: "boolean", describe: "Replace the schemas of a release that is there already" },
    "dry-run": { type: "boolean", describe: "Check everything, change nothing" },
    ...schemaOptions,
  },
  examples: [["{example} --as 1.0.0 --dry-run", "would this bundle do as a release?"]],
  async run(flags, console) {
    if (flags.bundle !== undefined && isUrl(flags.bundle)) {
      console.fail("import takes a zip or folder, not a URL", "download it first");
      return exit.usage;
    }
    const project = await openProject(console, "optional");
    if (typeof project === "number") return project;
    const target = findTarget(flags, project, console);
    if (typeof target === "number") return target;
    return importBundle(flags, target, console);
  },
});

interface Target {
  readonly release: string;
  /** The folder of all releases. */
  readonly releases: string;
  readonly family?: Family;
}

function findTarget(flags: Flags, project: Project | undefined, console: Console): Target | Exit {
  const usage = (message: string, hint: string): Exit => {
    console.fail(message, hint);
    return exit.usage;
  };
  const { as: release } = flags;
  if (release === undefined)
    return usage("--as is missing", "`--as <release>` says which release it becomes");
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/u.test(release) || release.endsWith(".")) {
    return usage(
      `"${release}" is no release id`,
      "it becomes the name of a folder: letters, digits, dots, dashes, plus signs and underscores",
    );
  }
  const families = [...(project?.families.values() ?? [])];
  const taken = (folder: string): Exit | undefined =>
    existsSync(folder) && holdsSchemas(folder) && !flags.force
      ? usage(
          `${console.pathOf(folder)} holds a release already; it was left as it is`,
          "--force replaces its schemas and keeps its release.yaml",
        )
      : undefined;
  if (families.length === 0) {
    if (flags.family !== undefined)
      return usage("--family needs a configuration", `\`${console.program} init\` writes one`);
    const releases = join(console.cwd, "xsd");
    return taken(join(releases, release)) ?? { release, releases };
  }
  const [first] = families;
  const family =
    flags.family === undefined
      ? families.length === 1
        ? first
        : undefined
      : project?.families.get(flags.family);
  if (family === undefined) {
    const names = families.map(({ name }) => name).join(", ");
    return flags.family === undefined
      ? usage("the configuration has several families", `say which with --family: ${names}`)
      : usage(`no family "${flags.family}"`, `known families: ${names}`);
  }
  return taken(join(family.source, release)) ?? { release, releases: family.source, family };
}

async function importBundle(flags: Flags, target: Target, console: Console): Promise<Exit> {
  const { release, releases, family } = target;
  const path = resolve(console.cwd, flags.bundle ?? "");
  const shown = console.pathOf(path);
  const report = createReport();
  const { readArchive } = await import("../schema/archive.js");
  const archive = await readArchive(path, report, shown);
  if (archive === undefined || report.hasErrors) {
    console.show(report, (file) => file);
    console.complain(`nothing was imported\n`);
    return exit.unreadable;
  }
  const { schemas, notes, skipped } = split(archive);
  const clash = schemas.size === 0 ? "holds no .xsd or .wsdl file" : clashOf([...schemas.keys()]);
  if (clash !== undefined) {
    console.fail(`${shown} ${clash}`);
    console.complain("nothing was imported\n");
    return exit.unreadable;
  }
  for (const name of skipped) console.note(`skipped, no schema: ${escapeLine(name)}\n`);

  const folder = join(releases, release);
  const taken = notes && (await usableNotes(notes, release, existsSync(join(folder, notesFile)), console));
  const madeReleases = makeFolder(releases);
  clearUp(releases);
  const staging = join(releases, `.importing-${release}-${process.pid}`);
  try {
    for (const [name, bytes] of schemas) {
      const file = join(staging, name);
      makeFolder(dirname(file));
      writeFileSync(file, bytes);
    }
    const { readSchema } = await import("../read-schema.js");
    const options = sourceOptions(flags, console);
    const compiled = createReport();
    const service = options.service ?? family?.service;
    const catalog = options.catalog ?? family?.catalog;
    const schema = await readSchema(
      {
        release,
        location: staging,
        entry: flags.entry.length > 0 ? flags.entry : (family?.entry ?? []),
        ...(service !== undefined && { service }),
        ...(catalog !== undefined && { catalog }),
        ...(flags["allow-network"] && { allowNetwork: true }),
        ...tolerating([...(family?.tolerate ?? []), ...(options.tolerate ?? [])]),
      },
      compiled,
    );
    console.show(compiled, (file) => `${shown}/${file}`);
    if (schema === undefined) {
      console.complain(`nothing was imported: the schemas do not compile\n`);
      return statusOf(compiled);
    }
    const found = `${plural(schemas.size, "schema file")}, ${describeContents(schema)}`;
    if (flags["dry-run"]) {
      console.note(`${escapeLine(shown)} would become release ${release}: ${found}; nothing was changed\n`);
      return exit.fine;
    }
    writeFileSync(
      join(staging, sourceNote),
      describeSource(release, basename(path), digestOf(path), schemas),
    );
    if (taken !== undefined) writeFileSync(join(staging, notesFile), taken);
    if (existsSync(folder)) await keepNotes(folder, staging);
    replaceFolder(folder, staging);
    console.note(`${console.pathOf(folder)}: ${found}\n`);
    if (!existsSync(join(folder, notesFile))) {
      console.note(`hint: a ${notesFile} beside the schemas can say what is new in this release\n`);
    }
    console.note(`next: ${console.program} generate\n`);
    return exit.fine;
  } catch (error) {
    throw namePath(error, folder, staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    if (madeReleases !== undefined && readdirSync(releases).length === 0)
      rmSync(releases, { recursive: true });
  }
}

/** The notes of a bundle, when the release has none and they are about it. */
async function usableNotes(
  bytes: Uint8Array,
  release: string,
  isThere: boolean,
  console: Console,
): Promise<Uint8Array | undefined> {
  const leaveOut = (why: string): undefined => {
    console.note(`skipped: the ${notesFile} of the bundle, since ${escapeLine(why)}\n`);
  };
  if (isThere) return leaveOut("the release has one");
  const { readReleaseNotes } = await import("../release/notes.js");
  const report = createReport();
  readReleaseNotes({ path: notesFile, text: new TextDecoder().decode(bytes) }, report, release);
  const mistake = report.diagnostics.find(({ severity }) => severity === "error");
  if (mistake !== undefined) return leaveOut(mistake.message);
  console.note(`${notesFile} is taken from the bundle\n`);
  return bytes;
}

/** The schemas without the folder that all of them share, the notes beside them, and the names of everything else. */
function split(archive: ReadonlyMap<string, Uint8Array>): {
  readonly schemas: ReadonlyMap<string, Uint8Array>;
  readonly notes?: Uint8Array;
  readonly skipped: readonly string[];
} {
  const names = [...archive.keys()].sort();
  const schemas = names.filter((name) => isSchemaName(name.slice(name.lastIndexOf("/") + 1)));
  let shared = schemas[0]?.split("/").slice(0, -1) ?? [];
  for (const name of schemas) {
    const parts = name.split("/");
    const end = shared.findIndex((part, index) => parts[index] !== part || index >= parts.length - 1);
    if (end >= 0) shared = shared.slice(0, end);
  }
  const start = shared.length === 0 ? 0 : shared.join("/").length + 1;
  const notesName = `${schemas[0]?.slice(0, start) ?? ""}${notesFile}`;
  const notes = archive.get(notesName);
  return {
    schemas: new Map(schemas.map((name) => [name.slice(start), archive.get(name) ?? new Uint8Array()])),
    ...(notes && { notes }),
    skipped: names.filter((name) => !schemas.includes(name) && name !== notesName),
  };
}

/** Why these files cannot lie in a folder on every system: what a zip keeps apart, some file systems do not. */
function clashOf(names: readonly string[]): string | undefined {
  const files = new Map<string, string>();
  for (const name of names) {
    if (!isSafePath(name)) return `holds ${JSON.stringify(name)}, which is no file name on every system`;
    const folded = name.toLowerCase().normalize("NFC");
    const other = files.get(folded);
    if (other !== undefined) return `holds "${other}" and "${name}", which are one file on some systems`;
    files.set(folded, name);
  }
  for (const [folded, name] of files) {
    for (let end = folded.indexOf("/"); end >= 0; end = folded.indexOf("/", end + 1)) {
      const file = files.get(folded.slice(0, end));
      if (file !== undefined) return `holds "${file}" as a file and, in "${name}", as a folder`;
    }
  }
  return undefined;
}

/** Everything that is neither a schema nor about where the schemas came from stays with the release. */
async function keepNotes(folder: string, staging: string): Promise<void> {
  for (const path of filesBelow(folder)) {
    if (isSchemaName(basename(path))) continue;
    const name = relative(folder, path);
    if (name === sourceNote) continue;
    let bytes: string | Uint8Array = readFileSync(path);
    if (name === notesFile) bytes = await withoutReconstructed(bytes);
    makeFolder(dirname(join(staging, name)));
    writeFileSync(join(staging, name), bytes);
  }
}

/** The imported schemas are the vendor's, not a reconstruction; comments stay as they are. */
async function withoutReconstructed(bytes: Uint8Array): Promise<string | Uint8Array> {
  const { parseYaml, setInYaml } = await import("../release/yaml.js");
  const text = new TextDecoder().decode(bytes);
  const parsed = parseYaml(notesFile, text, createReport());
  const value = parsed?.value as { reconstructed?: unknown } | null | undefined;
  // Notes that cannot be read are kept to the letter; `generate` says what is wrong with them.
  return value?.reconstructed === true ? setInYaml(text, ["reconstructed"], false) : bytes;
}

/** What runs that were killed have left behind goes; a release that they had moved away comes back. */
function clearUp(releases: string): void {
  for (const name of readdirSync(releases)) {
    const [, release, writer, old] = /^\.importing-(.+)-(\d+)(\.old)?$/u.exec(name) ?? [];
    if (release === undefined || isRunning(Number(writer))) continue;
    const folder = join(releases, release);
    if (old !== undefined && !existsSync(folder)) renameSync(join(releases, name), folder);
    else rmSync(join(releases, name), { recursive: true, force: true });
  }
}

function replaceFolder(folder: string, staging: string): void {
  if (!existsSync(folder)) {
    renameSync(staging, folder);
    return;
  }
  const old = `${staging}.old`;
  renameSync(folder, old);
  try {
    renameSync(staging, folder);
  } catch (error) {
    renameSync(old, folder);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Of a zip; a folder has no digest of its own. */
function digestOf(path: string): string | undefined {
  try {
    return sha256(readFileSync(path));
  } catch {
    return undefined;
  }
}

function describeSource(
  release: string,
  name: string,
  digest: string | undefined,
  schemas: ReadonlyMap<string, Uint8Array>,
): string {
  const code = (text: string): string =>
    `\`${escapeLine(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
  const rows = [...schemas]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([file, bytes]) => `| ${code(file.split(sep).join("/"))} | \`${sha256(bytes)}\` |`);
  const from = digest === undefined ? `the folder ${code(name)}` : `${code(name)} (SHA-256 \`${digest}\`)`;
  return [
    `# Source of ${release}`,
    "",
    `Imported with \`xsd-strata import\` from ${from}. The files are as they were there, to the byte.`,
    "",
    "| file | SHA-256 |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
