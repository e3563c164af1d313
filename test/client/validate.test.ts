import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../../generated/v41.12.0/index.js";
import { decodeResult } from "../../templates/runtime/index.js";
import type { Facets, Struct } from "../../templates/runtime/descriptor.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { int, string } from "../../templates/runtime/scalars.js";
import { validate } from "../../templates/runtime/validate.js";
import {
  call,
  connect,
  validateRequest,
  WebexRequestError,
  type Operation,
} from "../../templates/runtime/webex/index.js";

const text = (facets: Facets) => ({ kind: "atomic", builtin: "string", as: "string", facets }) as const;

const request: Struct = {
  kind: "struct",
  name: "{urn:x}setThing",
  ns: "",
  content: [
    { name: "name", type: text({ maxLength: 4 }) },
    { name: "code", type: text({ patterns: [["[A-Z]{2}"]], matches: matchesPattern }), min: 0 },
    { name: "count", type: { ...int, facets: { minInclusive: "1", maxInclusive: "9" } }, min: 0 },
    { name: "kind", type: { ...string, values: ["A", "B"] }, min: 0 },
    { name: "password", type: text({ maxLength: 3 }), min: 0 },
  ],
};
const setThing: Operation = {
  service: "thing",
  name: "setThing",
  wireType: "java:com.webex.service.binding.thing.SetThing",
  request,
  response: { kind: "struct", name: "{urn:x}setThingResponse", ns: "" },
  release: "1.0",
  validate: validateRequest,
};

/** A connection that notes what it sends, and gets no answer. */
function recording(options: { readonly validate?: boolean } = {}) {
  const sent: string[] = [];
  const connection = connect({
    siteName: "example",
    credentials: { webExID: "a", password: "b" },
    retry: false,
    fetch: (_url, init) => {
      sent.push(String((init as { body: unknown }).body));
      return Promise.reject(new Error("no site"));
    },
    ...options,
  });
  return { connection, sent };
}

const bad = { name: "too long", code: "x1", count: 10, kind: "C", password: "secret", other: 1 };

test("a request that its schema forbids is not sent; one error tells all that is wrong", async () => {
  const { connection, sent } = recording();
  const error = await call(connection, setThing, bad).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WebexRequestError);
  const { issues, kind, message, attempts } = error as WebexRequestError;
  expect({ kind, attempts, sent }).toEqual({ kind: "request", attempts: 0, sent: [] });
  expect(issues.map(({ path, code, clause }) => `${path} ${code} ${clause ?? ""}`)).toEqual([
    "/name invalid-value cvc-maxLength-valid",
    "/code invalid-value cvc-pattern-valid",
    "/count invalid-value cvc-maxInclusive-valid",
    "/kind unknown-value cvc-enumeration-valid",
    "/password invalid-value cvc-maxLength-valid",
    "/other unknown-property cvc-complex-type.2.4",
  ]);
  expect(issues[0]).toMatchObject({ steps: ["name"], expected: "a length of at most 4, not 8," });
  expect(JSON.stringify(issues) + message).not.toContain("secret");
});

test("a secret is not quoted in part either", async () => {
  const { connection } = recording();
  const password = `"quoted" ${"secret".repeat(30)}`;
  const error = await call(connection, setThing, { name: "x", password }).catch((reason: unknown) => reason);
  expect(String(error)).not.toContain("secret");
  expect(String(error)).toContain("/password");
});

test("switched off for a client or one call, a request is sent as it can be written", async () => {
  const off = recording({ validate: false });
  await expect(call(off.connection, setThing, bad)).rejects.toThrow("no site");
  expect(off.sent[0]).toContain("<name>too long</name><code>x1</code><count>10</count>");
  const { connection, sent } = recording();
  await expect(call(connection, setThing, bad, { validate: false })).rejects.toThrow("no site");
  await expect(call(off.connection, setThing, bad, { validate: true })).rejects.toThrow(WebexRequestError);
  await expect(call(connection, setThing, { name: "\0" }, { validate: false })).rejects.toThrow(
    WebexRequestError,
  );
  expect(sent.length).toBe(1);
});

test("what an answer held beyond its schema may be sent back", async () => {
  const { connection, sent } = recording();
  const value = { name: "x", $unknown: [{ after: "name", node: { name: "newer", children: ["1"] } }] };
  await expect(call(connection, setThing, value)).rejects.toThrow("no site");
  expect(sent[0]).toContain("<newer");
});

const folder = resolve(import.meta.dirname, "../../../shared/webex/samples");
const samples = existsSync(folder) ? readdirSync(folder).filter((name) => /req-.*\.xml$/u.test(name)) : [];
if (samples.length === 0) console.log("skipped: ../shared/webex/samples is not here");

/** Documented requests that break the schema of 2011 or later, and how. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Orders by what the interface does not list.
  "req-ciscoie-meeting-LstsummaryMeeting.xml": [
    "/order/orderBy/0 unknown-value",
    "/order/orderBy/1 unknown-value",
  ],
  // The collection of a client: TRUE, which is no xs:boolean.
  "req-postman-meeting-CreateMeeting.xml": [
    "/enableOptions/supportE2E wrong-type",
    "/enableOptions/autoRecord wrong-type",
  ],
  // meetingKey, where the schema says meetingkey.
  "req-ciscoie-meeting-SetMeeting.xml": ["/meetingkey missing-element"],
};

test.runIf(samples.length > 0).each(samples)("%s may be sent", (name) => {
  const xml = readFileSync(join(folder, name), "utf8").replace(/\{+\w+\}+/gu, "1");
  const wireType = /xsi:type=\s*"(java:[^"]+)"/u.exec(xml)?.[1]?.trim() ?? "";
  const operation = (Object.values(operations) as Operation[]).find((one) => one.wireType === wireType);
  expect([wireType, operation !== undefined]).toEqual([wireType, true]);
  if (!operation) return;
  // One sample uses a prefix that it does not declare.
  const declarations = [
    'xmlns:use="http://www.webex.com/schemas/2002/06/service/user"',
    ...new Set(xml.match(/xmlns:(?!use)\w+="[^"]*"/gu)),
  ].join(" ");
  const body = (/<bodyContent[^>]*?(?:\/>|>[^]*<\/bodyContent>)/u.exec(xml)?.[0] ?? "")
    .replace(/\s(?:xsi:type=\s*|xmlns:\w+=)"[^"]*"/gu, "")
    .replace("<bodyContent", `<bodyContent ${declarations}`);
  const { value } = decodeResult(operation.request, body, { unqualified: "accept" });
  const issues = validate(operation.request, value, { unknown: "accept" });
  expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual(exceptions[name] ?? []);
});
