/** Peak memory of one reading, each candidate in a process of its own: `npx tsx bench/memory.ts [rounds]`. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listDocument } from "./documents.js";
import { median } from "./harness.js";
import { bundlePrograms, readers } from "./programs.js";
import { publish } from "./results.js";

const [rounds = 3] = process.argv.slice(2).map(Number);
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));

try {
  const programs = await bundlePrograms(
    scratch,
    `import { peakMemory } from "./peak.js"; const xml = readFileSync(process.argv[2], "utf8"); xml.charCodeAt(0); const before = process.memoryUsage.rss();` +
      `const start = performance.now(); const value = read(xml); const time = performance.now() - start;` +
      `const peak = peakMemory(); console.log(peak - before, peak, time, Object.keys(value).length);`,
  );
  const sizes: readonly [title: string, sessions: number, names: readonly string[]][] = [
    ["memory, 3 MB", 2000, Object.keys(readers)],
    ["memory, 50 MB", 32_406, ["decode", "saxes + generated code"]],
  ];
  for (const [title, sessions, names] of sizes) {
    const xml = listDocument(sessions);
    const document = join(scratch, "document.xml");
    writeFileSync(document, xml);
    const bytes = Buffer.byteLength(xml);
    const rows = programs
      .filter(({ name }) => names.includes(name))
      .map(({ name, file }) => {
        const runs = Array.from({ length: rounds }, () =>
          execFileSync(process.execPath, [file, document], { encoding: "utf8" }).split(" ").map(Number),
        );
        const of = (column: number): number => median(runs.map((run) => run[column] ?? NaN));
        return { name, values: [of(0) / bytes, of(0) / 1e6, of(1) / 1e6, of(2)] };
      });
    publish({
      title,
      about: `Memory of one reading, ${(bytes / 1e6).toFixed(1)} MB, own process, ${rounds} rounds: the peak above what the process held with the text in hand.`,
      columns: ["x document", "peak over start MB", "peak MB", "ms"],
      rows: rows.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0)),
    });
  }
} finally {
  rmSync(scratch, { recursive: true });
}
