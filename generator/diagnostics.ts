/**
 * What the tool has to say about its input, as values.
 *
 * A user's mistake is a {@link Diagnostic}, collected in a {@link Report}, so that one run tells them all.
 * `throw` is kept for mistakes of our own.
 */

/** A place in a source text: UTF-16 offsets into the decoded text of `file`, end exclusive. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning" | "info";

/** One finding about the input: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  /** Stable kebab-case id, such as `unknown-type-reference`; `xsd-strata explain <code>` tells more. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a final full stop: what is wrong, with the names concerned. */
  readonly message: string;
  readonly at?: Span;
  /** What to do: a "did you mean", an option, a repair. */
  readonly hint?: string;
  /** Further places that belong to the finding (the other one of two declarations, say). */
  readonly related?: readonly { readonly message: string; readonly at: Span }[];
  /** The clause of a specification that is broken, such as `src-resolve` or `cos-nonambig`. */
  readonly clause?: string;
  /** What was expected in its place, as a phrase; told of documents. */
  readonly expected?: string;
}

/** A collection of diagnostics, and the texts that their spans point into. */
export interface Report {
  /** Adds a finding. The same finding at the same place is kept once. */
  add(diagnostic: Diagnostic): void;
  /** Makes a text known, so that offsets into it can be shown as lines and columns. */
  addText(file: string, text: string): void;
  /** A text that was made known. */
  textOf(file: string): string | undefined;
  /** Everything found so far, in the order of discovery. */
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  /** Line and column, both counted from 1, of the start of a span; undefined when the text is not known. */
  locate(at: Span): { readonly line: number; readonly column: number; readonly lineText: string } | undefined;
}

/** A new, empty report. */
export function createReport(): Report {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const texts = new Map<string, { readonly text: string; lines?: readonly number[] }>();
  let errors = 0;
  return {
    add(diagnostic) {
      const { code, message, at } = diagnostic;
      const key = JSON.stringify([code, message, at?.file, at?.start]);
      if (seen.has(key)) return;
      seen.add(key);
      diagnostics.push(diagnostic);
      if (diagnostic.severity === "error") errors++;
    },
    addText(file, text) {
      texts.set(file, { text });
    },
    textOf: (file) => texts.get(file)?.text,
    diagnostics,
    get hasErrors() {
      return errors > 0;
    },
    locate(at) {
      const entry = texts.get(at.file);
      if (entry === undefined) return undefined;
      entry.lines ??= lineStarts(entry.text);
      let low = 0;
      let high = entry.lines.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((entry.lines[middle] ?? 0) <= at.start) low = middle;
        else high = middle - 1;
      }
      const start = entry.lines[low] ?? 0;
      let end = entry.lines[low + 1] ?? entry.text.length;
      // A line may be the whole of a large file: only its end is looked at.
      while (end > start && /[\r\n]/u.test(entry.text[end - 1] ?? "")) end--;
      return { line: low + 1, column: at.start - start + 1, lineText: entry.text.slice(start, end) };
    },
  };
}

/** The offsets at which lines begin; CR LF, CR and LF each end a line (XML 1.0, clause 2.11). */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/gu)) starts.push(match.index + match[0].length);
  return starts;
}

/** Orders diagnostics for printing: by file, then by place; those without a place come first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    const fileA = a.at?.file ?? "";
    const fileB = b.at?.file ?? "";
    if (fileA !== fileB) return fileA < fileB ? -1 : 1;
    return (a.at?.start ?? -1) - (b.at?.start ?? -1);
  });
}

/** What one code means. */
export interface Explanation {
  /** What it means and how it comes about; plain sentences. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** By diagnostic code. */
export type Explanations = Readonly<Record<string, Explanation>>;
