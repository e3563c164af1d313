/**
 * Generation as whole processes: one release and all of them; cold, unformatted, warm, unchanged, watched; the built program and the
 * sources. `npx tsx bench/generate.ts [rounds]`; the machine should have nothing else to do.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildProgram } from "./built.js";
import { median } from "./harness.js";
import { publish } from "./results.js";

const rounds = Number(process.argv[2] ?? 3);
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
const newest = "41.12.0";

/** The two ways to run the program. */
const programs = {
  built: [join(scratch, "package/dist/generator/cli/main.js")],
  source: ["--import", "tsx", join(root, "generator/cli/main.ts")],
} as const;

interface Run {
  readonly name: string;
  readonly arguments: readonly string[];
  /** What of the run before is kept; runs with equal arguments share folders. */
  readonly keep?: "cache" | "cache and output";
  /** Seconds of wall time we aim at on a quiet machine, or what of another run. */
  readonly goal: number | readonly [factor: number, of: string];
}

const bundle = ["--bundle", join("xsd", newest)];
const runs: readonly Run[] = [
  { name: "--bundle, cold", arguments: bundle, goal: 4 },
  { name: "--bundle, cache warm, output empty", arguments: bundle, keep: "cache", goal: 1 },
  { name: "--bundle, nothing changed", arguments: bundle, keep: "cache and output", goal: 0.5 },
  { name: "--bundle, cold, --no-format", arguments: [...bundle, "--no-format"], goal: 2 },
  { name: "newest of 13 releases, cold", arguments: ["latest"], goal: 4 },
  {
    name: "newest of 13 releases, nothing changed",
    arguments: ["latest"],
    keep: "cache and output",
    goal: 0.5,
  },
  { name: "13 releases, cold", arguments: [], goal: [2, "newest of 13 releases, cold"] },
  {
    name: "13 releases, cache warm, output empty",
    arguments: [],
    keep: "cache",
    goal: [2, "--bundle, cold"],
  },
  { name: "13 releases, nothing changed", arguments: [], keep: "cache and output", goal: 0.5 },
];

/** Gives the median time of the first run. */
function measureRuns(program: keyof typeof programs): number {
  const times = new Map<string, number[]>(runs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) {
      const key = `${program}${run.arguments.join("-").replace(/[^\w.-]/gu, "-") || "all"}`;
      const [out, cache] = [join(scratch, `out-${key}`), join(scratch, `cache-${key}`)];
      if (run.keep !== "cache and output") rmSync(out, { recursive: true, force: true });
      if (run.keep === undefined) rmSync(cache, { recursive: true, force: true });
      const args = [...programs[program], "generate", ...run.arguments, "--out", out, "--quiet"];
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        env: { ...process.env, STRATA_CACHE: cache },
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`${run.name}: exit ${String(status)}\n${stderr}`);
      times.get(run.name)?.push((performance.now() - start) / 1000);
    }
  }
  const middle = (name: string): number => median(times.get(name) ?? []);
  publish({
    title: program === "built" ? "generate" : "generate, from source",
    about:
      `Whole processes, ${String(rounds)} rounds, seconds of wall time; one release is ${newest} of the Webex family. ` +
      (program === "built"
        ? "The program as the package has it."
        : "The program as a clone runs it, through tsx."),
    columns: ["median s", "least s", "x --bundle, cold", "goal s"],
    rows: runs.map(({ name, goal }) => {
      const values = times.get(name) ?? [];
      const aim = typeof goal === "number" ? goal : goal[0] * middle(goal[1]);
      return {
        name,
        values: [median(values), Math.min(...values), middle(name) / middle("--bundle, cold"), aim],
      };
    }),
  });
  return middle("--bundle, cold");
}

/** From the write of a schema to that of the module which it changes: one element more in one type. */
async function measureWatch(args: readonly string[], module: string): Promise<number[]> {
  const folder = mkdtempSync(join(scratch, "watch-"));
  cpSync(join(root, "xsd"), join(folder, "xsd"), { recursive: true });
  const families = { webex: { source: "xsd", out: "out", service: "webex" } };
  writeFileSync(join(folder, "strata.config.json"), JSON.stringify({ families }));
  const child = spawn(process.execPath, [...programs.built, "generate", ...args, "--watch"], {
    cwd: folder,
    env: { ...process.env, STRATA_CACHE: join(folder, "cache"), CI: "1" },
  });
  let said = "";
  child.stdout.resume();
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      if (child.exitCode !== null) throw new Error(said);
      await new Promise((settle) => setTimeout(settle, 1));
    }
  };
  try {
    await until(() => said.includes("watching"));
    const file = join(folder, "xsd", newest, "service/user/user.xsd");
    const original = readFileSync(file, "utf8");
    const inode = (): number => statSync(join(folder, module), { throwIfNoEntry: false })?.ino ?? 0;
    const times: number[] = [];
    for (let change = 0; change < 5 + 3 * rounds; change++) {
      said = "";
      const before = inode();
      const element = `<xsd:element name="probe${String(change)}" type="xsd:string" minOccurs="0"/>`;
      const start = performance.now();
      writeFileSync(file, original.replace(/(?=<xsd:element name="webExId")/u, element));
      await until(() => ![0, before].includes(inode()));
      times.push((performance.now() - start) / 1000);
      await until(() => /written in/u.test(said));
      await new Promise((settle) => setTimeout(settle, 100));
    }
    return times;
  } finally {
    child.kill("SIGTERM");
  }
}

try {
  buildProgram(join(scratch, "package"));
  const cold = measureRuns("built");
  measureRuns("source");
  const rows = [];
  for (const [name, args, module] of [
    ["--bundle", ["--bundle", join("xsd", newest), "--out", "out"], "out/user.ts"],
    ["13 releases", [], `out/v${newest}/user.ts`],
  ] as const) {
    const times = await measureWatch(args, module);
    // The first change is answered by code that has just been loaded.
    const middle = median(times.slice(1));
    rows.push({ name, values: [times[0] ?? NaN, middle, Math.min(...times), middle / cold, 0.3] });
  }
  publish({
    title: "generate --watch",
    about: `From the write of a schema of ${newest} (one element more) to the write of its module; seconds of wall time, ${String(5 + 3 * rounds)} changes.`,
    columns: ["first s", "median s", "least s", "x --bundle, cold", "goal s"],
    rows,
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
