/** All benchmarks, a group after the other: `npm run bench [-- generate|decode]`. */
import { spawnSync } from "node:child_process";

const groups: Readonly<Record<string, readonly string[]>> = {
  generate: ["--import", "tsx", "bench/generate.ts"],
  decode: ["--expose-gc", "--import", "tsx", "bench/decode.ts"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`there is no group ${unknown.join(", ")}; known: ${Object.keys(groups).join(", ")}`);
  process.exit(2);
}
for (const [name, command] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
