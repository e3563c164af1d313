/**
 * All benchmarks, a group after the other, each in a process of its own:
 *
 *     npm run bench [-- <group>...] [--gate] [--tighten] [--external] [--keep]
 *
 * `--keep` writes what was measured to `bench/results.json` and `docs/performance.md` (groups that did not run stay as they were), `--gate` fails when a
 * ratio is worse than its gate in `bench/gates.json`, `--tighten` moves gates that were passed with room, `--external` measures
 * programs of other languages too, when they are installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, type as system } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { failedGates, tightened, type Gate } from "./gates.js";
import { quoteResults } from "./page.js";
import { handover, type Table } from "./results.js";

const source = ["--import", "tsx"];
const groups: Readonly<Record<string, readonly string[]>> = {
  decode: ["--expose-gc", ...source, "bench/decode.ts"],
  encode: ["--expose-gc", ...source, "bench/encode.ts"],
  validate: ["--expose-gc", ...source, "bench/validate.ts"],
  cold: [...source, "bench/cold.ts"],
  memory: [...source, "bench/memory.ts"],
  growth: ["--expose-gc", ...source, "bench/growth.ts"],
  consumers: [...source, "bench/consumers.ts"],
  editor: [...source, "bench/editor.ts"],
  generate: [...source, "bench/generate.ts"],
  diff: [...source, "bench/diff.ts"],
  commands: [...source, "bench/commands.ts"],
};
const external: readonly string[] = [...source, "bench/external.ts"];

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    gate: { type: "boolean", default: false },
    tighten: { type: "boolean", default: false },
    external: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`there is no group ${unknown.join(", ")}; known: ${Object.keys(groups).join(", ")}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
const file = join(folder, "tables");
const ran = Object.keys(groups).filter((name) => wanted.length === 0 || wanted.includes(name));
for (const command of [...ran.map((name) => groups[name] ?? []), ...(flags.external ? [external] : [])]) {
  const { status } = spawnSync(process.execPath, command, {
    stdio: "inherit",
    env: { ...process.env, [handover]: file },
  });
  if (status !== 0) process.exitCode = 1;
}
const tables: Table[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Table)
  : [];
rmSync(folder, { recursive: true });

const here = (name: string): string => join(import.meta.dirname, name);
const readJson = (name: string): unknown => JSON.parse(readFileSync(here(name), "utf8"));
const writeJson = (name: string, value: unknown): void => {
  writeFileSync(here(name), `${JSON.stringify(value, null, 2)}\n`);
};

if (flags.keep) {
  const before = existsSync(here("results.json"))
    ? (readJson("results.json") as { readonly tables: readonly Table[] }).tables
    : [];
  const fresh = new Set(tables.map(({ title }) => title));
  const kept = [...before.filter(({ title }) => !fresh.has(title)), ...tables];
  const page = here("../docs/performance.md");
  writeFileSync(page, quoteResults(readFileSync(page, "utf8"), kept));
  writeJson("results.json", {
    command: "npm run bench -- --keep",
    machine: { processor: cpus()[0]?.model.trim() ?? "", cores: cpus().length, system: system() },
    versions: { node: process.versions.node, v8: process.versions.v8, ...versions() },
    tables: kept,
  });
}
const gates = readJson("gates.json") as readonly Gate[];
if (flags.tighten) writeJson("gates.json", tightened(gates, tables));
if (flags.gate) {
  const failures = failedGates(gates, tables);
  for (const failure of failures) console.error(failure);
  console.log(`\n${gates.length} gates, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}

/** Of what stands side by side, as package.json pins it. */
function versions(): Record<string, string> {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly dependencies: Record<string, string>;
    readonly devDependencies: Record<string, string>;
  };
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  return Object.fromEntries(
    ["fast-xml-parser", "saxes", "xml2js", "libxml2-wasm", "typescript", "typescript7", "esbuild"].map(
      (name) => [name, all[name] ?? ""],
    ),
  );
}
