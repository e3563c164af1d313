/**
 * Full validation of a long answer of the newest release against its schemas, ours beside libxml2's: while it is read into typed
 * values, and alone. `npx tsx --expose-gc bench/validate.ts [records] [rounds]`.
 */
import { XmlDocument } from "libxml2-wasm";
import { createReport } from "../generator/diagnostics.js";
import { readSchema } from "../generator/read-schema.js";
import { readInstance } from "../generator/schema/instance.js";
import { pathSource } from "../generator/source.js";
import { validateDocument } from "../generator/validate/document.js";
import { readBundle } from "../test/bundles/bundle.js";
import { compile } from "../test/bundles/validator.js";
import { longAnswer, newest } from "./answer.js";
import { measure } from "./harness.js";
import { ownRuntime } from "./instance.js";
import { measured, publish, rowsOf } from "./results.js";

const [records = 2000, rounds = 5] = process.argv.slice(2).map(Number);
const answer = await longAnswer(records);
const source = pathSource(`xsd/${newest}`);
const schema = await readSchema(source, createReport());
if (schema === undefined) throw new Error("the newest release cannot be read");
const { model } = schema;
const validator = compile(readBundle(newest));
const own = async (by: "tables" | "code") => {
  const runtime = await ownRuntime<typeof import("../generator/descriptors.js")>(
    by,
    `export { linkDescriptors } from "../generator/descriptors.js";`,
  );
  const live = await runtime.linkDescriptors(schema, source);
  return { ...runtime, message: live.element("{http://www.webex.com/schemas/2002/06/service}message") };
};
const [alone, fused, byTables] = await Promise.all([own("code"), own("code"), own("tables")]);
const base = "libxml2 (WebAssembly), read and validate";

for (const [name, xml] of [
  ["validate", answer],
  ["validate, indented", answer.replaceAll("><", ">\n    <")],
] as const) {
  publish({
    title: name,
    about: `A document of ${(xml.length / 1e6).toFixed(2)} MB with ${records} records, against the schemas of ${newest}; x is against libxml2 as WebAssembly.`,
    columns: [...measured],
    rows: rowsOf(
      measure(
        {
          "decode alone": () => alone.decode(alone.message, xml),
          "decode + validate, fused": () =>
            fused.decode(fused.message, xml, { validate: fused.fullValidation }),
          "decode + validate, fused, tables": () =>
            byTables.decode(byTables.message, xml, { validate: byTables.fullValidation }),
          "read and validate": () => {
            const report = createReport();
            const root = readInstance("answer.xml", xml, report);
            if (root !== undefined) validateDocument(model, root, report);
            if (report.hasErrors) throw new Error(report.diagnostics[0]?.message);
            return root;
          },
          [base]: () => {
            using document = XmlDocument.fromString(xml);
            validator.validate(document);
            return 0;
          },
        },
        { base, bytes: xml.length, rounds },
      ),
    ),
  });
}
