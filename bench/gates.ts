/** Ratios that must not get worse. A gate leaves room for noise, and only ever tightens. */
import type { Table } from "./results.js";

export interface Gate {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  /** The goal, where one is set beside the gate. */
  readonly goal?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What fell behind its gate, or could not be held against it, as sentences. */
export function failedGates(gates: readonly Gate[], tables: readonly Table[]): string[] {
  const failures: string[] = [];
  for (const gate of gates) {
    const table = tables.find(({ title }) => title === gate.table);
    // A group that was not run is not judged.
    if (table === undefined) continue;
    const value = valueOf(table, gate);
    const name = `${gate.table} / ${gate.row} / ${gate.column}`;
    if (value === undefined || !Number.isFinite(value)) failures.push(`${name}: nothing was measured`);
    else if (gate.atLeast !== undefined && value < gate.atLeast)
      failures.push(`${name}: ${value.toFixed(2)} is below the gate of ${gate.atLeast}`);
    else if (gate.atMost !== undefined && value > gate.atMost)
      failures.push(`${name}: ${value.toFixed(2)} is above the gate of ${gate.atMost}`);
  }
  return failures;
}

/** The share of a measured value that a gate leaves to noise. */
const slack = 0.3;

/** Gates that these results allow: each as it was, or tighter. */
export function tightened(gates: readonly Gate[], tables: readonly Table[]): Gate[] {
  return gates.map((gate) => {
    const table = tables.find(({ title }) => title === gate.table);
    const value = table && valueOf(table, gate);
    if (value === undefined || !Number.isFinite(value)) return gate;
    if (gate.atLeast !== undefined)
      return { ...gate, atLeast: Math.max(gate.atLeast, round(value * (1 - slack))) };
    if (gate.atMost !== undefined)
      return { ...gate, atMost: Math.min(gate.atMost, round(value * (1 + slack))) };
    return gate;
  });
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}

function valueOf({ columns, rows }: Table, { row, column }: Gate): number | undefined {
  return rows.find(({ name }) => name === row)?.values[columns.indexOf(column)];
}
