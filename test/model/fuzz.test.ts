/** Mutated schemas through the whole generator: code or errors with places, never a crash, a hang or a polluted prototype. */
import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import { bareInput } from "../../generator/emit-input.js";
import { createReport } from "../../generator/diagnostics.js";
import { emitRelease } from "../../generator/emit/index.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { caseNames, casesFolder } from "../cases.js";
import { randomFrom } from "../schema/reading.js";

/** The schemas of the golden cases: every construct is in one of them. */
const schemas = caseNames.map((name) => {
  const folder = join(casesFolder, name, "input");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".xsd"),
  );
  return new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path), "utf8")]));
});

/** What stands in attributes of schemas and is good for trouble. */
const words =
  "__proto__ constructor toString hasOwnProperty prototype -1 0 1 99999999999999999999 unbounded xs:anyType xs:anySimpleType xs:string xs:ID xs:NOTATION xs:QName xs:IDREFS xs:error #all ##any ##other ##local ##targetNamespace prohibited required true false extension restriction [ (a a{1,99999} \\p{Lu} (a|a)*".split(
    " ",
  );

type Random = ReturnType<typeof randomFrom>;

/** Changes one value, doubles or drops an attribute or an empty element. */
function mutate(text: string, { next, pick }: Random): string {
  const own = [...text.matchAll(/"([^"<&]{0,60})"/gu)].map(([, word = ""]) => word);
  const replace = (pattern: RegExp, change: (found: string) => string): string => {
    const all = [...text.matchAll(pattern)];
    if (all.length === 0) return text;
    const found = pick(all);
    return text.slice(0, found.index) + change(found[0]) + text.slice(found.index + found[0].length);
  };
  switch (next(8)) {
    case 0:
      return replace(/ [\w:]+="[^"]*"/gu, () => "");
    case 1:
      return replace(
        / [\w:]+="[^"]*"/gu,
        (found) => found + pick([...text.matchAll(/ [\w:]+="[^"]*"/gu)])[0],
      );
    case 2:
      return replace(/<[\w:]+\b[^<>]*\/>/gu, (found) => (next(2) === 0 ? "" : found + found));
    default:
      return replace(/"[^"]*"/gu, () => `"${pick([...own, ...words])}"`);
  }
}

test.each([41, 42, 43])("mutated schemas give code or errors with places (seed %i)", async (seed) => {
  const random = randomFrom(seed);
  const { next, pick } = random;
  let generated = 0;
  let refused = 0;
  for (let round = 0; round < 250; round++) {
    const texts = new Map(pick(schemas));
    const mutated = pick([...texts.keys()]);
    for (let count = 1 + next(2); count > 0; count--)
      texts.set(mutated, mutate(texts.get(mutated) ?? "", random));
    const files = new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
    const report = createReport();
    const bundle = await loadBundle({ path: "fuzz", files, release: "1", entries: [] }, report);
    if (bundle === undefined) continue;
    const model = resolveModel("1", readDocuments(bundle, report), bundle, report);
    if (report.hasErrors) {
      refused++;
      for (const { at, severity, message } of report.diagnostics) {
        if (severity !== "error") continue;
        expect(at, message).toBeDefined();
        const { file = "", start = -1, end = -1 } = at ?? {};
        const length = texts.get(file)?.length ?? -1;
        expect(start >= 0 && start <= end && end <= length, `${message} in\n${texts.get(file) ?? file}`).toBe(
          true,
        );
      }
      continue;
    }
    generated++;
    const input = bareInput(model, undefined);
    emitRelease(input, report);
    const live = liveDescriptors(input);
    for (const id of Object.keys(model.elements)) live.element(id);
  }
  expect(generated).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(100);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
