import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** In a process of its own, whose collector can be asked for. */
function run(...more: string[]): { readonly retained: number; readonly documents: number } {
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", "--import", "tsx", "bench/retained.ts", ...more],
    { cwd: new URL("../..", import.meta.url), encoding: "utf8" },
  );
  return JSON.parse(output) as { retained: number; documents: number };
}

test(
  "strings that are kept do not keep their documents, unless they may be views, and readers never do",
  { timeout: 60_000 },
  () => {
    const { retained, documents } = run();
    // Half a document: not even the last one stays with the reader that is kept for the next.
    expect(retained).toBeLessThan(documents / 20);
    const views = run("views");
    expect(views.retained).toBeGreaterThan(views.documents / 2);
    const dropped = run("dropped");
    expect(dropped.retained).toBeLessThan(dropped.documents / 20);
    console.log(
      `of ${(documents / 1e6).toFixed(1)} MB, kept strings keep ${(retained / 1e6).toFixed(1)} MB, views ${(views.retained / 1e6).toFixed(1)} MB`,
    );
  },
);
