/** Reading schema texts in tests. */
import { createHash } from "node:crypto";
import { createReport, type Diagnostic, type Report } from "../../generator/diagnostics.js";
import { readSchema, type ReadOptions } from "../../generator/schema/read.js";
import type { SchemaDocument, XmlElement } from "../../generator/schema/types.js";
import { parseXml } from "../../generator/schema/xml.js";

/** A diagnostic as one line: `line:column code message`. */
export function describe(diagnostic: Diagnostic, report: Report): string {
  const place = diagnostic.at === undefined ? undefined : report.locate(diagnostic.at);
  const where = place === undefined ? "" : `${String(place.line)}:${String(place.column)} `;
  return `${where}${diagnostic.code} ${diagnostic.message}`;
}

/** The tree of a text, and what was said about it. */
export function parse(text: string): {
  readonly root: XmlElement | undefined;
  readonly findings: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const report = createReport();
  const root = parseXml("test.xsd", text, report);
  return {
    root,
    findings: report.diagnostics.map((diagnostic) => describe(diagnostic, report)),
    diagnostics: report.diagnostics,
  };
}

/** A schema with this inside; `attributes` are those of the root. */
export function schema(inside: string, attributes = ""): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"${attributes}>${inside}</xs:schema>`;
}

/** What a text holds as a schema, and what was said about it. */
export function read(
  text: string,
  options: ReadOptions = {},
): {
  readonly document: SchemaDocument | undefined;
  readonly findings: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const report = createReport();
  const digest = createHash("sha256").update(text).digest("hex");
  const document = readSchema({ path: "test.xsd", text, digest }, report, options);
  return {
    document,
    findings: report.diagnostics.map((diagnostic) => describe(diagnostic, report)),
    diagnostics: report.diagnostics,
  };
}

/** Data without places, and maps as objects, so that a test can write it down. */
export function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) =>
      key === "at" || key === "extent"
        ? undefined
        : item instanceof Map
          ? Object.fromEntries([...item].filter(([prefix]) => prefix !== "xml"))
          : item,
    ),
  );
}

/** Pseudo-random numbers from a seed: the same everywhere. */
export function randomFrom(seed: number): {
  readonly next: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
} {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { next, pick: <T>(items: readonly T[]) => items[next(items.length)] as T };
}
