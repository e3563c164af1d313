/**
 * A long list as a stream: `npx tsx bench/stream.ts [megabytes] [--json]` shows time and the most memory that the process had. It
 * runs as a bundle in a process of its own, since what loads TypeScript takes a hundred megabytes by itself.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
try {
  const outfile = join(scratch, "streaming.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "streaming.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outfile,
    logLevel: "error",
  });
  execFileSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: "inherit" });
} finally {
  rmSync(scratch, { recursive: true });
}
