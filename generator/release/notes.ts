/** Reads `release.yaml`, `family.yaml` and `exceptions.yaml`: checked against their published schemas, as typed data. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../diagnostics.js";
import { checkAgainstSchema, publishedSchema } from "../json-schema.js";
import { refusalReason } from "../refusal.js";
import { checkExceptions } from "./exceptions.js";
import { sortReleases } from "./order.js";
import type {
  BehaviourChange,
  Condition,
  Correction,
  ExceptionCatalogue,
  ExceptionNote,
  FamilyNotes,
  Guess,
  Notes,
  NoteSource,
  ReleaseNotes,
  Retirement,
  SchemaChange,
  Target,
  UndescribedOperation,
} from "./types.js";
import { parseYaml, positionOf, type YamlFile } from "./yaml.js";

/** A text file: `path` is what messages show. */
export interface NoteFile {
  readonly path: string;
  readonly text: string;
}

/** Names of the files, beside the schemas of a release and beside the folders of all releases. */
export const NOTE_FILES = {
  release: "release.yaml",
  family: "family.yaml",
  exceptions: "exceptions.yaml",
} as const;

/** The notes of one release; undefined, and reported, when the file cannot be used. */
export function readReleaseNotes(
  file: NoteFile,
  report: Report,
  expected?: string,
): ReleaseNotes | undefined {
  const checked = readChecked(file, "release.schema.json", report);
  if (!checked) return undefined;
  const { raw, positions } = checked;
  const release = String(raw["release"]);
  if (expected !== undefined && release !== expected) {
    const at = positions.get("/release");
    report.add({
      code: "release-id-mismatch",
      severity: "error",
      message: `the notes of release "${release}" lie in the folder of release "${expected}"`,
      hint: `write release: "${expected}", or move the file`,
      ...(at ? { at } : {}),
    });
    return undefined;
  }
  return {
    file: file.path,
    positions,
    release,
    ...optional(raw, "title"),
    ...optional(raw, "summary"),
    sources: list(raw, "sources").map(readSource),
    reconstructed: raw["reconstructed"] === true,
    download: raw["download"] as ReleaseNotes["download"],
    schema: raw["schema"] as ReleaseNotes["schema"],
    changes: list(raw, "changes").map((entry, index) =>
      readChange(entry, `/changes/${index}`, release, checked, report),
    ),
    behaviour: readBehaviour(raw, release, checked, report),
    exceptions: readExceptions(raw, release, checked, report),
    retirements: readRetirements(raw, release, checked, report),
    corrections: readCorrections(raw, release, checked, report),
    guesses: list(raw, "guesses").map((entry, index) => ({
      ...readEntry(entry, `/guesses/${index}`, release, checked, report),
      guessed: entry["guessed"] as Guess["guessed"],
      text: prose(entry["text"]),
    })),
  };
}

/** What holds for the family; undefined, and reported, when the file cannot be used. */
export function readFamilyNotes(file: NoteFile, report: Report): FamilyNotes | undefined {
  const checked = readChecked(file, "family.schema.json", report);
  if (!checked) return undefined;
  const { raw, positions } = checked;
  return {
    file: file.path,
    positions,
    family: String(raw["family"]),
    ...optional(raw, "title"),
    sources: list(raw, "sources").map(readSource),
    behaviour: readBehaviour(raw, undefined, checked, report),
    retirements: readRetirements(raw, undefined, checked, report),
    corrections: readCorrections(raw, undefined, checked, report),
    undescribed: list(raw, "undescribed").map((entry, index): UndescribedOperation => {
      const pointer = `/undescribed/${index}`;
      return {
        pointer,
        when: readConditions(entry, pointer, checked, report),
        name: String(entry["name"]),
        ...optional(entry, "service"),
        ...optional(entry, "release"),
        text: prose(entry["text"]),
      };
    }),
  };
}

/** The error codes of the family; undefined, and reported, when the file cannot be used. */
export function readExceptionCatalogue(file: NoteFile, report: Report): ExceptionCatalogue | undefined {
  const checked = readChecked(file, "exceptions.schema.json", report);
  if (!checked) return undefined;
  return {
    file: file.path,
    positions: checked.positions,
    family: String(checked.raw["family"]),
    exceptions: readExceptions(checked.raw, undefined, checked, report),
  };
}

/** The notes beside the schemas in `folder`, whose messages show `shown` for it ("": the file's name alone); undefined when there are none. */
export function loadReleaseNotes(
  folder: string,
  report: Report,
  expected?: string,
  shown: string = folder,
): ReleaseNotes | undefined {
  const file = load(folder, NOTE_FILES.release, shown, report);
  return file && readReleaseNotes(file, report, expected);
}

/** The notes of those releases that may call something a guess: the text of others does not have the word. */
export function loadGuesses(
  root: string,
  releases: readonly string[],
  report: Report,
): readonly ReleaseNotes[] {
  return releases.flatMap((release) => {
    const file = load(join(root, release), NOTE_FILES.release, `${root}/${release}`, report);
    // A backslash may spell one of its letters.
    if (file === undefined || !/guess|\\/u.test(file.text)) return [];
    return readReleaseNotes(file, report, release) ?? [];
  });
}

/** All notes of a family: `root` holds a folder for each release, named by its id. */
export function loadNotes(
  root: string,
  releases: readonly string[],
  report: Report,
  shown: string = root,
): Notes {
  const family = load(root, NOTE_FILES.family, shown, report);
  const exceptions = load(root, NOTE_FILES.exceptions, shown, report);
  const familyNotes = family && readFamilyNotes(family, report);
  const catalogue = exceptions && readExceptionCatalogue(exceptions, report);
  const notes: Notes = {
    releases: sortReleases(releases)
      .map((release) => loadReleaseNotes(join(root, release), report, release, `${shown}/${release}`))
      .filter((found) => found !== undefined),
    ...(familyNotes ? { family: familyNotes } : {}),
    ...(catalogue ? { exceptions: catalogue } : {}),
  };
  checkExceptions(notes, report);
  return notes;
}

function load(folder: string, name: string, shown: string, report: Report): NoteFile | undefined {
  const path = shown === "" ? name : `${shown.replace(/\\/gu, "/")}/${name}`;
  try {
    return { path, text: readFileSync(join(folder, name), "utf8") };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    report.add({
      code: "unreadable-file",
      severity: "error",
      message: `${path} cannot be read: ${refusalReason(error)}`,
      at: { file: path, start: 0, end: 0 },
    });
    return undefined;
  }
}

type Raw = Readonly<Record<string, unknown>>;

interface Checked extends YamlFile {
  readonly raw: Raw;
}

/** Files of this process that are as they should be: comparisons of many releases ask for the same ones. */
const checkedFiles = new Map<string, Checked>();
const maxCheckedFiles = 500;

function readChecked(file: NoteFile, schema: string, report: Report): Checked | undefined {
  const key = [schema, file.path, file.text].join("\u0000");
  const known = checkedFiles.get(key);
  if (known !== undefined) {
    report.addText(file.path, file.text);
    return known;
  }
  const checked = checkFile(file, schema, report);
  if (checkedFiles.size >= maxCheckedFiles) checkedFiles.clear();
  if (checked !== undefined) checkedFiles.set(key, checked);
  return checked;
}

function checkFile(file: NoteFile, schema: string, report: Report): Checked | undefined {
  const parsed = parseYaml(file.path, file.text, report);
  if (!parsed) return undefined;
  const { positions, value } = parsed;
  const valid = checkAgainstSchema(
    value,
    publishedSchema(schema),
    (pointer, part) =>
      (part === "key" ? positions.get(`${pointer}#key`) : undefined) ?? positionOf(positions, pointer),
    report,
  );
  return valid ? { ...parsed, raw: value as Raw } : undefined;
}

function list(raw: Raw, key: string): readonly Raw[] {
  return (raw[key] as readonly Raw[] | undefined) ?? [];
}

/** YAML keeps the line ends of block texts; notes are running text. */
function prose(value: unknown): string {
  return String(value).replace(/\s+/gu, " ").trim();
}

function strings(value: unknown): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
}

function optional<K extends string>(raw: Raw, key: K): { readonly [P in K]?: string } {
  return (raw[key] === undefined ? {} : { [key]: prose(raw[key]) }) as { readonly [P in K]?: string };
}

function readSource(raw: Raw): NoteSource {
  return {
    title: prose(raw["title"]),
    ...optional(raw, "url"),
    ...optional(raw, "language"),
    ...optional(raw, "text"),
  };
}

type ReadEntry = Target & {
  readonly pointer: string;
  readonly when: readonly Condition[];
  readonly release?: string;
};

function readEntry(
  raw: Raw,
  pointer: string,
  release: string | undefined,
  file: Checked,
  report: Report,
  direction: Target["direction"] = "both",
): ReadEntry {
  const own = release ?? (raw["release"] as string | undefined);
  return {
    pointer,
    operations: strings(raw["operations"]),
    direction: (raw["direction"] as Target["direction"] | undefined) ?? direction,
    ...optional(raw, "in"),
    paths: strings(raw["path"]),
    when: readConditions(raw, pointer, file, report),
    ...(own === undefined ? {} : { release: own }),
  };
}

const CONDITION_KINDS = ["feature", "setting", "role", "licence", "deployment", "data"] as const;

function readConditions(raw: Raw, pointer: string, file: Checked, report: Report): readonly Condition[] {
  return list(raw, "when").map((condition, index): Condition => {
    const kinds = CONDITION_KINDS.filter((kind) => condition[kind] !== undefined);
    const [kind] = kinds;
    if (kinds.length > 1 || (kind === undefined && condition["text"] === undefined)) {
      const at = positionOf(file.positions, `${pointer}/when/${index}`);
      report.add({
        code: "unclear-condition",
        severity: "error",
        message:
          kinds.length > 1
            ? `a condition names ${kinds.join(" and ")} at once`
            : "a condition says neither a name nor a text",
        hint:
          kinds.length > 1
            ? "conditions that must hold together are items of their own in `when`"
            : `give one of ${CONDITION_KINDS.join(", ")}, or text`,
        ...(at ? { at } : {}),
      });
    }
    return {
      kind: kind ?? "other",
      anyOf: kind === undefined ? [] : strings(condition[kind]),
      ...optional(condition, "is"),
      ...optional(condition, "text"),
    };
  });
}

function readOperationChange(
  raw: Raw,
  pointer: string,
  release: string,
  file: Checked,
  report: Report,
): SchemaChange {
  return {
    ...readEntry({ ...raw, operations: raw["operation"] }, pointer, release, file, report),
    change: (raw["change"] as SchemaChange["change"] | undefined) ?? "added",
    element: String(raw["operation"]),
    ofOperation: true,
    confidence: "named",
    values: [],
    guess: false,
    guessed: [],
    ...optional(raw, "text"),
  };
}

function readChange(raw: Raw, pointer: string, release: string, file: Checked, report: Report): SchemaChange {
  if (raw["operation"] !== undefined) return readOperationChange(raw, pointer, release, file, report);
  const entry = readEntry(raw, pointer, release, file, report);
  const element = String(raw["element"]);
  const local = element.replace(/^[^:=@]+:/u, "");
  for (const path of entry.paths) {
    const last = /(?:^|\/|(?==))([^/=]*|=.*)$/u.exec(path)?.[1]?.replace(/^[^:=@]+:/u, "");
    if (last === local) continue;
    const at = positionOf(file.positions, `${pointer}/path`);
    report.add({
      code: "note-path-mismatch",
      severity: "error",
      message: `the path "${path}" does not end in "${local}", the name that the entry is about`,
      hint: `a path is whole: write "${path}/${local}"`,
      ...(at ? { at } : {}),
    });
  }
  return {
    ...entry,
    change: (raw["change"] as SchemaChange["change"] | undefined) ?? "added",
    element,
    ...optional(raw, "type"),
    confidence: raw["confidence"] as SchemaChange["confidence"],
    ...optional(raw, "after"),
    ...optional(raw, "before"),
    ...optional(raw, "occurs"),
    values: strings(raw["values"]),
    guess: raw["guess"] === true || raw["guessed"] !== undefined,
    guessed: (raw["guessed"] as SchemaChange["guessed"] | undefined) ?? [],
    ...optional(raw, "text"),
  };
}

function readBehaviour(
  raw: Raw,
  release: string | undefined,
  file: Checked,
  report: Report,
): readonly BehaviourChange[] {
  return list(raw, "behaviour").map((entry, index) => ({
    ...readEntry(entry, `/behaviour/${index}`, release, file, report),
    kind: (entry["kind"] as BehaviourChange["kind"] | undefined) ?? "behaviour",
    text: prose(entry["text"]),
  }));
}

function readExceptions(
  raw: Raw,
  release: string | undefined,
  file: Checked,
  report: Report,
): readonly ExceptionNote[] {
  const first = new Map<string, string>();
  return list(raw, "exceptions").map((entry, index) => {
    const pointer = `/exceptions/${index}`;
    const code = String(entry["code"]);
    const earlier = first.get(code);
    if (earlier === undefined) first.set(code, pointer);
    else {
      const at = positionOf(file.positions, `${pointer}/code`);
      const other = positionOf(file.positions, `${earlier}/code`);
      report.add({
        code: "duplicate-exception-code",
        severity: "error",
        message: `the exception code "${code}" is listed twice`,
        hint: "merge the two entries",
        ...(at ? { at } : {}),
        ...(other ? { related: [{ message: "the first one", at: other }] } : {}),
      });
    }
    return {
      ...readEntry(entry, pointer, release, file, report, "response"),
      code,
      ...optional(entry, "reason"),
      ...(optional(entry, "reasonFrom") as {
        readonly reasonFrom?: NonNullable<ExceptionNote["reasonFrom"]>;
      }),
      meaning: prose(entry["meaning"]),
      ...optional(entry, "remedy"),
    };
  });
}

function readRetirements(
  raw: Raw,
  release: string | undefined,
  file: Checked,
  report: Report,
): readonly Retirement[] {
  return list(raw, "retirements").map((entry, index) => ({
    ...readEntry(entry, `/retirements/${index}`, release, file, report),
    subject: prose(entry["subject"]),
    stage: entry["stage"] as Retirement["stage"],
    ...optional(entry, "replacement"),
    text: prose(entry["text"]),
  }));
}

function readCorrections(
  raw: Raw,
  release: string | undefined,
  file: Checked,
  report: Report,
): readonly Correction[] {
  return list(raw, "corrections").map((entry, index) => ({
    ...readEntry(entry, `/corrections/${index}`, release, file, report),
    kind: entry["kind"] as Correction["kind"],
    notes: prose(entry["notes"]),
    ...optional(entry, "wire"),
    text: prose(entry["text"]),
  }));
}
