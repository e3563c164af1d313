/**
 * Comparisons as whole processes of the built program: start, reading, comparing, printing; nothing is taken from a cache.
 * `npx tsx bench/commands.ts [rounds]`; the machine should have nothing else to do.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildProgram } from "./built.js";
import { median } from "./harness.js";
import { publish } from "./results.js";
import { largeSchema } from "./schemas.js";

const rounds = Number(process.argv[2] ?? 5);
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));

/** A schema of 5 MB in a folder of its own. */
function large(name: string, newer: boolean): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "large.xsd"), largeSchema(5_000_000, newer));
  return folder;
}

try {
  const program = buildProgram(join(scratch, "package"));
  const pair = [large("old", false), large("new", true)];
  const commands: readonly {
    readonly name: string;
    readonly args: readonly string[];
    readonly goal: number;
  }[] = [
    { name: "--version", args: ["--version"], goal: NaN },
    { name: "diff 41.11.0 41.12.0", args: ["diff", "41.11.0", "41.12.0"], goal: 1 },
    { name: "diff 41.1.0 41.12.0", args: ["diff", "41.1.0", "41.12.0"], goal: 2 },
    { name: "history of 13 releases", args: ["history"], goal: 2 },
    { name: "diff of a pair of 5 MB", args: ["diff", ...pair], goal: 3 },
  ];
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, args } of commands) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: root,
        env: { ...process.env, STRATA_CACHE: "off" },
        encoding: "utf8",
        maxBuffer: 1e9,
      });
      // 1: there are findings.
      if (status !== 0 && status !== 1) throw new Error(`${name}: exit ${String(status)}\n${stderr}`);
      times.get(name)?.push((performance.now() - start) / 1000);
    }
  }
  const base = median(times.get("--version") ?? []);
  publish({
    title: "commands",
    about: `Whole processes of the built program, ${String(rounds)} rounds, seconds of wall time, without a cache.`,
    columns: ["median s", "least s", "goal s", "x --version"],
    rows: commands.map(({ name, goal }) => {
      const values = times.get(name) ?? [];
      return { name, values: [median(values), Math.min(...values), goal, median(values) / base] };
    }),
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
