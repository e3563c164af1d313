/** The entry page of a family's reports: which release brought, changed or took away what. */
import { plural } from "../terminal.js";
import { levelBadge, levelSigns } from "./finding.js";
import { html } from "./html.js";
import type { Html } from "./html.js";
import type { MatrixEntry, MatrixRelease } from "./matrix.js";
import { renderPage } from "./page.js";
import { reconstructed } from "./release-page.js";
import { levelOrder } from "./source.js";

export interface MatrixInput {
  /** What the family is called. */
  readonly title: string;
  /** As the configuration names it, for the command that is shown. */
  readonly family: string;
  /** Oldest first; each is compared with the one before. */
  readonly releases: readonly MatrixRelease[];
  /** The page of a release. */
  readonly hrefOf: (release: string) => string;
}

/** A thing that some release touched. */
interface Row {
  readonly kind: MatrixEntry["kind"];
  readonly name: string;
  readonly services: readonly string[];
  readonly operations: readonly string[];
  /** What happened, by the index of the release. */
  readonly events: ReadonlyMap<number, readonly MatrixEntry[]>;
}

/** One HTML document. */
export function renderMatrixPage(input: MatrixInput): string {
  const { releases, title } = input;
  const rows = rowsOf(releases);
  const [first, last] = [releases[0], releases.at(-1)];
  return renderPage({
    title: `${title}: evolution`,
    scripts: ["matrix.js"],
    lead: html`<p class="kicker">Evolution of a schema family</p><h1>${title}</h1>
<p class="lead">${plural(releases.length, "release")}${first !== undefined && last !== undefined && releases.length > 1 && `, ${first.release} to ${last.release}`}: what each of them brought, changed or took away, in its schema and in its notes.</p>
${releases.some((release) => release.reconstructed) && reconstructed}`,
    main: html`${newest(input)}
<section id="matrix"><h2>Matrix</h2>
${rows.length === 0 ? html`<p>No release changed anything.</p>` : html`${filters(rows, releases)}${matrix(rows, input)}${legend}`}</section>
${releaseList(input)}`,
  });
}

/** The newest change is told in so many lines. */
const mostShown = 8;

/** The schema before the notes, what breaks before what does not. */
function weight({ kind, level }: MatrixEntry): number {
  return (kind === "schema" ? 0 : levelOrder.length) + levelOrder.indexOf(level);
}

/** The newest release that changed something, in short. */
function newest({ releases, hrefOf }: MatrixInput): Html | undefined {
  const release = [...releases]
    .slice(1)
    .reverse()
    .find(({ entries }) => entries.length > 0);
  if (release === undefined) return undefined;
  const shown = [...release.entries].sort((a, b) => weight(a) - weight(b)).slice(0, mostShown);
  const href = hrefOf(release.release);
  return html`<section class="newest" aria-labelledby="newest"><p class="kicker">Newest change</p><h2 id="newest"><a href="${href}">${release.release}</a>${release.title !== undefined && html` <span>${release.title}</span>`}</h2>
<ul class="plain">${shown.map((entry) => html`<li><a href="${href}#${entry.id}">${entryText(entry)}</a></li>`)}${release.entries.length > shown.length && html`<li><a href="${href}">${release.entries.length - shown.length} more</a></li>`}</ul></section>`;
}

function entryText(entry: MatrixEntry): Html {
  const { kind, word, sign } = eventWords([entry]);
  return html`<span class="mark ${kind}" role="img" aria-label="${word}">${sign}</span> ${entry.kind === "schema" ? html`<code>${entry.name}</code>` : entry.name}`;
}

const kindNames: Readonly<Record<MatrixEntry["kind"], string>> = {
  schema: "schema",
  behaviour: "behaviour",
  code: "error code",
  retirement: "retirement",
  disagreement: "notes and schema",
};

function rowsOf(releases: readonly MatrixRelease[]): readonly Row[] {
  const rows = new Map<
    string,
    { entry: MatrixEntry; services: Set<string>; operations: Set<string>; events: Map<number, MatrixEntry[]> }
  >();
  releases.forEach(({ entries }, index) => {
    for (const entry of entries) {
      const key = `${entry.kind} ${entry.name}`;
      let row = rows.get(key);
      if (row === undefined) {
        row = { entry, services: new Set(), operations: new Set(), events: new Map() };
        rows.set(key, row);
      }
      for (const service of entry.services) row.services.add(service);
      for (const operation of entry.operations) row.operations.add(operation);
      const list = row.events.get(index);
      if (list === undefined) row.events.set(index, [entry]);
      else list.push(entry);
    }
  });
  const kinds = Object.keys(kindNames);
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...rows.values()]
    .map(({ entry, services, operations, events }) => ({
      kind: entry.kind,
      name: entry.name,
      services: [...services].sort(compare),
      operations: [...operations].sort(compare),
      events,
    }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.name, b.name));
}

function filters(rows: readonly Row[], releases: readonly MatrixRelease[]): Html {
  const options = (values: Iterable<string>): readonly Html[] =>
    [...new Set(values)].map((value) => html`<option value="${value}">${value}</option>`);
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const ids = releases.map(({ release }) => release);
  return html`<form class="filters needs-script" role="search" aria-label="Matrix">
<label class="search">Search <input name="q" type="search" autocomplete="off" spellcheck="false" placeholder="component, operation or text"></label>
<label>Kind <select name="kind"><option value="">all kinds</option>${[...new Set(rows.map(({ kind }) => kind))].map((kind) => html`<option value="${kind}">${kindNames[kind]}</option>`)}</select></label>
<label>Service <select name="service"><option value="">all services</option>${options(rows.flatMap(({ services }) => services).sort(compare))}</select></label>
<label>Compare <select name="from"><option value="">nothing</option>${options(ids)}</select></label>
<label>with <select name="to"><option value="">nothing</option>${options(ids)}</select></label>
<button type="reset">Clear</button><output aria-live="polite"></output></form>
<div class="comparison" id="comparison" aria-live="polite" hidden></div>
`;
}

function matrix(rows: readonly Row[], { releases, hrefOf, family }: MatrixInput): Html {
  return html`<div class="scroll tall" role="group" aria-label="Matrix" tabindex="0"><table class="matrix" data-family="${family}">
<thead><tr><th scope="col">what</th>${releases.map(({ release }) => html`<th scope="col"><a href="${hrefOf(release)}">${release}</a><button type="button" class="needs-script" data-column="${release}" aria-pressed="false" title="Compare with another release"><span aria-hidden="true">⇄</span><span class="hidden">compare ${release}</span></button></th>`)}</tr></thead>
${groupsOf(rows).map(
  ([
    kind,
    list,
  ]) => html`<tbody data-group><tr class="kind"><th scope="rowgroup" colspan="${releases.length + 1}">${heading(kind)} <span class="quiet">${list.length}</span></th></tr>
${list.map((row) => renderRow(row, releases, hrefOf))}</tbody>
`,
)}<tfoot><tr><th scope="row">changes</th>${releases.map(({ entries, counts }) => html`<td>${counts === undefined && entries.length === 0 ? "" : entries.length === 0 ? "0" : entries.length}</td>`)}</tr></tfoot></table></div>`;
}

const heading = (kind: MatrixEntry["kind"]): string =>
  ({
    schema: "Schema",
    behaviour: "Behaviour",
    code: "Error codes",
    retirement: "Retirements",
    disagreement: "Notes and schema disagree",
  })[kind];

function groupsOf(rows: readonly Row[]): readonly (readonly [MatrixEntry["kind"], readonly Row[]])[] {
  return [...new Set(rows.map(({ kind }) => kind))].map(
    (kind) => [kind, rows.filter((row) => row.kind === kind)] as const,
  );
}

function renderRow(row: Row, releases: readonly MatrixRelease[], hrefOf: MatrixInput["hrefOf"]): Html {
  const present = presence(row, releases.length);
  const operations = row.operations.slice(0, 3).join(", ");
  const rest = row.operations.length > 3 ? ` +${row.operations.length - 3}` : "";
  const firstEvent = [...row.events.keys()].sort((a, b) => a - b)[0] ?? 0;
  const target = row.events.get(firstEvent)?.[0]?.id ?? "";
  const state = present.map((there, index) =>
    row.events.has(index) ? (there ? "e" : "x") : there ? "p" : "a",
  );
  return html`<tr data-entry id="row-${releases[firstEvent]?.release}-${target}" tabindex="-1" data-kind="${row.kind}" data-service="${row.services.join(" ")}" data-state="${state.join("")}" data-search="${[row.name, ...row.services, ...row.operations].join(" ")}"><th scope="row"><a href="${hrefOf(releases[firstEvent]?.release ?? "")}#${target}">${row.kind === "schema" ? html`<code>${row.name}</code>` : row.name}</a>${operations !== "" && html` <span class="quiet">${operations}${rest}</span>`}</th>${releases.map(({ release }, index) => cell(row.events.get(index), present[index] ?? false, release, hrefOf(release)))}</tr>
`;
}

/** A thing is there from the release that brought it to the one that took it; what only changed was always there. */
function presence({ events, kind }: Row, count: number): readonly boolean[] {
  const first = [...events.keys()].sort((a, b) => a - b)[0] ?? 0;
  const sign = (index: number): string | undefined => events.get(index)?.[0]?.sign;
  let there = kind === "schema" ? sign(first) !== "+" : sign(first) === "-";
  return Array.from({ length: count }, (_, index) => {
    const now = sign(index);
    if (now !== undefined) there = now !== "-";
    return there;
  });
}

function eventWords(entries: readonly MatrixEntry[]): {
  readonly kind: string;
  readonly word: string;
  readonly sign: string;
} {
  const signs = new Set(entries.map(({ sign }) => sign));
  if (signs.size === 1 && signs.has("+")) return { kind: "come", word: "added", sign: "+" };
  if (signs.size === 1 && signs.has("-")) return { kind: "gone", word: "removed", sign: "−" };
  return { kind: "changed", word: "changed", sign: "~" };
}

function cell(
  entries: readonly MatrixEntry[] | undefined,
  there: boolean,
  release: string,
  href: string,
): Html {
  const [first] = entries ?? [];
  if (entries === undefined || first === undefined)
    return there ? html`<td class="in"><span title="there in ${release}">·</span></td>` : html`<td></td>`;
  const { kind, word, sign } = eventWords(entries);
  const worst = levelOrder.find((level) => entries.some((entry) => entry.level === level)) ?? "info";
  const alarming = first.kind === "schema" && (worst === "breaking" || worst === "dangerous");
  const guess = entries.some((entry) => entry.guess === true);
  const words = `${word} in ${release}${alarming ? `, ${worst}` : ""}${guess ? ", a guess" : ""}${entries.length > 1 ? `, ${entries.length} findings` : ""}`;
  return html`<td class="${kind}"><a href="${href}#${first.id}" aria-label="${words}" title="${words}">${sign}${alarming && html`<sup class="${worst}">${levelSigns[worst]}</sup>`}${guess && html`<sup>?</sup>`}</a></td>`;
}

const legend = html`<p class="quiet legend"><span class="mark come">+</span> added <span class="mark changed">~</span> changed <span class="mark gone">−</span> removed <span class="mark in">·</span> there <span>${levelSigns.breaking} breaking</span> <span>${levelSigns.dangerous} dangerous</span> <span>? a guess</span></p>`;

function releaseList({ releases, hrefOf }: MatrixInput): Html {
  return html`<section id="releases"><h2>Releases</h2><div class="scroll" role="group" aria-label="Releases" tabindex="0"><table class="releases"><thead><tr><th scope="col">release</th><th scope="col">schema</th><th scope="col">notes</th><th scope="col">about</th></tr></thead>
<tbody>${[...releases].reverse().map(({ release, title, counts, entries }) => {
    const notes = entries.filter(({ kind }) => kind !== "schema").length;
    return html`<tr><th scope="row"><a href="${hrefOf(release)}">${release}</a></th><td>${
      counts === undefined
        ? "first known"
        : levelOrder.every((level) => counts[level] === 0)
          ? html`<span class="quiet">unchanged</span>`
          : levelOrder
              .filter((level) => counts[level] > 0)
              .map((level) => html`${levelBadge(level, counts[level])} `)
    }</td><td>${notes > 0 && (notes === 1 ? "1 entry" : `${notes} entries`)}</td><td>${title}</td></tr>
`;
  })}</tbody></table></div></section>`;
}
