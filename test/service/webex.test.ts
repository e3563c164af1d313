import { existsSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createReport, type Report } from "../../generator/diagnostics.js";
import type { Model, TypeId } from "../../generator/model/types.js";
import { readSchema } from "../../generator/read-schema.js";
import { additionsOf } from "../../generator/service/additions.js";
import { conventions, detectService } from "../../generator/service/detect.js";
import { directionsOf } from "../../generator/service/direction.js";
import type { Operation, Service } from "../../generator/service/types.js";

const bundles = resolve(import.meta.dirname, "../../xsd");
const facts = resolve(import.meta.dirname, "../../../shared/webex");
const serv = "http://www.webex.com/schemas/2002/06/service";

let report: Report;
let model: Model;
let service: Service;
let operation: (service: string, name: string) => Operation;

beforeAll(async () => {
  const release = readdirSync(bundles)
    .filter((name) => /^\d/u.test(name))
    .sort((a, b) => Number(b.split(".")[1]) - Number(a.split(".")[1]))[0];
  report = createReport();
  const read = await readSchema(
    { release: release ?? "", location: resolve(bundles, release ?? ""), entry: [] },
    report,
  );
  if (read?.service === undefined)
    throw new Error(report.diagnostics.map(({ message }) => message).join("\n"));
  model = read.model;
  service = read.service;
  operation = (owner, name) => {
    const found = service.operations.find((one) => one.service === owner && one.name === name);
    if (found === undefined) throw new Error(`no ${owner}.${name}`);
    return found;
  };
});

test("the model is recognised without being told", () => {
  expect(service.convention).toBe("webex");
  expect(detectService(model, "webex")).toEqual(service);
  expect(detectService(model, "none")).toBeUndefined();
  expect(conventions.map(({ id }) => id)).toEqual(["webex"]);
});

test("a model that only looks alike is not recognised", () => {
  const elsewhere = (uri: string): Model => ({
    ...model,
    namespaces: model.namespaces.map((one) => (one.uri === serv ? { ...one, uri } : one)),
  });
  expect(detectService(elsewhere("http://www.example.com/schemas/2002/06/service"))).toBeUndefined();
  expect(detectService({ ...model, elements: {} })).toBeUndefined();
  const { [`{${serv}}bodyContentType`]: _, ...types } = model.types;
  expect(detectService({ ...model, types })).toBeUndefined();
});

test("operations come in order of service, then of the schema, each once", () => {
  const services = service.operations.map((one) => one.service);
  expect(services).toEqual([...services].sort());
  expect(new Set(service.operations.map(({ wireType }) => wireType)).size).toBe(service.operations.length);
  const user = service.operations.filter((one) => one.service === "user").map(({ request }) => request);
  const order = Object.keys(model.types);
  expect(user).toEqual([...user].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
});

test.each([
  ["user", "getUser", "user.GetUser", true],
  ["user", "setUser", "user.SetUser", false],
  ["user", "AssignWebACDQueues", "user.AssignWebACDQueues", false],
  ["site", "GetWebACDQueues", "site.GetWebACDQueues", true],
  ["ep", "lstsummarySession", "ep.LstsummarySession", true],
  ["meeting", "gethosturlMeeting", "meeting.GethosturlMeeting", true],
  ["auo", "createTeleconferenceSession", "meeting.auo.CreateTeleconferenceSession", false],
  ["trainingsession", "checkLabAvailability", "training.CheckLabAvailability", true],
  ["history", "lstsalesSessionHistory", "history.LstsalesSessionHistory", true],
])("%s.%s goes by %s", (owner, name, wire, safe) => {
  expect(operation(owner, name)).toMatchObject({
    wireType: `java:com.webex.service.binding.${wire}`,
    safe,
    request: expect.stringMatching(new RegExp(`\\}${name}$`, "u")),
    response: expect.stringMatching(new RegExp(`\\}${name}Response$`, "u")),
  });
});

test.each([
  ["user", "lstsummaryUser", { records: "user", counters: "matchingRecords", control: "listControl" }],
  ["ep", "lstsummarySession", { records: "session", counters: "matchingRecords", control: "listControl" }],
  ["ep", "lstOpenSession", { records: "services", counters: "matchingRecords" }],
  [
    "history",
    "lstsalesSessionHistory",
    { records: "salesSessionHistory", counters: "matchingRecords", control: "listControl" },
  ],
  ["site", "lstTimeZone", { records: "timeZone" }],
  ["user", "getUser", undefined],
  ["user", "delUser", undefined],
])("%s.%s: where the parts of a list are", (owner, name, list) => {
  const { list: found } = operation(owner, name);
  if (list === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(list);
});

test("all operations that are lists by name are lists", () => {
  const lists = service.operations.filter(({ name }) => /^lst/iu.test(name));
  expect(lists.length).toBeGreaterThan(30);
  expect(lists.filter(({ list }) => list === undefined).map(({ name }) => name)).toEqual([]);
});

test("modules are named as users name them", () => {
  expect(Object.values(service.modules)).toEqual(
    expect.arrayContaining([
      "common",
      "service",
      "user",
      "meeting",
      "ep",
      "event",
      "history",
      "site",
      "training",
      "auo",
      "qti",
      "qtiasi",
    ]),
  );
  expect(new Set(Object.values(service.modules)).size).toBe(model.namespaces.length);
});

test("every rule about omitted content names something that the model requires", () => {
  for (const path of service.omitted) {
    const at = path.lastIndexOf("/");
    const [type, element] = [path.slice(0, at), path.slice(at + 1)];
    const owners = Object.values(model.types).filter(({ id }) => type === "*" || id === type);
    const required = owners.some(
      (owner) =>
        owner.kind === "complex" &&
        JSON.stringify(owner.content).includes(`"local":${JSON.stringify(element)}`),
    );
    expect(required, path).toBe(true);
  }
});

test.each([
  ["confID", "xs:long", "string"],
  ["sessionKey", "xs:long", "string"],
  ["meetingkey", "xs:long", "string"],
  ["userId", "xs:long", "string"],
  ["recordID", "xs:long", "string"],
  ["attendeeId", "xs:long", "string"],
  ["timeZoneID", "xs:long", "number"],
  ["languageID", "xs:long", "number"],
  ["meetingTypeID", "xs:integer", "number"],
  ["duration", "xs:integer", "number"],
  ["total", "xs:integer", "number"],
  ["activeUserCount", "xs:long", "number"],
  ["timezone", "xs:long", "number"],
])("%s, an %s, is a %s", (name, type, as) => {
  const rule = service.scalars.find(
    (one) => one.type === type && (one.name === undefined || new RegExp(one.name, "u").test(name)),
  );
  expect(rule?.as).toBe(as);
});

test("directions: what requests and responses reach", () => {
  const direction = directionsOf(model, service);
  const of = (local: string): TypeId => `{${serv}/${local}`;
  expect(direction(of("user}getUser"))).toBe("request");
  expect(direction(of("user}getUserResponse"))).toBe("response");
  expect(direction(of("user}userType"))).toBe("both");
  expect(direction(of("user}activeType"))).toBe("both");
  expect(direction(`{${serv}}lstControlType`)).toBe("request");
  expect(direction(`{${serv}}matchingRecordsType`)).toBe("response");
  expect(direction(of("ep}sessionSummaryInstanceType"))).toBe("response");
  expect(directionsOf(model, undefined)(of("user}getUser"))).toBe("none");
});

test("additions: what a release added, as its operations see it, outermost only", () => {
  const since = new Map([
    [`{${serv}/user}userPhonesType/hostPIN`, "9.1.0"],
    [`{${serv}/user}getUserResponse/freeAccount`, "9.2.0"],
    [`operation:ep.delSession`, "9.3.0"],
    [`{${serv}/ep}delSession/sessionKey`, "9.3.0"],
  ]);
  const additions = additionsOf(model, service, (key) => since.get(key));
  const of = (name: string): unknown[] =>
    additions
      .filter(({ operations }) => operations.includes(name))
      .map(({ release, path }) => [release, path]);
  expect(of("user.setUser")).toEqual([["9.1.0", "setUser/phones/hostPIN"]]);
  expect(of("user.getUser")).toEqual([
    ["9.1.0", "getUserResponse/phones/hostPIN"],
    ["9.2.0", "getUserResponse/freeAccount"],
  ]);
  expect(of("user.lstUser")).toEqual([["9.1.0", "lstUserResponse/user/phones/hostPIN"]]);
  expect(of("ep.delSession")).toEqual([["9.3.0", undefined]]);
  expect(additionsOf(model, service, () => undefined)).toEqual([]);
});

test.skipIf(!existsSync(facts))(
  "the documented operations are all there, by their documented wire names",
  () => {
    const table = readFileSync(resolve(facts, "operations.md"), "utf8");
    const documented = [...table.matchAll(/^\| (\w+) \| (\w+) \| (java:[\w.]+) \| .*? \| (\w+):(\w+) \|/gmu)];
    expect(documented).toHaveLength(112);
    for (const [, owner = "", name = "", wireType, , response] of documented) {
      const found = operation(owner, name);
      expect(found.wireType, name).toBe(wireType);
      expect(found.response.endsWith(`}${response}`), name).toBe(true);
    }
  },
);
