/** One finding as a card: what changed, whom it reaches, and, when opened, source, TypeScript, verdicts and what to do. */
import type { Change, CodeWitness, DiffResult, Level, Reach, Verdict } from "../diff/index.js";
import { suppressionFor } from "../diff/index.js";
import { plural } from "../terminal.js";
import { actionOf } from "./action.js";
import { linesOf, type Excerpts } from "./excerpt.js";
import { highlightLines } from "./highlight.js";
import { html, separated } from "./html.js";
import type { Html, Piece } from "./html.js";
import { sideBySide } from "./listing.js";
import { detailOf, nameOf, prefixIn, shownLevel, signOf, titleOf, whyOf } from "./source.js";

/** What a card shows beside the change itself. */
export interface FindingContext {
  readonly result: DiffResult;
  /** Source and TypeScript on both sides. */
  readonly excerpts: (change: Change) => readonly Excerpts[];
  /** What the schema says about the declaration. */
  readonly documentation: (change: Change) => string | undefined;
  /** Services, as users name them, that own or reach the declaration. */
  readonly services: (change: Change) => readonly string[];
  /** Whether notes that speak of the schema say nothing about it. */
  readonly undocumented: (change: Change) => boolean;
  /** The id of the diagram in which it is marked. */
  readonly diagram: (change: Change) => string | undefined;
  /** Whether a page of very many findings leaves out what stands behind this one. */
  readonly brief: (change: Change) => boolean;
  /** Long examples that the page shows already, with the ids of the findings that show them. */
  readonly shownCode: Map<string, string>;
}

/** A finding that reaches more than this names only the first: thousands of lists of thousands are no page. */
const mostReached = 200;

/** The groups of a finding by operation and direction. */
export function reachGroups({ reach }: Change): readonly string[] {
  if (reach.length > mostReached) return ["widely reached"];
  return [...new Set(reach.map(({ op, dir }) => `${op} ${dir}`))];
}

/** Levels by a sign that needs no colour. */
export const levelSigns: Readonly<Record<Level, string>> = {
  breaking: "✖",
  dangerous: "▲",
  safe: "✓",
  docs: "¶",
  info: "○",
};

export const levelTitles: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  dangerous: "Dangerous",
  safe: "Safe",
  docs: "Documentation",
  info: "For information",
};

/** A level as sign and word. */
export function levelBadge(level: Level, count?: number): Html {
  return html`<span class="level ${level}"><span aria-hidden="true">${levelSigns[level]}</span> ${count !== undefined && html`${count} `}${level}</span>`;
}

/** Sign of a change: came, went, moved, or became different. */
export function markOf(change: Change): {
  readonly sign: string;
  readonly kind: string;
  readonly word: string;
} {
  const sign = signOf(change);
  if (sign === "+") return { sign, kind: "come", word: "added" };
  if (sign === "-") return { sign: "−", kind: "gone", word: "removed" };
  if (/\.(?:moved|reordered)(?:\.|$)/u.test(change.rule))
    return { sign: "↕", kind: "changed", word: "moved" };
  return { sign: "~", kind: "changed", word: "changed" };
}

/** The card. */
export function renderFinding(change: Change, context: FindingContext): Html {
  const { result } = context;
  const level = shownLevel(change);
  const name = nameOf(change, result);
  const cut = Math.max(name.lastIndexOf("/"), name.lastIndexOf("=")) + 1;
  const mark = markOf(change);
  const services = context.services(change);
  const documentation = context.documentation(change);
  const detail = detailOf(change);
  const action = actionOf(change, result);
  const operations = [...new Set(change.reach.map(({ op }) => op))];
  const search = [name, change.rule, change.id, ...services, ...operations, documentation ?? ""].join(" ");
  return html`<article class="entry" id="${change.id}" tabindex="-1" data-entry data-level="${level}" data-direction="${[...new Set(change.reach.map(({ dir }) => dir))].join(" ")}" data-service="${services.join(" ")}" data-rule="${change.rule}" data-type="${typeName(change, result)}" data-reach="${reachGroups(change).join("|")}" data-search="${search}">
<div class="head"><span class="mark ${mark.kind}" role="img" aria-label="${mark.word}">${mark.sign}</span><h3><code><span class="owner">${name.slice(0, cut)}</span><wbr>${name.slice(cut)}</code></h3>
<span class="labels">${levelBadge(level)}${change.guess === true && html`<span class="tag guess" title="The schema is reconstructed; type, parent or place of this is a guess">guess</span>`}${context.undocumented(change) && html`<span class="tag undocumented" title="The release notes speak of the schema, and say nothing about this">not in the notes</span>`}${change.since !== undefined && change.since !== result.to.id && html`<span class="tag">since ${change.since}</span>`}<a class="tag link" href="#${change.id}">#${change.id}<span class="hidden"> link to ${name}</span></a></span></div>
<p>${sentence(titleOf(change), detail)}</p>
${action !== undefined && html`<p class="action"><b>To do:</b> ${action}.</p>`}
${documentation !== undefined && html`<p class="documentation">${documentation}</p>`}
${reachList(change, result)}
${context.brief(change) ? html`<p class="quiet"><code>xsd-strata diff --format json</code> tells source, TypeScript and verdicts.</p>` : details(change, context)}
</article>
`;
}

function sentence(title: string, detail: string): string {
  const first = title.charAt(0).toUpperCase() + title.slice(1);
  return detail === "" ? `${first}.` : `${first}: ${detail}.`;
}

/** The named type or declaration that a change belongs to. */
export function typeName(change: Change, result: DiffResult): string {
  const prefix = prefixIn(result)(change.component.ns);
  const type = change.component.type === "" ? "(namespace)" : change.component.type;
  return prefix === "" ? type : `${prefix}:${type}`;
}

const shownReach = 8;

function reachList({ reach }: Change, result: DiffResult): Html | undefined {
  // Where no note names any of it, the card says so once.
  const partly = reach.some(({ documented }) => documented === true);
  if (reach.length === 0) return html`<p class="quiet">No operation or document element reaches it.</p>`;
  const item = ({ op, dir, path, documented }: Reach): Html =>
    html`<li><b>${op === "*" ? `all ${plural(result.to.operations, "operation")}` : op}</b> ${dir}${path !== "" && html` <code>${separatedPath(path)}</code>`}${partly && documented === false && html` <span class="tag undocumented" title="The notes name other operations for this change; the schema permits it here too">not in the notes</span>`}</li>`;
  const rest = reach.slice(shownReach);
  const isWide = reach.length > mostReached;
  return html`<p class="hidden">Reaches</p><ul class="reach">${reach.slice(0, shownReach).map(item)}</ul>${
    isWide &&
    html`<p class="quiet">and ${rest.length} more, which <code>xsd-strata diff --format json</code> lists</p>`
  }${
    rest.length > 0 &&
    !isWide &&
    html`<details class="more"><summary>${rest.length} more</summary><ul class="reach">${rest.map(item)}</ul></details>`
  }`;
}

function separatedPath(path: string): readonly Piece[] {
  return separated(path.split("/"), " › ");
}

function details(change: Change, context: FindingContext): Html {
  const { result } = context;
  const listings = context.excerpts(change).map((excerpts) => sideBySide(excerpts));
  const diagram = context.diagram(change);
  const accepted = {
    ...suppressionFor(change, prefixIn(result)),
    range: `${result.from.id}..${result.to.id}`,
    reason: "",
  };
  return html`<details class="why"><summary>Source, TypeScript, verdicts</summary>
${listings}
${diagram !== undefined && html`<p><a href="#${diagram}">Diagram of ${typeName(change, result)}</a></p>`}
${verdictTable(change)}${witnessOf(change, context)}
<p>${whyOf(change)} <span class="quiet">Rule <code>${change.rule}</code>; <code>xsd-strata explain ${change.rule}</code> tells more.</span></p>
<p class="accept"><span class="quiet">To accept it, add this to the suppression file, with a reason:</span> <code data-copy>${JSON.stringify(accepted)}</code></p>
</details>`;
}

const uses = {
  read: "Code that reads",
  build: "Code that builds",
  list: "Code that lists everything",
} as const;

/** Code of more characters is shown once on a page. */
const longCode = 2000;

/** What shows the break: a document for the wire, code for TypeScript. */
function witnessOf({ id, witness }: Change, { result, shownCode }: FindingContext): Html | undefined {
  if (witness === undefined) return undefined;
  const { from, to } = result;
  const { xml, validIn, objection, none, code = [] } = witness;
  const listing = (text: string, language: "xml" | "typescript", label: string): Html =>
    html`<div class="scroll" role="group" tabindex="0" aria-label="${label}"><pre class="witness"><code>${separated(
      highlightLines(linesOf(text.trimEnd()), language).map((line) =>
        line.map(({ kind, text: part }) =>
          kind === "text" ? part : html`<span class="t-${kind}">${part}</span>`,
        ),
      ),
      "\n",
    )}</code></pre></div>`;
  // Members of one group or union break the same code.
  const codeOf = ({ use, source }: CodeWitness): Html => {
    const title = `${uses[use]}: it compiles with ${from.id} and not with ${to.id}`;
    const shown = shownCode.get(source);
    if (shown !== undefined)
      return html`<p class="witness-title">${title}: <a href="#${shown}">as at #${shown}</a></p>`;
    if (source.length > longCode) shownCode.set(source, id);
    return html`<p class="witness-title">${title}</p>${listing(source, "typescript", "Example code")}`;
  };
  const [fits, fails] = validIn === "old" ? [from.id, to.id] : [to.id, from.id];
  return html`${
    xml !== undefined &&
    html`<p class="witness-title">A document that is valid in ${fits} and not in ${fails}${objection !== undefined && html`: <q>${objection}</q>`}</p>${listing(xml, "xml", "Example document")}`
  }${none !== undefined && html`<p class="quiet">There is no example document: ${none}</p>`}${code.map(codeOf)}`;
}

const effects: Readonly<Record<Change["effect"], string>> = {
  equal: "The same documents are valid.",
  widening: "More documents are valid than before.",
  narrowing: "Fewer documents are valid than before.",
  overlap: "Some documents are valid on both sides, some on one side only.",
  disjoint: "No document that uses this is valid on both sides.",
  unknown: "How the sets of valid documents relate is not known.",
};

function verdictTable({ effect, verdicts, conditional, valueChange }: Change): Html {
  const columns: readonly (readonly [string, Verdict])[] = [
    ["requests", verdicts.request.wire],
    ["answers, tolerant reader", verdicts.response.tolerant],
    ["answers, validating reader", verdicts.response.strict],
    ["code that reads", verdicts.ts.read],
    ["code that builds", verdicts.ts.build],
    ["code that lists everything", verdicts.ts.meta],
  ];
  const affected = conditional && effect !== "equal" && effect !== "widening";
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Verdicts"><table class="verdicts"><caption>${effects[effect]}${affected && " Only messages that use it are affected."}${valueChange && " Some documents mean something else than before."}</caption>
<thead><tr>${columns.map(([title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody><tr>${columns.map(([, verdict]) => html`<td>${verdictBadge(verdict)}</td>`)}</tr></tbody></table></div>`;
}

/** A verdict as sign and word. */
export function verdictBadge(verdict: Verdict): Html {
  return verdict === "none" ? html`<span class="quiet">does not apply</span>` : levelBadge(verdict);
}
