/** The entry page of a family's reports: which component each release brought, changed or took away. */
import type { Change, DiffResult } from "../diff/index.js";
import { html } from "./html.js";
import type { Html } from "./html.js";
import { renderPage } from "./page.js";
import { headline, isIgnored, nameOf, plural, signOf } from "./source.js";

export interface MatrixInput {
  readonly family: string;
  /** In order; each step compares a release with the one before. */
  readonly releases: readonly string[];
  readonly steps: readonly DiffResult[];
  readonly reconstructed: boolean;
  /** The page of a release. */
  readonly hrefOf: (release: string) => string;
}

interface Row {
  readonly name: string;
  readonly operations: readonly string[];
  /** Release to what happened there. */
  readonly events: ReadonlyMap<string, Change>;
}

/** One HTML document. */
export function renderMatrixPage(input: MatrixInput): string {
  const rows = rowsOf(input);
  const options = input.releases.map((release) => html`<option>${release}</option>`);
  return renderPage({
    title: `${input.family}: ${plural(input.releases.length, "release")}`,
    lead: html`<p class="lead">Each row is a component of the schema that came, went or changed. Click a cell to read about the change.</p>
${input.reconstructed && html`<p class="notice">These bundles are reconstructed from documentation; guesses are marked on the release pages.</p>`}`,
    main: html`${releaseList(input)}
<h2>Evolution</h2>
<form class="filters" role="search" aria-label="Filter components">
<label>Search <input name="q" type="search" autocomplete="off" placeholder="component or operation"></label>
<button type="reset">Clear</button><output aria-live="polite"></output></form>
<form class="filters compare" aria-label="Compare two releases">
<label>From <select name="from">${options}</select></label>
<label>To <select name="to">${options}</select></label>
<button>Compare</button><button type="reset">Show all</button><output aria-live="polite"></output></form>
${rows.length === 0 ? html`<p>No release changed the schema.</p>` : matrix(rows, input)}
<p class="quiet"><span aria-hidden="true">+</span> came, <span aria-hidden="true">~</span> changed, <span aria-hidden="true">−</span> went, <span aria-hidden="true">•</span> there.</p>`,
  });
}

function releaseList({ releases, steps, hrefOf }: MatrixInput): Html {
  const bySecond = new Map(steps.map((step) => [step.to.id, step]));
  return html`<h2>Releases</h2><ul>${[...releases].reverse().map((release) => {
    const step = bySecond.get(release);
    return step === undefined
      ? html`<li>${release}: the first release known</li>`
      : html`<li><a href="${hrefOf(release)}">${headline(step)}</a></li>`;
  })}</ul>`;
}

function rowsOf({ steps }: MatrixInput): readonly Row[] {
  const rows = new Map<string, { operations: Set<string>; events: Map<string, Change> }>();
  for (const step of steps) {
    for (const change of step.changes) {
      if (isIgnored(change)) continue;
      const name = nameOf(change, step);
      let row = rows.get(name);
      if (row === undefined) {
        row = { operations: new Set(), events: new Map() };
        rows.set(name, row);
      }
      for (const { op } of change.reach) row.operations.add(op);
      if (!row.events.has(step.to.id)) row.events.set(step.to.id, change);
    }
  }
  return [...rows]
    .map(([name, { operations, events }]) => ({ name, operations: [...operations].sort(), events }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function matrix(rows: readonly Row[], { releases, hrefOf }: MatrixInput): Html {
  return html`<div class="scroll" role="region" aria-label="Evolution matrix" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">component</th>${releases.map((release) => html`<th scope="col">${release}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => {
  const present = presence(row, releases);
  const runs = present.flatMap((there, index) => (there ? [index] : []));
  return html`<tr data-search="${[row.name, ...row.operations].join(" ")}" data-runs="${JSON.stringify(runs)}"><th scope="row"><code>${row.name}</code> <span class="quiet">${operationText(row.operations)}</span></th>${releases.map((release, index) => cell(row.events.get(release), present[index] ?? false, release, hrefOf))}</tr>
`;
})}</tbody></table></div>`;
}

function operationText(operations: readonly string[]): string {
  const shown = operations.slice(0, 3).join(", ");
  return operations.length > 3 ? `${shown} +${operations.length - 3}` : shown;
}

function presence({ events }: Row, releases: readonly string[]): readonly boolean[] {
  const first = [...releases].map((release) => events.get(release)).find((change) => change !== undefined);
  let there = first === undefined || signOf(first) !== "+";
  return releases.map((release) => {
    const change = events.get(release);
    if (change !== undefined) there = signOf(change) !== "-";
    return there;
  });
}

function cell(
  change: Change | undefined,
  there: boolean,
  release: string,
  hrefOf: (release: string) => string,
): Html {
  if (change === undefined)
    return there ? html`<td class="in"><span title="there">•</span></td>` : html`<td></td>`;
  const sign = signOf(change);
  const kind = sign === "+" ? "new" : sign === "-" ? "gone" : "changed";
  const word = sign === "+" ? "came" : sign === "-" ? "went" : "changed";
  return html`<td class="${kind}"><a href="${hrefOf(release)}#${change.id}" aria-label="${word} in ${release}">${sign === "-" ? "−" : sign}</a></td>`;
}
