/**
 * Random schemas with derivation, substitution and several namespaces: the model, descriptors and libxml2 judge documents alike, and
 * what is valid is valid again when it was read and written.
 */
import { expect, test } from "vitest";
import {
  decode,
  decodeResult,
  encode,
  fullValidation,
  validateDocument,
  ValidationError,
  XmlError,
} from "../../templates/runtime/index.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { validate } from "../../templates/runtime/validate.js";
import { compile, complaints } from "../bundles/validator.js";
import { documentOf, randomFrom, surprise, treeOf } from "../runtime/surprises.js";
import { issuesOf, modelOf } from "../validate/read.js";
import { schemaFrom } from "./derivation.js";
import { descriptorsOf, namespace } from "./schemas.js";

// FUZZ=20 FUZZ_SEED=1 looks further.
const seed = Number(process.env["FUZZ_SEED"] ?? 41_120);
const times = 30 * Number(process.env["FUZZ"] ?? 1);

/** An empty section is text for libxml2 where only elements may be, and it does not collapse xsi:type. */
const oddities = /<!\[CDATA\[\]\]>|:type\s*=\s*"(?:\s|[^"]*\s")/u;

test(`documents of random schemas are judged alike (seed ${String(seed)})`, { timeout: 300_000 }, () => {
  const seen = { valid: 0, invalid: 0, derived: 0 };
  for (let k = 0; k < times; k++) {
    const random = randomFrom(seed + k * 7919);
    const files = schemaFrom(random);
    const model = modelOf(files, {}, ["main.xsd"]);
    const root = descriptorsOf(model).element(`{${namespace}}r`);
    const { "main.xsd": main = "", ...others } = files;
    using validator = compile(new Map([["main.xsd", main]]), new Map(Object.entries(others)));
    const judge = (xml: string) => ({
      model: issuesOf(model, xml).map(({ message }) => message),
      descriptors: validateDocument(root, xml).map(({ message }) => message),
      libxml2: oddities.test(xml) ? undefined : complaints(validator, xml),
    });

    for (let n = 0; n < 16; n++) {
      const value = sampleOf<unknown>(root, { seed: 1 + (n % 4), mode: n % 3 === 0 ? "minimal" : "full" });
      const sample = encode(root, value as never);
      if (n < 4) {
        const told = { values: validate(root, value), ...judge(sample) };
        expect([sample, told]).toEqual([sample, { values: [], model: [], descriptors: [], libxml2: [] }]);
        expect(encode(root, decode(root, sample) as never)).toBe(sample);
      }
      const tree = treeOf(sample);
      for (let many = 1 + random(3); many > 0; many--) surprise(tree, random);
      const xml = documentOf(tree, random);
      let told: ReturnType<typeof judge>;
      try {
        told = judge(xml);
      } catch (error) {
        // Another root, or no XML.
        if (!(error instanceof XmlError)) throw error;
        continue;
      }
      const isValid = told.model.length === 0;
      for (const [judged, said] of Object.entries(told))
        if (said !== undefined)
          expect([xml, judged, said.length === 0, said]).toEqual([xml, judged, isValid, said]);
      expect([xml, isDecoded(xml)]).toEqual([xml, isValid]);
      if (!isValid) {
        seen.invalid++;
        continue;
      }
      seen.valid++;
      if (xml.includes(":type=")) seen.derived++;
      const { value: read, root: own } = decodeResult(root, xml);
      const again = encode(root, read, own === undefined ? {} : { root: own });
      expect([xml, again, judge(again).model]).toEqual([xml, again, []]);
    }

    function isDecoded(xml: string): boolean {
      try {
        decode(root, xml, { validate: fullValidation });
        return true;
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        return false;
      }
    }
  }
  console.log(`seed ${String(seed)}:`, seen);
  expect(seen.valid).toBeGreaterThan(times * 2);
  expect(seen.invalid).toBeGreaterThan(times * 8);
  expect(seen.derived).toBeGreaterThan(times / 4);
});
