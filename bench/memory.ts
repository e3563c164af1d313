/**
 * Peak memory of one reading, each in a process of its own: `npx tsx bench/memory.ts [rounds]`.
 *
 * A process that has just begun pays for its first reading what any program needs once it is warm: machine code of the engine, room
 * for its compiler. One that has read before pays for the document.
 */
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

interface Measurement {
  readonly title: string;
  readonly sessions: number;
  readonly names: readonly string[];
  /** Sessions of a document that the process reads three times before. */
  readonly before?: number;
}

const few = ["decode", "saxes + generated code"];
const measurements: readonly Measurement[] = [
  { title: "memory, 3 MB", sessions: 2000, names: Object.keys(readers) },
  { title: "memory, 3 MB, not the first", sessions: 2000, names: Object.keys(readers), before: 230 },
  { title: "memory, 50 MB", sessions: 32_406, names: few },
];

try {
  const programs = await bundlePrograms(
    scratch,
    `import { peakMemory } from "./peak.js"; const [, , file, smaller] = process.argv;` +
      `if (smaller) { const text = readFileSync(smaller, "utf8"); for (let k = 0; k < 3; k++) read(text); }` +
      `const xml = readFileSync(file, "utf8"); xml.charCodeAt(0); gc(); gc(); const before = process.memoryUsage.rss();` +
      `const start = performance.now(); const value = read(xml); const time = performance.now() - start;` +
      `const peak = peakMemory(); console.log(peak - before, peak, time, Object.keys(value).length);`,
  );
  const write = (name: string, sessions: number): string => {
    const file = join(scratch, name);
    writeFileSync(file, listDocument(sessions));
    return file;
  };
  for (const { title, sessions, names, before } of measurements) {
    const bytes = Buffer.byteLength(listDocument(sessions));
    const files = [write("document.xml", sessions), ...(before ? [write("smaller.xml", before)] : [])];
    const rows = programs
      .filter(({ name }) => names.includes(name))
      .map(({ name, file }) => {
        const runs = Array.from({ length: rounds }, () =>
          execFileSync(process.execPath, ["--expose-gc", file, ...files], { encoding: "utf8" })
            .split(" ")
            .map(Number),
        );
        const of = (column: number): number => median(runs.map((run) => run[column] ?? NaN));
        return { name, values: [of(0) / bytes, of(0) / 1e6, of(1) / 1e6, of(2)] };
      });
    const state = before ? "that has read three documents of a tenth of that" : "of its own";
    publish({
      title,
      about: `Memory of one reading, ${(bytes / 1e6).toFixed(1)} MB, in a process ${state}, ${rounds} rounds: the peak above what it held with the text in hand.`,
      columns: ["x document", "peak over start MB", "peak MB", "ms"],
      rows: rows.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0)),
    });
  }
} finally {
  rmSync(scratch, { recursive: true });
}
