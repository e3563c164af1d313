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
  "strings that are kept do not keep their documents, unless they may be views",
  { timeout: 60_000 },
  () => {
    const { retained, documents } = run();
    // An engine may hold on to the last document for a while.
    expect(retained).toBeLessThan(documents / 4);
    const views = run("views");
    expect(views.retained).toBeGreaterThan(views.documents / 2);
    console.log(
      `of ${(documents / 1e6).toFixed(1)} MB, kept strings keep ${(retained / 1e6).toFixed(1)} MB, views ${(views.retained / 1e6).toFixed(1)} MB`,
    );
  },
);
