/** What is kept of a release that was generated, so that nothing is made again, and what was said is said again. */
import type { Diagnostic, Report } from "./diagnostics.js";
import type { OutputFile } from "./emit/types.js";
import { isListOf, isObjectOf, isPair, isText } from "./output/cache.js";
import type { ReadSchema } from "./read-schema.js";
import type { Service } from "./service/types.js";

/** What a release turned out to hold. */
export interface ReleaseSummary {
  readonly release: string;
  readonly namespaces: number;
  /** Named types. */
  readonly types: number;
  /** Global elements. */
  readonly elements: number;
  readonly operations: number;
  /** Components that the release before does not have; absent for the first. */
  readonly added?: number;
}

/** What was said about a text, so that it can be said again. */
interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that the diagnostics point into. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What is known of a release that was generated, without the texts; kept in the cache as JSON. */
export interface RecordedRelease {
  readonly summary: ReleaseSummary;
  /** What the package around the releases needs to know. */
  readonly service?: Pick<Service, "title" | "runtime">;
  /** What the output is pruned to, and the release does not have. */
  readonly absent?: readonly string[];
  readonly findings: Findings;
  /** Findings about the notes of all releases. */
  readonly notes: Findings;
  /** Path and digest of its files. */
  readonly digests: readonly (readonly [path: string, digest: string])[];
}

const isPlace = isObjectOf<{ file: string }>({ file: isText });

const isFindings = isObjectOf<Findings>({
  diagnostics: isListOf(
    isObjectOf<Diagnostic>({
      code: isText,
      severity: isText,
      message: isText,
      at: (at) => at === undefined || isPlace(at),
      related: (related) =>
        related === undefined || isListOf(isObjectOf<{ at: unknown }>({ at: isPlace }))(related),
    }),
  ),
  texts: (texts) => isObjectOf<object>({})(texts) && Object.values(texts).every(isText),
});

/** Whether what was kept is whole. */
export const isRecordedRelease = isObjectOf<RecordedRelease>({
  summary: isObjectOf<ReleaseSummary>({ release: isText }),
  absent: (absent) => absent === undefined || isListOf(isText)(absent),
  findings: isFindings,
  notes: isFindings,
  digests: isListOf(isPair),
});

/** Whether a value is a list of files. */
export const isFiles = isListOf(isObjectOf<OutputFile>({ path: isText, text: isText }));

/** A release that was generated. */
export interface MadeRelease extends RecordedRelease {
  readonly files: readonly OutputFile[];
}

/** What the package around the releases needs to know of one. */
export function factsOf({ service }: ReadSchema): Pick<RecordedRelease, "service"> {
  return service === undefined ? {} : { service: { title: service.title, runtime: service.runtime } };
}

/** What a report says, with the texts that it points into. */
export function findingsOf(report: Report): Findings {
  const texts: Record<string, string> = {};
  for (const { at, related } of report.diagnostics) {
    for (const span of [at, ...(related ?? []).map((each) => each.at)]) {
      const text = span && report.textOf(span.file);
      if (span !== undefined && text !== undefined) texts[span.file] = text;
    }
  }
  return { diagnostics: report.diagnostics, texts };
}

/** Says again what was said. */
export function repeat({ diagnostics, texts }: Findings, report: Report): void {
  for (const [file, text] of Object.entries(texts)) report.addText(file, text);
  for (const diagnostic of diagnostics) report.add(diagnostic);
}
