/**
 * Full validation of a long answer of the newest release against its schemas, ours beside libxml2's:
 * `npx tsx --expose-gc bench/validate.ts [records] [rounds]`.
 */
import { XmlDocument } from "libxml2-wasm";
import { createReport } from "../generator/diagnostics.js";
import { readModel } from "../generator/index.js";
import { readInstance } from "../generator/schema/instance.js";
import { validateDocument } from "../generator/validate/document.js";
import { readBundle } from "../test/bundles/bundle.js";
import { compile } from "../test/bundles/validator.js";
import { longAnswer, newest } from "./answer.js";
import { measure } from "./harness.js";
import { measured, publish, rowsOf } from "./results.js";

const [records = 2000, rounds = 5] = process.argv.slice(2).map(Number);
const xml = await longAnswer(records);
const { model } = await readModel(`xsd/${newest}`);
if (model === undefined) throw new Error("the newest release cannot be read");
const validator = compile(readBundle(newest));

publish({
  title: "validate",
  about: `A document of ${(xml.length / 1e6).toFixed(2)} MB with ${records} records, read and validated against the schemas of ${newest}; x is against libxml2 as WebAssembly.`,
  columns: [...measured],
  rows: rowsOf(
    measure(
      {
        "read and validate": () => {
          const report = createReport();
          const root = readInstance("answer.xml", xml, report);
          if (root !== undefined) validateDocument(model, root, report);
          if (report.hasErrors) throw new Error(report.diagnostics[0]?.message);
          return root;
        },
        "libxml2 (WebAssembly), read and validate": () => {
          using document = XmlDocument.fromString(xml);
          validator.validate(document);
          return 0;
        },
      },
      { base: "libxml2 (WebAssembly), read and validate", bytes: xml.length, rounds },
    ),
  ),
});
