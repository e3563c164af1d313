/** Runs that are killed at each single step of their writing, and what the next run makes of that. */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { planOutput, writeOutput } from "../../generator/output/write.js";

/** Steps that the file system still does; then nothing at all happens, as for a process that was killed, or one step fails. */
const usual = vi.hoisted(() => ({
  steps: Infinity,
  once: false,
  halfWritten: false,
  links: true,
  backwards: false,
}));
const limits = vi.hoisted(() => ({ ...usual }));

vi.mock("node:fs", async (load) => {
  const real = await load<typeof fs>();
  const step = (): void => {
    if (limits.steps-- > 0) return;
    if (limits.once) limits.steps = Infinity;
    throw new Error("killed");
  };
  const stepping = <A extends unknown[], R>(act: (...args: A) => R) => {
    return (...args: A): R => {
      step();
      return act(...args);
    };
  };
  /** File by file, in one order or the other: a kill may come in the midst of it. */
  const remove = (path: string): void => {
    const stats = real.lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      const names = real.readdirSync(path).sort();
      for (const name of limits.backwards ? names.reverse() : names) remove(join(path, name));
      step();
      real.rmdirSync(path);
    } else {
      step();
      real.unlinkSync(path);
    }
  };
  const writeFileSync = (path: string, text: string): void => {
    if (limits.steps === 0 && limits.halfWritten) real.writeFileSync(path, text.slice(0, text.length / 2));
    step();
    real.writeFileSync(path, text);
  };
  const linkSync = (from: string, to: string): void => {
    if (!limits.links) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    step();
    real.linkSync(from, to);
  };
  const copyFileSync = (from: string, to: string): void => {
    if (limits.steps === 0) real.writeFileSync(to, "");
    step();
    real.copyFileSync(from, to);
  };
  return {
    ...real,
    mkdirSync: stepping(real.mkdirSync),
    renameSync: stepping(real.renameSync),
    // An empty folder that cannot be removed may stay.
    rmdirSync: (path: string) => {
      if (!limits.once) step();
      real.rmdirSync(path);
    },
    rmSync: remove,
    writeFileSync,
    linkSync,
    copyFileSync,
  };
});

let root: string;
let out: string;

beforeEach(() => {
  Object.assign(limits, usual);
  root = fs.mkdtempSync(join(tmpdir(), "strata-killed-"));
  out = join(root, "generated");
});

afterEach(() => {
  limits.steps = Infinity;
  fs.rmSync(root, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string>>;

const before: Files = { "index.ts": "1\n", "v1/a.ts": "1\n", "v1/b.ts": "1\n", "v2/a.ts": "1\n" };
const after: Files = { "index.ts": "2\n", "v1/a.ts": "2\n", "v1/c.ts": "2\n", "v3/x/y.ts": "2\n" };

const planOf = (files: Files, report = createReport()) =>
  planOutput(
    out,
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { label: "generated" },
    report,
  );

function write(files: Files): void {
  const report = createReport();
  const plan = planOf(files, report);
  expect(report.diagnostics).toEqual([]);
  if (plan !== undefined) writeOutput(plan);
}

/** Everything in the output folder, folders too, with texts. */
function tree(): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(out, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(out.length + 1), entry.isFile() ? fs.readFileSync(path, "utf8") : "folder"] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.each([
  { name: "as it is" },
  { name: "half of a file is written", halfWritten: true },
  { name: "the other order of deleting", backwards: true },
  { name: "no hard links", links: false },
  { name: "it goes on after a step that fails", once: true },
])("a run killed at any step is as if it had never been, or had come to its end: $name", (kind) => {
  const trees = [before, after].map((files) => {
    write(files);
    return tree();
  });
  let steps = 0;
  for (let unharmed = false; !unharmed; steps++) {
    fs.rmSync(out, { recursive: true });
    write(before);
    const plan = planOf(after);
    if (plan === undefined) throw new Error("refused");
    Object.assign(limits, kind, { steps });
    try {
      writeOutput(plan);
    } catch {
      // Killed, or failed.
    }
    unharmed = limits.steps >= 0 && limits.steps < Infinity;
    limits.steps = Infinity;
    // Killed between making the staging folder and saying who works there: told from a run at work by its age.
    const staging = join(out, ".strata-staging");
    if (fs.existsSync(staging)) fs.utimesSync(staging, 0, 0);
    const report = createReport();
    planOf(before, report);
    expect(report.diagnostics, `killed at step ${steps}`).toEqual([]);
    expect(trees, `killed at step ${steps}`).toContainEqual(tree());
    write(after);
    expect(tree(), `killed at step ${steps}`).toEqual(trees[1]);
  }
  expect(steps).toBeGreaterThan(20);
});

test("a run that begins while another one writes, or after it has written, changes nothing", () => {
  write(before);
  const late = planOf(after);
  const later = planOf(after);
  if (late === undefined || later === undefined) throw new Error("refused");
  const staging = join(out, ".strata-staging");
  fs.mkdirSync(staging);
  expect(() => {
    writeOutput(late);
  }).toThrow(expect.objectContaining({ code: "EBUSY" }));
  fs.rmSync(staging, { recursive: true });
  write({ ...before, "v1/b.ts": "3\n" });
  const there = tree();
  expect(() => {
    writeOutput(later);
  }).toThrow(expect.objectContaining({ code: "EBUSY" }));
  expect(tree()).toEqual(there);
});
