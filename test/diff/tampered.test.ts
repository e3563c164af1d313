/** Reconciliation on every release that documents something, tampered with: each fault is found as what it is. */
import { expect, test } from "vitest";
import type { Change, DiffResult, Release } from "../../generator/diff/index.js";
import { diffReleases } from "../../generator/diff/index.js";
import type { ReleaseNotes } from "../../generator/release/types.js";
import { releases } from "../bundles/bundle.js";
import { compareNoted, notesOf, readRelease } from "./webex.js";

const steps = releases
  .slice(1)
  .map((release, index) => [releases[index] ?? "", release] as const)
  .filter(([, release]) => notesOf(release).changes.length > 0);

const cleanResults = new Map<string, Promise<DiffResult>>();

function clean(from: string, to: string): Promise<DiffResult> {
  let known = cleanResults.get(to);
  if (known === undefined) {
    known = (async () => compareNoted(await readRelease(from), await readRelease(to), to))();
    cleanResults.set(to, known);
  }
  return known;
}

const additions = ({ changes }: DiffResult): readonly Change[] =>
  changes.filter(({ rule }) => rule.startsWith("element.added"));
const nameOf = ({ component }: Change): string => component.path.at(-1) ?? "";

/** A release in which the declaration of everything that it added is written otherwise. */
async function rewritten(
  from: string,
  to: string,
  rewrite: (declaration: string, name: string) => string,
): Promise<Release> {
  const added = additions(await clean(from, to));
  return readRelease(to, (files) => {
    const extents = added
      .map((change) => ({ name: nameOf(change), at: change.newExtent }))
      .sort((a, b) => (b.at?.start ?? 0) - (a.at?.start ?? 0));
    for (const { name, at } of extents) {
      if (at === undefined) throw new Error(`${name} has no declaration`);
      const text = files.get(at.file) ?? "";
      files.set(
        at.file,
        `${text.slice(0, at.start)}${rewrite(text.slice(at.start, at.end), name)}${text.slice(at.end)}`,
      );
    }
  });
}

/** Two letters in the middle of a name change places. */
function slip(name: string): string {
  for (let index = name.length >> 1; index > 0; index--) {
    const [a = "", b = ""] = [name[index], name[index + 1]];
    if (a !== b && a !== "" && b !== "") return name.slice(0, index) + b + a + name.slice(index + 2);
  }
  return `${name}s`;
}

const outcomes = ({ reconciliation = [] }: DiffResult): readonly (readonly [string, string, string?])[] =>
  reconciliation.map(({ element, outcome, instead }) =>
    instead === undefined ? [element, outcome] : [element, outcome, instead],
  );
const elements = (release: string): readonly string[] =>
  notesOf(release).changes.map(({ element }) => element);
const localOf = (element: string): string => element.slice(element.indexOf(":") + 1);

test.each(steps)("%s to %s: all that is documented is dropped", async (from, to) => {
  const result = compareNoted(await readRelease(from), await rewritten(from, to, () => ""), to);
  expect(additions(result)).toEqual([]);
  expect(outcomes(result)).toEqual(elements(to).map((element) => [element, "missing"]));
});

test.each(steps)("%s to %s: all that is documented is misspelt", async (from, to) => {
  const after = await rewritten(from, to, (declaration, name) =>
    declaration.replace(`name="${name}"`, () => `name="${slip(name)}"`),
  );
  const result = compareNoted(await readRelease(from), after, to);
  // The first step of the path that was misspelt is where a reader of the notes gets lost.
  const added = additions(await clean(from, to)).map(nameOf);
  const expected = notesOf(to).changes.map(({ element, paths }) => {
    const lost = paths[0]?.split("/").findLast((step) => added.includes(step)) ?? "";
    return [element, "name-differs", slip(lost)];
  });
  expect(outcomes(result)).toEqual(expected);
  // A slip is one finding, not also one that nobody documents.
  expect(result.changes.filter(({ rule }) => rule === "note.undocumented")).toEqual([]);
});

test.each(steps)("%s to %s: all that is documented is a level deeper", async (from, to) => {
  const after = await rewritten(
    from,
    to,
    (declaration, name) =>
      `<xsd:element name="groupOf${name}" minOccurs="0"><xsd:complexType><xsd:sequence>${declaration}</xsd:sequence></xsd:complexType></xsd:element>`,
  );
  const result = compareNoted(await readRelease(from), after, to);
  for (const [element, outcome, instead] of outcomes(result)) {
    const name = localOf(element);
    expect([element, outcome]).toEqual([element, "place-differs"]);
    expect(instead).toMatch(new RegExp(`(?:^|/)groupOf\\w+/(?:\\w+/)*${name}$`, "u"));
  }
  expect(outcomes(result)).toHaveLength(elements(to).length);
});

test.each(steps)("%s to %s: what the notes announce comes only later", async (from, to) => {
  const [before, right] = [await readRelease(from), await readRelease(to)];
  const result = compareNoted(before, before, to, { others: [right] });
  expect(result.changes.filter(({ component }) => component.kind !== "note")).toEqual([]);
  expect(outcomes(result)).toEqual(elements(to).map((element) => [element, "release-differs", to]));
});

test.each(steps)("%s to %s: what the notes announce was there before", async (from, to) => {
  const earlier = await readRelease(to);
  const result = compareNoted(earlier, earlier, to, { others: [await readRelease(from)] });
  expect(outcomes(result)).toEqual(elements(to).map((element) => [element, "release-differs", to]));
});

const documented = steps.flatMap(([from, to]) =>
  [...new Set(elements(to))].map((element) => [to, element, from] as const),
);

test.each(documented)("%s adds %s silently", async (to, element, from) => {
  const notes: ReleaseNotes = { ...notesOf(to), schema: "changed" };
  const whole = await clean(from, to);
  const about = (whole.reconciliation ?? [])
    .filter((note) => note.element === element)
    .flatMap(({ findings }) => findings);
  // A group and what is in it are one finding: either note documents it.
  const isAbout = (index: number): boolean =>
    whole.reconciliation?.[index]?.findings.some((id) => about.includes(id)) === true;
  const changes = notes.changes.filter((_, index) => !isAbout(index));
  const result = diffReleases(await readRelease(from), await readRelease(to), {
    policy: { preset: "source" },
    notes: [{ ...notes, changes }],
  });
  const silent = result.changes.filter(({ rule }) => rule === "note.undocumented");
  const keys = additions(whole)
    .filter(({ id }) => about.includes(id))
    .map(({ key }) => key);
  expect(silent.map(({ key }) => key).sort()).toEqual([...new Set(keys)].sort());
  expect(silent.length).toBeGreaterThan(0);
});

/** What the notes of each release add, with the messages that they name. */
const table: readonly (readonly [release: string, path: string, messages: readonly string[]])[] = [
  ["41.2.0", "isWebexTelephony", ["GetSite response"]],
  ["41.2.0", "enableEvent", ["LstsummarySession response"]],
  ["41.2.0", "enableWebniar", ["LstsummarySession response"]],
  ["41.2.0", "webexAssistantEnabled", ["GetUser response"]],
  ["41.3.0", "enableEvent", ["GetSessionInfo response", "GetMeeting response"]],
  ["41.3.0", "enableWebniar", ["GetSessionInfo response", "GetMeeting response"]],
  [
    "41.3.0",
    "enablePreMeetingLobby",
    ["GetSessionInfo response", "GetMeeting response", "LstsummarySession response", "GetSite response"],
  ],
  ["41.4.0", "entryExitToneEC", ["GetSite response"]],
  ["41.5.0", "hostPIN", ["SetUser request", "GetUser response"]],
  ["41.5.0", "enableRecordingAccess", ["GetSite response"]],
  ["41.5.0", "storageEmptyStatus", ["GetSite response"]],
  ["41.6.0", "largeEventCapacity", ["GetUser response"]],
  ["41.6.3", "supportLargeEvent", ["GetSite response"]],
  ["41.7.0", "enableNBRMCModify", ["GetSite response"]],
  ["41.7.0", "separateNoRecordingEdit", ["GetSite response"]],
  ["41.11.0", "serviceTypes", ["LstrecordaccessHistory request"]],
  ["41.11.0", "freeAccount", ["GetUser response"]],
  ["41.12.0", "subProductCodePrefix", ["LstMeetingType response"]],
];

test.each(table)(
  "%s: %s is found once for each declaration, and reaches %j",
  async (release, name, messages) => {
    const [from = ""] = steps.find(([, to]) => to === release) ?? [];
    const found = additions(await clean(from, release)).filter((change) => nameOf(change) === name);
    for (const message of messages) {
      // One declaration, one finding: no message is reached by two.
      const reaching = found.filter(({ reach }) =>
        reach.some(({ op, dir, documented: named }) => `${op} ${dir}` === message && named === true),
      );
      expect(reaching, message).toHaveLength(1);
    }
    const undocumented = found.flatMap(({ reach }) =>
      reach.filter(({ documented: named }) => named !== true),
    );
    const leaks = (await clean(from, release)).changes.filter(
      ({ rule, key }) => rule === "operation.shared-type-leak" && found.some((change) => change.key === key),
    );
    expect(leaks.flatMap(({ reach }) => reach.map(({ op, dir }) => `${op} ${dir}`)).sort()).toEqual(
      undocumented.map(({ op, dir }) => `${op} ${dir}`).sort(),
    );
  },
);

test("the table is all that the notes add", () => {
  const added = steps.flatMap(([, to]) =>
    notesOf(to).changes.map(({ element }) => `${to} ${localOf(element)}`),
  );
  // What is in the group of serviceTypes comes with it.
  const listed = [...table.map(([release, name]) => `${release} ${name}`), "41.11.0 serviceType"];
  expect([...new Set(added)].sort()).toEqual(listed.sort());
});

test("releases without documented changes report none", async () => {
  const quiet = releases
    .slice(1)
    .map((release, index) => [releases[index] ?? "", release] as const)
    .filter(([, to]) => !steps.some(([, each]) => each === to));
  expect(quiet.map(([, to]) => to)).toEqual(["41.8.0", "41.9.0", "41.10.0"]);
  for (const [from, to] of quiet) {
    const { changes } = await clean(from, to);
    expect(changes.filter(({ component }) => component.kind !== "note")).toEqual([]);
  }
});
