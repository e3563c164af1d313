import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { readExceptionCatalogue, readFamilyNotes, readReleaseNotes } from "../../generator/release/notes.js";
import { RELEASE_KEY, remarksOf } from "../../generator/release/remarks.js";
import type { Notes } from "../../generator/release/types.js";
import { enumeration, model, NS, service, struct } from "./hand-made.js";

const BODY = `{${NS}}body`;
const BOX = `{${NS}}boxType`;
const COLOUR = `{${NS}}colour`;
const body = struct(BODY, []);
const box = struct(
  BOX,
  [
    { name: "lid", documentation: "Its lid." },
    { name: "colour", type: COLOUR },
    { name: "inner", type: `${BOX}/inner` },
  ],
  { base: body, attributes: ["lang"] },
);
const types = [
  body,
  box,
  struct(`${BOX}/inner`, ["side"], { anonymous: true }),
  enumeration(COLOUR, ["RED", "BLUE"]),
  struct(`{${NS}}getBox`, ["key"], { base: body }),
  struct(`{${NS}}getBoxResponse`, ["extra"], { base: box }),
  struct(`{${NS}}setBox`, ["force"], { base: box }),
  struct(`{${NS}}setBoxResponse`, [], { base: body }),
  struct(`{${NS}}messageType`, [{ name: "box", type: BOX }]),
];
const operations = service("getBox", "setBox");

const head = (release: string) =>
  `release: "${release}"\nreconstructed: true\ndownload: unknown\nschema: unstated\n`;

function remarks(texts: readonly string[], release = "2.0", family = "", exceptions = "", convention = true) {
  const report = createReport();
  const familyNotes = family
    ? readFamilyNotes({ path: "family.yaml", text: `family: box\n${family}` }, report)
    : undefined;
  const catalogue = exceptions
    ? readExceptionCatalogue({ path: "e.yaml", text: `family: box\nexceptions:\n${exceptions}` }, report)
    : undefined;
  const notes: Notes = {
    releases: texts.flatMap((text, index) => {
      const read = readReleaseNotes({ path: `${index}.yaml`, text }, report);
      return read ? [read] : [];
    }),
    ...(familyNotes ? { family: familyNotes } : {}),
    ...(catalogue ? { exceptions: catalogue } : {}),
  };
  expect(report.diagnostics).toEqual([]);
  const of = remarksOf(
    model(release, types, { message: `{${NS}}messageType` }),
    convention ? operations : undefined,
    notes,
    report,
  );
  return { of, report };
}

test("a member has one key, from whichever operation a path comes", () => {
  const { of, report } = remarks([
    `${head("2.0")}behaviour:
  - operations: [getBox, setBox]
    direction: both
    path: inner/side
    text: Counted in inches.
  - operations: setBox
    direction: request
    path: "@lang"
    text: Ignored.
  - operations: getBox
    direction: response
    path: colour=BLUE
    text: Looks green.
  - in: h:message
    path: box/h:inner
    text: May be empty.
  - in: h:boxType
    path: [lid, inner/side]
    text: Nice.
  - in: h:boxType
    text: Made of wood.
`,
  ]);
  expect(report.diagnostics).toEqual([]);
  expect(of(`${BOX}/inner/side`)).toEqual([
    { kind: "behaviour", text: "In messages of getBox and setBox: counted in inches.", release: "2.0" },
    { kind: "behaviour", text: "Nice.", release: "2.0" },
  ]);
  expect(of(`${BOX}/@lang`).map(({ text }) => text)).toEqual(["In requests of setBox: ignored."]);
  expect(of(`${COLOUR}=BLUE`).map(({ text }) => text)).toEqual(["In responses of getBox: looks green."]);
  expect(of(`${BOX}/inner`).map(({ text }) => text)).toEqual(["May be empty."]);
  expect(of(`${BOX}/lid`).map(({ text }) => text)).toEqual(["Nice."]);
  expect(of(BOX).map(({ text }) => text)).toEqual(["Made of wood."]);
  expect(of("{urn:other}x")).toEqual([]);
});

test("changes give their meaning, their conditions and their guesses", () => {
  const { of, report } = remarks([
    `${head("2.0")}changes:
  - element: h:lid
    operations: getBox
    direction: response
    path: lid
    confidence: printed
    text: Not said again where the schema documents it.
  - element: h:side
    operations: getBox
    direction: response
    path: inner/side
    confidence: named
    guess: true
    guessed: [order]
    text: How wide it is.
    when:
      - feature: Sides
        is: "on"
      - role: [Admin, Owner, Guest]
  - element: h:extra
    operations: getBox
    direction: response
    path: extra
    confidence: printed
    text: Something more.
`,
  ]);
  expect(report.diagnostics).toEqual([]);
  expect(of(`${BOX}/lid`)).toEqual([]);
  expect(of(`${BOX}/inner/side`)).toEqual([
    { kind: "behaviour", text: "How wide it is.", release: "2.0" },
    { kind: "guess", text: "Its place among its siblings is a guess.", release: "2.0" },
    {
      kind: "precondition",
      text: "In responses of getBox: only when the feature Sides is on, and with the role Admin, Owner or Guest.",
      release: "2.0",
    },
  ]);
  expect(of(`{${NS}}getBoxResponse/extra`)).toEqual([
    { kind: "behaviour", text: "Something more.", release: "2.0" },
  ]);
});

test("operations as a whole have remarks; what is gone has none, and is no mistake", () => {
  const { of, report } = remarks([
    `${head("2.0")}changes:
  - { operation: getBox, text: "Reads a box.", when: [{ setting: boxes, is: "on" }] }
  - { operation: setBox, change: deprecated, text: Use getBox. }
  - { operation: lstBox, change: removed }
  - { operation: getBax }
`,
  ]);
  expect(of("operation:box.getBox").map(({ kind, text }) => [kind, text])).toEqual([
    ["behaviour", "Reads a box."],
    ["precondition", expect.stringContaining("boxes")],
  ]);
  expect(of("operation:box.setBox").map(({ kind, text }) => [kind, text])).toEqual([
    ["deprecated", "Use getBox."],
  ]);
  expect(report.diagnostics.map(({ code, message, hint }) => [code, message, hint])).toEqual([
    ["unknown-note-operation", 'release 2.0 has no operation "getBax"', expect.stringContaining("getBox")],
  ]);
});

test("exceptions, retirements, corrections and guesses find their places", () => {
  const { of, report } = remarks(
    [
      `${head("1.0")}exceptions:
  - code: "0042"
    operations: setBox
    direction: request
    path: lid
    reason: Too heavy.
    meaning: The lid is too heavy.
    remedy: Take another.
    when:
      - deployment: old sites
retirements:
  - subject: Version 0
    stage: removed
    operations: "*"
    replacement: version 1
    text: It is over.
  - subject: The first form
    stage: announced
    operations: getBox
    text: Soon.
corrections:
  - kind: spelling
    operations: getBox
    direction: response
    path: colour
    notes: color
    wire: colour
    text: t
  - kind: spelling
    operations: getBox
    direction: response
    path: extra
    notes: extra
    wire: extra
    text: t
  - kind: sample
    operations: getBox
    direction: response
    path: inner
    notes: x
    text: t
guesses:
  - in: h:boxType
    path: inner
    guessed: [type, order, content]
    text: Nothing was seen.
`,
      head("2.0"),
    ],
    "2.0",
    'retirements:\n  - subject: Version 0\n    stage: announced\n    text: It will be over.\nbehaviour:\n  - operations: getBox\n    kind: deprecated\n    text: Use openBox.\n  - text: Be gentle.\n    operations: "*"\n',
    '  - code: "7"\n    operations: "*"\n    meaning: m\n  - code: "8"\n    operations: getBox\n    release: "0.5"\n    meaning: Gone.\n',
  );
  expect(report.diagnostics).toEqual([]);
  const heavy = {
    kind: "exception",
    text: "Fails with 0042 (Too heavy): The lid is too heavy. Take another. Applies on old sites.",
    release: "1.0",
  };
  expect(of("operation:box.setBox")).toEqual([heavy]);
  expect(of(`${BOX}/lid`)).toEqual([heavy]);
  expect(of("operation:box.getBox")).toEqual([
    { kind: "deprecated", text: "Use openBox.", release: "" },
    { kind: "exception", text: "Fails with 8: Gone.", release: "0.5" },
    { kind: "deprecated", text: "Retirement announced: The first form. Soon.", release: "1.0" },
  ]);
  expect(of(RELEASE_KEY)).toEqual([
    { kind: "behaviour", text: "Be gentle.", release: "" },
    { kind: "deprecated", text: "Removed: Version 0. It is over. Use version 1 instead.", release: "1.0" },
  ]);
  expect(of(`${BOX}/colour`).map(({ text }) => text)).toEqual(["The release notes spell it color."]);
  expect(of(`{${NS}}getBoxResponse/extra`).map(({ text }) => text)).toEqual([
    "The spelling is that of the wire.",
  ]);
  expect(of(`${BOX}/inner`)).toEqual([
    {
      kind: "guess",
      text: "Its type, its place among its siblings and its content are guesses. Nothing was seen.",
      release: "1.0",
    },
  ]);
});

test("guesses are about reconstructed schemas only", () => {
  const old = `${head("1.0")}changes:
  - element: h:side
    operations: getBox
    direction: response
    path: inner/side
    confidence: named
    guess: true
    guessed: [order]
guesses:
  - in: h:boxType
    path: gone
    guessed: [type]
    text: t
  - in: h:boxType
    path: lid
    guessed: [type]
    text: t
`;
  const kinds = (texts: readonly string[]) => {
    const { of } = remarks(texts);
    return [`${BOX}/inner/side`, `${BOX}/lid`].flatMap((key) => of(key).map(({ kind }) => kind));
  };
  expect(kinds([old, head("2.0")])).toEqual(["guess", "guess"]);
  expect(kinds([old, head("2.0").replace("true", "false")])).toEqual([]);
  expect(kinds([old])).toEqual([]);
});

test("a release knows nothing of later notes", () => {
  const note = (release: string) =>
    `${head(release)}behaviour:\n  - in: h:boxType\n    text: Since ${release}.\n`;
  const texts = ["1.9", "1.10", "2.0"].map(note);
  const of = (release: string) =>
    remarks(texts, release)
      .of(BOX)
      .map(({ text }) => text);
  expect(of("1.9")).toEqual(["Since 1.9."]);
  expect(of("1.10")).toEqual(["Since 1.9.", "Since 1.10."]);
  expect(of("2.1")).toEqual(["Since 1.9.", "Since 1.10.", "Since 2.0."]);
});

test("names that the schema does not have are told, all at once, with their place", () => {
  const wrong = `${head("2.0")}behaviour:
  - operations: [getbox, setBox]
    text: t
  - operations: getBox
    direction: response
    path: [lid, inner/sides]
    text: t
  - operations: [getBox, setBox]
    direction: request
    path: force
    text: t
  - in: h:boxtype
    text: t
  - in: h:boxType
    path: colour=RDE
    text: t
  - in: h:boxType
    path: lid/below
    text: t
  - in: h:boxType
    path: "@long"
    text: t
`;
  const { report } = remarks([wrong]);
  const told = report.diagnostics.map(({ code, severity, message, hint, at }) => {
    const place = at && report.locate(at);
    return `${place?.line}:${place?.column} ${severity} ${code} ${message}; ${hint}`;
  });
  expect(told).toEqual([
    '6:18 warning unknown-note-operation release 2.0 has no operation "getbox"; did you mean "getBox"?',
    '10:17 warning unknown-note-path release 2.0 has no "inner/sides" in the response of getBox: nothing is called "sides" there; did you mean "side"?',
    '14:11 warning unknown-note-path release 2.0 has no "force" in the request of getBox: nothing is called "force" there; what is there: key',
    '16:9 warning unknown-note-root release 2.0 has no type or global element "h:boxtype"; did you mean "h:boxType"?',
    '19:11 warning unknown-note-path release 2.0 has no "colour=RDE" in h:boxType: nothing is called "RDE" there; did you mean "RED"?',
    '22:11 warning unknown-note-path release 2.0 has no "lid/below" in h:boxType: nothing is called "below" there; nothing can stand below this element',
    '25:11 warning unknown-note-path release 2.0 has no "@long" in h:boxType: nothing is called "@long" there; did you mean "@lang"?',
  ]);
  // Another release may have what this one has not.
  expect(remarks([wrong], "2.1").report.diagnostics).toEqual([]);
  // Without a service, operations are nothing to complain of.
  expect(remarks([wrong], "2.0", "", "", false).report.diagnostics.map(({ code }) => code)).toEqual([
    "unknown-note-root",
    "unknown-note-path",
    "unknown-note-path",
    "unknown-note-path",
  ]);
});
