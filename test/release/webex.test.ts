import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { resolveModel } from "../../generator/model/resolve.js";
import type { Model } from "../../generator/model/types.js";
import { exceptionsOf } from "../../generator/release/exceptions.js";
import { addedIn, computeHistory, sinceOf } from "../../generator/release/history.js";
import { loadNotes } from "../../generator/release/notes.js";
import { resolveTarget } from "../../generator/release/path.js";
import { remarksOf } from "../../generator/release/remarks.js";
import type { History, Notes, ReleaseNotes } from "../../generator/release/types.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { webex } from "../../generator/service/webex.js";
import type { Service } from "../../generator/service/types.js";
import { comparable, isImported, reconstructed, releases } from "../bundles/bundle.js";

/** The notes in xsd/ against the schemas in xsd/: two accounts of the same thing that must agree. */

const root = fileURLToPath(new URL("../../xsd", import.meta.url));
const NAMESPACE = "http://www.webex.com/schemas/2002/06/";

const models = new Map<string, Model>();
const services = new Map<string, Service>();
const report = createReport();
let notes: Notes;
let history: History;

function notesOf(release: string): ReleaseNotes {
  const found = notes.releases.find((entry) => entry.release === release);
  if (!found) throw new Error(`no notes of ${release}`);
  return found;
}

function modelOf(release: string): Model {
  const model = models.get(release);
  if (!model) throw new Error(`no model of ${release}`);
  return model;
}

beforeAll(async () => {
  for (const release of releases) {
    // What somebody imported may have what there is to say about a schema said about it.
    const said = isImported(release) ? createReport() : report;
    const bundle = await loadBundle({ path: `${root}/${release}`, release }, said);
    if (!bundle) throw new Error(`cannot load ${release}`);
    const model = resolveModel(release, readDocuments(bundle, said), bundle, said);
    models.set(release, model);
    const service = webex.describe(model);
    if (service) services.set(release, service);
  }
  notes = loadNotes(root, releases, report, "xsd");
  history = computeHistory([...models.values()], (model) => services.get(model.release)?.operations ?? []);
});

test("there are notes for every release, and none has a mistake", () => {
  expect(notes.releases.map(({ release }) => release)).toEqual([...releases]);
  expect(notes.family?.family).toBe("webex");
  expect(report.diagnostics).toEqual([]);
});

test.each(reconstructed)("every name in the notes of %s is in its schema", (release) => {
  const found = createReport();
  remarksOf(modelOf(release), services.get(release), notes, found);
  expect(found.diagnostics.map(({ message }) => message)).toEqual([]);
});

test.each(reconstructed)("every name in the notes of the family is in the schema of %s", (release) => {
  const { family, exceptions } = notes;
  const entries = [
    ...(family?.behaviour ?? []),
    ...(family?.retirements ?? []),
    ...(family?.corrections ?? []),
    ...(exceptions?.exceptions ?? []),
  ];
  expect(entries.length).toBeGreaterThan(50);
  const lost = entries.flatMap((entry) =>
    resolveTarget(modelOf(release), services.get(release), entry).unresolved.map((problem) => [
      entry.pointer,
      problem,
    ]),
  );
  expect(lost).toEqual([]);
});

test.each(comparable)("%s adds to the schema what its notes say, and nothing else", (release) => {
  const model = modelOf(release);
  const documented = new Set(
    notesOf(release).changes.flatMap((change) =>
      resolveTarget(model, services.get(release), change).places.map(({ key }) => key),
    ),
  );
  const added = addedIn(history, release).map(({ key }) => key);
  expect([...documented].sort()).toEqual([...added].sort());
  for (const key of documented) {
    expect(sinceOf(history, key, releases.at(-1) ?? "")).toBe(release);
  }
  const before = history.releases.indexOf(release) - 1;
  const removed = [...history.lifetimes.values()].filter(({ runs }) =>
    runs.some(([, last]) => last === before),
  );
  expect(removed).toEqual([]);
  expect(notesOf(release).schema === "changed").toBe(added.length > 0);
});

test("names in the notes stand where the wire has them", () => {
  const wrong: string[] = [];
  for (const { release, changes } of notes.releases) {
    if (isImported(release)) continue;
    const model = modelOf(release);
    for (const change of changes) {
      const prefix = change.element.slice(0, change.element.indexOf(":"));
      const uri = model.namespaces.find((entry) => entry.prefix === prefix)?.uri;
      const places = resolveTarget(model, services.get(release), change).places;
      for (const { from, key, type } of places) {
        if (from.length !== change.operations.length)
          wrong.push(`${release} ${key}: ${from.length} messages`);
        if (!uri || !key.startsWith(`{${uri}}`)) wrong.push(`${release} ${key}: not in ${prefix}`);
        const [typePrefix, local] = (change.type ?? "").split(":");
        if (change.type === "group") {
          if (!model.types[type]) wrong.push(`${release} ${key}: no group`);
        } else {
          const typeUri =
            typePrefix === "xsd"
              ? "http://www.w3.org/2001/XMLSchema"
              : model.namespaces.find((entry) => entry.prefix === typePrefix)?.uri;
          if (type !== `{${typeUri}}${local}`) wrong.push(`${release} ${key}: type ${type}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

const brought: readonly [release: string, names: string[]][] = [
  ["41.1.0", []],
  ["41.2.0", ["enableEvent", "enableWebniar", "isWebexTelephony", "webexAssistantEnabled"]],
  [
    "41.3.0",
    [
      "enableEvent",
      "enableEvent",
      "enablePreMeetingLobby",
      "enablePreMeetingLobby",
      "enablePreMeetingLobby",
      "enablePreMeetingLobby",
      "enableWebniar",
      "enableWebniar",
    ],
  ],
  ["41.4.0", ["entryExitToneEC"]],
  ["41.5.0", ["enableRecordingAccess", "hostPIN", "storageEmptyStatus"]],
  ["41.6.0", ["largeEventCapacity"]],
  ["41.6.3", ["supportLargeEvent"]],
  ["41.7.0", ["enableNBRMCModify", "separateNoRecordingEdit"]],
  ["41.8.0", []],
  ["41.9.0", []],
  ["41.10.0", []],
  ["41.11.0", ["freeAccount", "serviceType", "serviceTypes"]],
  ["41.12.0", ["subProductCodePrefix"]],
];

test.each(brought.filter(([release]) => comparable.includes(release)))("%s brings %j", (release, names) => {
  expect(
    addedIn(history, release)
      .map(({ key }) => key.slice(key.lastIndexOf("/") + 1))
      .sort(),
  ).toEqual(names);
});

test("beside the schema: what the notes tell of behaviour, codes, ends and their own mistakes", () => {
  const codes = notes.releases.flatMap(({ release, exceptions }) =>
    exceptions.map(({ code }) => `${release} ${code}`),
  );
  expect(codes).toEqual([
    "41.4.0 110064",
    "41.11.0 030117",
    "41.11.0 030118",
    "41.11.0 030119",
    "41.11.0 030120",
    "41.11.0 060068",
    "41.12.0 010106",
  ]);
  const conditions = new Set(
    notes.releases.flatMap(({ changes, behaviour, exceptions, retirements }) =>
      [...changes, ...behaviour, ...exceptions, ...retirements].flatMap(({ when }) =>
        when.flatMap(({ anyOf }) => anyOf),
      ),
    ),
  );
  for (const name of [
    "AllowStartScheduledMtgFromPhone",
    "EnableRecordingAccesses",
    "CI_EC3K",
    "EnableClassicEvent",
    "T31 sites",
    "SiteAdmin",
    "RO_SiteAdmin",
    "UserAdmin",
  ]) {
    expect([...conditions]).toContain(name);
  }
  const mistakes = notes.releases.flatMap(({ corrections }) => corrections.map((entry) => entry.notes));
  for (const name of [
    "subProdctCodePrefix",
    "productionCodePrefix",
    "recondID",
    "IsWebexTelephony",
    "enableNBRMCModifyseparateNoRecordingEdit",
  ]) {
    expect(mistakes).toContain(name);
  }
  expect(
    notes.releases.filter(({ download }) => download === "not-offered").map(({ release }) => release),
  ).toEqual(["41.1.0", "41.10.0"]);
  expect(
    notes.releases.flatMap(({ release, retirements }) =>
      retirements.map(({ subject, stage }) => `${release} ${stage} ${subject}`),
    ),
  ).toEqual([
    "41.8.0 announced XML API 10.0.0",
    "41.8.0 announced https://{siteName}.webex.com/WBXService/xml10.0.0/XMLService",
    "41.9.0 removed XML API 10.0.0",
    "41.9.0 removed https://{siteName}.webex.com/WBXService/xml10.0.0/XMLService",
  ]);
});

test.runIf(reconstructed.length === releases.length)("what a reader of the generated code is told", () => {
  const found = createReport();
  const of = remarksOf(modelOf("41.12.0"), services.get("41.12.0"), notes, found);
  const texts = (key: string) => of(key).map(({ kind, release, text }) => `${kind} ${release} ${text}`);
  expect(texts(`{${NAMESPACE}service/site}metaDataType/activeUserCount`)).toEqual([
    "behaviour 41.3.0 In responses of getSite: answered to administrators only; hosts and attendees get a response without it. Applies with the role SiteAdmin, RO_SiteAdmin or UserAdmin.",
  ]);
  expect(texts(`{${NAMESPACE}service/ep}recordingType/createTime`)[0]).toMatch(
    /^behaviour 41\.6\.0 In responses of lstRecording: the time at which the record button was pressed\./u,
  );
  expect(texts(`{${NAMESPACE}service/user}userPhonesType/hostPIN`)).toContain(
    "guess 41.5.0 Its type and its place among its siblings are guesses.",
  );
  expect(texts("operation:event.createEvent").some((text) => text.includes("010106"))).toBe(true);
  expect(texts("operation:user.lstUser")[0]).toMatch(/^deprecated/u);
  const before = remarksOf(modelOf("41.5.0"), services.get("41.5.0"), notes, found);
  expect(before(`{${NAMESPACE}service/ep}recordingType/createTime`)).toEqual([]);
});

test("every error code that the facts know is in the catalogue", () => {
  const known = exceptionsOf(notes).map(({ code }) => code);
  expect(known).toEqual([
    "000000",
    "000001",
    "000015",
    "000035",
    "000045",
    "010106",
    "010107",
    "030001",
    "030002",
    "030004",
    "030005",
    "030047",
    "030117",
    "030118",
    "030119",
    "030120",
    "040015",
    "060001",
    "060019",
    "060021",
    "060026",
    "060068",
    "110064",
    "999999",
  ]);
  expect(exceptionsOf(notes).find(({ code }) => code === "010106")).toMatchObject({
    release: "41.12.0",
    reason: "The classic Event has been disabled.",
    operations: expect.arrayContaining(["createEvent", "uploadEventImage"]) as string[],
  });
});

test.each(reconstructed)("the folder of %s says where it comes from", (release) => {
  const text = readFileSync(`${root}/${release}/SOURCE.md`, "utf8");
  expect(text).toContain(`# Schema of release ${release}`);
  expect(text).toContain(`import path/to/download.zip --as ${release}`);
  if (notesOf(release).reconstructed) expect(text).toContain("**Reconstructed.**");
  for (const name of notes.family?.undescribed.map((entry) => entry.name) ?? []) expect(text).toContain(name);
});
