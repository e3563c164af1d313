import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { caseNames, casesFolder, recordCase, recordedCase, runCase } from "./cases.js";

test.each(caseNames)("%s gives what is recorded (npm run test:record records anew)", async (name) => {
  const given = await runCase(name);
  if (process.env["RECORD"] === "1") recordCase(name, given);
  const recorded = recordedCase(name);
  expect([...given.keys()].sort()).toEqual([...recorded.keys()].sort());
  for (const [path, text] of given) expect(text, path).toBe(recorded.get(path));
});

test("all recorded code compiles strictly", () => {
  const files = caseNames.flatMap((name) =>
    [...recordedCase(name).keys()]
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(casesFolder, name, path)),
  );
  expect(files.length).toBeGreaterThan(caseNames.length);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const errors = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || file.fileName.includes("/cases/"))
    .map(
      (each) => `${each.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(each.messageText, "\n")}`,
    );
  expect(errors).toEqual([]);
}, 120_000);
