/**
 * The first call of a process: a short-lived program pays for loading and for code that is not hot yet.
 * `npx tsx bench/cold.ts [rounds]`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listDocument } from "./documents.js";
import { median } from "./harness.js";
import { bundlePrograms } from "./programs.js";
import { publish } from "./results.js";

const [rounds = 15] = process.argv.slice(2).map(Number);
/** As many sessions as make the 35 kB of a usual answer. */
const sessions = 23;
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));

try {
  const xml = listDocument(sessions);
  const document = join(scratch, "document.xml");
  writeFileSync(document, xml);
  const programs = await bundlePrograms(
    scratch,
    `const xml = readFileSync(process.argv[2], "utf8"); const start = performance.now(); const value = read(xml);` +
      `console.log(performance.now() - start, Object.keys(value).length);`,
  );
  const times = programs.map(({ name, file }) => ({
    name,
    file,
    first: [] as number[],
    whole: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { file, first, whole } of times) {
      const start = performance.now();
      const output = execFileSync(process.execPath, [file, document], { encoding: "utf8" });
      whole.push(performance.now() - start);
      first.push(Number(output.split(" ")[0]));
    }
  }
  const base = times.find(({ name }) => name.startsWith("fast-xml-parser"))?.first ?? [];
  publish({
    title: "first call",
    about: `The first call of a process: ${Math.round(xml.length / 1000)} kB, ${rounds} processes each, x is against fast-xml-parser + conversion.`,
    columns: ["x", "x by least", "first call ms", "least ms", "whole process ms"],
    rows: times
      .map(({ name, first, whole }) => ({
        name,
        values: [
          median(base) / median(first),
          Math.min(...base) / Math.min(...first),
          median(first),
          Math.min(...first),
          median(whole),
        ],
      }))
      .sort((a, b) => (a.values[2] ?? 0) - (b.values[2] ?? 0)),
  });
} finally {
  rmSync(scratch, { recursive: true });
}
