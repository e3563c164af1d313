import { expect, test } from "vitest";
import {
  comparable,
  files,
  flatten,
  isImported,
  readBundle,
  reconstructed,
  releases,
  type Line,
  type Prefix,
} from "./bundle.js";

/** What the update notes document: release, file, the type that carries it, the element, the sibling before it. */
const documented: readonly (readonly [
  release: string,
  file: Prefix,
  parent: string,
  element: string,
  after: string | undefined,
])[] = [
  ["41.2.0", "site", "telephonyConfigType", "isWebexTelephony", undefined],
  ["41.2.0", "ep", "sessionSummaryInstanceType", "enableEvent", "isScheduledPMR"],
  ["41.2.0", "ep", "sessionSummaryInstanceType", "enableWebniar", "enableEvent"],
  ["41.2.0", "use", "getUserResponse", "webexAssistantEnabled", "scheduleFor"],
  ["41.3.0", "ep", "getSessionInfoResponse/accessControl", "enableEvent", "isEnforceAudioLogin"],
  ["41.3.0", "ep", "getSessionInfoResponse/accessControl", "enableWebniar", "enableEvent"],
  ["41.3.0", "ep", "getSessionInfoResponse/accessControl", "enablePreMeetingLobby", "enableWebniar"],
  ["41.3.0", "meet", "enableOptionsType", "enableEvent", "autoRecord"],
  ["41.3.0", "meet", "enableOptionsType", "enableWebniar", "enableEvent"],
  ["41.3.0", "meet", "enableOptionsType", "enablePreMeetingLobby", "enableWebniar"],
  ["41.3.0", "site", "siteType/siteCommonOptions", "enablePreMeetingLobby", "SupportAnyoneHostMeetings"],
  ["41.3.0", "ep", "sessionSummaryInstanceType", "enablePreMeetingLobby", "enableWebniar"],
  ["41.4.0", "site", "defaultsType", "entryExitToneEC", "entryExitTone"],
  ["41.5.0", "use", "userPhonesType", "hostPIN", "PIN"],
  ["41.5.0", "site", "toolsType", "enableRecordingAccess", "enableTPplus"],
  ["41.5.0", "site", "toolsType", "storageEmptyStatus", "enableRecordingAccess"],
  ["41.6.0", "use", "getUserResponse", "largeEventCapacity", "avatar"],
  ["41.6.3", "site", "siteType/siteCommonOptions", "supportLargeEvent", "enablePreMeetingLobby"],
  ["41.7.0", "site", "toolsType", "enableNBRMCModify", "storageEmptyStatus"],
  ["41.7.0", "site", "toolsType", "separateNoRecordingEdit", "enableNBRMCModify"],
  ["41.11.0", "history", "lstrecordaccessHistory", "serviceTypes", "hostWebExID"],
  ["41.11.0", "use", "getUserResponse", "freeAccount", "largeEventCapacity"],
  ["41.12.0", "mtgtype", "meetingTypeTypeExt", "subProductCodePrefix", "productCodePrefix"],
];

const bundles = new Map<string, Map<string, Line[]>>(
  reconstructed.map((release) => [
    release,
    new Map([...readBundle(release)].map(([path, text]) => [path, flatten(text)])),
  ]),
);

function lines(release: string, file: Prefix): Line[] {
  return bundles.get(release)?.get(files[file]) ?? [];
}

/** Positions of the element declarations of a type, anonymous types inside included. */
function declared(release: string, file: Prefix, parent: string): string[] {
  return lines(release, file)
    .filter((line) => line.name === "element" && line.path.startsWith(`${parent}/`))
    .map((line) => line.path.slice(parent.length + 1))
    .filter((name) => !name.includes("/"));
}

test.each(documented)("%s adds %s:%s/%s after %s", (release, file, parent, element, after) => {
  for (const [index, name] of releases.entries()) {
    if (isImported(name)) continue;
    const siblings = declared(name, file, parent);
    const position = siblings.indexOf(element);
    if (index < releases.findIndex((each) => each === release)) {
      expect(siblings.length, `${name} has the parent`).toBeGreaterThan(0);
      expect(position, `${name} is too early for it`).toBe(-1);
    } else {
      expect(position, `${name} has it`).not.toBe(-1);
      expect(position === 0 ? undefined : siblings[position - 1]).toBe(after);
      const line = lines(name, file).find(
        (each) => each.path === `${parent}/${element}` && each.name === "element",
      );
      expect(line?.text, "nothing new is required").toContain(' minOccurs="0"');
    }
  }
});

test.each(comparable.filter((release) => release !== releases[0]))("%s changes nothing else", (release) => {
  const before = releases[releases.findIndex((each) => each === release) - 1] ?? "";
  for (const file of Object.keys(files) as Prefix[]) {
    const added = documented
      .filter((row) => row[0] === release && row[1] === file)
      .map((row) => `${row[2]}/${row[3]}`);
    const rest = lines(release, file).filter(
      (line) => !added.some((path) => line.path === path || line.path.startsWith(`${path}/`)),
    );
    expect(rest, files[file]).toEqual(lines(before, file));
  }
});

test("releases without a schema change hold the same bytes", () => {
  for (const [release, same] of [
    ["41.8.0", "41.7.0"],
    ["41.9.0", "41.7.0"],
    ["41.10.0", "41.7.0"],
  ] as const)
    if (!isImported(release) && !isImported(same)) expect(readBundle(release)).toEqual(readBundle(same));
});
