import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createReport, type Report } from "../../generator/diagnostics.js";
import { exceptionsOf } from "../../generator/release/exceptions.js";
import {
  loadNotes,
  readExceptionCatalogue,
  readFamilyNotes,
  readReleaseNotes,
} from "../../generator/release/notes.js";

const head = 'release: "1.0"\nreconstructed: false\ndownload: unknown\nschema: unstated\n';

function read(text: string, expected?: string) {
  const report = createReport();
  return { report, notes: readReleaseNotes({ path: "1.0/release.yaml", text }, report, expected) };
}

function told(report: Report): string[] {
  return report.diagnostics.map((diagnostic) => {
    const place = diagnostic.at && report.locate(diagnostic.at);
    return `${place?.line}:${place?.column} ${diagnostic.code} ${diagnostic.message}${diagnostic.hint ? `; ${diagnostic.hint}` : ""}`;
  });
}

test("the least file", () => {
  const { notes, report } = read(head, "1.0");
  expect(report.diagnostics).toEqual([]);
  expect(notes).toMatchObject({
    release: "1.0",
    reconstructed: false,
    download: "unknown",
    schema: "unstated",
    changes: [],
    behaviour: [],
    exceptions: [],
    retirements: [],
    corrections: [],
    guesses: [],
    sources: [],
  });
});

test("every field", () => {
  const { notes, report } = read(`${head}title: T
summary: >
  Two
  lines.
sources:
  - title: Doc
    url: https://example.com/doc
    language: zh-CN
    text: Half of it.
changes:
  - element: h:lid
    type: xsd:boolean
    operations: getBox
    direction: response
    path: box/lid
    after: side
    before: bottom
    occurs: 0..1
    values: ["true"]
    confidence: printed
    guess: true
    guessed: [order]
    when:
      - feature: Lids
        is: "on"
      - text: on Mondays
    text: Has a lid.
behaviour:
  - text: Other than before.
exceptions:
  - code: "000001"
    operations: "*"
    reason: No.
    reasonFrom: quoted
    meaning: Not allowed.
    remedy: Ask.
retirements:
  - subject: Boxes
    stage: announced
    replacement: crates
    text: They end.
corrections:
  - kind: spelling
    notes: ldi
    wire: lid
    text: Misspelt.
guesses:
  - in: h:boxType
    path: [a, b]
    guessed: [type, order]
    text: Who knows.
`);
  expect(told(report)).toEqual([]);
  expect(notes).toMatchObject({
    title: "T",
    summary: "Two lines.",
    sources: [{ title: "Doc", url: "https://example.com/doc", language: "zh-CN", text: "Half of it." }],
    changes: [
      {
        pointer: "/changes/0",
        change: "added",
        element: "h:lid",
        type: "xsd:boolean",
        operations: ["getBox"],
        direction: "response",
        paths: ["box/lid"],
        after: "side",
        before: "bottom",
        occurs: "0..1",
        values: ["true"],
        confidence: "printed",
        guess: true,
        guessed: ["order"],
        release: "1.0",
        when: [
          { kind: "feature", anyOf: ["Lids"], is: "on" },
          { kind: "other", anyOf: [], text: "on Mondays" },
        ],
        text: "Has a lid.",
      },
    ],
    behaviour: [
      { kind: "behaviour", text: "Other than before.", operations: [], paths: [], direction: "both" },
    ],
    exceptions: [
      {
        code: "000001",
        operations: ["*"],
        direction: "response",
        reason: "No.",
        reasonFrom: "quoted",
        meaning: "Not allowed.",
        remedy: "Ask.",
      },
    ],
    retirements: [{ subject: "Boxes", stage: "announced", replacement: "crates", text: "They end." }],
    corrections: [{ kind: "spelling", notes: "ldi", wire: "lid", text: "Misspelt." }],
    guesses: [{ in: "h:boxType", paths: ["a", "b"], guessed: ["type", "order"], text: "Who knows." }],
  });
});

test.each<[string, string, string[]]>([
  [
    "an id that YAML takes for a number",
    head.replace('"1.0"', "41.10"),
    ['1:10 wrong-type "release" must be a string, not 41.1; put it in quotes'],
  ],
  [
    "misspelt keys, all at once",
    `${head}behavior: []\nexeptions: []\n`,
    [
      '5:1 unknown-key unknown key "behavior"; did you mean "behaviour"?',
      '6:1 unknown-key unknown key "exeptions"; did you mean "exceptions"?',
    ],
  ],
  [
    "a code without quotes",
    `${head}exceptions:\n  - code: 010106\n    meaning: m\n`,
    ['6:11 wrong-type "exceptions/0/code" must be a string, not 10106; put it in quotes'],
  ],
  [
    "a misspelt direction",
    `${head}behaviour:\n  - text: t\n    direction: requests\n`,
    [
      '7:16 unknown-value "requests" is not a known value of "behaviour/0/direction"; did you mean "request"?',
    ],
  ],
  [
    "a path that is not whole",
    `${head}changes:\n  - element: h:lid\n    direction: request\n    path: box\n    confidence: printed\n`,
    [
      '8:11 note-path-mismatch the path "box" does not end in "lid", the name that the entry is about; a path is whole: write "box/lid"',
    ],
  ],
  [
    "a condition that says two things, and one that says none",
    `${head}behaviour:\n  - text: t\n    when:\n      - feature: A\n        role: B\n      - is: "on"\n`,
    [
      "8:9 unclear-condition a condition names feature and role at once; conditions that must hold together are items of their own in `when`",
      "10:9 unclear-condition a condition says neither a name nor a text; give one of feature, setting, role, licence, deployment, data, or text",
    ],
  ],
  [
    "a code twice",
    `${head}exceptions:\n  - code: "1"\n    meaning: m\n  - code: "1"\n    meaning: n\n`,
    ['8:11 duplicate-exception-code the exception code "1" is listed twice; merge the two entries'],
  ],
])("tells %s", (_name, text, wanted) => {
  const { report } = read(text);
  expect(told(report)).toEqual(wanted);
});

test.each<[string, string, string]>([
  ["h:a", "x/a", ""],
  ["@id", "x/@id", ""],
  ["h:@id", "x/@id", ""],
  ["=RED", "x/colour=RED", ""],
  ["=a/b", "x/colour=a/b", ""],
  ["h:a", "a", ""],
  ["h:a", "x/ba", "mismatch"],
  ["=RED", "x/colour=BLUE", "mismatch"],
])("element %s with path %s", (element, path, wanted) => {
  const { report } = read(
    `${head}changes:\n  - element: "${element}"\n    direction: request\n    path: "${path}"\n    confidence: printed\n`,
  );
  expect(report.diagnostics.length > 0 ? "mismatch" : "").toBe(wanted);
});

test("the folder's release must be that of the file", () => {
  const { notes, report } = read(head, "1.1");
  expect(notes).toBeUndefined();
  expect(told(report)[0]).toMatch(/^1:10 release-id-mismatch .*"1\.0".*"1\.1"/u);
});

test("notes of a family, and its error codes as one list", () => {
  const root = mkdtempSync(join(tmpdir(), "notes-"));
  try {
    for (const release of ["1.0", "1.10", "1.9"]) {
      mkdirSync(join(root, release));
      writeFileSync(
        join(root, release, "release.yaml"),
        head.replace("1.0", release) +
          `exceptions:\n  - code: "5"\n    operations: op${release.replace(".", "_")}\n    meaning: of ${release}\n`,
      );
    }
    mkdirSync(join(root, "1.11"));
    writeFileSync(join(root, "family.yaml"), "family: box\nbehaviour:\n  - text: t\n    release: '0.9'\n");
    writeFileSync(
      join(root, "exceptions.yaml"),
      'family: box\nexceptions:\n  - code: "7"\n    operations: "*"\n    reason: Seven\n    meaning: seven\n    remedy: six\n  - code: "10"\n    meaning: ten\n    release: "0.5"\n',
    );
    const report = createReport();
    const notes = loadNotes(root, ["1.10", "1.9", "1.11", "1.0"], report, "box");
    expect(told(report)).toEqual([]);
    expect(notes.releases.map(({ release, file }) => [release, file])).toEqual([
      ["1.0", "box/1.0/release.yaml"],
      ["1.9", "box/1.9/release.yaml"],
      ["1.10", "box/1.10/release.yaml"],
    ]);
    expect(notes.family).toMatchObject({ family: "box", behaviour: [{ text: "t", release: "0.9" }] });
    expect(exceptionsOf(notes)).toEqual([
      { code: "10", meaning: "ten", operations: [], release: "0.5" },
      { code: "5", meaning: "of 1.0", operations: ["op1_0", "op1_9", "op1_10"], release: "1.0" },
      { code: "7", reason: "Seven", meaning: "seven", remedy: "six", operations: [] },
    ]);

    writeFileSync(
      join(root, "exceptions.yaml"),
      'family: box\nexceptions:\n  - code: "5"\n    meaning: five\n',
    );
    const second = createReport();
    loadNotes(root, ["1.0"], second, "box");
    expect(told(second)).toEqual([
      '6:11 duplicate-exception-code the exception code "5" stands in the notes of 1.0 and in the catalogue of the family; keep it where it is said which release brought it',
    ]);
    expect(second.diagnostics[0]).toMatchObject({
      severity: "warning",
      related: [{ message: "the other one", at: { file: "box/exceptions.yaml" } }],
    });

    rmSync(join(root, "1.9", "release.yaml"));
    mkdirSync(join(root, "1.9", "release.yaml"));
    const third = createReport();
    expect(loadNotes(root, ["1.0", "1.9"], third, "box").releases).toHaveLength(1);
    expect(third.diagnostics).toMatchObject([
      { code: "unreadable-file", severity: "error", at: { file: "box/1.9/release.yaml" } },
      { code: "duplicate-exception-code" },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test("files of the family are checked as well", () => {
  const report = createReport();
  expect(readFamilyNotes({ path: "family.yaml", text: "familly: x\n" }, report)).toBeUndefined();
  expect(
    readExceptionCatalogue(
      { path: "exceptions.yaml", text: "family: x\nexceptions:\n  - code: 5\n" },
      report,
    ),
  ).toBeUndefined();
  expect(told(report)).toEqual([
    '1:1 missing-key the key "family" is missing; Short id of the family.',
    '1:1 unknown-key unknown key "familly"; did you mean "family"?',
    '3:5 missing-key the key "meaning" is missing in "exceptions/0"; What went wrong.',
    '3:11 wrong-type "exceptions/0/code" must be a string, not 5; put it in quotes',
  ]);
});
