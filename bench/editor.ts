/**
 * What an editor waits for in a file that uses the newest generated release: TypeScript's language service, as editors drive it,
 * asked after each keystroke. `npx tsx bench/editor.ts [rounds]`.
 */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { median } from "./harness.js";
import { publish } from "./results.js";

const [rounds = 15] = process.argv.slice(2).map(Number);
const generated = resolve(import.meta.dirname, "../generated");
const newest =
  readdirSync(generated)
    .filter((name) => /^v\d/u.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1) ?? "";
const file = join(generated, "editor-bench.ts");

/** A request with some members written, and a response that is read; `typed` is what is being typed in each. */
const source = (typed: { readonly request?: string; readonly response?: string } = {}): string => `
import { call, connect } from "./runtime/webex/index.js";
import { createMeeting, getMeeting, lstsummarySession } from "./${newest}/operations.js";

const connection = connect({ siteName: "example", credentials: { webExID: "a", password: "b" } });
export const made = await call(connection, createMeeting, {
  metaData: { confName: "Example" },
  schedule: { startDate: "2030-01-01T00:00:00Z" },
  ${typed.request ?? ""}
});
export const meeting = await call(connection, getMeeting, { meetingKey: "1" });
export const sessions = await call(connection, lstsummarySession, {});
export const name = meeting.${typed.response ?? "metaData"};
`;

let text = source();
let version = 0;
const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
};
const service = ts.createLanguageService(
  {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => generated,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  },
  ts.createDocumentRegistry(),
);

function edit(next: string): void {
  text = next;
  version++;
}

/** What is typed changes each time, so that nothing of the answer before holds. */
const letters = (round: number): string => "attendee".slice(0, (round % 8) + 1);

function completionsAt(marker: string): number {
  const found = service.getCompletionsAtPosition(file, text.indexOf(marker) + marker.length, {});
  return found?.entries.filter(({ kind }) => kind === ts.ScriptElementKind.memberVariableElement).length ?? 0;
}

function findingsOf(): number {
  return service.getSyntacticDiagnostics(file).length + service.getSemanticDiagnostics(file).length;
}

/** Each with the edit that comes before it, and its answer as a number that must not be wrong. */
const questions: readonly {
  readonly name: string;
  readonly text: (round: number) => string;
  readonly ask: (round: number) => number;
  readonly isRight: (answer: number) => boolean;
}[] = [
  {
    name: "completions in the object of a request",
    text: (round) => source({ request: letters(round) }),
    ask: (round) => completionsAt(`  ${letters(round)}`),
    isRight: (answer) => answer > 5,
  },
  {
    name: "completions of a member of a response",
    text: (round) => source({ response: letters(round) }),
    ask: (round) => completionsAt(`meeting.${letters(round)}`),
    isRight: (answer) => answer > 5,
  },
  {
    name: "quick info of an operation",
    text: (round) => `${source()}// ${letters(round)}\n`,
    ask: () =>
      service.getQuickInfoAtPosition(file, text.lastIndexOf("createMeeting"))?.displayParts?.length ?? 0,
    isRight: (answer) => answer > 0,
  },
  {
    name: "diagnostics of a file without mistakes",
    text: (round) => `${source()}// ${letters(round)}\n`,
    ask: findingsOf,
    isRight: (answer) => answer === 0,
  },
  {
    name: "diagnostics of a file with a mistake",
    text: (round) => source({ request: `${letters(round)}X: 1,` }),
    ask: findingsOf,
    isRight: (answer) => answer > 0,
  },
];

const start = performance.now();
if (findingsOf() > 0) throw new Error("the file that editors open has mistakes");
const opened = performance.now() - start;
const rows = questions.map(({ name, text: next, ask, isRight }) => {
  const times = Array.from({ length: rounds }, (_, round) => {
    edit(next(round));
    const before = performance.now();
    const answer = ask(round);
    const time = performance.now() - before;
    if (!isRight(answer)) throw new Error(`${name}: ${String(answer)}`);
    return time;
  });
  return { name, values: [median(times), Math.min(...times), Math.max(...times), median(times) / opened] };
});
publish({
  title: "editor",
  about: `TypeScript's language service (${ts.version}) in a file that uses release ${newest.slice(1)}; each time after an edit, ${String(rounds)} rounds, milliseconds.`,
  columns: ["median ms", "least ms", "most ms", "of opening"],
  rows: [{ name: "opening the file", values: [opened, opened, opened, 1] }, ...rows],
});
