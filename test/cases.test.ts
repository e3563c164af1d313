import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { caseNames, casesFolder, recordCase, recordedCase, runCase } from "./cases.js";
import { errorText, strictErrors } from "./compile.js";

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
  const errors = strictErrors(files, {
    moduleDetection: ts.ModuleDetectionKind.Force,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    skipLibCheck: true,
  }).filter(({ file }) => file === undefined || file.fileName.includes("/cases/"));
  expect(errors.map(errorText)).toEqual([]);
}, 120_000);
