/** Generated code of releases, compiled in memory. */
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { createReport } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { emitRelease } from "../../generator/emit/index.js";
import type { Model } from "../../generator/model/types.js";

export const runtime = fileURLToPath(new URL("../../templates/runtime/", import.meta.url));

/** Generated code of a release, in a folder beside the runtime. */
export function emit(model: Model, folder: string, files: Map<string, string>): void {
  const report = createReport();
  const output = emitRelease(bareInput(model, undefined, { folder, runtimePath: "../runtime/" }), report);
  for (const { path, text } of output) files.set(`/c/${path}`, text);
}

/** What the compiler says of each file; `/c/runtime` is the runtime. */
export function compile(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly ts.Diagnostic[]> {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const sourceOf = (path: string): string | undefined =>
    path.startsWith("/c/runtime/")
      ? ts.sys.readFile(runtime + path.slice("/c/runtime/".length))
      : path.startsWith("/c/")
        ? files.get(path)
        : undefined;
  host.readFile = (path) => (path.startsWith("/c/") ? sourceOf(path) : ts.sys.readFile(path));
  host.fileExists = (path) => (path.startsWith("/c/") ? sourceOf(path) !== undefined : fileExists(path));
  host.directoryExists = () => true;
  host.getSourceFile = (path, version, onError) => {
    if (!path.startsWith("/c/")) return getSourceFile(path, version, onError);
    const text = sourceOf(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  const roots = [...files.keys()].filter((path) => path.endsWith(".ts"));
  const program = ts.createProgram({ rootNames: roots, options, host });
  return new Map(
    roots.map((path) => {
      const file = program.getSourceFile(path);
      return [path, file === undefined ? [] : program.getSemanticDiagnostics(file)];
    }),
  );
}

/** What the compiler says, as a line. */
export function textOf({ code, messageText }: ts.Diagnostic): string {
  return `TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 200)}`;
}
