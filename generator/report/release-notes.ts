/** What release notes say beside the schema: behaviour, error codes, retirements, and where the notes are wrong. */
import { createHash } from "node:crypto";
import type {
  BehaviourChange,
  Condition,
  Correction,
  ExceptionNote,
  Guess,
  ReleaseNotes,
  Retirement,
  Target,
} from "../release/types.js";
import { plural } from "../terminal.js";
import { html, safeUrl, separated } from "./html.js";
import type { Html, Piece } from "./html.js";

/** A statement of the notes that has a place in the matrix and a permalink. */
export interface NoteEntry {
  readonly id: string;
  readonly kind: "behaviour" | "code" | "retirement";
  /** One line. */
  readonly name: string;
  readonly operations: readonly string[];
  readonly note: BehaviourChange | ExceptionNote | Retirement;
}

/** The entries of a release; ids come from what they say, so they stay when others come. */
export function noteEntries(notes: ReleaseNotes | undefined): readonly NoteEntry[] {
  if (notes === undefined) return [];
  const taken = new Set<string>();
  const entry = (
    kind: NoteEntry["kind"],
    name: string,
    note: BehaviourChange | ExceptionNote | Retirement,
  ): NoteEntry => {
    const hash = createHash("sha256")
      .update([kind, name, ...note.operations, ...note.paths].join("\u0000"))
      .digest("hex");
    let id = `${kind}-${hash.slice(0, 8)}`;
    for (let copy = 2; taken.has(id); copy++) id = `${kind}-${hash.slice(0, 8)}-${copy}`;
    taken.add(id);
    return { id, kind, name, operations: note.operations.map(operationName), note };
  };
  return [
    ...notes.behaviour
      .filter(({ kind }) => kind !== "guess")
      .map((note) => entry("behaviour", note.text, note)),
    ...notes.exceptions.map((note) => entry("code", `${note.code}: ${note.reason ?? note.meaning}`, note)),
    ...notes.retirements.map((note) => entry("retirement", note.subject, note)),
  ];
}

/** A section of a page, with the heading that a table of contents links to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly body: Html;
}

/** The sections that have something to say. */
export function noteSections(notes: ReleaseNotes | undefined): readonly Section[] {
  if (notes === undefined) return [];
  const entries = noteEntries(notes);
  const of = (kind: NoteEntry["kind"]): readonly NoteEntry[] =>
    entries.filter((entry) => entry.kind === kind);
  const section = (id: string, title: string, items: readonly unknown[], body: Html): Section[] =>
    items.length === 0 ? [] : [{ id, title, count: items.length, body }];
  const [behaviour, codes, retirements] = [of("behaviour"), of("code"), of("retirement")];
  const { corrections, guesses } = notes;
  return [
    ...section("behaviour", "Behaviour", behaviour, html`${behaviour.map(behaviourCard)}`),
    ...section("codes", "Error codes", codes, html`${codes.map(codeCard)}`),
    ...section("retirements", "Retirements", retirements, html`${retirements.map(retirementCard)}`),
    ...section("corrections", "Where the notes are wrong", corrections, correctionTable(corrections)),
    ...section("guesses", "What is guessed", guesses, html`<ul class="plain">${guesses.map(guessItem)}</ul>`),
  ];
}

function card({ id, kind, name, note }: NoteEntry, title: Piece, labels: Piece, body: Piece): Html {
  return html`<article class="entry note" id="${id}" tabindex="-1" data-entry data-kind="${kind}" data-search="${[name, ...note.operations.map(operationName), ...note.paths].join(" ")}">
<div class="head"><h3>${title}</h3><span class="labels">${labels}<a class="tag link" href="#${id}">#${id}<span class="hidden"> link to this entry</span></a></span></div>
${body}
${targetList(note, kind)}
</article>
`;
}

function behaviourCard(entry: NoteEntry): Html {
  const note = entry.note as BehaviourChange;
  const word = note.kind === "behaviour" ? undefined : note.kind;
  return card(
    entry,
    operationText(note.operations),
    word !== undefined && html`<span class="tag">${word}</span>`,
    html`<p>${note.text}</p>${conditions(note.when)}`,
  );
}

function codeCard(entry: NoteEntry): Html {
  const note = entry.note as ExceptionNote;
  return card(
    entry,
    html`<code>${note.code}</code>${note.reason !== undefined && html` <q>${note.reason}</q>`}`,
    note.reasonFrom !== undefined &&
      note.reasonFrom !== "quoted" &&
      html`<span class="tag" title="The words of the server may be others">reason ${note.reasonFrom}</span>`,
    html`<p>${note.meaning}</p>${note.remedy !== undefined && html`<p><b>What to do:</b> ${note.remedy}</p>`}${conditions(note.when)}`,
  );
}

function retirementCard(entry: NoteEntry): Html {
  const note = entry.note as Retirement;
  return card(
    entry,
    note.subject,
    html`<span class="tag">${note.stage}</span>`,
    html`<p>${note.text}</p>${note.replacement !== undefined && html`<p><b>Instead:</b> ${note.replacement}</p>`}${conditions(note.when)}`,
  );
}

function operationText(operations: readonly string[]): string {
  if (operations.includes("*")) return "All operations";
  if (operations.length === 0) return "The service";
  return operations.map(operationName).join(", ");
}

/** As findings write it: `GetUser`. */
function operationName(name: string): string {
  if (name === "*") return "all operations";
  const local = name.slice(name.lastIndexOf(".") + 1);
  return local.charAt(0).toUpperCase() + local.slice(1);
}

/** Where an entry applies; what the service does is headed by its operations. */
function targetList({ direction, paths, operations }: Target, kind: NoteEntry["kind"]): Html | undefined {
  const isNamed = kind === "behaviour" || operations.length === 0;
  if (paths.length === 0 && isNamed && (direction === "both" || operations.length === 0)) return undefined;
  const where = direction === "both" ? "requests and responses" : `${direction}s`;
  const whose = operations.includes("*") ? "every operation" : operationText(operations);
  return html`<p class="quiet">In ${where}${!isNamed && html` of ${whose}`}${
    paths.length > 0 &&
    html`: ${separated(
      paths.map((path) => html`<code>${path}</code>`),
      ", ",
    )}`
  }.</p>`;
}

function conditions(when: readonly Condition[]): Html | undefined {
  if (when.length === 0) return undefined;
  return html`<p class="hidden">Only when</p><ul class="plain conditions">${when.map(
    ({ kind, anyOf, is, text }) =>
      html`<li><span class="tag">${kind}</span> ${separated(
        anyOf.map((name) => html`<code>${name}</code>`),
        " or ",
      )}${is !== undefined && html` is <code>${is}</code>`}${text !== undefined && (anyOf.length === 0 ? html`${text}` : html` (${text})`)}</li>`,
  )}</ul>`;
}

function correctionTable(corrections: readonly Correction[]): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Where the notes are wrong"><table>
<thead><tr><th scope="col">the notes say</th><th scope="col">on the wire</th><th scope="col">about</th><th scope="col">remark</th></tr></thead>
<tbody>${corrections.map(
    ({ notes, wire, operations, kind, text }) =>
      html`<tr><td>${notes}</td><td>${wire === undefined ? "" : html`<code>${wire}</code>`}</td><td>${operationText(operations)} <span class="tag">${kind}</span></td><td>${text}</td></tr>
`,
  )}</tbody></table></div>`;
}

function guessItem({ text, guessed, paths, operations, in: root }: Guess): Html {
  const where = [root, ...paths].filter((part) => part !== undefined);
  return html`<li><span class="tag guess">guess</span> ${
    where.length > 0 &&
    html`${separated(
      where.map((part) => html`<code>${part}</code>`),
      " ",
    )} `
  }${operations.length > 0 && `(${operationText(operations)}) `}${guessed.length > 0 && `${guessed.join(", ")}: `}${text}</li>`;
}

/** Where the notes come from, and whether the vendor offered the schema. */
export function sourcesOf(notes: ReleaseNotes | undefined): Html | undefined {
  if (notes === undefined) return undefined;
  const download =
    notes.download === "unknown"
      ? "It is not known whether the schema was offered for download."
      : `The schema was ${notes.download === "offered" ? "" : "not "}offered for download.`;
  const said =
    notes.schema === "unstated"
      ? ""
      : ` The notes say that the schema ${notes.schema === "changed" ? "changed" : "did not change"}.`;
  return html`<p>${download}${said}</p>
${
  notes.sources.length > 0 &&
  html`<p>${plural(notes.sources.length, "source")}:</p><ul>${notes.sources.map(
    ({ title, url, language, text }) => {
      const href = safeUrl(url);
      return html`<li>${href === undefined ? title : html`<a href="${href}" rel="noreferrer">${title}</a>`}${language !== undefined && html` <span class="tag">${language}</span>`}${text !== undefined && html` ${text}`}</li>`;
    },
  )}</ul>`
}`;
}
