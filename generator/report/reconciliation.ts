/** Notes and schema, held against each other: what is documented and there, and where the two disagree. */
import type { Change, DiffResult, ReconciledNote } from "../diff/index.js";
import { plural } from "../terminal.js";
import { html, separated } from "./html.js";
import type { Html } from "./html.js";
import { noteSubject, partsOf, reconciledText, undocumentedIn } from "./parts.js";
import type { Section } from "./release-notes.js";
import { nameOf, titleOf } from "./source.js";

/** What each disagreement is called in a heading. */
const headings = [
  ["note.missing", "Documented, but not in the schema"],
  ["note.name-differs", "Documented under another name"],
  ["note.place-differs", "Documented at another place"],
  ["note.release-differs", "Documented for another release"],
  ["note.type-differs", "Documented with another type"],
] as const;

/** The section; none when no notes say anything about the schema. */
export function reconciliationSection(result: DiffResult): readonly Section[] {
  const text = reconciledText(result);
  const { schema, disagreements } = partsOf(result);
  const undocumented = schema.filter(undocumentedIn(result));
  if (text === undefined && undocumented.length === 0) return [];
  const found = (result.reconciliation ?? []).filter(({ outcome }) => outcome === "found");
  const leaks = schema.filter(
    ({ reach }) =>
      reach.some(({ documented }) => documented === true) &&
      reach.some(({ documented }) => documented === false),
  );
  return [
    {
      id: "reconciliation",
      title: "Notes and schema",
      count: disagreements.length + undocumented.length,
      body: html`${text !== undefined && html`<p>${text.charAt(0).toUpperCase()}${text.slice(1)}.</p>`}
${headings.map(([rule, title]) => {
  const group = disagreements.filter((change) => change.rule === rule);
  return (
    group.length > 0 &&
    html`<h3 class="part">${title} <span class="quiet">${group.length}</span></h3>${group.map((change) => disagreement(change, result))}`
  );
})}
${
  undocumented.length > 0 &&
  html`<h3 class="part">In the schema, but not documented <span class="quiet">${undocumented.length}</span></h3><ul class="plain">${undocumented.map((change) => html`<li>${findingLink(change, result)} <span class="quiet">${titleOf(change)}</span></li>`)}</ul>`
}
${
  leaks.length > 0 &&
  html`<h3 class="part">Reaches more than is documented <span class="quiet">${leaks.length}</span></h3><p class="quiet">The change is in a type that serves more operations than the notes name. Whether the server honours it there is not documented.</p><ul class="plain">${leaks.map((change) => html`<li>${findingLink(change, result)}: ${beyond(change)}</li>`)}</ul>`
}
${
  found.length > 0 &&
  html`<details><summary>Documented and found <span class="quiet">${found.length}</span></summary><ul class="plain">${foundItems(found, result)}</ul></details>`
}`,
    },
  ];
}

function disagreement(change: Change, result: DiffResult): Html {
  const { old, new: current, note, id } = change;
  const path = old?.value;
  const where = change.reach.map(({ op, dir }) => `${op === "*" ? "all operations" : op} ${dir}`);
  return html`<article class="entry note" id="${id}" tabindex="-1" data-entry data-kind="disagreement" data-search="${[noteSubject(change, result), path ?? "", current?.value ?? "", ...where].join(" ")}">
<div class="head"><h3><code>${noteSubject(change, result)}</code></h3><span class="labels"><a class="tag link" href="#${id}">#${id}<span class="hidden"> link to this entry</span></a></span></div>
<p>The notes${where.length > 0 && ` name ${where.join(", ")}`}${path !== undefined && html`${where.length > 0 ? ":" : " name"} <code>${path}</code>`}. ${schemaHas(change)}</p>
${note !== undefined && html`<p class="documentation">${note}</p>`}
</article>
`;
}

/** What is so, where the notes say otherwise. */
function schemaHas({ rule, new: current }: Change): Html {
  const value = current?.value;
  const code = html`<code>${value}</code>`;
  switch (rule) {
    case "note.name-differs":
      return html`The schema has ${code}: only that name is understood on the wire.`;
    case "note.place-differs":
      return html`The schema has it at ${code}.`;
    case "note.type-differs":
      return html`In the schema its type is ${code}.`;
    case "note.release-differs":
      return value === undefined
        ? html`It was gone already in the release before.`
        : html`In the schemas this happened with ${code}.`;
    default:
      return html`No schema of the releases that were read has it: the notes are ahead of the schema, or the bundle is not complete.`;
  }
}

function findingLink(change: Change, result: DiffResult): Html {
  return html`<a href="#${change.id}"><code>${nameOf(change, result)}</code></a>`;
}

const mostOperations = 6;

function beyond({ reach }: Change): string {
  const names = reach
    .filter(({ documented }) => documented === false)
    .map(({ op, dir }) => `${op === "*" ? "all operations" : op} ${dir}`);
  const rest = names.length - mostOperations;
  return rest > 0
    ? `${names.slice(0, mostOperations).join(", ")} and ${plural(rest, "more place")}`
    : names.join(", ");
}

/** One line an element, however many messages the notes name it for. */
function foundItems(found: readonly ReconciledNote[], result: DiffResult): readonly Html[] {
  const changes = new Map(result.changes.map((change) => [change.id, change]));
  const items = new Map<string, Set<string>>();
  for (const { element, findings } of found) {
    const ids = items.get(element) ?? new Set();
    items.set(element, ids);
    for (const id of findings) ids.add(id);
  }
  return [...items].map(([element, ids]) => {
    const links = [...ids].flatMap((id) => {
      const change = changes.get(id);
      return change === undefined ? [] : [findingLink(change, result)];
    });
    return html`<li><code>${element}</code>${links.length > 0 && html`: ${separated(links, ", ")}`}</li>`;
  });
}
