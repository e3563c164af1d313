import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import type { DiffResult } from "../../generator/diff/index.js";
import { publishedSchema } from "../../generator/json-schema.js";
import { jsonOf } from "../../generator/report/json.js";
import { diffModels, modelOf, schemaPairs } from "./schema.js";
import { compareNoted, readRelease } from "./webex.js";

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(publishedSchema("diff.schema.json"));

function problems(result: DiffResult): unknown {
  const value = jsonOf({
    result,
    texts: { old: createReport(), new: createReport() },
    paths: { old: (file) => file, new: (file) => file },
    reconstructed: false,
    show: () => true,
  });
  return validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors;
}

test.each(schemaPairs())("the JSON of $name fits the published schema", async (pair) => {
  const [old, current] = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })];
  expect(problems(diffModels(old, current, pair.options))).toEqual([]);
});

test("the JSON of a noted release fits the published schema, and a stranger does not", async () => {
  const result = compareNoted(await readRelease("41.2.0"), await readRelease("41.3.0"), "41.3.0");
  expect(problems(result)).toEqual([]);
  expect(validate({ format: 1 })).toBe(false);
});
