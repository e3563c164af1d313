/** The program as the package has it, for benchmarks of whole processes. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** Builds the program into `folder`, so that sources which change meanwhile do not matter, and says where its entry is. */
export function buildProgram(folder: string): string {
  mkdirSync(folder);
  for (const name of ["templates", "schemas", "package.json"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const args = [
    compiler,
    "-p",
    "tsconfig.build.json",
    "--outDir",
    join(folder, "dist"),
    "--declaration",
    "false",
  ];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
  return join(folder, "dist/generator/cli/main.js");
}
