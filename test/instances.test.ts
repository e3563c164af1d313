/** Documents of golden cases: `instances/*.xml` are valid and survive a round trip, `instances/invalid-*.xml` are not valid. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { roundTripDifference } from "../conformance/round-trip.js";
import { createReport } from "../generator/diagnostics.js";
import type { EmitInput } from "../generator/emit/types.js";
import type { TypeDefinition } from "../generator/model/types.js";
import type { XmlAttribute, XmlElement } from "../generator/schema/types.js";
import { parseXml } from "../generator/schema/xml.js";
import { validateDocument } from "../generator/validate/document.js";
import { caseNames, casesFolder, readCase } from "./cases.js";

const documents = caseNames.flatMap((name) => {
  const folder = join(casesFolder, name, "instances");
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".xml"))
        .sort()
        .map((file) => [name, file] as const)
    : [];
});

const inputs = new Map<string, Promise<EmitInput | undefined>>();

async function modelOf(name: string) {
  let input = inputs.get(name);
  if (input === undefined) inputs.set(name, (input = readCase(name, createReport())));
  const read = await input;
  if (read === undefined) throw new Error(`the schemas of ${name} have errors`);
  return read.model;
}

test.each(documents)("%s: %s", async (name, file) => {
  const model = await modelOf(name);
  const text = readFileSync(join(casesFolder, name, "instances", file), "utf8");
  const report = createReport();
  const tree = parseXml(file, text, report);
  if (tree === undefined) throw new Error(report.diagnostics.map(({ message }) => message).join("\n"));
  const assessment = new Map<XmlElement | XmlAttribute, { type: TypeDefinition; text?: string }>();
  validateDocument(model, tree, report, {
    version: "1.1",
    assess: (node, type, used) => assessment.set(node, { type, ...(used !== undefined && { text: used }) }),
  });
  const issues = report.diagnostics.map(({ message }) => message);
  if (file.startsWith("invalid-")) expect(issues).not.toEqual([]);
  else {
    expect(issues).toEqual([]);
    expect(roundTripDifference(text, tree, { model, assessment, version: "1.1" })).toBeUndefined();
  }
});

test("every case of the language that is valid has a document", () => {
  expect(new Set(documents.map(([name]) => name)).size).toBeGreaterThan(12);
});
