/** A release that the vendor might bring next: an operation with types of its own, and notes that speak of them. */
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { diffReleases } from "../../generator/diff/index.js";
import { readReleaseNotes } from "../../generator/release/notes.js";
import type { ReleaseNotes } from "../../generator/release/types.js";
import { readRelease, replaceOnce } from "./webex.js";

const meeting = "service/meeting/meeting.xsd";
const body = (inner: string): string =>
  `<xsd:complexContent><xsd:extension base="serv:bodyContentType"><xsd:sequence>${inner}</xsd:sequence></xsd:extension></xsd:complexContent>`;
const declarations = `
  <xsd:complexType name="pauseMeeting">${body('<xsd:element name="meetingKey" type="xsd:long"/><xsd:element name="pause" type="meet:pauseType" minOccurs="0"/>')}</xsd:complexType>
  <xsd:complexType name="pauseMeetingResponse">${body('<xsd:element name="paused" type="xsd:boolean"/>')}</xsd:complexType>
  <xsd:complexType name="pauseType"><xsd:sequence><xsd:element name="reason" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType>
  <xsd:complexType name="delMeeting">`;

const released = readRelease("41.12.0", (files) => {
  const text = files.get(meeting) ?? "";
  files.set(meeting, replaceOnce(text, '<xsd:complexType name="delMeeting">', declarations));
});

function notes(element: string, direction: string, path: string): ReleaseNotes {
  return notesWith(
    `{ element: "meet:${element}", operations: pauseMeeting, direction: ${direction}, path: ${path}, confidence: named, text: New. }`,
  );
}

function notesWith(...changes: readonly string[]): ReleaseNotes {
  const report = createReport();
  const text = `release: "41.13.0"
title: Meetings can be paused
summary: PauseMeeting is new.
sources: [{ title: Notes, language: en }]
reconstructed: false
download: offered
schema: changed
changes:
${changes.map((change) => `  - ${change}\n`).join("")}`;
  const read = readReleaseNotes({ path: "release.yaml", text }, report);
  if (read === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return read;
}

test.each([
  ["reason", "request", "pause/reason", ["operation.added"]],
  ["paused", "response", "paused", ["operation.added"]],
  // Said otherwise than it is: in the operation itself, and in a type that only it uses.
  ["pased", "response", "pased", ["note.name-differs paused", "operation.added"]],
  ["raeson", "request", "pause/raeson", ["note.name-differs reason", "operation.added"]],
])("%s of a new operation, documented in its %s", async (element, direction, path, expected) => {
  const { changes } = diffReleases(await readRelease("41.12.0"), await released, {
    policy: { preset: "source" },
    notes: [notes(element, direction, path)],
    others: [await readRelease("41.11.0")],
  });
  const lines = changes.map(({ rule, old, new: current }) =>
    rule.startsWith("note.") ? `${rule} ${current?.value ?? old?.value ?? ""}`.trim() : rule,
  );
  expect(lines.sort()).toEqual(expected);
  // Notes that speak of a new operation speak of all of it.
  const [added] = changes.filter(({ rule }) => rule === "operation.added");
  expect(added?.reach.map(({ op, dir, documented }) => [op, dir, documented])).toEqual([
    ["PauseMeeting", "request", true],
    ["PauseMeeting", "response", true],
  ]);
});

const without = readRelease("41.12.0", (files) => {
  const text = files.get(meeting) ?? "";
  files.set(
    meeting,
    text.replace(/<xsd:complexType name="delMeeting(?:Response)?">[\s\S]*?<\/xsd:complexType>/gu, ""),
  );
});

test.each([
  ["a new one", released, "{ operation: pauseMeeting, text: New. }", "found", ["operation.added"]],
  ["with its service", released, "{ operation: meeting.pauseMeeting }", "found", ["operation.added"]],
  [
    "one misspelt",
    released,
    "{ operation: pauseMeting }",
    "name-differs pauseMeeting",
    ["note.name-differs", "operation.added"],
  ],
  [
    "one that is not there",
    released,
    "{ operation: openWhiteboard }",
    "missing",
    ["note.missing", "note.undocumented", "operation.added"],
  ],
  [
    "one that was there",
    readRelease("41.12.0"),
    "{ operation: getMeeting }",
    "release-differs 41.11.0",
    ["note.release-differs"],
  ],
  ["one that is gone", without, "{ operation: delMeeting, change: removed }", "found", ["operation.removed"]],
  [
    "one that stayed",
    readRelease("41.12.0"),
    "{ operation: delMeeting, change: removed }",
    "missing",
    ["note.missing"],
  ],
  ["a deprecated one", readRelease("41.12.0"), "{ operation: delMeeting, change: deprecated }", "found", []],
  [
    "one that did not change",
    readRelease("41.12.0"),
    "{ operation: delMeeting, change: changed }",
    "missing",
    ["note.missing"],
  ],
] as const)("release notes name an operation itself: %s", async (_, release, note, outcome, rules) => {
  const { changes, reconciliation = [] } = diffReleases(await readRelease("41.12.0"), await release, {
    policy: { preset: "source" },
    notes: [notesWith(note)],
    others: [await readRelease("41.11.0")],
  });
  expect(reconciliation.map((each) => [each.outcome, each.instead].join(" ").trim())).toEqual([outcome]);
  expect(changes.map(({ rule }) => rule).sort()).toEqual(rules);
});

test.each([
  [
    "a change of a member, misspelt",
    (files: Map<string, string>) =>
      files.set(
        meeting,
        (files.get(meeting) ?? "").replace('<xsd:maxLength value="16"/>', '<xsd:maxLength value="32"/>'),
      ),
    '{ element: "meet:meetingPasword", change: changed, operations: createMeeting, direction: request, path: accessControl/meetingPasword, confidence: named }',
    "meetingPassword",
  ],
  [
    "what is around every operation, in another case",
    (files: Map<string, string>) => {
      const envelope = "service/service.xsd";
      const text = files.get(envelope) ?? "";
      const more = '<xsd:element name="requestID" type="xsd:string" minOccurs="0"/>';
      files.set(envelope, text.replace('<xsd:element name="value" type="xsd:string"', `${more}$&`));
    },
    '{ element: "serv:requestId", operations: getUser, direction: response, path: requestId, confidence: named }',
    "responseType/requestID",
  ],
] as const)("release notes call it otherwise: %s", async (_, edit, note, instead) => {
  const after = await readRelease("41.12.0", (files) => void edit(files));
  const { changes, reconciliation = [] } = diffReleases(await readRelease("41.12.0"), after, {
    policy: { preset: "source" },
    notes: [notesWith(note)],
  });
  expect(reconciliation.map((each) => [each.outcome, each.instead])).toEqual([["name-differs", instead]]);
  expect(changes.map(({ rule }) => rule)).not.toContain("note.undocumented");
});

test("an operation and its members, each documented, are one finding", async () => {
  const { changes, reconciliation } = diffReleases(await readRelease("41.12.0"), await released, {
    policy: { preset: "source" },
    notes: [
      notesWith(
        "{ operation: pauseMeeting }",
        '{ element: "meet:reason", operations: pauseMeeting, direction: request, path: pause/reason, confidence: named }',
      ),
    ],
  });
  expect(changes.map(({ rule }) => rule)).toEqual(["operation.added"]);
  expect(reconciliation?.map(({ outcome, findings }) => [outcome, findings.length])).toEqual([
    ["found", 1],
    ["found", 1],
  ]);
});

test.each([
  ["{ operation: a, path: b }", /path/u],
  ["{ operation: a, change: renamed }", /change/u],
  ["{ element: x:a }", /path|direction|confidence/u],
])("%s is a mistake in the notes", (note, message) => {
  expect(() => notesWith(note)).toThrow(message);
});

test("an operation that went to another service with its types is one finding", async () => {
  const site = "service/site/site.xsd";
  const user = "service/user/user.xsd";
  const after = await readRelease("41.12.0", (files) => {
    const pattern =
      /<xsd:complexType name="delSessionTemplates">[\s\S]*?<\/xsd:complexType>\s*<xsd:complexType name="delSessionTemplatesResponse">[\s\S]*?<\/xsd:complexType>/u;
    const [moved = ""] = pattern.exec(files.get(user) ?? "") ?? [];
    const uri = "http://www.webex.com/schemas/2002/06/service/user";
    files.set(user, replaceOnce(files.get(user) ?? "", pattern, ""));
    files.set(
      site,
      (files.get(site) ?? "")
        .replace("<xsd:schema", `<xsd:schema xmlns:use="${uri}"`)
        .replace("<xsd:import", `<xsd:import namespace="${uri}" schemaLocation="../user/user.xsd"/>$&`)
        .replace("</xsd:schema>", `${moved}</xsd:schema>`),
    );
  });
  const { changes } = diffReleases(await readRelease("41.12.0"), after, { policy: { preset: "source" } });
  expect(changes.map(({ rule, old, new: current }) => [rule, old?.value, current?.value])).toEqual([
    ["operation.renamed.likely", "user.delSessionTemplates", "site.delSessionTemplates"],
  ]);
});
