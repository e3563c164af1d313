import { expect, test } from "vitest";
import { createMockSite } from "../../templates/runtime/webex/mock.js";
import { getUser } from "../client/site.js";

test("a step for an operation or with a fault that does not exist is refused, not passed over", () => {
  const operations = [getUser];
  const site = createMockSite({ operations, scenario: [{ operation: "user.getUser", fault: "cut" }] });
  expect(() => {
    site.play({ operation: "GetUsr", exceptionID: "000001" });
  }).toThrow("the site has no operation GetUsr");
  expect(() => {
    site.play({ fault: "explode" as "cut" });
  }).toThrow("the site has no fault explode: there are cut, cut-body");
  expect(() => createMockSite({ operations, scenario: [{ operation: "getSite" }] })).toThrow(
    "no operation getSite",
  );
});
