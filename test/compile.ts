/** Compiles generated code as its strictest users do. */
import ts from "typescript";

/** What the compiler says about programs made of these files and what they import. */
export function strictErrors(
  files: readonly string[],
  options: ts.CompilerOptions = {},
): readonly ts.Diagnostic[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    ...options,
  });
  return ts.getPreEmitDiagnostics(program);
}

/** The text of a message, with the place of its file. */
export const errorText = ({ file, messageText }: ts.Diagnostic): string =>
  `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
