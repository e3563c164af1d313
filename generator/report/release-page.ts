/** The page of one release: what it changed, as good release notes tell it. */
import type { Change, DiffResult, Level, Verdict } from "../diff/index.js";
import { addTo } from "../multimap.js";
import type { ReleaseNotes } from "../release/types.js";
import { plural } from "../terminal.js";
import { upgradeAdvice } from "./action.js";
import { drawDiagram } from "./diagram.js";
import type { Excerpts } from "./excerpt.js";
import {
  levelBadge,
  levelTitles,
  markOf,
  reachGroups,
  renderFinding,
  typeName,
  verdictBadge,
} from "./finding.js";
import type { FindingContext } from "./finding.js";
import { html } from "./html.js";
import type { Html, Piece } from "./html.js";
import { renderPage } from "./page.js";
import type { Link } from "./page.js";
import { noteSections, sourcesOf } from "./release-notes.js";
import type { Section } from "./release-notes.js";
import { partsOf, undocumentedIn } from "./parts.js";
import { reconciliationSection } from "./reconciliation.js";
import { isIgnored, levelOrder, nameOf, shownLevel, titleOf } from "./source.js";
import type { ReportInput } from "./source.js";
import type { TouchedType } from "./type-tree.js";

/** Where a page stands among others. */
export interface PagePlace {
  readonly path?: readonly Link[];
  readonly previous?: Link;
  readonly next?: Link;
}

/** What a page shows beside the comparison itself; all of it may be missing. */
export interface PageContext extends PagePlace {
  /** Source and TypeScript of a declaration on both sides. */
  readonly excerpts?: (change: Change) => readonly Excerpts[];
  readonly documentation?: (change: Change) => string | undefined;
  /** Services, as users name them, that own or reach a declaration; absent: the prefix of its namespace. */
  readonly services?: (change: Change) => readonly string[];
  readonly types?: readonly TouchedType[];
  readonly notes?: ReleaseNotes;
  /** Further sections, such as the reconciliation of schema and notes. */
  readonly sections?: readonly Section[];
}

/** The page of a comparison: one HTML document. */
export function renderReleasePage(input: ReportInput, context: PageContext): string {
  const { result } = input;
  const { schema: shown } = partsOf(result);
  const ignored = result.changes.filter(isIgnored);
  const types = new Map((context.types ?? []).map((type, index) => [type, `type-${index + 1}`]));
  const diagrams = new Map(
    [...types].flatMap(([{ changes }, id]) => changes.map((change) => [change.id, id] as const)),
  );
  const finding: FindingContext = {
    result,
    excerpts: context.excerpts ?? (() => []),
    documentation: context.documentation ?? (() => undefined),
    services:
      context.services ??
      (({ component }) => [result.to.prefixes[component.ns] ?? result.from.prefixes[component.ns] ?? "-"]),
    diagram: (change) => diagrams.get(change.id),
    undocumented: undocumentedIn(result),
    brief: briefly(shown),
    shownCode: new Map(),
  };
  const sections: Section[] = [
    ...noteSections(context.notes),
    ...reconciliationSection(result),
    ...(context.sections ?? []),
    ...(types.size === 0 ? [] : [diagramSection(types)]),
    ...(ignored.length === 0 ? [] : [ignoredSection(ignored, result)]),
  ];
  const sources = sourcesOf(context.notes);
  return renderPage({
    ...placeOf(context),
    title: `${result.to.id}: changes since ${result.from.id}`,
    scripts: ["findings.js"],
    lead: lead(input, context),
    main: html`${shown.length > 0 && filters(shown, finding)}
<div class="columns">${contents(shown, finding, sections)}
<div class="body">${
      shown.length === 0
        ? html`<section id="findings"><h2>Schema</h2><p>The schemas of ${result.from.id} and ${result.to.id} mean the same.</p></section>`
        : html`<div class="findings" id="findings">${byLevel(shown, finding)}</div>`
    }
${sections.map(renderSection)}
<section id="about" class="about"><h2>About this release</h2>${sources}
<p class="quiet">${describeExtent(result.to.files.length, result.to.operations)}. Judged by the preset <code>${result.policy.preset}</code> for a ${result.policy.reader ?? "tolerant"} reader.</p></section></div></div>`,
  });
}

/** Only a service has operations. */
const describeExtent = (files: number, operations: number): string =>
  plural(files, "schema file") + (operations > 0 ? `, ${plural(operations, "operation")}` : "");

/** The page of the first release known: nothing to compare, but notes to read. */
export function renderFirstPage(
  release: string,
  facts: { readonly operations: number; readonly files: number; readonly reconstructed: boolean },
  context: Omit<PageContext, "excerpts" | "documentation" | "services" | "types">,
): string {
  const { notes } = context;
  const sections = [...noteSections(notes), ...(context.sections ?? [])];
  return renderPage({
    ...placeOf(context),
    title: `${release}: the first release known`,
    scripts: ["findings.js"],
    lead: html`<p class="kicker">The first release known</p><h1>${release}</h1>
${notes?.title !== undefined && html`<p class="headline">${notes.title}</p>`}
${facts.reconstructed && reconstructed}
${notes?.summary !== undefined && html`<p class="lead">${notes.summary}</p>`}`,
    main: html`<div class="columns"><nav class="contents" aria-label="Contents">${sectionLinks("Schema", sections)}</nav>
<div class="body"><section id="findings"><h2>Schema</h2><p>There is nothing before it to compare with. It has ${describeExtent(facts.files, facts.operations)}.</p></section>
${sections.map(renderSection)}
<section id="about" class="about"><h2>About this release</h2>${sourcesOf(notes)}</section></div></div>`,
  });
}

function placeOf({ path, previous, next }: PagePlace): PagePlace {
  return { ...(path && { path }), ...(previous && { previous }), ...(next && { next }) };
}

/** Said at the head of every page about bundles that are not the vendor's. */
export const reconstructed = html`<p class="notice"><b>Reconstructed.</b> These bundles restate documentation; they are not the vendor's files. What no source states is marked <span class="tag guess">guess</span>.</p>`;

function lead(input: ReportInput, { notes }: PageContext): Html {
  const { result } = input;
  const { summary } = result;
  const summaries = input.notes ?? (notes?.summary === undefined ? [] : [notes.summary]);
  return html`<p class="kicker">Changes since ${result.from.id}</p><h1>${result.to.id}</h1>
${notes?.title !== undefined && html`<p class="headline">${notes.title}</p>`}
${input.reconstructed && reconstructed}
${summaries.map((text) => html`<p class="lead">${text}</p>`)}
<div class="facts"><ul class="counts">${counts(result)}<li>package version: <b>${summary.semver === "none" ? "unchanged" : summary.semver}</b></li></ul>
${partsOf(result).schema.length > 0 && compatibility(result)}</div>`;
}

/** What was found, level by level, and what the notes tell beside it; each leads to where it is told. */
function counts(result: DiffResult): readonly (Html | undefined)[] {
  const { schema, behaviour, codes, disagreements } = partsOf(result);
  const { ignored } = result.summary.counts;
  const levels = levelOrder.map((level) => {
    const count = schema.filter((change) => shownLevel(change) === level).length;
    return count === 0 ? undefined : html`<li><a href="#findings">${levelBadge(level, count)}</a></li>`;
  });
  const noted = (
    [
      ["behaviour", behaviour.length, "behaviour change"],
      ["codes", codes.length, "error code"],
      ["reconciliation", disagreements.length, "disagreement"],
    ] as const
  ).map(([id, count, noun]) =>
    count === 0
      ? undefined
      : html`<li><a class="count" href="#${id}">${plural(count, noun)}${id === "reconciliation" && " with the notes"}</a></li>`,
  );
  return [...levels, ...noted, ignored === 0 ? undefined : html`<li class="quiet">${ignored} ignored</li>`];
}

function compatibility({ summary, from, to }: DiffResult): Html {
  // Without operations nobody is a client: documents go both ways.
  const [one, other, sends, gets] =
    to.operations === 0
      ? ["software for", "partner at", "what it writes", "what it reads"]
      : ["client of", "server of", "requests", "answers"];
  const rows = [
    [`${one} ${from.id}, ${other} ${to.id}`, summary.oldClientNewServer],
    [`${one} ${to.id}, ${other} ${from.id}`, summary.newClientOldServer],
  ] as const;
  const cell = (verdict: Verdict, conditional: boolean): Html =>
    html`<td>${verdictBadge(verdict)}${conditional && verdict === "breaking" && html`<br><span class="quiet">only where changed content is used</span>`}</td>`;
  return html`<p class="advice">${upgradeAdvice[summary.upgrade]}</p><div class="scroll" role="group" tabindex="0" aria-label="Who works with whom"><table class="compatibility"><thead><tr><td></td><th scope="col">${sends}</th><th scope="col">${gets}, tolerant reader</th><th scope="col">${gets}, validating reader</th></tr></thead>
<tbody>${rows.map(([title, side]) => html`<tr><th scope="row">${title}</th>${cell(side.request, side.conditional)}${cell(side.responseTolerant, false)}${cell(side.responseStrict, false)}</tr>`)}</tbody></table></div>`;
}

// ---------------------------------------------------------------------------------------------------------------
// Findings
// ---------------------------------------------------------------------------------------------------------------

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function filters(changes: readonly Change[], context: FindingContext): Html {
  const select = (name: string, label: string, all: string, values: Iterable<string>): Html =>
    html`<label>${label} <select name="${name}"><option value="">${all}</option>${[...new Set(values)].map((value) => html`<option value="${value}">${value}</option>`)}</select></label>`;
  const levels = levelOrder.filter((level) => changes.some((change) => shownLevel(change) === level));
  return html`<form class="filters needs-script" role="search" aria-label="Findings">
<label class="search">Search <input name="q" type="search" autocomplete="off" spellcheck="false" placeholder="name, operation, rule or text"></label>
${select("level", "Level", "all levels", levels)}
${select("direction", "Direction", "both", ["request", "response"])}
${select("service", "Service", "all services", changes.flatMap(context.services).sort(compare))}
${select("rule", "Rule", "all rules", changes.map(({ rule }) => rule).sort(compare))}
<label>Group by <select name="group"><option value="">level</option><option>operation</option><option>type</option><option>rule</option></select></label>
<button type="reset">Clear</button><button type="button" data-action="expand" aria-pressed="false">Open all</button><output aria-live="polite"></output></form>
`;
}

/** The findings three times over, as links: by operation, type and rule. */
function contents(changes: readonly Change[], context: FindingContext, sections: readonly Section[]): Html {
  const { result } = context;
  const item = (change: Change): Html => {
    const { sign, kind, word } = markOf(change);
    return html`<li><a href="#${change.id}"><span class="mark ${kind}" aria-hidden="true">${sign}</span><span class="hidden">${word} </span>${shortName(change)}</a></li>`;
  };
  const tree = (title: string, keysOf: (change: Change) => readonly string[], open: boolean): Html => {
    const groups = new Map<string, Change[]>();
    for (const change of changes) {
      for (const key of new Set(keysOf(change))) {
        addTo(groups, key, change);
      }
    }
    return html`<details name="contents"${open && html` open`}><summary>${title} <span class="quiet">${groups.size}</span></summary>${[
      ...groups,
    ]
      .sort(([a], [b]) => compare(a, b))
      .map(
        ([key, list]) =>
          html`<p class="group">${key}</p><ul class="plain">${list.map(item)}</ul>
`,
      )}</details>
`;
  };
  const trees = (): Html =>
    html`${tree("By operation", operationGroups, true)}${tree("By type", (change) => [typeName(change, result)], false)}${tree("By rule", ({ rule }) => [rule], false)}`;
  const first = changes.length === 0 ? "Schema" : html`Findings <span class="quiet">${changes.length}</span>`;
  return html`<nav class="contents" aria-label="Contents">${sectionLinks(first, sections)}
${changes.length > 0 && trees()}</nav>`;
}

function operationGroups(change: Change): readonly string[] {
  const groups = reachGroups(change).map((group) => group.replace(/^\* /u, "all operations "));
  return groups.length === 0 ? ["not reached"] : groups;
}

/** The last step of where a change is. */
function shortName({ component }: Change): string {
  const last = component.path.at(-1) ?? component.type;
  return last === "" ? component.ns : last;
}

function sectionLinks(first: Piece, sections: readonly Section[]): Html {
  return html`<ul class="plain sections"><li><a href="#findings">${first}</a></li>${sections.map(({ id, title, count }) => html`<li><a href="#${id}">${title} <span class="quiet">${count}</span></a></li>`)}<li><a href="#about">About this release</a></li></ul>`;
}

/** A page that shows what stands behind more findings than this takes a browser half a minute; the worst come first. */
const mostDetailed = 500;

/** Which findings are told in brief. */
function briefly(changes: readonly Change[]): (change: Change) => boolean {
  const sorted = levelOrder.flatMap((level) => changes.filter((change) => shownLevel(change) === level));
  const rest = new Set(sorted.slice(mostDetailed));
  return (change) => rest.has(change);
}

function byLevel(changes: readonly Change[], context: FindingContext): readonly Html[] {
  return levelOrder.flatMap((level) => {
    const group = changes.filter((change) => shownLevel(change) === level);
    if (group.length === 0) return [];
    return [
      html`<section data-group><h2>${levelHeading(level)} <span class="quiet">${group.length}</span></h2>
${group.map((change) => renderFinding(change, context))}</section>`,
    ];
  });
}

function levelHeading(level: Level): string {
  return level === "safe" ? "Additions and other safe changes" : levelTitles[level];
}

// ---------------------------------------------------------------------------------------------------------------
// Sections
// ---------------------------------------------------------------------------------------------------------------

function renderSection({ id, title, count, body }: Section): Html {
  return html`<section id="${id}"><h2>${title} <span class="quiet">${count}</span></h2>${body}</section>
`;
}

/** More types than this are not drawn: the page would be all drawings. */
const mostDiagrams = 60;

function diagramSection(types: ReadonlyMap<TouchedType, string>): Section {
  const drawn = [...types].slice(0, mostDiagrams);
  const rest = types.size - drawn.length;
  return {
    id: "diagrams",
    title: "Touched types",
    count: types.size,
    body: html`<p class="quiet">A dashed frame may be absent; <span class="mark come">+</span> added, <span class="mark gone">−</span> removed, <span class="mark changed">~</span> changed.</p>
${drawn.map(
  ([{ name, tree, changes }, id]) =>
    html`<figure id="${id}"><figcaption><code>${name}</code> <span class="quiet">${plural(changes.length, "finding")}</span></figcaption><div class="scroll" role="group" tabindex="0" aria-label="Diagram of ${name}">${drawDiagram(tree, `${name} and what changed in it`, `${id}-title`)}</div></figure>
`,
)}${rest > 0 && html`<p class="quiet">${plural(rest, "more type")} without a drawing.</p>`}`,
  };
}

function ignoredSection(ignored: readonly Change[], result: DiffResult): Section {
  return {
    id: "ignored",
    title: "Ignored",
    count: ignored.length,
    body: html`<ul class="plain">${ignored.map((change) => html`<li><s><code>${nameOf(change, result)}</code> ${titleOf(change)}</s>: ${change.suppressed?.reason}</li>`)}</ul>`,
  };
}
