/** Generation as whole processes: one release and all of them, cold, unformatted, warm. `npx tsx bench/generate.ts [rounds]`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 3);
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));

interface Run {
  readonly name: string;
  readonly arguments: readonly string[];
  /** Keep cache and output of the round before. */
  readonly warm?: true;
  /** Seconds of wall time we aim at on a quiet machine; relative to another row where it says so. */
  readonly goal: string;
}

const runs: readonly Run[] = [
  { name: "one release, cold", arguments: ["latest"], goal: "4 s" },
  { name: "one release, cold, --no-format", arguments: ["latest", "--no-format"], goal: "2 s" },
  { name: "one release, warm", arguments: ["latest"], warm: true, goal: "1 s" },
  { name: "all releases, cold", arguments: [], goal: "2x one" },
  { name: "all releases, warm", arguments: [], warm: true, goal: "0.5 s" },
];

const times = new Map<string, number[]>(runs.map(({ name }) => [name, []]));
try {
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) {
      const key = run.arguments.join("-") || "all";
      const [out, cache] = [join(scratch, `out-${key}`), join(scratch, `cache-${key}`)];
      if (run.warm === undefined)
        for (const folder of [out, cache]) rmSync(folder, { recursive: true, force: true });
      const start = performance.now();
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", "generator/cli/main.ts", "generate", ...run.arguments, "--out", out, "--quiet"],
        { env: { ...process.env, STRATA_CACHE: cache }, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(`${run.name}: exit ${String(status)}\n${stderr}`);
      times.get(run.name)?.push((performance.now() - start) / 1000);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const base = median(times.get("one release, cold") ?? []);
console.log(`generation, whole processes, ${rounds} rounds, seconds of wall time (Node ${process.version})`);
console.log("| run | median | least | x one release, cold | goal |\n|---|---|---|---|---|");
for (const { name, goal } of runs) {
  const values = times.get(name) ?? [];
  const middle = median(values);
  console.log(
    `| ${name} | ${middle.toFixed(2)} | ${Math.min(...values).toFixed(2)} | ${(middle / base).toFixed(2)} | ${goal} |`,
  );
}
