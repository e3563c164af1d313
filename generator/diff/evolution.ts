/** What several releases did to each component, from comparisons of each with the one before. */
import { componentText } from "./judge.js";
import type { DiffResult } from "./result.js";
import type { Change, ComponentPath, Level, RuleId } from "./types.js";

/** One component that some release touched. */
export interface EvolutionRow {
  readonly component: ComponentPath;
  /** As reports write it. */
  readonly name: string;
  readonly ops: readonly string[];
  readonly dirs: readonly ("request" | "response")[];
  /** The release that brought it; absent when the first one had it. */
  readonly since?: string;
  /** The last release that had it; absent when the newest has it. */
  readonly until?: string;
  readonly events: readonly EvolutionEvent[];
}

export interface EvolutionEvent {
  readonly release: string;
  readonly rule: RuleId;
  readonly id: string;
  readonly level: Level;
  readonly sign: "+" | "-" | "~";
}

/** The components that changed, sorted by name; what was accepted is left out. */
export function evolutionOf(steps: readonly DiffResult[]): readonly EvolutionRow[] {
  interface Draft {
    readonly component: ComponentPath;
    readonly name: string;
    readonly ops: Set<string>;
    readonly dirs: Set<"request" | "response">;
    readonly events: EvolutionEvent[];
  }
  const rows = new Map<string, Draft>();
  const order = steps.map(({ from, to }) => [from.id, to.id] as const);
  const rowOf = (component: ComponentPath, step: DiffResult): Draft => {
    const prefix = step.to.prefixes[component.ns] ?? step.from.prefixes[component.ns] ?? "";
    const name = componentText(component, prefix);
    const key = JSON.stringify([component.ns, name]);
    let row = rows.get(key);
    if (row === undefined) {
      rows.set(key, (row = { component, name, ops: new Set(), dirs: new Set(), events: [] }));
    }
    return row;
  };
  for (const step of steps) {
    for (const change of step.changes) {
      if (change.suppressed !== undefined && change.suppressed.as === undefined) continue;
      const add = (component: ComponentPath, sign: EvolutionEvent["sign"]): void => {
        const row = rowOf(component, step);
        for (const { op, dir } of change.reach) {
          row.ops.add(op);
          row.dirs.add(dir);
        }
        const level = change.suppressed?.as ?? change.level;
        row.events.push({ release: step.to.id, rule: change.rule, id: change.id, level, sign });
      };
      // Under its old name the component ends, under the new one it begins.
      if (change.formerly !== undefined) add(change.formerly, "-");
      add(change.component, change.formerly === undefined ? signOf(change) : "+");
    }
  }
  return [...rows.values()]
    .map(({ component, name, ops, dirs, events }): EvolutionRow => {
      const last = events.findLast(({ sign }) => sign !== "~");
      const since = events.findLast(({ sign }) => sign === "+")?.release;
      const until =
        last?.sign === "-" ? order.find(([, release]) => release === last.release)?.[0] : undefined;
      return {
        component,
        name,
        ops: [...ops].sort(),
        dirs: [...dirs].sort(),
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
        events,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Rules about something that a component says of itself: that came or went, the component stayed. */
const aspect =
  /^(?:facet|mixed|doc|union\.member|operation\.response)\.|\.(?:default|fixed|nillable|abstract|block|final)\./u;

/** Whether a component came, went, or became different. */
export function signOf({ old, new: current, rule }: Change): "+" | "-" | "~" {
  if (aspect.test(rule)) return "~";
  if (old === undefined && current !== undefined && /\.added(?:\.|$)|branch-added$/u.test(rule)) return "+";
  if (current === undefined && old !== undefined && /\.removed(?:\.|$)|branch-removed$/u.test(rule))
    return "-";
  return "~";
}

/** For each release whether it has a component of a row. */
export function presenceIn(row: EvolutionRow, releases: readonly string[]): readonly boolean[] {
  const first = row.events.find(({ sign }) => sign !== "~");
  let there = first?.sign !== "+";
  return releases.map((release) => {
    for (const { sign, release: when } of row.events) {
      if (when === release && sign !== "~") there = sign === "+";
    }
    return there;
  });
}
