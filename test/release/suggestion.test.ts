import { expect, test } from "vitest";
import { suggest, suggestionHint } from "../../generator/suggestion.js";

test.each<[string, string[], string | undefined]>([
  ["relases", ["release", "releases", "reason"], "releases"],
  ["webexid", ["webExID", "webExId", "email"], "webExID"],
  ["is_webex_telephony", ["isTSPUsingTelephonyAPI", "isWebexTelephony"], "isWebexTelephony"],
  ["accesControlType", ["accountType", "accessControlType"], "accessControlType"],
  ["LstSummarySession", ["lstsummarySession", "lstSummary"], "lstsummarySession"],
  ["subProdctCodePrefix", ["productCodePrefix", "subProductCodePrefix"], "subProductCodePrefix"],
  ["recondID", ["recordName", "recordID"], "recordID"],
  ["teh", ["the", "then"], "the"],
  ["entirelyOther", ["release", "reason"], undefined],
  ["same", ["same"], undefined],
  ["x", ["y", "z"], undefined],
  ["ID", ["id"], "id"],
  ["", ["a"], undefined],
  ["__proto", ["__proto__", "constructor"], "__proto__"],
])("suggests for %j", (word, candidates, wanted) => {
  expect(suggest(word, candidates)).toBe(wanted);
  expect(suggestionHint(word, candidates)).toBe(
    wanted === undefined ? undefined : `did you mean "${wanted}"?`,
  );
});

test("case wins over a smaller distance, and ties go to the first", () => {
  expect(suggest("aBc", ["abd", "ABC"])).toBe("ABC");
  expect(suggest("name", ["nama", "nam"])).toBe("nama");
});
