/** What the output is pruned to, held against all releases that are made: one of them must have it, the others need not. */
import type { Report } from "./diagnostics.js";
import type { ReleaseSummary } from "./recorded-release.js";
import { formatCount } from "./terminal.js";
import { suggestionHint } from "./suggestion.js";

/** A release, and the names of `only` that mean nothing in it. */
export interface PrunedRelease {
  readonly summary: Pick<ReleaseSummary, "release">;
  readonly absent?: readonly string[];
}

/** The names of `only` that no release has. */
export function namesOfNothing(
  only: readonly string[],
  releases: readonly PrunedRelease[],
): readonly string[] {
  return only.filter((name) => releases.every(({ absent }) => absent?.includes(name)));
}

/** Reports names that no release has as errors, with what was meant among all that `known` gives, and as remarks those that some lack. */
export function reportAbsent(
  only: readonly string[],
  releases: readonly PrunedRelease[],
  known: () => Iterable<string>,
  report: Report,
): void {
  const nothing = namesOfNothing(only, releases);
  for (const name of new Set(only)) {
    const without = releases.filter(({ absent }) => absent?.includes(name));
    const component = `service, operation, type or element "${name}"`;
    if (nothing.includes(name)) {
      const [first, ...others] = releases;
      const hint = suggestionHint(name, new Set(known()));
      report.add({
        code: "unknown-component",
        severity: "error",
        message:
          others.length === 0
            ? `${first?.summary.release ?? ""} has no ${component} to which the output could be pruned`
            : `none of the ${formatCount(releases.length)} releases has a ${component} to which the output could be pruned`,
        ...(hint !== undefined && { hint }),
      });
    } else if (without.length > 0) {
      report.add({
        code: "absent-component",
        severity: "info",
        message: `${formatCount(without.length)} of ${formatCount(releases.length)} releases ${without.length === 1 ? "has" : "have"} no ${component}: ${without.map(({ summary }) => summary.release).join(", ")}`,
      });
    }
  }
}
