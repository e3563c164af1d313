/** From release notes to the remarks that generated code carries, by member key. */
import type { Report } from "../diagnostics.js";
import type { Model } from "../model/types.js";
import type { Remark } from "../remark.js";
import type { Service } from "../service/types.js";
import { suggestionHint } from "../suggestion.js";
import { compareReleases } from "./order.js";
import {
  operationKey,
  resolveTarget,
  type FoundPlace,
  type ResolvedTarget,
  type Unresolved,
} from "./path.js";
import type {
  BehaviourChange,
  Condition,
  Correction,
  ExceptionCatalogue,
  ExceptionNote,
  FamilyNotes,
  Guess,
  Notes,
  ReleaseNotes,
  Retirement,
  SchemaChange,
} from "./types.js";
import { positionOf } from "./yaml.js";

/** The key of remarks that concern a release as a whole. */
export const RELEASE_KEY = "release";

/**
 * The remarks on each component of a model, by member key (`EmitInput.since` lists them; {@link RELEASE_KEY} beside
 * those). Notes of releases after the model's are left aside; so are guesses when its schema is the vendor's own.
 * Notes of its very release must fit: what they name and the model does not have is a warning.
 */
export function remarksOf(
  model: Model,
  service: Service | undefined,
  notes: Notes,
  report: Report,
): (key: string) => readonly Remark[] {
  const own = notes.releases.find(({ release }) => release === model.release);
  const collection: Collection = {
    model,
    service,
    report,
    remarks: new Map(),
    reconstructed: own?.reconstructed === true,
  };
  if (notes.family) addFamily(collection, notes.family);
  if (notes.exceptions) addExceptions(collection, notes.exceptions, notes.exceptions.exceptions);
  for (const release of notes.releases) {
    if (compareReleases(release.release, model.release) <= 0) addRelease(collection, release);
  }
  return (key) => collection.remarks.get(key) ?? [];
}

interface Collection {
  readonly model: Model;
  readonly service: Service | undefined;
  readonly report: Report;
  readonly remarks: Map<string, Remark[]>;
  /** The schema is ours: what older notes say about guesses concerns it as well. */
  readonly reconstructed: boolean;
}

type NoteFile = ReleaseNotes | FamilyNotes | ExceptionCatalogue;

function addRelease(collection: Collection, notes: ReleaseNotes): void {
  for (const change of notes.changes) addChange(collection, notes, change);
  addBehaviour(collection, notes, notes.behaviour);
  addExceptions(collection, notes, notes.exceptions);
  addRetirements(collection, notes, notes.retirements);
  addCorrections(collection, notes, notes.corrections);
  if (collection.reconstructed) for (const guess of notes.guesses) addGuess(collection, notes, guess);
}

function addFamily(collection: Collection, notes: FamilyNotes): void {
  addBehaviour(collection, notes, notes.behaviour);
  addRetirements(collection, notes, notes.retirements);
  addCorrections(collection, notes, notes.corrections);
}

function addChange(collection: Collection, notes: NoteFile, change: SchemaChange): void {
  // What is gone cannot be remarked on; whether it is, the comparison tells.
  if (change.change === "removed") return;
  const target = resolve(collection, notes, change);
  const release = change.release ?? "";
  if (change.ofOperation === true) addOperationChange(collection, target, change, release);
  for (const place of target.places) {
    if (change.change === "deprecated") {
      push(collection, place.key, {
        kind: "deprecated",
        text: told(place, change.text ?? "Deprecated."),
        release,
      });
    } else if (change.text !== undefined && place.documentation === undefined) {
      push(collection, place.key, { kind: "behaviour", text: change.text, release });
    }
    if (change.guess && collection.reconstructed) {
      push(collection, place.key, { kind: "guess", text: guessSentence(change.guessed), release });
    }
    if (change.when.length > 0) {
      const text = told(place, `only ${conditionsOf(change.when)}.`);
      push(collection, place.key, { kind: "precondition", text, release });
    }
  }
}

function addOperationChange(
  collection: Collection,
  { operations }: ResolvedTarget,
  { change, text, when }: SchemaChange,
  release: string,
): void {
  for (const operation of operations) {
    const key = operationKey(operation);
    if (change === "deprecated")
      push(collection, key, { kind: "deprecated", text: text ?? "Deprecated.", release });
    else if (text !== undefined && operation.documentation === undefined)
      push(collection, key, { kind: "behaviour", text, release });
    if (when.length > 0)
      push(collection, key, { kind: "precondition", text: `Only ${conditionsOf(when)}.`, release });
  }
}

function addBehaviour(collection: Collection, notes: NoteFile, behaviour: readonly BehaviourChange[]): void {
  for (const entry of behaviour) {
    const target = resolve(collection, notes, entry);
    const text = entry.text + whenSentence(entry.when);
    attach(collection, target, entry.paths.length > 0 || entry.in !== undefined, (place) => ({
      kind: entry.kind,
      text: place ? told(place, text) : text,
      release: entry.release ?? "",
    }));
  }
}

function addExceptions(collection: Collection, notes: NoteFile, exceptions: readonly ExceptionNote[]): void {
  for (const entry of exceptions) {
    const target = resolve(collection, notes, entry);
    const text = exceptionText(entry);
    const release = entry.release ?? "";
    for (const operation of target.operations) {
      push(collection, operationKey(operation), { kind: "exception", text, release });
    }
    for (const place of target.places) push(collection, place.key, { kind: "exception", text, release });
  }
}

/** `Fails with 060068 (...): ...` */
function exceptionText(entry: ExceptionNote): string {
  const reason = entry.reason === undefined ? "" : ` (${entry.reason.replace(/[.\s]+$/u, "")})`;
  return `Fails with ${entry.code}${reason}: ${entry.meaning}${entry.remedy ? ` ${entry.remedy}` : ""}${whenSentence(entry.when)}`;
}

function addRetirements(collection: Collection, notes: NoteFile, retirements: readonly Retirement[]): void {
  for (const entry of retirements) {
    const target = resolve(collection, notes, entry);
    const announced = `Retirement announced: ${entry.subject}.`;
    const removed = `Removed: ${entry.subject}.`;
    const replacement = entry.replacement === undefined ? "" : ` Use ${entry.replacement} instead.`;
    const text = `${entry.stage === "removed" ? removed : announced} ${entry.text}${replacement}${whenSentence(entry.when)}`;
    // What is done needs no announcement any more.
    const drop = entry.stage === "removed" ? announced : undefined;
    attach(
      collection,
      target,
      entry.paths.length > 0 || entry.in !== undefined,
      () => ({ kind: "deprecated", text, release: entry.release ?? "" }),
      drop,
    );
  }
}

/** Only names: who searches for what the notes call it finds the member. */
function addCorrections(collection: Collection, notes: NoteFile, corrections: readonly Correction[]): void {
  for (const entry of corrections) {
    const target = resolve(collection, notes, entry);
    if (!["spelling", "case", "joined"].includes(entry.kind)) continue;
    for (const place of target.places) {
      const text =
        entry.wire === entry.notes
          ? `The spelling is that of the wire.`
          : `The release notes spell it ${entry.notes}.`;
      push(collection, place.key, { kind: "behaviour", text, release: entry.release ?? "" });
    }
  }
}

function addGuess(collection: Collection, notes: NoteFile, guess: Guess): void {
  const target = resolve(collection, notes, guess);
  attach(collection, target, guess.paths.length > 0 || guess.in !== undefined, () => ({
    kind: "guess",
    text: `${guessSentence(guess.guessed)} ${guess.text}`,
    release: guess.release ?? "",
  }));
}

function guessSentence(guessed: Guess["guessed"]): string {
  if (guessed.length === 0) return "Its type, parent or place is a guess.";
  const what = listed(guessed.map((part) => GUESSED[part]));
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${guessed.length > 1 ? "are guesses" : "is a guess"}.`;
}

const GUESSED: Readonly<Record<Guess["guessed"][number], string>> = {
  type: "its type",
  parent: "its parent",
  order: "its place among its siblings",
  values: "its values",
  content: "its content",
  name: "its name",
};

/** Puts a remark on the members named, else on the operations, else on the release. */
function attach(
  collection: Collection,
  target: ResolvedTarget,
  hasPlace: boolean,
  remark: (place: FoundPlace | undefined) => Remark,
  /** Remarks that begin so are overtaken by the new one. */
  drop?: string,
): void {
  const put = (key: string, place?: FoundPlace): void => {
    const before = collection.remarks.get(key);
    if (drop !== undefined && before) {
      collection.remarks.set(
        key,
        before.filter(({ text }) => !text.startsWith(drop)),
      );
    }
    push(collection, key, remark(place));
  };
  if (hasPlace) for (const place of target.places) put(place.key, place);
  else if (target.operations.length > 0)
    for (const operation of target.operations) put(operationKey(operation));
  else if (target.unresolved.length === 0) put(RELEASE_KEY);
}

function push(collection: Collection, key: string, remark: Remark): void {
  const list = collection.remarks.get(key);
  if (list === undefined) collection.remarks.set(key, [remark]);
  else if (!list.some((other) => other.kind === remark.kind && other.text === remark.text)) list.push(remark);
}

/** A member may serve more messages than a note means: "In responses of getSite: ...". */
function told(place: FoundPlace, text: string): string {
  if (place.from.length === 0) return text;
  const directions = new Set(place.from.map(({ direction }) => direction));
  const names = [...new Set(place.from.map(({ operation }) => operation.name))];
  const messages = directions.size > 1 ? "messages" : directions.has("request") ? "requests" : "responses";
  const following = /^[A-Z][a-z ]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
  return `In ${messages} of ${names.length > 8 ? "many operations" : listed(names)}: ${following}`;
}

function whenSentence(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? "" : ` Applies ${conditionsOf(conditions)}.`;
}

/** `when the feature AllowX is on, and for the role A or B`. */
function conditionsOf(conditions: readonly Condition[]): string {
  return conditions.map(conditionOf).join(", and ");
}

function conditionOf(condition: Condition): string {
  const names = listed(condition.anyOf, "or");
  const is = condition.is === undefined ? "" : ` is ${condition.is}`;
  const text = condition.text === undefined ? "" : ` (${condition.text})`;
  switch (condition.kind) {
    case "feature":
    case "setting":
      return is === ""
        ? `depending on the ${condition.kind} ${names}${text}`
        : `when the ${condition.kind} ${names}${is}${text}`;
    case "role":
    case "licence":
      return `with the ${condition.kind} ${names}${is}${text}`;
    case "deployment":
      return `on ${names}${text}`;
    case "data":
      return `when ${names}${is}${text}`;
    case "other":
      return condition.text ?? "";
  }
}

function listed(names: readonly string[], word: "and" | "or" = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1) ?? ""}`;
}

type AnyEntry = Parameters<typeof resolveTarget>[2] & { readonly pointer: string };

function resolve(collection: Collection, notes: NoteFile, entry: AnyEntry): ResolvedTarget {
  const { model, service, report } = collection;
  const target = resolveTarget(model, service, entry);
  // A later schema may have dropped what an older note names: only notes of this very release must fit.
  if ("release" in notes && notes.release === model.release && (service || entry.in !== undefined)) {
    for (const problem of target.unresolved) tell(report, notes, entry, model, problem);
  }
  return target;
}

function tell(report: Report, notes: NoteFile, entry: AnyEntry, model: Model, problem: Unresolved): void {
  const place = (
    key: string,
    value: string,
    values: readonly string[],
  ): { readonly at?: ReturnType<typeof positionOf> } => {
    const index = values.indexOf(value);
    const at =
      notes.positions.get(`${entry.pointer}/${key}/${index}`) ??
      positionOf(notes.positions, `${entry.pointer}/${key}`);
    return at ? { at } : {};
  };
  switch (problem.kind) {
    case "operation":
      report.add({
        code: "unknown-note-operation",
        severity: "warning",
        message: `release ${model.release} has no operation "${problem.name}"`,
        hint:
          suggestionHint(problem.name, problem.candidates) ?? "names are those of the schema, case included",
        ...(place(
          "ofOperation" in entry ? "operation" : "operations",
          problem.name,
          entry.operations,
        ) as object),
      });
      break;
    case "root":
      report.add({
        code: "unknown-note-root",
        severity: "warning",
        message: `release ${model.release} has no type or global element "${problem.name}"`,
        hint: suggestionHint(problem.name, problem.candidates) ?? "write prefix:name as the schemas do",
        ...(place("in", problem.name, []) as object),
      });
      break;
    case "path": {
      const { step, candidates } = problem.lost;
      report.add({
        code: "unknown-note-path",
        severity: "warning",
        message: `release ${model.release} has no "${problem.path}" in ${problem.root}: nothing is called "${step}" there`,
        hint:
          suggestionHint(step, candidates) ??
          (candidates.length === 0
            ? "nothing can stand below this element"
            : `what is there: ${candidates.slice(0, 12).join(", ")}${candidates.length > 12 ? ", ..." : ""}`),
        ...(place("path", problem.path, entry.paths) as object),
      });
    }
  }
}
