// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What can go wrong when reading and writing, as data and as typed errors. */

/** What is wrong with content or a value; stable, meant for programs. */
export type IssueCode =
  | "unknown-element"
  | "unknown-attribute"
  | "unknown-property"
  | "unknown-type"
  | "unknown-value"
  | "unexpected-text"
  | "missing-element"
  | "missing-attribute"
  | "missing-value"
  | "missing-type"
  | "too-many"
  | "choice"
  | "invalid-value"
  | "wrong-type"
  | "illegal-character"
  | "not-nillable"
  | "fixed"
  | "nil-content"
  | "root"
  | "unexpected-element"
  | "abstract-element"
  | "repeated-id"
  | "dangling-idref"
  | "repeated-key"
  | "incomplete-key"
  | "dangling-key"
  | "ambiguous-key"
  | "cycle"
  | "limit"
  | "unreadable";

/** One finding on a value or a document. */
export interface Issue {
  readonly code: IssueCode;
  /** A JSON Pointer (RFC 6901) into the value: `/session/2/confName`; "" is the whole. */
  readonly path: string;
  readonly message: string;
}

/** A finding on a document, with its place; line and column count from 1, columns in UTF-16 code units; 0 where there is no place. */
export interface Diagnostic extends Issue {
  readonly line: number;
  readonly column: number;
}

/** Reading failed. */
export class DecodeError extends Error {
  override name = "DecodeError";
  /** Everything found up to then. */
  readonly diagnostics: readonly Diagnostic[];
  constructor(
    message: string,
    diagnostics: readonly Diagnostic[] = [],
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.diagnostics = diagnostics;
  }
}

/** Why a document is no XML that we accept. */
export type XmlErrorCode = "encoding" | "syntax" | "namespace" | "doctype" | "limit" | "root";

/** The bytes are not text in the announced encoding, or the text is not well-formed XML. */
export class XmlError extends DecodeError {
  override name = "XmlError";
  readonly code: XmlErrorCode;
  /** From 1; 0 when the text could not even be decoded. */
  readonly line: number;
  readonly column: number;
  /** In UTF-16 code units; in bytes for `encoding`. */
  readonly offset: number;
  constructor(code: XmlErrorCode, message: string, offset: number, line: number = 0, column: number = 0) {
    super(line > 0 ? `${message} (line ${line}, column ${column})` : message);
    this.code = code;
    this.offset = offset;
    this.line = line;
    this.column = column;
  }
}

/** A value cannot be written; `issues` lists everything that is wrong with it. */
export class EncodeError extends Error {
  override name = "EncodeError";
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    const lines = issues.slice(0, 20).map(lineOf);
    super(lines.join("\n") + (issues.length > 20 ? `\nand ${issues.length - 20} more` : ""));
    this.issues = issues;
  }
}

/** A finding as a line of a message. */
export function lineOf({ path, message }: Pick<Issue, "path" | "message">): string {
  return `${path || "/"}: ${message}`;
}
