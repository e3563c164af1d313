/**
 * Full validation of a long answer of the newest release against its schemas, ours beside libxml2's:
 * `npx tsx --expose-gc bench/validate.ts [records] [rounds]`.
 */
import { XmlDocument } from "libxml2-wasm";
import { createReport } from "../generator/diagnostics.js";
import { readModel } from "../generator/index.js";
import { createMockSite } from "../generator/mock/index.js";
import { parseXml } from "../generator/schema/xml.js";
import { validateDocument } from "../generator/validate/document.js";
import { readBundle, releases } from "../test/bundles/bundle.js";
import { compile } from "../test/bundles/validator.js";
import { measure } from "./harness.js";
import { measured, publish, rowsOf } from "./results.js";

const [records = 2000, rounds = 5] = process.argv.slice(2).map(Number);
const newest = releases.at(-1) ?? "";

const site = await createMockSite(`xsd/${newest}`);
site.on("LstsummarySession", (_, { answer }) => {
  const { session } = answer({ session: [{}] }) as { readonly session: readonly object[] };
  return answer({
    matchingRecords: { total: records, returned: records, startFrom: 1 },
    session: Array.from({ length: records }, (_, at) => ({
      ...session[0],
      sessionKey: String(700_000_000 + at),
    })),
  });
});
const { text: xml } = await site.answer(
  `<message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><header><securityContext><webExID>host</webExID>` +
    `<password>host-secret</password></securityContext></header><body>` +
    `<bodyContent xsi:type="java:com.webex.service.binding.ep.LstsummarySession"/></body></message>`,
);
const { model } = await readModel(`xsd/${newest}`);
if (model === undefined) throw new Error("the newest release cannot be read");
const validator = compile(readBundle(newest));

const ours = (): number => {
  const report = createReport();
  const root = parseXml("answer.xml", xml, report);
  if (root !== undefined) validateDocument(model, root, report);
  if (report.hasErrors) throw new Error(report.diagnostics[0]?.message);
  return report.diagnostics.length;
};
publish({
  title: "validate",
  about: `A document of ${(xml.length / 1e6).toFixed(2)} MB with ${records} records, read and validated against the schemas of ${newest}; x is against libxml2 as WebAssembly.`,
  columns: [...measured],
  rows: rowsOf(
    measure(
      {
        "read and validate": ours,
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
