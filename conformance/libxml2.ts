/**
 * A second opinion on the suite: where libxml2 (as libxml2-wasm) judges otherwise than we do, and why.
 *
 * `npx tsx conformance/libxml2.ts --suite DIR [--json FILE]`, XSD 1.0 without NIST. Every difference must fall under an
 * entry of `libxml2.json`, which says what is right by which clause.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ParseOption, XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { readSuite, type SuiteTest } from "./suite.js";
import { disputedTests, knownFailures } from "./summary.js";

/** What libxml2 says of one test. */
export interface Opinion {
  readonly id: string;
  readonly kind: "schema" | "instance";
  /** Our verdict; that of the suite, but for known failures. */
  readonly ours: "valid" | "invalid";
  readonly theirs: "valid" | "invalid";
  /** Its first message. */
  readonly message?: string;
}

/** A cause of differences. */
export interface Cause {
  readonly cause: string;
  readonly clause: string;
  /** Who is right by the clause: `ours`, `theirs`, or `either` where the specification leaves it open. */
  readonly right: "ours" | "theirs" | "either";
  readonly tests: readonly string[];
}

/** All causes that are known. */
export function knownCauses(): readonly Cause[] {
  return JSON.parse(readFileSync(new URL("libxml2.json", import.meta.url), "utf8")) as readonly Cause[];
}

type Verdict = { readonly valid: boolean; readonly message?: string };

/** Where the two differ, in the order of the suite. */
export function differencesOf(root: string, isWanted: (test: SuiteTest) => boolean): readonly Opinion[] {
  xmlRegisterFsInputProviders();
  const failures = new Set(
    knownFailures("1.0")
      .filter(({ roundTrip }) => roundTrip !== true)
      .map(({ kind, id }) => `${kind.startsWith("schema") ? "schema" : "instance"} ${id}`),
  );
  const disputed = disputedTests("1.0");
  const found: Opinion[] = [];
  let last:
    { readonly key: string; readonly validator?: XsdValidator; readonly verdict: Verdict } | undefined;
  for (const test of readSuite(root, "1.0")) {
    if (test.set === "nistMeta" || disputed.has(test.id) || !isWanted(test)) continue;
    if (test.validity !== "valid" && test.validity !== "invalid") continue;
    // libxml2 takes one schema document; what it includes and imports it finds itself.
    const [schema] = test.schemas;
    if (schema === undefined || test.schemas.length > 1) continue;
    if (last?.key !== schema) {
      last?.validator?.dispose();
      last = { key: schema, ...readSchema(resolve(root, schema)) };
    }
    let verdict = last.verdict;
    if (test.kind === "instance") {
      // With a schema that it refuses it has no opinion on documents.
      if (last.validator === undefined) continue;
      verdict = validate(last.validator, resolve(root, test.instance ?? ""));
    }
    const failed = failures.has(`${test.kind} ${test.id}`);
    const ours = (test.validity === "valid") !== failed;
    if (ours === verdict.valid) continue;
    found.push({
      id: test.id,
      kind: test.kind,
      ours: ours ? "valid" : "invalid",
      theirs: verdict.valid ? "valid" : "invalid",
      ...(verdict.message !== undefined && { message: verdict.message }),
    });
  }
  last?.validator?.dispose();
  return found;
}

function readSchema(path: string): { readonly validator?: XsdValidator; readonly verdict: Verdict } {
  try {
    using document = XmlDocument.fromBuffer(readFileSync(path), {
      url: path,
      option: ParseOption.XML_PARSE_NONET,
    });
    return { validator: XsdValidator.fromDoc(document), verdict: { valid: true } };
  } catch (error) {
    return { verdict: { valid: false, message: messageOf(error) } };
  }
}

function validate(validator: XsdValidator, path: string): Verdict {
  try {
    using document = XmlDocument.fromBuffer(readFileSync(path), {
      url: path,
      option: ParseOption.XML_PARSE_NONET,
    });
    validator.validate(document);
    return { valid: true };
  } catch (error) {
    return { valid: false, message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n")[0] ?? "";
}

function main(): number {
  const { values } = parseArgs({ options: { suite: { type: "string" }, json: { type: "string" } } });
  const { suite } = values;
  if (suite === undefined || !statSync(suite).isDirectory()) {
    console.error("npx tsx conformance/libxml2.ts --suite DIR [--json FILE]");
    return 2;
  }
  const found = differencesOf(join(suite), () => true);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(found, null, 2)}\n`);
  const known = new Set(knownCauses().flatMap(({ tests }) => tests));
  const fresh = found.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
  for (const { kind, id, ours, theirs, message } of fresh)
    console.log(`${kind} ${id}: ours ${ours}, theirs ${theirs} ${message ?? ""}`);
  console.log(`${found.length} differences, ${fresh.length} of them unexplained`);
  return fresh.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith("libxml2.ts") === true) process.exitCode = main();
