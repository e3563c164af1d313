/** `init`: looks at a folder, writes a commented configuration, and says what it assumed. */
import { existsSync, readdirSync, readFileSync, writeFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { isSchemaName } from "../schema/store.js";
import { holdsSchemas } from "../source.js";
import { escapeLine, plural, quoteArgument } from "../terminal.js";
import { defineCommand } from "./command.js";
import { exit } from "./exit.js";

export const init = defineCommand({
  usage: "init",
  summary: "Look at this folder and write a commented strata.config.json",
  details: "Asks nothing: it prints what it found and assumed, and the file is there to be edited.",
  positionals: {},
  options: { "dry-run": { type: "boolean", describe: "Print the file to stdout, write nothing" } },
  examples: [["--dry-run", "see what it would write"]],
  async run({ "dry-run": dryRun }, console) {
    const { configNames } = await import("../config.js");
    const { sortReleases } = await import("../release/order.js");
    const there = configNames.find((name) => existsSync(join(console.cwd, name)));
    if (there !== undefined && !dryRun) {
      console.fail(
        `this folder has a ${there} already; it was left as it is`,
        `\`${console.program} init --dry-run\` prints what would be written`,
      );
      return exit.usage;
    }
    const assumed: string[] = [];
    const families = findFamilies(console.cwd, sortReleases, assumed);
    const text = configText(families, console.cwd);
    for (const line of assumed) console.note(`${escapeLine(line)}\n`);
    if (dryRun) {
      console.print(text);
      return exit.fine;
    }
    writeFileSync(join(console.cwd, "strata.config.json"), text, { flag: "wx" });
    const [first] = families;
    const beside =
      first === undefined || first.releases.length > 0 ? [] : releasesBeside(console.cwd, sortReleases);
    if (beside.length > 0) {
      const imports = beside.map(([release, path]) => `import ${quoteArgument(path)} --as ${release}`);
      const commands = [...imports, "generate"].map(
        (command) => `  ${escapeLine(`${console.program} ${command}`)}\n`,
      );
      console.note(`strata.config.json written; next:\n${commands.join("")}`);
      return exit.fine;
    }
    const next =
      first === undefined || first.releases.length > 0
        ? `${console.program} generate`
        : `put the XSD files of each release into ${first.source}/<release>/ (\`${console.program} import\` does that), then ${console.program} generate`;
    console.note(`strata.config.json written; next: ${next}\n`);
    const loose = families.every(({ releases }) => releases.length === 0)
      ? schemasIn(console.cwd, deepest)
      : [];
    if (loose[0] !== undefined) {
      const bundle = loose[0].includes("/") ? folderAround(loose) : loose[0];
      console.note(
        `${escapeLine(loose[0])} belongs to no release; without a configuration: ` +
          `${console.program} generate --bundle ${escapeLine(quoteArgument(bundle))} --out generated\n`,
      );
    }
    return exit.fine;
  },
});

/** How deep schemas are looked for: as deep as in `src/main/resources/xsd/1.0`. */
const deepest = 5;

interface FoundFamily {
  readonly name: string;
  readonly source: string;
  readonly out: string;
  readonly releases: readonly string[];
}

/** Folders whose folders hold XSD files: each of those is a release. */
function findFamilies(
  root: string,
  sort: (ids: readonly string[]) => string[],
  assumed: string[],
): FoundFamily[] {
  const found: { source: string; releases: string[] }[] = [];
  const visit = (path: string, depth: number): void => {
    const folders = foldersIn(join(root, path));
    const releases = folders.filter((name) => holdsSchemas(join(root, path, name), 3, entriesOf));
    // Folders with version-like names; never this folder itself, since output lies beside the source, not in it.
    if (path !== "" && releases.length > 0 && releases.every((name) => /\d/u.test(name))) {
      found.push({ source: path, releases: sort(releases) });
      return;
    }
    if (depth > 0) for (const name of folders) visit(path === "" ? name : `${path}/${name}`, depth - 1);
  };
  visit("", deepest);
  if (found.length === 0) {
    assumed.push(
      "no folder with one folder of XSD files per release was found; the file names `xsd` as the place for them",
    );
    return [{ name: familyName(packageName(root)), source: "xsd", out: "generated", releases: [] }];
  }
  const taken = new Set<string>();
  return found.map(({ source, releases }) => {
    const single = found.length === 1;
    const parts = source.split("/");
    const telling = (single ? parts.slice(-1) : parts).filter((part) => !isPlain(part)).at(-1);
    const name = unused(familyName(telling ?? packageName(root)), taken);
    assumed.push(
      `${source}/ holds ${plural(releases.length, "release")}: ${releases.slice(0, 5).join(", ")}${releases.length > 5 ? ", ..." : ""}`,
    );
    const out = single ? "generated" : `generated/${name}`;
    assumed.push(`family "${name}" is generated to ${out}/`);
    return { name, source, out, releases };
  });
}

// `order-1.0`, `2024-01`, `v2`: what comes before, and the version. A number alone may count parts of one schema.
const versioned =
  /^(.*?)[-_ ]?((?:\d{4}-\d{2}(?:-\d{2})?|v\d+|\d+(?:[._]\d+)+)(?:[-.]?(?:alpha|beta|rc|draft)[-.]?\d*)?)$/iu;

const number = /^\d+$/u;

/** Files, zips or folders of one name but for the version, which lie in one folder: release and path, oldest first. */
function releasesBeside(
  root: string,
  sort: (ids: readonly string[]) => string[],
): readonly (readonly [release: string, path: string])[] {
  for (const folder of ["", ...foldersIn(root)]) {
    const groups = new Map<string, Map<string, string>>();
    const entries = entriesOf(join(root, folder));
    // Beside versions a number is one too.
    const isMeant = (name: string): boolean =>
      !number.test(name) || entries.some((each) => versioned.test(each.name));
    for (const entry of entries) {
      const { name } = entry;
      const isBundle = entry.isDirectory()
        ? holdsSchemas(join(root, folder, name), 3, entriesOf)
        : entry.isFile() && (isSchemaName(name) || /\.zip$/iu.test(name));
      const plain = entry.isFile() ? name.replace(/\.\w+$/u, "") : name;
      const [, before = "", release] = versioned.exec(plain) ?? [undefined, "", number.exec(plain)?.[0]];
      if (!isBundle || release === undefined || !isMeant(plain)) continue;
      const group = groups.get(before) ?? new Map<string, string>();
      groups.set(before, group.set(release, folder === "" ? name : `${folder}/${name}`));
    }
    for (const group of groups.values()) {
      if (group.size > 1)
        return sort([...group.keys()]).map((release) => [release, group.get(release) ?? ""]);
    }
  }
  return [];
}

/** Whether a folder's name says no more than that schemas are in it. */
const isPlain = (name: string): boolean => /^(?:xsds?|schemas?|xml)$/iu.test(name);

/** A name that no other family has, upper and lower case being one: folders are named by it. */
function unused(name: string, taken: Set<string>): string {
  let result = name;
  for (let count = 2; taken.has(result.toLowerCase()); count++) result = `${name}-${count}`;
  taken.add(result.toLowerCase());
  return result;
}

function foldersIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$|dist$|generated$)/u.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** The innermost folder that all of these paths, of which none lies outside of a folder, have in common; `.` where there is none. */
function folderAround(paths: readonly string[]): string {
  let shared = paths[0]?.split("/").slice(0, -1) ?? [];
  for (const path of paths) {
    const parts = path.split("/").slice(0, -1);
    const end = shared.findIndex((part, index) => parts[index] !== part);
    if (end >= 0) shared = shared.slice(0, end);
  }
  return shared.length === 0 ? "." : shared.join("/");
}

/** Paths of some schema files below a folder. */
function schemasIn(folder: string, depth: number): string[] {
  const own = entriesOf(folder)
    .filter((entry) => entry.isFile() && isSchemaName(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (own.length > 0 || depth === 0) return own;
  return foldersIn(folder).flatMap((name) =>
    schemasIn(join(folder, name), depth - 1).map((path) => `${name}/${path}`),
  );
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function packageName(root: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name?: unknown };
    if (typeof name === "string") return name.replace(/^@[^/]*\//u, "");
  } catch {
    // No package here, or none that can be read: any name will do.
  }
  return "main";
}

const familyName = (text: string): string => {
  const name = text.replace(/[^A-Za-z0-9._-]+/gu, "-").replace(/^[^A-Za-z]+/u, "");
  return name === "" ? "main" : name;
};

function configText(families: readonly FoundFamily[], root: string): string {
  const modules = join(root, "node_modules", "xsd-strata", "schemas", "config.schema.json");
  const lines = ["{"];
  if (existsSync(modules)) lines.push(`  "$schema": "./node_modules/xsd-strata/schemas/config.schema.json",`);
  lines.push(`  // One entry per schema family. Paths are relative to this file.`, `  "families": {`);
  families.forEach(({ name, source, out }, index) => {
    lines.push(
      `    ${JSON.stringify(name)}: {`,
      `      // Holds one folder of XSD files per release; the folder's name is the release id.`,
      `      "source": ${JSON.stringify(source)},`,
      `      // Written by \`xsd-strata generate\`, never to be edited. Must be new, empty or ours.`,
      `      "out": ${JSON.stringify(out)},`,
      `      // How generated modules import each other: ".js", ".ts" or "".`,
      `      "importExtension": ".js",`,
      `      // Only what these services, operations, types or elements reach; empty: everything.`,
      `      "only": [],`,
      `      // How scalars are represented, first match wins, for instance`,
      `      // { "type": "xs:long", "as": "string" } or { "name": "Id$", "as": "string" }.`,
      `      "scalars": []`,
      index < families.length - 1 ? "    }," : "    }",
    );
  });
  lines.push("  }", "}", "");
  return lines.join("\n");
}
