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
  const report = createReport();
  const text = `release: "41.13.0"
title: Meetings can be paused
summary: PauseMeeting is new.
sources: [{ title: Notes, language: en }]
reconstructed: false
download: offered
schema: changed
changes:
  - { element: "meet:${element}", operations: pauseMeeting, direction: ${direction}, path: ${path}, confidence: named, text: New. }
`;
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
