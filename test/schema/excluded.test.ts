import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { readSchema } from "../../generator/schema/read.js";

const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" vc:minVersion="1.0" vc:maxVersion="1.1"><xs:element name="a"/></xs:schema>`;

const read = (version?: "1.0" | "1.1") => {
  const report = createReport();
  const document = readSchema(
    { path: "a.xsd", text, digest: "" },
    report,
    version === undefined ? {} : { version },
  );
  return { elements: document?.components.length, codes: report.diagnostics.map(({ code }) => code) };
};

test("a schema for XSD 1.0 alone is read as such where no edition was asked for", () => {
  expect(read()).toEqual({ elements: 1, codes: [] });
  expect(read("1.0")).toEqual({ elements: 1, codes: [] });
});

test("for XSD 1.1 it holds nothing, and that is said", () => {
  expect(read("1.1")).toEqual({ elements: 0, codes: ["excluded-schema"] });
});
