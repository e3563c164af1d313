/**
 * What a benchmark found, as a table of numbers: printed, and handed to `bench/main.ts`, which keeps it in `results.json` and
 * holds it against `gates.json`.
 */
import { appendFileSync } from "node:fs";
import type { Measurement } from "./harness.js";

export interface Table {
  /** Unique; gates refer to it. Holds no figure of a run. */
  readonly title: string;
  /** What was measured: sizes, seeds, what a ratio is against. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly name: string;
  /** One a column; NaN where there is none. */
  readonly values: readonly number[];
}

/** The environment variable that names the file to which tables are handed, one JSON a line. */
export const handover = "STRATA_BENCH_TABLES";

/** Prints a table, and hands it on when `bench/main.ts` is listening. */
export function publish(table: Table): void {
  console.log(`\n${formatRows(table)}`);
  const file = process.env[handover];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(table)}\n`);
}

/** As Markdown, so that it can be quoted as it is. */
export function formatRows({ title, about, columns, rows }: Table): string {
  const cells = [
    [title, ...columns],
    ...rows.map(({ name, values }) => [name, ...values.map((value) => formatNumber(value))]),
  ];
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map(
    (row) =>
      `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(Math.max(1, width - 1))}:`)).join(" | ")} |`;
  return [`${about}\n`, lines[0], rule, ...lines.slice(1)].join("\n");
}

/** Three digits that count. */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "";
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 3));
}

/** The columns of a measurement side by side; `x` says how much faster than the base a row is, by medians. */
export const measured = ["x", "x by least", "median ms", "±", "least ms", "MB/s"] as const;

/** Rows of a measurement, fastest first. */
export function rowsOf(measurements: readonly Measurement[]): Row[] {
  return [...measurements]
    .sort((a, b) => a.least - b.least)
    .map(({ name, median, least, spread, ratio, ratioOfLeast, megabytesPerSecond }) => ({
      name,
      values: [ratio, ratioOfLeast, median, spread, least, megabytesPerSecond],
    }));
}
