/** What a scan finds wrong with a document. The first thing after which nothing can be told any more ends it. */
import type { Diagnostic } from "../diagnostics.js";
import { isTolerable } from "../tolerable.js";
import type { Place } from "./dtd.js";

/** The complaints about one document. */
export interface Complaints {
  readonly findings: readonly Diagnostic[];
  /** Whether there is no error among them, but such as may be tolerated. */
  readonly isWellFormed: () => boolean;
  readonly report: (
    code: string,
    message: string,
    at: Place,
    more?: Pick<Diagnostic, "hint" | "related" | "clause" | "severity">,
  ) => void;
  /** Reports that a clause is broken, and ends the scan. */
  readonly fail: (message: string, at: Place, clause: string, hint?: string) => never;
  /** Ends the scan: what is wrong has been reported. */
  readonly stop: () => never;
}

/** Ends a scan; caught by whoever began it. */
export class Malformed extends Error {}

/** Begins to gather complaints about a document of so many characters. */
export function createComplaints(file: string, length: number): Complaints {
  const findings: Diagnostic[] = [];
  let wellFormed = true;
  const report: Complaints["report"] = (code, message, at, more = { severity: "error" }) => {
    // What is missing at the end of the document has its place there.
    const start = Math.min(at.start, length);
    const end = Math.max(start, Math.min(at.end, length));
    findings.push({ code, message, at: { file, start, end }, ...more });
    if (more.severity === "error" && !isTolerable(code)) wellFormed = false;
  };
  const stop = (): never => {
    throw new Malformed(file);
  };
  return {
    findings,
    isWellFormed: () => wellFormed,
    report,
    fail(message, at, clause, hint) {
      report("malformed-xml", message, at, {
        severity: "error",
        clause,
        ...(hint !== undefined && { hint }),
      });
      return stop();
    },
    stop,
  };
}
