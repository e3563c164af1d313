/** Facets of a step against each other and against those of the base: each rule at its edge, and libxml2 agrees but where `?` says not. */
import { expect, test } from "vitest";
import { compile } from "../bundles/validator.js";
import { resolveBody, schema } from "./release.js";

const facet = (text: string): string =>
  text.replace(
    /(\w+)(!?)=(\S+)/gu,
    (_, name: string, fixed: string, value: string) =>
      `<xs:${name} value="${value}"${fixed && ' fixed="true"'}/>`,
  );
const step = (name: string, base: string, facets: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="${base}">${facet(facets)}</xs:restriction></xs:simpleType>`;

test.each<[type: string, base: string, own: string, ...clauses: string[]]>([
  // Lengths
  ["string", "length=3", "length=3"],
  ["string", "length=3", "length=4", "length-valid-restriction"],
  ["string", "length=3", "length=2", "length-valid-restriction"],
  ["string", "length=3", "minLength=3"],
  ["string", "length=3", "minLength=2"],
  ["string", "length=3", "minLength=4", "length-minLength-maxLength"],
  ["string", "length=3", "maxLength=3"],
  ["string", "length=3", "maxLength=4"],
  ["string", "length=3", "maxLength=2", "length-minLength-maxLength"],
  ["string", "minLength=2", "length=2"],
  ["string", "minLength=2", "length=1", "length-minLength-maxLength"],
  ["string", "maxLength=2", "length=2"],
  ["string", "maxLength=2", "length=3", "length-minLength-maxLength"],
  ["string?", "minLength=2", "length=3 minLength=2"],
  ["string", "minLength=2", "length=3 minLength=3", "length-minLength-maxLength"],
  ["string?", "maxLength=4", "length=3 maxLength=4"],
  ["string", "maxLength=4", "length=3 maxLength=3", "length-minLength-maxLength"],
  ["string", "minLength=2", "minLength=2"],
  ["string", "minLength=2", "minLength=1", "minLength-valid-restriction"],
  ["string", "maxLength=2", "maxLength=2"],
  ["string", "maxLength=2", "maxLength=3", "maxLength-valid-restriction"],
  ["string", "", "minLength=2 maxLength=2"],
  ["string?", "", "minLength=3 maxLength=2", "minLength-less-than-equal-to-maxLength"],
  ["string", "minLength=3", "maxLength=3"],
  ["string?", "minLength=3", "maxLength=2", "minLength-less-than-equal-to-maxLength"],
  ["string?", "maxLength=3", "minLength=4", "minLength-less-than-equal-to-maxLength"],
  // White space
  ["string", "whiteSpace=replace", "whiteSpace=replace"],
  ["string", "whiteSpace=replace", "whiteSpace=collapse"],
  ["string", "whiteSpace=replace", "whiteSpace=preserve", "whiteSpace-valid-restriction"],
  ["string", "whiteSpace=collapse", "whiteSpace=replace", "whiteSpace-valid-restriction"],
  // Digits
  ["decimal", "totalDigits=3", "totalDigits=3"],
  ["decimal", "totalDigits=3", "totalDigits=4", "totalDigits-valid-restriction"],
  ["decimal", "fractionDigits=3", "fractionDigits=3"],
  ["decimal", "fractionDigits=3", "fractionDigits=4", "fractionDigits-valid-restriction"],
  ["decimal", "", "totalDigits=3 fractionDigits=3"],
  ["decimal", "totalDigits=3", "fractionDigits=4", "fractionDigits-totalDigits"],
  ["decimal", "fractionDigits=3", "totalDigits=2", "fractionDigits-totalDigits"],
  ["integer", "", "fractionDigits=0"],
  ["integer?", "", "fractionDigits=1", "fractionDigits-valid-restriction"],
  // Bounds of one step
  ["int", "", "minInclusive=5 maxInclusive=5"],
  ["int", "", "minInclusive=6 maxInclusive=5", "minInclusive-less-than-equal-to-maxInclusive"],
  ["int", "", "minExclusive=5 maxExclusive=5"],
  ["int", "", "minExclusive=6 maxExclusive=5", "minExclusive-less-than-equal-to-maxExclusive"],
  ["int", "", "minExclusive=4 maxInclusive=5"],
  ["int", "", "minExclusive=5 maxInclusive=5", "minExclusive-less-than-maxInclusive"],
  ["int", "", "minInclusive=4 maxExclusive=5"],
  ["int", "", "minInclusive=5 maxExclusive=5", "minInclusive-less-than-maxExclusive"],
  ["int", "", "minInclusive=4 minExclusive=3", "minInclusive-minExclusive"],
  ["int", "", "maxInclusive=4 maxExclusive=5", "maxInclusive-maxExclusive"],
  [
    "date",
    "",
    "minInclusive=2026-02-01 maxInclusive=2026-01-31",
    "minInclusive-less-than-equal-to-maxInclusive",
  ],
  // Bounds against those of the base
  ["int", "minInclusive=5", "minInclusive=5"],
  ["int", "minInclusive=5", "minInclusive=4", "minInclusive-valid-restriction"],
  ["int", "minExclusive=5", "minInclusive=5", "minInclusive-valid-restriction"],
  ["int", "maxInclusive=5", "minInclusive=5"],
  ["int", "maxInclusive=5", "minInclusive=6", "minInclusive-valid-restriction"],
  ["int", "maxExclusive=5", "minInclusive=5", "minInclusive-valid-restriction"],
  ["int", "maxInclusive=5", "maxInclusive=5"],
  ["int", "maxInclusive=5", "maxInclusive=6", "maxInclusive-valid-restriction"],
  ["int", "maxExclusive=5", "maxInclusive=5", "maxInclusive-valid-restriction"],
  ["int", "minInclusive=5", "maxInclusive=5"],
  ["int", "minInclusive=5", "maxInclusive=4", "maxInclusive-valid-restriction"],
  ["int?", "minExclusive=5", "minExclusive=5"],
  ["int", "minExclusive=5", "minExclusive=4", "minExclusive-valid-restriction"],
  ["int", "minInclusive=5", "minExclusive=5"],
  ["int", "minInclusive=5", "minExclusive=4", "minExclusive-valid-restriction"],
  ["int", "maxInclusive=5", "minExclusive=4"],
  ["int?", "maxInclusive=5", "minExclusive=5", "minExclusive-valid-restriction"],
  ["int", "maxExclusive=5", "minExclusive=5", "minExclusive-valid-restriction"],
  ["int?", "maxExclusive=5", "maxExclusive=5"],
  ["int", "maxExclusive=5", "maxExclusive=6", "maxExclusive-valid-restriction"],
  ["int", "maxInclusive=5", "maxExclusive=5"],
  ["int", "maxInclusive=5", "maxExclusive=6", "maxExclusive-valid-restriction"],
  ["int", "minInclusive=5", "maxExclusive=6"],
  ["int", "minInclusive=5", "maxExclusive=5", "maxExclusive-valid-restriction"],
  ["int", "minExclusive=5", "maxExclusive=5", "maxExclusive-valid-restriction"],
  // Fixed facets
  ["string", "maxLength!=3", "maxLength=3"],
  ["string", "maxLength!=3", "minLength=1"],
  ["string", "minLength!=3", "minLength=4", "minLength-valid-restriction"],
  ["decimal", "maxInclusive!=3", "maxInclusive=3.0"],
  ["decimal", "maxInclusive!=3", "maxInclusive=2.9", "maxInclusive-valid-restriction"],
  ["string", "whiteSpace!=replace", "whiteSpace=replace"],
  ["string", "whiteSpace!=replace", "whiteSpace=collapse", "whiteSpace-valid-restriction"],
  // One mistake is told once.
  ["string", "maxLength!=3", "maxLength=4", "maxLength-valid-restriction"],
  ["int?", "", "whiteSpace=preserve", "whiteSpace-valid-restriction"],
  ["int", "", "totalDigits=2 fractionDigits=3", "fractionDigits-valid-restriction"],
  [
    "string",
    "minLength!=3",
    "minLength=2 maxLength=1",
    "minLength-valid-restriction",
    "minLength-less-than-equal-to-maxLength",
  ],
])("%s with %s, restricted by %s", (type, base, own, ...clauses) => {
  const isDisputed = type.endsWith("?");
  const body = step("B", `xs:${type.replace("?", "")}`, base) + step("T", "t:B", own);
  expect(resolveBody(body).errors).toEqual(clauses.map((clause) => `facet-not-a-restriction (${clause})`));
  const judge = (): void => {
    compile(new Map([["s.xsd", schema(body)]])).dispose();
  };
  if ((clauses.length === 0) !== isDisputed) expect(judge).not.toThrow();
  else expect(judge).toThrow();
});
