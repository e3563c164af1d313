import { expect, test } from "vitest";
import type { Change, DiffResult } from "../../generator/diff/index.js";
import { readBundle, releases } from "../bundles/bundle.js";
import { compareNoted, notesOf, readRelease, replaceOnce } from "./webex.js";

const steps = releases.slice(1).map((release, index) => [releases[index] ?? "", release] as const);

/** Findings of a rule, by the element or code that they are about. */
function found(result: DiffResult, rule: string): readonly string[] {
  return result.changes
    .filter((change) => change.rule === rule)
    .map(({ component }) => component.path.at(-1) ?? component.type);
}

function additions({ changes }: DiffResult): readonly Change[] {
  return changes.filter(({ rule }) => rule.startsWith("element.added"));
}

test.each(steps)("%s to %s: notes and schemas agree", async (from, to) => {
  const result = compareNoted(await readRelease(from), await readRelease(to), to);
  expect((result.reconciliation ?? []).filter(({ outcome }) => outcome !== "found")).toEqual([]);
  expect(found(result, "note.undocumented")).toEqual([]);
  const { changes, behaviour, exceptions } = notesOf(to);
  expect(result.reconciliation).toHaveLength(changes.length);
  expect(found(result, "behaviour.note")).toHaveLength(behaviour.length);
  expect(found(result, "errorcode.added")).toHaveLength(exceptions.length);
  // Each documented operation and direction is reached by the finding, and marked.
  for (const [index, change] of changes.entries()) {
    const { findings = [] } = result.reconciliation?.[index] ?? {};
    expect(findings, change.element).not.toEqual([]);
    for (const operation of change.operations) {
      const name = operation.replace(/^./u, (letter) => letter.toUpperCase());
      const entries = result.changes
        .filter(({ id }) => findings.includes(id))
        .flatMap(({ reach }) => reach)
        .filter(({ op, dir }) => op === name && (change.direction === "both" || dir === change.direction));
      expect(entries, `${change.element} in ${name}`).not.toEqual([]);
      for (const entry of entries) expect(entry).toMatchObject({ documented: true });
    }
  }
});

test("an addition to a shared type leaks into operations that the notes do not name", async () => {
  const result = compareNoted(await readRelease("41.2.0"), await readRelease("41.3.0"), "41.3.0");
  const leaks = result.changes.filter(({ rule }) => rule === "operation.shared-type-leak");
  expect(leaks.map(({ component, level }) => [component.path.at(-1), level])).toEqual([
    ["enableEvent", "info"],
    ["enableWebniar", "info"],
    ["enablePreMeetingLobby", "info"],
  ]);
  for (const { reach } of leaks) {
    expect(reach.map(({ op, dir }) => `${op} ${dir}`)).toEqual([
      "CreateMeeting request",
      "LstMeeting response",
      "SetMeeting request",
    ]);
  }
});

const site = "service/site/site.xsd";
const meeting = "service/meeting/meeting.xsd";
const declaration = (name: string): RegExp =>
  new RegExp(`<xsd:element name="${name}"[\\s\\S]*?</xsd:element>`, "u");

/** 41.2.0 with something done to its file of the site service. */
async function tampered(path: string, change: (text: string) => string): Promise<DiffResult> {
  const after = await readRelease("41.2.0", (files) => {
    files.set(path, change(files.get(path) ?? ""));
  });
  return compareNoted(await readRelease("41.1.0"), after, "41.2.0");
}

test("an element that was dropped is documented, and not in the schema", async () => {
  const result = await tampered(site, (text) => replaceOnce(text, declaration("isWebexTelephony"), ""));
  expect(found(result, "note.missing")).toEqual(["41.2.0: site:isWebexTelephony"]);
  expect(result.changes.filter(({ rule }) => rule.startsWith("note."))).toHaveLength(1);
});

test.each(["IsWebexTelephony", "isWebexTelephoney", "isWebxTelephony"])(
  "an element called %s is a slip of the documented name",
  async (name) => {
    const result = await tampered(site, (text) =>
      replaceOnce(text, 'name="isWebexTelephony"', `name="${name}"`),
    );
    const [finding, ...more] = result.changes.filter(({ rule }) => rule.startsWith("note."));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: "note.name-differs", new: { value: name }, level: "dangerous" });
    expect(additions(result).find(({ component }) => component.path.at(-1) === name)?.reach).toEqual([
      expect.objectContaining({ op: "GetSite", dir: "response", documented: true }),
    ]);
  },
);

test("an element in another group of the documented message is at another place", async () => {
  const result = await tampered(site, (text) => {
    const [element = ""] = declaration("isWebexTelephony").exec(text) ?? [];
    const without = replaceOnce(text, element, "");
    return replaceOnce(
      without,
      /(?<=<xsd:complexType name="toolsType">[\s\S]*?<xsd:sequence>)(?<=name="toolsType">(?:(?!<xsd:sequence>)[\s\S])*<xsd:sequence>)/u,
      element,
    );
  });
  const [finding, ...more] = result.changes.filter(({ rule }) => rule.startsWith("note."));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: "note.place-differs" });
  expect(finding?.new?.value).toMatch(/isWebexTelephony$/u);
});

test("an element that nobody announced is not documented", async () => {
  const result = await tampered(meeting, (text) =>
    replaceOnce(
      text,
      /(?=<xsd:element name="viewVideoThumbs")/u,
      '<xsd:element name="silent" type="xsd:boolean" minOccurs="0"/>',
    ),
  );
  const notes = result.changes.filter(({ rule }) => rule.startsWith("note."));
  expect(notes.map(({ rule, component, level }) => [rule, component.path.at(-1), level])).toEqual([
    ["note.undocumented", "silent", "info"],
  ]);
  const [silent] = additions(result).filter(({ component }) => component.path.at(-1) === "silent");
  expect(silent?.reach.every(({ documented }) => documented === false)).toBe(true);
});

test("an element that comes a release later than documented", async () => {
  const edit = (files: Map<string, string>): void => {
    files.set(site, replaceOnce(files.get(site) ?? "", declaration("isWebexTelephony"), ""));
  };
  const [before, late] = [await readRelease("41.1.0"), await readRelease("41.2.0", edit)];
  const next = await readRelease("41.3.0");
  const result = compareNoted(before, late, "41.2.0", { others: [next] });
  const [finding, ...more] = result.changes.filter(({ rule }) => rule.startsWith("note."));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: "note.release-differs", new: { value: "41.3.0" } });
});

test("an element that was there before it was documented", async () => {
  const before = await readRelease("41.1.0", (files) => {
    const [element = ""] = declaration("isWebexTelephony").exec(readSite("41.2.0")) ?? [];
    files.set(
      site,
      replaceOnce(files.get(site) ?? "", /(?=<xsd:element name="isTSPUsingTelephonyAPI")/u, element),
    );
  });
  const result = compareNoted(before, await readRelease("41.2.0"), "41.2.0");
  expect(result.changes.filter(({ rule }) => rule.startsWith("note."))).toEqual([
    expect.objectContaining({ rule: "note.release-differs", new: { value: "41.1.0" } }),
  ]);
});

test("an element of another type than printed", async () => {
  const result = await tampered(site, (text) =>
    replaceOnce(
      text,
      'name="isWebexTelephony" type="xsd:boolean"',
      'name="isWebexTelephony" type="xsd:string"',
    ),
  );
  expect(result.changes.filter(({ rule }) => rule.startsWith("note."))).toEqual([
    expect.objectContaining({ rule: "note.type-differs", new: { value: "xs:string" } }),
  ]);
});

function readSite(release: string): string {
  return readBundle(release).get(site) ?? "";
}

test("every documented element is one finding, in its release", async () => {
  const found: string[] = [];
  for (const [from, to] of steps) {
    for (const change of additions(compareNoted(await readRelease(from), await readRelease(to), to))) {
      found.push(`${to} ${change.component.path.at(-1) ?? ""}`);
    }
  }
  expect(found.sort()).toEqual(
    [
      "41.2.0 isWebexTelephony",
      "41.2.0 enableEvent",
      "41.2.0 enableWebniar",
      "41.2.0 webexAssistantEnabled",
      "41.3.0 enableEvent",
      "41.3.0 enableEvent",
      "41.3.0 enableWebniar",
      "41.3.0 enableWebniar",
      "41.3.0 enablePreMeetingLobby",
      "41.3.0 enablePreMeetingLobby",
      "41.3.0 enablePreMeetingLobby",
      "41.3.0 enablePreMeetingLobby",
      "41.4.0 entryExitToneEC",
      "41.5.0 hostPIN",
      "41.5.0 enableRecordingAccess",
      "41.5.0 storageEmptyStatus",
      "41.6.0 largeEventCapacity",
      "41.6.3 supportLargeEvent",
      "41.7.0 enableNBRMCModify",
      "41.7.0 separateNoRecordingEdit",
      "41.11.0 serviceTypes",
      "41.11.0 freeAccount",
      "41.12.0 subProductCodePrefix",
    ].sort(),
  );
});
