/** Edits whose findings are told as they should be; documents or code that show them have yet to be found. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diffModels, lineOf, modelOf } from "./schema.js";

test.each([
  ["element.renamed.likely+global", ["element.renamed.likely element:CommercialInvoice overlap"]],
  ["namespace.changed+unqualified", ["namespace.changed namespace: disjoint"]],
  ["simple.variety.atomic-to-list+references", ["simple.variety.atomic-to-list T/@r widening"]],
  [
    "substitution.member.added+above",
    ["substitution.member.added element:m/~n widening", "element.global.added element:n widening"],
  ],
])("%s", async (name, expected) => {
  const read = (file: string): string =>
    readFileSync(new URL(`edits/${encodeURIComponent(name)}/${file}`, import.meta.url), "utf8");
  const [before, after] = [
    await modelOf({ "s.xsd": read("old.xsd") }),
    await modelOf({ "s.xsd": read("new.xsd") }),
  ];
  expect(diffModels(before, after).changes.map(lineOf)).toEqual(expected);
});
