/** The page of one release: what it changed, as good release notes tell it. */
import type { Change, Level } from "../diff/index.js";
import { componentText } from "../diff/index.js";
import { html } from "./html.js";
import type { Html } from "./html.js";
import { highlightXml, sideBySide } from "./listing.js";
import { renderPage } from "./page.js";
import {
  detailOf,
  headline,
  isIgnored,
  levelOrder,
  nameOf,
  plural,
  prefixIn,
  shownLevel,
  signOf,
  sourceOf,
  titleOf,
  whyOf,
} from "./source.js";
import type { ReportInput } from "./source.js";

/** What a page shows beside the comparison itself. */
export interface PageContext {
  readonly path?: readonly { readonly href: string; readonly text: string }[];
  /** The XSD source of a declaration on one side. */
  readonly snippet: (change: Change, side: "old" | "new") => string | undefined;
  /** How the TypeScript property looks on one side. */
  readonly typescript?: (change: Change, side: "old" | "new") => string | undefined;
  /** A diagram of the touched type. */
  readonly diagram?: (change: Change) => Html | undefined;
  /** Sections from release notes: behaviour, codes, reconciliation. */
  readonly sections?: readonly Html[];
}

const signs: Readonly<Record<Level, string>> = {
  breaking: "⛔",
  dangerous: "⚠",
  safe: "✓",
  docs: "✎",
  info: "·",
};

/** One HTML document. */
export function renderReleasePage(input: ReportInput, context: PageContext): string {
  const { result } = input;
  const shown = result.changes.filter((change) => !isIgnored(change));
  const ignored = result.changes.filter(isIgnored);
  const { summary } = result;
  return renderPage({
    title: `${result.to.id}: what changed since ${result.from.id}`,
    ...(context.path && { path: context.path }),
    lead: html`<p class="lead">${headline(result)}</p>
      ${input.reconstructed && html`<p class="notice">These bundles are reconstructed from documentation. Places that no source states are marked as guesses.</p>`}
      ${(input.notes ?? []).map((note) => html`<p class="lead">${note}</p>`)}
      <ul class="facts">
        ${levelOrder.filter((level) => summary.counts[level] > 0).map((level) => html`<li><span class="level ${level}">${signs[level]} ${level}</span> <b>${summary.counts[level]}</b></li>`)}
        <li>package version step <b>${summary.semver}</b></li>
        <li>
          old client, new server: requests <b>${summary.oldClientNewServer.request}</b>, answers
          <b>${summary.oldClientNewServer.responseTolerant}</b>
        </li>
        <li>
          new client, old server: requests
          <b>${summary.newClientOldServer.request}</b
          >${summary.newClientOldServer.request === "breaking" && summary.newClientOldServer.conditional && " (only where new content is used)"},
          answers <b>${summary.newClientOldServer.responseTolerant}</b>
        </li>
      </ul>`,
    main: html`${shown.length === 0 ? html`<p>The schemas of the two releases mean the same.</p>` : [filters(shown), ...byLevel(shown, input, context)]}
      ${byOperation(shown, input)} ${context.sections}
      ${
        ignored.length > 0 &&
        html`<h2>Ignored</h2>
          <ul>
            ${ignored.map((change) => html`<li><s>${nameOf(change, result)}</s> ${change.suppressed?.reason}</li>`)}
          </ul>`
      }
      <h2>Files</h2>
      <p class="quiet">
        ${plural(result.to.files.length, "schema file")}, ${plural(result.to.operations, "operation")}.
      </p>`,
  });
}

function filters(changes: readonly Change[]): Html {
  const options = (values: Iterable<string>): readonly Html[] =>
    [...new Set(values)].map((value) => html`<option value="${value}">${value}</option>`);
  return html`<form class="filters" role="search" aria-label="Filter findings">
    <label
      >Search <input name="q" type="search" autocomplete="off" placeholder="element, type, operation"
    /></label>
    <label
      >Level
      <select name="level">
        <option value="">all</option>
        ${options(levelOrder.filter((level) => changes.some((change) => shownLevel(change) === level)))}
      </select></label
    >
    <label
      >Direction
      <select name="direction">
        <option value="">both</option>
        ${options(["request", "response"])}
      </select></label
    >
    <label
      >Service
      <select name="service">
        <option value="">all</option>
        ${options(changes.map(({ component }) => component.ns).sort())}
      </select></label
    >
    <label
      >Rule
      <select name="rule">
        <option value="">all</option>
        ${options(changes.map(({ rule }) => rule).sort())}
      </select></label
    >
    <button type="reset">Clear</button>
    <output aria-live="polite"></output>
  </form>`;
}

function byLevel(changes: readonly Change[], input: ReportInput, context: PageContext): readonly Html[] {
  return levelOrder.flatMap((level) => {
    const group = changes.filter((change) => shownLevel(change) === level);
    if (group.length === 0) return [];
    return [
      html`<section data-section aria-labelledby="level-${level}">
        <h2 id="level-${level}">${titles[level]} (${group.length})</h2>
        ${group.map((change) => renderChange(change, input, context))}
      </section>`,
    ];
  });
}

const titles: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  dangerous: "Dangerous",
  safe: "Additions and other safe changes",
  docs: "Documentation",
  info: "For information",
};

function renderChange(change: Change, input: ReportInput, context: PageContext): Html {
  const { result } = input;
  const level = shownLevel(change);
  const name = nameOf(change, result);
  const directions = [...new Set(change.reach.map(({ dir }) => dir))].join(" ");
  const source = sourceOf(change, input);
  const [before, after] = [context.snippet(change, "old"), context.snippet(change, "new")];
  const [tsBefore, tsAfter] = [context.typescript?.(change, "old"), context.typescript?.(change, "new")];
  const search = [name, change.rule, ...change.reach.map(({ op }) => op)].join(" ");
  const detail = detailOf(change);
  return html`<article
    class="change"
    id="${change.id}"
    tabindex="-1"
    data-level="${level}"
    data-direction="${directions}"
    data-service="${change.component.ns}"
    data-rule="${change.rule}"
    data-search="${search}"
  >
    <div class="head">
      <span class="level ${level}">${signs[level]} ${level}</span>
      <h3><code>${signOf(change)} ${name}</code></h3>
      ${change.guess === true && html`<span class="tag guess">guess</span>`}${change.since !== undefined && html`<span class="tag">since ${change.since}</span>`}<a
        class="tag"
        href="#${change.id}"
        aria-label="Link to this finding"
        >#${change.id}</a
      >
    </div>
    <div class="body">
      <p>${titleOf(change)}${detail !== "" && html`: ${detail}`}.</p>
      ${
        change.reach.length > 0 &&
        html`<ul class="reach" aria-label="Reaches">
          ${change.reach.map(({ op, dir, path, documented }) => html`<li title="${path}">${op} ${dir}${documented === false && " (undocumented)"}</li>`)}
        </ul>`
      }
      <details>
        <summary>Why it matters, who is affected, source</summary>
        <p>${whyOf(change)}</p>
        ${verdictTable(change)}
        ${(before !== undefined || after !== undefined) && html`<div class="sides">${sideBySide(before, after, { old: place(source.old, result.from.id), new: place(source.new, result.to.id) }, highlightXml)}</div>`}
        ${(tsBefore !== undefined || tsAfter !== undefined) && html`<div class="sides">${sideBySide(tsBefore, tsAfter, { old: "TypeScript before", new: "TypeScript after" })}</div>`}
        ${context.diagram?.(change)}
      </details>
    </div>
  </article>`;
}

function place(
  source: { readonly file: string; readonly line: number } | undefined,
  release: string,
): string {
  return source === undefined ? release : `${source.file}:${source.line}`;
}

function verdictTable({ effect, verdicts, conditional }: Change): Html {
  return html`<div class="scroll">
    <table class="verdicts">
      <caption>
        Effect on the set of valid documents:
        ${effect}${conditional && effect !== "equal" && effect !== "widening" && " (only messages that use it)"}
      </caption>
      <thead>
        <tr>
          <th scope="col">requests</th>
          <th scope="col">answers, validating reader</th>
          <th scope="col">answers, tolerant reader</th>
          <th scope="col">code that reads</th>
          <th scope="col">code that builds</th>
          <th scope="col">code about the type</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          ${[verdicts.request.wire, verdicts.response.strict, verdicts.response.tolerant, verdicts.ts.read, verdicts.ts.build, verdicts.ts.meta].map((verdict) => html`<td><span class="level ${verdict === "none" ? "info" : verdict}">${verdict === "none" ? "–" : verdict}</span></td>`)}
        </tr>
      </tbody>
    </table>
  </div>`;
}

function byOperation(changes: readonly Change[], input: ReportInput): Html | undefined {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    for (const { op, dir } of change.reach) {
      const key = `${op} ${dir}`;
      const list = groups.get(key);
      if (list === undefined) groups.set(key, [change]);
      else if (!list.includes(change)) list.push(change);
    }
  }
  if (groups.size === 0) return undefined;
  const prefixOf = prefixIn(input.result);
  return html`<section>
    <h2>By operation</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">operation</th>
            <th scope="col">changes</th>
          </tr>
        </thead>
        <tbody>
          ${[...groups]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(
              ([key, list]) =>
                html`<tr>
                  <th scope="row">${key}</th>
                  <td>
                    ${list.map((change, index) => html`${index > 0 && ", "}<a href="#${change.id}">${signOf(change)} ${componentText(change.component, prefixOf(change.component.ns))}</a>`)}
                  </td>
                </tr> `,
            )}
        </tbody>
      </table>
    </div>
  </section>`;
}
